//! Decoding a recording: from a file of any supported format to planes of samples, with a line for everything that
//! was lost or mended on the way. Content decides what a file is, never its name. Not resampling, not denoising:
//! samples stay at their native rate and as they are.
//!
//! Formats, what trims them, and every problem code: `docs/formats.md`.

use std::fs::File;
use std::path::Path;

use super::engine;
pub use super::error::DecodeError;
use super::mpeg::Layer;
use super::pump::Sound;
use super::section::Section;
use super::sniff::{Container, Sniffed, sniff};
use super::{aiff, mpeg, riff};
use crate::call::{Channels, Problem, ProblemSeverity};

/// Extensions, in lower case, of files that a folder walk takes for recordings. Those of formats that are not
/// decoded are here too: a recording that cannot be analysed must be named, not passed over.
pub const EXTENSIONS: &[&str] = &[
    "wav", "wave", "aif", "aiff", "aifc", "flac", "mp3", "m4a", "m4b", "mp4", "aac", "ogg", "oga",
    "opus", // decoded
    "gsm", "amr", "awb", "wma", "au", "snd", "caf", "rf64", "w64", "bwf", "vox", "g722", "g726", "g729", "ulaw",
    "alaw", "ul", "al", "spx", "mp2", "ac3", "mka", "webm", "3gp", "3ga", "voc", "sph", "ra",
];

/// What is refused before or while decoding.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodeLimits {
    /// Longest recording in seconds; default 4 hours. Raise it for recordings of whole shifts: 4 h of 8 kHz stereo
    /// take 0.92 GB.
    pub max_duration_s: f64,
    /// Most channels; default 32, more than any recorder of calls writes.
    pub max_channels: usize,
}

impl Default for DecodeLimits {
    fn default() -> Self {
        Self { max_duration_s: 4.0 * 3600.0, max_channels: 32 }
    }
}

/// What came out of a file.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// Container, short name: `wav`, `aiff`, `flac`, `mp3`, `adts`, `mp4`, `ogg`.
    pub container: String,
    /// Codec, short name as ffmpeg has it: `pcm_s16le`, `pcm_mulaw`, `mp3`, `opus`.
    pub codec: String,
    /// What decoded it, with version.
    pub decoder: String,
    /// The sound; 0 s is the first sample that a player plays.
    pub channels: Channels,
    /// What was lost or mended, stage `decode`.
    pub problems: Vec<Problem>,
    /// True if every current browser plays this file as it is; in doubt false.
    pub is_browser_playable: bool,
}

/// How far into a WAV file's data the first MP3 frame may be: some writers put a tag in front.
const MP3_WINDOW_BYTES: usize = 64 * 1024;

/// Decodes a recording.
///
/// # Errors
/// [`DecodeError`], by what the caller can do: the file cannot be read, is of a kind that is not decoded, is damaged
/// beyond mending, holds no sound, or is over a limit. What can be mended is, with a [`Problem`] that says so.
pub fn decode(path: &Path, limits: &DecodeLimits) -> Result<Decoded, DecodeError> {
    let (container, start, n_junk) = match sniff(path)? {
        Sniffed::Known { container, start, n_junk } => (container, start, n_junk),
        Sniffed::Other { name, .. } => return Err(DecodeError::Unsupported(format!("this is {name}"))),
        Sniffed::Empty => return Err(DecodeError::NoAudio("the file is empty (0 bytes)".into())),
        Sniffed::Unknown => return Err(unknown(path)),
    };
    let sound = match container {
        Container::Wav => match riff::read(&mut section(path, start)?)? {
            riff::Wave::Blocks(mut blocks) => {
                blocks.start += start;
                engine::decode_blocks(path, blocks, limits)?
            }
            riff::Wave::Mp3 { start: data, len } => {
                let mut head = vec![0; MP3_WINDOW_BYTES];
                let n = Section::new(File::open(path)?, start + data, len)?.read_full(&mut head)?;
                let Some((at, Layer::Three)) = mpeg::find_mpeg(&head[..n], n as u64 == len) else {
                    return Err(DecodeError::Malformed("the WAV header says MP3, but no MP3 frames follow".into()));
                };
                let at = at as u64;
                engine::decode_stream(path, Container::Mp3, start + data + at, len - at, limits)?
            }
        },
        Container::Aiff => {
            let mut blocks = aiff::read(&mut section(path, start)?)?;
            blocks.start += start;
            engine::decode_blocks(path, blocks, limits)?
        }
        stream => engine::decode_stream(path, stream, start, u64::MAX, limits)?,
    };
    let Sound { codec, decoder, channels, mut problems } = sound;
    if n_junk > 0 {
        let text = format!("{n_junk} bytes before the beginning of the recording were skipped");
        problems.insert(0, Problem::new("decode", "junk_skipped", ProblemSeverity::Note, text));
    }
    // Browsers are strict where this program is lenient: a file that had to be mended is not trusted to play.
    let is_sound = problems.iter().all(|p| matches!(p.code.as_str(), "over_full_scale" | "more_tracks"));
    Ok(Decoded {
        is_browser_playable: is_sound && is_browser_playable(container, &codec, &channels),
        container: container.name().into(),
        codec,
        decoder: decoder.into(),
        channels,
        problems,
    })
}

/// For discovery in folders: do the first bytes look like sound, of a kind that is decoded or not? False too when
/// the file cannot be read.
pub fn probes_as_audio(path: &Path) -> bool {
    match sniff(path) {
        Ok(Sniffed::Known { .. }) => true,
        Ok(Sniffed::Other { is_audio, .. }) => is_audio,
        Ok(Sniffed::Unknown | Sniffed::Empty) | Err(_) => false,
    }
}

fn section(path: &Path, start: u64) -> Result<Section, DecodeError> {
    Ok(Section::new(File::open(path)?, start, u64::MAX)?)
}

/// Headerless telephone formats can only be told by their names; that is enough for a better message.
fn unknown(path: &Path) -> DecodeError {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let headerless = match extension.as_str() {
        "gsm" => "GSM 06.10",
        "g722" => "G.722",
        "g726" => "G.726",
        "g729" => "G.729",
        "vox" => "Dialogic ADPCM",
        "ul" | "ulaw" => "µ-law without a header",
        "al" | "alaw" => "A-law without a header",
        _ => return DecodeError::Unsupported("the bytes are of no audio format that is known".into()),
    };
    DecodeError::Unsupported(format!("by its name this is {headerless}"))
}

/// What Chromium, Firefox and Safari all play: MDN, "Web audio codec guide" and "Media container formats".
fn is_browser_playable(container: Container, codec: &str, channels: &Channels) -> bool {
    let is_playable = match container {
        Container::Wav => matches!(codec, "pcm_u8" | "pcm_s16le" | "pcm_f32le"),
        Container::Flac => codec == "flac",
        Container::Mp3 => codec == "mp3",
        Container::Mp4 => codec == "aac",
        Container::Ogg => matches!(codec, "vorbis" | "opus"),
        Container::Aiff | Container::Adts => false,
    };
    // Web audio promises 8000 to 96000 Hz; beyond two channels players mix or refuse.
    is_playable && channels.n_channels() <= 2 && (8_000..=96_000).contains(&channels.rate().hz())
}
