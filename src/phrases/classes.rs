//! Classes of words: each alternative of single words in a pattern is one class, however many words it has. A text's word
//! is looked up once, for all patterns together, and gives the classes that it belongs to; automata compare numbers.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::automaton::SoundsLike;
use super::heard::Sounds;
use super::words::{Item, Level, WordTest};
use crate::text::{Language, language};

/// A class that a word belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ClassHit {
    pub class: u32,
    pub level: Level,
    /// Whether the pattern as good as spells the word out.
    pub spells_out: bool,
}

/// Words that are remembered, at most; more different ones than a batch of calls has.
const MAX_REMEMBERED: usize = 100_000;
/// Longer ones are no words and do not come again.
const MAX_REMEMBERED_BYTES: usize = 64;

/// One word of patterns, with what makes it count.
#[derive(Debug, Clone)]
struct Test {
    test: WordTest,
    /// Letters that a stem needs; `None` = only written forms.
    stems: Option<usize>,
    classes: Vec<u32>,
}

/// Hits of a word as it stands in a text; the second says whether the text has no diacritics at all.
type Remembered = HashMap<(String, bool), Arc<[ClassHit]>>;

/// All classes of a language.
#[derive(Debug, Default)]
pub(crate) struct Classes {
    tests: Vec<Test>,
    ids: HashMap<String, usize>,
    by_members: HashMap<Vec<usize>, u32>,
    n_classes: u32,
    by_word: HashMap<String, Vec<usize>>,
    by_head: HashMap<String, Vec<usize>>,
    /// Bytes of the longest key of `by_head`; more of a word need not be looked up.
    longest_head: usize,
    by_number: Vec<usize>,
    always: Vec<usize>,
    pub sounds: Sounds,
    /// Tests by the number of their sound.
    by_sound: Vec<Vec<usize>>,
    remembered: RwLock<Remembered>,
}

impl Classes {
    pub(super) fn new(language: Option<Language>) -> Self {
        Self { sounds: Sounds::new(language), ..Self::default() }
    }

    /// The class of some words. `is_sounded`: whether words that sound like them belong to it.
    pub(super) fn class(&mut self, words: &[WordTest], stems: Option<usize>, is_sounded: bool) -> u32 {
        let mut members: Vec<usize> = words.iter().map(|test| self.test(test, stems, is_sounded)).collect();
        members.sort_unstable();
        members.dedup();
        if let Some(&class) = self.by_members.get(&members) {
            return class;
        }
        let class = self.n_classes;
        self.n_classes += 1;
        for &member in &members {
            self.tests[member].classes.push(class);
        }
        self.by_members.insert(members, class);
        class
    }

    fn test(&mut self, test: &WordTest, stems: Option<usize>, is_sounded: bool) -> usize {
        let key = format!("{test:?} {stems:?} {is_sounded}");
        if let Some(&id) = self.ids.get(&key) {
            return id;
        }
        let id = self.tests.len();
        let words = &mut self.by_word;
        match test {
            WordTest::Number | WordTest::Value(_) => self.by_number.push(id),
            WordTest::Exact { normal, .. } => {
                words.entry(normal.clone()).or_default().push(id);
                // A text may lack any of the diacritics, so all that look alike without them are candidates.
                words.entry(language::fold(normal)).or_default().push(id);
            }
            WordTest::Form { normal, bare, stem, folded, number } => {
                for word in [normal, bare, stem, folded] {
                    words.entry(word.clone()).or_default().push(id);
                }
                if number.is_some() {
                    self.by_number.push(id);
                }
            }
            WordTest::Glob { head, .. } if head.is_empty() => self.always.push(id),
            WordTest::Glob { head, bare, .. } => {
                for head in [head, &bare[0]] {
                    self.longest_head = self.longest_head.max(head.len());
                    self.by_head.entry(head.clone()).or_default().push(id);
                }
            }
        }
        if let Some(sound) = if is_sounded { self.sounds.name(test) } else { None } {
            self.by_sound.resize_with(self.by_sound.len().max(sound + 1), Vec::new);
            self.by_sound[sound].push(id);
        }
        self.tests.push(Test { test: test.clone(), stems, classes: Vec::new() });
        self.ids.insert(key, id);
        id
    }

    /// How many classes there are; they are numbered from 0.
    pub(super) fn n_classes(&self) -> usize {
        self.n_classes as usize
    }

    /// The classes of a word, by number.
    pub(super) fn of(&self, item: &Item) -> Arc<[ClassHit]> {
        // A number is what it is worth, not how it is written.
        if item.number.is_some() {
            return self.look_up(item).into();
        }
        let key = (item.token.normal.clone(), item.in_bare_text);
        // A thread that panicked while it held the lock left whole entries.
        if let Some(hits) = self.remembered.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(hits);
        }
        let hits: Arc<[ClassHit]> = self.look_up(item).into();
        let mut remembered = self.remembered.write().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() < MAX_REMEMBERED && item.token.normal.len() <= MAX_REMEMBERED_BYTES {
            remembered.insert(key, Arc::clone(&hits));
        }
        hits
    }

    fn look_up(&self, item: &Item) -> Vec<ClassHit> {
        let mut candidates: Vec<usize> = self.always.clone();
        if item.number.is_some() {
            candidates.extend(&self.by_number);
        }
        let token = &item.token;
        for word in [&token.normal, &item.bare, &token.stem, &token.folded] {
            candidates.extend(self.by_word.get(word.as_str()).into_iter().flatten());
        }
        for word in [&token.normal, &item.bare] {
            let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
            for end in ends.take_while(|&end| end <= self.longest_head) {
                candidates.extend(self.by_head.get(&word[..end]).into_iter().flatten());
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut hits: Vec<ClassHit> = Vec::new();
        for id in candidates {
            let Test { test, stems, classes } = &self.tests[id];
            let Some(level) = test.level(item, *stems) else { continue };
            let spells_out = test.spells_out(item);
            hits.extend(classes.iter().map(|&class| ClassHit { class, level, spells_out }));
        }
        // Of the words of a class the one that fits best.
        hits.sort_by_key(|hit| (hit.class, hit.level, !hit.spells_out));
        hits.dedup_by_key(|hit| hit.class);
        hits
    }

    /// The classes that each item may belong to by its sound.
    pub(super) fn by_sound(&self, items: &[Item]) -> Vec<Vec<SoundsLike>> {
        let classes_of = |like: &SoundsLike| {
            let tests = self.by_sound.get(like.class as usize).into_iter().flatten();
            tests
                .flat_map(|&test| &self.tests[test].classes)
                .map(|&class| SoundsLike { class, ..*like })
                .collect::<Vec<_>>()
        };
        let by_item = self.sounds.of(items);
        let of_item = |likes: Vec<SoundsLike>| {
            let mut found: Vec<SoundsLike> = likes.iter().flat_map(classes_of).collect();
            found.sort_by_key(|like| (like.class, like.n_items, like.cost));
            found.dedup_by_key(|like| (like.class, like.n_items));
            found
        };
        by_item.into_iter().map(of_item).collect()
    }
}
