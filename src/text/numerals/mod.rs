//! Numbers in digits and in words. The words come from tables that `generate.py` writes from the spell-out rules
//! of Unicode CLDR, inflected forms included; quantities only, no ordinals and no fractions in words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::language::{Language, fold, normalize};
use super::tokens::Token;

/// A number as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberSpan {
    /// Its value; `None` for a run that is read digit by digit or in groups, as a telephone number is, and for
    /// digits that are no quantity (`12.05.2024`).
    pub value: Option<f64>,
    /// All its digits in order: `552` for "five five two", `24` for "twenty-four", `4990` for "49,90".
    pub digits: String,
    /// Tokens `start..end`.
    pub tokens: (usize, usize),
    /// Bytes `start..end` of the text.
    pub bytes: (usize, usize),
    /// Whether any part of it is in words.
    pub spoken: bool,
}

struct Table {
    by_form: HashMap<String, u64>,
    by_folded: HashMap<String, u64>,
    /// Forms that Hungarian glues, longest first.
    parts: Vec<(String, u64)>,
    /// The same without diacritics.
    folded_parts: Vec<(String, u64)>,
}

static TABLES: LazyLock<[Table; 5]> = LazyLock::new(|| {
    [
        table(include_str!("en.tsv")),
        table(include_str!("pl.tsv")),
        table(include_str!("ru.tsv")),
        table(include_str!("el.tsv")),
        table(include_str!("hu.tsv")),
    ]
});

fn table(text: &str) -> Table {
    let (mut by_form, mut by_folded, mut parts) = (HashMap::new(), HashMap::new(), Vec::new());
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (value, forms) = line.split_once('\t').expect("generate.py writes value, tab, forms");
        let value: u64 = value.parse().expect("generate.py writes whole numbers");
        for form in forms.split(' ').map(normalize) {
            by_folded.entry(fold(&form)).or_insert(value);
            parts.push((form.clone(), value));
            by_form.insert(form, value);
        }
    }
    parts.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
    let folded_parts = parts.iter().map(|(form, value)| (fold(form), *value)).collect();
    Table { by_form, by_folded, parts, folded_parts }
}

/// Shorter words without their diacritics are too often something else (`ot`, `het`).
const MIN_FOLDED_CHARS: usize = 5;
/// As above, for words that two or more numerals make (`hatot` is no 65).
const MIN_FOLDED_GLUED_CHARS: usize = 8;

/// The numeral words inside one token: one, or several in Hungarian. Empty if it is no numeral.
fn word_values(normal: &str, language: Language) -> Vec<u64> {
    let table = &TABLES[language as usize];
    if let Some(&value) = table.by_form.get(normal) {
        return vec![value];
    }
    if normal.chars().count() >= MIN_FOLDED_CHARS
        && let Some(&value) = table.by_folded.get(normal)
    {
        return vec![value];
    }
    if language == Language::El {
        // "εικοσιτέσσερα", "τριανταεννέα": tens and ones in one word.
        return match glued(normal, &table.parts).as_slice() {
            [tens @ 20..=90, ones @ 1..=9] => vec![*tens, *ones],
            _ => Vec::new(),
        };
    }
    if language != Language::Hu {
        return Vec::new();
    }
    let values = glued(normal, &table.parts);
    if values.is_empty() && normal.chars().count() >= MIN_FOLDED_GLUED_CHARS {
        return glued(normal, &table.folded_parts);
    }
    values
}

/// The numerals that a word is made of; empty if anything else is in it.
fn glued(word: &str, parts: &[(String, u64)]) -> Vec<u64> {
    let (mut rest, mut values) = (word, Vec::new());
    while !rest.is_empty() {
        let Some((form, value)) = parts.iter().find(|(form, _)| rest.starts_with(form.as_str())) else {
            return Vec::new();
        };
        values.push(*value);
        rest = &rest[form.len()..];
    }
    values
}

/// Adds up numeral words from left to right: `total + current`, `current` being what the next thousand multiplies.
#[derive(Default, Clone)]
struct Accumulator {
    total: u64,
    current: u64,
    /// The last thousand or million, which the next one must be smaller than.
    scale: Option<u64>,
    started: bool,
}

impl Accumulator {
    /// Takes the next word if it can continue this number.
    ///
    /// `glued`: it stands in the same word as the last one (Hungarian "tizenkét").
    fn push(&mut self, value: u64, glued: bool) -> bool {
        let fits = match value {
            _ if !self.started => true,
            0 => false,
            1..=9 => self.current.is_multiple_of(10) && (glued || self.current % 100 != 10) && !self.is_zero(),
            10..=99 => self.current.is_multiple_of(100) && !self.is_zero(),
            100 => self.current <= 9 && !self.is_zero(),
            101..=999 => self.current == 0 && !self.is_zero(),
            _ => !self.is_zero() && self.scale.is_none_or(|scale| value < scale),
        };
        if !fits {
            return false;
        }
        match value {
            100 => self.current = self.current.max(1) * 100,
            0..=999 => self.current += value,
            _ => {
                self.total += self.current.max(1) * value;
                self.current = 0;
                self.scale = Some(value);
            }
        }
        self.started = true;
        true
    }

    fn is_zero(&self) -> bool {
        self.started && self.total == 0 && self.current == 0
    }

    fn value(&self) -> u64 {
        self.total + self.current
    }
}

/// The sign between whole and fraction.
fn decimal_sign(language: Option<Language>) -> char {
    match language {
        None | Some(Language::En) => '.',
        _ => ',',
    }
}

/// Value of digits with dots and commas; `None` for dates, versions and the like.
fn parse_digits(written: &str, language: Option<Language>) -> Option<f64> {
    let signs: Vec<(usize, char)> = written.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
    if signs.iter().any(|(_, c)| !matches!(c, '.' | ',' | '\'')) {
        return None;
    }
    let groups_of_three = |text: &str| {
        let mut groups = text.split(['.', ',', '\'']);
        groups.next().is_some_and(|head| (1..=3).contains(&head.len())) && groups.all(|group| group.len() == 3)
    };
    let plain = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let Some(&(last_at, last)) = signs.last() else {
        return written.parse().ok();
    };
    let same = signs.iter().filter(|(_, c)| *c == last).count();
    let is_decimal = same == 1 && (last == decimal_sign(language) || signs.len() > 1 || !groups_of_three(written));
    if !is_decimal {
        return if groups_of_three(written) { plain(written).parse().ok() } else { None };
    }
    let (whole, fraction) = (&written[..last_at], &written[last_at + last.len_utf8()..]);
    if signs.len() > 1 && !groups_of_three(whole) {
        return None;
    }
    format!("{}.{fraction}", plain(whole)).parse().ok()
}

/// One number before runs are joined.
struct Atom {
    span: NumberSpan,
    /// Digits without any sign between them.
    is_plain: bool,
}

fn separator<'a>(text: &'a str, tokens: &[Token], left: usize) -> &'a str {
    match (tokens.get(left), tokens.get(left + 1)) {
        (Some(a), Some(b)) => text.get(a.end..b.start).unwrap_or_default(),
        _ => "",
    }
}

fn read_digits(text: &str, tokens: &[Token], at: usize, language: Option<Language>) -> Option<Atom> {
    let first = tokens[at].normal.as_str();
    if !tokens[at].is_digits() {
        return None;
    }
    let mut end = at + 1;
    let mut written = first.to_owned();
    let is_plain = first.bytes().all(|b| b.is_ascii_digit());
    // "1 200 000,50": groups of three after a space, the last maybe with a fraction.
    if is_plain && first.len() <= 3 && first != "0" {
        while let Some(next) = tokens.get(end) {
            let gap = separator(text, tokens, end - 1);
            let group = next.normal.split(['.', ',']).next().unwrap_or_default();
            if !matches!(gap, " " | "\u{a0}" | "\u{202f}" | "\u{2009}") || group.len() != 3 || !next.is_digits() {
                break;
            }
            written.push_str(&next.normal);
            end += 1;
            if group.len() != next.normal.len() {
                break;
            }
        }
    }
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    // More digits than a double holds are an identifier, not a quantity.
    let value = if digits.len() <= 15 { parse_digits(&written, language) } else { None };
    let span =
        NumberSpan { value, digits, tokens: (at, end), bytes: (tokens[at].start, tokens[end - 1].end), spoken: false };
    Some(Atom { span, is_plain })
}

fn read_words(text: &str, tokens: &[Token], at: usize, language: Language) -> Option<Atom> {
    let mut sum = Accumulator::default();
    let mut end = at;
    while let Some(token) = tokens.get(end) {
        if end > at && separator(text, tokens, end - 1).contains(|c: char| !c.is_whitespace() && c != '-') {
            break;
        }
        let is_link = match language {
            // "one hundred and five"
            Language::En => token.normal == "and" && sum.current >= 100 && sum.current.is_multiple_of(100),
            _ => false,
        };
        let Some(word) = (if is_link { tokens.get(end + 1) } else { Some(token) }) else { break };
        let values = word_values(&word.normal, language);
        if values.is_empty() || (is_link && values != [1] && values.iter().any(|&v| v >= 100)) {
            break;
        }
        let mut next = sum.clone();
        if !values.into_iter().enumerate().all(|(i, value)| next.push(value, i > 0)) {
            break;
        }
        sum = next;
        end += 1 + usize::from(is_link);
    }
    // "percent" in Greek is "τοις εκατό", of the hundred: no number of its own.
    let of_hundred = language == Language::El && at > 0 && tokens[at - 1].normal == "τοισ";
    if end == at || of_hundred {
        return None;
    }
    let span = NumberSpan {
        value: Some(sum.value() as f64),
        digits: sum.value().to_string(),
        tokens: (at, end),
        bytes: (tokens[at].start, tokens[end - 1].end),
        spoken: true,
    };
    Some(Atom { span, is_plain: true })
}

/// English "double five", "triple two", and "oh" for zero inside a run.
fn read_repeat(tokens: &[Token], at: usize) -> Option<Atom> {
    let times = match tokens[at].normal.as_str() {
        "double" => 2,
        "triple" | "treble" => 3,
        _ => return None,
    };
    let next = tokens.get(at + 1)?;
    let digit = match word_values(&next.normal, Language::En).as_slice() {
        [value] if *value < 10 => *value,
        _ if matches!(next.normal.as_str(), "oh" | "nought") => 0,
        _ if next.normal.len() == 1 => next.normal.parse().ok()?,
        _ => return None,
    };
    let span = NumberSpan {
        value: None,
        digits: digit.to_string().repeat(times),
        tokens: (at, at + 2),
        bytes: (tokens[at].start, next.end),
        spoken: true,
    };
    Some(Atom { span, is_plain: true })
}

/// Whether these atoms, told one after the other, are one identifier and not several quantities.
fn is_run(atoms: &[Atom]) -> bool {
    let digits: usize = atoms.iter().map(|atom| atom.span.digits.len()).sum();
    match atoms {
        [] | [_] => false,
        [_, _] => digits >= 7,
        _ => true,
    }
}

/// "oh" after a number, "nought" anywhere: English for the digit zero.
fn read_zero(tokens: &[Token], at: usize, follows_number: bool) -> Option<Atom> {
    let is_zero = match tokens[at].normal.as_str() {
        "nought" => true,
        "oh" => follows_number,
        _ => false,
    };
    is_zero.then(|| Atom {
        span: NumberSpan {
            value: Some(0.0),
            digits: "0".into(),
            tokens: (at, at + 1),
            bytes: (tokens[at].start, tokens[at].end),
            spoken: true,
        },
        is_plain: true,
    })
}

fn atoms(text: &str, tokens: &[Token], language: Option<Language>) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let follows_number = atoms.last().is_some_and(|last| last.span.tokens.1 == at);
        let found = read_digits(text, tokens, at, language).or_else(|| {
            let language = language?;
            if language != Language::En {
                return read_words(text, tokens, at, language);
            }
            read_repeat(tokens, at)
                .or_else(|| read_words(text, tokens, at, language))
                .or_else(|| read_zero(tokens, at, follows_number))
        });
        at = found.as_ref().map_or(at + 1, |atom| atom.span.tokens.1);
        atoms.extend(found);
    }
    atoms
}

/// The numbers of a text one by one, as [`read`] finds them before it joins neighbours: "сто двадцать три сорок
/// пять" is 123 and 45.
pub fn read_parts(text: &str, tokens: &[Token], language: Option<Language>) -> Vec<NumberSpan> {
    atoms(text, tokens, language).into_iter().map(|atom| atom.span).collect()
}

/// The digit that a word says when its diacritics are lost, however short it is ("piec", "ot"). Only for words that
/// stand beside other numbers: alone they are too often something else.
pub fn digit_without_diacritics(normal: &str, language: Language) -> Option<char> {
    let value = *TABLES[language as usize].by_folded.get(&fold(normal))?;
    u32::try_from(value).ok().and_then(|value| char::from_digit(value, 10))
}

/// The value of one word in normal form, if all of it is a number: "seven", "kétszázötven", "εικοσιτέσσερα".
pub fn word_value(normal: &str, language: Language) -> Option<u64> {
    let mut sum = Accumulator::default();
    let values = word_values(normal, language);
    let fits = values.iter().enumerate().all(|(i, value)| sum.push(*value, i > 0));
    (!values.is_empty() && fits).then(|| sum.value())
}

/// Whether a word by itself is a number in words in any of the languages: "seven", "семи".
pub fn is_word(word: &str) -> bool {
    let normal = normalize(word);
    TABLES.iter().any(|table| table.by_form.contains_key(&normal))
}

/// Reads the numbers of a text, in its order; spans do not overlap.
///
/// Neighbours with nothing but spaces, hyphens, dots or brackets between them join to one run without a value if
/// they are three or more, or two with seven digits together: that is how telephone, card and contract numbers
/// are told and written.
pub fn read(text: &str, tokens: &[Token], language: Option<Language>) -> Vec<NumberSpan> {
    let mut spans = Vec::new();
    let mut run: Vec<Atom> = Vec::new();
    for atom in atoms(text, tokens, language) {
        let touches = run.last().is_some_and(|last| {
            let gap = text.get(last.span.bytes.1..atom.span.bytes.0).unwrap_or_default();
            last.span.tokens.1 == atom.span.tokens.0
                && last.is_plain
                && atom.is_plain
                && gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '.' | '(' | ')' | '/' | '+'))
        });
        if !touches {
            close(&mut run, &mut spans);
        }
        run.push(atom);
    }
    close(&mut run, &mut spans);
    spans
}

fn close(run: &mut Vec<Atom>, spans: &mut Vec<NumberSpan>) {
    if !is_run(run) {
        spans.extend(run.drain(..).map(|atom| atom.span));
        return;
    }
    let (first, last) = (&run[0].span, &run[run.len() - 1].span);
    spans.push(NumberSpan {
        value: None,
        digits: run.iter().map(|atom| atom.span.digits.as_str()).collect(),
        tokens: (first.tokens.0, last.tokens.1),
        bytes: (first.bytes.0, last.bytes.1),
        spoken: run.iter().any(|atom| atom.span.spoken),
    });
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    fn values(language: Language, text: &str) -> Vec<(Option<f64>, String)> {
        let tokens = tokenize(text, Some(language));
        read(text, &tokens, Some(language)).into_iter().map(|span| (span.value, span.digits)).collect()
    }

    #[test]
    fn numerals_in_words_have_their_value() {
        let check = |language, text: &str, expected: f64| {
            let found = values(language, text);
            assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), [Some(expected)], "{text}");
        };
        use Language::{El, En, Hu, Pl, Ru};
        check(En, "twenty four", 24.0);
        check(En, "twenty-four", 24.0);
        check(En, "one hundred and five", 105.0);
        check(En, "two thousand three hundred", 2300.0);
        check(En, "a hundred", 100.0);
        check(En, "one million two hundred thousand", 1_200_000.0);
        check(Pl, "dwadzieścia cztery", 24.0);
        check(Pl, "dwudziestu czterech", 24.0);
        check(Pl, "tysiąc dwieście", 1200.0);
        check(Pl, "dwa tysiące pięćset", 2500.0);
        check(En, "one hundred and", 100.0);
        check(Pl, "dwadziescia", 20.0);
        check(Pl, "sto", 100.0);
        check(Ru, "двадцать четыре", 24.0);
        check(Ru, "двадцати четырёх", 24.0);
        check(Ru, "тысяча двести", 1200.0);
        check(Ru, "пятьюстами", 500.0);
        check(Ru, "три миллиона", 3_000_000.0);
        check(El, "είκοσι τέσσερα", 24.0);
        check(El, "χίλια διακόσια", 1200.0);
        check(El, "δεκαπέντε", 15.0);
        check(El, "ενενήντα εννέα", 99.0);
        check(El, "εικοσιτέσσερα", 24.0);
        check(Hu, "huszonnégy", 24.0);
        check(Hu, "kétszázötven", 250.0);
        check(Hu, "ezerkétszáz", 1200.0);
        check(Hu, "tizenkét", 12.0);
        check(Hu, "huszonnegy ezer", 24_000.0);
    }

    #[test]
    fn digits_are_read_as_the_language_writes_them() {
        let check = |language, text: &str, expected: Option<f64>, digits: &str| {
            assert_eq!(values(language, text), [(expected, digits.to_owned())], "{text}");
        };
        use Language::{En, Hu, Pl};
        check(En, "24", Some(24.0), "24");
        check(En, "1,200", Some(1200.0), "1200");
        check(En, "1,200.50", Some(1200.5), "120050");
        check(En, "49.90", Some(49.9), "4990");
        check(En, "1.200", Some(1.2), "1200");
        check(Pl, "49,90 zł", Some(49.9), "4990");
        check(Pl, "1 200 zł", Some(1200.0), "1200");
        check(Pl, "1.200,00", Some(1200.0), "120000");
        check(Hu, "12.990 Ft", Some(12990.0), "12990");
        check(Pl, "50%", Some(50.0), "50");
        check(En, "12.05.2024", None, "12052024");
        check(En, "99999999999999999999", None, "99999999999999999999");
    }

    #[test]
    fn telephone_numbers_are_one_run_without_a_value() {
        let check = |language, text: &str, digits: &str| {
            assert_eq!(values(language, text), [(None, digits.to_owned())], "{text}");
        };
        use Language::{El, En, Hu, Pl, Ru};
        check(En, "five five two", "552");
        check(En, "oh no, call double five oh one two", "55012");
        check(En, "555 01 99", "5550199");
        check(Pl, "sześćset jeden dwieście trzy zero zero", "60120300");
        check(Ru, "восемь девятьсот шестнадцать двести", "8916200");
        check(El, "έξι εννιά επτά", "697");
        check(Hu, "harminc húsz tíz", "302010");
    }

    #[test]
    fn quantities_next_to_each_other_stay_apart() {
        let check = |language, text: &str, expected: &[f64]| {
            let found: Vec<f64> = values(language, text).into_iter().filter_map(|f| f.0).collect();
            assert_eq!(found, expected, "{text}");
        };
        check(Language::En, "two 24 month plans", &[2.0, 24.0]);
        check(Language::En, "zero five", &[0.0, 5.0]);
        check(Language::Hu, "egy 24 hónapos", &[1.0, 24.0]);
        check(Language::El, "πενήντα τοις εκατό", &[50.0]);
        check(Language::Pl, "dziesięć, dwadzieścia", &[10.0, 20.0]);
        check(Language::En, "no number here", &[]);
    }

    #[test]
    fn spans_point_at_the_words_as_written() {
        let text = "razem dwadzieścia cztery złote";
        let tokens = tokenize(text, Some(Language::Pl));
        let spans = read(text, &tokens, Some(Language::Pl));
        assert_eq!(spans.len(), 1);
        assert_eq!(&text[spans[0].bytes.0..spans[0].bytes.1], "dwadzieścia cztery");
        assert_eq!(spans[0].tokens, (1, 3));
        assert!(spans[0].spoken);
    }
}
