//! How sure the numbers of the batch are: intervals of means, rates and shares, and how many calls must be heard to know
//! something. All of them are of 95 %. Calls are taken as independent of each other; calls of one agent resemble each
//! other, so that an interval over several agents (a vendor, an hour) is rather too narrow. Not a test of anything:
//! whether two groups differ is for the comparison of vendors to say.

/// From … to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Interval {
    pub(super) low: f64,
    pub(super) high: f64,
}

/// Share of the probability left out on each side of an interval.
const TAIL: f64 = 0.025;

/// 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Mean of a number by call and its interval by Student's t: mean ± t(n-1) · s / √n. No interval for fewer than two
/// values, or where all are the same (that says nothing of the next one).
pub(super) fn mean(values: &[f64]) -> Option<(f64, Option<Interval>)> {
    if values.is_empty() {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    let half = (values.len() > 1 && variance > 0.0).then(|| student_t(n - 1.0) * (variance / n).sqrt());
    Some((mean, half.map(|half| Interval { low: mean - half, high: mean + half })))
}

/// Mean of a count by call and its interval: the exact one of a Poisson count (Garwood 1936) for the sum, of which the
/// counts are divided by how much more they vary than a Poisson count does (dispersion, at least 1: findings come in
/// clusters). Unlike Student's t it says something for a group in which nothing was found.
pub(super) fn rate(counts: &[u64]) -> Option<(f64, Interval)> {
    if counts.is_empty() {
        return None;
    }
    let n = counts.len() as f64;
    let sum = counts.iter().sum::<u64>() as f64;
    let mean = sum / n;
    let variance = counts.iter().map(|c| (*c as f64 - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    let dispersion = if mean > 0.0 { (variance / mean).max(1.0) } else { 1.0 };
    let of_sum = poisson(sum / dispersion);
    Some((mean, Interval { low: of_sum.low * dispersion / n, high: of_sum.high * dispersion / n }))
}

/// Interval of a share, `k` of `n`: Wilson (1927). Never below 0 or above 1.
pub(super) fn share(k: u64, n: u64) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let (n, p) = (n as f64, k as f64 / n as f64);
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    Some(Interval { low: (middle - half).max(0.0), high: (middle + half).min(1.0) })
}

/// The most that may be bad of `n_calls` if none of `n` of them, drawn by lot and heard, is, with 95 % confidence: the largest
/// number of bad calls of which such a lot misses all with a probability of at least 0.05 (hypergeometric). Near
/// 1 - 0.05^(1/n) for many calls (Clopper and Pearson 1934, one-sided), and that near 3/n for many heard.
pub(super) fn most_if_none(n: u64, n_calls: u64) -> f64 {
    if n == 0 || n_calls == 0 {
        return 1.0;
    }
    let n = n.min(n_calls);
    let all_missed = |n_bad: u64| -> f64 {
        (0..n).map(|i| (n_calls - i).saturating_sub(n_bad) as f64 / (n_calls - i) as f64).product()
    };
    let (mut low, mut high) = (0, n_calls + 1);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if all_missed(middle) >= 0.05 { low = middle } else { high = middle }
    }
    low as f64 / n_calls as f64
}

/// Calls to be heard, drawn by lot, so that a share is known within ±`half`, whatever it is (at most z² / 4 half²), fewer
/// where the batch itself is small (finite population correction, Cochran 1977, 4.5).
pub(super) fn calls_to_hear(half: f64, n_calls: u64) -> u64 {
    let endless = Z * Z / (4.0 * half * half);
    let n = n_calls as f64;
    let needed = endless / (1.0 + (endless - 1.0) / n.max(1.0));
    (needed.ceil() as u64).min(n_calls)
}

/// Exact interval of a Poisson count; also of what is no whole number, by the gamma distribution.
fn poisson(count: f64) -> Interval {
    let low = if count > 0.0 { gamma_quantile(count, TAIL) } else { 0.0 };
    Interval { low, high: gamma_quantile(count + 1.0, 1.0 - TAIL) }
}

/// 97.5 % quantile of Student's t.
fn student_t(degrees: f64) -> f64 {
    // P(|T| > t) = I(ν / (ν + t²); ν/2, 1/2); DLMF 8.17.
    root(|t| 1.0 - beta_share(degrees / (degrees + t * t), degrees / 2.0, 0.5), 1.0 - 2.0 * TAIL)
}

fn gamma_quantile(shape: f64, p: f64) -> f64 {
    root(|x| gamma_share(shape, x), p)
}

/// Where a rising function of 0.. reaches `level`, by bisection.
fn root(rising: impl Fn(f64) -> f64, level: f64) -> f64 {
    let mut high = 1.0;
    // 2^60: beyond any count of findings; an end for what never rises so far.
    for _ in 0..60 {
        if rising(high) >= level {
            break;
        }
        high *= 2.0;
    }
    let mut low = 0.0;
    // 60 halvings: more than a double can tell apart.
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if rising(middle) < level {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// Regularised lower incomplete gamma function P(a, x); DLMF 8.11.4 (series).
fn gamma_share(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    // Beyond 12 standard deviations nothing is left, and the series would be long.
    if x > a + 12.0 * a.sqrt() + 40.0 {
        return 1.0;
    }
    let (mut term, mut sum, mut k) = (1.0 / a, 1.0 / a, a);
    while term > sum * 1e-15 {
        k += 1.0;
        term *= x / k;
        sum += term;
    }
    (sum.ln() + a * x.ln() - x - ln_gamma(a)).exp().min(1.0)
}

/// Regularised incomplete beta function I(x; a, b), by its continued fraction, DLMF 8.17.22, from the last term of many to
/// the first.
fn beta_share(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    // The fraction converges fast below this.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_share(1.0 - x, b, a);
    }
    // 200 terms: enough for 10⁴ degrees of freedom; more calls are taken for these.
    let fraction = (1..=200).rev().fold(1.0, |below, term| {
        let m = f64::from(term / 2);
        let d = if term % 2 == 0 {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        };
        1.0 + d / below
    });
    let ln_beta = ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    (a * x.ln() + b * (1.0 - x).ln() - ln_beta).exp() / (a * fraction)
}

/// ln Γ(x) for x > 0: Stirling's series (DLMF 5.11.1) from 10 on, the recurrence Γ(x+1) = xΓ(x) below.
fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut below) = (x, 0.0);
    while x < 10.0 {
        below += x.ln();
        x += 1.0;
    }
    let i = 1.0 / (x * x);
    let series = (1.0 / 12.0 - i * (1.0 / 360.0 - i * (1.0 / 1260.0 - i * (1.0 / 1680.0 - i / 1188.0)))) / x;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - below
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: f64, expected: f64, tolerance: f64, what: &str) {
        assert!((value - expected).abs() <= tolerance, "{what}: {value} is not {expected}");
    }

    #[test]
    fn students_t_is_that_of_the_tables() {
        // Half a unit of the last printed digit.
        for (degrees, expected) in [(1.0, 12.706), (2.0, 4.303), (4.0, 2.776), (30.0, 2.042), (120.0, 1.980)] {
            near(student_t(degrees), expected, 5e-4, "t");
        }
        near(student_t(5000.0), Z, 1e-3, "many calls: the normal distribution");
        // One degree of freedom is the Cauchy distribution: tan(π (0.975 - 0.5)).
        near(student_t(1.0), (std::f64::consts::PI * 0.475).tan(), 1e-9, "Cauchy");
    }

    #[test]
    fn the_interval_of_a_poisson_count_is_garwoods() {
        for (count, low, high) in
            [(0.0, 0.0, 3.689), (1.0, 0.025, 5.572), (10.0, 4.795, 18.390), (100.0, 81.364, 121.627)]
        {
            let interval = poisson(count);
            near(interval.low, low, 5e-4, "low");
            near(interval.high, high, 5e-4, "high");
        }
        // Closed form: nothing found, e^-x = 0.025.
        near(poisson(0.0).high, -(0.025_f64.ln()), 1e-9, "closed form");
    }

    #[test]
    fn gamma_is_the_factorial() {
        near(ln_gamma(6.0), 120_f64.ln(), 1e-12, "5!");
        near(ln_gamma(0.5), 0.5 * std::f64::consts::PI.ln(), 1e-12, "√π");
    }

    #[test]
    fn a_mean_has_the_interval_of_students_t() {
        // Five values of mean 3 and variance 2.5: 3 ± 2.776 · √(2.5 / 5).
        let (mean_of, interval) = mean(&[1.0, 2.0, 3.0, 4.0, 5.0]).expect("values");
        let interval = interval.expect("more than one");
        near(mean_of, 3.0, 1e-12, "mean");
        near(interval.high, 3.0 + 2.776_445 * 0.5_f64.sqrt(), 1e-5, "high");
        near(interval.low, 3.0 - 2.776_445 * 0.5_f64.sqrt(), 1e-5, "low");
        assert_eq!(mean(&[7.0]), Some((7.0, None)), "one value says nothing of the next");
        assert_eq!(mean(&[]), None);
    }

    #[test]
    fn a_rate_of_clustered_findings_is_less_sure() {
        let (even, of_even) = rate(&[2; 10]).expect("counts");
        let (odd, of_odd) = rate(&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0]).expect("counts");
        near(even, odd, 1e-12, "the same mean");
        near(of_even.high, 3.089, 1e-3, "20 in 10 calls: 30.89 / 10");
        assert!(of_odd.low < of_even.low && of_odd.high > of_even.high, "{of_odd:?}");
        assert_eq!(rate(&[0, 0]).expect("counts").1.low, 0.0);
        assert_eq!(rate(&[]), None);
    }

    #[test]
    fn shares_have_wilsons_interval() {
        // Newcombe 1998, table I: 81 of 263 and 0 of 20.
        for (k, n, low, high) in [(81, 263, 0.2553, 0.3662), (0, 20, 0.0, 0.1611)] {
            let interval = share(k, n).expect("calls");
            near(interval.low, low, 5e-5, "low");
            near(interval.high, high, 5e-5, "high");
        }
        assert_eq!(share(0, 0), None);
    }

    #[test]
    fn what_a_sample_can_say_follows_from_its_size() {
        // Of a million calls one more or less is 1e-6; 0.6316 is 1 - 0.05^(1/3).
        near(most_if_none(3, 1_000_000), 0.631_6, 5e-5, "three calls say little");
        near(most_if_none(300, 1_000_000), 3.0 / 300.0, 1e-4, "rule of three");
        // C(3,3) / C(5,3) = 1/10.
        near(most_if_none(3, 5), 0.4, 1e-12, "two of five may be missed");
        near(most_if_none(5, 5), 0.0, 1e-12, "all were heard");
        for (n_calls, expected) in [(1_000_000, 97), (2000, 92), (100, 50), (5, 5), (0, 0)] {
            assert_eq!(calls_to_hear(0.1, n_calls), expected, "of {n_calls}");
        }
    }
}
