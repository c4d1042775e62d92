//! All patterns of one language behind one index by the class of their first word, so that a text is read once however
//! many rules there are. Of a concept only the rarest set is looked for everywhere; the others where it was found.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::automaton::{Automaton, Misheard, Run, Scratch, SoundsLike, Tape};
use super::classes::{ClassHit, Classes};
use super::pack::{Concept, Context, Grammar, Pattern, Question, Source, elements, min_stem_chars};
use super::pattern::Element;
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
    /// Classes of its first word, by number.
    first: Vec<u32>,
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
    /// By class: entries to be looked for everywhere, each with the classes that a text needs for it, rarest first.
    everywhere: Vec<Vec<(usize, Vec<u32>)>>,
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
        let first = automaton.first_classes();
        self.entries.push(Entry { automaton, first, rules: Vec::new(), concepts: Vec::new() });
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
        let n_of = |entry: &Entry| entry.first.iter().map(|&class| n_by_class[class as usize]).sum::<usize>();
        for (at, concept) in self.windows.iter().enumerate() {
            if let Some(&rarest) = concept.sets.iter().min_by_key(|&&set| n_of(&self.entries[set])) {
                self.entries[rarest].concepts.push(at);
            }
        }
        self.everywhere = vec![Vec::new(); self.classes.n_classes()];
        for (at, entry) in self.entries.iter().enumerate() {
            if !entry.rules.is_empty() || !entry.concepts.is_empty() {
                for (class, needs) in entry.automaton.starts() {
                    let mut needs = needs.to_vec();
                    needs.sort_by_key(|&class| n_by_class[class as usize]);
                    self.everywhere[class as usize].push((at, needs));
                }
            }
        }
    }

    /// Which items are fillers that patterns pass over.
    pub(crate) fn skipped(&self, items: &[Item]) -> Vec<bool> {
        items.iter().map(|item| self.skip.contains(&item.token.normal)).collect()
    }

    /// The classes of each item.
    pub(crate) fn hits(&self, items: &[Item]) -> Vec<Arc<[ClassHit]>> {
        items.iter().map(|item| self.classes.of(item)).collect()
    }

    /// The classes that each item may belong to by its sound.
    pub(crate) fn sounds(&self, items: &[Item]) -> Vec<Vec<SoundsLike>> {
        self.classes.by_sound(items)
    }

    /// Every occurrence of an ordered pattern, with its rule, and the concepts of which the rarest set is there.
    pub(crate) fn everywhere(&self, tape: Tape<'_>) -> (Vec<(usize, Occurrence)>, Vec<usize>) {
        let mut scratch = Scratch::default();
        let (mut ordered, mut concepts) = (Vec::new(), Vec::new());
        let mut candidates: Vec<usize> = Vec::new();
        for start in 0..tape.items.len() {
            candidates.clear();
            let by_word = tape.hits[start].iter().map(|hit| hit.class);
            let by_sound = tape.sounds.get(start).into_iter().flatten().map(|like| like.class);
            for class in by_word.chain(by_sound) {
                for (entry, needs) in &self.everywhere[class as usize] {
                    if needs.iter().all(|&class| tape.present.has(class)) {
                        candidates.push(*entry);
                    }
                }
            }
            candidates.sort_unstable();
            candidates.dedup();
            for &at in &candidates {
                let entry = &self.entries[at];
                if let Some(found) = self.run(entry, tape, start, &mut scratch) {
                    ordered.extend(entry.rules.iter().map(|&rule| (rule, found)));
                    concepts.extend(&entry.concepts);
                }
            }
        }
        concepts.sort_unstable();
        concepts.dedup();
        (ordered, concepts)
    }

    /// Every occurrence of an entry, in order.
    pub(crate) fn find(&self, entry: usize, tape: Tape<'_>) -> Vec<Occurrence> {
        let mut scratch = Scratch::default();
        let entry = &self.entries[entry];
        if !entry.first.iter().any(|&class| tape.present.has(class)) {
            return Vec::new();
        }
        let begins = |start: &usize| {
            let is_first = |class: u32| entry.first.binary_search(&class).is_ok();
            tape.hits[*start].iter().any(|hit| is_first(hit.class))
                || tape.sounds.get(*start).is_some_and(|likes| likes.iter().any(|like| is_first(like.class)))
        };
        (0..tape.items.len()).filter(begins).filter_map(|start| self.run(entry, tape, start, &mut scratch)).collect()
    }

    fn run(&self, entry: &Entry, tape: Tape<'_>, start: usize, scratch: &mut Scratch) -> Option<Occurrence> {
        let Run { end, level, own, misheard } = entry.automaton.run(tape, start, scratch)?;
        Some(Occurrence { start, end, level, own, misheard })
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
