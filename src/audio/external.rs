//! The adapter to a system `ffmpeg`, for codecs that have no decoder here. The program is somebody else's and the file may
//! be hostile, so: no shell sees a name, one demuxer is named and nothing is probed, only local files and pipes are
//! opened, nothing is read from the terminal, and time, memory and output are limited. Whatever happens, the process is
//! ended and reaped. Not used where we can decode ourselves.

use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::collect::Collector;
use super::decode::{DecodeError, DecodeLimits};
use super::engine::sample_rate;
use super::pump::Sound;
use crate::call::{Problem, ProblemSeverity};

/// Memory that the program may take, in KiB: the largest that it was seen to need for sound is a quarter of it.
const MEMORY_KIB: u64 = 2 * 1024 * 1024;

/// Time for any recording, and as much again as a slow machine needs for a long one: a twentieth of its length.
const LEAST_TIME: Duration = Duration::from_secs(60);
const TIME_PER_AUDIO: f64 = 1.0 / 20.0;

/// Time that it takes a program to say its version.
const VERSION_TIME: Duration = Duration::from_secs(10);

/// What the program may say; the rest is thrown away.
const MAX_TALK_BYTES: usize = 64 * 1024;

/// Bytes that are read at once, and pieces that may wait: the program waits when they are full.
const PIECE_BYTES: usize = 64 * 1024;
const MAX_PIECES: usize = 8;

/// Where the external program is looked for.
#[derive(Debug, Default)]
pub struct External {
    /// Folders, as in `PATH`; `None` switches it off.
    folders: Option<OsString>,
    time: Option<Duration>,
    found: OnceLock<Option<Ffmpeg>>,
}

impl External {
    /// Uses no external program: a result depends on this program alone.
    pub fn off() -> Self {
        Self::default()
    }

    /// Looks on the `PATH`, when the first recording needs it.
    pub fn on_path() -> Self {
        Self::in_folders(&std::env::var_os("PATH").unwrap_or_default())
    }

    /// Looks in a list of folders, written as in `PATH`.
    pub fn in_folders(folders: &OsStr) -> Self {
        Self { folders: Some(folders.to_owned()), ..Self::default() }
    }

    /// Gives it this much time for a recording. Without, 60 s and a twentieth of the longest recording.
    pub fn within(self, time: Duration) -> Self {
        Self { time: Some(time), ..self }
    }

    /// The program, if there is one that runs.
    pub fn ffmpeg(&self) -> Option<&Ffmpeg> {
        let folders = self.folders.as_ref()?;
        self.found.get_or_init(|| Ffmpeg::find(folders)).as_ref()
    }

    /// Decodes what needs `codec`, of which ffmpeg may know more than we. `demuxer`: ffmpeg's name for the container.
    ///
    /// # Errors
    /// [`DecodeError::UnknownCodec`] with what would help, if there is no program or it cannot read the file either.
    pub(super) fn decode(
        &self,
        path: &Path,
        demuxer: Option<&str>,
        codec: &str,
        limits: &DecodeLimits,
    ) -> Result<Sound, DecodeError> {
        let Some(demuxer) = demuxer else { return Err(DecodeError::UnknownCodec(codec.into())) };
        if self.folders.is_none() {
            return Err(DecodeError::UnknownCodec(format!("{codec}; ffmpeg may read it, and is switched off")));
        }
        let Some(ffmpeg) = self.ffmpeg() else {
            return Err(DecodeError::UnknownCodec(format!("{codec}; install ffmpeg to read it")));
        };
        ffmpeg.decode(path, demuxer, codec, limits, self.time)
    }
}

/// A program that was found.
#[derive(Debug, Clone)]
pub struct Ffmpeg {
    path: PathBuf,
    version: String,
}

impl Ffmpeg {
    /// The first `ffmpeg` in a list of folders that tells its version.
    fn find(folders: &OsStr) -> Option<Self> {
        // A folder that is not absolute depends on where the program is started: nothing is run from there.
        let candidates = std::env::split_paths(folders).filter(|folder| folder.is_absolute());
        candidates.map(|folder| folder.join(format!("ffmpeg{}", std::env::consts::EXE_SUFFIX))).find_map(|path| {
            if !path.is_file() {
                return None;
            }
            let mut running = Running::start(&path, &["-version".into()], VERSION_TIME).ok()?;
            let mut text = Vec::new();
            while let Ok(Some(piece)) = running.next() {
                text.extend(piece);
                if text.len() > MAX_TALK_BYTES {
                    return None;
                }
            }
            running.finish().ok().filter(|ending| ending.is_success)?;
            let text = String::from_utf8_lossy(&text);
            let version = text.strip_prefix("ffmpeg version ")?.split_whitespace().next()?;
            let version = version.chars().filter(|c| c.is_ascii_graphic()).take(64).collect();
            Some(Self { path, version })
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it calls its version.
    pub fn version(&self) -> &str {
        &self.version
    }

    fn decode(
        &self,
        path: &Path,
        demuxer: &str,
        codec: &str,
        limits: &DecodeLimits,
        time: Option<Duration>,
    ) -> Result<Sound, DecodeError> {
        let path = std::path::absolute(path)?;
        let audio_s = limits.max_duration_s.clamp(0.0, 1e6);
        let time = time.unwrap_or(LEAST_TIME + Duration::from_secs_f64(audio_s * TIME_PER_AUDIO));
        let mut running = Running::start(&self.path, &arguments(&path, demuxer), time)?;
        let mut sound = Au::default();
        let ended = loop {
            match running.next() {
                Ok(Some(piece)) => sound.take(&piece, limits)?,
                Ok(None) => break running.finish()?,
                Err(OutOfTime) => {
                    let text = format!("time: ffmpeg took longer than {} s", time.as_secs());
                    return Err(DecodeError::Limit(text));
                }
            }
        };
        let told = Talk::read(&ended.talk, &path);
        let failed = |why: &str| {
            DecodeError::UnknownCodec(format!("{codec}; ffmpeg {} could not read it either: {why}", self.version))
        };
        let why = told.first_error.clone().unwrap_or_else(|| "it said nothing".into());
        let Some(collector) = sound.collector else { return Err(failed(&why)) };
        let found_s = collector.now_s();
        let (channels, mut problems) = collector.finish();
        if channels.n_samples() == 0 {
            return Err(failed(&why));
        }
        if told.n_errors > 0 || !ended.is_success {
            let end = if ended.is_success { "" } else { " and stopped early" };
            let text =
                format!("ffmpeg reported {} errors{end}, the first: {why}; {found_s:.3} s were read", told.n_errors);
            problems.insert(0, Problem::new("decode", "decoder_errors", ProblemSeverity::Lost, text));
        }
        let codec = told.codec.unwrap_or_else(|| codec.to_owned());
        Ok(Sound { codec, decoder: format!("ffmpeg {}", self.version), channels, problems })
    }
}

/// What ffmpeg is told.
fn arguments(path: &Path, demuxer: &str) -> Vec<OsString> {
    let mut arguments: Vec<OsString> =
        ["-nostdin", "-hide_banner", "-nostats", "-loglevel", "level+info", "-max_alloc", "268435456"]
            .map(Into::into)
            .to_vec();
    // Before the input: no other protocol, no other demuxer, and no file that this one names.
    for option in ["-protocol_whitelist", "file,pipe", "-format_whitelist", demuxer, "-f", demuxer, "-threads", "1"] {
        arguments.push(option.into());
    }
    if demuxer == "mov" {
        arguments.extend(["-enable_drefs", "0"].map(Into::into));
    }
    // `file:` and an absolute path: a name cannot be taken for an option or another protocol.
    let mut input = OsString::from("file:");
    input.push(path);
    arguments.extend(["-i".into(), input]);
    // AU: samples behind a header that tells rate and channels, readable from a pipe.
    for option in
        ["-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-c:a", "pcm_f32be", "-f", "au", "pipe:1"]
    {
        arguments.push(option.into());
    }
    arguments
}

/// The program took too long.
struct OutOfTime;

/// How the program ended.
struct Ending {
    is_success: bool,
    talk: Vec<u8>,
}

/// A running program; dropping it ends and reaps it.
struct Running {
    child: Child,
    pieces: Receiver<Vec<u8>>,
    talk: Receiver<Vec<u8>>,
    deadline: Instant,
}

impl Drop for Running {
    fn drop(&mut self) {
        // An error means that it has ended already; `wait` reaps it in any case.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    fn start(program: &Path, arguments: &[OsString], time: Duration) -> std::io::Result<Self> {
        let mut command = limited(program, time);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // ffmpeg would write a report where this variable says.
        command.env_remove("FFREPORT").env("AV_LOG_FORCE_NOCOLOR", "1");
        let mut child = command.spawn()?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (to_pieces, pieces) = sync_channel(MAX_PIECES);
        let (to_talk, talk) = sync_channel(1);
        // The threads end when the pipes are closed, which the death of the program does.
        thread::spawn(move || {
            let Some(mut stdout) = stdout else { return };
            let mut piece = vec![0; PIECE_BYTES];
            while let Ok(n @ 1..) = stdout.read(&mut piece) {
                if to_pieces.send(piece[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        thread::spawn(move || {
            let Some(mut stderr) = stderr else { return };
            let mut talk = Vec::new();
            let mut piece = [0; 4096];
            while let Ok(n @ 1..) = stderr.read(&mut piece) {
                let room = MAX_TALK_BYTES - talk.len();
                talk.extend(&piece[..n.min(room)]);
            }
            let _ = to_talk.send(talk);
        });
        Ok(Self { child, pieces, talk, deadline: Instant::now() + time })
    }

    /// The next piece of what it writes; `None` at the end.
    fn next(&mut self) -> Result<Option<Vec<u8>>, OutOfTime> {
        match self.pieces.recv_timeout(self.deadline.saturating_duration_since(Instant::now())) {
            Ok(piece) => Ok(Some(piece)),
            Err(RecvTimeoutError::Disconnected) => Ok(None),
            Err(RecvTimeoutError::Timeout) => Err(OutOfTime),
        }
    }

    /// Waits for its end; a program that has closed its output and goes on is ended.
    fn finish(mut self) -> std::io::Result<Ending> {
        let deadline = self.deadline.min(Instant::now() + Duration::from_secs(5));
        let talk = self.talk.recv_timeout(deadline.saturating_duration_since(Instant::now())).unwrap_or_default();
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(Ending { is_success: status.success(), talk });
            }
            if Instant::now() >= deadline {
                return Ok(Ending { is_success: false, talk });
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// The program behind the shell's `ulimit`, which limits memory and processor time and writes no core file. The shell sees
/// fixed text only: program and arguments are its parameters. It is replaced by the program, which keeps its number.
#[cfg(unix)]
fn limited(program: &Path, time: Duration) -> Command {
    let seconds = time.as_secs() + 1;
    let script = format!(
        "ulimit -v {MEMORY_KIB} 2>/dev/null; ulimit -t {seconds} 2>/dev/null; ulimit -c 0 2>/dev/null; exec \"$@\""
    );
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(script).arg("sh").arg(program);
    command
}

/// Where there is no such shell, time and output are limited, and memory is not.
#[cfg(not(unix))]
fn limited(program: &Path, _time: Duration) -> Command {
    Command::new(program)
}

/// Takes an AU stream of 32-bit floats apart as it comes.
#[derive(Default)]
struct Au {
    /// Bytes that are not used yet: of the header, or of a sample of all channels.
    rest: Vec<u8>,
    /// Bytes still to be left out: the text behind the fixed header.
    to_skip: usize,
    collector: Option<Collector>,
    planes: Vec<Vec<f32>>,
}

impl Au {
    fn take(&mut self, piece: &[u8], limits: &DecodeLimits) -> Result<(), DecodeError> {
        const HEAD_BYTES: usize = 24;
        self.rest.extend(piece);
        if self.collector.is_none() {
            let Some(head) = self.rest.first_chunk::<HEAD_BYTES>() else { return Ok(()) };
            let field = |n: usize| u32::from_be_bytes(*head[4 * n..].first_chunk().expect("six fields in 24 bytes"));
            if &head[..4] != b".snd" || field(3) != 6 {
                return Err(DecodeError::Malformed("ffmpeg did not write the samples that it was asked for".into()));
            }
            let n_channels = field(5) as usize;
            self.collector = Some(Collector::new(sample_rate(field(4))?, n_channels, 0, limits)?);
            self.planes = vec![Vec::new(); n_channels];
            self.to_skip = field(1) as usize;
        }
        let skipped = self.to_skip.min(self.rest.len());
        self.to_skip -= skipped;
        let block = 4 * self.planes.len();
        let whole = (self.rest.len() - skipped) / block * block;
        for samples in self.rest[skipped..skipped + whole].chunks_exact(block) {
            for (plane, bytes) in self.planes.iter_mut().zip(samples.as_chunks().0) {
                plane.push(f32::from_be_bytes(*bytes));
            }
        }
        self.rest.drain(..skipped + whole);
        if let Some(collector) = &mut self.collector {
            collector.push(&self.planes)?;
        }
        for plane in &mut self.planes {
            plane.clear();
        }
        Ok(())
    }
}

/// What ffmpeg said about a file.
struct Talk {
    /// The codec of the first sound stream, as ffmpeg names it.
    codec: Option<String>,
    n_errors: usize,
    first_error: Option<String>,
}

impl Talk {
    fn read(talk: &[u8], path: &Path) -> Self {
        let talk = String::from_utf8_lossy(talk);
        let name = path.to_string_lossy();
        let codec = talk
            .lines()
            .find_map(|line| line.split_once("Stream #0:").and_then(|(_, rest)| rest.split_once(": Audio: ")))
            .map(|(_, rest)| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').take(32).collect());
        let mut errors = talk.lines().filter(|line| line.contains("[error]") || line.contains("[fatal]"));
        let first = errors.next().map(|line| {
            // The file's own name and what is no plain text stay out of reports.
            let line = line.replace(&*name, "the file").replace("file:the file", "the file");
            let words = line.split(['[', ']']).next_back().unwrap_or_default().trim();
            words.chars().filter(|c| !c.is_control()).take(160).collect()
        });
        Self { codec, n_errors: usize::from(first.is_some()) + errors.count(), first_error: first }
    }
}
