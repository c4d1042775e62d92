//! The speaker encoder: a stretch of speech becomes a point on the unit sphere, near to other points of the same voice.
//! Not a recogniser of persons: no voice is stored or looked up.
//!
//! Network: L. Wan, Q. Wang, A. Papir, I. Lopez Moreno, "Generalized end-to-end loss for speaker verification", ICASSP
//! 2018, as trained for Resemblyzer 0.1.4: three LSTM layers over [`PARTIAL`] mel frames, 256 values, none negative.

use super::mel::{MelFrame, N_MELS};
use crate::models::{FoundModel, Manifest, ModelKind};
use crate::onnx::{Network, OnnxError};

/// Frames that the network hears at once: 1.6 s.
pub const PARTIAL: usize = 160;

/// Values of an embedding.
pub const SIZE: usize = 256;

/// Mean square that a stretch is brought to before it is heard: -30 dBFS, the reference's level. Always, not only
/// upwards as the reference does: the network hears power, and of two parties on one line one may be 12 dB louder.
const MEAN_SQUARE: f64 = 1e-3;

/// Why there is no encoder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncoderError {
    /// The file is not the one whose embeddings the limits of this stage were measured with.
    #[error("{file} is not the known model: its SHA-256 is {actual} instead of {expected}")]
    Different {
        /// The file.
        file: String,
        /// Its SHA-256.
        actual: String,
        /// That of the manifest.
        expected: String,
    },
    /// The file cannot be read.
    #[error("cannot read the speaker model: {0}")]
    Io(String),
    /// The engine does not take it.
    #[error(transparent)]
    Engine(#[from] OnnxError),
}

/// The network, loaded; shared by all threads.
#[derive(Debug)]
pub struct Encoder {
    network: Network,
    sha256: String,
}

impl Encoder {
    /// Loads the network; only the file named in the manifest is taken, so that no damaged one reaches the engine.
    ///
    /// # Errors
    /// [`EncoderError`], by what is wrong with the file.
    pub fn load(model: &FoundModel) -> Result<Self, EncoderError> {
        let manifest = Manifest::builtin();
        let expected = manifest.default_of(ModelKind::Speaker).sha256.as_deref().unwrap_or_default();
        if model.sha256 != expected {
            return Err(EncoderError::Different {
                file: model.path.display().to_string(),
                actual: model.sha256.clone(),
                expected: expected.to_owned(),
            });
        }
        let bytes = std::fs::read(&model.path).map_err(|why| EncoderError::Io(why.to_string()))?;
        Ok(Self { network: Network::load(bytes)?, sha256: model.sha256.clone() })
    }

    /// SHA-256 of the network's file.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Embeds stretches of speech, one row of [`SIZE`] values each, of length 1. A stretch shorter than [`PARTIAL`]
    /// frames is repeated until it fills them, of a longer one only the first are heard. `mean_squares` is the power of
    /// each stretch's samples; all are brought to one level.
    ///
    /// # Errors
    /// [`OnnxError::Run`] if the engine fails, or a stretch is empty or silent.
    pub fn embed(&self, stretches: &[&[MelFrame]], mean_squares: &[f64]) -> Result<Vec<Vec<f32>>, OnnxError> {
        let mut input = Vec::with_capacity(stretches.len() * PARTIAL * N_MELS);
        for (frames, mean_square) in stretches.iter().zip(mean_squares) {
            let gain = (MEAN_SQUARE / mean_square) as f32;
            if frames.is_empty() || !gain.is_finite() || gain <= 0.0 {
                return Err(OnnxError::Run("there is nothing to hear".into()));
            }
            let repeated = frames.iter().cycle().take(PARTIAL);
            input.extend(repeated.flat_map(|frame| frame.iter().map(|power| power * gain)));
        }
        let rows = self.network.run(&[stretches.len(), PARTIAL, N_MELS], input)?;
        if rows.len() != stretches.len() * SIZE || rows.iter().any(|v| !v.is_finite()) {
            return Err(OnnxError::Run("it did not give 256 numbers for each stretch".into()));
        }
        Ok(rows.chunks_exact(SIZE).map(<[f32]>::to_vec).collect())
    }
}
