//! A yes at the end of a long speech: the agent talks on and on about money and conditions, nobody else says more than
//! "mhm", and then asks for a word that makes it a contract. What the customer agreed to cannot be told from such a yes.
//!
//! An indicator: whoever must read out the terms before a sale talks as long. Then the customer is asked on the way.

use serde_json::{Map, Value};

use super::cues;
use super::{Found, said};
use crate::call::{Party, Polarity, Severity};
use crate::rules::Draft;
use crate::rules::scene::Scene;
use crate::rules::score::Part;
use crate::rules::thresholds::{
    MAX_BACKCHANNEL_WORDS, MAX_BARE_ANSWER_WORDS, MIN_MONOLOGUE_NUMBERS, MIN_MONOLOGUE_WORDS, MONOLOGUE_CONFIDENCE,
};

/// The agent's words since the customer last said more than a sign of listening.
#[derive(Default)]
struct Speech {
    utterances: Vec<usize>,
    n_words: usize,
    n_numbers: usize,
}

impl Speech {
    fn is_long(&self) -> bool {
        self.n_words >= MIN_MONOLOGUE_WORDS && self.n_numbers >= MIN_MONOLOGUE_NUMBERS
    }
}

pub(in crate::rules) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut speech = Speech::default();
    for (i, line) in scene.lines.iter().enumerate() {
        match scene.party(i) {
            Party::Agent => {
                speech.utterances.push(i);
                speech.n_words += line.tokens.len();
                speech.n_numbers += line.numbers.len();
            }
            Party::Customer => {
                let asked = speech.utterances.last().copied().filter(|asked| asks_for_a_yes(scene, *asked));
                if let Some(asked) = asked.filter(|_| speech.is_long() && is_bare_yes(scene, i)) {
                    drafts.push(draft(scene, &speech, asked, i));
                    speech = Speech::default();
                } else if asked.is_some() || line.tokens.len() > MAX_BACKCHANNEL_WORDS {
                    // Who is asked on the way, or speaks, has a part in the talk.
                    speech = Speech::default();
                }
            }
            _ => speech = Speech::default(),
        }
    }
    drafts
}

/// The last words ask to agree, to confirm or to say yes.
fn asks_for_a_yes(scene: &Scene<'_>, utterance: usize) -> bool {
    let line = &scene.lines[utterance];
    let last = line.tokens.len().checked_sub(1).map(|last| line.sentence_of(last));
    let Some(last) = last else { return false };
    cues::find("asks_consent", line).iter().any(|cue| last.contains(&cue.tokens.start) && !cues::is_negated(cue, line))
}

fn is_bare_yes(scene: &Scene<'_>, utterance: usize) -> bool {
    let line = &scene.lines[utterance];
    line.tokens.len() <= MAX_BARE_ANSWER_WORDS && cues::has("yes", line) && !cues::has("negator", line)
}

fn draft(scene: &Scene<'_>, speech: &Speech, asked: usize, answered: usize) -> Draft {
    let first = speech.utterances.first().copied().unwrap_or(asked);
    let length_s = scene.span_of(first).zip(scene.span_of(asked)).map(|((start_s, _), (_, end_s))| end_s - start_s);
    let evidence = Map::from_iter([
        ("n_words".to_owned(), Value::from(speech.n_words)),
        ("length_s".to_owned(), length_s.filter(|_| scene.is_timed).map_or(Value::Null, super::number)),
        ("n_numbers".to_owned(), Value::from(speech.n_numbers)),
        ("begins".to_owned(), said(scene, first, super::whole(scene, first))),
        ("answer".to_owned(), said(scene, answered, super::whole(scene, answered))),
    ]);
    let found = Found {
        rule: "yes_after_monologue",
        category: "consent_engineering",
        polarity: Polarity::Forbidden,
        severity: Severity::Minor,
        utterance: asked,
        bytes: super::whole(scene, asked),
        confidence: MONOLOGUE_CONFIDENCE,
        message: "Asks for a yes at the end of a long speech in which the customer had no part.",
        part: Some(Part::Forbidden),
    };
    found.draft(scene, evidence)
}
