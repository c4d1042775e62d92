//! Who speaks when, before words are known, and how much of one party is heard in the other's channel.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::timeline::Timeline;

/// Speech of the party that belongs to each channel, leakage of the other party left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CallActivity {
    /// One timeline a channel; empty for a dead channel and for the copy in a dual-mono file.
    pub by_channel: Vec<Timeline>,
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
