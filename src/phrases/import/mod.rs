//! Phrase lists that analysts bring: a phrase a line, tables, and what other suites export. Everything that has no
//! meaning here is reported with its line and left out; nothing is guessed.

mod expression;
mod lower;
mod suites;
mod table;

use std::collections::HashSet;
use std::path::Path;

use super::pack::{
    Concept, Context, Pack, Pattern, PhraseError, Question, Source, UNLESS_WITHIN, check_pattern, decode,
};
use super::taxonomy;
use crate::call::{PhraseRule, Place, Polarity, Severity, WhoSays};
use crate::text::Language;
use expression::Expression;
use lower::Alternative;

/// A line of a list that could not be used, or not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// 1-based line, or the number of the entry in JSON.
    pub line: usize,
    pub what: String,
}

/// One phrase of a list before it is a rule.
#[derive(Debug, Clone, Default)]
struct Entry {
    line: usize,
    /// In the suites' notation.
    written: String,
    /// Instead of `written`, if the list has a form of its own.
    expression: Option<Expression>,
    category: Option<String>,
    polarity: Option<Polarity>,
    severity: Option<Severity>,
    speaker: Option<WhoSays>,
    language: Option<Language>,
    message: Option<String>,
    legal_source: Option<String>,
}

/// Whether a file name is that of a list in one of these formats.
pub(super) fn is_table(path: &Path) -> bool {
    has_extension(path, &["csv", "tsv"])
}

/// As [`is_table`], for JSON.
pub(super) fn is_json(path: &Path) -> bool {
    has_extension(path, &["json"])
}

fn has_extension(path: &Path, names: &[&str]) -> bool {
    path.extension().is_some_and(|own| names.iter().any(|name| own.eq_ignore_ascii_case(name)))
}

/// Reads a list that is not TOML. Lines that cannot be used are notes of the pack.
///
/// # Errors
/// When the file as a whole is not what its name says.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Result<Pack, PhraseError> {
    let text = decode(path, bytes)?;
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let fail = |(line, what): (usize, String)| PhraseError::Content { path: path.to_owned(), line, what };
    let mut notes = Vec::new();
    let entries = if is_table(path) {
        table::entries(text, &mut notes).map_err(fail)?
    } else if is_json(path) {
        suites::entries(text, &mut notes).map_err(fail)?
    } else {
        plain(text)
    };
    let default_category = category_name(&stem);
    let mut sources: Vec<Source> = Vec::new();
    let mut seen = HashSet::new();
    let mut denied: Vec<Entry> = Vec::new();
    for entry in entries {
        // "-credit card": what must not be said beside any phrase of the list.
        if entry.expression.is_none() && entry.written.starts_with('-') && !entry.written.starts_with("- ") {
            denied.push(entry);
            continue;
        }
        match rules_of(&entry, &stem, &default_category) {
            Ok(rules) => {
                // Lists of others have thousands of lines, many of them twice.
                sources.extend(rules.into_iter().filter(|rule| seen.insert(words_of(rule))));
            }
            Err(what) => notes.push(Note { line: entry.line, what: format!("{what}: {}", shown(&entry.written)) }),
        }
    }
    for entry in denied {
        match pattern(entry.written.trim_start_matches('-'), entry.line, entry.language) {
            Ok(pattern) => {
                for source in &mut sources {
                    source.unless.push(pattern.clone());
                    source.unless_within = lower::TURN_WORDS;
                }
            }
            Err(what) => notes.push(Note { line: entry.line, what }),
        }
    }
    notes.sort_by_key(|note| note.line);
    // A list of which nothing is left is a mistake, not a list.
    if let (true, Some(note)) = (sources.is_empty(), notes.first()) {
        return Err(fail((note.line, format!("no line of it can be used; the first: {}", note.what))));
    }
    Ok(Pack { path: path.to_owned(), name: stem, version: "1".into(), language: None, grammar: None, sources, notes })
}

/// A line is long enough to be known again and short enough for a screen.
const SHOWN_CHARS: usize = 80;

fn shown(written: &str) -> String {
    match written.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &written[..end]),
        None => written.to_owned(),
    }
}

fn category_name(text: &str) -> String {
    text.trim().chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

fn plain(text: &str) -> Vec<Entry> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(line, written)| Entry { line, written: written.to_owned(), ..Entry::default() })
        .collect()
}

/// What tells one rule from another: language, category, and all its words.
fn words_of(source: &Source) -> (Option<Language>, String, Vec<String>) {
    let sets = source.concepts.iter().flat_map(|concept| concept.all.iter().flatten());
    let all = source.patterns.iter().chain(sets).chain(&source.unless);
    (source.language, source.rule.category.clone(), all.map(|pattern| pattern.written.to_lowercase()).collect())
}

fn pattern(written: &str, line: usize, language: Option<Language>) -> Result<Pattern, String> {
    let pattern = Pattern { written: written.to_owned(), full: written.to_owned(), line };
    check_pattern(&pattern, language)?;
    Ok(pattern)
}

/// The rules that an entry becomes: one for each way to say it.
fn rules_of(entry: &Entry, list: &str, default_category: &str) -> Result<Vec<Source>, String> {
    let read = match &entry.expression {
        Some(expression) => {
            expression::Line { expression: expression.clone(), speaker: None, first_s: None, last_s: None }
        }
        None => expression::parse(&entry.written)?,
    };
    let alternatives = lower::lower(&read.expression)?;
    let category = entry.category.as_deref().map_or_else(|| default_category.to_owned(), category_name);
    let known = taxonomy::category(&category);
    let default_place = known.map(|known| known.place.clone()).unwrap_or_default();
    let place = Place {
        first_s: read.first_s.or(default_place.first_s),
        last_s: read.last_s.or(default_place.last_s),
        ..default_place
    };
    let rule = PhraseRule {
        id: String::new(),
        polarity: entry.polarity.or(known.map(|known| known.polarity)).unwrap_or(Polarity::Forbidden),
        severity: entry.severity.or(known.map(|known| known.severity)).unwrap_or(Severity::Minor),
        speaker: read.speaker.or(entry.speaker).or(known.map(|known| known.speaker)).unwrap_or(WhoSays::Agent),
        place,
        language: entry.language.map(|language| language.code().to_owned()),
        needed_fact: None,
        legal_source: entry.legal_source.clone().or_else(|| known.and_then(|known| known.legal_source.clone())),
        message: entry
            .message
            .clone()
            .or_else(|| known.map(|known| known.message.clone()))
            .unwrap_or_else(|| format!("Phrase of the list {list}: {}.", shown(&entry.written))),
        list: list.to_owned(),
        category: category.clone(),
    };
    let n = alternatives.len();
    let one = |(at, alternative): (usize, Alternative)| {
        let part = if n > 1 { format!("_{}", at + 1) } else { String::new() };
        let rule = PhraseRule { id: format!("{category}.{}{part}", entry.line), ..rule.clone() };
        source(alternative, rule, entry)
    };
    alternatives.into_iter().enumerate().map(one).collect()
}

fn source(alternative: Alternative, rule: PhraseRule, entry: &Entry) -> Result<Source, String> {
    let patterns_of = |words: Vec<String>| {
        words.iter().map(|word| pattern(word, entry.line, entry.language)).collect::<Result<Vec<_>, _>>()
    };
    let Alternative { sets, window, ordered, sentences, unless, unless_within } = alternative;
    let mut sets = sets.into_iter().map(patterns_of).collect::<Result<Vec<_>, _>>()?;
    let (patterns, concepts) = if sets.len() == 1 {
        (sets.remove(0), Vec::new())
    } else {
        (Vec::new(), vec![Concept { window, all: sets, ordered, sentences, unless: Vec::new() }])
    };
    let has_unless = !unless.is_empty();
    Ok(Source {
        rule,
        language: entry.language,
        line: entry.line,
        patterns,
        concepts,
        unless: patterns_of(unless)?,
        unless_within: if has_unless { unless_within } else { UNLESS_WITHIN },
        negation: Context::Suppress,
        reported: Context::Suppress,
        question: Question::Ignore,
        examples: Vec::new(),
    })
}
