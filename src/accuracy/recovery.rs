//! How well injected damage was found: the measured report against what is known, and the table of it.

use std::collections::BTreeMap;

use super::inject::{CLIPPED_RATIO, Damage, Expected, Field, NoiseSound};
use crate::call::{CallReport, FalseAlarms, RecoveryRow, SelftestTrial};

/// A start of a dropout may be off by this much and still be that dropout: its definition begins with 20 ms.
const DROPOUT_TOLERANCE_S: f64 = 0.02;

/// What may be found although nobody put it in.
const ALARMS: [Field; 5] = [Field::Attenuation, Field::NeighbourLevel, Field::Clipped, Field::DropoutStart, Field::Hum];

impl Field {
    /// Its path in the report of a channel or of the call.
    pub fn path(self) -> &'static str {
        match self {
            Field::Snr => "noise.snr_db",
            Field::Floor => "noise.floor_dbfs",
            Field::Hum => "noise.hum_hz",
            Field::Attenuation => "crosstalk.leakage.attenuation_db",
            Field::Delay => "crosstalk.leakage.delay_ms",
            Field::NeighbourLevel => "background_voices.level_below_speech_db",
            Field::Clipped => "clipping.clipped_ratio",
            Field::DropoutStart => "dropouts.spans.start_s",
        }
    }

    /// What the report says about `expected` on `channel`; `None` if nothing was found.
    fn read(self, report: &CallReport, channel: u16, expected: f64) -> Option<f64> {
        let measured = report.channels.as_ref()?.iter().find(|c| c.channel == channel)?;
        let leak = || {
            let leakage = report.crosstalk.as_ref()?.leakage.as_ref()?;
            leakage.iter().find(|l| l.to == channel && l.detected == Some(true))
        };
        match self {
            Field::Snr => measured.noise.snr_db,
            Field::Floor => measured.noise.floor_dbfs,
            Field::Hum => measured.noise.hum_hz,
            Field::Attenuation => leak()?.attenuation_db,
            Field::Delay => leak()?.delay_ms,
            Field::NeighbourLevel => measured.background_voices.level_below_speech_db,
            Field::Clipped => measured.clipping.clipped_ratio.filter(|ratio| *ratio >= CLIPPED_RATIO),
            Field::DropoutStart => {
                let starts = measured.dropouts.spans.iter().flatten().map(|span| span.start_s);
                let distance = |start_s: &f64| (start_s - expected).abs();
                starts.min_by(|a, b| distance(a).total_cmp(&distance(b))).filter(|s| distance(s) <= DROPOUT_TOLERANCE_S)
            }
        }
    }

    /// True if a damage of this kind may rightly show in this field.
    fn belongs_to(self, damage: &Damage) -> bool {
        match self {
            Field::Hum => matches!(damage, Damage::Noise { sound: NoiseSound::Hum, .. }),
            Field::Attenuation | Field::Delay => matches!(damage, Damage::Leakage { .. }),
            // Babble is voices.
            Field::NeighbourLevel => {
                matches!(damage, Damage::Neighbour { .. } | Damage::Noise { sound: NoiseSound::Voices, .. })
            }
            Field::Clipped => matches!(damage, Damage::Clipping { .. }),
            Field::DropoutStart => matches!(damage, Damage::Dropouts { .. }),
            Field::Snr | Field::Floor => true,
        }
    }

    /// True if the report shows it at all on this channel.
    fn shows(self, report: &CallReport, channel: u16) -> bool {
        let dropouts = || {
            let measured = report.channels.as_ref()?.iter().find(|c| c.channel == channel)?;
            measured.dropouts.n
        };
        match self {
            Field::DropoutStart => dropouts().is_some_and(|n| n > 0),
            _ => self.read(report, channel, 0.0).is_some(),
        }
    }
}

/// The trials of one damaged copy.
pub fn trials(
    source: &str,
    channel: u16,
    damage: &Damage,
    expected: &[Expected],
    report: &CallReport,
) -> Vec<SelftestTrial> {
    let trial = |e: &Expected| SelftestTrial {
        source: source.to_owned(),
        channel,
        damage: damage.name(),
        field: e.field.path().to_owned(),
        injected: e.value,
        measured: e.field.read(report, channel, e.value),
    };
    expected.iter().map(trial).collect()
}

/// For each field that `damage` cannot have caused and the untouched recording does not show: its path, and whether
/// the damaged copy shows it.
pub fn alarms(channel: u16, damage: &Damage, untouched: &CallReport, report: &CallReport) -> Vec<(&'static str, bool)> {
    ALARMS
        .iter()
        .filter(|field| !field.belongs_to(damage) && !field.shows(untouched, channel))
        .map(|field| (field.path(), field.shows(report, channel)))
        .collect()
}

/// One row a damage and field, in the order in which they first come.
pub fn table(trials: &[SelftestTrial]) -> Vec<RecoveryRow> {
    let mut groups: Vec<((&str, &str), Vec<&SelftestTrial>)> = Vec::new();
    for trial in trials {
        let key = (trial.damage.as_str(), trial.field.as_str());
        match groups.iter_mut().find(|(k, _)| *k == key) {
            Some((_, group)) => group.push(trial),
            None => groups.push((key, vec![trial])),
        }
    }
    groups.into_iter().map(|((damage, field), group)| row(damage, field, &group)).collect()
}

fn row(damage: &str, field: &str, trials: &[&SelftestTrial]) -> RecoveryRow {
    let errors: Vec<f64> = trials.iter().filter_map(|t| Some(t.measured? - t.injected)).collect();
    let mean =
        |values: &mut dyn Iterator<Item = f64>| (!errors.is_empty()).then(|| values.sum::<f64>() / errors.len() as f64);
    let (low, high) = wilson(errors.len(), trials.len());
    RecoveryRow {
        damage: damage.to_owned(),
        field: field.to_owned(),
        n: trials.len() as u64,
        n_found: errors.len() as u64,
        found_ratio: errors.len() as f64 / trials.len() as f64,
        found_low_ratio: low,
        found_high_ratio: high,
        mean_abs_error: mean(&mut errors.iter().map(|e| e.abs())),
        bias: mean(&mut errors.iter().copied()),
        worst_error: errors.iter().map(|e| e.abs()).max_by(f64::total_cmp),
    }
}

/// Sums alarms by field.
pub fn false_alarms(alarms: impl IntoIterator<Item = (&'static str, bool)>) -> Vec<FalseAlarms> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (field, is_false) in alarms {
        let (n, n_false) = counts.entry(field).or_default();
        *n += 1;
        *n_false += usize::from(is_false);
    }
    let counted = |(field, (n, n_false)): (&str, (usize, usize))| FalseAlarms {
        field: field.to_owned(),
        n: n as u64,
        n_false: n_false as u64,
        high_ratio: wilson(n_false, n).1,
    };
    counts.into_iter().map(counted).collect()
}

/// The 95 % interval of a share of `k` in `n` (Wilson 1927); 0..1 for nothing.
pub fn wilson(k: usize, n: usize) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    const Z: f64 = 1.959_964;
    let (k, n) = (k as f64, n as f64);
    let share = k / n;
    let scale = 1.0 + Z * Z / n;
    let middle = (share + Z * Z / (2.0 * n)) / scale;
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(damage: &str, injected: f64, measured: Option<f64>) -> SelftestTrial {
        SelftestTrial {
            source: "a.wav".into(),
            channel: 0,
            damage: damage.into(),
            field: "noise.snr_db".into(),
            injected,
            measured,
        }
    }

    #[test]
    fn the_interval_of_a_share_is_wilsons() {
        // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611.
        let check = |k, n, expected: (f64, f64)| {
            let (low, high) = wilson(k, n);
            assert!((low - expected.0).abs() < 5e-5 && (high - expected.1).abs() < 5e-5, "{k}/{n}: {low} {high}");
        };
        check(81, 263, (0.2553, 0.3662));
        check(0, 20, (0.0, 0.1611));
        check(0, 0, (0.0, 1.0));
    }

    #[test]
    fn what_was_not_found_counts_as_missed_and_not_as_an_error() {
        let rows = table(&[trial("x", 10.0, Some(11.0)), trial("x", 10.0, None), trial("y", 5.0, Some(4.5))]);
        assert_eq!(rows.len(), 2);
        let x = &rows[0];
        assert_eq!((x.n, x.n_found, x.found_ratio), (2, 1, 0.5));
        assert_eq!((x.mean_abs_error, x.bias, x.worst_error), (Some(1.0), Some(1.0), Some(1.0)));
        assert_eq!(rows[1].bias, Some(-0.5));
    }

    #[test]
    fn a_row_in_which_nothing_was_found_has_no_errors() {
        let rows = table(&[trial("x", 10.0, None)]);
        assert_eq!((rows[0].mean_abs_error, rows[0].bias, rows[0].worst_error), (None, None, None));
    }

    #[test]
    fn alarms_are_counted_by_field() {
        let counted = false_alarms([("a", true), ("b", false), ("a", false)]);
        assert_eq!(
            counted.iter().map(|c| (c.field.as_str(), c.n, c.n_false)).collect::<Vec<_>>(),
            [("a", 2, 1), ("b", 1, 0)]
        );
    }
}
