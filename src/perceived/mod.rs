//! Perceived quality: how a panel of listeners would rate speech (SIG), background (BAK) and the whole (OVRL) of a
//! channel, estimated by the network DNSMOS P.835. Not a measurement of anything physical, and no part of the score.
//!
//! Unit: points of the five-point scale of ITU-T P.835, 1 (bad) to 5 (excellent). Higher is better. The network
//! hears 9.01 s at 16 kHz and gives three raw values, which three polynomials map to the scale. Source: C. K. A. Reddy,
//! V. Gopal, R. Cutler, "DNSMOS P.835: a non-intrusive perceptual objective speech quality metric to evaluate noise
//! suppressors", ICASSP 2022; network and polynomials as in the Python package speechmos 0.0.1.1.
//!
//! What fools it: languages and telephone bands unlike its training data, music, several voices at once.

use crate::call::{CallActivity, ChannelMeasurements, Channels, Perceived, Problem, ProblemSeverity};
use crate::dsp::resample;
use crate::models::{self, FoundModel, Manifest, ModelKind};
use crate::onnx::{Network, OnnxError};
use crate::timeline::Timeline;
use crate::units::SampleRate;

mod windows;

/// The rate the network hears.
pub const RATE_HZ: u32 = 16_000;

/// Samples that the network hears at once: 9.01 s.
pub const WINDOW: usize = 144_160;

/// What listeners would say of one window or, averaged, of a channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rating {
    /// Speech.
    pub sig: f64,
    /// Background.
    pub bak: f64,
    /// The whole.
    pub ovrl: f64,
}

impl Rating {
    /// From the network's raw values: second-order fits to listeners' votes, digits as in speechmos.
    fn from_raw(sig: f64, bak: f64, ovrl: f64) -> Self {
        let fit = |[a, b, c]: [f64; 3], x: f64| (a * x + b) * x + c;
        Self {
            sig: fit([-0.083_972_78, 1.220_839_53, 0.005_243_9], sig),
            bak: fit([-0.131_668_88, 1.609_155_14, -0.396_045_46], bak),
            ovrl: fit([-0.067_662_83, 1.115_464_68, 0.046_025_35], ovrl),
        }
    }
}

/// The network, loaded; shared by all threads.
#[derive(Debug)]
pub struct Rater {
    network: Network,
    sha256: String,
}

/// Why there is no rater.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RaterError {
    /// The file is not the one whose raw values the polynomials belong to.
    #[error("{file} is not the published model: its SHA-256 is {actual} instead of {expected}; fetch it anew")]
    Different {
        /// The file.
        file: String,
        /// Its SHA-256.
        actual: String,
        /// That of the manifest.
        expected: String,
    },
    /// The file cannot be read.
    #[error("cannot read the perceived quality model: {0}")]
    Io(String),
    /// The engine does not take it.
    #[error(transparent)]
    Engine(#[from] OnnxError),
}

impl Rater {
    /// Loads the network. Only the file named in the manifest is taken: polynomials and network belong together, and
    /// no damaged file reaches the engine.
    ///
    /// # Errors
    /// [`RaterError`], by what is wrong with the file.
    pub fn load(model: &FoundModel) -> Result<Self, RaterError> {
        let manifest = Manifest::builtin();
        let expected = manifest.default_of(ModelKind::PerceivedQuality).sha256.as_deref().unwrap_or_default();
        if model.sha256 != expected {
            return Err(RaterError::Different {
                file: model.path.display().to_string(),
                actual: model.sha256.clone(),
                expected: expected.to_owned(),
            });
        }
        let bytes = std::fs::read(&model.path).map_err(|why| RaterError::Io(why.to_string()))?;
        Ok(Self { network: Network::load(bytes)?, sha256: model.sha256.clone() })
    }

    /// Rates one window: mono samples at [`RATE_HZ`], full scale ±1.0. Of more than [`WINDOW`] samples only the first
    /// are heard; fewer are repeated as the reference does it, doubling until they fill the window. Not limited to
    /// 1..=5, so that it can be compared with the reference.
    ///
    /// # Errors
    /// [`OnnxError::Run`] if the engine fails, or there is no sample.
    pub fn rate_window(&self, samples: &[f32]) -> Result<Rating, OnnxError> {
        if samples.is_empty() {
            return Err(OnnxError::Run("there is nothing to hear".into()));
        }
        // Doubling and cutting is going round and round.
        let input = samples.iter().copied().cycle().take(WINDOW).collect();
        let raw = self.network.run(&[1, WINDOW], input)?;
        match raw[..] {
            [sig, bak, ovrl] if raw.iter().all(|v| v.is_finite()) => {
                Ok(Rating::from_raw(sig.into(), bak.into(), ovrl.into()))
            }
            _ => Err(OnnxError::Run("it did not give three numbers".into())),
        }
    }

    /// The mean over windows of a channel that begin at these seconds.
    fn rate_at(&self, samples: &[f32], rate: SampleRate, starts_s: &[f64]) -> Result<Rating, OnnxError> {
        let rate_16k = SampleRate::new(RATE_HZ).expect("a constant in range");
        let mut sum = Rating { sig: 0.0, bak: 0.0, ovrl: 0.0 };
        for &start_s in starts_s {
            let range = native_window(rate, start_s);
            let heard = self.rate_window(&resample::window(samples, range.start, range.end, rate, rate_16k, &[]))?;
            sum = Rating { sig: sum.sig + heard.sig, bak: sum.bak + heard.bak, ovrl: sum.ovrl + heard.ovrl };
        }
        let n = starts_s.len() as f64;
        // The fits can leave the scale by a hair; listeners cannot.
        let mean = |sum: f64| (sum / n).clamp(1.0, 5.0);
        Ok(Rating { sig: mean(sum.sig), bak: mean(sum.bak), ovrl: mean(sum.ovrl) })
    }
}

/// Samples at the native rate of the window that begins at `start_s`, and some more, so that the resampler's filter
/// does not see the end.
fn native_window(rate: SampleRate, start_s: f64) -> std::ops::Range<usize> {
    let first = (start_s * f64::from(rate.hz())).round() as usize;
    let len = WINDOW as f64 / f64::from(RATE_HZ) * f64::from(rate.hz());
    first..first + len.ceil() as usize + rate.hz() as usize / 100
}

/// The stage: a rater, or the reason why there is none, which every report then tells.
#[derive(Debug)]
pub struct Stage {
    rater: Result<Rater, Box<Problem>>,
}

impl Stage {
    /// Looks for the model that comes with callvet and loads it. Never fails: without it a call loses this estimate
    /// and nothing else.
    pub fn find() -> Self {
        Self::with(models::find(None, ModelKind::PerceivedQuality))
    }

    /// As [`Stage::find`], with what a search for the model gave.
    pub fn with(model: Result<FoundModel, models::ModelError>) -> Self {
        let rater = model.map_err(|why| missing(&why.to_string())).and_then(|model| {
            Rater::load(&model).map_err(|why| {
                Problem::new("perceived", "perceived_model_unusable", ProblemSeverity::Lost, why.to_string())
            })
        });
        Self { rater: rater.map_err(Box::new) }
    }

    /// SHA-256 of the network's file; `None` if there is no network.
    pub fn sha256(&self) -> Option<&str> {
        self.rater.as_ref().ok().map(|rater| rater.sha256.as_str())
    }

    /// Fills `perceived` of every channel. `independent` names the channels that are neither `dead` nor copies; a copy
    /// is rated where those carry speech, by itself unless it is the same samples. Whatever is `None` has a line in
    /// the problems.
    pub fn measure(
        &self,
        channels: &Channels,
        activity: &CallActivity,
        independent: &[usize],
        dead: &[u16],
        into: &mut [ChannelMeasurements],
    ) -> Vec<Problem> {
        let rater = match &self.rater {
            Ok(rater) => rater,
            Err(why) => {
                let fields = (0..into.len()).map(|i| format!("/channels/{i}/perceived"));
                return vec![Problem::clone(why).about(fields)];
            }
        };
        let nobody = Timeline::default();
        let speech_on = |channel: usize| activity.by_channel.get(channel).unwrap_or(&nobody);
        let anybody = independent.iter().fold(Timeline::default(), |all, &i| all.union(speech_on(i)));
        let mut problems = Vec::new();
        let mut done: Vec<(usize, Vec<f64>, Rating)> = Vec::new();
        for (channel, (samples, into)) in channels.planes().iter().zip(into).enumerate() {
            let speech = if independent.contains(&channel) {
                speech_on(channel)
            } else if dead.iter().any(|&d| usize::from(d) == channel) {
                &nobody
            } else {
                &anybody
            };
            let starts_s = windows::choose(speech, channels.duration_s());
            if starts_s.is_empty() {
                problems.push(too_little_speech(channel, speech));
                continue;
            }
            let is_same = |(other, starts, _): &&(usize, Vec<f64>, Rating)| {
                *starts == starts_s && same_sound(samples, channels.plane(*other), channels.rate(), starts)
            };
            let known = done.iter().find(is_same).map(|(_, _, rating)| *rating);
            match known.map_or_else(|| rater.rate_at(samples, channels.rate(), &starts_s), Ok) {
                Ok(rating) => {
                    into.perceived = Perceived {
                        sig: Some(rating.sig),
                        bak: Some(rating.bak),
                        ovrl: Some(rating.ovrl),
                        n_windows: Some(starts_s.len() as u64),
                    };
                    done.push((channel, starts_s, rating));
                }
                Err(why) => problems.push(on(
                    Problem::new("perceived", "perceived_failed", ProblemSeverity::Lost, why.to_string()),
                    channel,
                )),
            }
        }
        problems
    }
}

fn missing(why: &str) -> Problem {
    Problem::new("perceived", "perceived_model_missing", ProblemSeverity::Lost, why)
}

fn too_little_speech(channel: usize, speech: &Timeline) -> Problem {
    let why = format!(
        "channel {channel}: {:.1} s of speech were found, and no stretch of 9 s is at least a third speech",
        speech.total_s()
    );
    on(Problem::new("perceived", "perceived_too_little_speech", ProblemSeverity::NotMeasurable, why), channel)
}

fn on(problem: Problem, channel: usize) -> Problem {
    problem.about([format!("/channels/{channel}/perceived")]).on_channel(channel)
}

/// Whether two channels are the same samples in all windows, as in a file that holds one channel twice.
fn same_sound(a: &[f32], b: &[f32], rate: SampleRate, starts_s: &[f64]) -> bool {
    starts_s.iter().map(|start_s| native_window(rate, *start_s)).all(|range| {
        let part = |samples: &[f32]| samples.len().min(range.start)..samples.len().min(range.end);
        a[part(a)] == b[part(b)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fits_are_those_of_the_reference() {
        // Worked by hand from the published coefficients at raw values of 1 and 4.
        let (low, high) = (Rating::from_raw(1.0, 1.0, 1.0), Rating::from_raw(4.0, 4.0, 4.0));
        for (found, expected) in [
            (low.sig, 1.142_110_65),
            (low.bak, 1.081_440_8),
            (low.ovrl, 1.093_827_2),
            (high.sig, 3.545_037_54),
            (high.bak, 3.933_873_02),
            (high.ovrl, 3.425_278_79),
        ] {
            // 1e-9: only the last digits of a double differ.
            assert!((found - expected).abs() < 1e-9, "{found} and {expected}");
        }
    }
}
