//! Voices told apart: the encoder hears what the original hears, two voices in turn become two, one stays one, and without a
//! model nothing is lost but that. Values and signals of the encoder: `tests/reference/speaker/make.py`.

use std::f64::consts::TAU;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use callvet::call::{CallActivity, CallPhases, Channels, Layout, LayoutKind, Phase, PhaseKind};
use callvet::models::{self, FoundModel, ModelKind};
use callvet::speakers::diarize::{CannotTell, Diarization, diarize};
use callvet::speakers::encoder::{Encoder, EncoderError, PARTIAL};
use callvet::speakers::mel::{Mel, RATE_HZ};
use callvet::speakers::{Stage, Told};
use callvet::timeline::{TimeSpan, Timeline};
use callvet::units::SampleRate;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models")
}

fn model() -> FoundModel {
    models::find_in(&[folder()], None, ModelKind::Speaker).expect("the model is committed")
}

fn encoder() -> &'static Encoder {
    static ENCODER: OnceLock<Encoder> = OnceLock::new();
    ENCODER.get_or_init(|| Encoder::load(&model()).expect("whole"))
}

// ---- The signals of make.py ----

fn made(pitch_hz: f64, formant_hz: f64) -> Vec<f32> {
    let mut phase = 0.0;
    let mut samples = Vec::with_capacity(25_600);
    for i in 0..25_600 {
        let t = f64::from(i) / f64::from(RATE_HZ);
        phase += TAU * pitch_hz * (1.0 + 0.1 * (TAU * 0.7 * t).sin()) / f64::from(RATE_HZ);
        let harmonic = |k: i32| {
            let k = f64::from(k);
            (k * phase).sin() / k * (1.0 + 4.0 * (-((k * pitch_hz - formant_hz) / 200.0).powi(2)).exp())
        };
        let tone: f64 = (1..25).map(harmonic).sum();
        let syllables = (TAU * 3.1 * t).sin().max(0.0).powi(2);
        samples.push((0.01 * tone * (0.2 + syllables)) as f32);
    }
    samples
}

fn signal(name: &str) -> Vec<f32> {
    if name == "low" { made(110.0, 600.0) } else { made(210.0, 900.0) }
}

fn mean_square(samples: &[f32]) -> f64 {
    samples.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / samples.len() as f64
}

fn rows(table: &str) -> impl Iterator<Item = (&str, Vec<f64>)> {
    table.lines().filter(|l| !l.starts_with('#')).map(|line| {
        let (name, values) = line.split_once('\t').expect("a name and values");
        (name, values.split('\t').map(|v| v.parse().expect("a number")).collect())
    })
}

#[test]
fn the_mel_spectrum_is_that_of_librosa() {
    for (name, row) in rows(include_str!("../reference/speaker/mel.tsv")) {
        let (frame, expected) = (row[0] as usize, &row[1..]);
        let samples = signal(name);
        // The reference raises the level to -30 dBFS.
        let gain = 1e-3 / mean_square(&samples);
        let found = Mel::default().frames(&samples)[frame];
        let loudest = expected.iter().copied().fold(0.0, f64::max);
        for (band, (found, expected)) in found.iter().zip(expected).enumerate() {
            let found = f64::from(*found) * gain;
            // Transforms in single precision: 1e-3 of the value, 1e-6 of the loudest band where almost nothing is.
            let limit = 1e-3 * expected + 1e-6 * loudest;
            assert!((found - expected).abs() <= limit, "{name} {frame} {band}: {found} is not {expected}");
        }
    }
}

#[test]
fn embeddings_are_those_of_the_original() {
    for (name, expected) in rows(include_str!("../reference/speaker/embeddings.tsv")) {
        let samples = signal(name);
        let frames = Mel::default().frames(&samples);
        let found = encoder().embed(&[&frames[..PARTIAL]], &[mean_square(&samples)]).expect("runs").remove(0);
        let worst = found.iter().zip(&expected).map(|(f, e)| (f64::from(*f) - e).abs()).fold(0.0, f64::max);
        // Values are up to 0.3; 1e-4: single precision through 160 steps of three layers, in another order of sums.
        assert!(found.len() == expected.len() && worst < 1e-4, "{name}: {worst}");
    }
}

// ---- Two voices ----

/// Samples at 8 kHz of a committed sentence.
fn sentence(name: &str) -> Vec<f32> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/speech").join(name);
    let mut wav = hound::WavReader::open(path).expect("committed");
    wav.samples::<i16>().map(|s| f32::from(s.expect("whole")) / 32_768.0).collect()
}

const RATE: u32 = 8000;
const PAUSE_S: f64 = 0.4;

/// Parts one after the other with pauses between them: the sound, and the span of each part.
fn joined(parts: &[&[f32]]) -> (Vec<f32>, Vec<TimeSpan>) {
    let (mut sound, mut spans) = (Vec::new(), Vec::new());
    for part in parts {
        sound.resize(sound.len() + (PAUSE_S * f64::from(RATE)) as usize, 0.0);
        let start_s = sound.len() as f64 / f64::from(RATE);
        sound.extend_from_slice(part);
        spans.push(TimeSpan::new(start_s, sound.len() as f64 / f64::from(RATE)));
    }
    (sound, spans)
}

fn told(parts: &[&[f32]]) -> (Result<Diarization, CannotTell>, Vec<TimeSpan>) {
    let (sound, spans) = joined(parts);
    let rate = SampleRate::new(RATE).expect("in range");
    let speech = Timeline::new(spans.iter().copied());
    (diarize(encoder(), &sound, rate, &speech, &AtomicBool::new(false)), spans)
}

#[test]
fn two_voices_in_turn_are_told_apart_and_each_has_its_turns() {
    let (agent, customer, card) = (sentence("agent.wav"), sentence("customer.wav"), sentence("card.wav"));
    let parts: [&[f32]; 4] = [&agent[..agent.len() / 2], &customer, &agent[agent.len() / 2..], &card];
    let (found, spans) = told(&parts);
    let found = found.expect("two voices");
    assert!(found.confidence > 0.5);
    for (i, span) in spans.iter().enumerate() {
        let own_s = found.speech(i % 2).intersection(&Timeline::new([*span])).total_s();
        // A quarter of a second at an end of a turn is a short word.
        assert!(own_s > span.duration_s() - 0.25, "turn {i}: {own_s} of {}", span.duration_s());
    }
}

#[test]
fn one_voice_is_not_split_and_too_little_speech_is_told() {
    let (customer, card) = (sentence("customer.wav"), sentence("card.wav"));
    let found = told(&[&customer, &card, &customer[..customer.len() / 2]]).0;
    assert!(matches!(found, Err(CannotTell::OneVoice { .. } | CannotTell::TooAlike { .. })), "{found:?}");
    assert!(matches!(told(&[&customer[..8000]]).0, Err(CannotTell::TooLittleSpeech { .. })));
    assert!(matches!(told(&[&vec![0.0; 80_000]]).0, Err(CannotTell::TooLittleSpeech { .. })));
}

fn tell(stage: &Stage, sound: Vec<f32>, spans: &[TimeSpan], announced: Option<TimeSpan>) -> Told {
    let channels = Channels::new(SampleRate::new(RATE).expect("in range"), vec![sound]).expect("one channel");
    let activity = CallActivity { by_channel: vec![Timeline::new(spans.iter().copied())], ..CallActivity::default() };
    let phase = |s: TimeSpan| Phase { start_s: s.start_s, end_s: s.end_s, channel: 0, kind: PhaseKind::Ivr };
    let phases = CallPhases { phases: announced.map(phase).into_iter().collect(), ..CallPhases::default() };
    let mono = Layout { kind: LayoutKind::Mono, flags: vec![], dead_channels: vec![], role_confidence: None };
    stage.tell(&channels, &activity, &phases, &mono, &[0], &AtomicBool::new(false))
}

#[test]
fn without_a_model_there_is_one_voice_and_a_note_and_an_announcement_is_a_voice_of_its_own() {
    let (agent, customer) = (sentence("agent.wav"), sentence("customer.wav"));
    let (sound, spans) = joined(&[&agent, &customer]);
    let missing = Stage::with(models::find_in(&[PathBuf::from("/nowhere")], None, ModelKind::Speaker));
    let heard = tell(&missing, sound, &spans, Some(spans[0]));
    let problem = heard.problem.expect("a reason");
    assert_eq!(
        (problem.code.as_str(), problem.fields.as_slice()),
        ("speaker_model_missing", &["/speakers".to_owned()][..])
    );
    assert!(problem.message.contains("ge2e-speaker-encoder.onnx") && !heard.is_model_used);
    let kinds: Vec<bool> = heard.voices.iter().map(|v| v.is_announcement).collect();
    assert_eq!(kinds, [false, true]);
    assert_eq!(heard.voices[0].speech, Timeline::new([spans[1]]));
}

#[test]
fn a_changed_model_file_is_refused() {
    let damaged = FoundModel { sha256: "0".repeat(64), ..model() };
    assert!(matches!(Encoder::load(&damaged), Err(EncoderError::Different { .. })));
    let stage = Stage::with(Ok(damaged));
    assert_eq!(stage.sha256(), None);
    let heard = tell(&stage, vec![0.0; 8000], &[], None);
    assert_eq!(heard.problem.map(|p| p.code), Some("speaker_model_unusable".to_owned()));
}
