//! The results store: one SQLite file that makes runs resumable and pages renderable again, and that SQL users query.
//! Its tables are described in `docs/store.md`. It holds the raw, unmasked reports: hence mode 0600. Not a cache that
//! may be thrown away: results of recordings that are gone stay in it until `purge` or `--fresh`.

mod purge;
mod reviews;
mod rows;
mod shown;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, Transaction, TransactionBehavior, named_params, params};

use super::atomic::{self, WriteError};
use super::discover::Found;
use super::output::AudioMode;
use crate::call::{CallLine, CallMetadata, CallReport, RunLine, Skipped};
use crate::report::texts::PageLanguage;
pub use purge::Forgotten;
pub use reviews::{CalibrationRow, DatedReview, Judged, Saved};
use rows::{STORED_CALL, insert_call, insert_details, optional_json, parse_column, path_from_bytes, to_json, word};

/// Name of the store in an output folder.
pub const FILE_NAME: &str = "callvet.sqlite";

/// "cvet": tells our files from other programs' databases.
const APPLICATION_ID: i64 = 0x6376_6574;

/// One script for each version of the tables, from the one before it. A released script is never changed.
const MIGRATIONS: [&str; 6] = [
    include_str!("v1.sql"),
    include_str!("v2.sql"),
    include_str!("v3.sql"),
    include_str!("v4.sql"),
    include_str!("v5.sql"),
    include_str!("v6.sql"),
];

/// What can go wrong with a store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is none.
    #[error("{}: no results store: run `callvet analyze` with this folder first", .0.display())]
    Missing(PathBuf),
    /// A later program wrote it.
    #[error("{}: results store of version {version}, this program knows up to {}: use a newer callvet, or --fresh", path.display(), MIGRATIONS.len())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: i64,
    },
    /// It is no store of ours, or damaged.
    #[error("{}: no results store, or damaged ({message}): --fresh starts a new one and forgets it", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// It cannot be written to.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl StoreError {
    /// True if the user has to decide something, false if the environment failed.
    pub fn is_usage(&self) -> bool {
        !matches!(self, Self::Write(_))
    }
}

/// What makes a result that of a recording under certain settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key<'a> {
    /// The recording.
    pub source: &'a str,
    /// SHA-256 of its bytes; empty if it could not be read.
    pub sha256: &'a str,
    /// SHA-256 of the settings that can change a result; `+` and [`crate::call::Parts::word`] behind it, unless the
    /// recording is a call in one file.
    pub settings_sha256: &'a str,
}

/// A finished call in two files, of which one is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinishedPair {
    /// The other file.
    pub other_source: String,
    /// True if the pages of the last run show the call.
    pub is_current: bool,
}

/// A result to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewCall<'a> {
    /// What it is the result of.
    pub key: Key<'a>,
    /// The short line of the masked report, or of the failure.
    pub line: &'a CallLine,
    /// The report with everything in it; `None` for a failed call.
    pub raw: Option<&'a CallReport>,
    /// The report without personal data; `None` for a failed call.
    pub masked: Option<&'a CallReport>,
    /// True if browsers play the recording as it is.
    pub is_browser_playable: bool,
    /// Files that only analysis can make, relative to the output folder.
    pub media: &'a [String],
    /// What the pages on disk show: see [`StoredCall::rendered`].
    pub rendered: &'a str,
    /// How long the analysis took.
    pub wall_s: f64,
}

/// [`StoredCall::rendered`] of a result whose pictures and sound on disk were overwritten: the recording had other bytes
/// since. Results of one recording share the names of their files.
pub const OVERWRITTEN: &str = "overwritten";

/// A result without its report.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredCall {
    /// Number of the row.
    pub id: i64,
    /// The short line.
    pub line: CallLine,
    /// True if browsers play the recording as it is.
    pub is_browser_playable: bool,
    /// Files that only analysis can make, relative to the output folder.
    pub media: Vec<String>,
    /// What the pages on disk show: whoever wrote them recognises it. Empty if nothing is known, [`OVERWRITTEN`] if
    /// not even the pictures are of this result.
    pub rendered: String,
}

/// One job of the batch as the store knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct CurrentCall {
    /// The recording.
    pub source: String,
    /// Where it was found.
    pub path: PathBuf,
    /// What is known beside its sound.
    pub call: CallMetadata,
    /// Its result; `None` while pending.
    pub result: Option<StoredCall>,
}

/// A run that begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NewRun<'a> {
    /// SHA-256 of the settings that can change a result.
    pub settings_sha256: &'a str,
    /// How its pages find the sound.
    pub audio: AudioMode,
    /// Whether its pages show personal data.
    pub show_personal_data: bool,
    /// The language of its pages.
    pub language: PageLanguage,
    /// True if its recordings come to those of earlier runs instead of taking their place.
    pub is_added: bool,
}

/// An open store. There is one writer: calls from several threads wait for each other.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl Store {
    /// Opens the store of an output folder and brings its tables up to date; creates it if `create` says so.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn open(out_dir: &Path, create: bool) -> Result<Self, StoreError> {
        let path = out_dir.join(FILE_NAME);
        if !create && !path.exists() {
            return Err(StoreError::Missing(path));
        }
        // Before SQLite sees it: its journal files take over the mode.
        drop(atomic::create_private(&path)?);
        let opened = || -> rusqlite::Result<Connection> {
            let mut connection = Connection::open(&path)?;
            connection.busy_timeout(Duration::from_secs(30))?;
            let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
            let id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
            let n_tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
            if version > MIGRATIONS.len() as i64 || (id != APPLICATION_ID && n_tables > 0) {
                return Ok(connection);
            }
            // Write-ahead log: readers (SQL users) are not locked out while a run writes.
            connection.pragma_update(None, "journal_mode", "WAL")?;
            // A commit is in the log when it returns: a killed process loses none of them, a power cut at most the last
            // ones, whose calls are then analysed again. Neither can damage the file.
            connection.pragma_update(None, "synchronous", "NORMAL")?;
            connection.pragma_update(None, "foreign_keys", true)?;
            // Words that are replaced or removed are overwritten with zeros, not left in free pages.
            connection.pragma_update(None, "secure_delete", true)?;
            for (from, script) in MIGRATIONS.iter().enumerate().skip(version.max(0) as usize) {
                let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                transaction.execute_batch(script)?;
                transaction.pragma_update(None, "user_version", from as i64 + 1)?;
                transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
                transaction.commit()?;
            }
            Ok(connection)
        };
        let connection = opened().map_err(|e| sqlite_error(&path, e))?;
        let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let (version, id) = (pragma("user_version"), pragma("application_id"));
        let (version, id) = (version.map_err(|e| sqlite_error(&path, e))?, id.map_err(|e| sqlite_error(&path, e))?);
        if id != APPLICATION_ID {
            return Err(StoreError::Damaged { path, message: "another program's database".into() });
        }
        if version > MIGRATIONS.len() as i64 {
            return Err(StoreError::Newer { path, version });
        }
        Ok(Self { path, connection: Mutex::new(connection) })
    }

    /// Deletes the store of an output folder, whatever is in it.
    ///
    /// # Errors
    /// Names the file that could not be deleted.
    pub fn forget(out_dir: &Path) -> Result<(), WriteError> {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let path = out_dir.join(format!("{FILE_NAME}{suffix}"));
            match fs::remove_file(&path) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => return Err(WriteError { path, source }),
                _ => {}
            }
        }
        Ok(())
    }

    /// Begins a run over these recordings: they are the batch from now on, all of them pending; or they come to the
    /// batch, if the run says so. `metadata` has an entry for each recording, or none at all. Gives the number of the run.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn begin_run(
        &self,
        found: &[Found],
        metadata: &[CallMetadata],
        skipped: &[Skipped],
        run: &NewRun,
    ) -> Result<i64, StoreError> {
        self.write(|transaction| {
            // What is still pending of an earlier run and is there no more would stay so for ever.
            let old = if run.is_added { "DELETE FROM batch WHERE call IS NULL" } else { "DELETE FROM batch" };
            transaction.execute(old, [])?;
            transaction.execute("DELETE FROM skipped", [])?;
            // A half that got its other half is no call of its own any more.
            let mut remove = transaction.prepare("DELETE FROM batch WHERE source = ?1")?;
            for second in found.iter().filter_map(Found::second) {
                remove.execute([&second.source])?;
            }
            // A recording that comes back keeps its place, and its result until there is a new one.
            let mut insert = transaction.prepare(
                "INSERT INTO batch (source, path, bytes, metadata_json, second_path) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (source) DO UPDATE SET path = excluded.path, bytes = excluded.bytes,
                     metadata_json = excluded.metadata_json, second_path = excluded.second_path",
            )?;
            for (index, job) in found.iter().enumerate() {
                let metadata = metadata.get(index).cloned().unwrap_or_default();
                let whole = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.into());
                insert.execute(params![
                    job.source,
                    whole(&job.path).as_os_str().as_encoded_bytes(),
                    job.bytes as i64,
                    to_json(&metadata)?,
                    job.second().map(|second| whole(&second.path).as_os_str().as_encoded_bytes().to_vec()),
                ])?;
            }
            let mut insert = transaction.prepare("INSERT INTO skipped (source, reason) VALUES (?1, ?2)")?;
            for file in skipped {
                insert.execute(params![file.source, file.reason])?;
            }
            transaction.execute(
                "INSERT INTO runs (started_at, callvet, settings_sha256, audio, show_personal_data, report_language)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    now(),
                    env!("CARGO_PKG_VERSION"),
                    run.settings_sha256,
                    word(&run.audio)?,
                    run.show_personal_data,
                    run.language.code(),
                ],
            )?;
            Ok(transaction.last_insert_rowid())
        })
    }

    /// How the pages find the sound, whether they show personal data, and their language: as the last run or `report` made
    /// them.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn view(&self) -> Result<(AudioMode, bool, PageLanguage), StoreError> {
        let sql = "SELECT audio, show_personal_data, report_language FROM runs ORDER BY id DESC LIMIT 1";
        let last: Vec<(String, bool, String)> = self.rows(sql, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let parse = |word: &str| serde_json::from_value(word.into()).ok();
        let of_run = |(audio, shows, language): &(String, bool, String)| {
            (parse(audio).unwrap_or_default(), *shows, PageLanguage::of_code(language).unwrap_or_default())
        };
        Ok(last.first().map(of_run).unwrap_or_default())
    }

    /// Notes how the pages are now, which may be other than the last run made them: what makes them again in part keeps to it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn set_view(&self, audio: AudioMode, shows: bool, language: PageLanguage) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute(
                "UPDATE runs SET audio = ?1, show_personal_data = ?2, report_language = ?3
                 WHERE id = (SELECT max(id) FROM runs)",
                params![word(&audio)?, shows, language.code()],
            )
        })?;
        Ok(())
    }

    /// Notes how a run ended: `finished`, `interrupted` or `stopped`.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn end_run(&self, run: i64, ending: &str) -> Result<(), StoreError> {
        self.write(|transaction| {
            // A clock that was set back in between does not make a run end before it began.
            transaction.execute(
                "UPDATE runs SET ended_at = max(started_at, ?2), ending = ?3 WHERE id = ?1",
                params![run, now(), ending],
            )
        })?;
        Ok(())
    }

    /// Keeps what a run found, by which later runs show whether it gets better.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn keep_totals(&self, run: i64, lines: &[CallLine]) -> Result<(), StoreError> {
        let totals = RunLine::of(lines, "", "");
        self.write(|transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO run_totals (run, n_calls, n_failed, n_scored, score_mean, severe_per_call)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    run,
                    totals.n_calls as i64,
                    totals.n_failed as i64,
                    totals.n_scored as i64,
                    totals.score_mean,
                    totals.severe_per_call,
                ],
            )
        })?;
        Ok(())
    }

    /// What each run found, oldest first; runs from before this was kept are not among them.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn run_totals(&self) -> Result<Vec<RunLine>, StoreError> {
        let sql = "SELECT started_at, settings_sha256, n_calls, n_failed, n_scored, score_mean, severe_per_call
             FROM run_totals JOIN runs ON runs.id = run_totals.run ORDER BY runs.id";
        self.rows(sql, |row| {
            let count = |at: usize| Ok::<u64, rusqlite::Error>(row.get::<_, i64>(at)?.max(0) as u64);
            Ok(RunLine {
                started_at: row.get(0)?,
                settings_sha256: row.get(1)?,
                n_calls: count(2)?,
                n_failed: count(3)?,
                n_scored: count(4)?,
                score_mean: row.get(5)?,
                severe_per_call: row.get(6)?,
            })
        })
    }

    /// The result that an earlier run left for this key, a failed one too.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn find(&self, key: Key) -> Result<Option<StoredCall>, StoreError> {
        let sql = format!("SELECT {STORED_CALL} FROM calls WHERE source = ?1 AND sha256 = ?2 AND settings_sha256 = ?3");
        let connection = self.lock();
        let row = connection
            .query_row(&sql, params![key.source, key.sha256, key.settings_sha256], |row| StoredCall::from_row(row, 0));
        row.optional().map_err(|e| sqlite_error(&self.path, e))
    }

    /// The last finished call in two files of which this file, with these bytes, is one; one on the pages before any other.
    /// `sha256` is asked for only if there is a call with such a file.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn finished_pair(
        &self,
        source: &str,
        sha256: impl FnOnce() -> Option<String>,
    ) -> Result<Option<FinishedPair>, StoreError> {
        let connection = self.lock();
        let all = || -> rusqlite::Result<Option<FinishedPair>> {
            let known = "SELECT count(*) FROM files JOIN calls ON calls.id = files.call AND calls.status = 'ok'
                 WHERE files.source = ?1";
            if connection.prepare_cached(known)?.query_row([source], |row| row.get::<_, i64>(0))? == 0 {
                return Ok(None);
            }
            let Some(sha256) = sha256() else { return Ok(None) };
            let pair = "SELECT other.source, EXISTS (SELECT 1 FROM batch WHERE batch.call = calls.id) AS is_current
                 FROM files JOIN calls ON calls.id = files.call AND calls.status = 'ok'
                     JOIN files AS other ON other.call = files.call AND other.nr <> files.nr
                 WHERE files.source = ?1 AND files.sha256 = ?2 ORDER BY is_current DESC, calls.id DESC LIMIT 1";
            let mut statement = connection.prepare_cached(pair)?;
            let found = statement.query_row([source, sha256.as_str()], |row| {
                Ok(FinishedPair { other_source: row.get(0)?, is_current: row.get(1)? })
            });
            found.optional()
        };
        all().map_err(|e| sqlite_error(&self.path, e))
    }

    /// Makes an earlier result that of the recording in this batch.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn assign(&self, source: &str, id: i64) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute("UPDATE batch SET call = ?2 WHERE source = ?1", params![source, id])
        })?;
        Ok(())
    }

    /// Keeps a result, in the place of an earlier one with the same key, and makes it that of the recording in this
    /// batch: all of it or nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn put(&self, call: &NewCall) -> Result<(), StoreError> {
        self.write(|transaction| {
            let id = insert_call(transaction, call)?;
            insert_details(transaction, id, call.masked)?;
            transaction.execute(
                "UPDATE calls SET rendered = CASE WHEN sha256 = ?3 THEN '' ELSE ?4 END WHERE source = ?1 AND id <> ?2",
                params![call.key.source, id, call.key.sha256, OVERWRITTEN],
            )?;
            transaction.execute("UPDATE batch SET call = ?2 WHERE source = ?1", params![call.key.source, id])?;
            Ok(())
        })
    }

    /// Notes what the pages on disk show now.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn set_rendered(&self, id: i64, rendered: &str) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute(
                "UPDATE calls SET rendered = ''
                 WHERE source = (SELECT source FROM calls WHERE id = ?1) AND id <> ?1 AND rendered <> ?2",
                params![id, OVERWRITTEN],
            )?;
            transaction.execute("UPDATE calls SET rendered = ?2 WHERE id = ?1", params![id, rendered])
        })?;
        Ok(())
    }

    /// Replaces what is known beside the sound in a result; the analysis itself stays as it was.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn set_metadata(&self, stored: &StoredCall, call: &CallMetadata) -> Result<(), StoreError> {
        let replace = |report: Option<CallReport>| {
            report.map(|mut report| {
                report.call = call.clone();
                report
            })
        };
        let raw = replace(self.report(stored.id, true)?);
        let masked = replace(self.report(stored.id, false)?);
        let line = CallLine { call: call.clone(), ..stored.line.clone() };
        self.write(|transaction| {
            transaction.execute(
                "UPDATE calls SET call_id = :call_id, started_at = :started_at, agent = :agent,
                     customer_ref = :customer_ref, vendor = :vendor, campaign = :campaign, direction = :direction,
                     raw_json = :raw, masked_json = nullif(:masked, :raw), line_json = :line, rendered = ''
                 WHERE id = :id",
                named_params! {
                    ":call_id": call.id, ":started_at": call.started_at, ":agent": call.agent,
                    ":customer_ref": call.customer_ref, ":vendor": call.vendor, ":campaign": call.campaign,
                    ":direction": word(&call.direction)?, ":raw": optional_json(raw.as_ref())?,
                    ":masked": optional_json(masked.as_ref())?, ":line": to_json(&line)?, ":id": stored.id,
                },
            )
        })?;
        Ok(())
    }

    /// A result's report, with everything in it or masked; `None` if the call failed.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn report(&self, id: i64, is_raw: bool) -> Result<Option<CallReport>, StoreError> {
        let column = if is_raw { "raw_json" } else { "coalesce(masked_json, raw_json)" };
        let connection = self.lock();
        let text: Option<String> = connection
            .query_row(&format!("SELECT {column} FROM calls WHERE id = ?1"), [id], |row| row.get(0))
            .map_err(|e| sqlite_error(&self.path, e))?;
        let parse = |text: String| {
            serde_json::from_str(&text)
                .map_err(|e| StoreError::Damaged { path: self.path.clone(), message: format!("a report: {e}") })
        };
        text.map(parse).transpose()
    }

    /// When a result was made, RFC 3339 in UTC.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn analysed_at(&self, id: i64) -> Result<String, StoreError> {
        let connection = self.lock();
        let read = connection.query_row("SELECT analysed_at FROM calls WHERE id = ?1", [id], |row| row.get(0));
        read.map_err(|e| sqlite_error(&self.path, e))
    }

    /// Where the other party's file is, of a recording of the batch that is in two.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn second_path(&self, source: &str) -> Result<Option<PathBuf>, StoreError> {
        let connection = self.lock();
        let sql = "SELECT second_path FROM batch WHERE source = ?1";
        let path = connection.query_row(sql, [source], |row| row.get::<_, Option<Vec<u8>>>(0)).optional();
        let path = path.map_err(|e| sqlite_error(&self.path, e))?;
        Ok(path.flatten().map(path_from_bytes))
    }

    /// The batch as it stands, ordered bytewise by source.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn current(&self) -> Result<Vec<CurrentCall>, StoreError> {
        let sql = format!(
            "SELECT batch.source, batch.path, batch.metadata_json, {STORED_CALL}
             FROM batch LEFT JOIN calls ON calls.id = batch.call ORDER BY batch.source"
        );
        self.rows(&sql, |row| {
            let has_result = row.get::<_, Option<i64>>(3)?.is_some();
            Ok(CurrentCall {
                source: row.get(0)?,
                path: path_from_bytes(row.get(1)?),
                call: parse_column(row, 2)?,
                result: if has_result { Some(StoredCall::from_row(row, 3)?) } else { None },
            })
        })
    }

    /// Files in the folders that are no recordings.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn skipped(&self) -> Result<Vec<Skipped>, StoreError> {
        self.rows("SELECT source, reason FROM skipped ORDER BY source, reason", |row| {
            Ok(Skipped { source: row.get(0)?, reason: row.get(1)? })
        })
    }

    fn rows<T>(&self, sql: &str, read: impl FnMut(&Row) -> rusqlite::Result<T>) -> Result<Vec<T>, StoreError> {
        self.rows_where(sql, [], read)
    }

    fn rows_where<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let connection = self.lock();
        let all = || -> rusqlite::Result<Vec<T>> { connection.prepare(sql)?.query_map(values, read)?.collect() };
        all().map_err(|e| sqlite_error(&self.path, e))
    }

    fn write<T>(&self, change: impl FnOnce(&Transaction) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let mut connection = self.lock();
        let all = || {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = change(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        all().map_err(|e| sqlite_error(&self.path, e))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic in between has rolled its transaction back: the connection is sound.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Times of the run live here and in no report.
fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn sqlite_error(path: &Path, error: rusqlite::Error) -> StoreError {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => io::ErrorKind::StorageFull,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            io::ErrorKind::PermissionDenied
        }
        Some(
            ErrorCode::SystemIoFailure | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::OutOfMemory,
        ) => io::ErrorKind::Other,
        _ => return StoreError::Damaged { path: path.into(), message: error.to_string() },
    };
    WriteError { path: path.into(), source: io::Error::new(kind, error.to_string()) }.into()
}
