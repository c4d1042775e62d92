//! Decoding a recording: from a file of any supported format to planes of samples, with a line for everything that
//! was lost or mended on the way. Content decides what a file is; its name only where there is no header. Not
//! resampling, not denoising: samples stay at their native rate and as they are.
//!
//! Formats, what trims them, and every problem code: `docs/formats.md`.

use std::fs::File;
use std::path::Path;

use super::blocks::Blocks;
use super::codecs::amr::Band;
use super::containers::caf::{self, Caf};
use super::containers::mpeg::{self, Layer};
use super::containers::riff::{self, Wave};
use super::containers::{aiff, amr, au, mp4_table, w64};
use super::engine;
pub use super::error::DecodeError;
use super::external::External;
pub use super::limits::DecodeLimits;
use super::pump::Sound;
pub use super::raw::RawFormat;
use super::section::Section;
use super::sniff::{Container, Sniffed, sniff};
use super::speech_stream::{self, Kind};
use super::{own, packets};
use crate::call::{Channels, Problem, ProblemSeverity};

/// Extensions, in lower case, of files that a folder walk takes for recordings. Those of formats that are not
/// decoded are here too: a recording that cannot be analysed must be named, not passed over.
pub const EXTENSIONS: &[&str] = &[
    "wav", "wave", "bwf", "rf64", "w64", "aif", "aiff", "aifc", "au", "snd", "caf", "flac", "mp3", "mp2", "m4a", "m4b",
    "mp4", "mov", "3gp", "3ga", "aac", "ogg", "oga", "opus", "mka", "mkv", "webm", "gsm", "amr", "awb", "g722", "vox",
    "ulaw", "ul", "mulaw", "ulw", "alaw", "al", "alw", "sln", "sln12", "sln16", "sln24", "sln32", "sln44", "sln48",
    "pcm", "raw", // decoded
    "wma", "g723", "g726", "g729", "spx", "ac3", "voc", "sph", "ra",
];

/// How a recording is decoded.
#[derive(Debug, Default)]
pub struct DecodeOptions {
    /// What is refused.
    pub limits: DecodeLimits,
    /// What files without a header hold; `None` leaves it to their names.
    pub raw: Option<RawFormat>,
    /// The program for codecs that have no decoder here; off by default, so that a result depends on this program alone.
    pub external: External,
}

/// What came out of a file.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// Container, short name: `wav`, `aiff`, `flac`, `mp3`, `adts`, `mp4`, `ogg`, `mkv`, `amr`, `raw`.
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

/// How far into a WAV file's data the first frame of MPEG audio may be: some writers put a tag in front.
const MPEG_WINDOW_BYTES: usize = 64 * 1024;

/// Decodes a recording with our own means: [`decode_with`] without a raw format and without an external program.
///
/// # Errors
/// As [`decode_with`].
pub fn decode(path: &Path, limits: &DecodeLimits) -> Result<Decoded, DecodeError> {
    decode_with(path, &DecodeOptions { limits: limits.clone(), ..DecodeOptions::default() })
}

/// Decodes a recording.
///
/// # Errors
/// [`DecodeError`], by what the caller can do: the file cannot be read, is of a kind that is not decoded, is damaged
/// beyond mending, holds no sound, or is over a limit. What can be mended is, with a [`Problem`] that says so.
pub fn decode_with(path: &Path, options: &DecodeOptions) -> Result<Decoded, DecodeError> {
    let limits = &options.limits;
    let sniffed = sniff(path)?;
    let file_len = std::fs::metadata(path)?.len();
    limits.check_file(file_len)?;
    let (name, n_junk, demuxer, own) = match raw_format(path, options, &sniffed)? {
        Some((raw, problem)) => {
            let sound = decode_raw(path, &raw, file_len, limits).map(|mut sound| {
                sound.problems.splice(0..0, problem);
                sound
            });
            return finish("raw", None, 0, sound?);
        }
        None => match sniffed {
            Sniffed::Known { container, start, n_junk } => {
                let sound = decode_container(path, container, start, limits);
                (container.name(), n_junk, Some(container.demuxer()), sound.map(|sound| (sound, container)))
            }
            Sniffed::Other { name, demuxer: Some(demuxer), .. } => {
                (demuxer, 0, Some(demuxer), Err(DecodeError::UnknownCodec(name.into())))
            }
            Sniffed::Other { name, .. } => return Err(DecodeError::Unsupported(format!("this is {name}"))),
            Sniffed::Empty => return Err(DecodeError::NoAudio("the file is empty (0 bytes)".into())),
            Sniffed::Unknown => match headerless(path) {
                Some((name, demuxer)) => {
                    (demuxer.unwrap_or_default(), 0, demuxer, Err(DecodeError::UnknownCodec(name.into())))
                }
                None => return Err(unknown()),
            },
        },
    };
    match own {
        Ok((sound, container)) => finish(name, Some(container), n_junk, sound),
        Err(DecodeError::UnknownCodec(codec)) => {
            let sound = options.external.decode(path, demuxer, &codec, limits)?;
            finish(name, None, 0, sound)
        }
        Err(error) => Err(error),
    }
}

/// The raw format that a file is to be read as: where nothing in it tells what it is.
fn raw_format(
    path: &Path,
    options: &DecodeOptions,
    sniffed: &Sniffed,
) -> Result<Option<(RawFormat, Option<Problem>)>, DecodeError> {
    let may_be_raw = match sniffed {
        // Behind samples that happen to look like rubbish before a container, or like GSM.
        Sniffed::Known { container, n_junk, .. } => *n_junk > 0 || *container == Container::Gsm,
        // Two bytes at the beginning are no proof.
        Sniffed::Other { is_weak, .. } => *is_weak,
        Sniffed::Unknown => true,
        Sniffed::Empty => false,
    };
    if !may_be_raw {
        return Ok(None);
    }
    if let Some(raw) = options.raw {
        return Ok(Some((raw, None)));
    }
    let mut head = vec![0; RawFormat::HEAD_BYTES];
    let n = section(path, 0)?.read_full(&mut head)?;
    let by_name = RawFormat::by_name(path, &head[..n]);
    // GSM that is GSM by content needs no assumption.
    let is_sure = matches!(sniffed, Sniffed::Known { container: Container::Gsm, .. });
    Ok(by_name.filter(|raw| !(is_sure && raw.codec() == "gsm")).map(|raw| (raw, Some(raw.assumed()))))
}

fn decode_raw(path: &Path, raw: &RawFormat, len: u64, limits: &DecodeLimits) -> Result<Sound, DecodeError> {
    match raw.blocks(len)? {
        Some(blocks) => decode_blocks(path, blocks, limits),
        None => speech_stream::decode(path, Kind::Gsm, 0, limits),
    }
}

fn decode_container(
    path: &Path,
    container: Container,
    start: u64,
    limits: &DecodeLimits,
) -> Result<Sound, DecodeError> {
    let blocks = match container {
        Container::Wav | Container::Rf64 | Container::W64 => {
            let mut section = section(path, start)?;
            let wave = if container == Container::W64 { w64::read(&mut section)? } else { riff::read(&mut section)? };
            match wave {
                Wave::Blocks(blocks) => blocks,
                Wave::Mpeg { start: data, len } => return decode_mpeg_inside(path, start + data, len, limits),
            }
        }
        Container::Aiff => aiff::read(&mut section(path, start)?)?,
        Container::Au => au::read(&mut section(path, start)?)?,
        Container::Caf => match caf::read(&mut section(path, start)?)? {
            Caf::Blocks(blocks) => blocks,
            Caf::Alac(mut table) => {
                table.start += start;
                return packets::decode_alac(path, table, limits);
            }
        },
        Container::Gsm => return speech_stream::decode(path, Kind::Gsm, start, limits),
        Container::Amr(band) => {
            let start = start + amr::magic(band).len() as u64;
            return speech_stream::decode(path, Kind::Amr(band), start, limits);
        }
        Container::Mp4 => {
            return match engine::decode_stream(path, container, start, u64::MAX, limits) {
                // Tracks that symphonia does not know are of codecs that we may.
                Err(DecodeError::NoAudio(why)) => decode_mp4_table(path, start, &why, limits),
                other => other,
            };
        }
        Container::Mkv => return packets::decode_mkv(path, start, limits),
        stream => return engine::decode_stream(path, stream, start, u64::MAX, limits),
    };
    decode_blocks(path, Blocks { start: blocks.start + start, ..blocks }, limits)
}

fn decode_blocks(path: &Path, blocks: Blocks, limits: &DecodeLimits) -> Result<Sound, DecodeError> {
    if own::block(blocks.codec).is_some() {
        own::decode_blocks(path, blocks, limits)
    } else {
        engine::decode_blocks(path, blocks, limits)
    }
}

/// The sound track of an MP4 file whose bytes are all that its codec needs; `why` there is none otherwise.
fn decode_mp4_table(path: &Path, start: u64, why: &str, limits: &DecodeLimits) -> Result<Sound, DecodeError> {
    let Some(track) = mp4_table::sound_track(&mut section(path, start)?)? else {
        return Err(DecodeError::NoAudio(why.into()));
    };
    let unknown = || DecodeError::UnknownCodec(format!("{} in MP4", track.entry.escape_ascii()));
    let kind = match &track.entry {
        b"samr" => Kind::Amr(Band::Narrow),
        b"sawb" => Kind::Amr(Band::Wide),
        b"ulaw" | b"alaw" => {
            let codec = if &track.entry == b"ulaw" { "pcm_mulaw" } else { "pcm_alaw" };
            // Sound alone lies in one run; between pictures it does not, and G.711 beside pictures is not worth more.
            let &[(first, len)] = &track.runs[..] else { return Err(unknown()) };
            let n_channels = usize::from(track.n_channels);
            if n_channels == 0 || track.rate_hz == 0 {
                return Err(DecodeError::Malformed("the MP4 header says 0 channels or 0 Hz".into()));
            }
            let blocks = Blocks::of_samples(codec, track.rate_hz, n_channels, start + first);
            return decode_blocks(path, Blocks { len, ..blocks.expect("G.711 is plain samples") }, limits);
        }
        _ => return Err(unknown()),
    };
    let len: u64 = track.runs.iter().map(|(_, len)| len).sum();
    speech_stream::check_len(len, kind, limits)?;
    let mut bytes = Vec::new();
    for &(first, len) in &track.runs {
        let mut run = vec![0; len as usize];
        let n = Section::new(File::open(path)?, start + first, len)?.read_full(&mut run)?;
        bytes.extend_from_slice(&run[..n]);
    }
    speech_stream::decode_bytes(&bytes, kind, limits)
}

/// MPEG audio frames inside a WAV file.
fn decode_mpeg_inside(path: &Path, start: u64, len: u64, limits: &DecodeLimits) -> Result<Sound, DecodeError> {
    let mut head = vec![0; MPEG_WINDOW_BYTES];
    let n = Section::new(File::open(path)?, start, len)?.read_full(&mut head)?;
    let (at, container) = match mpeg::find_mpeg(&head[..n], n as u64 == len) {
        Some((at, Layer::Three)) => (at as u64, Container::Mp3),
        Some((at, Layer::Two)) => (at as u64, Container::Mp2),
        Some((_, Layer::One)) => return Err(DecodeError::UnknownCodec("MPEG audio layer I in WAV".into())),
        None => {
            return Err(DecodeError::Malformed("the WAV header says MPEG audio, but no such frames follow".into()));
        }
    };
    engine::decode_stream(path, container, start + at, len - at, limits)
}

/// `container`: which of ours, if we decoded it.
fn finish(name: &str, container: Option<Container>, n_junk: u64, sound: Sound) -> Result<Decoded, DecodeError> {
    let Sound { codec, decoder, channels, mut problems } = sound;
    if n_junk > 0 {
        let text = format!("{n_junk} bytes before the beginning of the recording were skipped");
        problems.insert(0, Problem::new("decode", "junk_skipped", ProblemSeverity::Note, text));
    }
    // Browsers are strict where this program is lenient: a file that had to be mended is not trusted to play.
    let is_sound = problems.iter().all(|p| matches!(p.code.as_str(), "over_full_scale" | "more_tracks"));
    Ok(Decoded {
        is_browser_playable: is_sound && container.is_some_and(|c| is_browser_playable(c, &codec, &channels)),
        container: name.into(),
        codec,
        decoder,
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

/// Headerless telephone formats that have no decoder here: what they are by their names, and ffmpeg's demuxer.
fn headerless(path: &Path) -> Option<(&'static str, Option<&'static str>)> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    Some(match extension.as_str() {
        "g729" => ("G.729", Some("g729")),
        "g723" => ("G.723.1", Some("g723_1")),
        // As RFC 3551 packs it, at 32 kbit/s, which is what the name means without a number.
        "g726" => ("G.726", Some("g726le")),
        "ac3" => ("AC-3", Some("ac3")),
        _ => return None,
    })
}

fn unknown() -> DecodeError {
    DecodeError::Unsupported(
        "the bytes are of no audio format that is known; if they are samples without a header, say which: --raw \
         CODEC,RATE[,CHANNELS]"
            .into(),
    )
}

/// What Chromium, Firefox and Safari all play: MDN, "Web audio codec guide" and "Media container formats".
fn is_browser_playable(container: Container, codec: &str, channels: &Channels) -> bool {
    let is_playable = match container {
        Container::Wav => matches!(codec, "pcm_u8" | "pcm_s16le" | "pcm_f32le"),
        Container::Flac => codec == "flac",
        Container::Mp3 => codec == "mp3",
        Container::Mp4 => codec == "aac",
        Container::Ogg => matches!(codec, "vorbis" | "opus"),
        // Firefox plays WebM and not every Matroska; the two are not told apart here.
        _ => false,
    };
    // Web audio promises 8000 to 96000 Hz; beyond two channels players mix or refuse.
    is_playable && channels.n_channels() <= 2 && (8_000..=96_000).contains(&channels.rate().hz())
}
