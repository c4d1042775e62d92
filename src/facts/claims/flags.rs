//! What is claimed without a number: free, no fee, no contract, renewed or not. Each is a claim of 0, or of yes or no.

use super::money::is_of_withdrawal;
use super::{Draft, Mention, SURE, Value, context};
use crate::call::Attribute;
use crate::facts::quantity::{Bound, Unit};
use crate::facts::reading::Reading;
use crate::facts::words::{Concept, Mark};
use crate::text::Language;

/// "free" and what is free stand at most so far apart.
const MAX_FREE_DISTANCE: usize = 7;

/// Leaving and withdrawing are told in longer sentences: "if you leave halfway through the contract, you pay nothing".
const MAX_LEAVING_DISTANCE: usize = 14;

/// "no" and the fee that there is none of.
const MAX_NONE_DISTANCE: usize = 4;

/// "Can't" and the word for letting off stand at most so far apart.
const MAX_REFUSAL_DISTANCE: usize = 4;

pub(super) fn find(reading: &Reading<'_>, mentions: &[Mention]) -> Vec<Draft> {
    let mut found = free(reading, mentions);
    found.extend(no_fee(reading));
    found.extend(no_contract(reading));
    // "Leave whenever you like, it costs nothing" is about leaving, not about the term.
    let costs_nothing: Vec<(usize, usize)> =
        found.iter().filter(|d| d.attribute == Attribute::EarlyExitFee).map(|d| reading.sentence(d.tokens.0)).collect();
    found.retain(|d| {
        let is_leaving = reading.all(Concept::Exit).any(|m| m.start < d.tokens.1 && d.tokens.0 < m.end);
        !(d.attribute == Attribute::ContractMonths
            && is_leaving
            && costs_nothing.contains(&reading.sentence(d.tokens.0)))
    });
    found.extend(renewal(reading));
    found.sort_by_key(|d| (d.attribute, d.tokens));
    found.dedup_by(|b, a| {
        a.attribute == b.attribute && a.value == b.value && reading.sentence(a.tokens.0) == reading.sentence(b.tokens.0)
    });
    found
}

const SUBJECTS: [(Concept, Attribute); 4] = [
    (Concept::Delivery, Attribute::DeliveryPrice),
    (Concept::Activation, Attribute::ActivationFee),
    (Concept::Withdraw, Attribute::CancellationFee),
    (Concept::Exit, Attribute::EarlyExitFee),
];

/// Withdrawing and leaving early share words ("cancel"): the sentence tells which is meant.
fn leaving(reading: &Reading<'_>, span: (usize, usize), attribute: Attribute) -> Attribute {
    let sentence = reading.sentence(span.0);
    match attribute {
        Attribute::EarlyExitFee if is_of_withdrawal(reading, span) => Attribute::CancellationFee,
        Attribute::CancellationFee if reading.has(Concept::Exit, sentence) && !is_of_withdrawal(reading, span) => {
            Attribute::EarlyExitFee
        }
        own => own,
    }
}

/// No claim, or one that is taken back at once.
fn is_void(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    super::is_void(reading, span) || reading.is_corrected(span)
}

fn overlaps(reading: &Reading<'_>, mark: &Mark, concept: Concept) -> bool {
    reading.all(concept).any(|m| m.start < mark.end && mark.start < m.end)
}

/// "Delivery is free", "you pay nothing for delivery", "leave whenever you like, it costs nothing".
fn free(reading: &Reading<'_>, mentions: &[Mention]) -> Vec<Draft> {
    let mut found = Vec::new();
    for mark in reading.marks.iter().filter(|m| matches!(m.concept, Concept::Free | Concept::Nothing)) {
        let span = (mark.start, mark.end);
        if overlaps(reading, mark, Concept::FreeNot) || is_void(reading, span) {
            continue;
        }
        // "nie zapłaci pan nic" denies twice and means nothing; "not free" denies.
        let is_denied_after = reading.all(Concept::NoneBefore).chain(reading.all(Concept::Impossible)).any(|none| {
            // "Free delivery we do not have"
            none.start >= span.1
                && none.start - span.1 <= 4
                && reading.is_same_clause(none.start, span.0)
                && !reading.all(Concept::Fee).any(|fee| fee.start >= span.1 && fee.end <= none.end + 3)
        });
        if mark.concept == Concept::Free && (reading.is_negated(span.0, 3) || is_denied_after) {
            continue;
        }
        let clause = reading.clause(span.0);
        let pays = reading.has(Concept::Price, clause) || reading.has(Concept::Penalty, reading.sentence(span.0));
        if mark.concept == Concept::Nothing && !pays {
            continue;
        }
        // "Free from 50": not for every order.
        let is_from = reading.quantities.iter().any(|q| {
            q.bound == Bound::AtLeast
                && q.tokens.0 >= span.1
                && q.tokens.0 - span.1 <= MAX_FREE_DISTANCE
                && !q.is_period()
                && reading.is_same_clause(q.tokens.0, span.0)
        });
        // "You pay nothing but the 6.95"
        let sentence = reading.sentence(span.0);
        let is_but = reading.has(Concept::Else, (span.1, sentence.1))
            && reading
                .quantities
                .iter()
                .any(|q| q.is_money() && q.low > 0.0 && q.tokens.0 >= span.1 && q.tokens.1 <= sentence.1);
        if is_from || is_but {
            continue;
        }
        // "You pay the postage and nothing else": of what was named before it says nothing.
        let is_rest = mark.concept == Concept::Nothing
            && [Concept::Differs, Concept::Else]
                .into_iter()
                .any(|c| reading.all(c).any(|m| m.start == span.1 || m.end == span.0));
        // "It is free, you only pay the postage": what follows "only" is what is paid.
        let is_exception = |own: &Mark| {
            reading.all(Concept::StockLast).any(|only| {
                only.start >= span.1
                    && only.end <= own.start
                    && own.start - only.end <= MAX_NONE_DISTANCE
                    && reading.is_same_clause(only.start, own.start)
            })
        };
        let subject = SUBJECTS
            .into_iter()
            .filter_map(|(concept, attribute)| {
                let (distance, own) = reading.nearest(concept, span, None)?;
                if is_exception(own) || is_rest && own.start < span.0 {
                    return None;
                }
                let is_first = own.start < span.0;
                let is_leaving = matches!(attribute, Attribute::EarlyExitFee | Attribute::CancellationFee);
                let most = if is_leaving { MAX_LEAVING_DISTANCE } else { MAX_FREE_DISTANCE };
                Some((distance + usize::from(!is_first), attribute)).filter(|(d, _)| *d <= most)
            })
            .min();
        let subject = subject.map(|(distance, attribute)| (distance, leaving(reading, span, attribute)));
        // "Leaving early? For free.": the subject stands in the question.
        let subject = subject.or_else(|| {
            let asked = reading.asked_before(span.0).filter(|_| sentence.1 - sentence.0 <= MAX_FREE_DISTANCE)?;
            let (_, attribute) = SUBJECTS.into_iter().rev().find(|(concept, _)| reading.has(*concept, asked))?;
            Some((MAX_FREE_DISTANCE, attribute))
        });
        // "You can't leave for free": what is denied is leaving.
        let is_leaving_denied = mark.concept == Concept::Free
            && subject.is_some_and(|(_, a)| a == Attribute::EarlyExitFee)
            && reading
                .all(Concept::Not)
                .any(|m| m.end <= span.0 && m.start >= clause.0 && !overlaps(reading, m, Concept::NotFalse));
        if is_leaving_denied {
            continue;
        }
        let is_otherwise = context::is_fetched_or_sent_back(reading, span);
        match subject {
            Some((_, Attribute::DeliveryPrice)) if is_otherwise => {}
            Some((_, attribute)) => found.push(Draft::zero(attribute, span)),
            None if is_otherwise || context::is_of_part(reading, mentions, span) => {}
            None => {
                // "It is free": of the product itself, if it is named or paying is spoken of.
                let is_of_product = mentions.iter().any(|m| {
                    m.tokens.1 <= span.0 && reading.is_same_clause(m.tokens.0, span.0) && span.0 - m.tokens.1 <= 4
                });
                if is_of_product && !reading.has(Concept::OtherThing, clause) && !reading.has(Concept::Warranty, clause)
                {
                    let mut draft = Draft::zero(Attribute::Price, span);
                    draft.confidence = SURE * 0.85;
                    found.push(draft);
                }
            }
        }
    }
    found
}

/// "No activation fee", "there is no penalty for leaving", "without a delivery charge".
fn no_fee(reading: &Reading<'_>) -> Vec<Draft> {
    let mut found = Vec::new();
    for mark in reading.marks.iter().filter(|m| matches!(m.concept, Concept::NoneOf | Concept::NoneBefore)) {
        let span = (mark.start, mark.end);
        // "I can't waive the fee"
        let is_refused = !overlaps(reading, mark, Concept::Not) && reading.is_negated(span.0, MAX_REFUSAL_DISTANCE);
        if is_void(reading, span) || overlaps(reading, mark, Concept::NotFalse) || is_refused {
            continue;
        }
        let is_within = |m: &Mark| {
            let distance = if mark.concept == Concept::NoneOf {
                m.start.checked_sub(mark.end)
            } else {
                mark.start.checked_sub(m.end)
            };
            distance.is_some_and(|d| d <= MAX_NONE_DISTANCE) && reading.is_same_clause(m.start, mark.start)
        };
        let Some(fee) = reading.all(Concept::Fee).chain(reading.all(Concept::Penalty)).find(|m| is_within(m)) else {
            continue;
        };
        let fee_span = (fee.start.min(span.0), fee.end.max(span.1));
        if reading
            .quantities
            .iter()
            .any(|q| q.low > 0.0 && q.is_money() && reading.distance(q.tokens, fee_span).is_some_and(|d| d <= 2))
        {
            continue;
        }
        // "It is 9.90, no other charges": what there is has been named.
        let is_rest = reading.all(Concept::Hidden).any(|m| m.start < fee_span.1 && fee_span.0 < m.end)
            && reading
                .quantities
                .iter()
                .any(|q| q.low > 0.0 && q.is_money() && reading.sentence(q.tokens.0) == reading.sentence(fee_span.0));
        if is_rest {
            continue;
        }
        // A penalty is for leaving, not for delivery.
        let is_penalty = !overlaps(reading, fee, Concept::Fee);
        let subject = SUBJECTS
            .into_iter()
            .filter(|(_, a)| !is_penalty || matches!(a, Attribute::CancellationFee | Attribute::EarlyExitFee))
            .filter_map(|(concept, attribute)| {
                let (distance, _) = reading.nearest(concept, fee_span, None)?;
                Some((distance, attribute)).filter(|(d, _)| *d <= 10)
            })
            .min();
        if let Some((_, attribute)) = subject {
            found.push(Draft::zero(leaving(reading, fee_span, attribute), fee_span));
        }
    }
    found
}

fn no_contract(reading: &Reading<'_>) -> Vec<Draft> {
    let direct = reading.all(Concept::NoContract).map(|m| (m.start, m.end));
    let denied = reading
        .marks
        .iter()
        .filter(|m| matches!(m.concept, Concept::NoneOf | Concept::NoneBefore))
        .filter(|m| !overlaps(reading, m, Concept::NotFalse))
        .filter_map(|none| {
            let commit = reading.all(Concept::Commit).find(|m| {
                let distance = if none.concept == Concept::NoneOf {
                    m.start.checked_sub(none.end)
                } else {
                    none.start.checked_sub(m.end)
                };
                distance.is_some_and(|d| d <= 2) && reading.is_same_clause(m.start, none.start)
            })?;
            Some((none.start.min(commit.start), none.end.max(commit.end)))
        });
    let all: Vec<(usize, usize)> = direct.chain(denied).collect();
    let is_of_fee = |span: &(usize, usize)| {
        reading
            .all(Concept::Fee)
            .chain(reading.all(Concept::Penalty))
            .any(|fee| fee.start >= span.1 && fee.start - span.1 <= 3 && reading.is_same_clause(fee.start, span.0))
    };
    // "For ending the contract nothing is charged"
    let is_of_paying = |span: &(usize, usize)| {
        let is_inside = |m: &Mark| m.start < span.1 && span.0 < m.end;
        [Concept::Fee, Concept::Penalty, Concept::Price]
            .into_iter()
            .any(|concept| reading.all(concept).any(|m| is_inside(m) && !overlaps(reading, m, Concept::Commit)))
    };
    let is_of_renewal = |span: &(usize, usize)| reading.has(Concept::Renew, reading.sentence(span.0));
    all.into_iter()
        // "For two years, then for an indefinite time"
        .filter(|span| {
            let (from, to) = reading.sentence(span.0);
            !reading.quantities.iter().any(|q| {
                q.tokens.0 >= from && q.tokens.1 <= to && matches!(q.unit, Unit::Months | Unit::Years) && q.low >= 2.0
            })
        })
        .filter(|span| {
            !is_of_fee(span) && !is_of_paying(span) && !is_of_renewal(span) && !is_any_time_alone(reading, *span)
        })
        // "without a contract for two years": a term is named, so that is what is denied.
        .filter(|span| {
            !reading
                .quantities
                .iter()
                .any(|q| q.is_period() && q.low > 0.0 && reading.distance(q.tokens, *span).is_some_and(|d| d <= 2))
        })
        .filter(|span| !is_void(reading, *span))
        .map(|span| Draft::zero(Attribute::ContractMonths, span))
        .collect()
}

/// "Whenever you like" alone, in languages whose tables have it without its verb: of leaving only where leaving or the
/// contract is spoken of.
fn is_any_time_alone(reading: &Reading<'_>, span: (usize, usize)) -> bool {
    if !matches!(reading.language, Language::Pl | Language::Ru | Language::El) {
        return false;
    }
    let overlaps = |concept: Concept| reading.all(concept).any(|m| m.start < span.1 && span.0 < m.end);
    let names_contract = [Concept::Not, Concept::NoneOf, Concept::Commit, Concept::Contract].into_iter().any(overlaps);
    let (from, to) = reading.sentence(span.0);
    // Greek "περάσ*" is of a time that passes, and of coming by.
    let cases = (reading.language != Language::El).then_some(Concept::IfExempt);
    let is_spoken_of = [Concept::Exit, Concept::Withdraw, Concept::Contract, Concept::Commit, Concept::Ends]
        .into_iter()
        .chain(cases)
        .flat_map(|concept| reading.all(concept))
        .any(|m| m.start >= from && m.end <= to && (m.end <= span.0 || m.start >= span.1));
    !names_contract && !is_spoken_of
}

fn renewal(reading: &Reading<'_>) -> Vec<Draft> {
    let is_void = |span: (usize, usize)| {
        reading.is_question(span.0) || reading.is_reported(span.0) || reading.is_of_others(span) || {
            // "If you decide not to renew": a condition; "renews unless you cancel" is none.
            reading.all(Concept::If).any(|m| m.end <= span.0 && reading.is_same_clause(m.start, span.0))
        }
    };
    // "It does not end by itself" denies the end.
    let ends_not = |m: &&Mark| reading.is_negated(m.start, 2);
    let none = reading.all(Concept::RenewNone).filter(|m| !ends_not(m)).map(|m| ((m.start, m.end), false));
    let automatic = reading.all(Concept::RenewAuto).map(|m| ((m.start, m.end), true));
    let joined = reading.all(Concept::Renew).filter_map(|renew| {
        let (distance, auto) = reading.nearest(Concept::Auto, (renew.start, renew.end), None)?;
        (distance <= 7).then(|| ((renew.start.min(auto.start), renew.end.max(auto.end)), true))
    });
    // "The contract expires automatically"
    let ends = reading.all(Concept::Ends).filter_map(|end| {
        let (distance, auto) = reading.nearest(Concept::Auto, (end.start, end.end), None)?;
        let sentence = reading.sentence(end.start);
        let is_of_contract = reading.has(Concept::Contract, sentence) && !reading.has(Concept::Renew, sentence);
        (distance <= 3 && is_of_contract).then(|| ((end.start.min(auto.start), end.end.max(auto.end)), false))
    });
    let none = none.chain(ends);
    let mut found: Vec<((usize, usize), bool)> = none.chain(automatic).chain(joined).collect();
    // What says more of the same place is right: "does not renew automatically".
    let denials: Vec<(usize, usize)> = found.iter().filter(|(_, auto)| !auto).map(|(span, _)| *span).collect();
    found.retain(|(span, auto)| !auto || !denials.iter().any(|d| reading.sentence(d.0) == reading.sentence(span.0)));
    found
        .into_iter()
        .filter(|(span, _)| !is_void(*span))
        .map(|(span, auto)| {
            let is_denied_after = auto
                && reading
                    .all(Concept::NoneBefore)
                    .any(|m| m.start >= span.1 && m.start - span.1 <= 4 && reading.is_same_clause(m.start, span.0));
            let says_nothing = is_denied_after
                || reading
                    .all(Concept::Nothing)
                    .any(|m| m.end <= span.0 && span.0 - m.end <= 2 && reading.is_same_clause(m.start, span.0));
            let is_denied = says_nothing
                || auto && (reading.is_negated(span.0, 4) || (span.0..span.1).any(|at| reading.is_negated(at, 2)));
            Draft::new(Attribute::Renewal, Value::Flag(auto && !is_denied), span)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language::{El, En, Hu, Pl, Ru};

    fn check(language: Language, text: &str, expected: &[Attribute]) {
        let reading = Reading::new(text, language, |_| Vec::new());
        let found: Vec<Attribute> = find(&reading, &[]).iter().map(|draft| draft.attribute).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_is_free_is_told_from_what_is_paid_for() {
        check(En, "delivery is free", &[Attribute::DeliveryPrice]);
        check(En, "it costs you nothing, you only pay the postage", &[]);
        check(En, "you pay the postage and nothing else", &[]);
        check(En, "delivery is free from £50", &[]);
        check(Ru, "курьеру вы ничего не платите, кроме 400 рублей", &[]);
        check(En, "leave halfway through the contract and you pay nothing", &[Attribute::EarlyExitFee]);
        check(En, "you can't leave the contract for free", &[]);
        check(El, "τα μεταφορικά τα πληρώνουμε εμείς", &[Attribute::DeliveryPrice]);
        check(El, "τα μεταφορικά είναι 9,90 ευρώ, κανένα άλλο έξοδο", &[]);
        check(Ru, "бесплатно расторгнуть договор досрочно нельзя", &[]);
        check(Hu, "ha elmegy tőlünk, nem kell fizetnie semmit", &[Attribute::EarlyExitFee]);
        check(Pl, "nie ma żadnych ukrytych opłat", &[]);
    }

    #[test]
    fn any_time_is_of_the_contract_where_leaving_is_spoken_of() {
        check(El, "φεύγετε όποτε θέλετε", &[Attribute::ContractMonths]);
        check(El, "περάστε όποτε θέλετε", &[]);
        check(Pl, "może pani zrezygnować w każdej chwili", &[Attribute::ContractMonths]);
        check(Pl, "proszę dzwonić w każdej chwili", &[]);
    }
}
