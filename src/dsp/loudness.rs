//! Loudness and true peak after ITU-R BS.1770-4 / EBU R 128: the adapter to the ebur128 crate. Not the speech
//! level of telephony: that is ITU-T P.56.

use ebur128::{EbuR128, Mode};

use crate::units::SampleRate;

/// What a loudness meter shows for one channel heard alone.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Loudness {
    /// Integrated loudness in LUFS; `None` when every 400 ms block is below the absolute gate of -70 LUFS.
    pub integrated_lufs: Option<f64>,
    /// Oversampled peak in dBTP; `None` for silence.
    pub true_peak_dbtp: Option<f64>,
}

/// Measures one channel. Rates that the meter refuses give `None` in both fields.
pub fn loudness(samples: &[f32], rate: SampleRate) -> Loudness {
    let Ok(mut meter) = EbuR128::new(1, rate.hz(), Mode::I | Mode::TRUE_PEAK) else {
        return Loudness::default();
    };
    // Every 400 ms block is kept for gating, 8 bytes each 100 ms: 1.2 MB for 4 h.
    if meter.add_frames_f32(samples).is_err() {
        return Loudness::default();
    }
    let integrated = meter.loudness_global().ok().filter(|lufs| lufs.is_finite());
    let peak = meter.true_peak(0).ok().and_then(crate::units::amplitude_to_db);
    Loudness { integrated_lufs: integrated, true_peak_dbtp: peak }
}
