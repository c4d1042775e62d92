//! Jurisdictions: which categories apply there, how much they weigh, and which law is named. The data stands in
//! `profiles.toml`. Indicators with their source; what the law says of a call is for lawyers.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::call::{PhraseRule, Severity};

use super::taxonomy;

/// A jurisdiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// European Union, without national law.
    Eu,
    /// United Kingdom.
    Uk,
    /// United States, federal.
    Us,
    /// Poland.
    Pl,
    /// Russia.
    Ru,
    /// Greece.
    El,
    /// Hungary.
    Hu,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    law: Vec<Law>,
    change: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Law {
    name: String,
    eu: Option<String>,
    uk: Option<String>,
    us: Option<String>,
    pl: Option<String>,
    ru: Option<String>,
    el: Option<String>,
    hu: Option<String>,
}

impl Law {
    fn there(&self, profile: Profile) -> Option<&str> {
        match profile {
            Profile::Eu => &self.eu,
            Profile::Uk => &self.uk,
            Profile::Us => &self.us,
            Profile::Pl => &self.pl,
            Profile::Ru => &self.ru,
            Profile::El => &self.el,
            Profile::Hu => &self.hu,
        }
        .as_deref()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    profile: Profile,
    category: String,
    severity: Option<Severity>,
    #[serde(default)]
    off: bool,
    /// For readers of the file.
    #[expect(dead_code, reason = "every change has to give its reason")]
    why: String,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("profiles.toml")).expect("the built-in profiles are tested"));

impl Profile {
    /// The rule as it is there; `None` if its category does not apply. Rules of own categories stay as they are, and so
    /// does a severity that a rule sets for itself.
    pub(super) fn apply(self, rule: &PhraseRule) -> Option<PhraseRule> {
        let Some(category) = taxonomy::category(&rule.category) else { return Some(rule.clone()) };
        let change = FILE.change.iter().find(|change| change.profile == self && change.category == rule.category);
        if change.is_some_and(|change| change.off) {
            return None;
        }
        let mut changed = rule.clone();
        if rule.severity == category.severity {
            changed.severity = change.and_then(|change| change.severity).unwrap_or(rule.severity);
        }
        if rule.legal_source == category.legal_source {
            changed.legal_source = rule.legal_source.as_deref().and_then(|laws| self.laws(laws));
        }
        Some(changed)
    }

    /// The laws of a list, by their names there; `None` if there is none.
    fn laws(self, laws: &str) -> Option<String> {
        let mut names: Vec<&str> = Vec::new();
        for law in laws.split("; ") {
            let there = FILE.law.iter().find(|known| known.name == law).and_then(|known| known.there(self));
            names.extend(there.filter(|name| !names.contains(name)));
        }
        (!names.is_empty()).then(|| names.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_law_of_the_taxonomy_is_known_and_every_change_names_a_category() {
        for category in taxonomy::categories() {
            for law in category.legal_source.iter().flat_map(|laws| laws.split("; ")) {
                assert!(FILE.law.iter().any(|known| known.name == law), "{}: {law}", category.id);
            }
        }
        for change in &FILE.change {
            assert!(taxonomy::category(&change.category).is_some(), "{}", change.category);
            assert!(change.off != change.severity.is_some(), "{}: either off or a severity", change.category);
        }
    }

    #[test]
    fn a_profile_names_its_own_laws_and_leaves_out_what_does_not_apply() {
        let rule = |category: &str| {
            let known = taxonomy::category(category).expect("known");
            PhraseRule {
                id: category.into(),
                category: category.into(),
                polarity: known.polarity,
                severity: known.severity,
                speaker: known.speaker,
                place: known.place.clone(),
                language: None,
                needed_fact: None,
                legal_source: known.legal_source.clone(),
                message: known.message.clone(),
                list: "x".into(),
            }
        };
        let check = |profile: Profile, category: &str, law: &str, severity: Severity| {
            let there = profile.apply(&rule(category)).expect("applies");
            assert_eq!(there.legal_source.as_deref(), Some(law), "{category}");
            assert_eq!(there.severity, severity, "{category}");
        };
        let ucpd = "Unfair Commercial Practices Directive 2005/29/EC";
        check(Profile::Eu, "urgency_false", ucpd, Severity::Major);
        check(
            Profile::Us,
            "urgency_false",
            "Federal Trade Commission Act; Telemarketing Sales Rule, 16 CFR Part 310",
            Severity::Major,
        );
        check(
            Profile::Ru,
            "superlative_unproven",
            "Federal Law 38-FZ on Advertising (Russia); Law 2300-1 on Consumer Protection (Russia)",
            Severity::Major,
        );
        assert_eq!(Profile::Us.apply(&rule("q_withdrawal_right")), None);
        assert!(Profile::Hu.apply(&rule("q_withdrawal_right")).is_some());
    }
}
