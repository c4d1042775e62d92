//! The call in one number, by an open formula: `docs/score.md`. Every lost point names the findings that cost it; a
//! part that cannot be judged has no points and does not count.

use super::Draft;
use super::scene::Scene;
use super::thresholds::{MIN_HEARD_RATIO, cost_ratio, step_weight};
use crate::call::{Polarity, Problem, ProblemSeverity, RequiredStatus, Score, ScorePart};

/// Parts of the score, in the order of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Line,
    Noise,
    Conversation,
    Required,
    Forbidden,
    Privacy,
    Facts,
}

/// Name, most points, most points that findings can take. What is said weighs more than how it sounds; own choice.
///
/// Noise cannot earn: a recording made in a studio is no better call, so a quiet line gets 0 of 0 and a noisy one
/// less than 0.
const PARTS: [(Part, &str, f64, f64); 7] = [
    (Part::Line, "line", 10.0, 10.0),
    (Part::Noise, "noise", 0.0, 10.0),
    (Part::Conversation, "conversation", 10.0, 10.0),
    (Part::Required, "required", 25.0, 25.0),
    (Part::Forbidden, "forbidden", 35.0, 35.0),
    (Part::Privacy, "privacy", 10.0, 10.0),
    (Part::Facts, "facts", 10.0, 10.0),
];

/// The score, and a problem for each part that has none.
pub(super) fn score(scene: &Scene<'_>, judged: &[Draft]) -> (Score, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut parts = Vec::new();
    for (i, (part, name, max, at_stake)) in PARTS.into_iter().enumerate() {
        let own: Vec<&Draft> = judged.iter().filter(|d| d.part == Some(part)).collect();
        let points = match why_not(scene, part, own.is_empty()) {
            None => Some(max - lost(scene, part, at_stake, &own)),
            Some(why) => {
                problems.push(
                    Problem::new(
                        "rules",
                        "part_not_judged",
                        ProblemSeverity::NotMeasurable,
                        format!("the part {name} of the score cannot be judged: {why}"),
                    )
                    .about([format!("/score/parts/{i}/points")]),
                );
                None
            }
        };
        let costs = |d: &&&Draft| points.is_some() && cost_of(part, d) > 0.0;
        let because = own.iter().filter(costs).map(|d| d.finding.id.clone()).collect();
        parts.push(ScorePart { name: name.into(), points, max, because });
    }
    let total = total(&parts);
    if total.is_none() {
        problems.push(
            Problem::new(
                "rules",
                "too_little_judged",
                ProblemSeverity::NotMeasurable,
                "under half of the score's points could be judged",
            )
            .about(["/score/total"]),
        );
    }
    (Score { total, parts }, problems)
}

/// 100·Σpoints/Σmax over the judged parts, at least 0; `None` if these are under half of all points.
fn total(parts: &[ScorePart]) -> Option<f64> {
    let all: f64 = parts.iter().map(|p| p.max).sum();
    let judged: f64 = parts.iter().filter(|p| p.points.is_some()).map(|p| p.max).sum();
    let points: f64 = parts.iter().filter_map(|p| p.points).sum();
    (judged > 0.0 && judged >= all / 2.0).then(|| (100.0 * points / judged).clamp(0.0, 100.0))
}

/// What a finding costs of its part, 0..=1.
fn cost_of(part: Part, draft: &Draft) -> f64 {
    let severity = draft.finding.severity;
    let cost = if part == Part::Required { step_weight(severity) } else { cost_ratio(severity) };
    cost * draft.finding.confidence
}

/// Points that the findings take, at most `at_stake`.
fn lost(scene: &Scene<'_>, part: Part, at_stake: f64, own: &[&Draft]) -> f64 {
    let costs: f64 = own.iter().map(|d| cost_of(part, d)).sum();
    let whole = match part {
        // The weight of all steps that could be judged.
        Part::Required => judged_steps_weight(scene),
        _ => 1.0,
    };
    if whole > 0.0 { (at_stake * costs / whole).min(at_stake) } else { 0.0 }
}

fn judged_steps_weight(scene: &Scene<'_>) -> f64 {
    let is_judged = |status| matches!(status, RequiredStatus::Present | RequiredStatus::Absent);
    scene.steps.iter().filter(|s| is_judged(s.required.status)).map(|s| step_weight(s.severity)).sum()
}

/// Whether, by their probabilities, more words were misheard than heard: what is not found in such words may have been said.
fn is_mostly_misheard(scene: &Scene<'_>) -> bool {
    let words = || scene.utterances.iter().flat_map(|u| &u.words);
    let sum: f64 = words().map(|word| word.probability).sum();
    // Text that was read has no words with probabilities.
    words().next().is_some() && sum < MIN_HEARD_RATIO * words().count() as f64
}

/// Why a part cannot be judged; `None` if it can. `is_clean` is true if no finding costs it anything.
fn why_not(scene: &Scene<'_>, part: Part, is_clean: bool) -> Option<&'static str> {
    if matches!(part, Part::Forbidden | Part::Privacy | Part::Facts) && is_clean && is_mostly_misheard(scene) {
        return Some("more words were misheard than heard, by their probabilities");
    }
    let evidence = scene.evidence;
    let channels = evidence.channels.unwrap_or_default();
    let (is_judged, why) = match part {
        Part::Line => (!channels.is_empty(), "there is no sound"),
        Part::Noise => (
            channels.iter().any(|c| c.noise.snr_db.is_some() || c.noise.floor_dbfs.is_some()),
            "no background could be measured",
        ),
        Part::Conversation => {
            (evidence.conversation.is_some_and(|c| c.overtalk.is_some()), "it was not measured who speaks when")
        }
        Part::Required => (judged_steps_weight(scene) > 0.0, "no required step could be judged"),
        Part::Forbidden => {
            let is_here = |l: Option<&str>| l.is_none_or(|l| scene.languages.contains(l));
            let mut rules = evidence.phrase_rules.iter().filter(|r| r.polarity == Polarity::Forbidden);
            let has_rules = rules.any(|r| is_here(r.language.as_deref()));
            (scene.live.is_some() && has_rules, "there are no words, or no rules for their language")
        }
        Part::Privacy => (scene.live.is_some(), "there are no words"),
        Part::Facts => {
            (evidence.facts.is_some() && scene.live.is_some(), "there is no fact sheet, or there are no words")
        }
    };
    (!is_judged).then_some(why)
}
