//! Background noise: its level in the pauses, and how far the speech lies above it. Not `perceived` quality, and not
//! the gaps of `dropouts`.
//!
//! `floor_dbfs`: RMS in the pauses of the channel, where nothing leaks in from elsewhere, digital silence left out;
//! which frames those are: `pauses`. `snr_db`: active level (P.56) of the speech alone minus the RMS of the noise alone
//! over the whole file: `snr`. Higher is better; `_300_3400` in the telephone band. `snr_uncertainty_db`: one standard
//! deviation, from the spread of the noise and the length of the pauses.
//! What fools it: breath, room echo and missed words in the pauses count as noise; noise that comes only while the
//! party speaks is not seen, nor what a codec has cut away; a gate between words hides the noise (`gated`, no level).

use std::ops::Range;

use super::Input;
use super::background::{ALL_BANDS, BandPowers, digital_silence};
use super::pauses::{LEAST_PAUSE_S, Pauses};
use super::snr::{self, NoisePower};
use crate::call::{ChannelMeasurements, Problem, ProblemSeverity};
use crate::units::power_to_db;

/// The limits of a good and a poor ratio lie 10 dB apart: with a standard deviation of 7 dB a number cannot tell the one
/// from the other, and what moves that much is hardly one background (speech that voice activity missed, a second room).
const MOST_UNCERTAINTY_DB: f64 = 7.0;
/// From here on the uncertainty deserves a word.
const WORTH_A_NOTE_DB: f64 = 5.0;

/// Fills `noise`, apart from what `kind` fills.
pub(super) fn measure(input: &Input<'_>, into: &mut ChannelMeasurements, problems: &mut Vec<Problem>) {
    let noise = &mut into.noise;
    if input.samples.is_empty() {
        problems.push(input.not_measurable("no_samples", &["/noise"], "the channel has no samples"));
        return;
    }
    let silence = digital_silence(input.samples, input.rate);
    let n_silent: usize = silence.iter().map(Range::len).sum();
    noise.digital_silence_ratio = Some(n_silent as f64 / input.samples.len() as f64);

    let powers = BandPowers::new(input.samples, input.rate, &silence);
    let pauses = Pauses::new(input, &powers);
    noise.gated = pauses.gated;
    const OF_FLOOR: [&str; 1] = ["/noise/floor_dbfs"];
    const OF_SNR: [&str; 3] = ["/noise/snr_db", "/noise/snr_uncertainty_db", "/noise/snr_300_3400_db"];
    let all_fields: Vec<&str> = OF_FLOOR.into_iter().chain(OF_SNR).collect();
    if pauses.gated == Some(true) {
        let why = "only digital silence is left between words: noise cannot be observed";
        problems.push(input.not_measurable("noise_gated", &all_fields, why));
        return;
    }
    let noise_power = NoisePower::new(&powers, &pauses);
    if pauses.total_s < LEAST_PAUSE_S {
        let mut fields = all_fields;
        if noise.gated.is_none() {
            fields.push("/noise/gated");
        }
        let why = format!("{:.1} s of pauses were found, {LEAST_PAUSE_S} s are needed", pauses.total_s);
        problems.push(input.not_measurable("no_pauses", &fields, &why));
        return;
    }
    let Some(noise_power) = noise_power else {
        let mut fields = all_fields;
        if noise.gated.is_none() {
            fields.push("/noise/gated");
        }
        let why = "the background is constant and has no level";
        problems.push(input.not_measurable("no_background", &fields, why));
        return;
    };
    let floor = noise_power.power(&ALL_BANDS);
    noise.floor_dbfs = power_to_db(floor);
    if noise.gated.is_none() {
        let why = "there are no pauses in which a gate could be seen; the quietest moments stand for the background";
        problems.push(input.not_measurable("no_pauses", &["/noise/gated"], why));
    }

    if !input.has_enough_speech() {
        problems.push(input.too_little_speech(&OF_SNR));
        return;
    }
    let Some(ratio) = snr::measure(input, &powers, &pauses, &noise_power) else {
        let why = "the speech does not stand above the noise";
        problems.push(input.not_measurable("speech_below_noise", &OF_SNR, why));
        return;
    };
    if ratio.uncertainty_db > MOST_UNCERTAINTY_DB {
        noise.floor_dbfs = None;
        let why =
            format!("the background changes so much that the ratio is uncertain by {:.0} dB", ratio.uncertainty_db);
        problems.push(input.not_measurable("snr_uncertain", &all_fields, &why));
        return;
    }
    noise.snr_db = Some(ratio.snr_db);
    noise.snr_uncertainty_db = Some(ratio.uncertainty_db);
    noise.snr_300_3400_db = ratio.snr_300_3400_db;
    if ratio.uncertainty_db > WORTH_A_NOTE_DB {
        let why = format!("the ratio of speech to noise is uncertain by {:.0} dB", ratio.uncertainty_db);
        let mut note = input.not_measurable("snr_uncertain", &OF_SNR, &why);
        note.severity = ProblemSeverity::Note;
        problems.push(note);
    }
    if noise.snr_300_3400_db.is_none() {
        let why = "the speech does not stand above the noise in the telephone band";
        problems.push(input.not_measurable("speech_below_noise", &["/noise/snr_300_3400_db"], why));
    }
}
