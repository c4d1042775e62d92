//! `callvet doctor`: what is here, what is missing, and what to do about it.

use super::{CommandResult, EXIT_USAGE};
use crate::audio::External;
use crate::batch::worker::sandbox;
use crate::call::worker::Confinement;
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
    line(true, "speech engine", &engine());
    match External::on_path().ffmpeg() {
        Some(found) => line(true, "ffmpeg", &format!("{} at {}", found.version(), found.path().display())),
        None => println!("{:<8} ffmpeg: only needed for G.729, G.726, G.723.1, Speex, WMA and the like", "absent"),
    }
    for kind in ModelKind::ALL {
        let what = models::called(kind);
        match models::find(None, kind) {
            Ok(found) => line(true, what, &format!("{} at {}", found.name, found.path.display())),
            Err(why) if is_needed(kind) => line(false, what, &why.to_string()),
            Err(why) => println!("{:<8} {what}: {why}; calls are analysed without what it tells", "absent"),
        }
    }
    isolation();
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

/// What a recording that breaks the analysis can do. Nothing of it is needed, so nothing of it is missing.
fn isolation() {
    if models::HAS_GPU {
        println!("{:<8} isolation: calls are analysed in threads: processes would each load the model", "absent");
        return;
    }
    let memory = if cfg!(target_os = "linux") { "held to a limit of memory" } else { "without a limit of memory" };
    println!("{:<8} isolation: calls are analysed in worker processes, {memory}", "ok");
    match sandbox::probe() {
        Confinement::Full => {
            println!(
                "{:<8} landlock: workers open their recording and the models, write nothing, and have no TCP",
                "ok"
            );
        }
        Confinement::Partial => println!(
            "{:<8} landlock: this kernel keeps workers from other files, but not from all else (6.12 and newer do)",
            "partial"
        ),
        Confinement::None => println!(
            "{:<8} landlock: this kernel keeps workers from nothing; they can open what you can (Linux 5.13 and newer do)",
            "absent"
        ),
    }
}

/// Without the other models calls are still analysed, and the reports say what is missing.
fn is_needed(kind: ModelKind) -> bool {
    matches!(kind, ModelKind::Speech | ModelKind::VoiceActivity)
}

/// What the speech engine was built for.
fn engine() -> String {
    match (models::accelerators().join(", "), models::HAS_GPU) {
        (none, _) if none.is_empty() => "built for the processor alone".into(),
        (names, true) => {
            format!("built with {names}: asks for a graphics processor, and takes the processor if none is there")
        }
        (names, false) => format!("built with {names}"),
    }
}
