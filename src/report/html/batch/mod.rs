//! What the page of the batch shows besides the calls themselves: how numbers spread, who and when, what to hear, what to
//! ask. Every number is computed here, from the lines of the calls; the script only draws, filters and sorts. Nothing
//! here judges: findings, scores and confidences are taken as they are.

pub(super) mod charts;
pub(super) mod contradictions;
pub(super) mod data;
pub(super) mod found;
pub(super) mod groups;
pub(super) mod heat;
pub(super) mod link;
pub(super) mod names;
pub(super) mod questions;
pub(super) mod queue;
mod sample;
mod stats;
pub(super) mod trend;

use super::labels::{self, Mark};
use crate::call::{CallLine, CallStatus, Polarity, RequiredStatus, Severity};

/// Fewer calls than this say nothing of whoever had them: they are listed, with their interval, and not ranked. With
/// four the interval of a mean score spans most of the scale (t(3) = 3.2 standard errors).
const MIN_CALLS: usize = 5;

/// Findings with a lower confidence are more likely wrong than right: they raise no question and colour no cell.
const LIKELY: f64 = 0.5;

fn is_analysed(line: &CallLine) -> bool {
    line.status == CallStatus::Ok
}

/// What an analysed call shows of which no words could be judged: that nothing was found in it says nothing.
const NOT_JUDGED: Mark = Mark { icon: "?", key: "batch-status-not-judged", class: "minor" };

/// Were the words of the call judged: the steps that must be said, or the phrases that must not?
fn is_heard(line: &CallLine) -> bool {
    is_analysed(line) && (has_part(line, "required") || has_part(line, "forbidden"))
}

/// Analysed, but not its words.
pub(super) fn is_unjudged(line: &CallLine) -> bool {
    is_analysed(line) && !is_heard(line)
}

fn status(line: &CallLine) -> Mark {
    if is_unjudged(line) { NOT_JUDGED } else { labels::status(line.status) }
}

fn has_part(line: &CallLine, name: &str) -> bool {
    line.parts.iter().any(|(part, _, _)| part == name)
}

/// Could this category have been found in the call? Shares are of these calls. A finding proves that it could.
fn is_judged(line: &CallLine, id: &str, polarity: Polarity) -> bool {
    let could_be = match polarity {
        Polarity::Forbidden | Polarity::Signal => has_part(line, "forbidden"),
        Polarity::Required => match line.steps.iter().find(|(step, _)| step == id) {
            Some((_, status)) => *status != RequiredStatus::NotJudgeable,
            None => has_part(line, "required"),
        },
        Polarity::Fact => has_part(line, "facts"),
        Polarity::PersonalData => has_part(line, "privacy"),
        Polarity::Quality => true,
    };
    is_analysed(line) && (could_be || line.categories.iter().any(|c| c.category == id))
}

/// Findings of a call that somebody has to act on: critical and major.
fn n_severe(line: &CallLine) -> u64 {
    line.n_by_severity[Severity::Critical as usize] + line.n_by_severity[Severity::Major as usize]
}
