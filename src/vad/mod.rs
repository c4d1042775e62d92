//! Voice activity: where the party of a channel speaks (Silero VAD through whisper.cpp). Not who speaks in a mono
//! call: that is `speakers`. Not a measure of level: a whisper counts, a loud tone does not.
//!
//! The call is heard in windows at 16 kHz, one at a time, each with a lead-in that brings the network's memory to
//! where it would be; so memory stays small for a call of any length, and no call depends on another.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use whisper_rs::{WhisperVadContext, WhisperVadContextParams};

use crate::call::{Background, CallActivity, Channels, LeakagePath};
use crate::dsp::resample::{self, Leak};
use crate::models::{ModelKind, ggml};
use crate::timeline::Timeline;
use crate::units::SampleRate;

mod behind;
mod spans;

/// Samples of one frame of the model at 16 kHz: 32 ms.
const FRAME: usize = 512;

/// The rate the model hears.
const RATE_HZ: u32 = 16_000;

/// 4 s are 125 whole frames and a whole number of samples at every rate: windows that start on such a multiple share
/// one grid of frames. The network's memory fades within a second or two, so this is also a sufficient lead-in.
const LEAD_IN_S: usize = 4;

/// Seconds of new sound in a window: 16 kHz samples of 64 s are 4 MB.
const WINDOW_S: usize = 60;

/// Why voice activity could not be found.
#[derive(Debug, thiserror::Error)]
pub enum VadError {
    /// The model file is not usable.
    #[error("cannot load the voice activity model: {0}")]
    Model(String),
    /// The engine failed on this call.
    #[error("voice activity detection failed: {0}")]
    Engine(String),
}

/// The detector; one for the whole program, shared by its threads.
#[derive(Debug)]
pub struct Vad {
    model: String,
    // Contexts that no thread is using. whisper.cpp clears the network's memory at the start of every detection, so
    // it does not matter which one a call gets.
    idle: Mutex<Vec<WhisperVadContext>>,
}

impl Vad {
    /// Loads the model.
    ///
    /// # Errors
    /// [`VadError::Model`] if the file is not a whole Silero model.
    pub fn load(model: &Path) -> Result<Self, VadError> {
        // Without a logging feature this silences the C code, which would write to stderr.
        whisper_rs::install_logging_hooks();
        ggml::check(model, ModelKind::VoiceActivity).map_err(|e| VadError::Model(e.to_string()))?;
        let model = model
            .to_str()
            .filter(|path| !path.contains('\0'))
            .ok_or_else(|| VadError::Model("the engine needs a path in UTF-8".into()))?;
        let vad = Self { model: model.to_owned(), idle: Mutex::default() };
        let first = vad.context()?;
        vad.idle.lock().unwrap_or_else(PoisonError::into_inner).push(first);
        Ok(vad)
    }

    fn context(&self) -> Result<WhisperVadContext, VadError> {
        if let Some(context) = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            return Ok(context);
        }
        let mut params = WhisperVadContextParams::new();
        // One thread a call: the frames depend on each other and are far too small to share out.
        params.set_n_threads(1);
        params.set_use_gpu(false);
        WhisperVadContext::new(&self.model, params).map_err(|e| VadError::Model(e.to_string()))
    }

    /// Speech by channel, and the voices behind it; empty for channels that are not `independent`; leakage paths are
    /// taken out first.
    ///
    /// # Errors
    /// [`VadError::Engine`] if the engine fails; never because of what is in the sound.
    pub fn activity(
        &self,
        channels: &Channels,
        independent: &[usize],
        leakage: &[LeakagePath],
    ) -> Result<CallActivity, VadError> {
        let mut context = self.context()?;
        let end_s = channels.duration_s();
        let mut heard = vec![Vec::new(); channels.n_channels()];
        let mut speech = vec![Timeline::default(); channels.n_channels()];
        for &channel in independent.iter().filter(|channel| **channel < channels.n_channels()) {
            heard[channel] = hear(&mut context, channels, channel, leakage, &Hearing::default())?;
            speech[channel] = spans::from_frames(&heard[channel], end_s);
        }
        let mut background: Vec<Option<Background>> = vec![None; channels.n_channels()];
        // With one channel the quieter party would be taken for a neighbour.
        if independent.len() > 1 {
            let together = speech.clone();
            for &channel in independent.iter().filter(|channel| **channel < channels.n_channels()) {
                speech[channel] = behind::own(&heard[channel], &together[channel], &all_but(&together, channel));
            }
            for &channel in independent.iter().filter(|channel| **channel < channels.n_channels()) {
                let (frames, own) = (&heard[channel], &speech[channel]);
                let raised = match behind::gain(frames, own, end_s) {
                    Some(gain) => {
                        let hearing = Hearing { gain, muted: own.widened(behind::MUTED_MARGIN_S, end_s) };
                        Some(hear(&mut context, channels, channel, leakage, &hearing)?)
                    }
                    None => None,
                };
                let raised: Option<Vec<f32>> =
                    raised.map(|frames| frames.iter().map(|frame| frame.probability).collect());
                let taken_out = together[channel].minus(own);
                let others = Others { speech: &all_but(&speech, channel), power: &loudest_other(&heard, channel) };
                background[channel] = behind::background(frames, raised.as_deref(), own, &taken_out, &others, end_s);
                if let Some(found) = &mut background[channel] {
                    speech[channel] = behind::without(frames, own, found);
                }
            }
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(context);
        Ok(CallActivity { by_channel: speech, background, ..CallActivity::default() })
    }
}

/// What goes on in the other channels.
#[derive(Debug)]
struct Others<'a> {
    /// Where their parties speak.
    speech: &'a Timeline,
    /// Mean square of the loudest of them, a frame.
    power: &'a [f32],
}

/// Where any other channel's party speaks.
fn all_but(speech: &[Timeline], channel: usize) -> Timeline {
    let others = speech.iter().enumerate().filter(|(i, _)| *i != channel);
    others.fold(Timeline::default(), |all, (_, one)| all.union(one))
}

fn loudest_other(heard: &[Vec<Frame>], channel: usize) -> Vec<f32> {
    let mut loudest = vec![0.0f32; heard[channel].len()];
    for frames in heard.iter().enumerate().filter(|(i, _)| *i != channel).map(|(_, frames)| frames) {
        loudest.iter_mut().zip(frames).for_each(|(most, frame)| *most = most.max(frame.power));
    }
    loudest
}

/// How a channel is listened to.
#[derive(Debug)]
struct Hearing {
    /// Amplitude factor.
    gain: f32,
    /// Where nothing is let through.
    muted: Timeline,
}

impl Default for Hearing {
    fn default() -> Self {
        Self { gain: 1.0, muted: Timeline::default() }
    }
}

impl Hearing {
    /// Applies it to samples at [`RATE_HZ`] that begin at `start_s`.
    fn apply(&self, sound: &mut [f32], start_s: f64) {
        if self.gain != 1.0 {
            sound.iter_mut().for_each(|sample| *sample *= self.gain);
        }
        let at = |time_s: f64| (((time_s - start_s).max(0.0) * f64::from(RATE_HZ)) as usize).min(sound.len());
        let ranges: Vec<(usize, usize)> =
            self.muted.spans().iter().map(|span| (at(span.start_s), at(span.end_s))).collect();
        ranges.into_iter().for_each(|(from, to)| sound[from..to].fill(0.0));
    }
}

/// One frame of 32 ms.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Frame {
    /// Probability 0..=1 that somebody speaks.
    probability: f32,
    /// Mean square of the samples.
    power: f32,
}

/// Frames of the whole channel.
fn hear(
    context: &mut WhisperVadContext,
    channels: &Channels,
    channel: usize,
    leakage: &[LeakagePath],
    hearing: &Hearing,
) -> Result<Vec<Frame>, VadError> {
    let rate = channels.rate();
    let rate_16k = SampleRate::new(RATE_HZ).expect("a constant in range");
    let per_second = rate.hz() as usize;
    let leaks: Vec<Leak<'_>> = leakage
        .iter()
        .filter(|path| path.to == channel && path.from < channels.n_channels() && path.from != channel)
        .map(|path| Leak { source: channels.plane(path.from), gain: path.gain, delay_samples: path.delay_samples })
        .collect();
    let mut frames = Vec::with_capacity((channels.duration_s() * f64::from(RATE_HZ)) as usize / FRAME + 1);
    let mut start_s = 0;
    while start_s * per_second < channels.n_samples() {
        let lead_in_s = LEAD_IN_S.min(start_s);
        let first = (start_s - lead_in_s) * per_second;
        // A tenth of a second more, so that the resampler's filter does not see an end that is not there.
        let end = (start_s + WINDOW_S) * per_second + per_second / 10;
        let mut sound = resample::window(channels.plane(channel), first, end, rate, rate_16k, &leaks);
        hearing.apply(&mut sound, (start_s - lead_in_s) as f64);
        let skip = lead_in_s * RATE_HZ as usize / FRAME;
        let wanted = WINDOW_S * RATE_HZ as usize / FRAME;
        let powers = sound.chunks(FRAME).map(power);
        if sound.iter().all(|sample| *sample == 0.0) {
            // Digital silence, and the empty input that the engine must never see.
            frames.extend(powers.skip(skip).take(wanted).map(|power| Frame { probability: 0.0, power }));
        } else {
            context.detect_speech(&sound).map_err(|e| VadError::Engine(e.to_string()))?;
            let heard = context.probabilities().iter().zip(powers).skip(skip).take(wanted);
            frames.extend(heard.map(|(p, power)| Frame { probability: if p.is_finite() { *p } else { 0.0 }, power }));
        }
        start_s += WINDOW_S;
    }
    Ok(frames)
}

fn power(frame: &[f32]) -> f32 {
    let sum: f64 = frame.iter().map(|s| f64::from(*s).powi(2)).sum();
    (sum / frame.len() as f64) as f32
}
