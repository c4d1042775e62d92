//! Evidence of a party in how two speakers behave: who opens, who asks, who dictates numbers, who comes back after a
//! wait. Hints only, but ones that need few words understood. Who speaks more was tried: it tells nothing beside these. The weights are in `cues.toml`.

use crate::call::Utterance;

use super::cues::{conduct_weight, dictates, is_hello};

/// The measures, in the order of [`measures`].
pub(super) const NAMES: [&str; 5] =
    ["opens", "lets the other say hello", "asks", "hears numbers dictated", "comes back after a wait"];

/// Who answers for a company says at least so much.
const GREETING_WORDS: usize = 3;

/// Nobody speaks for so long only while someone looks something up; it is mostly the agent who then speaks again.
const WAIT_S: f64 = 6.0;

/// More than so many waits tell no more.
const MOST_WAITS: f64 = 3.0;

/// What one speaker does in a row.
struct Turn {
    is_first: bool,
    n_words: usize,
    /// After a silence of both of at least [`WAIT_S`].
    is_after_wait: bool,
}

fn turns(talk: &[(bool, &Utterance)]) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut silent_from_s: Option<f64> = None;
    for (is_first, utterance) in talk {
        let n_words = utterance.text.split_whitespace().count();
        let wait_s = utterance.start_s.zip(silent_from_s).map_or(0.0, |(start_s, from_s)| start_s - from_s);
        silent_from_s = match (silent_from_s, utterance.end_s) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => b.or(a),
        };
        match turns.last_mut() {
            Some(turn) if turn.is_first == *is_first && wait_s < WAIT_S => turn.n_words += n_words,
            _ => turns.push(Turn { is_first: *is_first, n_words, is_after_wait: wait_s >= WAIT_S }),
        }
    }
    turns
}

/// What the first speaker does more than the second (below 0: less), by [`NAMES`]; `talk` is what both say in order of
/// time, with whether the first says it. All 0 if one of them says nothing.
pub(super) fn measures<'a>(talk: impl Iterator<Item = (bool, &'a Utterance)>, call_language: Option<&str>) -> [f64; 5] {
    let talk: Vec<(bool, &Utterance)> = talk.collect();
    let turns = turns(&talk);
    let (Some(opening), true, true) =
        (turns.first(), turns.iter().any(|t| t.is_first), turns.iter().any(|t| !t.is_first))
    else {
        return [0.0; 5];
    };
    let sign = |is_first: bool| if is_first { 1.0 } else { -1.0 };
    // Octaves, at most two; one more on either side, so that little material says little.
    let ratio = |of: &dyn Fn(bool) -> usize| ((of(true) + 1) as f64 / (of(false) + 1) as f64).log2().clamp(-2.0, 2.0);
    // A Greek question ends in a semicolon.
    let questions =
        |is_first| talk.iter().filter(|(f, u)| *f == is_first && u.text.contains(['?', ';', '\u{37e}'])).count();
    let waits: f64 = turns.iter().filter(|t| t.is_after_wait).map(|t| sign(t.is_first)).sum();
    let opens = sign(opening.is_first);
    let says_hello = talk.first().is_some_and(|(_, utterance)| is_hello(utterance, call_language));
    let dictated = |is_first| talk.iter().filter(|(f, u)| *f == is_first && dictates(u, call_language)).count();
    [
        // A hello may be among what was misheard, and is short.
        if says_hello { 0.0 } else { opens * opening.n_words.min(GREETING_WORDS) as f64 / GREETING_WORDS as f64 },
        if says_hello { -opens } else { 0.0 },
        ratio(&questions),
        -ratio(&dictated),
        waits.clamp(-MOST_WAITS, MOST_WAITS),
    ]
}

/// Log odds that the first speaker rather than the second is the agent.
pub(super) fn log_odds<'a>(talk: impl Iterator<Item = (bool, &'a Utterance)>, call_language: Option<&str>) -> f64 {
    measures(talk, call_language).iter().zip(NAMES).map(|(measure, name)| measure * conduct_weight(name)).sum()
}
