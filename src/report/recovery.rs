//! The recovery table of a self-test in words, for pages and terminals, and as CSV.

use super::ReportError;
use super::texts::Texts;
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

/// How a field is called and printed: the message of its name with unit, factor and decimals.
fn shown_as(field: &str) -> Option<(&'static str, f64, usize)> {
    Some(match field {
        "noise.snr_db" => ("recovery-field-snr", 1.0, 1),
        "noise.floor_dbfs" => ("recovery-field-floor", 1.0, 1),
        "noise.hum_hz" => ("recovery-field-hum", 1.0, 0),
        "crosstalk.leakage.attenuation_db" => ("recovery-field-attenuation", 1.0, 1),
        "crosstalk.leakage.delay_ms" => ("recovery-field-delay", 1.0, 2),
        "background_voices.level_below_speech_db" => ("recovery-field-voice", 1.0, 1),
        "clipping.clipped_ratio" => ("recovery-field-clipped", 100.0, 3),
        "dropouts.spans.start_s" => ("recovery-field-dropout", 1000.0, 1),
        _ => return None,
    })
}

/// The table in words.
pub fn rows(report: &SelftestReport, tr: Texts) -> Vec<ShownRow> {
    report.table.iter().map(|line| row(line, tr)).collect()
}

fn row(row: &RecoveryRow, tr: Texts) -> ShownRow {
    let known = shown_as(&row.field);
    let (factor, decimals) = known.map_or((1.0, 2), |(_, factor, decimals)| (factor, decimals));
    let number = |value: Option<f64>| value.map_or("-".into(), |v| tr.number(v * factor, decimals));
    let signed = |v: f64| {
        let rounded = round_to(v * factor, decimals as i32);
        // Zero has a plus: it is neither, and stands in its column.
        format!("{}{}", if rounded < 0.0 { "-" } else { "+" }, tr.number(rounded.abs(), decimals))
    };
    ShownRow {
        damage: damage(&row.damage, tr),
        number: known.map_or_else(|| row.field.clone(), |(name, ..)| tr.get(name)),
        found: tr.with("recovery-of", &[("n", &row.n_found.to_string()), ("of", &row.n.to_string())]),
        mean_error: number(row.mean_abs_error),
        bias: row.bias.map_or("-".into(), signed),
        worst: number(row.worst_error),
    }
}

/// What stands before and after the number in the words of a self-test for a damage, and the message for it.
const DAMAGES: [(&str, &str, &str); 8] = [
    ("hiss at ", " dB SNR", "recovery-damage-hiss"),
    ("50 Hz hum at ", " dB SNR", "recovery-damage-hum"),
    ("knocks at ", " dB SNR", "recovery-damage-knocks"),
    ("babble at ", " dB SNR", "recovery-damage-babble"),
    ("leakage, ", " dB down", "recovery-damage-leakage"),
    ("neighbour's voice, ", " dB below the speech", "recovery-damage-voice"),
    ("clipping of ", " % of samples", "recovery-damage-clipping"),
    ("dropouts of ", " ms", "recovery-damage-dropouts"),
];

/// A damage in the words of a language; as it stands if another version of the program named it.
pub fn damage(name: &str, tr: Texts) -> String {
    if name == "all" {
        return tr.get("recovery-damage-all");
    }
    let known = DAMAGES.iter().find_map(|(before, after, message)| {
        let value = name.strip_prefix(before)?.strip_suffix(after)?;
        value.parse::<f64>().ok()?;
        let shown = value.replace('.', tr.language.decimal_mark().encode_utf8(&mut [0; 4]));
        Some(tr.with(message, &[("value", &shown)]))
    });
    known.unwrap_or_else(|| name.to_owned())
}

/// What was found without having been put in, a sentence a kind.
pub fn false_alarm_lines(report: &SelftestReport, tr: Texts) -> Vec<String> {
    let line = |alarm: &FalseAlarms| {
        let what = match alarm.field.as_str() {
            "crosstalk.leakage.attenuation_db" => tr.get("recovery-alarm-leakage"),
            "background_voices.level_below_speech_db" => tr.get("recovery-alarm-voices"),
            "clipping.clipped_ratio" => tr.get("recovery-alarm-clipping"),
            "dropouts.spans.start_s" => tr.get("recovery-alarm-dropouts"),
            "noise.hum_hz" => tr.get("recovery-alarm-hum"),
            other => other.to_owned(),
        };
        let high = tr.number(alarm.high_ratio * 100.0, 1);
        let (n_false, n) = (alarm.n_false.to_string(), alarm.n.to_string());
        tr.with("recovery-alarm", &[("name", &what), ("n", &n_false), ("of", &n), ("value", &high)])
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::texts::PageLanguage;

    fn recovery(field: &str, value: f64) -> RecoveryRow {
        RecoveryRow {
            damage: "clipping of 0.5 % of samples".into(),
            field: field.into(),
            n: 10,
            n_found: 9,
            found_ratio: 0.9,
            found_low_ratio: 0.6,
            found_high_ratio: 0.98,
            mean_abs_error: Some(value),
            bias: Some(-value),
            worst_error: None,
        }
    }

    #[test]
    fn a_line_is_told_in_the_units_of_its_field_and_the_marks_of_the_language() {
        let check = |field: &str, language: PageLanguage, expected: [&str; 4]| {
            let shown = row(&recovery(field, 0.01234), Texts::new(language));
            assert_eq!([&*shown.found, &*shown.mean_error, &*shown.bias, &*shown.worst], expected, "{field}");
        };
        check("clipping.clipped_ratio", PageLanguage::En, ["9 of 10", "1.234", "-1.234", "-"]);
        check("noise.snr_db", PageLanguage::En, ["9 of 10", "0.0", "+0.0", "-"]);
        check("field.of_tomorrow", PageLanguage::En, ["9 of 10", "0.01", "-0.01", "-"]);
        assert_eq!(row(&recovery("dropouts.spans.start_s", 0.0123), Texts::new(PageLanguage::Pl)).mean_error, "12,3");
    }

    #[test]
    fn damages_read_in_english_as_the_self_test_names_them() {
        for (before, after, message) in DAMAGES {
            let name = format!("{before}12.5{after}");
            assert_eq!(damage(&name, Texts::default()), name, "{message}");
            assert!(Texts::default().find(message).is_some());
        }
        for name in ["hiss at night", "something of tomorrow"] {
            assert_eq!(damage(name, Texts::default()), name);
        }
    }
}
