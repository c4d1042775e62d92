//! Reports as bytes: CSV, pages, pictures, schemas. Knows data, never stages: everything it is given is already
//! decided, measured and masked. It writes no files either; that is the caller's.

pub mod csv;
pub mod html;
pub mod media;
pub mod recovery;
pub mod schema;
pub mod texts;

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// Data that cannot be JSON, such as a number that is not finite where one is needed, or JSON of another shape.
    #[error("the report is not valid data: {0}")]
    Json(#[from] serde_json::Error),
    /// A page could not be filled in.
    #[error("cannot fill in the page: {0}")]
    Page(#[from] askama::Error),
    /// The CSV writer failed, for the reason of the writer beneath.
    #[error("cannot write CSV: {0}")]
    Csv(#[from] ::csv::Error),
    /// The writer beneath failed.
    #[error("cannot write: {0}")]
    Io(#[from] std::io::Error),
    /// Stored peaks that no program of ours wrote.
    #[error("not a file of peaks: {0}")]
    Peaks(String),
}
