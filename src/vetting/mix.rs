//! Which kinds of calls a vendor gave: by language and length. Vendors with other calls are not other vendors, so that what is
//! compared is weighted to the mix that both have, or the page says that it could not be.

use std::collections::BTreeMap;

use crate::call::vendors::{MixShare, MixState};
use crate::call::{CallLine, CallStatus};

/// Under two minutes there is little room for required steps and pressure, over ten there is room for everything.
const SHORT_S: f64 = 120.0;
const LONG_S: f64 = 600.0;

/// From here on a fifth of the calls would have to be others for the mixes to be the same: more than chance does in samples
/// of fifty and little enough to matter less than the differences that are looked for.
const NOTICED: f64 = 0.2;

/// Calls of common kinds that a weighted comparison must rest on.
const LEAST_COMMON: f64 = 0.8;

/// A kind of call.
pub type Kind = (Option<String>, &'static str);

/// Calls of a kind that each vendor must have for the kind to count as common: with fewer, what varies within the kind is guessed,
/// and a weighted figure would look surer than it is.
pub const LEAST_OF_KIND: u64 = 5;

/// The kind of a call.
pub fn kind_of(call: &CallLine) -> Kind {
    let length = match call.duration_s {
        None => "unknown",
        Some(s) if s < SHORT_S => "short",
        Some(s) if s < LONG_S => "middle",
        Some(_) => "long",
    };
    (call.language.clone(), length)
}

/// How many analysed calls of each kind there are.
pub fn counts<'a>(calls: impl IntoIterator<Item = &'a CallLine>) -> BTreeMap<Kind, u64> {
    let mut counts = BTreeMap::new();
    for call in calls.into_iter().filter(|c| c.status == CallStatus::Ok) {
        *counts.entry(kind_of(call)).or_insert(0) += 1;
    }
    counts
}

/// For the report.
pub fn shares(counts: &BTreeMap<Kind, u64>) -> Vec<MixShare> {
    let share = |((language, length), n): (&Kind, &u64)| MixShare {
        language: language.clone(),
        length: (*length).to_owned(),
        n: *n,
    };
    counts.iter().map(share).collect()
}

/// Half the sum of the differences of shares: the share of calls that would have to be of another kind (total variation
/// distance); and what to do about it.
pub fn compare(a: &BTreeMap<Kind, u64>, b: &BTreeMap<Kind, u64>) -> (f64, MixState) {
    let (n_a, n_b) = (a.values().sum::<u64>() as f64, b.values().sum::<u64>() as f64);
    if n_a == 0.0 || n_b == 0.0 {
        return (0.0, MixState::Alike);
    }
    let of = |counts: &BTreeMap<Kind, u64>, kind: &Kind| counts.get(kind).copied().unwrap_or(0) as f64;
    let mut kinds: Vec<&Kind> = a.keys().chain(b.keys()).collect();
    kinds.sort();
    kinds.dedup();
    let distance = kinds.iter().map(|k| (of(a, k) / n_a - of(b, k) / n_b).abs()).sum::<f64>() / 2.0;
    let is_common = |k: &&&Kind| of(a, k).min(of(b, k)) >= LEAST_OF_KIND as f64;
    let common = kinds.iter().filter(is_common);
    let (in_a, in_b) = common.fold((0.0, 0.0), |(in_a, in_b), k| (in_a + of(a, k), in_b + of(b, k)));
    let state = if distance < NOTICED {
        MixState::Alike
    } else if in_a / n_a >= LEAST_COMMON && in_b / n_b >= LEAST_COMMON {
        MixState::Adjusted
    } else {
        MixState::Apart
    };
    (distance, state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixes_are_alike_adjusted_or_apart() {
        let mix = |counts: &[(&str, u64)]| -> BTreeMap<Kind, u64> {
            counts.iter().map(|(language, n)| ((Some((*language).to_owned()), "short"), *n)).collect()
        };
        let check = |a: &[(&str, u64)], b: &[(&str, u64)], expected: (f64, MixState)| {
            let got = compare(&mix(a), &mix(b));
            assert!((got.0 - expected.0).abs() < 1e-12 && got.1 == expected.1, "{got:?}");
        };
        check(&[("pl", 8), ("en", 2)], &[("pl", 40), ("en", 10)], (0.0, MixState::Alike));
        check(&[("pl", 20), ("en", 5)], &[("pl", 10), ("en", 15)], (0.4, MixState::Adjusted));
        check(&[("pl", 8), ("en", 2)], &[("pl", 5), ("en", 5)], (0.3, MixState::Apart));
        check(&[("pl", 10)], &[("en", 10)], (1.0, MixState::Apart));
        check(&[("pl", 5), ("en", 5)], &[("pl", 10)], (0.5, MixState::Apart));
        check(&[], &[("en", 10)], (0.0, MixState::Alike));
    }
}
