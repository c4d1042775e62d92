//! How far two judges agree about the same things: a share with its interval, and Cohen's kappa, which takes off what
//! they would agree by chance. Not who of them is right.
//!
//! Kappa is a ratio, -1..=1: 0 is what chance gives, 1 is full agreement. It depends on how common "yes" is: of two
//! judges who nearly always say yes it is low or not defined although they seldom differ. So the prevalence stands
//! beside it, and where a judge has said only one thing there is none.
//!
//! Sources: J. Cohen, Educ. Psychol. Meas. 20 (1960) 37-46; standard error for kappa other than 0: J. L. Fleiss, J. Cohen,
//! B. S. Everitt, Psychol. Bull. 72 (1969) 323-327, formula 13; intervals of shares: E. B. Wilson 1927.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

pub use super::recovery::wilson;

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_964;

/// How often two judges said what about the same things: `counts[first][second]`, 0 is yes and 1 is no.
pub type Table = [[u64; 2]; 2];

/// Cohen's kappa of a [`Table`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Kappa {
    /// Things that both judged.
    pub n: u64,
    /// How often who said what: rows are the first judge's yes and no, columns the second's.
    pub counts: Table,
    /// Share on which they agree; `None` without any.
    pub observed_ratio: Option<f64>,
    /// Share on which judges who say yes as often as these would agree by chance.
    pub expected_ratio: Option<f64>,
    /// How often they say yes, mean of both.
    pub prevalence_ratio: Option<f64>,
    /// Kappa; `None` where it is not defined.
    pub kappa: Option<f64>,
    /// Lower end of the 95 % interval.
    pub kappa_low: Option<f64>,
    /// Upper end.
    pub kappa_high: Option<f64>,
    /// Why there is none.
    pub why_null: Option<String>,
}

/// Cohen's kappa with the 95 % interval by the standard error of Fleiss, Cohen and Everitt. That is 0 where the judges
/// agree about everything; then the lower end is what the lower end of Wilson's interval of their agreement would give.
pub fn kappa(counts: Table) -> Kappa {
    let n: u64 = counts.iter().flatten().sum();
    if n == 0 {
        return Kappa { why_null: Some("nothing was judged by both".into()), ..Kappa::default() };
    }
    let share = |k: u64| k as f64 / n as f64;
    let p = counts.map(|row| row.map(share));
    let rows = [p[0][0] + p[0][1], p[1][0] + p[1][1]];
    let columns = [p[0][0] + p[1][0], p[0][1] + p[1][1]];
    let observed = p[0][0] + p[1][1];
    let expected = rows[0] * columns[0] + rows[1] * columns[1];
    let undefined = Kappa {
        n,
        counts,
        observed_ratio: Some(observed),
        expected_ratio: Some(expected),
        prevalence_ratio: Some((rows[0] + columns[0]) / 2.0),
        ..Kappa::default()
    };
    let says_one_thing = |yes: u64| yes == 0 || yes == n;
    let one_sided = [counts[0][0] + counts[0][1], counts[0][0] + counts[1][0]].map(says_one_thing);
    if one_sided != [false, false] {
        let who = match one_sided {
            [true, true] => "both judges",
            [true, false] => "the first judge",
            _ => "the second judge",
        };
        return Kappa { why_null: Some(format!("{who} said the same of all {n}")), ..undefined };
    }
    let k = (observed - expected) / (1.0 - expected);
    let diagonal: f64 = (0..2).map(|i| p[i][i] * (1.0 - (rows[i] + columns[i]) * (1.0 - k)).powi(2)).sum();
    let rest: f64 = [(0, 1), (1, 0)].iter().map(|&(i, j)| p[i][j] * (columns[i] + rows[j]).powi(2)).sum();
    let variance = (diagonal + (1.0 - k).powi(2) * rest - (k - expected * (1.0 - k)).powi(2))
        / (n as f64 * (1.0 - expected).powi(2));
    let (low, high) = if counts[0][1] + counts[1][0] == 0 {
        ((wilson(n as usize, n as usize).0 - expected) / (1.0 - expected), 1.0)
    } else {
        let half = Z * variance.max(0.0).sqrt();
        (k - half, k + half)
    };
    Kappa { kappa: Some(k), kappa_low: Some(low.max(-1.0)), kappa_high: Some(high.min(1.0)), ..undefined }
}

/// What every two judges said of the things that both judged. `judged` has for each thing who said yes or no; judges
/// are numbers, the pairs have the lower one first. The cost grows with the square of the judges of one thing: leave
/// out all but the busiest.
pub fn tables_of_pairs<'a>(judged: impl IntoIterator<Item = &'a [(usize, bool)]>) -> BTreeMap<(usize, usize), Table> {
    let mut tables: BTreeMap<(usize, usize), Table> = BTreeMap::new();
    for votes in judged {
        for (index, one) in votes.iter().enumerate() {
            for other in &votes[index + 1..] {
                let (first, second) = if one.0 < other.0 { (one, other) } else { (other, one) };
                let table = tables.entry((first.0, second.0)).or_default();
                table[usize::from(!first.1)][usize::from(!second.1)] += 1;
            }
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(counts: Table, expected: (f64, f64, f64)) {
        let found = kappa(counts);
        let ends = [(found.kappa, expected.0), (found.kappa_low, expected.1), (found.kappa_high, expected.2)];
        for (found, expected) in ends {
            // What the expected values are rounded to.
            assert!(found.is_some_and(|found| (found - expected).abs() < 5e-4), "{counts:?}: {found:?}, {expected}");
        }
    }

    #[test]
    fn kappa_and_its_interval_are_those_of_the_formula() {
        // po = 35/50, pe = 0.5: kappa 0.4. The variance by hand: (0.10972 + 0.10188 - 0.01) / (50 * 0.25) = 0.016128.
        check([[20, 5], [10, 15]], (0.4, 0.4 - 1.96 * 0.127, 0.4 + 1.96 * 0.127));
        // po = 0.6 in both, pe = 0.54 and 0.46: the same agreement, another prevalence. The intervals by another way, the
        // delta method with numerical derivatives of kappa by the four shares.
        check([[45, 15], [25, 15]], (0.1304, -0.0629, 0.3238));
        check([[25, 35], [5, 35]], (0.2593, 0.1080, 0.4105));
    }

    #[test]
    fn full_agreement_is_no_certainty() {
        let found = kappa([[10, 0], [0, 10]]);
        // Wilson's lower end of 20 in 20 is 0.8389.
        assert_eq!((found.kappa, found.kappa_high), (Some(1.0), Some(1.0)));
        assert!(found.kappa_low.is_some_and(|low| (low - (0.8389 - 0.5) / 0.5).abs() < 1e-3), "{found:?}");
    }

    #[test]
    fn who_says_only_one_thing_leaves_no_kappa_but_the_prevalence_and_the_reason() {
        let check = |counts: Table, prevalence_ratio: Option<f64>, why: &str| {
            let found = kappa(counts);
            assert_eq!((found.kappa, found.kappa_low, found.kappa_high), (None, None, None));
            assert_eq!(found.prevalence_ratio, prevalence_ratio, "{counts:?}");
            assert_eq!(found.why_null.as_deref(), Some(why));
        };
        check([[0, 0], [0, 0]], None, "nothing was judged by both");
        check([[9, 0], [0, 0]], Some(1.0), "both judges said the same of all 9");
        check([[0, 7], [0, 0]], Some(0.5), "both judges said the same of all 7");
        check([[6, 2], [0, 0]], Some(0.875), "the first judge said the same of all 8");
        check([[6, 0], [2, 0]], Some(0.875), "the second judge said the same of all 8");
    }

    #[test]
    fn pairs_are_counted_over_what_both_judged_whoever_came_first() {
        let judged: [&[(usize, bool)]; 4] =
            [&[(0, true), (2, false)], &[(2, true), (0, true)], &[(1, true)], &[(0, false), (1, false), (2, true)]];
        let tables = tables_of_pairs(judged);
        assert_eq!(tables.get(&(0, 2)), Some(&[[1, 1], [1, 0]]));
        assert_eq!(tables.get(&(0, 1)), Some(&[[0, 0], [0, 1]]));
        assert_eq!(tables.len(), 3);
    }
}
