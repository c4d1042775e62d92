//! How loud a channel is: RMS, peak, true peak, loudness, active speech level, DC offset. Not how noisy.
//!
//! Units: dBFS where a full-scale square wave has 0 dBFS RMS (ITU-T G.100.1 dBov), LUFS and dBTP after BS.1770-4,
//! DC offset as a share of full scale. No direction is better in itself: speech at -26 dBov is the nominal level of
//! telephony (ITU-T P.56, G.100.1). What fools RMS: pauses lower it. What fools the peak: one click.

use super::Input;
use super::p56::active_speech_level;
use crate::call::{ChannelMeasurements, Problem, ProblemSeverity};
use crate::dsp::frames::{mean, mean_square};
use crate::dsp::loudness::integrated_lufs;
use crate::dsp::true_peak::true_peak;
use crate::units::{amplitude_to_db, power_to_db};

/// Fills `level`.
pub(super) fn measure(input: &Input<'_>, into: &mut ChannelMeasurements, problems: &mut Vec<Problem>) {
    let level = &mut into.level;
    if input.samples.is_empty() {
        problems.push(input.not_measurable("no_samples", &["/level"], "the channel has no samples"));
        return;
    }
    let peak = input.samples.iter().fold(0f32, |peak, s| peak.max(s.abs()));
    level.rms_dbfs = power_to_db(mean_square(input.samples));
    level.peak_dbfs = amplitude_to_db(f64::from(peak));
    level.true_peak_dbtp = amplitude_to_db(true_peak(input.samples, input.rate.hz()));
    level.loudness_lufs = integrated_lufs(input.samples, input.rate);
    level.dc_offset = Some(mean(input.samples));
    if peak == 0.0 {
        let fields = ["/level/rms_dbfs", "/level/peak_dbfs", "/level/true_peak_dbtp"];
        problems.push(input.not_measurable("silent_channel", &fields, "digital silence has no level"));
    }
    if level.loudness_lufs.is_none() {
        let why = "every 400 ms block lies below the absolute gate of -70 LUFS, or the channel is shorter than one";
        problems.push(input.not_measurable("below_loudness_gate", &["/level/loudness_lufs"], why));
    }

    let fields = ["/level/active_speech_level_dbov", "/level/activity_ratio"];
    if !input.has_enough_speech() {
        problems.push(input.too_little_speech(&fields));
    } else if let Some(active) = active_speech_level(input.samples, f64::from(input.rate.hz())) {
        level.active_speech_level_dbov = Some(active.level_dbov);
        level.activity_ratio = Some(active.activity_ratio);
    } else {
        let why = "the speech is quieter than P.56 can measure, about -70 dBov";
        problems.push(input.not_measurable("speech_too_quiet", &fields, why));
    }
}

/// Active speech level of the first of two independent channels minus that of the second, in dB. Not agent minus
/// customer: who is who is known only after words. `None` with a problem if there are not exactly two, or one has no
/// level.
pub fn level_difference(measurements: &[ChannelMeasurements], independent: &[usize]) -> (Option<f64>, Option<Problem>) {
    let why = if let [first, second] = *independent {
        let level = |i: usize| measurements.get(i).and_then(|m| m.level.active_speech_level_dbov);
        match (level(first), level(second)) {
            (Some(a), Some(b)) => return (Some(a - b), None),
            (None, Some(_)) => format!("channel {first} has no speech level"),
            (Some(_), None) => format!("channel {second} has no speech level"),
            (None, None) => "neither channel has a speech level".into(),
        }
    } else {
        format!("levels differ between two independent channels, here are {}", independent.len())
    };
    let problem = Problem::new("metrics", "no_level_difference", ProblemSeverity::NotMeasurable, why);
    (None, Some(problem.about(["/crosstalk/level_difference_db"])))
}
