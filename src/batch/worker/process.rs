//! The driver's side of one worker: starting it, giving it a job, taking its answer, and finding out how it broke. What it
//! writes is not trusted: a line has a length, an answer has an id, and nothing is waited for without end.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{grace_s, media};
use crate::batch::local::{Analysed, CallOutcome};
use crate::call::parts::path_to_text;
use crate::call::worker::{
    Answer, Attachment, CancelJob, Hello, JobResult, JobStatus, MAX_REQUEST_BYTES, Request, WORKER_PROTOCOL,
    WorkerErrorCode, WorkerJob,
};
use crate::call::{CallError, Exceeded, LimitName, Limits};
use crate::pipeline::{CallFailure, CallJob};

/// Seconds that a worker may take to load its models and say hello: hashing and reading 3 GB from a slow disk.
const START_S: f64 = 300.0;

/// Seconds beyond the worker's own deadline and grace: for its answer to be written and read.
const MARGIN_S: f64 = 5.0;

/// How often it is looked whether the user wants to stop.
const POLL: Duration = Duration::from_millis(100);

/// Bytes of an answer's line at most. A report of 4 h with two views is under 40 MB.
const MAX_ANSWER_BYTES: u64 = 256 << 20;

/// What is kept of what a worker says on standard error: enough for the reason why it ended.
const TAIL_BYTES: usize = 8 << 10;

/// Answers that wait to be looked at: more than a job has.
const ANSWERS: usize = 8;

/// How workers are started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerCommand {
    /// The program: this one.
    pub program: PathBuf,
    /// What stands behind it.
    pub args: Vec<OsString>,
}

/// Why there is no worker.
#[derive(Debug, thiserror::Error)]
pub enum WorkerStartError {
    /// The system does not start it.
    #[error("cannot start a worker process: {0}")]
    Spawn(#[from] io::Error),
    /// It says itself why it cannot work: what would stop an engine in this process too.
    #[error("{0}")]
    Refused(String),
    /// What answers is no worker of this version, or none at all.
    #[error("a worker process does not answer as it should: {0}")]
    Strange(String),
}

/// What came from a worker.
#[derive(Debug)]
pub enum Received {
    /// A line, and the bytes that it says follow it.
    Answer(Box<Answer>, Vec<(Attachment, Vec<u8>)>),
    /// What it wrote is no answer: what is wrong with it. Nothing behind it is to be read.
    Garbage(&'static str),
}

/// Starts processes on a thread that lives as long as it: the kernel ends a worker with the *thread* that started it.
#[derive(Debug)]
pub struct Starter {
    orders: Sender<(WorkerCommand, SyncSender<io::Result<Child>>)>,
}

impl Starter {
    /// A thread that waits for orders.
    ///
    /// # Errors
    /// If the system has no threads left.
    pub fn new() -> io::Result<Self> {
        let (orders, taken) = channel::<(WorkerCommand, SyncSender<io::Result<Child>>)>();
        std::thread::Builder::new().name("workers".into()).spawn(move || {
            for (command, reply) in taken {
                // Who asked may be gone; then the child is ended by its closed input.
                let _ = reply.send(spawn(&command));
            }
        })?;
        Ok(Self { orders })
    }

    fn start(&self, command: &WorkerCommand) -> io::Result<Child> {
        let (reply, child) = sync_channel(1);
        let gone = || io::Error::other("the thread that starts workers is gone");
        self.orders.send((command.clone(), reply)).map_err(|_| gone())?;
        child.recv().map_err(|_| gone())?
    }
}

fn spawn(worker: &WorkerCommand) -> io::Result<Child> {
    let mut command = Command::new(&worker.program);
    command.args(&worker.args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // All options are in the arguments already; an option in the environment could be one that a flag has overruled.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let is_kept = text == "CALLVET_MODELS" || (cfg!(debug_assertions) && text.starts_with("CALLVET_WORKER_"));
        if text.starts_with("CALLVET_") && !is_kept {
            command.env_remove(&name);
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        // Ctrl-C in the terminal is for the driver, which then asks its workers; and what a worker starts ends with it.
        command.process_group(0).arg0("callvet");
    }
    command.spawn()
}

/// A worker that said hello.
#[derive(Debug)]
pub struct Worker {
    child: Child,
    /// Lines for it; a thread writes them, since a process that does not read would be waited for without end.
    requests: Option<Sender<Vec<u8>>>,
    answers: Receiver<Received>,
    tail: Arc<Mutex<Vec<u8>>>,
    talk: Option<JoinHandle<()>>,
    hello: Hello,
    n_jobs: u64,
    is_ended: bool,
}

/// What became of a job that was given to a worker.
pub enum Run {
    /// It was answered.
    Done {
        /// With what.
        outcome: Box<CallOutcome>,
        /// False if the worker should not be given another one.
        is_reusable: bool,
    },
    /// There is no answer, and the worker is of no more use.
    Broke(Broke),
}

/// How a worker broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broke {
    /// It ended: how.
    Crashed(String),
    /// It was over a limit that its process is held to.
    Over(Exceeded),
    /// It wrote what is no answer.
    Garbage(&'static str),
}

impl Worker {
    /// Starts a worker and waits for its hello. Gives up when `stop` becomes true.
    ///
    /// # Errors
    /// [`WorkerStartError`], by who is to blame.
    pub fn start(
        starter: &Starter,
        command: &WorkerCommand,
        limits: &Limits,
        stop: &AtomicBool,
    ) -> Result<Self, WorkerStartError> {
        let mut child = starter.start(command)?;
        let tail: Arc<Mutex<Vec<u8>>> = Arc::default();
        let (sender, answers) = sync_channel(ANSWERS);
        let mut requests = None;
        if let Some(stdin) = child.stdin.take() {
            let (lines, taken) = channel();
            std::thread::Builder::new().name("requests".into()).spawn(move || send(stdin, &taken))?;
            requests = Some(lines);
        }
        if let Some(stdout) = child.stdout.take() {
            let most = limits.memory_bytes;
            std::thread::Builder::new().name("answers".into()).spawn(move || receive(stdout, &sender, most))?;
        }
        let mut talk = None;
        if let Some(stderr) = child.stderr.take() {
            let tail = Arc::clone(&tail);
            let thread = std::thread::Builder::new().name("talk".into());
            talk = Some(thread.spawn(move || listen(stderr, &tail))?);
        }
        let hello = nothing_said(limits);
        let mut worker = Self { child, requests, answers, tail, talk, hello, n_jobs: 0, is_ended: false };
        worker.hello = worker.wait_for_hello(stop)?;
        Ok(worker)
    }

    fn wait_for_hello(&mut self, stop: &AtomicBool) -> Result<Hello, WorkerStartError> {
        let strange = |what: String| Err(WorkerStartError::Strange(what));
        let began = Instant::now();
        loop {
            match self.answers.recv_timeout(POLL) {
                Ok(Received::Answer(answer, _)) => match *answer {
                    Answer::Hello(hello) if hello.protocol != WORKER_PROTOCOL => {
                        return strange(format!("it speaks protocol {}, not {WORKER_PROTOCOL}", hello.protocol));
                    }
                    Answer::Hello(hello) if hello.callvet != env!("CARGO_PKG_VERSION") => {
                        return strange(format!("it is version {}, not {}", hello.callvet, env!("CARGO_PKG_VERSION")));
                    }
                    Answer::Hello(hello) => return Ok(*hello),
                    Answer::Error(error) if error.code == WorkerErrorCode::CannotStart => {
                        return Err(WorkerStartError::Refused(error.message));
                    }
                    _ => return strange("it does not say hello".into()),
                },
                Ok(Received::Garbage(what)) => return strange(what.into()),
                Err(RecvTimeoutError::Disconnected) => return strange(told(&self.end())),
                Err(RecvTimeoutError::Timeout) if stop.load(Ordering::Relaxed) => return strange("stopped".into()),
                Err(RecvTimeoutError::Timeout) if began.elapsed().as_secs_f64() > START_S => {
                    return strange(format!("it says nothing for {START_S} s"));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// What it said of itself.
    pub fn hello(&self) -> &Hello {
        &self.hello
    }

    /// False if it has ended since its last job.
    pub fn is_alive(&mut self) -> bool {
        let is_alive = matches!(self.child.try_wait(), Ok(None));
        if !is_alive {
            self.kill();
        }
        is_alive
    }

    /// Gives it a job and waits for the answer, for as long as the limits allow.
    pub fn run(&mut self, job: &CallJob, attempt: u32, limits: &Limits, stop: &AtomicBool) -> Run {
        self.n_jobs += 1;
        let id = self.n_jobs.to_string();
        let (path, path_hex) = path_to_text(&job.path);
        let request = Request::Analyze(Box::new(WorkerJob {
            id: id.clone(),
            path,
            path_hex,
            source: Some(job.source.clone()),
            sha256: Some(job.sha256.clone()),
            call: job.metadata.clone(),
            parts: job.parts.clone(),
            deadline_s: None,
            attempt,
            raw: true,
            exact: true,
            media: true,
        }));
        match self.ask(&request) {
            Ok(()) => {}
            Err(why) if why.kind() == io::ErrorKind::InvalidInput => {
                let message =
                    "what is known beside the sound is too much for a worker (--isolation thread takes it)".into();
                let error = CallError { kind: "internal".into(), message };
                return Run::Done { outcome: Box::new(Err(CallFailure::Failed(error))), is_reusable: true };
            }
            Err(_) => return Run::Broke(self.end()),
        }
        let began = Instant::now();
        let patience_s = |allowed_s: f64| allowed_s + grace_s(allowed_s) + MARGIN_S;
        let mut duration_s = None;
        let mut is_asked_to_stop = false;
        loop {
            match self.answers.recv_timeout(POLL) {
                Ok(Received::Answer(answer, parts)) => match *answer {
                    Answer::Decoded(decoded) if decoded.id == id => {
                        // No claim of a worker gives it more time than the longest call has; NaN gives none.
                        duration_s = Some(decoded.duration_s.max(0.0).min(limits.duration_s));
                    }
                    Answer::Result(result) if result.id == id => return self.taken(job, *result, parts),
                    _ => return Run::Broke(Broke::Garbage("an answer that nobody asked for")),
                },
                Ok(Received::Garbage(what)) => return Run::Broke(Broke::Garbage(what)),
                Err(RecvTimeoutError::Disconnected) => return Run::Broke(self.end()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if stop.load(Ordering::Relaxed) && !is_asked_to_stop {
                is_asked_to_stop = true;
                // If it cannot be asked, it has ended, and that is noticed next.
                let _ = self.ask(&Request::Cancel(CancelJob { id: id.clone() }));
            }
            let allowed_s = match duration_s {
                None => limits.decode_wall_s(job.bytes),
                Some(duration_s) => limits.call_wall_s(job.bytes, duration_s),
            };
            if began.elapsed().as_secs_f64() > patience_s(allowed_s) {
                return Run::Broke(Broke::Over(limits.over_wall(job.bytes, duration_s)));
            }
        }
    }

    /// Gives it a line, without waiting for it to be read: whether it was is told by the answer or its lack.
    fn ask(&self, request: &Request) -> io::Result<()> {
        let requests = self.requests.as_ref().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut line = serde_json::to_vec(request).map_err(|_| io::ErrorKind::InvalidInput)?;
        if line.len() > MAX_REQUEST_BYTES {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        line.push(b'\n');
        requests.send(line).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn taken(&self, job: &CallJob, result: JobResult, parts: Vec<(Attachment, Vec<u8>)>) -> Run {
        let done = |outcome, is_reusable| Run::Done { outcome: Box::new(outcome), is_reusable };
        match (result.status, result.error, result.report, result.raw_report) {
            (JobStatus::Stopped, ..) => done(Err(CallFailure::Stopped), true),
            (JobStatus::Failed, Some(error), ..) => {
                // After a deadline something may still be running in it.
                let is_late = error.message.starts_with("limit wall");
                let is_reusable = !is_late && error.kind != "internal";
                done(Err(CallFailure::Failed(error)), is_reusable)
            }
            (JobStatus::Ok, None, Some(masked), Some(raw)) if raw.recording.source == job.source => {
                let media = match parts.is_empty() {
                    true => None,
                    false => match media::detached(parts) {
                        Some(media) => Some(media),
                        None => return Run::Broke(Broke::Garbage("pictures and sound of another shape")),
                    },
                };
                let is_browser_playable = result.is_browser_playable;
                done(Ok(Analysed { raw: *raw, masked: *masked, media, is_browser_playable }), true)
            }
            _ => Run::Broke(Broke::Garbage("a result that is none")),
        }
    }

    /// Ends it, if it has not ended yet, and tells how it did.
    fn end(&mut self) -> Broke {
        self.requests = None;
        // It closed its output, so it ends by itself or hangs in doing so; without this, its reason would be our signal.
        let began = Instant::now();
        let mut status = self.child.try_wait();
        while matches!(status, Ok(None)) && began.elapsed() < Duration::from_secs(2) {
            std::thread::sleep(Duration::from_millis(5));
            status = self.child.try_wait();
        }
        self.kill();
        if let Some(talk) = self.talk.take() {
            let _ = talk.join();
        }
        let tail = self.tail.lock().unwrap_or_else(PoisonError::into_inner);
        match status {
            Ok(Some(status)) => how_it_ended(status, &tail, self.hello.limits.memory_bytes),
            Ok(None) => Broke::Crashed("it closed its output and went on".into()),
            Err(why) => Broke::Crashed(why.to_string()),
        }
    }

    /// Ends it with all that it started.
    fn kill(&mut self) {
        // Once: afterwards its number may be another's.
        if std::mem::replace(&mut self.is_ended, true) {
            return;
        }
        #[cfg(unix)]
        {
            use rustix::process::{Pid, Signal, kill_process_group};
            // Also if it ended just now: what it started may go on.
            let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The reason in words, for a message.
fn told(broke: &Broke) -> String {
    match broke {
        Broke::Crashed(how) => how.clone(),
        Broke::Over(exceeded) => exceeded.to_string(),
        Broke::Garbage(what) => (*what).to_owned(),
    }
}

/// What allocators say when there is nothing left: of Rust, of C++, of ggml, of the system.
const OUT_OF_MEMORY: [&str; 4] = ["memory allocation of", "bad_alloc", "failed to allocate", "Cannot allocate memory"];

fn how_it_ended(status: ExitStatus, tail: &[u8], memory_bytes: u64) -> Broke {
    let said = String::from_utf8_lossy(tail);
    if !status.success() && OUT_OF_MEMORY.iter().any(|words| said.contains(words)) {
        let message = format!("the analysis needs more than {:.2} GiB", memory_bytes as f64 / f64::from(1 << 30));
        return Broke::Over(Exceeded::new(LimitName::Memory, message));
    }
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return by_signal(signal);
    }
    Broke::Crashed(match status.code() {
        Some(code) => format!("it ended with exit code {code}"),
        None => "it ended without an exit code".into(),
    })
}

#[cfg(unix)]
fn by_signal(signal: i32) -> Broke {
    use rustix::process::Signal;
    const NAMES: [(Signal, &str); 7] = [
        (Signal::ABORT, "SIGABRT"),
        (Signal::SEGV, "SIGSEGV"),
        (Signal::BUS, "SIGBUS"),
        (Signal::ILL, "SIGILL"),
        (Signal::FPE, "SIGFPE"),
        (Signal::KILL, "SIGKILL, as the system sends it when memory runs out"),
        (Signal::TERM, "SIGTERM"),
    ];
    if signal == Signal::XCPU.as_raw() {
        return Broke::Over(Exceeded::new(LimitName::Wall, "the analysis used up its processor time"));
    }
    let name = NAMES.iter().find(|(known, _)| known.as_raw() == signal).map(|(_, name)| format!(" ({name})"));
    Broke::Crashed(format!("it was ended by signal {signal}{}", name.unwrap_or_default()))
}

/// Writes lines until there are no more, or nobody reads them any longer; then the worker's input is closed.
fn send(mut stdin: ChildStdin, lines: &Receiver<Vec<u8>>) {
    for line in lines {
        if stdin.write_all(&line).and_then(|()| stdin.flush()).is_err() {
            return;
        }
    }
}

/// What is known of a worker that has not said hello yet.
fn nothing_said(limits: &Limits) -> Hello {
    Hello {
        protocol: 0,
        callvet: String::new(),
        report_schema: String::new(),
        model: None,
        model_sha256: None,
        settings_sha256: String::new(),
        limits: limits.clone(),
        landlock: Default::default(),
        is_memory_limited: false,
        warnings: Vec::new(),
    }
}

/// Reads answers until the worker closes its output or writes what is none.
fn receive(stdout: impl Read, answers: &SyncSender<Received>, most_attached: u64) {
    let mut stdout = BufReader::with_capacity(64 << 10, stdout);
    while let Some(received) = next_answer(&mut stdout, most_attached) {
        let is_over = matches!(received, Received::Garbage(_));
        if answers.send(received).is_err() || is_over {
            return;
        }
    }
}

/// The next thing that a worker writes, and what is attached to it, of which `most_attached` bytes are believed; `None` if it
/// has closed its output, also in the middle of a line: how it ended is told by its status.
pub fn next_answer(stdout: &mut impl BufRead, most_attached: u64) -> Option<Received> {
    let mut line = Vec::new();
    match stdout.by_ref().take(MAX_ANSWER_BYTES + 1).read_until(b'\n', &mut line) {
        Ok(0) | Err(_) => return None,
        Ok(_) => {}
    }
    let Some(line) = line.strip_suffix(b"\n") else {
        let is_endless = line.len() as u64 > MAX_ANSWER_BYTES;
        return is_endless.then_some(Received::Garbage("a line without an end"));
    };
    let Ok(answer) = serde_json::from_slice::<Answer>(line) else {
        return Some(Received::Garbage("a line that is no answer"));
    };
    match attached(stdout, &answer, most_attached) {
        Ok(parts) => Some(Received::Answer(Box::new(answer), parts)),
        Err(Some(what)) => Some(Received::Garbage(what)),
        Err(None) => None,
    }
}

/// What follows the line of a result. `Err(None)` if the worker ended in the middle of it.
fn attached(
    stdout: &mut impl Read,
    answer: &Answer,
    most: u64,
) -> Result<Vec<(Attachment, Vec<u8>)>, Option<&'static str>> {
    let Answer::Result(result) = answer else { return Ok(Vec::new()) };
    let total = result.attachments.iter().try_fold(0u64, |sum, part| sum.checked_add(part.bytes));
    if total.is_none_or(|total| total > most) {
        return Err(Some("pictures and sound of a size that cannot be"));
    }
    let mut parts = Vec::with_capacity(result.attachments.len());
    for part in &result.attachments {
        // Grows with what comes, not with what is announced.
        let mut bytes = Vec::new();
        match stdout.take(part.bytes).read_to_end(&mut bytes) {
            Ok(n) if n as u64 == part.bytes => parts.push((part.clone(), bytes)),
            _ => return Err(None),
        }
    }
    Ok(parts)
}

/// Keeps the end of what a worker says on standard error. Passed on is only where an error in callvet was met: what C code
/// says may hold words of a call.
fn listen(stderr: impl Read, tail: &Mutex<Vec<u8>>) {
    let mut stderr = BufReader::new(stderr);
    let mut line = Vec::new();
    loop {
        line.clear();
        match stderr.by_ref().take(TAIL_BYTES as u64).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        if line.starts_with(b"callvet: internal error at ") {
            eprint!("{}", String::from_utf8_lossy(&line));
        }
        let mut tail = tail.lock().unwrap_or_else(PoisonError::into_inner);
        tail.extend_from_slice(&line);
        let n_over = tail.len().saturating_sub(TAIL_BYTES);
        tail.drain(..n_over);
    }
}

/// A failure that a user reads, of what happened in each try.
pub fn failure(tries: &[Broke]) -> CallFailure {
    let last = tries.last();
    let error = match last {
        Some(Broke::Over(exceeded)) => CallError { kind: "limit".into(), message: exceeded.to_string() },
        _ => {
            let mut told: Vec<String> = tries.iter().map(told).collect();
            let n = told.len();
            told.dedup();
            let times = if n == 2 && told.len() == 1 { " twice" } else { "" };
            CallError {
                kind: "crashed".into(),
                message: format!("the analysis crashed{times}, its process was replaced: {}", told.join("; then ")),
            }
        }
    };
    CallFailure::Failed(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_worker_writes_is_taken_only_if_it_is_an_answer() {
        let check = |written: &[u8], expected: &[&str]| {
            let (sender, answers) = sync_channel(ANSWERS);
            receive(written, &sender, 100);
            drop(sender);
            let found: Vec<String> = answers
                .iter()
                .map(|received| match received {
                    Received::Answer(answer, parts) => {
                        let kind = serde_json::to_value(&answer).expect("plain data")["type"].clone();
                        format!("{} {}", kind.as_str().expect("a name"), parts.len())
                    }
                    Received::Garbage(what) => what.to_owned(),
                })
                .collect();
            assert_eq!(found, expected, "{}", String::from_utf8_lossy(written));
        };
        let result = |parts: &str| {
            format!(
                r#"{{"type":"result","id":"1","status":"stopped","error":null,"report":null,"raw_report":null,"is_browser_playable":false,"attachments":[{parts}]}}"#
            )
        };
        let line = |parts: &str| result(parts) + "\n";
        check(b"", &[]);
        check(line("").as_bytes(), &["result 0"]);
        let two = line(r#"{"name":"a","bytes":2},{"name":"b","bytes":0}"#) + "xy" + &line("");
        check(two.as_bytes(), &["result 2", "result 0"]);
        // Ended in the middle.
        check(result("").as_bytes(), &[]);
        check((line(r#"{"name":"a","bytes":3}"#) + "xy").as_bytes(), &[]);
        // Nothing after garbage is believed.
        check(("hello\n".to_owned() + &line("")).as_bytes(), &["a line that is no answer"]);
        check(&[0xff, b'\n'], &["a line that is no answer"]);
        let huge = line(r#"{"name":"a","bytes":101}"#);
        check(huge.as_bytes(), &["pictures and sound of a size that cannot be"]);
        let most = line(r#"{"name":"a","bytes":18446744073709551615},{"name":"b","bytes":1}"#);
        check(most.as_bytes(), &["pictures and sound of a size that cannot be"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_process_that_does_not_read_is_ended_at_the_deadline_however_long_the_line_is() {
        let limits = Limits { wall_floor_s: 0.1, ..Limits::default() };
        let hello = Answer::Hello(Box::new(Hello {
            protocol: WORKER_PROTOCOL,
            callvet: env!("CARGO_PKG_VERSION").into(),
            ..nothing_said(&limits)
        }));
        let script = format!("printf '%s\\n' '{}'; exec sleep 600", serde_json::to_string(&hello).expect("plain data"));
        let command = WorkerCommand { program: "/bin/sh".into(), args: vec!["-c".into(), script.into()] };
        let starter = Starter::new().expect("a thread");
        let stop = AtomicBool::new(false);
        let mut worker = Worker::start(&starter, &command, &limits, &stop).expect("it says hello");
        // More than the 64 KiB that Linux keeps for a reader.
        let agent = Some("x".repeat(500_000));
        let job = CallJob {
            source: "a.wav".into(),
            path: "a.wav".into(),
            bytes: 0,
            sha256: String::new(),
            metadata: crate::call::CallMetadata { agent, ..Default::default() },
            parts: Default::default(),
        };
        let Run::Broke(Broke::Over(exceeded)) = worker.run(&job, 1, &limits, &stop) else { panic!("it was answered") };
        assert_eq!(exceeded.limit, LimitName::Wall);
    }

    #[test]
    fn two_tries_make_one_message() {
        let check = |tries: &[Broke], kind: &str, message: &str| {
            let expected = CallError { kind: kind.into(), message: message.into() };
            assert_eq!(failure(tries), CallFailure::Failed(expected));
        };
        let crash = |how: &str| Broke::Crashed(how.into());
        let replaced = "its process was replaced:";
        check(&[crash("a"), crash("a")], "crashed", &format!("the analysis crashed twice, {replaced} a"));
        check(&[crash("a"), crash("b")], "crashed", &format!("the analysis crashed, {replaced} a; then b"));
        let memory = Broke::Over(Exceeded::new(LimitName::Memory, "full"));
        check(&[crash("a"), memory], "limit", "limit memory: full");
    }
}
