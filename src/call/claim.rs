//! Claims about the product: what was said with a value, as it passes from the parser of claims to the rules and to
//! the comparison of calls, and where it contradicts the fact sheet.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a claim is about. All but the last two are fields of the fact sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Attribute {
    /// What the product costs.
    #[serde(rename = "price")]
    Price,
    /// What it costs while a promotion lasts.
    #[serde(rename = "promo.price")]
    PromoPrice,
    /// How long the promotion lasts.
    #[serde(rename = "promo.months")]
    PromoMonths,
    /// The price that it is said to have been reduced from.
    #[serde(rename = "list_price")]
    ListPrice,
    /// Number of instalments.
    #[serde(rename = "instalments.count")]
    InstalmentCount,
    /// Size of an instalment.
    #[serde(rename = "instalments.amount")]
    InstalmentAmount,
    /// What activation, connection or joining costs.
    #[serde(rename = "activation_fee")]
    ActivationFee,
    /// How long delivery takes.
    #[serde(rename = "delivery_days")]
    DeliveryDays,
    /// What delivery costs.
    #[serde(rename = "delivery_price")]
    DeliveryPrice,
    /// For how long the customer is bound.
    #[serde(rename = "contract_months")]
    ContractMonths,
    /// Whether the contract goes on by itself.
    #[serde(rename = "renewal")]
    Renewal,
    /// Within how many days the customer may withdraw.
    #[serde(rename = "cancellation.days")]
    CancellationDays,
    /// What withdrawal costs.
    #[serde(rename = "cancellation.fee")]
    CancellationFee,
    /// What it costs to leave before the contract ends.
    #[serde(rename = "cancellation.early_exit_fee")]
    EarlyExitFee,
    /// How long the warranty lasts.
    #[serde(rename = "warranty_months")]
    WarrantyMonths,
    /// How many are left.
    #[serde(rename = "stock")]
    Stock,
    /// The last day of the offer.
    #[serde(rename = "valid_until")]
    ValidUntil,
    /// Whom the agent calls for.
    #[serde(rename = "company")]
    Company,
    /// A trade secret was heard.
    #[serde(rename = "confidential")]
    Confidential,
    /// Workplaces of the speaker's company; compared between calls only.
    #[serde(rename = "seats")]
    Seats,
    /// Offices of the speaker's company; compared between calls only.
    #[serde(rename = "sites")]
    Sites,
}

impl Attribute {
    /// The dotted name of the field: `promo.price`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::PromoPrice => "promo.price",
            Self::PromoMonths => "promo.months",
            Self::ListPrice => "list_price",
            Self::InstalmentCount => "instalments.count",
            Self::InstalmentAmount => "instalments.amount",
            Self::ActivationFee => "activation_fee",
            Self::DeliveryDays => "delivery_days",
            Self::DeliveryPrice => "delivery_price",
            Self::ContractMonths => "contract_months",
            Self::Renewal => "renewal",
            Self::CancellationDays => "cancellation.days",
            Self::CancellationFee => "cancellation.fee",
            Self::EarlyExitFee => "cancellation.early_exit_fee",
            Self::WarrantyMonths => "warranty_months",
            Self::Stock => "stock",
            Self::ValidUntil => "valid_until",
            Self::Company => "company",
            Self::Confidential => "confidential",
            Self::Seats => "seats",
            Self::Sites => "sites",
        }
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What was said differs from the fact sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Contradiction {
    /// The field.
    pub attribute: Attribute,
    /// What was said: a number, a range `{min, max}`, a date or words.
    pub claimed: Value,
    /// What the sheet says, in the same form.
    pub fact: Value,
    /// `days`, `months`, `PLN/month`, …
    pub unit: Option<String>,
    /// Name of the product; `None` if it is not about one, or false of all.
    pub product: Option<String>,
    /// Index into `transcript.utterances`.
    pub utterance: usize,
    /// Bytes `start..end` of that utterance's text.
    pub bytes: (usize, usize),
    /// When it is said; `None` for text without times.
    pub start_s: Option<f64>,
    /// End, as above.
    pub end_s: Option<f64>,
    /// Probability 0..=1 that it was said, meant and false.
    pub confidence: f64,
}

/// What comparing a call with a fact sheet gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FactCheck {
    /// By utterance, then byte.
    pub contradictions: Vec<Contradiction>,
    /// Utterances with a claim that the sheet bears out, by attribute.
    pub borne_out: Vec<(Attribute, usize)>,
    /// True if some product of the sheet has an end date after the day of the call, or the sheet names products and none has
    /// an end date; `None` if the day of the call is not known.
    pub is_offer_open: Option<bool>,
    /// Something of the sheet costs money.
    pub has_price: bool,
}

/// A claim as it is kept to compare calls with each other: small, and without personal data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptClaim {
    /// What it is about.
    pub attribute: Attribute,
    /// The product by name, as heard, in lower case; `None` if none was named.
    pub product: Option<String>,
    /// `days`, `months`, `PLN/month`, `pieces`, …
    pub unit: String,
    /// The value: a number, or both ends of a range.
    pub value: (f64, f64),
    /// When it is said; `None` for text without times.
    pub start_s: Option<f64>,
    /// The words, personal data masked.
    pub quote: String,
}
