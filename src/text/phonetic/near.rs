//! A phrase in what was misheard: the cheapest places of an approximate match, by sounds.
//!
//! Weighted edit distance (Sellers 1980, "The theory and computation of evolutionary distances"): the phrase may begin
//! anywhere in the text at no cost, so one pass finds all ends. Rows that already cost more than is allowed are not
//! computed (Ukkonen 1985, "Finding approximate patterns in strings"), which leaves about as many as errors are allowed
//! instead of all of them.

use std::sync::LazyLock;

use super::{Phone, Sounded};

/// A place where a phrase may have been said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Words of the text, first and one after the last: index into [`Sounded::words`].
    pub words: (usize, usize),
    /// Bytes of the text, start and end.
    pub bytes: (usize, usize),
    /// How unlike it sounds: 0 the same, 1 for each phone that is wholly another. Vowels for vowels, voiced for
    /// voiceless and the like cost a part of that.
    pub cost: f64,
}

/// Costs are whole numbers inside, so that sums do not depend on their order.
const ONE: u32 = 100;

/// A match that begins or ends inside a word: models write two words as one and one as two, and words have endings.
/// Half a phone keeps "is" from being found in "this" for nothing.
const INSIDE_WORD: u32 = 50;

/// More phones than any phrase has; the rest of a longer one is not looked at. Bounds time and memory.
const MOST_PHONES: usize = 400;

const N: usize = Phone::ALPHABET.len();

struct Costs {
    instead: [[u32; N]; N],
    /// Left out of the text, or put into it.
    alone: [u32; N],
}

/// Where the tongue is: how far back, how high; in units that make e and i differ by one.
fn vowel_place(phone: Phone) -> (f64, f64) {
    match phone.letter() {
        'i' => (0.0, 2.0),
        'U' => (0.7, 2.0),
        'y' => (0.8, 1.7),
        'u' => (2.0, 2.0),
        'e' => (0.3, 1.0),
        'O' => (0.9, 1.2),
        'o' => (2.0, 1.0),
        _ => (1.2, 0.0),
    }
}

/// Consonants that telephones and models confuse, both ways: the same place, the same manner, or a weak sound.
const ALIKE: [(&str, u32); 7] = [
    // Voiced and voiceless; i and u as glides.
    ("pb td kg fv sz SZ TD ij uw vw", 25),
    ("sS zZ mn Tt Dd Tf Dz Ts TS yj lw oj", 35),
    ("sf bv vb zS sZ lr rw Dv Dl xk xg gj dj Uw ej", 50),
    ("nl nr xf pf ts dz tS dZ tT tk pt pk bd dg bg nm dn dl dr Sx jl xr bm zD vm", 65),
    ("kf gx px tx sx sT zd Zj Sj gv kS", 75),
    ("lm rm ng vj", 80),
    ("gl gr bw gw", 85),
];

/// The weak ones are lost and made up most easily.
fn alone(phone: Phone) -> u32 {
    match phone.letter() {
        'j' | 'x' => 40,
        'w' => 45,
        'e' | 'i' | 'y' | 'a' => 55,
        't' | 'd' | 'n' | 'r' | 'T' | 'D' => 60,
        _ if phone.is_vowel() => 65,
        'm' | 'l' | 'v' | 'g' => 70,
        _ => 85,
    }
}

fn costs() -> &'static Costs {
    static COSTS: LazyLock<Costs> = LazyLock::new(|| {
        let phones: Vec<Phone> = (0..N as u8).map(Phone).collect();
        // A vowel for a consonant is never cheaper than losing one and making up the other.
        let mut instead = [[ONE; N]; N];
        for &a in &phones {
            for &b in &phones {
                instead[a.index()][b.index()] = match (a.is_vowel(), b.is_vowel()) {
                    _ if a == b => 0,
                    (true, true) => {
                        let ((x, y), (z, w)) = (vowel_place(a), vowel_place(b));
                        (20.0 + 25.0 * (x - z).hypot(y - w)).round() as u32
                    }
                    (false, false) => ONE,
                    _ => ONE + ONE / 2,
                };
            }
        }
        for (pairs, cost) in ALIKE {
            for pair in pairs.split(' ') {
                let mut both = pair.chars().filter_map(Phone::from_char).map(Phone::index);
                if let (Some(a), Some(b)) = (both.next(), both.next()) {
                    instead[a][b] = instead[a][b].min(cost);
                    instead[b][a] = instead[b][a].min(cost);
                }
            }
        }
        let mut lost = [ONE; N];
        phones.iter().for_each(|&phone| lost[phone.index()] = alone(phone));
        Costs { instead, alone: lost }
    });
    &COSTS
}

/// What a phrase may cost at a place and still be meant there: a share of what leaving all of it out would cost.
///
/// `share` 0..=1; docs/phrases.md has how many true and false hits each share gives.
pub fn allowance(phrase: &Sounded, share: f64) -> f64 {
    let costs = costs();
    let whole: u32 = phrase.phones().iter().take(MOST_PHONES).map(|phone| costs.alone[phone.index()]).sum();
    share * f64::from(whole) / f64::from(ONE)
}

/// Where in a text a phrase sounds at most `max_cost` unlike itself: places that do not share a word, the cheapest
/// first chosen, in the order of the text. A phrase without phones is found nowhere, and so is one that could be
/// left out for `max_cost`.
pub fn find_near(phrase: &Sounded, text: &Sounded, max_cost: f64) -> Vec<Hit> {
    let costs = costs();
    let phrase = &phrase.phones()[..phrase.phones().len().min(MOST_PHONES)];
    let most = (max_cost.max(0.0) * f64::from(ONE) + 0.5).min(f64::from(u32::MAX / 4)) as u32;
    if phrase.is_empty() || phrase.iter().map(|phone| costs.alone[phone.index()]).sum::<u32>() <= most {
        return Vec::new();
    }
    choose(ends(costs, phrase, text, most))
        .into_iter()
        .map(|(cost, first, last)| Hit {
            words: (first, last + 1),
            bytes: (text.words()[first].bytes.0, text.words()[last].bytes.1),
            cost: f64::from(cost) / f64::from(ONE),
        })
        .collect()
}

/// A cell of the table: the cost of the best way to it, and the word that this way began in.
#[derive(Clone, Copy)]
struct Cell {
    cost: u32,
    first_word: u32,
}

const FAR: u32 = u32::MAX / 2;

/// All (cost, first word, last word) of at most `most`, by end.
fn ends(costs: &Costs, phrase: &[Phone], text: &Sounded, most: u32) -> Vec<(u32, usize, usize)> {
    let n = phrase.len();
    let mut found = Vec::new();
    // Column of the table: cell i is the phrase's first i phones. Cells beyond `active` cost more than `most`.
    let mut column = vec![Cell { cost: FAR, first_word: 0 }; n + 1];
    let mut active = start(costs, phrase, &mut column, 0, 0, most);
    for (w, word) in text.words().iter().enumerate() {
        for at in word.phones.0..word.phones.1 {
            let phone = text.phones()[at];
            let is_end = at + 1 == word.phones.1;
            let (made_up, instead) = (costs.alone[phone.index()], &costs.instead[phone.index()]);
            // The way may begin after this phone: free between words.
            let next_word = if is_end { w + 1 } else { w };
            let mut diagonal = column[0];
            column[0] = Cell { cost: if is_end { 0 } else { INSIDE_WORD }, first_word: next_word as u32 };
            let mut deepest = 0;
            for i in 1..=n {
                let above = column[i - 1];
                if i > active + 1 && above.cost > most {
                    break;
                }
                let left = if i <= active { column[i] } else { Cell { cost: FAR, first_word: 0 } };
                let mut best =
                    Cell { cost: diagonal.cost + instead[phrase[i - 1].index()], first_word: diagonal.first_word };
                let options = [
                    Cell { cost: left.cost + made_up, ..left },
                    Cell { cost: above.cost + costs.alone[phrase[i - 1].index()], ..above },
                ];
                for option in options {
                    // Of equals the one that began later, which is the shorter.
                    if (option.cost, u32::MAX - option.first_word) < (best.cost, u32::MAX - best.first_word) {
                        best = option;
                    }
                }
                diagonal = left;
                column[i] = best;
                if best.cost <= most {
                    deepest = i;
                }
            }
            // What was not computed now must not be read as if it had been.
            column[deepest + 1..=n.min(active + 1).max(deepest)].iter_mut().for_each(|cell| cell.cost = FAR);
            active = deepest;
            if active == n {
                let cost = column[n].cost + if is_end { 0 } else { INSIDE_WORD };
                let first = column[n].first_word as usize;
                if cost <= most && first <= w {
                    found.push((cost, first, w));
                }
            }
        }
    }
    found
}

/// The column before the first phone; returns the deepest row that is still allowed.
fn start(costs: &Costs, phrase: &[Phone], column: &mut [Cell], first_word: u32, cost: u32, most: u32) -> usize {
    column[0] = Cell { cost, first_word };
    for (i, phone) in phrase.iter().enumerate() {
        let cost = column[i].cost + costs.alone[phone.index()];
        if cost > most {
            return i;
        }
        column[i + 1] = Cell { cost, first_word };
    }
    phrase.len()
}

/// The cheapest first, then the fewest words, then the earliest; none that shares a word with one chosen before.
fn choose(mut found: Vec<(u32, usize, usize)>) -> Vec<(u32, usize, usize)> {
    found.sort_unstable_by_key(|&(cost, first, last)| (cost, last - first, first));
    let mut chosen: std::collections::BTreeMap<usize, (u32, usize)> = std::collections::BTreeMap::new();
    for (cost, first, last) in found {
        let before = chosen.range(..=last).next_back();
        if before.is_none_or(|(_, &(_, chosen_last))| chosen_last < first) {
            chosen.insert(first, (cost, last));
        }
    }
    chosen.into_iter().map(|(first, (cost, last))| (cost, first, last)).collect()
}

#[cfg(test)]
pub(super) mod tests_only {
    //! The same distance by its definition, for short texts.

    use super::*;

    /// Cost of the phrase against every run of phones that begins in word `first` and ends in word `last`.
    pub(in super::super) fn costs_of_slices(phrase: &Sounded, text: &Sounded, first: usize, last: usize) -> Vec<f64> {
        let (from, to) = (text.words()[first].phones, text.words()[last].phones);
        let mut found = Vec::new();
        for start in from.0..from.1 {
            for end in (to.0 + 1).max(start + 1)..=to.1 {
                let edges = u32::from(start != from.0) + u32::from(end != to.1);
                let cost = edit(phrase.phones(), &text.phones()[start..end]) + edges * INSIDE_WORD;
                found.push(f64::from(cost) / f64::from(ONE));
            }
        }
        found
    }

    fn edit(a: &[Phone], b: &[Phone]) -> u32 {
        let costs = costs();
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                let mut options = Vec::new();
                if i > 0 {
                    options.push(table[i - 1][j] + costs.alone[a[i - 1].index()]);
                }
                if j > 0 {
                    options.push(table[i][j - 1] + costs.alone[b[j - 1].index()]);
                }
                if i > 0 && j > 0 {
                    options.push(table[i - 1][j - 1] + costs.instead[b[j - 1].index()][a[i - 1].index()]);
                }
                table[i][j] = options.into_iter().min().unwrap_or(0);
            }
        }
        table[a.len()][b.len()]
    }
}
