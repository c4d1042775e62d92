-- How the pages of a run showed personal data: what makes them again in part keeps to it.
ALTER TABLE runs ADD COLUMN show_personal_data INTEGER NOT NULL DEFAULT 0;

-- Where the other party's file is, of a call that is joined from two.
ALTER TABLE batch ADD COLUMN second_path BLOB;

-- Every `purge`: how much it removed, and nothing that names a call.
CREATE TABLE purges (
    id        INTEGER PRIMARY KEY,
    purged_at TEXT NOT NULL,
    callvet   TEXT NOT NULL,
    before    TEXT NOT NULL,
    n_calls   INTEGER NOT NULL,
    n_results INTEGER NOT NULL
) STRICT;
