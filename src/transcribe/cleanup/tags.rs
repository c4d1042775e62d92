//! Descriptions of sounds: `[Music]`, `(laughs)`, text between notes. Not asides: longer text in brackets was said.

use super::{Reason, Removal, Segment};
use crate::call::Word;
use crate::timeline::TimeSpan;

const BRACKETS: [(char, char); 5] = [('[', ']'), ('(', ')'), ('*', '*'), ('（', '）'), ('【', '】')];
const NOTES: [char; 4] = ['♪', '♫', '🎵', '🎶'];

/// A description of a sound is short; longer text in round brackets is an aside.
const MAX_TAG_WORDS: usize = 6;

pub(super) fn remove(segment: &mut Segment, removals: &mut Vec<Removal>) {
    let is_note = |word: &Word| word.text.contains(NOTES);
    // Text between notes is a song, on the line or on the radio.
    if segment.words.first().is_some_and(is_note) || segment.words.last().is_some_and(is_note) {
        removals.push(Removal { reason: Reason::Tag, span: segment.span });
        segment.words.clear();
        return;
    }
    let words = std::mem::take(&mut segment.words);
    let mut i = 0;
    while i < words.len() {
        match tag_at(&words[i..]) {
            Some(n) => {
                let span = TimeSpan::new(words[i].start_s, words[i + n - 1].end_s);
                removals.push(Removal { reason: Reason::Tag, span });
                i += n;
            }
            None => {
                if words[i].text.chars().any(char::is_alphanumeric) {
                    segment.words.push(words[i].clone());
                }
                i += 1;
            }
        }
    }
}

/// How many words from the first one on are a bracketed tag, if they are one.
fn tag_at(words: &[Word]) -> Option<usize> {
    let text =
        words.first()?.text.trim_start_matches(|c: char| !c.is_alphanumeric() && BRACKETS.iter().all(|b| b.0 != c));
    let (open, close) = *BRACKETS.iter().find(|(open, _)| text.starts_with(*open))?;
    let end = words.iter().take(MAX_TAG_WORDS).enumerate().position(|(i, word)| {
        let text = if i == 0 { text.strip_prefix(open).unwrap_or(text) } else { &word.text };
        text.trim_end_matches(['.', ',', '!', '?', ';', ':', '"']).ends_with(close)
    })?;
    let tag = &words[..=end];
    // Digits in brackets are an area code, not a sound.
    let has_digit = tag.iter().any(|word| word.text.chars().any(|c| c.is_ascii_digit()));
    (!has_digit).then_some(end + 1)
}
