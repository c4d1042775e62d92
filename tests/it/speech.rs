//! Voice activity and transcription with the models that come with callvet, on short synthetic lines.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use callvet::call::{CallActivity, Channels, LeakagePath, Transcript};
use callvet::models::{self, Manifest, ModelKind, Verified};
use callvet::timeline::{TimeSpan, Timeline};
use callvet::transcribe::scripted::Scripted;
use callvet::transcribe::whisper::{Network, Whisper};
use callvet::transcribe::{TranscribeError, TranscribeOptions, Transcribed, Transcriber};
use callvet::units::SampleRate;
use callvet::vad::{Vad, VadError};

const AGENT_SAYS: &str = "good morning i am calling from the energy company about your contract you must decide today";
const CUSTOMER_SAYS: &str = "thank you but i am not interested please do not call me again";
const RATE_HZ: u32 = 8000;

fn model(kind: ModelKind) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    models::find_in(&[folder], None, kind).expect("the default models are committed").path
}

fn vad() -> Vad {
    Vad::load(&model(ModelKind::VoiceActivity)).expect("whole")
}

fn whisper() -> &'static Whisper {
    static WHISPER: OnceLock<Whisper> = OnceLock::new();
    WHISPER.get_or_init(|| Whisper::load(&model(ModelKind::Speech), "base-q8_0").expect("whole"))
}

fn clip(name: &str) -> Vec<f32> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/speech").join(name);
    let mut reader = hound::WavReader::open(path).expect("it is committed");
    assert_eq!(reader.spec().sample_rate, RATE_HZ);
    reader.samples::<i16>().map(|s| f32::from(s.expect("whole")) / 32_768.0).collect()
}

fn channels(planes: Vec<Vec<f32>>) -> Channels {
    Channels::new(SampleRate::new(RATE_HZ).expect("in range"), planes).expect("equal lengths, finite")
}

/// The agent speaks first on channel 0, then the customer on channel 1. Returns the time at which the turn changes.
fn call_in_turns() -> (Vec<f32>, Vec<f32>, f64) {
    let (mut agent, line) = (clip("agent.wav"), clip("customer.wav"));
    let mut customer = vec![0.0; agent.len()];
    let turn_s = agent.len() as f64 / f64::from(RATE_HZ);
    agent.extend(vec![0.0; line.len()]);
    customer.extend(line);
    (agent, customer, turn_s)
}

/// Noise of this RMS, from a seed.
fn noise(rms: f32, n: usize) -> Vec<f32> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut uniform = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    };
    // A uniform value in ±1 has an RMS of 1/√3.
    (0..n).map(|_| uniform() * rms * 3f32.sqrt()).collect()
}

fn english() -> TranscribeOptions {
    TranscribeOptions { language: Some("en".into()), ..Default::default() }
}

/// Words of a channel in lower case without marks.
fn said(transcript: &Transcript, channel: u16) -> Vec<String> {
    transcript
        .utterances
        .iter()
        .filter(|u| u.channel == Some(channel))
        .flat_map(|u| &u.words)
        .map(|w| w.text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect())
        .collect()
}

/// Word error rate: Levenshtein distance in words over the length of the reference.
fn wer(heard: &[String], reference: &str) -> f64 {
    let reference: Vec<&str> = reference.split(' ').collect();
    let mut row: Vec<usize> = (0..=heard.len()).collect();
    for (i, expected) in reference.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, word) in heard.iter().enumerate() {
            let substituted = diagonal + usize::from(word != expected);
            let cheapest = substituted.min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], cheapest);
        }
    }
    row[heard.len()] as f64 / reference.len() as f64
}

#[test]
fn the_committed_models_are_the_published_ones() {
    let manifest = Manifest::builtin();
    for kind in [ModelKind::Speech, ModelKind::VoiceActivity, ModelKind::PerceivedQuality] {
        let verified = models::verify(&model(kind), manifest.default_of(kind)).expect("readable");
        assert_eq!(verified, Verified::Same, "{kind:?}");
    }
}

#[test]
fn a_call_in_turns_is_heard_word_for_word_each_party_in_its_channel() {
    let (agent, customer, turn_s) = call_in_turns();
    let call = channels(vec![agent, customer]);
    let activity = vad().activity(&call, &[0, 1], &[]).expect("heard");
    let Transcribed { transcript, problems } =
        whisper().transcribe(&call, &activity, &[], &TranscribeOptions::default()).expect("heard");
    assert_eq!(problems, []);
    assert_eq!((transcript.language.as_deref(), transcript.model.as_deref()), (Some("en"), Some("base-q8_0")));
    assert!(transcript.language_probability.is_some_and(|p| (0.5..=1.0).contains(&p)));
    for (channel, reference) in [(0, AGENT_SAYS), (1, CUSTOMER_SAYS)] {
        // One word in ten: clear synthetic speech, which the model hears fully; "cannot" for "can not" is allowed.
        let rate = wer(&said(&transcript, channel), reference);
        assert!(rate <= 0.1, "channel {channel}: word error rate {rate}");
    }
    let mut last_start_s = 0.0;
    for utterance in &transcript.utterances {
        let start_s = utterance.start_s.expect("sound has times");
        assert!(start_s >= last_start_s, "ordered by start");
        last_start_s = start_s;
        assert_eq!((utterance.speaker.as_ref(), utterance.language.as_deref()), (None, Some("en")));
        let channel = utterance.channel.expect("sound has channels");
        let own_turn = if channel == 0 { 0.0..=turn_s } else { turn_s..=call.duration_s() };
        let speech = &activity.by_channel[usize::from(channel)];
        let mut from_s = start_s;
        for word in &utterance.words {
            assert!(from_s <= word.start_s && word.start_s <= word.end_s, "words follow each other");
            from_s = word.end_s;
            assert!(own_turn.contains(&word.start_s) && own_turn.contains(&word.end_s));
            let inside = speech.intersection(&Timeline::new([TimeSpan::new(word.start_s, word.end_s)])).total_s();
            // 1 ms: rounding of sums of many words.
            assert!((inside - (word.end_s - word.start_s)).abs() < 1e-3, "words lie in speech");
            assert!((0.0..=1.0).contains(&word.probability));
        }
    }
}

#[test]
fn the_network_in_rust_hears_what_whisper_cpp_hears() {
    let reference = Whisper::load_with(&model(ModelKind::Speech), "base-q8_0", Network::WhisperCpp).expect("whole");
    let call = channels(vec![clip("agent.wav")]);
    let activity = vad().activity(&call, &[0], &[]).expect("heard");
    let hear = |whisper: &Whisper| {
        whisper.transcribe(&call, &activity, &[], &TranscribeOptions::default()).expect("heard").transcript
    };
    let (own, other) = (hear(whisper()), hear(&reference));
    assert_eq!(said(&own, 0), said(&other, 0));
    // The same weights, rounded to 8 bits in rows here and in blocks of 32 there.
    let probability = |t: &Transcript| t.language_probability.expect("spoken");
    assert!((probability(&own) - probability(&other)).abs() < 0.02);
    let mean = |t: &Transcript| {
        let words: Vec<f64> = t.utterances.iter().flat_map(|u| &u.words).map(|w| w.probability).collect();
        words.iter().sum::<f64>() / words.len() as f64
    };
    assert!((mean(&own) - mean(&other)).abs() < 0.05, "{} {}", mean(&own), mean(&other));
}

#[test]
fn text_does_not_depend_on_the_order_of_calls_or_on_threads() {
    let vad = vad();
    let hear = |name: &str| {
        let call = channels(vec![clip(name)]);
        let activity = vad.activity(&call, &[0], &[]).expect("heard");
        whisper().transcribe(&call, &activity, &[], &english()).expect("heard").transcript
    };
    let in_order = [hear("agent.wav"), hear("customer.wav")];
    let in_parallel = std::thread::scope(|scope| {
        ["customer.wav", "agent.wav"].map(|name| scope.spawn(move || hear(name))).map(|t| t.join().expect("no panic"))
    });
    assert_eq!([&in_parallel[1], &in_parallel[0]], [&in_order[0], &in_order[1]]);
}

/// Sound without a voice must give no activity.
fn check_no_voice(what: &str, sound: Vec<f32>) {
    let activity = vad().activity(&channels(vec![sound]), &[0], &[]).expect("heard");
    assert_eq!(activity.by_channel, [Timeline::default()], "{what}");
}

#[test]
fn sound_without_a_voice_has_no_activity() {
    let n = 8 * RATE_HZ as usize;
    let tone = |hz: &[f64]| -> Vec<f32> {
        (0..n)
            .map(|i| {
                let t = i as f64 / f64::from(RATE_HZ);
                hz.iter().map(|hz| 0.2 * (std::f64::consts::TAU * hz * t).sin()).sum::<f64>() as f32
            })
            .collect()
    };
    check_no_voice("nothing at all", Vec::new());
    check_no_voice("one sample", vec![0.5]);
    check_no_voice("digital silence", vec![0.0; n]);
    check_no_voice("faint noise", noise(0.001, n));
    check_no_voice("loud noise", noise(0.1, n));
    check_no_voice("a tone", tone(&[1000.0]));
    check_no_voice("ringback, 425 Hz", tone(&[425.0]));
    check_no_voice("a DTMF key", tone(&[770.0, 1336.0]));
    check_no_voice("hum", tone(&[50.0, 150.0, 250.0]));
}

#[test]
fn a_voice_behind_a_window_boundary_is_found_at_its_time() {
    // The detector hears 60 s at a time: put the line across the first joint, and once where none is.
    let line = clip("customer.wav");
    let at = |start_s: usize| {
        let mut sound = vec![0.0; start_s * RATE_HZ as usize];
        sound.extend(&line);
        let activity = vad().activity(&channels(vec![sound]), &[0], &[]).expect("heard");
        activity.by_channel[0]
            .spans()
            .iter()
            .map(|s| (s.start_s - start_s as f64, s.end_s - start_s as f64))
            .collect::<Vec<_>>()
    };
    let (across, within) = (at(58), at(8));
    assert_eq!(across.len(), within.len());
    for (a, b) in across.iter().zip(&within) {
        // 64 ms: two frames; the two places differ in what the detector heard before.
        assert!((a.0 - b.0).abs() < 0.064 && (a.1 - b.1).abs() < 0.064, "{across:?} {within:?}");
    }
}

#[test]
fn channels_that_are_not_independent_have_no_activity() {
    let line = clip("customer.wav");
    let activity = vad().activity(&channels(vec![line.clone(), line]), &[0], &[]).expect("heard");
    assert!(!activity.by_channel[0].is_empty() && activity.by_channel[1].is_empty());
}

#[test]
fn leakage_that_was_measured_is_not_the_partys_speech() {
    let (agent, mut customer, turn_s) = call_in_turns();
    // -10 dB, 2 ms later: as strong as a bad hybrid leaks.
    let path = LeakagePath { from: 0, to: 1, gain: 0.316, delay_samples: 16.0 };
    for i in 16..customer.len() {
        customer[i] += 0.316 * agent[i - 16];
    }
    let call = channels(vec![agent, customer]);
    let leaky = vad().activity(&call, &[0, 1], &[]).expect("heard");
    assert!(leaky.by_channel[1].spans()[0].start_s < turn_s, "without the path the agent is heard on channel 1");
    let clean = vad().activity(&call, &[0, 1], &[path]).expect("heard");
    assert!(!clean.by_channel[1].is_empty());
    assert!(clean.by_channel[1].spans()[0].start_s > turn_s, "{:?}", clean.by_channel[1]);
    // Even where the activity says otherwise, the model must not hear the agent's words on channel 1.
    let everywhere = Timeline::new([TimeSpan::new(0.0, call.duration_s())]);
    let activity = CallActivity { by_channel: vec![Timeline::default(), everywhere], ..CallActivity::default() };
    let heard = whisper().transcribe(&call, &activity, &[path], &english()).expect("heard");
    let words = said(&heard.transcript, 1);
    assert!(words.iter().all(|word| !["morning", "energy", "company", "contract"].contains(&word.as_str())));
    assert!(words.iter().any(|word| word == "interested"));
}

#[test]
fn no_activity_is_an_empty_transcript() {
    let call = channels(vec![noise(0.1, 8000), Vec::from([0.0; 8000])]);
    for by_channel in [vec![], vec![Timeline::default(); 2]] {
        let heard = whisper().transcribe(
            &call,
            &CallActivity { by_channel, ..CallActivity::default() },
            &[],
            &TranscribeOptions::default(),
        );
        let transcript = heard.expect("nothing to hear").transcript;
        assert_eq!((transcript.language, transcript.utterances), (None, vec![]));
    }
}

#[test]
fn a_moment_of_activity_is_no_crash() {
    let call = channels(vec![noise(0.01, 40)]);
    let activity =
        CallActivity { by_channel: vec![Timeline::new([TimeSpan::new(0.0, 0.005)])], ..CallActivity::default() };
    whisper().transcribe(&call, &activity, &[], &english()).expect("heard");
}

#[test]
fn a_language_that_the_model_does_not_know_is_refused_by_name() {
    let call = channels(vec![vec![0.0; 8000]]);
    let options = TranscribeOptions { language: Some("klingon".into()), ..Default::default() };
    let error = whisper().transcribe(&call, &CallActivity::default(), &[], &options).expect_err("unknown");
    assert!(matches!(&error, TranscribeError::Language(code) if code == "klingon"), "{error}");
}

#[test]
fn a_file_that_is_no_model_is_refused_before_the_engine_sees_it() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("model.bin");
    let whole = std::fs::read(model(ModelKind::Speech)).expect("readable");
    for bytes in [&b""[..], b"no model", &whole[..4096], &whole[..whole.len() - 1]] {
        std::fs::write(&path, bytes).expect("written");
        assert!(matches!(Whisper::load(&path, "x"), Err(TranscribeError::Model(_))));
        assert!(matches!(Vad::load(&path), Err(VadError::Model(_))));
    }
    assert!(matches!(Whisper::load(&dir.path().join("none.bin"), "x"), Err(TranscribeError::Model(_))));
    assert!(matches!(Whisper::load(&model(ModelKind::VoiceActivity), "x"), Err(TranscribeError::Model(_))));
}

#[test]
fn the_script_is_given_in_order_and_for_channels_that_are_there() {
    let call = channels(vec![clip("customer.wav")]);
    let line = |start_s: f64, channel: u16| callvet::call::Utterance {
        start_s: Some(start_s),
        end_s: Some(start_s + 1.0),
        channel: Some(channel),
        speaker: None,
        language: None,
        text: "yes".into(),
        confidence: None,
        words: vec![],
    };
    let script = Scripted { utterances: vec![line(5.0, 0), line(1.0, 0), line(0.0, 3)], language: None };
    let given = script.transcribe(&call, &CallActivity::default(), &[], &english()).expect("always");
    assert_eq!(given.transcript.utterances, [line(1.0, 0), line(5.0, 0)]);
    assert_eq!(given.transcript.language.as_deref(), Some("en"));
}
