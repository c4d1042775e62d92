//! Where calls are analysed: in worker processes, or in threads of this one. Whoever runs a batch asks for one of the two and
//! hands its function to the driver.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::pool::{Pool, WorkerCommand};
use super::process::WorkerStartError;
use crate::batch::engine::analyse_with;
use crate::batch::local::CallOutcome;
use crate::models;
use crate::pipeline::{CallJob, Engine, EngineError, Settings};

/// What was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Isolation {
    /// In worker processes.
    Process,
    /// In threads of this process.
    Thread,
    /// In worker processes where they can be started, else in threads.
    #[default]
    Auto,
}

/// Why calls cannot be analysed.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No engine.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// No worker.
    #[error(transparent)]
    Worker(#[from] WorkerStartError),
}

/// What analyses calls.
pub enum Analyser {
    /// An engine in this process.
    Thread {
        /// The engine.
        engine: Box<Engine>,
        /// What the user should know.
        warnings: Vec<String>,
    },
    /// Processes.
    Process(Box<Pool>),
}

impl Analyser {
    /// Loads the models, here or in a first worker. `read` are the files and folders that calls are read from: a worker is
    /// kept from all others. `stop` ends calls in flight soon after it becomes true.
    ///
    /// # Errors
    /// When a model is missing or damaged, a phrase list has a mistake, or processes were asked for and there are none.
    pub fn start(
        settings: Settings,
        isolation: Isolation,
        read: &[PathBuf],
        stop: Arc<AtomicBool>,
    ) -> Result<Self, StartError> {
        // Each process would load the model into the memory of the same graphics processor.
        let is_process = match isolation {
            Isolation::Process => true,
            Isolation::Thread => false,
            Isolation::Auto => cfg!(unix) && !models::HAS_GPU,
        };
        let mut warnings = Vec::new();
        if is_process {
            let limits = settings.limits.clone();
            let started = command(&settings, read).and_then(|command| Pool::start(command, limits, Arc::clone(&stop)));
            match started {
                Ok(pool) => return Ok(Self::Process(Box::new(pool))),
                // What it refuses, an engine in this process refuses too.
                Err(why @ WorkerStartError::Refused(_)) => return Err(why.into()),
                Err(why) if isolation == Isolation::Process => return Err(why.into()),
                Err(why) => warnings.push(format!("{why}; calls are analysed in this process instead")),
            }
        }
        let engine = Engine::new(settings, stop)?;
        warnings.extend(unused_lines(&engine));
        Ok(Self::Thread { engine: Box::new(engine), warnings })
    }

    /// SHA-256 of all that decides what a report says beside the recording.
    pub fn settings_sha256(&self) -> &str {
        match self {
            Self::Thread { engine, .. } => engine.settings_sha256(),
            Self::Process(pool) => &pool.hello().settings_sha256,
        }
    }

    /// What the user should know, a sentence each.
    pub fn warnings(&self) -> &[String] {
        match self {
            Self::Thread { warnings, .. } => warnings,
            Self::Process(pool) => &pool.hello().warnings,
        }
    }

    /// Analyses a call.
    ///
    /// # Errors
    /// [`crate::pipeline::CallFailure`] if it cannot be analysed, or the run is to end.
    pub fn analyse(&self, job: &CallJob) -> CallOutcome {
        match self {
            Self::Thread { engine, .. } => analyse_with(engine)(job),
            Self::Process(pool) => pool.analyse(job),
        }
    }
}

/// Lines of the user's phrase lists that could not be used, as warnings: the first few and how many more.
pub fn unused_lines(engine: &Engine) -> Vec<String> {
    const SHOWN: usize = 5;
    let unused = engine.unused_phrase_lines();
    let mut told: Vec<String> = unused.iter().take(SHOWN).map(|line| format!("phrase list {line}")).collect();
    if unused.len() > SHOWN {
        told.push(format!("{} more such lines; `callvet phrases check` shows all", unused.len() - SHOWN));
    }
    told
}

/// A worker of this very program with these settings.
fn command(settings: &Settings, read: &[PathBuf]) -> Result<WorkerCommand, WorkerStartError> {
    // Only a path can be no text.
    let json = serde_json::to_string(settings)
        .map_err(|_| WorkerStartError::Strange("the path of an option is not UTF-8".into()))?;
    // A line of the settings, then the folders: names of any bytes.
    let mut args: Vec<OsString> = ["worker", "--settings"].map(OsString::from).into();
    args.push(json.into());
    args.extend(["--die-with".into(), std::process::id().to_string().into()]);
    for path in read {
        // In one word, so that a name that begins with '-' is no option.
        let mut word = OsString::from("--read=");
        word.push(path);
        args.push(word);
    }
    Ok(WorkerCommand { program: this_program()?, args })
}

/// The file of this program. Where the kernel gives it as a link, the link: it still leads there after an update has
/// replaced the file.
fn this_program() -> std::io::Result<PathBuf> {
    let link = PathBuf::from("/proc/self/exe");
    if cfg!(target_os = "linux") && link.exists() { Ok(link) } else { std::env::current_exe() }
}
