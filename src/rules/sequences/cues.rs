//! The words that sequences look for, beside the hits of phrase lists: promises, transfers, holds, units of time. They are
//! data, `cues.toml`, in five languages; here they are read and found. Not a second phrase list: a cue alone is no finding.
//!
//! The grammar is a part of that of phrase lists: `word` is that word without case and diacritics, `word*` any word that
//! begins so, `[a|b c|]` one of several (an empty one: or nothing), `<n>` up to n words, `#` a number. A pattern stays in
//! one sentence.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::lines::Line;
use crate::text::Language;
use crate::text::language::{fold, normalize};

/// A negator reaches so many words ahead, as in the phrase lists.
const NEGATION_REACH: usize = 3;

/// Where a cue was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cue {
    /// Tokens of the line.
    pub tokens: Range<usize>,
    /// Value of the number in it, if it has one.
    pub number: Option<f64>,
}

enum Word {
    Is(String),
    Begins(String),
}

impl Word {
    fn new(written: &str) -> Self {
        let bare = |word: &str| fold(&normalize(word));
        match written.strip_suffix('*') {
            Some(head) => Self::Begins(bare(head)),
            None => Self::Is(bare(written)),
        }
    }

    fn fits(&self, word: &str) -> bool {
        match self {
            Self::Is(own) => own == word,
            Self::Begins(head) => word.starts_with(head.as_str()),
        }
    }
}

enum Item {
    OneOf(Vec<Vec<Word>>),
    Gap(usize),
    Number,
}

type Pattern = Vec<Item>;

/// Patterns by cue, one list a language.
struct Cues(BTreeMap<String, [Vec<Pattern>; 5]>);

static CUES: LazyLock<Cues> = LazyLock::new(|| read(include_str!("cues.toml")).expect("tested with this very file"));

fn read(text: &str) -> Result<Cues, String> {
    type Table = BTreeMap<String, BTreeMap<String, Vec<String>>>;
    let table: Table = toml::from_str(text).map_err(|e| e.to_string())?;
    let mut cues = BTreeMap::new();
    for (name, by_language) in table {
        let mut lists: [Vec<Pattern>; 5] = Default::default();
        for language in Language::ALL {
            let Some(patterns) = by_language.get(language.code()).filter(|p| !p.is_empty()) else {
                return Err(format!("{name} has no words in {}", language.code()));
            };
            lists[language as usize] = patterns.iter().map(|p| parse(p)).collect::<Result<_, _>>()?;
        }
        cues.insert(name, lists);
    }
    Ok(Cues(cues))
}

fn parse(pattern: &str) -> Result<Pattern, String> {
    let mut items = Vec::new();
    let mut rest = pattern.trim();
    while let Some(first) = rest.chars().next() {
        let wrong = || format!("`{pattern}` is no pattern");
        let (item, after) = match first {
            '[' => {
                let (inside, after) = rest[1..].split_once(']').ok_or_else(wrong)?;
                let words = |alternative: &str| alternative.split_whitespace().map(Word::new).collect();
                (Item::OneOf(inside.split('|').map(words).collect()), after)
            }
            '<' => {
                let (inside, after) = rest[1..].split_once('>').ok_or_else(wrong)?;
                (Item::Gap(inside.parse().map_err(|_| wrong())?), after)
            }
            '#' => (Item::Number, &rest[1..]),
            _ => {
                let end = rest.find([' ', '[', '<', '#']).unwrap_or(rest.len());
                (Item::OneOf(vec![vec![Word::new(&rest[..end])]]), &rest[end..])
            }
        };
        items.push(item);
        rest = after.trim_start();
    }
    if items.is_empty() { Err("an empty pattern".into()) } else { Ok(items) }
}

/// The end of a pattern that begins at a token of the sentence that ends at `end`; the longest way of equals.
fn match_at(items: &[Item], line: &Line<'_>, at: usize, end: usize) -> Option<Cue> {
    let Some((first, rest)) = items.split_first() else { return Some(Cue { tokens: at..at, number: None }) };
    match first {
        Item::Gap(most) => (0..=*most).take_while(|n| at + n <= end).find_map(|n| match_at(rest, line, at + n, end)),
        Item::Number => {
            let number = line.number_at(at).filter(|number| number.tokens.1 <= end)?;
            let after = match_at(rest, line, number.tokens.1, end)?;
            Some(Cue { number: number.value.or(after.number), ..after })
        }
        Item::OneOf(alternatives) => alternatives.iter().find_map(|words| {
            let said = line.words.get(at..at + words.len()).filter(|_| at + words.len() <= end)?;
            let fits = words.iter().zip(said).all(|(word, said)| word.fits(said));
            if fits { match_at(rest, line, at + words.len(), end) } else { None }
        }),
    }
}

/// Places of a cue among these tokens of a line, by start; those of one pattern do not overlap.
pub(crate) fn find_in(name: &str, line: &Line<'_>, within: Range<usize>) -> Vec<Cue> {
    let (Some(language), Some(lists)) = (line.language, CUES.0.get(name)) else { return Vec::new() };
    let mut found: Vec<Cue> = Vec::new();
    for pattern in &lists[language as usize] {
        let mut from = within.start;
        for at in within.start..within.end.min(line.tokens.len()) {
            if at < from {
                continue;
            }
            if let Some(cue) = match_at(pattern, line, at, line.sentence_of(at).end.min(within.end))
                && cue.tokens.end > at
            {
                from = cue.tokens.end;
                found.push(Cue { tokens: at..cue.tokens.end, ..cue });
            }
        }
    }
    found.sort_by_key(|cue| (cue.tokens.start, std::cmp::Reverse(cue.tokens.end)));
    found
}

/// The same in all of a line.
pub(crate) fn find(name: &str, line: &Line<'_>) -> Vec<Cue> {
    find_in(name, line, 0..line.tokens.len())
}

/// The first place of a cue among these tokens.
pub(crate) fn first_in(name: &str, line: &Line<'_>, within: Range<usize>) -> Option<Cue> {
    find_in(name, line, within).into_iter().next()
}

/// Is a cue in the line at all?
pub(crate) fn has(name: &str, line: &Line<'_>) -> bool {
    first_in(name, line, 0..line.tokens.len()).is_some()
}

/// Is a cue taken back by a negator in it, or shortly before it in its clause?
pub(crate) fn is_negated(cue: &Cue, line: &Line<'_>) -> bool {
    let Some(clause) = line.tokens.get(cue.tokens.start).map(|t| t.clause) else { return false };
    let from = cue.tokens.start.saturating_sub(NEGATION_REACH);
    find_in("negator", line, from..cue.tokens.end)
        .iter()
        .any(|negator| negator.tokens.start >= cue.tokens.start || line.tokens[negator.tokens.start].clause == clause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cue_has_words_in_all_five_languages_and_every_word_can_be_said() {
        let Cues(cues) = read(include_str!("cues.toml")).expect("well formed");
        assert!(cues.len() > 20, "only {} cues", cues.len());
        for (name, lists) in &cues {
            for language in Language::ALL {
                let words = lists[language as usize].iter().flatten().filter_map(|item| match item {
                    Item::OneOf(alternatives) => Some(alternatives.iter().flatten()),
                    _ => None,
                });
                for word in words.flatten() {
                    // A contraction or a sign would be read as something else, and the pattern never fit.
                    let (Word::Is(text) | Word::Begins(text)) = word;
                    let line = Line::new(text, Some(language));
                    assert_eq!(line.words, [text.as_str()], "{name} {}", language.code());
                }
            }
        }
    }

    #[test]
    fn patterns_fit_as_written() {
        let check = |pattern: &str, text: &str, expected: Option<(usize, usize)>| {
            let line = Line::new(text, Some(Language::Pl));
            let pattern = parse(pattern).expect("a pattern");
            let found = (0..line.tokens.len())
                .find_map(|at| Some(at..match_at(&pattern, &line, at, line.sentence_of(at).end)?.tokens.end));
            assert_eq!(found.map(|f| (f.start, f.end)), expected, "{text}");
        };
        check("oddzwon* jutro", "Na pewno oddzwonię jutro.", Some((2, 4)));
        check("oddzwon* jutro", "oddzwonię pojutrze", None);
        check("oddzwon* <2> jutro", "oddzwonię do pana jutro", Some((0, 4)));
        check("oddzwon* <1> jutro", "oddzwonię do pana jutro", None);
        check("[w|za] # dni", "będzie za dwa dni", Some((1, 4)));
        check("[w|za|] # dni", "dwa dni", Some((0, 2)));
        // Not over the end of a sentence.
        check("oddzwon* <2> jutro", "Oddzwonię. Jutro.", None);
        // Diacritics that were lost.
        check("wyśl*", "wysle to", Some((0, 1)));
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for pattern in ["", "[a", "<x>", "<2"] {
            assert!(parse(pattern).is_err(), "{pattern}");
        }
        assert!(read("[x]\nen = [\"a\"]").is_err_and(|e| e.contains("no words in pl")));
    }
}
