//! `callvet redact`: copies with personal data masked, scanned again.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::anyhow;
use clap::{ArgMatches, ValueEnum};

use super::confined::confine;
use super::options::{AnalysisArgs, ConfigFile, Resolver};
use super::progress::printable;
use super::{CommandResult, EXIT_FINDINGS, EXIT_SOME_FAILED, Failure};
use crate::batch::redact::{RedactError, RedactedFile, Stages, is_text, run as redact};
use crate::call::CallError;
use crate::pipeline::redact::AudioMask;
use crate::pipeline::{CallFailure, CallJob, Engine, Scanner};

/// Interrupted.
const EXIT_INTERRUPTED: u8 = 130;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "kebab-case")]
enum Mask {
    /// A tone of 1 kHz at -26 dBFS.
    Tone,
    /// Digital silence.
    Silence,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each copy is scanned again after it was written. Exit code 1: the second scan still finds personal data in a \
    copy; redaction.json says where. 3: a file could not be redacted. A recogniser that misses a number the first time may \
    miss it again: copies of calls that it hears badly need a person's ears."
)]
pub(super) struct Args {
    /// Recordings and texts (.txt .vtt .srt .csv .json)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Folder for the copies and redaction.json; made if it is not there
    #[arg(long, value_name = "DIR", env = "CALLVET_OUT")]
    out: PathBuf,
    /// What is put in the place of words
    #[arg(long, value_name = "HOW", default_value = "tone", env = "CALLVET_MASK")]
    mask: Mask,
    /// Replace copies that are there already; an original is never replaced
    #[arg(long)]
    force: bool,
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
    if let Some(path) = args.files.iter().find(|path| path.is_dir()) {
        return Err(anyhow!("redact takes files, {} is a folder", path.display()).into());
    }
    let has_sound = args.files.iter().any(|path| !is_text(path));
    if has_sound && !settings.transcribe {
        return Err(
            anyhow!("without its words nobody knows what to mask in a recording: leave --no-transcribe out").into()
        );
    }
    let stop = Arc::new(AtomicBool::new(false));
    super::analyze::stop_on_interrupt(Arc::clone(&stop))?;
    // Models are loaded before anything is written, and only for recordings.
    let engine = if has_sound { Some(Engine::new(settings.clone(), stop).map_err(|e| anyhow!(e))?) } else { None };
    let scanner: OnceCell<Scanner> = OnceCell::new();
    if args.files.iter().any(|path| is_text(path)) {
        let _ = scanner.set(Scanner::new(&settings).map_err(|e| anyhow!(e))?);
    }
    let missing = || CallFailure::Failed(CallError { kind: "internal".into(), message: "not loaded".into() });
    let analyse = |job: &CallJob| engine.as_ref().ok_or_else(missing)?.analyse(job);
    let scan = |path: &Path, source: &str| scanner.get().ok_or_else(missing)?.scan(path, source);
    let mask = match args.mask {
        Mask::Tone => AudioMask::Tone,
        Mask::Silence => AudioMask::Silence,
    };
    let (limits, out) = (&settings.limits, std::slice::from_ref(&args.out));
    let ready = || confine(&settings, &args.files, out, limits, 1);
    let stages = Stages { analyse: &analyse, scan: &scan, ready: &ready };
    let report = match redact(&args.files, &args.out, mask, args.force, &stages, print_line) {
        Ok(report) => report,
        Err(RedactError::Stopped) => return Ok(EXIT_INTERRUPTED),
        Err(RedactError::Write(error)) => return Err(Failure::Environment(anyhow!(error))),
        Err(error) => return Err(anyhow!(error).into()),
    };
    Ok(if report.files.iter().any(|file| file.error.is_some()) {
        EXIT_SOME_FAILED
    } else if !report.is_clean() {
        EXIT_FINDINGS
    } else {
        0
    })
}

/// `call.wav: 3 masked (card 1, phone 2), second scan clean`
fn print_line(file: &RedactedFile) {
    let source = printable(&file.source);
    if let Some(error) = &file.error {
        eprintln!("callvet: {source}: {}", printable(&error.message));
        return;
    }
    let counted = |spans: &[crate::pipeline::redact::MaskedSpan]| {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        spans.iter().for_each(|span| *kinds.entry(&span.kind).or_default() += 1);
        let kinds: Vec<String> = kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
        if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) }
    };
    let scan = match &file.second_scan {
        Some(scan) if !scan.found.is_empty() => {
            format!("second scan FOUND {}{}", scan.found.len(), counted(&scan.found))
        }
        _ => "second scan clean".into(),
    };
    println!("{source}: {} masked{}, {scan}", file.masked.len(), counted(&file.masked));
}
