//! What a value may belong to beside the product of the sheet: a part of it, another service, a faster delivery, what is
//! fetched or sent back, a longer warranty for money. Only tells that it may; what follows is for the parsers.

use super::Mention;
use crate::facts::reading::Reading;
use crate::facts::words::{Concept, Mark};
use crate::text::Language;

/// "Extended" and the warranty stand at most so far apart.
const MAX_EXTENDED_DISTANCE: usize = 2;

fn overlaps(mark: &Mark, span: (usize, usize)) -> bool {
    mark.start < span.1 && span.0 < mark.end
}

/// "The filter of the cleaner is changed twice a year and costs 9": the sentence begins with a part, and the product only
/// tells of what, or the word says that it is one to replace.
pub(super) fn is_of_part(reading: &Reading<'_>, mentions: &[Mention], span: (usize, usize)) -> bool {
    let (from, to) = reading.sentence(span.0);
    let is_inside = |tokens: (usize, usize)| tokens.0 >= from && tokens.1 <= to;
    reading.all(Concept::Accessory).any(|part| {
        let is_named = mentions.iter().any(|m| overlaps(part, m.tokens));
        // "With remote and cable": what comes with it.
        let is_with = reading.all(Concept::With).any(|w| w.end <= part.start && part.start - w.end <= 1);
        // "The SoundBar remote", "a HomeSafe akkumulátora": the product's name tells whose part it is.
        let is_owner =
            |m: &Mention| matches!(reading.language, Language::En | Language::Hu) && m.tokens.1 == part.start;
        let is_of_product = mentions.iter().any(|m| {
            is_inside(m.tokens)
                && (m.tokens.0 >= part.end || is_owner(m))
                && reading.is_same_clause(m.tokens.0, part.start)
        });
        let is_spare = || {
            let is_tied = |m: &Mark| m.start >= from && m.end <= to;
            reading.all(Concept::Spare).any(is_tied)
        };
        // A product named in a later clause than the part, before the value, is the subject again.
        let is_left = mentions.iter().any(|m| {
            is_inside(m.tokens)
                && m.tokens.0 >= part.end
                && m.tokens.1 <= span.0
                && !reading.is_same_clause(m.tokens.0, part.start)
        });
        is_inside((part.start, part.end))
            && part.end <= span.0
            && !is_named
            && !is_with
            && !is_left
            && (is_of_product
                || is_spare()
                || reading.is_same_clause(part.start, span.0) && begins_clause(reading, part))
    })
}

/// Is it the first word of its clause, but for an article?
fn begins_clause(reading: &Reading<'_>, mark: &Mark) -> bool {
    mark.start - reading.clause(mark.start).0 <= 1
}

/// "Television is free for three months": another service begins the clause, and the product is not named in the sentence.
pub(super) fn is_of_service(reading: &Reading<'_>, mentions: &[Mention], span: (usize, usize)) -> bool {
    let (from, to) = reading.sentence(span.0);
    let clause = reading.clause(span.0);
    let is_named = mentions.iter().any(|m| m.tokens.0 >= from && m.tokens.1 <= to && !m.products.is_empty());
    !is_named
        && reading.all(Concept::Service).any(|m| {
            // "Internet with television": a part of the package.
            let is_with = reading.all(Concept::With).any(|w| w.end <= m.start && m.start - w.end <= 1);
            m.start >= clause.0 && m.end <= span.0 && !is_with
        })
}

/// "At present you pay 60": what the customer pays, where neither an offer nor another price is spoken of.
pub(super) fn is_paid_now(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let sentence = reading.sentence(span.0);
    let is_of_offer =
        [Concept::Promo, Concept::After, Concept::List, Concept::StockLast, Concept::Us, Concept::Discount]
            .into_iter()
            .any(|c| reading.has(c, sentence));
    reading.has(Concept::Now, reading.clause(span.0)) && !is_of_offer
}

/// "It" and its amount stand at most so far apart.
const MAX_IT_DISTANCE: usize = 3;

/// A number that names something stands at most so far from the word that says so.
const MAX_IDENTIFIER_DISTANCE: usize = 4;

/// "Your parcel number ends in nineteen ninety".
pub(super) fn is_identifier(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    // "Two metres by one sixty"
    const BY: [&str; 2] = ["by", "επι"];
    let before = span.0.checked_sub(1).map_or("", |at| reading.tokens[at].normal.as_str());
    if BY.contains(&before) {
        return true;
    }
    let (from, _) = reading.sentence(span.0);
    reading.all(Concept::Ident).filter(|m| m.start >= from && m.end <= span.0).any(|m| {
        let is_near = span.0 - m.end <= MAX_IDENTIFIER_DISTANCE && reading.is_same_clause(m.start, span.0);
        // "The serial number begins with SN, then 88, then 213"
        let is_row = || (m.end..span.0).any(|at| reading.tokens[at].is_digits());
        is_near || is_row() && !reading.has(Concept::PriceStrong, (m.end, span.0))
    })
}

/// "For five hundred" and "not" stand at most so far apart.
const MAX_REFUSAL_DISTANCE: usize = 2;

/// "For five hundred we do not sell it": a price that is refused.
pub(super) fn is_refused(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    const FOR: [&str; 5] = ["for", "at", "za", "за", "με"];
    let word = |at: Option<usize>| at.and_then(|at| reading.tokens.get(at)).map_or("", |t| t.normal.as_str());
    let is_for = FOR.contains(&word(span.0.checked_sub(1))) || word(span.1.checked_sub(1)).ends_with("ért");
    let is_denied = |m: &Mark| {
        m.start >= span.1
            && m.start - span.1 <= MAX_REFUSAL_DISTANCE
            && reading.is_same_clause(m.start, span.0)
            && !reading.all(Concept::NotFalse).any(|f| overlaps(f, (m.start, m.end)))
    };
    is_for && reading.all(Concept::Not).any(is_denied)
}

/// "It is 46 a month": the sentence begins with a word for what is spoken of.
pub(super) fn is_it(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    const IT: [&str; 8] = ["it", "that", "this", "to", "это", "ειναι", "ez", "az"];
    let (from, _) = reading.sentence(span.0);
    span.0 - from <= MAX_IT_DISTANCE && reading.tokens.get(from).is_some_and(|t| IT.contains(&t.normal.as_str()))
}

/// "The visit costs 220": something that the sheet does not name stands before the word for costing.
pub(super) fn has_other_subject(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let clause = reading.clause(span.0);
    let is_of_sale = [Concept::ProductNoun, Concept::Offer, Concept::Us, Concept::For]
        .into_iter()
        .any(|c| reading.has(c, (clause.0, span.0)));
    let first =
        reading.all(Concept::PriceStrong).filter(|m| m.start >= clause.0 && m.end <= span.0).map(|m| m.start).min();
    !is_of_sale && !is_it(reading, span) && first.is_some_and(|at| at > clause.0)
}

/// "Another eighteen pounds": on top of what was told.
pub(super) fn is_on_top(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    reading.all(Concept::More).any(|m| m.end == span.0 && reading.is_same_clause(m.start, span.0))
}

/// "Express delivery tomorrow is twelve more": does the sentence speak of a faster delivery, which costs?
pub(super) fn is_faster_for_money(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let (from, to) = reading.sentence(span.0);
    let is_inside = |tokens: (usize, usize)| tokens.0 >= from && tokens.1 <= to;
    reading.has(Concept::Express, (from, to))
        && (reading.quantities.iter().any(|q| q.is_money() && q.high > 0.0 && is_inside(q.tokens))
            || [Concept::Fee, Concept::OtherThing, Concept::Hidden].into_iter().any(|c| reading.has(c, (from, to))))
}

/// "Fetching it in the shop is free", "sending it back costs nothing": is that said in the clause, and no word for delivery
/// before it ("delivery and collection are free")?
pub(super) fn is_fetched_or_sent_back(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let clause = reading.clause(span.0);
    reading.all(Concept::Pickup).any(|own| {
        let is_delivery = |m: &Mark| m.end <= own.start && m.start >= clause.0;
        own.start >= clause.0 && own.end <= clause.1 && !reading.all(Concept::Delivery).any(is_delivery)
    })
}

/// "For four pounds a month you extend the warranty to five years", "the extended cover is five years".
pub(super) fn is_extended(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    let (from, to) = reading.sentence(span.0);
    let is_beside = |renew: &Mark| {
        let distance = |own: &Mark| reading.distance((own.start, own.end), (renew.start, renew.end));
        renew.start >= from
            && renew.end <= to
            && reading.all(Concept::Warranty).any(|own| distance(own).is_some_and(|d| d <= MAX_EXTENDED_DISTANCE))
    };
    reading.has(Concept::Renew, reading.clause(span.0)) || reading.all(Concept::Renew).any(is_beside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language::{self, El, En, Hu, Pl, Ru};

    /// Asked of the first quantity, and of the last word where there is none.
    fn check(language: Language, text: &str, ask: impl Fn(&Reading<'_>, (usize, usize)) -> bool, expected: bool) {
        let reading = Reading::new(text, language, |_| Vec::new());
        let last = reading.tokens.len() - 1;
        let span = reading.quantities.first().map_or((last, last + 1), |q| q.tokens);
        assert_eq!(ask(&reading, span), expected, "{text}");
    }

    #[test]
    fn parts_and_other_services_are_told_by_the_words_that_begin_the_clause() {
        let part = |reading: &Reading<'_>, span| is_of_part(reading, &[], span);
        check(En, "a replacement filter costs twelve pounds", part, true);
        check(En, "with remote and cable it costs twelve pounds", part, false);
        check(Pl, "filtr wymienia się co roku i kosztuje 90 złotych", part, true);
        check(Ru, "сменный фильтр стоит 900 рублей", part, true);
        let service = |reading: &Reading<'_>, span| is_of_service(reading, &[], span);
        check(El, "η τηλεόραση είναι δωρεάν τους πρώτους τρεις μήνες", service, true);
        check(Hu, "a tévé az első három hónapban ingyenes", service, true);
        check(En, "internet with television is 40 pounds", service, false);
    }

    #[test]
    fn delivery_that_is_faster_or_none_is_another() {
        check(En, "express delivery tomorrow is twelve pounds extra", is_faster_for_money, true);
        check(En, "delivery tomorrow", is_faster_for_money, false);
        check(Ru, "срочная доставка завтра обойдётся в 500 рублей", is_faster_for_money, true);
        check(Pl, "odbiór w salonie jest bezpłatny", is_fetched_or_sent_back, true);
        check(En, "delivery and collection are free", is_fetched_or_sent_back, false);
        check(Hu, "a visszaküldés ingyenes", is_fetched_or_sent_back, true);
    }

    #[test]
    fn amounts_paid_now_added_refused_and_numbers_that_name_are_no_prices() {
        check(En, "you pay 52 pounds at the moment", is_paid_now, true);
        check(En, "now you pay only 52 pounds", is_paid_now, false);
        check(Ru, "это ещё 300 рублей", is_on_top, true);
        check(El, "με 500 ευρώ δεν το δίνουμε", is_refused, true);
        check(El, "κάνει 500 ευρώ", is_refused, false);
        check(En, "your order number is 40", is_identifier, true);
        check(Pl, "za 5 złotych przedłużymy gwarancję do pięciu lat", is_extended, true);
    }
}
