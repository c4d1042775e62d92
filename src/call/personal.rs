//! Personal data found in a transcript, as it passes from the finder to the mask and the rules, and how a text
//! looks when it is masked: both need the same masked words, the one to show them, the other to make ids of them.

use std::fmt;

use super::transcript::Word;

/// What kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonalKind {
    /// Telephone number.
    Phone,
    /// Payment card number.
    Card,
    /// Card verification value.
    Cvv,
    /// Bank account number.
    Iban,
    /// E-mail address.
    Email,
    /// Postal address.
    Address,
    /// National identification number.
    NationalId,
    /// Date of birth.
    DateOfBirth,
    /// Name of a private person.
    PersonName,
    /// Passport number.
    Passport,
    /// Password or code word.
    AccountPassword,
}

impl fmt::Display for PersonalKind {
    /// The word in `pii.<kind>` and in the mask `[<kind>]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Phone => "phone",
            Self::Card => "card",
            Self::Cvv => "cvv",
            Self::Iban => "iban",
            Self::Email => "email",
            Self::Address => "address",
            Self::NationalId => "national_id",
            Self::DateOfBirth => "date_of_birth",
            Self::PersonName => "person_name",
            Self::Passport => "passport",
            Self::AccountPassword => "account_password",
        })
    }
}

/// Where personal data stands in a transcript. One that runs over several utterances is one entry for each.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonalData {
    /// What kind.
    pub kind: PersonalKind,
    /// Index into `transcript.utterances`.
    pub utterance: usize,
    /// Bytes `start..end` of that utterance's text.
    pub bytes: (usize, usize),
    /// When it is said; `None` for text without times.
    pub start_s: Option<f64>,
    /// End, as above.
    pub end_s: Option<f64>,
    /// Probability 0..=1 that it is what it looks like.
    pub confidence: f64,
}

impl PersonalData {
    /// What is shown in its place: `[phone]`, `[card]`, …
    pub fn mask(&self) -> String {
        format!("[{}]", self.kind)
    }

    /// True if the bytes `part` of the same utterance share anything with it.
    pub fn touches(&self, part: (usize, usize)) -> bool {
        self.bytes.0 < part.1 && part.0 < self.bytes.1
    }
}

/// The bytes `part` of an utterance's `text` as they may be shown: every entry of `found` that lies in them, even
/// with one byte, is replaced by its whole mask. `found` are entries of this utterance, in order. Bytes inside a
/// character or beyond the text are taken to the nearest lower border.
pub fn mask_part<'a>(text: &str, part: (usize, usize), found: impl IntoIterator<Item = &'a PersonalData>) -> String {
    let end = text.floor_char_boundary(part.1);
    let mut from = text.floor_char_boundary(part.0).min(end);
    let mut shown = String::with_capacity(end - from);
    for data in found.into_iter().filter(|data| data.touches((part.0, end))) {
        shown.push_str(&text[from..text.floor_char_boundary(data.bytes.0).clamp(from, end)]);
        shown.push_str(&data.mask());
        // Up, not down: half a character of the data must not stay.
        from = text.ceil_char_boundary(data.bytes.1).clamp(from, end);
    }
    shown.push_str(&text[from..end]);
    shown
}

/// Bytes `start..end` of each word in the text it was cut from; `None` if the words are not those of the text.
pub fn locate_words(text: &str, words: &[Word]) -> Option<Vec<(usize, usize)>> {
    let mut from = 0;
    let mut places = Vec::with_capacity(words.len());
    for word in words {
        let written = word.text.trim();
        let gap = text[from..].find(written)?;
        // A letter skipped is a word that is in the text and not in the list.
        if text[from..from + gap].contains(char::is_alphanumeric) {
            return None;
        }
        places.push((from + gap, from + gap + written.len()));
        from += gap + written.len();
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "ζήτα +30 690 τώρα";

    fn phone(bytes: (usize, usize)) -> PersonalData {
        PersonalData { kind: PersonalKind::Phone, utterance: 0, bytes, start_s: None, end_s: None, confidence: 1.0 }
    }

    fn check(part: (usize, usize), found: (usize, usize), expected: &str) {
        assert_eq!(mask_part(TEXT, part, [&phone(found)]), expected);
    }

    #[test]
    fn a_part_that_shares_one_byte_with_the_data_shows_the_whole_mask() {
        let number = (TEXT.find('+').expect("there"), TEXT.find(" τ").expect("there"));
        check((0, TEXT.len()), number, "ζήτα [phone] τώρα");
        check((0, number.0 + 1), number, "ζήτα [phone]");
        check((number.1 - 1, TEXT.len()), number, "[phone] τώρα");
        check((0, number.0), number, "ζήτα ");
    }

    #[test]
    fn borders_inside_a_character_and_beyond_the_text_do_not_panic() {
        check((1, 999), (3, 5), "ζ[phone]α +30 690 τώρα");
        check((99, 3), (0, 99), "");
    }

    #[test]
    fn words_are_found_in_order_or_not_at_all() {
        let word = |text: &str| Word { start_s: 0.0, end_s: 1.0, text: text.into(), probability: 1.0 };
        assert_eq!(locate_words("a, a b", &[word("a,"), word("a"), word("b")]), Some(vec![(0, 2), (3, 4), (5, 6)]));
        assert_eq!(locate_words("a x b", &[word("a"), word("b")]), None);
    }
}
