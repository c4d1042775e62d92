//! Dropouts: the sound is gone for at least 20 ms in the middle of speech, as when packets are lost and nothing fills
//! the hole. Not the pauses of a noise gate, which close after the voice has faded. Lower is better.
//!
//! Two signs tell a hole: nothing moves in it, less than the line's own background ever does; or it has edges that no
//! voice has, where the sound falls by 30 dB from one millisecond to the next and comes back as suddenly. Movement is
//! the variance of 1 ms blocks, as the silence of A-law is a constant that is not zero.
//! What fools it: packet loss concealment fills holes with sound (then there is none to find), and so do low-rate
//! codecs after the loss; a gate that cuts words short sounds like a dropout and is counted as one.

use super::Input;
use super::background::DIGITAL_ZERO;
use crate::call::{ChannelMeasurements, Problem};
use crate::timeline::{TimeSpan, Timeline};

/// The shortest gap that counts: the definition of the field; one packet of most codecs.
const SHORTEST_S: f64 = 0.02;
/// Longer holes are pauses or a mute button.
const LONGEST_S: f64 = 2.0;
/// A block: shorter than a pitch period, so that no voice is still for many of them.
const BLOCK_S: f64 = 0.001;
/// Blocks beside a hole that are looked at: too short for a voice to fade.
const EDGE: usize = 5;
/// Blocks beside a hole in which a voice must be heard: some pitch periods, longer than a click.
const VOICE: usize = 25;
/// Blocks by which an edge may be blurred: the filters of a codec ring for about that long.
const BLUR: usize = 2;
/// Power: a hole moves at most a tenth of the line's quiet background, 10 dB below it.
const BELOW_FLOOR: f64 = 0.1;
/// Power: 6 dB over the mean cover the swings of a background in blocks of a few samples.
const FLOOR_SWING: f64 = 4.0;
/// Power: an edge is 30 dB high.
const EDGE_OVER_HOLE: f64 = 1e3;
/// Power: an edge in mid-speech is within 20 dB of the speech.
const EDGE_BELOW_SPEECH: f64 = 1e-2;
/// Power: where pauses are digital silence too it must be within 15 dB; gates close below that.
const EDGE_BELOW_SPEECH_GATED: f64 = 3e-2;
/// Power: else within 35 dB of it, or as loud as the background.
const EDGE_BELOW_SPEECH_UNGATED: f64 = 3e-4;
/// With this share of the time without speech in digital silence, a gate or synthesis makes the pauses.
const GATED_SHARE: f64 = 0.3;
/// Gaps from 8 ms on that are too short for a lost packet: closures that a synthetic voice cuts in.
const CLOSURE_S: f64 = 0.008;
/// Voices with such gaps have longer ones too, up to here; one in so many is enough to tell.
const LONGEST_CLOSURE_S: f64 = 0.1;
const ONE_IN: usize = 8;
/// Speech must be found this near on one side at least; the other may begin or end with the hole.
const NEAR_S: f64 = 0.5;

/// Fills `dropouts`.
pub(super) fn measure(input: &Input<'_>, into: &mut ChannelMeasurements, problems: &mut Vec<Problem>) {
    if !input.has_enough_speech() {
        problems.push(input.too_little_speech(&["/dropouts/n", "/dropouts/total_s", "/dropouts/spans"]));
        return;
    }
    let holes = Line::new(input).holes();
    into.dropouts.n = Some(holes.len() as u64);
    into.dropouts.total_s = Some(holes.iter().map(TimeSpan::duration_s).sum());
    into.dropouts.spans = Some(holes);
}

type Run = std::ops::Range<usize>;

/// What the line does when nothing is wrong with it.
struct Line<'a> {
    input: &'a Input<'a>,
    /// Samples in a block.
    block: usize,
    /// Variance of each block; f32: four hours of them must fit beside the samples.
    movement: Vec<f32>,
    /// Variance where the party speaks.
    speech: f64,
    /// Variance of the quiet parts of the line, digital silence left out.
    floor: f64,
    /// Are the pauses digital silence?
    is_gated: bool,
}

impl<'a> Line<'a> {
    fn new(input: &'a Input<'a>) -> Self {
        let block = input.rate.s_to_samples(BLOCK_S).max(2);
        let movement: Vec<f32> = input.samples.chunks_exact(block).map(|b| variance(b) as f32).collect();
        let mut line = Self { input, block, movement, speech: 0.0, floor: 0.0, is_gated: false };
        let to_s = |i: usize| input.rate.samples_to_s(i * block);
        let is_speech = input.speech.to_frames(to_s(1), line.movement.len());
        let (mut sum, mut n_speech, mut n_still, mut n_pause) = (0.0, 0usize, 0usize, 0usize);
        for (&power, &speaks) in line.movement.iter().zip(&is_speech) {
            if speaks {
                sum += f64::from(power);
                n_speech += 1;
            } else {
                n_pause += 1;
                n_still += usize::from(f64::from(power) <= zero_power());
            }
        }
        line.speech = sum / n_speech.max(1) as f64;
        line.is_gated = n_still as f64 > GATED_SHARE * n_pause as f64;
        // 10 ms frames; their tenth part of the way up is background in any call with pauses.
        let mut frames: Vec<f64> = line.movement.chunks_exact(10).map(mean).filter(|&p| p > zero_power()).collect();
        if !frames.is_empty() {
            let tenth = frames.len() / 10;
            line.floor = *frames.select_nth_unstable_by(tenth, f64::total_cmp).1;
        }
        line
    }

    /// Holes of both kinds, in order.
    fn holes(&self) -> Vec<TimeSpan> {
        let still = zero_power().max(BELOW_FLOOR * self.floor).min(self.speech * 1e-4);
        let quiet = zero_power().max(FLOOR_SWING * self.floor).min(self.speech * 1e-3);
        let mut holes = self.cuts(still, |run| self.is_cut_from_background(run, still));
        holes.extend(self.cuts(quiet, |run| self.is_cut_from_speech(run)));
        Timeline::new(holes.into_iter().filter(|hole| self.is_inside_speech(hole))).spans().to_vec()
    }

    /// Runs of blocks that move at most so much, as long as a hole is and with the edges of one; of a voice that has
    /// such edges in its closures only the long ones.
    fn cuts(&self, most: f64, is_cut: impl Fn(&Run) -> bool) -> Vec<TimeSpan> {
        let blocks = |time_s: f64| (time_s / self.input.rate.samples_to_s(self.block)).round() as usize;
        let (closure, longest_closure, longest) =
            (blocks(CLOSURE_S).max(1), blocks(LONGEST_CLOSURE_S), blocks(LONGEST_S));
        // One block at each end may hold the edge itself.
        let shortest = blocks(SHORTEST_S).saturating_sub(2).max(closure);
        let (mut n_closures, mut n_short) = (0, 0);
        let mut cuts = Vec::new();
        let mut start = 0;
        for i in 0..=self.movement.len() {
            if self.movement.get(i).is_some_and(|&p| f64::from(p) <= most) {
                continue;
            }
            let run = start..i;
            start = i + 1;
            if (closure..shortest).contains(&run.len()) {
                n_closures += usize::from(self.is_in_loud_speech(&run));
            } else if (shortest..=longest).contains(&run.len()) && is_cut(&run) {
                n_short += usize::from(run.len() < longest_closure);
                cuts.push(run);
            }
        }
        let is_own_way = n_closures > 0 && ONE_IN * n_closures >= n_short;
        cuts.retain(|run| !is_own_way || run.len() >= longest_closure);
        cuts.iter().map(|run| self.span(run, most)).collect()
    }

    fn is_in_loud_speech(&self, run: &Run) -> bool {
        self.edges(run, EDGE).is_some_and(|(before, after)| before.min(after) >= EDGE_BELOW_SPEECH * self.speech)
    }

    /// How much moves in the n blocks before and after the run, and one more that the edge may share.
    fn edges(&self, run: &Run, n: usize) -> Option<(f64, f64)> {
        let before = self.movement.get(run.start.checked_sub(n + 1)?..run.start)?;
        let after = self.movement.get(run.end..run.end + n + 1)?;
        Some((mean(before), mean(after)))
    }

    /// Less movement than the line's background, between sounds that are at least as loud as that background.
    fn is_cut_from_background(&self, run: &Run, still: f64) -> bool {
        let Some((before, after)) = self.edges(run, EDGE) else { return false };
        let least = if self.is_gated {
            EDGE_BELOW_SPEECH_GATED * self.speech
        } else {
            (EDGE_BELOW_SPEECH_UNGATED * self.speech).min(self.floor / 2.0)
        };
        before.min(after) >= least.max(10.0 * still)
    }

    /// Edges too steep for a voice on both sides.
    fn is_cut_from_speech(&self, run: &Run) -> bool {
        let (Some((before, after)), Some(beside)) = (self.edges(run, EDGE), self.edges(run, VOICE)) else {
            return false;
        };
        let (from, to) = (run.start + BLUR, run.end.saturating_sub(BLUR));
        let inside = self.movement.get(from..to).map_or(0.0, mean).max(zero_power());
        let least = if self.is_gated { EDGE_BELOW_SPEECH_GATED } else { EDGE_BELOW_SPEECH };
        // A click beside a pause has edges too, but no voice beside them.
        before.min(after) >= (EDGE_OVER_HOLE * inside).max(least * self.speech)
            && beside.0.min(beside.1) >= least * self.speech
    }

    /// From the last sound before the run to the first one after it.
    fn span(&self, run: &Run, most: f64) -> TimeSpan {
        let samples = self.input.samples;
        let (mut start, mut end) = (run.start * self.block, (run.end * self.block).min(samples.len()));
        let rest = crate::dsp::frames::mean(&samples[start..end]) as f32;
        let tolerance = (2.0 * most.sqrt()) as f32;
        let is_still = |s: f32| (s - rest).abs() <= tolerance;
        let (first, last) = (start.saturating_sub(self.block), (end + self.block).min(samples.len()));
        while start > first && is_still(samples[start - 1]) {
            start -= 1;
        }
        while end < last && is_still(samples[end]) {
            end += 1;
        }
        TimeSpan::new(self.input.rate.samples_to_s(start), self.input.rate.samples_to_s(end))
    }

    fn is_inside_speech(&self, span: &TimeSpan) -> bool {
        // Half a millisecond short of 20 ms is 20 ms: the wave itself may touch zero at the edge.
        if span.duration_s() < SHORTEST_S - BLOCK_S / 2.0 {
            return false;
        }
        let near = |at: TimeSpan| !self.input.speech.intersection(&Timeline::new([at])).is_empty();
        near(TimeSpan::new((span.start_s - NEAR_S).max(0.0), span.start_s))
            || near(TimeSpan::new(span.end_s, span.end_s + NEAR_S))
    }
}

/// Variance of a block of digital silence at most.
fn zero_power() -> f64 {
    f64::from(DIGITAL_ZERO).powi(2) / 4.0
}

fn mean(powers: &[f32]) -> f64 {
    powers.iter().map(|&p| f64::from(p)).sum::<f64>() / powers.len().max(1) as f64
}

fn variance(block: &[f32]) -> f64 {
    let (sum, square) = block.iter().fold((0.0, 0.0), |(sum, square), &s| {
        let s = f64::from(s);
        (sum + s, square + s * s)
    });
    let n = block.len().max(1) as f64;
    (square / n - (sum / n).powi(2)).max(0.0)
}
