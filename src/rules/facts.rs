//! Contradictions to the fact sheet as findings: how bad each is, and what it says to people. Whether a claim is false
//! was settled by the facts stage; here it only gets its weight.

use serde_json::{Map, Value};

use super::scene::Scene;
use super::score::Part;
use super::thresholds::MIN_CONFIDENCE;
use super::{Draft, Finding};
use crate::call::{Attribute, Contradiction, Polarity, Severity};

pub(super) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let Some(facts) = scene.evidence.facts else { return Vec::new() };
    let known = facts.contradictions.iter().filter(|c| c.confidence >= MIN_CONFIDENCE);
    known.map(|contradiction| draft(scene, contradiction)).collect()
}

fn draft(scene: &Scene<'_>, found: &Contradiction) -> Draft {
    let utterance = scene.utterances.get(found.utterance);
    let said = utterance.and_then(|u| u.text.get(found.bytes.0..found.bytes.1));
    let mut evidence = Map::new();
    evidence.insert("claimed".into(), found.claimed.clone());
    evidence.insert("fact".into(), found.fact.clone());
    evidence.insert("unit".into(), found.unit.as_deref().map_or(Value::Null, Value::from));
    evidence.insert("product".into(), found.product.as_deref().map_or(Value::Null, Value::from));
    Draft {
        finding: Finding {
            id: String::new(),
            rule: format!("fact.{}", found.attribute),
            category: "fact".into(),
            polarity: Polarity::Fact,
            severity: severity(found),
            speaker: utterance.and_then(|u| u.speaker.clone()),
            channel: utterance.and_then(|u| u.channel),
            start_s: found.start_s,
            end_s: found.end_s.or(found.start_s),
            utterance: Some(found.utterance),
            line: scene.line(found.utterance),
            quote: said.map(str::to_owned),
            confidence: found.confidence,
            message: message(found.attribute).into(),
            legal_source: legal_source(found.attribute).map(str::to_owned),
            evidence,
            review: None,
        },
        shown_quote: Some(scene.shown(found.utterance, found.bytes)),
        part: Some(Part::Facts),
    }
}

/// A number of a claim or a fact; of a range its end.
fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.get("max")?.as_f64())
}

/// How bad. What the customer cannot take back weighs most: whom he deals with, how long he is bound, what leaving
/// costs, whether he may withdraw. What makes the offer look better than it is comes next. What makes it look worse
/// misinforms, and costs the seller more than the customer. Own choice.
fn severity(found: &Contradiction) -> Severity {
    let (claimed, fact) = (number(&found.claimed), number(&found.fact));
    let is_less = claimed.zip(fact).is_none_or(|(claimed, fact)| claimed < fact);
    let when = |is_bad: bool, bad, mild| if is_bad { bad } else { mild };
    match found.attribute {
        Attribute::Company | Attribute::Confidential | Attribute::CancellationDays => Severity::Critical,
        // A shorter term, or a cheaper way out, than the customer will find.
        Attribute::ContractMonths | Attribute::EarlyExitFee => when(is_less, Severity::Critical, Severity::Major),
        Attribute::Renewal => when(found.claimed == "none", Severity::Critical, Severity::Major),
        Attribute::Price
        | Attribute::PromoPrice
        | Attribute::InstalmentAmount
        | Attribute::ActivationFee
        | Attribute::DeliveryPrice
        | Attribute::CancellationFee => when(is_less, Severity::Major, Severity::Minor),
        // A higher list price makes the reduction look bigger, a longer promotion or warranty the offer.
        Attribute::ListPrice | Attribute::PromoMonths | Attribute::WarrantyMonths => {
            when(!is_less, Severity::Major, Severity::Minor)
        }
        Attribute::ValidUntil => Severity::Major,
        // Invented shortage and too early a delivery press for a decision.
        Attribute::Stock | Attribute::DeliveryDays => when(is_less, Severity::Major, Severity::Minor),
        Attribute::InstalmentCount | Attribute::Seats | Attribute::Sites => Severity::Minor,
    }
}

fn message(attribute: Attribute) -> &'static str {
    match attribute {
        Attribute::Price => "a price is named that is not the product's",
        Attribute::PromoPrice => "a promotional price is named that is not the product's",
        Attribute::PromoMonths => "the promotion is said to last for another time than it does",
        Attribute::ListPrice => "the price before the reduction is not the one named",
        Attribute::InstalmentCount => "another number of instalments is named than there is",
        Attribute::InstalmentAmount => "another size of instalment is named than there is",
        Attribute::ActivationFee => "activation costs something else than is said",
        Attribute::DeliveryDays => "delivery takes another time than is said",
        Attribute::DeliveryPrice => "delivery costs something else than is said",
        Attribute::ContractMonths => "the contract binds for another time than is said",
        Attribute::Renewal => "what happens at the end of the contract is not what is said",
        Attribute::CancellationDays => "the time to withdraw is another than is said",
        Attribute::CancellationFee => "withdrawing costs something else than is said",
        Attribute::EarlyExitFee => "leaving early costs something else than is said",
        Attribute::WarrantyMonths => "the warranty lasts for another time than is said",
        Attribute::Stock => "another number is left than is said",
        Attribute::ValidUntil => "the offer ends on another day than is said",
        Attribute::Company => "the agent calls for another company than he says",
        Attribute::Confidential => "words of the confidential list are heard",
        Attribute::Seats => "another number of seats is named than there is",
        Attribute::Sites => "another number of sites is named than there is",
    }
}

/// Misleading actions; secrets are the company's own matter.
fn legal_source(attribute: Attribute) -> Option<&'static str> {
    (attribute != Attribute::Confidential).then_some("UCPD (2005/29/EC) art. 6, 7")
}
