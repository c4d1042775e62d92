//! Which files are recordings, and what they are called in reports. Not whether they can be decoded: a damaged
//! recording is found here and fails later, with its reason.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::audio;
use crate::call::{PartFile, Parts, Skipped};

/// A recording to analyse.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// What reports call it: relative to the PATH that found it, prefixed by that PATH's last component, `/` between
    /// parts; bytes that are not UTF-8 as `%XX`, `%` as `%25`.
    pub source: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its size; of both files if there are two.
    pub bytes: u64,
    /// Whether the call is in two files: see [`super::split`].
    pub parts: Parts,
}

impl Found {
    /// The other party's file, of a call that is in two.
    pub fn second(&self) -> Option<&PartFile> {
        match &self.parts {
            Parts::Two(pair) => Some(&pair.second),
            Parts::Whole | Parts::Half(_) => None,
        }
    }
}

/// What was found under the PATHs of a command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Discovery {
    /// Recordings, ordered bytewise by source; never empty.
    pub jobs: Vec<Found>,
    /// Other files in the folders, and folders that cannot be read, ordered the same way.
    pub skipped: Vec<Skipped>,
}

/// Why a run cannot start: all of these are for the user to put right (exit code 2).
#[derive(Debug, thiserror::Error)]
pub enum DiscoverError {
    /// A PATH does not exist or cannot be looked at.
    #[error("{}: {}", path.display(), if cause.kind() == io::ErrorKind::NotFound { "no such file or folder".into() } else { cause.to_string() })]
    Path {
        /// The PATH.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A PATH is neither a file nor a folder: a pipe or a device would be waited for forever.
    #[error("{}: neither a file nor a folder", path.display())]
    NoFile {
        /// The PATH.
        path: PathBuf,
    },
    /// Two recordings would have the same name in reports.
    #[error("{} and {} would both be called {source_name}: give the folder above them instead", first.display(), second.display())]
    SameSource {
        /// The name.
        source_name: String,
        /// One of them.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// There is no recording (or text).
    #[error("no {what} found{}", hint(skipped))]
    Nothing {
        /// `recordings` or `texts`.
        what: &'static str,
        /// What was looked at instead.
        skipped: Vec<Skipped>,
    },
}

fn hint(skipped: &[Skipped]) -> String {
    match skipped {
        [] => String::new(),
        [one] => format!("; skipped {}: {}", one.source, one.reason),
        [first, ..] => format!("; skipped {} files, such as {}: {}", skipped.len(), first.source, first.reason),
    }
}

/// Finds the recordings under `paths`. A file that is named is always tried; in a folder and those below it, a file
/// counts by its extension or else its first bytes. Hidden files are not special. `out_dir` is never entered,
/// whatever path leads to it.
///
/// Links to files are followed while they stay in the folder. Links to folders are not: what is behind them is either
/// outside, or found under its own name; so there are no loops.
///
/// # Errors
/// See [`DiscoverError`]. A folder below a PATH that cannot be read is no error but a line in `skipped`.
pub fn discover(paths: &[PathBuf], out_dir: &Path) -> Result<Discovery, DiscoverError> {
    search(paths, fs::canonicalize(out_dir).ok().as_deref(), Wanted::Recordings)
}

/// The same for the texts that `scan` reads: a file that is named is always tried, in folders the extension decides.
///
/// # Errors
/// As [`discover`].
pub fn discover_texts(paths: &[PathBuf]) -> Result<Vec<Found>, DiscoverError> {
    Ok(search(paths, None, Wanted::Texts)?.jobs)
}

/// `out_dir` is canonical.
fn search(paths: &[PathBuf], out_dir: Option<&Path>, wanted: Wanted) -> Result<Discovery, DiscoverError> {
    let mut found = BTreeMap::new();
    let mut skipped = Vec::new();
    for path in paths {
        let failed = |cause| DiscoverError::Path { path: path.clone(), cause };
        let metadata = fs::metadata(path).map_err(failed)?;
        let prefix = last_component(path).map_err(failed)?;
        if metadata.is_file() {
            add(&mut found, Found { source: prefix, path: path.clone(), bytes: metadata.len(), parts: Parts::Whole })?;
        } else if metadata.is_dir() {
            let root = Root { path, prefix, canonical: fs::canonicalize(path).map_err(failed)? };
            walk(&root, out_dir, wanted, &mut found, &mut skipped)?;
        } else {
            return Err(DiscoverError::NoFile { path: path.clone() });
        }
    }
    skipped.sort_by(|a: &Skipped, b| (&a.source, &a.reason).cmp(&(&b.source, &b.reason)));
    skipped.dedup();
    if found.is_empty() {
        return Err(DiscoverError::Nothing { what: wanted.name(), skipped });
    }
    Ok(Discovery { jobs: found.into_values().collect(), skipped })
}

/// A folder of the command line.
struct Root<'a> {
    path: &'a Path,
    prefix: String,
    canonical: PathBuf,
}

impl Root<'_> {
    fn source(&self, path: &Path) -> String {
        let relative = path.strip_prefix(self.path).unwrap_or(path);
        let parts = relative.components().filter_map(|part| match part {
            Component::Normal(name) => Some(escape(name)),
            _ => None,
        });
        // The prefix of `/` is empty: there is no component to take.
        let prefix = Some(self.prefix.clone()).filter(|p| !p.is_empty());
        prefix.into_iter().chain(parts).collect::<Vec<_>>().join("/")
    }
}

fn walk(
    root: &Root,
    out_dir: Option<&Path>,
    wanted: Wanted,
    found: &mut BTreeMap<String, Found>,
    skipped: &mut Vec<Skipped>,
) -> Result<(), DiscoverError> {
    let is_in_out_dir = |path: &Path| out_dir.is_some_and(|out| path.starts_with(out));
    if is_in_out_dir(&root.canonical) {
        return Ok(());
    }
    // The root is followed even if it is a link: the user named it.
    let walker = WalkDir::new(root.path).follow_root_links(true).sort_by_file_name().into_iter();
    let is_entered = |entry: &DirEntry| {
        !(out_dir.is_some()
            && entry.file_type().is_dir()
            && fs::canonicalize(entry.path()).is_ok_and(|p| is_in_out_dir(&p)))
    };
    for entry in walker.filter_entry(is_entered) {
        let verdict = match &entry {
            // The root may be a link to a folder.
            Ok(entry) if entry.depth() == 0 || entry.file_type().is_dir() => continue,
            Ok(entry) => judge(entry, root, out_dir, wanted),
            Err(e) => {
                Err(format!("cannot be read: {}", e.io_error().map_or("unknown error".into(), io::Error::to_string)))
            }
        };
        let path = match &entry {
            Ok(entry) => entry.path(),
            Err(e) => e.path().unwrap_or(root.path),
        };
        let source = root.source(path);
        match verdict {
            Ok(bytes) => add(found, Found { source, path: path.into(), bytes, parts: Parts::Whole })?,
            Err(reason) => skipped.push(Skipped { source, reason }),
        }
    }
    Ok(())
}

/// The size of a file that is a recording, or why it is none.
fn judge(entry: &DirEntry, root: &Root, out_dir: Option<&Path>, wanted: Wanted) -> Result<u64, String> {
    let path = entry.path();
    if entry.path_is_symlink() {
        let target = fs::canonicalize(path).map_err(|_| "a link that leads nowhere")?;
        if !target.starts_with(&root.canonical) || out_dir.is_some_and(|out| target.starts_with(out)) {
            return Err("a link out of the folder".into());
        }
        if target.is_dir() {
            return Err("a link to a folder; what is in it is found under its own name".into());
        }
    }
    let metadata = fs::metadata(path).map_err(|e| format!("cannot be read: {e}"))?;
    if !metadata.is_file() {
        return Err("neither a file nor a folder".into());
    }
    if wanted.is_met_by(path) { Ok(metadata.len()) } else { Err(wanted.reason_if_not()) }
}

/// How a folder's files are told apart.
#[derive(Clone, Copy)]
enum Wanted {
    Recordings,
    Texts,
}

/// Extensions of the texts that `scan` reads.
const TEXT_EXTENSIONS: &[&str] = &["csv", "json", "srt", "txt", "vtt"];

impl Wanted {
    fn is_met_by(self, path: &Path) -> bool {
        match self {
            Self::Recordings => has_extension(path, audio::EXTENSIONS) || audio::probes_as_audio(path),
            Self::Texts => has_extension(path, TEXT_EXTENSIONS),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Recordings => "recordings",
            Self::Texts => "texts",
        }
    }

    fn reason_if_not(self) -> String {
        match self {
            Self::Recordings => "no recording by its extension or its first bytes".into(),
            Self::Texts => format!("no text to scan: those end in .{}", TEXT_EXTENSIONS.join(" .")),
        }
    }
}

/// Upper and lower case do not matter.
fn has_extension(path: &Path, known: &[&str]) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    known.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

fn add(found: &mut BTreeMap<String, Found>, job: Found) -> Result<(), DiscoverError> {
    if let Some(other) = found.get(&job.source) {
        let (first, second) = (other.path.clone(), job.path);
        return Err(DiscoverError::SameSource { source_name: job.source, first, second });
    }
    found.insert(job.source.clone(), job);
    Ok(())
}

/// What sources found under this folder begin with: see [`Found::source`].
///
/// # Errors
/// If the folder that `.` or `..` mean cannot be looked up.
pub fn folder_name(folder: &Path) -> io::Result<String> {
    last_component(folder)
}

/// What a PATH ends in; for `.`, `..` and `a/..` the name of the folder that they mean; empty for `/`.
fn last_component(path: &Path) -> io::Result<String> {
    if let Some(name) = path.file_name() {
        return Ok(escape(name));
    }
    Ok(fs::canonicalize(path)?.file_name().map(escape).unwrap_or_default())
}

/// A name as UTF-8 from which its bytes can be told: bytes that are not UTF-8 as `%XX`, `%` as `%25`.
fn escape(name: &OsStr) -> String {
    let mut escaped = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        escaped.push_str(&chunk.valid().replace('%', "%25"));
        for byte in chunk.invalid() {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}
