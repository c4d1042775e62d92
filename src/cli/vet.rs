//! `callvet vet`: the buyer's job. Vendors' folders in; a verdict on each and their comparison out. Analysing is `analyze`'s.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::ArgMatches;

use super::CommandResult;
use super::analyze::{RunArgs, Task, run_task};
use super::progress::printable;
use super::summary;
use crate::batch::{BatchSummary, Discovery, vet};
use crate::call::CallMetadata;
use crate::call::vendors::VendorsReport;
use crate::report::html::vendor_lines;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "A folder's name is its vendor's. One kind of doubt about a vendor is a note, two are for asking it, three or more \
    are a red flag; noise counts against a vendor, its absence for nobody. docs/vetting.md says how vendors are compared."
)]
pub(super) struct Args {
    /// Folders of recordings, one a vendor
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    #[command(flatten)]
    run: RunArgs,
}

pub(super) fn run(args: Args, matches: &ArgMatches) -> CommandResult {
    let names = vet::vendors_of(&args.folders).map_err(|e| anyhow!(e))?;
    let know = |discovery: &Discovery, calls: &mut Vec<CallMetadata>| {
        vet::set_vendors(discovery, calls);
        if args.run.is_quiet() {
            return;
        }
        for name in vet::without_recordings(&names, discovery) {
            eprintln!("warning: {}: no recording in this folder, so that it is not compared", printable(name));
        }
    };
    let task = Task { know: &know, json_file: vet::DATA, show };
    let code = run_task(&args.folders, &args.run, matches, &task)?;
    Ok(code)
}

/// The table of the calls says what there is; this says what it comes to.
fn show(summary: &BatchSummary, out: &Path) {
    summary::print(summary);
    println!();
    if let Some(report) = vet::read(out) {
        print!("{}", table(&report));
    }
    println!("{}", out.join(vet::PAGE).display());
}

fn table(report: &VendorsReport) -> String {
    let lines = vendor_lines(report);
    lines.iter().map(|line| format!("{}\n", printable(line))).collect()
}
