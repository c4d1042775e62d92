//! Who is who: which voice is the agent and which the customer, from what they say; and on a channel that holds both,
//! whose voice is heard when. Not who the persons are: no voice is stored or compared with another call's.

mod conduct;
mod cues;
pub mod diarize;
pub mod encoder;
mod evidence;
mod hits;
mod leanings;
pub mod mel;
mod misheard;
mod voices;

use crate::call::{Layout, LayoutKind, Party, Problem, ProblemSeverity, Speaker, Transcript, Voice};
use crate::timeline::Timeline;

pub use evidence::{Evidence, by_channel, by_speaker, weigh};
pub use hits::RoleHints;
pub use voices::{Stage, Told, attribute};

/// Which channel the agent is on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
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
    mut transcript: Option<&mut Transcript>,
    hints: RoleHints<'_>,
) -> Roles {
    let channels = independent.iter().filter_map(|c| u16::try_from(*c).ok());
    let voices: Vec<Voice> =
        channels.map(|channel| Voice { channel, is_announcement: false, speech: Timeline::default() }).collect();
    if let Some(transcript) = transcript.as_deref_mut() {
        attribute(transcript, &voices);
    }
    roles(layout, &voices, agent, transcript.as_deref(), hints)
}

/// Tells which of the `voices` is the agent and which the customer. The utterances already have their speakers
/// ([`attribute`]), as what a voice says is found by its id. An announcement is a party of its own.
pub fn roles(
    layout: &Layout,
    voices: &[Voice],
    agent: AgentChannel,
    transcript: Option<&Transcript>,
    hints: RoleHints<'_>,
) -> Roles {
    let ids: Vec<String> = (0..voices.len()).map(voices::id).collect();
    let persons: Vec<Person<'_>> = voices
        .iter()
        .zip(&ids)
        .filter(|(voice, _)| !voice.is_announcement)
        .map(|(voice, id)| Person { id, channel: voice.channel })
        .collect();
    let (parties, told) = parties(layout, &persons, agent, transcript, hints);
    let is_swapped = contradicts(layout, &persons, &parties, agent, transcript, hints);
    let mut of_persons = parties.into_iter();
    let speakers: Vec<Speaker> = voices
        .iter()
        .zip(&ids)
        .map(|(voice, id)| {
            let party = if voice.is_announcement { Party::Ivr } else { of_persons.next().unwrap_or(Party::Unknown) };
            Speaker { id: id.clone(), party, channel: Some(voice.channel) }
        })
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

/// A voice that may be the agent's.
#[derive(Clone, Copy)]
struct Person<'a> {
    id: &'a str,
    channel: u16,
}

/// Whether what is said tells clearly of other parties than were given with the agent's channel.
fn contradicts(
    layout: &Layout,
    persons: &[Person<'_>],
    given: &[Party],
    agent: AgentChannel,
    transcript: Option<&Transcript>,
    hints: RoleHints<'_>,
) -> bool {
    let share_a_channel = matches!(persons, [first, second] if first.channel == second.channel);
    if agent == AgentChannel::Auto || persons.len() != 2 || share_a_channel {
        return false;
    }
    let (heard, told) = parties(layout, persons, AgentChannel::Auto, transcript, hints);
    told.is_ok_and(|confidence| confidence >= MIN_SWAPPED_CONFIDENCE)
        && given.iter().zip(&heard).all(|(given, heard)| *given != Party::Unknown && given != heard)
}

/// The party of each person, and how sure, or why they are unknown.
fn parties(
    layout: &Layout,
    persons: &[Person<'_>],
    agent: AgentChannel,
    transcript: Option<&Transcript>,
    hints: RoleHints<'_>,
) -> (Vec<Party>, Result<f64, &'static str>) {
    let unknown = vec![Party::Unknown; persons.len()];
    // A single voice on a channel that holds both parties is both of them, not told apart.
    let independent: Vec<usize> = persons.iter().map(|p| usize::from(p.channel)).collect();
    if persons.is_empty() || voices::holds_both(layout, &independent) {
        let why = if persons.is_empty() { "no channel holds a voice" } else { "one channel holds both parties" };
        return (unknown, Err(why));
    }
    let share_a_channel = matches!(persons, [first, second] if first.channel == second.channel);
    // Both are on the channel that was given: it tells nothing.
    if let AgentChannel::Channel(agent) = agent
        && !share_a_channel
    {
        let n_channels = if layout.kind == LayoutKind::Multichannel { 3 } else { 2 };
        let party = |person: &Person<'_>| match (person.channel == agent, n_channels) {
            (true, _) => Party::Agent,
            // Of two, the other one is the customer; of more, it cannot be told which.
            (false, 2) => Party::Customer,
            _ => Party::Unknown,
        };
        // A channel that has no voice of its own tells nothing about the others.
        let is_there = persons.iter().any(|p| p.channel == agent) || (n_channels == 2 && agent < 2);
        return if is_there {
            (persons.iter().map(party).collect(), Ok(1.0))
        } else {
            (unknown, Err("the channel that was named for the agent has no voice of its own"))
        };
    }
    let Some(transcript) = transcript.filter(|t| !t.utterances.is_empty()) else {
        return (unknown, Err("nothing was transcribed"));
    };
    let log_odds = match persons {
        [only] => {
            let language = transcript.language.as_deref();
            let own = || transcript.utterances.iter().filter(|u| u.speaker.as_deref() == Some(only.id));
            cues::agent_log_odds(own(), language)
                + leanings::log_odds(own(), std::iter::empty(), language)
                + hints.agent_log_odds(transcript, only.id)
        }
        [first, second] => {
            weigh(transcript, by_speaker(first.id, second.id)).log_odds + hints.agent_log_odds(transcript, first.id)
                - hints.agent_log_odds(transcript, second.id)
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
    ([likely, other].into_iter().take(persons.len()).collect(), Ok(confidence))
}

#[cfg(test)]
mod tests;
