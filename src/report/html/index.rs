//! The page of the batch: what came out over all calls, worst first; what to hear, who, when, and what to ask. What it
//! shows is computed in [`super::batch`].

use std::cmp::Ordering;

use askama::Template;

use super::batch::{self, charts, contradictions, data, found, groups, heat, link, names, questions, queue, trend};
use super::format::{length, number};
use super::labels::{self, Mark};
use super::selftest::SelftestView;
use super::{BATCH_POLICY, BATCH_SCRIPT, BATCH_STYLE, safe, says};
use crate::call::vendors::are_compared;
use crate::call::{BatchReport, CallLine, CallStatus, RunLine, SelftestReport, Severity};
use crate::report::ReportError;
use crate::report::texts::Texts;

/// The page of the batch. Give it masked lines: their texts are shown. `selftest` is shown if there was one, `runs` (earlier
/// ones and this one, oldest first) from two on.
///
/// # Errors
/// Numbers that are not finite where one is needed.
pub fn index_page(
    batch: &BatchReport,
    lines: &[CallLine],
    selftest: Option<&SelftestReport>,
    runs: &[RunLine],
    texts: Texts,
) -> Result<String, ReportError> {
    let mut sorted: Vec<&CallLine> = lines.iter().collect();
    sorted.sort_by(|a, b| worst_first(a, b));
    let totals = safe::shown(&batch.totals)?;
    let n_of = |severity: Severity| sorted.iter().map(|l| l.n_by_severity[severity as usize]).sum::<u64>();
    let severities = [Severity::Critical, Severity::Major, Severity::Minor, Severity::Info];
    let expected = totals.expected_true;
    let charts = charts::charts(&sorted, texts);
    let consistency = contradictions::disagreements(&batch.consistency, lines, texts)?;
    let failed = sorted.iter().filter(|line| line.status == CallStatus::Failed);
    let page = IndexPage {
        tr: texts,
        policy: &BATCH_POLICY,
        style: BATCH_STYLE,
        script: BATCH_SCRIPT,
        n_calls: totals.n_calls,
        n_ok: totals.n_ok,
        n_failed: totals.n_failed,
        n_unjudged: lines.iter().filter(|line| batch::is_unjudged(line)).count() as u64,
        n_pending: totals.n_pending,
        duration: length(totals.duration_s, texts),
        by_severity: severities.map(|s| (labels::severity(s), n_of(s))),
        n_findings: expected.n,
        expected: (expected.n > 0).then(|| {
            let sd = expected.variance.max(0.0).sqrt();
            // Below ten a tenth of a finding tells something, above it does not.
            let decimals = usize::from(expected.n < 10);
            let shown = |value| number(value, decimals, texts);
            texts.with("batch-expected", &[("value", &shown(expected.mean)), ("of", &shown(sd))])
        }),
        has_agents: lines.iter().any(|l| l.call.agent.is_some()),
        has_comparison: are_compared(lines),
        has_vendors: lines.iter().any(|l| l.call.vendor.is_some()),
        has_starts: lines.iter().any(|l| l.call.started_at.is_some()),
        has_scores: lines.iter().any(|l| l.score.is_some()),
        queue: queue::queue(&sorted, texts),
        rows: data::rows(&sorted, texts),
        data: safe::json_for_script(&data::data(&sorted, &charts, runs, texts))?,
        found: found::rows(&sorted, texts),
        groups: groups::tables(&sorted, texts),
        heat: heat::heat(&sorted, texts),
        questions: questions::questions(&sorted, &consistency, texts),
        trend: trend::rows(runs, texts),
        failed: failed.map(|line| failure(line, texts)).collect(),
        skipped: totals.skipped.into_iter().map(|s| (s.source, s.reason)).collect(),
        selftest: selftest.map(|report| SelftestView::new(report, texts)),
        charts,
        consistency,
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
    /// Analysed, but not their words.
    n_unjudged: u64,
    n_pending: u64,
    duration: String,
    by_severity: [(Mark, u64); 4],
    n_findings: u64,
    expected: Option<String>,
    /// Columns that no call fills are left out.
    has_agents: bool,
    /// There is a page that compares vendors.
    has_comparison: bool,
    has_vendors: bool,
    has_starts: bool,
    has_scores: bool,
    queue: queue::Queue,
    rows: Vec<data::RowView>,
    /// JSON that may stand in a script element.
    data: String,
    found: Vec<found::Row>,
    groups: Vec<groups::Table>,
    heat: Option<heat::Heat>,
    charts: Vec<charts::Chart>,
    questions: Vec<questions::Asked>,
    consistency: Vec<contradictions::Disagreement>,
    trend: Vec<trend::Row>,
    /// Name, folder, kind, why.
    failed: Vec<[String; 4]>,
    skipped: Vec<(String, String)>,
    selftest: Option<SelftestView>,
}

impl IndexPage<'_> {
    /// The list of calls with one filter set.
    fn list(&self, key: &str, value: &str) -> String {
        link::to_list(&[(key, value)])
    }

    /// A message about so many things.
    fn counted(&self, name: &str, n: impl ToString) -> String {
        // By its digits: a template hands over numbers behind any number of references.
        self.tr.count(name, n.to_string().parse::<u64>().unwrap_or_default())
    }

    fn severity(&self, severity: &Severity) -> Mark {
        labels::severity(*severity)
    }

    /// A message with `$value` and `$of`.
    fn of(&self, name: &str, value: impl ToString, of: impl ToString) -> String {
        self.tr.with(name, &[("value", &value.to_string()), ("of", &of.to_string())])
    }
}

fn failure(line: &CallLine, texts: Texts) -> [String; 4] {
    let (name, folder) = names::file(&line.source);
    let error = line.error.as_ref();
    let shown = |text: Option<&str>| text.map(safe::revealed).unwrap_or_default();
    let why = error.map(|e| says::error_says(e, texts).text);
    [name, folder, shown(error.map(|e| e.kind.as_str())), shown(why.as_deref())]
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
