//! From the store to the pages and tables of an output folder: at the end of every run, and again whenever somebody
//! asks. Nothing is analysed here.

use std::collections::BTreeMap;
use std::path::Path;

use super::consistency::Consistency;
use super::output::{self, AudioMode, Bom, Sound, SoundPlan};
use super::review::view::ReviewView;
use super::store::{self, CurrentCall, Store, StoreError, StoredCall};
use super::summary::{BatchError, BatchSummary};
use super::{atomic, lock, paths, vet};
use crate::call::{BatchLine, BatchReport, BatchTotals, CallLine, CallReport, CallStatus, Expected, Severity, Skipped};
use crate::report::texts::PageLanguage;

/// How pages are made again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RenderOptions {
    /// Show personal data; by default it is masked.
    pub show_personal_data: bool,
    /// How pages find the sound; by default as the last run had it.
    pub audio: Option<AudioMode>,
    /// The language of the pages; by default as the last run had it.
    pub language: Option<PageLanguage>,
    /// Begin the tables with a byte order mark.
    pub csv_bom: bool,
}

/// How pages are made.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    pub show_personal_data: bool,
    pub audio: AudioMode,
    pub language: PageLanguage,
    pub bom: Bom,
    /// What reviewers change in reports.
    pub reviews: &'a ReviewView,
}

/// Is this file of the analysis to be there? Sound that was asked to be left out is not.
pub(super) fn is_kept(media: &str, audio: AudioMode) -> bool {
    audio != AudioMode::None || !media.ends_with(".wav")
}

/// Makes all pages and tables of an output folder again from its store, without analysing.
///
/// # Errors
/// See [`BatchError`]; [`StoreError::Missing`] if nothing was ever analysed there.
pub fn render(out_dir: &Path, options: &RenderOptions) -> Result<BatchSummary, BatchError> {
    if !out_dir.join(store::FILE_NAME).exists() {
        return Err(StoreError::Missing(out_dir.join(store::FILE_NAME)).into());
    }
    let _lock = prepare(out_dir)?;
    let store = Store::open(out_dir, false)?;
    let (last_audio, _, last_language) = store.view()?;
    let view = &View {
        show_personal_data: options.show_personal_data,
        audio: options.audio.unwrap_or(last_audio),
        language: options.language.unwrap_or(last_language),
        bom: options.csv_bom.into(),
        reviews: &ReviewView::of(&store)?,
    };
    // First: who is interrupted in the middle has pages of both kinds, and whatever goes on makes them as asked here.
    store.set_view(view.audio, view.show_personal_data, view.language)?;
    for call in store.current()? {
        let Some(stored) = call.result.filter(|result| result.line.status == CallStatus::Ok) else { continue };
        write_stored(&store, out_dir, view, &stored, &call.path)?;
    }
    let summary = write_batch(&store, out_dir, view, None)?;
    remove_stale(&store, out_dir, view)?;
    Ok(summary)
}

/// Makes and locks the output folder, and removes what a crashed run left unfinished.
pub(super) fn prepare(out_dir: &Path) -> Result<lock::FolderLock, BatchError> {
    let folders = [out_dir.to_path_buf(), out_dir.join(output::CALLS), out_dir.join(output::MEDIA)];
    folders.iter().try_for_each(|folder| atomic::create_folder(folder))?;
    let lock = lock::lock(out_dir)?;
    folders.iter().try_for_each(|folder| atomic::remove_leftovers(folder))?;
    Ok(lock)
}

/// `<name>-<hash8>` of a result.
pub(super) fn file_stem(stored: &StoredCall) -> &str {
    stored.line.stem.rsplit('/').next().unwrap_or_default()
}

pub(super) fn plan_of(out_dir: &Path, view: &View, stored: &StoredCall, path: &Path) -> SoundPlan {
    let sound = Sound { path, is_browser_playable: stored.is_browser_playable, media: &stored.media };
    SoundPlan::new(out_dir, file_stem(stored), &sound, view.audio)
}

/// Writes report and page of a result again.
pub(super) fn write_stored(
    store: &Store,
    out_dir: &Path,
    view: &View,
    stored: &StoredCall,
    path: &Path,
) -> Result<(), BatchError> {
    let Some(mut report) = store.report(stored.id, view.show_personal_data)? else { return Ok(()) };
    view.reviews.apply(&mut report);
    let sound = Sound { path, is_browser_playable: stored.is_browser_playable, media: &stored.media };
    let plan = plan_of(out_dir, view, stored, path);
    output::write_call(out_dir, file_stem(stored), &report, &sound, &plan, view.language)?;
    store.set_rendered(stored.id, &plan.signature(view, &stored.line.sha256))?;
    Ok(())
}

/// Writes report and page of those results again that the files on disk do not show in this view.
pub(super) fn refresh(store: &Store, out_dir: &Path, view: &View) -> Result<(), BatchError> {
    for call in store.current()? {
        let Some(stored) = call.result.filter(|result| result.line.status == CallStatus::Ok) else { continue };
        let plan = plan_of(out_dir, view, &stored, &call.path);
        if stored.rendered != plan.signature(view, &stored.line.sha256) {
            write_stored(store, out_dir, view, &stored, &call.path)?;
        }
    }
    Ok(())
}

/// Writes index, batch.json and the tables from the store, in the order of sources; one report at a time is in memory. What a
/// `run` found is kept in the store before, so that the index shows it among the others.
pub(super) fn write_batch(
    store: &Store,
    out_dir: &Path,
    view: &View,
    run: Option<i64>,
) -> Result<BatchSummary, BatchError> {
    let calls = store.current()?;
    let mut lines: Vec<CallLine> = Vec::with_capacity(calls.len());
    let mut rest = calls.iter();
    let mut consistency = Consistency::default();
    let mut n_likely_findings = [0; 4];
    let mut broken: Option<StoreError> = None;
    let mut book = output::workbook(out_dir, "")?;
    let written = output::write_findings(out_dir, view.bom, Some(&mut book), || {
        for call in rest.by_ref() {
            match line_of(store, call, view.show_personal_data, view.reviews) {
                Ok((mut line, report)) => {
                    consistency.add(&mut line);
                    let stem = line.stem.clone();
                    lines.push(line);
                    if let Some(report) = report {
                        count_likely(&mut n_likely_findings, &report);
                        return Ok(Some((report, stem)));
                    }
                }
                Err(e) => {
                    let message = e.to_string();
                    broken = Some(e);
                    return Err(message);
                }
            }
        }
        Ok(None)
    });
    if let Some(error) = broken {
        return Err(error.into());
    }
    written?;
    let totals = totals_of(&lines, store.skipped()?);
    let batch = BatchReport {
        schema: BatchReport::SCHEMA.into(),
        calls: lines.iter().map(batch_line).collect(),
        consistency: consistency.into_entries(),
        totals,
    };
    // What is still pending would look like a change when it is done.
    if let Some(run) = run.filter(|_| lines.iter().all(|line| line.status != CallStatus::Pending)) {
        store.keep_totals(run, &lines)?;
    }
    vet::write(store, out_dir, view, &calls, &lines, &batch.consistency)?;
    output::write_batch(out_dir, &batch, &lines, &store.run_totals()?, book, view.bom, view.language)?;
    Ok(BatchSummary {
        totals: batch.totals,
        lines,
        n_likely_findings,
        index: out_dir.join(output::INDEX),
        ..BatchSummary::default()
    })
}

/// Adds the findings with a confidence of at least 0.5: critical, major, minor, info.
fn count_likely(n: &mut [u64; 4], report: &CallReport) {
    for finding in report.findings.iter().filter(|finding| finding.confidence >= 0.5) {
        n[finding.severity as usize] += 1;
    }
}

/// The line of a call in the view that is asked for, and its report if it has one.
pub(super) fn line_of(
    store: &Store,
    call: &CurrentCall,
    show_personal_data: bool,
    reviews: &ReviewView,
) -> Result<(CallLine, Option<CallReport>), StoreError> {
    let Some(stored) = &call.result else {
        return Ok((CallLine::without_report(&call.source, "", "", call.call.clone(), None), None));
    };
    let mut report = store.report(stored.id, show_personal_data)?;
    if let Some(report) = &mut report {
        reviews.apply(report);
    }
    let line = report.as_ref().map_or(stored.line.clone(), |report| CallLine {
        claims: stored.line.claims.clone(),
        ..CallLine::from_report(report, &stored.line.stem)
    });
    Ok((line, report))
}

fn batch_line(line: &CallLine) -> BatchLine {
    BatchLine {
        source: line.source.clone(),
        status: line.status,
        error: line.error.clone(),
        report: (line.status == CallStatus::Ok).then(|| format!("{}.json", line.stem)),
    }
}

fn totals_of(lines: &[CallLine], skipped: Vec<Skipped>) -> BatchTotals {
    let n_with = |status| lines.iter().filter(|line| line.status == status).count() as u64;
    let n_of = |severity: Severity| lines.iter().map(|line| line.n_by_severity[severity as usize]).sum();
    BatchTotals {
        n_calls: lines.len() as u64,
        n_ok: n_with(CallStatus::Ok),
        n_failed: n_with(CallStatus::Failed),
        n_pending: n_with(CallStatus::Pending),
        duration_s: lines.iter().filter_map(|line| line.duration_s).sum(),
        findings: [
            ("critical", Severity::Critical),
            ("major", Severity::Major),
            ("minor", Severity::Minor),
            ("info", Severity::Info),
        ]
        .map(|(word, severity)| (word.to_string(), n_of(severity)))
        .into(),
        expected_true: lines.iter().fold(Expected::default(), |sum, line| sum.with(line.expected_true)),
        skipped,
    }
}

/// Removes files of calls that are no longer in the batch, and sound that is no longer to be there. Only names that
/// this program gives: what else lies in the folders is somebody's. Gives how many files were removed.
pub(super) fn remove_stale(store: &Store, out_dir: &Path, view: &View) -> Result<u64, BatchError> {
    let mut wanted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for call in store.current()? {
        let Some(stored) = call.result.filter(|result| result.line.status == CallStatus::Ok) else { continue };
        let plan = plan_of(out_dir, view, &stored, &call.path);
        let stem = file_stem(&stored).to_string();
        let files = output::page_files(&stem)
            .into_iter()
            .chain(plan.copy)
            .chain(stored.media.into_iter().filter(|name| is_kept(name, view.audio)))
            .collect();
        wanted.insert(stem, files);
    }
    let mut n_removed = 0;
    for folder in [output::CALLS, output::MEDIA] {
        n_removed += atomic::remove_files(&out_dir.join(folder), |name| {
            let is_wanted = |stem| wanted.get(stem).is_some_and(|files| files.contains(&format!("{folder}/{name}")));
            paths::stem_of_file(name).is_some_and(|stem| !is_wanted(stem))
        })?;
    }
    Ok(n_removed)
}
