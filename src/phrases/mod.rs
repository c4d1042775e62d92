//! Transcript to phrase hits.

use std::path::{Path, PathBuf};

use crate::call::{PhraseHit, PhraseListRef, PhraseRule, Transcript};

/// Why a phrase list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PhraseError {
    /// The file cannot be read.
    #[error("cannot read phrase list {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Phrase lists, compiled.
#[derive(Debug, Default)]
pub struct Phrases;

impl Phrases {
    /// The built-in packs, unless left out, and the user's lists after them.
    pub fn load(_with_builtin: bool, _files: &[PathBuf]) -> Result<Self, PhraseError> {
        Ok(Self)
    }

    /// What was loaded, in order.
    pub fn lists(&self) -> &[PhraseListRef] {
        &[]
    }

    /// All rules; hits point into this.
    pub fn rules(&self) -> &[PhraseRule] {
        &[]
    }

    /// Every match in the transcript, whoever said it and wherever; by utterance, then byte.
    pub fn find(&self, _transcript: &Transcript) -> Vec<PhraseHit> {
        vec![]
    }
}

/// Reads a text file (`.txt`, `.vtt`, `.srt`, `.csv`, `.json`) as a transcript. The second value has, for each utterance, its 1-based line.
pub fn read_transcript(_path: &Path, _bytes: &[u8]) -> Result<(Transcript, Vec<usize>), String> {
    Err("not there yet".into())
}
