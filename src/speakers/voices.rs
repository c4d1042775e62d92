//! The voices of a call: one on each channel, or two that were told apart on one, and announcements as voices of their
//! own. And whose each word is. Not which of them is the agent: that is the parent module.

use std::sync::atomic::AtomicBool;

use super::diarize::{self, CannotTell};
use super::encoder::Encoder;
use crate::call::{
    CallActivity, CallPhases, Channels, Layout, LayoutFlag, LayoutKind, PhaseKind, Problem, ProblemSeverity,
    Transcript, Utterance, Voice, Word,
};
use crate::models::{self, FoundModel, ModelKind};
use crate::timeline::{TimeSpan, Timeline};

/// An announcement has at least this much speech: less is a word before a tone.
const MIN_ANNOUNCEMENT_S: f64 = 1.0;

/// The stage: an encoder, or the reason why there is none, which the report of a call on one channel then tells.
#[derive(Debug)]
pub struct Stage {
    encoder: Result<Encoder, Box<Problem>>,
}

/// The voices of a call, as far as they can be told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// In the order of the speakers: persons by channel, on one channel by who speaks first; then announcements.
    pub voices: Vec<Voice>,
    /// Probability 0..=1 that two voices on one channel are two; `None` where there was nothing to tell apart.
    pub confidence: Option<f64>,
    /// Why voices on one channel were not told apart.
    pub problem: Option<Problem>,
    /// True if the speaker model had a say.
    pub is_model_used: bool,
}

impl Stage {
    /// Looks for the model that comes with callvet and loads it. Never fails: without it two voices on one channel stay one
    /// speaker.
    pub fn find() -> Self {
        Self::with(models::find(None, ModelKind::Speaker))
    }

    /// As [`Stage::find`], with what a search for the model gave.
    pub fn with(model: Result<FoundModel, models::ModelError>) -> Self {
        let note = |code, why: String| Problem::new("speakers", code, ProblemSeverity::Note, why).about(["/speakers"]);
        let encoder = model
            .map_err(|why| note("speaker_model_missing", why.to_string()))
            .and_then(|model| Encoder::load(&model).map_err(|why| note("speaker_model_unusable", why.to_string())));
        Self { encoder: encoder.map_err(Box::new) }
    }

    /// SHA-256 of the network's file; `None` if there is no network.
    pub fn sha256(&self) -> Option<&str> {
        self.encoder.as_ref().ok().map(Encoder::sha256)
    }

    /// The voices of a call whose `independent` channels are neither dead nor copies. Where one channel holds both parties,
    /// they are told apart by their sound. `stop` ends the work early: then they are not.
    pub fn tell(
        &self,
        channels: &Channels,
        activity: &CallActivity,
        phases: &CallPhases,
        layout: &Layout,
        independent: &[usize],
        stop: &AtomicBool,
    ) -> Told {
        let nothing = Timeline::default();
        let mut told = Told::default();
        let mut announcements = Vec::new();
        for &channel in independent {
            let Ok(number) = u16::try_from(channel) else { continue };
            let speech = activity.by_channel.get(channel).unwrap_or(&nothing);
            let announced = phases.phases.iter().filter(|p| p.kind == PhaseKind::Ivr && p.channel == channel);
            let announced = Timeline::new(announced.map(|p| p.span())).intersection(speech);
            let is_announced = announced.total_s() >= MIN_ANNOUNCEMENT_S;
            let own = if is_announced { speech.minus(&announced) } else { speech.clone() };
            if is_announced {
                announcements.push(Voice { channel: number, is_announcement: true, speech: announced });
            }
            let persons = if holds_both(layout, independent) {
                self.tell_apart(channels, channel, &own, stop, &mut told)
            } else {
                None
            };
            let persons = persons.unwrap_or_else(|| vec![own]);
            told.voices.extend(persons.into_iter().map(|speech| Voice {
                channel: number,
                is_announcement: false,
                speech,
            }));
        }
        told.voices.append(&mut announcements);
        told
    }

    /// The speech of two voices on one channel; `None`, and why, if it is left as it is.
    fn tell_apart(
        &self,
        channels: &Channels,
        channel: usize,
        speech: &Timeline,
        stop: &AtomicBool,
        told: &mut Told,
    ) -> Option<Vec<Timeline>> {
        let encoder = match &self.encoder {
            Ok(encoder) => encoder,
            Err(why) => {
                told.problem = Some(Problem::clone(why).on_channel(channel));
                return None;
            }
        };
        told.is_model_used = true;
        match diarize::diarize(encoder, channels.plane(channel), channels.rate(), speech, stop) {
            Ok(found) => {
                told.confidence = Some(found.confidence);
                Some(vec![found.speech(0), found.speech(1)])
            }
            Err(why) => {
                let (code, severity) = match why {
                    CannotTell::Engine(_) => ("speaker_model_failed", ProblemSeverity::Lost),
                    _ => ("voices_not_told_apart", ProblemSeverity::Note),
                };
                let problem = Problem::new("speakers", code, severity, why.to_string());
                told.problem = Some(problem.about(["/speakers"]).on_channel(channel));
                None
            }
        }
    }
}

/// Whether one channel holds both parties: a single track of a mono file, or of a file with the same sound twice. With a
/// dead channel beside it, it holds one.
pub(super) fn holds_both(layout: &Layout, independent: &[usize]) -> bool {
    independent.len() == 1 && !(layout.kind == LayoutKind::Stereo && layout.flags.contains(&LayoutFlag::DeadChannel))
}

/// Speaker id of a voice.
pub(super) fn id(voice: usize) -> String {
    format!("s{voice}")
}

/// Writes into every utterance whose it is. Where several voices share its channel, each word goes to the voice in whose
/// speech its middle lies, or the nearest one, and an utterance of several voices becomes several. Words, their order and
/// that of the utterances (by start, then channel) are kept.
pub fn attribute(transcript: &mut Transcript, voices: &[Voice]) {
    let mut out = Vec::with_capacity(transcript.utterances.len());
    for mut utterance in std::mem::take(&mut transcript.utterances) {
        let mut own = voices.iter().enumerate().filter(|(_, v)| Some(v.channel) == utterance.channel);
        match (own.next(), own.next()) {
            (None, _) => {
                utterance.speaker = None;
                out.push(utterance);
            }
            (Some((only, _)), None) => {
                utterance.speaker = Some(id(only));
                out.push(utterance);
            }
            _ => split(utterance, voices, &mut out),
        }
    }
    let start_s = |u: &Utterance| u.start_s.unwrap_or(f64::NEG_INFINITY);
    // Stable: the parts of an utterance keep their order.
    out.sort_by(|a, b| start_s(a).total_cmp(&start_s(b)).then(a.channel.cmp(&b.channel)));
    transcript.utterances = out;
}

/// The parts of an utterance, one for each run of words of one voice.
fn split(utterance: Utterance, voices: &[Voice], out: &mut Vec<Utterance>) {
    let whose = |span: TimeSpan| nearest(voices, utterance.channel, span);
    if utterance.words.is_empty() {
        let span = utterance.start_s.zip(utterance.end_s).map(|(start_s, end_s)| TimeSpan::new(start_s, end_s));
        let speaker = span.and_then(|span| voices_most(voices, utterance.channel, span)).map(id);
        out.push(Utterance { speaker, ..utterance });
        return;
    }
    let mut by_word: Vec<Option<usize>> = utterance
        .words
        .iter()
        .map(|word| {
            let middle_s = (word.start_s + word.end_s) / 2.0;
            whose(TimeSpan { start_s: middle_s, end_s: middle_s })
        })
        .collect();
    // The speech model places the first word of a sentence early, in the pause before it, where the voice before is nearer.
    for i in (1..utterance.words.len().saturating_sub(1)).rev() {
        let ends_before = utterance.words[i - 1].text.ends_with(['.', '?', '!', '…', ';']);
        if ends_before && !is_in_speech(voices, utterance.channel, &utterance.words[i]) {
            by_word[i] = by_word[i + 1];
        }
    }
    let n_runs = 1 + by_word.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let mut from = 0;
    for (run, part) in by_word.chunk_by(|a, b| a == b).enumerate() {
        let words = utterance.words[from..from + part.len()].to_vec();
        from += part.len();
        let speaker = part.first().copied().flatten().map(id);
        if n_runs == 1 {
            out.push(Utterance { speaker, ..utterance.clone() });
            continue;
        }
        // The edges of the whole are the first and the last part's; between, the words are all that is known.
        let start_s = if run == 0 { utterance.start_s } else { words.first().map(|w| w.start_s) };
        let end_s = if run + 1 == n_runs { utterance.end_s } else { words.last().map(|w| w.end_s) };
        out.push(Utterance {
            start_s,
            end_s,
            channel: utterance.channel,
            speaker,
            language: utterance.language.clone(),
            text: words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" "),
            confidence: mean_probability(&words),
            words,
        });
    }
}

/// Whether any voice of this channel speaks at the middle of a word.
fn is_in_speech(voices: &[Voice], channel: Option<u16>, word: &Word) -> bool {
    let middle_s = (word.start_s + word.end_s) / 2.0;
    let speaks = |voice: &Voice| {
        let spans = voice.speech.spans();
        let after = spans.partition_point(|s| s.start_s <= middle_s);
        after.checked_sub(1).and_then(|i| spans.get(i)).is_some_and(|s| middle_s < s.end_s)
    };
    voices.iter().any(|v| Some(v.channel) == channel && speaks(v))
}

fn mean_probability(words: &[Word]) -> Option<f64> {
    (!words.is_empty()).then(|| words.iter().map(|w| w.probability).sum::<f64>() / words.len() as f64)
}

/// The voice of this channel whose speech is nearest to a moment; of equal ones the first.
fn nearest(voices: &[Voice], channel: Option<u16>, moment: TimeSpan) -> Option<usize> {
    let own = voices.iter().enumerate().filter(|(_, v)| Some(v.channel) == channel);
    let distance_s = |voice: &Voice| {
        let spans = voice.speech.spans();
        let after = spans.partition_point(|s| s.start_s <= moment.start_s);
        let to_next_s = spans.get(after).map_or(f64::INFINITY, |s| s.start_s - moment.start_s);
        let since_last_s = after.checked_sub(1).and_then(|i| spans.get(i)).map_or(f64::INFINITY, |s| {
            // The end is not in the span: a voice that begins there has the moment.
            if moment.start_s < s.end_s { -1.0 } else { moment.start_s - s.end_s }
        });
        to_next_s.min(since_last_s)
    };
    own.min_by(|a, b| distance_s(a.1).total_cmp(&distance_s(b.1))).map(|(i, _)| i)
}

/// The voice of this channel that speaks most in a span; the nearest to its middle if none does.
fn voices_most(voices: &[Voice], channel: Option<u16>, span: TimeSpan) -> Option<usize> {
    let within = Timeline::new([span]);
    let mut most: Option<(usize, f64)> = None;
    for (i, voice) in voices.iter().enumerate().filter(|(_, v)| Some(v.channel) == channel) {
        let shared_s = voice.speech.intersection(&within).total_s();
        if shared_s > most.map_or(0.0, |(_, s)| s) {
            most = Some((i, shared_s));
        }
    }
    let middle_s = (span.start_s + span.end_s) / 2.0;
    most.map(|(i, _)| i).or_else(|| nearest(voices, channel, TimeSpan { start_s: middle_s, end_s: middle_s }))
}
