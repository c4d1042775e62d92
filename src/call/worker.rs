//! The lines that a worker process and its driver exchange: requests in, answers out, each one JSON object a line. Plain
//! data; what is done with them is `batch::worker`, and what each field means for a driver is `docs/worker.md`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::batch::CallError;
use super::limits::Limits;
use super::parts::Parts;
use super::recording::CallMetadata;
use super::report::CallReport;

/// Version of the protocol: it changes when a driver written for the one before would fail.
pub const WORKER_PROTOCOL: u32 = 1;

/// The name of the shape of a line that a driver writes.
pub const REQUEST_SCHEMA: &str = "callvet.worker-request/1";

/// The name of the shape of a line that a worker writes.
pub const ANSWER_SCHEMA: &str = "callvet.worker-answer/1";

/// Bytes of a request line at most, its line feed left out: a job is a path and a few names.
pub const MAX_REQUEST_BYTES: usize = 1 << 20;

/// A line that a driver writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Request {
    /// Analyse a recording.
    Analyze(Box<WorkerJob>),
    /// Give a job up, whether it is being analysed or waits.
    Cancel(CancelJob),
}

/// Which job to give up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelJob {
    /// The id that the job came with.
    pub id: String,
}

/// A recording to analyse.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkerJob {
    /// What answers call it: any text, one job at a time.
    pub id: String,
    /// The file, as text; relative to the worker's folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Instead of `path`, for names that are no UTF-8: its bytes in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_hex: Option<String>,
    /// What the report calls the recording; without it, its path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// SHA-256 of the file in lower-case hex, if the driver knows it; without it the worker reads the file once more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// What is known beside the sound.
    #[serde(default, skip_serializing_if = "is_default")]
    pub call: CallMetadata,
    /// Whether the call is in two files; then `path` is that of the first, and `sha256` the hash of both hashes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub parts: Parts,
    /// Seconds on the clock that this job may take, if it is to be less than the worker's limits give it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_s: Option<f64>,
    /// Which try at this file it is, from 1. For who reads logs; nothing depends on it.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub attempt: u32,
    /// Send `raw_report` too: personal data readable.
    #[serde(default, skip_serializing_if = "is_default")]
    pub raw: bool,
    /// Send numbers as they were computed, not rounded as in reports.
    #[serde(default, skip_serializing_if = "is_default")]
    pub exact: bool,
    /// Send pictures and sound for the page, as bytes after the line of the result.
    #[serde(default, skip_serializing_if = "is_default")]
    pub media: bool,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn first() -> u32 {
    1
}

fn is_first(attempt: &u32) -> bool {
    *attempt == 1
}

/// A line that a worker writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Answer {
    /// The first line: who is there.
    Hello(Box<Hello>),
    /// A job's file is decoded: how long it is, and how long the job may take.
    Decoded(DecodedJob),
    /// A job is done.
    Result(Box<JobResult>),
    /// A line that is no request, or one that cannot be followed; or the worker cannot start.
    Error(WorkerError),
}

/// How far a worker can be kept from what is none of its business.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confinement {
    /// All that this program asks of the kernel.
    Full,
    /// Some of it: an older kernel.
    Partial,
    /// Nothing.
    #[default]
    None,
}

/// Who is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hello {
    /// [`WORKER_PROTOCOL`].
    pub protocol: u32,
    /// Version of callvet.
    pub callvet: String,
    /// The shape of `report`.
    pub report_schema: String,
    /// Name of the speech model; `null` if nothing is transcribed.
    pub model: Option<String>,
    /// Its SHA-256.
    pub model_sha256: Option<String>,
    /// SHA-256 of the settings that can change a result, as in `provenance`.
    pub settings_sha256: String,
    /// What a recording may cost.
    pub limits: Limits,
    /// Files and network out of reach, by Landlock.
    pub landlock: Confinement,
    /// True if the kernel holds the process to its memory limit.
    pub is_memory_limited: bool,
    /// What the user should know of the settings, such as lines of a phrase list that cannot be used.
    pub warnings: Vec<String>,
}

/// A job's file is decoded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecodedJob {
    /// The job.
    pub id: String,
    /// Length of the sound in seconds.
    pub duration_s: f64,
    /// Seconds on the clock, from the job's beginning, until it must be done.
    pub deadline_s: f64,
}

/// How a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobStatus {
    /// There is a report.
    Ok,
    /// There is none; `error` says why.
    Failed,
    /// It was given up because the driver asked for that.
    Stopped,
}

/// Bytes that follow the line of the result, in this order, with nothing between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// `peaks.json`, `0.png` … one a channel, `sound.wav`.
    pub name: String,
    /// How many bytes.
    pub bytes: u64,
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JobResult {
    /// The job.
    pub id: String,
    /// How it ended.
    pub status: JobStatus,
    /// Why it failed; `null` unless `status` is `failed`.
    pub error: Option<CallError>,
    /// The report, personal data masked; `null` unless `status` is `ok`.
    pub report: Option<Box<CallReport>>,
    /// The report with personal data readable; `null` unless the job asked for it.
    pub raw_report: Option<Box<CallReport>>,
    /// True if browsers play the recording as it is.
    pub is_browser_playable: bool,
    /// What follows this line; empty unless the job asked for it.
    pub attachments: Vec<Attachment>,
}

impl JobResult {
    /// A result without a report.
    pub fn without_report(id: &str, error: Option<CallError>) -> Self {
        Self {
            id: id.to_owned(),
            status: if error.is_some() { JobStatus::Failed } else { JobStatus::Stopped },
            error,
            report: None,
            raw_report: None,
            is_browser_playable: false,
            attachments: Vec::new(),
        }
    }
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorkerErrorCode {
    /// The worker cannot start: a model is missing, an option is wrong. It ends after this line.
    CannotStart,
    /// The line is longer than [`MAX_REQUEST_BYTES`]; it was skipped.
    TooLong,
    /// The line is no JSON.
    NotJson,
    /// The line is JSON of another shape, or a field of it has an impossible value.
    NotARequest,
    /// A job with this id is being analysed or waits.
    DuplicateId,
    /// No job with this id is being analysed or waits: it may just have ended.
    UnknownId,
}

/// A line that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkerError {
    /// What is wrong.
    pub code: WorkerErrorCode,
    /// The job that it is about, where that is known.
    pub id: Option<String>,
    /// One sentence for people.
    pub message: String,
}
