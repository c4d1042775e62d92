//! How much of one signal's power follows another's: powers by frame, a straight line through them. It needs no
//! waveform that survived, so it holds after coders which keep the energy and not the samples; for waveforms that did
//! survive, [`super::correlation`] is far more exact.

/// The line `target = gain · source + noise` through powers by frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PowerGain {
    /// Power ratio, not negative.
    pub gain: f64,
    /// Power of the target that does not depend on the source.
    pub noise: f64,
    /// Standard error of the gain as a share of it.
    pub relative_error: f64,
}

/// Fewer frames say nothing.
const LEAST_FRAMES: usize = 30;
/// Rounds of weighting by the last line; it moves by under 1 % after the third.
const ROUNDS: usize = 5;
/// A frame this many times above the line holds something else, e.g. the target's own voice: four times is beyond
/// what speech differs by between two codings of it in 60 ms.
const OUTLIER: f64 = 4.0;
/// Neighbouring frames move together, in speech and in noise, for about the 200 ms of a syllable: ten frames of 20 ms are
/// one independent value.
const FRAMES_A_VALUE: f64 = 10.0;

/// Fits the line to pairs (power of the source, power of the target) by least squares; the spread of a frame's power
/// grows with its power, so each is weighted by the reciprocal of what the line says. `None` where there are too few
/// frames or the source does not move.
pub fn power_gain(pairs: &[(f64, f64)]) -> Option<PowerGain> {
    if pairs.len() < LEAST_FRAMES {
        return None;
    }
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / pairs.len() as f64;
    let (source, target) = (mean(|p| p.0), mean(|p| p.1));
    if source <= 0.0 || target <= 0.0 || !source.is_finite() || !target.is_finite() {
        return None;
    }
    // The first line explains half of the target; nothing is an outlier to it but what is far above the mean.
    let mut line = PowerGain { gain: 0.5 * target / source, noise: 0.5 * target, relative_error: f64::INFINITY };
    for _ in 0..ROUNDS {
        let [mut w, mut wx, mut wy, mut wxx, mut wxy, mut spread, mut n] = [0.0; 7];
        for &(x, y) in pairs {
            let expected = line.gain * x + line.noise;
            if y > OUTLIER * expected {
                continue;
            }
            // A thousandth of the mean keeps the weight finite in digital silence.
            let weight = 1.0 / (expected + 1e-3 * target);
            w += weight;
            wx += weight * x;
            wy += weight * y;
            wxx += weight * x * x;
            wxy += weight * x * y;
            spread += weight * (y - expected) * (y - expected);
            n += 1.0;
        }
        let determinant = w * wxx - wx * wx;
        if n < LEAST_FRAMES as f64 || determinant <= 1e-9 * w * wxx {
            return None;
        }
        let mut gain = ((w * wxy - wx * wy) / determinant).max(0.0);
        let mut noise = (wy - gain * wx) / w;
        if noise < 0.0 {
            (gain, noise) = (wxy / wxx, 0.0);
        }
        if gain <= 0.0 {
            return None;
        }
        let error = (spread / n * w / determinant * FRAMES_A_VALUE).sqrt();
        line = PowerGain { gain, noise, relative_error: error / gain };
    }
    Some(line)
}

/// The value between two frames, by straight line; `None` outside.
pub fn between_frames(powers: &[f64], at: f64) -> Option<f64> {
    let first = at.floor();
    let i = (first >= 0.0).then_some(first as usize)?;
    let (a, b) = (*powers.get(i)?, *powers.get(i + 1)?);
    Some(a + (b - a) * (at - first))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Powers that move like speech, and a target on a line with a spread of `spread` times its own power.
    fn pairs(gain: f64, noise: f64, spread: f64) -> Vec<(f64, f64)> {
        let mut state = 7u32;
        let mut uniform = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(state >> 8) / f64::from(1u32 << 24)
        };
        (0..600)
            .map(|_| {
                let x = 10f64.powf(-4.0 * uniform());
                (x, (gain * x + noise) * (1.0 + spread * (uniform() - 0.5)))
            })
            .collect()
    }

    fn check(gain: f64, noise: f64, spread: f64) {
        let line = power_gain(&pairs(gain, noise, spread)).expect("a line");
        // Four standard errors of its own estimate; and rounding where there is no spread.
        let error = (line.gain / gain - 1.0).abs();
        assert!(error <= 4.0 * line.relative_error + 1e-6, "{line:?} for {gain}");
        assert!(spread > 0.0 || (line.noise / noise - 1.0).abs() < 1e-3, "{line:?} for {noise}");
    }

    #[test]
    fn a_line_is_found_through_noise_and_spread() {
        check(0.25, 1e-3, 0.0);
        check(0.25, 1e-3, 1.0);
        check(1e-3, 1e-3, 0.5);
    }

    #[test]
    fn frames_with_something_else_are_left_out() {
        let mut with_voice = pairs(0.01, 1e-4, 0.2);
        with_voice.iter_mut().step_by(10).for_each(|p| p.1 += 1.0);
        let line = power_gain(&with_voice).expect("a line");
        // 0.5 dB: a tenth of the frames is 100 times the mean of the rest.
        assert!((10.0 * (line.gain / 0.01).log10()).abs() < 0.5, "{line:?}");
    }

    #[test]
    fn silence_and_a_source_that_does_not_move_have_no_gain() {
        assert_eq!(power_gain(&[(0.0, 0.0); 100]), None);
        assert_eq!(power_gain(&[(1.0, 0.5); 100]), None);
        assert_eq!(power_gain(&[(1.0, 0.5); 5]), None);
    }

    #[test]
    fn powers_are_read_between_frames() {
        assert_eq!(between_frames(&[1.0, 3.0], 0.25), Some(1.5));
        assert_eq!(between_frames(&[1.0, 3.0], 1.0), None);
        assert_eq!(between_frames(&[1.0, 3.0], -0.5), None);
    }
}
