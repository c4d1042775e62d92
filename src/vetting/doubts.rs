//! What makes one doubt a vendor, counted by independent kind: one is a note, two are for asking, three are an alarm. Ten
//! findings of one kind are one doubt. Never a verdict without the places to hear.

use super::figures::{LEAST_CONFIDENCE, is_bad_line, is_noise, is_privacy_judged, part};
use crate::call::vendors::{Doubt, Evidence, PublishReason, PublishState, VendorVerdict};
use crate::call::{CallLine, CallReport, CallStatus, CategoryLine, Inconsistency, Polarity, Severity};

/// The full report of a call, where words are wanted that its line does not hold.
pub type Details<'a> = dyn Fn(&CallLine) -> Option<CallReport> + 'a;

/// What is heard in fewer calls than one in twenty is a slip, not a way of working; in a demo of up to twenty calls, chosen by the
/// vendor itself, every one counts.
const RARE_RATIO: f64 = 0.05;

/// Enough to hear that it is so.
const MOST_EVIDENCE: usize = 3;

/// A kind of doubt.
struct Kind {
    name: &'static str,
    is_it: fn(&CategoryLine) -> bool,
    /// Could it have been found in this call?
    is_judged: fn(&CallLine) -> bool,
}

const PRESSURE: [&str; 5] =
    ["guilt_appeal", "pressure_after_refusal", "secrecy_isolation", "threat_penalty", "withdrawal_obstruction"];
const RUDE: [&str; 3] = ["blind_transfer", "not_my_job", "rudeness"];
const OUTDATED: [&str; 2] = ["assumptive_close", "outdated_technique"];
const SECRETS: &str = "trade_secret_leak";
const STAGED: &str = "staged_marker";
const CONFIDENTIAL: &str = "fact.confidential";

/// In the order of the page. What stands in none of the lists of forbidden words misleads: the taxonomy's other categories,
/// and those of the user's own lists.
const KINDS: [Kind; 11] = [
    Kind { name: "misleading", is_it: is_misleading, is_judged: |c| part(c, "forbidden") },
    Kind {
        name: "pressure",
        is_it: |l| is_forbidden(l, Severity::Major, &PRESSURE),
        is_judged: |c| part(c, "forbidden"),
    },
    Kind { name: "rude", is_it: |l| is_forbidden(l, Severity::Minor, &RUDE), is_judged: |c| part(c, "forbidden") },
    Kind {
        name: "outdated",
        is_it: |l| is_forbidden(l, Severity::Minor, &OUTDATED),
        is_judged: |c| part(c, "forbidden"),
    },
    Kind {
        name: "facts",
        is_it: |l| l.polarity == Polarity::Fact && l.category != CONFIDENTIAL && l.severity <= Severity::Minor,
        is_judged: |c| part(c, "facts"),
    },
    Kind { name: "personal_data", is_it: is_personal, is_judged: is_privacy_judged },
    Kind { name: "secrets", is_it: is_secret, is_judged: |c| part(c, "forbidden") },
    Kind {
        name: "missing_steps",
        is_it: |l| l.polarity == Polarity::Required && l.severity <= Severity::Major,
        is_judged: |c| part(c, "required"),
    },
    Kind { name: "noise", is_it: is_noise, is_judged: |c| c.snr_db.is_some() || c.measured.floor_dbfs.is_some() },
    Kind { name: "line", is_it: is_bad_line, is_judged: |c| part(c, "line") },
    Kind { name: "staged", is_it: is_staged, is_judged: |c| part(c, "forbidden") },
];

fn is_forbidden(line: &CategoryLine, at_least: Severity, categories: &[&str]) -> bool {
    line.polarity == Polarity::Forbidden && line.severity <= at_least && categories.contains(&line.category.as_str())
}

fn is_misleading(line: &CategoryLine) -> bool {
    let others = [SECRETS, STAGED].into_iter().chain(PRESSURE).chain(RUDE).chain(OUTDATED);
    line.polarity == Polarity::Forbidden
        && line.severity <= Severity::Major
        && !others.into_iter().any(|other| other == line.category)
}

fn is_personal(line: &CategoryLine) -> bool {
    line.polarity == Polarity::PersonalData && line.severity <= Severity::Minor
}

fn is_secret(line: &CategoryLine) -> bool {
    line.category == SECRETS || line.category == CONFIDENTIAL
}

fn is_staged(line: &CategoryLine) -> bool {
    line.category == STAGED
}

/// The doubts about a vendor, those that count first. `consistency` is of the whole batch; of an entry that the vendor's own calls
/// do not disagree in nothing is taken.
pub fn doubts(calls: &[&CallLine], consistency: &[Inconsistency], details: &Details) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = KINDS.iter().filter_map(|kind| doubt(kind, calls, details)).collect();
    add_contradictions(&mut doubts, calls, consistency);
    doubts.extend(unreadable(calls));
    // Stable: the order of the kinds stays.
    doubts.sort_by_key(|d| !d.is_counted);
    doubts
}

fn is_counted(n_calls: u64, n_judged: u64) -> bool {
    n_calls as f64 >= RARE_RATIO * n_judged as f64
}

fn doubt(kind: &Kind, calls: &[&CallLine], details: &Details) -> Option<Doubt> {
    let mut found: Vec<(&CallLine, &CategoryLine)> = Vec::new();
    for call in calls {
        let own = call.categories.iter().filter(|l| l.confidence >= LEAST_CONFIDENCE && (kind.is_it)(l));
        found.extend(own.min_by(|a, b| badness(a, b)).map(|line| (*call, line)));
    }
    if found.is_empty() {
        return None;
    }
    let n_calls = found.len() as u64;
    // A finding in a call proves that it could be found there.
    let is_judged = |c: &&&CallLine| (kind.is_judged)(c) || found.iter().any(|(call, _)| call.source == c.source);
    let n_judged = calls.iter().filter(is_judged).count() as u64;
    found.sort_by(|(a_call, a), (b_call, b)| badness(a, b).then_with(|| a_call.source.cmp(&b_call.source)));
    let evidence = found.iter().take(MOST_EVIDENCE).map(|(call, line)| evidence(call, line, details)).collect();
    Some(Doubt { kind: kind.name.to_owned(), n_calls, n_judged, is_counted: is_counted(n_calls, n_judged), evidence })
}

fn badness(a: &CategoryLine, b: &CategoryLine) -> std::cmp::Ordering {
    a.severity.cmp(&b.severity).then(b.confidence.total_cmp(&a.confidence)).then(a.id.cmp(&b.id))
}

fn evidence(call: &CallLine, line: &CategoryLine, details: &Details) -> Evidence {
    let empty = Evidence {
        source: call.source.clone(),
        stem: call.stem.clone(),
        finding: Some(line.id.clone()),
        rule: None,
        category: None,
        polarity: Some(line.polarity),
        start_s: line.start_s,
        severity: Some(line.severity),
        confidence: Some(line.confidence),
        quote: None,
        message: line.category.replace(['_', '.'], " "),
    };
    if let Some(w) = call.worst.iter().find(|w| w.id == line.id).cloned() {
        return Evidence {
            rule: Some(w.rule),
            category: Some(w.category),
            quote: w.quote,
            message: w.message,
            ..empty
        };
    }
    let finding = details(call).and_then(|report| report.findings.into_iter().find(|f| f.id == line.id));
    match finding {
        Some(f) => {
            Evidence { rule: Some(f.rule), category: Some(f.category), quote: f.quote, message: f.message, ..empty }
        }
        None => empty,
    }
}

/// Calls of the vendor that name different values for the same thing are a doubt about facts, with or without a fact sheet.
fn add_contradictions(doubts: &mut Vec<Doubt>, calls: &[&CallLine], consistency: &[Inconsistency]) {
    let own = |source: &str| calls.iter().find(|c| c.source == source);
    let (mut evidence, mut n_calls, mut n_differing) = (Vec::new(), 0, 0);
    for entry in consistency {
        let heard = entry.values.iter().filter_map(|v| v.examples.iter().find_map(|e| Some((own(&e.source)?, e))));
        let heard: Vec<_> = heard.collect();
        if heard.len() < 2 {
            continue;
        }
        // An entry is of one vendor: the vendor is part of what claims have to share (`batch/consistency.rs`). Which calls two
        // entries have in common is not known, so that the largest counts.
        let n_by_value = || entry.values.iter().map(|v| v.n_calls);
        let n_heard: u64 = n_by_value().sum();
        n_calls = n_calls.max(n_heard);
        n_differing = n_differing.max(n_heard - n_by_value().max().unwrap_or(0));
        evidence.extend(heard.into_iter().map(|(call, example)| Evidence {
            source: call.source.clone(),
            stem: call.stem.clone(),
            finding: None,
            rule: None,
            category: None,
            polarity: None,
            start_s: example.start_s,
            severity: None,
            confidence: None,
            quote: Some(example.quote.clone()),
            message: format!("calls name different values: {}", entry.attribute.name().replace(['_', '.'], " ")),
        }));
    }
    if evidence.is_empty() {
        return;
    }
    let n_judged = calls.iter().filter(|c| c.status == CallStatus::Ok).count() as u64;
    // A call that names two values is in both counts.
    let n_calls = n_calls.min(n_judged);
    // One slip among a hundred calls that agree is a slip: those count that differ from what most say.
    let is_counted = is_counted(n_differing, n_judged);
    evidence.truncate(MOST_EVIDENCE);
    if let Some(facts) = doubts.iter_mut().find(|d| d.kind == "facts") {
        facts.evidence.extend(evidence);
        facts.evidence.truncate(MOST_EVIDENCE);
        facts.is_counted |= is_counted;
        facts.n_calls = facts.n_calls.max(n_calls);
        facts.n_judged = facts.n_judged.max(n_judged);
    } else {
        doubts.push(Doubt { kind: "facts".into(), n_calls, n_judged, is_counted, evidence });
    }
}

fn unreadable(calls: &[&CallLine]) -> Option<Doubt> {
    let failed: Vec<_> = calls.iter().filter(|c| c.status == CallStatus::Failed).collect();
    let n_tried = calls.iter().filter(|c| c.status != CallStatus::Pending).count() as u64;
    let evidence = failed.iter().take(MOST_EVIDENCE).map(|call| Evidence {
        source: call.source.clone(),
        stem: String::new(),
        finding: None,
        rule: None,
        category: None,
        polarity: None,
        start_s: None,
        severity: None,
        confidence: None,
        quote: None,
        message: call.error.as_ref().map_or(String::new(), |e| e.message.clone()),
    });
    let n_calls = failed.len() as u64;
    (n_calls > 0).then(|| Doubt {
        kind: "unreadable".into(),
        n_calls,
        n_judged: n_tried,
        is_counted: is_counted(n_calls, n_tried),
        evidence: evidence.collect(),
    })
}

/// Calls whose words could be judged.
pub fn n_words_judged(calls: &[&CallLine]) -> u64 {
    calls.iter().filter(|c| part(c, "forbidden")).count() as u64
}

/// What the doubts come to: "three times yes to doubts is an alarm". Nothing found says something only where it could be found.
pub fn verdict(doubts: &[Doubt], n_calls: u64, n_words_judged: u64) -> VendorVerdict {
    match doubts.iter().filter(|d| d.is_counted).count() {
        0 if n_calls == 0 || 2 * n_words_judged < n_calls => VendorVerdict::CannotTell,
        0 => VendorVerdict::NoDoubt,
        1 => VendorVerdict::Note,
        2 => VendorVerdict::Ask,
        _ => VendorVerdict::RedFlag,
    }
}

/// May the recordings be shown to the world? One call is enough to say no.
pub fn publish(calls: &[&CallLine]) -> (PublishState, Vec<PublishReason>) {
    let ok: Vec<&&CallLine> = calls.iter().filter(|c| c.status == CallStatus::Ok).collect();
    let found = |is_it: &dyn Fn(&CategoryLine) -> bool| {
        ok.iter().filter(|c| c.categories.iter().any(|l| l.confidence >= LEAST_CONFIDENCE && is_it(l))).count() as u64
    };
    let neighbours = |grade| ok.iter().filter(|c| c.measured.background_grade >= Some(grade)).count() as u64;
    let severe = |l: &CategoryLine| is_personal(l) && l.severity <= Severity::Major;
    let (recognisable, guessable) = (neighbours(3), neighbours(2));
    let do_not = [("severe_data", found(&severe)), ("secrets", found(&is_secret)), ("neighbours", recognisable)];
    let fix = [
        ("personal_data", found(&|l| is_personal(l) && l.severity > Severity::Major)),
        ("misleading", found(&|l| is_misleading(l) || is_forbidden(l, Severity::Major, &PRESSURE))),
        ("staged", found(&is_staged)),
        ("neighbours", if recognisable == 0 { guessable } else { 0 }),
    ];
    let n_not_heard = ok.iter().filter(|c| !part(c, "forbidden")).count() as u64;
    let n_no_privacy = ok.iter().filter(|c| part(c, "forbidden") && !part(c, "privacy")).count() as u64;
    let reasons = |pairs: &[(&str, u64)]| -> Vec<PublishReason> {
        let some = pairs.iter().filter(|(_, n)| *n > 0);
        some.map(|(kind, n)| PublishReason { kind: (*kind).to_owned(), n_calls: *n }).collect()
    };
    let not_judged = reasons(&[("not_heard", n_not_heard), ("privacy_not_judged", n_no_privacy)]);
    let (do_not, fix) = (reasons(&do_not), reasons(&fix));
    let state = if !do_not.is_empty() {
        PublishState::DoNot
    } else if !fix.is_empty() {
        PublishState::Fix
    } else if ok.is_empty() || !not_judged.is_empty() {
        PublishState::CannotTell
    } else {
        PublishState::Publish
    };
    (state, [do_not, fix, not_judged].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Attribute, CallError, CallMetadata, InconsistencyExample, InconsistencyValue};

    fn call(source: &str, found: &[(&str, Polarity, Severity, f64)]) -> CallLine {
        let mut call = CallLine::without_report(source, "", "calls/x", CallMetadata::default(), None);
        call.status = CallStatus::Ok;
        call.parts = ["line", "required", "forbidden", "privacy"].map(|p| (p.to_owned(), 1.0, 10.0)).into();
        let line = |(category, polarity, severity, confidence): &(&str, Polarity, Severity, f64)| CategoryLine {
            category: (*category).into(),
            polarity: *polarity,
            n: 1,
            expected: *confidence,
            confidence: *confidence,
            severity: *severity,
            id: format!("{source}-{category}"),
            start_s: Some(1.0),
            quote: None,
        };
        call.categories = found.iter().map(line).collect();
        call
    }

    fn verdict_of(calls: &[CallLine]) -> (VendorVerdict, Vec<String>) {
        let calls: Vec<&CallLine> = calls.iter().collect();
        let doubts = doubts(&calls, &[], &|_| None);
        let kinds = doubts.iter().filter(|d| d.is_counted).map(|d| d.kind.clone()).collect();
        (verdict(&doubts, calls.len() as u64, n_words_judged(&calls)), kinds)
    }

    #[test]
    fn doubts_are_counted_by_kind_not_by_finding() {
        use Polarity::{Forbidden, PersonalData, Quality};
        use Severity::{Info, Major, Minor};
        let check = |calls: &[CallLine], expected: VendorVerdict, kinds: &[&str]| {
            assert_eq!(verdict_of(calls), (expected, kinds.iter().map(|k| (*k).to_owned()).collect()));
        };
        let prize = ("prize_bait", Forbidden, Major, 0.9);
        let stock = ("scarcity_stock", Forbidden, Major, 0.8);
        let card = ("pii.card", PersonalData, Severity::Critical, 0.9);
        let noise = ("quality.low_snr", Quality, Minor, 0.9);
        check(&[call("a", &[])], VendorVerdict::NoDoubt, &[]);
        check(&[call("a", &[prize, stock]), call("b", &[prize])], VendorVerdict::Note, &["misleading"]);
        check(&[call("a", &[prize, card])], VendorVerdict::Ask, &["misleading", "personal_data"]);
        check(
            &[call("a", &[prize]), call("b", &[card, noise])],
            VendorVerdict::RedFlag,
            &["misleading", "personal_data", "noise"],
        );
        // What a reviewer would rather not agree with, and what costs nothing, is no doubt.
        check(
            &[call("a", &[("prize_bait", Forbidden, Major, 0.4), ("free_false", Forbidden, Info, 0.9)])],
            VendorVerdict::NoDoubt,
            &[],
        );
    }

    #[test]
    fn nothing_found_in_words_that_nobody_heard_says_nothing() {
        let mut deaf = call("a", &[]);
        deaf.parts.clear();
        assert_eq!(verdict_of(&[deaf.clone()]).0, VendorVerdict::CannotTell);
        assert_eq!(publish(&[&deaf]).0, PublishState::CannotTell);
        assert_eq!(verdict_of(&[]).0, VendorVerdict::CannotTell);
    }

    #[test]
    fn words_that_were_judged_are_not_called_unheard() {
        let reasons = |parts: &[&str]| {
            let mut one = call("a", &[]);
            one.parts.retain(|(name, _, _)| parts.contains(&name.as_str()));
            let (state, reasons) = publish(&[&one]);
            assert_eq!(state, PublishState::CannotTell);
            reasons.into_iter().map(|r| (r.kind, r.n_calls)).collect::<Vec<_>>()
        };
        assert_eq!(reasons(&["line", "privacy"]), [("not_heard".to_owned(), 1)]);
        assert_eq!(reasons(&["forbidden"]), [("privacy_not_judged".to_owned(), 1)]);
        assert_eq!(reasons(&["line"]), [("not_heard".to_owned(), 1)]);
    }

    #[test]
    fn one_slip_in_many_calls_is_told_but_does_not_count() {
        let mut calls: Vec<CallLine> = (0..41).map(|i| call(&format!("c{i}"), &[])).collect();
        calls[7] = call("c7", &[("rudeness", Polarity::Forbidden, Severity::Major, 0.9)]);
        assert_eq!(verdict_of(&calls).0, VendorVerdict::NoDoubt);
        let all: Vec<&CallLine> = calls.iter().collect();
        assert_eq!(doubts(&all, &[], &|_| None)[0].n_calls, 1);
        assert_eq!(verdict_of(&calls[..20]).0, VendorVerdict::Note);
    }

    #[test]
    fn contradictions_among_calls_count_by_calls_not_by_examples() {
        // Values by how many of a hundred calls name them, each with the few examples that are kept.
        let check = |n_by_value: &[u64], found: &[(&str, Polarity, Severity, f64)], expected: (u64, u64, bool)| {
            let mut calls: Vec<CallLine> = (0..100).map(|i| call(&format!("c{i}"), &[])).collect();
            calls[99] = call("c99", found);
            let example = |at: usize| InconsistencyExample {
                source: format!("c{at}"),
                start_s: None,
                quote: "it costs".into(),
                agent: None,
            };
            let value = |(at, n_calls): (usize, &u64)| InconsistencyValue {
                value: at.into(),
                n_calls: *n_calls,
                examples: vec![example(at)],
            };
            let entry = Inconsistency {
                attribute: Attribute::Price,
                product: Some("x".into()),
                unit: "pln".into(),
                same_agent: false,
                values: n_by_value.iter().enumerate().map(value).collect(),
            };
            let all: Vec<&CallLine> = calls.iter().collect();
            let doubts = doubts(&all, &[entry], &|_| None);
            let facts = doubts.iter().find(|d| d.kind == "facts").expect("they differ");
            assert_eq!((facts.n_calls, facts.n_judged, facts.is_counted), expected, "{n_by_value:?}");
        };
        check(&[60, 40], &[], (100, 100, true));
        check(&[60, 50], &[], (100, 100, true));
        check(&[5, 5], &[], (10, 100, true));
        check(&[99, 1], &[], (100, 100, false));
        let wrong = ("fact.price", Polarity::Fact, Severity::Major, 0.9);
        check(&[60, 30], &[wrong], (90, 100, true));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_a_doubt_of_its_own() {
        let error = CallError { kind: "malformed".into(), message: "no sound".into() };
        let failed = CallLine::without_report("b", "", "", CallMetadata::default(), Some(error));
        assert_eq!(verdict_of(&[call("a", &[]), failed]), (VendorVerdict::Note, vec!["unreadable".into()]));
    }

    #[test]
    fn one_call_is_enough_not_to_publish() {
        let check = |found: &[(&str, Polarity, Severity, f64)], expected: PublishState| {
            let (clean, one) = (call("a", &[]), call("b", found));
            assert_eq!(publish(&[&clean, &one]).0, expected, "{found:?}");
        };
        check(&[], PublishState::Publish);
        check(&[("pii.card", Polarity::PersonalData, Severity::Critical, 0.9)], PublishState::DoNot);
        check(&[("trade_secret_leak", Polarity::Forbidden, Severity::Major, 0.8)], PublishState::DoNot);
        check(&[("pii.phone", Polarity::PersonalData, Severity::Minor, 0.9)], PublishState::Fix);
        check(&[("pii.phone", Polarity::PersonalData, Severity::Info, 0.9)], PublishState::Publish);
    }
}
