//! What tones and keyed digits share: peaks of a power spectrum, and where exactly a burst begins and ends.

use std::ops::Range;

use crate::dsp::frames;
use crate::timeline::TimeSpan;
use crate::units::SampleRate;

/// Where signals of the network lie; above 3900 Hz a telephone has nothing, below 200 Hz there is hum.
pub(super) const BAND_HZ: (f64, f64) = (200.0, 3900.0);
/// Below -60 dBFS nobody hears a signal.
const LEAST_POWER: f64 = 1e-6;
/// Bins on either side of a peak that are its own: the main lobe of a Hann window.
const LOBE: usize = 2;
/// Edges are found to 4 ms.
const EDGE_S: f64 = 0.004;
/// A burst has begun where it has a quarter of its power: half of its amplitude.
const EDGE_RATIO: f64 = 0.25;

/// A frequency that stands out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Peak {
    pub bin: usize,
    pub hz: f64,
    pub power: f64,
}

/// Loud enough to be a signal?
pub(super) fn is_audible(frame: &[f32]) -> bool {
    frames::mean_square(frame) >= LEAST_POWER
}

fn bins(power: &[f64], bin_hz: f64, band_hz: (f64, f64)) -> Range<usize> {
    let from = ((band_hz.0 / bin_hz).ceil() as usize).max(1);
    let to = ((band_hz.1 / bin_hz) as usize + 1).min(power.len().saturating_sub(1));
    from..to.max(from)
}

/// Power in a band.
pub(super) fn power_between(power: &[f64], bin_hz: f64, band_hz: (f64, f64)) -> f64 {
    power.get(bins(power, bin_hz, band_hz)).map_or(0.0, |bins| bins.iter().sum())
}

/// The highest peak of a band, at least two lobes away from the bin `apart_from`.
pub(super) fn highest(power: &[f64], bin_hz: f64, band_hz: (f64, f64), apart_from: Option<usize>) -> Option<Peak> {
    let is_apart = |k: usize| apart_from.is_none_or(|bin| k.abs_diff(bin) > LOBE);
    let is_top = |k: &usize| power[*k] >= power[*k - 1] && power[*k] >= power[*k + 1];
    let tops = bins(power, bin_hz, band_hz).filter(|k| is_apart(*k)).filter(is_top);
    let bin = tops.max_by(|a, b| power[*a].total_cmp(&power[*b])).filter(|k| power[*k] > 0.0)?;
    // A parabola through the logarithms fits the main lobe of a Hann window within a hundredth of a bin.
    let [a, b, c] = [power[bin - 1], power[bin], power[bin + 1]].map(|p| p.max(1e-30).ln());
    let bend = a - 2.0 * b + c;
    let offset = if bend < 0.0 { (0.5 * (a - c) / bend).clamp(-0.5, 0.5) } else { 0.0 };
    let own = bin.saturating_sub(LOBE)..(bin + LOBE + 1).min(power.len());
    // Between two near tones each bin counts once, for the first.
    let own = own.filter(|k| apart_from.is_none_or(|other| k.abs_diff(other) > LOBE));
    Some(Peak { bin, hz: (bin as f64 + offset) * bin_hz, power: own.map(|k| power[k]).sum() })
}

/// Start and end of a burst that lies somewhere in these samples: where its power passes a quarter of its own.
pub(super) fn edges(samples: &[f32], around: Range<usize>, rate: SampleRate) -> Option<TimeSpan> {
    let block = rate.s_to_samples(EDGE_S).max(1);
    let sound = samples.get(around.clone())?;
    let powers: Vec<f64> = sound.chunks(block).map(frames::mean_square).collect();
    // Nine tenths of the blocks are weaker: the burst itself, and no click.
    let least = EDGE_RATIO * frames::percentile(&powers, 0.75)?;
    // Beats of two tones fall below it for some blocks: the first and the last that do not are the edges.
    let first = powers.iter().position(|p| *p >= least)?;
    let last = powers.iter().rposition(|p| *p >= least)?;
    let at_s = |blocks: usize| rate.samples_to_s((around.start + blocks * block).min(samples.len()));
    Some(TimeSpan::new(at_s(first), at_s(last + 1)))
}
