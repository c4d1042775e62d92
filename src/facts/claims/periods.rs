//! Lengths of time: delivery, contract, withdrawal, warranty, promotion. The nearest word that says so and fits the
//! unit decides: nobody signs a contract for five hours.

use jiff::civil::Date;

use super::{Draft, Mention, TOPIC_FACTOR, Topic, Value, context, is_void};
use crate::call::Attribute;
use crate::facts::quantity::{Bound, Quantity, Unit};
use crate::facts::reading::Reading;
use crate::facts::words::Concept;
use crate::text::Language;

/// A word further away than this says nothing of a length of time.
const MAX_DISTANCE: usize = 14;

/// Sellers grant up to a hundred days; more than three months is a contract's length.
const MAX_WITHDRAWAL_DAYS: f64 = 100.0;

/// "Today", "tomorrow" and "the day after" are days, longer ones are lengths of time.
const MAX_DAY_WORD: f64 = 2.0;

/// Nothing is promised for longer than this.
const MAX_YEARS: f64 = 100.0;

/// What a length of time may be about: attribute, its word, a word that hides that word, units that it has, and how
/// many words nearer it counts as than it stands.
struct About {
    attribute: Option<Attribute>,
    word: Concept,
    hidden_by: Option<Concept>,
    units: &'static [Unit],
    bias: usize,
}

const SHORT: &[Unit] = &[Unit::Hours, Unit::Days, Unit::Weeks];
const UP_TO_MONTHS: &[Unit] = &[Unit::Hours, Unit::Days, Unit::Weeks, Unit::Months];
const LONG: &[Unit] = &[Unit::Months, Unit::Years];
const DAYS_UP: &[Unit] = &[Unit::Days, Unit::Weeks, Unit::Months];
const MONTHS_AND_WEEKS: &[Unit] = &[Unit::Weeks, Unit::Months, Unit::Years];
const ALL: &[Unit] = &[Unit::Hours, Unit::Days, Unit::Weeks, Unit::Months, Unit::Years];

const fn about(
    attribute: Attribute,
    word: Concept,
    hidden_by: Option<Concept>,
    units: &'static [Unit],
    bias: usize,
) -> About {
    About { attribute: Some(attribute), word, hidden_by, units, bias }
}

const ABOUT: [About; 12] = [
    about(Attribute::DeliveryDays, Concept::Delivery, Some(Concept::DeliveryAfter), UP_TO_MONTHS, 1),
    // "14 days from delivery to send it back": the right to withdraw counts from delivery, not the other way round.
    about(Attribute::CancellationDays, Concept::Withdraw, None, DAYS_UP, 3),
    about(Attribute::ContractMonths, Concept::Contract, None, LONG, 1),
    about(Attribute::ContractMonths, Concept::Commit, None, LONG, 1),
    about(Attribute::WarrantyMonths, Concept::Warranty, Some(Concept::WarrantyNot), LONG, 3),
    about(Attribute::PromoMonths, Concept::Promo, None, MONTHS_AND_WEEKS, 1),
    about(Attribute::PromoMonths, Concept::Discount, None, MONTHS_AND_WEEKS, 1),
    about(Attribute::PromoMonths, Concept::First, None, LONG, 3),
    about(Attribute::InstalmentCount, Concept::Instalment, None, &[Unit::Months], 2),
    About { attribute: None, word: Concept::Notice, hidden_by: None, units: ALL, bias: 2 },
    About { attribute: None, word: Concept::Trial, hidden_by: None, units: ALL, bias: 1 },
    About { attribute: None, word: Concept::WarrantyNot, hidden_by: None, units: ALL, bias: 3 },
];

pub(super) fn find(reading: &Reading<'_>, mentions: &[Mention], topic: &Topic, call_date: Option<Date>) -> Vec<Draft> {
    // "2028 roku" is a date.
    let is_length = |q: &&Quantity| q.is_period() && !(q.unit == Unit::Years && q.low > MAX_YEARS);
    let periods: Vec<&Quantity> = reading.quantities.iter().filter(is_length).collect();
    periods
        .iter()
        .filter_map(|q| claim(reading, topic, q, &periods, call_date))
        .filter(|draft| !is_of_something_else(reading, mentions, draft))
        .collect()
}

/// "A day later", "an hour before the courier comes", "за час до приезда": counted from something else that is told.
fn is_relative(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    const LATER: [&str; 11] = [
        "later",
        "earlier",
        "before",
        "później",
        "wcześniej",
        "przed",
        "позже",
        "спустя",
        "αργοτερα",
        "πριν",
        "később",
    ];
    let word = |at: Option<usize>| at.and_then(|at| reading.tokens.get(at)).map_or("", |t| t.normal.as_str());
    let (first, last) = (word(Some(span.0)), word(span.1.checked_sub(1)));
    let before = word(span.0.checked_sub(1));
    // Hungarian says by how much with its ending: "egy órával a futár előtt".
    let is_by = reading.language == Language::Hu
        && (last.ends_with("val") || last.ends_with("vel") || last.ends_with("pal") || last.ends_with("tel"));
    LATER.contains(&word(Some(span.1))) || is_by || word(Some(span.1)) == "до" && (before == "за" || first == "за")
}

/// Is the length of time one of what goes with the product?
fn is_of_something_else(reading: &Reading<'_>, mentions: &[Mention], draft: &Draft) -> bool {
    let span = draft.tokens;
    // "Two years ago"
    const AGO: [&str; 4] = ["ago", "temu", "назад", "ezelőtt"];
    if reading.tokens.get(span.1).is_some_and(|t| AGO.contains(&t.normal.as_str())) {
        return true;
    }
    // "For a year before anything changes" is a length, not how long before.
    if matches!(draft.attribute, Attribute::DeliveryDays | Attribute::CancellationDays) && is_relative(reading, span) {
        return true;
    }
    match draft.attribute {
        Attribute::DeliveryDays => {
            context::is_faster_for_money(reading, span) || context::is_fetched_or_sent_back(reading, span)
        }
        Attribute::WarrantyMonths => {
            context::is_extended(reading, span) || context::is_of_part(reading, mentions, span)
        }
        Attribute::PromoMonths | Attribute::ContractMonths => context::is_of_service(reading, mentions, span),
        _ => false,
    }
}

fn claim(
    reading: &Reading<'_>,
    topic: &Topic,
    quantity: &Quantity,
    all: &[&Quantity],
    call_date: Option<Date>,
) -> Option<Draft> {
    let span = quantity.tokens;
    if is_void(reading, span) || reading.is_negated(span.0, 4) {
        return None;
    }
    // "For twenty years": since when, not how long.
    let is_since = quantity.bound == Bound::AtLeast
        && quantity.high == quantity.low
        && reading.all(Concept::From).any(|m| m.end == span.0);
    if is_since && LONG.contains(&quantity.unit) {
        return None;
    }
    let mut best: Option<(usize, &About)> = None;
    for about in &ABOUT {
        if !about.units.contains(&quantity.unit) {
            continue;
        }
        // Nobody may withdraw for years: that is how long something else lasts.
        if about.word == Concept::Withdraw && quantity.days().is_some_and(|(_, high)| high > MAX_WITHDRAWAL_DAYS) {
            continue;
        }
        // "Within fourteen days of today", "I can't bring it back tomorrow": a day, not a time to withdraw in. "In a
        // week you will regret it": when, not within what.
        let is_day = !quantity.is_number && quantity.unit == Unit::Days && quantity.high <= MAX_DAY_WORD;
        if about.word == Concept::Withdraw && (is_day || is_in(reading, span)) {
            continue;
        }
        // "Your contract ends in four months"
        if about.attribute == Some(Attribute::ContractMonths) && is_in(reading, span) {
            continue;
        }
        let is_hidden = |m: &crate::facts::words::Mark| {
            // "The technician arrives in two days" is no delivery.
            // "The refund takes five days" is no right to withdraw.
            let is_either = matches!(about.word, Concept::Delivery | Concept::Withdraw);
            let others = about.hidden_by.into_iter().chain(is_either.then_some(Concept::Notice));
            others.flat_map(|h| reading.all(h)).any(|h| h.start < m.end && m.start < h.end)
        };
        // "Twelve instalments, 20 for a month": one is no number of instalments.
        if about.word == Concept::Instalment && quantity.high < 2.0 {
            continue;
        }
        // "Renews for another twelve months" is not how long the first term is.
        let is_next_term = about.attribute == Some(Attribute::ContractMonths)
            && reading.all(Concept::Renew).any(|m| m.end <= span.0 && reading.is_same_clause(m.start, span.0));
        // "If you leave after a year": when, not for how long.
        let is_afterwards = matches!(
            about.attribute,
            Some(Attribute::ContractMonths | Attribute::PromoMonths | Attribute::WarrantyMonths)
        ) && reading.all(Concept::After).any(|m| m.end <= span.0 && span.0 - m.end <= 1);
        // "Już po roku", "egy év után": the warranty had run out by then.
        let is_by_then = about.word == Concept::Warranty
            && (is_in(reading, span)
                || reading.tokens.get(span.0).is_some_and(|t| t.normal == "po")
                || reading.language == Language::Hu && reading.at(Concept::After, span.1).is_some());
        if is_by_then {
            continue;
        }
        if is_next_term || is_afterwards {
            continue;
        }
        let marks: Vec<&crate::facts::words::Mark> = if about.word == Concept::First {
            reading.firsts().filter(|m| m.start < span.1 && span.0.saturating_sub(m.end) <= 1).collect()
        } else {
            reading.all(about.word).filter(|m| !is_hidden(m)).collect()
        };
        let is_setting_out = about.word == Concept::Delivery && is_of_dispatch(reading, quantity, &marks);
        for mark in marks.into_iter().filter(|_| !is_setting_out) {
            let own = (mark.start, mark.end);
            let Some(distance) = reading.distance(own, span) else { continue };
            // A month's delivery is told in the same breath; further away it is the length of something else.
            let is_long = about.word == Concept::Delivery && quantity.days().is_some_and(|(_, high)| high >= 30.0);
            if is_long && (distance > 3 || !quantity.is_number && quantity.unit != Unit::Months || quantity.high > 2.0)
            {
                continue;
            }
            let (left, right) = if own.1 <= span.0 { (own.1, span.0) } else { (span.1, own.0) };
            // A length that stands nearer to the word takes it.
            let n_between =
                all.iter().filter(|q| q.tokens.0 >= left && q.tokens.1 <= right && q.tokens != span).count();
            // "Thirty days' notice"
            let is_own = about.word == Concept::Notice && distance == 0 && own.0 == span.1;
            let score = (distance + 4 * n_between + 4).saturating_sub(about.bias + usize::from(is_own));
            if distance <= MAX_DISTANCE && best.is_none_or(|(known, _)| score < known) {
                best = Some((score, about));
            }
        }
    }
    // "19.50 for six months, then 42", "29.50 stays for the whole two years": how long that price holds.
    let is_of_amount = LONG.contains(&quantity.unit) && (lasts_until_next(reading, span) || holds(reading, span));
    if is_of_amount && best.is_none_or(|(_, about)| about.attribute == Some(Attribute::ContractMonths)) {
        let mut draft = Draft::number(Attribute::PromoMonths, quantity, quantity.months()?);
        draft.beside = amount_beside(reading, span, true);
        return Some(draft);
    }
    let comes_after = reading.all(Concept::After).any(|m| m.end <= span.0 && span.0 - m.end <= 1);
    let beside = amount_beside(reading, span, best.is_none());
    let deadline = offer_ends_in(reading, quantity, call_date);
    let (attribute, confidence) = match best {
        Some((score, _)) if deadline.as_ref().is_some_and(|(d, _)| *d < score) => {
            return deadline.map(|(_, draft)| draft);
        }
        Some((_, about)) => (about.attribute?, 1.0),
        None if deadline.is_some() => return deadline.map(|(_, draft)| draft),
        None => match answered(reading, topic, quantity) {
            Some(attribute) => (attribute, TOPIC_FACTOR),
            // "29.90 for a whole year": how long that price holds.
            None if beside.is_some() && LONG.contains(&quantity.unit) && !comes_after => (Attribute::PromoMonths, 1.0),
            None => return None,
        },
    };
    let bounds = match attribute {
        Attribute::DeliveryDays | Attribute::CancellationDays => quantity.days()?,
        _ => quantity.months()?,
    };
    let mut draft = Draft::number(attribute, quantity, bounds);
    draft.confidence *= confidence;
    draft.beside = beside;
    Some(draft)
}

/// An amount and what is said of how long it lasts stand at most so far apart.
const MAX_AMOUNT_DISTANCE: usize = 3;

fn is_amount(quantity: &Quantity) -> bool {
    quantity.is_money() || quantity.unit == Unit::Plain && quantity.is_number
}

/// An amount stands right before the length of time in its clause, and after it another one that holds "then".
fn lasts_until_next(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let (_, end) = reading.sentence(span.0);
    let is_before = reading.quantities.iter().any(|q| {
        is_amount(q)
            && q.tokens.1 <= span.0
            && span.0 - q.tokens.1 <= MAX_AMOUNT_DISTANCE
            && reading.is_same_clause(q.tokens.0, span.0)
    });
    is_before
        && reading.all(Concept::After).filter(|m| m.start >= span.1 && m.end <= end).any(|after| {
            reading.quantities.iter().any(|q| is_amount(q) && q.tokens.0 >= after.end && q.tokens.1 <= end)
        })
}

/// An amount "stays", "holds" for the length of time.
fn holds(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let clause = reading.clause(span.0);
    reading
        .all(Concept::Holds)
        .filter(|m| m.start >= clause.0 && m.end <= span.0 && span.0 - m.end <= MAX_AMOUNT_DISTANCE)
        .any(|verb| {
            let is_before = |q: &Quantity| {
                is_amount(q)
                    && q.tokens.0 >= clause.0
                    && q.tokens.1 <= verb.start
                    && verb.start - q.tokens.1 <= MAX_AMOUNT_DISTANCE
            };
            let starts = reading.has(Concept::First, (verb.end, span.1));
            reading.quantities.iter().any(is_before) && !starts
        })
}

/// "Через неделю", "za tydzień", "egy hét múlva".
fn is_in(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let is = |at: Option<usize>, words: &[&str]| {
        at.and_then(|at| reading.tokens.get(at)).is_some_and(|t| words.contains(&t.normal.as_str()))
    };
    const BEFORE: [&str; 2] = ["через", "za"];
    is(Some(span.0), &BEFORE) || is(span.0.checked_sub(1), &BEFORE) || is(Some(span.1), &["múlva"])
}

/// "The parcel is sent out today": when it sets out, unless the day stands nearer to another word for delivery.
fn is_of_dispatch(reading: &Reading<'_>, quantity: &Quantity, marks: &[&crate::facts::words::Mark]) -> bool {
    if quantity.is_number {
        return false;
    }
    let in_clause = |m: &crate::facts::words::Mark| reading.is_same_clause(m.start, quantity.tokens.0);
    let distance = |m: &crate::facts::words::Mark| reading.distance((m.start, m.end), quantity.tokens);
    let is_dispatch =
        |m: &crate::facts::words::Mark| reading.all(Concept::Dispatch).any(|d| d.start < m.end && m.start < d.end);
    let dispatch = reading.all(Concept::Dispatch).filter(|m| in_clause(m)).filter_map(distance).min();
    let arrival = marks.iter().filter(|m| in_clause(m) && !is_dispatch(m)).filter_map(|m| distance(m)).min();
    dispatch.is_some_and(|dispatch| arrival.is_none_or(|arrival| dispatch <= arrival))
}

/// The amount that stands nearest in the sentence, but for one that holds afterwards ("…, then it is 42"). Numbers that
/// may be amounts only count where nothing else tells what the length is of.
fn amount_beside(reading: &Reading<'_>, span: (usize, usize), is_plain_too: bool) -> Option<f64> {
    let is_amount = |q: &&Quantity| q.is_money() || is_plain_too && q.unit == Unit::Plain && q.is_number;
    let is_after = |q: &Quantity| reading.all(Concept::After).any(|m| m.start >= span.1 && m.end <= q.tokens.0);
    let amounts = reading.quantities.iter().filter(is_amount).filter(|q| q.low == q.high && !is_after(q));
    amounts
        .filter_map(|q| Some((reading.distance(q.tokens, span)?, q.low)))
        .min_by(|a, b| a.0.cmp(&b.0))
        .map(|(_, low)| low)
}

/// "The offer is valid for three more days".
fn offer_ends_in(reading: &Reading<'_>, quantity: &Quantity, call_date: Option<Date>) -> Option<(usize, Draft)> {
    if !SHORT.contains(&quantity.unit) || quantity.bound == Bound::AtLeast || !quantity.is_number {
        return None;
    }
    let (offer, _) = reading.nearest(Concept::Offer, quantity.tokens, None)?;
    let (deadline, _) = reading.nearest(Concept::Deadline, quantity.tokens, None)?;
    let (_, high) = quantity.days()?;
    // "In two hours" is today.
    let days = if quantity.unit == Unit::Hours { high.floor() } else { high.ceil() };
    let date = call_date?.checked_add(jiff::Span::new().try_days(days as i64).ok()?).ok()?;
    let score = offer.max(deadline) + 4;
    (score <= MAX_DISTANCE + 4).then(|| (score, Draft::new(Attribute::ValidUntil, Value::Date(date), quantity.tokens)))
}

/// A longer sentence has a subject of its own.
const MAX_ANSWER_TOKENS: usize = 8;

/// What a bare length of time answers: an utterance that says nothing else of it.
fn answered(reading: &Reading<'_>, topic: &Topic, quantity: &Quantity) -> Option<Attribute> {
    let (from, to) = reading.sentence(quantity.tokens.0);
    // "Tomorrow" is a day; "a year" answers a question, and "a week for that" what was told.
    let is_length = quantity.is_number
        || !SHORT[..2].contains(&quantity.unit)
            && (reading.asked_before(from).is_some() || reading.has(Concept::ForThat, (from, to)));
    if to - from > MAX_ANSWER_TOKENS || !is_length {
        return None;
    }
    // "The cooling-off period? Seven days.": the sentence before, else the utterance before.
    let before = from.checked_sub(1).map(|last| reading.sentence(last));
    let is_asked = |word: Concept| before.map_or(topic.concepts.contains(&word), |span| reading.has(word, span));
    let mut asked: Vec<Attribute> = ABOUT
        .iter()
        .filter(|about| is_asked(about.word) && about.units.contains(&quantity.unit))
        .filter_map(|about| about.attribute)
        .collect();
    asked.sort_unstable();
    asked.dedup();
    match asked.as_slice() {
        [attribute] => Some(*attribute),
        _ => None,
    }
}
