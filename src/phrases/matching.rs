//! From occurrences of patterns to hits of rules: windows, negation, reported speech, and what overlaps.

use super::index::{Contexts, Index, Occurrence, Owner, Window};
use super::pack::Context;
use super::pattern::{Item, Level};
use crate::call::MatchTier;

/// A negator reaches this many words ahead.
const NEGATION_REACH: usize = 3;
/// Forbidden context of a rule counts this many words to both sides.
const UNLESS_REACH: usize = 3;
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
}

impl Match {
    /// How sure it is that these words mean what the rule looks for. The order is what counts: strict before loose;
    /// the loosest full match stays above one half.
    pub(crate) fn confidence(&self) -> f64 {
        let full = match (self.tier, self.level) {
            (MatchTier::Ordered, Level::Exact) => 0.95,
            (MatchTier::Ordered, Level::Stem) => 0.9,
            (MatchTier::Ordered, Level::Folded) => 0.8,
            (MatchTier::Window, Level::Exact | Level::Stem) => 0.7,
            (MatchTier::Window, Level::Folded) => 0.6,
        };
        // Half of the words may be about anything.
        if self.completeness < 1.0 { full * self.completeness / 2.0 } else { full }
    }
}

fn of(occurrences: &[Occurrence], wanted: impl Fn(Owner) -> bool) -> Vec<Occurrence> {
    occurrences.iter().filter(|occurrence| wanted(occurrence.owner)).copied().collect()
}

/// Everything in a text that says something about the words around it.
struct Surroundings {
    negators: Vec<Occurrence>,
    excused: Vec<Occurrence>,
    reported: Vec<Occurrence>,
}

impl Surroundings {
    fn new(occurrences: &[Occurrence]) -> Self {
        Self {
            negators: of(occurrences, |owner| owner == Owner::Negator),
            excused: of(occurrences, |owner| owner == Owner::FalseNegator),
            reported: of(occurrences, |owner| owner == Owner::Reported),
        }
    }

    fn is_negated(&self, index: &Index, items: &[Item], found: &Match) -> bool {
        let clause = items[found.start].token.clause;
        // "Not only cheap": no negation of "cheap", but one of "only cheap".
        let is_excused = |negator: &Occurrence| {
            self.excused.iter().any(|e| {
                e.start <= negator.start && negator.end <= e.end && (e.end <= found.start || found.start <= e.start)
            })
        };
        let mut real = self.negators.iter().filter(|negator| !is_excused(negator));
        let before = real.clone().any(|negator| {
            negator.end <= found.start
                && found.start - negator.end < NEGATION_REACH
                && items[negator.start].token.clause == clause
        });
        let inside = real.any(|negator| found.start <= negator.start && negator.end <= found.end);
        before || inside || items[found.start..found.end].iter().any(|item| index.is_privative(item))
    }

    /// Whether the pattern's own words negate: "you cannot lose" means what it says.
    fn negates_itself(&self, part: &Occurrence) -> bool {
        matches!(part.owner, Owner::Ordered { negated: true, .. } | Owner::Set { negated: true, .. })
            && self.negators.iter().any(|negator| part.start <= negator.start && negator.end <= part.end)
    }

    fn is_reported(&self, found: &Match) -> bool {
        self.reported.iter().any(|said| said.end <= found.start && found.start - said.end < REPORTED_REACH)
    }
}

fn has_unless(occurrences: &[Occurrence], owner: Owner, found: &Match) -> bool {
    let from = found.start.saturating_sub(UNLESS_REACH);
    let to = found.end + UNLESS_REACH;
    occurrences.iter().any(|o| o.owner == owner && o.start < to && o.end > from)
}

/// The tightest groups of occurrences, one of each set, within a window and one sentence. With `partial`, groups that
/// lack sets count too, if at least two are there.
fn windows(items: &[Item], sets: &[Vec<Occurrence>], window: usize, partial: bool) -> Vec<Vec<Occurrence>> {
    let mut groups = Vec::new();
    let mut starts: Vec<usize> = sets.iter().flatten().map(|o| o.start).collect();
    starts.sort_unstable();
    starts.dedup();
    for start in starts {
        let limit = start + window;
        let sentence = items[start].token.sentence;
        // Sets with few places left choose first, so that a word that fits two sets is not taken from the other.
        let mut near: Vec<Vec<&Occurrence>> = sets
            .iter()
            .map(|set| {
                set.iter()
                    .filter(|o| o.start >= start && o.end <= limit && items[o.end - 1].token.sentence == sentence)
                    .collect()
            })
            .collect();
        near.sort_by_key(Vec::len);
        let mut taken: Vec<&Occurrence> = Vec::new();
        for places in near {
            let free =
                places.into_iter().find(|o| taken.iter().all(|other| o.end <= other.start || other.end <= o.start));
            taken.extend(free);
        }
        let enough = if partial { taken.len() >= 2 && taken.len() < sets.len() } else { taken.len() == sets.len() };
        if !enough || !taken.iter().any(|o| o.start == start) {
            continue;
        }
        groups.push(taken.into_iter().copied().collect());
    }
    groups
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
    }
}

fn sets_of(occurrences: &[Occurrence], n_sets: usize, set_of: impl Fn(Owner) -> Option<usize>) -> Vec<Vec<Occurrence>> {
    let mut sets = vec![Vec::new(); n_sets];
    for occurrence in occurrences {
        if let Some(set) = set_of(occurrence.owner) {
            sets[set].push(*occurrence);
        }
    }
    for set in &mut sets {
        set.sort_by_key(|o| (o.start, o.end));
    }
    sets
}

/// All matches in a text; one rule's overlapping ones merged.
pub(crate) fn matches(index: &Index, items: &[Item], contexts: impl Fn(usize) -> Contexts) -> Vec<Match> {
    let occurrences = index.occurrences(items);
    let surroundings = Surroundings::new(&occurrences);
    let forbidden = of(&occurrences, |owner| matches!(owner, Owner::RuleUnless { .. } | Owner::ConceptUnless { .. }));
    let mut found = Vec::new();
    let mut keep = |candidate: Match, has_negator: bool| {
        let contexts = contexts(candidate.rule);
        let negated =
            contexts.negation == Context::Suppress && !has_negator && surroundings.is_negated(index, items, &candidate);
        let reported = contexts.reported == Context::Suppress && surroundings.is_reported(&candidate);
        if !negated && !reported && !has_unless(&forbidden, Owner::RuleUnless { rule: candidate.rule }, &candidate) {
            found.push(candidate);
        }
    };
    for occurrence in &occurrences {
        if let Owner::Ordered { rule, .. } = occurrence.owner {
            let Occurrence { start, end, level, .. } = *occurrence;
            keep(
                Match { rule, start, end, level, tier: MatchTier::Ordered, completeness: 1.0 },
                surroundings.negates_itself(occurrence),
            );
        }
    }
    // Occurrences are sorted by owner, so those of one concept stand together; concepts of which no set was found
    // cost nothing, however many there are.
    let concept_of = |o: &Occurrence| if let Owner::Set { concept, .. } = o.owner { Some(concept) } else { None };
    for group in occurrences.chunk_by(|a, b| concept_of(a) == concept_of(b)) {
        let Some(concept) = group.first().and_then(concept_of) else { continue };
        let Window { rule, window, n_sets } = index.windows[concept];
        let sets = sets_of(group, n_sets, |owner| if let Owner::Set { set, .. } = owner { Some(set) } else { None });
        if sets.iter().any(Vec::is_empty) {
            continue;
        }
        for parts in windows(items, &sets, window, false) {
            let candidate = group_match(rule, &parts, n_sets);
            let has_negator = parts.iter().any(|part| surroundings.negates_itself(part));
            if !has_unless(&forbidden, Owner::ConceptUnless { concept }, &candidate) {
                keep(candidate, has_negator);
            }
        }
    }
    without_overlaps(found, |m| (m.rule, m.start, m.end))
}

/// Partial matches of required rules; completeness is the share of sets or words that are there.
pub(crate) fn partial_matches(index: &Index, items: &[Item], is_required: impl Fn(usize) -> bool) -> Vec<Match> {
    let occurrences = index.occurrences(items);
    let mut found = Vec::new();
    let concepts = index.windows.iter().enumerate().map(|(at, w)| (at, w, true));
    let partials = index.partials.iter().enumerate().map(|(at, w)| (at, w, false));
    for (at, window, is_concept) in concepts.chain(partials) {
        if !is_required(window.rule) || window.n_sets < 3 {
            continue;
        }
        let sets = sets_of(&occurrences, window.n_sets, |owner| match owner {
            Owner::Set { concept, set, .. } if is_concept && concept == at => Some(set),
            Owner::Part { partial, part } if !is_concept && partial == at => Some(part),
            _ => None,
        });
        for group in windows(items, &sets, window.window, true) {
            let candidate = group_match(window.rule, &group, window.n_sets);
            if candidate.completeness >= 0.5 {
                found.push(candidate);
            }
        }
    }
    found
}

/// Strict before loose, long before short; of those with the same key that overlap only the first stays.
pub(crate) fn without_overlaps<K: PartialEq>(
    mut matches: Vec<Match>,
    place: impl Fn(&Match) -> (K, usize, usize),
) -> Vec<Match> {
    matches.sort_by_key(|m| (m.tier, m.level, std::cmp::Reverse(m.end - m.start), m.start, m.rule));
    let mut kept: Vec<Match> = Vec::new();
    for candidate in matches {
        let (key, start, end) = place(&candidate);
        let overlaps = kept.iter().map(&place).any(|(k, s, e)| k == key && s < end && start < e);
        if !overlaps {
            kept.push(candidate);
        }
    }
    kept.sort_by_key(|m| (m.start, m.end, m.rule));
    kept
}
