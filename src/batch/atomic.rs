//! Files that are written whole or not at all: into a temporary file beside the target, to the disk, then renamed.
//! Whatever kills the program, a name that a reader looks for holds the old bytes or the new ones, never half.
//!
//! What is written tells of calls: files are made with mode 0600 and folders with 0700, whatever the umask. A folder
//! that is there already keeps the mode that somebody gave it.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How the names of files begin that are not yet whole. What is left of them after a crash is removed by
/// [`remove_leftovers`] and is never taken for a report.
pub const TEMPORARY_PREFIX: &str = ".callvet-unfinished-";

/// A file of the output that could not be written: the disk is full, or the folder cannot be written to. The whole
/// run stops: the next call would fare no better.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {}", path.display(), reason(source))]
pub struct WriteError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system says.
    pub source: io::Error,
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".into(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            format!("the folder is not writable: {error}")
        }
        _ => error.to_string(),
    }
}

/// Writes `bytes` as the file `path`, replacing what is there.
///
/// # Errors
/// Names the file; nothing is left behind but what was there before.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_with(path, |file| file.write_all(bytes))
}

/// The same for content that is made while it is written.
///
/// # Errors
/// As [`write`]; errors that `fill` returns are passed on with the file's name.
pub fn write_with(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), WriteError> {
    write_file_with(path, |file| {
        let mut buffered = io::BufWriter::new(file);
        fill(&mut buffered)?;
        buffered.flush()
    })
}

/// The same for formats whose writers go back in the file.
///
/// # Errors
/// As [`write_with`].
pub fn write_file_with(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), WriteError> {
    let whole = || -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        // With mode 0600, which is tempfile's default.
        let mut temporary = tempfile::Builder::new().prefix(TEMPORARY_PREFIX).suffix(".tmp").tempfile_in(folder)?;
        fill(temporary.as_file_mut())?;
        // Before the rename, so that a power cut cannot leave the new name with no content.
        temporary.as_file().sync_all()?;
        temporary.persist(path).map_err(|e| e.error)?;
        Ok(())
    };
    whole().map_err(|source| WriteError { path: path.into(), source })
}

/// Makes a folder and those above it, each that is new with mode 0700.
///
/// # Errors
/// Names the folder.
pub fn create_folder(path: &Path) -> Result<(), WriteError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| WriteError { path: path.into(), source })
}

/// Creates a file that only its owner can read (mode 0600), or makes it so.
///
/// # Errors
/// Names the file.
pub fn create_private(path: &Path) -> Result<File, WriteError> {
    let create = || -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        #[cfg(unix)]
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        Ok(file)
    };
    create().map_err(|source| WriteError { path: path.into(), source })
}

/// Removes what crashed runs left unfinished in this folder. Only for who holds the folder's lock: the files of a
/// run that still writes would be taken from it.
///
/// # Errors
/// Names what could not be listed or removed.
pub fn remove_leftovers(folder: &Path) -> Result<(), WriteError> {
    remove_files(folder, |name| name.starts_with(TEMPORARY_PREFIX)).map(drop)
}

/// Removes the plain files of a folder whose name fulfils a condition; a folder that is not there has none. Gives how
/// many there were.
///
/// # Errors
/// Names what could not be listed or removed.
pub fn remove_files(folder: &Path, is_unwanted: impl Fn(&str) -> bool) -> Result<u64, WriteError> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| WriteError { path, source }
    };
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(0),
        entries => entries.map_err(failed(folder))?,
    };
    let mut n_removed = 0;
    for entry in entries {
        let entry = entry.map_err(failed(folder))?;
        let is_file = entry.file_type().map_err(failed(&entry.path()))?.is_file();
        if is_file && entry.file_name().to_str().is_some_and(&is_unwanted) {
            fs::remove_file(entry.path()).map_err(failed(&entry.path()))?;
            n_removed += 1;
        }
    }
    Ok(n_removed)
}
