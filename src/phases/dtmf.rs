//! Keyed digits: pairs of frequencies after ITU-T Q.23, accepted after Q.24. Only when a key was pressed is kept, never
//! which one: what callers key in are card numbers and birthdays.
//!
//! What fools it: a voice that is heard together with the key hides it; a synthesizer that plays one of the 16 pairs alone.

use super::bursts;
use crate::dsp::spectrum::PowerSpectrum;
use crate::timeline::TimeSpan;
use crate::units::SampleRate;

/// The shortest key of Q.24 is 40 ms; a frame that fits in it, and parts the rows, which are 73 Hz apart.
const FRAME_S: f64 = 0.032;
const HOP_S: f64 = 0.008;
/// Q.23.
const ROWS_HZ: [f64; 4] = [697.0, 770.0, 852.0, 941.0];
const COLUMNS_HZ: [f64; 4] = [1209.0, 1336.0, 1477.0, 1633.0];
const ROW_BAND_HZ: (f64, f64) = (640.0, 1010.0);
const COLUMN_BAND_HZ: (f64, f64) = (1130.0, 1720.0);
/// Q.24: 1.8 % must be accepted; what a frame of 32 ms reads is off by some Hz more.
const OFF_RATIO: f64 = 0.025;
/// Q.24 wants -8 to +4 dB of twist; mobile codecs add some.
const TWIST_DB: f64 = 10.0;
/// Share of the power in the pair: 6 dB above the line's noise have 0.8. Vowels leave more outside.
const PAIR_RATIO: f64 = 0.8;
/// Shortest key, less the two edges of 4 ms that may be missed.
const MIN_KEY_S: f64 = 0.032;
/// Frames that name the same key: a frame every 8 ms finds 40 ms in three at least.
const MIN_FRAMES: usize = 3;
/// A key that is longer is a tone of something else.
const MAX_KEY_S: f64 = 3.0;

/// When keys are pressed, in order.
pub(super) fn find(samples: &[f32], rate: SampleRate) -> Vec<TimeSpan> {
    let len = rate.s_to_samples(FRAME_S);
    let hop = rate.s_to_samples(HOP_S).max(1);
    let mut spectrum = PowerSpectrum::new(len);
    let bin_hz = f64::from(rate.hz()) / spectrum.frame_len() as f64;
    let mut power = Vec::with_capacity(spectrum.n_bins());
    let mut keys = Vec::new();
    let mut run: Option<(usize, usize, usize)> = None;
    let n_frames = if samples.len() < len { 0 } else { (samples.len() - len) / hop + 1 };
    for t in 0..=n_frames {
        let frame = samples.get(t * hop..t * hop + len).filter(|frame| bursts::is_audible(frame));
        let key = frame.and_then(|frame| {
            spectrum.of(frame, &mut power);
            key_of(&power, bin_hz)
        });
        match (run, key) {
            (Some((pressed, _, n)), Some(key)) if pressed == key => {
                if let Some(run) = &mut run {
                    run.2 = n + 1;
                }
            }
            (before, key) => {
                if let Some((_, first, n)) = before.filter(|run| run.2 >= MIN_FRAMES) {
                    let span = bursts::edges(samples, first * hop..(first + n - 1) * hop + len, rate);
                    keys.extend(span.filter(|s| (MIN_KEY_S..=MAX_KEY_S).contains(&s.duration_s())));
                }
                run = key.map(|key| (key, t, 1));
            }
        }
    }
    keys
}

/// Which key sounds in a frame; 0..16.
fn key_of(power: &[f64], bin_hz: f64) -> Option<usize> {
    let row = bursts::highest(power, bin_hz, ROW_BAND_HZ, None)?;
    let column = bursts::highest(power, bin_hz, COLUMN_BAND_HZ, None)?;
    let pair = row.power + column.power;
    let twist_db = 10.0 * (row.power / column.power).log10();
    if twist_db.abs() > TWIST_DB || pair < PAIR_RATIO * bursts::power_between(power, bin_hz, bursts::BAND_HZ) {
        return None;
    }
    let nearest = |hz: f64, nominal: &[f64]| nominal.iter().position(|n| (hz - n).abs() <= OFF_RATIO * n);
    Some(nearest(row.hz, &ROWS_HZ)? * 4 + nearest(column.hz, &COLUMNS_HZ)?)
}
