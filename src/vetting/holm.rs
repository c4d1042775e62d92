//! Many comparisons at once: with twelve figures one of them looks different by chance in nearly every second pair.

/// p-values corrected for their number, in the order given, so that calling those under a level "different" is wrong anywhere with
/// at most that probability: S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statistics 6 (1979).
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut corrected = vec![0.0; p.len()];
    let mut highest: f64 = 0.0;
    for (rank, index) in order.into_iter().enumerate() {
        highest = highest.max((p[index] * (p.len() - rank) as f64).min(1.0));
        corrected[index] = highest;
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p_values_are_corrected_from_the_smallest_on() {
        let check = |p: &[f64], expected: &[f64]| {
            let got = holm(p);
            assert!(got.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{got:?}");
            assert_eq!(got.len(), expected.len());
        };
        // By hand: 4·0.005, 3·0.01, then 2·0.03, and 0.04 not below its predecessor.
        check(&[0.01, 0.04, 0.03, 0.005], &[0.03, 0.06, 0.06, 0.02]);
        check(&[0.9, 0.6], &[1.0, 1.0]);
        check(&[0.02], &[0.02]);
        check(&[], &[]);
    }
}
