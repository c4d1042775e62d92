//! Amounts that are sums of what the sheet names: two months, the first bill, the whole term, the price with its delivery,
//! all instalments. Such an amount contradicts nothing, whatever word stands beside
//! it; what is said to be due each month is no sum of months, and is not looked for here.

use super::sheet::{Product, Sheet};
use crate::call::Attribute;

/// Longest term whose months are added up: longer ones than five years are not sold on the telephone.
const MAX_MONTHS: u32 = 60;

/// As many pieces as a household buys at once.
const MAX_PIECES: u32 = 4;

/// Sums are told to the hundredth, or without the fraction where they are long; anything wider takes a false price for a sum.
pub(super) const EXACT: f64 = 0.011;

/// Does an amount that was taken for a claim of this field come out by adding up what the sheet says of a product, or of
/// two products? All instalments are a sum only where they are spoken of, and what was taken for a fee is in its sum.
pub(super) fn is_sum(sheet: &Sheet, product: &Product, amount: f64, attribute: Attribute) -> bool {
    let fits = |sum: f64| (sum - amount).abs() < EXACT;
    let fits_whole = |sum: f64| fits(sum) || amount.fract() == 0.0 && (sum - amount).abs() < 1.0;
    let instalments = product.instalment_count.zip(product.instalment_amount).map(|(n, amount)| n * amount);
    if attribute == Attribute::InstalmentAmount && instalments.is_some_and(fits_whole) {
        return true;
    }
    let extras: Vec<(Attribute, f64)> = [
        (Attribute::ActivationFee, product.activation_fee),
        (Attribute::InstalmentAmount, product.instalment_amount),
        (Attribute::DeliveryPrice, product.delivery_price),
    ]
    .into_iter()
    .filter_map(|(name, amount)| Some((name, amount?)))
    // A monthly amount with an instalment is told by its words; as a sum alone it is too often a coincidence.
    .filter(|(name, _)| *name != Attribute::InstalmentAmount || attribute == Attribute::InstalmentAmount)
    .collect();
    let is_price = matches!(attribute, Attribute::Price | Attribute::PromoPrice);
    let with_extras = |base: f64, is_base_enough: bool| {
        (0..1_u32 << extras.len()).any(|chosen| {
            let added = || extras.iter().enumerate().filter(|(i, _)| chosen & (1 << i) != 0).map(|(_, extra)| extra);
            let more: f64 = added().map(|(_, amount)| amount).sum();
            match more == 0.0 {
                true => is_price && is_base_enough && fits_whole(base),
                false => (is_price || added().any(|(name, _)| *name == attribute)) && fits(base + more),
            }
        })
    };
    let own: Vec<f64> = [product.price, product.promo_price].into_iter().flatten().collect();
    own.iter().any(|base| with_extras(*base, false))
        || totals(product).into_iter().any(|total| with_extras(total, true))
        || is_price
            && sheet.products.iter().filter(|other| other.name != product.name).any(|other| {
                let theirs = [other.price, other.promo_price].into_iter().flatten();
                theirs.into_iter().any(|theirs| own.iter().any(|own| fits(own + theirs)))
            })
}

/// What is paid for several months, or for several pieces.
fn totals(product: &Product) -> Vec<f64> {
    let mut found = Vec::new();
    let is_monthly = product.per.as_deref() == Some("month");
    let most = if is_monthly { MAX_MONTHS } else { MAX_PIECES };
    let promo = product.promo_price.zip(product.promo_months);
    for n in 2..=most {
        let n = f64::from(n);
        if let Some(price) = product.price {
            found.push(n * price);
            if let Some((promo, months)) = promo.filter(|_| is_monthly) {
                found.push(promo * n.min(months) + price * (n - n.min(months)));
            }
        }
        if let Some((promo, months)) = promo
            && n <= months
        {
            found.push(n * promo);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const SHEET: &str = r#"
[[product]]
name = "Fibre"
price = 42.0
per = "month"
promo = { price = 29.5, months = 6 }
instalments = { count = 10, amount = 3.5 }
activation_fee = 35
[[product]]
name = "Speaker"
price = 189.0
per = "once"
delivery_price = 6.95
"#;

    fn check(product: usize, attribute: Attribute, amount: f64, expected: bool) {
        let sheet = Sheet::parse(Path::new("facts.toml"), SHEET.as_bytes()).expect("a sheet");
        let found = is_sum(&sheet, &sheet.products[product], amount, attribute);
        assert_eq!(found, expected, "{attribute:?} {amount}");
    }

    #[test]
    fn what_several_facts_come_to_is_a_sum() {
        // Six months at 29.50 and six at 42; the whole is told without its fraction.
        check(0, Attribute::Price, 429.0, true);
        check(0, Attribute::PromoPrice, 177.0, true);
        check(0, Attribute::Price, 84.0, true);
        // The first bill: 29.50 and 35; with an instalment it is one.
        check(0, Attribute::PromoPrice, 64.5, true);
        check(0, Attribute::ActivationFee, 77.0, true);
        check(0, Attribute::InstalmentAmount, 35.0, true);
        check(0, Attribute::InstalmentAmount, 33.0, true);
        check(0, Attribute::PromoPrice, 33.0, false);
        check(1, Attribute::DeliveryPrice, 195.95, true);
        check(1, Attribute::Price, 378.0, true);
        check(1, Attribute::Price, 231.0, true);
    }

    #[test]
    fn other_amounts_are_none_and_a_fee_is_only_in_sums_that_hold_it() {
        check(0, Attribute::Price, 45.0, false);
        // Ten instalments, which nobody spoke of.
        check(0, Attribute::Price, 35.0, false);
        // Two months are no activation fee.
        check(0, Attribute::ActivationFee, 84.0, false);
        check(1, Attribute::DeliveryPrice, 9.95, false);
        check(1, Attribute::Price, 195.0, false);
    }
}
