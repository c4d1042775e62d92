//! Means and rates of calls as ratios Σy/Σd, weighted over kinds of calls where those differ, with intervals that know
//! that calls of one agent are alike. Not for shares of calls: those have intervals of their own.

use super::distributions::{normal_cdf, normal_quantile, t_cdf, t_quantile};
use crate::dsp::mix::Random;

/// Resamples: the ends of a 95 % interval then vary by about a twentieth of its width (Efron and Tibshirani, "An Introduction to
/// the Bootstrap", 1993, section 14.3).
pub const N_RESAMPLES: usize = 2000;
/// Any number; the same calls give the same intervals.
pub const SEED: u64 = 19_271_998;

/// From this many agents or calls on their own variety is enough to draw from; below, resamples repeat too few of them and
/// intervals come out short (T. Hesterberg, "What teachers should know about the bootstrap", Am. Statistician 69 (2015)).
const FEWEST_FOR_BOOTSTRAP: usize = 10;
/// Above this many the mean is as good as normal, and resamples would only cost time.
const MOST_FOR_BOOTSTRAP: usize = 1000;

/// With fewer resamples than this beyond 0, how many there are is mostly chance (their count varies by its root, a third of 10), and
/// with none the smallest p-value is that of 1 in 2 `N_RESAMPLES`: too large to stay sure among the comparisons of three vendors.
const FEWEST_BEYOND: f64 = 10.0;

/// What one call gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// Numerator.
    pub y: f64,
    /// Denominator, above 0: 1 for a mean over calls.
    pub d: f64,
    /// Which agent, or which call where agents are not known.
    pub cluster: usize,
    /// Which kind of call.
    pub stratum: usize,
}

/// A ratio with what its interval needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratio {
    /// Σ over strata of weight · Σy/Σd.
    pub value: f64,
    /// Its variance, by clusters.
    pub variance: f64,
    /// Clusters with observations.
    pub n_clusters: usize,
    /// Strata with observations: as many means are estimated.
    n_strata: usize,
    /// Values of resamples, spread for the number of clusters; empty where Student's t is used.
    resamples: Vec<f64>,
}

/// Sums of a cluster in a stratum.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    y: f64,
    d: f64,
}

impl Ratio {
    /// Of these observations, with `weights` by stratum (scaled to sum 1 over those that have observations); `None` without
    /// any. Equal weights for every call are those of `weights: None`. `seed` is for the resamples.
    ///
    /// The variance is that of the linearised ratio by clusters (W. G. Cochran, "Sampling Techniques", 1977, sections 6.10 and 9A.2);
    /// not a number where there are no more clusters than strata.
    pub fn of(observations: &[Observation], weights: Option<&[f64]>, seed: u64) -> Option<Self> {
        let n_strata = match weights {
            Some(weights) => weights.len(),
            None => 1,
        };
        let stratum = |o: &Observation| if weights.is_some() { o.stratum } else { 0 };
        let used: Vec<&Observation> = observations.iter().filter(|o| stratum(o) < n_strata).collect();
        let mut ids: Vec<usize> = used.iter().map(|o| o.cluster).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut clusters = vec![vec![Sums::default(); n_strata]; ids.len()];
        for o in &used {
            let at = ids.binary_search(&o.cluster).expect("made of these");
            let sums = &mut clusters[at][stratum(o)];
            sums.y += o.y;
            sums.d += o.d;
        }
        let ones = [1.0];
        let weights = weights.unwrap_or(&ones);
        let total = summed(clusters.iter().map(|c| (1.0, c)), n_strata);
        let value = weighted(&total, weights)?;
        let scale: f64 = total.iter().zip(weights).filter(|(t, _)| t.d > 0.0).map(|(_, w)| w).sum();
        let influence = |cluster: &Vec<Sums>| -> f64 {
            let parts = cluster.iter().zip(&total).zip(weights).filter(|((_, t), _)| t.d > 0.0);
            parts.map(|((c, t), w)| w / scale * (c.y - t.y / t.d * c.d) / t.d).sum()
        };
        let squares: f64 = clusters.iter().map(|c| influence(c).powi(2)).sum();
        let n_strata = total.iter().filter(|t| t.d > 0.0).count();
        let mut ratio = Self { value, variance: f64::NAN, n_clusters: clusters.len(), n_strata, resamples: Vec::new() };
        if ratio.df() > 0.0 {
            ratio.variance = clusters.len() as f64 / ratio.df() * squares;
        }
        if ratio.df() > 0.0 && (FEWEST_FOR_BOOTSTRAP..=MOST_FOR_BOOTSTRAP).contains(&clusters.len()) {
            let spread = (clusters.len() as f64 / ratio.df()).sqrt();
            ratio.resamples = resampled(&clusters, weights, (value, spread), seed);
        }
        Some(ratio)
    }

    /// True if the interval is from resamples.
    pub fn is_bootstrapped(&self) -> bool {
        !self.resamples.is_empty()
    }

    /// Degrees of freedom: clusters less the means of strata. Not above 0 if nothing can be told of the variance.
    pub fn df(&self) -> f64 {
        self.n_clusters as f64 - self.n_strata as f64
    }

    /// The interval of level 1-`alpha`; `None` if one cluster is all, or nothing varies among few.
    pub fn interval(&self, alpha: f64) -> Option<(f64, f64)> {
        interval(self.value, self.variance, self.df(), self.resamples.clone(), alpha)
    }
}

/// A difference of two ratios.
#[derive(Debug, Clone, PartialEq)]
pub struct RatioDifference {
    /// First minus second.
    pub value: f64,
    /// Interval of level 95 %; `None` with too few clusters.
    pub interval: Option<(f64, f64)>,
    /// Two-sided, of the same distribution as the interval, but Welch's where hardly any resample lies beyond 0.
    pub p: Option<f64>,
    /// True if both are resampled.
    pub is_bootstrapped: bool,
}

/// `a` minus `b`, which must be independent. Where both are resampled: percentiles of the differences of resamples, at the
/// levels that Student's t puts in place of the normal (Hesterberg 2015, "expanded percentile"); else Welch's t with
/// Satterthwaite's degrees of freedom (B. L. Welch, Biometrika 34 (1947)). The p-value is Welch's too, on the variances by clusters,
/// where fewer than 10 resamples lie beyond 0: that many or none of 2000 cannot tell small p-values apart (B. Phipson and G. K. Smyth,
/// "Permutation p-values should never be zero", Stat. Appl. Genet. Mol. Biol. 9 (2010)), and ten calls would be worse off than nine.
pub fn difference(a: &Ratio, b: &Ratio, alpha: f64) -> RatioDifference {
    let value = a.value - b.value;
    let variance = a.variance + b.variance;
    let part = |r: &Ratio| r.variance * r.variance / r.df();
    let df = variance * variance / (part(a) + part(b));
    let is_bootstrapped = a.is_bootstrapped() && b.is_bootstrapped();
    let resamples: Vec<f64> = match is_bootstrapped {
        true => a.resamples.iter().zip(&b.resamples).map(|(a, b)| a - b).collect(),
        false => Vec::new(),
    };
    let p = p_value(value, variance, df, &resamples);
    RatioDifference { value, interval: interval(value, variance, df, resamples, alpha), p, is_bootstrapped }
}

fn interval(value: f64, variance: f64, df: f64, mut resamples: Vec<f64>, alpha: f64) -> Option<(f64, f64)> {
    if !(variance > 0.0 && df > 0.0) {
        return None;
    }
    let t = t_quantile(1.0 - alpha / 2.0, df);
    if resamples.is_empty() {
        let half = t * variance.sqrt();
        return Some((value - half, value + half));
    }
    resamples.sort_by(f64::total_cmp);
    let tail = normal_cdf(-t);
    Some((quantile(&resamples, tail), quantile(&resamples, 1.0 - tail)))
}

fn p_value(value: f64, variance: f64, df: f64, resamples: &[f64]) -> Option<f64> {
    if !(variance > 0.0 && df > 0.0) {
        return None;
    }
    // Half of the resamples that are 0 lie below it.
    let below = resamples.iter().map(|r| f64::from(*r < 0.0) + 0.5 * f64::from(*r == 0.0)).sum::<f64>();
    let above = resamples.len() as f64 - below;
    let t = if below.min(above) < FEWEST_BEYOND {
        value / variance.sqrt()
    } else {
        // How many standard errors away 0 lies, by the share of resamples beyond it.
        normal_quantile((above + 0.5) / (resamples.len() as f64 + 1.0))
    };
    Some((2.0 * t_cdf(-t.abs(), df)).min(1.0))
}

/// Linear between order statistics (Hyndman and Fan 1996, type 6): B + 1 gaps.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = (p * (sorted.len() as f64 + 1.0) - 1.0).clamp(0.0, sorted.len() as f64 - 1.0);
    let below = at.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (at - below as f64) * (sorted[above] - sorted[below])
}

fn summed<'a>(clusters: impl Iterator<Item = (f64, &'a Vec<Sums>)>, n_strata: usize) -> Vec<Sums> {
    clusters.fold(vec![Sums::default(); n_strata], |mut total, (times, cluster)| {
        for (sum, own) in total.iter_mut().zip(cluster) {
            sum.y += times * own.y;
            sum.d += times * own.d;
        }
        total
    })
}

/// `None` without any denominator.
fn weighted(total: &[Sums], weights: &[f64]) -> Option<f64> {
    let parts = total.iter().zip(weights).filter(|(t, w)| t.d > 0.0 && **w > 0.0);
    let (sum, scale) = parts.fold((0.0, 0.0), |(sum, scale), (t, w)| (sum + w * t.y / t.d, scale + w));
    (scale > 0.0).then(|| sum / scale)
}

/// Values of resamples of whole clusters with replacement (A. C. Davison and D. V. Hinkley, "Bootstrap Methods and their
/// Application", 1997, section 3.8), `spread` about the value by √(G/df) since resamples of G vary too little by that.
fn resampled(clusters: &[Vec<Sums>], weights: &[f64], (value, spread): (f64, f64), seed: u64) -> Vec<f64> {
    let mut random = Random::new(seed);
    let g = clusters.len();
    let mut times = vec![0.0; g];
    (0..N_RESAMPLES)
        .map(|_| {
            times.fill(0.0);
            for _ in 0..g {
                // The bias of the remainder is under g / 2^64.
                times[(random.bits() % g as u64) as usize] += 1.0;
            }
            let total = summed(times.iter().copied().zip(clusters), weights.len());
            value + (weighted(&total, weights).unwrap_or(value) - value) * spread
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::holm::holm;
    use super::*;

    fn calls(values: &[f64]) -> Vec<Observation> {
        values.iter().enumerate().map(|(i, y)| Observation { y: *y, d: 1.0, cluster: i, stratum: 0 }).collect()
    }

    #[test]
    fn the_mean_of_few_calls_has_students_interval() {
        // Mean 3, s² = 2.5, s/√5 = 0.7071; t(0.975, 4) = 2.7764.
        let ratio = Ratio::of(&calls(&[1.0, 2.0, 3.0, 4.0, 5.0]), None, SEED).expect("five calls");
        let (low, high) = ratio.interval(0.05).expect("they vary");
        assert!((ratio.value - 3.0).abs() < 1e-12);
        assert!((low - (3.0 - 2.776_445 * 0.5_f64.sqrt())).abs() < 1e-5, "{low}");
        assert!((high - (3.0 + 2.776_445 * 0.5_f64.sqrt())).abs() < 1e-5, "{high}");
    }

    #[test]
    fn the_difference_of_few_calls_is_welchs() {
        // s²/n = 0.5 and 4/3; df = (11/6)² / (0.25/4 + (16/9)/2) = 3.533; t = -4 / √(11/6).
        let a = Ratio::of(&calls(&[1.0, 2.0, 3.0, 4.0, 5.0]), None, SEED).expect("calls");
        let b = Ratio::of(&calls(&[5.0, 7.0, 9.0]), None, SEED).expect("calls");
        let got = difference(&a, &b, 0.05);
        let df = (11.0_f64 / 6.0).powi(2) / (0.25 / 4.0 + (16.0 / 9.0) / 2.0);
        let expected = 2.0 * t_cdf(-4.0 / (11.0_f64 / 6.0).sqrt(), df);
        assert!((got.p.expect("they vary") - expected).abs() < 1e-9);
        assert!(!got.is_bootstrapped);
    }

    /// Share of trials in which any two of so many vendors, whose calls are alike, differ for sure.
    fn false_alarms(n_vendors: usize, n_calls: usize) -> f64 {
        let mut random = Random::new(17);
        let n_alarms = (0..N_TRIALS).filter(|_| {
            let mut vendor = || {
                let values: Vec<f64> = (0..n_calls).map(|_| random.normal()).collect();
                Ratio::of(&calls(&values), None, random.bits()).expect("calls")
            };
            let vendors: Vec<Ratio> = (0..n_vendors).map(|_| vendor()).collect();
            let pairs = vendors.iter().enumerate().flat_map(|(at, a)| vendors[at + 1..].iter().map(move |b| (a, b)));
            let p: Vec<f64> = pairs.map(|(a, b)| difference(a, b, 0.05).p.expect("they vary")).collect();
            holm(&p).iter().any(|p| *p < 0.05)
        });
        n_alarms.count() as f64 / N_TRIALS as f64
    }

    #[test]
    fn vendors_that_are_alike_are_seldom_told_apart() {
        // 200 trials of 0.05 have a standard error of 0.0154: four of them.
        for (n_vendors, n_calls) in [(3, 10), (3, 20), (5, 10)] {
            let got = false_alarms(n_vendors, n_calls);
            assert!(got <= 0.05 + 0.062, "{n_vendors} vendors, {n_calls} calls: {got}");
        }
    }

    #[test]
    fn ten_calls_tell_as_much_as_nine() {
        let p = |n: usize| {
            let around = |mean: f64| calls(&(0..n).map(|i| mean + (i % 3) as f64).collect::<Vec<_>>());
            let of = |mean, seed| Ratio::of(&around(mean), None, seed).expect("calls");
            difference(&of(90.0, 1), &of(20.0, 2), 0.05).p.expect("they vary")
        };
        // t is near 180 with both.
        assert!(p(9) < 1e-9 && p(10) < 1e-9, "{} {}", p(9), p(10));
    }

    #[test]
    fn one_cluster_or_none_has_no_interval() {
        let one = [Observation { y: 1.0, d: 1.0, cluster: 3, stratum: 0 }];
        assert_eq!(Ratio::of(&one, None, SEED).expect("a call").interval(0.05), None);
        assert_eq!(Ratio::of(&[], None, SEED), None);
        assert_eq!(Ratio::of(&calls(&[2.0; 4]), None, SEED).expect("calls").interval(0.05), None);
    }

    #[test]
    fn strata_of_few_calls_claim_no_certainty() {
        // One call of each of two kinds: nothing is known of how calls of a kind vary.
        let mut two = calls(&[1.0, 5.0]);
        two[1].stratum = 1;
        let ratio = Ratio::of(&two, Some(&[0.5, 0.5]), SEED).expect("calls");
        assert_eq!((ratio.value, ratio.interval(0.05)), (3.0, None));
        // Two of each: s²= 0.5 within each kind, so that the variance of the mean is 0.25·(0.5/2)·2 = 0.125.
        let mut four = calls(&[1.0, 2.0, 5.0, 6.0]);
        four[2].stratum = 1;
        four[3].stratum = 1;
        let ratio = Ratio::of(&four, Some(&[0.5, 0.5]), SEED).expect("calls");
        assert!((ratio.variance - 0.125).abs() < 1e-12, "{}", ratio.variance);
    }

    #[test]
    fn weights_bring_calls_to_another_mix() {
        // Kind 0 has mean 1 (three calls), kind 1 mean 5 (one call): even weights give 3, not 2.
        let mut calls = calls(&[1.0, 1.0, 1.0, 5.0]);
        calls[3].stratum = 1;
        let value = |weights| Ratio::of(&calls, weights, SEED).expect("calls").value;
        assert!((value(None) - 2.0).abs() < 1e-12);
        assert!((value(Some(&[0.5, 0.5][..])) - 3.0).abs() < 1e-12);
        // A kind without calls is left out of the weights.
        assert!((value(Some(&[0.5, 0.25, 0.25][..])) - 7.0 / 3.0).abs() < 1e-12);
    }

    const N_TRIALS: usize = 200;

    /// Share of 95 % intervals that hold the true mean, where the calls of an agent share half of the variance.
    fn coverage(n_agents: usize, calls_by_agent: usize, is_clustered: bool) -> f64 {
        let mut random = Random::new(7);
        let n_hits = (0..N_TRIALS).filter(|_| {
            let mut calls = Vec::new();
            for agent in 0..n_agents {
                let own = random.normal();
                for call in 0..calls_by_agent {
                    let cluster = if is_clustered { agent } else { agent * calls_by_agent + call };
                    calls.push(Observation { y: own + random.normal(), d: 1.0, cluster, stratum: 0 });
                }
            }
            let interval = Ratio::of(&calls, None, random.bits()).expect("calls").interval(0.05);
            interval.is_some_and(|(low, high)| low <= 0.0 && high >= 0.0)
        });
        n_hits.count() as f64 / N_TRIALS as f64
    }

    #[test]
    fn intervals_of_clusters_hold_the_truth_as_often_as_they_say() {
        // 200 trials of 0.95 have a standard error of 0.0154: four of them.
        for (n_agents, calls_by_agent) in [(4, 8), (12, 6), (25, 2)] {
            let got = coverage(n_agents, calls_by_agent, true);
            assert!((got - 0.95).abs() <= 0.062, "{n_agents} agents: {got}");
        }
        // What happens to those who take the calls of an agent for independent: half of the variance is the agent's, 8 calls
        // each, so that intervals are √(1 + 7/2) = 2.1 times too short and hold the truth in 64 %.
        let naive = coverage(12, 8, false);
        assert!(naive < 0.8, "{naive}");
    }
}
