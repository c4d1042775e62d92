//! Numbers before their units: in digits and words, "a week", "half a year", "fortnight", and what Hungarian and other
//! languages write together with the thing counted. Not which unit follows: that is read beside them.

use super::{Unit, unit_at, unit_itself};
use crate::facts::reading::Reading;
use crate::facts::words::Concept;
use crate::text::numerals::{self, NumberSpan};
use crate::text::{Language, Token};

/// A value before its unit.
pub(super) struct Value {
    pub low: f64,
    pub high: f64,
    pub tokens: (usize, usize),
    /// The unit that the word itself names: "kétnapos".
    pub unit: Option<Unit>,
    pub is_spoken: bool,
    pub is_number: bool,
}

/// Periods in one word, "a week", "half a year", and numbers, in order; none overlaps another.
pub(super) fn values(reading: &Reading<'_>, names: &[(usize, usize)]) -> Vec<Value> {
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
        // "Την επόμενη εβδομάδα", "την επόμενη Δευτέρα" begin as "the next day" does.
        let is_of_week = reading.all(Concept::NextWeek).any(|m| m.start < mark.end && mark.start < m.end)
            || reading.at(Concept::Weekday, mark.end).is_some();
        if mark.concept == Concept::FixedDays && is_of_week {
            continue;
        }
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
    special.extend(bare_units(reading));
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
            // "kétezer-ötszázasával": the thousands stand before the hyphen.
            if let Some((thousands, None)) = spans.iter_mut().find(|(s, _)| s.tokens.1 == at)
                && let Some(head) = thousands.value.filter(|head| *head >= 1000.0 && head % 1000.0 == 0.0)
                && value < 1000.0
                && unit.is_none()
                && reading.gap(at - 1, at) == "-"
            {
                thousands.value = Some(head + value);
                thousands.tokens.1 = at + 1;
                thousands.bytes.1 = token.end;
                continue;
            }
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
const HU_ENDINGS: [&str; 27] = [
    "asával", "esével", "osával", "ösével", "ával", "ével", "től", "tól", "ból", "ből", "nál", "nél", "ért", "ban",
    "ben", "ról", "ről", "as", "es", "os", "ös", "ra", "re", "ig", "at", "et", "ot",
];

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

/// "Гарантия год.", "ma pani tydzień": a unit by itself that ends a clause, in languages without articles.
fn bare_units(reading: &Reading<'_>) -> Vec<Value> {
    const FORMS: [(Language, &str, Unit); 7] = [
        (Language::Pl, "tydzień", Unit::Weeks),
        (Language::Pl, "miesiąc", Unit::Months),
        (Language::Pl, "rok", Unit::Years),
        (Language::Ru, "неделя", Unit::Weeks),
        (Language::Ru, "неделю", Unit::Weeks),
        (Language::Ru, "месяц", Unit::Months),
        (Language::Ru, "год", Unit::Years),
    ];
    // "раз в год", "za miesiąc", "ten rok", "первый год": a rate, a date or a certain one.
    const NOT_AFTER: [&str; 18] = [
        "в",
        "за",
        "на",
        "через",
        "каждый",
        "этот",
        "следующий",
        "прошлый",
        "za",
        "na",
        "co",
        "w",
        "przez",
        "ten",
        "każdy",
        "raz",
        "przyszły",
        "zeszły",
    ];
    let mut found = Vec::new();
    for (at, token) in reading.tokens.iter().enumerate().skip(1) {
        let Some((_, _, unit)) = FORMS.iter().find(|(l, form, _)| *l == reading.language && *form == token.normal)
        else {
            continue;
        };
        let before = &reading.tokens[at - 1];
        let ends_clause = at + 1 >= reading.tokens.len() || !reading.is_same_clause(at, at + 1);
        let is_counted = before.is_digits()
            || numerals::word_value(&before.normal, reading.language).is_some()
            || before.clause != token.clause
            || NOT_AFTER.contains(&before.normal.as_str())
            || reading.all(Concept::First).any(|m| m.end == at)
            || reading.all(Concept::Half).any(|m| m.end == at)
            || reading.all(Concept::Currency).any(|m| m.end == at);
        if ends_clause && !is_counted {
            found.push(Value {
                low: 1.0,
                high: 1.0,
                tokens: (at, at + 1),
                unit: Some(*unit),
                is_spoken: true,
                is_number: false,
            });
        }
    }
    found
}
