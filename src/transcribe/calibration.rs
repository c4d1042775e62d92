//! What a probability of the model is worth: how often a word that it gives p for is the word that was said.
//!
//! Whisper's token probabilities are those of its own guesses: about right in English and Russian, too high in languages
//! that it hardly knows, the more so for long words. The odds are moved by a constant for the language and one for each
//! letter above or below five (Platt 1999, "Probabilistic outputs for support vector machines", with the slope left at
//! one: fitted slopes were no better on voices left out). The constants are fitted by `benches/corpus/fit_words.py` on
//! recordings with known words and checked on others: docs/metrics.md has the reliability. Not a detector of invented
//! words: those are removed by what is audible.

use crate::call::Word;
use crate::text::Language;

/// What is known of a word beside the model's own probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct WordContext {
    /// The language it was decoded in; `None` for one that nothing was fitted to.
    pub language: Option<Language>,
    /// Letters and digits of the word.
    pub n_letters: usize,
}

/// Added to the log odds, fitted: by language, and by language for each letter above [`USUAL_LETTERS`].
const BY_LANGUAGE: [(Language, f64, f64); 5] = [
    (Language::En, -0.05, 0.08),
    (Language::Pl, -0.95, 0.01),
    (Language::Ru, -0.22, -0.11),
    (Language::El, -1.57, -0.34),
    (Language::Hu, -1.79, -0.49),
];

/// What these have in common, for a language that nothing was fitted to.
const OTHERS: f64 = -0.65;

const USUAL_LETTERS: f64 = 5.0;

/// Beyond these the model's value says no more, and its logarithm would.
const RAW: (f64, f64) = (0.02, 0.995);

/// Longer words are inflected or compound, but no harder.
const MOST_LETTERS: usize = 8;

/// Replaces the model's probabilities of words by calibrated ones; `language` is the ISO 639-1 code that they were
/// decoded in.
pub(super) fn calibrate(words: &mut [Word], language: Option<&str>) {
    let language = language.and_then(Language::from_code);
    for word in words {
        let n_letters = word.text.chars().filter(|c| c.is_alphanumeric()).count();
        word.probability = calibrated(word.probability, &WordContext { language, n_letters });
    }
}

/// Probability 0..=1 that a word is right that the model gave the probability `raw`. Grows with `raw`; not a number is
/// taken for no idea at all.
pub(super) fn calibrated(raw: f64, context: &WordContext) -> f64 {
    let raw = if raw.is_nan() { 0.5 } else { raw.clamp(RAW.0, RAW.1) };
    let of_language = BY_LANGUAGE.iter().find(|(language, ..)| Some(*language) == context.language);
    let (added, a_letter) = of_language.map_or((OTHERS, 0.0), |(_, added, a_letter)| (*added, *a_letter));
    let n_above = context.n_letters.min(MOST_LETTERS) as f64 - USUAL_LETTERS;
    let log_odds = (raw / (1.0 - raw)).ln() + added + a_letter * n_above;
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context(language: Option<Language>) -> WordContext {
        WordContext { language, n_letters: 5 }
    }

    #[test]
    fn a_surer_word_is_never_less_often_right() {
        for language in [None].into_iter().chain(Language::ALL.map(Some)) {
            let curve: Vec<f64> = (0..=100).map(|p| calibrated(f64::from(p) / 100.0, &context(language))).collect();
            assert!(curve.windows(2).all(|pair| pair[0] <= pair[1]), "{language:?}");
            assert!(curve.iter().all(|p| (0.0..=1.0).contains(p)), "{language:?}");
            // It tells words apart at all.
            assert!(curve[100] - curve[0] > 0.2, "{language:?}");
        }
    }

    #[test]
    fn no_number_and_numbers_out_of_range_give_a_probability() {
        for raw in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 2.0] {
            let p = calibrated(raw, &WordContext { language: None, n_letters: usize::MAX });
            assert!((0.0..=1.0).contains(&p), "{raw} {p}");
        }
    }

    #[test]
    fn words_keep_their_order_and_marks_are_no_letters() {
        let word = |text: &str, probability| Word { start_s: 0.0, end_s: 0.1, text: text.to_owned(), probability };
        let mut words = [word("offer,", 0.6), word("offer", 0.9)];
        calibrate(&mut words, Some("en-GB"));
        let plain = |raw| calibrated(raw, &context(Some(Language::En)));
        assert_eq!(words.map(|word| word.probability), [plain(0.6), plain(0.9)]);
        calibrate(&mut [], None);
    }

    #[test]
    fn a_language_without_a_fit_lies_between_those_with_one() {
        let all = Language::ALL.map(|language| calibrated(0.7, &context(Some(language))));
        let other = calibrated(0.7, &context(None));
        assert!(all.iter().any(|&p| p <= other) && all.iter().any(|&p| p >= other));
    }
}
