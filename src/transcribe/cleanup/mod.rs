//! Taking out what the model writes when nobody speaks: sound tags, loops, credits of the subtitles it learned from,
//! and words where there is no voice. By structure first: text that no voice had the time to say, that the model itself
//! takes for no speech, that repeats as no person does. By lists of words second, and never where the words were
//! plainly said. Pure; nothing is taken out silently: each removal is told, with its time and without its words.

use crate::call::{Problem, ProblemSeverity, Word};
use crate::timeline::{TimeSpan, Timeline};

mod credits;
mod loops;
mod support;
mod tags;

/// A stretch of text that the model gave as one, usually a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pub span: TimeSpan,
    pub words: Vec<Word>,
    /// The model's probability, 0..=1, that there is no speech in what it heard; `None` from an engine that cannot tell.
    pub no_speech_probability: Option<f64>,
    /// Mean natural logarithm of the probabilities of the tokens; `None` from an engine that cannot tell.
    pub mean_log_probability: Option<f64>,
}

/// What the sound of a channel has to say about the words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence<'a> {
    /// Where the party speaks.
    pub speech: &'a Timeline,
    /// That, and all sound of the window that is as loud.
    pub audible: &'a Timeline,
    /// Tones and hold music: loud, and nobody's words unless the party speaks over them.
    pub sounds: &'a Timeline,
}

/// Why words were taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    /// A description of a sound: `[Music]`.
    Tag,
    /// The same words again and again.
    Loop,
    /// A credit or farewell of a subtitle.
    Credit,
    /// Words without the sound of a voice.
    NoSpeech,
    /// Text that the model gave with the remark that nobody speaks.
    Doubted,
}

/// What was taken out, and where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Removal {
    pub reason: Reason,
    pub span: TimeSpan,
}

/// The segments of one window without what was not said.
pub(super) fn clean(segments: Vec<Segment>, evidence: &Evidence<'_>, removals: &mut Vec<Removal>) -> Vec<Segment> {
    let voiced = support::voiced(evidence, &segments);
    let mut kept = Vec::with_capacity(segments.len());
    for mut segment in segments {
        tags::remove(&mut segment, removals);
        if segment.words.is_empty() {
            continue;
        }
        let reason = if support::is_doubted(&segment, evidence.speech) {
            Some(Reason::Doubted)
        } else if support::is_unspoken(&segment, &voiced) {
            Some(Reason::NoSpeech)
        } else {
            None
        };
        if let Some(reason) = reason {
            removals.push(Removal { reason, span: segment.span });
            continue;
        }
        credits::remove(&mut segment, evidence.speech, removals);
        support::remove_unsupported(&mut segment, &voiced, removals);
        support::remove_rushed(&mut segment, removals);
        kept.push(segment);
    }
    loops::remove(&mut kept, removals);
    kept.retain(|segment| !segment.words.is_empty());
    kept
}

/// The segments of a whole channel without those that come back, the same words in window after window, where hardly
/// anybody speaks.
pub(super) fn clean_channel(segments: &mut Vec<Segment>, speech: &Timeline, removals: &mut Vec<Removal>) {
    loops::remove_refrains(segments, speech, removals);
    segments.retain(|segment| !segment.words.is_empty());
}

/// Ranges of time that a problem names before it counts the rest.
const MAX_RANGES: usize = 8;

/// What was taken out of a channel, a problem for each reason, with times and without words.
pub(super) fn told(removals: &[Removal], channel: usize) -> Vec<Problem> {
    const REASONS: [(Reason, &str, &str); 5] = [
        (Reason::Tag, "removed_tag", "descriptions of sounds that the speech model wrote"),
        (Reason::Loop, "removed_loop", "repetitions that the speech model got stuck in"),
        (Reason::Credit, "removed_credit", "subtitle credits that the speech model made up"),
        (Reason::NoSpeech, "removed_no_speech", "words that the speech model wrote where nobody speaks"),
        (Reason::Doubted, "removed_doubted", "text that the speech model itself took for no speech"),
    ];
    let mut problems = Vec::new();
    for (reason, code, what) in REASONS {
        let spans: Vec<TimeSpan> = removals.iter().filter(|r| r.reason == reason).map(|r| r.span).collect();
        if spans.is_empty() {
            continue;
        }
        let mut ranges: Vec<String> =
            spans.iter().take(MAX_RANGES).map(|s| format!("{:.1}-{:.1} s", s.start_s, s.end_s)).collect();
        if spans.len() > MAX_RANGES {
            ranges.push(format!("and {} more", spans.len() - MAX_RANGES));
        }
        problems.push(
            Problem::new("transcribe", code, ProblemSeverity::Note, format!("removed {what}: {}", ranges.join(", ")))
                .about(["/transcript/utterances"])
                .on_channel(channel),
        );
    }
    problems
}

/// Words that were said clearly have a mean probability above this; the model is less sure of what it makes up.
const CLEAR_PROBABILITY: f64 = 0.8;

/// Lower case, letters and digits only.
fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// From the start of the first of these words to the end of the last.
fn span_of(words: &[Word]) -> Option<TimeSpan> {
    Some(TimeSpan::new(words.first()?.start_s, words.last()?.end_s))
}

/// Mean probability of words; 0 without any.
fn mean_probability(words: &[Word]) -> f64 {
    words.iter().map(|w| w.probability).sum::<f64>() / words.len().max(1) as f64
}

#[cfg(test)]
mod tests;
