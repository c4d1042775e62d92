//! The pattern grammar of phrase lists, parsed and compiled to a small automaton.
//!
//! `word` matches its inflected forms, `=word` only itself, `word*` what begins so, `[a|b c|]` one of several
//! (an empty one: or nothing), `<n>` up to n words of any kind, `#` a number. The automaton reads tokens once,
//! so that no pattern, however nested, takes more than states × tokens.

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
    /// Whether it is a number, and which.
    pub number: Option<Option<f64>>,
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
                (span.bytes.1, Some(span.value))
            }
            None => (token.end, None),
        };
        items.push(Item { bare: language::fold(&token.normal), token, end, number });
    }
    items
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum WordTest {
    /// Any form of this word.
    Form { normal: String, bare: String, stem: String, folded: String, value: Option<f64> },
    /// This form only.
    Exact { normal: String },
    /// `head*tail`, either may be empty; `bare` is both without diacritics.
    Glob { head: String, tail: String, bare: [String; 2] },
    /// Any number.
    Number,
}

impl WordTest {
    pub(crate) fn level(&self, item: &Item, stems: bool) -> Option<Level> {
        let token = &item.token;
        match self {
            Self::Number => item.number.is_some().then_some(Level::Exact),
            Self::Exact { normal } => (*normal == token.normal).then_some(Level::Exact),
            Self::Form { normal, bare, stem, folded, value } => {
                if value.is_some() && item.number == Some(*value) {
                    return Some(Level::Exact);
                }
                // A number in several words is no longer its first word.
                if item.end != token.end {
                    return None;
                }
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
}

/// What can stand in a pattern.
#[derive(Debug, Clone)]
pub(crate) enum Element {
    Word(WordTest),
    Gap(usize),
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
        while let Some(&c) = self.chars.get(self.at) {
            let from = self.at;
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
                    elements.extend(self.words(&written, from)?);
                }
            }
        }
        Ok(elements)
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
                if let Some(Element::Word(test)) = branch.last_mut()
                    && let WordTest::Form { normal, .. } = test
                {
                    *test = glob(normal.clone(), String::new());
                }
            }
        }
        if branches.iter().all(Vec::is_empty) {
            return self.fail(from, "nothing between `[` and `]`");
        }
        Ok(Element::Choice(branches))
    }

    fn words(&self, written: &str, from: usize) -> Result<Vec<Element>, PatternError> {
        if let Some(exact) = written.strip_prefix('=') {
            let found = tokenize(exact, self.language);
            if found.is_empty() || exact.contains('*') {
                return self.fail(from, format!("`{written}` is not `=` and a word"));
            }
            return Ok(found
                .into_iter()
                .map(|token| Element::Word(WordTest::Exact { normal: token.normal }))
                .collect());
        }
        if let Some((head, tail)) = written.split_once('*') {
            if tail.contains('*') || (head.is_empty() && tail.is_empty()) {
                return self.fail(from, format!("`{written}`: one `*` a word, with letters beside it"));
            }
            let [head, tail] = [head, tail].map(language::normalize);
            if !head.chars().chain(tail.chars()).all(|c| c.is_alphanumeric() || matches!(c, '\'' | '-' | ',' | '.')) {
                return self.fail(from, format!("`{written}` has a sign that is no letter"));
            }
            return Ok(vec![Element::Word(glob(head, tail))]);
        }
        let found = items(written, self.language);
        // Signs that nobody speaks, such as a dash between words, are left out, as they are in the text.
        if found.is_empty() && written.chars().any(|c| !c.is_ascii_punctuation() && !"–—…„”“«»".contains(c))
        {
            return self.fail(from, format!("`{written}` has no word in it"));
        }
        Ok(found.into_iter().map(|item| Element::Word(form(item))).collect())
    }
}

fn glob(head: String, tail: String) -> WordTest {
    WordTest::Glob { bare: [language::fold(&head), language::fold(&tail)], head, tail }
}

fn form(item: Item) -> WordTest {
    WordTest::Form {
        value: item.number.flatten(),
        bare: item.bare,
        normal: item.token.normal,
        stem: item.token.stem,
        folded: item.token.folded,
    }
}

/// Numerals of several words ("twenty four") become one test, as they become one item of the text.
fn join_numerals(elements: Vec<Element>, language: Option<Language>) -> Vec<Element> {
    let mut joined: Vec<Element> = Vec::new();
    let mut run: Vec<WordTest> = Vec::new();
    let flush = |run: &mut Vec<WordTest>, joined: &mut Vec<Element>| {
        if run.len() > 1 {
            let text: Vec<&str> = run
                .iter()
                .filter_map(|test| match test {
                    WordTest::Form { normal, .. } => Some(normal.as_str()),
                    _ => None,
                })
                .collect();
            joined.extend(items(&text.join(" "), language).into_iter().map(|item| Element::Word(form(item))));
            run.clear();
        } else {
            joined.extend(run.drain(..).map(Element::Word));
        }
    };
    for element in elements {
        match element {
            Element::Word(test @ WordTest::Form { value: Some(_), .. }) => run.push(test),
            other => {
                flush(&mut run, &mut joined);
                joined.push(match other {
                    Element::Choice(branches) => {
                        Element::Choice(branches.into_iter().map(|branch| join_numerals(branch, language)).collect())
                    }
                    other => other,
                });
            }
        }
    }
    flush(&mut run, &mut joined);
    joined
}

/// Reads a pattern.
pub(crate) fn parse(pattern: &str, language: Option<Language>) -> Result<Vec<Element>, PatternError> {
    let mut parser = Parser { chars: pattern.chars().collect(), at: 0, language, pattern };
    let elements = join_numerals(parser.sequence(false)?, language);
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
    Split(Vec<usize>),
    Match,
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
                Element::Choice(branches) => {
                    let entries = branches.iter().map(|branch| Self::build(branch, next, states)).collect();
                    states.push(State::Split(entries));
                    next = states.len() - 1;
                }
            }
        }
        next
    }

    fn follow(&self, state: usize, level: Level, active: &mut Vec<(usize, Level)>) {
        let mut stack = vec![state];
        let mut split_seen = Vec::new();
        while let Some(state) = stack.pop() {
            if let State::Split(targets) = &self.states[state] {
                if !split_seen.contains(&state) {
                    split_seen.push(state);
                    stack.extend(targets);
                }
            } else if let Some(known) = active.iter_mut().find(|(known, _)| *known == state) {
                known.1 = known.1.min(level);
            } else {
                active.push((state, level));
            }
        }
    }

    /// Tests that the first word of a match can pass.
    pub(crate) fn first_tests(&self) -> Vec<&WordTest> {
        let mut active = Vec::new();
        self.follow(self.entry, Level::Exact, &mut active);
        active
            .into_iter()
            .filter_map(|(state, _)| match &self.states[state] {
                State::Word(test, _) => Some(test),
                _ => None,
            })
            .collect()
    }

    /// Whether a match may be empty: such a pattern would match everywhere.
    pub(crate) fn matches_nothing(&self) -> bool {
        let mut active = Vec::new();
        self.follow(self.entry, Level::Exact, &mut active);
        active.iter().any(|(state, _)| matches!(self.states[*state], State::Match | State::Any(_)))
    }

    /// All words that it can read, for looking at what a pattern is made of.
    pub(crate) fn words(&self) -> impl Iterator<Item = &WordTest> {
        self.states.iter().filter_map(|state| match state {
            State::Word(test, _) => Some(test),
            _ => None,
        })
    }

    /// The longest match that begins with item `from`: end and loosest level. Words for which `skip` holds may
    /// stand between the pattern's words.
    pub(crate) fn run(&self, items: &[Item], from: usize, skip: impl Fn(&Item) -> bool) -> Option<(usize, Level)> {
        let mut active = Vec::new();
        self.follow(self.entry, Level::Exact, &mut active);
        let mut best = None;
        for (at, item) in items.iter().enumerate().skip(from) {
            let mut next = Vec::new();
            let skipped = at > from && skip(item);
            for (state, level) in active {
                match &self.states[state] {
                    State::Word(test, target) => {
                        if let Some(word) = test.level(item, self.stems) {
                            self.follow(*target, level.max(word), &mut next);
                        }
                        if skipped {
                            self.follow(state, level.max(Level::Stem), &mut next);
                        }
                    }
                    State::Any(target) => self.follow(*target, level.max(Level::Exact), &mut next),
                    State::Split(_) | State::Match => {}
                }
            }
            if let Some((_, level)) = next.iter().find(|(state, _)| matches!(self.states[*state], State::Match)) {
                best = Some((at + 1, *level));
            }
            if next.is_empty() {
                break;
            }
            active = next;
        }
        best
    }
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
            assert_eq!(automaton.run(&items, 0, |item| item.token.normal == "uh"), expected, "{pattern} / {text}");
        };
        use Language::{El, En, Hu, Pl};
        check(En, "only today", "only today", Some((2, Level::Exact)));
        check(En, "offer ends", "offers ended", Some((2, Level::Stem)));
        check(En, "=offer", "offers", None);
        check(En, "only today", "only uh today", Some((3, Level::Stem)));
        check(En, "only <2> left", "only three pieces left", Some((4, Level::Exact)));
        check(En, "only <1> left", "only three small pieces left", None);
        check(En, "in # hours", "in twenty four hours", Some((3, Level::Exact)));
        check(En, "100 percent", "one hundred percent", Some((2, Level::Exact)));
        check(En, "one hundred percent", "100%", Some((2, Level::Exact)));
        check(En, "just pay [the|] [shipping|delivery]", "just pay delivery", Some((3, Level::Exact)));
        check(En, "can't cancel", "cannot cancel", Some((3, Level::Exact)));
        check(En, "guarantee*", "guaranteed", Some((1, Level::Stem)));
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
    }
}
