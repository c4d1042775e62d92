//! Floor and SNR where voice activity errs, where noise comes in bangs, and where nothing can be observed.

use callvet::call::{CallActivity, Channels, Noise, Problem};
use callvet::metrics::measure;
use callvet::timeline::{TimeSpan, Timeline};
use callvet::units::{SampleRate, db_to_amplitude};

use crate::metrics::{gaussian, mixed, scaled, speech};

const SECONDS: f64 = 24.0;
/// 12 s of speech.
const TALK: [(f64, f64); 5] = [(1.0, 4.0), (5.5, 9.0), (11.0, 13.0), (15.0, 17.0), (19.0, 20.5)];

fn measured(rate: u32, samples: Vec<f32>, spans: &[(f64, f64)]) -> (Noise, Vec<Problem>) {
    let rate = SampleRate::new(rate).expect("a real rate");
    let channels = Channels::new(rate, vec![samples]).expect("finite samples");
    let activity = Timeline::new(spans.iter().map(|(from, to)| TimeSpan::new(*from, *to)));
    let (mut found, problems) =
        measure(&channels, &CallActivity { by_channel: vec![activity], ..CallActivity::default() }, &[0]);
    (found.remove(0).noise, problems)
}

fn rms_dbfs(samples: &[f64]) -> f64 {
    10.0 * (samples.iter().map(|s| s * s).sum::<f64>() / samples.len() as f64).log10()
}

/// Active level of the speech alone, by P.56.
fn level_dbov(rate: u32, talk: &[f64]) -> f64 {
    let hz = SampleRate::new(rate).expect("a real rate");
    let channels = Channels::new(hz, vec![mixed(&[talk])]).expect("finite samples");
    let activity = Timeline::new(TALK.iter().map(|(from, to)| TimeSpan::new(*from, *to)));
    let (found, _) = measure(&channels, &CallActivity { by_channel: vec![activity], ..CallActivity::default() }, &[0]);
    found[0].level.active_speech_level_dbov.expect("speech")
}

/// `noise` at an RMS so that the speech stands `snr_db` above it must be found as that, and as that floor.
fn check(rate: u32, noise: &[f64], snr_db: f64, heard: &[(f64, f64)], tolerance_db: (f64, f64)) {
    let talk = speech(3, rate, SECONDS, &TALK, -26.0);
    let floor_dbfs = level_dbov(rate, &talk) - snr_db;
    let noise = scaled(noise, floor_dbfs - rms_dbfs(noise));
    let (found, problems) = measured(rate, mixed(&[&talk, &noise]), heard);
    let said = format!("{snr_db} dB at {rate} Hz, floor {floor_dbfs:.1}: {found:?} {problems:?}");
    assert!((found.floor_dbfs.expect(&said) - floor_dbfs).abs() <= tolerance_db.0, "{said}");
    assert!((found.snr_db.expect(&said) - snr_db).abs() <= tolerance_db.1, "{said}");
    // Honest here as well: what is found lies within two standard deviations.
    assert!((found.snr_db.expect(&said) - snr_db).abs() <= 2.0 * found.snr_uncertainty_db.expect(&said), "{said}");
}

/// Noise with the long-term spectrum of speech: falling by 6 dB an octave from 500 Hz on.
fn speech_shaped(seed: u64, rate: u32) -> Vec<f64> {
    let keep = (-std::f64::consts::TAU * 500.0 / f64::from(rate)).exp();
    let mut state = 0.0;
    gaussian(seed, (SECONDS * f64::from(rate)) as usize)
        .into_iter()
        .map(|x| {
            state = keep * state + (1.0 - keep) * x;
            state
        })
        .collect()
}

#[test]
fn speech_shaped_noise_is_told_from_minus_5_to_30_db() {
    for rate in [8000, 16_000] {
        for snr_db in [-5.0, 0.0, 10.0, 20.0, 30.0] {
            // 0.5 dB: some 500 frames of noise; 1.5 dB: the accuracy the report promises on steady noise.
            check(rate, &speech_shaped(4, rate), snr_db, &TALK, (0.5, 1.5));
        }
    }
}

#[test]
fn words_that_voice_activity_missed_do_not_raise_the_floor() {
    let noise = gaussian(5, (SECONDS * 8000.0) as usize);
    for snr_db in [20.0, 30.0, 40.0] {
        // The third span is not found, and the fourth only in part.
        check(8000, &noise, snr_db, &[TALK[0], TALK[1], (15.0, 16.2), TALK[4]], (1.0, 1.5));
    }
}

#[test]
fn bangs_count_with_their_power_whether_somebody_speaks_or_not() {
    // A bang of 80 ms each second, half of them while somebody speaks; the rest is quiet.
    let bangs: Vec<f64> = gaussian(6, (SECONDS * 8000.0) as usize)
        .into_iter()
        .enumerate()
        .map(|(i, x)| if i % 8000 < 640 { x } else { 0.03 * x })
        .collect();
    for snr_db in [10.0, 20.0] {
        // 1.5 dB: about ten bangs are heard in pauses.
        check(8000, &bangs, snr_db, &TALK, (1.5, 2.5));
    }
}

#[test]
fn without_pauses_the_quietest_moments_stand_for_the_background() {
    let talk = speech(3, 8000, SECONDS, &TALK, -26.0);
    let noise = scaled(&gaussian(7, talk.len()), -56.0);
    let (found, problems) = measured(8000, mixed(&[&talk, &noise]), &[(0.0, SECONDS)]);
    // 3 dB: the quietest tenth of an unknown noise.
    assert!((found.floor_dbfs.expect("a guess") + 56.0).abs() <= 3.0, "{found:?}");
    assert!(found.snr_uncertainty_db.expect("with a value") >= 4.0, "{found:?}");
    assert_eq!(found.gated, None);
    assert!(problems.iter().any(|p| p.code == "no_pauses" && p.fields == ["/channels/0/noise/gated"]), "{problems:?}");
}

#[test]
fn nearly_digital_silence_between_words_is_a_gate_and_a_quiet_recording_is_none() {
    let talk = speech(3, 8000, SECONDS, &TALK, -26.0);
    // The gate closes 150 ms after each span; what is left is a step or two of 16 bits.
    let is_open = |i: usize| TALK.iter().any(|(a, b)| (a * 8000.0..(b + 0.15) * 8000.0).contains(&(i as f64)));
    let gated: Vec<f64> = gaussian(8, talk.len())
        .iter()
        .enumerate()
        .map(|(i, x)| x * db_to_amplitude(if is_open(i) { -46.0 } else { -88.0 }))
        .collect();
    let (found, problems) = measured(8000, mixed(&[&talk, &gated]), &TALK);
    assert_eq!((found.gated, found.floor_dbfs, found.snr_db), (Some(true), None, None));
    assert!(problems.iter().any(|p| p.code == "noise_gated"), "{problems:?}");
    let quiet = scaled(&gaussian(9, talk.len()), -85.0);
    let (found, _) = measured(8000, mixed(&[&scaled(&talk, -20.0), &quiet]), &TALK);
    assert_eq!(found.gated, Some(false));
    assert!((found.floor_dbfs.expect("observed") + 85.0).abs() <= 1.0, "{found:?}");
}
