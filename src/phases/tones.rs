//! Tones of the network: ring-back, busy, dial tone, beeps. A tone is one or two steady frequencies that hold nearly all
//! the power of the channel; which signal it is follows from its frequencies and its cadence (ITU-T E.180 and the national
//! values of its supplement 2). Not keyed digits: their pairs are in `dtmf`.
//!
//! What fools it: a synthesizer that plays long single notes in the range of ring-back, with pauses between them.

use super::bursts::{self, Peak};
use crate::call::PhaseKind;
use crate::dsp::frames;
use crate::dsp::spectrum::PowerSpectrum;
use crate::timeline::TimeSpan;
use crate::units::SampleRate;

/// 128 ms part the 40 Hz of the North American ring-back: the main lobe of a Hann window is 31 Hz wide.
const FRAME_S: f64 = 0.128;
/// From frame to frame: a quarter of a frame finds bursts of 0.15 s.
const HOP_S: f64 = 0.032;
/// Share of the power in its one or two peaks that makes a frame a tone. A tone 5 dB above the noise of the line has 0.76.
const TONE_RATIO: f64 = 0.7;
/// The same for a tone that is none of the network's: vowels and notes of a melody would pass with less.
const BEEP_RATIO: f64 = 0.93;
/// Such a tone stands alone: what is heard just before and after it is 10 dB weaker. Vowels have neighbours.
const BEEP_OVER_AROUND: f64 = 10.0;
/// The same for tones of the network, which know silence between bursts and nothing else; on a line 10 dB below them.
const NETWORK_OVER_AROUND: f64 = 4.0;
const BEEP_AROUND_S: f64 = 0.12;
const BEEP_EDGE_S: f64 = 0.03;
/// A second frequency is at most this far below the first; what is weaker is distortion.
const SECOND_RATIO: f64 = 0.05;
/// A tone stays within this of its mean: half a bin. Voices and whistling do not, for a quarter of a second.
const STEADY_HZ: f64 = 4.0;
/// Shortest tone, and shortest one that is none of the network's.
const MIN_TONE_S: f64 = 0.15;
const MIN_BEEP_S: f64 = 0.18;
/// Bursts of one signal have the same frequencies within this, and pauses up to this: E.180 knows rings of 5 s of pause.
const SAME_HZ: f64 = 8.0;
const MAX_PAUSE_S: f64 = 6.5;
/// National tolerances of E.180 and a lost cycle at the edge of a frame.
const NOMINAL_HZ: f64 = 12.0;
/// Single frequencies of ring-back, busy and dial tone: 400 (Japan) to 450 Hz (China), 425 recommended by E.180.
const SINGLE_HZ: (f64, f64) = (390.0, 462.0);
const RING_PAIRS: [(f64, f64); 2] = [(440.0, 480.0), (400.0, 450.0)];
const BUSY_PAIR: (f64, f64) = (480.0, 620.0);
const DIAL_PAIR: (f64, f64) = (350.0, 440.0);
/// A ring lasts 0.67 to 2.5 s by E.180, and a pause after it 2 s at least.
const RING_S: (f64, f64) = (0.65, 2.8);
const LEAST_RING_PAUSE_S: f64 = 1.5;
/// A double ring: two of these, this far apart.
const DOUBLE_RING_S: (f64, f64) = (0.25, 0.6);
const DOUBLE_PAUSE_S: (f64, f64) = (0.1, 0.35);
/// Busy and congestion: 0.1 to 0.66 s on and off by E.180, and this often before it is believed.
const BUSY_S: (f64, f64) = (0.1, 0.7);
const LEAST_BUSY_BURSTS: usize = 3;

/// A steady tone.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Tone {
    span: TimeSpan,
    low_hz: f64,
    /// `None` for a single frequency.
    high_hz: Option<f64>,
    /// Mean share of the power that it holds.
    ratio: f64,
}

impl Tone {
    fn is_pair(&self, pair: (f64, f64)) -> bool {
        let near = |hz: f64, nominal: f64| (hz - nominal).abs() <= NOMINAL_HZ;
        self.high_hz.is_some_and(|high_hz| near(self.low_hz, pair.0) && near(high_hz, pair.1))
    }

    fn is_single(&self) -> bool {
        self.high_hz.is_none() && (SINGLE_HZ.0..=SINGLE_HZ.1).contains(&self.low_hz)
    }

    fn may_ring(&self) -> bool {
        self.is_single() || RING_PAIRS.iter().any(|pair| self.is_pair(*pair))
    }

    fn may_be_busy(&self) -> bool {
        self.is_single() || self.is_pair(BUSY_PAIR)
    }

    fn may_be_dial(&self) -> bool {
        self.is_single() || self.is_pair(DIAL_PAIR)
    }

    fn is_of_network(&self) -> bool {
        self.may_ring() || self.may_be_busy() || self.may_be_dial()
    }

    fn is_like(&self, other: &Tone) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() <= SAME_HZ;
        match (self.high_hz, other.high_hz) {
            (Some(a), Some(b)) => near(self.low_hz, other.low_hz) && near(a, b),
            (None, None) => near(self.low_hz, other.low_hz),
            _ => false,
        }
    }
}

/// A signal of one channel: its whole time and its bursts, without the pauses of its cadence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Signal {
    pub kind: PhaseKind,
    pub span: TimeSpan,
    pub bursts: Vec<TimeSpan>,
}

/// Signals of a channel in order.
pub(super) fn find(samples: &[f32], rate: SampleRate) -> Vec<Signal> {
    let tones = steady_tones(samples, rate);
    let mut groups: Vec<Vec<Tone>> = Vec::new();
    for tone in tones {
        let continued = groups.iter_mut().find(|group| {
            group.last().is_some_and(|last| {
                last.is_like(&tone) && tone.span.start_s - last.span.end_s <= MAX_PAUSE_S && tone.is_of_network()
            })
        });
        match continued {
            Some(group) => group.push(tone),
            None => groups.push(vec![tone]),
        }
    }
    let mut signals: Vec<Signal> = groups.iter().flat_map(|group| signals_of(group, samples, rate)).collect();
    signals.sort_by(|a, b| a.span.start_s.total_cmp(&b.span.start_s));
    signals
}

fn signals_of(group: &[Tone], samples: &[f32], rate: SampleRate) -> Vec<Signal> {
    let n_alone = group.iter().filter(|t| stands_alone(&t.span, NETWORK_OVER_AROUND, samples, rate)).count();
    // Notes of a synthesizer have neighbours. The half of it: speech may follow the last ring at once.
    let Some(kind) = cadence(group).filter(|_| 2 * n_alone > group.len() || group.len() == 1) else {
        let lone = group.iter().filter(|t| {
            t.ratio >= BEEP_RATIO
                && t.span.duration_s() >= MIN_BEEP_S
                && stands_alone(&t.span, BEEP_OVER_AROUND, samples, rate)
        });
        return lone.map(|t| Signal { kind: PhaseKind::Tone, span: t.span, bursts: vec![t.span] }).collect();
    };
    let bursts: Vec<TimeSpan> = group.iter().map(|t| t.span).collect();
    let end_s = bursts.last().map_or(group[0].span.end_s, |last| last.end_s);
    vec![Signal { kind, span: TimeSpan::new(group[0].span.start_s, end_s), bursts }]
}

/// Much weaker just before and just after?
fn stands_alone(tone: &TimeSpan, over_around: f64, samples: &[f32], rate: SampleRate) -> bool {
    let power = |from_s: f64, to_s: f64| {
        let range = rate.s_to_samples(from_s)..rate.s_to_samples(to_s.max(0.0)).min(samples.len());
        samples.get(range).map_or(0.0, frames::mean_square)
    };
    let least = power(tone.start_s, tone.end_s) / over_around;
    power(tone.start_s - BEEP_AROUND_S, tone.start_s - BEEP_EDGE_S) <= least
        && power(tone.end_s + BEEP_EDGE_S, tone.end_s + BEEP_AROUND_S) <= least
}

/// What the rhythm of like bursts says; `None` if nothing.
fn cadence(group: &[Tone]) -> Option<PhaseKind> {
    let first = group.first()?;
    let within = |value: f64, range: (f64, f64)| (range.0..=range.1).contains(&value);
    let lengths: Vec<f64> = group.iter().map(|t| t.span.duration_s()).collect();
    let pauses: Vec<f64> = group.windows(2).map(|w| w[1].span.start_s - w[0].span.end_s).collect();
    let share = |values: &[f64], range: (f64, f64)| {
        values.iter().filter(|v| within(**v, range)).count() as f64 / values.len().max(1) as f64
    };
    // Three in four: the recording may begin or end in the middle of a burst.
    let most = 0.75;
    let longest_s = lengths.iter().copied().fold(0.0, f64::max);
    if first.may_be_dial() && longest_s > RING_S.1 {
        return Some(PhaseKind::Dial);
    }
    let is_busy = group.len() >= LEAST_BUSY_BURSTS && share(&lengths, BUSY_S) >= most && share(&pauses, BUSY_S) >= most;
    let is_double = share(&lengths, DOUBLE_RING_S) >= most
        && pauses.iter().any(|p| within(*p, DOUBLE_PAUSE_S))
        && pauses.iter().all(|p| within(*p, DOUBLE_PAUSE_S) || *p >= LEAST_RING_PAUSE_S)
        && (pauses.len() == 1 || pauses.iter().any(|p| *p >= LEAST_RING_PAUSE_S));
    if first.may_ring() && is_double {
        return Some(PhaseKind::Ringback);
    }
    if first.may_be_busy() && is_busy {
        return Some(PhaseKind::Busy);
    }
    // The last ring is cut short when the call is answered.
    let full = if lengths.len() > 1 { &lengths[..lengths.len() - 1] } else { &lengths };
    let is_ringing =
        within(longest_s, RING_S) && share(full, RING_S) >= most && pauses.iter().all(|p| *p >= LEAST_RING_PAUSE_S);
    (first.may_ring() && is_ringing).then_some(PhaseKind::Ringback)
}

/// Every steady tone of a channel.
fn steady_tones(samples: &[f32], rate: SampleRate) -> Vec<Tone> {
    let len = rate.s_to_samples(FRAME_S);
    let hop = rate.s_to_samples(HOP_S).max(1);
    let mut spectrum = PowerSpectrum::new(len);
    let bin_hz = f64::from(rate.hz()) / spectrum.frame_len() as f64;
    let mut power = Vec::with_capacity(spectrum.n_bins());
    let mut tones = Vec::new();
    let mut run: Vec<(Peak, Option<Peak>, f64)> = Vec::new();
    // Of the lower frequencies in `run`.
    let mut sum_hz = 0.0;
    let mut first_frame = 0;
    let n_frames = if samples.len() < len { 0 } else { (samples.len() - len) / hop + 1 };
    // One frame beyond the end closes the last run.
    for t in 0..=n_frames {
        let frame = samples.get(t * hop..t * hop + len).filter(|frame| bursts::is_audible(frame));
        let found = frame.and_then(|frame| {
            spectrum.of(frame, &mut power);
            one_or_two(&power, bin_hz)
        });
        let goes_on = found.is_some_and(|(a, b, _)| {
            run.last().is_none_or(|_| {
                let low_hz = sum_hz / run.len() as f64;
                let is_near = (a.hz - low_hz).abs() <= STEADY_HZ && run[0].1.is_some() == b.is_some();
                is_near && run[0].1.zip(b).is_none_or(|(x, y)| (x.hz - y.hz).abs() <= STEADY_HZ)
            })
        });
        if !goes_on {
            tones.extend(tone_of(&run, first_frame, hop, len, samples, rate));
            run.clear();
            sum_hz = 0.0;
        }
        if let Some(found) = found {
            if run.is_empty() {
                first_frame = t;
            }
            sum_hz += found.0.hz;
            run.push(found);
        }
    }
    joined(tones)
}

/// Tones that were only broken by a click or by a frame in which one of two frequencies was missed.
fn joined(tones: Vec<Tone>) -> Vec<Tone> {
    let mut whole: Vec<Tone> = Vec::new();
    for tone in tones {
        match whole.last_mut() {
            Some(last) if last.is_like(&tone) && tone.span.start_s - last.span.end_s < HOP_S => {
                last.span.end_s = last.span.end_s.max(tone.span.end_s);
            }
            _ => whole.push(tone),
        }
    }
    whole.retain(|t| t.span.duration_s() >= MIN_TONE_S);
    whole
}

fn tone_of(
    run: &[(Peak, Option<Peak>, f64)],
    first_frame: usize,
    hop: usize,
    len: usize,
    samples: &[f32],
    rate: SampleRate,
) -> Option<Tone> {
    let n = run.len() as f64;
    // Frames in which the tone only begins or ends are part of the run: a single frame is no tone.
    if run.len() < 2 {
        return None;
    }
    let around = first_frame * hop..(first_frame + run.len() - 1) * hop + len;
    let span = bursts::edges(samples, around, rate)?;
    let mean = |of: fn(&(Peak, Option<Peak>, f64)) -> f64| run.iter().map(of).sum::<f64>() / n;
    Some(Tone {
        span,
        low_hz: mean(|f| f.0.hz),
        high_hz: run[0].1.map(|_| mean(|f| f.1.map_or(0.0, |p| p.hz))),
        ratio: mean(|f| f.2),
    })
}

/// The one or two frequencies that a frame is made of, the lower first, and their share of its power.
fn one_or_two(power: &[f64], bin_hz: f64) -> Option<(Peak, Option<Peak>, f64)> {
    let total = bursts::power_between(power, bin_hz, bursts::BAND_HZ);
    let first = bursts::highest(power, bin_hz, bursts::BAND_HZ, None)?;
    let second = bursts::highest(power, bin_hz, bursts::BAND_HZ, Some(first.bin))
        .filter(|second| second.power >= SECOND_RATIO * first.power);
    let ratio = (first.power + second.map_or(0.0, |p| p.power)) / total;
    if ratio < TONE_RATIO {
        return None;
    }
    Some(match second {
        Some(second) if second.hz < first.hz => (second, Some(first), ratio),
        second => (first, second, ratio),
    })
}
