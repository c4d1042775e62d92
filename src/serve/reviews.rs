//! The one thing that pages may change: what a reviewer says of findings. In and out as `callvet.reviews/1`; what a review has
//! to be, and that the later one counts, is the matter of [`crate::batch::review`].

use std::path::Path;

use serde::Serialize;

use crate::batch::BatchError;
use crate::batch::review::{self, ReviewBook};
use crate::call::ReviewFile;

/// Bytes of one POST: a page sends a review at a time, or once those that it kept while no server was there. 1 MiB holds
/// thousands.
pub(super) const MOST_BYTES: usize = 1 << 20;

/// Why reviews were not kept.
#[derive(Debug)]
pub(super) enum ReviewsError {
    /// What was sent is at fault.
    Wrong(String),
    /// The store is.
    Store(String),
}

/// What became of reviews.
#[derive(Debug, Serialize)]
pub(super) struct Kept {
    /// How many were sent, and are in the store or older than what is there.
    n_reviews: usize,
}

impl From<BatchError> for ReviewsError {
    fn from(error: BatchError) -> Self {
        match error {
            BatchError::Review(error) => Self::Wrong(error.to_string()),
            error => Self::Store(error.to_string()),
        }
    }
}

/// The reviews of the store, one document a reviewer; those of one recording if its SHA-256 is given. The notes of all
/// reviewers are among them: the server knows that the key was given, not who has it.
pub(super) fn load(dir: &Path, sha256: Option<&str>) -> Result<Vec<ReviewFile>, ReviewsError> {
    let book = ReviewBook::open(dir)?;
    let reviews = match sha256 {
        Some(sha256) => book.of_recording(sha256)?,
        None => book.all()?,
    };
    Ok(review::documents(reviews))
}

/// Keeps what a page has sent: all of it, or nothing.
pub(super) fn save(dir: &Path, bytes: &[u8]) -> Result<Kept, ReviewsError> {
    let reviews = review::parse(bytes, None).map_err(|e| ReviewsError::Wrong(e.to_string()))?;
    ReviewBook::open(dir)?.put(&reviews)?;
    Ok(Kept { n_reviews: reviews.len() })
}
