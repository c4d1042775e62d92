//! Changing the sampling rate (rubato's synchronous FFT resampler), and cutting out a window at another rate.
//! Not for playback: a whole clip at a time, no streaming.

use audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler, WindowFunction};

use super::cancel;
use crate::units::SampleRate;

/// Frames of one FFT block on the side with the lower rate: its anti-aliasing filter then falls within the last
/// few per cent below Nyquist, so the telephone band (to 3.4 of 4 kHz) passes untouched.
const BLOCK: usize = 1024;

/// An FFT block is at most this long on the faster side, unless the two rates share no smaller period.
const MAX_BLOCK: usize = 65_536;

/// `samples` at `to`, the same start and length in time (rounded up to a sample). Equal rates give a copy.
pub fn resample(samples: &[f32], from: SampleRate, to: SampleRate) -> Vec<f32> {
    if samples.is_empty() || from == to {
        return samples.to_vec();
    }
    let (from_hz, to_hz) = (from.hz() as usize, to.hz() as usize);
    // The rates have this period in common, in input samples. An even number of them a block: of an odd block
    // rubato's filter has its centre between two samples, which would move the result by half a sample.
    let period = from_hz / gcd(from_hz, to_hz);
    let wanted = if from_hz >= to_hz {
        (BLOCK * from_hz / to_hz).min(MAX_BLOCK)
    } else {
        BLOCK.min(MAX_BLOCK * from_hz / to_hz)
    };
    let chunk = period * wanted.div_ceil(period).max(1).next_multiple_of(2);
    let mut resampler =
        Fft::<f32>::new_custom(from_hz, to_hz, chunk, 1, 1, WindowFunction::BlackmanHarris2, FixedSync::Input)
            .expect("both rates, the chunk and the number of channels are at least 1");
    let input = InterleavedSlice::new(samples, 1, samples.len()).expect("one channel of exactly this many frames");
    resampler.process_all(&input, samples.len(), None).expect("buffers are sized by the resampler itself").take_data()
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// What is heard of another channel: `target(t) += gain · source(t - delay)`.
#[derive(Debug, Clone, Copy)]
pub struct Leak<'a> {
    /// The other channel, from the same start as the target.
    pub source: &'a [f32],
    /// Signed amplitude ratio.
    pub gain: f64,
    /// Delay in samples, fractions allowed; may be negative.
    pub delay_samples: f64,
}

/// Native samples on each side of a window that are processed and thrown away: longer than the interpolation
/// filter of the leakage and than the resampler's.
const MARGIN: usize = 2 * BLOCK;

/// Samples `first..end` of `samples` at `to`, with the leaks taken out. The range is cut to what is there.
///
/// Only this window is copied, so that a long call is never held at a second rate.
pub fn window(
    samples: &[f32],
    first: usize,
    end: usize,
    from: SampleRate,
    to: SampleRate,
    leaks: &[Leak<'_>],
) -> Vec<f32> {
    let end = end.min(samples.len());
    let first = first.min(end);
    if leaks.is_empty() {
        return resample(&samples[first..end], from, to);
    }
    let reach = leaks.iter().map(|l| l.delay_samples.abs().ceil()).fold(0.0, f64::max);
    // A delay beyond the signal leaks nothing; the cast saturates.
    let margin = MARGIN.saturating_add(reach as usize).min(samples.len());
    let (wide_first, wide_end) = (first.saturating_sub(margin), end.saturating_add(margin).min(samples.len()));
    let mut wide = samples[wide_first..wide_end].to_vec();
    for leak in leaks {
        let source_end = wide_end.min(leak.source.len());
        let source = &leak.source[wide_first.min(source_end)..source_end];
        cancel::subtract(&mut wide, source, leak.gain, leak.delay_samples);
    }
    resample(&wide[first - wide_first..end - wide_first], from, to)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    fn rate(hz: u32) -> SampleRate {
        SampleRate::new(hz).expect("in range")
    }

    fn sine(hz: f64, rate_hz: u32, n: usize) -> Vec<f32> {
        (0..n).map(|i| (0.5 * (TAU * hz * i as f64 / f64::from(rate_hz)).sin()) as f32).collect()
    }

    /// A sine of 0.5 keeps its level, frequency and phase: every sample away from the ends is the same sine
    /// sampled at the other rate.
    fn check(hz: f64, from: u32, to: u32) {
        let n = from as usize;
        let out = resample(&sine(hz, from, n), rate(from), rate(to));
        let expected_len = (n as f64 * f64::from(to) / f64::from(from)).ceil() as usize;
        assert!(out.len().abs_diff(expected_len) <= 1, "{from} to {to}: {} samples", out.len());
        let ideal = sine(hz, to, out.len());
        // The ends of a cut sine are not band-limited and ring: leave out 50 ms.
        let edge = to as usize / 20;
        let worst = (edge..out.len() - edge).map(|i| (out[i] - ideal[i]).abs()).fold(0.0, f32::max);
        // 0.005 of 0.5 is -40 dB: less than 0.01 rad of phase and 0.1 dB of level together.
        assert!(worst < 0.005, "{from} to {to} at {hz} Hz: off by {worst}");
    }

    #[test]
    fn a_sine_keeps_level_frequency_and_phase() {
        for (from, to) in [(8000, 16_000), (48_000, 16_000), (44_100, 16_000), (11_025, 16_000), (192_000, 16_000)] {
            check(440.0, from, to);
            check(3400.0, from, to);
        }
    }

    #[test]
    fn rates_without_a_common_period_work_too() {
        check(1000.0, 44_101, 16_000);
        check(1000.0, 15_999, 16_000);
        check(1000.0, 767_999, 16_000);
        check(100.0, 997, 16_000);
    }

    #[test]
    fn what_the_lower_rate_cannot_hold_is_gone() {
        let out = resample(&sine(11_000.0, 48_000, 48_000), rate(48_000), rate(16_000));
        let worst = out[800..out.len() - 800].iter().fold(0.0, |m: f32, s| m.max(s.abs()));
        // -80 dB of 0.5; the window's side lobes are below -90 dB.
        assert!(worst < 5e-5, "alias of {worst}");
    }

    #[test]
    fn very_short_inputs_keep_their_length_in_time() {
        for (from, to) in [(8000, 16_000), (48_000, 16_000), (44_101, 16_000), (768_000, 16_000), (1, 16_000)] {
            for n in [0usize, 1, 2, 3, 100] {
                let out = resample(&vec![0.1; n], rate(from), rate(to));
                let expected = (n as f64 * f64::from(to) / f64::from(from)).ceil() as usize;
                assert!(out.len().abs_diff(expected) <= 1, "{n} samples, {from} to {to}: {}", out.len());
                assert!(out.iter().all(|s| s.is_finite()));
            }
        }
    }

    #[test]
    fn a_window_is_the_same_stretch_of_the_whole() {
        let whole = sine(440.0, 8000, 16_000);
        let out = window(&whole, 4000, 12_000, rate(8000), rate(16_000), &[]);
        assert_eq!(out.len(), 16_000);
        // 440 Hz repeats every half second, where the window starts.
        let ideal = sine(440.0, 16_000, 16_000);
        let worst = (800..15_200).map(|i| (out[i] - ideal[i]).abs()).fold(0.0, f32::max);
        assert!(worst < 0.005, "off by {worst}");
        assert_eq!(window(&whole, 15_999, 40_000, rate(8000), rate(16_000), &[]).len(), 2);
        assert!(window(&whole, 20_000, 40_000, rate(8000), rate(16_000), &[]).is_empty());
    }
}
