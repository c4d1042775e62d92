//! The plain sequences of word classes that patterns come down to, so that an automaton is run only where it can match:
//! each is looked for by its rarest word, and from there its other words to the left and to the right.
//!
//! What is found here is no match yet. Levels, clauses and long patterns are the automaton's business, but where nothing
//! is found here it finds nothing either.

use super::automaton::{Automaton, MAX_SKIPPED, Step};
use super::vocabulary::Reading;

/// Longer sequences are looked for by their beginning.
const MAX_STEPS: usize = 6;
/// A pattern with more sequences from one first word on is looked for by shorter ones.
const MAX_WAYS: usize = 200;

/// A sequence of words that begins a pattern of an entry.
#[derive(Debug)]
struct Way {
    entry: u32,
    /// The number of its first word in the entry's automaton.
    start: u32,
    steps: Vec<Step>,
    /// The step with the rarest class.
    rarest: usize,
}

/// A place where an entry may have a match: item, entry, first word.
pub(super) type Place = (usize, u32, u32);

/// The step beside the rarest one of a way, by which most places are ruled out.
#[derive(Debug, Clone, Copy)]
struct Beside {
    way: u32,
    class: u32,
    gap: usize,
    is_before: bool,
}

/// All sequences of the patterns of a language.
#[derive(Debug, Default)]
pub(super) struct Ways {
    ways: Vec<Way>,
    /// Where the ways of each entry are.
    of_entry: Vec<std::ops::Range<usize>>,
    /// By class: ways of one step, and longer ones, of which it is the rarest, of entries to be looked for everywhere.
    alone: Vec<Vec<u32>>,
    beside: Vec<Vec<Beside>>,
}

impl Ways {
    /// The sequences of each entry; `n_by_class` says how often a class comes.
    pub(super) fn new<'a>(automata: impl Iterator<Item = &'a Automaton>, n_by_class: &[usize]) -> Self {
        let mut all = Self {
            alone: vec![Vec::new(); n_by_class.len()],
            beside: vec![Vec::new(); n_by_class.len()],
            ..Self::default()
        };
        for (entry, automaton) in automata.enumerate() {
            let first = all.ways.len();
            for start in 0..automaton.n_starts() {
                for steps in automaton.ways(start, MAX_STEPS, MAX_WAYS) {
                    let n_of = |at: &usize| n_by_class[steps[*at].class as usize];
                    let rarest = (0..steps.len()).min_by_key(n_of).unwrap_or(0);
                    all.ways.push(Way { entry: entry as u32, start: start as u32, steps, rarest });
                }
            }
            all.of_entry.push(first..all.ways.len());
        }
        all
    }

    /// The rarest classes of an entry's ways: a text without any of them has no match of it.
    pub(super) fn keys(&self, entry: usize) -> Vec<u32> {
        let ways = self.of_entry.get(entry).map_or(&[][..], |range| &self.ways[range.clone()]);
        let mut keys: Vec<u32> = ways.iter().map(|way| way.steps[way.rarest].class).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Has an entry looked for by [`Ways::begin`]; `n_by_class` as in [`Ways::new`].
    pub(super) fn look_for(&mut self, entry: usize, n_by_class: &[usize]) {
        for number in self.of_entry[entry].clone() {
            let Way { steps, rarest, .. } = &self.ways[number];
            let (way, class) = (number as u32, steps[*rarest].class as usize);
            let before = rarest.checked_sub(1).map(|at| (steps[at].class, steps[*rarest].gap, true));
            let after = steps.get(rarest + 1).map(|step| (step.class, step.gap, false));
            // A rare word within a narrow gap rules out most.
            let n_found = |beside: &(u32, usize, bool)| n_by_class[beside.0 as usize] * (1 + beside.1);
            match before.into_iter().chain(after).min_by_key(n_found) {
                Some((class_beside, gap, is_before)) => {
                    self.beside[class].push(Beside { way, class: class_beside, gap, is_before });
                }
                None => self.alone[class].push(way),
            }
        }
    }

    /// Whether ways are looked for by a class.
    pub(super) fn is_key(&self, class: u32) -> bool {
        let at = class as usize;
        self.alone.get(at).is_some_and(|ways| !ways.is_empty())
            || self.beside.get(at).is_some_and(|ways| !ways.is_empty())
    }

    /// Places of matches that have the class `key` at item `at`, as the rarest of their way.
    pub(super) fn begin(&self, key: u32, at: usize, text: &Reading, places: &mut Vec<Place>) {
        for &way in &self.alone[key as usize] {
            let Way { entry, start, .. } = self.ways[way as usize];
            places.push((at, entry, start));
        }
        for beside in &self.beside[key as usize] {
            if beside.is_near(at, text) {
                self.ways[beside.way as usize].begin(at, text, places);
            }
        }
    }

    /// Places of matches of one entry, in order.
    pub(super) fn begin_of(&self, entry: usize, items: impl Iterator<Item = usize>, text: &Reading) -> Vec<Place> {
        let mut places = Vec::new();
        let ways = &self.ways[self.of_entry[entry].clone()];
        for at in items {
            for way in ways.iter().filter(|way| text.has(at, way.steps[way.rarest].class)) {
                way.begin(at, text, &mut places);
            }
        }
        places.sort_unstable();
        places.dedup();
        places
    }
}

impl Beside {
    /// Whether the step is there, beside an item.
    fn is_near(&self, at: usize, text: &Reading) -> bool {
        let &Self { class, gap, is_before, .. } = self;
        if !text.present.has(class) {
            return false;
        }
        if text.has_skipped || text.has_pairs {
            let found = if is_before { before((at, at), class, gap, text) } else { after((at, at), class, gap, text) };
            return found.is_some();
        }
        let mut within =
            if is_before { at.saturating_sub(1 + gap)..at } else { at + 1..text.words.len().min(at + 2 + gap) };
        within.any(|at| text.has(at, class))
    }
}

impl Way {
    /// Where the way begins if its rarest word is at an item.
    fn begin(&self, at: usize, text: &Reading, places: &mut Vec<Place>) {
        let mut near = (at, at);
        for step in &self.steps[self.rarest + 1..] {
            match after(near, step.class, step.gap, text) {
                Some(found) => near = found,
                None => return,
            }
        }
        near = (at, at);
        for pair in self.steps[..=self.rarest].windows(2).rev() {
            match before(near, pair[0].class, pair[1].gap, text) {
                Some(found) => near = found,
                None => return,
            }
        }
        let first = self.steps[0].class;
        let begins = (near.0..=near.1).filter(|&at| text.has(at, first));
        places.extend(begins.map(|at| (at, self.entry, self.start)));
    }
}

/// Counts the words that a gap may still have. Fillers are none, unless more of them stand in a row than are passed over.
struct Room {
    left: usize,
    n_skipped: usize,
}

impl Room {
    fn new(gap: usize, text: &Reading) -> Self {
        Self { left: gap + usize::from(text.has_pairs), n_skipped: 0 }
    }

    /// Whether the gap may take an item.
    fn takes(&mut self, at: usize, text: &Reading) -> bool {
        if text.has_skipped && text.skipped[at] && self.n_skipped < MAX_SKIPPED {
            self.n_skipped += 1;
            return true;
        }
        self.n_skipped = 0;
        let is_left = self.left > 0;
        self.left = self.left.saturating_sub(1);
        is_left
    }
}

/// First and last item of a class after one of the items `near`, with at most `gap` words between.
fn after(near: (usize, usize), class: u32, gap: usize, text: &Reading) -> Option<(usize, usize)> {
    let mut room = Room::new(gap, text);
    let mut found: Option<(usize, usize)> = None;
    for at in near.0 + 1..text.words.len() {
        if text.has(at, class) {
            found = Some((found.map_or(at, |found| found.0), at));
        }
        if at > near.1 && !room.takes(at, text) {
            break;
        }
    }
    found
}

/// First and last item of a class before one of the items `near`, with at most `gap` words between.
fn before(near: (usize, usize), class: u32, gap: usize, text: &Reading) -> Option<(usize, usize)> {
    let mut room = Room::new(gap, text);
    let mut found: Option<(usize, usize)> = None;
    for at in (0..near.1).rev() {
        if text.has(at, class) {
            found = Some((at, found.map_or(at, |found| found.1)));
        }
        if at < near.0 && !room.takes(at, text) {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::phrases::automaton::{Present, Scratch};
    use crate::phrases::classes::Classes;
    use crate::phrases::pattern::parse;
    use crate::phrases::vocabulary::Word;
    use crate::phrases::words::items;
    use crate::text::Language;

    /// Items at which a pattern is tried, and those at which it matches; both with any of its words as the rarest.
    fn places(pattern: &str, text: &str) -> (Vec<usize>, Vec<usize>) {
        let elements = parse(pattern, Some(Language::En)).expect("valid");
        let mut classes = Classes::default();
        let automaton = Automaton::new(&elements, |words| classes.class(words, Some(1), false)).expect("small");
        let items = items(text, Some(Language::En));
        let word = |item| {
            let hits = classes.of(item);
            let mut present = Present::default();
            hits.iter().for_each(|hit| present.add(hit.class));
            Arc::new(Word { hits, present, is_filler: ["uh", "er"].contains(&text_of(item)), ..Word::default() })
        };
        let reading = Reading::new(items.iter().map(word).collect());
        let n = classes.n_classes();
        let mut by_rarest = (0..n).map(|rarest| {
            let mut n_by_class = vec![1; n];
            n_by_class[rarest] = 0;
            let mut ways = Ways::new(std::iter::once(&automaton), &n_by_class);
            let found = ways.begin_of(0, 0..items.len(), &reading);
            ways.look_for(0, &n_by_class);
            let mut everywhere = Vec::new();
            for at in 0..items.len() {
                let keys = (0..n as u32).filter(|&class| ways.is_key(class) && reading.has(at, class));
                keys.for_each(|key| ways.begin(key, at, &reading, &mut everywhere));
            }
            everywhere.sort_unstable();
            everywhere.dedup();
            assert_eq!(everywhere, found, "{pattern} / {text}");
            found
        });
        let first = by_rarest.next().expect("a word");
        let mut tried: Vec<usize> = first.iter().map(|place| place.0).collect();
        tried.dedup();
        for other in by_rarest {
            let mut at: Vec<usize> = other.iter().map(|place| place.0).collect();
            at.dedup();
            assert_eq!(at, tried, "{pattern} / {text}");
        }
        let tape = reading.tape(&items);
        let matches = |&at: &usize| automaton.run(tape, at, 0..automaton.n_starts(), &mut Scratch::default()).is_some();
        (tried, (0..items.len()).filter(matches).collect())
    }

    fn text_of(item: &crate::phrases::words::Item) -> &str {
        &item.token.normal
    }

    #[test]
    fn automata_are_tried_where_they_match() {
        let check = |pattern: &str, text: &str, expected: &[usize]| {
            let (tried, matched) = places(pattern, text);
            assert_eq!(matched, expected, "{pattern} / {text}");
            assert_eq!(tried, expected, "{pattern} / {text}");
        };
        check("offer", "an offer is an offer", &[1, 4]);
        check("only today", "only now or only today", &[3]);
        check("only today", "today only", &[]);
        check("only <2> left", "only three pieces left, only a very few pieces left", &[0]);
        check("only <2> left", "only only only left", &[0, 1, 2]);
        // Fillers take no place of a gap.
        check("only <1> left", "only uh three er uh left", &[0]);
        check("only <1> left", "only uh three blue er left", &[]);
        check("just pay [the|] [shipping|the delivery]", "just pay the delivery, just pay shipping", &[0, 4]);
        check("just pay [the|] [shipping|the delivery]", "just pay, the shipping just", &[0]);
        check("[this is|it is|that] [now or never|the last <3> chance]", "it is the last and only chance", &[0]);
        // Longer than what is looked for.
        check("a b c d e f g h", "a b c d e f g h", &[0]);
    }

    #[test]
    fn what_has_too_many_ways_or_words_is_tried_where_it_begins() {
        assert_eq!(places("a b c d e f g h", "a b c d e f x"), (vec![0], vec![]));
        let choice = |n: usize| format!("[{}]", (0..n).map(|k| format!("x{k}y z{k}y")).collect::<Vec<_>>().join("|"));
        let many = format!("begin {} {}", choice(30), choice(30));
        assert_eq!(places(&many, "begin x1y z1y x2y z2y"), (vec![0], vec![0]));
        assert_eq!(places(&many, "begin x1y z2y"), (vec![], vec![]));
    }
}
