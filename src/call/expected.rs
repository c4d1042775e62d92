//! How many of some findings are true: what the confidences say when they are added up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::finding::Finding;

/// A number of findings and how many of them a careful reviewer is expected to agree with. Each finding is true with the
/// probability of its confidence and independently of the others, so that the number of true ones has the mean Σp and
/// the variance Σp(1-p) (Poisson binomial distribution).
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Findings.
    pub n: u64,
    /// True ones, expected.
    pub mean: f64,
    /// Variance of that.
    pub variance: f64,
}

impl Expected {
    /// Of these findings.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        findings.into_iter().fold(Self::default(), |sum, finding| {
            let p = finding.confidence.clamp(0.0, 1.0);
            sum.with(Self { n: 1, mean: p, variance: p * (1.0 - p) })
        })
    }

    /// Of both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self { n: self.n + other.n, mean: self.mean + other.mean, variance: self.variance + other.variance }
    }

    /// For people: "expect 11 ± 1 true"; one standard deviation.
    pub fn words(&self) -> String {
        let sd = self.variance.max(0.0).sqrt();
        // Below ten a tenth of a finding tells something, above it does not.
        let digits = usize::from(self.mean < 10.0 && self.n < 10);
        format!("expect {:.digits$} ± {:.digits$} true", self.mean, sd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_expected_is_the_sum_of_the_confidences() {
        let one = |p: f64| Expected { n: 1, mean: p, variance: p * (1.0 - p) };
        let check = |confidences: &[f64], expected: &str| {
            let sum = confidences.iter().fold(Expected::default(), |sum, &p| sum.with(one(p)));
            assert_eq!(sum.words(), expected, "{confidences:?}");
        };
        check(&[0.9; 12], "expect 11 ± 1 true");
        check(&[0.5, 0.5], "expect 1.0 ± 0.7 true");
        check(&[1.0, 1.0], "expect 2.0 ± 0.0 true");
    }
}
