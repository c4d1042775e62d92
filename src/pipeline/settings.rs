//! What a user can choose that changes a result, and its hash. Not here: jobs, paths, and what the terminal shows.

use std::path::PathBuf;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::audio::RawFormat;
use crate::call::PhraseListRef;
use crate::phrases::Profile;
use crate::speakers::AgentChannel;

/// Settings of an [`super::Engine`].
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// ISO 639-1 code of the language spoken; `None` finds it out for each party.
    pub language: Option<String>,
    /// False measures the sound only: no transcript, no findings about words.
    pub transcribe: bool,
    /// Which channel the agent is on.
    pub agent_channel: AgentChannel,
    /// Longest recording in seconds; a longer one is refused.
    pub max_duration_s: f64,
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
            // Longer files are nearly always several calls in one, and 4 h of 8 kHz stereo already is 0.92 GB.
            max_duration_s: 4.0 * 3600.0,
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
