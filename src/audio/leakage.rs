//! Leakage: how much of one party's voice is heard in the other party's channel, by gain and delay, each direction by
//! itself. Not overtalk (both speak), and not a neighbour's voice (neither party).
//!
//! Where one channel is clearly louder than the other, only its party speaks: there its samples are correlated with
//! the other channel, and the delayed copy that explains most is fitted by least squares in the telephone band. The
//! other party's own voice is uncorrelated and averages out; a sound common to both lines (hum, line noise) is
//! measured where nobody speaks and taken away. A coder keeps the power of a copy and not its waveform, so that least
//! squares finds too little: where the powers of frames tell of more than chance explains, they are believed.
//! Unit: attenuation in dB, higher is better; delay in ms. What fools it: a party who never speaks alone, the same
//! music on both channels, an echo path whose response is long (only its strongest arrival is measured).

use super::own_voice::{self, Leaked};
use super::truth::{Blocks, MAX_LAG_S, PairSums, TELEPHONE_BAND_HZ, band_of};
use crate::call::{Channels, Leakage, LeakagePath, Problem, ProblemSeverity};
use crate::dsp::correlation::{Correlator, Fit};
use crate::dsp::frames::{percentile, smoothed};
use crate::dsp::power_gain::{PowerGain, between_frames, power_gain};
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
/// [`MAX_LAG_S`] in frames.
pub(super) const REACH_FRAMES: usize = (MAX_LAG_S / FRAME_S + 0.999) as usize;
/// The peak of the response must stand out from chance: the largest of some 3000 normal values lies 5.5 medians out,
/// and speech is not normal: twice that.
const LEAST_PROMINENCE: f64 = 11.0;
/// In each half of the material alone there must be a peak at the same delay within 1 ms ...
const SAME_DELAY_S: f64 = 0.001;
/// ... that stands out from the few delays it is looked for at: of 17 normal values the largest lies 3.2 medians out
/// in one of ten cases, and both halves must do ...
const LEAST_HALF_PROMINENCE: f64 = 3.5;
/// ... and have the same gain within 6 dB: chance peaks do not repeat.
const SAME_GAIN: f64 = 2.0;
/// The power of frames is believed against the waveform if it is known this well, 0.75 dB ...
const POWER_KNOWN: f64 = 0.19;
/// ... tells of this many standard errors more, in both halves of the material too ...
const POWER_SURPLUS: f64 = 2.0;
/// ... and of at most 10 dB: no speech coder destroys more of a waveform, other sounds that come with speech do.
const MOST_SURPLUS: f64 = 10.0;
/// Halves are stretches of 4 s in turn: some words, so that what comes by chance with one half does not with the other.
const HALF_FRAMES: usize = 200;
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
    smoothed(&frame_powers(samples, rate), 1)
}

/// The same before its neighbours are averaged in.
pub(super) fn frame_powers(samples: &[f32], rate: SampleRate) -> Vec<f64> {
    let hop = rate.s_to_samples(FRAME_S).max(1);
    let mut spectrum = PowerSpectrum::new(2 * hop);
    let bin_hz = f64::from(rate.hz()) / (2 * hop) as f64;
    let bins = (TELEPHONE_BAND_HZ.start / bin_hz).round() as usize..(TELEPHONE_BAND_HZ.end / bin_hz).round() as usize;
    let (mut frame, mut power) = (vec![0f32; 2 * hop], Vec::with_capacity(spectrum.n_bins()));
    (0..samples.len() / hop)
        .map(|t| {
            // Half a hop more on either side.
            for (i, slot) in frame.iter_mut().enumerate() {
                *slot = (t * hop + i).checked_sub(hop / 2).and_then(|at| samples.get(at)).copied().unwrap_or(0.0);
            }
            spectrum.of(&frame, &mut power);
            power.iter().take(bins.end).skip(bins.start).sum()
        })
        .collect()
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
        let [first_leads, second_leads, nobody] = flags;
        let without =
            |of: &[bool], other: &[bool]| of.iter().zip(within(other, REACH_FRAMES)).map(|(f, o)| *f && !o).collect();
        Self { flags: [without(&first_leads, &second_leads), without(&second_leads, &first_leads), nobody] }
    }
}

/// Frames with a flag of `flags` within `reach` frames.
pub(super) fn within(flags: &[bool], reach: usize) -> Vec<bool> {
    let mut n_before = vec![0usize; flags.len() + 1];
    for (i, &flag) in flags.iter().enumerate() {
        n_before[i + 1] = n_before[i] + usize::from(flag);
    }
    (0..flags.len()).map(|i| n_before[(i + reach + 1).min(flags.len())] > n_before[i.saturating_sub(reach)]).collect()
}

/// Level of the quietest moments that are not digital silence.
fn quiet_level(powers: &[f64]) -> f64 {
    // -100 dBFS: below the steps of 16 bits.
    let sounding: Vec<f64> = powers.iter().copied().filter(|&p| p > 1e-10).collect();
    percentile(&sounding, QUIET_SHARE).unwrap_or(0.0).max(1e-10)
}

/// What was found between two channels.
#[derive(Debug, Default)]
pub(super) struct Between {
    /// For the report, each direction.
    pub entries: Vec<Leakage>,
    /// What was found, for taking it out.
    pub paths: Vec<LeakagePath>,
    /// Where a channel holds nothing but the other's leakage.
    pub leaked: Vec<Leaked>,
    /// What could not be judged.
    pub problems: Vec<Problem>,
}

/// Leakage both ways between two channels.
pub(super) fn between(channels: &Channels, first: usize, second: usize) -> Between {
    let rate = channels.rate();
    let powers = [first, second].map(|channel| telephone_powers(channels.plane(channel), rate));
    let alone = Alone::new(&powers[0], &powers[1]);
    let mut found = Between::default();
    for (index, from, to) in [(0, first, second), (1, second, first)] {
        let alone_s = alone.flags[index].iter().filter(|f| **f).count() as f64 * FRAME_S;
        let mut entry =
            Leakage { from: from as u16, to: to as u16, detected: None, attenuation_db: None, delay_ms: None };
        if alone_s < LEAST_ALONE_S {
            found.problems.push(
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
            let fit = path(channels, from, to, &alone.flags[index], &alone.flags[2]);
            entry.detected = Some(fit.is_some());
            if let Some(fit) = fit {
                let (source, target) = (&powers[index], &powers[1 - index]);
                let line_in = |halves: &[usize]| {
                    let among = |(t, alone): (usize, &bool)| *alone && halves.contains(&(t / HALF_FRAMES % 2));
                    let flags: Vec<bool> = alone.flags[index].iter().enumerate().map(among).collect();
                    power_line(source, target, &flags, delay_frames(&fit, rate))
                };
                let line = line_in(&[0, 1]);
                let amplitude = amplitude(&fit, line, [line_in(&[0]), line_in(&[1])]);
                entry.attenuation_db = crate::units::amplitude_to_db(1.0 / amplitude);
                entry.delay_ms = Some(fit.delay_samples * 1000.0 / f64::from(rate.hz()));
                let path = LeakagePath { from, to, gain: fit.gain, delay_samples: fit.delay_samples };
                let rest = own_voice::powers_without(channels, &path);
                let rest_line = power_line(source, &rest, &alone.flags[index], delay_frames(&fit, rate));
                found.leaked.push(Leaked::new(to, source, &rest, line, rest_line, delay_frames(&fit, rate)));
                found.paths.push(path);
            }
        }
        found.entries.push(entry);
    }
    found
}

fn delay_frames(fit: &Fit, rate: SampleRate) -> f64 {
    fit.delay_samples / rate.s_to_samples(FRAME_S).max(1) as f64
}

/// How the power of `target` follows that of `source` where only its party speaks.
fn power_line(source: &[f64], target: &[f64], alone: &[bool], delay_frames: f64) -> Option<PowerGain> {
    let pairs: Vec<(f64, f64)> = source
        .iter()
        .zip(alone)
        .enumerate()
        .filter(|(_, (_, is_alone))| **is_alone)
        .filter_map(|(t, (power, _))| Some((*power, between_frames(target, t as f64 + delay_frames)?)))
        .collect();
    power_gain(&pairs)
}

/// Amplitude ratio of a copy, from its waveform or from its power.
fn amplitude(fit: &Fit, line: Option<PowerGain>, halves: [Option<PowerGain>; 2]) -> f64 {
    let by_waveform = fit.gain.abs();
    let ratio = |line: &PowerGain| line.gain / (by_waveform * by_waveform);
    let repeats = halves.iter().all(|half| half.as_ref().is_some_and(|half| ratio(half) > 1.0));
    let by_power = line.filter(|line| {
        let is_surplus = ratio(line) - 1.0 > POWER_SURPLUS * line.relative_error && ratio(line) < MOST_SURPLUS;
        line.relative_error < POWER_KNOWN && is_surplus && repeats
    });
    by_power.map_or(by_waveform, |line| line.gain.sqrt())
}

/// The copy of `from` in `to`, if there is one.
fn path(channels: &Channels, from: usize, to: usize, alone: &[bool], nobody: &[bool]) -> Option<Fit> {
    let rate = channels.rate();
    let frame_len = rate.s_to_samples(FRAME_S).max(1);
    let max_lag = rate.s_to_samples(MAX_LAG_S);
    let band = band_of(rate, TELEPHONE_BAND_HZ);
    let mut correlator = Correlator::new(max_lag);
    let pair = (channels.plane(from), channels.plane(to));
    let speaking = PairSums::new(&mut correlator, pair, frame_len, alone, Blocks::AsQuietTarget);
    let background = PairSums::new(&mut correlator, pair, frame_len, nobody, Blocks::AsQuietTarget);
    let n_nobody = nobody.iter().filter(|f| **f).count() as f64;
    // What both lines have in common while nobody speaks goes on while somebody does.
    let has_background = n_nobody * FRAME_S >= LEAST_ALONE_S / 2.0 && background.weight > 0.0;
    let share = if has_background { -speaking.weight / background.weight } else { 0.0 };
    let sums = |halves: &[usize]| {
        let mut sums = correlator.zero();
        for &half in halves {
            sums.add_scaled(&speaking.halves[half], 1.0, true);
            sums.add_scaled(&background.halves[half], share, false);
        }
        sums
    };
    let whole = correlator.fit(&sums(&[0, 1]), &band, max_lag)?;
    let attenuation_db = -20.0 * whole.gain.abs().log10();
    if whole.prominence < LEAST_PROMINENCE || attenuation_db > WEAKEST_DB {
        return None;
    }
    let tolerance = (SAME_DELAY_S * f64::from(rate.hz())).ceil() as isize;
    let peak = whole.delay_samples.round() as isize;
    let repeats = [0, 1].iter().all(|&half| {
        let near = correlator.fit_among(&sums(&[half]), &band, max_lag, peak - tolerance..=peak + tolerance);
        near.is_some_and(|f| {
            let ratio = f.gain / whole.gain;
            f.prominence >= LEAST_HALF_PROMINENCE && (1.0 / SAME_GAIN..SAME_GAIN).contains(&ratio)
        })
    });
    repeats.then_some(whole)
}
