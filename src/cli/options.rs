//! Options that several commands share, and where each value came from: flag > environment > file > default.

use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use clap::builder::BoolishValueParser;
use clap::parser::ValueSource;
use clap::{ArgMatches, ValueEnum};
use serde::{Deserialize, Serialize};

use crate::audio::RawFormat;
use crate::batch::AudioMode;
use crate::batch::worker::Isolation;
use crate::call::limits::parse_s;
use crate::call::{Finding, Limits, Severity};
use crate::phrases::Profile;
use crate::pipeline::Settings;
use crate::report::texts::PageLanguage;
use crate::speakers::AgentChannel;
use crate::transcribe::whisper::is_language;

/// What every command understands about the network.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct NetworkArgs {
    /// Never open a network connection. Only `models fetch` ever does; with this it refuses
    #[arg(long, env = "CALLVET_OFFLINE", global = true, value_parser = BoolishValueParser::new())]
    pub offline: bool,
}

/// Options that decide what a report says.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "What is analysed")]
pub struct AnalysisArgs {
    /// Language spoken: auto, en, pl, ru, el, hu or another ISO 639-1 code
    #[arg(long, env = "CALLVET_LANGUAGE", value_name = "CODE")]
    pub language: Option<String>,
    /// Speech model: a name from `callvet models list`, or the path of a GGML Whisper file
    #[arg(long, env = "CALLVET_MODEL", value_name = "NAME|PATH")]
    pub model: Option<String>,
    /// Phrase lists to use beside the built-in ones: TOML, text with one phrase a line, CSV or JSON. Takes all that follows:
    /// name what is to be analysed before it, or after `--`
    #[arg(long, env = "CALLVET_PHRASES", value_name = "FILE", num_args = 1.., value_delimiter = ',')]
    pub phrases: Vec<PathBuf>,
    /// Leave the built-in phrase lists out
    #[arg(long, env = "CALLVET_NO_BUILTIN_PHRASES", value_parser = BoolishValueParser::new())]
    pub no_builtin_phrases: bool,
    /// Jurisdiction: eu, uk, us, pl, ru, el or hu. Decides which rules apply, how much they weigh and which law is named;
    /// without it all rules apply, with the laws of all
    #[arg(long, env = "CALLVET_PROFILE", value_name = "CODE")]
    pub profile: Option<ProfileArg>,
    /// Fact sheet (TOML) that claims about price, term, delivery and the like are compared with
    #[arg(long, env = "CALLVET_FACTS", value_name = "FILE")]
    pub facts: Option<PathBuf>,
    /// Measure the sound only: no transcript, nothing about words
    #[arg(long, env = "CALLVET_NO_TRANSCRIBE", value_parser = BoolishValueParser::new())]
    pub no_transcribe: bool,
    /// Which channel of a stereo recording the agent is on: 0, 1 or auto
    #[arg(long, env = "CALLVET_AGENT_CHANNEL", value_name = "0|1|auto")]
    pub agent_channel: Option<String>,
    /// Refuse recordings longer than this, e.g. 90m, 4h, 600s [default: 4h]
    #[arg(long, env = "CALLVET_MAX_DURATION", value_name = "TIME")]
    pub max_duration: Option<String>,
    /// What recordings without a header hold: CODEC[,RATE[,CHANNELS]], such as ulaw,8000 or s16le,16000,2. Without it their
    /// names decide (.ulaw, .alaw, .sln, .vox, .g722, .gsm); docs/formats.md lists the codecs
    #[arg(long, env = "CALLVET_RAW", value_name = "CODEC,RATE,CHANNELS")]
    pub raw: Option<String>,
    /// Never ask a system ffmpeg to decode what this program cannot: such recordings fail
    #[arg(long, env = "CALLVET_NO_FFMPEG", value_parser = BoolishValueParser::new())]
    pub no_ffmpeg: bool,
    /// Refuse recordings that cost more than this: bytes=16GiB, channels=32, sample_rate=192000, memory=4GiB (of a worker
    /// process, beside the models), wall=10 (seconds on the clock for a second of sound) after wall_floor=60s, transcript_bytes=4MiB
    #[arg(long = "limit", env = "CALLVET_LIMIT", value_name = "NAME=VALUE", value_delimiter = ',')]
    pub limit: Vec<String>,
}

/// Which severity of finding makes the program exit with 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Only critical findings.
    Critical,
    /// Major and worse.
    Major,
    /// Minor and worse.
    Minor,
    /// Any finding.
    Info,
}

impl From<FailOn> for Severity {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Critical => Self::Critical,
            FailOn::Major => Self::Major,
            FailOn::Minor => Self::Minor,
            FailOn::Info => Self::Info,
        }
    }
}

/// Does this finding reach the severity of `--fail-on`? One that a reviewer would rather not agree with does not count.
pub fn reached(finding: &Finding, fail_on: Option<FailOn>) -> bool {
    finding.confidence >= 0.5 && fail_on.is_some_and(|limit| finding.severity <= Severity::from(limit))
}

/// A jurisdiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProfileArg {
    /// European Union.
    Eu,
    /// United Kingdom.
    Uk,
    /// United States.
    Us,
    /// Poland.
    Pl,
    /// Russia.
    Ru,
    /// Greece.
    El,
    /// Hungary.
    Hu,
}

impl From<ProfileArg> for Profile {
    fn from(profile: ProfileArg) -> Self {
        match profile {
            ProfileArg::Eu => Self::Eu,
            ProfileArg::Uk => Self::Uk,
            ProfileArg::Us => Self::Us,
            ProfileArg::Pl => Self::Pl,
            ProfileArg::Ru => Self::Ru,
            ProfileArg::El => Self::El,
            ProfileArg::Hu => Self::Hu,
        }
    }
}

/// How the pages play a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audio {
    /// Link the original where browsers can play it, else a WAV copy.
    Link,
    /// Always a WAV copy, so that the folder can be moved.
    Copy,
    /// No sound in the pages.
    None,
}

impl From<Audio> for AudioMode {
    fn from(audio: Audio) -> Self {
        match audio {
            Audio::Link => Self::Link,
            Audio::Copy => Self::Copy,
            Audio::None => Self::None,
        }
    }
}

/// The language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportLanguage {
    /// English.
    En,
    /// Polish.
    Pl,
    /// Russian.
    Ru,
    /// Greek.
    El,
    /// Hungarian.
    Hu,
}

impl From<ReportLanguage> for PageLanguage {
    fn from(language: ReportLanguage) -> Self {
        match language {
            ReportLanguage::En => Self::En,
            ReportLanguage::Pl => Self::Pl,
            ReportLanguage::Ru => Self::Ru,
            ReportLanguage::El => Self::El,
            ReportLanguage::Hu => Self::Hu,
        }
    }
}

/// Where calls are analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IsolationArg {
    /// In worker processes: what breaks one costs one recording.
    Process,
    /// In threads of this process: less memory, and no protection.
    Thread,
    /// In processes where they can be started, else in threads.
    Auto,
}

impl From<IsolationArg> for Isolation {
    fn from(isolation: IsolationArg) -> Self {
        match isolation {
            IsolationArg::Process => Self::Process,
            IsolationArg::Thread => Self::Thread,
            IsolationArg::Auto => Self::Auto,
        }
    }
}

/// The configuration file: the same names as the options. Unknown keys are errors.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the option of its name, and documented there")]
pub struct ConfigFile {
    pub language: Option<String>,
    pub model: Option<String>,
    pub phrases: Option<Vec<PathBuf>>,
    pub no_builtin_phrases: Option<bool>,
    pub profile: Option<ProfileArg>,
    pub facts: Option<PathBuf>,
    pub no_transcribe: Option<bool>,
    pub agent_channel: Option<String>,
    pub max_duration: Option<String>,
    pub raw: Option<String>,
    pub no_ffmpeg: Option<bool>,
    pub limit: Option<Vec<String>>,
    pub metadata: Option<PathBuf>,
    pub name_pattern: Option<String>,
    pub timezone: Option<String>,
    pub jobs: Option<usize>,
    pub fail_on: Option<FailOn>,
    pub show_personal_data: Option<bool>,
    pub audio: Option<Audio>,
    pub report_language: Option<ReportLanguage>,
    /// `--csv-bom`
    pub csv_bom: Option<bool>,
    pub no_join: Option<bool>,
    pub isolation: Option<IsolationArg>,
}

impl ConfigFile {
    /// Reads a file; paths in it are relative to its folder.
    ///
    /// # Errors
    /// If it cannot be read, is no TOML, or has a key that is no option.
    pub fn read(path: &std::path::Path) -> anyhow::Result<Self> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read configuration {}", path.display()))?;
        Self::parse(path, &text)
    }

    /// Reads the text of a file at `path`.
    ///
    /// # Errors
    /// As [`ConfigFile::read`].
    pub fn parse(path: &std::path::Path, text: &str) -> anyhow::Result<Self> {
        let mut file: Self = toml::from_str(text)
            .map_err(|e| anyhow::anyhow!("configuration {}: {}", path.display(), e.to_string().trim_end()))?;
        let folder = path.parent().unwrap_or(std::path::Path::new(""));
        for phrases in file.phrases.iter_mut().flatten() {
            *phrases = folder.join(&*phrases);
        }
        for path in [&mut file.metadata, &mut file.facts].into_iter().flatten() {
            *path = folder.join(&*path);
        }
        Ok(file)
    }
}

/// Picks each value by precedence and remembers where it came from.
pub struct Resolver<'a> {
    matches: &'a ArgMatches,
    file_name: String,
    /// Lines of `--dump-config`: name, value, origin.
    pub origins: Vec<(String, String, String)>,
}

impl<'a> Resolver<'a> {
    /// For the parsed command line and the configuration file of this name.
    pub fn new(matches: &'a ArgMatches, file_name: Option<&std::path::Path>) -> Self {
        Self { matches, file_name: file_name.map(|p| p.display().to_string()).unwrap_or_default(), origins: Vec::new() }
    }

    /// `name` is the option's long name; `given` what clap found on the command line or in the environment.
    pub fn pick<T: Serialize>(
        &mut self,
        name: &str,
        given: Option<T>,
        file: Option<T>,
        default: Option<T>,
    ) -> Option<T> {
        let id = name.replace('-', "_");
        let (value, origin) = match (self.matches.value_source(&id), given, file) {
            (Some(ValueSource::CommandLine), Some(value), _) => (Some(value), "flag".to_owned()),
            (Some(ValueSource::EnvVariable), Some(value), _) => {
                (Some(value), format!("environment CALLVET_{}", id.to_uppercase()))
            }
            (_, _, Some(value)) => (Some(value), format!("file {}", self.file_name)),
            _ => (default, "default".to_owned()),
        };
        let shown = value.as_ref().map_or("none".to_owned(), |v| {
            // Only a path can be no text.
            serde_json::to_string(v).unwrap_or_else(|_| "a path that is not UTF-8".into())
        });
        self.origins.push((name.to_owned(), shown, origin));
        value
    }

    /// The settings of the engine.
    pub fn settings(&mut self, args: &AnalysisArgs, file: &ConfigFile) -> anyhow::Result<Settings> {
        let language = self.pick("language", args.language.clone(), file.language.clone(), Some("auto".into()));
        let model = self.pick("model", args.model.clone(), file.model.clone(), None);
        let phrases = self.pick("phrases", Some(args.phrases.clone()), file.phrases.clone(), Some(Vec::new()));
        let no_builtin =
            self.pick("no-builtin-phrases", Some(args.no_builtin_phrases), file.no_builtin_phrases, Some(false));
        let profile = self.pick("profile", args.profile, file.profile, None);
        let facts = self.pick("facts", args.facts.clone(), file.facts.clone(), None);
        let no_transcribe = self.pick("no-transcribe", Some(args.no_transcribe), file.no_transcribe, Some(false));
        let agent =
            self.pick("agent-channel", args.agent_channel.clone(), file.agent_channel.clone(), Some("auto".into()));
        let max = self.pick("max-duration", args.max_duration.clone(), file.max_duration.clone(), Some("4h".into()));
        let raw = self.pick("raw", args.raw.clone(), file.raw.clone(), None);
        let no_ffmpeg = self.pick("no-ffmpeg", Some(args.no_ffmpeg), file.no_ffmpeg, Some(false));
        let limit = self.pick("limit", Some(args.limit.clone()), file.limit.clone(), Some(Vec::new()));
        let mut limits = Limits::default();
        if let Some(max) = max {
            limits.duration_s = parse_duration_s(&max)?;
        }
        limit.iter().flatten().try_for_each(|one| set_limit(&mut limits, one))?;
        Ok(Settings {
            language: parse_language(language.as_deref())?,
            transcribe: no_transcribe != Some(true),
            agent_channel: parse_agent_channel(agent.as_deref())?,
            limits,
            raw: raw.as_deref().map(parse_raw).transpose()?,
            ffmpeg: no_ffmpeg != Some(true),
            builtin_phrases: no_builtin != Some(true),
            phrases: phrases.unwrap_or_default(),
            profile: profile.map(Profile::from),
            facts,
            model,
        })
    }
}

fn parse_language(code: Option<&str>) -> anyhow::Result<Option<String>> {
    match code {
        None | Some("auto") => Ok(None),
        Some(code) if is_language(code) => Ok(Some(code.to_owned())),
        Some(code) => {
            bail!(
                "--language must be auto or the ISO 639-1 code of a language that the speech models know, such as en, pl, ru, el, hu, got {code:?}"
            )
        }
    }
}

fn parse_raw(text: &str) -> anyhow::Result<RawFormat> {
    text.parse().map_err(|why| anyhow::anyhow!("--raw must be CODEC[,RATE[,CHANNELS]], got {text:?}: {why}"))
}

fn parse_agent_channel(channel: Option<&str>) -> anyhow::Result<AgentChannel> {
    match channel {
        None | Some("auto") => Ok(AgentChannel::Auto),
        Some("0") => Ok(AgentChannel::Channel(0)),
        Some("1") => Ok(AgentChannel::Channel(1)),
        Some(other) => bail!("--agent-channel must be 0, 1 or auto, got {other:?}"),
    }
}

/// `90`, `600s`, `90m`, `1.5h` to seconds, for the option of this name.
pub fn parse_time_s(option: &str, text: &str) -> anyhow::Result<f64> {
    // What is wrong is told of --max-duration, whose examples would not fit.
    parse_duration_s(text)
        .map_err(|_| anyhow::anyhow!("{option} must be a time above zero such as 2s or 1m, got {text:?}"))
}

/// `90`, `600s`, `90m`, `1.5h` to seconds.
fn parse_duration_s(text: &str) -> anyhow::Result<f64> {
    parse_s(text)
        .with_context(|| format!("--max-duration must be a time above zero such as 600s, 90m or 4h, got {text:?}"))
}

/// `memory=2GiB`.
fn set_limit(limits: &mut Limits, text: &str) -> anyhow::Result<()> {
    let (name, value) = text
        .split_once('=')
        .with_context(|| format!("--limit must be NAME=VALUE, such as memory=2GiB, got {text:?}"))?;
    if name.trim() == "duration" {
        bail!("--limit duration: that is --max-duration");
    }
    limits.set(name.trim(), value).map_err(|why| anyhow!("--limit: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_and_without_unit() {
        for (text, expected_s) in [("90", 90.0), ("600s", 600.0), ("90m", 5400.0), ("1.5h", 5400.0)] {
            assert_eq!(parse_duration_s(text).expect("a time"), expected_s, "{text}");
        }
        for text in ["", "h", "-1m", "0", "inf", "5d"] {
            assert!(parse_duration_s(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_language_is_one_that_speech_models_know_or_auto() {
        assert_eq!(parse_language(Some("auto")).expect("known"), None);
        assert_eq!(parse_language(Some("hu")).expect("known"), Some("hu".into()));
        for code in ["", "Polish", "polish", "PL", "pl-PL", "xx"] {
            assert!(parse_language(Some(code)).is_err(), "{code}");
        }
    }

    #[test]
    fn an_unknown_key_in_the_configuration_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("callvet.toml");
        std::fs::write(&path, "language = \"pl\"\nlangauge = \"pl\"\n").expect("writable");
        let message = ConfigFile::read(&path).expect_err("a typing error").to_string();
        assert!(message.contains("langauge") && message.contains("callvet.toml"), "{message}");
    }
}
