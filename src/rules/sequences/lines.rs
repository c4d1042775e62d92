//! Utterances as words and numbers: what the sequences compare. Made once for a call, in the language of each utterance.
//! No meaning is looked for here.

use std::ops::Range;

use crate::call::{Transcript, Utterance};
use crate::text::language::fold;
use crate::text::numerals::{self, NumberSpan};
use crate::text::{Language, Token, guess_languages, tokenize};

/// Where a word stands. Of a token no more is kept: a line stays as long as the call is judged.
pub(crate) struct Place {
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    /// As in [`Token`].
    pub clause: u32,
    pub sentence: u32,
}

impl Place {
    fn of(token: &Token) -> Self {
        Self { start: token.start, end: token.end, clause: token.clause, sentence: token.sentence }
    }
}

/// An utterance as the sequences read it.
pub(crate) struct Line<'a> {
    pub text: &'a str,
    pub language: Option<Language>,
    pub tokens: Vec<Place>,
    /// Each token in normal form without diacritics.
    pub words: Vec<String>,
    /// Numbers one by one, in order.
    pub numbers: Vec<NumberSpan>,
}

impl Line<'_> {
    /// Reads a text in a language.
    pub fn new(text: &str, language: Option<Language>) -> Line<'_> {
        let tokens = tokenize(text, language);
        Line {
            text,
            language,
            words: tokens.iter().map(|token| fold(&token.normal)).collect(),
            numbers: numerals::read_parts(text, &tokens, language),
            tokens: tokens.iter().map(Place::of).collect(),
        }
    }

    /// Bytes of tokens `from..to`.
    pub fn bytes(&self, tokens: &Range<usize>) -> (usize, usize) {
        let from = self.tokens.get(tokens.start).map_or(0, |t| t.start);
        (from, self.tokens.get(tokens.end.wrapping_sub(1)).map_or(from, |t| t.end.max(from)))
    }

    /// The number that begins at a token.
    pub fn number_at(&self, token: usize) -> Option<&NumberSpan> {
        let at = self.numbers.partition_point(|number| number.tokens.0 < token);
        self.numbers.get(at).filter(|number| number.tokens.0 == token)
    }

    /// Tokens of the sentence that a token stands in.
    pub fn sentence_of(&self, token: usize) -> Range<usize> {
        let Some(sentence) = self.tokens.get(token).map(|t| t.sentence) else { return 0..0 };
        let from = self.tokens.partition_point(|t| t.sentence < sentence);
        from..self.tokens.partition_point(|t| t.sentence <= sentence)
    }

    /// Does the sentence of a token end with a question mark? In Greek that is written `;`.
    pub fn is_question(&self, token: usize) -> bool {
        let Some(last) = self.sentence_of(token).last() else { return false };
        let from = self.tokens[last].end;
        let to = self.tokens.get(last + 1).map_or(self.text.len(), |t| t.start);
        let marks: &[char] = if self.language == Some(Language::El) { &['?', ';', '\u{37e}'] } else { &['?'] };
        self.text.get(from..to).is_some_and(|gap| gap.contains(marks))
    }

    /// A word that begins with a capital and goes on in small letters, and does not begin its sentence: a name, as far
    /// as writing tells.
    pub fn is_name(&self, token: usize) -> bool {
        self.is_capitalised(token) && self.sentence_of(token).start < token
    }

    /// A word that begins with a capital and goes on in small letters.
    pub fn is_capitalised(&self, token: usize) -> bool {
        let written = self.tokens.get(token).and_then(|t| self.text.get(t.start..t.end)).unwrap_or_default();
        let mut letters = written.chars();
        let first = letters.next().is_some_and(char::is_uppercase);
        first && letters.clone().next().is_some() && letters.all(|c| c.is_lowercase() || matches!(c, '\'' | '’'))
    }
}

/// The utterances of a call as lines.
pub(crate) fn read(transcript: Option<&Transcript>) -> Vec<Line<'_>> {
    let Some(transcript) = transcript else { return Vec::new() };
    let language = |u: &Utterance| match u.language.as_deref().or(transcript.language.as_deref()) {
        Some(code) => Language::from_code(code),
        None => guess_languages(&u.text).first().copied(),
    };
    transcript.utterances.iter().map(|u| Line::new(&u.text, language(u))).collect()
}
