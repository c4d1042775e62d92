//! Rich Transcription Time Marked (NIST RT-09 evaluation plan, appendix A): who speaks when, a line a turn. No words: those
//! are in [`super::ctm`].

use super::ReportError;
use super::formats::{Files, Naming, seconds, spoken, token, voice_id};
use crate::call::CallReport;

/// Speech of one speaker with shorter pauses is one turn: the 0.3 s of NIST's evaluations (RT-09, section 3).
const MAX_PAUSE_MS: u64 = 300;

/// `<name>-<hash8>.rttm` if there are words with times.
///
/// # Errors
/// None.
pub fn files(report: &CallReport, naming: &Naming) -> Result<Files, ReportError> {
    let spoken = match spoken(report) {
        Ok(spoken) => spoken,
        Err(missing) => return Ok(Files { files: Vec::new(), missing: Some(missing) }),
    };
    // One open turn a voice and channel; few of them, so a list will do.
    let mut turns: Vec<(u64, u64, u32, String)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for said in &spoken {
        let channel = u32::from(said.utterance.channel.unwrap_or(0)) + 1;
        let name = voice_id(report, said.utterance.speaker.as_deref());
        let before = open.iter().position(|&at| turns[at].2 == channel && turns[at].3 == name);
        if let Some(place) = before {
            let turn = &mut turns[open[place]];
            if said.start_ms <= turn.1 + MAX_PAUSE_MS {
                turn.1 = turn.1.max(said.end_ms);
                continue;
            }
            open.swap_remove(place);
        }
        open.push(turns.len());
        turns.push((said.start_ms, said.end_ms, channel, name));
    }
    let file = token(naming.stem);
    let line = |(start_ms, end_ms, channel, name): &(u64, u64, u32, String)| {
        let (start, duration) = (seconds(*start_ms), seconds(end_ms - start_ms));
        format!("SPEAKER {file} {channel} {start} {duration} <NA> <NA> {name} <NA> <NA>\n")
    };
    let text: String = turns.iter().map(line).collect();
    Ok(Files { files: vec![(".rttm", text.into_bytes())], missing: None })
}
