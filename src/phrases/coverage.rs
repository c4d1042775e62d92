//! What lists have in each category and language, to see what is thin.

use std::collections::{BTreeMap, BTreeSet};

use super::Phrases;
use super::taxonomy;
use crate::call::Polarity;

/// How much there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Rules.
    pub n_rules: usize,
    /// Lines that must fire.
    pub n_fire: usize,
    /// Lines that must not fire.
    pub n_quiet: usize,
}

/// A category in all languages of the lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Its id.
    pub category: String,
    /// Forbidden, required or signal.
    pub polarity: Polarity,
    /// By ISO 639-1 code; `any` for rules of any language. Every line has the same languages.
    pub by_language: BTreeMap<String, Count>,
}

impl Phrases {
    /// Every category of the taxonomy in its order, then own ones by name.
    pub fn coverage(&self) -> Vec<Coverage> {
        let code = |language: Option<crate::text::Language>| language.map_or("any", |l| l.code()).to_owned();
        let languages: BTreeSet<String> = self.sources.iter().map(|source| code(source.language)).collect();
        let empty: BTreeMap<String, Count> =
            languages.into_iter().map(|language| (language, Count::default())).collect();
        let mut lines: Vec<Coverage> = taxonomy::categories()
            .iter()
            .map(|known| Coverage { category: known.id.clone(), polarity: known.polarity, by_language: empty.clone() })
            .collect();
        let n_known = lines.len();
        for source in &self.sources {
            let at = lines.iter().position(|line| line.category == source.rule.category).unwrap_or_else(|| {
                lines.push(Coverage {
                    category: source.rule.category.clone(),
                    polarity: source.rule.polarity,
                    by_language: empty.clone(),
                });
                lines.len() - 1
            });
            if let Some(count) = lines[at].by_language.get_mut(&code(source.language)) {
                count.n_rules += 1;
                let n_fire = source.examples.iter().filter(|example| example.fires).count();
                count.n_fire += n_fire;
                count.n_quiet += source.examples.len() - n_fire;
            }
        }
        lines[n_known..].sort_by(|a, b| a.category.cmp(&b.category));
        lines
    }
}
