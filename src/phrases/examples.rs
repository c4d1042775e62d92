//! A list tested by its own lines: those that must fire and those that must not.

use std::fmt;
use std::path::PathBuf;

use super::Phrases;
use crate::text::guess_languages;

/// A line of a list that did not do what the list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleFailure {
    /// The rule.
    pub rule: String,
    /// The file it stands in.
    pub path: PathBuf,
    /// 1-based line of the example.
    pub line: usize,
    /// The example.
    pub example: String,
    /// What happened, in a few words.
    pub what: String,
}

impl fmt::Display for ExampleFailure {
    /// `file:line: rule: what happened: the line`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}: {}", self.path.display(), self.line, self.rule, self.what, self.example)
    }
}

impl Phrases {
    /// How many lines [`Phrases::run_examples`] runs.
    pub fn n_examples(&self) -> usize {
        self.sources.iter().map(|source| source.examples.len()).sum()
    }

    /// Runs the `must_fire` and `must_not_fire` lines of all rules, in the order of the lists. A line is matched by
    /// its words alone: who speaks and when is judged elsewhere.
    pub fn run_examples(&self) -> Vec<ExampleFailure> {
        let mut failures = Vec::new();
        for (rule, source) in self.sources.iter().enumerate() {
            for example in &source.examples {
                let languages = match source.language {
                    Some(language) => vec![Some(language)],
                    None => {
                        let guess = guess_languages(&example.text);
                        if guess.is_empty() { vec![None] } else { guess.into_iter().map(Some).collect() }
                    }
                };
                let found = languages
                    .into_iter()
                    .flat_map(|language| self.matches_in(&example.text, language))
                    .find(|found| found.matched.rule == rule);
                let what = match (example.fires, found) {
                    (true, None) => "must fire and does not".to_owned(),
                    (false, Some(found)) => {
                        let quote = example.text.get(found.bytes.0..found.bytes.1).unwrap_or_default();
                        format!("must not fire and does, {:?}, on \"{quote}\"", found.matched.tier)
                    }
                    _ => continue,
                };
                failures.push(ExampleFailure {
                    rule: source.rule.id.clone(),
                    path: self.paths[rule].clone(),
                    line: example.line,
                    example: example.text.clone(),
                    what,
                });
            }
        }
        failures
    }
}
