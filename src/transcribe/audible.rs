//! Where a window holds sound as loud as the party's own speech, whether or not the voice activity took it for speech:
//! words over such sound are not made up from silence. Pure; says nothing about what the sound is.

use crate::timeline::{TimeSpan, Timeline};

/// 32 ms at 16 kHz, the frame of the voice activity.
const FRAME: usize = 512;
const FRAME_S: f64 = 0.032;

/// At most this far below the mean power of the speech in the window: soft syllables ...
const BELOW_SPEECH: f64 = 0.1;

/// ... and at least 8 dB above the background, so that steady noise near the level of the speech is not taken for it.
const ABOVE_BACKGROUND: f64 = 6.3;

/// The background is the power that this share of the frames stay below: pauses within and between phrases.
const BACKGROUND_SHARE: f64 = 0.2;

/// The speech of a window and what is as loud as it. `sound` is the window at 16 kHz, from `start_s` of the call.
pub(super) fn audible(sound: &[f32], start_s: f64, speech: &Timeline) -> Timeline {
    let powers: Vec<f64> = sound
        .chunks_exact(FRAME)
        .map(|frame| frame.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / FRAME as f64)
        .collect();
    let at = |i: usize| TimeSpan::new(start_s + i as f64 * FRAME_S, start_s + (i + 1) as f64 * FRAME_S);
    let is_speech = |i: usize| speech.spans().iter().any(|span| span.overlap_s(&at(i)) > FRAME_S / 2.0);
    let spoken: Vec<f64> = (0..powers.len()).filter(|i| is_speech(*i)).map(|i| powers[i]).collect();
    if spoken.is_empty() {
        return speech.clone();
    }
    let mut sorted = powers.clone();
    sorted.sort_by(f64::total_cmp);
    let background = sorted[(sorted.len() as f64 * BACKGROUND_SHARE) as usize];
    let mean = spoken.iter().sum::<f64>() / spoken.len() as f64;
    let least = (mean * BELOW_SPEECH).max(background * ABOVE_BACKGROUND);
    let loud = powers.iter().enumerate().filter(|(_, power)| **power >= least).map(|(i, _)| at(i));
    speech.union(&Timeline::new(loud))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frames of these levels in dB from 10 s on, with this speech in frames, must have so many audible frames.
    fn check(levels_db: &[(usize, f64)], speech: (usize, usize), expected: usize) {
        let sound: Vec<f32> =
            levels_db.iter().flat_map(|(n, db)| std::iter::repeat_n(10f64.powf(db / 20.0) as f32, n * FRAME)).collect();
        let at = |frame: usize| 10.0 + frame as f64 * FRAME_S;
        let speech = Timeline::new([TimeSpan::new(at(speech.0), at(speech.1))]);
        let frames = audible(&sound, 10.0, &speech).total_s() / FRAME_S;
        assert!((frames - expected as f64).abs() < 1e-6, "{frames} frames");
    }

    #[test]
    fn sound_as_loud_as_the_speech_is_audible() {
        check(&[(20, -60.0), (20, -25.0), (20, -60.0), (10, -30.0)], (20, 40), 30);
    }

    #[test]
    fn weak_sound_and_steady_noise_are_not() {
        check(&[(20, -60.0), (20, -25.0), (20, -60.0), (10, -36.0)], (20, 40), 20);
        // Noise 6 dB below the speech, throughout.
        check(&[(20, -31.0), (20, -25.0), (20, -31.0)], (20, 40), 20);
    }

    #[test]
    fn without_speech_in_the_window_there_is_nothing_to_compare_with() {
        check(&[(20, -25.0)], (100, 110), 10);
        check(&[], (0, 10), 10);
    }
}
