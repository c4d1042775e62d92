//! Reviewed findings as lines of a phrase list: what was rejected must not fire again, what was confirmed must go on
//! firing. TOML for people to read and paste; the words are those of calls, personal data masked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::batch::store::{Store, StoreError};
use crate::call::{CallReport, Finding, ReviewCounts};

/// Words of a long utterance that are kept around the quote, in bytes to either side: a sentence or two.
const CONTEXT_BYTES: usize = 240;
/// A phrase that pauses cut goes on in the next utterances of its speaker.
const MOST_UTTERANCES: usize = 3;

/// Lines to be pasted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// The rules with their lines, as TOML; empty if there are none.
    pub toml: String,
    /// Lines that must not fire.
    pub n_must_not_fire: u64,
    /// Lines that must fire.
    pub n_must_fire: u64,
    /// Lines left out because the same words of the same rule were both rejected and confirmed.
    pub n_contradictory: u64,
}

/// Rejected and confirmed texts of a rule.
#[derive(Default)]
struct OfRule {
    rejected: BTreeSet<String>,
    confirmed: BTreeSet<String>,
}

/// Lines of the findings on the pages of a folder; one report at a time is in memory.
pub(super) fn of(store: &Store) -> Result<Lines, StoreError> {
    let counts = store.review_counts()?;
    let mut rules: BTreeMap<(String, String), OfRule> = BTreeMap::new();
    for call in store.current()? {
        let Some(stored) = call.result else { continue };
        let Some(counts) = counts.get(&stored.line.sha256) else { continue };
        // Masked, whatever the pages show: a list is copied around.
        if let Some(report) = store.report(stored.id, false)? {
            add(&mut rules, &report, counts);
        }
    }
    Ok(written(rules))
}

fn add(rules: &mut BTreeMap<(String, String), OfRule>, report: &CallReport, counts: &BTreeMap<String, ReviewCounts>) {
    for finding in &report.findings {
        let Some(is_right) = counts.get(&finding.id).and_then(ReviewCounts::decision) else { continue };
        let Some((language, text)) = words_of(report, finding) else { continue };
        let rule = rules.entry((language, finding.rule.clone())).or_default();
        if is_right { &mut rule.confirmed } else { &mut rule.rejected }.insert(text);
    }
}

/// Language and words in which a rule of a phrase list was found; `None` of other findings.
fn words_of(report: &CallReport, finding: &Finding) -> Option<(String, String)> {
    // Only findings of phrase lists name one.
    finding.evidence.get("list")?;
    let quote = finding.quote.as_deref()?;
    let transcript = report.transcript.as_ref()?;
    let utterances = transcript.utterances.get(finding.utterance?..)?;
    let first = utterances.first()?;
    let of_speaker = utterances.iter().filter(|u| u.speaker == first.speaker && u.channel == first.channel);
    let mut text = String::new();
    for utterance in of_speaker.take(MOST_UTTERANCES) {
        text = if text.is_empty() { utterance.text.clone() } else { format!("{text} {}", utterance.text) };
        if text.contains(quote) {
            break;
        }
    }
    let text = around(&text, quote).unwrap_or(quote).split_whitespace().collect::<Vec<_>>().join(" ");
    let language = first.language.clone().or_else(|| transcript.language.clone()).unwrap_or_default();
    (!text.is_empty()).then_some((language, text))
}

/// The quote with some words to either side; `None` if it is not in the text.
fn around<'a>(text: &'a str, quote: &str) -> Option<&'a str> {
    let start = text.find(quote)?;
    let end = start + quote.len();
    let from = match start.checked_sub(CONTEXT_BYTES) {
        None => 0,
        // At the end of a word.
        Some(from) => {
            let from = text.ceil_char_boundary(from).min(start);
            from + text[from..start].find(char::is_whitespace).unwrap_or(start - from)
        }
    };
    let to = text.floor_char_boundary(end + CONTEXT_BYTES).max(end);
    let to = if to < text.len() { end + text[end..to].rfind(char::is_whitespace).unwrap_or(0) } else { to };
    Some(&text[from..to])
}

fn written(rules: BTreeMap<(String, String), OfRule>) -> Lines {
    let mut lines = Lines::default();
    for ((language, rule), OfRule { rejected, confirmed }) in rules {
        let both: BTreeSet<&String> = rejected.intersection(&confirmed).collect();
        lines.n_contradictory += both.len() as u64;
        let mut table = String::new();
        for (key, texts, n) in [
            ("must_not_fire", &rejected, &mut lines.n_must_not_fire),
            ("must_fire", &confirmed, &mut lines.n_must_fire),
        ] {
            let texts: Vec<&String> = texts.iter().filter(|text| !both.contains(text)).collect();
            *n += texts.len() as u64;
            if !texts.is_empty() {
                let texts: String =
                    texts.iter().fold(String::new(), |all, text| format!("{all}    {},\n", quoted(text)));
                let _ = writeln!(table, "{key} = [\n{texts}]");
            }
        }
        if !table.is_empty() {
            let language = if language.is_empty() { "unknown".into() } else { quoted(&language) };
            let _ = write!(lines.toml, "\n# language: {language}\n[[rule]]\nid = {}\n{table}", quoted(&rule));
        }
    }
    if !lines.toml.is_empty() {
        lines.toml.insert_str(
            0,
            "# Verdicts of reviewers, to be pasted into the rules of these ids in a phrase list: docs/review.md.\n\
             # Words of calls, personal data masked as far as it was found: read them before you hand them on.\n",
        );
    }
    lines
}

/// A basic string of TOML: nothing in it ends it, starts a line, or changes how the rest of the line is read.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            _ if c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}') =>
            {
                let _ = write!(quoted, "\\u{:04X}", c as u32);
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_read_back_as_it_was() {
        for text in ["plain", "say \"today\" \\ now", "a\u{202e}b\u{7f}c\u{0}", "]\n[[rule]]\nid = \"x\"", "żółć ёж ό"]
        {
            let written = format!("a = {}", quoted(text));
            assert_eq!(written.lines().count(), 1);
            let read: toml::Table = written.parse().expect("TOML");
            assert_eq!(read["a"].as_str(), Some(text), "{written}");
        }
    }

    #[test]
    fn of_a_long_utterance_the_words_around_the_quote_are_kept() {
        let long = "słowo ".repeat(200);
        let text = format!("{long}tylko dziś {long}");
        let kept = around(&text, "tylko dziś").expect("it is there");
        assert!(kept.contains("tylko dziś") && kept.len() < 3 * CONTEXT_BYTES, "{kept}");
        assert!(kept.split_whitespace().all(|word| ["słowo", "tylko", "dziś"].contains(&word)), "{kept}");
        assert_eq!(around("only today, sir", "only today"), Some("only today, sir"));
        assert_eq!(around("only today", "tomorrow"), None);
    }

    #[test]
    fn what_was_both_rejected_and_confirmed_is_left_out_and_counted() {
        let set = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let rule = OfRule { rejected: set(&["a", "b"]), confirmed: set(&["b", "c"]) };
        let lines = written([(("pl".to_owned(), "x.y".to_owned()), rule)].into());
        assert_eq!((lines.n_must_not_fire, lines.n_must_fire, lines.n_contradictory), (1, 1, 1));
        let expected = "\n# language: \"pl\"\n[[rule]]\nid = \"x.y\"\nmust_not_fire = [\n    \"a\",\n]\nmust_fire = [\n    \"c\",\n]\n";
        assert!(lines.toml.ends_with(expected), "{}", lines.toml);
        assert_eq!(written(BTreeMap::new()), Lines::default());
    }
}
