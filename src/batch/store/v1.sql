-- Every run of `analyze` on this folder.
CREATE TABLE runs (
    id              INTEGER PRIMARY KEY,
    started_at      TEXT NOT NULL,
    ended_at        TEXT,
    callvet         TEXT NOT NULL,
    settings_sha256 TEXT NOT NULL,
    audio           TEXT NOT NULL,
    ending          TEXT NOT NULL DEFAULT 'running'
) STRICT;

-- Every result: one for each recording, its bytes and the settings. Older ones stay.
CREATE TABLE calls (
    id                  INTEGER PRIMARY KEY,
    source              TEXT NOT NULL,
    sha256              TEXT NOT NULL,
    settings_sha256     TEXT NOT NULL,
    stem                TEXT NOT NULL,
    status              TEXT NOT NULL CHECK (status IN ('ok', 'failed')),
    error_kind          TEXT,
    error_message       TEXT,
    call_id             TEXT,
    started_at          TEXT,
    agent               TEXT,
    customer_ref        TEXT,
    vendor              TEXT,
    campaign            TEXT,
    direction           TEXT,
    duration_s          REAL,
    language            TEXT,
    score               REAL,
    snr_db              REAL,
    overtalk_ratio      REAL,
    raw_json            TEXT,
    masked_json         TEXT,
    line_json           TEXT NOT NULL,
    is_browser_playable INTEGER NOT NULL,
    media_json          TEXT NOT NULL,
    rendered            TEXT NOT NULL,
    analysed_at         TEXT NOT NULL,
    wall_s              REAL NOT NULL,
    UNIQUE (source, sha256, settings_sha256)
) STRICT;

-- The findings of each result, personal data masked.
CREATE TABLE findings (
    call       INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    nr         INTEGER NOT NULL,
    id         TEXT NOT NULL,
    rule       TEXT NOT NULL,
    category   TEXT NOT NULL,
    polarity   TEXT NOT NULL,
    severity   TEXT NOT NULL,
    speaker    TEXT,
    party      TEXT,
    channel    INTEGER,
    start_s    REAL,
    end_s      REAL,
    confidence REAL NOT NULL,
    quote      TEXT,
    message    TEXT NOT NULL,
    PRIMARY KEY (call, nr)
) STRICT, WITHOUT ROWID;

-- Measurements of each channel of each result.
CREATE TABLE channels (
    call                     INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    channel                  INTEGER NOT NULL,
    rms_dbfs                 REAL,
    peak_dbfs                REAL,
    active_speech_level_dbov REAL,
    activity_ratio           REAL,
    loudness_lufs            REAL,
    floor_dbfs               REAL,
    snr_db                   REAL,
    noise_kind               TEXT,
    clipped_ratio            REAL,
    n_dropouts               INTEGER,
    edge_hz                  REAL,
    PRIMARY KEY (call, channel)
) STRICT, WITHOUT ROWID;

-- The recordings of the last run: what the pages show. `call` is null while a recording is pending.
CREATE TABLE batch (
    source        TEXT PRIMARY KEY,
    path          BLOB NOT NULL,
    bytes         INTEGER NOT NULL,
    metadata_json TEXT NOT NULL,
    call          INTEGER REFERENCES calls (id) ON DELETE SET NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX batch_by_call ON batch (call);

-- Files in the folders of the last run that are no recordings.
CREATE TABLE skipped (
    source TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE VIEW current_calls AS
    SELECT calls.* FROM batch JOIN calls ON calls.id = batch.call;

CREATE VIEW current_findings AS
    SELECT batch.source, findings.* FROM batch JOIN findings ON findings.call = batch.call;

CREATE VIEW current_channels AS
    SELECT batch.source, channels.* FROM batch JOIN channels ON channels.call = batch.call;
