//! All patterns of one language behind one index by the class of their first word, so that a text is read once however
//! many rules there are. Of a concept only the rarest set is looked for everywhere; the others where it was found.

use std::collections::{HashMap, HashSet};

use super::automaton::{Automaton, Misheard, Run, Scratch, SoundsLike, Tape};
use super::classes::Classes;
use super::pack::{Concept, Context, Grammar, Pattern, Question, Source, elements, min_stem_chars};
use super::pattern::Element;
use super::vocabulary::{Reading, Vocabulary, Word};
use super::ways::{Place, Ways};
use super::words::{self, Item, Level};
use crate::call::Polarity;
use crate::text::{Language, language};

/// Sets of words that are looked for together: those of a concept, or the words of a required pattern taken apart.
#[derive(Debug, Clone)]
pub(crate) struct Window {
    pub rule: usize,
    pub window: usize,
    /// Whether the sets stand in their order.
    pub ordered: bool,
    /// How many sentences it may touch.
    pub sentences: u32,
    /// Entries.
    pub sets: Vec<usize>,
    /// Forbidden context.
    pub unless: Option<usize>,
}

/// Where a pattern was found: items `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Occurrence {
    pub start: usize,
    pub end: usize,
    pub level: Level,
    /// The items that the pattern spells out, `start` as the lowest bit; of longer matches the first 64.
    pub own: u64,
    pub misheard: Misheard,
}

impl Occurrence {
    /// Whether the pattern itself has the word at this item.
    pub(crate) fn owns(&self, item: usize) -> bool {
        item >= self.start && item - self.start < 64 && self.own >> (item - self.start) & 1 == 1
    }

    /// Whether one word serves both: words in the gap of the one are free for the other.
    pub(crate) fn shares_words(&self, other: &Self) -> bool {
        (self.start.max(other.start)..self.end.min(other.end)).any(|item| self.owns(item) && other.owns(item))
    }
}

/// Patterns, any of which counts, and whose they are.
#[derive(Debug)]
struct Entry {
    automaton: Automaton,
    /// Rules of which these are the ordered patterns.
    rules: Vec<usize>,
    /// Concepts whose rarest set this is.
    concepts: Vec<usize>,
}

/// Entries of a grammar's words.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct GrammarEntries {
    pub negators: Option<usize>,
    pub negators_after: Option<usize>,
    pub false_negators: Option<usize>,
    pub reported: Option<usize>,
}

/// The patterns of one language.
#[derive(Debug, Default)]
pub(crate) struct Index {
    classes: Classes,
    entries: Vec<Entry>,
    /// Entries by their patterns, stems, and whether they are found by sound.
    by_patterns: HashMap<(Vec<String>, Option<usize>, bool), usize>,
    ways: Ways,
    /// Entries by the rarest classes of their ways.
    by_key: Vec<Vec<u32>>,
    vocabulary: Vocabulary,
    skip: HashSet<String>,
    privative: Vec<String>,
    pub grammar: GrammarEntries,
    /// Concepts, in the order of the rules.
    pub windows: Vec<Window>,
    /// Ordered patterns of required rules, taken apart.
    pub partials: Vec<Window>,
    /// Forbidden context, by rule.
    pub unless: HashMap<usize, usize>,
}

impl Index {
    /// Compiles what a language may see of the rules: its own, and those for any language, without stems. `known` are
    /// lines with words of the language, beside those of the rules.
    pub(crate) fn new<'a>(
        language: Option<Language>,
        sources: &'a [Source],
        grammar: &Grammar,
        known: impl Iterator<Item = &'a str>,
    ) -> Self {
        let normals =
            |words: &[Pattern]| words.iter().map(|word| language::normalize(&word.written)).collect::<Vec<_>>();
        let mut index = Self {
            skip: normals(&grammar.skip).into_iter().collect(),
            privative: normals(&grammar.privative),
            classes: Classes::new(language),
            ..Self::default()
        };
        // Negators are fixed forms: their stems are too short to be told apart, and so is their sound. So are the
        // openers of reported speech: "I read" tells of others' words, "to read" does not.
        let stems = min_stem_chars(language);
        index.grammar = GrammarEntries {
            negators: index.entry(&grammar.negators, language, None, false),
            negators_after: index.entry(&grammar.negators_after, language, None, false),
            false_negators: index.entry(&grammar.false_negators, language, stems, false),
            reported: index.entry(&grammar.reported, language, None, false),
        };
        let own = sources.iter().enumerate().filter(|(_, s)| s.language.is_none() || s.language == language);
        for (rule, source) in own.clone() {
            index.add_rule(rule, source, language);
        }
        let lines =
            own.flat_map(|(_, source)| source.examples.iter().map(|example| example.text.as_str())).chain(known);
        index.finish(lines, language);
        index
    }

    fn add_rule(&mut self, rule: usize, source: &Source, language: Option<Language>) {
        let stems = min_stem_chars(source.language);
        if let Some(entry) = self.entry(&source.patterns, language, stems, true) {
            self.entries[entry].rules.push(rule);
        }
        if source.rule.polarity == Polarity::Required {
            for pattern in &source.patterns {
                self.add_partial(rule, &elements(pattern, language), stems);
            }
        }
        // A word that only sounds like forbidden context is none: it would take true matches away.
        if let Some(entry) = self.entry(&source.unless, language, stems, false) {
            self.unless.insert(rule, entry);
        }
        for Concept { window, all, ordered, sentences, unless } in &source.concepts {
            let sets = all.iter().filter_map(|set| self.entry(set, language, stems, true)).collect();
            let unless = self.entry(unless, language, stems, false);
            let (window, ordered, sentences) = (*window, *ordered, *sentences);
            self.windows.push(Window { rule, window, ordered, sentences, sets, unless });
        }
    }

    /// The obligatory elements of a pattern, each on its own. Of two words one would be half: no near miss.
    fn add_partial(&mut self, rule: usize, elements: &[Element], stems: Option<usize>) {
        let is_optional =
            |element: &Element| matches!(element, Element::Choice(branches) if branches.iter().any(Vec::is_empty));
        let parts: Vec<&Element> =
            elements.iter().filter(|element| !matches!(element, Element::Gap(_)) && !is_optional(element)).collect();
        if parts.len() < 3 {
            return;
        }
        let gaps: usize = elements.iter().map(|e| if let Element::Gap(words) = e { *words } else { 1 }).sum();
        let sets = parts.iter().map(|&element| self.add(&[vec![element.clone()]], stems, true)).collect();
        self.partials.push(Window { rule, window: gaps + 2, ordered: false, sentences: 1, sets, unless: None });
    }

    /// The entry of patterns any of which counts; `None` for no patterns.
    fn entry(
        &mut self,
        patterns: &[Pattern],
        language: Option<Language>,
        stems: Option<usize>,
        is_sounded: bool,
    ) -> Option<usize> {
        if patterns.is_empty() {
            return None;
        }
        let key = (patterns.iter().map(|pattern| pattern.full.clone()).collect::<Vec<_>>(), stems, is_sounded);
        if let Some(&entry) = self.by_patterns.get(&key) {
            return Some(entry);
        }
        let all: Vec<Vec<Element>> = patterns.iter().map(|pattern| elements(pattern, language)).collect();
        let entry = self.add(&all, stems, is_sounded);
        self.by_patterns.insert(key, entry);
        Some(entry)
    }

    fn add(&mut self, patterns: &[Vec<Element>], stems: Option<usize>, is_sounded: bool) -> usize {
        let automaton = Automaton::any_of(patterns, |words| self.classes.class(words, stems, is_sounded));
        self.entries.push(Entry { automaton, rules: Vec::new(), concepts: Vec::new() });
        self.entries.len() - 1
    }

    /// Learns which words there are from lines of the language, and looks for each concept by its rarest set.
    fn finish<'a>(&mut self, lines: impl Iterator<Item = &'a str>, language: Option<Language>) {
        let mut n_by_class = vec![0_usize; self.classes.n_classes()];
        for line in lines {
            for item in words::items(line, language) {
                for hit in self.classes.of(&item).iter() {
                    n_by_class[hit.class as usize] += 1;
                }
                self.classes.sounds.learn(item.token.normal);
            }
        }
        self.classes.sounds.finish();
        self.ways = Ways::new(self.entries.iter().map(|entry| &entry.automaton), &n_by_class);
        let keys: Vec<Vec<u32>> = (0..self.entries.len()).map(|entry| self.ways.keys(entry)).collect();
        let n_of = |set: usize| keys[set].iter().map(|&class| n_by_class[class as usize]).sum::<usize>();
        for (at, concept) in self.windows.iter().enumerate() {
            if let Some(&rarest) = concept.sets.iter().min_by_key(|&&set| n_of(set)) {
                self.entries[rarest].concepts.push(at);
            }
        }
        self.by_key = vec![Vec::new(); self.classes.n_classes()];
        for (at, keys) in keys.iter().enumerate() {
            keys.iter().for_each(|&class| self.by_key[class as usize].push(at as u32));
            if !self.entries[at].rules.is_empty() {
                self.ways.look_for(at, &n_by_class);
            }
        }
    }

    /// A text with the classes of its words.
    pub(crate) fn read(&self, items: &[Item]) -> Reading {
        let alone = |item: &Item| self.word(item, self.classes.by_sound(std::slice::from_ref(item)).remove(0));
        // What two words are together is known of the first of them.
        let pair = |pair: &[Item]| self.word(&pair[0], self.classes.by_sound(pair).remove(0));
        Reading::new(self.vocabulary.words(items, alone, pair))
    }

    /// A word with what it may be by its sound.
    fn word(&self, item: &Item, sounds: Vec<SoundsLike>) -> Word {
        let hits = self.classes.of(item);
        let mut classes: Vec<u32> = hits.iter().map(|hit| hit.class).chain(sounds.iter().map(|s| s.class)).collect();
        classes.sort_unstable();
        classes.dedup();
        let mut word = Word {
            hits,
            sounds,
            is_filler: self.skip.contains(&item.token.normal),
            is_known: self.classes.sounds.is_known(item),
            ..Word::default()
        };
        for &class in &classes {
            word.present.add(class);
            for &entry in &self.by_key[class as usize] {
                word.present.add(self.number(entry as usize));
                word.concepts.extend(self.entries[entry as usize].concepts.iter().map(|&concept| concept as u32));
            }
        }
        classes.retain(|&class| self.ways.is_key(class));
        word.keys = classes;
        word.concepts.sort_unstable();
        word.concepts.dedup();
        word
    }

    /// An entry's number behind the classes.
    fn number(&self, entry: usize) -> u32 {
        (self.classes.n_classes() + entry) as u32
    }

    /// Every occurrence of an ordered pattern, with its rule, and the concepts of which every set may be there.
    pub(crate) fn everywhere(&self, text: &Reading, items: &[Item]) -> (Vec<(usize, Occurrence)>, Vec<usize>) {
        let (mut ordered, mut concepts) = (Vec::new(), Vec::new());
        let mut places = Vec::new();
        for (at, word) in text.words.iter().enumerate() {
            word.keys.iter().for_each(|&key| self.ways.begin(key, at, text, &mut places));
            let is_there = |set: &usize| text.present.has(self.number(*set));
            let own = word.concepts.iter().map(|&concept| concept as usize);
            concepts.extend(own.filter(|&concept| self.windows[concept].sets.iter().all(is_there)));
        }
        places.sort_unstable();
        places.dedup();
        self.runs(&places, text.tape(items), |entry, found| {
            ordered.extend(self.entries[entry].rules.iter().map(|&rule| (rule, found)));
        });
        concepts.sort_unstable();
        concepts.dedup();
        (ordered, concepts)
    }

    /// Every occurrence of an entry, in order.
    pub(crate) fn find(&self, entry: usize, text: &Reading, items: &[Item]) -> Vec<Occurrence> {
        let number = self.number(entry);
        if !text.present.has(number) {
            return Vec::new();
        }
        let at_keys = (0..items.len()).filter(|&at| text.has(at, number));
        let places = self.ways.begin_of(entry, at_keys, text);
        let mut found = Vec::new();
        self.runs(&places, text.tape(items), |_, occurrence| found.push(occurrence));
        found
    }

    /// What the automata find at places, which are in order.
    fn runs(&self, places: &[Place], tape: Tape<'_>, mut found: impl FnMut(usize, Occurrence)) {
        let mut scratch = Scratch::default();
        for of_entry in places.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (start, entry) = (of_entry[0].0, of_entry[0].1 as usize);
            let starts = of_entry.iter().map(|place| place.2 as usize);
            if let Some(Run { end, level, own, misheard }) =
                self.entries[entry].automaton.run(tape, start, starts, &mut scratch)
            {
                found(entry, Occurrence { start, end, level, own, misheard });
            }
        }
    }

    /// Whether the word carries its own negation as a suffix (Hungarian -talan).
    pub(crate) fn is_privative(&self, item: &Item) -> bool {
        self.privative
            .iter()
            .any(|suffix| item.token.normal.ends_with(suffix.as_str()) && item.token.normal.len() > suffix.len() + 2)
    }
}

/// What a rule looks at around its matches.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contexts {
    pub negation: Context,
    pub reported: Context,
    /// How many words away its `unless` still counts.
    pub unless_within: usize,
    pub question: Question,
}
