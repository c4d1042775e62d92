//! Selling that goes on after the customer said no: one finding for the whole sequence, beside those for its single
//! phrases. Only where it is known who is who: a no by nobody known is no refusal.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::scene::{Heard, Scene};
use super::score::Part;
use super::thresholds::{MAX_PRESSURE_S, MIN_CONFIDENCE};
use super::{Draft, Finding};
use crate::call::{Party, Polarity, Severity};
use crate::units::round_s;

/// Categories that press for a sale; the others of the taxonomy are wrong for other reasons.
const SELLING: [&str; 13] = [
    "urgency_false",
    "scarcity_stock",
    "free_false",
    "price_minimising",
    "guarantee_overclaim",
    "prize_bait",
    "threat_penalty",
    "guilt_appeal",
    "outdated_technique",
    "assumptive_close",
    "consent_engineering",
    "withdrawal_obstruction",
    "pressure_after_refusal",
];

/// One refusal and selling that goes on is worth knowing, a second one is to be improved, a third one or long selling
/// calls for action.
fn severity(n_refusals: usize, seconds: Option<f64>) -> Severity {
    match n_refusals {
        _ if seconds.is_some_and(|s| s > MAX_PRESSURE_S) => Severity::Major,
        0 | 1 => Severity::Info,
        2 => Severity::Minor,
        _ => Severity::Major,
    }
}

pub(super) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let counts = |h: &&Heard<'_>, party: Party| {
        h.party == party && h.is_whole() && h.in_place != Some(false) && h.confidence >= MIN_CONFIDENCE
    };
    let refusals: Vec<&Heard<'_>> =
        scene.heard.iter().filter(|h| h.rule.category == "c_refusal" && counts(h, Party::Customer)).collect();
    let Some(first_no) = refusals.first() else { return Vec::new() };
    let sells = |h: &&Heard<'_>| {
        h.rule.polarity == Polarity::Forbidden
            && SELLING.contains(&h.rule.category.as_str())
            && counts(h, Party::Agent)
            && h.position() > first_no.position()
    };
    let selling: Vec<&Heard<'_>> = scene.heard.iter().filter(sells).collect();
    let (Some(first), Some(last)) = (selling.first(), selling.last()) else { return Vec::new() };
    // Two patterns over the same words are one no; one that comes after the selling was heeded.
    let n_refusals = refusals
        .iter()
        .filter(|no| no.position() < last.position())
        .map(|no| no.hit.utterance)
        .collect::<BTreeSet<_>>()
        .len();
    let mut chain: Vec<&str> = Vec::new();
    let mut told: BTreeSet<(usize, &str)> = BTreeSet::new();
    for h in &selling {
        if told.insert((h.hit.utterance, &h.rule.category)) {
            chain.push(&h.rule.category);
        }
    }
    let times = |h: &Heard<'_>| if scene.is_timed { h.span } else { None };
    let end_s = selling.iter().filter_map(|h| times(h)).map(|(_, end_s)| end_s).max_by(f64::total_cmp);
    let seconds = times(first_no).zip(end_s).map(|((_, no_s), end_s)| round_s((end_s - no_s).max(0.0)));
    let sure = |all: &[&Heard<'_>]| all.iter().map(|h| h.confidence).fold(0.0, f64::max);
    let utterance = scene.utterances.get(first.hit.utterance);
    let evidence = Map::from_iter([
        ("refusals".to_owned(), Value::from(n_refusals)),
        ("seconds_after_first_no".to_owned(), seconds.map_or(Value::Null, Value::from)),
        ("chain".to_owned(), Value::from(chain)),
    ]);
    vec![Draft {
        finding: Finding {
            id: String::new(),
            rule: "sequence.pressure_after_refusal".into(),
            category: "pressure_after_refusal".into(),
            polarity: Polarity::Forbidden,
            severity: severity(n_refusals, seconds),
            speaker: utterance.and_then(|u| u.speaker.clone()),
            channel: utterance.and_then(|u| u.channel),
            start_s: times(first).map(|(start_s, _)| start_s),
            end_s,
            utterance: Some(first.hit.utterance),
            line: scene.line(first.hit.utterance),
            quote: Some(first.hit.quote.clone()),
            // Both must be true: there was a no, and there was selling.
            confidence: sure(&refusals) * sure(&selling),
            message: "Goes on selling after the customer refused.".into(),
            legal_source: Some(
                "Unfair Commercial Practices Directive 2005/29/EC; Telemarketing Sales Rule, 16 CFR Part 310".into(),
            ),
            evidence,
        },
        shown_quote: Some(scene.shown_quote(first.hit)),
        part: Some(Part::Forbidden),
    }]
}
