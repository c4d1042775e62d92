//! The driver on one machine: analyses what is new or changed on several threads, writes the files of each call as it
//! is done, and the pages of the batch at the end. It does not know how a call is analysed: it is handed a function.
//!
//! The row in the store is written last, after all files of a call: what is in the store has all its files. Whatever
//! kills the program, the next run goes on with the calls that have no row.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::discover::{Discovery, Found};
use super::output::{self, AudioMode, Sound, SoundPlan};
use super::pages::{self, View};
use super::paths::{self, Fingerprint};
use super::progress::{Finished, Progress};
use super::review::view::ReviewView;
use super::store::{Key, NewCall, NewRun, OVERWRITTEN, Store, StoredCall};
use super::summary::{BatchError, BatchSummary};
use crate::call::{CallError, CallLine, CallMedia, CallMetadata, CallReport, CallStatus, Skipped};
use crate::facts;
use crate::pipeline::{CallFailure, CallJob};
use crate::report::texts::PageLanguage;

/// What an analysis gives.
#[derive(Debug, Clone)]
pub struct Analysed {
    /// The report with everything in it: for the store.
    pub raw: CallReport,
    /// The report without personal data: for everyone else.
    pub masked: CallReport,
    /// Pictures and sound for the page.
    pub media: Option<CallMedia>,
    /// True if browsers play the recording as it is.
    pub is_browser_playable: bool,
}

/// How an analysis ends.
pub type CallOutcome = Result<Analysed, CallFailure>;

/// How a batch is run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunOptions {
    /// Calls at once; 0 is taken as 1. Memory grows with it.
    pub jobs: usize,
    /// Forget all earlier results of this folder.
    pub fresh: bool,
    /// Show personal data on pages and in reports; by default it is masked.
    pub show_personal_data: bool,
    /// How pages find the sound; by default they link to the recording.
    pub audio: AudioMode,
    /// The language of the pages.
    pub language: PageLanguage,
    /// Begin the tables with a byte order mark.
    pub csv_bom: bool,
    /// SHA-256 of the settings that can change a result: when it changes, everything is analysed again.
    pub settings_sha256: String,
    /// The recordings come to those of earlier runs instead of taking their place, and none leaves the pages.
    pub is_added: bool,
    /// Files that were one call in an earlier run are still looked at as such; false if they were asked to be apart.
    pub is_joined: bool,
}

/// Analyses the recordings of `discovery` into `out_dir`. `metadata` has an entry for each of them, or none at all.
///
/// A recording with a result for the same source, bytes and settings is not analysed again; failed ones are. A panic
/// in `analyse` is a failure of that call. When `stop` becomes true, calls in flight are finished, unless `analyse`
/// gives them up, and the others stay pending.
///
/// # Errors
/// See [`BatchError`]: a recording that cannot be analysed is none.
pub fn run(
    discovery: &Discovery,
    metadata: &[CallMetadata],
    out_dir: &Path,
    options: &RunOptions,
    analyse: &(dyn Fn(&CallJob) -> CallOutcome + Sync),
    progress: &dyn Progress,
    stop: &AtomicBool,
) -> Result<BatchSummary, BatchError> {
    let _lock = pages::prepare(out_dir)?;
    if options.fresh {
        Store::forget(out_dir)?;
    }
    let store = Store::open(out_dir, true)?;
    let new_run = NewRun {
        settings_sha256: &options.settings_sha256,
        audio: options.audio,
        show_personal_data: options.show_personal_data,
        language: options.language,
        is_added: options.is_added,
    };
    let (discovery, metadata) = &with_finished_pairs(&store, discovery, metadata, options, stop)?;
    // What was reviewed of the batch as it was, which this one mostly is again.
    let reviews = ReviewView::of(&store)?;
    let run_id = store.begin_run(&discovery.jobs, metadata, &discovery.skipped, &new_run)?;
    let RunOptions { show_personal_data, audio, language, .. } = *options;
    let view = View { show_personal_data, audio, language, bom: options.csv_bom.into(), reviews: &reviews };
    let driver = Driver {
        out_dir,
        options,
        view,
        store: &store,
        analyse,
        progress,
        stems: Mutex::default(),
        n_analysed: AtomicU64::new(0),
        n_unchanged: AtomicU64::new(0),
    };
    let sizes: Vec<(&str, u64)> = discovery.jobs.iter().map(|job| (job.source.as_str(), job.bytes)).collect();
    progress.begin(&sizes);
    let driven = driver.drive(&discovery.jobs, metadata, stop);
    // The pages are made even of what a full disk has left, as far as it goes: batch.json says what is pending.
    let written = match stop.load(Ordering::Relaxed) {
        // Who interrupts waits for the end: what the calls so far would teach the confidences is not learned now.
        true => pages::write_batch(&store, out_dir, &view, Some(run_id)),
        false => finish_pages(&store, out_dir, &view, run_id),
    };
    let mut summary = match (driven, written) {
        (Ok(()), Ok(summary)) => summary,
        (Err(error), _) | (Ok(()), Err(error)) => {
            // The first error is the one to tell; this one would be the same again.
            let _ = store.end_run(run_id, "stopped");
            return Err(error);
        }
    };
    summary.n_analysed = driver.n_analysed.into_inner();
    summary.n_unchanged = driver.n_unchanged.into_inner();
    summary.is_interrupted = summary.totals.n_pending > 0;
    if !summary.is_interrupted {
        pages::remove_stale(&store, out_dir, &view)?;
    }
    store.end_run(run_id, if summary.is_interrupted { "interrupted" } else { "finished" })?;
    Ok(summary)
}

/// The pages of the batch, and those of calls once more whose confidences are others now that all results are there.
fn finish_pages(store: &Store, out_dir: &Path, view: &View, run_id: i64) -> Result<BatchSummary, BatchError> {
    let reviews = &ReviewView::of(store)?;
    let now = &View { reviews, ..*view };
    if reviews != view.reviews {
        pages::refresh(store, out_dir, now)?;
    }
    pages::write_batch(store, out_dir, now, Some(run_id))
}

/// What a run does about files of finished calls in two, of which only one is left or which no longer meet. Where
/// recordings are added, the call stays as it is, and its file is no recording of its own. Else the file is analysed by
/// itself, since the batch is what is in the folders, and the one that is missed is named with the files left out.
fn with_finished_pairs(
    store: &Store,
    discovery: &Discovery,
    metadata: &[CallMetadata],
    options: &RunOptions,
    stop: &AtomicBool,
) -> Result<(Discovery, Vec<CallMetadata>), BatchError> {
    let mut jobs = Vec::with_capacity(discovery.jobs.len());
    let mut calls = Vec::with_capacity(metadata.len());
    let mut skipped = discovery.skipped.clone();
    let seconds = discovery.jobs.iter().filter_map(Found::second).map(|second| &second.source);
    let here: BTreeSet<&String> = discovery.jobs.iter().map(|job| &job.source).chain(seconds).collect();
    for (index, job) in discovery.jobs.iter().enumerate() {
        // Reading such files again takes its time; who interrupts analyses nothing more anyway.
        if options.is_joined && job.second().is_none() && !stop.load(Ordering::Relaxed) {
            let sha256 = || paths::fingerprint_of(job).ok().map(|print| print.sha256);
            match store.finished_pair(&job.source, sha256)? {
                Some(pair) if options.is_added && pair.is_current => continue,
                Some(pair) if !options.is_added && !here.contains(&pair.other_source) => skipped.push(Skipped {
                    reason: format!(
                        "not among the recordings of this run; an earlier one analysed it as one call with {}, which is \
                         now analysed by itself; the result of both stays in the results store",
                        job.source
                    ),
                    source: pair.other_source,
                }),
                _ => {}
            }
        }
        jobs.push(job.clone());
        calls.extend(metadata.get(index).cloned());
    }
    skipped.sort_by(|a, b| (&a.source, &a.reason).cmp(&(&b.source, &b.reason)));
    skipped.dedup();
    Ok((Discovery { jobs, skipped }, calls))
}

struct Driver<'a> {
    out_dir: &'a Path,
    options: &'a RunOptions,
    view: View<'a>,
    store: &'a Store,
    analyse: &'a (dyn Fn(&CallJob) -> CallOutcome + Sync),
    progress: &'a dyn Progress,
    /// Which source has which name of files.
    stems: Mutex<BTreeMap<String, String>>,
    n_analysed: AtomicU64,
    n_unchanged: AtomicU64,
}

impl Driver<'_> {
    fn drive(&self, found: &[Found], metadata: &[CallMetadata], stop: &AtomicBool) -> Result<(), BatchError> {
        // The longest first, so that no long one is left alone at the end. Results do not depend on the order.
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by_key(|index| (std::cmp::Reverse(found[*index].bytes), *index));
        let jobs = self.options.jobs.clamp(1, found.len().max(1));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).thread_name(|n| format!("call-{n}")).build();
        let pool = pool.map_err(|e| BatchError::Threads { jobs, message: e.to_string() })?;
        let next = AtomicUsize::new(0);
        let error = Mutex::new(None);
        let is_over = AtomicBool::new(false);
        // A loop on each thread instead of a parallel iterator: an analysis that waits for work it shared with other
        // threads would be given another whole call to do meanwhile.
        pool.broadcast(|_| {
            while !stop.load(Ordering::Relaxed) && !is_over.load(Ordering::Relaxed) {
                let Some(index) = order.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                let call = metadata.get(*index).cloned().unwrap_or_default();
                if let Err(e) = self.one_call(&found[*index], call) {
                    is_over.store(true, Ordering::Relaxed);
                    error.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(e);
                }
            }
        });
        error.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
    }

    /// Errors are those that the next call would meet too.
    fn one_call(&self, found: &Found, call: CallMetadata) -> Result<(), BatchError> {
        let print = match paths::fingerprint_of(found) {
            Ok(print) => print,
            Err(e) => {
                let error = CallError { kind: "io".into(), message: format!("cannot be read: {e}") };
                return self.keep_failure(found, None, call, error, 0.0);
            }
        };
        if let Some(other) = self.claim(&print.stem, &found.source) {
            let message = format!("its files would have the same names as those of {other}: rename one of them");
            return self.keep_failure(found, None, call, CallError { kind: "internal".into(), message }, 0.0);
        }
        let settings = self.settings_of(found);
        let key = Key { source: &found.source, sha256: &print.sha256, settings_sha256: &settings };
        if let Some(stored) = self.store.find(key)? {
            let mut media = stored.media.iter().filter(|name| pages::is_kept(name, self.view.audio));
            let has_media = stored.rendered != OVERWRITTEN && media.all(|name| is_there(&self.out_dir.join(name)));
            if stored.line.status == CallStatus::Ok && has_media {
                return self.reuse(found, call, stored);
            }
        }
        self.analyse(found, &print, call)
    }

    /// The settings, and what the recording is taken for: see [`Key::settings_sha256`].
    fn settings_of(&self, found: &Found) -> String {
        let word = found.parts.word().map(|word| format!("+{word}")).unwrap_or_default();
        format!("{}{word}", self.options.settings_sha256)
    }

    /// Takes a name for files; gives the source that has it already, which only a collision of 32 bits can cause.
    fn claim(&self, stem: &str, source: &str) -> Option<String> {
        let mut stems = self.stems.lock().unwrap_or_else(PoisonError::into_inner);
        stems.insert(stem.into(), source.into())
    }

    fn reuse(&self, found: &Found, call: CallMetadata, mut stored: StoredCall) -> Result<(), BatchError> {
        if stored.line.call != call {
            self.store.set_metadata(&stored, &call)?;
            stored.line.call = call;
            stored.rendered.clear();
        }
        let plan = pages::plan_of(self.out_dir, &self.view, &stored, &found.path);
        let is_shown = stored.rendered == plan.signature(&self.view, &stored.line.sha256);
        let files = output::page_files(pages::file_stem(&stored)).into_iter().chain(plan.copy);
        if !(is_shown && files.into_iter().all(|name| is_there(&self.out_dir.join(name)))) {
            pages::write_stored(self.store, self.out_dir, &self.view, &stored, &found.path)?;
        }
        self.store.assign(&found.source, stored.id)?;
        self.n_unchanged.fetch_add(1, Ordering::Relaxed);
        self.progress.finished(&Finished {
            source: &found.source,
            bytes: found.bytes,
            audio_s: stored.line.duration_s,
            is_unchanged: true,
            failure: None,
        });
        Ok(())
    }

    fn analyse(&self, found: &Found, print: &Fingerprint, call: CallMetadata) -> Result<(), BatchError> {
        self.progress.started(&found.source);
        let job = CallJob {
            source: found.source.clone(),
            path: found.path.clone(),
            bytes: print.bytes,
            sha256: print.sha256.clone(),
            metadata: call.clone(),
            parts: print.parts.clone(),
        };
        let began = Instant::now();
        // What the panic says may hold words of the call, and is not passed on.
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.analyse)(&job))).unwrap_or_else(|_| {
            let message = "the analysis broke off: an error in callvet, please report it".into();
            Err(CallFailure::Failed(CallError { kind: "internal".into(), message }))
        });
        let wall_s = began.elapsed().as_secs_f64();
        let failed = |kind: &str, message: String| CallError { kind: kind.into(), message };
        let error = match outcome {
            Err(CallFailure::Stopped) => return Ok(()),
            Err(CallFailure::Failed(error)) => error,
            Ok(analysed) => match print.change_of(found) {
                Some(change) => failed("io", change),
                None => match self.keep(found, print, &analysed, wall_s) {
                    Err(BatchError::Pages(message)) => failed("internal", format!("cannot make its page: {message}")),
                    kept => return kept,
                },
            },
        };
        self.keep_failure(found, Some(print), call, error, wall_s)
    }

    /// Files first, the row last.
    fn keep(&self, found: &Found, print: &Fingerprint, analysed: &Analysed, wall_s: f64) -> Result<(), BatchError> {
        let View { show_personal_data, audio, reviews, .. } = self.view;
        let media = match &analysed.media {
            Some(media) => output::write_media(self.out_dir, &print.stem, media, audio)?,
            None => Vec::new(),
        };
        let is_browser_playable = analysed.is_browser_playable;
        let sound = Sound { path: &found.path, is_browser_playable, media: &media };
        let plan = SoundPlan::new(self.out_dir, &print.stem, &sound, audio);
        let mut shown = Cow::Borrowed(if show_personal_data { &analysed.raw } else { &analysed.masked });
        if !reviews.is_empty() {
            reviews.apply(shown.to_mut());
        }
        output::write_call(self.out_dir, &print.stem, &shown, &sound, &plan, self.view.language)?;
        let mut line = CallLine::from_report(&analysed.masked, &format!("{}/{}", output::CALLS, print.stem));
        line.claims = facts::kept(&analysed.masked);
        self.store.put(&NewCall {
            key: Key { source: &found.source, sha256: &print.sha256, settings_sha256: &self.settings_of(found) },
            line: &line,
            raw: Some(&analysed.raw),
            masked: Some(&analysed.masked),
            is_browser_playable,
            media: &media,
            rendered: &plan.signature(&self.view, &print.sha256),
            wall_s,
        })?;
        self.n_analysed.fetch_add(1, Ordering::Relaxed);
        self.progress.finished(&Finished {
            source: &found.source,
            bytes: found.bytes,
            audio_s: line.duration_s,
            is_unchanged: false,
            failure: None,
        });
        Ok(())
    }

    /// `print` is `None` if the recording could not be read or has no files of its own.
    fn keep_failure(
        &self,
        found: &Found,
        print: Option<&Fingerprint>,
        call: CallMetadata,
        error: CallError,
        wall_s: f64,
    ) -> Result<(), BatchError> {
        let sha256 = print.map_or("", |print| &print.sha256);
        let stem = print.map_or(String::new(), |print| format!("{}/{}", output::CALLS, print.stem));
        let line = CallLine::without_report(&found.source, sha256, &stem, call, Some(error.clone()));
        self.store.put(&NewCall {
            key: Key { source: &found.source, sha256, settings_sha256: &self.settings_of(found) },
            line: &line,
            raw: None,
            masked: None,
            is_browser_playable: false,
            media: &[],
            rendered: "",
            wall_s,
        })?;
        self.n_analysed.fetch_add(1, Ordering::Relaxed);
        self.progress.finished(&Finished {
            source: &found.source,
            bytes: found.bytes,
            audio_s: None,
            is_unchanged: false,
            failure: Some(&error.message),
        });
        Ok(())
    }
}

/// A file with something in it: what is left of a broken disk is not taken for a result.
fn is_there(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0)
}
