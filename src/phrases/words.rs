//! A text as the patterns see it, and the test that a word of a pattern is: which words of a text are it, and how
//! strictly.

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
    /// Other words that sound like it.
    Sound,
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
    /// Whether its sentence is written as a question.
    pub is_asked: bool,
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
    /// Its digits.
    pub(crate) fn written(&self) -> String {
        self.digits.clone()
    }

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
        let bare = language::fold(&token.normal);
        items.push(Item { bare, token, end, in_bare_text: true, number, is_asked: false });
    }
    mark_questions(text, &mut items, language);
    if items.iter().any(|item| item.bare != item.token.normal) {
        items.iter_mut().for_each(|item| item.in_bare_text = false);
    }
    items
}

/// A sentence is a question if a question mark follows its last word; in Greek that is `;`.
fn mark_questions(text: &str, items: &mut [Item], language: Option<Language>) {
    let marks = |between: &str| {
        between.contains(['?', '\u{37e}', '؟']) || (language == Some(Language::El) && between.contains(';'))
    };
    let mut to = text.len();
    let mut asked_sentence = None;
    for item in items.iter_mut().rev() {
        if text.get(item.end..to).is_some_and(marks) {
            asked_sentence = Some(item.token.sentence);
        }
        to = item.token.start;
        item.is_asked = asked_sentence == Some(item.token.sentence);
    }
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
    /// How `item` is this word; `stems`: the length from which a stem tells words apart, `None` if only written forms
    /// count.
    pub(crate) fn level(&self, item: &Item, stems: Option<usize>) -> Option<Level> {
        let is_telling = |stem: &str| stems.is_some_and(|least| stem.chars().count() >= least);
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
                } else if *stem == token.stem && is_telling(stem) {
                    Some(Level::Stem)
                } else if *bare == item.bare || (*folded == token.folded && is_telling(folded)) {
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
    pub(crate) fn spells_out(&self, item: &Item) -> bool {
        match self {
            Self::Glob { head, tail, .. } => {
                let chars = |text: &str| text.chars().count();
                chars(&item.token.normal) <= chars(head) + chars(tail) + MAX_INFLECTION_CHARS
            }
            _ => true,
        }
    }
}

/// Longer endings are suffixes with a meaning of their own (Hungarian -talan is -less).
const MAX_INFLECTION_CHARS: usize = 3;

pub(crate) fn exactly(normal: String) -> WordTest {
    WordTest::Exact { bare: language::fold(&normal), normal }
}

pub(crate) fn glob(head: String, tail: String) -> WordTest {
    WordTest::Glob { bare: [language::fold(&head), language::fold(&tail)], head, tail }
}

pub(crate) fn form(item: Item) -> WordTest {
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
