//! Forgetting: results that are older than a moment leave the store with every word of theirs. Not their files: those
//! are the pages' matter.

use rusqlite::{Transaction, params};

use super::{Store, StoreError, now, sqlite_error};

/// What left the store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Sources that have no result left, ordered bytewise, and pending ones that were as old.
    pub sources: Vec<String>,
    /// Results; a recording has one for each of its contents and settings.
    pub n_results: u64,
}

/// Results that are older than `?1` (seconds since 1970): the call began before that or, where nobody said when it
/// began, was analysed before that.
const OUTDATED: &str = "SELECT id FROM calls WHERE coalesce(unixepoch(started_at), unixepoch(analysed_at)) < ?1";

/// Recordings of the batch without a result, as old by what is known of the call, else by the run that found them.
const PENDING: &str = "SELECT source FROM batch WHERE call IS NULL AND coalesce(
    unixepoch(metadata_json ->> '$.started_at'), (SELECT unixepoch(started_at) FROM runs ORDER BY id DESC LIMIT 1)) < ?1";

impl Store {
    /// What [`Store::forget_before`] would remove.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn outdated(&self, before_s: i64) -> Result<Forgotten, StoreError> {
        self.write(|transaction| outdated(transaction, before_s))
    }

    /// Removes results older than `before_s` (seconds since 1970), their findings and measurements, what reviewers said of
    /// them, their places in the batch, and what the last run skipped if it was as long ago. Nothing is left of them in the tables; what is
    /// left in the file is for [`Store::scrub`].
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn forget_before(&self, before_s: i64) -> Result<Forgotten, StoreError> {
        self.write(|transaction| {
            let forgotten = outdated(transaction, before_s)?;
            transaction.execute(&format!("DELETE FROM batch WHERE source IN ({PENDING})"), [before_s])?;
            transaction.execute(&format!("DELETE FROM batch WHERE call IN ({OUTDATED})"), [before_s])?;
            // A missed half of such a call is named there.
            transaction.execute(
                &format!("DELETE FROM skipped WHERE source IN (SELECT source FROM files WHERE call IN ({OUTDATED}))"),
                [before_s],
            )?;
            // What was said of their findings, in notes too.
            transaction.execute(
                &format!(
                    "DELETE FROM reviews WHERE sha256 IN (SELECT sha256 FROM calls WHERE id IN ({OUTDATED}))
                     AND sha256 NOT IN (SELECT sha256 FROM calls WHERE id NOT IN ({OUTDATED}))"
                ),
                [before_s],
            )?;
            // Findings, channels and files go with them (ON DELETE CASCADE).
            transaction.execute(&format!("DELETE FROM calls WHERE id IN ({OUTDATED})"), [before_s])?;
            // Reviews of calls that this folder does not have are as old as they say.
            transaction.execute(
                "DELETE FROM reviews WHERE at_us < ?1 * 1000000 AND sha256 NOT IN (SELECT sha256 FROM calls)",
                [before_s],
            )?;
            transaction.execute(
                "DELETE FROM skipped WHERE (SELECT unixepoch(started_at) FROM runs ORDER BY id DESC LIMIT 1) < ?1",
                [before_s],
            )?;
            if forgotten != Forgotten::default() {
                transaction.execute(
                    "INSERT INTO purges (purged_at, callvet, before, n_calls, n_results)
                     VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%SZ', ?3, 'unixepoch'), ?4, ?5)",
                    params![
                        now(),
                        env!("CARGO_PKG_VERSION"),
                        before_s,
                        forgotten.sources.len() as i64,
                        forgotten.n_results as i64
                    ],
                )?;
            }
            Ok(forgotten)
        })
    }

    /// Writes the file anew without what was ever deleted from it, and empties its log. False if another program that
    /// has the store open prevented it: then what was removed may still be in the file.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn scrub(&self) -> Result<bool, StoreError> {
        let connection = self.lock();
        let all = || -> rusqlite::Result<bool> {
            // Whatever the pages held: the new file has only what the tables hold.
            connection.execute_batch("VACUUM")?;
            // busy, pages in the log, pages written back
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| Ok(row.get::<_, i64>(0)? == 0))
        };
        all().map_err(|e| sqlite_error(&self.path, e))
    }
}

fn outdated(transaction: &Transaction, before_s: i64) -> rusqlite::Result<Forgotten> {
    let n_results: i64 =
        transaction.query_row(&format!("SELECT count(*) FROM ({OUTDATED})"), [before_s], |row| row.get(0))?;
    let sql = format!(
        "SELECT source FROM calls WHERE id IN ({OUTDATED})
         EXCEPT SELECT source FROM calls WHERE id NOT IN ({OUTDATED})
         UNION {PENDING} ORDER BY source"
    );
    let mut statement = transaction.prepare(&sql)?;
    let sources = statement.query_map([before_s], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(Forgotten { sources, n_results: n_results as u64 })
}
