//! Patterns compiled to small automata that read tokens once, so that no pattern, however nested, takes more than
//! states × tokens.

use super::pattern::{Element, PatternError};
use super::words::{Item, Level, WordTest};

/// More fillers in a row than this are no longer passed over, so that a text of nothing else takes no longer.
const MAX_SKIPPED: usize = 8;
/// Keeps one pattern from taking all memory; the longest built-in one has under a hundred.
const MAX_STATES: usize = 2000;

#[derive(Debug, Clone)]
enum State {
    /// A word, the state after it, and which word of the sounds it is, if it has one.
    Word(WordTest, usize, Option<usize>),
    Any(usize),
    /// The next word has to be in the same clause.
    SameClause(usize),
    Split(Vec<usize>),
    Match,
}

/// A word that one item, or two read as one, may be by sound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SoundsLike {
    /// Number of the word's sound.
    pub sound: usize,
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

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(crate) struct Automaton {
    states: Vec<State>,
    entry: usize,
    /// Letters that a stem needs; `None` = only written forms.
    stems: Option<usize>,
}

impl Automaton {
    /// Compiles; `stems`: whether `word` means its inflected forms too, and how long their stem has to be.
    pub(crate) fn new(elements: &[Element], stems: Option<usize>) -> Result<Self, PatternError> {
        let mut states = vec![State::Match];
        let entry = Self::build(elements, 0, &mut states);
        if states.len() > MAX_STATES {
            return Err(PatternError { at: 1, what: "the pattern is too large".into() });
        }
        Ok(Self { states, entry, stems })
    }

    fn build(elements: &[Element], next: usize, states: &mut Vec<State>) -> usize {
        let mut next = next;
        for element in elements.iter().rev() {
            if states.len() > MAX_STATES {
                return next;
            }
            match element {
                Element::Word(test) => {
                    states.push(State::Word(test.clone(), next, None));
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
                    let entries = branches.iter().map(|branch| Self::build(branch, next, states)).collect();
                    states.push(State::Split(entries));
                    next = states.len() - 1;
                }
            }
        }
        next
    }

    /// Gives every word of the pattern the number that `name` knows its sound by.
    pub(crate) fn name_sounds(&mut self, mut name: impl FnMut(&WordTest) -> Option<usize>) {
        for state in &mut self.states {
            if let State::Word(test, _, sound) = state {
                *sound = name(test);
            }
        }
    }

    /// Sounds that the first word of a match can have.
    pub(crate) fn first_sounds(&self) -> Vec<usize> {
        let mut active = Vec::new();
        self.first_states(&mut active, &mut Scratch::default());
        let sound = |path: &Path| if let State::Word(_, _, sound) = self.states[path.state] { sound } else { None };
        active.iter().filter_map(sound).collect()
    }

    /// Adds what can be read after a path's state; of two ways to one state the stricter goes on.
    fn follow(&self, path: Path, same_clause: bool, active: &mut Vec<Path>, scratch: &mut Scratch) {
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
                State::Word(..) | State::Any(_) | State::Match => {
                    let path = Path { state, ..path };
                    let strictness =
                        |path: &Path| (path.level, path.misheard, std::cmp::Reverse(path.own.count_ones()));
                    match active.iter_mut().find(|known| known.state == state) {
                        Some(known) if strictness(&path) < strictness(known) => *known = path,
                        Some(_) => {}
                        None => active.push(path),
                    }
                }
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

    /// Tests that the first word of a match can pass.
    pub(crate) fn first_tests(&self) -> Vec<&WordTest> {
        let mut active = Vec::new();
        self.first_states(&mut active, &mut Scratch::default());
        active
            .into_iter()
            .filter_map(|path| match &self.states[path.state] {
                State::Word(test, ..) => Some(test),
                _ => None,
            })
            .collect()
    }

    /// Whether a match may be empty: such a pattern would match everywhere.
    pub(crate) fn matches_nothing(&self) -> bool {
        let mut active = Vec::new();
        self.first_states(&mut active, &mut Scratch::default());
        active.iter().any(|path| matches!(self.states[path.state], State::Match | State::Any(_)))
    }

    /// The longest match that begins with item `from`. Items that are `skipped` may stand between the pattern's
    /// words and take no place of a gap. `sounds`: which words each item may be by its sound; may be empty.
    pub(crate) fn run(
        &self,
        items: &[Item],
        from: usize,
        skipped: &[bool],
        sounds: &[Vec<SoundsLike>],
        scratch: &mut Scratch,
    ) -> Option<Run> {
        let mut active = std::mem::take(&mut scratch.active);
        let mut next = std::mem::take(&mut scratch.next);
        // Paths that read two items as one word: they go on after the second.
        let (mut due, mut later): (Vec<Path>, Vec<Path>) = (Vec::new(), Vec::new());
        self.first_states(&mut active, scratch);
        let mut best = None;
        let mut n_skipped = 0;
        for (at, item) in items.iter().enumerate().skip(from) {
            next.clear();
            std::mem::swap(&mut due, &mut later);
            later.clear();
            n_skipped = if skipped.get(at) == Some(&true) { n_skipped + 1 } else { 0 };
            let may_skip = at > from && (1..=MAX_SKIPPED).contains(&n_skipped);
            let is_clause_of = |other: usize| items.get(other).is_some_and(|o| o.token.clause == item.token.clause);
            let same_clause = is_clause_of(at + 1);
            let own_bit = |item: usize| if item - from < 64 { 1u64 << (item - from) } else { 0 };
            for &path in &active {
                match &self.states[path.state] {
                    State::Word(test, target, sound) => {
                        if let Some(word) = test.level(item, self.stems) {
                            let own = if test.spells_out(item) { path.own | own_bit(at) } else { path.own };
                            let level = path.level.max(word);
                            self.follow(Path { state: *target, level, own, ..path }, same_clause, &mut next, scratch);
                        } else if let Some(sound) = sound {
                            let like = sounds.get(at).into_iter().flatten().filter(|like| like.sound == *sound);
                            for like in like {
                                let heard = Path {
                                    state: *target,
                                    level: Level::Sound,
                                    own: (at..at + like.n_items).fold(path.own, |own, item| own | own_bit(item)),
                                    misheard: path.misheard.and(like),
                                };
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
    use crate::phrases::pattern::parse;
    use crate::phrases::words::items;
    use crate::text::Language;

    #[test]
    fn patterns_match_what_the_grammar_says() {
        let check = |language, pattern: &str, text: &str, expected: Option<(usize, Level)>| {
            let elements = parse(pattern, Some(language)).expect("valid");
            let automaton = Automaton::new(&elements, Some(1)).expect("small");
            let items = items(text, Some(language));
            let skipped: Vec<bool> = items.iter().map(|item| item.token.normal == "uh").collect();
            let run = automaton.run(&items, 0, &skipped, &[], &mut Scratch::default());
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
