//! Hold etiquette: before a customer is put on hold the agent asks, or says that it comes; after it the agent thanks them
//! for waiting, or apologises. Judged hold by hold, and only for holds that were measured in the sound; text has none.

use serde_json::{Map, Value};

use super::{Found, cues, may_be_agent};
use crate::call::{Hold, Polarity, Severity};
use crate::rules::Draft;
use crate::rules::scene::Scene;
use crate::rules::thresholds::{HOLD_ASKED_WITHIN_S, HOLD_CONFIDENCE, HOLD_THANKED_WITHIN_S, MIN_HOLD_S};

/// A hold by the agent, and the utterances in which it was announced and in which the customer was thanked.
struct Kept {
    start_s: f64,
    end_s: f64,
    asked: Option<usize>,
    thanked: Option<usize>,
}

/// Holds of over 10 s, those that follow each other at once as one.
fn holds(scene: &Scene<'_>) -> Vec<Kept> {
    let measured = scene.evidence.conversation.and_then(|c| c.hold.as_deref()).unwrap_or_default();
    let mut spans: Vec<(f64, f64)> = Vec::new();
    for Hold { start_s, end_s, .. } in measured.iter().filter(|hold| scene.is_hold_by_agent(hold)) {
        match spans.last_mut() {
            Some(last) if *start_s <= last.1 + 1.0 => last.1 = last.1.max(*end_s),
            _ => spans.push((*start_s, *end_s)),
        }
    }
    spans.retain(|(start_s, end_s)| end_s - start_s > MIN_HOLD_S);
    if !scene.is_timed {
        return Vec::new();
    }
    let mut kept: Vec<Kept> =
        spans.into_iter().map(|(start_s, end_s)| Kept { start_s, end_s, asked: None, thanked: None }).collect();
    // Each utterance belongs to the hold that follows soon, and to the one that it follows soon.
    for i in (0..scene.lines.len()).filter(|i| may_be_agent(scene.party(*i))) {
        let Some((start_s, end_s)) = scene.times_of(i) else { continue };
        let next = kept.partition_point(|hold| hold.start_s + 1.0 < end_s);
        if let Some(hold) = kept.get_mut(next)
            && hold.start_s - end_s <= HOLD_ASKED_WITHIN_S
            && (cues::has("hold_ask", &scene.lines[i]) || is_hit(scene, i))
        {
            hold.asked = Some(i);
        }
        let last = kept.partition_point(|hold| hold.end_s - 1.0 <= start_s);
        if let Some(hold) = last.checked_sub(1).and_then(|last| kept.get_mut(last))
            && start_s - hold.end_s <= HOLD_THANKED_WITHIN_S
            && hold.thanked.is_none()
            && (cues::has("hold_thanks", &scene.lines[i]) || is_hit(scene, i))
        {
            hold.thanked = Some(i);
        }
    }
    kept
}

/// Does a phrase list know the utterance as hold etiquette? Where it stands tells which half.
fn is_hit(scene: &Scene<'_>, utterance: usize) -> bool {
    let from = scene.heard.partition_point(|h| h.hit.utterance < utterance);
    let own = scene.heard[from..].iter().take_while(|h| h.hit.utterance == utterance);
    own.into_iter().any(|h| h.rule.category == "q_hold_etiquette" && h.is_whole() && h.confidence > 0.0)
}

/// The first word before or after a hold: utterance and bytes.
pub(in crate::rules) fn kept(scene: &Scene<'_>) -> Option<(usize, (usize, usize))> {
    let utterance = holds(scene).iter().find_map(|hold| hold.asked.or(hold.thanked))?;
    Some((utterance, super::whole(scene, utterance)))
}

/// Each hold with what was said before and after it: evidence of the required step; `None` without holds.
pub(in crate::rules) fn evidence(scene: &Scene<'_>) -> Option<Value> {
    let kept = holds(scene);
    if kept.is_empty() { None } else { Some(table(&kept)) }
}

fn table(kept: &[Kept]) -> Value {
    let row = |hold: &Kept| {
        Value::Object(Map::from_iter([
            ("start_s".to_owned(), super::number(hold.start_s)),
            ("end_s".to_owned(), super::number(hold.end_s)),
            ("asked".to_owned(), hold.asked.map_or(Value::Null, Value::from)),
            ("thanked".to_owned(), hold.thanked.map_or(Value::Null, Value::from)),
        ]))
    };
    kept.iter().map(row).collect()
}

/// One finding if a hold lacks its word before or after it. Costs no points: the required step does.
pub(in crate::rules) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let kept = holds(scene);
    let Some(first) = kept.iter().find(|hold| hold.asked.is_none() || hold.thanked.is_none()) else {
        return Vec::new();
    };
    // What is quoted is what the agent said last before it.
    let before = |i: &usize| scene.times_of(*i).is_some_and(|(start_s, _)| start_s < first.start_s);
    let last = (0..scene.lines.len()).rev().filter(|i| may_be_agent(scene.party(*i))).find(before);
    let Some(utterance) = last else { return Vec::new() };
    let n_bad = kept.iter().filter(|hold| hold.asked.is_none() || hold.thanked.is_none()).count();
    let found = Found {
        rule: "hold_etiquette",
        category: "q_hold_etiquette",
        polarity: Polarity::Required,
        severity: Severity::Minor,
        utterance,
        bytes: super::whole(scene, utterance),
        confidence: HOLD_CONFIDENCE,
        message: "Put on hold without asking before it, or without a word of thanks after it.",
        part: None,
    };
    let mut draft = found.draft(
        scene,
        Map::from_iter([
            ("n_holds".to_owned(), Value::from(kept.len())),
            ("n_without".to_owned(), Value::from(n_bad)),
            ("holds".to_owned(), table(&kept)),
        ]),
    );
    (draft.finding.start_s, draft.finding.end_s) = (Some(first.start_s), Some(first.end_s));
    vec![draft]
}
