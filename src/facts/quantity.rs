//! Numbers with their units, as people speak them: "forty nine ninety", "three to five working days", "a year and a
//! half", "12 hónapos", "полторы тысячи рублей". What a number is about is for others to find.

use super::reading::Reading;
use super::words::Concept;
use crate::text::numerals::{self, NumberSpan};
use crate::text::{Language, Token};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Unit {
    /// An amount of money; index into [`super::words::CURRENCIES`], `None` if only its form tells that it is money.
    Money(Option<usize>),
    Hours,
    Days,
    Weeks,
    Months,
    Years,
    /// Pieces, boxes, places.
    Pieces,
    /// Nothing was named.
    Plain,
}

/// How a number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Exact,
    /// About.
    Approx,
    /// Up to, within.
    AtMost,
    /// At least, over, from.
    AtLeast,
}

/// A number or range with its unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    pub unit: Unit,
    pub low: f64,
    pub high: f64,
    pub bound: Bound,
    pub tokens: (usize, usize),
    /// Whether it was a number, in digits or words, and not only "a week" or "fortnight".
    pub is_number: bool,
}

impl Quantity {
    pub fn is_money(&self) -> bool {
        matches!(self.unit, Unit::Money(_))
    }

    pub fn is_period(&self) -> bool {
        matches!(self.unit, Unit::Hours | Unit::Days | Unit::Weeks | Unit::Months | Unit::Years)
    }

    /// Both ends in days. A month is 30 days and a year 365, as people count.
    pub fn days(&self) -> Option<(f64, f64)> {
        let factor = match self.unit {
            Unit::Hours => 1.0 / 24.0,
            Unit::Days => 1.0,
            Unit::Weeks => 7.0,
            Unit::Months => 30.0,
            Unit::Years => 365.0,
            _ => return None,
        };
        Some((self.low * factor, self.high * factor))
    }

    /// Both ends in months: 30 days or 4 weeks are one, 52 weeks are twelve.
    pub fn months(&self) -> Option<(f64, f64)> {
        let factor = match self.unit {
            Unit::Days => 1.0 / 30.0,
            Unit::Weeks => 12.0 / 52.0,
            Unit::Months => 1.0,
            Unit::Years => 12.0,
            _ => return None,
        };
        Some((self.low * factor, self.high * factor))
    }
}

/// A value before its unit.
struct Value {
    low: f64,
    high: f64,
    tokens: (usize, usize),
    /// The unit that the word itself names: "kétnapos".
    unit: Option<Unit>,
    is_spoken: bool,
    is_number: bool,
}

/// All quantities in the order of the text; numbers inside of `names` are none.
pub(super) fn read(reading: &Reading<'_>, names: &[(usize, usize)]) -> Vec<Quantity> {
    let values = values(reading, names);
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < values.len() {
        let (quantity, n_used) = quantity(reading, &values[at..]);
        at += n_used;
        match found.last_mut() {
            // "from 3 days to 5 days", "14 days, two weeks" are joined only by a word for a range.
            Some(last) if joins(reading, last, &quantity) => {
                last.high = last.high.max(quantity.high);
                last.tokens.1 = quantity.tokens.1;
            }
            _ => found.push(quantity),
        }
    }
    for quantity in &mut found {
        quantity.bound = bound(reading, quantity);
    }
    found
}

fn joins(reading: &Reading<'_>, last: &Quantity, next: &Quantity) -> bool {
    let is_range_word = reading.at(Concept::To, last.tokens.1).is_some_and(|m| m.end == next.tokens.0);
    let is_from_to = last.tokens.0 > 0 && reading.at(Concept::From, last.tokens.0 - 1).is_some();
    let is_range = is_range_word && (is_from_to || last.is_period());
    is_range && last.unit == next.unit && next.high > last.low && last.is_number && next.is_number
}

/// Periods in one word, "a week", "half a year", and numbers, in order; none overlaps another.
fn values(reading: &Reading<'_>, names: &[(usize, usize)]) -> Vec<Value> {
    let is_in_name = |tokens: (usize, usize)| names.iter().any(|n| n.0 < tokens.1 && tokens.0 < n.1);
    let spans = number_spans(reading);
    let mut values: Vec<Value> = spans
        .into_iter()
        .filter(|(span, _)| !is_in_name(span.tokens))
        .filter_map(|(span, unit)| {
            let value = span.value?;
            Some(Value { low: value, high: value, tokens: span.tokens, unit, is_spoken: span.spoken, is_number: true })
        })
        .collect();
    let mut special = Vec::new();
    for mark in &reading.marks {
        let unit_at = |at: usize| unit_at(reading, at);
        let (low, end, unit) = match mark.concept {
            Concept::FixedDays => (f64::from(mark.n), mark.end, Some(Unit::Days)),
            Concept::FixedMonths => (f64::from(mark.n), mark.end, Some(Unit::Months)),
            Concept::Half | Concept::Article | Concept::Couple | Concept::OneAndHalf => {
                let n = match mark.concept {
                    Concept::Half => 0.5,
                    Concept::Article => 1.0,
                    Concept::OneAndHalf => 1.5,
                    _ => 2.0,
                };
                match unit_at(mark.end) {
                    // "49 a month" is a price by month, "once a year" a rate.
                    Some((unit, _)) if mark.concept == Concept::Article && is_rate(reading, mark.start, unit) => {
                        continue;
                    }
                    Some((unit, end)) if !matches!(unit, Unit::Money(_) | Unit::Pieces) => {
                        let more = reading.at(Concept::AndHalf, end).filter(|_| mark.concept == Concept::Article);
                        (n + if more.is_some() { 0.5 } else { 0.0 }, more.map_or(end, |m| m.end), Some(unit))
                    }
                    // "полторы тысячи"
                    _ if mark.concept == Concept::OneAndHalf => (n, mark.end, None),
                    _ => continue,
                }
            }
            _ => continue,
        };
        special.push(Value {
            low,
            high: low,
            tokens: (mark.start, end),
            unit,
            is_spoken: true,
            is_number: mark.concept == Concept::OneAndHalf,
        });
    }
    // The longer reading of the same words wins: "one-year" over "one".
    special.retain(|s| !values.iter().any(|v| v.tokens.0 < s.tokens.1 && s.tokens.0 < v.tokens.1 && len(v) > len(s)));
    let longest: Vec<(usize, usize)> = special.iter().map(|s| s.tokens).collect();
    special.retain(|s| !longest.iter().any(|l| l.0 <= s.tokens.0 && l.1 >= s.tokens.1 && l.1 - l.0 > len(s)));
    values.retain(|v| !special.iter().any(|s| v.tokens.0 < s.tokens.1 && s.tokens.0 < v.tokens.1));
    values.extend(special);
    values.sort_by_key(|v| v.tokens);
    values.dedup_by(|b, a| b.tokens.0 < a.tokens.1);
    values
}

fn len(value: &Value) -> usize {
    value.tokens.1 - value.tokens.0
}

/// Is "a month" here the period of a price ("49 pounds a month", "pay monthly")?
fn is_rate(reading: &Reading<'_>, article: usize, unit: Unit) -> bool {
    if matches!(unit, Unit::Money(_) | Unit::Pieces | Unit::Plain) {
        return true;
    }
    let Some(before) = article.checked_sub(1) else { return false };
    let ends_there = |concept: Concept| reading.all(concept).any(|m| m.end == article);
    reading.is_same_clause(before, article)
        && (ends_there(Concept::Currency)
            || ends_there(Concept::Cents)
            || ends_there(Concept::PerOnce)
            || reading.tokens[before].is_digits()
            || !numerals::read_parts(
                &reading.tokens[before].normal,
                &reading.tokens[before..=before],
                Some(reading.language),
            )
            .is_empty())
}

/// Numbers of the text, with those that Hungarian and Greek write together with what they count or with a case ending.
fn number_spans(reading: &Reading<'_>) -> Vec<(NumberSpan, Option<Unit>)> {
    let language = reading.language;
    // Three and more numbers in a row are an identifier.
    let parts = numerals::read_parts(reading.text, &reading.tokens, Some(language));
    let is_inside =
        |run: &NumberSpan, part: &NumberSpan| run.tokens.0 <= part.tokens.0 && part.tokens.1 <= run.tokens.1;
    let runs: Vec<NumberSpan> = numerals::read(reading.text, &reading.tokens, Some(language))
        .into_iter()
        .filter(|run| run.value.is_none() && parts.iter().filter(|part| is_inside(run, part)).count() > 2)
        .collect();
    let mut spans: Vec<(NumberSpan, Option<Unit>)> = parts
        .iter()
        .filter(|part| !runs.iter().any(|run| is_inside(run, part)))
        .map(|part| (part.clone(), None))
        .collect();
    for (at, token) in reading.tokens.iter().enumerate() {
        if spans.iter().any(|(s, _)| s.tokens.0 <= at && at < s.tokens.1) {
            continue;
        }
        if let Some((value, unit)) = inside_word(token, language) {
            let span = NumberSpan {
                value: Some(value),
                digits: String::new(),
                tokens: (at, at + 1),
                bytes: (token.start, token.end),
                spoken: true,
            };
            spans.push((span, unit));
        }
    }
    spans.sort_by_key(|(s, _)| s.tokens);
    // Hungarian "hét" is seven and week: after a number it is the week.
    if language == Language::Hu {
        let is_week = |i: usize| {
            let (s, _) = &spans[i];
            s.value == Some(7.0)
                && reading.tokens[s.tokens.0].normal == "hét"
                && i > 0
                && spans[i - 1].0.tokens.1 == s.tokens.0
                && unit_itself(reading, s.tokens.1).is_none()
                && spans[i - 1].1.is_none()
        };
        let weeks: Vec<usize> = (0..spans.len()).filter(|i| is_week(*i)).collect();
        for i in weeks.into_iter().rev() {
            spans.remove(i);
        }
    }
    spans
}

/// Case endings that a Hungarian number may have, longest first.
const HU_ENDINGS: [&str; 16] =
    ["től", "tól", "ból", "ből", "nál", "nél", "ért", "ban", "ben", "ról", "ről", "ra", "re", "ig", "at", "et"];

/// Beginnings of what Hungarian and other languages write together with its number.
const GLUED_UNITS: [(Language, &str, Unit); 13] = [
    (Language::Hu, "órá", Unit::Hours),
    (Language::Hu, "nap", Unit::Days),
    (Language::Hu, "het", Unit::Weeks),
    (Language::Hu, "hónap", Unit::Months),
    (Language::Hu, "havi", Unit::Months),
    (Language::Hu, "év", Unit::Years),
    (Language::Pl, "miesięczn", Unit::Months),
    (Language::Pl, "dniow", Unit::Days),
    (Language::Pl, "letni", Unit::Years),
    (Language::Ru, "дневн", Unit::Days),
    (Language::Ru, "месячн", Unit::Months),
    (Language::Ru, "летн", Unit::Years),
    (Language::El, "μηνη", Unit::Months),
];

fn inside_word(token: &Token, language: Language) -> Option<(f64, Option<Unit>)> {
    let word = token.normal.as_str();
    for (_, beginning, unit) in GLUED_UNITS.iter().filter(|(own, _, _)| *own == language) {
        if let Some(at) = word.find(beginning).filter(|at| *at > 0)
            && let Some(value) = numerals::word_value(&word[..at], language)
        {
            return Some((value as f64, Some(*unit)));
        }
    }
    if language != Language::Hu {
        return None;
    }
    // "öttől", "ötvenért"; "egyre" (more and more) and "hetet" (weeks too) are too often something else.
    HU_ENDINGS.iter().find_map(|ending| {
        let head = word.strip_suffix(ending).filter(|head| *head != "egy" && head.chars().count() > 1)?;
        numerals::word_value(head, language).map(|value| (value as f64, None))
    })
}

/// The unit that begins at a token, and where it ends; a word between ("working") may stand before it.
fn unit_at(reading: &Reading<'_>, at: usize) -> Option<(Unit, usize)> {
    let first = at.checked_sub(1).unwrap_or(at);
    let from = match reading.at(Concept::Workday, at) {
        Some(mark) if unit_itself(reading, mark.end).is_some() => mark.end,
        _ => at,
    };
    if !reading.is_same_clause(first, from) && at > 0 {
        return None;
    }
    unit_itself(reading, from)
}

fn unit_itself(reading: &Reading<'_>, at: usize) -> Option<(Unit, usize)> {
    let units = [
        (Concept::Hour, Unit::Hours),
        (Concept::Day, Unit::Days),
        (Concept::Week, Unit::Weeks),
        (Concept::Month, Unit::Months),
        (Concept::Year, Unit::Years),
        (Concept::Piece, Unit::Pieces),
    ];
    let unit = units.iter().find_map(|(concept, unit)| Some((*unit, reading.at(*concept, at)?.end)));
    unit.or_else(|| reading.at(Concept::Currency, at).map(|m| (Unit::Money(Some(usize::from(m.n))), m.end)))
}

/// Reads one quantity from the values that begin the slice; gives how many of them it took.
fn quantity(reading: &Reading<'_>, values: &[Value]) -> (Quantity, usize) {
    let first = &values[0];
    let (mut low, mut high, start, mut end) = (first.low, first.high, first.tokens.0, first.tokens.1);
    let mut n_used = 1;
    let mut unit = first.unit;
    if unit.is_none() {
        // "5 ezer", "полторы тысячи", "2 тысячи 500"
        let next_thousand =
            values.get(1).filter(|v| v.tokens.0 == end && matches!(v.low, 1000.0 | 1_000_000.0) && v.unit.is_none());
        if let Some(next) = next_thousand.filter(|_| low < 1000.0) {
            (low, high, end, n_used) = (low * next.low, high * next.low, next.tokens.1, 2);
        } else if let Some(mark) = reading.at(Concept::Thousand, end).filter(|_| low < 1000.0) {
            (low, high, end) = (low * 1000.0, high * 1000.0, mark.end);
        }
        // "двенадцать девятьсот", "dwa dziewięćset": the thousand is left out.
        if let Some(next) =
            values.get(1).filter(|v| v.tokens.0 == end && v.unit.is_none() && v.is_spoken && first.is_spoken)
            && reading.language != Language::En
            && (1.0..100.0).contains(&low)
            && low.fract() == 0.0
            && (100.0..1000.0).contains(&next.low)
            && reading.gap(end - 1, end) == " "
        {
            (low, high, end, n_used) = (low * 1000.0 + next.low, high * 1000.0 + next.low, next.tokens.1, 2);
        }
        if low >= 1000.0 && end > first.tokens.1 && n_used < 3 && low % 1000.0 == 0.0 {
            if let Some(next) = values.get(n_used).filter(|v| v.tokens.0 == end && v.low < 1000.0 && v.unit.is_none()) {
                (low, high, end) = (low + next.low, high + next.low, next.tokens.1);
                n_used += 1;
            }
        }
        if let Some(mark) = reading.at(Concept::AndHalf, end) {
            (low, high, end) = (low + 0.5, high + 0.5, mark.end);
        }
        // "3-5 days", "three to five days", "dwa, trzy dni"
        if let Some(next) = values.get(n_used)
            && let Some(()) = range_between(reading, (start, end), next, low)
        {
            (high, end) = (next.high, next.tokens.1);
            unit = next.unit;
            n_used += 1;
        }
    }
    if let Some(own) = unit {
        let quantity =
            Quantity { unit: own, low, high, bound: Bound::Exact, tokens: (start, end), is_number: first.is_number };
        return (quantity, n_used);
    }
    let mut tokens = (start, end);
    let mut unit = Unit::Plain;
    if let Some((own, unit_end)) = unit_at(reading, end) {
        unit = own;
        tokens.1 = unit_end;
        // "két és fél év", "a year and a half" with a number before it.
        if let Some(mark) = reading.at(Concept::AndHalf, unit_end).filter(|_| !matches!(own, Unit::Money(_))) {
            (low, high, tokens.1) = (low + 0.5, high + 0.5, mark.end);
        }
    } else if low == high && low < 1000.0 {
        // "forty nine ninety": hundredths follow at once, and no unit of time after them.
        if let Some((cents, n, currency, cents_end)) = hundredths(reading, &values[n_used..], end, first.is_spoken, low)
        {
            (low, high) = (low + cents, high + cents);
            tokens.1 = cents_end;
            unit = Unit::Money(currency);
            n_used += n;
        }
    }
    if let Some(mark) = reading.all(Concept::Currency).find(|m| m.end == start).filter(|_| unit == Unit::Plain) {
        // "€49.90", "EUR 49"
        let is_sign = reading.tokens[mark.start].end == reading.tokens[start].start;
        let is_taken = !is_sign && mark.start > 0 && reading.tokens[mark.start - 1].is_digits();
        if !is_taken {
            unit = Unit::Money(Some(usize::from(mark.n)));
            tokens.0 = mark.start;
        }
    }
    if let Unit::Money(Some(_)) = unit
        && low == high
        && low.fract() == 0.0
        && let Some((cents, n, cents_end)) = cents_after(reading, &values[n_used..], tokens.1)
    {
        (low, high) = (low + cents, high + cents);
        tokens.1 = cents_end;
        n_used += n;
    }
    if unit == Unit::Plain && low.fract() != 0.0 && is_two_decimals(reading, (start, end)) {
        unit = Unit::Money(None);
    }
    (Quantity { unit, low, high, bound: Bound::Exact, tokens, is_number: first.is_number }, n_used)
}

/// "49.90" and "49,90" are written for money; "1.5" is not.
fn is_two_decimals(reading: &Reading<'_>, (start, end): (usize, usize)) -> bool {
    let normal = &reading.tokens[start].normal;
    end == start + 1
        && normal.rsplit_once(['.', ',']).is_some_and(|(_, f)| f.len() == 2)
        && !reading
            .tokens
            .get(end)
            .is_some_and(|t| ["percent", "procent", "процент", "τοισ", "százalék"].contains(&t.normal.as_str()))
}

fn range_between(reading: &Reading<'_>, first: (usize, usize), next: &Value, low: f64) -> Option<()> {
    if next.low <= low {
        return None;
    }
    let gap = reading.gap(first.1 - 1, next.tokens.0);
    if first.1 == next.tokens.0 {
        let is_dash = matches!(gap.trim(), "-" | "–" | "—" | "/") || gap.trim() == "‑";
        // "dwa, trzy dni": neighbours in counting order before one unit.
        let is_loose = (gap.trim() == "," || gap == " ") && next.low - low <= 2.0 && low < 20.0 && next.unit.is_none();
        let is_counted = unit_at(reading, next.tokens.1).is_some_and(|(u, _)| !matches!(u, Unit::Money(_)));
        return (is_dash || (is_loose && is_counted)).then_some(());
    }
    let mark = reading.at(Concept::To, first.1).filter(|m| m.end == next.tokens.0)?;
    let word = reading.tokens[mark.start].normal.as_str();
    let is_and = matches!(word, "and" | "a" | "i" | "и" | "και" | "és");
    let is_between = reading.all(Concept::Between).any(|m| m.end <= first.0 && first.0 - m.end <= 1);
    (!is_and || is_between).then_some(())
}

/// Hundredths right after a number: their value, how many values they take, the currency, where they end.
fn hundredths(
    reading: &Reading<'_>,
    rest: &[Value],
    end: usize,
    is_spoken: bool,
    whole: f64,
) -> Option<(f64, usize, Option<usize>, usize)> {
    let next = rest.first()?;
    let is_linked = next.tokens.0 == end + 1
        && matches!(
            reading.tokens.get(end)?.normal.as_str(),
            "and"
                | "i"
                | "и"
                | "και"
                | "point"
                | "przecinek"
                | "kropka"
                | "точка"
                | "запятая"
                | "κομμα"
                | "vessző"
                | "egész"
        );
    let touches = next.tokens.0 == end && reading.gap(end - 1, end).trim().is_empty();
    let is_tens = (10.0..100.0).contains(&next.low) && next.low.fract() == 0.0 && next.low == next.high;
    if !(touches || is_linked) || !is_tens || next.is_spoken != is_spoken || next.unit.is_some() || whole.fract() != 0.0
    {
        return None;
    }
    match unit_at(reading, next.tokens.1) {
        Some((Unit::Money(currency), unit_end)) => Some((next.low / 100.0, 1, currency, unit_end)),
        Some(_) => None,
        None => {
            // Two numbers without a unit: money only where something says so nearby.
            let per = [Concept::PerMonth, Concept::PerYear, Concept::PerWeek, Concept::PerOnce, Concept::PerBox];
            let span = (end - 1, next.tokens.1);
            let is_near = |concept| reading.nearest(concept, span, None).is_some_and(|(distance, _)| distance <= 3);
            (per.into_iter().any(is_near)
                || is_near(Concept::PriceStrong)
                || is_near(Concept::Price)
                || is_near(Concept::List))
            .then_some((next.low / 100.0, 1, None, next.tokens.1))
        }
    }
}

/// "49 zloty [and] 90 [groszy]".
fn cents_after(reading: &Reading<'_>, rest: &[Value], end: usize) -> Option<(f64, usize, usize)> {
    let next = rest.first()?;
    let is_linked = next.tokens.0 == end + 1
        && matches!(reading.tokens.get(end)?.normal.as_str(), "and" | "i" | "и" | "και" | "és");
    if !(next.tokens.0 == end || is_linked)
        || !(1.0..100.0).contains(&next.low)
        || !reading.is_same_clause(end - 1, next.tokens.0)
    {
        return None;
    }
    match reading.at(Concept::Cents, next.tokens.1) {
        Some(mark) => Some((next.low / 100.0, 1, mark.end)),
        None if unit_at(reading, next.tokens.1).is_none() && next.low >= 10.0 && !is_linked => {
            Some((next.low / 100.0, 1, next.tokens.1))
        }
        None => None,
    }
}

/// Which way a number is bent by the words right before or after it.
fn bound(reading: &Reading<'_>, quantity: &Quantity) -> Bound {
    let (start, end) = quantity.tokens;
    // "od 3 do 5": a range has its ends.
    let is_range = quantity.high > quantity.low;
    let is_before = |concept: Concept, reach: usize| {
        reading.all(concept).any(|m| {
            m.end <= start
                && start - m.end <= reach
                && reading.is_same_clause(m.start, start)
                && no_number(reading, m.end, start)
        })
    };
    let is_after =
        |concept: Concept| reading.all(concept).any(|m| m.start == end && reading.is_same_clause(m.start, end - 1));
    let is_inside =
        |concept: Concept| reading.all(concept).any(|m| m.start >= start && m.end <= end && m.start > start);
    let at_least = is_before(Concept::AtLeast, 1);
    let denied = at_least && {
        let mark = reading.all(Concept::AtLeast).filter(|m| m.end <= start).max_by_key(|m| m.end);
        mark.is_some_and(|m| {
            reading
                .all(Concept::Not)
                .any(|n| n.end <= m.start && m.start - n.end <= 2 && reading.is_same_clause(n.start, start))
        })
    };
    let at_most = is_before(Concept::AtMost, 1) || is_after(Concept::AtMost);
    let last = &reading.tokens[end - 1].normal;
    let from_case = reading.language == Language::Hu && !is_range && (last.ends_with("tól") || last.ends_with("től"));
    if at_most || denied {
        Bound::AtMost
    } else if at_least || from_case || (is_before(Concept::From, 0) && !is_range) {
        Bound::AtLeast
    } else if is_before(Concept::Approx, 1) || is_after(Concept::Approx) || is_inside(Concept::Approx) {
        Bound::Approx
    } else {
        Bound::Exact
    }
}

fn no_number(reading: &Reading<'_>, from: usize, to: usize) -> bool {
    !reading.tokens[from..to].iter().any(Token::is_digits)
}
