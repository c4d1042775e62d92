//! Time marked conversation (NIST sclite): a line a word: file, channel, start, duration, word, confidence. Ordered by
//! channel and start, as scoring programs want it.

use super::ReportError;
use super::formats::{Files, Missing, Naming, seconds, span_ms, spoken, token};
use crate::call::CallReport;
use crate::units::round_to;

/// `<name>-<hash8>.ctm` if words have times.
///
/// # Errors
/// None.
pub fn files(report: &CallReport, naming: &Naming) -> Result<Files, ReportError> {
    let missing = |missing| Ok(Files { files: Vec::new(), missing: Some(missing) });
    let spoken = match spoken(report) {
        Ok(spoken) => spoken,
        Err(why) => return missing(why),
    };
    let file = token(naming.stem);
    let mut lines: Vec<(u32, u64, String)> = Vec::new();
    for utterance in spoken.iter().map(|said| said.utterance) {
        let channel = u32::from(utterance.channel.unwrap_or(0)) + 1;
        for word in &utterance.words {
            let Some((start_ms, end_ms)) = span_ms(Some(word.start_s), Some(word.end_s)) else { continue };
            let confidence =
                if word.probability.is_finite() { round_to(word.probability.clamp(0.0, 1.0), 4) } else { 0.0 };
            let (start, duration) = (seconds(start_ms), seconds(end_ms - start_ms));
            let line = format!("{file} {channel} {start} {duration} {} {confidence:.4}\n", token(&word.text));
            lines.push((channel, start_ms, line));
        }
    }
    if lines.is_empty() {
        return missing(Missing::WordTimes);
    }
    // Stable: words of one start stay as they were said.
    lines.sort_by_key(|(channel, start_ms, _)| (*channel, *start_ms));
    let text: String = lines.into_iter().map(|(_, _, line)| line).collect();
    Ok(Files { files: vec![(".ctm", text.into_bytes())], missing: None })
}
