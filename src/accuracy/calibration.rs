//! What reviewers' verdicts make of the confidence of findings, and how well confidences and verdicts go together.
//! A confidence is the probability that a careful reviewer agrees, so verdicts are what it can be held to. Not a new
//! judgement of a finding: within a rule the order of the confidences stays.
//!
//! The log odds of every confidence are shifted by a sum of three terms, one for all findings, one for the category,
//! one for the rule: `logit q = logit p + all + category + rule`. Each term is normally distributed around 0 a priori,
//! and the terms with the greatest posterior probability are taken (a generalised linear mixed model with the
//! confidence as its offset). So a rule that was reviewed often moves by its own verdicts, one that was reviewed seldom by those of its category,
//! and without verdicts nothing moves at all.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

/// Standard deviation of the term for all findings, in log odds: the confidences claim a calibration error of at
/// most 0.05 on the whole, which at 0.85 is 0.39 in log odds.
const SD_ALL: f64 = 0.35;
/// The same of the term of a category: between the two others.
const SD_CATEGORY: f64 = 0.5;
/// The same of the term of a rule: two rules in three that say 0.85 are right in 0.74 to 0.92 of the cases. At
/// 0.85 this weighs as much as 16 verdicts, at 0.5 as much as 8: 1/(sd²·p·(1-p)).
const SD_RULE: f64 = 0.7;

/// No confidence that was touched is nearer to 0 or 1 than this: reviewers slip as well.
pub const LEAST: f64 = 0.01;

/// Sweeps over all terms: each is concave in each term, and 20 to 60 sweeps are enough.
const MOST_SWEEPS: usize = 500;
/// Far below the fourth decimal, to which confidences are written.
const PRECISION: f64 = 1e-9;
/// How far a term goes at once: the slope of far-off starting points would throw it out.
const LONGEST_STEP: f64 = 1.0;

/// Parts into which recordings are split to be judged by what the others taught.
const N_FOLDS: usize = 10;

/// A reviewed finding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample<'a> {
    /// Which recording it is in: findings of one recording are judged together.
    pub recording: &'a str,
    /// What fired.
    pub rule: &'a str,
    /// Its category.
    pub category: &'a str,
    /// What the analysis said, 0..=1.
    pub confidence: f64,
    /// Share of the reviewers who agreed, of those who could tell, 0..=1.
    pub agreed_ratio: f64,
}

/// Verdicts and shift of a category or a rule.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Term {
    /// Reviewed findings.
    pub n: u64,
    /// How many of them reviewers agreed with: the sum of the shares.
    pub n_agreed: f64,
    /// This term alone, in log odds.
    pub own: f64,
}

/// How confidences are shifted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calibration {
    /// For all findings.
    pub all: Term,
    /// By category.
    pub categories: BTreeMap<String, Term>,
    /// By rule, with its category.
    pub rules: BTreeMap<String, (String, Term)>,
}

fn logit(p: f64) -> f64 {
    let p = p.clamp(LEAST, 1.0 - LEAST);
    (p / (1.0 - p)).ln()
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Findings that no term tells apart.
struct Group {
    category: usize,
    rule: usize,
    logit: f64,
    n: f64,
    n_agreed: f64,
}

impl Calibration {
    /// The terms with the greatest posterior probability. Samples with numbers outside 0..=1 are left out. The same
    /// for the same samples in any order.
    pub fn fit<'a>(samples: impl IntoIterator<Item = Sample<'a>>) -> Self {
        // By category, rule and confidence, so that sums are always added in one order.
        let mut groups: BTreeMap<(&str, &str, u64), (f64, Vec<f64>)> = BTreeMap::new();
        for sample in samples {
            if (0.0..=1.0).contains(&sample.confidence) && (0.0..=1.0).contains(&sample.agreed_ratio) {
                let key = (sample.category, sample.rule, sample.confidence.to_bits());
                let group = groups.entry(key).or_insert((sample.confidence, Vec::new()));
                group.1.push(sample.agreed_ratio);
            }
        }
        let mut fitted = Self::default();
        for ((category, rule, _), (_, agreed)) in &mut groups {
            agreed.sort_by(f64::total_cmp);
            let (n, n_agreed) = (agreed.len() as u64, agreed.iter().sum::<f64>());
            let own = &mut fitted
                .rules
                .entry((*rule).to_owned())
                .or_insert_with(|| ((*category).to_owned(), Term::default()))
                .1;
            for term in [&mut fitted.all, fitted.categories.entry((*category).to_owned()).or_default(), own] {
                term.n += n;
                term.n_agreed += n_agreed;
            }
        }
        let place = |names: Vec<&String>| -> BTreeMap<String, usize> {
            names.into_iter().enumerate().map(|(index, name)| (name.clone(), index)).collect()
        };
        let (categories, rules) = (place(fitted.categories.keys().collect()), place(fitted.rules.keys().collect()));
        let groups: Vec<Group> = groups
            .into_iter()
            .map(|((category, rule, _), (confidence, agreed))| Group {
                category: categories[category],
                rule: rules[rule],
                logit: logit(confidence),
                n: agreed.len() as f64,
                n_agreed: agreed.iter().sum(),
            })
            .collect();
        let terms = Terms::most_probable(&groups, categories.len(), rules.len());
        fitted.all.own = terms.all;
        for (term, own) in fitted.categories.values_mut().zip(terms.categories) {
            term.own = own;
        }
        for ((_, term), own) in fitted.rules.values_mut().zip(terms.rules) {
            term.own = own;
        }
        fitted
    }

    /// What is added to the log odds of a finding of this rule and category.
    pub fn shift(&self, rule: &str, category: &str) -> f64 {
        let own = |term: Option<&Term>| term.map_or(0.0, |term| term.own);
        self.all.own + own(self.categories.get(category)) + own(self.rules.get(rule).map(|(_, term)| term))
    }

    /// The confidence of a finding in view of the reviews: as it was where there are none, else within
    /// [`LEAST`] and 1 - [`LEAST`].
    pub fn of(&self, rule: &str, category: &str, confidence: f64) -> f64 {
        if self.all.n == 0 {
            return confidence;
        }
        logistic(logit(confidence) + self.shift(rule, category)).clamp(LEAST, 1.0 - LEAST)
    }
}

struct Terms {
    all: f64,
    categories: Vec<f64>,
    rules: Vec<f64>,
}

impl Terms {
    fn most_probable(groups: &[Group], n_categories: usize, n_rules: usize) -> Self {
        let mut terms = Self { all: 0.0, categories: vec![0.0; n_categories], rules: vec![0.0; n_rules] };
        for _ in 0..MOST_SWEEPS {
            // Slope and curvature of the log posterior: those of the verdicts are summed up for all terms of a level.
            let mut longest = terms.step(groups, SD_ALL, 1, |_| 0, |t| std::slice::from_mut(&mut t.all));
            longest = longest.max(terms.step(groups, SD_CATEGORY, n_categories, |g| g.category, |t| &mut t.categories));
            longest = longest.max(terms.step(groups, SD_RULE, n_rules, |g| g.rule, |t| &mut t.rules));
            if longest < PRECISION {
                break;
            }
        }
        terms
    }

    /// Newton's step of all terms of a level, which do not depend on each other. Gives the longest.
    fn step(
        &mut self,
        groups: &[Group],
        sd: f64,
        n: usize,
        of: impl Fn(&Group) -> usize,
        level: impl Fn(&mut Self) -> &mut [f64],
    ) -> f64 {
        let mut slopes = vec![(0.0, 1.0 / (sd * sd)); n];
        for group in groups {
            let q = logistic(group.logit + self.all + self.categories[group.category] + self.rules[group.rule]);
            let (slope, curvature) = &mut slopes[of(group)];
            *slope += group.n_agreed - group.n * q;
            *curvature += group.n * q * (1.0 - q);
        }
        let mut longest = 0.0_f64;
        for (term, (slope, curvature)) in level(self).iter_mut().zip(slopes) {
            let step = ((slope - *term / (sd * sd)) / curvature).clamp(-LONGEST_STEP, LONGEST_STEP);
            *term += step;
            longest = longest.max(step.abs());
        }
        longest
    }
}

/// How far confidences are from verdicts, on findings that taught nothing to those that judge them: recordings are
/// split into ten parts, and each is judged by what the others taught.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HeldOut {
    /// Reviewed findings.
    pub n: u64,
    /// Recordings that they are in.
    pub n_recordings: u64,
    /// Brier score (Brier 1950: mean of the squared differences, 0 is best) of the confidences as the analysis gave them.
    pub brier_before: f64,
    /// The same as the reviews of other recordings make them.
    pub brier_after: f64,
}

impl HeldOut {
    /// False if the reviews would make it worse.
    pub fn is_no_worse(&self) -> bool {
        self.brier_after <= self.brier_before
    }
}

/// The Brier score of a confidence against reviewers of whom this share agreed: the mean over the reviewers.
fn brier(confidence: f64, agreed_ratio: f64) -> f64 {
    agreed_ratio * (1.0 - confidence).powi(2) + (1.0 - agreed_ratio) * confidence.powi(2)
}

/// Whether a recalibration holds on recordings that it was not made from; `None` with less than two recordings.
pub fn held_out(samples: &[Sample]) -> Option<HeldOut> {
    let recordings: BTreeMap<&str, usize> = samples.iter().map(|s| (s.recording, 0)).collect();
    let folds: BTreeMap<&str, usize> =
        recordings.keys().enumerate().map(|(index, name)| (*name, index % N_FOLDS)).collect();
    if folds.len() < 2 {
        return None;
    }
    let fold_of = |sample: &Sample| folds[sample.recording];
    let mut after = 0.0;
    for fold in 0..N_FOLDS.min(folds.len()) {
        let others = Calibration::fit(samples.iter().filter(|s| fold_of(s) != fold).copied());
        let judged = samples.iter().filter(|s| fold_of(s) == fold);
        after += judged.map(|s| brier(others.of(s.rule, s.category, s.confidence), s.agreed_ratio)).sum::<f64>();
    }
    let before: f64 = samples.iter().map(|s| brier(s.confidence, s.agreed_ratio)).sum();
    let n = samples.len() as f64;
    Some(HeldOut {
        n: samples.len() as u64,
        n_recordings: folds.len() as u64,
        brier_before: before / n,
        brier_after: after / n,
    })
}

/// Confidences of one tenth and what reviewers said of them.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Bin {
    /// Confidences from …
    pub from_confidence: f64,
    /// … to.
    pub to_confidence: f64,
    /// Reviewed findings.
    pub n: u64,
    /// Their mean confidence.
    pub mean_confidence: f64,
    /// Share that reviewers agreed with.
    pub agreed_ratio: f64,
}

/// How well confidences keep what they say.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Reliability {
    /// Reviewed findings.
    pub n: u64,
    /// Expected calibration error: mean over the findings of the distance between confidence and agreement of their bin
    /// (Naeini, Cooper, Hauskrecht 2015). Chance alone makes it greater than 0: by about 0.32·√(bins/n) at 0.8.
    pub calibration_error: Option<f64>,
    /// Ten bins of equal width; those without findings are left out.
    pub bins: Vec<Bin>,
}

/// The calibration error of pairs of a confidence and the share of reviewers who agreed.
pub fn reliability(pairs: impl IntoIterator<Item = (f64, f64)>) -> Reliability {
    const N_BINS: usize = 10;
    let mut sums = [(0_u64, 0.0, 0.0); N_BINS];
    for (confidence, agreed_ratio) in pairs {
        let bin = &mut sums[((confidence * N_BINS as f64) as usize).min(N_BINS - 1)];
        *bin = (bin.0 + 1, bin.1 + confidence, bin.2 + agreed_ratio);
    }
    let n: u64 = sums.iter().map(|(n, ..)| n).sum();
    let distance: f64 = sums.iter().map(|(_, confidence, agreed)| (confidence - agreed).abs()).sum();
    let edge = |index: usize| index as f64 / N_BINS as f64;
    let bins = sums.iter().enumerate().filter(|(_, (n, ..))| *n > 0).map(|(index, (n, confidence, agreed))| Bin {
        from_confidence: edge(index),
        to_confidence: edge(index + 1),
        n: *n,
        mean_confidence: confidence / *n as f64,
        agreed_ratio: agreed / *n as f64,
    });
    Reliability { n, calibration_error: (n > 0).then(|| distance / n as f64), bins: bins.collect() }
}

#[cfg(test)]
mod tests;
