//! Evidence clips: the seconds of a finding cut from the recording itself, with what is known of them in `clips.json` and
//! `clips.csv`. The recording has to be the one that was analysed, by its SHA-256. Personal data is heard as well as
//! read, so its seconds are silent unless asked otherwise.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::atomic;
use super::discover::Found;
use super::export::{ExportError, NotExported, open, stem_of};
use super::output::Bom;
use super::paths::{fingerprint_of, stem_of_file};
use super::review::view::ReviewView;
use super::store::{CurrentCall, Store};
use crate::audio::DecodeOptions;
use crate::call::{
    CallMetadata, CallReport, CallStatus, Channels, Finding, Pair, PartFile, Parts, Polarity, Severity, Transcript,
    json,
};
use crate::pipeline::redact::{AudioMask, MARGIN_S, MaskedSpan, marked, mask_channels, spans};
use crate::pipeline::{CallFailure, CallJob, sound_of};
use crate::report::csv::guarded;
use crate::units::round_to;
use crate::wav;

/// Longest part of a finding that a clip holds, without what is heard before and after: findings of a whole call (a step
/// that is nowhere, a noise) are no excerpts. Beyond a minute nobody listens for evidence.
const MAX_FINDING_S: f64 = 60.0;

/// Most that may be asked for before and after a finding.
pub const MAX_CONTEXT_S: f64 = 60.0;

/// Which clips are cut, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct ClipOptions {
    /// Findings of this severity and worse.
    pub severity: Severity,
    /// Seconds before and after a finding, 0 to [`MAX_CONTEXT_S`].
    pub context_s: f64,
    /// Personal data is heard and read; by default it is silent and masked.
    pub show_personal_data: bool,
    /// How `clips.csv` begins.
    pub bom: Bom,
}

/// A clip, as `clips.json` tells of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clip {
    /// Its file, beside this one.
    pub file: String,
    /// SHA-256 of that file.
    pub sha256: String,
    /// The recording, as in reports.
    pub source: String,
    /// SHA-256 of the recording, as in its report.
    pub recording_sha256: String,
    /// Id of the finding.
    pub finding: String,
    /// What fired.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// Probability that a careful reviewer would agree.
    pub confidence: f64,
    /// One sentence for people.
    pub message: String,
    /// The words.
    pub quote: Option<String>,
    /// The finding in the recording, seconds.
    pub start_s: f64,
    /// Its end.
    pub end_s: f64,
    /// What of the recording is in the clip, seconds.
    pub from_s: f64,
    /// Its end.
    pub to_s: f64,
    /// True if the finding is longer than the clip.
    pub is_cut: bool,
    /// As the recording has it.
    pub sample_rate_hz: u32,
    /// As the recording has it.
    pub n_channels: usize,
    /// Spans of the recording that are silent in the clip.
    pub muted: Vec<MaskedSpan>,
}

/// What `clips.json` holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClipsReport {
    /// [`ClipsReport::SCHEMA`].
    pub schema: &'static str,
    /// Findings of this severity and worse.
    pub severity: Severity,
    /// Seconds before and after a finding.
    pub context_s: f64,
    /// `silence` if personal data cannot be heard in the clips, `none` if it was asked for.
    pub personal_data: &'static str,
    /// Seconds that are silent before and after personal data.
    pub margin_s: f64,
    /// By source and start.
    pub clips: Vec<Clip>,
    /// Findings and calls without a clip.
    pub not_made: Vec<NotMade>,
}

impl ClipsReport {
    /// Name and version of the format.
    pub const SCHEMA: &'static str = "callvet.clips/1";
}

/// A call, or one of its findings, of which there is no clip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotMade {
    /// The recording.
    pub source: String,
    /// The finding; `None` if it is all of them.
    pub finding: Option<String>,
    /// Why.
    pub why: String,
}

/// Cuts the clips of a batch into `out`. `ready` is called once, before the first recording is opened, with all of them:
/// from then on only these are read, and only `dir` and `out` written to.
///
/// # Errors
/// [`ExportError`]; a recording that changed or is gone is none, but told.
pub fn clips(
    dir: &Path,
    out: &Path,
    options: &ClipOptions,
    ready: impl FnOnce(&[PathBuf]),
) -> Result<(ClipsReport, Vec<NotExported>), ExportError> {
    let store = open(dir, out)?;
    let calls = store.current()?;
    let mut recordings: Vec<PathBuf> = calls.iter().map(|call| call.path.clone()).collect();
    for call in &calls {
        recordings.extend(store.second_path(&call.source)?);
    }
    let reviews = ReviewView::read(&store)?;
    ready(&recordings);
    // Clips of an earlier export that the new list would not name: they may be heard where these are silent.
    atomic::remove_files(out, is_clip)?;
    let mut report = ClipsReport {
        schema: ClipsReport::SCHEMA,
        severity: options.severity,
        context_s: options.context_s,
        personal_data: if options.show_personal_data { "none" } else { "silence" },
        margin_s: MARGIN_S,
        clips: Vec::new(),
        not_made: Vec::new(),
    };
    for call in &calls {
        let cutter = Cutter { store: &store, reviews: &reviews, call, out, options };
        cutter.cut(&mut report)?;
    }
    let text = json::to_text(&report).map_err(crate::report::ReportError::from)?;
    atomic::write(&out.join("clips.json"), text.as_bytes())?;
    atomic::write(&out.join("clips.csv"), &[options.bom.bytes(), &table(&report)?].concat())?;
    let not = report.not_made.iter().map(|not| NotExported {
        source: not.source.clone(),
        format: "clips",
        why: match &not.finding {
            Some(finding) => format!("finding {finding}: {}", not.why),
            None => not.why.clone(),
        },
    });
    let not = not.collect();
    Ok((report, not))
}

struct Cutter<'a> {
    store: &'a Store,
    reviews: &'a ReviewView,
    call: &'a CurrentCall,
    out: &'a Path,
    options: &'a ClipOptions,
}

impl Cutter<'_> {
    fn cut(&self, all: &mut ClipsReport) -> Result<(), ExportError> {
        let stored = self.call.result.as_ref();
        let not = |finding: Option<&Finding>, why: &str| NotMade {
            source: self.call.source.clone(),
            finding: finding.map(|finding| finding.id.clone()),
            why: why.to_owned(),
        };
        let Some(stored) = stored.filter(|result| result.line.status == CallStatus::Ok) else {
            all.not_made.push(not(None, "it was not analysed"));
            return Ok(());
        };
        let (Some(raw), Some(mut shown)) =
            (self.store.report(stored.id, true)?, self.store.report(stored.id, self.options.show_personal_data)?)
        else {
            return Ok(());
        };
        self.reviews.apply(&mut shown);
        let Some(stem) = stem_of(&stored.line) else { return Ok(()) };
        let wanted: Vec<&Finding> = shown.findings.iter().filter(|f| f.severity <= self.options.severity).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let channels = match self.sound(&raw) {
            Ok(channels) => channels,
            Err(why) => {
                all.not_made.push(not(None, &why));
                return Ok(());
            }
        };
        let silent = if self.options.show_personal_data { Vec::new() } else { silent(&raw, channels.duration_s()) };
        let channels = mask_channels(channels, &silent, AudioMask::Silence);
        for finding in wanted {
            let Some(window) = window(finding, self.options.context_s, channels.duration_s()) else {
                all.not_made.push(not(Some(finding), "it has no time in the recording"));
                continue;
            };
            let is_name = !finding.id.is_empty() && finding.id.bytes().all(|b| b.is_ascii_alphanumeric());
            if !is_name || finding.id.len() > 64 {
                all.not_made.push(not(Some(finding), "its id is no name of a file"));
                continue;
            }
            let bytes = match excerpt(&channels, window.from_s, window.to_s) {
                Ok(bytes) => bytes,
                Err(error) => {
                    all.not_made.push(not(Some(finding), &error.to_string()));
                    continue;
                }
            };
            let file = format!("{stem}.{}.wav", finding.id);
            atomic::write(&self.out.join(&file), &bytes)?;
            all.clips.push(Clip {
                file,
                sha256: hex(&Sha256::digest(&bytes)),
                source: self.call.source.clone(),
                recording_sha256: raw.recording.sha256.clone(),
                finding: finding.id.clone(),
                rule: finding.rule.clone(),
                severity: finding.severity,
                confidence: finding.confidence,
                message: finding.message.clone(),
                quote: finding.quote.clone(),
                start_s: window.start_s,
                end_s: window.end_s,
                from_s: window.from_s,
                to_s: window.to_s,
                is_cut: window.is_cut,
                sample_rate_hz: channels.rate().hz(),
                n_channels: channels.n_channels(),
                muted: silent.iter().filter(|span| is_heard_in(span, &window)).cloned().collect(),
            });
        }
        Ok(())
    }

    /// The sound of the recording, if it is still the one that was analysed.
    fn sound(&self, report: &CallReport) -> Result<Channels, String> {
        let second = self.store.second_path(&self.call.source).map_err(|e| e.to_string())?;
        let parts = match (second, report.recording.files.as_slice()) {
            (Some(second), [first, other]) => Parts::Two(Box::new(Pair {
                first: part(&first.source, &self.call.path),
                second: part(&other.source, &second),
                are_parties_known: false,
            })),
            _ => Parts::Whole,
        };
        let found = Found { source: self.call.source.clone(), path: self.call.path.clone(), bytes: 0, parts };
        let print = fingerprint_of(&found).map_err(|e| format!("the recording cannot be read: {e}"))?;
        if print.sha256 != report.recording.sha256 {
            return Err("the recording is not the one that was analysed: it has another SHA-256".into());
        }
        let job = CallJob {
            source: found.source,
            path: found.path,
            bytes: print.bytes,
            sha256: print.sha256,
            metadata: CallMetadata::default(),
            parts: print.parts,
        };
        sound_of(&job, &DecodeOptions::default()).map_err(|failure| match failure {
            CallFailure::Failed(error) => format!("the recording cannot be decoded: {}", error.message),
            CallFailure::Stopped => "stopped".into(),
        })
    }
}

fn part(source: &str, path: &Path) -> PartFile {
    PartFile { source: source.to_owned(), path: path.to_owned(), bytes: 0, sha256: String::new() }
}

/// Seconds that must not be heard: the words as `callvet redact` masks them, and every finding of personal data.
fn silent(raw: &CallReport, duration_s: f64) -> Vec<MaskedSpan> {
    let none = Transcript::default();
    let mut silent = spans(raw.transcript.as_ref().unwrap_or(&none), &marked(raw), duration_s);
    let n_words = silent.len();
    for finding in raw.findings.iter().filter(|finding| finding.polarity == Polarity::PersonalData) {
        let (Some(start_s), Some(end_s)) = (finding.start_s, finding.end_s) else { continue };
        let (start_s, end_s) = ((start_s - MARGIN_S).max(0.0), (end_s + MARGIN_S).min(duration_s));
        // What is silent already is told once.
        let is_within = |span: &MaskedSpan| span.start_s <= Some(start_s) && Some(end_s) <= span.end_s;
        if !silent[..n_words].iter().any(is_within) {
            silent.push(MaskedSpan {
                kind: finding.rule.trim_start_matches("pii.").to_owned(),
                start_s: Some(round_to(start_s, 3)),
                end_s: Some(round_to(end_s, 3)),
                line: None,
                is_widened: false,
            });
        }
    }
    silent.sort_by(|a, b| a.start_s.unwrap_or(0.0).total_cmp(&b.start_s.unwrap_or(0.0)).then(a.kind.cmp(&b.kind)));
    silent
}

/// A finding and what is cut around it, seconds of the recording.
struct Window {
    start_s: f64,
    end_s: f64,
    from_s: f64,
    to_s: f64,
    is_cut: bool,
}

fn window(finding: &Finding, context_s: f64, duration_s: f64) -> Option<Window> {
    let start_s = finding.start_s.filter(|s| (0.0..duration_s).contains(s))?;
    let end_s = finding.end_s.filter(|s| s.is_finite()).unwrap_or(start_s).clamp(start_s, duration_s);
    let is_cut = end_s - start_s > MAX_FINDING_S;
    let last_s = if is_cut { start_s + MAX_FINDING_S } else { end_s + context_s };
    let (from_s, to_s) = ((start_s - context_s).max(0.0), last_s.min(duration_s));
    (from_s < to_s).then_some(Window { start_s, end_s, from_s, to_s, is_cut })
}

fn is_heard_in(span: &MaskedSpan, window: &Window) -> bool {
    span.start_s.zip(span.end_s).is_some_and(|(start_s, end_s)| start_s < window.to_s && window.from_s < end_s)
}

/// The samples from … to as WAV, all channels at the native rate.
fn excerpt(channels: &Channels, from_s: f64, to_s: f64) -> Result<Vec<u8>, wav::WavError> {
    let rate_hz = f64::from(channels.rate().hz());
    let n_samples = channels.n_samples();
    let from = ((from_s * rate_hz).round() as usize).min(n_samples);
    let to = ((to_s * rate_hz).round() as usize).clamp(from, n_samples);
    let planes: Vec<&[f32]> = channels.planes().iter().map(|plane| &plane[from..to]).collect();
    wav::pcm16(&planes, channels.rate())
}

/// A name that clips have: `<name>-<hash8>.<finding>.wav`.
fn is_clip(name: &str) -> bool {
    let rest = stem_of_file(name).and_then(|stem| name.strip_prefix(stem)?.strip_prefix('.')?.strip_suffix(".wav"));
    rest.is_some_and(|id| id.len() == 12 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
}

/// `clips.csv`: a line a clip; what is not made is in `clips.json`.
fn table(report: &ClipsReport) -> Result<Vec<u8>, ExportError> {
    let failed = |e: ::csv::Error| ExportError::Report(e.into());
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let head = [
        "file",
        "sha256",
        "source",
        "recording_sha256",
        "finding",
        "rule",
        "severity",
        "confidence",
        "message",
        "quote",
        "start_s",
        "end_s",
        "from_s",
        "to_s",
        "is_cut",
        "sample_rate_hz",
        "n_channels",
        "n_muted",
    ];
    writer.write_record(head).map_err(failed)?;
    for clip in &report.clips {
        let time = |time_s: f64| format!("{time_s:.3}");
        let row = [
            guarded(&clip.file),
            clip.sha256.clone(),
            guarded(&clip.source),
            guarded(&clip.recording_sha256),
            guarded(&clip.finding),
            guarded(&clip.rule),
            crate::report::formats::severity(clip.severity).into(),
            format!("{:.4}", clip.confidence),
            guarded(&clip.message),
            guarded(clip.quote.as_deref().unwrap_or_default()),
            time(clip.start_s),
            time(clip.end_s),
            time(clip.from_s),
            time(clip.to_s),
            clip.is_cut.to_string(),
            clip.sample_rate_hz.to_string(),
            clip.n_channels.to_string(),
            clip.muted.len().to_string(),
        ];
        writer.write_record(row).map_err(failed)?;
    }
    writer.into_inner().map_err(|e| ExportError::Report(crate::report::ReportError::Io(e.into_error())))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
