//! What looks wrong in a list: patterns twice, too broad, never firing on their own words, covered by another rule; a
//! category that some languages lack.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use super::Phrases;
use super::pack::{Pattern, Source, elements};
use super::pattern::Element;
use super::words::WordTest;
use crate::call::{MatchTier, Polarity};
use crate::text::Language;

/// Something in a list that is probably not meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    /// The rule, or the category if none of its rules is meant alone.
    pub rule: String,
    /// The file it stands in.
    pub path: PathBuf,
    /// 1-based line.
    pub line: usize,
    /// What looks wrong, in one sentence.
    pub what: String,
}

/// A lone word with fewer letters is too frequent to be a phrase.
const MIN_LONE_WORD_CHARS: usize = 4;
/// A rule that fires on this share of lines of ordinary talk, and on as many lines, finds mostly nothing of worth. Own
/// choice: one line in a hundred is one finding in some minutes.
const MAX_TALK_SHARE: f64 = 0.01;
const MIN_TALK_HITS: usize = 3;

impl fmt::Display for Lint {
    /// `file:line: rule: what looks wrong`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.path.display(), self.line, self.rule, self.what)
    }
}

impl Phrases {
    /// What looks wrong, in the order of the rules: the same pattern twice, a pattern of one short word, a rule that never
    /// fires on its own words or is covered by another, a rule of the user that fires on ordinary talk; then categories
    /// that have no rule in a language in which others of their list have.
    pub fn check(&self) -> Vec<Lint> {
        let mut lints = Vec::new();
        let mut seen: Vec<(String, &Source, usize)> = Vec::new();
        let talk_hits = self.talk_hits();
        for (rule, source) in self.sources.iter().enumerate() {
            let mut lint = |line: usize, what: String| {
                lints.push(Lint { rule: source.rule.id.clone(), path: self.paths[rule].clone(), line, what });
            };
            for pattern in &source.patterns {
                let words: Vec<&str> = pattern.written.split_whitespace().collect();
                let written = words.join(" ").to_lowercase();
                if let [word] = words.as_slice()
                    && !word.contains(['[', '@'])
                    && word.chars().filter(|c| c.is_alphanumeric()).count() < MIN_LONE_WORD_CHARS
                {
                    lint(pattern.line, format!("`{word}` alone is too broad"));
                }
                let twin = seen.iter().find(|(known, other, _)| {
                    *known == written
                        && other.language == source.language
                        && other.rule.category == source.rule.category
                });
                if let Some((_, other, line)) = twin {
                    lint(pattern.line, format!("`{written}` is already in rule `{}`, line {line}", other.rule.id));
                } else {
                    seen.push((written, source, pattern.line));
                }
            }
            for (line, sample) in samples(source) {
                if !self.fires(rule, source, &sample) {
                    lint(
                        line,
                        format!("never fires on its own words, \"{sample}\": something in it negates or forbids them"),
                    );
                }
            }
            if let Some(other) = self.covering(rule, source) {
                let other = &self.sources[other];
                lint(source.line, format!("all it finds is found by rule `{}`, line {}", other.rule.id, other.line));
            }
            if let Some((n, of, example)) = talk_hits.get(&rule) {
                lint(
                    source.line,
                    format!("too broad: fires on {n} of {of} lines of ordinary talk, such as \"{example}\""),
                );
            }
        }
        lints.extend(self.missing_languages());
        lints
    }

    fn fires(&self, rule: usize, source: &Source, text: &str) -> bool {
        self.matches_in(text, source.language).iter().any(|found| found.matched.rule == rule)
    }

    /// Another rule of the category that finds the words of every pattern of this one. Only rules of ordered patterns are
    /// looked at: what a concept finds cannot be listed.
    fn covering(&self, rule: usize, source: &Source) -> Option<usize> {
        if !source.concepts.is_empty() {
            return None;
        }
        let mut common: Option<BTreeSet<usize>> = None;
        for (_, sample) in samples(source) {
            let own = self.matches_in(&sample, source.language);
            let others = own
                .iter()
                .filter(|found| found.matched.tier != MatchTier::Fuzzy && found.matched.rule != rule)
                .map(|found| found.matched.rule)
                .filter(|&other| {
                    let other = &self.sources[other].rule;
                    other.category == source.rule.category
                        && other.speaker == source.rule.speaker
                        && other.place == source.rule.place
                })
                .collect::<BTreeSet<usize>>();
            common = Some(match common {
                Some(before) => before.intersection(&others).copied().collect(),
                None => others,
            });
        }
        // A pattern with alternatives has more than its sample.
        let has_choice = source.patterns.iter().any(|pattern| pattern.full.contains('['));
        common.filter(|_| !has_choice)?.into_iter().next()
    }

    /// For each rule of the user that fires on too much ordinary talk: how many lines, of how many, and the first.
    fn talk_hits(&self) -> BTreeMap<usize, (usize, usize, String)> {
        let mut hits: BTreeMap<usize, (usize, usize, String)> = BTreeMap::new();
        for (language, lines) in &self.talk {
            let mut own: BTreeMap<usize, (usize, usize, String)> = BTreeMap::new();
            for line in lines {
                let rules: BTreeSet<usize> =
                    self.matches_in(line, Some(*language)).iter().map(|found| found.matched.rule).collect();
                // What is owed in every call is said in ordinary ones.
                let is_own =
                    |rule: &usize| *rule >= self.n_builtin_rules && self.rules[*rule].polarity != Polarity::Required;
                for rule in rules.into_iter().filter(is_own) {
                    own.entry(rule).or_insert_with(|| (0, lines.len(), line.clone())).0 += 1;
                }
            }
            own.retain(|_, (n, of, _)| *n >= MIN_TALK_HITS && *n as f64 >= MAX_TALK_SHARE * *of as f64);
            for (rule, found) in own {
                hits.entry(rule).or_insert(found);
            }
        }
        hits
    }

    /// Categories without a rule in a language that the lists have.
    fn missing_languages(&self) -> Vec<Lint> {
        let languages: BTreeSet<Language> = self.sources.iter().filter_map(|source| source.language).collect();
        let mut by_category: BTreeMap<&str, (usize, BTreeSet<Option<Language>>)> = BTreeMap::new();
        for (rule, source) in self.sources.iter().enumerate() {
            by_category.entry(&source.rule.category).or_insert((rule, BTreeSet::new())).1.insert(source.language);
        }
        by_category
            .into_iter()
            .filter(|(_, (_, own))| !own.contains(&None))
            .filter_map(|(category, (rule, own))| {
                let missing: Vec<&str> =
                    languages.iter().filter(|l| !own.contains(&Some(**l))).map(|l| l.code()).collect();
                (!missing.is_empty()).then(|| Lint {
                    rule: category.to_owned(),
                    path: self.paths[rule].clone(),
                    line: self.sources[rule].line,
                    what: format!("no rule in {}, where the lists have others", missing.join(", ")),
                })
            })
            .collect()
    }
}

/// Words that each pattern and each concept of a rule should fire on, with its line.
fn samples(source: &Source) -> Vec<(usize, String)> {
    let of_pattern = |pattern: &Pattern| (pattern.line, sample(&elements(pattern, source.language)));
    let of_concept = |concept: &super::pack::Concept| {
        let first = concept.all.iter().filter_map(|set| set.first());
        let line = first.clone().next().map_or(source.line, |pattern| pattern.line);
        (line, first.map(|pattern| of_pattern(pattern).1).collect::<Vec<_>>().join(" "))
    };
    source.patterns.iter().map(of_pattern).chain(source.concepts.iter().map(of_concept)).collect()
}

/// The shortest words of a pattern: of alternatives the first, of gaps and stars nothing.
fn sample(elements: &[Element]) -> String {
    let words = elements.iter().map(|element| match element {
        Element::Word(WordTest::Form { normal, .. } | WordTest::Exact { normal, .. }) => normal.clone(),
        Element::Word(WordTest::Glob { head, tail, .. }) => format!("{head}{tail}"),
        Element::Word(WordTest::Value(number)) => number.written(),
        Element::Word(WordTest::Number) => "5".to_owned(),
        Element::Gap(_) | Element::ClauseGap(_) => String::new(),
        Element::Choice(branches) => {
            let first = branches.iter().find(|branch| !branch.is_empty());
            first.map(|branch| sample(branch)).unwrap_or_default()
        }
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
