//! What the pages on disk show, call by call, without the reports: for whoever hands those pages out.

use std::path::PathBuf;

use super::rows::path_from_bytes;
use super::{Store, StoreError};

impl Store {
    /// Of each analysed call of the batch: where its recording is, and [`super::StoredCall::rendered`].
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn shown(&self) -> Result<Vec<(PathBuf, String)>, StoreError> {
        let sql = "SELECT batch.path, calls.rendered FROM batch JOIN calls ON calls.id = batch.call WHERE calls.status = 'ok'";
        self.rows(sql, |row| Ok((path_from_bytes(row.get(0)?), row.get(1)?)))
    }
}
