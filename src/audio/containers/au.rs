//! The header of an AU (SND) file. Not a decoder.
//!
//! Layout: Sun Microsystems, `au(4)`: magic, first byte and length of the samples, encoding, rate, channels, all 32 bits
//! and big-endian, then a text.

use std::io::{Seek, SeekFrom};

use crate::audio::blocks::{Blocks, Lengths};
use crate::audio::error::DecodeError;
use crate::audio::section::Section;
use crate::units::SampleRate;

/// Bytes of the fixed part.
const HEAD_BYTES: u64 = 24;

/// Reads the header of an AU file that fills `section` from its first byte on.
pub(in crate::audio) fn read(section: &mut Section) -> Result<Blocks, DecodeError> {
    let mut head = [0; HEAD_BYTES as usize];
    section.seek(SeekFrom::Start(0))?;
    if section.read_full(&mut head)? < head.len() {
        return Err(DecodeError::Malformed("the AU header is cut off".into()));
    }
    let field = |n: usize| u32::from_be_bytes(*head[4 * n..].first_chunk().expect("six fields in 24 bytes"));
    let [offset, len, encoding, rate_hz, n_channels] = [1, 2, 3, 4, 5].map(field);
    let codec = match encoding {
        1 => "pcm_mulaw",
        2 => "pcm_s8",
        3 => "pcm_s16be",
        4 => "pcm_s24be",
        5 => "pcm_s32be",
        6 => "pcm_f32be",
        7 => "pcm_f64be",
        24 => "adpcm_g722",
        27 => "pcm_alaw",
        23 => return Err(DecodeError::UnknownCodec("G.726 at 32 kbit/s in AU".into())),
        25 | 26 => return Err(DecodeError::UnknownCodec("G.723 ADPCM in AU".into())),
        other => return Err(DecodeError::UnknownCodec(format!("{other} in AU"))),
    };
    if n_channels == 0 {
        return Err(DecodeError::Malformed("the AU header says 0 channels".into()));
    }
    // A field of 32 bits in a format of two channels at most: larger ones are damage, and the limit is named later.
    let n_channels = usize::try_from(n_channels).unwrap_or(usize::MAX).min(usize::from(u16::MAX));
    let (is_offset, start) = (u64::from(offset) >= HEAD_BYTES, u64::from(offset).max(HEAD_BYTES));
    let mut blocks = match codec {
        "adpcm_g722" if n_channels == 1 => Blocks::of_speech(codec, 16_000, start),
        "adpcm_g722" => return Err(DecodeError::UnknownCodec(format!("G.722 with {n_channels} channels"))),
        _ if SampleRate::new(rate_hz).is_none() => {
            return Err(DecodeError::Malformed(format!("the AU header says a sampling rate of {rate_hz} Hz")));
        }
        _ => Blocks::of_samples(codec, rate_hz, n_channels, start).expect("the others are plain samples"),
    };
    if !is_offset {
        blocks.mended(format!("the header says that samples begin at byte {offset}, inside itself"));
    }
    let available = section.len().saturating_sub(start);
    if available == 0 {
        return Err(DecodeError::NoAudio("the AU file has a header but no samples".into()));
    }
    // All ones mean that the writer could not know; 0 is what a recorder that crashed leaves behind.
    let declared = (len != u32::MAX && len != 0).then_some(u64::from(len));
    // Nothing may follow the samples: what is there is sound that came after the length was written.
    let is_end_sound = declared.is_some_and(|len| available.saturating_sub(len) <= 8);
    blocks.settle_length(Lengths { declared, available, is_end_sound });
    if len == u32::MAX {
        // The standard's own way of leaving it open, and no damage.
        blocks.problems.retain(|problem| problem.code != "header_length_wrong");
    }
    Ok(blocks)
}
