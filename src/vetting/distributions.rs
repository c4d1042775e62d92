//! The normal and Student's t distribution, as far as intervals need them: distribution functions to some 1e-12, and
//! their inverses by halving. Not for tails beyond that.

use std::f64::consts::{PI, SQRT_2};

/// Halvings after which an interval of doubles cannot shrink further.
const HALVINGS: usize = 200;

/// Φ: the share of a normal distribution of mean 0 and variance 1 below `z`. DLMF 7.6.2 for erf.
pub fn normal_cdf(z: f64) -> f64 {
    // Beyond 8 the rest is under 1e-15: nothing beside 1, and the series would lose its digits.
    if z.abs() > 8.0 {
        return if z > 0.0 { 1.0 } else { 0.0 };
    }
    let x = z / SQRT_2;
    let (mut term, mut sum, mut n) = (x, x, 0.0);
    while term.abs() > 1e-17 * sum.abs() {
        n += 1.0;
        term *= 2.0 * x * x / (2.0 * n + 1.0);
        sum += term;
    }
    0.5 + (-x * x).exp() * sum / PI.sqrt()
}

/// The `z` below which the share `p` of a normal distribution lies; `p` in 0..=1.
pub fn normal_quantile(p: f64) -> f64 {
    inverse(p, -8.5, 8.5, normal_cdf)
}

/// The share of Student's t distribution of `df` degrees of freedom below `t`. DLMF 8.17(i) with the t distribution as an
/// incomplete beta function (Abramowitz and Stegun 26.7.1).
pub fn t_cdf(t: f64, df: f64) -> f64 {
    if t == 0.0 {
        return 0.5;
    }
    let tail = 0.5 * incomplete_beta(df / (df + t * t), df / 2.0, 0.5);
    if t > 0.0 { 1.0 - tail } else { tail }
}

/// The `t` below which the share `p` of that distribution lies.
pub fn t_quantile(p: f64, df: f64) -> f64 {
    // With one degree of freedom (Cauchy) 1e-9 of the distribution lies beyond 3e8.
    inverse(p, -1e9, 1e9, |t| t_cdf(t, df))
}

fn inverse(p: f64, mut low: f64, mut high: f64, cdf: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if middle == low || middle == high {
            break;
        }
        if cdf(middle) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// I_x(a, b), regularised: DLMF 8.17.22, the continued fraction evaluated by Lentz's method.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    // The fraction converges fast below the mean; above it the other tail does (DLMF 8.17.4).
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let front = (a * x.ln() + b * (1.0 - x).ln() + ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b)).exp() / a;
    let kept = |v: f64| if v.abs() < 1e-300 { 1e-300 } else { v };
    let (mut c, mut d) = (1.0, 1.0 / kept(1.0 - (a + b) * x / (a + 1.0)));
    let mut fraction = d;
    for m in 1..10_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for step in [even, odd] {
            d = 1.0 / kept(1.0 + step * d);
            c = kept(1.0 + step / c);
            change = c * d;
            fraction *= change;
        }
        if (change - 1.0_f64).abs() < 1e-15 {
            break;
        }
    }
    front * fraction
}

/// ln Γ(x) for x > 0: Stirling's series (DLMF 5.11.1) after moving x above 10, where five terms give 1e-13.
fn ln_gamma(mut x: f64) -> f64 {
    let mut shift = 0.0;
    while x < 10.0 {
        shift -= x.ln();
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    let series = (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y * (1.0 / 1680.0 - y / 1188.0)))) / x;
    shift + (x - 0.5) * x.ln() - x + 0.5 * (2.0 * PI).ln() + series
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(got: f64, expected: f64, tolerance: f64) {
        assert!((got - expected).abs() <= tolerance, "{got} is not {expected}");
    }

    #[test]
    fn the_normal_distribution_has_the_values_of_its_tables() {
        // Abramowitz and Stegun, table 26.1; the last digits are theirs.
        check(normal_cdf(1.0), 0.841_344_746_068_543, 1e-12);
        check(normal_cdf(-2.5), 0.006_209_665_325_776, 1e-12);
        check(normal_quantile(0.975), 1.959_963_984_540_054, 1e-9);
        check(normal_quantile(normal_cdf(-4.2)), -4.2, 1e-6);
        assert_eq!((normal_cdf(40.0), normal_cdf(-40.0)), (1.0, 0.0));
    }

    #[test]
    fn students_distribution_has_the_values_of_its_closed_forms() {
        // One degree of freedom: 1/2 + atan(t)/π. Two: 1/2 + t / (2 √(2 + t²)).
        for t in [-30.0, -1.0, 0.3, 2.0_f64] {
            check(t_cdf(t, 1.0), 0.5 + t.atan() / PI, 1e-12);
            check(t_cdf(t, 2.0), 0.5 + t / (2.0 * (2.0 + t * t).sqrt()), 1e-12);
        }
        // Fisher's table to its three decimals.
        for (df, expected) in [(1.0, 12.706), (4.0, 2.776), (9.0, 2.262), (30.0, 2.042), (1000.0, 1.962)] {
            check(t_quantile(0.975, df), expected, 0.0005);
        }
        check(t_cdf(1.0, 1e7), normal_cdf(1.0), 1e-7);
    }
}
