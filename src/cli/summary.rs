//! The table that ends an analyze: worst calls first, and where the pages are.

use std::fmt::Write;

use super::progress::{for_people, printable};
use crate::call::{BatchTotals, CallLine, CallStatus};

/// Calls shown; the pages have the rest.
const MOST_ROWS: usize = 20;

/// The summary as text. `lines` come in any order.
pub(super) fn table(lines: &[CallLine], totals: &BatchTotals) -> String {
    let mut worst: Vec<&CallLine> = lines.iter().collect();
    worst.sort_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(std::cmp::Ordering::Equal).then(a.source.cmp(&b.source)));
    let width = worst.iter().take(MOST_ROWS).map(|l| printable(&l.source).chars().count()).max().unwrap_or(0).clamp(9, 60);
    let mut text = String::new();
    let _ = writeln!(text, "{:<width$}  score  lang  length  SNR dB  crit  major  minor  missing", "recording");
    for line in worst.iter().take(MOST_ROWS) {
        let source = shortened(&printable(&line.source), width);
        let _ = match line.status {
            CallStatus::Ok => writeln!(
                text,
                "{source:<width$}  {:>5}  {:<4}  {:>6}  {:>6}  {:>4}  {:>5}  {:>5}  {:>7}",
                line.score.map_or("-".into(), |s| format!("{s:.0}")),
                line.language.as_deref().unwrap_or("-"),
                line.duration_s.map_or("-".into(), for_people),
                line.snr_db.map_or("-".into(), |s| format!("{s:.1}")),
                line.n_by_severity[0],
                line.n_by_severity[1],
                line.n_by_severity[2],
                line.n_absent,
            ),
            CallStatus::Failed => {
                let why = line.error.as_ref().map_or(String::new(), |e| printable(&e.message));
                writeln!(text, "{source:<width$}  failed: {why}")
            }
            CallStatus::Pending => writeln!(text, "{source:<width$}  not yet analysed"),
        };
    }
    if worst.len() > MOST_ROWS {
        let _ = writeln!(text, "… and {} more", worst.len() - MOST_ROWS);
    }
    let _ = writeln!(
        text,
        "{} analysed ({} of sound), {} failed, {} not yet analysed, {} other files left out",
        totals.n_ok,
        for_people(totals.duration_s),
        totals.n_failed,
        totals.n_pending,
        totals.skipped.len()
    );
    text
}

/// Failed calls first, then by score from bad to good, then those without one.
fn rank(line: &CallLine) -> (u8, f64) {
    match (line.status, line.score) {
        (CallStatus::Failed, _) => (0, 0.0),
        (CallStatus::Ok, Some(score)) => (1, score),
        (CallStatus::Ok, None) => (2, 0.0),
        (CallStatus::Pending, _) => (3, 0.0),
    }
}

/// At most `width` characters; the end of a path tells more than its beginning.
fn shortened(text: &str, width: usize) -> String {
    let n_chars = text.chars().count();
    if n_chars <= width { text.to_owned() } else { format!("…{}", text.chars().skip(n_chars + 1 - width).collect::<String>()) }
}
