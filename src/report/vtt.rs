//! WebVTT (W3C): the words with voice tags as subtitles, and the findings as a second track that players take as
//! chapters. Not the words one by one: players that follow words are our own pages.

use super::ReportError;
use super::formats::{Files, Naming, clock, one_line, spoken, timed_findings, told, voice};
use crate::call::{CallReport, Party};

/// `<name>-<hash8>.vtt` if there are words with times, and `<name>-<hash8>.findings.vtt`.
///
/// # Errors
/// None.
pub fn files(report: &CallReport, _: &Naming) -> Result<Files, ReportError> {
    let mut files = Files::default();
    match subtitles(report) {
        Ok(text) => files.files.push((".vtt", text.into_bytes())),
        Err(missing) => files.missing = Some(missing),
    }
    files.files.push((".findings.vtt", findings(report).into_bytes()));
    Ok(files)
}

/// The words: a cue an utterance, agent to the left and customer to the right, so that both can be read when both speak.
fn subtitles(report: &CallReport) -> Result<String, super::formats::Missing> {
    let mut text = String::from("WEBVTT\n");
    for (number, said) in spoken(report)?.iter().enumerate() {
        let speaker = said.utterance.speaker.as_deref();
        let party = speaker.and_then(|id| report.speakers.iter().find(|s| s.id == id)).map(|s| s.party);
        let side = match party {
            Some(Party::Agent) => " align:left",
            Some(Party::Customer) => " align:right",
            _ => "",
        };
        let (name, words) = (escaped(&voice(report, speaker)), escaped(&one_line(&said.utterance.text)));
        text.push_str(&format!(
            "\n{}\n{} --> {}{side}\n<v {name}>{words}</v>\n",
            number + 1,
            clock(said.start_ms, '.'),
            clock(said.end_ms, '.')
        ));
    }
    Ok(text)
}

/// The findings: a cue each, named by its id.
fn findings(report: &CallReport) -> String {
    let mut text = String::from("WEBVTT\n\nNOTE findings of callvet; use as chapters or captions\n");
    for (start_ms, end_ms, finding) in timed_findings(report) {
        // A line with an arrow would be taken for the times.
        let id = one_line(&finding.id).replace("-->", "→");
        let (from, to) = (clock(start_ms, '.'), clock(end_ms, '.'));
        text.push_str(&format!("\n{id}\n{from} --> {to}\n{}\n", escaped(&told(finding))));
    }
    text
}

/// Text in which nothing is a tag, an entity or the arrow between times (WebVTT, 4.2.2).
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
