//! The phases of a call: what is heard besides live talk. Ring-back, busy and dial tones, beeps, keyed digits, hold music
//! and announcements, each with its time and the channel that hears it best; and the speech that is left when none of
//! them is taken for a voice. Not a judgement of waiting or silence: that is `conversation`, from what is found here.
//!
//! Everything is heard on the samples as decoded, at their native rate. Real speech is never taken away: only tones
//! that hold nearly all the power of their channel are, and notes shorter than a word in the middle of music.

mod assemble;
mod bursts;
mod dtmf;
mod ivr;
mod music;
mod tones;

use std::cmp::Ordering;

use crate::call::{CallActivity, CallPhases, Channels, LeakagePath, Phase, PhaseKind, Transcript};
use crate::dsp::frames;
use crate::dsp::tonality::Tonality;
use crate::timeline::{TimeSpan, Timeline};

/// Phases of a call. `activity` is its voice activity, one timeline a channel; `independent` the channels that are
/// neither dead nor copies; `paths` the leakage between them.
pub fn find(channels: &Channels, activity: &CallActivity, independent: &[usize], paths: &[LeakagePath]) -> CallPhases {
    let nobody = Timeline::default();
    let (rate, end_s) = (channels.rate(), channels.duration_s());
    let independent: Vec<usize> = independent.iter().copied().filter(|i| *i < channels.n_channels()).collect();
    let signals: Vec<_> = independent.iter().map(|i| tones::find(channels.plane(*i), rate)).collect();
    let keys: Vec<_> = independent.iter().map(|i| dtmf::find(channels.plane(*i), rate)).collect();
    // What the network plays is no music, here and where it leaks. Lone tones may be notes.
    let of_network = signals.iter().flatten().filter(|s| s.kind != PhaseKind::Tone);
    let of_network = of_network.flat_map(|s| s.bursts.iter().copied()).chain(keys.iter().flatten().copied());
    let of_network = Timeline::new(of_network);
    let heard = independent.iter().zip(signals).zip(keys).map(|((&channel, signals), keys)| {
        let samples = channels.plane(channel);
        let power = |span: &TimeSpan| {
            let range = rate.s_to_samples(span.start_s)..rate.s_to_samples(span.end_s).min(samples.len());
            samples.get(range).map_or(0.0, frames::mean_square)
        };
        let speech = activity.by_channel.get(channel).unwrap_or(&nobody);
        let tonality = Tonality::new(samples, rate);
        let music = music::find(&tonality, speech, &of_network, end_s);
        let short = speech.minus(&speech.longer_than(assemble::NOTE_S));
        let words = music::words(&tonality, &short, speech, &music);
        assemble::Heard {
            channel,
            signals: signals.into_iter().map(|s| (power(&s.bursts[0]), s)).map(|(p, s)| (s, p)).collect(),
            keys: keys.into_iter().map(|k| (k, power(&k))).collect(),
            music: music.spans().iter().map(|m| (*m, power(m))).collect(),
            words,
        }
    });
    let heard = heard.collect();
    assemble::assemble(heard, activity, &independent, paths)
}

/// The same with what the words say: announcements that nothing else gives away.
pub fn find_in_words(phases: &mut CallPhases, transcript: &Transcript) {
    ivr::by_words(phases, transcript);
}

fn in_order(a: &Phase, b: &Phase) -> Ordering {
    a.start_s
        .total_cmp(&b.start_s)
        .then(a.end_s.total_cmp(&b.end_s))
        .then(a.channel.cmp(&b.channel))
        .then(a.kind.cmp(&b.kind))
}

#[cfg(test)]
mod tests;
