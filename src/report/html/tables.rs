//! The tables of a call's page: every measurement with unit, meaning and grade, or the reason why there is none.

use serde_json::Value;

use super::format;
use super::labels::{self, Label, Mark, Said};
use super::lanes::channel_name;
use crate::call::{CallReport, ChannelMeasurements, Speaker};
use crate::report::ReportError;
use crate::report::texts::Texts;

pub(super) struct Table {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
}

pub(super) struct Row {
    /// Path in the report.
    pub(super) key: &'static str,
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) meaning: String,
    /// Limits and what misleads the number.
    pub(super) more: Option<String>,
    pub(super) cells: Vec<Cell>,
}

fn row_of(label: &Label, cells: Vec<Cell>, tr: Texts) -> Row {
    let misled_by = label.fooled_by(tr).map(|what| tr.with("label-misled-by", &[("what", &what)]));
    let more: Vec<String> = label.limits(tr).into_iter().chain(misled_by).collect();
    Row {
        key: label.key,
        name: label.name(tr),
        unit: label.unit.name(tr),
        meaning: label.meaning(tr),
        more: (!more.is_empty()).then(|| more.join(" ")),
        cells,
    }
}

pub(super) struct Cell {
    pub(super) value: Option<String>,
    pub(super) grade: Option<Mark>,
    /// Why there is no value.
    pub(super) why: Option<Said>,
}

fn cell(report: &CallReport, value: Option<&Value>, label: &Label, pointer: &str, tr: Texts) -> Cell {
    let grade = value.and_then(Value::as_f64).and_then(|v| label.grade(v));
    let value = value.and_then(|v| format::value(v, label.unit, tr));
    let why = if value.is_none() { why_missing(report, pointer, tr) } else { None };
    Cell { value, grade, why }
}

/// Why there is no number.
pub(super) fn why_missing(report: &CallReport, pointer: &str, tr: Texts) -> Option<Said> {
    let said = reason(report, pointer, tr)?;
    Some(Said { text: tr.with("label-not-measured", &[("why", &said.text)]), ..said })
}

/// What the problem says that names this field or something that holds it.
pub(super) fn reason(report: &CallReport, pointer: &str, tr: Texts) -> Option<Said> {
    let is_about = |field: &String| {
        pointer.strip_prefix(field.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let problem = report.problems.iter().find(|p| p.fields.iter().any(is_about))?;
    Some(labels::problem_says(problem, &report.score.parts, tr))
}

pub(super) fn by_channel(report: &CallReport, tr: Texts) -> Result<Option<Table>, ReportError> {
    let Some(channels) = report.channels.as_ref().filter(|c| !c.is_empty()) else { return Ok(None) };
    let columns = channels.iter().map(|c| channel_name(report, usize::from(c.channel), tr)).collect();
    let values: Vec<Value> = channels.iter().map(|channel| worded(channel, tr)).collect::<Result<_, _>>()?;
    let row = |label: &'static Label| {
        let path = label.key.trim_start_matches("channels").replace('.', "/");
        let cells = values
            .iter()
            .enumerate()
            .map(|(at, value)| cell(report, value.pointer(&path), label, &format!("/channels/{at}{path}"), tr))
            .collect();
        row_of(label, cells, tr)
    };
    Ok(Some(Table { columns, rows: labels::BY_CHANNEL.iter().map(row).collect() }))
}

/// A channel's measurements with the words of its enums as people read them.
fn worded(channel: &ChannelMeasurements, tr: Texts) -> Result<Value, ReportError> {
    let mut value = serde_json::to_value(channel)?;
    if let (Some(kind), Some(slot)) = (channel.noise.kind, value.pointer_mut("/noise/kind")) {
        *slot = labels::noise(kind, tr).into();
    }
    if let (Some(kind), Some(slot)) = (channel.bandwidth.kind, value.pointer_mut("/bandwidth/kind")) {
        *slot = labels::bandwidth(kind, tr).into();
    }
    Ok(value)
}

pub(super) fn by_speaker(report: &CallReport, tr: Texts) -> Result<Option<Table>, ReportError> {
    let Some(conversation) = report.conversation.as_ref().filter(|_| !report.speakers.is_empty()) else {
        return Ok(None);
    };
    let value = serde_json::to_value(conversation)?;
    let columns = report.speakers.iter().map(|s| format!("{} ({})", labels::party(s.party, tr).0, s.id)).collect();
    let row = |label: &'static Label| {
        let key = label.key.trim_start_matches("conversation.");
        let map = value.get(key);
        let of_speaker = |speaker: &Speaker| {
            let pointer = format!("/conversation/{key}/{}", speaker.id);
            cell(report, map.and_then(|m| m.get(&speaker.id)), label, &pointer, tr)
        };
        row_of(label, report.speakers.iter().map(of_speaker).collect(), tr)
    };
    Ok(Some(Table { columns, rows: labels::BY_SPEAKER.iter().map(row).collect() }))
}

pub(super) fn of_call(report: &CallReport, tr: Texts) -> Result<Option<Table>, ReportError> {
    if report.conversation.is_none() && report.layout.is_none() {
        return Ok(None);
    }
    let value = serde_json::to_value(report)?;
    let row = |label: &'static Label| {
        let pointer = format!("/{}", label.key.replace('.', "/"));
        row_of(label, vec![cell(report, value.pointer(&pointer), label, &pointer, tr)], tr)
    };
    Ok(Some(Table { columns: vec![tr.get("table-call")], rows: labels::OF_CALL.iter().map(row).collect() }))
}

pub(super) struct LeakageView {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) detected: String,
    pub(super) attenuation: String,
    pub(super) delay: String,
}

pub(super) fn leakage(report: &CallReport, tr: Texts) -> Vec<LeakageView> {
    let shown = |message: &str, value: Option<f64>| {
        value.map_or("–".into(), |v| tr.with(message, &[("value", &format::number(v, 1, tr))]))
    };
    let directions = report.crosstalk.iter().filter_map(|c| c.leakage.as_ref()).flatten();
    directions
        .map(|path| LeakageView {
            from: channel_name(report, usize::from(path.from), tr),
            to: channel_name(report, usize::from(path.to), tr),
            detected: tr
                .get(path.detected.map_or("leak-undecided", |found| if found { "label-yes" } else { "label-no" })),
            attenuation: shown("leak-weaker", path.attenuation_db),
            delay: shown("leak-later", path.delay_ms),
        })
        .collect()
}
