//! The results of an output folder in the formats of other programs: from the store, masked unless asked otherwise, one file
//! a call or one for all. Nothing is analysed, and the folder itself is only read. What each format holds is told in
//! [`crate::report::formats`]; clips of sound are cut in [`super::clips`].

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::atomic::{self, WriteError};
use super::output::{self, Bom, OutputError};
use super::review::view::ReviewView;
use super::store::{self, CurrentCall, Store, StoreError};
use super::{pages, paths};
use crate::call::{CallLine, CallReport, CallStatus};
use crate::report::ReportError;
use crate::report::formats::{BatchFormat, Format, Made, Naming};
use crate::report::html::href_of_path;

/// What is exported, and how.
#[derive(Debug, Clone, Default)]
pub struct ExportOptions {
    /// Formats, in the order in which they are written.
    pub formats: Vec<Format>,
    /// Show personal data; by default it is masked.
    pub show_personal_data: bool,
    /// Begin tables with a byte order mark.
    pub csv_bom: bool,
}

/// A call of which a format has less than it could, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotExported {
    /// The recording.
    pub source: String,
    /// The format.
    pub format: &'static str,
    /// Why, for people.
    pub why: String,
}

/// What came of an export.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// Names of the files that were written, relative to the folder of the export, by format and call.
    pub files: Vec<String>,
    /// What was not written.
    pub not: Vec<NotExported>,
}

/// Why nothing, or not everything, was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A file could not be made of what is in the store.
    #[error("cannot make the export: {0}")]
    Report(#[from] ReportError),
    /// The folder belongs to the pages.
    #[error("{} belongs to the pages of the analysed folder; choose another folder for --out", .0.display())]
    Folder(PathBuf),
    /// The program was built without it.
    #[error(
        "this callvet was built without parquet: build it with `cargo build --release --features parquet`, or take --format csv"
    )]
    NoParquet,
}

impl ExportError {
    /// True if the user has to decide something, false if the environment failed.
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Store(error) => error.is_usage(),
            Self::Folder(_) | Self::NoParquet => true,
            Self::Write(_) | Self::Report(_) => false,
        }
    }
}

impl From<OutputError> for ExportError {
    fn from(error: OutputError) -> Self {
        match error {
            OutputError::Write(error) => Self::Write(error),
            OutputError::Report(error) => Self::Report(error),
        }
    }
}

/// Exports the batch of `dir` into `out`, which is made if it is not there. Files of the same names are replaced.
///
/// # Errors
/// [`ExportError`]; a call that cannot be exported is none, but told in [`Exported::not`].
pub fn export(dir: &Path, out: &Path, options: &ExportOptions) -> Result<Exported, ExportError> {
    let is_parquet = |format: &Format| matches!(format.made, Made::Batch(BatchFormat::Parquet));
    if cfg!(not(feature = "parquet")) && options.formats.iter().any(is_parquet) {
        return Err(ExportError::NoParquet);
    }
    let store = open(dir, out)?;
    let calls = store.current()?;
    let reviews = ReviewView::read(&store)?;
    let mut exported = Exported::default();
    for format in &options.formats {
        for call in &calls {
            let why = match call.result.as_ref().map(|result| &result.line) {
                None => "it was not analysed yet".into(),
                Some(line) if line.status != CallStatus::Ok => {
                    format!("it could not be analysed: {}", line.error.as_ref().map_or("", |e| &e.message))
                }
                Some(_) => continue,
            };
            exported.not.push(NotExported { source: call.source.clone(), format: format.name, why });
        }
        let run = Run { store: &store, reviews: &reviews, calls: &calls, dir, out, options, format };
        match format.made {
            Made::Call(files) => run.by_call(files, &mut exported)?,
            Made::Batch(BatchFormat::Csv) => run.csv(&mut exported)?,
            Made::Batch(BatchFormat::Xlsx) => run.xlsx(&mut exported)?,
            Made::Batch(BatchFormat::Parquet) => run.parquet(&mut exported)?,
        }
    }
    Ok(exported)
}

/// Opens the store of `dir`, and makes `out` if nothing of ours would be overwritten there.
pub(super) fn open(dir: &Path, out: &Path) -> Result<Store, ExportError> {
    let path = dir.join(store::FILE_NAME);
    if !path.exists() {
        return Err(StoreError::Missing(path).into());
    }
    let whole = |path: &Path| fs::canonicalize(path).ok();
    let ours = [output::CALLS, output::MEDIA].map(|folder| whole(&dir.join(folder)));
    if whole(out).is_some_and(|out| ours.iter().flatten().any(|folder| out.starts_with(folder))) {
        return Err(ExportError::Folder(out.into()));
    }
    let store = Store::open(dir, false)?;
    atomic::create_folder(out)?;
    Ok(store)
}

/// `<name>-<hash8>` of a call; `None` for a name that this program does not give.
pub(super) fn stem_of(line: &CallLine) -> Option<&str> {
    let stem = line.stem.rsplit('/').next()?;
    let is_ours = !stem.contains('\\') && paths::stem_of_file(&format!("{stem}.x")) == Some(stem);
    is_ours.then_some(stem)
}

/// One format of an export.
struct Run<'a> {
    store: &'a Store,
    reviews: &'a ReviewView,
    calls: &'a [CurrentCall],
    dir: &'a Path,
    out: &'a Path,
    options: &'a ExportOptions,
    format: &'a Format,
}

impl Run<'_> {
    fn by_call(
        &self,
        files: fn(&CallReport, &Naming) -> Result<crate::report::formats::Files, ReportError>,
        exported: &mut Exported,
    ) -> Result<(), ExportError> {
        for call in self.calls {
            let Some(stored) = call.result.as_ref().filter(|result| result.line.status == CallStatus::Ok) else {
                continue;
            };
            let report = self.store.report(stored.id, self.options.show_personal_data)?;
            let (Some(mut report), Some(stem)) = (report, stem_of(&stored.line)) else { continue };
            self.reviews.apply(&mut report);
            let analysed_at = self.store.analysed_at(stored.id)?;
            let made = files(&report, &Naming { stem, analysed_at: &analysed_at })?;
            for (ending, bytes) in made.files {
                let name = format!("{stem}{ending}");
                atomic::write(&self.out.join(&name), &bytes)?;
                exported.files.push(name);
            }
            if let Some(missing) = made.missing {
                let why = missing.to_string();
                exported.not.push(NotExported { source: call.source.clone(), format: self.format.name, why });
            }
        }
        Ok(())
    }

    fn csv(&self, exported: &mut Exported) -> Result<(), ExportError> {
        let bom = Bom::from(self.options.csv_bom);
        let mut reports = Reports::new(self);
        let written = output::write_findings(self.out, bom, None, || reports.next());
        let lines = reports.end(written)?;
        output::write_calls_csv(self.out, bom, &lines)?;
        exported.files.extend([output::CALLS_CSV.into(), output::FINDINGS_CSV.into()]);
        Ok(())
    }

    fn xlsx(&self, exported: &mut Exported) -> Result<(), ExportError> {
        let mut book = output::workbook(self.out, &way(self.out, self.dir))?;
        let mut reports = Reports::new(self);
        let pushed = loop {
            match reports.next() {
                Ok(Some((report, stem))) => book
                    .push(&report, &stem)
                    .map_err(|e| WriteError { path: self.out.join(output::WORKBOOK), source: e.into_io() })?,
                Ok(None) => break Ok(()),
                Err(message) => {
                    break Err(WriteError { path: self.out.into(), source: std::io::Error::other(message) });
                }
            }
        };
        let lines = reports.end(pushed)?;
        output::write_workbook(self.out, book, &lines)?;
        exported.files.push(output::WORKBOOK.into());
        Ok(())
    }

    #[cfg(not(feature = "parquet"))]
    fn parquet(&self, _: &mut Exported) -> Result<(), ExportError> {
        Err(ExportError::NoParquet)
    }

    #[cfg(feature = "parquet")]
    fn parquet(&self, exported: &mut Exported) -> Result<(), ExportError> {
        use crate::report::parquet;
        use std::io::Error;

        let mut reports = Reports::new(self);
        let written = atomic::write_file_with(&self.out.join("findings.parquet"), |file| {
            let mut table = parquet::Findings::new(file).map_err(Error::other)?;
            while let Some((report, _)) = reports.next().map_err(Error::other)? {
                table.push(&report).map_err(Error::other)?;
            }
            table.finish().map_err(Error::other)
        });
        let lines = reports.end(written)?;
        atomic::write_file_with(&self.out.join("calls.parquet"), |file| {
            parquet::calls(&lines, file).map_err(Error::other)
        })?;
        exported.files.extend(["calls.parquet".into(), "findings.parquet".into()]);
        Ok(())
    }
}

/// The reports of a batch, one after the other; the lines of all calls stay.
struct Reports<'a> {
    run: &'a Run<'a>,
    rest: std::slice::Iter<'a, CurrentCall>,
    lines: Vec<CallLine>,
    broken: Option<StoreError>,
}

impl<'a> Reports<'a> {
    fn new(run: &'a Run<'a>) -> Self {
        Self { run, rest: run.calls.iter(), lines: Vec::with_capacity(run.calls.len()), broken: None }
    }

    fn next(&mut self) -> Result<Option<(CallReport, String)>, String> {
        for call in self.rest.by_ref() {
            match pages::line_of(self.run.store, call, self.run.options.show_personal_data, self.run.reviews) {
                Ok((line, report)) => {
                    let stem = line.stem.clone();
                    self.lines.push(line);
                    if let Some(report) = report {
                        return Ok(Some((report, stem)));
                    }
                }
                Err(error) => {
                    let message = error.to_string();
                    self.broken = Some(error);
                    return Err(message);
                }
            }
        }
        Ok(None)
    }

    /// The lines, or what went wrong: an error of the store is no error of the file that waited for it.
    fn end(self, written: Result<(), WriteError>) -> Result<Vec<CallLine>, ExportError> {
        match self.broken {
            Some(error) => Err(error.into()),
            None => {
                written?;
                Ok(self.lines)
            }
        }
    }
}

/// The way from a folder to another on the same disk as the beginning of a link, with a `/` at its end; empty for the
/// same folder.
fn way(from: &Path, to: &Path) -> String {
    let whole = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.into());
    let (from, to) = (whole(from), whole(to));
    let n_common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let ups = from.components().skip(n_common).map(|_| "..".to_owned());
    let downs = to.components().skip(n_common).filter_map(|part| match part {
        Component::Normal(name) => Some(href_of_path(&name.to_string_lossy(), 0)),
        _ => None,
    });
    ups.chain(downs).map(|part| part + "/").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_the_export_to_the_pages() {
        let check = |from: &str, to: &str, expected: &str| assert_eq!(way(Path::new(from), Path::new(to)), expected);
        check("/nowhere/out", "/nowhere/out", "");
        check("/nowhere/out/tables", "/nowhere/out", "../");
        check("/nowhere/tables", "/nowhere/a b#c", "../a%20b%23c/");
    }
}
