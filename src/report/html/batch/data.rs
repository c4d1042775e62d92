//! The list of calls as data for the script: what the table shows, sorts and filters, an array a call, texts that many
//! calls share once. And the first calls as rows of HTML, for whoever has no script and until it runs.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::super::format::{clock, number};
use super::super::labels::{self, Mark};
use super::super::{safe, says};
use super::charts::{Chart, MEASURES, Measure};
use super::groups::begun;
use super::{LIKELY, NOT_JUDGED, is_heard, is_unjudged, link, names, trend};
use crate::call::{CallLine, CallStatus, RunLine, Severity};
use crate::report::texts::Texts;
use crate::units::round_to;

/// Rows that stand in the HTML.
pub(in super::super) const N_ROWS: usize = 200;

/// Place in the list of statuses of a call whose words could not be judged.
const UNJUDGED: u8 = 3;

/// Texts that many calls share, by number.
#[derive(Default)]
struct Table {
    texts: Vec<Value>,
    numbers: HashMap<String, usize>,
}

impl Table {
    /// Number of this entry; the key tells entries apart.
    fn number(&mut self, key: String, entry: impl FnOnce() -> Value) -> usize {
        *self.numbers.entry(key).or_insert_with(|| {
            self.texts.push(entry());
            self.texts.len() - 1
        })
    }

    /// Number of a name, hidden characters shown; `null` without one.
    fn name(&mut self, name: Option<&str>) -> Value {
        let shown = name.filter(|name| !name.trim().is_empty()).map(safe::revealed);
        shown.map_or(Value::Null, |text| self.number(text.clone(), || text.into()).into())
    }
}

#[derive(Default)]
struct Tables {
    folders: Table,
    agents: Table,
    vendors: Table,
    campaigns: Table,
    languages: Table,
    errors: Table,
    categories: Table,
    titles: Table,
}

/// Everything that the script needs; `sorted` are the calls, worst first. What stands where in a call's array is told at
/// the head of `batch_table.js`.
pub(in super::super) fn data(sorted: &[&CallLine], charts: &[Chart], runs: &[RunLine], texts: Texts) -> Value {
    let mut tables = Tables::default();
    let calls: Vec<Value> = sorted.iter().map(|line| call(line, &mut tables, texts)).collect();
    let marks = |marks: &[Mark]| -> Vec<Value> {
        marks.iter().map(|mark| json!([mark.icon, mark.word(texts), mark.class])).collect()
    };
    let chart = |chart: &Chart| {
        let bins: Vec<Value> = chart.bins.iter().map(|b| json!([b.from, b.to, b.n, b.label, b.href])).collect();
        json!({"key": chart.key, "title": chart.title, "bins": bins})
    };
    json!({
        "calls": calls,
        "folders": tables.folders.texts,
        "agents": tables.agents.texts,
        "vendors": tables.vendors.texts,
        "campaigns": tables.campaigns.texts,
        "languages": tables.languages.texts,
        "errors": tables.errors.texts,
        "categories": tables.categories.texts,
        "titles": tables.titles.texts,
        "severities": marks(&[Severity::Critical, Severity::Major, Severity::Minor, Severity::Info].map(labels::severity)),
        "statuses": marks(&[
            labels::status(CallStatus::Ok),
            labels::status(CallStatus::Failed),
            labels::status(CallStatus::Pending),
            NOT_JUDGED,
        ]),
        "weekdays": (1..=7).map(|day| texts.get(&format!("batch-weekday-{day}"))).collect::<Vec<_>>(),
        "charts": charts.iter().map(chart).collect::<Vec<_>>(),
        "trend": trend::series(runs),
        "language": texts.code(),
        "words": texts.of_script("js-batch-"),
    })
}

/// A number as short as JSON can have it.
fn short(value: Option<f64>) -> Value {
    match value {
        Some(value) if value.fract() == 0.0 && value.abs() < 1e15 => json!(value as i64),
        Some(value) => json!(value),
        None => Value::Null,
    }
}

fn measured(key: &str, line: &CallLine) -> Value {
    short(MEASURES.iter().find(|measure| measure.key == key).and_then(|measure: &Measure| measure.value(line)))
}

fn call(line: &CallLine, tables: &mut Tables, texts: Texts) -> Value {
    let (name, folder) = names::short_file_and_rest(&line.source);
    let href = link::to_call(line, None).map(|href| href.trim_end_matches(".html").to_owned());
    let begun = begun(line);
    let worst: Vec<Value> = line
        .worst
        .iter()
        .map(|finding| {
            let says = says::says_of(
                &finding.rule,
                &finding.category,
                finding.polarity,
                &safe::revealed(&finding.message),
                texts,
            );
            let title = names::finding(finding, texts);
            let number =
                tables.titles.number(format!("{title}\0{}", says.text), || json!([title, says.text, says.lang]));
            json!([
                finding.severity as u8,
                number,
                short(Some((finding.confidence * 100.0).round())),
                link::id(&finding.id),
                finding.start_s.map(clock),
                finding.quote.as_deref().map(names::quote),
            ])
        })
        .collect();
    let mut categories: Vec<Value> = Vec::with_capacity(line.categories.len() * 2);
    for category in &line.categories {
        let entry = || {
            let name = names::category(&category.category, category.polarity, texts);
            json!([safe::revealed(&category.category), name, labels::polarity(category.polarity, texts)])
        };
        // The lowest bit tells whether it is more likely true than not.
        let number = tables.categories.number(category.category.clone(), entry);
        categories.push((number * 2 + usize::from(category.confidence >= LIKELY)).into());
        categories.push(link::id(&category.id).into());
    }
    json!([
        href,
        name,
        tables.folders.name(Some(&folder)),
        if is_unjudged(line) { UNJUDGED } else { line.status as u8 },
        measured("score", line),
        line.n_by_severity,
        line.n_absent,
        line.n_lost,
        worst,
        tables.agents.name(line.call.agent.as_deref()),
        tables.vendors.name(line.call.vendor.as_deref()),
        tables.campaigns.name(line.call.campaign.as_deref()),
        line.call.started_at.as_deref().map(minute),
        begun.map(|b| b.weekday),
        begun.map(|b| b.hour),
        short(line.duration_s.map(|s| round_to(s, 1))),
        tables.languages.name(line.language.as_deref()),
        measured("snr", line),
        measured("overtalk", line),
        measured("talk", line),
        measured("silence", line),
        categories,
        line.error.as_ref().map(|error| {
            let said = says::error_says(error, texts);
            tables.errors.name(Some(&said.text))
        }),
    ])
}

/// Date and time of day of an RFC 3339 time, to the minute.
fn minute(started_at: &str) -> String {
    safe::revealed(started_at).replacen('T', " ", 1).chars().take("2026-11-02 09:14".len()).collect()
}

/// Minutes and seconds of a length, with hours from one hour on: `3:05`, `1:02:07`.
fn minutes(duration_s: f64) -> String {
    let s = duration_s.max(0.0).round() as u64;
    if s < 3600 {
        format!("{}:{:02}", s / 60, s % 60)
    } else {
        format!("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
    }
}

/// One of the worst findings in a row of HTML.
pub(in super::super) struct FindingView {
    pub(in super::super) mark: Mark,
    pub(in super::super) href: Option<String>,
    pub(in super::super) title: String,
    pub(in super::super) clock: String,
    pub(in super::super) quote: String,
    pub(in super::super) says: says::Said,
}

/// A row of HTML.
pub(in super::super) struct RowView {
    pub(in super::super) href: Option<String>,
    pub(in super::super) name: String,
    pub(in super::super) folder: String,
    pub(in super::super) status: Mark,
    /// Its words were judged: that nothing was found says something.
    pub(in super::super) is_heard: bool,
    pub(in super::super) error: Option<String>,
    pub(in super::super) score: Option<String>,
    pub(in super::super) n_by_severity: [u64; 4],
    pub(in super::super) n_absent: u64,
    pub(in super::super) n_lost: u64,
    pub(in super::super) worst: Vec<FindingView>,
    pub(in super::super) agent: String,
    pub(in super::super) vendor: String,
    /// Date and time of day.
    pub(in super::super) started: (String, String),
    pub(in super::super) length: String,
    pub(in super::super) language: String,
    pub(in super::super) snr: Option<String>,
    pub(in super::super) overtalk: Option<String>,
}

/// The first rows.
pub(in super::super) fn rows(sorted: &[&CallLine], texts: Texts) -> Vec<RowView> {
    sorted.iter().take(N_ROWS).map(|line| row(line, texts)).collect()
}

fn row(line: &CallLine, texts: Texts) -> RowView {
    let (name, folder) = names::short_file_and_rest(&line.source);
    let shown = |text: Option<&str>| text.map(safe::revealed).unwrap_or_default();
    let finding = |finding: &crate::call::WorstFinding| FindingView {
        mark: labels::severity(finding.severity),
        href: link::to_call(line, Some(&finding.id)),
        title: names::finding(finding, texts),
        clock: finding.start_s.map(clock).unwrap_or_default(),
        quote: finding.quote.as_deref().map(names::quote).unwrap_or_default(),
        says: says::says_of(
            &finding.rule,
            &finding.category,
            finding.polarity,
            &safe::revealed(&finding.message),
            texts,
        ),
    };
    let begun_at = line.call.started_at.as_deref().map(minute).unwrap_or_default();
    RowView {
        href: link::to_call(line, None),
        name,
        folder,
        status: super::status(line),
        is_heard: is_heard(line),
        error: line.error.as_ref().map(|e| safe::revealed(&says::error_says(e, texts).text)),
        score: line.score.map(|score| number(score, 0, texts)),
        n_by_severity: line.n_by_severity,
        n_absent: line.n_absent,
        n_lost: line.n_lost,
        worst: line.worst.iter().map(finding).collect(),
        agent: shown(line.call.agent.as_deref()),
        vendor: shown(line.call.vendor.as_deref()),
        started: begun_at
            .split_once(' ')
            .map_or((begun_at.clone(), String::new()), |(day, time)| (day.into(), time.into())),
        length: line.duration_s.map(minutes).unwrap_or_default(),
        language: shown(line.language.as_deref()),
        snr: line.snr_db.map(|db| number(db, 1, texts)),
        overtalk: line.overtalk_ratio.map(|ratio| number(ratio * 100.0, 1, texts)),
    }
}
