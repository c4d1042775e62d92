//! Who has the floor: turns, and how fast the other answers. A voice that is heard only while another goes on
//! speaking ("mhm", a failed interruption) does not take the floor.

use std::collections::BTreeMap;

use super::Voice;
use crate::timeline::TimeSpan;

/// A pause of under this length does not end a turn while nobody else speaks: the contract's definition.
const MAX_TURN_PAUSE_S: f64 = 2.0;

/// One voice has the floor.
pub(super) struct Turn {
    /// Index of the voice.
    pub voice: usize,
    pub span: TimeSpan,
}

/// Turns in order of their start.
pub(super) fn turns(voices: &[Voice<'_>]) -> Vec<Turn> {
    let mut heard: Vec<Turn> = Vec::new();
    for (voice, Voice { speech, .. }) in voices.iter().enumerate() {
        heard.extend(speech.spans().iter().map(|span| Turn { voice, span: *span }));
    }
    // The longer first where two start together: the shorter one lies inside it.
    heard.sort_by(|a, b| {
        a.span
            .start_s
            .total_cmp(&b.span.start_s)
            .then(b.span.end_s.total_cmp(&a.span.end_s))
            .then(a.voice.cmp(&b.voice))
    });
    let mut turns: Vec<Turn> = Vec::new();
    for next in heard {
        match turns.last_mut() {
            Some(last) if last.voice == next.voice && next.span.start_s - last.span.end_s < MAX_TURN_PAUSE_S => {
                last.span.end_s = last.span.end_s.max(next.span.end_s);
            }
            // Spoken over by whoever has the floor, from start to end.
            Some(last) if last.voice != next.voice && next.span.end_s <= last.span.end_s => {}
            _ => turns.push(next),
        }
    }
    turns
}

/// Longest turn of each voice in seconds; 0 for one that never has the floor.
pub(super) fn longest_s(voices: &[Voice<'_>], turns: &[Turn]) -> BTreeMap<String, f64> {
    let longest =
        |voice: usize| turns.iter().filter(|t| t.voice == voice).map(|t| t.span.duration_s()).fold(0.0, f64::max);
    voices.iter().enumerate().map(|(i, v)| (v.id.to_owned(), longest(i))).collect()
}

/// Median seconds from the end of the other's turn to the start of one's own; a voice that never answers is left out.
pub(super) fn median_response_s(voices: &[Voice<'_>], turns: &[Turn]) -> BTreeMap<String, f64> {
    let mut by_voice: Vec<Vec<f64>> = vec![Vec::new(); voices.len()];
    for (before, after) in turns.iter().zip(turns.iter().skip(1)) {
        if before.voice != after.voice {
            by_voice[after.voice].push(after.span.start_s - before.span.end_s);
        }
    }
    voices.iter().zip(by_voice).filter_map(|(v, times)| Some((v.id.to_owned(), median(times)?))).collect()
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    Some(if values.len() % 2 == 1 { upper } else { (values[values.len() / 2 - 1] + upper) / 2.0 })
}
