//! Leakage: how much of one party's voice is heard in the other party's channel, by gain and delay, each direction by
//! itself. Not overtalk (both speak), and not a neighbour's voice (neither party).
//!
//! Where one channel is clearly louder than the other, only its party speaks: there its samples are correlated with
//! the other channel, and the delayed copy that explains most is fitted by least squares in the telephone band. The
//! other party's own voice is uncorrelated and averages out; a sound common to both lines (hum, line noise) is
//! measured where nobody speaks and taken away.
//! Unit: attenuation in dB, higher is better; delay in ms. What fools it: a party who never speaks alone, the same
//! music on both channels, an echo path whose response is long (only its strongest arrival is measured).

use super::truth::{MAX_LAG_S, PairSums, TELEPHONE_BAND_HZ, band_of};
use crate::call::{Channels, Leakage, LeakagePath, Problem, ProblemSeverity};
use crate::dsp::correlation::{Correlator, Fit};
use crate::dsp::frames::{percentile, smoothed};
use crate::dsp::spectrum::PowerSpectrum;
use crate::units::SampleRate;

/// Frames on which the louder channel is judged.
pub(super) const FRAME_S: f64 = 0.02;
/// Less time than this with only one party speaking says nothing about its leakage.
const LEAST_ALONE_S: f64 = 1.0;
/// One channel is the louder one from 3 dB on: leakage of -6 dB, the strongest to be found, still leaves 6.
const LOUDER: f64 = 2.0;
/// ... compared over 13 frames, 260 ms: longer than leakage is late, so that its tail after a word is not taken for the
/// other party.
const TURN_FRAMES: usize = 6;
/// A party speaks while its channel is 7 dB above its quietest moments; over 260 ms steady noise moves by 2 dB.
const OVER_FLOOR: f64 = 5.0;
/// ... which are 3 % of the time: with strong leakage a channel is hardly ever quiet for longer.
const QUIET_SHARE: f64 = 0.03;
/// Nobody speaks while both channels are within 4 dB of their quietest moments.
const NEAR_FLOOR: f64 = 2.5;
/// ... and not more than 25 dB below its loud frames: quieter sounds carry no measurable leakage.
const BELOW_LOUD: f64 = 0.003;
/// The peak of the response must stand out from chance: the largest of some 3000 normal values lies 5.5 medians out.
const LEAST_PROMINENCE: f64 = 9.0;
/// In each half of the material alone the peak must stand at the same delay within 1 ms ...
const SAME_DELAY_S: f64 = 0.001;
/// ... and have the same gain within 4 dB: chance peaks do not repeat.
const SAME_GAIN: f64 = 1.6;
/// Weaker leakage than this is not told from crosstalk of the measurement itself.
const WEAKEST_DB: f64 = 45.0;

/// Who alone is heard in each frame of [`FRAME_S`].
#[derive(Debug)]
pub(super) struct Alone {
    /// Frames in which only the first, only the second, or neither channel is loud.
    pub flags: [Vec<bool>; 3],
}

/// Power in the telephone band around each [`FRAME_S`]: hum and most of a line's hiss stay out of the comparison.
pub(super) fn telephone_powers(samples: &[f32], rate: SampleRate) -> Vec<f64> {
    let hop = rate.s_to_samples(FRAME_S).max(1);
    let mut spectrum = PowerSpectrum::new(2 * hop);
    let bin_hz = f64::from(rate.hz()) / (2 * hop) as f64;
    let bins = (TELEPHONE_BAND_HZ.start / bin_hz).round() as usize..(TELEPHONE_BAND_HZ.end / bin_hz).round() as usize;
    let (mut frame, mut power) = (vec![0f32; 2 * hop], Vec::with_capacity(spectrum.n_bins()));
    let powers: Vec<f64> = (0..samples.len() / hop)
        .map(|t| {
            // Half a hop more on either side.
            for (i, slot) in frame.iter_mut().enumerate() {
                *slot = (t * hop + i).checked_sub(hop / 2).and_then(|at| samples.get(at)).copied().unwrap_or(0.0);
            }
            spectrum.of(&frame, &mut power);
            power.iter().take(bins.end).skip(bins.start).sum()
        })
        .collect();
    smoothed(&powers, 1)
}

impl Alone {
    fn new(first: &[f64], second: &[f64]) -> Self {
        let (first, second) = (&smoothed(first, TURN_FRAMES), &smoothed(second, TURN_FRAMES));
        let loud = [percentile(first, 0.95).unwrap_or(0.0), percentile(second, 0.95).unwrap_or(0.0)];
        let floor = [quiet_level(first), quiet_level(second)];
        let mut flags = [Vec::new(), Vec::new(), Vec::new()];
        for (&a, &b) in first.iter().zip(second) {
            let speaks = |p: f64, i: usize| p > floor[i] * OVER_FLOOR && p > loud[i] * BELOW_LOUD;
            // Louder by itself or against its own loud frames: the recording levels of the parties may differ.
            let relative = |p: f64, i: usize| if loud[i] > 0.0 { p / loud[i] } else { 0.0 };
            let (ra, rb) = (relative(a, 0), relative(b, 1));
            let first_leads = a > LOUDER * b || ra > LOUDER * rb;
            let second_leads = b > LOUDER * a || rb > LOUDER * ra;
            flags[0].push(speaks(a, 0) && first_leads && !second_leads);
            flags[1].push(speaks(b, 1) && second_leads && !first_leads);
            flags[2].push(a < floor[0] * NEAR_FLOOR && b < floor[1] * NEAR_FLOOR);
        }
        // What leaks comes later or earlier than the voice: near the other's turn nobody is alone for certain.
        let reach = (MAX_LAG_S / FRAME_S).round() as usize;
        let [first_leads, second_leads, nobody] = flags;
        Self {
            flags: [
                away_from(&first_leads, &second_leads, reach),
                away_from(&second_leads, &first_leads, reach),
                nobody,
            ],
        }
    }
}

/// The flags of `of` with no flag of `other` within `reach` frames.
fn away_from(of: &[bool], other: &[bool], reach: usize) -> Vec<bool> {
    let mut n_before = vec![0usize; other.len() + 1];
    for (i, &flag) in other.iter().enumerate() {
        n_before[i + 1] = n_before[i] + usize::from(flag);
    }
    let is_near = |i: usize| n_before[(i + reach + 1).min(other.len())] > n_before[i.saturating_sub(reach)];
    of.iter().enumerate().map(|(i, &flag)| flag && !is_near(i)).collect()
}

/// Level of the quietest moments that are not digital silence.
fn quiet_level(powers: &[f64]) -> f64 {
    // -100 dBFS: below the steps of 16 bits.
    let sounding: Vec<f64> = powers.iter().copied().filter(|&p| p > 1e-10).collect();
    percentile(&sounding, QUIET_SHARE).unwrap_or(0.0).max(1e-10)
}

/// Leakage both ways between two channels.
pub(super) fn between(
    channels: &Channels,
    first: usize,
    second: usize,
) -> (Vec<Leakage>, Vec<LeakagePath>, Vec<Problem>) {
    let rate = channels.rate();
    let frame_len = rate.s_to_samples(FRAME_S).max(1);
    let (a, b) = (channels.plane(first), channels.plane(second));
    let alone = Alone::new(&telephone_powers(a, rate), &telephone_powers(b, rate));
    let (mut entries, mut paths, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for (index, from, to) in [(0, first, second), (1, second, first)] {
        let alone_s = alone.flags[index].iter().filter(|f| **f).count() as f64 * FRAME_S;
        let mut entry =
            Leakage { from: from as u16, to: to as u16, detected: None, attenuation_db: None, delay_ms: None };
        if alone_s < LEAST_ALONE_S {
            problems.push(
                Problem::new(
                    "layout",
                    "leakage_not_judgeable",
                    ProblemSeverity::NotMeasurable,
                    format!(
                        "only {alone_s:.1} s of sound on channel {from} alone, {LEAST_ALONE_S} s are needed to judge its leakage"
                    ),
                )
                .about(["detected", "attenuation_db", "delay_ms"].map(|f| format!("/crosstalk/leakage/{index}/{f}")))
                .on_channel(to),
            );
        } else {
            let found = path(channels, from, to, &alone.flags[index], &alone.flags[2], frame_len);
            entry.detected = Some(found.is_some());
            if let Some(fit) = found {
                entry.attenuation_db = crate::units::amplitude_to_db(1.0 / fit.gain.abs());
                entry.delay_ms = Some(fit.delay_samples * 1000.0 / f64::from(rate.hz()));
                paths.push(LeakagePath { from, to, gain: fit.gain, delay_samples: fit.delay_samples });
            }
        }
        entries.push(entry);
    }
    (entries, paths, problems)
}

/// The copy of `from` in `to`, if there is one.
fn path(channels: &Channels, from: usize, to: usize, alone: &[bool], nobody: &[bool], frame_len: usize) -> Option<Fit> {
    let max_lag = channels.rate().s_to_samples(MAX_LAG_S);
    let band = band_of(channels.rate(), TELEPHONE_BAND_HZ);
    let mut correlator = Correlator::new(max_lag);
    let pair = (channels.plane(from), channels.plane(to));
    let speaking = PairSums::new(&mut correlator, pair, frame_len, alone);
    let background = PairSums::new(&mut correlator, pair, frame_len, nobody);
    let n_alone = alone.iter().filter(|f| **f).count() as f64;
    let n_nobody = nobody.iter().filter(|f| **f).count() as f64;
    // What both lines have in common while nobody speaks goes on while somebody does.
    let share = if n_nobody * FRAME_S >= LEAST_ALONE_S / 2.0 { -n_alone / n_nobody } else { 0.0 };
    let fit = |halves: &[usize]| {
        let mut sums = correlator.zero();
        for &half in halves {
            sums.add_scaled(&speaking.halves[half], 1.0, true);
            sums.add_scaled(&background.halves[half], share, false);
        }
        correlator.fit(&sums, &band, max_lag)
    };
    let whole = fit(&[0, 1])?;
    let attenuation_db = -20.0 * whole.gain.abs().log10();
    if whole.prominence < LEAST_PROMINENCE || attenuation_db > WEAKEST_DB {
        return None;
    }
    let tolerance = channels.rate().s_to_samples(SAME_DELAY_S) as f64;
    let repeats = [0, 1].iter().all(|&half| {
        fit(&[half]).is_some_and(|f| {
            let ratio = f.gain / whole.gain;
            (f.delay_samples - whole.delay_samples).abs() <= tolerance && (1.0 / SAME_GAIN..SAME_GAIN).contains(&ratio)
        })
    });
    repeats.then_some(whole)
}
