//! Numbers as people say and write them: "555-12 34", "five five double two", "пять пять", over hesitations,
//! corrections and utterances of one voice, in groups as well ("forty one eleven", "сто двадцать три сорок пять"), and
//! with letters where the number has some ("AB 12", "pe el sześćdziesiąt jeden", "B as in Bob"). Gives chains of
//! groups with where they stand and what they are called. Whether a number is what it is called is not judged here: a
//! price is a chain like any other.

use super::dictation::{
    AS_IN, CONTINUES, CORRECTIONS, EXPIRING, NOTED, PARTS, PAYING, hedges, is_filler, is_plus, letters_of,
};
use super::labels::{self, Label};
use super::line::Line;

/// Digits or letters that stand together, e.g. "555", "double two", "forty one" or "AB".
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// ASCII digits, or letters in capitals.
    pub text: String,
    /// True for letters.
    pub is_letters: bool,
    /// Index of the utterance.
    pub utterance: usize,
    /// Bytes `start..end` of its text, a leading `+` included.
    pub bytes: (usize, usize),
    /// True if `+` or "plus" stands before it.
    pub has_plus: bool,
    /// True if words of a correction stand before it: "no, wait, seven".
    pub is_correction: bool,
}

/// Groups with nothing but spaces, hyphens, fillers and corrections between them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Chain {
    /// At least one.
    pub groups: Vec<Group>,
    /// What it is called, nearest first: in its own clause, before it or, failing that, right after it.
    pub labels: Vec<Label>,
    /// What the talk just before was about: a question that it may answer.
    pub asked: Vec<Label>,
    /// The folded word that follows.
    pub after: Option<String>,
    /// What is named around it in its utterance, whatever stands between.
    pub around: Vec<Label>,
    /// Items before it in its utterance.
    pub n_before: usize,
    /// True if it was said in words, over hesitations or in several utterances.
    pub is_dictated: bool,
}

/// How many words may stand between a name and its number: "my card number, let me find it, okay, it is …".
const MOST_WORDS_BETWEEN: usize = 14;

/// … and between a number and a name after it: "… that is my number".
const MOST_WORDS_TO_LABEL_AFTER: usize = 5;

/// Of what was named before, only the last few can matter.
const MOST_LABELS_KEPT: usize = 6;

/// No number of any kind is longer: an IBAN has at most 34 characters.
const MAX_GROUP_DIGITS: usize = 34;

/// A number dictated in pieces is continued within this time, else it is another one. An answer is given in it as well.
const MAX_PAUSE_S: f64 = 15.0;

/// In text without times: at most this many utterances of others between two pieces ("mhm").
const MAX_BETWEEN: usize = 3;

/// So many words may stand between two groups without ending the number: "uh, no wait, sorry, then".
const MOST_FILLERS: usize = 6;

/// So many words of any kind may stand before a piece that goes on, and behind one that is not finished: "and then".
const MOST_WORDS_AROUND: usize = 4;

/// … and so many if they ask whether the other keeps up.
const MOST_WORDS_TO_NOTE: usize = 8;

/// A question reaches over so many utterances: "Your number?" – "One moment." – "Yes." – "It is …".
const MOST_UTTERANCES_TO_ANSWER: usize = 4;

/// What somebody pays with and has as many digits is a card, though it is not called one: "I paid with the …".
const CARD_DIGITS: std::ops::RangeInclusive<usize> = 15..=16;

/// True if a number can go on over the text between two of its groups. `so_far` are its digits before the gap.
fn joins(gap: &str, so_far: &str, next: &str) -> bool {
    if gap == "." || gap == "," {
        // "49,90" is a price and "12.05" a date; "555.123.456" is a number.
        return next.len() > 2;
    }
    if gap == "/" {
        // Area codes: 06/30-123-4567, 62/483-915. "120/80" is none.
        return so_far == "06" || so_far.len() == 4 && so_far.starts_with("06") || so_far.len() <= 2 && next.len() == 3;
    }
    gap.chars().all(|c| {
        c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | '.' | ',' | '(' | ')' | '…' | ':' | '?' | '!')
    })
}

/// Has a number of this name got all its digits?
fn is_complete(label: Label, n_digits: usize) -> bool {
    match label {
        Label::Phone | Label::Landline => n_digits >= 9,
        Label::Card => n_digits >= 15,
        Label::Account => n_digits >= 15,
        Label::Passport => n_digits >= 7,
        Label::Id(at) => {
            super::ids::NATIONAL_IDS.get(at).and_then(|id| id.n_digits.iter().max()).is_none_or(|n| n_digits >= *n)
        }
        _ => true,
    }
}

/// So many words of any kind may stand in a number that is named and has not got all its digits: "wait, I turn it".
const MOST_OTHER_WORDS: usize = 3;

/// Every chain of one utterance, and whether the first may go on from an earlier one and the last go on in a later.
struct Piece {
    chains: Vec<Chain>,
    begins: bool,
    /// True if its first words say that it goes on.
    continues: bool,
    ends: bool,
    /// Labels in it, in order.
    labels: Vec<Label>,
}

/// Labels around item `at`: those of the same utterance before it that no other chain stands between, nearest first.
fn labels_before(found: &[(usize, usize, Label)], at: usize, from: usize) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let near = found[..found.partition_point(|(start, _, _)| *start < at)].iter().rev();
    for (start, end, label) in near.take_while(|(start, _, _)| at - start <= 2 * MOST_WORDS_BETWEEN) {
        // A label may hold digits itself ("three digits on the back"), which end no reach.
        let is_open = *start >= from || *label == Label::SortCode;
        if *end <= at && is_open && at - end <= MOST_WORDS_BETWEEN && !labels.contains(label) {
            labels.push(*label);
        }
    }
    labels
}

fn pieces_of(line: &Line<'_>, index: usize, asked: &[Label]) -> Piece {
    let text = line.text;
    let labels = labels::find(line);
    let hedges = hedges(line);
    let mut chains: Vec<Chain> = Vec::new();
    // Items of each chain: first and one after the last.
    let mut spans: Vec<(usize, usize)> = Vec::new();
    // Is the last chain still open, and from which byte does its gap run?
    let mut open_from: Option<usize> = None;
    let (mut n_fillers, mut n_others, mut is_corrected, mut n_words_before, mut n_words_after) = (0, 0, false, 0, 0);
    let mut at = 0;
    while at < line.items.len() {
        let item = &line.items[at];
        // Words of a label are no part of a number, though "three digits on the back" has one.
        let until = labels.partition_point(|(start, _, _)| *start <= at);
        // They are in the order of their starts, and few words long.
        let recent = &labels[until.saturating_sub(MOST_LABELS_KEPT)..until];
        let in_label = recent
            .iter()
            .find(|(start, end, _)| (*start..*end).contains(&at) && (end - start > 1 || item.digits.is_none()));
        let wants_letters = {
            let own = recent.iter().rev().find(|(_, end, _)| *end <= at).map(|(_, _, label)| *label);
            own.map_or_else(|| asked.iter().any(|label| label.has_letters()), Label::has_letters)
        };
        let digits = item.digits.as_ref().filter(|digits| digits.len() <= MAX_GROUP_DIGITS && in_label.is_none());
        let next_is_code =
            |beside: usize| line.digits(beside).is_some() || letters_of(line, beside, wants_letters).is_some();
        // Two letters by their names and digits behind them are the beginning of an account or a document.
        let is_named_pair = |first: usize| {
            // "Há ú ötvenöt": the second may be a vowel; "ha a" and "de o" are words.
            let is_letter = |at: usize| letters_of(line, at, true).is_some_and(|letters| letters.len() <= 2);
            let is_vowel = |at: usize| matches!(line.word(at), "u" | "e" | "i" | "у" | "е" | "и");
            let is_long = |at: usize| line.word(at).chars().count() > 1;
            is_letter(first)
                && is_letter(first + 1)
                && is_long(first)
                && (is_long(first + 1) || is_vowel(first + 1))
                && line.digits(first + 2).is_some()
                && line.digits(first + 3).is_some()
        };
        let in_named_pair = is_named_pair(at) || at > 0 && is_named_pair(at - 1);
        let until = hedges.partition_point(|(start, _)| *start <= at);
        // The longest has few words.
        let is_hedge = hedges[until.saturating_sub(MOST_WORDS_AROUND)..until].iter().any(|(_, end)| at < *end);
        let letters = match digits {
            None if in_label.is_none() && !is_hedge => {
                letters_of(line, at, wants_letters || in_named_pair).filter(|letters| {
                    if in_named_pair {
                        return true;
                    }
                    let is_open = open_from.is_some() && n_fillers <= 1;
                    let touches = line.digits(at + 1).is_some() && line.gap(at).is_empty();
                    let is_capital = line.written(at).chars().all(char::is_uppercase);
                    // A name of a letter counts among its like; "a" and "o" before digits are articles.
                    let is_article =
                        !is_capital && !is_open && line.word(at).chars().count() == 1 && line.digits(at + 1).is_some();
                    (is_capital || wants_letters && letters.len() == 1 || touches)
                        && (!is_article || touches)
                        && (is_open || next_is_code(at + 1) || AS_IN.holds(line.word(at + 1)))
                })
            }
            _ => None,
        };
        let Some((group_text, is_letters)) =
            digits.map(|digits| (digits.clone(), false)).or_else(|| letters.map(|letters| (letters, true)))
        else {
            let word = item.word.as_str();
            let is_correction = CORRECTIONS.holds(word);
            let is_part = wants_letters && PARTS.holds(word);
            let mut is_soft = is_filler(word) || is_correction || is_part || is_hedge || is_plus(word);
            if !is_soft
                && in_label.is_none()
                && n_others < MOST_OTHER_WORDS
                && !word.is_empty()
                && let Some(chain) = chains.last()
                && let Some((_, _, label)) = recent.iter().rev().find(|(_, end, _)| *end <= at)
            {
                let digits = chain.groups.iter().rev().take(MAX_GROUP_DIGITS).filter(|group| !group.is_letters);
                let n_digits = digits.map(|group| group.text.len()).sum();
                is_soft = n_digits >= 3 && !is_complete(*label, n_digits) && !super::numbers::is_counted(word);
                n_others += usize::from(is_soft);
            }
            if open_from.is_some() && n_fillers < MOST_FILLERS && is_soft && (in_label.is_none() || is_part) {
                n_fillers += 1;
                is_corrected |= is_correction;
                open_from = Some(item.bytes.1);
            } else {
                open_from = None;
            }
            if let Some(last) = chains.last_mut()
                && last.after.is_none()
                && spans.last().is_some_and(|span| span.1 == at)
                // "1990, year after year": what a comma parts is not what is counted.
                && !line.gap(at - 1).contains([',', '.', '?', '!'])
            {
                last.after = Some(word.to_owned());
            }
            n_words_after += 1;
            if chains.is_empty() && !is_soft {
                n_words_before += 1;
            }
            at += 1;
            continue;
        };
        let mut bytes = item.bytes;
        let sign = text[..bytes.0].trim_end().chars().next_back();
        let previous_word = at.checked_sub(1).map_or("", |before| line.word(before));
        let has_plus = !is_letters && (sign == Some('+') || is_plus(previous_word));
        if sign == Some('+') && !is_letters {
            bytes.0 = text[..bytes.0].rfind('+').unwrap_or(bytes.0);
        } else if text[..bytes.0].ends_with('(') {
            bytes.0 -= 1;
        }
        let mut end = at + 1;
        // "B as in Bob": the word belongs to the letter.
        if is_letters && group_text.chars().count() == 1 && AS_IN.holds(line.word(end)) {
            let example = end + 1 + usize::from(line.word(end + 1) == "in");
            if line.items.get(example).is_some_and(|item| item.digits.is_none()) {
                bytes.1 = line.items[example].bytes.1;
                end = example + 1;
            }
        }
        let goes_on = !has_plus
            && open_from.zip(chains.last()).is_some_and(|(from, chain)| {
                let so_far: String = chain.groups.iter().take(5).map(|g| g.text.as_str()).collect();
                let is_glued = from == bytes.0;
                is_glued
                    || n_fillers > 0 && text.get(from..bytes.0).is_some_and(|gap| joins(gap, "", "000"))
                    || text
                        .get(from..bytes.0)
                        .is_some_and(|gap| joins(gap, &so_far, &group_text) && !gap.contains(['?', '!']))
            });
        let group = Group {
            text: group_text,
            is_letters,
            utterance: index,
            bytes,
            has_plus,
            is_correction: is_corrected && goes_on,
        };
        let is_dictated = item.is_spoken || goes_on && n_fillers > 0;
        (n_fillers, n_others) = (0, 0);
        is_corrected = false;
        n_words_after = 0;
        open_from = Some(bytes.1);
        match (chains.last_mut(), spans.last_mut()) {
            (Some(chain), Some(span)) if goes_on => {
                chain.groups.push(group);
                chain.is_dictated |= is_dictated;
                chain.after = None;
                span.1 = end;
            }
            _ => {
                chains.push(Chain { groups: vec![group], n_before: at, is_dictated, ..Chain::default() });
                spans.push((at, end));
            }
        }
        if let Some(c) = text[bytes.1..].trim_start().chars().next().filter(|c| "€$£%₽".contains(*c))
            && let Some(chain) = chains.last_mut()
        {
            chain.after = Some(c.into());
        }
        at = end;
    }
    name_chains(line, &labels, &mut chains, &spans);
    let is_last_amount =
        chains.last().is_some_and(|chain| chain.after.as_deref().is_some_and(super::numbers::is_counted));
    let has_no_name = spans.first().is_none_or(|first| labels.iter().all(|(start, _, _)| *start >= first.0));
    let n_lead = spans.first().map_or(0, |first| first.0.min(MOST_WORDS_AROUND));
    // "Are you writing this down?" parts what is told in pieces.
    let last_end = spans.last().map_or(0, |last| last.1);
    let asks_to_note = (last_end..line.items.len()).any(|at| NOTED.holds(line.word(at)) && !spans.is_empty());
    // "…, hold on, I dropped it": what is named and too short goes on as well.
    let is_unfinished = chains.last().is_some_and(|chain| {
        let digits = chain.groups.iter().rev().take(MAX_GROUP_DIGITS).filter(|group| !group.is_letters);
        let n_digits = digits.map(|group| group.text.len()).sum();
        n_digits >= 3 && chain.labels.first().is_some_and(|label| !is_complete(*label, n_digits))
    });
    let may_go_on = n_words_after <= MOST_WORDS_TO_NOTE && (asks_to_note || is_unfinished);
    Piece {
        begins: n_words_before <= MOST_WORDS_AROUND && has_no_name,
        continues: n_words_before <= MOST_WORDS_AROUND
            && has_no_name
            && (0..n_lead).any(|at| CONTINUES.holds(line.word(at))),
        ends: (n_words_after <= MOST_WORDS_AROUND || may_go_on) && !is_last_amount,
        labels: left_open(&labels, &chains, &spans),
        chains,
    }
}

/// What a line names without saying it: what the next may answer or go on with.
fn left_open(labels: &[(usize, usize, Label)], chains: &[Chain], spans: &[(usize, usize)]) -> Vec<Label> {
    let last_told = chains.iter().zip(spans).rev().find(|(chain, _)| {
        let n_digits = chain.groups.iter().filter(|group| !group.is_letters).map(|group| group.text.len()).sum();
        n_digits >= 3 && chain.labels.first().is_some_and(|label| is_complete(*label, n_digits))
    });
    let from = last_told.map_or(0, |(_, span)| span.0);
    let open = &labels[labels.partition_point(|(start, _, _)| *start < from)..];
    open[open.len().saturating_sub(MOST_LABELS_KEPT)..].iter().map(|(_, _, label)| *label).collect()
}

/// Gives each chain of a line the labels around it.
fn name_chains(line: &Line<'_>, labels: &[(usize, usize, Label)], chains: &mut [Chain], spans: &[(usize, usize)]) {
    let mut from = 0;
    for (nth, (chain, span)) in chains.iter_mut().zip(spans).enumerate() {
        chain.labels = labels_before(labels, span.0, from);
        let n_digits: usize = chain.groups.iter().map(|group| group.text.len()).sum();
        let is_paid = (span.0.saturating_sub(MOST_WORDS_AROUND)..span.0).any(|at| PAYING.holds(line.word(at)));
        let expires = (span.1..span.1 + MOST_WORDS_TO_LABEL_AFTER).any(|at| EXPIRING.holds(line.word(at)));
        if chain.labels.is_empty() && (is_paid || expires) && CARD_DIGITS.contains(&n_digits) {
            chain.labels.push(Label::Card);
        }
        let until = labels.partition_point(|(start, _, _)| *start < span.0);
        let around = &labels[until.saturating_sub(MOST_LABELS_KEPT)..labels.len().min(until + MOST_LABELS_KEPT)];
        chain.around = around.iter().map(|(_, _, label)| *label).collect();
        // A long number takes the labels before it; a short one ("3 orders") does not.
        if n_digits >= 3 && !chain.labels.is_empty() {
            from = span.0;
        }
        if chain.labels.is_empty() {
            let next = spans.get(nth + 1).map_or(usize::MAX, |next| next.0);
            let after = labels[labels.partition_point(|(start, _, _)| *start < span.1)..].iter().take(2).find(
                |(start, end, _)| {
                    start - span.1 <= MOST_WORDS_TO_LABEL_AFTER
                    // What stands right before the next number names that.
                    && next.saturating_sub(*end) > 2
                    && (span.1..*start).all(|at| !line.ends_sentence(at) || at + 1 == *start)
                },
            );
            chain.labels.extend(after.map(|(_, _, label)| *label));
        }
    }
}

/// Every chain of the transcript. One that ends an utterance and goes on at the start of the same voice's next
/// utterance is one chain.
pub(super) fn chains(lines: &[Line<'_>]) -> Vec<Chain> {
    let mut done: Vec<Chain> = Vec::new();
    // The last chain of each voice: index into `done`, utterance, and whether it ended that.
    let mut open: Vec<(usize, usize, bool)> = Vec::new();
    // What was asked for: utterance and labels.
    let mut asked: Vec<(usize, Vec<Label>)> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        asked.retain(|(at, _)| i - at <= MOST_UTTERANCES_TO_ANSWER && is_soon_after(lines, *at, i, MAX_PAUSE_S * 2.0));
        // The newest question first, in its own order.
        let now_asked: Vec<Label> = asked.iter().rev().flat_map(|(_, labels)| labels.iter().copied()).collect();
        let mut piece = pieces_of(line, i, &now_asked);
        for chain in &mut piece.chains {
            chain.asked.clone_from(&now_asked);
        }
        let own_open = open.iter().position(|(_, last, _)| lines[*last].voice == line.voice);
        let last_open = own_open.map(|at| open.swap_remove(at));
        // A question about something else has been put since.
        let is_asked_since = |last: usize| asked.iter().any(|(at, _)| *at > last);
        let goes_on = last_open.filter(|(_, last, is_open)| {
            (piece.begins && *is_open || piece.continues)
                && i - last <= MAX_BETWEEN + 1
                && is_soon_after(lines, *last, i, MAX_PAUSE_S)
                && !is_asked_since(*last)
        });
        let is_backchannel = piece.chains.is_empty() && line.items.len() <= MOST_WORDS_AROUND;
        let mut new_chains = piece.chains.into_iter();
        let mut last_index = None;
        if let Some((index, _, _)) = goes_on
            && let Some(first) = new_chains.next()
        {
            done[index].groups.extend(first.groups);
            done[index].is_dictated = true;
            done[index].after = first.after;
            if done[index].labels.is_empty() {
                done[index].labels = first.labels;
            }
            last_index = Some(index);
        }
        for chain in new_chains {
            last_index = Some(done.len());
            done.push(chain);
        }
        match (last_index, last_open) {
            (Some(index), _) => open.push((index, i, piece.ends)),
            // "Wait." between two pieces of one voice.
            (None, Some(still)) if is_backchannel && piece.labels.is_empty() => open.push(still),
            _ => {}
        }
        if !piece.labels.is_empty() {
            asked.push((i, piece.labels));
        }
    }
    done
}

fn is_soon_after(lines: &[Line<'_>], earlier: usize, later: usize, within_s: f64) -> bool {
    match (lines[earlier].end_s, lines[later].start_s) {
        (Some(end_s), Some(start_s)) => start_s - end_s <= within_s,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Transcript, Utterance};
    use crate::privacy::line::lines;

    fn check(text: &str, language: &str, expected: &[&str]) {
        let utterance = Utterance {
            start_s: None,
            end_s: None,
            channel: None,
            speaker: None,
            language: Some(language.into()),
            text: text.into(),
            confidence: None,
            words: vec![],
        };
        let transcript = Transcript { utterances: vec![utterance], ..Transcript::default() };
        let found: Vec<String> = chains(&lines(&transcript, &[]))
            .iter()
            .map(|c| c.groups.iter().map(|g| g.text.as_str()).collect())
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn spoken_and_written_digits_make_one_chain() {
        check("call five five double two, uh 34-56 now", "en", &["55223456"]);
        check("oh seven nine", "en", &["079"]);
        check("pięć pięć, dwa", "pl", &["552"]);
        check("τρία εννιά μηδέν", "el", &["390"]);
        check("öt négy két", "hu", &["542"]);
        check("пять ноль", "ru", &["50"]);
    }

    #[test]
    fn words_prices_and_dates_end_a_chain() {
        check("49,90 and 12.05.2026", "en", &["49", "9012", "052026"]);
        check("5 apples 6 pears", "en", &["5", "6"]);
        check("06/30-123-4567", "hu", &["06301234567"]);
    }

    #[test]
    fn corrections_and_letters_stay_in_the_chain() {
        check("it is five five two, no, wait, three", "en", &["5523"]);
        check("passport A as in Anna, B, 12 34 567", "en", &["AB1234567"]);
        check("numer konta pe el sześćdziesiąt jeden", "pl", &["PL61"]);
        check("GB29 NWBK 6016", "en", &["GB29NWBK6016"]);
    }
}
