//! Counts: how many are left, in how many instalments, and (between calls) how many seats and sites a company has.

use super::{Draft, Mention, is_void};
use crate::call::Attribute;
use crate::facts::quantity::{Bound, Quantity, Unit};
use crate::facts::reading::Reading;
use crate::facts::words::Concept;

/// "left", "in stock" stand at most so far from their number.
const MAX_DISTANCE: usize = 5;

pub(super) fn find(reading: &Reading<'_>, mentions: &[Mention]) -> Vec<Draft> {
    reading
        .quantities
        .iter()
        .filter_map(|q| instalments(reading, q).or_else(|| stock(reading, mentions, q)).or_else(|| size(reading, q)))
        .collect()
}

fn instalments(reading: &Reading<'_>, quantity: &Quantity) -> Option<Draft> {
    let (start, end) = quantity.tokens;
    let noun = (end..=end + 1)
        .find_map(|at| reading.at(Concept::CountNoun, at))
        .filter(|m| reading.is_same_clause(m.start, start))?;
    let is_count = matches!(quantity.unit, Unit::Plain | Unit::Months | Unit::Pieces)
        && quantity.low.fract() == 0.0
        && quantity.low > 1.0;
    let is_said = reading.nearest(Concept::Instalment, (start, noun.end), None).is_some();
    (is_count && is_said && !is_void(reading, quantity.tokens) && !reading.is_negated(start, 3)).then(|| {
        // "Spread over six instalments" is six, not more than six.
        let exact = Quantity { bound: Bound::Exact, ..quantity.clone() };
        Draft::number(Attribute::InstalmentCount, &exact, (quantity.low, quantity.high))
    })
}

fn stock(reading: &Reading<'_>, mentions: &[Mention], quantity: &Quantity) -> Option<Draft> {
    let span = quantity.tokens;
    // "Three soundbars" are pieces as well.
    let is_pieces = quantity.unit == Unit::Pieces || mentions.iter().any(|m| m.tokens.0 == span.1);
    if !(is_pieces || quantity.unit == Unit::Plain) || !quantity.is_number || quantity.low.fract() != 0.0 {
        return None;
    }
    // "Two questions left": a number without a unit counts what follows it.
    let next = span.1;
    let counts_nothing_else = is_pieces
        || next >= reading.tokens.len()
        || !reading.is_same_clause(span.0, next)
        || [Concept::Stock, Concept::StockWeak, Concept::StockLast].into_iter().any(|c| reading.at(c, next).is_some())
        || mentions.iter().any(|m| (next..=next + 2).contains(&m.tokens.0));
    // "The two remaining questions": the word tells of what follows it.
    const BEFORE_NOUN: [&str; 6] = ["remaining", "ostatni", "последн", "τελευταί", "utolsó", "maradék"];
    let is_of_next = reading.tokens.get(next).is_some_and(|t| BEFORE_NOUN.iter().any(|w| t.normal.starts_with(w)))
        && reading.tokens.get(next + 1).is_some()
        && reading.is_same_clause(next, next + 1)
        && !(next + 1..=next + 2)
            .any(|at| reading.at(Concept::Piece, at).is_some() || mentions.iter().any(|m| m.tokens.0 == at));
    if !counts_nothing_else || is_of_next {
        return None;
    }
    let near = |concept: Concept, most: usize| reading.nearest(concept, span, None).is_some_and(|(d, _)| d <= most);
    let is_last = reading.all(Concept::StockLast).any(|m| m.end == span.0 || m.end + 1 == span.0);
    let is_stock = near(Concept::Stock, if is_pieces { MAX_DISTANCE + 3 } else { MAX_DISTANCE })
        || is_pieces && (is_last || near(Concept::StockWeak, MAX_DISTANCE));
    // "14 days left", "two months left": time is no stock; and money neither.
    (is_stock && !is_void(reading, span) && !reading.is_negated(span.0, 3))
        .then(|| Draft::number(Attribute::Stock, quantity, (quantity.low, quantity.high)))
}

fn size(reading: &Reading<'_>, quantity: &Quantity) -> Option<Draft> {
    let end = quantity.tokens.1;
    let named = |concept: Concept| {
        reading
            .at(concept, end)
            .or_else(|| reading.all(concept).find(|m| m.end == end && m.start > quantity.tokens.0))
            .is_some()
    };
    let attribute = if named(Concept::Seats) {
        Attribute::Seats
    } else if named(Concept::Sites) {
        Attribute::Sites
    } else {
        return None;
    };
    let sentence = reading.sentence(quantity.tokens.0);
    (reading.has(Concept::Staff, sentence) && quantity.low >= 2.0 && !is_void(reading, quantity.tokens))
        .then(|| Draft::number(attribute, quantity, (quantity.low, quantity.high)))
}
