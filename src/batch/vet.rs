//! Vendors of a batch: whose recordings are whose when folders say it, and the files `vendors.html` and `vendors.json` of an output
//! folder. What is compared and how is not known here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::atomic;
use super::discover::{DiscoverError, Discovery, folder_name};
use super::output::OutputError;
use super::pages::{self, View};
use super::store::{CurrentCall, Store};
use super::summary::BatchError;
use crate::call::vendors::{BY_FOLDER, VendorsReport, are_compared};
use crate::call::{CallLine, CallMetadata, CallReport, Inconsistency, json};
use crate::report::html;
use crate::report::texts::Texts;
use crate::vetting;

/// Page of the comparison in the output folder.
pub const PAGE: &str = "vendors.html";
/// Its data.
pub const DATA: &str = "vendors.json";

/// Why folders cannot be taken for vendors.
#[derive(Debug, thiserror::Error)]
pub enum VetError {
    /// A PATH is no folder, or cannot be looked at.
    #[error("{}: vet takes folders, one a vendor", .0.display())]
    NoFolder(PathBuf),
    /// Two folders have the same name.
    #[error("two folders are called {name}, and a folder's name is its vendor's: {} and {}", first.display(), second.display())]
    SameName {
        /// The name.
        name: String,
        /// One of them.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// Not to be searched.
    #[error(transparent)]
    Discover(#[from] DiscoverError),
}

/// Names of the vendors whose folders these are: the last component of each, in the form of a source.
///
/// # Errors
/// If one is no folder, or two have one name.
pub fn vendors_of(folders: &[PathBuf]) -> Result<Vec<String>, VetError> {
    let mut seen: BTreeMap<String, &PathBuf> = BTreeMap::new();
    let mut names = Vec::with_capacity(folders.len());
    for folder in folders {
        let cause = |cause| DiscoverError::Path { path: folder.clone(), cause };
        if !fs::metadata(folder).map_err(cause)?.is_dir() {
            return Err(VetError::NoFolder(folder.clone()));
        }
        let name = folder_name(folder).map_err(cause)?;
        if let Some(first) = seen.insert(name.clone(), folder) {
            return Err(VetError::SameName { name, first: first.clone(), second: folder.clone() });
        }
        names.push(name);
    }
    Ok(names)
}

/// Sets the vendor of every call to the folder that it was found in, whatever else is known of it.
pub fn set_vendors(discovery: &Discovery, calls: &mut Vec<CallMetadata>) {
    calls.resize(discovery.jobs.len(), CallMetadata::default());
    for (job, call) in discovery.jobs.iter().zip(calls) {
        call.vendor = job.source.split('/').next().map(str::to_owned);
        let known = call.metadata_source.take().map(|known| known + "+").unwrap_or_default();
        call.metadata_source = Some(known + BY_FOLDER);
    }
}

/// Those of these vendors in whose folders nothing was found.
pub fn without_recordings<'a>(vendors: &'a [String], discovery: &Discovery) -> Vec<&'a str> {
    let has_any = |name: &str| discovery.jobs.iter().any(|job| job.source.split('/').next() == Some(name));
    vendors.iter().map(String::as_str).filter(|name| !has_any(name)).collect()
}

/// Writes the comparison, or removes that of an earlier run if there is nothing to compare.
pub(super) fn write(
    store: &Store,
    out_dir: &Path,
    view: &View,
    calls: &[CurrentCall],
    lines: &[CallLine],
    consistency: &[Inconsistency],
) -> Result<(), BatchError> {
    if !are_compared(lines) {
        return remove(out_dir);
    }
    // Current calls come by source.
    let of = |source: &str| {
        let at = calls.binary_search_by(|call| call.source.as_str().cmp(source)).ok()?;
        Some((&calls[at], calls[at].result.as_ref()?))
    };
    // A report that cannot be read now was read a moment ago; its words are then left out.
    let details = |line: &CallLine| -> Option<CallReport> {
        store.report(of(&line.source)?.1.id, view.show_personal_data).ok().flatten()
    };
    let report = vetting::compare(lines, consistency, &details);
    let clips = report.pairs.iter().flat_map(|pair| &pair.clips).flat_map(|clips| [&clips.a, &clips.b]);
    let sounds: BTreeMap<String, String> = clips
        .filter_map(|clip| {
            let (call, stored) = of(&clip.source)?;
            let href = pages::plan_of(out_dir, view, stored, &call.path).href_from_index()?;
            Some((clip.stem.clone(), href))
        })
        .collect();
    let text = json::to_text(&report).map_err(OutputError::from)?;
    let page = html::vendors_page(&report, &sounds, Texts::new(view.language)).map_err(OutputError::from)?;
    atomic::write(&out_dir.join(DATA), text.as_bytes())?;
    atomic::write(&out_dir.join(PAGE), page.as_bytes())?;
    Ok(())
}

/// The comparison in an output folder; `None` if there is none.
pub fn read(out_dir: &Path) -> Option<VendorsReport> {
    let text = fs::read_to_string(out_dir.join(DATA)).ok()?;
    serde_json::from_str(&text).ok().filter(|report: &VendorsReport| report.schema == VendorsReport::SCHEMA)
}

/// Only what this program made: another file of that name is somebody's.
fn remove(out_dir: &Path) -> Result<(), BatchError> {
    if read(out_dir).is_some() {
        atomic::remove_files(out_dir, |name| name == PAGE || name == DATA)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Found;

    #[test]
    fn the_folder_is_the_vendor_whatever_the_table_says() {
        let job = |source: &str| Found { source: source.into(), ..Found::default() };
        let discovery = Discovery { jobs: vec![job("acme/day/1.wav"), job("best/2.wav")], skipped: Vec::new() };
        let known = CallMetadata {
            vendor: Some("other".into()),
            metadata_source: Some("metadata".into()),
            ..CallMetadata::default()
        };
        let mut calls = vec![known, CallMetadata::default()];
        set_vendors(&discovery, &mut calls);
        let got: Vec<_> = calls.iter().map(|c| (c.vendor.as_deref(), c.metadata_source.as_deref())).collect();
        let vendors = ["acme", "bes", "best"].map(str::to_owned);
        assert_eq!(without_recordings(&vendors, &discovery), ["bes"]);
        assert_eq!(got, [(Some("acme"), Some("metadata+folder")), (Some("best"), Some("folder"))]);
    }

    #[test]
    fn folders_of_one_name_and_files_are_no_vendors() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let at = |name: &str| place.path().join(name);
        for folder in ["a/demo", "b/demo", "other"] {
            fs::create_dir_all(at(folder)).expect("writable");
        }
        fs::write(at("file.wav"), "").expect("writable");
        assert_eq!(vendors_of(&[at("a/demo"), at("other")]).expect("two vendors"), ["demo", "other"]);
        assert!(matches!(vendors_of(&[at("a/demo"), at("b/demo")]), Err(VetError::SameName { .. })));
        assert!(matches!(vendors_of(&[at("file.wav")]), Err(VetError::NoFolder(_))));
        assert!(matches!(vendors_of(&[at("nowhere")]), Err(VetError::Discover(_))));
    }
}
