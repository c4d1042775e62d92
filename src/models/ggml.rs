//! Whether a file is a whole model in whisper.cpp's format, found by walking its headers.
//!
//! whisper.cpp trusts the lengths in the file: with a wrong one it asks for absurd memory and ends the process, and a
//! file that was cut short inside its last tensor it takes for whole. So nothing is handed to it unchecked. The
//! values of the weights are not looked at: that is what the SHA-256 is for.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use super::ModelKind;

/// Why a file is not a usable model.
#[derive(Debug, thiserror::Error)]
pub enum NotAModel {
    /// It cannot be read, or ends too early.
    #[error("{0}")]
    Io(String),
    /// It is something else.
    #[error("{0}")]
    Format(String),
}

impl From<io::Error> for NotAModel {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Format("the file ends too early".into()),
            _ => Self::Io(error.to_string()),
        }
    }
}

fn format(what: impl Into<String>) -> NotAModel {
    NotAModel::Format(what.into())
}

/// "ggml" as a little-endian number.
const MAGIC: u32 = 0x6767_6d6c;
/// The longest word of Whisper's vocabulary is far shorter.
const MAX_TOKEN_BYTES: u32 = 4096;
/// The longest tensor name is far shorter.
const MAX_NAME_BYTES: i32 = 256;

/// Checks that `path` is a whole model of this kind.
///
/// # Errors
/// What is wrong with it, in words.
pub fn check(path: &Path, kind: ModelKind) -> Result<(), NotAModel> {
    let file = File::open(path)?;
    let bytes = file.metadata()?.len();
    let mut reader = Reader { file: BufReader::new(file), position: 0, bytes };
    if reader.u32()? != MAGIC {
        return Err(format("not a model in whisper.cpp's format"));
    }
    match kind {
        ModelKind::Speech => speech_header(&mut reader)?,
        ModelKind::VoiceActivity => activity_header(&mut reader)?,
        ModelKind::PerceivedQuality | ModelKind::Speaker => {
            return Err(format("a model of another kind: this one is expected as ONNX"));
        }
    }
    tensors(&mut reader)
}

/// Vocabularies below this are those of the English-only models: whisper.cpp's own mark.
const MIN_MULTILINGUAL_VOCABULARY: i32 = 51_865;

/// Whether the speech model at `path` knows languages other than English. Reads eight bytes; says nothing of the rest.
///
/// # Errors
/// When the file cannot be read or is no model.
pub fn is_multilingual(path: &Path) -> Result<bool, NotAModel> {
    let file = File::open(path)?;
    let bytes = file.metadata()?.len();
    let mut reader = Reader { file: BufReader::new(file), position: 0, bytes };
    if reader.u32()? != MAGIC {
        return Err(format("not a model in whisper.cpp's format"));
    }
    Ok(reader.i32()? >= MIN_MULTILINGUAL_VOCABULARY)
}

fn speech_header(reader: &mut Reader) -> Result<(), NotAModel> {
    // Name, least, most: the sizes of Whisper tiny to large, which are all there are.
    const FIELDS: [(&str, i32, i32); 10] = [
        ("vocabulary", 51_864, 51_866),
        ("audio context", 1, 1500),
        ("audio state", 1, 1280),
        ("audio heads", 1, 20),
        ("audio layers", 4, 32),
        ("text context", 1, 448),
        ("text state", 1, 1280),
        ("text heads", 1, 20),
        ("text layers", 1, 32),
        ("mel bands", 80, 128),
    ];
    for (name, least, most) in FIELDS {
        let value = reader.i32()?;
        // The engine looks the model up by its audio layers and ends the process if there is none.
        let is_known_depth = name != "audio layers" || [4, 6, 12, 24, 32].contains(&value);
        if !(least..=most).contains(&value) || !is_known_depth {
            return Err(format(format!("not a Whisper model: {name} is {value}")));
        }
    }
    let _weight_type = reader.i32()?;
    let (n_mel, n_fft) = (reader.i32()?, reader.i32()?);
    if !(80..=128).contains(&n_mel) || n_fft != 201 {
        return Err(format(format!("not a Whisper model: mel filters are {n_mel} x {n_fft}")));
    }
    reader.skip(4 * n_mel as u64 * n_fft as u64)?;
    let n_words = reader.i32()?;
    if !(1..=51_866).contains(&n_words) {
        return Err(format(format!("not a Whisper model: {n_words} words")));
    }
    for _ in 0..n_words {
        let length = reader.u32()?;
        if length > MAX_TOKEN_BYTES {
            return Err(format("damaged vocabulary"));
        }
        reader.skip(u64::from(length))?;
    }
    Ok(())
}

fn activity_header(reader: &mut Reader) -> Result<(), NotAModel> {
    let length = reader.i32()?;
    if !(1..=64).contains(&length) {
        return Err(format("not a Silero model"));
    }
    let mut name = vec![0; length as usize];
    reader.bytes(&mut name)?;
    if name != b"silero-16k" {
        return Err(format("not a Silero model for 16 kHz"));
    }
    let _version = [reader.i32()?, reader.i32()?, reader.i32()?];
    let (window, context, layers) = (reader.i32()?, reader.i32()?, reader.i32()?);
    // The engine's graph, and our frame length, are made for these.
    if (window, context, layers) != (512, 64, 4) {
        return Err(format(format!("unknown Silero model: window {window}, context {context}, {layers} layers")));
    }
    for _ in 0..3 * layers + 4 {
        if !(1..=1024).contains(&reader.i32()?) {
            return Err(format("damaged Silero model"));
        }
    }
    Ok(())
}

fn tensors(reader: &mut Reader) -> Result<(), NotAModel> {
    let mut n_tensors = 0;
    while reader.position < reader.bytes {
        let (n_dims, name_bytes, weight_type) = (reader.i32()?, reader.i32()?, reader.i32()?);
        // A single number has no dimension.
        if !(0..=4).contains(&n_dims) || !(1..=MAX_NAME_BYTES).contains(&name_bytes) {
            return Err(format("damaged list of tensors"));
        }
        let mut n_elements: u64 = 1;
        for _ in 0..n_dims {
            let n = u64::try_from(reader.i32()?).ok().filter(|n| *n > 0).ok_or_else(|| format("damaged tensor"))?;
            n_elements = n_elements.checked_mul(n).ok_or_else(|| format("damaged tensor"))?;
        }
        let (block, block_bytes) = block_of(weight_type)
            .ok_or_else(|| format(format!("tensor of type {weight_type}, which this engine does not know")))?;
        let data = (n_elements / block).checked_mul(block_bytes).ok_or_else(|| format("damaged tensor"))?;
        reader.skip(name_bytes as u64)?;
        reader.skip(data)?;
        n_tensors += 1;
    }
    if n_tensors == 0 { Err(format("the file has no weights")) } else { Ok(()) }
}

/// Elements and bytes of a block of this ggml tensor type.
fn block_of(weight_type: i32) -> Option<(u64, u64)> {
    Some(match weight_type {
        0 => (1, 4),      // f32
        1 => (1, 2),      // f16
        2 => (32, 18),    // q4_0
        3 => (32, 20),    // q4_1
        6 => (32, 22),    // q5_0
        7 => (32, 24),    // q5_1
        8 => (32, 34),    // q8_0
        10 => (256, 84),  // q2_k
        11 => (256, 110), // q3_k
        12 => (256, 144), // q4_k
        13 => (256, 176), // q5_k
        14 => (256, 210), // q6_k
        _ => return None,
    })
}

struct Reader {
    file: BufReader<File>,
    position: u64,
    bytes: u64,
}

impl Reader {
    fn bytes(&mut self, buffer: &mut [u8]) -> Result<(), NotAModel> {
        self.file.read_exact(buffer)?;
        self.position += buffer.len() as u64;
        Ok(())
    }

    fn u32(&mut self) -> Result<u32, NotAModel> {
        let mut buffer = [0; 4];
        self.bytes(&mut buffer)?;
        Ok(u32::from_le_bytes(buffer))
    }

    fn i32(&mut self) -> Result<i32, NotAModel> {
        self.u32().map(|n| n as i32)
    }

    fn skip(&mut self, n: u64) -> Result<(), NotAModel> {
        self.position = self.position.saturating_add(n);
        if self.position > self.bytes {
            return Err(format("the file ends too early"));
        }
        match i64::try_from(n) {
            Ok(n) => Ok(self.file.seek_relative(n)?),
            Err(_) => Ok(self.file.seek(SeekFrom::Start(self.position)).map(|_| ())?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn committed(file: &str) -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("models").join(file)
    }

    /// The Silero file, changed and written elsewhere.
    fn check_changed(change: impl Fn(&mut Vec<u8>), expected: &str) {
        let mut bytes = std::fs::read(committed("ggml-silero-v6.2.0.bin")).expect("it is committed");
        change(&mut bytes);
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("m.bin");
        std::fs::write(&path, bytes).expect("written");
        let message = check(&path, ModelKind::VoiceActivity).expect_err("damaged").to_string();
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn the_committed_models_are_whole_and_of_their_kind() {
        let (speech, activity) = (committed("ggml-base-q8_0.bin"), committed("ggml-silero-v6.2.0.bin"));
        check(&speech, ModelKind::Speech).expect("whole");
        check(&activity, ModelKind::VoiceActivity).expect("whole");
        assert!(check(&speech, ModelKind::VoiceActivity).is_err());
        assert!(check(&activity, ModelKind::Speech).is_err());
    }

    #[test]
    fn a_model_tells_by_its_vocabulary_whether_it_knows_other_languages() {
        assert!(is_multilingual(&committed("ggml-base-q8_0.bin")).expect("a model"));
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("m.bin");
        for (vocabulary, expected) in [(51_864_u32, false), (51_865, true), (51_866, true)] {
            std::fs::write(&path, [MAGIC.to_le_bytes(), vocabulary.to_le_bytes()].concat()).expect("written");
            assert_eq!(is_multilingual(&path).expect("long enough"), expected, "{vocabulary}");
        }
        std::fs::write(&path, b"RIFF").expect("written");
        assert!(is_multilingual(&path).is_err());
    }

    #[test]
    fn a_file_that_lost_its_last_byte_is_not_whole() {
        check_changed(|bytes| bytes.truncate(bytes.len() - 1), "ends too early");
        check_changed(|bytes| bytes.truncate(20), "ends too early");
        check_changed(Vec::clear, "ends too early");
    }

    #[test]
    fn absurd_lengths_are_refused_before_the_engine_sees_them() {
        check_changed(|bytes| bytes[0] = b'x', "not a model");
        check_changed(|bytes| bytes[4..8].fill(0x7f), "not a Silero model");
        // The first tensor's name length: after magic, name, version, sizes: 4 + 4 + 10 + 12 + 12 + 16 * 4 + 4.
        check_changed(|bytes| bytes[110..114].fill(0x7f), "damaged list of tensors");
    }
}
