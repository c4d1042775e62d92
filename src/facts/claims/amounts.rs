//! What an amount is beside a price: a difference, one with something added, a part of a fee, or of another thing. Only
//! tells what it is; what is claimed with it is for [`super::money`].

use super::Mention;
use crate::facts::quantity::Quantity;
use crate::facts::reading::Reading;
use crate::facts::words::{Concept, Mark};
use crate::text::Language;

/// "Not" and the word for returning stand at most so far apart.
const MAX_NOT_RETURNED_DISTANCE: usize = 3;

/// "If you do not bring the router back, 60 is due": that is for the router.
pub(super) fn is_not_returned(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let (from, to) = reading.sentence(span.0);
    let is_kept = reading
        .all(Concept::Withdraw)
        .any(|m| m.start >= from && m.end <= span.0 && reading.is_negated(m.start, MAX_NOT_RETURNED_DISTANCE));
    is_kept && reading.has(Concept::OtherThing, (from, to)) && reading.has(Concept::If, (from, to))
}

/// "The soundbar with delivery is 195": of the named product, and delivery is in it.
pub(super) fn is_with_delivery(reading: &Reading<'_>, mentions: &[Mention], span: (usize, usize)) -> bool {
    let clause = reading.clause(span.0);
    reading.all(Concept::Delivery).filter(|m| m.start >= clause.0 && m.end <= span.0).any(|own| {
        let is_with = |w: &Mark| {
            !is_and(reading, w)
                && !is_plus(reading, w)
                && (w.end <= own.start && own.start - w.end <= 1
                    || reading.language == Language::Hu && w.start == own.end)
        };
        let is_named = mentions.iter().any(|m| m.tokens.0 >= clause.0 && m.tokens.1 <= own.start);
        is_named && reading.all(Concept::With).any(is_with)
    })
}

/// "The connection is split over ten months at 3.50": a fee that is paid in parts, of which this is one.
pub(super) fn is_split(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let clause = reading.clause(span.0);
    let is_before = |m: &Mark| m.start >= clause.0 && m.end <= span.0;
    let fee = reading.all(Concept::Activation).filter(|m| is_before(m)).map(|m| m.end).max();
    let parts = reading.all(Concept::Instalment).filter(|m| is_before(m)).map(|m| m.start).max();
    fee.zip(parts).is_some_and(|(fee, parts)| {
        let is_count = |q: &Quantity| q.tokens.0 >= parts && q.tokens.1 <= span.0;
        fee <= parts && reading.quantities.iter().any(is_count)
    })
}

/// "With the instalment for the router it is 33": an amount to which something is added.
pub(super) fn is_with_more(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let (from, _) = reading.sentence(span.0);
    [Concept::Instalment, Concept::Activation].into_iter().flat_map(|c| reading.all(c)).any(|own| {
        let is_with = |w: &Mark| {
            !is_and(reading, w)
                && (w.end <= own.start && own.start - w.end <= 2
                    || reading.language == Language::Hu && w.start == own.end)
        };
        own.start >= from && own.end <= span.0 && reading.all(Concept::With).any(is_with)
    })
}

/// Is the amount for a thing beside the product? Units after another number ("600 megabits") are none.
pub(super) fn is_of_other_thing(reading: &Reading<'_>, mentions: &[Mention], span: (usize, usize)) -> bool {
    // "Service plan" may be what the product is called.
    let is_name = |mark: &Mark| mentions.iter().any(|m| m.tokens.0 < mark.end && mark.start < m.tokens.1);
    reading.all(Concept::OtherThing).filter(|mark| !is_name(mark)).any(|mark| {
        let is_unit = mark.start > 0
            && mark.start != span.1
            && reading.quantities.iter().any(|q| q.tokens.1 == mark.start && q.tokens != span);
        let is_after_number = mark.start > 0 && reading.tokens[mark.start - 1].is_digits() && mark.start != span.1;
        !is_unit
            && !is_after_number
            && !is_numeral_before(reading, mark.start, span)
            && reading.distance((mark.start, mark.end), span).is_some_and(|d| d <= 3)
    })
}

/// "The mount for the soundbar costs 30": the clause begins with another thing, and no word for money stands before "for".
pub(super) fn is_of_accessory(reading: &Reading<'_>, mentions: &[Mention], span: (usize, usize)) -> bool {
    const MAX_THING_TOKENS: usize = 4;
    let no_thing = [
        Concept::Price,
        Concept::Fee,
        Concept::Promo,
        Concept::Offer,
        Concept::Contract,
        Concept::Us,
        Concept::PerMonth,
        Concept::PerYear,
        // "From the seventh month for …"
        Concept::After,
        Concept::Month,
    ];
    mentions.iter().filter(|m| m.tokens.1 <= span.0 && reading.is_same_clause(m.tokens.0, span.0)).any(|mention| {
        let clause = reading.clause(mention.tokens.0).0;
        reading.all(Concept::For).any(|word| {
            word.end <= mention.tokens.0
                && mention.tokens.0 - word.end <= 1
                && word.start > clause
                && word.start - clause <= MAX_THING_TOKENS
                && !no_thing.into_iter().any(|concept| reading.has(concept, (clause, word.start)))
        })
    })
}

/// A number in words right before, which may be part of a product's name.
fn is_numeral_before(reading: &Reading<'_>, at: usize, span: (usize, usize)) -> bool {
    let Some(before) = at.checked_sub(1).filter(|before| *before + 1 != span.1) else { return false };
    crate::text::numerals::word_value(&reading.tokens[before].normal, reading.language).is_some()
}

/// "Sixty pounds less": what stands after the amount makes a difference of it. "Less than 60" and "nothing more" do not.
pub(super) fn is_difference(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let overlaps = |m: &Mark, concept: Concept| reading.all(concept).any(|o| o.start < m.end && m.start < o.end);
    let touches = |m: &Mark, concept: Concept| reading.all(concept).any(|o| o.end == m.start || o.start == m.end);
    reading.all(Concept::Differs).any(|m| {
        m.start >= span.1
            && m.start - span.1 <= 1
            && reading.is_same_clause(m.start, span.0)
            && ![Concept::Approx, Concept::AtMost, Concept::AtLeast]
                .into_iter()
                .any(|c| overlaps(m, c) && m.end - m.start < width(reading, m, c))
            && ![Concept::Not, Concept::Nothing, Concept::NoneOf].into_iter().any(|c| touches(m, c))
    })
}

/// Tokens of the longest mark of a concept over this one.
fn width(reading: &Reading<'_>, mark: &Mark, concept: Concept) -> usize {
    let over = reading.all(concept).filter(|o| o.start < mark.end && mark.start < o.end);
    over.map(|o| o.end - o.start).max().unwrap_or(0)
}

/// "And" in the tables of "with".
pub(super) fn is_and(reading: &Reading<'_>, mark: &Mark) -> bool {
    matches!(reading.tokens[mark.start].normal.as_str(), "and" | "i" | "oraz" | "и" | "και" | "és" | "is")
}

/// "The soundbar is 189 plus delivery, 6.95": added, not held in it.
fn is_plus(reading: &Reading<'_>, mark: &Mark) -> bool {
    matches!(reading.tokens[mark.start].normal.as_str(), "plus" | "плюс" | "συν" | "plusz")
}
