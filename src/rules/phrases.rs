//! Phrase hits to findings: what must not be said, and what is worth knowing. Of several hits of one category in one
//! utterance the best one stands, so that the same words never give two findings of a category.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::scene::{Heard, Scene};
use super::score::Part;
use super::thresholds::{MIN_CONFIDENCE, milder};
use super::{Draft, Finding, sequences};
use crate::call::{Attribute, Contradiction, MatchTier, Party, Polarity, Severity, WhoSays};

pub(super) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let mut best: BTreeMap<(usize, &str), &Heard<'_>> = BTreeMap::new();
    let is_finding = |h: &&Heard<'_>| {
        matches!(h.rule.polarity, Polarity::Forbidden | Polarity::Signal)
            && h.is_whole()
            && !h.is_too_late
            && h.confidence >= MIN_CONFIDENCE
    };
    for heard in scene.heard.iter().filter(is_finding) {
        best.entry((heard.hit.utterance, heard.rule.category.as_str()))
            .and_modify(|kept| {
                // Of equals the one that comes first stays.
                if is_better(heard, kept) {
                    *kept = heard;
                }
            })
            .or_insert(heard);
    }
    best.into_values().map(|heard| draft(scene, heard)).collect()
}

/// The surer one; of equals the one whose rule is more severe.
fn is_better(new: &Heard<'_>, kept: &Heard<'_>) -> bool {
    new.confidence > kept.confidence || (new.confidence == kept.confidence && new.rule.severity < kept.rule.severity)
}

/// What called free can be borne out or contradicted by the sheet.
const FEES: [Attribute; 5] = [
    Attribute::Price,
    Attribute::ActivationFee,
    Attribute::DeliveryPrice,
    Attribute::CancellationFee,
    Attribute::EarlyExitFee,
];

/// How the fact sheet stands to the claims of a kind in an utterance.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ByFacts {
    NoSheet,
    /// The sheet or the words say nothing of it.
    Silent,
    BorneOut,
    False,
}

fn by_facts(scene: &Scene<'_>, utterance: usize, about: &[Attribute]) -> ByFacts {
    let Some(facts) = scene.evidence.facts else { return ByFacts::NoSheet };
    let is_likely = |c: &&Contradiction| c.utterance == utterance && c.confidence >= MIN_CONFIDENCE;
    if facts.contradictions.iter().filter(is_likely).any(|c| about.contains(&c.attribute)) {
        ByFacts::False
    } else if facts.borne_out.iter().any(|(a, at)| *at == utterance && about.contains(a)) {
        ByFacts::BorneOut
    } else {
        ByFacts::Silent
    }
}

/// The rule's own severity, or less where the words alone do not make them false, or more where the sheet does:
///
/// * `free_false`: what is called free is free, as far as is known, until the sheet has a price for it or the same
///   party speaks of money.
/// * `delivery_overpromise`: without a sheet that says what delivery takes the promise is worth knowing only.
/// * `urgency_false`: critical when the sheet has a later end, or none; true, and so worth knowing only, when the day
///   that is named is the sheet's.
/// * `scarcity_stock`: worth knowing only when the number that is named fits the sheet.
/// * `false_authority`, `purpose_concealed`: who really calls is known from a sheet; without one the words are an
///   indicator, a step less severe. Worth knowing only when the company that is named is the sheet's own.
/// * a rule with a needed fact: its own severity if the sheet has another value, worth knowing only if the sheet bears the
///   words out, else an indicator, a step less severe.
fn severity(scene: &Scene<'_>, heard: &Heard<'_>, evidence: &mut Map<String, Value>) -> Severity {
    let (own, at) = (heard.rule.severity, heard.hit.utterance);
    let mut told = |known: ByFacts| {
        evidence.insert("fact_sheet".into(), Value::from(known != ByFacts::NoSheet));
        known
    };
    match heard.rule.category.as_str() {
        "free_false" => {
            let known = by_facts(scene, at, &FEES);
            let has_price = scene.is_price_told_after(heard);
            evidence.insert("price_told_later".into(), Value::from(has_price));
            let in_sheet = scene.evidence.facts.is_some_and(|facts| facts.has_price);
            match known {
                ByFacts::False => own,
                ByFacts::BorneOut => Severity::Info,
                ByFacts::Silent if in_sheet => own,
                ByFacts::Silent | ByFacts::NoSheet if has_price => own,
                ByFacts::Silent | ByFacts::NoSheet => Severity::Info,
            }
        }
        "delivery_overpromise" => match told(by_facts(scene, at, &[Attribute::DeliveryDays])) {
            ByFacts::False => own,
            _ => Severity::Info,
        },
        "urgency_false" => {
            let is_open = scene.evidence.facts.and_then(|facts| facts.is_offer_open);
            match by_facts(scene, at, &[Attribute::ValidUntil]) {
                ByFacts::False => Severity::Critical,
                ByFacts::BorneOut => Severity::Info,
                ByFacts::Silent if is_open == Some(true) => Severity::Critical,
                _ => own,
            }
        }
        "scarcity_stock" => match by_facts(scene, at, &[Attribute::Stock]) {
            ByFacts::BorneOut => Severity::Info,
            _ => own,
        },
        "false_authority" | "purpose_concealed" => match by_facts(scene, at, &[Attribute::Company]) {
            ByFacts::BorneOut if heard.rule.category == "false_authority" => Severity::Info,
            ByFacts::NoSheet => {
                evidence.insert("caller_known".into(), Value::from(false));
                milder(own)
            }
            _ => own,
        },
        _ => match heard.rule.needed_fact.map(|needed| told(by_facts(scene, at, &[needed]))) {
            None | Some(ByFacts::False) => own,
            Some(ByFacts::BorneOut) => Severity::Info,
            Some(ByFacts::Silent | ByFacts::NoSheet) => milder(own),
        },
    }
}

fn draft(scene: &Scene<'_>, heard: &Heard<'_>) -> Draft {
    let (hit, rule) = (heard.hit, heard.rule);
    let utterance = scene.utterances.get(hit.utterance);
    let mut evidence = Map::new();
    evidence.insert("tier".into(), serde_json::to_value(hit.tier).unwrap_or(Value::Null));
    evidence.insert("list".into(), Value::from(rule.list.as_str()));
    evidence.insert("match_confidence".into(), Value::from(hit.confidence));
    if rule.speaker != WhoSays::Any && heard.party == Party::Unknown {
        evidence.insert("party_known".into(), Value::from(false));
    }
    if heard.in_place.is_none() {
        evidence.insert("place_known".into(), Value::from(false));
    }
    let mut severity = severity(scene, heard, &mut evidence);
    if heard.in_place == Some(false) {
        evidence.insert("in_place".into(), Value::from(false));
        severity = milder(severity);
    }
    // Words that only sound like the phrase are more often others than it.
    if hit.tier == MatchTier::Fuzzy {
        severity = milder(severity);
    }
    // Likeness is a hint to listen: it knows neither negation nor who does what to whom.
    if let Some(example) = &hit.example {
        evidence.insert("resembles".into(), Value::from(example.as_str()));
        severity = severity.max(Severity::Minor);
    }
    sequences::annotate(scene, heard, &mut evidence);
    let times = if scene.is_timed { heard.span } else { None };
    Draft {
        finding: Finding {
            id: String::new(),
            rule: rule.id.clone(),
            category: rule.category.clone(),
            polarity: rule.polarity,
            severity,
            speaker: utterance.and_then(|u| u.speaker.clone()),
            channel: utterance.and_then(|u| u.channel),
            start_s: times.map(|(start_s, _)| start_s),
            end_s: times.map(|(_, end_s)| end_s),
            utterance: Some(hit.utterance),
            line: scene.line(hit.utterance),
            quote: Some(hit.quote.clone()),
            confidence: heard.confidence,
            message: rule.message.clone(),
            legal_source: rule.legal_source.clone(),
            evidence,
            review: None,
        },
        shown_quote: Some(scene.shown_quote(hit)),
        part: (rule.polarity == Polarity::Forbidden).then_some(Part::Forbidden),
    }
}
