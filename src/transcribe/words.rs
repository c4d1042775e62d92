//! From the model's tokens to words with times: pure, no engine.
//!
//! Where the network tells when each token was said, a word lies there, moved to the speech that the voice activity found
//! around it: the network does not hear when a sound begins after a pause, the voice activity does. Where it only gives
//! times for segments, words are laid out by their letters over the speech in the segment; within a phrase this is right
//! to a few tenths of a second.

use crate::call::Word;
use crate::timeline::{TimeSpan, Timeline};

/// A piece of text as the model gives it: bytes, because a letter may be split between two tokens.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub bytes: Vec<u8>,
    /// 0..=1.
    pub probability: f64,
    /// When it was said, in the time of what was heard; `None` if the network does not tell.
    pub span: Option<TimeSpan>,
}

/// A word before it has its place in the call.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spelled {
    pub text: String,
    /// Mean over the tokens that carry letters or digits, 0..=1.
    pub probability: f64,
    /// From the first to the last token that carries letters or digits, as the network tells.
    pub span: Option<TimeSpan>,
}

/// The tokens of a word.
#[derive(Default)]
struct Pieces {
    bytes: Vec<u8>,
    of_letters: Vec<f64>,
    of_marks: Vec<f64>,
    span: Option<TimeSpan>,
}

/// Tokens joined to words: a new word begins where a token begins with a space.
pub(super) fn spell(tokens: &[Token]) -> Vec<Spelled> {
    let mut words: Vec<Pieces> = Vec::new();
    for token in tokens {
        if token.bytes.first().is_some_and(u8::is_ascii_whitespace) || words.is_empty() {
            words.push(Pieces::default());
        }
        let word = words.last_mut().expect("one was just pushed");
        word.bytes.extend(&token.bytes);
        // Bytes beyond ASCII are letters in every language that has any; the few foreign marks do no harm.
        let has_letter = token.bytes.iter().any(|b| b.is_ascii_alphanumeric() || !b.is_ascii());
        if has_letter {
            word.of_letters.push(token.probability);
            word.span = match (word.span, token.span) {
                (Some(a), Some(b)) => Some(TimeSpan::new(a.start_s, b.end_s)),
                (a, b) => a.or(b),
            };
        } else {
            word.of_marks.push(token.probability);
        }
    }
    let mut spelled = Vec::with_capacity(words.len());
    for Pieces { bytes, of_letters, of_marks, span } in words {
        let probabilities = if of_letters.is_empty() { of_marks } else { of_letters };
        let probability = probabilities.iter().sum::<f64>() / probabilities.len() as f64;
        // A token may hold several words, such as a name; bytes that are no text become U+FFFD and are left out.
        for text in String::from_utf8_lossy(&bytes).split_whitespace() {
            let text = text.replace('\u{fffd}', "");
            if text.chars().any(char::is_alphanumeric) || is_mark_of_its_own(&text) {
                spelled.push(Spelled { text, probability, span });
            } else if let Some(last) = spelled.last_mut().filter(|_| !text.starts_with('-')) {
                // A lone mark belongs to the word before it.
                last.text.push_str(&text);
            }
        }
    }
    spelled
}

/// Brackets and notes, which the clean-up looks for, stay by themselves.
fn is_mark_of_its_own(text: &str) -> bool {
    text.chars().any(|c| "[]()*♪♫🎵🎶（）【】".contains(c))
}

/// A word that the network places in a pause belongs to speech at most this far away.
const MAX_PLACE_ERROR_S: f64 = 0.5;

/// Gives words the times that the network told for them (`told`, in seconds of the call, one a word), without the pauses
/// that it counts to them. A word ends before the next one starts.
pub(super) fn place(words: &[Spelled], told: &[TimeSpan], speech: &Timeline) -> Vec<Word> {
    let mut placed: Vec<Word> = Vec::with_capacity(words.len());
    for (word, told) in words.iter().zip(told) {
        let span = spoken(told, speech);
        let mut start_s = span.start_s;
        if let Some(last) = placed.last_mut() {
            start_s = start_s.max(last.start_s);
            last.end_s = last.end_s.min(start_s);
        }
        let end_s = span.end_s.max(start_s);
        placed.push(Word { start_s, end_s, text: word.text.clone(), probability: word.probability });
    }
    placed
}

/// The part of a word's time that is speech: in the stretch that holds most of it.
fn spoken(told: &TimeSpan, speech: &Timeline) -> TimeSpan {
    let near = speech.spans().iter().filter(|span| {
        span.start_s <= told.end_s + MAX_PLACE_ERROR_S && span.end_s >= told.start_s - MAX_PLACE_ERROR_S
    });
    let (mut best, mut most_s) = (None, f64::NEG_INFINITY);
    for span in near {
        // Negative is the distance of what does not overlap.
        let overlap_s = span.end_s.min(told.end_s) - span.start_s.max(told.start_s);
        if overlap_s > most_s {
            (best, most_s) = (Some(span), overlap_s);
        }
    }
    let Some(best) = best else { return *told };
    if most_s > 0.0 {
        return TimeSpan::new(told.start_s.max(best.start_s), told.end_s.min(best.end_s));
    }
    // In a pause as a whole: as long as it was said to be, at the near end of the speech.
    let length_s = told.duration_s().min(best.duration_s());
    if best.start_s >= told.end_s {
        TimeSpan::new(best.start_s, best.start_s + length_s)
    } else {
        TimeSpan::new(best.end_s - length_s, best.end_s)
    }
}

/// Shorter pieces of speech at the ends of a segment come from the model's coarse times, not from words.
const SLIVER_S: f64 = 0.15;

/// A pause that falls on the end of a sentence or a clause is worth this much error in the length of the words before
/// it: speakers pause there, and letters are a rough measure of time.
const SENTENCE_BONUS_S: f64 = 0.6;
const CLAUSE_BONUS_S: f64 = 0.3;

/// Speech without any word is less likely than with one.
const EMPTY_PENALTY_S: f64 = 0.2;

/// Gives the words of one segment their times: over `speech` within `segment`, or over the whole segment if there is
/// no speech in it. No word lies in a pause or reaches across one.
pub(super) fn lay_out(words: &[Spelled], segment: TimeSpan, speech: &Timeline) -> Vec<Word> {
    let spoken = speech.intersection(&Timeline::new([segment]));
    let stage = [spoken.longer_than(SLIVER_S), spoken, Timeline::new([segment])].into_iter().find(|t| !t.is_empty());
    let Some(stage) = stage else { return Vec::new() };
    // One letter more for the transition to the next word.
    let weights: Vec<f64> = words.iter().map(|w| w.text.chars().count() as f64 + 1.0).collect();
    let mut laid = Vec::with_capacity(words.len());
    let mut left_s = stage.total_s();
    for (i, span) in stage.spans().iter().enumerate() {
        let first = laid.len();
        let scale = left_s / weights[first..].iter().sum::<f64>();
        let is_last = i + 1 == stage.spans().len();
        let n =
            if is_last { words.len() - first } else { n_until_pause(&words[first..], &weights[first..], scale, span) };
        let group = first..first + n;
        let scale = span.duration_s() / weights[group.clone()].iter().sum::<f64>();
        let mut at_s = span.start_s;
        for (word, weight) in words[group.clone()].iter().zip(&weights[group]) {
            let end_s = (at_s + weight * scale).min(span.end_s);
            laid.push(Word { start_s: at_s, end_s, text: word.text.clone(), probability: word.probability });
            at_s = end_s;
        }
        left_s -= span.duration_s();
    }
    laid
}

/// How many of these words are said in `span`, before the pause that follows it, at `scale` seconds a letter.
fn n_until_pause(words: &[Spelled], weights: &[f64], scale: f64, span: &TimeSpan) -> usize {
    let mut best = (f64::INFINITY, 0);
    let mut length_s = 0.0;
    for n in 0..=words.len() {
        let bonus_s = match n.checked_sub(1).and_then(|last| words[last].text.chars().last()) {
            Some('.' | '?' | '!' | '…' | ';') => SENTENCE_BONUS_S,
            Some(',' | ':') => CLAUSE_BONUS_S,
            _ => 0.0,
        };
        let penalty_s = if n == 0 || n == words.len() { EMPTY_PENALTY_S } else { 0.0 };
        let cost = (length_s - span.duration_s()).abs() - bonus_s + penalty_s;
        if cost < best.0 {
            best = (cost, n);
        }
        length_s += weights.get(n).map_or(0.0, |weight| weight * scale);
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str, probability: f64) -> Token {
        Token { bytes: text.as_bytes().to_vec(), probability, span: None }
    }

    fn check_words(tokens: &[Token], expected: &[(&str, f64)]) {
        let words = spell(tokens);
        let got: Vec<(&str, f64)> = words.iter().map(|w| (w.text.as_str(), w.probability)).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn a_word_begins_at_a_space_and_keeps_its_marks() {
        check_words(
            &[token(" Good", 0.5), token(" mor", 0.25), token("ning", 0.75), token(",", 0.1), token(" sir", 1.0)],
            &[("Good", 0.5), ("morning,", 0.5), ("sir", 1.0)],
        );
    }

    #[test]
    fn a_letter_split_between_tokens_is_put_together() {
        let letters = " ż".as_bytes();
        let split = [
            Token { bytes: letters[..2].to_vec(), probability: 0.5, span: None },
            Token { bytes: letters[2..].to_vec(), probability: 1.0, span: None },
            token("ona", 0.75),
        ];
        check_words(&split, &[("żona", 0.75)]);
    }

    #[test]
    fn broken_bytes_and_lone_marks_are_no_words() {
        check_words(
            &[Token { bytes: vec![b' ', 0xff], probability: 0.5, span: None }, token(" yes", 0.5), token(" …", 0.1)],
            &[("yes…", 0.5)],
        );
        check_words(&[], &[]);
    }

    #[test]
    fn a_word_lies_from_its_first_letter_to_its_last() {
        let at = |text: &str, start_s: f64, end_s: f64| Token {
            span: Some(TimeSpan::new(start_s, end_s)),
            ..token(text, 1.0)
        };
        let words = spell(&[at(" mor", 1.0, 1.2), at("ning", 1.2, 1.5), at(".", 1.5, 2.5), at(" Sir", 2.5, 3.0)]);
        let spans: Vec<Option<TimeSpan>> = words.iter().map(|w| w.span).collect();
        assert_eq!(spans, [Some(TimeSpan::new(1.0, 1.5)), Some(TimeSpan::new(2.5, 3.0))]);
    }

    /// Words told to lie here must be placed there.
    fn check_places(told: &[(f64, f64)], speech: &[(f64, f64)], expected: &[(f64, f64)]) {
        let words: Vec<Spelled> =
            told.iter().map(|_| Spelled { text: "a".into(), probability: 1.0, span: None }).collect();
        let told: Vec<TimeSpan> = told.iter().map(|(a, b)| TimeSpan::new(*a, *b)).collect();
        let speech = Timeline::new(speech.iter().map(|(a, b)| TimeSpan::new(*a, *b)));
        let round = |x: f64| (x * 100.0).round() / 100.0;
        let placed: Vec<(f64, f64)> =
            place(&words, &told, &speech).iter().map(|w| (round(w.start_s), round(w.end_s))).collect();
        assert_eq!(placed, expected);
    }

    #[test]
    fn pauses_are_no_part_of_a_word() {
        let speech = [(1.0, 2.0), (3.0, 4.0)];
        check_places(&[(0.0, 1.5), (1.5, 2.9), (2.9, 3.5)], &speech, &[(1.0, 1.5), (1.5, 2.0), (3.0, 3.5)]);
        // Told in the pause, said at its end or before its start.
        check_places(&[(2.5, 2.8)], &speech, &[(3.0, 3.3)]);
        check_places(&[(2.1, 2.3)], &speech, &[(1.8, 2.0)]);
        // Far from all speech it stays, for the clean-up to judge.
        check_places(&[(6.0, 6.3)], &speech, &[(6.0, 6.3)]);
        check_places(&[(6.0, 6.3)], &[], &[(6.0, 6.3)]);
    }

    #[test]
    fn words_never_go_back() {
        check_places(&[(1.2, 1.4), (1.1, 1.3)], &[(1.0, 2.0)], &[(1.2, 1.2), (1.2, 1.3)]);
        check_places(&[(1.2, 1.6), (1.5, 1.9)], &[(1.0, 2.0)], &[(1.2, 1.5), (1.5, 1.9)]);
    }

    fn check_times(words: &[&str], segment: (f64, f64), speech: &[(f64, f64)], expected: &[(f64, f64)]) {
        let words: Vec<Spelled> =
            words.iter().map(|t| Spelled { text: (*t).into(), probability: 1.0, span: None }).collect();
        let speech = Timeline::new(speech.iter().map(|(a, b)| TimeSpan::new(*a, *b)));
        let laid = lay_out(&words, TimeSpan::new(segment.0, segment.1), &speech);
        let round = |x: f64| (x * 100.0).round() / 100.0;
        let got: Vec<(f64, f64)> = laid.iter().map(|w| (round(w.start_s), round(w.end_s))).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn words_share_the_speech_by_their_letters() {
        check_times(&["abc", "a"], (0.0, 10.0), &[(2.0, 5.0)], &[(2.0, 4.0), (4.0, 5.0)]);
    }

    #[test]
    fn a_pause_falls_on_the_end_of_a_sentence_if_it_nearly_does() {
        let speech = [(0.0, 2.0), (3.0, 5.0)];
        // By letters alone "We" would be the nearest to the pause. It has 3 of the 8 shares of its span.
        check_times(&["Hello.", "We", "can."], (0.0, 5.0), &speech, &[(0.0, 2.0), (3.0, 3.75), (3.75, 5.0)]);
    }

    #[test]
    fn no_word_lies_in_a_pause_or_across_it() {
        check_times(&["abc", "abc"], (0.0, 10.0), &[(2.0, 4.0), (6.0, 8.0)], &[(2.0, 4.0), (6.0, 8.0)]);
        check_times(&["abc", "abc"], (0.0, 10.0), &[(2.0, 3.0), (6.0, 9.0)], &[(2.0, 3.0), (6.0, 9.0)]);
        check_times(&["a", "b"], (0.0, 10.0), &[(2.0, 3.5), (6.0, 6.5)], &[(2.0, 3.5), (6.0, 6.5)]);
    }

    #[test]
    fn without_speech_the_segment_itself_is_shared() {
        check_times(&["a", "b"], (1.0, 3.0), &[], &[(1.0, 2.0), (2.0, 3.0)]);
        check_times(&["a"], (1.0, 1.0), &[], &[]);
    }
}
