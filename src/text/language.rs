//! The five languages whose words are known here, and what each does to a word before it is compared.

use std::borrow::Cow;

use snowball_stemmers_rs::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A language with a stemmer, numerals and a pack of phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    En,
    /// Polish.
    Pl,
    /// Russian.
    Ru,
    /// Greek.
    El,
    /// Hungarian.
    Hu,
}

/// Longer words are no words; the stemmers get no more than this many bytes.
const MAX_STEMMED_BYTES: usize = 64;

impl Language {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::En, Self::Pl, Self::Ru, Self::El, Self::Hu];

    /// From an ISO 639-1 code, with or without a region (`en`, `en-GB`); `None` for any other.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    /// ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Pl => "pl",
            Self::Ru => "ru",
            Self::El => "el",
            Self::Hu => "hu",
        }
    }

    /// The Snowball stem of a word in normal form.
    pub fn stem(self, normal: &str) -> String {
        if normal.len() > MAX_STEMMED_BYTES {
            return normal.to_owned();
        }
        let algorithm = match self {
            Self::En => Algorithm::English,
            Self::Pl => Algorithm::Polish,
            Self::Ru => Algorithm::Russian,
            Self::El => Algorithm::Greek,
            Self::Hu => Algorithm::Hungarian,
        };
        match Stemmer::create(algorithm).stem(normal) {
            // A stem of nothing would make all such words alike.
            Cow::Borrowed("") => normal.to_owned(),
            stem => stem.into_owned(),
        }
    }

    /// What a symbol is called, as words in normal form; empty for symbols that nobody reads out.
    pub(crate) fn symbol_words(language: Option<Self>, symbol: char) -> &'static [&'static str] {
        match (symbol, language) {
            ('%', Some(Self::Pl)) => &["procent"],
            ('%', Some(Self::Ru)) => &["процент"],
            ('%', Some(Self::El)) => &["τοισ", "εκατο"],
            ('%', Some(Self::Hu)) => &["százalék"],
            ('%', _) => &["percent"],
            ('€', Some(Self::Ru)) => &["евро"],
            ('€', Some(Self::El)) => &["ευρω"],
            ('€', Some(Self::Hu)) => &["euró"],
            ('€', _) => &["euro"],
            ('$', Some(Self::Pl)) => &["dolar"],
            ('$', Some(Self::Ru)) => &["доллар"],
            ('$', Some(Self::El)) => &["δολαριο"],
            ('$', Some(Self::Hu)) => &["dollár"],
            ('$', _) => &["dollar"],
            ('£', Some(Self::Pl)) => &["funt"],
            ('£', Some(Self::Ru)) => &["фунт"],
            ('£', Some(Self::El)) => &["λιρα"],
            ('£', Some(Self::Hu)) => &["font"],
            ('£', _) => &["pound"],
            ('₽', _) => &["рубль"],
            _ => &[],
        }
    }
}

/// Normal form of a word: NFKC, lower case, ё as е, Greek without tonos and dialytika and ς as σ, straight
/// apostrophes. Other diacritics stay: in Polish and Hungarian they tell words apart.
pub fn normalize(word: &str) -> String {
    let mut normal = String::with_capacity(word.len());
    for c in word.nfkc().flat_map(char::to_lowercase) {
        match c {
            'ё' => normal.push('е'),
            'ς' => normal.push('σ'),
            '’' | '‘' | 'ʼ' | '´' => normal.push('\''),
            // Signs without width that texts carry inside of words: joiners, direction marks, soft hyphens.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {}
            'ά'..='ώ' | 'ΐ' | 'ἀ'..='ῼ' => {
                normal.extend(
                    c.nfd().filter(|&part| !is_combining_mark(part)).map(|part| if part == 'ς' { 'σ' } else { part }),
                );
            }
            // The dot that lower-casing a Turkish İ leaves; all others were composed above.
            c if is_combining_mark(c) => {}
            c => normal.push(c),
        }
    }
    normal
}

/// The normal form without any diacritics (ą as a, ő and ö as o, ł as l): what is left when speech recognition
/// or a keyboard drops them.
pub fn fold(normal: &str) -> String {
    normal
        .nfd()
        .filter(|&c| !is_combining_mark(c))
        .map(|c| match c {
            'ł' => 'l',
            'đ' => 'd',
            'ø' => 'o',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_only_in_writing_have_one_normal_form() {
        let check = |a: &str, b: &str| assert_eq!(normalize(a), normalize(b));
        check("Ещё", "еще");
        check("ΔΕΝ", "δεν");
        check("τηλεφωνώ", "ΤΗΛΕΦΩΝΩ");
        check("προϊόντος", "ΠΡΟΙΟΝΤΟΣ");
        check("ﬁne", "fine");
        check("don’t", "don't");
        check("zostac\u{301}", "zostać");
        check("on\u{200d}ly\u{ad}", "\u{feff}only");
    }

    #[test]
    fn folding_drops_what_bad_recognition_drops() {
        let check = |word: &str, expected: &str| assert_eq!(fold(&normalize(word)), expected);
        check("Żółć", "zolc");
        check("Önnek", "onnek");
        check("költségű", "koltsegu");
        check("йод", "иод");
    }

    #[test]
    fn inflected_forms_share_a_stem() {
        let check = |language: Language, a: &str, b: &str| {
            assert_eq!(language.stem(&normalize(a)), language.stem(&normalize(b)), "{a} {b}");
        };
        check(Language::En, "expires", "expired");
        check(Language::Pl, "oferta", "ofertą");
        check(Language::Ru, "скидка", "скидки");
        check(Language::El, "προσφορά", "προσφορές");
        check(Language::Hu, "szerződés", "szerződést");
    }

    #[test]
    fn codes_may_have_a_region() {
        assert_eq!(Language::from_code("EN-gb"), Some(Language::En));
        assert_eq!(Language::from_code("el"), Some(Language::El));
        assert_eq!(Language::from_code("de"), None);
        assert_eq!(Language::from_code(""), None);
    }
}
