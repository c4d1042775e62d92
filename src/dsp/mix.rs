//! Sounds to mix into others: noise, hum, bangs, rooms, and what lines do to samples (clipping, holes, echo). Made from
//! a seed, so that the same seed gives the same samples anywhere. For self-tests and tests; not a model of any room.

use std::f64::consts::TAU;

/// A small generator of random numbers: SplitMix64 (Steele, Lea and Flood 2014). Not for secrets.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// A generator that gives the same numbers for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Uniform in 0..1.
    pub fn uniform(&mut self) -> f64 {
        // 53 bits are what a double holds.
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Uniform in `low..high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Normal with mean 0 and variance 1 (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (TAU * self.uniform()).cos()
    }
}

/// White noise of RMS 1 (on average).
pub fn white(random: &mut Random, n: usize) -> Vec<f32> {
    (0..n).map(|_| random.normal() as f32).collect()
}

/// Noise with the slope of long-term speech: flat to about 500 Hz, 6 dB an octave down above, less below 150 Hz.
pub fn speech_shaped(random: &mut Random, rate_hz: f64, n: usize) -> Vec<f32> {
    let mut noise = white(random, n);
    low_pass(&mut noise, rate_hz, 500.0);
    high_pass(&mut noise, rate_hz, 150.0);
    noise
}

/// Mains hum: `mains_hz` and its harmonics up to the 12th, each 3 dB below the one before, in random phases.
pub fn hum(random: &mut Random, rate_hz: f64, mains_hz: f64, n: usize) -> Vec<f32> {
    let lines: Vec<(f64, f64, f64)> = (1..=12)
        .map(|k| {
            (f64::from(k) * mains_hz / rate_hz, 10f64.powf(-3.0 * f64::from(k - 1) / 20.0), TAU * random.uniform())
        })
        .filter(|(cycles, ..)| *cycles < 0.45)
        .collect();
    let wave = |i: usize| {
        lines.iter().map(|(c, gain, phase)| gain * (TAU * (c * i as f64).fract() + phase).sin()).sum::<f64>()
    };
    (0..n).map(|i| wave(i) as f32).collect()
}

/// Knocks: bursts of noise that decay within 30 ms, `per_minute` of them on average, at least 0.2 s apart.
pub fn knocks(random: &mut Random, rate_hz: f64, per_minute: f64, n: usize) -> Vec<f32> {
    let mut sound = vec![0.0; n];
    let decay = (-1.0 / (0.01 * rate_hz)).exp();
    let mut at_s = random.between(0.2, 1.0);
    while at_s * rate_hz < n as f64 {
        let mut gain = random.between(0.4, 1.0);
        for sample in sound.iter_mut().skip((at_s * rate_hz) as usize).take((0.1 * rate_hz) as usize) {
            *sample += (gain * random.normal()) as f32;
            gain *= decay;
        }
        at_s += 0.2 - (1.0 - random.uniform()).ln() * (60.0 / per_minute - 0.2).max(0.0);
    }
    sound
}

/// The sound in a room, heard from afar: direct sound and 300 random arrivals that fall by 60 dB within `rt60_s`, with
/// as much energy as the direct sound. As long as the input; what would ring on is cut.
pub fn in_a_room(random: &mut Random, samples: &[f32], rate_hz: f64, rt60_s: f64) -> Vec<f32> {
    let arrivals: Vec<(usize, f64)> = (0..300)
        .map(|_| {
            let delay_s = random.between(0.003, rt60_s);
            let sign = if random.uniform() < 0.5 { -1.0 } else { 1.0 };
            ((delay_s * rate_hz) as usize, sign * 10f64.powf(-3.0 * delay_s / rt60_s))
        })
        .collect();
    let energy: f64 = arrivals.iter().map(|(_, gain)| gain * gain).sum();
    let mut heard = samples.to_vec();
    for (delay, gain) in arrivals {
        add_delayed(&mut heard, samples, gain / energy.sqrt(), delay);
    }
    heard
}

/// `into[t] += gain · from[t - delay]`.
pub fn add_delayed(into: &mut [f32], from: &[f32], gain: f64, delay: usize) {
    for (sample, added) in into.iter_mut().skip(delay).zip(from) {
        *sample += gain as f32 * added;
    }
}

/// First-order low-pass (-6 dB an octave above `corner_hz`), in place.
pub fn low_pass(samples: &mut [f32], rate_hz: f64, corner_hz: f64) {
    let keep = (-TAU * corner_hz / rate_hz).exp();
    let mut state = 0.0f64;
    for sample in samples {
        state = (1.0 - keep) * f64::from(*sample) + keep * state;
        *sample = state as f32;
    }
}

/// First-order high-pass (-6 dB an octave below `corner_hz`), in place.
pub fn high_pass(samples: &mut [f32], rate_hz: f64, corner_hz: f64) {
    let mut low = samples.to_vec();
    low_pass(&mut low, rate_hz, corner_hz);
    samples.iter_mut().zip(low).for_each(|(sample, low)| *sample -= low);
}

/// Root mean square; 0 for nothing.
pub fn rms(samples: &[f32]) -> f64 {
    let sum: f64 = samples.iter().map(|s| f64::from(*s).powi(2)).sum();
    if samples.is_empty() { 0.0 } else { (sum / samples.len() as f64).sqrt() }
}

/// Scales to an RMS, in place; silence stays silence.
pub fn set_rms(samples: &mut [f32], wanted: f64) {
    let now = rms(samples);
    if now > 0.0 {
        samples.iter_mut().for_each(|s| *s *= (wanted / now) as f32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: f64 = 8000.0;

    #[test]
    fn the_same_seed_gives_the_same_noise_and_another_seed_another() {
        let noise = |seed| white(&mut Random::new(seed), 100);
        assert_eq!(noise(1), noise(1));
        assert_ne!(noise(1), noise(2));
    }

    #[test]
    fn white_noise_has_mean_0_and_rms_1() {
        let noise = white(&mut Random::new(7), 80_000);
        let mean: f64 = noise.iter().map(|s| f64::from(*s)).sum::<f64>() / 80_000.0;
        // Three standard errors: 1/sqrt(n) for the mean, 1/sqrt(2n) for the RMS.
        assert!(mean.abs() < 0.0107 && (rms(&noise) - 1.0).abs() < 0.0075, "{mean} {}", rms(&noise));
    }

    #[test]
    fn filters_pass_and_stop_by_6_db_an_octave() {
        let tone = |hz: f64| (0..8000).map(|i| (TAU * hz * f64::from(i) / RATE_HZ).sin() as f32).collect::<Vec<_>>();
        let check = |filter: fn(&mut [f32], f64, f64), hz: f64, expected_db: f64| {
            let mut sound = tone(hz);
            let before = rms(&sound);
            filter(&mut sound, RATE_HZ, 200.0);
            let gain_db = 20.0 * (rms(&sound) / before).log10();
            // What is left of a slowly falling step at the start of the tone adds up to 0.8 dB where the tone is weakest.
            assert!((gain_db - expected_db).abs() < 1.0, "{hz} Hz: {gain_db} dB, expected {expected_db}");
        };
        check(low_pass, 200.0, -3.0);
        check(low_pass, 800.0, -12.3);
        check(low_pass, 20.0, 0.0);
        check(high_pass, 20.0, -20.0);
        check(high_pass, 800.0, -0.3);
    }

    #[test]
    fn an_echo_comes_later_and_weaker() {
        let mut heard = vec![0.0; 6];
        add_delayed(&mut heard, &[1.0, 0.5], 0.1, 3);
        assert_eq!(heard, [0.0, 0.0, 0.0, 0.1, 0.05, 0.0]);
        // Beyond the end there is nothing to add to.
        add_delayed(&mut heard, &[1.0], 1.0, 9);
        assert_eq!(heard[5], 0.0);
    }

    #[test]
    fn a_room_doubles_the_energy_on_average() {
        let mut dry = vec![0.0f32; 8000];
        dry[0] = 1.0;
        let wet = in_a_room(&mut Random::new(3), &dry, RATE_HZ, 0.4);
        let ratio_db = 20.0 * (rms(&wet) / rms(&dry)).log10();
        // Direct and reverberant energy are equal; arrivals that fall on one sample add up or cancel.
        assert!((ratio_db - 3.01).abs() < 1.0, "{ratio_db}");
    }

    #[test]
    fn knocks_are_as_many_as_asked_for() {
        let knocked = knocks(&mut Random::new(5), RATE_HZ, 60.0, 8000 * 60);
        let starts = knocked.windows(2).filter(|w| w[0] == 0.0 && w[1] != 0.0).count();
        // Poisson: 60 ± 3·sqrt(60); the least distance and the fading of one into the next take some away.
        assert!((37..=83).contains(&starts), "{starts}");
    }
}
