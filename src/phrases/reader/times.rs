//! Times as people write them into transcripts.

/// Longer than any call: such a number is a typing error.
pub(super) const MAX_S: f64 = 48.0 * 3600.0;

/// Digits and colons, so it is meant as a time and not as text in brackets.
pub(super) fn looks_like_time(written: &str) -> bool {
    let written = written.trim();
    written.contains(':') && written.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ','))
}

/// `mm:ss`, `h:mm:ss`, either with a fraction after `.` or `,`; `None` for anything else.
pub(super) fn seconds(written: &str) -> Option<f64> {
    let written = written.trim().replace(',', ".");
    if !looks_like_time(&written) {
        return None;
    }
    let parts: Vec<&str> = written.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [minutes, seconds] => ("0", *minutes, *seconds),
        [hours, minutes, seconds] => (*hours, *minutes, *seconds),
        _ => return None,
    };
    let hours: u32 = hours.parse().ok()?;
    let minutes: u32 = minutes.parse().ok()?;
    let seconds: f64 = seconds.parse().ok()?;
    // Without hours, minutes may go on counting.
    let fits = seconds < 60.0 && (parts.len() == 2 || minutes < 60);
    let total = f64::from(hours) * 3600.0 + f64::from(minutes) * 60.0 + seconds;
    (fits && total <= MAX_S).then_some(total)
}

/// As [`seconds`], or a plain number of seconds.
pub(super) fn seconds_or_number(written: &str) -> Option<f64> {
    let number = written.trim().replace(',', ".").parse::<f64>().ok();
    seconds(written).or(number).filter(|time| (0.0..=MAX_S).contains(time))
}
