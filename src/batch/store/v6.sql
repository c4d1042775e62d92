-- What each run found over all its recordings: whether it gets better from run to run. Names no call.
CREATE TABLE run_totals (
    run             INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    n_calls         INTEGER NOT NULL,
    n_failed        INTEGER NOT NULL,
    n_scored        INTEGER NOT NULL,
    score_mean      REAL,
    severe_per_call REAL
) STRICT;
