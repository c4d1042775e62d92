//! Kind of the background noise along the call: none, stationary, hum, babble, music, intermittent. Not its level
//! (`noise`), and not who the voices in it are (`background_voices`).
//!
//! Every half second the background of the 3 s around is described ([`super::kind_features`]) and gives each kind a
//! probability: a multinomial logistic regression ([`super::kind_model`]). Background in which nine tenths stay below
//! -65 dBFS is `none`. The most probable course of kinds, with a price on every change (Viterbi), makes the segments;
//! where the party speaks, nothing is observed, and the kind before and after goes on. Over the call: the kind that
//! lasts longest. `hum_hz` is looked for where there is hum, else in the whole call ([`super::hum`]).
//! What fools it: voices that voice activity takes for the party's are no background; music with singing and no
//! held tones reads as babble; noise that comes only while the party speaks is not heard.

use super::Input;
use super::hum;
use super::kind_features::{Description, N_FEATURES, STEP_S, describe};
use super::kind_model::{BIAS, MODELLED, WEIGHTS};
use crate::call::{ChannelMeasurements, NoiseKind, NoiseSegment, Problem};
use crate::dsp::frames::percentile;

/// Below this nobody hears a noise beside speech at the nominal -26 dBov.
const INAUDIBLE_DBFS: f64 = -65.0;
/// Every kind, in the order of the states.
const KINDS: [NoiseKind; 6] = [
    NoiseKind::None,
    NoiseKind::Stationary,
    NoiseKind::Hum,
    NoiseKind::Babble,
    NoiseKind::Music,
    NoiseKind::Intermittent,
];
/// Logarithm of the probability that quiet background is a gap between events: bangs are seconds apart.
const QUIET_IS_A_GAP: f64 = -1.5;
/// The same for any other kind: neither steady noise nor music nor voices stop for long.
const QUIET_IS_NOT: f64 = -5.0;
/// No step is surer than this: half of the 3 s may be another kind.
const LEAST_LOG: f64 = -5.0;
/// Price of a change, in the same unit. Six steps share each sound, so that a change must be worth it in several.
const CHANGE: f64 = 5.0;
/// The feature that tells the share of mains lines.
const MAINS: usize = N_FEATURES - 1;
/// Nothing but mains lines is hum, and the model is not asked. Low notes near the lines stay below this: 4 of 1100 steps
/// of music in the tune split do not.
const NEARLY_ALL: f64 = 0.95;
/// Voices that rise less above the rest of the background are not what it sounds like: there they have half its power
/// and more.
const VOICE_OVER_NOISE_DB: f64 = 3.0;
/// A step describes the background this far around it: under the party's own speech it is that of the pauses beside it.
const REACH_S: f64 = 1.5;
/// Segments shorter than this go to a neighbour: within the reach of a description two kinds can read as a third.
const SHORTEST_S: f64 = 2.5;

/// Fills `noise.kind`, `noise.segments` and `noise.hum_hz`.
pub(super) fn measure(input: &Input<'_>, into: &mut ChannelMeasurements, problems: &mut Vec<Problem>) {
    let noise = &mut into.noise;
    const FIELDS: [&str; 3] = ["/noise/kind", "/noise/segments", "/noise/hum_hz"];
    if input.samples.is_empty() || noise.gated == Some(true) {
        let why = "nothing but digital silence is left between words: the noise cannot be heard";
        problems.push(input.not_measurable("noise_kind_unknown", &FIELDS, why));
        return;
    }
    let described = describe(input.samples, input.rate, input.speech, input.elsewhere);
    if described.iter().all(Option::is_none) {
        let why = "too little background is heard to tell what it sounds like";
        problems.push(input.not_measurable("noise_kind_unknown", &FIELDS, why));
        return;
    }
    let end_s = input.rate.samples_to_s(input.samples.len());
    let voices = voices(input, described.len(), end_s);
    let mut evidence: Vec<[f64; KINDS.len()]> = described
        .iter()
        .zip(&voices)
        .map(|(described, has_voices)| match described {
            None => [0.0; KINDS.len()],
            // That somebody speaks there was heard, not guessed: one far voice has the held tones of music.
            Some(d) if *has_voices => {
                KINDS.map(|kind| if kind == NoiseKind::Babble { 0.0 } else { LEAST_LOG * d.weight })
            }
            Some(d) => logs(d),
        })
        .collect();
    let mut found = segments(&most_probable(&evidence), end_s);
    let mains_hz = mains_hz(input, &found);
    if mains_hz.is_none() && found.iter().any(|s| s.kind == NoiseKind::Hum) {
        // Steady lines, but not those of the mains.
        let hum = KINDS.iter().position(|kind| *kind == NoiseKind::Hum);
        evidence.iter_mut().for_each(|logs| hum.into_iter().for_each(|hum| logs[hum] = -1e6));
        found = segments(&most_probable(&evidence), end_s);
    }
    let total_s =
        |kind: NoiseKind| -> f64 { found.iter().filter(|s| s.kind == kind).map(|s| s.end_s - s.start_s).sum() };
    noise.kind = KINDS.into_iter().max_by(|a, b| total_s(*a).total_cmp(&total_s(*b)));
    noise.hum_hz = mains_hz;
    noise.segments = Some(found);
}

/// Steps whose description is of a neighbour's voice that stands out of what lies under it.
fn voices(input: &Input<'_>, n_steps: usize, end_s: f64) -> Vec<bool> {
    let heard = input.background.filter(|b| b.above_noise_db.is_some_and(|above_db| above_db >= VOICE_OVER_NOISE_DB));
    let spans = heard.map(|b| b.spans.widened(REACH_S, end_s)).unwrap_or_default();
    spans.to_frames(end_s / n_steps.max(1) as f64, n_steps)
}

/// Logarithm of the probability of each kind at one step.
fn logs(described: &Description) -> [f64; KINDS.len()] {
    if described.loud_dbfs < INAUDIBLE_DBFS {
        return KINDS.map(|kind| match kind {
            NoiseKind::None => 0.0,
            NoiseKind::Intermittent => QUIET_IS_A_GAP * described.weight,
            _ => QUIET_IS_NOT * described.weight,
        });
    }
    if described.features[MAINS] > NEARLY_ALL {
        let log = |kind: NoiseKind| if kind == NoiseKind::Hum { 0.0 } else { LEAST_LOG * described.weight };
        return KINDS.map(log);
    }
    let scores: Vec<f64> = WEIGHTS
        .iter()
        .zip(BIAS)
        .map(|(weights, bias)| bias + weights.iter().zip(&described.features).map(|(w, f)| w * f).sum::<f64>())
        .collect();
    let top = scores.iter().copied().fold(f64::MIN, f64::max);
    let sum = top + scores.iter().map(|score| (score - top).exp()).sum::<f64>().ln();
    KINDS.map(|kind| {
        let log = MODELLED.iter().zip(&scores).find(|(k, _)| **k == kind).map_or(LEAST_LOG, |(_, score)| score - sum);
        log.max(LEAST_LOG) * described.weight
    })
}

/// The course of states with the largest sum of evidence less the changes (Viterbi).
fn most_probable(evidence: &[[f64; KINDS.len()]]) -> Vec<NoiseKind> {
    let mut best = [0.0; KINDS.len()];
    let mut came_from: Vec<[u8; KINDS.len()]> = Vec::with_capacity(evidence.len());
    for now in evidence {
        let top = (0..KINDS.len()).fold(0, |top, i| if best[i] > best[top] { i } else { top });
        let mut from = [0u8; KINDS.len()];
        let mut next = [0.0; KINDS.len()];
        for kind in 0..KINDS.len() {
            let stays = best[kind] >= best[top] - CHANGE;
            let before = if stays { kind } else { top };
            from[kind] = before as u8;
            next[kind] = now[kind] + if stays { best[kind] } else { best[top] - CHANGE };
        }
        (best, _) = (next, came_from.push(from));
    }
    let mut kind = (0..KINDS.len()).fold(0, |top, i| if best[i] > best[top] { i } else { top });
    let mut course = vec![NoiseKind::None; evidence.len()];
    for (slot, from) in course.iter_mut().zip(&came_from).rev() {
        *slot = KINDS[kind];
        kind = usize::from(from[kind]);
    }
    course
}

/// Steps as segments from 0 to the end; short ones go to the longer neighbour.
fn segments(course: &[NoiseKind], end_s: f64) -> Vec<NoiseSegment> {
    let mut runs: Vec<(NoiseKind, usize)> = course.chunk_by(|a, b| a == b).map(|run| (run[0], run.len())).collect();
    let shortest = (SHORTEST_S / STEP_S) as usize;
    while let Some(i) = shortest_run(&runs).filter(|&i| runs.len() > 1 && runs[i].1 < shortest) {
        let length = |j: usize| runs.get(j).map_or(0, |run| run.1);
        let before = i.checked_sub(1).map_or(0, length);
        let to = if before >= length(i + 1) { i - 1 } else { i + 1 };
        runs[to].1 += runs[i].1;
        runs.remove(i);
        runs.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            earlier.1 += if same { later.1 } else { 0 };
            same
        });
    }
    let mut start = 0;
    runs.into_iter()
        .map(|(kind, len)| {
            let start_s = start as f64 * STEP_S;
            start += len;
            NoiseSegment { start_s, end_s: (start as f64 * STEP_S).min(end_s), kind }
        })
        .collect()
}

/// Index of the first of the shortest runs.
fn shortest_run(runs: &[(NoiseKind, usize)]) -> Option<usize> {
    (0..runs.len()).min_by_key(|&i| runs[i].1)
}

/// The mains frequency: that of the hum segments together, else of the whole call, where a hum may lie under a
/// louder noise.
fn mains_hz(input: &Input<'_>, segments: &[NoiseSegment]) -> Option<f64> {
    let spans = segments.iter().filter(|s| s.kind == NoiseKind::Hum);
    let of_segments: Vec<(f64, f64)> = spans
        .filter_map(|s| {
            let range = input.rate.s_to_samples(s.start_s)..input.rate.s_to_samples(s.end_s).min(input.samples.len());
            hum::find(input.samples.get(range)?, input.rate).map(|h| (h.mains_hz, s.end_s - s.start_s))
        })
        .collect();
    let lengths: Vec<f64> = of_segments.iter().map(|(_, length_s)| *length_s).collect();
    let longest = percentile(&lengths, 1.0);
    of_segments
        .iter()
        .find(|(_, length_s)| Some(*length_s) == longest)
        .map(|(hz, _)| *hz)
        .or_else(|| hum::find(input.samples, input.rate).map(|h| h.mains_hz))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_must_be_worth_it_in_several_steps() {
        let lean = |kind: usize| {
            let mut logs = [-2.0; KINDS.len()];
            logs[kind] = 0.0;
            logs
        };
        let unheard = [0.0; KINDS.len()];
        // One odd step of 2 is cheaper than two changes of 5; ten steps are not. What is not heard goes on as before.
        let odd = [lean(1), lean(1), lean(4), lean(1)];
        assert_eq!(most_probable(&odd), [NoiseKind::Stationary; 4]);
        let turned: Vec<_> = [[lean(1); 10], [unheard; 10], [lean(4); 10]].concat();
        let course = most_probable(&turned);
        assert_eq!((course[0], course[29]), (NoiseKind::Stationary, NoiseKind::Music));
        assert_eq!(course.chunk_by(|a, b| a == b).count(), 2);
        assert!(most_probable(&[]).is_empty());
    }

    #[test]
    fn segments_cover_the_call_and_short_ones_join_a_neighbour() {
        use NoiseKind::{Babble, Hum, Music};
        let check = |course: &[NoiseKind], end_s: f64, expected: &[(f64, f64, NoiseKind)]| {
            let found: Vec<_> = segments(course, end_s).into_iter().map(|s| (s.start_s, s.end_s, s.kind)).collect();
            assert_eq!(found, expected);
        };
        check(&[Hum; 4], 1.9, &[(0.0, 1.9, Hum)]);
        check(&[Hum, Hum, Hum, Hum, Music, Hum, Hum, Hum], 4.0, &[(0.0, 4.0, Hum)]);
        check(&[Babble, Hum, Hum, Hum, Hum], 2.5, &[(0.0, 2.5, Hum)]);
        check(&[[Hum; 5], [Babble; 5]].concat(), 5.0, &[(0.0, 2.5, Hum), (2.5, 5.0, Babble)]);
        check(&[Music], 0.4, &[(0.0, 0.4, Music)]);
        check(&[], 0.0, &[]);
    }
}
