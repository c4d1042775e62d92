//! Values that calls disagree on, each with the moments where it was heard.

use std::collections::HashMap;

use serde_json::Value;

use super::super::format::clock;
use super::super::{safe, says};
use super::{link, names};
use crate::call::{CallLine, Inconsistency, InconsistencyExample};
use crate::report::ReportError;
use crate::report::texts::Texts;

/// Where a value was heard.
pub(in super::super) struct Heard {
    /// The call at that second; `None` if it has no page.
    pub(in super::super) href: Option<String>,
    pub(in super::super) call: String,
    pub(in super::super) clock: String,
    pub(in super::super) agent: String,
    pub(in super::super) quote: String,
}

/// One thing that calls disagree on.
pub(in super::super) struct Disagreement {
    pub(in super::super) what: String,
    pub(in super::super) product: String,
    pub(in super::super) unit: String,
    /// Value, number of calls, where it was heard.
    pub(in super::super) values: Vec<(String, u64, Vec<Heard>)>,
    pub(in super::super) same_agent: bool,
}

/// All of them, ready to be shown.
///
/// # Errors
/// Numbers that are not finite where one is needed.
pub(in super::super) fn disagreements(
    entries: &[Inconsistency],
    lines: &[CallLine],
    texts: Texts,
) -> Result<Vec<Disagreement>, ReportError> {
    // By the source as it is in the report: shown sources may differ.
    let by_source: HashMap<&str, &CallLine> = lines.iter().map(|line| (line.source.as_str(), line)).collect();
    entries.iter().map(|entry| disagreement(entry, &by_source, texts)).collect()
}

fn disagreement(
    entry: &Inconsistency,
    lines: &HashMap<&str, &CallLine>,
    texts: Texts,
) -> Result<Disagreement, ReportError> {
    let heard = |example: &InconsistencyExample| Heard {
        href: lines.get(example.source.as_str()).and_then(|line| link::to_second(line, example.start_s)),
        call: names::short_file(&example.source),
        clock: example.start_s.map(clock).unwrap_or_default(),
        agent: example.agent.as_deref().map(safe::revealed).unwrap_or_default(),
        quote: names::quote(&example.quote),
    };
    let examples: Vec<Vec<Heard>> = entry.values.iter().map(|v| v.examples.iter().map(heard).collect()).collect();
    let entry = safe::shown(entry)?;
    let values = entry.values.into_iter().zip(examples).map(|(v, examples)| {
        let value = match (&v.value, v.value.get("min"), v.value.get("max")) {
            (_, Some(min), Some(max)) => format!("{min}–{max}"),
            (Value::String(text), _, _) => text.clone(),
            (other, _, _) => other.to_string(),
        };
        (value, v.n_calls, examples)
    });
    Ok(Disagreement {
        what: says::attribute(entry.attribute, texts),
        product: entry.product.unwrap_or_default(),
        unit: entry.unit,
        values: values.collect(),
        same_agent: entry.same_agent,
    })
}
