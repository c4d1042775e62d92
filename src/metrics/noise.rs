//! Background noise: its level in the pauses, and how far the speech lies above it. Not `perceived` quality, and not
//! the gaps of `dropouts`.
//!
//! `floor_dbfs`: RMS in the pauses of the channel, where nothing leaks in from elsewhere, digital silence left out.
//! `snr_db`: active level (P.56) of the speech alone minus the RMS of the noise alone. The noise spectrum is Welch's
//! average over the pauses; its power is taken from that of the whole, so that what is left is the speech; when the
//! speech is active is decided on band powers that stand above the noise. Higher is better; `_300_3400` in the
//! telephone band. `snr_uncertainty_db`: one standard deviation, from the spread of the noise and the length of the
//! pauses.
//! What fools it: breath, room echo and missed words in the pauses count as noise; noise that comes only while the
//! party speaks is not seen; a gate between words hides the noise (`gated`, no level).

use std::ops::Range;

use super::Input;
use super::background::{ALL_BANDS, BandPowers, TELEPHONE_BANDS, digital_silence};
use super::p56::Meter;
use crate::call::{ChannelMeasurements, Problem};
use crate::dsp::frames::percentile;
use crate::units::power_to_db;

/// Distances from speech at which background is sought, far ones first: near speech there are breath and echo.
const MARGINS_S: [f64; 5] = [0.5, 0.3, 0.15, 0.05, 0.0];
/// Pauses of this sum give a level within about 0.5 dB even for babble; then no nearer margin is tried.
const ENOUGH_PAUSE_S: f64 = 2.0;
/// Less than this is one pause or two: no level.
const LEAST_PAUSE_S: f64 = 0.3;
/// Leakage comes up to this much later, and codecs smear.
const ELSEWHERE_MARGIN_S: f64 = 0.2;
/// Speech reaches this far beyond the detected spans: the hangover of P.56 and soft endings.
const SPEECH_MARGIN_S: f64 = 0.25;
/// A band power counts as speech from 4 dB over the mean noise on: frames of noise exceed that in one of ten bands.
const OVER_NOISE: f64 = 2.5;
/// Mean magnitude over RMS, 0.80 for Gaussian and 0.71 for Laplacian samples; speech lies between.
const MAGNITUDE_OVER_RMS: f64 = 0.77;
/// Of the pauses, this share must be digital silence for a gate.
const GATED_SHARE: f64 = 0.9;
/// Blocks of background whose levels are compared: 6 frames, about 100 ms.
const BLOCK_FRAMES: usize = 6;
/// A ratio that may be wrong by ten times in power either way says nothing about a line.
const MOST_UNCERTAINTY_DB: f64 = 10.0;

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
    let spectrum = powers.mean_where(&pauses.is_background);
    let (Some(spectrum), true) = (spectrum, pauses.total_s >= LEAST_PAUSE_S) else {
        let mut fields = all_fields;
        if noise.gated.is_none() {
            fields.push("/noise/gated");
        }
        let why = format!("{:.1} s of pauses were found, {LEAST_PAUSE_S} s are needed", pauses.total_s);
        problems.push(input.not_measurable("no_pauses", &fields, &why));
        return;
    };
    let floor = power_in(&spectrum, &ALL_BANDS);
    if floor <= 0.0 {
        problems.push(input.not_measurable(
            "no_background",
            &all_fields,
            "the background is constant and has no level",
        ));
        return;
    }
    let blocks = pauses.blocks(&powers);
    let spread_db = spread_db(&blocks);
    noise.floor_dbfs = power_to_db(floor);

    if !input.has_enough_speech() {
        problems.push(input.too_little_speech(&OF_SNR));
        return;
    }
    noise.snr_db = snr_db(input, &powers, &spectrum, &ALL_BANDS);
    noise.snr_300_3400_db = snr_db(input, &powers, &spectrum, &TELEPHONE_BANDS);
    noise.snr_uncertainty_db = noise.snr_db.and_then(|snr_db| uncertainty_db(&blocks, spread_db, snr_db));
    if let Some(uncertainty_db) = noise.snr_uncertainty_db.filter(|&u| u > MOST_UNCERTAINTY_DB) {
        (noise.snr_db, noise.snr_uncertainty_db, noise.snr_300_3400_db) = (None, None, None);
        // What changes that much is no one background: speech that voice activity missed, music, a second room.
        noise.floor_dbfs = None;
        let why = format!(
            "the background changes so much, music perhaps, that the ratio is uncertain by {uncertainty_db:.0} dB"
        );
        problems.push(input.not_measurable("snr_uncertain", &all_fields, &why));
        return;
    }
    if noise.snr_db.is_none() {
        let why = "the speech does not stand above the noise";
        problems.push(input.not_measurable("speech_below_noise", &OF_SNR, why));
    } else if noise.snr_300_3400_db.is_none() {
        let why = "the speech does not stand above the noise in the telephone band";
        problems.push(input.not_measurable("speech_below_noise", &["/noise/snr_300_3400_db"], why));
    } else if noise.snr_uncertainty_db.is_none() {
        let why = "the pauses are too short to see how much the noise varies";
        problems.push(input.not_measurable("no_pauses", &["/noise/snr_uncertainty_db"], why));
    }
}

/// Frames with nothing but background.
#[derive(Debug)]
struct Pauses {
    is_background: Vec<bool>,
    total_s: f64,
    /// `None` if there are no pauses at all.
    gated: Option<bool>,
}

impl Pauses {
    fn new(input: &Input<'_>, powers: &BandPowers) -> Self {
        let end_s = input.rate.samples_to_s(input.samples.len());
        let leaking = powers.flags(&input.elsewhere.widened(ELSEWHERE_MARGIN_S, end_s));
        let without = |blocked: &[bool]| -> (Vec<bool>, f64, f64) {
            let quiet: Vec<bool> = blocked.iter().zip(&powers.is_silent).map(|(b, s)| !b && !s).collect();
            let total_s = quiet.iter().filter(|q| **q).count() as f64 * powers.hop_s;
            let silent = blocked.iter().zip(&powers.is_silent).filter(|(b, s)| !**b && **s).count();
            (quiet, total_s, silent as f64 * powers.hop_s)
        };
        let mut best = (Vec::new(), 0.0, 0.0);
        for margin_s in MARGINS_S {
            let near = powers.flags(&input.speech.widened(margin_s, end_s));
            let blocked: Vec<bool> = near.iter().zip(&leaking).map(|(n, l)| *n || *l).collect();
            best = without(&blocked);
            if best.1 >= ENOUGH_PAUSE_S {
                break;
            }
        }
        if best.1 < LEAST_PAUSE_S {
            // The other party never stops: better pauses with its leakage in them than none.
            best = without(&powers.flags(input.speech));
        }
        let (is_background, total_s, silent_s) = best;
        let gated = (total_s + silent_s >= LEAST_PAUSE_S).then_some(silent_s >= GATED_SHARE * (total_s + silent_s));
        Self { is_background, total_s, gated }
    }

    /// Mean power of each block of background frames that follow each other.
    fn blocks(&self, powers: &BandPowers) -> Vec<f64> {
        let mut blocks = Vec::new();
        let (mut sum, mut n) = (0.0, 0);
        for (t, &is_background) in self.is_background.iter().enumerate() {
            if !is_background {
                (sum, n) = (0.0, 0);
                continue;
            }
            sum += powers.power(t, &ALL_BANDS);
            n += 1;
            if n == BLOCK_FRAMES {
                blocks.push(sum / BLOCK_FRAMES as f64);
                (sum, n) = (0.0, 0);
            }
        }
        blocks
    }
}

fn power_in(spectrum: &[f64], bands: &Range<usize>) -> f64 {
    spectrum.iter().take(bands.end).skip(bands.start).sum()
}

fn spread_db(blocks: &[f64]) -> Option<f64> {
    power_to_db(percentile(blocks, 0.9)? / percentile(blocks, 0.1)?)
}

/// Level of the speech alone over that of the noise, in some bands.
fn snr_db(input: &Input<'_>, powers: &BandPowers, noise: &[f64], bands: &Range<usize>) -> Option<f64> {
    let end_s = input.rate.samples_to_s(input.samples.len());
    let near_speech = powers.flags(&input.speech.widened(SPEECH_MARGIN_S, end_s));
    let leaking = powers.flags(input.elsewhere);
    let noise_power = power_in(noise, bands);
    let mut meter = Meter::new(1.0 / powers.hop_s);
    for t in 0..powers.n_frames() {
        if leaking[t] && !near_speech[t] {
            // Another channel's party, heard here: neither this speech nor noise.
            continue;
        }
        let above: f64 = powers
            .frame(t)
            .iter()
            .zip(noise)
            .take(bands.end)
            .skip(bands.start)
            .map(|(&power, noise)| (f64::from(power) - OVER_NOISE * noise).max(0.0))
            .sum();
        let magnitude = if near_speech[t] { MAGNITUDE_OVER_RMS * above.sqrt() } else { 0.0 };
        // Signed: in pauses these add up to nothing. Digital silence holds no noise that could be taken out.
        let noise_here = if powers.is_silent[t] { 0.0 } else { noise_power };
        meter.add(magnitude, powers.power(t, bands) - noise_here);
    }
    Some(meter.result()?.level_dbov - power_to_db(noise_power)?)
}

/// One standard deviation of the SNR, put together from what is known to move it.
fn uncertainty_db(blocks: &[f64], spread_db: Option<f64>, snr_db: f64) -> Option<f64> {
    if blocks.len() < 2 {
        return None;
    }
    let n = blocks.len() as f64;
    let mean = blocks.iter().sum::<f64>() / n;
    let variance = blocks.iter().map(|b| (b - mean).powi(2)).sum::<f64>() / (n - 1.0);
    // 4.34 dB is a relative error of 1; neighbouring blocks are alike, so that half of them count.
    let of_mean_db = 4.34 * (variance / (n / 2.0)).sqrt() / mean;
    // A mean far above the median is one event, or speech that was missed: it may or may not be noise.
    let of_events_db = 0.5 * power_to_db(mean / percentile(blocks, 0.5)?)?.abs();
    // Noise that moves hides when the speech is active, the more the less speech stands out. Measured on mixtures of
    // speech and babble at 0 and 5 dB: errors of 2 and 1.5 dB at a spread of 5 dB.
    let of_activity_db = 0.4 * spread_db? * 10f64.powf(-snr_db / 20.0).min(2.0);
    // 0.3 dB: the error on steady noise at any SNR from 0 to 30 dB.
    Some((0.3f64.powi(2) + of_mean_db.powi(2) + of_events_db.powi(2) + of_activity_db.powi(2)).sqrt())
}
