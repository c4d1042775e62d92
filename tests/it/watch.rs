//! Tests: the watch, with the real program and files that arrive slowly.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use callvet::batch::store::FILE_NAME;
use rusqlite::Connection;
use serde_json::Value;

use crate::program::{arg, callvet, command};
use crate::store::noise_wav;

/// Nothing here takes long; a machine with much else to do may.
const PATIENCE: Duration = Duration::from_secs(240);

/// `settle` has to be longer than a busy machine may keep the writer waiting, where a file is written slowly.
fn watch(dir: &Path, out: &Path, settle: &str) -> Child {
    watching(dir, out, settle).stderr(Stdio::null()).spawn().expect("the program is built")
}

fn watching(dir: &Path, out: &Path, settle: &str) -> Command {
    let mut command = command();
    command.args(["watch", arg(dir), "--out", arg(out), "--no-transcribe", "--jobs", "1"]);
    command.args(["--settle", settle, "--interval", "0.1s"]);
    command.stdout(Stdio::null());
    command
}

/// Sources and states on the pages.
fn on_pages(out: &Path) -> Vec<(String, String)> {
    let Ok(text) = fs::read_to_string(out.join("batch.json")) else { return Vec::new() };
    let batch: Value = serde_json::from_str(&text).expect("batch.json is whole or not there");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let calls = batch["calls"].as_array().expect("calls");
    calls.iter().map(|call| (text(&call["source"]), text(&call["status"]))).collect()
}

#[track_caller]
fn wait_for(child: &mut Child, out: &Path, expected: &[(&str, &str)]) {
    let began = Instant::now();
    loop {
        let found = on_pages(out);
        if found.iter().map(|(a, b)| (a.as_str(), b.as_str())).eq(expected.iter().copied()) {
            return;
        }
        assert!(child.try_wait().expect("a child").is_none(), "the watch has ended; {found:?}");
        if began.elapsed() > PATIENCE {
            let _ = child.kill();
            panic!("on the pages: {found:?}, expected: {expected:?}");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// As Ctrl-C does it; gives the exit code.
fn interrupt(mut child: Child) -> Option<i32> {
    let signal = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(signal.expect("kill is there").success());
    let began = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if began.elapsed() > PATIENCE {
            let _ = child.kill();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.wait().expect("ended").code()
}

/// Source, bytes and number of the row of every result that there ever was, and how often it was analysed.
fn history(out: &Path) -> Vec<(String, String)> {
    let connection = Connection::open(out.join(FILE_NAME)).expect("a store");
    let sql = "SELECT source, sha256 || id || analysed_at || wall_s FROM calls ORDER BY source, id";
    let mut statement = connection.prepare(sql).expect("SQL");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("SQL");
    rows.collect::<Result<_, _>>().expect("SQL")
}

#[cfg(unix)]
#[test]
fn recordings_are_analysed_when_they_are_complete_and_never_twice() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let (dir, out) = (root.path().join("spool"), root.path().join("out"));
    fs::create_dir(&dir).expect("writable");
    let bytes = noise_wav(1, 4000, 2, 8000);
    let mut child = watch(&dir, &out, "4s");
    // One is written in place, bit by bit; one under another name, as downloads are.
    let mut slow = File::create(dir.join("slow.wav")).expect("writable");
    let mut part = File::create(dir.join("moved.wav.part")).expect("writable");
    for piece in bytes.chunks(bytes.len() / 40) {
        slow.write_all(piece).expect("writable");
        part.write_all(piece).expect("writable");
        std::thread::sleep(Duration::from_millis(50));
    }
    fs::write(dir.join("broken.wav"), &bytes[..20]).expect("writable");
    fs::write(dir.join("notes.txt"), "no sound").expect("writable");
    wait_for(&mut child, &out, &[("spool/broken.wav", "failed"), ("spool/slow.wav", "ok")]);
    fs::rename(dir.join("moved.wav.part"), dir.join("moved.wav")).expect("there");
    let three = [("spool/broken.wav", "failed"), ("spool/moved.wav", "ok"), ("spool/slow.wav", "ok")];
    wait_for(&mut child, &out, &three);
    let sources: Vec<String> = history(&out).into_iter().map(|(source, _)| source).collect();
    assert_eq!(sources, three.map(|(source, _)| source.to_owned()), "no half-written file was analysed");
    assert_eq!(interrupt(child), Some(0));

    // Started again it goes on, and what left the folder stays on the pages.
    let before = history(&out);
    fs::remove_file(dir.join("slow.wav")).expect("there");
    fs::write(dir.join("new.wav"), noise_wav(2, 4000, 2, 8000)).expect("writable");
    let mut child = watch(&dir, &out, "4s");
    let mut four = three.to_vec();
    four.insert(2, ("spool/new.wav", "ok"));
    wait_for(&mut child, &out, &four);
    // A recording that goes on after all is analysed again, and the result replaced.
    fs::write(dir.join("broken.wav"), noise_wav(3, 4000, 2, 8000)).expect("writable");
    four[0].1 = "ok";
    wait_for(&mut child, &out, &four);
    assert_eq!(interrupt(child), Some(0));
    let after = history(&out);
    for done in before.iter().filter(|(source, _)| source != "spool/broken.wav") {
        assert!(after.contains(done), "{} was analysed again", done.0);
    }
}

#[cfg(unix)]
#[test]
fn a_call_whose_halves_arrive_one_after_the_other_becomes_one() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let (dir, out) = (root.path().join("spool"), root.path().join("out"));
    fs::create_dir(&dir).expect("writable");
    fs::write(dir.join("7_customer.wav"), noise_wav(1, 4000, 1, 8000)).expect("writable");
    let mut child = watch(&dir, &out, "0.5s");
    wait_for(&mut child, &out, &[("spool/7_customer.wav", "ok")]);
    fs::write(dir.join("7_agent.wav"), noise_wav(2, 4000, 1, 8000)).expect("writable");
    wait_for(&mut child, &out, &[("spool/7_agent.wav", "ok")]);
    assert_eq!(interrupt(child), Some(0));
}

/// Sources of the files of each call on the pages.
fn files_on_pages(out: &Path) -> Vec<Vec<String>> {
    let read =
        |path: &Path| -> Value { serde_json::from_str(&fs::read_to_string(path).expect("there")).expect("JSON") };
    let batch = read(&out.join("batch.json"));
    let reports = batch["calls"].as_array().expect("calls").iter().filter_map(|call| call["report"].as_str());
    reports
        .map(|name| {
            let report = read(&out.join(name));
            let files = report["recording"]["files"].as_array().cloned().unwrap_or_default();
            files.iter().map(|file| file["source"].as_str().expect("text").to_owned()).collect()
        })
        .collect()
}

#[cfg(unix)]
#[test]
fn a_finished_call_stays_when_its_files_leave_one_by_one() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let (dir, out) = (root.path().join("spool"), root.path().join("out"));
    fs::create_dir(&dir).expect("writable");
    let put = |name: &str, seed| fs::write(dir.join(name), noise_wav(seed, 4000, 1, 8000)).expect("writable");
    for (seed, name) in ["7_agent.wav", "7_customer.wav", "8_agent.wav", "8_customer.wav"].iter().enumerate() {
        put(name, seed as u64);
    }
    let mut child = watch(&dir, &out, "0.3s");
    wait_for(&mut child, &out, &[("spool/7_agent.wav", "ok"), ("spool/8_agent.wav", "ok")]);
    let both = files_on_pages(&out);
    assert_eq!(both[0].len(), 2);
    fs::remove_file(dir.join("7_agent.wav")).expect("there");
    fs::remove_file(dir.join("8_customer.wav")).expect("there");
    // A half that comes later is analysed later.
    put("9_agent.wav", 9);
    let three = [("spool/7_agent.wav", "ok"), ("spool/8_agent.wav", "ok"), ("spool/9_agent.wav", "ok")];
    wait_for(&mut child, &out, &three);
    assert_eq!(files_on_pages(&out)[..2], both);
    assert_eq!(interrupt(child), Some(0));
    // A watch that begins anew believes it too; and a file that has become another is no part of the old call.
    let mut child = watch(&dir, &out, "0.3s");
    put("7_customer.wav", 10);
    let four = [three[0], ("spool/7_customer.wav", "ok"), three[1], three[2]];
    wait_for(&mut child, &out, &four);
    let files = files_on_pages(&out);
    assert_eq!((&files[0], &files[2]), (&both[0], &both[1]));
    assert_eq!(interrupt(child), Some(0));
}

#[cfg(unix)]
#[test]
fn a_table_that_stays_broken_is_told_once_for_each_change() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let (dir, out, table) = (root.path().join("spool"), root.path().join("out"), root.path().join("calls.csv"));
    fs::create_dir(&dir).expect("writable");
    fs::write(&table, "source,agent\n").expect("writable");
    let talk = root.path().join("talk");
    let mut command = watching(&dir, &out, "0.2s");
    command.args(["--metadata", arg(&table)]).stderr(File::create(&talk).expect("writable"));
    let mut child = command.spawn().expect("the program is built");
    // Not before the watch has begun: it does not begin with a broken table.
    fs::write(dir.join("0.wav"), noise_wav(9, 4000, 1, 8000)).expect("writable");
    let mut sources = vec!["spool/0.wav".to_owned()];
    wait_for(&mut child, &out, &[("spool/0.wav", "ok")]);
    for (nr, broken) in ["source,agent\na.wav\n", "source,agent\na.wav,b,c,d\n"].into_iter().enumerate() {
        fs::write(&table, broken).expect("writable");
        // Two recordings, one after the other: many looks at the folder.
        for name in ["a", "b"] {
            fs::write(dir.join(format!("{nr}{name}.wav")), noise_wav(nr as u64, 4000, 1, 8000)).expect("writable");
            sources.push(format!("spool/{nr}{name}.wav"));
            let expected: Vec<(&str, &str)> = sources.iter().map(|source| (source.as_str(), "ok")).collect();
            wait_for(&mut child, &out, &expected);
        }
    }
    assert_eq!(interrupt(child), Some(0));
    let talk = fs::read_to_string(&talk).expect("readable");
    let warnings: Vec<&str> = talk.lines().filter(|line| line.starts_with("warning: ")).collect();
    // One for each state, and one more at most: a table may be looked at while it is written.
    assert!((2..=4).contains(&warnings.len()), "{talk}");
    assert!(warnings.iter().all(|line| line.contains("calls.csv")), "{talk}");
}

#[cfg(all(debug_assertions, unix))]
#[test]
fn a_watch_analyses_where_it_is_told_to() {
    for (isolation, expected) in [("process", "failed"), ("thread", "ok")] {
        let root = tempfile::tempdir().expect("a temporary folder");
        let (dir, out) = (root.path().join("spool"), root.path().join("out"));
        fs::create_dir(&dir).expect("writable");
        fs::write(dir.join("a.wav"), noise_wav(1, 4000, 1, 8000)).expect("writable");
        let mut command = watching(&dir, &out, "0.1s");
        // Only a worker process has such faults.
        command.args(["--isolation", isolation]).env("CALLVET_WORKER_FAULT", "abort@a.wav");
        let mut child = command.stderr(Stdio::null()).spawn().expect("the program is built");
        wait_for(&mut child, &out, &[("spool/a.wav", expected)]);
        assert_eq!(interrupt(child), Some(0));
    }
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let (dir, file) = (root.path().join("out/media"), root.path().join("a.wav"));
    fs::create_dir_all(&dir).expect("writable");
    fs::write(&file, "x").expect("writable");
    let out = root.path().join("out");
    let check = |args: &[&str], message: &str| {
        let ran = callvet([&["watch", "--no-transcribe", "--out", arg(&out)][..], args].concat());
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.stderr.contains(message), "{ran:?}");
    };
    check(&[arg(&file)], "watch takes a folder");
    check(&[arg(&dir)], "is in the output folder");
    check(&[arg(&root.path().join("nowhere"))], "nowhere");
    check(&[arg(root.path()), "--settle", "soon"], "--settle must be a time");
    check(&[arg(root.path()), "--interval", "1e300h"], "--interval is too long");
}
