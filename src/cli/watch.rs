//! `callvet watch`: analyses recordings as they arrive.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::{Context, anyhow};
use clap::ArgMatches;

use super::analyze::{failure, start, stop_on_interrupt};
use super::known::{CallArgs, Read};
use super::options::{AnalysisArgs, ConfigFile, Resolver, parse_time_s};
use super::progress::{Style, TerminalProgress, printable};
use super::{CommandResult, Failure};
use crate::batch::paths::Stamp;
use crate::batch::watch::{self, WatchEvent, WatchOptions};
use crate::batch::{self, RunOptions};
use crate::pipeline::CallJob;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "A recording is analysed when its size and times have not changed for --settle; names of unfinished files (.part, \
    .tmp, .crdownload …) are passed over. Ctrl-C ends the watch after the calls in flight, a second one at once; started again \
    it goes on where it was. Recordings that leave the folder stay on the pages: callvet purge removes them by age."
)]
pub(super) struct Args {
    /// Folder into which recordings come
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Folder for the reports; made if it is not there
    #[arg(long, value_name = "DIR", env = "CALLVET_OUT")]
    out: PathBuf,
    /// A recording that has not changed for so long is complete: longer than your recorder's pauses between writes
    #[arg(long, value_name = "TIME", env = "CALLVET_SETTLE", default_value = "10s")]
    settle: String,
    /// Between two looks at the folder
    #[arg(long, value_name = "TIME", env = "CALLVET_INTERVAL", default_value = "2s")]
    interval: String,
    #[command(flatten)]
    analysis: AnalysisArgs,
    #[command(flatten, next_help_heading = "What is known of the calls, and how they are run")]
    calls: CallArgs,
    /// Read options from this TOML file; flags and CALLVET_* variables win over it
    #[arg(long, env = "CALLVET_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print nothing but errors
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(args: Args, matches: &ArgMatches) -> CommandResult {
    let file = args.config.as_deref().map(ConfigFile::read).transpose()?.unwrap_or_default();
    let mut resolver = Resolver::new(matches, args.config.as_deref());
    let settings = resolver.settings(&args.analysis, &file)?;
    let known = args.calls.resolve(&mut resolver, &file);
    known.check()?;
    let time = |option: &str, text: &str| {
        let time = Duration::try_from_secs_f64(parse_time_s(option, text)?);
        time.with_context(|| format!("{option} is too long: {text}"))
    };
    let options =
        WatchOptions { settle: time("--settle", &args.settle)?, interval: time("--interval", &args.interval)? };
    check_folders(&args)?;
    // The stamp first: what changes while it is read, or while the models load, is read again.
    let mut table = Table { read: stamp_of(known.metadata_path()), told: None };
    let mut read = known.read()?;

    // Only the watch is told to stop: the calls in flight are finished.
    let stop = Arc::new(AtomicBool::new(false));
    let analyser = start(settings, known.isolation, std::slice::from_ref(&args.dir), Arc::default())?;
    stop_on_interrupt(Arc::clone(&stop))?;
    let run_options = RunOptions {
        jobs: known.jobs,
        show_personal_data: known.show_personal_data,
        audio: known.audio,
        language: known.language,
        csv_bom: known.csv_bom,
        settings_sha256: analyser.settings_sha256().to_owned(),
        is_joined: known.is_joined,
        ..RunOptions::default()
    };
    let is_quiet = args.quiet;
    let progress = TerminalProgress::new(Style::new(is_quiet, true, true));
    let analyse = |job: &CallJob| analyser.analyse(job);
    let mut prepare = |discovery| {
        if let Some(stamp) = table.change(known.metadata_path()) {
            match known.read() {
                Ok(now) => {
                    read = now;
                    (table.read, table.told) = (Some(stamp), None);
                }
                // Maybe half written: what was known before is as good until it is whole. It is read again at every
                // look, since what a network share cannot give now it may give later.
                Err(error) if table.told != Some(stamp) => {
                    table.told = Some(stamp);
                    eprintln!("warning: {}", printable(&error.to_string()));
                }
                Err(_) => {}
            }
        }
        attach(&read, discovery)
    };
    let tell = |event: &WatchEvent| match event {
        WatchEvent::Unreadable(reason) => {
            eprintln!("callvet: {}; looking again until it can be read", printable(reason))
        }
        WatchEvent::Busy => eprintln!("callvet: another callvet is working on {}: waiting", args.out.display()),
        WatchEvent::Pass(summary) if !is_quiet => eprintln!(
            "{} calls on the pages, {} of them failed: {}",
            summary.totals.n_calls,
            summary.totals.n_failed,
            summary.index.display()
        ),
        WatchEvent::Pass(_) => {}
    };
    if !is_quiet {
        eprintln!("watching {}; Ctrl-C ends after the calls in flight", args.dir.display());
    }
    let ending =
        watch::run((&args.dir, &args.out), (&options, &run_options), &mut prepare, &analyse, &progress, &tell, &stop);
    progress.end();
    ending.map_err(failure)?;
    Ok(0)
}

fn check_folders(args: &Args) -> Result<(), Failure> {
    let dir = std::fs::canonicalize(&args.dir).with_context(|| format!("{}", args.dir.display()))?;
    if !dir.is_dir() {
        return Err(anyhow!("{}: watch takes a folder", args.dir.display()).into());
    }
    if std::fs::canonicalize(&args.out).is_ok_and(|out| dir.starts_with(out)) {
        return Err(anyhow!("{} is in the output folder, whose files are never analysed", args.dir.display()).into());
    }
    Ok(())
}

fn attach(
    read: &Read,
    discovery: batch::Discovery,
) -> Result<(batch::Discovery, Vec<crate::call::CallMetadata>), String> {
    // Warnings of lines that fit no recording are not told: those recordings may still come.
    read.attach(discovery).map(|(discovery, attached)| (discovery, attached.calls)).map_err(|e| e.to_string())
}

/// The metadata as they were.
struct Table {
    /// … when they were last read.
    read: Option<Stamp>,
    /// … when it was last told that they cannot be.
    told: Option<Stamp>,
}

impl Table {
    /// The stamp of a table that is another than the one that was read.
    fn change(&self, path: Option<&std::path::Path>) -> Option<Stamp> {
        stamp_of(path).filter(|now| self.read != Some(*now))
    }
}

fn stamp_of(path: Option<&std::path::Path>) -> Option<Stamp> {
    path.and_then(|path| Stamp::of(path).ok())
}
