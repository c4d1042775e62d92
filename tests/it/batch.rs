//! Tests: batch. The analysis is a mock that reads the file as text: what it says decides what comes out, so that the
//! tests are about files, the store and the order of things, not about sound.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use callvet::batch::lock::LockError;
use callvet::batch::metadata::{AttachedMetadata, MetadataTable, attach};
use callvet::batch::name_pattern::NamePattern;
use callvet::batch::store::{FILE_NAME, NewRun, Store, StoreError};
use callvet::batch::{
    Analysed, AudioMode, BatchError, BatchSummary, CallOutcome, DiscoverError, Discovery, Finished, Found, NoProgress,
    Progress, RenderOptions, RunOptions, atomic, discover, discover_texts, exit_code, render, run,
};
use callvet::call::{
    BatchReport, CallError, CallMedia, CallMetadata, CallReport, CallStatus, ChannelPeaks, Direction, Peaks,
};
use callvet::pipeline::{CallFailure, CallJob};
use jiff::tz::TimeZone;
use serde_json::json;

/// A folder with recordings in it and a place for results beside them.
pub struct Place {
    pub root: tempfile::TempDir,
}

impl Place {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let place = Self { root: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir(place.input()).expect("writable");
        files.iter().for_each(|(name, text)| place.put(name, text));
        place
    }

    pub fn input(&self) -> PathBuf {
        self.root.path().join("in")
    }

    pub fn out(&self) -> PathBuf {
        self.root.path().join("out")
    }

    pub fn put(&self, name: &str, text: &str) {
        let path = self.input().join(name);
        fs::create_dir_all(path.parent().expect("in the input folder")).expect("writable");
        fs::write(path, text).expect("writable");
    }

    pub fn discover(&self) -> Discovery {
        discover(&[self.input()], &self.out()).expect("recordings")
    }

    pub fn run(&self, options: &RunOptions, analyst: &Analyst) -> Result<BatchSummary, BatchError> {
        self.run_with(&[], options, analyst)
    }

    pub fn run_with(
        &self,
        metadata: &[CallMetadata],
        options: &RunOptions,
        analyst: &Analyst,
    ) -> Result<BatchSummary, BatchError> {
        let analyse = |job: &CallJob| analyst.analyse(job);
        run(&self.discover(), metadata, &self.out(), options, &analyse, &NoProgress, &analyst.stop)
    }

    pub fn batch(&self) -> BatchReport {
        let text = fs::read_to_string(self.out().join("batch.json")).expect("batch.json");
        serde_json::from_str(&text).expect("a BatchReport")
    }

    /// Status by source.
    pub fn statuses(&self) -> Vec<(String, CallStatus)> {
        self.batch().calls.into_iter().map(|line| (line.source, line.status)).collect()
    }

    /// Everything in the output folder but the store and the lock: path and bytes. The page of the batch without how runs
    /// differ, which a folder that had several runs tells and another does not.
    pub fn tree(&self) -> BTreeMap<String, Vec<u8>> {
        let files = walkdir::WalkDir::new(self.out()).into_iter().map(|entry| entry.expect("readable"));
        let files = files.filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| {
                let name = entry.path().strip_prefix(self.out()).expect("in the folder").to_string_lossy().into_owned();
                let bytes = fs::read(entry.path()).expect("readable");
                let bytes = if name == "index.html" { without_trend(&bytes) } else { bytes };
                (name, bytes)
            })
            .filter(|(name, _)| !name.starts_with(FILE_NAME) && name != ".callvet.lock")
            .collect()
    }
}

/// The index as a folder without earlier runs has it: the trend tells of them.
pub fn without_trend(page: &[u8]) -> Vec<u8> {
    let mut page = String::from_utf8_lossy(page).into_owned();
    let parts =
        [("<section id=\"trend\"", "</section>"), ("<a href=\"#trend\">", "</a>"), ("\"trend\":[", "\"language\"")];
    for (from, to) in parts {
        let Some(at) = page.find(from) else { continue };
        let end = at + page[at..].find(to).expect("it ends") + to.len();
        page.replace_range(at..end, "");
    }
    // Templates leave a line or two where nothing is shown.
    page.split_whitespace().collect::<Vec<_>>().join(" ").into_bytes()
}

/// The mock, and what it was asked to do.
#[derive(Default)]
pub struct Analyst {
    heard: Mutex<Vec<String>>,
    pub stop: AtomicBool,
    /// Sets the stop flag when this many calls were heard.
    stops_after: Option<usize>,
}

impl Analyst {
    pub fn heard(&self) -> Vec<String> {
        let mut heard = self.heard.lock().expect("no panic while held").clone();
        heard.sort();
        heard
    }

    pub fn analyse(&self, job: &CallJob) -> CallOutcome {
        {
            let mut heard = self.heard.lock().expect("no panic while held");
            heard.push(job.source.clone());
            if self.stops_after.is_some_and(|n| heard.len() >= n) {
                self.stop.store(true, Ordering::Relaxed);
            }
        }
        let text = fs::read_to_string(&job.path).expect("a text that the test wrote");
        match text.as_str() {
            "fail" => {
                let error = CallError { kind: "malformed".into(), message: "no sound in it".into() };
                Err(CallFailure::Failed(error))
            }
            "panic" => panic!("a secret of the call"),
            "interrupted" => Err(CallFailure::Stopped),
            "changes" => {
                fs::write(&job.path, "changed").expect("writable");
                Ok(analysed(job, "text", &job.sha256))
            }
            "vanishes" => {
                fs::remove_file(&job.path).expect("there");
                Ok(analysed(job, "text", &job.sha256))
            }
            _ => Ok(analysed(job, &text, &job.sha256)),
        }
    }
}

pub fn analysed(job: &CallJob, text: &str, sha256: &str) -> Analysed {
    let raw = report(job, text, sha256);
    let masked = report(job, &text.replace("555 1234", "[phone]"), sha256);
    let peaks = Peaks { bin_s: 0.5, channels: vec![ChannelPeaks { min_max: vec![(-1, 1), (-2, 2)] }] };
    let is_browser_playable = !job.source.ends_with(".au");
    let playable_wav = (!is_browser_playable).then(|| b"RIFF".to_vec());
    let media = CallMedia { peaks, spectrogram_png: vec![b"a picture".to_vec()], playable_wav };
    Analysed { raw, masked, media: Some(media), is_browser_playable }
}

pub fn report(job: &CallJob, text: &str, sha256: &str) -> CallReport {
    let finding = json!({
        "id": "0123456789ab", "rule": "test.rule", "category": "test", "polarity": "forbidden", "severity": "major",
        "start_s": 0.1, "end_s": 0.2, "quote": text, "confidence": 0.75, "message": "said something",
        "evidence": {},
    });
    let report = json!({
        "schema": CallReport::SCHEMA,
        "recording": {"source": job.source, "sha256": sha256, "bytes": job.bytes, "duration_s": text.len() as f64 / 3.0},
        "call": job.metadata, "speakers": [], "findings": [finding], "required": [],
        "transcript": {"language": "en", "utterances": [
            {"start_s": 0.1, "end_s": 0.2, "channel": 0, "text": text, "words": []}]},
        "score": {"total": 77.77777, "parts": []}, "problems": [],
        "provenance": {"callvet": "test", "phrase_lists": [], "settings_sha256": "s"},
    });
    serde_json::from_value(report).expect("a CallReport")
}

pub fn options(jobs: usize) -> RunOptions {
    RunOptions { jobs, settings_sha256: "settings 1".into(), ..RunOptions::default() }
}

/// Source and kind of what failed.
pub fn failures(summary: &BatchSummary) -> Vec<(&str, &str)> {
    summary.lines.iter().filter_map(|line| Some((line.source.as_str(), line.error.as_ref()?.kind.as_str()))).collect()
}

// What is a recording.

/// Sources that are found under `paths` (relative to the input folder), then those that are skipped.
fn check_found(place: &Place, paths: &[&str], found: &[&str], skipped: &[&str]) {
    let paths: Vec<PathBuf> = paths.iter().map(|path| place.input().join(path)).collect();
    let discovery = discover(&paths, &place.out()).expect("recordings");
    assert_eq!(discovery.jobs.iter().map(|job| job.source.as_str()).collect::<Vec<_>>(), found);
    assert_eq!(discovery.skipped.iter().map(|s| s.source.as_str()).collect::<Vec<_>>(), skipped);
}

#[test]
fn folders_are_searched_to_the_bottom_and_hidden_files_count() {
    let place = Place::new(&[
        ("b.wav", "x"),
        ("B.MP3", "x"),
        (".hidden.ogg", "x"),
        (".git/deep/er/a.flac", "x"),
        ("notes.txt", "no sound"),
        ("a%b.wav", "x"),
        ("a/z.wav", "x"),
        ("a-/z.wav", "x"),
    ]);
    let found = [
        "in/.git/deep/er/a.flac",
        "in/.hidden.ogg",
        "in/B.MP3",
        "in/a%25b.wav",
        "in/a-/z.wav",
        "in/a/z.wav",
        "in/b.wav",
    ];
    check_found(&place, &[""], &found, &["in/notes.txt"]);
    check_found(&place, &["."], &found, &["in/notes.txt"]);
    check_found(&place, &["a/.."], &found, &["in/notes.txt"]);
    check_found(&place, &["a", "b.wav"], &["a/z.wav", "b.wav"], &[]);
    check_found(&place, &["notes.txt"], &["notes.txt"], &[]);
}

#[cfg(unix)]
#[test]
fn names_that_are_no_utf_8_are_found_and_can_be_told_apart() {
    use std::os::unix::ffi::OsStrExt;
    let place = Place::new(&[]);
    for name in [&b"a\xFF.wav"[..], b"a\xFE.wav", b"a%FF.wav", "zażółć\n.wav".as_bytes()] {
        fs::write(place.input().join(std::ffi::OsStr::from_bytes(name)), "x").expect("writable");
    }
    check_found(&place, &[""], &["in/a%25FF.wav", "in/a%FE.wav", "in/a%FF.wav", "in/zażółć\n.wav"], &[]);
    let summary = place.run(&options(2), &Analyst::default()).expect("a run");
    assert_eq!(summary.totals.n_ok, 4);
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_files_in_the_folder_only() {
    use std::os::unix::fs::symlink;
    let place = Place::new(&[("a/x.wav", "x")]);
    fs::write(place.root.path().join("outside.wav"), "x").expect("writable");
    fs::create_dir(place.root.path().join("other")).expect("writable");
    fs::write(place.root.path().join("other/y.wav"), "x").expect("writable");
    symlink("../outside.wav", place.input().join("out.wav")).expect("a link");
    symlink("../other", place.input().join("other")).expect("a link");
    symlink("..", place.input().join("a/loop")).expect("a link");
    symlink("nowhere.wav", place.input().join("dangling.wav")).expect("a link");
    symlink("a/x.wav", place.input().join("inside.wav")).expect("a link");
    check_found(
        &place,
        &[""],
        &["in/a/x.wav", "in/inside.wav"],
        &["in/a/loop", "in/dangling.wav", "in/other", "in/out.wav"],
    );
    // A link that is named is followed.
    check_found(&place, &["other", "out.wav"], &["other/y.wav", "out.wav"], &[]);
}

#[cfg(unix)]
#[test]
fn the_output_folder_is_never_entered_whatever_leads_to_it() {
    let place = Place::new(&[("x.wav", "x"), ("results/media/copy.wav", "x")]);
    let found = |paths: &[PathBuf], out: PathBuf| {
        discover(paths, &out).map(|d| d.jobs.into_iter().map(|j| j.source).collect::<Vec<_>>())
    };
    let only_x = || vec!["in/x.wav".to_string()];
    assert_eq!(found(&[place.input()], place.input().join("results")).expect("x"), only_x());
    assert_eq!(found(&[place.input()], place.input().join("./results/../results")).expect("x"), only_x());
    std::os::unix::fs::symlink("in/results", place.root.path().join("link")).expect("a link");
    assert_eq!(found(&[place.input()], place.root.path().join("link")).expect("x"), only_x());
    let inside = found(&[place.input().join("results/media")], place.input().join("results"));
    assert!(matches!(inside, Err(DiscoverError::Nothing { .. })));
}

#[test]
fn what_cannot_start_says_why() {
    let place = Place::new(&[("a/x.wav", "x"), ("b/a/x.wav", "x"), ("c/notes.txt", "no sound")]);
    let message = |paths: &[&str]| {
        let paths: Vec<PathBuf> = paths.iter().map(|path| place.input().join(path)).collect();
        discover(&paths, &place.out()).expect_err("nothing to start with").to_string()
    };
    let same = message(&["a", "b/a"]);
    assert!(same.contains("a/x.wav") && same.contains("in/a") && same.contains("in/b/a"), "{same}");
    assert!(message(&["missing"]).ends_with("in/missing: no such file or folder"));
    assert!(message(&["c"]).starts_with("no recordings found; skipped c/notes.txt: "));
    assert!(discover(&[], &place.out()).is_err());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_is_told_and_stops_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new(&[("a.wav", "x"), ("closed/b.wav", "x")]);
    let closed = place.input().join("closed");
    let set_mode = |mode| fs::set_permissions(&closed, fs::Permissions::from_mode(mode)).expect("ours");
    set_mode(0o000);
    // Nothing is closed to root.
    let (found, skipped): (&[&str], &[&str]) = if fs::read_dir(&closed).is_ok() {
        (&["in/a.wav", "in/closed/b.wav"], &[])
    } else {
        (&["in/a.wav"], &["in/closed"])
    };
    check_found(&place, &[""], found, skipped);
    set_mode(0o700);
}

#[test]
fn texts_are_found_by_extension_and_by_name() {
    let place = Place::new(&[("a.TXT", ""), ("b/c.vtt", ""), ("d.wav", ""), ("e.log", "")]);
    let found =
        |paths: &[PathBuf]| discover_texts(paths).map(|texts| texts.into_iter().map(|t| t.source).collect::<Vec<_>>());
    assert_eq!(found(&[place.input()]).expect("texts"), ["in/a.TXT", "in/b/c.vtt"]);
    assert_eq!(found(&[place.input().join("e.log")]).expect("named"), ["e.log"]);
    assert!(found(&[place.input().join("b"), place.root.path().join("nothing")]).is_err());
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_not_waited_for() {
    let place = Place::new(&[]);
    let found = discover(&["/dev/zero".into()], &place.out());
    assert!(matches!(found, Err(DiscoverError::NoFile { .. })), "{found:?}");
}

// What is known beside the sound.

fn found(sources: &[&str]) -> Vec<Found> {
    sources.iter().map(|s| Found { source: (*s).into(), path: (*s).into(), bytes: 1, ..Found::default() }).collect()
}

fn attach_csv(sources: &[&str], csv: &str) -> Result<AttachedMetadata, String> {
    let table = MetadataTable::parse(csv.as_bytes(), &TimeZone::UTC).map_err(|e| e.to_string())?;
    attach(&found(sources), Some(&table), None, &TimeZone::UTC).map_err(|e| e.to_string())
}

/// Agent of each source, then how many warnings.
fn check_agents(sources: &[&str], csv: &str, agents: &[&str], n_warnings: usize) {
    let attached = attach_csv(sources, csv).expect("a good table");
    let read: Vec<String> = attached.calls.into_iter().map(|call| call.agent.unwrap_or_default()).collect();
    assert_eq!(read, agents, "{csv:?}");
    assert_eq!(attached.warnings.len(), n_warnings, "{:?}", attached.warnings);
}

#[test]
fn tables_are_read_as_spreadsheets_write_them() {
    for csv in [
        "source,agent\nin/a.wav,Anna\n",
        "source;agent\r\nin/a.wav;Anna\r\n",
        "\u{feff}source;agent\nin/a.wav;Anna",
        "sep=;\r\nsource;agent\r\nin/a.wav;Anna\r\n",
        "Agent\tSource\nAnna\tin\\a.wav\n",
        "\"source\",\"agent\"\n\"in/a.wav\",\"Anna\"\n,\n",
        "agent,source\nAnna,a.wav\n",
        "agent,source\nAnna,/data/calls/in/a.wav\n",
    ] {
        check_agents(&["in/a.wav"], csv, &["Anna"], 0);
    }
    check_agents(&["in/a.wav"], "source,agent\na.wav,\"Nowak; Anna, \"\"A\"\"\nB\"\n", &["Nowak; Anna, \"A\"\nB"], 0);
}

#[test]
fn a_file_name_is_enough_only_where_it_is_unique() {
    let sources = ["in/a.wav", "in/b/a.wav", "in/c.wav"];
    check_agents(&sources, "source,agent\nc.wav,C\nb/a.wav,B\nin/a.wav,A\n", &["A", "B", "C"], 0);
    check_agents(&sources, "source,agent\na.wav,A\n", &["", "", ""], 1);
    check_agents(&sources, "source,agent\nx.wav,A\nc.wav,C\n", &["", "", "C"], 1);
    check_agents(&["in/100%25.wav"], "source,agent\n100%.wav,A\n", &["A"], 0);
    check_agents(&sources, "source,agent,mood,shoe size\nc.wav,C,good,42\n", &["", "", "C"], 1);
}

#[test]
fn a_wrong_table_names_the_line() {
    for (csv, expected) in [
        ("", "line 1: there is no column source"),
        ("agent\nAnna\n", "line 1: there is no column source"),
        ("source,agent,Agent\n", "line 1: the column agent stands twice"),
        ("source,agent\na.wav,A\n,B\n", "line 3: the column source is empty"),
        ("source,agent\na.wav,A,B\n", "line 2: has 3 columns where the header has 2"),
        ("source,direction\na.wav,up\n", "line 2: direction: `up` is neither in nor out"),
        ("sep=,\nsource,started_at\na.wav,2026-11-02\n", "line 3: started_at: `2026-11-02` is no date"),
        ("source,agent\na.wav,A\n\nin/a.wav,B\n", "lines 2 and 4: both are about in/a.wav"),
    ] {
        let message = attach_csv(&["in/a.wav"], csv).expect_err(csv);
        assert!(message.starts_with(&format!("metadata, {expected}")), "{message}");
    }
    let latin = MetadataTable::parse(b"source,agent\na.wav,Ann\xE1\n", &TimeZone::UTC).expect_err("Latin-1");
    assert!(latin.to_string().starts_with("metadata, line 2: is not UTF-8"), "{latin}");
}

#[test]
fn the_table_wins_over_the_name_and_both_are_told() {
    let sources = ["in/anna_out_1.wav", "in/bob_in_2.wav", "in/x.wav"];
    let csv = "source,agent,started_at\nanna_out_1.wav,Anna Nowak,2026-11-02 14:30\nx.wav,X,\n";
    let zone = TimeZone::fixed(jiff::tz::offset(1));
    let table = MetadataTable::parse(csv.as_bytes(), &zone).expect("a good table");
    let pattern = NamePattern::parse("{agent}_{direction}_{id}").expect("a good pattern");
    let attached = attach(&found(&sources), Some(&table), Some(&pattern), &zone).expect("no contradiction");
    let text = |s: &str| Some(s.to_string());
    let expected = [
        CallMetadata {
            id: text("1"),
            started_at: text("2026-11-02T14:30:00+01:00"),
            agent: text("Anna Nowak"),
            direction: Some(Direction::Outbound),
            metadata_source: text("metadata+name_pattern"),
            ..CallMetadata::default()
        },
        CallMetadata {
            id: text("2"),
            agent: text("bob"),
            direction: Some(Direction::Inbound),
            metadata_source: text("name_pattern"),
            ..CallMetadata::default()
        },
        CallMetadata { agent: text("X"), metadata_source: text("metadata"), ..CallMetadata::default() },
    ];
    assert_eq!(attached.calls, expected);
    assert_eq!(attached.warnings, ["the name pattern does not fit 1 of 3 recordings"]);
}

// Runs.

pub const FIVE: [(&str, &str); 5] = [
    ("a.wav", "call 555 1234"),
    ("b.wav", "a rather longer call than the others"),
    ("c.au", "not for browsers"),
    ("d.wav", "fail"),
    ("e/f.wav", "<script>"),
];

#[test]
fn a_run_leaves_every_file_of_the_contract() {
    let place = Place::new(&FIVE);
    let summary = place.run(&options(2), &Analyst::default()).expect("a run");
    assert_eq!(
        (summary.totals.n_calls, summary.totals.n_ok, summary.totals.n_failed, summary.totals.n_pending),
        (5, 4, 1, 0)
    );
    assert_eq!((summary.n_analysed, summary.n_unchanged, summary.is_interrupted), (5, 0, false));
    assert_eq!(failures(&summary), [("in/d.wav", "malformed")]);
    assert_eq!(summary.n_likely_findings, [0, 4, 0, 0]);
    assert_eq!(exit_code(Ok(&summary), false, None), 3);
    let tree = place.tree();
    for name in ["index.html", "batch.json", "calls.csv", "findings.csv", "callvet.xlsx"] {
        assert!(tree.contains_key(name), "{name}");
    }
    let n_in = |prefix: &str, suffix: &str| {
        tree.keys().filter(|name| name.starts_with(prefix) && name.ends_with(suffix)).count()
    };
    assert_eq!((n_in("calls/", ".json"), n_in("calls/", ".html")), (4, 4));
    assert_eq!((n_in("media/", ".peaks.json"), n_in("media/", ".0.png"), n_in("media/c-", ".wav")), (4, 4, 1));
    assert_eq!(tree.len(), 5 + 8 + 9);
    for line in place.batch().calls {
        assert_eq!(line.report.is_some(), line.status == CallStatus::Ok);
        if let Some(report) = line.report {
            let text = fs::read_to_string(place.out().join(report)).expect("the report is where batch.json says");
            let report: CallReport = serde_json::from_str(&text).expect("a CallReport");
            assert_eq!(report.recording.source, line.source);
        }
    }
}

#[test]
fn personal_data_is_in_the_store_alone_unless_asked_for() {
    let place = Place::new(&FIVE);
    let has_number =
        |place: &Place| place.tree().into_values().any(|bytes| String::from_utf8_lossy(&bytes).contains("555 1234"));
    place.run(&options(1), &Analyst::default()).expect("a run");
    assert!(!has_number(&place));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(place.out().join(FILE_NAME)).expect("the store").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // The same results, shown: nothing is analysed again.
    let analyst = Analyst::default();
    place.run(&RunOptions { show_personal_data: true, ..options(1) }, &analyst).expect("a run");
    assert!(has_number(&place));
    assert_eq!(analyst.heard(), ["in/d.wav"]);
    // And masked again.
    render(&place.out(), &RenderOptions::default()).expect("a store");
    assert!(!has_number(&place));
}

#[test]
fn the_same_bytes_come_out_whatever_the_number_of_threads_and_the_order() {
    let place = Place::new(&FIVE);
    let tree_of = |jobs: usize, is_reversed: bool| {
        let _ = fs::remove_dir_all(place.out());
        let mut discovery = place.discover();
        if is_reversed {
            discovery.jobs.reverse();
        }
        let analyst = Analyst::default();
        let analyse = |job: &CallJob| analyst.analyse(job);
        run(&discovery, &[], &place.out(), &options(jobs), &analyse, &NoProgress, &analyst.stop).expect("a run");
        place.tree()
    };
    let one = tree_of(1, false);
    assert!(one == tree_of(4, false), "4 threads");
    assert!(one == tree_of(4, true), "4 threads, the other way round");
    render(&place.out(), &RenderOptions::default()).expect("a store");
    assert!(one == place.tree(), "rendered again");
}

/// What is heard when `change` happens between two runs.
fn check_second_run(change: impl FnOnce(&Place), second: &RunOptions, heard: &[&str]) {
    let place = Place::new(&FIVE);
    place.run(&options(2), &Analyst::default()).expect("a first run");
    change(&place);
    let analyst = Analyst::default();
    let summary = place.run(second, &analyst).expect("a second run");
    assert_eq!(analyst.heard(), heard);
    assert_eq!(summary.n_unchanged + summary.n_analysed, summary.totals.n_calls);
    let first_again = place.tree();
    let fresh = Place::new(&[]);
    let _ = fs::remove_dir_all(fresh.input());
    // A run from nothing over the same recordings gives the same files.
    fs::remove_dir_all(place.out()).expect("there");
    place.run(second, &Analyst::default()).expect("a run from nothing");
    assert!(first_again == place.tree(), "the second run left other files than a run from nothing");
}

#[test]
fn a_second_run_tries_only_what_failed() {
    check_second_run(|_| {}, &options(2), &["in/d.wav"]);
}

#[test]
fn what_is_new_or_changed_is_analysed_and_what_is_gone_leaves_the_pages() {
    check_second_run(|place| place.put("a.wav", "other words"), &options(2), &["in/a.wav", "in/d.wav"]);
    check_second_run(|place| place.put("d.wav", "mended"), &options(2), &["in/d.wav"]);
    check_second_run(|place| place.put("new.wav", "new"), &options(2), &["in/d.wav", "in/new.wav"]);
    check_second_run(|place| fs::remove_file(place.input().join("a.wav")).expect("there"), &options(2), &["in/d.wav"]);
    let moved = |place: &Place| fs::rename(place.input().join("a.wav"), place.input().join("z.wav")).expect("there");
    check_second_run(moved, &options(2), &["in/d.wav", "in/z.wav"]);
}

#[test]
fn other_settings_or_a_fresh_start_analyse_everything() {
    let all = ["in/a.wav", "in/b.wav", "in/c.au", "in/d.wav", "in/e/f.wav"];
    check_second_run(|_| {}, &RunOptions { settings_sha256: "settings 2".into(), ..options(2) }, &all);
    check_second_run(|_| {}, &RunOptions { fresh: true, ..options(2) }, &all);
}

#[test]
fn lost_pages_are_made_again_and_lost_pictures_are_analysed_again() {
    let remove = |place: &Place, folder: &str, start: &str| {
        let is_it = |name: &str| name.starts_with(start);
        atomic::remove_files(&place.out().join(folder), is_it).expect("writable");
    };
    check_second_run(|place| remove(place, "calls", ""), &options(2), &["in/d.wav"]);
    check_second_run(|place| remove(place, "media", "b-"), &options(2), &["in/b.wav", "in/d.wav"]);
}

#[test]
fn vanished_results_stay_in_the_store_and_come_back() {
    let place = Place::new(&FIVE);
    place.run(&options(2), &Analyst::default()).expect("a run");
    let before = place.tree();
    fs::remove_file(place.input().join("a.wav")).expect("there");
    place.run(&options(2), &Analyst::default()).expect("a run");
    assert!(!place.tree().keys().any(|name| name.contains("/a-")));
    // Its pictures are gone from the disk, so it has to be heard again.
    place.put("a.wav", "call 555 1234");
    place.run(&options(2), &Analyst::default()).expect("a run");
    assert!(before == place.tree());
}

#[test]
fn files_of_others_in_the_output_folder_are_left_alone() {
    let place = Place::new(&FIVE);
    place.run(&options(1), &Analyst::default()).expect("a run");
    for name in ["calls/notes.html", "media/photo-0123.png", "own.txt"] {
        fs::write(place.out().join(name), "mine").expect("writable");
    }
    place.run(&options(1), &Analyst::default()).expect("a run");
    assert_eq!(place.tree().values().filter(|bytes| bytes.as_slice() == b"mine").count(), 3);
}

#[test]
fn new_metadata_reaches_the_reports_without_analysis() {
    let place = Place::new(&[("a.wav", "a"), ("b.wav", "b")]);
    place.run(&options(1), &Analyst::default()).expect("a run");
    let named = |agent: &str| CallMetadata { agent: Some(agent.into()), ..CallMetadata::default() };
    let analyst = Analyst::default();
    let metadata = [named("Anna"), CallMetadata::default()];
    place.run_with(&metadata, &options(1), &analyst).expect("a run");
    assert_eq!(analyst.heard(), [""; 0]);
    let second = place.tree();
    let reports: Vec<&[u8]> = second
        .iter()
        .filter(|(name, _)| name.starts_with("calls/a-") && name.ends_with("json"))
        .map(|(_, b)| &b[..])
        .collect();
    let report: CallReport = serde_json::from_slice(reports[0]).expect("a CallReport");
    assert_eq!(report.call, metadata[0]);
    fs::remove_dir_all(place.out()).expect("there");
    place.run_with(&metadata, &options(1), &Analyst::default()).expect("a run from nothing");
    assert!(second == place.tree());
}

#[test]
fn an_interrupted_run_says_what_is_pending_and_is_resumed() {
    let place = Place::new(&FIVE);
    let analyst = Analyst { stops_after: Some(2), ..Analyst::default() };
    let summary = place.run(&options(1), &analyst).expect("an interrupted run is no error");
    assert_eq!(
        (summary.totals.n_ok + summary.totals.n_failed, summary.totals.n_pending, summary.is_interrupted),
        (2, 3, true)
    );
    assert_eq!(exit_code(Ok(&summary), true, None), 130);
    assert_eq!(place.statuses().iter().filter(|(_, status)| *status == CallStatus::Pending).count(), 3);
    // What `report` shows of it is the same.
    let before = place.tree();
    render(&place.out(), &RenderOptions::default()).expect("a store");
    assert!(before == place.tree());

    let rest = Analyst::default();
    let summary = place.run(&options(1), &rest).expect("a run");
    assert!(!summary.is_interrupted);
    assert!(rest.heard().iter().all(|source| source == "in/d.wav" || !analyst.heard().contains(source)));
    let resumed = place.tree();
    fs::remove_dir_all(place.out()).expect("there");
    place.run(&options(1), &Analyst::default()).expect("a run from nothing");
    assert!(resumed == place.tree());
}

#[test]
fn a_call_that_gives_up_on_the_stop_flag_stays_pending() {
    let place = Place::new(&[("a.wav", "interrupted"), ("b.wav", "b")]);
    place.run(&options(1), &Analyst::default()).expect("a run");
    let expected = [("in/a.wav", CallStatus::Pending), ("in/b.wav", CallStatus::Ok)];
    assert_eq!(place.statuses(), expected.map(|(source, status)| (source.to_string(), status)));
}

#[test]
fn a_panic_fails_its_own_call_only_and_what_it_says_is_not_told() {
    let place = Place::new(&[("a.wav", "panic"), ("b.wav", "b")]);
    let summary = place.run(&options(2), &Analyst::default()).expect("a run");
    assert_eq!((summary.totals.n_ok, summary.totals.n_failed), (1, 1));
    assert_eq!(failures(&summary), [("in/a.wav", "internal")]);
    assert!(!place.tree().into_values().any(|bytes| String::from_utf8_lossy(&bytes).contains("secret")));
}

#[test]
fn a_recording_that_vanishes_between_search_and_analysis_fails_alone() {
    let place = Place::new(&[("a.wav", "a"), ("b.wav", "b")]);
    let discovery = place.discover();
    fs::remove_file(place.input().join("a.wav")).expect("there");
    let analyst = Analyst::default();
    let analyse = |job: &CallJob| analyst.analyse(job);
    let summary = run(&discovery, &[], &place.out(), &options(1), &analyse, &NoProgress, &analyst.stop).expect("a run");
    assert_eq!((summary.totals.n_ok, summary.totals.n_failed), (1, 1));
    assert_eq!(failures(&summary), [("in/a.wav", "io")]);
}

#[test]
fn a_folder_that_cannot_be_written_to_stops_the_run_with_exit_code_4() {
    let place = Place::new(&FIVE);
    // A file where the folder should be: as good as a read-only folder, and true for root as well.
    fs::write(place.out(), "in the way").expect("writable");
    let error = place.run(&options(1), &Analyst::default()).expect_err("no folder");
    assert_eq!(exit_code(Err(&error), false, None), 4, "{error}");
    assert!(error.to_string().contains("out"), "{error}");
    // In the middle of a run, too: the first call cannot be written, the others are not tried.
    fs::remove_file(place.out()).expect("there");
    place.run(&RunOptions { settings_sha256: "0".into(), ..options(1) }, &Analyst::default()).expect("a run");
    for name in place.tree().keys().filter(|name| name.starts_with("calls/") && name.ends_with(".json")) {
        fs::remove_file(place.out().join(name)).expect("there");
        fs::create_dir_all(place.out().join(name).join("x")).expect("writable");
    }
    let analyst = Analyst::default();
    let error = place.run(&options(1), &analyst).expect_err("no report can be written");
    assert_eq!(exit_code(Err(&error), false, None), 4, "{error}");
    assert!(analyst.heard().len() < FIVE.len());
}

#[test]
fn two_runs_on_one_folder_do_not_interleave() {
    let place = Place::new(&[("a.wav", "a")]);
    let analyse = |_: &CallJob| {
        let error = place.run(&options(1), &Analyst::default()).expect_err("the folder is in use");
        assert!(matches!(error, BatchError::Lock(LockError::Busy(_))), "{error}");
        assert_eq!(exit_code(Err(&error), false, None), 2);
        let error = render(&place.out(), &RenderOptions::default()).expect_err("the folder is in use");
        assert!(matches!(error, BatchError::Lock(LockError::Busy(_))), "{error}");
        Err(CallFailure::Stopped)
    };
    let stop = AtomicBool::new(false);
    run(&place.discover(), &[], &place.out(), &options(1), &analyse, &NoProgress, &stop).expect("a run");
    // The lock file of a run that was killed is there and locks nobody out.
    assert!(place.out().join(".callvet.lock").exists());
    place.run(&options(1), &Analyst::default()).expect("a run");
}

#[test]
fn what_a_killed_run_left_is_not_taken_for_a_result() {
    let place = Place::new(&FIVE);
    let summary = place.run(&options(1), &Analyst::default()).expect("a run");
    let whole = place.tree();
    // Killed in the middle of a file, and after the files of a call but before its row.
    let leftover = format!("calls/{}abc.tmp", atomic::TEMPORARY_PREFIX);
    fs::write(place.out().join(&leftover), "half a rep").expect("writable");
    fs::write(place.out().join("calls/ghost-0123abcd.json"), "{}").expect("writable");
    let again = place.run(&options(1), &Analyst::default()).expect("a run");
    assert_eq!(summary.totals.n_ok, again.totals.n_ok);
    assert!(whole == place.tree());
}

#[test]
fn a_run_that_was_killed_shows_its_pending_calls_and_goes_on() {
    let place = Place::new(&FIVE);
    // As a killed run leaves it: the batch is begun, one call is in the store, no page of the batch is written.
    {
        let discovery = place.discover();
        fs::create_dir_all(place.out()).expect("writable");
        let store = Store::open(&place.out(), true).expect("a new store");
        let run = NewRun { settings_sha256: "settings 1", ..NewRun::default() };
        store.begin_run(&discovery.jobs, &[], &discovery.skipped, &run).expect("writable");
    }
    let summary = render(&place.out(), &RenderOptions::default()).expect("a store");
    assert_eq!((summary.totals.n_calls, summary.totals.n_pending), (5, 5));
    assert!(place.statuses().iter().all(|(_, status)| *status == CallStatus::Pending));
    assert_eq!(place.run(&options(1), &Analyst::default()).expect("a run").totals.n_pending, 0);
}

/// Where the process that is to be killed works.
const KILLED_PLACE: &str = "CALLVET_TEST_KILLED_PLACE";

/// Not a test of its own: the process that `a_run_killed_in_the_middle_loses_only_calls_in_flight` starts and kills.
#[test]
#[ignore = "run by another test in a process of its own"]
fn the_run_that_is_killed() {
    let Some(root) = std::env::var_os(KILLED_PLACE).map(PathBuf::from) else { return };
    let slow = |job: &CallJob| {
        std::thread::sleep(Duration::from_millis(10));
        Analyst::default().analyse(job)
    };
    let (input, out, stop) = (root.join("in"), root.join("out"), AtomicBool::new(false));
    let discovery = discover(&[input], &out).expect("recordings");
    run(&discovery, &[], &out, &options(2), &slow, &NoProgress, &stop).expect("a run");
}

#[test]
fn a_run_killed_in_the_middle_loses_only_calls_in_flight() {
    let names: Vec<String> = (0..300).map(|i| format!("{i}.wav")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "a call")).collect();
    let place = Place::new(&files);
    let mut child = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "batch::the_run_that_is_killed", "--ignored"])
        .env(KILLED_PLACE, place.root.path())
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("this program starts");
    let is_report = |path: &Path| path.extension().is_some_and(|e| e == "json");
    let reports = || -> Vec<PathBuf> {
        let entries = fs::read_dir(place.out().join("calls")).into_iter().flatten();
        entries.map(|entry| entry.expect("readable").path()).filter(|path| is_report(path)).collect()
    };
    let began = Instant::now();
    while reports().len() < 20 {
        assert!(began.elapsed() < Duration::from_secs(300), "nothing comes out");
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().expect("it runs: 300 calls take 1.5 s");
    child.wait().expect("killed");
    let left = reports();
    assert!(left.len() < 300, "it was killed in the middle");
    for path in &left {
        let text = fs::read_to_string(path).expect("readable");
        serde_json::from_str::<CallReport>(&text).expect("a report is whole or not there");
    }
    let rest = Analyst::default();
    let summary = place.run(&options(2), &rest).expect("neither the lock nor the store is in the way");
    assert_eq!((summary.totals.n_ok, summary.n_analysed + summary.n_unchanged), (300, 300));
    // Two threads: at most two calls had files, but no row yet.
    let n_lost = (left.len() as u64).saturating_sub(summary.n_unchanged);
    assert!(n_lost <= 2, "{n_lost} of {} were analysed twice", left.len());
    let resumed = place.tree();
    fs::remove_dir_all(place.out()).expect("there");
    place.run(&options(2), &Analyst::default()).expect("a run from nothing");
    assert!(resumed == place.tree());
}

#[test]
fn a_store_that_is_none_or_from_the_future_is_refused_and_fresh_starts_anew() {
    let place = Place::new(&FIVE);
    let check = |expected: fn(&StoreError) -> bool| {
        let error = place.run(&options(1), &Analyst::default()).expect_err("a bad store");
        assert!(matches!(&error, BatchError::Store(e) if expected(e)), "{error}");
        assert_eq!(exit_code(Err(&error), false, None), 2);
        assert!(error.to_string().contains("--fresh"), "{error}");
        let fresh = RunOptions { fresh: true, ..options(1) };
        assert_eq!(place.run(&fresh, &Analyst::default()).expect("a fresh run").totals.n_ok, 4);
    };
    fs::create_dir(place.out()).expect("writable");
    let store = place.out().join(FILE_NAME);
    fs::write(&store, "this is no database, but a text that is long enough to be looked at ".repeat(20))
        .expect("writable");
    check(|e| matches!(e, StoreError::Damaged { .. }));
    let sql = |sql: &str| rusqlite::Connection::open(&store).and_then(|c| c.execute_batch(sql)).expect("SQL");
    sql("PRAGMA user_version = 99");
    check(|e| matches!(e, StoreError::Newer { version: 99, .. }));
    fs::remove_file(&store).expect("there");
    sql("CREATE TABLE other (x)");
    check(|e| matches!(e, StoreError::Damaged { .. }));
    let nothing = tempfile::tempdir().expect("a temporary folder");
    let error = render(nothing.path(), &RenderOptions::default()).expect_err("no store");
    assert!(matches!(error, BatchError::Store(StoreError::Missing(_))));
    assert_eq!(fs::read_dir(nothing.path()).expect("readable").count(), 0, "nothing is made where nothing was");
}

#[test]
fn sql_users_find_calls_findings_and_their_history() {
    let place = Place::new(&FIVE);
    place.run(&options(2), &Analyst::default()).expect("a run");
    place.run(&RunOptions { settings_sha256: "settings 2".into(), ..options(2) }, &Analyst::default()).expect("a run");
    let connection = rusqlite::Connection::open(place.out().join(FILE_NAME)).expect("a store");
    let check = |sql: &str, expected: &str| {
        let text: String = connection.query_row(sql, [], |row| row.get(0)).expect(sql);
        assert_eq!(text, expected, "{sql}");
    };
    check("SELECT count(*) || '' FROM calls", "10");
    check("SELECT count(*) || '' FROM current_calls", "5");
    check("SELECT count(*) || '' FROM current_findings WHERE severity = 'major'", "4");
    check("SELECT quote FROM current_findings WHERE source = 'in/a.wav'", "call [phone]");
    check("SELECT raw_json ->> '$.findings[0].quote' FROM current_calls WHERE source = 'in/a.wav'", "call 555 1234");
    check("SELECT error_kind FROM current_calls WHERE source = 'in/d.wav'", "malformed");
    check("SELECT group_concat(ending) FROM runs", "finished,finished");
}

#[test]
fn sound_is_linked_copied_or_left_out() {
    let place = Place::new(&FIVE);
    let sound = |tree: &BTreeMap<String, Vec<u8>>| {
        tree.keys().filter(|name| name.starts_with("media/") && name.ends_with(".wav")).count()
    };
    let check = |audio: AudioMode, n_files: usize, link: &str| {
        // Nothing but what failed is heard again: the sound is none of the settings.
        let analyst = Analyst::default();
        place.run(&RunOptions { audio, ..options(1) }, &analyst).expect("a run");
        let tree = place.tree();
        assert_eq!(sound(&tree), n_files, "{audio:?}");
        let page = tree.iter().find(|(name, _)| name.starts_with("calls/b-") && name.ends_with(".html"));
        let page = String::from_utf8_lossy(page.expect("a page").1).into_owned();
        assert_eq!(page.contains("../../in/b.wav"), link == "original", "{audio:?}");
        assert!(page.contains("../media/b-"), "its pictures: {audio:?}");
        // Made again, it is as it was.
        render(&place.out(), &RenderOptions::default()).expect("a store");
        assert!(tree == place.tree(), "{audio:?}");
        analyst.heard().len()
    };
    assert_eq!(check(AudioMode::Link, 1, "original"), 5);
    assert_eq!(check(AudioMode::Copy, 4, "copy"), 1);
    let tree = place.tree();
    let copy = tree.iter().find(|(name, _)| name.starts_with("media/b-") && name.ends_with(".wav"));
    assert_eq!(copy.expect("a copy").1, FIVE[1].1.as_bytes());
    // Asked for, the pages are made again with other sound, here without copies.
    let link = RenderOptions { audio: Some(AudioMode::Link), ..RenderOptions::default() };
    render(&place.out(), &link).expect("a store");
    assert_eq!(sound(&place.tree()), 1);
    // The WAV copy of what browsers cannot play was made at analysis and goes too.
    assert_eq!(check(AudioMode::None, 0, "none"), 1);
    // It can only be had back by listening again.
    assert_eq!(check(AudioMode::Link, 1, "original"), 2);
}

/// Counts what it is told.
#[derive(Default)]
struct Counter {
    begun: AtomicUsize,
    started: AtomicUsize,
    unchanged: AtomicUsize,
    failed: AtomicUsize,
    audio: Mutex<f64>,
}

impl Progress for Counter {
    fn begin(&self, jobs: &[(&str, u64)]) {
        self.begun.store(jobs.len(), Ordering::Relaxed);
    }

    fn started(&self, _source: &str) {
        self.started.fetch_add(1, Ordering::Relaxed);
    }

    fn finished(&self, call: &Finished) {
        self.unchanged.fetch_add(usize::from(call.is_unchanged), Ordering::Relaxed);
        self.failed.fetch_add(usize::from(call.failure.is_some()), Ordering::Relaxed);
        *self.audio.lock().expect("no panic while held") += call.audio_s.unwrap_or(0.0);
    }
}

#[test]
fn progress_is_told_what_happens() {
    let place = Place::new(&FIVE);
    place.run(&options(1), &Analyst::default()).expect("a run");
    let analyst = Analyst::default();
    let analyse = |job: &CallJob| analyst.analyse(job);
    let counter = Counter::default();
    let summary =
        run(&place.discover(), &[], &place.out(), &options(2), &analyse, &counter, &analyst.stop).expect("a run");
    let counts = [&counter.begun, &counter.started, &counter.unchanged, &counter.failed];
    assert_eq!(counts.map(|count| count.load(Ordering::Relaxed)), [5, 1, 4, 1]);
    let audio_s = *counter.audio.lock().expect("no panic while held");
    // 1 ms a call: lengths in reports have 3 decimals.
    assert!((audio_s - summary.totals.duration_s).abs() < 0.005, "{audio_s} {}", summary.totals.duration_s);
}

#[test]
fn a_thousand_small_calls_take_seconds() {
    let names: Vec<String> = (0..1000).map(|i| format!("{:02}/same name.wav", i)).collect();
    let texts: Vec<String> = (0..1000).map(|i| format!("call {i}")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    let place = Place::new(&files);
    let began = Instant::now();
    let summary = place.run(&options(4), &Analyst::default()).expect("a run");
    assert_eq!(summary.totals.n_ok, 1000);
    let analyst = Analyst::default();
    let summary = place.run(&options(4), &analyst).expect("a run");
    assert_eq!((summary.n_unchanged, analyst.heard().len()), (1000, 0));
    // Not a speed: only work that grows with the square of the calls takes minutes.
    assert!(began.elapsed() < Duration::from_secs(300), "{:?}", began.elapsed());
}

#[test]
fn paths_in_errors_name_the_file() {
    let error = atomic::write(Path::new("/nonexistent-folder/x.json"), b"x").expect_err("no such folder");
    assert!(error.to_string().starts_with("cannot write /nonexistent-folder/x.json: "), "{error}");
}
