//! SubRip subtitles: the words with the speaker before them. There is no standard and nothing is escaped: what players
//! take for markup (`<i>`, `{\an8}`) is written with other brackets.

use super::ReportError;
use super::formats::{Files, Missing, Naming, clock, one_line, spoken, voice};
use crate::call::CallReport;

/// `<name>-<hash8>.srt` if there are words with times.
///
/// # Errors
/// None.
pub fn files(report: &CallReport, _: &Naming) -> Result<Files, ReportError> {
    Ok(match subtitles(report) {
        Ok(text) => Files { files: vec![(".srt", text.into_bytes())], missing: None },
        Err(missing) => Files { files: Vec::new(), missing: Some(missing) },
    })
}

fn subtitles(report: &CallReport) -> Result<String, Missing> {
    let mut text = String::new();
    for (number, said) in spoken(report)?.iter().enumerate() {
        let name = voice(report, said.utterance.speaker.as_deref());
        let words = plain(&format!("{name}: {}", one_line(&said.utterance.text)));
        let (from, to) = (clock(said.start_ms, ','), clock(said.end_ms, ','));
        text.push_str(&format!("{}\n{from} --> {to}\n{words}\n\n", number + 1));
    }
    Ok(text)
}

/// Text that no player takes for markup or for times.
fn plain(text: &str) -> String {
    let plain = text.replace("-->", "→");
    plain.replace('<', "‹").replace('>', "›").replace('{', "(").replace('}', ")")
}
