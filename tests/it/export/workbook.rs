//! The workbook, opened again by calamine, and its parts by an XML reader's rules where calamine does not look.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use callvet::call::{CallLine, CallReport};
use callvet::report::xlsx::Book;

use crate::report::calls::{failed_line, good_call, hostile_call, pending_line, text_only_call};

fn book(reports: &[(&CallReport, &str)], links: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut book = Book::new(folder.path(), links).expect("writable");
    let mut lines: Vec<CallLine> = Vec::new();
    for (report, stem) in reports {
        book.push(report, stem).expect("writable");
        lines.push(CallLine::from_report(report, stem));
    }
    lines.extend([failed_line(), pending_line()]);
    let mut bytes = Cursor::new(Vec::new());
    book.finish(&lines, &mut bytes).expect("writable");
    assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 0, "nothing is left of the rows");
    bytes.into_inner()
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook")
}

/// Rows of a sheet; the first is the head.
fn rows(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Vec<Vec<Data>> {
    let range = book.worksheet_range(sheet).expect("a sheet");
    range.rows().map(<[Data]>::to_vec).collect()
}

/// A cell by the name of its column.
fn cell<'a>(rows: &'a [Vec<Data>], row: usize, name: &str) -> &'a Data {
    let column = rows[0].iter().position(|head| *head == name).unwrap_or_else(|| panic!("no column {name}"));
    &rows[row][column]
}

#[test]
fn a_workbook_has_a_row_for_every_call_finding_step_and_channel() {
    let report = good_call();
    let mut book = open(book(&[(&report, "calls/joe_0017-01234567"), (&text_only_call(), "calls/chat-1")], ""));
    assert_eq!(book.sheet_names(), ["Calls", "Findings", "Steps", "Measurements", "About"]);
    let calls = rows(&mut book, "Calls");
    assert_eq!(calls.len(), 1 + 4);
    assert_eq!(cell(&calls, 1, "source").to_string(), "demo/2026-11-02/joe_0017.wav");
    assert_eq!(cell(&calls, 1, "score"), &Data::Float(58.42));
    assert_eq!(cell(&calls, 1, "snr_db"), &Data::Float(27.35));
    assert_eq!(cell(&calls, 1, "n_major"), &Data::Float(3.0));
    assert_eq!(cell(&calls, 1, "utc_offset").to_string(), "+01:00");
    assert_eq!(cell(&calls, 3, "error").to_string(), "the file has a header but no sound");
    assert_eq!(cell(&calls, 3, "score"), &Data::Empty);
    assert_eq!(cell(&calls, 4, "status").to_string(), "pending");
    // 2 November 2026 is day 46328 from 30 December 1899; 9:14 is 0.3847 of a day.
    let Data::DateTime(started_at) = cell(&calls, 1, "started_at") else { panic!("a date") };
    assert!((started_at.as_f64() - (46_328.0 + 554.0 / 1440.0)).abs() < 1e-6, "{started_at:?}");
    let findings = rows(&mut book, "Findings");
    assert_eq!(findings.len(), 1 + 2 * report.findings.len());
    let at = (1..).find(|row| *cell(&findings, *row, "id") == "a1b2c3d4e5f6").expect("listed");
    assert_eq!(cell(&findings, at, "severity").to_string(), "critical");
    assert_eq!(cell(&findings, at, "start_s"), &Data::Float(10.6));
    assert_eq!(cell(&findings, at, "listen").to_string(), "0:10");
    assert_eq!(rows(&mut book, "Steps").len(), 1 + 2 * report.required.len());
    let measurements = rows(&mut book, "Measurements");
    assert_eq!(measurements.len(), 1 + 2, "a text has no channels");
    assert_eq!(cell(&measurements, 1, "noise.snr_db"), &Data::Float(27.35));
    assert_eq!(cell(&measurements, 2, "noise.snr_db"), &Data::Empty);
    assert_eq!(cell(&measurements, 1, "party").to_string(), "agent");
    let about = rows(&mut book, "About");
    assert!(about.iter().all(|row| row[0] != Data::String("Calls".into()) || !row[2].to_string().is_empty()));
    assert!(about.iter().any(|row| row[1] == "settings_sha256"));
}

/// A file of the workbook's ZIP as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP file");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut parts.by_name(name).expect("a part"), &mut text).expect("UTF-8");
    text
}

#[test]
fn links_lead_to_the_page_at_the_second() {
    let bytes = book(&[(&good_call(), "calls/żółw-01234567")], "../out/");
    let (links, sheet) =
        (part(&bytes, "xl/worksheets/_rels/sheet2.xml.rels"), part(&bytes, "xl/worksheets/sheet2.xml"));
    assert!(links.contains("Target=\"../out/calls/żółw-01234567.html\" TargetMode=\"External\""), "{links}");
    assert!(sheet.contains("location=\"t=10.6\""), "{sheet}");
}

#[test]
fn no_cell_of_a_hostile_call_is_a_formula_or_hides_something() {
    let mut report = hostile_call();
    report.recording.source = "=HYPERLINK(\"http://example.org\")".into();
    report.findings[0].quote = Some("@SUM(1)\n=2".into());
    report.findings[1].quote = Some("y".repeat(100_000));
    report.findings[2].message = "a\u{0}b\u{b}c\u{ffff}d\u{202e}e".into();
    let bytes = book(&[(&report, "calls/hostile-89abcdef")], "");
    for sheet in 1..=5 {
        let xml = part(&bytes, &format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(!xml.contains("<f>") && !xml.contains("<f "), "sheet {sheet} has a formula");
        assert!(!xml.contains('\u{202e}'), "sheet {sheet}");
    }
    let mut book = open(bytes);
    for sheet in ["Calls", "Findings", "Steps", "Measurements", "About"] {
        assert!(book.worksheet_formula(sheet).expect("a sheet").used_cells().next().is_none(), "{sheet}");
    }
    let findings = rows(&mut book, "Findings");
    assert_eq!(cell(&findings, 1, "quote").to_string(), "@SUM(1)↵=2");
    assert!(cell(&findings, 2, "quote").to_string().ends_with("… [cut]"));
    assert_eq!(cell(&findings, 3, "message").to_string(), "a[U+0000]b[U+000B]c[U+FFFF]d[U+202E]e");
    let calls = rows(&mut book, "Calls");
    assert_eq!(cell(&calls, 1, "source").to_string(), "=HYPERLINK(\"http://example.org\")");
    // What is no time is a text.
    assert!(matches!(cell(&calls, 1, "started_at"), Data::String(_)));
}

#[test]
fn the_same_calls_give_the_same_bytes() {
    let reports = [(&good_call(), "calls/a-1"), (&hostile_call(), "calls/b-2")];
    assert!(book(&reports, "") == book(&reports, ""));
    let core = part(&book(&reports, ""), "docProps/core.xml");
    assert!(core.contains("1980-01-01T00:00:00Z"), "{core}");
}
