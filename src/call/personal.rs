//! Personal data found in a transcript, as it passes from the finder to the mask and the rules.

use std::fmt;

/// What kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonalKind {
    /// Telephone number.
    Phone,
    /// Payment card number.
    Card,
    /// Card verification value.
    Cvv,
    /// Bank account number.
    Iban,
    /// E-mail address.
    Email,
    /// Postal address.
    Address,
    /// National identification number.
    NationalId,
    /// Date of birth.
    DateOfBirth,
    /// Name of a private person.
    PersonName,
    /// Passport number.
    Passport,
    /// Password or code word.
    AccountPassword,
}

impl fmt::Display for PersonalKind {
    /// The word in `pii.<kind>` and in the mask `[<kind>]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Phone => "phone",
            Self::Card => "card",
            Self::Cvv => "cvv",
            Self::Iban => "iban",
            Self::Email => "email",
            Self::Address => "address",
            Self::NationalId => "national_id",
            Self::DateOfBirth => "date_of_birth",
            Self::PersonName => "person_name",
            Self::Passport => "passport",
            Self::AccountPassword => "account_password",
        })
    }
}

/// Where personal data stands in a transcript. One that runs over several utterances is one entry for each.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonalData {
    /// What kind.
    pub kind: PersonalKind,
    /// Index into `transcript.utterances`.
    pub utterance: usize,
    /// Bytes `start..end` of that utterance's text.
    pub bytes: (usize, usize),
    /// When it is said; `None` for text without times.
    pub start_s: Option<f64>,
    /// End, as above.
    pub end_s: Option<f64>,
    /// Probability 0..=1 that it is what it looks like.
    pub confidence: f64,
}
