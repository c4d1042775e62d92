//! How far the speech lies above the noise, though only their sum was recorded. Not the ratio of loud to quiet
//! moments: that one never falls below 0 dB, and depends on how much is said.
//!
//! Power adds up: that of the noise, from the pauses, is taken off that of every frame with speech. What is left is the
//! energy of the speech, divided by the time for which it is active. That time is P.56's own, counted on band powers
//! that stand above the noise. In noise that moves and is nearly as loud as the speech those bands are not the
//! speech's alone, and the difference of two large powers says little: there the energy of those bands is divided by
//! the time that voice activity found.

use std::ops::Range;

use super::Input;
use super::background::{ALL_BANDS, BandPowers, TELEPHONE_BANDS};
use super::p56::Meter;
use super::pauses::{Pauses, QUIETEST_TO_MEAN, runs};
use crate::dsp::frames::percentile;
use crate::units::power_to_db;

/// Speech reaches this far beyond the detected spans: the hangover of P.56 and soft endings.
const SPEECH_MARGIN_S: f64 = 0.25;
/// A band power counts as speech from 4 dB over the mean noise on: frames of noise exceed that in one of ten bands.
const OVER_NOISE: f64 = 2.5;
/// Mean magnitude over RMS, 0.80 for Gaussian and 0.71 for Laplacian samples; speech lies between.
const MAGNITUDE_OVER_RMS: f64 = 0.77;
/// Blocks of background whose levels are compared: 6 frames, about 100 ms.
const BLOCK_FRAMES: usize = 6;
/// Steady noise stays within this from the 10th to the 90th percentile of 100 ms blocks; babble moves by 5 dB and more.
pub const STATIONARY_SPREAD_DB: f64 = 3.5;
/// Moving noise hides the speech below this ratio: there the excess errs by 1.9 dB on average, the difference by 2.6.
const HIDDEN_BELOW_DB: f64 = 8.0;

/// The noise of a channel.
#[derive(Debug)]
pub struct NoisePower {
    /// Mean power by band over the whole file, loud events included.
    whole: Vec<f64>,
    /// ... without events that are louder than the speech.
    usual: Vec<f64>,
    /// Mean power of each block of background frames that follow each other.
    blocks: Vec<f64>,
}

/// A ratio and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snr {
    /// Full band.
    pub snr_db: f64,
    /// 300 to 3400 Hz.
    pub snr_300_3400_db: Option<f64>,
    /// One standard deviation.
    pub uncertainty_db: f64,
}

impl NoisePower {
    /// From the pauses. `None` without any, or if they hold nothing.
    pub fn new(powers: &BandPowers, pauses: &Pauses) -> Option<Self> {
        let is_heard = |t: usize| !pauses.is_silent[t];
        let (quiet, n_quiet) = powers.sum_where(|t| pauses.is_background[t] && !pauses.is_event[t]);
        let (_, n_background) = powers.sum_where(|t| pauses.is_background[t]);
        let (loud, _) = powers.sum_where(|t| pauses.is_event[t] && is_heard(t));
        let n_heard = (0..powers.n_frames()).filter(|&t| is_heard(t)).count();
        if n_quiet == 0 {
            return None;
        }
        let scale = if pauses.is_guess { QUIETEST_TO_MEAN } else { 1.0 };
        let usual: Vec<f64> = quiet.iter().map(|sum| scale * sum / n_quiet as f64).collect();
        // Events are told from speech by their loudness, so those during speech count too, over the whole time.
        let whole =
            quiet.iter().zip(&loud).map(|(q, l)| scale * q / n_background as f64 + l / n_heard as f64).collect();
        let noise = Self { whole, usual, blocks: blocks(powers, pauses) };
        (noise.power(&ALL_BANDS) > 0.0).then_some(noise)
    }

    /// Mean square in some bands.
    pub fn power(&self, bands: &Range<usize>) -> f64 {
        power_in(&self.whole, bands)
    }

    /// From the 10th to the 90th percentile of blocks of 100 ms. `None` if there are too few.
    pub fn spread_db(&self) -> Option<f64> {
        power_to_db(percentile(&self.blocks, 0.9)? / percentile(&self.blocks, 0.1)?)
    }
}

fn blocks(powers: &BandPowers, pauses: &Pauses) -> Vec<f64> {
    let mut blocks = Vec::new();
    for run in runs(&pauses.is_background, 0) {
        let frames: Vec<f64> = run.map(|t| powers.power(t, &ALL_BANDS)).collect();
        blocks.extend(frames.chunks_exact(BLOCK_FRAMES).map(|b| b.iter().sum::<f64>() / BLOCK_FRAMES as f64));
    }
    blocks
}

fn power_in(spectrum: &[f64], bands: &Range<usize>) -> f64 {
    spectrum.iter().take(bands.end).skip(bands.start).sum()
}

/// The ratio. `None` if nothing of the speech stands above the noise.
pub fn measure(input: &Input<'_>, powers: &BandPowers, pauses: &Pauses, noise: &NoisePower) -> Option<Snr> {
    let end_s = input.rate.samples_to_s(input.samples.len());
    let mut is_near = powers.flags(&input.speech.widened(SPEECH_MARGIN_S, end_s));
    for (t, is_near) in is_near.iter_mut().enumerate() {
        *is_near = (*is_near || pauses.is_speech[t] || pauses.is_doubtful[t]) && !pauses.is_event[t];
    }
    let is_moving = noise.spread_db().is_none_or(|spread_db| spread_db > STATIONARY_SPREAD_DB);
    let full = Levels::new(powers, pauses, noise, &is_near, &ALL_BANDS)?;
    let telephone = Levels::new(powers, pauses, noise, &is_near, &TELEPHONE_BANDS);
    let is_hidden = is_moving && full.by_excess_db.is_none_or(|snr_db| snr_db < HIDDEN_BELOW_DB);
    let snr_db = full.ratio_db(is_hidden)?;
    Some(Snr {
        snr_db,
        snr_300_3400_db: telephone.and_then(|levels| levels.ratio_db(is_hidden)),
        uncertainty_db: uncertainty_db(pauses, noise, snr_db, &full),
    })
}

/// Level of the speech over that of the noise, in two ways.
struct Levels {
    by_meter_db: Option<f64>,
    by_excess_db: Option<f64>,
}

impl Levels {
    fn new(
        powers: &BandPowers,
        pauses: &Pauses,
        noise: &NoisePower,
        is_near: &[bool],
        bands: &Range<usize>,
    ) -> Option<Self> {
        let noise_db = power_to_db(noise.power(bands))?;
        let usual = power_in(&noise.usual, bands);
        let mut meter = Meter::new(1.0 / powers.hop_s);
        let (mut excess, mut n_active) = (0.0, 0usize);
        for (t, &is_near) in is_near.iter().enumerate() {
            if !is_near {
                meter.add(0.0, 0.0);
                continue;
            }
            let above: f64 = powers
                .frame(t)
                .iter()
                .zip(&noise.usual)
                .take(bands.end)
                .skip(bands.start)
                .map(|(&power, noise)| (f64::from(power) - OVER_NOISE * noise).max(0.0))
                .sum();
            // Signed: between the words these add up to nothing. Digital silence holds no noise to take out.
            let noise_here = if powers.is_silent[t] { 0.0 } else { usual };
            let left = powers.power(t, bands) - noise_here;
            meter.add(MAGNITUDE_OVER_RMS * above.sqrt(), left);
            if pauses.is_speech[t] {
                excess += above;
                n_active += 1;
            }
        }
        let by_excess_db = power_to_db(excess / n_active.max(1) as f64).map(|level_db| level_db - noise_db);
        Some(Self { by_meter_db: meter.result().map(|level| level.level_dbov - noise_db), by_excess_db })
    }

    fn ratio_db(&self, is_hidden: bool) -> Option<f64> {
        if is_hidden { self.by_excess_db.or(self.by_meter_db) } else { self.by_meter_db.or(self.by_excess_db) }
    }
}

/// One standard deviation of the ratio, put together from what is known to move it.
fn uncertainty_db(pauses: &Pauses, noise: &NoisePower, snr_db: f64, levels: &Levels) -> f64 {
    let n = noise.blocks.len() as f64;
    let mean = noise.blocks.iter().sum::<f64>() / n.max(1.0);
    let variance = noise.blocks.iter().map(|b| (b - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    // 4.34 dB is a relative error of 1; neighbouring blocks are alike, so that half of them count.
    let of_mean_db = if n < 2.0 { 4.0 } else { (4.34 * (variance / (n / 2.0)).sqrt() / mean).min(6.0) };
    // A mean far above the median is made by few events, and others may have happened while the party spoke.
    let of_events_db =
        percentile(&noise.blocks, 0.5).and_then(|m| power_to_db(mean / m)).map_or(0.0, |db| 0.3 * db.abs());
    // What is left of the speech when the noise is taken off doubles any error of the noise at 0 dB.
    let of_rest_db = of_mean_db * 10f64.powf(-snr_db / 10.0).min(3.0);
    // The two ways differ where noise is taken for speech, or speech is missed.
    let of_time_db = levels.by_meter_db.zip(levels.by_excess_db).map_or(2.0, |(a, b)| 0.5 * (a - b).abs());
    let of_mending_db = 0.1 * pauses.mended_db.min(20.0);
    // The quietest tenth lies 2 to 5 dB below the mean of a noise, and may not be noise at all.
    let of_guess_db = if pauses.is_guess { 4.0 } else { 0.0 };
    // 0.5 dB: half-way between steady noise as it is (0.2 dB) and behind a codec (1 dB and more).
    [0.5, of_mean_db, of_events_db, of_rest_db, of_time_db, of_mending_db, of_guess_db]
        .iter()
        .map(|part| part * part)
        .sum::<f64>()
        .sqrt()
}
