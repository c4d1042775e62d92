//! Reviews on their way into a store and out of it: read with care, since anybody may have written the file, and kept
//! until they are used. How they change confidences and pages: [`view`]; what they say about the rules: [`outcome`]; what
//! becomes of them in phrase lists: [`lines`].

pub mod lines;
pub mod outcome;
pub(super) mod view;

use std::path::Path;

use self::view::ReviewView;
use super::output;
use super::pages::{self, View};
use super::store::{self, DatedReview, Store, StoreError};
use super::summary::BatchError;
use crate::call::{Review, ReviewEntry, ReviewFile};

pub use self::lines::Lines;
pub use self::outcome::ReviewOutcome;
pub use super::store::Saved;

/// Bytes of one file: 10,000 reviews take 4 MB, and who writes long notes some times that.
pub const MOST_BYTES: u64 = 64 << 20;
/// Reviews of one file: more than a person makes in years.
const MOST_REVIEWS: usize = 200_000;
/// Characters of a name.
const MOST_REVIEWER_CHARS: usize = 100;
/// Characters of a rule's id: those of the packs have up to 60.
const MOST_RULE_CHARS: usize = 200;
/// Bytes of a source: the longest path that systems know.
const MOST_SOURCE_BYTES: usize = 4096;
/// Characters of a note: two pages of writing.
const MOST_NOTE_CHARS: usize = 4000;

/// What is wrong with reviews. Never tells a note.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewError {
    /// No reviews at all.
    #[error("no reviews ({schema}): {0}", schema = ReviewFile::SCHEMA)]
    File(String),
    /// One of them is none.
    #[error("review {number}: {what}")]
    Entry {
        /// 1-based place in the file.
        number: usize,
        /// What is wrong.
        what: String,
    },
}

/// The reviews of a store. Several threads may use one, and several programs one store.
#[derive(Debug)]
pub struct ReviewBook {
    store: Store,
}

impl ReviewBook {
    /// Opens the store of an output folder, which must exist.
    ///
    /// # Errors
    /// See [`BatchError`].
    pub fn open(out_dir: &Path) -> Result<Self, BatchError> {
        Ok(Self { store: Store::open(out_dir, false)? })
    }

    /// All reviews, by reviewer, source, recording and finding.
    ///
    /// # Errors
    /// See [`BatchError`].
    pub fn all(&self) -> Result<Vec<Review>, BatchError> {
        Ok(self.store.reviews()?)
    }

    /// The reviews of one recording, by reviewer, source and finding.
    ///
    /// # Errors
    /// See [`BatchError`].
    pub fn of_recording(&self, sha256: &str) -> Result<Vec<Review>, BatchError> {
        Ok(self.store.reviews_of_recording(sha256)?)
    }

    /// Keeps reviews: all of them, or none if one is wrong. Of one reviewer and finding the later counts. Makes no pages.
    ///
    /// # Errors
    /// [`BatchError::Review`] if one is wrong; else see [`BatchError`].
    pub fn put(&self, reviews: &[Review]) -> Result<Saved, BatchError> {
        let dated = reviews.iter().enumerate().map(|(index, review)| checked(review, index + 1));
        let dated: Vec<DatedReview> = dated.collect::<Result<_, _>>()?;
        Ok(self.store.put_reviews(&dated)?)
    }
}

/// Puts reviews into a folder's store and makes its pages again, as they are now: masked or not, with their sound and in their language.
///
/// # Errors
/// See [`BatchError`]; nothing is kept if a review is wrong or another callvet works on the folder.
pub fn import(out_dir: &Path, reviews: &[Review]) -> Result<ReviewOutcome, BatchError> {
    check_is_there(out_dir)?;
    let _lock = pages::prepare(out_dir)?;
    let book = ReviewBook::open(out_dir)?;
    let saved = book.put(reviews)?;
    let store = &book.store;
    let (audio, show_personal_data, language) = store.view()?;
    let (bom, reviews) = (output::Bom::of(out_dir), &ReviewView::of(store)?);
    let view = &View { show_personal_data, audio, language, bom, reviews };
    pages::refresh(store, out_dir, view)?;
    pages::write_batch(store, out_dir, view, None)?;
    Ok(ReviewOutcome::of(store, Some(saved))?)
}

/// What the reviews in a folder's store say about its rules.
///
/// # Errors
/// See [`BatchError`].
pub fn outcome(out_dir: &Path) -> Result<ReviewOutcome, BatchError> {
    Ok(ReviewOutcome::of(&Store::open(out_dir, false)?, None)?)
}

/// The reviewed findings of a folder as lines of a phrase list.
///
/// # Errors
/// See [`BatchError`].
pub fn phrase_lines(out_dir: &Path) -> Result<Lines, BatchError> {
    Ok(lines::of(&Store::open(out_dir, false)?)?)
}

/// Before anything is made: a folder that is none of ours stays as it is.
fn check_is_there(out_dir: &Path) -> Result<(), StoreError> {
    let path = out_dir.join(store::FILE_NAME);
    if path.exists() { Ok(()) } else { Err(StoreError::Missing(path)) }
}

/// Reads one file: a `callvet.reviews/1` document, or several one after the other. `reviewer` is who made those that name
/// nobody.
///
/// # Errors
/// [`ReviewError`] names the entry and what is wrong with it.
pub fn parse(bytes: &[u8], reviewer: Option<&str>) -> Result<Vec<Review>, ReviewError> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(ReviewError::File(format!("more than {} MiB", MOST_BYTES >> 20)));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reviews = Vec::new();
    let mut is_empty = true;
    for file in serde_json::Deserializer::from_slice(bytes).into_iter::<ReviewFile>() {
        is_empty = false;
        let file = file.map_err(|e| what_is_wrong(bytes, reviews.len(), &e))?;
        if file.schema != ReviewFile::SCHEMA {
            return Err(ReviewError::File(format!("its schema is {:?}", short(&file.schema))));
        }
        let name = if file.reviewer.trim().is_empty() { reviewer.unwrap_or_default() } else { &file.reviewer };
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(ReviewError::File("it names no reviewer".into()));
        }
        if reviews.len() + file.reviews.len() > MOST_REVIEWS {
            return Err(ReviewError::File(format!("more than {MOST_REVIEWS} reviews")));
        }
        reviews.extend(file.reviews.into_iter().map(|entry| Review { reviewer: name.clone(), entry }));
    }
    if is_empty {
        return Err(ReviewError::File("the file is empty".into()));
    }
    for (index, review) in reviews.iter().enumerate() {
        checked(review, index + 1)?;
    }
    Ok(reviews)
}

/// The schema of a file of reviews, as indented JSON text with a line feed at the end.
pub fn schema() -> String {
    crate::report::schema::schema_of::<ReviewFile>(ReviewFile::SCHEMA, "callvet: what a reviewer says of findings")
}

/// Reviews in the order of [`ReviewBook::all`] as one document for each reviewer, which [`parse`] reads again.
pub fn documents(reviews: Vec<Review>) -> Vec<ReviewFile> {
    let mut files: Vec<ReviewFile> = Vec::new();
    for Review { reviewer, entry } in reviews {
        match files.last_mut() {
            Some(file) if file.reviewer == reviewer => file.reviews.push(entry),
            _ => {
                files.push(ReviewFile { schema: ReviewFile::SCHEMA.into(), reviewer, reviews: vec![entry] });
            }
        }
    }
    files
}

/// The words of serde, with the entry that they are about if it is one.
fn what_is_wrong(bytes: &[u8], n_before: usize, error: &serde_json::Error) -> ReviewError {
    let whole: Option<serde_json::Value> = match n_before {
        0 => serde_json::Deserializer::from_slice(bytes).into_iter().next().and_then(Result::ok),
        _ => None,
    };
    let entries = whole.as_ref().and_then(|value| value.get("reviews")?.as_array());
    let wrong = entries.into_iter().flatten().enumerate().find_map(|(index, entry)| {
        let what = serde_json::from_value::<ReviewEntry>(entry.clone()).err()?;
        Some(ReviewError::Entry { number: index + 1, what: short(&what.to_string()) })
    });
    wrong.unwrap_or_else(|| ReviewError::File(short(&error.to_string())))
}

/// What a message quotes of a file that may hold anything.
fn short(text: &str) -> String {
    const MOST_CHARS: usize = 160;
    let mut short: String = text.chars().take(MOST_CHARS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn checked(review: &Review, number: usize) -> Result<DatedReview, ReviewError> {
    let wrong = |what: String| ReviewError::Entry { number, what };
    let is_hex = |text: &str, n: usize| text.len() == n && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let is_name = |text: &str, most: usize| {
        !text.trim().is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control)
    };
    let Review { reviewer, entry } = review;
    if !is_name(reviewer, MOST_REVIEWER_CHARS) {
        return Err(wrong(format!("reviewer must be a name of 1 to {MOST_REVIEWER_CHARS} characters")));
    }
    if !is_hex(&entry.sha256, 64) {
        return Err(wrong(format!("sha256 must be 64 hex digits in lower case, got {:?}", short(&entry.sha256))));
    }
    if !is_hex(&entry.finding, 12) {
        return Err(wrong(format!("finding must be 12 hex digits in lower case, got {:?}", short(&entry.finding))));
    }
    if !is_name(&entry.rule, MOST_RULE_CHARS) {
        return Err(wrong(format!("rule must be an id of 1 to {MOST_RULE_CHARS} characters")));
    }
    if entry.source.len() > MOST_SOURCE_BYTES {
        return Err(wrong(format!("source has more than {MOST_SOURCE_BYTES} bytes")));
    }
    if entry.note.chars().count() > MOST_NOTE_CHARS {
        return Err(wrong(format!("the note has more than {MOST_NOTE_CHARS} characters")));
    }
    let at: jiff::Timestamp =
        entry.at.parse().map_err(|_| wrong(format!("at must be RFC 3339, got {:?}", short(&entry.at))))?;
    let entry = ReviewEntry { at: at.to_string(), ..entry.clone() };
    let review = Review { reviewer: reviewer.trim().to_owned(), entry };
    Ok(DatedReview { review, at_us: at.as_microsecond() })
}
