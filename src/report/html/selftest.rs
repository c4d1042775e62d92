//! The page of a self-test: how well known damage was measured on the user's own recordings.

use askama::Template;

use super::format::length;
use super::{PLAIN_POLICY, STYLE, safe};
use crate::call::{SelftestRecording, SelftestReport};
use crate::report::ReportError;
use crate::report::recovery::{self, ShownRow};
use crate::report::texts::Texts;

/// What the index and the page show of a self-test.
pub(super) struct SelftestView {
    pub(super) rows: Vec<ShownRow>,
    pub(super) false_alarms: Vec<String>,
    pub(super) n_used: usize,
    pub(super) duration: String,
}

impl SelftestView {
    pub(super) fn new(report: &SelftestReport, tr: Texts) -> Self {
        let seconds = |r: &SelftestRecording| Some(r.to_s? - r.from_s?);
        let used: Vec<f64> = report.recordings.iter().filter_map(seconds).collect();
        Self {
            rows: recovery::rows(report, tr),
            false_alarms: recovery::false_alarm_lines(report, tr),
            n_used: used.len(),
            duration: length(used.iter().sum(), tr),
        }
    }
}

/// The page of a self-test by itself.
///
/// # Errors
/// When the page cannot be filled in.
pub fn selftest_page(report: &SelftestReport, texts: Texts) -> Result<String, ReportError> {
    let about = |r: &SelftestRecording| {
        let reasons = r
            .left_out
            .iter()
            .map(|l| (safe::revealed(&recovery::damage(&l.damage, texts)), safe::revealed(&l.reason)))
            .collect();
        (safe::revealed(&r.source), reasons)
    };
    let left_out = report.recordings.iter().filter(|r| !r.left_out.is_empty()).map(about).collect();
    let page = SelftestPage {
        tr: texts,
        policy: &PLAIN_POLICY,
        style: STYLE,
        script: "",
        view: SelftestView::new(report, texts),
        left_out,
        made_by: texts.with(
            "selftest-made-by",
            &[("version", &safe::revealed(&report.callvet)), ("seed", &report.seed.to_string())],
        ),
    };
    Ok(page.render()?)
}

#[derive(Template)]
#[template(path = "selftest.html")]
struct SelftestPage<'a> {
    tr: Texts,
    policy: &'a str,
    style: &'a str,
    script: &'a str,
    view: SelftestView,
    made_by: String,
    /// Recordings with the damages that could not be tried on them, and why.
    left_out: Vec<(String, Vec<(String, String)>)>,
}
