//! Perceived quality: the estimate equals the reference implementation's on the same sound, and says so when there is
//! nothing to rate or nothing to rate with. Values and signals: `tests/reference/dnsmos/make.py`.

use std::f64::consts::TAU;
use std::path::Path;
use std::sync::OnceLock;

use callvet::call::{CallActivity, ChannelMeasurements, Channels, Perceived, Problem};
use callvet::models::{self, FoundModel, ModelKind};
use callvet::perceived::{RATE_HZ, Rater, RaterError, Stage, WINDOW};
use callvet::timeline::{TimeSpan, Timeline};
use callvet::units::SampleRate;

fn model() -> FoundModel {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    models::find_in(&[folder], None, ModelKind::PerceivedQuality).expect("the model is committed")
}

fn rater() -> &'static Rater {
    static RATER: OnceLock<Rater> = OnceLock::new();
    RATER.get_or_init(|| Rater::load(&model()).expect("whole"))
}

// ---- The signals of make.py ----

fn seconds(n: usize) -> impl Iterator<Item = f64> {
    (0..n).map(|i| i as f64 / f64::from(RATE_HZ))
}

/// Uniform in -1..1.
fn noise(seed: u64, n: usize) -> Vec<f64> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / f64::from(1 << 23) - 1.0
    };
    (0..n).map(|_| next()).collect()
}

fn voice(n: usize) -> Vec<f64> {
    let mut phase = 0.0;
    let mut samples = Vec::with_capacity(n);
    for t in seconds(n) {
        phase += TAU * (120.0 + 20.0 * (TAU * 0.7 * t).sin()) / f64::from(RATE_HZ);
        let tone: f64 = (1..=30).map(|k| (f64::from(k) * phase).sin() / f64::from(k)).sum();
        let syllables = (TAU * 3.1 * t).sin().max(0.0).powi(2);
        samples.push(if t % 3.0 < 2.2 { 0.16 * tone * syllables } else { 0.0 });
    }
    samples
}

fn mean_square(samples: &[f64]) -> f64 {
    samples.iter().map(|s| s * s).sum::<f64>() / samples.len() as f64
}

fn with_noise(seed: u64, snr_db: f64) -> Vec<f64> {
    let (clean, hiss) = (voice(WINDOW), noise(seed, WINDOW));
    let gain = (mean_square(&clean) / mean_square(&hiss) / 10f64.powf(snr_db / 10.0)).sqrt();
    clean.iter().zip(hiss).map(|(s, n)| s + gain * n).collect()
}

fn signal(name: &str) -> Vec<f64> {
    let made = || seconds(WINDOW);
    match name {
        "voice" => voice(WINDOW),
        "voice_20_db" => with_noise(1, 20.0),
        "voice_5_db" => with_noise(2, 5.0),
        "chopped_noise" => {
            made().zip(noise(3, WINDOW)).map(|(t, n)| 0.3 * n * (TAU * 4.0 * t).sin().max(0.0)).collect()
        }
        "two_tones" => made().map(|t| 0.2 * (TAU * 440.0 * t).sin() + 0.1 * (TAU * 1250.0 * t).sin()).collect(),
        "mostly_silence" => {
            let parts = made().zip(voice(WINDOW)).zip(noise(4, WINDOW));
            parts.map(|((t, s), n)| if t > 4.0 && t < 5.5 { s } else { 0.0 } + 1e-4 * n).collect()
        }
        "clipped" => voice(WINDOW).iter().map(|s| (6.0 * s).clamp(-0.5, 0.5)).collect(),
        "short" => voice(73_600).iter().zip(noise(5, 73_600)).map(|(s, n)| s + 0.01 * n).collect(),
        _ => panic!("no signal is called {name}"),
    }
}

fn as_f32(samples: &[f64]) -> Vec<f32> {
    samples.iter().map(|s| *s as f32).collect()
}

#[test]
fn ratings_equal_those_of_the_reference_implementation() {
    let table = include_str!("../reference/dnsmos/ratings.tsv");
    let mut n_signals = 0;
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |i: usize| cells[i].parse::<f64>().expect("a number");
        let samples = signal(cells[0]);
        assert_eq!(samples.len() as f64, number(1), "{}", cells[0]);
        // 1e-5: six digits are printed. Another signal than the reference heard would not be compared with it.
        assert!((mean_square(&samples) / number(2) - 1.0).abs() < 1e-5, "{}: another signal", cells[0]);
        let rated = rater().rate_window(&as_f32(&samples)).expect("rated");
        for (found, expected) in [(rated.sig, number(3)), (rated.bak, number(4)), (rated.ovrl, number(5))] {
            // 0.01: what is promised, and the last digit a report prints.
            assert!((found - expected).abs() < 0.01, "{}: {found} and {expected}", cells[0]);
        }
        n_signals += 1;
    }
    assert!(n_signals >= 5, "only {n_signals} signals");
}

// ---- The stage ----

/// What the stage says of channels at 16 kHz in which somebody speaks in these spans.
fn measured(
    stage: &Stage,
    planes: Vec<Vec<f32>>,
    speech: Vec<Vec<(f64, f64)>>,
    independent: &[usize],
    dead: &[u16],
) -> (Vec<Perceived>, Vec<Problem>) {
    let mut into: Vec<_> = (0..planes.len()).map(|i| ChannelMeasurements::empty(i as u16)).collect();
    let channels = Channels::new(SampleRate::new(RATE_HZ).expect("in range"), planes).expect("equal lengths");
    let timeline = |spans: &Vec<(f64, f64)>| Timeline::new(spans.iter().map(|(a, b)| TimeSpan::new(*a, *b)));
    let activity = CallActivity { by_channel: speech.iter().map(timeline).collect(), ..CallActivity::default() };
    let problems = stage.measure(&channels, &activity, independent, dead, &mut into);
    (into.into_iter().map(|m| m.perceived).collect(), problems)
}

#[test]
fn a_channel_is_rated_where_its_party_speaks_and_a_copy_like_its_original() {
    // 3 s of silence before the voice: the window is found by the speech.
    let mut line = vec![0.0; 3 * RATE_HZ as usize];
    line.extend(as_f32(&signal("voice_20_db")));
    line.extend([0.0; 1600]);
    let dead = vec![0.0; line.len()];
    let stage = Stage::with(Ok(model()));
    // A span of the window's length and the resampler's margin: the window then begins where the span does.
    let speech = vec![vec![(3.0, 12.03)], vec![], vec![]];
    let (found, problems) = measured(&stage, vec![line.clone(), line, dead], speech, &[0], &[2]);
    let rated = rater().rate_window(&as_f32(&signal("voice_20_db"))).expect("rated");
    assert_eq!(found[0].n_windows, Some(1));
    for (found, expected) in [(found[0].sig, rated.sig), (found[0].bak, rated.bak), (found[0].ovrl, rated.ovrl)]
        .map(|(f, e)| (f.expect("rated"), e))
    {
        // The same samples in the same network: nothing but the order of sums may differ.
        assert!((found - expected).abs() < 1e-4, "{found} and {expected}");
    }
    assert_eq!(found[1], found[0]);
    assert_eq!(found[2], Perceived::default());
    let codes: Vec<(&str, Option<u16>)> = problems.iter().map(|p| (p.code.as_str(), p.channel)).collect();
    assert_eq!(codes, [("perceived_too_little_speech", Some(2))]);
    assert_eq!(problems[0].fields, ["/channels/2/perceived"]);
}

#[test]
fn without_the_model_every_channel_says_so_and_nothing_fails() {
    let stage = Stage::with(models::find_in(&["/nowhere".into()], None, ModelKind::PerceivedQuality));
    let line = vec![0.1; 20 * RATE_HZ as usize];
    let (found, problems) = measured(&stage, vec![line.clone(), line], vec![vec![(0.0, 20.0)]; 2], &[0, 1], &[]);
    assert_eq!(stage.sha256(), None);
    assert_eq!(found, [Perceived::default(), Perceived::default()]);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, "perceived_model_missing");
    assert_eq!(problems[0].fields, ["/channels/0/perceived", "/channels/1/perceived"]);
    for part in ["dnsmos-p835-sig_bak_ovr.onnx", "/nowhere", "CALLVET_MODELS"] {
        assert!(problems[0].message.contains(part), "{}", problems[0].message);
    }
}

#[test]
fn a_changed_model_is_refused_before_the_engine_sees_it() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut bytes = std::fs::read(model().path).expect("readable");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(dir.path().join("dnsmos-p835-sig_bak_ovr.onnx"), bytes).expect("written");
    let found = models::find_in(&[dir.path().to_owned()], None, ModelKind::PerceivedQuality).expect("it is there");
    assert!(matches!(Rater::load(&found), Err(RaterError::Different { .. })));
    let stage = Stage::with(Ok(found));
    let (_, problems) = measured(&stage, vec![vec![0.1; 1600]], vec![vec![]], &[0], &[]);
    assert_eq!((problems[0].code.as_str(), stage.sha256()), ("perceived_model_unusable", None));
}
