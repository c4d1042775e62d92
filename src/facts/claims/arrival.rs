//! Delivery told by its day: "on Thursday", "by the weekend", "next week", "on 5 November". Counted from the day of the
//! call; without one there is no claim. "Tomorrow" and "the day after" are lengths of time, see [`super::periods`].

use jiff::civil::{Date, Weekday};
use jiff::{ToSpan, Unit};

use super::{Draft, Value, context, is_void};
use crate::call::Attribute;
use crate::facts::dates::{self, NamedDate};
use crate::facts::quantity::Bound;
use crate::facts::reading::Reading;
use crate::facts::words::{Concept, Mark};

/// The word for delivery stands at most so far from the day.
const MAX_DISTANCE: usize = 10;

/// A day further ahead is of another year, or of something else.
const MAX_DAYS_AHEAD: i64 = 120;

/// Days on which it is said to arrive.
#[derive(Clone, Copy)]
struct Days {
    first: Date,
    last: Date,
    tokens: (usize, usize),
}

pub(super) fn find(reading: &Reading<'_>, call_date: Option<Date>) -> Vec<Draft> {
    let Some(call) = call_date else { return Vec::new() };
    let named = named_days(reading, call);
    let mut found = Vec::new();
    for days in &named {
        // "Monday to Friday", "Tuesday or Friday": when couriers drive.
        let is_one_of_several = named
            .iter()
            .any(|other| other.tokens != days.tokens && reading.is_same_clause(other.tokens.0, days.tokens.0));
        if is_one_of_several || !is_of_delivery(reading, days.tokens) {
            continue;
        }
        // "On Saturdays we do not deliver": wherever the denial stands.
        let clause = reading.clause(days.tokens.0);
        let is_denied = reading.all(Concept::Not).any(|m| {
            m.start >= clause.0
                && m.end <= clause.1
                && !reading.all(Concept::NotFalse).any(|f| f.start < m.end && m.start < f.end)
        });
        let is_otherwise = context::is_faster_for_money(reading, days.tokens)
            || context::is_fetched_or_sent_back(reading, days.tokens)
            || reading.is_corrected(days.tokens);
        if is_void(reading, days.tokens) || is_denied || is_otherwise {
            continue;
        }
        let by = is_latest(reading, days.tokens);
        let first = if by { call } else { days.first };
        // Whether the sheet counts working days is not known: the most days that it may be, and the fewest.
        let (Some(most), Some(fewest)) = (days_between(call, days.last), working_days(call, first)) else { continue };
        if days.last < call || most > MAX_DAYS_AHEAD as f64 {
            continue;
        }
        let value = Value::Number { low: fewest, high: most, bound: Bound::Exact };
        found.push(Draft::new(Attribute::DeliveryDays, value, days.tokens));
    }
    found
}

/// The days and weeks that the text names.
fn named_days(reading: &Reading<'_>, call: Date) -> Vec<Days> {
    let mut found: Vec<Days> = Vec::new();
    let next_weeks: Vec<&Mark> = reading.all(Concept::NextWeek).collect();
    let of_next_week = |tokens: (usize, usize)| {
        next_weeks.iter().any(|m| reading.distance((m.start, m.end), tokens).is_some_and(|d| d <= 2))
    };
    for NamedDate { date, tokens, is_deadline } in dates::read(reading, Some(call)) {
        if is_deadline {
            continue;
        }
        let is_weekday = reading.at(Concept::Weekday, tokens.0).is_some();
        let is_week_end = reading.at(Concept::EndOfWeek, tokens.0).is_some();
        if !is_weekday
            && !is_week_end
            && reading.all(Concept::MonthName).all(|m| m.end != tokens.1 && m.start != tokens.0)
        {
            continue;
        }
        if is_weekday && is_habit(reading, tokens.0) {
            continue;
        }
        let week_later = date.checked_add(7.days()).unwrap_or(date);
        let is_next = reading.all(Concept::NextOne).any(|m| m.end == tokens.0);
        let (first, last) = if is_weekday && of_next_week(tokens) {
            let day = in_next_week(call, date.weekday()).unwrap_or(week_later);
            (day, day)
        } else if is_weekday && (is_next || date == call) {
            // "Next Friday" is the coming one or that of next week; a Monday named on a Monday is not today's.
            (date, week_later)
        } else if is_week_end {
            (date.checked_sub(1.day()).unwrap_or(date), date)
        } else {
            (date, date)
        };
        found.push(Days { first, last, tokens });
    }
    for mark in next_weeks {
        let tokens = (mark.start, mark.end);
        let has_day = found.iter().any(|d| reading.distance(d.tokens, tokens).is_some_and(|d| d <= 2));
        let first = in_next_week(call, Weekday::Monday);
        if let (false, Some(first)) = (has_day, first) {
            found.push(Days { first, last: first.checked_add(6.days()).unwrap_or(first), tokens });
        }
    }
    for mark in reading.all(Concept::ThisWeek) {
        let tokens = (mark.start, mark.end);
        let has_day = found.iter().any(|d| reading.distance(d.tokens, tokens).is_some_and(|d| d <= 2));
        if let (false, Some(next)) = (has_day, in_next_week(call, Weekday::Monday)) {
            found.push(Days { first: call, last: next.checked_sub(1.day()).unwrap_or(next), tokens });
        }
    }
    found
}

fn in_next_week(call: Date, day: Weekday) -> Option<Date> {
    let ahead = 7 + i64::from(day.to_monday_zero_offset()) - i64::from(call.weekday().to_monday_zero_offset());
    call.checked_add(ahead.days()).ok()
}

/// "W poniedziałki", "по понедельникам", "hétfőnként": every week. Plurals in -days are no weekdays to the tables.
fn is_habit(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.tokens[at].normal.as_str();
    // "środy", "soboty", "niedziele" after "w" alone are plurals: one day is "środę".
    let is_plural_here =
        at > 0 && reading.tokens[at - 1].normal == "w" && matches!(word, "środy" | "soboty" | "niedziele");
    is_plural_here
        || ["iałki", "torki", "wartki", "iątki", "кам", "гам", "цам", "там", "дам", "ньям", "nként"]
            .iter()
            .any(|ending| word.ends_with(ending))
}

/// Is it the delivery that comes then? Not the parcel's setting out, a visit, or the end of the offer.
fn is_of_delivery(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let overlaps = |m: &Mark, concept: Concept| reading.all(concept).any(|o| o.start < m.end && m.start < o.end);
    let distance = |m: &Mark| reading.distance((m.start, m.end), span);
    let nearest = reading
        .all(Concept::Delivery)
        .filter(|m| ![Concept::Notice, Concept::DeliveryAfter].into_iter().any(|c| overlaps(m, c)))
        .filter_map(|m| Some((distance(m)?, overlaps(m, Concept::Dispatch))))
        .min();
    let near = |concept: Concept| reading.nearest(concept, span, None).map(|(d, _)| d);
    nearest.is_some_and(|(d, is_dispatch)| {
        let is_hidden = [Concept::Notice, Concept::Withdraw, Concept::Exit, Concept::Warranty, Concept::Contract]
            .into_iter()
            .any(|c| near(c).is_some_and(|other| other <= d));
        let is_of_offer = near(Concept::Offer).is_some() && near(Concept::Deadline).is_some();
        d <= MAX_DISTANCE && !is_dispatch && !is_hidden && !is_of_offer
    }) && ![Concept::Dispatch, Concept::Notice].into_iter().any(|c| reading.has(c, reading.clause(span.0)))
}

/// "By Friday", "до пятницы", "péntekig": any day until then.
fn is_latest(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let from = span.0;
    let by = [Concept::Until, Concept::AtMost]
        .into_iter()
        .flat_map(|c| reading.all(c))
        .any(|m| m.end <= from && from - m.end <= 1 || m.start < span.1 && from < m.end);
    let last = &reading.tokens[span.1 - 1].normal;
    by || last.ends_with("ig") || reading.all(Concept::Until).any(|m| m.start == span.1)
}

fn days_between(from: Date, to: Date) -> Option<f64> {
    Some(f64::from(from.until((Unit::Day, to)).ok()?.get_days()))
}

/// Days from Monday to Friday after `from` up to `to`.
fn working_days(from: Date, to: Date) -> Option<f64> {
    let days = days_between(from, to)?.clamp(0.0, MAX_DAYS_AHEAD as f64) as i64;
    let is_working = |ahead: &i64| {
        from.checked_add(ahead.days()).is_ok_and(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
    };
    Some((1..=days).filter(is_working).count() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    use crate::text::Language::{self, El, En, Hu, Pl, Ru};

    /// The fewest and the most days, from a Monday.
    fn check(language: Language, text: &str, expected: Option<(f64, f64)>) {
        let mut reading = Reading::new(text, language, |_| Vec::new());
        reading.settle_delivery(|_, _| true);
        let found = find(&reading, Some(date(2026, 11, 2)));
        let days = found.first().map(|draft| match draft.value {
            Value::Number { low, high, .. } => (low, high),
            _ => panic!("{text}: no number"),
        });
        assert_eq!(days, expected, "{text}");
        assert!(find(&reading, None).is_empty(), "{text}: no day without a call");
    }

    #[test]
    fn a_day_of_delivery_is_so_many_days_from_the_call() {
        check(En, "it will be delivered on Thursday", Some((3.0, 3.0)));
        check(En, "delivery is next week", Some((5.0, 13.0)));
        check(En, "delivery is next week on Friday", Some((9.0, 11.0)));
        check(En, "it will be delivered next Friday", Some((4.0, 11.0)));
        check(En, "it will be delivered on Monday", Some((0.0, 7.0)));
        check(En, "it will be delivered by Thursday", Some((0.0, 3.0)));
        check(Pl, "dostarczymy w przyszłym tygodniu", Some((5.0, 13.0)));
        check(Pl, "kurier przywiezie we wtorek", Some((1.0, 1.0)));
        check(Ru, "доставим в среду", Some((2.0, 2.0)));
        check(Ru, "курьер привезёт до пятницы", Some((0.0, 4.0)));
        check(El, "η παράδοση γίνεται την επόμενη εβδομάδα", Some((5.0, 13.0)));
        check(El, "η παράδοση θα γίνει στις 25 Νοεμβρίου", Some((17.0, 23.0)));
        check(Hu, "kedden kiszállítjuk", Some((1.0, 1.0)));
        check(Hu, "a futár csütörtökig kiszállítja", Some((0.0, 3.0)));
    }

    #[test]
    fn other_days_are_no_day_of_delivery() {
        for (language, text) in [
            (En, "the courier delivers Monday to Friday"),
            (En, "we dispatch it on Tuesday"),
            (En, "I will call you back about the delivery on Tuesday"),
            (En, "the engineer comes on Tuesday"),
            (En, "if it is not delivered by Friday, call us"),
            (En, "is Tuesday all right for the delivery?"),
            (Pl, "kurier jeździ w poniedziałki, dostawa jest gratis"),
            (Ru, "отправим посылку в среду"),
            (Ru, "по пятницам доставляем до десяти"),
            (El, "το Σάββατο δεν κάνουμε παραδόσεις"),
            (Hu, "a futár hétfőtől péntekig szállít"),
        ] {
            check(language, text, None);
        }
    }
}
