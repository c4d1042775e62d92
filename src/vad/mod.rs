//! Voice activity: where the party of a channel speaks (Silero VAD through whisper.cpp). Not who speaks in a mono
//! call: that is `speakers`. Not a measure of level: a whisper counts, a loud tone does not.
//!
//! The call is heard in windows at 16 kHz, one at a time, each with a lead-in that brings the network's memory to
//! where it would be; so memory stays small for a call of any length, and no call depends on another.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use whisper_rs::{WhisperVadContext, WhisperVadContextParams};

use crate::call::{CallActivity, Channels, LeakagePath};
use crate::dsp::resample::{self, Leak};
use crate::models::{ModelKind, ggml};
use crate::timeline::Timeline;
use crate::units::SampleRate;

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

    /// Speech by channel; empty for channels that are not `independent`; leakage paths are taken out first.
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
        let by_channel = (0..channels.n_channels())
            .map(|channel| {
                if !independent.contains(&channel) {
                    return Ok(Timeline::default());
                }
                let heard = hear(&mut context, channels, channel, leakage)?;
                Ok(spans::from_frames(&heard, channels.duration_s()))
            })
            .collect::<Result<_, VadError>>()?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(context);
        Ok(CallActivity { by_channel })
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
        let sound = resample::window(channels.plane(channel), first, end, rate, rate_16k, &leaks);
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
