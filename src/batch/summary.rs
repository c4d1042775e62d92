//! How a batch ends: what came of it, or why it could not start or had to stop. A recording that cannot be analysed is
//! part of the summary, not an error.

use std::path::PathBuf;

use super::atomic::WriteError;
use super::lock::LockError;
use super::output::OutputError;
use super::review::ReviewError;
use super::store::StoreError;
use crate::call::{BatchTotals, CallLine};

/// What came of a batch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BatchSummary {
    /// Sums over the batch, as `batch.json` has them.
    pub totals: BatchTotals,
    /// One line a recording, ordered bytewise by source.
    pub lines: Vec<CallLine>,
    /// Analysed in this run, failures included.
    pub n_analysed: u64,
    /// Taken over from an earlier run.
    pub n_unchanged: u64,
    /// Findings with a confidence of at least 0.5: critical, major, minor, info.
    pub n_likely_findings: [u64; 4],
    /// True if calls are left that were not tried because the run was to end.
    pub is_interrupted: bool,
    /// The page of the batch.
    pub index: PathBuf,
}

/// Why a batch could not start, or had to stop. What was done until then is in the store.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// Another run works on the folder.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// A file could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A review is none.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// The pages of the batch could not be made.
    #[error("cannot make the pages of the batch: {0}")]
    Pages(String),
    /// No threads.
    #[error("cannot start {jobs} threads: {message}")]
    Threads {
        /// How many were asked for.
        jobs: usize,
        /// What the system says.
        message: String,
    },
}

impl BatchError {
    /// True if the user has to decide something (exit code 2), false if the environment failed (4).
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Lock(LockError::Busy(_)) | Self::Review(_) => true,
            Self::Store(error) => error.is_usage(),
            Self::Lock(LockError::Write(_)) | Self::Write(_) | Self::Pages(_) | Self::Threads { .. } => false,
        }
    }
}

impl From<OutputError> for BatchError {
    fn from(error: OutputError) -> Self {
        match error {
            OutputError::Write(error) => Self::Write(error),
            OutputError::Report(error) => Self::Pages(error.to_string()),
        }
    }
}
