//! Claims kept by call, so that calls can be compared with each other when there is no sheet.

use jiff::civil::Date;

use super::claims::{self, Period, Said, Value};
use super::products::product_named;
use super::sheet::Sheet;
use super::words::CURRENCIES;
use crate::call::{Attribute, CallReport, KeptClaim};
use crate::text::{Language, tokenize};

/// A call that claims more is cut off: it is a reading of a price list.
const MAX_KEPT: usize = 64;

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
            product: language.and_then(|language| {
                let tokens = tokenize(&utterance.text, Some(language));
                product_named(&utterance.text, &tokens, language)
            }),
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
