//! Reviews in the store: kept as reviewers said them, joined with the findings of the batch when something is to be
//! reckoned from them. The notes leave this file only to their writers: [`Store::reviews`] and
//! [`Store::reviews_of_recording`] are the ways out.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError};
use crate::call::{Review, ReviewCounts, ReviewEntry, Verdict};

/// A checked review with its moment as a number, by which reviews are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedReview {
    /// The review; `at` is in UTC.
    pub review: Review,
    /// `at` in microseconds since 1970.
    pub at_us: i64,
}

/// What became of reviews that were put into the store.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Saved {
    /// About findings that this reviewer had not judged before.
    pub n_new: u64,
    /// In the place of an earlier word of the same reviewer about the same finding.
    pub n_changed: u64,
    /// Known already, or older than what is known.
    pub n_unchanged: u64,
    /// Of all these, those about findings that are not on the pages of this folder: kept, and used when the finding
    /// comes.
    pub n_unknown: u64,
}

/// A reviewer's word about a finding of the batch, without the note.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// SHA-256 of the recording.
    pub sha256: String,
    /// Id of the finding.
    pub finding: String,
    /// What fired.
    pub rule: String,
    /// Its category.
    pub category: String,
    /// The confidence that the analysis gave it, 0..=1.
    pub confidence: f64,
    /// Who.
    pub reviewer: String,
    /// Says what.
    pub verdict: Verdict,
}

/// A row of the table `calibration`.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibrationRow {
    /// `all`, `category` or `rule`.
    pub level: &'static str,
    /// Id of the category or rule; empty for all.
    pub name: String,
    /// Category of a rule.
    pub category: Option<String>,
    /// Findings with a verdict.
    pub n_reviewed: u64,
    /// How many of them reviewers agreed with; of one on which reviewers differ, their share.
    pub n_agreed: f64,
    /// What is added to the log odds of a confidence: all levels above included.
    pub shift: f64,
}

/// True if the batch has this finding.
const IS_KNOWN: &str = "SELECT EXISTS (SELECT 1 FROM findings JOIN calls ON calls.id = findings.call
    JOIN batch ON batch.call = calls.id WHERE findings.id = ?2 AND calls.sha256 = ?1)";

impl Store {
    /// Keeps reviews, of each reviewer and finding the last one; of two of the same moment the greater by its text, so
    /// that the order in which they come changes nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn put_reviews(&self, reviews: &[DatedReview]) -> Result<Saved, StoreError> {
        self.write(|transaction| {
            let mut saved = Saved::default();
            let mut find = transaction.prepare(
                "SELECT at_us, source, rule, verdict, note, at FROM reviews
                 WHERE sha256 = ?1 AND finding = ?2 AND reviewer = ?3",
            )?;
            let mut is_known = transaction.prepare(IS_KNOWN)?;
            let mut insert = transaction.prepare(
                "INSERT OR REPLACE INTO reviews (sha256, finding, reviewer, source, rule, verdict, note, at, at_us)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?;
            for DatedReview { review: Review { reviewer, entry }, at_us } in reviews {
                let known: bool = is_known.query_row(params![entry.sha256, entry.finding], |row| row.get(0))?;
                saved.n_unknown += u64::from(!known);
                let text = |i: usize, row: &rusqlite::Row| row.get::<_, String>(i);
                let earlier = find.query_row(params![entry.sha256, entry.finding, reviewer], |row| {
                    let texts = [text(3, row)?, text(4, row)?, text(2, row)?, text(1, row)?];
                    Ok((row.get::<_, i64>(0)?, texts))
                });
                let new = [entry.verdict.as_str(), &entry.note, &entry.rule, &entry.source].map(str::to_owned);
                match earlier.optional()? {
                    None => saved.n_new += 1,
                    Some(earlier) if earlier < (*at_us, new) => saved.n_changed += 1,
                    Some(_) => {
                        saved.n_unchanged += 1;
                        continue;
                    }
                }
                insert.execute(params![
                    entry.sha256,
                    entry.finding,
                    reviewer,
                    entry.source,
                    entry.rule,
                    entry.verdict.as_str(),
                    entry.note,
                    entry.at,
                    at_us,
                ])?;
            }
            Ok(saved)
        })
    }

    /// All reviews with their notes, by reviewer, source, recording and finding.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn reviews(&self) -> Result<Vec<Review>, StoreError> {
        let sql = "SELECT reviewer, source, sha256, finding, rule, verdict, note, at FROM reviews
             ORDER BY reviewer, source, sha256, finding";
        self.rows(sql, review_of)
    }

    /// The reviews of one recording with their notes, in the same order.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn reviews_of_recording(&self, sha256: &str) -> Result<Vec<Review>, StoreError> {
        // The primary key begins with the recording: no other rows are read.
        let sql = "SELECT reviewer, source, sha256, finding, rule, verdict, note, at FROM reviews
             WHERE sha256 = ?1 ORDER BY reviewer, source, sha256, finding";
        self.rows_where(sql, [sha256], review_of)
    }

    /// How many reviews there are, findings that the batch does not have included.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn n_reviews(&self) -> Result<u64, StoreError> {
        let counts = self.rows("SELECT count(*) FROM reviews", |row| row.get::<_, i64>(0))?;
        Ok(counts.first().map_or(0, |n| *n as u64))
    }

    /// What reviewers said of the findings of the batch, by recording, finding and reviewer. A recording that is in the
    /// batch twice counts once.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn judged(&self) -> Result<Vec<Judged>, StoreError> {
        // With max() SQLite takes the other columns from the row that has it.
        let sql = "SELECT reviews.sha256, reviews.finding, findings.rule, findings.category, max(findings.confidence),
                 reviews.reviewer, reviews.verdict
             FROM reviews JOIN findings ON findings.id = reviews.finding
                 JOIN calls ON calls.id = findings.call AND calls.sha256 = reviews.sha256
                 JOIN batch ON batch.call = calls.id
             GROUP BY reviews.sha256, reviews.finding, reviews.reviewer
             ORDER BY reviews.sha256, reviews.finding, reviews.reviewer";
        self.rows(sql, |row| {
            Ok(Judged {
                sha256: row.get(0)?,
                finding: row.get(1)?,
                rule: row.get(2)?,
                category: row.get(3)?,
                confidence: row.get(4)?,
                reviewer: row.get(5)?,
                verdict: verdict_of(&row.get::<_, String>(6)?),
            })
        })
    }

    /// How many reviewers said what, by recording (SHA-256), then finding.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn review_counts(&self) -> Result<BTreeMap<String, BTreeMap<String, ReviewCounts>>, StoreError> {
        let rows: Vec<(String, String, String)> = self
            .rows("SELECT sha256, finding, verdict FROM reviews", |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut counts: BTreeMap<String, BTreeMap<String, ReviewCounts>> = BTreeMap::new();
        for (sha256, finding, verdict) in rows {
            let count = counts.entry(sha256).or_default().entry(finding).or_default();
            *count = count.with(verdict_of(&verdict));
        }
        Ok(counts)
    }

    /// Replaces the table `calibration`, for those who query the store; the program reckons it anew.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn set_calibration(&self, rows: &[CalibrationRow], is_applied: bool) -> Result<(), StoreError> {
        let n_before = self.rows("SELECT count(*) FROM calibration", |row| row.get::<_, i64>(0))?;
        if rows.is_empty() && n_before == [0] {
            return Ok(());
        }
        self.write(|transaction| {
            transaction.execute("DELETE FROM calibration", [])?;
            let mut insert = transaction.prepare(
                "INSERT INTO calibration (level, name, category, n_reviewed, n_agreed, shift, is_applied)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?;
            for row in rows {
                insert.execute(params![
                    row.level,
                    row.name,
                    row.category,
                    row.n_reviewed as i64,
                    row.n_agreed,
                    row.shift,
                    is_applied,
                ])?;
            }
            Ok(())
        })
    }
}

fn review_of(row: &rusqlite::Row) -> rusqlite::Result<Review> {
    Ok(Review {
        reviewer: row.get(0)?,
        entry: ReviewEntry {
            source: row.get(1)?,
            sha256: row.get(2)?,
            finding: row.get(3)?,
            rule: row.get(4)?,
            verdict: verdict_of(&row.get::<_, String>(5)?),
            note: row.get(6)?,
            at: row.get(7)?,
        },
    })
}

/// The table holds no other words.
fn verdict_of(word: &str) -> Verdict {
    [Verdict::Agree, Verdict::Disagree].into_iter().find(|v| v.as_str() == word).unwrap_or(Verdict::Unsure)
}
