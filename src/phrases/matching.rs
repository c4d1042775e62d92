//! From occurrences of patterns to hits of rules: windows, negation, reported speech, and what overlaps.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::automaton::Misheard;
use super::index::{Contexts, Index, Occurrence, Window};
use super::pack::{Context, Question};
use super::vocabulary::Reading;
use super::words::{Item, Level};
use crate::call::MatchTier;

/// A negator reaches this many words ahead.
const NEGATION_REACH: usize = 3;
/// Words that negate what stands before them ("przeszkód nie ma", "кредита нет") follow it this closely.
const NEGATION_AFTER_REACH: usize = 2;
/// A match with misheard words needs so many phones in all: one or two short words sound like too much else. On lines that imitate
/// mishearing (`benches/corpus/sales`, `tune` and `tune3`) 9 finds 279 of 280 and 13 276, with a third fewer false ones in Greek and
/// Hungarian.
const MIN_MISHEARD_PHONES: usize = 13;
/// What a word that was not misheard counts for.
const MIN_PHONES_PER_WORD: usize = 4;
/// "They told me …" covers this many words; later ones are the speaker's own again.
const REPORTED_REACH: usize = 12;

/// A match before it has a place in the transcript: items `start..end`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Match {
    pub rule: usize,
    pub start: usize,
    pub end: usize,
    pub tier: MatchTier,
    pub level: Level,
    pub completeness: f64,
    pub misheard: Misheard,
}

impl Match {
    /// Probability that these words mean what the rule looks for: shares of true matches on lines that the packs had not
    /// learned from (docs/phrases.md, "Confidence"); those without diacritics were too few and keep their order.
    pub(crate) fn confidence(&self) -> f64 {
        let full = match (self.tier, self.level) {
            (MatchTier::Fuzzy | MatchTier::Resembles, _) | (_, Level::Sound) => 0.45,
            (MatchTier::Ordered, Level::Exact) => 0.92,
            (MatchTier::Ordered, Level::Stem) => 0.91,
            (MatchTier::Ordered, Level::Folded) => 0.8,
            (MatchTier::Window, Level::Exact | Level::Stem) => 0.84,
            (MatchTier::Window, Level::Folded) => 0.75,
        };
        // Half of the words may be about anything.
        if self.completeness < 1.0 { full * self.completeness / 2.0 } else { full }
    }
}

/// A text as the rules see it: its words, what was found in them, and how they are counted.
struct Text<'a> {
    index: &'a Index,
    items: &'a [Item],
    reading: &'a Reading,
    /// Words before each item, and in all, that are no fillers.
    n_words: Vec<usize>,
    /// What was looked for so far, by entry.
    found: RefCell<HashMap<usize, Rc<[Occurrence]>>>,
}

impl<'a> Text<'a> {
    fn new(index: &'a Index, items: &'a [Item], reading: &'a Reading) -> Self {
        let counts = reading.skipped.iter().scan(0, |n, &skipped| {
            *n += usize::from(!skipped);
            Some(*n)
        });
        let n_words = std::iter::once(0).chain(counts).collect();
        Self { index, items, reading, n_words, found: RefCell::default() }
    }

    /// Every occurrence of an entry, in order; of no entry none.
    fn of(&self, entry: Option<usize>) -> Rc<[Occurrence]> {
        let Some(entry) = entry else { return Rc::new([]) };
        let mut found = self.found.borrow_mut();
        Rc::clone(found.entry(entry).or_insert_with(|| self.index.find(entry, self.reading, self.items).into()))
    }

    /// Whether negation takes the match away; `parts` are the occurrences that it is made of. A part that has a
    /// negator among its own words means what it says: "you cannot lose".
    fn is_negated(&self, found: &Match, parts: &[Occurrence]) -> bool {
        let negators = self.of(self.index.grammar.negators);
        let owned = |from: usize, to: usize| parts.iter().any(|part| (from..to).all(|item| part.owns(item)));
        if negators.iter().any(|negator| owned(negator.start, negator.end)) {
            return false;
        }
        let clause = self.items[found.start].token.clause;
        let false_negators = self.of(self.index.grammar.false_negators);
        // "Not only cheap": no negation of "cheap", but one of "only cheap".
        let is_excused = |negator: &Occurrence| {
            false_negators.iter().any(|e| {
                e.start <= negator.start && negator.end <= e.end && (e.end <= found.start || found.start <= e.start)
            })
        };
        let is_near = |negator: &Occurrence| {
            let is_before = negator.end <= found.start
                && found.start - negator.end < NEGATION_REACH
                && self.items[negator.start].token.clause == clause;
            is_before || (found.start <= negator.start && negator.end <= found.end)
        };
        let is_privative = |item: usize| self.index.is_privative(&self.items[item]) && !owned(item, item + 1);
        let is_behind = |negator: &Occurrence| {
            found.end <= negator.start
                && negator.start - found.end < NEGATION_AFTER_REACH
                && self.items[negator.start].token.clause == self.items[found.end - 1].token.clause
        };
        let negators_after = self.of(self.index.grammar.negators_after);
        negators.iter().any(|negator| is_near(negator) && !is_excused(negator))
            || negators_after.iter().any(|negator| is_behind(negator) && !is_excused(negator))
            || (found.start..found.end).any(is_privative)
    }

    fn is_reported(&self, found: &Match) -> bool {
        let openers = self.of(self.index.grammar.reported);
        openers.iter().any(|said| said.end <= found.start && found.start - said.end < REPORTED_REACH)
    }

    fn has_unless(&self, unless: Option<usize>, found: &Match, within: usize) -> bool {
        let from = found.start.saturating_sub(within);
        let to = found.end + within;
        self.of(unless).iter().any(|o| o.start < to && o.end > from)
    }

    /// The tightest groups of occurrences, one of each set, within a window and one sentence. With `partial`, groups
    /// that lack sets count too, if at least two are there.
    fn windows(&self, sets: &[Rc<[Occurrence]>], concept: &Window, partial: bool) -> Vec<Vec<Occurrence>> {
        let &Window { window, ordered, sentences, .. } = concept;
        let mut groups = Vec::new();
        let mut starts: Vec<usize> = sets.iter().flat_map(|set| set.iter()).map(|o| o.start).collect();
        starts.sort_unstable();
        starts.dedup();
        for start in starts {
            let sentence = self.items[start].token.sentence;
            // Fillers do not count, as many as there are counted words: a text of nothing else is no window.
            let fits = |o: &&Occurrence| {
                self.n_words[o.end] - self.n_words[start] <= window
                    && o.end - start <= 2 * window
                    && self.items[o.end - 1].token.sentence < sentence + sentences
            };
            // Sets with few places left choose first, so that a word that fits two sets is not taken from the other.
            let mut near: Vec<Vec<&Occurrence>> = sets
                .iter()
                .map(|set| {
                    let from = set.partition_point(|o| o.start < start);
                    set[from..].iter().take_while(|o| o.start < start + 2 * window).filter(fits).collect()
                })
                .collect();
            let mut taken: Vec<&Occurrence> = Vec::new();
            if ordered {
                let mut from = start;
                for places in near {
                    let Some(next) = places.into_iter().find(|o| o.start >= from) else { break };
                    from = next.end;
                    taken.push(next);
                }
                if taken.len() == sets.len() && taken.first().is_some_and(|o| o.start == start) {
                    groups.push(taken.into_iter().copied().collect());
                }
                continue;
            }
            near.sort_by_key(Vec::len);
            for places in near {
                taken.extend(places.into_iter().find(|o| taken.iter().all(|other| !o.shares_words(other))));
            }
            let enough = if partial { taken.len() >= 2 && taken.len() < sets.len() } else { taken.len() == sets.len() };
            if enough && taken.iter().any(|o| o.start == start) {
                groups.push(taken.into_iter().copied().collect());
            }
        }
        groups
    }
}

/// Whether what was misheard in a match leaves it credible: a part of its words, or sounds enough to tell.
fn is_telling(parts: &[Occurrence]) -> bool {
    let misheard = parts.iter().map(|part| part.misheard).fold(Misheard::default(), Misheard::with);
    if misheard.cost == 0 {
        return true;
    }
    let n_words: u32 = parts.iter().map(|part| part.own.count_ones()).sum();
    let n_heard = n_words.saturating_sub(u32::from(misheard.n_words));
    usize::from(misheard.n_phones) + MIN_PHONES_PER_WORD * n_heard as usize >= MIN_MISHEARD_PHONES
}

/// The match that a group of occurrences makes.
fn group_match(rule: usize, group: &[Occurrence], n_sets: usize) -> Match {
    Match {
        rule,
        start: group.iter().map(|o| o.start).min().unwrap_or(0),
        end: group.iter().map(|o| o.end).max().unwrap_or(0),
        tier: MatchTier::Window,
        level: group.iter().map(|o| o.level).max().unwrap_or(Level::Exact),
        completeness: group.len() as f64 / n_sets as f64,
        misheard: group.iter().map(|o| o.misheard).fold(Misheard::default(), Misheard::with),
    }
}

/// What the patterns find in a text.
#[derive(Debug, Default)]
pub(crate) struct Matches {
    /// One rule's overlapping ones merged.
    pub found: Vec<Match>,
    /// What the words around it take back: negation, reported speech, a question, words that must not be near.
    pub denied: Vec<Match>,
}

/// All matches in a text.
pub(crate) fn matches(index: &Index, items: &[Item], contexts: impl Fn(usize) -> Contexts) -> Matches {
    let reading = index.read(items);
    let text = Text::new(index, items, &reading);
    let (mut found, mut denied) = (Vec::new(), Vec::new());
    let mut keep = |candidate: Match, parts: &[Occurrence], unless: Option<usize>| {
        let Contexts { negation, reported, unless_within, question } = contexts(candidate.rule);
        let is_unless = |unless| text.has_unless(unless, &candidate, unless_within);
        if !is_telling(parts) {
            return;
        }
        let is_denied = is_unless(index.unless.get(&candidate.rule).copied())
            || is_unless(unless)
            || (negation == Context::Suppress && text.is_negated(&candidate, parts))
            || (reported == Context::Suppress && text.is_reported(&candidate))
            || (question == Question::Suppress && items[candidate.end - 1].is_asked);
        let tier = if candidate.level == Level::Sound { MatchTier::Fuzzy } else { candidate.tier };
        if is_denied { &mut denied } else { &mut found }.push(Match { tier, ..candidate });
    };
    let (ordered, concepts) = index.everywhere(&reading, items);
    for (rule, occurrence) in ordered {
        let Occurrence { start, end, level, misheard, .. } = occurrence;
        let candidate = Match { rule, start, end, level, tier: MatchTier::Ordered, completeness: 1.0, misheard };
        keep(candidate, &[occurrence], None);
    }
    for concept in concepts {
        let window = &index.windows[concept];
        let mut sets: Vec<Rc<[Occurrence]>> = Vec::with_capacity(window.sets.len());
        sets.extend(window.sets.iter().map(|&set| text.of(Some(set))).take_while(|set| !set.is_empty()));
        if sets.len() < window.sets.len() {
            continue;
        }
        for parts in text.windows(&sets, window, false) {
            keep(group_match(window.rule, &parts, sets.len()), &parts, window.unless);
        }
    }
    Matches { found: without_overlaps(found), denied }
}

/// Partial matches of required rules; completeness is the share of sets or words that are there.
pub(crate) fn partial_matches(index: &Index, items: &[Item], is_required: impl Fn(usize) -> bool) -> Vec<Match> {
    let reading = index.read(items);
    let text = Text::new(index, items, &reading);
    let mut found = Vec::new();
    for window in index.windows.iter().chain(&index.partials) {
        if !is_required(window.rule) || window.sets.len() < 3 {
            continue;
        }
        let sets: Vec<Rc<[Occurrence]>> = window.sets.iter().map(|&set| text.of(Some(set))).collect();
        for parts in text.windows(&sets, window, true) {
            let candidate = group_match(window.rule, &parts, sets.len());
            if candidate.completeness >= 0.5 {
                found.push(candidate);
            }
        }
    }
    found
}

/// Strict before loose, long before short; of those of one rule that overlap only the first stays.
fn without_overlaps(mut matches: Vec<Match>) -> Vec<Match> {
    matches.sort_by_key(|m| (m.tier, m.level, std::cmp::Reverse(m.end - m.start), m.start, m.rule));
    let mut kept = Vec::new();
    let mut taken: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for m in matches {
        // Those kept do not overlap, so that only the last to begin before the end can be in the way.
        let before = taken.range((m.rule, 0)..(m.rule, m.end)).next_back();
        if before.is_none_or(|(_, &end)| end <= m.start) {
            taken.insert((m.rule, m.start), m.end);
            kept.push(m);
        }
    }
    kept.sort_by_key(|m| (m.start, m.end, m.rule));
    kept
}
