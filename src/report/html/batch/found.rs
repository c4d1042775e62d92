//! What was found in the batch, by category: in how many calls, how many findings, how many of them are expected to be
//! true, and the surest one to hear.

use std::collections::BTreeMap;

use super::super::format::number;
use super::super::labels::{self, Mark};
use super::names::{self, Moment};
use super::stats::{self, Interval};
use super::{is_analysed, is_judged, link};
use crate::call::{CallLine, Polarity, Severity};
use crate::report::texts::Texts;

pub(in super::super) struct Row {
    pub(in super::super) mark: Mark,
    pub(in super::super) name: String,
    /// What kind of thing it is.
    pub(in super::super) polarity: String,
    pub(in super::super) href: String,
    pub(in super::super) n_calls: u64,
    /// Share of the calls in which it could be judged, which calls these are (`5 of 40`), and its interval.
    pub(in super::super) share: String,
    pub(in super::super) of: String,
    pub(in super::super) interval: String,
    pub(in super::super) n_findings: u64,
    pub(in super::super) expected: String,
    /// The surest of the worst.
    pub(in super::super) example: Option<Moment>,
}

struct Sum<'a> {
    polarity: Polarity,
    severity: Severity,
    n_calls: u64,
    n_findings: u64,
    expected: f64,
    /// Call and index of its category.
    best: (&'a CallLine, usize),
}

/// Worst first: by severity, then by number of calls.
pub(in super::super) fn rows(lines: &[&CallLine], texts: Texts) -> Vec<Row> {
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    for line in lines.iter().copied().filter(|line| is_analysed(line)) {
        for (at, c) in line.categories.iter().enumerate() {
            let new = || Sum {
                polarity: c.polarity,
                severity: c.severity,
                n_calls: 0,
                n_findings: 0,
                expected: 0.0,
                best: (line, at),
            };
            let sum = sums.entry(&c.category).or_insert_with(new);
            sum.n_calls += 1;
            sum.n_findings += c.n;
            sum.expected += c.expected;
            sum.severity = sum.severity.min(c.severity);
            let (of, best) = sum.best;
            let is_better = of.categories.get(best).is_some_and(|b| {
                c.severity
                    .cmp(&b.severity)
                    .then(b.confidence.total_cmp(&c.confidence))
                    .then(line.source.cmp(&of.source))
                    .is_lt()
            });
            if is_better {
                sum.best = (line, at);
            }
        }
    }
    let mut sums: Vec<(&str, Sum)> = sums.into_iter().collect();
    sums.sort_by(|(a, x), (b, y)| x.severity.cmp(&y.severity).then(y.n_calls.cmp(&x.n_calls)).then(a.cmp(b)));
    let row = |(id, sum): (&str, Sum)| {
        let n_judged = lines.iter().filter(|line| is_judged(line, id, sum.polarity)).count() as u64;
        Row {
            mark: labels::severity(sum.severity),
            name: names::category(id, sum.polarity, texts),
            polarity: labels::polarity(sum.polarity, texts),
            href: link::to_list(&[("cat", id)]),
            share: names::percent(sum.n_calls as f64 / n_judged as f64, texts),
            of: texts.with("batch-of", &[("value", &sum.n_calls.to_string()), ("of", &n_judged.to_string())]),
            interval: stats::share(sum.n_calls, n_judged)
                .map(|i| names::interval(Interval { low: i.low * 100.0, high: i.high * 100.0 }, 0, texts))
                .unwrap_or_default(),
            n_calls: sum.n_calls,
            n_findings: sum.n_findings,
            expected: number(sum.expected, usize::from(sum.expected < 10.0), texts),
            example: Moment::of_category(sum.best.0, sum.best.1, texts),
        }
    };
    sums.into_iter().map(row).collect()
}
