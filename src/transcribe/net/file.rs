//! Reading the model files of whisper.cpp (GGML, before GGUF): sizes, filters of the spectrogram, vocabulary, tensors.
//! Not for checking a file that somebody fetched: that is `models`.
//!
//! Layout, all little endian: magic, eleven 32-bit sizes, filter bank, vocabulary, then tensors to the end of the file,
//! each with its number of dimensions, length of its name, type, dimensions (fastest first), name and data.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

/// "ggml" as a little-endian number.
const MAGIC: u32 = 0x6767_6d6c;

/// Values in a block that shares a scale, for every quantised type read here.
const BLOCK: usize = 32;

/// The largest size that is believed: beyond it the file is no speech model, and products could overflow.
const MAX_SIZE: usize = 1 << 20;

/// Less room than this is none for a start, a language, a task and a word. The published models have 448.
const MIN_TEXT_POSITIONS: usize = 16;

/// Why a file cannot be run by this engine.
#[derive(Debug, thiserror::Error)]
pub(in crate::transcribe) enum FileError {
    /// Reading failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The bytes are not what they should be.
    #[error("not a whole speech model: {0}")]
    Damaged(String),
    /// A way of storing numbers that this engine does not read; whisper.cpp may.
    #[error("tensors of type {0} are not read")]
    Unsupported(u32),
}

/// Sizes of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::transcribe) struct Sizes {
    pub n_vocabulary: usize,
    /// Frames that the encoder gives: 1500 for 30 s.
    pub n_audio_frames: usize,
    /// Width of every layer.
    pub width: usize,
    pub n_heads: usize,
    pub n_audio_layers: usize,
    /// Tokens that the decoder can look back on.
    pub n_text_positions: usize,
    pub n_text_layers: usize,
    /// Bands of the spectrogram.
    pub n_mels: usize,
}

/// How the numbers of a tensor are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    F32,
    F16,
    Q4_0,
    Q4_1,
    Q5_0,
    Q5_1,
    Q8_0,
}

impl Kind {
    fn of(code: u32) -> Result<Self, FileError> {
        Ok(match code {
            0 => Self::F32,
            1 => Self::F16,
            2 => Self::Q4_0,
            3 => Self::Q4_1,
            6 => Self::Q5_0,
            7 => Self::Q5_1,
            8 => Self::Q8_0,
            other => return Err(FileError::Unsupported(other)),
        })
    }

    /// Bytes that a block of so many values takes.
    fn block(self) -> (usize, usize) {
        match self {
            Self::F32 => (4, 1),
            Self::F16 => (2, 1),
            Self::Q4_0 => (2 + 16, BLOCK),
            Self::Q4_1 => (4 + 16, BLOCK),
            Self::Q5_0 => (2 + 4 + 16, BLOCK),
            Self::Q5_1 => (4 + 4 + 16, BLOCK),
            Self::Q8_0 => (2 + 32, BLOCK),
        }
    }
}

struct Tensor {
    kind: Kind,
    n_values: usize,
    bytes: Range<usize>,
}

/// A model file in memory.
pub(in crate::transcribe) struct ModelFile {
    pub sizes: Sizes,
    /// Filter bank of the spectrogram: `n_mels` rows of 201 weights.
    pub filters: Vec<f32>,
    /// Bytes of each token that stands for text, by id.
    pub vocabulary: Vec<Vec<u8>>,
    tensors: HashMap<String, Tensor>,
    bytes: Vec<u8>,
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], FileError> {
        let end = self.at.checked_add(n).filter(|end| *end <= self.bytes.len());
        let end = end.ok_or_else(|| FileError::Damaged("it ends too early".into()))?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    fn u32(&mut self) -> Result<u32, FileError> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into().expect("four bytes")))
    }

    fn size(&mut self) -> Result<usize, FileError> {
        let size = self.u32()? as usize;
        if size <= MAX_SIZE { Ok(size) } else { Err(FileError::Damaged(format!("a size of {size}"))) }
    }
}

impl ModelFile {
    /// Reads the file at this path.
    pub fn read(path: &Path) -> Result<Self, FileError> {
        Self::parse(std::fs::read(path)?)
    }

    /// Takes the file apart.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, FileError> {
        let mut cursor = Cursor { bytes: &bytes, at: 0 };
        if cursor.u32()? != MAGIC {
            return Err(FileError::Damaged("it does not begin as one".into()));
        }
        let mut sizes = [0; 11];
        for size in &mut sizes {
            *size = cursor.size()?;
        }
        let [
            n_vocabulary,
            n_audio_frames,
            width,
            n_heads,
            n_audio_layers,
            n_text_positions,
            text_width,
            text_heads,
            n_text_layers,
            n_mels,
            _,
        ] = sizes;
        if text_width != width || text_heads != n_heads || n_heads == 0 || width % n_heads != 0 || n_mels == 0 {
            return Err(FileError::Damaged("its sizes do not fit each other".into()));
        }
        if n_audio_frames == 0 || n_audio_layers == 0 || n_text_layers == 0 {
            return Err(FileError::Damaged("a size of 0".into()));
        }
        if n_text_positions < MIN_TEXT_POSITIONS {
            return Err(FileError::Damaged(format!("room for {n_text_positions} tokens")));
        }
        let sizes = Sizes {
            n_vocabulary,
            n_audio_frames,
            width,
            n_heads,
            n_audio_layers,
            n_text_positions,
            n_text_layers,
            n_mels,
        };
        let (rows, columns) = (cursor.size()?, cursor.size()?);
        if rows != n_mels || columns != super::mel::N_BINS {
            return Err(FileError::Damaged(format!("a filter bank of {rows} by {columns}")));
        }
        let filters = floats(Kind::F32, cursor.take(4 * rows * columns)?);
        let mut vocabulary = Vec::new();
        for _ in 0..cursor.size()? {
            let n = cursor.size()?;
            vocabulary.push(cursor.take(n)?.to_vec());
        }
        let mut tensors = HashMap::new();
        while cursor.at < bytes.len() {
            let (n_dimensions, name_len) = (cursor.size()?, cursor.size()?);
            let kind = Kind::of(cursor.u32()?)?;
            let mut n_values = 1_usize;
            for _ in 0..n_dimensions {
                let dimension = cursor.size()?;
                n_values = n_values
                    .checked_mul(dimension)
                    .ok_or_else(|| FileError::Damaged("a tensor beyond all bounds".into()))?;
            }
            let name = String::from_utf8_lossy(cursor.take(name_len)?).into_owned();
            let (block_bytes, block_values) = kind.block();
            if !n_values.is_multiple_of(block_values) {
                return Err(FileError::Damaged(format!("{name} has {n_values} values")));
            }
            let first = cursor.at;
            let n_bytes = (n_values / block_values).saturating_mul(block_bytes);
            cursor.take(n_bytes)?;
            tensors.insert(name, Tensor { kind, n_values, bytes: first..first + n_bytes });
        }
        Ok(Self { sizes, filters, vocabulary, tensors, bytes })
    }

    /// The values of a tensor, which must be so many.
    pub fn tensor(&self, name: &str, n_values: usize) -> Result<Vec<f32>, FileError> {
        let tensor = self.find(name, n_values)?;
        Ok(floats(tensor.kind, &self.bytes[tensor.bytes.clone()]))
    }

    /// The same row by row, so that a large tensor is never in memory as numbers. Rows are whole blocks in every model
    /// whose width is a multiple of 32; of another one the file is refused.
    pub fn rows(&self, name: &str, n_rows: usize, row: usize) -> Result<impl Iterator<Item = Vec<f32>>, FileError> {
        let tensor = self.find(name, n_rows.saturating_mul(row))?;
        let (block_bytes, block_values) = tensor.kind.block();
        if row == 0 || !row.is_multiple_of(block_values) {
            return Err(FileError::Damaged(format!("{name} has rows of {row} values")));
        }
        let kind = tensor.kind;
        let row_bytes = row / block_values * block_bytes;
        Ok(self.bytes[tensor.bytes.clone()].chunks_exact(row_bytes).map(move |bytes| floats(kind, bytes)))
    }

    fn find(&self, name: &str, n_values: usize) -> Result<&Tensor, FileError> {
        let tensor =
            self.tensors.get(name).ok_or_else(|| FileError::Damaged(format!("the tensor {name} is missing")))?;
        if tensor.n_values != n_values {
            return Err(FileError::Damaged(format!("{name} has {} values instead of {n_values}", tensor.n_values)));
        }
        Ok(tensor)
    }
}

/// Stored numbers as they are meant. Whole blocks.
fn floats(kind: Kind, bytes: &[u8]) -> Vec<f32> {
    let (block_bytes, block_values) = kind.block();
    let blocks = bytes.chunks_exact(block_bytes);
    let mut values = Vec::with_capacity(blocks.len() * block_values);
    let half = |bytes: &[u8]| f16_to_f32(u16::from_le_bytes([bytes[0], bytes[1]]));
    for block in blocks {
        match kind {
            Kind::F32 => values.push(f32::from_le_bytes([block[0], block[1], block[2], block[3]])),
            Kind::F16 => values.push(half(block)),
            Kind::Q8_0 => {
                let scale = half(block);
                values.extend(block[2..].iter().map(|q| f32::from(q.cast_signed()) * scale));
            }
            Kind::Q4_0 | Kind::Q4_1 | Kind::Q5_0 | Kind::Q5_1 => {
                let has_least = matches!(kind, Kind::Q4_1 | Kind::Q5_1);
                let has_fifth = matches!(kind, Kind::Q5_0 | Kind::Q5_1);
                let scale = half(block);
                let head = if has_least { 4 } else { 2 };
                let fifth = if has_fifth {
                    u32::from_le_bytes([block[head], block[head + 1], block[head + 2], block[head + 3]])
                } else {
                    0
                };
                let nibbles = &block[if has_fifth { head + 4 } else { head }..];
                // Without a least value, zero lies in the middle of the range.
                let offset = match (has_least, has_fifth) {
                    (true, _) => half(&block[2..]),
                    (false, true) => -16.0 * scale,
                    (false, false) => -8.0 * scale,
                };
                // Low nibbles are the first half of the block, high ones the second.
                let value = |i: usize| {
                    let nibble = if i < 16 { nibbles[i] & 0xf } else { nibbles[i - 16] >> 4 };
                    let bit = (fifth >> i) & 1;
                    f32::from(nibble) + 16.0 * bit as f32
                };
                values.extend((0..BLOCK).map(|i| value(i) * scale + offset));
            }
        }
    }
    values
}

/// IEEE 754 half precision to single, exactly.
fn f16_to_f32(half: u16) -> f32 {
    let sign = if half >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from((half >> 10) & 0x1f), f32::from(half & 0x3ff));
    sign * match exponent {
        0 => fraction * (-24.0_f32).exp2(),
        31 => {
            if fraction == 0.0 {
                f32::INFINITY
            } else {
                f32::NAN
            }
        }
        _ => (1.0 + fraction / 1024.0) * ((exponent - 15) as f32).exp2(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision_is_exact() {
        // IEEE 754-2019, binary16: one, the largest, the least normal, the least of all, minus two.
        for (half, expected) in
            [(0x3c00, 1.0), (0x7bff, 65504.0), (0x0400, 6.103_515_6e-5), (0x0001, 5.960_464_5e-8), (0xc000, -2.0)]
        {
            assert_eq!(f16_to_f32(half), expected);
        }
        assert!(f16_to_f32(0x7c00).is_infinite() && f16_to_f32(0x7e00).is_nan());
    }

    fn check(kind: Kind, block: &[u8], expected: impl Fn(usize) -> f32) {
        let values = floats(kind, block);
        assert_eq!(values.len(), BLOCK);
        for (i, value) in values.iter().enumerate() {
            assert_eq!(*value, expected(i), "{kind:?} {i}");
        }
    }

    #[test]
    fn blocks_are_read_as_whisper_cpp_writes_them() {
        // Scale 2, least value 1, nibbles 0..15 in both halves, the fifth bit set in the second half.
        let (scale, least, fifth) = ([0x00, 0x40], [0x00, 0x3c], [0, 0, 0xff, 0xff]);
        let nibbles: Vec<u8> = (0..16).map(|i| i | (i << 4)).collect();
        let block = |parts: &[&[u8]]| parts.concat();
        let nibble = |i: usize| (i % 16) as f32;
        let five = |i: usize| nibble(i) + if i < 16 { 0.0 } else { 16.0 };
        check(Kind::Q4_0, &block(&[&scale, &nibbles]), |i| 2.0 * (nibble(i) - 8.0));
        check(Kind::Q4_1, &block(&[&scale, &least, &nibbles]), |i| 2.0 * nibble(i) + 1.0);
        check(Kind::Q5_0, &block(&[&scale, &fifth, &nibbles]), |i| 2.0 * (five(i) - 16.0));
        check(Kind::Q5_1, &block(&[&scale, &least, &fifth, &nibbles]), |i| 2.0 * five(i) + 1.0);
        let signed: Vec<u8> = (0..32_u8).map(|i| i.wrapping_sub(16)).collect();
        check(Kind::Q8_0, &block(&[&scale, &signed]), |i| 2.0 * (i as f32 - 16.0));
    }

    #[test]
    fn what_is_no_model_is_refused() {
        for bytes in [&b""[..], b"ggml", b"lmgg", b"<html>not found</html>"] {
            assert!(matches!(ModelFile::parse(bytes.to_vec()), Err(FileError::Damaged(_))));
        }
        let mut head = [MAGIC, 51_865, 1500, 512, 8, 6, 448, 512, 8, 6, 80, 7].map(u32::to_le_bytes).concat();
        assert!(matches!(ModelFile::parse(head.clone()), Err(FileError::Damaged(_))));
        let mut narrow = head.clone();
        narrow[24..28].copy_from_slice(&7_u32.to_le_bytes());
        assert!(matches!(ModelFile::parse(narrow), Err(FileError::Damaged(why)) if why.contains("7 tokens")));
        head[8..12].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(matches!(ModelFile::parse(head), Err(FileError::Damaged(_))));
    }
}
