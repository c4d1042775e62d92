//! Progress on the terminal: a bar on stderr when it is one, a plain line now and then when it is not.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::batch::progress::{EtaEstimator, Finished, Progress};

/// Between two plain lines: often enough to see that it lives, seldom enough for a log.
pub(super) const PLAIN_EVERY: Duration = Duration::from_secs(10);

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Nothing but errors.
    Quiet,
    /// Plain lines now and then, and failures.
    Plain,
    /// A bar.
    Bar,
    /// A line a call.
    Verbose,
}

impl Style {
    pub(super) fn new(quiet: bool, verbose: bool, no_progress: bool) -> Self {
        match (quiet, verbose) {
            (true, _) => Self::Quiet,
            (_, true) => Self::Verbose,
            _ if no_progress || !std::io::stderr().is_terminal() => Self::Plain,
            _ => Self::Bar,
        }
    }
}

/// Draws the progress of a batch. The remaining time is estimated by seconds of sound.
pub(super) struct TerminalProgress {
    style: Style,
    state: Mutex<State>,
    bar: ProgressBar,
}

struct State {
    eta: EtaEstimator,
    started: Instant,
    printed: Option<Instant>,
    n_calls: usize,
    n_done: usize,
    n_failed: usize,
}

impl TerminalProgress {
    pub(super) fn new(style: Style) -> Self {
        let bar = if style == Style::Bar { ProgressBar::new(0) } else { ProgressBar::hidden() };
        bar.set_style(
            ProgressStyle::with_template("{spinner} [{bar:32}] {pos}/{len} calls{msg}")
                .expect("the template is fixed")
                .progress_chars("=> "),
        );
        let state = State {
            eta: EtaEstimator::default(),
            started: Instant::now(),
            printed: None,
            n_calls: 0,
            n_done: 0,
            n_failed: 0,
        };
        Self { style, state: Mutex::new(state), bar }
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        // Numbers for show: a thread that panicked elsewhere leaves them usable.
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Progress for TerminalProgress {
    fn begin(&self, jobs: &[(&str, u64)]) {
        let mut state = self.lock();
        state.eta = EtaEstimator::new(jobs.iter().copied());
        state.started = Instant::now();
        // A watch begins anew with each pass.
        (state.n_calls, state.n_done, state.n_failed) = (jobs.len(), 0, 0);
        self.bar.set_length(jobs.len() as u64);
        if self.style == Style::Bar {
            self.bar.enable_steady_tick(Duration::from_millis(200));
        }
    }

    fn finished(&self, call: &Finished) {
        let mut state = self.lock();
        state.eta.finish(call);
        state.n_done += 1;
        state.n_failed += usize::from(call.failure.is_some());
        let left = state.eta.remaining_s(state.started.elapsed().as_secs_f64());
        let mut message = String::new();
        if state.n_failed > 0 {
            message.push_str(&format!(", {} failed", state.n_failed));
        }
        if let Some(left_s) = left.filter(|_| state.n_done < state.n_calls) {
            message.push_str(&format!(", about {} left", for_people(left_s)));
        }
        self.bar.set_position(state.n_done as u64);
        self.bar.set_message(message.clone());
        let line = match (self.style, call.failure) {
            (Style::Quiet, _) => None,
            (_, Some(why)) => Some(format!("failed: {}: {}", printable(call.source), printable(why))),
            (Style::Verbose, None) if call.is_unchanged => Some(format!("unchanged: {}", printable(call.source))),
            (Style::Verbose, None) => {
                Some(format!("done: {} ({}/{}{message})", printable(call.source), state.n_done, state.n_calls))
            }
            _ => None,
        };
        if let Some(line) = line {
            self.bar.suspend(|| eprintln!("{line}"));
        }
        let is_due = state.printed.unwrap_or(state.started).elapsed() >= PLAIN_EVERY;
        if self.style == Style::Plain && is_due && state.n_done < state.n_calls {
            state.printed = Some(Instant::now());
            eprintln!("{}/{} calls{message}", state.n_done, state.n_calls);
        }
    }
}

/// `45 s`, `12 min`, `3 h 20 min`: no more precision than an estimate has.
pub(super) fn for_people(time_s: f64) -> String {
    let total_s = time_s.max(0.0).round() as u64;
    match total_s {
        0..90 => format!("{total_s} s"),
        90..5400 => format!("{} min", (total_s + 30) / 60),
        _ => format!("{} h {} min", total_s / 3600, total_s % 3600 / 60),
    }
}

/// Control and bidirectional formatting characters replaced, so that a file name cannot drive the terminal.
pub(super) fn printable(text: &str) -> String {
    let is_hostile = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().map(|c| if is_hostile(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rounded_as_people_say_them() {
        for (time_s, expected) in
            [(0.0, "0 s"), (89.4, "89 s"), (90.0, "2 min"), (3600.0, "60 min"), (12_000.0, "3 h 20 min")]
        {
            assert_eq!(for_people(time_s), expected);
        }
    }

    #[test]
    fn a_file_name_cannot_drive_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}c\n"), "a\u{fffd}[31mb\u{fffd}c\u{fffd}");
        assert_eq!(printable("ζωή żółć.wav"), "ζωή żółć.wav");
    }
}
