//! How a text sounds, coarsely: words as sequences over a small alphabet of phone classes, and a search that finds a
//! phrase in what a speech model misheard and wrote down by ear ("szkie dyw" for "żeby", "ipiresía" for "υπηρεσία").
//!
//! Writings that sound alike in a language come out equal (Polish `rz` and `ż`, Greek `η ι υ ει οι`, Russian unstressed
//! `о` and `а`, Hungarian `ly` and `j`), sounds that are easily taken for each other come out near. Any Latin, Cyrillic
//! or Greek letter is read in every language, because a model that does not know a word borrows the spelling of another
//! language. Not a pronouncing dictionary and not IPA: stress, tones and length are left out, and English, whose
//! spelling tells least, is only roughly right. Nothing is stored: a form follows from its text and takes microseconds.

mod el;
mod en;
mod hu;
mod letters;
mod lexicon;
mod many;
mod near;
mod pl;
mod ru;
mod rules;

use std::fmt;

pub use lexicon::{Lexicon, LexiconWord};
pub use many::NearPhrases;
pub use near::{Hit, allowance, find_near};

use super::Language;

/// A class of sounds: one of the letters of [`Phone::ALPHABET`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(u8); // Invariant: below ALPHABET.len().

impl Phone {
    /// The classes. Vowels: a e i o u, y (Polish y, Russian ы), O (ö), U (ü). Consonants as in IPA, but S ʃ, Z ʒ, T θ,
    /// D ð, x any h. Affricates are two: ts, tS, dz, dZ.
    pub const ALPHABET: [char; 30] = [
        'a', 'e', 'i', 'o', 'u', 'y', 'O', 'U', 'p', 'b', 't', 'd', 'k', 'g', 'f', 'v', 's', 'z', 'S', 'Z', 'x', 'm',
        'n', 'r', 'l', 'j', 'w', 'T', 'D', '?',
    ];

    /// The first eight are vowels.
    const N_VOWELS: u8 = 8;

    fn from_char(c: char) -> Option<Self> {
        Self::ALPHABET.iter().position(|&own| own == c).map(|at| Self(at as u8))
    }

    fn index(self) -> usize {
        usize::from(self.0)
    }

    fn is_vowel(self) -> bool {
        self.0 < Self::N_VOWELS
    }

    /// Its letter.
    pub fn letter(self) -> char {
        Self::ALPHABET[self.index()]
    }

    /// The voiceless one of a pair, or the voiced one; `None` if it has no pair.
    fn with_voice(self, voiced: bool) -> Option<Self> {
        const PAIRS: [(char, char); 8] =
            [('p', 'b'), ('t', 'd'), ('k', 'g'), ('f', 'v'), ('s', 'z'), ('S', 'Z'), ('T', 'D'), ('x', 'x')];
        let own = self.letter();
        let pair = PAIRS.iter().find(|(voiceless, voiced)| *voiceless == own || *voiced == own)?;
        Self::from_char(if voiced { pair.1 } else { pair.0 })
    }

    fn is_voiced(self) -> bool {
        "bdgvzZD".contains(self.letter())
    }
}

/// A word of the text, or a number in digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SoundedWord {
    /// Bytes of the text, start and end.
    pub bytes: (usize, usize),
    /// Phones, start and end; a word has at least one.
    pub phones: (usize, usize),
}

/// A text as it sounds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sounded {
    phones: Vec<Phone>,
    words: Vec<SoundedWord>,
}

impl Sounded {
    /// The phones of all words, without breaks.
    pub fn phones(&self) -> &[Phone] {
        &self.phones
    }

    /// The same phones without the last: a word whose end was lent to it.
    pub(crate) fn without_last_phone(mut self) -> Self {
        self.phones.pop();
        let n = self.phones.len();
        for word in &mut self.words {
            word.phones.1 = word.phones.1.min(n);
        }
        self.words.retain(|word| word.phones.0 < word.phones.1);
        self
    }

    /// The words in order. Signs, and letters of other scripts than Latin, Cyrillic and Greek, make none.
    pub fn words(&self) -> &[SoundedWord] {
        &self.words
    }
}

/// Words as letters of [`Phone::ALPHABET`], a space between them.
impl fmt::Display for Sounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, word) in self.words.iter().enumerate() {
            if i > 0 {
                write!(f, " ")?;
            }
            for phone in &self.phones[word.phones.0..word.phones.1] {
                write!(f, "{}", phone.letter())?;
            }
        }
        Ok(())
    }
}

/// How a text sounds when it is read in a language; without one, letter by letter as most languages have them.
///
/// Numbers in digits are read out: up to four digits as a number, longer ones and those with a leading zero digit by
/// digit.
pub fn sound(text: &str, language: Option<Language>) -> Sounded {
    let rules = rules::of(language);
    let mut sounded = Sounded::default();
    let mut phones = Vec::new();
    for (start, end) in words(text) {
        let word = &text[start..end];
        phones.clear();
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            rules.read_number(word, &mut phones);
        } else {
            rules.read_word(word, &mut phones);
        }
        if !phones.is_empty() {
            let first = sounded.phones.len();
            sounded.phones.extend(&phones);
            sounded.words.push(SoundedWord { bytes: (start, end), phones: (first, sounded.phones.len()) });
        }
    }
    sounded
}

/// Byte ranges of runs of letters (apostrophes and joining marks inside of them) and of ASCII digits.
fn words(text: &str) -> Vec<(usize, usize)> {
    #[derive(PartialEq, Clone, Copy)]
    enum Kind {
        Gap,
        Letters,
        Digits,
    }
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut last = Kind::Gap;
    for (at, c) in text.char_indices() {
        let kind = match c {
            c if c.is_ascii_digit() => Kind::Digits,
            '\'' | '’' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{300}'..='\u{36f}'
                if last == Kind::Letters =>
            {
                Kind::Letters
            }
            c if c.is_alphabetic() => Kind::Letters,
            _ => Kind::Gap,
        };
        let end = at + c.len_utf8();
        match (kind == last, kind) {
            (_, Kind::Gap) => {}
            (true, _) => found.last_mut().expect("a word goes on").1 = end,
            (false, _) => found.push((at, end)),
        }
        last = kind;
    }
    found
}

#[cfg(test)]
mod tests;
