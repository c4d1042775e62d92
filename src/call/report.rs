//! The report of one call: what the JSON file holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::finding::{Finding, Problem, Required};
use super::measurements::{ChannelMeasurements, Conversation, Crosstalk};
use super::recording::{CallMetadata, Layout, Recording, Speaker};
use super::transcript::Transcript;

/// One part of the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScorePart {
    /// `line`, `noise`, `conversation`, `required`, `forbidden`, `privacy`, `facts`.
    pub name: String,
    /// Points earned; `None` if the part cannot be judged.
    pub points: Option<f64>,
    /// Points that can be earned.
    pub max: f64,
    /// Ids of the findings that cost points.
    pub because: Vec<String>,
}

/// The call in one number, with where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// 100·Σpoints/Σmax over the parts that can be judged; `None` if under half of the points can.
    pub total: Option<f64>,
    /// The parts.
    pub parts: Vec<ScorePart>,
}

/// A phrase list that was used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhraseListRef {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What made the report.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// Version of callvet.
    pub callvet: String,
    /// Name of the speech model; `None` if nothing was transcribed.
    pub model: Option<String>,
    /// Its SHA-256.
    pub model_sha256: Option<String>,
    /// SHA-256 of the voice activity model.
    pub vad_sha256: Option<String>,
    /// SHA-256 of the DNSMOS model.
    pub dnsmos_sha256: Option<String>,
    /// SHA-256 of the speaker model.
    pub speaker_model_sha256: Option<String>,
    /// Phrase lists, in the order they were read.
    pub phrase_lists: Vec<PhraseListRef>,
    /// SHA-256 of the settings that can change a result; jobs, paths and terminal options are not among them.
    pub settings_sha256: String,
}

/// Everything known of one call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallReport {
    /// `callvet.call/1`.
    pub schema: String,
    /// The file.
    pub recording: Recording,
    /// What is known beside the sound.
    pub call: CallMetadata,
    /// The truth about the channels; `None` for text.
    pub layout: Option<Layout>,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// Measurements by channel; `None` for text.
    pub channels: Option<Vec<ChannelMeasurements>>,
    /// Leakage; `None` for text.
    pub crosstalk: Option<Crosstalk>,
    /// How they talk; `None` for text without times.
    pub conversation: Option<Conversation>,
    /// The words; `None` if nothing was transcribed.
    pub transcript: Option<Transcript>,
    /// What to look at, by start.
    pub findings: Vec<Finding>,
    /// Required steps, by category.
    pub required: Vec<Required>,
    /// The call in one number.
    pub score: Score,
    /// What could not be done.
    pub problems: Vec<Problem>,
    /// What made this.
    pub provenance: Provenance,
}

impl CallReport {
    /// The name of this shape of report.
    pub const SCHEMA: &'static str = "callvet.call/1";
}
