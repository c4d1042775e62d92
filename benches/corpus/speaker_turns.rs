//! Who speaks when on the one channel of each recording, as `score_mono.py` reads it: one JSON line a recording.
//! `cargo run --release --example speaker_turns -- FOLDER > turns.jsonl`

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use callvet::models::{self, ModelKind};
use callvet::speakers::Stage;
use callvet::vad::Vad;
use callvet::{audio, phases};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let vad = Vad::load(&models::find(None, ModelKind::VoiceActivity)?.path)?;
    let stage = Stage::find();
    let folder = std::env::args().nth(1).ok_or("usage: speaker_turns FOLDER")?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(Path::new(&folder))?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "wav")) {
        let channels = audio::decode(file, &audio::DecodeLimits::default())?.channels;
        let truth = audio::channel_truth(&channels);
        let activity = truth.own_voices(vad.activity(&channels, &truth.independent, &truth.paths)?);
        let heard = phases::find(&channels, &activity, &truth.independent, &truth.paths);
        let begun = Instant::now();
        let stop = AtomicBool::new(false);
        let told = stage.tell(&channels, &heard.activity, &heard, &truth.layout, &truth.independent, &stop);
        let took_s = begun.elapsed().as_secs_f64();
        let voices: Vec<_> = told
            .voices
            .iter()
            .map(|v| serde_json::json!({"announcement": v.is_announcement, "spans": v.speech.spans()}))
            .collect();
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let why = told.problem.map(|p| p.message);
        println!(
            "{}",
            serde_json::json!({"file": name, "voices": voices, "confidence": told.confidence, "why": why, "took_s": took_s})
        );
    }
    Ok(())
}
