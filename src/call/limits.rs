//! How much a recording may cost before it is refused, each limit with its name. Plain numbers: what enforces them is the
//! decoder (bytes, duration, channels, sample rate), the pipeline (transcript) and the worker (wall time, memory).
//!
//! A recording over a limit has no report: its failure is of kind `limit`, and the message begins with `limit NAME`.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LimitName {
    /// Size of the file.
    Bytes,
    /// Length of the sound.
    Duration,
    /// Number of channels.
    Channels,
    /// Sampling rate.
    SampleRate,
    /// Time on the clock, relative to the length of the sound.
    Wall,
    /// Time on the clock that every recording has, however short.
    WallFloor,
    /// Memory of the process that analyses it, beside the models.
    Memory,
    /// Size of the transcript's text.
    TranscriptBytes,
}

impl LimitName {
    /// All of them, in the order of [`Limits`].
    pub const ALL: [Self; 8] = [
        Self::Bytes,
        Self::Duration,
        Self::Channels,
        Self::SampleRate,
        Self::Wall,
        Self::WallFloor,
        Self::Memory,
        Self::TranscriptBytes,
    ];

    /// As options and messages have it: `sample_rate`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Duration => "duration",
            Self::Channels => "channels",
            Self::SampleRate => "sample_rate",
            Self::Wall => "wall",
            Self::WallFloor => "wall_floor",
            Self::Memory => "memory",
            Self::TranscriptBytes => "transcript_bytes",
        }
    }
}

impl fmt::Display for LimitName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A limit that a recording is over. Reads `limit duration: 5.2 h is more than 4 h`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("limit {limit}: {message}")]
pub struct Exceeded {
    /// Which.
    pub limit: LimitName,
    /// How far, for people.
    pub message: String,
}

impl Exceeded {
    /// The limit with what was met.
    pub fn new(limit: LimitName, message: impl Into<String>) -> Self {
        Self { limit, message: message.into() }
    }
}

/// What a recording may cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Size of the file in bytes. Default 16 GiB: 4 h of 32-bit stereo at 192 kHz, or the sound track of a film with its
    /// pictures.
    pub bytes: u64,
    /// Length of the sound in seconds. Default 4 h: longer files are nearly always several calls in one, and 4 h of
    /// 8 kHz stereo already take 0.92 GB. Raise it for recordings of whole shifts.
    pub duration_s: f64,
    /// Number of channels. Default 32, more than any recorder of calls writes.
    pub channels: u16,
    /// Sampling rate in Hz. Default 192 000, the highest of studio equipment.
    pub sample_rate_hz: u32,
    /// Seconds on the clock for a second of sound. Default 10: the largest speech model needs about 3 on one core, and the
    /// machine may be shared by three.
    pub wall_ratio: f64,
    /// Seconds on the clock that every recording has, beside the above. Default 60: what loads on first use, and slow disks.
    pub wall_floor_s: f64,
    /// Bytes of memory that the process that analyses calls may take beside the models. Default 4 GiB: 4 h of 8 kHz stereo
    /// take 1.1 GB, 2 h of 48 kHz stereo 3.5 GB. Only worker processes can be held to it.
    pub memory_bytes: u64,
    /// Bytes of text in the transcript. Default 4 MiB: 4 h of fast Russian are under 1 MB.
    pub transcript_bytes: u64,
}

const GIB: u64 = 1 << 30;

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 16 * GIB,
            duration_s: 4.0 * 3600.0,
            channels: 32,
            sample_rate_hz: 192_000,
            wall_ratio: 10.0,
            wall_floor_s: 60.0,
            memory_bytes: 4 * GIB,
            transcript_bytes: 4 << 20,
        }
    }
}

/// Bytes a second that any disk and decoder get through: before a file is decoded, its size is all that is known.
const SLOWEST_BYTES_PER_S: f64 = 100_000.0;

/// More than any clock counts from start to end: keeps sums of times finite and convertible.
const LONGEST_WALL_S: f64 = 1e9;

impl Limits {
    /// Seconds on the clock until a file of this size must be decoded.
    pub fn decode_wall_s(&self, bytes: u64) -> f64 {
        capped_s(self.wall_floor_s + bytes as f64 / SLOWEST_BYTES_PER_S)
    }

    /// Seconds on the clock from the beginning until a call of this length must be done.
    pub fn call_wall_s(&self, bytes: u64, duration_s: f64) -> f64 {
        capped_s(self.decode_wall_s(bytes) + self.wall_ratio * duration_s)
    }

    /// Whether the file is too large to be opened.
    ///
    /// # Errors
    /// [`Exceeded`] if it is.
    pub fn check_bytes(&self, bytes: u64) -> Result<(), Exceeded> {
        match bytes > self.bytes {
            true => Err(Exceeded::new(LimitName::Bytes, format!("the file has {bytes} bytes, at most {}", self.bytes))),
            false => Ok(()),
        }
    }

    /// Whether what was decoded is within the limits.
    ///
    /// # Errors
    /// [`Exceeded`] with the first limit that it is over.
    pub fn check_sound(&self, sample_rate_hz: u32, n_channels: usize, duration_s: f64) -> Result<(), Exceeded> {
        let over = |limit, message| Err(Exceeded::new(limit, message));
        if n_channels > usize::from(self.channels) {
            return over(LimitName::Channels, format!("{n_channels} channels, at most {}", self.channels));
        }
        if sample_rate_hz > self.sample_rate_hz {
            return over(LimitName::SampleRate, format!("{sample_rate_hz} Hz, at most {}", self.sample_rate_hz));
        }
        if duration_s > self.duration_s {
            return over(LimitName::Duration, format!("{duration_s:.1} s of sound, at most {}", self.duration_s));
        }
        Ok(())
    }

    /// Whether a transcript is within the limits.
    ///
    /// # Errors
    /// [`Exceeded`] if its text has more than [`Limits::transcript_bytes`].
    pub fn check_transcript(&self, bytes: u64) -> Result<(), Exceeded> {
        match bytes > self.transcript_bytes {
            true => Err(Exceeded::new(
                LimitName::TranscriptBytes,
                format!("the transcript has {bytes} bytes, at most {}", self.transcript_bytes),
            )),
            false => Ok(()),
        }
    }

    /// The time limit of a call, as a failure. `duration_s` is `None` before the file is decoded.
    pub fn over_wall(&self, bytes: u64, duration_s: Option<f64>) -> Exceeded {
        let message = match duration_s {
            None => format!("not decoded after {:.0} s", self.decode_wall_s(bytes)),
            Some(duration_s) => {
                format!("not done after {:.0} s ({duration_s:.1} s of sound)", self.call_wall_s(bytes, duration_s))
            }
        };
        Exceeded::new(LimitName::Wall, message)
    }

    /// Sets one limit from text: `memory=2GiB`, `duration=90m`, `channels=2`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let wrong = |what: &str| format!("{name} must be {what}, got {value:?}");
        let bytes = || parse_bytes(value).ok_or_else(|| wrong("a number of bytes above zero, such as 500MB or 2GiB"));
        let seconds = || parse_s(value).ok_or_else(|| wrong("a time above zero such as 600s, 90m or 4h"));
        let count = |most: u32| {
            let number = value.trim().parse().ok().filter(|n: &u32| (1..=most).contains(n));
            number.ok_or_else(|| wrong(&format!("a whole number from 1 to {most}")))
        };
        match LimitName::ALL.into_iter().find(|limit| limit.as_str() == name) {
            Some(LimitName::Bytes) => self.bytes = bytes()?,
            Some(LimitName::Duration) => self.duration_s = seconds()?,
            Some(LimitName::Channels) => self.channels = count(u32::from(u16::MAX))? as u16,
            Some(LimitName::SampleRate) => self.sample_rate_hz = count(u32::MAX)?,
            Some(LimitName::Wall) => {
                let ratio = value.trim().parse().ok().filter(|r: &f64| r.is_finite() && *r > 0.0);
                self.wall_ratio = ratio.ok_or_else(|| wrong("seconds for a second of sound, above zero"))?;
            }
            Some(LimitName::WallFloor) => self.wall_floor_s = seconds()?,
            Some(LimitName::Memory) => self.memory_bytes = bytes()?,
            Some(LimitName::TranscriptBytes) => self.transcript_bytes = bytes()?,
            None => {
                let names: Vec<&str> = LimitName::ALL.into_iter().map(LimitName::as_str).collect();
                return Err(format!("there is no limit {name:?}; there are {}", names.join(", ")));
            }
        }
        Ok(())
    }
}

fn capped_s(seconds: f64) -> f64 {
    // Not finite after a sum of what a user may write: then there is no end.
    if seconds.is_finite() { seconds.clamp(0.0, LONGEST_WALL_S) } else { LONGEST_WALL_S }
}

/// `90`, `600s`, `90m`, `1.5h` to seconds above zero.
pub fn parse_s(text: &str) -> Option<f64> {
    let text = text.trim();
    let (number, unit_s) = match text.char_indices().next_back()? {
        (end, 's') => (&text[..end], 1.0),
        (end, 'm') => (&text[..end], 60.0),
        (end, 'h') => (&text[..end], 3600.0),
        _ => (text, 1.0),
    };
    let value: f64 = number.trim().parse().ok()?;
    (value.is_finite() && value > 0.0).then_some(value * unit_s).filter(|s| s.is_finite())
}

/// `4096`, `500MB`, `2GiB` to bytes above zero: powers of ten, and of two with an `i`.
fn parse_bytes(text: &str) -> Option<u64> {
    const UNITS: [(&str, u64); 7] = [
        ("KiB", 1 << 10),
        ("MiB", 1 << 20),
        ("GiB", GIB),
        ("kB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("B", 1),
    ];
    let text = text.trim();
    let (number, unit) =
        UNITS.iter().find_map(|(name, unit)| Some((text.strip_suffix(name)?, *unit))).unwrap_or((text, 1));
    let value: f64 = number.trim().parse().ok()?;
    // 2^53: what a number holds exactly.
    (value.is_finite() && value > 0.0 && value * (unit as f64) < 9e15).then(|| (value * unit as f64).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_set_by_name_with_the_units_that_people_write() {
        let check = |name: &str, value: &str, expected: Limits| {
            let mut limits = Limits::default();
            limits.set(name, value).expect("a good value");
            assert_eq!(limits, expected, "{name}={value}");
        };
        let default = Limits::default;
        check("bytes", "500MB", Limits { bytes: 500_000_000, ..default() });
        check("memory", "1.5GiB", Limits { memory_bytes: 3 << 29, ..default() });
        check("transcript_bytes", "4096", Limits { transcript_bytes: 4096, ..default() });
        check("duration", "90m", Limits { duration_s: 5400.0, ..default() });
        check("wall_floor", "5", Limits { wall_floor_s: 5.0, ..default() });
        check("wall", "0.5", Limits { wall_ratio: 0.5, ..default() });
        check("channels", "2", Limits { channels: 2, ..default() });
        check("sample_rate", "48000", Limits { sample_rate_hz: 48_000, ..default() });
    }

    #[test]
    fn what_is_no_limit_is_refused_with_the_reason() {
        let check = |name: &str, value: &str, said: &str| {
            let mut limits = Limits::default();
            let message = limits.set(name, value).expect_err("refused");
            assert!(message.contains(said), "{name}={value}: {message}");
            assert_eq!(limits, Limits::default());
        };
        check("speed", "1", "there are bytes, duration, channels");
        for value in ["", "0", "-1", "many", "1TB", "inf", "NaN"] {
            check("memory", value, "memory must be a number of bytes");
        }
        for value in ["", "h", "0s", "-1m", "1e400h", "5d"] {
            check("duration", value, "duration must be a time");
        }
        check("channels", "65536", "from 1 to 65535");
        check("wall", "0", "wall must be seconds");
    }

    #[test]
    fn the_first_limit_that_a_recording_is_over_is_named() {
        let limits = Limits { bytes: 10, duration_s: 1.0, channels: 2, sample_rate_hz: 8000, ..Limits::default() };
        let check = |checked: Result<(), Exceeded>, expected: Option<&str>| {
            assert_eq!(checked.err().map(|e| e.to_string()).as_deref(), expected);
        };
        check(limits.check_bytes(10), None);
        check(limits.check_bytes(11), Some("limit bytes: the file has 11 bytes, at most 10"));
        check(limits.check_sound(8000, 2, 1.0), None);
        check(limits.check_sound(8000, 3, 2.0), Some("limit channels: 3 channels, at most 2"));
        check(limits.check_sound(8001, 2, 2.0), Some("limit sample_rate: 8001 Hz, at most 8000"));
        check(limits.check_sound(8000, 1, 1.25), Some("limit duration: 1.2 s of sound, at most 1"));
    }

    #[test]
    fn times_grow_with_size_and_length_and_stay_finite() {
        let limits = Limits { wall_floor_s: 60.0, wall_ratio: 10.0, ..Limits::default() };
        assert_eq!(limits.decode_wall_s(1_000_000), 70.0);
        assert_eq!(limits.call_wall_s(1_000_000, 300.0), 3070.0);
        assert_eq!(Limits { wall_ratio: f64::MAX, ..limits }.call_wall_s(1, 1e300), LONGEST_WALL_S);
    }
}
