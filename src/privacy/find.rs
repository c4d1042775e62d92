//! Everything in a transcript that is personal data, each kind by its own finder, put in order: what was found by the
//! stricter form wins where two overlap, and a number that somebody reads back is the number that was given.

use std::collections::BTreeSet;

use super::chains::{self, Chain};
use super::line::{Line, lines};
use super::{address, dates, email, labels, names, numbers, secrets};
use crate::call::{Party, PersonalData, PersonalKind, Speaker, Transcript, Utterance, locate_words};

#[derive(Debug, Clone)]
struct Found {
    kind: PersonalKind,
    utterance: usize,
    bytes: (usize, usize),
    confidence: f64,
}

/// A question reaches over so many utterances …
const MOST_UTTERANCES_TO_ANSWER: usize = 3;

/// … and so much time.
const MAX_TIME_TO_ANSWER_S: f64 = 15.0;

/// A number is read back within so many utterances.
const MOST_UTTERANCES_TO_READ_BACK: usize = 8;

/// … and is one of so many that were given last.
const MOST_NUMBERS_READ_BACK: usize = 64;

/// Nobody gives more dates of birth in an utterance that are read back.
const MOST_BIRTHS_READ_BACK: usize = 8;

/// Fewer digits of a number that was given are too often other digits.
const MIN_DIGITS_READ_BACK: usize = 3;

/// … if the same voice says them that gave the number.
const MIN_DIGITS_REPEATED: usize = 5;

/// Everything in the transcript that looks like personal data; by utterance, then byte; entries do not overlap.
///
/// `speakers` tell whose words they are: an agent's own name and the company's address are no secrets. Empty if nobody is
/// known.
pub fn find(transcript: &Transcript, speakers: &[Speaker]) -> Vec<PersonalData> {
    let mut lines = lines(transcript, speakers);
    let mut found: Vec<Found> = Vec::new();
    for (utterance, line) in lines.iter().enumerate() {
        let ibans = numbers::ibans_with_letters(line.text).into_iter().map(|bytes| (PersonalKind::Iban, bytes, 0.99));
        let is_mail_asked = is_asked(&lines, utterance, email::speaks_of_mail);
        if let Some((before, bytes)) = email::split_before(&lines, utterance) {
            found.push(Found { kind: PersonalKind::Email, utterance: before, bytes, confidence: 0.8 });
        }
        let mails =
            email::find(line, is_mail_asked).into_iter().map(|(bytes, sure)| (PersonalKind::Email, bytes, sure));
        let mut mails: Vec<_> = mails.collect();
        if mails.is_empty()
            && is_domain_asked(&lines, utterance)
            && let Some(bytes) = email::domain_alone(line)
        {
            mails.push((PersonalKind::Email, bytes, 0.7));
        }
        found.extend(ibans.chain(mails).map(|(kind, bytes, confidence)| Found { kind, utterance, bytes, confidence }));
    }
    found.extend(births(&lines));
    for (utterance, line) in lines.iter().enumerate() {
        let is_asked = is_asked(&lines, utterance, address::is_asked_in);
        let addresses = address::find(line, is_asked).into_iter();
        found.extend(addresses.map(|(bytes, confidence)| Found {
            kind: PersonalKind::Address,
            utterance,
            bytes,
            confidence,
        }));
    }
    let of_kind = |kind| move |(utterance, bytes, confidence)| Found { kind, utterance, bytes, confidence };
    let words_of_secrets = secrets::find(&lines);
    // What is found stands no longer in the way of numbers beside it.
    for hit in &found {
        blank(&mut lines[hit.utterance], hit.bytes);
    }
    for (utterance, bytes, _) in &words_of_secrets {
        blank(&mut lines[*utterance], *bytes);
    }
    let chains = chains::chains(&lines);
    let is_question: Vec<bool> = lines.iter().map(|line| line.text.contains(['?', ';'])).collect();
    let mut given: Vec<(usize, PersonalKind, String)> = Vec::new();
    let mut left: Vec<&Chain> = Vec::new();
    for chain in &chains {
        let language = chain.groups.first().and_then(|group| lines[group.utterance].language);
        let numbers = numbers::search(chain, language);
        if numbers.is_empty() {
            left.push(chain);
        }
        // "Enter the code 1234 on the box": what an agent tells to be typed is no secret of the customer's.
        let is_told_by_agent = chain.labels.first() == Some(&labels::Label::Code)
            && chain
                .groups
                .first()
                .is_some_and(|group| lines[group.utterance].party == Party::Agent && !is_question[group.utterance]);
        for number in numbers {
            if is_told_by_agent && number.kind == PersonalKind::AccountPassword {
                continue;
            }
            let groups = &chain.groups[number.from..number.to];
            let digits: String =
                groups.iter().filter(|group| !group.is_letters).map(|group| group.text.as_str()).collect();
            given.extend(groups.last().map(|last| (last.utterance, number.kind, digits)));
            for part in groups.chunk_by(|a, b| a.utterance == b.utterance) {
                let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
                found.push(Found {
                    kind: number.kind,
                    utterance: first.utterance,
                    bytes: (first.bytes.0, last.bytes.1),
                    confidence: number.confidence,
                });
            }
        }
    }
    given.sort_by_key(|(utterance, ..)| *utterance);
    found.extend(words_of_secrets.into_iter().map(of_kind(PersonalKind::AccountPassword)));
    found.extend(read_back(&lines, &left, &given));
    found.extend(names::find(&lines).into_iter().map(of_kind(PersonalKind::PersonName)));
    // Stable: what was found first (the stricter form) wins where two overlap.
    let mut kept: Vec<Found> = Vec::new();
    let mut taken: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
    for candidate in found {
        let (u, (start, end)) = (candidate.utterance, candidate.bytes);
        // Kept entries are disjoint, so only the last one that starts before `end` can overlap.
        let overlaps = taken.range(..(u, end, 0)).next_back().is_some_and(|(v, _, e)| *v == u && *e > start);
        if start < end && !overlaps {
            taken.insert((u, start, end));
            kept.push(candidate);
        }
    }
    kept.sort_by_key(|f| (f.utterance, f.bytes));
    with_times(kept, transcript)
}

/// Does another voice ask, right before utterance `i`, what stands behind the "@"?
fn is_domain_asked(lines: &[Line<'_>], i: usize) -> bool {
    let before = i.checked_sub(1).map(|before| &lines[before]);
    before.is_some_and(|asking| {
        asking.voice != lines[i].voice && is_soon(asking, &lines[i]) && email::asks_for_domain(asking)
    })
}

/// Do the words just before utterance `i` fulfil a condition?
fn is_asked(lines: &[Line<'_>], i: usize, asks: impl Fn(&Line<'_>) -> bool) -> bool {
    (i.saturating_sub(MOST_UTTERANCES_TO_ANSWER)..i).rev().any(|at| is_soon(&lines[at], &lines[i]) && asks(&lines[at]))
}

fn is_soon(earlier: &Line<'_>, later: &Line<'_>) -> bool {
    match (earlier.end_s, later.start_s) {
        (Some(end_s), Some(start_s)) => start_s - end_s <= MAX_TIME_TO_ANSWER_S,
        _ => true,
    }
}

/// Dates of birth: named, asked for, or so old that they are nothing else.
fn births(lines: &[Line<'_>]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut add = |utterance, bytes, confidence| {
        found.push(Found { kind: PersonalKind::DateOfBirth, utterance, bytes, confidence })
    };
    for (i, line) in lines.iter().enumerate() {
        let is_birth = |(start, end, label): (usize, usize, labels::Label)| {
            (label == labels::Label::Birth).then_some((start, end))
        };
        let named: Vec<(usize, usize)> = labels::find(line).into_iter().filter_map(is_birth).collect();
        let own = named
            .iter()
            .rev()
            .find_map(|(_, end)| dates::after(line, *end))
            .or_else(|| named.iter().find_map(|(start, _)| dates::before(line, *start)));
        if let Some(bytes) = own {
            add(i, bytes, 0.9);
        } else if !named.is_empty() {
            let answers = lines.iter().enumerate().skip(i + 1).take(MOST_UTTERANCES_TO_ANSWER);
            // By the other voice, or by the same after "wait a moment".
            let answer = answers
                .take_while(|(_, later)| is_soon(line, later))
                .find_map(|(at, later)| Some((at, dates::answer(later)?)));
            if let Some((at, bytes)) = answer {
                add(at, bytes, 0.8);
            }
        }
        let listed = names::head_of_list(line).and_then(|(_, end)| dates::listed(line, end));
        listed.into_iter().for_each(|bytes| add(i, bytes, 0.7));
        if line.party != Party::Agent {
            dates::of_whom(line).into_iter().for_each(|bytes| add(i, bytes, 0.6));
            dates::old(line).into_iter().for_each(|bytes| add(i, bytes, 0.65));
        }
    }
    // Read back by the other voice, or said again.
    let n_found = found.len();
    for at in 0..n_found {
        let (utterance, bytes) = (found[at].utterance, found[at].bytes);
        // They were found line by line.
        if at.checked_sub(MOST_BIRTHS_READ_BACK).is_some_and(|before| found[before].utterance == utterance) {
            continue;
        }
        let known: Vec<String> = lines[utterance].within(bytes).iter().map(|item| item.word.clone()).collect();
        let later = lines.iter().enumerate().skip(utterance + 1).take(MOST_UTTERANCES_TO_ANSWER);
        let again = later.filter_map(|(i, line)| Some((i, dates::again(line, &known)?)));
        found.extend(again.map(|(i, bytes)| Found {
            kind: PersonalKind::DateOfBirth,
            utterance: i,
            bytes,
            confidence: 0.7,
        }));
    }
    found
}

/// Takes words away that were found already, so that nothing else is read from them.
fn blank(line: &mut Line<'_>, bytes: (usize, usize)) {
    // Items are in order and disjoint.
    let from = line.items.partition_point(|item| item.bytes.1 <= bytes.0);
    for item in line.items.iter_mut().skip(from).take_while(|item| item.bytes.0 < bytes.1) {
        item.digits = None;
        item.word.clear();
    }
}

/// Digits of a number that was given, said again by whomever: "six oh one, right?".
fn read_back(lines: &[Line<'_>], left: &[&Chain], given: &[(usize, PersonalKind, String)]) -> Vec<Found> {
    let mut found = Vec::new();
    for chain in left {
        let Some(first) = chain.groups.first() else { continue };
        let digits: String =
            chain.groups.iter().filter(|group| !group.is_letters).map(|group| group.text.as_str()).collect();
        if digits.len() < MIN_DIGITS_READ_BACK || chain.after.as_deref().is_some_and(numbers::is_counted) {
            continue;
        }
        let from = given.partition_point(|(utterance, ..)| utterance + MOST_UTTERANCES_TO_READ_BACK < first.utterance);
        let to = given.partition_point(|(utterance, ..)| *utterance <= first.utterance + MOST_UTTERANCES_TO_READ_BACK);
        let source = given[from.max(to.saturating_sub(MOST_NUMBERS_READ_BACK))..to]
            .iter()
            // A voice repeats more of its own number than three digits, which may be any.
            .filter(|(utterance, ..)| {
                digits.len() >= MIN_DIGITS_REPEATED || lines[*utterance].voice != lines[first.utterance].voice
            })
            .find(|(_, _, whole)| whole.contains(&digits));
        if let Some((_, kind, _)) = source {
            for part in chain.groups.chunk_by(|a, b| a.utterance == b.utterance) {
                let bytes = (part[0].bytes.0, part[part.len() - 1].bytes.1);
                found.push(Found { kind: *kind, utterance: part[0].utterance, bytes, confidence: 0.7 });
            }
        }
    }
    found
}

fn with_times(found: Vec<Found>, transcript: &Transcript) -> Vec<PersonalData> {
    found
        .chunk_by(|a, b| a.utterance == b.utterance)
        .flat_map(|own| {
            let utterance = &transcript.utterances[own[0].utterance];
            let located = locate_words(&utterance.text, &utterance.words).unwrap_or_default();
            own.iter().map(move |f| {
                let (start_s, end_s) = span_of(utterance, f.bytes, &located);
                let Found { kind, utterance, bytes, confidence } = *f;
                PersonalData { kind, utterance, bytes, start_s, end_s, confidence }
            })
        })
        .collect()
}

/// From the first to the last word that the bytes touch; the utterance's times if the words cannot tell.
fn span_of(utterance: &Utterance, bytes: (usize, usize), located: &[(usize, usize)]) -> (Option<f64>, Option<f64>) {
    // They are in order, and none reaches into the next.
    let from = located.partition_point(|(_, end)| *end <= bytes.0);
    let to = located.partition_point(|(start, _)| *start < bytes.1);
    let covered = utterance.words.get(from..to).unwrap_or_default();
    let (first, last) = (covered.first(), covered.last());
    (first.map(|w| w.start_s).or(utterance.start_s), last.map(|w| w.end_s).or(utterance.end_s))
}
