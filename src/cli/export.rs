//! `callvet export`: results for other programs, and clips of sound.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::builder::{BoolishValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};

use super::confined::confine;
use super::options::{FailOn, parse_time_s};
use super::progress::printable;
use super::{CommandResult, EXIT_SOME_FAILED, Failure};
use crate::batch::clips::{ClipOptions, MAX_CONTEXT_S, clips};
use crate::batch::export::{ExportError, ExportOptions, Exported, export};
use crate::call::Severity;
use crate::pipeline::Settings;
use crate::report::formats::{FORMATS, Format};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Names of the files that were written go to standard output, a line each, and what could not be exported to \
    standard error. Personal data is masked in texts and silent in clips unless --show-personal-data is given. Exit code 3: \
    a call has nothing for a format that was asked for, such as words for subtitles. What each format holds: docs/exports.md."
)]
pub(super) struct Args {
    /// Output folder of an earlier `callvet analyze`
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// What to write; may be given several times, or as a list with commas
    #[arg(long = "format", short, value_name = "FORMAT", value_parser = format_parser(), value_delimiter = ',', required_unless_present = "clips")]
    formats: Vec<Format>,
    /// Folder for the files; made if it is not there
    #[arg(long, value_name = "DIR", env = "CALLVET_OUT")]
    out: PathBuf,
    /// Cut a WAV of each finding from its recording, with clips.json and clips.csv
    #[arg(long)]
    clips: bool,
    /// Clips of findings of this severity and worse
    #[arg(long, value_name = "SEVERITY", default_value = "major", requires = "clips")]
    severity: FailOn,
    /// Sound before and after a finding, e.g. 2s, 1.5s, 0
    #[arg(long, value_name = "TIME", default_value = "2s", requires = "clips")]
    context: String,
    /// Personal data is written and heard instead of [phone], [card] … and silence
    #[arg(long, env = "CALLVET_SHOW_PERSONAL_DATA", value_parser = BoolishValueParser::new())]
    show_personal_data: bool,
    /// Begin CSV tables with a byte order mark, by which Excel knows UTF-8
    #[arg(long, env = "CALLVET_CSV_BOM", value_parser = BoolishValueParser::new())]
    csv_bom: bool,
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    let names = FORMATS.map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(names).try_map(|name| {
        let format = FORMATS.iter().find(|format| format.name == name);
        format.copied().ok_or_else(|| format!("no such format: {name}"))
    })
}

pub(super) fn run(args: &Args) -> CommandResult {
    let context_s = match args.context.as_str() {
        "0" | "0s" => 0.0,
        given => parse_time_s("--context", given)?,
    };
    if context_s > MAX_CONTEXT_S {
        return Err(anyhow!("--context must be at most {MAX_CONTEXT_S} s, got {}", args.context).into());
    }
    let mut formats: Vec<Format> = Vec::new();
    for format in &args.formats {
        if !formats.iter().any(|known| known.name == format.name) {
            formats.push(*format);
        }
    }
    let options = ExportOptions { formats, show_personal_data: args.show_personal_data, csv_bom: args.csv_bom };
    let mut exported = if options.formats.is_empty() {
        Exported::default()
    } else {
        export(&args.dir, &args.out, &options).map_err(failure)?
    };
    if args.clips {
        let options = ClipOptions {
            severity: Severity::from(args.severity),
            context_s,
            show_personal_data: args.show_personal_data,
            bom: args.csv_bom.into(),
        };
        let (report, not) = clips(&args.dir, &args.out, &options, |read| confine_to(read, args)).map_err(failure)?;
        exported.files.extend(report.clips.iter().map(|clip| clip.file.clone()));
        exported.files.extend(["clips.json".into(), "clips.csv".into()]);
        exported.not.extend(not);
    }
    for name in &exported.files {
        println!("{}", printable(name));
    }
    for not in &exported.not {
        eprintln!("callvet: {}: {}: {}", not.format, printable(&not.source), printable(&not.why));
    }
    let plural = if exported.files.len() == 1 { "" } else { "s" };
    eprintln!("exported {} file{plural} into {}", exported.files.len(), args.out.display());
    Ok(if exported.not.is_empty() { 0 } else { EXIT_SOME_FAILED })
}

/// Recordings are decoded in this process: it is kept to them and to the two folders.
fn confine_to(recordings: &[PathBuf], args: &Args) {
    let settings = Settings::default();
    let folders = [whole(&args.dir), whole(&args.out)];
    confine(&settings, recordings, &folders, &settings.limits, 1);
}

fn whole(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.into())
}

fn failure(error: ExportError) -> Failure {
    let is_usage = error.is_usage();
    let error = anyhow!(error);
    if is_usage { Failure::Usage(error) } else { Failure::Environment(error) }
}
