//! What a user can choose that changes a result, and its hash. Not here: jobs, paths, and what the terminal shows.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::audio::RawFormat;
use crate::call::{Limits, PhraseListRef};
use crate::phrases::Profile;
use crate::speakers::AgentChannel;

/// Settings of an [`super::Engine`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// ISO 639-1 code of the language spoken; `None` finds it out for each party.
    pub language: Option<String>,
    /// False measures the sound only: no transcript, no findings about words.
    pub transcribe: bool,
    /// Which channel the agent is on.
    pub agent_channel: AgentChannel,
    /// What a recording may cost; one that costs more is refused.
    pub limits: Limits,
    /// What recordings without a header hold; `None` leaves it to their names.
    pub raw: Option<RawFormat>,
    /// True lets a system `ffmpeg` decode what has no decoder here.
    pub ffmpeg: bool,
    /// Use the phrase lists that come with the program.
    pub builtin_phrases: bool,
    /// The user's own phrase lists.
    pub phrases: Vec<PathBuf>,
    /// Jurisdiction whose rules apply; `None` takes all of them.
    pub profile: Option<Profile>,
    /// The fact sheet that claims are compared with.
    pub facts: Option<PathBuf>,
    /// Name or path of the speech model; `None` takes the default one.
    pub model: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            transcribe: true,
            agent_channel: AgentChannel::Auto,
            limits: Limits::default(),
            raw: None,
            ffmpeg: true,
            builtin_phrases: true,
            phrases: Vec::new(),
            profile: None,
            facts: None,
            model: None,
        }
    }
}

/// Everything that decides what a report says beside the recording itself.
#[derive(Debug, Serialize)]
pub(super) struct Fingerprint<'a> {
    pub callvet: &'a str,
    pub language: Option<&'a str>,
    pub transcribe: bool,
    pub agent_channel: Option<u16>,
    pub max_duration_s: f64,
    /// Left out where they are the default, so that earlier results keep their key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub without_ffmpeg: bool,
    /// Limits on what is heard; left out where they are the default, so that earlier results keep their key. Those on time
    /// and memory are not here: they decide whether there is a report, not what is in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_channels: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_sample_rate_hz: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_transcript_bytes: Option<u64>,
    pub phrase_lists: &'a [PhraseListRef],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// Of the sheet's bytes; left out without one, so that earlier results keep their key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facts_sha256: Option<&'a str>,
    pub model_sha256: Option<&'a str>,
    pub vad_sha256: Option<&'a str>,
    pub dnsmos_sha256: Option<&'a str>,
    pub speaker_model_sha256: Option<&'a str>,
}

impl Fingerprint<'_> {
    /// SHA-256 of the settings as JSON, lower-case hex.
    pub fn sha256(&self) -> String {
        let json = serde_json::to_vec(self).expect("plain fields always serialise");
        Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
