//! The third tier: words that speech recognition wrote down by ear. For each word of a text that no list of the
//! language knows, which words of the patterns it may be by its sound; two words may be one ("limit it" for "limited").
//!
//! Words that stand in the lists, in their patterns or example lines, are taken for what they are: a model that knows a
//! word writes the word.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use super::automaton::SoundsLike;
use super::words::{Item, WordTest};
use crate::text::Language;
use crate::text::phonetic::{self, Lexicon, LexiconWord, Sounded};

/// Share of a word's sounds that may be other ones. By language, from recordings with known words (docs/phrases.md, "What
/// the model misheard"): the worse the model hears a language the more is allowed. English from written lines that
/// imitate mishearing (`benches/corpus/sales`, `tune`): 0.10 found 29 of 36, 0.13 31, 0.16 32 with more false ones.
fn share(language: Option<Language>) -> f64 {
    match language {
        Some(Language::En) | None => 0.13,
        Some(Language::Ru) => 0.20,
        Some(Language::Pl) => 0.25,
        Some(Language::El | Language::Hu) => 0.28,
    }
}

/// A stem of fewer letters has too many words around it to leave its ending open.
const MIN_OPEN_CHARS: usize = 3;
/// Shorter words sound like too much else if anything at all is changed in them.
const MIN_CHANGED_PHONES: usize = 3;

/// Words of the patterns of a language, by sound.
#[derive(Debug, Default)]
pub(super) struct Sounds {
    language: Option<Language>,
    words: Vec<LexiconWord>,
    by_word: HashMap<(String, bool), usize>,
    lexicon: Lexicon,
    known: HashSet<String>,
    found: Found,
}

/// What was found before, by sound: calls of a batch use the same words. It changes no result, only time.
#[derive(Debug, Default)]
struct Found {
    by_sound: RwLock<HashMap<Vec<u8>, Near>>,
}

/// Words with their cost.
type Near = Arc<[(usize, f64)]>;

/// Bounds memory; more different sounds than a batch of calls has words.
const MAX_FOUND: usize = 50_000;
/// Two long words side by side have fewer phones.
const MAX_PHONES: usize = 40;

impl Found {
    fn get(&self, lexicon: &Lexicon, parts: &[&Sounded]) -> Near {
        let phones: Vec<_> = parts.iter().flat_map(|part| part.phones().iter().copied()).collect();
        // No word is that long: nothing is near it, and it need not be remembered.
        if phones.len() > MAX_PHONES {
            return Near::default();
        }
        let key: Vec<u8> = phones.iter().map(|phone| phone.letter() as u8).collect();
        // A thread that panicked while it held the lock left whole entries.
        if let Some(found) = self.by_sound.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(found);
        }
        let found: Near = lexicon.find(&phones).into();
        let mut by_sound = self.by_sound.write().unwrap_or_else(PoisonError::into_inner);
        if by_sound.len() < MAX_FOUND {
            by_sound.insert(key, Arc::clone(&found));
        }
        found
    }
}

impl Sounds {
    pub(super) fn new(language: Option<Language>) -> Self {
        Self { language, ..Self::default() }
    }

    /// The number of a word of a pattern; `None` for numbers and for words with a star before their end.
    pub(super) fn name(&mut self, test: &WordTest) -> Option<usize> {
        let (text, is_open) = match test {
            WordTest::Form { normal, stem, number: None, .. } => {
                let is_stem = normal.starts_with(stem.as_str()) && stem.chars().count() >= MIN_OPEN_CHARS;
                if is_stem { (stem, true) } else { (normal, false) }
            }
            WordTest::Exact { normal, .. } => (normal, false),
            WordTest::Glob { head, tail, .. } if tail.is_empty() && head.chars().count() >= MIN_OPEN_CHARS => {
                (head, true)
            }
            _ => return None,
        };
        let key = (text.clone(), is_open);
        if let Some(&number) = self.by_word.get(&key) {
            return Some(number);
        }
        let sounded = if is_open { self.sound_of_stem(text) } else { phonetic::sound(text, self.language) };
        if sounded.phones().is_empty() {
            return None;
        }
        let n_phones = sounded.phones().len();
        let max_cost =
            if n_phones < MIN_CHANGED_PHONES { 0.0 } else { phonetic::allowance(&sounded, share(self.language)) };
        self.words.push(LexiconWord { sounded, is_open, max_cost });
        self.by_word.insert(key, self.words.len() - 1);
        Some(self.words.len() - 1)
    }

    /// A stem is read as the beginning of a word: at its end no voice is lost.
    fn sound_of_stem(&self, stem: &str) -> Sounded {
        phonetic::sound(&format!("{stem}a"), self.language).without_last_phone()
    }

    /// Takes a word in its normal form for known.
    pub(super) fn learn(&mut self, normal: String) {
        self.known.insert(normal);
    }

    /// Whether a word is taken for what it is.
    pub(super) fn is_known(&self, item: &Item) -> bool {
        item.number.is_some() || self.known.contains(&item.token.normal)
    }

    /// Builds the search; words named later are not found.
    pub(super) fn finish(&mut self) {
        self.lexicon = Lexicon::new(&self.words);
    }

    /// Which words each item may be by its sound: numbers of sounds in the place of classes, itself or with the next one.
    pub(super) fn of(&self, items: &[Item]) -> Vec<Vec<SoundsLike>> {
        let is_known: Vec<bool> = items.iter().map(|item| self.is_known(item)).collect();
        // Only words that are not known, and those beside them, are sounded.
        let is_near = |at: usize| {
            let unknown = |at: usize| is_known.get(at) == Some(&false);
            !is_known[at] || unknown(at + 1) || at.checked_sub(1).is_some_and(unknown)
        };
        let sounded: Vec<Sounded> =
            (0..items.len())
                .map(|at| {
                    if is_near(at) {
                        phonetic::sound(&items[at].token.normal, self.language)
                    } else {
                        Sounded::default()
                    }
                })
                .collect();
        let find = |parts: &[&Sounded]| self.found.get(&self.lexicon, parts);
        let like = |&(word, cost): &(usize, f64), n_items: usize| SoundsLike {
            class: word as u32,
            n_items,
            cost: (cost * 100.0).round() as u16,
            n_phones: self.words[word].sounded.phones().len() as u16,
        };
        (0..items.len())
            .map(|at| {
                if items[at].number.is_some() {
                    return Vec::new();
                }
                let mut likes: Vec<SoundsLike> = if is_known[at] {
                    Vec::new()
                } else {
                    find(&[&sounded[at]]).iter().map(|found| like(found, 1)).collect()
                };
                let is_pair = items.get(at + 1).is_some_and(|next| {
                    next.number.is_none()
                        && next.token.clause == items[at].token.clause
                        && !(is_known[at] && is_known[at + 1])
                });
                if is_pair {
                    likes.extend(find(&[&sounded[at], &sounded[at + 1]]).iter().map(|found| like(found, 2)));
                }
                likes
            })
            .collect()
    }
}
