//! The spectrogram that the network hears: 80 or 128 mel bands, a frame every 10 ms (Radford et al. 2022, section 2.2).
//! Not for measuring: it is 16 kHz, clipped to 80 dB below the loudest band and scaled for the network.

use std::sync::Arc;

use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner};

/// Samples in a frame (25 ms) and from frame to frame (10 ms) at 16 kHz.
const FRAME: usize = 400;
pub(super) const HOP: usize = 160;
/// Frequencies of a frame, from 0 Hz to half the rate.
pub(super) const N_BINS: usize = FRAME / 2 + 1;

/// Plans for one filter bank.
pub(super) struct Mel {
    /// For each band, the first bin that counts and the weights from there on.
    filters: Vec<(usize, Vec<f32>)>,
    window: Vec<f32>,
    fft: Arc<dyn Fft<f32>>,
}

impl Mel {
    /// `filters` holds a row of [`N_BINS`] weights for each band.
    pub fn new(filters: &[f32]) -> Self {
        let filters = filters
            .chunks_exact(N_BINS)
            .map(|row| {
                let first = row.iter().position(|w| *w != 0.0).unwrap_or(0);
                let end = row.iter().rposition(|w| *w != 0.0).map_or(first, |last| last + 1);
                (first, row[first..end].to_vec())
            })
            .collect();
        // Hann, periodic.
        let window =
            (0..FRAME).map(|i| 0.5 - 0.5 * (2.0 * std::f32::consts::PI * i as f32 / FRAME as f32).cos()).collect();
        Self { filters, window, fft: FftPlanner::new().plan_fft_forward(FRAME) }
    }

    /// Frame after frame, `n_frames` of them: the sound (16 kHz), then silence. The loudest band of all sets the floor.
    pub fn of(&self, sound: &[f32], n_frames: usize) -> Vec<f32> {
        let n_mels = self.filters.len();
        let half = FRAME / 2;
        // Frames are centred on their time; before the start the sound is mirrored.
        let sample = |at: isize| {
            let at = at.unsigned_abs();
            sound.get(at).copied().unwrap_or(0.0)
        };
        let mut log = vec![0.0_f32; n_frames * n_mels];
        let mut buffer = vec![Complex::default(); FRAME];
        let mut scratch = vec![Complex::default(); self.fft.get_inplace_scratch_len()];
        let mut power = vec![0.0_f32; N_BINS];
        let mut loudest = f32::NEG_INFINITY;
        // 1e-10 is the least power that is told from silence.
        const LEAST: f32 = 1e-10;
        for (frame, log) in log.chunks_exact_mut(n_mels).enumerate() {
            let first = (frame * HOP) as isize - half as isize;
            if first >= sound.len() as isize {
                log.fill(LEAST.log10());
                continue;
            }
            for (i, (slot, w)) in buffer.iter_mut().zip(&self.window).enumerate() {
                *slot = Complex::new(sample(first + i as isize) * w, 0.0);
            }
            self.fft.process_with_scratch(&mut buffer, &mut scratch);
            for (power, bin) in power.iter_mut().zip(&buffer) {
                *power = bin.norm_sqr();
            }
            for (value, (first, weights)) in log.iter_mut().zip(&self.filters) {
                let sum: f32 = weights.iter().zip(&power[*first..]).map(|(w, p)| w * p).sum();
                *value = sum.max(LEAST).log10();
                loudest = loudest.max(*value);
            }
        }
        loudest = loudest.max(LEAST.log10());
        for value in &mut log {
            *value = (value.max(loudest - 8.0) + 4.0) / 4.0;
        }
        log
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One band of one bin: 1 kHz.
    fn one_band() -> Mel {
        let mut filters = vec![0.0; N_BINS];
        filters[25] = 1.0;
        Mel::new(&filters)
    }

    #[test]
    fn a_tone_has_the_power_that_its_window_lets_through() {
        let sound: Vec<f32> = (0..16_000)
            .map(|i| 0.1 * (2.0 * std::f64::consts::PI * 1000.0 * f64::from(i) / 16_000.0).sin() as f32)
            .collect();
        let log = one_band().of(&sound, 120);
        // The window's sum is 200, so the bin holds (0.1 · 200 / 2)² = 100.
        let expected = (2.0 + 4.0) / 4.0;
        assert!((log[50] - expected).abs() < 1e-4, "{}", log[50]);
        // Silence after the sound lies at the floor, 8 decades below.
        assert!((log[110] - (expected - 2.0)).abs() < 1e-4, "{}", log[110]);
    }

    #[test]
    fn silence_is_all_the_same() {
        assert!(one_band().of(&[], 3).iter().all(|v| (v - -1.5).abs() < 1e-6));
    }
}
