//! The table that ends an analyze: worst calls first.

use super::progress::{for_people, printable};
use crate::call::{BatchTotals, CallLine, CallStatus};
use crate::report::html::worst_first;

/// Calls shown; the page has the rest.
const MOST_ROWS: usize = 20;

/// The summary as text. `lines` come in any order.
pub(super) fn table(lines: &[CallLine], totals: &BatchTotals, n_unchanged: u64) -> String {
    let mut worst: Vec<&CallLine> = lines.iter().collect();
    worst.sort_by(|a, b| worst_first(a, b));
    let n_more = worst.len().saturating_sub(MOST_ROWS);
    worst.truncate(MOST_ROWS);
    let width = worst.iter().map(|l| printable(&l.source).chars().count()).max().unwrap_or(0).clamp(9, 60);
    let mut text = String::new();
    let mut line = |row: String| {
        text.push_str(row.trim_end());
        text.push('\n');
    };
    line(format!("{:<width$}  score  lang  length  SNR dB  crit  major  minor  missing", "recording"));
    for call in worst {
        let source = shortened(&printable(&call.source), width);
        line(match call.status {
            CallStatus::Ok => format!(
                "{source:<width$}  {:>5}  {:<4}  {:>6}  {:>6}  {:>4}  {:>5}  {:>5}  {:>7}",
                call.score.map_or("-".into(), |s| format!("{s:.0}")),
                call.language.as_deref().unwrap_or("-"),
                call.duration_s.map_or("-".into(), for_people),
                call.snr_db.map_or("-".into(), |s| format!("{s:.1}")),
                call.n_by_severity[0],
                call.n_by_severity[1],
                call.n_by_severity[2],
                call.n_absent,
            ),
            CallStatus::Failed => {
                let why = call.error.as_ref().map_or(String::new(), |e| printable(&e.message));
                format!("{source:<width$}  failed: {why}")
            }
            CallStatus::Pending => format!("{source:<width$}  not yet analysed"),
        });
    }
    if n_more > 0 {
        line(format!("… and {n_more} more on the page"));
    }
    line(format!(
        "{} of {} recordings analysed ({} of sound; {n_unchanged} of them by an earlier run), {} failed, {} not yet analysed; {} other files left out",
        totals.n_ok,
        totals.n_calls,
        for_people(totals.duration_s),
        totals.n_failed,
        totals.n_pending,
        totals.skipped.len(),
    ));
    if totals.expected_true.n > 0 {
        let n = totals.expected_true.n;
        line(format!("{n} finding{}: {}", if n == 1 { "" } else { "s" }, totals.expected_true.words()));
    }
    text
}

/// At most `width` characters; the end of a path tells more than its beginning.
fn shortened(text: &str, width: usize) -> String {
    let n_chars = text.chars().count();
    if n_chars <= width {
        text.to_owned()
    } else {
        format!("…{}", text.chars().skip(n_chars + 1 - width).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{CallError, CallMetadata};

    #[test]
    fn the_table_names_failed_calls_and_what_is_not_shown() {
        let error = CallError { kind: "no_audio".into(), message: "no audio\u{1b}[2J".into() };
        let failed = CallLine::without_report("calls/a.wav", "", "", CallMetadata::default(), Some(error));
        let lines = vec![failed; MOST_ROWS + 2];
        let text = table(&lines, &BatchTotals::default(), 0);
        assert!(text.contains("calls/a.wav  failed: no audio\u{fffd}[2J"), "{text}");
        assert!(text.contains("… and 2 more"), "{text}");
    }

    #[test]
    fn a_long_path_keeps_its_end() {
        assert_eq!(shortened("abcdef", 4), "…def");
        assert_eq!(shortened("żółw", 4), "żółw");
    }
}
