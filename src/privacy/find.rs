//! Personal data by pattern and check: payment cards, bank accounts, phone numbers, e-mail addresses, card
//! verification values, national numbers. Names, addresses, dates of birth and passwords have no such form: see
//! [`super::named`].
//!
//! What fools it: an order number that happens to be a valid phone number (words like "order" before it are heeded),
//! a card number in which one digit was misheard (kept, at lower confidence, when the word "card" is near).

use std::collections::BTreeSet;
use std::str::FromStr;

use phonenumber::country;

use super::digits::{Chain, Group, chains};
use super::{email, ids, named};
use crate::call::{PersonalData, PersonalKind, Speaker, Transcript, Utterance, locate_words};
use crate::text::money::is_currency;

/// Folded words that say that a phone number follows; `*` stands for any ending.
const PHONE_WORDS: &[&str] = &[
    "phone*",
    "telephone*",
    "mobile*",
    "cell",
    "landline*",
    "tel",
    "telefon*",
    "komork*",
    "zadzwon*",
    "oddzwon*",
    "телефон*",
    "мобил*",
    "позвон*",
    "перезвон*",
    "τηλεφων*",
    "κινητ*",
    "σταθερο*",
    "καλεσ*",
    "mobil*",
    "hivj*",
    "hivhat*",
    "call",
    "whatsapp",
    "viber",
];

/// Of these the ones that name a telephone, and do not only ask for a call.
const PHONE_NAMES: &[&str] = &[
    "phone*",
    "telephone*",
    "mobile*",
    "tel",
    "telefon*",
    "komork*",
    "телефон*",
    "мобил*",
    "τηλεφων*",
    "κινητ*",
    "mobil*",
    "whatsapp",
    "viber",
];

/// … that a card number follows.
const CARD_WORDS: &[&str] = &["card*", "kart*", "карт*", "καρτ*", "kartya*", "bankkarty*", "visa", "mastercard"];

/// … that what is named is a number.
const NUMBER_WORDS: &[&str] = &[
    "number*",
    "numer*",
    "nr",
    "номер*",
    "αριθμ*",
    "szam*",
    "telefonszam*",
    "mobilszam*",
    "kartyaszam*",
    "bankkartyaszam*",
];

/// A telephone named so many words before the digits, and not farther, needs no word for "number".
const MAX_WORDS_AFTER_NAME: usize = 4;

/// What is named and has fewer digits is part of something else: the shortest numbers that people dictate, those of
/// one town, have seven.
const MIN_NAMED_DIGITS: usize = 7;

/// How sure it is that a named number of no valid form is what it is named: digits get lost in recognition, but a
/// name before it may be that of another thing.
const NAMED_CONFIDENCE: f64 = 0.6;

/// … that it is the number of something else.
const OTHER_NUMBER_WORDS: &[&str] = &[
    "order*",
    "invoice*",
    "contract*",
    "reference*",
    "ref",
    "tracking*",
    "parcel*",
    "ticket*",
    "case",
    "serial*",
    "zamowien*",
    "faktur*",
    "umow*",
    "przesylk*",
    "zgloszen*",
    "regon",
    "nip",
    "заказ*",
    "счет*",
    "договор*",
    "посылк*",
    "заявк*",
    "трек*",
    "παραγγελ*",
    "τιμολογ*",
    "συμβολ*",
    "συμβασ*",
    "δεμα*",
    "rendeles*",
    "szamla*",
    "szerzod*",
    "csomag*",
    "ugyfelszam*",
];

/// … that a card verification value follows.
const CVV_WORDS: &[&str] = &["cvv", "cvc", "cvs"];
/// The same in two words, in any order near each other.
const CVV_PAIRS: &[(&str, &str)] = &[
    ("security", "code"),
    ("digit*", "code"),
    ("digit*", "back"),
    ("kod", "zabezpiecz*"),
    ("kod", "bezpieczen*"),
    ("код*", "безопасност*"),
    ("κωδικ*", "ασφαλεια*"),
    ("biztonsagi*", "kod"),
];

/// Signs of money, and words that stand after a share.
const SHARE_WORDS: &[&str] = &["€", "$", "£", "₽", "%", "percent*", "procent*", "процент*", "szazalek*"];

/// True if what stands after a number makes it an amount of money or a share.
fn is_amount(chain: &Chain) -> bool {
    chain.after.as_deref().is_some_and(|after| is_currency(after) || is_any_of(after, SHARE_WORDS))
}

/// After so many starts without a number, the rest of a chain is counting or noise, not dictation.
const MAX_STARTS: usize = 64;

/// Without a word that says so, a number with fewer digits is too often something else: national numbers of the six
/// regions that are dialled in full have nine or more.
const MIN_BARE_PHONE_DIGITS: usize = 9;

/// E.164 allows 15 digits, trunk or international prefixes up to three more.
const MAX_PHONE_DIGITS: usize = 18;

struct Found {
    kind: PersonalKind,
    utterance: usize,
    bytes: (usize, usize),
    confidence: f64,
}

/// Everything in the transcript that looks like personal data; by utterance, then byte; entries do not overlap.
///
/// `speakers` tell whose words they are: an agent's name and the company's address are no secrets. Empty if nobody is
/// known.
pub fn find(transcript: &Transcript, speakers: &[Speaker]) -> Vec<PersonalData> {
    let mut found: Vec<Found> = Vec::new();
    for (utterance, spoken) in transcript.utterances.iter().enumerate() {
        let text = spoken.text.as_str();
        let ibans = ibans_with_letters(text).into_iter().map(|bytes| (PersonalKind::Iban, bytes, 0.99));
        let mails = email::find(text).into_iter().map(|(bytes, sure)| (PersonalKind::Email, bytes, sure));
        found.extend(ibans.chain(mails).map(|(kind, bytes, confidence)| Found { kind, utterance, bytes, confidence }));
    }
    let named = named::find(transcript, speakers).into_iter();
    found.extend(named.map(|(kind, utterance, bytes, confidence)| Found { kind, utterance, bytes, confidence }));
    for chain in chains(transcript) {
        search_chain(&chain, transcript, &mut found);
    }
    // Stable: what was found first (the stricter form) wins where two overlap.
    let mut kept: Vec<Found> = Vec::new();
    let mut taken: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
    for candidate in found {
        let (u, (start, end)) = (candidate.utterance, candidate.bytes);
        // Kept entries are disjoint, so only the last one that starts before `end` can overlap.
        let overlaps = taken.range(..(u, end, 0)).next_back().is_some_and(|(v, _, e)| *v == u && *e > start);
        if start < end && !overlaps {
            taken.insert((u, start, end));
            kept.push(candidate);
        }
    }
    kept.sort_by_key(|f| (f.utterance, f.bytes));
    with_times(kept, transcript)
}

fn with_times(found: Vec<Found>, transcript: &Transcript) -> Vec<PersonalData> {
    found
        .chunk_by(|a, b| a.utterance == b.utterance)
        .flat_map(|own| {
            let utterance = &transcript.utterances[own[0].utterance];
            let located = locate_words(&utterance.text, &utterance.words).unwrap_or_default();
            own.iter().map(move |f| {
                let (start_s, end_s) = span_of(utterance, f.bytes, &located);
                let Found { kind, utterance, bytes, confidence } = *f;
                PersonalData { kind, utterance, bytes, start_s, end_s, confidence }
            })
        })
        .collect()
}

/// From the first to the last word that the bytes touch; the utterance's times if the words cannot tell.
fn span_of(utterance: &Utterance, bytes: (usize, usize), located: &[(usize, usize)]) -> (Option<f64>, Option<f64>) {
    let pairs = located.iter().zip(&utterance.words);
    let mut covered = pairs.filter(|((start, end), _)| *start < bytes.1 && bytes.0 < *end).map(|(_, word)| word);
    let first = covered.next();
    let last = covered.next_back().or(first);
    (first.map(|w| w.start_s).or(utterance.start_s), last.map(|w| w.end_s).or(utterance.end_s))
}

/// Account numbers whose letters stand in the text: "GB82 WEST 1234 5698 7654 32".
fn ibans_with_letters(text: &str) -> Vec<(usize, usize)> {
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

/// What the words before a number say it is.
#[derive(PartialEq)]
enum Context {
    Phone,
    Other,
    None,
}

fn is_any_of(word: &str, patterns: &[&str]) -> bool {
    patterns.iter().any(|pattern| match pattern.strip_suffix('*') {
        Some(beginning) => word.starts_with(beginning),
        None => word == *pattern,
    })
}

fn context_of(chain: &Chain) -> Context {
    for word in &chain.before {
        if is_any_of(word, OTHER_NUMBER_WORDS) {
            return Context::Other;
        }
        if is_any_of(word, PHONE_WORDS) {
            return Context::Phone;
        }
    }
    Context::None
}

fn is_near(chain: &Chain, patterns: &[&str]) -> bool {
    chain.before.iter().any(|word| is_any_of(word, patterns))
}

fn is_cvv_asked(chain: &Chain) -> bool {
    is_near(chain, CVV_WORDS) || CVV_PAIRS.iter().any(|(a, b)| is_near(chain, &[a]) && is_near(chain, &[b]))
}

/// What the nearest words before a chain name it, strictly enough to believe it without a valid form.
fn named_kind(chain: &Chain) -> Option<PersonalKind> {
    let is_number = is_near(chain, NUMBER_WORDS);
    for (distance, word) in chain.before.iter().enumerate() {
        if is_any_of(word, OTHER_NUMBER_WORDS) {
            return None;
        }
        if is_any_of(word, PHONE_NAMES) && (is_number || distance < MAX_WORDS_AFTER_NAME) {
            return Some(PersonalKind::Phone);
        }
        if is_any_of(word, CARD_WORDS) && is_number {
            return Some(PersonalKind::Card);
        }
    }
    None
}

/// Day, month and year, or the other way round: no number that somebody dictates.
fn is_date(groups: &[Group]) -> bool {
    let values: Vec<u32> = groups.iter().filter_map(|group| group.digits.parse().ok()).collect();
    let [first, month, last] = values[..] else { return false };
    let (day, year) = if first > 31 { (last, first) } else { (first, last) };
    (1..=31).contains(&day) && (1..=12).contains(&month) && (1900..=2100).contains(&year)
}

/// Reads one chain from its start and adds what it holds.
fn search_chain(chain: &Chain, transcript: &Transcript, found: &mut Vec<Found>) {
    let context = context_of(chain);
    let n_before = found.len();
    let mut starts_with_one = false;
    let (mut i, mut n_misses) = (0, 0);
    while i < chain.groups.len() && n_misses < MAX_STARTS {
        let Some((kind, end, confidence)) = number_at(chain, i, &context, transcript) else {
            (i, n_misses) = (i + 1, n_misses + 1);
            continue;
        };
        add(&chain.groups[i..end], kind, confidence, chain, i == 0, found);
        starts_with_one |= i == 0;
        (i, n_misses) = (end, 0);
    }
    let n_digits: usize = chain.groups.iter().map(|group| group.digits.len()).sum();
    let may_be_named = !starts_with_one && n_digits >= MIN_NAMED_DIGITS && !is_amount(chain) && !is_date(&chain.groups);
    if let Some(kind) = named_kind(chain).filter(|_| may_be_named) {
        // A valid number somewhere inside is chance, or a part: the whole is what was named.
        if found[n_before..].iter().all(|part| part.kind == PersonalKind::Phone) {
            found.truncate(n_before);
            add(&chain.groups, kind, NAMED_CONFIDENCE, chain, true, found);
        }
    }
}

/// One entry for each utterance that the groups stand in.
fn add(groups: &[Group], kind: PersonalKind, confidence: f64, chain: &Chain, is_first: bool, found: &mut Vec<Found>) {
    for part in groups.chunk_by(|a, b| a.utterance == b.utterance) {
        let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
        let mut start = first.bytes.0;
        if let (PersonalKind::Iban, true, Some(letters)) = (kind, is_first, chain.letters)
            && first.utterance == chain.groups[0].utterance
            && letters.1 <= start
        {
            start = letters.0;
        }
        found.push(Found { kind, utterance: first.utterance, bytes: (start, last.bytes.1), confidence });
    }
}

/// The longest number of the strictest kind that starts at group `i`: kind, index after its last group, confidence.
fn number_at(
    chain: &Chain,
    i: usize,
    context: &Context,
    transcript: &Transcript,
) -> Option<(PersonalKind, usize, f64)> {
    let utterance = transcript.utterances.get(chain.groups[i].utterance)?;
    let language = utterance.language.as_deref().or(transcript.language.as_deref());
    // Digits up to and with each group, as long as some number can be as long.
    let mut so_far = String::new();
    let mut candidates: Vec<(usize, String)> = Vec::new();
    for (j, group) in chain.groups.iter().enumerate().skip(i) {
        if j > i && group.has_plus || so_far.len() + group.digits.len() > 34 {
            break;
        }
        so_far.push_str(&group.digits);
        candidates.push((j + 1, so_far.clone()));
    }
    let is_whole = |end: usize| i == 0 && end == chain.groups.len();
    let is_amount = is_amount(chain);

    for (end, digits) in candidates.iter().rev() {
        let values = ids::values(digits);
        let is_account = i == 0 && chain.letters.is_some_and(|l| is_account_of(utterance, l, digits))
            || language == Some("pl") && digits.len() == 26 && is_iban(&format!("PL{digits}"));
        if is_account {
            return Some((PersonalKind::Iban, *end, 0.99));
        }
        let is_card_form = i == 0 || values.len() >= 15;
        if is_card_form && (13..=19).contains(&values.len()) && ids::is_card(&values) {
            return Some((PersonalKind::Card, *end, if is_near(chain, CARD_WORDS) { 0.99 } else { 0.9 }));
        }
        for id in ids::NATIONAL_IDS.iter().filter(|id| id.n_digits == values.len() && (id.is_valid)(&values)) {
            if is_near(chain, id.names) {
                return Some((PersonalKind::NationalId, *end, 0.97));
            }
        }
        if language == Some("pl") && is_whole(*end) && *context == Context::None && ids::is_pesel(&values) {
            return Some((PersonalKind::NationalId, *end, 0.8));
        }
        // 15 or 16 digits after "card" are one, even if a digit was misheard.
        if is_whole(*end) && (15..=16).contains(&values.len()) && is_near(chain, CARD_WORDS) {
            return Some((PersonalKind::Card, *end, 0.6));
        }
        if is_whole(*end) && (3..=4).contains(&values.len()) && is_cvv_asked(chain) && !is_amount {
            return Some((PersonalKind::Cvv, *end, 0.9));
        }
        let has_plus = chain.groups[i].has_plus;
        if !(is_amount && is_whole(*end))
            && (*context != Context::Other || has_plus)
            && let Some(confidence) = phone_confidence(digits, has_plus, context, language)
        {
            return Some((PersonalKind::Phone, *end, confidence));
        }
    }
    None
}

/// True if the two letters before the digits make them an account number.
fn is_account_of(utterance: &Utterance, letters: (usize, usize), digits: &str) -> bool {
    let country = utterance.text.get(letters.0..letters.1).unwrap_or_default().to_uppercase();
    (15..=34).contains(&(digits.len() + 2)) && is_iban(&format!("{country}{digits}"))
}

/// How sure it is that the digits are a phone number; `None` if they are none.
fn phone_confidence(digits: &str, has_plus: bool, context: &Context, language: Option<&str>) -> Option<f64> {
    if !(7..=MAX_PHONE_DIGITS).contains(&digits.len()) {
        return None;
    }
    if has_plus {
        return is_phone(None, &format!("+{digits}")).then_some(0.97);
    }
    let is_named = *context == Context::Phone;
    if digits.len() < MIN_BARE_PHONE_DIGITS && !is_named {
        return None;
    }
    let regions: &[country::Id] = match language {
        Some("pl") => &[country::PL],
        Some("ru") => &[country::RU],
        Some("el") => &[country::GR],
        Some("hu") => &[country::HU],
        // British numbers begin with 0 when they are dialled; without it, any ten digits from 1 up would do.
        Some("en") if digits.starts_with('0') => &[country::GB],
        Some("en") => &[country::US],
        // An unknown language gives no region: only a named number is searched for in all of them.
        _ if is_named => &[country::US, country::GB, country::PL, country::RU, country::GR, country::HU],
        _ => &[],
    };
    regions.iter().any(|region| is_phone(Some(*region), digits)).then_some(if is_named { 0.95 } else { 0.75 })
}

fn is_phone(region: Option<country::Id>, written: &str) -> bool {
    phonenumber::parse(region, written).is_ok_and(|number| phonenumber::is_valid(&number))
}
