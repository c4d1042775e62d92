//! Recordings without any header: which codec, rate and channels they have is told by the user, or else by their name.
//! Telephone switches write such files. Not a decoder.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::blocks::{Blocks, Lengths};
use super::error::DecodeError;
use crate::call::{Problem, ProblemSeverity};
use crate::units::SampleRate;

/// Names of codecs as users write them, and as reports do.
const CODECS: &[(&str, &str)] = &[
    ("ulaw", "pcm_mulaw"),
    ("mulaw", "pcm_mulaw"),
    ("alaw", "pcm_alaw"),
    ("s16le", "pcm_s16le"),
    ("s16be", "pcm_s16be"),
    ("s24le", "pcm_s24le"),
    ("s24be", "pcm_s24be"),
    ("s32le", "pcm_s32le"),
    ("s32be", "pcm_s32be"),
    ("f32le", "pcm_f32le"),
    ("f32be", "pcm_f32be"),
    ("s8", "pcm_s8"),
    ("u8", "pcm_u8"),
    ("gsm", "gsm"),
    ("g722", "adpcm_g722"),
    ("vox", "adpcm_ima_oki"),
];

/// What names mean: extension, codec, rate. One channel each. The `sln` of Asterisk carry their rate in kHz.
const NAMES: &[(&str, &str, u32)] = &[
    ("ulaw", "pcm_mulaw", 8000),
    ("ul", "pcm_mulaw", 8000),
    ("mulaw", "pcm_mulaw", 8000),
    ("ulw", "pcm_mulaw", 8000),
    ("alaw", "pcm_alaw", 8000),
    ("al", "pcm_alaw", 8000),
    ("alw", "pcm_alaw", 8000),
    ("sln", "pcm_s16le", 8000),
    ("sln12", "pcm_s16le", 12_000),
    ("sln16", "pcm_s16le", 16_000),
    ("sln24", "pcm_s16le", 24_000),
    ("sln32", "pcm_s16le", 32_000),
    ("sln44", "pcm_s16le", 44_100),
    ("sln48", "pcm_s16le", 48_000),
    ("gsm", "gsm", 8000),
    ("g722", "adpcm_g722", 16_000),
    ("vox", "adpcm_ima_oki", 8000),
    // 16 bits by most programs, µ-law by Asterisk: the samples decide.
    ("pcm", PCM_OR_LAW, 8000),
];

/// Stands for a name that several codecs go by.
const PCM_OR_LAW: &str = "";

/// Samples that decide between the codecs of one name: a minute of telephone speech.
const JUDGED_BYTES: usize = 8000 * 60;

/// What a file without a header holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawFormat {
    codec: &'static str,
    rate: SampleRate,
    n_channels: u16,
}

impl RawFormat {
    /// The codec's short name, as in reports.
    pub fn codec(&self) -> &'static str {
        self.codec
    }

    /// What the name of a file says, if it is one of the names that such files have.
    pub(super) fn by_name(path: &Path, head: &[u8]) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        let &(_, codec, rate_hz) = NAMES.iter().find(|(name, ..)| *name == extension)?;
        let codec = if codec == PCM_OR_LAW { smoothest(head) } else { codec };
        Some(Self { codec, rate: SampleRate::new(rate_hz)?, n_channels: 1 })
    }

    /// Bytes of the beginning that [`Self::by_name`] wants to see.
    pub(super) const HEAD_BYTES: usize = JUDGED_BYTES;

    /// Where the samples are: all of a file of `len` bytes. `None` for raw GSM, which has frames.
    pub(super) fn blocks(&self, len: u64) -> Result<Option<Blocks>, DecodeError> {
        let (rate_hz, n_channels) = (self.rate.hz(), usize::from(self.n_channels));
        let mut blocks = match Blocks::of_samples(self.codec, rate_hz, n_channels, 0) {
            Some(blocks) => blocks,
            None if self.codec == "gsm" => return Ok(None),
            None => Blocks::of_speech(self.codec, rate_hz, 0),
        };
        blocks.settle_length(Lengths { declared: Some(len), available: len, is_end_sound: true });
        Ok(Some(blocks))
    }

    /// Says that nothing in the file says so.
    pub(super) fn assumed(&self) -> Problem {
        let text = format!(
            "the file has no header: by its name, {} at {} Hz with 1 channel was assumed",
            self.codec,
            self.rate.hz()
        );
        Problem::new("decode", "format_assumed", ProblemSeverity::Note, text).about([
            "/recording/codec",
            "/recording/sample_rate_hz",
            "/recording/n_channels",
        ])
    }
}

/// As it is written on the command line.
impl fmt::Display for RawFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = CODECS.iter().find(|(_, codec)| *codec == self.codec).map_or(self.codec, |(name, _)| name);
        write!(f, "{name},{},{}", self.rate.hz(), self.n_channels)
    }
}

impl Serialize for RawFormat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RawFormat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// `CODEC[,RATE[,CHANNELS]]`: `ulaw,8000`, `s16le,16000,2`, `g722`. The rate is 8000 Hz if it is left out, and 16,000 Hz in
/// G.722.
impl FromStr for RawFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.split(',').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let Some(&(_, codec)) = CODECS.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = CODECS.iter().map(|(name, _)| *name).collect();
            return Err(format!("unknown codec {name:?}: one of {}", known.join(", ")));
        };
        let default_hz = if codec == "adpcm_g722" { 16_000 } else { 8000 };
        let rate_hz = parts.next().map_or(Ok(default_hz), |rate| rate.parse().map_err(|_| rate.to_owned()));
        let rate = rate_hz.and_then(|hz| SampleRate::new(hz).ok_or_else(|| hz.to_string()));
        let rate = rate.map_err(|rate| format!("{rate:?} is no sampling rate: 1 to {}", SampleRate::MAX_HZ))?;
        let n_channels = parts.next().map_or(Ok(1), |n| n.parse::<u16>().map_err(|_| n.to_owned()));
        let n_channels =
            n_channels.ok().filter(|n| (1..=32).contains(n)).ok_or("channels are a number from 1 to 32")?;
        if parts.next().is_some() {
            return Err("CODEC,RATE,CHANNELS and nothing behind".into());
        }
        if Blocks::sample_bytes(codec).is_none() && n_channels > 1 {
            return Err(format!("{name} has one channel"));
        }
        if codec == "gsm" && rate.hz() != 8000 || codec == "adpcm_g722" && rate.hz() != 16_000 {
            return Err(format!("{name} has {default_hz} Hz"));
        }
        Ok(Self { codec, rate, n_channels })
    }
}

/// The codec whose samples are most alike from one to the next. Sound read with a wrong codec is noise: neighbours have
/// nothing to do with each other, while in speech at 8 kHz they correlate by 0.8 and more.
fn smoothest(bytes: &[u8]) -> &'static str {
    let linear: Vec<f64> = bytes.as_chunks().0.iter().map(|pair| f64::from(i16::from_le_bytes(*pair))).collect();
    let law = |expand: fn(u8) -> f64| bytes.iter().map(|&byte| expand(byte)).collect::<Vec<f64>>();
    let candidates = [
        ("pcm_s16le", correlation(&linear)),
        ("pcm_mulaw", correlation(&law(mu_law))),
        ("pcm_alaw", correlation(&law(a_law))),
    ];
    let mut best = candidates[0];
    for candidate in candidates {
        if candidate.1 > best.1 {
            best = candidate;
        }
    }
    best.0
}

/// Correlation of samples with the next ones; 0 for silence.
fn correlation(samples: &[f64]) -> f64 {
    let mean = samples.iter().sum::<f64>() / samples.len().max(1) as f64;
    let power: f64 = samples.iter().map(|s| (s - mean).powi(2)).sum();
    let shared: f64 = samples.windows(2).map(|pair| (pair[0] - mean) * (pair[1] - mean)).sum();
    if power > 0.0 { shared / power } else { 0.0 }
}

/// ITU-T G.711, table 2; the scale does not matter here.
fn mu_law(byte: u8) -> f64 {
    let code = !byte;
    let magnitude = ((i32::from(code & 0xf) * 2 + 33) << ((code >> 4) & 7)) - 33;
    f64::from(if code & 0x80 != 0 { -magnitude } else { magnitude })
}

/// ITU-T G.711, table 1.
fn a_law(byte: u8) -> f64 {
    let code = byte ^ 0x55;
    let (step, segment) = (i32::from(code & 0xf) * 2 + 1, (code >> 4) & 7);
    let magnitude = if segment == 0 { step } else { (step + 32) << (segment - 1) };
    f64::from(if code & 0x80 != 0 { magnitude } else { -magnitude })
}

#[cfg(test)]
mod tests {
    use super::RawFormat;

    fn check(text: &str, expected: Result<(&str, u32, u16), &str>) {
        match (text.parse::<RawFormat>(), expected) {
            (Ok(raw), Ok(expected)) => assert_eq!((raw.codec, raw.rate.hz(), raw.n_channels), expected, "{text}"),
            (Err(error), Err(word)) => assert!(error.contains(word), "{text}: {error}"),
            (found, _) => panic!("{text}: {found:?}"),
        }
    }

    #[test]
    fn a_raw_format_is_a_codec_a_rate_and_channels() {
        check("ulaw,8000", Ok(("pcm_mulaw", 8000, 1)));
        check("ULAW", Ok(("pcm_mulaw", 8000, 1)));
        check("s16le, 44100, 2", Ok(("pcm_s16le", 44_100, 2)));
        check("g722", Ok(("adpcm_g722", 16_000, 1)));
        check("vox,6000", Ok(("adpcm_ima_oki", 6000, 1)));
        check("mp3,8000", Err("unknown codec"));
        check("ulaw,0", Err("sampling rate"));
        check("ulaw,fast", Err("sampling rate"));
        check("ulaw,8000,0", Err("1 to 32"));
        check("ulaw,8000,1,1", Err("nothing behind"));
        check("gsm,8000,2", Err("one channel"));
        check("g722,8000", Err("16000 Hz"));
    }
}
