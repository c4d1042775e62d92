-- The files of each result of a call in two: what tells that a file which is alone now was part of a finished call.
CREATE TABLE files (
    call   INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    nr     INTEGER NOT NULL,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (call, nr)
) STRICT, WITHOUT ROWID;

CREATE INDEX files_by_source ON files (source);

INSERT INTO files
    SELECT calls.id, file.key, file.value ->> '$.source', file.value ->> '$.sha256'
    FROM calls, json_each(calls.raw_json, '$.recording.files') AS file
    WHERE calls.raw_json IS NOT NULL;

-- Earlier results did not say what the file was taken for. One side of a call whose party was told and calls in two files are
-- analysed again; this keeps a side from being taken for a whole call.
UPDATE calls SET settings_sha256 = settings_sha256 || '+half' WHERE raw_json LIKE '%"half_missing"%';
