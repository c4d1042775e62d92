//! Who speaks when, before words are known, and how much of one party is heard in the other's channel.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::timeline::Timeline;

/// Speech of the party that belongs to each channel, leakage of the other party left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CallActivity {
    /// One timeline a channel; empty for a dead channel and for the copy in a dual-mono file.
    pub by_channel: Vec<Timeline>,
    /// Voices behind the party, one entry a channel (fewer are as `None`); `None` where they cannot be told from the
    /// party's own speech: one channel, hardly a pause.
    pub background: Vec<Option<Background>>,
    /// Tones and hold music by channel (fewer entries are as none): neither speech nor background of the line.
    pub sounds: Vec<Timeline>,
    /// By channel (fewer entries are as none): where it holds nothing but what leaks from the other party.
    pub leaked: Vec<Timeline>,
    /// The voices of the call in the order of the speakers, announcements included; empty before they were told apart: then
    /// there is one for each channel.
    pub voices: Vec<Voice>,
}

/// One voice of a call, and when it is heard.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// The channel it is heard on; several voices may share one.
    pub channel: u16,
    /// True for recorded speech: a menu, a greeting, an announcement in hold music.
    pub is_announcement: bool,
    /// When it speaks.
    pub speech: Timeline,
}

/// Voices on a channel that belong to neither party, as they are heard while the party is silent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Background {
    /// Where they are heard.
    pub spans: Timeline,
    /// Where they would be: the party is silent, and nobody else leaks in.
    pub observed: Timeline,
    /// Power of the party's speech over that of the voices; `None` without voices.
    pub level_below_speech_db: Option<f64>,
    /// Power of the voices over the quietest moments behind them; `None` without voices.
    pub above_noise_db: Option<f64>,
    /// True if there are so many of them that none can be followed.
    pub is_babble: bool,
    /// True if the voices pause as a single talker does.
    pub is_one_talker: bool,
}

/// Leakage in one direction as reports print it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leakage {
    /// The channel whose party is heard elsewhere.
    pub from: u16,
    /// The channel in which it is heard.
    pub to: u16,
    /// True if it was found; `None` if it could not be judged.
    pub detected: Option<bool>,
    /// How much weaker than in its own channel; positive is weaker.
    pub attenuation_db: Option<f64>,
    /// How much later than in its own channel.
    pub delay_ms: Option<f64>,
}

/// Leakage in one direction as stages use it: `to(t) += gain · from(t - delay)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeakagePath {
    /// The channel whose party is heard elsewhere.
    pub from: usize,
    /// The channel in which it is heard.
    pub to: usize,
    /// Signed amplitude ratio.
    pub gain: f64,
    /// Delay in samples at the native rate, fractions allowed; may be negative.
    pub delay_samples: f64,
}
