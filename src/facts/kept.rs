//! Claims kept by call, so that calls can be compared with each other when there is no sheet.

use jiff::civil::Date;

use super::claims::{self, Period, Said, Value};
use super::sheet::Sheet;
use super::words::{self, CURRENCIES, Concept};
use crate::call::{Attribute, CallReport, KeptClaim};
use crate::text::{Language, Token, tokenize};

/// A call that claims more is cut off: it is a reading of a price list.
const MAX_KEPT: usize = 64;

/// Words of a name: "Fibre 300 Plus".
const MAX_NAME_TOKENS: usize = 3;

/// Quotes are for recognising the place, not for reading the call.
const MAX_QUOTE_CHARS: usize = 160;

/// The comparable claims of a report's agent. Give it the masked report: its quotes are shown.
pub fn kept(report: &CallReport) -> Vec<KeptClaim> {
    let Some(transcript) = &report.transcript else { return Vec::new() };
    // Any day will do: what ends on it ends "today".
    let today = Date::constant(2000, 1, 3);
    let said = claims::find(&Sheet::default(), transcript, &report.speakers, Some(today));
    let mut found = Vec::new();
    for claim in said.iter().take(MAX_KEPT) {
        let Some(utterance) = transcript.utterances.get(claim.utterance) else { continue };
        let (unit, value) = match (unit_of(claim), &claim.value) {
            (Some(unit), Value::Number { low, high, .. }) => (unit, (*low, *high)),
            (_, Value::Date(date)) if *date == today => ("last day".into(), (0.0, 0.0)),
            _ => continue,
        };
        let code = utterance.language.as_deref().or(transcript.language.as_deref());
        let language = code.and_then(Language::from_code);
        found.push(KeptClaim {
            attribute: claim.attribute,
            product: language.and_then(|language| product_named(&utterance.text, language)),
            unit,
            value,
            start_s: utterance.start_s,
            quote: utterance.text.chars().take(MAX_QUOTE_CHARS).collect(),
        });
    }
    found
}

fn unit_of(claim: &Said) -> Option<String> {
    Some(match claim.attribute {
        Attribute::DeliveryDays | Attribute::CancellationDays => "days".into(),
        Attribute::ContractMonths | Attribute::WarrantyMonths => "months".into(),
        Attribute::Seats => "seats".into(),
        Attribute::Sites => "sites".into(),
        Attribute::Price if !claim.is_total => {
            let per = match claim.period? {
                Period::Day => "day",
                Period::Week => "week",
                Period::Month => "month",
                Period::Year => "year",
                Period::Once => "once",
                Period::Piece => "piece",
            };
            format!("{}/{per}", claim.currency.and_then(|c| CURRENCIES.get(c)).unwrap_or(&"?"))
        }
        _ => return None,
    })
}

/// "the tariff Fibre 300", "the Fibre 300 plan": a name in capitals beside a word for products, in lower case.
fn product_named(text: &str, language: Language) -> Option<String> {
    let tokens = tokenize(text, Some(language));
    let is_name = |token: &Token| token.is_digits() || text[token.start..].starts_with(char::is_uppercase);
    let is_inside = |at: usize| at > 0 && tokens[at - 1].clause == tokens[at].clause;
    let marks = words::of(language).mark(&tokens);
    let name = |range: std::ops::Range<usize>| {
        // The first word of a clause has a capital anyway, and a number alone is no name.
        let start = range.clone().find(|at| is_inside(*at))?;
        let words: Vec<&str> = tokens[start..range.end].iter().map(|token| token.normal.as_str()).collect();
        tokens[start..range.end].iter().any(|token| !token.is_digits()).then(|| words.join(" "))
    };
    marks.iter().filter(|m| m.concept == Concept::ProductNoun).find_map(|noun| {
        let after = tokens[noun.end..].iter().take(MAX_NAME_TOKENS).take_while(|t| is_name(t)).count();
        let before = tokens[..noun.start].iter().rev().take(MAX_NAME_TOKENS).take_while(|t| is_name(t)).count();
        name(noun.end..noun.end + after).or_else(|| name(noun.start - before..noun.start))
    })
}
