//! As many workers as calls are analysed at once, started when they are first needed. A call is given to one of them; if
//! that breaks, another is started and the call is tried once more, then it has failed. Which worker hears which call makes
//! no difference to any report.

use std::io;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

pub use super::process::WorkerCommand;
use super::process::{Broke, Run, Starter, Worker, WorkerStartError, failure};
use crate::batch::local::CallOutcome;
use crate::call::worker::Hello;
use crate::call::{CallError, LimitName, Limits};
use crate::pipeline::{CallFailure, CallJob};

/// Tries at a file, at most: the first may have been broken by the call before it, the second was not.
const MAX_TRIES: u32 = 2;

/// Worker processes for calls.
#[derive(Debug)]
pub struct Pool {
    command: WorkerCommand,
    starter: Starter,
    limits: Limits,
    stop: Arc<AtomicBool>,
    // Workers that no call is using. There are never more than threads that call `analyse`.
    idle: Mutex<Vec<Worker>>,
    hello: Hello,
}

impl Pool {
    /// Starts the first worker, so that a model that is missing is told before the batch begins. `limits` are those that
    /// the workers have too. When `stop` becomes true, calls in flight are given up.
    ///
    /// # Errors
    /// [`WorkerStartError`] if it does not start.
    pub fn start(command: WorkerCommand, limits: Limits, stop: Arc<AtomicBool>) -> Result<Self, WorkerStartError> {
        let starter = Starter::new()?;
        let first = Worker::start(&starter, &command, &limits, &stop)?;
        let hello = first.hello().clone();
        Ok(Self { command, starter, limits, stop, idle: Mutex::new(vec![first]), hello })
    }

    /// What the first worker said of itself.
    pub fn hello(&self) -> &Hello {
        &self.hello
    }

    /// Analyses a call in a worker.
    ///
    /// # Errors
    /// As an engine in this process; besides, [`CallFailure::Failed`] of kind `crashed` if its worker ended twice, and
    /// `limit` if it was over its time or memory.
    pub fn analyse(&self, job: &CallJob) -> CallOutcome {
        let mut tries = Vec::new();
        for attempt in 1..=MAX_TRIES {
            let mut worker = match self.take() {
                Ok(worker) => worker,
                Err(_) if self.stop.load(std::sync::atomic::Ordering::Relaxed) => return Err(CallFailure::Stopped),
                Err(why) => {
                    return Err(CallFailure::Failed(CallError { kind: "internal".into(), message: why.to_string() }));
                }
            };
            match worker.run(job, attempt, &self.limits, &self.stop) {
                Run::Done { outcome, is_reusable } => {
                    if is_reusable {
                        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                    }
                    return *outcome;
                }
                Run::Broke(how) => {
                    // What took all its time once would take it again.
                    let is_late = matches!(&how, Broke::Over(exceeded) if exceeded.limit == LimitName::Wall);
                    tries.push(how);
                    if is_late {
                        break;
                    }
                }
            }
            if self.stop.load(std::sync::atomic::Ordering::Relaxed) {
                return Err(CallFailure::Stopped);
            }
        }
        Err(failure(&tries))
    }

    fn take(&self) -> Result<Worker, WorkerStartError> {
        loop {
            let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            match idle {
                // One that ended since its last job is not this call's fault.
                Some(mut worker) => {
                    if worker.is_alive() {
                        return Ok(worker);
                    }
                }
                None => break,
            }
        }
        let worker = Worker::start(&self.starter, &self.command, &self.limits, &self.stop)?;
        if worker.hello().settings_sha256 != self.hello.settings_sha256 {
            // A model or a phrase list was replaced while the batch runs: its results would not belong together.
            let message = "a model or a phrase list has changed since the run began: run it again";
            return Err(WorkerStartError::Spawn(io::Error::other(message)));
        }
        Ok(worker)
    }
}
