//! Power spectra by FFT (rustfft): one frame at a time, or averaged after Welch.
//!
//! Scaled so that the bins of one frame add up to its mean square (window-weighted), and a density integrates to
//! the mean square of the signal: a level read from a spectrum equals the level read from the samples.
//! Source: P. D. Welch, "The use of fast Fourier transform for the estimation of power spectra", 1967.

use std::sync::Arc;

use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner};

/// A plan for power spectra of frames of one length, Hann window. Made once, used for every frame.
pub struct PowerSpectrum {
    fft: Arc<dyn Fft<f32>>,
    window: Vec<f32>,
    buffer: Vec<Complex<f32>>,
    scratch: Vec<Complex<f32>>,
    scale: f64,
}

impl std::fmt::Debug for PowerSpectrum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PowerSpectrum").field("len", &self.window.len()).finish_non_exhaustive()
    }
}

impl PowerSpectrum {
    /// For frames of `len` samples; lengths below 2 are taken as 2.
    pub fn new(len: usize) -> Self {
        let len = len.max(2);
        let fft = FftPlanner::new().plan_fft_forward(len);
        let window = hann(len);
        let energy: f64 = window.iter().map(|&w| f64::from(w) * f64::from(w)).sum();
        let scratch = vec![Complex::default(); fft.get_inplace_scratch_len()];
        Self { fft, buffer: vec![Complex::default(); len], scratch, scale: 1.0 / (len as f64 * energy), window }
    }

    /// Samples in a frame.
    pub fn frame_len(&self) -> usize {
        self.window.len()
    }

    /// Bins from 0 Hz to half the sampling rate.
    pub fn n_bins(&self) -> usize {
        self.window.len() / 2 + 1
    }

    /// Power in each bin, negative frequencies folded in; the bins add up to the mean square of the frame weighted
    /// by the squared window. Short frames are padded with zeros, samples beyond the length are ignored.
    pub fn of(&mut self, frame: &[f32], power: &mut Vec<f64>) {
        for (i, (slot, &w)) in self.buffer.iter_mut().zip(&self.window).enumerate() {
            *slot = Complex::new(frame.get(i).copied().unwrap_or(0.0) * w, 0.0);
        }
        self.fft.process_with_scratch(&mut self.buffer, &mut self.scratch);
        let len = self.window.len();
        power.clear();
        power.extend(self.buffer[..len / 2 + 1].iter().enumerate().map(|(k, bin)| {
            let (re, im) = (f64::from(bin.re), f64::from(bin.im));
            // 0 Hz and, for an even length, half the rate have no mirror image.
            let folded = if k == 0 || 2 * k == len { 1.0 } else { 2.0 };
            folded * self.scale * (re * re + im * im)
        }));
    }
}

/// Periodic Hann window: its shifted copies at half its length add up to 1.
fn hann(len: usize) -> Vec<f32> {
    (0..len).map(|i| (0.5 - 0.5 * (std::f64::consts::TAU * i as f64 / len as f64).cos()) as f32).collect()
}

/// Power spectral density: full scale squared per Hz, from 0 Hz in steps of `bin_hz`.
#[derive(Debug, Clone, PartialEq)]
pub struct Psd {
    /// Width of a bin in Hz.
    pub bin_hz: f64,
    /// Density in each bin.
    pub density: Vec<f64>,
}

impl Psd {
    /// Mean square of the part of the signal between the two frequencies.
    pub fn band_power(&self, from_hz: f64, to_hz: f64) -> f64 {
        let bins = self.density.iter().enumerate().filter(|(k, _)| {
            let hz = *k as f64 * self.bin_hz;
            hz >= from_hz && hz <= to_hz
        });
        bins.map(|(_, d)| d * self.bin_hz).sum()
    }
}

/// Welch's average over frames of `len` samples that overlap by half, Hann window. `None` if the samples do not
/// fill one frame.
pub fn welch(samples: &[f32], rate_hz: f64, len: usize) -> Option<Psd> {
    let mut spectrum = PowerSpectrum::new(len);
    let starts = (0..=samples.len().checked_sub(spectrum.frame_len())?).step_by(spectrum.frame_len() / 2);
    welch_at(samples, rate_hz, &mut spectrum, starts)
}

/// Welch's average over the frames that begin at `starts`; frames that do not fit are left out. `None` if none fits.
pub fn welch_at(
    samples: &[f32],
    rate_hz: f64,
    spectrum: &mut PowerSpectrum,
    starts: impl IntoIterator<Item = usize>,
) -> Option<Psd> {
    let len = spectrum.frame_len();
    let bin_hz = rate_hz / len as f64;
    let mut sums = vec![0.0; spectrum.n_bins()];
    let mut power = Vec::with_capacity(sums.len());
    let mut n_frames = 0usize;
    for frame in starts.into_iter().filter_map(|start| samples.get(start..start + len)) {
        spectrum.of(frame, &mut power);
        sums.iter_mut().zip(&power).for_each(|(sum, p)| *sum += p);
        n_frames += 1;
    }
    if n_frames == 0 {
        return None;
    }
    sums.iter_mut().for_each(|sum| *sum /= n_frames as f64 * bin_hz);
    Some(Psd { bin_hz, density: sums })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    /// Not white, not periodic, no library: a linear congruential generator.
    fn noise(n: usize) -> Vec<f32> {
        let mut state = 12_345u32;
        (0..n)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (f64::from(state) / f64::from(u32::MAX) - 0.5) as f32
            })
            .collect()
    }

    #[test]
    fn a_frame_equals_the_plain_fourier_sum() {
        let (len, frame) = (30, noise(30));
        let window = hann(len);
        let energy: f64 = window.iter().map(|&w| f64::from(w).powi(2)).sum();
        let mut power = Vec::new();
        PowerSpectrum::new(len).of(&frame, &mut power);
        for (k, &p) in power.iter().enumerate() {
            let (mut re, mut im) = (0.0, 0.0);
            for (n, (&x, &w)) in frame.iter().zip(&window).enumerate() {
                let angle = TAU * (k * n) as f64 / len as f64;
                re += f64::from(x * w) * angle.cos();
                im -= f64::from(x * w) * angle.sin();
            }
            let folded = if k == 0 || k == len / 2 { 1.0 } else { 2.0 };
            let expected = folded * (re * re + im * im) / (len as f64 * energy);
            // 1e-6: 32-bit arithmetic on values of about 1e-2.
            assert!((p - expected).abs() < 1e-6, "bin {k}: {p} and {expected}");
        }
    }

    #[test]
    fn density_integrates_to_the_mean_square() {
        let samples = noise(64_000);
        let psd = welch(&samples, 8000.0, 256).expect("long enough");
        let level = 10.0 * (psd.band_power(0.0, 4000.0) / super::super::frames::mean_square(&samples)).log10();
        // 0.05 dB: half a frame at each end weighs less than the rest.
        assert!(level.abs() < 0.05, "{level} dB");
    }

    #[test]
    fn a_sine_has_its_power_at_its_frequency() {
        let samples: Vec<f32> = (0..8000).map(|n| (TAU * 1000.0 * n as f64 / 8000.0).sin() as f32).collect();
        let psd = welch(&samples, 8000.0, 256).expect("long enough");
        // 0.5 is the mean square of a sine; 1e-3: 32-bit arithmetic and leakage of the window.
        assert!((psd.band_power(900.0, 1100.0) - 0.5).abs() < 1e-3);
        assert!(psd.band_power(2000.0, 4000.0) < 1e-8);
    }

    #[test]
    fn too_few_samples_have_no_spectrum() {
        assert_eq!(welch(&[0.0; 10], 8000.0, 256), None);
    }
}
