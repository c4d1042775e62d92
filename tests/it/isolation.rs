//! Worker processes: the same results as without them, whatever breaks costs one recording, limits have names, and the
//! protocol is what docs/worker.md says. Faults are brought about by `CALLVET_WORKER_FAULT`, which only builds with debug
//! assertions have.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use callvet::batch::worker::{Analyser, Isolation};
use callvet::call::{CallError, Limits, Parts};
use callvet::pipeline::{CallFailure, CallJob, Settings};
use serde_json::{Value, json};

use crate::program::{Ran, arg, check_schema, command, finish, reference};

/// Nothing here depends on how long a thing takes; this is when a test stops waiting for what will not come.
const PATIENCE: Duration = Duration::from_secs(120);

/// A folder with recordings and room for results.
struct Place(tempfile::TempDir);

impl Place {
    fn new(names: &[&str]) -> Self {
        let place = Self(tempfile::tempdir().expect("a temporary folder"));
        fs::create_dir(place.input()).expect("writable");
        for (seed, name) in names.iter().enumerate() {
            write_wav(&place.input().join(name), seed as u32, 1, 16);
        }
        place
    }

    fn input(&self) -> PathBuf {
        self.0.path().join("in")
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Analyses the sound of the recordings.
    fn analyse(&self, out: &str, args: &[&str], fault: &str) -> Ran {
        finish(self.command(out, args).env("CALLVET_WORKER_FAULT", fault))
    }

    fn command(&self, out: &str, args: &[&str]) -> Command {
        let mut command = command();
        command.args(["analyze", arg(&self.input()), "--out", arg(&self.at(out)), "--no-transcribe"]).args(args);
        command
    }

    /// Status, kind of error and message by the name of the file.
    fn calls(&self, out: &str) -> BTreeMap<String, (String, String, String)> {
        let text = fs::read_to_string(self.at(out).join("batch.json")).expect("batch.json");
        let batch: Value = serde_json::from_str(&text).expect("JSON");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        batch["calls"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|call| {
                let error = &call["error"];
                let told = (text(&call["status"]), text(&error["kind"]), text(&error["message"]));
                (text(&call["source"]).trim_start_matches("in/").to_owned(), told)
            })
            .collect()
    }
}

/// A second of noise in bursts, from a seed.
fn write_wav(path: &Path, seed: u32, channels: u16, bits: u16) {
    let format =
        hound::WavSpec { channels, sample_rate: 8000, bits_per_sample: bits, sample_format: hound::SampleFormat::Int };
    let mut wav = hound::WavWriter::create(path, format).expect("writable");
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    for i in 0..8000 * u32::from(channels) {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let loudness = if (i / 1600) % 2 == 0 { 1 << (bits - 6) } else { 1 << (bits - 12) };
        wav.write_sample((i64::from(state >> 8) * loudness / (1 << 24)) as i32).expect("writable");
    }
    wav.finalize().expect("writable");
}

/// Every file of a folder but the store, by name.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("readable")) {
        let is_store = entry.file_name().to_string_lossy().starts_with("callvet.sqlite");
        if entry.file_type().is_file() && !is_store && entry.file_name() != ".lock" {
            let name = entry.path().strip_prefix(folder).expect("below it").to_owned();
            found.insert(name, fs::read(entry.path()).expect("readable"));
        }
    }
    found
}

/// Not assert_eq: two pages side by side are no message.
fn check_same(expected: &BTreeMap<PathBuf, Vec<u8>>, found: &BTreeMap<PathBuf, Vec<u8>>) {
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(expected), names(found));
    let different: Vec<_> =
        expected.iter().filter(|(name, bytes)| found[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(different.is_empty(), "{different:?}");
}

// ---- The same results ----

#[test]
fn processes_and_threads_write_the_same_bytes() {
    let place = Place::new(&["mono.wav"]);
    // One that browsers do not play, so that a copy of its sound comes back too; one with words; one that is none.
    write_wav(&place.input().join("stereo24.wav"), 7, 2, 24);
    fs::copy(reference("speech/agent.wav"), place.input().join("agent.wav")).expect("writable");
    fs::write(place.input().join("broken.wav"), "RIFF and then nothing").expect("writable");
    let run = |isolation: &str| {
        let mut command = command();
        command.args(["analyze", arg(&place.input()), "--out", arg(&place.at(isolation)), "--isolation", isolation]);
        let ran = finish(command.args(["--jobs", "2", "--show-personal-data"]));
        assert_eq!(ran.code, 3, "{ran:?}");
        files(&place.at(isolation))
    };
    let threads = run("thread");
    assert!(threads.keys().any(|name| name.extension().is_some_and(|e| e == "wav")), "a playable copy was made");
    check_same(&threads, &run("process"));
}

/// Names that are no UTF-8: of a single file, and of both files of a call.
#[cfg(target_os = "linux")]
#[test]
fn files_with_names_that_are_no_text_are_analysed_in_processes_too() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let place = Place::new(&[]);
    for (seed, name) in [&b"a\xff_agent.wav"[..], b"a\xff_customer.wav", b"b\xfe.wav"].into_iter().enumerate() {
        write_wav(&place.input().join(OsStr::from_bytes(name)), seed as u32, 1, 16);
    }
    for isolation in ["thread", "process"] {
        let ran = place.analyse(isolation, &["--isolation", isolation], "");
        assert_eq!(ran.code, 0, "{isolation}: {:?}", place.calls(isolation));
        assert_eq!(place.calls(isolation).keys().collect::<Vec<_>>(), ["a%FF_agent.wav", "b%FE.wav"]);
    }
    check_same(&files(&place.at("thread")), &files(&place.at("process")));
}

// ---- What breaks ----

#[cfg(all(debug_assertions, unix))]
#[test]
fn whatever_breaks_a_worker_costs_one_recording() {
    let faults = [
        ("abort", "crashed", "signal 6 (SIGABRT)"),
        ("segv", "crashed", "signal 11 (SIGSEGV)"),
        ("kill", "crashed", "signal 9 (SIGKILL"),
        ("exit", "crashed", "exit code 7"),
        ("garbage", "crashed", "no answer"),
        ("binary", "crashed", "no answer"),
        ("panic", "internal", "an error in callvet"),
        #[cfg(target_os = "linux")]
        ("memory", "limit", "limit memory: the analysis needs more than 1.00 GiB"),
    ];
    let names: Vec<String> = faults.iter().map(|(fault, ..)| format!("{fault}.wav")).collect();
    let mut all: Vec<&str> = names.iter().map(String::as_str).collect();
    all.extend(["a-good.wav", "z-good.wav"]);
    let place = Place::new(&all);
    let args = ["--isolation", "process", "--jobs", "2", "--limit", "memory=1GiB"];
    let clean = place.analyse("clean", &args, "");
    assert_eq!(clean.code, 0, "{clean:?}");
    let fault: Vec<String> = faults.iter().map(|(fault, ..)| format!("{fault}@{fault}.wav")).collect();
    let ran = place.analyse("faulty", &args, &fault.join(";"));
    assert_eq!(ran.code, 3, "{ran:?}");

    let calls = place.calls("faulty");
    for (fault, kind, said) in faults {
        let (status, found, message) = &calls[&format!("{fault}.wav")];
        assert_eq!((status.as_str(), found.as_str()), ("failed", kind), "{fault}: {message}");
        assert!(message.contains(said), "{fault}: {message}");
        assert!(fault == "memory" || kind != "crashed" || message.contains("twice"), "{message}");
    }
    // The others are what they are without any fault.
    let good = |out: &str| {
        let mut files = files(&place.at(out).join("calls"));
        files.retain(|name, _| name.to_string_lossy().contains("-good-"));
        files
    };
    assert_eq!(good("clean").len(), 4);
    check_same(&good("clean"), &good("faulty"));
}

#[cfg(all(debug_assertions, unix))]
#[test]
fn a_call_that_hangs_is_ended_at_its_deadline_and_one_that_a_crash_interrupted_is_tried_again() {
    let place = Place::new(&["a.wav", "crash.wav", "hang.wav", "stop.wav"]);
    // `stop` halts the whole process, its own watch on the clock too: only the driver can end that.
    let fault = "abort@crash.wav#1;hang@hang.wav;stop@stop.wav";
    let args = ["--isolation", "process", "--jobs", "4", "--limit", "wall_floor=20s"];
    let ran = place.analyse("out", &args, fault);
    assert_eq!(ran.code, 3, "{ran:?}");
    let calls = place.calls("out");
    for name in ["a.wav", "crash.wav"] {
        assert_eq!(calls[name].0, "ok", "{:?}", calls[name]);
    }
    for name in ["hang.wav", "stop.wav"] {
        let (status, kind, message) = &calls[name];
        assert_eq!((status.as_str(), kind.as_str()), ("failed", "limit"), "{message}");
        // A process that is halted may come as far as being decoded before the signal reaches all of its threads.
        assert!(message.starts_with("limit wall: not d"), "{message}");
    }
}

#[cfg(all(debug_assertions, unix))]
#[test]
fn a_flood_without_an_end_is_no_answer() {
    let place = Place::new(&["a.wav", "flood.wav"]);
    let ran = place.analyse("out", &["--isolation", "process", "--jobs", "1"], "flood@flood.wav#1");
    // The second try finds it in order.
    assert_eq!(ran.code, 0, "{ran:?}");
}

// ---- Parents and children ----

#[cfg(all(debug_assertions, target_os = "linux"))]
mod processes {
    use super::*;

    /// The worker of this process that has a call in hand: its number.
    fn busy_worker(parent: u32) -> u32 {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            let all =
                fs::read_dir("/proc").expect("Linux").filter_map(|entry| entry.ok()?.file_name().into_string().ok());
            for process in all.filter_map(|name| name.parse::<u32>().ok()) {
                // "number (name) state parent ...": the name may hold anything.
                let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
                let after_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
                let is_child = after_name.split(' ').nth(1) == Some(parent.to_string().as_str());
                let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
                let mut names = threads.filter_map(|t| fs::read_to_string(t.path().join("comm")).ok());
                if is_child && names.any(|name| name.trim_end() == "call") {
                    return process;
                }
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("no worker took up a call");
    }

    fn is_gone(process: u32) -> bool {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            // A process that ended and was not waited for yet is gone too.
            let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
            if stat.is_empty() || stat.contains(") Z ") {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    fn kill(process: u32) {
        let killed = Command::new("kill").args(["-KILL", &process.to_string()]).status().expect("kill is there");
        assert!(killed.success());
    }

    fn hanging(place: &Place, fault: &str) -> Child {
        let mut command = place.command("out", &["--isolation", "process", "--jobs", "1"]);
        command.env("CALLVET_WORKER_FAULT", fault).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("the program is built with the tests")
    }

    #[test]
    fn a_worker_that_is_killed_in_the_middle_of_a_call_is_replaced_and_the_call_analysed() {
        let place = Place::new(&["b.wav"]);
        let mut driver = hanging(&place, "hang@b.wav#1");
        kill(busy_worker(driver.id()));
        assert_eq!(driver.wait().expect("it ends").code(), Some(0));
        assert_eq!(place.calls("out")["b.wav"].0, "ok");
    }

    #[test]
    fn a_worker_dies_with_its_driver() {
        let place = Place::new(&["b.wav"]);
        let mut driver = hanging(&place, "hang@b.wav");
        let worker = busy_worker(driver.id());
        driver.kill().expect("it runs");
        driver.wait().expect("it ends");
        assert!(is_gone(worker));
    }
}

// ---- Limits ----

#[test]
fn a_recording_over_a_limit_has_failed_and_the_limit_is_named() {
    let place = Place::new(&["a.wav"]);
    write_wav(&place.input().join("stereo.wav"), 3, 2, 16);
    let check = |isolation: &str, limit: &str, failed: &[&str], said: &str| {
        let out = format!("{isolation}-{limit}");
        let ran = place.analyse(&out, &["--isolation", isolation, "--limit", limit], "");
        assert_eq!(ran.code, 3, "{ran:?}");
        for (name, (status, kind, message)) in place.calls(&out) {
            if failed.contains(&name.as_str()) {
                assert_eq!((status.as_str(), kind.as_str()), ("failed", "limit"), "{limit}, {name}: {message}");
                assert!(message.contains(said), "{limit}, {name}: {message}");
            } else {
                assert_eq!(status, "ok", "{limit}, {name}: {message}");
            }
        }
    };
    for isolation in ["process", "thread"] {
        check(isolation, "bytes=20kB", &["stereo.wav"], "limit bytes: the file has 32");
        check(isolation, "channels=1", &["stereo.wav"], "limit");
        check(isolation, "sample_rate=7999", &["a.wav", "stereo.wav"], "limit");
    }
}

#[test]
fn in_threads_the_clock_is_looked_at_between_stages() {
    let place = Place::new(&["a.wav"]);
    // A nanosecond, and no bytes that would give it more: over before anything is decoded.
    let limits = Limits { wall_floor_s: 1e-9, ..Limits::default() };
    let settings = Settings { transcribe: false, limits, ..Settings::default() };
    let analyser = Analyser::start(settings, Isolation::Thread, &[], Default::default())
        .expect("the models are in the source tree");
    let path = place.input().join("a.wav");
    let job = CallJob {
        source: "a.wav".into(),
        path,
        bytes: 0,
        sha256: String::new(),
        metadata: Default::default(),
        parts: Parts::Whole,
    };
    let failure = analyser.analyse(&job).expect_err("over its time");
    let message = "limit wall: not decoded after 0 s".to_owned();
    assert_eq!(failure, CallFailure::Failed(CallError { kind: "limit".into(), message }));
}

#[test]
fn a_transcript_over_its_limit_is_refused() {
    let place = Place::new(&[]);
    let clip = reference("speech/agent.wav");
    let mut command = command();
    command.args(["analyze", arg(&clip), "--out", arg(&place.at("out")), "--isolation", "process"]);
    let ran = finish(command.args(["--limit", "transcript_bytes=10B"]));
    assert_eq!(ran.code, 3, "{ran:?}");
    let (status, kind, message) = &place.calls("out")["agent.wav"];
    assert_eq!((status.as_str(), kind.as_str()), ("failed", "limit"));
    assert!(message.starts_with("limit transcript_bytes: the transcript has "), "{message}");
}

#[test]
fn limits_that_are_none_are_refused_before_anything_is_analysed() {
    let place = Place::new(&["a.wav"]);
    for (limit, said) in [
        ("memory", "--limit must be NAME=VALUE"),
        ("speed=9", "there is no limit \"speed\"; there are bytes, duration"),
        ("memory=much", "memory must be a number of bytes"),
        ("duration=5s", "that is --max-duration"),
    ] {
        let ran = place.analyse("out", &["--limit", limit], "");
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
        assert!(!place.at("out").exists());
    }
}

// ---- Files and network ----

#[cfg(all(debug_assertions, target_os = "linux"))]
#[test]
fn a_worker_reads_no_file_but_its_recording_and_writes_none() {
    use callvet::batch::worker::sandbox;
    use callvet::call::worker::Confinement;
    if sandbox::probe() == Confinement::None {
        // Nothing to see on this kernel; `callvet doctor` says so.
        return;
    }
    let place = Place::new(&["read.wav", "write.wav"]);
    // In the folder of the recordings: the process may open it, the thread of the call may not.
    let secret = place.input().join("secret.txt");
    fs::write(&secret, "for nobody").expect("writable");
    let mut command = place.command("out", &["--isolation", "process"]);
    command.env("CALLVET_WORKER_SECRET", &secret).env("CALLVET_WORKER_FAULT", "read@read.wav;write@write.wav");
    let ran = finish(&mut command);
    assert_eq!(ran.code, 0, "a worker ends with 8 if it can read, with 9 if it can write: {ran:?}");
    assert_eq!(fs::read_to_string(&secret).expect("it is there"), "for nobody");
}

/// A program that stands for ffmpeg, which decoders of strangers' files may be made to do anything, writes beside itself,
/// where it may not, and into the output folders, which shows that it was run at all.
#[cfg(target_os = "linux")]
#[test]
fn commands_without_workers_are_confined_too() {
    use callvet::batch::worker::sandbox;
    use callvet::call::worker::Confinement;
    use std::os::unix::fs::PermissionsExt;
    if sandbox::probe() == Confinement::None {
        return;
    }
    let place = Place::new(&[]);
    let (programs, touched) = (place.at("programs"), place.at("programs/touched"));
    let asked = [place.at("out/asked"), place.at("copies/asked")];
    fs::create_dir(&programs).expect("writable");
    let script = format!(
        "#!/bin/sh\nif [ \"$1\" = -version ]; then echo 'ffmpeg version 9.9-fake'; exit 0; fi\n\
         for file in '{}' '{}' '{}'; do echo x >>\"$file\"; done\nexit 1\n",
        touched.display(),
        asked[0].display(),
        asked[1].display()
    );
    fs::write(programs.join("ffmpeg"), script).expect("writable");
    fs::set_permissions(programs.join("ffmpeg"), fs::Permissions::from_mode(0o755)).expect("ours");
    fs::copy(reference("audio/fixtures/g726.wav"), place.input().join("a.wav")).expect("writable");
    let path = std::env::join_paths([&programs, Path::new("/usr/bin"), Path::new("/bin")]).expect("plain names");
    let run = |args: &[&str]| {
        let mut command = command();
        let ran = finish(command.args(args).env("PATH", &path));
        assert!(ran.code == 3 || ran.code == 2, "{ran:?}");
        let was_asked = asked.iter().filter(|file| fs::remove_file(file).is_ok()).count() > 0;
        (was_asked, fs::remove_file(&touched).is_ok())
    };
    let (file, folder, out) = (place.input().join("a.wav"), place.input(), place.at("out"));
    let (file, folder, out) = (arg(&file), arg(&folder), arg(&out));
    let thread = ["analyze", folder, "--out", out, "--no-transcribe", "--isolation", "thread"];
    assert_eq!(run(&thread), (true, true));
    // A worker writes nowhere.
    assert_eq!(run(&["analyze", folder, "--out", out, "--no-transcribe", "--fresh"]), (false, false));
    // The self-test asks no other program.
    assert_eq!(run(&["selftest", "--on", folder, "--out", out]), (false, false));
    assert_eq!(run(&["redact", file, "--out", arg(&place.at("copies"))]), (true, false));
}

#[cfg(target_os = "linux")]
#[test]
fn a_confined_thread_has_no_tcp() {
    use callvet::batch::worker::sandbox;
    use callvet::call::worker::Confinement;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("bound");
    let connect = move || std::net::TcpStream::connect(address).is_ok();
    assert!(connect(), "the test itself can");
    let confined = std::thread::spawn(move || (sandbox::confine(&sandbox::Reach::default()), connect()));
    let (confinement, is_connected) = confined.join().expect("no panic");
    assert!(confinement != Confinement::Full || !is_connected);
}

#[test]
fn doctor_says_what_isolation_there_is() {
    let ran = finish(command().arg("doctor"));
    for word in ["isolation: calls are analysed in ", "landlock: "] {
        assert!(ran.stdout.contains(word), "{}", ran.stdout);
    }
}

// ---- The protocol ----

/// A worker that the test talks to.
struct Session {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Session {
    fn start(args: &[&str], fault: &str) -> Self {
        let mut command = command();
        command.args(["worker", "--no-transcribe"]).args(args).env("CALLVET_WORKER_FAULT", fault);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program is built with the tests");
        let stdout = BufReader::new(child.stdout.take().expect("piped"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let stdin = child.stdin.take();
        Self { child, stdin, lines }
    }

    fn say(&mut self, line: &str) {
        let stdin = self.stdin.as_mut().expect("open");
        stdin.write_all(line.as_bytes()).and_then(|()| stdin.write_all(b"\n")).expect("the worker reads");
    }

    /// The next answer; it is valid by the schema.
    fn hear(&self) -> Value {
        let line = self.lines.recv_timeout(PATIENCE).expect("an answer");
        let value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        check_schema("callvet.worker-answer.1.json", &value);
        value
    }

    fn hello(args: &[&str], fault: &str) -> Self {
        let session = Self::start(args, fault);
        assert_eq!(session.hear()["type"], "hello");
        session
    }

    fn end(&mut self) -> Option<i32> {
        self.stdin = None;
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().expect("it can be asked") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the worker does not end");
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What depends on the program's version, the models or the folder of the test, by a name in its place.
fn scrubbed(mut answer: Value, place: &Place) -> Value {
    let mut names = vec![("/callvet", "VERSION"), ("/settings_sha256", "SHA-256"), ("/landlock", "CONFINEMENT")];
    names.push(("/is_memory_limited", "BOOL"));
    if answer["type"] == "result" && answer["status"] == "ok" {
        names.extend([("/report", "REPORT"), ("/raw_report", "REPORT")]);
    }
    for (pointer, name) in names {
        if let Some(value) = answer.pointer_mut(pointer).filter(|value| !value.is_null()) {
            *value = json!(name);
        }
    }
    let folder = arg(&place.input()).to_owned();
    let text = answer.to_string().replace(&folder, "FOLDER");
    serde_json::from_str(&text).expect("JSON")
}

/// `>` what the driver says, `<` what the worker answers. To write it anew after a change of the protocol:
/// `CALLVET_WRITE=1 cargo test --test it isolation::a_session`.
#[test]
fn a_session_is_what_it_was() {
    let place = Place::new(&["a.wav"]);
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/worker_session.txt");
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    let requests: Vec<&str> = expected.lines().filter_map(|line| line.strip_prefix("> ")).collect();
    assert!(requests.len() > 8, "the session is committed");
    let mut session = Session::start(&["--drain"], "");
    let mut found = format!("< {}\n", scrubbed(session.hear(), &place));
    for request in requests {
        found.push_str(&format!("> {request}\n"));
        // What stands for a line that is too long to be committed.
        let line = request.replace("FOLDER", arg(&place.input())).replace("MEBIBYTE", &"x".repeat(1 << 20));
        session.say(&line);
        let is_followed = |code: &Value| !["not_json", "not_a_request"].contains(&code.as_str().unwrap_or_default());
        // Each line has one answer, but for a job that is decoded, which has two.
        loop {
            let answer = scrubbed(session.hear(), &place);
            let is_last = answer["type"] != "decoded";
            // The schema of requests says the same of them as the worker does; what it cannot know is what a value means.
            if is_last && is_followed(&answer["code"]) && !request.contains("MEBIBYTE") {
                check_schema("callvet.worker-request.1.json", &serde_json::from_str(&line).expect("JSON"));
            }
            found.push_str(&format!("< {answer}\n"));
            if is_last {
                break;
            }
        }
    }
    assert_eq!(session.end(), Some(0));
    if std::env::var_os("CALLVET_WRITE").is_some() {
        fs::write(&golden, &found).expect("writable");
    }
    assert_eq!(found, expected);
}

#[test]
fn a_report_from_a_worker_is_the_one_that_analyze_writes() {
    let place = Place::new(&["a.wav"]);
    assert_eq!(place.analyse("out", &["--isolation", "thread"], "").code, 0);
    let written = files(&place.at("out").join("calls"));
    let (_, written) =
        written.iter().find(|(name, _)| name.extension().is_some_and(|e| e == "json")).expect("a report");
    let mut session = Session::hello(&[], "");
    let path = arg(&place.input().join("a.wav")).to_owned();
    session.say(&json!({"type": "analyze", "id": "1", "path": path, "source": "in/a.wav"}).to_string());
    assert_eq!(session.hear()["type"], "decoded");
    let answer = session.hear();
    let mut text = serde_json::to_string_pretty(&answer["report"]).expect("JSON");
    text.push('\n');
    assert_eq!(text.as_bytes(), written.as_slice());
    assert_eq!(answer["raw_report"], Value::Null);
}

#[test]
fn media_follow_the_line_byte_by_byte() {
    let place = Place::new(&[]);
    let path = place.input().join("stereo24.wav");
    write_wav(&path, 7, 2, 24);
    let mut command = command();
    command.args(["worker", "--no-transcribe", "--drain"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::null()).spawn().expect("the program is built with the tests");
    let job = json!({"type": "analyze", "id": "1", "path": arg(&path), "media": true});
    child.stdin.take().expect("piped").write_all(format!("{job}\n").as_bytes()).expect("it reads");
    let bytes = child.wait_with_output().expect("it ends").stdout;
    let mut rest = bytes.as_slice();
    let mut result = Value::Null;
    while result["type"] != "result" {
        let end = rest.iter().position(|byte| *byte == b'\n').expect("a line");
        result = serde_json::from_slice(&rest[..end]).expect("JSON");
        rest = &rest[end + 1..];
    }
    let starts: [(&str, &[u8]); 4] =
        [("peaks.json", b"{\"bin_s\""), ("0.png", b"\x89PNG"), ("1.png", b"\x89PNG"), ("sound.wav", b"RIFF")];
    let attachments = result["attachments"].as_array().expect("a list");
    assert_eq!(attachments.len(), starts.len());
    for (attachment, (name, start)) in attachments.iter().zip(starts) {
        assert_eq!(attachment["name"], name);
        let (part, after) = rest.split_at(attachment["bytes"].as_u64().expect("a number") as usize);
        assert!(part.starts_with(start), "{name}");
        rest = after;
    }
    assert!(rest.is_empty());
}

#[test]
fn a_worker_that_cannot_start_says_why_and_ends() {
    for (args, said) in [
        (["--model", "nowhere.bin"], "nowhere.bin"),
        (["--facts", "nowhere.toml"], "nowhere.toml"),
        (["--language", "klingon"], "klingon"),
    ] {
        let mut command = command();
        // Without --no-transcribe: the model is looked for.
        command.arg("worker").args(args).stdin(Stdio::null());
        let ran = finish(&mut command);
        assert_eq!(ran.code, 2, "{ran:?}");
        let answer: Value = serde_json::from_str(ran.stdout.trim_end()).expect("one line of JSON");
        check_schema("callvet.worker-answer.1.json", &answer);
        assert_eq!(answer["code"], "cannot_start");
        assert!(answer["message"].as_str().is_some_and(|message| message.contains(said)), "{answer}");
    }
}

#[cfg(debug_assertions)]
#[test]
fn jobs_are_cancelled_while_they_wait_and_while_they_run_and_have_a_deadline() {
    let place = Place::new(&["a.wav", "hang.wav"]);
    let path = |name: &str| arg(&place.input().join(name)).to_owned();
    let mut session = Session::hello(&[], "hang@hang.wav");
    session.say(&json!({"type": "analyze", "id": "stuck", "path": path("hang.wav"), "deadline_s": 3}).to_string());
    session.say(&json!({"type": "analyze", "id": "waits", "path": path("a.wav")}).to_string());
    session.say(&json!({"type": "analyze", "id": "waits", "path": path("a.wav")}).to_string());
    session.say(&json!({"type": "cancel", "id": "waits"}).to_string());
    let again = session.hear();
    assert_eq!((&again["code"], &again["id"]), (&json!("duplicate_id"), &json!("waits")));
    let waits = session.hear();
    assert_eq!((&waits["id"], &waits["status"]), (&json!("waits"), &json!("stopped")));
    let stuck = session.hear();
    assert_eq!((&stuck["id"], &stuck["status"]), (&json!("stuck"), &json!("failed")));
    assert_eq!(stuck["error"]["kind"], "limit");
    let message = stuck["error"]["message"].as_str().expect("text");
    assert_eq!(message, "limit wall: not done after the 3 s that the driver allows");
    // A thread that hangs can only be ended with its process.
    assert_eq!(session.end(), Some(0));

    let mut session = Session::hello(&[], "hang@hang.wav");
    session.say(&json!({"type": "analyze", "id": "stuck", "path": path("hang.wav"), "deadline_s": 3}).to_string());
    session.say(&json!({"type": "cancel", "id": "stuck"}).to_string());
    assert_eq!(session.hear()["status"], "stopped");
}

#[cfg(debug_assertions)]
#[test]
fn a_worker_ends_when_its_input_is_closed_even_if_a_call_hangs() {
    let place = Place::new(&["hang.wav"]);
    let mut session = Session::hello(&[], "hang@hang.wav");
    let path = arg(&place.input().join("hang.wav")).to_owned();
    session.say(&json!({"type": "analyze", "id": "1", "path": path}).to_string());
    assert_eq!(session.end(), Some(0));
}
