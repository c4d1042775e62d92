//! What the agent says of price, term, delivery, fees and the like against the fact sheet, and claims kept so that calls
//! can be compared with each other. Only parsed values are judged: a claim without a number, a date or a plain yes or no
//! is none. Hedges, conditions, questions, denials, other sellers' terms and the customer's words contradict nothing.
//! How bad a contradiction is, is for the rules.

mod claims;
mod compare;
mod dates;
mod kept;
mod products;
mod quantity;
mod reading;
mod sheet;
mod sums;
mod words;

pub use kept::kept;
pub use sheet::{Fee, Product, Sheet, SheetError};

use std::collections::HashSet;

use jiff::civil::Date;

use crate::call::{Contradiction, FactCheck, Speaker, Transcript};
use compare::Verdict;

/// Compares what was said with the sheet. `started_at` (RFC 3339) gives the day of the call where the sheet gives none.
pub fn check(sheet: &Sheet, transcript: &Transcript, speakers: &[Speaker], started_at: Option<&str>) -> FactCheck {
    let call_date = sheet.call_date.or_else(|| started_at.and_then(day_of));
    let mut said = claims::find(sheet, transcript, speakers, call_date);
    said.extend(claims::confidential(sheet, transcript));
    let mut result = FactCheck {
        is_offer_open: call_date.and_then(|call| is_offer_open(sheet, call)),
        has_price: sheet.products.iter().any(|p| p.price.is_some_and(|price| price > 0.0)),
        ..FactCheck::default()
    };
    for claim in &said {
        match compare::compare(sheet, claim) {
            Verdict::NotJudged => {}
            Verdict::BorneOut => result.borne_out.push((claim.attribute, claim.utterance)),
            Verdict::False(found) => result.contradictions.push(with_times(*found, claim.bytes, transcript)),
        }
    }
    result.contradictions.sort_by_key(|c| (c.utterance, c.bytes, c.attribute));
    // The same value said twice in an utterance is one contradiction of a field.
    let mut seen: HashSet<(usize, &str, String)> = HashSet::new();
    result.contradictions.retain(|c| seen.insert((c.utterance, c.attribute.name(), c.claimed.to_string())));
    result
}

/// The date of an RFC 3339 time, as the caller's clock had it.
fn day_of(started_at: &str) -> Option<Date> {
    started_at.get(..10)?.parse().ok()
}

/// Does any offer of the sheet run beyond the day of the call? `None` if the sheet has no products.
fn is_offer_open(sheet: &Sheet, call: Date) -> Option<bool> {
    let ends: Vec<Option<Date>> = sheet.products.iter().map(|p| p.valid_until).collect();
    // No end date: the taxonomy takes such an offer as open.
    (!ends.is_empty()).then(|| ends.iter().all(|end| end.is_none_or(|end| end > call)))
}

fn with_times(mut found: Contradiction, bytes: (usize, usize), transcript: &Transcript) -> Contradiction {
    let Some(utterance) = transcript.utterances.get(found.utterance) else { return found };
    (found.start_s, found.end_s) = (utterance.start_s, utterance.end_s);
    if let Some(places) = crate::call::locate_words(&utterance.text, &utterance.words) {
        let mut own = places
            .iter()
            .zip(&utterance.words)
            .filter(|((from, to), _)| *from < bytes.1 && bytes.0 < *to)
            .map(|(_, word)| word);
        if let Some(first) = own.next() {
            found.start_s = Some(first.start_s);
            found.end_s = Some(own.next_back().map_or(first.end_s, |last| last.end_s));
        }
    }
    found
}
