//! Reports as JSON bytes: the same report gives the same bytes. Times get 3 decimals, dB and Hz 2, ratios and
//! probabilities 4, by the unit in the key; -0 is written as 0; keys keep the order of the structs.

use serde::Serialize;
use serde_json::Value;

use crate::units::round_to;

/// Decimals of a number under this key. Keys without a unit below (speaker ids, "6/6") take their parent's.
fn decimals_of(key: &str) -> Option<i32> {
    const BY_SUFFIX: [(&str, i32); 12] = [
        ("_s", 3),
        ("_ms", 3),
        ("_hz", 2),
        ("_db", 2),
        ("_dbfs", 2),
        ("_dbov", 2),
        ("_dbtp", 2),
        ("_lufs", 2),
        ("_ratio", 4),
        ("_probability", 4),
        ("_confidence", 4),
        ("_per_minute", 2),
    ];
    match key {
        "ratio" | "probability" | "confidence" | "score" => Some(4),
        "points" | "max" | "total" | "sig" | "bak" | "ovrl" => Some(2),
        "dc_offset" => Some(6),
        _ => BY_SUFFIX.iter().find(|(suffix, _)| key.ends_with(suffix)).map(|(_, decimals)| *decimals),
    }
}

fn round_numbers(value: &mut Value, decimals: Option<i32>) {
    match value {
        Value::Number(number) if number.is_f64() => {
            if let Some(rounded) = number.as_f64().map(|v| round_to(v, decimals.unwrap_or(4))) {
                *value = Value::from(rounded);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| round_numbers(item, decimals)),
        Value::Object(fields) => {
            for (key, field) in fields.iter_mut() {
                round_numbers(field, decimals_of(key).or(decimals));
            }
        }
        _ => {}
    }
}

/// The report as a JSON value with rounded numbers. Non-finite numbers become `null`.
///
/// # Errors
/// Only if `report` cannot be a JSON document at all (a map with keys that are no strings).
pub fn to_value<T: Serialize>(report: &T) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(report)?;
    round_numbers(&mut value, None);
    Ok(value)
}

/// The report as indented JSON text with a line feed at the end.
///
/// # Errors
/// As [`to_value`].
pub fn to_text<T: Serialize>(report: &T) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(&to_value(report)?)?;
    text.push('\n');
    Ok(text)
}

/// The report as one line of JSON without a line feed.
///
/// # Errors
/// As [`to_value`].
pub fn to_line<T: Serialize>(report: &T) -> serde_json::Result<String> {
    serde_json::to_string(&to_value(report)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(input: Value, expected: &str) {
        assert_eq!(to_line(&input).expect("plain JSON"), expected);
    }

    #[test]
    fn the_unit_in_the_key_decides_the_decimals() {
        check(
            json!({"start_s": 1.23456, "snr_db": 20.006, "clipped_ratio": 0.123456}),
            r#"{"start_s":1.235,"snr_db":20.01,"clipped_ratio":0.1235}"#,
        );
    }

    #[test]
    fn maps_keyed_by_speaker_take_the_unit_of_the_map() {
        check(
            json!({"speech_s": {"s0": 1.00049}, "talk_ratio": {"s0": 0.33333333}}),
            r#"{"speech_s":{"s0":1.0},"talk_ratio":{"s0":0.3333}}"#,
        );
    }

    #[test]
    fn minus_zero_is_written_as_zero_and_order_is_kept() {
        check(json!({"b_s": -0.00001, "a": 1}), r#"{"b_s":0.0,"a":1}"#);
    }
}
