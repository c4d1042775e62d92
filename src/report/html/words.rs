//! The transcript of a call's page: who said what, which words are uncertain, and which belong to a finding.

use std::collections::HashMap;

use super::format::{Time, percent};
use super::labels::{self, Mark};
use super::lanes::party_of;
use crate::call::{CallReport, Finding, Utterance, Word};
use crate::report::texts::Texts;

/// A word that the model gave less than this is marked as uncertain: it is more likely wrong than right.
const UNCERTAIN_BELOW: f64 = 0.5;

pub(super) struct LineView {
    pub(super) party: String,
    pub(super) class: &'static str,
    pub(super) start: Option<Time>,
    pub(super) end_seconds: String,
    pub(super) language: Option<String>,
    pub(super) pieces: Vec<Piece>,
    /// Findings whose quote begins here.
    pub(super) findings: Vec<(String, Mark, String)>,
}

/// A word, or the whole text where there are no word times.
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) start: Option<String>,
    pub(super) uncertain: Option<String>,
    /// Class of the worst finding that it belongs to.
    pub(super) mark: Option<&'static str>,
}

pub(super) fn lines(report: &CallReport, tr: Texts) -> Vec<LineView> {
    let Some(transcript) = &report.transcript else { return Vec::new() };
    let mut by_utterance: HashMap<usize, Vec<&Finding>> = HashMap::new();
    for finding in &report.findings {
        if let Some(utterance) = finding.utterance {
            by_utterance.entry(utterance).or_default().push(finding);
        }
    }
    let nothing = Vec::new();
    let line = |(at, utterance): (usize, &Utterance)| {
        let findings = by_utterance.get(&at).unwrap_or(&nothing);
        let (party, class) = labels::party(party_of(report, utterance.speaker.as_deref()), tr);
        LineView {
            party,
            class,
            start: utterance.start_s.map(Time::new),
            end_seconds: utterance.end_s.map_or(String::new(), |t| Time::new(t).seconds),
            language: language_tag(utterance.language.as_deref()),
            pieces: pieces(utterance, findings, tr),
            findings: findings
                .iter()
                .map(|f| (f.id.clone(), labels::severity(f.severity), labels::title(f, tr)))
                .collect(),
        }
    };
    transcript.utterances.iter().enumerate().map(line).collect()
}

fn pieces(utterance: &Utterance, findings: &[&Finding], tr: Texts) -> Vec<Piece> {
    if utterance.words.is_empty() {
        return quoted_pieces(&utterance.text, findings);
    }
    let word = |word: &Word| {
        let middle_s = (word.start_s + word.end_s) / 2.0;
        let is_inside = |f: &&&Finding| {
            f.quote.is_some()
                && f.start_s.is_some_and(|start_s| start_s <= middle_s)
                && f.end_s.is_some_and(|end_s| middle_s <= end_s)
        };
        let worst = findings.iter().filter(is_inside).map(|f| f.severity).min();
        let is_uncertain = word.probability < UNCERTAIN_BELOW;
        Piece {
            text: word.text.clone(),
            start: Some(Time::new(word.start_s).seconds),
            uncertain: is_uncertain.then(|| tr.with("call-uncertain", &[("value", &percent(word.probability))])),
            mark: worst.map(|s| labels::severity(s).class),
        }
    };
    utterance.words.iter().map(word).collect()
}

/// Text without word times, cut where the first quote that stands in it begins and ends.
fn quoted_pieces(text: &str, findings: &[&Finding]) -> Vec<Piece> {
    let piece = |text: &str, mark| Piece { text: text.trim().to_owned(), start: None, uncertain: None, mark };
    let found = findings.iter().find_map(|f| {
        let quote = f.quote.as_deref().filter(|q| !q.is_empty())?;
        Some((text.find(quote)?, quote.len(), labels::severity(f.severity).class))
    });
    let Some((at, len, class)) = found else { return vec![piece(text, None)] };
    let cut = [piece(&text[..at], None), piece(&text[at..at + len], Some(class)), piece(&text[at + len..], None)];
    cut.into_iter().filter(|p| !p.text.is_empty()).collect()
}

/// A code that may stand in a `lang` attribute: two or three ASCII letters.
pub(super) fn language_tag(code: Option<&str>) -> Option<String> {
    let is_code = |c: &&str| matches!(c.len(), 2 | 3) && c.bytes().all(|b| b.is_ascii_lowercase());
    code.filter(is_code).map(str::to_owned)
}
