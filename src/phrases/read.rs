//! A text as the patterns read it: for each word the classes that it belongs to, by its form and by its sound. A word is
//! looked up once for all texts.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::automaton::{Present, SoundsLike, Tape};
use super::classes::ClassHit;
use super::words::{Item, Number};

/// Words that are remembered, at most; more different ones than a batch of calls has.
const MAX_REMEMBERED: usize = 100_000;
/// Longer ones are no words and do not come again.
const MAX_REMEMBERED_BYTES: usize = 64;
/// Different numbers with the same first word.
const MAX_SAME: usize = 16;

/// What is known of a word.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    pub hits: Arc<[ClassHit]>,
    /// Its classes, and behind them the entries that it may be part of.
    pub present: Present,
    /// Its classes by which ways are looked for.
    pub keys: Vec<u32>,
    /// Concepts of whose rarest set it may be part.
    pub concepts: Vec<u32>,
    /// Whether patterns pass over it.
    pub is_filler: bool,
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
    remembered: RwLock<HashMap<String, Vec<Same>>>,
}

impl Vocabulary {
    /// The words of items, `look_up` for those that are new.
    pub(super) fn words(&self, items: &[Item], look_up: impl Fn(&Item) -> Word) -> Vec<Arc<Word>> {
        // A thread that panicked while it held the lock left whole entries.
        let remembered = self.remembered.read().unwrap_or_else(PoisonError::into_inner);
        let known = |item: &Item| {
            let all = remembered.get(&item.token.normal)?;
            all.iter().find(|same| same.is(item)).map(|same| Arc::clone(&same.word))
        };
        let found: Vec<Option<Arc<Word>>> = items.iter().map(known).collect();
        drop(remembered);
        let of_item =
            |(item, found): (&Item, Option<Arc<Word>>)| found.unwrap_or_else(|| self.add(item, look_up(item)));
        items.iter().zip(found).map(of_item).collect()
    }

    fn add(&self, item: &Item, word: Word) -> Arc<Word> {
        let word = Arc::new(word);
        let mut remembered = self.remembered.write().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() < MAX_REMEMBERED && item.token.normal.len() <= MAX_REMEMBERED_BYTES {
            let all = remembered.entry(item.token.normal.clone()).or_default();
            if all.len() < MAX_SAME {
                let number = item.number.clone().map(|number| (number, item.end == item.token.end));
                all.push(Same { in_bare_text: item.in_bare_text, number, word: Arc::clone(&word) });
            }
        }
        word
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
    pub hits: Vec<Arc<[ClassHit]>>,
    pub sounds: Vec<Vec<SoundsLike>>,
    pub skipped: Vec<bool>,
    pub has_skipped: bool,
    /// Whether any two words may be one by their sound.
    pub has_pairs: bool,
    /// What any of the words is.
    pub present: Present,
}

impl Reading {
    pub(super) fn new(words: Vec<Arc<Word>>, sounds: Vec<Vec<SoundsLike>>) -> Self {
        let mut present = Present::default();
        words.iter().for_each(|word| present.join(&word.present));
        let skipped: Vec<bool> = words.iter().map(|word| word.is_filler).collect();
        Self {
            hits: words.iter().map(|word| Arc::clone(&word.hits)).collect(),
            has_skipped: skipped.contains(&true),
            skipped,
            has_pairs: sounds.iter().flatten().any(|like| like.n_items > 1),
            sounds,
            words,
            present,
        }
    }

    /// Whether an item belongs to a class, or an entry's number behind them.
    pub(super) fn has(&self, at: usize, class: u32) -> bool {
        self.words[at].present.has(class)
    }

    pub(super) fn tape<'a>(&'a self, items: &'a [Item]) -> Tape<'a> {
        Tape { items, hits: &self.hits, sounds: &self.sounds, skipped: &self.skipped }
    }
}
