//! What tells agent from customer on two channels, piece by piece: for who fits the weights or wants to know why.

use std::collections::BTreeMap;

use crate::call::Transcript;

use super::{conduct, cues, leanings};

/// Evidence that the first of two channels carries the agent and the second the customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// By cue and measure of conduct: how much more the first has of it than the second; unit as in `cues.toml`.
    pub values: Vec<(&'static str, f64)>,
    /// In how many utterances of each channel a group of four letters is heard.
    pub groups: [BTreeMap<String, u32>; 2],
    /// All of it weighed, without phrase hits, in nats: above 0 the first is more likely the agent.
    pub log_odds: f64,
}

/// Weighs what is said and done on two channels; all 0 if nothing is.
pub fn weigh(transcript: &Transcript, first: u16, second: u16) -> Evidence {
    let language = transcript.language.as_deref();
    let of = |channel: u16| transcript.utterances.iter().filter(move |u| u.channel == Some(channel));
    let both = || transcript.utterances.iter().filter(|u| [Some(first), Some(second)].contains(&u.channel));
    let talk = || both().map(|u| (u.channel == Some(first), u));
    let said = cues::values(of(first), language).into_iter().zip(cues::values(of(second), language));
    let values = cues::names().zip(said.map(|(first, second)| first - second));
    let done = conduct::NAMES.into_iter().zip(conduct::measures(talk(), language));
    let groups = |channel| leanings::groups(of(channel), language).into_iter().map(|((_, g), n)| (g, n)).collect();
    Evidence {
        values: values.chain(done).collect(),
        groups: [groups(first), groups(second)],
        log_odds: cues::agent_log_odds(of(first), language) - cues::agent_log_odds(of(second), language)
            + conduct::log_odds(talk(), language)
            + leanings::log_odds(of(first), of(second), language),
    }
}
