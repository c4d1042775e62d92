//! The adapter to whisper.cpp (whisper-rs).
//!
//! One context, shared by all threads; a fresh state for every window. A state carries random numbers from one run to
//! the next (used when the model was unsure and had to try again), so that with a shared one the text of a call would
//! depend on the calls before it. With a fresh one the text depends on the window alone.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use whisper_rs::{FullParams, SamplingStrategy, WhisperContext, WhisperContextParameters, WhisperState};

use super::audible;
use super::cleanup::{self, Evidence as Sound, Segment};
use super::language::{self, Evidence, Language};
use super::muting;
use super::packing::{self, Window};
use super::words::{self, Token};
use super::{TranscribeError, TranscribeOptions, Transcribed, Transcriber, put_in_order, utterances};
use crate::call::{CallActivity, Channels, LeakagePath, Problem, ProblemSeverity, Transcript, Utterance};
use crate::dsp::resample::{self, Leak};
use crate::models::{ModelKind, ggml};
use crate::timeline::{TimeSpan, Timeline};
use crate::units::SampleRate;

/// The rate the model hears.
const RATE_HZ: u32 = 16_000;

/// From here on a language is more likely right than wrong.
const LIKELY: f64 = 0.5;

/// Shorter sound is padded with silence: the engine reads a little beyond very short input, and gives nothing for
/// less than 0.1 s.
const MIN_SAMPLES: usize = RATE_HZ as usize;

/// Keeps the logarithm of a token's probability finite.
const LEAST_PROBABILITY: f64 = 1e-9;

/// Muted stretches begin and end over this: shorter than a sound of speech, longer than a click.
const FADE_S: f64 = 0.02;

/// The next try is made at a temperature higher by this: OpenAI's and whisper.cpp's own step.
const TEMPERATURE_STEP: f32 = 0.2;

/// Speech that the language is told from at once: one run of the encoder, whatever the length.
const LANGUAGE_SPEECH_S: f64 = 28.0;

/// More of it is heard while the language is unsure: so many times this long a party, and only where this much is left.
const LANGUAGE_STRETCHES: usize = 3;
const LEAST_STRETCH_S: f64 = 5.0;

/// Whisper through whisper-rs.
#[derive(Debug)]
pub struct Whisper {
    context: WhisperContext,
    name: String,
}

impl Whisper {
    /// Loads the model file; `name` is what reports call it.
    ///
    /// # Errors
    /// [`TranscribeError::Model`] if the file is not a whole Whisper model.
    pub fn load(model: &Path, name: &str) -> Result<Self, TranscribeError> {
        // Without a logging feature this silences the C code, which would write to stderr.
        whisper_rs::install_logging_hooks();
        ggml::check(model, ModelKind::Speech).map_err(|e| TranscribeError::Model(e.to_string()))?;
        let mut params = WhisperContextParameters::new();
        params.use_gpu(false);
        // Off: on this processor path it doubles the time.
        params.flash_attn(false);
        let context =
            WhisperContext::new_with_params(model, params).map_err(|e| TranscribeError::Model(e.to_string()))?;
        Ok(Self { context, name: name.to_owned() })
    }

    fn state(&self) -> Result<WhisperState, TranscribeError> {
        self.context.create_state().map_err(engine)
    }

    /// The language that was asked for, if it can be.
    fn forced(&self, options: &TranscribeOptions) -> Result<Option<Language>, TranscribeError> {
        let certain = |code: &str| Some(Language { code: code.to_owned(), probability: 1.0 });
        match options.language.as_deref() {
            None if self.context.is_multilingual() => Ok(None),
            None => Ok(certain("en")),
            Some(code) => {
                let is_known = is_language(code) && (self.context.is_multilingual() || code == "en");
                if is_known { Ok(certain(code)) } else { Err(TranscribeError::Language(code.to_owned())) }
            }
        }
    }

    /// The languages of the parties. The first stretch of each is heard; the next ones only while they are unsure.
    fn detect(&self, parties: &[Party<'_>], stop: &AtomicBool) -> Result<Vec<Language>, TranscribeError> {
        let n_languages = usize::try_from(whisper_rs::get_lang_max_id() + 1).unwrap_or(0);
        let codes: Vec<&str> = (0..n_languages)
            .map(|id| i32::try_from(id).ok().and_then(whisper_rs::get_lang_str).unwrap_or(""))
            .collect();
        let mut heard: Vec<Evidence> =
            parties.iter().map(|party| Evidence { speech_s: party.speech.total_s(), stretches: Vec::new() }).collect();
        for k in 0..LANGUAGE_STRETCHES {
            for (party, heard) in parties.iter().zip(&mut heard) {
                let from_s = k as f64 * LANGUAGE_SPEECH_S;
                if k > 0 && heard.speech_s - from_s < LEAST_STRETCH_S {
                    continue;
                }
                if stop.load(Ordering::Relaxed) {
                    return Err(TranscribeError::Stopped);
                }
                heard.stretches.push(self.languages_of(&party.speech_after(from_s))?);
            }
            let languages = language::decide(&codes, &heard);
            if k + 1 == LANGUAGE_STRETCHES || languages.iter().all(|l| l.probability >= language::SURE) {
                return Ok(languages);
            }
        }
        Ok(Vec::new())
    }

    /// The model's probability for each language.
    fn languages_of(&self, sound: &[f32]) -> Result<Vec<f64>, TranscribeError> {
        let mut sound = sound.to_vec();
        sound.resize(sound.len().max(MIN_SAMPLES), 0.0);
        let mut state = self.state()?;
        state.pcm_to_mel(&sound, 1).map_err(engine)?;
        let (_, probabilities) = state.lang_detect(0, 1).map_err(engine)?;
        Ok(probabilities.into_iter().map(f64::from).collect())
    }

    /// What the model hears in one window.
    fn hear(&self, mut sound: Vec<f32>, window: &Window, language: &str) -> Result<Vec<Segment>, TranscribeError> {
        sound.resize(sound.len().max(MIN_SAMPLES), 0.0);
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
        state.full(params, &sound).map_err(engine)?;
        let first_special = self.context.token_eot();
        let mut segments = Vec::new();
        for segment in state.as_iter() {
            let mut tokens = Vec::new();
            for token in (0..segment.n_tokens()).filter_map(|i| segment.get_token(i)) {
                if token.token_id() < first_special {
                    let probability = f64::from(token.token_probability()).clamp(0.0, 1.0);
                    tokens.push(Token { bytes: token.to_bytes().map_err(engine)?.to_vec(), probability });
                }
            }
            let span = in_window(segment.start_timestamp(), segment.end_timestamp(), &window.span);
            let log_probability = tokens.iter().map(|t| t.probability.max(LEAST_PROBABILITY).ln()).sum::<f64>();
            let mean_log_probability = (!tokens.is_empty()).then(|| log_probability / tokens.len() as f64);
            let words = words::lay_out(&words::spell(&tokens), span, &window.speech);
            let no_speech = f64::from(segment.no_speech_probability());
            segments.push(Segment {
                span,
                words,
                no_speech_probability: Some(no_speech).filter(|p| p.is_finite()),
                mean_log_probability,
            });
        }
        Ok(segments)
    }
}

/// Whether this is the ISO 639-1 code of a language that multilingual Whisper models know.
pub fn is_language(code: &str) -> bool {
    code.len() <= 3 && code.bytes().all(|b| b.is_ascii_lowercase()) && whisper_rs::get_lang_id(code).is_some()
}

fn engine(error: whisper_rs::WhisperError) -> TranscribeError {
    TranscribeError::Engine(error.to_string())
}

/// Hundredths of a second in the window to seconds of the call, within the window and never empty.
fn in_window(start_cs: i64, end_cs: i64, window: &TimeSpan) -> TimeSpan {
    // 20 ms: the model's own resolution.
    const LEAST_S: f64 = 0.02;
    let at = |cs: i64| (window.start_s + cs as f64 / 100.0).clamp(window.start_s, window.end_s);
    let start_s = at(start_cs).min((window.end_s - LEAST_S).max(window.start_s));
    TimeSpan::new(start_s, at(end_cs).max(start_s + LEAST_S))
}

/// One channel as the model is to hear it.
struct Party<'a> {
    channel: usize,
    plane: &'a [f32],
    rate: SampleRate,
    speech: &'a Timeline,
    leaks: Vec<Leak<'a>>,
}

impl<'a> Party<'a> {
    fn new(channels: &'a Channels, channel: usize, speech: &'a Timeline, leakage: &[LeakagePath]) -> Self {
        let leaks = leakage
            .iter()
            .filter(|path| path.to == channel && path.from != channel && path.from < channels.n_channels())
            .map(|path| Leak { source: channels.plane(path.from), gain: path.gain, delay_samples: path.delay_samples })
            .collect();
        Self { channel, plane: channels.plane(channel), rate: channels.rate(), speech, leaks }
    }

    /// This stretch at 16 kHz, leakage taken out.
    fn sound(&self, span: TimeSpan) -> Vec<f32> {
        let rate_16k = SampleRate::new(RATE_HZ).expect("a constant in range");
        let (first, end) = (self.rate.s_to_samples(span.start_s), self.rate.s_to_samples(span.end_s));
        resample::window(self.plane, first, end, self.rate, rate_16k, &self.leaks)
    }

    /// Its speech from this second of speech on, pauses left out, as much as one run of the encoder hears.
    fn speech_after(&self, from_s: f64) -> Vec<f32> {
        let mut sound = Vec::new();
        let (mut skip_s, mut left_s) = (from_s, LANGUAGE_SPEECH_S);
        for span in self.speech.spans() {
            let start_s = span.start_s + skip_s.min(span.duration_s());
            skip_s -= start_s - span.start_s;
            let end_s = span.end_s.min(start_s + left_s);
            left_s -= end_s - start_s;
            if end_s > start_s {
                sound.extend(self.sound(TimeSpan::new(start_s, end_s)));
            }
            if left_s <= 0.0 {
                break;
            }
        }
        sound
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

impl Transcriber for Whisper {
    fn transcribe(
        &self,
        channels: &Channels,
        activity: &CallActivity,
        leakage: &[LeakagePath],
        options: &TranscribeOptions,
    ) -> Result<Transcribed, TranscribeError> {
        let forced = self.forced(options)?;
        let parties: Vec<Party<'_>> = activity
            .by_channel
            .iter()
            .take(channels.n_channels())
            .enumerate()
            .filter(|(_, speech)| !speech.is_empty())
            .map(|(channel, speech)| Party::new(channels, channel, speech, leakage))
            .collect();
        let languages = match &forced {
            Some(language) => vec![language.clone(); parties.len()],
            None => self.detect(&parties, &options.stop)?,
        };
        let nothing = Timeline::default();
        let mut utterances: Vec<Utterance> = Vec::new();
        let mut problems = Vec::new();
        for (party, language) in parties.iter().zip(&languages) {
            let mut segments = Vec::new();
            let mut removals = Vec::new();
            let leaked = activity.leaked.get(party.channel).unwrap_or(&nothing);
            let sounds = activity.sounds.get(party.channel).unwrap_or(&nothing);
            let keep = muting::to_keep(leaked, party.speech, channels.duration_s());
            for window in packing::pack(party.speech, channels.duration_s(), |range| party.quietest_s(range)) {
                if options.stop.load(Ordering::Relaxed) {
                    return Err(TranscribeError::Stopped);
                }
                let mut sound = party.sound(window.span);
                muting::mute(&mut sound, window.span.start_s, &keep, FADE_S);
                let audible = party.speech.union(&audible::audible(&sound, window.span.start_s, &window.speech));
                let heard = self.hear(sound, &window, &language.code)?;
                let evidence = Sound { speech: party.speech, audible: &audible, sounds };
                segments.extend(cleanup::clean(heard, &evidence, &mut removals));
            }
            cleanup::clean_channel(&mut segments, party.speech, &mut removals);
            utterances.extend(utterances::split(&segments, party.channel, Some(&language.code)));
            problems.extend(cleanup::told(&removals, party.channel));
        }
        put_in_order(&mut utterances);
        let most = most_spoken(&parties, &languages);
        problems.extend(most.as_ref().and_then(doubt));
        Ok(Transcribed {
            transcript: Transcript {
                language: most.as_ref().map(|l| l.code.clone()),
                language_probability: most.map(|l| l.probability),
                model: Some(self.name.clone()),
                utterances,
            },
            problems,
        })
    }
}

/// What to tell of a language that is more likely wrong than right: words in the wrong language are made up.
fn doubt(language: &Language) -> Option<Problem> {
    (language.probability < LIKELY).then(|| {
        let message = format!(
            "the language is uncertain: {} with a probability of {:.0} %; if it is another one, say so with --language",
            language.code,
            language.probability * 100.0
        );
        Problem::new("transcribe", "language_uncertain", ProblemSeverity::Note, message)
            .about(["/transcript/language", "/transcript/utterances"])
    })
}

/// The language with most speech, its probability weighted by speech; the first channel's if two are equal.
fn most_spoken(parties: &[Party<'_>], languages: &[Language]) -> Option<Language> {
    let mut sums: Vec<(String, f64, f64)> = Vec::new();
    for (party, language) in parties.iter().zip(languages) {
        let speech_s = party.speech.total_s();
        let weighted = speech_s * language.probability;
        match sums.iter_mut().find(|(code, ..)| *code == language.code) {
            Some(sum) => {
                sum.1 += speech_s;
                sum.2 += weighted;
            }
            None => sums.push((language.code.clone(), speech_s, weighted)),
        }
    }
    let most = sums.into_iter().reduce(|best, sum| if sum.1 > best.1 { sum } else { best })?;
    Some(Language { code: most.0, probability: most.2 / most.1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_that_is_likely_wrong_is_told() {
        let language = |probability| Language { code: "en".into(), probability };
        assert_eq!(doubt(&language(0.5)), None);
        let problem = doubt(&language(0.34)).expect("in doubt");
        assert!(problem.message.contains("34 %") && problem.fields.contains(&"/transcript/language".to_string()));
    }

    #[test]
    fn only_known_languages_are_languages() {
        for (code, is_one) in [("pl", true), ("el", true), ("xx", false), ("", false), ("e\0n", false), ("EN", false)] {
            assert_eq!(is_language(code), is_one, "{code:?}");
        }
    }

    #[test]
    fn segment_times_stay_in_their_window_and_are_never_empty() {
        let window = TimeSpan::new(10.0, 20.0);
        for (start_cs, end_cs, expected) in [
            (100, 300, (11.0, 13.0)),
            (100, 3000, (11.0, 20.0)),
            (100, 100, (11.0, 11.02)),
            (5000, 6000, (19.98, 20.0)),
            (-5, i64::MIN, (10.0, 10.02)),
        ] {
            let span = in_window(start_cs, end_cs, &window);
            assert!((span.start_s - expected.0).abs() < 1e-9 && (span.end_s - expected.1).abs() < 1e-9, "{span:?}");
        }
    }
}
