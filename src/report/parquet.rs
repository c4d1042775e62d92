//! Tables for data programs (Apache Parquet): calls and findings with the columns of the CSV tables that programs compute
//! with. Written by the crate's column writer, without Arrow; uncompressed, so that every reader opens it.

use std::io::Write;
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use serde::Serialize;

use crate::call::{CallLine, CallReport};
use crate::units::round_to;

/// Rows that are kept in memory before they are written as a group.
const GROUP_ROWS: usize = 50_000;

const CALLS: &str = "message calls {
    required binary source (UTF8); required binary status (UTF8); optional binary error_kind (UTF8);
    optional binary error (UTF8); optional binary id (UTF8); optional binary started_at (UTF8);
    optional binary agent (UTF8); optional binary customer_ref (UTF8); optional binary vendor (UTF8);
    optional binary campaign (UTF8); optional binary direction (UTF8); optional double duration_s;
    optional binary language (UTF8); optional double score; optional double snr_db; optional double overtalk_ratio;
    required int64 n_critical; required int64 n_major; required int64 n_minor; required int64 n_info;
    required int64 n_required_absent; required int64 n_parts_lost; optional binary sha256 (UTF8);
}";

const FINDINGS: &str = "message findings {
    required binary source (UTF8); optional binary call_id (UTF8); required binary id (UTF8);
    required binary rule (UTF8); required binary category (UTF8); required binary polarity (UTF8);
    required binary severity (UTF8); required double confidence; optional binary speaker (UTF8);
    optional binary party (UTF8); optional int64 channel; optional double start_s; optional double end_s;
    optional int64 utterance; optional binary quote (UTF8); required binary message (UTF8);
    optional binary legal_source (UTF8);
}";

/// A value of a column; `None` is a null.
#[derive(Debug, Clone)]
enum Cell {
    Text(Option<String>),
    Double(Option<f64>),
    Int(Option<i64>),
}

/// `calls.parquet`: a row a call, failed and pending ones too.
///
/// # Errors
/// Whatever `out` fails with.
pub fn calls(lines: &[CallLine], out: impl Write + Send) -> Result<(), ParquetError> {
    let mut table = Table::new(CALLS, out)?;
    for line in lines {
        let of = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let count = |n: u64| Cell::Int(i64::try_from(n).ok());
        table.push(vec![
            Cell::Text(Some(line.source.clone())),
            Cell::Text(Some(word(&line.status))),
            Cell::Text(line.error.as_ref().map(|e| e.kind.clone())),
            Cell::Text(line.error.as_ref().map(|e| e.message.clone())),
            Cell::Text(line.call.id.clone()),
            Cell::Text(line.call.started_at.clone()),
            Cell::Text(line.call.agent.clone()),
            Cell::Text(line.call.customer_ref.clone()),
            Cell::Text(line.call.vendor.clone()),
            Cell::Text(line.call.campaign.clone()),
            Cell::Text(line.call.direction.map(|d| word(&d))),
            double(line.duration_s, 3),
            Cell::Text(line.language.clone()),
            double(line.score, 2),
            double(line.snr_db, 2),
            double(line.overtalk_ratio, 4),
            count(line.n_by_severity[0]),
            count(line.n_by_severity[1]),
            count(line.n_by_severity[2]),
            count(line.n_by_severity[3]),
            count(line.n_absent),
            count(line.n_lost),
            Cell::Text(of(&line.sha256)),
        ])?;
    }
    table.finish()
}

/// `findings.parquet`, written call by call.
pub struct Findings<W: Write + Send> {
    table: Table<W>,
}

impl<W: Write + Send> Findings<W> {
    /// Writes the head.
    ///
    /// # Errors
    /// Whatever `out` fails with.
    pub fn new(out: W) -> Result<Self, ParquetError> {
        Ok(Self { table: Table::new(FINDINGS, out)? })
    }

    /// A row a finding of this (masked) call.
    ///
    /// # Errors
    /// Whatever the writer fails with.
    pub fn push(&mut self, report: &CallReport) -> Result<(), ParquetError> {
        for finding in &report.findings {
            let party = finding.speaker.as_ref().and_then(|id| report.speakers.iter().find(|s| &s.id == id));
            self.table.push(vec![
                Cell::Text(Some(report.recording.source.clone())),
                Cell::Text(report.call.id.clone()),
                Cell::Text(Some(finding.id.clone())),
                Cell::Text(Some(finding.rule.clone())),
                Cell::Text(Some(finding.category.clone())),
                Cell::Text(Some(word(&finding.polarity))),
                Cell::Text(Some(word(&finding.severity))),
                Cell::Double(Some(if finding.confidence.is_finite() { round_to(finding.confidence, 4) } else { 0.0 })),
                Cell::Text(finding.speaker.clone()),
                Cell::Text(party.map(|s| word(&s.party))),
                Cell::Int(finding.channel.map(i64::from)),
                double(finding.start_s, 3),
                double(finding.end_s, 3),
                Cell::Int(finding.utterance.and_then(|at| i64::try_from(at).ok())),
                Cell::Text(finding.quote.clone()),
                Cell::Text(Some(finding.message.clone())),
                Cell::Text(finding.legal_source.clone()),
            ])?;
        }
        Ok(())
    }

    /// Writes what is left and the foot.
    ///
    /// # Errors
    /// Whatever the writer fails with.
    pub fn finish(self) -> Result<(), ParquetError> {
        self.table.finish()
    }
}

/// Rows on their way into a file.
struct Table<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    /// True for columns that may be null.
    optional: Vec<bool>,
    rows: Vec<Vec<Cell>>,
}

impl<W: Write + Send> Table<W> {
    fn new(schema: &str, out: W) -> Result<Self, ParquetError> {
        let schema = Arc::new(parse_message_type(schema)?);
        let optional = schema.get_fields().iter().map(|field| field.is_optional()).collect();
        let properties = WriterProperties::builder().set_created_by(format!("callvet {}", env!("CARGO_PKG_VERSION")));
        let writer = SerializedFileWriter::new(out, schema, Arc::new(properties.build()))?;
        Ok(Self { writer, optional, rows: Vec::new() })
    }

    fn push(&mut self, row: Vec<Cell>) -> Result<(), ParquetError> {
        self.rows.push(row);
        if self.rows.len() == GROUP_ROWS { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), ParquetError> {
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.writer.next_row_group()?;
        for (column, is_optional) in self.optional.iter().enumerate() {
            write_column(&mut group, rows.iter().map(|row| &row[column]), *is_optional)?;
        }
        group.close().map(drop)
    }

    fn finish(mut self) -> Result<(), ParquetError> {
        if !self.rows.is_empty() {
            self.flush()?;
        }
        self.writer.close().map(drop)
    }
}

/// The next column of a group: values that are there, and for each row whether it is.
fn write_column<'a, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: impl Iterator<Item = &'a Cell> + Clone,
    is_optional: bool,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    let is_there = |cell: &Cell| match cell {
        Cell::Text(value) => value.is_some(),
        Cell::Double(value) => value.is_some(),
        Cell::Int(value) => value.is_some(),
    };
    let levels: Vec<i16> = cells.clone().map(|cell| i16::from(is_there(cell))).collect();
    let levels = is_optional.then_some(levels.as_slice());
    match cells.clone().next() {
        Some(Cell::Text(_)) => {
            let text = |cell: &Cell| {
                if let Cell::Text(Some(text)) = cell { Some(ByteArray::from(text.as_str())) } else { None }
            };
            let values: Vec<ByteArray> = cells.filter_map(text).collect();
            column.typed::<ByteArrayType>().write_batch(&values, levels, None)?;
        }
        Some(Cell::Double(_)) => {
            let values: Vec<f64> = cells.filter_map(|c| if let Cell::Double(v) = c { *v } else { None }).collect();
            column.typed::<DoubleType>().write_batch(&values, levels, None)?;
        }
        Some(Cell::Int(_)) => {
            let values: Vec<i64> = cells.filter_map(|c| if let Cell::Int(v) = c { *v } else { None }).collect();
            column.typed::<Int64Type>().write_batch(&values, levels, None)?;
        }
        None => {}
    }
    column.close()
}

fn double(value: Option<f64>, decimals: i32) -> Cell {
    Cell::Double(value.filter(|v| v.is_finite()).map(|v| round_to(v, decimals)))
}

/// The word that an enum has in the JSON.
fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
