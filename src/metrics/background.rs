//! Short-time power in frequency bands, and which frames hold nothing but background. What `noise` averages.
//! Not a detector of speech: where the party speaks is given, and only refined here by energy.

use crate::dsp::frames::mean;
use crate::dsp::spectrum::PowerSpectrum;
use crate::timeline::Timeline;
use crate::units::SampleRate;

/// Upper edges of the bands in Hz: about one Bark each (Zwicker 1961), moved so that 300 and 3400 Hz, the telephone
/// band, are edges. The last one is open.
const UPPER_EDGES_HZ: [f64; 24] = [
    100.0,
    200.0,
    300.0,
    400.0,
    510.0,
    630.0,
    770.0,
    920.0,
    1080.0,
    1270.0,
    1480.0,
    1720.0,
    2000.0,
    2320.0,
    2700.0,
    3100.0,
    3400.0,
    4400.0,
    5300.0,
    6400.0,
    7700.0,
    9500.0,
    12_000.0,
    f64::INFINITY,
];
/// Bands of 300 to 3400 Hz.
pub const TELEPHONE_BANDS: std::ops::Range<usize> = 3..17;
/// Bands of the whole spectrum.
pub const ALL_BANDS: std::ops::Range<usize> = 0..UPPER_EDGES_HZ.len();
/// Frames of about 32 ms resolve the harmonics of speech and are shorter than most of its sounds.
const FRAME_S: f64 = 0.032;

/// Samples up to this magnitude are digital silence: two steps of 16 bits, the size of dither.
pub const DIGITAL_ZERO: f32 = 2.0 / 32_768.0;
/// Runs of zeros from this length on are silence, not a quiet moment of a wave.
pub const SHORTEST_SILENCE_S: f64 = 0.01;

/// Runs of digital silence as ranges of samples, in order.
pub fn digital_silence(samples: &[f32], rate: SampleRate) -> Vec<std::ops::Range<usize>> {
    let shortest = rate.s_to_samples(SHORTEST_SILENCE_S).max(1);
    let mut runs = Vec::new();
    let mut start = 0;
    for (i, sample) in samples.iter().enumerate() {
        if sample.abs() > DIGITAL_ZERO {
            if i - start >= shortest {
                runs.push(start..i);
            }
            start = i + 1;
        }
    }
    if samples.len().saturating_sub(start) >= shortest {
        runs.push(start..samples.len());
    }
    runs
}

/// Power of each frame in each band.
#[derive(Debug)]
pub struct BandPowers {
    /// Time from frame to frame.
    pub hop_s: f64,
    len: usize,
    hop: usize,
    n_bands: usize,
    // Invariant: n_frames * n_bands values, frame after frame. f32: four hours of them must fit beside the samples.
    powers: Vec<f32>,
    /// True for frames that touch digital silence.
    pub is_silent: Vec<bool>,
}

impl BandPowers {
    /// Analyses a channel; its mean is taken out first, as an offset is no sound. `silence` as from
    /// [`digital_silence`].
    pub fn new(samples: &[f32], rate: SampleRate, silence: &[std::ops::Range<usize>]) -> Self {
        let rate_hz = f64::from(rate.hz());
        let len = ((FRAME_S * rate_hz) as usize).next_power_of_two().max(16);
        let hop = len / 2;
        let mut spectrum = PowerSpectrum::new(len);
        let offset = mean(samples) as f32;
        let bin_hz = rate_hz / len as f64;
        let band_of: Vec<usize> = (0..spectrum.n_bins())
            .map(|k| UPPER_EDGES_HZ.iter().position(|&edge| (k as f64 * bin_hz) < edge).unwrap_or(0))
            .collect();
        let n_bands = band_of.last().map_or(1, |last| last + 1);
        let n_frames = if samples.len() < len { 0 } else { (samples.len() - len) / hop + 1 };
        let mut powers = Vec::with_capacity(n_frames * n_bands);
        let mut is_silent = Vec::with_capacity(n_frames);
        let mut frame = vec![0f32; len];
        let mut bins = Vec::with_capacity(spectrum.n_bins());
        let mut bands = vec![0.0; n_bands];
        let mut next_silence = 0;
        for t in 0..n_frames {
            let start = t * hop;
            while silence.get(next_silence).is_some_and(|run| run.end <= start) {
                next_silence += 1;
            }
            is_silent.push(silence.get(next_silence).is_some_and(|run| run.start < start + len));
            for (slot, sample) in frame.iter_mut().zip(&samples[start..start + len]) {
                *slot = sample - offset;
            }
            spectrum.of(&frame, &mut bins);
            bands.fill(0.0);
            for (&band, power) in band_of.iter().zip(&bins) {
                bands[band] += power;
            }
            powers.extend(bands.iter().map(|&p| p as f32));
        }
        Self { hop_s: hop as f64 / rate_hz, len, hop, n_bands, powers, is_silent }
    }

    /// Frames.
    pub fn n_frames(&self) -> usize {
        self.is_silent.len()
    }

    /// Samples of a frame, as a range of the channel's.
    pub fn samples_of(&self, t: usize) -> std::ops::Range<usize> {
        t * self.hop..t * self.hop + self.len
    }

    /// Seconds that so many frames stand for.
    pub fn seconds(&self, n_frames: usize) -> f64 {
        n_frames as f64 * self.hop_s
    }

    /// Band powers of a frame.
    pub fn frame(&self, t: usize) -> &[f32] {
        &self.powers[t * self.n_bands..(t + 1) * self.n_bands]
    }

    /// Power of a frame in some bands.
    pub fn power(&self, t: usize, bands: &std::ops::Range<usize>) -> f64 {
        let to = bands.end.min(self.n_bands);
        self.frame(t)[bands.start.min(to)..to].iter().map(|&p| f64::from(p)).sum()
    }

    /// Sum of the powers by band over the frames for which `is_wanted` holds, and how many they are.
    pub fn sum_where(&self, is_wanted: impl Fn(usize) -> bool) -> (Vec<f64>, usize) {
        let mut sums = vec![0.0; self.n_bands];
        let mut n = 0usize;
        for t in (0..self.n_frames()).filter(|&t| is_wanted(t)) {
            sums.iter_mut().zip(self.frame(t)).for_each(|(sum, &p)| *sum += f64::from(p));
            n += 1;
        }
        (sums, n)
    }

    /// One flag a frame: does the timeline hold at its middle?
    pub fn flags(&self, timeline: &Timeline) -> Vec<bool> {
        // A frame is two hops long: its middle is one hop after its start, half a hop after what `to_frames` takes.
        let shifted = timeline.to_frames(self.hop_s / 2.0, self.n_frames() * 2 + 2);
        (0..self.n_frames()).map(|t| shifted[2 * t + 1] || shifted[2 * t + 2]).collect()
    }
}
