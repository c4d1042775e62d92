//! Why a file gives no sound, by what the caller can do about it.

/// Why a file could not be decoded. Messages name the thing and the number, never the file: the caller does.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// The file cannot be read: permissions, a bad disk, it vanished. Trying again may help.
    #[error("cannot read the file: {0}")]
    Io(#[from] std::io::Error),
    /// The file is something that this program does not decode. Converting it to WAV or FLAC first helps.
    #[error("unsupported: {0}")]
    Unsupported(String),
    /// A codec that this program has no decoder for. A system `ffmpeg` may have one; converting helps too.
    #[error("unsupported codec {0}")]
    UnknownCodec(String),
    /// The file is damaged beyond what can be mended.
    #[error("malformed: {0}")]
    Malformed(String),
    /// The file is readable but holds no sound.
    #[error("no audio: {0}")]
    NoAudio(String),
    /// The recording is larger than the limits allow; the text begins with the limit's name.
    #[error("limit {0}")]
    Limit(String),
}

impl DecodeError {
    /// `io`, `unsupported`, `malformed`, `no_audio`, `limit`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Io(_) => "io",
            Self::Unsupported(_) | Self::UnknownCodec(_) => "unsupported",
            Self::Malformed(_) => "malformed",
            Self::NoAudio(_) => "no_audio",
            Self::Limit(_) => "limit",
        }
    }
}
