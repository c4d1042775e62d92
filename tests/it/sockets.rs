//! callvet opens no connection but for `models fetch`: run under a system-call filter that kills whoever asks for a socket.
//! The filter is inherited by every process that is started under it, workers too. `serve` listens, and so asks for a socket;
//! it runs under a filter that kills whoever connects one to anything.

use std::collections::BTreeMap;
#[cfg(any(feature = "fetch", feature = "serve"))]
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Output};

use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

use crate::program::{arg, command, reference};

/// The signal of a process that the filter has ended: SIGSYS.
#[cfg(any(feature = "fetch", feature = "serve"))]
const KILLED: Option<i32> = Some(libc::SIGSYS);

/// Runs a command that must not open a socket. Both ways to one are closed: the calls themselves, and a ring that could
/// make them unseen.
fn without_sockets(command: &mut Command) -> Output {
    let calls = [libc::SYS_socket, libc::SYS_connect, libc::SYS_io_uring_setup];
    under_filter(&calls, || command.output().expect("the program is built with the tests"))
}

/// Starts something that is killed when it makes one of these system calls.
fn under_filter<T: Send>(calls: &[libc::c_long], start: impl FnOnce() -> T + Send) -> T {
    let rules: BTreeMap<i64, Vec<_>> = calls.iter().map(|call| (*call, Vec::new())).collect();
    let arch = std::env::consts::ARCH.try_into().expect("an architecture that has filters");
    let filter: BpfProgram = SeccompFilter::new(rules, SeccompAction::Allow, SeccompAction::KillProcess, arch)
        .and_then(TryInto::try_into)
        .expect("a filter");
    // A filter holds for the thread that sets it and what it starts, and is never taken off: so not on the test's own.
    std::thread::scope(|scope| {
        let run = || {
            seccompiler::apply_filter(&filter).expect("the kernel filters system calls");
            start()
        };
        scope.spawn(run).join().expect("it ends")
    })
}

#[test]
fn no_command_opens_a_socket_but_those_that_fetch_and_serve() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| place.path().join(name);
    std::fs::create_dir(at("in")).expect("writable");
    for name in ["a.wav", "b.wav"] {
        std::fs::copy(reference("speech/agent.wav"), at("in").join(name)).expect("writable");
    }
    std::fs::write(at("chat.txt"), "Agent: This offer ends today.\n").expect("writable");
    let (input, chat) = (at("in"), at("chat.txt"));
    let (out, threads, copies) = (at("out"), at("threads"), at("copies"));
    let runs: [&[&str]; 7] = [
        &["analyze", arg(&input), "--out", arg(&out), "--isolation", "process", "--jobs", "2"],
        &["analyze", arg(&input), "--out", arg(&threads), "--isolation", "thread"],
        &["report", arg(&out)],
        &["scan", arg(&chat)],
        &["redact", arg(&chat), "--out", arg(&copies)],
        &["models", "list"],
        &["doctor"],
    ];
    for args in runs {
        let output = without_sockets(command().args(args));
        let said = String::from_utf8_lossy(&output.stderr);
        // 1: there are findings.
        assert!(matches!(output.status.code(), Some(0 | 1)), "{args:?}: {:?} {said}", output.status);
    }
    for folder in [&out, &threads] {
        let batch: serde_json::Value =
            serde_json::from_slice(&std::fs::read(folder.join("batch.json")).expect("batch.json")).expect("JSON");
        let calls = batch["calls"].as_array().expect("a list");
        assert_eq!(calls.len(), 2);
        // A worker that had been killed would have failed its call.
        assert!(calls.iter().all(|call| call["status"] == "ok"), "{calls:?}");
    }
}

/// The filter does what it is here for.
#[cfg(feature = "fetch")]
#[test]
fn the_one_that_fetches_is_seen_to_open_one() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let models = place.path().join("models");
    let fetch = ["models", "fetch", "tiny", "--url", "http://127.0.0.1:9/", "--to", arg(&models)];
    let output = without_sockets(command().args(fetch));
    assert_eq!(output.status.signal(), KILLED, "{}", String::from_utf8_lossy(&output.stderr));
}

/// The server answers without ever connecting to anything: what it sends goes to who has connected to it.
#[cfg(feature = "serve")]
#[test]
fn the_one_that_serves_listens_and_never_connects() {
    let place = crate::batch::Place::new(&[("a.wav", "sound")]);
    place.run(&crate::batch::options(1), &crate::batch::Analyst::default()).expect("a run");
    let (out, calls) = (place.out(), [libc::SYS_connect, libc::SYS_io_uring_setup]);
    // Comes in, so that the server has answered by then.
    let mut server = under_filter(&calls, || crate::serve::Running::started(&out));
    server.enter();
    // And is killed where it may not even listen.
    let output = without_sockets(command().args(["serve", arg(&out)]));
    assert_eq!(output.status.signal(), KILLED, "{}", String::from_utf8_lossy(&output.stderr));
}
