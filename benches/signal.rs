//! What the signal stages cost, each by itself: `cargo bench --bench signal`. A made call of 5 minutes, 8 kHz stereo,
//! from a seed; criterion's "elem/s" are seconds of call a second, that is, times real time on one core.
//! Not a test: it reports and requires nothing. Against other programs: `benches/compare.sh`.
//!
//! `CALLVET_BENCH_WAV` names a recording to use instead; if it does not exist, the made call is written there.

use std::hint::black_box;
use std::path::PathBuf;

use callvet::audio::{self, DecodeLimits};
use callvet::call::{CallActivity, Channels, Party, Speaker};
use callvet::dsp::{loudness, spectrum, true_peak};
use callvet::timeline::{TimeSpan, Timeline};
use callvet::units::SampleRate;
use callvet::vad::Vad;
use callvet::{conversation, metrics, models, wav};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const SECONDS: u32 = 300;
const RATE_HZ: u32 = 8000;
/// A turn of one party, then of the other, with a pause behind each.
const TURN_S: f64 = 6.0;
const SPOKEN_S: f64 = 4.5;

/// Knuth's MMIX generator: uniform in ±1.
fn white(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as f64 / f64::from(1u32 << 30) - 1.0
}

/// A buzz with a gliding pitch in syllables, in every second turn; the other party 30 dB down and 20 ms later; noise.
fn made_call() -> Channels {
    let n = (SECONDS * RATE_HZ) as usize;
    let voice = |party: usize| -> Vec<f64> {
        let mut breath = 11 + party as u64;
        let sample = |i: usize| {
            let t = i as f64 / f64::from(RATE_HZ);
            let noise = white(&mut breath);
            let is_mine = (t / TURN_S) as usize % 2 == party && t % TURN_S < SPOKEN_S;
            if !is_mine {
                return 0.0;
            }
            let turn = std::f64::consts::TAU;
            let phase = turn * (110.0 + 60.0 * party as f64) * t + 6.0 * (turn * 0.37 * t).sin();
            let buzz: f64 = (1..16).map(|h| (phase * f64::from(h)).sin() / f64::from(h)).sum();
            0.08 * (turn * 2.0 * t).sin().powi(2) * (buzz + 0.5 * noise)
        };
        (0..n).map(sample).collect()
    };
    let voices = [voice(0), voice(1)];
    let plane = |own: usize| -> Vec<f32> {
        let (mut hiss, late) = (21 + own as u64, (RATE_HZ / 50) as usize);
        let leak = |i: usize| i.checked_sub(late).map_or(0.0, |i| 0.0316 * voices[1 - own][i]);
        (0..n).map(|i| (voices[own][i] + leak(i) + 0.0017 * white(&mut hiss)) as f32).collect()
    };
    Channels::new(SampleRate::new(RATE_HZ).expect("a rate"), vec![plane(0), plane(1)]).expect("finite samples")
}

/// Keeps the compiler from leaving out what computes the value.
fn keep<T>(value: T) {
    black_box(value);
}

fn stages(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = std::env::var_os("CALLVET_BENCH_WAV").map_or(folder.path().join("call.wav"), PathBuf::from);
    if !path.exists() {
        let call = made_call();
        let planes: Vec<&[f32]> = call.planes().iter().map(Vec::as_slice).collect();
        std::fs::write(&path, wav::pcm16(&planes, call.rate()).expect("a WAV file")).expect("written");
    }
    let decode = || audio::decode(&path, &DecodeLimits::default()).expect("a recording").channels;
    let call = decode();
    let truth = audio::channel_truth(&call);
    let vad_model = models::find(None, models::ModelKind::VoiceActivity).expect("the model of models/");
    let vad = Vad::load(&vad_model.path).expect("the model loads");
    let activity = match call.n_channels() {
        // Made activity, so that the metrics' cost does not depend on what the network makes of a buzz.
        2 if std::env::var_os("CALLVET_BENCH_WAV").is_none() => {
            let n_turns = (f64::from(SECONDS) / TURN_S) as usize;
            let turns = |party: usize| {
                let starts = (party..n_turns).step_by(2).map(|turn| turn as f64 * TURN_S);
                Timeline::new(starts.map(|start| TimeSpan::new(start, start + SPOKEN_S)))
            };
            CallActivity { by_channel: vec![turns(0), turns(1)], ..CallActivity::default() }
        }
        _ => vad.activity(&call, &truth.independent, &truth.paths).expect("voice activity"),
    };
    let speakers: Vec<Speaker> = truth
        .independent
        .iter()
        .zip([Party::Agent, Party::Customer])
        .map(|(&i, party)| Speaker { id: format!("s{i}"), party, channel: u16::try_from(i).ok() })
        .collect();
    let (duration_s, rate) = (call.duration_s(), call.rate());

    let mut group = criterion.benchmark_group("signal");
    group.throughput(Throughput::Elements(duration_s as u64)).sample_size(10);
    group.bench_function("decode", |b| b.iter(decode));
    group.bench_function("channel_truth", |b| b.iter(|| audio::channel_truth(black_box(&call))));
    group.bench_function("vad", |b| b.iter(|| vad.activity(&call, &truth.independent, &truth.paths)));
    group.bench_function("metrics", |b| b.iter(|| metrics::measure(black_box(&call), &activity, &truth.independent)));
    group.bench_function("conversation", |b| {
        b.iter(|| conversation::measure(black_box(&speakers), &activity, None, duration_s));
    });
    // Parts of the metrics that are open to the outside, over all channels.
    let each = |f: &dyn Fn(&[f32])| call.planes().iter().for_each(|plane| f(plane));
    group.bench_function("loudness", |b| {
        b.iter(|| each(&|plane| keep(loudness::integrated_lufs(plane, rate))));
    });
    group.bench_function("true_peak", |b| {
        b.iter(|| each(&|plane| keep(true_peak::true_peak(plane, rate.hz()))));
    });
    group.bench_function("welch", |b| {
        b.iter(|| each(&|plane| keep(spectrum::welch(plane, f64::from(rate.hz()), 256))));
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
