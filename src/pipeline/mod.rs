//! One call from file to report: the one place that knows the order of the stages. Knows nothing of batches or pages.
//!
//! decode → channel truth, leakage → voice activity → phases → measurements → perceived quality → transcript → speakers
//! → conversation → phrases, facts, personal data → rules. A call that cannot be decoded fails; a stage that cannot run is a
//! line in `problems`, and the rest of the report stands.

mod join;
mod listen;
pub mod redact;
mod scan;
mod settings;
mod voices;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use sha2::{Digest, Sha256};

pub use join::join;
pub use listen::Measured;
pub use scan::Scanner;
pub use settings::Settings;

use listen::Heard;

use crate::audio::{DecodeError, DecodeLimits, DecodeOptions, Decoded, External};
use crate::call::{
    CallError, CallMetadata, CallReport, Channels, Exceeded, Limits, Parts, PhraseHit, Problem, ProblemSeverity,
    Provenance, Recording, Transcript,
};
use crate::facts::{Sheet, SheetError};
use crate::models::{self, ModelError};
use crate::perceived::Stage as Perceived;
use crate::phrases::{PhraseError, Phrases, UnusedLine};
use crate::transcribe::whisper::Whisper;
use crate::transcribe::{TranscribeError, TranscribeOptions, Transcriber};
use crate::vad::{Vad, VadError};
use crate::{facts, privacy, rules, speakers};

/// One recording to analyse.
#[derive(Debug, Clone, PartialEq)]
pub struct CallJob {
    /// What reports call it.
    pub source: String,
    /// Where it is.
    pub path: PathBuf,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What is known beside the sound.
    pub metadata: CallMetadata,
    /// Whether the call is in two files; then `bytes` and `sha256` are of both.
    pub parts: Parts,
}

/// An analysed recording.
#[derive(Debug, Clone)]
pub struct Analysed {
    /// The whole report, personal data readable.
    pub raw: CallReport,
    /// The report to show: personal data masked.
    pub masked: CallReport,
    /// The sound, for the pictures of the page; `None` for text.
    pub channels: Option<Channels>,
    /// True if browsers play the file as it is.
    pub is_browser_playable: bool,
}

/// Why a recording has no report.
#[derive(Debug, Clone, PartialEq)]
pub enum CallFailure {
    /// It cannot be analysed.
    Failed(CallError),
    /// The run was asked to stop.
    Stopped,
}

/// The sound of a job as it is analysed: both files side by side if the call is in two. For who cuts or masks it.
///
/// # Errors
/// [`CallFailure::Failed`] if a file cannot be read or decoded, or is over a limit.
pub fn sound_of(job: &CallJob, options: &DecodeOptions) -> Result<Channels, CallFailure> {
    Ok(join::open(job, options)?.decoded.channels)
}

/// What became of a job.
pub type CallOutcome = Result<Analysed, CallFailure>;

impl CallFailure {
    fn new(kind: &str, message: impl Into<String>) -> Self {
        Self::Failed(CallError { kind: kind.into(), message: message.into() })
    }
}

impl From<DecodeError> for CallFailure {
    fn from(error: DecodeError) -> Self {
        Self::new(error.kind(), error.to_string())
    }
}

impl From<Exceeded> for CallFailure {
    fn from(exceeded: Exceeded) -> Self {
        Self::new("limit", exceeded.to_string())
    }
}

/// Why an engine cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A model file is missing or not what it should be.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The voice activity model cannot be used.
    #[error(transparent)]
    Vad(#[from] VadError),
    /// The speech model cannot be used.
    #[error(transparent)]
    Transcribe(#[from] TranscribeError),
    /// A phrase list cannot be used.
    #[error(transparent)]
    Phrases(#[from] PhraseError),
    /// The fact sheet cannot be used.
    #[error(transparent)]
    Facts(#[from] SheetError),
    /// The speech model knows English only, and another language was asked for.
    #[error("the speech model {model} knows English only; choose a multilingual one for --language {language}")]
    EnglishOnly {
        /// Name of the model.
        model: String,
        /// The language that was asked for.
        language: String,
    },
    /// The speech engine cannot run on this processor.
    #[error("{0}")]
    Processor(String),
}

/// Everything that is loaded once and shared by all calls.
pub struct Engine {
    settings: Settings,
    decode: DecodeOptions,
    vad: Vad,
    perceived: Perceived,
    speakers: speakers::Stage,
    transcriber: Option<Box<dyn Transcriber>>,
    phrases: Phrases,
    facts: Option<Facts>,
    provenance: Provenance,
    stop: Arc<AtomicBool>,
}

/// The fact sheet with the hash of its bytes.
struct Facts {
    sheet: Sheet,
    sha256: String,
}

impl Facts {
    fn load(settings: &Settings) -> Result<Option<Self>, SheetError> {
        let Some(path) = &settings.facts else { return Ok(None) };
        let (sheet, bytes) = Sheet::load(path)?;
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Some(Self { sheet, sha256 }))
    }
}

impl Engine {
    /// Finds and loads the models and phrase lists. `stop` ends a call in flight soon after it becomes true.
    ///
    /// # Errors
    /// When a model is missing or damaged, or a phrase list has a mistake.
    pub fn new(settings: Settings, stop: Arc<AtomicBool>) -> Result<Self, EngineError> {
        models::check_processor().map_err(EngineError::Processor)?;
        let phrases = Phrases::load_for(settings.builtin_phrases, &settings.phrases, settings.profile)?;
        let facts = Facts::load(&settings)?;
        let vad_model = models::find(None, models::ModelKind::VoiceActivity)?;
        let vad = Vad::load(&vad_model.path)?;
        let mut provenance = Provenance { vad_sha256: Some(vad_model.sha256), ..Provenance::default() };
        let transcriber: Option<Box<dyn Transcriber>> = if settings.transcribe {
            let model = models::find(settings.model.as_deref(), models::ModelKind::Speech)?;
            check_language(&model, settings.language.as_deref())?;
            let whisper = Whisper::load(&model.path, &model.name)?;
            provenance.model = Some(model.name);
            provenance.model_sha256 = Some(model.sha256);
            Some(Box::new(whisper))
        } else {
            None
        };
        Ok(Self::assemble(settings, vad, transcriber, (phrases, facts), provenance, stop))
    }

    /// An engine whose words come from `transcriber`, for tests of everything after it.
    ///
    /// # Errors
    /// As [`Engine::new`].
    pub fn with_transcriber(settings: Settings, transcriber: Box<dyn Transcriber>) -> Result<Self, EngineError> {
        let phrases = Phrases::load_for(settings.builtin_phrases, &settings.phrases, settings.profile)?;
        let facts = Facts::load(&settings)?;
        let vad_model = models::find(None, models::ModelKind::VoiceActivity)?;
        let vad = Vad::load(&vad_model.path)?;
        let provenance = Provenance { vad_sha256: Some(vad_model.sha256), ..Provenance::default() };
        Ok(Self::assemble(settings, vad, Some(transcriber), (phrases, facts), provenance, Arc::default()))
    }

    fn assemble(
        settings: Settings,
        vad: Vad,
        transcriber: Option<Box<dyn Transcriber>>,
        (phrases, facts): (Phrases, Option<Facts>),
        mut provenance: Provenance,
        stop: Arc<AtomicBool>,
    ) -> Self {
        let perceived = Perceived::find();
        provenance.dnsmos_sha256 = perceived.sha256().map(str::to_owned);
        let speakers = speakers::Stage::find();
        let provenance = finish_provenance(provenance, &settings, &phrases, facts.as_ref(), speakers.sha256());
        let decode = DecodeOptions {
            limits: DecodeLimits {
                max_duration_s: settings.limits.duration_s,
                max_channels: usize::from(settings.limits.channels),
                max_rate_hz: settings.limits.sample_rate_hz,
                max_file_bytes: settings.limits.bytes,
                max_sample_bytes: settings.limits.memory_bytes,
            },
            raw: settings.raw,
            external: if settings.ffmpeg { External::on_path() } else { External::off() },
        };
        Self { settings, decode, vad, perceived, speakers, transcriber, phrases, facts, provenance, stop }
    }

    /// SHA-256 of all that decides what a report says beside the recording.
    pub fn settings_sha256(&self) -> &str {
        &self.provenance.settings_sha256
    }

    /// What every report says of how it was made.
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// What a recording may cost.
    pub fn limits(&self) -> &Limits {
        &self.settings.limits
    }

    /// Lines of the user's phrase lists that could not be used.
    pub fn unused_phrase_lines(&self) -> &[UnusedLine] {
        self.phrases.unused_lines()
    }

    /// Analyses one recording.
    ///
    /// # Errors
    /// [`CallFailure::Failed`] if the file cannot be read or decoded, or is over a limit; [`CallFailure::Stopped`] after
    /// `stop`.
    pub fn analyse(&self, job: &CallJob) -> CallOutcome {
        self.analyse_watched(job, &|_| ())
    }

    /// As [`Engine::analyse`]; `decoded` is told the length of the sound in seconds as soon as it is known.
    ///
    /// # Errors
    /// Those of [`Engine::analyse`].
    pub fn analyse_watched(&self, job: &CallJob, decoded: &dyn Fn(f64)) -> CallOutcome {
        let allowed = &self.settings.limits;
        allowed.check_bytes(job.bytes)?;
        let mut time = Time { began: Instant::now(), limits: allowed, bytes: job.bytes, duration_s: None };
        let join::Opened { decoded: sound, files, agent_channel } = join::open(job, &self.decode)?;
        let Decoded { container, codec, decoder, channels, mut problems, is_browser_playable } = sound;
        // Whatever decoded it: no report is over a limit.
        allowed.check_sound(channels.rate().hz(), channels.n_channels(), channels.duration_s())?;
        time.check()?;
        time.duration_s = Some(channels.duration_s());
        decoded(channels.duration_s());
        let recording = Recording {
            source: job.source.clone(),
            sha256: job.sha256.clone(),
            bytes: job.bytes,
            container: Some(container),
            codec: Some(codec),
            decoder: Some(decoder),
            sample_rate_hz: Some(channels.rate().hz()),
            n_channels: u16::try_from(channels.n_channels()).ok(),
            duration_s: Some(channels.duration_s()),
            files,
        };

        let mut heard = self.listen(&channels)?;
        // What decoding met comes first.
        problems.append(&mut heard.problems);
        heard.problems = problems;
        heard.agent_channel = agent_channel;
        self.perceive(&channels, &mut heard);
        self.check_stop()?;
        time.check()?;
        let mut transcript = if heard.is_speech_known { self.transcribe(&channels, &mut heard)? } else { None };
        allowed.check_transcript(transcript.as_ref().map_or(0, text_bytes))?;
        self.tell_voices(&channels, &mut heard, transcript.as_mut());
        self.check_stop()?;
        time.check()?;
        let hits = transcript.as_ref().map(|t| self.phrases.find(t)).unwrap_or_default();
        let mut report = self.put_together(recording, job.metadata.clone(), heard, transcript, &hits);
        let masked = judge(&mut report, &self.phrases, self.facts.as_ref(), hits, &[]);
        time.check()?;
        Ok(Analysed { raw: report, masked, channels: Some(channels), is_browser_playable })
    }

    fn transcribe(&self, channels: &Channels, heard: &mut Heard) -> Result<Option<Transcript>, CallFailure> {
        let problems = &mut heard.problems;
        let Some(transcriber) = &self.transcriber else {
            problems.push(
                Problem::new("transcribe", "not_transcribed", ProblemSeverity::Note, "transcription was switched off")
                    .about(["/transcript", "/required"]),
            );
            return Ok(None);
        };
        let options = TranscribeOptions { language: self.settings.language.clone(), stop: Arc::clone(&self.stop) };
        match transcriber.transcribe(channels, &heard.activity, &heard.paths, &options) {
            Ok(transcribed) => {
                problems.extend(transcribed.problems);
                Ok(Some(transcribed.transcript))
            }
            Err(TranscribeError::Stopped) => Err(CallFailure::Stopped),
            Err(error) => {
                problems.push(
                    Problem::new("transcribe", "transcription_failed", ProblemSeverity::Lost, error.to_string())
                        .about(["/transcript", "/required"]),
                );
                Ok(None)
            }
        }
    }

    fn check_stop(&self) -> Result<(), CallFailure> {
        if self.stop.load(Ordering::Relaxed) { Err(CallFailure::Stopped) } else { Ok(()) }
    }
}

/// The clock of one call. It is looked at between stages: what hangs inside of one can only be ended with its process.
struct Time<'a> {
    began: Instant,
    limits: &'a Limits,
    bytes: u64,
    /// `None` until the file is decoded.
    duration_s: Option<f64>,
}

impl Time<'_> {
    fn check(&self) -> Result<(), Exceeded> {
        let allowed_s = match self.duration_s {
            None => self.limits.decode_wall_s(self.bytes),
            Some(duration_s) => self.limits.call_wall_s(self.bytes, duration_s),
        };
        let is_over = self.began.elapsed().as_secs_f64() > allowed_s;
        if is_over { Err(self.limits.over_wall(self.bytes, self.duration_s)) } else { Ok(()) }
    }
}

/// Bytes of all words of a transcript.
fn text_bytes(transcript: &Transcript) -> u64 {
    transcript.utterances.iter().map(|utterance| utterance.text.len() as u64).sum()
}

/// Refuses before the batch what would fail in every call. What is no model at all is told when it is loaded.
fn check_language(model: &models::FoundModel, language: Option<&str>) -> Result<(), EngineError> {
    match language {
        Some(language) if language != "en" && matches!(models::ggml::is_multilingual(&model.path), Ok(false)) => {
            Err(EngineError::EnglishOnly { model: model.name.clone(), language: language.to_owned() })
        }
        _ => Ok(()),
    }
}

/// Personal data and rules over the phrase hits and what the report holds so far; writes the findings into it and gives the
/// masked view.
fn judge(
    report: &mut CallReport,
    phrases: &Phrases,
    facts: Option<&Facts>,
    mut hits: Vec<PhraseHit>,
    lines: &[usize],
) -> CallReport {
    let empty = Transcript::default();
    let transcript = report.transcript.as_ref().unwrap_or(&empty);
    hits.extend(phrases.near_misses(transcript));
    let personal = privacy::find(transcript, &report.speakers);
    let checked = facts.zip(report.transcript.as_ref()).map(|(facts, transcript)| {
        facts::check(&facts.sheet, transcript, &report.speakers, report.call.started_at.as_deref())
    });
    let judgement = rules::judge(&rules::Evidence {
        recording_sha256: &report.recording.sha256,
        duration_s: report.recording.duration_s,
        direction: report.call.direction,
        layout: report.layout.as_ref(),
        speakers: &report.speakers,
        channels: report.channels.as_deref(),
        crosstalk: report.crosstalk.as_ref(),
        conversation: report.conversation.as_ref(),
        transcript: report.transcript.as_ref(),
        lines,
        phrase_rules: phrases.rules(),
        hits: &hits,
        personal: &personal,
        facts: checked.as_ref(),
    });
    report.findings = judgement.findings;
    report.required = judgement.required;
    report.score = judgement.score;
    report.problems.extend(judgement.problems);
    privacy::mask(report, &personal)
}

fn unless_default<T: PartialEq>(value: T, default: T) -> Option<T> {
    (value != default).then_some(value)
}

fn finish_provenance(
    mut provenance: Provenance,
    settings: &Settings,
    phrases: &Phrases,
    facts: Option<&Facts>,
    speaker_model_sha256: Option<&str>,
) -> Provenance {
    provenance.callvet = env!("CARGO_PKG_VERSION").into();
    provenance.phrase_lists = phrases.lists().to_vec();
    let default = Limits::default();
    provenance.settings_sha256 = settings::Fingerprint {
        callvet: env!("CARGO_PKG_VERSION"),
        language: settings.language.as_deref(),
        transcribe: settings.transcribe,
        agent_channel: match settings.agent_channel {
            speakers::AgentChannel::Auto => None,
            speakers::AgentChannel::Channel(channel) => Some(channel),
        },
        max_duration_s: settings.limits.duration_s,
        max_bytes: unless_default(settings.limits.bytes, default.bytes),
        max_channels: unless_default(settings.limits.channels, default.channels),
        max_sample_rate_hz: unless_default(settings.limits.sample_rate_hz, default.sample_rate_hz),
        max_transcript_bytes: unless_default(settings.limits.transcript_bytes, default.transcript_bytes),
        raw: settings.raw.map(|raw| raw.to_string()),
        without_ffmpeg: !settings.ffmpeg,
        phrase_lists: phrases.lists(),
        profile: settings.profile,
        facts_sha256: facts.map(|facts| facts.sha256.as_str()),
        model_sha256: provenance.model_sha256.as_deref(),
        vad_sha256: provenance.vad_sha256.as_deref(),
        dnsmos_sha256: provenance.dnsmos_sha256.as_deref(),
        speaker_model_sha256,
    }
    .sha256();
    provenance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_english_only_model_is_refused_for_another_language_and_for_no_other_reason() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("ggml-tiny.en.bin");
        let check = |vocabulary: u32, language: Option<&str>, expected: Option<&str>| {
            let head = [0x6767_6d6c_u32, vocabulary].map(u32::to_le_bytes).concat();
            std::fs::write(&path, head).expect("written");
            let model = models::FoundModel { name: "tiny.en".into(), path: path.clone(), sha256: String::new() };
            let message = check_language(&model, language).err().map(|e| e.to_string());
            assert_eq!(message.as_deref(), expected);
        };
        let refused = "the speech model tiny.en knows English only; choose a multilingual one for --language pl";
        check(51_864, Some("pl"), Some(refused));
        check(51_864, Some("en"), None);
        check(51_864, None, None);
        check(51_865, Some("pl"), None);
    }
}
