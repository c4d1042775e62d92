//! Digits as people say and write them: "555-12 34", "five five double two", "пять пять", over pauses and over
//! utterances of one voice, in groups as well ("forty one eleven", "сто двадцать три сорок пять"). Gives chains of
//! digit groups with where they stand. What a number means is not known here: a price is a chain like any other.

use crate::call::{Transcript, Utterance};
use crate::text::language::fold;
use crate::text::{Language, numerals, tokenize};

/// Digits that stand together, e.g. "555", "double two" or "forty one".
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// ASCII digits.
    pub digits: String,
    /// Index of the utterance.
    pub utterance: usize,
    /// Bytes `start..end` of its text, a leading `+` included.
    pub bytes: (usize, usize),
    /// True if `+` or "plus" stands before it.
    pub has_plus: bool,
}

/// Groups with nothing but spaces, hyphens and fillers between them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Chain {
    /// At least one.
    pub groups: Vec<Group>,
    /// Up to [`N_CONTEXT`] folded words before it, nearest first; after an answer's few words those of the question.
    pub before: Vec<String>,
    /// The folded word or currency sign that follows.
    pub after: Option<String>,
    /// Bytes of a word of two letters that stands right before the first group: "PL" of an IBAN.
    pub letters: Option<(usize, usize)>,
}

/// How many words before a number can say what it is: a clause.
const N_CONTEXT: usize = 8;

/// "Yes, it's 601 …" answers a question; with more words before the number, a clause says itself what it is.
const MAX_WORDS_OF_ANSWER: usize = 2;

/// No number of any kind is longer: an IBAN has at most 34 characters.
const MAX_GROUP_DIGITS: usize = 34;

/// A number dictated in pieces is continued within this time, else it is another one.
const MAX_PAUSE_S: f64 = 15.0;

/// In text without times: at most this many utterances of others between two pieces ("mhm").
const MAX_BETWEEN: usize = 2;

/// So many words may stand between two groups without ending the number: "uh, then".
const MAX_FILLERS: usize = 2;

/// Words that people put between digits without ending the number, folded.
fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 35] = [
        "uh",
        "um",
        "er",
        "hm",
        "and",
        "then",
        "dash",
        "hyphen",
        "space",
        "e",
        "i",
        "potem",
        "dalej",
        "myslnik",
        "spacja",
        "э",
        "и",
        "ну",
        "потом",
        "затем",
        "дальше",
        "тире",
        "дефис",
        "пробел",
        "ε",
        "και",
        "μετα",
        "παυλα",
        "κενο",
        "o",
        "es",
        "aztan",
        "majd",
        "utana",
        "kotojel",
    ];
    let mut letters = word.chars();
    // "eee", "yyy", "ööö", "mmm": however long.
    let is_drawn_out = letters.next().is_some_and(|first| {
        "eyoαmэаμε".contains(first) && word.chars().count() > 1 && letters.all(|letter| letter == first)
    });
    is_drawn_out || FILLERS.contains(&word)
}

fn is_plus(folded: &str) -> bool {
    matches!(folded, "plus" | "плюс" | "συν" | "plusz")
}

/// A number or a word, in the order of the text.
struct Item {
    bytes: (usize, usize),
    /// ASCII digits, if it is a number.
    digits: Option<String>,
    /// Folded, if it is a word.
    word: String,
}

/// The language of an utterance if its words are known; for any other the one in which it says most numbers.
pub(super) fn language_of(utterance: &Utterance, transcript: &Transcript) -> Option<Language> {
    let code = utterance.language.as_deref().or(transcript.language.as_deref());
    code.and_then(Language::from_code).or_else(|| {
        let n_spoken = |language: Language| {
            let tokens = tokenize(&utterance.text, Some(language));
            let parts = numerals::read_parts(&utterance.text, &tokens, Some(language));
            parts.iter().filter(|part| part.spoken).count()
        };
        let counts = Language::ALL.into_iter().map(|language| (n_spoken(language), language));
        // Of equals the first of the list.
        counts.filter(|(n, _)| *n > 0).reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, l)| l)
    })
}

fn items(text: &str, language: Option<Language>) -> Vec<Item> {
    let tokens = tokenize(text, language);
    let mut numbers = numerals::read_parts(text, &tokens, language).into_iter().peekable();
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let Some(number) = numbers.next_if(|number| number.tokens.0 == at) else {
            items.push(Item { bytes: (token.start, token.end), digits: None, word: fold(&token.normal) });
            at += 1;
            continue;
        };
        at = number.tokens.1;
        if number.spoken {
            items.push(Item { bytes: number.bytes, digits: Some(number.digits), word: String::new() });
            continue;
        }
        // As it is written, signs between digits tell a price from a telephone number: every run is a group.
        let written = &text[number.bytes.0..number.bytes.1];
        let mut from = number.bytes.0;
        for run in written.split(|c: char| !c.is_ascii_digit()) {
            if !run.is_empty() {
                items.push(Item { bytes: (from, from + run.len()), digits: Some(run.into()), word: String::new() });
            }
            from += run.len() + text[from + run.len()..].chars().next().map_or(0, char::len_utf8);
        }
    }
    if let Some(language) = language {
        read_beside_numbers(text, &mut items, language);
    }
    items
}

/// Words that are digits only because they stand beside one: "oh" in English, and words without their diacritics.
fn read_beside_numbers(text: &str, items: &mut [Item], language: Language) {
    let digit_of = |items: &[Item], at: usize, beside: usize| {
        let (item, beside) = (&items[at], &items[beside]);
        if item.digits.is_some() || beside.digits.is_none() {
            return None;
        }
        let gap = (item.bytes.1.min(beside.bytes.1), item.bytes.0.max(beside.bytes.0));
        let touches = text.get(gap.0..gap.1)?.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '-'));
        match item.word.as_str() {
            "oh" | "o" if language == Language::En => touches.then_some('0'),
            word => numerals::digit_without_diacritics(word, language).filter(|_| touches),
        }
    };
    // Backwards, then on: each digit found makes its neighbour one.
    for at in (0..items.len().saturating_sub(1)).rev() {
        if let Some(digit) = digit_of(items, at, at + 1) {
            items[at].digits = Some(digit.into());
        }
    }
    for at in 1..items.len() {
        if let Some(digit) = digit_of(items, at, at - 1).filter(|_| items[at].word != "o") {
            items[at].digits = Some(digit.into());
        }
    }
}

/// True if a number can go on over the text between two of its groups. `so_far` are its digits before the gap.
fn joins(gap: &str, so_far: &str, next: &str) -> bool {
    if gap == "." || gap == "," {
        // "49,90" is a price and "12.05" a date; "555.123.456" is a number.
        return next.len() > 2;
    }
    if gap == "/" {
        // Hungarian trunk prefix and area: 06/30-123-4567.
        return so_far == "06" || (so_far.len() == 4 && so_far.starts_with("06"));
    }
    gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | '.' | ',' | '(' | ')' | '…'))
}

/// Every chain of one utterance, and whether the first begins and the last ends it.
struct Piece {
    chains: Vec<Chain>,
    begins: bool,
    ends: bool,
    /// Folded words, in order.
    words: Vec<String>,
}

fn pieces_of(utterance: &Utterance, index: usize, language: Option<Language>) -> Piece {
    let text = utterance.text.as_str();
    let items = items(text, language);
    let mut chains: Vec<Chain> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    // Is the last chain still open, and from which byte does its gap run?
    let mut open_from: Option<usize> = None;
    let mut n_fillers = 0;
    let mut n_words_before_first = 0;
    for (at, item) in items.iter().enumerate() {
        let Some(digits) = item.digits.clone().filter(|d| d.len() <= MAX_GROUP_DIGITS) else {
            words.push(item.word.clone());
            if open_from.is_some() && n_fillers < MAX_FILLERS && is_filler(&item.word) {
                n_fillers += 1;
                open_from = Some(item.bytes.1);
            } else {
                if let (Some(_), Some(last)) = (open_from, chains.last_mut())
                    && last.after.is_none()
                {
                    last.after = Some(item.word.clone());
                }
                open_from = None;
            }
            if chains.is_empty() && !is_filler(&item.word) {
                n_words_before_first += 1;
            }
            continue;
        };
        let mut bytes = item.bytes;
        let previous = at.checked_sub(1).map(|before| &items[before]);
        let sign = text[..bytes.0].trim_end().chars().next_back();
        let has_plus = sign == Some('+') || previous.is_some_and(|before| is_plus(&before.word));
        if sign == Some('+') {
            bytes.0 = text[..bytes.0].rfind('+').unwrap_or(bytes.0);
        }
        let goes_on = !has_plus
            && open_from.zip(chains.last()).is_some_and(|(from, chain)| {
                let so_far: String = chain.groups.iter().map(|g| g.digits.as_str()).collect();
                joins(&text[from..bytes.0], &so_far, &digits)
            });
        let group = Group { digits, utterance: index, bytes, has_plus };
        n_fillers = 0;
        open_from = Some(bytes.1);
        match chains.last_mut() {
            Some(chain) if goes_on => chain.groups.push(group),
            _ => {
                let is_beside = |end: usize| text[end..bytes.0].chars().all(char::is_whitespace);
                let letters = previous
                    .filter(|before| before.word.len() == 2 && before.bytes.1 <= bytes.0 && is_beside(before.bytes.1))
                    .map(|before| before.bytes);
                let before = words.iter().rev().take(N_CONTEXT).cloned().collect();
                chains.push(Chain { groups: vec![group], before, after: None, letters });
            }
        }
        if let Some(c) = text[bytes.1..].trim_start().chars().next().filter(|c| "€$£%₽".contains(*c))
            && let Some(chain) = chains.last_mut()
        {
            chain.after = Some(c.into());
        }
    }
    let begins = n_words_before_first == 0;
    Piece { ends: open_from.is_some() && chains.last().is_some_and(|c| c.after.is_none()), begins, chains, words }
}

/// Every chain of the transcript. One that ends an utterance and goes on at the start of the same voice's next
/// utterance is one chain.
pub(super) fn chains(transcript: &Transcript) -> Vec<Chain> {
    let mut done: Vec<Chain> = Vec::new();
    // The chain that ended the last utterance of each voice: index into `done` and utterance.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let voice = |i: usize| (transcript.utterances[i].channel, transcript.utterances[i].speaker.as_deref());
    let mut said_before: Vec<String> = Vec::new();
    for (i, utterance) in transcript.utterances.iter().enumerate() {
        let mut piece = pieces_of(utterance, i, language_of(utterance, transcript));
        // An answer of a few words is understood from the question before it.
        if let Some(first) = piece.chains.first_mut().filter(|c| c.before.len() <= MAX_WORDS_OF_ANSWER) {
            first.before.extend(said_before.iter().rev().take(N_CONTEXT).cloned());
        }
        let own_open = open.iter().position(|(_, last)| voice(*last) == voice(i));
        let last_open = own_open.map(|at| open.swap_remove(at));
        let goes_on = last_open.filter(|(_, last)| piece.begins && is_soon_after(transcript, *last, i));
        let mut new_chains = piece.chains.into_iter();
        let mut last_index = None;
        if let Some((index, _)) = goes_on
            && let Some(first) = new_chains.next()
        {
            done[index].groups.extend(first.groups);
            done[index].after = first.after;
            last_index = Some(index);
        }
        for chain in new_chains {
            last_index = Some(done.len());
            done.push(chain);
        }
        match last_index {
            Some(index) if piece.ends => open.push((index, i)),
            _ => {}
        }
        if !piece.words.is_empty() {
            said_before = piece.words;
        }
    }
    done
}

fn is_soon_after(transcript: &Transcript, earlier: usize, later: usize) -> bool {
    match (transcript.utterances[earlier].end_s, transcript.utterances[later].start_s) {
        (Some(end_s), Some(start_s)) => start_s - end_s <= MAX_PAUSE_S,
        _ => later - earlier <= MAX_BETWEEN + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let found: Vec<String> =
            chains(&transcript).iter().map(|c| c.groups.iter().map(|g| g.digits.as_str()).collect()).collect();
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
}
