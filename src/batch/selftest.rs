//! The self-test: known damage is mixed into some of the user's own recordings, they are measured again, and a table
//! tells how well the damage was found. Nothing of the mixtures is kept, and no word is transcribed.
//!
//! Like the driver of a batch it does not know how a call is measured: it is handed a function for that.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::discover::Found;
use super::output::{self, OutputError};
use super::summary::BatchError;
use super::{atomic, lock};
use crate::accuracy::inject::{DAMAGES, Damage, Untouched, Voice};
use crate::accuracy::recovery;
use crate::audio::{self, DecodeLimits};
use crate::call::{CallReport, Channels, LeftOut, SelftestRecording, SelftestReport, SelftestTrial, json};
use crate::dsp::mix::Random;
use crate::dsp::resample;
use crate::pipeline::{CallFailure, Measured};
use crate::report::texts::Texts;
use crate::report::{html, recovery as rendering};
use crate::timeline::{TimeSpan, Timeline};
use crate::units::SampleRate;

/// Less speech than this in a channel is no ground for a table.
const LEAST_SPEECH_S: f64 = 5.0;

/// A longer recording is left out.
const LONGEST_RECORDING_S: f64 = 3600.0;

/// Of each voice that is lent to other recordings.
const LONGEST_VOICE_S: f64 = 30.0;

/// What to try, and on how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SelftestOptions {
    /// What the random choices start from.
    pub seed: u64,
    /// At most this many recordings, chosen at random.
    pub n_recordings: usize,
    /// At most this much of each, in seconds: where most is spoken.
    pub longest_s: f64,
}

/// Measures sound.
pub type Measure<'a> = dyn Fn(&str, &Channels) -> Result<Measured, CallFailure> + Sync + 'a;

/// A recording that damage can be mixed into.
struct Subject<'a> {
    found: &'a Found,
    from_s: f64,
    sound: Channels,
    untouched: Measured,
    /// The channel that is damaged: the first with enough speech.
    channel: usize,
    voice: Voice,
}

/// Runs the self-test. `progress` is told after every measurement how many of how many are done; when `stop` becomes
/// true there is no report.
pub fn run(
    recordings: &[Found],
    options: &SelftestOptions,
    measure: &Measure<'_>,
    progress: &(dyn Fn(usize, usize) + Sync),
    stop: &AtomicBool,
) -> Option<SelftestReport> {
    let chosen = choose(recordings, options);
    let n_done = AtomicUsize::new(0);
    let n_all = chosen.len() * (1 + DAMAGES.len());
    let tell = || progress(n_done.fetch_add(1, Ordering::Relaxed) + 1, n_all);
    let prepared: Vec<Result<Subject<'_>, (&Found, String)>> = chosen
        .par_iter()
        .map(|found| {
            let subject =
                if stop.load(Ordering::Relaxed) { Err("stopped".into()) } else { prepare(found, options, measure) };
            tell();
            subject.map_err(|reason| (*found, reason))
        })
        .collect();
    let subjects: Vec<&Subject<'_>> = prepared.iter().filter_map(|p| p.as_ref().ok()).collect();
    let tried: Vec<Tried> = prepared
        .par_iter()
        .map(|prepared| match prepared {
            Err((found, reason)) => {
                DAMAGES.iter().for_each(|_| tell());
                Tried::nothing(&found.source, reason.clone())
            }
            Ok(subject) => damage_and_measure(subject, &subjects, options.seed, measure, &tell, stop),
        })
        .collect();
    if stop.load(Ordering::Relaxed) {
        return None;
    }
    let alarms = recovery::false_alarms(tried.iter().flat_map(|t| t.alarms.iter().copied()));
    let (mut about, mut trials) = (Vec::new(), Vec::new());
    for one in tried {
        about.push(one.recording);
        trials.extend(one.trials);
    }
    // By damage, as they are listed: the table follows this order.
    let place = |trial: &SelftestTrial| DAMAGES.iter().position(|d| d.name() == trial.damage);
    trials.sort_by_key(place);
    Some(SelftestReport {
        schema: SelftestReport::SCHEMA.into(),
        callvet: env!("CARGO_PKG_VERSION").into(),
        seed: options.seed,
        recordings: about,
        table: recovery::table(&trials),
        false_alarms: alarms,
        trials,
    })
}

/// Writes `selftest.json`, `selftest.csv` and `selftest.html`; gives the page. The index of a batch in the same folder
/// shows the table the next time it is rendered.
///
/// # Errors
/// When the folder cannot be written to, or another callvet is writing there.
pub fn write(out_dir: &Path, report: &SelftestReport) -> Result<PathBuf, BatchError> {
    atomic::create_folder(out_dir)?;
    let _lock = lock::lock(out_dir)?;
    let text = json::to_text(report).map_err(OutputError::from)?;
    let table = rendering::csv(report).map_err(OutputError::from)?;
    let page = html::selftest_page(report, Texts::default()).map_err(OutputError::from)?;
    let page_path = out_dir.join("selftest.html");
    atomic::write(&out_dir.join("selftest.csv"), &table)?;
    atomic::write(&page_path, page.as_bytes())?;
    atomic::write(&out_dir.join(output::SELFTEST), text.as_bytes())?;
    Ok(page_path)
}

/// Recordings in random order by seed and source, so that one more file in the folder changes little; ordered by
/// source again.
fn choose<'a>(recordings: &'a [Found], options: &SelftestOptions) -> Vec<&'a Found> {
    let mut drawn: Vec<&Found> = recordings.iter().collect();
    drawn.sort_by_cached_key(|found| random_for(options.seed, &found.source, 0).bits());
    drawn.truncate(options.n_recordings.max(1));
    drawn.sort_by(|a, b| a.source.cmp(&b.source));
    drawn
}

/// A generator of its own for each mixture: what is tried before does not matter.
fn random_for(seed: u64, source: &str, n: u64) -> Random {
    let digest = Sha256::new().chain_update(seed.to_le_bytes()).chain_update(n.to_le_bytes()).chain_update(source);
    let mut first = [0; 8];
    first.copy_from_slice(&digest.finalize()[..8]);
    Random::new(u64::from_le_bytes(first))
}

fn prepare<'a>(found: &'a Found, options: &SelftestOptions, measure: &Measure<'_>) -> Result<Subject<'a>, String> {
    // Several are decoded at once, and only a minute or two of each is used.
    let limits = DecodeLimits { max_duration_s: LONGEST_RECORDING_S, ..DecodeLimits::default() };
    let decoded = audio::decode(&found.path, &limits).map_err(|e| e.to_string())?;
    let whole = decoded.channels;
    let heard = |sound: &Channels| measure(&found.source, sound).map_err(|e| why(&e));
    let mut untouched = heard(&whole)?;
    let (mut sound, mut from_s) = (whole, 0.0);
    if sound.duration_s() > options.longest_s {
        from_s = busiest_s(&untouched.activity.by_channel, sound.duration_s(), options.longest_s);
        sound = cut(&sound, from_s, from_s + options.longest_s);
        untouched = heard(&sound)?;
    }
    let has_speech =
        |channel: &&usize| untouched.activity.by_channel.get(**channel).is_some_and(|s| s.total_s() >= LEAST_SPEECH_S);
    let channel = *untouched
        .independent
        .iter()
        .find(has_speech)
        .ok_or_else(|| format!("no channel has {LEAST_SPEECH_S} s of speech"))?;
    let voice = speech_only(&sound, channel, &untouched.activity.by_channel[channel]);
    Ok(Subject { found, from_s, sound, untouched, channel, voice })
}

fn why(failure: &CallFailure) -> String {
    match failure {
        CallFailure::Failed(error) => error.message.clone(),
        CallFailure::Stopped => "stopped".into(),
    }
}

/// Start of the part of `length_s` in which most is spoken, in steps of a tenth of its length.
fn busiest_s(speech: &[Timeline], duration_s: f64, length_s: f64) -> f64 {
    let anyone = speech.iter().fold(Timeline::default(), |all, line| all.union(line));
    let starts = (0..).map(|i| f64::from(i) * length_s / 10.0).take_while(|start_s| start_s + length_s <= duration_s);
    let spoken_s =
        |start_s: f64| anyone.intersection(&Timeline::new([TimeSpan::new(start_s, start_s + length_s)])).total_s();
    // The first of equal ones: `max_by` would give the last.
    starts.map(|s| (s, spoken_s(s))).fold((0.0, -1.0), |best, one| if one.1 > best.1 { one } else { best }).0
}

fn cut(sound: &Channels, from_s: f64, to_s: f64) -> Channels {
    let rate = sound.rate();
    let range = rate.s_to_samples(from_s)..rate.s_to_samples(to_s).min(sound.n_samples());
    let planes = sound.planes().iter().map(|plane| plane[range.clone()].to_vec()).collect();
    Channels::new(rate, planes).expect("parts of the same length of finite samples")
}

fn speech_only(sound: &Channels, channel: usize, speech: &Timeline) -> Voice {
    let rate = sound.rate();
    let plane = sound.plane(channel);
    let part = |span: &TimeSpan| {
        let end = rate.s_to_samples(span.end_s).min(plane.len());
        &plane[rate.s_to_samples(span.start_s).min(end)..end]
    };
    let longest = rate.s_to_samples(LONGEST_VOICE_S);
    speech.spans().iter().flat_map(part).take(longest).copied().collect()
}

/// What came of one recording.
struct Tried {
    recording: SelftestRecording,
    trials: Vec<SelftestTrial>,
    alarms: Vec<(&'static str, bool)>,
}

impl Tried {
    fn nothing(source: &str, reason: String) -> Self {
        let left_out = vec![LeftOut { damage: "all".into(), reason }];
        let recording = SelftestRecording { source: source.into(), from_s: None, to_s: None, left_out };
        Self { recording, trials: Vec::new(), alarms: Vec::new() }
    }
}

fn damage_and_measure(
    subject: &Subject<'_>,
    subjects: &[&Subject<'_>],
    seed: u64,
    measure: &Measure<'_>,
    tell: &(dyn Fn() + Sync),
    stop: &AtomicBool,
) -> Tried {
    let source = &subject.found.source;
    let rate = subject.sound.rate();
    let voices: Vec<Voice> = subjects
        .iter()
        .filter(|other| other.found.source != *source)
        .map(|other| at_rate(&other.voice, other.sound.rate(), rate))
        .collect();
    let measured = subject.untouched.report.channels.as_deref().unwrap_or_default();
    let leaky = leaky(&subject.untouched.report);
    let untouched = Untouched {
        sound: &subject.sound,
        measured,
        speech: &subject.untouched.activity.by_channel,
        independent: &subject.untouched.independent,
        leaky: &leaky,
    };
    let channel = u16::try_from(subject.channel).unwrap_or(u16::MAX);
    let (mut trials, mut alarms, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    for (n, damage) in DAMAGES.iter().enumerate() {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let mut random = random_for(seed, source, 1 + n as u64);
        let tried = damage
            .mix_into(&untouched, subject.channel, &voices, &mut random)
            .and_then(|(sound, expected)| Ok((measure(source, &as_stored(&sound)).map_err(|e| why(&e))?, expected)));
        match tried {
            Ok((after, expected)) => {
                trials.extend(recovery::trials(source, channel, damage, &expected, &after.report));
                alarms.extend(recovery::alarms(channel, damage, &subject.untouched.report, &after.report));
            }
            Err(reason) => left_out.push(LeftOut { damage: Damage::name(damage), reason }),
        }
        tell();
    }
    let recording = SelftestRecording {
        source: source.clone(),
        from_s: Some(subject.from_s),
        to_s: Some(subject.from_s + subject.sound.duration_s()),
        left_out,
    };
    Tried { recording, trials, alarms }
}

/// Channels into which the other party leaks.
fn leaky(report: &CallReport) -> Vec<usize> {
    let leakage = report.crosstalk.iter().flat_map(|c| c.leakage.iter().flatten());
    leakage.filter(|l| l.detected == Some(true)).map(|l| usize::from(l.to)).collect()
}

fn at_rate(voice: &[f32], from: SampleRate, to: SampleRate) -> Voice {
    resample::resample(voice, from, to)
}

/// The steps of a 16-bit file: a mixture that was recorded.
fn as_stored(sound: &Channels) -> Channels {
    let to_step = |s: &f32| (s * 32_768.0).round().clamp(-32_768.0, 32_767.0) / 32_768.0;
    let planes = sound.planes().iter().map(|plane| plane.iter().map(to_step).collect()).collect();
    Channels::new(sound.rate(), planes).expect("as many finite samples as before")
}
