//! Digits as people say and write them: "555-12 34", "five five double two", "пять пять", over pauses and over
//! utterances of one voice. Gives chains of digit groups with where they stand. Not for amounts ("sto dwadzieścia"):
//! [`spoken_digit`] knows single digits only and is the one place to put a full reader of numerals in.

use crate::call::{Transcript, Utterance};
use unicode_normalization::UnicodeNormalization;

/// Digits that stand together, e.g. "555" or "double two".
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

/// A folded word: lower case, no diacritics, one form of sigma.
pub(super) fn fold(word: &str) -> String {
    word.to_lowercase()
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| match c {
            'ł' => 'l',
            'ς' => 'σ',
            c => c,
        })
        .collect()
}

/// The digit that a folded word says in a language (ISO 639-1), `None` for any other word. Without a language, or in
/// one that is not here, all tables are tried.
pub(super) fn spoken_digit(folded: &str, language: Option<&str>) -> Option<char> {
    const BY_LANGUAGE: [(&str, &[(&str, char)]); 5] = [
        (
            "en",
            &[
                ("zero", '0'),
                ("nought", '0'),
                ("one", '1'),
                ("two", '2'),
                ("three", '3'),
                ("four", '4'),
                ("five", '5'),
                ("six", '6'),
                ("seven", '7'),
                ("eight", '8'),
                ("nine", '9'),
            ],
        ),
        (
            "pl",
            &[
                ("zero", '0'),
                ("jeden", '1'),
                ("dwa", '2'),
                ("trzy", '3'),
                ("cztery", '4'),
                ("piec", '5'),
                ("szesc", '6'),
                ("siedem", '7'),
                ("osiem", '8'),
                ("dziewiec", '9'),
            ],
        ),
        (
            "ru",
            &[
                ("ноль", '0'),
                ("нуль", '0'),
                ("один", '1'),
                ("два", '2'),
                ("три", '3'),
                ("четыре", '4'),
                ("пять", '5'),
                ("шесть", '6'),
                ("семь", '7'),
                ("восемь", '8'),
                ("девять", '9'),
            ],
        ),
        (
            "el",
            &[
                ("μηδεν", '0'),
                ("ενα", '1'),
                ("δυο", '2'),
                ("τρια", '3'),
                ("τεσσερα", '4'),
                ("πεντε", '5'),
                ("εξι", '6'),
                ("επτα", '7'),
                ("εφτα", '7'),
                ("οκτω", '8'),
                ("οχτω", '8'),
                ("εννεα", '9'),
                ("εννια", '9'),
            ],
        ),
        (
            "hu",
            &[
                ("nulla", '0'),
                ("egy", '1'),
                ("ketto", '2'),
                ("ket", '2'),
                ("harom", '3'),
                ("negy", '4'),
                ("ot", '5'),
                ("hat", '6'),
                ("het", '7'),
                ("nyolc", '8'),
                ("kilenc", '9'),
            ],
        ),
    ];
    let is_known = BY_LANGUAGE.iter().any(|(code, _)| Some(*code) == language);
    BY_LANGUAGE
        .iter()
        .filter(|(code, _)| !is_known || Some(*code) == language)
        .flat_map(|(_, words)| words.iter())
        .find(|(word, _)| *word == folded)
        .map(|(_, digit)| *digit)
}

/// "double two" says a digit twice.
fn repetition(folded: &str) -> Option<usize> {
    match folded {
        "double" => Some(2),
        "triple" | "treble" => Some(3),
        _ => None,
    }
}

/// Words that people put between digits without ending the number.
fn is_filler(folded: &str) -> bool {
    const FILLERS: [&str; 23] = [
        "uh",
        "um",
        "er",
        "hm",
        "and",
        "then",
        "dash",
        "hyphen",
        "e",
        "ee",
        "yy",
        "i",
        "myslnik",
        "э",
        "ээ",
        "и",
        "тире",
        "ε",
        "και",
        "παυλα",
        "o",
        "es",
        "kotojel",
    ];
    FILLERS.contains(&folded)
}

fn is_plus(folded: &str) -> bool {
    matches!(folded, "plus" | "плюс" | "συν" | "plusz")
}

/// A run of digits or of letters.
struct Token {
    bytes: (usize, usize),
    /// ASCII digits, if it is a number.
    digits: Option<String>,
    /// Folded, if it is a word.
    word: String,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut runs: Vec<(usize, usize, bool)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric() || is_combining(*c)) {
        let is_digit = c.is_ascii_digit();
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some(run) if run.1 == at && run.2 == is_digit => run.1 = end,
            _ => runs.push((at, end, is_digit)),
        }
    }
    runs.into_iter()
        .map(|(start, end, is_digit)| {
            let written = &text[start..end];
            match is_digit {
                true => Token { bytes: (start, end), digits: Some(written.into()), word: String::new() },
                false => Token { bytes: (start, end), digits: None, word: fold(written) },
            }
        })
        .collect()
}

fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
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

fn pieces_of(utterance: &Utterance, index: usize, language: Option<&str>) -> Piece {
    let text = utterance.text.as_str();
    let tokens = tokens(text);
    let mut chains: Vec<Chain> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    // Is the last chain still open, and from which byte does its gap run?
    let mut open_from: Option<usize> = None;
    let mut n_fillers = 0;
    let mut n_words_before_first = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let (mut digits, mut bytes, mut used) = (token.digits.clone(), token.bytes, 1);
        if digits.is_none() {
            digits = spoken_digit(&token.word, language).map(String::from);
        }
        let next_digit = || {
            let next = tokens.get(at + 1)?;
            next.digits.clone().or_else(|| spoken_digit(&next.word, language).map(String::from))
        };
        if digits.is_none() && matches!(token.word.as_str(), "oh" | "o") && next_digit().is_some() {
            digits = Some("0".into());
        }
        if let (None, Some(times)) = (&digits, repetition(&token.word))
            && let (Some(one), Some(next)) = (next_digit().filter(|d| d.len() == 1), tokens.get(at + 1))
        {
            digits = Some(one.repeat(times));
            bytes.1 = next.bytes.1;
            used = 2;
        }
        at += used;
        let Some(digits) = digits.filter(|d| d.len() <= MAX_GROUP_DIGITS) else {
            words.push(token.word.clone());
            let is_bridge = open_from.is_some() && is_filler(&token.word) && n_fillers == 0;
            match is_bridge {
                true => {
                    n_fillers += 1;
                    open_from = Some(token.bytes.1);
                }
                false => {
                    if let (Some(_), Some(last)) = (open_from, chains.last_mut())
                        && last.after.is_none()
                    {
                        last.after = Some(token.word.clone());
                    }
                    open_from = None;
                }
            }
            if chains.is_empty() && !is_filler(&token.word) {
                n_words_before_first += 1;
            }
            continue;
        };
        let sign = text[..bytes.0].trim_end().chars().next_back();
        let spoken_plus = at.checked_sub(used + 1).and_then(|i| tokens.get(i)).is_some_and(|t| is_plus(&t.word));
        let has_plus = sign == Some('+') || spoken_plus;
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
                let letters = at
                    .checked_sub(used + 1)
                    .and_then(|i| tokens.get(i))
                    .filter(|t| t.word.len() == 2 && text[t.bytes.1..bytes.0].chars().all(char::is_whitespace))
                    .map(|t| t.bytes);
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
        let language = utterance.language.as_deref().or(transcript.language.as_deref());
        let mut piece = pieces_of(utterance, i, language);
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
