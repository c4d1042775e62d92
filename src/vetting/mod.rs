//! What a buyer wants to know of vendors from their calls: what speaks against each, which is better, how sure that is, and how many
//! more calls would tell. Over the short lines of calls; no I/O, and no words for people but ids.
//!
//! A vendor is what stands in `call.vendor`. Noise counts against a vendor where there is some, never for one where there is
//! none: a demo from a studio is no better call.

mod clips;
mod compare;
mod distributions;
mod doubts;
mod figures;
mod holm;
mod mix;
mod more;
mod ratio;
mod share;

use std::collections::BTreeMap;

use compare::{Plan, Sample};
pub use doubts::Details;
pub use figures::{FIGURES, Figure};

use crate::call::vendors::{PairReport, VendorReport, VendorsReport, VettingMethod};
use crate::call::{CallLine, CallStatus, Inconsistency};

/// With more vendors, pairs are more than anybody reads; the table of all stays.
const MOST_IN_PAIRS: usize = 6;

/// Names of the vendors of these calls, ordered bytewise.
pub fn vendors(lines: &[CallLine]) -> Vec<&str> {
    let mut names: Vec<&str> = lines.iter().filter_map(|line| line.call.vendor.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// All vendors of these calls and their comparison. Give it masked lines, ordered by source, and `details` that are masked too: words
/// of theirs are shown. Calls without a vendor are left out.
pub fn compare(lines: &[CallLine], consistency: &[Inconsistency], details: &Details) -> VendorsReport {
    let mut by_vendor: BTreeMap<&str, Vec<&CallLine>> = BTreeMap::new();
    for line in lines {
        if let Some(vendor) = line.call.vendor.as_deref() {
            by_vendor.entry(vendor).or_default().push(line);
        }
    }
    let samples: Vec<(&str, Sample)> =
        by_vendor.into_iter().enumerate().map(|(at, (name, calls))| (name, Sample::new(calls, at))).collect();
    let vendors = samples.iter().map(|(name, sample)| vendor(name, sample, consistency, details)).collect();
    let (mut pairs, mut plans) = (Vec::new(), Vec::new());
    if samples.len() <= MOST_IN_PAIRS {
        for (at, a) in samples.iter().enumerate() {
            for b in &samples[at + 1..] {
                let (pair, plan) = pair(a, b, details);
                pairs.push(pair);
                plans.push(plan);
            }
        }
    }
    let n_tests = correct(&mut pairs, &plans);
    VendorsReport {
        schema: VendorsReport::SCHEMA.into(),
        method: VettingMethod { n_resamples: ratio::N_RESAMPLES as u64, seed: ratio::SEED, n_tests },
        vendors,
        pairs,
    }
}

fn vendor(name: &str, sample: &Sample, consistency: &[Inconsistency], details: &Details) -> VendorReport {
    let calls = &sample.calls;
    let n_with = |status| calls.iter().filter(|c| c.status == status).count() as u64;
    let n_ok = n_with(CallStatus::Ok);
    let doubts = doubts::doubts(calls, consistency, details);
    let n_words_judged = doubts::n_words_judged(calls);
    let (publish, publish_reasons) = doubts::publish(calls);
    VendorReport {
        name: name.to_owned(),
        n_calls: calls.len() as u64,
        n_ok,
        n_failed: n_with(CallStatus::Failed),
        n_pending: n_with(CallStatus::Pending),
        n_agents: sample.n_agents as u64,
        n_words_judged,
        duration_s: calls.iter().filter_map(|c| c.duration_s).sum(),
        verdict: doubts::verdict(&doubts, n_ok, n_words_judged),
        doubts,
        publish,
        publish_reasons,
        mix: mix::shares(&mix::counts(calls.iter().copied())),
        figures: FIGURES.iter().map(|figure| sample.figure(figure)).collect(),
    }
}

fn pair((name_a, a): &(&str, Sample), (name_b, b): &(&str, Sample), details: &Details) -> (PairReport, Vec<Plan>) {
    let (mix_a, mix_b) = (mix::counts(a.calls.iter().copied()), mix::counts(b.calls.iter().copied()));
    let (mix_distance_ratio, mix) = mix::compare(&mix_a, &mix_b);
    let (figures, plans): (Vec<_>, Vec<_>) = compare::differences(a, b, (&mix_a, &mix_b), mix).into_iter().unzip();
    let pair = PairReport {
        a: (*name_a).to_owned(),
        b: (*name_b).to_owned(),
        outcome: compare::outcome(&figures),
        mix,
        mix_distance_ratio,
        figures,
        clips: clips::clips(&a.calls, &b.calls, details),
    };
    (pair, plans)
}

/// Corrects for the number of comparisons of the page, and says who is better by what stays sure, and how many more calls would
/// tell. Gives that number of comparisons. `plans` are of the figures of each pair.
fn correct(pairs: &mut [PairReport], plans: &[Vec<Plan>]) -> u64 {
    let tested = || pairs.iter().flat_map(|pair| pair.figures.iter().filter_map(|d| d.p));
    let corrected = holm::holm(&tested().collect::<Vec<f64>>());
    let n_tests = corrected.len() as u64;
    let n_open = corrected.iter().filter(|p| **p >= compare::ALPHA).count() as u64;
    let mut corrected = corrected.into_iter();
    for (pair, plans) in pairs.iter_mut().zip(plans) {
        for (figure, plan) in pair.figures.iter_mut().zip(plans).filter(|(d, _)| d.p.is_some()) {
            figure.p_holm = corrected.next();
            figure.is_sure = figure.p_holm.is_some_and(|p| p < compare::ALPHA);
            figure.more_to_tell = compare::more_to_tell(figure, *plan, n_open);
        }
        pair.outcome = compare::outcome(&pair.figures);
    }
    n_tests
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::CallMetadata;
    use crate::call::vendors::{MixState, MoreCalls, PairOutcome, VendorVerdict, Which};
    use crate::dsp::mix::Random;

    /// With nothing lost for noise.
    fn set_score(call: &mut CallLine, score: f64) {
        call.score = Some(score);
        call.parts = ["forbidden", "privacy", "line"].map(|p| (p.to_owned(), score / 10.0, 10.0)).into();
    }

    fn calls(vendor: &str, n: usize, mean: f64, snr_db: f64, random: &mut Random) -> Vec<CallLine> {
        let one = |at| {
            let known = CallMetadata { vendor: Some(vendor.to_owned()), ..CallMetadata::default() };
            let source = format!("{vendor}/{at:03}.wav");
            let mut call = CallLine::without_report(&source, "", &format!("calls/{vendor}{at}"), known, None);
            call.status = CallStatus::Ok;
            call.duration_s = Some(300.0);
            call.language = Some("pl".into());
            set_score(&mut call, (mean + 10.0 * random.normal()).clamp(0.0, 100.0));
            call.snr_db = Some(snr_db + random.normal());
            call
        };
        (0..n).map(one).collect()
    }

    fn compared(lines: &[CallLine]) -> VendorsReport {
        compare(lines, &[], &|_| None)
    }

    #[test]
    fn a_clear_difference_is_told_with_an_unequal_split() {
        let mut random = Random::new(3);
        let lines = [calls("a", 80, 80.0, 30.0, &mut random), calls("b", 20, 60.0, 30.0, &mut random)].concat();
        let report = compared(&lines);
        let pair = &report.pairs[0];
        assert_eq!((pair.outcome, pair.mix), (PairOutcome::A, MixState::Alike));
        let score = &pair.figures[0];
        assert_eq!((score.figure.as_str(), score.better, score.is_sure), ("score", Some(Which::A), true));
        // 20 ± 4 standard errors of 10·√(1/80 + 1/20).
        assert!((score.difference - 20.0).abs() < 10.0, "{}", score.difference);
        assert_eq!(score.more_to_tell, Some(MoreCalls::Enough));
        assert_eq!(report.vendors[0].verdict, VendorVerdict::NoDoubt);
    }

    #[test]
    fn few_calls_that_differ_little_cannot_tell_and_say_how_many_would() {
        let mut random = Random::new(5);
        let lines = [calls("a", 5, 70.0, 30.0, &mut random), calls("b", 5, 67.0, 30.0, &mut random)].concat();
        let report = compared(&lines);
        let score = &report.pairs[0].figures[0];
        assert_eq!(report.pairs[0].outcome, PairOutcome::CannotTell);
        assert!(!score.is_sure && score.sure_probability.is_some_and(|p| (0.5..0.99).contains(&p)), "{score:?}");
        assert!(matches!(score.more_to_five_points, Some(MoreCalls::Each(_))), "{score:?}");
    }

    #[test]
    fn more_than_two_vendors_that_clearly_differ_are_told_apart() {
        // 30 points are 6.7 standard errors of ten calls each, 10·√(2/10); Holm asks for some 3.5 of them with 3 vendors. With 5 and
        // at least 40 points they are 8.9, and some 4 are asked for.
        for (means, n, at_least) in [
            (&[90.0, 50.0, 20.0][..], 10, 30.0),
            (&[90.0, 50.0, 20.0], 20, 30.0),
            (&[95.0, 75.0, 55.0, 35.0, 15.0], 10, 40.0),
            (&[95.0, 75.0, 55.0, 35.0, 15.0], 20, 40.0),
        ] {
            let mut random = Random::new(19);
            let of = |(at, mean): (usize, &f64)| calls(&format!("{at}"), n, *mean, 30.0, &mut random);
            let report = compared(&means.iter().enumerate().flat_map(of).collect::<Vec<_>>());
            let mean = |name: &str| means[name.parse::<usize>().expect("its place")];
            for pair in report.pairs.iter().filter(|pair| mean(&pair.a) - mean(&pair.b) >= at_least) {
                assert_eq!(pair.outcome, PairOutcome::A, "{n} calls: {} {} {:?}", pair.a, pair.b, pair.figures[0]);
            }
        }
    }

    #[test]
    fn calls_are_enough_only_where_the_difference_is_sure() {
        let mut random = Random::new(23);
        let mut n_nearly = 0;
        for step in 0..12 {
            let means = [70.0, 70.0 - 2.0 * f64::from(step), 65.0];
            let of = |(at, mean): (usize, &f64)| calls(&format!("{at}"), 8, *mean, 30.0, &mut random);
            let report = compared(&means.iter().enumerate().flat_map(of).collect::<Vec<_>>());
            for d in report.pairs.iter().flat_map(|pair| &pair.figures).filter(|d| d.p.is_some()) {
                assert_eq!(d.is_sure, d.more_to_tell == Some(MoreCalls::Enough), "{d:?}");
                n_nearly += usize::from(!d.is_sure && d.p.is_some_and(|p| p < 0.01));
            }
        }
        assert!(n_nearly > 0, "none that was sure but for the correction");
    }

    #[test]
    fn less_noise_makes_nobody_better() {
        let mut random = Random::new(7);
        let mut lines = [calls("a", 30, 70.0, 45.0, &mut random), calls("b", 30, 70.0, 15.0, &mut random)].concat();
        for line in &mut lines[30..] {
            line.parts.push(("noise".into(), -8.0, 0.0));
            line.score = line.score.map(|score| score - 27.0);
        }
        let report = compared(&lines);
        let snr = report.pairs[0].figures.iter().find(|d| d.figure == "snr_db").expect("measured");
        assert!(snr.is_sure && !snr.counts);
        assert_eq!(report.pairs[0].outcome, PairOutcome::CannotTell);
    }

    #[test]
    fn what_comes_from_other_calls_is_weighed_out() {
        // Short calls score 90, long ones 50, with both vendors; A has more of the short ones.
        let mut random = Random::new(9);
        let mut lines = [calls("a", 40, 0.0, 30.0, &mut random), calls("b", 40, 0.0, 30.0, &mut random)].concat();
        for (at, line) in lines.iter_mut().enumerate() {
            let is_short = if at < 40 { at % 40 < 30 } else { at % 40 < 10 };
            line.duration_s = Some(if is_short { 60.0 } else { 900.0 });
            set_score(line, if is_short { 85.0 } else { 50.0 } + random.normal());
        }
        let report = compared(&lines);
        let pair = &report.pairs[0];
        assert_eq!(pair.mix, MixState::Adjusted);
        // Raw it would be 17.5 points.
        assert!(pair.figures[0].difference.abs() < 1.0 && !pair.figures[0].is_sure, "{:?}", pair.figures[0]);
    }

    #[test]
    fn the_same_calls_give_the_same_report_and_no_vendor_none() {
        let mut random = Random::new(11);
        let mut lines = [calls("a", 12, 70.0, 30.0, &mut random), calls("b", 15, 60.0, 30.0, &mut random)].concat();
        assert_eq!(compared(&lines), compared(&lines));
        lines.iter_mut().for_each(|l| l.call.vendor = None);
        assert!(compared(&lines).vendors.is_empty() && vendors(&lines).is_empty());
    }

    #[test]
    fn seven_vendors_have_a_table_and_no_pairs() {
        let mut random = Random::new(13);
        let lines: Vec<CallLine> = (0..7).flat_map(|v| calls(&format!("v{v}"), 3, 60.0, 30.0, &mut random)).collect();
        let report = compared(&lines);
        assert_eq!((report.vendors.len(), report.pairs.len()), (7, 0));
        let six: Vec<CallLine> = lines.iter().filter(|l| l.call.vendor.as_deref() != Some("v6")).cloned().collect();
        assert_eq!(compared(&six).pairs.len(), 15);
    }
}
