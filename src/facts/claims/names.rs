//! Names: the company that the agent says he calls for, and words that are never to be heard.

use super::{Draft, SURE, Said, Value};
use crate::call::{Attribute, Transcript};
use crate::facts::products::is_form;
use crate::facts::reading::Reading;
use crate::facts::sheet::Sheet;
use crate::facts::words::Concept;
use crate::text::language::{fold, normalize};
use crate::text::phonetic::{self, Sounded};
use crate::text::{Language, Token, tokenize};

/// How far from "calling from" the name may stand, in words.
const MAX_INTRO_DISTANCE: usize = 6;

/// How unlike the company's own name may sound before it is another one: names are heard badly.
const OWN_NAME_SHARE: f64 = 0.3;

/// How unlike a secret may sound: an error in a word of ten phones. An alarm of the highest severity must be rare.
const SECRET_SHARE: f64 = 0.1;

/// Shorter secrets have to be heard exactly.
const MIN_SECRET_PHONES: usize = 8;

/// Tokens `start..end` of each place of a name, inflected.
fn places(name: &str, tokens: &[Token], language: Language) -> Vec<(usize, usize)> {
    let words: Vec<String> = tokenize(name, Some(language)).iter().map(|t| fold(&t.normal)).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let stands =
        |from: usize| words.iter().enumerate().all(|(i, w)| tokens.get(from + i).is_some_and(|t| is_form(w, t)));
    (0..tokens.len()).filter(|from| stands(*from)).map(|from| (from, from + words.len())).collect()
}

/// Legal forms, which nobody says.
const LEGAL_FORMS: [&str; 17] = [
    "ltd", "limited", "plc", "inc", "llc", "gmbh", "sp", "z", "o", "sa", "kft", "zrt", "nyrt", "bt", "ооо", "ао", "αε",
];

/// A company's name without its legal form.
fn spoken_name(name: &str) -> String {
    let is_form = |word: &str| {
        LEGAL_FORMS.contains(&normalize(word.trim_matches(['.', ','])).replace('.', "").as_str())
            || word.contains("o.o")
    };
    let words: Vec<&str> = name.split_whitespace().filter(|word| !is_form(word)).collect();
    if words.is_empty() { name.to_owned() } else { words.join(" ") }
}

/// Is this one of the names that [`companies`] gives for the sheet's own company?
pub(in crate::facts) fn is_own_name(sheet: &Sheet, name: &str) -> bool {
    sheet.company.iter().chain(&sheet.aliases).any(|own| spoken_name(own) == name)
}

/// Words of the company's names in normal form: beside "plan" they name no product.
pub(super) fn company_words(sheet: &Sheet) -> Vec<String> {
    let names = sheet.company.iter().chain(&sheet.aliases);
    names.flat_map(|name| tokenize(&spoken_name(name), None)).map(|token| token.normal).collect()
}

/// Shorter first words of a name are too often words of their own.
const MIN_FIRST_NAME_CHARS: usize = 5;

/// Where other sellers are named, in whole or by the first word of their name in capitals ("Northline" of "Northline
/// Mobile").
pub(super) fn sellers(reading: &Reading<'_>, sheet: &Sheet) -> Vec<(usize, usize)> {
    let own = company_words(sheet);
    let is_capital = |at: usize| reading.text[reading.tokens[at].start..].starts_with(char::is_uppercase);
    let mut found = Vec::new();
    for competitor in &sheet.competitors {
        let name = spoken_name(competitor);
        found.extend(places(&name, &reading.tokens, reading.language));
        let first = name.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
        if first.chars().count() >= MIN_FIRST_NAME_CHARS && !own.contains(&normalize(first)) {
            let alone = places(first, &reading.tokens, reading.language);
            found.extend(alone.into_iter().filter(|place| is_capital(place.0)));
        }
    }
    found
}

pub(super) fn companies(reading: &Reading<'_>, sheet: &Sheet) -> Vec<Draft> {
    let own: Vec<String> = sheet.company.iter().chain(&sheet.aliases).map(|name| spoken_name(name)).collect();
    if own.is_empty() || reading.all(Concept::Intro).next().is_none() {
        return Vec::new();
    }
    let language = reading.language;
    let own_places: Vec<(usize, usize)> = own.iter().flat_map(|name| places(name, &reading.tokens, language)).collect();
    let is_void = |span: (usize, usize)| {
        reading.is_question(span.0) || reading.is_reported(span.0) || reading.is_negated(span.0, 3)
    };
    let intro = |span: (usize, usize)| {
        reading
            .all(Concept::Intro)
            .filter(|m| !reading.is_negated(m.start, 2))
            .filter_map(|m| reading.distance((m.start, m.end), span))
            .min()
    };
    let mut found = Vec::new();
    // The company's own name, introduced: the sheet bears it out.
    let introduced = own_places.iter().find(|place| intro(**place).is_some_and(|d| d <= MAX_INTRO_DISTANCE));
    if let (Some(place), Some(name)) = (introduced, own.first()) {
        found.push(Draft::new(Attribute::Company, Value::Words(name.clone()), *place));
    }
    for competitor in &sheet.competitors {
        for span in places(&spoken_name(competitor), &reading.tokens, language) {
            let is_own = own_places.iter().any(|o| reading.sentence(o.0) == reading.sentence(span.0));
            if !is_own && found.is_empty() && !is_void(span) && intro(span).is_some_and(|d| d <= MAX_INTRO_DISTANCE) {
                found.push(Draft::new(Attribute::Company, Value::Words(competitor.clone()), span));
            }
        }
    }
    if found.is_empty() && own_places.is_empty() && !is_like_own(reading, &own) {
        found.extend(unknown(reading).filter(|draft| !is_void(draft.tokens)));
    }
    found.truncate(1);
    found
}

/// Does any of the own names sound through?
fn is_like_own(reading: &Reading<'_>, own: &[String]) -> bool {
    let heard = phonetic::sound(reading.text, Some(reading.language));
    own.iter().any(|name| {
        let name = phonetic::sound(name, Some(reading.language));
        !phonetic::find_near(&name, &heard, phonetic::allowance(&name, OWN_NAME_SHARE)).is_empty()
    })
}

/// A name in capitals right after "calling from" that is none of ours.
fn unknown(reading: &Reading<'_>) -> Option<Draft> {
    let is_capital =
        |at: usize| reading.tokens.get(at).is_some_and(|t| reading.text[t.start..].starts_with(char::is_uppercase));
    reading.all(Concept::IntroStrong).find_map(|mark| {
        let start = (mark.end..mark.end + 3).find(|at| is_capital(*at) && reading.is_same_clause(mark.start, *at))?;
        let end = (start..start + 4).take_while(|at| is_capital(*at) && reading.is_same_clause(start, *at)).last()? + 1;
        let bytes = reading.bytes((start, end));
        let name = reading.text.get(bytes.0..bytes.1)?.to_owned();
        let mut draft = Draft::new(Attribute::Company, Value::Words(name), (start, end));
        // A name that is not in the sheet may be a town, or the company's own in another language.
        draft.confidence = SURE * 0.7;
        Some(draft)
    })
}

/// Where words of the `confidential` list are heard, from anyone.
pub(in crate::facts) fn confidential(sheet: &Sheet, transcript: &Transcript) -> Vec<Said> {
    if sheet.confidential.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, utterance) in transcript.utterances.iter().enumerate() {
        let code = utterance.language.as_deref().or(transcript.language.as_deref());
        let language = code.and_then(Language::from_code);
        let tokens = tokenize(&utterance.text, language);
        let mut heard: Option<Sounded> = None;
        let words = super::HeardWords::new(utterance);
        for secret in &sheet.confidential {
            let exact = language.map(|l| places(secret, &tokens, l)).unwrap_or_default();
            let mut hits: Vec<((usize, usize), f64)> =
                exact.into_iter().map(|(from, to)| ((tokens[from].start, tokens[to - 1].end), 1.0)).collect();
            if hits.is_empty() {
                let name = phonetic::sound(secret, language);
                let heard = heard.get_or_insert_with(|| phonetic::sound(&utterance.text, language));
                if name.phones().len() >= MIN_SECRET_PHONES {
                    let near = phonetic::find_near(&name, heard, phonetic::allowance(&name, SECRET_SHARE));
                    hits.extend(near.into_iter().map(|hit| (hit.bytes, 0.8)));
                }
            }
            found.extend(hits.into_iter().map(|(bytes, factor)| Said {
                attribute: Attribute::Confidential,
                value: Value::Words(secret.clone()),
                currency: None,
                period: None,
                is_total: false,
                is_past: false,
                is_named: false,
                beside: None,
                products: None,
                utterance: at,
                bytes,
                quote: bytes,
                confidence: SURE * factor * words.probability(bytes),
            }));
        }
    }
    found
}
