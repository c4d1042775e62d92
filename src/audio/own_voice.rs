//! Where a channel holds its own party's voice, and where nothing but the other's leakage. Leakage that was found is
//! subtracted first; what is left of it after a coder or an echo path follows the other party's power, and what does
//! not follow it is the party's own. Not voice activity: a noise is nobody's leakage either.

use super::leakage::{FRAME_S, frame_powers};
use crate::call::{Channels, LeakagePath};
use crate::dsp::frames::smoothed;
use crate::dsp::power_gain::{PowerGain, between_frames};
use crate::dsp::resample::{self, Leak};
use crate::timeline::Timeline;

/// Frames at a time without their leakage: a minute, so that a long call is not copied.
const BLOCK_FRAMES: usize = 3000;
/// Leakage is heard from half of the power of the background on.
const HEARD: f64 = 0.5;
/// What is left of leakage moves around the line by up to 6 dB ...
const ABOVE_REST: f64 = 4.0;
/// ... and the background by 3 dB in 60 ms.
const ABOVE_NOISE: f64 = 2.0;
/// A voice goes on through moments in which leakage is louder: pauses within words.
const MAX_GAP_S: f64 = 0.3;
/// A shorter piece of voice between leakage is a moment in which the line did not hold.
const MIN_VOICE_S: f64 = 0.1;

/// A channel and when it holds nothing but leakage.
#[derive(Debug)]
pub(super) struct Leaked {
    /// The channel.
    pub channel: usize,
    /// When.
    pub when: Timeline,
}

impl Leaked {
    /// From powers by frame: of the other channel, and of this one without the leakage (`rest`). The lines say how
    /// this channel follows the other with its leakage and without it; `delay_frames` is how much later.
    pub fn new(
        channel: usize,
        source: &[f64],
        rest: &[f64],
        line: Option<PowerGain>,
        rest_line: Option<PowerGain>,
        delay_frames: f64,
    ) -> Self {
        let Some(line) = line else { return Self { channel, when: Timeline::default() } };
        // No line through the rest: it does not follow the other at all.
        let rest_gain = rest_line.map_or(0.0, |l| l.gain);
        let noise = rest_line.map_or(line.noise, |l| l.noise);
        let is_leakage: Vec<bool> = rest
            .iter()
            .enumerate()
            .map(|(t, &rest)| {
                let Some(source) = between_frames(source, t as f64 - delay_frames) else { return false };
                line.gain * source > HEARD * noise && rest < ABOVE_REST * rest_gain * source + ABOVE_NOISE * noise
            })
            .collect();
        Self { channel, when: Timeline::from_frames(&is_leakage, FRAME_S) }
    }
}

/// Power of the target channel by frame, the leakage taken out.
pub(super) fn powers_without(channels: &Channels, path: &LeakagePath) -> Vec<f64> {
    let rate = channels.rate();
    let hop = rate.s_to_samples(FRAME_S).max(1);
    let n_frames = channels.n_samples() / hop;
    let leak = Leak { source: channels.plane(path.from), gain: path.gain, delay_samples: path.delay_samples };
    let mut powers = Vec::with_capacity(n_frames);
    for first in (0..n_frames).step_by(BLOCK_FRAMES) {
        let end = (first + BLOCK_FRAMES).min(n_frames);
        // A frame more on either side: each looks half a frame beyond its own.
        let lead = first.min(1);
        let sound =
            resample::window(channels.plane(path.to), (first - lead) * hop, (end + 1) * hop, rate, rate, &[leak]);
        powers.extend(frame_powers(&sound, rate).into_iter().skip(lead).take(end - first));
    }
    smoothed(&powers, 1)
}

/// Speech without leakage, as somebody who listens would mark it.
pub(super) fn without(speech: &Timeline, leakage: &Timeline) -> Timeline {
    speech.minus(leakage).longer_than(MIN_VOICE_S).closed(MAX_GAP_S).intersection(speech).longer_than(MIN_VOICE_S)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::TimeSpan;

    fn line(spans: &[(f64, f64)]) -> Timeline {
        Timeline::new(spans.iter().map(|(a, b)| TimeSpan::new(*a, *b)))
    }

    #[test]
    fn speech_goes_on_through_short_leakage_and_ends_at_long() {
        let speech = line(&[(0.0, 5.0), (8.0, 10.0)]);
        let leakage = line(&[(1.0, 1.25), (3.0, 6.0), (8.0, 9.0), (9.05, 10.0)]);
        assert_eq!(without(&speech, &leakage), line(&[(0.0, 3.0)]));
        assert_eq!(without(&speech, &Timeline::default()), speech);
    }

    #[test]
    fn frames_that_follow_the_other_are_leakage_and_louder_ones_are_not() {
        let gain = |gain: f64| Some(PowerGain { gain, noise: 1e-6, relative_error: 0.01 });
        let source = [0.0, 1e-2, 1e-2, 1e-2, 1e-2, 0.0];
        // Nothing; leakage twice and four times as strong as expected; a voice; quiet; noise.
        let rest = [1e-6, 2e-5, 3.9e-5, 1e-3, 1e-6, 1e-6];
        let found = Leaked::new(1, &source, &rest, gain(1e-2), gain(1e-3), 0.0);
        let expected = line(&[(0.02, 0.06), (0.08, 0.1)]);
        assert_eq!(found.when.spans().len(), expected.spans().len());
        // Rounding: frames of 20 ms as sums of floating point numbers.
        for (a, b) in found.when.spans().iter().zip(expected.spans()) {
            assert!((a.start_s - b.start_s).abs() < 1e-9 && (a.end_s - b.end_s).abs() < 1e-9, "{found:?}");
        }
        assert!(Leaked::new(1, &source, &rest, None, None, 0.0).when.is_empty());
    }
}
