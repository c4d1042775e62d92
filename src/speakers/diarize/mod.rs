//! Two voices on one channel told apart: who speaks when. Not who they are (that is what they say), and not overtalk: where
//! both speak at once, the time goes to one of them.
//!
//! Windows of 1.6 s of each stretch of speech become points on a sphere ([`super::encoder`]), the points fall into two
//! groups, every tenth of a second gets the difference of its closeness to both, and the most likely order of turns is
//! found with a price for each change (Viterbi); group and turns are found anew from each other a few times. Whether
//! there are two voices at all is judged by how much more alike windows of one group are than windows of both.
//!
//! What fools it: more than two voices, a voice that changes (a child is imitated, a poor line begins), two voices as
//! alike as brothers', turns under half a second, both speaking at once for long, music under the talk.

mod cluster;
mod turns;

use std::sync::atomic::{AtomicBool, Ordering};

use super::encoder::{Encoder, PARTIAL};
use super::mel::{HOP, Mel, RATE_HZ};
use crate::dsp::{frames, resample};
use crate::timeline::{TimeSpan, Timeline};
use crate::units::SampleRate;
use cluster::Point;

/// Frames of 10 ms: the encoder's.
const FRAMES_PER_S: f64 = (RATE_HZ as usize / HOP) as f64;

/// One stretch in which one voice speaks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// When.
    pub span: TimeSpan,
    /// Index of the voice: 0 is the one that speaks first.
    pub voice: usize,
    /// Probability 0..=1 that it is this voice and not the other, given that there are two.
    pub confidence: f64,
}

/// Two voices, and when each speaks.
#[derive(Debug, Clone, PartialEq)]
pub struct Diarization {
    /// In order; together they are the speech that was given.
    pub turns: Vec<Turn>,
    /// Probability 0..=1 that there are two voices.
    pub confidence: f64,
}

impl Diarization {
    /// When a voice speaks.
    pub fn speech(&self, voice: usize) -> Timeline {
        Timeline::new(self.turns.iter().filter(|t| t.voice == voice).map(|t| t.span))
    }
}

/// Why two voices are not told apart.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CannotTell {
    /// Not enough windows to find groups among.
    #[error("{speech_s:.1} s of speech are too little to tell voices apart")]
    TooLittleSpeech {
        /// Speech in seconds.
        speech_s: f64,
    },
    /// All windows sound like one voice.
    #[error("one voice only is heard; the probability of a second one is {two_voices:.2}")]
    OneVoice {
        /// Probability 0..=1 of two voices.
        two_voices: f64,
    },
    /// There may be two voices, but they cannot be followed.
    #[error("the voices are too alike to be told apart; the probability that there are two is {two_voices:.2}")]
    TooAlike {
        /// Probability 0..=1 of two voices.
        two_voices: f64,
    },
    /// The network failed.
    #[error("{0}")]
    Engine(String),
    /// The program was asked to stop.
    #[error("stopped")]
    Stopped,
}

/// A stretch of the encoder's frames, and what it sounds like.
struct Window {
    /// First frame of the call, and the one after the last.
    frames: (usize, usize),
    voice: Point,
}

/// Pauses up to this within a stretch of speech are heard with it: the closure of a stop lasts as long.
const MAX_PAUSE_S: f64 = 0.2;
/// Less speech than this is no window: a click.
const MIN_STRETCH_S: f64 = 0.05;
/// From one window to the next: two thirds are shared, so that a change is found to 0.25 s; 16 ms of one core a
/// second of speech.
const STEP: usize = 50;
/// Shorter windows, mostly single short answers, are too poor to find the groups with; they are only assigned to one.
const MIN_FULL: usize = 80;
/// At least this many fuller windows, about 4 s of speech: with less each group would be a guess.
const MIN_WINDOWS: usize = 6;
/// Power of what no microphone hears: -120 dBFS, below one step of 16 bits.
const SILENT: f64 = 1e-12;
/// How much sound is held at 16 kHz at once; stretches without a pause are cut there.
const MAX_STRETCH_S: f64 = 30.0;
/// Windows that the network hears in one run: its matrices stay in the cache of a core.
const BATCH: usize = 8;

/// Groups and turns are found from each other this often; they settle in two or three rounds.
const ROUNDS: usize = 4;
/// A window belongs to one voice if no more than this of it is the other's.
const MAX_FOREIGN: f64 = 0.05;

/// The less heard voice must have this much speech: less may be a cough, a laugh, a noise that was taken for speech.
const MIN_VOICE_S: f64 = 3.0;

/// Probability of two voices by the separation of the groups, a logistic curve: one half at the first number; its inverse
/// slope is the second. Set by eye between the calls of one and of two voices of split `tune` of benches/corpus/mono.py, as
/// they were separated by an earlier setting of the windows; docs/metrics.md has how often it is right.
const SEPARATION: (f64, f64) = (0.105, 0.02);
/// Two voices are told apart from here on.
const MIN_TWO: f64 = 0.5;
/// Below this there is one voice; between the two it cannot be told.
const MAX_ONE: f64 = 0.1;

/// Tells the voices of `speech` in `samples` apart. `stop` ends the work early.
///
/// # Errors
/// [`CannotTell`], by the reason.
pub fn diarize(
    encoder: &Encoder,
    samples: &[f32],
    rate: SampleRate,
    speech: &Timeline,
    stop: &AtomicBool,
) -> Result<Diarization, CannotTell> {
    let windows = embed(encoder, samples, rate, speech, stop)?;
    let full: Vec<&Window> = windows.iter().filter(|w| w.frames.1 - w.frames.0 >= MIN_FULL).collect();
    if full.len() < MIN_WINDOWS {
        return Err(CannotTell::TooLittleSpeech { speech_s: speech.total_s() });
    }
    let points: Vec<&Point> = full.iter().map(|w| &w.voice).collect();
    let weights: Vec<f64> = full.iter().map(|w| weight(w)).collect();
    let none = CannotTell::OneVoice { two_voices: 0.0 };
    let mut middles = cluster::two_groups(&points, &weights).ok_or_else(|| none.clone())?;

    let mut told = turns::find(&windows, &middles);
    for _ in 1..ROUNDS {
        let pure = pure(&full, &told);
        let of = |voice: usize| pure.iter().filter(move |(_, v)| *v == voice).map(|(w, _)| (&w.voice, weight(w)));
        let (Some(first), Some(second)) = (cluster::middle(of(0)), cluster::middle(of(1))) else { break };
        middles = [first, second];
        told = turns::find(&windows, &middles);
    }

    let pure = pure(&full, &told);
    let labelled: Vec<(&Point, usize)> = pure.iter().map(|(w, voice)| (&w.voice, *voice)).collect();
    let separation = cluster::separation(&labelled).ok_or(none)?;
    let two_voices = 1.0 / (1.0 + (-(separation - SEPARATION.0) / SEPARATION.1).exp());
    let diarization = Diarization { turns: turns::over(speech, &told), confidence: two_voices };
    let least_s = (0..2).map(|voice| diarization.speech(voice).total_s()).fold(f64::INFINITY, f64::min);
    if two_voices < MAX_ONE || least_s < MIN_VOICE_S {
        return Err(CannotTell::OneVoice { two_voices: two_voices.min(MAX_ONE) });
    }
    if two_voices < MIN_TWO { Err(CannotTell::TooAlike { two_voices }) } else { Ok(diarization) }
}

/// A short window is repeated to fill the network, and its point is the less sure.
fn weight(window: &Window) -> f64 {
    ((window.frames.1 - window.frames.0) as f64 / PARTIAL as f64).min(1.0)
}

/// The windows in which only one voice speaks, and which.
fn pure<'w>(windows: &[&'w Window], told: &turns::Slots) -> Vec<(&'w Window, usize)> {
    let whose = |window: &&'w Window| {
        let second = told.share_of_second(window.frames);
        let voice = if second <= MAX_FOREIGN { 0 } else { 1 };
        (second <= MAX_FOREIGN || second >= 1.0 - MAX_FOREIGN).then_some((*window, voice))
    };
    windows.iter().filter_map(whose).collect()
}

/// First and last frame of each window within a stretch of `n` frames.
fn windows_of(n: usize) -> Vec<(usize, usize)> {
    let Some(room) = n.checked_sub(PARTIAL).filter(|room| *room > 0) else { return vec![(0, n)] };
    // The last one ends with the stretch.
    let steps = room.div_ceil(STEP);
    (0..=steps).map(|i| (room * i + steps / 2) / steps).map(|first| (first, first + PARTIAL)).collect()
}

/// What every window of the speech sounds like, each stretch heard once.
fn embed(
    encoder: &Encoder,
    samples: &[f32],
    rate: SampleRate,
    speech: &Timeline,
    stop: &AtomicBool,
) -> Result<Vec<Window>, CannotTell> {
    let rate_16k = SampleRate::new(RATE_HZ).expect("a constant in range");
    let mut mel = Mel::default();
    let mut windows = Vec::new();
    for stretch in stretches(speech) {
        if stop.load(Ordering::Relaxed) {
            return Err(CannotTell::Stopped);
        }
        let (first, end) = (rate.s_to_samples(stretch.start_s), rate.s_to_samples(stretch.end_s));
        let sound = resample::window(samples, first, end, rate, rate_16k, &[]);
        let heard = mel.frames(&sound);
        let powers = frames::frame_powers(&sound, HOP);
        let at = (stretch.start_s * FRAMES_PER_S).round() as usize;
        let n = heard.len().min(powers.len());
        let mean = |(a, b): (usize, usize)| powers[a..b].iter().sum::<f64>() / (b - a) as f64;
        // Digital silence sounds like nobody.
        let audible: Vec<(usize, usize)> =
            windows_of(n).into_iter().filter(|w| w.1 > w.0 && mean(*w) > SILENT).collect();
        for batch in audible.chunks(BATCH) {
            let parts: Vec<_> = batch.iter().map(|(a, b)| &heard[*a..*b]).collect();
            let powers: Vec<f64> = batch.iter().map(|w| mean(*w)).collect();
            let points = encoder.embed(&parts, &powers).map_err(|why| CannotTell::Engine(why.to_string()))?;
            let placed = batch.iter().zip(points);
            windows.extend(placed.map(|((a, b), voice)| Window { frames: (at + a, at + b), voice }));
        }
    }
    Ok(windows)
}

/// Speech with its short pauses closed, nothing longer than [`MAX_STRETCH_S`].
fn stretches(speech: &Timeline) -> Vec<TimeSpan> {
    let heard = speech.longer_than(MIN_STRETCH_S).closed(MAX_PAUSE_S);
    let parts = heard.spans().iter().flat_map(|span| {
        let n = (span.duration_s() / MAX_STRETCH_S).ceil().max(1.0);
        let at_s = |i: f64| span.start_s + span.duration_s() * i / n;
        (0..n as usize).map(move |i| TimeSpan::new(at_s(i as f64), at_s(i as f64 + 1.0))).collect::<Vec<_>>()
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_cover_their_stretch_from_start_to_end() {
        for n in [1, 159, 160, 161, 200, 201, 3000] {
            let windows = windows_of(n);
            assert_eq!((windows[0].0, windows[windows.len() - 1].1), (0, n));
            assert!(windows.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[1].0 - pair[0].0 <= STEP), "{n}");
        }
    }

    #[test]
    fn a_stretch_without_a_pause_is_cut_and_nothing_is_lost() {
        let speech =
            Timeline::new([TimeSpan::new(1.0, 101.0), TimeSpan::new(101.1, 102.0), TimeSpan::new(110.0, 110.01)]);
        let stretches = stretches(&speech);
        assert!(stretches.iter().all(|s| s.duration_s() <= MAX_STRETCH_S));
        // 1e-9: the click at the end is left out, the pause of 0.1 s heard with the rest.
        assert!((stretches.iter().map(TimeSpan::duration_s).sum::<f64>() - 101.0).abs() < 1e-9);
    }
}
