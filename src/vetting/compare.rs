//! Figures of a vendor with their intervals, and of two vendors with the interval of their difference.

use std::collections::BTreeMap;

use super::distributions::{normal_quantile, t_quantile};
use super::figures::{FIGURES, Figure};
use super::mix::{self, Kind};
use super::more::more_calls;
use super::ratio::{self, Observation, Ratio, SEED};
use super::share::{Share, newcombe, newcombe_p};
use crate::call::CallLine;
use crate::call::vendors::{Difference, FigureKind, FigureReport, Method, MixState, MoreCalls, PairOutcome, Which};

pub(super) const ALPHA: f64 = 0.05;
/// 97.5 % of a normal distribution lie below.
const Z: f64 = 1.959_963_984_540_054;
/// 80 % do: the usual chance to find what is there.
const Z_POWER: f64 = 0.841_621_233_572_914;
/// ±5 points.
const FIVE_POINTS: f64 = 0.05;

/// The calls of a vendor.
pub struct Sample<'a> {
    /// Its calls.
    pub calls: Vec<&'a CallLine>,
    /// Agents that are known.
    pub n_agents: usize,
    /// Which cluster each call is in.
    clusters: Vec<usize>,
    /// Resamples start from another seed for every vendor: they are drawn apart.
    seed: u64,
}

impl<'a> Sample<'a> {
    /// Calls of a known agent belong together; those of nobody known stand each alone. One known agent for all calls tells nothing
    /// of how agents differ, so that calls are taken for themselves.
    pub fn new(calls: Vec<&'a CallLine>, index: usize) -> Self {
        let mut agents: Vec<&str> = calls.iter().filter_map(|c| c.call.agent.as_deref()).collect();
        agents.sort_unstable();
        agents.dedup();
        let cluster = |(at, call): (usize, &&CallLine)| match call.call.agent.as_deref() {
            Some(agent) if agents.len() > 1 => agents.binary_search(&agent).expect("one of these"),
            _ => agents.len() + at,
        };
        let clusters = calls.iter().enumerate().map(cluster).collect();
        Self { n_agents: agents.len(), clusters, seed: SEED.wrapping_add(index as u64), calls }
    }

    fn observations(&self, figure: &Figure, strata: Option<&BTreeMap<Kind, usize>>) -> Vec<Observation> {
        let one = |(call, cluster): (&&CallLine, &usize)| {
            let (y, d) = (figure.of)(call)?;
            let stratum = match strata {
                Some(strata) => *strata.get(&mix::kind_of(call))?,
                None => 0,
            };
            Some(Observation { y, d, cluster: *cluster, stratum })
        };
        self.calls.iter().zip(&self.clusters).filter_map(one).collect()
    }

    /// The figure of this vendor.
    pub fn figure(&self, figure: &Figure) -> FigureReport {
        let estimate = Estimate::new(self.observations(figure, None), None, figure.kind, self.seed);
        let mut report = FigureReport {
            figure: figure.id.to_owned(),
            kind: figure.kind,
            value: None,
            low: None,
            high: None,
            n_calls: 0,
            n_hits: None,
            n_clusters: 0,
            method: Method::None,
        };
        let Some(estimate) = estimate else { return report };
        let (interval, method) = estimate.interval();
        report.value = Some(estimate.ratio.value);
        report.n_calls = estimate.n_calls;
        report.n_clusters = estimate.ratio.n_clusters as u64;
        report.n_hits = (figure.kind == FigureKind::Share).then_some(estimate.n_hits);
        report.method = method;
        (report.low, report.high) = interval.unzip();
        report
    }
}

/// A figure with what its intervals and plans need.
struct Estimate {
    ratio: Ratio,
    n_calls: u64,
    n_hits: u64,
    kind: FigureKind,
    /// Of shares.
    share: Option<Share>,
}

impl Estimate {
    fn new(observations: Vec<Observation>, weights: Option<&[f64]>, kind: FigureKind, seed: u64) -> Option<Self> {
        let ratio = Ratio::of(&observations, weights, seed)?;
        let n_hits = observations.iter().filter(|o| o.y > 0.0).count() as u64;
        let share = (kind == FigureKind::Share).then(|| effective(&observations, &ratio, weights));
        Some(Self { n_calls: observations.len() as u64, n_hits, kind, share, ratio })
    }

    fn interval(&self) -> (Option<(f64, f64)>, Method) {
        if let Some(share) = self.share {
            return (Some(share.wilson(Z)), Method::Score);
        }
        let interval = self.ratio.interval(ALPHA).map(|ends| self.bounded(ends));
        (interval, method(interval.is_some(), self.ratio.is_bootstrapped()))
    }

    /// No interval reaches where no value can.
    fn bounded(&self, (low, high): (f64, f64)) -> (f64, f64) {
        match self.kind {
            FigureKind::Share | FigureKind::Ratio => (low.max(0.0), high.min(1.0)),
            FigureKind::Points => (low.max(0.0), high.min(100.0)),
            FigureKind::PerTenMinutes | FigureKind::Seconds => (low.max(0.0), high),
            FigureKind::Decibels => (low, high),
        }
    }

    /// Variance of one call, to plan with; `None` if it is not known.
    fn variance_of_one(&self) -> Option<f64> {
        let n = self.n_calls as f64;
        match self.share {
            Some(share) => {
                let p = share.planned(Z);
                Some(p * (1.0 - p) * n / share.n)
            }
            None => Some(self.ratio.variance * n).filter(|v| *v >= 0.0),
        }
    }
}

fn method(has_interval: bool, is_bootstrapped: bool) -> Method {
    match (has_interval, is_bootstrapped) {
        (false, _) => Method::None,
        (true, true) => Method::Bootstrap,
        (true, false) => Method::T,
    }
}

/// The share, and how many independent calls would know it as well: the variance of a share of `n` calls is p(1-p)/n, and few
/// clusters cost what Student's t does (E. L. Korn and B. I. Graubard, "Confidence intervals for proportions with small expected
/// number of positive counts estimated from survey data", Survey Methodology 24 (1998)). Of 0 or all no variance is seen: then
/// only the weights count (L. Kish, "Survey Sampling", 1965, 11.7).
fn effective(observations: &[Observation], ratio: &Ratio, weights: Option<&[f64]>) -> Share {
    let n = observations.len() as f64;
    let p = ratio.value;
    let is_plain = weights.is_none() && ratio.n_clusters == observations.len();
    let seen = p * (1.0 - p) / ratio.variance * n / (n - 1.0);
    let kish = weights.map_or(n, |weights| {
        let mut counts = vec![0.0; weights.len()];
        observations.iter().for_each(|o| counts[o.stratum] += 1.0);
        let used = || weights.iter().zip(&counts).filter(|(_, n)| **n > 0.0);
        let scale: f64 = used().map(|(w, _)| w).sum();
        scale * scale / used().map(|(w, n)| w * w / n).sum::<f64>()
    });
    let n_effective = if is_plain || !(seen.is_finite() && seen > 0.0) {
        kish
    } else {
        let few = (t_quantile(0.975, n - 1.0) / t_quantile(0.975, ratio.df())).powi(2);
        (seen * few).min(n)
    };
    Share { p, n: n_effective }
}

/// What says how many more calls would tell: the variance of one call and the number of calls, of both; `None` if not known.
pub type Plan = Option<[(f64, f64); 2]>;

/// More calls until a difference as large as this one is sure with a chance of 80 %, where `n_open` comparisons are not sure:
/// Holm's correction wants the p-value of the next under α / `n_open`. How many standard errors there are now is taken from the
/// p-value, so that the answer is "enough" only where the verdict is.
pub fn more_to_tell(difference: &Difference, plan: Plan, n_open: u64) -> Option<MoreCalls> {
    let p = difference.p?;
    if difference.is_sure {
        return Some(MoreCalls::Enough);
    }
    if difference.better.is_none() {
        return Some(MoreCalls::Hopeless);
    }
    let [a, b] = plan?;
    let standard_errors = normal_quantile(1.0 - p / 2.0);
    let wanted = normal_quantile(1.0 - ALPHA / (2.0 * n_open as f64)) + Z_POWER;
    let now = a.0 / a.1 + b.0 / b.1;
    Some(more_calls(a, b, wanted * wanted, standard_errors * now.sqrt()))
}

/// The figures that both vendors have, compared; `p_holm` and what follows from it are filled in when all pairs are there.
pub fn differences(
    a: &Sample,
    b: &Sample,
    mixes: (&BTreeMap<Kind, u64>, &BTreeMap<Kind, u64>),
    state: MixState,
) -> Vec<(Difference, Plan)> {
    FIGURES.iter().filter_map(|figure| difference(figure, a, b, mixes, state)).collect()
}

fn difference(
    figure: &Figure,
    a: &Sample,
    b: &Sample,
    mixes: (&BTreeMap<Kind, u64>, &BTreeMap<Kind, u64>),
    state: MixState,
) -> Option<(Difference, Plan)> {
    // What could not be read has no kind.
    let is_adjusted = state == MixState::Adjusted && figure.id != "unreadable_calls";
    let (strata, weights) = if is_adjusted { Some(common(figure, a, b, mixes)?) } else { None }.unzip();
    let estimate = |sample: &Sample| {
        Estimate::new(sample.observations(figure, strata.as_ref()), weights.as_deref(), figure.kind, sample.seed)
    };
    let (of_a, of_b) = (estimate(a)?, estimate(b)?);
    let value = of_a.ratio.value - of_b.ratio.value;
    let (interval, p, method) = match (of_a.share, of_b.share) {
        (Some(a), Some(b)) => (Some(newcombe(a, b, Z)), Some(newcombe_p(a, b)), Method::Score),
        _ => {
            let d = ratio::difference(&of_a.ratio, &of_b.ratio, ALPHA);
            (d.interval, d.p, method(d.interval.is_some(), d.is_bootstrapped))
        }
    };
    let better = if value == 0.0 {
        None
    } else {
        Some(if (value > 0.0) == figure.is_high_better { Which::A } else { Which::B })
    };
    let variances = of_a.variance_of_one().zip(of_b.variance_of_one()).filter(|_| p.is_some());
    let (n_a, n_b) = (of_a.n_calls as f64, of_b.n_calls as f64);
    let more =
        |factor: f64, target: f64| variances.map(|(v_a, v_b)| more_calls((v_a, n_a), (v_b, n_b), factor, target));
    let five = match figure.kind {
        FigureKind::Share | FigureKind::Ratio => Some(FIVE_POINTS),
        FigureKind::Points => Some(100.0 * FIVE_POINTS),
        FigureKind::PerTenMinutes | FigureKind::Seconds | FigureKind::Decibels => None,
    };
    let compared = Difference {
        figure: figure.id.to_owned(),
        kind: figure.kind,
        counts: figure.counts,
        difference: value,
        low: interval.map(|i| i.0),
        high: interval.map(|i| i.1),
        method,
        n_a: of_a.n_calls,
        n_b: of_b.n_calls,
        better,
        sure_probability: p.filter(|_| better.is_some()).map(|p| 1.0 - p / 2.0),
        p,
        p_holm: None,
        is_sure: false,
        more_to_tell: None,
        more_to_five_points: five.and_then(|target| more(Z * Z, target)),
    };
    Some((compared, variances.map(|(v_a, v_b)| [(v_a, n_a), (v_b, n_b)])))
}

/// Kinds of calls in which both have enough of the figure, and the share of each among the calls of both; `None` if there are none.
fn common(
    figure: &Figure,
    a: &Sample,
    b: &Sample,
    mixes: (&BTreeMap<Kind, u64>, &BTreeMap<Kind, u64>),
) -> Option<(BTreeMap<Kind, usize>, Vec<f64>)> {
    let measured = |sample: &Sample| mix::counts(sample.calls.iter().copied().filter(|c| (figure.of)(c).is_some()));
    let (in_a, in_b) = (measured(a), measured(b));
    let enough = |counts: &BTreeMap<Kind, u64>, kind: &Kind| counts.get(kind).is_some_and(|n| *n >= mix::LEAST_OF_KIND);
    let kinds: Vec<&Kind> = mixes.0.keys().filter(|k| enough(&in_a, k) && enough(&in_b, k)).collect();
    let count = |k: &Kind| (mixes.0.get(k).unwrap_or(&0) + mixes.1.get(k).unwrap_or(&0)) as f64;
    let weights: Vec<f64> = kinds.iter().map(|k| count(k)).collect();
    (!kinds.is_empty()).then(|| (kinds.into_iter().cloned().zip(0..).collect(), weights))
}

/// Who is better, by the figures that count and are sure.
pub fn outcome(figures: &[Difference]) -> PairOutcome {
    let sure = |which| figures.iter().any(|d| d.counts && d.is_sure && d.better == Some(which));
    match (sure(Which::A), sure(Which::B)) {
        (true, true) => PairOutcome::Each,
        (true, false) => PairOutcome::A,
        (false, true) => PairOutcome::B,
        (false, false) => PairOutcome::CannotTell,
    }
}
