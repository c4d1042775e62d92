//! Active speech level: how loud speech is while somebody speaks, and for which share of the time that is.
//!
//! ITU-T P.56 (12/2011) method B: the rectified signal is smoothed twice (30 ms), and the time above each of 15
//! thresholds, one octave apart, is counted with a hangover of 200 ms. The threshold that lies 15.9 dB below the
//! level of the signal's energy spread over its time gives level and activity; between thresholds one
//! interpolates in dB. Unit: dBov, 0 is a full-scale square wave; activity 0..=1.
//!
//! What fools it: any sound counts. Noise less than 15.9 dB below the speech keeps the meter "active" in pauses, so
//! the level falls towards the RMS of the whole; `snr_db` therefore uses an estimate of the speech alone.

/// Time constant of each of the two smoothers: P.56, 30 ms.
const SMOOTHING_S: f64 = 0.03;
/// Hangover: P.56, 200 ms.
const HANGOVER_S: f64 = 0.2;
/// Distance from active level to threshold: P.56, 15.9 dB.
pub const MARGIN_DB: f64 = 15.9;
/// Thresholds from 2^-15 to 2^-1 of full scale: P.56 for 16-bit samples.
const N_THRESHOLDS: usize = 15;

/// Level and activity of speech.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ActiveLevel {
    /// Level while active in dBov.
    pub level_dbov: f64,
    /// Share of the time that is active, 0..=1.
    pub activity_ratio: f64,
}

/// Method B on samples in ±1.0. `None` if nothing reaches a threshold: silence has no active level.
pub fn active_speech_level(samples: &[f32], rate_hz: f64) -> Option<ActiveLevel> {
    let mut meter = Meter::new(rate_hz);
    for &sample in samples {
        let value = f64::from(sample);
        meter.add(value.abs(), value * value);
    }
    meter.result()
}

/// Counts the time above each threshold.
#[derive(Debug, Clone)]
pub struct Meter {
    decay: f64,
    hangover: u32,
    p: f64,
    q: f64,
    energy: f64,
    n: u64,
    active: [u64; N_THRESHOLDS],
    since: [u32; N_THRESHOLDS],
}

impl Meter {
    /// A meter for values that come `rate_hz` times a second.
    pub fn new(rate_hz: f64) -> Self {
        let hangover = (HANGOVER_S * rate_hz + 0.5).floor() as u32;
        Self {
            decay: (-1.0 / (SMOOTHING_S * rate_hz)).exp(),
            hangover,
            p: 0.0,
            q: 0.0,
            energy: 0.0,
            n: 0,
            active: [0; N_THRESHOLDS],
            // As if the hangover had run out: silence before the first word is not active.
            since: [hangover; N_THRESHOLDS],
        }
    }

    /// Adds one value: its magnitude, which decides on activity, and its energy.
    pub fn add(&mut self, magnitude: f64, energy: f64) {
        self.energy += energy;
        self.n += 1;
        self.p = self.decay * self.p + (1.0 - self.decay) * magnitude;
        self.q = self.decay * self.q + (1.0 - self.decay) * self.p;
        let mut threshold = threshold(0);
        for (active, since) in self.active.iter_mut().zip(&mut self.since) {
            if self.q >= threshold {
                *active += 1;
                *since = 0;
            } else if *since < self.hangover {
                *active += 1;
                *since += 1;
            }
            threshold *= 2.0;
        }
    }

    /// Level and activity so far.
    pub fn result(&self) -> Option<ActiveLevel> {
        if self.n == 0 || self.energy <= 0.0 {
            return None;
        }
        let long_term_db = 10.0 * (self.energy / self.n as f64).log10();
        let mut below: Option<(f64, f64)> = None;
        for (j, &active) in self.active.iter().enumerate() {
            if active == 0 {
                return None;
            }
            let level_db = 10.0 * (self.energy / active as f64).log10();
            let over_db = level_db - 20.0 * threshold(j).log10() - MARGIN_DB;
            if over_db <= 0.0 {
                // The lowest threshold already lies too near: quieter than the method can measure.
                let (level_below_db, over_below_db) = below?;
                let share = over_below_db / (over_below_db - over_db);
                let level_dbov = level_below_db + share * (level_db - level_below_db);
                let activity_ratio = 10f64.powf((long_term_db - level_dbov) / 10.0).min(1.0);
                return Some(ActiveLevel { level_dbov, activity_ratio });
            }
            below = Some((level_db, over_db));
        }
        None
    }
}

fn threshold(j: usize) -> f64 {
    2f64.powi(j as i32 - N_THRESHOLDS as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    fn sine(seconds: f64, amplitude: f64) -> Vec<f32> {
        (0..(8000.0 * seconds) as usize).map(|n| (amplitude * (TAU * 300.0 * n as f64 / 8000.0).sin()) as f32).collect()
    }

    /// Level within 0.05 dB: the smoothers need some 0.1 s of 60 s to rise.
    fn check(samples: &[f32], level_dbov: f64, activity_ratio: f64) {
        let found = active_speech_level(samples, 8000.0).expect("there is sound");
        assert!((found.level_dbov - level_dbov).abs() < 0.05, "{found:?}");
        assert!((found.activity_ratio - activity_ratio).abs() < 0.005, "{found:?}");
    }

    #[test]
    fn a_steady_sine_is_always_active_at_its_rms() {
        check(&sine(60.0, 0.1), -23.01, 1.0);
        check(&sine(60.0, 0.01), -43.01, 1.0);
    }

    #[test]
    fn added_silence_halves_the_activity_and_keeps_the_level() {
        let mut samples = sine(60.0, 0.1);
        samples.extend(vec![0.0; samples.len()]);
        // 0.5 and the hangover of 0.2 s in 120 s.
        check(&samples, -23.01 - 0.02, 0.502);
    }

    #[test]
    fn silence_has_no_active_level() {
        assert_eq!(active_speech_level(&[0.0; 8000], 8000.0), None);
        assert_eq!(active_speech_level(&[], 8000.0), None);
    }
}
