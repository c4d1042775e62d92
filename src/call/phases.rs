//! What else than live talk is heard along a call: signals of the network, keyed digits, announcements, hold music.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::activity::CallActivity;
use crate::timeline::{TimeSpan, Timeline};

/// What is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PhaseKind {
    /// The far end rings; pauses between two rings belong to it.
    Ringback,
    /// Busy or congestion: short bursts in quick succession.
    Busy,
    /// Dial tone: it does not end by itself.
    Dial,
    /// Another tone: a beep, special information.
    Tone,
    /// A key of a telephone. Never which one: keyed digits are personal data.
    Dtmf,
    /// Music that is as loud as the talk, with nobody speaking.
    Music,
    /// An announcement.
    Ivr,
}

/// One phase of one channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Phase {
    /// Start in seconds.
    pub start_s: f64,
    /// End in seconds.
    pub end_s: f64,
    /// Index of the channel in which it is heard best.
    pub channel: usize,
    /// What is heard.
    pub kind: PhaseKind,
}

impl Phase {
    /// When.
    pub fn span(&self) -> TimeSpan {
        TimeSpan::new(self.start_s, self.end_s)
    }
}

/// Phases of a call, and the speech that is left when what they are made of is not taken for speech.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CallPhases {
    /// Ordered by start; on one channel, or on several when each has its own. They may overlap.
    pub phases: Vec<Phase>,
    /// Speech by channel, announcements included, sounds that only seemed to be speech left out.
    pub activity: CallActivity,
    /// By channel: where tones or music are heard, its own or another's that leaks. No background of the line.
    pub sounds: Vec<Timeline>,
}

impl CallPhases {
    /// What is heard on each channel and is no background of the line: tones, and music that is waited in. Music that
    /// goes on in the pauses of somebody who speaks is background.
    pub fn not_background(&self) -> Vec<Timeline> {
        // As long as a silence must be to count as waiting: the pauses of a talk are shorter.
        const LEAST_WAIT_S: f64 = 10.0;
        let music = self.of(&[PhaseKind::Music]);
        let behind_speech = music.minus(&music.longer_than(LEAST_WAIT_S));
        self.sounds.iter().map(|heard| heard.minus(&behind_speech)).collect()
    }

    /// When any of these kinds is heard, on whichever channel.
    pub fn of(&self, kinds: &[PhaseKind]) -> Timeline {
        Timeline::new(self.phases.iter().filter(|p| kinds.contains(&p.kind)).map(Phase::span))
    }
}

/// A signal as reports name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// The far end rings.
    Ringback,
    /// Busy or congestion.
    Busy,
    /// Dial tone.
    Dial,
    /// Another tone.
    Tone,
    /// A key was pressed; which one is never told.
    Dtmf,
}

/// A signal of the network or of a telephone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    /// Start in seconds.
    pub start_s: f64,
    /// End in seconds.
    pub end_s: f64,
    /// The channel in which it is heard.
    pub channel: u16,
    /// What it is.
    pub kind: SignalKind,
}
