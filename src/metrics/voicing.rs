//! How periodic a short frame is: the voiced sounds of speech repeat 80 to 400 times a second, hiss, keys and bangs do
//! not. What `pauses` knows missed speech by. Not a pitch tracker: music and a humming machine are periodic too.
//!
//! The normalised autocorrelation from the power spectrum (Wiener and Khinchin), freed from that of the window
//! (P. Boersma, "Accurate short-term analysis of the fundamental frequency …", 1993); range about 0..=1.

use std::f64::consts::TAU;

use crate::dsp::spectrum::PowerSpectrum;
use crate::units::SampleRate;

/// The first formant and its harmonics: above, voices hiss; below, there is hum.
const BAND_HZ: (f64, f64) = (80.0, 1600.0);
/// Voices of adults, bass to raised.
const PITCH_HZ: (f64, f64) = (80.0, 400.0);
/// An eighth of a millisecond: 1600 Hz is followed by five points a period.
const LAG_STEP_S: f64 = 0.000_125;
/// Where the window's own autocorrelation is this small, noise would be blown up.
const LEAST_WINDOW: f64 = 0.15;

/// Measures frames of one length; made once.
#[derive(Debug)]
pub struct Voicing {
    spectrum: PowerSpectrum,
    bins: std::ops::Range<usize>,
    // A row of cosines for each lag, divided by the window's autocorrelation there.
    rows: Vec<Vec<f64>>,
    power: Vec<f64>,
}

impl Voicing {
    /// For frames of `len` samples.
    pub fn new(rate: SampleRate, len: usize) -> Self {
        let spectrum = PowerSpectrum::new(len);
        let bin_hz = f64::from(rate.hz()) / spectrum.frame_len() as f64;
        let last = ((BAND_HZ.1 / bin_hz) as usize + 1).min(spectrum.n_bins());
        let bins = ((BAND_HZ.0 / bin_hz).ceil() as usize).min(last)..last;
        let length_s = 1.0 / bin_hz;
        let n_lags = ((1.0 / PITCH_HZ.0 - 1.0 / PITCH_HZ.1) / LAG_STEP_S).round() as usize + 1;
        let rows = (0..n_lags)
            .map(|i| 1.0 / PITCH_HZ.1 + i as f64 * LAG_STEP_S)
            .map(|lag_s| {
                let of_window = of_hann(lag_s / length_s).max(LEAST_WINDOW);
                bins.clone().map(|k| (TAU * k as f64 * bin_hz * lag_s).cos() / of_window).collect()
            })
            .collect();
        Self { spectrum, bins, rows, power: Vec::new() }
    }

    /// Periodicity of a frame; 0 for silence.
    pub fn of(&mut self, frame: &[f32]) -> f64 {
        self.spectrum.of(frame, &mut self.power);
        let band = &self.power[self.bins.clone()];
        let total: f64 = band.iter().sum();
        if total <= 0.0 {
            return 0.0;
        }
        let at = |row: &Vec<f64>| row.iter().zip(band).map(|(cosine, power)| cosine * power).sum::<f64>();
        self.rows.iter().map(at).fold(0.0, f64::max) / total
    }
}

/// Autocorrelation of the Hann window at a lag of `x` window lengths, 1 at 0 (Boersma 1993, equation 8).
fn of_hann(x: f64) -> f64 {
    let x = x.clamp(0.0, 1.0);
    (1.0 - x) * (2.0 + (TAU * x).cos()) / 3.0 + (TAU * x).sin() / TAU
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(frame: &[f32], expected: std::ops::RangeInclusive<f64>) {
        let rate = SampleRate::new(8000).expect("a real rate");
        let found = Voicing::new(rate, frame.len()).of(frame);
        assert!(expected.contains(&found), "{found}, expected {expected:?}");
    }

    #[test]
    fn a_buzz_is_periodic_and_noise_is_not() {
        let buzz = |hz: f64| -> Vec<f32> {
            let at = |i: usize| (1..8).map(|h| (TAU * hz * f64::from(h) * i as f64 / 8000.0).sin()).sum::<f64>();
            (0..256).map(|i| at(i) as f32 * 0.1).collect()
        };
        // Autocorrelation at the period is 1 for a periodic sound, less what the window's ends cost.
        check(&buzz(100.0), 0.8..=1.2);
        check(&buzz(200.0), 0.8..=1.2);
        let mut state = 12_345u32;
        let noise: Vec<f32> = (0..256)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (f64::from(state) / f64::from(u32::MAX) - 0.5) as f32
            })
            .collect();
        check(&noise, 0.0..=0.75);
        check(&[0.0; 256], 0.0..=0.0);
    }
}
