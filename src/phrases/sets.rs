//! Named sets of a list: `@offer` in a pattern stands for all that the list's `[sets]` has under `offer`, so that a
//! synonym is written once and known to every rule.

use std::collections::BTreeMap;

/// Sets by name, each as an alternative of the pattern grammar.
#[derive(Debug, Default)]
pub(super) struct Sets {
    by_name: BTreeMap<String, String>,
}

/// Longer patterns than this are no phrases; keeps sets within sets from growing without end.
const MAX_PATTERN_BYTES: usize = 65_536;

/// A letter, a digit or `_`.
pub(super) fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Sets {
    /// Adds a set; its words have their own sets put in.
    pub(super) fn add<'a>(&mut self, name: String, words: impl Iterator<Item = &'a str>) {
        self.by_name.insert(name, format!("[{}]", words.collect::<Vec<_>>().join("|")));
    }

    /// The pattern with every `@name` at the beginning of a word replaced.
    ///
    /// # Errors
    /// A sentence, if no set above has the name or the pattern becomes too long.
    pub(super) fn put_in(&self, written: &str) -> Result<String, String> {
        let mut full = String::with_capacity(written.len());
        let mut rest = written;
        while let Some(at) = rest.find('@') {
            let begins_word = full.is_empty() && at == 0
                || rest[..at].ends_with([' ', '[', '|'])
                || (at == 0 && full.ends_with([' ', '[', '|']));
            full.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if !begins_word {
                full.push('@');
                continue;
            }
            let end = rest.find(|c| !is_name_char(c)).unwrap_or(rest.len());
            let name = &rest[..end];
            let Some(words) = self.by_name.get(name) else {
                return Err(format!("`@{name}` is no set of this list, or is written below"));
            };
            full.push_str(words);
            rest = &rest[end..];
            if full.len() > MAX_PATTERN_BYTES {
                return Err(format!("pattern `{written}` has more than {MAX_PATTERN_BYTES} letters with its sets"));
            }
        }
        full.push_str(rest);
        Ok(full)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_the_words_of_its_set() {
        let mut sets = Sets::default();
        sets.add("offer".into(), ["offer", "special deal"].into_iter());
        let check = |written: &str, expected: Result<&str, &str>| match (sets.put_in(written), expected) {
            (Ok(full), Ok(expected)) => assert_eq!(full, expected),
            (Err(what), Err(expected)) => assert!(what.contains(expected), "{what}"),
            (got, _) => panic!("{written}: {got:?}"),
        };
        check("our @offer ends", Ok("our [offer|special deal] ends"));
        check("[@offer|price] @offer", Ok("[[offer|special deal]|price] [offer|special deal]"));
        check("@offer*", Ok("[offer|special deal]*"));
        check("me@offer", Ok("me@offer"));
        check("@price", Err("`@price` is no set"));
    }
}
