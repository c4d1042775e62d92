//! Which calls to hear first. Ten: those where the most severe findings are likely true, and those where the analysis is
//! least sure of what it says; each with its reason and the moment. And a few by lot from all others, because rules find
//! only what they look for. Not a ranking of people.

use std::cmp::Ordering;

use super::super::format::number;
use super::names::{self, Moment};
use super::{is_analysed, is_heard, sample, stats};
use crate::call::{CallLine, Severity, WorstFinding};
use crate::report::texts::Texts;

/// Calls to be heard with a reason: an hour has room for about ten moments, their surroundings and a decision on each.
const N_CALLS: usize = 10;

/// Of these, the riskiest; the rest are the most uncertain, unless there are too few of one kind.
const N_RISKY: usize = 6;

/// What a true finding costs: that of the score (docs/score.md): critical 1, major 0.5, minor 0.2, info 0.
const COST: [f64; 4] = [1.0, 0.5, 0.2, 0.0];

/// A confidence between these may as well be wrong: worth an ear for its own sake.
const UNSURE: std::ops::Range<f64> = 0.3..0.7;

/// Why a call is to be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Why {
    /// Severe findings are likely true.
    Risky,
    /// The analysis is not sure.
    Uncertain,
    /// By lot.
    Drawn,
}

/// A call to be heard.
pub(in super::super) struct Entry {
    pub(in super::super) why: Why,
    /// The reason in words.
    pub(in super::super) reason: String,
    /// Where to listen.
    pub(in super::super) moment: Moment,
    /// Who had the call; empty if unknown.
    pub(in super::super) agent: String,
}

/// What is to be heard, and what the lot can say.
pub(in super::super) struct Queue {
    pub(in super::super) entries: Vec<Entry>,
    pub(in super::super) drawn: Vec<Entry>,
    /// Of the lot, in hexadecimal digits.
    pub(in super::super) seed: String,
    /// How many calls were in the lot.
    pub(in super::super) n_in_lot: u64,
    /// Share that may be bad although none of the drawn is, in words; `None` if all were drawn.
    pub(in super::super) most_if_none: Option<String>,
    /// Calls to hear for ±10 points; `None` if that is all of them.
    pub(in super::super) n_for_ten_points: Option<u64>,
}

/// Expected cost of a call's true findings: Σ cost · Σ p, the mean of a Poisson binomial sum.
fn risk(line: &CallLine) -> f64 {
    line.expected_by_severity.iter().zip(COST).map(|(expected, cost)| expected.mean * cost).sum()
}

/// How far the cost may be off: one standard deviation of the sum of the findings, √Σ cost² Σ p(1-p), and for the words
/// that could not be relied on what a call of this batch costs on average.
fn doubt(line: &CallLine, mean_risk: f64) -> f64 {
    let variance: f64 = line
        .expected_by_severity
        .iter()
        .zip(COST)
        .map(|(expected, cost)| expected.variance.max(0.0) * cost * cost)
        .sum();
    // Where nothing was found in any call, that one could not be judged is still worth an ear.
    let of_words = if is_heard(line) { mean_risk } else { mean_risk.max(LEAST_UNJUDGED) };
    variance.sqrt() + unheard(line) * of_words
}

/// What a call may cost at least whose words could not be judged: one minor finding.
const LEAST_UNJUDGED: f64 = COST[2];

/// Share of a call's words that could not be relied on; all of them if there are none, or if they could not be judged.
fn unheard(line: &CallLine) -> f64 {
    if !is_heard(line) {
        return 1.0;
    }
    1.0 - line.measured.words_confidence.unwrap_or(0.0).clamp(0.0, 1.0)
}

/// The queue of a batch. `lines` may be in any order.
pub(in super::super) fn queue(lines: &[&CallLine], texts: Texts) -> Queue {
    let mut analysed: Vec<&CallLine> = lines.iter().copied().filter(|line| is_analysed(line)).collect();
    analysed.sort_by(|a, b| a.source.cmp(&b.source));
    let mean_risk = analysed.iter().map(|line| risk(line)).sum::<f64>() / (analysed.len() as f64).max(1.0);
    let (risky, uncertain) = chosen(&analysed, mean_risk);
    let entries = risky.iter().filter_map(|line| risky_entry(line, texts));
    let entries: Vec<Entry> = entries.chain(uncertain.iter().filter_map(|line| uncertain_entry(line, texts))).collect();
    let is_chosen = |line: &CallLine| risky.iter().chain(&uncertain).any(|c| c.source == line.source);
    let seed = sample::seed(analysed.iter().map(|line| (line.source.as_str(), line.sha256.as_str())));
    let rest: Vec<&CallLine> = analysed.iter().copied().filter(|line| !is_chosen(line)).collect();
    let n_in_lot = rest.len() as u64;
    let drawn: Vec<Entry> =
        sample::draw(rest, sample::N_DRAWN, seed).into_iter().filter_map(|line| drawn_entry(line, texts)).collect();
    let n_drawn = drawn.len() as u64;
    Queue {
        most_if_none: (n_drawn < n_in_lot).then(|| names::percent(stats::most_if_none(n_drawn, n_in_lot), texts)),
        n_for_ten_points: Some(stats::calls_to_hear(0.1, n_in_lot)).filter(|n| *n < n_in_lot),
        entries,
        drawn,
        seed: format!("{seed:016x}"),
        n_in_lot,
    }
}

/// The riskiest and the most uncertain calls, each worst first, none twice.
fn chosen<'a>(analysed: &[&'a CallLine], mean_risk: f64) -> (Vec<&'a CallLine>, Vec<&'a CallLine>) {
    let by = |key: &dyn Fn(&CallLine) -> f64, from: &[&'a CallLine]| {
        let mut sorted: Vec<&'a CallLine> = from.iter().copied().filter(|line| key(line) > 0.0).collect();
        let order =
            |a: &&CallLine, b: &&CallLine| -> Ordering { key(b).total_cmp(&key(a)).then(a.source.cmp(&b.source)) };
        sorted.sort_by(order);
        sorted
    };
    let mut risky = by(&risk, analysed);
    let by_risk = risky.clone();
    risky.truncate(N_RISKY);
    let is_in = |list: &[&CallLine], line: &CallLine| list.iter().any(|l| l.source == line.source);
    let rest: Vec<&CallLine> = analysed.iter().copied().filter(|line| !is_in(&risky, line)).collect();
    let mut uncertain = by(&|line| doubt(line, mean_risk), &rest);
    uncertain.truncate(N_CALLS - risky.len());
    // Places that nobody is uncertain enough for go to the next riskiest.
    let free = N_CALLS - risky.len() - uncertain.len();
    let more = by_risk.into_iter().skip(risky.len()).filter(|line| !is_in(&uncertain, line)).take(free);
    let more: Vec<&CallLine> = more.collect();
    risky.extend(more);
    (risky, uncertain)
}

fn entry(line: &CallLine, why: Why, reason: String, finding: Option<&WorstFinding>, texts: Texts) -> Option<Entry> {
    let moment = match finding {
        Some(finding) => Moment::of(line, finding, texts)?,
        None => Moment {
            href: super::link::to_call(line, None)?,
            call: names::short_file(&line.source),
            clock: String::new(),
            severity: None,
            title: String::new(),
            quote: String::new(),
        },
    };
    let agent = line.call.agent.as_deref().map(super::super::safe::revealed).unwrap_or_default();
    Some(Entry { why, reason, moment, agent })
}

fn risky_entry(line: &CallLine, texts: Texts) -> Option<Entry> {
    let [critical, major, ..] = line.expected_by_severity;
    let severe = critical.with(major);
    let shown = |value: f64| number(value, 1, texts);
    let reason = if severe.n > 0 {
        let numbers = [
            ("value", shown(severe.mean)),
            ("of", shown(severe.variance.max(0.0).sqrt())),
            ("from", severe.n.to_string()),
        ];
        texts.with("batch-why-risky", &numbers.each_ref().map(|(key, value)| (*key, value.as_str())))
    } else {
        texts.get("batch-why-many")
    };
    // Said words first: an absent step cannot be clicked to.
    let said = line.worst.iter().find(|f| f.severity <= Severity::Major && f.quote.is_some());
    entry(line, Why::Risky, reason, said.or(line.worst.first()), texts)
}

fn uncertain_entry(line: &CallLine, texts: Texts) -> Option<Entry> {
    let unsure = |f: &&WorstFinding| f.severity <= Severity::Major && UNSURE.contains(&f.confidence);
    let spread = |f: &WorstFinding| f.confidence * (1.0 - f.confidence) * COST[f.severity as usize];
    let finding = line.worst.iter().filter(unsure).max_by(|a, b| spread(a).total_cmp(&spread(b)));
    let value = |name: &str, share: f64| texts.with(name, &[("value", &names::percent(share, texts))]);
    let reason = match (finding, line.measured.words_confidence) {
        (Some(finding), _) => value("batch-why-unsure", finding.confidence),
        (None, Some(_)) if !is_heard(line) => texts.get("batch-why-not-judged"),
        (None, Some(words)) if words < 0.75 => value("batch-why-unheard", words),
        (None, None) => texts.get("batch-why-no-words"),
        (None, Some(_)) => texts.get("batch-why-spread"),
    };
    entry(line, Why::Uncertain, reason, finding.or(line.worst.first()), texts)
}

fn drawn_entry(line: &CallLine, texts: Texts) -> Option<Entry> {
    entry(line, Why::Drawn, String::new(), None, texts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{CallMetadata, CallStatus, Expected};

    /// A call with `n` findings of a severity and one confidence.
    fn call(name: &str, severity: usize, n: u64, confidence: f64, words: f64) -> CallLine {
        let mut line = CallLine::without_report(name, "5f", &format!("calls/{name}"), CallMetadata::default(), None);
        line.status = CallStatus::Ok;
        line.measured.words_confidence = Some(words);
        line.parts = vec![("forbidden".into(), 10.0, 10.0)];
        let (n_f, p) = (n as f64, confidence);
        line.expected_by_severity[severity] = Expected { n, mean: n_f * p, variance: n_f * p * (1.0 - p) };
        line
    }

    fn names_of(lines: &[&CallLine]) -> Vec<String> {
        lines.iter().map(|line| line.source.clone()).collect()
    }

    #[test]
    fn the_riskiest_come_first_by_what_their_true_findings_cost() {
        let calls = [
            call("minor", 2, 9, 0.9, 0.9),    // 9 · 0.9 · 0.2 = 1.62
            call("critical", 0, 2, 0.9, 0.9), // 1.8
            call("major", 1, 3, 0.9, 0.9),    // 1.35
            call("unlikely", 0, 3, 0.1, 0.9), // 0.3
            call("info", 3, 50, 1.0, 1.0),    // 0
        ];
        let lines: Vec<&CallLine> = calls.iter().collect();
        let (risky, _) = chosen(&lines, 0.0);
        assert_eq!(names_of(&risky), ["critical", "minor", "major", "unlikely"]);
    }

    #[test]
    fn the_most_uncertain_are_those_near_one_half_and_those_that_could_not_be_heard() {
        let mut calls: Vec<CallLine> = (0..6).map(|i| call(&format!("risky{i}"), 0, 5, 0.95, 1.0)).collect();
        calls.push(call("half", 0, 1, 0.5, 1.0)); // √0.25 = 0.5
        calls.push(call("sure", 0, 1, 0.9, 1.0)); // √0.09 = 0.3
        calls.push(call("unheard", 3, 1, 1.0, 0.1)); // 0.9 of the mean risk
        let lines: Vec<&CallLine> = calls.iter().collect();
        let (risky, uncertain) = chosen(&lines, 1.0);
        assert_eq!(risky.len(), 6);
        assert_eq!(names_of(&uncertain), ["unheard", "half", "sure"]);
    }

    #[test]
    fn no_call_is_listed_twice_and_the_lot_is_drawn_from_the_rest() {
        let calls: Vec<CallLine> = (0..40).map(|i| call(&format!("{i:02}"), i % 4, 2, 0.6, 0.8)).collect();
        let lines: Vec<&CallLine> = calls.iter().collect();
        let queue = queue(&lines, Texts::default());
        assert_eq!((queue.entries.len(), queue.drawn.len(), queue.n_in_lot), (10, 3, 30));
        let mut hrefs: Vec<&str> =
            queue.entries.iter().chain(&queue.drawn).map(|entry| entry.moment.href.as_str()).collect();
        hrefs.sort_unstable();
        hrefs.dedup();
        assert_eq!(hrefs.len(), 13);
        let mut turned = lines.clone();
        turned.reverse();
        let again = self::queue(&turned, Texts::default());
        let of = |queue: &Queue| queue.drawn.iter().map(|e| e.moment.href.clone()).collect::<Vec<_>>();
        assert_eq!((of(&queue), &queue.seed), (of(&again), &again.seed), "whatever the order of calls");
    }

    #[test]
    fn a_call_that_could_not_be_judged_is_uncertain_whatever_was_found() {
        let mut calls: Vec<CallLine> = (0..3).map(|i| call(&format!("{i}"), 3, 0, 0.0, 1.0)).collect();
        calls[1].parts.clear();
        let queue = queue(&calls.iter().collect::<Vec<_>>(), Texts::default());
        let of: Vec<(&str, Why)> = queue.entries.iter().map(|e| (e.moment.call.as_str(), e.why)).collect();
        assert_eq!(of, [("1", Why::Uncertain)]);
    }

    #[test]
    fn a_batch_without_findings_has_only_the_lot() {
        let calls: Vec<CallLine> = (0..5).map(|i| call(&format!("{i}"), 3, 0, 0.0, 1.0)).collect();
        let queue = queue(&calls.iter().collect::<Vec<_>>(), Texts::default());
        assert_eq!((queue.entries.len(), queue.drawn.len()), (0, 3));
        // Two of five bad: none is drawn with a probability of 1 in 10; three of five: never.
        assert_eq!((queue.most_if_none.as_deref(), queue.n_for_ten_points), (Some("40 %"), None));
        let all = self::queue(&calls.iter().take(3).collect::<Vec<_>>(), Texts::default());
        assert_eq!(all.most_if_none, None, "all were drawn");
        assert_eq!(self::queue(&[], Texts::default()).drawn.len(), 0);
    }
}
