//! Hold music: music that is about as loud as the talk, goes on for seconds, and nobody speaks over it. Told from voices
//! and noise by notes that keep their frequency (`dsp::tonality`). Not music as background of a speaker's room: that is
//! a kind of noise, quieter than the speech it accompanies.
//!
//! What fools it: songs, whose voice is speech; drums alone; a radio in the room that is as loud as the caller.

use crate::dsp::frames::{percentile, smoothed};
use crate::dsp::tonality::Tonality;
use crate::timeline::{TimeSpan, Timeline};

/// Half of the window in which notes are counted: 2 s hold several notes, and a long vowel is no fifth of them.
const HALF_WINDOW_S: f64 = 1.0;
/// Share of the power in held notes, mean over the window. Speech has 0.00 to 0.1 and noise less, hold music 0.15 to 0.95.
const HELD_RATIO: f64 = 0.1;
/// Hold music is at most 10 dB below the speech of its channel; music and voices behind a speaker are 10 to 30 dB below.
const BELOW_SPEECH: f64 = 0.1;
/// What is more than 6 dB below must be plainly music: babble holds some notes, too.
const QUIET: f64 = 0.25;
const PLAINLY_HELD_RATIO: f64 = 0.25;
/// Without any speech: -50 dBFS.
const LEAST_POWER: f64 = 1e-5;
/// Share of the window in which it sounds: music pauses less than speech does.
const SOUNDING_RATIO: f64 = 0.7;
/// Share of the window that is speech, at most: voice activity takes some notes for syllables.
const SPEECH_RATIO: f64 = 0.4;
/// A frame sounds if it is at most 15 dB below the window.
const SOUNDING: f64 = 0.03;
/// Lines of the mains are held, too: a frame with more of its power in them is hum.
const MAINS_RATIO: f32 = 0.6;
/// Music that has begun goes on with fewer held notes, down to this share: drums, breaks, a noisy line.
const GOES_ON_RATIO: f64 = 0.03;
/// Half of a window of a third of a second, and the held notes in it that no voice has: voice activity is wrong there.
const HALF_NOTE_FRAMES: usize = 2;
const SURELY_HELD_RATIO: f64 = 0.35;
/// From the middle of the first window that is music, the start is looked for as far as the window reaches, and a bit.
const REACH_S: f64 = 2.0;
/// Its edges are where it is 12 dB weaker than its own middle: music is faded in and out.
const EDGE: f64 = 0.06;
/// The first and the last note are at most 6 dB below the middle: what is weaker beyond them is the line's noise.
const NOTE: f64 = 0.25;
/// Pauses in the music that nobody fills with words.
const MAX_BREAK_S: f64 = 2.5;
/// Shorter music is a jingle, a ring of a telephone in the room, or a few long vowels: nobody waits for it.
const MIN_MUSIC_S: f64 = 4.0;
/// Where there is music of this length, shorter pieces are what announcements and noise left of it.
const SURE_MUSIC_S: f64 = 6.0;
const MIN_PIECE_S: f64 = 2.5;
/// A short word over music stands 6 dB above the loud notes around it, this near. Notes that voice activity takes for
/// syllables are notes like others.
const OVER_NOTES: f64 = 4.0;
const NOTES_AROUND_S: f64 = 3.0;
/// The loud notes: a tenth of the frames is louder.
const LOUD_NOTES: f64 = 0.9;

/// Of these pieces of speech, none longer than a few words, those that stand out from the music around them: they were
/// said, and are no notes that voice activity took for syllables.
pub(super) fn words(tonality: &Tonality, short_speech: &Timeline, speech: &Timeline, music: &Timeline) -> Timeline {
    let (hop_s, n) = (tonality.hop_s, tonality.frames.len());
    if n == 0 || hop_s <= 0.0 {
        return Timeline::default();
    }
    let (is_speech, is_music) = (speech.to_frames(hop_s, n), music.to_frames(hop_s, n));
    let around = (NOTES_AROUND_S / hop_s) as usize;
    let words = short_speech.spans().iter().filter(|span| {
        // Frames whose middle lies in it.
        let first = ((span.start_s / hop_s).round() as usize).saturating_sub(1).min(n);
        let end = ((span.end_s / hop_s) as usize).clamp(first, n);
        let power = |t: usize| f64::from(tonality.frames[t].power);
        let own: Vec<f64> = (first..end).map(power).collect();
        let near = first.saturating_sub(around)..(end + around).min(n);
        // A frame reaches into the next: beside speech it holds some.
        let is_beside = |t: usize| (t.saturating_sub(2)..(t + 3).min(n)).any(|i| is_speech[i]);
        let notes: Vec<f64> = near.filter(|t| is_music[*t] && !is_beside(*t)).map(power).collect();
        let held = (first..end).map(|t| f64::from(tonality.frames[t].held_ratio)).sum::<f64>();
        match (percentile(&own, 0.5), percentile(&notes, LOUD_NOTES)) {
            (Some(own_power), Some(loud)) => {
                own_power >= OVER_NOTES * loud && held < SURELY_HELD_RATIO * (end - first) as f64
            }
            _ => false,
        }
    });
    Timeline::new(words.copied())
}

/// Music on a channel. `speech` is its voice activity, `signals` where tones of the network are heard.
pub(super) fn find(tonality: &Tonality, speech: &Timeline, signals: &Timeline, end_s: f64) -> Timeline {
    let hop_s = tonality.hop_s;
    let n = tonality.frames.len();
    if n == 0 || hop_s <= 0.0 {
        return Timeline::default();
    }
    // A frame is two hops long, and its middle half a hop later than that of its first hop.
    let flags = |timeline: &Timeline| {
        let earlier = timeline.spans().iter().map(|s| TimeSpan::new(s.start_s - 0.5 * hop_s, s.end_s - 0.5 * hop_s));
        Timeline::new(earlier).to_frames(hop_s, n)
    };
    let (is_speech, is_signal) = (flags(speech), flags(signals));
    let power: Vec<f64> =
        tonality.frames.iter().zip(&is_signal).map(|(f, s)| if *s { 0.0 } else { f64::from(f.power) }).collect();
    let speaking: Vec<f64> = power.iter().zip(&is_speech).filter(|(_, s)| **s).map(|(p, _)| *p).collect();
    let speech_power = speaking.iter().sum::<f64>() / speaking.len().max(1) as f64;
    let least = (BELOW_SPEECH * speech_power).max(LEAST_POWER);
    let held: Vec<f64> = tonality
        .frames
        .iter()
        .zip(&is_signal)
        .map(|(f, s)| {
            let is_hum = f.mains_ratio[0].max(f.mains_ratio[1]) > MAINS_RATIO;
            if *s || is_hum { 0.0 } else { f64::from(f.held_ratio) }
        })
        .collect();
    let half = (HALF_WINDOW_S / hop_s).round() as usize;
    let share = |flags: Vec<bool>| smoothed(&flags.iter().map(|f| f64::from(u8::from(*f))).collect::<Vec<_>>(), half);
    let (mean_held, mean_power) = (smoothed(&held, half), smoothed(&power, half));
    let held_shortly = smoothed(&held, HALF_NOTE_FRAMES);
    let sounding = share(power.iter().zip(&mean_power).map(|(p, mean)| *p > SOUNDING * mean).collect());
    let speech_share = share(is_speech.clone());
    let is_music: Vec<bool> = (0..n)
        .map(|t| {
            let least_held = if mean_power[t] >= QUIET * speech_power { HELD_RATIO } else { PLAINLY_HELD_RATIO };
            mean_held[t] >= least_held
                && mean_power[t] >= least
                && sounding[t] >= SOUNDING_RATIO
                && speech_share[t] <= SPEECH_RATIO
        })
        .collect();
    let reach = (REACH_S / hop_s) as usize;
    // Long speech ends music; what is shorter than a word is a note.
    let long_speech = flags(&speech.longer_than(1.0));
    let mut spans = Vec::new();
    let mut t = 0;
    while t < n {
        if !is_music[t] {
            t += 1;
            continue;
        }
        let first = t;
        while t < n && is_music[t] {
            t += 1;
        }
        let level = percentile(&power[first..t], 0.5).unwrap_or(0.0);
        let sounds = |at: usize| {
            let is_words = long_speech[at] && held_shortly[at] < SURELY_HELD_RATIO;
            power[at] >= EDGE * level && !is_words && !is_signal[at]
        };
        // One weak frame is a pause between two notes.
        let goes_on = |at: usize, next: Option<usize>| sounds(at) || next.is_some_and(|next| next < n && sounds(next));
        let is_near = |at: usize, edge: usize| at.abs_diff(edge) < reach || mean_held[at] >= GOES_ON_RATIO;
        let (mut start, mut end) = (first, t);
        while start > 0 && is_near(start - 1, first) && goes_on(start - 1, start.checked_sub(2)) {
            start -= 1;
        }
        while end < n && is_near(end, t) && goes_on(end, Some(end + 1)) {
            end += 1;
        }
        // A frame that the first word reaches into is loud, and no note.
        let is_by_words = |at: usize| (at.saturating_sub(2)..(at + 3).min(n)).any(|i| long_speech[i]);
        let is_note = |at: usize| {
            let is_loud = power[at] >= NOTE * level && !is_by_words(at);
            sounds(at) && (is_loud || held_shortly[at] >= SURELY_HELD_RATIO)
        };
        while start < end && !is_note(start) {
            start += 1;
        }
        while end > start && !is_note(end - 1) {
            end -= 1;
        }
        t = t.max(end);
        spans.push(TimeSpan::new((start as f64 + 0.5) * hop_s, ((end as f64 + 0.5) * hop_s).min(end_s)));
    }
    let found = Timeline::new(spans);
    // A break is no music if somebody speaks in it.
    let breaks = found.gaps(end_s);
    let quiet = breaks.spans().iter().filter(|gap| {
        let words_s = Timeline::new([**gap]).intersection(speech).total_s();
        gap.duration_s() <= MAX_BREAK_S && gap.start_s > 0.0 && gap.end_s < end_s && words_s < 0.5
    });
    let whole = found.union(&Timeline::new(quiet.copied()));
    let is_sure = whole.spans().iter().any(|s| s.duration_s() >= SURE_MUSIC_S);
    whole.longer_than(if is_sure { MIN_PIECE_S } else { MIN_MUSIC_S })
}
