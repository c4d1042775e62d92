//! What phrase hits tell of who speaks: most rules of a phrase list are about words of one party. A sale is pressed by
//! the agent and refused by the customer, whichever language they speak.

use std::collections::BTreeSet;

use crate::call::{PhraseHit, PhraseRule, Transcript, WhoSays};

/// What one category said by a speaker weighs, in nats, when its hit is certain. Less than a clear cue (2): customers
/// repeat what they were told, and agents echo complaints.
const WEIGHT: f64 = 1.0;

/// Phrase hits, for telling the parties apart; empty where there are none.
#[derive(Debug, Clone, Copy, Default)]
pub struct RoleHints<'a> {
    /// Rules of the phrase lists.
    pub rules: &'a [PhraseRule],
    /// Their hits; near misses do not count.
    pub hits: &'a [PhraseHit],
}

impl RoleHints<'_> {
    /// Evidence in nats that the speaker of this id is the agent: each category counts once, by its surest hit.
    pub(super) fn agent_log_odds(&self, transcript: &Transcript, speaker: &str) -> f64 {
        let is_own = |hit: &&PhraseHit| {
            hit.completeness >= 1.0
                && transcript.utterances.get(hit.utterance).is_some_and(|u| u.speaker.as_deref() == Some(speaker))
        };
        let mut hits: Vec<(&PhraseRule, f64)> = self
            .hits
            .iter()
            .filter(is_own)
            .filter_map(|hit| Some((self.rules.get(hit.rule)?, hit.confidence)))
            .collect();
        hits.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut seen = BTreeSet::new();
        hits.iter()
            .filter(|(rule, _)| seen.insert(&rule.category))
            .map(|(rule, confidence)| match rule.speaker {
                WhoSays::Agent => WEIGHT * confidence,
                WhoSays::Customer => -WEIGHT * confidence,
                WhoSays::Any => 0.0,
            })
            .sum()
    }
}
