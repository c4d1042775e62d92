//! What a chain of digits is: by its form and check digit (payment cards, bank accounts, national numbers, valid phone
//! numbers), and by what it is called. What is called something keeps that name even if it fails its check, at a lower
//! confidence: a digit is misheard more often than a number is misnamed, and one wrong digit does not make it harmless.
//!
//! What fools it: an order number that happens to be a valid phone number and is not called an order number.

use std::str::FromStr;

use super::chains::{Chain, Group};
use super::ids;
use super::labels::{self, Label};
use super::lists::WordList;
use super::phones::{
    FORM_CONFIDENCE, MAX_PHONE_DIGITS, MIN_BARE_PHONE_DIGITS, MIN_LOCAL_PHONE_DIGITS, MIN_NAMED_PHONE_DIGITS,
    has_phone_form, is_business, phone_confidence,
};
use crate::call::PersonalKind;
use crate::text::Language;
use crate::text::money::is_currency;

/// Part of a chain that is personal data.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    pub kind: PersonalKind,
    /// Groups `from..to` of the chain.
    pub from: usize,
    pub to: usize,
    /// Probability 0..=1.
    pub confidence: f64,
}

/// After so many starts without a number, the rest of a chain is counting or noise, not dictation.
const MAX_STARTS: usize = 64;

/// How sure it is that a named number of no valid form is what it is named: digits get lost in recognition, but a
/// name before it may be that of another thing.
const NAMED_CONFIDENCE: f64 = 0.65;

/// … if the name came in an earlier utterance.
const ASKED_CONFIDENCE: f64 = 0.6;

/// A code of a few digits is an answer only if so few words stand before it.
const MOST_WORDS_BEFORE_CODE: usize = 8;

/// What is counted is no code: "5 lat", "1000 forint". Folded beginnings.
static COUNTED: WordList = WordList::new(
    "year* month* week* day* hour* minute* time* percent* people* piece* customer* point* megabit* lat lata rok* \
    mies* tydz* tygod* dni* dzien godz* minut* procent* sztuk* osob* punkt* razy лет год* меся* недел* дн* час* раз процент* штук* \
    человек* балл* χρον* μην* εβδομ* μερ* ωρ* λεπτ* φορε* ατομ* τεμαχ* ev* honap* het* nap* ora* perc* szazal* darab* \
    fo forint* pont* m kwh mb gb kg cm",
);

/// True if what stands after a number makes it an amount of something.
pub(super) fn is_counted(after: &str) -> bool {
    matches!(after, "€" | "$" | "£" | "₽" | "%") || is_currency(after) || COUNTED.holds(after)
}

/// Every piece of personal data in a chain, in order.
pub(super) fn search(chain: &Chain, language: Option<Language>) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let (mut i, mut n_misses) = (0, 0);
    while i < chain.groups.len() && n_misses < MAX_STARTS {
        match valid_at(chain, i, language) {
            Some(number) => {
                (i, n_misses) = (number.to, 0);
                found.push(number);
            }
            None => (i, n_misses) = (i + 1, n_misses + 1),
        }
    }
    let is_corrected = chain.groups.iter().any(|group| group.is_correction);
    if found.first().is_none_or(|first| first.from > 0 || is_corrected && first.to < chain.groups.len())
        && let Some(named) = named(chain, language)
    {
        // A valid number somewhere inside is chance, or a part: the whole is what was named.
        let is_more_certain = found.iter().any(|part| part.kind != PersonalKind::Phone && part.confidence > 0.9);
        if !is_more_certain {
            return vec![named];
        }
    }
    if found.is_empty()
        && is_corrected
        && let Some(number) = without_slips(chain, language)
    {
        return vec![number];
    }
    take_corrections(chain, &mut found);
    found
}

/// The whole chain as what it is once each group that is taken back is left out: "two eighty, oh, two eighteen".
fn without_slips(chain: &Chain, language: Option<Language>) -> Option<Number> {
    let mut kept = chain.clone();
    kept.groups.clear();
    for group in &chain.groups {
        if group.is_correction && kept.groups.last().is_some_and(|last| last.text.len() == group.text.len()) {
            kept.groups.pop();
        }
        kept.groups.push(Group { is_correction: false, ..group.clone() });
    }
    let number = valid_at(&kept, 0, language).filter(|number| number.to == kept.groups.len())?;
    Some(Number { to: chain.groups.len(), ..number })
}

/// Somebody who makes a slip says up to so many digits again.
const MOST_DIGITS_TAKEN_BACK: usize = 8;

/// Groups behind a number that take something of it back belong to it.
fn take_corrections(chain: &Chain, found: &mut [Number]) {
    if let [number] = found
        && chain.groups.iter().any(|group| group.is_correction)
    {
        let around = chain.groups[..number.from].iter().chain(&chain.groups[number.to..]);
        if around.map(|group| group.text.len()).sum::<usize>() <= MOST_DIGITS_TAKEN_BACK {
            (number.from, number.to) = (0, chain.groups.len());
        }
    }
    for at in 0..found.len() {
        let until = found.get(at + 1).map_or(chain.groups.len(), |next| next.from);
        let number = &mut found[at];
        let is_card = number.kind == PersonalKind::Card;
        if chain.groups.get(number.to).is_some_and(|group| group.is_correction) {
            number.to = until;
        } else if !is_card
            && until - number.to == 1
            && chain.groups[number.to].text.len() <= 2
            && number.to > number.from + 3
        {
            // A digit or two too many of what was said digit by digit.
            number.to = until;
        }
    }
}

/// Digits and letters of groups, apart and together.
#[derive(Default, Clone)]
struct Reading {
    digits: String,
    letters: String,
    both: String,
}

/// The longest number of the strictest kind that starts at group `i` and passes its check.
fn valid_at(chain: &Chain, i: usize, language: Option<Language>) -> Option<Number> {
    let mut readings: Vec<(usize, Reading)> = Vec::new();
    let mut so_far = Reading::default();
    for (j, group) in chain.groups.iter().enumerate().skip(i) {
        if j > i && group.has_plus || so_far.both.len() + group.text.len() > 2 * 34 {
            break;
        }
        so_far.both.push_str(&group.text);
        let own = if group.is_letters { &mut so_far.letters } else { &mut so_far.digits };
        own.push_str(&group.text);
        readings.push((j + 1, so_far.clone()));
    }
    let calls = calls_of(chain);
    for (end, reading) in readings.iter().rev() {
        let number = |kind, confidence| Some(Number { kind, from: i, to: *end, confidence });
        let values = ids::values(&reading.digits);
        let n_digits = values.len();
        let is_whole = i == 0 && *end == chain.groups.len();
        if is_account(&reading.both, language) {
            return number(PersonalKind::Iban, 0.99);
        }
        let is_plain = reading.letters.is_empty();
        let is_other = calls.is_other;
        let is_card_form = (i == 0 || n_digits >= 15) && is_plain && (13..=19).contains(&n_digits);
        if is_card_form && ids::is_card(&values) && (!is_other || calls.has(Label::Card)) {
            return number(PersonalKind::Card, if calls.has(Label::Card) { 0.99 } else { 0.9 });
        }
        // Sixteen digits as a scheme issues them, dictated and called nothing else: a card of which one was misheard.
        let is_called_else = calls.all().any(|label| !matches!(label, Label::Card | Label::Cvv | Label::Code));
        let is_card_told = chain.is_dictated && is_whole && is_card_form && !is_other && !is_called_else;
        if is_card_told && n_digits == 16 && ids::has_card_form(&values) {
            return number(PersonalKind::Card, ASKED_CONFIDENCE);
        }
        for at in calls.ids() {
            let id = &ids::NATIONAL_IDS[at];
            if id.n_digits.contains(&n_digits)
                && reading.letters.chars().count() <= id.most_letters
                && (id.is_valid)(&to_latin(&reading.letters), &values)
            {
                return number(PersonalKind::NationalId, 0.97);
            }
        }
        let groups = &chain.groups[i..*end];
        if !is_other && is_whole && is_bare_id(groups, reading, &values, language, &calls) {
            return number(PersonalKind::NationalId, 0.8);
        }
        let has_plus = chain.groups[i].has_plus;
        let is_amount = *end == chain.groups.len() && chain.after.as_deref().is_some_and(is_counted);
        if is_plain && !is_amount && (calls.may_be_phone() || has_plus) && !is_date(groups) {
            let sure = phone_confidence(&reading.digits, has_plus, calls.is_phone(), language);
            let by_form =
                || (is_whole && has_phone_form(groups, &reading.digits, has_plus, language)).then_some(FORM_CONFIDENCE);
            if let Some(confidence) = sure.or_else(by_form) {
                return number(PersonalKind::Phone, confidence);
            }
        }
    }
    None
}

/// What a chain is called, own names before those of the question.
struct Calls<'a> {
    own: &'a [Label],
    asked: &'a [Label],
    is_other: bool,
}

fn calls_of(chain: &Chain) -> Calls<'_> {
    let own = chain.labels.as_slice();
    let is_harmless = |label: &Label| matches!(label, Label::Other | Label::Company | Label::Postcode | Label::Birth);
    let first = own.first().or_else(|| chain.asked.first());
    let is_other = first.is_some_and(is_harmless)
        // "Call about your order 12345…": being called names less than an order does.
        || matches!(own, [Label::Call, rest @ ..] if rest.iter().any(is_harmless))
        || matches!(own, [Label::Phone | Label::Landline, rest @ ..] if rest.contains(&Label::Company));
    Calls { own, asked: if own.is_empty() { &chain.asked } else { &[] }, is_other }
}

impl Calls<'_> {
    fn all(&self) -> impl Iterator<Item = Label> {
        self.own.iter().chain(self.asked).copied()
    }

    fn has(&self, wanted: Label) -> bool {
        self.all().any(|label| label == wanted)
    }

    fn ids(&self) -> impl Iterator<Item = usize> {
        self.all().filter_map(|label| match label {
            Label::Id(at) => Some(at),
            _ => None,
        })
    }

    fn is_phone(&self) -> bool {
        !self.is_other && [Label::Phone, Label::Landline, Label::Call].into_iter().any(|label| self.has(label))
    }

    /// False if it is called something that is no phone.
    fn may_be_phone(&self) -> bool {
        let is_asked_for_other = self.asked.first().is_some_and(|label| {
            matches!(label, Label::Card | Label::Account | Label::SortCode | Label::Id(_) | Label::Passport)
        });
        !self.is_other && (self.is_phone() || self.own.is_empty() && !is_asked_for_other)
    }
}

/// A national number that is known without its name: its form and its check together leave little to chance.
fn is_bare_id(
    groups: &[Group],
    reading: &Reading,
    values: &[u8],
    language: Option<Language>,
    calls: &Calls<'_>,
) -> bool {
    let is_called = !calls.own.is_empty();
    let lengths: Vec<usize> = groups.iter().filter(|g| !g.is_letters).map(|g| g.text.len()).collect();
    let letters = to_latin(&reading.letters);
    match language {
        Some(Language::Pl) if letters.is_empty() => !is_called && ids::is_pesel(values),
        Some(Language::Pl) => letters.len() == 3 && ids::is_dowod(&letters, values),
        Some(Language::El) => !is_called && letters.is_empty() && ids::is_amka(values),
        Some(Language::Ru) => {
            letters.is_empty()
                && !is_called
                && (ids::is_snils(values) && lengths == [3, 3, 3, 2] || ids::is_inn_12(values))
        }
        Some(Language::Hu) => letters.is_empty() && !is_called && ids::is_szemelyi(values),
        Some(Language::En) => {
            letters.is_empty() && lengths == [3, 2, 4] && ids::is_ssn(values)
                || letters.len() == 3 && lengths.iter().sum::<usize>() == 6 && ids::is_nino(&letters, values)
        }
        None => false,
    }
}

/// Greek and Cyrillic capitals that look like Latin ones.
fn to_latin(letters: &str) -> String {
    const PAIRS: [(char, char); 24] = [
        ('Α', 'A'),
        ('Β', 'B'),
        ('Ε', 'E'),
        ('Ζ', 'Z'),
        ('Η', 'H'),
        ('Ι', 'I'),
        ('Κ', 'K'),
        ('Μ', 'M'),
        ('Ν', 'N'),
        ('Ο', 'O'),
        ('Ρ', 'P'),
        ('Τ', 'T'),
        ('Υ', 'Y'),
        ('Χ', 'X'),
        ('А', 'A'),
        ('В', 'B'),
        ('Е', 'E'),
        ('К', 'K'),
        ('М', 'M'),
        ('Н', 'H'),
        ('О', 'O'),
        ('Р', 'P'),
        ('С', 'C'),
        ('Т', 'T'),
    ];
    letters.chars().map(|c| PAIRS.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)).collect()
}

/// A bank account by its international number; a Polish one is dictated without its country.
fn is_account(both: &str, language: Option<Language>) -> bool {
    let is_long = (15..=34).contains(&both.len()) && both.bytes().all(|b| b.is_ascii_alphanumeric());
    is_long && is_iban(both)
        || language == Some(Language::Pl)
            && both.len() == 26
            && both.bytes().all(|b| b.is_ascii_digit())
            && is_iban(&format!("PL{both}"))
}

/// The whole chain as what it is called, without a check; `None` if it does not fit any of its names.
fn named(chain: &Chain, language: Option<Language>) -> Option<Number> {
    let calls = calls_of(chain);
    if let Some(number) = foreign_account(chain, language) {
        return Some(number);
    }
    if calls.is_other || chain.after.as_deref().is_some_and(is_counted) {
        return None;
    }
    let number = |kind, from, to, confidence| Some(Number { kind, from, to, confidence });
    let first_digits = chain.groups.iter().position(|group| !group.is_letters)?;
    let last_digits = chain.groups.iter().rposition(|group| !group.is_letters)? + 1;
    let n_digits: usize = chain.groups.iter().filter(|g| !g.is_letters).map(|g| g.text.len()).sum();
    let n_letters: usize = chain.groups.iter().filter(|g| g.is_letters).map(|g| g.text.chars().count()).sum();
    let is_date = is_date(&chain.groups);
    let all_digits: String = chain.groups.iter().filter(|g| !g.is_letters).map(|g| g.text.as_str()).collect();
    let is_business = is_business(&all_digits, language);
    let has_card = chain.around.iter().chain(&chain.asked).any(|label| matches!(label, Label::Card | Label::Cvv));
    // "… my phone 22 33 44, at home".
    let is_local = chain.around.iter().chain(calls.asked).any(|label| *label == Label::Landline);
    // Said again or corrected, a number is longer than it is.
    let most = |n: usize| if chain.groups.iter().any(|g| g.is_correction) { 3 * n } else { n + n / 2 };
    for (label, is_asked) in chain.labels.iter().map(|l| (l, false)).chain(calls.asked.iter().map(|l| (l, true))) {
        let sure = if is_asked { ASKED_CONFIDENCE } else { NAMED_CONFIDENCE };
        let is_answer = !is_asked || chain.n_before <= MOST_WORDS_BEFORE_CODE;
        let fits = match label {
            Label::Phone | Label::Landline => {
                let least = if is_local { MIN_LOCAL_PHONE_DIGITS } else { MIN_NAMED_PHONE_DIGITS };
                (least..=most(MAX_PHONE_DIGITS)).contains(&n_digits) && !is_date && !is_business
            }
            Label::Call => (MIN_BARE_PHONE_DIGITS..=most(12)).contains(&n_digits) && !is_date && !is_business,
            Label::Card => (8..=most(19)).contains(&n_digits) && !is_date,
            Label::Cvv => (3..=most(4)).contains(&n_digits) && is_answer && !is_date,
            Label::Code if has_card => matches!(n_digits, 3 | 4) && is_answer,
            Label::Code => {
                (4..=most(8)).contains(&n_digits)
                    && is_answer
                    && n_letters == 0
                    && !is_date
                    && !is_year(chain)
                    && !chain.around.contains(&Label::Other)
            }
            Label::Account => (14..=most(34)).contains(&(n_digits + n_letters)) || n_letters == 2 && n_digits >= 6,
            Label::SortCode => (6..=most(16)).contains(&n_digits) && !is_date,
            Label::Id(at) => {
                let id = &ids::NATIONAL_IDS[*at];
                let least = id
                    .n_digits
                    .iter()
                    .min()
                    .map_or(6, |n| if *at == labels::ANY { *n } else { n.saturating_sub(3).max(5) });
                let longest = id.n_digits.iter().max().map_or(14, |n| most(*n));
                (least..=longest).contains(&n_digits) && !is_date
            }
            Label::Passport => {
                ((5..=most(10)).contains(&n_digits) || n_digits == 4 && !is_year(chain) && !is_asked)
                    && n_letters <= 3
                    && !is_date
            }
            Label::Pin => (3..=most(8)).contains(&n_digits) && is_answer,
            Label::Secret => {
                let is_code = (3 + usize::from(is_asked)..=most(8)).contains(&n_digits) && !is_year(chain);
                is_code && is_answer || n_digits >= 1 && n_letters >= 3
            }
            Label::Other | Label::Company | Label::Postcode | Label::Birth => return None,
        };
        if !fits {
            continue;
        }
        let whole = (0, chain.groups.len());
        let digits = (first_digits, last_digits);
        return match label {
            Label::Phone | Label::Landline | Label::Call => number(PersonalKind::Phone, digits.0, digits.1, sure),
            Label::Card => number(PersonalKind::Card, digits.0, digits.1, sure),
            Label::Code if !has_card => number(PersonalKind::AccountPassword, digits.0, digits.1, sure),
            Label::Cvv | Label::Code => number(PersonalKind::Cvv, digits.0, digits.1, 0.85),
            Label::Account | Label::SortCode => number(PersonalKind::Iban, whole.0, whole.1, sure),
            Label::Id(at) if ids::NATIONAL_IDS[*at].most_letters > 0 => {
                number(PersonalKind::NationalId, whole.0, whole.1, sure + 0.2)
            }
            Label::Id(_) => number(PersonalKind::NationalId, digits.0, digits.1, sure),
            Label::Passport => number(PersonalKind::Passport, whole.0, whole.1, sure + 0.2),
            Label::Secret | Label::Pin => number(PersonalKind::AccountPassword, whole.0, whole.1, sure + 0.15),
            Label::Other | Label::Company | Label::Postcode | Label::Birth => None,
        };
    }
    None
}

/// An account by its length: two letters and as many digits as nothing else has, or a form of the country: "пэ эль ноль два …", though a digit of it may be misheard.
fn foreign_account(chain: &Chain, language: Option<Language>) -> Option<Number> {
    let letters: String =
        chain.groups.iter().take_while(|group| group.is_letters).map(|group| group.text.as_str()).collect();
    let n_digits: usize = chain.groups.iter().filter(|group| !group.is_letters).map(|group| group.text.len()).sum();
    let is_long = (13..=45).contains(&n_digits) && letters.chars().count() == 2;
    let lengths: Vec<usize> = chain.groups.iter().take(4).map(|group| group.text.len()).collect();
    let is_national = letters.is_empty()
        && match language {
            // 40817, 40820, 423: accounts of persons at a Russian bank, 20 digits.
            Some(Language::Ru) => {
                let digits: String = chain.groups.iter().take(20).map(|group| group.text.as_str()).collect();
                n_digits == 20 && ["40817", "40820", "423", "408"].iter().any(|head| digits.starts_with(head))
            }
            // Hungarian ones are written in eights.
            Some(Language::Hu) => lengths == [8, 8] || lengths == [8, 8, 8],
            _ => false,
        };
    (is_long || is_national).then_some(Number {
        kind: PersonalKind::Iban,
        from: 0,
        to: chain.groups.len(),
        confidence: NAMED_CONFIDENCE,
    })
}

/// A single group that is a year.
fn is_year(chain: &Chain) -> bool {
    let digits: String = chain.groups.iter().filter(|g| !g.is_letters).map(|g| g.text.as_str()).collect();
    digits.len() == 4 && chain.groups.len() <= 1 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Day, month and year, or the other way round: no number that somebody dictates.
fn is_date(groups: &[Group]) -> bool {
    let values: Vec<u32> = groups.iter().filter_map(|group| group.text.parse().ok()).collect();
    // "05.2020" of "12.05.2020".
    if let [month, year] = values[..] {
        return (1..=12).contains(&month) && (1900..=2100).contains(&year);
    }
    let [first, month, last] = values[..] else { return false };
    let (day, year) = if first > 31 { (last, first) } else { (first, last) };
    (1..=31).contains(&day) && (1..=12).contains(&month) && (1900..=2100).contains(&year)
}

/// Account numbers whose letters stand in the text: "GB82 WEST 1234 5698 7654 32".
pub(super) fn ibans_with_letters(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at + 4 <= bytes.len() {
        let is_start = bytes[at..at + 2].iter().all(u8::is_ascii_alphabetic)
            && !text[..at].ends_with(char::is_alphanumeric)
            && bytes[at + 2..].iter().find(|b| **b != b' ').is_some_and(u8::is_ascii_digit);
        match is_start.then(|| iban_at(text, at)).flatten() {
            Some(end) => {
                found.push((at, end));
                at = end;
            }
            None => at += 1,
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    found
}

/// End of the longest valid IBAN that starts at byte `start`.
fn iban_at(text: &str, start: usize) -> Option<usize> {
    // ISO 13616: 15 (Norway) to 34 characters.
    const LENGTHS: std::ops::RangeInclusive<usize> = 15..=34;
    let mut plain = String::new();
    let mut best = None;
    for (offset, c) in text[start..].char_indices() {
        match c {
            c if c.is_ascii_alphanumeric() => plain.push(c.to_ascii_uppercase()),
            ' ' | '-' => continue,
            _ => break,
        }
        let end = start + offset + 1;
        if plain.len() > *LENGTHS.end() {
            break;
        }
        if LENGTHS.contains(&plain.len()) && !text[end..].starts_with(char::is_alphanumeric) && is_iban(&plain) {
            best = Some(end);
        }
    }
    best
}

fn is_iban(plain: &str) -> bool {
    iban::Iban::from_str(plain).is_ok()
}
