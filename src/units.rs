//! Units that every layer shares: levels in dB relative to digital full scale, time in samples and seconds,
//! and how many decimals a number has in a report. Not for measuring: that is `metrics`.
//!
//! dBFS here is 20·log10 of a value where 1.0 is full scale, so a full-scale square wave has 0 dBFS RMS and a
//! full-scale sine -3.01. That equals dBov of ITU-T G.100.1; AES17, which puts the sine at 0, differs by 3.01 dB.

/// Frames of activity and background are 10 ms long.
pub const FRAME_MS: u32 = 10;

/// A sampling rate in Hz, 1..=768 000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SampleRate(u32);

impl SampleRate {
    /// The highest rate that is taken for a real one.
    pub const MAX_HZ: u32 = 768_000;

    /// `None` for 0 and for rates above [`SampleRate::MAX_HZ`].
    pub fn new(hz: u32) -> Option<Self> {
        (1..=Self::MAX_HZ).contains(&hz).then_some(Self(hz))
    }

    /// The rate in Hz.
    pub fn hz(self) -> u32 {
        self.0
    }

    /// Time in seconds of the sample with this index.
    pub fn samples_to_s(self, samples: usize) -> f64 {
        samples as f64 / f64::from(self.0)
    }

    /// Index of the sample nearest to this time; times before 0 give 0.
    pub fn s_to_samples(self, time_s: f64) -> usize {
        (time_s.max(0.0) * f64::from(self.0)).round() as usize
    }
}

/// Amplitude ratio to dB. `None` for 0, negative and non-finite values: silence has no level.
pub fn amplitude_to_db(ratio: f64) -> Option<f64> {
    (ratio.is_finite() && ratio > 0.0).then(|| 20.0 * ratio.log10())
}

/// Power ratio to dB. `None` for 0, negative and non-finite values.
pub fn power_to_db(ratio: f64) -> Option<f64> {
    (ratio.is_finite() && ratio > 0.0).then(|| 10.0 * ratio.log10())
}

/// dB to amplitude ratio.
pub fn db_to_amplitude(db: f64) -> f64 {
    10f64.powf(db / 20.0)
}

/// Rounds to `decimals`, ties away from zero; never gives -0.
pub fn round_to(value: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    let rounded = (value * scale).round() / scale;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// A time in seconds as reports have it: 3 decimals.
pub fn round_s(time_s: f64) -> f64 {
    round_to(time_s, 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_amplitude_is_minus_six_db() {
        assert!((amplitude_to_db(0.5).expect("positive") + 6.0206).abs() < 1e-4);
        assert_eq!(amplitude_to_db(0.0), None);
        assert_eq!(power_to_db(f64::NAN), None);
    }

    #[test]
    fn minus_zero_is_written_as_zero() {
        assert!(round_to(-0.0001, 3).is_sign_positive());
        assert_eq!(round_s(1.2345), 1.235);
    }

    #[test]
    fn times_and_samples_convert_both_ways() {
        let rate = SampleRate::new(8000).expect("in range");
        assert_eq!(rate.s_to_samples(rate.samples_to_s(12_345)), 12_345);
        assert_eq!(rate.s_to_samples(-1.0), 0);
        assert_eq!(SampleRate::new(0), None);
    }
}
