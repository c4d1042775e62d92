//! Phrase lists as files: TOML packs and plain text. Errors name the file and the line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::automaton::Automaton;
use super::import::{self, Note};
use super::pattern::{self, Element};
use super::profiles::Profile;
use super::sets::{self, Sets};
use super::taxonomy;
use crate::call::{Attribute, CallPhase, PhraseRule, Place, Polarity, Severity, WhoSays};
use crate::text::Language;

/// Why a phrase list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PhraseError {
    /// The file cannot be read.
    #[error("cannot read phrase list {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is read and something in it is wrong.
    #[error("phrase list {}, line {line}: {what}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// 1-based line.
        line: usize,
        /// What is wrong, in one sentence.
        what: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    name: Option<String>,
    language: Option<Spanned<String>>,
    version: Option<String>,
    grammar: Option<GrammarFile>,
    #[serde(default)]
    sets: BTreeMap<String, Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    rule: Vec<Spanned<RuleFile>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct GrammarFile {
    negators: Vec<Spanned<String>>,
    negators_after: Vec<Spanned<String>>,
    false_negators: Vec<Spanned<String>>,
    reported: Vec<Spanned<String>>,
    skip: Vec<Spanned<String>>,
    privative: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    id: Spanned<String>,
    category: Option<String>,
    polarity: Option<Polarity>,
    severity: Option<Severity>,
    speaker: Option<WhoSays>,
    first_s: Option<f64>,
    last_s: Option<f64>,
    after: Option<String>,
    before: Option<String>,
    phase: Option<CallPhase>,
    needed_fact: Option<Attribute>,
    legal_source: Option<String>,
    message: Option<String>,
    #[serde(default)]
    patterns: Vec<Spanned<String>>,
    #[serde(default)]
    concept: Vec<ConceptFile>,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
    unless_within: Option<Spanned<usize>>,
    #[serde(default)]
    negation: Context,
    #[serde(default)]
    reported: Context,
    #[serde(default)]
    question: Question,
    #[serde(default)]
    must_fire: Vec<Spanned<String>>,
    #[serde(default)]
    must_not_fire: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConceptFile {
    window: Spanned<usize>,
    all: Spanned<Vec<Spanned<Vec<Spanned<String>>>>>,
    #[serde(default)]
    ordered: bool,
    sentences: Option<Spanned<u32>>,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
}

/// What negation or reported speech before a match does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Context {
    /// The match does not count.
    #[default]
    Suppress,
    /// Nothing.
    Ignore,
}

/// What it means to a rule that the sentence is a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Question {
    /// Nothing. Recognisers do not always write the mark.
    #[default]
    Ignore,
    /// A match in a question does not count.
    Suppress,
}

/// A pattern with its place in the file.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    pub written: String,
    /// The same with the list's sets put in.
    pub full: String,
    pub line: usize,
}

/// All sets within `window` words.
#[derive(Debug, Clone)]
pub(crate) struct Concept {
    pub window: usize,
    pub all: Vec<Vec<Pattern>>,
    /// Whether the sets stand in this order.
    pub ordered: bool,
    /// How many sentences the window may touch.
    pub sentences: u32,
    pub unless: Vec<Pattern>,
}

/// A line that a rule must or must not fire on.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    pub text: String,
    pub line: usize,
    pub fires: bool,
}

/// A rule as its list has it, defaults filled in.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub rule: PhraseRule,
    pub language: Option<Language>,
    pub line: usize,
    pub patterns: Vec<Pattern>,
    pub concepts: Vec<Concept>,
    pub unless: Vec<Pattern>,
    pub unless_within: usize,
    pub negation: Context,
    pub reported: Context,
    pub question: Question,
    pub examples: Vec<Example>,
}

/// Words of a language that change what the words around them mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grammar {
    pub negators: Vec<Pattern>,
    pub negators_after: Vec<Pattern>,
    pub false_negators: Vec<Pattern>,
    pub reported: Vec<Pattern>,
    pub skip: Vec<Pattern>,
    pub privative: Vec<Pattern>,
}

/// A list, read and checked.
#[derive(Debug, Clone)]
pub(crate) struct Pack {
    pub path: PathBuf,
    pub name: String,
    pub version: String,
    pub language: Option<Language>,
    pub grammar: Option<Grammar>,
    pub sources: Vec<Source>,
    /// Lines that could not be used.
    pub notes: Vec<Note>,
}

impl Pack {
    /// Leaves the rules that apply in a jurisdiction, as they are there.
    pub(super) fn apply(&mut self, profile: Profile) {
        self.sources.retain_mut(|source| {
            let there = profile.apply(&source.rule);
            let applies = there.is_some();
            source.rule = there.unwrap_or_else(|| source.rule.clone());
            applies
        });
    }
}

/// Larger windows match words that have nothing to do with each other.
const MAX_WINDOW: usize = 30;
/// A thought is not spread over more sentences than this.
const MAX_SENTENCES: u32 = 3;
/// Forbidden context of a rule counts this many words to both sides, if the rule does not say another number.
pub(super) const UNLESS_WITHIN: usize = 3;

pub(crate) fn line_of(text: &str, byte: usize) -> usize {
    1 + text.as_bytes().iter().take(byte).filter(|&&b| b == b'\n').count()
}

struct Reader<'a> {
    path: &'a Path,
    /// Byte at which each line ends.
    line_ends: Vec<usize>,
    /// Whether patterns are tried out; those that come with the program were, by its tests.
    checks: bool,
    language: Option<Language>,
    sets: Sets,
}

impl Reader<'_> {
    fn error(&self, line: usize, what: impl Into<String>) -> PhraseError {
        PhraseError::Content { path: self.path.to_owned(), line, what: what.into() }
    }

    fn at<T>(&self, spanned: &Spanned<T>) -> usize {
        1 + self.line_ends.partition_point(|&end| end < spanned.span().start)
    }

    fn pattern(&self, written: Spanned<String>) -> Result<Pattern, PhraseError> {
        let line = self.at(&written);
        let written = written.into_inner();
        let full = self.sets.put_in(&written).map_err(|what| self.error(line, what))?;
        let pattern = Pattern { written, full, line };
        if self.checks {
            check_pattern(&pattern, self.language).map_err(|what| self.error(line, what))?;
        }
        Ok(pattern)
    }

    fn patterns(&self, written: Vec<Spanned<String>>) -> Result<Vec<Pattern>, PhraseError> {
        written.into_iter().map(|written| self.pattern(written)).collect()
    }

    fn read_sets(&mut self, sets: BTreeMap<String, Spanned<Vec<Spanned<String>>>>) -> Result<(), PhraseError> {
        let by_line = |set: &Spanned<Vec<Spanned<String>>>| set.span().start;
        let mut in_order: Vec<_> = sets.into_iter().collect();
        in_order.sort_by_key(|(_, set)| by_line(set));
        for (name, words) in in_order {
            let line = self.at(&words);
            if name.is_empty() || !name.chars().all(sets::is_name_char) {
                return Err(self.error(line, format!("set `{name}`: a name has letters, digits and `_`")));
            }
            let words = self.patterns(words.into_inner())?;
            if words.is_empty() {
                return Err(self.error(line, format!("set `{name}` is empty")));
            }
            self.sets.add(name, words.iter().map(|word| word.full.as_str()));
        }
        Ok(())
    }

    fn concept(&self, file: ConceptFile) -> Result<Concept, PhraseError> {
        let line = self.at(&file.window);
        let window = file.window.into_inner();
        let all_line = self.at(&file.all);
        let sets = file.all.into_inner();
        if !(2..=MAX_WINDOW).contains(&window) {
            return Err(self.error(line, format!("`window` is a number of words from 2 to {MAX_WINDOW}")));
        }
        if sets.is_empty() || sets.len() > window {
            return Err(
                self.error(all_line, "`all` needs at least one set of words, and no more than the window has words")
            );
        }
        let mut all = Vec::new();
        for set in sets {
            if set.get_ref().is_empty() {
                return Err(self.error(self.at(&set), "an empty set of words in `all`"));
            }
            all.push(self.patterns(set.into_inner())?);
        }
        let sentences = match &file.sentences {
            Some(n) if !(1..=MAX_SENTENCES).contains(n.get_ref()) => {
                return Err(self.error(self.at(n), format!("`sentences` is a number from 1 to {MAX_SENTENCES}")));
            }
            Some(n) => *n.get_ref(),
            None => 1,
        };
        Ok(Concept { window, all, ordered: file.ordered, sentences, unless: self.patterns(file.unless)? })
    }

    fn rule(&self, file: Spanned<RuleFile>, list: &str) -> Result<Source, PhraseError> {
        let file = file.into_inner();
        let line = self.at(&file.id);
        let id = file.id.into_inner();
        let fail = |what: String| self.error(line, format!("rule `{id}`: {what}"));
        if id.is_empty() || !id.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-')) {
            return Err(fail("an id has letters, digits, `.`, `_` and `-`".into()));
        }
        let category = file.category.unwrap_or_else(|| id.split('.').next().unwrap_or_default().to_owned());
        let known = taxonomy::category(&category);
        let (Some(polarity), Some(severity)) =
            (file.polarity.or(known.map(|known| known.polarity)), file.severity.or(known.map(|known| known.severity)))
        else {
            return Err(fail(format!(
                "`{category}` is no category of the taxonomy; an own category needs `polarity` and `severity`"
            )));
        };
        if !matches!(polarity, Polarity::Forbidden | Polarity::Required | Polarity::Signal) {
            return Err(fail("`polarity` is forbidden, required or signal".into()));
        }
        let seconds = [file.first_s, file.last_s];
        if seconds.iter().flatten().any(|s| !s.is_finite() || *s <= 0.0) {
            return Err(fail("`first_s` and `last_s` are seconds above 0".into()));
        }
        if file.patterns.is_empty() && file.concept.is_empty() {
            return Err(fail("neither `patterns` nor a `[[rule.concept]]`".into()));
        }
        let unless_within = match &file.unless_within {
            Some(words) if *words.get_ref() > MAX_WINDOW => {
                let what = format!("`unless_within` is a number of words from 0 to {MAX_WINDOW}");
                return Err(self.error(self.at(words), what));
            }
            Some(words) => *words.get_ref(),
            None => UNLESS_WITHIN,
        };
        let default_place = known.map(|known| known.place.clone()).unwrap_or_default();
        let place = Place {
            first_s: file.first_s.or(default_place.first_s),
            last_s: file.last_s.or(default_place.last_s),
            after: file.after.or(default_place.after),
            before: file.before.or(default_place.before),
            phase: file.phase.or(default_place.phase),
        };
        let default_speaker = match polarity {
            Polarity::Signal => WhoSays::Customer,
            _ => WhoSays::Agent,
        };
        let rule = PhraseRule {
            polarity,
            severity,
            speaker: file.speaker.or(known.map(|known| known.speaker)).unwrap_or(default_speaker),
            place,
            language: self.language.map(|language| language.code().to_owned()),
            needed_fact: file.needed_fact,
            legal_source: file.legal_source.or_else(|| known.and_then(|known| known.legal_source.clone())),
            message: file
                .message
                .or_else(|| known.map(|known| known.message.clone()))
                .unwrap_or_else(|| format!("Phrase of the list {list}: {category}.")),
            list: list.to_owned(),
            category,
            id,
        };
        let examples = |lines: Vec<Spanned<String>>, fires| {
            lines
                .into_iter()
                .map(|text| Example { line: self.at(&text), text: text.into_inner(), fires })
                .collect::<Vec<_>>()
        };
        let mut all_examples = examples(file.must_fire, true);
        all_examples.extend(examples(file.must_not_fire, false));
        Ok(Source {
            rule,
            language: self.language,
            line,
            patterns: self.patterns(file.patterns)?,
            concepts: file.concept.into_iter().map(|concept| self.concept(concept)).collect::<Result<_, _>>()?,
            unless: self.patterns(file.unless)?,
            unless_within,
            negation: file.negation,
            reported: file.reported,
            question: file.question,
            examples: all_examples,
        })
    }
}

/// Parses and compiles once, so that whoever uses the pattern later knows that it can be read.
pub(super) fn check_pattern(pattern: &Pattern, language: Option<Language>) -> Result<(), String> {
    let place =
        |error: pattern::PatternError| format!("pattern `{}`, character {}: {}", pattern.written, error.at, error.what);
    let elements = pattern::parse(&pattern.full, language).map_err(place)?;
    let automaton = Automaton::new(&elements, |_| 0).map_err(place)?;
    if automaton.matches_nothing() {
        return Err(format!("pattern `{}`: all of it is optional, so it would match everywhere", pattern.written));
    }
    Ok(())
}

/// Letters that a stem needs to tell words apart; `None` without a language, whose words only match as written.
/// Greek and Hungarian stems of three letters are each those of a dozen words.
pub(crate) fn min_stem_chars(language: Option<Language>) -> Option<usize> {
    language.map(|language| if matches!(language, Language::El | Language::Hu) { 4 } else { 1 })
}

/// Elements of a pattern that was checked when its list was read.
pub(crate) fn elements(pattern: &Pattern, language: Option<Language>) -> Vec<Element> {
    // Lists for any language are checked without one; a language changes how words are written, not the grammar.
    pattern::parse(&pattern.full, language).unwrap_or_default()
}

pub(super) fn decode<'a>(path: &Path, bytes: &'a [u8]) -> Result<&'a str, PhraseError> {
    let error = |line, what: &str| PhraseError::Content { path: path.to_owned(), line, what: what.into() };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(error(1, "the file is UTF-16; save it as UTF-8"));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(wrong) => {
            let line = 1 + bytes[..wrong.valid_up_to()].iter().filter(|&&b| b == b'\n').count();
            Err(error(line, "the file is not UTF-8; save it as UTF-8"))
        }
    }
}

/// Reads a list that comes with the program, whose patterns the tests have checked: they are compiled when the first
/// text in their language comes.
pub(crate) fn read_builtin(path: &Path, text: &str) -> Result<Pack, PhraseError> {
    read_toml(path, text, String::new(), false)
}

/// Reads a list: TOML if the name ends in `.toml`, else what [`import`] knows.
pub(crate) fn read(path: &Path, bytes: &[u8]) -> Result<Pack, PhraseError> {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) {
        let text = decode(path, bytes)?;
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        read_toml(path, text, stem, true)
    } else {
        import::read(path, bytes)
    }
}

fn read_toml(path: &Path, text: &str, stem: String, checks: bool) -> Result<Pack, PhraseError> {
    let file: PackFile = toml::from_str(text).map_err(|error| PhraseError::Content {
        path: path.to_owned(),
        line: error.span().map_or(1, |span| line_of(text, span.start)),
        what: error.message().to_owned(),
    })?;
    let line_ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
    let mut reader = Reader { path, line_ends, checks, language: None, sets: Sets::default() };
    if let Some(code) = &file.language {
        reader.language = Language::from_code(code.get_ref());
        if reader.language.is_none() {
            let what =
                format!("`language` is one of en, pl, ru, el, hu, or left out for any; not `{}`", code.get_ref());
            return Err(reader.error(reader.at(code), what));
        }
    }
    reader.read_sets(file.sets)?;
    let name = file.name.unwrap_or(stem);
    let mut sources: Vec<Source> = Vec::new();
    for rule in file.rule {
        let source = reader.rule(rule, &name)?;
        if let Some(first) = sources.iter().find(|other| other.rule.id == source.rule.id) {
            let what = format!("rule `{}` is already in line {}", source.rule.id, first.line);
            return Err(reader.error(source.line, what));
        }
        sources.push(source);
    }
    let grammar = match file.grammar {
        Some(grammar) => Some(Grammar {
            negators: reader.patterns(grammar.negators)?,
            negators_after: reader.patterns(grammar.negators_after)?,
            false_negators: reader.patterns(grammar.false_negators)?,
            reported: reader.patterns(grammar.reported)?,
            skip: reader.patterns(grammar.skip)?,
            privative: reader.patterns(grammar.privative)?,
        }),
        None => None,
    };
    Ok(Pack {
        path: path.to_owned(),
        name,
        version: file.version.unwrap_or_else(|| "1".into()),
        language: reader.language,
        grammar,
        sources,
        notes: Vec::new(),
    })
}
