//! The worker's side: jobs in, one line each; answers out. One job at a time; the others wait in their order. A line that
//! cannot be followed is answered and forgotten.
//!
//! Three threads: this one analyses; one reads requests, so that a job can be given up while it runs and the end of the
//! input is noticed; one looks at the clock. The last two end with the process.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{grace_s, media, sandbox};
use crate::batch::local::CallOutcome;
use crate::batch::{Found, paths};
use crate::call::parts::path_of_text;
use crate::call::worker::{
    Answer, Attachment, DecodedJob, Hello, JobResult, JobStatus, MAX_REQUEST_BYTES, Request, WorkerError,
    WorkerErrorCode, WorkerJob,
};
use crate::call::{CallError, Exceeded, LimitName, Limits, Parts, json};
use crate::pipeline::{CallFailure, CallJob};

/// Jobs that wait at most; then lines stay unread until one is done.
const MAX_WAITING: usize = 1024;

/// Seconds that the job at hand has, after the input was closed, to notice it.
const LEAVE_S: f64 = 2.0;

/// Room of the kernel for processor time: beside the one thread that computes, reading and waiting cost a little.
const CPU_PER_WALL: f64 = 2.0;

/// Analyses a job; tells the second argument how many seconds of sound it has as soon as that is known.
pub type Analyse<'a> = dyn Fn(&CallJob, &(dyn Fn(f64) + Sync)) -> CallOutcome + Sync + 'a;

/// What a worker works with.
pub struct Service<'a> {
    /// The first line.
    pub hello: Hello,
    /// What a recording may cost.
    pub limits: Limits,
    /// How a call is analysed.
    pub analyse: &'a Analyse<'a>,
    /// Makes `analyse` give up soon.
    pub stop: Arc<AtomicBool>,
    /// What the thread of a job may open beside the file of the job; `None` to leave that as it is.
    pub reach: Option<sandbox::Reach>,
    /// When the input ends, finish what was read of it, instead of ending at once.
    pub drain: bool,
}

/// Why a worker has nothing left to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The input was closed.
    Input,
    /// Nobody reads the answers.
    Output,
}

/// Answers the lines of `input` until one of the sides is closed. Threads may go on behind it: end the process then.
///
/// A job that goes on after its deadline and a time of grace is answered as failed, and **the process is ended**: there is
/// no other way to end a thread that hangs.
pub fn serve(service: Service<'_>, input: impl BufRead + Send + 'static, output: impl Write + Send + 'static) -> Ended {
    let shared = Arc::new(Shared {
        state: Mutex::default(),
        changed: Condvar::new(),
        output: Mutex::new(Box::new(output)),
        stop: Arc::clone(&service.stop),
        limits: service.limits.clone(),
        drain: service.drain,
    });
    if shared.answer(&Answer::Hello(Box::new(service.hello.clone()))).is_err() {
        return Ended::Output;
    }
    let (reader, watch) = (Arc::clone(&shared), Arc::clone(&shared));
    let is_started = std::thread::Builder::new().name("requests".into()).spawn(move || read(&reader, input)).is_ok()
        && std::thread::Builder::new().name("deadline".into()).spawn(move || watch.watch()).is_ok();
    if !is_started {
        return Ended::Input;
    }
    while let Some(job) = shared.next() {
        if one_job(&service, &shared, job).is_err() {
            return Ended::Output;
        }
    }
    Ended::Input
}

/// Why a job is to be given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// The driver asked for it, or is gone.
    Asked,
    /// Its time is up.
    Late,
}

struct Current {
    id: String,
    began: Instant,
    allowed_s: f64,
    /// What the driver allows, if that is less.
    driver_s: f64,
    bytes: u64,
    duration_s: Option<f64>,
    cause: Option<Cause>,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<WorkerJob>,
    current: Option<Current>,
    is_closed: bool,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    output: Mutex<Box<dyn Write + Send>>,
    stop: Arc<AtomicBool>,
    limits: Limits,
    drain: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, answer: &Answer) -> io::Result<()> {
        self.send(json::to_line(answer)?, &[])
    }

    fn send(&self, line: String, parts: &[(String, Vec<u8>)]) -> io::Result<()> {
        let mut output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        output.write_all(line.as_bytes())?;
        output.write_all(b"\n")?;
        parts.iter().try_for_each(|(_, bytes)| output.write_all(bytes))?;
        output.flush()
    }

    fn complain(&self, code: WorkerErrorCode, id: Option<String>, message: String) {
        // If nobody reads, the next result will tell.
        let _ = self.answer(&Answer::Error(WorkerError { code, id, message }));
    }

    /// The next job, which is the current one from then on; `None` when there will be none.
    fn next(&self) -> Option<WorkerJob> {
        let mut state = self.state();
        loop {
            if state.is_closed && !self.drain {
                return None;
            }
            if let Some(job) = state.waiting.pop_front() {
                // Under the same lock as it leaves the queue: at every moment a cancel finds a job in one of the two.
                self.stop.store(false, Ordering::Relaxed);
                state.current = Some(Current {
                    id: job.id.clone(),
                    began: Instant::now(),
                    // Until the size of its file is known.
                    allowed_s: f64::INFINITY,
                    driver_s: job.deadline_s.unwrap_or(f64::INFINITY),
                    bytes: 0,
                    duration_s: None,
                    cause: None,
                });
                self.changed.notify_all();
                return Some(job);
            }
            if state.is_closed {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn accept(&self, job: WorkerJob) {
        let mut state = self.state();
        while state.waiting.len() >= MAX_WAITING {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let is_known = state.current.as_ref().is_some_and(|current| current.id == job.id)
            || state.waiting.iter().any(|waiting| waiting.id == job.id);
        if is_known {
            drop(state);
            let message = "a job with this id is not done yet".into();
            return self.complain(WorkerErrorCode::DuplicateId, Some(job.id), message);
        }
        state.waiting.push_back(job);
        self.changed.notify_all();
    }

    fn cancel(&self, id: String) {
        let mut state = self.state();
        if let Some(current) = state.current.as_mut().filter(|current| current.id == id) {
            current.cause.get_or_insert(Cause::Asked);
            self.stop.store(true, Ordering::Relaxed);
            return;
        }
        let n_before = state.waiting.len();
        state.waiting.retain(|job| job.id != id);
        let was_waiting = state.waiting.len() < n_before;
        self.changed.notify_all();
        drop(state);
        if was_waiting {
            let _ = self.answer(&Answer::Result(Box::new(JobResult::without_report(&id, None))));
        } else {
            self.complain(
                WorkerErrorCode::UnknownId,
                Some(id),
                "no job with this id is being analysed or waits".into(),
            );
        }
    }

    /// The driver is gone, or has nothing more to ask.
    fn close(&self) {
        let mut state = self.state();
        state.is_closed = true;
        self.changed.notify_all();
        if self.drain {
            return;
        }
        if let Some(current) = &mut state.current {
            current.cause.get_or_insert(Cause::Asked);
            self.stop.store(true, Ordering::Relaxed);
            drop(state);
            std::thread::sleep(Duration::from_secs_f64(LEAVE_S));
            // Still here: whatever runs does not listen.
            std::process::exit(0);
        }
    }

    /// Ends what is over its time: first by asking, then with the process.
    fn watch(&self) {
        let mut state = self.state();
        loop {
            let Some(current) = &mut state.current else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let passed_s = current.began.elapsed().as_secs_f64();
            let allowed_s = current.allowed_s.min(current.driver_s);
            let last_s = allowed_s + grace_s(allowed_s);
            if passed_s >= last_s {
                let given_up = match current.cause {
                    Some(Cause::Asked) => JobResult::without_report(&current.id, None),
                    Some(Cause::Late) | None => current.late(&self.limits),
                };
                // The lock is kept, so that no other answer about this job can follow.
                let _ = self.answer(&Answer::Result(Box::new(given_up)));
                std::process::exit(0);
            }
            if passed_s >= allowed_s && current.cause.is_none() {
                current.cause = Some(Cause::Late);
                self.stop.store(true, Ordering::Relaxed);
            }
            let until_s = if current.cause.is_none() { allowed_s } else { last_s } - passed_s;
            // At most what the clock of the system can be asked for.
            let pause = Duration::from_secs_f64(until_s.clamp(0.01, 3600.0));
            state = self.changed.wait_timeout(state, pause).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Current {
    fn late(&self, limits: &Limits) -> JobResult {
        let exceeded = if self.driver_s < self.allowed_s {
            Exceeded::new(LimitName::Wall, format!("not done after the {:.0} s that the driver allows", self.driver_s))
        } else {
            limits.over_wall(self.bytes, self.duration_s)
        };
        JobResult::without_report(&self.id, Some(CallError { kind: "limit".into(), message: exceeded.to_string() }))
    }
}

/// Reads requests until the input ends.
fn read(shared: &Shared, mut input: impl BufRead) {
    let mut line = Vec::new();
    loop {
        line.clear();
        // Two more than is allowed: the line feed, and one that tells that it is too long.
        match input.by_ref().take(MAX_REQUEST_BYTES as u64 + 2).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return shared.close(),
            Ok(_) => {}
        }
        let is_whole = line.last() == Some(&b'\n');
        if is_whole {
            line.pop();
        }
        if line.len() > MAX_REQUEST_BYTES {
            if !is_whole && !skip_line(&mut input) {
                return shared.close();
            }
            let message = format!("a line may have {MAX_REQUEST_BYTES} bytes");
            shared.complain(WorkerErrorCode::TooLong, None, message);
            continue;
        }
        // A driver may end its lines as Windows does, and leave some empty.
        if line.trim_ascii().is_empty() {
            continue;
        }
        match read_request(&line) {
            Ok(Request::Analyze(job)) => shared.accept(*job),
            Ok(Request::Cancel(cancel)) => shared.cancel(cancel.id),
            Err((code, id, message)) => shared.complain(code, id, message),
        }
    }
}

/// Reads over the rest of a line, without keeping it; false at the end of the input.
fn skip_line(input: &mut impl BufRead) -> bool {
    loop {
        let Ok(piece) = input.fill_buf() else { return false };
        if piece.is_empty() {
            return false;
        }
        let end = piece.iter().position(|byte| *byte == b'\n');
        let n = end.map_or(piece.len(), |at| at + 1);
        input.consume(n);
        if end.is_some() {
            return true;
        }
    }
}

/// A line as a request.
///
/// # Errors
/// What is wrong with it: the code, the job that it names, and a sentence for people.
pub fn read_request(line: &[u8]) -> Result<Request, (WorkerErrorCode, Option<String>, String)> {
    let value: serde_json::Value = serde_json::from_slice(line)
        .map_err(|why| (WorkerErrorCode::NotJson, None, format!("not JSON, at byte {}", why.column())))?;
    let id = value.get("id").and_then(|id| id.as_str()).map(str::to_owned);
    let wrong = |message: String| (WorkerErrorCode::NotARequest, id.clone(), message);
    let request: Request = serde_json::from_value(value).map_err(|why| wrong(why.to_string()))?;
    if let Request::Analyze(job) = &request {
        path_of(job).map_err(wrong)?;
        if job.deadline_s.is_some_and(|s| !(s.is_finite() && s > 0.0)) {
            return Err(wrong("deadline_s must be above zero".into()));
        }
        let is_hash = |text: &String| text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !job.sha256.as_ref().is_none_or(is_hash) {
            return Err(wrong("sha256 must be 64 lower-case hex digits".into()));
        }
    }
    Ok(request)
}

/// The file of a job.
fn path_of(job: &WorkerJob) -> Result<PathBuf, String> {
    path_of_text(job.path.as_deref(), job.path_hex.as_deref()).map_err(str::to_owned)
}

/// Analyses one job and answers it.
fn one_job(service: &Service<'_>, shared: &Shared, job: WorkerJob) -> io::Result<()> {
    let path = path_of(&job).map_err(io::Error::other)?;
    let second = match &job.parts {
        Parts::Two(pair) => Some(pair.second.path.clone()),
        Parts::Whole | Parts::Half(_) => None,
    };
    let size = |path: &PathBuf| std::fs::metadata(path).map_or(0, |file| file.len());
    let bytes = size(&path).saturating_add(second.as_ref().map_or(0, size));
    let allowed_s = shared.limits.decode_wall_s(bytes);
    sandbox::allow_cpu_s(CPU_PER_WALL * (allowed_s + grace_s(allowed_s)));
    if let Some(current) = &mut shared.state().current {
        (current.allowed_s, current.bytes) = (allowed_s, bytes);
        shared.changed.notify_all();
    }
    let outcome = apart(|| {
        if let Some(reach) = &service.reach {
            sandbox::confine(&second.into_iter().fold(reach.with(path.clone()), |reach, file| reach.with(file)));
        }
        analyse(service, shared, &job, path, bytes)
    });
    let outcome =
        outcome.unwrap_or_else(|| Err(internal("the analysis broke off: an error in callvet, please report it")));

    let mut state = shared.state();
    let current = state.current.take();
    shared.stop.store(false, Ordering::Relaxed);
    drop(state);
    let late = current.filter(|current| current.cause == Some(Cause::Late)).map(|current| current.late(&shared.limits));
    match (late, outcome) {
        // Done in the time of grace, or given up: over its limit either way.
        (Some(late), _) => shared.answer(&Answer::Result(Box::new(late))),
        (None, Err(CallFailure::Stopped)) => {
            shared.answer(&Answer::Result(Box::new(JobResult::without_report(&job.id, None))))
        }
        (None, Err(CallFailure::Failed(error))) => {
            shared.answer(&Answer::Result(Box::new(JobResult::without_report(&job.id, Some(error)))))
        }
        (None, Ok(analysed)) => {
            let media = analysed.media.filter(|_| job.media);
            let parts = media.map(media::attached).unwrap_or_default();
            let attachments =
                parts.iter().map(|(name, bytes)| Attachment { name: name.clone(), bytes: bytes.len() as u64 });
            let answer = Answer::Result(Box::new(JobResult {
                id: job.id,
                status: JobStatus::Ok,
                error: None,
                report: Some(Box::new(analysed.masked)),
                raw_report: job.raw.then(|| Box::new(analysed.raw)),
                is_browser_playable: analysed.is_browser_playable,
                attachments: attachments.collect(),
            }));
            let line = if job.exact { serde_json::to_string(&answer)? } else { json::to_line(&answer)? };
            drop(answer);
            shared.send(line, &parts)
        }
    }
}

fn analyse(service: &Service<'_>, shared: &Shared, job: &WorkerJob, path: PathBuf, bytes: u64) -> CallOutcome {
    let source = job.source.clone().unwrap_or_else(|| path.to_string_lossy().replace('\\', "/"));
    #[cfg(debug_assertions)]
    super::fault::happen(job, &source, &shared.output);
    let unreadable = |why: io::Error| {
        CallFailure::Failed(CallError { kind: "io".into(), message: format!("cannot be read: {why}") })
    };
    let (sha256, bytes, parts) = match &job.sha256 {
        Some(sha256) => (sha256.clone(), bytes, job.parts.clone()),
        None => {
            // What is too large to be analysed is too large to be read twice.
            shared.limits.check_bytes(bytes)?;
            let found = Found { source: source.clone(), path: path.clone(), bytes, parts: job.parts.clone() };
            let print = paths::fingerprint_of(&found).map_err(unreadable)?;
            (print.sha256, print.bytes, print.parts)
        }
    };
    let call = CallJob { source, path, bytes, sha256, metadata: job.call.clone(), parts };
    (service.analyse)(&call, &|duration_s| {
        let mut state = shared.state();
        let Some(current) = &mut state.current else { return };
        current.duration_s = Some(duration_s);
        current.allowed_s = shared.limits.call_wall_s(current.bytes, duration_s);
        let deadline_s = current.allowed_s.min(current.driver_s);
        let left_s = deadline_s + grace_s(deadline_s) - current.began.elapsed().as_secs_f64();
        sandbox::allow_cpu_s(CPU_PER_WALL * left_s.max(1.0));
        shared.changed.notify_all();
        drop(state);
        let _ = shared.answer(&Answer::Decoded(DecodedJob { id: job.id.clone(), duration_s, deadline_s }));
    })
}

/// Runs `work` on a thread of its own; `None` if it panics or cannot be started.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        std::thread::Builder::new().name("call".into()).spawn_scoped(scope, work).ok()?.join().ok()
    })
}

fn internal(message: &str) -> CallFailure {
    CallFailure::Failed(CallError { kind: "internal".into(), message: message.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_line_is_told_by_its_code_and_with_the_id_if_there_is_one() {
        let check = |line: &str, code: WorkerErrorCode, id: Option<&str>| {
            let (found, found_id, message) = read_request(line.as_bytes()).expect_err(line);
            assert_eq!((found, found_id.as_deref()), (code, id), "{line}: {message}");
        };
        use WorkerErrorCode::{NotARequest, NotJson};
        check("{", NotJson, None);
        check("analyze a.wav", NotJson, None);
        check("[]", NotARequest, None);
        check("7", NotARequest, None);
        check(r#"{"type":"dance","id":"7"}"#, NotARequest, Some("7"));
        check(r#"{"type":"analyze","id":"7"}"#, NotARequest, Some("7"));
        check(r#"{"type":"analyze","path":"a.wav"}"#, NotARequest, None);
        check(r#"{"type":"analyze","id":7,"path":"a.wav"}"#, NotARequest, None);
        check(r#"{"type":"analyze","id":"7","path":"a.wav","pth":"b"}"#, NotARequest, Some("7"));
        check(r#"{"type":"analyze","id":"7","path":"a.wav","path_hex":"61"}"#, NotARequest, Some("7"));
        check(r#"{"type":"analyze","id":"7","path":"a\u0000.wav"}"#, NotARequest, Some("7"));
        check(r#"{"type":"analyze","id":"7","path_hex":"6"}"#, NotARequest, Some("7"));
        check(r#"{"type":"analyze","id":"7","path_hex":"zz"}"#, NotARequest, Some("7"));
        check(r#"{"type":"analyze","id":"7","path_hex":"6100"}"#, NotARequest, Some("7"));
        check(r#"{"type":"analyze","id":"7","path":"a.wav","deadline_s":-1}"#, NotARequest, Some("7"));
        check(r#"{"type":"analyze","id":"7","path":"a.wav","sha256":"abc"}"#, NotARequest, Some("7"));
        check(r#"{"type":"cancel"}"#, NotARequest, None);
    }

    #[test]
    fn a_job_that_left_the_queue_can_be_cancelled_at_once() {
        let shared = Shared {
            state: Mutex::default(),
            changed: Condvar::new(),
            output: Mutex::new(Box::new(io::sink())),
            stop: Arc::default(),
            limits: Limits::default(),
            drain: false,
        };
        shared.accept(WorkerJob { id: "1".into(), ..WorkerJob::default() });
        assert_eq!(shared.next().map(|job| job.id).as_deref(), Some("1"));
        shared.cancel("1".into());
        assert!(shared.stop.load(Ordering::Relaxed));
        assert_eq!(shared.state().current.as_ref().and_then(|current| current.cause), Some(Cause::Asked));
    }

    #[test]
    fn a_name_that_is_no_text_comes_in_hex() {
        let job = WorkerJob { path_hex: Some("6aff".into()), ..WorkerJob::default() };
        let path = path_of(&job);
        #[cfg(unix)]
        assert_eq!(std::os::unix::ffi::OsStrExt::as_bytes(path.expect("a name").as_os_str()), [0x6a, 0xff]);
        #[cfg(not(unix))]
        assert!(path.is_err());
    }
}
