//! Which product is meant: names of the sheet in the words, inflected and a little misheard, and what was spoken of
//! last. Not which claims are about it: the nearest name before the claim is taken.

use super::sheet::Sheet;
use super::words::{self, Concept};
use crate::text::language::fold;
use crate::text::phonetic::{self, Sounded};
use crate::text::{Language, Token, numerals, tokenize};

/// Shorter words are not looked for by their beginning: endings are as long as they are.
const MIN_STEM_CHARS: usize = 4;

/// How much of an inflected name's word may be ending ("Fibre" → "Fibry", "Fényháló" → "Fényhálóval").
const MAX_ENDING_CHARS: usize = 4;

/// How unlike a name may sound, as a share of its phones: about one wrong consonant in a word of eight. More finds
/// names in ordinary words.
const MISHEARD_SHARE: f64 = 0.12;

/// Names with fewer phones are found in too many words when they need not be exact.
const MIN_PHONES: usize = 7;

/// Words of a name: "Fibre 300 Plus".
const MAX_NAME_TOKENS: usize = 3;

/// A name of the sheet where it is spoken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// Indices of the products that it may be; empty for a product that the sheet does not have ("Fibre 900").
    pub products: Vec<usize>,
    pub tokens: (usize, usize),
}

enum Part {
    /// Folded word.
    Word(String),
    Number(f64),
}

/// The names of a sheet, made ready for one language.
pub(super) struct Names {
    language: Language,
    names: Vec<Vec<Part>>,
    sounds: Vec<Sounded>,
}

impl Names {
    pub fn new(sheet: &Sheet, language: Language) -> Self {
        let parts = |name: &str| {
            let tokens = tokenize(name, Some(language));
            tokens
                .iter()
                .map(|token| match token.normal.parse::<f64>() {
                    Ok(value) => Part::Number(value),
                    Err(_) => Part::Word(fold(&token.normal)),
                })
                .collect()
        };
        Self {
            language,
            names: sheet.products.iter().map(|p| parts(&p.name)).collect(),
            sounds: sheet.products.iter().map(|p| phonetic::sound(&p.name, Some(language))).collect(),
        }
    }

    /// Where products are named, in the order of the text.
    pub fn find(&self, text: &str, tokens: &[Token]) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.at(text, tokens, at) {
                Some(mention) => {
                    at = mention.tokens.1;
                    found.push(mention);
                }
                None => at += 1,
            }
        }
        if found.is_empty() { self.misheard(text, tokens) } else { found }
    }

    fn at(&self, text: &str, tokens: &[Token], at: usize) -> Option<Mention> {
        let whole = |parts: &Vec<Part>| self.end_of(parts, text, tokens, at);
        let longest = self.names.iter().filter_map(whole).max();
        if let Some(end) = longest {
            let is_it = |(i, parts): (usize, &Vec<Part>)| (whole(parts) == Some(end)).then_some(i);
            let products = self.names.iter().enumerate().filter_map(is_it).collect();
            return Some(Mention { products, tokens: (at, end) });
        }
        // Any longer word of a name stands for all names that have it, unless another number follows it.
        let has_word = |parts: &Vec<Part>| {
            parts.iter().any(|part| match part {
                Part::Word(word) => word.chars().count() >= MIN_STEM_CHARS - 1 && is_form(word, &tokens[at]),
                Part::Number(_) => false,
            })
        };
        // "Forty" is no form of "Forte".
        if numerals::word_value(&tokens[at].normal, self.language).is_some() {
            return None;
        }
        let products: Vec<usize> =
            self.names.iter().enumerate().filter(|(_, parts)| has_word(parts)).map(|(i, _)| i).collect();
        if products.is_empty() {
            return None;
        }
        // "Fibre 900" beside a "Fibre 500" of the sheet is another product; a number with a unit is a number.
        let has_number = |i: &usize| matches!(self.names[*i].last(), Some(Part::Number(_)));
        let is_last_word = |i: &usize| match self.names[*i].as_slice() {
            [.., Part::Word(word), Part::Number(_)] => is_form(word, &tokens[at]),
            _ => false,
        };
        let number = number_at(tokens, at + 1, self.language)
            .filter(|(_, end)| tokens[at].clause == tokens[end - 1].clause && products.iter().any(has_number));
        match number {
            Some((value, end))
                if products.iter().any(|i| matches!(self.names[*i].last(), Some(Part::Number(n)) if *n == value)) =>
            {
                Some(Mention { products, tokens: (at, end) })
            }
            Some((value, end)) if products.iter().all(is_last_word) && is_round(value) && is_bare(tokens, end) => {
                Some(Mention { products: Vec::new(), tokens: (at, end) })
            }
            _ => Some(Mention { products, tokens: (at, at + 1) }),
        }
    }

    fn end_of(&self, parts: &[Part], text: &str, tokens: &[Token], from: usize) -> Option<usize> {
        let mut at = from;
        for part in parts {
            let token = tokens.get(at)?;
            if at > from && text.get(tokens[at - 1].end..token.start)?.contains(['.', '!', '?', ';']) {
                return None;
            }
            match part {
                Part::Word(word) if is_form(word, token) => at += 1,
                Part::Number(value) => {
                    let (found, end) = number_at(tokens, at, self.language)?;
                    if found != *value {
                        return None;
                    }
                    at = end;
                }
                Part::Word(_) => return None,
            }
        }
        (at > from).then_some(at)
    }

    fn misheard(&self, text: &str, tokens: &[Token]) -> Vec<Mention> {
        let heard = phonetic::sound(text, Some(self.language));
        let mut found: Vec<Mention> = Vec::new();
        for (i, name) in self.sounds.iter().enumerate().filter(|(_, name)| name.phones().len() >= MIN_PHONES) {
            for hit in phonetic::find_near(name, &heard, phonetic::allowance(name, MISHEARD_SHARE)) {
                let from = tokens.iter().position(|t| t.end > hit.bytes.0);
                let to = tokens.iter().rposition(|t| t.start < hit.bytes.1);
                if let (Some(from), Some(to)) = (from, to) {
                    found.push(Mention { products: vec![i], tokens: (from, to + 1) });
                }
            }
        }
        found.sort_by_key(|m| m.tokens);
        found.dedup_by(|b, a| {
            let is_same = b.tokens.0 < a.tokens.1;
            if is_same {
                a.products.extend(b.products.iter().copied());
            }
            is_same
        });
        found
    }
}

/// Numbers in names are sizes and speeds: hundreds.
fn is_round(value: f64) -> bool {
    value >= 100.0 && value % 50.0 == 0.0
}

/// Nothing that could be counted follows.
fn is_bare(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_none_or(|next| !crate::text::money::is_currency(&fold(&next.normal)))
}

/// Is a token a form of this folded word?
pub(super) fn is_form(word: &str, token: &Token) -> bool {
    let own = fold(&token.normal);
    if own == word {
        return true;
    }
    let n = word.chars().count();
    // Of the short ones only the last vowel is exchanged, and not in English, which has no such endings.
    let most = if n >= MIN_STEM_CHARS { MAX_ENDING_CHARS } else { 2 };
    if n < MIN_STEM_CHARS - 1 || (n < MIN_STEM_CHARS && word.is_ascii()) {
        return false;
    }
    // Greek names in -ας, -ης, -ος lose their last consonant.
    let (word, n) = match word.strip_suffix(['σ', 'ς']) {
        Some(head) if n > MIN_STEM_CHARS => (head, n - 1),
        _ => (word, n),
    };
    // All but a last vowel has to stay, and what is added is an ending.
    let stem: String = if word.ends_with(|c: char| "aeiouyаеиоуыяюьйαεηιουω".contains(c)) {
        word.chars().take(n - 1).collect()
    } else {
        word.to_owned()
    };
    own.strip_prefix(stem.as_str()).is_some_and(|ending| ending.chars().count() <= most)
}

/// A number in digits or words at a token, and where it ends.
fn number_at(tokens: &[Token], at: usize, language: Language) -> Option<(f64, usize)> {
    let token = tokens.get(at)?;
    if token.is_digits() {
        return token.normal.parse().ok().map(|value| (value, at + 1));
    }
    numerals::word_value(&token.normal, language)?;
    // In words a number may have several: as many as read on as one.
    (at + 1..=tokens.len().min(at + 4)).rev().find_map(|end| {
        let words: Vec<&str> = tokens[at..end].iter().map(|t| t.normal.as_str()).collect();
        let text = words.join(" ");
        let own = tokenize(&text, Some(language));
        match numerals::read_parts(&text, &own, Some(language)).as_slice() {
            [one] if one.tokens == (0, own.len()) => Some((one.value?, end)),
            _ => None,
        }
    })
}

/// "the tariff Fibre 300", "the Fibre 300 plan": a name in capitals beside a word for products, in lower case.
pub(super) fn product_named(text: &str, tokens: &[Token], language: Language) -> Option<String> {
    let is_name = |token: &Token| token.is_digits() || text[token.start..].starts_with(char::is_uppercase);
    let is_inside = |at: usize| at > 0 && tokens[at - 1].clause == tokens[at].clause;
    let marks = words::of(language).mark(tokens);
    let name = |range: std::ops::Range<usize>| {
        // The first word of a clause has a capital anyway, and a number alone is no name.
        let start = range.clone().find(|at| is_inside(*at))?;
        let words: Vec<&str> = tokens[start..range.end].iter().map(|token| token.normal.as_str()).collect();
        tokens[start..range.end].iter().any(|token| !token.is_digits()).then(|| words.join(" "))
    };
    marks.iter().filter(|m| m.concept == Concept::ProductNoun).find_map(|noun| {
        let after = tokens[noun.end..].iter().take(MAX_NAME_TOKENS).take_while(|t| is_name(t)).count();
        let before = tokens[..noun.start].iter().rev().take(MAX_NAME_TOKENS).take_while(|t| is_name(t)).count();
        name(noun.end..noun.end + after).or_else(|| name(noun.start - before..noun.start))
    })
}
