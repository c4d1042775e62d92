//! The sound itself: what decoding hands to every stage that listens.

use crate::units::SampleRate;

/// Planar samples at the native rate, full scale ±1.0.
// Invariant: every plane has the same length and holds only finite values; there is at least one plane.
#[derive(Debug, Clone, PartialEq)]
pub struct Channels {
    rate: SampleRate,
    planes: Vec<Vec<f32>>,
}

impl Channels {
    /// `None` if there is no channel, lengths differ or a sample is not finite.
    pub fn new(rate: SampleRate, planes: Vec<Vec<f32>>) -> Option<Self> {
        let len = planes.first()?.len();
        let is_sound = planes.iter().all(|p| p.len() == len && p.iter().all(|s| s.is_finite()));
        is_sound.then_some(Self { rate, planes })
    }

    /// The native sampling rate.
    pub fn rate(&self) -> SampleRate {
        self.rate
    }

    /// How many channels, at least 1.
    pub fn n_channels(&self) -> usize {
        self.planes.len()
    }

    /// Samples in each channel; may be 0.
    pub fn n_samples(&self) -> usize {
        self.planes[0].len()
    }

    /// Length in seconds.
    pub fn duration_s(&self) -> f64 {
        self.rate.samples_to_s(self.n_samples())
    }

    /// One channel's samples. Panics if there is no such channel.
    pub fn plane(&self, channel: usize) -> &[f32] {
        &self.planes[channel]
    }

    /// The planes themselves, for who changes the sound: a copy of hours of it would not fit in memory twice.
    pub fn into_planes(self) -> Vec<Vec<f32>> {
        self.planes
    }

    /// All channels in order.
    pub fn planes(&self) -> &[Vec<f32>] {
        &self.planes
    }
}
