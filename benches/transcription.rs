//! What turning speech into words costs, models loaded, without reports: voice activity and transcription of each file,
//! in processor seconds of this process. `cargo bench --bench transcription -- [--whisper-cpp] FILE...` prints a JSON line
//! a file with the text of each channel; `benches/transcription.py` compares them with other programs.

use std::path::Path;

use callvet::audio::{self, DecodeLimits};
use callvet::models::{self, ModelKind};
use callvet::transcribe::whisper::{Network, Whisper};
use callvet::transcribe::{TranscribeOptions, Transcriber};
use callvet::vad::Vad;

/// User and system time of this process: hundredths of a second in the 14th and 15th field of /proc/self/stat, counted
/// from behind the name, which may hold spaces.
fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("this bench needs Linux");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |i: usize| fields[i].parse::<f64>().expect("a number");
    (ticks(11) + ticks(12)) / 100.0
}

fn main() {
    let mut files: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let n_all = files.len();
    files.retain(|a| a != "--whisper-cpp");
    let network = if files.len() < n_all { Network::WhisperCpp } else { Network::Native };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let find = |kind| models::find_in(std::slice::from_ref(&folder), None, kind).expect("the default models are there");
    let vad = Vad::load(&find(ModelKind::VoiceActivity).path).expect("whole");
    let speech = find(ModelKind::Speech);
    let whisper = Whisper::load_with(&speech.path, &speech.name, network).expect("whole");
    for file in files {
        let decoded = match audio::decode(Path::new(&file), &DecodeLimits::default()) {
            Ok(decoded) => decoded,
            Err(why) => {
                eprintln!("{file}: {why}");
                continue;
            }
        };
        let channels = decoded.channels;
        let truth = audio::channel_truth(&channels);
        let before_s = cpu_s();
        let activity = vad.activity(&channels, &truth.independent, &truth.paths).expect("the default model");
        let activity = truth.own_voices(activity);
        let heard = whisper
            .transcribe(&channels, &activity, &truth.paths, &TranscribeOptions::default())
            .expect("the default model");
        let spent_s = cpu_s() - before_s;
        let texts: Vec<String> = (0..channels.n_channels())
            .map(|channel| {
                let own = |u: &&callvet::call::Utterance| u.channel.map(usize::from) == Some(channel);
                heard.transcript.utterances.iter().filter(own).map(|u| u.text.as_str()).collect::<Vec<_>>().join(" ")
            })
            .collect();
        let line = serde_json::json!({
            "file": file,
            "audio_s": channels.duration_s(),
            "cpu_s": spent_s,
            "language": heard.transcript.language,
            "channels": texts,
        });
        println!("{line}");
    }
}
