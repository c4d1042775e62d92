//! Rules over a transcript: which language an utterance is read in, phrases that segmentation cut in two, and the
//! times and probabilities of the words that matched.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::index::{Contexts, Index};
use super::likeness::Like;
use super::matching::{self, Match};
use super::pack::Source;
use super::words::{self, Item};
use super::{KNOWN, Phrases};
use crate::call::{MatchTier, PhraseHit, Polarity, Transcript, Utterance};
use crate::text::{Language, guess_languages};

/// A phrase goes on in the next utterance if no more than this is between them.
const MAX_CUT_S: f64 = 1.5;

/// No utterance of a person is longer.
const PART_WORDS: usize = 1000;
/// A part knows this many words around those whose matches it gives: more than the widest window and all that is
/// looked at around it.
const PART_MARGIN_WORDS: usize = 100;
/// Bytes after the last word within which the next one has to be.
const MAX_WORD_GAP_BYTES: usize = 256;

/// The languages that an utterance is read in.
fn languages(transcript: &Transcript) -> Vec<Vec<Option<Language>>> {
    let mut guess_of_all: Option<Vec<Language>> = None;
    let mut of_utterance = |utterance: &Utterance| {
        if let Some(code) = utterance.language.as_deref().or(transcript.language.as_deref()) {
            return vec![Language::from_code(code)];
        }
        let own = guess_languages(&utterance.text);
        // One line has few words: if it does not decide, the whole text may.
        let guess = match own.as_slice() {
            [] | [_] => own,
            _ => {
                let all = guess_of_all.get_or_insert_with(|| {
                    let texts: Vec<&str> = transcript.utterances.iter().map(|u| u.text.as_str()).collect();
                    guess_languages(&texts.join("\n"))
                });
                let common: Vec<Language> = own.iter().copied().filter(|language| all.contains(language)).collect();
                if common.is_empty() { own } else { common }
            }
        };
        if guess.is_empty() { vec![None] } else { guess.into_iter().map(Some).collect() }
    };
    transcript.utterances.iter().map(&mut of_utterance).collect()
}

impl Phrases {
    fn index(&self, language: Option<Language>) -> &Index {
        let at = language.map_or(Language::ALL.len(), |language| language as usize);
        self.indexes[at].get_or_init(|| {
            let grammar = self.grammars.iter().find(|(known, _)| Some(*known) == language);
            let grammar = grammar.map(|(_, grammar)| grammar.clone()).unwrap_or_default();
            let lines = self.known_lines.iter().filter(|(known, _)| Some(*known) == language);
            let lines = lines.flat_map(|(_, lines)| lines.iter().map(String::as_str));
            let words = KNOWN.into_iter().filter(|(known, _)| Some(*known) == language);
            Index::new(language, &self.sources, &grammar, lines.chain(words.flat_map(|(_, words)| words.lines())))
        })
    }

    fn contexts(&self, rule: usize) -> Contexts {
        let source = &self.sources[rule];
        let Source { negation, reported, unless_within, question, .. } = *source;
        Contexts { negation, reported, unless_within, question }
    }

    /// Matches in one text, in bytes.
    pub(super) fn matches_in(&self, text: &str, language: Option<Language>) -> Vec<Found> {
        self.matches_of(&words::items(text, language), language)
    }

    fn matches_of(&self, items: &[Item], language: Option<Language>) -> Vec<Found> {
        let index = self.index(language);
        in_parts(items, |part| matching::matches(index, part, |rule| self.contexts(rule)).found)
    }

    /// As [`Phrases::matches_of`], and sentences that only resemble the lines of a category. A sentence in which a
    /// phrase of the category was taken back says the opposite.
    fn all_of(&self, items: &[Item], language: Option<Language>) -> (Vec<Found>, Vec<Like<'static>>) {
        let index = self.index(language);
        let denied = RefCell::new(Vec::new());
        let found = in_parts(items, |part| {
            let matches = matching::matches(index, part, |rule| self.contexts(rule));
            let place = |m: Match| (m.rule, part[m.start].token.start, part[m.end - 1].end);
            denied.borrow_mut().extend(matches.denied.into_iter().map(place));
            matches.found
        });
        let denied = denied.into_inner();
        let mut like = self.likenesses_of(items, language);
        like.retain(|like| {
            let (start, end) = (items[like.items.0].token.start, items[like.items.1 - 1].end);
            let category = |rule: usize| self.rules[rule].category.as_str();
            let is_own = |denied: &&(usize, usize, usize)| category(denied.0) == category(like.rule);
            !denied.iter().filter(is_own).any(|&(_, from, to)| from < end && start < to)
        });
        (found, like)
    }

    /// Brings lines of text to the form that matching works on, to time the two apart.
    pub fn normalise<'a>(&self, lines: impl Iterator<Item = &'a str>, language: Option<Language>) -> Normalised {
        Normalised { language, lines: lines.map(|line| words::items(line, language)).collect() }
    }

    /// How many matches there are: [`Phrases::find`] without places, times and confidence.
    pub fn count_matches(&self, text: &Normalised) -> usize {
        let count = |items: &Vec<Item>| self.matches_of(items, text.language).len();
        text.lines.iter().map(count).sum()
    }

    fn partial_matches_in(&self, text: &str, language: Option<Language>) -> Vec<Found> {
        let index = self.index(language);
        let items = words::items(text, language);
        let is_required = |rule: usize| self.rules[rule].polarity == Polarity::Required;
        in_parts(&items, |part| matching::partial_matches(index, part, is_required))
    }
}

/// Text in the form that matching works on: words in their normal form, with stems, numbers put together.
#[derive(Debug, Clone)]
pub struct Normalised {
    language: Option<Language>,
    lines: Vec<Vec<Item>>,
}

/// A match with its bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub matched: Match,
    pub bytes: (usize, usize),
}

impl Found {
    fn new(matched: Match, items: &[Item]) -> Self {
        Self { matched, bytes: (items[matched.start].token.start, items[matched.end - 1].end) }
    }
}

/// Runs a search over long texts part by part, so that its time grows with the length and not with its square.
fn in_parts(items: &[Item], search: impl Fn(&[Item]) -> Vec<Match>) -> Vec<Found> {
    let mut found = Vec::new();
    for first in (0..items.len().max(1)).step_by(PART_WORDS) {
        let from = first.saturating_sub(PART_MARGIN_WORDS);
        let to = items.len().min(first + PART_WORDS + PART_MARGIN_WORDS);
        let part = &items[from..to];
        let starts_here = |m: &Match| (first..first + PART_WORDS).contains(&(from + m.start));
        found.extend(search(part).into_iter().filter(starts_here).map(|m| Found::new(m, part)));
    }
    found
}

/// Bytes of each word in the utterance's text, as far as the words can be found there in order.
fn word_places(utterance: &Utterance) -> Vec<(usize, usize)> {
    let mut from = 0;
    let mut places = Vec::with_capacity(utterance.words.len());
    for word in &utterance.words {
        let written = word.text.trim();
        let near = (from + MAX_WORD_GAP_BYTES).min(utterance.text.len());
        let near = (near..=utterance.text.len()).find(|&end| utterance.text.is_char_boundary(end)).unwrap_or(near);
        match utterance.text.get(from..near).and_then(|rest| rest.find(written)) {
            Some(at) if !written.is_empty() => {
                places.push((from + at, from + at + written.len()));
                from += at + written.len();
            }
            _ => places.push((from, from)),
        }
    }
    places
}

/// What speech recognition knows of some words.
struct Spoken {
    start_s: Option<f64>,
    end_s: Option<f64>,
    /// How many words, and the sum of their probabilities; a probability that is none counts as none.
    n_words: usize,
    sum: f64,
}

impl Spoken {
    fn new(utterance: &Utterance, places: &[(usize, usize)], bytes: (usize, usize)) -> Self {
        // Places are in order and do not overlap.
        let from = places.partition_point(|(_, end)| *end <= bytes.0);
        let n = places[from..].partition_point(|(start, _)| *start < bytes.1);
        let inside = &utterance.words[from..from + n];
        let probability = |p: f64| p.is_finite().then(|| p.clamp(0.0, 1.0));
        let (start_s, end_s, probabilities) = match (inside.first(), inside.last()) {
            (Some(first), Some(last)) => (
                Some(first.start_s),
                Some(last.end_s),
                inside.iter().filter_map(|word| probability(word.probability)).collect(),
            ),
            _ => (
                utterance.start_s,
                utterance.end_s,
                utterance.confidence.and_then(probability).into_iter().collect::<Vec<_>>(),
            ),
        };
        Self { start_s, end_s, n_words: probabilities.len(), sum: probabilities.iter().sum() }
    }

    /// The mean over the words of both; 1 where nothing is known, as in written text.
    fn mean_probability(parts: &[Self]) -> f64 {
        let n: usize = parts.iter().map(|part| part.n_words).sum();
        if n == 0 { 1.0 } else { parts.iter().map(|part| part.sum).sum::<f64>() / n as f64 }
    }
}

/// What the certainty of the words leaves of a match's own. Words that were misheard seldom come out as a phrase of a list
/// (docs/phrases.md: of phrases found by their words none was false), so that even words without any certainty leave half.
fn heard_factor(parts: &[Spoken]) -> f64 {
    0.5 + 0.5 * Spoken::mean_probability(parts)
}

fn hit(found: Found, at: usize, utterance: &Utterance, places: &[(usize, usize)]) -> PhraseHit {
    let spoken = Spoken::new(utterance, places, found.bytes);
    PhraseHit {
        rule: found.matched.rule,
        utterance: at,
        bytes: found.bytes,
        quote: utterance.text.get(found.bytes.0..found.bytes.1).unwrap_or_default().to_owned(),
        start_s: spoken.start_s,
        end_s: spoken.end_s,
        tier: found.matched.tier,
        example: None,
        confidence: found.matched.confidence() * heard_factor(&[spoken]),
        completeness: found.matched.completeness,
    }
}

/// A sentence that resembles the lines of a category.
fn like_hit(like: &Like<'_>, items: &[Item], at: usize, utterance: &Utterance, places: &[(usize, usize)]) -> PhraseHit {
    let bytes = (items[like.items.0].token.start, items[like.items.1 - 1].end);
    let spoken = Spoken::new(utterance, places, bytes);
    PhraseHit {
        rule: like.rule,
        utterance: at,
        bytes,
        quote: utterance.text.get(bytes.0..bytes.1).unwrap_or_default().to_owned(),
        start_s: spoken.start_s,
        end_s: spoken.end_s,
        tier: MatchTier::Resembles,
        example: Some(like.example.to_owned()),
        confidence: like.confidence * heard_factor(&[spoken]),
        completeness: 1.0,
    }
}

/// Whether the second goes on where the first stopped. Text without times has whole utterances.
fn goes_on(first: &Utterance, second: &Utterance) -> bool {
    let same = first.channel == second.channel
        && first.speaker == second.speaker
        && (first.channel.is_some() || first.speaker.is_some());
    let gap = first.end_s.zip(second.start_s).map(|(end, start)| start - end);
    same && gap.is_some_and(|gap| gap <= MAX_CUT_S)
}

/// A hit across two utterances; its bytes are those within the first.
fn cut_hit(found: Found, at: usize, first: &Utterance, second: &Utterance) -> Option<PhraseHit> {
    let cut = first.text.len();
    // The text between them is one space.
    let crosses = found.bytes.0 < cut && found.bytes.1 > cut + 1;
    if !crosses {
        return None;
    }
    let in_second = (0, found.bytes.1 - cut - 1);
    let spoken = [
        Spoken::new(first, &word_places(first), (found.bytes.0, cut)),
        Spoken::new(second, &word_places(second), in_second),
    ];
    let head = first.text.get(found.bytes.0..)?.trim_end();
    let tail = second.text.get(..in_second.1)?.trim_start();
    Some(PhraseHit {
        rule: found.matched.rule,
        utterance: at,
        bytes: (found.bytes.0, cut),
        quote: format!("{head} {tail}"),
        start_s: spoken[0].start_s,
        end_s: spoken[1].end_s,
        tier: found.matched.tier,
        example: None,
        confidence: found.matched.confidence() * heard_factor(&spoken),
        completeness: found.matched.completeness,
    })
}

pub(super) fn find(phrases: &Phrases, transcript: &Transcript) -> Vec<PhraseHit> {
    let languages = languages(transcript);
    let mut hits: Vec<PhraseHit> = Vec::new();
    for (at, utterance) in transcript.utterances.iter().enumerate() {
        let places = word_places(utterance);
        for &language in &languages[at] {
            let items = words::items(&utterance.text, language);
            let (found, like) = phrases.all_of(&items, language);
            hits.extend(found.into_iter().map(|found| hit(found, at, utterance, &places)));
            hits.extend(like.into_iter().map(|like| like_hit(&like, &items, at, utterance, &places)));
        }
        // The other party may have spoken in between.
        let next = (at + 1..transcript.utterances.len()).take(3).find(|&next| {
            let next = &transcript.utterances[next];
            next.channel == utterance.channel && next.speaker == utterance.speaker
        });
        let Some(next) = next else { continue };
        let second = &transcript.utterances[next];
        if !goes_on(utterance, second) {
            continue;
        }
        // A full stop that recognition put at the cut is none.
        let joined = format!("{} {}", blank_final_stop(&utterance.text), second.text);
        for &language in &languages[at] {
            let found = phrases.matches_in(&joined, language);
            hits.extend(found.into_iter().filter_map(|found| cut_hit(found, at, utterance, second)));
        }
    }
    one_of_each_place(phrases, hits)
}

/// The text with a final stop or ellipsis replaced by as many spaces, so that bytes stay where they are.
fn blank_final_stop(text: &str) -> String {
    let kept = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | ','));
    format!("{kept}{}", " ".repeat(text.len() - kept.len()))
}

/// A category counts once at a place: ordered before window, then by confidence, then the longer.
fn one_of_each_place(phrases: &Phrases, mut hits: Vec<PhraseHit>) -> Vec<PhraseHit> {
    let tier = |hit: &PhraseHit| match hit.tier {
        MatchTier::Ordered => 0,
        MatchTier::Window => 1,
        MatchTier::Fuzzy => 2,
        MatchTier::Resembles => 3,
    };
    hits.sort_by(|a, b| {
        let length = |hit: &PhraseHit| hit.quote.len();
        (tier(a), a.utterance)
            .cmp(&(tier(b), b.utterance))
            .then(b.confidence.total_cmp(&a.confidence))
            .then(length(b).cmp(&length(a)))
            .then(a.bytes.cmp(&b.bytes))
            .then(a.rule.cmp(&b.rule))
    });
    // Kept spans of a category never overlap, so only the neighbour that begins before the end can be in the way.
    let mut taken: BTreeMap<(&str, usize, usize), usize> = BTreeMap::new();
    let mut kept: Vec<PhraseHit> = Vec::new();
    for hit in hits {
        let category = phrases.rules[hit.rule].category.as_str();
        let place = (category, hit.utterance);
        let before = taken.range((place.0, place.1, 0)..(place.0, place.1, hit.bytes.1)).next_back();
        if before.is_none_or(|(_, &end)| end <= hit.bytes.0) {
            taken.insert((category, hit.utterance, hit.bytes.0), hit.bytes.1);
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| (hit.utterance, hit.bytes, hit.rule));
    kept
}

pub(super) fn near_misses(phrases: &Phrases, transcript: &Transcript) -> Vec<PhraseHit> {
    let languages = languages(transcript);
    let mut best: Vec<(&str, PhraseHit)> = Vec::new();
    for (at, utterance) in transcript.utterances.iter().enumerate() {
        let places = word_places(utterance);
        for &language in &languages[at] {
            for found in phrases.partial_matches_in(&utterance.text, language) {
                let category = phrases.rules[found.matched.rule].category.as_str();
                let hit = hit(found, at, utterance, &places);
                match best.iter_mut().find(|(known, _)| *known == category) {
                    Some((_, known)) if known.confidence < hit.confidence => *known = hit,
                    Some(_) => {}
                    None => best.push((category, hit)),
                }
            }
        }
    }
    let mut hits: Vec<PhraseHit> = best.into_iter().map(|(_, hit)| hit).collect();
    hits.sort_by_key(|hit| (hit.utterance, hit.bytes, hit.rule));
    hits
}
