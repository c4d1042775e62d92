//! The truth about the channels, before anything is measured or transcribed: which carry sound, which are copies of
//! others, and how much of one party leaks into the other's channel. Decided by the sound alone, never by text.
//!
//! Not here: who is agent and who is customer (`speakers`).

use std::ops::Range;

use super::{leakage, own_voice};
use crate::call::{
    CallActivity, Channels, Layout, LayoutFlag, LayoutKind, Leakage, LeakagePath, Problem, ProblemSeverity,
};
use crate::dsp::correlation::{Correlator, CrossSpectrum};
use crate::dsp::frames::{mean, percentile};
use crate::timeline::Timeline;
use crate::units::SampleRate;

/// Copies and leakage are looked for at delays up to this.
pub(super) const MAX_LAG_S: f64 = 0.2;
/// The band every telephone passes.
pub(super) const TELEPHONE_BAND_HZ: Range<f64> = 300.0..3400.0;

/// Peak deviation up to which a frame is empty: the smallest codes of G.711 (8 steps of 16 bits in A-law) and dither.
const EMPTY_PEAK: f32 = 10.0 / 32_768.0;
/// So is one of less power than -66 dBFS: the noise of a line that nobody uses. ITU-T G.712 allows -65 dBm0p, about
/// -71 dBFS, and coders add some; a voice of -66 dBFS could not be heard in it.
const IDLE_POWER: f64 = 2.5e-7;
/// A channel with less sound than this is dead, whatever clicks it has.
const LEAST_SOUND_S: f64 = 0.1;
/// Copies have a level difference that stays the same: 90 % of the frames within 4 dB, lossy coding included.
/// Between parties with leakage of -6 dB both ways it moves by 12 dB.
const COPY_SPREAD_DB: f64 = 4.0;
/// Squared correlation of a copy whose other side was coded separately; the same codec on other speech gives 0.
const COPY_EXPLAINED: f64 = 0.5;
/// A copy has no delay, apart from ...
const COPY_DELAY_S: f64 = 0.002;
/// ... that of a codec, which leaves the level alone within 1.5 dB; leakage never arrives at full level.
const CODEC_DELAY_S: f64 = 0.06;
const CODEC_GAIN_DB: f64 = 1.5;

/// What the channels really are.
#[derive(Debug, Clone)]
pub struct ChannelTruth {
    /// Kind, flags, dead channels.
    pub layout: Layout,
    /// Channels worth listening to: neither dead nor a copy of an earlier one.
    pub independent: Vec<usize>,
    /// Leakage for the report; `None` unless there are two independent channels.
    pub leakage: Option<Vec<Leakage>>,
    /// Leakage that was found, for taking it out again.
    pub paths: Vec<LeakagePath>,
    /// By channel: where it holds nothing but what leaks from another. A coder leaves a garbled rest that cannot be
    /// taken out, and that sounds like speech.
    pub only_leakage: Vec<Timeline>,
    /// What could not be judged.
    pub problems: Vec<Problem>,
}

impl ChannelTruth {
    /// Activity without what is nothing but leakage.
    pub fn own_voices(&self, activity: CallActivity) -> CallActivity {
        let by_channel = activity.by_channel.into_iter().enumerate();
        let own = by_channel.map(|(channel, speech)| match self.only_leakage.get(channel) {
            Some(leakage) if !leakage.is_empty() => own_voice::without(&speech, leakage),
            _ => speech,
        });
        CallActivity { by_channel: own.collect(), leaked: self.only_leakage.clone(), ..activity }
    }
}

/// Looks at the channels. `role_confidence` stays `None` and `roles_swapped` unset: roles are not told by sound.
pub fn channel_truth(channels: &Channels) -> ChannelTruth {
    let n = channels.n_channels();
    let kind = match n {
        1 => LayoutKind::Mono,
        2 => LayoutKind::Stereo,
        _ => LayoutKind::Multichannel,
    };
    // A click is no proof that a line is alive, nor its absence that it is dead.
    let is_long_enough = channels.duration_s() >= LEAST_SOUND_S;
    let dead: Vec<usize> =
        (0..n).filter(|_| is_long_enough).filter(|&i| is_dead(channels.plane(i), channels.rate())).collect();
    let mut flags = Vec::new();
    let mut independent: Vec<usize> = Vec::new();
    for channel in (0..n).filter(|i| !dead.contains(i)) {
        match independent.iter().find_map(|&earlier| copy_polarity(channels, earlier, channel)) {
            None => independent.push(channel),
            Some(is_inverted) => {
                flags.push(LayoutFlag::DualMono);
                if is_inverted {
                    flags.push(LayoutFlag::PolarityInverted);
                }
            }
        }
    }
    let (mut found, mut paths, mut problems) = (None, Vec::new(), Vec::new());
    let mut only_leakage = vec![Timeline::default(); n];
    if let [first, second] = independent[..] {
        let between = leakage::between(channels, first, second);
        found = Some(between.entries);
        paths = between.paths;
        problems = between.problems;
        for leaked in between.leaked {
            only_leakage[leaked.channel] = leaked.when;
        }
    } else {
        problems.push(
            Problem::new(
                "layout",
                "leakage_needs_two_channels",
                ProblemSeverity::NotMeasurable,
                format!("leakage lies between two independent channels, here {}", there_are(independent.len())),
            )
            .about(["/crosstalk/leakage"]),
        );
    }
    if !is_long_enough {
        problems.push(
            Problem::new(
                "layout",
                "too_short",
                ProblemSeverity::NotMeasurable,
                format!("{:.3} s of sound are too short to tell whether a channel is dead", channels.duration_s()),
            )
            .about(["/layout/flags", "/layout/dead_channels"]),
        );
    }
    if !paths.is_empty() {
        flags.push(LayoutFlag::Leaky);
    }
    if !dead.is_empty() {
        flags.push(LayoutFlag::DeadChannel);
    }
    flags.sort();
    flags.dedup();
    let dead_channels = dead.iter().filter_map(|&i| u16::try_from(i).ok()).collect();
    let layout = Layout { kind, flags, dead_channels, role_confidence: None };
    ChannelTruth { layout, independent, leakage: found, paths, only_leakage, problems }
}

fn there_are(n: usize) -> String {
    match n {
        0 => "there is none".into(),
        1 => "there is 1".into(),
        n => format!("there are {n}"),
    }
}

/// No sound, or only a constant, dither and the faint noise of an idle line.
fn is_dead(samples: &[f32], rate: SampleRate) -> bool {
    let frame_len = rate.s_to_samples(0.01).max(1);
    let sounding = samples.chunks(frame_len).filter(|frame| {
        let offset = mean(frame);
        let power = frame.iter().map(|s| (f64::from(*s) - offset).powi(2)).sum::<f64>() / frame.len() as f64;
        power > IDLE_POWER && frame.iter().any(|s| (s - offset as f32).abs() > EMPTY_PEAK)
    });
    let least = (LEAST_SOUND_S / 0.01) as usize;
    sounding.take(least).count() < least
}

/// If `second` is a copy of `first`: is it upside down?
fn copy_polarity(channels: &Channels, first: usize, second: usize) -> Option<bool> {
    let rate = channels.rate();
    let (a, b) = (channels.plane(first), channels.plane(second));
    let frame_len = rate.s_to_samples(leakage::FRAME_S).max(1);
    if level_spread_db(a, b, rate)? > COPY_SPREAD_DB {
        return None;
    }
    let mut correlator = Correlator::new(rate.s_to_samples(MAX_LAG_S));
    let band = band_of(rate, TELEPHONE_BAND_HZ);
    let everywhere = vec![true; a.len() / frame_len + 1];
    let there = PairSums::new(&mut correlator, (a, b), frame_len, &everywhere, Blocks::AsLoud).whole(&correlator);
    let back = PairSums::new(&mut correlator, (b, a), frame_len, &everywhere, Blocks::AsLoud).whole(&correlator);
    let fit = correlator.fit(&there, &band, rate.s_to_samples(CODEC_DELAY_S))?;
    let target_power = correlator.source_power(&back, &band);
    let delay_s = fit.delay_samples.abs() / f64::from(rate.hz());
    let gain_db = 10.0 * (target_power / correlator.source_power(&there, &band)).log10();
    let is_at_once = delay_s <= COPY_DELAY_S || (delay_s <= CODEC_DELAY_S && gain_db.abs() <= CODEC_GAIN_DB);
    let explained = correlator.explained(&there, &fit, target_power, &band);
    (is_at_once && explained >= COPY_EXPLAINED).then_some(fit.gain < 0.0)
}

/// How far the level difference between two channels moves, 5th to 95th percentile over the frames in which either is
/// within 20 dB of its loud frames. `None` if there are none.
fn level_spread_db(a: &[f32], b: &[f32], rate: SampleRate) -> Option<f64> {
    let (pa, pb) = (leakage::telephone_powers(a, rate), leakage::telephone_powers(b, rate));
    let (loud_a, loud_b) = (percentile(&pa, 0.95)?, percentile(&pb, 0.95)?);
    let differences: Vec<f64> = pa
        .iter()
        .zip(&pb)
        .filter(|&(&x, &y)| x > 0.01 * loud_a || y > 0.01 * loud_b)
        // -120 dBFS: keeps the logarithm finite where one side is digital silence.
        .map(|(x, y)| 10.0 * ((x + 1e-12) / (y + 1e-12)).log10())
        .collect();
    Some(percentile(&differences, 0.95)? - percentile(&differences, 0.05)?)
}

/// A band in shares of the sampling rate, kept clear of half the rate.
pub(super) fn band_of(rate: SampleRate, hz: Range<f64>) -> Range<f64> {
    let rate_hz = f64::from(rate.hz());
    (hz.start / rate_hz).min(0.02)..(hz.end / rate_hz).min(0.45)
}

/// What a block counts for in [`PairSums`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Blocks {
    /// As much as it has power.
    AsLoud,
    /// The less the louder the target is: a burst of noise or another voice in it hides the copy.
    AsQuietTarget,
}

/// Cross-spectra of a pair of channels over the frames that are flagged, in two halves: every other block, so that
/// both cover the whole call.
#[derive(Debug)]
pub(super) struct PairSums {
    /// Sums over even and over odd blocks.
    pub halves: [CrossSpectrum; 2],
    /// Samples of the source that went into both, each times the weight of its block.
    pub weight: f64,
}

impl PairSums {
    /// Source and target, both of one length, and a flag for each frame of the source. Of the target only what is
    /// within [`MAX_LAG_S`] of flagged frames is heard.
    pub fn new(
        correlator: &mut Correlator,
        (source, target): (&[f32], &[f32]),
        frame_len: usize,
        flags: &[bool],
        blocks: Blocks,
    ) -> Self {
        let mut halves = [correlator.zero(), correlator.zero()];
        let mut weight_sum = 0.0;
        let near = leakage::within(flags, leakage::REACH_FRAMES);
        let block_len = correlator.block_len();
        for (block, start) in (0..source.len()).step_by(block_len).enumerate() {
            let end = (start + block_len).min(source.len());
            let is_flagged = |flags: &[bool], i: usize| flags.get(i / frame_len) == Some(&true);
            let n_flagged = (start..end).step_by(frame_len).filter(|&i| is_flagged(flags, i)).count() * frame_len;
            if n_flagged == 0 {
                continue;
            }
            let weight = |flags: &[bool], i: usize| if is_flagged(flags, i) { 1.0 } else { 0.0 };
            let x = correlator.source(source, start..end, |i| weight(flags, i));
            let y = correlator.target(target, start, |i| weight(&near, i));
            let power: f64 = y.iter().map(|bin| f64::from(bin.norm_sqr())).sum();
            let block_weight = match blocks {
                Blocks::AsLoud => 1.0,
                Blocks::AsQuietTarget if power > 0.0 => n_flagged as f64 / power,
                // Digital silence: a gate, which hides a copy as it hides noise.
                Blocks::AsQuietTarget => 0.0,
            };
            halves[block % 2].add(&x, &y, block_weight);
            weight_sum += block_weight * n_flagged as f64;
        }
        Self { halves, weight: weight_sum }
    }

    fn whole(&self, correlator: &Correlator) -> CrossSpectrum {
        let mut sums = correlator.zero();
        self.halves.iter().for_each(|half| sums.add_scaled(half, 1.0, true));
        sums
    }
}
