//! Syllables of a written word, counted by its vowels: how fast somebody speaks in languages whose words differ in
//! length. Not hyphenation, and not a pronouncing dictionary: English, whose spelling tells least, comes out about one
//! word in ten wrong; the others follow their spelling rules.

use super::Language;

/// Syllables of a text, word by word. A digit counts as one syllable, which is too few for most numbers.
pub fn syllables(text: &str, language: Language) -> usize {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').map(|word| in_word(word, language)).sum()
}

fn in_word(word: &str, language: Language) -> usize {
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect();
    let n_digits = letters.iter().filter(|c| c.is_numeric()).count();
    let n = match language {
        Language::En => english(&letters),
        Language::Pl => polish(&letters),
        Language::Ru => count(&letters, "аеёиоуыэюя"),
        Language::El => greek(&letters),
        Language::Hu => count(&letters, "aáeéiíoóöőuúüű"),
    };
    n + n_digits
}

fn count(letters: &[char], vowels: &str) -> usize {
    letters.iter().filter(|c| vowels.contains(**c)).count()
}

/// An `i` before a vowel only softens the consonant before it: `nie`, `ciało`.
fn polish(letters: &[char]) -> usize {
    const VOWELS: &str = "aąeęioóuy";
    let softens = letters.windows(2).filter(|w| w[0] == 'i' && VOWELS.contains(w[1])).count();
    count(letters, VOWELS) - softens
}

/// Two letters for one vowel unless the first has the accent or the second the diaeresis; an unaccented iota before a
/// vowel is no syllable of its own in speech: `για`, `παιδιά`.
fn greek(letters: &[char]) -> usize {
    const VOWELS: &str = "αεηιουωάέήίόύώϊϋΐΰ";
    const PAIRS: [&str; 16] =
        ["αι", "ει", "οι", "υι", "ου", "αυ", "ευ", "ηυ", "αί", "εί", "οί", "υί", "ού", "αύ", "εύ", "ηύ"];
    let mut n = 0;
    let mut i = 0;
    while let Some(&letter) = letters.get(i) {
        let next = letters.get(i + 1).copied();
        let is_pair = next.is_some_and(|next| PAIRS.iter().any(|pair| pair.chars().eq([letter, next])));
        let after = if is_pair { letters.get(i + 2).copied() } else { next };
        let glides = (letter == 'ι' || (is_pair && matches!(next, Some('ι')) && letter != 'α'))
            && after.is_some_and(|after| VOWELS.contains(after));
        if VOWELS.contains(letter) && !glides {
            n += 1;
        }
        i += if is_pair { 2 } else { 1 };
    }
    n
}

/// Groups of vowels, silent endings left out.
fn english(letters: &[char]) -> usize {
    let is_vowel = |i: usize| letters.get(i).is_some_and(|c| "aeiouy".contains(*c)) && !(i == 0 && letters[0] == 'y');
    let n_groups = (0..letters.len()).filter(|&i| is_vowel(i) && (i == 0 || !is_vowel(i - 1))).count();
    let ends = |tail: &str| letters.len() > tail.len() && letters.ends_with(&tail.chars().collect::<Vec<_>>());
    let at_end = |back: usize| letters.len().checked_sub(back).and_then(|i| letters.get(i)).copied();
    let consonant_before = |back: usize| letters.len().checked_sub(back).is_some_and(|i| !is_vowel(i));
    // `make` but not `table`; `asked` but not `wanted`; `times` but not `prices`.
    let is_silent = (ends("e") && consonant_before(2) && !(ends("le") && consonant_before(3)))
        || (ends("ed") && consonant_before(3) && !matches!(at_end(3), Some('t' | 'd')))
        || (ends("es") && consonant_before(3) && !matches!(at_end(3), Some('s' | 'x' | 'z' | 'c' | 'g' | 'h')));
    match (n_groups, is_silent) {
        (0, _) => usize::from(letters.iter().any(|c| c.is_alphabetic())),
        (n, true) => (n - 1).max(1),
        (n, false) => n,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, words: &[(&str, usize)]) {
        for &(text, expected) in words {
            assert_eq!(syllables(text, language), expected, "{text}");
        }
    }

    #[test]
    fn english_words_lose_their_silent_endings() {
        let words = [("yes", 1), ("make", 1), ("table", 2), ("asked", 1), ("wanted", 2), ("the", 1), ("customer", 3)];
        check(Language::En, &words);
        check(
            Language::En,
            &[("prices", 2), ("times", 1), ("agreement", 3), ("I don't know, thank you!", 5), ("hmm", 1)],
        );
    }

    #[test]
    fn a_polish_i_before_a_vowel_is_no_syllable() {
        check(Language::Pl, &[("nie", 1), ("ciało", 2), ("nauka", 3), ("dzień dobry", 3), ("umowa", 3), ("w", 0)]);
    }

    #[test]
    fn every_russian_and_hungarian_vowel_is_a_syllable() {
        check(Language::Ru, &[("да", 1), ("здравствуйте", 3), ("договор", 3), ("её", 2), ("с", 0)]);
        check(Language::Hu, &[("igen", 2), ("szerződés", 3), ("köszönöm", 3), ("fiú", 2), ("nagyon", 2)]);
    }

    #[test]
    fn greek_pairs_are_one_vowel_unless_marked() {
        check(Language::El, &[("ναι", 1), ("ευχαριστώ", 4), ("συμβόλαιο", 4), ("τσάι", 2), ("για", 1), ("παιδιά", 2)]);
        check(Language::El, &[("κύριε", 2), ("βιβλίο", 3), ("Μαΐου", 3), ("ποιος", 1), ("ούτε", 2)]);
    }

    #[test]
    fn digits_and_signs_are_counted_and_left_out() {
        check(Language::En, &[("", 0), ("?!", 0), ("49 euros", 4)]);
    }
}
