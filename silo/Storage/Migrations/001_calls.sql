-- Grain state: one row for each (service, state, grain). The version is the ETag.
CREATE TABLE grain_state (
    service     text        NOT NULL,
    state       text        NOT NULL,
    grain_type  text        NOT NULL,
    grain_key   text        NOT NULL,
    payload     bytea       NOT NULL,
    version     integer     NOT NULL,
    modified_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (service, state, grain_type, grain_key)
);

-- Finished segments. On conflict the stored row wins.
CREATE TABLE transcript_segment (
    ordinal      bigint GENERATED ALWAYS AS IDENTITY,
    call         text        NOT NULL,
    speaker      text        NOT NULL,
    segment      integer     NOT NULL,
    speaker_name text        NOT NULL,
    language     text        NOT NULL,
    text         text        NOT NULL,
    origin       smallint    NOT NULL,
    started_at   timestamptz NOT NULL,
    duration_ms  bigint      NOT NULL,
    frames       integer     NOT NULL,
    translations jsonb       NOT NULL,
    PRIMARY KEY (call, speaker, segment)
);
CREATE INDEX transcript_segment_in_order ON transcript_segment (call, ordinal);

-- What was used, booked together with the segment.
CREATE TABLE usage_segment (
    call                  text    NOT NULL,
    speaker               text    NOT NULL,
    segment               integer NOT NULL,
    speech_ms             bigint  NOT NULL,
    characters            integer NOT NULL,
    translated_characters integer NOT NULL,
    PRIMARY KEY (call, speaker, segment)
);
