//! Pages that open by double click.
use super::ReportError;
use crate::call::{BatchReport, CallLine, CallReport, Peaks};

/// The sound of a call as its page finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageAudio {
    /// Where the browser finds it, relative to the page; write paths with [`href_of_path`].
    Href(String),
    /// Why there is none, one sentence for people.
    None(String),
}

/// What the page of a call draws and plays.
#[derive(Debug, Clone)]
pub struct PageMedia<'a> {
    /// The waveform; `None` if it was never made (text) or is lost.
    pub peaks: Option<&'a Peaks>,
    /// One spectrogram a channel, relative to the page; empty if there are none.
    pub spectrogram_hrefs: Vec<String>,
    /// The sound.
    pub audio: PageAudio,
}

/// Where the page of a call leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageLinks {
    /// The index; empty if there is none.
    pub index: String,
    /// Page of the call before in the index, relative to the page.
    pub previous: Option<String>,
    /// Page of the call after.
    pub next: Option<String>,
}

/// The page of one call.
///
/// # Errors
/// Numbers that are not finite where one is needed.
pub fn call_page(_report: &CallReport, _media: &PageMedia, _links: &PageLinks) -> Result<String, ReportError> {
    Ok(String::new())
}

/// The page of the batch.
///
/// # Errors
/// Numbers that are not finite where one is needed.
pub fn index_page(_batch: &BatchReport, _lines: &[CallLine]) -> Result<String, ReportError> {
    Ok(String::new())
}
