//! Which 9.01 s of a channel are rated: few, as each costs about half a second of processor time, where the party
//! speaks most, and spread over the call. The choice depends on the speech alone, so it is the same every time.

use crate::timeline::Timeline;

/// What the network hears at once, and the margin that the resampler's filter wants.
const WINDOW_S: f64 = super::WINDOW as f64 / super::RATE_HZ as f64 + 0.01;

/// One window for every ten minutes begun: in a stereo call of that length both channels then cost about 1 s, less
/// than voice activity does.
const STRETCH_S: f64 = 600.0;

/// More windows change the mean by less than the estimate itself is wrong.
const MOST_WINDOWS: usize = 6;

/// A window must be speech for this share of its time: a rating of speech needs some. Listeners in P.835 tests hear
/// sentences with pauses, about half of it speech.
const LEAST_SHARE: f64 = 1.0 / 3.0;

/// And for this long, which matters in sounds shorter than a window: a word or two.
const LEAST_SPEECH_S: f64 = 1.0;

/// Starts are tried in these steps: moving by half a second changes a window of 9 s by a twentieth.
const STEP_S: f64 = 0.5;

/// Starts in seconds of the windows to rate, in order; none if there is too little speech. In a sound shorter than a
/// window it is 0.
pub(super) fn choose(speech: &Timeline, duration_s: f64) -> Vec<f64> {
    let heard = Heard::new(speech);
    let n = ((duration_s / STRETCH_S).ceil() as usize).clamp(1, MOST_WINDOWS);
    let last_start_s = (duration_s - WINDOW_S).max(0.0);
    let mut starts_s = Vec::with_capacity(n);
    for i in 0..n {
        // Parts of the call with the same amount of speech each.
        let (from_s, to_s) = (heard.time_at(i as f64 / n as f64), heard.time_at((i + 1) as f64 / n as f64));
        // A part shorter than a window is heard with what is around it.
        let spare_s = (to_s - from_s - WINDOW_S).max(0.0);
        let first_s = from_s.min((from_s + to_s - WINDOW_S) / 2.0).clamp(0.0, last_start_s);
        let n_steps = (spare_s / STEP_S) as usize;
        let mut best: Option<(f64, f64)> = None;
        for start_s in (0..=n_steps).map(|step| (first_s + step as f64 * STEP_S).min(last_start_s)) {
            let speech_s = heard.between(start_s, start_s + WINDOW_S);
            // A millisecond: sums of the same spans in another order must not decide.
            if best.is_none_or(|(_, most_s)| speech_s > most_s + 1e-3) {
                best = Some((start_s, speech_s));
            }
        }
        let least_s = (LEAST_SHARE * WINDOW_S.min(duration_s)).max(LEAST_SPEECH_S);
        starts_s.extend(best.filter(|(_, speech_s)| *speech_s >= least_s).map(|(start_s, _)| start_s));
    }
    starts_s.dedup();
    starts_s
}

/// Speech by time, and time by speech.
struct Heard<'a> {
    speech: &'a Timeline,
    /// Seconds of speech before each span.
    before_s: Vec<f64>,
    total_s: f64,
}

impl<'a> Heard<'a> {
    fn new(speech: &'a Timeline) -> Self {
        let mut total_s = 0.0;
        let before_s = speech
            .spans()
            .iter()
            .map(|span| {
                let before_s = total_s;
                total_s += span.duration_s();
                before_s
            })
            .collect();
        Self { speech, before_s, total_s }
    }

    /// Seconds of speech before `t_s`.
    fn until(&self, t_s: f64) -> f64 {
        let spans = self.speech.spans();
        match spans.partition_point(|span| span.start_s < t_s).checked_sub(1) {
            Some(i) => self.before_s[i] + spans[i].end_s.min(t_s) - spans[i].start_s,
            None => 0.0,
        }
    }

    fn between(&self, from_s: f64, to_s: f64) -> f64 {
        self.until(to_s) - self.until(from_s)
    }

    /// When this share of the speech has been heard; 0 without speech.
    fn time_at(&self, share: f64) -> f64 {
        let wanted_s = share * self.total_s;
        let i = self.before_s.partition_point(|before_s| *before_s <= wanted_s).saturating_sub(1);
        match (self.speech.spans().get(i), self.before_s.get(i)) {
            (Some(span), Some(before_s)) => (span.start_s + wanted_s - before_s).min(span.end_s),
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::TimeSpan;

    fn check(spans: &[(f64, f64)], duration_s: f64, expected: &[f64]) {
        let speech = Timeline::new(spans.iter().map(|(from_s, to_s)| TimeSpan::new(*from_s, *to_s)));
        let found = choose(&speech, duration_s);
        let is_near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-6;
        assert!(found.len() == expected.len() && found.iter().zip(expected).all(is_near), "{found:?} {expected:?}");
        // Whatever was chosen lies inside.
        assert!(found.iter().all(|start_s| *start_s >= 0.0 && *start_s <= (duration_s - WINDOW_S).max(0.0)));
    }

    #[test]
    fn the_window_with_most_speech_is_taken_and_of_equals_the_first() {
        check(&[(10.0, 13.0), (40.0, 55.0)], 120.0, &[40.0]);
        check(&[(20.0, 80.0)], 120.0, &[20.0]);
    }

    #[test]
    fn speech_at_the_end_is_heard_with_what_comes_before() {
        check(&[(55.0, 60.0)], 60.0, &[60.0 - WINDOW_S]);
        check(&[(0.0, 4.0)], 60.0, &[0.0]);
    }

    #[test]
    fn without_enough_speech_nothing_is_rated() {
        check(&[], 60.0, &[]);
        check(&[(10.0, 12.9)], 60.0, &[]);
        check(&[(0.0, 0.9)], 1.0, &[]);
        check(&[(0.0, 1.0)], 4.0, &[]);
    }

    #[test]
    fn a_sound_shorter_than_a_window_is_rated_from_its_start() {
        check(&[(1.0, 3.0)], 5.0, &[0.0]);
        check(&[(0.5, 1.5)], 2.0, &[0.0]);
    }

    #[test]
    fn long_calls_get_a_window_for_every_ten_minutes_but_not_without_end() {
        let turns: Vec<(f64, f64)> = (0..720).map(|i| (f64::from(i) * 20.0, f64::from(i) * 20.0 + 10.0)).collect();
        let speech = |until_s: f64| turns.iter().copied().filter(|(_, to_s)| *to_s <= until_s).collect::<Vec<_>>();
        let n_of = |duration_s: f64| {
            let spans = speech(duration_s);
            choose(&Timeline::new(spans.iter().map(|(a, b)| TimeSpan::new(*a, *b))), duration_s).len()
        };
        assert_eq!([300.0, 599.0, 601.0, 1800.0, 14_400.0].map(n_of), [1, 1, 2, 3, MOST_WINDOWS]);
    }

    #[test]
    fn windows_of_one_channel_are_spread_over_its_speech() {
        // Twenty minutes; the party speaks in the first and the last minute only.
        check(&[(0.0, 60.0), (1140.0, 1200.0)], 1200.0, &[0.0, 1140.0]);
    }
}
