//! Faults on demand, for tests of what becomes of them: only in builds with debug assertions, so in none that is given to
//! users. `CALLVET_WORKER_FAULT=KIND@TEXT` happens to every source that holds the text; with `#N` at its end only to the
//! N-th try at it.

use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::call::worker::WorkerJob;

/// Does to this job what the environment asks for. What goes to `output` without being an answer reaches the driver.
pub fn happen(job: &WorkerJob, source: &str, output: &Mutex<Box<dyn Write + Send>>) {
    let Ok(wanted) = std::env::var("CALLVET_WORKER_FAULT") else { return };
    for fault in wanted.split(';') {
        let Some((kind, rest)) = fault.split_once('@') else { continue };
        let (text, attempt) = rest.split_once('#').map_or((rest, None), |(text, n)| (text, n.parse().ok()));
        if source.contains(text) && attempt.is_none_or(|attempt: u32| attempt == job.attempt) {
            bring(kind, output);
        }
    }
}

fn bring(kind: &str, output: &Mutex<Box<dyn Write + Send>>) {
    let write = |bytes: &[u8]| {
        let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
        output.write_all(bytes).and_then(|()| output.flush())
    };
    match kind {
        "abort" => std::process::abort(),
        "exit" => std::process::exit(7),
        "panic" => panic!("a fault was asked for"),
        "hang" => loop {
            std::thread::sleep(Duration::from_secs(1));
        },
        "memory" => {
            let mut held: Vec<Vec<u8>> = Vec::new();
            loop {
                // Written, so that it is really taken where nothing limits it.
                held.push(vec![1; 64 << 20]);
                std::hint::black_box(&held);
            }
        }
        "garbage" => drop(write(b"Segmentation fault? No, just talk.\n")),
        "binary" => drop(write(&[0xff, 0xfe, 0, b'\n'])),
        "flood" => {
            // No line feed: whoever waits for one keeps all of it.
            while write(&[b'['; 1 << 16]).is_ok() {}
        }
        "read" => {
            // A file that is no business of a worker: the test reads in the answer whether it could be opened.
            let opened = std::env::var_os("CALLVET_WORKER_SECRET").map(std::fs::read);
            if matches!(opened, Some(Ok(_))) {
                std::process::exit(8);
            }
        }
        "write" => {
            let written = std::env::var_os("CALLVET_WORKER_SECRET").map(|path| std::fs::write(path, b"x"));
            if matches!(written, Some(Ok(()))) {
                std::process::exit(9);
            }
        }
        #[cfg(unix)]
        "kill" => drop(rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL)),
        #[cfg(unix)]
        "segv" => loop {
            // Again: at the first, Rust looks whether it was a stack overflow, and then stands aside.
            let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::SEGV);
            std::thread::sleep(Duration::from_millis(10));
        },
        #[cfg(unix)]
        "stop" => drop(rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP)),
        _ => {}
    }
}
