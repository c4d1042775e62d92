//! What other suites' phrase lists write in one line: quotes, `*`, `~4`, NEAR, BEFORE, NOTIN, AND, OR, NOT, who says it
//! and where. Read to a tree; what it becomes here is in `lower.rs`.
//!
//! The signs are those that the public manuals of Verint (NEAR, NOTIN, quotes), MiaRec (NEAR:n, ONEAR:n, NOTNEAR:n,
//! POSBEFORE:n, AGENT:) and Medallia/Voci (`~4`, `~t`, `~s<30`, `~e<30`, `&`, `|`) document. Operators are capitals.

use crate::call::WhoSays;

/// Verint's NEAR without a number: at most three words between.
const NEAR_WORDS: usize = 3;
/// Nested deeper, a line is no phrase but a mistake.
const MAX_DEPTH: usize = 20;

/// A line, read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub expression: Expression,
    pub speaker: Option<WhoSays>,
    pub first_s: Option<f64>,
    pub last_s: Option<f64>,
}

/// What has to be said.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    /// Words in order; with a slop, in any order with so many others between.
    Phrase { words: Vec<String>, slop: Option<usize> },
    /// Both, with at most so many words between.
    Near { left: Box<Self>, right: Box<Self>, words: usize, ordered: bool },
    /// The left one, unless the right one is so near; `None`: unless it is part of the right one.
    Without { left: Box<Self>, right: Box<Self>, within: Option<usize> },
    /// All of them in one stretch of talk.
    And(Vec<Self>),
    /// One of them.
    Or(Vec<Self>),
    /// It must not be said; only beside something that is.
    Not(Box<Self>),
}

#[derive(Debug, Clone, PartialEq)]
enum Sign {
    Open,
    Close,
    Quoted(String),
    Word(String),
    And,
    Or,
    Not,
    Near { words: usize, ordered: bool },
    NotNear(usize),
    NotIn,
    Slop(usize),
}

/// Reads a line.
///
/// # Errors
/// A sentence that says what cannot be read or has no meaning here.
pub(super) fn parse(line: &str) -> Result<Line, String> {
    let mut found = Line { expression: Expression::Or(Vec::new()), speaker: None, first_s: None, last_s: None };
    let signs = signs(line, &mut found)?;
    let mut parser = Parser { signs: &signs, at: 0, depth: 0 };
    found.expression = parser.or()?;
    match parser.signs.get(parser.at) {
        None => Ok(found),
        Some(Sign::Close) => Err("`)` without `(`".into()),
        Some(_) => Err("an operator without a phrase before or behind it".into()),
    }
}

/// Words that are operators in capitals. A line without any small letter has none: it is somebody's capitals.
fn operator(word: &str) -> Result<Option<Sign>, String> {
    let (name, number) = match word.split_once([':', '/']) {
        Some((name, number)) => (name, Some(number)),
        None => (word, None),
    };
    let words = |default: Option<usize>| match (number, default) {
        (Some(number), _) => number.parse::<usize>().map_err(|_| format!("`{word}`: a number of words is expected")),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(format!("`{word}` needs a number of words, as in `{name}:5`")),
    };
    Ok(Some(match name {
        "AND" | "&" if number.is_none() => Sign::And,
        "OR" | "|" if number.is_none() => Sign::Or,
        "NOT" | "ANDNOT" if number.is_none() => Sign::Not,
        "NOTIN" if number.is_none() => Sign::NotIn,
        "NEAR" => Sign::Near { words: words(Some(NEAR_WORDS))?, ordered: false },
        "W" | "w" if number.is_some() => Sign::Near { words: words(None)?, ordered: false },
        "ONEAR" | "BEFORE" | "FBY" => Sign::Near { words: words(Some(NEAR_WORDS))?, ordered: true },
        "PRE" | "pre" if number.is_some() => Sign::Near { words: words(None)?, ordered: true },
        "NOTNEAR" => Sign::NotNear(words(Some(NEAR_WORDS))?),
        "AFTER" => return Err("AFTER means opposite orders in different suites: write BEFORE".into()),
        "XOR" | "NOR" | "SENTENCE" | "PARAGRAPH" | "SIMILAR" => {
            return Err(format!("the operator {name} is not known here"));
        }
        _ => return Ok(None),
    }))
}

/// `~4`, `~t`, `~s<30`, `~e<30`; sets the place in `line`.
fn tilde(word: &str, line: &mut Line) -> Result<Option<Sign>, String> {
    let seconds = |text: &str| match text.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 && seconds.is_finite() => Ok(seconds),
        _ => Err(format!("`~{word}`: seconds above 0 are expected")),
    };
    if let Some(from) = word.strip_prefix("s<") {
        line.first_s = Some(seconds(from)?);
        return Ok(None);
    }
    if let Some(from) = word.strip_prefix("e<") {
        line.last_s = Some(seconds(from)?);
        return Ok(None);
    }
    match word {
        "t" => Ok(Some(Sign::Slop(super::lower::TURN_WORDS))),
        number => number.parse().map(|n| Some(Sign::Slop(n))).map_err(|_| format!("`~{word}` is not known here")),
    }
}

/// `AGENT:`, `POSBEFORE:50` and their like; true if the word was one.
fn prefix(word: &str, line: &mut Line) -> Result<bool, String> {
    // 150 words take 60 s.
    const S_PER_WORD: f64 = 0.4;
    let Some((name, rest)) = word.split_once(':') else { return Ok(false) };
    match name {
        "AGENT" | "A" | "OPERATOR" | "EMPLOYEE" if rest.is_empty() => line.speaker = Some(WhoSays::Agent),
        "CUSTOMER" | "CLIENT" | "C" | "CALLER" if rest.is_empty() => line.speaker = Some(WhoSays::Customer),
        "POSBEFORE" | "POSAFTER" => {
            let number: i64 = rest.parse().map_err(|_| format!("`{word}`: a number of words is expected"))?;
            match (name, number) {
                ("POSBEFORE", 1..) => line.first_s = Some(number as f64 * S_PER_WORD),
                ("POSAFTER", ..=-1) => line.last_s = Some(-number as f64 * S_PER_WORD),
                _ => return Err(format!("`{word}`: only the beginning and the end of a call can be named here")),
            }
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn signs(text: &str, line: &mut Line) -> Result<Vec<Sign>, String> {
    let has_operators = text.chars().any(char::is_lowercase) || text.contains(['"', '“', '”', '„', '&', '|']);
    let mut signs = Vec::new();
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        match c {
            c if c.is_whitespace() => rest = rest.trim_start(),
            '(' | ')' => {
                signs.push(if c == '(' { Sign::Open } else { Sign::Close });
                rest = &rest[1..];
            }
            '"' | '“' | '”' | '„' => {
                let inside = &rest[c.len_utf8()..];
                let end = inside.find(['"', '“', '”']).ok_or("a quotation mark that is not closed")?;
                signs.push(Sign::Quoted(inside[..end].to_owned()));
                let close = inside[end..].chars().next().map_or(0, char::len_utf8);
                rest = &inside[end + close..];
            }
            '~' => {
                let end = rest[1..].find(|c: char| c.is_whitespace() || c == ')').map_or(rest.len(), |at| at + 1);
                signs.extend(tilde(&rest[1..end], line)?);
                rest = &rest[end..];
            }
            '&' | '|' => {
                signs.push(if c == '&' { Sign::And } else { Sign::Or });
                rest = rest[1..].trim_start_matches(c);
            }
            _ => {
                let is_end = |c: char| c.is_whitespace() || "()\"“”„~&|".contains(c);
                let end = rest.find(is_end).unwrap_or(rest.len()).max(c.len_utf8());
                let word = &rest[..end];
                rest = &rest[end..];
                if has_operators && prefix(word, line)? {
                    continue;
                }
                match if has_operators { operator(word)? } else { None } {
                    // "NOT NEAR:5"
                    Some(Sign::Near { words, .. }) if signs.last() == Some(&Sign::Not) => {
                        signs.pop();
                        signs.push(Sign::NotNear(words));
                    }
                    Some(sign) => signs.push(sign),
                    None => signs.push(Sign::Word(word.to_owned())),
                }
            }
        }
    }
    Ok(signs)
}

struct Parser<'a> {
    signs: &'a [Sign],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn take(&mut self, wanted: &Sign) -> bool {
        let is_it = self.signs.get(self.at) == Some(wanted);
        self.at += usize::from(is_it);
        is_it
    }

    fn or(&mut self) -> Result<Expression, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(format!("brackets within brackets, more than {MAX_DEPTH} deep"));
        }
        let mut all = vec![self.and()?];
        while self.take(&Sign::Or) {
            all.push(self.and()?);
        }
        self.depth -= 1;
        Ok(if all.len() == 1 { all.remove(0) } else { Expression::Or(all) })
    }

    fn and(&mut self) -> Result<Expression, String> {
        let mut all = vec![self.near()?];
        loop {
            if self.take(&Sign::And) {
                all.push(self.near()?);
            } else if self.signs.get(self.at) == Some(&Sign::Not) {
                // `A NOT B`
                all.push(self.near()?);
            } else {
                break;
            }
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Expression::And(all) })
    }

    fn near(&mut self) -> Result<Expression, String> {
        let mut left = self.unary()?;
        loop {
            let sign = self.signs.get(self.at).cloned();
            let boxed = |parser: &mut Self, left: Expression| {
                parser.at += 1;
                Ok::<_, String>((Box::new(left), Box::new(parser.unary()?)))
            };
            left = match sign {
                Some(Sign::Near { words, ordered }) => {
                    let (left, right) = boxed(self, left)?;
                    Expression::Near { left, right, words, ordered }
                }
                Some(Sign::NotNear(words)) => {
                    let (left, right) = boxed(self, left)?;
                    Expression::Without { left, right, within: Some(words) }
                }
                Some(Sign::NotIn) => {
                    let (left, right) = boxed(self, left)?;
                    Expression::Without { left, right, within: None }
                }
                _ => return Ok(left),
            };
        }
    }

    fn unary(&mut self) -> Result<Expression, String> {
        if self.take(&Sign::Not) {
            return Ok(Expression::Not(Box::new(self.unary()?)));
        }
        if self.take(&Sign::Open) {
            let inside = self.or()?;
            if !self.take(&Sign::Close) {
                return Err("`(` without `)`".into());
            }
            return Ok(inside);
        }
        self.phrase()
    }

    /// A quoted phrase, or words side by side; `~4` behind either.
    fn phrase(&mut self) -> Result<Expression, String> {
        let words_of = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let words = match self.signs.get(self.at) {
            Some(Sign::Quoted(text)) => {
                self.at += 1;
                words_of(text)
            }
            _ => {
                let mut words = Vec::new();
                while let Some(Sign::Word(word)) = self.signs.get(self.at) {
                    words.push(word.clone());
                    self.at += 1;
                }
                words
            }
        };
        if words.is_empty() {
            return Err("an operator without a phrase before or behind it".into());
        }
        let slop = match self.signs.get(self.at) {
            Some(Sign::Slop(n)) => {
                self.at += 1;
                Some(*n)
            }
            _ => None,
        };
        let phrase = Expression::Phrase { words, slop };
        // A quoted phrase beside another: one of them, as in the suites.
        if matches!(self.signs.get(self.at), Some(Sign::Quoted(_))) {
            let Expression::Or(mut all) = (match self.phrase()? {
                Expression::Or(all) => Expression::Or(all),
                other => Expression::Or(vec![other]),
            }) else {
                return Ok(phrase);
            };
            all.insert(0, phrase);
            return Ok(Expression::Or(all));
        }
        Ok(phrase)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(text: &str) -> Expression {
        Expression::Phrase { words: text.split(' ').map(str::to_owned).collect(), slop: None }
    }

    #[test]
    fn lines_of_other_suites_are_read() {
        let check = |line: &str, expected: Expression| {
            assert_eq!(parse(line).map(|line| line.expression), Ok(expected), "{line}");
        };
        let near = |a: &str, b: &str, words, ordered| Expression::Near {
            left: Box::new(phrase(a)),
            right: Box::new(phrase(b)),
            words,
            ordered,
        };
        check("cancel my service", phrase("cancel my service"));
        check("CALL NOW OR NEVER", phrase("CALL NOW OR NEVER"));
        check(
            "cancel account ~4",
            Expression::Phrase { words: vec!["cancel".into(), "account".into()], slop: Some(4) },
        );
        check("pay NEAR bill", near("pay", "bill", 3, false));
        check("cancel ONEAR:5 \"my order\"", near("cancel", "my order", 5, true));
        check("pay w/7 bill", near("pay", "bill", 7, false));
        check(
            "credit NOTIN \"credit card\"",
            Expression::Without {
                left: Box::new(phrase("credit")),
                right: Box::new(phrase("credit card")),
                within: None,
            },
        );
        check(
            "number NOT NEAR:3 phone",
            Expression::Without { left: Box::new(phrase("number")), right: Box::new(phrase("phone")), within: Some(3) },
        );
        check(
            "(cancel | opt out) & today NOT joke",
            Expression::And(vec![
                Expression::Or(vec![phrase("cancel"), phrase("opt out")]),
                phrase("today"),
                Expression::Not(Box::new(phrase("joke"))),
            ]),
        );
        check(
            "\"called before\" \"called yesterday\"",
            Expression::Or(vec![phrase("called before"), phrase("called yesterday")]),
        );
    }

    #[test]
    fn who_and_where_are_read() {
        let check = |line: &str, speaker, first_s, last_s| {
            let read = parse(line).expect(line);
            assert_eq!((read.speaker, read.first_s, read.last_s), (speaker, first_s, last_s), "{line}");
        };
        check("AGENT: \"my name is\"", Some(WhoSays::Agent), None, None);
        check("C: refund", Some(WhoSays::Customer), None, None);
        check("verify phone ~s<30", None, Some(30.0), None);
        check("call back ~e<25", None, None, Some(25.0));
        check("POSBEFORE:50 \"my name is\"", None, Some(20.0), None);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let check = |line: &str, what: &str| {
            let error = parse(line).expect_err(line);
            assert!(error.contains(what), "{line}: {error}");
        };
        check("\"only today", "not closed");
        check("(only today", "without `)`");
        check("only today)", "without `(`");
        check("pay NEAR", "an operator without");
        check("pay NEAR:x bill", "a number of words");
        check("pay AFTER:5 bill", "opposite");
        check("only ~x today", "not known");
        check(&"(".repeat(30), "deep");
    }
}
