//! What a reviewer says of a finding, as it passes from the page to the store and back: `callvet.reviews/1`. Not what
//! is made of it: agreement and confidence are reckoned elsewhere.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Does the reviewer agree that the finding is one?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is one.
    Agree,
    /// It is none.
    Disagree,
    /// The reviewer listened and cannot tell.
    Unsure,
}

impl Verdict {
    /// As JSON and the store have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Disagree => "disagree",
            Self::Unsure => "unsure",
        }
    }
}

/// What one reviewer says of one finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewEntry {
    /// The recording as the report names it. For people: a recording is known by its bytes.
    pub source: String,
    /// SHA-256 of the recording, 64 hex digits in lower case, as `recording.sha256` of its report.
    pub sha256: String,
    /// Id of the finding, 12 hex digits in lower case.
    pub finding: String,
    /// What fired.
    pub rule: String,
    /// What the reviewer says.
    pub verdict: Verdict,
    /// In the reviewer's words; may be empty. May hold personal data.
    #[serde(default)]
    pub note: String,
    /// When, RFC 3339 with offset. Of two entries of one reviewer about one finding the later one counts.
    pub at: String,
}

/// One reviewer's verdicts, as pages write them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewFile {
    /// `callvet.reviews/1`.
    pub schema: String,
    /// Name or initials of who reviewed.
    pub reviewer: String,
    /// The verdicts.
    pub reviews: Vec<ReviewEntry>,
}

impl ReviewFile {
    /// The name of this shape.
    pub const SCHEMA: &'static str = "callvet.reviews/1";
}

/// An entry with who made it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Review {
    /// Name or initials.
    pub reviewer: String,
    /// What is said of which finding.
    pub entry: ReviewEntry,
}

/// How many reviewers said what of one finding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewCounts {
    /// Agreed.
    pub agreed: u32,
    /// Disagreed.
    pub disagreed: u32,
    /// Could not tell.
    pub unsure: u32,
}

impl ReviewCounts {
    /// With one more verdict.
    #[must_use]
    pub fn with(mut self, verdict: Verdict) -> Self {
        let count = match verdict {
            Verdict::Agree => &mut self.agreed,
            Verdict::Disagree => &mut self.disagreed,
            Verdict::Unsure => &mut self.unsure,
        };
        *count += 1;
        self
    }

    /// What most of those who could tell said; `None` if as many agreed as disagreed, or nobody could tell.
    pub fn decision(&self) -> Option<bool> {
        (self.agreed != self.disagreed).then_some(self.agreed > self.disagreed)
    }

    /// True if more reviewers disagreed than agreed: the finding is shown, marked as rejected.
    pub fn is_rejected(&self) -> bool {
        self.decision() == Some(false)
    }
}
