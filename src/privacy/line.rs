//! An utterance as everything that looks for personal data reads it: words and digits in the order of the text, each
//! with its bytes. "Double two", "два ноля", "trzy siódemki" and "oh" between digits are digits here. Nothing is
//! judged: a price is digits as well.

use std::collections::HashMap;

use crate::call::{Party, Speaker, Transcript, Utterance};
use crate::text::language::fold;
use crate::text::{Language, guess_languages, numerals, tokenize};

/// A word, or digits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    /// Bytes `start..end` of the text.
    pub bytes: (usize, usize),
    /// Folded, without dots ("α.φ.μ." is "αφμ"); of digits the first word as it was said.
    pub word: String,
    /// ASCII digits, if that is what it says.
    pub digits: Option<String>,
    /// True for digits said in words.
    pub is_spoken: bool,
}

impl Item {
    /// The number that the digits make; `None` for words and for more digits than any quantity has.
    pub fn value(&self) -> Option<u32> {
        self.digits.as_ref().filter(|digits| digits.len() <= 9)?.parse().ok()
    }
}

/// Fewer letters that are all capitals are an abbreviation, not a name.
const MIN_CAPITALS: usize = 4;

/// So many numbers in words of another language, and none of its own, are in that language.
const MIN_NUMBERS_OF_LANGUAGE: usize = 3;

/// One utterance.
pub(super) struct Line<'a> {
    /// As it was written.
    pub text: &'a str,
    pub language: Option<Language>,
    pub items: Vec<Item>,
    pub party: Party,
    /// Whose voice: channel and speaker.
    pub voice: (Option<u16>, Option<&'a str>),
    pub start_s: Option<f64>,
    pub end_s: Option<f64>,
    /// False for a recogniser that writes no capitals: then a capital cannot tell a name.
    pub has_capitals: bool,
}

/// The language of an utterance if its words are known; else the one in which it says most numbers, else the one that
/// its words look like.
pub(super) fn language_of(utterance: &Utterance, transcript: &Transcript) -> Option<Language> {
    let code = utterance.language.as_deref().or(transcript.language.as_deref());
    let n_spoken = |language: Language| {
        let tokens = tokenize(&utterance.text, Some(language));
        let parts = numerals::read_parts(&utterance.text, &tokens, Some(language));
        parts.iter().filter(|part| part.spoken).count()
    };
    let told = code.and_then(Language::from_code);
    // A line of little but numbers tells its language by them: guessed from its words it may be another.
    let is_told_right = |told: &Language| {
        n_spoken(*told) > 0 || Language::ALL.into_iter().all(|language| n_spoken(language) < MIN_NUMBERS_OF_LANGUAGE)
    };
    told.filter(is_told_right).or_else(|| {
        let counts = Language::ALL.into_iter().map(|language| (n_spoken(language), language));
        // Of equals the first of the list.
        let by_numbers = counts.filter(|(n, _)| *n > 0).reduce(|best, next| if next.0 > best.0 { next } else { best });
        by_numbers.map(|(_, language)| language).or_else(|| match guess_languages(&utterance.text).as_slice() {
            [language] => Some(*language),
            _ => None,
        })
    })
}

/// Every utterance of a transcript, in its order.
pub(super) fn lines<'a>(transcript: &'a Transcript, speakers: &[Speaker]) -> Vec<Line<'a>> {
    let parties: HashMap<&str, Party> = speakers.iter().rev().map(|s| (s.id.as_str(), s.party)).collect();
    let line = |utterance: &'a Utterance| {
        let language = language_of(utterance, transcript);
        let party = utterance.speaker.as_deref().and_then(|id| parties.get(id)).copied();
        let text = utterance.text.as_str();
        Line {
            text,
            language,
            items: items(text, language),
            party: party.unwrap_or(Party::Unknown),
            voice: (utterance.channel, utterance.speaker.as_deref()),
            start_s: utterance.start_s,
            end_s: utterance.end_s,
            has_capitals: text.chars().any(char::is_uppercase),
        }
    };
    transcript.utterances.iter().map(line).collect()
}

impl Line<'_> {
    /// What stands between this item and the next.
    pub fn gap(&self, at: usize) -> &str {
        match (self.items.get(at), self.items.get(at + 1)) {
            (Some(a), Some(b)) => self.text.get(a.bytes.1..b.bytes.0).unwrap_or_default(),
            (Some(last), None) => self.text.get(last.bytes.1..).unwrap_or_default(),
            _ => "",
        }
    }

    /// The folded word at this place; empty beyond the end.
    pub fn word(&self, at: usize) -> &str {
        self.items.get(at).map_or("", |item| item.word.as_str())
    }

    pub fn written(&self, at: usize) -> &str {
        self.items.get(at).and_then(|item| self.text.get(item.bytes.0..item.bytes.1)).unwrap_or_default()
    }

    pub fn digits(&self, at: usize) -> Option<&str> {
        self.items.get(at)?.digits.as_deref()
    }

    /// The value of a Hungarian number with a case ending ("százhuszonnégyben", "hatvanegyben"), which numerals leave.
    pub fn inflected_number(&self, at: usize) -> Option<u64> {
        if self.language != Some(Language::Hu) || self.digits(at).is_some() {
            return None;
        }
        inflected_number(self.written(at))
    }

    /// Bytes of the items `from..to`.
    pub fn bytes(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        Some((self.items.get(from)?.bytes.0, self.items.get(to.checked_sub(1)?)?.bytes.1))
    }

    /// The items that lie in these bytes. They are in order and disjoint.
    pub fn within(&self, bytes: (usize, usize)) -> &[Item] {
        let from = self.items.partition_point(|item| item.bytes.0 < bytes.0);
        let to = self.items.partition_point(|item| item.bytes.1 <= bytes.1);
        self.items.get(from..to).unwrap_or_default()
    }

    /// Does a sentence end right after this item? Greek asks with a semicolon.
    pub fn ends_sentence(&self, at: usize) -> bool {
        let gap = self.gap(at);
        gap.contains(['!', '?', '…', '\n', '\u{37e}'])
            || gap.contains('.') && !gap.contains("..")
            || self.language == Some(Language::El) && gap.contains(';')
            || at + 1 >= self.items.len()
    }

    /// A word of letters that begins with a capital and goes on in small ones, or a name in capitals only.
    pub fn is_capitalised(&self, at: usize) -> bool {
        if self.digits(at).is_some() {
            return false;
        }
        let written = self.written(at);
        let is_name_letter = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’');
        let (n, n_capitals) = (written.chars().count(), written.chars().filter(|c| c.is_uppercase()).count());
        let is_abbreviation = n == n_capitals && n < MIN_CAPITALS;
        n > 1 && written.starts_with(char::is_uppercase) && written.chars().all(is_name_letter) && !is_abbreviation
    }

    /// Is it the first word of a sentence, which has a capital whatever it is?
    pub fn begins_sentence(&self, at: usize) -> bool {
        at == 0 || self.ends_sentence(at - 1)
    }
}

/// The value of a Hungarian number with a case ending.
fn inflected_number(written: &str) -> Option<u64> {
    const ENDINGS: [&str; 14] = ["ban", "ben", "ba", "be", "bol", "as", "es", "os", "on", "en", "ra", "re", "tol", "n"];
    // "Huszonhármon" and "huszonheten" shorten the stem.
    let written = written.to_lowercase().replace("hármo", "háromo").replace("heten", "héten");
    let number = |stem: &str| {
        let tokens = tokenize(stem, Some(Language::Hu));
        match numerals::read_parts(stem, &tokens, Some(Language::Hu)).as_slice() {
            [part] if part.tokens == (0, tokens.len()) => part.value.map(|value| value as u64),
            _ => None,
        }
    };
    let stem = |ending: &&str| {
        written.strip_suffix(*ending).or_else(|| written.strip_suffix(&ending.replace('o', "ö"))).map(str::to_owned)
    };
    ENDINGS.iter().filter_map(stem).find_map(|stem| number(&stem))
}

fn items(text: &str, language: Option<Language>) -> Vec<Item> {
    let tokens = tokenize(text, language);
    let mut numbers = numerals::read_parts(text, &tokens, language).into_iter().peekable();
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let Some(number) = numbers.next_if(|number| number.tokens.0 == at) else {
            let word = fold(&token.normal).replace('.', "");
            items.push(Item { bytes: (token.start, token.end), word, digits: None, is_spoken: false });
            at += 1;
            continue;
        };
        at = number.tokens.1;
        if number.spoken {
            let digits = Some(number.digits);
            items.push(Item { bytes: number.bytes, word: fold(&token.normal), digits, is_spoken: true });
            continue;
        }
        // As it is written, signs between digits tell a price from a telephone number: every run is an item.
        let written = &text[number.bytes.0..number.bytes.1];
        let mut from = number.bytes.0;
        for run in written.split(|c: char| !c.is_ascii_digit()) {
            if !run.is_empty() {
                let bytes = (from, from + run.len());
                items.push(Item { bytes, word: run.into(), digits: Some(run.into()), is_spoken: false });
            }
            from += run.len() + text[from + run.len()..].chars().next().map_or(0, char::len_utf8);
        }
    }
    if language == Some(Language::El) {
        items.iter_mut().filter(|item| item.digits.is_none()).for_each(read_joined);
    }
    if let Some(language) = language {
        read_beside_numbers(text, &mut items, language);
        read_repeated(text, &mut items, language);
        if language == Language::Hu {
            read_inflected(text, &mut items);
        }
    }
    items
}

/// Greek tens and units written as one word: "εικοσιτέσσερα".
fn read_joined(item: &mut Item) {
    const TENS: [(&str, char); 8] = [
        ("εικοσι", '2'),
        ("τριαντα", '3'),
        ("σαραντα", '4'),
        ("πενηντα", '5'),
        ("εξηντα", '6'),
        ("εβδομηντα", '7'),
        ("ογδοντα", '8'),
        ("ενενηντα", '9'),
    ];
    let digits = TENS.iter().find_map(|(tens, digit)| {
        let unit = numerals::digit_without_diacritics(item.word.strip_prefix(tens)?, Language::El)?;
        Some(format!("{digit}{unit}"))
    });
    if digits.is_some() {
        (item.digits, item.is_spoken) = (digits, true);
    }
}

/// The last group of a Hungarian number bears the case of the whole: "harminc, hatszázhúsz, tizennégy, ötvenkilencen".
fn read_inflected(text: &str, items: &mut [Item]) {
    for at in 1..items.len() {
        let is_group = items[at].digits.is_none() && items[at - 1].is_spoken && touch(text, items, at, at - 1);
        if is_group && let Some(value) = inflected_number(&text[items[at].bytes.0..items[at].bytes.1]) {
            (items[at].digits, items[at].is_spoken) = (Some(value.to_string()), true);
        }
    }
}

/// Digits as nouns ("siódemka", "семёрка", "hetes", "sevens"), folded beginnings, from 0 to 9.
fn noun_digits(language: Language) -> [&'static [&'static str]; 10] {
    match language {
        Language::En => [
            &["zeros", "zeroes", "noughts", "ohs"],
            &["ones"],
            &["twos"],
            &["threes"],
            &["fours"],
            &["fives"],
            &["sixes"],
            &["sevens"],
            &["eights"],
            &["nines"],
        ],
        Language::Pl => [
            &["zerk", "zera", "zero"],
            &["jedynk", "jedynek"],
            &["dwojk", "dwojek"],
            &["trojk", "trojek"],
            &["czwork", "czworek"],
            &["piatki", "piatka"],
            &["szostk", "szostek"],
            &["siodemk", "siodemek"],
            &["osemk", "osemek"],
            &["dziewiatk", "dziewiatek"],
        ],
        Language::Ru => [
            &["нолик", "нулик", "ноля", "нуля", "нулеи", "ноли"],
            &["единиц", "единичк"],
            &["двоик", "двоек"],
            &["троик", "троек"],
            &["четверк", "четверок"],
            &["пятерк", "пятерок"],
            &["шестерк", "шестерок"],
            &["семерк", "семерок"],
            &["восьмерк", "восьмерок"],
            &["девятк", "девяток"],
        ],
        Language::El => [
            &["μηδενικ"],
            &["ασσο", "ασο"],
            &["δυαρ"],
            &["τριαρ"],
            &["τεσσαρι"],
            &["πενταρ"],
            &["εξαρ"],
            &["εφταρ", "επταρ"],
            &["οχταρ", "οκταρ"],
            &["εννιαρ"],
        ],
        Language::Hu => [
            &["nulla", "zero"],
            &["egyes"],
            &["kettes"],
            &["harmas"],
            &["negyes"],
            &["otos"],
            &["hatos"],
            &["hetes"],
            &["nyolcas"],
            &["kilences"],
        ],
    }
}

fn noun_digit(folded: &str, language: Language) -> Option<char> {
    let at = noun_digits(language).iter().position(|nouns| nouns.iter().any(|noun| folded.starts_with(noun)))?;
    char::from_digit(u32::try_from(at).ok()?, 10)
}

/// Nothing but space, a comma or a hyphen between two items.
fn touch(text: &str, items: &[Item], at: usize, beside: usize) -> bool {
    let (Some(a), Some(b)) = (items.get(at), items.get(beside)) else { return false };
    let gap = (a.bytes.1.min(b.bytes.1), a.bytes.0.max(b.bytes.0));
    text.get(gap.0..gap.1).is_some_and(|gap| gap.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '-')))
}

/// Words that are digits only because they stand beside one: "oh" in English, nouns, and words without diacritics.
fn read_beside_numbers(text: &str, items: &mut [Item], language: Language) {
    let digit_of = |items: &[Item], at: usize, beside: usize| {
        let (item, beside_item) = (&items[at], &items[beside]);
        if item.digits.is_some() || beside_item.digits.is_none() || !touch(text, items, at, beside) {
            return None;
        }
        match item.word.as_str() {
            "oh" | "o" if language == Language::En => Some('0'),
            // "zero" of another language, and the noun forms that no table of numerals has.
            "zero" => Some('0'),
            word => numerals::digit_without_diacritics(word, language).or_else(|| noun_digit(word, language)),
        }
    };
    let set = |items: &mut [Item], at: usize, digit: char| {
        items[at].digits = Some(digit.into());
        items[at].is_spoken = true;
    };
    // Backwards, then on: each digit found makes its neighbour one.
    for at in (0..items.len().saturating_sub(1)).rev() {
        if let Some(digit) = digit_of(items, at, at + 1) {
            set(items, at, digit);
        }
    }
    for at in 1..items.len() {
        if let Some(digit) = digit_of(items, at, at - 1).filter(|_| items[at].word != "o") {
            set(items, at, digit);
        }
    }
}

/// Words between the count and the digit: "dwa razy pięć", "δύο φορές το πέντε".
const TIMES: [&str; 8] = ["razy", "раза", "φορεσ", "φορα", "szer", "times", "το", "по"];

/// Words that double or treble the digit after them.
fn count_of(word: &str) -> Option<usize> {
    match word {
        "podwojne" | "podwojna" | "podwojny" | "dwukrotnie" | "дважды" | "двоиная" | "двоинои" | "διπλο" | "διπλα"
        | "dupla" | "ketszer" | "double" => Some(2),
        "potrojne" | "potrojna" | "trzykrotnie" | "трижды" | "τριπλο" | "haromszor" | "tripla" | "triple" => {
            Some(3)
        }
        _ => None,
    }
}

/// … unless they are digits already: "double five" is read with its digit.
fn spoken_count(item: &Item) -> Option<usize> {
    count_of(&item.word).filter(|_| item.digits.is_none())
}

/// "Trzy siódemki", "два ноля", "két nulla", "dwa razy pięć": one item with all the digits.
fn read_repeated(text: &str, items: &mut Vec<Item>, language: Language) {
    // Taken away at the end and all at once: each would move everything behind it.
    let mut is_joined = vec![false; items.len()];
    let mut at = 0;
    while at + 1 < items.len() {
        let counted = items[at]
            .value()
            .filter(|_| items[at].is_spoken && items[at].digits.as_ref().is_some_and(|d| d.len() == 1));
        let is_times = counted.is_some() && TIMES.contains(&items[at + 1].word.as_str());
        let mut last = at + 1 + usize::from(is_times);
        if is_times && items.get(last).is_some_and(|item| item.word == "το") {
            last += 1;
        }
        let count = counted.and_then(|n| usize::try_from(n).ok()).or_else(|| spoken_count(&items[at]));
        let digit = items.get(last).and_then(|item| {
            let single = item.digits.as_deref().filter(|digits| digits.len() == 1);
            let folded = fold(&text[item.bytes.0..item.bytes.1].to_lowercase());
            let is_noun = noun_digit(&folded, language).is_some()
                // "pół zera", "ноль" after a number is a digit of its own, "ноля" after one is counted.
                && !matches!(folded.as_str(), "zero");
            // "Két nulla" counts; in "négy nulla" and "kettő nulla" each is a digit.
            let counts = language != Language::Hu || folded != "nulla" || items[at].word == "ket";
            match single {
                Some(single) if is_times || spoken_count(&items[at]).is_some() || is_noun && counts => {
                    single.chars().next()
                }
                None if item.digits.is_none() && is_noun && counts => noun_digit(&folded, language),
                _ => None,
            }
        });
        if let (Some(count @ 2..=4), Some(digit)) = (count, digit) {
            let end = items[last].bytes.1;
            items[at] = Item {
                bytes: (items[at].bytes.0, end),
                word: items[at].word.clone(),
                digits: Some(digit.to_string().repeat(count)),
                is_spoken: true,
            };
            is_joined[at + 1..=last].fill(true);
            at = last;
        }
        at += 1;
    }
    let mut is_joined = is_joined.into_iter();
    items.retain(|_| is_joined.next() != Some(true));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, language: Language, expected: &str) {
        let items = items(text, Some(language));
        let found: Vec<&str> = items.iter().filter_map(|item| item.digits.as_deref()).collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn digits_counted_and_doubled_are_all_there() {
        check("double five oh one", Language::En, "55 0 1");
        check("two sevens, three zeros", Language::En, "77 000");
        check("sześć, trzy siódemki, dwa zera", Language::Pl, "6 777 00");
        check("dwa razy pięć, podwójne zero", Language::Pl, "55 00");
        check("восемь два ноля три семёрки", Language::Ru, "8 00 777");
        check("δύο μηδενικά, δύο φορές το πέντε", Language::El, "00 55");
        check("három hetes, két nulla, négy nulla", Language::Hu, "777 00 4 0");
    }

    #[test]
    fn the_last_group_of_a_hungarian_number_may_bear_a_case() {
        check("a húsz, háromszáztíz, tizennégy, ötvenkilencen", Language::Hu, "20 310 14 59");
        check("hetven kettő nyolcra", Language::Hu, "72 8");
        check("a hatoson utaztam, négyen", Language::Hu, "");
    }

    #[test]
    fn written_digits_stay_in_runs_and_dotted_letters_are_one_word() {
        check("12.05.1980, 06/30-123-4567", Language::Hu, "12 05 1980 06 30 123 4567");
        let words: Vec<String> = items("ο Α.Φ.Μ. μου", Some(Language::El)).into_iter().map(|item| item.word).collect();
        assert_eq!(words, ["ο", "αφμ", "μου"]);
    }
}
