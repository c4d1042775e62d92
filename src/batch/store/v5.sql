-- What reviewers said of findings, the last word of each. Also of findings that no result of this folder has.
CREATE TABLE reviews (
    sha256   TEXT NOT NULL,
    finding  TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    source   TEXT NOT NULL,
    rule     TEXT NOT NULL,
    verdict  TEXT NOT NULL CHECK (verdict IN ('agree', 'disagree', 'unsure')),
    note     TEXT NOT NULL,
    at       TEXT NOT NULL,
    at_us    INTEGER NOT NULL,
    PRIMARY KEY (sha256, finding, reviewer)
) STRICT, WITHOUT ROWID;

CREATE INDEX findings_by_id ON findings (id);

-- What the reviews of the batch did to its confidences when its pages were last made.
CREATE TABLE calibration (
    level      TEXT NOT NULL CHECK (level IN ('all', 'category', 'rule')),
    name       TEXT NOT NULL,
    category   TEXT,
    n_reviewed INTEGER NOT NULL,
    n_agreed   REAL NOT NULL,
    shift      REAL NOT NULL,
    is_applied INTEGER NOT NULL,
    PRIMARY KEY (level, name)
) STRICT, WITHOUT ROWID;
