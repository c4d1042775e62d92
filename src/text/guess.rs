//! Which languages a text may be in, by script and by function words. For text that comes without a language:
//! speech recognition tells its own.

use super::language::{Language, fold, normalize};
use unicode_segmentation::UnicodeSegmentation;

/// Frequent words that the other two Latin-script languages do not have, folded.
const FUNCTION_WORDS: [(Language, &[&str]); 3] = [
    (
        Language::En,
        &[
            "the", "you", "and", "of", "is", "are", "your", "we", "this", "that", "for", "with", "my", "it", "not",
            "have", "will", "what", "our", "from", "today", "hello", "yes", "please", "thank", "can", "in",
        ],
    ),
    (
        Language::Pl,
        &[
            "nie", "sie", "jest", "na", "do", "pan", "pani", "pana", "panstwa", "ze", "czy", "dla", "jak", "tak",
            "dzien", "dobry", "prosze", "tylko", "oraz", "juz", "ale", "co", "za", "przez", "moge", "dziekuje", "z",
            "w", "po", "od", "jestem", "bedzie", "oferta",
        ],
    ),
    (
        Language::Hu,
        &[
            "az",
            "hogy",
            "nem",
            "egy",
            "es",
            "van",
            "on",
            "onnek",
            "csak",
            "igen",
            "kerem",
            "koszonom",
            "napot",
            "meg",
            "ez",
            "mar",
            "most",
            "vagy",
            "szeretnem",
            "jo",
            "ha",
            "ezt",
            "azt",
            "szerzodes",
            "onok",
            "lesz",
        ],
    ),
];

/// Greek as it is typed in Latin letters, in chats: frequent words that no other language here has.
const GREEKLISH: &[&str] = &[
    "kai",
    "einai",
    "eimai",
    "eiste",
    "tha",
    "den",
    "sas",
    "gia",
    "mou",
    "sou",
    "stin",
    "ston",
    "apo",
    "pou",
    "otan",
    "exete",
    "echete",
    "exoume",
    "thelete",
    "thelo",
    "thelei",
    "parakalo",
    "efharisto",
    "efxaristo",
    "kalimera",
    "kalispera",
    "oxi",
    "ohi",
    "mono",
    "simera",
    "avrio",
    "tora",
    "prosfora",
    "timi",
    "epeidi",
    "alla",
    "boro",
    "mporo",
    "mporeite",
    "boreite",
    "kyrie",
    "kiria",
    "giati",
    "poso",
];
/// So many of them make a text Greek; a single one may be a name.
const MIN_GREEKLISH: usize = 2;

/// The languages that fit the text, best first; several when the words do not tell them apart, none when no
/// known language uses the script.
pub fn guess_languages(text: &str) -> Vec<Language> {
    let (mut cyrillic, mut greek, mut latin) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        match c {
            'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' => cyrillic += 1,
            'α'..='ω' | 'Α'..='Ω' | 'ά'..='ώ' | 'Ά'..='Ώ' => greek += 1,
            c if c.is_alphabetic() && (c as u32) < 0x250 => latin += 1,
            _ => {}
        }
    }
    if cyrillic > greek.max(latin) {
        return vec![Language::Ru];
    }
    if greek > latin {
        return vec![Language::El];
    }
    if latin == 0 {
        return Vec::new();
    }
    let mut scores = vec![(Language::En, 0usize), (Language::Pl, 0), (Language::Hu, 0)];
    let mut n_greeklish = 0;
    for word in text.unicode_words() {
        let normal = normalize(word);
        // Letters that only one of the three writes are worth as much as a function word.
        if normal.contains(['ą', 'ę', 'ł', 'ś', 'ż', 'ź', 'ć', 'ń']) {
            scores[1].1 += 1;
        } else if normal.contains(['ő', 'ű', 'ö', 'ü', 'á', 'é', 'í', 'ú']) {
            scores[2].1 += 1;
        }
        let folded = fold(&normal);
        n_greeklish += usize::from(GREEKLISH.contains(&folded.as_str()));
        for (slot, (_, words)) in scores.iter_mut().zip(FUNCTION_WORDS) {
            slot.1 += usize::from(words.contains(&folded.as_str()));
        }
    }
    if n_greeklish >= MIN_GREEKLISH {
        scores.push((Language::El, n_greeklish));
    }
    let best = scores.iter().map(|(_, score)| *score).max().unwrap_or_default();
    // Within a factor of two the words do not decide.
    scores.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
    scores.into_iter().filter(|(_, score)| 2 * score >= best).map(|(language, _)| language).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_and_function_words_tell_the_language() {
        let check = |text: &str, expected: &[Language]| assert_eq!(guess_languages(text), expected, "{text}");
        check("Good morning, you are speaking with the sales team.", &[Language::En]);
        check("Dzień dobry, czy rozmawiam z panem Janem?", &[Language::Pl]);
        check("dzien dobry czy moge prosic pana o chwile", &[Language::Pl]);
        check("Jó napot kívánok, az Ön szerződése lejár.", &[Language::Hu]);
        check("Здравствуйте, вас беспокоит магазин OZON.", &[Language::Ru]);
        check("Καλημέρα σας, μιλάτε με την Ελένη.", &[Language::El]);
        check("kalimera sas, h prosfora einai mono gia simera", &[Language::El]);
        check("12 34", &[]);
        check("こんにちは", &[]);
        check("xyzzy", &[Language::En, Language::Pl, Language::Hu]);
    }
}
