//! Many phrases at once: the same search as [`find_near`], several times faster, because sixteen phrases are looked
//! for side by side in one pass that only tells whether a phrase is near at all. Few are; those are searched again,
//! plainly.

use super::near::{Costs, INSIDE_WORD, ONE, costs, whole_cost};
use super::{Hit, Phone, Sounded, find_near};

/// Phrases side by side: as many bytes as a register of any 64-bit processor holds.
const LANES: usize = 16;

/// Costs in bytes: steps of a twentieth of a phone, in which all costs are whole (a test holds this). Sums stop at 255,
/// nearly 13 phones, which is more than a phrase may cost here.
const STEP: u32 = ONE / 20;
const MOST_STEPS: u8 = 250;

/// A longer phrase would need more than [`MOST_STEPS`] or is no phrase; it is searched plainly.
const MOST_PHONES: usize = 60;

type Lanes = [u8; LANES];

/// Phrases to be found, each with the cost that it may have.
#[derive(Debug, Clone, Default)]
pub struct NearPhrases {
    phrases: Vec<(Sounded, f64)>,
    batches: Vec<Batch>,
    /// Those that do not fit a batch.
    odd: Vec<usize>,
}

/// Phrases of about one length. Rows beyond the end of a shorter one repeat its last row.
#[derive(Debug, Clone)]
struct Batch {
    phrases: Vec<usize>,
    n_rows: usize,
    /// Cost of leaving out the phone of a row.
    left_out: Vec<Lanes>,
    /// Cost of a phone of the text instead of that of a row: `phone * n_rows + row`.
    instead: Vec<Lanes>,
    /// The most that each phrase may cost; of no phrase, nothing.
    most: Lanes,
}

fn steps(cost: u32) -> u8 {
    u8::try_from(cost / STEP).unwrap_or(u8::MAX)
}

impl NearPhrases {
    /// Phrases and the most that each may cost: see [`find_near`], [`super::allowance`].
    pub fn new(phrases: Vec<(Sounded, f64)>) -> Self {
        let costs = costs();
        let (mut fitting, mut odd) = (Vec::new(), Vec::new());
        for (at, (phrase, max_cost)) in phrases.iter().enumerate() {
            let n = phrase.phones().len();
            // One that could be left out whole is found nowhere: the plain search knows.
            let fits = (1..=MOST_PHONES).contains(&n)
                && *max_cost >= 0.0
                && *max_cost * f64::from(ONE) < f64::from(u32::from(MOST_STEPS) * STEP)
                && *max_cost * f64::from(ONE) < f64::from(whole_cost(phrase.phones()));
            if fits { &mut fitting } else { &mut odd }.push(at);
        }
        fitting.sort_by_key(|&at| phrases[at].0.phones().len());
        let batches = fitting.chunks(LANES).map(|own| Batch::new(costs, own, &phrases)).collect();
        Self { phrases, batches, odd }
    }

    /// All places of all phrases, by the index of the phrase, then in the order of the text.
    pub fn find(&self, text: &Sounded) -> Vec<(usize, Hit)> {
        let mut near: Vec<usize> = self.odd.clone();
        near.extend(self.batches.iter().flat_map(|batch| batch.near(text)));
        near.sort_unstable();
        near.into_iter()
            .flat_map(|at| {
                let (phrase, max_cost) = &self.phrases[at];
                find_near(phrase, text, *max_cost).into_iter().map(move |hit| (at, hit))
            })
            .collect()
    }
}

impl Batch {
    fn new(costs: &Costs, own: &[usize], all: &[(Sounded, f64)]) -> Self {
        let n_rows = own.iter().map(|&at| all[at].0.phones().len()).max().unwrap_or(0);
        let n_phones = Phone::ALPHABET.len();
        let mut batch = Self {
            phrases: own.to_vec(),
            n_rows,
            left_out: vec![[0; LANES]; n_rows],
            // Beyond its end a phrase has no phone to match: only its last row is carried on.
            instead: vec![[u8::MAX; LANES]; n_phones * n_rows],
            most: [0; LANES],
        };
        for (lane, &at) in own.iter().enumerate() {
            let (phrase, max_cost) = &all[at];
            // Rounded up, half a step more: the plain search has the last word.
            batch.most[lane] = (max_cost * f64::from(ONE) / f64::from(STEP) + 0.5).min(f64::from(MOST_STEPS)) as u8;
            for (row, phone) in phrase.phones().iter().enumerate() {
                batch.left_out[row][lane] = steps(costs.alone[phone.index()]);
                for heard in 0..n_phones {
                    batch.instead[heard * n_rows + row][lane] = steps(costs.instead[phone.index()][heard]);
                }
            }
        }
        batch
    }

    /// Which of its phrases have at least one place in the text.
    fn near(&self, text: &Sounded) -> impl Iterator<Item = usize> {
        let costs = costs();
        let mut column = vec![[0_u8; LANES]; self.n_rows + 1];
        for row in 0..self.n_rows {
            column[row + 1] = add(column[row], self.left_out[row]);
        }
        let mut least = [u8::MAX; LANES];
        for word in text.words() {
            for at in word.phones.0..word.phones.1 {
                let phone = text.phones()[at].index();
                let is_end = at + 1 == word.phones.1;
                let edge = if is_end { 0 } else { steps(INSIDE_WORD) };
                let made_up = [steps(costs.alone[phone]); LANES];
                let instead = &self.instead[phone * self.n_rows..(phone + 1) * self.n_rows];
                let mut diagonal = column[0];
                let mut above = [edge; LANES];
                column[0] = above;
                for ((cell, instead), left_out) in column[1..].iter_mut().zip(instead).zip(&self.left_out) {
                    let left = *cell;
                    above = min(min(add(diagonal, *instead), add(left, made_up)), add(above, *left_out));
                    diagonal = left;
                    *cell = above;
                }
                least = min(least, add(above, [edge; LANES]));
            }
        }
        let most = self.most;
        self.phrases.iter().enumerate().filter(move |(lane, _)| least[*lane] <= most[*lane]).map(|(_, &at)| at)
    }
}

fn add(a: Lanes, b: Lanes) -> Lanes {
    std::array::from_fn(|i| a[i].saturating_add(b[i]))
}

fn min(a: Lanes, b: Lanes) -> Lanes {
    std::array::from_fn(|i| a[i].min(b[i]))
}

#[cfg(test)]
mod tests {
    use super::super::{allowance, sound};
    use super::*;
    use crate::text::Language;

    #[test]
    fn all_costs_are_whole_steps() {
        let costs = costs();
        assert!(costs.alone.iter().chain(costs.instead.iter().flatten()).all(|cost| cost % STEP == 0));
        assert_eq!(INSIDE_WORD % STEP, 0);
    }

    /// Words of random syllables: near misses of each other in plenty.
    fn words(seed: u64, n: usize) -> String {
        let mut state = seed;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 33) as usize % below
        };
        let syllable = ["ta", "ko", "mi", "ne", "sza", "rze", "ło", "pro", "gu", "zi"];
        let word = |next: &mut dyn FnMut(usize) -> usize| (0..=next(3)).map(|_| syllable[next(10)]).collect::<String>();
        (0..n).map(|_| word(&mut next)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn many_phrases_are_found_where_each_alone_is() {
        let read = |text: &str| sound(text, Some(Language::Pl));
        let mut phrases: Vec<(Sounded, f64)> = (0..60)
            .map(|i| {
                let phrase = read(&words(i, 1 + i as usize % 4));
                let max_cost = allowance(&phrase, 0.05 * (i % 10) as f64);
                (phrase, max_cost)
            })
            .collect();
        phrases.push((read(&words(7, 80)), 20.0));
        phrases.push((read(""), 1.0));
        phrases.push((read("ta"), f64::NAN));
        let many = NearPhrases::new(phrases.clone());
        let mut n_hits = 0;
        for text in (100..130).map(|seed| read(&words(seed, 12))) {
            let plain: Vec<(usize, Hit)> = phrases
                .iter()
                .enumerate()
                .flat_map(|(at, (phrase, cost))| find_near(phrase, &text, *cost).into_iter().map(move |hit| (at, hit)))
                .collect();
            assert_eq!(many.find(&text), plain);
            n_hits += plain.len();
        }
        // Enough places for the comparison to mean something.
        assert!(n_hits > 100, "{n_hits}");
    }
}
