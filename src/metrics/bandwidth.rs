//! Bandwidth: up to which frequency the speech reaches. Tells a telephone band inside a wideband file. `edge_hz` in Hz,
//! higher is clearer; `kind` names it.
//!
//! The long-term spectrum of the speech (Welch, background taken off) is followed upwards to the last frequency after
//! which it falls away for good: a cliff, or the end of what stands above the background.
//! What fools it: a muffled voice, and noise that hides the upper band, end the speech early.

use super::Input;
use crate::call::{BandwidthKind, ChannelMeasurements, Problem};
use crate::dsp::spectrum::{PowerSpectrum, Psd, welch_at};
use crate::timeline::Timeline;

/// Bins of about 31 Hz.
const FRAME_S: f64 = 0.032;
/// The spectrum is averaged over this much before and after a candidate.
const SIDE_HZ: f64 = 250.0;
/// A filter's edge is steeper than this over 500 Hz; voices fall by 6 to 12 dB an octave.
const CLIFF_DB: f64 = 12.0;
/// Nothing 60 dB below the loudest band is heard as speech.
const RANGE_DB: f64 = 60.0;
/// Telephone band up to here: G.712 passes 3.4 kHz and stops at 4.
const NARROWBAND_HZ: f64 = 4200.0;
/// G.722 and its kin pass 7 kHz and stop at 8.
const WIDEBAND_HZ: f64 = 8200.0;

/// Fills `bandwidth`, apart from `clues`.
pub(super) fn measure(input: &Input<'_>, into: &mut ChannelMeasurements, problems: &mut Vec<Problem>) {
    const FIELDS: [&str; 2] = ["/bandwidth/edge_hz", "/bandwidth/kind"];
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
    let pauses = psd_of(&input.speech.union(input.elsewhere).widened(0.2, end_s).gaps(end_s));
    let clean: Vec<f64> = speech
        .density
        .iter()
        .enumerate()
        .map(|(k, &s)| {
            let noise = pauses.as_ref().map_or(0.0, |p| p.density[k]);
            // Where speech is not twice the noise there is none to see.
            if s > 2.0 * noise { s - noise } else { 0.0 }
        })
        .collect();
    let side = (SIDE_HZ / speech.bin_hz).round().max(1.0) as usize;
    let level_db = |from: usize, to: usize| -> f64 {
        let bins = &clean[from.min(clean.len())..to.min(clean.len())];
        // -200 dB: keeps the logarithm finite where nothing is left.
        10.0 * (bins.iter().sum::<f64>() / bins.len().max(1) as f64 + 1e-20).log10()
    };
    let levels: Vec<f64> = (0..clean.len()).map(|k| level_db(k.saturating_sub(side / 2), k + side / 2 + 1)).collect();
    let loudest_db = levels.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if loudest_db < -150.0 {
        return None;
    }
    // The last frequency that still belongs to the speech ...
    let last = levels.iter().rposition(|&db| db > loudest_db - RANGE_DB)?;
    // ... unless a cliff comes before it that the spectrum does not climb again.
    let first_hz = 1000.0;
    let mut cliff = None;
    for k in (first_hz / speech.bin_hz) as usize..last {
        let (below, above) = (level_db(k.saturating_sub(side), k), level_db(k + 1, k + 1 + side));
        let rest_db = levels[(k + side).min(levels.len() - 1)..].iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if below - above >= CLIFF_DB && below - rest_db >= CLIFF_DB {
            let drop_db = below - above;
            if cliff.is_none_or(|(_, steepest)| drop_db > steepest) {
                cliff = Some((k, drop_db));
            }
        }
    }
    let edge = cliff.map_or(last, |(k, _)| k);
    Some((edge as f64 * speech.bin_hz).min(rate_hz / 2.0))
}
