//! Voices behind the party that belong to neither party: a neighbour at the next desk, a room of callers. Not leakage
//! of the other party, not the party's own quiet words, and not noise.
//!
//! `ratio`: share 0..=1 of the time in which they could be heard (the party is silent, nothing leaks in) and are; lower is
//! better. `level_below_speech_db`: power of the party's speech over that of the voices, each while it lasts, the noise
//! under the voices taken off; higher is better. `grade`: 0 none · 1 babble, no words · 2 words guessable · 3 words
//! recognisable. `spans`: where. Source: definitions of this project; the voices are found by `vad`.
//!
//! The grade is a rule on what decides whether words are understood, the level over what lies under them and the
//! number of talkers; ITU-T and ANSI S3.5 put half of the sentences understood near -5 to 0 dB and nearly all from 10 to
//! 15 dB. It is not a listening test.
//! What fools it: a television; a party on a speakerphone in a large room; voices that stop whenever the party does.

use super::Input;
use crate::call::{Background, BackgroundVoices, ChannelMeasurements, Problem};
use crate::timeline::{TimeSpan, Timeline};

/// One talker this far over the noise is understood word by word.
const RECOGNISABLE_DB: f64 = 15.0;
/// Below this only that somebody speaks is heard.
const GUESSABLE_DB: f64 = 5.0;
/// A voice that is heard before and after the party's own speech went on behind it, if that lasted no longer than a
/// sentence or two.
const LONGEST_BRIDGE_S: f64 = 10.0;
/// Less of a pause than this shows nothing.
const SHORTEST_PAUSE_S: f64 = 0.3;

/// Fills `background_voices`.
pub(super) fn measure(input: &Input<'_>, into: &mut ChannelMeasurements, problems: &mut Vec<Problem>) {
    let Some(background) = input.background else {
        let why = "neighbours' voices cannot be told from the parties' own: one channel, or hardly a pause in it";
        problems.push(input.not_measurable("background_not_judgeable", &["/background_voices"], why));
        return;
    };
    // Tones and hold music hide whoever speaks behind them.
    let (observed, spans) = (background.observed.minus(input.sounds), background.spans.minus(input.sounds));
    let observed_s = observed.total_s();
    into.background_voices = BackgroundVoices {
        ratio: (observed_s > 0.0).then(|| (spans.intersection(&observed).total_s() / observed_s).min(1.0)),
        // Without voices there is no level, and no problem names it: that is an answer.
        level_below_speech_db: background.level_below_speech_db,
        grade: Some(grade(background)),
        spans: Some(bridged(&spans, &observed).spans().to_vec()),
    };
}

fn grade(background: &Background) -> u8 {
    if background.spans.is_empty() {
        return 0;
    }
    match background.above_noise_db {
        _ if background.is_babble => 1,
        Some(above_db) if above_db >= RECOGNISABLE_DB && background.is_one_talker => 3,
        Some(above_db) if above_db >= GUESSABLE_DB => 2,
        // No noise at all under the voice: digital silence.
        None if background.is_one_talker => 3,
        _ => 1,
    }
}

/// Voices joined across times in which they could not be heard.
fn bridged(voices: &Timeline, observed: &Timeline) -> Timeline {
    let pairs = voices.spans().windows(2);
    let bridges = pairs.filter_map(|pair| {
        let gap = TimeSpan::new(pair[0].end_s, pair[1].start_s);
        let heard_s = observed.intersection(&Timeline::new([gap])).total_s();
        (gap.duration_s() <= LONGEST_BRIDGE_S && heard_s < SHORTEST_PAUSE_S).then_some(gap)
    });
    voices.union(&Timeline::new(bridges))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(spans: &[(f64, f64)]) -> Timeline {
        Timeline::new(spans.iter().map(|(a, b)| TimeSpan::new(*a, *b)))
    }

    #[test]
    fn a_voice_before_and_after_a_sentence_went_on_behind_it() {
        let check = |voices: &[(f64, f64)], observed: &[(f64, f64)], expected: &[(f64, f64)]| {
            assert_eq!(bridged(&line(voices), &line(observed)), line(expected));
        };
        check(&[], &[(0.0, 9.0)], &[]);
        check(&[(1.0, 2.0), (5.0, 6.0)], &[(0.0, 2.0), (5.0, 9.0)], &[(1.0, 6.0)]);
        // It was listened for and not heard, or the sentence was a long one.
        check(&[(1.0, 2.0), (5.0, 6.0)], &[(0.0, 9.0)], &[(1.0, 2.0), (5.0, 6.0)]);
        check(&[(1.0, 2.0), (15.0, 16.0)], &[(0.0, 2.0), (15.0, 19.0)], &[(1.0, 2.0), (15.0, 16.0)]);
    }

    #[test]
    fn the_grade_follows_level_over_noise_and_talkers() {
        let check = |above_noise_db: Option<f64>, is_babble: bool, is_one_talker: bool, expected: u8| {
            let spans = line(&[(1.0, 2.0)]);
            let heard = Background { spans, above_noise_db, is_babble, is_one_talker, ..Background::default() };
            assert_eq!(grade(&heard), expected);
        };
        check(Some(20.0), false, true, 3);
        check(Some(20.0), false, false, 2);
        check(Some(14.9), false, true, 2);
        check(Some(4.9), false, true, 1);
        check(Some(20.0), true, false, 1);
        check(None, false, true, 3);
        assert_eq!(grade(&Background::default()), 0);
    }
}
