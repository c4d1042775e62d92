//! Which seconds of a recording must not be heard, and the sound without them. Not where personal data is (that is
//! `privacy`), and no files: who writes copies and scans them again is the batch.

use std::f64::consts::TAU;

use schemars::JsonSchema;
use serde::Serialize;

use crate::call::{CallReport, Channels, Speaker, Transcript, Utterance, locate_words};
use crate::privacy;
use crate::timeline::{TimeSpan, Timeline};
use crate::units::round_to;

/// What is put in the place of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AudioMask {
    /// A tone: whoever listens hears that something was taken away.
    Tone,
    /// Digital silence.
    Silence,
}

/// So much more than the word on both sides: word times of speech recognition are off by up to some 200 ms.
pub const MARGIN_S: f64 = 0.25;

/// The tone: 1 kHz, the usual test tone, within any telephone band.
const TONE_HZ: f64 = 1000.0;

/// … as an RMS level: the nominal level of speech in telephony (ITU-T P.56 on -26 dBov), so that it does not startle.
const TONE_DBFS: f64 = -26.0;

/// … rises and falls in this time, inside of the span: without it both ends would click.
const FADE_S: f64 = 0.005;

/// A word that is less certain than this may stand elsewhere than the recogniser says.
const MIN_WORD_PROBABILITY: f64 = 0.5;

/// Nobody says a letter or a digit in less: words that are told shorter have wrong times.
const MIN_S_PER_CHAR: f64 = 0.02;

/// Words that must not be heard or read: personal data, and whatever else a caller adds with a kind of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// What it is, as in the mask `[<kind>]`.
    pub kind: String,
    /// Index into `transcript.utterances`.
    pub utterance: usize,
    /// Bytes `start..end` of that utterance's text.
    pub bytes: (usize, usize),
}

/// What was masked, without the words.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MaskedSpan {
    /// `phone`, `card` …
    pub kind: String,
    /// Seconds from the start of the recording, margins included; `None` for text without times.
    pub start_s: Option<f64>,
    /// End, as above.
    pub end_s: Option<f64>,
    /// Line of the text file, from 1; `None` for sound.
    pub line: Option<usize>,
    /// True if the word times were not to be trusted and the words beside it are masked as well.
    pub is_widened: bool,
}

/// Everything in a report that must not be heard.
pub fn marked(report: &CallReport) -> Vec<Marked> {
    let none = Transcript::default();
    let mut marked = marked_in(report.transcript.as_ref().unwrap_or(&none), &report.speakers);
    marked.extend(confidential(report));
    marked
}

/// Words of the fact sheet's `confidential` list, as they were found.
fn confidential(report: &CallReport) -> Vec<Marked> {
    let utterances = report.transcript.as_ref().map_or(&[][..], |transcript| &transcript.utterances);
    let found = report.findings.iter().filter(|finding| finding.rule == "fact.confidential");
    found
        .filter_map(|finding| {
            let (utterance, quote) = (finding.utterance?, finding.quote.as_deref()?);
            let start = utterances.get(utterance)?.text.find(quote)?;
            Some(Marked { kind: "confidential".into(), utterance, bytes: (start, start + quote.len()) })
        })
        .collect()
}

/// Takes the words of the `confidential` list out of a report's transcript; personal data is masked before.
pub fn hide_confidential(report: &mut CallReport) {
    let mut marked = confidential(report);
    marked.sort_by_key(|mark| std::cmp::Reverse((mark.utterance, mark.bytes.0)));
    let Some(transcript) = &mut report.transcript else { return };
    for Marked { utterance, bytes: (start, end), .. } in marked {
        let Some(utterance) = transcript.utterances.get_mut(utterance) else { continue };
        // Two findings may share words; what is gone is gone.
        if utterance.text.get(start..end).is_some() {
            utterance.text.replace_range(start..end, "[confidential]");
            // Words no longer fit the text, and their times tell where to listen.
            utterance.words.clear();
        }
    }
}

/// … in a transcript. The one place that decides what is masked: more finders are added here.
pub fn marked_in(transcript: &Transcript, speakers: &[Speaker]) -> Vec<Marked> {
    let personal = privacy::find(transcript, speakers).into_iter();
    personal.map(|data| Marked { kind: data.kind.to_string(), utterance: data.utterance, bytes: data.bytes }).collect()
}

/// When the marked words are heard, ordered by start, in a recording of `duration_s` seconds. Where the times of words
/// are not to be trusted (a word that the recogniser is unsure of, or one told shorter than anybody speaks) the words
/// beside it are in the span as well; where there are none, the whole utterance is.
pub fn spans(transcript: &Transcript, marked: &[Marked], duration_s: f64) -> Vec<MaskedSpan> {
    let mut spans: Vec<MaskedSpan> = marked
        .iter()
        .filter_map(|mark| {
            let utterance = transcript.utterances.get(mark.utterance)?;
            let (start_s, end_s, is_widened) = heard_at(utterance, mark.bytes)?;
            Some(MaskedSpan {
                kind: mark.kind.clone(),
                // To the millisecond, as in all reports.
                start_s: Some(round_to((start_s - MARGIN_S).max(0.0), 3)),
                end_s: Some(round_to((end_s + MARGIN_S).min(duration_s), 3)),
                line: None,
                is_widened,
            })
        })
        .collect();
    spans.sort_by(|a, b| a.start_s.unwrap_or(0.0).total_cmp(&b.start_s.unwrap_or(0.0)).then(a.kind.cmp(&b.kind)));
    spans
}

/// Start and end of the words that the bytes touch, and whether they had to be widened; `None` if nothing tells.
fn heard_at(utterance: &Utterance, bytes: (usize, usize)) -> Option<(f64, f64, bool)> {
    let whole = utterance.start_s.zip(utterance.end_s).map(|(start_s, end_s)| (start_s, end_s, true));
    let Some(places) = locate_words(&utterance.text, &utterance.words) else { return whole };
    let touched = |place: &(usize, usize)| place.0 < bytes.1 && bytes.0 < place.1;
    let Some(first) = places.iter().position(touched) else { return whole };
    let last = places.iter().rposition(touched)?;
    let words = &utterance.words[first..=last];
    let (start_s, end_s) = words.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(start_s, end_s), word| {
        (start_s.min(word.start_s), end_s.max(word.end_s))
    });
    let n_chars = words.iter().map(|word| word.text.chars().filter(|c| c.is_alphanumeric()).count()).sum::<usize>();
    let is_unsure = words.iter().any(|word| word.probability < MIN_WORD_PROBABILITY);
    let is_too_short = end_s - start_s < MIN_S_PER_CHAR * n_chars as f64;
    if !(is_unsure || is_too_short) {
        return Some((start_s, end_s, false));
    }
    let before = first.checked_sub(1).and_then(|before| utterance.words.get(before));
    let after = utterance.words.get(last + 1);
    let start_s = before.map(|word| word.start_s).or(utterance.start_s).map_or(start_s, |s| s.min(start_s));
    let end_s = after.map(|word| word.end_s).or(utterance.end_s).map_or(end_s, |s| s.max(end_s));
    Some((start_s, end_s, true))
}

/// The same sound with the spans masked, on every channel: a voice is heard on the other party's channel as well. Samples
/// outside of the spans are not touched.
pub fn mask_channels(channels: Channels, spans: &[MaskedSpan], mask: AudioMask) -> Channels {
    let rate = channels.rate();
    let timeline = Timeline::new(spans.iter().filter_map(|span| Some(TimeSpan::new(span.start_s?, span.end_s?))));
    let n_samples = channels.n_samples();
    let mut planes = channels.into_planes();
    for span in timeline.spans() {
        // Outwards: half a sample of a word must not stay.
        let start = ((span.start_s * f64::from(rate.hz())).floor() as usize).min(n_samples);
        let end = ((span.end_s * f64::from(rate.hz())).ceil() as usize).clamp(start, n_samples);
        let sound: Vec<f32> = match mask {
            AudioMask::Silence => vec![0.0; end - start],
            AudioMask::Tone => tone(end - start, f64::from(rate.hz())),
        };
        for plane in &mut planes {
            plane[start..end].copy_from_slice(&sound);
        }
    }
    Channels::new(rate, planes).expect("the planes of channels, with finite samples")
}

/// `n` samples of the tone, from silence to silence.
fn tone(n: usize, rate_hz: f64) -> Vec<f32> {
    // Below half the rate whatever that is.
    let tone_hz = TONE_HZ.min(rate_hz / 8.0);
    // A sine of amplitude A has RMS A / sqrt 2.
    let amplitude = 10.0_f64.powf(TONE_DBFS / 20.0) * std::f64::consts::SQRT_2;
    let fade = (FADE_S * rate_hz).max(1.0);
    (0..n)
        .map(|i| {
            let to_edge = (i as f64).min((n - 1 - i) as f64);
            // A quarter of a squared sine: the level rises without a kink.
            let gain = (0.25 * TAU * (to_edge / fade).min(1.0)).sin().powi(2);
            (gain * amplitude * (TAU * tone_hz * i as f64 / rate_hz).sin()) as f32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Word;
    use crate::units::SampleRate;

    fn utterance(words: &[(&str, f64, f64, f64)]) -> Utterance {
        Utterance {
            start_s: Some(10.0),
            end_s: Some(20.0),
            channel: Some(0),
            speaker: None,
            language: None,
            text: words.iter().map(|word| word.0).collect::<Vec<_>>().join(" "),
            confidence: None,
            words: words
                .iter()
                .map(|(text, start_s, end_s, probability)| Word {
                    start_s: *start_s,
                    end_s: *end_s,
                    text: (*text).into(),
                    probability: *probability,
                })
                .collect(),
        }
    }

    #[test]
    fn spans_are_those_of_the_words_with_a_margin_and_wider_where_the_times_are_unsure() {
        let check = |words: &[(&str, f64, f64, f64)], bytes: (usize, usize), expected: (f64, f64, bool)| {
            let transcript = Transcript { utterances: vec![utterance(words)], ..Transcript::default() };
            let marked = Marked { kind: "phone".into(), utterance: 0, bytes };
            let found = &spans(&transcript, &[marked], 20.1)[0];
            assert_eq!(
                (found.start_s, found.end_s, found.is_widened),
                (Some(expected.0), Some(expected.1), expected.2)
            );
        };
        let sure = [("call", 11.0, 11.5, 0.9), ("601", 12.0, 13.0, 0.9), ("now", 13.5, 14.0, 0.9)];
        check(&sure, (5, 8), (11.75, 13.25, false));
        let unsure = [("call", 11.0, 11.5, 0.9), ("601", 12.0, 13.0, 0.3), ("now", 13.5, 14.0, 0.9)];
        check(&unsure, (5, 8), (10.75, 14.25, true));
        let short = [("call", 11.0, 11.5, 0.9), ("601234567", 12.0, 12.01, 0.9), ("now", 13.5, 14.0, 0.9)];
        check(&short, (5, 14), (10.75, 14.25, true));
        // At the end of the utterance and of the recording.
        let last = [("call", 11.0, 11.5, 0.9), ("601", 19.0, 20.0, 0.1)];
        check(&last, (5, 8), (10.75, 20.1, true));
        // Words that are not those of the text: the whole utterance.
        let mut other = utterance(&sure);
        other.words[0].text = "tall".into();
        let transcript = Transcript { utterances: vec![other], ..Transcript::default() };
        let found = spans(&transcript, &[Marked { kind: "x".into(), utterance: 0, bytes: (5, 8) }], 99.0);
        assert_eq!((found[0].start_s, found[0].end_s), (Some(9.75), Some(20.25)));
    }

    #[test]
    fn the_tone_has_its_level_and_begins_and_ends_in_silence() {
        let tone = tone(8000, 8000.0);
        let power = tone.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / 8000.0;
        // 0.1 dB: two fades of 5 ms in a second take 0.6 % of the power.
        assert!((10.0 * power.log10() - TONE_DBFS).abs() < 0.1, "{power}");
        assert!(tone[0].abs() < 1e-6 && tone[7999].abs() < 1e-6);
        let largest_step = tone.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
        // A sine of this frequency changes by at most 2π·f/rate of its amplitude from one sample to the next.
        assert!(f64::from(largest_step) <= 0.0709 * TAU / 8.0, "{largest_step}");
    }

    #[test]
    fn samples_outside_the_spans_stay_and_spans_beyond_the_end_do_no_harm() {
        let rate = SampleRate::new(8000).expect("in range");
        let planes = vec![vec![0.5; 8000], vec![-0.25; 8000]];
        let channels = Channels::new(rate, planes.clone()).expect("sound");
        let span = |start_s, end_s| MaskedSpan {
            kind: "card".into(),
            start_s: Some(start_s),
            end_s: Some(end_s),
            line: None,
            is_widened: false,
        };
        let masked = mask_channels(channels, &[span(0.25, 0.5), span(0.4, 0.6), span(0.9, 7.0)], AudioMask::Silence);
        for (plane, before) in masked.planes().iter().zip(&planes) {
            let is_masked = |i: usize| (2000..4800).contains(&i) || i >= 7200;
            assert!(plane.iter().enumerate().all(|(i, s)| if is_masked(i) { *s == 0.0 } else { *s == before[i] }));
        }
    }
}
