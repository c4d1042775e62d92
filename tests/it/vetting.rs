//! `callvet vet` as a buyer runs it: one folder a vendor, short recordings of reference speech, and what is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use callvet::call::{CallLine, CallMetadata, CallStatus, CategoryLine, Polarity, Severity};
use callvet::report::html::{vendor_lines, vendors_page};
use callvet::report::texts::{PageLanguage, Texts};
use callvet::vetting::compare;
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

// ---- The page ----

/// A call of a vendor in which this was found.
fn line(vendor: &str, nr: usize, score: f64, category: &str) -> CallLine {
    let call =
        CallMetadata { vendor: Some(vendor.into()), agent: Some(format!("agent {}", nr % 4)), ..Default::default() };
    let mut line =
        CallLine::without_report(&format!("{vendor}/{nr}.wav"), "", &format!("calls/c{nr}-00000000"), call, None);
    line.status = CallStatus::Ok;
    line.duration_s = Some(90.0 + 20.0 * nr as f64);
    line.language = Some(if nr.is_multiple_of(5) { "pl" } else { "en" }.into());
    line.score = Some(score);
    line.parts = ["forbidden", "privacy", "required", "line"].map(|p| (p.to_owned(), score / 10.0, 10.0)).into();
    line.snr_db = Some(30.0 - score / 10.0);
    line.measured.background_grade = Some((nr % 3) as u8);
    line.overtalk_ratio = Some(nr as f64 / 100.0);
    line.categories = vec![CategoryLine {
        category: category.into(),
        polarity: if category.starts_with("pii.") { Polarity::PersonalData } else { Polarity::Forbidden },
        n: 1,
        expected: 0.9,
        confidence: 0.9,
        severity: Severity::Major,
        id: format!("{nr:012x}"),
        start_s: Some(4.0),
        quote: None,
    }];
    line
}

fn page_of(lines: &[CallLine]) -> String {
    let report = compare(lines, &[], &|_| None);
    let sound = |nr: usize| (format!("calls/c{nr}-00000000"), "../in/a%20b.wav".to_owned());
    let sounds: BTreeMap<String, String> = (0..12).map(sound).collect();
    vendors_page(&report, &sounds, Texts::new(PageLanguage::En)).expect("a page")
}

#[test]
fn every_word_of_the_page_is_a_message_and_every_message_is_there() {
    let mut lines: Vec<CallLine> = Vec::new();
    for (vendor, score, category) in [("a", 80.0, "rudeness"), ("b", 40.0, "pii.card"), ("c", 60.0, "staged_marker")] {
        lines.extend((0..12).map(|nr| line(vendor, nr, score + nr as f64, category)));
    }
    lines.push(line("d", 0, 50.0, "user_category"));
    let page = page_of(&lines).replace("vendors.json", "");
    // A message that nobody has would stand there by its name.
    let main = page.split("<main>").nth(1).expect("a body").split("<script>").next().expect("a body");
    assert!(!main.contains("vendors-"), "{:?}", main.find("vendors-").map(|at| &main[at..(at + 60).min(main.len())]));
    assert!(main.contains("is better than"), "40 points between 12 calls each are enough");
    assert!(main.contains("href=\"calls/c0-00000000.html#f-000000000000\""), "evidence leads to its place");
    assert!(main.contains("src=\"../in/a%20b.wav#t="), "sound is played where it is");
}

#[test]
fn names_of_vendors_can_neither_run_nor_mislead() {
    let evil = "<img src=x onerror=alert(1)>\u{202e}dab";
    let lines: Vec<CallLine> =
        [evil, "good"].iter().flat_map(|v| (0..3).map(|nr| line(v, nr, 50.0, "rudeness"))).collect();
    let page = page_of(&lines);
    assert!(!page.contains("<img") && !page.contains('\u{202e}'));
    assert!(page.contains("[U+202E]"), "what would turn the text is shown");
    assert!(!page.contains(" style=") && !page.contains(" onclick="));
    let lines = vendor_lines(&compare(&lines, &[], &|_| None));
    assert!(lines.iter().any(|l| l.starts_with("good: ")), "{lines:?}");
}
