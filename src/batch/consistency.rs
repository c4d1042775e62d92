//! Calls compared with each other: the same thing of the same product, named differently. Not truth: which of the
//! values holds is for the fact sheet, and calls about different things look like a contradiction if nobody names the
//! product and the batch has no campaigns.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::call::{
    Attribute, CallLine, CallMetadata, Inconsistency, InconsistencyExample, InconsistencyValue, KeptClaim,
};

/// Enough to hear that it is so; the count says how often.
const MAX_EXAMPLES: usize = 3;

/// Values are told apart to the hundredth: the smallest coin, a quarter of an hour in days.
const STEPS: f64 = 100.0;

/// What claims have to share to be about the same thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    attribute: Attribute,
    unit: String,
    product: Option<String>,
    /// Vendor and campaign; without both the folder of the recording.
    group: Option<String>,
}

/// Both ends of what was claimed, in steps, or the day of a call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Claimed {
    Number(i64, i64),
    Day(String),
}

#[derive(Debug, Default)]
struct Heard {
    n_calls: u64,
    examples: Vec<InconsistencyExample>,
}

/// Claims of a batch, gathered call by call; memory grows with the number of different values, not of calls.
#[derive(Debug, Default)]
pub(super) struct Consistency {
    by_key: BTreeMap<Key, BTreeMap<Claimed, Heard>>,
    /// Which of the values each agent was heard with.
    by_agent: BTreeMap<(Key, String), BTreeSet<Claimed>>,
}

impl Consistency {
    /// Takes the claims of a call, which its line then no longer has. Give calls in the order of their sources.
    pub fn add(&mut self, line: &mut CallLine) {
        let mut seen = BTreeSet::new();
        for claim in std::mem::take(&mut line.claims) {
            let Some((key, claimed)) = place(line, &claim) else { continue };
            if let Some(agent) = &line.call.agent {
                self.by_agent.entry((key.clone(), agent.clone())).or_default().insert(claimed.clone());
            }
            let heard = self.by_key.entry(key.clone()).or_default().entry(claimed.clone()).or_default();
            // A call that repeats itself is one call.
            if !seen.insert((key, claimed)) {
                continue;
            }
            heard.n_calls += 1;
            if heard.examples.len() < MAX_EXAMPLES {
                heard.examples.push(InconsistencyExample {
                    source: line.source.clone(),
                    start_s: claim.start_s,
                    quote: claim.quote,
                    agent: line.call.agent.clone(),
                });
            }
        }
    }

    /// What calls disagree on: by attribute, then unit, product and group; values from low to high.
    pub fn into_entries(self) -> Vec<Inconsistency> {
        let Self { by_key, by_agent } = self;
        let agents_of_two: BTreeSet<Key> =
            by_agent.into_iter().filter(|(_, values)| disagree(values.iter())).map(|((key, _), _)| key).collect();
        by_key
            .into_iter()
            .filter(|(_, values)| disagree(values.keys()) && has_two_calls(values))
            .map(|(key, values)| Inconsistency {
                same_agent: agents_of_two.contains(&key),
                attribute: key.attribute,
                product: key.product,
                unit: key.unit,
                values: values
                    .into_iter()
                    .map(|(claimed, heard)| InconsistencyValue {
                        value: shown(&claimed),
                        n_calls: heard.n_calls,
                        examples: heard.examples,
                    })
                    .collect(),
            })
            .collect()
    }
}

fn place(line: &CallLine, claim: &KeptClaim) -> Option<(Key, Claimed)> {
    let claimed = if claim.attribute == Attribute::ValidUntil {
        // "Only today": the day that it was said on.
        Claimed::Day(line.call.started_at.as_deref()?.get(..10)?.to_owned())
    } else {
        let steps = |value: f64| value.is_finite().then_some((value * STEPS).round() as i64);
        Claimed::Number(steps(claim.value.0)?, steps(claim.value.1)?)
    };
    // Different products have different prices: without a name nothing says that it is the same.
    if claim.product.is_none() && claim.attribute == Attribute::Price {
        return None;
    }
    let group = if claim.product.is_some() { line.call.vendor.clone() } else { Some(group(line)) };
    let key = Key { attribute: claim.attribute, unit: claim.unit.clone(), product: claim.product.clone(), group };
    Some((key, claimed))
}

/// What calls that name no product have in common.
fn group(line: &CallLine) -> String {
    let CallMetadata { vendor, campaign, .. } = &line.call;
    match (vendor, campaign) {
        (None, None) => line.source.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
        _ => format!("{}\0{}", vendor.as_deref().unwrap_or_default(), campaign.as_deref().unwrap_or_default()),
    }
}

/// Is there a pair of values that cannot both be true? Ranges that overlap can.
fn disagree<'a>(values: impl Iterator<Item = &'a Claimed>) -> bool {
    let (mut highest_low, mut lowest_high) = (i64::MIN, i64::MAX);
    let mut days = BTreeSet::new();
    for value in values {
        match value {
            Claimed::Number(low, high) => {
                highest_low = highest_low.max(*low);
                lowest_high = lowest_high.min(*high);
            }
            Claimed::Day(day) => {
                days.insert(day);
            }
        }
    }
    highest_low > lowest_high || days.len() > 1
}

/// One call that names two values contradicts itself, not another one.
fn has_two_calls(values: &BTreeMap<Claimed, Heard>) -> bool {
    let sources: BTreeSet<&str> =
        values.values().flat_map(|heard| &heard.examples).map(|example| example.source.as_str()).collect();
    sources.len() > 1
}

fn shown(claimed: &Claimed) -> Value {
    let number = |steps: i64| steps as f64 / STEPS;
    match claimed {
        Claimed::Day(day) => json!(day),
        Claimed::Number(low, high) if low == high => json!(number(*low)),
        Claimed::Number(low, high) => json!({"min": number(*low), "max": number(*high)}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(
        source: &str,
        agent: Option<&str>,
        day: &str,
        claims: &[(Attribute, Option<&str>, (f64, f64))],
    ) -> CallLine {
        let call = CallMetadata {
            agent: agent.map(str::to_owned),
            started_at: Some(format!("{day}T10:00:00Z")),
            ..CallMetadata::default()
        };
        let mut line = CallLine::without_report(source, "", "", call, None);
        let claim = |(attribute, product, value): &(Attribute, Option<&str>, (f64, f64))| KeptClaim {
            attribute: *attribute,
            product: product.map(str::to_owned),
            unit: "days".into(),
            value: *value,
            start_s: None,
            quote: format!("{value:?}"),
        };
        line.claims = claims.iter().map(claim).collect();
        line
    }

    fn check(lines: Vec<CallLine>, expected: &[(Attribute, &str, bool)]) {
        let mut all = Consistency::default();
        for mut line in lines {
            all.add(&mut line);
            assert!(line.claims.is_empty());
        }
        let found: Vec<(Attribute, String, bool)> = all
            .into_entries()
            .into_iter()
            .map(|e| {
                let values: Vec<String> = e.values.iter().map(|v| format!("{}x{}", v.n_calls, v.value)).collect();
                (e.attribute, values.join(" "), e.same_agent)
            })
            .collect();
        let expected: Vec<_> = expected.iter().map(|(a, v, s)| (*a, (*v).to_owned(), *s)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn calls_that_name_different_values_are_told_and_those_that_may_agree_are_not() {
        use Attribute::{DeliveryDays, Price, ValidUntil};
        let day = "2026-11-02";
        let delivery = |source, agent, low, high| line(source, agent, day, &[(DeliveryDays, None, (low, high))]);
        check(
            vec![
                delivery("a/1", Some("A"), 2.0, 2.0),
                delivery("a/2", Some("B"), 5.0, 5.0),
                delivery("a/3", Some("B"), 5.0, 5.0),
            ],
            &[(DeliveryDays, "1x2.0 2x5.0", false)],
        );
        check(
            vec![delivery("a/1", Some("A"), 2.0, 2.0), delivery("a/2", Some("A"), 5.0, 5.0)],
            &[(DeliveryDays, "1x2.0 1x5.0", true)],
        );
        check(vec![delivery("a/1", None, 2.0, 5.0), delivery("a/2", None, 5.0, 7.0)], &[]);
        // Two folders are two vendors.
        check(vec![delivery("a/1", None, 2.0, 2.0), delivery("b/2", None, 5.0, 5.0)], &[]);
        // Within one call nobody else is contradicted.
        check(vec![line("a/1", None, day, &[(DeliveryDays, None, (2.0, 2.0)), (DeliveryDays, None, (9.0, 9.0))])], &[]);
        // Prices are of a product.
        check(
            vec![
                line("a/1", None, day, &[(Price, None, (2.0, 2.0))]),
                line("a/2", None, day, &[(Price, None, (3.0, 3.0))]),
            ],
            &[],
        );
        check(
            vec![
                line("a/1", None, day, &[(Price, Some("x"), (2.0, 2.0))]),
                line("b/2", None, day, &[(Price, Some("x"), (3.5, 3.5))]),
            ],
            &[(Price, "1x2.0 1x3.5", false)],
        );
        // "Only today" on two days.
        check(
            vec![
                line("a/1", None, day, &[(ValidUntil, None, (0.0, 0.0))]),
                line("a/2", None, "2026-11-05", &[(ValidUntil, None, (0.0, 0.0))]),
            ],
            &[(ValidUntil, "1x\"2026-11-02\" 1x\"2026-11-05\"", false)],
        );
    }
}
