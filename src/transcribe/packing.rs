//! Cutting a channel into the windows that the model hears: pure arithmetic on spans.
//!
//! Whisper always hears 30 s, padded with silence, so its cost is per window: few full windows are cheap. The speech of
//! a party is put together without most of its long pauses, in which the other party speaks, and cut between phrases, so
//! that a cut costs no word.

use crate::timeline::{TimeSpan, Timeline};

/// Whisper hears 30 s; half a second is left, because at a full window it tends to drop the last word.
pub(super) const MAX_WINDOW_S: f64 = 29.5;

/// Sound kept before and after the speech, where the gap allows: soft onsets that the detector misses.
const PAD_S: f64 = 0.2;

/// A longer pause within a window is shortened to this: still a pause to the model, which ends a sentence there.
const KEPT_PAUSE_S: f64 = 0.6;

/// Sound for one run of the model.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Window {
    /// What is heard, in seconds of the call, one after the other. Never empty; parts of windows do not overlap.
    pub parts: Vec<TimeSpan>,
    /// The speech in them, in seconds of the call.
    pub speech: Timeline,
}

impl Window {
    /// Length of what is heard.
    pub fn duration_s(&self) -> f64 {
        self.parts.iter().map(TimeSpan::duration_s).sum()
    }

    /// From seconds of the window to the call, where a word starts or ends: at a cut the start belongs to the part
    /// after it, the end to the one before. Times beyond the window are taken as its ends.
    pub fn in_call(&self, span: TimeSpan) -> TimeSpan {
        let at = |local_s: f64, is_end: bool| {
            let mut left_s = local_s.max(0.0);
            for part in &self.parts {
                let is_here = if is_end { left_s <= part.duration_s() } else { left_s < part.duration_s() };
                if is_here {
                    return part.start_s + left_s;
                }
                left_s -= part.duration_s();
            }
            self.parts.last().map_or(0.0, |part| part.end_s)
        };
        let start_s = at(span.start_s, false);
        TimeSpan::new(start_s, at(span.end_s, true).max(start_s))
    }

    /// Spans of the call as seconds of the window; what is not in it is left out.
    pub fn of_call(&self, spans: &Timeline) -> Timeline {
        self.moved(spans, |part, offset_s| (*part, offset_s - part.start_s))
    }

    /// Spans of the window as seconds of the call, cut where the window is.
    pub fn spans_in_call(&self, spans: &Timeline) -> Timeline {
        self.moved(spans, |part, offset_s| {
            (TimeSpan::new(offset_s, offset_s + part.duration_s()), part.start_s - offset_s)
        })
    }

    /// What of the spans lies in each part, moved; `of` gives where that is and by how much, from the part and its start
    /// in the window.
    fn moved(&self, spans: &Timeline, of: impl Fn(&TimeSpan, f64) -> (TimeSpan, f64)) -> Timeline {
        let mut offset_s = 0.0;
        let mut moved = Vec::new();
        for part in &self.parts {
            let (from, by_s) = of(part, offset_s);
            let inside = spans.intersection(&Timeline::new([from]));
            moved.extend(inside.spans().iter().map(|s| TimeSpan::new(s.start_s + by_s, s.end_s + by_s)));
            offset_s += part.duration_s();
        }
        Timeline::new(moved)
    }

    /// What of the window begins at this second of the call; `None` if that is no speech.
    pub fn after(&self, from_s: f64) -> Option<Self> {
        let end_s = self.parts.last()?.end_s;
        let speech = self.speech.intersection(&Timeline::new([TimeSpan::new(from_s.min(end_s), end_s)]));
        let first_s = speech.spans().first()?.start_s;
        let from_s = (first_s - PAD_S).max(from_s);
        let parts = self.parts.iter().filter(|part| part.end_s > from_s);
        let parts = parts.map(|part| TimeSpan::new(part.start_s.max(from_s), part.end_s)).collect();
        Some(Self { parts, speech })
    }
}

/// Windows of at most [`MAX_WINDOW_S`] that hold all of `speech`, in order, cut only in its gaps.
///
/// A single span that is too long is cut at `quietest(range)`, a time within the given range.
pub(super) fn pack(speech: &Timeline, duration_s: f64, quietest: impl Fn(TimeSpan) -> f64) -> Vec<Window> {
    let pieces = pieces(speech, quietest);
    let mut windows: Vec<Window> = Vec::new();
    let mut open: Option<(Vec<TimeSpan>, Vec<TimeSpan>)> = None;
    for (i, piece) in pieces.iter().enumerate() {
        let gap_before_s = if i == 0 { piece.start_s } else { (piece.start_s - pieces[i - 1].end_s).max(0.0) };
        let end_of_gap_s = pieces.get(i + 1).map_or(duration_s, |next| next.start_s);
        let gap_after_s = (end_of_gap_s - piece.end_s).max(0.0);
        // Half of a gap at most, so that neighbours do not overlap; all of it at the ends of the call is no harm.
        let end_s = piece.end_s + PAD_S.min(gap_after_s / 2.0);
        let alone = TimeSpan::new(piece.start_s - PAD_S.min(gap_before_s / 2.0), end_s);
        if let Some((parts, held)) = &mut open {
            let mut joined = parts.clone();
            join(&mut joined, TimeSpan::new(piece.start_s, end_s), pieces[i - 1].end_s);
            if joined.iter().map(TimeSpan::duration_s).sum::<f64>() <= MAX_WINDOW_S {
                *parts = joined;
                held.push(*piece);
                continue;
            }
        }
        windows.extend(open.take().map(close));
        open = Some((vec![alone], vec![*piece]));
    }
    windows.extend(open.map(close));
    windows
}

fn close((parts, speech): (Vec<TimeSpan>, Vec<TimeSpan>)) -> Window {
    Window { parts, speech: Timeline::new(speech) }
}

/// Adds a piece to parts that end a little after `last_end_s`, where the speech before it ends.
fn join(parts: &mut Vec<TimeSpan>, piece: TimeSpan, last_end_s: f64) {
    let Some(last) = parts.last_mut() else { return };
    if piece.start_s - last_end_s <= KEPT_PAUSE_S {
        last.end_s = piece.end_s;
        return;
    }
    last.end_s = last_end_s + KEPT_PAUSE_S / 2.0;
    parts.push(TimeSpan::new(piece.start_s - KEPT_PAUSE_S / 2.0, piece.end_s));
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

    fn round(x: f64) -> f64 {
        (x * 100.0).round() / 100.0
    }

    /// Parts of the windows, rounded to 0.01 s; the quietest point of a range is a quarter into it.
    fn check(speech: &[(f64, f64)], duration_s: f64, expected: &[&[(f64, f64)]]) {
        let speech = line(speech);
        let windows = pack(&speech, duration_s, |range| range.start_s + range.duration_s() / 4.0);
        let rounded = |part: &TimeSpan| (round(part.start_s), round(part.end_s));
        let got: Vec<Vec<(f64, f64)>> = windows.iter().map(|w| w.parts.iter().map(rounded).collect()).collect();
        assert_eq!(got, expected);
        let parts: Vec<TimeSpan> = windows.iter().flat_map(|w| w.parts.clone()).collect();
        for pair in parts.windows(2) {
            assert!(pair[0].end_s <= pair[1].start_s);
        }
        let mut all_speech = 0.0;
        for window in &windows {
            assert!(window.duration_s() <= MAX_WINDOW_S + 1e-9);
            assert!(window.parts[0].start_s >= 0.0 && window.parts.last().expect("a part").end_s <= duration_s + 1e-9);
            let inside = window.speech.intersection(&Timeline::new(window.parts.iter().copied()));
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
        check(&[(1.0, 5.0), (5.5, 20.0)], 60.0, &[&[(0.8, 20.2)]]);
        check(&[(0.0, 5.0)], 5.0, &[&[(0.0, 5.0)]]);
        check(&[(0.1, 4.9)], 5.0, &[&[(0.05, 4.95)]]);
    }

    #[test]
    fn long_pauses_are_shortened_and_short_ones_kept() {
        check(&[(1.0, 5.0), (7.0, 20.0)], 60.0, &[&[(0.8, 5.3), (6.7, 20.2)]]);
        // 25 + 0.6 + 3 + 0.4 fit where 50 s of call do not.
        check(&[(1.0, 26.0), (48.0, 51.0)], 90.0, &[&[(0.8, 26.3), (47.7, 51.2)]]);
    }

    #[test]
    fn windows_are_cut_in_gaps_and_share_a_short_one() {
        check(&[(0.0, 20.0), (20.2, 40.0)], 40.0, &[&[(0.0, 20.1)], &[(20.1, 40.0)]]);
        check(
            &[(0.0, 10.0), (12.0, 25.0), (28.0, 35.0), (50.0, 70.0)],
            90.0,
            &[&[(0.0, 10.3), (11.7, 25.2)], &[(27.8, 35.3), (49.7, 70.2)]],
        );
    }

    #[test]
    fn a_window_never_passes_its_limit() {
        check(&[(0.2, 10.0), (10.5, 29.3)], 90.0, &[&[(0.1, 29.5)]]);
        check(&[(0.2, 10.0), (10.5, 29.6)], 90.0, &[&[(0.1, 10.2)], &[(10.3, 29.8)]]);
    }

    #[test]
    fn speech_without_a_gap_is_cut_where_it_is_quietest() {
        // Each cut lies a quarter into the second half of the 29.1 s that fit.
        check(&[(0.0, 60.0)], 60.0, &[&[(0.0, 18.19)], &[(18.19, 36.38)], &[(36.38, 60.0)]]);
    }

    #[test]
    fn times_of_a_window_are_those_of_the_call() {
        let window = pack(&line(&[(1.0, 5.0), (7.0, 20.0)]), 60.0, |r| r.start_s).remove(0);
        // 4.5 s before the cut at 5.3 s, which goes on at 6.7 s.
        for (local, call) in [
            ((0.0, 1.0), (0.8, 1.8)),
            ((4.0, 4.5), (4.8, 5.3)),
            ((4.5, 5.0), (6.7, 7.2)),
            ((4.0, 5.0), (4.8, 7.2)),
            ((17.0, 99.0), (19.2, 20.2)),
        ] {
            let span = window.in_call(TimeSpan::new(local.0, local.1));
            assert_eq!((round(span.start_s), round(span.end_s)), call);
        }
    }

    #[test]
    fn spans_move_to_the_window_and_back() {
        let window = pack(&line(&[(1.0, 5.0), (7.0, 20.0)]), 60.0, |r| r.start_s).remove(0);
        let spans = line(&[(0.0, 2.0), (5.0, 6.0), (6.5, 8.0)]);
        let local = window.of_call(&spans);
        let rounded =
            |line: &Timeline| line.spans().iter().map(|s| (round(s.start_s), round(s.end_s))).collect::<Vec<_>>();
        // 5.3 s and 6.7 s of the call touch in the window.
        assert_eq!(rounded(&local), [(0.0, 1.2), (4.2, 5.8)]);
        assert_eq!(rounded(&window.spans_in_call(&local)), [(0.8, 2.0), (5.0, 5.3), (6.7, 8.0)]);
    }

    #[test]
    fn what_is_left_of_a_window_begins_with_its_speech() {
        let window = pack(&line(&[(1.0, 5.0), (7.0, 20.0)]), 60.0, |r| r.start_s).remove(0);
        let rest = window.after(5.0).expect("there is more");
        assert_eq!((rest.parts.clone(), rest.speech), (vec![TimeSpan::new(6.8, 20.2)], line(&[(7.0, 20.0)])));
        let rest = window.after(10.0).expect("there is more");
        assert_eq!(rest.parts, [TimeSpan::new(10.0, 20.2)]);
        assert_eq!(window.after(20.0), None);
    }
}
