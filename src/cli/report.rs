//! `callvet report`: the pages again from what an earlier analyze left.

use std::path::PathBuf;

use anyhow::anyhow;
use clap::builder::BoolishValueParser;

use super::analyze::print_json;
use super::options::{Audio, ReportLanguage};
use super::{CommandResult, Failure, summary};
use crate::batch::{AudioMode, RenderOptions, render};
use crate::report::texts::PageLanguage;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Output folder of an earlier `callvet analyze`
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Show personal data instead of [phone], [card] …
    #[arg(long, env = "CALLVET_SHOW_PERSONAL_DATA", value_parser = BoolishValueParser::new())]
    show_personal_data: bool,
    /// How the pages play recordings [default: as the last analyze had it]
    #[arg(long, env = "CALLVET_AUDIO", value_name = "HOW")]
    audio: Option<Audio>,
    /// Language of the pages [default: as the last analyze had it]
    #[arg(long, env = "CALLVET_REPORT_LANGUAGE", value_name = "LANG")]
    report_language: Option<ReportLanguage>,
    /// Begin calls.csv and findings.csv with a byte order mark, by which Excel knows UTF-8
    #[arg(long, env = "CALLVET_CSV_BOM", value_parser = BoolishValueParser::new())]
    csv_bom: bool,
    /// Print batch.json on standard output instead of the summary
    #[arg(long)]
    json: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> CommandResult {
    let options = RenderOptions {
        show_personal_data: args.show_personal_data,
        audio: args.audio.map(AudioMode::from),
        language: args.report_language.map(PageLanguage::from),
        csv_bom: args.csv_bom,
    };
    let summary = render(&args.dir, &options).map_err(|e| {
        let is_usage = e.is_usage();
        let error = anyhow!(e);
        if is_usage { Failure::Usage(error) } else { Failure::Environment(error) }
    })?;
    if args.json {
        print_json(&args.dir, "batch.json")?;
    } else if !args.quiet {
        summary::print(&summary);
    }
    if !args.quiet {
        eprintln!("rendered {} calls again", summary.totals.n_ok);
    }
    Ok(0)
}
