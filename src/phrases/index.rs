//! All patterns of one language behind one index by first word, so that a text is read once however many rules
//! there are.

use std::collections::{HashMap, HashSet};

use super::automaton::{Automaton, Misheard, Run, Scratch, SoundsLike};
use super::heard::Sounds;
use super::pack::{Concept, Context, Grammar, Pattern, Question, Source, elements, min_stem_chars};
use super::pattern::Element;
use super::words::{Item, Level, WordTest};
use crate::call::Polarity;
use crate::text::{Language, language};

/// What a pattern is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    /// Ordered tier of a rule.
    Ordered { rule: usize },
    /// A set of a concept.
    Set { concept: usize, set: usize },
    /// Forbidden context of a rule.
    RuleUnless { rule: usize },
    /// Forbidden context of a concept.
    ConceptUnless { concept: usize },
    /// One word of an ordered pattern of a required rule, for near misses.
    Part { partial: usize, part: usize },
    /// A word that negates what follows.
    Negator,
    /// Words that negate what stands before them.
    NegatorAfter,
    /// Words that only look as if they negated.
    FalseNegator,
    /// Someone else's words follow.
    Reported,
}

/// A concept of a rule, by its sizes.
#[derive(Debug, Clone)]
pub(crate) struct Window {
    pub rule: usize,
    pub window: usize,
    pub n_sets: usize,
    /// Whether the sets stand in their order.
    pub ordered: bool,
    /// How many sentences it may touch.
    pub sentences: u32,
}

/// Where a pattern was found: items `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Occurrence {
    pub owner: Owner,
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

#[derive(Debug, Clone)]
struct Entry {
    automaton: Automaton,
    /// Rules share their words: each pattern is run once for all of them.
    owners: Vec<Owner>,
}

/// The patterns of one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    entries: Vec<Entry>,
    /// Entries by pattern and stems.
    by_pattern: HashMap<(String, Option<usize>), usize>,
    by_word: HashMap<String, Vec<usize>>,
    by_head: HashMap<String, Vec<usize>>,
    /// Bytes of the longest key of `by_head`; more of a word need not be looked up.
    longest_head: usize,
    by_number: Vec<usize>,
    /// Entries by the sound of their first word.
    by_sound: HashMap<usize, Vec<usize>>,
    sounds: Sounds,
    always: Vec<usize>,
    skip: HashSet<String>,
    privative: Vec<String>,
    /// Concepts, in the order of the rules.
    pub windows: Vec<Window>,
    /// Ordered patterns of required rules, taken apart.
    pub partials: Vec<Window>,
}

impl Index {
    /// Compiles what a language may see of the rules: its own, and those for any language, without stems. `known` are
    /// lines with words of the language, beside those of the rules.
    pub(crate) fn new<'a>(
        language: Option<Language>,
        sources: &[Source],
        grammar: &Grammar,
        known: impl Iterator<Item = &'a String>,
    ) -> Self {
        let normals =
            |words: &[Pattern]| words.iter().map(|word| language::normalize(&word.written)).collect::<Vec<_>>();
        let mut index = Self {
            skip: normals(&grammar.skip).into_iter().collect(),
            privative: normals(&grammar.privative),
            sounds: Sounds::new(language),
            ..Self::default()
        };
        for (patterns, owner) in [
            (&grammar.negators, Owner::Negator),
            (&grammar.negators_after, Owner::NegatorAfter),
            (&grammar.false_negators, Owner::FalseNegator),
            (&grammar.reported, Owner::Reported),
        ] {
            for pattern in patterns {
                // Negators are fixed forms: their stems are too short to be told apart. So are the openers of
                // reported speech: "I read" tells of others' words, "to read" does not.
                let stems = min_stem_chars(language).filter(|_| owner == Owner::FalseNegator);
                index.add_pattern(pattern, language, stems, owner);
            }
        }
        for (rule, source) in sources.iter().enumerate() {
            if source.language.is_some() && source.language != language {
                continue;
            }
            index.add_rule(rule, source, language);
            source.examples.iter().for_each(|example| index.sounds.learn(&example.text));
        }
        known.for_each(|line| index.sounds.learn(line));
        index.sounds.finish();
        index
    }

    fn add_rule(&mut self, rule: usize, source: &Source, language: Option<Language>) {
        let stems = min_stem_chars(source.language);
        let is_required = source.rule.polarity == Polarity::Required;
        for pattern in &source.patterns {
            self.add_pattern(pattern, language, stems, Owner::Ordered { rule });
            if is_required {
                self.add_partial(rule, &elements(pattern, language), stems);
            }
        }
        for pattern in &source.unless {
            self.add_pattern(pattern, language, stems, Owner::RuleUnless { rule });
        }
        for Concept { window, all, ordered, sentences, unless } in &source.concepts {
            let concept = self.windows.len();
            for (set, patterns) in all.iter().enumerate() {
                for pattern in patterns {
                    self.add_pattern(pattern, language, stems, Owner::Set { concept, set });
                }
            }
            for pattern in unless {
                self.add_pattern(pattern, language, stems, Owner::ConceptUnless { concept });
            }
            let (ordered, sentences) = (*ordered, *sentences);
            self.windows.push(Window { rule, window: *window, n_sets: all.len(), ordered, sentences });
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
        let partial = self.partials.len();
        for (part, element) in parts.iter().enumerate() {
            self.add(std::slice::from_ref(*element), stems, Owner::Part { partial, part });
        }
        let n_sets = parts.len();
        self.partials.push(Window { rule, window: gaps + 2, n_sets, ordered: false, sentences: 1 });
    }

    fn add_pattern(&mut self, pattern: &Pattern, language: Option<Language>, stems: Option<usize>, owner: Owner) {
        let key = (pattern.full.clone(), stems);
        match self.by_pattern.get(&key) {
            Some(&entry) => self.entries[entry].owners.push(owner),
            None => {
                if let Some(entry) = self.add(&elements(pattern, language), stems, owner) {
                    self.by_pattern.insert(key, entry);
                }
            }
        }
    }

    fn add(&mut self, elements: &[Element], stems: Option<usize>, owner: Owner) -> Option<usize> {
        let mut automaton = Automaton::new(elements, stems).ok()?;
        let entry = self.entries.len();
        // Negators are too short to be told by their sound.
        if !matches!(owner, Owner::Negator | Owner::NegatorAfter | Owner::FalseNegator | Owner::Reported) {
            automaton.name_sounds(|test| self.sounds.name(test));
        }
        for sound in automaton.first_sounds() {
            self.by_sound.entry(sound).or_default().push(entry);
        }
        for test in automaton.first_tests() {
            match test {
                WordTest::Number | WordTest::Value(_) => self.by_number.push(entry),
                WordTest::Exact { normal, .. } => {
                    self.by_word.entry(normal.clone()).or_default().push(entry);
                    // A text may lack any of the diacritics, so all that look alike without them are candidates.
                    self.by_word.entry(language::fold(normal)).or_default().push(entry);
                }
                WordTest::Form { normal, bare, stem, folded, number } => {
                    for word in [normal, bare, stem, folded] {
                        self.by_word.entry(word.clone()).or_default().push(entry);
                    }
                    if number.is_some() {
                        self.by_number.push(entry);
                    }
                }
                WordTest::Glob { head, .. } if head.is_empty() => self.always.push(entry),
                WordTest::Glob { head, bare, .. } => {
                    for head in [head, &bare[0]] {
                        self.longest_head = self.longest_head.max(head.len());
                        self.by_head.entry(head.clone()).or_default().push(entry);
                    }
                }
            }
        }
        self.entries.push(Entry { automaton, owners: vec![owner] });
        Some(entry)
    }

    fn candidates(&self, item: &Item, sounds: &[SoundsLike], found: &mut Vec<usize>) {
        found.clear();
        for like in sounds {
            found.extend(self.by_sound.get(&like.sound).into_iter().flatten());
        }
        found.extend(&self.always);
        if item.number.is_some() {
            found.extend(&self.by_number);
        }
        let token = &item.token;
        for word in [&token.normal, &item.bare, &token.stem, &token.folded] {
            found.extend(self.by_word.get(word.as_str()).into_iter().flatten());
        }
        for word in [&token.normal, &item.bare] {
            let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
            for end in ends.take_while(|&end| end <= self.longest_head) {
                found.extend(self.by_head.get(&word[..end]).into_iter().flatten());
            }
        }
        found.sort_unstable();
        found.dedup();
    }

    /// Which items are fillers that patterns pass over.
    pub(crate) fn skipped(&self, items: &[Item]) -> Vec<bool> {
        items.iter().map(|item| self.skip.contains(&item.token.normal)).collect()
    }

    /// Everything found, by owner and place; `skipped` is [`Index::skipped`] of the same items.
    pub(crate) fn occurrences(&self, items: &[Item], skipped: &[bool]) -> Vec<Occurrence> {
        let sounds = self.sounds.of(items);
        let mut scratch = Scratch::default();
        let mut occurrences = Vec::new();
        let mut candidates = Vec::new();
        for (start, item) in items.iter().enumerate() {
            self.candidates(item, &sounds[start], &mut candidates);
            for &entry in &candidates {
                let Entry { automaton, owners } = &self.entries[entry];
                if let Some(run) = automaton.run(items, start, skipped, &sounds, &mut scratch) {
                    let Run { end, level, own, misheard } = run;
                    let occurrence = |&owner: &Owner| Occurrence { owner, start, end, level, own, misheard };
                    occurrences.extend(owners.iter().map(occurrence));
                }
            }
        }
        occurrences.sort_unstable();
        occurrences.dedup();
        occurrences
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
