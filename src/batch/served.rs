//! What of an output folder may be handed to a browser: the files that are made for it, and the recordings that its pages
//! link. Not how: nothing is opened or sent here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::output::{CALLS, MEDIA, relative_href};
use super::paths::stem_of_file;
use super::store::{Store, StoreError};

pub use super::output::INDEX;

/// Files that lie in the output folder itself. A list, since the folder may hold other things of its owner; the store, its
/// log and the lock are not in it.
const IN_FOLDER: [&str; 10] = [
    INDEX,
    "batch.json",
    "calls.csv",
    "callvet.xlsx",
    "findings.csv",
    "selftest.csv",
    "selftest.html",
    "selftest.json",
    "vendors.html",
    "vendors.json",
];

/// Kinds of files about a call, by folder: its page and report; peaks, pictures, and sound that browsers play.
const OF_CALLS: [(&str, &[&str]); 2] = [
    (CALLS, &["html", "json"]),
    (
        MEDIA,
        &[
            "aac", "audio", "flac", "json", "m4a", "mka", "mp3", "mp4", "oga", "ogg", "opus", "png", "wav", "wave",
            "webm",
        ],
    ),
];

/// Is this name, relative to the output folder and with `/`, that of a file which callvet makes for people to look at?
pub fn is_for_browsers(name: &str) -> bool {
    let Some((folder, file)) = name.split_once('/') else { return IN_FOLDER.contains(&name) };
    let kinds = OF_CALLS.iter().find(|(of, _)| *of == folder).map(|(_, kinds)| *kinds);
    let kind = file.rsplit_once('.').map(|(_, kind)| kind);
    let is_name = !file.contains(['/', '\\', '\0']) && stem_of_file(file).is_some();
    is_name && kind.is_some_and(|kind| kinds.is_some_and(|kinds| kinds.contains(&kind)))
}

/// The recordings, links resolved, that the pages of an output folder play from where they are. Those of which the folder has
/// a copy, and those that the pages were asked not to link, are not among them.
///
/// # Errors
/// See [`StoreError`].
pub fn linked_recordings(out_dir: &Path) -> Result<BTreeSet<PathBuf>, StoreError> {
    let folder = out_dir.join(CALLS);
    let linked = |(path, rendered): (PathBuf, String)| {
        let path = path.canonicalize().ok()?;
        // What a page plays is a word of what the store says that it shows; links have no blanks.
        let href = relative_href(&folder, &path);
        rendered.split(' ').any(|word| word == href).then_some(path)
    };
    Ok(Store::open(out_dir, false)?.shown()?.into_iter().filter_map(linked).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_made_for_browsers_is_for_browsers() {
        for name in [
            "index.html",
            "findings.csv",
            "selftest.csv",
            "calls/żółw-0123abcd.html",
            "calls/a-0123abcd.json",
            "media/a-0123abcd.peaks.json",
            "media/a-0123abcd.0.png",
            "media/a-0123abcd.mp3",
        ] {
            assert!(is_for_browsers(name), "{name}");
        }
        for name in [
            "",
            "callvet.sqlite",
            "callvet.sqlite-wal",
            ".callvet.lock",
            "notes.html",
            "reviews.json",
            "calls",
            "calls/",
            "calls/notes.html",
            "calls/a-0123abcd.csv",
            "calls/.callvet-unfinished-abc.tmp",
            "calls/../callvet.sqlite",
            "calls/x/a-0123abcd.html",
            "media/a-0123abcd.html",
            "media/a-0123abcd.svg",
            "other/a-0123abcd.html",
        ] {
            assert!(!is_for_browsers(name), "{name}");
        }
    }
}
