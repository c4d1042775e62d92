//! What a self-test found: damage that was mixed into the user's own recordings, and how well it was measured.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A recording that was damaged, or why it was not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelftestRecording {
    /// Its name, as in reports.
    pub source: String,
    /// Start in seconds of the part that was used; `None` if none was.
    pub from_s: Option<f64>,
    /// End in seconds of the part that was used.
    pub to_s: Option<f64>,
    /// Damage that could not be mixed in, with the reason.
    pub left_out: Vec<LeftOut>,
}

/// A kind of damage that could not be tried on a recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// The damage in words; `all` if the recording could not be used at all.
    pub damage: String,
    /// Why.
    pub reason: String,
}

/// One number that was known beforehand, and what was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelftestTrial {
    /// The recording.
    pub source: String,
    /// The channel that was damaged.
    pub channel: u16,
    /// The damage in words, e.g. `hiss at 10 dB SNR`.
    pub damage: String,
    /// The field of the report that should tell, e.g. `noise.snr_db`.
    pub field: String,
    /// The true value, in the unit of the field.
    pub injected: f64,
    /// What was measured; `None` if it was not found.
    pub measured: Option<f64>,
}

/// All trials of one damage and one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecoveryRow {
    /// The damage in words.
    pub damage: String,
    /// The field of the report.
    pub field: String,
    /// Trials.
    pub n: u64,
    /// Trials in which a value was found.
    pub n_found: u64,
    /// Share found.
    pub found_ratio: f64,
    /// Lower end of its 95 % interval (Wilson 1927).
    pub found_low_ratio: f64,
    /// Upper end.
    pub found_high_ratio: f64,
    /// Mean of |measured - injected| where found, in the unit of the field.
    pub mean_abs_error: Option<f64>,
    /// Mean of measured - injected.
    pub bias: Option<f64>,
    /// Largest |measured - injected|.
    pub worst_error: Option<f64>,
}

/// How often something was found that nobody had put in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FalseAlarms {
    /// What was found.
    pub field: String,
    /// Damaged copies in which it could have appeared: it was neither put in nor found in the recording as it is.
    pub n: u64,
    /// Copies in which it appeared.
    pub n_false: u64,
    /// Upper end of the 95 % interval of the share (Wilson 1927).
    pub high_ratio: f64,
}

/// The whole self-test: what `selftest.json` holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelftestReport {
    /// `callvet.selftest/1`.
    pub schema: String,
    /// Version of callvet.
    pub callvet: String,
    /// What the random choices started from.
    pub seed: u64,
    /// The recordings, ordered by source.
    pub recordings: Vec<SelftestRecording>,
    /// The recovery table.
    pub table: Vec<RecoveryRow>,
    /// What was found without having been put in.
    pub false_alarms: Vec<FalseAlarms>,
    /// Every single trial.
    pub trials: Vec<SelftestTrial>,
}

impl SelftestReport {
    /// The name of this shape of report.
    pub const SCHEMA: &'static str = "callvet.selftest/1";
}
