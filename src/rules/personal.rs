//! Personal data in the words to findings. The quote is what was said, which masking the report replaces; ids are made of
//! the mask, so that they are the same in both views.

use serde_json::Map;

use super::scene::Scene;
use super::score::Part;
use super::thresholds::{MIN_CONFIDENCE, personal_severity};
use super::{Draft, Finding};
use crate::call::{Party, PersonalData, PersonalKind, Polarity, Severity};

/// The step in which agents say their names.
const OWN_NAME: &str = "q_own_name";

pub(super) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let known = scene.evidence.personal.iter().filter(|d| d.confidence >= MIN_CONFIDENCE);
    known
        .map(|data| {
            let utterance = scene.utterances.get(data.utterance);
            let mask = data.mask();
            let said = utterance.and_then(|u| u.text.get(data.bytes.0..data.bytes.1));
            let is_introduction = data.kind == PersonalKind::PersonName && introduces(scene, data);
            Draft {
                finding: Finding {
                    id: String::new(),
                    rule: format!("pii.{}", data.kind),
                    category: "pii".into(),
                    polarity: Polarity::PersonalData,
                    // To say one's name is a duty: masked, and nothing to be blamed for.
                    severity: if is_introduction { Severity::Info } else { personal_severity(data.kind) },
                    speaker: utterance.and_then(|u| u.speaker.clone()),
                    channel: utterance.and_then(|u| u.channel),
                    start_s: data.start_s,
                    end_s: data.end_s.or(data.start_s),
                    utterance: Some(data.utterance),
                    line: scene.line(data.utterance),
                    // Bytes that fit no text: nothing but the mask is known.
                    quote: Some(said.filter(|s| !s.is_empty()).map_or_else(|| mask.clone(), str::to_owned)),
                    confidence: data.confidence,
                    message: if is_introduction {
                        "the agent's own full name is heard on the recording".into()
                    } else {
                        format!("{} is heard on the recording", name(data.kind))
                    },
                    legal_source: Some(source(data.kind).into()),
                    evidence: Map::new(),
                    review: None,
                },
                shown_quote: Some(mask),
                part: Some(Part::Privacy),
            }
        })
        .collect()
}

/// A name stands right beside the words that introduce it: a space, an article and a comma at most.
const MAX_GAP_BYTES: usize = 8;

/// Is it the name with which an agent introduces himself? Another name of the same utterance is the customer's.
fn introduces(scene: &Scene<'_>, data: &PersonalData) -> bool {
    scene.heard.iter().any(|heard| {
        heard.rule.category == OWN_NAME
            && heard.party == Party::Agent
            && heard.hit.utterance == data.utterance
            && heard.is_whole()
            && data.touches((heard.hit.bytes.0.saturating_sub(MAX_GAP_BYTES), heard.hit.bytes.1 + MAX_GAP_BYTES))
    })
}

fn name(kind: PersonalKind) -> &'static str {
    match kind {
        PersonalKind::Phone => "a phone number",
        PersonalKind::Card => "a payment card number",
        PersonalKind::Cvv => "a card verification value",
        PersonalKind::Iban => "a bank account number",
        PersonalKind::Email => "an e-mail address",
        PersonalKind::Address => "a postal address",
        PersonalKind::NationalId => "a national identification number",
        PersonalKind::DateOfBirth => "a date of birth",
        PersonalKind::PersonName => "a person's name",
        PersonalKind::Passport => "a passport number",
        PersonalKind::AccountPassword => "a password",
    }
}

fn source(kind: PersonalKind) -> &'static str {
    match kind {
        PersonalKind::Cvv => "PCI DSS 3.3.1",
        PersonalKind::Card => "PCI DSS 3.5.1",
        _ => "GDPR art. 5(1)(c), 5(1)(f)",
    }
}
