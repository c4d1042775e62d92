//! Speech to words.

use crate::call::{CallActivity, Channels, LeakagePath, Problem, Transcript};

pub mod whisper;

/// How to transcribe.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TranscribeOptions {
    /// ISO 639-1 code; `None` finds it out, per party.
    pub language: Option<String>,
}

/// What a transcriber gives. Utterances have no speaker yet.
#[derive(Debug, Clone, Default)]
pub struct Transcribed {
    /// The words.
    pub transcript: Transcript,
    /// What was removed or could not be heard.
    pub problems: Vec<Problem>,
}

/// Why a call could not be transcribed.
#[derive(Debug, thiserror::Error)]
pub enum TranscribeError {
    /// The model file is not usable.
    #[error("cannot load the speech model: {0}")]
    Model(String),
    /// The engine failed on this call.
    #[error("transcription failed: {0}")]
    Engine(String),
}

/// A speech recogniser.
pub trait Transcriber: Send + Sync {
    /// Words of every channel that has activity, each channel by itself, never a mix.
    fn transcribe(
        &self,
        channels: &Channels,
        activity: &CallActivity,
        leakage: &[LeakagePath],
        options: &TranscribeOptions,
    ) -> Result<Transcribed, TranscribeError>;
}
