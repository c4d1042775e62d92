//! Label tracks for Audacity: start, end and text, a line each, tabs between. A file is one track, so words and findings
//! are two files.

use super::ReportError;
use super::formats::{Files, Naming, one_line, seconds, spoken, timed_findings, told, voice};
use crate::call::CallReport;

/// `<name>-<hash8>.labels.txt` if there are words with times, and `<name>-<hash8>.findings.txt`.
///
/// # Errors
/// None.
pub fn files(report: &CallReport, _: &Naming) -> Result<Files, ReportError> {
    let mut files = Files::default();
    match spoken(report) {
        Ok(spoken) => {
            let said = spoken.iter().map(|said| {
                let name = voice(report, said.utterance.speaker.as_deref());
                label(said.start_ms, said.end_ms, &format!("{name}: {}", said.utterance.text))
            });
            files.files.push((".labels.txt", said.collect::<String>().into_bytes()));
        }
        Err(missing) => files.missing = Some(missing),
    }
    let findings = timed_findings(report).into_iter().map(|(start, end, finding)| label(start, end, &told(finding)));
    files.files.push((".findings.txt", findings.collect::<String>().into_bytes()));
    Ok(files)
}

fn label(start_ms: u64, end_ms: u64, text: &str) -> String {
    format!("{}\t{}\t{}\n", seconds(start_ms), seconds(end_ms), one_line(text))
}
