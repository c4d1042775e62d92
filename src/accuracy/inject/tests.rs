use super::*;
use crate::call::{Clipping, Level, Noise};
use crate::units::SampleRate;

const RATE_HZ: usize = 8000;

/// Two channels of 20 s: bursts of noise of 2 s at -26 dBFS in turn, as if measured without error.
struct Call {
    sound: Channels,
    measured: Vec<ChannelMeasurements>,
    speech: Vec<Timeline>,
}

impl Call {
    fn new() -> Self {
        let mut random = Random::new(11);
        let mut planes = vec![vec![0.0f32; 20 * RATE_HZ]; 2];
        let mut speech = vec![Vec::new(), Vec::new()];
        for turn in 0..10 {
            let (channel, start) = (turn % 2, turn * 2 * RATE_HZ);
            for sample in &mut planes[channel][start..start + 2 * RATE_HZ] {
                *sample = (random.normal() * db_to_amplitude(-26.0)) as f32;
            }
            let start_s = 2.0 * turn as f64;
            speech[channel].push(TimeSpan::new(start_s, start_s + 2.0));
        }
        let measured = (0..2)
            .map(|channel| ChannelMeasurements {
                level: Level { active_speech_level_dbov: Some(-26.0), ..Level::default() },
                noise: Noise { snr_db: Some(44.0), floor_dbfs: Some(-70.0), ..Noise::default() },
                clipping: Clipping { clipped_ratio: Some(0.0), ..Clipping::default() },
                ..ChannelMeasurements::empty(channel)
            })
            .collect();
        let rate = SampleRate::new(RATE_HZ as u32).expect("in range");
        let sound = Channels::new(rate, planes).expect("equal lengths");
        Self { sound, measured, speech: speech.into_iter().map(Timeline::new).collect() }
    }

    fn untouched<'a>(&'a self, independent: &'a [usize]) -> Untouched<'a> {
        Untouched { sound: &self.sound, measured: &self.measured, speech: &self.speech, independent, leaky: &[] }
    }

    /// What `damage` adds to channel 0, and what it promises.
    fn difference(&self, damage: Damage, voices: &[Voice]) -> (Vec<f32>, Vec<Expected>) {
        let mixed = damage.mix_into(&self.untouched(&[0, 1]), 0, voices, &mut Random::new(1));
        let (sound, expected) = mixed.expect("can be tried");
        assert_eq!(sound.plane(1), self.sound.plane(1), "the other channel is left alone");
        (sound.plane(0).iter().zip(self.sound.plane(0)).map(|(a, b)| a - b).collect(), expected)
    }
}

fn value(expected: &[Expected], field: Field) -> f64 {
    expected.iter().find(|e| e.field == field).expect("promised").value
}

#[test]
fn noise_is_as_far_below_the_speech_as_it_says() {
    let voices = [mix::white(&mut Random::new(2), 6 * RATE_HZ)];
    for sound in [NoiseSound::Hiss, NoiseSound::Hum, NoiseSound::Knocks, NoiseSound::Voices] {
        let (added, expected) = Call::new().difference(Damage::Noise { sound, snr_db: 20.0 }, &voices);
        let added_dbfs = 20.0 * mix::rms(&added).log10();
        // f32 samples: far below a thousandth of a dB.
        assert!((added_dbfs + 46.0).abs() < 0.01, "{sound:?}: {added_dbfs}");
        // The floor of -70 dBFS adds 10·lg(1 + 10^-2.4) = 0.017 dB.
        assert!((value(&expected, Field::Snr) - 19.983).abs() < 0.001);
        assert!((value(&expected, Field::Floor) + 45.983).abs() < 0.001);
    }
}

#[test]
fn leakage_is_the_other_channel_later_and_weaker() {
    let call = Call::new();
    let (added, expected) = call.difference(Damage::Leakage { attenuation_db: 20.0, delay_ms: 8.0 }, &[]);
    let delay = RATE_HZ * 8 / 1000;
    let worst =
        (delay..added.len()).map(|i| (added[i] - 0.1 * call.sound.plane(1)[i - delay]).abs()).fold(0.0, f32::max);
    // One rounding of f32 at full scale.
    assert!(worst < 1e-7, "{worst}");
    assert_eq!(value(&expected, Field::Delay), 8.0);
}

#[test]
fn the_promised_share_of_clipped_samples_is_that_of_flat_tops() {
    let call = Call::new();
    let (clipped, expected) = Damage::Clipping { ratio: 0.02 }
        .mix_into(&call.untouched(&[0, 1]), 0, &[], &mut Random::new(1))
        .expect("can be tried");
    let peak = clipped.plane(0).iter().fold(0.0f32, |max, s| max.max(s.abs()));
    let in_tops: usize = clipped
        .plane(0)
        .chunk_by(|a, b| a == b)
        .filter(|run| run.len() >= 3 && run[0].abs() == peak)
        .map(<[f32]>::len)
        .sum();
    assert!((value(&expected, Field::Clipped) - in_tops as f64 / clipped.n_samples() as f64).abs() < 1e-9);
}

#[test]
fn dropouts_lie_inside_speech_and_apart() {
    let call = Call::new();
    let (removed, expected) = call.difference(Damage::Dropouts { n: 6, length_ms: 60.0 }, &[]);
    assert!((3..=6).contains(&expected.len()), "10 s of speech have room for some: {}", expected.len());
    for hole in &expected {
        let span = TimeSpan::new(hole.value, hole.value + 0.06);
        assert!(call.speech[0].spans().iter().any(|s| s.overlap_s(&span) > 0.0599), "{span:?}");
        let at = call.sound.rate().s_to_samples(hole.value);
        assert!(removed[at..at + 480].iter().zip(&call.sound.plane(0)[at..]).all(|(d, s)| *d == -s));
    }
}

#[test]
fn what_cannot_be_tried_says_why() {
    let call = Call::new();
    let check = |damage: Damage, independent: &[usize], expected: &str| {
        let mixed = damage.mix_into(&call.untouched(independent), 0, &[], &mut Random::new(1));
        let reason = mixed.expect_err("cannot be tried");
        assert!(reason.contains(expected), "{reason}");
    };
    check(Damage::Leakage { attenuation_db: 20.0, delay_ms: 8.0 }, &[0], "two parties");
    check(Damage::Neighbour { below_db: 20.0 }, &[0, 1], "lend a voice");
    check(Damage::Neighbour { below_db: 60.0 }, &[0, 1], "noisier");
    check(Damage::Noise { sound: NoiseSound::Hiss, snr_db: 40.0 }, &[0, 1], "about as noisy");
    check(Damage::Noise { sound: NoiseSound::Hiss, snr_db: -40.0 }, &[0, 1], "full scale");

    let mut bad = Call::new();
    bad.measured[0].clipping.clipped_ratio = Some(0.01);
    bad.measured[0].background_voices.grade = Some(2);
    let leaky = Untouched { leaky: &[0], ..bad.untouched(&[0, 1]) };
    for (damage, expected) in [
        (Damage::Clipping { ratio: 0.02 }, "clipped already"),
        (Damage::Neighbour { below_db: 20.0 }, "behind this party already"),
        (Damage::Leakage { attenuation_db: 20.0, delay_ms: 8.0 }, "heard in this channel already"),
    ] {
        let reason = damage.mix_into(&leaky, 0, &[], &mut Random::new(1)).expect_err("cannot be tried");
        assert!(reason.contains(expected), "{reason}");
    }
}
