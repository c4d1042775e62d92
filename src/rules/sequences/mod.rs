//! What shows only over several turns of a call: answers that are none, data that is told and said back, promises, holds,
//! transfers, and what a complaint about the sound or the wait is worth beside the numbers. One file a sequence; each
//! walks the call once. Words that they need beyond phrase hits: `cues.toml`.

mod align;
mod cues;
mod hold;
pub(super) mod lines;
mod monologue;
mod names;
mod promise;
pub(super) mod readback;
mod sound;
mod template;
mod transfer;
mod wait;

use serde_json::{Map, Value};

use super::scene::{Heard, Scene};
use super::score::Part;
use super::{Draft, Finding};
use crate::call::{Party, Polarity, Severity};

pub(super) use cues::{first_in as cue_in, has as has_cue, is_negated as is_cue_negated};
pub(super) use hold::{evidence as hold_evidence, find as hold, kept as hold_kept};
pub(super) use monologue::find as monologue;
pub(super) use promise::find as promise;
pub(super) use readback::find as readback;
pub(super) use template::find as template;
pub(super) use transfer::find as transfer;

/// Adds to a phrase finding what the rest of the call says about it.
pub(super) fn annotate(scene: &Scene<'_>, heard: &Heard<'_>, evidence: &mut Map<String, Value>) {
    match heard.rule.category.as_str() {
        "c_audio_complaint" => sound::annotate(scene, heard, evidence),
        "c_wait_complaint" => wait::annotate(scene, heard, evidence),
        _ => {}
    }
}

/// What a sequence found, before it is a draft.
struct Found {
    rule: &'static str,
    category: &'static str,
    polarity: Polarity,
    severity: Severity,
    /// The utterance that it is about.
    utterance: usize,
    /// Its bytes that are quoted.
    bytes: (usize, usize),
    confidence: f64,
    message: &'static str,
    part: Option<Part>,
}

impl Found {
    fn draft(self, scene: &Scene<'_>, evidence: Map<String, Value>) -> Draft {
        let spoken = scene.utterances.get(self.utterance);
        let times = scene.times_of(self.utterance);
        let quote = spoken.and_then(|u| u.text.get(self.bytes.0..self.bytes.1)).map(str::to_owned);
        Draft {
            finding: Finding {
                id: String::new(),
                rule: format!("sequence.{}", self.rule),
                category: self.category.into(),
                polarity: self.polarity,
                severity: self.severity,
                speaker: spoken.and_then(|u| u.speaker.clone()),
                channel: spoken.and_then(|u| u.channel),
                start_s: times.map(|(start_s, _)| start_s),
                end_s: times.map(|(_, end_s)| end_s),
                utterance: Some(self.utterance),
                line: scene.line(self.utterance),
                quote,
                confidence: self.confidence,
                message: self.message.into(),
                legal_source: None,
                evidence,
                review: None,
            },
            shown_quote: Some(scene.shown(self.utterance, self.bytes)),
            part: self.part,
        }
    }
}

/// An utterance as evidence: where it stands and its words as they may be shown.
fn said(scene: &Scene<'_>, utterance: usize, bytes: (usize, usize)) -> Value {
    let mut fields = Map::new();
    fields.insert("utterance".into(), Value::from(utterance));
    fields.insert("quote".into(), Value::from(scene.shown(utterance, bytes)));
    Value::Object(fields)
}

/// All of an utterance's bytes.
fn whole(scene: &Scene<'_>, utterance: usize) -> (usize, usize) {
    (0, scene.utterances.get(utterance).map_or(0, |u| u.text.len()))
}

/// Is it the agent who speaks, or may it be?
fn may_be_agent(party: Party) -> bool {
    matches!(party, Party::Agent | Party::Unknown)
}

/// A number for evidence; `null` for one that is none.
fn number(value: f64) -> Value {
    serde_json::Number::from_f64(value).map_or(Value::Null, Value::Number)
}
