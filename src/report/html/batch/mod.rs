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

use crate::call::{CallLine, CallStatus, Severity};

/// Fewer calls than this say nothing of whoever had them: they are listed, with their interval, and not ranked. With
/// four the interval of a mean score spans most of the scale (t(3) = 3.2 standard errors).
const MIN_CALLS: usize = 5;

/// Findings with a lower confidence are more likely wrong than right: they raise no question and colour no cell.
const LIKELY: f64 = 0.5;

fn is_analysed(line: &CallLine) -> bool {
    line.status == CallStatus::Ok
}

/// Findings of a call that somebody has to act on: critical and major.
fn n_severe(line: &CallLine) -> u64 {
    line.n_by_severity[Severity::Critical as usize] + line.n_by_severity[Severity::Major as usize]
}
