//! The promise ledger: what the agent says that somebody will do after the call, and by when. A promise is no fault; the
//! list is there so that a later call can be held against it. Not the delivery and price terms of the fact sheet, and no
//! offer, question or refusal: "shall I call you", "I will not call".

use std::cmp::Reverse;
use std::ops::Range;

use serde_json::{Map, Value};

use super::cues::{self, Cue};
use super::lines::Line;
use super::{Found, may_be_agent, number};
use crate::call::{Party, Polarity, Severity};
use crate::rules::Draft;
use crate::rules::scene::Scene;
use crate::rules::thresholds::{PROMISE_CONFIDENCE, UNKNOWN_PARTY_FACTOR, VAGUE_PROMISE_CONFIDENCE};
use crate::text::Language;
use crate::text::numerals::NumberSpan;

/// Cue and what is promised; the more specific first.
const KINDS: [(&str, &str); 6] = [
    ("promise_refund", "refund"),
    ("promise_visit", "visit"),
    ("promise_call_back", "call_back"),
    ("promise_contact", "contact"),
    ("promise_send", "send"),
    ("promise_fix", "fix"),
];

/// Words between a number and its unit: "two whole days", "dwóch najbliższych dni".
const MAX_BEFORE_UNIT: usize = 1;

/// Words of the longest unit: "working days".
const MOST_UNIT_WORDS: usize = 2;

/// A time stands at most so many words from what is promised: the length of a long sentence.
const DUE_REACH: usize = 25;

/// Units that a number may have, the longer names first.
const UNITS: [(&str, &str); 6] = [
    ("unit_working_day", "working_day"),
    ("unit_minute", "minute"),
    ("unit_hour", "hour"),
    ("unit_day", "day"),
    ("unit_week", "week"),
    ("unit_month", "month"),
];

/// The unit of what is due at no certain time.
const SOON: &str = "soon";

/// Times without a number in them: cue, number, unit.
const WORDS: &[(&str, Option<f64>, &str)] = &[
    ("due_day_after", Some(2.0), "day"),
    ("due_tomorrow", Some(1.0), "day"),
    ("half_hour", Some(30.0), "minute"),
    ("quarter_hour", Some(15.0), "minute"),
    ("due_next_week", Some(1.0), "week"),
    ("due_this_week", Some(0.0), "week"),
    ("due_hour", Some(1.0), "hour"),
    ("due_today", Some(0.0), "day"),
    ("due_soon", None, SOON),
];

/// When something is due.
pub(super) struct Due {
    pub n: Option<f64>,
    pub unit: &'static str,
    pub tokens: Range<usize>,
}

/// Numbers with a unit of time among these tokens.
fn amounts(line: &Line<'_>, within: &Range<usize>) -> Vec<Due> {
    let at = line.numbers.partition_point(|n| n.tokens.0 < within.start);
    let numbers = line.numbers[at..].iter().take_while(|n| n.tokens.1 <= within.end);
    let amount = |n: &NumberSpan| {
        let value = n.value?;
        let after = n.tokens.1..within.end.min(n.tokens.1 + MAX_BEFORE_UNIT + MOST_UNIT_WORDS);
        let unit = |(cue, unit): &(&'static str, &'static str)| {
            let place = cues::first_in(cue, line, after.clone())?.tokens;
            let is_near = place.start <= n.tokens.1 + MAX_BEFORE_UNIT;
            is_near.then_some(Due { n: Some(value), unit, tokens: n.tokens.0..place.end })
        };
        // Russian puts the unit first for "some ten minutes": "минут через десять".
        let turned = |(cue, unit): &(&'static str, &'static str)| {
            let before = n.tokens.0.saturating_sub(MOST_UNIT_WORDS).max(within.start)..n.tokens.0;
            let place = cues::first_in(cue, line, before)?.tokens;
            Some(Due { n: Some(value), unit, tokens: place.start..n.tokens.1 })
        };
        let is_russian = line.language == Some(Language::Ru);
        UNITS.iter().find_map(unit).or_else(|| UNITS.iter().filter(|_| is_russian).find_map(turned))
    };
    numbers.filter_map(amount).collect()
}

/// The first of them.
pub(super) fn amount(line: &Line<'_>, within: &Range<usize>) -> Option<Due> {
    amounts(line, within).into_iter().next()
}

/// The tokens around one that may say when: those of its sentence, as far as speech without punctuation goes on about it.
pub(super) fn around(line: &Line<'_>, token: usize) -> Range<usize> {
    let sentence = line.sentence_of(token);
    sentence.start.max(token.saturating_sub(DUE_REACH))..sentence.end.min(token + DUE_REACH)
}

/// When the words around a promise say that it will be: a number of days or hours, a day of the week, a time of the clock,
/// or a word such as "tomorrow". Of several the nearest one; "soon" only if there is no other.
fn due(line: &Line<'_>, promise: &Range<usize>) -> Option<Due> {
    const DAYS: [&str; 7] = ["weekday_1", "weekday_2", "weekday_3", "weekday_4", "weekday_5", "weekday_6", "weekday_7"];
    let near = around(line, promise.start);
    let places = |name: &str| cues::find_in(name, line, near.clone()).into_iter();
    let mut found: Vec<Due> = amounts(line, &near);
    for (n, cue) in (1u8..).zip(DAYS) {
        found.extend(places(cue).map(|c| Due { n: Some(n.into()), unit: "weekday", tokens: c.tokens }));
    }
    for (cue, n, unit) in WORDS {
        found.extend(places(cue).map(|c| Due { n: *n, unit, tokens: c.tokens }));
    }
    let is_exact = |due: &Due| due.unit != SOON;
    // A day is worth more than the hour of it.
    let is_day = |due: &Due| due.unit != "clock";
    let distance = |due: &Due| match due.tokens.start >= promise.end {
        true => due.tokens.start - promise.end,
        false => promise.start.saturating_sub(due.tokens.end),
    };
    found.extend(places("due_clock").map(|c| Due { n: c.number, unit: "clock", tokens: c.tokens }));
    found.into_iter().min_by_key(|due| (!is_exact(due), !is_day(due), distance(due), Reverse(due.tokens.len())))
}

pub(in crate::rules) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (i, line) in scene.lines.iter().enumerate().filter(|(i, _)| may_be_agent(scene.party(*i))) {
        // One promise a sentence: "I'll check and call you back tomorrow" is one to hold against.
        let mut last_sentence = None;
        let mut promises: Vec<(usize, &str, Cue)> = KINDS
            .iter()
            .enumerate()
            .flat_map(|(rank, (cue, what))| cues::find(cue, line).into_iter().map(move |c| (rank, *what, c)))
            .filter(|(.., cue)| !cues::is_negated(cue, line) && !line.is_question(cue.tokens.start))
            .collect();
        promises.sort_by_key(|(rank, _, cue)| (line.sentence_of(cue.tokens.start).start, *rank, cue.tokens.start));
        for (_, what, cue) in promises {
            let sentence = line.sentence_of(cue.tokens.start).start;
            if last_sentence == Some(sentence) {
                continue;
            }
            let due = due(line, &cue.tokens);
            let is_vague = due.as_ref().is_none_or(|due| due.unit == SOON);
            // Within minutes is in this call: "one minute, I'll check".
            let is_at_once = due.as_ref().is_some_and(|due| due.unit == "minute");
            if what == "fix" && (is_vague || is_at_once) {
                continue;
            }
            last_sentence = Some(sentence);
            let bytes = line.bytes(&around(line, cue.tokens.start));
            let mut evidence = Map::from_iter([("what".to_owned(), Value::from(what))]);
            evidence.insert("due".into(), due.map_or(Value::Null, |due| due_value(scene, i, line, &due)));
            let known = if scene.party(i) == Party::Unknown { UNKNOWN_PARTY_FACTOR } else { 1.0 };
            let found = Found {
                rule: "promise",
                category: "quality",
                polarity: Polarity::Quality,
                severity: Severity::Info,
                utterance: i,
                bytes,
                confidence: known * if is_vague { VAGUE_PROMISE_CONFIDENCE } else { PROMISE_CONFIDENCE },
                message: "A promise to the customer that a later call can be held against.",
                part: None,
            };
            drafts.push(found.draft(scene, evidence));
        }
    }
    drafts
}

fn due_value(scene: &Scene<'_>, utterance: usize, line: &Line<'_>, due: &Due) -> Value {
    let bytes = line.bytes(&due.tokens);
    let mut fields = Map::new();
    fields.insert("quote".into(), Value::from(scene.shown(utterance, bytes)));
    fields.insert("n".into(), due.n.map_or(Value::Null, number));
    fields.insert("unit".into(), Value::from(due.unit));
    Value::Object(fields)
}
