//! Signal tools: pure functions on sample slices. No I/O, and nothing of ours but `units`.

pub mod cancel;
pub mod correlation;
pub mod frames;
pub mod loudness;
pub mod resample;
pub mod spectrum;
pub mod tonality;
