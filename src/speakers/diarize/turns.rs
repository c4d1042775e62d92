//! The most likely order of turns, from how near each moment is to either voice. Viterbi over two states; a change of
//! voice has a price, and a lower one at a pause, where most changes are.

use super::cluster::{Point, cosine};
use super::{FRAMES_PER_S, Turn, Window};
use crate::timeline::{TimeSpan, Timeline};

/// Frames of a slot: a tenth of a second, a short syllable.
const SLOT: usize = 10;

/// What a difference of 1 between the cosines to both voices tells in a slot, in nats. Windows overlap, so that one slot
/// tells less than a window does: about a quarter of 12.
const NATS: f64 = 3.0;

/// Price of a change of voice in the middle of speech, and at a pause, in nats. Chosen on split `tune` of
/// benches/corpus/mono.py, flat from half to double.
const CHANGE: f64 = 4.0;
const CHANGE_AT_PAUSE: f64 = 2.0;

/// A window speaks for its middle: the weight falls to the ends by this power of the distance. At the ends, in the half
/// second before another voice, a window would tell of the wrong side.
const SHARPNESS: i32 = 4;
/// The ends of a stretch have no window whose middle is there.
const LEAST_WEIGHT: f64 = 1e-4;

/// Nats are capped for the confidence of a turn: neighbouring slots are not independent.
const MAX_NATS: f64 = 6.0;

/// One slot of speech.
struct Slot {
    index: usize,
    /// Cosine to the first voice less cosine to the second.
    nearer_first: f64,
    is_second: bool,
}

/// Slots of speech in order, each with a voice.
pub(super) struct Slots(Vec<Slot>);

impl Slots {
    fn from(&self, index: usize) -> &[Slot] {
        &self.0[self.0.partition_point(|s| s.index < index)..]
    }

    /// Share 0..=1 of these frames that is the second voice's.
    pub(super) fn share_of_second(&self, (first, end): (usize, usize)) -> f64 {
        let own = self.from(first / SLOT).iter().take_while(|s| s.index <= end.saturating_sub(1) / SLOT);
        let (mut n, mut n_second) = (0.0, 0.0);
        for slot in own {
            n += 1.0;
            n_second += f64::from(u8::from(slot.is_second));
        }
        if n > 0.0 { n_second / n } else { 0.0 }
    }
}

/// Gives each slot that a window covers to one of two voices.
pub(super) fn find(windows: &[Window], middles: &[Point; 2]) -> Slots {
    let mut slots = scores(windows, middles);
    let mut cost = [0.0f64; 2];
    // Whether the best way into either voice comes from the second one.
    let mut from_second: Vec<[bool; 2]> = Vec::with_capacity(slots.len());
    let mut previous: Option<usize> = None;
    for slot in &slots {
        let price = match previous {
            Some(before) if before + 1 == slot.index => CHANGE,
            Some(_) => CHANGE_AT_PAUSE,
            None => 0.0,
        };
        previous = Some(slot.index);
        let back = [cost[1] - price > cost[0], cost[1] >= cost[0] - price];
        let nats = NATS * slot.nearer_first;
        cost = [cost[0].max(cost[1] - price) + nats, cost[1].max(cost[0] - price) - nats];
        from_second.push(back);
    }
    let mut is_second = cost[1] > cost[0];
    for (slot, back) in slots.iter_mut().zip(&from_second).rev() {
        slot.is_second = is_second;
        is_second = back[usize::from(is_second)];
    }
    Slots(slots)
}

/// How near each slot is to either voice: the mean over the windows that cover it.
fn scores(windows: &[Window], middles: &[Point; 2]) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut weights: Vec<f64> = Vec::new();
    for window in windows {
        let (first, end) = window.frames;
        let nearer_first = cosine(&window.voice, &middles[0]) - cosine(&window.voice, &middles[1]);
        let (middle, half) = ((first + end) as f64 / 2.0, (end - first) as f64 / 2.0);
        for index in first / SLOT..=end.saturating_sub(1) / SLOT {
            let distance = ((index * SLOT) as f64 + SLOT as f64 / 2.0 - middle).abs() / half;
            let weight = (1.0 - distance).max(0.0).powi(SHARPNESS).max(LEAST_WEIGHT);
            // Windows are in order, so that a slot is new or among the last ones.
            let at = slots.partition_point(|s| s.index < index);
            if slots.get(at).is_none_or(|s| s.index != index) {
                slots.insert(at, Slot { index, nearer_first: 0.0, is_second: false });
                weights.insert(at, 0.0);
            }
            slots[at].nearer_first += weight * nearer_first;
            weights[at] += weight;
        }
    }
    for (slot, weight) in slots.iter_mut().zip(weights) {
        slot.nearer_first /= weight;
    }
    slots
}

/// The turns of `speech`: each moment of it goes to the voice of its slot, or of the nearest one.
pub(super) fn over(speech: &Timeline, slots: &Slots) -> Vec<Turn> {
    let slot_s = SLOT as f64 / FRAMES_PER_S;
    let mut turns: Vec<Turn> = Vec::new();
    let Some(opening) = slots.0.first() else { return turns };
    let voice_of = |slot: &Slot| usize::from(slot.is_second != opening.is_second);
    for span in speech.spans() {
        // Pieces that begin where a slot does, the first one where the speech does.
        let mut at_s = span.start_s;
        let mut own = slots.from((span.start_s / slot_s).floor() as usize).iter().peekable();
        let mut last = None;
        while at_s < span.end_s {
            let slot = match own.next() {
                Some(slot) => slot,
                None => match last.or(slots.0.last()) {
                    Some(slot) => slot,
                    None => break,
                },
            };
            last = Some(slot);
            let next_s = own.peek().map_or(f64::INFINITY, |next| next.index as f64 * slot_s);
            let end_s = next_s.min(span.end_s);
            if end_s <= at_s {
                continue;
            }
            push(&mut turns, TimeSpan::new(at_s, end_s), voice_of(slot), slot.nearer_first.abs() * NATS);
            at_s = end_s;
        }
    }
    for turn in &mut turns {
        turn.confidence = 1.0 / (1.0 + (-turn.confidence.min(MAX_NATS)).exp());
    }
    turns
}

/// Adds a piece to the last turn or begins one; nats are gathered in `confidence`.
fn push(turns: &mut Vec<Turn>, span: TimeSpan, voice: usize, nats: f64) {
    match turns.last_mut() {
        Some(last) if last.voice == voice && last.span.end_s == span.start_s => {
            last.span.end_s = span.end_s;
            last.confidence += nats;
        }
        _ => turns.push(Turn { span, voice, confidence: nats }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Windows of a voice at 0 or 90 degrees, 0.4 s apart; a pause before each window that is named.
    fn windows(voices: &[usize], pauses_before: &[usize]) -> Vec<Window> {
        let mut at = 0;
        let window = |(i, voice): (usize, &usize)| {
            at += if pauses_before.contains(&i) { 300 } else { 40 };
            Window { frames: (at, at + 160), voice: if *voice == 0 { vec![1.0, 0.0] } else { vec![0.0, 1.0] } }
        };
        voices.iter().enumerate().map(window).collect()
    }

    fn check(voices: &[usize], pauses_before: &[usize], expected: &[usize]) {
        let windows = windows(voices, pauses_before);
        let slots = find(&windows, &[vec![1.0, 0.0], vec![0.0, 1.0]]);
        let end_s = windows.last().expect("some").frames.1 as f64 / FRAMES_PER_S;
        let spans =
            windows.iter().map(|w| TimeSpan::new(w.frames.0 as f64 / FRAMES_PER_S, w.frames.1 as f64 / FRAMES_PER_S));
        let speech = Timeline::new(spans);
        let turns = over(&speech, &slots);
        let mut voices: Vec<usize> = turns.iter().map(|t| t.voice).collect();
        voices.dedup();
        assert_eq!(voices, expected);
        // 1e-9: the turns are the speech, cut.
        assert!((turns.iter().map(|t| t.span.duration_s()).sum::<f64>() - speech.total_s()).abs() < 1e-9);
        assert!(turns.iter().all(|t| t.span.end_s <= end_s && (0.5..=1.0).contains(&t.confidence)));
    }

    #[test]
    fn turns_follow_the_voices_and_the_first_to_speak_is_the_first() {
        check(&[0; 9], &[], &[0]);
        check(&[1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0], &[], &[0, 1]);
        check(&[0, 0, 0, 0, 1, 0, 0, 0, 0], &[4, 5], &[0, 1, 0]);
    }

    #[test]
    fn a_change_is_placed_where_the_voices_meet() {
        let windows = windows(&[0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], &[]);
        let slots = find(&windows, &[vec![1.0, 0.0], vec![0.0, 1.0]]);
        let turns = over(&Timeline::new([TimeSpan::new(0.4, 6.4)]), &slots);
        // Half way between the middles of the sixth and the seventh window; 0.1 s: one slot.
        assert_eq!(turns.len(), 2);
        assert!((turns[0].span.end_s - 3.4).abs() <= 0.1 + 1e-9, "{turns:?}");
    }

    #[test]
    fn speech_without_any_window_has_no_turns() {
        assert_eq!(over(&Timeline::new([TimeSpan::new(0.0, 1.0)]), &Slots(Vec::new())), Vec::new());
    }
}
