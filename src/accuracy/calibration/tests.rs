//! Tests: recalibration against what can be reckoned by hand, and on reviewers that are simulated.

use super::*;

fn sample<'a>(recording: &'a str, rule: &'a str, category: &'a str, confidence: f64, agreed: bool) -> Sample<'a> {
    Sample { recording, rule, category, confidence, agreed_ratio: f64::from(u8::from(agreed)) }
}

/// `n` verdicts on one rule, of which the first `n_agreed` agree.
fn of_one_rule(confidence: f64, n: usize, n_agreed: usize) -> Calibration {
    Calibration::fit((0..n).map(|i| sample("r", "a.1", "a", confidence, i < n_agreed)))
}

#[test]
fn without_reviews_every_confidence_is_as_it_was() {
    let none = Calibration::fit([]);
    for confidence in [0.0, 0.001, 0.5, 1.0] {
        assert_eq!(none.of("a.1", "a", confidence), confidence);
    }
    // Nor do numbers that are none count as reviews.
    assert_eq!(Calibration::fit([sample("r", "a.1", "a", f64::NAN, true)]), none);
}

#[test]
fn the_shift_of_one_rule_is_where_verdicts_and_prior_balance() {
    let check = |confidence: f64, n: usize, n_agreed: usize| {
        // With one rule and one category the shift alone counts, with the sum of the variances: n_agreed - n·q(shift)
        // = shift / (0.35² + 0.5² + 0.7²), found by halving.
        let variance = 0.35_f64.powi(2) + 0.5_f64.powi(2) + 0.7_f64.powi(2);
        let excess = |shift: f64| {
            let q = 1.0 / (1.0 + (-(confidence / (1.0 - confidence)).ln() - shift).exp());
            n_agreed as f64 - n as f64 * q - shift / variance
        };
        let (mut low, mut high) = (-20.0, 20.0);
        for _ in 0..100 {
            let middle = (low + high) / 2.0;
            if excess(middle) > 0.0 { low = middle } else { high = middle }
        }
        let found = of_one_rule(confidence, n, n_agreed).shift("a.1", "a");
        // 1e-7: the sweeps end at steps of 1e-9, and follow each other slowly.
        assert!((found - low).abs() < 1e-7, "{n_agreed} of {n} at {confidence}: {found}, {low}");
    };
    check(0.9, 1, 0);
    check(0.9, 12, 3);
    check(0.5, 40, 40);
    check(0.8, 5000, 100);
    check(0.99, 300, 0);
}

#[test]
fn few_verdicts_change_little_and_many_decide() {
    let check = |n: usize, n_agreed: usize, from: f64, to: f64| {
        let found = of_one_rule(0.9, n, n_agreed).of("a.1", "a", 0.9);
        assert!((from..=to).contains(&found), "{n_agreed} of {n}: {found}");
    };
    check(1, 1, 0.9, 0.91);
    check(1, 0, 0.8, 0.9);
    check(10, 9, 0.89, 0.91);
    check(2000, 600, 0.3, 0.32);
    // Never sure, however many.
    check(100_000, 100_000, 0.98, 0.99);
    check(100_000, 0, 0.01, 0.02);
}

#[test]
fn a_higher_confidence_stays_the_higher_one() {
    for n_agreed in [0, 4, 20] {
        let fitted = of_one_rule(0.7, 20, n_agreed);
        let confidences = (0..=100).map(|i| fitted.of("a.1", "a", f64::from(i) / 100.0)).collect::<Vec<_>>();
        assert!(confidences.is_sorted(), "{confidences:?}");
        assert!(confidences.iter().all(|q| (LEAST..=1.0 - LEAST).contains(q)), "{confidences:?}");
    }
}

#[test]
fn what_was_not_reviewed_follows_its_category_and_less_so_everything() {
    let fitted = of_one_rule(0.8, 50, 10);
    let [rule, neighbour, stranger] =
        [("a.1", "a"), ("a.2", "a"), ("b.1", "b")].map(|(rule, category)| fitted.of(rule, category, 0.8));
    assert!(rule < neighbour && neighbour < stranger && stranger < 0.8, "{rule} {neighbour} {stranger}");
    // The parts of the shift are as the variances: of all, of the category, of the rule.
    let shares = [fitted.shift("b.1", "b"), fitted.shift("a.2", "a"), fitted.shift("a.1", "a")];
    for (share, variance) in shares.iter().zip([0.1225, 0.3725, 0.8625]) {
        assert!((share / shares[2] - variance / 0.8625).abs() < 1e-6, "{shares:?}");
    }
}

/// Uniform numbers 0..1 from a seed (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Names of recordings and rules; rule `k` of 20 says 0.85 and is right in `share(k)` of the cases.
fn reviewed(seed: u64, n: usize, share: impl Fn(usize) -> f64) -> Vec<(String, String, String, bool)> {
    let mut random = Random(seed);
    let one = |i: usize| {
        let rule = (random.next() * 20.0) as usize;
        let agreed = random.next() < share(rule);
        (format!("recording {}", i % 50), format!("c{}.{rule}", rule % 5), format!("c{}", rule % 5), agreed)
    };
    (0..n).map(one).collect()
}

fn samples(reviewed: &[(String, String, String, bool)]) -> Vec<Sample<'_>> {
    reviewed
        .iter()
        .map(|(recording, rule, category, agreed)| sample(recording, rule, category, 0.85, *agreed))
        .collect()
}

#[test]
fn on_recordings_that_it_has_not_seen_it_is_better_where_rules_differ_and_hardly_worse_where_not() {
    for seed in 1..=10 {
        // A third of the rules is right in four cases of ten: what a list that fits the calls badly looks like.
        let differing = reviewed(seed, 400, |rule| if rule % 3 == 0 { 0.4 } else { 0.9 });
        let found = held_out(&samples(&differing)).expect("50 recordings");
        assert_eq!((found.n, found.n_recordings), (400, 50));
        // What could be gained at most: 0.1375² or 0.45², weighed by how many rules there are: about 0.06.
        assert!(found.brier_after < found.brier_before - 0.03, "{found:?}");
        let right = reviewed(seed, 400, |_| 0.85);
        let found = held_out(&samples(&right)).expect("50 recordings");
        // Noise of 20 verdicts a rule, shrunk to a half: below the 0.006 that an unshrunk rate would cost (p(1-p)/20).
        assert!(found.brier_after < found.brier_before + 0.004, "{found:?}");
    }
    assert_eq!(held_out(&samples(&reviewed(1, 1, |_| 0.5))), None, "one recording cannot be held out");
}

#[test]
fn the_order_of_the_verdicts_changes_nothing() {
    let reviewed = reviewed(3, 200, |rule| rule as f64 / 20.0);
    let mut samples = samples(&reviewed);
    let (fitted, out) = (Calibration::fit(samples.iter().copied()), held_out(&samples));
    samples.reverse();
    assert_eq!(Calibration::fit(samples.iter().copied()), fitted);
    assert_eq!(held_out(&samples).map(|o| o.n), out.map(|o| o.n));
}

#[test]
fn the_calibration_error_is_the_mean_distance_of_the_bins() {
    let found = reliability([(0.95, 1.0), (0.95, 0.0), (0.55, 1.0), (1.0, 1.0)]);
    // In the last tenth 2 of 3 agreed where 2.9 were expected, in the sixth 1 where 0.55 were.
    assert_eq!(found.bins.iter().map(|bin| bin.n).collect::<Vec<_>>(), [1, 3]);
    assert!(found.calibration_error.is_some_and(|e| (e - (0.9 + 0.45) / 4.0).abs() < 1e-12), "{found:?}");
    assert_eq!(reliability([]), Reliability { n: 0, calibration_error: None, bins: Vec::new() });
}
