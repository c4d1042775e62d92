//! Damage that is not as it was made any more: clipping turned down, resampled; holes in a line with a background of
//! its own; what a gate, a compressor and a synthetic voice do that is no damage; and clues of what a sound went through.

use std::f64::consts::TAU;

use callvet::call::{CallActivity, ChannelMeasurements, Channels};
use callvet::metrics::measure;
use callvet::timeline::{TimeSpan, Timeline};
use callvet::units::SampleRate;

use super::metrics::{gaussian, scaled, speech};

const RATE: u32 = 8000;
/// 20 s with 11 s of speech and pauses between.
const TALK: [(f64, f64); 4] = [(1.0, 4.0), (5.5, 9.0), (10.5, 13.0), (15.0, 17.0)];

fn measured(rate: u32, samples: &[f64]) -> ChannelMeasurements {
    let rate = SampleRate::new(rate).expect("a real rate");
    let plane = samples.iter().map(|&s| s as f32).collect();
    let channels = Channels::new(rate, vec![plane]).expect("finite samples");
    let speech = Timeline::new(TALK.iter().map(|(from, to)| TimeSpan::new(*from, *to)));
    measure(&channels, &CallActivity { by_channel: vec![speech], ..CallActivity::default() }, &[0]).0.remove(0)
}

/// Speech whose loudness differs from syllable to syllable, as natural speech does.
fn lively(seed: u64) -> Vec<f64> {
    let accents = gaussian(seed + 100, 80);
    let talk = speech(seed, RATE, 20.0, &TALK, -24.0);
    talk.iter().enumerate().map(|(i, s)| s * 10f64.powf(accents[i / 2000] * 4.0 / 20.0)).collect()
}

fn plus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

/// Twice the rate: zeros put between, then a windowed sinc of 33 taps.
fn upsampled(samples: &[f64]) -> Vec<f64> {
    let tap = |k: i64| {
        let x = k as f64 / 2.0;
        let sinc = if k == 0 { 1.0 } else { (TAU / 2.0 * x).sin() / (TAU / 2.0 * x) };
        sinc * (0.5 + 0.5 * (TAU / 2.0 * k as f64 / 17.0).cos())
    };
    (0..2 * samples.len() as i64)
        .map(|i| {
            (-16..=16)
                .filter(|k| (i - k) % 2 == 0)
                .filter_map(|k| Some(tap(k) * samples.get(usize::try_from((i - k) / 2).ok()?)?))
                .sum()
        })
        .collect()
}

#[test]
fn clipping_is_found_after_resampling_and_not_invented_by_it() {
    let talk = lively(1);
    let mut levels: Vec<f64> = talk.iter().map(|s| s.abs()).collect();
    levels.sort_by(f64::total_cmp);
    // 2 % of the samples are at the rail or beyond.
    let rail = levels[levels.len() * 98 / 100];
    let clipped: Vec<f64> = talk.iter().map(|s| s.clamp(-rail, rail)).collect();
    let found = measured(2 * RATE, &scaled(&upsampled(&clipped), -6.0)).clipping;
    let ratio = found.clipped_ratio.expect("measured");
    // Factor 3: natural tops among those of the pile, and what is counted flat after smearing.
    assert!((0.02 / 3.0..0.06).contains(&ratio), "{ratio}");
    assert!(!found.spans.expect("measured").is_empty());
    assert_eq!(measured(2 * RATE, &upsampled(&talk)).clipping.clipped_ratio, Some(0.0));
}

#[test]
fn a_compressor_does_not_clip() {
    let talk = lively(2);
    // The gain follows the mean of 20 ms, slower than the wave: even levels, round tops.
    let even: Vec<f64> = talk
        .chunks(160)
        .flat_map(|part| {
            let level = (part.iter().map(|s| s * s).sum::<f64>() / part.len() as f64).sqrt();
            part.iter().map(move |s| s * 0.1 / level.max(0.02)).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(measured(RATE, &even).clipping.clipped_ratio, Some(0.0));
}

fn check_holes(samples: &[f64], expected: &[(f64, f64)]) {
    let spans = measured(RATE, samples).dropouts.spans.expect("enough speech");
    assert_eq!(spans.len(), expected.len(), "{spans:?}");
    for (span, (from, to)) in spans.iter().zip(expected) {
        // 2 ms: two blocks of movement.
        assert!((span.start_s - from).abs() <= 0.002 && (span.end_s - to).abs() <= 0.002, "{span:?}");
    }
}

fn with_holes(samples: &[f64], holes: &[(f64, f64)], rest: f64) -> Vec<f64> {
    let mut samples = samples.to_vec();
    for (from, to) in holes {
        samples[(from * f64::from(RATE)) as usize..(to * f64::from(RATE)) as usize].fill(rest);
    }
    samples
}

#[test]
fn a_hole_is_quieter_than_the_line_ever_is() {
    let line = scaled(&gaussian(3, 160_000), -60.0);
    let talk = plus(&lively(3), &line);
    let holes = [(2.1, 2.13), (4.2, 4.26), (11.1, 11.5)];
    // Zero, and the constant that A-law has for it.
    for rest in [0.0, 8.0 / 32_768.0] {
        check_holes(&with_holes(&talk, &holes, rest), &holes);
    }
    check_holes(&talk, &[]);
    // 15 ms are no dropout, 3 s are a mute button.
    check_holes(&with_holes(&talk, &[(2.1, 2.115), (7.0, 10.0)], 0.0), &[]);
}

#[test]
fn edges_of_a_hole_are_steep_where_the_line_has_a_background_in_it() {
    let line = scaled(&gaussian(4, 160_000), -72.0);
    let holes = [(2.1, 2.16), (11.1, 11.3)];
    check_holes(&plus(&with_holes(&lively(4), &holes, 0.0), &line), &holes);
}

#[test]
fn a_gate_and_the_closures_of_a_synthetic_voice_are_no_dropouts() {
    let line = scaled(&gaussian(5, 160_000), -60.0);
    let talk = plus(&lively(5), &line);
    // A gate: 10 ms under -45 dBFS are silenced.
    let gated: Vec<f64> = talk
        .chunks(80)
        .flat_map(|part| {
            let is_open = part.iter().map(|s| s * s).sum::<f64>() / part.len() as f64 > 10f64.powf(-4.5);
            part.iter().map(move |s| if is_open { *s } else { 0.0 }).collect::<Vec<_>>()
        })
        .collect();
    check_holes(&gated, &[]);
    // Closures of 12 to 60 ms, cut in at syllables.
    let closures: Vec<(f64, f64)> = (0..10)
        .map(|i| 1.1 + 0.25 * f64::from(i))
        .zip([0.012, 0.03, 0.06, 0.015, 0.04].into_iter().cycle())
        .map(|(at, s)| (at, at + s))
        .collect();
    check_holes(&with_holes(&lively(6), &closures, 0.0), &[]);
}

/// A sample on the grid of µ-law or A-law, ITU-T G.711: eight segments of 16 steps, each twice as wide as the last
/// (A-law: the first two are alike).
fn companded(sample: f64, is_mu: bool) -> f64 {
    let value = (sample * 32_768.0).abs();
    let mut grid: Vec<f64> = Vec::new();
    for segment in 0..8i32 {
        for step in 0..16 {
            let step = f64::from(step);
            grid.push(if is_mu {
                ((2.0 * step + 33.0) * 2f64.powi(segment) - 33.0) * 4.0
            } else if segment == 0 {
                16.0 * step + 8.0
            } else {
                (16.0 * step + 264.0) * 2f64.powi(segment - 1)
            });
        }
    }
    let nearest =
        grid.iter().copied().min_by(|a, b| (a - value).abs().total_cmp(&(b - value).abs())).expect("128 values");
    nearest.copysign(sample) / 32_768.0
}

fn in_16_bits(samples: &[f64]) -> Vec<f64> {
    samples.iter().map(|s| (s * 32_768.0).round() / 32_768.0).collect()
}

fn check_clues(rate: u32, samples: &[f64], expected: &[&str]) {
    let clues = measured(rate, &in_16_bits(samples)).bandwidth.clues.expect("enough sound");
    assert_eq!(clues.len(), expected.len(), "{clues:?}");
    for (clue, word) in clues.iter().zip(expected) {
        assert!(clue.contains(word), "{clue}");
    }
}

#[test]
fn clues_name_what_a_sound_went_through() {
    let talk = plus(&lively(7), &scaled(&gaussian(7, 160_000), -60.0));
    check_clues(RATE, &talk, &[]);
    for (is_mu, law) in [(true, "µ-law"), (false, "A-law")] {
        let coded: Vec<f64> = talk.iter().map(|&s| companded(s, is_mu)).collect();
        check_clues(RATE, &coded, &[law]);
        check_clues(RATE, &scaled(&coded, -7.3), &[law]);
    }
    let eight_bit: Vec<f64> = talk.iter().map(|s| (s * 128.0).round() / 128.0).collect();
    check_clues(RATE, &eight_bit, &["8-bit"]);
    check_clues(2 * RATE, &upsampled(&talk), &["resampled from 8 kHz"]);
}

#[test]
fn odd_rates_and_lengths_are_measured_or_said_not_to_be() {
    for rate in [1, 7, 100, 500, 192_000] {
        let n = (rate as usize * 20).min(400_000);
        let found = measured(rate, &scaled(&gaussian(8, n), -20.0));
        assert!(found.clipping.clipped_ratio.is_some_and(|ratio| (0.0..=1.0).contains(&ratio)));
        assert!(found.bandwidth.edge_hz.is_none_or(|hz| hz <= f64::from(rate) / 2.0));
    }
}
