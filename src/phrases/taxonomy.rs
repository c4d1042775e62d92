//! The categories of sales talk that the built-in packs look for: what each means, how bad it is, who says it and
//! where, and the law behind it. Packs add the words.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::call::{Place, Polarity, Severity, WhoSays};

/// A category.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its id, the same in every report.
    pub id: String,
    /// Forbidden, required or signal.
    pub polarity: Polarity,
    /// Default severity.
    pub severity: Severity,
    /// Who has to say it.
    pub speaker: WhoSays,
    /// Where it holds.
    #[serde(default)]
    pub place: Place,
    /// Name of the law, code or standard.
    pub legal_source: Option<String>,
    /// One sentence for people, in English.
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    category: Vec<Category>,
}

static TAXONOMY: LazyLock<Vec<Category>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("taxonomy.toml")).expect("the built-in taxonomy is tested");
    file.category
});

/// All categories, in the order of the taxonomy.
pub fn categories() -> &'static [Category] {
    &TAXONOMY
}

/// The category with this id.
pub fn category(id: &str) -> Option<&'static Category> {
    TAXONOMY.iter().find(|category| category.id == id)
}
