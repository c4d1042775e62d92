//! Speech to words: each channel by itself, in the language of its party. Not who speaks (that is `speakers`) and not
//! what the words mean (`phrases`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::call::{CallActivity, Channels, LeakagePath, Problem, Transcript, Utterance};

mod audible;
mod calibration;
mod cleanup;
mod language;
mod muting;
mod native;
mod net;
mod packing;
mod party;
mod recogniser;
pub mod scripted;
mod utterances;
pub mod whisper;
mod whisper_cpp;
mod windows;
mod words;

/// How to transcribe.
#[derive(Debug, Clone, Default)]
pub struct TranscribeOptions {
    /// ISO 639-1 code; `None` finds it out, per party.
    pub language: Option<String>,
    /// When it becomes true, the transcriber gives up before the next window.
    pub stop: Arc<AtomicBool>,
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
    /// The language that was asked for is unknown, or the model does not speak it.
    #[error("the speech model does not know the language {0}")]
    Language(String),
    /// The caller asked to stop.
    #[error("stopped")]
    Stopped,
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

/// By start, then channel; the order of utterances that agree in both stays.
fn put_in_order(utterances: &mut [Utterance]) {
    let start_s = |u: &Utterance| u.start_s.unwrap_or(0.0);
    utterances.sort_by(|a, b| start_s(a).total_cmp(&start_s(b)).then(a.channel.cmp(&b.channel)));
}
