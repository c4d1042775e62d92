//! Bytes to sound: decoding, limits, and the truth about the channels.

pub mod decode;
mod leakage;
pub mod truth;

pub use decode::{DecodeError, DecodeLimits, Decoded, decode, probes_as_audio};
pub use truth::{ChannelTruth, channel_truth};
