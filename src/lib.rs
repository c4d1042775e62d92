//! callvet vets call recordings: it decodes them, measures noise and crosstalk, transcribes each party and
//! flags scripted, manipulative or misleading sales phrases, all on this machine.
//!
//! The layers, from the ground up, and who may import whom: `docs/architecture.md`; `tests/it/tidy.rs` holds it.

pub mod text;
pub mod units;

pub mod dsp;
pub mod models;
pub mod onnx;
pub mod timeline;
pub mod wav;

pub mod call;

pub mod accuracy;
pub mod audio;
pub mod conversation;
pub mod facts;
pub mod metrics;
pub mod perceived;
pub mod phases;
pub mod phrases;
pub mod privacy;
pub mod report;
pub mod rules;
pub mod speakers;
pub mod transcribe;
pub mod vad;
pub mod vetting;

pub mod pipeline;

pub mod batch;

#[cfg(feature = "serve")]
pub mod serve;

pub mod cli;
