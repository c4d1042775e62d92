//! The header of a Wave64 file, read so that wrong lengths do not cost the call. Not a decoder; the format chunk is
//! WAV's and read in `riff`.
//!
//! Layout: Sony Pictures Digital, "Wave64 file format" 1.0 (2003): chunks of a 16-byte name and a 64-bit length that
//! counts its own head, each at a multiple of 8 bytes. The first four bytes of the names used here spell WAV's.

use std::io::{Read, Seek, SeekFrom};

use super::riff::{Format, Wave, settle};
use crate::audio::blocks::Lengths;
use crate::audio::error::DecodeError;
use crate::audio::section::Section;

/// More chunks than any writer makes.
const MAX_CHUNKS: usize = 4096;

/// Bytes of a chunk's name and length.
const HEAD_BYTES: u64 = 24;

/// Reads the header of a Wave64 file that fills `section` from its first byte on.
pub(in crate::audio) fn read(section: &mut Section) -> Result<Wave, DecodeError> {
    let (mut format, mut data) = (None, None);
    // Behind the outer chunk's head and the name "wave".
    let mut at = HEAD_BYTES + 16;
    for _ in 0..MAX_CHUNKS {
        if at.saturating_add(HEAD_BYTES) > section.len() {
            break;
        }
        section.seek(SeekFrom::Start(at))?;
        let mut head = [0; HEAD_BYTES as usize];
        section.read_exact(&mut head)?;
        let (id, size) = head.split_at(16);
        let size = u64::from_le_bytes(*size.first_chunk().expect("24 bytes behind 16 leave 8"));
        let body = size.saturating_sub(HEAD_BYTES);
        match &id[..4] {
            b"fmt " if format.is_none() => {
                let mut chunk = vec![0; body.min(40) as usize];
                let n = section.read_full(&mut chunk)?;
                format = Format::read(&chunk[..n]);
            }
            b"data" if data.is_none() => {
                data = Some((at + HEAD_BYTES, body));
                if format.is_some() {
                    break;
                }
            }
            _ => {}
        }
        // A length that does not even hold the head would go on for ever.
        if size < HEAD_BYTES {
            break;
        }
        at = at.saturating_add(size).saturating_add(7) & !7;
    }
    let Some(format) = format else {
        return Err(DecodeError::Malformed("the Wave64 header has no format chunk: it is cut off or damaged".into()));
    };
    let Some((start, declared)) = data else {
        return Err(DecodeError::NoAudio("the Wave64 file has a header but no data chunk".into()));
    };
    format.check_tag()?;
    let available = section.len().saturating_sub(start);
    if available == 0 {
        return Err(DecodeError::NoAudio("the Wave64 file has a header but no samples".into()));
    }
    // Writers that cannot go back leave 0 or all ones.
    let declared = (declared > 0 && declared < u64::MAX / 2).then_some(declared);
    settle(format, start, Lengths { declared, available, is_end_sound: true })
}
