//! Taking a known leakage out of a channel.

/// Subtracts `gain · source(t - delay)` from `target`; the delay is in samples, fractions allowed, negative = earlier.
pub fn subtract(_target: &mut [f32], _source: &[f32], _gain: f64, _delay_samples: f64) {}
