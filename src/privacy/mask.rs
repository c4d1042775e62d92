//! The view of a report that may be shown: personal data replaced by `[phone]`, `[card]`, … in the text and words of
//! the transcript, and in quotes, messages and evidence of findings and required steps. Numbers, times and ids stay.
//! What stands in a file name or in metadata that the user gave is not touched: `source` is the key of the report.

use std::collections::BTreeSet;

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
    for finding in &mut shown.findings {
        let at = finding.utterance;
        if let Some(quote) = &mut finding.quote {
            // The same digits may stand earlier in the utterance as part of something else.
            *quote = secrets.mask_of(&finding.rule, quote, at).unwrap_or_else(|| secrets.mask_quote(quote, at));
        }
        finding.message = secrets.mask_quote(&finding.message, None);
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
        while to < words.len() && found.iter().any(|d| d.touches(places[to - 1]) && d.touches(places[to])) {
            to += 1;
        }
        let (group, bytes) = (&words[from..to], (places[from].0, places[to - 1].1));
        shown.push(Word {
            start_s: group.iter().map(|w| w.start_s).fold(f64::INFINITY, f64::min),
            end_s: group.iter().map(|w| w.end_s).fold(f64::NEG_INFINITY, f64::max),
            text: match found.iter().any(|d| d.touches(bytes)) {
                true => mask_part(text, bytes, found.iter().copied()),
                false => group[0].text.clone(),
            },
            probability: group.iter().map(|w| w.probability).sum::<f64>() / group.len() as f64,
        });
        from = to;
    }
    shown
}

/// What must not be shown, by place and by its own words.
struct Secrets<'a> {
    utterances: &'a [Utterance],
    /// Utterance index and its entries, in order.
    by_utterance: Vec<(usize, Vec<&'a PersonalData>)>,
    /// Whole pieces of personal data with their masks, longest first.
    pieces: Vec<(&'a str, String)>,
    /// Runs of digits in them.
    digit_runs: BTreeSet<(&'a str, String)>,
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
        for data in &sorted {
            let Some(piece) = utterances[data.utterance].text.get(data.bytes.0..data.bytes.1) else { continue };
            if is_unmistakable(piece, data.kind) {
                pieces.insert((piece, data.mask()));
            }
            let runs = piece.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() >= MIN_SECRET_CHARS);
            digit_runs.extend(runs.map(|run| (run, data.mask())));
        }
        let mut pieces: Vec<_> = pieces.into_iter().collect();
        pieces.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
        let by_utterance = sorted
            .chunk_by(|a, b| a.utterance == b.utterance)
            .map(|entries| (entries[0].utterance, entries.to_vec()))
            .collect();
        Self { utterances, by_utterance, pieces, digit_runs }
    }

    fn of(&self, utterance: usize) -> &[&'a PersonalData] {
        match self.by_utterance.binary_search_by_key(&utterance, |(index, _)| *index) {
            Ok(at) => &self.by_utterance[at].1,
            Err(_) => &[],
        }
    }

    /// The mask of a finding of the rule `pii.<kind>` about a whole entry; `None` for any other finding.
    fn mask_of(&self, rule: &str, quote: &str, utterance: Option<usize>) -> Option<String> {
        let at = utterance?;
        let kind = rule.strip_prefix("pii.")?;
        let text = self.utterances.get(at)?.text.as_str();
        let own = self
            .of(at)
            .iter()
            .find(|data| data.kind.to_string() == kind && text.get(data.bytes.0..data.bytes.1) == Some(quote))?;
        Some(own.mask())
    }

    /// A quote as it may be shown. Where it stands in its utterance (in any, if that is not known), data that it only
    /// shares a part of is masked as well.
    fn mask_quote(&self, quote: &str, utterance: Option<usize>) -> String {
        let here = self.by_utterance.iter().filter(|(index, _)| utterance.is_none_or(|at| at == *index));
        for (index, found) in here {
            let text = self.utterances[*index].text.as_str();
            let places = text.match_indices(quote).map(|(start, _)| (start, start + quote.len()));
            for place in places.filter(|place| place.0 < place.1) {
                if found.iter().any(|d| d.touches(place)) {
                    return self.scrub(&mask_part(text, place, found.iter().copied()));
                }
            }
        }
        self.scrub(quote)
    }

    /// Replaces what is still there of the data: whole pieces, and numbers that hold a long run of their digits. This
    /// catches quotes over two utterances and a number said twice but recognised once.
    fn scrub(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (piece, mask) in &self.pieces {
            if text.contains(piece) {
                text = text.replace(piece, mask);
            }
        }
        if self.digit_runs.is_empty() || !text.contains(|c: char| c.is_ascii_digit()) {
            return text;
        }
        let mut shown = String::with_capacity(text.len());
        for part in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
            let number = part.trim_end_matches(|c: char| !c.is_ascii_digit());
            let secret = self.digit_runs.iter().find(|(run, _)| number.contains(run));
            shown.push_str(secret.map_or(number, |(_, mask)| mask));
            shown.push_str(&part[number.len()..]);
        }
        shown
    }
}
