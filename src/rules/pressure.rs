//! Selling that goes on after the customer said no: one finding for the whole sequence, beside those for its single
//! phrases. Only where it is known who is who: a no by nobody known is no refusal.
//!
//! A customer who agrees has taken the no back, and what the agent says after that presses nobody; a new no begins anew.
//! What fools it: a "no" to something else than the offer; a no or a yes in words that the lists do not know. Nothing is
//! judged by the voice: see `docs/score.md`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::scene::{Heard, Scene};
use super::score::Part;
use super::sequences::{cue_in, has_cue, is_cue_negated};
use super::thresholds::{DISCOUNT_CONFIDENCE, MAX_PRESSURE_S, MAX_SELLING_GAP_S, MIN_CONFIDENCE};
use super::{Draft, Finding};
use crate::call::{Party, Polarity, Severity};
use crate::units::{round_s, round_to};

/// Categories that press for a sale and the step of the escalation that each is; the others of the taxonomy are wrong for
/// other reasons. `insistence` has no place in the order from benefit to threat.
const SELLING: [(&str, &str); 15] = [
    ("free_false", "benefit"),
    ("guarantee_overclaim", "benefit"),
    ("prize_bait", "benefit"),
    ("superlative_unproven", "benefit"),
    ("health_claim", "benefit"),
    ("price_minimising", "discount"),
    ("urgency_false", "urgency"),
    ("scarcity_stock", "urgency"),
    ("guilt_appeal", "guilt"),
    ("threat_penalty", "threat"),
    ("withdrawal_obstruction", "threat"),
    ("outdated_technique", "insistence"),
    ("assumptive_close", "insistence"),
    ("consent_engineering", "insistence"),
    ("pressure_after_refusal", "insistence"),
];

/// One refusal and selling that goes on is worth knowing, a second one is to be improved, a third one or long selling
/// calls for action.
fn severity(n_refusals: usize, selling_s: f64) -> Severity {
    match n_refusals {
        _ if selling_s > MAX_PRESSURE_S => Severity::Major,
        0 | 1 => Severity::Info,
        2 => Severity::Minor,
        _ => Severity::Major,
    }
}

/// What happens in the call, utterance by utterance.
#[derive(Default)]
struct Turn<'s, 'a> {
    no: Option<&'s Heard<'a>>,
    is_yes: bool,
    selling: Vec<(&'static str, &'s Heard<'a>)>,
    is_discount: bool,
}

fn turns<'s, 'a>(scene: &'s Scene<'a>) -> Vec<Turn<'s, 'a>> {
    let mut turns: Vec<Turn<'s, 'a>> = Vec::new();
    turns.resize_with(scene.lines.len(), Turn::default);
    let counts = |h: &Heard<'_>| h.is_whole() && !h.is_too_late && h.confidence >= MIN_CONFIDENCE;
    for h in scene.heard.iter().filter(|h| counts(h)) {
        let Some(turn) = turns.get_mut(h.hit.utterance) else { continue };
        let step = SELLING.iter().find(|(category, _)| *category == h.rule.category);
        match (h.party, h.rule.polarity, step) {
            (Party::Customer, _, _) if h.rule.category == "c_refusal" => turn.no = turn.no.or(Some(h)),
            (Party::Agent, Polarity::Forbidden, Some((_, step))) => turn.selling.push((step, h)),
            _ => {}
        }
    }
    // Whether a discount is offered or a yes is said matters only after a no.
    let first_no = turns.iter().position(|turn| turn.no.is_some()).unwrap_or(turns.len());
    for (i, turn) in turns.iter_mut().enumerate().skip(first_no) {
        let line = &scene.lines[i];
        match scene.party(i) {
            Party::Agent => turn.is_discount = has_cue("discount_offer", line),
            Party::Customer if turn.no.is_none() => {
                let yes = cue_in("accept", line, 0..line.tokens.len());
                turn.is_yes = yes.is_some_and(|cue| !is_cue_negated(&cue, line) && !line.is_question(cue.tokens.start));
            }
            _ => {}
        }
    }
    turns
}

/// Selling between a no and the customer's yes, or the end.
#[derive(Default)]
struct Pressure<'s, 'a> {
    refusals: Vec<&'s Heard<'a>>,
    selling: Vec<&'s Heard<'a>>,
    discounts: Vec<usize>,
    /// Utterances of the agent that sell, or stand between two that do.
    selling_in: BTreeSet<usize>,
    escalation: Vec<&'static str>,
    is_withdrawn: bool,
}

fn pressure<'s, 'a>(scene: &Scene<'a>, turns: &[Turn<'s, 'a>]) -> Pressure<'s, 'a> {
    let mut found = Pressure::default();
    let mut open: Vec<&Heard<'_>> = Vec::new();
    let mut is_refused = false;
    // Agent talk since the last selling, in the same matter or not yet known to be.
    let (mut between, mut between_s) = (Vec::new(), 0.0);
    let mut is_selling = false;
    for (i, turn) in turns.iter().enumerate() {
        if let Some(no) = turn.no {
            is_refused = true;
            open.push(no);
        } else if turn.is_yes && is_refused {
            found.is_withdrawn |= !found.selling_in.is_empty();
            (is_refused, is_selling) = (false, false);
            open.clear();
            between.clear();
        }
        if !is_refused || scene.party(i) != Party::Agent {
            continue;
        }
        if turn.selling.is_empty() && !turn.is_discount {
            between.push(i);
            between_s += scene.length_s(i);
            continue;
        }
        found.refusals.append(&mut open);
        // A long time about something else is no selling: the subject had ended.
        if is_selling && between_s <= MAX_SELLING_GAP_S {
            found.selling_in.extend(&between);
        }
        between.clear();
        (between_s, is_selling) = (0.0, true);
        found.selling_in.insert(i);
        found.selling.extend(turn.selling.iter().map(|(_, h)| *h));
        if turn.is_discount {
            found.discounts.push(i);
        }
        let steps = turn.selling.iter().map(|(step, _)| *step).chain(turn.is_discount.then_some("discount"));
        for step in steps {
            if !found.escalation.contains(&step) {
                found.escalation.push(step);
            }
        }
    }
    found
}

/// The agent's share of all talk after the first no; `None` if nobody speaks.
fn agent_share_after(scene: &Scene<'_>, first_no: usize) -> Option<f64> {
    let (mut agent_s, mut all_s) = (0.0, 0.0);
    for i in first_no + 1..scene.lines.len() {
        let length_s = scene.length_s(i);
        all_s += length_s;
        if scene.party(i) == Party::Agent {
            agent_s += length_s;
        }
    }
    (all_s > 0.0).then(|| agent_s / all_s)
}

pub(super) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let turns = turns(scene);
    let found = pressure(scene, &turns);
    let (Some(first), Some(last)) = (found.selling_in.first().copied(), found.selling_in.last().copied()) else {
        return Vec::new();
    };
    // Two patterns over the same words are one no; one that comes after the selling was heeded.
    let n_refusals = found.refusals.len();
    let selling_s = round_s(found.selling_in.iter().map(|i| scene.length_s(*i)).sum());
    let sure = |all: &[&Heard<'_>]| all.iter().map(|h| h.confidence).fold(0.0, f64::max);
    let offers = if found.discounts.is_empty() { 0.0 } else { DISCOUNT_CONFIDENCE };
    let first_no = found.refusals.first().map_or(first, |no| no.hit.utterance);
    // What is quoted: the first words that sell.
    let quoted = found.selling.first().filter(|h| h.hit.utterance == first);
    let bytes = quoted.map_or((0, scene.lines[first].text.len()), |h| h.hit.bytes);
    let start_s = quoted.and_then(|h| h.span).map(|(start_s, _)| start_s);
    let share = agent_share_after(scene, first_no);
    let refusals: Vec<usize> = found.refusals.iter().map(|no| no.hit.utterance).collect();
    let evidence = Map::from_iter([
        ("n_refusals".to_owned(), Value::from(n_refusals)),
        ("refused_in".to_owned(), Value::from(refusals)),
        ("selling_s".to_owned(), Value::from(selling_s)),
        ("escalation".to_owned(), Value::from(found.escalation)),
        (
            "agent_talk_share_after_refusal".to_owned(),
            share.map_or(Value::Null, |share| Value::from(round_to(share, 4))),
        ),
        ("withdrawn".to_owned(), Value::from(found.is_withdrawn)),
    ]);
    let spoken = scene.utterances.get(first);
    let quote = quoted.map_or_else(|| spoken.map(|u| u.text.clone()), |h| Some(h.hit.quote.clone()));
    let times = scene.times_of(first).zip(scene.times_of(last));
    vec![Draft {
        finding: Finding {
            id: String::new(),
            rule: "sequence.pressure_after_refusal".into(),
            category: "pressure_after_refusal".into(),
            polarity: Polarity::Forbidden,
            severity: severity(n_refusals, selling_s),
            speaker: spoken.and_then(|u| u.speaker.clone()),
            channel: spoken.and_then(|u| u.channel),
            start_s: times.map(|((from_s, _), _)| start_s.unwrap_or(from_s)),
            end_s: times.map(|(_, (_, to_s))| to_s),
            utterance: Some(first),
            line: scene.line(first),
            quote,
            // Both must be true: there was a no, and there was selling.
            confidence: sure(&found.refusals) * sure(&found.selling).max(offers),
            message: "Goes on selling after the customer refused.".into(),
            legal_source: Some(
                "Unfair Commercial Practices Directive 2005/29/EC, Annex I(26); Telemarketing Sales Rule, 16 CFR Part 310"
                    .into(),
            ),
            evidence,
            review: None,
        },
        shown_quote: Some(scene.shown(first, bytes)),
        part: Some(Part::Forbidden),
    }]
}
