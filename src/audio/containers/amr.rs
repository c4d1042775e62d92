//! Files of AMR frames (RFC 4867, section 5): a magic line, then frames that each say their length. Not a decoder.

use crate::audio::codecs::amr::Band;

/// The magic line of one channel. Several channels (`_MC1.0`) are not read: nothing writes them.
pub(in crate::audio) fn magic(band: Band) -> &'static [u8] {
    match band {
        Band::Narrow => b"#!AMR\n",
        Band::Wide => b"#!AMR-WB\n",
    }
}

/// Which of the two files `head` begins.
pub(in crate::audio) fn find(head: &[u8]) -> Option<Band> {
    [Band::Narrow, Band::Wide].into_iter().find(|&band| head.starts_with(magic(band)))
}

/// What the head of a frame says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::audio) struct Head {
    pub(in crate::audio) frame_type: u8,
    /// The sender vouches for the bits.
    pub(in crate::audio) is_good: bool,
    /// Bytes behind the head.
    pub(in crate::audio) body_bytes: usize,
}

impl Head {
    /// The head that `bytes` begin with; `None` if it is none: padding bits set, or a type that no file holds.
    pub(in crate::audio) fn read(band: Band, bytes: &[u8]) -> Option<Self> {
        let byte = *bytes.first()?;
        if byte & 0x83 != 0 {
            return None;
        }
        let frame_type = byte >> 3;
        Some(Self { frame_type, is_good: byte & 4 != 0, body_bytes: band.body_bytes(frame_type)? })
    }
}
