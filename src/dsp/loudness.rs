//! Loudness after ITU-R BS.1770-4 / EBU R 128: the adapter to the ebur128 crate. Not the speech level of telephony:
//! that is ITU-T P.56. Not the true peak: the crate's interpolator of 12 taps reads up to 0.8 dB low, see
//! [`super::true_peak`].
//!
//! The standard gives its weighting filter for 48 kHz and asks for the same response at other rates. The crate makes
//! the filter anew for the rate, as ffmpeg's ebur128 does on a file of that rate, and in both the high-pass comes out
//! high: by 0.21 dB at 8 kHz and 0.09 dB at 16 kHz over the whole band. Kept, because it is the number that others
//! read from the same file; `docs/metrics.md` has the figures.

use ebur128::{EbuR128, Mode};

use crate::units::SampleRate;

/// Integrated loudness in LUFS of one channel heard alone, with weight 1. `None` when every 400 ms block is below the
/// absolute gate of -70 LUFS, and at rates that the meter refuses.
pub fn integrated_lufs(samples: &[f32], rate: SampleRate) -> Option<f64> {
    let mut meter = EbuR128::new(1, rate.hz(), Mode::I).ok()?;
    // Every 400 ms block is kept for gating, 8 bytes each 100 ms: 1.2 MB for 4 h.
    meter.add_frames_f32(samples).ok()?;
    meter.loudness_global().ok().filter(|lufs| lufs.is_finite())
}
