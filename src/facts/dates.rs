//! Last days of offers, as people name them: "only today", "till Friday", "until the end of the month", "December 31".
//! Relative days count from the day of the call; without it they have no date.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::reading::Reading;
use super::words::{Concept, Mark};

/// A number of the day and the name of the month may have this many words between ("the 31st of December").
const MAX_DATE_GAP: usize = 2;

/// A date that is named, and the tokens that name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NamedDate {
    pub date: Date,
    pub tokens: (usize, usize),
    /// The words alone say that something ends then ("only today").
    pub is_deadline: bool,
}

/// The dates that a text names, in its order.
pub(super) fn read(reading: &Reading<'_>, call_date: Option<Date>) -> Vec<NamedDate> {
    let mut found = Vec::new();
    for mark in &reading.marks {
        let tokens = (mark.start, mark.end);
        let (date, is_deadline) = match mark.concept {
            Concept::OnlyToday => (call_date, true),
            Concept::TomorrowEnd => (call_date.and_then(|d| d.checked_add(1.day()).ok()), true),
            Concept::EndOfWeek => (call_date.and_then(end_of_week), false),
            Concept::EndOfMonth => (call_date.map(Date::last_of_month), false),
            Concept::EndOfYear => (call_date.map(Date::last_of_year), false),
            Concept::Weekday => (call_date.and_then(|d| next_weekday(d, mark.n)), false),
            Concept::MonthName => match day_beside(reading, mark) {
                Some((day, tokens)) => {
                    if let Some(date) = calendar_date(call_date, mark.n, day) {
                        found.push(NamedDate { date, tokens, is_deadline: false });
                    }
                    continue;
                }
                None => (end_of_named_month(reading, mark, call_date), false),
            },
            _ => continue,
        };
        if let Some(date) = date {
            found.push(NamedDate { date, tokens, is_deadline });
        }
    }
    found.extend(written(reading, call_date));
    found.sort_by_key(|d| d.tokens);
    found
}

/// Sunday of the week of a day.
fn end_of_week(day: Date) -> Option<Date> {
    let ahead = 7 - i64::from(day.weekday().to_monday_one_offset());
    day.checked_add(ahead.days()).ok()
}

/// The next such weekday, today included.
fn next_weekday(day: Date, number: u16) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(i8::try_from(number).ok()?).ok()?;
    let ahead = (7 + i64::from(wanted.to_monday_one_offset()) - i64::from(day.weekday().to_monday_one_offset())) % 7;
    day.checked_add(ahead.days()).ok()
}

/// "until the end of December": a preposition's "end of" stands right before the month.
fn end_of_named_month(reading: &Reading<'_>, month: &Mark, call_date: Option<Date>) -> Option<Date> {
    let is_end = reading.all(Concept::EndOfWhat).any(|m| m.end <= month.start && month.start - m.end <= 1)
        || reading.all(Concept::EndAfter).any(|m| m.start >= month.end && m.start - month.end <= 1);
    let first = calendar_date(call_date, month.n, 1)?;
    is_end.then(|| first.last_of_month()).filter(|last| call_date.is_none_or(|call| *last >= call))
}

/// The year is that of the call, or the next one for a month long past: an offer ends ahead of the call.
fn calendar_date(call_date: Option<Date>, month: u16, day: u16) -> Option<Date> {
    let call = call_date?;
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let date = Date::new(call.year(), month, day).ok()?;
    // Half a year: "valid until 1 November" on 2 November is a slip of a day, "until January" in December is ahead.
    let is_past = date.checked_add(180.days()).is_ok_and(|late| late < call);
    if is_past { Date::new(call.year().checked_add(1)?, month, day).ok() } else { Some(date) }
}

/// The number of the day beside the name of a month: digits, a number or an ordinal in words.
fn day_beside(reading: &Reading<'_>, month: &Mark) -> Option<(u16, (usize, usize))> {
    let (sentence_start, sentence_end) = reading.sentence(month.start);
    let from = month.start.saturating_sub(MAX_DATE_GAP + 2).max(sentence_start);
    let before = (from..month.start).rev().find_map(|at| {
        let (day, end) = day_at(reading, at)?;
        // The longest reading that ends before the month: "thirty first".
        let longer = at.checked_sub(1).filter(|at| *at >= sentence_start).and_then(|at| day_at(reading, at));
        let (day, start) = match longer {
            Some((long, long_end)) if long_end >= end && long > day => (long, at - 1),
            _ => (day, at),
        };
        (end <= month.start && month.start - end <= MAX_DATE_GAP).then_some((day, (start, month.end)))
    });
    before.or_else(|| {
        let at = (month.end..sentence_end.min(month.end + 2)).find(|at| day_at(reading, *at).is_some())?;
        let (day, end) = day_at(reading, at)?;
        Some((day, (month.start, end)))
    })
}

fn day_at(reading: &Reading<'_>, at: usize) -> Option<(u16, usize)> {
    let is_day = |day: &u16| (1..=31).contains(day);
    if let Some(mark) = reading.at(Concept::Ordinal, at) {
        return Some((mark.n, mark.end)).filter(|(day, _)| is_day(day));
    }
    let token = reading.tokens.get(at)?;
    let value = if token.is_digits() {
        token.normal.parse::<u16>().ok()
    } else {
        crate::text::numerals::word_value(&token.normal, reading.language).and_then(|v| u16::try_from(v).ok())
    }?;
    // "twenty fifth", "двадцать пятого", "harmincadika"
    if matches!(value, 20 | 30)
        && let Some(mark) = reading.at(Concept::Ordinal, at + 1).filter(|m| m.n < 10)
    {
        return Some((value + mark.n, mark.end)).filter(|(day, _)| is_day(day));
    }
    if matches!(value, 20 | 30)
        && !token.is_digits()
        && let Some(ones) = reading
            .tokens
            .get(at + 1)
            .and_then(|t| crate::text::numerals::word_value(&t.normal, reading.language))
            .filter(|v| *v < 10)
    {
        return Some((value + ones as u16, at + 2)).filter(|(day, _)| is_day(day));
    }
    Some((value, at + 1)).filter(|(day, _)| is_day(day))
}

/// "31.12.", "31.12.2026", "2026-12-31", "12/31" is not read: whose order it has cannot be told.
fn written(reading: &Reading<'_>, call_date: Option<Date>) -> Vec<NamedDate> {
    let mut found = Vec::new();
    for (at, token) in reading.tokens.iter().enumerate().filter(|(_, t)| t.is_digits()) {
        let parts: Vec<u16> = token.normal.split(['.', '/']).filter_map(|p| p.parse().ok()).collect();
        let date = match parts.as_slice() {
            // "49.90" is money: months have two digits and go to 12.
            [day, month] if (1..=12).contains(month) && token.normal.contains('.') && *day <= 31 && *day > 0 => {
                let is_marked = reading.all(Concept::Until).any(|m| m.end == at)
                    && !reading
                        .quantities
                        .iter()
                        .any(|q| q.tokens.0 <= at && at < q.tokens.1 && q.is_money() && q.tokens.1 - q.tokens.0 > 1);
                if is_marked { calendar_date(call_date, *month, *day) } else { None }
            }
            [day, month, year] if *year > 2000 => date_of(*year, *month, *day),
            _ => None,
        };
        found.extend(date.map(|date| NamedDate { date, tokens: (at, at + 1), is_deadline: false }));
    }
    found
}

fn date_of(year: u16, month: u16, day: u16) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;
    use jiff::civil::date;

    #[test]
    fn days_are_named_from_the_day_of_the_call() {
        // A Monday.
        let call = date(2026, 11, 2);
        let check = |language, text: &str, expected: &[Date]| {
            let reading = Reading::new(text, language, |_| Vec::new());
            let found: Vec<Date> = read(&reading, Some(call)).into_iter().map(|d| d.date).collect();
            assert_eq!(found, expected, "{text}");
            assert_eq!(read(&reading, None), [], "{text}");
        };
        use Language::{El, En, Hu, Pl, Ru};
        check(En, "the offer ends today", &[call]);
        check(En, "till Friday", &[date(2026, 11, 6)]);
        check(En, "until Monday", &[call]);
        check(En, "until the end of the month", &[date(2026, 11, 30)]);
        check(En, "until the thirty-first of December", &[date(2026, 12, 31)]);
        check(En, "until December 5", &[date(2026, 12, 5)]);
        check(En, "until January 5", &[date(2027, 1, 5)]);
        check(En, "until the end of January", &[date(2027, 1, 31)]);
        check(En, "how are you", &[]);
        check(Pl, "do trzydziestego pierwszego grudnia", &[date(2026, 12, 31)]);
        check(Pl, "do końca grudnia", &[date(2026, 12, 31)]);
        check(Pl, "do 31.12", &[date(2026, 12, 31)]);
        check(Ru, "до двадцать пятого ноября", &[date(2026, 11, 25)]);
        check(El, "μέχρι τις τριάντα μία Δεκεμβρίου", &[date(2026, 12, 31)]);
        check(El, "έως το τέλος του Νοεμβρίου", &[date(2026, 11, 30)]);
        check(Hu, "december 31-ig", &[date(2026, 12, 31)]);
        check(Hu, "november végéig", &[date(2026, 11, 30)]);
        check(Hu, "péntekig", &[date(2026, 11, 6)]);
    }
}
