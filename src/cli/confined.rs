//! Commands that read what strangers made in their own process, and not in workers: `scan`, `redact`, `selftest`. The
//! whole process is kept to what it needs, by the same means as a worker. What a crash costs here is the command, which
//! the user looks at.

use std::path::{Path, PathBuf};

use crate::batch::worker::sandbox::{self, Meter, Reach};
use crate::call::Limits;
use crate::models;
use crate::pipeline::Settings;

/// Lets this process read models, lists and `read` from now on, write into the folders `write`, and nothing else; and
/// take no more memory than a worker may for each of `n_at_once` recordings. Where the system cannot do it, less:
/// `callvet doctor` says so. Call it before threads that decode are started.
pub(super) fn confine(settings: &Settings, read: &[PathBuf], write: &[PathBuf], limits: &Limits, n_at_once: usize) {
    let mut meter = Meter::open();
    // A pipe cannot be named to Landlock, and was read before.
    let is_nameable = |path: &PathBuf| path.is_file() || path.is_dir();
    let read = own_files(settings).into_iter().chain(read.iter().cloned()).filter(is_nameable).collect();
    sandbox::confine(&Reach { read, write: write.to_vec() });
    sandbox::limit_memory(&mut meter, limits.memory_bytes.saturating_mul(n_at_once.max(1) as u64));
}

/// What the engine itself opens: models and the user's lists, with what links among them lead to.
pub(super) fn own_files(settings: &Settings) -> Vec<PathBuf> {
    let mut files = models::places();
    let linked: Vec<PathBuf> = files.iter().flat_map(|folder| links_in(folder)).collect();
    files.extend(linked);
    files.extend(settings.model.as_ref().map(PathBuf::from));
    files.extend(settings.phrases.iter().cloned());
    files.extend(settings.facts.clone());
    files
}

/// What the links in a folder lead to: Landlock looks at where a file really is.
fn links_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let links = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_symlink()));
    links.filter_map(|entry| entry.path().canonicalize().ok()).collect()
}
