//! Words that come again and again: exactly, nearly, within one word, or in window after window. Told by structure alone,
//! so in every language. What people do repeat ("no, no, no", a card number of equal digits, an answer to the next
//! question) stays.

use std::collections::HashMap;

use super::support::{SPOKEN_RATIO, within_s};
use super::{CLEAR_PROBABILITY, Reason, Removal, Segment, mean_probability, plain, span_of};
use crate::call::Word;
use crate::text::numerals;
use crate::timeline::{TimeSpan, Timeline};

/// The longest phrase that is looked for.
const MAX_PHRASE_WORDS: usize = 12;

/// A phrase said again after a longer pause is an answer to something new.
const MAX_LOOP_PAUSE_S: f64 = 1.0;

/// How often a phrase must come in a row to be a loop. People do say "no, no, no, no"; they do not say a sentence
/// three times without a breath.
fn least_repeats(phrase: &[String]) -> usize {
    match phrase {
        // A card number may be full of equal digits.
        _ if phrase.iter().all(|word| is_number(word)) => 9,
        [_] => 6,
        [_, _] | [_, _, _] => 4,
        _ => 3,
    }
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit()) || ALSO_DIGITS.contains(&word) || numerals::is_word(word)
}

/// Said for digits when numbers are read out, and no quantities: for 0, for one more of the same, for 1 and 0 in Russian.
const ALSO_DIGITS: [&str; 4] = ["oh", "double", "раз", "нуль"];

/// Keeps the first of words or phrases that repeat in a row, also across segments.
pub(super) fn remove(segments: &mut [Segment], removals: &mut Vec<Removal>) {
    let words: Vec<&Word> = segments.iter().flat_map(|s| &s.words).collect();
    let texts: Vec<String> = words.iter().map(|w| plain(&w.text)).collect();
    let mut keep = vec![true; words.len()];
    let mut i = 0;
    while i < words.len() {
        match loop_at(&texts[i..], &words[i..]) {
            Some((phrase, repeats)) => {
                let (first, end) = (i + phrase, i + phrase * repeats);
                keep[first..end].fill(false);
                removals.push(removal(&words[first..end]));
                i = end;
            }
            None => i += 1,
        }
    }
    for stretch in breathless(&words) {
        for range in worn(&texts[stretch.clone()]) {
            let range = stretch.start + range.start..stretch.start + range.end;
            if keep[range.clone()].iter().all(|kept| *kept) {
                keep[range.clone()].fill(false);
                removals.push(removal(&words[range]));
            }
        }
    }
    for (i, text) in texts.iter().enumerate().filter(|(_, text)| is_stutter(text)) {
        if keep[i] && !text.is_empty() {
            keep[i] = false;
            removals.push(removal(&words[i..=i]));
        }
    }
    let mut keep = keep.into_iter();
    for segment in segments {
        segment.words.retain(|_| keep.next().expect("one flag a word"));
    }
}

fn removal(words: &[&Word]) -> Removal {
    let (first, last) = (words[0], words[words.len() - 1]);
    Removal { reason: Reason::Loop, span: TimeSpan::new(first.start_s, last.end_s) }
}

/// Length in words and number of repeats of a loop that starts here.
fn loop_at(texts: &[String], words: &[&Word]) -> Option<(usize, usize)> {
    (1..=MAX_PHRASE_WORDS.min(texts.len() / 3)).find_map(|n| {
        let phrase = &texts[..n];
        let repeats = 1 + texts[n..]
            .chunks_exact(n)
            .enumerate()
            .take_while(|(k, chunk)| {
                let at = (k + 1) * n;
                *chunk == phrase && words[at].start_s - words[at - 1].end_s <= MAX_LOOP_PAUSE_S
            })
            .count();
        (repeats >= least_repeats(phrase)).then_some((n, repeats))
    })
}

/// Ranges of words without a longer pause between them.
fn breathless(words: &[&Word]) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for i in 1..=words.len() {
        if i == words.len() || words[i].start_s - words[i - 1].end_s > MAX_LOOP_PAUSE_S {
            ranges.push(start..i);
            start = i;
        }
    }
    ranges
}

/// Three words that come this often in one breath are worn out. Even a form read aloud has its phrases twice only.
const WORN_REPEATS: usize = 3;
/// A loop that changes a word here and there is worn out over at least this length ...
const LEAST_WORN_WORDS: usize = 12;
/// ... with gaps of at most this many words that are new.
const MAX_NEW_WORDS: usize = 3;

/// Ranges in which nearly every three words have come before, three times and more: loops that change a little with
/// each round. Their first round stays.
fn worn(texts: &[String]) -> Vec<std::ops::Range<usize>> {
    let mut seen: HashMap<&[String], Vec<usize>> = HashMap::new();
    for (i, three) in texts.windows(3).enumerate() {
        // One word again and again, and digits, have limits of their own.
        let is_plain = three.iter().all(|word| word == &three[0]) || three.iter().any(|word| is_number(word));
        if !is_plain {
            seen.entry(three).or_default().push(i);
        }
    }
    let mut is_worn = vec![false; texts.len()];
    for at in seen.values().filter(|at| at.len() >= WORN_REPEATS) {
        at.iter().skip(1).for_each(|&i| is_worn[i..i + 3].fill(true));
    }
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    for i in (0..texts.len()).filter(|i| is_worn[*i]) {
        match ranges.last_mut() {
            Some(last) if i - last.end <= MAX_NEW_WORDS => last.end = i + 1,
            _ => ranges.push(i..i + 1),
        }
    }
    ranges.retain(|range| range.len() >= LEAST_WORN_WORDS);
    ranges
}

/// "нетнетнетнетнет": longer than any word that is said, and nothing but a few letters repeated.
fn is_stutter(text: &str) -> bool {
    const LEAST_LETTERS: usize = 20;
    const MAX_PERIOD: usize = 6;
    let letters: Vec<char> = text.chars().collect();
    let repeats = |period: usize| letters.iter().zip(&letters[period..]).all(|(a, b)| a == b);
    letters.len() >= LEAST_LETTERS && !is_number(text) && (1..=MAX_PERIOD).any(repeats)
}

/// A refrain comes at least this often in a channel.
const REFRAIN_REPEATS: usize = 3;

/// Takes out segments that come three times and more, the same words each time, none of them clearly said: what a
/// model writes for every window of the same noise.
pub(super) fn remove_refrains(segments: &mut [Segment], speech: &Timeline, removals: &mut Vec<Removal>) {
    let mut same: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, segment) in segments.iter().enumerate() {
        let text = segment.words.iter().map(|word| plain(&word.text)).collect::<Vec<_>>().join(" ");
        if let Some(span) = span_of(&segment.words)
            && !text.chars().all(|c| c.is_ascii_digit() || c == ' ')
            && mean_probability(&segment.words) < CLEAR_PROBABILITY
            && within_s(speech, span, 0.0) < SPOKEN_RATIO * span.duration_s()
        {
            same.entry(text).or_default().push(i);
        }
    }
    let mut refrains: Vec<usize> = same.into_values().filter(|at| at.len() >= REFRAIN_REPEATS).flatten().collect();
    refrains.sort_unstable();
    for i in refrains {
        removals.push(Removal { reason: Reason::Loop, span: segments[i].span });
        segments[i].words.clear();
    }
}
