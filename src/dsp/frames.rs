//! Short-time power: one number a frame, the clay that level meters and activity decisions are made of.
//! Not spectra: those are in [`super::spectrum`].

/// Mean of the squares; 0 for no samples.
pub fn mean_square(samples: &[f32]) -> f64 {
    if samples.is_empty() {
        return 0.0;
    }
    samples.iter().map(|&s| f64::from(s) * f64::from(s)).sum::<f64>() / samples.len() as f64
}

/// Arithmetic mean; 0 for no samples.
pub fn mean(samples: &[f32]) -> f64 {
    if samples.is_empty() {
        return 0.0;
    }
    samples.iter().map(|&s| f64::from(s)).sum::<f64>() / samples.len() as f64
}

/// Mean square around the mean of the whole slice, one value for each whole frame of `len` samples; what is left
/// at the end is dropped. `len` of 0 gives nothing.
pub fn frame_powers(samples: &[f32], len: usize) -> Vec<f64> {
    if len == 0 {
        return Vec::new();
    }
    let offset = mean(samples);
    samples
        .chunks_exact(len)
        .map(|frame| frame.iter().map(|&s| (f64::from(s) - offset) * (f64::from(s) - offset)).sum::<f64>() / len as f64)
        .collect()
}

/// The value below which a share `p` (0..=1) of the values lies, linearly interpolated; `None` for no values.
/// Order does not matter; values must not be NaN.
pub fn percentile(values: &[f64], p: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let at = p.clamp(0.0, 1.0) * last as f64;
    let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    Some(low + (high - low) * at.fract())
}

/// Moving average over `2 * half + 1` values, fewer at the ends.
pub fn smoothed(values: &[f64], half: usize) -> Vec<f64> {
    let mut sums = Vec::with_capacity(values.len() + 1);
    sums.push(0.0);
    for value in values {
        sums.push(sums[sums.len() - 1] + value);
    }
    (0..values.len())
        .map(|i| {
            let (from, to) = (i.saturating_sub(half), (i + half + 1).min(values.len()));
            // A difference of running sums can fall a rounding error below zero.
            ((sums[to] - sums[from]) / (to - from) as f64).max(0.0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_has_power_but_none_around_its_mean() {
        assert_eq!(mean_square(&[0.5; 8]), 0.25);
        assert_eq!(frame_powers(&[0.5; 9], 4), [0.0, 0.0]);
        assert!(frame_powers(&[0.5; 9], 0).is_empty());
    }

    #[test]
    fn percentiles_lie_between_their_neighbours() {
        assert_eq!(percentile(&[3.0, 1.0, 2.0], 0.5), Some(2.0));
        assert_eq!(percentile(&[0.0, 10.0], 0.25), Some(2.5));
        assert_eq!(percentile(&[], 0.5), None);
    }

    #[test]
    fn smoothing_keeps_a_constant() {
        assert_eq!(smoothed(&[2.0; 5], 2), [2.0; 5]);
    }
}
