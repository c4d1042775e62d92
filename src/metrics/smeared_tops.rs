//! Clipping that resampling or a codec has smeared since: no sample is equal to its neighbour any more, but the tops of
//! the wave still pile up below a level, and those in the pile are still blunter than the lower ones of the same voice.
//! Not for sound as it was clipped: `clipping` counts its flat tops exactly.
//!
//! Speech has fewer tops the higher one looks, and their shape does not depend on their height. Both are put as
//! standard scores: more tops in a slice of 1.5 dB than in the slice below (Poisson), and blunter ones than in the two
//! slices below (Welch's t). A compressor piles tops up but does not blunt them.

use super::Input;

/// Bins of the histogram of tops, in dB below the highest.
const BIN_DB: f64 = 0.25;
/// Bins of a slice: 1.5 dB, as wide as codecs blur a rail.
const SLICE: usize = 6;
/// Overshoot of codecs and resampling: the pile is sought down to 4 dB below the highest top.
const DEEPEST: usize = 16;
const N_BINS: usize = DEEPEST + 3 * SLICE;
/// Fewer tops in the pile are chance.
const LEAST_TOPS: f64 = 40.0;
/// ... and fewer below have no typical shape.
const LEAST_BELOW: f64 = 20.0;
/// Standard scores of both signs and both signatures together. Chance reaches 8 in no call: it is the best of 2 · 17
/// tries, but speech is not as regular as Poisson's law has it.
const LEAST_SCORE: f64 = 8.0;
/// Overshoots above the pile are at most this share of it.
const MOST_ABOVE: f64 = 0.25;

/// A pile is 16 % of the level wide: 20 steps of 8 bits, 5 of G.711, hundreds of 16 bits.
const FEW_VALUES: usize = 20;
/// Tops in this share of all blocks of 50 ms are no speech: even shouting has consonants.
const STEADY_SHARE: f64 = 0.85;
const STEADY_BLOCK_S: f64 = 0.05;
/// Samples above this share of their top lay in the flat part, as near as one can tell after coding.
const FLAT: f32 = 0.85;

/// One slice of tops.
#[derive(Debug, Clone, Copy, Default)]
struct Tops {
    n: f64,
    bluntness: f64,
    bluntness_squared: f64,
    flat_samples: f64,
}

impl Tops {
    fn add(mut self, other: &Tops) -> Tops {
        self.n += other.n;
        self.bluntness += other.bluntness;
        self.bluntness_squared += other.bluntness_squared;
        self.flat_samples += other.flat_samples;
        self
    }

    fn mean(&self) -> f64 {
        self.bluntness / self.n.max(1.0)
    }

    /// Variance of the mean.
    fn error(&self) -> f64 {
        (self.bluntness_squared / self.n.max(1.0) - self.mean().powi(2)).max(0.0) / self.n.max(1.0)
    }
}

/// What is left of flat tops.
#[derive(Debug, Default)]
pub(super) struct Smeared {
    /// Tops in the piles as ranges of samples, in order.
    pub tops: Vec<std::ops::Range<usize>>,
    /// How many of their samples were in flat tops, about; the piles hold some natural tops too.
    pub n_samples: f64,
}

/// A pile of tops of one sign.
struct Pile {
    sign: f32,
    score: f64,
    /// Tops from here on belong to it.
    from: f32,
    /// Share of its tops that natural ones do not explain.
    excess: f64,
    flat_samples: f64,
}

/// Looks for piles of blunt tops where the party speaks; `None` if there are none.
pub(super) fn find(input: &Input<'_>) -> Option<Smeared> {
    let piles: Vec<Pile> = [1.0, -1.0].into_iter().filter_map(|sign| pile(input, sign)).collect();
    if piles.iter().map(|pile| pile.score).sum::<f64>() < LEAST_SCORE {
        return None;
    }
    let mut smeared = Smeared::default();
    for pile in piles.iter().filter(|pile| !is_on_steps(input, pile)) {
        smeared.n_samples += pile.excess * pile.flat_samples;
        excursions(input, pile.sign, |start, wave, top| {
            if top >= pile.from {
                let is_high = |&s: &f32| s * pile.sign >= FLAT * top;
                let first = wave.iter().position(is_high).unwrap_or(0);
                let last = wave.iter().rposition(is_high).unwrap_or(0);
                smeared.tops.push(start + first..start + last + 1);
            }
        });
    }
    smeared.tops.sort_by_key(|top| top.start);
    if is_steady(input, &smeared.tops) {
        return None;
    }
    (!smeared.tops.is_empty()).then_some(smeared)
}

/// Are the tops nearly everywhere? Then it is a tone or two: their beats pile up too, but voices fall and rise.
fn is_steady(input: &Input<'_>, tops: &[std::ops::Range<usize>]) -> bool {
    let block = input.rate.s_to_samples(STEADY_BLOCK_S).max(1);
    let n_blocks = tops.chunk_by(|a, b| a.start / block == b.start / block).count();
    let end_s = input.rate.samples_to_s(input.samples.len());
    let speech_s: f64 = input.speech.spans().iter().map(|span| span.end_s.min(end_s) - span.start_s.min(end_s)).sum();
    n_blocks as f64 * STEADY_BLOCK_S >= STEADY_SHARE * speech_s
}

/// Do the tops of a pile have a few values only? Then 8 bits or a companded grid made them equal and blunt.
fn is_on_steps(input: &Input<'_>, pile: &Pile) -> bool {
    let mut values: Vec<f32> = Vec::with_capacity(FEW_VALUES + 1);
    excursions(input, pile.sign, |_, _, top| {
        if top >= pile.from && values.len() <= FEW_VALUES && !values.contains(&top) {
            values.push(top);
        }
    });
    values.len() <= FEW_VALUES
}

/// The best pile of a sign.
fn pile(input: &Input<'_>, sign: f32) -> Option<Pile> {
    let mut highest = 0f32;
    excursions(input, sign, |_, _, top| highest = highest.max(top));
    let mut bins = [Tops::default(); N_BINS];
    excursions(input, sign, |_, wave, top| {
        let below_db = 20.0 * f64::from(highest / top).log10();
        if let Some(bin) = bins.get_mut((below_db / BIN_DB) as usize) {
            *bin = bin.add(&shape(wave, sign, top));
        }
    });
    let slice = |from: usize, to: usize| bins[from..to].iter().fold(Tops::default(), Tops::add);
    let best = (0..=DEEPEST).filter_map(|k| {
        let (above, inside) = (slice(0, k), slice(k, k + SLICE));
        let (below, rest) = (slice(k + SLICE, k + 2 * SLICE), slice(k + SLICE, k + 3 * SLICE));
        if inside.n < LEAST_TOPS || rest.n < LEAST_BELOW || above.n > MOST_ABOVE * inside.n {
            return None;
        }
        let piled = (inside.n - below.n) / (inside.n + below.n).sqrt();
        // 1e-9: keeps the score finite where all tops have the same shape.
        let blunt = (inside.mean() - rest.mean()) / (inside.error() + rest.error() + 1e-9).sqrt();
        if blunt <= 0.0 {
            return None;
        }
        let natural = (rest.n / 2.0).min(inside.n);
        Some(Pile {
            sign,
            score: piled + blunt,
            from: (f64::from(highest) * 10f64.powf(-((k + SLICE) as f64) * BIN_DB / 20.0)) as f32,
            excess: ((above.n + inside.n - natural) / (above.n + inside.n)).max(0.1),
            flat_samples: above.flat_samples + inside.flat_samples,
        })
    });
    best.filter(|pile| pile.score > 0.0).max_by(|a, b| a.score.total_cmp(&b.score))
}

/// How blunt a top is: its width at 0.7 to 0.9 of the height over the width at 0.2 to 0.4, 0..=1, and its flat samples.
fn shape(wave: &[f32], sign: f32, top: f32) -> Tops {
    let (mut high, mut low, mut flat) = (0f32, 0f32, 0usize);
    for &sample in wave {
        let share = sample * sign / top;
        // Ramps instead of thresholds: a width in fractions of samples.
        high += ((share - 0.7) * 5.0).clamp(0.0, 1.0);
        low += ((share - 0.2) * 5.0).clamp(0.0, 1.0);
        flat += usize::from(share >= FLAT);
    }
    let bluntness = f64::from(high / low.max(1e-6));
    Tops { n: 1.0, bluntness, bluntness_squared: bluntness * bluntness, flat_samples: flat as f64 }
}

/// Calls `see(start, samples, top)` with each excursion to this sign where the party speaks.
fn excursions(input: &Input<'_>, sign: f32, mut see: impl FnMut(usize, &[f32], f32)) {
    for span in input.speech.spans() {
        let to = input.rate.s_to_samples(span.end_s).min(input.samples.len());
        let from = input.rate.s_to_samples(span.start_s).min(to);
        let mut start = from;
        for wave in input.samples[from..to].chunk_by(|a, b| (a * sign > 0.0) == (b * sign > 0.0)) {
            if wave[0] * sign > 0.0 {
                see(start, wave, wave.iter().fold(0f32, |top, s| top.max(s * sign)));
            }
            start += wave.len();
        }
    }
}
