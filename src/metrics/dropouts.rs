//! Dropouts: the sound is gone for at least 20 ms in the middle of speech, as when packets are lost and nothing fills
//! the hole. Not the pauses of a noise gate, which close after the voice has faded. Lower is better.
//!
//! What fools it: packet loss concealment fills holes with sound (then there is none to find); a stop consonant in
//! front of a gate set too tight looks the same, and sounds the same.

use super::Input;
use super::background::DIGITAL_ZERO;
use crate::call::{ChannelMeasurements, Problem};
use crate::dsp::frames::mean_square;
use crate::timeline::{TimeSpan, Timeline};

/// The shortest gap that counts: the definition of the field; one packet of most codecs.
const SHORTEST_S: f64 = 0.02;
/// Longer holes are pauses or a mute button.
const LONGEST_S: f64 = 2.0;
/// The sound beside a hole is looked at for this long: too short for a voice to fade.
const EDGE_S: f64 = 0.005;
/// It must be within 30 dB of the level of the speech: abrupt, not faded.
const EDGE_BELOW_SPEECH: f64 = 1e-3;
/// ... and this far above the smallest step of the recording: 8-bit sound falls to zero wherever it is quiet.
const EDGE_OVER_STEP: f64 = 4.0;
/// Speech must be found this near on both sides.
const NEAR_S: f64 = 0.3;

/// Fills `dropouts`.
pub(super) fn measure(input: &Input<'_>, into: &mut ChannelMeasurements, problems: &mut Vec<Problem>) {
    if !input.has_enough_speech() {
        problems.push(input.too_little_speech(&["/dropouts/n", "/dropouts/total_s", "/dropouts/spans"]));
        return;
    }
    let gaps = gaps(input);
    into.dropouts.n = Some(gaps.len() as u64);
    into.dropouts.total_s = Some(gaps.iter().map(TimeSpan::duration_s).sum());
    into.dropouts.spans = Some(gaps);
}

fn gaps(input: &Input<'_>) -> Vec<TimeSpan> {
    let (samples, rate) = (input.samples, input.rate);
    let edge = rate.s_to_samples(EDGE_S).max(1);
    let speech = speech_power(input);
    let step = samples.iter().map(|s| f64::from(s.abs())).filter(|s| *s > 0.0).fold(f64::INFINITY, f64::min);
    let least = (EDGE_BELOW_SPEECH * speech).max((EDGE_OVER_STEP * step).powi(2));
    let is_loud = |from: usize, to: usize| mean_square(&samples[from..to]) >= least;
    let mut gaps = Vec::new();
    let mut start = 0;
    for end in 0..=samples.len() {
        if end < samples.len() && samples[end].abs() <= DIGITAL_ZERO {
            continue;
        }
        let span = TimeSpan::new(rate.samples_to_s(start), rate.samples_to_s(end));
        // One sample short of 20 ms is 20 ms: the wave itself may touch zero at the edge.
        let is_long = span.duration_s() >= SHORTEST_S - rate.samples_to_s(1) && span.duration_s() <= LONGEST_S;
        if is_long && start >= edge && end + edge <= samples.len() {
            let near = |at: TimeSpan| input.speech.intersection(&Timeline::new([at])).total_s() > 0.0;
            let speaks_before = near(TimeSpan::new((span.start_s - NEAR_S).max(0.0), span.start_s));
            let speaks_after = near(TimeSpan::new(span.end_s, span.end_s + NEAR_S));
            if speaks_before && speaks_after && is_loud(start - edge, start) && is_loud(end, end + edge) {
                gaps.push(span);
            }
        }
        start = end + 1;
    }
    gaps
}

/// Mean square where the party speaks.
fn speech_power(input: &Input<'_>) -> f64 {
    let (mut sum, mut n) = (0.0, 0usize);
    for span in input.speech.spans() {
        let to = input.rate.s_to_samples(span.end_s).min(input.samples.len());
        let from = input.rate.s_to_samples(span.start_s).min(to);
        sum += mean_square(&input.samples[from..to]) * (to - from) as f64;
        n += to - from;
    }
    if n == 0 { 0.0 } else { sum / n as f64 }
}
