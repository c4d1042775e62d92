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
pub(super) const ONE: u32 = 100;

/// A match that begins or ends inside a word: models write two words as one and one as two, and words have endings.
/// Half a phone keeps "is" from being found in "this" for nothing.
pub(super) const INSIDE_WORD: u32 = 50;

/// More phones than any phrase has; the rest of a longer one is not looked at. Bounds time and memory.
const MOST_PHONES: usize = 400;

const N: usize = Phone::ALPHABET.len();

pub(super) struct Costs {
    pub instead: [[u32; N]; N],
    /// Left out of the text, or put into it.
    pub alone: [u32; N],
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

pub(super) fn costs() -> &'static Costs {
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
                        // To whole twentieths of a phone.
                        (4.0 + 5.0 * (x - z).hypot(y - w)).round() as u32 * (ONE / 20)
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
    share * f64::from(whole_cost(phrase.phones())) / f64::from(ONE)
}

/// What it costs to leave out all of a phrase.
pub(super) fn whole_cost(phrase: &[Phone]) -> u32 {
    phrase.iter().take(MOST_PHONES).map(|phone| costs().alone[phone.index()]).sum()
}

/// Where in a text a phrase sounds at most `max_cost` unlike itself: places that do not share a word, the cheapest
/// first chosen, in the order of the text. A phrase without phones is found nowhere, and so is one that could be
/// left out for `max_cost`.
pub fn find_near(phrase: &Sounded, text: &Sounded, max_cost: f64) -> Vec<Hit> {
    let costs = costs();
    let phrase = &phrase.phones()[..phrase.phones().len().min(MOST_PHONES)];
    let most = (max_cost.max(0.0) * f64::from(ONE) + 0.5).min(f64::from(u32::MAX / 4)) as u32;
    if phrase.is_empty() || whole_cost(phrase) <= most {
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

/// A cell of the table: the cost of the best way to it above, and below it the word that this way began in, counted
/// down. The smaller of two cells is the cheaper way and, of equals, the one that began later, which is the shorter.
type Cell = u64;

const FAR: Cell = (u32::MAX as u64 / 2) << 32;

fn cell(cost: u32, first_word: usize) -> Cell {
    u64::from(cost) << 32 | u64::from(u32::MAX - first_word as u32)
}

fn cost_of(cell: Cell) -> u32 {
    (cell >> 32) as u32
}

fn dearer(by: u32) -> Cell {
    u64::from(by) << 32
}

/// All (cost, first word, last word) of at most `most`, by end.
fn ends(costs: &Costs, phrase: &[Phone], text: &Sounded, most: u32) -> Vec<(u32, usize, usize)> {
    let n = phrase.len();
    let mut found = Vec::new();
    // Column of the table: cell i is the phrase's first i phones. Cells beyond `active` cost more than `most` and
    // are not kept.
    let mut column = vec![FAR; n + 1];
    column[0] = cell(0, 0);
    let mut active = 0;
    while active < n && cost_of(column[active]) <= most {
        column[active + 1] = column[active] + dearer(costs.alone[phrase[active].index()]);
        active += 1;
    }
    for (w, word) in text.words().iter().enumerate() {
        for at in word.phones.0..word.phones.1 {
            let phone = text.phones()[at];
            let is_end = at + 1 == word.phones.1;
            let (made_up, instead) = (dearer(costs.alone[phone.index()]), &costs.instead[phone.index()]);
            let mut diagonal = column[0];
            // The way may begin after this phone: free between words.
            column[0] = if is_end { cell(0, w + 1) } else { cell(INSIDE_WORD, w) };
            let mut deepest = 0;
            for i in 1..=n {
                let above = column[i - 1];
                if i > active + 1 && cost_of(above) > most {
                    break;
                }
                let left = if i <= active { column[i] } else { FAR };
                let own = phrase[i - 1].index();
                let best = (diagonal + dearer(instead[own])).min(left + made_up).min(above + dearer(costs.alone[own]));
                diagonal = left;
                column[i] = best;
                if cost_of(best) <= most {
                    deepest = i;
                }
            }
            active = deepest;
            if active == n {
                let cost = cost_of(column[n]) + if is_end { 0 } else { INSIDE_WORD };
                let first = (u32::MAX - column[n] as u32) as usize;
                if cost <= most && first <= w {
                    found.push((cost, first, w));
                }
            }
        }
    }
    found
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
pub(super) mod plainly {
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
