//! The header and packet table of a Core Audio Format file. Not a decoder.
//!
//! Layout: Apple, "Core Audio Format Specification 1.0": chunks of a four-letter name and a 64-bit length, big-endian. A
//! length of -1 for the samples means: up to the end of the file.

use std::io::{Read, Seek, SeekFrom};

use crate::audio::blocks::{Blocks, Lengths};
use crate::audio::error::DecodeError;
use crate::audio::section::Section;
use crate::units::SampleRate;

/// More chunks than any writer makes.
const MAX_CHUNKS: usize = 4096;

/// A table larger than this is no call: ten hours of ALAC packets need 2 MB.
const MAX_TABLE_BYTES: u64 = 16 * 1024 * 1024;

/// A magic cookie is a few dozen bytes.
const MAX_COOKIE_BYTES: u64 = 4096;

/// What is inside.
#[derive(Debug)]
pub(in crate::audio) enum Caf {
    /// Samples in blocks.
    Blocks(Blocks),
    /// Packets of ALAC.
    Alac(Packets),
}

/// Packets whose lengths a table tells.
#[derive(Debug)]
pub(in crate::audio) struct Packets {
    pub(in crate::audio) rate_hz: u32,
    pub(in crate::audio) n_channels: u16,
    /// The decoder's configuration.
    pub(in crate::audio) cookie: Vec<u8>,
    /// Bytes of each packet; they stand one behind the other from `start` on.
    pub(in crate::audio) sizes: Vec<u32>,
    /// Samples of a packet.
    pub(in crate::audio) samples_per_packet: u32,
    pub(in crate::audio) start: u64,
    /// Samples to leave out at the start, and those to keep behind them.
    pub(in crate::audio) priming: u32,
    pub(in crate::audio) n_samples: Option<u64>,
}

/// The `desc` chunk.
#[derive(Debug, Clone, Copy)]
struct Description {
    rate_hz: f64,
    format: [u8; 4],
    flags: u32,
    bytes_per_packet: u32,
    samples_per_packet: u32,
    n_channels: u32,
    bits: u32,
}

impl Description {
    fn read(chunk: &[u8]) -> Option<Self> {
        let u32_at = |at: usize| Some(u32::from_be_bytes(*chunk.get(at..)?.first_chunk()?));
        Some(Self {
            rate_hz: f64::from_be_bytes(*chunk.first_chunk()?),
            format: *chunk.get(8..)?.first_chunk()?,
            flags: u32_at(12)?,
            bytes_per_packet: u32_at(16)?,
            samples_per_packet: u32_at(20)?,
            n_channels: u32_at(24)?,
            bits: u32_at(28)?,
        })
    }

    /// The codec of plain samples; bit 0 of the flags is floating point, bit 1 little-endian.
    fn samples(&self) -> Result<&'static str, DecodeError> {
        Ok(match (&self.format, self.flags & 3, self.bits) {
            (b"lpcm", 0 | 2, 8) => "pcm_s8",
            (b"lpcm", 0, 16) => "pcm_s16be",
            (b"lpcm", 2, 16) => "pcm_s16le",
            (b"lpcm", 0, 24) => "pcm_s24be",
            (b"lpcm", 2, 24) => "pcm_s24le",
            (b"lpcm", 0, 32) => "pcm_s32be",
            (b"lpcm", 2, 32) => "pcm_s32le",
            (b"lpcm", 1, 32) => "pcm_f32be",
            (b"lpcm", 3, 32) => "pcm_f32le",
            (b"lpcm", 1, 64) => "pcm_f64be",
            (b"lpcm", 3, 64) => "pcm_f64le",
            (b"ulaw", ..) => "pcm_mulaw",
            (b"alaw", ..) => "pcm_alaw",
            (b"lpcm", _, bits) => {
                return Err(DecodeError::Malformed(format!("the CAF header says {bits} bits a sample")));
            }
            (other, ..) => return Err(DecodeError::UnknownCodec(format!("{} in CAF", other.escape_ascii()))),
        })
    }
}

/// Reads the header of a CAF file that fills `section` from its first byte on.
pub(in crate::audio) fn read(section: &mut Section) -> Result<Caf, DecodeError> {
    let (mut description, mut data, mut table, mut cookie) = (None, None, Vec::new(), Vec::new());
    let mut at = 8;
    for _ in 0..MAX_CHUNKS {
        if at + 12 > section.len() {
            break;
        }
        section.seek(SeekFrom::Start(at))?;
        let mut head = [0; 12];
        section.read_exact(&mut head)?;
        let size = i64::from_be_bytes(*head[4..].first_chunk().expect("12 bytes behind 4 leave 8"));
        let body = at + 12;
        // -1, or any other negative length: up to the end.
        let declared = u64::try_from(size).ok();
        let available = section.len() - body;
        let len = declared.unwrap_or(available).min(available);
        let mut read = |most: u64| -> Result<Vec<u8>, DecodeError> {
            let mut chunk = vec![0; len.min(most) as usize];
            let n = section.read_full(&mut chunk)?;
            chunk.truncate(n);
            Ok(chunk)
        };
        match &head[..4] {
            b"desc" if description.is_none() => description = Description::read(&read(32)?),
            b"kuki" => cookie = read(MAX_COOKIE_BYTES)?,
            b"pakt" => table = read(MAX_TABLE_BYTES)?,
            // Samples begin behind a count of edits.
            b"data" if data.is_none() => data = Some((body + 4, declared.filter(|&len| len > 4).map(|len| len - 4))),
            _ => {}
        }
        at = body.saturating_add(declared.unwrap_or(available));
    }
    let Some(description) = description else {
        return Err(DecodeError::Malformed("the CAF header has no description: it is cut off or damaged".into()));
    };
    let Some((start, declared)) = data else {
        return Err(DecodeError::NoAudio("the CAF file has a header but no samples".into()));
    };
    let available = section.len().saturating_sub(start);
    if available == 0 {
        return Err(DecodeError::NoAudio("the CAF file has a header but no samples".into()));
    }
    let rate_hz = description.rate_hz.round();
    if !(1.0..=f64::from(SampleRate::MAX_HZ)).contains(&rate_hz) {
        return Err(DecodeError::Malformed(format!("the CAF header says a sampling rate of {rate_hz} Hz")));
    }
    let n_channels = u16::try_from(description.n_channels).unwrap_or(u16::MAX);
    if n_channels == 0 {
        return Err(DecodeError::Malformed("the CAF header says 0 channels".into()));
    }
    if &description.format == b"alac" {
        let packets = alac(&description, n_channels, cookie, &table, start)?;
        return Ok(Caf::Alac(packets));
    }
    let codec = description.samples()?;
    let blocks = Blocks::of_samples(codec, rate_hz as u32, usize::from(n_channels), start);
    let mut blocks = blocks.expect("`samples` names plain samples only");
    if u64::from(description.bytes_per_packet) != blocks.block_bytes {
        let text = format!(
            "the header says packets of {} bytes; {} are meant",
            description.bytes_per_packet, blocks.block_bytes
        );
        blocks.mended(text);
    }
    blocks.settle_length(Lengths { declared, available, is_end_sound: true });
    if declared.is_none() {
        // The format's own way of leaving it open, and no damage.
        blocks.problems.retain(|problem| problem.code != "header_length_wrong");
    }
    Ok(Caf::Blocks(blocks))
}

fn alac(
    description: &Description,
    n_channels: u16,
    cookie: Vec<u8>,
    table: &[u8],
    start: u64,
) -> Result<Packets, DecodeError> {
    // Older writers wrap the configuration into atoms: `frma`, then `alac` with its version.
    let is_wrapped = cookie.get(4..8) == Some(b"frma");
    let cookie = if is_wrapped { cookie.get(24..).unwrap_or_default().to_vec() } else { cookie };
    let field = |at: usize| table.get(at..).and_then(<[u8]>::first_chunk).map(|bytes| i32::from_be_bytes(*bytes));
    let valid = table.get(8..).and_then(<[u8]>::first_chunk).map(|bytes| i64::from_be_bytes(*bytes));
    let sizes = sizes(table.get(24..).unwrap_or_default());
    if sizes.is_empty() {
        let text = "the CAF file has no packet table: its recorder never finished, and ALAC cannot be read without it";
        return Err(DecodeError::Malformed(text.into()));
    }
    Ok(Packets {
        rate_hz: description.rate_hz.round() as u32,
        n_channels,
        cookie,
        sizes,
        samples_per_packet: description.samples_per_packet,
        start,
        priming: field(16).and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
        n_samples: valid.and_then(|n| u64::try_from(n).ok()).filter(|&n| n > 0),
    })
}

/// The lengths of packets: numbers of 7 bits a byte, the upper bit says that more follow.
fn sizes(mut table: &[u8]) -> Vec<u32> {
    let mut sizes = Vec::new();
    loop {
        let mut size = 0u32;
        loop {
            let Some((&byte, rest)) = table.split_first() else { return sizes };
            table = rest;
            size = size << 7 | u32::from(byte & 0x7f);
            if byte & 0x80 == 0 {
                break;
            }
        }
        sizes.push(size);
    }
}
