//! What a background sounds like in a few numbers, twice a second: how its level moves, how its spectrum moves, how
//! tonal it is. What [`super::kind`] decides on, and what `benches/corpus/fit_kinds.py` fits the decision to.
//! Not levels: a gain changes none of the features.
//!
//! Every half second the background frames of the 3 s around are described, however they are cut up by speech. Frames
//! of 32 ms give the movement, frames of 128 ms ([`crate::dsp::tonality`]) the tones.

use crate::dsp::frames::mean;
use crate::dsp::spectrum::PowerSpectrum;
use crate::dsp::tonality::Tonality;
use crate::timeline::Timeline;
use crate::units::SampleRate;

/// Time from one description to the next.
pub const STEP_S: f64 = 0.5;
/// Background within this of a step describes it: a syllable, a bar, a few keys.
const REACH_S: f64 = 1.5;
/// Frames of 32 ms every 16 ms: shorter than a syllable, longer than a pitch period.
const FRAME_S: f64 = 0.032;
/// Upper edges of the bands whose balance is followed; the first begins at 60 Hz.
const UPPER_EDGES_HZ: [f64; N_BANDS] = [150.0, 300.0, 600.0, 1200.0, 2000.0, 3900.0];
const N_BANDS: usize = 6;
const LOWEST_HZ: f64 = 60.0;
/// -100 dBFS: below, levels are those of rounding.
const LEAST_POWER: f64 = 1e-10;
/// Distances from speech at which background is taken, far ones first: near speech there are breath and echo.
const MARGINS_S: [f64; 3] = [0.4, 0.2, 0.08];
/// From this much background on, a step needs no nearer frames: half of its 3 s.
const ENOUGH_FRAMES: usize = 90;
/// Under a third of a second nothing is told.
const LEAST_FRAMES: usize = 20;
/// Leakage comes up to this much later.
const ELSEWHERE_MARGIN_S: f64 = 0.2;
/// Samples up to two steps of 16 bits are digital silence, which tells nothing of the background.
const DIGITAL_ZERO: f32 = 2.0 / 32_768.0;
/// Frames in a block of 64 ms, whose levels are compared.
const BLOCK_FRAMES: usize = 4;

/// Number of features.
pub const N_FEATURES: usize = 17;

/// The background around one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Description {
    /// See the names in [`FEATURES`]; each about -3..=3.
    pub features: [f64; N_FEATURES],
    /// Level that nine tenths of the 64 ms blocks stay below, in dBFS.
    pub loud_dbfs: f64,
    /// Share of the 1.5 s that make a full description, 0..=1.
    pub weight: f64,
}

/// What the features are, in their order.
pub const FEATURES: [&str; N_FEATURES] = [
    "block levels, 90th over 50th percentile, 10 dB",
    "block levels, 50th over 10th percentile, 10 dB",
    "mean level change over 32 ms, 5 dB",
    "mean level change over 96 ms, 5 dB",
    "mean level change over 256 ms, 5 dB",
    "rise over 32 ms that 2 % exceed, 10 dB",
    "fall over 32 ms that 2 % exceed, 10 dB",
    "mean change of the spectrum's shape over 32 ms, 5 dB",
    "mean change of the spectrum's shape over 256 ms, 5 dB",
    "share below 300 Hz, 10 dB",
    "share of 300 to 1200 Hz, 10 dB",
    "share above 2 kHz, 10 dB",
    "mean share of peaks in the spectrum",
    "its standard deviation",
    "mean share of held tones",
    "held tones at once, logarithm",
    "median share of mains lines",
];

/// Describes the background of a channel: one entry every [`STEP_S`], at 0.25 s, 0.75 s …; `None` where too little
/// of it is heard.
pub fn describe(
    samples: &[f32],
    rate: SampleRate,
    speech: &Timeline,
    elsewhere: &Timeline,
) -> Vec<Option<Description>> {
    let frames = Frames::new(samples, rate);
    let tonality = Tonality::new(samples, rate);
    let n_frames = frames.level_db.len();
    let end_s = rate.samples_to_s(samples.len());
    let leaking = frames.flags(&elsewhere.widened(ELSEWHERE_MARGIN_S, end_s));
    // The farthest margin at which a frame is background, as an index into MARGINS_S; none: speech.
    let mut nearness: Vec<u8> = vec![u8::MAX; n_frames];
    for (i, margin_s) in MARGINS_S.iter().enumerate().rev() {
        let near = frames.flags(&speech.widened(*margin_s, end_s));
        for t in (0..n_frames).filter(|&t| !near[t] && !leaking[t] && !frames.is_silent[t]) {
            nearness[t] = i as u8;
        }
    }
    let n_steps = (end_s / STEP_S).ceil() as usize;
    let mut scratch = Scratch::default();
    (0..n_steps)
        .map(|step| {
            let middle_s = (step as f64 + 0.5) * STEP_S;
            let at = |time_s: f64| ((time_s / frames.hop_s).max(0.0) as usize).min(n_frames);
            let (from, to) = (at(middle_s - REACH_S), at(middle_s + REACH_S));
            let allowed = (0..MARGINS_S.len() as u8)
                .find(|&most| nearness[from..to].iter().filter(|&&n| n <= most).count() >= ENOUGH_FRAMES)
                .unwrap_or(MARGINS_S.len() as u8 - 1);
            scratch.describe(&frames, &tonality, from..to, |t| nearness[t] <= allowed)
        })
        .collect()
}

/// Level and balance of every frame.
#[derive(Debug)]
struct Frames {
    hop_s: f64,
    level_db: Vec<f32>,
    /// Level of each band in dB over that of the frame.
    shape_db: Vec<[f32; N_BANDS]>,
    /// True for frames of digital silence.
    is_silent: Vec<bool>,
}

impl Frames {
    fn new(samples: &[f32], rate: SampleRate) -> Self {
        let rate_hz = f64::from(rate.hz());
        // A multiple of 16 is a fast length; 8 and 16 kHz give 256 and 512.
        let len = ((FRAME_S * rate_hz) as usize / 16 * 16).max(16);
        let hop = len / 2;
        let n_frames = if samples.len() < len { 0 } else { (samples.len() - len) / hop + 1 };
        let bin_hz = rate_hz / len as f64;
        let mut spectrum = PowerSpectrum::new(len);
        let band_of: Vec<Option<usize>> = (0..spectrum.n_bins())
            .map(|k| k as f64 * bin_hz)
            .map(|hz| if hz < LOWEST_HZ { None } else { UPPER_EDGES_HZ.iter().position(|&edge| hz < edge) })
            .collect();
        let offset = mean(samples) as f32;
        let mut frame = vec![0f32; len];
        let mut power = Vec::with_capacity(spectrum.n_bins());
        let mut found = Self {
            hop_s: hop as f64 / rate_hz,
            level_db: Vec::with_capacity(n_frames),
            shape_db: Vec::with_capacity(n_frames),
            is_silent: Vec::with_capacity(n_frames),
        };
        for t in 0..n_frames {
            let sound = &samples[t * hop..t * hop + len];
            frame.iter_mut().zip(sound).for_each(|(slot, sample)| *slot = sample - offset);
            found.is_silent.push(sound.iter().all(|sample| sample.abs() <= DIGITAL_ZERO));
            spectrum.of(&frame, &mut power);
            let mut bands = [LEAST_POWER / 10.0; N_BANDS];
            for (band, power) in band_of.iter().zip(&power) {
                if let Some(band) = band {
                    bands[*band] += power;
                }
            }
            let total: f64 = bands.iter().sum();
            found.level_db.push(db(total) as f32);
            found.shape_db.push(bands.map(|band| db(band / total).max(-40.0) as f32));
        }
        found
    }

    /// One flag a frame: does the timeline hold at its middle?
    fn flags(&self, timeline: &Timeline) -> Vec<bool> {
        // The middle of a frame is one hop after its start: where the next frame of one hop begins.
        let halves = timeline.to_frames(self.hop_s / 2.0, self.level_db.len() * 2 + 3);
        (0..self.level_db.len()).map(|t| halves[2 * t + 1] || halves[2 * t + 2]).collect()
    }
}

fn db(power: f64) -> f64 {
    10.0 * power.max(LEAST_POWER).log10()
}

/// Lists that are filled anew for every step.
#[derive(Debug, Default)]
struct Scratch {
    blocks_db: Vec<f64>,
    rises_db: Vec<f64>,
    mains: Vec<f64>,
}

impl Scratch {
    fn describe(
        &mut self,
        frames: &Frames,
        tonality: &Tonality,
        range: std::ops::Range<usize>,
        is_background: impl Fn(usize) -> bool,
    ) -> Option<Description> {
        let n = range.clone().filter(|&t| is_background(t)).count();
        if n < LEAST_FRAMES {
            return None;
        }
        self.blocks_db.clear();
        let mut start = range.start;
        while start + BLOCK_FRAMES <= range.end {
            if (start..start + BLOCK_FRAMES).all(&is_background) {
                let power: f64 =
                    frames.level_db[start..start + BLOCK_FRAMES].iter().map(|&l| 10f64.powf(f64::from(l) / 10.0)).sum();
                self.blocks_db.push(db(power / BLOCK_FRAMES as f64));
                start += BLOCK_FRAMES;
            } else {
                start += 1;
            }
        }
        let [p10, p50, p90] = quantiles(&mut self.blocks_db, [0.1, 0.5, 0.9])?;
        let pairs = |lag: usize| {
            let is_background = &is_background;
            (range.start..range.end.saturating_sub(lag)).filter(move |&t| is_background(t) && is_background(t + lag))
        };
        let level_change =
            |lag: usize| average(pairs(lag).map(|t| f64::from((frames.level_db[t + lag] - frames.level_db[t]).abs())));
        let shape_change = |lag: usize| {
            average(pairs(lag).map(|t| {
                let (a, b) = (&frames.shape_db[t], &frames.shape_db[t + lag]);
                a.iter().zip(b).map(|(a, b)| f64::from((a - b).abs())).sum::<f64>() / N_BANDS as f64
            }))
        };
        self.rises_db.clear();
        self.rises_db.extend(pairs(2).map(|t| f64::from(frames.level_db[t + 2] - frames.level_db[t])));
        let [fall, rise] = quantiles(&mut self.rises_db, [0.02, 0.98])?;
        let share = |bands: std::ops::Range<usize>| {
            let of_frame = |t: usize| {
                frames.shape_db[t][bands.clone()].iter().map(|&s| 10f64.powf(f64::from(s) / 10.0)).sum::<f64>()
            };
            average(range.clone().filter(|&t| is_background(t)).map(of_frame)).map(|share| db(share.max(1e-4)) / 10.0)
        };

        // A tonal frame lies over eight frames; in short pauses those that are mostly background must do.
        let per_tonal = tonality.hop_s / frames.hop_s;
        let tonal_range = (range.start as f64 / per_tonal) as usize
            ..((range.end as f64 / per_tonal) as usize).min(tonality.frames.len());
        let background_in = |t: usize| {
            let from = (t as f64 * per_tonal).round() as usize;
            let to = (from + (2.0 * per_tonal).round() as usize - 1).min(frames.level_db.len());
            (from..to).filter(|&t| is_background(t)).count() as f64 / (to.max(from + 1) - from) as f64
        };
        let tonal: Vec<_> = [0.99, 0.6, 0.4]
            .iter()
            .map(|&least| {
                tonal_range
                    .clone()
                    .filter(|&t| background_in(t) >= least)
                    .map(|t| tonality.frames[t])
                    .collect::<Vec<_>>()
            })
            .find(|found| found.len() >= 3)?;
        let tonal_mean = average(tonal.iter().map(|f| f64::from(f.tonal_ratio)))?;
        let tonal_square = average(tonal.iter().map(|f| f64::from(f.tonal_ratio).powi(2)))?;
        let mut mains = 0f64;
        for i in 0..2 {
            self.mains.clear();
            self.mains.extend(tonal.iter().map(|f| f64::from(f.mains_ratio[i])));
            mains = mains.max(quantiles(&mut self.mains, [0.5])?[0]);
        }
        let features = [
            (p90 - p50) / 10.0,
            (p50 - p10) / 10.0,
            level_change(2)? / 5.0,
            level_change(6).or(level_change(2))? / 5.0,
            level_change(16).or(level_change(2))? / 5.0,
            rise / 10.0,
            -fall / 10.0,
            shape_change(2)? / 5.0,
            shape_change(16).or(shape_change(2))? / 5.0,
            share(0..2)?,
            share(2..4)?,
            share(5..6)?,
            tonal_mean,
            (tonal_square - tonal_mean * tonal_mean).max(0.0).sqrt(),
            average(tonal.iter().map(|f| f64::from(f.held_ratio)))?,
            average(tonal.iter().map(|f| f64::from(f.n_held)))?.ln_1p(),
            mains,
        ];
        Some(Description { features, loud_dbfs: p90, weight: (n as f64 / ENOUGH_FRAMES as f64).min(1.0) })
    }
}

/// Mean of the values; `None` for none.
fn average(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = values.fold((0.0, 0usize), |(sum, n), value| (sum + value, n + 1));
    (n > 0).then(|| sum / n as f64)
}

/// Values below which these shares lie, in one sort, to the nearest value; `None` for no values.
fn quantiles<const N: usize>(values: &mut [f64], shares: [f64; N]) -> Option<[f64; N]> {
    values.sort_unstable_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    Some(shares.map(|share| values[(share * last as f64).round() as usize]))
}
