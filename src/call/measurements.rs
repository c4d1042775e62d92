//! What was measured, by channel and for the conversation. Definitions, sources and what fools each number:
//! `docs/metrics.md`. dBFS: a full-scale square wave has 0 dBFS RMS.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::activity::Leakage;
use super::phases::Signal;
use crate::timeline::TimeSpan;

/// Everything measured on one channel, at its native rate and before anything was done to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelMeasurements {
    /// Index of the channel in the file, from 0.
    pub channel: u16,
    /// How loud.
    pub level: Level,
    /// How noisy.
    pub noise: Noise,
    /// Overdriven samples.
    pub clipping: Clipping,
    /// Gaps in the sound.
    pub dropouts: Dropouts,
    /// How wide the audio band is.
    pub bandwidth: Bandwidth,
    /// Voices that belong to neither party.
    pub background_voices: BackgroundVoices,
    /// DNSMOS P.835.
    pub perceived: Perceived,
}

impl ChannelMeasurements {
    /// Nothing measured yet on this channel.
    pub fn empty(channel: u16) -> Self {
        Self {
            channel,
            level: Level::default(),
            noise: Noise::default(),
            clipping: Clipping::default(),
            dropouts: Dropouts::default(),
            bandwidth: Bandwidth::default(),
            background_voices: BackgroundVoices::default(),
            perceived: Perceived::default(),
        }
    }
}

/// How loud a channel is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// RMS of all samples.
    pub rms_dbfs: Option<f64>,
    /// Largest sample.
    pub peak_dbfs: Option<f64>,
    /// Largest value between the samples: BS.1770-4, oversampled.
    pub true_peak_dbtp: Option<f64>,
    /// Integrated loudness, EBU R 128.
    pub loudness_lufs: Option<f64>,
    /// Level of the speech while there is speech: ITU-T P.56 method B.
    pub active_speech_level_dbov: Option<f64>,
    /// Share of the time in which there is speech by P.56.
    pub activity_ratio: Option<f64>,
    /// Mean of the samples, -1..=1.
    pub dc_offset: Option<f64>,
}

/// What a background noise sounds like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoiseKind {
    /// Nothing to hear.
    None,
    /// Steady: hiss, fan, line noise.
    Stationary,
    /// Mains hum.
    Hum,
    /// Many voices.
    Babble,
    /// Music.
    Music,
    /// Comes and goes: keyboard, doors.
    Intermittent,
}

/// One kind of noise from … to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoiseSegment {
    /// Start in seconds.
    pub start_s: f64,
    /// End in seconds.
    pub end_s: f64,
    /// What it sounds like.
    pub kind: NoiseKind,
}

/// How noisy a channel is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Noise {
    /// RMS of the background in pauses, digital silence left out.
    pub floor_dbfs: Option<f64>,
    /// Active level of the speech alone minus RMS of the noise alone, full band.
    pub snr_db: Option<f64>,
    /// One standard deviation of `snr_db`.
    pub snr_uncertainty_db: Option<f64>,
    /// The same as `snr_db` in the telephone band, 300 to 3400 Hz.
    pub snr_300_3400_db: Option<f64>,
    /// What the noise sounds like, over the whole call.
    pub kind: Option<NoiseKind>,
    /// The same along the call.
    pub segments: Option<Vec<NoiseSegment>>,
    /// 50 or 60 when mains hum is heard.
    pub hum_hz: Option<f64>,
    /// Share of samples that lie in runs of digital zero.
    pub digital_silence_ratio: Option<f64>,
    /// True if only digital silence is left between words, so that noise cannot be observed.
    pub gated: Option<bool>,
}

/// Samples in flat tops.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clipping {
    /// Share of samples in flat tops of at least 3 nearly equal extreme samples.
    pub clipped_ratio: Option<f64>,
    /// How many such runs.
    pub n_runs: Option<u64>,
    /// Where, runs within 0.5 s joined.
    pub spans: Option<Vec<TimeSpan>>,
}

/// Gaps in the sound.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dropouts {
    /// How many.
    pub n: Option<u64>,
    /// Their sum in seconds.
    pub total_s: Option<f64>,
    /// Where.
    pub spans: Option<Vec<TimeSpan>>,
}

/// Name of a bandwidth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BandwidthKind {
    /// Up to about 4 kHz.
    Narrowband,
    /// Up to about 8 kHz.
    Wideband,
    /// Beyond.
    Fullband,
}

/// How wide the audio band is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bandwidth {
    /// Upper band edge of speech.
    pub edge_hz: Option<f64>,
    /// Its name.
    pub kind: Option<BandwidthKind>,
    /// What else the spectrum tells of codecs and copies.
    pub clues: Option<Vec<String>>,
}

/// Voices that belong to neither party, such as neighbouring agents.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackgroundVoices {
    /// Share of the time in which they are heard.
    pub ratio: Option<f64>,
    /// How far they are below the party's own speech.
    pub level_below_speech_db: Option<f64>,
    /// 0 none, 1 babble, 2 words guessable, 3 words recognisable.
    pub grade: Option<u8>,
    /// Where.
    pub spans: Option<Vec<TimeSpan>>,
}

/// DNSMOS P.835: an estimate of what listeners would say, 1..=5.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Perceived {
    /// Speech quality.
    pub sig: Option<f64>,
    /// Background quality.
    pub bak: Option<f64>,
    /// Overall quality.
    pub ovrl: Option<f64>,
    /// How many windows were scored.
    pub n_windows: Option<u64>,
}

/// What lies between channels.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Crosstalk {
    /// One entry a direction; `None` when there are not two independent channels.
    pub leakage: Option<Vec<Leakage>>,
    /// Speech level of the first of two independent channels minus the second's; `None` without two levels.
    pub level_difference_db: Option<f64>,
}

/// How an overtalk came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OvertalkKind {
    /// One came in while the other spoke and went on.
    Interruption,
    /// A short sign of listening.
    Backchannel,
    /// Both began at about the same time.
    SimultaneousStart,
}

/// One time at which both parties speak.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OvertalkEvent {
    /// Start in seconds.
    pub start_s: f64,
    /// End in seconds.
    pub end_s: f64,
    /// How it came about.
    pub kind: OvertalkKind,
    /// Id of the speaker who came in second.
    pub by: String,
}

/// Both parties speak at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overtalk {
    /// Sum in seconds.
    pub total_s: f64,
    /// Share of the time in which anyone speaks; `None` if nobody does.
    pub ratio: Option<f64>,
    /// Each of them.
    pub events: Vec<OvertalkEvent>,
}

/// Nobody speaks for at least 2 s, and no music or signal is heard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// Sum in seconds.
    pub total_s: f64,
    /// The longest one in seconds.
    pub longest_s: f64,
    /// Where.
    pub spans: Vec<TimeSpan>,
}

/// What is heard while a party waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HoldKind {
    /// Music.
    Music,
    /// Nothing.
    Silence,
    /// The far end rings.
    Ringback,
    /// A tone.
    Tone,
    /// An announcement.
    Ivr,
}

/// A time of waiting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// Start in seconds.
    pub start_s: f64,
    /// End in seconds.
    pub end_s: f64,
    /// What is heard.
    pub kind: HoldKind,
}

/// Seconds charged for a call under each rounding: first block / further blocks, in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Billable {
    /// Every second begun.
    #[serde(rename = "1/1")]
    pub by_1_1: u64,
    /// Every six seconds begun.
    #[serde(rename = "6/6")]
    pub by_6_6: u64,
    /// Half a minute at least, then every six seconds.
    #[serde(rename = "30/6")]
    pub by_30_6: u64,
    /// Every minute begun.
    #[serde(rename = "60/60")]
    pub by_60_60: u64,
}

/// How the parties talk with each other. Maps are keyed by speaker id.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conversation {
    /// Seconds of speech.
    pub speech_s: Option<BTreeMap<String, f64>>,
    /// Share of all speech.
    pub talk_ratio: Option<BTreeMap<String, f64>>,
    /// Longest turn in seconds, pauses of under 2 s included, while nobody else takes the floor.
    pub monologue_s: Option<BTreeMap<String, f64>>,
    /// Median time in seconds from the end of the other's turn to the start of one's own; negative when they overlap.
    pub response_s: Option<BTreeMap<String, f64>>,
    /// Words a minute of own speech.
    pub words_per_minute: Option<BTreeMap<String, f64>>,
    /// Syllables a minute of own speech, counted by the vowels of what was transcribed.
    pub syllables_per_minute: Option<BTreeMap<String, f64>>,
    /// Both at once.
    pub overtalk: Option<Overtalk>,
    /// Nobody.
    pub silence: Option<Silence>,
    /// Times of waiting.
    pub hold: Option<Vec<Hold>>,
    /// How many times of waiting.
    pub hold_count: Option<u64>,
    /// Their sum in seconds, what overlaps counted once.
    pub hold_total_s: Option<f64>,
    /// Share of the recording that is waiting.
    pub hold_ratio: Option<f64>,
    /// Signals of the network and keyed digits, never which digits.
    pub tones: Option<Vec<Signal>>,
    /// Where people talk with each other, announcements left out, pauses of under 2 s included.
    pub live_talk: Option<Vec<TimeSpan>>,
    /// Seconds until the first live human word.
    pub time_to_human_s: Option<f64>,
    /// Seconds charged under each rounding (first block / next blocks).
    pub billable_s: Option<Billable>,
}
