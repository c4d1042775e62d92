//! Numbers with their units, as people speak them: "forty nine ninety", "three to five working days", "a year and a
//! half", "12 hónapos", "полторы тысячи рублей". What a number is about is for others to find.

mod values;

use super::reading::Reading;
use super::words::{Concept, Mark};
use crate::text::{Language, Token};
use values::{Value, values};

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
        if low >= 1000.0
            && end > first.tokens.1
            && n_used < 3
            && low % 1000.0 == 0.0
            && let Some(next) = values.get(n_used).filter(|v| v.tokens.0 == end && v.low < 1000.0 && v.unit.is_none())
        {
            (low, high, end) = (low + next.low, high + next.low, next.tokens.1);
            n_used += 1;
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
        // "400 рублей, один раз": it belongs to the number before it.
        let is_number = |at: usize| {
            let token = &reading.tokens[at];
            token.is_digits() || crate::text::numerals::word_value(&token.normal, reading.language).is_some()
        };
        let is_taken =
            !is_sign && (mark.start > 0 && is_number(mark.start - 1) || !reading.is_same_clause(mark.start, start));
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
    if unit == Unit::Plain
        && let Some((own, from)) = inverted(reading, tokens.0)
    {
        (unit, tokens.0) = (own, from);
    }
    if unit == Unit::Plain && low.fract() != 0.0 && is_two_decimals(reading, (start, end)) {
        unit = Unit::Money(None);
    }
    (Quantity { unit, low, high, bound: Bound::Exact, tokens, is_number: first.is_number }, n_used)
}

/// Russian "дней пять", "недели три", "дней за пять": the unit before its number, which makes it about so many. Gives
/// the unit and where it begins.
fn inverted(reading: &Reading<'_>, number: usize) -> Option<(Unit, usize)> {
    const COUNTED: [&str; 12] =
        ["дней", "дня", "недель", "недели", "месяцев", "месяца", "лет", "года", "часов", "часа", "рублей", "штук"];
    const BETWEEN: [&str; 4] = ["за", "на", "через", "в"];
    if reading.language != Language::Ru {
        return None;
    }
    let word = |at: usize| reading.tokens.get(at).map_or("", |t| t.normal.as_str());
    let before = number.checked_sub(1)?;
    let at = if BETWEEN.contains(&word(before)) { before.checked_sub(1)? } else { before };
    let is_counted_already = at.checked_sub(1).is_some_and(|before| {
        reading.tokens[before].is_digits()
            || crate::text::numerals::word_value(word(before), reading.language).is_some()
            || reading.at(Concept::Workday, before).is_some()
    });
    let is_unit = COUNTED.contains(&word(at)) && reading.is_same_clause(at, number) && !is_counted_already;
    let (unit, end) = unit_itself(reading, at).filter(|_| is_unit)?;
    (end == at + 1).then_some((unit, at))
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
    // Greek "from two and ninety" is 2.90, and nobody means two to ninety.
    let is_hundredths = is_and && low < 10.0 && next.is_spoken && is_price_ending(next.low);
    (!is_hundredths && (!is_and || is_between)).then_some(())
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
            let within =
                |concept, most| reading.nearest(concept, span, None).is_some_and(|(distance, _)| distance <= most);
            let is_near = |concept| within(concept, 3);
            let is_rather_near = |concept| within(concept, 6);
            (per.into_iter().any(is_near)
                || is_near(Concept::PriceStrong)
                || is_near(Concept::Price)
                || is_near(Concept::List)
                || is_near(Concept::Instalment)
                || is_near(Concept::After)
                || is_price_ending(next.low)
                    && (is_beside_length(reading, next.tokens.1)
                        // Hours end before 25, and years of the century too.
                        || is_shop_price(whole, next.low)
                        || [Concept::Delivery, Concept::Activation, Concept::Fee].into_iter().any(is_rather_near)))
            .then_some((next.low / 100.0, 1, None, next.tokens.1))
        }
    }
}

/// "A hundred and fifty-nine ninety-nine"
fn is_shop_price(whole: f64, hundredths: f64) -> bool {
    whole >= 25.0 && matches!(hundredths as u32, 95 | 99)
}

/// The hundredths that prices end in.
fn is_price_ending(hundredths: f64) -> bool {
    matches!(hundredths as u32, 50 | 90 | 95 | 99)
}

/// "You keep the twenty-nine fifty for twelve months": a length of time follows in the clause.
fn is_beside_length(reading: &Reading<'_>, at: usize) -> bool {
    [Concept::Month, Concept::Year, Concept::FixedMonths]
        .into_iter()
        .any(|concept| reading.has(concept, (at, reading.clause(at.saturating_sub(1)).1)))
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
    // "Két héten belül háromezer forint": Hungarian puts these after the number that they bend.
    let is_postposed = |m: &Mark| {
        reading.language == Language::Hu && HU_POSTPOSITIONS.contains(&reading.tokens[m.start].normal.as_str())
    };
    // "It goes up to 49": there it is 49.
    let is_change = |m: &Mark| reading.all(Concept::Rises).any(|r| r.start < m.end && m.start < r.end);
    let is_before = |concept: Concept, reach: usize| {
        reading.all(concept).any(|m| {
            !is_postposed(m)
                && !is_change(m)
                && m.end <= start
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
    let is_inverted = reading.language == Language::Ru
        && quantity.is_number
        && reading.tokens[start].normal.chars().all(char::is_alphabetic)
        && unit_itself(reading, start).is_some();
    if at_most || denied {
        Bound::AtMost
    } else if at_least || from_case || (is_before(Concept::From, 0) && !is_range) {
        Bound::AtLeast
    } else if is_inverted || is_before(Concept::Approx, 1) || is_after(Concept::Approx) || is_inside(Concept::Approx) {
        Bound::Approx
    } else {
        Bound::Exact
    }
}

/// Words that bend the number before them.
const HU_POSTPOSITIONS: [&str; 8] = ["belül", "alatt", "alatti", "felett", "fölött", "feletti", "körül", "környékén"];

fn no_number(reading: &Reading<'_>, from: usize, to: usize) -> bool {
    !reading.tokens[from..to].iter().any(Token::is_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers as `low-high unit bound`.
    fn check(language: Language, text: &str, expected: &[&str]) {
        let reading = Reading::new(text, language, |_| Vec::new());
        let shown = |q: &Quantity| {
            let unit = match q.unit {
                Unit::Money(Some(at)) => crate::facts::words::CURRENCIES[at].to_owned(),
                Unit::Money(None) => "money".to_owned(),
                other => format!("{other:?}").to_lowercase(),
            };
            let range = if q.low == q.high { format!("{}", q.low) } else { format!("{}-{}", q.low, q.high) };
            let bound = match q.bound {
                Bound::Exact => "",
                Bound::Approx => " about",
                Bound::AtMost => " at most",
                Bound::AtLeast => " at least",
            };
            format!("{range} {unit}{bound}")
        };
        let found: Vec<String> = reading.quantities.iter().map(shown).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_have_the_unit_that_they_are_spoken_with() {
        use Language::{El, En, Hu, Pl, Ru};
        check(En, "forty nine pounds ninety a month", &["49.9 GBP"]);
        check(En, "£49.90 once", &["49.9 GBP"]);
        check(En, "it costs twenty-four fifty monthly", &["24.5 money"]);
        check(En, "three to five working days", &["3-5 days"]);
        check(En, "between 3 and 5 days", &["3-5 days"]);
        check(En, "a year and a half", &["1.5 years"]);
        check(En, "half a year", &["6 months"]);
        check(En, "a fortnight", &["14 days"]);
        check(En, "within 24 hours", &["24 hours at most"]);
        check(En, "no more than 5 days", &["5 days at most"]);
        check(En, "about a week", &["1 weeks about"]);
        check(En, "49 pounds a month", &["49 GBP"]);
        check(En, "it goes up to 49 pounds", &["49 GBP"]);
        check(En, "it costs up to 49 pounds", &["49 GBP at most"]);
        check(En, "order 42 17 35 99", &[]);
        check(Pl, "czterdzieści dziewięć złotych i dziewięćdziesiąt groszy", &["49.9 PLN"]);
        check(Pl, "od trzech do pięciu dni", &["3-5 days"]);
        check(Pl, "dwa, trzy dni", &["2-3 days"]);
        check(Pl, "pół roku", &["6 months"]);
        check(Pl, "półtora roku", &["1.5 years"]);
        check(Pl, "1 200 zł", &["1200 PLN"]);
        check(Ru, "полторы тысячи рублей", &["1500 RUB"]);
        check(Ru, "двенадцать девятьсот", &["12900 plain"]);
        check(Ru, "полгода", &["6 months"]);
        check(Ru, "недели три", &["3 weeks about"]);
        check(Ru, "дней за пять", &["5 days about"]);
        check(Ru, "пять дней двадцать", &["5 days", "20 plain"]);
        check(Ru, "5 тысяч рублей", &["5000 RUB"]);
        check(Ru, "не более семи дней", &["7 days at most"]);
        check(El, "είκοσι εννέα και ενενήντα ευρώ", &["29.9 EUR"]);
        check(El, "διετής εγγύηση", &["24 months"]);
        check(El, "ενάμιση χρόνο", &["18 months"]);
        check(El, "μέσα σε δεκαπέντε ημέρες", &["15 days at most"]);
        check(Hu, "négyezer-kilencszázkilencven forint", &["4990 HUF"]);
        check(Hu, "5 ezer forint", &["5000 HUF"]);
        check(Hu, "kéthetes", &["14 days"]);
        check(Hu, "két hét", &["2 weeks"]);
        check(Hu, "öt-hét nap", &["5-7 days"]);
        check(Hu, "másfél év", &["18 months"]);
        check(Hu, "öt napon belül", &["5 days at most"]);
        check(Hu, "két héten belül háromezer forint", &["2 weeks at most", "3000 HUF"]);
        check(Hu, "kétezer-ötszázasával", &["2500 plain"]);
        check(Hu, "ezer forinttól", &["1000 HUF at least"]);
    }
}
