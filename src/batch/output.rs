//! The files of an output folder: which there are, and what is in them. The only place of this layer that knows how
//! reports are rendered; what there is to render comes from the store.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::atomic::{self, WriteError};
use super::pages::View;
use crate::call::{BatchReport, CallLine, CallMedia, CallReport, RunLine, SelftestReport, json};
use crate::report::ReportError;
use crate::report::csv::{self, FindingsCsv};
use crate::report::html::{self, NoSound, PageAudio, PageLinks, PageMedia};
use crate::report::media;
use crate::report::texts::{PageLanguage, Texts};
use crate::report::xlsx::Book;

/// Folder of reports in the output folder.
pub const CALLS: &str = "calls";
/// Folder of pictures and sound in the output folder.
pub const MEDIA: &str = "media";
/// Self-test in the output folder.
pub const SELFTEST: &str = "selftest.json";
/// Table of calls.
pub const CALLS_CSV: &str = "calls.csv";
/// Table of findings.
pub const FINDINGS_CSV: &str = "findings.csv";
/// Workbook of both and more.
pub const WORKBOOK: &str = "callvet.xlsx";
/// Page of the batch.
pub const INDEX: &str = "index.html";

/// How the page of a call finds its sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AudioMode {
    /// The original where browsers can play it, else the WAV copy made at analysis.
    #[default]
    Link,
    /// A copy in the output folder in any case, so that it can be moved to another machine.
    Copy,
    /// Not at all: the output folder shall hold no sound, nor tell where it is.
    None,
}

/// Whether tables begin with the mark by which Excel knows UTF-8; most other programs take it for a part of the first
/// name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bom {
    /// They do not: plain RFC 4180.
    #[default]
    Without,
    /// They do.
    With,
}

impl Bom {
    /// What tables begin with.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Without => b"",
            Self::With => b"\xef\xbb\xbf",
        }
    }

    /// As the tables of this folder have it, for who makes them again without being told.
    pub fn of(out_dir: &Path) -> Self {
        let mut first = [0; 3];
        let is_read = File::open(out_dir.join(CALLS_CSV)).and_then(|mut file| file.read_exact(&mut first)).is_ok();
        if is_read && first == *Self::With.bytes() { Self::With } else { Self::Without }
    }
}

impl From<bool> for Bom {
    fn from(is_there: bool) -> Self {
        if is_there { Self::With } else { Self::Without }
    }
}

/// A file could not be made: the disk's fault, or this call's.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Not written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Not rendered.
    #[error(transparent)]
    Report(#[from] ReportError),
}

impl From<serde_json::Error> for OutputError {
    fn from(error: serde_json::Error) -> Self {
        Self::Report(error.into())
    }
}

/// Where the sound of a call is.
#[derive(Debug, Clone, Copy)]
pub struct Sound<'a> {
    /// The recording itself.
    pub path: &'a Path,
    /// True if browsers play it as it is.
    pub is_browser_playable: bool,
    /// Files made at analysis, relative to the output folder.
    pub media: &'a [String],
}

/// The sound as the page of a call gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoundPlan {
    page: PageAudio,
    /// Name in the output folder of the copy of the recording that has to be there.
    pub copy: Option<String>,
}

impl SoundPlan {
    /// What the page of `stem` (`<name>-<hash8>`) plays.
    pub fn new(out_dir: &Path, stem: &str, sound: &Sound, mode: AudioMode) -> Self {
        let none = |why: NoSound| Self { page: PageAudio::None(why), copy: None };
        // A copy that `--audio none` has removed comes back with the next analysis only.
        let wav = sound.media.iter().find(|name| name.ends_with(".wav") && out_dir.join(name).exists());
        match (mode, wav) {
            // Analysis makes a picture of any sound.
            _ if sound.media.is_empty() && !sound.is_browser_playable => none(NoSound::Text),
            (AudioMode::None, _) => none(NoSound::LeftOut),
            (_, Some(wav)) => Self { page: PageAudio::Href(href_from_page(wav)), copy: None },
            _ if !sound.is_browser_playable => none(NoSound::NotPlayable),
            (AudioMode::Link, None) if !sound.path.exists() => none(NoSound::Gone),
            (AudioMode::Link, None) => {
                Self { page: PageAudio::Href(relative_href(&out_dir.join(CALLS), sound.path)), copy: None }
            }
            (AudioMode::Copy, None) => {
                let copy = format!("{MEDIA}/{stem}.{}", safe_extension(sound.path));
                Self { page: PageAudio::Href(href_from_page(&copy)), copy: Some(copy) }
            }
        }
    }

    /// The same for a page beside the index; `None` if there is no sound.
    pub fn href_from_index(&self) -> Option<String> {
        let PageAudio::Href(href) = &self.page else { return None };
        Some(href.strip_prefix("../").map_or_else(|| format!("{CALLS}/{href}"), str::to_owned))
    }

    /// A text that changes when the files of [`write_call`] would, other than by the report itself. `sha256` is the
    /// recording's.
    pub(super) fn signature(&self, view: &View, sha256: &str) -> String {
        let audio = match &self.page {
            PageAudio::Href(href) => href,
            PageAudio::None(why) => why.key(),
        };
        let View { show_personal_data, language, reviews, .. } = view;
        let reviews = reviews.signature(sha256);
        format!("{} {show_personal_data} {} {audio}{reviews}", env!("CARGO_PKG_VERSION"), language.code())
    }
}

/// Names of the report and the page of a call, relative to the output folder.
pub fn page_files(stem: &str) -> [String; 2] {
    [format!("{CALLS}/{stem}.json"), format!("{CALLS}/{stem}.html")]
}

/// Writes what only analysis can make: peaks, spectrograms and the playable copy. Gives the names of the files,
/// relative to the output folder.
pub fn write_media(
    out_dir: &Path,
    stem: &str,
    call_media: &CallMedia,
    mode: AudioMode,
) -> Result<Vec<String>, OutputError> {
    let mut names = Vec::new();
    let mut write = |name: String, bytes: &[u8]| {
        atomic::write(&out_dir.join(&name), bytes)?;
        names.push(name);
        Ok::<(), WriteError>(())
    };
    write(peaks_file(stem), media::to_json(&call_media.peaks).as_bytes())?;
    for (channel, png) in call_media.spectrogram_png.iter().enumerate() {
        write(format!("{MEDIA}/{stem}.{channel}.png"), png)?;
    }
    if let (Some(wav), true) = (&call_media.playable_wav, mode != AudioMode::None) {
        write(format!("{MEDIA}/{stem}.wav"), wav)?;
    }
    Ok(names)
}

/// Writes the report and the page of a call, and the copy of the recording if there has to be one.
///
/// `report` is the view to be shown, so masked unless the user asked otherwise.
pub fn write_call(
    out_dir: &Path,
    stem: &str,
    report: &CallReport,
    sound: &Sound,
    plan: &SoundPlan,
    language: PageLanguage,
) -> Result<(), OutputError> {
    if let Some(copy) = &plan.copy {
        let target = out_dir.join(copy);
        match File::open(sound.path) {
            Ok(mut original) => atomic::write_with(&target, |file| io::copy(&mut original, file).map(drop))?,
            // Rendered again after the recordings were moved: the copy of then is as good.
            Err(_) if target.exists() => {}
            Err(source) => return Err(WriteError { path: target, source }.into()),
        }
    }
    let peaks = match sound.media.contains(&peaks_file(stem)) {
        true => fs::read_to_string(out_dir.join(peaks_file(stem))).ok().and_then(|text| media::from_json(&text).ok()),
        false => None,
    };
    let page_media = PageMedia {
        peaks: peaks.as_ref(),
        spectrogram_hrefs: sound.media.iter().filter(|n| n.ends_with(".png")).map(|n| href_from_page(n)).collect(),
        audio: plan.page.clone(),
    };
    let links = PageLinks { index: format!("../{INDEX}"), previous: None, next: None };
    let [json_file, page_file] = page_files(stem);
    atomic::write(
        &out_dir.join(page_file),
        html::call_page(report, &page_media, &links, Texts::new(language))?.as_bytes(),
    )?;
    atomic::write(&out_dir.join(json_file), json::to_text(report)?.as_bytes())?;
    Ok(())
}

/// An empty workbook, its rows in files without a name in `out_dir`; `links` as in [`Book::new`].
pub fn workbook(out_dir: &Path, links: &str) -> Result<Book, WriteError> {
    let failed = |e: ReportError| WriteError { path: out_dir.join(WORKBOOK), source: e.into_io() };
    Book::new(out_dir, links).map_err(failed)
}

/// Writes `findings.csv`, and rows of the workbook, while reports come by: `next` gives one after the other with its
/// `calls/<name>-<hash8>`.
pub fn write_findings<E: Into<Box<dyn std::error::Error + Send + Sync>>>(
    out_dir: &Path,
    bom: Bom,
    mut book: Option<&mut Book>,
    mut next: impl FnMut() -> Result<Option<(CallReport, String)>, E>,
) -> Result<(), WriteError> {
    atomic::write_with(&out_dir.join(FINDINGS_CSV), |file| {
        file.write_all(bom.bytes())?;
        let mut table = FindingsCsv::new(file).map_err(io::Error::other)?;
        while let Some((report, stem)) = next().map_err(io::Error::other)? {
            table.push(&report, &stem).map_err(io::Error::other)?;
            if let Some(book) = book.as_mut() {
                book.push(&report, &stem).map_err(ReportError::into_io)?;
            }
        }
        table.finish().map(drop).map_err(io::Error::other)
    })
}

/// Writes `calls.csv`.
pub fn write_calls_csv(out_dir: &Path, bom: Bom, lines: &[CallLine]) -> Result<(), OutputError> {
    let table = csv::calls(lines)?;
    atomic::write(&out_dir.join(CALLS_CSV), &[bom.bytes(), &table].concat())?;
    Ok(())
}

/// Writes `callvet.xlsx`, when all reports have come by.
pub fn write_workbook(out_dir: &Path, book: Book, lines: &[CallLine]) -> Result<(), WriteError> {
    atomic::write_file_with(&out_dir.join(WORKBOOK), |file| book.finish(lines, file).map_err(ReportError::into_io))
}

/// Writes the files of the batch but for `findings.csv`; `book` has the reports already. The index comes last: it leads to everything else, and it
/// shows the self-test that lies in the folder, if one does, and what the `runs` found.
pub fn write_batch(
    out_dir: &Path,
    batch: &BatchReport,
    lines: &[CallLine],
    runs: &[RunLine],
    book: Book,
    bom: Bom,
    language: PageLanguage,
) -> Result<(), OutputError> {
    write_calls_csv(out_dir, bom, lines)?;
    write_workbook(out_dir, book, lines)?;
    atomic::write(&out_dir.join("batch.json"), json::to_text(batch)?.as_bytes())?;
    let index = html::index_page(batch, lines, selftest_in(out_dir).as_ref(), runs, Texts::new(language))?;
    atomic::write(&out_dir.join(INDEX), index.as_bytes())?;
    Ok(())
}

/// The self-test in an output folder. A file of that name that is none is somebody's, and not shown.
fn selftest_in(out_dir: &Path) -> Option<SelftestReport> {
    let text = fs::read_to_string(out_dir.join(SELFTEST)).ok()?;
    serde_json::from_str(&text).ok().filter(|report: &SelftestReport| report.schema == SelftestReport::SCHEMA)
}

fn peaks_file(stem: &str) -> String {
    format!("{MEDIA}/{stem}.peaks.json")
}

/// The extension that tells browsers what a copy is: what else a name may hold is no part of it.
fn safe_extension(path: &Path) -> String {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let is_safe = (1..=5).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric());
    if is_safe { extension } else { "audio".into() }
}

/// The link from a page in `folder` to a file anywhere on the same disk. Relative, so that it still leads there when
/// both are moved together. Bytes that are no UTF-8 are written like all others, as `%XX`.
pub(super) fn relative_href(folder: &Path, file: &Path) -> String {
    let absolute = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.into());
    let (folder, file): (PathBuf, PathBuf) = (absolute(folder), absolute(file));
    let n_common = folder.components().zip(file.components()).take_while(|(a, b)| a == b).count();
    let ups = folder.components().skip(n_common).map(|_| "..".to_string());
    let downs = file.components().skip(n_common).filter_map(|part| match part {
        Component::Normal(name) => Some(percent_encoded(name.as_encoded_bytes())),
        _ => None,
    });
    ups.chain(downs).collect::<Vec<_>>().join("/")
}

/// The link from a page in `calls/` to a file named relative to the output folder.
fn href_from_page(name: &str) -> String {
    name.split('/').fold("..".into(), |href, part| format!("{href}/{}", percent_encoded(part.as_bytes())))
}

fn percent_encoded(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut encoded, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(*byte as char),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_the_page_to_the_recording() {
        let check = |folder: &str, file: &str, expected: &str| {
            assert_eq!(relative_href(Path::new(folder), Path::new(file)), expected);
        };
        check("/nowhere/out/calls", "/nowhere/in/a b.wav", "../../in/a%20b.wav");
        check("/nowhere/calls", "/nowhere/calls/%#?.wav", "%25%23%3F.wav");
    }

    #[test]
    fn an_extension_that_could_be_anything_is_not_taken_over() {
        for (name, expected) in [("a.MP3", "mp3"), ("a", "audio"), ("a.w\"v", "audio"), ("a.toolong", "audio")] {
            assert_eq!(safe_extension(Path::new(name)), expected);
        }
    }
}
