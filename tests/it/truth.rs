//! The truth about the channels, on signals made from a seed with known copies and leakage.

use callvet::audio::channel_truth;
use callvet::call::{CallActivity, Channels, Layout, LayoutFlag, LayoutKind, Leakage};
use callvet::timeline::{TimeSpan, Timeline};
use callvet::units::{SampleRate, db_to_amplitude};

use crate::metrics::{gaussian, mixed, scaled, speech};

const RATE: u32 = 8000;
const LENGTH_S: f64 = 30.0;
/// Turns with half a second of double talk.
const FIRST: [(f64, f64); 3] = [(0.5, 6.0), (11.0, 16.0), (21.0, 25.0)];
const SECOND: [(f64, f64); 3] = [(5.5, 10.5), (15.5, 20.5), (25.5, 29.0)];

fn channels(planes: Vec<Vec<f32>>) -> Channels {
    Channels::new(SampleRate::new(RATE).expect("a real rate"), planes).expect("finite samples of one length")
}

fn line(seed: u64, dbfs: f64) -> Vec<f64> {
    scaled(&gaussian(seed, (LENGTH_S * f64::from(RATE)) as usize), dbfs)
}

fn delayed(samples: &[f64], gain_db: f64, delay_samples: usize) -> Vec<f64> {
    let gain = db_to_amplitude(gain_db);
    std::iter::repeat_n(0.0, delay_samples).chain(samples.iter().map(|s| s * gain)).take(samples.len()).collect()
}

fn parties() -> (Vec<f64>, Vec<f64>) {
    (speech(21, RATE, LENGTH_S, &FIRST, -26.0), speech(23, RATE, LENGTH_S, &SECOND, -30.0))
}

fn check_layout(planes: Vec<Vec<f32>>, flags: &[LayoutFlag], dead: &[u16], independent: &[usize]) {
    let n = planes.len();
    let truth = channel_truth(&channels(planes));
    let kind = [LayoutKind::Mono, LayoutKind::Stereo].get(n - 1).copied().unwrap_or(LayoutKind::Multichannel);
    let expected = Layout { kind, flags: flags.to_vec(), dead_channels: dead.to_vec(), role_confidence: None };
    assert_eq!(truth.layout, expected);
    assert_eq!(truth.independent, independent);
    if independent.len() != 2 {
        assert_eq!(truth.leakage, None);
        let told = truth.problems.iter().find(|p| p.fields.contains(&"/crosstalk/leakage".to_string()));
        let here = match independent.len() {
            0 => "here there is none".to_owned(),
            1 => "here there is 1".to_owned(),
            n => format!("here there are {n}"),
        };
        assert!(told.is_some_and(|p| p.message.ends_with(&here)), "{told:?}");
    }
}

fn leakage(planes: Vec<Vec<f32>>) -> Vec<Leakage> {
    channel_truth(&channels(planes)).leakage.expect("two independent channels")
}

#[test]
fn two_parties_are_two_channels() {
    let (a, b) = parties();
    check_layout(vec![mixed(&[&a, &line(1, -60.0)]), mixed(&[&b, &line(2, -60.0)])], &[], &[], &[0, 1]);
    check_layout(vec![mixed(&[&a, &line(1, -60.0)])], &[], &[], &[0]);
}

#[test]
fn a_copy_at_any_gain_and_polarity_is_dual_mono() {
    let (a, b) = parties();
    let both: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a + b).collect();
    for (gain_db, sign) in [(0.0, 1.0), (-12.0, 1.0), (6.0, 1.0), (0.0, -1.0), (-20.0, -1.0)] {
        let copy: Vec<f64> = delayed(&both, gain_db, 0).iter().map(|s| s * sign).collect();
        let flags: &[LayoutFlag] =
            if sign < 0.0 { &[LayoutFlag::DualMono, LayoutFlag::PolarityInverted] } else { &[LayoutFlag::DualMono] };
        check_layout(vec![mixed(&[&both]), mixed(&[&copy])], flags, &[], &[0]);
    }
}

#[test]
fn a_copy_that_was_coded_coarsely_is_still_a_copy() {
    let (a, b) = parties();
    let both: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a + b).collect();
    // Steps of 1/128: 8 bits, with noise of its own 25 dB below the speech.
    let coarse: Vec<f64> = both.iter().zip(line(3, -52.0)).map(|(s, n)| ((s + n) * 128.0).round() / 128.0).collect();
    check_layout(vec![mixed(&[&both]), mixed(&[&coarse])], &[LayoutFlag::DualMono], &[], &[0]);
}

#[test]
fn silence_a_constant_and_dither_are_dead_and_a_noisy_line_is_not() {
    let (a, _) = parties();
    let n = a.len();
    let sound = mixed(&[&a, &line(4, -60.0)]);
    // -72 dBFS: what a line makes that nobody uses.
    for dead in [vec![0.0; n], vec![0.1; n], mixed(&[&line(5, -93.0)]), mixed(&[&line(5, -72.0)])] {
        check_layout(vec![sound.clone(), dead], &[LayoutFlag::DeadChannel], &[1], &[0]);
    }
    check_layout(vec![sound, mixed(&[&line(6, -60.0)])], &[], &[], &[0, 1]);
}

#[test]
fn copies_and_dead_channels_among_eight_are_left_out() {
    let (a, b) = parties();
    let (first, second) = (mixed(&[&a, &line(7, -60.0)]), mixed(&[&b, &line(8, -60.0)]));
    let dead = vec![0.0; a.len()];
    let planes = vec![first.clone(), dead.clone(), second.clone(), first.clone(), second, dead.clone(), first, dead];
    let flags = [LayoutFlag::DualMono, LayoutFlag::DeadChannel];
    check_layout(planes, &flags, &[1, 5, 7], &[0, 2]);
}

#[test]
fn leakage_is_found_with_gain_and_delay_in_each_direction() {
    let (a, b) = parties();
    for (gain_db, delay_samples) in [(-6.0, 0), (-12.0, 64), (-20.0, 480), (-30.0, 160)] {
        let first = mixed(&[&a, &line(9, -60.0)]);
        let second = mixed(&[&b, &delayed(&a, gain_db, delay_samples), &line(10, -60.0)]);
        let found = leakage(vec![first, second]);
        assert_eq!((found[0].from, found[0].to, found[0].detected), (0, 1, Some(true)), "{gain_db} dB");
        // ±1.5 dB and ±1 ms: what the report promises.
        let (attenuation_db, delay_ms) = (found[0].attenuation_db.expect("found"), found[0].delay_ms.expect("found"));
        assert!((attenuation_db + gain_db).abs() < 1.5, "{attenuation_db} for {gain_db}");
        assert!((delay_ms - delay_samples as f64 / 8.0).abs() < 1.0, "{delay_ms} for {delay_samples}");
        assert_eq!((found[1].from, found[1].to, found[1].detected), (1, 0, Some(false)), "{gain_db} dB");
        assert_eq!((found[1].attenuation_db, found[1].delay_ms), (None, None));
    }
}

#[test]
fn leakage_is_found_under_a_louder_noise() {
    let (a, b) = parties();
    // The copy is at -56 dBFS while a party of -26 speaks, and the noise at -46.
    let first = mixed(&[&a, &line(15, -46.0)]);
    let second = mixed(&[&b, &delayed(&a, -30.0, 400), &line(16, -46.0)]);
    let found = leakage(vec![first, second]);
    assert_eq!((found[0].detected, found[1].detected), (Some(true), Some(false)));
    assert!((found[0].attenuation_db.expect("found") - 30.0).abs() < 1.5, "{found:?}");
    assert!((found[0].delay_ms.expect("found") - 50.0).abs() < 1.0, "{found:?}");
}

/// What a coder of speech does: of the waveform 70 % stay, the rest of the power is noise that follows it.
fn coded(samples: &[f64], seed: u64) -> Vec<f64> {
    let mut power = 0.0;
    samples
        .iter()
        .zip(gaussian(seed, samples.len()))
        .map(|(s, noise)| {
            // 5 ms: a subframe of such coders.
            power += (s * s - power) / 40.0;
            0.7 * s + (0.51f64 * power).sqrt() * noise
        })
        .collect()
}

fn coded_parties(gain_db: f64) -> [Vec<f64>; 2] {
    let (a, b) = parties();
    let with_leak: Vec<f64> = b.iter().zip(delayed(&a, gain_db, 160)).map(|(b, leak)| b + leak).collect();
    [coded(&a, 31), coded(&with_leak, 32)]
}

#[test]
fn a_coder_that_garbles_the_copy_does_not_make_it_weaker() {
    for gain_db in [-6.0, -12.0, -20.0] {
        let [first, second] = coded_parties(gain_db);
        let found = leakage(vec![mixed(&[&first, &line(17, -66.0)]), mixed(&[&second, &line(18, -66.0)])]);
        // By the waveform alone it would be 6 dB weaker.
        assert!((found[0].attenuation_db.expect("found") + gain_db).abs() < 1.5, "{found:?} for {gain_db}");
        assert!((found[0].delay_ms.expect("found") - 20.0).abs() < 1.0, "{found:?} for {gain_db}");
        assert_eq!(found[1].detected, Some(false));
    }
}

#[test]
fn what_is_only_leakage_is_nobodys_speech_and_double_talk_is() {
    let spans = |of: &[(f64, f64)]| Timeline::new(of.iter().map(|(a, b)| TimeSpan::new(*a, *b)));
    let (own, other) = (spans(&SECOND), spans(&FIRST));
    let [first, second] = coded_parties(-12.0);
    let truth = channel_truth(&channels(vec![mixed(&[&first, &line(19, -66.0)]), mixed(&[&second, &line(20, -66.0)])]));
    // A detector that takes the leakage for speech.
    let heard = CallActivity { by_channel: vec![other.clone(), own.union(&other)], ..CallActivity::default() };
    let kept = truth.own_voices(heard);
    assert_eq!(kept.by_channel[0], other);
    // 0.2 s at each of three edges: a pause within words that is bridged, and 20 ms of delay.
    let (lost_s, wrong_s) = (own.minus(&kept.by_channel[1]).total_s(), kept.by_channel[1].minus(&own).total_s());
    assert!(lost_s < 0.6 && wrong_s < 0.6, "{lost_s} s lost, {wrong_s} s wrong of {}", own.total_s());
}

#[test]
fn a_hum_on_both_lines_is_no_leakage() {
    let (a, b) = parties();
    let hum: Vec<f64> = (0..a.len())
        .map(|i| (1..12).map(|h| (std::f64::consts::TAU * 50.0 * f64::from(h) * i as f64 / 8000.0).sin()).sum::<f64>())
        .map(|s| s * 0.004)
        .collect();
    let found = leakage(vec![mixed(&[&a, &hum, &line(11, -60.0)]), mixed(&[&b, &hum, &line(12, -60.0)])]);
    assert_eq!(found.iter().map(|l| l.detected).collect::<Vec<_>>(), [Some(false), Some(false)]);
}

#[test]
fn a_party_who_is_never_alone_cannot_be_judged() {
    let (a, _) = parties();
    let truth = channel_truth(&channels(vec![mixed(&[&a, &line(13, -60.0)]), mixed(&[&line(14, -60.0)])]));
    let found = truth.leakage.expect("two independent channels");
    assert_eq!(found[1].detected, None);
    let problem = truth.problems.iter().find(|p| p.code == "leakage_not_judgeable").expect("says so");
    assert!(problem.fields.contains(&"/crosstalk/leakage/1/detected".to_string()));
}

#[test]
fn files_of_no_and_one_sample_are_judged_without_a_panic() {
    for n in [0, 1, 7, 100] {
        let truth = channel_truth(&channels(vec![vec![0.3; n], vec![0.3; n]]));
        assert!(truth.leakage.is_none() || !truth.problems.is_empty());
        // A click does not tell a dead line from one that had no time to sound.
        assert!(truth.layout.dead_channels.is_empty() && truth.problems.iter().any(|p| p.code == "too_short"), "{n}");
    }
}
