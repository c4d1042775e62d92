//! Two tellings of the same digits or letters, compared place by place. Knows neither who told them nor what they are.

use std::collections::BTreeMap;

use super::cues;
use super::lines::Line;
use crate::rules::thresholds::{MAX_READBACK_DIFFERENCE, MIN_NUMBER_DIGITS};
use crate::text::numerals::NumberSpan;

/// Digits that stand together in an utterance, over commas, dashes and a filler.
pub(super) struct Run {
    pub digits: String,
    pub bytes: (usize, usize),
}

/// So many words may stand between two groups of digits of a number.
const MAX_BETWEEN_GROUPS: usize = 1;

/// Numbers are dictated in groups of up to three digits; "a million two hundred thousand" is a quantity.
fn is_quantity(number: &NumberSpan) -> bool {
    number.spoken && number.value.is_some_and(|value| value >= 1000.0)
}

/// The runs of a line, in order.
pub(super) fn runs(line: &Line<'_>) -> Vec<Run> {
    let mut runs: Vec<(Run, usize)> = Vec::new();
    for number in line.numbers.iter().filter(|number| !is_quantity(number)) {
        match runs.last_mut() {
            Some((run, end)) if number.tokens.0 <= *end + MAX_BETWEEN_GROUPS => {
                run.digits.push_str(&number.digits);
                run.bytes.1 = number.bytes.1;
                *end = number.tokens.1;
            }
            _ => runs.push((Run { digits: number.digits.clone(), bytes: number.bytes }, number.tokens.1)),
        }
    }
    runs.into_iter().map(|(run, _)| run).collect()
}

/// Is one number a part of the other, or the same but for the prefix of a country or trunk?
pub(super) fn is_part(said: &str, whole: &str) -> bool {
    let common = said.bytes().rev().zip(whole.bytes().rev()).take_while(|(a, b)| a == b).count();
    whole.contains(said) || said.contains(whole) || common >= MIN_NUMBER_DIGITS
}

/// 1-based places of `whole` where `said` differs, if most of them agree: the cheapest alignment of all of it, with two
/// neighbours that changed places as one mistake (Damerau 1964). `None` for another number.
pub(super) fn differences(said: &str, whole: &str) -> Option<Vec<usize>> {
    let (a, b): (Vec<char>, Vec<char>) = (whole.chars().collect(), said.chars().collect());
    let (n, m) = (a.len(), b.len());
    // Longer ones are no numbers; a bound for the table below.
    if n == 0 || n > 64 || m > 64 || n.abs_diff(m) > n / 3 {
        return None;
    }
    let mut cost = vec![vec![0usize; m + 1]; n + 1];
    for (i, row) in cost.iter_mut().enumerate() {
        row[0] = i;
    }
    cost[0] = (0..=m).collect();
    for i in 1..=n {
        for j in 1..=m {
            let swap = cost[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            cost[i][j] = swap.min(cost[i - 1][j] + 1).min(cost[i][j - 1] + 1);
            if are_crossed(&a, &b, i, j) {
                cost[i][j] = cost[i][j].min(cost[i - 2][j - 2] + 1);
            }
        }
    }
    let most = ((n as f64 * MAX_READBACK_DIFFERENCE).floor() as usize).max(1);
    if cost[n][m] > most {
        return None;
    }
    let (mut i, mut j, mut places) = (n, m, Vec::new());
    while i > 0 || j > 0 {
        if are_crossed(&a, &b, i, j) && cost[i][j] == cost[i - 2][j - 2] + 1 {
            places.extend([i, i - 1]);
            (i, j) = (i - 2, j - 2);
            continue;
        }
        let swap = i > 0 && j > 0 && cost[i][j] == cost[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
        if swap {
            if a[i - 1] != b[j - 1] {
                places.push(i);
            }
            (i, j) = (i - 1, j - 1);
        } else if i > 0 && cost[i][j] == cost[i - 1][j] + 1 {
            places.push(i);
            i -= 1;
        } else {
            // One too many, said after this place.
            places.push(i.clamp(1, n));
            j -= 1;
        }
    }
    places.reverse();
    places.dedup();
    Some(places)
}

/// Are the two characters before these ends the same two the other way round?
fn are_crossed(a: &[char], b: &[char], i: usize, j: usize) -> bool {
    i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && a[i - 1] != a[i - 2]
}

/// An e-mail address as its letters: signs that are said become the signs.
pub(super) fn letters(text: &str, line: &Line<'_>) -> String {
    let sign = |cue: &str, sign: char| {
        let places = cues::find(cue, line).into_iter();
        places.map(move |place| (place.tokens.start, sign)).collect::<BTreeMap<usize, char>>()
    };
    let mut signs = sign("email_at", '@');
    signs.extend(sign("email_dot", '.'));
    signs.extend(sign("email_sign", '-'));
    let mut letters = String::new();
    let mut end = 0;
    for (at, token) in line.tokens.iter().enumerate() {
        let gap = text.get(end..token.start).unwrap_or_default();
        letters.extend(gap.chars().filter(|c| matches!(c, '@' | '-' | '_')).map(|c| if c == '_' { '-' } else { c }));
        if gap == "." {
            letters.push('.');
        }
        end = token.end.max(end);
        match signs.get(&at) {
            Some(sign) => letters.push(*sign),
            None => letters.push_str(&line.words[at]),
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_compared_place_by_place() {
        let check = |said: &str, whole: &str, expected: Option<&[usize]>| {
            assert_eq!(differences(said, whole).as_deref(), expected, "{said} {whole}");
        };
        check("601234567", "601234567", Some(&[]));
        check("601243567", "601234567", Some(&[5, 6]));
        check("60123456", "601234567", Some(&[9]));
        // One too many, after the eighth.
        check("6012345677", "601234567", Some(&[8]));
        check("0081", "0018", Some(&[3, 4]));
        check("512987650", "601234567", None);
        check("4990", "601234567", None);
        check("", "601234567", None);
    }

    #[test]
    fn a_part_or_another_prefix_is_the_same_number() {
        assert!(is_part("567", "601234567"));
        assert!(is_part("48601234567", "601234567"));
        assert!(is_part("447700900461", "07700900461"));
        assert!(!is_part("601243567", "601234567"));
    }
}
