//! What was found against what is true: word errors, found, missed and false events, and the self-test: known damage for
//! a user's own recordings and how well it is measured; what reviewers say of findings, and what that makes of their
//! confidences. Knows nothing of how things are found.

pub mod agreement;
pub mod calibration;
pub mod inject;
pub mod recovery;

use crate::timeline::TimeSpan;

/// Errors of a transcript against its reference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordErrors {
    /// Words of the reference.
    pub n_reference: usize,
    /// Wrong words.
    pub substitutions: usize,
    /// Words that are missing.
    pub deletions: usize,
    /// Words too many.
    pub insertions: usize,
}

impl WordErrors {
    /// (S + D + I) / N; may exceed 1. `None` without a reference.
    pub fn rate(&self) -> Option<f64> {
        let errors = self.substitutions + self.deletions + self.insertions;
        (self.n_reference > 0).then(|| errors as f64 / self.n_reference as f64)
    }

    /// Sums two calls.
    pub fn plus(self, other: Self) -> Self {
        Self {
            n_reference: self.n_reference + other.n_reference,
            substitutions: self.substitutions + other.substitutions,
            deletions: self.deletions + other.deletions,
            insertions: self.insertions + other.insertions,
        }
    }
}

/// Words as they are compared: lower case, only letters and digits. Numbers are not normalised: "24" and "twenty-four"
/// differ, which counts against the transcript.
pub fn plain_words(text: &str) -> Vec<String> {
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Least errors that turn `reference` into `hypothesis`, word by word (Levenshtein; of equal costs a substitution is
/// taken first, then a deletion).
pub fn word_errors(reference: &[String], hypothesis: &[String]) -> WordErrors {
    // Rows of (total, substitutions, deletions, insertions), one a reference word; only the last one is kept.
    let mut row: Vec<[usize; 4]> = (0..=hypothesis.len()).map(|j| [j, 0, 0, j]).collect();
    for (i, word) in reference.iter().enumerate() {
        let mut next = vec![[i + 1, 0, i + 1, 0]];
        for (j, heard) in hypothesis.iter().enumerate() {
            let add = |cell: [usize; 4], kind: usize| {
                let mut cell = cell;
                cell[0] += 1;
                cell[kind] += 1;
                cell
            };
            let diagonal = if word == heard { row[j] } else { add(row[j], 1) };
            let candidates = [diagonal, add(row[j + 1], 2), add(next[j], 3)];
            next.push(candidates.into_iter().min_by_key(|c| c[0]).expect("three candidates"));
        }
        row = next;
    }
    let [_, substitutions, deletions, insertions] = row[hypothesis.len()];
    WordErrors { n_reference: reference.len(), substitutions, deletions, insertions }
}

/// Something with a kind that happens at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its kind, e.g. a category.
    pub kind: String,
    /// When.
    pub span: TimeSpan,
}

/// How found events relate to true ones. Indices point into the slices that were compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matching {
    /// Pairs (true, found).
    pub found: Vec<(usize, usize)>,
    /// True events that were not found.
    pub missed: Vec<usize>,
    /// Found events that are not true.
    pub false_alarms: Vec<usize>,
}

/// Pairs events of the same kind whose spans overlap when widened by `tolerance_s`, each at most once, by most overlap
/// first. A second found event on a true one that is already paired is no false alarm: it is the same thing twice.
pub fn match_events(truth: &[Event], found: &[Event], tolerance_s: f64) -> Matching {
    let overlap_s = |t: &Event, f: &Event| {
        let widened = TimeSpan::new(t.span.start_s - tolerance_s, t.span.end_s + tolerance_s);
        if t.kind == f.kind { widened.overlap_s(&f.span) } else { 0.0 }
    };
    let mut pairs: Vec<(usize, usize, f64)> = (0..truth.len())
        .flat_map(|t| (0..found.len()).map(move |f| (t, f)))
        .map(|(t, f)| (t, f, overlap_s(&truth[t], &found[f])))
        .filter(|(_, _, shared_s)| *shared_s > 0.0)
        .collect();
    pairs.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut matching = Matching::default();
    let (mut is_hit, mut is_used) = (vec![false; truth.len()], vec![false; found.len()]);
    for &(t, f, _) in &pairs {
        if !is_hit[t] && !is_used[f] {
            (is_hit[t], is_used[f]) = (true, true);
            matching.found.push((t, f));
        }
    }
    let touches_truth = |f: usize| pairs.iter().any(|(_, other, _)| *other == f);
    matching.missed = (0..truth.len()).filter(|t| !is_hit[*t]).collect();
    matching.false_alarms = (0..found.len()).filter(|f| !is_used[*f] && !touches_truth(*f)).collect();
    matching.found.sort_unstable();
    matching
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_words(reference: &str, hypothesis: &str, expected: [usize; 4]) {
        let errors = word_errors(&plain_words(reference), &plain_words(hypothesis));
        let WordErrors { n_reference, substitutions, deletions, insertions } = errors;
        assert_eq!([n_reference, substitutions, deletions, insertions], expected, "{reference:?} / {hypothesis:?}");
    }

    #[test]
    fn word_errors_are_counted_by_kind() {
        check_words("the price is fixed", "The price, is fixed!", [4, 0, 0, 0]);
        check_words("the price is fixed", "the prize is", [4, 1, 1, 0]);
        check_words("", "two words", [0, 0, 0, 2]);
        check_words("two words", "", [2, 0, 2, 0]);
        check_words("Żółć i ёж", "żółć ёж", [3, 0, 1, 0]);
    }

    #[test]
    fn the_rate_may_exceed_one_and_needs_a_reference() {
        let errors = word_errors(&plain_words("a"), &plain_words("b c"));
        assert_eq!(errors.rate(), Some(2.0));
        assert_eq!(WordErrors::default().rate(), None);
    }

    #[test]
    fn events_pair_by_kind_and_time_once() {
        let event = |kind: &str, start_s, end_s| Event { kind: kind.into(), span: TimeSpan { start_s, end_s } };
        let truth = [event("a", 0.0, 1.0), event("a", 5.0, 6.0), event("b", 5.0, 6.0)];
        let found = [event("a", 0.5, 0.6), event("a", 0.7, 0.9), event("b", 9.0, 9.5), event("a", 6.2, 6.4)];
        let matching = match_events(&truth, &found, 0.5);
        assert_eq!(matching.found, [(0, 1), (1, 3)]);
        assert_eq!(matching.missed, [2]);
        assert_eq!(matching.false_alarms, [2], "the first is a second hit on a true event");
    }
}
