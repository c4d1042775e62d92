//! The short line of a call: what pages of many calls show and compare. Small, so that 100,000 of them fit in memory.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ProblemSeverity;
use super::batch::{CallError, CallStatus};
use super::claim::KeptClaim;
use super::expected::Expected;
use super::finding::{Finding, Polarity, RequiredStatus, Severity};
use super::recording::{CallMetadata, Party};
use super::report::CallReport;

/// A finding as the index shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorstFinding {
    /// Its id, by which the page of the call has it: `#f-<id>`.
    pub id: String,
    /// What fired.
    pub rule: String,
    /// Id of the taxonomy, or `quality`, `pii`, `fact`.
    pub category: String,
    /// How bad.
    pub severity: Severity,
    /// Probability 0..=1 that a careful reviewer would agree.
    pub confidence: f64,
    /// When; `None` without times.
    pub start_s: Option<f64>,
    /// Which polarity: what kind of thing it is.
    pub polarity: Polarity,
    /// One sentence for people, in English.
    pub message: String,
    /// The words, personal data masked as in the report that it is from.
    pub quote: Option<String>,
}

impl WorstFinding {
    fn of(finding: &Finding) -> Self {
        Self {
            id: finding.id.clone(),
            rule: finding.rule.clone(),
            category: finding.category.clone(),
            severity: finding.severity,
            confidence: finding.confidence,
            start_s: finding.start_s,
            polarity: finding.polarity,
            message: finding.message.clone(),
            quote: finding.quote.clone(),
        }
    }
}

/// The findings of one category in one call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CategoryLine {
    /// Id of the taxonomy; for `quality`, `pii` and `fact` the rule, which says more.
    pub category: String,
    /// What kind of thing it is.
    pub polarity: Polarity,
    /// How many.
    pub n: u64,
    /// How many of them are expected to be true: the sum of their confidences.
    pub expected: f64,
    /// The highest confidence.
    pub confidence: f64,
    /// The worst severity.
    pub severity: Severity,
    /// The surest of the worst, to be heard.
    pub id: String,
    /// When that is; `None` without times.
    pub start_s: Option<f64>,
    /// Its words, masked as in the report, its first 120 characters; `None` if it is not about words.
    #[serde(default)]
    pub quote: Option<String>,
}

/// Most characters of a quote that stands for a category: enough to know what was said, and a line stays small.
const QUOTE_CHARS: usize = 120;

/// Findings by category.
fn categories_of(findings: &[Finding]) -> Vec<CategoryLine> {
    let mut by_category: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let is_named_by_rule = matches!(finding.polarity, Polarity::Quality | Polarity::PersonalData | Polarity::Fact);
        let name = if is_named_by_rule { &finding.rule } else { &finding.category };
        by_category.entry(name).or_default().push(finding);
    }
    let line = |(category, findings): (&str, Vec<&Finding>)| {
        let worst = findings.iter().min_by(|a, b| {
            a.severity.cmp(&b.severity).then(b.confidence.total_cmp(&a.confidence)).then(a.id.cmp(&b.id))
        })?;
        Some(CategoryLine {
            category: category.to_owned(),
            polarity: worst.polarity,
            n: findings.len() as u64,
            expected: findings.iter().map(|f| f.confidence).sum(),
            confidence: findings.iter().map(|f| f.confidence).fold(0.0, f64::max),
            severity: worst.severity,
            id: worst.id.clone(),
            start_s: worst.start_s,
            quote: worst.quote.as_ref().map(|quote| quote.chars().take(QUOTE_CHARS).collect()),
        })
    };
    by_category.into_iter().filter_map(line).collect()
}

/// Numbers of a call that calls are compared by; `None` where they could not be measured. Of the channels it is the worst
/// one that counts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MeasuredLine {
    /// Highest noise floor.
    pub floor_dbfs: Option<f64>,
    /// Largest clipped share.
    pub clipped_ratio: Option<f64>,
    /// Dropouts of all channels.
    pub n_dropouts: Option<u64>,
    /// Lowest band edge.
    pub edge_hz: Option<f64>,
    /// Highest grade of voices behind a party, 0..=3.
    pub background_grade: Option<u8>,
    /// Least attenuation of found leakage.
    pub leakage_db: Option<f64>,
    /// Lowest estimated overall quality, DNSMOS P.835, 1..5.
    pub perceived_ovrl: Option<f64>,
    /// Share of the speech that is the agent's.
    pub agent_talk_ratio: Option<f64>,
    /// Median time in which the agent answers.
    pub agent_response_s: Option<f64>,
    /// Words a minute of the agent.
    pub agent_words_per_minute: Option<f64>,
    /// Longest silence.
    pub silence_longest_s: Option<f64>,
    /// Share of the call on hold.
    pub hold_ratio: Option<f64>,
    /// Time to the first human.
    pub time_to_human_s: Option<f64>,
    /// Mean share of words that one may expect to be right, over the words.
    pub words_confidence: Option<f64>,
    /// Words of the transcript.
    pub n_words: Option<u64>,
}

impl MeasuredLine {
    fn of(report: &CallReport) -> Self {
        let channels = || report.channels.iter().flatten();
        let highest = |values: &mut dyn Iterator<Item = f64>| values.max_by(f64::total_cmp);
        let lowest = |values: &mut dyn Iterator<Item = f64>| values.min_by(f64::total_cmp);
        let conversation = report.conversation.as_ref();
        let agent = report.speakers.iter().find(|s| s.party == Party::Agent).map(|s| s.id.as_str());
        let of_agent = |map: Option<&BTreeMap<String, f64>>| map?.get(agent?).copied();
        let dropouts: Vec<u64> = channels().filter_map(|c| c.dropouts.n).collect();
        let words = report.transcript.as_ref().map(|t| {
            let weighed = t.utterances.iter().filter_map(|u| {
                let n = u.text.split_whitespace().count() as u64;
                Some((n, u.confidence?))
            });
            weighed.fold((0, 0.0), |(n_all, sum), (n, p)| (n_all + n, sum + n as f64 * p))
        });
        Self {
            floor_dbfs: highest(&mut channels().filter_map(|c| c.noise.floor_dbfs)),
            clipped_ratio: highest(&mut channels().filter_map(|c| c.clipping.clipped_ratio)),
            n_dropouts: (!dropouts.is_empty()).then(|| dropouts.iter().sum()),
            edge_hz: lowest(&mut channels().filter_map(|c| c.bandwidth.edge_hz)),
            background_grade: channels().filter_map(|c| c.background_voices.grade).max(),
            leakage_db: lowest(
                &mut report
                    .crosstalk
                    .iter()
                    .filter_map(|c| c.leakage.as_ref())
                    .flatten()
                    .filter_map(|path| path.attenuation_db.filter(|_| path.detected == Some(true))),
            ),
            perceived_ovrl: lowest(&mut channels().filter_map(|c| c.perceived.ovrl)),
            agent_talk_ratio: of_agent(conversation.and_then(|c| c.talk_ratio.as_ref())),
            agent_response_s: of_agent(conversation.and_then(|c| c.response_s.as_ref())),
            agent_words_per_minute: of_agent(conversation.and_then(|c| c.words_per_minute.as_ref())),
            silence_longest_s: conversation.and_then(|c| c.silence.as_ref()).map(|s| s.longest_s),
            hold_ratio: conversation.and_then(|c| c.hold_ratio),
            time_to_human_s: conversation.and_then(|c| c.time_to_human_s),
            words_confidence: words.and_then(|(n, sum)| (n > 0).then(|| sum / n as f64)),
            n_words: words.map(|(n, _)| n),
        }
    }
}

/// What the index, the CSV and later comparisons need of a call: small, so that 100,000 of them fit in memory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CallLine {
    /// The recording.
    pub source: String,
    /// Its SHA-256.
    pub sha256: String,
    /// `calls/<name>-<hash8>`: where its files are, without extension.
    pub stem: String,
    /// How far it came.
    pub status: CallStatus,
    /// Why it failed.
    pub error: Option<CallError>,
    /// What is known beside the sound.
    pub call: CallMetadata,
    /// Length in seconds.
    pub duration_s: Option<f64>,
    /// Language of the transcript.
    pub language: Option<String>,
    /// Score 0..=100.
    pub score: Option<f64>,
    /// Lowest SNR of its channels.
    pub snr_db: Option<f64>,
    /// Overtalk ratio.
    pub overtalk_ratio: Option<f64>,
    /// Number of findings: critical, major, minor, info.
    pub n_by_severity: [u64; 4],
    /// How many findings are expected to be true.
    #[serde(default)]
    pub expected_true: Expected,
    /// The same by severity: critical, major, minor, info.
    #[serde(default)]
    pub expected_by_severity: [Expected; 4],
    /// Required steps that are absent.
    pub n_absent: u64,
    /// Problems of severity `lost`.
    pub n_lost: u64,
    /// The worst findings, at most 3.
    #[serde(default)]
    pub worst: Vec<WorstFinding>,
    /// Its findings by category, in the order of the taxonomy ids.
    #[serde(default)]
    pub categories: Vec<CategoryLine>,
    /// Its required steps.
    #[serde(default)]
    pub steps: Vec<(String, RequiredStatus)>,
    /// Parts of the score that could be judged: name, points, most points.
    #[serde(default)]
    pub parts: Vec<(String, f64, f64)>,
    /// What was measured of the sound and of the conversation.
    #[serde(default)]
    pub measured: MeasuredLine,
    /// What was claimed, to be compared with other calls.
    #[serde(default)]
    pub claims: Vec<KeptClaim>,
}

impl CallLine {
    /// The line of an analysed call. Give it the masked report: its texts are shown.
    pub fn from_report(report: &CallReport, stem: &str) -> Self {
        let mut n_by_severity = [0; 4];
        for finding in &report.findings {
            n_by_severity[finding.severity as usize] += 1;
        }
        let mut by_severity: Vec<&Finding> = report.findings.iter().collect();
        by_severity.sort_by(|a, b| a.severity.cmp(&b.severity).then(b.confidence.total_cmp(&a.confidence)));
        let snrs = report.channels.iter().flatten().filter_map(|c| c.noise.snr_db);
        Self {
            source: report.recording.source.clone(),
            sha256: report.recording.sha256.clone(),
            stem: stem.into(),
            status: CallStatus::Ok,
            error: None,
            call: report.call.clone(),
            duration_s: report.recording.duration_s,
            language: report.transcript.as_ref().and_then(|t| t.language.clone()),
            score: report.score.total,
            snr_db: snrs.min_by(f64::total_cmp),
            overtalk_ratio: report.conversation.as_ref().and_then(|c| c.overtalk.as_ref()).and_then(|o| o.ratio),
            n_by_severity,
            expected_true: Expected::of(&report.findings),
            expected_by_severity: [Severity::Critical, Severity::Major, Severity::Minor, Severity::Info]
                .map(|severity| Expected::of(report.findings.iter().filter(|f| f.severity == severity))),
            n_absent: report.required.iter().filter(|r| r.status == RequiredStatus::Absent).count() as u64,
            n_lost: report.problems.iter().filter(|p| p.severity == ProblemSeverity::Lost).count() as u64,
            worst: by_severity.iter().take(3).map(|f| WorstFinding::of(f)).collect(),
            categories: categories_of(&report.findings),
            steps: report.required.iter().map(|r| (r.category.clone(), r.status)).collect(),
            parts: report.score.parts.iter().filter_map(|p| Some((p.name.clone(), p.points?, p.max))).collect(),
            measured: MeasuredLine::of(report),
            claims: Vec::new(),
        }
    }

    /// The line of a call that could not be analysed, or was not yet tried (`error` is `None`).
    pub fn without_report(
        source: &str,
        sha256: &str,
        stem: &str,
        call: CallMetadata,
        error: Option<CallError>,
    ) -> Self {
        Self {
            source: source.into(),
            sha256: sha256.into(),
            stem: stem.into(),
            status: if error.is_some() { CallStatus::Failed } else { CallStatus::Pending },
            error,
            call,
            duration_s: None,
            language: None,
            score: None,
            snr_db: None,
            overtalk_ratio: None,
            n_by_severity: [0; 4],
            expected_true: Expected::default(),
            expected_by_severity: [Expected::default(); 4],
            n_absent: 0,
            n_lost: 0,
            worst: Vec::new(),
            categories: Vec::new(),
            steps: Vec::new(),
            parts: Vec::new(),
            measured: MeasuredLine::default(),
            claims: Vec::new(),
        }
    }
}
