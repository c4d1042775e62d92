//! When a call began: points in time as people and recorders write them, made RFC 3339 with an offset. A date without
//! a time of day is refused, since midnight would be an invention.

use jiff::civil::DateTime;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::fmt::temporal::Pieces;
use jiff::tz::{Offset, TimeZone};

/// What is wrong with a point in time or a time zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not readable as a date with a time of day.
    #[error("`{0}` is no date with a time of day (such as 2026-11-02 14:30 or 2026-11-02T14:30:00+01:00)")]
    NoTime(String),
    /// Not a zone that is known.
    #[error("unknown time zone `{0}` (give UTC, an offset such as +01:00, or a name such as Europe/Warsaw)")]
    UnknownZone(String),
    /// Zones by name need the system's database.
    #[error("`{0}`: this machine has no time zone database (install tzdata, or give an offset such as +01:00)")]
    NoDatabase(String),
}

/// The zone of `--timezone`: `UTC`, an offset such as `+01:00` or `-0330`, or a name of the system's tz database.
///
/// # Errors
/// See [`TimeError`].
pub fn parse_zone(text: &str) -> Result<TimeZone, TimeError> {
    if matches!(text, "UTC" | "utc" | "Z") {
        return Ok(TimeZone::UTC);
    }
    if text.starts_with(['+', '-']) {
        let offset = BrokenDownTime::parse("%z", text).or_else(|_| BrokenDownTime::parse("%:z", text));
        let offset = offset.ok().and_then(|parsed| parsed.offset());
        return offset.map(TimeZone::fixed).ok_or_else(|| TimeError::UnknownZone(text.into()));
    }
    TimeZone::get(text).map_err(|_| {
        if jiff::tz::db().is_definitively_empty() || jiff::tz::db().available().next().is_none() {
            TimeError::NoDatabase(text.into())
        } else {
            TimeError::UnknownZone(text.into())
        }
    })
}

/// A point in time as RFC 3339 with offset. Read are RFC 3339 and ISO 8601 (`T` or a space between date and time) and
/// `2.11.2026 14:30[:05]`. An offset that is given is kept; without one the time is in `zone`.
///
/// # Errors
/// [`TimeError::NoTime`].
pub fn parse_moment(text: &str, zone: &TimeZone) -> Result<String, TimeError> {
    let no_time = || TimeError::NoTime(text.into());
    let text = text.trim();
    for format in ["%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M"] {
        if let Ok(civil) = DateTime::strptime(format, text) {
            return in_zone(civil, zone).ok_or_else(no_time);
        }
    }
    let pieces = Pieces::parse(text).map_err(|_| no_time())?;
    let civil = DateTime::from_parts(pieces.date(), pieces.time().ok_or_else(no_time)?);
    match pieces.to_numeric_offset() {
        Some(offset) => in_zone(civil, &TimeZone::fixed(offset)),
        None => in_zone(civil, zone),
    }
    .ok_or_else(no_time)
}

/// A point in time by a `strftime` format; an offset or seconds since 1970 in it are kept, else it is in `zone`.
pub(super) fn parse_by_format(format: &str, text: &str, zone: &TimeZone) -> Option<String> {
    let parsed = BrokenDownTime::parse(format, text).ok()?;
    if let Ok(timestamp) = parsed.to_timestamp() {
        let zone = parsed.offset().map_or(zone.clone(), TimeZone::fixed);
        return Some(rfc3339(&timestamp.to_zoned(zone)));
    }
    in_zone(parsed.to_datetime().ok()?, zone)
}

/// In the hour that a clock change repeats the first is taken, in the hour that it skips the clock is read as if it
/// had not been changed (RFC 5545, 3.3.5).
fn in_zone(civil: DateTime, zone: &TimeZone) -> Option<String> {
    Some(rfc3339(&civil.to_zoned(zone.clone()).ok()?))
}

fn rfc3339(moment: &jiff::Zoned) -> String {
    // Offsets of zones before 1970 may have seconds, which RFC 3339 has not.
    let offset = Offset::from_seconds(moment.offset().seconds() / 60 * 60).unwrap_or(Offset::UTC);
    moment.with_time_zone(TimeZone::fixed(offset)).strftime("%Y-%m-%dT%H:%M:%S%.f%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, zone: &str, expected: Option<&str>) {
        let zone = parse_zone(zone).expect("a zone");
        assert_eq!(parse_moment(text, &zone).ok().as_deref(), expected, "{text}");
    }

    #[test]
    fn moments_are_written_as_rfc_3339_with_offset() {
        check("2026-11-02T14:30:00Z", "+05:00", Some("2026-11-02T14:30:00+00:00"));
        check("2026-11-02T14:30:00.250+01:00", "UTC", Some("2026-11-02T14:30:00.25+01:00"));
        check("2026-11-02 14:30", "UTC", Some("2026-11-02T14:30:00+00:00"));
        check("2.11.2026 14:30", "+0200", Some("2026-11-02T14:30:00+02:00"));
        check("02.11.2026 14:30:05", "-03:30", Some("2026-11-02T14:30:05-03:30"));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in ["", "2026-11-02", "2026-13-02 14:30", "14:30", "11/02/2026 14:30", "yesterday", "2026-02-30T10:00"]
        {
            check(text, "UTC", None);
        }
    }

    #[test]
    fn named_zones_know_summer_time() {
        let Ok(zone) = parse_zone("Europe/Warsaw") else {
            // Without the system's database the message must say so.
            assert_eq!(parse_zone("Europe/Warsaw"), Err(TimeError::NoDatabase("Europe/Warsaw".into())));
            return;
        };
        assert_eq!(parse_moment("2026-07-01 12:00", &zone).as_deref(), Ok("2026-07-01T12:00:00+02:00"));
        assert_eq!(parse_moment("2026-12-01 12:00", &zone).as_deref(), Ok("2026-12-01T12:00:00+01:00"));
        assert_eq!(parse_zone("Europe/Atlantis"), Err(TimeError::UnknownZone("Europe/Atlantis".into())));
    }

    #[test]
    fn an_offset_that_is_none_is_refused() {
        for text in ["+", "+9", "+25:99", "+01:00x"] {
            assert_eq!(parse_zone(text), Err(TimeError::UnknownZone(text.into())));
        }
    }
}
