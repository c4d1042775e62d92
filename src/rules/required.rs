//! Required steps: was it said, where was it searched for, and could it have been heard there? A step that nobody had
//! an occasion for is not applicable, one that could not be searched for is not judgeable; only the rest can be absent.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::scene::{Heard, Scene};
use super::score::Part;
use super::thresholds::{
    MAX_WORDS_BEFORE_OPENING, MIN_AUDIBLE_PROBABILITY, MIN_AUDIBLE_RATIO, MIN_AUDIBLE_RATIO_IN_NOISE,
    MIN_CALL_UTTERANCES, MIN_CONFIDENCE, MIN_HOLD_S, MIN_INTELLIGIBLE_SNR_DB, OPENING_CUT_S, READBACK_CONFIDENCE,
    STEP_RECALL,
};
use super::{Draft, Finding, sequences};
use crate::call::{
    Direction, NearMiss, Party, PersonalKind, PhraseRule, Polarity, Problem, ProblemSeverity, Required, RequiredStatus,
    Searched, Severity, WhoSays,
};

/// A required step with what the report does not hold.
pub(super) struct Step {
    pub required: Required,
    /// The worst of its rules.
    pub severity: Severity,
    /// Why it could not be judged: code and sentence.
    why_not: Option<(&'static str, &'static str)>,
    message: String,
    legal_source: Option<String>,
    confidence: f64,
    /// What came nearest, if it was whole and only stood elsewhere.
    elsewhere: Option<Elsewhere>,
    /// What sequences know of it.
    evidence: Map<String, Value>,
}

/// All of a step, said where it does not count.
struct Elsewhere {
    utterance: usize,
    line: Option<usize>,
    start_s: Option<f64>,
}

/// Has the call given occasion for a step?
enum Occasion {
    /// At this place in the transcript (utterance, byte).
    At((usize, usize)),
    /// Somewhere.
    Somewhere,
    Never,
    /// It cannot be told: code and sentence.
    Unknown(&'static str, &'static str),
}

/// On which side of its occasion a step has to stand.
#[derive(PartialEq)]
enum Side {
    Before,
    After,
    Either,
}

type FindOccasion = fn(&Scene<'_>) -> Occasion;

/// Steps that are owed only on an occasion; all others are owed in every call.
const CONDITIONAL: &[(&str, FindOccasion, Side)] = &[
    ("q_data_source", |s| on_hit(s, &["c_suspicion"]), Side::After),
    ("q_optout_honoured", |s| on_hit(s, &["c_dnc_request"]), Side::After),
    ("q_payment_pause", payment, Side::Before),
    ("q_readback_name", data_given, Side::After),
    ("q_hold_etiquette", hold, Side::Either),
    ("q_purpose", outbound, Side::Either),
    ("q_time_ok", outbound, Side::Either),
    ("q_total_price", sale, Side::Either),
    ("q_duration_renewal", sale, Side::Either),
    ("q_withdrawal_right", sale, Side::Either),
    ("q_delivery_terms", sale, Side::Either),
    ("q_explicit_consent", sale, Side::Either),
    ("q_recap", sale, Side::Either),
];

fn on_hit(scene: &Scene<'_>, categories: &[&str]) -> Occasion {
    let hits = categories.iter().filter_map(|c| scene.first_hit(c));
    hits.map(Heard::position).min().map_or(Occasion::Never, Occasion::At)
}

fn on_data(scene: &Scene<'_>, kinds: &[PersonalKind]) -> Occasion {
    let found = scene.evidence.personal.iter().filter(|d| kinds.contains(&d.kind) && d.confidence >= MIN_CONFIDENCE);
    found.map(|d| (d.utterance, d.bytes.0)).min().map_or(Occasion::Never, Occasion::At)
}

/// Card data, asked for or given.
fn payment(scene: &Scene<'_>) -> Occasion {
    let asked = on_hit(scene, &["sensitive_request"]);
    match (asked, on_data(scene, &[PersonalKind::Card, PersonalKind::Cvv])) {
        (Occasion::At(a), Occasion::At(b)) => Occasion::At(a.min(b)),
        (Occasion::At(a), _) | (_, Occasion::At(a)) => Occasion::At(a),
        _ => Occasion::Never,
    }
}

fn data_given(scene: &Scene<'_>) -> Occasion {
    let from_customer = |d: &&crate::call::PersonalData| scene.party(d.utterance) != Party::Agent;
    let kinds = [PersonalKind::Phone, PersonalKind::Email, PersonalKind::Address, PersonalKind::PersonName];
    let mut given = scene.evidence.personal.iter().filter(from_customer).filter(|d| kinds.contains(&d.kind));
    given.next().map_or(Occasion::Never, |d| Occasion::At((d.utterance, d.bytes.0)))
}

fn hold(scene: &Scene<'_>) -> Occasion {
    match scene.evidence.conversation.and_then(|c| c.hold.as_ref()) {
        None => Occasion::Unknown("holds_not_measured", "whether anyone was put on hold was not measured"),
        Some(holds) if holds.iter().any(|h| scene.is_hold_by_agent(h) && h.end_s - h.start_s > MIN_HOLD_S) => {
            Occasion::Somewhere
        }
        Some(_) => Occasion::Never,
    }
}

fn outbound(scene: &Scene<'_>) -> Occasion {
    match scene.evidence.direction {
        Some(Direction::Outbound) => Occasion::Somewhere,
        Some(Direction::Inbound) => Occasion::Never,
        None => {
            Occasion::Unknown("direction_unknown", "owed only when the centre calls, and the direction is not given")
        }
    }
}

/// Signs that something was sold: consent asked for or taken as given, or means of payment given.
fn sale(scene: &Scene<'_>) -> Occasion {
    let said = on_hit(scene, &["q_explicit_consent", "consent_engineering", "assumptive_close"]);
    let paid = on_data(scene, &[PersonalKind::Card, PersonalKind::Cvv, PersonalKind::Iban]);
    match (said, paid) {
        (Occasion::Never, Occasion::Never) => Occasion::Never,
        _ => Occasion::Somewhere,
    }
}

/// Every required step that the phrase lists name, by category.
pub(super) fn steps(scene: &Scene<'_>) -> Vec<Step> {
    let mut by_category: BTreeMap<&str, Vec<&PhraseRule>> = BTreeMap::new();
    for rule in scene.evidence.phrase_rules.iter().filter(|r| r.polarity == Polarity::Required) {
        by_category.entry(&rule.category).or_default().push(rule);
    }
    by_category.into_iter().map(|(category, rules)| step(scene, category, &rules)).collect()
}

fn step(scene: &Scene<'_>, category: &str, all_rules: &[&PhraseRule]) -> Step {
    let is_here = |r: &&&PhraseRule| r.language.as_deref().is_none_or(|l| scene.languages.contains(l));
    let rules: Vec<&PhraseRule> = all_rules.iter().filter(is_here).copied().collect();
    let named = if rules.is_empty() { all_rules } else { &rules };
    let mut step = Step {
        required: Required {
            category: category.into(),
            status: RequiredStatus::NotJudgeable,
            start_s: None,
            utterance: None,
            quote: None,
            near_miss: None,
            searched: None,
        },
        severity: named.iter().map(|r| r.severity).min().unwrap_or(Severity::Info),
        why_not: None,
        message: named.first().map(|r| r.message.clone()).unwrap_or_default(),
        legal_source: named.iter().find_map(|r| r.legal_source.clone()),
        confidence: 0.0,
        elsewhere: None,
        evidence: Map::new(),
    };
    let Some(live) = scene.live else {
        step.why_not = Some(("no_words", "there are no words to search in"));
        return step;
    };
    if rules.is_empty() {
        step.why_not =
            Some(("no_rules_for_language", "the phrase lists have no rules for it in a language of this call"));
        return step;
    }
    let conditional = CONDITIONAL.iter().find(|(c, ..)| *c == category);
    let occasion = conditional.map_or(Occasion::Somewhere, |(_, occasion, _)| occasion(scene));
    let side = conditional.map_or(&Side::Either, |(.., side)| side);
    let stands_right = |h: &Heard<'_>| match (&occasion, side) {
        (Occasion::At(at), Side::After) => h.position() > *at,
        (Occasion::At(at), Side::Before) => h.position() < *at,
        _ => true,
    };
    let own = || scene.heard.iter().filter(|h| h.rule.category == category && h.confidence > 0.0);
    // A step that answers something was answered to something, heard or not: without the occasion its words alone are
    // enough.
    let is_unasked = matches!(occasion, Occasion::Never);
    let is_present = |h: &&Heard<'_>| {
        let is_in_place = h.in_place == Some(true) || (is_unasked && h.rule.place.after.is_some());
        h.is_whole() && h.confidence >= MIN_CONFIDENCE && is_in_place && stands_right(h)
    };
    let window = window(scene, &rules, live, &occasion, side);
    let audible_ratio = audible_ratio(scene, &rules, window);
    let of_clock = |s: f64| scene.is_timed.then_some(s);
    step.required.searched = Some(Searched { from_s: of_clock(window.0), to_s: of_clock(window.1), audible_ratio });

    if let Some(heard) = own().find(is_present) {
        step.required.status = RequiredStatus::Present;
        step.required.start_s = heard.span.and_then(|(start, _)| of_clock(start));
        step.required.utterance = Some(heard.hit.utterance);
        step.required.quote = Some(heard.hit.quote.clone());
        step.confidence = heard.confidence;
        return step;
    }
    if let Some((utterance, bytes)) = kept_in_other_words(scene, category) {
        step.required.status = RequiredStatus::Present;
        step.required.start_s = scene.times_of(utterance).map(|(start_s, _)| start_s);
        step.required.utterance = Some(utterance);
        // As it may be shown: what is said back is personal data.
        step.required.quote = Some(scene.shown(utterance, bytes));
        step.confidence = READBACK_CONFIDENCE;
        return step;
    }
    match category {
        "q_readback_name" => step.evidence = scene.ledger.evidence(),
        "q_hold_etiquette" => {
            step.evidence.extend(sequences::hold_evidence(scene).map(|holds| ("holds".into(), holds)))
        }
        _ => {}
    }
    match occasion {
        Occasion::Never => {
            step.required.status = RequiredStatus::NotApplicable;
            step.required.searched = None;
            return step;
        }
        Occasion::Unknown(code, sentence) => {
            step.why_not = Some((code, sentence));
            return step;
        }
        Occasion::At(_) | Occasion::Somewhere => {}
    }
    // What came nearest: the most of the pattern, whole ones at the wrong place and unsure ones included; the first of
    // equals.
    let nearness = |h: &Heard<'_>| (h.hit.completeness, h.confidence.min(MIN_CONFIDENCE));
    let near = own().reduce(|best, h| if nearness(h) > nearness(best) { h } else { best });
    step.elsewhere = near.filter(|h| h.is_whole() && h.confidence >= MIN_CONFIDENCE).map(|h| Elsewhere {
        utterance: h.hit.utterance,
        line: scene.line(h.hit.utterance),
        start_s: h.span.and_then(|(start, _)| of_clock(start)),
    });
    step.required.near_miss = near.map(|h| NearMiss {
        quote: h.hit.quote.clone(),
        score: h.hit.completeness.clamp(0.0, 1.0),
        start_s: h.span.and_then(|(start, _)| of_clock(start)),
    });
    let owed_at_start = rules.iter().all(|r| r.place.first_s.is_some());
    let has_sound = scene.evidence.layout.is_some();
    step.why_not = if own().any(|h| h.is_whole() && h.in_place.is_none()) {
        Some(("place_unknown", "something like it was said, but it cannot be told when"))
    } else if owed_at_start && has_sound && is_opening_cut(scene) {
        Some(("opening_cut", "the recording begins in the middle of speech"))
    } else if !rules.iter().any(|r| is_anyone_heard(scene, r.speaker)) {
        Some(("party_not_heard", "the party who owes it is not heard at all"))
    } else if audible_ratio.is_some_and(|r| r < MIN_AUDIBLE_RATIO) {
        Some(("poorly_heard", "too few words were recognised with certainty where it belongs"))
    } else if audible_ratio.is_some_and(|r| r < MIN_AUDIBLE_RATIO_IN_NOISE) && is_line_bad(scene, &rules) {
        Some(("line_too_bad", "the noise is so loud that words are lost without a trace"))
    } else if !scene.is_timed && n_live_utterances(scene) < MIN_CALL_UTTERANCES {
        Some(("too_short", "the text is no whole conversation"))
    } else {
        None
    };
    if step.why_not.is_none() {
        step.required.status = RequiredStatus::Absent;
        let near_score = step.required.near_miss.as_ref().map_or(0.0, |near| near.score);
        step.confidence = absence_confidence(audible_ratio.unwrap_or(1.0), near_score);
    }
    step
}

/// How sure it is that a step that was not found was not said, by Bayes' rule: half of all agents would have said it, and
/// if it was said it is found as often as the lists know the words and the words were heard. Half said is half a reason
/// to doubt the absence.
fn absence_confidence(audible_ratio: f64, near_score: f64) -> f64 {
    let missed = 1.0 - STEP_RECALL * audible_ratio;
    (1.0 / (1.0 + missed)) * (1.0 - 0.5 * near_score)
}

/// What sequences found for a step without a phrase of its own: data that was said back, a hold that was announced.
fn kept_in_other_words(scene: &Scene<'_>, category: &str) -> Option<(usize, (usize, usize))> {
    match category {
        "q_readback_name" => scene.ledger.first_right(),
        "q_hold_etiquette" => sequences::hold_kept(scene),
        _ => None,
    }
}

/// Is noise on the line of everybody who could have said it so loud that people lose words too?
fn is_line_bad(scene: &Scene<'_>, rules: &[&PhraseRule]) -> bool {
    let channels = scene.evidence.channels.unwrap_or_default();
    let speaks_on = |channel: u16| {
        let mut own = scene.evidence.speakers.iter().filter(|s| s.channel == Some(channel));
        own.any(|s| rules.iter().any(|r| could_say(r.speaker, s.party)))
    };
    let mut snr = channels.iter().filter(|c| speaks_on(c.channel)).filter_map(|c| c.noise.snr_db).peekable();
    snr.peek().is_some() && snr.all(|snr_db| snr_db < MIN_INTELLIGIBLE_SNR_DB)
}

fn n_live_utterances(scene: &Scene<'_>) -> usize {
    let is_live = |i: &usize| scene.party(*i) != Party::Ivr && !scene.utterances[*i].text.trim().is_empty();
    (0..scene.utterances.len()).filter(is_live).count()
}

/// Does the recording begin in the middle of speech? It does if someone speaks from its first moment on, unless the
/// words are a beginning themselves: they do not begin with a small letter, and something that is owed at the start
/// of a call (a greeting, a name) stands in the first of them. Recognisers write a capital after a cut as well, so
/// that alone proves nothing.
fn is_opening_cut(scene: &Scene<'_>) -> bool {
    let starts_at = |i: usize| {
        let utterance = &scene.utterances[i];
        let word_s = utterance.words.first().map(|word| word.start_s);
        utterance.start_s.into_iter().chain(word_s).min_by(f64::total_cmp)
    };
    let is_live = |i: &usize| scene.party(*i) != Party::Ivr && !scene.utterances[*i].text.trim().is_empty();
    let timed = (0..scene.utterances.len()).filter(is_live).filter_map(|i| Some((i, starts_at(i)?)));
    let Some((first, start_s)) = timed.min_by(|a, b| a.1.total_cmp(&b.1)) else { return false };
    if start_s >= OPENING_CUT_S {
        return false;
    }
    let text = scene.utterances[first].text.as_str();
    let begins_small = text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    let is_opening = |h: &Heard<'_>| {
        h.hit.utterance == first
            && h.is_whole()
            && h.rule.polarity == Polarity::Required
            && h.rule.place.first_s.is_some()
            && text[..text.floor_char_boundary(h.hit.bytes.0)].split_whitespace().count() <= MAX_WORDS_BEFORE_OPENING
    };
    begins_small || !scene.heard.iter().any(is_opening)
}

/// Is anyone heard in the call who could have said it?
fn is_anyone_heard(scene: &Scene<'_>, wanted: WhoSays) -> bool {
    (0..scene.utterances.len()).any(|i| could_say(wanted, scene.party(i)))
}

fn could_say(wanted: WhoSays, party: Party) -> bool {
    matches!(
        (wanted, party),
        (WhoSays::Any, _) | (_, Party::Unknown) | (WhoSays::Agent, Party::Agent) | (WhoSays::Customer, Party::Customer)
    )
}

/// Where the step was searched for, on the clock: from the earliest to the latest place that a rule allows.
fn window(scene: &Scene<'_>, rules: &[&PhraseRule], live: (f64, f64), occasion: &Occasion, side: &Side) -> (f64, f64) {
    let anchor_s = |category: &Option<String>| {
        category.as_deref().and_then(|c| scene.first_hit(c)).and_then(|h| h.span).map(|(start, _)| start)
    };
    let from = rules.iter().map(|r| {
        let last = r.place.last_s.map_or(live.0, |s| live.1 - s);
        last.max(anchor_s(&r.place.after).unwrap_or(live.0))
    });
    let to = rules.iter().map(|r| {
        let first = r.place.first_s.map_or(live.1, |s| live.0 + s);
        first.min(anchor_s(&r.place.before).unwrap_or(live.1))
    });
    let (mut from, mut to) = (from.fold(f64::INFINITY, f64::min), to.fold(f64::NEG_INFINITY, f64::max));
    if let Occasion::At((utterance, _)) = occasion
        && let Some((start, end)) = scene.span_of(*utterance)
    {
        match side {
            Side::After => from = from.max(start),
            Side::Before => to = to.min(end),
            Side::Either => {}
        }
    }
    let from = from.clamp(live.0, live.1);
    (from, to.clamp(from, live.1))
}

/// Share of the window's words, by those who could say it, that were recognised well enough; `None` without words.
fn audible_ratio(scene: &Scene<'_>, rules: &[&PhraseRule], (from, to): (f64, f64)) -> Option<f64> {
    let (mut n_words, mut n_audible) = (0u32, 0u32);
    for (i, utterance) in scene.utterances.iter().enumerate() {
        let party = scene.party(i);
        if !rules.iter().any(|r| could_say(r.speaker, party)) {
            continue;
        }
        for word in utterance.words.iter().filter(|w| w.start_s >= from && w.start_s <= to) {
            n_words += 1;
            n_audible += u32::from(word.probability >= MIN_AUDIBLE_PROBABILITY);
        }
    }
    (n_words > 0).then(|| f64::from(n_audible) / f64::from(n_words))
}

/// Absent steps as findings.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let absent = |step: &&Step| step.required.status == RequiredStatus::Absent;
    let mut agents = scene.evidence.speakers.iter().filter(|s| s.party == Party::Agent);
    let agent = agents.next().filter(|_| agents.next().is_none());
    scene
        .steps
        .iter()
        .filter(absent)
        .map(|step| {
            let searched = step.required.searched.as_ref();
            let mut evidence = step.evidence.clone();
            if let Some(near) = &step.required.near_miss {
                evidence.insert("near_miss_score".into(), Value::from(near.score));
            }
            let mut message = format!("required step not heard: {}", step.message);
            if let Some(said) = &step.elsewhere {
                let place = match (said.start_s, said.line) {
                    (Some(start_s), _) => format!("at {start_s:.1} s"),
                    (None, Some(line)) => format!("in line {line}"),
                    (None, None) => format!("in utterance {}", said.utterance + 1),
                };
                message = format!("required step not heard where it belongs, only {place}: {}", step.message);
                evidence.insert("said_in".into(), Value::from(said.utterance));
            }
            if let Some(ratio) = searched.and_then(|s| s.audible_ratio) {
                evidence.insert("audible_ratio".into(), Value::from(ratio));
            }
            Draft {
                finding: Finding {
                    id: String::new(),
                    rule: format!("required.{}", step.required.category),
                    category: step.required.category.clone(),
                    polarity: Polarity::Required,
                    severity: step.severity,
                    speaker: agent.map(|a| a.id.clone()),
                    channel: agent.and_then(|a| a.channel),
                    start_s: searched.and_then(|s| s.from_s),
                    end_s: searched.and_then(|s| s.to_s),
                    utterance: None,
                    line: None,
                    quote: None,
                    confidence: step.confidence,
                    message,
                    legal_source: step.legal_source.clone(),
                    evidence,
                    review: None,
                },
                shown_quote: None,
                part: Some(Part::Required),
            }
        })
        .collect()
}

/// One problem for each reason why steps could not be judged, by reason.
pub(super) fn problems(scene: &Scene<'_>) -> Vec<Problem> {
    let mut by_reason: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for (i, step) in scene.steps.iter().enumerate() {
        if let Some(reason) = step.why_not {
            by_reason.entry(reason).or_default().push(format!("/required/{i}/status"));
        }
    }
    by_reason
        .into_iter()
        .map(|((code, sentence), fields)| {
            Problem::new(
                "rules",
                code,
                ProblemSeverity::NotMeasurable,
                format!("required steps not judged: {sentence}"),
            )
            .about(fields)
        })
        .collect()
}
