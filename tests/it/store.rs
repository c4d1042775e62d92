//! Tests: what the output folder promises whatever happens: kills, full disks, recordings that change, clocks, other
//! versions of the store, who can read it, and that what is purged is gone. Kills and limits are tried on the real
//! program over real (tiny) sound; the rest on the mock of the batch tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use callvet::batch::store::{FILE_NAME, Key, Store};
use callvet::batch::{NoProgress, Progress, RenderOptions, purge, render, run};
use callvet::call::CallMetadata;
use callvet::dsp::mix::Random;
use callvet::pipeline::CallJob;
use callvet::units::SampleRate;
use rusqlite::Connection;

use crate::batch::{Analyst, FIVE, Place, failures, options};
use crate::program::{Ran, arg, callvet, command, finish};

/// Quiet noise, other in every file: what is tested is the folder, not the analysis.
pub fn noise_wav(seed: u64, n_samples: usize, n_channels: usize, rate_hz: u32) -> Vec<u8> {
    let mut random = Random::new(seed);
    let mut plane =
        || -> Vec<f32> { (0..n_samples).map(|_| ((random.bits() >> 40) as f32 / 16_777_216.0 - 0.5) * 0.05).collect() };
    let planes: Vec<Vec<f32>> = (0..n_channels).map(|_| plane()).collect();
    let planes: Vec<&[f32]> = planes.iter().map(Vec::as_slice).collect();
    callvet::wav::pcm16(&planes, SampleRate::new(rate_hz).expect("in range")).expect("short")
}

/// A folder of tiny recordings, some of them broken.
fn recordings(folder: &Path, n: u64) {
    fs::create_dir_all(folder).expect("writable");
    for index in 0..n {
        let mut bytes = noise_wav(index, 2400, 2, 8000);
        if index % 20 == 7 {
            bytes.truncate(30);
        }
        fs::write(folder.join(format!("{index:03}.wav")), bytes).expect("writable");
    }
}

fn analyze(input: &Path, out: &Path) -> Command {
    let mut command = command();
    command.args(["analyze", arg(input), "--out", arg(out), "--no-transcribe", "--quiet", "--jobs", "2"]);
    command
}

/// Everything in the output folder but the store and the lock.
fn tree(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(out).into_iter().map(|entry| entry.expect("readable"));
    let files = files.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(out).expect("in the folder").to_string_lossy().into_owned();
            (name, fs::read(entry.path()).expect("readable"))
        })
        .filter(|(name, _)| !name.starts_with(FILE_NAME) && name != ".callvet.lock")
        .collect()
}

/// Rows of the store without what says when they were made.
fn results(out: &Path) -> Vec<String> {
    let connection = Connection::open(out.join(FILE_NAME)).expect("a store");
    let sql = "SELECT source, sha256, settings_sha256, stem, status, error_message, raw_json, masked_json, line_json,
                   media_json, rendered, (SELECT group_concat(f.id || f.rule || f.message) FROM findings f WHERE f.call = c.id),
                   (SELECT count(*) FROM channels ch WHERE ch.call = c.id),
                   (SELECT count(*) FROM batch b WHERE b.call = c.id)
               FROM calls c ORDER BY source, sha256, settings_sha256";
    let mut statement = connection.prepare(sql).expect("the schema of docs/store.md");
    let n_columns = statement.column_count();
    let text = |row: &rusqlite::Row| -> rusqlite::Result<String> {
        (0..n_columns).map(|i| row.get_ref(i).map(|value| format!("{value:?}|"))).collect()
    };
    statement.query_map([], text).expect("readable").collect::<Result<_, _>>().expect("readable")
}

fn pragma(out: &Path, name: &str) -> String {
    let connection = Connection::open(out.join(FILE_NAME)).expect("a store");
    connection
        .query_row(&format!("PRAGMA {name}"), [], |row| row.get_ref(0).map(|v| format!("{v:?}")))
        .expect("a value")
}

/// Source and number of the row of every finished call, and that the store and every file that is there are whole.
fn finished(out: &Path) -> BTreeSet<(String, String)> {
    if !out.join(FILE_NAME).exists() {
        return BTreeSet::new();
    }
    let connection = Connection::open(out.join(FILE_NAME)).expect("a store");
    let check: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("an answer");
    assert_eq!(check, "ok");
    for (name, bytes) in tree(out) {
        let whole = match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
            "json" => serde_json::from_slice::<serde_json::Value>(&bytes).is_ok(),
            "html" => bytes.ends_with(b"</html>\n") || bytes.ends_with(b"</html>"),
            // What is not whole has a name that says so.
            _ if name.contains(callvet::batch::atomic::TEMPORARY_PREFIX) => true,
            "csv" => bytes.ends_with(b"\n"),
            "xlsx" => bytes.windows(4).any(|end| end == b"PK\x05\x06"),
            "png" => bytes.ends_with(b"IEND\xAE\x42\x60\x82"),
            other => panic!("{name}: a file of kind {other}"),
        };
        assert!(whole, "{name} is half a file");
    }
    let has_tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'calls'", [], |row| row.get(0))
        .expect("SQL");
    if has_tables == 0 {
        return BTreeSet::new();
    }
    let sql = "SELECT source, id || ' ' || analysed_at || ' ' || wall_s, stem FROM calls WHERE status = 'ok'";
    let mut statement = connection.prepare(sql).expect("the schema of docs/store.md");
    let rows =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?))).expect("readable");
    rows.map(|row| {
        let (source, id, stem) = row.expect("readable");
        for extension in ["json", "html"] {
            assert!(
                out.join(format!("{stem}.{extension}")).exists(),
                "{source} is finished, and its page is not there"
            );
        }
        (source, id)
    })
    .collect()
}

#[test]
fn a_hundred_kills_at_random_moments_lose_no_finished_call() {
    const KILLS: usize = 100;
    const SEED: u64 = 6;
    let root = tempfile::tempdir().expect("a temporary folder");
    let (input, whole, out) = (root.path().join("in"), root.path().join("whole"), root.path().join("out"));
    recordings(&input, 60);
    let began = Instant::now();
    assert_eq!(finish(&mut analyze(&input, &whole)).code, 3);
    // Long enough to get through a run in some ten pieces, whatever machine this is; short ones fall into the start.
    let longest = began.elapsed() / 4;
    let (expected_tree, expected_results) = (tree(&whole), results(&whole));

    let mut random = Random::new(SEED);
    let mut before = BTreeSet::new();
    let (mut n_kills, mut n_finished, mut n_in_between) = (0, 0, 0);
    while n_kills < KILLS {
        let mut child = analyze(&input, &out).stderr(Stdio::null()).spawn().expect("the program is built");
        let until = Instant::now() + longest.mul_f64((random.bits() % 1000) as f64 / 1000.0);
        let mut is_over = false;
        while Instant::now() < until && !is_over {
            std::thread::sleep(Duration::from_millis(1));
            is_over = child.try_wait().expect("a child").is_some();
        }
        if is_over {
            assert!(tree(&out) == expected_tree && results(&out) == expected_results, "after {n_kills} kills");
            n_finished += 1;
            fs::remove_dir_all(&out).expect("writable");
            before.clear();
            continue;
        }
        child.kill().expect("ours");
        child.wait().expect("killed");
        n_kills += 1;
        let now = finished(&out);
        // Neither lost nor analysed a second time: number, time and cost of each row are what they were.
        assert!(before.is_subset(&now), "kill {n_kills}: {:?}", before.difference(&now).collect::<Vec<_>>());
        n_in_between += usize::from(!now.is_empty() && now.len() < 57);
        before = now;
    }
    assert_eq!(finish(&mut analyze(&input, &out)).code, 3);
    assert!(tree(&out) == expected_tree, "files after {n_kills} kills and {n_finished} runs to the end");
    assert_eq!(results(&out), expected_results);
    assert_eq!(pragma(&out, "integrity_check"), "Text([111, 107])");
    assert!(n_in_between > 10, "only {n_in_between} of the kills fell between calls");
}

/// The program under limits of the shell.
fn limited(limits: &str, args: &[&str]) -> Ran {
    let plain = command();
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{limits}; exec \"$0\" \"$@\"")).arg(plain.get_program()).args(args);
    shell.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    shell.env("CALLVET_MODELS", Path::new(env!("CARGO_MANIFEST_DIR")).join("models"));
    finish(&mut shell)
}

#[cfg(unix)]
#[test]
fn a_full_disk_stops_the_run_with_the_file_and_the_reason_and_nothing_is_corrupt() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let (input, whole, out) = (root.path().join("in"), root.path().join("whole"), root.path().join("out"));
    recordings(&input, 7);
    assert_eq!(finish(&mut analyze(&input, &whole)).code, 0);
    // No disk can be filled here, but a file that may not grow fails in the same calls. In blocks of 512 bytes: too
    // little for the store, for a page, and for the store's log.
    for blocks in [60, 150, 250] {
        let limits = format!("trap '' XFSZ; ulimit -f {blocks}");
        let args = ["analyze", arg(&input), "--out", arg(&out), "--no-transcribe", "--quiet"];
        let ran = limited(&limits, &args);
        assert_eq!(ran.code, 4, "{ran:?}");
        assert!(ran.stderr.contains("callvet: cannot write ") && ran.stderr.contains(arg(&out)), "{ran:?}");
        assert!(!ran.stderr.contains("panic") && !ran.stderr.contains("internal error"), "{ran:?}");
        finished(&out);
    }
    assert_eq!(finish(&mut analyze(&input, &out)).code, 0);
    assert!(tree(&out) == tree(&whole), "with room again it goes on to the same files");
    assert_eq!(results(&out), results(&whole));
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_what_is_written_and_a_folder_of_the_user_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::symlink_metadata(path).expect("there").permissions().mode() & 0o777;
    let root = tempfile::tempdir().expect("a temporary folder");
    let (input, theirs) = (root.path().join("in"), root.path().join("theirs"));
    recordings(&input, 2);
    fs::create_dir(&theirs).expect("writable");
    fs::set_permissions(&theirs, fs::Permissions::from_mode(0o755)).expect("ours");
    fs::write(root.path().join("chat.txt"), "customer: my number is 555 123 4567\n").expect("writable");
    let new = root.path().join("a/new");
    let redacted = root.path().join("redacted");
    for out in [&new, &theirs] {
        for audio in ["link", "copy"] {
            let args = ["analyze", arg(&input), "--out", arg(out), "--no-transcribe", "--quiet", "--audio", audio];
            let ran = limited("umask 000", &args);
            assert_eq!(ran.code, 0, "{ran:?}");
        }
    }
    let chat = root.path().join("chat.txt");
    assert_eq!(limited("umask 000", &["redact", arg(&chat), "--out", arg(&redacted)]).code, 0);
    let mut n_files = 0;
    for out in [&new, &theirs, &redacted] {
        for entry in walkdir::WalkDir::new(out).into_iter().map(|entry| entry.expect("readable")) {
            let expected = match (entry.file_type().is_dir(), entry.path() == theirs) {
                (true, true) => 0o755,
                (true, false) => 0o700,
                (false, _) => 0o600,
            };
            assert_eq!(mode(entry.path()), expected, "{}", entry.path().display());
            n_files += 1;
        }
    }
    assert!(n_files > 20, "{n_files}");
    assert_eq!(mode(&root.path().join("a")), 0o700);
}

#[test]
fn a_recording_that_changes_or_goes_while_it_is_analysed_fails_alone() {
    let place = Place::new(&[("a.wav", "changes"), ("b.wav", "vanishes"), ("c.wav", "c")]);
    let summary = place.run(&options(1), &Analyst::default()).expect("a run");
    assert_eq!((summary.totals.n_ok, summary.totals.n_failed), (1, 2));
    let messages: Vec<&str> =
        summary.lines.iter().filter_map(|line| line.error.as_ref()).map(|error| error.message.as_str()).collect();
    assert_eq!(failures(&summary), [("in/a.wav", "io"), ("in/b.wav", "io")]);
    assert!(messages[0].contains("changed") && messages[1].contains("removed"), "{messages:?}");
    assert!(!place.tree().keys().any(|name| name.starts_with("calls/a-") || name.starts_with("calls/b-")));
    // What it has become is analysed by the next run.
    let summary = place.run(&options(1), &Analyst::default()).expect("a run");
    assert_eq!((summary.totals.n_ok, summary.totals.n_failed), (2, 0));
    // A new owner or time is no change of the sound.
    let analyse = |job: &CallJob| {
        let file = fs::File::options().append(true).open(&job.path).expect("there");
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).expect("ours");
        Analyst::default().analyse(job)
    };
    let stop = std::sync::atomic::AtomicBool::new(false);
    let fresh = callvet::batch::RunOptions { fresh: true, ..options(1) };
    let summary = run(&place.discover(), &[], &place.out(), &fresh, &analyse, &NoProgress, &stop).expect("a run");
    assert_eq!((summary.totals.n_ok, summary.totals.n_failed), (2, 0));
}

#[test]
fn a_clock_that_was_ahead_harms_nothing() {
    let place = Place::new(&FIVE);
    place.run(&options(1), &Analyst::default()).expect("a run");
    let before = place.tree();
    let connection = Connection::open(place.out().join(FILE_NAME)).expect("a store");
    let ahead = "UPDATE calls SET analysed_at = '2999-01-01T00:00:00Z';
                 UPDATE runs SET started_at = '2999-01-01T00:00:00Z', ended_at = NULL, ending = 'running'";
    connection.execute_batch(ahead).expect("writable");
    drop(connection);
    let analyst = Analyst::default();
    place.run(&options(1), &analyst).expect("a run");
    assert_eq!(analyst.heard(), ["in/d.wav"], "what is done stays done");
    assert!(before == place.tree());
    let purged = purge::purge(&place.out(), now_s()).expect("a purge");
    // The failed one was tried again, so it is of now, which is not before now.
    assert_eq!(purged.forgotten.n_results, 0, "nothing of the future is old");
}

fn now_s() -> i64 {
    jiff::Timestamp::now().as_second()
}

#[test]
fn long_recordings_are_begun_first_so_that_none_is_left_alone_at_the_end() {
    struct Order(Mutex<Vec<String>>);
    impl Progress for Order {
        fn started(&self, source: &str) {
            self.0.lock().expect("no panic while held").push(source.into());
        }
    }
    let long = "a call of many words ".repeat(50);
    let mut files: Vec<(String, &str)> = (0..300).map(|i| (format!("{i:03}.wav"), "short")).collect();
    files.push(("zz.wav".into(), &long));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let place = Place::new(&files);
    let order = Order(Mutex::default());
    let analyst = Analyst::default();
    let analyse = |job: &CallJob| analyst.analyse(job);
    run(&place.discover(), &[], &place.out(), &options(1), &analyse, &order, &analyst.stop).expect("a run");
    assert_eq!(order.0.lock().expect("no panic while held")[0], "in/zz.wav");
}

#[test]
fn recordings_that_are_added_leave_those_of_earlier_runs_on_the_pages() {
    let place = Place::new(&[("a.wav", "a"), ("b.wav", "interrupted"), ("c.wav", "c")]);
    place.run(&options(1), &Analyst::default()).expect("a run");
    for name in ["a.wav", "b.wav"] {
        fs::remove_file(place.input().join(name)).expect("there");
    }
    place.put("c.wav", "another c");
    place.put("d.wav", "d");
    let added = callvet::batch::RunOptions { is_added: true, ..options(1) };
    let analyst = Analyst::default();
    let summary = place.run(&added, &analyst).expect("a run");
    assert_eq!(analyst.heard(), ["in/c.wav", "in/d.wav"]);
    let sources: Vec<String> = place.statuses().into_iter().map(|(source, _)| source).collect();
    // The one that was never analysed and is gone is not waited for.
    assert_eq!(sources, ["in/a.wav", "in/c.wav", "in/d.wav"]);
    assert_eq!((summary.totals.n_ok, summary.is_interrupted), (3, false));
    assert!(place.tree().keys().any(|name| name.starts_with("calls/a-")));
}

// Other versions.

#[test]
fn a_store_of_the_version_before_is_brought_up_to_date_and_keeps_its_results() {
    let place = Place::new(&FIVE);
    place.run(&options(1), &Analyst::default()).expect("a run");
    let before = place.tree();
    let (store, new) = (place.out().join(FILE_NAME), place.root.path().join("new.sqlite"));
    fs::rename(&store, &new).expect("there");
    // A store as version 1 had it, with the same rows.
    let connection = Connection::open(&store).expect("writable");
    connection.execute_batch(include_str!("../../src/batch/store/v1.sql")).expect("the script of version 1");
    connection.execute("ATTACH ?1 AS new", [arg(&new)]).expect("readable");
    connection
        .execute_batch(
            "INSERT INTO calls SELECT * FROM new.calls; INSERT INTO findings SELECT * FROM new.findings;
             INSERT INTO channels SELECT * FROM new.channels;
             INSERT INTO batch SELECT source, path, bytes, metadata_json, call FROM new.batch;
             INSERT INTO runs SELECT id, started_at, ended_at, callvet, settings_sha256, audio, ending FROM new.runs;
             PRAGMA user_version = 1; PRAGMA application_id = 0x63766574",
        )
        .expect("the same columns");
    drop(connection);
    let rows = |name: &str| pragma(&place.out(), name);
    assert_eq!(rows("user_version"), "Integer(1)");
    render(&place.out(), &RenderOptions::default()).expect("a store of version 1 is rendered");
    assert_eq!(rows("user_version"), "Integer(6)");
    assert!(before == place.tree());
    let analyst = Analyst::default();
    let summary = place.run(&options(1), &analyst).expect("a run");
    assert_eq!((summary.n_unchanged, analyst.heard()), (4, vec!["in/d.wav".to_string()]));
    let store = Store::open(&place.out(), false).expect("a store");
    let key = Key { source: "in/nowhere.wav", sha256: "", settings_sha256: "" };
    assert_eq!(store.find(key).expect("readable"), None);
}

#[test]
fn the_tables_are_those_of_the_documentation() {
    let place = Place::new(&FIVE);
    place.run(&options(1), &Analyst::default()).expect("a run");
    let documented = include_str!("../../docs/store.md");
    let connection = Connection::open(place.out().join(FILE_NAME)).expect("a store");
    let sql = "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'";
    let mut statement = connection.prepare(sql).expect("SQL");
    let columns: Vec<(String, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("SQL")
        .collect::<Result<_, _>>()
        .expect("SQL");
    assert!(columns.len() > 60);
    for (table, column) in columns {
        let section =
            documented.split(&format!("### `{table}`")).nth(1).unwrap_or_else(|| panic!("no section {table}"));
        let section = section.split("\n### ").next().unwrap_or_default();
        assert!(section.contains(&format!("`{column}`")), "{table}.{column} is not documented");
    }
    let version = pragma(&place.out(), "user_version");
    assert!(version == "Integer(6)" && documented.contains("(now 6)"), "{version}");
}

// Purging.

/// Calls with these words; the second began long ago, of the first and the third only the analysis tells.
const WORDS: [(&str, &str); 4] = [
    ("old-by-analysis.wav", "zeppelin 555 1234"),
    ("old-by-start.wav", "xylophone 555 1234"),
    ("young.wav", "harpsichord 555 1234"),
    ("pending.wav", "interrupted"),
];

fn analysed_long_ago() -> Place {
    let place = Place::new(&WORDS);
    let began = |started_at: Option<&str>, customer: &str| CallMetadata {
        started_at: started_at.map(str::to_owned),
        customer_ref: Some(customer.into()),
        ..CallMetadata::default()
    };
    // In the order of the sources: analysis, start, pending, young.
    let metadata = [
        began(None, "customer-analysis"),
        began(Some("2020-02-29T23:30:00+02:00"), "customer-start"),
        began(Some("2020-01-01T00:00:00Z"), "customer-pending"),
        began(Some("2999-01-01T00:00:00Z"), "customer-young"),
    ];
    place.run_with(&metadata, &options(1), &Analyst::default()).expect("a run");
    let connection = Connection::open(place.out().join(FILE_NAME)).expect("a store");
    let sql =
        "UPDATE calls SET analysed_at = '2020-01-01T00:00:00Z' WHERE source LIKE '%analysis%' OR source LIKE '%young%'";
    assert_eq!(connection.execute(sql, []).expect("writable"), 2);
    place
}

/// Files in the folder, the store and its log among them, that hold a text.
fn files_with(out: &Path, text: &str) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(out).into_iter().map(|entry| entry.expect("readable").into_path());
    let has = |path: &PathBuf| {
        let in_name = path.file_name().is_some_and(|name| name.to_string_lossy().contains(text));
        let bytes = if path.is_file() { fs::read(path).expect("readable") } else { Vec::new() };
        in_name || bytes.windows(text.len()).any(|window| window == text.as_bytes())
    };
    files.filter(has).collect()
}

const OF_OLD: [&str; 8] = [
    "zeppelin",
    "xylophone",
    "old-by-analysis",
    "old-by-start",
    "customer-analysis",
    "customer-start",
    "customer-pending",
    "pending.wav",
];

#[test]
fn what_is_purged_is_nowhere_in_the_folder_and_the_rest_is_as_if_it_had_never_been() {
    let place = analysed_long_ago();
    for text in OF_OLD.iter().chain(&["harpsichord", "customer-young"]) {
        assert!(!files_with(&place.out(), text).is_empty(), "{text} is there to be purged");
    }
    let before_s = now_s() - 90 * 86_400;
    let before = place.tree();
    let outdated = purge::outdated(&place.out(), before_s).expect("a store");
    assert_eq!(outdated.sources, ["in/old-by-analysis.wav", "in/old-by-start.wav", "in/pending.wav"]);
    assert_eq!(outdated.n_results, 2);
    assert!(before == place.tree(), "only looked at");

    let purged = purge::purge(&place.out(), before_s).expect("a purge");
    assert_eq!(purged.forgotten, outdated);
    // A report, a page, peaks and a picture each.
    assert_eq!((purged.n_files, purged.is_scrubbed), (8, true));
    for text in OF_OLD {
        assert_eq!(files_with(&place.out(), text), [] as [PathBuf; 0], "{text}");
    }
    assert!(!files_with(&place.out(), "harpsichord").is_empty());
    assert_eq!(place.statuses().len(), 1);
    // The same as a run over what is left.
    let purged_tree = place.tree();
    for name in ["old-by-analysis.wav", "old-by-start.wav", "pending.wav"] {
        fs::remove_file(place.input().join(name)).expect("there");
    }
    let analyst = Analyst::default();
    let young = CallMetadata {
        started_at: Some("2999-01-01T00:00:00Z".into()),
        customer_ref: Some("customer-young".into()),
        ..CallMetadata::default()
    };
    place.run_with(&[young], &options(1), &analyst).expect("a run");
    assert_eq!(analyst.heard(), [] as [String; 0]);
    assert!(purged_tree == place.tree());
    assert_eq!(pragma(&place.out(), "integrity_check"), "Text([111, 107])");
    let connection = Connection::open(place.out().join(FILE_NAME)).expect("a store");
    let told: (i64, i64) = connection
        .query_row("SELECT n_calls, n_results FROM purges", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("how much was purged is told, and not what");
    assert_eq!(told, (3, 2));
}

#[test]
fn a_purge_that_was_cut_short_is_finished_by_the_next() {
    let place = analysed_long_ago();
    let before_s = now_s() - 90 * 86_400;
    // As a kill leaves it after the rows are gone: pages, files and the store's free space still hold the words.
    Store::open(&place.out(), false).expect("a store").forget_before(before_s).expect("writable");
    assert!(!files_with(&place.out(), "zeppelin").is_empty());
    let purged = purge::purge(&place.out(), before_s).expect("a purge");
    assert_eq!((purged.forgotten.n_results, purged.n_files), (0, 8));
    for text in OF_OLD {
        assert_eq!(files_with(&place.out(), text), [] as [PathBuf; 0], "{text}");
    }
}

#[test]
fn purge_asks_for_yes_where_there_is_no_terminal_and_says_what_it_removes() {
    let place = analysed_long_ago();
    let out = place.out();
    let out = arg(&out);
    let before = place.tree();
    let check = |args: &[&str], code: i32, stdout: &str, stderr: &str| {
        let ran = callvet([&["purge", "--out", out][..], args].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (code, stdout), "{ran:?}");
        assert!(ran.stderr.contains(stderr), "{ran:?}");
    };
    let removed = "in/old-by-analysis.wav\nin/old-by-start.wav\nin/pending.wav\n";
    check(&["--older-than", "90d"], 2, "", "would remove 3 calls (2 results): give --yes");
    check(&["--older-than", "90d", "--dry-run"], 0, removed, "would remove 3 calls (2 results)");
    check(&["--older-than", "3 months", "--yes"], 2, "", "--older-than must be");
    assert!(before == place.tree(), "nothing was removed yet");
    check(&["--older-than", "90d", "--yes"], 0, removed, "removed 3 calls (2 results), 8 files");
    check(&["--older-than", "90d", "--yes"], 0, "", "removed 0 calls (0 results), 0 files");
    let ran = callvet(["purge", "--out", arg(&place.input()), "--older-than", "1d", "--yes"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("no results store"), "{ran:?}");
}
