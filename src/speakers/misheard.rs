//! Phrases that are found although speech recognition spelled them otherwise: letters wrong, diacritics lost, words
//! run together or torn apart. Not a search for quotes: it tells how near a phrase is, not where.
//!
//! Text and phrase are brought to a spelling by ear (`by_ear`), without spaces; the phrase may then lie anywhere in the
//! text with a few edits (Sellers 1980), found by bit-parallel arithmetic (Myers 1999, in Hyyrö's form).

use crate::text::language::{Language, fold, normalize};

/// Letters that sound alike in a language, and what they become; applied in this order, after diacritics are gone.
fn alike(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::En => &[("ph", "f"), ("ck", "k")],
        Language::Pl => {
            &[("rz", "z"), ("sz", "s"), ("cz", "c"), ("ch", "h"), ("dz", "z"), ("w", "v"), ("y", "i"), ("u", "o")]
        }
        Language::Ru => &[("ь", ""), ("ъ", ""), ("э", "е"), ("ы", "и"), ("о", "а"), ("е", "и"), ("щ", "ш")],
        Language::El => &[
            ("ου", "u"),
            ("αι", "ε"),
            ("ει", "ι"),
            ("οι", "ι"),
            ("η", "ι"),
            ("υ", "ι"),
            ("ω", "ο"),
            ("γκ", "g"),
            ("γγ", "g"),
            ("μπ", "b"),
            ("ντ", "d"),
        ],
        Language::Hu => {
            &[("cs", "c"), ("sz", "s"), ("zs", "z"), ("ly", "j"), ("gy", "d"), ("ty", "t"), ("ny", "n"), ("w", "v")]
        }
    }
}

/// A word or phrase as it sounds: lower case, no diacritics, no spaces, letters that sound alike written alike, none
/// twice in a row. Only letters and digits are kept.
pub(super) fn by_ear(text: &str, language: Language) -> String {
    let mut spelled: String = fold(&normalize(text)).chars().filter(|c| c.is_alphanumeric()).collect();
    for (from, to) in alike(language) {
        if spelled.contains(from) {
            spelled = spelled.replace(from, to);
        }
    }
    let mut last = None;
    spelled.retain(|c| last.replace(c) != Some(c));
    spelled
}

/// Patterns lie in one machine word.
const MAX_LETTERS: usize = 64;

/// Phrases of fewer letters are too easily found in other words.
const MIN_LETTERS: usize = 9;

/// Edits allowed a letter: recognition of Polish, Greek and Hungarian telephone speech gets about one letter in five
/// wrong (base model).
const EDITS_A_LETTER: f64 = 0.22;

/// A phrase to be found in spite of errors.
#[derive(Debug)]
pub(super) struct Misheard {
    // Invariant: 1..=MAX_LETTERS.
    n_letters: usize,
    max_edits: usize,
    /// For each letter that the phrase has, the places where it has it.
    places: Vec<(char, u64)>,
}

impl Misheard {
    /// From a phrase by ear; `None` if it is too short or too long.
    pub fn new(phrase: &str) -> Option<Self> {
        let n_letters = phrase.chars().count();
        if !(MIN_LETTERS..=MAX_LETTERS).contains(&n_letters) {
            return None;
        }
        let mut places: Vec<(char, u64)> = Vec::new();
        for (i, letter) in phrase.chars().enumerate() {
            match places.iter_mut().find(|(c, _)| *c == letter) {
                Some((_, at)) => *at |= 1 << i,
                None => places.push((letter, 1 << i)),
            }
        }
        // Rounded down: a phrase of 9 letters may have one wrong.
        Some(Self { n_letters, max_edits: (n_letters as f64 * EDITS_A_LETTER) as usize, places })
    }

    /// How near the text (by ear) comes to the phrase anywhere: 1 if it holds it, less with every edit, 0 beyond what
    /// is allowed. Linear in the text.
    pub fn nearness(&self, text: &str) -> f64 {
        let last = 1_u64 << (self.n_letters - 1);
        // Differences down the column of the edit table: where it grows, where it shrinks.
        let (mut grows, mut shrinks) = (!0_u64, 0_u64);
        let (mut edits, mut fewest) = (self.n_letters, self.n_letters);
        for letter in text.chars() {
            let same = self.places.iter().find(|(c, _)| *c == letter).map_or(0, |(_, at)| *at);
            let carried = ((same & grows).wrapping_add(grows) ^ grows) | same | shrinks;
            let right_grows = shrinks | !(carried | grows);
            let right_shrinks = grows & carried;
            edits = edits + usize::from(right_grows & last != 0) - usize::from(right_shrinks & last != 0);
            fewest = fewest.min(edits);
            let right_grows = right_grows << 1;
            grows = (right_shrinks << 1) | !(carried | right_grows);
            shrinks = right_grows & carried;
        }
        if fewest > self.max_edits {
            return 0.0;
        }
        1.0 - fewest as f64 / (self.max_edits + 1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The plain table that the bits stand for.
    fn fewest_edits(pattern: &str, text: &str) -> usize {
        let pattern: Vec<char> = pattern.chars().collect();
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut fewest = pattern.len();
        for letter in text.chars() {
            let mut diagonal = 0;
            for i in 1..=pattern.len() {
                let above = column[i];
                column[i] = (diagonal + usize::from(pattern[i - 1] != letter)).min(above + 1).min(column[i - 1] + 1);
                diagonal = above;
            }
            fewest = fewest.min(column[pattern.len()]);
        }
        fewest
    }

    #[test]
    fn the_bits_count_what_the_table_counts() {
        // Knuth's MMIX generator; few letters, so that near misses are frequent.
        let mut state = 7_u64;
        let mut letter = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(b'a' + (state >> 40) as u8 % 3)
        };
        for n_letters in [9, 20, 63, 64] {
            for _ in 0..50 {
                let pattern: String = (0..n_letters).map(|_| letter()).collect();
                let text: String = (0..120).map(|_| letter()).collect();
                let misheard = Misheard::new(&pattern).expect("long enough");
                let edits = fewest_edits(&pattern, &text);
                let expected =
                    if edits > misheard.max_edits { 0.0 } else { 1.0 - edits as f64 / (misheard.max_edits + 1) as f64 };
                assert_eq!(misheard.nearness(&text), expected, "{pattern} in {text}");
            }
        }
    }

    #[test]
    fn a_phrase_is_known_in_spite_of_errors_and_not_in_other_words() {
        let check = |language, phrase: &str, text: &str, expected: bool| {
            let misheard = Misheard::new(&by_ear(phrase, language)).expect("long enough");
            assert_eq!(misheard.nearness(&by_ear(text, language)) > 0.0, expected, "{phrase}: {text}");
        };
        check(Language::El, "πώς μπορώ να σας βοηθήσω", "πος μπορό νασας βοιθίσο;", true);
        check(Language::Pl, "w czym mogę pomóc", "Wczym moge pomuc?", true);
        check(Language::Hu, "miben segíthetek", "mi ben segited tek", true);
        check(Language::Ru, "чем могу помочь", "чем магу помоч", true);
        check(Language::En, "how can i help you", "how can I hell pew", true);
        check(Language::En, "how can i help you", "I would like to have it today", false);
        check(Language::Hu, "miben segíthetek", "mikor érkezik meg a csomagom", false);
    }

    #[test]
    fn phrases_that_are_too_short_or_too_long_are_refused() {
        assert!(Misheard::new("abcdefgh").is_none());
        assert!(Misheard::new(&"ab".repeat(33)).is_none());
        assert_eq!(Misheard::new("abcdefghi").expect("long enough").nearness(""), 0.0);
    }
}
