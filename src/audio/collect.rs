//! Gathers decoded samples into planes: keeps to the limits, keeps time, replaces what is not a number.
//! Knows no format and no decoder.
//!
//! Time is kept by silence: a packet that cannot be decoded, or that is missing, becomes silence of its own
//! length, so that whatever follows is heard when it was said. Silence at the very end is left out: no sound is
//! invented there.

use super::decode::{DecodeError, DecodeLimits};
use crate::call::{Channels, Problem, ProblemSeverity};
use crate::units::SampleRate;

/// Collects the samples of one recording.
// Invariant: all planes have the same length, at most `max_samples`, and hold only finite values.
#[derive(Debug)]
pub(super) struct Collector {
    rate: SampleRate,
    planes: Vec<Vec<f32>>,
    max_samples: u64,
    is_memory_limit: bool,
    limits: DecodeLimits,
    /// Samples still to be left out at the start: encoder delay.
    to_skip: u64,
    /// Silence owed before the next real sample.
    pending_silence: u64,
    n_not_finite: Vec<u64>,
    n_over: Vec<u64>,
    peak: Vec<f32>,
}

impl Collector {
    /// For `n_channels` channels at `rate`, leaving out the first `to_skip` samples.
    pub(super) fn new(
        rate: SampleRate,
        n_channels: usize,
        to_skip: u64,
        limits: &DecodeLimits,
    ) -> Result<Self, DecodeError> {
        if n_channels == 0 {
            return Err(DecodeError::Malformed("the file says that it has 0 channels".into()));
        }
        limits.check(rate.hz(), n_channels)?;
        let (max_samples, is_memory_limit) = limits.max_samples(rate.hz(), n_channels);
        Ok(Self {
            rate,
            planes: vec![Vec::new(); n_channels],
            max_samples,
            is_memory_limit,
            limits: limits.clone(),
            to_skip,
            pending_silence: 0,
            n_not_finite: vec![0; n_channels],
            n_over: vec![0; n_channels],
            peak: vec![0.0; n_channels],
        })
    }

    /// Leaves out so many samples more, from here on: the delay of a stream that follows another.
    pub(super) fn skip(&mut self, n: u64) {
        self.to_skip = self.to_skip.saturating_add(n);
    }

    pub(super) fn rate(&self) -> SampleRate {
        self.rate
    }

    pub(super) fn n_channels(&self) -> usize {
        self.planes.len()
    }

    /// Samples in each channel so far, owed silence included.
    pub(super) fn n_samples(&self) -> u64 {
        self.planes[0].len() as u64 + self.pending_silence
    }

    /// Time of the next sample in seconds.
    pub(super) fn now_s(&self) -> f64 {
        self.n_samples() as f64 / f64::from(self.rate.hz())
    }

    /// The error for a recording of this many samples, if that is too many.
    pub(super) fn check_length(&self, n_samples: u64) -> Result<(), DecodeError> {
        if n_samples <= self.max_samples {
            return Ok(());
        }
        if !self.is_memory_limit {
            return Err(self.limits.too_long());
        }
        Err(DecodeError::Limit(format!(
            "memory: {} channels at {} Hz would need more than {} bytes for their samples",
            self.planes.len(),
            self.rate.hz(),
            self.limits.max_sample_bytes
        )))
    }

    /// Makes room for a length that is known from bytes that are really there, never from a header alone.
    pub(super) fn reserve(&mut self, n_samples: u64) {
        let n = usize::try_from(n_samples.min(self.max_samples)).unwrap_or(0);
        for plane in &mut self.planes {
            plane.reserve_exact(n);
        }
    }

    /// `n` samples were lost here.
    pub(super) fn push_silence(&mut self, n: u64) {
        let skipped = n.min(self.to_skip);
        self.to_skip -= skipped;
        self.pending_silence = self.pending_silence.saturating_add(n - skipped);
    }

    /// Appends planes of one length; must be as many as there are channels.
    pub(super) fn push(&mut self, block: &[Vec<f32>]) -> Result<(), DecodeError> {
        debug_assert_eq!(block.len(), self.planes.len());
        let n = block.first().map_or(0, Vec::len);
        let skipped = n.min(usize::try_from(self.to_skip).unwrap_or(usize::MAX));
        self.to_skip -= skipped as u64;
        if n == skipped {
            return Ok(());
        }
        self.check_length(self.n_samples().saturating_add((n - skipped) as u64))?;
        // Fits: check_length bounds it by max_samples, which the planes would reach anyway.
        let silence = self.pending_silence as usize;
        self.pending_silence = 0;
        for (channel, (plane, samples)) in self.planes.iter_mut().zip(block).enumerate() {
            plane.resize(plane.len() + silence, 0.0);
            for &sample in &samples[skipped..] {
                if sample.is_finite() {
                    let magnitude = sample.abs();
                    self.n_over[channel] += u64::from(magnitude > 1.0);
                    self.peak[channel] = self.peak[channel].max(magnitude);
                    plane.push(sample);
                } else {
                    self.n_not_finite[channel] += 1;
                    plane.push(0.0);
                }
            }
        }
        Ok(())
    }

    /// Cuts off what stands behind `n_samples`: the padding that an encoder added.
    pub(super) fn truncate(&mut self, n_samples: u64) {
        self.pending_silence = 0;
        let n = usize::try_from(n_samples).unwrap_or(usize::MAX);
        for plane in &mut self.planes {
            plane.truncate(n);
        }
    }

    /// The sound, and what had to be mended in it.
    pub(super) fn finish(self) -> (Channels, Vec<Problem>) {
        let mut problems = Vec::new();
        for (channel, &n) in self.n_not_finite.iter().enumerate().filter(|&(_, &n)| n > 0) {
            let text = format!("{n} samples were not numbers (NaN or infinity) and were replaced by silence");
            problems.push(Problem::new("decode", "not_finite", ProblemSeverity::Lost, text).on_channel(channel));
        }
        for (channel, &n) in self.n_over.iter().enumerate().filter(|&(_, &n)| n > 0) {
            let text = format!("{n} samples are beyond full scale (up to {:.2}) and were kept", self.peak[channel]);
            problems.push(
                Problem::new("decode", "over_full_scale", ProblemSeverity::Note, text)
                    .about([format!("/channels/{channel}/level/peak_dbfs")])
                    .on_channel(channel),
            );
        }
        let channels = Channels::new(self.rate, self.planes)
            .expect("there is a channel, all planes grow together and only finite values go in");
        (channels, problems)
    }
}
