//! How pages see reports once findings were reviewed: confidences as the verdicts make them, and on each finding what
//! was said of it. The reports in the store stay as the analysis made them, so that every review counts once.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::accuracy::calibration::{self, Calibration, HeldOut, Sample, Term};
use crate::batch::store::{CalibrationRow, Judged, Store, StoreError};
use crate::call::{CallReport, Problem, ProblemSeverity, ReviewCounts, Verdict};
use crate::units::round_to;

/// Decimals of confidences in reports. Rounded before and after, so that a report fresh from the analysis and the same
/// from the store give the same.
const DECIMALS: i32 = 4;

/// A finding of the batch with all that was said of it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::batch) struct Reviewed {
    pub sha256: String,
    pub finding: String,
    pub rule: String,
    pub category: String,
    pub confidence: f64,
    /// Who said what.
    pub votes: Vec<(String, Verdict)>,
}

impl Reviewed {
    /// Verdicts by finding. Those of one finding follow each other.
    pub(in crate::batch) fn of(judged: Vec<Judged>) -> Vec<Self> {
        let mut findings: Vec<Self> = Vec::new();
        for Judged { sha256, finding, rule, category, confidence, reviewer, verdict } in judged {
            let vote = (reviewer, verdict);
            match findings.last_mut().filter(|last| last.sha256 == sha256 && last.finding == finding) {
                Some(last) => last.votes.push(vote),
                None => findings.push(Self { sha256, finding, rule, category, confidence, votes: vec![vote] }),
            }
        }
        findings
    }

    pub(in crate::batch) fn counts(&self) -> ReviewCounts {
        self.votes.iter().fold(ReviewCounts::default(), |counts, (_, verdict)| counts.with(*verdict))
    }

    /// `None` if no reviewer could tell.
    pub(in crate::batch) fn sample(&self) -> Option<Sample<'_>> {
        let ReviewCounts { agreed, disagreed, .. } = self.counts();
        let n = agreed + disagreed;
        (n > 0).then(|| Sample {
            recording: &self.sha256,
            rule: &self.rule,
            category: &self.category,
            confidence: self.confidence,
            agreed_ratio: f64::from(agreed) / f64::from(n),
        })
    }
}

/// What the reviews in a store make of confidences.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::batch) struct Learned {
    pub calibration: Calibration,
    pub held_out: Option<HeldOut>,
}

impl Learned {
    pub(in crate::batch) fn of(reviewed: &[Reviewed]) -> Self {
        let samples: Vec<Sample> = reviewed.iter().filter_map(Reviewed::sample).collect();
        Self { calibration: Calibration::fit(samples.iter().copied()), held_out: calibration::held_out(&samples) }
    }

    /// Not if recordings that were held out show that it would make the confidences worse.
    pub(in crate::batch) fn is_applied(&self) -> bool {
        self.calibration.all.n > 0 && self.held_out.as_ref().is_none_or(HeldOut::is_no_worse)
    }

    fn rows(&self) -> Vec<CalibrationRow> {
        let Calibration { all, categories, rules } = &self.calibration;
        let row = |level, name: &str, category: Option<&str>, term: &Term, shift| CalibrationRow {
            level,
            name: name.to_owned(),
            category: category.map(str::to_owned),
            n_reviewed: term.n,
            n_agreed: term.n_agreed,
            shift,
        };
        let mut rows = vec![row("all", "", None, all, all.own)];
        rows.extend(categories.iter().map(|(name, term)| row("category", name, None, term, all.own + term.own)));
        rows.extend(rules.iter().map(|(name, (category, term))| {
            row("rule", name, Some(category), term, self.calibration.shift(name, category))
        }));
        rows
    }
}

/// What is changed in the reports of a folder before they are shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::batch) struct ReviewView {
    /// `None` if confidences stay as they are.
    calibration: Option<Calibration>,
    /// How often the calibration was told by a verdict, and how it did on what it had not seen, for people.
    note: String,
    /// By recording, then finding.
    counts: BTreeMap<String, BTreeMap<String, ReviewCounts>>,
    /// Changes when the calibration does; empty without one.
    print: String,
}

impl ReviewView {
    /// Of the reviews in a store and the batch as it stands; notes it in the table `calibration`.
    pub(in crate::batch) fn of(store: &Store) -> Result<Self, StoreError> {
        let (view, rows) = Self::learned(store)?;
        store.set_calibration(&rows, view.calibration.is_some())?;
        Ok(view)
    }

    /// The same, where nothing is to be written.
    pub(in crate::batch) fn read(store: &Store) -> Result<Self, StoreError> {
        Ok(Self::learned(store)?.0)
    }

    fn learned(store: &Store) -> Result<(Self, Vec<CalibrationRow>), StoreError> {
        if store.n_reviews()? == 0 {
            return Ok(Default::default());
        }
        let learned = Learned::of(&Reviewed::of(store.judged()?));
        let is_applied = learned.is_applied();
        let rows = if learned.calibration.all.n > 0 { learned.rows() } else { Vec::new() };
        let n = learned.calibration.all.n;
        let held_out = learned.held_out.as_ref().map_or(String::new(), |held_out| {
            format!(
                "; on calls that were held out the Brier score went from {:.3} to {:.3}",
                held_out.brier_before, held_out.brier_after
            )
        });
        let print = if is_applied { digest(&format!("{rows:?} {held_out}")) } else { String::new() };
        let view = Self {
            calibration: is_applied.then_some(learned.calibration),
            note: format!("{n} reviewed finding{} of this folder{held_out}", if n == 1 { "" } else { "s" }),
            counts: store.review_counts()?,
            print,
        };
        Ok((view, rows))
    }

    /// True if no report is changed.
    pub(in crate::batch) fn is_empty(&self) -> bool {
        self.calibration.is_none() && self.counts.is_empty()
    }

    /// A text that changes when what [`ReviewView::apply`] does to the reports of a recording does; empty if that is
    /// nothing.
    pub(in crate::batch) fn signature(&self, sha256: &str) -> String {
        let counts = self.counts.get(sha256).map(|counts| digest(&format!("{counts:?}"))).unwrap_or_default();
        if self.print.is_empty() && counts.is_empty() { String::new() } else { format!(" {}-{counts}", self.print) }
    }

    /// Replaces the confidences and notes the verdicts. The score stays: it is the analysis' own.
    pub(in crate::batch) fn apply(&self, report: &mut CallReport) {
        let counts = self.counts.get(&report.recording.sha256);
        let mut n_reviewed = 0;
        for finding in &mut report.findings {
            finding.review = counts.and_then(|counts| counts.get(&finding.id)).copied();
            n_reviewed += usize::from(finding.review.is_some());
            if let Some(calibration) = &self.calibration {
                let confidence = round_to(finding.confidence, DECIMALS);
                let confidence = calibration.of(&finding.rule, &finding.category, confidence);
                finding.confidence = round_to(confidence, DECIMALS);
            }
        }
        if self.calibration.is_none() || report.findings.is_empty() {
            return;
        }
        let message = format!(
            "confidences follow what reviewers said of {}; {n_reviewed} of the findings of this call {} reviewed, and the score does \
             not follow them",
            self.note,
            if n_reviewed == 1 { "was" } else { "were" }
        );
        let problem = Problem::new("review", "confidence_reviewed", ProblemSeverity::Note, message);
        let fields = (0..report.findings.len()).map(|index| format!("/findings/{index}/confidence"));
        report.problems.push(problem.about(fields));
    }
}

/// 16 hex digits: not a promise, only told apart from other states of one folder.
fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
