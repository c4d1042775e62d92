//! Features of the background noise, as `fit_kinds.py` reads them: one JSON line a recording, from voice activity as the
//! program finds it. `cargo run --release --example noise_features -- FOLDER > features.jsonl`

use std::path::{Path, PathBuf};

use callvet::metrics::kind_features::describe;
use callvet::models::{self, ModelKind};
use callvet::timeline::Timeline;
use callvet::vad::Vad;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let vad = Vad::load(&models::find(None, ModelKind::VoiceActivity)?.path)?;
    let folder = std::env::args().nth(1).ok_or("usage: noise_features FOLDER")?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(Path::new(&folder))?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "wav")) {
        let channels = callvet::audio::decode(file, &callvet::audio::DecodeLimits::default())?.channels;
        let activity = vad.activity(&channels, &[0], &[])?;
        let speech = activity.by_channel.first().cloned().unwrap_or_default();
        let steps: Vec<_> = describe(channels.plane(0), channels.rate(), &speech, &Timeline::default())
            .into_iter()
            .map(|step| {
                step.map(|s| serde_json::json!({"features": s.features, "loud_dbfs": s.loud_dbfs, "weight": s.weight}))
            })
            .collect();
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        println!("{}", serde_json::json!({"file": name, "steps": steps}));
    }
    Ok(())
}
