//! Numbers and times as a page prints them: fewer digits than the JSON, for eyes.

use serde_json::Value;

use super::labels::Unit;
use crate::report::texts::Texts;
use crate::units::round_to;

/// A place in the call, for people and for the script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Time {
    /// Seconds with 3 decimals, for `data-` attributes.
    pub seconds: String,
    /// `1:02.5`, with hours from one hour on.
    pub clock: String,
}

impl Time {
    pub(super) fn new(time_s: f64) -> Self {
        Self { seconds: format!("{:.3}", round_to(time_s, 3)), clock: clock(time_s) }
    }
}

/// Minutes, seconds and tenths; hours where there are any. Times before 0 are shown as 0.
pub(super) fn clock(time_s: f64) -> String {
    // Rounded down: a place is never shown later than it is.
    let tenths = (time_s.max(0.0) * 10.0 + 1e-6) as u64;
    let (hours, minutes, seconds, tenth) = (tenths / 36_000, tenths / 600 % 60, tenths / 10 % 60, tenths % 10);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}.{tenth}")
    } else {
        format!("{minutes}:{seconds:02}.{tenth}")
    }
}

/// A length in words: `45 s`, `3 min 05 s`, `2 h 10 min`.
pub(super) fn length(duration_s: f64, tr: Texts) -> String {
    let seconds = duration_s.max(0.0).round() as u64;
    let (whole, rest) = (|unit: u64| (seconds / unit).to_string(), |n: u64| format!("{n:02}"));
    match seconds {
        0 if duration_s > 0.0 => tr.with("length-s", &[("s", &number(duration_s, 2, tr))]),
        0..60 => tr.with("length-s", &[("s", &whole(1))]),
        60..3600 => tr.with("length-min-s", &[("min", &whole(60)), ("s", &rest(seconds % 60))]),
        _ => tr.with("length-h-min", &[("h", &whole(3600)), ("min", &rest(seconds % 3600 / 60))]),
    }
}

/// A number with so many decimals, behind the mark of the language; never `-0.0`.
pub(super) fn number(value: f64, decimals: usize, tr: Texts) -> String {
    tr.number(value, decimals)
}

/// A probability in whole percent, never 100 % unless it is 1.
pub(super) fn percent(share: f64) -> String {
    let whole = (share * 100.0).round();
    let shown = if share < 1.0 && whole >= 100.0 { 99.0 } else { whole };
    format!("{shown:.0} %")
}

/// A value of a report in the unit of its label, without the unit's name. `None` for `null`.
pub(super) fn value(value: &Value, unit: Unit, tr: Texts) -> Option<String> {
    let number = |decimals: usize, scale: f64| Some(self::number(value.as_f64()? * scale, decimals, tr));
    match unit {
        Unit::Level(_) | Unit::Seconds => number(1, 1.0),
        Unit::Scale(_) if value.is_u64() => number(0, 1.0),
        Unit::Scale(_) => number(1, 1.0),
        // Small shares matter for clipping: 0.02 % must not be shown as 0.0 %.
        Unit::Share if value.as_f64().is_some_and(|v| v != 0.0 && v.abs() < 0.01) => number(2, 100.0),
        Unit::Share => number(1, 100.0),
        Unit::Hertz | Unit::PerMinute => number(0, 1.0),
        Unit::FullScale => number(6, 1.0),
        Unit::Count => value.as_array().map(|spans| spans.len().to_string()).or_else(|| number(0, 1.0)),
        Unit::Word => word(value, tr),
    }
}

fn word(value: &Value, tr: Texts) -> Option<String> {
    match value {
        Value::Bool(true) => Some(tr.get("label-yes")),
        Value::Bool(false) => Some(tr.get("label-no")),
        Value::String(text) => Some(text.clone()),
        Value::Array(items) if items.is_empty() => Some(tr.get("label-none")),
        Value::Object(fields) => Some(fields.iter().map(|(k, v)| format!("{k}: {v}")).collect::<Vec<_>>().join(", ")),
        Value::Array(items) => Some(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; ")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn clocks_show_tenths_and_hours_where_there_are_any() {
        for (time_s, expected) in
            [(0.0, "0:00.0"), (62.59, "1:02.5"), (3599.99, "59:59.9"), (3600.0, "1:00:00.0"), (-1.0, "0:00.0")]
        {
            assert_eq!(clock(time_s), expected);
        }
    }

    #[test]
    fn lengths_are_in_words() {
        for (duration_s, expected) in
            [(0.2, "0.20 s"), (0.0, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (7800.0, "2 h 10 min")]
        {
            assert_eq!(length(duration_s, Texts::default()), expected);
        }
    }

    #[test]
    fn values_are_shown_in_the_unit_of_their_label() {
        for (given, unit, expected) in [
            (json!(-26.04), Unit::Level("dbov"), Some("-26.0")),
            (json!(-0.04), Unit::Level("db"), Some("0.0")),
            (json!(0.0002), Unit::Share, Some("0.02")),
            (json!(0.0), Unit::Share, Some("0.0")),
            (json!(3399.6), Unit::Hertz, Some("3400")),
            (json!([1, 2]), Unit::Count, Some("2")),
            (json!(3), Unit::Scale("0-to-3"), Some("3")),
            (json!(true), Unit::Word, Some("yes")),
            (json!({"1/1": 80, "60/60": 120}), Unit::Word, Some("1/1: 80, 60/60: 120")),
            (json!(null), Unit::Share, None),
        ] {
            assert_eq!(value(&given, unit, Texts::default()).as_deref(), expected, "{given}");
        }
        assert_eq!(percent(0.999), "99 %");
        assert_eq!(percent(1.0), "100 %");
    }
}
