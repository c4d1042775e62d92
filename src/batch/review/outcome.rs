//! What reviewers say about the rules of a folder: how often they agree with each, how far with each other and with
//! callvet, how well the confidences keep what they say, and what was learned from it.
//!
//! Only findings are reviewed. So of a rule its precision is told and never its recall: nobody was asked about what
//! it did not find. Kappa between callvet and reviewers takes a confidence of at least 0.5 for callvet's "yes", and of all
//! that was said in the calls it sees only what some rule found: it tells whether confidences sort findings, not
//! whether callvet hears what people hear.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::Saved;
use super::view::{Learned, Reviewed};
use crate::accuracy::agreement::{self, Kappa, Table, wilson};
use crate::accuracy::calibration::{HeldOut, Reliability, reliability};
use crate::batch::store::{Store, StoreError};
use crate::call::Verdict;

/// From this confidence on callvet's word counts as "yes", as in `--fail-on`.
const YES: f64 = 0.5;
/// Findings that two reviewers must both have judged: below, the interval of kappa spans nearly everything, and the
/// normal distribution that it is from is no guide.
const LEAST_COMMON: u64 = 20;
/// Reviewers who are compared with each other, those with the most verdicts: the pairs grow with the square.
const MOST_COMPARED: usize = 50;

/// What became of the reviews of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SavedReviews {
    /// About findings that their reviewer had not judged before.
    pub n_new: u64,
    /// In the place of an earlier word of the same reviewer.
    pub n_changed: u64,
    /// Known already, or older than what is known.
    pub n_unchanged: u64,
    /// Of all these, those about findings that this folder does not show: kept, and used when the finding comes.
    pub n_unknown: u64,
}

impl From<Saved> for SavedReviews {
    fn from(saved: Saved) -> Self {
        let Saved { n_new, n_changed, n_unchanged, n_unknown } = saved;
        Self { n_new, n_changed, n_unchanged, n_unknown }
    }
}

/// Agreement on all findings, those of a category, or those of a rule.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AgreementLine {
    /// Id of the category or rule; `all`.
    pub name: String,
    /// Category of a rule.
    pub category: Option<String>,
    /// Findings on which most of their reviewers said yes or no.
    pub n: u64,
    /// Those of them that reviewers agreed with.
    pub n_agreed: u64,
    /// Findings on which as many said yes as no; counted nowhere else.
    pub n_split: u64,
    /// Findings of which no reviewer could tell; counted nowhere else.
    pub n_unsure: u64,
    /// Share that reviewers agreed with; `None` if `n` is 0.
    pub precision_ratio: Option<f64>,
    /// Lower end of its 95 % interval (Wilson).
    pub precision_low_ratio: f64,
    /// Upper end.
    pub precision_high_ratio: f64,
    /// Mean confidence that the analysis gave them.
    pub mean_confidence: Option<f64>,
    /// The same in view of the reviews: what pages show, where they are applied.
    pub reviewed_confidence: Option<f64>,
    /// Callvet (first; yes is a confidence of at least 0.5) and the reviewers (second). See the docs for what it cannot tell.
    pub kappa: Kappa,
}

/// What one reviewer said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReviewerLine {
    /// Name or initials.
    pub reviewer: String,
    /// Verdicts on findings of this folder: agree.
    pub n_agreed: u64,
    /// Disagree.
    pub n_disagreed: u64,
    /// Unsure.
    pub n_unsure: u64,
}

/// Two reviewers who judged the same findings.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PairLine {
    /// One.
    pub first: String,
    /// The other.
    pub second: String,
    /// Of the findings on which both said yes or no.
    pub kappa: Kappa,
}

/// What the reviews make of the confidences.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RecalibrationLine {
    /// False if there is nothing to learn from, or if it made confidences of held-out recordings worse: then pages show
    /// the confidences of the analysis.
    pub is_applied: bool,
    /// How it does on recordings that it was not made from; `None` with less than two of them.
    pub held_out: Option<HeldOut>,
    /// How well the confidences of the analysis keep what they say.
    pub reliability: Reliability,
}

/// What reviewers say about the rules of a folder.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ReviewOutcome {
    /// `callvet.review-outcome/1`.
    pub schema: String,
    /// What became of the reviews of this import; `None` without one.
    pub saved: Option<SavedReviews>,
    /// Reviews in the store.
    pub n_reviews: u64,
    /// Those of them about findings that this folder does not show.
    pub n_unknown: u64,
    /// Reviewed findings that it shows.
    pub n_findings: u64,
    /// All together.
    pub all: AgreementLine,
    /// By category.
    pub categories: Vec<AgreementLine>,
    /// By rule.
    pub rules: Vec<AgreementLine>,
    /// By reviewer.
    pub reviewers: Vec<ReviewerLine>,
    /// Every two reviewers with at least 20 findings that both judged, of the 50 with the most verdicts.
    pub pairs: Vec<PairLine>,
    /// Pairs with fewer.
    pub n_pairs_too_small: u64,
    /// Confidences in view of the reviews.
    pub calibration: RecalibrationLine,
}

impl ReviewOutcome {
    /// The name of this shape.
    pub const SCHEMA: &'static str = "callvet.review-outcome/1";

    pub(super) fn of(store: &Store, saved: Option<Saved>) -> Result<Self, StoreError> {
        let n_reviews = store.n_reviews()?;
        let judged = store.judged()?;
        let n_unknown = n_reviews.saturating_sub(judged.len() as u64);
        let reviewed = Reviewed::of(judged);
        let learned = Learned::of(&reviewed);
        let (pairs, n_pairs_too_small) = pairs(&reviewed);
        let by = |name: fn(&Reviewed) -> &str| -> BTreeMap<String, Vec<&Reviewed>> {
            reviewed.iter().fold(BTreeMap::new(), |mut by, one| {
                by.entry(name(one).to_owned()).or_default().push(one);
                by
            })
        };
        let lines = |by: BTreeMap<String, Vec<&Reviewed>>, has_category: bool| -> Vec<AgreementLine> {
            by.iter().map(|(name, findings)| line(name, has_category, findings, &learned)).collect()
        };
        let samples = reviewed.iter().filter_map(Reviewed::sample);
        Ok(Self {
            schema: Self::SCHEMA.into(),
            saved: saved.map(SavedReviews::from),
            n_reviews,
            n_unknown,
            n_findings: reviewed.len() as u64,
            all: line("all", false, &reviewed.iter().collect::<Vec<_>>(), &learned),
            categories: lines(by(|one| &one.category), false),
            rules: lines(by(|one| &one.rule), true),
            reviewers: reviewers(&reviewed),
            pairs,
            n_pairs_too_small,
            calibration: RecalibrationLine {
                is_applied: learned.is_applied(),
                reliability: reliability(samples.map(|sample| (sample.confidence, sample.agreed_ratio))),
                held_out: learned.held_out,
            },
        })
    }

    /// The schema of `callvet review … --json`, as indented JSON text with a line feed at the end.
    pub fn schema() -> String {
        crate::report::schema::schema_of::<Self>(Self::SCHEMA, "callvet: what reviewers say of findings")
    }
}

fn line(name: &str, has_category: bool, findings: &[&Reviewed], learned: &Learned) -> AgreementLine {
    let (mut n_split, mut n_unsure) = (0, 0);
    let mut table = Table::default();
    let (mut before, mut after) = (0.0, 0.0);
    for finding in findings {
        let counts = finding.counts();
        match counts.decision() {
            Some(agrees) => {
                table[usize::from(finding.confidence < YES)][usize::from(!agrees)] += 1;
                before += finding.confidence;
                after += learned.calibration.of(&finding.rule, &finding.category, finding.confidence);
            }
            None if counts.agreed > 0 => n_split += 1,
            None => n_unsure += 1,
        }
    }
    let n: u64 = table.iter().flatten().sum();
    let n_agreed = table[0][0] + table[1][0];
    let of_all = |sum: f64| (n > 0).then(|| sum / n as f64);
    let (low, high) = wilson(n_agreed as usize, n as usize);
    AgreementLine {
        name: name.to_owned(),
        category: findings.first().filter(|_| has_category).map(|finding| finding.category.clone()),
        n,
        n_agreed,
        n_split,
        n_unsure,
        precision_ratio: of_all(n_agreed as f64),
        precision_low_ratio: low,
        precision_high_ratio: high,
        mean_confidence: of_all(before),
        reviewed_confidence: of_all(after),
        kappa: agreement::kappa(table),
    }
}

fn reviewers(reviewed: &[Reviewed]) -> Vec<ReviewerLine> {
    let mut lines: BTreeMap<&str, [u64; 3]> = BTreeMap::new();
    for (reviewer, verdict) in reviewed.iter().flat_map(|finding| &finding.votes) {
        lines.entry(reviewer).or_default()[*verdict as usize] += 1;
    }
    let line = |(reviewer, [n_agreed, n_disagreed, n_unsure]): (&str, [u64; 3])| ReviewerLine {
        reviewer: reviewer.to_owned(),
        n_agreed,
        n_disagreed,
        n_unsure,
    };
    lines.into_iter().map(line).collect()
}

/// Pairs with enough findings in common, and how many have too few.
fn pairs(reviewed: &[Reviewed]) -> (Vec<PairLine>, u64) {
    let mut n_votes: BTreeMap<&str, u64> = BTreeMap::new();
    for (reviewer, _) in reviewed.iter().flat_map(|finding| &finding.votes) {
        *n_votes.entry(reviewer).or_default() += 1;
    }
    let mut busiest: Vec<(&str, u64)> = n_votes.into_iter().collect();
    busiest.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let names: BTreeSet<&str> = busiest.into_iter().take(MOST_COMPARED).map(|(name, _)| name).collect();
    let numbers: BTreeMap<&str, usize> = names.iter().enumerate().map(|(index, name)| (*name, index)).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let of_finding = |finding: &Reviewed| -> Vec<(usize, bool)> {
        let said = finding.votes.iter().filter(|(_, verdict)| *verdict != Verdict::Unsure);
        said.filter_map(|(name, verdict)| Some((*numbers.get(name.as_str())?, *verdict == Verdict::Agree))).collect()
    };
    let votes: Vec<Vec<(usize, bool)>> = reviewed.iter().map(of_finding).collect();
    let tables = agreement::tables_of_pairs(votes.iter().map(Vec::as_slice));
    let n_pairs = tables.len();
    let enough = tables.into_iter().filter(|(_, table)| table.iter().flatten().sum::<u64>() >= LEAST_COMMON);
    let pairs: Vec<PairLine> = enough
        .map(|((first, second), table)| PairLine {
            first: names[first].to_owned(),
            second: names[second].to_owned(),
            kappa: agreement::kappa(table),
        })
        .collect();
    let n_too_small = (n_pairs - pairs.len()) as u64;
    (pairs, n_too_small)
}
