//! From the model's frames to spans of speech: pure arithmetic, no engine.

use std::ops::Range;

use super::{FRAME, Frame, RATE_HZ};
use crate::timeline::{TimeSpan, Timeline};
use crate::units::power_to_db;

/// Length of a frame in seconds.
pub(super) const FRAME_S: f64 = FRAME as f64 / RATE_HZ as f64;

/// Clear speech begins at this probability (the model's own recommendation) ...
const ENTER: f32 = 0.5;
/// ... and goes on until it falls below this one: its authors' 0.15 of hysteresis.
const LEAVE: f32 = 0.35;

/// The model goes on for about four frames after the last sound: on recordings with known speech its ends are 0.11 to
/// 0.14 s late (clean, hiss, hum and street noise alike), its starts right to 0.02 s. So three frames are taken back,
/// as far as they are quiet, and a little is left for soft endings.
const LATE_END: usize = 3;

/// A burst shorter than this is no syllable: a click, a knock.
pub(super) const MIN_SPEECH_S: f64 = 0.1;

/// Gaps up to this are part of the speech: closures of plosives and breath between words.
const MAX_GAP_S: f64 = 0.3;

/// Sound this far below the channel's active level is not its party: P.56 leaves the same margin between the active
/// level and what it still calls speech. What is taken out: voices of neighbours, leakage that could not be measured.
const MARGIN_DB: f64 = 15.9;

/// Frames on either side over which the probability is averaged where it is low, 160 ms in all: about a syllable, so
/// that one doubtful frame neither makes speech nor breaks it.
const SMOOTH: usize = 2;

/// Some voices, behind a telephone band and noise above all, are heard at 0.25 to 0.6 throughout. Sound that is
/// sustained at this smoothed probability is speech too, if it is as loud as speech. Below 0.25, noise after loud
/// speech passes as well.
const WEAK: f64 = 0.25;
/// A quarter of a second of it, a syllable or two, near clear speech; half a second away from it.
const WEAK_NEAR: usize = 8;
const WEAK_FAR: usize = 16;
/// Its mean level is at most this far below the active level, and at least this far above the background.
const WEAK_BELOW_DB: f64 = 10.0;
const WEAK_ABOVE_DB: f64 = 8.0;
/// Most of its frames hold sound. Keyed tones leave more silence.
const WEAK_SOUND: f64 = 0.6;

/// Clear speech is half a second at this mean probability, in level with the rest, and vouches for what is up to 3 s
/// away. Music on hold makes short bursts only, and nothing may grow from them.
const CLEAR_FRAMES: usize = 16;
const CLEAR_MEAN: f64 = 0.7;
const NEAR: usize = 94;

/// Speech near clear speech is followed on both sides while the smoothed probability is not about nothing.
const GROW: f64 = 0.15;
/// How far below the active level followed frames may be: soft consonants are 10 dB weaker than vowels.
const GROW_BELOW_DB: f64 = 12.0;

/// A frame holds sound of the party if it is at most this far below the active level and this far above the
/// background: 4 dB are beyond the spread of 32 ms of stationary noise.
const SOUND_BELOW_DB: f64 = 15.0;
const SOUND_ABOVE_DB: f64 = 4.0;

/// Background frames have a probability below this ...
const QUIET: f32 = 0.15;
/// ... and are this far before and after clear speech; fewer than this are no measure of it.
const BEFORE: usize = 3;
const AFTER: usize = 5;
const MIN_BACKGROUND: usize = 8;

/// Spans in which the channel's party speaks, within 0..`duration_s`.
///
/// The model decides where it is sure. Where it is not, level helps, against the channel's own active level and its own
/// background; without any clear speech there is no active level, and no speech.
pub(super) fn from_frames(frames: &[Frame], duration_s: f64) -> Timeline {
    let runs = runs(&hysteresis(frames));
    let clear = to_timeline(runs.iter().map(|run| run.start..run.end.saturating_sub(LATE_END).max(run.start)));
    let clear = near_in_level(&clear.longer_than(MIN_SPEECH_S).closed(MAX_GAP_S), frames);
    let Some(levels) = Levels::new(&clear, &runs, frames) else { return Timeline::default() };
    let smooth = smooth(frames);
    let is_near = near_clear_speech(&runs, frames, &levels);
    let is_sound: Vec<bool> =
        frames.iter().map(|f| levels.is_at(f64::from(f.power), SOUND_BELOW_DB, SOUND_ABOVE_DB)).collect();
    let mut is_speech = vec![false; frames.len()];
    for run in &runs {
        let least_end = run.end.saturating_sub(LATE_END).max(run.start);
        let mut end = least_end;
        if run.clone().all(|i| is_near[i]) {
            end = (least_end..run.end).rev().find(|i| is_sound[*i]).map_or(least_end, |last| last + 1);
        }
        if (end - run.start) as f64 * FRAME_S >= MIN_SPEECH_S {
            is_speech[run.start..end].fill(true);
        }
    }
    for run in self::runs(&smooth.iter().map(|p| *p >= WEAK).collect::<Vec<_>>()) {
        let Some(first) = run.clone().find(|i| is_sound[*i]) else { continue };
        let end = run.clone().rev().find(|i| is_sound[*i]).map_or(first, |last| last + 1);
        let least = if is_near[first..end].contains(&true) { WEAK_NEAR } else { WEAK_FAR };
        let mean = frames[first..end].iter().map(|f| f64::from(f.power)).sum::<f64>() / (end - first) as f64;
        let n_sound = is_sound[first..end].iter().filter(|is_sound| **is_sound).count();
        let is_filled = n_sound as f64 >= WEAK_SOUND * (end - first) as f64;
        if end - first >= least && is_filled && levels.is_at(mean, WEAK_BELOW_DB, WEAK_ABOVE_DB) {
            is_speech[first..end].fill(true);
        }
    }
    let may_grow: Vec<bool> = (0..frames.len())
        .map(|i| {
            is_near[i]
                && is_sound[i]
                && smooth[i] >= GROW
                && levels.is_at(f64::from(frames[i].power), GROW_BELOW_DB, SOUND_ABOVE_DB)
        })
        .collect();
    for i in 1..frames.len() {
        is_speech[i] |= is_speech[i - 1] && may_grow[i];
    }
    for i in (1..frames.len()).rev() {
        is_speech[i - 1] |= is_speech[i] && may_grow[i - 1];
    }
    let speech = Timeline::from_frames(&is_speech, FRAME_S).closed(MAX_GAP_S).longer_than(MIN_SPEECH_S);
    near_in_level(&speech, frames).intersection(&Timeline::new([TimeSpan::new(0.0, duration_s)]))
}

fn hysteresis(frames: &[Frame]) -> Vec<bool> {
    let mut is_on = false;
    frames
        .iter()
        .map(|frame| {
            is_on = frame.probability >= if is_on { LEAVE } else { ENTER };
            is_on
        })
        .collect()
}

/// Ranges of frames whose flag is set.
pub(super) fn runs(flags: &[bool]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (i, _) in flags.iter().enumerate().filter(|(_, flag)| **flag) {
        match runs.last_mut() {
            Some(last) if last.end == i => last.end = i + 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs
}

fn to_timeline(runs: impl Iterator<Item = Range<usize>>) -> Timeline {
    Timeline::new(runs.map(|run| TimeSpan::new(run.start as f64 * FRAME_S, run.end as f64 * FRAME_S)))
}

/// Mean probability over [`SMOOTH`] frames on either side; beyond the ends nobody speaks.
fn smooth(frames: &[Frame]) -> Vec<f64> {
    (0..frames.len())
        .map(|i| {
            let around = &frames[i.saturating_sub(SMOOTH)..(i + SMOOTH + 1).min(frames.len())];
            around.iter().map(|f| f64::from(f.probability)).sum::<f64>() / (2 * SMOOTH + 1) as f64
        })
        .collect()
}

/// Frames up to [`NEAR`] frames from a run of clear speech.
fn near_clear_speech(runs: &[Range<usize>], frames: &[Frame], levels: &Levels) -> Vec<bool> {
    let mut is_near = vec![false; frames.len()];
    for run in runs.iter().filter(|run| run.len() >= CLEAR_FRAMES) {
        let mean = |of: fn(&Frame) -> f32| {
            frames[run.clone()].iter().map(|f| f64::from(of(f))).sum::<f64>() / run.len() as f64
        };
        if mean(|f| f.probability) >= CLEAR_MEAN && mean(|f| f.power) >= levels.active * from_db(-WEAK_BELOW_DB) {
            is_near[run.start.saturating_sub(NEAR)..(run.end + NEAR).min(frames.len())].fill(true);
        }
    }
    is_near
}

/// Mean squares of the channel.
struct Levels {
    /// Of its clear speech.
    active: f64,
    /// The median of its background.
    background: f64,
}

impl Levels {
    /// `None` without clear speech. Where too little background is left, the weakest fifth of the frames is taken for
    /// it. Digital silence is no background.
    fn new(clear: &Timeline, runs: &[Range<usize>], frames: &[Frame]) -> Option<Self> {
        // 16-bit sound that is not digital silence has a mean square above this.
        const SILENCE: f32 = 1e-10;
        if clear.is_empty() {
            return None;
        }
        let active = clear.spans().iter().map(|span| energy(span, frames)).sum::<f64>() / clear.total_s();
        let mut is_far = vec![true; frames.len()];
        for run in runs {
            is_far[run.start.saturating_sub(BEFORE)..(run.end + AFTER).min(frames.len())].fill(false);
        }
        let heard = || frames.iter().zip(&is_far).filter(|(f, _)| f.power > SILENCE);
        let mut background: Vec<f32> =
            heard().filter(|(f, is_far)| **is_far && f.probability < QUIET).map(|(f, _)| f.power).collect();
        if background.len() < MIN_BACKGROUND {
            background = heard().map(|(f, _)| f.power).collect();
            background.sort_by(f32::total_cmp);
            background.truncate((background.len() / 5).max(MIN_BACKGROUND));
        }
        background.sort_by(f32::total_cmp);
        let median = background.get(background.len() / 2).map_or(0.0, |power| f64::from(*power));
        Some(Self { active, background: median })
    }

    /// Whether a mean square is at most `below_db` under the active level and at least `above_db` over the background.
    fn is_at(&self, power: f64, below_db: f64, above_db: f64) -> bool {
        power >= (self.active * from_db(-below_db)).max(self.background * from_db(above_db))
    }
}

fn from_db(db: f64) -> f64 {
    10f64.powf(db / 10.0)
}

/// Without the spans that lie more than [`MARGIN_DB`] below the mean power of those that stay.
fn near_in_level(speech: &Timeline, frames: &[Frame]) -> Timeline {
    let mut kept: Vec<(TimeSpan, f64)> = speech.spans().iter().map(|span| (*span, energy(span, frames))).collect();
    // Weak spans pull the mean down and so hide others: again until nothing more falls out. Each round drops at
    // least one span, and the strongest is above the mean and never dropped.
    loop {
        let duration_s: f64 = kept.iter().map(|(span, _)| span.duration_s()).sum();
        let mean = kept.iter().map(|(_, energy)| energy).sum::<f64>() / duration_s;
        let n = kept.len();
        kept.retain(|(span, energy)| {
            power_to_db(energy / span.duration_s() / mean).is_none_or(|below_db| below_db >= -MARGIN_DB)
        });
        if kept.len() == n {
            return Timeline::new(kept.into_iter().map(|(span, _)| span));
        }
    }
}

/// Power times time over the frames whose middle is in the span.
fn energy(span: &TimeSpan, frames: &[Frame]) -> f64 {
    let first = ((span.start_s / FRAME_S).round() as usize).min(frames.len());
    let end = ((span.end_s / FRAME_S).round() as usize).clamp(first, frames.len());
    frames[first..end].iter().map(|frame| f64::from(frame.power)).sum::<f64>() * FRAME_S
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs of (frames, probability, level in dB) must give these spans, in frames.
    fn check(runs: &[(usize, f32, f64)], expected: &[(usize, usize)]) {
        let frames: Vec<Frame> = runs
            .iter()
            .flat_map(|&(n, probability, level_db)| {
                std::iter::repeat_n(Frame { probability, power: 10f64.powf(level_db / 10.0) as f32 }, n)
            })
            .collect();
        let spans = from_frames(&frames, frames.len() as f64 * FRAME_S);
        let in_frames: Vec<(usize, usize)> = spans
            .spans()
            .iter()
            .map(|s| ((s.start_s / FRAME_S).round() as usize, (s.end_s / FRAME_S).round() as usize))
            .collect();
        assert_eq!(in_frames, expected);
    }

    #[test]
    fn no_frames_and_no_speech_give_nothing() {
        check(&[], &[]);
        check(&[(100, 0.3, -30.0)], &[]);
    }

    /// The model's own lateness: sure of speech in the silence after it.
    const LATE: (usize, f32, f64) = (3, 0.9, -60.0);

    #[test]
    fn the_late_end_is_taken_back_where_it_is_quiet() {
        let silence = (20, 0.0, -60.0);
        check(&[(10, 0.0, -60.0), (40, 0.9, -25.0), LATE, silence], &[(10, 50)]);
        check(&[(10, 0.0, -60.0), (40, 0.9, -25.0), silence], &[(10, 50)]);
        // Speech too short to vouch for its own end loses three frames in any case.
        check(&[(10, 0.0, -60.0), (12, 0.9, -25.0), silence], &[(10, 19)]);
    }

    #[test]
    fn speech_goes_on_through_a_dip_but_does_not_begin_in_one() {
        check(&[(10, 0.2, -45.0), (20, 0.9, -25.0), (20, 0.4, -25.0), LATE, (10, 0.0, -60.0)], &[(10, 50)]);
    }

    #[test]
    fn clicks_are_dropped_and_short_gaps_closed() {
        let speech = (40, 0.9, -25.0);
        check(&[(10, 0.0, -60.0), (5, 0.9, -20.0), (30, 0.0, -60.0)], &[]);
        check(&[speech, LATE, (6, 0.0, -60.0), speech, LATE, (9, 0.0, -60.0)], &[(0, 89)]);
        check(&[speech, LATE, (7, 0.0, -60.0), speech, LATE, (9, 0.0, -60.0)], &[(0, 40), (50, 90)]);
    }

    #[test]
    fn a_voice_far_below_the_partys_own_is_not_the_party() {
        let gap = (30, 0.0, -70.0);
        check(&[(60, 0.9, -25.0), gap, (60, 0.9, -38.0), gap], &[(0, 60), (90, 150)]);
        check(&[(60, 0.9, -25.0), gap, (60, 0.9, -45.0), gap], &[(0, 60)]);
        // Weak sound pulls the mean down: the second round finds what the first one misses.
        check(&[(60, 0.9, -25.0), gap, (60, 0.9, -44.0), gap, (120, 0.9, -60.0), gap], &[(0, 60)]);
        // A quiet call is not a distant voice.
        check(&[(60, 0.9, -65.0), (30, 0.0, -90.0)], &[(0, 60)]);
    }

    #[test]
    fn a_sentence_that_the_model_doubts_is_speech_if_it_is_as_loud_as_speech() {
        let (clear, noise) = ((40, 0.9, -25.0), (20, 0.0, -45.0));
        check(&[noise, clear, noise, (20, 0.3, -27.0), noise], &[(20, 60), (80, 100)]);
        // In the noise, or far below the active level, or too short, it is not.
        check(&[noise, clear, noise, (20, 0.3, -45.0), noise], &[(20, 60)]);
        check(&[noise, clear, noise, (20, 0.3, -36.0), noise], &[(20, 60)]);
        check(&[noise, clear, noise, (6, 0.3, -27.0), noise], &[(20, 60)]);
        // Far from clear speech it must last longer; its average over five frames is enough from the third on.
        let pause = (100, 0.0, -45.0);
        check(&[noise, clear, pause, (14, 0.3, -27.0), noise], &[(20, 60)]);
        check(&[noise, clear, pause, (24, 0.3, -27.0), noise], &[(20, 60), (162, 182)]);
        // Keyed tones: sound for a third of the time.
        let (key, gap) = ((4, 0.4, -20.0), (8, 0.3, -60.0));
        check(&[noise, clear, noise, key, gap, key, gap, key, gap, key, gap, key, noise], &[(20, 60)]);
        // Without any clear speech there is no level to compare with.
        check(&[noise, (100, 0.45, -25.0), noise], &[]);
    }

    #[test]
    fn speech_is_followed_into_softer_sound() {
        let noise = (20, 0.0, -50.0);
        // The average over five frames falls below 0.15 in the last one.
        check(&[noise, (40, 0.9, -25.0), (10, 0.2, -35.0), noise], &[(20, 69)]);
        check(&[noise, (10, 0.2, -35.0), (40, 0.9, -25.0), noise], &[(21, 70)]);
        check(&[noise, (40, 0.9, -25.0), (10, 0.2, -48.0), noise], &[(20, 60)]);
    }

    #[test]
    fn nothing_grows_from_a_burst() {
        // As music on hold does: a burst, and doubtful sound as loud around it.
        let (quiet, speech, doubt) = ((200, 0.0, -60.0), (60, 0.9, -25.0), (10, 0.2, -27.0));
        check(&[speech, quiet, doubt, (10, 0.6, -27.0), doubt, quiet], &[(0, 60), (270, 277)]);
    }

    #[test]
    fn spans_do_not_pass_the_end() {
        let frames = vec![Frame { probability: 0.9, power: 0.01 }; 100];
        let spans = from_frames(&frames, 2.0);
        assert_eq!(spans.spans(), [TimeSpan::new(0.0, 2.0)]);
    }
}
