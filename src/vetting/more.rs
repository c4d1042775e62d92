//! How many more calls would tell two vendors apart. Plans from what was seen so far: a promise of size, not of outcome.

use crate::call::vendors::MoreCalls;

/// More calls of each than anybody listens to for a decision: beyond, the answer is that calls will not settle it.
const MOST: f64 = 5000.0;

/// Calls of each to add so that the squared half width of an interval, `factor`·(vₐ/(nₐ+k) + v_b/(n_b+k)), is at most
/// `target`². `variance_*` are of one call, the design effect of agents in it.
///
/// With `factor` = z² (z = 1.96) the interval gets the half width `target`; with (1.96 + 0.84)² a difference of size `target` is found in
/// 80 % of trials (J. L. Fleiss, B. Levin, M. C. Paik, "Statistical Methods for Rates and Proportions", 2003, section 4.2).
pub fn more_calls((variance_a, n_a): (f64, f64), (variance_b, n_b): (f64, f64), factor: f64, target: f64) -> MoreCalls {
    let is_enough = |k: f64| factor * (variance_a / (n_a + k) + variance_b / (n_b + k)) <= target * target;
    if is_enough(0.0) {
        return MoreCalls::Enough;
    }
    if !is_enough(MOST) {
        return MoreCalls::Hopeless;
    }
    let (mut low, mut high) = (0, MOST as u64);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if is_enough(middle as f64) { high = middle } else { low = middle }
    }
    MoreCalls::Each(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_calls_narrow_the_interval_to_the_target() {
        let z2 = 1.96 * 1.96;
        // Even odds on both sides: z²·2·0.25/n = 0.05² at n = 768.3, so 769 less the 20 that are there.
        assert_eq!(more_calls((0.25, 20.0), (0.25, 20.0), z2, 0.05), MoreCalls::Each(749));
        assert_eq!(more_calls((0.25, 800.0), (0.25, 800.0), z2, 0.05), MoreCalls::Enough);
        assert_eq!(more_calls((0.25, 20.0), (0.25, 20.0), z2, 0.001), MoreCalls::Hopeless);
        assert_eq!(more_calls((0.25, 20.0), (0.25, 20.0), z2, 0.0), MoreCalls::Hopeless);
        // 80:20 samples: z²·(0.25/(80+k) + 0.25/(20+k)) = 0.2² between k = 12 and 13.
        assert_eq!(more_calls((0.25, 80.0), (0.25, 20.0), z2, 0.2), MoreCalls::Each(13));
    }
}
