//! Measurements of a channel, on signals with a closed form or made from a seed with a known truth.

use std::f64::consts::TAU;

use callvet::call::{CallActivity, ChannelMeasurements, Channels, NoiseKind, Problem};
use callvet::metrics::measure;
use callvet::timeline::{TimeSpan, Timeline};
use callvet::units::{SampleRate, db_to_amplitude};

/// Seeded noise with an RMS of 1: sum of 12 uniform values, near enough to normal.
pub fn gaussian(seed: u64, n: usize) -> Vec<f64> {
    let mut state = seed;
    let mut uniform = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1u32 << 31)
    };
    (0..n).map(|_| (0..12).map(|_| uniform()).sum::<f64>() - 6.0).collect()
}

/// "Speech": a buzz at 120 Hz with harmonics and some noise, in syllables of 250 ms, inside the given spans.
pub fn speech(seed: u64, rate: u32, seconds: f64, spans: &[(f64, f64)], rms_dbfs: f64) -> Vec<f64> {
    let n = (seconds * f64::from(rate)) as usize;
    let breath = gaussian(seed, n);
    let pitch_hz = 100.0 + (seed % 7) as f64 * 15.0;
    let raw: Vec<f64> = (0..n)
        .map(|i| {
            let t = i as f64 / f64::from(rate);
            if !spans.iter().any(|(from, to)| t >= *from && t < *to) {
                return 0.0;
            }
            let syllable = (TAU * 2.0 * t).sin().powi(2);
            // A pitch that wanders, as voices do: a steady one would correlate with itself everywhere.
            let phase = TAU * pitch_hz * t + 6.0 * (TAU * 0.37 * t).sin();
            let buzz: f64 = (1..25).map(|h| (phase * f64::from(h)).sin() / f64::from(h)).sum();
            syllable * (buzz + 0.3 * breath[i])
        })
        .collect();
    let spoken_s: f64 = spans.iter().map(|(from, to)| to - from).sum();
    let power = raw.iter().map(|s| s * s).sum::<f64>() / (spoken_s * f64::from(rate));
    raw.iter().map(|s| s * db_to_amplitude(rms_dbfs) / power.sqrt()).collect()
}

pub fn mixed(parts: &[&[f64]]) -> Vec<f32> {
    (0..parts[0].len()).map(|i| parts.iter().map(|p| p[i]).sum::<f64>() as f32).collect()
}

pub fn scaled(samples: &[f64], dbfs: f64) -> Vec<f64> {
    samples.iter().map(|s| s * db_to_amplitude(dbfs)).collect()
}

fn measured(rate: u32, samples: Vec<f32>, spans: &[(f64, f64)]) -> (ChannelMeasurements, Vec<Problem>) {
    let rate = SampleRate::new(rate).expect("a real rate");
    let channels = Channels::new(rate, vec![samples]).expect("finite samples");
    let speech = Timeline::new(spans.iter().map(|(from, to)| TimeSpan::new(*from, *to)));
    let (mut measurements, problems) =
        measure(&channels, &CallActivity { by_channel: vec![speech], ..CallActivity::default() }, &[0]);
    (measurements.remove(0), problems)
}

fn near(found: Option<f64>, expected: f64, tolerance: f64) {
    let found = found.expect("measured");
    assert!((found - expected).abs() <= tolerance, "found {found}, expected {expected} ± {tolerance}");
}

fn sine(rate: u32, hz: f64, amplitude: f64, seconds: f64) -> Vec<f32> {
    (0..(seconds * f64::from(rate)) as usize)
        .map(|i| (amplitude * (TAU * hz * i as f64 / f64::from(rate)).sin()) as f32)
        .collect()
}

const WHOLE: [(f64, f64); 1] = [(0.0, 1000.0)];
/// 20 s with 11 s of speech and pauses between.
const TALK: [(f64, f64); 4] = [(1.0, 4.0), (5.5, 9.0), (10.5, 13.0), (15.0, 17.0)];

#[test]
fn a_full_scale_sine_has_minus_3_dbfs_and_a_square_none() {
    // 0.01 dB: the sine does not end on a whole period.
    near(measured(8000, sine(8000, 440.0, 1.0, 4.0), &WHOLE).0.level.rms_dbfs, -3.01, 0.01);
    let square: Vec<f32> = (0..32_000).map(|i| if i / 10 % 2 == 0 { 1.0 } else { -1.0 }).collect();
    let (found, _) = measured(8000, square, &WHOLE);
    near(found.level.rms_dbfs, 0.0, 1e-9);
    near(found.level.peak_dbfs, 0.0, 1e-9);
    near(found.level.dc_offset, 0.0, 1e-9);
}

#[test]
fn a_1_khz_sine_has_its_rms_as_loudness() {
    // BS.1770-4: 0 dBFS at 1 kHz in one channel reads -3.01 LKFS; 0.1 LU: EBU Tech 3341.
    near(measured(48_000, sine(48_000, 997.0, 1.0, 5.0), &WHOLE).0.level.loudness_lufs, -3.01, 0.1);
}

#[test]
fn the_true_peak_lies_between_the_samples() {
    // A quarter of the rate, 45 degrees off: samples reach only 0.707 of the peak. 0.4 dB: BS.1770-4 annex 2.
    // Faded in and out: a tone that is cut off has higher peaks at its ends.
    let fade = |i: i32| (TAU / 2.0 * f64::from(i) / 48_000.0).sin().powi(2);
    let tone = |i: i32| 0.5 * fade(i) * (TAU * (0.25 * f64::from(i) + 0.125)).sin();
    let samples: Vec<f32> = (0..48_000).map(|i| tone(i) as f32).collect();
    let (found, _) = measured(48_000, samples, &WHOLE);
    near(found.level.peak_dbfs, -9.03, 0.01);
    near(found.level.true_peak_dbtp, -6.02, 0.4);
}

#[test]
fn gain_moves_levels_and_nothing_else() {
    let talk = speech(1, 8000, 20.0, &TALK, -26.0);
    let noise = scaled(&gaussian(2, talk.len()), -50.0);
    let loud = measured(8000, mixed(&[&talk, &noise]), &TALK).0;
    let quiet = measured(8000, mixed(&[&scaled(&talk, -10.0), &scaled(&noise, -10.0)]), &TALK).0;
    // 0.01 dB: thresholds of P.56 are an octave apart, so that the interpolation differs a little.
    for (a, b) in [
        (loud.level.rms_dbfs, quiet.level.rms_dbfs),
        (loud.level.loudness_lufs, quiet.level.loudness_lufs),
        (loud.noise.floor_dbfs, quiet.noise.floor_dbfs),
    ] {
        near(a, b.expect("measured") + 10.0, 0.01);
    }
    near(loud.level.active_speech_level_dbov, quiet.level.active_speech_level_dbov.expect("speech") + 10.0, 0.1);
    near(loud.noise.snr_db, quiet.noise.snr_db.expect("speech and noise"), 0.1);
}

#[test]
fn noise_and_snr_are_those_of_the_mixture() {
    for rate in [8000, 16_000] {
        let talk = speech(3, rate, 20.0, &TALK, -26.0);
        let (clean, _) = measured(rate, mixed(&[&talk]), &TALK);
        let level = clean.level.active_speech_level_dbov.expect("speech");
        for snr_db in [0.0, 10.0, 20.0, 30.0] {
            let noise = scaled(&gaussian(4, talk.len()), level - snr_db);
            let (found, _) = measured(rate, mixed(&[&talk, &noise]), &TALK);
            // 0.3 dB: some 400 frames of noise; 1.5 dB: the accuracy the report promises on steady noise.
            near(found.noise.floor_dbfs, level - snr_db, 0.3);
            near(found.noise.snr_db, snr_db, 1.5);
            assert_eq!(found.noise.kind, Some(NoiseKind::Stationary));
            assert_eq!(found.noise.gated, Some(false));
        }
    }
}

#[test]
fn hum_is_known_by_its_harmonics() {
    let talk = speech(5, 8000, 20.0, &TALK, -26.0);
    for (mains_hz, expected) in [(50.0, Some(50.0)), (60.0, Some(60.0)), (73.0, None)] {
        // No fundamental and no 2nd to 5th harmonic: what a telephone band leaves.
        let hum: Vec<f64> = (0..talk.len())
            .map(|i| (6..16).map(|h| (TAU * mains_hz * f64::from(h) * i as f64 / 8000.0).sin()).sum::<f64>() * 0.004)
            .collect();
        let line = scaled(&gaussian(6, talk.len()), -65.0);
        let (found, _) = measured(8000, mixed(&[&talk, &hum, &line]), &TALK);
        assert_eq!(found.noise.hum_hz, expected);
        assert_eq!(found.noise.kind == Some(NoiseKind::Hum), expected.is_some());
    }
}

#[test]
fn kinds_of_noise_follow_each_other_along_the_call() {
    let rate = 8000;
    let spans: Vec<(f64, f64)> = (0..12).map(|i| (f64::from(i) * 5.0 + 1.0, f64::from(i) * 5.0 + 3.0)).collect();
    let talk = speech(16, rate, 60.0, &spans, -26.0);
    let hiss = gaussian(17, talk.len());
    // Hiss, then mains lines, then a chord that changes every half second, 20 s each, 20 dB below the speech.
    let noise: Vec<f64> = (0..talk.len())
        .map(|i| {
            let t = i as f64 / f64::from(rate);
            let lines: f64 = (2..10).map(|h| (TAU * 50.0 * f64::from(h) * t).sin()).sum();
            let root_hz = [262.0, 330.0, 294.0, 392.0][(t * 2.0) as usize % 4];
            let chord: f64 = [1.0, 1.26, 1.5].iter().map(|ratio| (TAU * root_hz * ratio * t).sin()).sum();
            match t {
                t if t < 20.0 => hiss[i],
                t if t < 40.0 => lines / 2.0,
                _ => chord / 1.2,
            }
        })
        .collect();
    let line = scaled(&gaussian(18, talk.len()), -75.0);
    let (found, _) = measured(rate, mixed(&[&talk, &scaled(&noise, -46.0), &line]), &spans);
    let segments = found.noise.segments.expect("there are pauses");
    let kinds: Vec<NoiseKind> = segments.iter().map(|s| s.kind).collect();
    assert_eq!(kinds, [NoiseKind::Stationary, NoiseKind::Hum, NoiseKind::Music], "{segments:?}");
    for (segment, (from, to)) in segments.iter().zip([(0.0, 20.0), (20.0, 40.0), (40.0, 60.0)]) {
        // 3 s: the reach of a description either way, and speech of 2 s may hide the border.
        assert!((segment.start_s - from).abs() <= 3.0 && (segment.end_s - to).abs() <= 3.0, "{segment:?}");
    }
    assert_eq!(found.noise.hum_hz, Some(50.0));
}

#[test]
fn a_gate_hides_the_noise() {
    let talk = speech(7, 8000, 20.0, &TALK, -26.0);
    let (found, problems) = measured(8000, mixed(&[&talk]), &TALK);
    assert_eq!(found.noise.gated, Some(true));
    assert_eq!((found.noise.floor_dbfs, found.noise.snr_db), (None, None));
    let gated = problems.iter().find(|p| p.code == "noise_gated").expect("says so");
    assert!(gated.fields.contains(&"/channels/0/noise/snr_db".to_string()));
    // 9 s of 20 s, less what is quiet inside the syllables.
    near(found.noise.digital_silence_ratio, 0.45, 0.03);
}

#[test]
fn flat_tops_are_clipping_also_after_gain() {
    let talk = speech(8, 16_000, 20.0, &TALK, -20.0);
    let peak = talk.iter().fold(0f64, |peak, s| peak.max(s.abs()));
    let rail = 0.6 * peak;
    let at_rail: Vec<bool> = talk.iter().map(|s| s.abs() >= rail).collect();
    let truth: usize = at_rail.chunk_by(|a, b| a == b).filter(|run| run[0] && run.len() >= 3).map(<[bool]>::len).sum();
    let truth = truth as f64 / talk.len() as f64;
    for gain_db in [0.0, -12.0] {
        let clipped: Vec<f64> = talk.iter().map(|s| s.clamp(-rail, rail)).collect();
        let (found, _) = measured(16_000, mixed(&[&scaled(&clipped, gain_db)]), &TALK);
        // 10 % of the truth: runs of two samples at the rail and a neighbour within a step.
        near(found.clipping.clipped_ratio, truth, 0.1 * truth);
    }
    assert_eq!(measured(16_000, mixed(&[&talk]), &TALK).0.clipping.clipped_ratio, Some(0.0));
}

#[test]
fn rounded_tops_and_coarse_steps_are_not_clipping() {
    let talk = speech(9, 8000, 20.0, &TALK, -20.0);
    let eight_bit: Vec<f32> = talk.iter().map(|s| ((s * 128.0).round() / 128.0) as f32).collect();
    let dtmf: Vec<f32> =
        sine(8000, 770.0, 0.4, 5.0).iter().zip(sine(8000, 1336.0, 0.4, 5.0)).map(|(a, b)| a + b).collect();
    for samples in [sine(16_000, 100.0, 1.0, 5.0), sine(48_000, 50.0, 1.0, 5.0), eight_bit, dtmf, vec![0.0; 40_000]] {
        assert_eq!(measured(8000, samples, &TALK).0.clipping.n_runs, Some(0));
    }
}

#[test]
fn holes_in_speech_are_dropouts_and_pauses_are_not() {
    let mut talk = speech(10, 8000, 20.0, &TALK, -26.0);
    talk.iter_mut().zip(gaussian(11, 160_000)).for_each(|(s, n)| *s += n * 0.001);
    // In the middle of syllables, which are loudest at odd eighths of a second.
    let holes = [(2.1, 2.16), (6.1, 6.125), (11.1, 11.3)];
    for (from, to) in holes {
        talk[(from * 8000.0) as usize..(to * 8000.0) as usize].fill(0.0);
    }
    let (found, _) = measured(8000, mixed(&[&talk]), &TALK);
    let spans = found.dropouts.spans.expect("enough speech");
    assert_eq!(spans.len(), holes.len(), "{spans:?}");
    for (span, (from, to)) in spans.iter().zip(holes) {
        // 1 ms: the wave itself may cross zero at the edge.
        assert!((span.start_s - from).abs() < 0.001 && (span.end_s - to).abs() < 0.001, "{span:?}");
    }
    // A muted pause is no dropout.
    let muted = speech(10, 8000, 20.0, &TALK, -26.0);
    assert_eq!(measured(8000, mixed(&[&muted]), &TALK).0.dropouts.n, Some(0));
}

#[test]
fn the_band_ends_where_the_speech_does() {
    // White "speech" through a steep low-pass: a sum of sines up to the edge, at random phases.
    for edge_hz in [3400.0, 5000.0] {
        let n = 16_000 * 10;
        let phases = gaussian(12, 400);
        let samples: Vec<f64> = (0..n)
            .map(|i| {
                let t = i as f64 / 16_000.0;
                if !(0.5..9.5).contains(&t) {
                    return 0.0;
                }
                let tones = (edge_hz / 25.0) as usize;
                (1..=tones).map(|k| (TAU * 25.0 * k as f64 * t + 10.0 * phases[k]).sin()).sum::<f64>() * 0.005
            })
            .collect();
        let line = scaled(&gaussian(13, n), -75.0);
        let (found, _) = measured(16_000, mixed(&[&samples, &line]), &[(0.5, 9.5)]);
        // ±150 Hz: what the report promises.
        near(found.bandwidth.edge_hz, edge_hz, 150.0);
    }
}

#[test]
fn what_cannot_be_measured_is_none_and_said() {
    let cases: [Vec<f32>; 6] =
        [vec![], vec![0.5], vec![0.0; 80_000], vec![0.25; 80_000], sine(8000, 440.0, 0.1, 0.2), vec![1e-30; 8000]];
    for samples in cases {
        let (found, problems) = measured(8000, samples, &[]);
        let value = serde_json::to_value(&found).expect("plain data");
        let explained: Vec<&String> = problems.iter().flat_map(|p| &p.fields).collect();
        let parts = ["level", "noise", "clipping", "dropouts", "bandwidth", "background_voices"];
        for part in parts {
            for (key, field) in value[part].as_object().expect("a struct") {
                let (whole, one) = (format!("/channels/0/{part}"), format!("/channels/0/{part}/{key}"));
                let channel = "/channels/0".to_string();
                let is_said = [&channel, &whole, &one].iter().any(|pointer| explained.contains(pointer));
                // No hum is an answer, not a gap.
                assert!(!field.is_null() || is_said || key == "hum_hz", "{one} is null and nobody says why");
            }
        }
        assert_eq!(found.level.active_speech_level_dbov, None);
        assert_eq!(found.noise.snr_db, None);
    }
}

#[test]
fn a_copy_is_measured_like_its_original() {
    let talk = speech(14, 8000, 20.0, &TALK, -26.0);
    let plane = mixed(&[&talk, &scaled(&gaussian(15, talk.len()), -50.0)]);
    let rate = SampleRate::new(8000).expect("a real rate");
    let channels = Channels::new(rate, vec![plane.clone(), plane]).expect("finite samples");
    let speech = Timeline::new(TALK.iter().map(|(from, to)| TimeSpan::new(*from, *to)));
    let activity = CallActivity { by_channel: vec![speech, Timeline::default()], ..CallActivity::default() };
    let (found, _) = measure(&channels, &activity, &[0]);
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].level.clone(), found[0].noise.clone()), (found[1].level.clone(), found[1].noise.clone()));
}
