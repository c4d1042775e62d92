//! `callvet models`: which speech models are known and here, whether they are what they should be, and how to get another.

#[cfg(feature = "fetch")]
mod fetch;

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Subcommand;
use serde_json::json;

use super::options::NetworkArgs;
use super::{CommandResult, EXIT_SOME_FAILED, Failure};
use crate::models::{self, ListedModel, ModelKind, Verified};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the models that callvet knows by name, and where each was found
    List {
        /// As one JSON array, with addresses and hashes
        #[arg(long)]
        json: bool,
    },
    /// Download models by name, go on where an earlier download broke off, check them
    #[cfg(feature = "fetch")]
    Fetch(fetch::Args),
    /// Check size and hash of the models that are here, or of FILEs
    Verify {
        /// Model files; all that are found if none is named
        files: Vec<PathBuf>,
    },
}

pub(super) fn run(
    args: &Args,
    #[cfg_attr(not(feature = "fetch"), expect(unused))] network: NetworkArgs,
) -> CommandResult {
    match &args.command {
        Command::List { json } => list(*json),
        #[cfg(feature = "fetch")]
        Command::Fetch(args) => fetch::run(args, network),
        Command::Verify { files } => verify(files),
    }
}

fn list(as_json: bool) -> CommandResult {
    let places = models::places();
    let listed = models::list_in(&places);
    let mut out = io::stdout().lock();
    if as_json {
        let models: Vec<_> = listed
            .iter()
            .map(|ListedModel { entry, path }| {
                let mut model = json!(entry);
                model["path"] = json!(path);
                model
            })
            .collect();
        writeln!(out, "{:#}", json!(models)).map_err(|e| Failure::Environment(e.into()))?;
        return Ok(0);
    }
    print_for_people(&mut out, &listed).map_err(|e| Failure::Environment(e.into()))?;
    let how = if cfg!(feature = "fetch") { " `callvet models fetch NAME` gets what is not here." } else { "" };
    eprintln!("* used by default.{how} Looked in:");
    for place in places {
        eprintln!("  {}", place.display());
    }
    Ok(0)
}

/// A line a model within 80 columns, and a line more for where it was found: a path has the length it has.
fn print_for_people(out: &mut impl Write, listed: &[ListedModel]) -> io::Result<()> {
    writeln!(out, "{:<23} {:>9}  {:<12}  {:<24}  here", "name", "size", "languages", "licence")?;
    for kind in ModelKind::ALL {
        writeln!(out, "{}", headline(kind))?;
        for ListedModel { entry, path } in listed.iter().filter(|m| m.entry.kind == kind) {
            let name = format!("{}{}", entry.name, if entry.default { " *" } else { "" });
            let size = entry.bytes.map_or("?".into(), size_for_people);
            let is_here = if path.is_some() { "yes" } else { "no" };
            writeln!(out, "{name:<23} {size:>9}  {:<12}  {:<24}  {is_here}", entry.languages, entry.licence)?;
            if let Some(path) = path {
                writeln!(out, "    {}", path.display())?;
            }
        }
    }
    Ok(())
}

fn headline(kind: ModelKind) -> &'static str {
    match kind {
        ModelKind::Speech => "Words (Whisper):",
        ModelKind::VoiceActivity => "Where somebody speaks:",
        ModelKind::PerceivedQuality => "How it sounds to listeners:",
        ModelKind::Speaker => "Whose voice it is:",
    }
}

/// `82 MB`, `1.6 GB`, as download pages print it.
fn size_for_people(bytes: u64) -> String {
    let mb = bytes as f64 / 1e6;
    match mb {
        ..0.95 => format!("{:.0} kB", mb * 1e3),
        ..10.0 => format!("{mb:.1} MB"),
        ..1000.0 => format!("{mb:.0} MB"),
        _ => format!("{:.1} GB", mb / 1e3),
    }
}

fn verify(files: &[PathBuf]) -> CommandResult {
    let known = models::list_in(&models::places());
    let checks: Vec<(PathBuf, models::ModelEntry)> = if files.is_empty() {
        known.iter().filter_map(|m| Some((m.path.clone()?, m.entry.clone()))).collect()
    } else {
        let entry_of = |file: &PathBuf| {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            known.iter().find(|m| m.entry.file == name).map(|m| (file.clone(), m.entry.clone())).ok_or_else(|| {
                anyhow!(
                    "{} is not a model that callvet knows by file name; `callvet models list` shows them",
                    file.display()
                )
            })
        };
        files.iter().map(entry_of).collect::<anyhow::Result<_>>()?
    };
    if checks.is_empty() {
        return Err(anyhow!("no model was found; `callvet doctor` says where they are looked for").into());
    }
    let mut n_different = 0;
    for (path, entry) in checks {
        let verified = models::verify(&path, &entry).with_context(|| format!("cannot verify {}", path.display()))?;
        let verdict = match verified {
            Verified::Same => {
                format!("ok: size and {} as published", if entry.sha256.is_some() { "SHA-256" } else { "SHA-1" })
            }
            Verified::Different(how) => {
                n_different += 1;
                format!("DIFFERENT: {how}")
            }
        };
        println!("{}: {verdict}", path.display());
    }
    Ok(if n_different > 0 { EXIT_SOME_FAILED } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_as_download_pages_do() {
        for (bytes, expected) in [
            (885_098, "885 kB"),
            (1_157_965, "1.2 MB"),
            (81_768_585, "82 MB"),
            (999_000_000, "999 MB"),
            (3_095_033_483, "3.1 GB"),
        ] {
            assert_eq!(size_for_people(bytes), expected);
        }
    }

    #[test]
    fn the_list_fits_a_terminal_of_80_columns() {
        let mut out = Vec::new();
        let listed = models::list_in(&[]);
        print_for_people(&mut out, &listed).expect("memory");
        let text = String::from_utf8(out).expect("text");
        assert!(text.lines().count() > listed.len());
        let long: Vec<&str> = text.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(long.is_empty(), "{long:?}");
    }
}
