//! Bytes to sound: decoding, limits, and the truth about the channels.

pub mod decode;
mod leakage;
pub mod truth;

mod aiff;
mod blocks;
mod collect;
mod engine;
mod error;
mod mp4;
mod mpeg;
mod own_voice;
mod pump;
mod riff;
mod section;
mod sniff;

pub use decode::{DecodeError, DecodeLimits, Decoded, EXTENSIONS, decode, probes_as_audio};
pub use truth::{ChannelTruth, channel_truth};
