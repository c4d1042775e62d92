//! Copies of recordings and texts with personal data masked, each scanned again after it was written: what the second
//! scan finds is masked as well, and what is left after that is told. Originals are only read. Where the data is, and
//! what masked sound is, is told elsewhere ([`crate::pipeline::redact`]).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;

use super::atomic::{TEMPORARY_PREFIX, WriteError, create_folder};
use super::discover::{DiscoverError, discover};
use super::paths::fingerprint;
use crate::call::{CallError, CallMetadata, CallReport, Parts, Party, Speaker, Transcript, Utterance};
use crate::pipeline::redact::{AudioMask, MARGIN_S, MaskedSpan, hide_confidential, marked, mask_channels, spans};
use crate::pipeline::{Analysed, CallFailure, CallJob};
use crate::report::schema::schema_of;
use crate::wav;

/// Extensions of texts; any other file is a recording.
const TEXTS: [&str; 5] = ["txt", "vtt", "srt", "csv", "json"];

/// Name of the report in the output folder.
pub const REPORT_NAME: &str = "redaction.json";

/// A copy is scanned so many times: what the second scan finds is masked and scanned for a third and last time.
const MOST_SCANS: usize = 3;

/// What `redaction.json` holds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RedactionReport {
    /// [`RedactionReport::SCHEMA`].
    pub schema: String,
    /// What stands in the place of words in sound.
    pub mask: AudioMask,
    /// Seconds masked before and after each word.
    pub margin_s: f64,
    /// In the order of `source`.
    pub files: Vec<RedactedFile>,
}

impl RedactionReport {
    /// Name and version of the format.
    pub const SCHEMA: &str = "callvet.redaction/1";

    /// Its JSON Schema, as text.
    pub fn schema() -> String {
        schema_of::<Self>(Self::SCHEMA, "callvet: what was masked in copies of recordings and texts")
    }

    /// Is there something that a second scan still found?
    pub fn is_clean(&self) -> bool {
        self.files.iter().all(|file| file.second_scan.as_ref().is_none_or(|scan| scan.found.is_empty()))
    }
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RedactedFile {
    /// The file as it was named, as in other reports.
    pub source: String,
    /// The masked sound, in the output folder; `None` for text and for a file that failed.
    pub audio: Option<String>,
    /// The masked words, in the output folder.
    pub text: Option<String>,
    /// What was masked, without the words.
    pub masked: Vec<MaskedSpan>,
    /// The copy as it was heard or read again; `None` if there is none.
    pub second_scan: Option<SecondScan>,
    /// Why there is no copy.
    pub error: Option<CallError>,
}

/// What a scan of the finished copy found.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SecondScan {
    /// `clean` or `found`.
    pub status: &'static str,
    /// What it found, without the words; times are those of the copy, which are those of the original.
    pub found: Vec<MaskedSpan>,
    /// How often the copy was masked and scanned.
    pub n_scans: usize,
}

/// Why nothing was redacted.
#[derive(Debug, thiserror::Error)]
pub enum RedactError {
    /// A path is no file, or two have one name.
    #[error(transparent)]
    Discover(#[from] DiscoverError),
    /// Copies of two files would have the same name.
    #[error("two files would be redacted to {0}; redact them into different folders")]
    SameName(PathBuf),
    /// A file that is there already.
    #[error("{0} is there already; --force replaces it")]
    Exists(PathBuf),
    /// A copy would replace its original, or that of another.
    #[error("{0} is one of the files to be redacted; choose another folder for --out")]
    Original(PathBuf),
    /// The output cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The run was asked to stop.
    #[error("stopped")]
    Stopped,
}

/// The stages that a redaction needs, handed in so that it knows neither models nor phrase lists.
pub struct Stages<'a> {
    /// Analyses a recording.
    pub analyse: &'a dyn Fn(&CallJob) -> Result<Analysed, CallFailure>,
    /// Reads and scans a text, which reports call by the name given.
    pub scan: &'a dyn Fn(&Path, &str) -> Result<Analysed, CallFailure>,
    /// Called once, when the folder of the copies is there and before the first file is opened: from then on only the
    /// files are read and only that folder is written to.
    pub ready: &'a dyn Fn(),
}

/// Is the file a text by its name?
pub fn is_text(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|extension| TEXTS.contains(&extension.as_str()))
}

/// Writes a masked copy of every file into `out` and scans it again; `report_file` is called with each that is done.
/// `redaction.json` is written last: a copy that does not stand in it was not scanned to the end.
///
/// # Errors
/// [`RedactError`] before anything is written if names are in the way, later if the output cannot be written. A file
/// that cannot be redacted is no error but a line of the report.
pub fn run(
    paths: &[PathBuf],
    out: &Path,
    mask: AudioMask,
    is_forced: bool,
    stages: &Stages<'_>,
    mut report_file: impl FnMut(&RedactedFile),
) -> Result<RedactionReport, RedactError> {
    let found = discover(paths, out)?.jobs;
    let mut targets: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let originals: Vec<PathBuf> = found.iter().filter_map(|file| fs::canonicalize(&file.path).ok()).collect();
    for (at, file) in found.iter().enumerate() {
        for target in names_of(&file.path).into_iter().map(|name| out.join(name)) {
            if fs::canonicalize(&target).is_ok_and(|target| originals.contains(&target)) {
                return Err(RedactError::Original(target));
            }
            if target.symlink_metadata().is_ok() && !is_forced {
                return Err(RedactError::Exists(target));
            }
            if targets.insert(target.clone(), at).is_some() {
                return Err(RedactError::SameName(target));
            }
        }
    }
    let report_path = out.join(REPORT_NAME);
    if fs::canonicalize(&report_path).is_ok_and(|target| originals.contains(&target)) {
        return Err(RedactError::Original(report_path));
    }
    if report_path.symlink_metadata().is_ok() && !is_forced {
        return Err(RedactError::Exists(report_path));
    }
    create_folder(out)?;
    (stages.ready)();
    let mut files = Vec::with_capacity(found.len());
    for file in &found {
        let copy = Copy { path: &file.path, source: &file.source, out, mask, stages };
        let done = if is_text(&file.path) { copy.text() } else { copy.audio() };
        let done = match done {
            Ok(done) => done,
            Err(Failure::File(error)) => RedactedFile {
                source: file.source.clone(),
                audio: None,
                text: None,
                masked: Vec::new(),
                second_scan: None,
                error: Some(error),
            },
            Err(Failure::Run(error)) => return Err(error),
        };
        report_file(&done);
        files.push(done);
    }
    let report = RedactionReport { schema: RedactionReport::SCHEMA.into(), mask, margin_s: MARGIN_S, files };
    let mut json = serde_json::to_vec_pretty(&report).expect("plain fields always serialise");
    json.push(b'\n');
    write_private(&report_path, &json)?;
    Ok(report)
}

/// Why a copy was not made: the file's own fault, or one that ends the run.
enum Failure {
    File(CallError),
    Run(RedactError),
}

impl From<CallFailure> for Failure {
    fn from(failure: CallFailure) -> Self {
        match failure {
            CallFailure::Failed(error) => Self::File(error),
            CallFailure::Stopped => Self::Run(RedactError::Stopped),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Run(error.into())
    }
}

fn failed(kind: &str, message: impl Into<String>) -> Failure {
    Failure::File(CallError { kind: kind.into(), message: message.into() })
}

/// Names of the copies of a file: of a recording its sound and its words.
fn names_of(path: &Path) -> Vec<String> {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    if is_text(path) {
        // Without times there are no subtitles: the words of every other form become plain text.
        let is_plain = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt"));
        return if is_plain { vec![format!("{stem}.txt")] } else { vec![format!("{stem}.vtt"), format!("{stem}.txt")] };
    }
    vec![format!("{stem}.wav"), format!("{stem}.txt"), format!("{stem}.vtt")]
}

/// One file to be copied.
struct Copy<'a> {
    path: &'a Path,
    source: &'a str,
    out: &'a Path,
    mask: AudioMask,
    stages: &'a Stages<'a>,
}

impl Copy<'_> {
    fn done(&self, masked: Vec<MaskedSpan>, found: Vec<MaskedSpan>, n_scans: usize) -> RedactedFile {
        let status = if found.is_empty() { "clean" } else { "found" };
        RedactedFile {
            source: self.source.to_owned(),
            audio: None,
            text: None,
            masked,
            second_scan: Some(SecondScan { status, found, n_scans }),
            error: None,
        }
    }

    fn analyse(&self, path: &Path) -> Result<Analysed, Failure> {
        let read = |e: io::Error| failed("io", format!("cannot read the file: {e}"));
        let known = fingerprint(path, self.source).map_err(read)?;
        let job = CallJob {
            source: self.source.to_owned(),
            path: path.to_owned(),
            bytes: known.bytes,
            sha256: known.sha256,
            metadata: CallMetadata::default(),
            parts: Parts::Whole,
        };
        Ok((self.stages.analyse)(&job)?)
    }

    /// A recording: heard, masked, written, heard again.
    fn audio(&self) -> Result<RedactedFile, Failure> {
        let mut analysed = self.analyse(self.path)?;
        let stem = self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let target = self.out.join(format!("{stem}.wav"));
        let (mut all_masked, mut n_scans) = (Vec::new(), 0);
        // The words as they were heard first: after that a recogniser writes something for every tone.
        let mut words: Option<CallReport> = None;
        let left = loop {
            let Some(transcript) = analysed.raw.transcript.take() else {
                return Err(failed("not_transcribed", "without its words nobody knows what to mask"));
            };
            let Some(channels) = analysed.channels.take() else {
                return Err(failed("no_sound", "the recording has no sound"));
            };
            analysed.raw.transcript = Some(transcript);
            let marked = marked(&analysed.raw);
            let heard = spans(
                analysed.raw.transcript.as_ref().unwrap_or(&Transcript::default()),
                &marked,
                channels.duration_s(),
            );
            n_scans += 1;
            // The first scan is that of the original.
            let is_second = n_scans > 1;
            if is_second && (heard.is_empty() || n_scans > MOST_SCANS) {
                break heard;
            }
            match &mut words {
                None => words = Some(analysed.masked.clone()),
                Some(words) => mask_heard_later(words, &heard),
            }
            let rate = channels.rate();
            let masked = mask_channels(channels, &heard, self.mask);
            all_masked.extend(heard);
            let planes: Vec<&[f32]> = masked.planes().iter().map(Vec::as_slice).collect();
            let bytes = wav::pcm16(&planes, rate).map_err(|e| failed("too_long", e.to_string()))?;
            drop(masked);
            write_private(&target, &bytes)?;
            drop(bytes);
            analysed = self.analyse(&target)?;
        };
        let mut words = words.unwrap_or(analysed.masked);
        mask_heard_later(&mut words, &left);
        all_masked.sort_by(|a, b| a.start_s.unwrap_or(0.0).total_cmp(&b.start_s.unwrap_or(0.0)));
        let mut done = self.done(all_masked, left, n_scans - 1);
        done.audio = Some(format!("{stem}.wav"));
        done.text = Some(self.write_words(&stem, &words, false)?);
        Ok(done)
    }

    /// A text: read, masked, written, read again.
    fn text(&self) -> Result<RedactedFile, Failure> {
        let stem = self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let is_plain = self.path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt"));
        let mut analysed = (self.stages.scan)(self.path, self.source)?;
        let (mut all_masked, mut n_scans) = (Vec::new(), 0);
        loop {
            let found = lines_of(&analysed.raw);
            n_scans += 1;
            if n_scans > 1 && (found.is_empty() || n_scans > MOST_SCANS) {
                let mut done = self.done(all_masked, found, n_scans - 1);
                done.text = Some(self.write_words(&stem, &analysed.masked, is_plain)?);
                return Ok(done);
            }
            all_masked.extend(found);
            let name = self.write_words(&stem, &analysed.masked, is_plain)?;
            analysed = (self.stages.scan)(&self.out.join(name), self.source)?;
        }
    }

    /// The words of a masked report as subtitles if all have times, else as plain text. Gives the name of the file.
    fn write_words(&self, stem: &str, report: &CallReport, is_plain: bool) -> Result<String, Failure> {
        let mut report = report.clone();
        hide_confidential(&mut report);
        let none = Transcript::default();
        let transcript = report.transcript.as_ref().unwrap_or(&none);
        let is_timed = transcript.utterances.iter().all(|u| u.start_s.is_some() && u.end_s.is_some());
        let (extension, words) = if is_plain || !is_timed || transcript.utterances.is_empty() {
            ("txt", plain(transcript, &report.speakers))
        } else {
            ("vtt", subtitles(transcript, &report.speakers))
        };
        let name = format!("{stem}.{extension}");
        write_private(&self.out.join(&name), words.as_bytes())?;
        Ok(name)
    }
}

/// Masks the words of a report that are said in spans which only a later scan found; where words have no times of their
/// own, the whole utterance.
fn mask_heard_later(report: &mut CallReport, spans: &[MaskedSpan]) {
    let utterances = report.transcript.iter_mut().flat_map(|transcript| &mut transcript.utterances);
    for utterance in utterances {
        for span in spans {
            let is_heard = |start_s: Option<f64>, end_s: Option<f64>| match (start_s, end_s, span.start_s, span.end_s) {
                (Some(a), Some(b), Some(from), Some(to)) => a < to && from < b,
                _ => false,
            };
            if !is_heard(utterance.start_s, utterance.end_s) {
                continue;
            }
            let mask = format!("[{}]", span.kind);
            if utterance.words.is_empty() {
                utterance.text = mask;
                continue;
            }
            for word in utterance.words.iter_mut().filter(|word| is_heard(Some(word.start_s), Some(word.end_s))) {
                word.text.clone_from(&mask);
            }
            utterance.words.dedup_by(|next, word| next.text == mask && word.text == mask);
            utterance.text = utterance.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        }
    }
}

/// What is marked in a text, by line.
fn lines_of(report: &CallReport) -> Vec<MaskedSpan> {
    let none = Vec::new();
    let utterances = report.transcript.as_ref().map_or(&none, |transcript| &transcript.utterances);
    let marked = marked(report).into_iter();
    let of = |mark: crate::pipeline::redact::Marked| {
        let utterance = utterances.get(mark.utterance)?;
        Some(MaskedSpan {
            kind: mark.kind,
            start_s: utterance.start_s,
            end_s: utterance.end_s,
            line: report.findings.iter().find(|f| f.utterance == Some(mark.utterance)).and_then(|f| f.line),
            is_widened: false,
        })
    };
    marked.filter_map(of).collect()
}

/// `agent`, `customer`, or the id of a speaker that nobody knows.
fn label_of(utterance: &Utterance, speakers: &[Speaker]) -> Option<String> {
    let id = utterance.speaker.as_ref()?;
    Some(match speakers.iter().find(|speaker| speaker.id == *id)?.party {
        Party::Agent => "agent".into(),
        Party::Customer => "customer".into(),
        _ => id.clone(),
    })
}

/// Hours, minutes and seconds to the millisecond, as subtitles have them.
fn clock(time_s: f64) -> String {
    let ms = (time_s.max(0.0) * 1000.0).round() as u64;
    format!("{:02}:{:02}:{:02}.{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
}

/// One utterance a line, as `callvet scan` reads them.
fn plain(transcript: &Transcript, speakers: &[Speaker]) -> String {
    let mut text = String::new();
    for utterance in &transcript.utterances {
        if let Some(start_s) = utterance.start_s {
            let _ = write!(text, "[{}] ", clock(start_s));
        }
        // Only the labels that are read again as such: any other would become a part of the words.
        if let Some(label) = label_of(utterance, speakers).filter(|label| label == "agent" || label == "customer") {
            let _ = write!(text, "{label}: ");
        }
        let words: Vec<&str> = utterance.text.split_whitespace().collect();
        let _ = writeln!(text, "{}", words.join(" "));
    }
    text
}

/// WebVTT (W3C) with voice tags.
fn subtitles(transcript: &Transcript, speakers: &[Speaker]) -> String {
    let mut text = String::from("WEBVTT\n");
    for utterance in &transcript.utterances {
        let (Some(start_s), Some(end_s)) = (utterance.start_s, utterance.end_s) else { continue };
        let words: Vec<&str> = utterance.text.split_whitespace().collect();
        let words = words.join(" ").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let voice = label_of(utterance, speakers).map(|label| format!("<v {label}>")).unwrap_or_default();
        let _ = write!(text, "\n{} --> {}\n{voice}{words}\n", clock(start_s), clock(end_s));
    }
    text
}

/// Writes a file whole or not at all, for its owner alone (mode 0600).
fn write_private(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let whole = || -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        // 0600 is what temporary files have.
        let mut temporary = tempfile::Builder::new().prefix(TEMPORARY_PREFIX).suffix(".tmp").tempfile_in(folder)?;
        temporary.write_all(bytes)?;
        temporary.as_file().sync_all()?;
        temporary.persist(path).map_err(|e| e.error)?;
        Ok(())
    };
    whole().map_err(|source| WriteError { path: path.into(), source })
}
