//! `callvet worker`: one job a line in, one result a line out. For programs that spread calls over machines, and for
//! `analyze` itself.

use std::io::BufReader;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use clap::ArgMatches;

use super::confined::own_files;
use super::options::{AnalysisArgs, ConfigFile, Resolver};
use super::{CommandResult, EXIT_USAGE, Failure};
use crate::batch::engine::watched_with;
use crate::batch::worker::{self, Service, sandbox, unused_lines};
use crate::call::worker::{Answer, Hello, WORKER_PROTOCOL, WorkerError, WorkerErrorCode};
use crate::call::{CallReport, json};
use crate::pipeline::{Engine, Settings};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    analysis: AnalysisArgs,
    /// Read options from this TOML file; flags and CALLVET_* variables win over it
    #[arg(long, env = "CALLVET_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Open no recordings but those in this folder, or this file (needs Landlock: Linux 5.13); may be given several times
    #[arg(long, value_name = "PATH")]
    read: Vec<PathBuf>,
    /// When the input ends, finish the jobs that were read instead of leaving at once
    #[arg(long)]
    drain: bool,
    /// Settings as `analyze` has worked them out, in JSON, instead of all other options
    #[arg(long, hide = true)]
    settings: Option<String>,
    /// End when this process ends
    #[arg(long, hide = true)]
    die_with: Option<u32>,
}

pub(super) fn run(args: Args, matches: &ArgMatches) -> CommandResult {
    if let Some(parent) = args.die_with
        && !sandbox::die_with_parent(parent)
    {
        return Ok(0);
    }
    let mut output = sandbox::take_stdout().context("cannot use standard output").map_err(Failure::Environment)?;
    let settings = match settings(&args, matches) {
        Ok(settings) => settings,
        Err(error) => return Ok(refuse(&mut output, super::told(&error))),
    };
    sandbox::volunteer_for_oom();
    let limits = settings.limits.clone();
    let mut meter = sandbox::Meter::open();
    // Before anything is loaded: threads that libraries start are confined only if they come after it.
    let own = sandbox::Reach { read: own_files(&settings), write: Vec::new() };
    let anything = vec![PathBuf::from("/")];
    let recordings = if args.read.is_empty() { anything } else { args.read };
    let reach = recordings.into_iter().fold(own.clone(), |reach, path| reach.with(path));
    let landlock = sandbox::confine(&reach);

    let stop = Arc::default();
    let engine = match Engine::new(settings, Arc::clone(&stop)) {
        Ok(engine) => engine,
        Err(error) => return Ok(refuse(&mut output, super::told(&anyhow!(error)))),
    };
    // After the models: how large they are is the user's choice.
    let is_memory_limited = sandbox::limit_memory(&mut meter, limits.memory_bytes);
    let provenance = engine.provenance();
    let hello = Hello {
        protocol: WORKER_PROTOCOL,
        callvet: env!("CARGO_PKG_VERSION").into(),
        report_schema: CallReport::SCHEMA.into(),
        model: provenance.model.clone(),
        model_sha256: provenance.model_sha256.clone(),
        settings_sha256: provenance.settings_sha256.clone(),
        limits: limits.clone(),
        landlock,
        is_memory_limited,
        warnings: unused_lines(&engine),
    };
    let service = Service { hello, limits, analyse: &watched_with(&engine), stop, reach: Some(own), drain: args.drain };
    worker::serve(service, BufReader::new(std::io::stdin()), output);
    Ok(0)
}

fn settings(args: &Args, matches: &ArgMatches) -> anyhow::Result<Settings> {
    if let Some(json) = &args.settings {
        return serde_json::from_str(json).context("--settings");
    }
    let file = args.config.as_deref().map(ConfigFile::read).transpose()?.unwrap_or_default();
    Resolver::new(matches, args.config.as_deref()).settings(&args.analysis, &file)
}

/// Says why it cannot start, as an answer: a driver reads no standard error.
fn refuse(output: &mut impl std::io::Write, message: String) -> u8 {
    let answer = Answer::Error(WorkerError { code: WorkerErrorCode::CannotStart, id: None, message });
    // If nobody reads it, there is nobody to tell.
    let line = json::to_line(&answer).unwrap_or_default();
    let _ = writeln!(output, "{line}").and_then(|()| output.flush());
    EXIT_USAGE
}
