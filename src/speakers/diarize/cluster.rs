//! Two groups among embeddings on the unit sphere, and how far apart they are. Not how many voices there are: two groups
//! are always found, and whether they are two voices is for the caller to judge by their distance.

/// An embedding or a mean of some, of length 1.
pub(super) type Point = Vec<f32>;

/// As many beginnings, spread over the call, each with the point farthest from it: with two voices in turn nearly every
/// beginning leads to the same two groups.
const N_BEGINNINGS: usize = 12;

/// The groups settle within ten rounds; more would be a tie that goes back and forth.
const MAX_ROUNDS: usize = 30;

/// Neighbouring windows share sound, so that they are alike whoever speaks: pairs nearer than this do not count. Windows of
/// 1.6 s, 0.5 s apart, share nothing from the fourth on.
const SHARED: usize = 3;

/// Cosine of two points of length 1.
pub(super) fn cosine(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum()
}

/// Sum of the points scaled to length 1; `None` if there are none.
pub(super) fn middle<'p>(points: impl Iterator<Item = (&'p Point, f64)>) -> Option<Point> {
    let mut sum: Vec<f64> = Vec::new();
    for (point, weight) in points {
        sum.resize(point.len(), 0.0);
        for (s, x) in sum.iter_mut().zip(point) {
            *s += weight * f64::from(*x);
        }
    }
    let length = sum.iter().map(|s| s * s).sum::<f64>().sqrt();
    (length > 0.0).then(|| sum.iter().map(|s| (s / length) as f32).collect())
}

/// The middles of two groups: spherical two-means, the best of several beginnings. `None` if all points fall into one.
/// I. S. Dhillon, D. S. Modha, "Concept decompositions for large sparse text data using clustering", 2001.
pub(super) fn two_groups(points: &[&Point], weights: &[f64]) -> Option<[Point; 2]> {
    let last = points.len().checked_sub(1)?;
    let mut best: Option<(f64, [Point; 2])> = None;
    for k in 0..N_BEGINNINGS {
        let first = *points.get(k * last / (N_BEGINNINGS - 1))?;
        let far = points.iter().min_by(|a, b| cosine(a, first).total_cmp(&cosine(b, first)))?;
        let Some((closeness, middles)) = settle(points, weights, [first.clone(), Point::clone(far)]) else { continue };
        if best.as_ref().is_none_or(|(most, _)| closeness > *most) {
            best = Some((closeness, middles));
        }
    }
    best.map(|(_, middles)| middles)
}

fn settle(points: &[&Point], weights: &[f64], mut middles: [Point; 2]) -> Option<(f64, [Point; 2])> {
    let mut groups: Vec<bool> = Vec::new();
    let mut closeness = 0.0;
    for _ in 0..MAX_ROUNDS {
        let near = points.iter().map(|p| [cosine(p, &middles[0]), cosine(p, &middles[1])]).collect::<Vec<_>>();
        closeness = near.iter().zip(weights).map(|(c, w)| w * c[0].max(c[1])).sum();
        let now: Vec<bool> = near.iter().map(|c| c[1] > c[0]).collect();
        if now == groups {
            break;
        }
        groups = now;
        let of_group = |group: bool| {
            let own = points.iter().zip(weights).zip(&groups).filter(move |(_, g)| **g == group);
            middle(own.map(|((p, w), _)| (*p, *w)))
        };
        middles = [of_group(false)?, of_group(true)?];
    }
    Some((closeness, middles))
}

/// Mean cosine of two points of one group less that of two points of different groups; points in order of time. `None` if
/// there are not two that share no sound in one group and across.
pub(super) fn separation(points: &[(&Point, usize)]) -> Option<f64> {
    let mut sums = [vec![], vec![]];
    let mut counts = [0.0f64; 2];
    for (point, group) in points {
        let (sum, count): (&mut Vec<f64>, &mut f64) = (sums.get_mut(*group)?, counts.get_mut(*group)?);
        sum.resize(point.len(), 0.0);
        sum.iter_mut().zip(point.iter()).for_each(|(s, x)| *s += f64::from(*x));
        *count += 1.0;
    }
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    // Pairs in both orders, each point with itself left out.
    let pairs_within = |k: usize| counts[k] * (counts[k] - 1.0);
    let (mut within, mut n_within) =
        (dot(&sums[0], &sums[0]) + dot(&sums[1], &sums[1]), pairs_within(0) + pairs_within(1));
    within -= points.iter().map(|(p, _)| cosine(p, p)).sum::<f64>();
    let (mut across, mut n_across) = (2.0 * dot(&sums[0], &sums[1]), 2.0 * counts[0] * counts[1]);
    for distance in 1..=SHARED {
        for (a, b) in points.iter().zip(points.iter().skip(distance)) {
            let near = 2.0 * cosine(a.0, b.0);
            if a.1 == b.1 {
                (within, n_within) = (within - near, n_within - 2.0);
            } else {
                (across, n_across) = (across - near, n_across - 2.0);
            }
        }
    }
    (n_within > 0.5 && n_across > 0.5).then(|| within / n_within - across / n_across)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(degrees: f64) -> Point {
        vec![degrees.to_radians().cos() as f32, degrees.to_radians().sin() as f32]
    }

    #[test]
    fn two_bundles_of_directions_are_found_and_their_separation_is_that_of_all_pairs() {
        let degrees: Vec<f64> =
            (0..40).map(|i| if i / 8 % 2 == 0 { f64::from(i % 5) } else { 60.0 + f64::from(i % 7) }).collect();
        let points: Vec<Point> = degrees.iter().map(|d| at(*d)).collect();
        let [first, second] = two_groups(&points.iter().collect::<Vec<_>>(), &[1.0; 40]).expect("two bundles");
        // Both bundles are narrower than 7 degrees, so their middles are at least 53 degrees apart.
        assert!(cosine(&first, &second) < 53f64.to_radians().cos());
        let labelled: Vec<(&Point, usize)> =
            points.iter().map(|p| (p, usize::from(cosine(p, &first) < cosine(p, &second)))).collect();
        let (mut sums, mut counts) = ([0.0; 2], [0.0; 2]);
        for (i, a) in labelled.iter().enumerate() {
            for b in labelled.iter().skip(i + SHARED + 1) {
                let kind = usize::from(a.1 != b.1);
                sums[kind] += cosine(a.0, b.0);
                counts[kind] += 1.0;
            }
        }
        // 1e-9: the same sum in another order.
        let found = separation(&labelled).expect("many pairs");
        assert!((found - (sums[0] / counts[0] - sums[1] / counts[1])).abs() < 1e-9);
    }

    #[test]
    fn points_that_are_all_the_same_are_no_two_groups() {
        let points = vec![at(10.0); 20];
        assert_eq!(two_groups(&points.iter().collect::<Vec<_>>(), &[1.0; 20]), None);
        assert_eq!(two_groups(&[], &[]), None);
    }
}
