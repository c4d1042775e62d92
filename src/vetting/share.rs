//! Shares of few calls: an interval that does not claim certainty when 0 of 10 calls have something. Not for means.

use super::distributions::normal_cdf;

/// A share, and how many calls it is as good as: fewer than there are where calls of one agent are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// 0..=1.
    pub p: f64,
    /// Above 0.
    pub n: f64,
}

impl Share {
    /// Wilson's score interval, `z` standard errors to either side: E. B. Wilson, "Probable inference, the law of succession,
    /// and statistical inference", JASA 22 (1927), 209-212. With `n` the effective number of calls: N. Dean and M. Pagano,
    /// "Evaluating confidence interval methods for binomial proportions in clustered surveys", J. Survey Stat. Methodol. 3 (2015).
    pub fn wilson(self, z: f64) -> (f64, f64) {
        let Self { p, n } = self;
        let scale = 1.0 + z * z / n;
        let middle = (p + z * z / (2.0 * n)) / scale;
        let half = z / scale * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        // At 0 and 1 the ends are exact, whatever rounding does.
        let low = if p <= 0.0 { 0.0 } else { middle - half };
        let high = if p >= 1.0 { 1.0 } else { middle + half };
        (low.max(0.0), high.min(1.0))
    }

    /// Half as many hits more as Wilson's interval adds: the share to plan with, which is never 0 or 1. Wilson 1927.
    pub fn planned(self, z: f64) -> f64 {
        (self.p * self.n + z * z / 2.0) / (self.n + z * z)
    }
}

/// Interval of `a.p - b.p`: R. G. Newcombe, "Interval estimation for the difference between independent proportions:
/// comparison of eleven methods", Statistics in Medicine 17 (1998), 873-890, method 10.
pub fn newcombe(a: Share, b: Share, z: f64) -> (f64, f64) {
    let ((low_a, high_a), (low_b, high_b)) = (a.wilson(z), b.wilson(z));
    let difference = a.p - b.p;
    (difference - (a.p - low_a).hypot(high_b - b.p), difference + (high_a - a.p).hypot(b.p - low_b))
}

/// The two-sided level at which [`newcombe`]'s interval just reaches 0, so that it says the same as the interval; 1 if the
/// shares are equal.
pub fn newcombe_p(a: Share, b: Share) -> f64 {
    let reaches_zero = |z: f64| {
        let (low, high) = newcombe(a, b, z);
        low <= 0.0 && high >= 0.0
    };
    // Beyond 8 standard errors nothing is left of a p-value.
    let (mut low, mut high) = (0.0, 8.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if reaches_zero(middle) { high = middle } else { low = middle }
    }
    2.0 * (1.0 - normal_cdf(0.5 * (low + high)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const Z95: f64 = 1.959_963_984_540_054;

    fn share(hits: u32, n: u32) -> Share {
        Share { p: f64::from(hits) / f64::from(n), n: f64::from(n) }
    }

    fn check(got: (f64, f64), expected: (f64, f64), tolerance: f64) {
        assert!(
            (got.0 - expected.0).abs() <= tolerance && (got.1 - expected.1).abs() <= tolerance,
            "{got:?} {expected:?}"
        );
    }

    #[test]
    fn wilsons_interval_has_its_published_values() {
        // None of n: 0 to z²/(n + z²), closed form.
        let z2 = Z95 * Z95;
        check(share(0, 10).wilson(Z95), (0.0, z2 / (10.0 + z2)), 1e-12);
        check(share(10, 10).wilson(Z95), (10.0 / (10.0 + z2), 1.0), 1e-12);
        // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I,
        // method 3: to its four decimals.
        check(share(81, 263).wilson(Z95), (0.2553, 0.3662), 5e-5);
        check(share(15, 148).wilson(Z95), (0.0624, 0.1605), 5e-5);
        check(share(0, 20).wilson(Z95), (0.0, 0.1611), 5e-5);
        check(share(1, 29).wilson(Z95), (0.0061, 0.1718), 5e-5);
    }

    #[test]
    fn newcombes_interval_has_its_published_values() {
        // Table II of the paper, method 10: to its four decimals.
        check(newcombe(share(56, 70), share(48, 80), Z95), (0.0524, 0.3339), 5e-5);
        check(newcombe(share(9, 10), share(3, 10), Z95), (0.1705, 0.8090), 5e-5);
        check(newcombe(share(6, 7), share(2, 7), Z95), (0.0582, 0.8062), 5e-5);
        check(newcombe(share(5, 56), share(0, 29), Z95), (-0.0381, 0.1926), 5e-5);
        check(newcombe(share(0, 10), share(0, 20), Z95), (-0.1611, 0.2775), 5e-5);
        check(newcombe(share(10, 10), share(0, 20), Z95), (0.6791, 1.0), 5e-5);
    }

    #[test]
    fn the_p_value_says_the_same_as_the_interval() {
        for (a, b) in [(share(9, 10), share(3, 10)), (share(5, 56), share(0, 29)), (share(2, 8), share(7, 9))] {
            let (low, high) = newcombe(a, b, Z95);
            assert_eq!(newcombe_p(a, b) < 0.05, low > 0.0 || high < 0.0, "{a:?} {b:?}");
        }
        assert!((newcombe_p(share(3, 10), share(3, 10)) - 1.0).abs() < 1e-9);
    }
}
