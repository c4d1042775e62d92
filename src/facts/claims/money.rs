//! Amounts of money: prices, promotions, instalments, fees. Which of them an amount is follows from the nearest word
//! that says so and has no other amount nearer to it.

use super::{Draft, Mention, Period, TOPIC_FACTOR, Topic, Value, amounts, context, is_void};
use crate::call::Attribute;
use crate::facts::quantity::{Bound, Quantity, Unit};
use crate::facts::reading::Reading;
use crate::facts::words::{Concept, Mark};
use crate::text::Language;

/// A word further away than this says nothing of an amount.
const MAX_DISTANCE: usize = 12;

/// A fee's name after the amount ("15 for delivery") has to be this near.
const MAX_AFTER: usize = 4;

/// "We deduct", "we keep" and the amount stand at most so far apart.
const MAX_KEPT_BACK_DISTANCE: usize = 2;

/// The word for a price stands at most so far from an amount that nothing else tells of.
const MAX_SUBJECT_DISTANCE: usize = 6;

/// Words of periods stand at most so far from their amount.
const MAX_PERIOD_DISTANCE: usize = 6;

pub(super) fn find(reading: &Reading<'_>, mentions: &[Mention], topic: &Topic) -> Vec<Draft> {
    let amounts: Vec<&Quantity> = reading.quantities.iter().filter(|q| is_amount(reading, q)).collect();
    let spans: Vec<(usize, usize)> = amounts.iter().map(|q| q.tokens).collect();
    amounts.iter().filter_map(|q| claim(reading, mentions, topic, q, &spans)).collect()
}

/// An amount by its currency, or a number that stands where a price stands.
fn is_amount(reading: &Reading<'_>, quantity: &Quantity) -> bool {
    if currency(quantity).is_none() && context::is_identifier(reading, quantity.tokens) {
        return false;
    }
    if quantity.is_money() {
        return true;
    }
    if quantity.unit != Unit::Plain || !quantity.is_number {
        return false;
    }
    let (start, end) = quantity.tokens;
    let ends_clause = !reading.is_same_clause(start, end) || end >= reading.tokens.len();
    // "24 monthly instalments"
    if (end..=end + 1).any(|at| reading.at(Concept::CountNoun, at).is_some() && reading.is_same_clause(start, at)) {
        return false;
    }
    // "Thirty-six for the whole contract"
    let has_period = PERIODS.iter().any(|(concept, _)| reading.at(*concept, end).is_some())
        || reading.at(Concept::Always, end).is_some();
    // "Only four left"; "only 29 a month" is no stock.
    let is_stock = [Concept::Stock, Concept::StockLast]
        .into_iter()
        .any(|c| reading.nearest(c, (start, end), None).is_some_and(|(d, _)| d <= 3));
    if is_stock && !has_period {
        return false;
    }
    // "Μέχρι τις δεκαπέντε": a day or an hour.
    let is_day = reading.language == Language::El
        && start.checked_sub(1).is_some_and(|at| matches!(reading.tokens[at].normal.as_str(), "τισ" | "στισ"));
    if is_day {
        return false;
    }
    let names_price = [Concept::PriceStrong, Concept::List, Concept::Instalment, Concept::Fee, Concept::Price]
        .into_iter()
        .any(|concept| reading.nearest(concept, (start, end), None).is_some_and(|(d, m)| d <= 3 && m.end <= start));
    let is_follow_up = reading.all(Concept::After).any(|m| m.end <= start && start - m.end <= 2);
    // "instead of 19900 you pay": too much to be anything else.
    let is_list = quantity.low >= 20.0 && reading.all(Concept::List).any(|m| m.end == start);
    // "At a price of eleven thousand flat"
    let is_large = quantity.low >= 1000.0
        && [Concept::PriceStrong, Concept::List]
            .into_iter()
            .any(|c| reading.nearest(c, (start, end), None).is_some_and(|(d, m)| d <= 3 && m.end <= start));
    // "The courier is 2990", "fifteen hundred for the connection": the fee's name stands right before.
    let names_fee = ends_clause
        && quantity.low >= 20.0
        && !reading.has(Concept::OtherThing, reading.sentence(start))
        && [Concept::Activation, Concept::Delivery]
            .into_iter()
            .any(|c| reading.nearest(c, (start, end), None).is_some_and(|(d, m)| d <= 1 && m.end <= start));
    // "For leaving early they take five thousand"
    let names_penalty = quantity.low >= 1000.0
        && ends_clause
        && reading.nearest(Concept::Penalty, (start, end), None).is_some_and(|(d, m)| d <= 2 && m.end <= start);
    is_large
        || quantity.low >= 5.0 && is_for_a_while(reading, (start, end))
        || is_list
        || names_fee
        || names_penalty
        || has_period && quantity.low >= 5.0
        || ends_clause && (names_price || is_follow_up) && quantity.low >= 5.0
}

const PERIODS: [(Concept, Period); 6] = [
    (Concept::PerMonth, Period::Month),
    (Concept::PerYear, Period::Year),
    (Concept::PerWeek, Period::Week),
    (Concept::PerDay, Period::Day),
    (Concept::PerOnce, Period::Once),
    (Concept::PerBox, Period::Piece),
];

/// The period that an amount is for.
fn period(reading: &Reading<'_>, span: (usize, usize), amounts: &[(usize, usize)]) -> Option<Period> {
    let mut best: Option<(usize, Period)> = None;
    for (concept, period) in PERIODS {
        for mark in reading.all(concept) {
            let Some(distance) = reading.distance((mark.start, mark.end), span) else { continue };
            if distance <= MAX_PERIOD_DISTANCE
                && !has_between(amounts, (mark.start, mark.end), span)
                && best.is_none_or(|(known, _)| distance < known)
            {
                best = Some((distance, period));
            }
        }
    }
    best.map(|(_, period)| period)
}

/// Does another amount stand between two spans?
fn has_between(amounts: &[(usize, usize)], a: (usize, usize), b: (usize, usize)) -> bool {
    let (left, right) = if a.1 <= b.0 { (a.1, b.0) } else { (b.1, a.0) };
    amounts.iter().any(|other| *other != b && other.0 >= left && other.1 <= right)
}

/// How well a word names what an amount is: lower is better, `None` not at all.
fn score(reading: &Reading<'_>, mark: &Mark, span: (usize, usize), amounts: &[(usize, usize)]) -> Option<usize> {
    let own = (mark.start, mark.end);
    let distance = reading.distance(own, span)?;
    if distance > MAX_DISTANCE || has_between(amounts, own, span) {
        return None;
    }
    if mark.end <= span.0 {
        // "the price with delivery is 49.90": part of the subject, not the subject.
        let is_part = reading.all(Concept::With).any(|w| {
            w.end <= mark.start && mark.start - w.end <= 1 || reading.language == Language::Hu && w.start == mark.end
        });
        // "With delivery and tax it comes to 249": a sum.
        let is_with = |w: &Mark| {
            w.end <= mark.start && reading.is_same_clause(w.start, mark.start) && !amounts::is_and(reading, w)
        };
        if is_part && reading.all(Concept::With).any(is_with) && is_sum(reading, span) {
            return None;
        }
        return Some(distance + if is_part { 6 } else { 0 });
    }
    // After the amount: near, in the clause, and not what the next amount is for.
    let next_is_nearer = amounts
        .iter()
        .any(|other| other.0 >= mark.end && reading.distance(own, *other).is_some_and(|d| d < distance + 2));
    let is_part = reading.all(Concept::With).any(|w| w.start >= span.1 && w.end <= mark.start);
    let is_near = distance <= MAX_AFTER && reading.is_same_clause(mark.start, span.0);
    (is_near && !next_is_nearer && !is_part).then_some(distance + 1)
}

fn claim(
    reading: &Reading<'_>,
    mentions: &[Mention],
    topic: &Topic,
    quantity: &Quantity,
    amounts: &[(usize, usize)],
) -> Option<Draft> {
    let span = quantity.tokens;
    let near = |concept: Concept, most: usize| reading.nearest(concept, span, None).is_some_and(|(d, _)| d <= most);
    // "Including VAT" is the price that is paid; without VAT it is another number.
    let is_net = |m: &Mark| {
        let is_included =
            reading.all(Concept::With).any(|w| w.end <= m.start && m.start - w.end <= 1 && m.end - m.start == 1);
        !is_included && reading.distance((m.start, m.end), span).is_some_and(|d| d <= 2)
    };
    let is_denied = reading.is_negated(span.0, 3) || context::is_refused(reading, span);
    if is_void(reading, span) || is_denied || reading.all(Concept::Vat).any(is_net) {
        return None;
    }
    let best = |concept: Concept| reading.all(concept).filter_map(|mark| score(reading, mark, span, amounts)).min();
    // "Registration instalment": a fee by another name.
    let is_fee = |m: &Mark| reading.all(Concept::Activation).any(|a| a.end == m.start);
    let instalment = reading
        .all(Concept::Instalment)
        .filter(|m| !is_fee(m))
        .filter_map(|mark| score(reading, mark, span, amounts))
        .min();
    let after = reading.all(Concept::After).filter(|m| m.end <= span.0).map(|m| m.end).max();
    // "then 42", "after the promotion it is 42": what was said of the promotion does not hold any more.
    let in_sentence = |at: usize| reading.sentence(at).0 == reading.sentence(span.0).0;
    let is_over = after.is_some_and(|after| in_sentence(after.saturating_sub(1)));
    let promo = reading
        .all(Concept::Promo)
        // "If you withdraw in the first 14 days we keep 20"
        .chain(reading.firsts().filter(|_| !is_of_withdrawal(reading, span)))
        .filter(|m| !is_over && !is_afterwards(reading, m))
        // "Without the promotion", and what costs nothing costs it always.
        .filter(|m| !reading.all(Concept::Not).any(|n| n.end <= m.start && m.start - n.end <= 1))
        .filter(|_| quantity.high > 0.0)
        .filter_map(|mark| score(reading, mark, span, amounts))
        .min();
    // "A refund of 200": without a word for paying the amount comes back.
    let is_charged =
        [Concept::Penalty, Concept::Fee, Concept::Price].into_iter().any(|c| reading.has(c, reading.sentence(span.0)));
    let promo = promo.or_else(|| is_for_a_while(reading, span).then_some(MAX_PERIOD_DISTANCE));
    let candidates = [
        (Attribute::EarlyExitFee, best(Concept::Exit)),
        (Attribute::CancellationFee, best(Concept::Withdraw).filter(|_| is_charged)),
        (Attribute::ActivationFee, best(Concept::Activation).filter(|_| !amounts::is_split(reading, span))),
        (
            Attribute::DeliveryPrice,
            best(Concept::Delivery).filter(|_| !amounts::is_with_delivery(reading, mentions, span)),
        ),
        (Attribute::InstalmentAmount, instalment),
        (Attribute::ListPrice, best(Concept::List)),
        (Attribute::PromoPrice, promo.map(|score| score + 1)),
    ];
    let period = period(reading, span, amounts);
    let special = candidates
        .into_iter()
        .filter_map(|(attribute, score)| Some((score?, attribute)))
        // A fee is paid once; what recurs is a price.
        .filter(|(_, attribute)| {
            !matches!(period, Some(Period::Month | Period::Year | Period::Week))
                || matches!(attribute, Attribute::InstalmentAmount | Attribute::ListPrice | Attribute::PromoPrice)
        })
        .min_by_key(|(score, _)| *score);
    // "Without the discount": nothing is taken off.
    let save = reading.nearest(Concept::Save, span, Some(Concept::PerOnce)).filter(|(d, m)| {
        // "20 off" is taken off, "starts off at 20" is not.
        let is_off = reading.tokens[m.start].normal == "off" && m.start < span.0;
        !is_off
            && *d <= 2
            && reading.is_same_clause(m.start, span.0)
            && !reading.all(Concept::Not).any(|n| n.end <= m.start && m.start - n.end <= 1)
    });
    // A bill or a deposit; but what is owed for leaving, or if one withdraws, is a claim.
    let is_of_leaving = special.is_some_and(|(_, a)| match a {
        Attribute::EarlyExitFee => true,
        Attribute::CancellationFee => {
            // "You may withdraw, we deduct 20"
            reading.has(Concept::If, reading.sentence(span.0)) || near(Concept::Penalty, MAX_KEPT_BACK_DISTANCE)
        }
        _ => false,
    });
    if (reading.is_of_account(span) || period.is_none() && reading.is_of_bill(span)) && !is_of_leaving {
        return None;
    }
    if save.is_some() && !is_of_leaving && special.is_none_or(|(score, a)| score > 1 || a == Attribute::PromoPrice) {
        return None;
    }
    let is_of_price = special.is_none_or(|(_, a)| matches!(a, Attribute::PromoPrice | Attribute::ListPrice));
    if is_of_price && amounts::is_difference(reading, span) {
        return None;
    }
    // "We used to charge 45 for activation, now it is 35"
    let special_is_fee = special.is_some_and(|(_, a)| matches!(a, Attribute::ActivationFee | Attribute::DeliveryPrice));
    let own_clause = reading.clause(span.0);
    let is_of_leaving_fee =
        special.is_some_and(|(_, a)| matches!(a, Attribute::CancellationFee | Attribute::EarlyExitFee));
    if is_of_leaving_fee && amounts::is_not_returned(reading, span) {
        return None;
    }
    if special_is_fee && reading.all(Concept::Was).any(|m| m.start >= own_clause.0 && m.end <= span.0) {
        return None;
    }
    let (attribute, confidence) = match special {
        // A "cancellation fee" is of withdrawing where withdrawing is spoken of.
        Some((_, Attribute::EarlyExitFee)) if is_of_withdrawal(reading, span) => (Attribute::CancellationFee, 1.0),
        Some((_, attribute)) => (attribute, 1.0),
        None => {
            if amounts::is_of_other_thing(reading, mentions, span)
                || amounts::is_of_accessory(reading, mentions, span)
                || context::is_of_part(reading, mentions, span)
                || context::is_of_service(reading, mentions, span)
                || context::is_on_top(reading, span)
            {
                return None;
            }
            let sentence = reading.sentence(span.0);
            let has_product = mentions.iter().any(|m| m.tokens.0 >= sentence.0 && m.tokens.1 <= sentence.1);
            // An amount by the month alone may be anybody's: the product, a price or what comes after the promotion is named.
            let is_spoken_of = topic.products.is_some() || mentions.iter().any(|m| m.tokens.1 <= span.0);
            let has_subject = near(Concept::PriceStrong, MAX_SUBJECT_DISTANCE)
                || has_product
                || after.is_some()
                || period.is_some() && (is_spoken_of || context::is_it(reading, span));
            let is_known = has_product || is_spoken_of || period.is_some() || after.is_some();
            if !is_known && context::has_other_subject(reading, span) {
                return None;
            }
            if !has_product && context::is_paid_now(reading, span) {
                return None;
            }
            // "Ten instalments of 3.50 for the router, 35 altogether": the sum of what is paid in parts.
            let is_sum = !has_product
                && period.is_none()
                && reading.all(Concept::Instalment).any(|m| m.start >= sentence.0 && m.end <= span.0)
                && !near(Concept::PriceStrong, 2);
            if is_sum {
                return None;
            }
            // "Others take 100 for delivery, we take 50": the subject of the amount before it holds.
            let is_bare = period.is_none()
                && after.is_none()
                && !mentions.iter().any(|m| reading.is_same_clause(m.tokens.0, span.0));
            if is_bare && let Some((attribute, before)) = fee_before(reading, span, amounts) {
                return reading.is_of_others(before).then(|| {
                    let mut draft = Draft::number(attribute, quantity, (quantity.low, quantity.high));
                    draft.confidence *= TOPIC_FACTOR;
                    draft.currency = currency(quantity);
                    draft
                });
            }
            match answered(reading, topic, span)
                .filter(|_| !has_subject || (period.is_none() && !has_product && !near(Concept::PriceStrong, 8)))
            {
                Some(attribute) => (attribute, TOPIC_FACTOR),
                None if has_subject => (Attribute::Price, 1.0),
                None => return None,
            }
        }
    };
    let is_faster = attribute == Attribute::DeliveryPrice && context::is_faster_for_money(reading, span);
    let is_of_service = attribute == Attribute::PromoPrice && context::is_of_service(reading, mentions, span);
    if is_faster || is_of_service {
        return None;
    }
    // "from 29.90": where prices begin is not what this one costs.
    // Greek says "instalments from 6 euros" for instalments of 6 euros.
    let is_each = reading.language == Language::El && attribute == Attribute::InstalmentAmount;
    // "You start at 19.50 for six months, then it is 42" does.
    let is_start = attribute == Attribute::PromoPrice
        && (is_for_a_while(reading, span) || reading.firsts().any(|m| reading.is_same_clause(m.start, span.0)));
    if quantity.bound == Bound::AtLeast && !is_each && !is_start && !matches!(attribute, Attribute::ListPrice) {
        return None;
    }
    let (from, to) = reading.sentence(span.0);
    let is_named = mentions.iter().any(|m| m.tokens.0 >= from && m.tokens.1 <= to);
    if attribute == Attribute::Price && quantity.high == 0.0 && !is_named {
        return None;
    }
    let clause = reading.clause(span.0);
    // "Będzie kosztował": the past form is the future's.
    let is_future = |m: &Mark| {
        m.start.checked_sub(1).is_some_and(|at| matches!(reading.tokens[at].normal.as_str(), "będzie" | "będą"))
    };
    let was = reading.all(Concept::Was).any(|m| m.start >= clause.0 && m.end <= clause.1 && !is_future(m));
    let is_past = was && matches!(attribute, Attribute::Price | Attribute::ListPrice);
    let attribute = if is_past { Attribute::ListPrice } else { attribute };
    let mut draft = Draft::number(attribute, quantity, (quantity.low, quantity.high));
    draft.is_past = is_past;
    if is_each
        || is_start && quantity.bound == Bound::AtLeast
        || attribute == Attribute::ListPrice && quantity.bound == Bound::AtLeast
    {
        draft.value = Value::Number { low: quantity.low, high: quantity.high, bound: Bound::Exact };
    }
    draft.currency = currency(quantity);
    draft.period = period;
    let of_several = reading
        .quantities
        .iter()
        .any(|q| q.unit == Unit::Pieces && q.low > 1.0 && reading.distance(q.tokens, span).is_some_and(|d| d <= 8));
    // "Ten instalments, 35 altogether"
    let is_altogether = reading.all(Concept::Total).any(|m| {
        reading.is_same_clause(m.start, span.0) && (m.end <= span.0 && span.0 - m.end <= 1 || m.start == span.1)
    });
    if attribute == Attribute::InstalmentAmount && is_altogether {
        return None;
    }
    // "For 64 a month, and I send it": joined, not added.
    let near_with = |most: usize| {
        let is_near = |m: &Mark| reading.distance((m.start, m.end), span).is_some_and(|d| d <= most);
        reading.all(Concept::With).any(|m| !amounts::is_and(reading, m) && m.end != span.0 && is_near(m))
    };
    draft.is_total = of_several
        || amounts::is_with_more(reading, span)
        || near(Concept::Total, 5)
        || near_with(2) && near(Concept::Delivery, 4)
        || is_sum(reading, span) && near_with(6) && near(Concept::Delivery, 6);
    draft.confidence *= confidence;
    // Only its form says that it is money.
    if draft.currency.is_none() && period.is_none() {
        draft.confidence *= 0.95;
    }
    Some(draft)
}

/// Is the amount said to be a sum or a price, in its clause?
fn is_sum(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let clause = (reading.clause(span.0).0, span.0);
    reading.has(Concept::Total, clause) || reading.has(Concept::PriceStrong, clause)
}

/// "49.90 for half a year, then 79.90": months follow in the clause, and after them another price.
fn is_for_a_while(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let (_, end) = reading.sentence(span.0);
    let is_length = |q: &&Quantity| {
        matches!(q.unit, Unit::Months | Unit::Years)
            && (q.tokens.0 >= span.1 && q.tokens.0 - span.1 <= 4
                // "Half a year at 32.50, then 42", "fél évig 4990 forint"
                || q.tokens.1 <= span.0 && span.0 - q.tokens.1 <= 2)
            && reading.is_same_clause(q.tokens.0, span.0)
    };
    let Some(length) = reading.quantities.iter().find(is_length) else { return false };
    reading.all(Concept::After).filter(|m| m.start >= length.tokens.1.max(span.1) && m.end <= end).any(|after| {
        let is_price = |q: &Quantity| {
            (q.is_money() || q.unit == Unit::Plain && q.is_number) && q.tokens.0 >= after.end && q.tokens.1 <= end
        };
        reading.quantities.iter().any(is_price)
    })
}

fn currency(quantity: &Quantity) -> Option<usize> {
    match quantity.unit {
        Unit::Money(currency) => currency,
        _ => None,
    }
}

/// The fee that the amount before this one in the sentence is, and where that amount stands.
fn fee_before(
    reading: &Reading<'_>,
    span: (usize, usize),
    amounts: &[(usize, usize)],
) -> Option<(Attribute, (usize, usize))> {
    let (from, _) = reading.sentence(span.0);
    let before = *amounts.iter().rfind(|a| a.1 <= span.0 && a.0 >= from)?;
    let fees = [(Concept::Activation, Attribute::ActivationFee), (Concept::Delivery, Attribute::DeliveryPrice)];
    let best = |concept| reading.all(concept).filter_map(|mark| score(reading, mark, before, amounts)).min();
    let fee = fees.into_iter().filter_map(|(concept, attribute)| Some((best(concept)?, attribute))).min()?;
    Some((fee.1, before))
}

/// "After the promotion", "az akció után": the word for a promotion says when, not what for.
fn is_afterwards(reading: &Reading<'_>, promo: &Mark) -> bool {
    // "When the deal is done"
    const WHEN: [&str; 11] = ["when", "once", "gdy", "kiedy", "jak", "когда", "οταν", "μολισ", "amikor", "mikor", "ha"];
    let is_when = (1..=2).any(|n| {
        promo.start.checked_sub(n).is_some_and(|at| {
            WHEN.contains(&reading.tokens[at].normal.as_str()) && reading.is_same_clause(at, promo.start)
        })
    });
    if is_when {
        return true;
    }
    reading.all(Concept::After).any(|after| {
        (after.start < promo.end && promo.start < after.end)
            || (after.end <= promo.start
                && promo.start - after.end <= 2
                && reading.is_same_clause(after.start, promo.start))
            || (after.start >= promo.end && after.start - promo.end <= 1 && reading.language == Language::Hu)
    })
}

/// Does the sentence speak of withdrawing in other words than of leaving?
pub(super) fn is_of_withdrawal(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let (from, to) = reading.sentence(span.0);
    let alone = |concept: Concept, other: Concept| {
        reading
            .all(concept)
            .filter(|m| m.start >= from && m.end <= to)
            .any(|m| !reading.all(other).any(|o| o.start < m.end && m.start < o.end))
    };
    let in_days = reading.firsts().next().is_some()
        || reading
            .quantities
            .iter()
            .any(|q| q.tokens.0 >= from && q.tokens.1 <= to && q.days().is_some_and(|(_, high)| high <= 31.0));
    alone(Concept::Withdraw, Concept::Exit) && (in_days || !alone(Concept::Exit, Concept::Withdraw))
}

/// What a bare amount answers: a question right before it in the same breath, else what was spoken of last.
fn answered(reading: &Reading<'_>, topic: &Topic, span: (usize, usize)) -> Option<Attribute> {
    let by_topic = [
        (Concept::Exit, Attribute::EarlyExitFee),
        (Concept::Activation, Attribute::ActivationFee),
        (Concept::Delivery, Attribute::DeliveryPrice),
        (Concept::Instalment, Attribute::InstalmentAmount),
        (Concept::PriceStrong, Attribute::Price),
    ];
    let question = reading.asked_before(span.0);
    let is_asked =
        |concept: Concept| question.map_or(topic.concepts.contains(&concept), |asked| reading.has(concept, asked));
    by_topic.into_iter().find(|(concept, _)| is_asked(*concept)).map(|(_, attribute)| attribute)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language::{El, En, Hu, Pl, Ru};

    /// Attributes and amounts, in order.
    fn check(language: Language, text: &str, expected: &[(Attribute, f64)]) {
        let reading = Reading::new(text, language, |_| Vec::new());
        let found = find(&reading, &[], &Topic::default());
        let shown: Vec<(Attribute, f64)> = found
            .iter()
            .map(|draft| match draft.value {
                Value::Number { high, .. } => (draft.attribute, high),
                _ => panic!("{text}: no number"),
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn a_difference_is_no_price() {
        check(En, "you pay sixty pounds less", &[]);
        check(En, "you pay sixty pounds a month", &[(Attribute::Price, 60.0)]);
        check(Pl, "płaci pani 20 złotych mniej", &[]);
        check(Ru, "вы платите на 260 рублей меньше", &[]);
        check(Hu, "3000 forinttal kevesebbet fizet", &[]);
        check(El, "πληρώνετε δέκα ευρώ λιγότερα", &[]);
    }

    #[test]
    fn the_fee_of_others_gives_ours_its_subject() {
        check(En, "other providers charge £50 for activation, ours is £20", &[(Attribute::ActivationFee, 20.0)]);
        check(
            En,
            "activation costs £35, then you pay £42 a month",
            &[(Attribute::ActivationFee, 35.0), (Attribute::Price, 42.0)],
        );
        check(En, "we used to charge £45 for activation", &[]);
    }

    #[test]
    fn what_holds_for_some_months_before_another_price_is_a_promotion() {
        check(
            Pl,
            "49,90 zł przez pół roku, a potem 79,90 zł miesięcznie",
            &[(Attribute::PromoPrice, 49.9), (Attribute::Price, 79.9)],
        );
        check(Pl, "płaci pani 49,90 zł miesięcznie", &[(Attribute::Price, 49.9)]);
        // Whose it is, nobody says.
        check(Pl, "49,90 zł miesięcznie", &[]);
    }

    #[test]
    fn sums_with_delivery_and_of_instalments_are_neither() {
        check(Pl, "łączna cena z dostawą wynosi 249 złotych", &[(Attribute::Price, 249.0)]);
        check(En, "the router is ten instalments of £3.50, £35 altogether", &[(Attribute::InstalmentAmount, 3.5)]);
        check(Hu, "elállhat, de levonunk 5000 forint díjat", &[(Attribute::CancellationFee, 5000.0)]);
    }
}
