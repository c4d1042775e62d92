//! Who does what: the share of each group's calls in which a category was found, of those in which it could be judged. Numbers in the cells, shades beside them.
//! By agent where agents are known, else by vendor, campaign or language. Findings of less than 50 % confidence do not
//! count, nor do signals from the customer.

use std::collections::BTreeMap;

use super::groups::{By, grouped};
use super::{LIKELY, MIN_CALLS, is_heard, is_judged, link, n_severe, names};
use crate::call::{CallLine, CategoryLine, Polarity, Severity};
use crate::report::texts::Texts;

/// Most columns: what fits a wide screen without scrolling.
const N_GROUPS: usize = 16;

/// Most rows.
const N_CATEGORIES: usize = 20;

/// Lower edges of the shades 1 to 5, as shares of calls; below the first there is none.
const SHADES: [f64; 5] = [0.005, 0.1, 0.25, 0.5, 0.75];

pub(in super::super) struct Cell {
    /// `12 %`, or `1 of 3` for few calls; empty if nothing was found, `None` if no call could be judged.
    pub(in super::super) text: Option<String>,
    /// In words.
    pub(in super::super) title: String,
    /// 0..=5.
    pub(in super::super) shade: usize,
    /// The list of these calls.
    pub(in super::super) href: String,
}

pub(in super::super) struct Heat {
    /// Message of the heading over the groups.
    pub(in super::super) by: String,
    /// Name, calls, list of calls.
    pub(in super::super) columns: Vec<(String, usize, String)>,
    /// Category, its list of calls, cells.
    pub(in super::super) rows: Vec<(String, String, Vec<Cell>)>,
    pub(in super::super) n_more_columns: usize,
    pub(in super::super) n_more_rows: usize,
}

/// Is this in a call, rather than not?
pub(super) fn counts(category: &CategoryLine) -> bool {
    category.confidence >= LIKELY && category.polarity != Polarity::Signal
}

/// `None` if there are no two groups, or nothing was found.
pub(in super::super) fn heat(lines: &[&CallLine], texts: Texts) -> Option<Heat> {
    let (by, groups) = [By::Agent, By::Vendor, By::Campaign, By::Language]
        .into_iter()
        .map(|by| (by, grouped(by, lines)))
        .find(|(_, groups)| groups.len() > 1)?;
    let n_groups = groups.len();
    let mut columns: Vec<(String, Vec<&CallLine>)> = groups.into_iter().collect();
    let rate = |calls: &[&CallLine]| {
        let heard: Vec<u64> = calls.iter().filter(|line| is_heard(line)).map(|line| n_severe(line)).collect();
        heard.iter().sum::<u64>() as f64 / heard.len().max(1) as f64
    };
    columns.sort_by(|(a_key, a), (b_key, b)| {
        let is_small = |calls: &[&CallLine]| calls.len() < MIN_CALLS;
        is_small(a).cmp(&is_small(b)).then(rate(b).total_cmp(&rate(a))).then(a_key.cmp(b_key))
    });
    columns.truncate(N_GROUPS);
    let mut found: BTreeMap<&str, (Severity, Polarity, u64)> = BTreeMap::new();
    for category in lines.iter().flat_map(|line| &line.categories).filter(|c| counts(c)) {
        let entry = found.entry(&category.category).or_insert((category.severity, category.polarity, 0));
        (entry.0, entry.2) = (entry.0.min(category.severity), entry.2 + 1);
    }
    let mut categories: Vec<(&str, (Severity, Polarity, u64))> = found.into_iter().collect();
    categories.retain(|(_, (severity, _, _))| *severity < Severity::Info);
    categories.sort_by(|(a, of_a), (b, of_b)| of_a.0.cmp(&of_b.0).then(of_b.2.cmp(&of_a.2)).then(a.cmp(b)));
    let n_more_rows = categories.len().saturating_sub(N_CATEGORIES);
    categories.truncate(N_CATEGORIES);
    if categories.is_empty() {
        return None;
    }
    let row = |(id, (_, polarity, _)): &(&str, (Severity, Polarity, u64))| {
        let name = names::category(id, *polarity, texts);
        let cells = columns.iter().map(|(key, calls)| {
            let n_with = calls.iter().filter(|l| l.categories.iter().any(|c| c.category == *id && counts(c))).count();
            let n_judged = calls.iter().filter(|line| is_judged(line, id, *polarity)).count();
            cell((by, key), (id, &name), n_with, n_judged, texts)
        });
        (name.clone(), link::to_list(&[("cat", id), ("likely", "1")]), cells.collect())
    };
    Some(Heat {
        by: texts.get(&format!("batch-by-{}", by.key())),
        rows: categories.iter().map(row).collect(),
        n_more_columns: n_groups - columns.len(),
        n_more_rows,
        columns: columns
            .iter()
            .map(|(key, calls)| (by.name(key, texts), calls.len(), link::to_list(&[(by.key(), key), ("status", "ok")])))
            .collect(),
    })
}

fn cell((by, key): (By, &str), (id, category): (&str, &str), n_with: usize, n: usize, texts: Texts) -> Cell {
    let share = n_with as f64 / n.max(1) as f64;
    let numbers = [n_with.to_string(), n.to_string()];
    let of = |message: &str| texts.with(message, &[("value", &numbers[0]), ("of", &numbers[1])]);
    Cell {
        text: match n_with {
            _ if n == 0 => None,
            0 => Some(String::new()),
            _ if n < MIN_CALLS => Some(of("batch-of")),
            _ => Some(names::percent(share, texts)),
        },
        title: format!("{}, {category}: {}", by.name(key, texts), of("batch-of-calls")),
        shade: SHADES.iter().filter(|edge| share >= **edge).count(),
        href: link::to_list(&[(by.key(), key), ("cat", id), ("likely", "1")]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{CallMetadata, CallStatus};

    fn call(agent: &str, category: &str, confidence: f64, polarity: Polarity) -> CallLine {
        let metadata = CallMetadata { agent: Some(agent.into()), ..CallMetadata::default() };
        let mut line = CallLine::without_report("a.wav", "", "calls/a", metadata, None);
        line.status = CallStatus::Ok;
        line.parts = vec![("forbidden".into(), 10.0, 10.0)];
        line.categories.push(CategoryLine {
            category: category.into(),
            polarity,
            n: 1,
            expected: confidence,
            confidence,
            severity: Severity::Major,
            id: "a1b2c3d4e5f6".into(),
            start_s: None,
            quote: None,
        });
        line
    }

    #[test]
    fn a_cell_is_the_share_of_the_agents_calls() {
        let mut calls: Vec<CallLine> = (0..8).map(|_| call("Ann", "urgency_false", 0.9, Polarity::Forbidden)).collect();
        calls[0].categories[0].confidence = 0.4;
        calls[1].categories.clear();
        calls.push(call("Bo", "urgency_false", 0.9, Polarity::Forbidden));
        calls.push(call("Bo", "c_refusal", 0.9, Polarity::Signal));
        let heat = heat(&calls.iter().collect::<Vec<_>>(), Texts::default()).expect("two agents");
        assert_eq!(heat.columns.iter().map(|c| c.0.as_str()).collect::<Vec<_>>(), ["Ann", "Bo"]);
        assert_eq!(heat.rows.len(), 1, "signals are no fault");
        let cells: Vec<(&str, usize)> =
            heat.rows[0].2.iter().map(|c| (c.text.as_deref().unwrap_or("–"), c.shade)).collect();
        assert_eq!(cells, [("75 %", 5), ("1 of 2", 4)]);
        assert_eq!(heat.rows[0].2[1].href, "#agent=Bo&cat=urgency_false&likely=1");
    }

    #[test]
    fn calls_that_could_not_be_judged_are_not_counted_as_clean() {
        let mut calls: Vec<CallLine> = (0..8).map(|_| call("Ann", "urgency_false", 0.9, Polarity::Forbidden)).collect();
        calls[5].categories.clear();
        for line in &mut calls[6..] {
            line.categories.clear();
            line.parts.clear();
        }
        calls.push(call("Bo", "urgency_false", 0.9, Polarity::Forbidden));
        calls[8].categories.clear();
        calls[8].parts.clear();
        let heat = heat(&calls.iter().collect::<Vec<_>>(), Texts::default()).expect("two agents");
        let cells: Vec<Option<&str>> = heat.rows[0].2.iter().map(|c| c.text.as_deref()).collect();
        assert_eq!(cells, [Some("83 %"), None], "five of six; none at all");
    }

    #[test]
    fn without_two_groups_there_is_no_map() {
        let calls = [call("Ann", "urgency_false", 0.9, Polarity::Forbidden)];
        assert!(heat(&calls.iter().collect::<Vec<_>>(), Texts::default()).is_none());
    }
}
