//! A text as the patterns read it: for each word the classes that it belongs to, by its form and by its sound. A word is
//! looked up once for all texts.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::automaton::{Present, SoundsLike, Tape};
use super::classes::ClassHit;
use super::words::{Item, Number};

/// Words that are remembered, at most, each with a kilobyte or two; more different ones than most batches of calls have.
const MAX_REMEMBERED: usize = 30_000;
/// Pairs of words with one that is not known.
const MAX_PAIRS: usize = 100_000;
/// Longer ones are no words and do not come again.
const MAX_REMEMBERED_BYTES: usize = 64;
/// Different numbers with the same first word.
const MAX_SAME: usize = 16;

/// What is known of a word.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    pub hits: Arc<[ClassHit]>,
    /// What it may be by its sound, alone or with the next word.
    pub sounds: Vec<SoundsLike>,
    /// Its classes, and behind them the entries that it may be part of.
    pub present: Present,
    /// Its classes by which ways are looked for.
    pub keys: Vec<u32>,
    /// Concepts of whose rarest set it may be part.
    pub concepts: Vec<u32>,
    /// Whether patterns pass over it.
    pub is_filler: bool,
    /// Whether it is not taken for other words.
    pub is_known: bool,
    /// Different for each word that is remembered, and 0 for others.
    pub id: u32,
}

/// A word as it stands in a text; a number is what it is worth, not how it is written.
#[derive(Debug)]
struct Same {
    in_bare_text: bool,
    number: Option<(Number, bool)>,
    word: Arc<Word>,
}

/// Words that were looked up.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    remembered: RwLock<Remembered>,
}

#[derive(Debug, Default)]
struct Remembered {
    words: HashMap<String, Vec<Same>>,
    /// The first of two words beside each other, one of which is not known, if it may be another with the second.
    pairs: HashMap<(u32, u32), Option<Arc<Word>>>,
    last_id: u32,
}

impl Vocabulary {
    /// The words of items. `alone` and `pair` look up those that are new: an item, or the first of two.
    pub(super) fn words(
        &self,
        items: &[Item],
        alone: impl Fn(&Item) -> Word,
        pair: impl Fn(&[Item]) -> Word,
    ) -> Vec<Arc<Word>> {
        // A thread that panicked while it held the lock left whole entries.
        let remembered = self.remembered.read().unwrap_or_else(PoisonError::into_inner);
        let found: Vec<Option<Arc<Word>>> = items.iter().map(|item| remembered.word(item)).collect();
        drop(remembered);
        let of_item = |(item, found): (&Item, Option<Arc<Word>>)| found.unwrap_or_else(|| self.add(item, alone(item)));
        let mut words: Vec<Arc<Word>> = items.iter().zip(found).map(of_item).collect();
        for at in 1..words.len() {
            // The next word is as it is alone; the one before may be replaced, being done with.
            let (first, second) = (&words[at - 1], &words[at]);
            let is_pair = !(first.is_known && second.is_known)
                && items[at - 1].token.clause == items[at].token.clause
                && items[at - 1].number.is_none()
                && items[at].number.is_none();
            if is_pair && let Some(word) = self.pair((first.id, second.id), || pair(&items[at - 1..=at])) {
                words[at - 1] = word;
            }
        }
        words
    }

    fn add(&self, item: &Item, mut word: Word) -> Arc<Word> {
        let mut remembered = self.remembered.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have been faster.
        if let Some(word) = remembered.word(item) {
            return word;
        }
        let is_kept = remembered.words.len() < MAX_REMEMBERED && item.token.normal.len() <= MAX_REMEMBERED_BYTES;
        if !is_kept {
            return Arc::new(word);
        }
        word.id = remembered.last_id + 1;
        let same = remembered.words.entry(item.token.normal.clone()).or_default();
        if same.len() >= MAX_SAME {
            return Arc::new(Word { id: 0, ..word });
        }
        let word = Arc::new(word);
        let number = item.number.clone().map(|number| (number, item.end == item.token.end));
        same.push(Same { in_bare_text: item.in_bare_text, number, word: Arc::clone(&word) });
        remembered.last_id = word.id;
        word
    }

    /// The first of two words, if it may be another with the second.
    fn pair(&self, ids: (u32, u32), look_up: impl Fn() -> Word) -> Option<Arc<Word>> {
        let remembered = self.remembered.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = remembered.pairs.get(&ids) {
            return found.clone();
        }
        drop(remembered);
        let word = look_up();
        let found = word.sounds.iter().any(|like| like.n_items > 1).then(|| Arc::new(word));
        let mut remembered = self.remembered.write().unwrap_or_else(PoisonError::into_inner);
        if remembered.pairs.len() < MAX_PAIRS && ids.0 > 0 && ids.1 > 0 {
            remembered.pairs.insert(ids, found.clone());
        }
        found
    }
}

impl Remembered {
    fn word(&self, item: &Item) -> Option<Arc<Word>> {
        let same = self.words.get(&item.token.normal)?;
        same.iter().find(|same| same.is(item)).map(|same| Arc::clone(&same.word))
    }
}

impl Same {
    fn is(&self, item: &Item) -> bool {
        self.in_bare_text == item.in_bare_text
            && match (&self.number, &item.number) {
                (None, None) => true,
                (Some((own, is_one_word)), Some(number)) => {
                    own == number && *is_one_word == (item.end == item.token.end)
                }
                _ => false,
            }
    }
}

/// What a [`Tape`] points to, and more.
#[derive(Debug)]
pub(super) struct Reading {
    pub words: Vec<Arc<Word>>,
    pub skipped: Vec<bool>,
    pub has_skipped: bool,
    /// Whether any two words may be one by their sound.
    pub has_pairs: bool,
    /// What any of the words is.
    pub present: Present,
}

impl Reading {
    pub(super) fn new(words: Vec<Arc<Word>>) -> Self {
        let mut present = Present::default();
        words.iter().for_each(|word| present.join(&word.present));
        let skipped: Vec<bool> = words.iter().map(|word| word.is_filler).collect();
        Self {
            has_skipped: skipped.contains(&true),
            skipped,
            has_pairs: words.iter().any(|word| word.sounds.iter().any(|like| like.n_items > 1)),
            words,
            present,
        }
    }

    /// Whether an item belongs to a class, or an entry's number behind them.
    pub(super) fn has(&self, at: usize, class: u32) -> bool {
        self.words[at].present.has(class)
    }

    pub(super) fn tape<'a>(&'a self, items: &'a [Item]) -> Tape<'a> {
        Tape { items, words: &self.words, skipped: &self.skipped }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::phrases::words::items;
    use crate::text::Language;

    #[test]
    fn a_word_is_looked_up_once() {
        let vocabulary = Vocabulary::default();
        let n_looked_up = Cell::new((0, 0));
        let read = |text: &str| {
            let alone = |item: &Item| {
                let (alone, pairs) = n_looked_up.get();
                n_looked_up.set((alone + 1, pairs));
                Word { is_known: item.token.normal != "limit", ..Word::default() }
            };
            let pair = |items: &[Item]| {
                let (alone, pairs) = n_looked_up.get();
                n_looked_up.set((alone, pairs + 1));
                let is_one = items[1].token.normal == "it";
                let like = SoundsLike { class: 7, n_items: 2, cost: 10, n_phones: 7 };
                Word { sounds: if is_one { vec![like] } else { Vec::new() }, ..Word::default() }
            };
            let words = vocabulary.words(&items(text, Some(Language::En)), alone, pair);
            let is_pair: Vec<bool> = words.iter().map(|word| !word.sounds.is_empty()).collect();
            (is_pair, n_looked_up.replace((0, 0)))
        };
        assert_eq!(read("a limit it"), (vec![false, true, false], (3, 2)));
        assert_eq!(read("a limit it"), (vec![false, true, false], (0, 0)));
        // Not over the end of a clause, nor with a number.
        assert_eq!(read("limit. It"), (vec![false, false], (0, 0)));
        assert_eq!(read("limit 5"), (vec![false, false], (1, 0)));
        // Numbers that begin alike.
        assert_eq!(read("two hundred"), (vec![false], (1, 0)));
        assert_eq!(read("two"), (vec![false], (1, 0)));
        assert_eq!(read("two, two hundred"), (vec![false, false], (0, 0)));
    }
}
