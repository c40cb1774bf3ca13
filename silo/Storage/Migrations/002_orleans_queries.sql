-- The query contract of the Orleans ADO.NET grain storage provider, on the table that the built-in runtime uses too. The provider knows grains by the name of
-- their state; string keys come as @GrainIdExtensionString, keys that look like numbers or GUIDs as two numbers beside it.
CREATE TABLE orleansquery (
    querykey  text PRIMARY KEY,
    querytext text NOT NULL
);

CREATE FUNCTION grain_key_of(n0 bigint, n1 bigint, extension text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN n0 = 0 AND n1 = 0 THEN coalesce(extension, '0') ELSE concat_ws('.', n0, n1, extension) END
$$;

INSERT INTO orleansquery (querykey, querytext) VALUES
('ReadFromStorageKey', $q$
    SELECT payload AS "PayloadBinary", version AS "Version" FROM grain_state
    WHERE service = @ServiceId AND state = @GrainTypeString AND grain_type = @GrainTypeString
      AND grain_key = grain_key_of(@GrainIdN0, @GrainIdN1, @GrainIdExtensionString)
$q$),
('WriteToStorageKey', $q$
    WITH added AS (
        INSERT INTO grain_state (service, state, grain_type, grain_key, payload, version)
        SELECT @ServiceId, @GrainTypeString, @GrainTypeString, grain_key_of(@GrainIdN0, @GrainIdN1, @GrainIdExtensionString), @PayloadBinary, 1
        WHERE @GrainStateVersion::integer IS NULL
        ON CONFLICT DO NOTHING RETURNING version
    ), changed AS (
        UPDATE grain_state SET payload = @PayloadBinary, version = version + 1, modified_at = now()
        WHERE service = @ServiceId AND state = @GrainTypeString AND grain_type = @GrainTypeString
          AND grain_key = grain_key_of(@GrainIdN0, @GrainIdN1, @GrainIdExtensionString) AND version = @GrainStateVersion::integer
        RETURNING version
    )
    SELECT version AS "NewGrainStateVersion" FROM added UNION ALL SELECT version FROM changed
$q$),
('ClearStorageKey', $q$
    DELETE FROM grain_state
    WHERE service = @ServiceId AND state = @GrainTypeString AND grain_type = @GrainTypeString
      AND grain_key = grain_key_of(@GrainIdN0, @GrainIdN1, @GrainIdExtensionString) AND version = @GrainStateVersion::integer
    RETURNING version + 1
$q$),
('DeleteStorageKey', $q$
    DELETE FROM grain_state
    WHERE service = @ServiceId AND state = @GrainTypeString AND grain_type = @GrainTypeString
      AND grain_key = grain_key_of(@GrainIdN0, @GrainIdN1, @GrainIdExtensionString) AND version = @GrainStateVersion::integer
    RETURNING version + 1
$q$);
