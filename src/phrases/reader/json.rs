//! Transcripts as JSON: our own report or transcript, and what Whisper's programs write.

use serde::Deserialize;
use serde_json::Value;

use super::{Builder, ReadTranscript, times};
use crate::call::{Speaker, Transcript, Utterance, Word};

/// The 1-based line where each element of the arrays under this key begins.
fn element_lines(text: &str, array_key: &str) -> Vec<usize> {
    let (mut lines, mut line) = (Vec::new(), 1);
    // For each open bracket: whether it is the array that is looked for.
    let mut open: Vec<bool> = Vec::new();
    let (mut last_string, mut key) = (String::new(), String::new());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\n' => line += 1,
            '"' => {
                last_string.clear();
                while let Some(c) = chars.next().filter(|&c| c != '"') {
                    line += usize::from(c == '\n');
                    if c == '\\' {
                        chars.next();
                    }
                    last_string.push(c);
                }
            }
            ':' => key = std::mem::take(&mut last_string),
            '[' => open.push(key == array_key),
            '{' => {
                if open.last() == Some(&true) {
                    lines.push(line);
                }
                open.push(false);
                key.clear();
            }
            ']' | '}' => {
                open.pop();
            }
            _ => {}
        }
    }
    lines
}

/// A segment of openai-whisper, faster-whisper and WhisperX.
#[derive(Deserialize)]
struct Segment {
    start: Option<f64>,
    end: Option<f64>,
    text: String,
    speaker: Option<String>,
    #[serde(default)]
    words: Vec<SegmentWord>,
}

#[derive(Deserialize)]
struct SegmentWord {
    start: Option<f64>,
    end: Option<f64>,
    #[serde(alias = "text")]
    word: String,
    #[serde(alias = "score")]
    probability: Option<f64>,
}

/// A segment of whisper.cpp, times in milliseconds.
#[derive(Deserialize)]
struct CppSegment {
    offsets: CppOffsets,
    text: String,
    speaker: Option<String>,
}

#[derive(Deserialize)]
struct CppOffsets {
    from: f64,
    to: f64,
}

impl From<CppSegment> for Segment {
    fn from(cpp: CppSegment) -> Self {
        let CppSegment { offsets, text, speaker } = cpp;
        Self { start: Some(offsets.from / 1000.0), end: Some(offsets.to / 1000.0), text, speaker, words: Vec::new() }
    }
}

pub(super) fn json(text: &str) -> Result<ReadTranscript, String> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| format!("line {}: not JSON: {error}", error.line()))?;
    if let Some(segments) = value.get("segments").and_then(Value::as_array) {
        let language = value.get("language").and_then(Value::as_str);
        return whisper::<Segment>(segments, &element_lines(text, "segments"), language);
    }
    if let Some(segments) = value.get("transcription").and_then(Value::as_array) {
        let language = value.pointer("/result/language").and_then(Value::as_str);
        return whisper::<CppSegment>(segments, &element_lines(text, "transcription"), language);
    }
    let speakers = value.get("speakers").cloned();
    let transcript = match value {
        Value::Object(mut report) if report.contains_key("transcript") => report.remove("transcript"),
        Value::Object(own) if own.contains_key("utterances") => Some(Value::Object(own)),
        _ => None,
    };
    let Some(transcript) = transcript else {
        return Err("line 1: no transcript: none of `utterances`, `transcript`, `segments`, `transcription`".into());
    };
    own(transcript, speakers, element_lines(text, "utterances"))
}

fn own(transcript: Value, speakers: Option<Value>, mut lines: Vec<usize>) -> Result<ReadTranscript, String> {
    let utterances = transcript.get("utterances").and_then(Value::as_array);
    for (at, utterance) in utterances.into_iter().flatten().enumerate() {
        let line = lines.get(at).unwrap_or(&1);
        let utterance =
            Utterance::deserialize(utterance).map_err(|error| format!("line {line}: not an utterance: {error}"))?;
        check(&utterance).map_err(|what| format!("line {line}: {what}"))?;
    }
    let transcript = Transcript::deserialize(transcript).map_err(|error| format!("line 1: no transcript: {error}"))?;
    let speakers = match speakers {
        Some(speakers) => {
            Vec::<Speaker>::deserialize(speakers).map_err(|error| format!("line 1: `speakers`: {error}"))?
        }
        None => Vec::new(),
    };
    lines.resize(transcript.utterances.len(), 1);
    Ok(ReadTranscript { transcript, lines, speakers })
}

/// Numbers that no report has are refused: what is computed from them would be none either.
fn check(utterance: &Utterance) -> Result<(), &'static str> {
    let is_time = |time_s: f64| (0.0..=times::MAX_S).contains(&time_s);
    let is_span = |start_s: f64, end_s: f64| is_time(start_s) && is_time(end_s) && start_s <= end_s;
    let is_sure = |probability: f64| (0.0..=1.0).contains(&probability);
    let (start_s, end_s) = (utterance.start_s, utterance.end_s);
    if ![start_s, end_s].into_iter().flatten().all(is_time) || start_s.zip(end_s).is_some_and(|(a, b)| !is_span(a, b)) {
        return Err("`start_s` and `end_s` are no span of time");
    }
    if !utterance.words.iter().all(|word| is_span(word.start_s, word.end_s)) {
        return Err("`start_s` and `end_s` of a word are no span of time");
    }
    if !utterance.confidence.is_none_or(is_sure) || !utterance.words.iter().all(|word| is_sure(word.probability)) {
        return Err("`confidence` and `probability` are from 0 to 1");
    }
    Ok(())
}

fn whisper<S: for<'a> Deserialize<'a> + Into<Segment>>(
    segments: &[Value],
    lines: &[usize],
    language: Option<&str>,
) -> Result<ReadTranscript, String> {
    let mut builder = Builder::default();
    for (at, value) in segments.iter().enumerate() {
        let line = lines.get(at).copied().unwrap_or(1);
        let segment: Segment =
            S::deserialize(value).map_err(|error| format!("line {line}: not a segment: {error}"))?.into();
        let is_time = |time_s: &f64| (0.0..=times::MAX_S).contains(time_s);
        if segment.start.zip(segment.end).is_some_and(|(start, end)| end < start)
            || !segment.start.iter().chain(&segment.end).all(is_time)
        {
            return Err(format!("line {line}: the end is before the start, or no time of a call"));
        }
        let before = builder.read.len();
        builder.push(line, (segment.start, segment.end), segment.speaker.as_deref(), &segment.text);
        if let Some((utterance, _)) = builder.read.get_mut(before) {
            utterance.words = words(segment.words);
            let sum: f64 = utterance.words.iter().map(|word| word.probability).sum();
            utterance.confidence = (!utterance.words.is_empty()).then(|| sum / utterance.words.len() as f64);
        }
    }
    let mut read = builder.finish();
    // A code of ISO 639; a language that is not known here keeps the packs of others out.
    let is_code = |code: &&str| (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
    read.transcript.language = language.filter(is_code).map(str::to_owned);
    Ok(read)
}

/// Words with their times; none at all if one lacks a time or a probability, since half would mislead.
fn words(words: Vec<SegmentWord>) -> Vec<Word> {
    let timed = words.into_iter().map(|word| {
        let (start_s, end_s, probability) = (word.start?, word.end?, word.probability?);
        let fits = (0.0..=end_s).contains(&start_s) && end_s <= times::MAX_S && (0.0..=1.0).contains(&probability);
        fits.then(|| Word { start_s, end_s, text: word.word.trim().to_owned(), probability })
    });
    timed.collect::<Option<Vec<_>>>().unwrap_or_default()
}
