//! One run at a time on an output folder. The lock is the operating system's: it ends with the process that holds it,
//! however that ends, so that no stale lock has ever to be removed by hand.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use super::atomic::{self, WriteError};

/// File in the output folder that is locked. It stays there, empty: to delete it would let two runs lock two files.
const LOCK_FILE: &str = ".callvet.lock";

/// Why an output folder cannot be locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another run works on it.
    #[error("another callvet is working on {}: wait for it, or give another folder", .0.display())]
    Busy(PathBuf),
    /// The folder cannot be written to.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Held for as long as the value lives.
#[derive(Debug)]
pub struct FolderLock {
    file: File,
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Closing the file is not enough: a process that another thread is just starting holds a copy of it until it
        // runs its own program, and the lock with it. Where this fails, the lock ends with the file.
        let _ = self.file.unlock();
    }
}

/// Locks an output folder, which must exist.
///
/// # Errors
/// [`LockError::Busy`] at once, without waiting, if another process holds it.
pub fn lock(folder: &Path) -> Result<FolderLock, LockError> {
    let path = folder.join(LOCK_FILE);
    let file = atomic::create_private(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(FolderLock { file }),
        Err(TryLockError::WouldBlock) => Err(LockError::Busy(folder.into())),
        Err(TryLockError::Error(source)) => Err(WriteError { path, source }.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_locked_once_and_free_again_afterwards() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let held = lock(folder.path()).expect("free");
        assert!(matches!(lock(folder.path()), Err(LockError::Busy(_))));
        drop(held);
        assert!(lock(folder.path()).is_ok());
    }
}
