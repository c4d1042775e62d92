//! What the recording is and who is on it: the file, the metadata that came with it, its channels and speakers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the file says of itself, unchanged. Audio fields are `None` for text that `scan` read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// Where it was found: relative to the PATH argument, prefixed by that argument's last component, `/` between parts.
    pub source: String,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Container by its usual short name: `wav`, `ogg`, `flac`, `mp3`, `mp4`, `aiff`, `adts`.
    pub container: Option<String>,
    /// Codec by its usual short name: `pcm_s16le`, `pcm_mulaw`, `mp3`, `opus`.
    pub codec: Option<String>,
    /// What decoded it, with version.
    pub decoder: Option<String>,
    /// Sampling rate in Hz.
    pub sample_rate_hz: Option<u32>,
    /// Number of channels.
    pub n_channels: Option<u16>,
    /// Length of what was decoded, in seconds.
    pub duration_s: Option<f64>,
    /// Where the call is in two files, one party in each: both, in the order of their channels. `sha256` above is then
    /// that of both hashes, `bytes` their sum, and `source` that of the first. Left out for a call in one file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<RecordingFile>,
}

/// One file of a call that is in two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordingFile {
    /// Where it was found, as [`Recording::source`].
    pub source: String,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Channel of the report that holds its sound; `None` if it could not be decoded.
    pub channel: Option<u16>,
    /// As [`Recording::container`].
    pub container: Option<String>,
    /// As [`Recording::codec`].
    pub codec: Option<String>,
    /// Its own sampling rate in Hz; the report's is the higher of both.
    pub sample_rate_hz: Option<u32>,
    /// Its own length in seconds; the report's is the longer of both.
    pub duration_s: Option<f64>,
}

/// Which way the call went, seen from the centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The customer called.
    Inbound,
    /// The centre called.
    Outbound,
}

/// What is known of the call beside its sound; every field is `None` unless it was given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallMetadata {
    /// The centre's own id of the call.
    pub id: Option<String>,
    /// RFC 3339 with offset.
    pub started_at: Option<String>,
    /// The agent's name or number.
    pub agent: Option<String>,
    /// The centre's reference of the customer.
    pub customer_ref: Option<String>,
    /// The call centre.
    pub vendor: Option<String>,
    /// The campaign or project.
    pub campaign: Option<String>,
    /// Which way the call went.
    pub direction: Option<Direction>,
    /// Where the fields came from: `metadata`, `name_pattern`, or both joined by `+`.
    pub metadata_source: Option<String>,
}

/// How many independent sound tracks the file really has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LayoutKind {
    /// One channel.
    Mono,
    /// Two channels.
    Stereo,
    /// Three or more channels.
    Multichannel,
}

/// What is odd about the channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LayoutFlag {
    /// Both channels carry the same sound, maybe at another gain.
    DualMono,
    /// The second channel is the first one upside down.
    PolarityInverted,
    /// A party's voice is heard in the other party's channel too.
    Leaky,
    /// A channel has no sound.
    DeadChannel,
    /// The agent is on the channel where the customer was said to be.
    RolesSwapped,
}

/// The truth about the channels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Mono, stereo or more.
    pub kind: LayoutKind,
    /// What is odd about them, in the order of the enum.
    pub flags: Vec<LayoutFlag>,
    /// Indices of channels with no sound.
    pub dead_channels: Vec<u16>,
    /// Probability 0..=1 that agent and customer are told apart rightly; `None` if they were not.
    pub role_confidence: Option<f64>,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The call centre's operator.
    Agent,
    /// The other side.
    Customer,
    /// An announcement or a menu.
    Ivr,
    /// Somebody else on the line.
    Third,
    /// Cannot be told.
    Unknown,
}

/// One voice on the recording. Ids are `s0`, `s1`, … and say nothing across calls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Speaker {
    /// `s0`, `s1`, …
    pub id: String,
    /// Whose voice it is.
    pub party: Party,
    /// The channel it is heard on; `None` when several share it or for text.
    pub channel: Option<u16>,
}
