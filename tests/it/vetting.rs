//! `callvet vet` as a buyer runs it: one folder a vendor, short recordings of reference speech, and what is written.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{Ran, arg, callvet, check_schema, reference};

/// Vendors' folders and a place for results beside them.
struct Place(tempfile::TempDir);

impl Place {
    /// Vendors with the recordings of `tests/reference/speech` that each has.
    fn new(vendors: &[(&str, &[&str])]) -> Self {
        let place = Self(tempfile::tempdir().expect("a temporary folder"));
        for (vendor, recordings) in vendors {
            fs::create_dir_all(place.at(vendor)).expect("writable");
            for name in *recordings {
                let file = format!("{name}.wav");
                fs::copy(reference("speech").join(&file), place.at(vendor).join(&file)).expect("committed");
            }
        }
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, args: &[&str], folders: &[&str]) -> Ran {
        let out = self.at("out");
        let folders: Vec<String> = folders.iter().map(|f| arg(&self.at(f)).to_owned()).collect();
        let fixed = ["--out", arg(&out), "--no-transcribe", "--no-progress"];
        callvet(args.iter().copied().chain(folders.iter().map(String::as_str)).chain(fixed))
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at("out").join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    fn vendors(&self) -> Value {
        serde_json::from_str(&self.read("vendors.json")).expect("JSON")
    }
}

const ALL: &[&str] = &["agent", "card", "customer"];

#[test]
fn folders_become_vendors_with_a_verdict_each_and_a_comparison() {
    let place = Place::new(&[("Acme", ALL), ("Best & Co", &["agent", "customer"])]);
    fs::write(place.at("Best & Co/broken.wav"), "no sound in here").expect("writable");
    let table = place.at("calls.csv");
    // The folder is the vendor, whatever the table says; what else it says is kept.
    fs::write(&table, "source,agent,vendor\nAcme/agent.wav,Anna,Somebody\n").expect("writable");
    let ran = place.run(&["vet", "--metadata", arg(&table)], &["Acme", "Best & Co"]);
    // One recording cannot be analysed.
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stdout.contains("Acme: ") && ran.stdout.contains("vendors.html"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Cannot tell yet whether Acme or Best & Co is better."), "{}", ran.stdout);

    let vendors = place.vendors();
    check_schema("callvet.vendors.1.json", &vendors);
    let of = |name: &str| vendors["vendors"].as_array().expect("a list").iter().find(|v| v["name"] == name).cloned();
    let (acme, best) = (of("Acme").expect("a vendor"), of("Best & Co").expect("a vendor"));
    assert_eq!((&acme["n_calls"], &acme["n_failed"], &acme["n_agents"]), (&3.into(), &0.into(), &1.into()));
    assert_eq!((&best["n_calls"], &best["n_failed"]), (&3.into(), &1.into()));
    let kinds: Vec<&str> =
        best["doubts"].as_array().expect("a list").iter().filter_map(|d| d["kind"].as_str()).collect();
    assert!(kinds.contains(&"unreadable"), "{kinds:?}");
    // Nobody heard the words: that is no good mark.
    assert_ne!(acme["verdict"], "no_doubt");
    assert_eq!(acme["publish"], "cannot_tell");
    assert_eq!(vendors["pairs"][0]["outcome"], "cannot_tell");
    // 1 of 3 against 0 of 3: Wilson's intervals by hand, 0.0615 to 0.7923 and 0 to 0.5615.
    let unreadable = &best["figures"].as_array().expect("a list").iter().find(|f| f["figure"] == "unreadable_calls");
    let unreadable = unreadable.expect("a figure");
    assert_eq!((&unreadable["low"], &unreadable["high"]), (&0.0615.into(), &0.7923.into()));

    let page = place.read("vendors.html");
    assert!(page.contains("Best &#38; Co") || page.contains("Best &amp; Co"), "names are escaped");
    assert!(!page.contains(" style="), "the page's policy forbids style attributes");
    assert!(page.contains("<audio") && page.contains(".wav#t="), "clips to hear");
    let batch: Value = serde_json::from_str(&place.read("batch.json")).expect("JSON");
    assert_eq!(batch["totals"]["n_calls"], 6);

    // The pages again, from the store alone; the same bytes.
    for name in ["vendors.html", "vendors.json"] {
        fs::remove_file(place.at("out").join(name)).expect("it was written");
    }
    let again = callvet(["report", arg(&place.at("out"))]);
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(place.vendors(), vendors);
    assert_eq!(place.read("vendors.html"), page);
}

#[test]
fn one_folder_has_a_verdict_and_json_is_data_alone() {
    let place = Place::new(&[("solo", &["agent"])]);
    let ran = place.run(&["vet", "--json"], &["solo"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let vendors: Value = serde_json::from_str(&ran.stdout).expect("JSON alone on standard output");
    assert_eq!(
        (vendors["vendors"].as_array().map(Vec::len), vendors["pairs"].as_array().map(Vec::len)),
        (Some(1), Some(0))
    );
    assert!(place.read("vendors.html").contains("nothing to compare"));
}

#[test]
fn what_is_no_vendors_folder_is_wrong_usage() {
    let place = Place::new(&[("a/demo", &["agent"]), ("b/demo", &["agent"])]);
    let check = |folders: &[&str], on_stderr: &str| {
        let ran = place.run(&["vet"], folders);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.stderr.contains(on_stderr), "{}", ran.stderr);
        assert!(!place.at("out").exists());
    };
    check(&["a/demo", "b/demo"], "two folders are called demo");
    check(&["a/demo/agent.wav"], "takes folders");
    check(&["nowhere"], "no such file or folder");
}

#[test]
fn vendors_of_the_metadata_are_compared_too_and_leave_with_it() {
    let place = Place::new(&[("in", ALL)]);
    let table = place.at("calls.csv");
    let exists = |name: &str| Path::new(&place.at("out")).join(name).exists();
    fs::write(&table, "source,vendor\nin/agent.wav,north\nin/card.wav,south\n").expect("writable");
    let ran = place.run(&["analyze", "--metadata", arg(&table)], &["in"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(place.vendors()["vendors"].as_array().map(Vec::len), Some(2));
    // One vendor is nothing to compare.
    fs::write(&table, "source,vendor\nin/agent.wav,north\n").expect("writable");
    assert_eq!(place.run(&["analyze", "--metadata", arg(&table)], &["in"]).code, 0);
    assert!(!exists("vendors.html") && !exists("vendors.json") && exists("index.html"));
}
