//! Who is who: which channel carries the agent and which the customer, from what they say. Not diarization: two
//! voices on one channel stay one speaker whose party is unknown.

mod cues;
mod hits;

use crate::call::{Layout, LayoutFlag, LayoutKind, Party, Problem, ProblemSeverity, Speaker, Transcript};

pub use hits::RoleHints;

/// Which channel the agent is on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AgentChannel {
    /// Find it out from what is said.
    #[default]
    Auto,
    /// The user knows.
    Channel(u16),
}

/// Who is on the call.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Roles {
    /// Speakers `s0`, `s1`, …
    pub speakers: Vec<Speaker>,
    /// Probability 0..=1 that agent and customer are told apart rightly; `None` if they were not.
    pub confidence: Option<f64>,
    /// Why they were not, or why what was given for them is doubted.
    pub problem: Option<Problem>,
    /// True if the channel that was given for the agent carries, by what is said there, the customer.
    pub is_swapped: bool,
}

/// Below this the parties stay unknown: a wrong role turns every finding about the agent into a false one, an unknown
/// one only makes them less sure. Four to one, which one strong cue and a weak one give.
const MIN_CONFIDENCE: f64 = 0.8;

/// What is said contradicts the channel that was given for the agent from this probability on: nineteen to one, as the
/// one who gave it knows more than we do.
const MIN_SWAPPED_CONFIDENCE: f64 = 0.95;

/// Tells agent and customer apart and writes the speaker into every utterance. One speaker for each of the
/// `independent` channels, in their order.
pub fn assign(
    layout: &Layout,
    independent: &[usize],
    agent: AgentChannel,
    transcript: Option<&mut Transcript>,
    hints: RoleHints<'_>,
) -> Roles {
    let channels: Vec<u16> = independent.iter().filter_map(|c| u16::try_from(*c).ok()).collect();
    let ids: Vec<String> = (0..channels.len()).map(|i| format!("s{i}")).collect();
    // Before the parties are judged: what a voice says is found by its id.
    let transcript = transcript.map(|transcript| {
        for utterance in &mut transcript.utterances {
            let own = channels.iter().position(|c| utterance.channel == Some(*c));
            utterance.speaker = own.and_then(|i| ids.get(i).cloned());
        }
        &*transcript
    });
    let (parties, told) = parties(layout, &channels, &ids, agent, transcript, hints);
    let is_swapped = contradicts(layout, &channels, &ids, &parties, agent, transcript, hints);
    let speakers: Vec<Speaker> = channels
        .iter()
        .zip(ids)
        .zip(parties)
        .map(|((channel, id), party)| Speaker { id, party, channel: Some(*channel) })
        .collect();
    let problem = match told {
        Err(why) => Some(
            Problem::new("speakers", "roles_unknown", ProblemSeverity::Note, why).about(["/layout/role_confidence"]),
        ),
        Ok(_) if is_swapped => Some(
            Problem::new(
                "speakers",
                "roles_contradicted",
                ProblemSeverity::Note,
                "by what is said, the agent is on the other channel than was given; the given one was kept",
            )
            .about(["/layout/flags", "/speakers"]),
        ),
        Ok(_) => None,
    };
    Roles { speakers, confidence: told.ok(), problem, is_swapped }
}

/// Whether what is said tells clearly of other parties than were given with the agent's channel.
fn contradicts(
    layout: &Layout,
    channels: &[u16],
    ids: &[String],
    given: &[Party],
    agent: AgentChannel,
    transcript: Option<&Transcript>,
    hints: RoleHints<'_>,
) -> bool {
    if agent == AgentChannel::Auto || channels.len() != 2 {
        return false;
    }
    let (heard, told) = parties(layout, channels, ids, AgentChannel::Auto, transcript, hints);
    told.is_ok_and(|confidence| confidence >= MIN_SWAPPED_CONFIDENCE)
        && given.iter().zip(&heard).all(|(given, heard)| *given != Party::Unknown && given != heard)
}

/// The party of each channel, and how sure, or why they are unknown.
fn parties(
    layout: &Layout,
    channels: &[u16],
    ids: &[String],
    agent: AgentChannel,
    transcript: Option<&Transcript>,
    hints: RoleHints<'_>,
) -> (Vec<Party>, Result<f64, &'static str>) {
    let unknown = vec![Party::Unknown; channels.len()];
    // A single track of a mono file, or of a file with the same sound twice, holds both parties. With a dead channel
    // beside it, it holds one.
    let holds_one_each =
        channels.len() >= 2 || (layout.kind == LayoutKind::Stereo && layout.flags.contains(&LayoutFlag::DeadChannel));
    if !holds_one_each {
        let why = if channels.is_empty() { "no channel holds a voice" } else { "one channel holds both parties" };
        return (unknown, Err(why));
    }
    if let AgentChannel::Channel(agent) = agent {
        let n_channels = if layout.kind == LayoutKind::Multichannel { 3 } else { 2 };
        let party = |channel: &u16| match (*channel == agent, n_channels) {
            (true, _) => Party::Agent,
            // Of two, the other one is the customer; of more, it cannot be told which.
            (false, 2) => Party::Customer,
            _ => Party::Unknown,
        };
        // A channel that has no voice of its own tells nothing about the others.
        let is_there = channels.contains(&agent) || (n_channels == 2 && agent < 2);
        return if is_there {
            (channels.iter().map(party).collect(), Ok(1.0))
        } else {
            (unknown, Err("the channel that was named for the agent has no voice of its own"))
        };
    }
    let Some(transcript) = transcript.filter(|t| !t.utterances.is_empty()) else {
        return (unknown, Err("nothing was transcribed"));
    };
    let log_odds = match ids {
        [only] => cues::agent_log_odds(transcript, only) + hints.agent_log_odds(transcript, only),
        [first, second] => {
            cues::agent_log_odds(transcript, first) - cues::agent_log_odds(transcript, second)
                + hints.agent_log_odds(transcript, first)
                - hints.agent_log_odds(transcript, second)
                + cues::conduct_log_odds(transcript, first, second)
        }
        [] => return (unknown, Err("no channel holds a voice")),
        _ => return (unknown, Err("of more than two voices it is not told which is the agent")),
    };
    let confidence = 1.0 / (1.0 + (-log_odds.abs()).exp());
    if confidence < MIN_CONFIDENCE {
        return (unknown, Err("what is said does not tell agent and customer apart"));
    }
    let (likely, other) =
        if log_odds > 0.0 { (Party::Agent, Party::Customer) } else { (Party::Customer, Party::Agent) };
    ([likely, other].into_iter().take(channels.len()).collect(), Ok(confidence))
}

#[cfg(test)]
mod tests;
