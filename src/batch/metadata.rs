//! What is known of a call beside its sound: from a table (`--metadata calls.csv`) and from file names
//! (`--name-pattern`). Never from the modification time of a file, which copying changes.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::discover::Found;
use super::name_pattern::{NamePattern, Named};
use super::split::{PartyClaim, Side};
use super::time;
use crate::call::{CallMetadata, Direction};

/// What is wrong with a table; lines are counted from 1, the header included.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MetadataError {
    /// A line cannot be read.
    #[error("metadata, line {line}: {message}")]
    Line {
        /// The line.
        line: u64,
        /// What is wrong.
        message: String,
    },
    /// Two lines are about the same recording.
    #[error("metadata, lines {first} and {second}: both are about {source_name}")]
    Twice {
        /// One line.
        first: u64,
        /// The other.
        second: u64,
        /// The recording.
        source_name: String,
    },
}

/// A table of calls.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MetadataTable {
    rows: Vec<Row>,
    /// Columns that mean nothing here; they were not read.
    pub unknown_columns: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    line: u64,
    key: String,
    call: CallMetadata,
    /// Whose side of the call the file is; the files of a call share its id.
    side: Option<Side>,
}

const COLUMNS: [&str; 9] =
    ["source", "id", "started_at", "agent", "customer_ref", "vendor", "campaign", "direction", "party"];

impl MetadataTable {
    /// Reads CSV as programs and spreadsheets write it: with `,` `;` or a tab between the columns, quoted or not, with
    /// or without a byte order mark or Excel's `sep=` line. The column `source` must be there; the others are `id`,
    /// `started_at`, `agent`, `customer_ref`, `vendor`, `campaign`, `direction`, `party`. Empty cells are not known.
    ///
    /// # Errors
    /// Names the line and what is wrong with it.
    pub fn parse(bytes: &[u8], zone: &TimeZone) -> Result<Self, MetadataError> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|e| {
            let line = 1 + bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count() as u64;
            MetadataError::Line { line, message: "is not UTF-8 (save the table as \"CSV UTF-8\")".into() }
        })?;
        // Excel's own way to name the separator.
        let (separator, table_text, n_before) = match text.split_once('\n') {
            Some((first, rest)) if first.len() <= 6 && first.trim_end().len() == 5 && first.starts_with("sep=") => {
                (first.as_bytes()[4], rest, 1)
            }
            _ => (guess_separator(text), text, 0),
        };
        let mut reader =
            csv::ReaderBuilder::new().delimiter(separator).trim(csv::Trim::All).from_reader(table_text.as_bytes());
        let headers = reader.headers().map_err(|e| line_error(&e, table_text, n_before))?.clone();
        let mut table = Self::default();
        let mut columns: Vec<Option<&str>> = Vec::new();
        for header in &headers {
            let name = header.to_lowercase().replace([' ', '-'], "_");
            let known = COLUMNS.into_iter().find(|known| *known == name);
            if known.is_some() && columns.contains(&known) {
                let message = format!("the column {name} stands twice");
                return Err(MetadataError::Line { line: 1 + n_before, message });
            }
            if known.is_none() && !header.is_empty() {
                table.unknown_columns.push(header.into());
            }
            columns.push(known);
        }
        if !columns.contains(&Some("source")) {
            let message = "there is no column source (the recording's path as reports name it)".into();
            return Err(MetadataError::Line { line: 1 + n_before, message });
        }
        for record in reader.records() {
            let record = record.map_err(|e| line_error(&e, table_text, n_before))?;
            let line = record.position().map_or(0, |at| line_of(at, table_text)) + n_before;
            if record.iter().all(str::is_empty) {
                continue;
            }
            let mut row = Row { line, key: String::new(), call: CallMetadata::default(), side: None };
            for (column, cell) in columns.iter().zip(&record) {
                if let (Some(column), false) = (column, cell.is_empty()) {
                    row.set(column, cell, zone).map_err(|message| MetadataError::Line { line, message })?;
                }
            }
            if row.key.is_empty() {
                return Err(MetadataError::Line { line, message: "the column source is empty".into() });
            }
            if row.side.is_some() && row.call.id.is_none() {
                let message =
                    "party is given, but no id: the files of a call are told by the id that they share".into();
                return Err(MetadataError::Line { line, message });
            }
            table.rows.push(row);
        }
        Ok(table)
    }
}

impl Row {
    fn set(&mut self, column: &str, cell: &str, zone: &TimeZone) -> Result<(), String> {
        let value = Some(cell.to_string());
        match column {
            "source" => self.key = cell.into(),
            "id" => self.call.id = value,
            "agent" => self.call.agent = value,
            "customer_ref" => self.call.customer_ref = value,
            "vendor" => self.call.vendor = value,
            "campaign" => self.call.campaign = value,
            "started_at" => {
                let moment = time::parse_moment(cell, zone).map_err(|e| format!("started_at: {e}"))?;
                self.call.started_at = Some(moment);
            }
            "direction" => {
                let direction = parse_direction(cell);
                let direction = direction.ok_or_else(|| format!("direction: `{cell}` is neither in nor out"))?;
                self.call.direction = Some(direction);
            }
            "party" => {
                let side = Side::parse(cell);
                self.side = Some(side.ok_or_else(|| format!("party: `{cell}` is neither agent nor customer"))?);
            }
            _ => {}
        }
        Ok(())
    }
}

/// `in`, `inbound`, `incoming` or `out`, `outbound`, `outgoing`, in any case.
pub(super) fn parse_direction(text: &str) -> Option<Direction> {
    match text.to_ascii_lowercase().as_str() {
        "in" | "inbound" | "incoming" => Some(Direction::Inbound),
        "out" | "outbound" | "outgoing" => Some(Direction::Outbound),
        _ => None,
    }
}

/// What separates the columns: the candidate that stands most often in the first line, outside of quotes.
fn guess_separator(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |separator: u8| {
        let mut is_quoted = false;
        let mut n = 0;
        for byte in header.bytes() {
            is_quoted ^= byte == b'"';
            n += usize::from(byte == separator && !is_quoted);
        }
        n
    };
    // The last of equals wins, and a comma is the default.
    [b'\t', b';', b','].into_iter().max_by_key(|s| count(*s)).unwrap_or(b',')
}

/// The line on which a record begins. The reader's own position is that of the blank lines before it, if there are.
fn line_of(position: &csv::Position, text: &str) -> u64 {
    let from = text.as_bytes().get(position.byte() as usize..).unwrap_or_default();
    let blank = from.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
    position.line() + blank.filter(|b| **b == b'\n').count() as u64
}

fn line_error(error: &csv::Error, text: &str, n_before: u64) -> MetadataError {
    let line = error.position().map_or(1, |at| line_of(at, text)) + n_before;
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("has {len} columns where the header has {expected_len}")
        }
        _ => "cannot be read as CSV".into(),
    };
    MetadataError::Line { line, message }
}

/// What is known of each recording, and what the user should hear about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AttachedMetadata {
    /// One entry a recording, in their order.
    pub calls: Vec<CallMetadata>,
    /// One entry a recording, in their order: what is said of files that hold one party of a call.
    pub parties: Vec<Option<PartyClaim>>,
    /// One entry a recording, in their order, or none at all: what the name pattern says of a file of which the table says
    /// whose side it is; the other side may have no line.
    pub overruled: Vec<Option<PartyClaim>>,
    /// One sentence each: columns not read, lines that fit no recording, names that the pattern does not fit.
    pub warnings: Vec<String>,
}

/// Puts together what a table and a name pattern know of each recording; the table wins, field by field.
///
/// A line of the table belongs to the recording whose source is its key; else to the only one of which key and source
/// are one the end of the other, so that a plain file name will do where it is unique, and a full path anywhere. `\`
/// counts as `/`.
///
/// # Errors
/// [`MetadataError::Twice`].
pub fn attach(
    jobs: &[Found],
    table: Option<&MetadataTable>,
    pattern: Option<&NamePattern>,
    zone: &TimeZone,
) -> Result<AttachedMetadata, MetadataError> {
    let mut warnings = Vec::new();
    let rows = match table {
        Some(table) => assign(jobs, table, &mut warnings)?,
        None => BTreeMap::new(),
    };
    let mut n_unfitting = 0;
    let mut calls = Vec::with_capacity(jobs.len());
    let mut parties = Vec::with_capacity(jobs.len());
    let mut overruled = Vec::with_capacity(jobs.len());
    for job in jobs {
        let named = pattern.map(|pattern| pattern.read(&job.source, zone));
        n_unfitting += usize::from(named == Some(None));
        let row = rows.get(job.source.as_str());
        let claim = |row: &&Row| Some(PartyClaim { side: row.side?, call: row.call.id.clone()? });
        let (call, party) = named.flatten().map(|Named { call, party }| (call, party)).unzip();
        let (by_table, by_pattern) = (row.and_then(claim), party.flatten());
        let (party, other) = if by_table.is_some() { (by_table, by_pattern) } else { (by_pattern, None) };
        parties.push(party);
        overruled.push(other);
        calls.push(merge(row.map(|row| &row.call), call));
    }
    if n_unfitting > 0 {
        warnings.push(format!("the name pattern does not fit {n_unfitting} of {} recordings", jobs.len()));
    }
    Ok(AttachedMetadata { calls, parties, overruled, warnings })
}

/// The row of each source.
fn assign<'a>(
    jobs: &'a [Found],
    table: &'a MetadataTable,
    warnings: &mut Vec<String>,
) -> Result<BTreeMap<&'a str, &'a Row>, MetadataError> {
    if !table.unknown_columns.is_empty() {
        warnings.push(format!("metadata: columns that were not read: {}", table.unknown_columns.join(", ")));
    }
    let mut by_file_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for job in jobs {
        by_file_name.entry(file_name(&job.source)).or_default().push(&job.source);
    }
    let mut rows: BTreeMap<&str, &Row> = BTreeMap::new();
    for row in &table.rows {
        let key = row.key.replace('\\', "/");
        let key = key.trim_start_matches("./");
        // A table from elsewhere does not know that sources have `%25` for `%`.
        let escaped = key.replace('%', "%25");
        let key = if by_file_name.contains_key(file_name(key)) { key } else { &escaped };
        let same_name = by_file_name.get(file_name(key)).map_or(&[][..], Vec::as_slice);
        let exact: Vec<&str> = same_name.iter().copied().filter(|source| *source == key).collect();
        let is_end = |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.ends_with('/'));
        let ending = same_name.iter().copied().filter(|source| is_end(source, key) || is_end(key, source));
        let fitting = if exact.is_empty() { ending.collect() } else { exact };
        match fitting.as_slice() {
            [] => warnings.push(format!("metadata, line {}: no recording {}", row.line, row.key)),
            [source] => {
                if let Some(other) = rows.insert(source, row) {
                    let (first, second) = (other.line, row.line);
                    return Err(MetadataError::Twice { first, second, source_name: (*source).into() });
                }
            }
            several => warnings.push(format!(
                "metadata, line {}: {} fits {} recordings, such as {} and {}; give more of the path",
                row.line,
                row.key,
                several.len(),
                several[0],
                several[1]
            )),
        }
    }
    Ok(rows)
}

fn file_name(source: &str) -> &str {
    source.rsplit('/').next().unwrap_or(source)
}

fn merge(from_table: Option<&CallMetadata>, from_name: Option<CallMetadata>) -> CallMetadata {
    let mut sources = Vec::new();
    if from_table.is_some_and(|call| *call != CallMetadata::default()) {
        sources.push("metadata");
    }
    if from_name.as_ref().is_some_and(|call| *call != CallMetadata::default()) {
        sources.push("name_pattern");
    }
    let table = from_table.cloned().unwrap_or_default();
    let name = from_name.unwrap_or_default();
    CallMetadata {
        id: table.id.or(name.id),
        started_at: table.started_at.or(name.started_at),
        agent: table.agent.or(name.agent),
        customer_ref: table.customer_ref.or(name.customer_ref),
        vendor: table.vendor.or(name.vendor),
        campaign: table.campaign.or(name.campaign),
        direction: table.direction.or(name.direction),
        metadata_source: (!sources.is_empty()).then(|| sources.join("+")),
    }
}
