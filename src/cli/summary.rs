//! The table that ends an analyze: worst calls first.

use std::fmt::Write;

use super::progress::{for_people, printable};
use crate::batch::BatchSummary;
use crate::call::CallStatus;

/// The summary as text.
pub(super) fn table(summary: &BatchSummary) -> String {
    let n_more = summary.n_calls.saturating_sub(summary.worst.len() as u64);
    let width = summary.worst.iter().map(|l| printable(&l.source).chars().count()).max().unwrap_or(0).clamp(9, 60);
    let mut text = String::new();
    let mut line = |row: String| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", row.trim_end());
    };
    line(format!("{:<width$}  score  lang  length  SNR dB  crit  major  minor  missing", "recording"));
    for call in &summary.worst {
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
                format!(
                    "{source:<width$}  failed: {}",
                    call.error.as_ref().map_or(String::new(), |e| printable(&e.message))
                )
            }
            CallStatus::Pending => format!("{source:<width$}  not yet analysed"),
        });
    }
    if n_more > 0 {
        line(format!("… and {n_more} more on the page"));
    }
    line(format!(
        "{} of {} recordings analysed ({} of sound), {} failed, {} not yet analysed; {} unchanged since an earlier run; {} other files left out",
        summary.n_ok,
        summary.n_calls,
        for_people(summary.duration_s),
        summary.n_failed,
        summary.n_pending,
        summary.n_unchanged,
        summary.n_skipped,
    ));
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
    use crate::call::{CallError, CallLine, CallMetadata};

    #[test]
    fn the_table_names_failed_calls_and_what_is_not_shown() {
        let error = CallError { kind: "no_audio".into(), message: "no audio\u{1b}[2J".into() };
        let failed = CallLine::without_report("calls/a.wav", "", "", CallMetadata::default(), Some(error));
        let summary = BatchSummary { n_calls: 3, n_failed: 1, worst: vec![failed], ..BatchSummary::default() };
        let text = table(&summary);
        assert!(text.contains("calls/a.wav  failed: no audio\u{fffd}[2J"), "{text}");
        assert!(text.contains("… and 2 more"), "{text}");
    }

    #[test]
    fn a_long_path_keeps_its_end() {
        assert_eq!(shortened("abcdef", 4), "…def");
        assert_eq!(shortened("żółw", 4), "żółw");
    }
}
