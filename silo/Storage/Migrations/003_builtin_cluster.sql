-- What the processes of a cluster on the built-in grain runtime share. On genuine Orleans both tables stay empty.

-- One row for each silo. Status: 2 joining, 3 active, 4 shutting down, 6 dead. A silo that left has no row.
CREATE TABLE runtime_silo (
    generation  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cluster     text        NOT NULL,
    name        text        NOT NULL,
    host        text        NOT NULL,
    port        integer     NOT NULL,
    grains      jsonb       NOT NULL,
    status      smallint    NOT NULL,
    lease_until timestamptz NOT NULL,
    activations integer     NOT NULL DEFAULT 0
);

-- One row for each activation, valid while its silo is alive.
CREATE TABLE runtime_activation (
    cluster    text    NOT NULL,
    grain_type text    NOT NULL,
    grain_key  text    NOT NULL,
    silo       integer NOT NULL,
    PRIMARY KEY (cluster, grain_type, grain_key)
);
CREATE INDEX runtime_activation_of_silo ON runtime_activation (silo);
