//! What the transcriber asks of a speech network. Two answer: `native`, in Rust, and `whisper_cpp`, through whisper-rs.

use super::TranscribeError;
use super::words::Token;

/// A stretch of text as the network gives it, usually a sentence. Times in seconds from the start of the sound.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct HeardSegment {
    pub start_s: f64,
    pub end_s: f64,
    pub tokens: Vec<Token>,
}

/// What was heard in one sound.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Heard {
    pub segments: Vec<HeardSegment>,
    /// Probability 0..=1 that nobody speaks; `None` where the network does not tell.
    pub no_speech: Option<f64>,
}

/// From the probabilities of [`Recogniser::languages`] for each sound to the code of the language each is written in.
pub(super) type Decide<'a> = dyn FnMut(&[Vec<f64>]) -> Vec<String> + 'a;

/// A speech network.
pub(super) trait Recogniser: Send + Sync {
    /// ISO 639-1 codes of the languages it tells apart.
    fn languages(&self) -> &[&'static str];

    /// False if it knows English only.
    fn is_multilingual(&self) -> bool;

    /// Sounds that it hears side by side for less than one by one.
    fn n_side_by_side(&self) -> usize;

    /// True if the languages of a sound cost nothing beside its words.
    fn tells_languages_for_free(&self) -> bool;

    /// What is heard in each of the sounds (16 kHz, at most 30 s). `decide` is called once; it is shown no
    /// probabilities unless `wants_languages`.
    ///
    /// # Errors
    /// [`TranscribeError::Engine`] if the network fails.
    fn hear(
        &self,
        sounds: &[Vec<f32>],
        wants_languages: bool,
        decide: &mut Decide<'_>,
    ) -> Result<Vec<Heard>, TranscribeError>;
}
