//! Claims against the sheet. A claim is false if no product that it can be about bears it out; people round, hedge and
//! name ranges, and what fits any reading of their words is true. What the sheet leaves out is not judged.

use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::claims::{Period, Said, Value};
use super::quantity::Bound;
use super::sheet::{Fee, Product, Sheet};
use super::sums;
use super::words::CURRENCIES;
use crate::call::{Attribute, Contradiction};

/// "About 50" fits what is within so much of it.
const APPROX_RATIO: f64 = 0.25;

/// "5000" for 4990: a number as round as that is rounded, if the difference is no more than this.
const ROUND_RATIO: f64 = 0.01;

/// A price that is so many times another one is the price of something else. Own choice: reductions beyond two thirds are
/// rare even in lies.
const OTHER_THING_RATIO: f64 = 3.0;

/// So far below the price an amount is of something else even where the product is named. Own choice: offers at a fifth
/// of the price are told as gifts.
const FAR_BELOW_RATIO: f64 = 5.0;

/// An instalment so many times another one is of another thing. Wider than for prices: instalments are small.
const OTHER_INSTALMENT_RATIO: f64 = 10.0;

/// "49" for 49.90: whole units are named instead of the fraction.
const WHOLE_UNIT: f64 = 1.0;

/// Days and months are counted in different lengths: 30 days are a month, 52 weeks a year.
const PERIOD_SLACK_RATIO: f64 = 0.04;

/// What came of a claim.
pub(super) enum Verdict {
    /// The sheet says nothing of it.
    NotJudged,
    BorneOut,
    False(Box<Contradiction>),
}

pub(super) fn compare(sheet: &Sheet, said: &Said) -> Verdict {
    match said.attribute {
        Attribute::Company => {
            if matches!(&said.value, Value::Words(name) if super::claims::is_own_name(sheet, name)) {
                return Verdict::BorneOut;
            }
            let fact = sheet.company.clone().or_else(|| sheet.aliases.first().cloned());
            return Verdict::False(contradiction(said, claimed(said), json!(fact), None, None));
        }
        Attribute::Confidential => {
            return Verdict::False(contradiction(said, claimed(said), Json::Null, None, None));
        }
        _ => {}
    }
    let candidates: Vec<&Product> = match &said.products {
        Some(indices) => indices.iter().filter_map(|i| sheet.products.get(*i)).collect(),
        None => sheet.products.iter().collect(),
    };
    let judged: Vec<(&Product, Judged)> =
        candidates.iter().filter_map(|product| Some((*product, judge(product, said)?))).collect();
    if judged.is_empty() {
        return Verdict::NotJudged;
    }
    if judged.iter().any(|(_, j)| j.fits) {
        return Verdict::BorneOut;
    }
    if is_sum(sheet, said, &candidates) {
        return Verdict::NotJudged;
    }
    // A field of its own says more than one that the claim may have been meant for.
    let (product, own) = judged.iter().find(|(_, j)| j.attribute == said.attribute).unwrap_or(&judged[0]);
    let name = (judged.len() == 1).then(|| product.name.clone());
    let mut found = contradiction(
        said,
        own.claimed.clone().unwrap_or_else(|| claimed(said)),
        own.fact.clone(),
        own.unit.clone(),
        name,
    );
    found.attribute = own.attribute;
    found.confidence *= own.factor;
    Verdict::False(found)
}

/// Is the amount what several things of the sheet come to?
fn is_sum(sheet: &Sheet, said: &Said, products: &[&Product]) -> bool {
    let can_be = matches!(
        said.attribute,
        Attribute::Price
            | Attribute::PromoPrice
            | Attribute::InstalmentAmount
            | Attribute::ActivationFee
            | Attribute::DeliveryPrice
    );
    let Value::Number { low, high, .. } = said.value else { return false };
    // "84 a month" is no two months of 42; an instalment may come on top of it each month.
    let recurs = matches!(said.period, Some(Period::Day | Period::Week | Period::Month | Period::Year));
    if recurs && !said.is_total && said.attribute != Attribute::InstalmentAmount {
        return false;
    }
    // "25 at the beginning, then only the monthly fee": a fee of the sheet, told without its name.
    let is_other_fact = |product: &&Product| {
        let fees = [product.activation_fee, product.delivery_price];
        fees.into_iter().flatten().any(|fee| fee > 0.0 && (fee - low).abs() < sums::EXACT)
    };
    let is_bare = said.period.is_none() && !said.is_named;
    if is_bare
        && matches!(said.attribute, Attribute::Price | Attribute::PromoPrice)
        && products.iter().any(is_other_fact)
    {
        return true;
    }
    can_be
        && low == high
        && low > 0.0
        && products.iter().any(|product| sums::is_sum(sheet, product, low, said.attribute))
}

/// A claim beside the fact of one product.
struct Judged {
    fits: bool,
    /// The field that it contradicts, which may be another than it was taken for.
    attribute: Attribute,
    fact: Json,
    claimed: Option<Json>,
    unit: Option<String>,
    factor: f64,
}

fn judge(product: &Product, said: &Said) -> Option<Judged> {
    let plain = |attribute, fits, fact, unit: Option<&str>| Judged {
        fits,
        attribute,
        fact,
        claimed: None,
        unit: unit.map(str::to_owned),
        factor: 1.0,
    };
    match (&said.value, said.attribute) {
        (Value::Date(date), Attribute::ValidUntil) => {
            let fact = product.valid_until?;
            Some(plain(Attribute::ValidUntil, *date == fact, json!(fact.to_string()), None))
        }
        (Value::Flag(renews), Attribute::Renewal) => {
            let fact = product.renews?;
            let word = |renews| if renews { "automatic" } else { "none" };
            let mut judged = plain(Attribute::Renewal, *renews == fact, json!(word(fact)), None);
            judged.claimed = Some(json!(word(*renews)));
            Some(judged)
        }
        (Value::Number { low, high, bound }, attribute) => {
            judge_number(product, said, attribute, (*low, *high, *bound))
        }
        _ => None,
    }
}

fn judge_number(product: &Product, said: &Said, attribute: Attribute, claim: (f64, f64, Bound)) -> Option<Judged> {
    let number = |fact: f64, fits: bool, unit: &str| Judged {
        fits,
        attribute,
        fact: json!(fact),
        claimed: None,
        unit: Some(unit.to_owned()),
        factor: 1.0,
    };
    let (low, high, bound) = claim;
    match attribute {
        Attribute::Price | Attribute::PromoPrice | Attribute::ListPrice => judge_price(product, said, claim),
        Attribute::ActivationFee => money(product, said, product.activation_fee?, claim, attribute),
        Attribute::DeliveryPrice => money(product, said, product.delivery_price?, claim, attribute),
        // Of another order it is the instalment of something else.
        Attribute::InstalmentAmount
            if product
                .instalment_amount
                .is_some_and(|own| low > own * OTHER_INSTALMENT_RATIO || high < own / OTHER_INSTALMENT_RATIO) =>
        {
            None
        }
        Attribute::InstalmentAmount => money(product, said, product.instalment_amount?, claim, attribute),
        Attribute::CancellationFee => money(product, said, product.cancellation_fee?, claim, attribute),
        Attribute::EarlyExitFee => match product.early_exit_fee.as_ref()? {
            Fee::Amount(fee) => money(product, said, *fee, claim, attribute),
            Fee::Words(words) => match amount_in(words) {
                Some(fee) => money(product, said, fee, claim, attribute),
                None => {
                    // What is owed by the words is no fixed amount, and not nothing.
                    let is_nothing = high == 0.0;
                    let factor = if is_nothing { 1.0 } else { 0.8 };
                    Some(Judged {
                        fits: false,
                        attribute,
                        fact: json!(words),
                        claimed: None,
                        unit: product.currency.clone(),
                        factor,
                    })
                }
            },
        },
        Attribute::DeliveryDays => {
            let fact = product.delivery_days?;
            let fits = fits_range(low, high, bound, fact);
            let fact_json = json!({"min": fact.0, "max": fact.1});
            Some(Judged { fits, attribute, fact: fact_json, claimed: None, unit: Some("days".into()), factor: 1.0 })
        }
        Attribute::ContractMonths => {
            let fact = product.contract_months?;
            Some(number(fact, fits_period(claim, fact), "months"))
        }
        Attribute::WarrantyMonths => {
            let fact = product.warranty_months?;
            Some(number(fact, fits_period(claim, fact), "months"))
        }
        Attribute::PromoMonths => {
            let fact = product.promo_months?;
            // Beside another amount than the promotion's it is the length of something else.
            let is_own = said.beside.is_none_or(|amount| {
                product.promo_price.is_none_or(|promo| fits_money((amount, amount, Bound::Exact), promo))
            });
            if !is_own {
                return None;
            }
            Some(number(fact, fits_period(claim, fact), "months"))
        }
        Attribute::CancellationDays => {
            let fact = product.cancellation_days?;
            // "A month" for 30 or 31 days.
            let is_month = low == high && (fact - low).abs() <= 1.0 && low >= 28.0;
            Some(number(fact, is_month || fits_period(claim, fact), "days"))
        }
        Attribute::InstalmentCount => {
            let fact = product.instalment_count?;
            Some(number(fact, fits_period(claim, fact), "instalments"))
        }
        Attribute::Stock => {
            let fact = product.stock?;
            Some(number(fact, fits_number(claim, fact), "pieces"))
        }
        _ => None,
    }
}

/// "2000 рублей" → 2000.
fn amount_in(words: &str) -> Option<f64> {
    let digits: String =
        words.trim_start().chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    digits.replace(',', ".").trim_end_matches('.').parse().ok()
}

/// Is the amount in a currency that can be compared with the product's?
fn is_same_currency(product: &Product, said: &Said) -> bool {
    match (&product.currency, said.currency) {
        (Some(own), Some(claimed)) => CURRENCIES.get(claimed).is_some_and(|code| code == own),
        _ => true,
    }
}

fn money(product: &Product, said: &Said, fact: f64, claim: (f64, f64, Bound), attribute: Attribute) -> Option<Judged> {
    if !is_same_currency(product, said) {
        return None;
    }
    let unit = product.currency.clone();
    Some(Judged { fits: fits_money(claim, fact), attribute, fact: json!(fact), claimed: None, unit, factor: 1.0 })
}

/// Months that a period is of, for prices that recur.
fn months_of(period: Period) -> Option<f64> {
    match period {
        Period::Day => Some(1.0 / 30.0),
        Period::Week => Some(12.0 / 52.0),
        Period::Month => Some(1.0),
        Period::Year => Some(12.0),
        Period::Once | Period::Piece => None,
    }
}

fn period_of(per: &str) -> Period {
    match per {
        "day" => Period::Day,
        "week" => Period::Week,
        "month" => Period::Month,
        "year" => Period::Year,
        "once" => Period::Once,
        _ => Period::Piece,
    }
}

fn judge_price(product: &Product, said: &Said, claim: (f64, f64, Bound)) -> Option<Judged> {
    if !is_same_currency(product, said) {
        return None;
    }
    let own = product.per.as_deref().map(period_of);
    // A total is the sum of something; of a thing that is paid once it may well be its price.
    if said.is_total && (own != Some(Period::Once) || !said.is_named) {
        return None;
    }
    let factor = match (own, said.period) {
        (Some(own), Some(claimed)) => match (months_of(own), months_of(claimed)) {
            (Some(own), Some(claimed)) => own / claimed,
            (None, None) => 1.0,
            // By the month and at once are two things: an instalment, or a fee.
            _ => return None,
        },
        _ => 1.0,
    };
    let claim = (claim.0 * factor, claim.1 * factor, if factor == 1.0 { claim.2 } else { Bound::Approx });
    // "Regular price", "instead of": the list price, or the price before or after the promotion.
    let hundreds = in_hundreds(product, said, claim);
    let (claim, claimed) = match hundreds {
        Some(value) => ((value, value, claim.2), Some(json!(value))),
        None => (claim, None),
    };
    // A sum may hold the delivery.
    let delivery = product.delivery_price.filter(|_| said.is_total).unwrap_or(0.0);
    let fits =
        |fact: Option<f64>| fact.is_some_and(|fact| fits_money(claim, fact) || fits_money(claim, fact + delivery));
    let (attribute, fact, is_true) = match said.attribute {
        // Of an unnamed product another order of amount is of something else.
        Attribute::ListPrice
            if !said.is_named
                && product
                    .list_price
                    .or(product.price)
                    .is_some_and(|own| claim.1 > own * OTHER_THING_RATIO || claim.0 < own / OTHER_THING_RATIO) =>
        {
            return None;
        }
        // What it cost once is only known of the list price.
        Attribute::ListPrice if said.is_past && product.list_price.is_none() => return None,
        Attribute::ListPrice => match (product.list_price, product.price) {
            (Some(list), _) => (Attribute::ListPrice, list, fits(Some(list)) || fits(product.price)),
            (None, Some(price)) if product.promo_price.is_some() => (Attribute::Price, price, fits(Some(price))),
            _ => return None,
        },
        // So much more than the price is a sum of several months.
        Attribute::PromoPrice
            if product.price.or(product.promo_price).is_some_and(|own| claim.0 > own * OTHER_THING_RATIO) =>
        {
            return None;
        }
        Attribute::PromoPrice => match (product.promo_price, product.price) {
            (Some(promo), price) => (Attribute::PromoPrice, promo, fits(Some(promo)) || fits(price)),
            (None, Some(price)) if said.is_named || is_alike(claim, price) => {
                (Attribute::Price, price, fits(Some(price)))
            }
            _ => return None,
        },
        _ => {
            let price = product.price?;
            // "The case is 15": an amount of another order is of another thing, unless the product is named.
            let is_far = claim.0 > price * OTHER_THING_RATIO || claim.1 > 0.0 && claim.1 < price / FAR_BELOW_RATIO;
            if !said.is_named && !is_alike(claim, price) || is_far {
                return None;
            }
            let is_true = fits(Some(price)) || fits(product.promo_price) || fits(product.list_price);
            (Attribute::Price, price, is_true)
        }
    };
    let per = product.per.as_deref().map(|per| format!("/{per}")).unwrap_or_default();
    let unit = product.currency.as_ref().map(|currency| format!("{currency}{per}"));
    Some(Judged { fits: is_true, attribute, fact: json!(fact), claimed, unit, factor: 1.0 })
}

/// Is an amount of the order of another?
fn is_alike((low, high, _): (f64, f64, Bound), price: f64) -> bool {
    high <= price * OTHER_THING_RATIO && low >= price / OTHER_THING_RATIO
}

/// "One eighty-nine" of what costs hundreds is 189, not 1.89. Only of a named product, without a currency, and where the smaller reading is of
/// another order than the price.
fn in_hundreds(product: &Product, said: &Said, (low, high, _): (f64, f64, Bound)) -> Option<f64> {
    let price = product.price.or(product.list_price)?;
    let is_spoken =
        said.is_named && said.currency.is_none() && low == high && (1.0..10.0).contains(&low) && low.fract() != 0.0;
    let value = (low * 100.0).round();
    let is_alike = value <= price * OTHER_THING_RATIO && value >= price / OTHER_THING_RATIO;
    (is_spoken && is_alike && low < price / OTHER_THING_RATIO).then_some(value)
}

/// An amount as people say it: rounded where it is round, without its fraction where it is whole.
fn fits_money((low, high, bound): (f64, f64, Bound), fact: f64) -> bool {
    match bound {
        Bound::AtMost => fact <= high * (1.0 + ROUND_RATIO),
        Bound::AtLeast => fact >= low * (1.0 - ROUND_RATIO),
        Bound::Approx => (low * (1.0 - APPROX_RATIO)..=high * (1.0 + APPROX_RATIO)).contains(&fact),
        Bound::Exact if low == high => {
            let difference = (fact - low).abs();
            let drops_fraction = low.fract() == 0.0 && fact.fract() != 0.0 && difference < WHOLE_UNIT;
            let is_rounded = is_rounder(low, fact) && difference <= fact * ROUND_RATIO;
            difference < 0.005 || (low > 0.0 && (drops_fraction || is_rounded))
        }
        Bound::Exact => (low..=high).contains(&fact),
    }
}

/// Does a number end in more zeros than another?
fn is_rounder(claimed: f64, fact: f64) -> bool {
    let zeros = |value: f64| (0..6).take_while(|n| value > 0.0 && value % 10_f64.powi(n + 1) == 0.0).count();
    claimed.fract() == 0.0 && (fact.fract() != 0.0 || zeros(claimed) > zeros(fact))
}

fn fits_number((low, high, bound): (f64, f64, Bound), fact: f64) -> bool {
    match bound {
        Bound::AtMost => fact <= high,
        Bound::AtLeast => fact >= low,
        Bound::Approx => (low * (1.0 - APPROX_RATIO)..=high * (1.0 + APPROX_RATIO)).contains(&fact),
        Bound::Exact => (low..=high).contains(&fact),
    }
}

fn fits_period((low, high, bound): (f64, f64, Bound), fact: f64) -> bool {
    let slack = fact * PERIOD_SLACK_RATIO;
    // "Within 14 days you may withdraw", "up to 24 months": the most that there is is the length itself.
    let bound = if bound == Bound::AtMost { Bound::Exact } else { bound };
    if fact == 0.0 || high == 0.0 {
        return (high - fact).abs() < f64::EPSILON;
    }
    fits_number((low - slack, high + slack, bound), fact)
}

/// A time that delivery is said to take against the one that it takes: they share a day. "Up to 7 days" is about the
/// longest, and true when the longest is in the fact's range.
fn fits_range(low: f64, high: f64, bound: Bound, (min, max): (f64, f64)) -> bool {
    match bound {
        Bound::AtMost => high >= min && high <= max,
        Bound::AtLeast => low <= max,
        Bound::Approx => high * (1.0 + APPROX_RATIO) >= min && low * (1.0 - APPROX_RATIO) <= max,
        Bound::Exact => high >= min && low <= max,
    }
}

fn claimed(said: &Said) -> Json {
    match &said.value {
        Value::Number { low, high, bound } if low == high || *bound == Bound::AtMost => json!(tidy(*high)),
        Value::Number { low, high, .. } => json!({"min": tidy(*low), "max": tidy(*high)}),
        Value::Date(date) => json!(Date::to_string(date)),
        Value::Flag(flag) => json!(flag),
        Value::Words(words) => json!(words),
    }
}

/// Hundredths are enough for money and for hours as days.
fn tidy(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn contradiction(
    said: &Said,
    claimed: Json,
    fact: Json,
    unit: Option<String>,
    product: Option<String>,
) -> Box<Contradiction> {
    Box::new(Contradiction {
        attribute: said.attribute,
        claimed,
        fact,
        unit,
        product,
        utterance: said.utterance,
        bytes: said.quote,
        start_s: None,
        end_s: None,
        confidence: said.confidence,
    })
}
