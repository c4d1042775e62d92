//! The table of formats that `callvet export` writes, and what those of one call share: who is called what, texts in one
//! line, times in whole milliseconds. Not which calls are exported, and no files: that is the batch's.
//!
//! What each format holds, and where it is read: `docs/exports.md`.

use crate::call::{CallReport, Finding, Party, Severity, Speaker, Utterance};
use crate::report::ReportError;
use crate::report::html::revealed;

use super::{audacity, ctm, rttm, srt, textgrid, vcon, vtt};

/// A format by its name on the command line.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// As `--format` takes it.
    pub name: &'static str,
    /// One line for the help.
    pub about: &'static str,
    /// Who makes it.
    pub made: Made,
}

/// What a format is made of.
#[derive(Debug, Clone, Copy)]
pub enum Made {
    /// Files of their own for each call.
    Call(fn(&CallReport, &Naming) -> Result<Files, ReportError>),
    /// Files for all calls together; made by the caller with the writer of that name.
    Batch(BatchFormat),
}

/// Formats that hold all calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchFormat {
    /// `calls.csv` and `findings.csv`: [`super::csv`].
    Csv,
    /// `callvet.xlsx`: [`super::xlsx`].
    Xlsx,
    /// `calls.parquet` and `findings.parquet`; only in programs that are built with the feature `parquet`.
    Parquet,
}

/// All formats, in the order of the help.
pub const FORMATS: [Format; 10] = [
    Format { name: "vtt", about: "WebVTT subtitles, and the findings as a second track", made: Made::Call(vtt::files) },
    Format { name: "srt", about: "SubRip subtitles", made: Made::Call(srt::files) },
    Format { name: "audacity", about: "label tracks of words and of findings", made: Made::Call(audacity::files) },
    Format { name: "textgrid", about: "Praat tiers of speakers, words, findings", made: Made::Call(textgrid::files) },
    Format { name: "rttm", about: "NIST: who speaks when", made: Made::Call(rttm::files) },
    Format { name: "ctm", about: "NIST: words with times and confidence", made: Made::Call(ctm::files) },
    Format { name: "vcon", about: "IETF conversation container (JSON)", made: Made::Call(vcon::files) },
    Format { name: "csv", about: "calls.csv and findings.csv", made: Made::Batch(BatchFormat::Csv) },
    Format { name: "xlsx", about: "callvet.xlsx, a workbook of all calls", made: Made::Batch(BatchFormat::Xlsx) },
    Format {
        name: "parquet",
        about: "calls.parquet and findings.parquet (if built in)",
        made: Made::Batch(BatchFormat::Parquet),
    },
];

/// What a call is called in its files.
#[derive(Debug, Clone, Copy)]
pub struct Naming<'a> {
    /// `<name>-<hash8>`.
    pub stem: &'a str,
    /// When the call was analysed, RFC 3339; for formats that have to have a time of their own.
    pub analysed_at: &'a str,
}

/// The files of a call in one format.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// What follows `<name>-<hash8>` in the name, and the bytes.
    pub files: Vec<(&'static str, Vec<u8>)>,
    /// What the call had not, so that there is less than the format could hold.
    pub missing: Option<Missing>,
}

/// Why a format holds less of a call than it could.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// Nothing was transcribed.
    #[error("it was not transcribed, so that there are no words")]
    Transcript,
    /// Transcribed, and nothing was said.
    #[error("no words were heard in it")]
    Words,
    /// A text without times.
    #[error("its words have no times")]
    Times,
    /// Utterances have times, their words have none.
    #[error("its words have no times of their own")]
    WordTimes,
}

/// An utterance that has times.
#[derive(Debug, Clone)]
pub struct Spoken<'a> {
    /// Milliseconds from the start of the recording.
    pub start_ms: u64,
    /// Later than `start_ms`.
    pub end_ms: u64,
    /// The utterance; its text may hold anything.
    pub utterance: &'a Utterance,
}

/// Utterances with words and times, in their order.
///
/// # Errors
/// [`Missing`] if there is none.
pub fn spoken(report: &CallReport) -> Result<Vec<Spoken<'_>>, Missing> {
    let transcript = report.transcript.as_ref().ok_or(Missing::Transcript)?;
    let said: Vec<&Utterance> = transcript.utterances.iter().filter(|u| !u.text.trim().is_empty()).collect();
    if said.is_empty() {
        return Err(Missing::Words);
    }
    let mut timed: Vec<Spoken> = said
        .into_iter()
        .filter_map(|utterance| {
            let (start_ms, end_ms) = span_ms(utterance.start_s, utterance.end_s)?;
            Some(Spoken { start_ms, end_ms, utterance })
        })
        .collect();
    timed.sort_by_key(|spoken| (spoken.start_ms, spoken.utterance.channel));
    if timed.is_empty() { Err(Missing::Times) } else { Ok(timed) }
}

/// A span in whole milliseconds that is at least one long; `None` if a time is not known.
pub fn span_ms(start_s: Option<f64>, end_s: Option<f64>) -> Option<(u64, u64)> {
    let (start_ms, end_ms) = (to_ms(start_s?)?, to_ms(end_s?)?);
    // Formats take a span of no length for none.
    Some((start_ms, end_ms.max(start_ms + 1)))
}

/// Whole milliseconds; `None` for what is no time.
pub fn to_ms(time_s: f64) -> Option<u64> {
    // The cast saturates; a year is more than any recording has.
    (time_s.is_finite() && time_s < 31_536_000.0).then(|| (time_s.max(0.0) * 1000.0).round() as u64)
}

/// `12.345`
pub fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

/// `01:02:03.456`, with this mark before the milliseconds.
pub fn clock(ms: u64, mark: char) -> String {
    format!("{:02}:{:02}:{:02}{mark}{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
}

/// The text in one line: runs of blanks of any kind are one, and characters that would hide or turn something are shown.
pub fn one_line(text: &str) -> String {
    revealed(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whose voice an utterance is, for people: `Agent`, `Customer`, `Speaker s2`.
pub fn voice(report: &CallReport, speaker: Option<&str>) -> String {
    let Some(id) = speaker else { return "Unknown".into() };
    let known = report.speakers.iter().find(|s| s.id == id);
    let name = match known.map(|s| s.party) {
        Some(Party::Agent) => "Agent",
        Some(Party::Customer) => "Customer",
        Some(Party::Ivr) => "Announcement",
        Some(Party::Third) => "Third party",
        Some(Party::Unknown) | None => return one_line(&format!("Speaker {id}")),
    };
    if is_alone(&report.speakers, known) { name.into() } else { one_line(&format!("{name} {id}")) }
}

/// Whose voice an utterance is, without blanks: `agent`, `customer`, `s2`.
pub fn voice_id(report: &CallReport, speaker: Option<&str>) -> String {
    let Some(id) = speaker else { return "unknown".into() };
    let known = report.speakers.iter().find(|s| s.id == id);
    let name = match known.map(|s| s.party) {
        Some(Party::Agent) => "agent",
        Some(Party::Customer) => "customer",
        Some(Party::Ivr) => "announcement",
        Some(Party::Third) => "third",
        Some(Party::Unknown) | None => return token(id),
    };
    if is_alone(&report.speakers, known) { name.into() } else { token(&format!("{name}_{id}")) }
}

/// Is this the only voice of its party?
fn is_alone(speakers: &[Speaker], known: Option<&Speaker>) -> bool {
    known.is_some_and(|known| speakers.iter().filter(|s| s.party == known.party).count() == 1)
}

/// A field of formats whose fields end at a blank: never empty, and no character that means something there.
pub fn token(text: &str) -> String {
    let shown = one_line(text).replace(' ', "_");
    if shown.is_empty() { "_".into() } else { shown }
}

/// The word of a severity.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::Major => "major",
        Severity::Minor => "minor",
        Severity::Info => "info",
    }
}

/// A finding in one line: `major pressure.example: The customer is put under pressure. “If you hang up now”`
pub fn told(finding: &Finding) -> String {
    let quote = finding.quote.as_ref().map(|quote| format!(" “{}”", one_line(quote))).unwrap_or_default();
    let (severity, rule) = (severity(finding.severity), one_line(&finding.rule));
    format!("{severity} {rule}: {}{quote}", one_line(&finding.message))
}

/// Findings that have times, by start.
pub fn timed_findings(report: &CallReport) -> Vec<(u64, u64, &Finding)> {
    let of = |finding| -> Option<(u64, u64, &Finding)> {
        let f: &Finding = finding;
        let (start_ms, end_ms) = span_ms(f.start_s, f.end_s.or(f.start_s))?;
        Some((start_ms, end_ms, f))
    };
    let mut timed: Vec<_> = report.findings.iter().filter_map(of).collect();
    timed.sort_by_key(|(start_ms, end_ms, finding)| (*start_ms, *end_ms, &finding.id));
    timed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_whole_milliseconds_and_no_span_is_empty() {
        assert_eq!(span_ms(Some(1.0004), Some(1.0)), Some((1000, 1001)));
        assert_eq!(span_ms(Some(-0.5), Some(0.25)), Some((0, 250)));
        assert_eq!(span_ms(Some(f64::NAN), Some(1.0)), None);
        assert_eq!(span_ms(Some(1e300), Some(f64::INFINITY)), None);
        assert_eq!(span_ms(None, Some(1.0)), None);
        assert_eq!(clock(3_723_456, ','), "01:02:03,456");
        assert_eq!(clock(360_000_000, '.'), "100:00:00.000");
        assert_eq!(seconds(12_005), "12.005");
    }

    #[test]
    fn texts_become_one_line_and_hide_nothing() {
        assert_eq!(one_line(" a\r\n\u{2028}b\tc\u{202e}d "), "a b c[U+202E]d");
        assert_eq!(token(" "), "_");
        assert_eq!(token("a b\u{a0}c"), "a_b_c");
    }

    #[test]
    fn every_format_has_a_name_of_its_own() {
        let mut names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FORMATS.len());
    }
}
