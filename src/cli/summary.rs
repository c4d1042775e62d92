//! What ends an analyze and a report on the terminal: the worst calls, a line each, and what to listen to first. The pages
//! have all of it; programs take `--json`.

use std::cmp::Reverse;
use std::io::{self, IsTerminal};

use terminal_size::{Width, terminal_size};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::progress::{for_people, printable};
use crate::batch::BatchSummary;
use crate::call::{CallLine, CallStatus, Polarity, Severity, WorstFinding};
use crate::report::html::worst_first;

/// Calls shown; the page has the rest.
const MOST_ROWS: usize = 20;
/// Places to listen to first: what is heard in five minutes.
const MOST_PLACES: usize = 5;
/// Columns where there is no terminal to ask, as in a file or a mail.
const USUAL_COLUMNS: usize = 100;
/// Below this a table is no table; beyond it the eye loses the line.
const COLUMNS: std::ops::RangeInclusive<usize> = 60..=160;
/// From here on there is room for what was measured and missed beside what was found.
const WIDE_COLUMNS: usize = 120;
/// Columns of a recording's name: the least that tells names apart, and what a share of the width may take.
const LEAST_NAME: usize = 9;
/// A finding that a reviewer would rather not agree with is nothing to begin with.
const SURE: f64 = 0.5;

/// How it is written.
#[derive(Debug, Clone, Copy)]
struct Look {
    columns: usize,
    is_coloured: bool,
}

impl Look {
    /// Of standard output: colours on a terminal alone, and nowhere if NO_COLOR is set (no-color.org).
    fn of_stdout() -> Self {
        let is_terminal = io::stdout().is_terminal();
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let columns = terminal_size().filter(|_| is_terminal).map(|(Width(columns), _)| usize::from(columns));
        Self {
            columns: columns.filter(|n| *n > 0).unwrap_or(USUAL_COLUMNS).clamp(*COLUMNS.start(), *COLUMNS.end()),
            is_coloured: is_terminal && !is_set("NO_COLOR") && !is_dumb,
        }
    }

    /// A text in a colour that a terminal's owner has chosen: SGR parameters of ECMA-48. Colour says nothing that words do
    /// not say beside it.
    fn painted(self, text: &str, sgr: &str) -> String {
        if self.is_coloured && !text.trim().is_empty() {
            format!("\u{1b}[{sgr}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

const BOLD: &str = "1";
const RED: &str = "31";
const YELLOW: &str = "33";

/// Prints it on standard output; the last line is the path of the page.
pub(super) fn print(summary: &BatchSummary) {
    print!("{}", text(summary, Look::of_stdout()));
    println!("{}", summary.index.display());
}

fn text(summary: &BatchSummary, look: Look) -> String {
    let mut worst: Vec<&CallLine> = summary.lines.iter().collect();
    worst.sort_by(|a, b| worst_first(a, b));
    let n_more = worst.len().saturating_sub(MOST_ROWS);
    let shown = &worst[..worst.len() - n_more];
    let folder = common_folder(shown);
    let mut text = table(shown, folder, look);
    let mut line = |row: &str| {
        text.push_str(row.trim_end());
        text.push('\n');
    };
    if n_more > 0 {
        line(&format!("… and {n_more} more on the page"));
    }
    let places = listen_first(&worst);
    if !places.is_empty() {
        line("");
        line(&look.painted("Listen first", BOLD));
        let times: Vec<String> = places.iter().map(|(_, f)| f.start_s.map_or(String::new(), clock)).collect();
        let time_width = widest(&times);
        let names: Vec<String> = places.iter().map(|(call, _)| name_of(call, folder)).collect();
        let name_width = widest(&names).min(look.columns / 3);
        for (((_, finding), name), time) in places.iter().zip(&names).zip(&times) {
            let head = format!("  {}  {}  ", right(time, time_width), padded(&ending(name, name_width), name_width));
            let left = look.columns.saturating_sub(width(&head));
            line(&format!("{head}{}", said(&WorstFinding { start_s: None, ..(*finding).clone() }, left, look)));
        }
    }
    line("");
    let totals = &summary.totals;
    // Failed ones are told in any case: that there are none is what many look for.
    let failed = format!("{} failed", totals.n_failed);
    line(&format!(
        "{} of {} recordings analysed, {} of sound{}; {}, {} not yet analysed; {} other files left out",
        totals.n_ok,
        totals.n_calls,
        for_people(totals.duration_s),
        if summary.n_unchanged > 0 { format!(" ({} by an earlier run)", summary.n_unchanged) } else { String::new() },
        if totals.n_failed > 0 { look.painted(&failed, RED) } else { failed },
        totals.n_pending,
        totals.skipped.len(),
    ));
    if totals.expected_true.n > 0 {
        let n = totals.expected_true.n;
        line(&format!("{n} finding{}: {}", if n == 1 { "" } else { "s" }, totals.expected_true.words()));
    }
    text
}

/// The table's columns.
#[derive(Debug, Clone, Copy)]
struct Columns {
    name: usize,
    is_wide: bool,
}

impl Columns {
    /// All but the last cell of a line. A cell is aligned by the columns that it takes on the terminal, not by its characters.
    fn head(self, name: &str, [score, length, snr, findings, missing]: [&str; 5]) -> String {
        let name = padded(&ending(name, self.name), self.name);
        let (score, length, findings) = (right(score, 5), right(length, 7), right(findings, 12));
        match self.is_wide {
            true => format!("{name}  {score}  {length}  {}  {findings}  {}  ", right(snr, 6), right(missing, 7)),
            false => format!("{name}  {score}  {length}  {findings}  "),
        }
    }
}

/// A line a call.
fn table(calls: &[&CallLine], folder: &str, look: Look) -> String {
    let names: Vec<String> = calls.iter().map(|call| name_of(call, folder)).collect();
    let title = if folder.is_empty() { "recording".into() } else { format!("recording in {}", printable(folder)) };
    let most = look.columns * 3 / 10;
    let columns = Columns {
        name: widest(&names).max(LEAST_NAME).min(most.max(LEAST_NAME)),
        is_wide: look.columns >= WIDE_COLUMNS,
    };
    let mut text = String::new();
    let mut line = |row: String| {
        text.push_str(row.trim_end());
        text.push('\n');
    };
    if width(&title) > columns.name {
        line(look.painted(&title, BOLD));
    }
    let title = if width(&title) > columns.name { "" } else { &title };
    let head = columns.head(title, ["score", "length", "SNR dB", "crit/maj/min", "missing"]);
    let last = beginning("worst finding", look.columns.saturating_sub(width(&head)));
    line(look.painted(&format!("{head}{last}"), BOLD));
    for (call, name) in calls.iter().zip(&names) {
        let left = |head: &str| look.columns.saturating_sub(width(head));
        if call.status != CallStatus::Ok {
            let head = format!("{}  ", padded(&ending(name, columns.name), columns.name));
            line(format!("{head}{}", not_analysed(call, left(&head), look)));
            continue;
        }
        let [critical, major, minor, _] = call.n_by_severity;
        let score = call.score.map_or("-".into(), |score| format!("{score:.0}"));
        let length = call.duration_s.map_or("-".into(), clock);
        let snr = call.snr_db.map_or("-".into(), |snr| format!("{snr:.1}"));
        let findings = format!("{critical}/{major}/{minor}");
        let head = columns.head(name, [&score, &length, &snr, &findings, &call.n_absent.to_string()]);
        line(format!("{head}{}", worst_of(call).map_or(String::new(), |worst| said(worst, left(&head), look))));
    }
    text
}

fn not_analysed(call: &CallLine, left: usize, look: Look) -> String {
    match &call.error {
        Some(error) => {
            let word = "failed: ";
            format!(
                "{}{}",
                look.painted(word, RED),
                beginning(&printable(&error.message), left.saturating_sub(word.len()))
            )
        }
        None => "not yet analysed".into(),
    }
}

/// The worst finding of a call each: the most severe first, the surest of these. Only what has a time can be listened to;
/// what is missing has none.
fn listen_first<'a>(calls: &[&'a CallLine]) -> Vec<(&'a CallLine, &'a WorstFinding)> {
    let is_place = |finding: &&WorstFinding| {
        finding.start_s.is_some()
            && finding.confidence >= SURE
            && finding.severity < Severity::Info
            && finding.polarity != Polarity::Required
    };
    let place = |call: &&'a CallLine| call.worst.iter().find(is_place).map(|finding| (*call, finding));
    let mut places: Vec<_> = calls.iter().filter_map(place).collect();
    // Stable: equals stay in the order of the table.
    places.sort_by_key(|(_, finding)| (finding.severity, Reverse((finding.confidence * 1e4) as u32)));
    places.truncate(MOST_PLACES);
    places
}

/// What is worst of what was heard; of what was missed only if nothing was.
fn worst_of(call: &CallLine) -> Option<&WorstFinding> {
    call.worst.iter().find(|finding| finding.polarity != Polarity::Required).or(call.worst.first())
}

/// When, what, and the words, in so many columns. What is missing has no time: its span is where it was looked for.
fn said(finding: &WorstFinding, columns: usize, look: Look) -> String {
    let time = finding.start_s.filter(|_| finding.polarity != Polarity::Required).map(|start_s| clock(start_s) + " ");
    let time = time.unwrap_or_default();
    let severity = word(finding.severity);
    let head = beginning(&format!("{time}{severity}: {}", what(finding)), columns);
    // A blank, quotation marks.
    let left = columns.saturating_sub(width(&head) + 3);
    let quote = finding.quote.as_deref().map(printable).filter(|_| left >= LEAST_NAME);
    let quote = quote.map_or(String::new(), |quote| format!(" “{}”", beginning(quote.trim(), left)));
    let sgr = match finding.severity {
        Severity::Critical => RED,
        Severity::Major => YELLOW,
        Severity::Minor | Severity::Info => return format!("{head}{quote}"),
    };
    match head.strip_prefix(&time).and_then(|rest| rest.strip_prefix(severity)) {
        Some(rest) => format!("{time}{}{rest}{quote}", look.painted(severity, sgr)),
        None => format!("{head}{quote}"),
    }
}

/// What was found, in the words of its id; as on the pages.
fn what(finding: &WorstFinding) -> String {
    let words = |id: &str| printable(id).replace(['_', '.'], " ");
    let of_rule = || words(finding.rule.split_once('.').map_or(finding.rule.as_str(), |(_, what)| what));
    let category = &finding.category;
    match finding.polarity {
        _ if finding.rule.starts_with("sequence.") => of_rule(),
        Polarity::PersonalData => format!("personal data, {}", of_rule()),
        Polarity::Quality => of_rule(),
        Polarity::Fact => format!("not as in the fact sheet, {}", of_rule()),
        Polarity::Required => format!("missing, {}", words(category.strip_prefix("q_").unwrap_or(category))),
        // What customers say of the agent or the line.
        Polarity::Forbidden | Polarity::Signal => match category.strip_prefix("c_") {
            Some(signal) => format!("customer, {}", words(signal)),
            None => words(category),
        },
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::Major => "major",
        Severity::Minor => "minor",
        Severity::Info => "info",
    }
}

/// `4:05`, `1:02:05`: as players show it.
fn clock(time_s: f64) -> String {
    let whole_s = time_s.max(0.0) as u64;
    let (hours, minutes, seconds) = (whole_s / 3600, whole_s / 60 % 60, whole_s % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// The folder that all of several sources are in, with its `/`: once above the table, and not in each line.
fn common_folder<'a>(calls: &[&'a CallLine]) -> &'a str {
    let [first, rest @ ..] = calls else { return "" };
    let folder = |source: &'a str| source.rfind('/').map_or("", |end| &source[..=end]);
    rest.iter().fold(if rest.is_empty() { "" } else { folder(&first.source) }, |mut common, call| {
        while !call.source.starts_with(common) {
            common = folder(common.trim_end_matches('/'));
        }
        common
    })
}

fn name_of(call: &CallLine, folder: &str) -> String {
    printable(call.source.strip_prefix(folder).unwrap_or(&call.source))
}

/// Columns that a text takes on a terminal: two for a Chinese character, none for an accent that stands by itself.
fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

fn widest(texts: &[String]) -> usize {
    texts.iter().map(|text| width(text)).max().unwrap_or(0)
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The beginning of a text, in so many columns; letters are not torn from their accents.
fn beginning(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        text.to_owned()
    } else {
        format!("{}…", fitting(text.graphemes(true), columns).concat())
    }
}

/// The end of a text: of a path it tells more than the beginning.
fn ending(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut parts = fitting(text.graphemes(true).rev(), columns);
    parts.reverse();
    format!("…{}", parts.concat())
}

/// As many letters as leave a column for the mark that some are missing.
fn fitting<'a>(letters: impl Iterator<Item = &'a str>, columns: usize) -> Vec<&'a str> {
    let mut left = columns.saturating_sub(1);
    letters
        .map_while(|letter| {
            (width(letter) <= left).then(|| {
                left -= width(letter);
                letter
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{CallError, CallMetadata};

    const PLAIN: Look = Look { columns: 100, is_coloured: false };

    fn finding(severity: Severity, confidence: f64, start_s: Option<f64>, quote: &str) -> WorstFinding {
        WorstFinding {
            id: "0123456789ab".into(),
            rule: "test.rule".into(),
            category: "false_urgency".into(),
            severity,
            confidence,
            start_s,
            polarity: Polarity::Forbidden,
            message: "said something".into(),
            quote: Some(quote.into()),
        }
    }

    fn call(source: &str, score: f64, worst: Vec<WorstFinding>) -> CallLine {
        let line = CallLine::without_report(source, "", "", CallMetadata::default(), None);
        CallLine { status: CallStatus::Ok, score: Some(score), duration_s: Some(245.0), worst, ..line }
    }

    fn shown(lines: Vec<CallLine>, look: Look) -> String {
        text(&BatchSummary { lines, ..BatchSummary::default() }, look)
    }

    #[test]
    fn the_table_names_failed_calls_and_what_is_not_shown() {
        let error = CallError { kind: "no_audio".into(), message: "no audio\u{1b}[2J".into() };
        let failed = CallLine::without_report("calls/a.wav", "", "", CallMetadata::default(), Some(error));
        let text = shown(vec![failed; MOST_ROWS + 2], PLAIN);
        assert!(text.contains("a.wav      failed: no audio\u{fffd}[2J"), "{text}");
        assert!(text.contains("… and 2 more"), "{text}");
    }

    #[test]
    fn a_call_is_one_line_with_its_worst_finding_and_when() {
        let worst = finding(Severity::Critical, 0.92, Some(62.4), "only today");
        let text = shown(vec![call("in/a.wav", 35.0, vec![worst]), call("in/b.wav", 80.2, Vec::new())], PLAIN);
        let expected = "recording in in/\n           score   length  crit/maj/min  worst finding\n\
                        a.wav         35     4:05         0/0/0  1:02 critical: false urgency “only today”\n\
                        b.wav         80     4:05         0/0/0\n\n\
                        Listen first\n  1:02  a.wav  critical: false urgency “only today”\n\n";
        assert!(text.starts_with(expected), "{text}");
    }

    #[test]
    fn what_is_listened_to_first_is_the_worst_that_can_be_heard_and_is_rather_true() {
        let check = |worst: WorstFinding, is_place: bool| {
            let call = call("a.wav", 1.0, vec![worst.clone()]);
            assert_eq!(listen_first(&[&call]).len(), usize::from(is_place), "{worst:?}");
        };
        check(finding(Severity::Minor, 0.5, Some(0.0), "x"), true);
        check(finding(Severity::Critical, 0.49, Some(0.0), "x"), false);
        check(finding(Severity::Critical, 0.9, None, "x"), false);
        check(finding(Severity::Info, 0.9, Some(0.0), "x"), false);
        check(WorstFinding { polarity: Polarity::Required, ..finding(Severity::Major, 0.9, Some(0.0), "x") }, false);
        let calls: Vec<CallLine> = [(Severity::Major, 0.9), (Severity::Critical, 0.6), (Severity::Critical, 0.8)]
            .map(|(severity, confidence)| call("a.wav", 1.0, vec![finding(severity, confidence, Some(1.0), "x")]))
            .into();
        let calls: Vec<&CallLine> = calls.iter().collect();
        let confidences: Vec<f64> = listen_first(&calls).iter().map(|(_, finding)| finding.confidence).collect();
        assert_eq!(confidences, [0.8, 0.6, 0.9]);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_and_columns_stand_under_each_other() {
        // Chinese takes two columns a character, the accent of a decomposed letter none.
        let names = ["in/客户投诉/通话录音二〇二六年十一月二日下午.wav", "in/z\u{307}o\u{301}\u{142}w.wav", "in/a.wav"];
        for columns in [60, 80, 100, 119, 120, 160] {
            let lines =
                names.map(|name| call(name, 50.0, vec![finding(Severity::Major, 0.9, Some(5.0), &"很".repeat(90))]));
            let text = shown(lines.into(), Look { columns, is_coloured: false });
            // Below the last empty line stand sentences, which terminals wrap.
            let (tables, _) = text.rsplit_once("\n\n").expect("totals");
            assert!(tables.lines().all(|line| width(line) <= columns), "{columns}: {text}");
            let at = |line: &str| line.find("0:05 maj").map(|end| width(&line[..end]));
            let places: Vec<_> = text.lines().filter_map(at).collect();
            assert!(places.len() == 3 && places.windows(2).all(|two| two[0] == two[1]), "{columns}: {text}");
        }
    }

    #[test]
    fn colours_change_no_letter_and_stand_on_a_terminal_alone() {
        let lines = || vec![call("a.wav", 35.0, vec![finding(Severity::Critical, 0.9, Some(5.0), "x")])];
        let (plain, coloured) = (shown(lines(), PLAIN), shown(lines(), Look { is_coloured: true, ..PLAIN }));
        assert!(!plain.contains('\u{1b}') && coloured.contains("\u{1b}[31mcritical\u{1b}[0m: false"), "{coloured}");
        let without =
            [BOLD, RED, YELLOW, "0"].iter().fold(coloured, |text, sgr| text.replace(&format!("\u{1b}[{sgr}m"), ""));
        assert_eq!(without, plain);
    }

    #[test]
    fn a_folder_that_all_are_in_is_told_once() {
        let check = |sources: &[&str], expected: &str| {
            let calls: Vec<CallLine> = sources.iter().map(|source| call(source, 1.0, Vec::new())).collect();
            assert_eq!(common_folder(&calls.iter().collect::<Vec<_>>()), expected, "{sources:?}");
        };
        check(&["in/a/x.wav", "in/a/y.wav"], "in/a/");
        check(&["in/a/x.wav", "in/b/y.wav"], "in/");
        check(&["in/a/x.wav", "in/ab/y.wav"], "in/");
        check(&["in/x.wav", "on/y.wav"], "");
        check(&["in/x.wav"], "");
        check(&[], "");
    }

    #[test]
    fn what_is_too_long_is_cut_where_it_tells_least() {
        assert_eq!((ending("abcdef", 4).as_str(), beginning("abcdef", 4).as_str()), ("…def", "abc…"));
        assert_eq!((ending("żółw", 4).as_str(), beginning("żółw", 4).as_str()), ("żółw", "żółw"));
        assert_eq!(
            (beginning("很很很", 4).as_str(), ending("o\u{301}o\u{301}o\u{301}", 2).as_str()),
            ("很…", "…o\u{301}")
        );
    }

    #[test]
    fn times_are_those_of_players() {
        for (time_s, expected) in [(0.0, "0:00"), (62.9, "1:02"), (3725.0, "1:02:05")] {
            assert_eq!(clock(time_s), expected);
        }
    }
}
