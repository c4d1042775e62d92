//! From probabilities to text: which token follows. Rules of OpenAI's decoding (2022): times come in pairs and never go
//! back, what is no text is left out, and a text that repeats itself or that the network hardly believes is tried again
//! a little more freely.

use rten_simd::SimdOp;
use rten_vecmath::Softmax;

use super::vocabulary::Vocabulary;

/// The first time lies within the first second.
const MAX_FIRST_TIME: usize = 50;

/// A text whose mean log probability is below this is tried again (OpenAI's threshold).
pub(super) const MIN_MEAN_LOG: f64 = -1.0;

/// How freely tokens are drawn, try after try.
pub(super) const TEMPERATURES: [f32; 4] = [0.0, 0.2, 0.4, 0.6];

/// A token as it was chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Choice {
    pub token: u32,
    /// 0..=1, under the rules.
    pub probability: f64,
}

/// What may follow `chosen`, and which of it is taken: the likeliest at temperature 0, else drawn by `random` (0..1).
pub(super) fn choose(
    vocabulary: &Vocabulary,
    logits: &mut [f32],
    chosen: &[Choice],
    temperature: f32,
    random: &mut Random,
) -> Choice {
    let never = f32::NEG_INFINITY;
    let (end, first_time) = (vocabulary.end as usize, vocabulary.first_time as usize);
    // Start, languages, tasks, markers.
    logits[end + 1..first_time].fill(never);
    let is_time = |choice: &Choice| choice.token >= vocabulary.first_time;
    match chosen {
        [] => {
            logits[end] = never;
            if let Some(space) = vocabulary.space {
                logits[space as usize] = never;
            }
            // It begins with a time.
            logits[..first_time].fill(never);
            let from = (first_time + MAX_FIRST_TIME + 1).min(logits.len());
            logits[from..].fill(never);
        }
        [.., last] if is_time(last) => {
            let is_pair = chosen.len() < 2 || is_time(&chosen[chosen.len() - 2]);
            if is_pair { logits[first_time..].fill(never) } else { logits[..end].fill(never) }
        }
        _ => {}
    }
    if let Some(last) = chosen.iter().rev().find(|choice| is_time(choice)) {
        // A segment has a length; the next one may begin where it ended.
        let is_open = !chosen.last().is_some_and(is_time);
        let least = last.token as usize + usize::from(is_open);
        let least = least.min(logits.len());
        logits[first_time..least].fill(never);
    }
    if temperature > 0.0 {
        logits.iter_mut().for_each(|l| *l /= temperature);
    }
    Softmax::new_mut(logits).dispatch();
    let probabilities = logits;
    let of_times: f32 = probabilities[first_time..].iter().sum();
    let best_text = probabilities[..first_time].iter().copied().fold(0.0, f32::max);
    if of_times > best_text {
        probabilities[..first_time].fill(0.0);
    }
    let token = if temperature > 0.0 { draw(probabilities, random.next()) } else { likeliest(probabilities) };
    let probability =
        if of_times > best_text && of_times > 0.0 { probabilities[token] / of_times } else { probabilities[token] };
    Choice {
        token: u32::try_from(token).unwrap_or(vocabulary.end),
        probability: f64::from(probability).clamp(0.0, 1.0),
    }
}

/// Of the logits after the start: the probabilities of the languages among themselves, and that of no speech among all.
pub(super) fn shares(logits: &mut [f32], first: usize, n: usize, no_speech: usize) -> (Vec<f64>, f64) {
    let mut languages = logits[first..first + n].to_vec();
    Softmax::new_mut(&mut languages).dispatch();
    Softmax::new_mut(logits).dispatch();
    (languages.into_iter().map(f64::from).collect(), f64::from(logits[no_speech]))
}

fn likeliest(probabilities: &[f32]) -> usize {
    let mut best = 0;
    for (i, p) in probabilities.iter().enumerate() {
        if *p > probabilities[best] {
            best = i;
        }
    }
    best
}

fn draw(probabilities: &[f32], random: f64) -> usize {
    let all: f64 = probabilities.iter().map(|p| f64::from(*p)).sum();
    let mut left = random * all;
    for (i, p) in probabilities.iter().enumerate() {
        left -= f64::from(*p);
        if left < 0.0 {
            return i;
        }
    }
    likeliest(probabilities)
}

/// SplitMix64 (Steele et al. 2014), always from the same seed: the same sound gives the same text.
pub(super) struct Random(u64);

impl Random {
    pub fn new() -> Self {
        Self(0)
    }

    /// 0..1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) as f64 / 18_446_744_073_709_551_616.0
    }
}

/// The longest phrase, in tokens, whose repetition is looked for.
const MAX_PHRASE: usize = 40;
/// A text has gone into a loop when its end is so many rounds of one phrase ...
const MIN_ROUNDS: usize = 4;
/// ... that fill at least so many tokens: "no, no, no, no" is shorter.
const MIN_LOOP: usize = 20;

/// A loop may change a little from round to round, as lists of prices do: of so many tokens at the end ...
const VARIED: usize = 48;
/// ... fewer than half of the groups of so many are different. Digits that are read out repeat, groups of four do not.
const GROUP: usize = 4;

/// Whether text tokens end in a loop.
pub(super) fn is_looping(text: &[u32]) -> bool {
    if let Some(first) = text.len().checked_sub(VARIED) {
        let mut groups: Vec<&[u32]> = text[first..].windows(GROUP).collect();
        let n = groups.len();
        groups.sort_unstable();
        groups.dedup();
        if 2 * groups.len() < n {
            return true;
        }
    }
    (1..=MAX_PHRASE).any(|n| {
        let rounds = MIN_ROUNDS.max(MIN_LOOP.div_ceil(n));
        let Some(first) = text.len().checked_sub(n * rounds) else { return false };
        let tail = &text[first..];
        tail.iter().zip(&tail[n..]).all(|(a, b)| a == b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        Vocabulary::new(51_865, (0..50_257).map(|i| vec![b'a' + (i % 26) as u8]).collect()).expect("a vocabulary")
    }

    fn chosen(tokens: &[u32]) -> Vec<Choice> {
        tokens.iter().map(|token| Choice { token: *token, probability: 1.0 }).collect()
    }

    /// What is taken after `before` when these tokens have these logits and all others none.
    fn check(before: &[u32], logits: &[(u32, f32)], expected: u32) {
        let mut all = vec![-20.0; 51_865];
        for (token, logit) in logits {
            all[*token as usize] = *logit;
        }
        let choice = choose(&vocabulary(), &mut all, &chosen(before), 0.0, &mut Random::new());
        assert_eq!(choice.token, expected, "after {before:?}");
        assert!((0.0..=1.0).contains(&choice.probability));
    }

    #[test]
    fn times_come_in_pairs_and_never_go_back() {
        let (end, t0) = (50_257, 50_364);
        // First a time, and an early one.
        check(&[], &[(5, 9.0), (end, 8.0), (t0 + 10, 1.0), (t0 + 90, 2.0)], t0 + 10);
        // Then text, not another time and not a marker.
        check(&[t0], &[(t0 + 5, 9.0), (end + 1, 9.0), (7, 1.0)], 7);
        // A segment ends after it began.
        check(&[t0 + 20, 7], &[(t0 + 20, 9.0), (t0 + 10, 9.0), (t0 + 30, 8.0)], t0 + 30);
        // After the end of one follows the beginning of the next or the end of all; it may begin at once.
        check(&[t0, 7, t0 + 30], &[(7, 9.0), (t0 + 29, 8.0), (t0 + 30, 7.0)], t0 + 30);
        check(&[t0, 7, t0 + 30], &[(7, 9.0), (end, 8.0)], end);
        check(&[t0, 7, t0 + 30, t0 + 30], &[(t0 + 40, 9.0), (8, 1.0)], 8);
    }

    #[test]
    fn many_likely_times_outweigh_one_text() {
        let t0 = 50_364;
        let times: Vec<(u32, f32)> = (30..60).map(|i| (t0 + i, 3.0)).chain([(9, 4.0)]).collect();
        check(&[t0, 7], &times, t0 + 30);
        check(&[t0, 7], &[(t0 + 30, 3.0), (9, 4.0)], 9);
    }

    #[test]
    fn the_same_seed_draws_the_same_and_follows_the_probabilities() {
        let mut random = Random::new();
        let n = 4000;
        let drawn = (0..n).filter(|_| draw(&[0.25, 0.75], random.next()) == 1).count();
        // Four standard deviations of a binomial share.
        assert!((drawn as f64 / f64::from(n) - 0.75).abs() < 4.0 * (0.75 * 0.25 / f64::from(n)).sqrt());
        assert_eq!(Random::new().next(), Random::new().next());
    }

    #[test]
    fn a_loop_is_told_from_what_people_repeat() {
        let of = |phrase: &[u32], rounds: usize| phrase.repeat(rounds);
        assert!(is_looping(&of(&[1, 2, 3, 4, 5], 4)));
        assert!(is_looping(&of(&[1], 20)));
        assert!(is_looping(&[&[9, 8, 7][..], &of(&[1, 2], 10)].concat()));
        // Prices that come back in another order.
        let price = |last: u32| [10, 11, 12, last, 13];
        let list: Vec<u32> = (0..10).flat_map(|i| price(if i % 3 == 0 { 20 } else { 21 })).collect();
        assert!(is_looping(&list));
        // A card number read out twice, with a few words between.
        let digits = [4, 9, 2, 7, 0, 0, 1, 8, 3, 5, 5, 6, 2, 9, 4, 1];
        let words: Vec<u32> = (90..110).collect();
        assert!(!is_looping(&[&digits[..], &words, &digits].concat()));
        assert!(!is_looping(&of(&[1, 2], 4)));
        assert!(!is_looping(&of(&[1, 2, 3, 4, 5], 3)));
        assert!(!is_looping(&(0..100).collect::<Vec<u32>>()));
        assert!(!is_looping(&[]));
    }
}
