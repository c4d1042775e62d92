//! The view of a report that may be shown: personal data replaced by `[phone]`, `[card]`, … in the text and words of
//! the transcript, and in quotes, messages and evidence of findings and required steps. Numbers, times and ids stay.
//! What stands in a file name or in metadata that the user gave is not touched: `source` is the key of the report.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use aho_corasick::AhoCorasick;
use serde_json::Value;

use crate::call::{
    CallReport, PersonalData, PersonalKind, Problem, ProblemSeverity, Utterance, Word, locate_words, mask_part,
};

/// Shorter pieces of personal data are only masked where they were found: "123" elsewhere is another number.
const MIN_SECRET_CHARS: usize = 5;

/// The same for numbers in words: "one two three" is counting.
const MIN_SECRET_WORDS: usize = 4;

/// The report with personal data replaced by its masks; `found` is what [`super::find`] gave for its transcript.
/// Ids do not change.
pub fn mask(report: &CallReport, found: &[PersonalData]) -> CallReport {
    let mut shown = report.clone();
    let utterances = report.transcript.as_ref().map_or(&[][..], |t| &t.utterances);
    let secrets = Secrets::new(utterances, found);
    if secrets.by_utterance.is_empty() {
        return shown;
    }
    if let Some(transcript) = &mut shown.transcript {
        for (i, utterance) in transcript.utterances.iter_mut().enumerate() {
            if !mask_utterance(utterance, secrets.of(i), &secrets) {
                shown.problems.push(
                    Problem::new(
                        "privacy",
                        "words_dropped",
                        ProblemSeverity::Note,
                        "the words do not line up with the text, so they were left out instead of being masked",
                    )
                    .about([format!("/transcript/utterances/{i}/words")]),
                );
            }
        }
    }
    // Many findings have one message, and each would be looked for in all utterances.
    let mut messages: HashMap<String, String> = HashMap::new();
    for finding in &mut shown.findings {
        let at = finding.utterance;
        if let Some(quote) = &mut finding.quote {
            // The same digits may stand earlier in the utterance as part of something else.
            *quote = secrets.mask_of(&finding.rule, quote, at).unwrap_or_else(|| secrets.mask_quote(quote, at));
        }
        let message = std::mem::take(&mut finding.message);
        let masked = messages.entry(message).or_insert_with_key(|message| secrets.mask_quote(message, None));
        finding.message.clone_from(masked);
        finding.evidence.values_mut().for_each(|value| mask_value(value, &secrets, at));
    }
    for step in &mut shown.required {
        if let Some(quote) = &mut step.quote {
            *quote = secrets.mask_quote(quote, step.utterance);
        }
        if let Some(near) = &mut step.near_miss {
            near.quote = secrets.mask_quote(&near.quote, None);
        }
    }
    shown
}

fn mask_value(value: &mut Value, secrets: &Secrets<'_>, at: Option<usize>) {
    match value {
        Value::String(text) => *text = secrets.mask_quote(text, at),
        Value::Array(items) => items.iter_mut().for_each(|item| mask_value(item, secrets, at)),
        Value::Object(fields) => fields.values_mut().for_each(|field| mask_value(field, secrets, at)),
        _ => {}
    }
}

/// False if the words had to be dropped.
fn mask_utterance(utterance: &mut Utterance, found: &[&PersonalData], secrets: &Secrets<'_>) -> bool {
    let text = std::mem::take(&mut utterance.text);
    let masked = mask_part(&text, (0, text.len()), found.iter().copied());
    utterance.text = secrets.scrub(&masked);
    let words = std::mem::take(&mut utterance.words);
    if found.is_empty() {
        utterance.words = words;
    } else {
        let Some(places) = locate_words(&text, &words) else { return false };
        utterance.words = mask_words(&text, words, &places, found);
    }
    for word in &mut utterance.words {
        word.text = secrets.scrub(&word.text);
    }
    true
}

/// Words that share data become one word with the joined span and the mean probability.
fn mask_words(text: &str, words: Vec<Word>, places: &[(usize, usize)], found: &[&PersonalData]) -> Vec<Word> {
    let mut shown: Vec<Word> = Vec::with_capacity(words.len());
    let mut from = 0;
    while from < words.len() {
        let mut to = from + 1;
        // The next word belongs to this one if some data reaches into both.
        while to < words.len() && touching(found, places[to - 1]).iter().any(|d| d.touches(places[to])) {
            to += 1;
        }
        let (group, bytes) = (&words[from..to], (places[from].0, places[to - 1].1));
        let own = touching(found, bytes);
        shown.push(Word {
            start_s: group.iter().map(|w| w.start_s).fold(f64::INFINITY, f64::min),
            end_s: group.iter().map(|w| w.end_s).fold(f64::NEG_INFINITY, f64::max),
            text: match own.is_empty() {
                false => mask_part(text, bytes, own.iter().copied()),
                true => group[0].text.clone(),
            },
            probability: group.iter().map(|w| w.probability).sum::<f64>() / group.len() as f64,
        });
        from = to;
    }
    shown
}

/// The entries of an utterance that share something with these bytes. They are in order and do not overlap.
fn touching<'a, 'b>(found: &'b [&'a PersonalData], bytes: (usize, usize)) -> &'b [&'a PersonalData] {
    let from = found.partition_point(|data| data.bytes.1 <= bytes.0);
    let to = found.partition_point(|data| data.bytes.0 < bytes.1);
    found.get(from..to).unwrap_or_default()
}

/// What must not be shown, by place and by its own words.
struct Secrets<'a> {
    utterances: &'a [Utterance],
    /// Utterance index and its entries, in order.
    by_utterance: Vec<(usize, Vec<&'a PersonalData>)>,
    /// Masks by utterance and whole piece.
    by_piece: HashMap<(usize, &'a str), Vec<PersonalKind>>,
    /// Whole pieces of personal data, with their masks.
    pieces: Needles<'a>,
    /// Runs of digits in them.
    digit_runs: Needles<'a>,
}

/// Texts that are looked for all at once: a search for each would take their number times the length of the text.
struct Needles<'a> {
    /// In order; with their masks.
    needles: Vec<(&'a str, String)>,
    /// `None` if there are more than one can hold: then each is looked for.
    automaton: Option<AhoCorasick>,
}

impl<'a> Needles<'a> {
    fn new(needles: BTreeSet<(&'a str, String)>) -> Self {
        let needles: Vec<(&str, String)> = needles.into_iter().collect();
        let automaton = AhoCorasick::new(needles.iter().map(|(needle, _)| needle)).ok();
        Self { needles, automaton }
    }

    /// Which stand in the text, with their bytes, in any order. They may overlap.
    fn find(&self, text: &str) -> Vec<(usize, (usize, usize))> {
        match &self.automaton {
            _ if self.needles.is_empty() => Vec::new(),
            Some(automaton) => {
                let hits = automaton.find_overlapping_iter(text);
                hits.map(|hit| (hit.pattern().as_usize(), (hit.start(), hit.end()))).collect()
            }
            None => {
                let needles = self.needles.iter().enumerate();
                let hits = needles.flat_map(|(which, (needle, _))| {
                    text.match_indices(needle).map(move |(at, _)| (which, (at, at + needle.len())))
                });
                hits.collect()
            }
        }
    }

    fn mask(&self, which: usize) -> &str {
        self.needles.get(which).map_or("", |(_, mask)| mask)
    }
}

/// Is a piece of data long enough to be masked wherever its words come again? "seven" of a number that goes on in the
/// next utterance is not, nor is a name that is a word as well.
fn is_unmistakable(piece: &str, kind: PersonalKind) -> bool {
    let n_chars = piece.chars().filter(|c| c.is_alphanumeric()).count();
    let n_digits = piece.chars().filter(char::is_ascii_digit).count();
    let n_words = piece.split_whitespace().count();
    n_chars >= MIN_SECRET_CHARS
        && match kind {
            PersonalKind::Phone
            | PersonalKind::Card
            | PersonalKind::Cvv
            | PersonalKind::Iban
            | PersonalKind::NationalId
            | PersonalKind::Passport => n_digits >= MIN_SECRET_CHARS || n_words >= MIN_SECRET_WORDS,
            PersonalKind::PersonName => n_words > 1,
            _ => true,
        }
}

impl<'a> Secrets<'a> {
    fn new(utterances: &'a [Utterance], found: &'a [PersonalData]) -> Self {
        let mut sorted: Vec<&PersonalData> = found.iter().filter(|d| d.utterance < utterances.len()).collect();
        sorted.sort_by_key(|d| (d.utterance, d.bytes));
        let mut pieces = BTreeSet::new();
        let mut digit_runs = BTreeSet::new();
        let mut by_piece: HashMap<(usize, &str), Vec<PersonalKind>> = HashMap::new();
        for data in &sorted {
            let Some(piece) = utterances[data.utterance].text.get(data.bytes.0..data.bytes.1) else { continue };
            let kinds = by_piece.entry((data.utterance, piece)).or_default();
            if !kinds.contains(&data.kind) {
                kinds.push(data.kind);
            }
            if is_unmistakable(piece, data.kind) {
                pieces.insert((piece, data.mask()));
            }
            let runs = piece.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() >= MIN_SECRET_CHARS);
            digit_runs.extend(runs.map(|run| (run, data.mask())));
        }
        let by_utterance = sorted
            .chunk_by(|a, b| a.utterance == b.utterance)
            .map(|entries| (entries[0].utterance, entries.to_vec()))
            .collect();
        let (pieces, digit_runs) = (Needles::new(pieces), Needles::new(digit_runs));
        Self { utterances, by_utterance, by_piece, pieces, digit_runs }
    }

    fn of(&self, utterance: usize) -> &[&'a PersonalData] {
        match self.by_utterance.binary_search_by_key(&utterance, |(index, _)| *index) {
            Ok(at) => &self.by_utterance[at].1,
            Err(_) => &[],
        }
    }

    /// The mask of a finding of the rule `pii.<kind>` about a whole entry; `None` for any other finding.
    fn mask_of(&self, rule: &str, quote: &str, utterance: Option<usize>) -> Option<String> {
        let kind = rule.strip_prefix("pii.")?;
        let kinds = self.by_piece.get(&(utterance?, quote))?;
        kinds.iter().any(|own| own.to_string() == kind).then(|| format!("[{kind}]"))
    }

    /// A quote as it may be shown. Where it stands in its utterance (in any, if that is not known), data that it only
    /// shares a part of is masked as well.
    fn mask_quote(&self, quote: &str, utterance: Option<usize>) -> String {
        let own = utterance.and_then(|at| self.by_utterance.binary_search_by_key(&at, |(index, _)| *index).ok());
        let here = match (utterance, own) {
            (None, _) => &self.by_utterance[..],
            (Some(_), Some(at)) => &self.by_utterance[at..=at],
            (Some(_), None) => &[],
        };
        for (index, found) in here {
            let text = self.utterances[*index].text.as_str();
            let places = text.match_indices(quote).map(|(start, _)| (start, start + quote.len()));
            for place in places.filter(|place| place.0 < place.1) {
                let own = touching(found, place);
                if !own.is_empty() {
                    return self.scrub(&mask_part(text, place, own.iter().copied()));
                }
            }
        }
        self.scrub(quote)
    }

    /// Replaces what is still there of the data: whole pieces, and numbers that hold a long run of their digits. This
    /// catches quotes over two utterances and a number said twice but recognised once.
    fn scrub(&self, text: &str) -> String {
        let text = self.without_pieces(text);
        if self.digit_runs.needles.is_empty() || !text.contains(|c: char| c.is_ascii_digit()) {
            return text;
        }
        let mut shown = String::with_capacity(text.len());
        for part in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
            let number = part.trim_end_matches(|c: char| !c.is_ascii_digit());
            let secret = self.digit_runs.find(number).into_iter().map(|(which, _)| which).min();
            shown.push_str(secret.map_or(number, |which| self.digit_runs.mask(which)));
            shown.push_str(&part[number.len()..]);
        }
        shown
    }

    /// Where pieces overlap, all their bytes go, and the mask is that of the longest.
    fn without_pieces(&self, text: &str) -> String {
        let mut hits = self.pieces.find(text);
        hits.sort_by_key(|(which, (start, end))| (*start, Reverse(*end), *which));
        let mut shown = String::with_capacity(text.len());
        let mut at = 0;
        let mut hits = hits.into_iter().peekable();
        while let Some((mut which, (start, mut end))) = hits.next() {
            let mut longest = end - start;
            while let Some((next, bytes)) = hits.next_if(|(_, next)| next.0 < end) {
                if bytes.1 - bytes.0 > longest {
                    (longest, which) = (bytes.1 - bytes.0, next);
                }
                end = end.max(bytes.1);
            }
            shown.push_str(&text[at..start]);
            shown.push_str(self.pieces.mask(which));
            at = end;
        }
        shown.push_str(&text[at..]);
        shown
    }
}
