//! Whether there is sound behind the words: time to say them, a voice where they stand, and no doubt of the model's own.

use super::{Evidence, Reason, Removal, Segment, mean_probability, span_of};
use crate::call::Word;
use crate::timeline::{TimeSpan, Timeline};

/// How far the model's times for a phrase may be off.
const PHRASE_ERROR_S: f64 = 0.5;

/// How far its times for a single word may be off.
const WORD_ERROR_S: f64 = 0.3;

/// Letters and marks a second that nobody exceeds; fast speech has about 20. A phrase that has less speech, or
/// sound as loud as speech, than this around it was not said by this party: it is made up, or the other party's, heard
/// through a pause.
pub(super) const MAX_LETTERS_PER_S: f64 = 25.0;

/// OpenAI's own limits for text over silence: the model thinks that nobody speaks, and is not sure of its words either.
const NO_SPEECH: f64 = 0.6;
const UNSURE_LOG_PROBABILITY: f64 = -1.0;

/// Words that were said lie in speech for most of their time.
pub(super) const SPOKEN_RATIO: f64 = 0.5;

/// Where a voice may be around these segments: speech, and other loud sound that is no tone and no hold music.
pub(super) fn voiced(evidence: &Evidence<'_>, segments: &[Segment]) -> Timeline {
    let spans = segments.iter().flat_map(|s| span_of(&s.words).into_iter().chain([s.span]));
    let Some(hull) = spans.reduce(|a, b| TimeSpan::new(a.start_s.min(b.start_s), a.end_s.max(b.end_s))) else {
        return Timeline::default();
    };
    let near = |timeline: &Timeline| near(timeline, hull, PHRASE_ERROR_S);
    near(evidence.audible).minus(&near(evidence.sounds)).union(&near(evidence.speech))
}

/// The spans of a timeline that touch what lies within `by_s` of a span. A call of hours has thousands of them, and a
/// window needs a few.
fn near(timeline: &Timeline, span: TimeSpan, by_s: f64) -> Timeline {
    let first = timeline.spans().partition_point(|s| s.end_s <= span.start_s - by_s);
    let end = timeline.spans().partition_point(|s| s.start_s < span.end_s + by_s);
    Timeline::new(timeline.spans()[first..end.max(first)].iter().copied())
}

/// The model's own doubt: it thinks that nobody speaks and is not sure of its words; or it is not sure of them, and
/// they lie outside speech.
pub(super) fn is_doubted(segment: &Segment, speech: &Timeline) -> bool {
    let Some(span) = span_of(&segment.words) else { return false };
    // Without the engine's own number, the words' probabilities. Their mean is above the geometric one: never more often.
    let log_probability = segment.mean_log_probability.unwrap_or_else(|| mean_probability(&segment.words).ln());
    let is_outside = within_s(speech, span, 0.0) < SPOKEN_RATIO * span.duration_s();
    let is_denied = segment.no_speech_probability.is_some_and(|p| p > NO_SPEECH);
    log_probability < UNSURE_LOG_PROBABILITY && (is_denied || is_outside)
}

/// There is too little sound around the whole segment to say it.
pub(super) fn is_unspoken(segment: &Segment, voiced: &Timeline) -> bool {
    let letters: usize = segment.words.iter().map(|word| word.text.chars().count()).sum();
    within_s(voiced, segment.span, PHRASE_ERROR_S) * MAX_LETTERS_PER_S < letters as f64
}

/// Takes out words with no voice near their own time.
pub(super) fn remove_unsupported(segment: &mut Segment, voiced: &Timeline, removals: &mut Vec<Removal>) {
    // More than one frame of the voice activity.
    const LEAST_S: f64 = 0.04;
    let words = std::mem::take(&mut segment.words);
    let is_supported = |word: &Word| within_s(voiced, TimeSpan::new(word.start_s, word.end_s), WORD_ERROR_S) >= LEAST_S;
    for run in words.chunk_by(|a, b| is_supported(a) == is_supported(b)) {
        if is_supported(&run[0]) {
            segment.words.extend_from_slice(run);
        } else if let Some(span) = span_of(run) {
            removals.push(Removal { reason: Reason::NoSpeech, span });
        }
    }
}

/// Fewer words may share a moment because their times are a little off.
const LEAST_RUSHED: usize = 6;

/// Takes out runs of words that nobody has the time to say: the model writes a loop at the place where it got stuck.
pub(super) fn remove_rushed(segment: &mut Segment, removals: &mut Vec<Removal>) {
    let words = std::mem::take(&mut segment.words);
    let letters = |word: &Word| word.text.chars().count() as f64;
    let mut at = 0;
    while at < words.len() {
        let first = &words[at];
        let mut end = at;
        if letters(first) > MAX_LETTERS_PER_S * (first.end_s - first.start_s) {
            let mut sum = 0.0;
            for (i, word) in words.iter().enumerate().skip(at) {
                sum += letters(word);
                if sum > MAX_LETTERS_PER_S * (word.end_s - first.start_s + 2.0 * WORD_ERROR_S) {
                    end = i + 1;
                }
            }
        }
        if end - at >= LEAST_RUSHED {
            removals.extend(span_of(&words[at..end]).map(|span| Removal { reason: Reason::NoSpeech, span }));
            at = end;
        } else {
            segment.words.push(first.clone());
            at += 1;
        }
    }
}

/// How much of a timeline lies within `by_s` of a span.
pub(super) fn within_s(timeline: &Timeline, span: TimeSpan, by_s: f64) -> f64 {
    let wide = TimeSpan::new(span.start_s - by_s, span.end_s + by_s);
    near(timeline, span, by_s).spans().iter().map(|s| s.overlap_s(&wide)).sum()
}
