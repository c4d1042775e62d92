//! Measurements by channel: level, noise, clipping, dropouts, bandwidth, neighbours' voices. One file a metric, one table [`METRICS`].
//!
//! Everything is measured on the samples as decoded, at their native rate; nothing is denoised or resampled first.
//! Not here: what lies between channels (leakage, dual mono: `audio`; overtalk: `conversation`),
//! and what listeners would say (`perceived`: a model's estimate, and this module holds no model).

mod background;
mod background_voices;
mod bandwidth;
mod clipping;
mod clues;
mod dropouts;
mod hum;
mod kind;
pub mod kind_features;
mod kind_model;
mod level;
mod low_pass;
mod noise;
mod p56;
mod pauses;
mod smeared_tops;
mod snr;
mod voicing;

pub use level::level_difference;

use crate::call::{Background, CallActivity, ChannelMeasurements, Channels, Problem, ProblemSeverity};
use crate::timeline::Timeline;
use crate::units::SampleRate;

/// Shorter sound than this has no level, noise or spectrum worth a number: one frame of the P.56 hangover is longer.
const LEAST_SOUND_S: f64 = 0.1;

/// What a metric may look at.
#[derive(Debug)]
struct Input<'a> {
    /// Index of the channel.
    channel: usize,
    /// Its samples.
    samples: &'a [f32],
    /// Their rate.
    rate: SampleRate,
    /// Where this channel's party speaks.
    speech: &'a Timeline,
    /// Where anybody speaks on another channel: what leaks from there is no noise of this line.
    elsewhere: &'a Timeline,
    /// Tones and hold music: not background either.
    sounds: &'a Timeline,
    /// Voices behind the party; `None` if they cannot be told.
    background: Option<&'a Background>,
}

/// Less speech than this has no meaningful level: the meter of P.56 alone needs 0.2 s to let go.
const LEAST_SPEECH_S: f64 = 0.5;

impl Input<'_> {
    fn has_enough_speech(&self) -> bool {
        self.speech.total_s() >= LEAST_SPEECH_S
    }

    /// JSON pointers of fields of this channel.
    fn pointers(&self, fields: &[&str]) -> Vec<String> {
        fields.iter().map(|field| format!("/channels/{}{field}", self.channel)).collect()
    }

    fn not_measurable(&self, code: &str, fields: &[&str], why: &str) -> Problem {
        Problem::new("metrics", code, ProblemSeverity::NotMeasurable, format!("channel {}: {why}", self.channel))
            .about(self.pointers(fields))
            .on_channel(self.channel)
    }

    fn too_little_speech(&self, fields: &[&str]) -> Problem {
        let why = format!("{:.1} s of speech were found, {LEAST_SPEECH_S} s are needed", self.speech.total_s());
        self.not_measurable("too_little_speech", fields, &why)
    }
}

/// A metric: fills its part of the measurements and says what it could not measure.
type Metric = fn(&Input<'_>, &mut ChannelMeasurements, &mut Vec<Problem>);

/// Every metric of a channel, in the order of the report.
const METRICS: [Metric; 7] = [
    level::measure,
    noise::measure,
    // After `noise`: what is gated has no kind.
    kind::measure,
    clipping::measure,
    dropouts::measure,
    bandwidth::measure,
    background_voices::measure,
];

/// Measures every channel: one entry each, dead ones and copies too. `independent` names the channels that are
/// neither; a copy is measured with the activity of those, as it carries the same speech. Whatever is `None` has a
/// line in the problems.
pub fn measure(
    channels: &Channels,
    activity: &CallActivity,
    independent: &[usize],
) -> (Vec<ChannelMeasurements>, Vec<Problem>) {
    let nobody = Timeline::default();
    let speech_on = |channel: usize| activity.by_channel.get(channel).unwrap_or(&nobody);
    let anybody = independent.iter().fold(Timeline::default(), |all, &i| all.union(speech_on(i)));
    let sounds_on = |channel: usize| activity.sounds.get(channel).unwrap_or(&nobody);
    let any_sound = independent.iter().fold(Timeline::default(), |all, &i| all.union(sounds_on(i)));
    let mut measurements = Vec::with_capacity(channels.n_channels());
    let mut problems = Vec::new();
    for (channel, samples) in channels.planes().iter().enumerate() {
        let is_independent = independent.contains(&channel);
        let elsewhere = independent
            .iter()
            .filter(|&&i| is_independent && i != channel)
            .fold(Timeline::default(), |all, &i| all.union(speech_on(i)));
        let speech = if is_independent { speech_on(channel) } else { &anybody };
        let background = activity.background.get(channel).and_then(Option::as_ref).filter(|_| is_independent);
        let sounds = if is_independent { sounds_on(channel) } else { &any_sound };
        let rate = channels.rate();
        let input = Input { channel, samples, rate, speech, elsewhere: &elsewhere, sounds, background };
        let mut into = ChannelMeasurements::empty(u16::try_from(channel).unwrap_or(u16::MAX));
        if channels.duration_s() < LEAST_SOUND_S {
            let why = format!("{:.3} s of sound are there, {LEAST_SOUND_S} s are needed", channels.duration_s());
            problems.push(input.not_measurable("too_short", &[""], &why));
        } else {
            METRICS.iter().for_each(|metric| metric(&input, &mut into, &mut problems));
        }
        measurements.push(into);
    }
    (measurements, problems)
}
