//! The example lines of the built-in lists as what texts are compared with: which category each is of, and which rule
//! answers for what resembles it.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::OnceLock;

use super::resemblance::{Line, Resemblance};
use super::words::Item;
use super::{LINES, PACKS, Phrases, pack};
use crate::call::{PhraseRule, Polarity};
use crate::text::Language;

/// From here on a text counts as one of the category. On lines that the model had not learned from (`benches/corpus/sales`,
/// five languages) 0.5 and 0.7 found much the same.
const LEAST: f32 = 0.6;
/// Share of right ones among such texts that no pattern found or took back: 76 of 115 on those lines, and some of the 24 that
/// were put down to another category than their line's are cases of both.
const CONFIDENCE: f64 = 0.6;

/// The lines of a language, learned.
#[derive(Debug, Default)]
struct Examples {
    resemblance: Resemblance,
    /// The examples that may be named: id of the rule, and the line.
    named: Vec<(String, String)>,
}

/// A text that resembles a rule's lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Like<'a> {
    pub rule: usize,
    /// The nearest line.
    pub example: &'a str,
    /// Probability 0..1 that it is a case of the rule's category.
    pub confidence: f64,
    /// First item and one past the last.
    pub items: (usize, usize),
}

/// By language, learned when the first text comes: from the built-in lines alone, so that it is the same for all lists,
/// profiles and engines of the process.
static LEARNED: [OnceLock<Examples>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];

impl Examples {
    fn of(language: Language) -> &'static Self {
        LEARNED[language as usize].get_or_init(|| Self::learn(language))
    }

    fn learn(language: Language) -> Self {
        // The tests read every pack: one that cannot be read is never shipped.
        let packs = PACKS.into_iter().filter_map(|(path, text)| pack::read_builtin(Path::new(path), text).ok());
        let packs: Vec<_> = packs.filter(|pack| pack.language == Some(language)).collect();
        let rules = || packs.iter().flat_map(|pack| &pack.sources);
        let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
        for source in rules() {
            let n = classes.len();
            classes.entry(source.rule.category.as_str()).or_insert(n);
        }
        let mut lines: Vec<Line<'_>> = Vec::new();
        let mut named = Vec::new();
        for source in rules() {
            let class = classes.get(source.rule.category.as_str()).copied();
            for example in &source.examples {
                let class = class.filter(|_| example.fires);
                lines.push(Line { text: &example.text, class, name: class.map(|_| named.len()) });
                named.extend(class.map(|_| (source.rule.id.clone(), example.text.clone())));
            }
        }
        let written = LINES.into_iter().filter(|(known, _)| *known == language);
        let written = written.flat_map(|(_, lines)| lines.lines().filter_map(|line| line.split_once('\t')));
        // A line of a category that has no rule here is a case of none.
        lines.extend(written.map(|(category, text)| Line { text, class: classes.get(category).copied(), name: None }));
        Self { resemblance: Resemblance::learn(&lines, classes.len(), Some(language)), named }
    }
}

impl Phrases {
    /// The texts among the sentences that resemble the lines of a built-in category of what is forbidden or a signal.
    pub(super) fn likenesses_of(&self, items: &[Item], language: Option<Language>) -> Vec<Like<'static>> {
        let Some(language) = language.filter(|_| self.n_builtin_rules > 0) else { return Vec::new() };
        let examples = Examples::of(language);
        // A profile may have left a rule out, and a duty is met by its words, not by words like them: then the nearest line
        // of another rule of the category answers.
        let rules = &self.rules[..self.n_builtin_rules];
        // Most texts resemble nothing, and need no table of hundreds of rules.
        let on: LazyCell<HashMap<&str, usize>, _> = LazyCell::new(|| {
            let may_answer = |(_, rule): &(usize, &PhraseRule)| rule.polarity != Polarity::Required;
            rules.iter().enumerate().filter(may_answer).map(|(at, rule)| (rule.id.as_str(), at)).collect()
        });
        let rule_of = |name: usize| examples.named.get(name).and_then(|(id, _)| on.get(id.as_str()).copied());
        let found = examples.resemblance.find(items, LEAST, |name| rule_of(name).is_some());
        let like = found.into_iter().filter_map(|found| {
            let (_, example) = examples.named.get(found.name)?;
            Some(Like { rule: rule_of(found.name)?, example, confidence: CONFIDENCE, items: found.items })
        });
        like.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrases::words;

    #[test]
    fn another_rule_of_the_category_answers_where_that_of_the_nearest_line_is_off() {
        let mut phrases = Phrases::load(true, &[]).expect("the built-in lists are tested");
        // An example is most like itself; one of a category with several rules in its language, which no other has more of.
        let examples = Examples::of(Language::En);
        let of_rule = |id: &str| phrases.rules.iter().position(|rule| rule.id == id).expect("a built-in rule");
        let found = examples.named.iter().find_map(|(id, text)| {
            let category = &phrases.rules[of_rule(id)].category;
            let n = phrases.sources.iter().filter(|source| {
                source.rule.category == *category && examples.named.iter().any(|(id, _)| *id == source.rule.id)
            });
            let items = words::items(text, Some(Language::En));
            let like = phrases.likenesses_of(&items, Some(Language::En)).first().copied()?;
            (n.count() > 1 && phrases.rules[like.rule].id == *id).then_some((items, like.rule))
        });
        let (items, off) = found.expect("some line of a category with several rules");
        let category = phrases.rules[off].category.clone();
        // As a profile leaves it out.
        phrases.rules.remove(off);
        phrases.n_builtin_rules -= 1;
        let like = phrases.likenesses_of(&items, Some(Language::En)).first().copied().expect("another rule");
        assert_eq!(phrases.rules[like.rule].category, category);
        assert!(examples.named.iter().any(|(id, text)| *id == phrases.rules[like.rule].id && text == like.example));
    }
}
