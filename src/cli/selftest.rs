//! `callvet selftest`: known damage into the user's own recordings, and how well it is found.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::anyhow;

use super::analyze::{failure, stop_on_interrupt};
use super::confined::confine;
use super::progress::printable;
use super::{CommandResult, EXIT_USAGE};
use crate::batch::selftest::{self, SelftestOptions};
use crate::batch::{atomic, discover, engine, exit};
use crate::call::{SelftestReport, json};
use crate::pipeline::{Engine, Settings};
use crate::report::recovery::{ShownRow, false_alarm_lines, rows};
use crate::report::texts::Texts;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Noise, hum, babble, leakage, a neighbour's voice, clipping and dropouts of known strength are \
    mixed into copies in memory, which are measured and thrown away; your recordings are only read. The same \
    recordings and seed give the same table. With the --out of an earlier analyze, `callvet report` then shows \
    the table on its index."
)]
pub(super) struct Args {
    /// Folder of recordings (or one recording) to mix damage into
    #[arg(long, value_name = "DIR", required = true)]
    on: Vec<PathBuf>,
    /// Folder for selftest.html, selftest.csv and selftest.json; made if it is not there
    #[arg(long, value_name = "DIR", env = "CALLVET_OUT")]
    out: PathBuf,
    /// What the random choices start from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// At most this many recordings, chosen at random
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=60))]
    recordings: u32,
    /// At most this much of each recording: where most is spoken
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(20..=120))]
    seconds: u32,
    /// Print selftest.json on standard output instead of the table
    #[arg(long)]
    json: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> CommandResult {
    let discovery = discover(&args.on, &args.out).map_err(|e| anyhow!(e))?;
    let stop = Arc::new(AtomicBool::new(false));
    let settings = Settings { transcribe: false, ..Settings::default() };
    // What is written at the end has to be within reach before anything is read.
    atomic::create_folder(&args.out).map_err(|e| failure(e.into()))?;
    let n_at_once = std::thread::available_parallelism().map_or(1, usize::from);
    // Before the files that tell how many there may be are out of reach; a pool that is there already is as good.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(n_at_once).build_global();
    confine(&settings, &args.on, std::slice::from_ref(&args.out), &settings.limits, n_at_once);
    let callvet = Engine::new(settings, Arc::clone(&stop)).map_err(|e| anyhow!(e))?;
    stop_on_interrupt(Arc::clone(&stop))?;
    let options =
        SelftestOptions { seed: args.seed, n_recordings: args.recordings as usize, longest_s: f64::from(args.seconds) };
    let told = |n_done: usize, n_all: usize| {
        // Ten lines over the whole run: enough to see that it lives.
        if !args.quiet && n_done * 10 / n_all != (n_done - 1) * 10 / n_all {
            eprintln!("{n_done} of {n_all} copies measured");
        }
    };
    let report = selftest::run(&discovery.jobs, &options, &engine::measure_with(&callvet), &told, &stop);
    let Some(report) = report else {
        debug_assert!(stop.load(Ordering::Relaxed), "only an interrupt ends without a report");
        return Ok(exit::INTERRUPTED);
    };
    let page = selftest::write(&args.out, &report).map_err(failure)?;
    if args.json {
        print!("{}", json::to_text(&report).map_err(|e| anyhow!(e))?);
    } else if !args.quiet {
        print!("{}", table(&report));
        println!("{}", page.display());
    }
    if report.trials.is_empty() {
        eprintln!("callvet: nothing could be tried on these recordings; selftest.html says why");
        return Ok(EXIT_USAGE);
    }
    Ok(0)
}

fn table(report: &SelftestReport) -> String {
    let shown = rows(report, Texts::default());
    let width = |cell: fn(&ShownRow) -> &str| shown.iter().map(|row| cell(row).len()).max().unwrap_or(0).max(8);
    let (damage, number) = (width(|r| &r.damage), width(|r| &r.number));
    let mut text = format!(
        "{:<damage$}  {:<number$}  {:>8}  {:>7}  {:>7}  {:>7}\n",
        "mixed in", "measured", "found", "error", "bias", "worst"
    );
    for row in &shown {
        text += &format!(
            "{:<damage$}  {:<number$}  {:>8}  {:>7}  {:>7}  {:>7}\n",
            row.damage, row.number, row.found, row.mean_error, row.bias, row.worst
        );
    }
    let alarms = false_alarm_lines(report, Texts::default());
    if !alarms.is_empty() {
        text += "found although nobody had put it in:\n";
        alarms.iter().for_each(|line| text += &format!("  {line}\n"));
    }
    let unused = report.recordings.iter().filter(|r| r.from_s.is_none());
    for recording in unused {
        let reason = recording.left_out.first().map_or("", |l| &l.reason);
        text += &format!("left out: {}: {}\n", printable(&recording.source), printable(reason));
    }
    text
}
