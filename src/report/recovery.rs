//! The recovery table of a self-test in words, for pages and terminals, and as CSV.

use super::ReportError;
use crate::call::{FalseAlarms, RecoveryRow, SelftestReport};
use crate::units::round_to;

/// A line of the table as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownRow {
    /// What was mixed in.
    pub damage: String,
    /// Which number should tell, in words with its unit.
    pub number: String,
    /// `9 of 10`.
    pub found: String,
    /// Mean of the absolute errors; `-` where nothing was found.
    pub mean_error: String,
    /// Mean of the errors with its sign.
    pub bias: String,
    /// The largest one.
    pub worst: String,
}

/// How a field is called and printed: its name with unit, factor and decimals.
fn shown_as(field: &str) -> (&str, f64, usize) {
    match field {
        "noise.snr_db" => ("signal-to-noise ratio, dB", 1.0, 1),
        "noise.floor_dbfs" => ("noise floor, dB", 1.0, 1),
        "noise.hum_hz" => ("mains frequency, Hz", 1.0, 0),
        "crosstalk.leakage.attenuation_db" => ("attenuation of the leakage, dB", 1.0, 1),
        "crosstalk.leakage.delay_ms" => ("delay of the leakage, ms", 1.0, 2),
        "background_voices.level_below_speech_db" => ("voice below the speech, dB", 1.0, 1),
        "clipping.clipped_ratio" => ("clipped samples, percentage points", 100.0, 3),
        "dropouts.spans.start_s" => ("start of the dropout, ms", 1000.0, 1),
        other => (other, 1.0, 2),
    }
}

/// The table in words.
pub fn rows(report: &SelftestReport) -> Vec<ShownRow> {
    report.table.iter().map(row).collect()
}

fn row(row: &RecoveryRow) -> ShownRow {
    let (name, factor, decimals) = shown_as(&row.field);
    let number = |value: Option<f64>| value.map_or("-".into(), |v| format!("{:.decimals$}", v * factor));
    ShownRow {
        damage: row.damage.clone(),
        number: name.to_owned(),
        found: format!("{} of {}", row.n_found, row.n),
        mean_error: number(row.mean_abs_error),
        bias: row.bias.map_or("-".into(), |v| format!("{:+.decimals$}", round_to(v * factor, decimals as i32))),
        worst: number(row.worst_error),
    }
}

/// What was found without having been put in, a sentence a kind.
pub fn false_alarm_lines(report: &SelftestReport) -> Vec<String> {
    let line = |alarm: &FalseAlarms| {
        let what = match alarm.field.as_str() {
            "crosstalk.leakage.attenuation_db" => "leakage",
            "background_voices.level_below_speech_db" => "background voices",
            "clipping.clipped_ratio" => "clipping",
            "dropouts.spans.start_s" => "dropouts",
            "noise.hum_hz" => "hum",
            other => other,
        };
        let (n_false, n, high) = (alarm.n_false, alarm.n, alarm.high_ratio * 100.0);
        format!("{what}: {n_false} of {n} damaged copies (95 % sure: below {high:.1} %)")
    };
    report.false_alarms.iter().map(line).collect()
}

/// The table as CSV, one line a damage and field, errors in the unit of the field.
///
/// # Errors
/// Writing into memory does not fail; what the CSV writer says is passed on.
pub fn csv(report: &SelftestReport) -> Result<Vec<u8>, ReportError> {
    let mut table = ::csv::Writer::from_writer(Vec::new());
    table.write_record([
        "damage",
        "field",
        "n",
        "n_found",
        "found_ratio",
        "found_low_ratio",
        "found_high_ratio",
        "mean_abs_error",
        "bias",
        "worst_error",
    ])?;
    // Damages and fields are our own words, so no cell can begin a formula.
    for row in &report.table {
        let number = |value: Option<f64>| value.map_or(String::new(), |v| format!("{v:.4}"));
        let ratios = [row.found_ratio, row.found_low_ratio, row.found_high_ratio].map(|r| format!("{r:.4}"));
        let counts = [row.n.to_string(), row.n_found.to_string()];
        let errors = [row.mean_abs_error, row.bias, row.worst_error].map(number);
        let names = [row.damage.clone(), row.field.clone()];
        table.write_record(names.iter().chain(&counts).chain(&ratios).chain(&errors))?;
    }
    table.into_inner().map_err(|e| ReportError::Io(e.into_error()))
}
