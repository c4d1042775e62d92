//! `callvet models`: which speech models are known and here, and whether they are what they should be.

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Subcommand;

use super::{CommandResult, EXIT_SOME_FAILED};
use crate::models::{self, ListedModel, Verified};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the models that callvet knows by name, and where each was found
    List,
    /// Check size and SHA-256 of the models that are here, or of FILEs
    Verify {
        /// Model files; all that are found if none is named
        files: Vec<PathBuf>,
    },
}

pub(super) fn run(args: &Args) -> CommandResult {
    match &args.command {
        Command::List => list(),
        Command::Verify { files } => verify(files),
    }
}

fn list() -> CommandResult {
    let places = models::places();
    println!("{:<18} {:<17} {:<22} file", "name", "for", "licence");
    for ListedModel { entry, path } in models::list_in(&places) {
        let kind = match entry.kind {
            models::ModelKind::Speech => "speech",
            models::ModelKind::VoiceActivity => "voice activity",
            models::ModelKind::PerceivedQuality => "perceived quality",
            models::ModelKind::Speaker => "speakers",
        };
        let found = path.map_or(format!("not here; {}", entry.url), |p| p.display().to_string());
        let name = format!("{}{}", entry.name, if entry.default { " *" } else { "" });
        println!("{name:<18} {kind:<17} {:<22} {found}", entry.licence);
    }
    eprintln!("* used by default. Looked in:");
    for place in places {
        eprintln!("  {}", place.display());
    }
    Ok(0)
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
            Verified::Same => "ok: size and SHA-256 as published".to_owned(),
            Verified::Whole { sha256 } => format!("whole; no published SHA-256 is known, it has {sha256}"),
            Verified::Different(how) => {
                n_different += 1;
                format!("DIFFERENT: {how}")
            }
        };
        println!("{}: {verdict}", path.display());
    }
    Ok(if n_different > 0 { EXIT_SOME_FAILED } else { 0 })
}
