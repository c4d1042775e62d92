//! Bandwidth: up to which frequency the speech reaches. Tells a telephone band inside a wideband file. `edge_hz` in Hz,
//! higher is clearer; `kind` names it.
//!
//! The long-term spectrum of the speech (Welch, background taken off) is followed upwards to where it bends down most
//! sharply and does not come back. If that is a wall, it is the edge. If not, it is the cut-off of the Butterworth filter
//! that explains the spectrum best (`low_pass`); without one, the end of what stands above the background.
//! What fools it: a muffled voice, and noise that hides the upper band, end the speech early.

use super::{Input, clues, low_pass};
use crate::call::{BandwidthKind, ChannelMeasurements, Problem};
use crate::dsp::spectrum::{PowerSpectrum, Psd, welch_at};
use crate::timeline::Timeline;

/// Bins of about 31 Hz.
const FRAME_S: f64 = 0.032;
/// The spectrum is smoothed over this much: formants and harmonics are wider, edges of filters are not blurred by more
/// than half of it.
const SMOOTH_HZ: f64 = 95.0;
/// An edge is a bend between a straight line over this much below it ...
const BELOW_HZ: f64 = 600.0;
/// ... and one over this much above.
const ABOVE_HZ: f64 = 400.0;
/// A skirt counts to this depth: what lies deeper is the end of the skirt, not its beginning.
const SKIRT_DB: f64 = 30.0;
/// From the line below the edge the spectrum falls by this much within [`ABOVE_HZ`]; voices fall by 6 to 12 dB an octave.
const CLIFF_DB: f64 = 9.0;
/// ... and stays this far below for good.
const FOR_GOOD_DB: f64 = 12.0;
/// A filter's edge is where it passes half of the amplitude or 0.7 of it: 6 or 3 dB.
const CUT_DB: f64 = 5.0;
/// The voice itself falls by about this much in [`BELOW_HZ`].
const TILT_DB: f64 = 3.0;
/// A bend so far down is the foot of a skirt, not its head.
const FOOT_DB: f64 = 20.0;
/// A wall falls by [`WALL_DB`] over this much, centred on the edge: linear-phase filters of sound tools, resamplers and
/// coders do, and where the bend is sharp its place says more than the shape of a Butterworth response.
const WALL_HZ: f64 = 500.0;
/// See [`WALL_HZ`]. A Butterworth filter of order 8 falls by 9 dB there at 3.4 kHz, run both ways by 18.
const WALL_DB: f64 = 25.0;
/// No line cuts speech below this.
const LOWEST_EDGE_HZ: f64 = 1200.0;
/// Nothing 70 dB below the loudest band is heard as speech.
const RANGE_DB: f64 = 70.0;
/// Telephone band up to here: G.712 passes 3.4 kHz and stops at 4.
const NARROWBAND_HZ: f64 = 4200.0;
/// G.722 and its kin pass 7 kHz and stop at 8.
const WIDEBAND_HZ: f64 = 8200.0;

/// Fills `bandwidth`.
pub(super) fn measure(input: &Input<'_>, into: &mut ChannelMeasurements, problems: &mut Vec<Problem>) {
    const FIELDS: [&str; 2] = ["/bandwidth/edge_hz", "/bandwidth/kind"];
    match clues::find(input) {
        Some(found) => into.bandwidth.clues = Some(found),
        None => problems.push(input.not_measurable("too_little_sound", &["/bandwidth/clues"], "under 1 s of sound")),
    }
    if !input.has_enough_speech() {
        problems.push(input.too_little_speech(&FIELDS));
        return;
    }
    let Some(edge_hz) = edge_hz(input) else {
        problems.push(input.not_measurable("speech_below_noise", &FIELDS, "the speech does not stand above the noise"));
        return;
    };
    into.bandwidth.edge_hz = Some(edge_hz);
    into.bandwidth.kind = Some(if edge_hz <= NARROWBAND_HZ {
        BandwidthKind::Narrowband
    } else if edge_hz <= WIDEBAND_HZ {
        BandwidthKind::Wideband
    } else {
        BandwidthKind::Fullband
    });
}

fn edge_hz(input: &Input<'_>) -> Option<f64> {
    let rate_hz = f64::from(input.rate.hz());
    let end_s = input.rate.samples_to_s(input.samples.len());
    let mut spectrum = PowerSpectrum::new(((FRAME_S * rate_hz) as usize).max(16));
    let len = spectrum.frame_len();
    let mut psd_of = |timeline: &Timeline| -> Option<Psd> {
        let starts = timeline.spans().iter().flat_map(|span| {
            let (from, to) = (input.rate.s_to_samples(span.start_s), input.rate.s_to_samples(span.end_s));
            (from..to.saturating_sub(len)).step_by(len / 2)
        });
        welch_at(input.samples, rate_hz, &mut spectrum, starts)
    };
    let speech = psd_of(input.speech)?;
    let pauses = psd_of(&input.speech.union(input.elsewhere).union(input.sounds).widened(0.2, end_s).gaps(end_s));
    let loudest = speech.density.iter().copied().fold(0.0, f64::max);
    if loudest < 1e-18 {
        return None;
    }
    // Speech below the noise is not seen, nor anything 70 dB below the loudest band; both end in a plain, not in a pit
    // that would look like an edge. 10 dB below the noise is about as deep as averages of noise can be told apart.
    let floor =
        |k: usize| pauses.as_ref().map_or(0.0, |p| 0.1 * p.density[k]).max(loudest * 10f64.powf(-RANGE_DB / 10.0));
    let above_noise = |k: usize| speech.density[k] - pauses.as_ref().map_or(0.0, |p| p.density[k]);
    let clean: Vec<f64> = (0..speech.density.len()).map(|k| above_noise(k).max(floor(k))).collect();
    let bins = |hz: f64| ((hz / speech.bin_hz).round() as usize).max(1);
    let levels_db = smoothed_db(&clean, bins(SMOOTH_HZ) / 2);
    // The last frequency that still belongs to the speech ...
    let last = (0..clean.len())
        .rposition(|k| above_noise(k) > pauses.as_ref().map_or(0.0, |p| p.density[k]).max(2.0 * floor(k)))?;
    // ... unless there is a wall before it that does not come back, or a gentler filter.
    let wall = bend(&levels_db, bins(BELOW_HZ), bins(ABOVE_HZ), bins(LOWEST_EDGE_HZ))
        .filter(|&k| k < last && fall_db(&levels_db, k, bins(WALL_HZ) / 2) >= WALL_DB)
        .map(|k| k as f64 * speech.bin_hz);
    let last_hz = last as f64 * speech.bin_hz;
    let edge_hz = wall.or_else(|| {
        let floor_db = smoothed_db(&(0..clean.len()).map(floor).collect::<Vec<_>>(), bins(SMOOTH_HZ) / 2);
        low_pass::cut_off_hz(&levels_db, &floor_db, speech.bin_hz, LOWEST_EDGE_HZ, last_hz)
    });
    Some(edge_hz.unwrap_or(last_hz).min(rate_hz / 2.0))
}

/// By how much the spectrum falls from `side` below `at` to `side` above.
fn fall_db(levels_db: &[f64], at: usize, side: usize) -> f64 {
    let level = |k: usize| levels_db.get(k.min(levels_db.len().saturating_sub(1))).copied().unwrap_or(0.0);
    level(at.saturating_sub(side)) - level(at + side)
}

/// Means of the bins from k - side to k + side, in dB.
fn smoothed_db(density: &[f64], side: usize) -> Vec<f64> {
    let mean = |bins: &[f64]| bins.iter().sum::<f64>() / bins.len().max(1) as f64;
    (0..density.len())
        .map(|k| 10.0 * mean(&density[k.saturating_sub(side)..(k + side + 1).min(density.len())]).max(1e-30).log10())
        .collect()
}

/// Where the spectrum bends down most sharply: the change of slope between a line below and a line above that meet
/// there, least squares. The lines of a filter's pass band and skirt meet at its cut-off frequency.
fn bend(levels_db: &[f64], below: usize, above: usize, lowest: usize) -> Option<usize> {
    // The highest level from each bin on.
    let mut rest_db = levels_db.to_vec();
    for k in (0..rest_db.len().saturating_sub(1)).rev() {
        rest_db[k] = rest_db[k].max(rest_db[k + 1]);
    }
    let mut best: Option<(usize, f64, f64)> = None;
    for k in lowest.max(below)..levels_db.len().saturating_sub(above / 2) {
        let upper = (k + above).min(levels_db.len() - 1);
        let before_db = levels_db[k - below / 2..k].iter().sum::<f64>() / (below / 2).max(1) as f64;
        let fall_db = before_db - levels_db[upper];
        if fall_db < CLIFF_DB || before_db - rest_db[upper] < FOR_GOOD_DB.min(fall_db) {
            continue;
        }
        let (level_db, change) = hinge(&levels_db[k - below..=upper], below, before_db - SKIRT_DB);
        if best.is_none_or(|(_, _, sharpest)| change > sharpest) {
            best = Some((k, level_db, change));
        }
    }
    let (k, level_db, _) = best?;
    let to = (k + above).min(levels_db.len());
    // Brick walls bend before their cut-off frequency: from there on to where they are half way down in amplitude.
    let edge = (k..to).find(|&i| levels_db[i] <= level_db - CUT_DB).unwrap_or(k);
    // Wide transitions bend most at their foot: then back to where the spectrum was last near its level before them.
    let from = k.saturating_sub(below).max(1);
    let pass = &levels_db[from.saturating_sub(below)..from];
    let pass_db = pass.iter().sum::<f64>() / pass.len() as f64;
    if levels_db[edge.saturating_sub(1)] > pass_db - FOOT_DB {
        return Some(edge);
    }
    Some((from..to).rev().find(|&i| levels_db[i] >= pass_db - CUT_DB - TILT_DB).map_or(k, |i| i + 1))
}

/// Two lines that meet at `at`: their level there in dB, and slope before minus slope after in dB a bin. Values below
/// `least_db` count as that.
fn hinge(levels_db: &[f64], at: usize, least_db: f64) -> (f64, f64) {
    // Normal equations of y = a + b·min(x, 0) + c·max(x, 0); min and max are never both other than 0.
    let (mut n, mut u, mut v, mut uu, mut vv) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut y0, mut yu, mut yv) = (0.0, 0.0, 0.0);
    for (i, db) in levels_db.iter().enumerate() {
        let (x, y) = (i as f64 - at as f64, db.max(least_db));
        let (low, high) = (x.min(0.0), x.max(0.0));
        n += 1.0;
        u += low;
        v += high;
        uu += low * low;
        vv += high * high;
        y0 += y;
        yu += y * low;
        yv += y * high;
    }
    if uu == 0.0 || vv == 0.0 {
        return (0.0, 0.0);
    }
    let level = (y0 - u * yu / uu - v * yv / vv) / (n - u * u / uu - v * v / vv);
    (level, (yu - level * u) / uu - (yv - level * v) / vv)
}
