//! Voices behind the party: a neighbour at the next desk, a room of callers. Which speech of a channel is its party's,
//! and what else is heard while the party is silent: pure arithmetic on frames, no engine.
//!
//! What tells them apart is the call itself: a party mostly stops while the other one speaks, a neighbour does not.
//! Not leakage: what follows the other channel's level is that party's voice, and is left out.

use super::spans::{FRAME_S, MIN_SPEECH_S, runs};
use super::{Frame, Others};
use crate::call::Background;
use crate::dsp::frames::{percentile, smoothed};
use crate::timeline::{TimeSpan, Timeline};
use crate::units::{db_to_amplitude, power_to_db};

/// Frames on either side over which levels are averaged, 0.29 s in all: about a syllable and a half, so that most
/// averages hold a vowel.
const AROUND: usize = 4;
/// A channel whose voice goes on through this share of the other party's speech does not hold its party alone. Real
/// overtalk is a tenth of a call or less.
const GOES_ON: f64 = 0.15;
/// A weaker voice is another one if the strong syllables of the party are this far above its median: for one and the
/// same voice that distance is 3 to 5 dB.
const APART_DB: f64 = 7.5;
/// Less speech of the other party than this proves nothing about who goes on through it.
const LEAST_OTHER_S: f64 = 3.0;

/// A soft stretch of this length within strong speech is the party's.
const SOFT_S: f64 = 0.5;

/// The party's own speech reaches this far beyond its spans: soft endings and the echo of its room.
const OWN_MARGIN_S: f64 = 0.2;
/// In the second hearing it is muted up to here. The rest lets the network's memory settle before anything counts.
pub(super) const MUTED_MARGIN_S: f64 = 0.1;
/// Less time to listen than this is no observation.
const LEAST_OBSERVED_S: f64 = 2.0;
/// In the second hearing the louder tenth of the background is put at this level: that of nominal speech.
const HEARD_AT_DBFS: f64 = -26.0;
/// ... raised by at most this, beyond which there is nothing but the noise of 16 bits.
const MOST_GAIN_DB: f64 = 40.0;
/// A background whose louder tenth is this far below the speech holds no voice within 35 dB of it: syllables are up to
/// 6 dB above their active level.
const FAR_BELOW_DB: f64 = 43.0;
/// Steady noise moves by less than this from the 10th to the 90th percentile of 0.29 s; a babble moves by 3 dB.
const STEADY_DB: f64 = 1.0;

/// A clear voice begins at the model's own threshold and goes on down to this probability: far voices are heard less
/// surely than near ones.
const ENTER: f32 = 0.5;
const LEAVE: f32 = 0.2;
/// Gaps within a voice, and the shortest stretch that counts.
const MAX_GAP_S: f64 = 0.3;
const MIN_VOICE_S: f64 = 0.25;
/// Voices of this sum and share are heard, not imagined: bangs and music make half a second.
const LEAST_VOICES_S: f64 = 1.2;
const LEAST_VOICES_RATIO: f64 = 0.03;
/// A sound this near to the level of the party's speech is a word of its own that was missed.
const OWN_WORD_DB: f64 = 13.0;
/// A neighbour is heard through the other party's speech at least this often, compared with the rest of the time.
const LEAST_EVENNESS: f64 = 0.2;

/// The model half hears a babble, at 0.1 to 0.3; noise, music and keys stay under 0.02, coded music under 0.06. So: this
/// mean over 2 s ...
const BABBLE: f64 = 0.04;
const BABBLE_AROUND: usize = 31;
/// ... over most of the time.
const BABBLE_RATIO: f64 = 0.6;

/// Voices heard clearly for less than this share of the time are half heard for the rest of it ...
const MOSTLY_CLEAR: f64 = 0.5;
/// ... and for less than this they are a babble, out of which a word or two stand.
const MOST_CLEAR_IN_BABBLE: f64 = 0.25;

/// Level that follows the other channel's by this correlation is its leakage: measured 0.8 and more for echo that could
/// not be taken out, under 0.3 for neighbours.
const LEAKS_CORRELATION: f64 = 0.5;
/// Echo comes up to 0.22 s late, and dies out within this.
const MOST_LAG: usize = 7;
const ECHO_S: f64 = 0.3;

/// One talker pauses between words: this far from the 20th to the 90th percentile of the level. Babble 4 to 7 dB, two or
/// three talkers 7 to 15.
const ONE_TALKER_DB: f64 = 10.0;

/// What of `speech` is the party's own. A weaker voice that goes on while the other party speaks is taken out.
pub(super) fn own(frames: &[Frame], speech: &Timeline, other: &Timeline) -> Timeline {
    let n = frames.len();
    let (is_speech, is_other) = (speech.to_frames(FRAME_S, n), other.to_frames(FRAME_S, n));
    let level = averaged(frames);
    let pick = |during_other: bool| -> Vec<f64> {
        (0..n).filter(|&i| is_speech[i] && is_other[i] == during_other).map(|i| level[i]).collect()
    };
    let (alone, through) = (pick(false), pick(true));
    let n_other = is_other.iter().filter(|o| **o).count();
    if n_other as f64 * FRAME_S < LEAST_OTHER_S || (through.len() as f64) < GOES_ON * n_other as f64 {
        return speech.clone();
    }
    let (Some(strong), Some(weak)) = (percentile(&alone, 0.9), percentile(&through, 0.5)) else {
        return speech.clone();
    };
    let Some(apart_db) = power_to_db(strong / weak).filter(|db| *db >= APART_DB) else { return speech.clone() };
    stronger(frames, speech, &level, weak, apart_db)
}

/// What of `own` is stronger than the voices that were found behind it: a neighbour's word in a pause may have passed for
/// the party's. The rest is added to those voices.
pub(super) fn without(frames: &[Frame], own: &Timeline, background: &mut Background) -> Timeline {
    let Some(below_db) = background.level_below_speech_db.filter(|db| *db >= APART_DB && !background.is_babble) else {
        return own.clone();
    };
    let Some(power) = mean_power(frames, own) else { return own.clone() };
    let stronger = stronger(frames, own, &averaged(frames), power * from_db(-below_db), below_db);
    let rest = own.minus(&stronger).longer_than(MIN_VOICE_S);
    background.spans = background.spans.union(&rest).closed(MAX_GAP_S);
    background.observed = background.observed.union(&rest);
    stronger
}

/// The stretches of `speech` that are on average nearer to a voice `apart_db` above `weak` than to `weak`.
fn stronger(frames: &[Frame], speech: &Timeline, level: &[f64], weak: f64, apart_db: f64) -> Timeline {
    // Half way in dB, as voices spread alike around their levels; soft endings may come nearer.
    let (limit, end_limit) = (weak * from_db(apart_db / 2.0), weak * from_db(apart_db / 4.0));
    let is_speech = speech.to_frames(FRAME_S, frames.len());
    let is_strong: Vec<bool> = (0..frames.len()).map(|i| is_speech[i] && level[i] >= limit).collect();
    // The average reaches over the ends: back to the first and last frame that is itself strong.
    let strong_runs = runs(&is_strong).into_iter().filter_map(|run| {
        let first = run.clone().find(|&i| f64::from(frames[i].power) >= end_limit)?;
        let last = run.rev().find(|&i| f64::from(frames[i].power) >= end_limit)?;
        Some(TimeSpan::new(first as f64 * FRAME_S, (last + 1) as f64 * FRAME_S))
    });
    Timeline::new(strong_runs).closed(SOFT_S).longer_than(MIN_SPEECH_S).intersection(speech)
}

/// By how much to raise the background for a second hearing; `None` if there is nothing in it to hear.
pub(super) fn gain(frames: &[Frame], own: &Timeline, end_s: f64) -> Option<f32> {
    let is_near = own.widened(OWN_MARGIN_S, end_s).to_frames(FRAME_S, frames.len());
    let level = averaged(frames);
    let heard: Vec<f64> = (0..frames.len()).filter(|&i| !is_near[i] && level[i] > 1e-10).map(|i| level[i]).collect();
    if (heard.len() as f64) * FRAME_S < LEAST_OBSERVED_S {
        return None;
    }
    let (low, high) = (percentile(&heard, 0.1)?, percentile(&heard, 0.9)?);
    let is_steady = power_to_db(high / low)? < STEADY_DB;
    let is_far = power_to_db(mean_power(frames, own)? / high)? > FAR_BELOW_DB;
    if is_steady || is_far {
        return None;
    }
    let gain_db = (HEARD_AT_DBFS - power_to_db(high)?).clamp(0.0, MOST_GAIN_DB);
    Some(db_to_amplitude(gain_db) as f32)
}

/// What is heard behind the party. `raised` is the second hearing, `None` if there was nothing to hear. `None` if the
/// party leaves too little time, or nobody else's speech tells its own quiet words from another voice.
pub(super) fn background(
    frames: &[Frame],
    raised: Option<&[f32]>,
    own: &Timeline,
    taken_out: &Timeline,
    others: &Others<'_>,
    end_s: f64,
) -> Option<Background> {
    let n = frames.len();
    let near = own.widened(OWN_MARGIN_S, end_s);
    let mut observed = near.gaps(end_s);
    let leaks = leaks(frames, &observed, others);
    if leaks {
        observed = observed.minus(&others.speech.widened(ECHO_S, end_s));
    }
    if observed.total_s() < LEAST_OBSERVED_S || own.total_s() < 1.0 {
        return None;
    }
    let none = Background { observed: observed.clone(), ..Background::default() };
    let Some(raised) = raised.filter(|raised| raised.len() == n) else { return Some(none) };
    let is_observed = observed.to_frames(FRAME_S, n);
    let own_power = mean_power(frames, own)?;
    let clear = clear_voices(frames, raised, &is_observed, own_power, taken_out);
    let n_observed = is_observed.iter().filter(|o| **o).count() as f64;
    let least_s = LEAST_VOICES_S.max(LEAST_VOICES_RATIO * observed.total_s());
    let is_clear = clear.total_s() >= least_s;
    if is_clear && !is_even(&clear, &observed, others.speech) {
        return Some(none);
    }
    let murmur = murmur(raised, &is_observed);
    // The last of an echo is half heard too.
    let is_murmur = !leaks && murmur.iter().filter(|m| **m).count() as f64 >= BABBLE_RATIO * n_observed;
    let clear_ratio = clear.total_s() / observed.total_s();
    // Half-heard stretches hold pauses too: the level is that of the clear ones where there are any.
    let with_level = is_clear.then(|| clear.clone());
    let spans = match (is_clear, is_murmur) {
        (false, false) => return Some(none),
        // Heard for the smaller part: the rest is the same voices, half heard.
        (_, true) if clear_ratio < MOSTLY_CLEAR => {
            clear.union(&Timeline::from_frames(&murmur, FRAME_S)).closed(MAX_GAP_S)
        }
        _ => clear,
    };
    let is_babble = is_murmur && clear_ratio < MOST_CLEAR_IN_BABBLE;
    let mut quiet: Vec<f64> =
        (0..n).filter(|&i| is_observed[i] && frames[i].power > 1e-10).map(|i| f64::from(frames[i].power)).collect();
    quiet.sort_by(f64::total_cmp);
    // What lies under the voices: the lowest twentieth, which is the line's own noise as soon as they ever pause.
    let noise = quiet.get(quiet.len() / 20).copied().unwrap_or(0.0);
    let heard: Vec<f64> = with_level
        .as_ref()
        .unwrap_or(&spans)
        .to_frames(FRAME_S, n)
        .iter()
        .zip(frames)
        .filter(|(is_voice, _)| **is_voice)
        .map(|(_, frame)| f64::from(frame.power))
        .collect();
    let with_noise = heard.iter().sum::<f64>() / heard.len().max(1) as f64;
    let voice = if is_babble { with_noise } else { (with_noise - noise).max(with_noise * 0.01) };
    let moves_db = percentile(&heard, 0.9).zip(percentile(&heard, 0.2)).and_then(|(high, low)| power_to_db(high / low));
    Some(Background {
        level_below_speech_db: power_to_db(own_power / voice),
        above_noise_db: power_to_db(voice / noise),
        is_babble,
        is_one_talker: !is_babble && moves_db.is_some_and(|db| db >= ONE_TALKER_DB),
        spans,
        observed,
    })
}

/// Whether the background follows the level of the other channel, at some lag.
fn leaks(frames: &[Frame], observed: &Timeline, others: &Others<'_>) -> bool {
    let n = frames.len();
    let flags = observed.intersection(others.speech).to_frames(FRAME_S, n);
    let db = |power: f32| 10.0 * f64::from(power.max(1e-10)).log10();
    (0..=MOST_LAG).any(|lag| {
        let pairs: Vec<(f64, f64)> = (lag..n)
            .filter(|&i| flags[i])
            .map(|i| (db(frames[i].power), others.power.get(i - lag).map_or(-100.0, |p| db(*p))))
            .collect();
        // 2 s: the correlation of 60 unrelated frames stays below 0.5.
        pairs.len() >= 60 && correlation(&pairs) > LEAKS_CORRELATION
    })
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (a, b) = pairs.iter().fold((0.0, 0.0), |(a, b), pair| (a + pair.0 / n, b + pair.1 / n));
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        aa += (x - a).powi(2);
        bb += (y - b).powi(2);
        ab += (x - a) * (y - b);
    }
    if aa * bb > 0.0 { ab / (aa * bb).sqrt() } else { 0.0 }
}

/// Stretches in which the model is sure of a voice. What the first hearing took for the party's is among them.
fn clear_voices(
    frames: &[Frame],
    raised: &[f32],
    is_observed: &[bool],
    own_power: f64,
    taken_out: &Timeline,
) -> Timeline {
    let was_taken_out = taken_out.to_frames(FRAME_S, frames.len());
    let mut is_on = false;
    let is_voice: Vec<bool> = (0..frames.len())
        .map(|i| {
            is_on = raised[i] >= if is_on { LEAVE } else { ENTER };
            is_observed[i] && (is_on || was_taken_out[i])
        })
        .collect();
    let voices = Timeline::from_frames(&is_voice, FRAME_S).closed(MAX_GAP_S).longer_than(MIN_VOICE_S);
    let is_known_apart = !taken_out.is_empty();
    let kept = voices.spans().iter().filter(|span| {
        let power = mean_power(frames, &Timeline::new([**span])).unwrap_or(0.0);
        is_known_apart || power < own_power * from_db(-OWN_WORD_DB)
    });
    Timeline::new(kept.copied())
}

/// Whether voices go on while the other party speaks; if not, they are the party's own quiet words.
fn is_even(voices: &Timeline, observed: &Timeline, other: &Timeline) -> bool {
    let during = observed.intersection(other);
    let rest = observed.minus(other);
    if during.total_s() < 0.5 {
        // The other party leaks, or never speaks: the rest has to do.
        return true;
    }
    let rate = |part: &Timeline| {
        if part.is_empty() { 0.0 } else { voices.intersection(part).total_s() / part.total_s() }
    };
    rate(&during) >= LEAST_EVENNESS * rate(&rest)
}

/// Frames of the observed time around which the model half hears a voice.
fn murmur(raised: &[f32], is_observed: &[bool]) -> Vec<bool> {
    let at: Vec<usize> = (0..raised.len()).filter(|&i| is_observed[i]).collect();
    let mut sums = vec![0.0];
    for &i in &at {
        sums.push(sums[sums.len() - 1] + f64::from(raised[i]));
    }
    let mut flags = vec![false; raised.len()];
    for (k, &i) in at.iter().enumerate() {
        let (from, to) = (k.saturating_sub(BABBLE_AROUND), (k + BABBLE_AROUND + 1).min(at.len()));
        flags[i] = (sums[to] - sums[from]) / (to - from) as f64 >= BABBLE;
    }
    flags
}

/// Mean power of each frame and its neighbours.
fn averaged(frames: &[Frame]) -> Vec<f64> {
    let powers: Vec<f64> = frames.iter().map(|frame| f64::from(frame.power)).collect();
    smoothed(&powers, AROUND)
}

/// Mean power over the frames of a timeline; `None` if it has none.
fn mean_power(frames: &[Frame], timeline: &Timeline) -> Option<f64> {
    // The frames of a span by their numbers: with flags for the whole call each span would cost as much as all.
    let number = |time_s: f64| ((time_s / FRAME_S - 0.5).ceil().max(0.0) as usize).min(frames.len());
    let inside = timeline.spans().iter().flat_map(|span| {
        let first = number(span.start_s);
        &frames[first..number(span.end_s).max(first)]
    });
    let (n, sum) = inside.fold((0_usize, 0.0), |(n, sum), frame| (n + 1, sum + f64::from(frame.power)));
    (n > 0).then(|| sum / n as f64)
}

fn from_db(db: f64) -> f64 {
    10f64.powf(db / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEIGHBOUR_DB: f64 = -45.0;

    /// Frames of 0.8 s blocks: the party speaks at -25 dB where the letter is `p`, the other one where it is `o`, nobody
    /// where it is `.`. Behind all of it there is a voice at `behind_db`, two syllables of it and a gap in turn.
    fn call(turns: &str, behind_db: f64) -> (Vec<Frame>, Timeline, Timeline) {
        const BLOCK: usize = 25;
        let power = |db: f64| 10f64.powf(db / 10.0) as f32;
        let mut frames = Vec::new();
        let (mut own, mut other) = (Vec::new(), Vec::new());
        for (k, turn) in turns.chars().enumerate() {
            let (from_s, to_s) = ((k * BLOCK) as f64 * FRAME_S, ((k + 1) * BLOCK) as f64 * FRAME_S);
            match turn {
                'p' => own.push(TimeSpan::new(from_s, to_s)),
                'o' => other.push(TimeSpan::new(from_s, to_s)),
                _ => {}
            }
            for i in 0..BLOCK {
                let is_syllable = i % 10 < 8;
                let behind = if is_syllable { power(behind_db) } else { 0.0 };
                let own = if turn == 'p' { power(-25.0) } else { 0.0 };
                let probability = if turn == 'p' || (is_syllable && behind_db > -80.0) { 0.9 } else { 0.02 };
                frames.push(Frame { probability, power: power(-75.0) + behind + own });
            }
        }
        (frames, Timeline::new(own), Timeline::new(other))
    }

    const TURNS: &str = "pp.oo.pp.oo.pp.oo.pp.oo.";

    fn end_s(frames: &[Frame]) -> f64 {
        frames.len() as f64 * FRAME_S
    }

    /// What is heard behind, if the second hearing gives these probabilities where the first gave them.
    fn heard(turns: &str, behind_db: f64, raised: impl Fn(f32) -> f32) -> Option<Background> {
        let (frames, own, other) = call(turns, behind_db);
        let raised: Vec<f32> = frames.iter().map(|f| raised(f.probability)).collect();
        let others = Others { speech: &other, power: &vec![1e-3; frames.len()] };
        background(&frames, Some(&raised), &own, &Timeline::default(), &others, end_s(&frames))
    }

    #[test]
    fn a_voice_in_the_pauses_is_heard_with_its_level() {
        for behind_db in [-45.0, -55.0, -60.0] {
            let found = heard(TURNS, behind_db, |p| p).expect("half of the call is pauses");
            assert!(found.spans.total_s() > 0.8 * found.observed.total_s(), "{found:?}");
            assert!(!found.is_babble);
            // Gaps of two frames in ten are within the voice: 1 dB.
            let below_db = found.level_below_speech_db.expect("a voice has a level");
            assert!((below_db - (-25.0 - behind_db)).abs() < 1.2, "{below_db}");
        }
    }

    #[test]
    fn a_half_heard_murmur_is_a_babble_and_less_is_nothing() {
        let murmur = heard(TURNS, NEIGHBOUR_DB, |_| 0.15).expect("pauses");
        assert!(murmur.is_babble && !murmur.is_one_talker, "{murmur:?}");
        let noise = heard(TURNS, NEIGHBOUR_DB, |_| 0.02).expect("pauses");
        assert!(noise.spans.is_empty() && noise.level_below_speech_db.is_none(), "{noise:?}");
    }

    #[test]
    fn what_stops_while_the_other_speaks_is_the_partys_own_or_a_leak() {
        let (frames, own, other) = call(TURNS, NEIGHBOUR_DB);
        let is_other = other.to_frames(FRAME_S, frames.len());
        let find = |raised: Vec<f32>, power: &[f32], frames: &[Frame]| {
            let others = Others { speech: &other, power };
            background(frames, Some(&raised), &own, &Timeline::default(), &others, end_s(frames)).expect("pauses")
        };
        // Never through the other party's speech: quiet words of the party.
        let only_alone = frames.iter().zip(&is_other).map(|(f, o)| if *o { 0.0 } else { f.probability }).collect();
        assert!(find(only_alone, &vec![1e-3; frames.len()], &frames).spans.is_empty());
        // As loud as the other channel at every moment: its leakage, for which the other's time does not count.
        let follows: Vec<f32> = frames.iter().map(|f| f.power * 100.0).collect();
        let only_other = frames.iter().zip(&is_other).map(|(f, o)| if *o { f.probability } else { 0.0 }).collect();
        let leak = find(only_other, &follows, &frames);
        assert!(leak.spans.is_empty() && leak.observed.intersection(&other).is_empty(), "{leak:?}");
    }

    #[test]
    fn a_voice_that_never_stops_is_not_the_party() {
        let everywhere = |frames: &[Frame]| Timeline::new([TimeSpan::new(0.0, end_s(frames))]);
        for (behind_db, is_apart) in [(-37.0, true), (-45.0, true), (-28.0, false)] {
            let (frames, party, other) = call(TURNS, behind_db);
            let own = own(&frames, &everywhere(&frames), &other);
            let strange_s = own.minus(&party).total_s();
            // An average of nine frames reaches over each of eight ends.
            assert_eq!(strange_s < 8.0 * 0.16, is_apart, "{behind_db} dB: {strange_s} s");
            assert!(own.intersection(&party).total_s() > party.total_s() - 0.1);
        }
        // Nothing is known of a call in which the other one hardly speaks.
        let (frames, _, other) = call("pp.pp.pp.o.pp.pp.", -45.0);
        assert_eq!(own(&frames, &everywhere(&frames), &other), everywhere(&frames));
    }

    #[test]
    fn a_neighbours_word_that_passed_for_the_partys_is_given_back() {
        let (frames, party, _) = call(TURNS, NEIGHBOUR_DB);
        let word = Timeline::new([TimeSpan::new(3.4, 3.9)]);
        let mut found = Background { level_below_speech_db: Some(20.0), ..Background::default() };
        let own = without(&frames, &party.union(&word), &mut found);
        assert!(own.intersection(&word).is_empty() && found.spans.intersection(&word).total_s() > 0.4, "{found:?}");
        assert!(own.intersection(&party).total_s() > party.total_s() - 0.1);
    }

    #[test]
    fn steady_and_far_backgrounds_are_not_heard_again() {
        let gain_of = |behind_db: f64| {
            let (frames, own, _) = call(TURNS, behind_db);
            gain(&frames, &own, end_s(&frames))
        };
        // Only the line at -75 dB; then voices 20 and 45 dB below.
        assert_eq!(gain_of(-120.0), None);
        assert!(gain_of(-45.0).is_some_and(|gain| gain > 5.0));
        assert_eq!(gain_of(-70.0), None);
    }

    #[test]
    fn no_pauses_and_no_frames_tell_nothing() {
        assert_eq!(heard("pppppppppp", NEIGHBOUR_DB, |p| p), None);
        assert_eq!(heard("", NEIGHBOUR_DB, |p| p), None);
    }
}
