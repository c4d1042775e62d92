//! Where the bytes of a sound track lie in an MP4 or QuickTime file, for the codecs that need no more than their bytes one
//! behind the other: AMR in 3GP files, G.711 in QuickTime. Other tracks are read by symphonia. Not a decoder.
//!
//! ISO/IEC 14496-12, clauses 8.5 (sample description), 8.7 (tables of chunks and sizes); sample entries of sound:
//! clause 12.2.3, and for AMR 3GPP TS 26.244, clause 6.

use super::mp4::{child, children, movie, u32_at};
use crate::audio::error::DecodeError;
use crate::audio::section::Section;

/// A track of sound.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::audio) struct SoundTrack {
    /// Four letters that name the codec: `samr`, `ulaw`.
    pub(in crate::audio) entry: [u8; 4],
    pub(in crate::audio) rate_hz: u32,
    pub(in crate::audio) n_channels: u16,
    /// First byte and length of each run of bytes in the file, in the order in which they are heard.
    pub(in crate::audio) runs: Vec<(u64, u64)>,
}

/// The first track of sound; `None` if there is none.
pub(in crate::audio) fn sound_track(section: &mut Section) -> Result<Option<SoundTrack>, DecodeError> {
    let moov = movie(section)?;
    Ok(table(&moov).and_then(|stbl| read(stbl, section.len())))
}

/// QuickTime's 24- and 32-bit PCM is big-endian unless an atom behind its description says otherwise; symphonia takes it for
/// little-endian in any case.
pub(in crate::audio) fn is_big_endian(section: &mut Section) -> Result<bool, DecodeError> {
    let moov = movie(section)?;
    let Some(entry) = table(&moov).and_then(|stbl| child(stbl, b"stsd")).and_then(|stsd| stsd.get(8..)) else {
        return Ok(false);
    };
    let is_meant = matches!(entry.get(4..8), Some(b"in24" | b"in32" | b"fl32" | b"fl64"));
    // It stands among the atoms of the description: its name, and 1 for little-endian.
    let len = u32_at(entry, 0).map_or(0, |len| len as usize).min(entry.len());
    let at = entry[..len].windows(4).position(|name| name == b"enda");
    let is_little = at.and_then(|at| entry.get(at + 4..at + 6)).is_some_and(|value| value[1] == 1);
    Ok(is_meant && !is_little)
}

/// The tables of the first track of sound.
fn table(moov: &[u8]) -> Option<&[u8]> {
    let tracks = children(moov).filter(|(id, _)| id == b"trak").map(|(_, body)| body);
    let mut sound = tracks.filter_map(|trak| child(trak, b"mdia")).filter(|mdia| {
        // Behind version and a reserved word: what the track is.
        child(mdia, b"hdlr").and_then(|hdlr| hdlr.get(8..12)) == Some(b"soun")
    });
    sound.next().and_then(|mdia| child(mdia, b"minf")).and_then(|minf| child(minf, b"stbl"))
}

fn read(stbl: &[u8], file_len: u64) -> Option<SoundTrack> {
    // Behind version and count: length, name, 16 bytes of other things, channels, bits, 4 bytes, rate in 16.16.
    let entry = child(stbl, b"stsd")?.get(8..)?;
    let n_channels = u16::from_be_bytes(*entry.get(24..)?.first_chunk()?);
    let rate_hz = u32_at(entry, 32)? >> 16;
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for (start, len) in chunks(stbl).unwrap_or_default() {
        let len = len.min(file_len.saturating_sub(start));
        match runs.last_mut() {
            Some((last, last_len)) if *last + *last_len == start => *last_len += len,
            _ if len > 0 => runs.push((start, len)),
            _ => {}
        }
    }
    Some(SoundTrack { entry: *entry.get(4..)?.first_chunk()?, rate_hz, n_channels, runs })
}

/// Most chunks that are read; ten hours of one a second are a thirtieth of it.
const MAX_CHUNKS: usize = 1 << 20;

/// First byte and length of each chunk.
fn chunks(stbl: &[u8]) -> Option<Vec<(u64, u64)>> {
    let sizes = child(stbl, b"stsz")?;
    let (constant, n_samples) = (u64::from(u32_at(sizes, 4)?), u32_at(sizes, 8)?);
    let mut each = sizes.get(12..)?.as_chunks::<4>().0.iter().map(|bytes| u64::from(u32::from_be_bytes(*bytes)));
    let offsets: Vec<u64> = match (child(stbl, b"stco"), child(stbl, b"co64")) {
        (Some(table), _) => {
            table.get(8..)?.as_chunks::<4>().0.iter().map(|bytes| u64::from(u32::from_be_bytes(*bytes))).collect()
        }
        (_, Some(table)) => table.get(8..)?.as_chunks::<8>().0.iter().map(|bytes| u64::from_be_bytes(*bytes)).collect(),
        _ => return None,
    };
    // First chunk that has so many samples, from 1 on.
    let runs: Vec<(u32, u64)> = child(stbl, b"stsc")?
        .get(8..)?
        .as_chunks::<12>()
        .0
        .iter()
        .filter_map(|entry| Some((u32_at(entry, 0)?, u64::from(u32_at(entry, 4)?))))
        .collect();
    let mut left = u64::from(n_samples);
    let mut run = 0;
    let mut chunks = Vec::with_capacity(offsets.len());
    for (offset, number) in offsets.into_iter().take(MAX_CHUNKS).zip(1u32..) {
        while runs.get(run + 1).is_some_and(|(first, _)| *first <= number) {
            run += 1;
        }
        let n = runs.get(run).map_or(0, |(_, n)| *n).min(left);
        left -= n;
        // The table of sizes bounds the loop: it ends where there is no size.
        let len = if constant > 0 { n.saturating_mul(constant) } else { each.by_ref().take(n as usize).sum() };
        chunks.push((offset, len));
    }
    Some(chunks)
}
