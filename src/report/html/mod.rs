//! Pages that open by double click, with no network: the batch, and one page a call. A page is one file; only the
//! sound and the spectrograms lie beside it. It works without its script (lists, words and numbers are plain HTML);
//! the script adds playing, drawing, sorting and filtering.
//!
//! Texts of a call come from strangers. Three things keep them from doing anything: the templates escape markup,
//! [`safe`] makes hidden characters visible, and the page's Content-Security-Policy lets only our own script and
//! style run, by their hashes, and nothing be loaded but pictures and sound beside the page.

mod batch;
mod call;
mod findings;
mod format;
mod index;
pub use index::worst_first;
mod labels;
mod lanes;
mod safe;
mod says;
mod selftest;
mod tables;
mod vendors;
mod vendors_figures;
mod words;

use std::sync::LazyLock;

pub use call::call_page;
pub use index::index_page;
pub use labels::{BY_CHANNEL, BY_SPEAKER, Label, OF_CALL, Unit};
pub use safe::href_of_path;
pub(in crate::report) use safe::{base64, revealed};
pub use selftest::selftest_page;
pub use vendors::{vendor_lines, vendors_page};

use crate::call::Peaks;

/// The sound of a call as its page finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageAudio {
    /// Where the browser finds it, relative to the page; write paths with [`href_of_path`].
    Href(String),
    /// Why there is none.
    None(NoSound),
}

/// Why the page of a call has no sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSound {
    /// The call is text: there never was any.
    Text,
    /// Whoever made the page wanted none in it.
    LeftOut,
    /// Browsers cannot play the format, and no copy was made.
    NotPlayable,
    /// The recording is no longer where it was.
    Gone,
}

impl NoSound {
    /// Name of the message that says it, one sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "no-sound-text",
            Self::LeftOut => "no-sound-left-out",
            Self::NotPlayable => "no-sound-not-playable",
            Self::Gone => "no-sound-gone",
        }
    }
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

/// Where the page of a call leads to, relative to the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageLinks {
    /// The index, e.g. `../index.html`; empty if there is none.
    pub index: String,
    /// Page of the call before in the index.
    pub previous: Option<String>,
    /// Page of the call after.
    pub next: Option<String>,
}

const STYLE: &str = include_str!("page.css");
/// The page of the batch: the drawing of charts is uPlot (`vendor/uplot.md`).
const BATCH_SCRIPT: &str = concat!(
    "/*\n",
    include_str!("vendor/uplot/LICENSE"),
    "*/\n",
    include_str!("vendor/uplot/uPlot.iife.min.js"),
    "\n",
    include_str!("js/batch_data.js"),
    include_str!("js/batch_table.js"),
    include_str!("js/batch_charts.js"),
);
const BATCH_STYLE: &str =
    concat!(include_str!("page.css"), include_str!("vendor/uplot/uPlot.min.css"), "\n", include_str!("batch.css"));

static BATCH_POLICY: LazyLock<String> = LazyLock::new(|| policy(BATCH_SCRIPT, &[BATCH_STYLE]));
/// Of pages that need no script.
static PLAIN_POLICY: LazyLock<String> = LazyLock::new(|| policy("", &[STYLE]));

/// What the page may run and load: this script and these texts of style elements, by their hashes, and nothing else. Pages
/// opened by double click have no origin that `'self'` could match, so files are allowed by scheme; `data:` is the colour
/// scale. Where the page is served, reviews go to and come from the server it came from, and nowhere else.
fn policy(script: &str, styles: &[&str]) -> String {
    let styles: Vec<String> = styles.iter().map(|style| safe::csp_hash(style)).collect();
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src 'self' file: data:; media-src 'self' file:; \
         connect-src 'self'; base-uri 'none'; form-action 'none'",
        safe::csp_hash(script),
        styles.join(" ")
    )
}
