//! Where MPEG audio (MP3) and ADTS (AAC) frames begin, told from their headers alone. Not a decoder.
//!
//! Neither has a file header, only frames with a sync word that random bytes hold too. So a stream is believed
//! when several frames follow each other exactly and agree. Header fields: ISO/IEC 11172-3 clause 2.4.2.3,
//! ISO/IEC 13818-3 for the lower rates, ISO/IEC 13818-7 clause 6.2 for ADTS.

/// Frames that must follow each other. A random 4-byte word passes for a header that agrees with the one before
/// about once in 2^19, so three in a row behind a first one are no accident in any file.
const CHAIN: usize = 4;

/// One kind of frame: the header at the start of `bytes` as (a number in which frames of one stream agree,
/// length in bytes).
type ReadHeader = fn(bytes: &[u8]) -> Option<(u32, usize)>;

/// Which layer of MPEG audio a frame belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::audio) enum Layer {
    One,
    Two,
    Three,
}

/// What the header of an MPEG audio frame says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::audio) struct MpegFrame {
    pub(in crate::audio) layer: Layer,
    /// Length of the frame in bytes, header included.
    pub(in crate::audio) len: usize,
    /// Samples in each channel.
    pub(in crate::audio) n_samples: u32,
    pub(in crate::audio) rate_hz: u32,
    pub(in crate::audio) n_channels: usize,
    /// Bytes of side information behind header and check word (layer III).
    side_info_len: usize,
}

impl MpegFrame {
    /// The frame that `bytes` begin with. Free-format frames, whose length is not told, are not taken.
    pub(in crate::audio) fn read(bytes: &[u8]) -> Option<Self> {
        // kbit/s by row: MPEG-1 layers I, II, III; MPEG-2 layer I; MPEG-2 layers II and III.
        const KBPS: [[usize; 15]; 5] = [
            [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
            [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
            [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
            [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
            [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
        ];
        let &[a, b, c, d] = bytes.first_chunk::<4>()?;
        if a != 0xff || b & 0xe0 != 0xe0 {
            return None;
        }
        // Divisor of the MPEG-1 rates: 1 for MPEG-1, 2 for MPEG-2, 4 for MPEG-2.5.
        let divisor = match (b >> 3) & 3 {
            0 => 4,
            2 => 2,
            3 => 1,
            _ => return None,
        };
        let is_mpeg1 = divisor == 1;
        let (layer, row) = match ((b >> 1) & 3, is_mpeg1) {
            (3, true) => (Layer::One, 0),
            (2, true) => (Layer::Two, 1),
            (1, true) => (Layer::Three, 2),
            (3, false) => (Layer::One, 3),
            (2, false) => (Layer::Two, 4),
            (1, false) => (Layer::Three, 4),
            _ => return None,
        };
        let bit_rate = 1000 * *KBPS[row].get(usize::from(c >> 4))?;
        let rate_hz = [44_100, 48_000, 32_000].get(usize::from((c >> 2) & 3))? / divisor;
        // Emphasis 2 is reserved.
        if bit_rate == 0 || d & 3 == 2 {
            return None;
        }
        let padding = usize::from((c >> 1) & 1);
        let (n_samples, len) = match layer {
            Layer::One => (384, (12 * bit_rate / rate_hz + padding) * 4),
            Layer::Three if !is_mpeg1 => (576, 72 * bit_rate / rate_hz + padding),
            Layer::Two | Layer::Three => (1152, 144 * bit_rate / rate_hz + padding),
        };
        let is_mono = d >> 6 == 3;
        let side_info_len = match (is_mpeg1, is_mono) {
            (true, false) => 32,
            (true, true) | (false, false) => 17,
            (false, true) => 9,
        };
        Some(Self {
            layer,
            len,
            n_samples,
            rate_hz: rate_hz as u32,
            n_channels: if is_mono { 1 } else { 2 },
            side_info_len,
        })
    }
}

/// What the Xing or Info frame at the start of an MP3 tells (LAME's "Mp3 Info Tag").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::audio) struct InfoTag {
    /// Frames in the stream, this one left out.
    pub(in crate::audio) n_frames: Option<u32>,
    /// Samples to leave out at the start: the encoder's delay and the decoder's own 529.
    pub(in crate::audio) delay_samples: u32,
    /// Samples to leave out at the end, the decoder's 529 already taken off.
    pub(in crate::audio) padding_samples: u32,
}

/// Samples that every layer III decoder adds at the start: 528 of the filterbanks and 1.
const DECODER_DELAY: u32 = 528 + 1;

/// Reads the Xing or Info tag of the frame that `bytes` begin with.
pub(in crate::audio) fn info_tag(bytes: &[u8]) -> Option<InfoTag> {
    let frame = MpegFrame::read(bytes).filter(|f| f.layer == Layer::Three)?;
    let tag = bytes.get(4 + frame.side_info_len..)?;
    if !matches!(tag.get(..4)?, b"Xing" | b"Info") {
        return None;
    }
    let flags = u32::from_be_bytes(*tag.get(4..)?.first_chunk()?);
    let mut at = 8;
    let mut n_frames = None;
    for (bit, len) in [(1, 4), (2, 4), (4, 100), (8, 4)] {
        if flags & bit != 0 {
            if bit == 1 {
                n_frames = Some(u32::from_be_bytes(*tag.get(at..)?.first_chunk()?));
            }
            at += len;
        }
    }
    // The encoder's name, 9 bytes, opens the part that holds delay and padding, 12 bits each, 21 bytes on.
    // Only these encoders are known to fill it.
    let is_known = matches!(tag.get(at..at + 4), Some(b"LAME" | b"Lavf" | b"Lavc"));
    let trims = tag.get(at + 21..).and_then(<[u8]>::first_chunk).filter(|_| is_known);
    let (delay_samples, padding_samples) = trims.map_or((0, 0), |&[a, b, c]: &[u8; 3]| {
        let both = u32::from_be_bytes([0, a, b, c]);
        (DECODER_DELAY + (both >> 12), (both & 0xfff).saturating_sub(DECODER_DELAY))
    });
    Some(InfoTag { n_frames, delay_samples, padding_samples })
}

/// Where the first believable MPEG audio frame stands, and its layer. `is_whole`: nothing follows `bytes`.
pub(in crate::audio) fn find_mpeg(bytes: &[u8], is_whole: bool) -> Option<(usize, Layer)> {
    let read: ReadHeader = |bytes| {
        let frame = MpegFrame::read(bytes)?;
        // Frames of a stream agree in sync, version, layer and rate; bit rate and mode may change.
        Some((u32::from_be_bytes(*bytes.first_chunk()?) & 0xfffe_0c00, frame.len))
    };
    let at = find(bytes, is_whole, read)?;
    Some((at, MpegFrame::read(&bytes[at..])?.layer))
}

/// Where the first believable ADTS frame stands. `is_whole`: nothing follows `bytes`.
pub(in crate::audio) fn find_adts(bytes: &[u8], is_whole: bool) -> Option<usize> {
    let read: ReadHeader = |bytes| {
        let &[a, b, c, d, e, f, _] = bytes.first_chunk::<7>()?;
        let len = usize::from(d & 3) << 11 | usize::from(e) << 3 | usize::from(f >> 5);
        let is_header = a == 0xff && b & 0xf6 == 0xf0 && (c >> 2) & 0xf < 13 && len > 7;
        // Profile, rate and channels stay the same in a stream.
        is_header.then_some((u32::from_be_bytes([0, b, c & 0xfd, d & 0xc0]), len))
    };
    find(bytes, is_whole, read)
}

fn find(bytes: &[u8], is_whole: bool, read: ReadHeader) -> Option<usize> {
    let believable = |at: usize| {
        let (n_headers, reached_end) = chain(&bytes[at..], read);
        // A stream that begins where the file begins may be short; within other bytes it must prove itself.
        n_headers >= CHAIN || (at == 0 && is_whole && reached_end && n_headers >= 2)
    };
    (0..bytes.len()).find(|&at| bytes[at] == 0xff && believable(at))
}

/// How many frames follow each other from the start of `bytes` on, and whether only the end stopped them.
fn chain(bytes: &[u8], read: ReadHeader) -> (usize, bool) {
    let mut rest = bytes;
    let mut agreed = None;
    let mut n = 0;
    while n < CHAIN {
        match read(rest) {
            Some((mark, len)) if *agreed.get_or_insert(mark) == mark => {
                n += 1;
                match rest.get(len..) {
                    Some(next) if !next.is_empty() => rest = next,
                    _ => return (n, true),
                }
            }
            _ => return (n, rest.len() < 7),
        }
    }
    (n, false)
}
