//! How tonal a sound is, frame by frame, and for how long its tones are held: what tells music from voices and both
//! from noise. Not a detector: it does not say what the sound is, and not a pitch tracker.
//!
//! A tone is a peak of the spectrum that stands out from its surroundings. Notes keep their frequency for a quarter of
//! a second and more; the harmonics of a voice glide, and the peaks of noise are gone in the next frame. So a tone is
//! followed from frame to frame while it stays where it was (after R. J. McAulay and T. F. Quatieri, "Speech
//! analysis/synthesis based on a sinusoidal representation", 1986, with frequencies that must not move).
//! What fools it: ring-back, DTMF and hum are held tones too; drums and spoken singing are not.

use super::spectrum::PowerSpectrum;
use crate::units::SampleRate;

/// 128 ms resolve notes a semitone apart from 300 Hz on, and mains harmonics 50 Hz apart.
const FRAME_S: f64 = 0.128;
/// Frame lengths are multiples of this, so that the FFT is fast at every usual rate.
const LENGTH_STEP: usize = 64;
/// Below this there is rumble, and the offset.
const LOWEST_HZ: f64 = 30.0;
/// Above this a telephone has nothing, and wideband calls shall read as narrowband ones do.
const HIGHEST_HZ: f64 = 3900.0;
/// A peak stands 10 dB above the median around it: the spectrum of noise does in under one of a hundred bins.
const PEAK_OVER_AROUND: f64 = 10.0;
/// Bins whose median is the surroundings: 250 Hz hold at least one gap between the harmonics of a voice or chord.
const AROUND_BINS: usize = 32;
/// 40 dB below the rest a tone is not heard, and rounding makes peaks.
const LEAST_RATIO: f64 = 1e-4;
/// A held tone stays within this of its mean: half a bin, and under a seventh of a semitone.
const HELD_WITHIN_HZ: f64 = 4.0;
/// The same as a share of the frequency, for high notes.
const HELD_WITHIN_SHARE: f64 = 0.008;
/// Frames in which a tone must be there to be held: 4 of 128 ms every 64 ms span 0.32 s, longer than a syllable.
const HELD_FRAMES: usize = 4;
/// A mains line stands 6 dB above what is half-way to the next one.
const LINE_OVER_BETWEEN: f64 = 4.0;
/// Mains harmonics are counted up to here: beyond they are weak.
const HIGHEST_LINE_HZ: f64 = 1000.0;

/// What is tonal in one frame.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct TonalFrame {
    /// Mean square of the frame between 30 and 3900 Hz.
    pub power: f32,
    /// Share of that power in peaks of the spectrum, 0..=1: voices, notes, tones.
    pub tonal_ratio: f32,
    /// Share of that power in tones that are held for at least 0.32 s around this frame, 0..=1: notes and tones, some
    /// long vowels.
    pub held_ratio: f32,
    /// How many tones are held in this frame: about 1 or 2 in signalling tones, more in chords.
    pub n_held: u16,
    /// Share of that power in lines at multiples of 50 Hz and of 60 Hz, each 0..=1.
    pub mains_ratio: [f32; 2],
}

/// Frames of a whole channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Tonality {
    /// Time from frame to frame in seconds, about 0.064; a frame is two of these long.
    pub hop_s: f64,
    /// The frames; frame `t` begins at `t * hop_s`. Empty if the channel is shorter than one.
    pub frames: Vec<TonalFrame>,
}

/// A tone that is being followed.
#[derive(Debug)]
struct Track {
    mean_hz: f64,
    n_frames: usize,
    last_frame: usize,
    /// Share of the power in its first frames, kept until it is known whether it is held.
    ratios: [f32; HELD_FRAMES],
}

impl Tonality {
    /// Analyses a channel. The scale of the samples moves `power` and nothing else.
    pub fn new(samples: &[f32], rate: SampleRate) -> Self {
        let rate_hz = f64::from(rate.hz());
        let len = ((FRAME_S * rate_hz) as usize / LENGTH_STEP * LENGTH_STEP).max(LENGTH_STEP);
        let hop = len / 2;
        let n_frames = if samples.len() < len { 0 } else { (samples.len() - len) / hop + 1 };
        let mut spectrum = PowerSpectrum::new(len);
        let bin_hz = rate_hz / len as f64;
        let mut power = Vec::with_capacity(spectrum.n_bins());
        let mut around = Vec::new();
        let mut frames: Vec<TonalFrame> = vec![TonalFrame::default(); n_frames];
        let mut tracks: Vec<Track> = Vec::new();
        for t in 0..n_frames {
            spectrum.of(&samples[t * hop..t * hop + len], &mut power);
            let from = ((LOWEST_HZ / bin_hz).ceil() as usize).max(1);
            let to = ((HIGHEST_HZ / bin_hz) as usize).min(power.len().saturating_sub(2));
            let total: f64 = power.iter().take(to + 1).skip(from).sum();
            if total <= 0.0 {
                continue;
            }
            frames[t].power = total as f32;
            frames[t].mains_ratio =
                [50.0, 60.0].map(|mains_hz| (comb(&power, bin_hz, mains_hz) / total).min(1.0) as f32);
            medians(&power[..=to], &mut around);
            for k in from..=to {
                let is_peak = power[k] >= power[k - 1] && power[k] > power[k + 1];
                let least = (PEAK_OVER_AROUND * around[k / AROUND_BINS]).max(LEAST_RATIO * total);
                if !is_peak || power[k] <= least {
                    continue;
                }
                let ratio = ((power[k - 1] + power[k] + power[k + 1]) / total).min(1.0) as f32;
                frames[t].tonal_ratio = (frames[t].tonal_ratio + ratio).min(1.0);
                follow(&mut tracks, &mut frames, t, (k as f64 + vertex(&power[k - 1..=k + 1])) * bin_hz, ratio);
            }
            tracks.retain(|track| track.last_frame == t);
        }
        Self { hop_s: hop as f64 / rate_hz, frames }
    }
}

/// Adds a peak to the track it continues, or begins one; once the track is held, all its frames get their share.
fn follow(tracks: &mut Vec<Track>, frames: &mut [TonalFrame], t: usize, hz: f64, ratio: f32) {
    let within = HELD_WITHIN_HZ.max(HELD_WITHIN_SHARE * hz);
    let known = tracks.iter_mut().find(|track| track.last_frame + 1 == t && (track.mean_hz - hz).abs() <= within);
    let Some(track) = known else {
        let mut ratios = [0.0; HELD_FRAMES];
        ratios[0] = ratio;
        tracks.push(Track { mean_hz: hz, n_frames: 1, last_frame: t, ratios });
        return;
    };
    track.last_frame = t;
    track.n_frames += 1;
    track.mean_hz += (hz - track.mean_hz) / track.n_frames as f64;
    let mut credit = |frame: usize, ratio: f32| {
        frames[frame].held_ratio = (frames[frame].held_ratio + ratio).min(1.0);
        frames[frame].n_held = frames[frame].n_held.saturating_add(1);
    };
    if track.n_frames > HELD_FRAMES {
        credit(t, ratio);
        return;
    }
    track.ratios[track.n_frames - 1] = ratio;
    if track.n_frames == HELD_FRAMES {
        track.ratios.iter().enumerate().for_each(|(i, &ratio)| credit(t + 1 + i - HELD_FRAMES, ratio));
    }
}

/// Where between -0.5 and 0.5 bins the top of a peak lies: a parabola through the logarithms, which fits the main lobe
/// of a Hann window within a hundredth of a bin.
fn vertex(three: &[f64]) -> f64 {
    let [a, b, c] = [three[0], three[1], three[2]].map(|p| p.max(1e-30).ln());
    let bend = a - 2.0 * b + c;
    if bend < 0.0 { (0.5 * (a - c) / bend).clamp(-0.5, 0.5) } else { 0.0 }
}

/// Median of each block of bins, smoothed over the neighbouring blocks.
fn medians(power: &[f64], around: &mut Vec<f64>) {
    let mut block = [0.0; AROUND_BINS];
    let raw: Vec<f64> = power
        .chunks(AROUND_BINS)
        .map(|bins| {
            let block = &mut block[..bins.len()];
            block.copy_from_slice(bins);
            *block.select_nth_unstable_by(bins.len() / 2, f64::total_cmp).1
        })
        .collect();
    around.clear();
    around.extend((0..raw.len()).map(|i| {
        let (before, after) = (raw[i.saturating_sub(1)], raw[(i + 1).min(raw.len() - 1)]);
        0.25 * before + 0.5 * raw[i] + 0.25 * after
    }));
}

/// Power of the lines at multiples of a frequency, without what lies between them.
fn comb(power: &[f64], bin_hz: f64, mains_hz: f64) -> f64 {
    let mut lines = 0.0;
    let mut hz = mains_hz;
    while hz <= HIGHEST_LINE_HZ {
        let at = |hz: f64| (hz / bin_hz).round() as usize;
        let (k, below, above) = (at(hz), at(hz - mains_hz / 2.0), at(hz + mains_hz / 2.0));
        if above >= power.len() || k == 0 {
            break;
        }
        let line: f64 = power[k - 1..=k + 1].iter().sum();
        let between = 1.5 * (power[below] + power[above]);
        if line > LINE_OVER_BETWEEN * between {
            lines += line - between;
        }
        hz += mains_hz;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    const RATES: [u32; 4] = [8000, 11_025, 16_000, 44_100];

    /// Means of (tonal, held, number held) over 3 s of a sound given by the time and a seeded noise.
    fn check(sound: impl Fn(f64, f64) -> f64, expected: impl Fn(f64, f64, f64) -> bool) {
        for hz in RATES {
            let rate = SampleRate::new(hz).expect("a real rate");
            let mut state = 1u32;
            let samples: Vec<f32> = (0..3 * hz)
                .map(|i| {
                    // Four uniform values: near enough to normal.
                    let noise: f64 = (0..4)
                        .map(|_| {
                            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                            f64::from(state) / f64::from(u32::MAX) - 0.5
                        })
                        .sum();
                    sound(f64::from(i) / f64::from(hz), noise) as f32
                })
                .collect();
            let found = Tonality::new(&samples, rate).frames;
            assert!(found.len() > 40, "{} frames at {hz} Hz", found.len());
            let mean =
                |of: fn(&TonalFrame) -> f32| found.iter().map(|f| f64::from(of(f))).sum::<f64>() / found.len() as f64;
            let (tonal, held, n) = (mean(|f| f.tonal_ratio), mean(|f| f.held_ratio), mean(|f| f32::from(f.n_held)));
            assert!(expected(tonal, held, n), "at {hz} Hz: tonal {tonal}, held {held}, {n} tones");
        }
    }

    #[test]
    fn a_chord_is_tonal_and_held() {
        let chord = |t: f64, noise: f64| {
            [262.0, 330.0, 392.0].iter().map(|hz| (TAU * hz * t).sin()).sum::<f64>() + 0.01 * noise
        };
        // 0.9: what the three bins of a peak leave out.
        check(chord, |tonal, held, n| tonal > 0.9 && held > 0.9 && (2.9..3.5).contains(&n));
    }

    #[test]
    fn a_gliding_voice_is_tonal_and_not_held() {
        // 150 Hz, up and down by a fifth three times a second: harmonics move by more than their bins.
        let voice = |t: f64, noise: f64| {
            let phase = 150.0 * t + 1.6 * (3.0 * TAU * t).sin();
            (2..8).map(|h| (TAU * phase * f64::from(h)).sin()).sum::<f64>() + 0.01 * noise
        };
        check(voice, |tonal, held, _| tonal > 0.15 && held < 0.25 * tonal);
    }

    #[test]
    fn noise_is_neither() {
        check(|_, noise| noise, |tonal, held, _| tonal < 0.2 && held < 0.01);
    }

    #[test]
    fn mains_lines_are_told_from_other_tones() {
        for (hz, expected) in [(50.0, [true, false]), (60.0, [false, true]), (47.0, [false, false])] {
            let samples: Vec<f32> = (0..16_000)
                .map(|i| (3..9).map(|h| (TAU * hz * f64::from(h * i) / 8000.0).sin()).sum::<f64>() as f32 * 0.1)
                .collect();
            let found = Tonality::new(&samples, SampleRate::new(8000).expect("a real rate")).frames;
            let middle = found[found.len() / 2].mains_ratio;
            // Lines that both share (300 Hz) and the neighbours of high ones count for some.
            assert_eq!(middle.map(|ratio| ratio > 0.8), expected, "{hz} Hz: {middle:?}");
        }
    }

    #[test]
    fn gain_and_silence_change_nothing() {
        let rate = SampleRate::new(8000).expect("a real rate");
        assert!(Tonality::new(&[0.1; 500], rate).frames.is_empty());
        let silence = Tonality::new(&[0.0; 8000], rate);
        assert!(silence.frames.iter().all(|f| *f == TonalFrame::default()));
        let tone =
            |gain: f64| -> Vec<f32> { (0..8000).map(|i| (gain * (TAU * 0.1 * f64::from(i)).sin()) as f32).collect() };
        let (loud, quiet) = (Tonality::new(&tone(0.5), rate), Tonality::new(&tone(0.05), rate));
        for (a, b) in loud.frames.iter().zip(&quiet.frames) {
            // 1e-3: 32-bit arithmetic.
            assert!((a.held_ratio - b.held_ratio).abs() < 1e-3 && a.n_held == b.n_held);
        }
    }
}
