//! Blind transfers: the agent says that the call goes to somebody else and is gone, without saying why, to whom, or that
//! the other one knows what it is about, so that the customer begins anew. "That is not my job" before it is the same
//! thing said outright. A department named and nothing else is worth knowing, not more.
//!
//! Judged by words: whether two agents spoke with each other is not in the recording of the customer's line.

use serde_json::{Map, Value};

use super::cues;
use super::{Found, said};
use crate::call::{Party, Polarity, Severity};
use crate::rules::Draft;
use crate::rules::scene::Scene;
use crate::rules::score::Part;
use crate::rules::thresholds::{
    BLIND_TRANSFER_CONFIDENCE, MAX_WORDS_AFTER_TRANSFER, MIN_CONFIDENCE, N_BEFORE_TRANSFER, TRANSFER_HOLD_WITHIN_S,
    TRANSFER_TO_DEPARTMENT_CONFIDENCE,
};

/// What the agent says about a transfer besides announcing it.
#[derive(Default)]
struct Word {
    reason: bool,
    name: bool,
    summary: bool,
    destination: bool,
}

pub(in crate::rules) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut has_customer_spoken = false;
    // One transfer is announced more than once.
    let mut judged_to = 0;
    for i in 0..scene.lines.len() {
        match scene.party(i) {
            // A customer who has not said anything has nothing to say again.
            Party::Customer => has_customer_spoken = true,
            Party::Agent if has_customer_spoken && i >= judged_to => {
                let line = &scene.lines[i];
                let cue = cues::find("transfer", line)
                    .into_iter()
                    .find(|cue| !cues::is_negated(cue, line) && !line.is_question(cue.tokens.start));
                if let Some(cue) = cue
                    && let Some(end) = leaves_at(scene, i, cue.tokens.end)
                {
                    judged_to = end;
                    drafts.extend(judge(scene, i, end));
                }
            }
            _ => {}
        }
    }
    drafts
}

/// Where the agent's part ends after an announcement: one after the last utterance; `None` if the agent stays and talks on.
fn leaves_at(scene: &Scene<'_>, announced: usize, token: usize) -> Option<usize> {
    let speaker = scene.utterances[announced].speaker.as_deref();
    let mut n_words = scene.lines[announced].tokens.len() - token;
    let holds = scene.evidence.conversation.and_then(|c| c.hold.as_deref()).unwrap_or_default();
    let announced_s = scene.times_of(announced).map(|(_, end_s)| end_s);
    let hold_s = announced_s.and_then(|end_s| {
        let after = holds.iter().map(|hold| hold.start_s).find(|start_s| *start_s >= end_s - 1.0)?;
        (after - end_s <= TRANSFER_HOLD_WITHIN_S).then_some(after)
    });
    let mut end = announced + 1;
    for i in announced + 1..scene.lines.len() {
        let is_after_hold = hold_s.zip(scene.times_of(i)).is_some_and(|(hold_s, (start_s, _))| start_s > hold_s);
        // Another agent, or the same channel with a new greeting on it: the first one has left.
        let is_other = scene.party(i) == Party::Agent && scene.utterances[i].speaker.as_deref() != speaker;
        if is_after_hold || is_other || scene.party(i) == Party::Agent && is_greeting(scene, i) {
            break;
        }
        if scene.party(i) == Party::Agent {
            n_words += scene.lines[i].tokens.len();
            end = i + 1;
        }
        if n_words > MAX_WORDS_AFTER_TRANSFER {
            return None;
        }
    }
    Some(end)
}

fn hits<'s>(scene: &'s Scene<'_>, utterance: usize) -> impl Iterator<Item = &'s str> {
    let from = scene.heard.partition_point(|h| h.hit.utterance < utterance);
    let own = scene.heard[from..].iter().take_while(move |h| h.hit.utterance == utterance);
    own.filter(|h| h.is_whole() && h.confidence >= MIN_CONFIDENCE).map(|h| h.rule.category.as_str())
}

fn is_greeting(scene: &Scene<'_>, utterance: usize) -> bool {
    hits(scene, utterance).any(|category| matches!(category, "q_greeting" | "q_own_name" | "q_company"))
}

fn judge(scene: &Scene<'_>, announced: usize, end: usize) -> Option<Draft> {
    let agents: Vec<usize> = (announced.saturating_sub(N_BEFORE_TRANSFER)..end)
        .filter(|i| {
            scene.party(*i) == Party::Agent && scene.utterances[*i].speaker == scene.utterances[announced].speaker
        })
        .collect();
    let mut word = Word::default();
    for i in &agents {
        let line = &scene.lines[*i];
        // A reason belongs to the transfer only beside it; a summary may come before.
        word.reason |= *i >= announced && cues::has("transfer_reason", line);
        word.summary |= cues::has("transfer_summary", line);
        word.destination |= *i >= announced && (cues::has("destination", line) || cues::has("colleague", line));
        word.name |= *i >= announced
            && cues::find("colleague", line).iter().any(|cue| {
                let near = cue.tokens.start.saturating_sub(2)..(cue.tokens.end + 3).min(line.tokens.len());
                // In Hungarian the name stands first, in the others after the noun.
                near.into_iter().any(|token| !cue.tokens.contains(&token) && line.is_name(token))
            });
    }
    // Who asks for somebody is answered by being put through.
    let asked =
        (announced.saturating_sub(N_BEFORE_TRANSFER)..announced).rev().find(|i| scene.party(*i) == Party::Customer);
    let is_wanted = asked.is_some_and(|i| cues::has("transfer_wish", &scene.lines[i]));
    let refused = agents.iter().rev().find(|i| hits(scene, **i).any(|category| category == "not_my_job")).copied();
    if refused.is_none() && (word.reason || word.name || is_wanted) || word.summary {
        return None;
    }
    let is_plain = refused.is_some() || !word.destination;
    let mut evidence = Map::from_iter([
        ("reason".to_owned(), Value::from(word.reason)),
        ("name".to_owned(), Value::from(word.name)),
        ("summary".to_owned(), Value::from(word.summary)),
        ("destination".to_owned(), Value::from(word.destination)),
    ]);
    if let Some(i) = refused {
        evidence.insert("refused".into(), said(scene, i, super::whole(scene, i)));
    }
    let found = Found {
        rule: "blind_transfer",
        category: "not_my_job",
        polarity: Polarity::Forbidden,
        severity: if is_plain { Severity::Minor } else { Severity::Info },
        utterance: announced,
        bytes: super::whole(scene, announced),
        confidence: if is_plain { BLIND_TRANSFER_CONFIDENCE } else { TRANSFER_TO_DEPARTMENT_CONFIDENCE },
        message: "Hands the customer on without saying why, to whom, or what it is about.",
        part: Some(Part::Forbidden),
    };
    Some(found.draft(scene, evidence))
}
