//! How long the customer says that they waited ("жду уже 20 минут"), beside the wait that was measured: a queue in front
//! of the recording is not in it. Only the number is read; whether it is true nobody can tell from the recording.

use serde_json::{Map, Value};

use super::cues;
use super::number;
use super::promise::{amount, around};
use crate::rules::scene::{Heard, Scene};

/// Seconds of a number of these units; longer ones are no wait on the line.
fn seconds(n: f64, unit: &str) -> Option<f64> {
    match unit {
        "minute" => Some(n * 60.0),
        "hour" => Some(n * 3600.0),
        _ => None,
    }
}

/// Adds `claimed_wait_s` and `measured_wait_s` to a complaint about waiting; `null` where there is no number.
pub(super) fn annotate(scene: &Scene<'_>, heard: &Heard<'_>, evidence: &mut Map<String, Value>) {
    let line = scene.lines.get(heard.hit.utterance);
    let claimed_s = line.and_then(|line| {
        let token = line.tokens.partition_point(|t| t.end <= heard.hit.bytes.0).min(line.tokens.len().checked_sub(1)?);
        let near = around(line, token);
        let spoken = amount(line, &near).and_then(|due| seconds(due.n?, due.unit));
        let words = || {
            const LENGTHS: [(&str, f64); 3] = [("half_hour", 1800.0), ("quarter_hour", 900.0), ("one_hour", 3600.0)];
            LENGTHS.iter().find(|(cue, _)| cues::first_in(cue, line, near.clone()).is_some()).map(|l| l.1)
        };
        spoken.or_else(words)
    });
    evidence.insert("claimed_wait_s".into(), claimed_s.map_or(Value::Null, number));
    let measured_s = scene.evidence.conversation.and_then(|c| c.time_to_human_s);
    evidence.insert("measured_wait_s".into(), measured_s.map_or(Value::Null, number));
}
