//! The exit code of a batch: the first that applies of 130, 2, 4, 3, 1, 0. Scripts depend on it.

use super::summary::{BatchError, BatchSummary};
use crate::call::Severity;

/// Interrupted; the same command goes on where it stopped.
pub const INTERRUPTED: u8 = 130;
/// Wrong usage or configuration, a PATH that does not exist, no recordings found, a folder that is in use.
pub const USAGE: u8 = 2;
/// Stopped by the environment: disk full, folder not writable.
pub const ENVIRONMENT: u8 = 4;
/// Finished, but some recordings could not be analysed.
pub const SOME_FAILED: u8 = 3;
/// Findings at or above the severity of `--fail-on`.
pub const FINDINGS: u8 = 1;

/// The exit code of a run. `was_interrupted` is for runs that an error ended while the user wanted to end them too;
/// of a run that came to its end, the summary knows it.
///
/// Findings count with a confidence of at least 0.5, whatever they are about, results of earlier runs that are still
/// in the batch included.
pub fn exit_code(ending: Result<&BatchSummary, &BatchError>, was_interrupted: bool, fail_on: Option<Severity>) -> u8 {
    match ending {
        Err(_) if was_interrupted => INTERRUPTED,
        Err(error) if error.is_usage() => USAGE,
        Err(_) => ENVIRONMENT,
        Ok(summary) if summary.is_interrupted => INTERRUPTED,
        Ok(summary) if summary.totals.n_failed > 0 => SOME_FAILED,
        Ok(summary) => {
            let n_at_or_above =
                |severity: Severity| -> u64 { summary.n_likely_findings[..=severity as usize].iter().sum() };
            if fail_on.is_some_and(|severity| n_at_or_above(severity) > 0) { FINDINGS } else { 0 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::atomic::WriteError;
    use crate::batch::lock::LockError;
    use crate::call::BatchTotals;

    type Ending = Result<BatchSummary, BatchError>;

    fn summary(is_interrupted: bool, n_failed: u64, n_likely_findings: [u64; 4]) -> Ending {
        let totals = BatchTotals { n_failed, ..BatchTotals::default() };
        Ok(BatchSummary { is_interrupted, totals, n_likely_findings, ..BatchSummary::default() })
    }

    fn disk_full() -> Ending {
        let source = std::io::ErrorKind::StorageFull.into();
        Err(BatchError::Write(WriteError { path: "x".into(), source }))
    }

    fn busy() -> Ending {
        Err(BatchError::Lock(LockError::Busy("x".into())))
    }

    #[test]
    fn the_first_that_applies_is_the_exit_code() {
        use Severity::{Critical, Info, Major, Minor};
        let table: [(Ending, bool, Option<Severity>, u8); 14] = [
            (summary(true, 1, [1, 0, 0, 0]), true, Some(Info), 130),
            (busy(), true, None, 130),
            (disk_full(), true, Some(Info), 130),
            (busy(), false, Some(Info), 2),
            (disk_full(), false, Some(Info), 4),
            (summary(false, 1, [1, 0, 0, 0]), false, Some(Critical), 3),
            (summary(false, 0, [1, 0, 0, 0]), false, Some(Critical), 1),
            (summary(false, 0, [0, 1, 0, 0]), false, Some(Critical), 0),
            (summary(false, 0, [0, 1, 0, 0]), false, Some(Major), 1),
            (summary(false, 0, [1, 0, 0, 0]), false, Some(Minor), 1),
            (summary(false, 0, [0, 0, 0, 1]), false, Some(Minor), 0),
            (summary(false, 0, [0, 0, 0, 1]), false, Some(Info), 1),
            (summary(false, 0, [9, 9, 9, 9]), false, None, 0),
            // Ctrl-C after the last call was done: nothing is left to resume.
            (summary(false, 0, [0; 4]), true, None, 0),
        ];
        for (row, (ending, was_interrupted, fail_on, expected)) in table.iter().enumerate() {
            assert_eq!(exit_code(ending.as_ref(), *was_interrupted, *fail_on), *expected, "row {row}");
        }
    }
}
