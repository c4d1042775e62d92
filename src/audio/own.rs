//! Rows of blocks that our own decoders read: GSM in WAV, G.722, Dialogic ADPCM. Blocks in, planes out, as `engine` does
//! with symphonia's decoders. Codecs with frames of their own (raw GSM, AMR) are in `speech_stream`.

use std::fs::File;
use std::path::Path;

use super::blocks::Blocks;
use super::codecs::g722::G722;
use super::codecs::gsm::{self, Gsm};
use super::codecs::oki::Oki;
use super::collect::Collector;
use super::decode::{DecodeError, DecodeLimits};
use super::engine::sample_rate;
use super::pump::Sound;
use super::section::Section;

/// What decodes, for the report: this program itself.
pub(super) const CALLVET: &str = concat!("callvet ", env!("CARGO_PKG_VERSION"));

/// Blocks that are read at once: any number works, this one keeps the buffers in cache.
const BLOCKS_PER_READ: u64 = 1024;

/// Bytes and samples of a block; `None` if we have no decoder of that name.
pub(super) fn block(codec: &str) -> Option<(u64, u64)> {
    Some(match codec {
        "gsm_ms" => (gsm::PAIR_BYTES as u64, 2 * gsm::SAMPLES as u64),
        "adpcm_g722" | "adpcm_ima_oki" => (1, 2),
        _ => return None,
    })
}

/// A decoder of a row of blocks.
enum Decoder {
    Gsm(Box<Gsm>),
    G722(Box<G722>),
    Oki(Oki),
}

impl Decoder {
    fn new(codec: &str) -> Option<Self> {
        Some(match codec {
            "gsm_ms" => Self::Gsm(Box::new(Gsm::new())),
            "adpcm_g722" => Self::G722(Box::new(G722::new())),
            "adpcm_ima_oki" => Self::Oki(Oki::default()),
            _ => return None,
        })
    }

    /// Appends the samples of whole blocks; every pattern of bits is sound in these codecs.
    fn decode(&mut self, bytes: &[u8], samples: &mut Vec<f32>) {
        let full_scale = |sample: i16| f32::from(sample) / 32_768.0;
        match self {
            Self::Gsm(gsm) => {
                for pair in bytes.as_chunks().0 {
                    samples.extend(gsm.decode_pair(pair).into_iter().flatten().map(full_scale));
                }
            }
            Self::G722(g722) => samples.extend(bytes.iter().flat_map(|&byte| g722.decode(byte)).map(full_scale)),
            Self::Oki(oki) => samples.extend(bytes.iter().flat_map(|&byte| oki.decode(byte)).map(full_scale)),
        }
    }
}

/// Decodes blocks of a codec that [`block`] knows.
pub(super) fn decode_blocks(path: &Path, blocks: Blocks, limits: &DecodeLimits) -> Result<Sound, DecodeError> {
    let mut collector = Collector::new(sample_rate(blocks.rate_hz)?, blocks.n_channels, 0, limits)?;
    collector.check_length(blocks.n_samples())?;
    collector.reserve(blocks.n_samples());
    let mut decoder = Decoder::new(blocks.codec).expect("the caller has asked `block`");
    let mut section = Section::new(File::open(path)?, blocks.start, blocks.len)?;
    let mut bytes = vec![0; (BLOCKS_PER_READ * blocks.block_bytes) as usize];
    let mut plane = [Vec::new()];
    loop {
        let n_blocks = section.read_full(&mut bytes)? as u64 / blocks.block_bytes;
        if n_blocks == 0 {
            break;
        }
        plane[0].clear();
        decoder.decode(&bytes[..(n_blocks * blocks.block_bytes) as usize], &mut plane[0]);
        collector.push(&plane)?;
    }
    let (channels, mended) = collector.finish();
    if channels.n_samples() == 0 {
        return Err(DecodeError::NoAudio(format!("the {} stream holds no samples", blocks.codec)));
    }
    let problems = blocks.problems.into_iter().chain(mended).collect();
    Ok(Sound { codec: blocks.codec.into(), decoder: CALLVET.into(), channels, problems })
}
