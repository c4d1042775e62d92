//! Cut-off frequency of the low-pass that a voice went through, read from its long-term spectrum: where the pass band
//! and the skirt of a filter of any order meet. Half of the measurement of `bandwidth`; it decides nothing by itself.
//!
//! Spectra of voices fall about evenly over the logarithm of frequency. A falling line, then a falling line times a
//! Butterworth response is laid over the measured spectrum, for every cut-off and order; the one that differs least
//! names the cut-off, if it explains far more than the line alone.
//! Source: S. Butterworth, "On the theory of filter amplifiers", 1930: |H|² = 1 / (1 + (f/fc)^2n), 3 dB down at fc.
//! What fools it: a formant or a fricative peak just below or above the cut-off of a gentle filter.

/// Points of the logarithmic axis in an octave: 1.2 %, 35 Hz at 3 kHz, the width of a bin of the spectrum.
const PER_OCTAVE: usize = 60;
/// Below this the spectrum is first formants and pitch, and falls more steeply.
const FROM_HZ: f64 = 800.0;
/// The density of voices falls by 6 to 8 dB in each octave from 1 kHz on (Byrne et al., "An international comparison
/// of long-term average speech spectra", JASA 96, 1994).
const VOICE_DB_PER_OCTAVE: f64 = 7.0;
/// Order of the filter, and how often it was run: filters run both ways, and resampling there and back, count twice.
/// The last ones are walls.
const FILTERS: [(f64, f64); 14] = [
    (4.0, 1.0),
    (5.0, 1.0),
    (6.0, 1.0),
    (7.0, 1.0),
    (8.0, 1.0),
    (10.0, 1.0),
    (12.0, 1.0),
    (18.0, 1.0),
    (40.0, 1.0),
    (80.0, 1.0),
    (4.0, 2.0),
    (6.0, 2.0),
    (8.0, 2.0),
    (12.0, 2.0),
];
/// The level of the voice is taken from this far below the cut-off (1.3 octaves) ...
const NEAR_POINTS: usize = PER_OCTAVE * 4 / 3;
/// ... to where the filter takes off this much: further down, the order alone would set the level.
const USED_DB: f64 = 20.0;
/// Differences farther below the cut-off than [`NEAR_POINTS`] say less about it.
const FAR_WEIGHT: f64 = 0.25;
/// A level this close to the floor is noise.
const ABOVE_FLOOR_DB: f64 = 3.0;
/// With the filter the mean difference must be at most this share of that of the line alone. Filtered voices have
/// under a third, unfiltered ones over two thirds.
const MOST_LEFT: f64 = 0.5;

/// Cut-off in Hz, between `lowest_hz` and `last_hz`, of the filter that explains the spectrum best; `None` if a plain
/// slope explains it nearly as well. `levels_db` is the spectrum from 0 Hz in steps of `bin_hz`, and `floor_db` what
/// cannot be seen below.
pub(super) fn cut_off_hz(
    levels_db: &[f64],
    floor_db: &[f64],
    bin_hz: f64,
    lowest_hz: f64,
    last_hz: f64,
) -> Option<f64> {
    let points = points(levels_db, floor_db, bin_hz);
    let index = |hz: f64| ((hz / FROM_HZ).log2() * PER_OCTAVE as f64).max(0.0) as usize;
    let mut best: Option<(usize, f64)> = None;
    for (order, times) in FILTERS {
        // By distance from the cut-off, which stands in the middle.
        let n = points.len();
        let response_db: Vec<f64> = (0..2 * n)
            .map(|i| {
                let octaves = (i as f64 - n as f64) / PER_OCTAVE as f64;
                // Octaves times order stay below 1000: 2^2000 would overflow.
                -10.0 * times * (1.0 + (2.0 * order * octaves).min(900.0).exp2()).log10()
            })
            .collect();
        for at in index(lowest_hz)..n.min(index(last_hz) + 1) {
            let Some(left) = difference(&points, at.saturating_sub(NEAR_POINTS), &response_db[n - at..]) else {
                continue;
            };
            if best.is_none_or(|(_, least)| left < least) {
                best = Some((at, left));
            }
        }
    }
    let (at, left) = best?;
    let line = difference(&points, 0, &vec![0.0; points.len()])?;
    (left <= MOST_LEFT * line).then(|| FROM_HZ * (at as f64 / PER_OCTAVE as f64).exp2())
}

/// A point of the logarithmic axis.
struct Point {
    /// Level with the slope of voices taken out.
    level_db: f64,
    /// The floor, the slope taken out as well.
    floor_db: f64,
}

fn points(levels_db: &[f64], floor_db: &[f64], bin_hz: f64) -> Vec<Point> {
    let at = |values: &[f64], place: f64| {
        let k = place as usize;
        Some(values.get(k)? + (values.get(k + 1)? - values.get(k)?) * (place - k as f64))
    };
    (0..)
        .map_while(|i| {
            let octaves = f64::from(i) / PER_OCTAVE as f64;
            let (place, slope_db) = (FROM_HZ * octaves.exp2() / bin_hz, VOICE_DB_PER_OCTAVE * octaves);
            // Three bins at the end belong to the filter of the converter.
            at(levels_db, place + 3.0)?;
            Some(Point { level_db: at(levels_db, place)? + slope_db, floor_db: at(floor_db, place)? + slope_db })
        })
        .collect()
}

/// Mean difference in dB between the spectrum and a voice of the level that fits best, seen through the response.
fn difference(points: &[Point], near: usize, response_db: &[f64]) -> Option<f64> {
    let (mut sum_db, mut n) = (0.0, 0.0);
    for (point, &through_db) in points.iter().zip(response_db).skip(near) {
        if through_db <= -USED_DB {
            break;
        }
        if point.level_db > point.floor_db + ABOVE_FLOOR_DB {
            sum_db += point.level_db - through_db;
            n += 1.0;
        }
    }
    if n < 5.0 {
        return None;
    }
    let voice_db = sum_db / n;
    let (mut sum, mut weights) = (0.0, 0.0);
    for (i, (point, &through_db)) in points.iter().zip(response_db).enumerate() {
        let weight = if i < near { FAR_WEIGHT } else { 1.0 };
        sum += weight * (point.level_db.max(point.floor_db) - (voice_db + through_db).max(point.floor_db)).abs();
        weights += weight;
    }
    Some(sum / weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BIN_HZ: f64 = 31.25;

    /// 0 to 8 kHz: a voice with formants 1 kHz apart, this high and deep, through a Butterworth filter, over a floor
    /// 65 dB below its level at 1 kHz.
    fn cut_off_of(formant_db: f64, filter: Option<(f64, f64)>) -> Option<f64> {
        let levels_db: Vec<f64> = (0..257)
            .map(|k| {
                let hz = (f64::from(k) * BIN_HZ).max(1.0);
                let voice_db = formant_db * (std::f64::consts::TAU * hz / 1000.0).sin() - 7.0 * (hz / 1000.0).log2();
                let through_db =
                    filter.map_or(0.0, |(order, cut_hz)| -10.0 * (1.0 + (hz / cut_hz).powf(2.0 * order)).log10());
                (voice_db + through_db).max(-65.0)
            })
            .collect();
        cut_off_hz(&levels_db, &[-65.0; 257], BIN_HZ, 1200.0, 8000.0)
    }

    #[test]
    fn the_cut_off_of_a_filter_of_any_order_is_its_3_db_point() {
        // Formants move a gentle skirt further than a steep one: 4 dB are 0.08 octaves of 48 dB, but 0.17 of 24.
        for (formant_db, orders) in [(0.0, [4.0, 5.0, 7.0, 8.0]), (2.0, [8.0, 10.0, 12.0, 16.0])] {
            for (order, cut_hz) in orders.iter().flat_map(|&n| [2500.0, 3000.0, 3400.0, 5000.0].map(|hz| (n, hz))) {
                let found = cut_off_of(formant_db, Some((order, cut_hz))).expect("a filter");
                // 150 Hz: what the report promises.
                assert!((found - cut_hz).abs() <= 150.0, "order {order} at {cut_hz}, {formant_db} dB: {found}");
            }
        }
    }

    #[test]
    fn a_voice_that_only_falls_has_no_cut_off() {
        assert_eq!(cut_off_of(2.0, None), None);
    }

    #[test]
    fn a_spectrum_of_nothing_has_no_cut_off() {
        assert_eq!(cut_off_hz(&[], &[], BIN_HZ, 1200.0, 8000.0), None);
        assert_eq!(cut_off_hz(&[-100.0; 100], &[-100.0; 100], BIN_HZ, 1200.0, 3000.0), None);
    }
}
