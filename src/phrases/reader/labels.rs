//! What transcripts call the two parties, in five languages.

use crate::call::Party;
use crate::text::language::{fold, normalize};

/// Folded normal forms.
const AGENT: [&str; 22] = [
    "agent",
    "operator",
    "advisor",
    "adviser",
    "consultant",
    "seller",
    "salesperson",
    "rep",
    "konsultant",
    "konsultantka",
    "sprzedawca",
    "doradca",
    "оператор",
    "агент",
    "менеджер",
    "консультант",
    "εκπροσωποσ",
    "πωλητησ",
    "χειριστησ",
    "ugynok",
    "ugyintezo",
    "ertekesito",
];

const CUSTOMER: [&str; 13] = [
    "customer",
    "client",
    "caller",
    "buyer",
    "klient",
    "klientka",
    "клиент",
    "покупатель",
    "абонент",
    "πελατησ",
    "πελατισσα",
    "ugyfel",
    "vasarlo",
];

const IVR: [&str; 6] = ["ivr", "system", "robot", "announcement", "automat", "автоответчик"];

/// Labels are short; a colon later in a line is punctuation.
const MAX_LABEL_CHARS: usize = 40;

/// The party that a label names; `None` if it names none, as a person's name does.
pub(super) fn party(label: &str) -> Option<Party> {
    let normal = fold(&normalize(label));
    let mut words = normal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let word = words.next()?;
    // "Agent 1", "Client B": a second word may only number them.
    if words.any(|word| word.chars().count() > 2) {
        return None;
    }
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    [(&AGENT[..], Party::Agent), (&CUSTOMER, Party::Customer), (&IVR, Party::Ivr)]
        .into_iter()
        .find(|(words, _)| words.contains(&word))
        .map(|(_, party)| party)
}

/// Splits a known label off a line.
pub(super) fn split(line: &str) -> (Option<&str>, &str) {
    match line.split_once(':') {
        Some((label, said)) if label.chars().count() <= MAX_LABEL_CHARS && party(label).is_some() => {
            (Some(label), said.trim_start())
        }
        _ => (None, line),
    }
}
