//! Overtalk: both parties speak at the same time. Not crosstalk, the leakage of one channel into the other: leakage
//! that is taken for speech inflates this number. Unit: seconds, and a ratio 0..=1 of the time in which anyone speaks.
//! Lower is calmer, but some belongs to every lively talk.

use super::Voice;
use crate::call::{Overtalk, OvertalkEvent, OvertalkKind, Transcript};
use crate::text::Language;
use crate::timeline::{TimeSpan, Timeline};

/// Two who begin within this time did not hear each other yet: a listener needs about 200 ms to react.
const SIMULTANEOUS_S: f64 = 0.2;

/// A sign of listening is shorter than this: one or two syllables.
const MAX_BACKCHANNEL_S: f64 = 1.0;

/// So short that there is no time for more than one: words that were recognised there are not believed against it.
const SURE_BACKCHANNEL_S: f64 = 0.6;

/// Words below this probability do not tell a sign of listening from an interruption.
const MIN_PROBABILITY: f64 = 0.5;

/// Shorter overlaps are not noticed as such: Heldner, "Detection thresholds for gaps, overlaps and
/// no-gap-no-overlaps", 2011. They count as time and are no event.
const MIN_EVENT_S: f64 = 0.12;

/// Pauses inside words and phrases that do not end what a voice is saying.
const MAX_BREATH_S: f64 = 0.3;

/// Words that are signs of listening, in lower case; `None` is for all languages. By language, since "no" encourages
/// in Polish and refuses in English.
const BACKCHANNELS: [(Option<Language>, &[&str]); 6] = [
    (None, &["m", "mm", "mhm", "hm", "hmm", "aha", "ah", "oh", "ok", "okay"]),
    (Some(Language::En), &["uh-huh", "yeah", "yes", "yep", "right", "sure", "i", "see"]),
    (Some(Language::Pl), &["tak", "no", "dobrze", "jasne", "rozumiem", "dobra", "okej"]),
    (Some(Language::Ru), &["да", "ага", "угу", "мм", "так", "понятно", "хорошо", "ясно"]),
    (Some(Language::El), &["ναι", "μμ", "μάλιστα", "εντάξει", "ωραία", "κατάλαβα", "αχά"]),
    (Some(Language::Hu), &["igen", "ja", "jó", "értem", "persze", "aham", "ühüm"]),
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
            for span in shared.spans().iter().filter(|span| span.duration_s() >= MIN_EVENT_S) {
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
    let is_short = own.duration_s() < MAX_BACKCHANNEL_S;
    let is_sign =
        own.duration_s() < SURE_BACKCHANNEL_S || says_only_backchannels(own, by, transcript).unwrap_or(is_short);
    // First: a sign of listening answers to something that was said.
    if own.start_s - other.start_s <= SIMULTANEOUS_S {
        OvertalkKind::SimultaneousStart
    } else if is_inside && is_sign {
        OvertalkKind::Backchannel
    } else {
        OvertalkKind::Interruption
    }
}

/// Whether every word that the voice says in the span is a sign of listening; `None` if no word is certain enough.
fn says_only_backchannels(span: TimeSpan, by: &str, transcript: Option<&Transcript>) -> Option<bool> {
    let transcript = transcript?;
    let mut found = None;
    for utterance in transcript.utterances.iter().filter(|u| u.speaker.as_deref() == Some(by)) {
        let code = utterance.language.as_deref().or(transcript.language.as_deref());
        let language = code.and_then(Language::from_code);
        for word in &utterance.words {
            let middle_s = (word.start_s + word.end_s) / 2.0;
            if middle_s < span.start_s || middle_s > span.end_s || word.probability < MIN_PROBABILITY {
                continue;
            }
            if !is_backchannel(&word.text, language) {
                return Some(false);
            }
            found = Some(true);
        }
    }
    found
}

/// Where the language is not known, a word of any of them will do.
fn is_backchannel(word: &str, language: Option<Language>) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let lists = BACKCHANNELS.iter().filter(|(of, _)| of.is_none() || language.is_none() || *of == language);
    lists.flat_map(|(_, words)| words.iter()).any(|known| *known == bare)
}
