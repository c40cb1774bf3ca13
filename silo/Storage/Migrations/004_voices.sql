-- Recordings of people: a sample until a voice is made of it, the recording of a consent until the consent ends. Kind: 1 consent, 2 sample. Profile: the key of its grain.
CREATE TABLE voice_recording (
    profile  text        NOT NULL,
    kind     smallint    NOT NULL,
    wav      bytea       NOT NULL,
    kept_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (profile, kind)
);
-- Compressing what does not compress costs time.
ALTER TABLE voice_recording ALTER COLUMN wav SET STORAGE EXTERNAL;

-- Tells this installation's voices from those of others at the vendor.
CREATE TABLE voice_installation (
    id      text    NOT NULL,
    is_here boolean PRIMARY KEY DEFAULT true CHECK (is_here)
);
INSERT INTO voice_installation (id) VALUES (replace(gen_random_uuid()::text, '-', ''));
