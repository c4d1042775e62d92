//! Lists of words and phrases in five languages, written as text so that a reader of a language can check them: folded
//! (small letters, no diacritics), phrases parted by commas. `*` at the end of a word stands for any ending, `~` for up
//! to three words of any kind.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::line::Line;

/// How many words a `~` may stand for.
const MOST_SKIPPED: usize = 3;

/// A list of words, made ready when it is first asked.
pub(super) struct WordList {
    text: &'static str,
    ready: OnceLock<ReadyList>,
}

/// Whole words, and beginnings by their first letters.
struct ReadyList {
    whole: HashSet<&'static str>,
    beginnings: HashMap<char, Vec<&'static str>>,
}

impl WordList {
    /// From words with spaces between.
    pub const fn new(text: &'static str) -> Self {
        Self { text, ready: OnceLock::new() }
    }

    /// Is the folded word in the list?
    pub fn holds(&self, word: &str) -> bool {
        let Some(first) = word.chars().next() else { return false };
        let ready = self.ready.get_or_init(|| {
            let mut ready = ReadyList { whole: HashSet::new(), beginnings: HashMap::new() };
            for word in self.text.split_whitespace() {
                match (word.strip_suffix('*'), word.chars().next()) {
                    (Some(beginning), Some(first)) => ready.beginnings.entry(first).or_default().push(beginning),
                    _ => {
                        ready.whole.insert(word);
                    }
                }
            }
            ready
        });
        ready.whole.contains(word)
            || ready.beginnings.get(&first).is_some_and(|list| list.iter().any(|beginning| word.starts_with(beginning)))
    }

    #[cfg(test)]
    pub fn check_is_folded(&self) {
        check_is_folded(&self.text.replace('*', ""));
    }
}

/// Is the word in a short list of words with spaces between?
pub(super) fn holds(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_whitespace().any(|listed| is_like(word, listed))
}

/// Is the folded word as the pattern has it?
fn is_like(word: &str, pattern: &str) -> bool {
    pattern.strip_suffix('*').map_or(word == pattern, |beginning| word.starts_with(beginning))
}

/// Phrases with what each stands for, found by the beginnings of their first words.
pub(super) struct PhraseTable<T> {
    by_beginning: HashMap<char, Vec<(Vec<&'static str>, T)>>,
}

impl<T: Copy> PhraseTable<T> {
    /// From lists of phrases, each with what its phrases stand for.
    pub fn new(lists: &[(T, &'static str)]) -> Self {
        let mut by_beginning: HashMap<char, Vec<(Vec<&'static str>, T)>> = HashMap::new();
        for (meaning, phrases) in lists {
            for phrase in phrases.split(',') {
                let words: Vec<&'static str> = phrase.split_whitespace().collect();
                if let Some(first) = words.first().and_then(|word| word.chars().next()) {
                    by_beginning.entry(first).or_default().push((words, *meaning));
                }
            }
        }
        Self { by_beginning }
    }

    /// Every phrase in the line: items `start..end` and what it stands for, in the order of their starts.
    pub fn find(&self, line: &Line<'_>) -> Vec<(usize, usize, T)> {
        let mut found = Vec::new();
        for at in 0..line.items.len() {
            let Some(phrases) = line.word(at).chars().next().and_then(|first| self.by_beginning.get(&first)) else {
                continue;
            };
            let hits = phrases.iter().filter_map(|(words, meaning)| Some((at, end_of(line, at, words)?, *meaning)));
            found.extend(hits);
        }
        found
    }
}

/// Item after the last word of a phrase that begins at item `at`; `None` if it does not stand there.
fn end_of(line: &Line<'_>, at: usize, words: &[&str]) -> Option<usize> {
    let Some((first, rest)) = words.split_first() else { return Some(at) };
    if *first == "~" {
        return (at..=at + MOST_SKIPPED).find_map(|from| end_of(line, from, rest));
    }
    (at < line.items.len() && is_like(line.word(at), first) && !line.word(at).is_empty())
        .then(|| end_of(line, at + 1, rest))
        .flatten()
}

/// Ends of the phrases of a list that stand in the line.
pub(super) fn ends(table: &PhraseTable<()>, line: &Line<'_>) -> Vec<usize> {
    let mut ends: Vec<usize> = table.find(line).into_iter().map(|(_, end, ())| end).collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// For tests of lists: every word in the form that words are compared in.
#[cfg(test)]
pub(super) fn check_is_folded(list: &str) {
    use crate::text::language::{fold, normalize};
    for word in list.split([' ', ',', '\n']).filter(|word| !word.is_empty()) {
        assert_eq!(fold(&normalize(word)), word);
    }
}
