//! The findings and required steps of a call's page, as its template prints them: which is the worst, what it says, what
//! proves it, and by what the list can be filtered.

use super::format::{Time, clock, percent};
use super::labels::{self, Mark, Said};
use super::lanes::party_of;
use super::tables;
use super::words::language_tag;
use crate::call::{CallReport, Finding, Required, RequiredStatus, Searched, Severity};
use crate::report::texts::Texts;

/// Places that the page offers to hear first: as many as one listens to in a minute.
const N_MOMENTS: usize = 3;

pub(super) struct FindingView {
    pub(super) id: String,
    pub(super) severity: Mark,
    pub(super) polarity: String,
    pub(super) title: String,
    pub(super) rule: String,
    pub(super) quote: Option<String>,
    pub(super) language: Option<String>,
    pub(super) says: Said,
    pub(super) legal_source: Option<String>,
    pub(super) confidence: String,
    /// Name of the party and its class.
    pub(super) who: Option<(String, &'static str)>,
    pub(super) start: Option<Time>,
    pub(super) end: Option<Time>,
    pub(super) line: Option<String>,
    pub(super) evidence: Vec<(String, String)>,
    /// What reviewers said, once their verdicts are in the store.
    pub(super) reviewed: Option<String>,
    pub(super) is_rejected: bool,
}

impl FindingView {
    /// Class of the party for the filter.
    pub(super) fn party(&self) -> &'static str {
        self.who.as_ref().map_or("none", |(_, class)| class)
    }
}

/// What the list can be filtered by: value and name, each once, in the order of the list.
pub(super) struct Filters {
    pub(super) severities: Vec<(Mark, String)>,
    pub(super) categories: Vec<String>,
    pub(super) parties: Vec<(&'static str, String)>,
}

impl Filters {
    pub(super) fn new(report: &CallReport, findings: &[FindingView], tr: Texts) -> Self {
        let mut categories: Vec<String> = findings.iter().map(|f| f.title.clone()).collect();
        categories.sort();
        categories.dedup();
        let mut parties: Vec<(&'static str, String)> = Vec::new();
        for finding in findings {
            let (name, class) = finding.who.clone().unwrap_or_else(|| (tr.get("call-nobody"), "none"));
            if !parties.iter().any(|(known, _)| *known == class) {
                parties.push((class, name));
            }
        }
        Self {
            severities: count_by_severity(&report.findings)
                .into_iter()
                .filter(|(_, n)| *n > 0)
                .map(|(mark, n)| (mark, mark.counted(n, tr)))
                .collect(),
            categories,
            parties,
        }
    }
}

pub(super) fn count_by_severity(findings: &[Finding]) -> Vec<(Mark, usize)> {
    [Severity::Critical, Severity::Major, Severity::Minor, Severity::Info]
        .into_iter()
        .map(|s| (labels::severity(s), findings.iter().filter(|f| f.severity == s).count()))
        .collect()
}

/// By severity, then the surest first, then as they come in the call; the script can turn it into the order of the call.
pub(super) fn worst_first(report: &CallReport, tr: Texts) -> Vec<FindingView> {
    let mut sorted: Vec<&Finding> = report.findings.iter().collect();
    sorted.sort_by(|a, b| a.severity.cmp(&b.severity).then(b.confidence.total_cmp(&a.confidence)));
    sorted.into_iter().map(|finding| view(report, finding, tr)).collect()
}

/// Indices into the views of those to be heard first: what was said or done at a time, not what is missing, one of a kind.
pub(super) fn moments(report: &CallReport, findings: &[FindingView]) -> Vec<usize> {
    let mut picked: Vec<usize> = Vec::new();
    for (at, view) in findings.iter().enumerate() {
        let has_place = view.start.is_some() || report.recording.duration_s.is_none();
        let is_bad = view.severity != labels::severity(Severity::Info);
        let is_new = picked.iter().all(|i| findings[*i].title != view.title);
        if has_place && is_bad && is_new && view.quote.is_some() && picked.len() < N_MOMENTS {
            picked.push(at);
        }
    }
    picked
}

fn view(report: &CallReport, finding: &Finding, tr: Texts) -> FindingView {
    let utterance = finding.utterance.and_then(|i| report.transcript.as_ref()?.utterances.get(i));
    FindingView {
        id: finding.id.clone(),
        severity: labels::severity(finding.severity),
        polarity: labels::polarity(finding.polarity, tr),
        title: labels::title(finding, tr),
        rule: finding.rule.clone(),
        quote: finding.quote.clone(),
        language: utterance.and_then(|u| language_tag(u.language.as_deref())),
        says: labels::says(finding, tr),
        legal_source: finding.legal_source.clone(),
        confidence: tr.with("call-sure", &[("value", &percent(finding.confidence))]),
        who: finding.speaker.as_deref().map(|id| labels::party(party_of(report, Some(id)), tr)),
        start: finding.start_s.map(Time::new),
        end: finding.end_s.map(Time::new),
        line: finding.line.map(|line| tr.with("call-line", &[("n", &line.to_string())])),
        evidence: labels::evidence_of(finding, tr),
        reviewed: finding.review.map(|r| {
            let counts = [("agreed", r.agreed), ("disagreed", r.disagreed), ("unsure", r.unsure)];
            let counts = counts.map(|(name, n)| (name, n.to_string()));
            tr.with("call-reviewed", &counts.each_ref().map(|(name, n)| (*name, n.as_str())))
        }),
        is_rejected: finding.review.is_some_and(|r| r.is_rejected()),
    }
}

pub(super) struct StepView {
    pub(super) category: String,
    pub(super) status: Mark,
    /// How bad it is that it is missing.
    pub(super) severity: Option<Mark>,
    /// Why it cannot be judged.
    pub(super) why: Option<Said>,
    pub(super) start: Option<Time>,
    pub(super) quote: Option<String>,
    /// How near, its words, when.
    pub(super) near_miss: Option<(String, String, Option<Time>)>,
    pub(super) searched: Option<String>,
    /// Where the search began, to be heard.
    pub(super) searched_from: Option<Time>,
}

/// What needs a look first: missing, the worst first, then what cannot be judged, then the rest as it comes.
pub(super) fn steps(report: &CallReport, tr: Texts) -> Vec<StepView> {
    let severity_of = |step: &Required| {
        let is_its = |f: &&Finding| f.rule.starts_with("required.") && f.category == step.category;
        report.findings.iter().filter(is_its).map(|f| f.severity).min()
    };
    let place = |status| match status {
        RequiredStatus::Absent => 0,
        RequiredStatus::NotJudgeable => 1,
        RequiredStatus::Present => 2,
        RequiredStatus::NotApplicable => 3,
    };
    let mut sorted: Vec<_> =
        report.required.iter().enumerate().map(|(at, step)| (at, step, severity_of(step))).collect();
    // A step without a finding behind those that have one.
    sorted.sort_by_key(|(_, step, severity)| (place(step.status), severity.is_none(), *severity));
    sorted
        .into_iter()
        .map(|(at, step, severity)| {
            let is_open = step.status == RequiredStatus::NotJudgeable;
            let why = is_open.then(|| tables::reason(report, &format!("/required/{at}/status"), tr)).flatten();
            StepView { severity: severity.map(labels::severity), why, ..view_of_step(step, tr) }
        })
        .collect()
}

fn view_of_step(step: &Required, tr: Texts) -> StepView {
    let near = |n: &crate::call::NearMiss| {
        let how = tr.with("call-nearest", &[("value", &percent(n.score))]);
        (how, n.quote.clone(), n.start_s.map(Time::new))
    };
    StepView {
        category: labels::category(&step.category, tr),
        status: labels::required(step.status),
        severity: None,
        why: None,
        start: step.start_s.map(Time::new),
        quote: step.quote.clone(),
        near_miss: step.near_miss.as_ref().map(near),
        searched: step.searched.as_ref().map(|window| searched(window, tr)),
        searched_from: step.searched.as_ref().and_then(|window| window.from_s).map(Time::new),
    }
}

fn searched(window: &Searched, tr: Texts) -> String {
    let span = match (window.from_s.map(clock), window.to_s.map(clock)) {
        (Some(from), Some(to)) => tr.with("call-from-to", &[("from", &from), ("to", &to)]),
        (Some(from), None) => tr.with("call-from", &[("from", &from)]),
        (None, Some(to)) => tr.with("call-up-to", &[("to", &to)]),
        (None, None) => tr.get("call-whole-text"),
    };
    match window.audible_ratio {
        Some(share) => tr.with("call-searched-heard", &[("where", &span), ("value", &percent(share))]),
        None => tr.with("call-searched", &[("where", &span)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Problem, ProblemSeverity};
    use serde_json::json;

    #[test]
    fn steps_that_need_a_look_come_first_and_say_why() {
        let mut report = crate::report::html::lanes::tests::empty_report();
        let step = |category: &str, status| Required {
            category: category.into(),
            status,
            start_s: None,
            utterance: None,
            quote: None,
            near_miss: None,
            searched: None,
        };
        let finding = |category: &str, severity: &str| -> Finding {
            serde_json::from_value(json!({
                "id": category, "rule": format!("required.{category}"), "category": category, "polarity": "required",
                "severity": severity, "speaker": null, "channel": null, "start_s": null, "end_s": null,
                "utterance": null, "line": null, "quote": null, "confidence": 1.0, "message": "",
                "legal_source": null, "evidence": {}
            }))
            .expect("a finding")
        };
        report.required = vec![
            step("a", RequiredStatus::Present),
            step("b", RequiredStatus::Absent),
            step("c", RequiredStatus::NotJudgeable),
            step("d", RequiredStatus::Absent),
        ];
        report.findings = vec![finding("b", "minor"), finding("d", "critical")];
        let problem = Problem::new("rules", "no_words", ProblemSeverity::NotMeasurable, "no words");
        report.problems = vec![problem.about(["/required/2/status"])];
        let steps = steps(&report, Texts::default());
        let shown: Vec<_> = steps.iter().map(|s| (s.category.as_str(), s.severity.map_or("", |m| m.class))).collect();
        assert_eq!(shown, [("d", "critical"), ("b", "minor"), ("c", ""), ("a", "")]);
        assert_eq!(steps[2].why.as_ref().map(|why| why.text.as_str()), Some("no words"));
        assert!(steps[0].why.is_none());
    }
}
