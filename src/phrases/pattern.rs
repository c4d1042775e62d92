//! The pattern grammar of phrase lists, parsed and compiled to a small automaton.
//!
//! `word` matches its inflected forms, `=word` only itself, `word*` what begins so, `[a|b c|]` one of several
//! (an empty one: or nothing), `<n>` up to n words of any kind, `#` a number, `le~mond` a verb with its separable
//! preverb. The automaton reads tokens once, so that no pattern, however nested, takes more than states × tokens.

use crate::text::{Language, Token, language, numerals, tokenize};

/// How a word was recognised, from strict to loose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// The very form.
    Exact,
    /// Another form of the word.
    Stem,
    /// A form without its diacritics, or with a filler word in between.
    Folded,
}

/// A token as the matcher sees it: a number of several words is one.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// First token's words; of a number in several words only the range counts.
    pub token: Token,
    /// The normal form without diacritics.
    pub bare: String,
    pub end: usize,
    /// Whether the whole text has no diacritic, as if a keyboard or speech recognition had dropped them.
    pub in_bare_text: bool,
    /// Whether it is a number, and which.
    pub number: Option<Number>,
}

impl Item {
    /// Whether it is one word, and not a number of several.
    fn is_one_word(&self) -> bool {
        self.end == self.token.end
    }
}

/// A number that is said or written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Number {
    /// `None` for digits told one by one.
    value: Option<f64>,
    digits: String,
}

impl Number {
    /// Equal quantities; of a number told digit by digit, the digits.
    fn is_same(&self, other: &Self) -> bool {
        match (self.value, other.value) {
            (Some(a), Some(b)) => a == b,
            (a, b) => self.digits == other.digits && a.or(b).is_none_or(|value| value.fract() == 0.0),
        }
    }
}

/// Tokens with numbers put together.
pub(crate) fn items(text: &str, language: Option<Language>) -> Vec<Item> {
    let tokens = tokenize(text, language);
    let spans = numerals::read(text, &tokens, language);
    let mut items = Vec::with_capacity(tokens.len());
    let mut spans = spans.into_iter().peekable();
    let mut skip_to = 0;
    for (at, token) in tokens.into_iter().enumerate() {
        if at < skip_to {
            continue;
        }
        let span = spans.next_if(|span| span.tokens.0 == at);
        let (end, number) = match span {
            Some(span) => {
                skip_to = span.tokens.1;
                (span.bytes.1, Some(Number { value: span.value, digits: span.digits }))
            }
            None => (token.end, None),
        };
        items.push(Item { bare: language::fold(&token.normal), token, end, in_bare_text: true, number });
    }
    if items.iter().any(|item| item.bare != item.token.normal) {
        items.iter_mut().for_each(|item| item.in_bare_text = false);
    }
    items
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum WordTest {
    /// Any form of this word.
    Form { normal: String, bare: String, stem: String, folded: String, number: Option<Number> },
    /// This form only, maybe without its diacritics.
    Exact { normal: String, bare: String },
    /// `head*tail`, either may be empty; `bare` is both without diacritics.
    Glob { head: String, tail: String, bare: [String; 2] },
    /// This number, in digits or words.
    Value(Number),
    /// Any number.
    Number,
}

impl WordTest {
    pub(crate) fn level(&self, item: &Item, stems: bool) -> Option<Level> {
        let token = &item.token;
        let is_same = |wanted: &Number| item.number.as_ref().is_some_and(|number| number.is_same(wanted));
        // A number in several words is no longer its first word.
        let is_one_word = item.is_one_word();
        match self {
            Self::Number => item.number.is_some().then_some(Level::Exact),
            Self::Value(wanted) => is_same(wanted).then_some(Level::Exact),
            Self::Form { number: Some(wanted), .. } if is_same(wanted) => Some(Level::Exact),
            _ if !is_one_word => None,
            Self::Exact { normal, bare } => {
                if *normal == token.normal {
                    Some(Level::Exact)
                } else {
                    // Where others have theirs, "chce" is no "chcę". Nobody leaves out the sign of й.
                    let has_lost = item.in_bare_text && *bare == token.normal && !normal.contains('й');
                    has_lost.then_some(Level::Folded)
                }
            }
            Self::Form { normal, bare, stem, folded, .. } => {
                if *normal == token.normal {
                    Some(Level::Exact)
                } else if stems && *stem == token.stem {
                    Some(Level::Stem)
                } else if *bare == item.bare || (stems && *folded == token.folded) {
                    Some(Level::Folded)
                } else {
                    None
                }
            }
            Self::Glob { head, tail, bare } => {
                let fits = |word: &str, head: &str, tail: &str| {
                    word.len() >= head.len() + tail.len() && word.starts_with(head) && word.ends_with(tail)
                };
                if fits(&token.normal, head, tail) {
                    Some(Level::Stem)
                } else {
                    fits(&item.bare, &bare[0], &bare[1]).then_some(Level::Folded)
                }
            }
        }
    }

    /// Whether the word is as good as spelled out in the pattern. A star that stands for a longer ending may stand
    /// for one that turns the meaning round.
    fn spells_out(&self, item: &Item) -> bool {
        match self {
            Self::Glob { head, tail, .. } => {
                let chars = |text: &str| text.chars().count();
                chars(&item.token.normal) <= chars(head) + chars(tail) + MAX_INFLECTION_CHARS
            }
            _ => true,
        }
    }
}

/// What can stand in a pattern.
#[derive(Debug, Clone)]
pub(crate) enum Element {
    Word(WordTest),
    Gap(usize),
    /// A gap that stays within one clause.
    ClauseGap(usize),
    Choice(Vec<Vec<Element>>),
}

/// Why a pattern cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PatternError {
    /// 1-based character of the pattern.
    pub at: usize,
    pub what: String,
}

/// Wider gaps say nothing about the words around them.
const MAX_GAP: usize = 12;
/// Words between a verb and its preverb: the two stand within four words or are no longer one.
const PREVERB_GAP: usize = 3;
/// More fillers in a row than this are no longer passed over, so that a text of nothing else takes no longer.
const MAX_SKIPPED: usize = 8;
/// Longer endings are suffixes with a meaning of their own (Hungarian -talan is -less).
const MAX_INFLECTION_CHARS: usize = 3;
/// Keeps one pattern from taking all memory; the longest built-in one has under a hundred.
const MAX_STATES: usize = 2000;

struct Parser<'a> {
    chars: Vec<char>,
    at: usize,
    language: Option<Language>,
    pattern: &'a str,
}

impl Parser<'_> {
    fn fail<T>(&self, at: usize, what: impl Into<String>) -> Result<T, PatternError> {
        Err(PatternError { at: at + 1, what: what.into() })
    }

    fn sequence(&mut self, in_choice: bool) -> Result<Vec<Element>, PatternError> {
        let mut elements = Vec::new();
        // Plain words side by side are read together, as a text is: numbers of several words become one.
        let mut plain: Vec<String> = Vec::new();
        while let Some(&c) = self.chars.get(self.at) {
            let from = self.at;
            if !c.is_whitespace() && "[]|<>#".contains(c) {
                self.flush(&mut plain, &mut elements);
            }
            match c {
                c if c.is_whitespace() => self.at += 1,
                ']' | '|' if in_choice => break,
                ']' => return self.fail(from, "`]` without `[`"),
                '|' => return self.fail(from, "`|` outside of `[ ]`"),
                '[' => {
                    let choice = self.choice(from)?;
                    elements.push(choice);
                }
                '<' => {
                    let close = self.chars[from..].iter().position(|&c| c == '>');
                    let Some(length) = close else { return self.fail(from, "`<` without `>`") };
                    let inside: String = self.chars[from + 1..from + length].iter().collect();
                    match inside.trim().parse::<usize>() {
                        Ok(words) if (1..=MAX_GAP).contains(&words) => elements.push(Element::Gap(words)),
                        _ => return self.fail(from, format!("`<{inside}>` is not a gap of 1 to {MAX_GAP} words")),
                    }
                    self.at = from + length + 1;
                }
                '>' => return self.fail(from, "`>` without `<`"),
                '#' => {
                    elements.push(Element::Word(WordTest::Number));
                    self.at += 1;
                }
                _ => {
                    while self.chars.get(self.at).is_some_and(|c| !c.is_whitespace() && !"[]|<>#".contains(*c)) {
                        self.at += 1;
                    }
                    let written: String = self.chars[from..self.at].iter().collect();
                    match self.special_word(&written, from)? {
                        Some(element) => {
                            self.flush(&mut plain, &mut elements);
                            elements.extend(element);
                        }
                        None => {
                            self.check_plain(&written, from)?;
                            plain.push(written);
                        }
                    }
                }
            }
        }
        self.flush(&mut plain, &mut elements);
        Ok(elements)
    }

    fn flush(&self, plain: &mut Vec<String>, elements: &mut Vec<Element>) {
        elements.extend(items(&plain.join(" "), self.language).into_iter().map(|item| Element::Word(form(item))));
        plain.clear();
    }

    fn choice(&mut self, from: usize) -> Result<Element, PatternError> {
        self.at += 1;
        let mut branches = Vec::new();
        loop {
            branches.push(self.sequence(true)?);
            match self.chars.get(self.at) {
                Some('|') => self.at += 1,
                Some(_) => {
                    self.at += 1;
                    break;
                }
                None => return self.fail(from, "`[` without `]`"),
            }
        }
        // `[a|b]*`: the star belongs to the last word of each branch.
        if self.chars.get(self.at) == Some(&'*') {
            self.at += 1;
            for branch in &mut branches {
                match branch.last_mut() {
                    Some(Element::Word(test)) => {
                        if let WordTest::Form { normal, .. } = test {
                            *test = glob(normal.clone(), String::new());
                        }
                    }
                    Some(Element::Choice(_)) => {
                        return self.fail(from, "the star behind `]` is for words; write it inside");
                    }
                    _ => {}
                }
            }
        }
        if branches.iter().all(Vec::is_empty) {
            return self.fail(from, "nothing between `[` and `]`");
        }
        Ok(Element::Choice(branches))
    }

    /// A word with a sign of the grammar in it; `None` for plain words.
    fn special_word(&self, written: &str, from: usize) -> Result<Option<Vec<Element>>, PatternError> {
        if let Some((preverb, verb)) = written.split_once('~') {
            return self.separable(written, preverb, verb, from).map(|element| Some(vec![element]));
        }
        if let Some(exact) = written.strip_prefix('=') {
            let found = tokenize(exact, self.language);
            if found.is_empty() || exact.contains('*') {
                return self.fail(from, format!("`{written}` is not `=` and a word"));
            }
            return Ok(Some(found.into_iter().map(|token| Element::Word(exactly(token.normal))).collect()));
        }
        if let Some((head, tail)) = written.split_once('*') {
            if tail.contains('*') || (head.is_empty() && tail.is_empty()) {
                return self.fail(from, format!("`{written}`: one `*` a word, with letters beside it"));
            }
            let [head, tail] = [head, tail].map(language::normalize);
            if !head.chars().chain(tail.chars()).all(|c| c.is_alphanumeric() || matches!(c, '\'' | '-' | ',' | '.')) {
                return self.fail(from, format!("`{written}` has a sign that is no letter"));
            }
            return Ok(Some(vec![Element::Word(glob(head, tail))]));
        }
        Ok(None)
    }

    /// Signs that nobody speaks, such as a dash between words, are left out, as they are in the text; other words
    /// have to be words.
    fn check_plain(&self, written: &str, from: usize) -> Result<(), PatternError> {
        let is_sign = |c: char| c.is_ascii_punctuation() || "–—…„”“«»".contains(c);
        if !written.chars().all(is_sign) && tokenize(written, self.language).is_empty() {
            return self.fail(from, format!("`{written}` has no word in it"));
        }
        Ok(())
    }

    /// `le~mond*`: "lemondja", "mondja … le", "le … mondja".
    fn separable(&self, written: &str, preverb: &str, verb: &str, from: usize) -> Result<Element, PatternError> {
        let stem = verb.strip_suffix('*').unwrap_or(verb);
        let is_word = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
        if !is_word(preverb) || !is_word(stem) {
            return self.fail(from, format!("`{written}` is not a preverb, `~` and a verb"));
        }
        let word = |written: String| {
            let normal = language::normalize(&written);
            match self.language {
                _ if stem.len() < verb.len() => Element::Word(glob(normal, String::new())),
                // One word without signs is one item.
                language => Element::Choice(vec![
                    items(&written, language).into_iter().map(|item| Element::Word(form(item))).collect(),
                ]),
            }
        };
        let alone = || Element::Word(exactly(language::normalize(preverb)));
        Ok(Element::Choice(vec![
            vec![word(format!("{preverb}{stem}"))],
            vec![word(stem.to_owned()), Element::ClauseGap(PREVERB_GAP), alone()],
            vec![alone(), Element::ClauseGap(PREVERB_GAP), word(stem.to_owned())],
        ]))
    }
}

fn exactly(normal: String) -> WordTest {
    WordTest::Exact { bare: language::fold(&normal), normal }
}

fn glob(head: String, tail: String) -> WordTest {
    WordTest::Glob { bare: [language::fold(&head), language::fold(&tail)], head, tail }
}

fn form(item: Item) -> WordTest {
    if !item.is_one_word()
        && let Some(number) = item.number
    {
        return WordTest::Value(number);
    }
    WordTest::Form {
        number: item.number,
        bare: item.bare,
        normal: item.token.normal,
        stem: item.token.stem,
        folded: item.token.folded,
    }
}

/// Reads a pattern.
pub(crate) fn parse(pattern: &str, language: Option<Language>) -> Result<Vec<Element>, PatternError> {
    let mut parser = Parser { chars: pattern.chars().collect(), at: 0, language, pattern };
    let elements = parser.sequence(false)?;
    let is_word = |element: &Element| matches!(element, Element::Word(_) | Element::Choice(_));
    if !elements.iter().any(is_word) {
        return parser.fail(0, if parser.pattern.trim().is_empty() { "empty pattern" } else { "no word in it" });
    }
    if !elements.first().is_some_and(is_word) || !elements.last().is_some_and(is_word) {
        return parser.fail(0, "a gap needs a word on both sides");
    }
    Ok(elements)
}

#[derive(Debug, Clone)]
enum State {
    Word(WordTest, usize),
    Any(usize),
    /// The next word has to be in the same clause.
    SameClause(usize),
    Split(Vec<usize>),
    Match,
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
}

#[derive(Debug, Clone, Copy)]
struct Path {
    state: usize,
    level: Level,
    own: u64,
}

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(crate) struct Automaton {
    states: Vec<State>,
    entry: usize,
    stems: bool,
}

impl Automaton {
    /// Compiles; `stems`: whether `word` means its inflected forms too.
    pub(crate) fn new(elements: &[Element], stems: bool) -> Result<Self, PatternError> {
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
                    states.push(State::Word(test.clone(), next));
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
                    let strictness = |path: &Path| (path.level, std::cmp::Reverse(path.own.count_ones()));
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
        self.follow(Path { state: self.entry, level: Level::Exact, own: 0 }, true, active, scratch);
    }

    /// Tests that the first word of a match can pass.
    pub(crate) fn first_tests(&self) -> Vec<&WordTest> {
        let mut active = Vec::new();
        self.first_states(&mut active, &mut Scratch::default());
        active
            .into_iter()
            .filter_map(|path| match &self.states[path.state] {
                State::Word(test, _) => Some(test),
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
    /// words and take no place of a gap.
    pub(crate) fn run(&self, items: &[Item], from: usize, skipped: &[bool], scratch: &mut Scratch) -> Option<Run> {
        let mut active = std::mem::take(&mut scratch.active);
        let mut next = std::mem::take(&mut scratch.next);
        self.first_states(&mut active, scratch);
        let mut best = None;
        let mut n_skipped = 0;
        for (at, item) in items.iter().enumerate().skip(from) {
            next.clear();
            n_skipped = if skipped.get(at) == Some(&true) { n_skipped + 1 } else { 0 };
            let may_skip = at > from && (1..=MAX_SKIPPED).contains(&n_skipped);
            let same_clause = items.get(at + 1).is_some_and(|next| next.token.clause == item.token.clause);
            for &path in &active {
                match &self.states[path.state] {
                    State::Word(test, target) => {
                        if let Some(word) = test.level(item, self.stems) {
                            let is_own = at - from < 64 && test.spells_out(item);
                            let own = if is_own { path.own | 1 << (at - from) } else { path.own };
                            let level = path.level.max(word);
                            self.follow(Path { state: *target, level, own }, same_clause, &mut next, scratch);
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
            if let Some(path) = next.iter().find(|path| matches!(self.states[path.state], State::Match)) {
                best = Some(Run { end: at + 1, level: path.level, own: path.own });
            }
            if next.is_empty() {
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

    #[test]
    fn patterns_match_what_the_grammar_says() {
        let check = |language, pattern: &str, text: &str, expected: Option<(usize, Level)>| {
            let elements = parse(pattern, Some(language)).expect("valid");
            let automaton = Automaton::new(&elements, true).expect("small");
            let items = items(text, Some(language));
            let skipped: Vec<bool> = items.iter().map(|item| item.token.normal == "uh").collect();
            let run = automaton.run(&items, 0, &skipped, &mut Scratch::default());
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

    #[test]
    fn bad_patterns_are_refused_with_their_place() {
        let check = |pattern: &str, at: usize, what: &str| {
            let error = parse(pattern, Some(Language::En)).expect_err(pattern);
            assert_eq!(error.at, at, "{pattern}: {}", error.what);
            assert!(error.what.contains(what), "{pattern}: {}", error.what);
        };
        check("only [today", 6, "without `]`");
        check("only today]", 11, "without `[`");
        check("a|b", 2, "outside");
        check("only <x> left", 6, "not a gap");
        check("only <99> left", 6, "not a gap");
        check("only <2", 6, "without `>`");
        check("", 1, "empty");
        check("[|]", 1, "nothing between");
        check("<2> left", 1, "both sides");
        check("a**b", 1, "one `*`");
        check("x le~", 3, "not a preverb");
        check("~mond", 1, "not a preverb");
        check("le~=mond", 1, "not a preverb");
        check("[le~mond|fel]*", 1, "write it inside");
    }
}
