//! Overtalk: both parties speak at the same time. Not crosstalk, the leakage of one channel into the other: leakage
//! that is taken for speech inflates this number. Unit: seconds, and a ratio 0..=1 of the time in which anyone speaks.
//! Lower is calmer, but some belongs to every lively talk.

use super::Voice;
use crate::call::{Overtalk, OvertalkEvent, OvertalkKind, Transcript};
use crate::timeline::{TimeSpan, Timeline};

/// Two who begin within this time did not hear each other yet: a listener needs about 200 ms to react.
const SIMULTANEOUS_S: f64 = 0.2;

/// A sign of listening is shorter than this: one or two syllables.
const MAX_BACKCHANNEL_S: f64 = 1.0;

/// Pauses inside words and phrases that do not end what a voice is saying.
const MAX_BREATH_S: f64 = 0.3;

/// Words that are signs of listening in the five languages, as they are written in lower case.
const BACKCHANNELS: &[&str] = &[
    "mhm",
    "mm",
    "hmm",
    "uh-huh",
    "aha",
    "yeah",
    "yes",
    "yep",
    "ok",
    "okay",
    "right",
    "sure",
    "tak",
    "no",
    "dobrze",
    "jasne",
    "rozumiem",
    "да",
    "ага",
    "угу",
    "так",
    "понятно",
    "хорошо",
    "ναι",
    "μάλιστα",
    "εντάξει",
    "ωραία",
    "igen",
    "jó",
    "értem",
    "persze",
];

/// Overtalk of two or more voices.
pub(super) fn measure(voices: &[Voice<'_>], transcript: Option<&Transcript>) -> Overtalk {
    let anyone = voices.iter().fold(Timeline::default(), |sum, v| sum.union(&v.speech));
    let mut both = Timeline::default();
    let mut events = Vec::new();
    for (i, first) in voices.iter().enumerate() {
        for second in &voices[i + 1..] {
            let shared = first.speech.intersection(&second.speech);
            let phrases = (first.speech.closed(MAX_BREATH_S), second.speech.closed(MAX_BREATH_S));
            for span in shared.spans() {
                let (Some(a), Some(b)) = (around(&phrases.0, span), around(&phrases.1, span)) else { continue };
                let (by, own, other) = if a.start_s > b.start_s { (first, a, b) } else { (second, b, a) };
                let kind = kind_of(own, other, by.id, transcript);
                events.push(OvertalkEvent { start_s: span.start_s, end_s: span.end_s, kind, by: by.id.to_owned() });
            }
            both = both.union(&shared);
        }
    }
    events.sort_by(|a, b| a.start_s.total_cmp(&b.start_s).then(a.by.cmp(&b.by)));
    let anyone_s = anyone.total_s();
    let total_s = both.total_s();
    Overtalk { total_s, ratio: (anyone_s > 0.0).then(|| (total_s / anyone_s).min(1.0)), events }
}

/// The phrase that holds an overlap.
fn around(phrases: &Timeline, overlap: &TimeSpan) -> Option<TimeSpan> {
    phrases.spans().iter().find(|p| p.overlap_s(overlap) > 0.0).copied()
}

fn kind_of(own: TimeSpan, other: TimeSpan, by: &str, transcript: Option<&Transcript>) -> OvertalkKind {
    // The other goes on speaking: the one who came in did not take over.
    let is_inside = own.end_s <= other.end_s;
    if is_inside && (own.duration_s() < MAX_BACKCHANNEL_S || says_only_backchannels(own, by, transcript)) {
        OvertalkKind::Backchannel
    } else if own.start_s - other.start_s <= SIMULTANEOUS_S {
        OvertalkKind::SimultaneousStart
    } else {
        OvertalkKind::Interruption
    }
}

/// True if every word that the voice says in the span is a sign of listening, and there is one.
fn says_only_backchannels(span: TimeSpan, by: &str, transcript: Option<&Transcript>) -> bool {
    let own = transcript.into_iter().flat_map(|t| &t.utterances).filter(|u| u.speaker.as_deref() == Some(by));
    let mut n_words = 0;
    for word in own.flat_map(|u| &u.words) {
        let middle_s = (word.start_s + word.end_s) / 2.0;
        if middle_s < span.start_s || middle_s > span.end_s {
            continue;
        }
        let bare = word.text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if !BACKCHANNELS.contains(&bare.as_str()) {
            return false;
        }
        n_words += 1;
    }
    n_words > 0
}
