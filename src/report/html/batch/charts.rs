//! How the numbers of calls spread: counts of calls by step of a number, for bars and for the table beside them. A bar and
//! the filter that a click on it sets mean the same calls: both use the numbers as the list of calls has them.

use super::super::format::number;
use super::{is_analysed, is_heard, link, n_severe};
use crate::call::CallLine;
use crate::report::texts::Texts;
use crate::units::round_to;

/// A number that every call may have.
pub(super) struct Measure {
    /// Name of its filter and end of its messages.
    pub(super) key: &'static str,
    /// Decimals that the list of calls keeps.
    pub(super) decimals: i32,
    /// Steps that are given; else they follow from the values.
    steps: Option<(f64, f64, usize)>,
    /// Whole numbers only.
    is_count: bool,
    /// The number itself.
    of: fn(&CallLine) -> Option<f64>,
}

impl Measure {
    /// The number of a call as the list has it; `None` where it could not be measured.
    pub(super) fn value(&self, line: &CallLine) -> Option<f64> {
        let value = is_analysed(line).then(|| (self.of)(line)).flatten().filter(|v| v.is_finite())?;
        Some(round_to(value, self.decimals))
    }
}

const fn measure(key: &'static str, decimals: i32, of: fn(&CallLine) -> Option<f64>) -> Measure {
    Measure { key, decimals, steps: None, is_count: false, of }
}

const fn count(key: &'static str, of: fn(&CallLine) -> Option<f64>) -> Measure {
    Measure { key, decimals: 0, steps: None, is_count: true, of }
}

/// Numbers that have a chart, in the order that they are shown.
pub(super) const MEASURES: [Measure; 8] = [
    Measure { key: "score", decimals: 1, steps: Some((0.0, 10.0, 10)), is_count: false, of: |line| line.score },
    count("severe", |line| is_heard(line).then(|| n_severe(line) as f64)),
    count("findings", |line| is_heard(line).then(|| line.n_by_severity.iter().sum::<u64>() as f64)),
    measure("snr", 1, |line| line.snr_db),
    measure("overtalk", 1, |line| line.overtalk_ratio.map(|r| r * 100.0)),
    measure("talk", 1, |line| line.measured.agent_talk_ratio.map(|r| r * 100.0)),
    measure("silence", 1, |line| line.measured.silence_longest_s),
    // From tenths of seconds, which the list has.
    measure("length", 2, |line| line.duration_s.map(|s| round_to(s, 1) / 60.0)),
];

/// About this many bars: enough to see a shape, few enough to click on with a finger.
const N_BARS: f64 = 12.0;

/// Values above this share of all are one last, open step: a single call of hours would make all others one bar.
const OPEN_FROM: f64 = 0.98;

/// One step of a number.
pub(in super::super) struct Bin {
    /// First value in it.
    pub(in super::super) from: f64,
    /// First value above it; `None` for the last step.
    pub(in super::super) to: Option<f64>,
    /// Calls.
    pub(in super::super) n: u64,
    /// `40 to 50`, `50 or more`.
    pub(in super::super) label: String,
    /// The list of these calls.
    pub(in super::super) href: String,
}

/// How one number spreads.
pub(in super::super) struct Chart {
    pub(in super::super) key: &'static str,
    /// What it is, with the unit.
    pub(in super::super) title: String,
    pub(in super::super) bins: Vec<Bin>,
    /// Median, and between which values nine of ten calls are; of few calls, all.
    pub(in super::super) summary: String,
    /// Calls without it.
    pub(in super::super) n_missing: u64,
}

/// The charts that there are values for.
pub(in super::super) fn charts(lines: &[&CallLine], texts: Texts) -> Vec<Chart> {
    MEASURES.iter().filter_map(|measure| chart(measure, lines, texts)).collect()
}

fn chart(measure: &Measure, lines: &[&CallLine], texts: Texts) -> Option<Chart> {
    let mut values: Vec<f64> = lines.iter().filter_map(|line| measure.value(line)).collect();
    values.sort_by(f64::total_cmp);
    let (first, last) = (*values.first()?, *values.last()?);
    let (start, step, n) =
        measure.steps.unwrap_or_else(|| steps(first, quantile(&values, OPEN_FROM), measure.is_count));
    let edge = |i: usize| round_to(start + i as f64 * step, 6);
    let is_open = last >= edge(n) && measure.steps.is_none();
    // Edges with as many decimals as the step has.
    let decimals = (0..4).find(|d| (round_to(step, *d) - step).abs() < 1e-9).unwrap_or(4) as usize;
    let shown = |value: f64| number(value, decimals, texts);
    let bins = (0..n + usize::from(is_open)).map(|i| {
        let from = edge(i);
        let to = (i < n && (is_open || i + 1 < n)).then(|| edge(i + 1));
        let n_in = values.iter().filter(|v| **v >= from && to.is_none_or(|to| **v < to)).count() as u64;
        let label = match to {
            // A step of one is that number.
            Some(to) if measure.is_count && to - from < 1.5 => shown(from),
            Some(to) if measure.is_count => {
                texts.with("batch-from-to", &[("from", &shown(from)), ("to", &shown(to - 1.0))])
            }
            Some(to) => texts.with("batch-from-to", &[("from", &shown(from)), ("to", &shown(to))]),
            None if last <= edge(n) && measure.steps.is_some() => {
                texts.with("batch-from-to", &[("from", &shown(from)), ("to", &shown(edge(n)))])
            }
            None => texts.with("batch-or-more", &[("from", &shown(from))]),
        };
        let range = format!("{from}..{}", to.map(|to| to.to_string()).unwrap_or_default());
        Bin { from, to, n: n_in, label, href: link::to_list(&[(measure.key, &range)]) }
    });
    let of = |share: f64| number(quantile(&values, share), (measure.decimals as usize).min(1), texts);
    // Of fewer values the 5 % and 95 % ranks are the least and the most: that is where all of them are.
    let (message, from, to) =
        if values.len() < 20 { ("batch-chart-summary-all", 0.0, 1.0) } else { ("batch-chart-summary", 0.05, 0.95) };
    let numbers = [("value", of(0.5)), ("from", of(from)), ("to", of(to))];
    Some(Chart {
        key: measure.key,
        title: texts.get(&format!("batch-chart-{}", measure.key)),
        bins: bins.collect(),
        summary: texts.with(message, &numbers.each_ref().map(|(key, value)| (*key, value.as_str()))),
        n_missing: (lines.iter().filter(|line| is_analysed(line)).count() - values.len()) as u64,
    })
}

/// First edge, width and number of steps between two values: widths are 1, 2 or 5 times a power of ten.
fn steps(low: f64, high: f64, is_count: bool) -> (f64, f64, usize) {
    let wanted = ((high - low) / N_BARS).max(if is_count { 1.0 } else { 0.01 });
    let power = 10_f64.powf(wanted.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|m| m * power).into_iter().find(|s| *s >= wanted - 1e-9).unwrap_or(wanted);
    let start = (low / step).floor() * step;
    (start, step, ((((high - start) / step).floor() as usize) + 1).min(40))
}

/// The value below which this share of the (sorted) values lies: the nearest rank.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let rank = (share * sorted.len() as f64).ceil().max(1.0) as usize;
    sorted.get(rank - 1).or(sorted.last()).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{CallMetadata, CallStatus};

    fn calls(of: impl Fn(usize, &mut CallLine), n: usize) -> Vec<CallLine> {
        let one = |i| {
            let mut line = CallLine::without_report(&format!("{i}"), "", "calls/a", CallMetadata::default(), None);
            line.status = CallStatus::Ok;
            line.parts = vec![("forbidden".into(), 10.0, 10.0)];
            of(i, &mut line);
            line
        };
        (0..n).map(one).collect()
    }

    fn bars(lines: &[CallLine], key: &str) -> Vec<(String, u64)> {
        let lines: Vec<&CallLine> = lines.iter().collect();
        let charts = charts(&lines, Texts::default());
        let chart = charts.iter().find(|c| c.key == key).expect("values");
        chart.bins.iter().map(|bin| (bin.href.clone(), bin.n)).collect()
    }

    #[test]
    fn every_call_is_in_one_step_and_the_best_score_in_the_last() {
        let lines = calls(|i, line| line.score = Some(i as f64), 101);
        let bars = bars(&lines, "score");
        assert_eq!(bars.iter().map(|(_, n)| n).sum::<u64>(), 101);
        assert_eq!(bars[0], ("#score=0..10".into(), 10));
        assert_eq!(bars[9], ("#score=90..".into(), 11), "100 is in it");
    }

    #[test]
    fn one_very_long_call_does_not_hide_the_others() {
        let lines = calls(|i, line| line.duration_s = Some(if i == 0 { 14_400.0 } else { 60.0 + i as f64 }), 200);
        let bars = bars(&lines, "length");
        assert_eq!(bars.iter().map(|(_, n)| n).sum::<u64>(), 200);
        // Widths of 1, 2 and 5 are at most 2.5 times what twelve bars would have.
        assert!(bars.len() >= 5 && bars.len() < 24, "{bars:?}");
        let (last, n) = bars.last().expect("bars");
        assert!(last.ends_with("..") && *n < 10, "{bars:?}");
    }

    #[test]
    fn counts_have_whole_steps_and_equal_values_one() {
        let lines = calls(|i, line| line.n_by_severity = [0, i as u64 % 3, 0, 0], 9);
        let found = bars(&lines, "severe");
        assert_eq!(found, [("#severe=0..1".into(), 3), ("#severe=1..2".into(), 3), ("#severe=2..".into(), 3)]);
        let same = calls(|_, line| line.snr_db = Some(-7.0), 4);
        assert_eq!(bars(&same, "snr").iter().map(|(_, n)| n).sum::<u64>(), 4);
        assert!(charts(&[], Texts::default()).is_empty());
    }

    #[test]
    fn widths_are_round() {
        for (low, high, is_count, expected) in
            [(0.0, 100.0, false, (0.0, 10.0, 11)), (3.2, 27.9, false, (2.0, 5.0, 6)), (0.0, 4.0, true, (0.0, 1.0, 5))]
        {
            let (start, step, n) = steps(low, high, is_count);
            assert!(
                step == expected.1 && n == expected.2 && (start - expected.0).abs() <= expected.1,
                "{start} {step} {n}"
            );
        }
    }
}
