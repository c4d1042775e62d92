//! Known damage for a user's own recordings: what a line, a room or a neighbour would do to them, with the values that
//! a right measurement must then give. Not a judgement of what is found: that is `recovery`.

use crate::call::{ChannelMeasurements, Channels};
use crate::dsp::mix::{self, Random};
use crate::timeline::{TimeSpan, Timeline};
use crate::units::db_to_amplitude;

/// A recording as it is, before anything is done to it.
#[derive(Debug, Clone, Copy)]
pub struct Untouched<'a> {
    /// Its samples.
    pub sound: &'a Channels,
    /// What was measured on it, one entry a channel.
    pub measured: &'a [ChannelMeasurements],
    /// Where the party of each channel speaks.
    pub speech: &'a [Timeline],
    /// Channels that are neither dead nor copies.
    pub independent: &'a [usize],
    /// Channels in which the other party is heard already.
    pub leaky: &'a [usize],
}

/// What noise is mixed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoiseSound {
    /// Steady, with the spectrum of speech.
    Hiss,
    /// Mains hum of 50 Hz with harmonics.
    Hum,
    /// Knocks on a table, 40 a minute.
    Knocks,
    /// Six voices in a room, from other recordings.
    Voices,
}

/// One kind of damage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Damage {
    /// Noise at a ratio of active speech level to noise RMS.
    Noise {
        /// Which.
        sound: NoiseSound,
        /// How far below the speech.
        snr_db: f64,
    },
    /// The other party is heard in this channel.
    Leakage {
        /// How much weaker than in its own channel.
        attenuation_db: f64,
        /// How much later.
        delay_ms: f64,
    },
    /// Somebody else speaks in the room, from another recording.
    Neighbour {
        /// How far below the party's own speech.
        below_db: f64,
    },
    /// The loudest samples are cut off, and the result is turned down by 6 dB.
    Clipping {
        /// Share of samples that are cut.
        ratio: f64,
    },
    /// Holes of digital zero inside speech.
    Dropouts {
        /// At most how many.
        n: usize,
        /// How long each is.
        length_ms: f64,
    },
}

/// Every damage of a self-test, from mild to strong.
pub const DAMAGES: [Damage; 15] = [
    Damage::Noise { sound: NoiseSound::Hiss, snr_db: 20.0 },
    Damage::Noise { sound: NoiseSound::Hiss, snr_db: 10.0 },
    Damage::Noise { sound: NoiseSound::Hiss, snr_db: 5.0 },
    Damage::Noise { sound: NoiseSound::Hum, snr_db: 15.0 },
    Damage::Noise { sound: NoiseSound::Knocks, snr_db: 20.0 },
    Damage::Noise { sound: NoiseSound::Voices, snr_db: 20.0 },
    Damage::Noise { sound: NoiseSound::Voices, snr_db: 10.0 },
    Damage::Leakage { attenuation_db: 12.0, delay_ms: 15.0 },
    Damage::Leakage { attenuation_db: 20.0, delay_ms: 8.0 },
    Damage::Leakage { attenuation_db: 30.0, delay_ms: 30.0 },
    Damage::Neighbour { below_db: 15.0 },
    Damage::Neighbour { below_db: 25.0 },
    Damage::Clipping { ratio: 0.002 },
    Damage::Clipping { ratio: 0.02 },
    Damage::Dropouts { n: 6, length_ms: 60.0 },
];

/// A value that a right measurement gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// The field of the report.
    pub field: Field,
    /// The true value.
    pub value: f64,
}

/// Fields of a report that a damage can be read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// `noise.snr_db`.
    Snr,
    /// `noise.floor_dbfs`.
    Floor,
    /// `noise.hum_hz`.
    Hum,
    /// `crosstalk.leakage.attenuation_db`.
    Attenuation,
    /// `crosstalk.leakage.delay_ms`.
    Delay,
    /// `background_voices.level_below_speech_db`.
    NeighbourLevel,
    /// `clipping.clipped_ratio`.
    Clipped,
    /// Start in seconds of one of `dropouts.spans`.
    DropoutStart,
}

/// Speech of somebody who is not in the recording, pauses left out, at its rate.
pub type Voice = Vec<f32>;

/// Existing background that is closer than this to what is mixed in would decide the result: 0.04 dB at 20.
const HEADROOM_DB: f64 = 10.0;

/// From one sample in ten thousand on a recording is called clipped.
pub(super) const CLIPPED_RATIO: f64 = 1e-4;

/// Room for a dropout: speech on both sides, so that it is one by definition.
const MARGIN_S: f64 = 0.15;

impl Damage {
    /// In words, as tables show it.
    pub fn name(&self) -> String {
        match self {
            Damage::Noise { sound, snr_db } => {
                let sound = match sound {
                    NoiseSound::Hiss => "hiss",
                    NoiseSound::Hum => "50 Hz hum",
                    NoiseSound::Knocks => "knocks",
                    NoiseSound::Voices => "babble",
                };
                format!("{sound} at {snr_db} dB SNR")
            }
            Damage::Leakage { attenuation_db, .. } => format!("leakage, {attenuation_db} dB down"),
            Damage::Neighbour { below_db } => format!("neighbour's voice, {below_db} dB below the speech"),
            Damage::Clipping { ratio } => format!("clipping of {} % of samples", ratio * 100.0),
            Damage::Dropouts { length_ms, .. } => format!("dropouts of {length_ms} ms"),
        }
    }

    /// A copy of the recording with this damage in `channel`, and what must then be measured there.
    ///
    /// # Errors
    /// Why this damage cannot be tried on this recording, one sentence for people.
    pub fn mix_into(
        &self,
        clean: &Untouched<'_>,
        channel: usize,
        voices: &[Voice],
        random: &mut Random,
    ) -> Result<(Channels, Vec<Expected>), String> {
        let mut planes = clean.sound.planes().to_vec();
        let expected = match *self {
            Damage::Noise { sound, snr_db } => {
                let noise = self::noise(sound, clean, voices, random)?;
                add_noise(&mut planes[channel], noise, sound, snr_db, clean.levels(channel)?)?
            }
            Damage::Leakage { attenuation_db, delay_ms } => {
                let from = clean.other(channel)?;
                if clean.leaky.contains(&channel) {
                    return Err("the other party is heard in this channel already".into());
                }
                let delay = clean.sound.rate().s_to_samples(delay_ms / 1000.0);
                let other = clean.sound.plane(from);
                mix::add_delayed(&mut planes[channel], other, db_to_amplitude(-attenuation_db), delay);
                let delay_ms = clean.sound.rate().samples_to_s(delay) * 1000.0;
                vec![
                    Expected { field: Field::Attenuation, value: attenuation_db },
                    Expected { field: Field::Delay, value: delay_ms },
                ]
            }
            Damage::Neighbour { below_db } => {
                // In one channel for all, a quieter voice may be the other party.
                clean.other(channel)?;
                if clean.measured[channel].background_voices.grade.is_some_and(|grade| grade > 0) {
                    return Err("voices are heard behind this party already".into());
                }
                let level_dbov = clean.levels(channel)?.speech_dbov;
                if level_dbov - below_db < clean.levels(channel)?.floor_dbfs {
                    return Err("the recording is already noisier than that voice would be".into());
                }
                let mut voice = heard_from_afar(voices, 1, clean, random)?;
                mix::set_rms(&mut voice, db_to_amplitude(level_dbov - below_db));
                mix::add_delayed(&mut planes[channel], &voice, 1.0, 0);
                vec![Expected { field: Field::NeighbourLevel, value: below_db }]
            }
            Damage::Clipping { ratio } => {
                if clean.measured[channel].clipping.clipped_ratio.is_none_or(|r| r >= CLIPPED_RATIO) {
                    return Err("the recording is clipped already".into());
                }
                let true_ratio = clip(&mut planes[channel], ratio);
                planes[channel].iter_mut().for_each(|s| *s *= 0.5);
                vec![Expected { field: Field::Clipped, value: true_ratio }]
            }
            Damage::Dropouts { n, length_ms } => {
                let holes = holes(clean, channel, n, length_ms / 1000.0, random);
                if holes.is_empty() {
                    return Err("there is no stretch of speech long enough".into());
                }
                let rate = clean.sound.rate();
                for hole in &holes {
                    planes[channel][rate.s_to_samples(hole.start_s)..rate.s_to_samples(hole.end_s)].fill(0.0);
                }
                holes.iter().map(|hole| Expected { field: Field::DropoutStart, value: hole.start_s }).collect()
            }
        };
        // What does not fit is cut off by any recorder; that would be a second damage.
        if !matches!(self, Damage::Clipping { .. }) && planes[channel].iter().any(|s| s.abs() > 1.0) {
            return Err("the mixture would be louder than full scale".into());
        }
        let sound = Channels::new(clean.sound.rate(), planes).ok_or("the mixture is no sound")?;
        Ok((sound, expected))
    }
}

/// Levels of a channel before damage.
#[derive(Debug, Clone, Copy)]
struct Levels {
    speech_dbov: f64,
    floor_dbfs: f64,
}

impl Untouched<'_> {
    /// Level of the speech alone and of the noise alone, from what was measured.
    fn levels(&self, channel: usize) -> Result<Levels, String> {
        let noise = &self.measured[channel].noise;
        let (Some(snr_db), Some(floor_dbfs)) = (noise.snr_db, noise.floor_dbfs) else {
            return Err("the noise of the recording itself could not be measured".into());
        };
        Ok(Levels { speech_dbov: snr_db + floor_dbfs, floor_dbfs })
    }

    /// The channel of the other party.
    fn other(&self, channel: usize) -> Result<usize, String> {
        match *self.independent {
            [a, b] if a == channel => Ok(b),
            [a, b] if b == channel => Ok(a),
            _ => Err("there are not two parties on channels of their own".into()),
        }
    }

    fn rate_hz(&self) -> f64 {
        f64::from(self.sound.rate().hz())
    }
}

fn noise(sound: NoiseSound, clean: &Untouched<'_>, voices: &[Voice], random: &mut Random) -> Result<Vec<f32>, String> {
    let (n, rate_hz) = (clean.sound.n_samples(), clean.rate_hz());
    Ok(match sound {
        NoiseSound::Hiss => mix::speech_shaped(random, rate_hz, n),
        NoiseSound::Hum => mix::hum(random, rate_hz, 50.0, n),
        NoiseSound::Knocks => mix::knocks(random, rate_hz, 40.0, n),
        NoiseSound::Voices => heard_from_afar(voices, 6, clean, random)?,
    })
}

fn add_noise(
    plane: &mut [f32],
    mut noise: Vec<f32>,
    sound: NoiseSound,
    snr_db: f64,
    levels: Levels,
) -> Result<Vec<Expected>, String> {
    let noise_dbfs = levels.speech_dbov - snr_db;
    if noise_dbfs < levels.floor_dbfs + HEADROOM_DB {
        return Err("the recording is already about as noisy as that".into());
    }
    mix::set_rms(&mut noise, db_to_amplitude(noise_dbfs));
    mix::add_delayed(plane, &noise, 1.0, 0);
    let both_dbfs = 10.0 * (10f64.powf(noise_dbfs / 10.0) + 10f64.powf(levels.floor_dbfs / 10.0)).log10();
    let mut expected = vec![
        Expected { field: Field::Snr, value: levels.speech_dbov - both_dbfs },
        Expected { field: Field::Floor, value: both_dbfs },
    ];
    if sound == NoiseSound::Hum {
        expected.push(Expected { field: Field::Hum, value: 50.0 });
    }
    Ok(expected)
}

/// `n_talkers` at once in a room, through a telephone, as long as the recording.
fn heard_from_afar(
    voices: &[Voice],
    n_talkers: usize,
    clean: &Untouched<'_>,
    random: &mut Random,
) -> Result<Vec<f32>, String> {
    let rate_hz = clean.rate_hz();
    // What repeats within less than this is no stranger's speech but a loop.
    let usable: Vec<&Voice> = voices.iter().filter(|v| v.len() as f64 >= 5.0 * rate_hz).collect();
    if usable.is_empty() {
        return Err("no other recording has enough speech to lend a voice".into());
    }
    let first = (random.uniform() * usable.len() as f64) as usize;
    let mut sound = vec![0.0f32; clean.sound.n_samples()];
    for talker in 0..n_talkers {
        let voice = usable[(first + talker) % usable.len()];
        let gain = 1.0 / mix::rms(voice).max(f64::MIN_POSITIVE);
        let start = (random.uniform() * voice.len() as f64) as usize;
        let looped = voice.iter().cycle().skip(start);
        sound.iter_mut().zip(looped).for_each(|(s, v)| *s += gain as f32 * v);
    }
    let mut far = mix::in_a_room(random, &sound, rate_hz, 0.4);
    mix::high_pass(&mut far, rate_hz, 150.0);
    mix::low_pass(&mut far, rate_hz, 3600.0);
    Ok(far)
}

/// Cuts the loudest samples, a share `ratio` of all; gives the share that then lies in flat tops of 3 or more.
fn clip(samples: &mut [f32], ratio: f64) -> f64 {
    let mut sizes: Vec<f32> = samples.iter().map(|s| s.abs()).collect();
    if sizes.is_empty() {
        return 0.0;
    }
    let at = ((sizes.len() as f64 * (1.0 - ratio)) as usize).min(sizes.len() - 1);
    let rail = *sizes.select_nth_unstable_by(at, f32::total_cmp).1;
    samples.iter_mut().for_each(|s| *s = s.clamp(-rail, rail));
    let in_tops: usize =
        samples.chunk_by(|a, b| a == b).filter(|run| run.len() >= 3 && run[0].abs() == rail).map(<[f32]>::len).sum();
    in_tops as f64 / samples.len() as f64
}

/// Places inside speech, a second apart at least, with sound on both sides.
fn holes(clean: &Untouched<'_>, channel: usize, n: usize, length_s: f64, random: &mut Random) -> Vec<TimeSpan> {
    let rate = clean.sound.rate();
    let plane = clean.sound.plane(channel);
    let Some(speech) = clean.speech.get(channel) else { return Vec::new() };
    let level = clean.measured[channel].level.active_speech_level_dbov.map_or(0.0, db_to_amplitude);
    // 10 ms of sound within 20 dB of the speech level: a hole in a pause is none.
    let is_loud = |at_s: f64| {
        let at = rate.s_to_samples(at_s);
        plane.get(at..at + rate.s_to_samples(0.01)).is_some_and(|part| mix::rms(part) > level * 0.1)
    };
    let mut found: Vec<TimeSpan> = Vec::new();
    for _ in 0..n * 50 {
        if speech.is_empty() || found.len() == n {
            break;
        }
        let span = speech.spans()[(random.uniform() * speech.spans().len() as f64) as usize];
        let (first_s, last_s) = (span.start_s + MARGIN_S, span.end_s - MARGIN_S - length_s);
        if last_s <= first_s {
            continue;
        }
        let start_s = rate.samples_to_s(rate.s_to_samples(random.between(first_s, last_s)));
        let hole = TimeSpan::new(start_s, start_s + length_s);
        let is_apart = found.iter().all(|other| (other.start_s - start_s).abs() > 1.0);
        if is_apart && is_loud(start_s - 0.01) && is_loud(hole.end_s) {
            found.push(hole);
        }
    }
    found.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    found
}

#[cfg(test)]
mod tests;
