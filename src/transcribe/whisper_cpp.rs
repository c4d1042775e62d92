//! The adapter to whisper.cpp (whisper-rs): for models whose weights only it reads, and for graphics processors.
//!
//! One context, shared by all threads; a fresh state for every sound. A state carries random numbers from one run to
//! the next (used when the model was unsure and had to try again), so that with a shared one the text of a call would
//! depend on the calls before it. With a fresh one the text depends on the sound alone.

use std::path::Path;

use whisper_rs::{FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperState};

use super::TranscribeError;
use super::recogniser::{Decide, Heard, HeardSegment, Recogniser};
use super::words::Token;

/// Shorter sound is padded with silence: the engine reads a little beyond very short input, and gives nothing for
/// less than 0.1 s.
const MIN_SAMPLES: usize = 16_000;

/// The next try is made at a temperature higher by this: OpenAI's and whisper.cpp's own step.
const TEMPERATURE_STEP: f32 = 0.2;

/// Whisper through whisper-rs.
pub(super) struct WhisperCpp {
    context: WhisperContext,
    languages: Vec<&'static str>,
}

impl WhisperCpp {
    pub fn load(model: &Path) -> Result<Self, TranscribeError> {
        // Without a logging feature this silences the C code, which would write to stderr.
        whisper_rs::install_logging_hooks();
        let mut params = WhisperContextParameters::new();
        // Only where a graphics processor was built in; the default build has none.
        params.use_gpu(crate::models::HAS_GPU);
        // Off: on this processor path it doubles the time.
        params.flash_attn(false);
        let context =
            WhisperContext::new_with_params(model, params).map_err(|e| TranscribeError::Model(e.to_string()))?;
        let n_languages = whisper_rs::get_lang_max_id() + 1;
        let languages = (0..n_languages).map(|id| whisper_rs::get_lang_str(id).unwrap_or("")).collect();
        Ok(Self { context, languages })
    }

    fn state(&self) -> Result<WhisperState, TranscribeError> {
        self.context.create_state().map_err(engine)
    }

    fn languages_of(&self, sound: &[f32]) -> Result<Vec<f64>, TranscribeError> {
        let mut state = self.state()?;
        state.pcm_to_mel(&padded(sound), 1).map_err(engine)?;
        let (_, probabilities) = state.lang_detect(0, 1).map_err(engine)?;
        Ok(probabilities.into_iter().map(f64::from).collect())
    }

    fn write(&self, sound: &[f32], language: &str) -> Result<Heard, TranscribeError> {
        let mut params = FullParams::new(SamplingStrategy::Greedy { best_of: 1 });
        // More threads in one state cost several times the processor time; calls are heard side by side instead.
        params.set_n_threads(1);
        params.set_language(Some(language));
        // Each window stands for itself: a mistake is not carried on.
        params.set_no_context(true);
        params.set_temperature_inc(TEMPERATURE_STEP);
        params.set_print_special(false);
        params.set_print_progress(false);
        params.set_print_realtime(false);
        params.set_print_timestamps(false);
        let mut state = self.state()?;
        state.full(params, &padded(sound)).map_err(engine)?;
        let first_special = self.context.token_eot();
        let mut segments = Vec::new();
        for segment in state.as_iter() {
            let mut tokens = Vec::new();
            for token in (0..segment.n_tokens()).filter_map(|i| segment.get_token(i)) {
                if token.token_id() < first_special {
                    let probability = f64::from(token.token_probability()).clamp(0.0, 1.0);
                    // Its times for tokens are guesses from the loudness at the wrong place in all but the first
                    // segment (whisper.cpp 1.8.3).
                    let bytes = token.to_bytes().map_err(engine)?.to_vec();
                    tokens.push(Token { bytes, probability, span: None });
                }
            }
            // Hundredths of a second.
            let s = |cs: i64| cs as f64 / 100.0;
            segments.push(HeardSegment {
                start_s: s(segment.start_timestamp()),
                end_s: s(segment.end_timestamp()),
                tokens,
            });
        }
        // Its own probability of no speech is about 0 whatever is heard (multilingual models, whisper.cpp 1.8.3).
        Ok(Heard { segments, no_speech: None })
    }
}

fn padded(sound: &[f32]) -> Vec<f32> {
    let mut sound = sound.to_vec();
    sound.resize(sound.len().max(MIN_SAMPLES), 0.0);
    sound
}

fn engine(error: whisper_rs::WhisperError) -> TranscribeError {
    TranscribeError::Engine(error.to_string())
}

impl Recogniser for WhisperCpp {
    fn languages(&self) -> &[&'static str] {
        &self.languages
    }

    fn is_multilingual(&self) -> bool {
        self.context.is_multilingual()
    }

    fn n_side_by_side(&self) -> usize {
        1
    }

    fn tells_languages_for_free(&self) -> bool {
        false
    }

    fn hear(
        &self,
        sounds: &[Vec<f32>],
        wants_languages: bool,
        decide: &mut Decide<'_>,
    ) -> Result<Vec<Heard>, TranscribeError> {
        let languages = if wants_languages {
            sounds.iter().map(|sound| self.languages_of(sound)).collect::<Result<_, _>>()?
        } else {
            vec![Vec::new(); sounds.len()]
        };
        let codes = decide(&languages);
        sounds.iter().zip(&codes).map(|(sound, code)| self.write(sound, code)).collect()
    }
}
