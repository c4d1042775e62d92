//! The truth about the channels.

use crate::call::{Channels, Layout, LayoutKind, Leakage, LeakagePath, Problem};

/// What the channels really are.
#[derive(Debug, Clone)]
pub struct ChannelTruth {
    /// Kind, flags, dead channels.
    pub layout: Layout,
    /// Channels worth listening to: neither dead nor a copy of an earlier one.
    pub independent: Vec<usize>,
    /// Leakage for the report; `None` unless there are two independent channels.
    pub leakage: Option<Vec<Leakage>>,
    /// Leakage that was found, for taking it out again.
    pub paths: Vec<LeakagePath>,
    /// What could not be judged.
    pub problems: Vec<Problem>,
}

/// Looks at the channels.
pub fn channel_truth(channels: &Channels) -> ChannelTruth {
    ChannelTruth {
        layout: Layout { kind: LayoutKind::Mono, flags: vec![], dead_channels: vec![], role_confidence: None },
        independent: (0..channels.n_channels()).collect(),
        leakage: None,
        paths: vec![],
        problems: vec![],
    }
}
