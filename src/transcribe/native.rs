//! The speech network in Rust, as the transcriber sees it.

use std::path::Path;

use super::TranscribeError;
use super::net::{FileError, Network, SaidSegment};
use super::recogniser::{Decide, Heard, HeardSegment, Recogniser};
use super::words::Token;
use crate::timeline::TimeSpan;

/// Windows that are decoded side by side: the weights are read once for both. Each holds 37 MB of what the base model heard,
/// which is why there are not more of them.
const SIDE_BY_SIDE: usize = 2;

/// Whisper through `net`.
pub(super) struct Native(Network);

impl Native {
    /// `None` if the file stores its weights in a way that only whisper.cpp reads.
    pub fn load(model: &Path) -> Result<Option<Self>, TranscribeError> {
        match Network::load(model) {
            Ok(network) => Ok(Some(Self(network))),
            Err(FileError::Unsupported(_)) => Ok(None),
            Err(why) => Err(TranscribeError::Model(format!("{}: {why}", model.display()))),
        }
    }
}

impl Recogniser for Native {
    fn languages(&self) -> &[&'static str] {
        self.0.languages()
    }

    fn is_multilingual(&self) -> bool {
        self.0.is_multilingual()
    }

    fn n_side_by_side(&self) -> usize {
        SIDE_BY_SIDE
    }

    fn tells_languages_for_free(&self) -> bool {
        true
    }

    fn hear(
        &self,
        sounds: &[Vec<f32>],
        _wants_languages: bool,
        decide: &mut Decide<'_>,
    ) -> Result<Vec<Heard>, TranscribeError> {
        let listened: Vec<_> = sounds.iter().map(|sound| self.0.listen(sound)).collect();
        let languages: Vec<Vec<f64>> = listened.iter().map(|l| l.languages.clone()).collect();
        let codes = decide(&languages);
        let windows: Vec<_> = listened.iter().zip(codes.iter().map(String::as_str)).collect();
        let said = self.0.write(&windows);
        Ok(said.into_iter().zip(&listened).map(|(said, listened)| heard(said, listened.no_speech)).collect())
    }
}

fn heard(said: Vec<SaidSegment>, no_speech: f64) -> Heard {
    let segments = said
        .into_iter()
        .map(|segment| HeardSegment {
            start_s: segment.start_s,
            end_s: segment.end_s,
            tokens: segment
                .tokens
                .into_iter()
                .map(|token| Token {
                    bytes: token.bytes,
                    probability: token.probability,
                    span: Some(TimeSpan::new(token.start_s, token.end_s)),
                })
                .collect(),
        })
        .collect();
    Heard { segments, no_speech: Some(no_speech) }
}
