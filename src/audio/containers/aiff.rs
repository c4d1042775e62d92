//! The header of an AIFF or AIFF-C file, read so that wrong lengths do not cost the call. Not a decoder.
//!
//! Layout: Apple, Audio Interchange File Format 1.3 (1989); AIFF-C draft (1991). All numbers are big-endian.

use std::io::{Read, Seek, SeekFrom};

use crate::audio::blocks::{Blocks, Lengths};
use crate::audio::error::DecodeError;
use crate::audio::section::Section;
use crate::units::SampleRate;

/// More chunks than any writer makes; a file of nothing but empty chunks must not take forever.
const MAX_CHUNKS: usize = 4096;

/// The `COMM` chunk.
#[derive(Debug, Clone, Copy)]
struct Common {
    n_channels: u16,
    n_frames: u32,
    bits: u16,
    rate_hz: f64,
    /// `NONE` in plain AIFF.
    compression: [u8; 4],
}

impl Common {
    fn read(chunk: &[u8]) -> Option<Self> {
        let u16_at = |at: usize| Some(u16::from_be_bytes(*chunk.get(at..)?.first_chunk()?));
        Some(Self {
            n_channels: u16_at(0)?,
            n_frames: u32::from_be_bytes(*chunk.get(2..)?.first_chunk()?),
            bits: u16_at(6)?,
            rate_hz: extended(chunk.get(8..)?.first_chunk()?),
            compression: chunk.get(18..).and_then(|rest| rest.first_chunk().copied()).unwrap_or(*b"NONE"),
        })
    }
}

/// An IEEE 754 80-bit extended number: sign, 15 bits of exponent, 64 bits of mantissa with its leading 1.
fn extended(bytes: &[u8; 10]) -> f64 {
    let [a, b, mantissa @ ..] = *bytes;
    let exponent = i32::from(u16::from_be_bytes([a, b]) & 0x7fff) - 16_383 - 63;
    let sign = if a & 0x80 != 0 { -1.0 } else { 1.0 };
    sign * u64::from_be_bytes(mantissa) as f64 * 2f64.powi(exponent)
}

/// Reads the header of an AIFF file that fills `section` from its first byte on.
pub(in crate::audio) fn read(section: &mut Section) -> Result<Blocks, DecodeError> {
    let mut common = None;
    let mut data = None;
    let mut at = 12;
    for _ in 0..MAX_CHUNKS {
        if at + 8 > section.len() {
            break;
        }
        section.seek(SeekFrom::Start(at))?;
        let (mut id, mut size) = ([0; 4], [0; 4]);
        section.read_exact(&mut id)?;
        section.read_exact(&mut size)?;
        let size = u32::from_be_bytes(size);
        match &id {
            b"COMM" if common.is_none() => {
                let mut chunk = vec![0; size.min(22) as usize];
                let n = section.read_full(&mut chunk)?;
                common = Common::read(&chunk[..n]);
            }
            b"SSND" if data.is_none() => {
                // Samples begin behind two numbers: an offset, nearly always 0, and a block size.
                let mut head = [0; 8];
                let n = section.read_full(&mut head)?;
                let offset = u64::from(u32::from_be_bytes([head[0], head[1], head[2], head[3]]));
                let offset = if n == 8 && offset < u64::from(size) { offset } else { 0 };
                data = Some((at + 16 + offset, u64::from(size).saturating_sub(8 + offset)));
                if common.is_some() {
                    break;
                }
            }
            _ => {}
        }
        at += 8 + u64::from(size) + u64::from(size % 2);
    }
    let Some(common) = common else {
        return Err(DecodeError::Malformed("the AIFF header has no COMM chunk: it is cut off or damaged".into()));
    };
    let Some((start, chunk_len)) = data else {
        return Err(DecodeError::NoAudio("the AIFF file has a header but no samples".into()));
    };
    let available = section.len().saturating_sub(start);
    if available == 0 {
        return Err(DecodeError::NoAudio("the AIFF file has a header but no samples".into()));
    }
    interpret(common, start, chunk_len, available)
}

fn interpret(common: Common, start: u64, chunk_len: u64, available: u64) -> Result<Blocks, DecodeError> {
    // QuickTime's IMA 4:1 (ima4) is left out: symphonia restarts every block of 64 samples at a rounded value, which
    // leaves 35 dB to what QuickTime and ffmpeg play.
    let codec = match (&common.compression, common.bits) {
        (b"NONE" | b"twos", 1..=8) => "pcm_s8",
        (b"NONE" | b"twos", 9..=16) => "pcm_s16be",
        (b"NONE" | b"twos" | b"in24", 17..=24) => "pcm_s24be",
        (b"NONE" | b"twos" | b"in32", 25..=32) => "pcm_s32be",
        (b"sowt", 1..=8) => "pcm_s8",
        (b"sowt", 9..=16) => "pcm_s16le",
        (b"sowt", 17..=24) => "pcm_s24le",
        (b"sowt", 25..=32) => "pcm_s32le",
        (b"raw ", 1..=8) => "pcm_u8",
        (b"fl32" | b"FL32", _) => "pcm_f32be",
        (b"fl64" | b"FL64", _) => "pcm_f64be",
        (b"alaw" | b"ALAW", _) => "pcm_alaw",
        (b"ulaw" | b"ULAW", _) => "pcm_mulaw",
        (b"NONE" | b"twos" | b"sowt" | b"raw " | b"in24" | b"in32", bits) => {
            return Err(DecodeError::Malformed(format!("the AIFF header says {bits} bits a sample")));
        }
        (other, _) => {
            return Err(DecodeError::UnknownCodec(format!("{} in AIFF", other.escape_ascii())));
        }
    };
    let rate_hz = common.rate_hz.round();
    let is_rate = (1.0..=f64::from(SampleRate::MAX_HZ)).contains(&rate_hz);
    if !is_rate {
        return Err(DecodeError::Malformed(format!("the AIFF header says a sampling rate of {rate_hz} Hz")));
    }
    if common.n_channels == 0 {
        return Err(DecodeError::Malformed("the AIFF header says 0 channels".into()));
    }
    let bytes_per_sample = match codec {
        "pcm_s8" | "pcm_u8" | "pcm_alaw" | "pcm_mulaw" => 1,
        "pcm_s16be" | "pcm_s16le" => 2,
        "pcm_s24be" | "pcm_s24le" => 3,
        "pcm_f64be" => 8,
        _ => 4,
    };
    let mut blocks = Blocks {
        codec,
        rate_hz: rate_hz as u32,
        n_channels: usize::from(common.n_channels),
        block_bytes: bytes_per_sample * u64::from(common.n_channels),
        samples_per_block: 1,
        start,
        len: 0,
        problems: Vec::new(),
    };
    // COMM counts sample frames. The chunk's own length counts when COMM has none.
    let by_frames = u64::from(common.n_frames) * blocks.block_bytes;
    let declared = if common.n_frames > 0 { by_frames } else { chunk_len };
    let is_open = declared == 0 || common.n_frames == u32::MAX;
    let declared = (!is_open).then_some(declared);
    // What follows the declared samples is another chunk in nearly every AIFF: the length is believed.
    blocks.settle_length(Lengths { declared, available, is_end_sound: true });
    Ok(blocks)
}

#[cfg(test)]
mod tests {
    use super::extended;

    #[test]
    fn an_extended_number_is_read_as_its_value() {
        // 8000 = 1.953125 x 2^12; 44100 as Apple's own document prints it.
        assert_eq!(extended(&[0x40, 0x0b, 0xfa, 0, 0, 0, 0, 0, 0, 0]), 8000.0);
        assert_eq!(extended(&[0x40, 0x0e, 0xac, 0x44, 0, 0, 0, 0, 0, 0]), 44_100.0);
        assert_eq!(extended(&[0; 10]), 0.0);
    }
}
