//! The adapter to the AMR speech decoders (narrowband and wideband) of `rvoip-codec-core`: frames of 20 ms to samples at
//! 8 or 16 kHz. Not the file format, which `containers::amr` reads.
//!
//! Frame types and lengths: 3GPP TS 26.101 table 1a and annex A, TS 26.201 table 1a; decoders: TS 26.090, TS 26.190.

use std::panic::{AssertUnwindSafe, catch_unwind};

use codec_core::codecs::amr::AmrCodec;
use codec_core::types::{CodecConfig, CodedFrame, VariableRateCodec};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::audio) enum Band {
    Narrow,
    Wide,
}

impl Band {
    pub(in crate::audio) fn rate_hz(self) -> u32 {
        match self {
            Self::Narrow => 8000,
            Self::Wide => 16_000,
        }
    }

    /// Samples of a frame.
    pub(in crate::audio) fn n_samples(self) -> usize {
        self.rate_hz() as usize / 50
    }

    /// The short name of the codec, as ffmpeg has it.
    pub(in crate::audio) fn codec(self) -> &'static str {
        match self {
            Self::Narrow => "amr_nb",
            Self::Wide => "amr_wb",
        }
    }

    /// Bytes behind the head of a frame of this type; `None` for the types that no file holds.
    pub(in crate::audio) fn body_bytes(self, frame_type: u8) -> Option<usize> {
        // Speech modes by rising rate, comfort noise, then from 14 on: lost speech (wideband only) and nothing sent.
        const NARROW: [usize; 9] = [12, 13, 15, 17, 19, 20, 26, 31, 5];
        const WIDE: [usize; 10] = [17, 23, 32, 36, 40, 46, 50, 58, 60, 5];
        let (table, first_empty): (&[usize], u8) = match self {
            Self::Narrow => (&NARROW, 15),
            Self::Wide => (&WIDE, 14),
        };
        if frame_type >= first_empty { Some(0) } else { table.get(usize::from(frame_type)).copied() }
    }

    /// The type of comfort noise frames; those below are speech.
    fn comfort_noise(self) -> u8 {
        match self {
            Self::Narrow => 8,
            Self::Wide => 9,
        }
    }
}

/// Decodes one stream; frames lean on those before.
pub(in crate::audio) struct Amr {
    band: Band,
    codec: Option<AmrCodec>,
}

impl Amr {
    pub(in crate::audio) fn new(band: Band) -> Self {
        Self { band, codec: start(band) }
    }

    /// The samples of a frame: its type, whether the sender vouches for its bits, and what stands behind its head.
    /// `None` if it cannot be decoded.
    pub(in crate::audio) fn decode(&mut self, frame_type: u8, is_good: bool, body: &[u8]) -> Option<Vec<i16>> {
        let frame = match frame_type.cmp(&self.band.comfort_noise()) {
            std::cmp::Ordering::Less => CodedFrame::speech(frame_type, body.to_vec()),
            std::cmp::Ordering::Equal => CodedFrame::comfort_noise(body.to_vec()),
            std::cmp::Ordering::Greater => CodedFrame::no_data(),
        };
        let frame = if is_good { frame } else { frame.with_bad_quality() };
        let codec = self.codec.as_mut()?;
        // Foreign code that asserts what it expects of a stream: a panic costs the frame and the decoder's memory.
        match catch_unwind(AssertUnwindSafe(|| codec.decode_frame(&frame))) {
            Ok(samples) => samples.ok().filter(|samples| samples.len() == self.band.n_samples()),
            Err(_) => {
                self.codec = start(self.band);
                None
            }
        }
    }
}

fn start(band: Band) -> Option<AmrCodec> {
    let config = match band {
        Band::Narrow => CodecConfig::amr_nb(),
        Band::Wide => CodecConfig::amr_wb(),
    };
    AmrCodec::new(&config).ok()
}
