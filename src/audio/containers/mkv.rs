//! Matroska and WebM: the first sound track and its packets, also from files that were cut off, never finished or damaged
//! in the middle. Not a decoder, not for seeking, not for pictures.
//!
//! RFC 9559 (Matroska) and RFC 8794 (EBML). The tree is read flat: segments and clusters are entered whatever length they
//! claim, because recorders that stream leave it open. Where no element can be, the next cluster is looked for.

use std::collections::VecDeque;
use std::io::{Seek, SeekFrom};

use crate::audio::error::DecodeError;
use crate::audio::section::Section;

/// Elements by their ids (RFC 9559, section 5.1).
mod id {
    pub(super) const EBML: u32 = 0x1a45_dfa3;
    pub(super) const SEGMENT: u32 = 0x1853_8067;
    pub(super) const INFO: u32 = 0x1549_a966;
    pub(super) const TRACKS: u32 = 0x1654_ae6b;
    pub(super) const CLUSTER: u32 = 0x1f43_b675;
    pub(super) const TIMESTAMP: u32 = 0xe7;
    pub(super) const SIMPLE_BLOCK: u32 = 0xa3;
    pub(super) const BLOCK_GROUP: u32 = 0xa0;
    pub(super) const BLOCK: u32 = 0xa1;
    pub(super) const DISCARD_PADDING: u32 = 0x75a2;
    pub(super) const TIMESTAMP_SCALE: u32 = 0x002a_d7b1;
    pub(super) const DURATION: u32 = 0x4489;
    pub(super) const TRACK_ENTRY: u32 = 0xae;
    pub(super) const TRACK_NUMBER: u32 = 0xd7;
    pub(super) const TRACK_TYPE: u32 = 0x83;
    pub(super) const CODEC_ID: u32 = 0x86;
    pub(super) const CODEC_PRIVATE: u32 = 0x63a2;
    pub(super) const CODEC_DELAY: u32 = 0x56aa;
    pub(super) const CONTENT_ENCODINGS: u32 = 0x6d80;
    pub(super) const AUDIO: u32 = 0xe1;
    pub(super) const RATE: u32 = 0xb5;
    pub(super) const CHANNELS: u32 = 0x9f;
    pub(super) const BIT_DEPTH: u32 = 0x6264;
    /// What else stands in a segment or a cluster: seek head, cues, chapters, tags, attachments; position, previous size,
    /// silent tracks, encrypted block; void and check sum.
    pub(super) const SKIPPED: [u32; 11] =
        [0x114d_9b74, 0x1c53_bb6b, 0x1043_a770, 0x1254_c367, 0x1941_a469, 0xa7, 0xab, 0x5854, 0xaf, 0xec, 0xbf];
}

/// Information and tracks are a few kilobytes; the largest that is read.
const MAX_HEAD_BYTES: u64 = 4 * 1024 * 1024;

/// A packet of sound is a few kilobytes, a block of pictures is skipped and not read; the largest block that is read.
pub(in crate::audio) const MAX_BLOCK_BYTES: u64 = 1024 * 1024;

/// Bytes that are looked through at once for the next cluster.
const SCAN_BYTES: usize = 64 * 1024;

/// Damaged places before the rest is given up: each may cost a look through `SCAN_BYTES`.
const MAX_RESYNCS: u32 = 4096;

/// Elements in a row that bring no sound before the rest is given up: hours of pictures alone, and some seconds of work
/// for a file of nothing but empty elements.
const MAX_FRUITLESS_ELEMENTS: u32 = 2_000_000;

/// The first sound track.
#[derive(Debug, Clone)]
pub(in crate::audio) struct Track {
    number: u64,
    /// As the file names it: `A_OPUS`.
    pub(in crate::audio) codec: String,
    pub(in crate::audio) private: Vec<u8>,
    /// Seconds of decoded sound to leave out at the start.
    pub(in crate::audio) delay_s: f64,
    pub(in crate::audio) rate_hz: f64,
    pub(in crate::audio) n_channels: u64,
    pub(in crate::audio) bits: u64,
    is_encoded: bool,
}

/// A packet of the track.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::audio) struct Packet {
    /// When it is heard, if the file tells: packets that share a block with one before have no time of their own.
    pub(in crate::audio) at_s: Option<f64>,
    /// Seconds to leave out at its end.
    pub(in crate::audio) discard_s: f64,
    pub(in crate::audio) data: Vec<u8>,
}

/// Reads one file.
#[derive(Debug)]
pub(in crate::audio) struct Reader {
    section: Section,
    at: u64,
    tracks: Vec<Track>,
    n_entries: usize,
    /// Nanoseconds of a tick.
    scale_ns: u64,
    duration_ticks: f64,
    cluster_ticks: u64,
    packets: VecDeque<Packet>,
    n_resyncs: u32,
    n_fruitless: u32,
    /// The file ends inside an element.
    pub(in crate::audio) is_cut: bool,
    /// Bytes that belong to no element.
    pub(in crate::audio) n_skipped: u64,
}

impl Reader {
    /// Reads up to the first cluster.
    pub(in crate::audio) fn new(section: Section) -> Result<Self, DecodeError> {
        let mut reader = Self {
            section,
            at: 0,
            tracks: Vec::new(),
            n_entries: 0,
            // RFC 9559, section 5.1.2.9: a millisecond, if the file does not say.
            scale_ns: 1_000_000,
            duration_ticks: 0.0,
            cluster_ticks: 0,
            packets: VecDeque::new(),
            n_resyncs: 0,
            n_fruitless: 0,
            is_cut: false,
            n_skipped: 0,
        };
        while reader.tracks.is_empty() {
            if !reader.step()? {
                let text = "the Matroska file names no sound track: it was cut off, or holds pictures only";
                return Err(DecodeError::NoAudio(text.into()));
            }
        }
        let track = &reader.tracks[0];
        if track.is_encoded {
            return Err(DecodeError::UnknownCodec(format!("{} in Matroska with compressed packets", track.codec)));
        }
        Ok(reader)
    }

    pub(in crate::audio) fn track(&self) -> &Track {
        &self.tracks[0]
    }

    pub(in crate::audio) fn n_tracks(&self) -> usize {
        self.tracks.len()
    }

    /// Has it tracks of something else than sound?
    pub(in crate::audio) fn has_pictures(&self) -> bool {
        self.n_entries > self.tracks.len()
    }

    /// How long the file says it is; a recorder that never finished does not say.
    pub(in crate::audio) fn duration_s(&self) -> Option<f64> {
        let duration_s = self.duration_ticks * self.scale_ns as f64 / 1e9;
        (duration_s.is_finite() && duration_s > 0.0).then_some(duration_s)
    }

    /// The next packet of the track; `None` at the end.
    pub(in crate::audio) fn next(&mut self) -> Result<Option<Packet>, DecodeError> {
        loop {
            if let Some(packet) = self.packets.pop_front() {
                self.n_fruitless = 0;
                return Ok(Some(packet));
            }
            if !self.step()? {
                return Ok(None);
            }
        }
    }

    /// Reads the element at the present place, or what of it matters; false at the end.
    fn step(&mut self) -> Result<bool, DecodeError> {
        if self.at >= self.section.len() {
            return Ok(false);
        }
        self.n_fruitless += 1;
        if self.n_fruitless > MAX_FRUITLESS_ELEMENTS {
            self.is_cut = true;
            return Ok(false);
        }
        self.section.seek(SeekFrom::Start(self.at))?;
        let mut head = [0; 12];
        let n = self.section.read_full(&mut head)?;
        let Some((id, size, head_len)) = element_head(&head[..n]) else { return self.resync() };
        let body = self.at + head_len as u64;
        let left = self.section.len().saturating_sub(body);
        match id {
            id::SEGMENT | id::CLUSTER => {
                self.at = body;
                return Ok(true);
            }
            id::EBML | id::INFO | id::TRACKS | id::TIMESTAMP | id::SIMPLE_BLOCK | id::BLOCK_GROUP => {}
            id if id::SKIPPED.contains(&id) => {}
            _ => return self.resync(),
        }
        let Some(size) = size.filter(|&size| size <= left) else {
            // Nothing but segments and clusters may leave its length open; a length beyond the end is damage or a cut.
            return self.resync();
        };
        let most = if matches!(id, id::INFO | id::TRACKS) { MAX_HEAD_BYTES } else { MAX_BLOCK_BYTES };
        let is_wanted = matches!(id, id::INFO | id::TRACKS | id::TIMESTAMP | id::SIMPLE_BLOCK | id::BLOCK_GROUP);
        if is_wanted && size <= most {
            // Bounded by `most`, and by the file.
            let mut bytes = vec![0; size as usize];
            self.section.seek(SeekFrom::Start(body))?;
            let n = self.section.read_full(&mut bytes)?;
            bytes.truncate(n);
            match id {
                id::INFO => self.information(&bytes),
                id::TRACKS if self.tracks.is_empty() => {
                    self.tracks = tracks(&bytes);
                    self.n_entries = children(&bytes).filter(|(id, _)| *id == id::TRACK_ENTRY).count();
                }
                id::TIMESTAMP => self.cluster_ticks = unsigned(&bytes),
                id::SIMPLE_BLOCK => self.block(&bytes, 0.0),
                id::BLOCK_GROUP => {
                    let discard_ns = child(&bytes, id::DISCARD_PADDING).map_or(0, signed);
                    if let Some(block) = child(&bytes, id::BLOCK) {
                        self.block(block, discard_ns.max(0) as f64 / 1e9);
                    }
                }
                _ => {}
            }
        }
        self.at = body + size;
        Ok(true)
    }

    /// Goes to the next cluster; false if there is none.
    fn resync(&mut self) -> Result<bool, DecodeError> {
        self.n_resyncs += 1;
        if self.n_resyncs > MAX_RESYNCS {
            self.is_cut = true;
            return Ok(false);
        }
        let from = self.at;
        let mut at = from + 1;
        let mut window = vec![0; SCAN_BYTES];
        loop {
            self.section.seek(SeekFrom::Start(at))?;
            let n = self.section.read_full(&mut window)?;
            let found = window[..n].windows(4).position(|bytes| bytes == id::CLUSTER.to_be_bytes());
            if let Some(found) = found {
                self.at = at + found as u64;
                self.n_skipped += self.at - from;
                return Ok(true);
            }
            if n < window.len() {
                self.at = self.section.len();
                self.is_cut = true;
                return Ok(false);
            }
            // The id may lie across the border.
            at += n as u64 - 3;
        }
    }

    fn information(&mut self, bytes: &[u8]) {
        if let Some(scale) = child(bytes, id::TIMESTAMP_SCALE).map(unsigned).filter(|&scale| scale > 0) {
            self.scale_ns = scale;
        }
        self.duration_ticks = child(bytes, id::DURATION).and_then(float).unwrap_or(0.0);
    }

    /// The packets of a block, if it belongs to the track.
    fn block(&mut self, bytes: &[u8], discard_s: f64) {
        let Some((number, len)) = vint(bytes) else { return };
        let Some(&[a, b, flags]) = bytes.get(len..).and_then(<[u8]>::first_chunk) else { return };
        let Some(track) = self.tracks.first().filter(|track| number == Some(track.number)) else { return };
        let ticks = self.cluster_ticks as f64 + f64::from(i16::from_be_bytes([a, b]));
        // RFC 9559, section 11.2: time stamps of packets are of the sound behind the delay.
        let at_s = ticks * self.scale_ns as f64 / 1e9 - track.delay_s;
        let frames = unlace((flags >> 1) & 3, &bytes[len + 3..]).unwrap_or_default();
        let last = frames.len().saturating_sub(1);
        for (n, data) in frames.into_iter().enumerate() {
            let discard_s = if n == last { discard_s } else { 0.0 };
            self.packets.push_back(Packet { at_s: (n == 0).then_some(at_s), discard_s, data: data.to_vec() });
        }
    }
}

/// Frames that share a block (RFC 9559, section 10.3); `None` if the lengths do not fit.
pub(in crate::audio) fn unlace(lacing: u8, bytes: &[u8]) -> Option<Vec<&[u8]>> {
    if lacing == 0 {
        return Some(vec![bytes]);
    }
    let (&n, mut rest) = bytes.split_first()?;
    // One less than there are; the last length is what is left.
    let n = usize::from(n);
    let mut sizes = Vec::with_capacity(n + 1);
    match lacing {
        // Xiph: bytes of 255 go on.
        1 => {
            for _ in 0..n {
                let len = rest.iter().position(|&byte| byte != 255)?;
                sizes.push(255 * len + usize::from(rest[len]));
                rest = &rest[len + 1..];
            }
        }
        // All of one length.
        2 => {
            if !rest.len().is_multiple_of(n + 1) {
                return None;
            }
            sizes = vec![rest.len() / (n + 1); n];
        }
        // EBML: the first length, then differences.
        _ => {
            let mut size = 0i64;
            for i in 0..n {
                let (value, len) = vint(rest)?;
                let value = i64::try_from(value?).ok()?;
                // A signed number has its zero in the middle of its range.
                let middle = (1i64 << (7 * len - 1)) - 1;
                size = if i == 0 { value } else { size + value - middle };
                sizes.push(usize::try_from(size).ok()?);
                rest = &rest[len..];
            }
        }
    }
    let mut frames = Vec::with_capacity(n + 1);
    for size in sizes {
        let (frame, others) = rest.split_at_checked(size)?;
        frames.push(frame);
        rest = others;
    }
    frames.push(rest);
    Some(frames)
}

/// The sound tracks.
fn tracks(bytes: &[u8]) -> Vec<Track> {
    const SOUND: u64 = 2;
    children(bytes)
        .filter(|(id, _)| *id == id::TRACK_ENTRY)
        .filter(|(_, entry)| child(entry, id::TRACK_TYPE).map(unsigned) == Some(SOUND))
        .map(|(_, entry)| {
            let audio = child(entry, id::AUDIO).unwrap_or_default();
            let codec = child(entry, id::CODEC_ID).unwrap_or_default();
            Track {
                number: child(entry, id::TRACK_NUMBER).map_or(1, unsigned),
                codec: String::from_utf8_lossy(codec).trim_end_matches('\0').to_owned(),
                private: child(entry, id::CODEC_PRIVATE).unwrap_or_default().to_vec(),
                delay_s: child(entry, id::CODEC_DELAY).map_or(0, unsigned) as f64 / 1e9,
                // RFC 9559, sections 5.1.4.1.29.1 and .3: the defaults.
                rate_hz: child(audio, id::RATE).and_then(float).unwrap_or(8000.0),
                n_channels: child(audio, id::CHANNELS).map_or(1, unsigned),
                bits: child(audio, id::BIT_DEPTH).map_or(0, unsigned),
                is_encoded: child(entry, id::CONTENT_ENCODINGS).is_some(),
            }
        })
        .collect()
}

/// Id, length of the body if it is told, and length of the head.
fn element_head(bytes: &[u8]) -> Option<(u32, Option<u64>, usize)> {
    let id_len = bytes.first()?.leading_zeros() as usize + 1;
    if id_len > 4 {
        return None;
    }
    let id = bytes.get(..id_len)?.iter().fold(0, |id, &byte| id << 8 | u32::from(byte));
    let (size, size_len) = vint(&bytes[id_len..])?;
    Some((id, size, id_len + size_len))
}

/// A number of 1 to 8 bytes and how many; all ones mean "not known".
fn vint(bytes: &[u8]) -> Option<(Option<u64>, usize)> {
    let len = bytes.first()?.leading_zeros() as usize + 1;
    if len > 8 {
        return None;
    }
    let value = bytes.get(..len)?.iter().fold(0, |value, &byte| value << 8 | u64::from(byte));
    let mask = (1 << (7 * len)) - 1;
    Some(((value & mask != mask).then_some(value & mask), len))
}

/// Id and body of each element inside one.
fn children(mut bytes: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    std::iter::from_fn(move || {
        let (id, size, head_len) = element_head(bytes)?;
        let end = head_len.checked_add(usize::try_from(size?).ok()?)?;
        let body = bytes.get(head_len..end)?;
        bytes = &bytes[end..];
        Some((id, body))
    })
}

fn child(bytes: &[u8], id: u32) -> Option<&[u8]> {
    children(bytes).find(|(found, _)| *found == id).map(|(_, body)| body)
}

fn unsigned(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).fold(0, |value, &byte| value << 8 | u64::from(byte))
}

fn signed(bytes: &[u8]) -> i64 {
    let unused = 64 - 8 * bytes.len().clamp(1, 8) as u32;
    ((unsigned(bytes) << unused) as i64) >> unused
}

fn float(bytes: &[u8]) -> Option<f64> {
    match bytes.len() {
        4 => Some(f64::from(f32::from_be_bytes(*bytes.first_chunk()?))),
        8 => Some(f64::from_be_bytes(*bytes.first_chunk()?)),
        _ => None,
    }
    .filter(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::{signed, unlace, vint};

    #[test]
    fn numbers_have_the_lengths_that_their_first_byte_tells() {
        // RFC 8794, section 4.4: the examples.
        assert_eq!(vint(&[0x82]), Some((Some(2), 1)));
        assert_eq!(vint(&[0x40, 0x02]), Some((Some(2), 2)));
        assert_eq!(vint(&[0xff]), Some((None, 1)));
        assert_eq!(vint(&[0x00]), None);
        assert_eq!(vint(&[0x40]), None);
        assert_eq!((signed(&[0xff]), signed(&[0x7f]), signed(&[0xff, 0x00])), (-1, 127, -256));
    }

    #[test]
    fn frames_that_share_a_block_are_parted_by_their_lengths() {
        fn check(lacing: u8, bytes: &[u8], expected: Option<&[usize]>) {
            let lens = unlace(lacing, bytes).map(|frames| frames.iter().map(|frame| frame.len()).collect::<Vec<_>>());
            assert_eq!(lens.as_deref(), expected);
        }
        check(0, &[1, 2, 3], Some(&[3]));
        // RFC 9559, section 10.3.2: 800 = 3 x 255 + 35, then 500, then the rest.
        check(1, &[&[2, 255, 255, 255, 35, 255, 245][..], &[0; 800 + 500 + 1000]].concat(), Some(&[800, 500, 1000]));
        // Section 10.3.3: the same: 800, then -300.
        check(3, &[&[2, 0x43, 0x20, 0x5e, 0xd3][..], &[0; 800 + 500 + 1000]].concat(), Some(&[800, 500, 1000]));
        check(2, &[&[2][..], &[0; 30]].concat(), Some(&[10, 10, 10]));
        check(2, &[&[2][..], &[0; 31]].concat(), None);
        check(1, &[1, 9, 0, 0], None);
    }
}
