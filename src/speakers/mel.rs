//! The mel spectrum that the speaker encoder hears: power in 40 bands of 25 ms frames, 10 ms apart, at 16 kHz. Not in
//! decibels, and not the log-mel of speech recognition.
//!
//! As librosa 0.11 computes it for Resemblyzer (`librosa.feature.melspectrogram` with its defaults): frames centred on
//! their time, zeros beyond the ends, periodic Hann window, squared magnitude of the unscaled transform, triangles on
//! the mel scale of M. Slaney, "Auditory Toolbox", 1998, each of unit area.

use crate::dsp::spectrum::PowerSpectrum;

/// The rate the encoder hears.
pub const RATE_HZ: u32 = 16_000;
/// Bands.
pub const N_MELS: usize = 40;
/// Samples of a frame: 25 ms.
const FRAME: usize = 400;
/// Samples from one frame to the next: 10 ms.
pub const HOP: usize = 160;

/// One frame: power by band.
pub type MelFrame = [f32; N_MELS];

/// The transform, made once.
#[derive(Debug)]
pub struct Mel {
    spectrum: PowerSpectrum,
    power: Vec<f64>,
    padded: Vec<f32>,
    /// By band: first bin and the weights from there on.
    bands: Vec<(usize, Vec<f64>)>,
}

/// Mel number of a frequency: linear below 1 kHz, logarithmic above.
fn to_mel(hz: f64) -> f64 {
    if hz < 1000.0 { hz * 3.0 / 200.0 } else { 15.0 + (hz / 1000.0).ln() * 27.0 / 6.4_f64.ln() }
}

fn to_hz(mel: f64) -> f64 {
    if mel < 15.0 { mel * 200.0 / 3.0 } else { 1000.0 * ((mel - 15.0) * 6.4_f64.ln() / 27.0).exp() }
}

impl Default for Mel {
    fn default() -> Self {
        let spectrum = PowerSpectrum::new(FRAME);
        let highest = to_mel(f64::from(RATE_HZ) / 2.0);
        let edges: Vec<f64> = (0..N_MELS + 2).map(|i| to_hz(highest * i as f64 / (N_MELS + 1) as f64)).collect();
        // `PowerSpectrum` scales by the length and the window's energy (3/8 a sample for Hann) and folds negative
        // frequencies in; the reference does neither.
        let unscaled = FRAME as f64 * FRAME as f64 * 3.0 / 8.0;
        let weight = |bin: usize, low: f64, peak: f64, high: f64| {
            let hz = bin as f64 * f64::from(RATE_HZ) / FRAME as f64;
            let folded = if bin == 0 || 2 * bin == FRAME { 1.0 } else { 2.0 };
            let triangle = ((hz - low) / (peak - low)).min((high - hz) / (high - peak)).max(0.0);
            triangle * 2.0 / (high - low) * unscaled / folded
        };
        let bands = edges.windows(3).map(|edge| {
            let weights: Vec<f64> = (0..spectrum.n_bins()).map(|bin| weight(bin, edge[0], edge[1], edge[2])).collect();
            let first = weights.iter().position(|w| *w > 0.0).unwrap_or(0);
            let end = weights.iter().rposition(|w| *w > 0.0).map_or(first, |last| last + 1);
            (first, weights[first..end].to_vec())
        });
        Self { bands: bands.collect(), spectrum, power: Vec::new(), padded: Vec::new() }
    }
}

impl Mel {
    /// Frames of `samples` at [`RATE_HZ`]: one for each whole 10 ms, centred on its start.
    pub fn frames(&mut self, samples: &[f32]) -> Vec<MelFrame> {
        self.padded.clear();
        self.padded.resize(FRAME / 2, 0.0);
        self.padded.extend_from_slice(samples);
        self.padded.resize(samples.len() + FRAME, 0.0);
        let mut out = Vec::with_capacity(samples.len() / HOP);
        for first in (0..samples.len() / HOP).map(|i| i * HOP) {
            self.spectrum.of(&self.padded[first..first + FRAME], &mut self.power);
            let mut frame = [0.0; N_MELS];
            for (slot, (first, weights)) in frame.iter_mut().zip(&self.bands) {
                let sum: f64 = self.power.iter().skip(*first).zip(weights).map(|(p, w)| p * w).sum();
                *slot = sum as f32;
            }
            out.push(frame);
        }
        out
    }
}
