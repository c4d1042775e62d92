//! Transcript to phrase hits: lists of phrases, built in and of the user, matched against what was said.
//!
//! A hit says that words are there and how surely; who may say them and where is judged by the rules.

mod automaton;
mod classes;
mod coverage;
mod examples;
mod heard;
mod import;
mod index;
mod likeness;
mod lint;
mod matching;
mod pack;
mod pattern;
mod profiles;
pub mod reader;
mod resemblance;
mod search;
mod sets;
pub mod taxonomy;
mod vocabulary;
mod ways;
mod words;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::call::{PhraseHit, PhraseListRef, PhraseRule, Transcript};
use crate::text::Language;

pub use coverage::{Count, Coverage};
pub use examples::ExampleFailure;
pub use lint::Lint;
pub use pack::PhraseError;
pub use profiles::Profile;
pub use reader::{ReadTranscript, read_transcript};
pub use search::Normalised;

/// The built-in packs; a language's words are in its file and nowhere else.
const PACKS: [(&str, &str); 5] = [
    ("packs/en.toml", include_str!("packs/en.toml")),
    ("packs/pl.toml", include_str!("packs/pl.toml")),
    ("packs/ru.toml", include_str!("packs/ru.toml")),
    ("packs/el.toml", include_str!("packs/el.toml")),
    ("packs/hu.toml", include_str!("packs/hu.toml")),
];

/// Words that each language has, beside those of its pack: `benches/corpus/known_words.py` writes them.
const KNOWN: [(Language, &str); 5] = [
    (Language::En, include_str!("known/en.txt")),
    (Language::Pl, include_str!("known/pl.txt")),
    (Language::Ru, include_str!("known/ru.txt")),
    (Language::El, include_str!("known/el.txt")),
    (Language::Hu, include_str!("known/hu.txt")),
];

/// Lines that each language's sentences are compared with, beside the examples of its pack: a category of the taxonomy or
/// `-`, a tab, the line. `benches/corpus/example_lines.py` writes them.
const LINES: [(Language, &str); 5] = [
    (Language::En, include_str!("lines/en.tsv")),
    (Language::Pl, include_str!("lines/pl.tsv")),
    (Language::Ru, include_str!("lines/ru.tsv")),
    (Language::El, include_str!("lines/el.tsv")),
    (Language::Hu, include_str!("lines/hu.tsv")),
];

/// A line of a list that could not be used, or not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedLine {
    /// The list.
    pub path: PathBuf,
    /// 1-based line; in JSON the number of the entry.
    pub line: usize,
    /// Why, in one sentence.
    pub what: String,
}

impl fmt::Display for UnusedLine {
    /// `file:line: why`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path.display(), self.line, self.what)
    }
}

/// Phrase lists, compiled.
#[derive(Debug, Default)]
pub struct Phrases {
    lists: Vec<PhraseListRef>,
    rules: Vec<PhraseRule>,
    sources: Vec<pack::Source>,
    /// The file of each rule, for messages.
    paths: Vec<PathBuf>,
    /// Lines of the user's lists that could not be used.
    unused: Vec<UnusedLine>,
    /// Lines of ordinary talk, by language: those that the built-in rules must not fire on.
    talk: Vec<(Language, Vec<String>)>,
    /// All example lines of the built-in packs, by language: words that a language has.
    known_lines: Vec<(Language, Vec<String>)>,
    /// The first rules are the built-in ones.
    n_builtin_rules: usize,
    /// How each language negates.
    grammars: Vec<(Language, pack::Grammar)>,
    /// By language, and one for languages that are not known here; compiled when the first text in it comes.
    indexes: [OnceLock<index::Index>; Language::ALL.len() + 1],
}

impl Phrases {
    /// The built-in packs, unless left out, and the user's lists after them; rules of all jurisdictions, with the laws of
    /// all.
    ///
    /// # Errors
    /// When a list cannot be read or has a mistake.
    pub fn load(with_builtin: bool, files: &[PathBuf]) -> Result<Self, PhraseError> {
        Self::load_for(with_builtin, files, None)
    }

    /// As [`Phrases::load`]: the rules that apply in a jurisdiction, as they are there.
    ///
    /// # Errors
    /// As [`Phrases::load`].
    pub fn load_for(with_builtin: bool, files: &[PathBuf], profile: Option<Profile>) -> Result<Self, PhraseError> {
        let mut phrases = Self::default();
        let mut grammars: Vec<(Language, pack::Grammar)> = Vec::new();
        let mut lists: Vec<(pack::Pack, Vec<u8>)> = Vec::new();
        for (path, text) in PACKS {
            lists.push((pack::read_builtin(Path::new(path), text)?, text.as_bytes().to_vec()));
        }
        for path in files {
            let bytes = std::fs::read(path).map_err(|source| PhraseError::Io { path: path.clone(), source })?;
            lists.push((pack::read(path, &bytes)?, bytes));
        }
        for (at, (mut list, bytes)) in lists.into_iter().enumerate() {
            let with_rules = with_builtin || at >= PACKS.len();
            if let Some(profile) = profile {
                list.apply(profile);
            }
            // How a language negates holds for the user's lists too, with or without the built-in rules; a later
            // list may say it anew.
            if let (Some(language), Some(grammar)) = (list.language, &list.grammar) {
                match grammars.iter_mut().find(|(known, _)| *known == language) {
                    Some((_, known)) => *known = grammar.clone(),
                    None => grammars.push((language, grammar.clone())),
                }
            }
            let is_builtin = at < PACKS.len();
            if let (true, Some(language)) = (is_builtin, list.language) {
                let quiet = list.sources.iter().flat_map(|source| &source.examples).filter(|example| !example.fires);
                phrases.talk.push((language, quiet.map(|example| example.text.clone()).collect()));
                let all = list.sources.iter().flat_map(|source| &source.examples);
                phrases.known_lines.push((language, all.map(|example| example.text.clone()).collect()));
            }
            if with_rules {
                phrases.add(list, &bytes)?;
            }
            if is_builtin {
                phrases.n_builtin_rules = phrases.rules.len();
            }
        }
        phrases.grammars = grammars;
        Ok(phrases)
    }

    /// One list alone, from the bytes of a file that errors call `path` and whose ending says what it is. The built-in packs
    /// are left out, and with them how their languages negate.
    ///
    /// # Errors
    /// When the list has a mistake.
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self, PhraseError> {
        let list = pack::read(path, bytes)?;
        let mut phrases =
            Self { grammars: list.language.zip(list.grammar.clone()).into_iter().collect(), ..Self::default() };
        phrases.add(list, bytes)?;
        Ok(phrases)
    }

    fn add(&mut self, list: pack::Pack, bytes: &[u8]) -> Result<(), PhraseError> {
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        for source in list.sources {
            if let Some(at) = self.sources.iter().position(|other| other.rule.id == source.rule.id) {
                let first = self.paths[at].display();
                let what = format!("rule `{}` is already in {first}, line {}", source.rule.id, self.sources[at].line);
                return Err(PhraseError::Content { path: list.path, line: source.line, what });
            }
            self.rules.push(source.rule.clone());
            self.sources.push(source);
            self.paths.push(list.path.clone());
        }
        let path = &list.path;
        self.unused.extend(list.notes.into_iter().map(|note| UnusedLine {
            path: path.clone(),
            line: note.line,
            what: note.what,
        }));
        self.lists.push(PhraseListRef { name: list.name, version: list.version, sha256 });
        Ok(())
    }

    /// What was loaded, in order.
    pub fn lists(&self) -> &[PhraseListRef] {
        &self.lists
    }

    /// Lines of the lists that could not be used, or not as they were written; empty for lists in TOML, in which every
    /// mistake is an error.
    pub fn unused_lines(&self) -> &[UnusedLine] {
        &self.unused
    }

    /// All rules; hits point into this.
    pub fn rules(&self) -> &[PhraseRule] {
        &self.rules
    }

    /// Every match in the transcript, whoever said it and wherever; by utterance, then byte.
    pub fn find(&self, transcript: &Transcript) -> Vec<PhraseHit> {
        search::find(self, transcript)
    }

    /// What came nearest to each required category: partial matches with a completeness from 0.5 to below 1, the
    /// best of each category, in the order of [`Phrases::find`]. It does not look whether the category was found.
    pub fn near_misses(&self, transcript: &Transcript) -> Vec<PhraseHit> {
        search::near_misses(self, transcript)
    }

    /// Where a rule stands: its file and 1-based line.
    pub fn place_of(&self, rule: usize) -> Option<(&Path, usize)> {
        Some((self.paths.get(rule)?.as_path(), self.sources.get(rule)?.line))
    }
}
