//! The page of the batch: what came out over all calls, worst first.

use std::cmp::Ordering;

use askama::Template;
use serde_json::Value;

use super::format::length;
use super::labels::{self, Mark, Said};
use super::selftest::SelftestView;
use super::{INDEX_POLICY, INDEX_SCRIPT, STYLE, href_of_path, safe};
use crate::call::{
    BatchReport, CallLine, CallStatus, Expected, Inconsistency, InconsistencyExample, SelftestReport, Severity,
    WorstFinding,
};
use crate::report::ReportError;
use crate::report::texts::Texts;

/// The page of the batch. Give it masked lines: their texts are shown. `selftest` is shown if there was one.
///
/// # Errors
/// Numbers that are not finite where one is needed.
pub fn index_page(
    batch: &BatchReport,
    lines: &[CallLine],
    selftest: Option<&SelftestReport>,
    texts: Texts,
) -> Result<String, ReportError> {
    let mut sorted: Vec<&CallLine> = lines.iter().collect();
    sorted.sort_by(|a, b| worst_first(a, b));
    let totals = safe::shown(&batch.totals)?;
    let mut languages: Vec<String> = lines.iter().filter_map(|l| l.language.as_deref().map(safe::revealed)).collect();
    languages.sort_unstable();
    languages.dedup();
    let n_of = |severity: Severity| sorted.iter().map(|l| l.n_by_severity[severity as usize]).sum::<u64>();
    let severities = [Severity::Critical, Severity::Major, Severity::Minor, Severity::Info];
    let page = IndexPage {
        tr: texts,
        policy: &INDEX_POLICY,
        style: STYLE,
        script: INDEX_SCRIPT,
        n_calls: totals.n_calls,
        n_ok: totals.n_ok,
        n_failed: totals.n_failed,
        n_pending: totals.n_pending,
        duration: length(totals.duration_s, texts),
        by_severity: severities.map(|s| (labels::severity(s), n_of(s))),
        expected: (totals.expected_true.n > 0).then_some(totals.expected_true),
        has_agents: lines.iter().any(|l| l.call.agent.is_some()),
        has_vendors: lines.iter().any(|l| l.call.vendor.is_some()),
        has_starts: lines.iter().any(|l| l.call.started_at.is_some()),
        rows: sorted.into_iter().map(|line| row(line, texts)).collect::<Result<_, _>>()?,
        languages,
        skipped: totals.skipped.into_iter().map(|s| (s.source, s.reason)).collect(),
        consistency: batch.consistency.iter().map(disagreement).collect::<Result<_, _>>()?,
        selftest: selftest.map(|report| SelftestView::new(report, texts)),
    };
    Ok(page.render()?)
}

#[derive(Template)]
#[template(path = "index.html")]
struct IndexPage<'a> {
    tr: Texts,
    policy: &'a str,
    style: &'a str,
    script: &'a str,
    n_calls: u64,
    n_ok: u64,
    n_failed: u64,
    n_pending: u64,
    duration: String,
    by_severity: [(Mark, u64); 4],
    expected: Option<Expected>,
    /// Columns that no call fills are left out.
    has_agents: bool,
    has_vendors: bool,
    has_starts: bool,
    rows: Vec<RowView>,
    languages: Vec<String>,
    skipped: Vec<(String, String)>,
    consistency: Vec<DisagreementView>,
    selftest: Option<SelftestView>,
}

/// Values that calls disagree on.
struct DisagreementView {
    what: String,
    product: String,
    unit: String,
    /// Value, number of calls, where it was heard.
    values: Vec<(String, u64, Vec<String>)>,
    same_agent: bool,
}

struct RowView {
    href: Option<String>,
    name: String,
    folder: String,
    status: Mark,
    error: Option<String>,
    score: Option<String>,
    n_by_severity: [u64; 4],
    n_absent: u64,
    n_lost: u64,
    worst: Vec<(Mark, Said)>,
    agent: String,
    /// Date and time of day.
    started: (String, String),
    vendor: String,
    language: String,
    seconds: String,
    length: String,
    snr: Option<String>,
    overtalk: Option<String>,
}

/// Scored calls by score, then those without, then the failed and the pending: a call that failed says nothing of
/// how bad it is. Equal ones by severities, then by source.
pub fn worst_first(a: &CallLine, b: &CallLine) -> Ordering {
    let rank = |line: &CallLine| match line.status {
        CallStatus::Ok if line.score.is_some() => 0,
        CallStatus::Ok => 1,
        CallStatus::Failed => 2,
        CallStatus::Pending => 3,
    };
    let score = |line: &CallLine| line.score.unwrap_or(0.0);
    rank(a)
        .cmp(&rank(b))
        .then(score(a).total_cmp(&score(b)))
        .then(b.n_by_severity.cmp(&a.n_by_severity))
        .then(a.source.cmp(&b.source))
}

fn row(line: &CallLine, tr: Texts) -> Result<RowView, ReportError> {
    let href = (line.status == CallStatus::Ok).then(|| href_of_path(&format!("{}.html", line.stem), 0));
    let line = safe::shown(line)?;
    let says = |w: &WorstFinding| labels::says_of(&w.rule, &w.category, w.polarity, &w.message, tr);
    let (folder, name) = line.source.rsplit_once('/').unwrap_or(("", &line.source));
    Ok(RowView {
        href,
        name: name.to_owned(),
        folder: folder.to_owned(),
        status: labels::status(line.status),
        error: line.error.map(|e| e.message),
        score: line.score.map(|s| format!("{s:.0}")),
        n_by_severity: line.n_by_severity,
        n_absent: line.n_absent,
        n_lost: line.n_lost,
        worst: line.worst.iter().map(|w| (labels::severity(w.severity), says(w))).collect(),
        agent: line.call.agent.unwrap_or_default(),
        started: day_and_minute(line.call.started_at.as_deref().unwrap_or_default()),
        vendor: line.call.vendor.unwrap_or_default(),
        language: line.language.unwrap_or_default(),
        seconds: line.duration_s.map_or(String::new(), |d| format!("{d:.1}")),
        length: line.duration_s.map_or(String::new(), |d| length(d, tr)),
        snr: line.snr_db.map(|db| format!("{db:.1}")),
        overtalk: line.overtalk_ratio.map(|r| format!("{:.1}", r * 100.0)),
    })
}

/// What a table needs of an RFC 3339 time.
fn day_and_minute(started_at: &str) -> (String, String) {
    let (day, time) = started_at.split_once('T').unwrap_or((started_at, ""));
    let first = |text: &str, n: usize| text.chars().take(n).collect::<String>();
    (first(day, "2026-11-02".len()), first(time, "09:14".len()))
}

fn disagreement(entry: &Inconsistency) -> Result<DisagreementView, ReportError> {
    let entry = safe::shown(entry)?;
    let example = |e: InconsistencyExample| {
        let who = e.agent.map(|agent| format!(" ({agent})")).unwrap_or_default();
        format!("{}{who}: “{}”", e.source, e.quote)
    };
    let values = entry.values.into_iter().map(|v| {
        let value = match (&v.value, v.value.get("min"), v.value.get("max")) {
            (_, Some(min), Some(max)) => format!("{min}–{max}"),
            (Value::String(text), _, _) => text.clone(),
            (other, _, _) => other.to_string(),
        };
        (value, v.n_calls, v.examples.into_iter().map(example).collect())
    });
    Ok(DisagreementView {
        what: labels::words_of_id(entry.attribute.name()),
        product: entry.product.unwrap_or_default(),
        unit: entry.unit,
        values: values.collect(),
        same_agent: entry.same_agent,
    })
}
