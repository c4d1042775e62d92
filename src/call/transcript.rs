//! What was said, by whom and when.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::{Language, phonetic};

/// The words of a call. Utterances are ordered by start, then channel.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transcript {
    /// ISO 639-1 code of the language most is spoken in; `None` if nothing is.
    pub language: Option<String>,
    /// Probability 0..=1 of that language; 1 when it was given, `None` for text.
    pub language_probability: Option<f64>,
    /// Name of the speech model; `None` for text that was read.
    pub model: Option<String>,
    /// What was said.
    pub utterances: Vec<Utterance>,
}

/// A stretch of speech of one speaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Utterance {
    /// Start in seconds; `None` for text without times.
    pub start_s: Option<f64>,
    /// End in seconds; `None` for text without times.
    pub end_s: Option<f64>,
    /// Channel it was heard on; `None` for text.
    pub channel: Option<u16>,
    /// Id of the speaker; `None` if it cannot be told.
    pub speaker: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// The words, as written.
    pub text: String,
    /// Mean word probability 0..=1; `None` for text.
    pub confidence: Option<f64>,
    /// Word by word; empty for text.
    pub words: Vec<Word>,
}

impl Utterance {
    /// How the text sounds in its language: what a phrase that was misheard is looked for in.
    ///
    /// Made on demand and not kept: it costs less than reading the text from a file would, it cannot contradict the
    /// text, and a masked text sounds like its masks.
    pub fn phonetic(&self) -> phonetic::Sounded {
        phonetic::sound(&self.text, self.language.as_deref().and_then(Language::from_code))
    }
}

/// One word with its time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// Start in seconds.
    pub start_s: f64,
    /// End in seconds.
    pub end_s: f64,
    /// As written, punctuation included, no spaces.
    pub text: String,
    /// Probability 0..=1 that the word is right: the model's own, calibrated on recordings with known words.
    pub probability: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_utterance_sounds_as_its_language_has_it_and_like_its_masks_when_masked() {
        let check = |language: Option<&str>, text: &str, expected: &str| {
            let utterance = Utterance {
                start_s: None,
                end_s: None,
                channel: None,
                speaker: None,
                language: language.map(str::to_owned),
                text: text.to_owned(),
                confidence: None,
                words: Vec::new(),
            };
            assert_eq!(utterance.phonetic().to_string(), expected);
        };
        check(Some("hu"), "szia", "sia");
        check(Some("pl"), "szia", "Sja");
        check(Some("de"), "szia", "szia");
        check(None, "szia", "szia");
        check(Some("pl"), "numer [phone]", "numer fone");
    }
}
