//! What a probability of the model is worth: how often a word that it gives p for is the word that was said.
//!
//! Whisper's token probabilities are those of its own guesses: too high in languages that it hardly knows, too low for
//! words cut in many tokens. A logistic curve over the raw value, the mean of its utterance, the word's length and the
//! language maps them to shares of right words (Platt 1999, "Probabilistic outputs for support vector machines").
//! Constants are fitted by `benches/corpus/fit_words.py` on recordings with known words and checked on others:
//! docs/metrics.md has the reliability table. Not a detector of invented words: those are removed by what is audible.

use crate::call::Word;
use crate::text::Language;

/// What is known of a word beside the model's own probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct WordContext {
    /// The language it was decoded in; `None` for one that nothing was fitted to.
    pub language: Option<Language>,
    /// Letters and digits of the word.
    pub n_letters: usize,
    /// Mean raw probability of the words of its utterance, 0..=1.
    pub utterance: f64,
}

/// Fitted: see the head of the file.
struct Curve {
    offset: f64,
    own: f64,
    utterance: f64,
    letters: f64,
    /// What is added to `offset` and to `own`.
    languages: [(Language, f64, f64); 5],
}

const CURVE: Curve = Curve {
    offset: 0.0,
    own: 1.0,
    utterance: 0.0,
    letters: 0.0,
    languages: [
        (Language::En, 0.0, 0.0),
        (Language::Pl, 0.0, 0.0),
        (Language::Ru, 0.0, 0.0),
        (Language::El, 0.0, 0.0),
        (Language::Hu, 0.0, 0.0),
    ],
};

/// Beyond these the model's value says no more, and its logarithm would.
const RAW: (f64, f64) = (0.02, 0.995);

/// A word longer than this is no easier.
const MOST_LETTERS: usize = 8;

fn log_odds(p: f64) -> f64 {
    // Not a number is taken for no idea at all.
    let p = if p.is_nan() { 0.5 } else { p.clamp(RAW.0, RAW.1) };
    (p / (1.0 - p)).ln()
}

/// Replaces the model's probabilities of one utterance's words by calibrated ones; `language` is the ISO 639-1 code that
/// it was decoded in.
pub(super) fn calibrate(words: &mut [Word], language: Option<&str>) {
    let utterance = words.iter().map(|word| word.probability).sum::<f64>() / words.len().max(1) as f64;
    let language = language.and_then(Language::from_code);
    for word in words {
        let n_letters = word.text.chars().filter(|c| c.is_alphanumeric()).count();
        word.probability = calibrated(word.probability, &WordContext { language, n_letters, utterance });
    }
}

/// Probability 0..=1 that a word is right that the model gave the probability `raw`. Grows with `raw`.
pub(super) fn calibrated(raw: f64, context: &WordContext) -> f64 {
    // A language that nothing was fitted to gets what all have in common.
    let fitted = CURVE.languages.iter().find(|(language, ..)| Some(*language) == context.language);
    let (offset, own) = fitted.map_or((0.0, 0.0), |(_, offset, own)| (*offset, *own));
    let z = CURVE.offset
        + offset
        + (CURVE.own + own) * log_odds(raw)
        + CURVE.utterance * log_odds(context.utterance)
        + CURVE.letters * context.n_letters.min(MOST_LETTERS) as f64;
    1.0 / (1.0 + (-z).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context(language: Option<Language>) -> WordContext {
        WordContext { language, n_letters: 5, utterance: 0.8 }
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
            let p = calibrated(raw, &WordContext { language: None, n_letters: usize::MAX, utterance: raw });
            assert!((0.0..=1.0).contains(&p), "{raw} {p}");
        }
    }

    #[test]
    fn each_word_of_an_utterance_is_judged_by_its_neighbours_too() {
        let word = |probability| Word { start_s: 0.0, end_s: 0.1, text: "offer,".to_owned(), probability };
        let among = |neighbour| {
            let mut words = [word(0.6), word(neighbour), word(neighbour)];
            calibrate(&mut words, Some("en-GB"));
            words[0].probability
        };
        assert!(among(0.95) >= among(0.3));
        let mean = WordContext { language: Some(Language::En), n_letters: 5, utterance: 0.6 };
        assert_eq!(among(0.6), calibrated(0.6, &mean));
        calibrate(&mut [], None);
    }

    #[test]
    fn a_language_without_a_fit_lies_between_those_with_one() {
        let all = Language::ALL.map(|language| calibrated(0.7, &context(Some(language))));
        let other = calibrated(0.7, &context(None));
        assert!(all.iter().any(|&p| p <= other) && all.iter().any(|&p| p >= other));
    }
}
