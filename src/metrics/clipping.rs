//! Clipping: tops cut flat because something in the chain was overdriven, also when the sound was turned down or coded
//! afterwards. `clipped_ratio` 0..=1, the share of samples in flat tops; lower is better.
//!
//! A flat top is a run of at least 3 nearly equal samples at the rail, with steep sides. The rail is the level at
//! which tops pile up: speech that was not clipped has fewer peaks the higher one looks. Steep sides keep the rounded
//! tops of a sine out, the pile keeps natural peaks on a coarse µ-law grid out.
//! Where resampling or a codec has spoiled the flatness, `smeared_tops` finds what is left of it.
//! What fools it: square waves (they are flat tops), a limiter with a hard knee; speech coders (GSM, AMR, SILK) draw the
//! wave anew and leave no trace of most clipping.

use super::{Input, smeared_tops};
use crate::call::{ChannelMeasurements, Problem};
use crate::timeline::{TimeSpan, Timeline};

/// Samples in the shortest flat top: the definition of the field.
const SHORTEST_RUN: usize = 3;
/// One step of 16 bits.
const STEP: f32 = 1.0 / 32_768.0;
/// Nearly equal: within this share of the level, which is the ripple that coding leaves.
const RIPPLE: f32 = 0.015;
/// Tops of the pile lie within 3 % of each other.
const PILE: f32 = 0.97;
/// Rails are sought from the peak downwards in steps of [`PILE`]: coding overshoots by up to 2 dB.
const RAIL_STEPS: i32 = 8;
/// Fewer tops are chance.
const LEAST_TOPS: usize = 4;
/// Quieter than -40 dBFS the steps of µ-law and 8 bits look like flat tops, and no rail has ever been that low.
const LEAST_RAIL: f32 = 0.01;
/// Where the sound is as it was clipped, a good part of the highest tops is flat: the shortest ones have under three
/// samples at the rail. After resampling or a codec hardly any is.
const FLAT_SHARE: f64 = 0.15;
/// Runs nearer than this are one span for the listener.
const JOIN_S: f64 = 0.5;

/// Fills `clipping`.
pub(super) fn measure(input: &Input<'_>, into: &mut ChannelMeasurements, problems: &mut Vec<Problem>) {
    if input.samples.is_empty() {
        problems.push(input.not_measurable("no_samples", &["/clipping"], "the channel has no samples"));
        return;
    }
    let FlatTops { mut runs, are_most } = flat_tops(input.samples);
    runs.sort_by_key(|run| run.start);
    let mut n_clipped = runs.iter().map(ExactSizeIterator::len).sum::<usize>() as f64;
    if !are_most && let Some(smeared) = smeared_tops::find(input) {
        (runs, n_clipped) = (smeared.tops, smeared.n_samples.max(n_clipped));
    }
    let spans = Timeline::new(
        runs.iter().map(|run| TimeSpan::new(input.rate.samples_to_s(run.start), input.rate.samples_to_s(run.end))),
    );
    into.clipping.clipped_ratio = Some(n_clipped / input.samples.len() as f64);
    into.clipping.n_runs = Some(runs.len() as u64);
    into.clipping.spans = Some(spans.closed(JOIN_S).spans().to_vec());
}

type Run = std::ops::Range<usize>;

#[derive(Default)]
struct FlatTops {
    runs: Vec<Run>,
    /// Is a good part of the tops at a rail flat?
    are_most: bool,
}

/// Flat tops of both signs.
fn flat_tops(samples: &[f32]) -> FlatTops {
    [1.0f32, -1.0].into_iter().fold(FlatTops::default(), |mut all, sign| {
        let (runs, are_most) = flat_tops_of(samples, sign);
        all.are_most |= are_most;
        all.runs.extend(runs);
        all
    })
}

/// Flat tops of one sign, and whether a good part of the tops that reach the rail is among them.
fn flat_tops_of(samples: &[f32], sign: f32) -> (Vec<Run>, bool) {
    let tops = tops(samples, sign);
    let Some(rail) = rail(&tops) else { return Default::default() };
    let n_tops = tops.iter().filter(|&&top| top > PILE * rail).count();
    let grid = grid_step(samples, sign, rail);
    // Cut off exactly; if hardly anything is, with the ripple that a codec leaves.
    let exact = runs_at_rail(samples, sign, rail, grid, 1.5 * STEP);
    let is_exact = exact.len() >= LEAST_TOPS;
    let runs = if is_exact { exact } else { runs_at_rail(samples, sign, rail, grid, RIPPLE * rail) };
    // Equal to the step and nothing above them: no filter has touched these since.
    let is_topmost = is_exact && !tops.iter().any(|&top| top > rail);
    let are_most = runs.len() >= LEAST_TOPS && runs.len() as f64 >= FLAT_SHARE * n_tops as f64;
    (runs, is_topmost || are_most)
}

/// Flat tops near the rail whose samples lie within `tolerance` of the highest of their excursion.
fn runs_at_rail(samples: &[f32], sign: f32, rail: f32, grid: f32, tolerance: f32) -> Vec<Run> {
    let at = |i: usize| samples[i] * sign;
    let mut runs = Vec::new();
    let mut i = 0;
    while i < samples.len() {
        if at(i) < PILE * PILE * rail {
            i += 1;
            continue;
        }
        let start = i;
        while i < samples.len() && at(i) >= PILE * PILE * rail {
            i += 1;
        }
        let high = (start..i).map(at).fold(0f32, f32::max);
        let flat = flat_runs(start..i, |k| at(k) >= high - tolerance);
        runs.extend(flat.into_iter().filter(|run| has_corners(samples, sign, run, grid)));
    }
    runs
}

/// The parts of a range that hold for at least [`SHORTEST_RUN`] samples.
fn flat_runs(range: Run, holds: impl Fn(usize) -> bool) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut start = range.start;
    for i in range.start..=range.end {
        if i == range.end || !holds(i) {
            if i - start >= SHORTEST_RUN {
                runs.push(start..i);
            }
            start = i + 1;
        }
    }
    runs
}

/// Does the wave leave the run by a corner on both sides? A rounded top that stays within the run's own spread for n
/// samples falls by spread · ((n + 1) / (n - 1))² at the next one.
fn has_corners(samples: &[f32], sign: f32, run: &Run, grid: f32) -> bool {
    let values = || samples[run.clone()].iter().map(|s| s * sign);
    let (low, high) = (values().fold(f32::MAX, f32::min), values().fold(0f32, f32::max));
    let n = run.len() as f32;
    let least = 2.0 * (high - low) * ((n + 1.0) / (n - 1.0)).powi(2) + 3.0 * grid;
    let falls = |neighbour: Option<&f32>| neighbour.is_none_or(|value| low - value * sign >= least);
    falls(run.start.checked_sub(1).and_then(|i| samples.get(i))) && falls(samples.get(run.end))
}

/// The highest value of each excursion to this sign.
fn tops(samples: &[f32], sign: f32) -> Vec<f32> {
    let mut tops = Vec::new();
    let mut top = 0f32;
    for &sample in samples {
        let value = sample * sign;
        if value > 0.0 {
            top = top.max(value);
        } else if top > 0.0 {
            tops.push(top);
            top = 0.0;
        }
    }
    if top > 0.0 {
        tops.push(top);
    }
    tops
}

/// The level at which tops pile up; `None` if they thin out upwards as they do in nature.
fn rail(tops: &[f32]) -> Option<f32> {
    let peak = tops.iter().copied().fold(0f32, f32::max);
    let count = |from: f32, to: f32| tops.iter().filter(|&&top| top > from && top <= to).count();
    let candidates = (0..RAIL_STEPS).map(|k| peak * PILE.powi(k)).filter(|&rail| rail >= LEAST_RAIL);
    candidates
        .map(|rail| (rail, count(PILE * rail, rail)))
        // Below the pile, over twice its width, lie fewer tops than in it, and above it next to none.
        .filter(|&(rail, n)| {
            n >= LEAST_TOPS && n >= count(PILE.powi(3) * rail, PILE * rail) && 10 * count(rail, f32::MAX) <= n
        })
        .max_by_key(|&(_, n)| n)
        .map(|(rail, _)| rail)
}

/// Distance of neighbouring values near the rail: one step of 16 bits, or of a companded or 8-bit grid.
fn grid_step(samples: &[f32], sign: f32, rail: f32) -> f32 {
    // A few thousand values tell the grid.
    let mut values: Vec<f32> =
        samples.iter().map(|s| s * sign).filter(|v| *v > 0.7 * rail && *v < PILE * rail).take(4000).collect();
    values.sort_by(f32::total_cmp);
    values.dedup();
    let mut gaps: Vec<f32> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    if gaps.is_empty() {
        return STEP;
    }
    let middle = gaps.len() / 2;
    // A companded grid has steps of 1/32 of the level at most.
    gaps.select_nth_unstable_by(middle, f32::total_cmp).1.clamp(STEP, rail / 32.0)
}
