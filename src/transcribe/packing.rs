//! Cutting a channel into the windows that the model hears: pure arithmetic on spans.
//!
//! Whisper always hears 30 s, padded with silence, so its cost is per window: few long windows are cheap, and a cut
//! between words costs no word.

use crate::timeline::{TimeSpan, Timeline};

/// Whisper hears 30 s; half a second is left, because at a full window it tends to drop the last word.
pub(super) const MAX_WINDOW_S: f64 = 29.5;

/// Sound kept before and after the speech, where the gap allows: soft onsets that the detector misses.
const PAD_S: f64 = 0.2;

/// A piece of the channel for one run of the model.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Window {
    /// What is heard. Windows do not overlap.
    pub span: TimeSpan,
    /// The speech in it, within `span`.
    pub speech: Timeline,
}

/// Windows of at most [`MAX_WINDOW_S`] that hold all of `speech`, in order, cut only in its gaps.
///
/// A single span that is too long is cut at `quietest(range)`, a time within the given range.
pub(super) fn pack(speech: &Timeline, duration_s: f64, quietest: impl Fn(TimeSpan) -> f64) -> Vec<Window> {
    let pieces = pieces(speech, quietest);
    let gap_after =
        |i: usize| pieces.get(i + 1).map_or(duration_s, |next| next.start_s).max(pieces[i].end_s) - pieces[i].end_s;
    let gap_before = |i: usize| if i == 0 { pieces[0].start_s } else { gap_after(i - 1) };
    let mut windows = Vec::new();
    let mut first = 0;
    while first < pieces.len() {
        // Half of a gap at most, so that neighbours do not overlap; all of it at the ends of the call is no harm.
        let start_s = pieces[first].start_s - PAD_S.min(gap_before(first) / 2.0);
        let end_of = |i: usize| pieces[i].end_s + PAD_S.min(gap_after(i) / 2.0);
        let mut last = first;
        while last + 1 < pieces.len() && end_of(last + 1) - start_s <= MAX_WINDOW_S {
            last += 1;
        }
        windows.push(Window {
            span: TimeSpan::new(start_s, end_of(last)),
            speech: Timeline::new(pieces[first..=last].iter().copied()),
        });
        first = last + 1;
    }
    windows
}

/// The spans, those that do not fit a window cut at quiet points.
fn pieces(speech: &Timeline, quietest: impl Fn(TimeSpan) -> f64) -> Vec<TimeSpan> {
    let longest_s = MAX_WINDOW_S - 2.0 * PAD_S;
    let mut pieces = Vec::new();
    for span in speech.spans() {
        let mut start_s = span.start_s;
        while span.end_s - start_s > longest_s {
            // In the second half, so that windows stay long.
            let range = TimeSpan::new(start_s + longest_s / 2.0, start_s + longest_s);
            let cut_s = quietest(range).clamp(range.start_s, range.end_s);
            pieces.push(TimeSpan::new(start_s, cut_s));
            start_s = cut_s;
        }
        pieces.push(TimeSpan::new(start_s, span.end_s));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(spans: &[(f64, f64)]) -> Timeline {
        Timeline::new(spans.iter().map(|(a, b)| TimeSpan::new(*a, *b)))
    }

    /// Windows, rounded to 0.01 s; the quietest point of a range is a quarter into it.
    fn check(speech: &[(f64, f64)], duration_s: f64, expected: &[(f64, f64)]) {
        let speech = line(speech);
        let windows = pack(&speech, duration_s, |range| range.start_s + range.duration_s() / 4.0);
        let round = |x: f64| (x * 100.0).round() / 100.0;
        let got: Vec<(f64, f64)> = windows.iter().map(|w| (round(w.span.start_s), round(w.span.end_s))).collect();
        assert_eq!(got, expected);
        for pair in windows.windows(2) {
            assert!(pair[0].span.end_s <= pair[1].span.start_s);
        }
        let mut all_speech = 0.0;
        for window in &windows {
            assert!(window.span.duration_s() <= MAX_WINDOW_S + 1e-9);
            assert!(window.span.start_s >= 0.0 && window.span.end_s <= duration_s + 1e-9);
            let inside = window.speech.intersection(&Timeline::new([window.span]));
            assert!((inside.total_s() - window.speech.total_s()).abs() < 1e-9);
            all_speech += inside.total_s();
        }
        assert!((all_speech - speech.total_s()).abs() < 1e-9);
    }

    #[test]
    fn no_speech_needs_no_window() {
        check(&[], 60.0, &[]);
    }

    #[test]
    fn what_fits_is_one_window_with_a_little_around_it() {
        check(&[(1.0, 5.0), (7.0, 20.0)], 60.0, &[(0.8, 20.2)]);
        check(&[(0.0, 5.0)], 5.0, &[(0.0, 5.0)]);
        check(&[(0.1, 4.9)], 5.0, &[(0.05, 4.95)]);
    }

    #[test]
    fn windows_are_cut_in_gaps_and_share_a_short_one() {
        check(&[(0.0, 20.0), (20.2, 40.0)], 40.0, &[(0.0, 20.1), (20.1, 40.0)]);
        check(
            &[(0.0, 10.0), (12.0, 25.0), (28.0, 31.0), (50.0, 70.0)],
            90.0,
            &[(0.0, 25.2), (27.8, 31.2), (49.8, 70.2)],
        );
    }

    #[test]
    fn a_window_never_passes_its_limit() {
        check(&[(0.2, 10.0), (11.0, 29.3)], 90.0, &[(0.1, 29.5)]);
        check(&[(0.2, 10.0), (11.0, 29.6)], 90.0, &[(0.1, 10.2), (10.8, 29.8)]);
    }

    #[test]
    fn speech_without_a_gap_is_cut_where_it_is_quietest() {
        // Each cut lies a quarter into the second half of the 29.1 s that fit.
        check(&[(0.0, 60.0)], 60.0, &[(0.0, 18.19), (18.19, 36.38), (36.38, 60.0)]);
    }
}
