//! `callvet analyze`: the main job.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, anyhow};
use clap::ArgMatches;

use super::known::CallArgs;
use super::options::{AnalysisArgs, ConfigFile, FailOn, Resolver};
use super::progress::{Style, TerminalProgress, printable};
use super::{CommandResult, Failure, summary};
use crate::batch::worker::{Analyser, Isolation};
use crate::batch::{self, BatchError, BatchSummary, Discovery, RunOptions, discover};
use crate::call::{CallMetadata, Severity};
use crate::pipeline::{CallJob, Settings};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Recordings, and folders of recordings
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    run: RunArgs,
}

/// How recordings are analysed into a folder: the options that `analyze` and `vet` share.
#[derive(Debug, clap::Args)]
pub(super) struct RunArgs {
    /// Folder for the reports; made if it is not there
    #[arg(long, value_name = "DIR", env = "CALLVET_OUT")]
    pub(super) out: PathBuf,
    #[command(flatten)]
    analysis: AnalysisArgs,
    #[command(flatten)]
    batch: BatchArgs,
    #[command(flatten)]
    terminal: TerminalArgs,
}

impl RunArgs {
    /// Print nothing but errors?
    pub(super) fn is_quiet(&self) -> bool {
        self.terminal.quiet
    }
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What is known of the calls, and how they are run")]
struct BatchArgs {
    #[command(flatten)]
    calls: CallArgs,
    /// Exit with 1 if there are findings of this severity or worse, with a confidence of 0.5 or more
    #[arg(long, env = "CALLVET_FAIL_ON", value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Forget the earlier results in DIR and analyse everything again
    #[arg(long)]
    fresh: bool,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What is shown")]
struct TerminalArgs {
    /// Read options from this TOML file; flags and CALLVET_* variables win over it
    #[arg(long, env = "CALLVET_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print each option with its value and where it came from, and stop
    #[arg(long)]
    dump_config: bool,
    /// Print what would be analysed and what is left out, and stop
    #[arg(long)]
    dry_run: bool,
    /// Print the JSON of the whole (analyze: batch.json, vet: vendors.json) on standard output instead of the summary
    #[arg(long)]
    json: bool,
    /// Print nothing but errors
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// Print a line for each call
    #[arg(long, short)]
    verbose: bool,
    /// Print plain lines now and then instead of a progress bar
    #[arg(long)]
    no_progress: bool,
}

/// What a command does beside analysing.
pub(super) struct Task<'a> {
    /// What else is known of the recordings.
    pub know: &'a dyn Fn(&Discovery, &mut Vec<CallMetadata>),
    /// The file that `--json` prints.
    pub json_file: &'static str,
    /// Prints what is shown at the end.
    pub show: fn(&BatchSummary, &Path),
}

pub(super) fn run(args: Args, matches: &ArgMatches) -> CommandResult {
    let task = Task { know: &|_, _| {}, json_file: "batch.json", show: |summary, _| summary::print(summary) };
    run_task(&args.paths, &args.run, matches, &task)
}

pub(super) fn run_task(paths: &[PathBuf], args: &RunArgs, matches: &ArgMatches, task: &Task) -> CommandResult {
    let file = args.terminal.config.as_deref().map(ConfigFile::read).transpose()?.unwrap_or_default();
    let mut resolver = Resolver::new(matches, args.terminal.config.as_deref());
    let settings = resolver.settings(&args.analysis, &file)?;
    let options = &args.batch;
    let known = options.calls.resolve(&mut resolver, &file);
    let fail_on = resolver.pick("fail-on", options.fail_on, file.fail_on, None);
    if args.terminal.dump_config {
        for (name, value, origin) in &resolver.origins {
            println!("{name} = {value}  # {origin}");
        }
        return Ok(0);
    }
    known.check()?;

    let discovery = discover(paths, &args.out).map_err(|e| anyhow!(e))?;
    let (discovery, attached) = known.read()?.attach(discovery)?;
    if !args.terminal.quiet {
        for warning in &attached.warnings {
            eprintln!("warning: {}", printable(warning));
        }
    }
    let mut calls = attached.calls;
    (task.know)(&discovery, &mut calls);
    if args.terminal.dry_run {
        return Ok(dry_run(&discovery));
    }

    let stop = Arc::new(AtomicBool::new(false));
    let analyser = start(settings, known.isolation, paths, Arc::clone(&stop))?;
    stop_on_interrupt(Arc::clone(&stop))?;
    let run_options = RunOptions {
        jobs: known.jobs,
        fresh: options.fresh,
        show_personal_data: known.show_personal_data,
        audio: known.audio,
        language: known.language,
        csv_bom: known.csv_bom,
        settings_sha256: analyser.settings_sha256().to_owned(),
        is_added: false,
        is_joined: known.is_joined,
    };
    let progress =
        TerminalProgress::new(Style::new(args.terminal.quiet, args.terminal.verbose, args.terminal.no_progress));
    let analyse = |job: &CallJob| analyser.analyse(job);
    let ending = batch::run(&discovery, &calls, &args.out, &run_options, &analyse, &progress, &stop);
    progress.end();
    let code = batch::exit_code(ending.as_ref(), stop.load(Ordering::Relaxed), fail_on.map(Severity::from));
    match ending {
        Ok(summary) => {
            if args.terminal.json {
                print_json(&args.out, task.json_file)?;
            } else if !args.terminal.quiet {
                (task.show)(&summary, &args.out);
            }
            if summary.is_interrupted && !args.terminal.quiet {
                eprintln!("interrupted: run the same command again to go on");
            }
            Ok(code)
        }
        Err(error) => Err(failure(error)),
    }
}

/// For programs: a JSON file of the output folder on standard output.
pub(super) fn print_json(out_dir: &Path, name: &str) -> Result<(), Failure> {
    let text = std::fs::read_to_string(out_dir.join(name));
    print!("{}", text.with_context(|| format!("cannot read {name} again")).map_err(Failure::Environment)?);
    Ok(())
}

/// What analyses the calls below `paths`; what the user should know of it is told.
pub(super) fn start(
    settings: Settings,
    isolation: Isolation,
    paths: &[PathBuf],
    stop: Arc<AtomicBool>,
) -> Result<Analyser, Failure> {
    let analyser = Analyser::start(settings, isolation, &folders_of(paths), stop).map_err(|e| anyhow!(e))?;
    for warning in analyser.warnings() {
        eprintln!("callvet: {}", printable(warning));
    }
    Ok(analyser)
}

/// Paths of 4 kB each, at most: under the 2 MiB that a command line may have.
const MOST_FOLDERS: usize = 256;

/// Where recordings are read from: the folders, and those of files; links followed. None of too many for a command line: then
/// only the thread of each call is kept to its file.
fn folders_of(paths: &[PathBuf]) -> Vec<PathBuf> {
    let folder = |path: &PathBuf| {
        let path = path.canonicalize().unwrap_or_else(|_| path.clone());
        if path.is_dir() { path } else { path.parent().map(PathBuf::from).unwrap_or(path) }
    };
    let folders: std::collections::BTreeSet<PathBuf> = paths.iter().map(folder).collect();
    if folders.len() > MOST_FOLDERS { Vec::new() } else { folders.into_iter().collect() }
}

pub(super) fn failure(error: BatchError) -> Failure {
    if error.is_usage() { Failure::Usage(anyhow!(error)) } else { Failure::Environment(anyhow!(error)) }
}

fn dry_run(discovery: &Discovery) -> u8 {
    let bytes: u64 = discovery.jobs.iter().map(|job| job.bytes).sum();
    for job in &discovery.jobs {
        let second = job.second().map(|second| format!(" + {}", printable(&second.source))).unwrap_or_default();
        println!("{}{second}", printable(&job.source));
    }
    for skipped in &discovery.skipped {
        eprintln!("left out: {}: {}", printable(&skipped.source), printable(&skipped.reason));
    }
    eprintln!(
        "{} recordings, {:.1} MB; {} other files left out",
        discovery.jobs.len(),
        bytes as f64 / 1e6,
        discovery.skipped.len()
    );
    0
}

/// The first Ctrl-C ends the run after the window at hand; the second ends the program at once, which loses only the
/// calls in flight.
pub(super) fn stop_on_interrupt(stop: Arc<AtomicBool>) -> Result<(), Failure> {
    ctrlc::set_handler(move || {
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        eprintln!("stopping; press Ctrl-C again to stop at once");
    })
    .context("cannot listen for Ctrl-C")
    .map_err(Failure::Environment)
}
