//! Bytes to sound: decoding, limits, and the truth about the channels.

mod codecs;
mod containers;
pub mod decode;
pub mod external;
mod leakage;
pub mod truth;

mod blocks;
mod collect;
mod engine;
mod error;
mod limits;
mod own;
mod own_voice;
mod packets;
mod pump;
mod raw;
mod section;
mod sniff;
mod speech_stream;

pub use decode::{
    DecodeError, DecodeLimits, DecodeOptions, Decoded, EXTENSIONS, RawFormat, decode, decode_with, probes_as_audio,
};
pub use external::External;
pub use truth::{ChannelTruth, channel_truth};
