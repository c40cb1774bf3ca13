-- What operators did. A row without a result: whoever was to say what came of it was lost on the way. Who: the session; people have no names until there are accounts.
CREATE TABLE audit_entry (
    number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL,
    who      text        NOT NULL,
    caller   text        NOT NULL,
    what     text        NOT NULL,
    target   text        NOT NULL,
    result   text,
    ended_at timestamptz
);
