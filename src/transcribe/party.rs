//! One channel as the speech model is to hear it: its sound at 16 kHz without the other party's leakage.

use super::muting;
use super::packing::{self, Window};
use crate::call::{CallActivity, Channels, LeakagePath};
use crate::dsp::resample::{self, Leak};
use crate::timeline::{TimeSpan, Timeline};
use crate::units::SampleRate;

/// The rate the model hears.
const RATE_HZ: u32 = 16_000;

/// Muted stretches begin and end over this: shorter than a sound of speech, longer than a click.
const FADE_S: f64 = 0.02;

/// A party and its channel.
pub(super) struct Party<'a> {
    pub channel: usize,
    pub speech: &'a Timeline,
    /// Tones and hold music on the channel.
    pub sounds: Timeline,
    /// Everything but what only leaks in.
    keep: Timeline,
    plane: &'a [f32],
    rate: SampleRate,
    leaks: Vec<Leak<'a>>,
}

impl<'a> Party<'a> {
    /// The party of a channel; `None` if it does not speak there or the channel is not there.
    pub fn of(
        channels: &'a Channels,
        channel: usize,
        activity: &'a CallActivity,
        leakage: &[LeakagePath],
    ) -> Option<Self> {
        let speech = activity.by_channel.get(channel).filter(|speech| !speech.is_empty())?;
        if channel >= channels.n_channels() {
            return None;
        }
        let leaks = leakage
            .iter()
            .filter(|path| path.to == channel && path.from != channel && path.from < channels.n_channels())
            .map(|path| Leak { source: channels.plane(path.from), gain: path.gain, delay_samples: path.delay_samples })
            .collect();
        let leaked = activity.leaked.get(channel).cloned().unwrap_or_default();
        Some(Self {
            channel,
            speech,
            sounds: activity.sounds.get(channel).cloned().unwrap_or_default(),
            keep: muting::to_keep(&leaked, speech, channels.duration_s()),
            plane: channels.plane(channel),
            rate: channels.rate(),
            leaks,
        })
    }

    /// What the model is to hear, window by window.
    pub fn windows(&self) -> Vec<Window> {
        let duration_s = self.plane.len() as f64 / f64::from(self.rate.hz());
        packing::pack(self.speech, duration_s, |range| self.quietest_s(range))
    }

    /// The sound of a window, its parts one after the other.
    pub fn sound(&self, window: &Window) -> Vec<f32> {
        let rate_16k = SampleRate::new(RATE_HZ).expect("a constant in range");
        let part = |span: &TimeSpan| {
            let (first, end) = (self.rate.s_to_samples(span.start_s), self.rate.s_to_samples(span.end_s));
            let mut sound = resample::window(self.plane, first, end, self.rate, rate_16k, &self.leaks);
            muting::mute(&mut sound, span.start_s, &self.keep, FADE_S);
            sound
        };
        window.parts.iter().flat_map(part).collect()
    }

    /// The middle of the quietest 0.1 s in this range, at steps of 20 ms.
    fn quietest_s(&self, range: TimeSpan) -> f64 {
        const LENGTH_S: f64 = 0.1;
        const STEP_S: f64 = 0.02;
        let n_steps = ((range.duration_s() - LENGTH_S) / STEP_S).floor().max(0.0) as usize;
        let mut best = (f64::INFINITY, range.start_s);
        for start_s in (0..=n_steps).map(|step| range.start_s + step as f64 * STEP_S) {
            let end = self.rate.s_to_samples(start_s + LENGTH_S).min(self.plane.len());
            let samples = &self.plane[self.rate.s_to_samples(start_s).min(end)..end];
            let energy: f64 = samples.iter().map(|s| f64::from(*s).powi(2)).sum();
            if energy < best.0 {
                best = (energy, start_s + LENGTH_S / 2.0);
            }
        }
        best.1
    }
}
