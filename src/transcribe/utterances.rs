//! From a channel's segments to its utterances.

use super::calibration;
use super::cleanup::Segment;
use crate::call::{Utterance, Word};

/// Silence between two words that ends an utterance: longer than the pauses within a phrase, shorter than a turn.
const PAUSE_S: f64 = 0.8;

/// From this length on, the end of a sentence also ends an utterance inside a segment: the model sometimes gives half a
/// minute as one.
const LONG_S: f64 = 8.0;
/// An utterance that reaches this length without the end of a sentence ends with its segment.
const TOO_LONG_S: f64 = 15.0;

/// Utterances of one channel: sentences, cut at pauses. A segment that ends in the middle of a sentence (the model
/// also ends them where its window ends) is joined with the next one.
pub(super) fn split(segments: &[Segment], channel: usize, language: Option<&str>) -> Vec<Utterance> {
    let mut utterances = Vec::new();
    let mut open: Vec<Word> = Vec::new();
    for segment in segments {
        if let (Some(first), Some(last)) = (open.first(), open.last())
            && (ends_sentence(last) || last.end_s - first.start_s >= TOO_LONG_S)
        {
            utterances.extend(close(&mut open, channel, language));
        }
        for word in &segment.words {
            let is_new = match (open.first(), open.last()) {
                (Some(first), Some(last)) => {
                    let is_long = last.end_s - first.start_s >= LONG_S;
                    word.start_s - last.end_s > PAUSE_S || (is_long && ends_sentence(last))
                }
                _ => false,
            };
            if is_new {
                utterances.extend(close(&mut open, channel, language));
            }
            open.push(word.clone());
        }
    }
    utterances.extend(close(&mut open, channel, language));
    utterances
}

fn ends_sentence(word: &Word) -> bool {
    // ';' is the Greek question mark, also in its own code point.
    word.text.trim_end_matches(['"', '\'', '»', '”', ')']).ends_with(['.', '?', '!', '…', ';', '\u{37e}'])
}

fn close(open: &mut Vec<Word>, channel: usize, language: Option<&str>) -> Option<Utterance> {
    let mut words = std::mem::take(open);
    // Here and not before: the clean-up asks what the model gave, and an utterance's words are judged together.
    calibration::calibrate(&mut words, language);
    let (first, last) = (words.first()?, words.last()?);
    Some(Utterance {
        start_s: Some(first.start_s),
        end_s: Some(last.end_s),
        channel: u16::try_from(channel).ok(),
        speaker: None,
        language: language.map(str::to_owned),
        text: words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" "),
        confidence: Some(words.iter().map(|w| w.probability).sum::<f64>() / words.len() as f64),
        words,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::TimeSpan;

    /// Segments as words "text@start", each 0.4 s long, must give these texts.
    fn check(segments: &[&[(&str, f64)]], expected: &[&str]) {
        let segments: Vec<Segment> = segments
            .iter()
            .map(|words| Segment {
                span: TimeSpan::new(0.0, 1.0),
                no_speech_probability: None,
                mean_log_probability: None,
                words: words
                    .iter()
                    .map(|(text, start_s)| Word {
                        start_s: *start_s,
                        end_s: start_s + 0.4,
                        text: (*text).into(),
                        probability: 0.5,
                    })
                    .collect(),
            })
            .collect();
        let utterances = split(&segments, 1, Some("en"));
        assert_eq!(utterances.iter().map(|u| u.text.as_str()).collect::<Vec<_>>(), expected);
        for u in &utterances {
            let mean = u.words.iter().map(|w| w.probability).sum::<f64>() / u.words.len() as f64;
            assert_eq!((u.channel, u.confidence, u.start_s), (Some(1), Some(mean), Some(u.words[0].start_s)));
        }
    }

    #[test]
    fn sentences_stand_alone_and_broken_ones_are_joined() {
        check(&[&[("Hello.", 0.0)], &[("Are", 0.5), ("you", 1.0)], &[("there?", 1.5)]], &["Hello.", "Are you there?"]);
    }

    #[test]
    fn a_pause_ends_an_utterance() {
        check(&[&[("Well", 0.0), ("no", 1.21)]], &["Well", "no"]);
        check(&[&[("Well", 0.0), ("no", 1.19)]], &["Well no"]);
    }

    #[test]
    fn no_words_are_no_utterance() {
        check(&[&[], &[]], &[]);
        check(&[], &[]);
    }
}
