//! The pattern grammar of phrase lists, parsed.
//!
//! `word` matches its inflected forms, `=word` only itself, `word*` what begins so, `[a|b c|]` one of several
//! (an empty one: or nothing), `<n>` up to n words of any kind, `#` a number, `le~mond` a verb with its separable
//! preverb, `@name` one of a set of the list.

use super::words::{WordTest, exactly, form, glob, items};
use crate::text::{Language, language, tokenize};

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

#[cfg(test)]
mod tests {
    use super::*;

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
