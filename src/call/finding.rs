//! What a reviewer should look at: findings, required steps, and what could not be judged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::review::ReviewCounts;

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// Must not be said.
    Forbidden,
    /// Must be said.
    Required,
    /// The customer says something worth knowing.
    Signal,
    /// Contradicts the fact sheet.
    Fact,
    /// Personal data.
    PersonalData,
    /// The line or the conversation is bad.
    Quality,
}

/// How bad. The order of the enum is from bad to harmless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Act now.
    Critical,
    /// Act.
    Major,
    /// Improve.
    Minor,
    /// Know.
    Info,
}

/// Something that can be checked by listening to its span or reading its line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// First 12 hex digits of SHA-256 of recording, rule, channel, start and (masked) quote: the same in every run.
    pub id: String,
    /// Id of the rule.
    pub rule: String,
    /// Id of the taxonomy's category, else `fact`, `pii`, `quality`.
    pub category: String,
    /// What the rule is about.
    pub polarity: Polarity,
    /// How bad.
    pub severity: Severity,
    /// Id of who said it; `None` if it is not about words or cannot be told.
    pub speaker: Option<String>,
    /// Channel it was heard on.
    pub channel: Option<u16>,
    /// Start in seconds.
    pub start_s: Option<f64>,
    /// End in seconds.
    pub end_s: Option<f64>,
    /// Index into `transcript.utterances` where the quote begins.
    pub utterance: Option<usize>,
    /// 1-based line of the text file (scan).
    pub line: Option<usize>,
    /// The words themselves.
    pub quote: Option<String>,
    /// Probability 0..=1 that a careful reviewer would agree.
    pub confidence: f64,
    /// One sentence for people, in English.
    pub message: String,
    /// Law, code or standard behind the rule.
    pub legal_source: Option<String>,
    /// What else proves it; keys depend on the rule.
    pub evidence: Map<String, Value>,
    /// What reviewers said of it; `None` if none did.
    pub review: Option<ReviewCounts>,
}

/// State of a required step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequiredStatus {
    /// Found.
    Present,
    /// Searched for where it could be heard, and not found.
    Absent,
    /// Could not be searched for.
    NotJudgeable,
    /// The call gave no occasion for it.
    NotApplicable,
}

/// What came nearest to a required step that was not found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NearMiss {
    /// Its words.
    pub quote: String,
    /// How near, 0..=1.
    pub score: f64,
    /// When.
    pub start_s: Option<f64>,
}

/// Where a required step was searched for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Searched {
    /// From … seconds; `None` for text without times.
    pub from_s: Option<f64>,
    /// … to seconds.
    pub to_s: Option<f64>,
    /// Share of the window's speech that was heard well enough to be searched.
    pub audible_ratio: Option<f64>,
}

/// A required step of the call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Required {
    /// Id of the taxonomy's category.
    pub category: String,
    /// Found or not.
    pub status: RequiredStatus,
    /// When.
    pub start_s: Option<f64>,
    /// Index into `transcript.utterances`.
    pub utterance: Option<usize>,
    /// The words that count as it.
    pub quote: Option<String>,
    /// What came nearest, if absent.
    pub near_miss: Option<NearMiss>,
    /// Where it was searched for.
    pub searched: Option<Searched>,
}

/// How bad a problem of the analysis is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemSeverity {
    /// Part of the recording is lost.
    Lost,
    /// A number could not be measured.
    NotMeasurable,
    /// Worth knowing.
    Note,
}

/// Something the analysis could not do, or did to the data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// Stage that met it: `decode`, `layout`, `vad`, `metrics`, `transcribe`, `speakers`, `conversation`, `phrases`, `privacy`, `rules`, `review`.
    pub stage: String,
    /// A fixed word, listed in `docs/metrics.md`.
    pub code: String,
    /// JSON pointers of the fields it concerns.
    pub fields: Vec<String>,
    /// Channel it concerns.
    pub channel: Option<u16>,
    /// How bad.
    pub severity: ProblemSeverity,
    /// One sentence for people; never any words of the call.
    pub message: String,
}

impl Problem {
    /// A problem that concerns no one field or channel.
    pub fn new(stage: &str, code: &str, severity: ProblemSeverity, message: impl Into<String>) -> Self {
        Self {
            stage: stage.into(),
            code: code.into(),
            fields: Vec::new(),
            channel: None,
            severity,
            message: message.into(),
        }
    }

    /// The same, about these fields (JSON pointers).
    pub fn about<S: Into<String>>(mut self, fields: impl IntoIterator<Item = S>) -> Self {
        self.fields.extend(fields.into_iter().map(Into::into));
        self
    }

    /// The same, about this channel.
    pub fn on_channel(mut self, channel: usize) -> Self {
        self.channel = u16::try_from(channel).ok();
        self
    }
}
