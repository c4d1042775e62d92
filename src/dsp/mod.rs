//! Signal tools: pure functions on sample slices. No I/O, and nothing of ours but `units`.

pub mod cancel;
pub mod resample;
