//! Signals made from a formula, so that every time is known; and timelines made by hand for what is pure arithmetic.

use std::f64::consts::TAU;

use super::*;
use crate::call::PhaseKind;
use crate::units::SampleRate;

/// A start or end is that of a block of 4 ms, and 5 ms of ramp blur it.
const EDGE_S: f64 = 0.02;
/// Edges of music and announcements: what is asked for.
const PHASE_S: f64 = 0.5;

struct Sound {
    rate_hz: u32,
    samples: Vec<f32>,
    state: u32,
}

impl Sound {
    /// Noise at -60 dBFS, like a line.
    fn new(rate_hz: u32, length_s: f64) -> Self {
        let mut sound = Self { rate_hz, samples: vec![0.0; (length_s * f64::from(rate_hz)) as usize], state: 1 };
        sound.noise(0.0, length_s, 0.001);
        sound
    }

    fn noise(&mut self, from_s: f64, to_s: f64, rms: f64) {
        self.add(from_s, to_s, |_, noise| rms * noise);
    }

    /// Adds a function of the time since `from_s` and of a random number of variance 1.
    fn add(&mut self, from_s: f64, to_s: f64, of: impl Fn(f64, f64) -> f64) {
        let at = |s: f64| (s * f64::from(self.rate_hz)).round() as usize;
        let (from, to) = (at(from_s), at(to_s).min(self.samples.len()));
        for i in from..to {
            self.state = self.state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let uniform = f64::from(self.state) / f64::from(u32::MAX) - 0.5;
            let since_s = (i - from) as f64 / f64::from(self.rate_hz);
            self.samples[i] += of(since_s, uniform * 12f64.sqrt()) as f32;
        }
    }

    fn tone(&mut self, from_s: f64, length_s: f64, hz: &[f64]) {
        self.add(from_s, from_s + length_s, |t, _| {
            let ramp = (t.min(length_s - t) / 0.005).clamp(0.0, 1.0);
            ramp * 0.1 * hz.iter().map(|hz| (TAU * hz * t).sin()).sum::<f64>()
        });
    }

    /// Chords of four notes that change twice a second.
    fn music(&mut self, from_s: f64, to_s: f64) {
        let mut at_s = from_s;
        let mut chord = 0;
        while at_s < to_s - 0.01 {
            let root = 262.0 * 2f64.powf(f64::from([0, 5, 7, 9, 4][chord % 5]) / 12.0);
            self.add(at_s, (at_s + 0.5).min(to_s), |t, _| {
                let notes = [1.0, 1.26, 1.498, 2.0, 3.0].map(|ratio| (TAU * root * ratio * t).sin());
                0.05 * notes.iter().sum::<f64>() * (-2.0 * t).exp()
            });
            (at_s, chord) = (at_s + 0.5, chord + 1);
        }
    }

    /// Syllables of a voice that glides, with breath between them.
    fn voice(&mut self, from_s: f64, to_s: f64) {
        self.add(from_s, to_s, |t, noise| {
            let phase = 140.0 * t + 5.0 * (TAU * 0.9 * t).sin();
            let vowel: f64 = (2..14).map(|h| (TAU * phase * f64::from(h)).sin() / f64::from(h)).sum();
            let syllable = (TAU * 2.0 * t).sin().max(0.0);
            0.15 * vowel * syllable + 0.002 * noise
        });
    }

    fn channels(&self) -> Channels {
        Channels::new(SampleRate::new(self.rate_hz).expect("a real rate"), vec![self.samples.clone()]).expect("finite")
    }
}

fn line(spans: &[(f64, f64)]) -> Timeline {
    Timeline::new(spans.iter().map(|(a, b)| TimeSpan::new(*a, *b)))
}

/// Phases of one channel in which these spans were taken for speech.
fn heard(sound: &Sound, speech: &[(f64, f64)]) -> CallPhases {
    find(&sound.channels(), &CallActivity { by_channel: vec![line(speech)], ..CallActivity::default() }, &[0], &[])
}

fn check(found: &CallPhases, expected: &[(f64, f64, PhaseKind)], within_s: f64) {
    let is_same = |p: &Phase, e: &(f64, f64, PhaseKind)| {
        p.kind == e.2 && (p.start_s - e.0).abs() <= within_s && (p.end_s - e.1).abs() <= within_s
    };
    let all = found.phases.len() == expected.len() && found.phases.iter().zip(expected).all(|(p, e)| is_same(p, e));
    assert!(all, "found {:?}, expected {expected:?}", found.phases);
}

#[test]
fn ringing_of_each_country_is_ringing_whatever_voice_activity_took_it_for() {
    // E.180 supplement 2: frequencies, on and off in turn.
    let national: [(&[f64], &[f64]); 5] = [
        (&[440.0, 480.0], &[2.0, 4.0]),
        (&[400.0, 450.0], &[0.4, 0.2, 0.4, 2.0]),
        (&[425.0], &[1.0, 4.0]),
        (&[425.0], &[0.8, 3.2]),
        (&[425.0], &[1.2, 3.7]),
    ];
    for rate_hz in [8000, 16_000, 44_100] {
        for (hz, cadence) in national {
            let mut sound = Sound::new(rate_hz, 16.0);
            let (mut at_s, mut end_s) = (0.5, 0.0);
            for _ in 0..2 {
                for (i, length_s) in cadence.iter().enumerate() {
                    if i % 2 == 0 {
                        sound.tone(at_s, *length_s, hz);
                        end_s = at_s + length_s;
                    }
                    at_s += length_s;
                }
            }
            let found = heard(&sound, &[(0.6, 1.0)]);
            check(&found, &[(0.5, end_s, PhaseKind::Ringback)], EDGE_S);
            assert!(found.activity.by_channel[0].is_empty(), "{hz:?}: a ring is no speech");
            // The pauses between rings are background of the line.
            assert!(found.sounds[0].total_s() < end_s - 0.5, "{hz:?}");
        }
    }
}

#[test]
fn a_single_ring_is_ringing_and_short_bursts_are_busy() {
    let mut sound = Sound::new(8000, 20.0);
    sound.tone(0.2, 1.0, &[425.0]);
    for i in 0..6 {
        sound.tone(14.0 + f64::from(i), 0.5, &[480.0, 620.0]);
    }
    check(&heard(&sound, &[]), &[(0.2, 1.2, PhaseKind::Ringback), (14.0, 19.5, PhaseKind::Busy)], EDGE_S);
}

#[test]
fn a_beep_that_stands_alone_is_a_tone_and_one_that_never_ends_is_a_dial_tone() {
    let mut sound = Sound::new(8000, 12.0);
    sound.tone(1.0, 0.3, &[1400.0]);
    sound.tone(4.0, 6.0, &[350.0, 440.0]);
    check(&heard(&sound, &[]), &[(1.0, 1.3, PhaseKind::Tone), (4.0, 10.0, PhaseKind::Dial)], EDGE_S);
}

#[test]
fn every_key_is_found_and_none_that_is_too_short() {
    let (rows, columns) = ([697.0, 770.0, 852.0, 941.0], [1209.0, 1336.0, 1477.0, 1633.0]);
    for rate_hz in [8000, 11_025, 48_000] {
        let mut sound = Sound::new(rate_hz, 6.0);
        let mut expected = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            for (j, column) in columns.iter().enumerate() {
                let at_s = 0.2 + 0.3 * (i * 4 + j) as f64;
                // Q.24: 40 ms are a key, frequencies may be off by 1.5 %.
                let (length_s, off) = if j % 2 == 0 { (0.045, 1.012) } else { (0.1, 0.99) };
                sound.tone(at_s, length_s, &[row * off, column * off]);
                expected.push((at_s, at_s + length_s, PhaseKind::Dtmf));
            }
        }
        // Q.24: under 20 ms is none.
        sound.tone(5.5, 0.015, &[770.0, 1336.0]);
        check(&heard(&sound, &[]), &expected, EDGE_S);
    }
}

#[test]
fn music_is_found_and_the_notes_in_it_are_no_speech() {
    let mut sound = Sound::new(8000, 22.0);
    sound.voice(0.5, 5.0);
    sound.music(6.0, 16.0);
    sound.voice(17.0, 21.0);
    let found = heard(&sound, &[(0.5, 5.0), (9.0, 9.5), (17.0, 21.0)]);
    let music: Vec<&Phase> = found.phases.iter().filter(|p| p.kind == PhaseKind::Music).collect();
    assert_eq!(music.len(), 1, "{:?}", found.phases);
    assert!((music[0].start_s - 6.0).abs() < PHASE_S && (music[0].end_s - 16.0).abs() < PHASE_S, "{music:?}");
    assert_eq!(found.activity.by_channel[0].spans().last(), Some(&TimeSpan::new(17.0, 21.0)));
    assert!(!found.activity.by_channel[0].spans().iter().any(|s| s.start_s == 9.0));
    assert!(found.sounds[0].total_s() > 9.0);
}

#[test]
fn voices_noise_and_hum_are_no_phases() {
    let mut voice = Sound::new(8000, 10.0);
    voice.voice(0.5, 9.5);
    check(&heard(&voice, &[(0.5, 9.5)]), &[], EDGE_S);
    let mut noise = Sound::new(8000, 10.0);
    noise.noise(0.0, 10.0, 0.1);
    check(&heard(&noise, &[]), &[], EDGE_S);
    let mut hum = Sound::new(8000, 10.0);
    hum.add(0.0, 10.0, |t, _| (1..8).map(|h| 0.05 * (TAU * 50.0 * f64::from(h) * t).sin()).sum());
    check(&heard(&hum, &[]), &[], EDGE_S);
    let mut whistle = Sound::new(8000, 10.0);
    whistle.add(1.0, 9.0, |t, _| 0.1 * (TAU * (1500.0 * t + 40.0 * (TAU * 0.7 * t).sin())).sin());
    check(&heard(&whistle, &[]), &[], EDGE_S);
}

#[test]
fn silence_and_nothing_at_all_have_no_phases() {
    for n in [0, 1, 100, 16_000] {
        let channels = Channels::new(SampleRate::new(8000).expect("a real rate"), vec![vec![0.0; n]]).expect("finite");
        let found = find(
            &channels,
            &CallActivity { by_channel: vec![Timeline::default()], ..CallActivity::default() },
            &[0],
            &[],
        );
        assert!(found.phases.is_empty() && found.activity.by_channel.len() == 1);
        // Fewer timelines than channels: nothing is known, and nothing breaks.
        assert!(find(&channels, &CallActivity::default(), &[0, 7], &[]).phases.is_empty());
    }
}

// ---- Announcements: timelines ----

/// Announcements of two channels (or one, if `caller` is `None`) next to what else is heard.
fn announced(
    line_side: &[(f64, f64)],
    caller: Option<&[(f64, f64)]>,
    others: &[(f64, f64, PhaseKind)],
) -> Vec<(f64, f64)> {
    let activity: Vec<Timeline> = [Some(line_side), caller].into_iter().flatten().map(line).collect();
    let independent: Vec<usize> = (0..activity.len()).collect();
    let phase = |(start_s, end_s, kind): &(f64, f64, PhaseKind)| Phase {
        start_s: *start_s,
        end_s: *end_s,
        channel: 0,
        kind: *kind,
    };
    let others: Vec<Phase> = others.iter().map(phase).collect();
    ivr::find(&activity, &independent, &others).iter().map(|p| (p.start_s, p.end_s)).collect()
}

#[test]
fn speech_before_a_key_or_music_is_an_announcement_while_the_caller_has_said_nothing() {
    let others = [(6.0, 6.1, PhaseKind::Dtmf), (10.0, 30.0, PhaseKind::Music)];
    let speech = [(0.0, 2.0), (2.5, 5.0), (7.0, 9.0), (31.0, 35.0)];
    assert_eq!(announced(&speech, Some(&[(36.0, 38.0)]), &others), [(0.0, 5.0), (7.0, 9.0)]);
    // The caller answered before the music: this is talk, and a hold in it.
    assert_eq!(announced(&speech, Some(&[(1.8, 3.0), (36.0, 38.0)]), &others[1..]), []);
    // Nobody else speaks at all: it cannot be told.
    assert_eq!(announced(&speech, Some(&[]), &others), []);
}

#[test]
fn in_one_channel_only_a_key_makes_speech_before_music_an_announcement() {
    let keyed = [(11.0, 11.1, PhaseKind::Dtmf), (20.0, 40.0, PhaseKind::Music)];
    let speech = [(2.0, 6.0), (7.0, 10.0), (13.0, 18.0), (41.0, 60.0)];
    assert_eq!(announced(&speech, None, &keyed), [(2.0, 10.0), (13.0, 18.0)]);
    assert_eq!(announced(&speech, None, &keyed[1..]), []);
}

#[test]
fn speech_between_two_pieces_of_music_is_an_announcement_unless_the_caller_answers() {
    let music = [(10.0, 20.0, PhaseKind::Music), (25.0, 40.0, PhaseKind::Music)];
    let speech = [(0.0, 3.0), (5.0, 9.0), (20.5, 24.5), (41.0, 44.0)];
    assert_eq!(announced(&speech, Some(&[(3.2, 4.8), (45.0, 47.0)]), &music), [(20.5, 24.5)]);
    assert_eq!(announced(&speech, Some(&[(3.2, 4.8), (22.0, 23.5)]), &music), []);
}

#[test]
fn what_only_machines_say_is_an_announcement_with_all_before_it() {
    let say = |channel: u16, start_s: f64, text: &str| crate::call::Utterance {
        start_s: Some(start_s),
        end_s: Some(start_s + 3.0),
        channel: Some(channel),
        speaker: None,
        language: None,
        text: text.into(),
        confidence: None,
        words: Vec::new(),
    };
    let in_words = |utterances: Vec<crate::call::Utterance>| {
        let activity = CallActivity { by_channel: vec![Timeline::default(); 2], ..CallActivity::default() };
        let mut phases = CallPhases { activity, ..CallPhases::default() };
        find_in_words(&mut phases, &Transcript { utterances, ..Transcript::default() });
        phases.phases.iter().map(|p| (p.start_s, p.end_s, p.kind)).collect::<Vec<_>>()
    };
    let prompt =
        || vec![say(0, 0.0, "Witamy."), say(0, 4.0, "Aby rozmawiać, naciśnij jeden."), say(0, 9.0, "Dzień dobry.")];
    assert_eq!(in_words(prompt()), [(0.0, 3.0, PhaseKind::Ivr), (4.0, 7.0, PhaseKind::Ivr)]);
    // After the caller has spoken, a person may say so as well.
    let mut answered = prompt();
    answered.insert(0, say(1, 0.5, "Halo?"));
    assert_eq!(in_words(answered), []);
}

#[test]
fn a_short_word_over_music_stays_and_a_note_does_not() {
    let mut sound = Sound::new(8000, 14.0);
    sound.music(1.0, 13.0);
    // A gliding voice 14 dB above the notes.
    sound.add(6.0, 6.5, |t, _| {
        let phase = 140.0 * t + 5.0 * (TAU * 0.9 * t).sin();
        0.8 * (2..14).map(|h| (TAU * phase * f64::from(h)).sin() / f64::from(h)).sum::<f64>()
    });
    let found = heard(&sound, &[(6.0, 6.5), (9.0, 9.4)]);
    assert_eq!(found.activity.by_channel[0], line(&[(6.0, 6.5)]));
}
