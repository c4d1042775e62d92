//! `callvet doctor`: what is here, what is missing, and what to do about it.

use super::{CommandResult, EXIT_USAGE};
use crate::models::{self, ModelKind, Verified};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Also read every model file through and compare its SHA-256
    #[arg(long)]
    verify: bool,
}

pub(super) fn run(args: &Args) -> CommandResult {
    let mut n_missing = 0;
    let mut line = |is_good: bool, what: &str, detail: &str| {
        n_missing += usize::from(!is_good);
        println!("{:<8} {what}: {detail}", if is_good { "ok" } else { "MISSING" });
    };

    match models::check_processor() {
        Ok(()) => line(true, "processor", "has AVX2 and FMA"),
        Err(why) => line(false, "processor", &why),
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    line(true, "cores", &format!("{cores}; --jobs defaults to that"));
    for (kind, what) in [
        (ModelKind::Speech, "speech model"),
        (ModelKind::VoiceActivity, "voice activity model"),
        (ModelKind::PerceivedQuality, "perceived quality model"),
        (ModelKind::Speaker, "speaker model"),
    ] {
        match models::find(None, kind) {
            Ok(found) => line(true, what, &format!("{} at {}", found.name, found.path.display())),
            Err(why) => line(false, what, &why.to_string()),
        }
    }
    if args.verify {
        for listed in models::list_in(&models::places()) {
            let Some(path) = listed.path else { continue };
            match models::verify(&path, &listed.entry) {
                Ok(Verified::Different(how)) => line(false, &listed.entry.name, &format!("{}: {how}", path.display())),
                Ok(_) => line(true, &listed.entry.name, "is what it should be"),
                Err(why) => line(false, &listed.entry.name, &why.to_string()),
            }
        }
    }
    println!("models are looked for in, after --model PATH:");
    for place in models::places() {
        println!("  {} {}", place.display(), if place.is_dir() { "" } else { "(not there)" });
    }
    Ok(if n_missing > 0 { EXIT_USAGE } else { 0 })
}
