//! Many calls: what `batch.json` holds.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::claim::Attribute;
use super::expected::Expected;

/// How far a call came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallStatus {
    /// Analysed.
    Ok,
    /// Could not be analysed.
    Failed,
    /// Not yet tried: the run was interrupted.
    Pending,
}

/// Why a call could not be analysed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallError {
    /// `io`, `unsupported`, `malformed`, `limit`, `no_audio`, `crashed`, `internal`.
    pub kind: String,
    /// One sentence for people.
    pub message: String,
}

/// One job of the batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchLine {
    /// The recording.
    pub source: String,
    /// How far it came.
    pub status: CallStatus,
    /// Why it failed.
    pub error: Option<CallError>,
    /// Its CallReport, relative to the output folder.
    pub report: Option<String>,
}

/// A file in a folder that is no recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Skipped {
    /// Where it was found, in the form of a source.
    pub source: String,
    /// Why it was left out.
    pub reason: String,
}

/// Sums over the batch.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchTotals {
    /// Recordings found.
    pub n_calls: u64,
    /// Analysed.
    pub n_ok: u64,
    /// Could not be analysed.
    pub n_failed: u64,
    /// Not yet tried.
    pub n_pending: u64,
    /// Length of all analysed calls in seconds.
    pub duration_s: f64,
    /// Findings by severity, worst first.
    pub findings: BTreeMap<String, u64>,
    /// Findings, and how many of them are expected to be true by their confidences.
    #[serde(default)]
    pub expected_true: Expected,
    /// Files in the folders that are no recordings.
    pub skipped: Vec<Skipped>,
}

/// One place where a value was heard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InconsistencyExample {
    /// The recording.
    pub source: String,
    /// When; `None` without times.
    pub start_s: Option<f64>,
    /// The words, personal data masked.
    pub quote: String,
    /// The agent's name or number, if it was given.
    pub agent: Option<String>,
}

/// One of the values that calls disagree on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InconsistencyValue {
    /// A number, a range `{min, max}`, or a day.
    pub value: Value,
    /// Calls in which it was heard.
    pub n_calls: u64,
    /// The first of them by source.
    pub examples: Vec<InconsistencyExample>,
}

/// Calls that name different values for the same thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inconsistency {
    /// `price`, `delivery_days`, `contract_months`, `cancellation.days`, `warranty_months`, `seats`, `sites`, `valid_until`.
    pub attribute: Attribute,
    /// The product as it was called; `None` if the calls have a vendor, campaign or folder in common instead.
    pub product: Option<String>,
    /// `days`, `months`, `PLN/month`, …; `last day` for offers that end "today" in calls of different days.
    pub unit: String,
    /// The values, from low to high.
    pub values: Vec<InconsistencyValue>,
    /// True if one agent was heard with more than one of them.
    pub same_agent: bool,
}

/// The batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchReport {
    /// `callvet.batch/1`.
    pub schema: String,
    /// One line a job, ordered bytewise by source.
    pub calls: Vec<BatchLine>,
    /// Calls that contradict each other.
    pub consistency: Vec<Inconsistency>,
    /// Sums.
    pub totals: BatchTotals,
}

impl BatchReport {
    /// The name of this shape of report.
    pub const SCHEMA: &'static str = "callvet.batch/1";
}
