//! Many calls: what `batch.json` holds, and the short line of a call that the index shows.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::claim::{Attribute, KeptClaim};
use super::expected::Expected;
use super::finding::{Finding, Severity};
use super::recording::CallMetadata;
use super::report::CallReport;

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

/// What the index, the CSV and later comparisons need of a call: small, so that 100,000 of them fit in memory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CallLine {
    /// The recording.
    pub source: String,
    /// Its SHA-256.
    pub sha256: String,
    /// `calls/<name>-<hash8>`: where its files are, without extension.
    pub stem: String,
    /// How far it came.
    pub status: CallStatus,
    /// Why it failed.
    pub error: Option<CallError>,
    /// What is known beside the sound.
    pub call: CallMetadata,
    /// Length in seconds.
    pub duration_s: Option<f64>,
    /// Language of the transcript.
    pub language: Option<String>,
    /// Score 0..=100.
    pub score: Option<f64>,
    /// Lowest SNR of its channels.
    pub snr_db: Option<f64>,
    /// Overtalk ratio.
    pub overtalk_ratio: Option<f64>,
    /// Number of findings: critical, major, minor, info.
    pub n_by_severity: [u64; 4],
    /// How many findings are expected to be true.
    #[serde(default)]
    pub expected_true: Expected,
    /// Required steps that are absent.
    pub n_absent: u64,
    /// Problems of severity `lost`.
    pub n_lost: u64,
    /// The worst findings, at most 3, as message and severity.
    pub worst: Vec<(Severity, String)>,
    /// What was claimed, to be compared with other calls.
    #[serde(default)]
    pub claims: Vec<KeptClaim>,
}

impl CallLine {
    /// The line of an analysed call. Give it the masked report: its texts are shown.
    pub fn from_report(report: &CallReport, stem: &str) -> Self {
        let mut n_by_severity = [0; 4];
        for finding in &report.findings {
            n_by_severity[finding.severity as usize] += 1;
        }
        let mut by_severity: Vec<&Finding> = report.findings.iter().collect();
        by_severity.sort_by(|a, b| a.severity.cmp(&b.severity).then(b.confidence.total_cmp(&a.confidence)));
        let snrs = report.channels.iter().flatten().filter_map(|c| c.noise.snr_db);
        Self {
            source: report.recording.source.clone(),
            sha256: report.recording.sha256.clone(),
            stem: stem.into(),
            status: CallStatus::Ok,
            error: None,
            call: report.call.clone(),
            duration_s: report.recording.duration_s,
            language: report.transcript.as_ref().and_then(|t| t.language.clone()),
            score: report.score.total,
            snr_db: snrs.min_by(f64::total_cmp),
            overtalk_ratio: report.conversation.as_ref().and_then(|c| c.overtalk.as_ref()).and_then(|o| o.ratio),
            n_by_severity,
            expected_true: Expected::of(&report.findings),
            n_absent: report.required.iter().filter(|r| r.status == super::RequiredStatus::Absent).count() as u64,
            n_lost: report.problems.iter().filter(|p| p.severity == super::ProblemSeverity::Lost).count() as u64,
            worst: by_severity.iter().take(3).map(|f| (f.severity, f.message.clone())).collect(),
            claims: Vec::new(),
        }
    }

    /// The line of a call that could not be analysed, or was not yet tried (`error` is `None`).
    pub fn without_report(
        source: &str,
        sha256: &str,
        stem: &str,
        call: CallMetadata,
        error: Option<CallError>,
    ) -> Self {
        Self {
            source: source.into(),
            sha256: sha256.into(),
            stem: stem.into(),
            status: if error.is_some() { CallStatus::Failed } else { CallStatus::Pending },
            error,
            call,
            duration_s: None,
            language: None,
            score: None,
            snr_db: None,
            overtalk_ratio: None,
            n_by_severity: [0; 4],
            expected_true: Expected::default(),
            n_absent: 0,
            n_lost: 0,
            worst: Vec::new(),
            claims: Vec::new(),
        }
    }
}
