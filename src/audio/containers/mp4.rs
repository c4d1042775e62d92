//! What an MP4 file says about the part of its sound that is played: edit lists and iTunes' gapless tag. AAC
//! begins with 1024 or more samples of encoder delay that players leave out. Not a demuxer.
//!
//! ISO/IEC 14496-12 clauses 8.6.6 (edit list), 8.4.2 (media header), 8.2.2 (movie header); the tag `iTunSMPB`
//! is documented by use: hexadecimal numbers, the second is the delay, the third the padding.

use std::io::{Seek, SeekFrom};

use crate::audio::error::DecodeError;
use crate::audio::section::Section;

/// What is played of a track.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::audio) struct Played {
    pub(in crate::audio) track_id: u32,
    /// Seconds of decoded sound left out at the start.
    pub(in crate::audio) skip_s: f64,
    /// Seconds played behind that, if the file says.
    pub(in crate::audio) length_s: Option<f64>,
}

/// A movie header larger than this is no call: ten hours of AAC need 7 MB of tables.
const MAX_MOOV_BYTES: u64 = 256 * 1024 * 1024;

/// Reads the movie header of an MP4 file that fills `section`.
pub(in crate::audio) fn played(section: &mut Section) -> Result<Vec<Played>, DecodeError> {
    let moov = movie(section)?;
    let movie_scale = child(&moov, b"mvhd").and_then(timescale).unwrap_or(0);
    let tag = itunes_delay(&moov);
    let mut tracks = Vec::new();
    for trak in children(&moov).filter(|(id, _)| id == b"trak").map(|(_, body)| body) {
        check_sample_sizes(trak, section.len())?;
        let id = child(trak, b"tkhd").and_then(|atom| u32_at(atom, if version(atom) == 1 { 20 } else { 12 }));
        let media_scale = child(trak, b"mdia").and_then(|mdia| child(mdia, b"mdhd")).and_then(timescale);
        let (Some(track_id), Some(media_scale)) = (id, media_scale) else { continue };
        let edits = child(trak, b"edts").and_then(|edts| child(edts, b"elst")).map(edits).unwrap_or_default();
        // Entries with media time -1 are pauses before the sound; the first other one is what is played.
        let mut real = edits.iter().filter(|(_, media_time)| *media_time >= 0);
        let played = match (real.next(), real.next()) {
            (Some(&(length, start)), second) => {
                let is_only = second.is_none() && length > 0 && movie_scale > 0;
                Played {
                    track_id,
                    skip_s: start as f64 / f64::from(media_scale),
                    length_s: is_only.then(|| length as f64 / f64::from(movie_scale)),
                }
            }
            (None, _) => {
                let (delay, length) = tag.unwrap_or((0, 0));
                Played {
                    track_id,
                    skip_s: f64::from(delay) / f64::from(media_scale),
                    length_s: (length > 0).then(|| length as f64 / f64::from(media_scale)),
                }
            }
        };
        tracks.push(played);
    }
    Ok(tracks)
}

/// Recorders write the index when a recording ends, most of them behind the sound.
const NO_INDEX: &str = "the recorder did not finish the MP4 file, or its end was cut off: its index (moov), without which \
    the sound cannot be found in it, is missing or not whole; record it again, or have it repaired with the help of a whole file \
    of the same recorder";

/// The bytes of the `moov` atom.
pub(super) fn movie(section: &mut Section) -> Result<Vec<u8>, DecodeError> {
    let mut at = 0;
    // Each atom is at least 8 bytes; a file has a handful, a fragmented one thousands.
    for _ in 0..100_000 {
        section.seek(SeekFrom::Start(at))?;
        let mut head = [0; 16];
        let n = section.read_full(&mut head)?;
        if n < 8 {
            break;
        }
        let (size, id) = (u64::from(u32::from_be_bytes([head[0], head[1], head[2], head[3]])), &head[4..8]);
        let (head_len, size) = match size {
            0 => (8, section.len() - at),
            1 if n == 16 => (16, u64::from_be_bytes(head[8..].try_into().expect("8 of 16 bytes"))),
            size => (8, size),
        };
        if size < head_len {
            break;
        }
        if id == b"moov" {
            let body_len = size - head_len;
            if at + head_len + body_len > section.len() {
                break;
            }
            if body_len > MAX_MOOV_BYTES {
                return Err(DecodeError::Limit(format!("the MP4 index is {body_len} bytes long")));
            }
            // Bounded by the file's own length, checked above.
            let mut body = vec![0; body_len as usize];
            section.seek(SeekFrom::Start(at + head_len))?;
            let n = section.read_full(&mut body)?;
            body.truncate(n);
            return Ok(body);
        }
        at = at.saturating_add(size);
    }
    Err(DecodeError::Malformed(NO_INDEX.into()))
}

/// A table that claims samples larger than the file would make the demuxer ask for that much memory.
fn check_sample_sizes(trak: &[u8], file_len: u64) -> Result<(), DecodeError> {
    let table = ["mdia", "minf", "stbl", "stsz"].iter().try_fold(trak, |atom, id| child(atom, id.as_bytes()));
    let Some(table) = table else { return Ok(()) };
    let entries = table.get(12..).unwrap_or_default().chunks_exact(4);
    let constant = u32_at(table, 4).unwrap_or(0);
    let largest = entries.filter_map(|entry| u32_at(entry, 0)).max().unwrap_or(0).max(constant);
    if u64::from(largest) > file_len {
        return Err(DecodeError::Malformed(format!("the MP4 index claims a packet of {largest} bytes")));
    }
    Ok(())
}

/// (length in movie units, start in media units or -1) of each edit.
fn edits(elst: &[u8]) -> Vec<(u64, i64)> {
    let long = version(elst) == 1;
    let entries = elst.get(8..).unwrap_or_default();
    let be64 = |bytes: &[u8], at: usize| bytes.get(at..).and_then(<[u8]>::first_chunk).map(|b| u64::from_be_bytes(*b));
    entries
        .chunks_exact(if long { 20 } else { 12 })
        .filter_map(|entry| {
            if long {
                Some((be64(entry, 0)?, be64(entry, 8)? as i64))
            } else {
                Some((u64::from(u32_at(entry, 0)?), i64::from(u32_at(entry, 4)? as i32)))
            }
        })
        .collect()
}

/// Delay and length in samples from the `iTunSMPB` tag.
fn itunes_delay(moov: &[u8]) -> Option<(u32, u64)> {
    let at = moov.windows(8).position(|window| window == b"iTunSMPB")?;
    let rest = &moov[at + 8..moov.len().min(at + 200)];
    let text: Vec<u64> = rest
        .split(|&b| b == b' ' || b == 0)
        .filter(|word| word.len() == 8 || word.len() == 16)
        .filter_map(|word| u64::from_str_radix(std::str::from_utf8(word).ok()?, 16).ok())
        .collect();
    match text[..] {
        [_, delay, _padding, length, ..] => Some((u32::try_from(delay).ok()?, length)),
        _ => None,
    }
}

fn version(atom: &[u8]) -> u8 {
    atom.first().copied().unwrap_or(0)
}

fn timescale(header: &[u8]) -> Option<u32> {
    u32_at(header, if version(header) == 1 { 20 } else { 12 }).filter(|&scale| scale > 0)
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn child<'a>(atom: &'a [u8], id: &[u8]) -> Option<&'a [u8]> {
    children(atom).find(|(name, _)| name == id).map(|(_, body)| body)
}

/// Name and body of each atom inside one.
pub(super) fn children(mut atom: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let size = u32_at(atom, 0)? as usize;
        let id = *atom.get(4..)?.first_chunk()?;
        let size = if size == 0 { atom.len() } else { size };
        let body = atom.get(8..size)?;
        atom = &atom[size..];
        Some((id, body))
    })
}
