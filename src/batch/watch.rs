//! A folder into which recordings come: each is analysed when it is complete. Nobody tells when that is, so a file
//! counts as complete when its size and times have not changed for a while, and names that programs give to unfinished
//! files are passed over. A file that grows after all is analysed again when it is done, and the new result takes the
//! place of the old.
//!
//! The folder is looked at again and again. The system's notifications (inotify and its like) would save that, but
//! they do not come from network shares, where recorders write, and tell of a write, not of its end; so there would be
//! the same waiting, and a look at the folder besides.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::discover::{DiscoverError, Discovery, Found, discover};
use super::local::{CallOutcome, RunOptions, run as run_batch};
use super::lock::LockError;
use super::paths::Stamp;
use super::progress::Progress;
use super::summary::{BatchError, BatchSummary};
use crate::audio;
use crate::call::{CallMetadata, Parts};
use crate::pipeline::CallJob;

/// How a folder is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WatchOptions {
    /// A file that has not changed for so long is complete; default 10 s. Longer than the longest pause of the
    /// recorder between two writes.
    pub settle: Duration,
    /// Between two looks at the folder; default 2 s.
    pub interval: Duration,
}

impl Default for WatchOptions {
    fn default() -> Self {
        Self { settle: Duration::from_secs(10), interval: Duration::from_secs(2) }
    }
}

/// One side of a call waits so many settling times for the other before it is analysed alone: recorders close both
/// files of a call within seconds, and the default makes a minute of it.
const HALF_WAITS: u32 = 6;

/// Calls of one pass: the pages are made again after each.
const MOST_AT_ONCE: usize = 200;

/// Looking at the folder takes at most this share of the time, however many files are in it.
const MOST_LOOKING: u32 = 10;

/// How often a waiting watcher looks whether it is to end.
const NAP: Duration = Duration::from_millis(50);

/// What happens, for whoever tells it.
#[derive(Debug)]
pub enum WatchEvent<'a> {
    /// The folder, or the metadata, cannot be read; told once until it can be.
    Unreadable(&'a str),
    /// Another callvet works on the output folder; told once until it is done.
    Busy,
    /// Calls were analysed, and the pages made again.
    Pass(&'a BatchSummary),
}

/// What the caller knows of recordings: which files are one call, and what is known of each. `Err` says why not now.
pub type Prepare<'a> = dyn FnMut(Discovery) -> Result<(Discovery, Vec<CallMetadata>), String> + 'a;

/// Analyses what is in `dir` and what comes into it, into `out_dir`, until `stop` becomes true; then the calls in
/// flight are finished, unless `analyse` gives them up. Results of earlier runs with the same settings are kept, and
/// recordings that leave the folder stay on the pages.
///
/// # Errors
/// [`BatchError`] but for a lock, which is waited for: the output folder cannot be written to, or the store not used.
pub fn run(
    (dir, out_dir): (&Path, &Path),
    (options, run_options): (&WatchOptions, &RunOptions),
    prepare: &mut Prepare<'_>,
    analyse: &(dyn Fn(&CallJob) -> CallOutcome + Sync),
    progress: &dyn Progress,
    tell: &dyn Fn(&WatchEvent<'_>),
    stop: &AtomicBool,
) -> Result<(), BatchError> {
    let run_options = RunOptions { is_added: true, fresh: false, ..run_options.clone() };
    let began = Instant::now();
    let mut arrivals = Arrivals::new(options.settle);
    let (mut is_unreadable, mut is_busy) = (false, false);
    while !stop.load(Ordering::Relaxed) {
        let look = Instant::now();
        let looked = look_at(dir, out_dir, prepare);
        let rest = options.interval.max(look.elapsed().saturating_mul(MOST_LOOKING));
        let (discovery, calls) = match looked {
            Ok(looked) => looked,
            Err(reason) => {
                if !std::mem::replace(&mut is_unreadable, true) {
                    tell(&WatchEvent::Unreadable(&reason));
                }
                nap(rest, stop);
                continue;
            }
        };
        is_unreadable = false;
        let ready = arrivals.ready(&discovery.jobs, began.elapsed());
        let is_more = ready.len() > MOST_AT_ONCE;
        let pass = first_of(ready, &discovery.jobs);
        let calls: Vec<CallMetadata> =
            pass.iter().map(|index| calls.get(*index).cloned().unwrap_or_default()).collect();
        let jobs: Vec<Found> = pass.iter().map(|index| discovery.jobs[*index].clone()).collect();
        let batch = Discovery { jobs, skipped: discovery.skipped };
        if batch.jobs.is_empty() {
            nap(rest, stop);
            continue;
        }
        match run_batch(&batch, &calls, out_dir, &run_options, analyse, progress, stop) {
            Ok(summary) => {
                is_busy = false;
                arrivals.done(&batch.jobs);
                tell(&WatchEvent::Pass(&summary));
                if is_more {
                    continue;
                }
            }
            Err(BatchError::Lock(LockError::Busy(_))) => {
                if !std::mem::replace(&mut is_busy, true) {
                    tell(&WatchEvent::Busy);
                }
            }
            Err(error) => return Err(error),
        }
        nap(rest, stop);
    }
    Ok(())
}

/// The calls of the next pass, in their order: half of them those that are complete for the longest time, half the
/// largest of the others, so that neither thousands of short ones nor long ones that keep coming starve the rest.
fn first_of(mut ready: Vec<(usize, Duration)>, jobs: &[Found]) -> Vec<usize> {
    if ready.len() > MOST_AT_ONCE {
        ready.sort_by_key(|(index, since)| (*since, *index));
        ready[MOST_AT_ONCE / 2..].sort_by_key(|(index, _)| (std::cmp::Reverse(jobs[*index].bytes), *index));
        ready.truncate(MOST_AT_ONCE);
    }
    let mut pass: Vec<usize> = ready.into_iter().map(|(index, _)| index).collect();
    pass.sort_unstable();
    pass
}

fn nap(time: Duration, stop: &AtomicBool) {
    let began = Instant::now();
    while began.elapsed() < time && !stop.load(Ordering::Relaxed) {
        std::thread::sleep(NAP.min(time));
    }
}

/// All recordings that have their final name, as calls.
fn look_at(dir: &Path, out_dir: &Path, prepare: &mut Prepare<'_>) -> Result<(Discovery, Vec<CallMetadata>), String> {
    let mut discovery = match discover(&[dir.to_path_buf()], out_dir) {
        Ok(discovery) => discovery,
        Err(DiscoverError::Nothing { skipped, .. }) => Discovery { jobs: Vec::new(), skipped },
        Err(error) => return Err(error.to_string()),
    };
    discovery.jobs.retain(|job| !is_unfinished(&job.path));
    prepare(discovery)
}

/// Is this a name that a program gives to a file which it has not finished?
fn is_unfinished(path: &Path) -> bool {
    const EXTENSIONS: [&str; 8] =
        ["part", "partial", "tmp", "temp", "crdownload", "download", "filepart", "opdownload"];
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    // rsync writes `.call.wav.Xy12ab`: hidden, and no longer with the extension of a recording.
    let is_hidden_other = name.starts_with('.') && !audio::EXTENSIONS.contains(&extension);
    EXTENSIONS.contains(&extension) || name.starts_with(".~") || name.starts_with("~$") || is_hidden_other
}

/// Which calls are complete, and which of them were analysed.
struct Arrivals {
    settle: Duration,
    /// By the path of each file: what it was like when it was last looked at, and since when.
    seen: BTreeMap<PathBuf, (Stamp, Duration)>,
    /// By source: the files of what was analysed, as they were then.
    done: BTreeMap<String, Vec<Stamp>>,
}

impl Arrivals {
    fn new(settle: Duration) -> Self {
        Self { settle, seen: BTreeMap::new(), done: BTreeMap::new() }
    }

    /// Indices of the jobs that are complete and were not yet analysed as they are, and since when they are as they are;
    /// `now` counts from any moment and never goes back. Which clock the files' times come from does not matter: they
    /// are only compared with each other.
    fn ready(&mut self, jobs: &[Found], now: Duration) -> Vec<(usize, Duration)> {
        let mut seen = BTreeMap::new();
        let mut ready = Vec::new();
        for (index, job) in jobs.iter().enumerate() {
            let mut stamps = Vec::new();
            let mut unchanged = Duration::MAX;
            for path in files_of(job) {
                // Gone since it was found: it is not there at the next look.
                let Ok(stamp) = Stamp::of(path) else { continue };
                let since = match self.seen.get(path) {
                    Some((before, since)) if *before == stamp => *since,
                    _ => now,
                };
                unchanged = unchanged.min(now.saturating_sub(since));
                seen.insert(path.to_path_buf(), (stamp, since));
                stamps.push(stamp);
            }
            let wanted = match job.parts {
                Parts::Half(_) => self.settle.saturating_mul(HALF_WAITS),
                Parts::Whole | Parts::Two(_) => self.settle,
            };
            let is_whole = stamps.len() == files_of(job).count();
            if is_whole && unchanged >= wanted && self.done.get(&job.source) != Some(&stamps) {
                ready.push((index, now.saturating_sub(unchanged)));
            }
        }
        // What is gone is forgotten: memory grows with what is in the folder, not with what ever was.
        self.seen = seen;
        let sources: std::collections::BTreeSet<&str> = jobs.iter().map(|job| job.source.as_str()).collect();
        self.done.retain(|source, _| sources.contains(source.as_str()));
        ready
    }

    /// These were analysed, or failed, as they were when they were last looked at: one that changed in between comes
    /// again. Failed ones are not tried again until they change or the watch starts anew.
    fn done(&mut self, jobs: &[Found]) {
        for job in jobs {
            let stamps = files_of(job).filter_map(|path| self.seen.get(path)).map(|(stamp, _)| *stamp).collect();
            self.done.insert(job.source.clone(), stamps);
        }
    }
}

fn files_of(job: &Found) -> impl Iterator<Item = &Path> {
    std::iter::once(job.path.as_path()).chain(job.second().map(|second| second.path.as_path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::call::{Pair, PartFile};

    fn s(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    fn job(folder: &Path, name: &str, parts: Parts) -> Found {
        Found { source: name.into(), path: folder.join(name), bytes: 1, parts }
    }

    #[test]
    fn a_file_is_ready_once_when_it_has_not_changed_for_a_while() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |text: &str| std::fs::write(folder.path().join("a.wav"), text).expect("writable");
        let jobs = [job(folder.path(), "a.wav", Parts::Whole)];
        let mut arrivals = Arrivals::new(s(10));
        let since = |from_s: u64| vec![(0, s(from_s))];
        write("1");
        assert!(arrivals.ready(&jobs, s(0)).is_empty());
        assert!(arrivals.ready(&jobs, s(9)).is_empty());
        write("12");
        assert!(arrivals.ready(&jobs, s(10)).is_empty(), "it grew");
        assert!(arrivals.ready(&jobs, s(19)).is_empty());
        assert_eq!(arrivals.ready(&jobs, s(20)), since(10));
        assert_eq!(arrivals.ready(&jobs, s(21)), since(10), "until it was analysed");
        arrivals.done(&jobs);
        assert!(arrivals.ready(&jobs, s(60)).is_empty());
        write("123");
        assert!(arrivals.ready(&jobs, s(61)).is_empty());
        assert_eq!(arrivals.ready(&jobs, s(71)), since(61), "a call that went on is analysed again");
        assert!(arrivals.ready(&[], s(72)).is_empty());
        assert!(arrivals.seen.is_empty() && arrivals.done.is_empty(), "what is gone is forgotten");
    }

    #[test]
    fn both_files_of_a_call_are_waited_for_and_a_half_longer() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str| std::fs::write(folder.path().join(name), name).expect("writable");
        let file = |name: &str| PartFile {
            source: name.into(),
            path: folder.path().join(name),
            bytes: 1,
            sha256: String::new(),
        };
        let pair = Pair { first: file("a_tx.wav"), second: file("a_rx.wav"), are_parties_known: false };
        let half = [job(folder.path(), "a_tx.wav", Parts::Half(None))];
        let both = [job(folder.path(), "a_tx.wav", Parts::Two(Box::new(pair)))];
        let mut arrivals = Arrivals::new(s(10));
        let since = |from_s: u64| vec![(0, s(from_s))];
        write("a_tx.wav");
        assert!(arrivals.ready(&half, s(0)).is_empty());
        assert!(arrivals.ready(&half, s(59)).is_empty());
        write("a_rx.wav");
        assert!(arrivals.ready(&both, s(60)).is_empty(), "the second file is new");
        assert_eq!(arrivals.ready(&both, s(70)), since(60));
        assert_eq!(arrivals.ready(&half, s(70)), since(0), "a half that waited long enough is analysed alone");
        arrivals.done(&half);
        assert_eq!(arrivals.ready(&both, s(80)).len(), 0, "the second file was not looked at in between");
        assert_eq!(arrivals.ready(&both, s(90)), since(80), "the whole call takes the place of its half");
    }

    #[test]
    fn of_many_calls_the_oldest_and_the_largest_come_first() {
        let n = MOST_AT_ONCE * 3;
        let mut jobs: Vec<Found> = (0..n).map(|_| Found { bytes: 1, ..Found::default() }).collect();
        // The last to come is large, the one before it came first of all.
        jobs[n - 1].bytes = 1000;
        let ready: Vec<(usize, Duration)> =
            (0..n).map(|index| (index, s(if index == n - 2 { 0 } else { 1 + index as u64 }))).collect();
        let pass = first_of(ready.clone(), &jobs);
        assert_eq!(pass.len(), MOST_AT_ONCE);
        assert_eq!(pass[MOST_AT_ONCE - 2..], [n - 2, n - 1]);
        assert_eq!(first_of(ready[..3].to_vec(), &jobs), [0, 1, 2]);
    }

    #[test]
    fn names_of_unfinished_files_are_passed_over() {
        for (name, expected) in [
            ("call.wav", false),
            (".call.wav", false),
            ("call", false),
            ("call.WAV.part", true),
            ("call.wav.crdownload", true),
            ("call.tmp", true),
            ("call.wav.TMP", true),
            (".call.wav.Xy12ab", true),
            (".~lock.call.wav", true),
            ("~$call.wav", true),
        ] {
            assert_eq!(is_unfinished(Path::new(name)), expected, "{name}");
        }
    }
}
