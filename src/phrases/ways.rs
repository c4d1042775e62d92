//! The plain sequences of word classes that patterns come down to, so that an automaton is run only where it can match:
//! each is looked for by its rarest word, and from there its other words to the left and to the right.
//!
//! What is found here is no match yet. Levels, clauses and long patterns are the automaton's business, but where nothing
//! is found here it finds nothing either.

use super::automaton::{Automaton, MAX_SKIPPED, Step};
use super::read::Reading;

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
