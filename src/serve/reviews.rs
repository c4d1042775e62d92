//! The one thing that pages may change: what a reviewer says of findings. In and out as `callvet.reviews/1`; what a review has
//! to be, and that the later one counts, is the matter of [`crate::batch::review`].

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::batch::BatchError;
use crate::batch::review::{self, ReviewBook};
use crate::call::{Review, ReviewFile};

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

/// The reviews of this reviewer; without a name those of all, the latest of each finding, with the name if it is only one.
pub(super) fn load(dir: &Path, reviewer: Option<&str>) -> Result<ReviewFile, ReviewsError> {
    let mut reviews = ReviewBook::open(dir)?.all()?;
    reviews.retain(|review| reviewer.is_none_or(|name| name.trim() == review.reviewer));
    let first = reviews.first().map(|review| review.reviewer.clone());
    let only = first.filter(|name| reviews.iter().all(|review| review.reviewer == *name));
    Ok(ReviewFile {
        schema: ReviewFile::SCHEMA.into(),
        reviewer: reviewer.map(|name| name.trim().to_owned()).or(only).unwrap_or_default(),
        reviews: latest(reviews),
    })
}

/// One entry a finding: of several reviewers the one who spoke last.
fn latest(reviews: Vec<Review>) -> Vec<crate::call::ReviewEntry> {
    let mut by_finding: BTreeMap<(String, String), Review> = BTreeMap::new();
    for review in reviews {
        let key = (review.entry.sha256.clone(), review.entry.finding.clone());
        match by_finding.get(&key) {
            Some(known) if instant(known) > instant(&review) => {}
            _ => {
                by_finding.insert(key, review);
            }
        }
    }
    by_finding.into_values().map(|review| review.entry).collect()
}

fn instant(review: &Review) -> Option<jiff::Timestamp> {
    review.entry.at.parse().ok()
}

/// Keeps what a page has sent: all of it, or nothing.
pub(super) fn save(dir: &Path, bytes: &[u8]) -> Result<Kept, ReviewsError> {
    let reviews = review::parse(bytes, None).map_err(|e| ReviewsError::Wrong(e.to_string()))?;
    ReviewBook::open(dir)?.put(&reviews)?;
    Ok(Kept { n_reviews: reviews.len() })
}
