//! `callvet scan`: phrases and personal data on text. No audio, no models.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::ArgMatches;
use clap::builder::BoolishValueParser;
use serde_json::json;

use super::confined::confine;
use super::options::{AnalysisArgs, ConfigFile, FailOn, Resolver, reached};
use super::phrases::warn_of_unused_lines;
use super::progress::printable;
use super::{CommandResult, EXIT_FINDINGS, EXIT_SOME_FAILED, Failure};
use crate::batch::discover::discover_texts;
use crate::call::{CallReport, Expected, Finding, json as call_json};
use crate::pipeline::{CallFailure, Scanner};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Text files (.txt .vtt .srt .csv .json) and folders of them
    #[arg(required = true, value_name = "FILE|DIR")]
    paths: Vec<PathBuf>,
    /// Print one CallReport a file as JSON Lines
    #[arg(long)]
    json: bool,
    /// Show personal data instead of [phone], [card] …
    #[arg(long, env = "CALLVET_SHOW_PERSONAL_DATA", value_parser = BoolishValueParser::new())]
    show_personal_data: bool,
    /// Exit with 1 if there are findings of this severity or worse
    #[arg(long, env = "CALLVET_FAIL_ON", value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Read options from this TOML file
    #[arg(long, env = "CALLVET_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    analysis: AnalysisArgs,
}

pub(super) fn run(args: Args, matches: &ArgMatches) -> CommandResult {
    let file = args.config.as_deref().map(ConfigFile::read).transpose()?.unwrap_or_default();
    let mut resolver = Resolver::new(matches, args.config.as_deref());
    let settings = resolver.settings(&args.analysis, &file)?;
    let fail_on = resolver.pick("fail-on", args.fail_on, file.fail_on, None);
    let show = resolver.pick("show-personal-data", Some(args.show_personal_data), file.show_personal_data, Some(false));

    let scanner = Scanner::new(&settings).map_err(|e| anyhow!(e))?;
    warn_of_unused_lines(scanner.unused_phrase_lines());
    confine(&settings, &args.paths, &[], &settings.limits, 1);
    let texts = discover_texts(&args.paths).map_err(|e| anyhow!(e))?;
    let mut out = io::stdout().lock();
    let (mut n_failed, mut has_reached) = (0_usize, false);
    for text in &texts {
        let printed = match scanner.scan(&text.path, &text.source) {
            Ok(scanned) => {
                let report = if show == Some(true) { &scanned.raw } else { &scanned.masked };
                has_reached |= report.findings.iter().any(|f| reached(f, fail_on));
                if args.json { print_json(&mut out, report) } else { print_for_people(&mut out, report) }
            }
            Err(CallFailure::Failed(error)) => {
                n_failed += 1;
                eprintln!("callvet: {}: {}", printable(&text.source), printable(&error.message));
                if args.json { writeln!(out, "{}", json!({"source": text.source, "error": error})) } else { Ok(()) }
            }
            Err(CallFailure::Stopped) => Ok(()),
        };
        match printed {
            // The reader has seen enough, e.g. `| head`.
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => return Ok(0),
            result => result.context("cannot write to standard output").map_err(Failure::Environment)?,
        }
    }
    Ok(if n_failed > 0 {
        EXIT_SOME_FAILED
    } else if has_reached {
        EXIT_FINDINGS
    } else {
        0
    })
}

fn print_json(out: &mut impl Write, report: &CallReport) -> io::Result<()> {
    writeln!(out, "{}", call_json::to_line(report)?)
}

fn print_for_people(out: &mut impl Write, report: &CallReport) -> io::Result<()> {
    let n = report.findings.len();
    let expected = if n == 0 { String::new() } else { format!(", {}", Expected::of(&report.findings).words()) };
    writeln!(out, "{}: {n} finding{}{expected}", printable(&report.recording.source), if n == 1 { "" } else { "s" })?;
    for finding in &report.findings {
        let Finding { severity, rule, quote, message, confidence, .. } = finding;
        let place = match (finding.line, finding.start_s) {
            (Some(line), _) => format!("line {line}"),
            (None, Some(start_s)) => format!("{start_s:.1} s"),
            (None, None) => "whole text".into(),
        };
        let quote = quote.as_ref().map(|q| format!(" \"{}\"", printable(q))).unwrap_or_default();
        let severity = format!("{severity:?}").to_lowercase();
        writeln!(out, "  {place:<10} {severity:<8} {rule}{quote}")?;
        writeln!(out, "             {} (confidence {confidence:.2})", printable(message))?;
    }
    Ok(())
}
