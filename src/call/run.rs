//! What an earlier run over a folder found, in one line: from run to run it shows whether calls get better. Times of runs
//! are in the store and on the page of the batch, never in JSON reports.

use super::batch::CallStatus;
use super::finding::Severity;
use super::line::CallLine;

/// A run that ended, and what the batch was then.
#[derive(Debug, Clone, PartialEq)]
pub struct RunLine {
    /// When it began, RFC 3339 in UTC.
    pub started_at: String,
    /// Recordings of the batch.
    pub n_calls: u64,
    /// Of these could not be analysed.
    pub n_failed: u64,
    /// Analysed calls that have a score.
    pub n_scored: u64,
    /// Their mean score, 0..=100; `None` without any.
    pub score_mean: Option<f64>,
    /// Findings of severity major or critical by analysed call; `None` without any.
    pub severe_per_call: Option<f64>,
    /// SHA-256 of the settings: runs with others measure differently and are not to be compared by numbers alone.
    pub settings_sha256: String,
}

impl RunLine {
    /// The line of a run over these calls.
    pub fn of(lines: &[CallLine], started_at: &str, settings_sha256: &str) -> Self {
        let analysed = || lines.iter().filter(|line| line.status == CallStatus::Ok);
        let scores: Vec<f64> = analysed().filter_map(|line| line.score).collect();
        let n_severe = |line: &CallLine| {
            line.n_by_severity[Severity::Critical as usize] + line.n_by_severity[Severity::Major as usize]
        };
        let share = |sum: f64, n: usize| (n > 0).then(|| sum / n as f64);
        Self {
            started_at: started_at.into(),
            n_calls: lines.len() as u64,
            n_failed: lines.iter().filter(|line| line.status == CallStatus::Failed).count() as u64,
            n_scored: scores.len() as u64,
            score_mean: share(scores.iter().sum(), scores.len()),
            severe_per_call: share(analysed().map(n_severe).sum::<u64>() as f64, analysed().count()),
            settings_sha256: settings_sha256.into(),
        }
    }
}
