//! Active speech level: how loud speech is while somebody speaks, and for which share of the time that is.
//!
//! ITU-T P.56 (12/2011) method B: the rectified signal is smoothed twice (30 ms), and the time above each of 15
//! thresholds, one octave apart, is counted with a hangover of 200 ms. The threshold that lies 15.9 dB below the
//! level of the signal's energy spread over its time gives level and activity; between thresholds the level is
//! interpolated in dB, as coarsely as the reference program of ITU-T G.191 does it, because that is what other
//! meters are held against. Unit: dBov, 0 is a full-scale square wave; activity 0..=1.
//!
//! What fools it: any sound counts. Noise less than 15.9 dB below the speech keeps the meter "active" in pauses, so
//! the level falls towards the RMS of the whole; `snr_db` therefore uses an estimate of the speech alone.

/// Time constant of each of the two smoothers: P.56, 30 ms.
const SMOOTHING_S: f64 = 0.03;
/// Hangover: P.56, 200 ms.
const HANGOVER_S: f64 = 0.2;
/// Distance from active level to threshold: P.56, 15.9 dB.
pub const MARGIN_DB: f64 = 15.9;
/// How near to the margin the reference program's search ends: G.191, 0.5 dB.
const TOLERANCE_DB: f64 = 0.5;
/// Thresholds from 2^-15 to 2^-1 of full scale: P.56 for 16-bit samples.
const N_THRESHOLDS: usize = 15;
const THRESHOLDS: [f64; N_THRESHOLDS] = {
    let mut thresholds = [0.5; N_THRESHOLDS];
    let mut j = N_THRESHOLDS - 1;
    while j > 0 {
        thresholds[j - 1] = thresholds[j] / 2.0;
        j -= 1;
    }
    thresholds
};

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
    meter.read(reference_share)
}

/// Counts the time above each threshold.
// The envelope moves slowly against the values, so times are added up where it crosses a threshold and not at each
// value; `counting_at_crossings_equals_counting_every_value` holds the plain way beside it.
#[derive(Debug, Clone)]
pub struct Meter {
    decay: f64,
    hangover: u64,
    p: f64,
    q: f64,
    energy: f64,
    n: u64,
    /// How many thresholds the envelope reaches: those before this index.
    reached: usize,
    thresholds: [Crossings; N_THRESHOLDS],
}

/// The time at and above one threshold, hangover included, up to the last crossing.
#[derive(Debug, Clone, Copy, Default)]
struct Crossings {
    active: u64,
    /// Value at which the envelope came up or fell below; `None` before the first time: silence before the first
    /// word is not active.
    last: Option<u64>,
}

impl Meter {
    /// A meter for values that come `rate_hz` times a second.
    pub fn new(rate_hz: f64) -> Self {
        Self {
            decay: (-1.0 / (SMOOTHING_S * rate_hz)).exp(),
            hangover: (HANGOVER_S * rate_hz + 0.5).floor() as u64,
            p: 0.0,
            q: 0.0,
            energy: 0.0,
            n: 0,
            reached: 0,
            thresholds: [Crossings::default(); N_THRESHOLDS],
        }
    }

    /// Adds one value: its magnitude, which decides on activity, and its energy.
    pub fn add(&mut self, magnitude: f64, energy: f64) {
        self.energy += energy;
        self.p = self.decay * self.p + (1.0 - self.decay) * magnitude;
        self.q = self.decay * self.q + (1.0 - self.decay) * self.p;
        while self.reached < N_THRESHOLDS && self.q >= THRESHOLDS[self.reached] {
            let crossed = &mut self.thresholds[self.reached];
            crossed.active += crossed.last.map_or(0, |fell| (self.n - fell).min(self.hangover));
            crossed.last = Some(self.n);
            self.reached += 1;
        }
        while self.reached > 0 && self.q < THRESHOLDS[self.reached - 1] {
            self.reached -= 1;
            let crossed = &mut self.thresholds[self.reached];
            crossed.active += crossed.last.map_or(0, |came_up| self.n - came_up);
            crossed.last = Some(self.n);
        }
        self.n += 1;
    }

    /// How many values are active at threshold `j` so far.
    fn active(&self, j: usize) -> u64 {
        let Crossings { active, last } = self.thresholds[j];
        let since = last.map_or(0, |last| self.n - last);
        active + if j < self.reached { since } else { since.min(self.hangover) }
    }

    /// Level and activity so far, exactly interpolated: without the reference program's coarse steps, which would
    /// make a difference of levels depend on gain.
    pub fn result(&self) -> Option<ActiveLevel> {
        self.read(|low_db, high_db| low_db / (low_db - high_db))
    }

    /// Level and activity; `share` says where between two thresholds the margin is met.
    fn read(&self, share: impl Fn(f64, f64) -> f64) -> Option<ActiveLevel> {
        if self.n == 0 || self.energy <= 0.0 {
            return None;
        }
        let long_term_db = 10.0 * (self.energy / self.n as f64).log10();
        let mut below: Option<(f64, f64)> = None;
        for (j, threshold) in THRESHOLDS.iter().enumerate() {
            let active = self.active(j);
            if active == 0 {
                return None;
            }
            let level_db = 10.0 * (self.energy / active as f64).log10();
            let over_db = level_db - 20.0 * threshold.log10() - MARGIN_DB;
            if over_db <= 0.0 {
                // The lowest threshold already lies too near: quieter than the method can measure.
                let (level_below_db, over_below_db) = below?;
                let level_dbov = level_below_db + share(over_below_db, over_db) * (level_db - level_below_db);
                let activity_ratio = 10f64.powf((long_term_db - level_dbov) / 10.0).min(1.0);
                return Some(ActiveLevel { level_dbov, activity_ratio });
            }
            below = Some((level_db, over_db));
        }
        None
    }
}

/// Where between two neighbouring thresholds the level is read, 0 at the lower and 1 at the upper one, from how far
/// the margin is exceeded at each: `low_db` > 0 >= `high_db`.
///
/// P.56 asks for an interpolation; the reference program (G.191, speech voltmeter 2.3) takes an end that lies within
/// 0.5 dB, else walks from the middle towards the end beyond the crossing, halving the way that is left, and stops once
/// it is within 0.5 dB or past it. That differs from the crossing itself, `low_db / (low_db - high_db)`: on
/// recorded speech in noise by up to 0.12 dB of level and 1.7 points of activity.
fn reference_share(low_db: f64, high_db: f64) -> f64 {
    let over_db = |share: f64| low_db + share * (high_db - low_db);
    if high_db.abs() < TOLERANCE_DB {
        return 1.0;
    }
    if low_db.abs() < TOLERANCE_DB {
        return 0.0;
    }
    // Both walks end: beyond the tolerance the signs at the ends differ.
    let mut share = 0.5;
    if over_db(share) > TOLERANCE_DB {
        while over_db(share) > TOLERANCE_DB {
            share = 0.5 * (share + 1.0);
        }
    } else {
        while over_db(share) < -TOLERANCE_DB {
            share *= 0.5;
        }
    }
    share
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

    #[test]
    fn counting_at_crossings_equals_counting_every_value() {
        // Bursts of 10 to 700 ms with pauses of 5 to 500 ms between them, at levels over 50 dB.
        let mut meter = Meter::new(8000.0);
        let hangover = 1600;
        let (mut p, mut q) = (0.0, 0.0);
        let (mut active, mut since) = ([0u64; N_THRESHOLDS], [hangover; N_THRESHOLDS]);
        let mut samples = Vec::new();
        for burst in 0..40usize {
            let amplitude = 0.5 * 0.75f64.powi((burst * 7 % 20) as i32);
            samples.extend(sine(0.01 + 0.07 * (burst % 10) as f64, amplitude));
            samples.extend(vec![0.0; 40 + 100 * (burst * 3 % 40)]);
        }
        for &sample in &samples {
            let magnitude = f64::from(sample).abs();
            meter.add(magnitude, magnitude * magnitude);
            let decay = (-1.0 / (0.03 * 8000.0f64)).exp();
            p = decay * p + (1.0 - decay) * magnitude;
            q = decay * q + (1.0 - decay) * p;
            for j in 0..N_THRESHOLDS {
                if q >= THRESHOLDS[j] {
                    active[j] += 1;
                    since[j] = 0;
                } else if since[j] < hangover {
                    active[j] += 1;
                    since[j] += 1;
                }
            }
        }
        assert_eq!(active, std::array::from_fn(|j| meter.active(j)));
        assert!(active[N_THRESHOLDS - 3] > 0 && active[0] > active[N_THRESHOLDS - 3], "{active:?}");
    }
}
