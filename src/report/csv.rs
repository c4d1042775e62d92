//! Tables for spreadsheets (RFC 4180, UTF-8): one line a call, one line a finding. Not a store: what a table has
//! no column for is in the JSON.
//!
//! A spreadsheet takes a cell that begins with `= + - @` for a formula, and transcripts are written by whoever
//! speaks on the line. Such text cells get a leading `'`. Numbers are never touched.

use std::io::Write;

use serde::Serialize;

use super::ReportError;
use crate::call::{CallLine, CallReport, json};

const CALL_COLUMNS: [&str; 27] = [
    "source",
    "status",
    "error_kind",
    "error",
    "id",
    "started_at",
    "agent",
    "customer_ref",
    "vendor",
    "campaign",
    "direction",
    "duration_s",
    "language",
    "score",
    "snr_db",
    "overtalk_ratio",
    "n_critical",
    "n_major",
    "n_minor",
    "n_info",
    "n_required_absent",
    "n_parts_lost",
    "worst_1",
    "worst_2",
    "worst_3",
    "sha256",
    "page",
];

const FINDING_COLUMNS: [&str; 20] = [
    "source",
    "call_id",
    "id",
    "rule",
    "category",
    "polarity",
    "severity",
    "confidence",
    "speaker",
    "party",
    "channel",
    "start_s",
    "end_s",
    "utterance",
    "line",
    "quote",
    "message",
    "legal_source",
    "evidence",
    "page",
];

/// `calls.csv`: a line a call in the given order, failed and pending ones too. `page` is relative to the folder.
///
/// # Errors
/// Numbers that are not finite where one is needed; writing into memory does not fail.
pub fn calls(lines: &[CallLine]) -> Result<Vec<u8>, ReportError> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(CALL_COLUMNS)?;
    for line in lines {
        let row: [String; CALL_COLUMNS.len()] = [
            text(&line.source),
            word(&line.status)?,
            text(line.error.as_ref().map_or("", |e| &e.kind)),
            text(line.error.as_ref().map_or("", |e| &e.message)),
            optional_text(&line.call.id),
            optional_text(&line.call.started_at),
            optional_text(&line.call.agent),
            optional_text(&line.call.customer_ref),
            optional_text(&line.call.vendor),
            optional_text(&line.call.campaign),
            line.call.direction.map_or(Ok(String::new()), |d| word(&d))?,
            number("duration_s", line.duration_s)?,
            optional_text(&line.language),
            number("total", line.score)?,
            number("snr_db", line.snr_db)?,
            number("ratio", line.overtalk_ratio)?,
            line.n_by_severity[0].to_string(),
            line.n_by_severity[1].to_string(),
            line.n_by_severity[2].to_string(),
            line.n_by_severity[3].to_string(),
            line.n_absent.to_string(),
            line.n_lost.to_string(),
            text(line.worst.first().map_or("", |w| &w.message)),
            text(line.worst.get(1).map_or("", |w| &w.message)),
            text(line.worst.get(2).map_or("", |w| &w.message)),
            text(&line.sha256),
            if line.status == crate::call::CallStatus::Ok {
                text(&format!("{}.html", line.stem))
            } else {
                String::new()
            },
        ];
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|e| ReportError::Io(e.into_error()))
}

/// `findings.csv`, written call by call so that a batch of any size fits in memory.
pub struct FindingsCsv<W: Write> {
    writer: ::csv::Writer<W>,
}

impl<W: Write> FindingsCsv<W> {
    /// Writes the line of column names.
    ///
    /// # Errors
    /// Whatever `out` fails with.
    pub fn new(out: W) -> Result<Self, ReportError> {
        let mut writer = ::csv::Writer::from_writer(out);
        writer.write_record(FINDING_COLUMNS)?;
        Ok(Self { writer })
    }

    /// One line a finding of this (masked) call; `stem` as in [`CallLine::stem`].
    ///
    /// # Errors
    /// Whatever `out` fails with.
    pub fn push(&mut self, report: &CallReport, stem: &str) -> Result<(), ReportError> {
        for finding in &report.findings {
            let party = finding.speaker.as_ref().and_then(|id| report.speakers.iter().find(|s| &s.id == id));
            let evidence = if finding.evidence.is_empty() { String::new() } else { json::to_line(&finding.evidence)? };
            let row: [String; FINDING_COLUMNS.len()] = [
                text(&report.recording.source),
                optional_text(&report.call.id),
                text(&finding.id),
                text(&finding.rule),
                text(&finding.category),
                word(&finding.polarity)?,
                word(&finding.severity)?,
                number("confidence", Some(finding.confidence))?,
                optional_text(&finding.speaker),
                party.map_or(Ok(String::new()), |s| word(&s.party))?,
                finding.channel.map_or(String::new(), |c| c.to_string()),
                number("start_s", finding.start_s)?,
                number("end_s", finding.end_s)?,
                finding.utterance.map_or(String::new(), |i| i.to_string()),
                finding.line.map_or(String::new(), |i| i.to_string()),
                optional_text(&finding.quote),
                text(&finding.message),
                optional_text(&finding.legal_source),
                text(&evidence),
                text(&format!("{stem}.html")),
            ];
            self.writer.write_record(row)?;
        }
        Ok(())
    }

    /// Flushes and gives back what was written to.
    ///
    /// # Errors
    /// Whatever the writer fails with.
    pub fn finish(self) -> Result<W, ReportError> {
        self.writer.into_inner().map_err(|e| ReportError::Io(e.into_error()))
    }
}

/// A text cell no line of which a spreadsheet takes for a formula, for tables that are written elsewhere.
pub fn guarded(cell: &str) -> String {
    text(cell)
}

/// A text cell no line of which a spreadsheet takes for a formula. A cell that is opened in two steps (text to
/// columns, a paste) is looked at line by line, so each line is guarded, and blanks before the sign do not help.
fn text(cell: &str) -> String {
    let mut guarded = String::with_capacity(cell.len());
    let mut is_line_start = true;
    for (at, c) in cell.char_indices() {
        if is_line_start && begins_a_formula(&cell[at..]) {
            guarded.push('\'');
        }
        guarded.push(c);
        is_line_start = c == '\n' || c == '\r';
    }
    guarded
}

/// Would a spreadsheet take this line for a formula?
pub(super) fn begins_a_formula(line: &str) -> bool {
    // Spreadsheets drop these at the start of a cell: TAB and CR are a sign of an attempt in themselves.
    if line.starts_with(['\t', '\r']) {
        return true;
    }
    let is_blank =
        |c: char| (c.is_whitespace() && c != '\n') || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}');
    // The full-width forms are taken for the plain signs where East Asian input is set up.
    line.trim_start_matches(is_blank).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

fn optional_text(cell: &Option<String>) -> String {
    cell.as_deref().map_or(String::new(), text)
}

/// A number as the JSON has it under this key: same rounding, same digits. Empty if it is not known.
fn number(key: &str, value: Option<f64>) -> Result<String, ReportError> {
    let fields = std::collections::BTreeMap::from([(key, value)]);
    let rounded = json::to_value(&fields)?;
    Ok(rounded.get(key).filter(|v| !v.is_null()).map_or(String::new(), |v| v.to_string()))
}

/// The word that an enum has in the JSON.
fn word<T: Serialize>(value: &T) -> Result<String, ReportError> {
    Ok(serde_json::to_value(value)?.as_str().map_or(String::new(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: &str) {
        assert_eq!(text(cell), expected, "{cell:?}");
    }

    #[test]
    fn a_text_cell_never_begins_a_formula() {
        check("=cmd()", "'=cmd()");
        check("+48 600", "'+48 600");
        check("-1", "'-1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("  =A1", "'  =A1");
        check("\u{a0}\u{feff}=A1", "'\u{a0}\u{feff}=A1");
        check("\tx", "'\tx");
        check("\rx", "'\rx");
        check("＝A1", "'＝A1");
    }

    #[test]
    fn each_line_of_a_cell_is_guarded() {
        check("a\n=b\r\n @c\n\nd", "a\n'=b'\r\n' @c\n\nd".replace("'\r", "\r").as_str());
    }

    #[test]
    fn plain_text_and_signs_inside_stay() {
        check("a = b", "a = b");
        check("", "");
        check("Καλημέρα-σας", "Καλημέρα-σας");
    }

    #[test]
    fn numbers_are_rounded_as_in_the_json_and_stay_plain() {
        assert_eq!(number("snr_db", Some(-3.456_78)).expect("finite"), "-3.46");
        assert_eq!(number("start_s", Some(-0.000_01)).expect("finite"), "0.0");
        assert_eq!(number("ratio", None).expect("finite"), "");
        assert_eq!(number("ratio", Some(f64::NAN)).expect("null"), "");
    }
}
