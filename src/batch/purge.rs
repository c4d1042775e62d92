//! Deleting what was kept long enough: results older than a moment leave an output folder with their reports, pages,
//! pictures and sound, and with every word of theirs in the store. Not the recordings: those are not callvet's.
//!
//! The rows go first, then the pages that name the calls, then the files, then what the store's file still holds of
//! them. Whatever ends the program in between, the next `purge` finishes the work, also if nothing more is old.

use std::fs;
use std::io;
use std::path::Path;

use super::atomic::WriteError;
use super::output;
use super::pages::{self, View};
use super::review::view::ReviewView;
use super::store::{self, Forgotten, Store, StoreError};
use super::summary::BatchError;
use crate::call::SelftestReport;

/// What was removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Purged {
    /// What left the store.
    pub forgotten: Forgotten,
    /// Reports, pages, pictures and sound.
    pub n_files: u64,
    /// False if another program has the store open, so that its file could not be written anew: what was removed may
    /// still be in it until `purge` runs again.
    pub is_scrubbed: bool,
}

/// What [`purge`] would remove from an output folder, which is left as it is.
///
/// # Errors
/// See [`BatchError`]; [`StoreError::Missing`] if there is no store.
pub fn outdated(out_dir: &Path, before_s: i64) -> Result<Forgotten, BatchError> {
    check_is_there(out_dir)?;
    Ok(Store::open(out_dir, false)?.outdated(before_s)?)
}

/// Removes what is older than `before_s`, in seconds since 1970: calls that began before that or, where nobody said
/// when, were analysed before that. What is left is rendered as the last run had it.
///
/// # Errors
/// See [`BatchError`]; what was not removed then is removed by the next purge.
pub fn purge(out_dir: &Path, before_s: i64) -> Result<Purged, BatchError> {
    check_is_there(out_dir)?;
    let _lock = pages::prepare(out_dir)?;
    let store = Store::open(out_dir, false)?;
    let (audio, show_personal_data, language) = store.view()?;
    let before = ReviewView::of(&store)?;
    let forgotten = store.forget_before(before_s)?;
    // Reviews of calls that go take with them what they taught.
    let reviews = &ReviewView::of(&store)?;
    let bom = output::Bom::of(out_dir);
    let view = View { show_personal_data, audio, language, bom, reviews };
    let mut n_files = forget_selftest(out_dir, &forgotten.sources)?;
    if *reviews != before {
        pages::refresh(&store, out_dir, &view)?;
    }
    pages::write_batch(&store, out_dir, &view, None)?;
    n_files += pages::remove_stale(&store, out_dir, &view)?;
    let is_scrubbed = store.scrub()?;
    Ok(Purged { forgotten, n_files, is_scrubbed })
}

/// Before anything is made: a folder that is none of ours stays as it is.
fn check_is_there(out_dir: &Path) -> Result<(), StoreError> {
    let path = out_dir.join(store::FILE_NAME);
    if path.exists() { Ok(()) } else { Err(StoreError::Missing(path)) }
}

/// A self-test names the recordings that it was made on: it goes with the first of them.
fn forget_selftest(out_dir: &Path, sources: &[String]) -> Result<u64, WriteError> {
    let report = fs::read_to_string(out_dir.join(output::SELFTEST)).ok();
    let report = report.and_then(|text| serde_json::from_str::<SelftestReport>(&text).ok());
    let names_one = report.is_some_and(|r| r.recordings.iter().any(|about| sources.contains(&about.source)));
    if !names_one {
        return Ok(0);
    }
    let mut n_removed = 0;
    // The report last: as long as it is there, the next purge knows that the others have to go.
    for name in ["selftest.csv", "selftest.html", output::SELFTEST] {
        let path = out_dir.join(name);
        match fs::remove_file(&path) {
            Ok(()) => n_removed += 1,
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(WriteError { path, source }),
        }
    }
    Ok(n_removed)
}
