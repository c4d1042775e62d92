//! From the model's frames to spans of speech: pure arithmetic, no engine.

use super::{FRAME, Frame, RATE_HZ};
use crate::timeline::{TimeSpan, Timeline};
use crate::units::power_to_db;

/// Length of a frame in seconds.
const FRAME_S: f64 = FRAME as f64 / RATE_HZ as f64;

/// Speech begins at this probability (the model's own recommendation) ...
const ENTER: f32 = 0.5;
/// ... and goes on until it falls below this one: its authors' 0.15 of hysteresis.
const LEAVE: f32 = 0.35;

/// The model goes on for about four frames after the last sound: on recordings with known speech its ends are 0.11 to
/// 0.14 s late (clean, hiss, hum and street noise alike), its starts right to 0.02 s. So three frames are taken back,
/// and a little is left for soft endings.
const LATE_END_S: f64 = 3.0 * FRAME_S;

/// A burst shorter than this is no syllable: a click, a knock.
const MIN_SPEECH_S: f64 = 0.1;

/// Gaps up to this are part of the speech: closures of plosives and breath between words.
const MAX_GAP_S: f64 = 0.3;

/// Sound this far below the channel's active level is not its party: P.56 leaves the same margin between the active
/// level and what it still calls speech. What is taken out: voices of neighbours, leakage that could not be measured.
const MARGIN_DB: f64 = 15.9;

/// Spans in which the channel's party speaks, within 0..`duration_s`.
pub(super) fn from_frames(frames: &[Frame], duration_s: f64) -> Timeline {
    let mut is_on = false;
    let flags: Vec<bool> = frames
        .iter()
        .map(|frame| {
            is_on = frame.probability >= if is_on { LEAVE } else { ENTER };
            is_on
        })
        .collect();
    let heard = Timeline::from_frames(&flags, FRAME_S)
        .spans()
        .iter()
        .map(|s| TimeSpan::new(s.start_s, (s.end_s - LATE_END_S).max(s.start_s)))
        .collect::<Vec<_>>();
    let speech = Timeline::new(heard).longer_than(MIN_SPEECH_S).closed(MAX_GAP_S);
    near_in_level(&speech, frames).intersection(&Timeline::new([TimeSpan::new(0.0, duration_s)]))
}

/// Without the spans that lie more than [`MARGIN_DB`] below the mean power of those that stay.
fn near_in_level(speech: &Timeline, frames: &[Frame]) -> Timeline {
    let mut kept: Vec<(TimeSpan, f64)> = speech.spans().iter().map(|span| (*span, energy(span, frames))).collect();
    // Weak spans pull the mean down and so hide others: again until nothing more falls out. Each round drops at
    // least one span, and the strongest is above the mean and never dropped.
    loop {
        let duration_s: f64 = kept.iter().map(|(span, _)| span.duration_s()).sum();
        let mean = kept.iter().map(|(_, energy)| energy).sum::<f64>() / duration_s;
        let n = kept.len();
        kept.retain(|(span, energy)| {
            power_to_db(energy / span.duration_s() / mean).is_none_or(|below_db| below_db >= -MARGIN_DB)
        });
        if kept.len() == n {
            return Timeline::new(kept.into_iter().map(|(span, _)| span));
        }
    }
}

/// Power times time over the frames whose middle is in the span.
fn energy(span: &TimeSpan, frames: &[Frame]) -> f64 {
    let first = ((span.start_s / FRAME_S).round() as usize).min(frames.len());
    let end = ((span.end_s / FRAME_S).round() as usize).clamp(first, frames.len());
    frames[first..end].iter().map(|frame| f64::from(frame.power)).sum::<f64>() * FRAME_S
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs of (frames, probability, level in dB) must give these spans, in frames.
    fn check(runs: &[(usize, f32, f64)], expected: &[(usize, usize)]) {
        let frames: Vec<Frame> = runs
            .iter()
            .flat_map(|&(n, probability, level_db)| {
                std::iter::repeat_n(Frame { probability, power: 10f64.powf(level_db / 10.0) as f32 }, n)
            })
            .collect();
        let spans = from_frames(&frames, frames.len() as f64 * FRAME_S);
        let in_frames: Vec<(usize, usize)> = spans
            .spans()
            .iter()
            .map(|s| ((s.start_s / FRAME_S).round() as usize, (s.end_s / FRAME_S).round() as usize))
            .collect();
        assert_eq!(in_frames, expected);
    }

    #[test]
    fn no_frames_and_no_speech_give_nothing() {
        check(&[], &[]);
        check(&[(100, 0.3, -30.0)], &[]);
    }

    #[test]
    fn the_late_end_is_taken_back() {
        check(&[(10, 0.0, -60.0), (40, 0.9, -25.0), (20, 0.0, -60.0)], &[(10, 47)]);
    }

    #[test]
    fn speech_goes_on_through_a_dip_but_does_not_begin_in_one() {
        check(&[(10, 0.4, -25.0), (20, 0.9, -25.0), (20, 0.4, -25.0), (10, 0.0, -60.0)], &[(10, 47)]);
    }

    #[test]
    fn clicks_are_dropped_and_short_gaps_closed() {
        check(&[(10, 0.0, -60.0), (5, 0.9, -20.0), (30, 0.0, -60.0)], &[]);
        check(&[(40, 0.9, -25.0), (6, 0.1, -60.0), (40, 0.9, -25.0), (9, 0.0, -60.0)], &[(0, 83)]);
        check(&[(40, 0.9, -25.0), (9, 0.1, -60.0), (40, 0.9, -25.0), (9, 0.0, -60.0)], &[(0, 37), (49, 86)]);
    }

    #[test]
    fn a_voice_far_below_the_partys_own_is_not_the_party() {
        let gap = (30, 0.0, -70.0);
        check(&[(60, 0.9, -25.0), gap, (60, 0.9, -38.0), gap], &[(0, 57), (90, 147)]);
        check(&[(60, 0.9, -25.0), gap, (60, 0.9, -45.0), gap], &[(0, 57)]);
        // Weak sound pulls the mean down: the second round finds what the first one misses.
        check(&[(60, 0.9, -25.0), gap, (60, 0.9, -44.0), gap, (120, 0.9, -60.0), gap], &[(0, 57)]);
        // A quiet call is not a distant voice.
        check(&[(60, 0.9, -65.0), gap], &[(0, 57)]);
    }

    #[test]
    fn spans_do_not_pass_the_end() {
        let frames = vec![Frame { probability: 0.9, power: 0.01 }; 100];
        let spans = from_frames(&frames, 2.0);
        assert_eq!(spans.spans(), [TimeSpan::new(0.0, 2.0)]);
    }
}
