//! Clues of what a recording went through before: values that only a companded or an 8-bit sample can have, and a
//! spectrum that ends at a wall far below half the sampling rate. Information, not a defect, and never a proof: each
//! line says what was seen and what it looks like. An empty list: looked, and found nothing.
//!
//! What fools it: mixing, filtering, resampling or loss after the companding wipes its values out; a steep telephone
//! filter looks like a resampler; noise added later hides a wall.
//! Source of the grids: ITU-T G.711, tables 1 and 2.

use super::Input;
use crate::dsp::spectrum::{PowerSpectrum, welch_at};

/// Less sound than this has too few values to tell a grid from chance.
const LEAST_S: f64 = 1.0;
/// Values are counted in steps of 16 bits.
const FULL_SCALE: f32 = 32_768.0;
/// G.711 has 255 or 256 values, 8 bits 256; a few more for the samples that were faded or declicked.
const MOST_VALUES: usize = 256;
/// Fewer values are tones, or speech too quiet to tell.
const LEAST_VALUES: usize = 40;
/// Of 16-bit steps between the lowest and the highest value at most this share is used.
const MOST_USED: f64 = 0.25;
/// Spacing in the upper half of the values over that in the lower half: 1 for even steps, at least 4 when companded.
const EVEN: f64 = 1.5;
const COMPANDED: f64 = 3.0;

/// Frames of 32 ms: bins of about 31 Hz.
const FRAME_S: f64 = 0.032;
/// Frames a second that are looked at: the long-term spectrum needs no more.
const FRAMES_PER_S: f64 = 4.0;
/// A wall stands between the mean of this much below it ...
const BELOW_HZ: (f64, f64) = (700.0, 350.0);
/// ... and everything from here on.
const ABOVE_HZ: f64 = 250.0;
/// It is at least so high; telephone filters next to half the rate reach 40 dB.
const WALL_DB: f64 = 30.0;
const WALL_NEAR_END_DB: f64 = 45.0;
/// Share of half the rate from which on a wall is near the end, and from which on it is the end.
const NEAR_END: f64 = 0.8;
const END: f64 = 0.94;
/// Walls below are no walls of coders or resamplers.
const LOWEST_HZ: f64 = 2000.0;
/// Half the usual sampling rates, where a resampler leaves its wall.
const HALF_RATES_HZ: [f64; 5] = [3000.0, 4000.0, 8000.0, 11_025.0, 12_000.0];
const TELEPHONE_HALF_RATE_HZ: f64 = 4000.0;
/// Resamplers' filters end this far below half the rate at most.
const RESAMPLER_SHARE: f64 = 0.88;
/// ... and soft ones let a mirror of the band through, up to here.
const RESAMPLER_BEYOND: f64 = 1.15;

/// Clues in sentences; `None` if there is too little sound to judge.
pub(super) fn find(input: &Input<'_>) -> Option<Vec<String>> {
    let n_sounding = input.samples.iter().filter(|s| **s != 0.0).count();
    if input.rate.samples_to_s(n_sounding) < LEAST_S {
        return None;
    }
    Some(grid(input.samples).into_iter().chain(wall(input)).collect())
}

/// The values of the samples, if there are few.
fn grid(samples: &[f32]) -> Option<String> {
    let mut is_used = vec![false; 65_537];
    let mut values: Vec<i32> = Vec::with_capacity(MOST_VALUES + 1);
    for &sample in samples {
        let value = (sample * FULL_SCALE).round().clamp(-FULL_SCALE, FULL_SCALE) as i32;
        let slot = is_used.get_mut((value + 32_768) as usize)?;
        if !*slot {
            *slot = true;
            values.push(value);
            if values.len() > MOST_VALUES {
                return None;
            }
        }
    }
    values.sort_unstable();
    let (lowest, highest) = (*values.first()?, *values.last()?);
    let range = f64::from(highest - lowest);
    if values.len() < LEAST_VALUES || values.len() as f64 > MOST_USED * range {
        return None;
    }
    let above: Vec<i32> = values.iter().copied().filter(|&v| v > 0).collect();
    let below: Vec<i32> = values.iter().rev().filter(|&&v| v < 0).map(|v| -v).collect();
    let ratios = [growth(&above)?, growth(&below)?];
    let n = values.len();
    if ratios.iter().all(|&ratio| ratio > COMPANDED) {
        // µ-law has a zero, A-law begins half a step beside it.
        let law = if values.binary_search(&0).is_ok() { "µ-law" } else { "A-law" };
        Some(format!(
            "The samples have only {n} different values, {:.0} times farther apart when loud than when quiet: looks as if the sound went through G.711 {law}.",
            ratios[0].min(ratios[1])
        ))
    } else if ratios.iter().all(|&ratio| ratio < EVEN) {
        let step = range / (n - 1) as f64;
        Some(format!(
            "The samples have only {n} different values, in even steps of {step:.0} of 16 bits: looks as if it was an 8-bit recording."
        ))
    } else {
        None
    }
}

/// How much wider apart the upper half of the values lie than the lower half, medians; `None` if there are too few.
fn growth(values: &[i32]) -> Option<f64> {
    let mut gaps: Vec<i32> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    if gaps.len() < LEAST_VALUES / 4 {
        return None;
    }
    let half = gaps.len() / 2;
    let (lower, upper) = gaps.split_at_mut(half);
    let median = |gaps: &mut [i32]| {
        let middle = gaps.len() / 2;
        f64::from(*gaps.select_nth_unstable(middle).1)
    };
    Some(median(upper) / median(lower).max(1.0))
}

/// The wall at which the spectrum ends, if it has one below half the sampling rate.
fn wall(input: &Input<'_>) -> Option<String> {
    let rate_hz = f64::from(input.rate.hz());
    let mut spectrum = PowerSpectrum::new(((FRAME_S * rate_hz) as usize).max(16));
    let len = spectrum.frame_len();
    let hop = ((rate_hz / FRAMES_PER_S) as usize).max(1);
    let starts = input.speech.spans().iter().flat_map(|span| {
        let (from, to) = (input.rate.s_to_samples(span.start_s), input.rate.s_to_samples(span.end_s));
        (from..to.saturating_sub(len)).step_by(hop)
    });
    let psd = welch_at(input.samples, rate_hz, &mut spectrum, starts)?;
    let levels_db: Vec<f64> = psd.density.iter().map(|d| 10.0 * d.max(1e-20).log10()).collect();
    let mut rest_db = levels_db.clone();
    for k in (0..rest_db.len().saturating_sub(1)).rev() {
        rest_db[k] = rest_db[k].max(rest_db[k + 1]);
    }
    let bins = |hz: f64| (hz / psd.bin_hz).round() as usize;
    let half_hz = rate_hz / 2.0;
    let heights = (bins(LOWEST_HZ)..bins(END * half_hz)).filter_map(|k| {
        let from = k.checked_sub(bins(BELOW_HZ.0))?;
        let before = levels_db.get(from..k - bins(BELOW_HZ.1))?;
        let before_db = before.iter().sum::<f64>() / before.len().max(1) as f64;
        let height_db = before_db - rest_db.get(k + bins(ABOVE_HZ))?;
        // The wall itself: from where on all is nearer to its foot than to its head.
        let wall = (from..k + bins(ABOVE_HZ)).rev().find(|&i| levels_db[i] > before_db - height_db / 2.0)? + 1;
        let edge_hz = wall as f64 * psd.bin_hz;
        let least_db = if edge_hz < NEAR_END * half_hz { WALL_DB } else { WALL_NEAR_END_DB };
        (height_db >= least_db).then_some((edge_hz, height_db))
    });
    let (edge_hz, height_db) = heights.max_by(|a, b| a.1.total_cmp(&b.1))?;
    let source =
        HALF_RATES_HZ.iter().find(|&&half| edge_hz <= half * RESAMPLER_BEYOND && edge_hz >= RESAMPLER_SHARE * half);
    let (edge_khz, half_khz) = (edge_hz / 1000.0, half_hz / 1000.0);
    let seen = format!(
        "The spectrum is cut off at {edge_khz:.1} kHz by {height_db:.0} dB, though the file reaches {half_khz:.1} kHz"
    );
    Some(match source.filter(|&&half| half < 0.95 * half_hz) {
        Some(&half) if half == TELEPHONE_HALF_RATE_HZ => {
            format!("{seen}: looks as if it was resampled from 8 kHz, the rate of a telephone line.")
        }
        Some(half) => format!(
            "{seen}: looks as if it was resampled from {:.0} kHz, or coded by MP3 at a low rate.",
            2.0 * half / 1000.0
        ),
        None => format!("{seen}: looks like the low-pass of an MP3 or other low-rate coder."),
    })
}
