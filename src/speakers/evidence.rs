//! What tells agent from customer of two speakers, piece by piece: for who fits the weights or wants to know why.

use std::collections::BTreeMap;

use crate::call::{Transcript, Utterance};

use super::{conduct, cues, leanings};

/// Less than one short question and its answer: who opens and a "yes" are then all there is, and no evidence.
const LEAST_WORDS: usize = 6;

/// Evidence that the first of two speakers is the agent and the second the customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// By cue and measure of conduct: how much more the first has of it than the second; unit as in `cues.toml`.
    pub values: Vec<(&'static str, f64)>,
    /// In how many utterances of each a group of four letters is heard.
    pub groups: [BTreeMap<String, u32>; 2],
    /// All of it weighed, without phrase hits, in nats: above 0 the first is more likely the agent.
    pub log_odds: f64,
}

/// Weighs what two speakers say and do; `is_first` tells whose an utterance is, `None` for neither's. All 0 if nothing
/// is said.
pub fn weigh(transcript: &Transcript, is_first: impl Fn(&Utterance) -> Option<bool>) -> Evidence {
    let language = transcript.language.as_deref();
    let talk: Vec<(bool, &Utterance)> =
        transcript.utterances.iter().filter_map(|u| is_first(u).map(|first| (first, u))).collect();
    let of = |wanted: bool| talk.iter().filter(move |(first, _)| *first == wanted).map(|(_, u)| *u);
    let said = cues::values(of(true), language).into_iter().zip(cues::values(of(false), language));
    let values = cues::names().zip(said.map(|(first, second)| first - second));
    let done = conduct::NAMES.into_iter().zip(conduct::measures(talk.iter().copied(), language));
    let groups = |first| leanings::groups(of(first), language).into_iter().map(|((_, g), n)| (g, n)).collect();
    let n_words: usize = talk.iter().map(|(_, u)| u.text.split_whitespace().count()).sum();
    let log_odds = cues::agent_log_odds(of(true), language) - cues::agent_log_odds(of(false), language)
        + conduct::log_odds(talk.iter().copied(), language)
        + leanings::log_odds(of(true), of(false), language);
    Evidence {
        values: values.chain(done).collect(),
        groups: [groups(true), groups(false)],
        log_odds: if n_words < LEAST_WORDS { 0.0 } else { log_odds },
    }
}

/// By channel: the first, the second or neither.
pub fn by_channel(first: u16, second: u16) -> impl Fn(&Utterance) -> Option<bool> {
    move |utterance| match utterance.channel {
        Some(channel) if channel == first => Some(true),
        Some(channel) if channel == second => Some(false),
        _ => None,
    }
}

/// By the speakers' ids: the first, the second or neither.
pub fn by_speaker(first: &str, second: &str) -> impl Fn(&Utterance) -> Option<bool> {
    move |utterance| match utterance.speaker.as_deref() {
        Some(speaker) if speaker == first => Some(true),
        Some(speaker) if speaker == second => Some(false),
        _ => None,
    }
}
