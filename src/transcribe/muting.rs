//! Silencing what a party did not say before the model hears it: stretches that hold nothing but the other party's
//! leakage fade to the quiet noise of the line. Pure. Not cancellation, which leaves the party's own voice beneath the
//! other's: where both speak nothing is muted.

use crate::timeline::{TimeSpan, Timeline};

/// Samples of 20 ms at 16 kHz: blocks in which the background is measured.
const BLOCK: usize = 320;
const RATE_HZ: f64 = 16_000.0;

/// The background is the power that this share of the blocks stays below.
const BACKGROUND_SHARE: f64 = 0.1;

/// Power of 16-bit rounding: the noise is never louder than -60 dBFS, and never digital silence.
const LEAST_POWER: f64 = 1e-10;
const MOST_POWER: f64 = 1e-6;

/// Kept on both sides of own speech: soft onsets that were not found.
const KEEP_S: f64 = 0.12;

/// Shorter stretches of leakage are not worth a fade.
const LEAST_MUTED_S: f64 = 0.1;

/// Where to keep a channel's sound: everywhere but where only leakage is heard, and around own speech in any case.
pub(super) fn to_keep(leaked: &Timeline, speech: &Timeline, end_s: f64) -> Timeline {
    let own = speech.widened(KEEP_S, end_s);
    Timeline::new([TimeSpan::new(0.0, end_s)]).minus(&leaked.minus(&own).longer_than(LEAST_MUTED_S))
}

/// Replaces all of `sound` outside `keep` by noise as strong as the quietest moments of the window. `sound` is at
/// 16 kHz and begins at `start_s` of the call; the changes fade over `fade_s`, within what is muted.
pub(super) fn mute(sound: &mut [f32], start_s: f64, keep: &Timeline, fade_s: f64) {
    let end_s = start_s + sound.len() as f64 / RATE_HZ;
    // Of a call of hours only what touches the window.
    let first = keep.spans().partition_point(|s| s.end_s <= start_s);
    let near = keep.spans()[first..].iter().take_while(|s| s.start_s < end_s).copied();
    let muted = Timeline::new([TimeSpan::new(start_s, end_s)]).minus(&Timeline::new(near));
    if muted.is_empty() {
        return;
    }
    let amplitude = (background(sound).clamp(LEAST_POWER, MOST_POWER) * 3.0).sqrt();
    let fade = (fade_s.max(0.0) * RATE_HZ).max(1.0);
    // Uniform noise of a generator with a fixed seed: its power is a third of its square amplitude.
    let mut state = 1u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (f64::from(state) / f64::from(u32::MAX) * 2.0 - 1.0) * amplitude
    };
    let at = |time_s: f64| (((time_s - start_s) * RATE_HZ).round().max(0.0) as usize).min(sound.len());
    let ranges: Vec<(usize, usize)> = muted.spans().iter().map(|s| (at(s.start_s), at(s.end_s))).collect();
    let n = sound.len();
    for (first, end) in ranges {
        for (i, sample) in sound[first..end].iter_mut().enumerate() {
            // At the ends of the window there is nothing to fade from.
            let from_start = if first == 0 { f64::INFINITY } else { i as f64 + 1.0 };
            let to_end = if end == n { f64::INFINITY } else { (end - first - i) as f64 };
            let share = (from_start.min(to_end) / fade).min(1.0);
            let weight = 0.5 - 0.5 * (std::f64::consts::PI * share).cos();
            *sample = (f64::from(*sample) * (1.0 - weight) + noise() * weight) as f32;
        }
    }
}

/// Mean square of the quietest blocks; digital silence is none.
fn background(sound: &[f32]) -> f64 {
    let powers = sound.chunks_exact(BLOCK).map(|block| {
        let sum: f64 = block.iter().map(|s| f64::from(*s).powi(2)).sum();
        sum / BLOCK as f64
    });
    let mut powers: Vec<f64> = powers.filter(|power| *power > LEAST_POWER).collect();
    powers.sort_by(f64::total_cmp);
    powers.get((powers.len() as f64 * BACKGROUND_SHARE) as usize).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(spans: &[(f64, f64)]) -> Timeline {
        Timeline::new(spans.iter().map(|(a, b)| TimeSpan::new(*a, *b)))
    }

    /// Two seconds at this amplitude from 10 s on, quiet at 1e-3 in the last quarter.
    fn window() -> Vec<f32> {
        (0..32_000).map(|i| if i < 24_000 { 0.5 } else { 1e-3 } * if i % 2 == 0 { 1.0 } else { -1.0 }).collect()
    }

    fn power(sound: &[f32]) -> f64 {
        sound.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / sound.len() as f64
    }

    #[test]
    fn what_is_kept_is_untouched_and_the_rest_is_as_quiet_as_the_line() {
        let mut sound = window();
        mute(&mut sound, 10.0, &line(&[(10.5, 11.0), (11.5, 12.0)]), 0.02);
        let whole = window();
        assert_eq!((&sound[8000..16_000], &sound[24_000..]), (&whole[8000..16_000], &whole[24_000..]));
        for muted in [&sound[..7000], &sound[17_000..23_000]] {
            // 1e-6 within 10 %: a mean over 6000 random values.
            assert!((power(muted) / 1e-6 - 1.0).abs() < 0.1, "{}", power(muted));
        }
    }

    #[test]
    fn the_change_fades() {
        let mut sound = window();
        mute(&mut sound, 10.0, &line(&[(10.0, 10.5)]), 0.02);
        let steps: Vec<f32> = sound[8000..8320].iter().map(|s| s.abs()).collect();
        assert!(steps[0] > 0.49 && (0.2..0.3).contains(&steps[160]) && steps[319] < 0.01, "{steps:?}");
    }

    #[test]
    fn nothing_to_mute_and_nothing_to_hear_change_nothing() {
        let mut sound = window();
        mute(&mut sound, 10.0, &line(&[(0.0, 60.0)]), 0.02);
        assert_eq!(sound, window());
        mute(&mut [], 10.0, &line(&[]), 0.02);
        let mut silence = vec![0.0f32; 3200];
        mute(&mut silence, 0.0, &line(&[]), 0.0);
        // 16 bits know nothing below 3e-5.
        assert!(silence.iter().all(|s| s.abs() < 3e-5));
    }

    #[test]
    fn own_speech_and_what_is_near_it_is_kept() {
        let keep = to_keep(&line(&[(2.0, 5.0), (7.0, 7.2), (9.0, 9.05)]), &line(&[(1.0, 3.0), (7.2, 8.0)]), 10.0);
        let expected = line(&[(0.0, 3.12), (5.0, 10.0)]);
        assert_eq!(keep, expected);
    }
}
