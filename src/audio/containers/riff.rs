//! The header of a WAV file, read so that a recorder's crash does not cost the call: lengths that were never
//! filled in, files cut off, small contradictions. RF64 and BW64 are WAV with 64-bit lengths in a chunk of their own.
//! Not a decoder; Wave64, which shares only the format chunk, is in `w64`.
//!
//! Layout: Multimedia Programming Interface and Data Specifications 1.0 (IBM, Microsoft 1991); the extensible
//! form: Microsoft, "Multiple channel audio data and WAVE files" (2001); ADPCM: RFC 2361 and its appendix; RF64: EBU
//! Tech 3306, BW64: ITU-R BS.2088.

use std::io::{Read, Seek, SeekFrom};

use crate::audio::blocks::{Blocks, Lengths};
use crate::audio::error::DecodeError;
use crate::audio::section::Section;
use crate::units::SampleRate;

/// What is inside the WAV.
#[derive(Debug)]
pub(in crate::audio) enum Wave {
    /// Samples in blocks.
    Blocks(Blocks),
    /// A stream of MPEG audio frames, layer II or III: first byte and length.
    Mpeg { start: u64, len: u64 },
}

/// More chunks than any writer makes; a file of nothing but empty chunks must not take forever.
const MAX_CHUNKS: usize = 4096;

/// Lengths from here on are taken for "not known yet": writers to pipes leave 0xFFFFFFFF, SoX 0x7FFFF000 and more.
const OPEN_LENGTH: u64 = 0x7fff_0000;

/// Format tags that are not decoded (RFC 2361 and the mmreg.h registry).
const OTHER_TAGS: &[(u16, &str)] = &[
    (0x0014, "G.723 ADPCM"),
    (0x0022, "TrueSpeech"),
    (0x0038, "AMR speech"),
    (0x0039, "AMR speech"),
    (0x0040, "G.726 ADPCM (G.721)"),
    (0x0042, "G.723.1"),
    (0x0045, "G.726 ADPCM"),
    (0x0057, "AMR speech"),
    (0x0058, "AMR-WB speech"),
    (0x0064, "G.726 ADPCM"),
    (0x0083, "G.729"),
    (0x00ff, "AAC in WAV"),
    (0x0111, "Vivo G.723"),
    (0x0133, "G.729 (Sipro)"),
    (0x0160, "Windows Media Audio"),
    (0x0161, "Windows Media Audio"),
    (0x0162, "Windows Media Audio"),
    (0x0163, "Windows Media Audio"),
    (0x1600, "AAC in WAV"),
    (0x1610, "AAC in WAV"),
    (0x2000, "AC-3"),
    (0x674f, "Vorbis in WAV"),
    (0x7361, "AMR speech"),
    (0x7362, "AMR-WB speech"),
    (0xa100, "G.723.1"),
    (0xa105, "AMR speech"),
    (0xa106, "AMR-WB speech"),
    (0xa107, "G.729"),
    (0xa109, "Speex"),
    (0xa10a, "Speex"),
];

/// The `fmt ` chunk.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Format {
    tag: u16,
    n_channels: u16,
    rate_hz: u32,
    bytes_per_s: u32,
    block_align: u16,
    bits: u16,
    /// Samples in an ADPCM block, from the extension.
    samples_per_block: u16,
}

impl Format {
    pub(super) fn read(chunk: &[u8]) -> Option<Self> {
        let u16_at = |at: usize| Some(u16::from_le_bytes(*chunk.get(at..)?.first_chunk()?));
        let u32_at = |at: usize| Some(u32::from_le_bytes(*chunk.get(at..)?.first_chunk()?));
        let mut tag = u16_at(0)?;
        if tag == 0xfffe {
            // Extensible: the real tag opens the sub-format's GUID.
            tag = u16_at(24)?;
        }
        Some(Self {
            tag,
            n_channels: u16_at(2)?,
            rate_hz: u32_at(4)?,
            bytes_per_s: u32_at(8)?,
            block_align: u16_at(12)?,
            bits: u16_at(14).unwrap_or(0),
            samples_per_block: u16_at(18).unwrap_or(0),
        })
    }

    /// An error for the codecs that are known and not decoded.
    pub(super) fn check_tag(&self) -> Result<(), DecodeError> {
        match OTHER_TAGS.iter().find(|(tag, _)| *tag == self.tag) {
            Some((_, name)) => Err(DecodeError::UnknownCodec((*name).into())),
            None => Ok(()),
        }
    }
}

/// The chunks that matter.
#[derive(Debug, Default)]
struct Chunks {
    format: Option<Format>,
    /// First byte of the samples and their length as written.
    data: Option<(u64, u64)>,
    /// The length of the samples in RF64's own chunk.
    long_len: Option<u64>,
}

/// Reads the header of a WAV file that fills `section` from its first byte on.
pub(in crate::audio) fn read(section: &mut Section) -> Result<Wave, DecodeError> {
    let chunks = read_chunks(section)?;
    let Some(format) = chunks.format else {
        return Err(DecodeError::Malformed("the WAV header has no format chunk: it is cut off or damaged".into()));
    };
    let Some((start, declared)) = chunks.data else {
        return Err(DecodeError::NoAudio("the WAV file has a header but no data chunk".into()));
    };
    let available = section.len().saturating_sub(start);
    if available == 0 {
        return Err(DecodeError::NoAudio("the WAV file has a header but no samples".into()));
    }
    format.check_tag()?;
    let is_long = declared == u64::from(u32::MAX) && chunks.long_len.is_some_and(|len| len > 0);
    let declared = if is_long { chunks.long_len.unwrap_or(declared) } else { declared };
    let is_end_sound = is_end_sound(section, start, declared)?;
    let is_empty = declared == 0 && is_end_sound && available > 8;
    if is_empty {
        return Err(DecodeError::NoAudio("the WAV file holds 0 samples".into()));
    }
    let is_open = declared == 0 || !is_long && declared >= OPEN_LENGTH && declared > available;
    settle(format, start, Lengths { declared: (!is_open).then_some(declared), available, is_end_sound })
}

/// The sound that a format chunk and the lengths tell of.
pub(super) fn settle(format: Format, start: u64, lengths: Lengths) -> Result<Wave, DecodeError> {
    if matches!(format.tag, 0x0050 | 0x0055) {
        let len = lengths.declared.unwrap_or(lengths.available).min(lengths.available);
        return Ok(Wave::Mpeg { start, len });
    }
    let mut blocks = interpret(format, start)?;
    blocks.settle_length(lengths);
    Ok(Wave::Blocks(blocks))
}

fn read_chunks(section: &mut Section) -> Result<Chunks, DecodeError> {
    let mut chunks = Chunks::default();
    let mut at = 12;
    for _ in 0..MAX_CHUNKS {
        let Some((id, size)) = chunk_head(section, at)? else { break };
        let body = at + 8;
        let size = u64::from(size);
        match &id {
            b"fmt " if chunks.format.is_none() => {
                // 40 bytes are the extensible form, the longest that is used here.
                let mut chunk = vec![0; size.min(40) as usize];
                let n = section.read_full(&mut chunk)?;
                chunks.format = Format::read(&chunk[..n]);
            }
            b"ds64" if chunks.long_len.is_none() => {
                let mut chunk = [0; 16];
                let n = section.read_full(&mut chunk)?;
                let len = chunk[..n].get(8..).and_then(<[u8]>::first_chunk);
                chunks.long_len = len.map(|bytes| u64::from_le_bytes(*bytes));
            }
            b"data" if chunks.data.is_none() => {
                chunks.data = Some((body, size));
                // The format may come behind the samples, if their length is to be believed.
                if chunks.format.is_some() || size == 0 || size >= OPEN_LENGTH {
                    break;
                }
            }
            _ => {}
        }
        // Chunks are padded to even lengths; some writers forget it.
        let end = body + size;
        let is_padded = size % 2 == 1 && !chunk_head(section, end)?.is_some_and(|(id, _)| is_chunk_id(id));
        at = end + u64::from(is_padded);
    }
    Ok(chunks)
}

/// Id and length of the chunk at `at`; the section then stands at its body. `None` at the end.
fn chunk_head(section: &mut Section, at: u64) -> Result<Option<([u8; 4], u32)>, DecodeError> {
    if at.saturating_add(8) > section.len() {
        return Ok(None);
    }
    section.seek(SeekFrom::Start(at))?;
    let (mut id, mut size) = ([0; 4], [0; 4]);
    section.read_exact(&mut id)?;
    section.read_exact(&mut size)?;
    Ok(Some((id, u32::from_le_bytes(size))))
}

fn is_chunk_id(id: [u8; 4]) -> bool {
    id.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'_' | b'-'))
}

/// Do the bytes behind the samples look like the rest of a well-made file: nothing, another chunk, or padding?
fn is_end_sound(section: &mut Section, start: u64, declared: u64) -> Result<bool, DecodeError> {
    let end = start.saturating_add(declared);
    for at in [end, end + declared % 2] {
        // Fewer bytes than a chunk header are a padding byte or a scrap.
        let Some((id, size)) = chunk_head(section, at)? else { return Ok(true) };
        let fits = at + 8 + u64::from(size) <= section.len().saturating_add(1);
        if is_chunk_id(id) && fits {
            return Ok(true);
        }
    }
    // A few bytes of some tag; a length that was never updated leaves far more behind.
    const SCRAP_BYTES: u64 = 512;
    if section.len().saturating_sub(end) <= SCRAP_BYTES.min(declared / 16) {
        return Ok(true);
    }
    // Zeros up to a sector's end: 64 KiB are enough to tell them from sound.
    section.seek(SeekFrom::Start(end))?;
    let mut rest = vec![0; 64 * 1024];
    let n = section.read_full(&mut rest)?;
    Ok(declared > 0 && rest[..n].iter().all(|&b| b == 0))
}

/// Turns the format chunk into a layout, mending what follows from its other fields.
fn interpret(mut format: Format, start: u64) -> Result<Blocks, DecodeError> {
    let mut notes = Vec::new();
    let codec = codec(&format)?;
    let bytes_per_sample = match codec {
        "adpcm_ima_wav" | "adpcm_ms" => None,
        "gsm_ms" | "adpcm_g722" | "adpcm_ima_oki" => return speech(codec, &format, start),
        "pcm_alaw" | "pcm_mulaw" => Some(1),
        _ => Some(format.bits.div_ceil(8)),
    };
    if let Some(bytes) = bytes_per_sample {
        if format.n_channels == 0 && format.block_align > 0 && format.block_align.is_multiple_of(bytes) {
            format.n_channels = format.block_align / bytes;
            notes.push(format!("the header says 0 channels; its block length means {}", format.n_channels));
        }
        let block = u32::from(bytes) * u32::from(format.n_channels);
        if block != u32::from(format.block_align) {
            notes.push(format!("the header says blocks of {} bytes; {block} are meant", format.block_align));
            format.block_align = u16::try_from(block).unwrap_or(u16::MAX);
        }
    }
    if format.n_channels == 0 {
        return Err(DecodeError::Malformed("the WAV header says 0 channels".into()));
    }
    if format.rate_hz == 0 && format.block_align > 0 && bytes_per_sample.is_some() {
        format.rate_hz = format.bytes_per_s / u32::from(format.block_align);
        notes.push(format!("the header says 0 Hz; its bytes per second mean {} Hz", format.rate_hz));
    }
    if SampleRate::new(format.rate_hz).is_none() {
        return Err(DecodeError::Malformed(format!("the WAV header says a sampling rate of {} Hz", format.rate_hz)));
    }
    let by_bytes = u64::from(format.rate_hz) * u64::from(format.block_align);
    if bytes_per_sample.is_some() && format.bytes_per_s != 0 && u64::from(format.bytes_per_s) != by_bytes {
        notes.push(format!(
            "the header contradicts itself: {} Hz would be {by_bytes} bytes per second, it says {}; {} Hz was taken",
            format.rate_hz, format.bytes_per_s, format.rate_hz
        ));
    }
    let samples_per_block = match bytes_per_sample {
        Some(_) => 1,
        None => adpcm_samples_per_block(codec, &format)?,
    };
    let mut blocks = Blocks {
        codec,
        rate_hz: format.rate_hz,
        n_channels: usize::from(format.n_channels),
        block_bytes: u64::from(format.block_align),
        samples_per_block,
        start,
        len: 0,
        problems: Vec::new(),
    };
    for note in notes {
        blocks.mended(note);
    }
    Ok(blocks)
}

fn codec(format: &Format) -> Result<&'static str, DecodeError> {
    match (format.tag, format.bits) {
        (1, 1..=8) => Ok("pcm_u8"),
        (1, 9..=16) => Ok("pcm_s16le"),
        (1, 17..=24) => Ok("pcm_s24le"),
        (1, 25..=32) => Ok("pcm_s32le"),
        (3, 32) => Ok("pcm_f32le"),
        (3, 64) => Ok("pcm_f64le"),
        (6, _) => Ok("pcm_alaw"),
        (7, _) => Ok("pcm_mulaw"),
        (2, 4) => Ok("adpcm_ms"),
        (0x11, 4) => Ok("adpcm_ima_wav"),
        (0x31, _) => Ok("gsm_ms"),
        (0x65 | 0x28f, _) => Ok("adpcm_g722"),
        (0x10 | 0x17, _) => Ok("adpcm_ima_oki"),
        (1 | 2 | 3 | 0x11, bits) => Err(DecodeError::Malformed(format!("the WAV header says {bits} bits a sample"))),
        (tag, _) => Err(DecodeError::UnknownCodec(format!("0x{tag:04x} in WAV"))),
    }
}

/// The codecs whose layout is fixed whatever the header says: one channel, and a rate that is theirs.
fn speech(codec: &'static str, format: &Format, start: u64) -> Result<Blocks, DecodeError> {
    if format.n_channels > 1 {
        return Err(DecodeError::UnknownCodec(format!("{codec} with {} channels", format.n_channels)));
    }
    let rate_hz = match codec {
        // RFC 3551 gives G.722 a clock of 8000 for historical reasons; its samples come at 16000.
        "adpcm_g722" => 16_000,
        // GSM is defined at 8000, and some writers use it at other rates.
        _ if SampleRate::new(format.rate_hz).is_some() => format.rate_hz,
        _ => 8000,
    };
    let mut blocks = Blocks::of_speech(codec, rate_hz, start);
    if format.rate_hz != rate_hz {
        blocks.mended(format!("the header says {} Hz; {codec} has {rate_hz} Hz", format.rate_hz));
    }
    if codec == "gsm_ms" && u64::from(format.block_align) != blocks.block_bytes {
        let text = format!("the header says blocks of {} bytes; {} are meant", format.block_align, blocks.block_bytes);
        blocks.mended(text);
    }
    Ok(blocks)
}

/// Samples in a block of so many bytes; the header's own number is only believed when it is the same or less.
fn adpcm_samples_per_block(codec: &str, format: &Format) -> Result<u64, DecodeError> {
    let (block, channels) = (u64::from(format.block_align), u64::from(format.n_channels));
    if channels > 2 {
        return Err(DecodeError::Unsupported(format!("ADPCM with {channels} channels; at most 2 are read")));
    }
    // A block opens with 4 (IMA) or 7 (Microsoft) bytes a channel that hold 1 or 2 samples; then 4 bits a sample.
    let (head, head_samples) = if codec == "adpcm_ms" { (7, 2) } else { (4, 1) };
    let too_small = || DecodeError::Malformed(format!("the WAV header says ADPCM blocks of {block} bytes"));
    let payload = block.checked_sub(head * channels).filter(|&bytes| bytes > 0).ok_or_else(too_small)?;
    let most = payload * 2 / channels + head_samples;
    match u64::from(format.samples_per_block) {
        n if n == most || n == 0 => Ok(most),
        n => Err(DecodeError::Unsupported(format!(
            "ADPCM blocks of {block} bytes with {n} samples, {most} were expected"
        ))),
    }
}
