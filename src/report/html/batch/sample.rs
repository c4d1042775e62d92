//! A few calls drawn by lot, so that somebody also hears what no rule pointed at. The lot is the same in every run over
//! the same recordings: whoever gets the folder can draw it again. Not for secrets.

use sha2::{Digest, Sha256};

/// Calls that are drawn: what one person hears besides the ten.
pub(super) const N_DRAWN: usize = 3;

/// The seed of a batch: first 8 bytes of the SHA-256 of the recordings' names and SHA-256, in the order of names. `of_calls` must
/// be sorted.
pub(super) fn seed<'a>(of_calls: impl Iterator<Item = (&'a str, &'a str)>) -> u64 {
    let mut hash = Sha256::new();
    for (source, sha256) in of_calls {
        hash.update(source.as_bytes());
        hash.update([0]);
        hash.update(sha256.as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    digest.iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte))
}

/// At most `n` of `items`, each with the same chance, in the order they were drawn: the first steps of a Fisher-Yates
/// shuffle.
pub(super) fn draw<T>(mut items: Vec<T>, n: usize, seed: u64) -> Vec<T> {
    let mut random = SplitMix64(seed);
    let n = n.min(items.len());
    for at in 0..n {
        let chosen = at + random.below((items.len() - at) as u64) as usize;
        items.swap(at, chosen);
    }
    items.truncate(n);
    items
}

/// Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators".
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0..n, all with the same chance: what would make some likelier is thrown away. `n` is above 0.
    fn below(&mut self, n: u64) -> u64 {
        let fair = u64::MAX - u64::MAX % n;
        loop {
            let value = self.next();
            if value < fair {
                return value % n;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_the_published_numbers() {
        // The first values for the seed 1234567, as the authors' reference code prints them.
        let mut random = SplitMix64(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn the_same_recordings_give_the_same_lot_and_others_another() {
        let of = |names: [&str; 2]| seed(names.into_iter().map(|name| (name, "5f")));
        assert_eq!(of(["a.wav", "b.wav"]), of(["a.wav", "b.wav"]));
        assert_ne!(of(["a.wav", "b.wav"]), of(["a.wav", "c.wav"]));
        let lot = |seed| draw((0..1000).collect::<Vec<i32>>(), 3, seed);
        assert_eq!(lot(7), lot(7));
        assert_ne!(lot(7), lot(8));
    }

    #[test]
    fn every_call_has_the_same_chance_and_none_is_drawn_twice() {
        let mut n_drawn = [0; 10];
        for seed in 0..3000 {
            let mut lot = draw((0..10).collect::<Vec<usize>>(), 3, seed);
            lot.iter().for_each(|i| n_drawn[*i] += 1);
            lot.sort_unstable();
            lot.dedup();
            assert_eq!(lot.len(), 3);
        }
        // 900 are expected of each, with a standard deviation of √(3000 · 0.3 · 0.7) = 25; five of them.
        assert!(n_drawn.iter().all(|n: &i32| (n - 900).abs() < 125), "{n_drawn:?}");
        assert_eq!(draw(vec![1, 2], 3, 0).len(), 2);
    }
}
