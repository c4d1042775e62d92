//! All patterns of one language behind one index by first word, so that a text is read once however many rules
//! there are.

use std::collections::HashMap;

use super::pack::{Concept, Context, Grammar, Pattern, Source, elements};
use super::pattern::{Automaton, Element, Item, Level, WordTest};
use crate::call::Polarity;
use crate::text::{Language, language};

/// What a pattern is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    /// Ordered tier of a rule; `negated`: the pattern has a negator of its own.
    Ordered { rule: usize, negated: bool },
    /// A set of a concept; `negated` as above.
    Set { concept: usize, set: usize, negated: bool },
    /// Forbidden context of a rule.
    RuleUnless { rule: usize },
    /// Forbidden context of a concept.
    ConceptUnless { concept: usize },
    /// One word of an ordered pattern of a required rule, for near misses.
    Part { partial: usize, part: usize },
    /// A word that negates.
    Negator,
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
}

/// Where a pattern was found: items `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Occurrence {
    pub owner: Owner,
    pub start: usize,
    pub end: usize,
    pub level: Level,
}

#[derive(Debug, Clone)]
struct Entry {
    automaton: Automaton,
    owner: Owner,
}

/// The patterns of one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    entries: Vec<Entry>,
    by_word: HashMap<String, Vec<usize>>,
    by_head: HashMap<String, Vec<usize>>,
    by_number: Vec<usize>,
    always: Vec<usize>,
    skip: Vec<String>,
    privative: Vec<String>,
    /// Concepts, in the order of the rules.
    pub windows: Vec<Window>,
    /// Ordered patterns of required rules, taken apart.
    pub partials: Vec<Window>,
}

impl Index {
    /// Compiles what a language may see of the rules: its own, and those for any language, without stems.
    pub(crate) fn new(language: Option<Language>, sources: &[Source], grammar: &Grammar) -> Self {
        let normals =
            |words: &[Pattern]| words.iter().map(|word| language::normalize(&word.written)).collect::<Vec<_>>();
        let mut index =
            Self { skip: normals(&grammar.skip), privative: normals(&grammar.privative), ..Self::default() };
        let negators = normals(&grammar.negators);
        for (patterns, owner) in [
            (&grammar.negators, Owner::Negator),
            (&grammar.false_negators, Owner::FalseNegator),
            (&grammar.reported, Owner::Reported),
        ] {
            for pattern in patterns {
                // Negators are fixed forms: their stems are too short to be told apart.
                index.add(&elements(pattern, language), owner != Owner::Negator, |_| owner);
            }
        }
        for (rule, source) in sources.iter().enumerate() {
            if source.language.is_some() && source.language != language {
                continue;
            }
            index.add_rule(rule, source, language, &negators);
        }
        index
    }

    fn add_rule(&mut self, rule: usize, source: &Source, language: Option<Language>, negators: &[String]) {
        let stems = source.language.is_some();
        let has_negator = |automaton: &Automaton| {
            automaton.words().any(|test| match test {
                WordTest::Form { normal, .. } | WordTest::Exact { normal } => negators.contains(normal),
                _ => false,
            })
        };
        let is_required = source.rule.polarity == Polarity::Required;
        for pattern in &source.patterns {
            let elements = elements(pattern, language);
            self.add(&elements, stems, |automaton| Owner::Ordered { rule, negated: has_negator(automaton) });
            if is_required {
                self.add_partial(rule, &elements, stems);
            }
        }
        for pattern in &source.unless {
            self.add(&elements(pattern, language), stems, |_| Owner::RuleUnless { rule });
        }
        for Concept { window, all, unless } in &source.concepts {
            let concept = self.windows.len();
            for (set, patterns) in all.iter().enumerate() {
                for pattern in patterns {
                    self.add(&elements(pattern, language), stems, |automaton| Owner::Set {
                        concept,
                        set,
                        negated: has_negator(automaton),
                    });
                }
            }
            for pattern in unless {
                self.add(&elements(pattern, language), stems, |_| Owner::ConceptUnless { concept });
            }
            self.windows.push(Window { rule, window: *window, n_sets: all.len() });
        }
    }

    /// The obligatory elements of a pattern, each on its own. Of two words one would be half: no near miss.
    fn add_partial(&mut self, rule: usize, elements: &[Element], stems: bool) {
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
            self.add(std::slice::from_ref(*element), stems, |_| Owner::Part { partial, part });
        }
        self.partials.push(Window { rule, window: gaps + 2, n_sets: parts.len() });
    }

    fn add(&mut self, elements: &[Element], stems: bool, owner: impl FnOnce(&Automaton) -> Owner) {
        let Ok(automaton) = Automaton::new(elements, stems) else { return };
        let entry = self.entries.len();
        for test in automaton.first_tests() {
            match test {
                WordTest::Number => self.by_number.push(entry),
                WordTest::Exact { normal } => self.by_word.entry(normal.clone()).or_default().push(entry),
                WordTest::Form { normal, bare, stem, folded, value } => {
                    for word in [normal, bare, stem, folded] {
                        self.by_word.entry(word.clone()).or_default().push(entry);
                    }
                    if value.is_some() {
                        self.by_number.push(entry);
                    }
                }
                WordTest::Glob { head, .. } if head.is_empty() => self.always.push(entry),
                WordTest::Glob { head, bare, .. } => {
                    self.by_head.entry(head.clone()).or_default().push(entry);
                    self.by_head.entry(bare[0].clone()).or_default().push(entry);
                }
            }
        }
        let owner = owner(&automaton);
        self.entries.push(Entry { automaton, owner });
    }

    fn candidates(&self, item: &Item, found: &mut Vec<usize>) {
        found.clear();
        found.extend(&self.always);
        if item.number.is_some() {
            found.extend(&self.by_number);
        }
        let token = &item.token;
        for word in [&token.normal, &item.bare, &token.stem, &token.folded] {
            found.extend(self.by_word.get(word.as_str()).into_iter().flatten());
        }
        for word in [&token.normal, &item.bare] {
            for (end, c) in word.char_indices() {
                found.extend(self.by_head.get(&word[..end + c.len_utf8()]).into_iter().flatten());
            }
        }
        found.sort_unstable();
        found.dedup();
    }

    fn is_skipped(&self, item: &Item) -> bool {
        self.skip.contains(&item.token.normal)
    }

    /// Everything found, by owner and place.
    pub(crate) fn occurrences(&self, items: &[Item]) -> Vec<Occurrence> {
        let mut occurrences = Vec::new();
        let mut candidates = Vec::new();
        for (start, item) in items.iter().enumerate() {
            self.candidates(item, &mut candidates);
            for &entry in &candidates {
                let Entry { automaton, owner } = &self.entries[entry];
                if let Some((end, level)) = automaton.run(items, start, |item| self.is_skipped(item)) {
                    occurrences.push(Occurrence { owner: *owner, start, end, level });
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

/// Whether a rule looks at negation and reported speech.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contexts {
    pub negation: Context,
    pub reported: Context,
}
