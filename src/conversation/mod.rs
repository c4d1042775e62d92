//! How the parties talk with each other.

use crate::call::{CallActivity, Conversation, Problem, Speaker, Transcript};

/// Measures the conversation of a recording of `duration_s`. `transcript` is `None` if nothing was transcribed.
pub fn measure(
    _speakers: &[Speaker],
    _activity: &CallActivity,
    _transcript: Option<&Transcript>,
    _duration_s: f64,
) -> (Conversation, Vec<Problem>) {
    (Conversation::default(), vec![])
}
