//! Decoding.

use std::path::Path;

use crate::call::{Channels, Problem};

/// What is refused before or while decoding.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodeLimits {
    /// Longest recording in seconds.
    pub max_duration_s: f64,
    /// Most channels.
    pub max_channels: usize,
}

impl Default for DecodeLimits {
    fn default() -> Self {
        Self { max_duration_s: 4.0 * 3600.0, max_channels: 32 }
    }
}

/// What came out of a file.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// Container, short name.
    pub container: String,
    /// Codec, short name.
    pub codec: String,
    /// What decoded it.
    pub decoder: String,
    /// The sound.
    pub channels: Channels,
    /// What was lost or mended.
    pub problems: Vec<Problem>,
    /// True if browsers play this file as it is.
    pub is_browser_playable: bool,
}

/// Why a file could not be decoded.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The file cannot be read.
    #[error("cannot read the file: {0}")]
    Io(#[from] std::io::Error),
}

impl DecodeError {
    /// `io`, `unsupported`, `malformed`, `limit`, `no_audio`.
    pub fn kind(&self) -> &'static str {
        "io"
    }
}

/// Decodes.
pub fn decode(_path: &Path, _limits: &DecodeLimits) -> Result<Decoded, DecodeError> {
    Err(DecodeError::Io(std::io::Error::other("not there yet")))
}

/// For discovery in folders: do the first bytes look like audio?
pub fn probes_as_audio(_path: &Path) -> bool {
    false
}
