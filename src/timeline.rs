//! When something holds: sorted, disjoint spans of time with the set operations that activity, overtalk and
//! silence are made of. Not a schedule: spans carry no label.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// From `start_s` (inclusive) to `end_s` (exclusive), in seconds from the first sample as a player plays it.
// Invariant, kept by the code that makes spans: start_s <= end_s.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimeSpan {
    /// Start in seconds.
    pub start_s: f64,
    /// End in seconds.
    pub end_s: f64,
}

impl TimeSpan {
    /// A span; the two ends may come in either order.
    pub fn new(a_s: f64, b_s: f64) -> Self {
        Self { start_s: a_s.min(b_s), end_s: a_s.max(b_s) }
    }

    /// Length in seconds.
    pub fn duration_s(&self) -> f64 {
        self.end_s - self.start_s
    }

    /// Length in seconds of what both spans share, 0 if nothing.
    pub fn overlap_s(&self, other: &TimeSpan) -> f64 {
        (self.end_s.min(other.end_s) - self.start_s.max(other.start_s)).max(0.0)
    }
}

/// Sorted, disjoint, non-empty spans that do not touch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Timeline {
    spans: Vec<TimeSpan>,
}

impl Timeline {
    /// From spans in any order; those that overlap or touch become one, empty and non-finite ones are dropped.
    pub fn new(spans: impl IntoIterator<Item = TimeSpan>) -> Self {
        let mut sorted: Vec<TimeSpan> = spans
            .into_iter()
            .filter(|s| s.start_s.is_finite() && s.end_s.is_finite() && s.duration_s() > 0.0)
            .collect();
        sorted.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
        let mut merged: Vec<TimeSpan> = Vec::with_capacity(sorted.len());
        for span in sorted {
            match merged.last_mut() {
                Some(last) if span.start_s <= last.end_s => last.end_s = last.end_s.max(span.end_s),
                _ => merged.push(span),
            }
        }
        Self { spans: merged }
    }

    /// From one flag a frame of `frame_s` seconds.
    pub fn from_frames(active: &[bool], frame_s: f64) -> Self {
        Self::new(
            active
                .iter()
                .enumerate()
                .filter(|(_, is_active)| **is_active)
                .map(|(i, _)| TimeSpan::new(i as f64 * frame_s, (i + 1) as f64 * frame_s)),
        )
        .closed(frame_s * 1e-6)
    }

    /// One flag a frame of `frame_s` seconds: is the middle of the frame inside a span?
    pub fn to_frames(&self, frame_s: f64, n_frames: usize) -> Vec<bool> {
        let mut flags = vec![false; n_frames];
        for span in &self.spans {
            let first = (span.start_s / frame_s - 0.5).ceil().max(0.0) as usize;
            let end = ((span.end_s / frame_s - 0.5).ceil().max(0.0) as usize).min(n_frames);
            if first < end {
                flags[first..end].fill(true);
            }
        }
        flags
    }

    /// The spans, in order.
    pub fn spans(&self) -> &[TimeSpan] {
        &self.spans
    }

    /// True if there is no span.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Sum of the lengths in seconds.
    pub fn total_s(&self) -> f64 {
        // A fold from 0: the sum of nothing is -0, and problems would speak of "-0.0 s of speech".
        self.spans.iter().map(TimeSpan::duration_s).fold(0.0, |total_s, length_s| total_s + length_s)
    }

    /// Where either holds.
    pub fn union(&self, other: &Timeline) -> Timeline {
        Timeline::new(self.spans.iter().chain(&other.spans).copied())
    }

    /// Where both hold.
    pub fn intersection(&self, other: &Timeline) -> Timeline {
        let (mut i, mut j) = (0, 0);
        let mut shared = Vec::new();
        while let (Some(a), Some(b)) = (self.spans.get(i), other.spans.get(j)) {
            let (start_s, end_s) = (a.start_s.max(b.start_s), a.end_s.min(b.end_s));
            if start_s < end_s {
                shared.push(TimeSpan { start_s, end_s });
            }
            if a.end_s <= b.end_s { i += 1 } else { j += 1 }
        }
        Timeline { spans: shared }
    }

    /// Where this holds and `other` does not.
    pub fn minus(&self, other: &Timeline) -> Timeline {
        let Some(end_s) = self.spans.last().map(|s| s.end_s) else { return Timeline::default() };
        self.intersection(&other.gaps(end_s))
    }

    /// Where this does not hold between 0 and `end_s`.
    pub fn gaps(&self, end_s: f64) -> Timeline {
        let mut from_s = 0.0;
        let mut gaps = Vec::new();
        for span in &self.spans {
            if span.start_s >= end_s {
                break;
            }
            if span.start_s > from_s {
                gaps.push(TimeSpan { start_s: from_s, end_s: span.start_s });
            }
            from_s = from_s.max(span.end_s);
        }
        if from_s < end_s {
            gaps.push(TimeSpan { start_s: from_s, end_s });
        }
        Timeline { spans: gaps }
    }

    /// Gaps of at most `max_gap_s` closed.
    pub fn closed(&self, max_gap_s: f64) -> Timeline {
        let mut closed: Vec<TimeSpan> = Vec::with_capacity(self.spans.len());
        for span in &self.spans {
            match closed.last_mut() {
                Some(last) if span.start_s - last.end_s <= max_gap_s => last.end_s = span.end_s,
                _ => closed.push(*span),
            }
        }
        Timeline { spans: closed }
    }

    /// Only the spans of at least `min_s`.
    pub fn longer_than(&self, min_s: f64) -> Timeline {
        Timeline { spans: self.spans.iter().filter(|s| s.duration_s() >= min_s).copied().collect() }
    }

    /// Each span widened by `by_s` on both sides, not beyond 0 and `end_s`. A negative `by_s` shrinks.
    pub fn widened(&self, by_s: f64, end_s: f64) -> Timeline {
        Timeline::new(self.spans.iter().filter_map(|s| {
            let (start_s, end_s) = ((s.start_s - by_s).max(0.0), (s.end_s + by_s).min(end_s));
            (start_s < end_s).then_some(TimeSpan { start_s, end_s })
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(spans: &[(f64, f64)]) -> Timeline {
        Timeline::new(spans.iter().map(|(a, b)| TimeSpan::new(*a, *b)))
    }

    #[test]
    fn spans_that_touch_become_one() {
        assert_eq!(line(&[(1.0, 2.0), (0.0, 1.0), (3.0, 3.0)]), line(&[(0.0, 2.0)]));
    }

    #[test]
    fn turns_that_only_touch_do_not_overlap() {
        assert!(line(&[(0.0, 1.0)]).intersection(&line(&[(1.0, 2.0)])).is_empty());
    }

    #[test]
    fn intersection_gaps_and_minus_agree() {
        let (a, b) = (line(&[(0.0, 4.0), (6.0, 8.0)]), line(&[(1.0, 2.0), (3.0, 7.0)]));
        assert_eq!(a.intersection(&b), line(&[(1.0, 2.0), (3.0, 4.0), (6.0, 7.0)]));
        assert_eq!(a.minus(&b), line(&[(0.0, 1.0), (2.0, 3.0), (7.0, 8.0)]));
        assert_eq!(a.gaps(10.0), line(&[(4.0, 6.0), (8.0, 10.0)]));
        assert_eq!(a.union(&b).total_s() + a.union(&b).gaps(10.0).total_s(), 10.0);
    }

    #[test]
    fn frames_and_spans_convert_both_ways() {
        let flags = [false, true, true, false, true];
        let timeline = Timeline::from_frames(&flags, 0.01);
        assert_eq!(timeline.spans().len(), 2);
        assert_eq!(timeline.to_frames(0.01, 5), flags);
    }

    #[test]
    fn closing_and_dropping_follow_their_limits() {
        let a = line(&[(0.0, 1.0), (1.2, 1.3), (5.0, 5.05)]);
        assert_eq!(a.closed(0.25), line(&[(0.0, 1.3), (5.0, 5.05)]));
        assert_eq!(a.longer_than(0.1).spans().len(), 2);
        assert_eq!(a.widened(1.0, 5.5), line(&[(0.0, 2.3), (4.0, 5.5)]));
    }
}
