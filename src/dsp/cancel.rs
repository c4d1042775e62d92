//! Taking a known leakage out of a channel: a delayed, scaled copy is subtracted. Not an adaptive echo canceller:
//! gain and delay are given and hold for the whole signal.

/// Half width of the interpolating kernel in samples: with a Hann window the passband is flat within 0.1 dB up to
/// 85 % of half the sampling rate.
const HALF_WIDTH: isize = 16;

/// Subtracts `gain · source(t - delay)` from `target`; the delay is in samples, fractions allowed, negative =
/// earlier. `source` is silent outside its samples. Non-finite gains and delays change nothing.
pub fn subtract(target: &mut [f32], source: &[f32], gain: f64, delay_samples: f64) {
    if !gain.is_finite() || !delay_samples.is_finite() || gain == 0.0 {
        return;
    }
    let longest = (target.len() + source.len()) as f64 + HALF_WIDTH as f64;
    if delay_samples.abs() > longest {
        return;
    }
    let whole = delay_samples.floor();
    let kernel = fractional_delay(delay_samples - whole);
    let shift = whole as isize;
    for (t, slot) in target.iter_mut().enumerate() {
        // source(t - whole - k), k from -HALF_WIDTH to HALF_WIDTH, weighted by kernel[k + HALF_WIDTH].
        let newest = t as isize - shift + HALF_WIDTH;
        let copy: f64 = kernel
            .iter()
            .enumerate()
            .filter_map(|(k, weight)| {
                let at = usize::try_from(newest - k as isize).ok()?;
                Some(weight * f64::from(*source.get(at)?))
            })
            .sum();
        *slot = (f64::from(*slot) - gain * copy) as f32;
    }
}

/// Windowed sinc that delays by `fraction` (0..1) of a sample, its weights adding up to 1. A whole delay is exact.
fn fractional_delay(fraction: f64) -> Vec<f64> {
    let weights: Vec<f64> = (-HALF_WIDTH..=HALF_WIDTH)
        .map(|k| {
            let x = k as f64 - fraction;
            let sinc =
                if x.abs() < 1e-12 { 1.0 } else { (std::f64::consts::PI * x).sin() / (std::f64::consts::PI * x) };
            let window = 0.5 + 0.5 * (std::f64::consts::PI * x / (HALF_WIDTH as f64 + 1.0)).cos();
            sinc * window
        })
        .collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|w| w / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    /// Band-limited test signal with a closed form at any time.
    fn at(t: f64) -> f64 {
        0.3 * (TAU * 0.031 * t).sin() + 0.2 * (TAU * 0.173 * t + 1.0).sin() + 0.1 * (TAU * 0.35 * t + 2.0).sin()
    }

    fn check(gain: f64, delay_samples: f64) {
        let n = 2000;
        let source: Vec<f32> = (0..n).map(|t| at(t as f64) as f32).collect();
        let mut target: Vec<f32> = (0..n).map(|t| (gain * at(t as f64 - delay_samples)) as f32).collect();
        subtract(&mut target, &source, gain, delay_samples);
        // The ends are left out: there the source is cut off. 60 dB below the leak: a 33-tap kernel.
        let rest = target[400..1600].iter().map(|s| f64::from(s.abs())).fold(0.0, f64::max);
        assert!(rest < 0.6 * gain.abs() * 1e-3, "gain {gain} delay {delay_samples}: {rest}");
    }

    #[test]
    fn what_was_added_is_taken_out_again() {
        for gain in [0.5, -0.1] {
            for delay_samples in [0.0, 64.0, -64.0, 12.25, 12.5, -7.75, 0.01, 399.99] {
                check(gain, delay_samples);
            }
        }
    }

    #[test]
    fn impossible_paths_change_nothing() {
        for (gain, delay) in [(f64::NAN, 0.0), (1.0, f64::INFINITY), (0.0, 1.0), (1.0, 1e12)] {
            let mut target = [0.5f32; 4];
            subtract(&mut target, &[1.0; 4], gain, delay);
            assert_eq!(target, [0.5; 4]);
        }
    }
}
