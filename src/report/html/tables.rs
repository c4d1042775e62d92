//! The tables of a call's page: every measurement with unit, meaning and grade, or the reason why there is none.

use serde_json::Value;

use super::format;
use super::labels::{self, Label, Mark};
use super::lanes::channel_name;
use crate::call::{CallReport, ChannelMeasurements, Speaker};
use crate::report::ReportError;

pub(super) struct Table {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
}

pub(super) struct Row {
    pub(super) label: &'static Label,
    pub(super) cells: Vec<Cell>,
}

pub(super) struct Cell {
    pub(super) value: Option<String>,
    pub(super) grade: Option<Mark>,
    /// Why there is no value.
    pub(super) why: Option<String>,
}

fn cell(report: &CallReport, value: Option<&Value>, label: &Label, pointer: &str) -> Cell {
    let grade = value.and_then(Value::as_f64).and_then(|v| label.grade(v));
    let value = value.and_then(|v| format::value(v, label.unit));
    let why = if value.is_none() { why_missing(report, pointer) } else { None };
    Cell { value, grade, why }
}

/// The message of the problem that names this field or something that holds it.
fn why_missing(report: &CallReport, pointer: &str) -> Option<String> {
    let is_about = |field: &String| {
        pointer.strip_prefix(field.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    report.problems.iter().find(|p| p.fields.iter().any(is_about)).map(|p| p.message.clone())
}

pub(super) fn by_channel(report: &CallReport) -> Result<Option<Table>, ReportError> {
    let Some(channels) = report.channels.as_ref().filter(|c| !c.is_empty()) else { return Ok(None) };
    let columns = channels.iter().map(|c| channel_name(report, usize::from(c.channel))).collect();
    let values: Vec<Value> = channels.iter().map(worded).collect::<Result<_, _>>()?;
    let row = |label: &'static Label| {
        let path = label.key.trim_start_matches("channels").replace('.', "/");
        let cells = values
            .iter()
            .enumerate()
            .map(|(at, value)| cell(report, value.pointer(&path), label, &format!("/channels/{at}{path}")))
            .collect();
        Row { label, cells }
    };
    Ok(Some(Table { columns, rows: labels::BY_CHANNEL.iter().map(row).collect() }))
}

/// A channel's measurements with the words of its enums as people read them.
fn worded(channel: &ChannelMeasurements) -> Result<Value, ReportError> {
    let mut value = serde_json::to_value(channel)?;
    if let (Some(kind), Some(slot)) = (channel.noise.kind, value.pointer_mut("/noise/kind")) {
        *slot = labels::noise(kind).into();
    }
    if let (Some(kind), Some(slot)) = (channel.bandwidth.kind, value.pointer_mut("/bandwidth/kind")) {
        *slot = labels::bandwidth(kind).into();
    }
    Ok(value)
}

pub(super) fn by_speaker(report: &CallReport) -> Result<Option<Table>, ReportError> {
    let Some(conversation) = report.conversation.as_ref().filter(|_| !report.speakers.is_empty()) else {
        return Ok(None);
    };
    let value = serde_json::to_value(conversation)?;
    let columns = report.speakers.iter().map(|s| format!("{} ({})", labels::party(s.party).0, s.id)).collect();
    let row = |label: &'static Label| {
        let key = label.key.trim_start_matches("conversation.");
        let map = value.get(key);
        let of_speaker = |speaker: &Speaker| {
            let pointer = format!("/conversation/{key}/{}", speaker.id);
            cell(report, map.and_then(|m| m.get(&speaker.id)), label, &pointer)
        };
        Row { label, cells: report.speakers.iter().map(of_speaker).collect() }
    };
    Ok(Some(Table { columns, rows: labels::BY_SPEAKER.iter().map(row).collect() }))
}

pub(super) fn of_call(report: &CallReport) -> Result<Option<Table>, ReportError> {
    if report.conversation.is_none() && report.layout.is_none() {
        return Ok(None);
    }
    let value = serde_json::to_value(report)?;
    let row = |label: &'static Label| {
        let pointer = format!("/{}", label.key.replace('.', "/"));
        Row { label, cells: vec![cell(report, value.pointer(&pointer), label, &pointer)] }
    };
    Ok(Some(Table { columns: vec!["Call".into()], rows: labels::OF_CALL.iter().map(row).collect() }))
}

pub(super) struct LeakageView {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) detected: &'static str,
    pub(super) attenuation: String,
    pub(super) delay: String,
}

pub(super) fn leakage(report: &CallReport) -> Vec<LeakageView> {
    let directions = report.crosstalk.iter().filter_map(|c| c.leakage.as_ref()).flatten();
    directions
        .map(|path| LeakageView {
            from: channel_name(report, usize::from(path.from)),
            to: channel_name(report, usize::from(path.to)),
            detected: path.detected.map_or("cannot be judged", |found| if found { "yes" } else { "no" }),
            attenuation: path.attenuation_db.map_or("–".into(), |db| format!("{db:.1} dB weaker")),
            delay: path.delay_ms.map_or("–".into(), |ms| format!("{ms:.1} ms later")),
        })
        .collect()
}
