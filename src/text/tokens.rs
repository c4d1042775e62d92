//! Text to tokens that know where they stand. Any UTF-8 is taken; sentences and clauses are those of the
//! punctuation, which is all that a transcript has.

use unicode_segmentation::UnicodeSegmentation;

use super::language::{Language, fold, normalize};

/// A word, a number in digits or a symbol that is read out as a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text. Tokens that come from one contraction share their range.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The normal form: see [`normalize`].
    pub normal: String,
    /// Its stem; the normal form if the language is not known.
    pub stem: String,
    /// Stem of the normal form without diacritics.
    pub folded: String,
    /// Counts up at `, ; : - ( )` and at every end of a sentence.
    pub clause: u32,
    /// Counts up at `. ! ?`, at `…` and, in Greek, at `;`.
    pub sentence: u32,
}

impl Token {
    /// A token that begins with a digit.
    pub fn is_digits(&self) -> bool {
        self.normal.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// English contractions, whole words; the rest goes by its ending.
const EN_WORDS: [(&str, &[&str]); 16] = [
    ("can't", &["can", "not"]),
    ("cannot", &["can", "not"]),
    ("won't", &["will", "not"]),
    ("shan't", &["shall", "not"]),
    ("ain't", &["is", "not"]),
    ("let's", &["let", "us"]),
    ("y'all", &["you", "all"]),
    ("gonna", &["going", "to"]),
    ("wanna", &["want", "to"]),
    ("gotta", &["got", "to"]),
    ("gimme", &["give", "me"]),
    ("lemme", &["let", "me"]),
    ("dunno", &["do", "not", "know"]),
    ("kinda", &["kind", "of"]),
    ("cuz", &["because"]),
    ("okay", &["ok"]),
];

const EN_ENDINGS: [(&str, &str); 6] =
    [("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am"), ("'d", "would")];

/// `'s` is "is" after these and a possessive after all other words.
const EN_IS_AFTER: [&str; 13] =
    ["it", "that", "what", "there", "here", "who", "he", "she", "where", "how", "this", "everything", "name"];

fn expand_english(normal: &str) -> Vec<String> {
    if let Some((_, words)) = EN_WORDS.iter().find(|(contraction, _)| *contraction == normal) {
        return words.iter().map(|&word| word.to_owned()).collect();
    }
    for (ending, word) in EN_ENDINGS {
        if let Some(head) = normal.strip_suffix(ending).filter(|head| !head.is_empty()) {
            return vec![head.to_owned(), word.to_owned()];
        }
    }
    match normal.strip_suffix("'s") {
        Some(head) if EN_IS_AFTER.contains(&head) => vec![head.to_owned(), "is".to_owned()],
        Some(head) if !head.is_empty() => vec![head.to_owned()],
        _ => vec![normal.to_owned()],
    }
}

/// Splits `24h`, `5G` and `v2` where digits meet letters; a decimal stays whole. Byte offsets into `word`.
fn split_digits(word: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (at, c) in word.char_indices() {
        if last.is_some_and(|last| {
            (last.is_ascii_digit() && c.is_alphabetic()) || (last.is_alphabetic() && c.is_ascii_digit())
        }) {
            parts.push((start, at));
            start = at;
        }
        last = Some(c);
    }
    parts.push((start, word.len()));
    parts
}

fn is_sentence_end(piece: &str, language: Option<Language>) -> bool {
    piece.contains(['.', '!', '?', '…', '\u{37e}', '\n', '。', '؟'])
        || (language == Some(Language::El) && piece.contains(';'))
}

fn is_clause_end(piece: &str) -> bool {
    piece.contains([',', ';', ':', '(', ')', '–', '—', '\u{387}', '«', '»', '"', '„', '”', '“'])
}

/// Splits a text into tokens, in the order of the text.
///
/// Without a language words keep their normal form as stem and contractions are not expanded.
pub fn tokenize(text: &str, language: Option<Language>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut clause, mut sentence) = (0, 0);
    let mut after_space = true;
    for (at, piece) in text.split_word_bound_indices() {
        if piece.chars().any(char::is_alphanumeric) {
            for (from, to) in split_digits(piece) {
                let normal = normalize(&piece[from..to]);
                let words = if language == Some(Language::En) { expand_english(&normal) } else { vec![normal] };
                for word in words.into_iter().filter(|word| !word.is_empty()) {
                    tokens.push(token(word, (at + from, at + to), language, (clause, sentence)));
                }
            }
            after_space = false;
            continue;
        }
        for (offset, symbol) in piece.char_indices() {
            for word in Language::symbol_words(language, symbol) {
                let range = (at + offset, at + offset + symbol.len_utf8());
                tokens.push(token((*word).to_owned(), range, language, (clause, sentence)));
            }
        }
        if is_sentence_end(piece, language) {
            sentence += 1;
            clause += 1;
        } else if is_clause_end(piece) || (piece == "-" && after_space) {
            clause += 1;
        }
        after_space = piece.chars().all(char::is_whitespace);
    }
    tokens
}

fn token(normal: String, (start, end): (usize, usize), language: Option<Language>, place: (u32, u32)) -> Token {
    let stem_of = |word: &str| language.map_or_else(|| word.to_owned(), |language| language.stem(word));
    let stem = stem_of(&normal);
    let bare = fold(&normal);
    // Stemmed again because suffixes are recognised with their diacritics: both sides lose them first.
    let folded = if bare == normal { stem.clone() } else { stem_of(&bare) };
    Token { start, end, normal, stem, folded, clause: place.0, sentence: place.1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normals(text: &str, language: Language) -> Vec<String> {
        tokenize(text, Some(language)).into_iter().map(|token| token.normal).collect()
    }

    #[test]
    fn contractions_become_the_words_they_stand_for() {
        let check = |text: &str, expected: &str| assert_eq!(normals(text, Language::En).join(" "), expected);
        check("You can't", "you can not");
        check("you’re GONNA", "you are going to");
        check("it's John's", "it is john");
        check("won't isn't we'll", "will not is not we will");
        check("I'd've", "i'd have");
    }

    #[test]
    fn symbols_are_read_out_and_digits_part_from_letters() {
        let check = |language, text: &str, expected: &str| assert_eq!(normals(text, language).join(" "), expected);
        check(Language::En, "100%", "100 percent");
        check(Language::El, "100%", "100 τοισ εκατο");
        check(Language::Pl, "24h za 5€", "24 h za 5 euro");
        check(Language::Hu, "49,90 Ft", "49,90 ft");
    }

    #[test]
    fn byte_ranges_point_at_the_words_as_written() {
        for (language, text) in [
            (Language::Pl, "Żółć, już DZIŚ!"),
            (Language::El, "Καλημέρα σας; Ναι."),
            (Language::Hu, "huszonnégy — őrült 🦀 ár"),
            (Language::Ru, "чём-то ещё…"),
        ] {
            for token in tokenize(text, Some(language)) {
                assert_eq!(normalize(&text[token.start..token.end]), token.normal);
            }
        }
    }

    #[test]
    fn clauses_and_sentences_follow_punctuation() {
        let places = |text: &str, language| {
            tokenize(text, Some(language)).iter().map(|t| (t.clause, t.sentence)).collect::<Vec<_>>()
        };
        assert_eq!(places("no, only today. Yes", Language::En), [(0, 0), (1, 0), (1, 0), (2, 1)]);
        assert_eq!(places("ναι; όχι", Language::El), [(0, 0), (1, 1)]);
        assert_eq!(places("so-called end - yes", Language::En), [(0, 0), (0, 0), (0, 0), (1, 0)]);
    }
}
