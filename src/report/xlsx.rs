//! The workbook of a batch (Office Open XML, ECMA-376): calls, findings, steps, measurements, and what the columns mean.
//! Texts are written as texts, so that none is taken for a formula; hidden characters are shown. Not a store: rounded
//! numbers, masked texts, and what a cell cannot hold is cut.
//!
//! Reports come one after the other and rows go to temporary files at once, so that a batch of any size fits in memory.

mod columns;

use std::collections::BTreeSet;
use std::io::{self, ErrorKind, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use rust_xlsxwriter::{
    Color, ConditionalFormatBlank, ConditionalFormatCell, ConditionalFormatCellRule, DocProperties, ExcelDateTime,
    Format, FormatAlign, Url, Workbook, Worksheet, XlsxError,
};

use self::columns::{Cell, Column, Kind, Paint};
use super::ReportError;
use super::csv::begins_a_formula;
use super::html::revealed;
use crate::call::{CallLine, CallReport, catalogue};

/// Rows of a sheet, head included (Excel's specifications and limits): what is more goes on to a further sheet.
const MAX_ROWS: u32 = 1_048_576;
/// Links of a sheet (the same): what is more is plain text.
const MAX_LINKS: u32 = 65_530;
/// UTF-16 units of a link (the same): a longer one is plain text.
const MAX_LINK_UNITS: usize = 2_079;
/// UTF-16 units of a cell (the same): what is more is cut.
const MAX_CELL_UNITS: usize = 32_767;
/// Different settings that the last sheet lists.
const MAX_PROVENANCES: usize = 100;

/// A workbook to which reports are added.
pub struct Book {
    book: Workbook,
    styles: Styles,
    links: String,
    calls: Sheet,
    findings: Sheet,
    steps: Sheet,
    measurements: Sheet,
    about: usize,
    provenance: BTreeSet<Vec<(&'static str, String)>>,
}

impl Book {
    /// An empty workbook. Rows wait in files without a name in `scratch`; `links` stands before `calls/<stem>.html` in
    /// the links to pages: empty if the workbook lies in the output folder, else the way from it to that folder, with a
    /// `/` at its end.
    ///
    /// # Errors
    /// [`ReportError::Xlsx`] if no file can be made in `scratch`.
    pub fn new(scratch: &Path, links: &str) -> Result<Self, ReportError> {
        let mut book = Workbook::new();
        // 1 January 1980, the first day that a ZIP file can tell: the same reports give the same bytes.
        let day = ExcelDateTime::from_ymd(1980, 1, 1)?;
        book.set_properties(&DocProperties::new().set_title("callvet").set_creation_datetime(&day));
        book.set_tempdir(scratch)?;
        let styles = Styles::new();
        let mut open = |title, columns| Sheet::open(&mut book, &styles, title, columns, 1);
        let calls = open("Calls", columns::CALLS)?;
        let findings = open("Findings", columns::FINDINGS)?;
        let steps = open("Steps", columns::STEPS)?;
        let measurements = open("Measurements", columns::measurements())?;
        let about = calls.index + 4;
        book.add_worksheet_with_constant_memory()?.set_name("About")?;
        let provenance = BTreeSet::new();
        Ok(Self { book, styles, links: links.into(), calls, findings, steps, measurements, about, provenance })
    }

    /// Adds the findings, steps and measurements of a (masked) call; `stem` as in [`CallLine::stem`].
    ///
    /// # Errors
    /// [`ReportError::Xlsx`] if the temporary files cannot be written.
    pub fn push(&mut self, report: &CallReport, stem: &str) -> Result<(), ReportError> {
        told(|| self.push_rows(report, stem))
    }

    fn push_rows(&mut self, report: &CallReport, stem: &str) -> Result<(), ReportError> {
        let Self { book, styles, .. } = self;
        let page = format!("{}{stem}.html", self.links);
        for finding in &report.findings {
            self.findings.row(book, styles, &columns::finding(report, finding, &page)?)?;
        }
        for step in &report.required {
            self.steps.row(book, styles, &columns::step(report, step, &page)?)?;
        }
        for channel in report.channels.iter().flatten() {
            self.measurements.row(book, styles, &columns::channel(report, channel)?)?;
        }
        if self.provenance.len() < MAX_PROVENANCES {
            self.provenance.insert(columns::provenance(report));
        }
        Ok(())
    }

    /// Adds the sheet of calls, failed and pending ones too, and what the columns mean, and writes the file.
    ///
    /// # Errors
    /// Whatever `out` fails with.
    pub fn finish(mut self, lines: &[CallLine], out: impl Write + Seek + Send) -> Result<(), ReportError> {
        told(|| self.write(lines, out))
    }

    fn write(&mut self, lines: &[CallLine], out: impl Write + Seek + Send) -> Result<(), ReportError> {
        let (book, styles) = (&mut self.book, &self.styles);
        for line in lines {
            self.calls.row(book, styles, &columns::call(line, &self.links)?)?;
        }
        for sheet in [&mut self.calls, &mut self.findings, &mut self.steps, &mut self.measurements] {
            sheet.close(book, styles)?;
        }
        self.about()?;
        self.book.save_to_writer(out)?;
        Ok(())
    }

    fn about(&mut self) -> Result<(), ReportError> {
        let sheet = self.book.worksheet_from_index(self.about)?;
        let head = &self.styles.head;
        sheet.set_column_width(0, 16)?.set_column_width(1, 44)?.set_column_width(2, 110)?;
        let mut row = 0;
        let mut line = |cells: [&str; 3], is_head: bool| -> Result<(), ReportError> {
            for (column, text) in (0..).zip(cells) {
                match is_head {
                    true => sheet.write_string_with_format(row, column, text, head)?,
                    false => sheet.write_string(row, column, cell_text(text))?,
                };
            }
            row += 1;
            Ok(())
        };
        line(["sheet", "column", "meaning"], true)?;
        for (title, columns) in [
            ("Calls", columns::CALLS),
            ("Findings", columns::FINDINGS),
            ("Steps", columns::STEPS),
            ("Measurements", columns::measurements()),
        ] {
            for column in columns {
                line([title, column.name, column.about], false)?;
            }
        }
        line(["", "", ""], false)?;
        line(["made by", "", ""], true)?;
        for made in &self.provenance {
            for (name, value) in made {
                line(["", name, value], false)?;
            }
            line(["", "", ""], false)?;
        }
        for note in [
            "An empty cell is a number that cannot be measured, or something that nobody said; the page of the call tells why.",
            "A finding is a place to listen to, not a proof. Its confidence is the probability that a careful reviewer would agree.",
            "Links lead to the page of the call at the second; some programs open the page at its start: the second stands beside it.",
        ] {
            line(["note", "", note], false)?;
        }
        Ok(())
    }
}

/// What the crate's writers panic with when a temporary file cannot be written; they have no errors for it.
pub const PANIC: &str = "Couldn't write to xml";

/// Runs a writer of the crate; where it panics because the disk is full, that is the error.
fn told<T>(write: impl FnOnce() -> Result<T, ReportError>) -> Result<T, ReportError> {
    // What was being written is given up with the book: nobody sees it half done.
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        let said = said.unwrap_or_default();
        if !said.starts_with(PANIC) {
            resume_unwind(panic);
        }
        let kind = match said {
            _ if said.contains("StorageFull") => ErrorKind::StorageFull,
            _ if said.contains("QuotaExceeded") => ErrorKind::QuotaExceeded,
            _ if said.contains("FileTooLarge") => ErrorKind::FileTooLarge,
            _ => ErrorKind::Other,
        };
        Err(ReportError::Io(io::Error::new(kind, said.to_owned())))
    })
}

/// The looks of cells.
struct Styles {
    head: Format,
    link: Format,
    /// A text that would become a formula if somebody edited it.
    guarded: Format,
    date: Format,
    numbers: [Format; 5],
    critical: Format,
    major: Format,
    minor: Format,
    good: Format,
}

impl Styles {
    fn new() -> Self {
        let paint =
            |back: u32, ink: u32| Format::new().set_background_color(Color::RGB(back)).set_font_color(Color::RGB(ink));
        let number = |pattern: &str| Format::new().set_num_format(pattern);
        Self {
            head: Format::new().set_bold().set_background_color(Color::RGB(0xE7_EBF0)).set_align(FormatAlign::Top),
            link: Format::new().set_hyperlink(),
            guarded: Format::new().set_quote_prefix(),
            date: number("yyyy-mm-dd hh:mm:ss"),
            numbers: ["0", "0.00", "0.000", "0.0000", "0.0%"].map(number),
            // Ink on paper with a contrast of 4.5 and more (WCAG 2.2, 1.4.3); the word stands in the cell as well.
            critical: paint(0xFF_C7CE, 0x8B_0000),
            major: paint(0xFF_E5B4, 0x7A_3E00),
            minor: paint(0xFF_F7CC, 0x5C_4A00),
            good: paint(0xD5_F0D9, 0x0B_4F1A),
        }
    }
}

/// A sheet that grows row by row, and goes on as another when it is full.
struct Sheet {
    title: &'static str,
    columns: &'static [Column],
    part: u32,
    index: usize,
    n_rows: u32,
    n_links: u32,
}

impl Sheet {
    fn open(
        book: &mut Workbook,
        styles: &Styles,
        title: &'static str,
        columns: &'static [Column],
        part: u32,
    ) -> Result<Self, ReportError> {
        let index = book.worksheets().len();
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(if part == 1 { title.to_owned() } else { format!("{title} {part}") })?;
        for (column, about) in (0..).zip(columns) {
            sheet.set_column_width(column, f64::from(about.width))?;
            sheet.write_string_with_format(0, column, about.name, &styles.head)?;
        }
        // The head and the first column stay in sight.
        sheet.set_freeze_panes(1, 1)?.set_landscape().set_repeat_rows(0, 0)?;
        Ok(Self { title, columns, part, index, n_rows: 1, n_links: 0 })
    }

    fn row(&mut self, book: &mut Workbook, styles: &Styles, cells: &[Cell]) -> Result<(), ReportError> {
        if self.n_rows == MAX_ROWS {
            self.close(book, styles)?;
            *self = Self::open(book, styles, self.title, self.columns, self.part + 1)?;
        }
        let sheet = book.worksheet_from_index(self.index)?;
        for (column, cell) in (0..).zip(cells) {
            self.n_links += write(sheet, self.n_rows, column, cell, styles, self.n_links)?;
        }
        self.n_rows += 1;
        Ok(())
    }

    /// Filter and colours, now that the last row is known.
    fn close(&mut self, book: &mut Workbook, styles: &Styles) -> Result<(), ReportError> {
        let sheet = book.worksheet_from_index(self.index)?;
        let (last_row, last_column) = (self.n_rows - 1, self.columns.len() as u16 - 1);
        sheet.autofilter(0, 0, last_row, last_column)?;
        if last_row == 0 {
            return Ok(());
        }
        for (column, about) in (0..).zip(self.columns) {
            let mut rule = |rule: ConditionalFormatCell| -> Result<(), ReportError> {
                sheet.add_conditional_format(1, column, last_row, column, &rule)?;
                Ok(())
            };
            match about.paint {
                Paint::None => {}
                Paint::Words(words) => {
                    for (word, mark) in words {
                        let look = [&styles.critical, &styles.major, &styles.minor][*mark];
                        let is_word = ConditionalFormatCellRule::EqualTo(*word);
                        rule(ConditionalFormatCell::new().set_rule(is_word).set_format(look))?;
                    }
                }
                Paint::Grade(path) => {
                    let Some((good, poor)) = catalogue::entry(path).and_then(|e| e.good.zip(e.poor)) else { continue };
                    // An empty cell counts as 0: it must stay without a colour.
                    let is_empty = ConditionalFormatBlank::new().set_stop_if_true(true);
                    sheet.add_conditional_format(1, column, last_row, column, &is_empty)?;
                    let (poor, good) = match good > poor {
                        true => (
                            ConditionalFormatCellRule::LessThanOrEqualTo(poor),
                            ConditionalFormatCellRule::GreaterThanOrEqualTo(good),
                        ),
                        false => (
                            ConditionalFormatCellRule::GreaterThanOrEqualTo(poor),
                            ConditionalFormatCellRule::LessThanOrEqualTo(good),
                        ),
                    };
                    for (rule, look) in [(poor, &styles.critical), (good, &styles.good)] {
                        let rule = ConditionalFormatCell::new().set_rule(rule).set_format(look);
                        sheet.add_conditional_format(1, column, last_row, column, &rule)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Writes a cell; gives how many links it took.
fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    styles: &Styles,
    n_links: u32,
) -> Result<u32, XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            let shown = cell_text(text);
            // Also where a formula would begin on a later line or behind a blank: a copy into another program.
            match begins_a_formula(&shown) {
                true => sheet.write_string_with_format(row, column, shown, &styles.guarded)?,
                false if shown.is_empty() => sheet,
                false => sheet.write_string(row, column, shown)?,
            };
        }
        Cell::Number(value, kind) => {
            let format = match kind {
                Kind::Count => &styles.numbers[0],
                Kind::Two => &styles.numbers[1],
                Kind::Three => &styles.numbers[2],
                Kind::Four => &styles.numbers[3],
                Kind::Percent => &styles.numbers[4],
                Kind::Date => &styles.date,
            };
            if value.is_finite() {
                sheet.write_number_with_format(row, column, *value, format)?;
            }
        }
        Cell::Link { href, text } => {
            // The crate takes what stands before a `#` for the file; in a file's name it would be no such mark.
            let is_plain = href.split('#').count() <= 2 && !href.contains(':');
            if n_links < MAX_LINKS && is_plain && href.encode_utf16().count() <= MAX_LINK_UNITS {
                let url = Url::new(format!("file:///{href}"));
                sheet.write_url_with_options(row, column, url, text.as_str(), "", Some(&styles.link))?;
                return Ok(1);
            }
            sheet.write_string(row, column, cell_text(&format!("{text} {href}")))?;
        }
    }
    Ok(0)
}

/// A text as a cell can hold it: nothing hidden, not too long.
fn cell_text(text: &str) -> String {
    const CUT: &str = " … [cut]";
    let shown = revealed(text);
    if shown.encode_utf16().count() <= MAX_CELL_UNITS {
        return shown;
    }
    let mut left = MAX_CELL_UNITS - CUT.encode_utf16().count();
    let fits = |c: &char| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    };
    let mut cut: String = shown.chars().take_while(fits).collect();
    cut.push_str(CUT);
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_an_error_and_another_panic_stays_one() {
        let full = || -> Result<(), ReportError> { panic!("{PANIC} file: Os {{ kind: StorageFull }}") };
        let Err(ReportError::Io(error)) = told(full) else { panic!("an error of the disk") };
        assert_eq!(error.kind(), ErrorKind::StorageFull);
        assert!(catch_unwind(|| told(|| -> Result<(), ReportError> { panic!("something else") })).is_err());
    }

    #[test]
    fn a_cell_is_cut_where_a_spreadsheet_would_refuse_it() {
        let check = |text: String, units: usize| assert_eq!(cell_text(&text).encode_utf16().count(), units);
        check("x".repeat(MAX_CELL_UNITS), MAX_CELL_UNITS);
        check("x".repeat(MAX_CELL_UNITS + 1), MAX_CELL_UNITS);
        // Two units a character: one may be left over at the cut.
        let emoji = cell_text(&"😀".repeat(MAX_CELL_UNITS));
        assert!((MAX_CELL_UNITS - 1..=MAX_CELL_UNITS).contains(&emoji.encode_utf16().count()));
        assert!(emoji.ends_with("[cut]"));
    }
}
