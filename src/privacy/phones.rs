//! Telephone numbers: valid ones by the plans of the countries, and ones of the right form that no network has given out.
//! What is free to call or costs extra is a business and no private person.

use phonenumber::country;

use super::chains::Group;
use crate::text::Language;

/// How sure it is that a number of the right length and beginning, which no network has given out, is a phone number.
pub(super) const FORM_CONFIDENCE: f64 = 0.65;

/// Without a word that says so, a number with fewer digits is too often something else: national numbers of the six
/// regions that are dialled in full have nine or more.
pub(super) const MIN_BARE_PHONE_DIGITS: usize = 9;

/// What is named and has fewer digits is part of something else: the shortest numbers that people dictate, those of
/// one town, have seven.
pub(super) const MIN_NAMED_PHONE_DIGITS: usize = 7;

/// … and of a telephone at home six: towns of Russia, Hungary and Britain have numbers of as many.
pub(super) const MIN_LOCAL_PHONE_DIGITS: usize = 6;

/// E.164 allows 15 digits, trunk or international prefixes up to three more.
pub(super) const MAX_PHONE_DIGITS: usize = 18;

/// How sure it is that the digits are a phone number; `None` if they are none.
pub(super) fn phone_confidence(
    digits: &str,
    has_plus: bool,
    is_named: bool,
    language: Option<Language>,
) -> Option<f64> {
    if !(MIN_NAMED_PHONE_DIGITS..=MAX_PHONE_DIGITS).contains(&digits.len()) {
        return None;
    }
    if has_plus {
        return is_phone(None, &format!("+{digits}")).then_some(0.97);
    }
    if digits.len() < MIN_BARE_PHONE_DIGITS && !is_named {
        return None;
    }
    let regions: &[country::Id] = match language {
        Some(Language::Pl) => &[country::PL],
        Some(Language::Ru) => &[country::RU],
        Some(Language::El) => &[country::GR],
        Some(Language::Hu) => &[country::HU],
        // British numbers begin with 0 when they are dialled; without it, any ten digits from 1 up would do.
        Some(Language::En) if digits.starts_with('0') => &[country::GB],
        Some(Language::En) => &[country::US],
        // An unknown language gives no region: only a named number is searched for in all of them.
        None if is_named => &[country::US, country::GB, country::PL, country::RU, country::GR, country::HU],
        None => &[],
    };
    let is_valid = regions.iter().any(|region| is_phone(Some(*region), digits))
        // With the country in front but no plus: "48 601 …", "0048 601 …".
        || is_named && digits.len() >= 11 && is_phone(None, &format!("+{}", digits.trim_start_matches("00")));
    is_valid.then_some(if is_named { 0.95 } else { 0.75 })
}

/// Looks like a phone number as the country writes it, though no network has given it out: numbers kept for films and
/// examples, or one in which a digit was misheard.
pub(super) fn has_phone_form(groups: &[Group], digits: &str, has_plus: bool, language: Option<Language>) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.text.len()).collect();
    let n = digits.len();
    if is_business(digits, language) {
        return false;
    }
    has_plus && (10..=15).contains(&n)
        || match language {
            Some(Language::En) => {
                n == 11 && ["01", "02", "07"].iter().any(|head| digits.starts_with(head)) || lengths == [3, 3, 4]
            }
            Some(Language::Pl) => lengths == [3, 3, 3] || lengths == [2, 3, 2, 2],
            Some(Language::Ru) => n == 11 && (digits.starts_with("89") || digits.starts_with("79")),
            Some(Language::El) => n == 10 && (digits.starts_with("69") || digits.starts_with('2')),
            Some(Language::Hu) => (10..=11).contains(&n) && digits.starts_with("06"),
            None => false,
        }
}

/// A number that is free to call or costs extra.
pub(super) fn is_business(digits: &str, language: Option<Language>) -> bool {
    use phonenumber::Type;
    // Free numbers as they are dialled, whether or not that very number is given out.
    if ["8800", "0800", "800", "0680"].iter().any(|head| digits.starts_with(head)) {
        return true;
    }
    let regions: &[country::Id] = match language {
        Some(Language::Pl) => &[country::PL],
        Some(Language::Ru) => &[country::RU],
        Some(Language::El) => &[country::GR],
        Some(Language::Hu) => &[country::HU],
        // British numbers begin with 0.
        _ if digits.starts_with('0') => &[country::GB],
        _ => &[country::US],
    };
    regions.iter().any(|region| {
        phonenumber::parse(Some(*region), digits).is_ok_and(|number| {
            let kind = number.number_type(&phonenumber::metadata::DATABASE);
            matches!(kind, Type::TollFree | Type::PremiumRate | Type::SharedCost | Type::Uan)
        })
    })
}

/// A number that somebody can have at home or with them: what is free of charge or costs extra belongs to a business.
fn is_phone(region: Option<country::Id>, written: &str) -> bool {
    use phonenumber::Type;
    phonenumber::parse(region, written).is_ok_and(|number| {
        let kind = number.number_type(&phonenumber::metadata::DATABASE);
        let is_business = matches!(kind, Type::TollFree | Type::PremiumRate | Type::SharedCost | Type::Uan);
        phonenumber::is_valid(&number) && !is_business
    })
}
