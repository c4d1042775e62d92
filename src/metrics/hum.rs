//! Mains hum: steady lines at multiples of 50 or 60 Hz. By its harmonics, as a telephone band removes the fundamental.
//! Not tones of the exchange (ring-back, DTMF), which lie elsewhere and do not last.
//!
//! What fools it: a machine in the room that turns at the mains frequency sounds the same, and is found the same.

use crate::dsp::frames::percentile;
use crate::dsp::spectrum::PowerSpectrum;
use crate::units::SampleRate;

/// Hum that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hum {
    /// 50 or 60.
    pub mains_hz: f64,
    /// Mean square of its lines.
    pub power: f64,
}

/// Windows of 1 s put mains harmonics on whole bins and speech, which never holds a pitch that long, between them.
const WINDOW_S: f64 = 1.0;
/// Beyond this, harmonics are weak and a drift of 0.1 % leaves the bin.
const HIGHEST_HZ: usize = 1000;
/// Quieter than four fifths of the windows: speech and events pass, hum stays.
const STEADY_SHARE: f64 = 0.2;
/// A line stands 12 dB above its neighbours: the 20th percentile of noise varies by 3 dB between bins.
const LINE_OVER_NEIGHBOURS: f64 = 16.0;
/// One line may be a tone; hum has several.
const LEAST_LINES: usize = 2;
/// Windows looked at, spread over the call: enough for a percentile, whatever the length.
const MOST_WINDOWS: usize = 400;
/// -75 dBFS: nobody hears less.
const LEAST_POWER: f64 = 3e-8;

/// Looks for hum. `None` if there is none, or if the channel is shorter than three windows.
pub fn find(samples: &[f32], rate: SampleRate) -> Option<Hum> {
    let len = rate.s_to_samples(WINDOW_S);
    let n_possible = samples.len() / len.max(1);
    if n_possible < 3 {
        return None;
    }
    let mut spectrum = PowerSpectrum::new(len);
    let n_windows = n_possible.min(MOST_WINDOWS);
    let highest = HIGHEST_HZ.min(spectrum.n_bins().saturating_sub(30));
    let mut power = Vec::new();
    let mut by_bin = vec![Vec::with_capacity(n_windows); highest + 25];
    for window in 0..n_windows {
        let start = window * n_possible / n_windows * len;
        spectrum.of(&samples[start..start + len], &mut power);
        by_bin.iter_mut().zip(&power).for_each(|(values, &p)| values.push(p));
    }
    let steady: Vec<f64> = by_bin.iter().map(|values| percentile(values, STEADY_SHARE).unwrap_or(0.0)).collect();
    let lines = |mains: usize, other: usize| -> (usize, f64) {
        let mut found = (0, 0.0);
        for hz in (mains..=highest).step_by(mains) {
            let line: f64 = steady[hz - 1..=hz + 1].iter().sum();
            let neighbours: Vec<f64> = (5..20).flat_map(|d| [steady[hz - d], steady[hz + d]]).collect();
            let around = percentile(&neighbours, 0.5).unwrap_or(0.0).max(1e-16);
            if steady[hz] > LINE_OVER_NEIGHBOURS * around {
                // A line that both share (300 Hz, 600 Hz) tells nothing of which it is, but is heard.
                found.0 += usize::from(hz % other != 0);
                found.1 += line;
            }
        }
        found
    };
    let (fifty, sixty) = (lines(50, 60), lines(60, 50));
    let (mains_hz, (n_lines, power)) = if fifty.0 >= sixty.0 { (50.0, fifty) } else { (60.0, sixty) };
    (n_lines >= LEAST_LINES && power >= LEAST_POWER).then_some(Hum { mains_hz, power })
}
