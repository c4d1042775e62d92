//! How far a batch is, for whoever wants to show it, and how long it will still take. Nothing here knows a terminal.

use std::collections::BTreeMap;

/// A call that is done, whichever way.
#[derive(Debug, Clone, PartialEq)]
pub struct Finished<'a> {
    /// Its source.
    pub source: &'a str,
    /// Size of the recording.
    pub bytes: u64,
    /// Its length in seconds; `None` if it could not be analysed.
    pub audio_s: Option<f64>,
    /// True if an earlier run had done it.
    pub is_unchanged: bool,
    /// Why it failed, if it did: one sentence.
    pub failure: Option<&'a str>,
}

/// Told what happens, from several threads at once.
pub trait Progress: Sync {
    /// Before the first call: sources and sizes of all of them.
    fn begin(&self, _jobs: &[(&str, u64)]) {}
    /// A call is being analysed; not called for those that an earlier run had done.
    fn started(&self, _source: &str) {}
    /// A call is done.
    fn finished(&self, _call: &Finished) {}
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProgress;

impl Progress for NoProgress {}

/// Estimates the remaining time by seconds of sound, since that is what analysis costs; files do not tell their length
/// before they are decoded, so bytes are converted with what calls of the same extension had.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EtaEstimator {
    by_extension: BTreeMap<String, Tally>,
    analysed_s: f64,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Tally {
    bytes_left: u64,
    n_left: u64,
    bytes_done: u64,
    audio_done_s: f64,
}

impl EtaEstimator {
    /// All calls, none of them done.
    pub fn new<'a>(jobs: impl IntoIterator<Item = (&'a str, u64)>) -> Self {
        let mut estimator = Self::default();
        for (source, bytes) in jobs {
            let tally = estimator.by_extension.entry(extension(source)).or_default();
            tally.bytes_left += bytes;
            tally.n_left += 1;
        }
        estimator
    }

    /// One call less.
    pub fn finish(&mut self, call: &Finished) {
        let tally = self.by_extension.entry(extension(call.source)).or_default();
        tally.bytes_left = tally.bytes_left.saturating_sub(call.bytes);
        tally.n_left = tally.n_left.saturating_sub(1);
        if let Some(audio_s) = call.audio_s {
            tally.bytes_done += call.bytes;
            tally.audio_done_s += audio_s;
            if !call.is_unchanged {
                self.analysed_s += audio_s;
            }
        }
    }

    /// Seconds of sound that are left; `None` while no call tells how long a byte is.
    pub fn audio_left_s(&self) -> Option<f64> {
        let mut left_s = 0.0;
        for tally in self.by_extension.values().filter(|t| t.n_left > 0) {
            left_s += tally.bytes_left as f64 * tally.s_per_byte().or_else(|| self.s_per_byte())?;
        }
        Some(left_s)
    }

    /// Seconds until the end when `elapsed_s` have been worked; `None` until a call was analysed in this run.
    pub fn remaining_s(&self, elapsed_s: f64) -> Option<f64> {
        let speed = self.analysed_s / elapsed_s;
        let left_s = self.audio_left_s()?;
        (speed.is_finite() && speed > 0.0).then(|| left_s / speed)
    }

    fn s_per_byte(&self) -> Option<f64> {
        let bytes: u64 = self.by_extension.values().map(|t| t.bytes_done).sum();
        let audio_s: f64 = self.by_extension.values().map(|t| t.audio_done_s).sum();
        (bytes > 0).then(|| audio_s / bytes as f64)
    }
}

impl Tally {
    fn s_per_byte(&self) -> Option<f64> {
        (self.bytes_done > 0).then(|| self.audio_done_s / self.bytes_done as f64)
    }
}

fn extension(source: &str) -> String {
    source.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(source: &str, bytes: u64, audio_s: f64, is_unchanged: bool) -> Finished<'_> {
        Finished { source, bytes, audio_s: Some(audio_s), is_unchanged, failure: None }
    }

    #[test]
    fn nothing_is_promised_before_a_call_was_analysed() {
        let mut eta = EtaEstimator::new([("a.wav", 100), ("b.wav", 100)]);
        assert_eq!(eta.remaining_s(5.0), None);
        eta.finish(&done("a.wav", 100, 10.0, true));
        assert_eq!(eta.audio_left_s(), Some(10.0));
        assert_eq!(eta.remaining_s(5.0), None, "an unchanged call does not tell how fast analysis is");
    }

    #[test]
    fn remaining_time_follows_sound_not_bytes() {
        // A byte of MP3 holds ten times the sound of a byte of WAV.
        let mut eta = EtaEstimator::new([("a.wav", 1000), ("b.mp3", 100), ("c.mp3", 200), ("d.MP3", 200)]);
        eta.finish(&done("a.wav", 1000, 10.0, false));
        eta.finish(&done("b.mp3", 100, 10.0, false));
        assert_eq!(eta.audio_left_s(), Some(40.0));
        // 20 s of sound in 4 s of work, 40 s of sound left.
        assert_eq!(eta.remaining_s(4.0), Some(8.0));
        eta.finish(&done("c.mp3", 200, 20.0, false));
        eta.finish(&done("d.MP3", 200, 20.0, false));
        assert_eq!(eta.remaining_s(8.0), Some(0.0));
    }
}
