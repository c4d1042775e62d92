//! From run to run over the same folder: does it get better? Shown from two runs on. Runs with other settings measure
//! otherwise and are marked.

use super::super::format::number;
use super::super::safe;
use crate::call::RunLine;
use crate::report::texts::Texts;

pub(in super::super) struct Row {
    /// Day and minute, UTC.
    pub(in super::super) when: String,
    pub(in super::super) n_calls: u64,
    pub(in super::super) n_failed: u64,
    pub(in super::super) score: Option<String>,
    pub(in super::super) severe: Option<String>,
    /// Other settings than the run before.
    pub(in super::super) is_changed: bool,
}

/// Most runs in the table and the chart: a folder that is watched has a run an hour.
const N_RUNS: usize = 60;

/// The last runs of which each found something else than the one before: a run again over the same calls tells nothing, and
/// leaves the page as it was.
fn shown(trend: &[RunLine]) -> Vec<&RunLine> {
    let found = |run: &RunLine| RunLine { started_at: String::new(), ..run.clone() };
    let mut runs: Vec<&RunLine> = trend.iter().collect();
    runs.dedup_by(|later, earlier| found(later) == found(earlier));
    runs.split_off(runs.len().saturating_sub(N_RUNS))
}

/// The runs, oldest first; empty for fewer than two.
pub(in super::super) fn rows(trend: &[RunLine], texts: Texts) -> Vec<Row> {
    let runs = shown(trend);
    if runs.len() < 2 {
        return Vec::new();
    }
    let row = |(at, run): (usize, &&RunLine)| Row {
        when: safe::revealed(&run.started_at).replace('T', " ").chars().take("2026-11-02 09:14".len()).collect(),
        n_calls: run.n_calls,
        n_failed: run.n_failed,
        score: run.score_mean.map(|mean| number(mean, 1, texts)),
        severe: run.severe_per_call.map(|rate| number(rate * 10.0, 1, texts)),
        is_changed: at > 0 && runs[at - 1].settings_sha256 != run.settings_sha256,
    };
    runs.iter().enumerate().map(row).collect()
}

/// Seconds since 1970, mean score and severe findings by ten calls of each run, to be drawn; runs whose time cannot be read
/// are left out.
pub(super) fn series(trend: &[RunLine]) -> Vec<(i64, Option<f64>, Option<f64>)> {
    let point = |run: &RunLine| {
        let at: jiff::Timestamp = run.started_at.parse().ok()?;
        Some((at.as_second(), run.score_mean, run.severe_per_call.map(|rate| rate * 10.0)))
    };
    let points: Vec<_> = shown(trend).into_iter().filter_map(point).collect();
    if points.len() < 2 { Vec::new() } else { points }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_run_is_no_trend() {
        let run = |started_at: &str, settings: &str| RunLine {
            started_at: started_at.into(),
            n_calls: 3,
            n_failed: 1,
            n_scored: 2,
            score_mean: Some(61.25),
            severe_per_call: Some(1.5),
            settings_sha256: settings.into(),
        };
        let runs = [run("2026-11-02T09:14:00Z", "a"), run("2026-11-03T09:14:00Z", "b")];
        assert!(rows(&runs[..1], Texts::default()).is_empty() && series(&runs[..1]).is_empty());
        let rows = rows(&runs, Texts::default());
        assert_eq!((rows[0].when.as_str(), rows[0].is_changed, rows[1].is_changed), ("2026-11-02 09:14", false, true));
        assert_eq!(rows[1].severe.as_deref(), Some("15.0"));
        let again = [runs[0].clone(), run("2026-11-02T10:00:00Z", "a"), runs[1].clone()];
        assert_eq!(self::rows(&again, Texts::default()).len(), 2, "a run that changed nothing");
        assert_eq!(series(&runs)[1].0 - series(&runs)[0].0, 86_400);
    }
}
