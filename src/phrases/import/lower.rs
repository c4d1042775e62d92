//! From a line of another suite to rules of ours: ordered patterns where one phrase is meant, concepts where several
//! are, forbidden context where something must not be there.

use super::expression::Expression;

/// One stretch of talk, for AND and `~t`: the widest window that a concept has.
pub(super) const TURN_WORDS: usize = 30;
/// … and the most sentences.
const TURN_SENTENCES: u32 = 3;
/// A line that multiplies out to more than this is no phrase.
const MAX_ALTERNATIVES: usize = 64;

/// One way in which a line is said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Alternative {
    /// Patterns; one set: a phrase, several: a concept.
    pub sets: Vec<Vec<String>>,
    pub window: usize,
    pub ordered: bool,
    pub sentences: u32,
    pub unless: Vec<String>,
    pub unless_within: usize,
}

impl Alternative {
    fn phrase(words: &[String]) -> Self {
        Self {
            sets: vec![vec![words.join(" ")]],
            window: words.len(),
            ordered: false,
            sentences: 1,
            unless: Vec::new(),
            unless_within: 0,
        }
    }

    fn is_plain(&self) -> bool {
        self.sets.len() == 1 && self.unless.is_empty()
    }

    /// Both, within a window.
    fn with(&self, other: &Self, window: usize, ordered: bool, sentences: u32) -> Self {
        Self {
            sets: self.sets.iter().chain(&other.sets).cloned().collect(),
            window: window.clamp(2, TURN_WORDS),
            ordered,
            sentences,
            unless: self.unless.iter().chain(&other.unless).cloned().collect(),
            unless_within: self.unless_within.max(other.unless_within),
        }
    }
}

/// A word of a line without the signs of our grammar; `?` inside a word is any ending.
fn plain_word(word: &str) -> String {
    let trimmed = word.trim_end_matches('?');
    let mut has_star = false;
    trimmed
        .chars()
        .map(|c| match c {
            '[' | ']' | '|' | '<' | '>' | '#' | '=' | '~' | '@' | '^' | '+' => ' ',
            '?' => '*',
            c => c,
        })
        .filter(|&c| c != '*' || !std::mem::replace(&mut has_star, true))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The ways to say an expression.
///
/// # Errors
/// A sentence, if it has no meaning here.
pub(super) fn lower(expression: &Expression) -> Result<Vec<Alternative>, String> {
    let alternatives = match expression {
        Expression::Phrase { words, slop } => {
            let words: Vec<String> =
                words.iter().map(|word| plain_word(word)).filter(|word| !word.is_empty()).collect();
            if words.is_empty() {
                return Err("no word in it".into());
            }
            match slop {
                Some(between) if words.len() > 1 => {
                    let window = (words.len() + between).min(TURN_WORDS);
                    let sets: Vec<Vec<String>> = words.iter().map(|word| vec![word.clone()]).collect();
                    if sets.len() > window {
                        return Err(format!("a phrase of more than {TURN_WORDS} words"));
                    }
                    vec![Alternative { sets, window, ..Alternative::phrase(&words) }]
                }
                _ => vec![Alternative::phrase(&words)],
            }
        }
        Expression::Or(all) => {
            let mut found: Vec<Alternative> = Vec::new();
            for one in all {
                for alternative in lower(one)? {
                    match found.iter_mut().find(|known| known.is_plain() && alternative.is_plain()) {
                        Some(known) => {
                            known.window = known.window.max(alternative.window);
                            known.sets[0].extend(alternative.sets.into_iter().flatten());
                        }
                        None => found.push(alternative),
                    }
                }
            }
            found
        }
        Expression::Near { left, right, words, ordered } => {
            product(&lower(left)?, &lower(right)?, |a, b| a.with(b, a.window + b.window + words, *ordered, 1))?
        }
        Expression::And(all) => {
            let (denied, said): (Vec<_>, Vec<_>) = all.iter().partition(|one| matches!(one, Expression::Not(_)));
            let mut found: Option<Vec<Alternative>> = None;
            for one in said {
                let own = lower(one)?;
                found = Some(match found {
                    Some(before) => product(&before, &own, |a, b| a.with(b, TURN_WORDS, false, TURN_SENTENCES))?,
                    None => own,
                });
            }
            let mut found = found.ok_or("NOT alone: something has to be said")?;
            for one in denied {
                let Expression::Not(one) = one else { continue };
                forbid(&mut found, &lower(one)?, TURN_WORDS)?;
            }
            found
        }
        Expression::Without { left, right, within } => {
            let mut found = lower(left)?;
            forbid(&mut found, &lower(right)?, within.unwrap_or(0).min(TURN_WORDS))?;
            found
        }
        Expression::Not(_) => return Err("NOT alone: something has to be said".into()),
    };
    if alternatives.len() > MAX_ALTERNATIVES {
        return Err("too many alternatives; split the line".into());
    }
    Ok(alternatives)
}

fn product(
    left: &[Alternative],
    right: &[Alternative],
    join: impl Fn(&Alternative, &Alternative) -> Alternative,
) -> Result<Vec<Alternative>, String> {
    if left.len() * right.len() > MAX_ALTERNATIVES {
        return Err("too many alternatives; split the line".into());
    }
    Ok(left.iter().flat_map(|a| right.iter().map(|b| join(a, b)).collect::<Vec<_>>()).collect())
}

fn forbid(found: &mut [Alternative], denied: &[Alternative], within: usize) -> Result<(), String> {
    if !denied.iter().all(Alternative::is_plain) {
        return Err("what must not be said has to be words or phrases, one or several".into());
    }
    for alternative in found {
        alternative.unless.extend(denied.iter().flat_map(|denied| denied.sets.iter().flatten().cloned()));
        alternative.unless_within = alternative.unless_within.max(within);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::expression::parse;
    use super::*;

    fn lowered(line: &str) -> Result<Vec<Alternative>, String> {
        lower(&parse(line).expect(line).expression)
    }

    #[test]
    fn phrases_become_patterns_and_operators_become_concepts() {
        let check = |line: &str, sets: &[&[&str]], window: usize, unless: &[&str]| {
            let found = lowered(line).expect(line);
            assert_eq!(found.len(), 1, "{line}: {found:?}");
            assert_eq!(
                (&found[0].sets, found[0].window),
                (
                    &sets.iter().map(|set| set.iter().map(|&w| w.to_owned()).collect()).collect::<Vec<Vec<String>>>(),
                    window
                ),
                "{line}"
            );
            assert_eq!(found[0].unless, unless, "{line}");
        };
        check("only today?", &[&["only today"]], 2, &[]);
        check("neighbo* | \"next desk\"", &[&["neighbo*", "next desk"]], 2, &[]);
        check("cancel account ~4", &[&["cancel"], &["account"]], 6, &[]);
        check("(pay | settle) NEAR:2 bill", &[&["pay", "settle"], &["bill"]], 4, &[]);
        check("credit NOTIN \"credit card\"", &[&["credit"]], 1, &["credit card"]);
        check("refund AND today NOT joke", &[&["refund"], &["today"]], 30, &["joke"]);
        check("wom?n", &[&["wom*n"]], 1, &[]);
    }

    #[test]
    fn what_has_no_meaning_here_says_why() {
        let check = |line: &str, what: &str| {
            let error = lowered(line).expect_err(line);
            assert!(error.contains(what), "{line}: {error}");
        };
        check("NOT joke here", "NOT alone");
        check("pay NOT (a NEAR b)", "has to be words");
        check("\"###\"", "no word");
    }
}
