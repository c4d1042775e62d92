//! Patterns compiled to small automata that read tokens once, so that no pattern, however nested, takes more than
//! states × tokens.

use std::sync::Arc;

use super::classes::ClassHit;
use super::pattern::{Element, PatternError};
use super::vocabulary::Word;
use super::words::{Item, Level, WordTest};

/// More fillers in a row than this are no longer passed over, so that a text of nothing else takes no longer.
pub(super) const MAX_SKIPPED: usize = 8;
/// Keeps one pattern from taking all memory; the longest built-in one has under a hundred.
const MAX_STATES: usize = 2000;

#[derive(Debug, Clone)]
enum State {
    /// A word of a class, and the state after it.
    Word(u32, usize),
    Any(usize),
    /// The next word has to be in the same clause.
    SameClause(usize),
    Split(Vec<usize>),
    Match,
}

/// A word that one item, or two read as one, may be by sound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SoundsLike {
    /// The word's class.
    pub class: u32,
    /// 1 or 2.
    pub n_items: usize,
    /// How unlike it sounds, in hundredths of a phone, and how long it is, in phones.
    pub cost: u16,
    pub n_phones: u16,
}

/// What was heard instead of the words of a pattern: sums over them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Misheard {
    /// Hundredths of a phone.
    pub cost: u16,
    /// Words, and their phones.
    pub n_words: u16,
    pub n_phones: u16,
}

impl Misheard {
    fn and(self, like: &SoundsLike) -> Self {
        Self {
            cost: self.cost.saturating_add(like.cost),
            n_words: self.n_words + 1,
            n_phones: self.n_phones.saturating_add(like.n_phones),
        }
    }

    /// Of two parts of a match.
    pub(crate) fn with(self, other: Self) -> Self {
        Self {
            cost: self.cost.saturating_add(other.cost),
            n_words: self.n_words + other.n_words,
            n_phones: self.n_phones.saturating_add(other.n_phones),
        }
    }
}

/// A match of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    /// Item after the last.
    pub end: usize,
    /// The loosest level of its words.
    pub level: Level,
    /// The items that the pattern spells out, the first as the lowest bit; those of gaps, of long stars and passed
    /// over are left out.
    pub own: u64,
    /// What was heard instead of what the pattern says.
    pub misheard: Misheard,
}

#[derive(Debug, Clone, Copy)]
struct Path {
    state: usize,
    level: Level,
    own: u64,
    misheard: Misheard,
}

impl Path {
    /// Adds the path; of two at one state the stricter goes on.
    fn join(self, active: &mut Vec<Self>) {
        let strictness = |path: &Self| (path.level, path.misheard, std::cmp::Reverse(path.own.count_ones()));
        match active.iter_mut().find(|known| known.state == self.state) {
            Some(known) if strictness(&self) < strictness(known) => *known = self,
            Some(_) => {}
            None => active.push(self),
        }
    }

    /// The path after a word by its sound.
    fn heard(self, like: &SoundsLike, at: usize, from: usize, state: usize) -> Self {
        let bit = |item: usize| if item - from < 64 { 1u64 << (item - from) } else { 0 };
        Self {
            state,
            level: Level::Sound,
            own: (at..at + like.n_items).fold(self.own, |own, item| own | bit(item)),
            misheard: self.misheard.and(like),
        }
    }
}

/// States, with how many words of any kind there may be before them.
type Reach = Arc<[(usize, usize)]>;

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(crate) struct Automaton {
    states: Vec<State>,
    entry: usize,
    /// First words, by class: most of a large pattern begins with other words than a text has at a place.
    starts: Vec<Start>,
}

/// A first word of a pattern.
#[derive(Debug, Clone, Copy)]
struct Start {
    class: u32,
    /// The state after it.
    next: usize,
}

/// A word of a plain sequence, with how many words of any kind may stand before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub class: u32,
    pub gap: usize,
}

/// Which classes a text has at all: a bit each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Present {
    bits: Vec<u64>,
}

impl Present {
    pub(crate) fn add(&mut self, class: u32) {
        let at = class as usize / 64;
        if at >= self.bits.len() {
            self.bits.resize(at + 1, 0);
        }
        self.bits[at] |= 1 << (class % 64);
    }

    pub(crate) fn has(&self, class: u32) -> bool {
        self.bits.get(class as usize / 64).is_some_and(|bits| bits >> (class % 64) & 1 == 1)
    }

    /// Adds all of another.
    pub(crate) fn join(&mut self, other: &Self) {
        if other.bits.len() > self.bits.len() {
            self.bits.resize(other.bits.len(), 0);
        }
        self.bits.iter_mut().zip(&other.bits).for_each(|(bits, other)| *bits |= other);
    }
}

/// A text ready to be read: its words, the classes of each, and which are fillers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tape<'a> {
    pub items: &'a [Item],
    pub words: &'a [Arc<Word>],
    /// Fillers may stand between the words of a pattern and take no place of a gap.
    pub skipped: &'a [bool],
}

impl Automaton {
    /// Compiles; `class` numbers the words that may stand at a place.
    ///
    /// # Errors
    /// When the pattern has too many states.
    pub(crate) fn new(elements: &[Element], mut class: impl FnMut(&[WordTest]) -> u32) -> Result<Self, PatternError> {
        let mut states = vec![State::Match];
        let entry = Self::build(elements, 0, &mut states, &mut class);
        if states.len() > MAX_STATES {
            return Err(PatternError { at: 1, what: "the pattern is too large".into() });
        }
        Ok(Self::begun(states, entry))
    }

    /// One automaton for several patterns, each of which [`Automaton::new`] took.
    pub(crate) fn any_of(patterns: &[Vec<Element>], mut class: impl FnMut(&[WordTest]) -> u32) -> Self {
        let mut states = vec![State::Match];
        let words: Vec<WordTest> = patterns.iter().filter_map(|pattern| single(pattern)).cloned().collect();
        let mut entries: Vec<usize> = Vec::new();
        if !words.is_empty() {
            states.push(State::Word(class(&words), 0));
            entries.push(states.len() - 1);
        }
        for pattern in patterns.iter().filter(|pattern| single(pattern).is_none()) {
            let mut own = vec![State::Match];
            let entry = Self::build(pattern, 0, &mut own, &mut class);
            // The first state of each is the match that all share.
            let offset = states.len() - 1;
            let moved = |state: usize| if state == 0 { 0 } else { state + offset };
            states.extend(own.into_iter().skip(1).map(|state| match state {
                State::Word(class, next) => State::Word(class, moved(next)),
                State::Any(next) => State::Any(moved(next)),
                State::SameClause(next) => State::SameClause(moved(next)),
                State::Split(targets) => State::Split(targets.into_iter().map(moved).collect()),
                State::Match => State::Match,
            }));
            entries.push(moved(entry));
        }
        states.push(State::Split(entries));
        let entry = states.len() - 1;
        Self::begun(states, entry)
    }

    fn begun(states: Vec<State>, entry: usize) -> Self {
        let mut automaton = Self { states, entry, starts: Vec::new() };
        let mut active = Vec::new();
        automaton.first_states(&mut active, &mut Scratch::default());
        let mut starts: Vec<Start> = Vec::new();
        for path in &active {
            if let State::Word(class, next) = automaton.states[path.state] {
                starts.push(Start { class, next });
            }
        }
        starts.sort_unstable_by_key(|start| (start.class, start.next));
        automaton.starts = starts;
        automaton
    }

    /// How many first words there are; they are numbered from 0.
    pub(crate) fn n_starts(&self) -> usize {
        self.starts.len()
    }

    /// Sequences of classes of which every match that begins with a first word has one. They are cut to `max_steps`, and
    /// shorter if there would be more than `max_ways`.
    pub(crate) fn ways(&self, start: usize, max_steps: usize, max_ways: usize) -> Vec<Vec<Step>> {
        let Start { class, next } = self.starts[start];
        let mut known = vec![None; self.states.len()];
        let first = Step { class, gap: 0 };
        for n_steps in (2..=max_steps).rev() {
            let (mut way, mut found) = (vec![first], Vec::new());
            if self.add_ways(next, n_steps, max_ways, &mut known, &mut way, &mut found) {
                return found;
            }
        }
        vec![vec![first]]
    }

    /// Adds the ways from a state on; `false` if there are too many.
    fn add_ways(
        &self,
        state: usize,
        max_steps: usize,
        max_ways: usize,
        known: &mut [Option<Reach>],
        way: &mut Vec<Step>,
        found: &mut Vec<Vec<Step>>,
    ) -> bool {
        let reach = self.reach(state, known);
        // Where a match may end, what would follow is not needed for one.
        if way.len() == max_steps || reach.iter().any(|&(state, _)| matches!(self.states[state], State::Match)) {
            found.push(way.clone());
            return found.len() <= max_ways;
        }
        for &(state, gap) in reach.iter() {
            if let State::Word(class, next) = self.states[state] {
                way.push(Step { class, gap });
                let fits = self.add_ways(next, max_steps, max_ways, known, way, found);
                way.pop();
                if !fits {
                    return false;
                }
            }
        }
        true
    }

    /// What can be read next after a state, with how many words of any kind at most before it.
    fn reach(&self, state: usize, known: &mut [Option<Reach>]) -> Reach {
        if let Some(reach) = &known[state] {
            return Arc::clone(reach);
        }
        let mut all: Vec<(usize, usize)> = Vec::new();
        match &self.states[state] {
            State::Match | State::Word(..) => all.push((state, 0)),
            State::SameClause(next) => all.extend(self.reach(*next, known).iter()),
            State::Any(next) => all.extend(self.reach(*next, known).iter().map(|&(state, gap)| (state, gap + 1))),
            State::Split(targets) => targets.iter().for_each(|&target| all.extend(self.reach(target, known).iter())),
        }
        all.sort_unstable_by_key(|&(state, gap)| (state, std::cmp::Reverse(gap)));
        all.dedup_by_key(|(state, _)| *state);
        let reach: Reach = all.into();
        known[state] = Some(Arc::clone(&reach));
        reach
    }

    fn build(
        elements: &[Element],
        next: usize,
        states: &mut Vec<State>,
        class: &mut impl FnMut(&[WordTest]) -> u32,
    ) -> usize {
        let mut next = next;
        for element in elements.iter().rev() {
            if states.len() > MAX_STATES {
                return next;
            }
            match element {
                Element::Word(test) => {
                    states.push(State::Word(class(std::slice::from_ref(test)), next));
                    next = states.len() - 1;
                }
                Element::Gap(words) => {
                    let after = next;
                    for _ in 0..*words {
                        states.push(State::Any(next));
                        states.push(State::Split(vec![after, states.len() - 1]));
                        next = states.len() - 1;
                    }
                }
                Element::ClauseGap(words) => {
                    let guarded = |target: usize, states: &mut Vec<State>| {
                        states.push(State::SameClause(target));
                        states.len() - 1
                    };
                    let after = guarded(next, states);
                    next = after;
                    for _ in 0..*words {
                        states.push(State::Any(next));
                        let any = guarded(states.len() - 1, states);
                        states.push(State::Split(vec![after, any]));
                        next = states.len() - 1;
                    }
                }
                Element::Choice(branches) => {
                    // Single words side by side are one class.
                    let words: Vec<WordTest> = branches.iter().filter_map(|branch| single(branch)).cloned().collect();
                    let mut entries = Vec::new();
                    if !words.is_empty() {
                        states.push(State::Word(class(&words), next));
                        entries.push(states.len() - 1);
                    }
                    for branch in branches.iter().filter(|branch| single(branch).is_none()) {
                        entries.push(Self::build(branch, next, states, class));
                    }
                    if let [only] = entries[..] {
                        next = only;
                        continue;
                    }
                    states.push(State::Split(entries));
                    next = states.len() - 1;
                }
            }
        }
        next
    }

    /// Adds what can be read after a path's state; of two ways to one state the stricter goes on.
    fn follow(&self, path: Path, same_clause: bool, active: &mut Vec<Path>, scratch: &mut Scratch) {
        // Most states are read from at once.
        if let State::Word(..) | State::Any(_) | State::Match = self.states[path.state] {
            return path.join(active);
        }
        scratch.seen.clear();
        scratch.stack.push(path.state);
        while let Some(state) = scratch.stack.pop() {
            match &self.states[state] {
                State::Split(targets) => {
                    if !scratch.seen.contains(&state) {
                        scratch.seen.push(state);
                        scratch.stack.extend(targets);
                    }
                }
                State::SameClause(target) => scratch.stack.extend(same_clause.then_some(*target)),
                State::Word(..) | State::Any(_) | State::Match => Path { state, ..path }.join(active),
            }
        }
    }

    fn first_states(&self, active: &mut Vec<Path>, scratch: &mut Scratch) {
        active.clear();
        self.follow(
            Path { state: self.entry, level: Level::Exact, own: 0, misheard: Misheard::default() },
            true,
            active,
            scratch,
        );
    }

    /// Whether a match may be empty: such a pattern would match everywhere.
    pub(crate) fn matches_nothing(&self) -> bool {
        let mut active = Vec::new();
        self.first_states(&mut active, &mut Scratch::default());
        active.iter().any(|path| matches!(self.states[path.state], State::Match | State::Any(_)))
    }

    /// The longest match that begins with item `from`, as one of the first words `starts`, in their order.
    pub(crate) fn run(
        &self,
        tape: Tape<'_>,
        from: usize,
        starts: impl Iterator<Item = usize> + Clone,
        scratch: &mut Scratch,
    ) -> Option<Run> {
        let Tape { items, words, skipped } = tape;
        let mut active = std::mem::take(&mut scratch.active);
        let mut next = std::mem::take(&mut scratch.next);
        // Paths that read two items as one word: they go on after the second.
        let (mut due, mut later): (Vec<Path>, Vec<Path>) = (Vec::new(), Vec::new());
        active.clear();
        let mut best = None;
        let mut n_skipped = 0;
        for (at, item) in items.iter().enumerate().skip(from) {
            let Word { hits, sounds, .. } = &*words[at];
            next.clear();
            std::mem::swap(&mut due, &mut later);
            later.clear();
            n_skipped = if skipped.get(at) == Some(&true) { n_skipped + 1 } else { 0 };
            let may_skip = at > from && (1..=MAX_SKIPPED).contains(&n_skipped);
            let is_clause_of = |other: usize| items.get(other).is_some_and(|o| o.token.clause == item.token.clause);
            let same_clause = is_clause_of(at + 1);
            let own_bit = |item: usize| if item - from < 64 { 1u64 << (item - from) } else { 0 };
            let begun = Path { state: 0, level: Level::Exact, own: 0, misheard: Misheard::default() };
            if at == from {
                let hit_of = |class: u32| hits.binary_search_by_key(&class, |hit| hit.class).ok();
                for Start { class, next: state } in starts.clone().map(|start| self.starts[start]) {
                    if let Some(hit) = hit_of(class).map(|found| hits[found]) {
                        let own = if hit.spells_out { own_bit(at) } else { 0 };
                        self.follow(Path { state, level: hit.level, own, ..begun }, same_clause, &mut next, scratch);
                    }
                }
                // Who has the word itself needs no sound.
                let heard = starts.clone().map(|start| self.starts[start]);
                for Start { class, next: state } in
                    heard.filter(|start| !sounds.is_empty() && hit_of(start.class).is_none())
                {
                    for like in sounds.iter().filter(|like| like.class == class) {
                        let path = begun.heard(like, at, from, state);
                        if like.n_items == 1 {
                            self.follow(path, same_clause, &mut next, scratch);
                        } else {
                            self.follow(path, is_clause_of(at + 2), &mut later, scratch);
                        }
                    }
                }
            }
            for &path in &active {
                match &self.states[path.state] {
                    State::Word(class, target) => {
                        let hit = hits.binary_search_by_key(class, |hit| hit.class).ok().map(|found| hits[found]);
                        if let Some(ClassHit { level: word, spells_out, .. }) = hit {
                            let own = if spells_out { path.own | own_bit(at) } else { path.own };
                            let level = path.level.max(word);
                            self.follow(Path { state: *target, level, own, ..path }, same_clause, &mut next, scratch);
                        } else {
                            let like = sounds.iter().filter(|like| like.class == *class);
                            for like in like {
                                let heard = path.heard(like, at, from, *target);
                                if like.n_items == 1 {
                                    self.follow(heard, same_clause, &mut next, scratch);
                                } else {
                                    self.follow(heard, is_clause_of(at + 2), &mut later, scratch);
                                }
                            }
                        }
                        if may_skip {
                            let level = path.level.max(Level::Stem);
                            self.follow(Path { level, ..path }, same_clause, &mut next, scratch);
                        }
                    }
                    State::Any(target) => {
                        self.follow(Path { state: *target, ..path }, same_clause, &mut next, scratch);
                        if may_skip {
                            self.follow(path, same_clause, &mut next, scratch);
                        }
                    }
                    State::Split(_) | State::SameClause(_) | State::Match => {}
                }
            }
            for path in due.drain(..) {
                self.follow(path, same_clause, &mut next, scratch);
            }
            // The longest; but nothing misheard is added to what was found without.
            let is_longer = |path: &&Path| {
                matches!(self.states[path.state], State::Match)
                    && (path.level < Level::Sound || best.is_none_or(|best: Run| best.level == Level::Sound))
            };
            if let Some(path) = next.iter().find(is_longer) {
                best = Some(Run { end: at + 1, level: path.level, own: path.own, misheard: path.misheard });
            }
            if next.is_empty() && later.is_empty() {
                break;
            }
            std::mem::swap(&mut active, &mut next);
        }
        scratch.active = active;
        scratch.next = next;
        best
    }
}

/// The only word of a pattern that is one word.
fn single(pattern: &[Element]) -> Option<&WordTest> {
    if let [Element::Word(test)] = pattern { Some(test) } else { None }
}

/// Buffers of [`Automaton::run`], kept between runs.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    active: Vec<Path>,
    next: Vec<Path>,
    stack: Vec<usize>,
    seen: Vec<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrases::classes::Classes;
    use crate::phrases::pattern::parse;
    use crate::phrases::words::items;
    use crate::text::Language;

    #[test]
    fn patterns_match_what_the_grammar_says() {
        let check = |language, pattern: &str, text: &str, expected: Option<(usize, Level)>| {
            let elements = parse(pattern, Some(language)).expect("valid");
            let mut classes = Classes::default();
            let automaton = Automaton::new(&elements, |words| classes.class(words, Some(1), false)).expect("small");
            let items = items(text, Some(language));
            let skipped: Vec<bool> = items.iter().map(|item| item.token.normal == "uh").collect();
            let word = |item| Arc::new(Word { hits: classes.of(item), ..Word::default() });
            let words: Vec<_> = items.iter().map(word).collect();
            let tape = Tape { items: &items, words: &words, skipped: &skipped };
            let run = automaton.run(tape, 0, 0..automaton.n_starts(), &mut Scratch::default());
            assert_eq!(run.map(|run| (run.end, run.level)), expected, "{pattern} / {text}");
        };
        use Language::{El, En, Hu, Pl};
        check(En, "only today", "only today", Some((2, Level::Exact)));
        check(En, "offer ends", "offers ended", Some((2, Level::Stem)));
        check(En, "=offer", "offers", None);
        check(En, "only today", "only uh today", Some((3, Level::Stem)));
        check(En, "only <2> left", "only three pieces left", Some((4, Level::Exact)));
        check(En, "only <1> left", "only three small pieces left", None);
        // A filler takes no place of a gap.
        check(En, "only <2> left", "only uh three uh small uh uh left", Some((8, Level::Stem)));
        check(En, "only <2> left", "only three uh small blue left", None);
        check(En, "in # hours", "in twenty four hours", Some((3, Level::Exact)));
        check(En, "100 percent", "one hundred percent", Some((2, Level::Exact)));
        check(En, "one hundred percent", "100%", Some((2, Level::Exact)));
        check(En, "just pay [the|] [shipping|delivery]", "just pay delivery", Some((3, Level::Exact)));
        check(En, "can't cancel", "cannot cancel", Some((3, Level::Exact)));
        check(En, "guarantee*", "guaranteed", Some((1, Level::Stem)));
        // A number of several words is not its first word, in the pattern or in the text.
        check(En, "one hundred percent", "one percent", None);
        check(En, "two hundred twenty-four", "224", Some((1, Level::Exact)));
        check(En, "two hundred twenty-four", "two hundred twenty", None);
        check(En, "=twenty", "twenty four", None);
        let digits = "[123456789|jeden dwa trzy cztery pięć sześć siedem osiem dziewięć]";
        check(Pl, digits, "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć", Some((1, Level::Exact)));
        check(Pl, digits, "123 456 789", Some((1, Level::Exact)));
        check(Pl, digits, "jeden", None);
        check(Pl, digits, "jeden dwa trzy", None);
        check(Pl, "123456789", "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć", Some((1, Level::Exact)));
        check(En, "one two three", "12.3", None);
        // One form only may lose its diacritics where all are lost, and gains none.
        check(Pl, "=mówił", "mowil", Some((1, Level::Folded)));
        check(Pl, "=chcę", "chce żółty", None);
        check(Pl, "=mówił", "mówiła", None);
        check(Pl, "=zadania", "żądania", None);
        check(Language::Ru, "=мой", "мои", None);
        check(Hu, "le~mond*", "lemondaná", Some((1, Level::Stem)));
        check(Hu, "le~mond*", "mondja most azonnal le", Some((4, Level::Stem)));
        check(Hu, "le~mond*", "le szeretném most mondani", Some((4, Level::Stem)));
        check(Hu, "le~mond*", "le szeretném én most azonnal mondani", None);
        check(Hu, "le~mond*", "mondja, hogy le", None);
        check(Hu, "le~mond*", "mondja. Le", None);
        check(Hu, "fel~mondás", "felmondást", Some((1, Level::Stem)));
        check(Hu, "szerződést [fel~mond*|meg~szüntet*]", "szerződést meg akarom szüntetni", Some((4, Level::Stem)));
        check(Pl, "już", "juz", Some((1, Level::Folded)));
        check(Pl, "oferta", "ofertę", Some((1, Level::Stem)));
        check(Hu, "[elveszíti|elvész]*", "elvesznek", Some((1, Level::Folded)));
        check(El, "μόνο σήμερα", "ΜΟΝΟ ΣΗΜΕΡΑ", Some((2, Level::Exact)));
    }
}
