//! Reports as bytes: tables, workbooks, pages, pictures, subtitles, schemas. Knows data, never stages: everything it is given is already
//! decided, measured and masked. It writes no files either; that is the caller's.

pub mod audacity;
pub mod csv;
pub mod ctm;
pub mod formats;
pub mod html;
pub mod media;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod recovery;
pub mod rttm;
pub mod schema;
pub mod srt;
pub mod textgrid;
pub mod texts;
pub mod vcon;
pub mod vtt;
pub mod xlsx;

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
    /// The workbook's writer failed, for the reason of the writer beneath or at a limit of the format.
    #[error("cannot write the workbook: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The writer beneath failed.
    #[error("cannot write: {0}")]
    Io(#[from] std::io::Error),
    /// Stored peaks that no program of ours wrote.
    #[error("not a file of peaks: {0}")]
    Peaks(String),
}

impl ReportError {
    /// The error of the writer beneath, if it is one: a full disk stays one.
    pub fn into_io(self) -> std::io::Error {
        match self {
            Self::Io(error) | Self::Xlsx(rust_xlsxwriter::XlsxError::IoError(error)) => error,
            other => std::io::Error::other(other),
        }
    }
}
