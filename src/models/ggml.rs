//! Whether a file is a whole model in whisper.cpp's format, found by walking its headers.
//!
//! whisper.cpp trusts the lengths in the file: with a wrong one it asks for absurd memory and ends the process, and a
//! file that was cut short inside its last tensor it takes for whole. So nothing is handed to it unchecked. The
//! values of the weights are not looked at: that is what the SHA-256 is for.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::{ModelKind, called};

/// Why a file is not a usable model.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", path.display())]
pub struct NotAModel {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it, in words that follow its name.
    pub reason: String,
}

/// The reason alone, inside this file.
#[derive(Debug)]
struct Reason(String);

impl Reason {
    fn of(self, path: &Path) -> NotAModel {
        NotAModel { path: path.to_owned(), reason: self.0 }
    }
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => too_short(),
            _ => Self(error.to_string()),
        }
    }
}

fn format(what: impl Into<String>) -> Reason {
    Reason(what.into())
}

fn too_short() -> Reason {
    format("the file ends too early: it is damaged or was not copied whole")
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
    check_file(path, kind).map_err(|reason| reason.of(path))
}

fn check_file(path: &Path, kind: ModelKind) -> Result<(), Reason> {
    let (mut reader, found) = open(path)?;
    match (kind, found) {
        (ModelKind::Speech, ModelKind::Speech) => {
            let n_tensors = speech_header(&mut reader)?;
            tensors(&mut reader, Some(n_tensors))
        }
        (ModelKind::VoiceActivity, ModelKind::VoiceActivity) => {
            activity_header(&mut reader)?;
            tensors(&mut reader, None)
        }
        (ModelKind::Speech | ModelKind::VoiceActivity, _) => {
            Err(format(format!("a {}, not a {}", called(found), called(kind))))
        }
        (ModelKind::PerceivedQuality | ModelKind::Speaker, _) => {
            Err(format(format!("a {} in whisper.cpp's format; a {} is expected as ONNX", called(found), called(kind))))
        }
    }
}

/// What whisper.cpp's voice activity models call themselves, after its length.
const ACTIVITY_NAME: &[u8] = b"silero-16k";

/// Opens a file in whisper.cpp's format, just behind its magic number, and tells which kind of model it says it is.
fn open(path: &Path) -> Result<(Reader, ModelKind), Reason> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(format("a folder, not a model"));
    }
    let mut head = Vec::with_capacity(HEAD_BYTES);
    (&file).take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    if let Some(what) = what_else(&head) {
        return Err(format(what));
    }
    let is_activity = head.get(8..8 + ACTIVITY_NAME.len()) == Some(ACTIVITY_NAME);
    let mut reader = Reader { file: BufReader::new(file), position: 0, bytes: metadata.len() };
    reader.file.seek(SeekFrom::Start(0))?;
    reader.u32()?;
    Ok((reader, if is_activity { ModelKind::VoiceActivity } else { ModelKind::Speech }))
}

/// So much of a file tells what it is.
const HEAD_BYTES: usize = 64;

/// What a file that begins like this is, if it is nothing in whisper.cpp's format: what people take for a model, or what a
/// server sends in its place.
pub(super) fn what_else(head: &[u8]) -> Option<&'static str> {
    // ggml's magic numbers are written as little-endian numbers, so that their letters stand backwards.
    const BEGINNINGS: [(&[u8], &str); 12] = [
        (b"GGUF", "a GGUF file, the format of llama.cpp's models; Whisper models for callvet are in whisper.cpp's own"),
        (b"tjgg", "a model for old versions of llama.cpp, not for whisper.cpp"),
        (b"fmgg", "a model for old versions of llama.cpp, not for whisper.cpp"),
        (b"algg", "a LoRA adapter for llama.cpp, not a Whisper model"),
        (b"PK\x03\x04", "a zip archive, perhaps a PyTorch model: it has to be converted to whisper.cpp's format"),
        (b"\x80\x02", "a Python pickle, perhaps a PyTorch model: it has to be converted to whisper.cpp's format"),
        (b"\x1f\x8b", "a gzip archive: unpack it"),
        (b"version https://git-lfs", "a Git LFS pointer; the file itself comes with `git lfs pull`"),
        (b"RIFF", "a recording, not a model"),
        (b"OggS", "a recording, not a model"),
        (b"fLaC", "a recording, not a model"),
        (b"ID3", "a recording, not a model"),
    ];
    if head.is_empty() {
        return Some("the file is empty");
    }
    if head.len() < 4 {
        return Some("the file ends too early");
    }
    if head.starts_with(&MAGIC.to_le_bytes()) {
        return None;
    }
    if let Some((_, what)) = BEGINNINGS.iter().find(|(beginning, _)| head.starts_with(beginning)) {
        return Some(what);
    }
    let text = head.trim_ascii_start();
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    Some(match (head, text.first()) {
        (_, Some(b'<')) => "a web page, not a model: what was asked for the file answered with a page",
        // A protocol buffer whose first field is the version of ONNX, the second the program that wrote it.
        ([0x08, 1..=32, 0x12, ..], _) => "an ONNX model, not one in whisper.cpp's format",
        // The length of a JSON header, then that header.
        ([_, _, _, 0, 0, 0, 0, 0, b'{', ..], _) => "a safetensors file: it has to be converted to whisper.cpp's format",
        _ if head.iter().all(|b| matches!(b, b'\t' | b'\n' | b'\r' | 0x20..)) => "text, not a model",
        _ => "not a model in whisper.cpp's format",
    })
}

/// Vocabularies below this are those of the English-only models: whisper.cpp's own mark.
const MIN_MULTILINGUAL_VOCABULARY: i32 = 51_865;

/// Whether the speech model at `path` knows languages other than English. Reads eight bytes; says nothing of the rest.
///
/// # Errors
/// When the file cannot be read or is no model.
pub fn is_multilingual(path: &Path) -> Result<bool, NotAModel> {
    let vocabulary = || -> Result<i32, Reason> { open(path)?.0.i32() };
    vocabulary().map(|n| n >= MIN_MULTILINGUAL_VOCABULARY).map_err(|reason| reason.of(path))
}

/// Reads the header and gives the number of tensors that such a model has.
fn speech_header(reader: &mut Reader) -> Result<u64, Reason> {
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
    let mut layers = [0_u64; 2];
    for (name, least, most) in FIELDS {
        let value = reader.i32()?;
        // The engine looks the model up by its audio layers and ends the process if there is none.
        let is_known_depth = name != "audio layers" || [4, 6, 12, 24, 32].contains(&value);
        if !(least..=most).contains(&value) || !is_known_depth {
            return Err(format(format!("not a Whisper model: {name} is {value}")));
        }
        match name {
            "audio layers" => layers[0] = value as u64,
            "text layers" => layers[1] = value as u64,
            _ => {}
        }
    }
    // Thousands count versions of the quantisation. On a type that it does not know the engine ends the process.
    let weight_type = reader.i32()?;
    if weight_type < 0 || !WEIGHT_TYPES.contains(&(weight_type % 1000)) {
        return Err(format(format!("weights of type {weight_type}, which this engine does not know")));
    }
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
    // Encoder: positions, two convolutions and a norm with a bias each; decoder: positions, tokens and a norm with a bias.
    // Then 15 a layer of the encoder, 24 a layer of the decoder, which attends to the encoder too.
    Ok(7 + 4 + 15 * layers[0] + 24 * layers[1])
}

/// Kinds of quantisation (ggml's `ggml_ftype`) that the engine takes, each with tensors of a type in [`block_of`].
const WEIGHT_TYPES: [i32; 15] = [0, 1, 2, 3, 7, 8, 9, 10, 11, 12, 13, 14, 19, 22, 24];

fn activity_header(reader: &mut Reader) -> Result<(), Reason> {
    let length = reader.i32()?;
    if !(1..=64).contains(&length) {
        return Err(format("not a Silero model"));
    }
    let mut name = vec![0; length as usize];
    reader.bytes(&mut name)?;
    if name != ACTIVITY_NAME {
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

/// Walks over the weights to the end of the file. The engine wants as many tensors as the header says, no more, no less.
fn tensors(reader: &mut Reader, expected: Option<u64>) -> Result<(), Reason> {
    let mut n_tensors = 0_u64;
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
    match expected {
        _ if n_tensors == 0 => Err(format("the file has no weights")),
        Some(expected) if n_tensors != expected => {
            Err(format(format!("{n_tensors} tensors of {expected}: the file is damaged or was not copied whole")))
        }
        _ => Ok(()),
    }
}

/// Elements and bytes of a block of this ggml tensor type: those that whisper.cpp's own tools write, and the few others that
/// need no table of importance to be made.
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
        20 => (32, 18),   // iq4_nl
        23 => (256, 136), // iq4_xs
        30 => (1, 2),     // bf16
        _ => return None,
    })
}

struct Reader {
    file: BufReader<File>,
    position: u64,
    bytes: u64,
}

impl Reader {
    fn bytes(&mut self, buffer: &mut [u8]) -> Result<(), Reason> {
        self.file.read_exact(buffer)?;
        self.position += buffer.len() as u64;
        Ok(())
    }

    fn u32(&mut self) -> Result<u32, Reason> {
        let mut buffer = [0; 4];
        self.bytes(&mut buffer)?;
        Ok(u32::from_le_bytes(buffer))
    }

    fn i32(&mut self) -> Result<i32, Reason> {
        self.u32().map(|n| n as i32)
    }

    fn skip(&mut self, n: u64) -> Result<(), Reason> {
        self.position = self.position.saturating_add(n);
        if self.position > self.bytes {
            return Err(too_short());
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
        for (path, kind, expected) in [
            (&speech, ModelKind::VoiceActivity, "a speech model, not a voice activity model"),
            (&activity, ModelKind::Speech, "a voice activity model, not a speech model"),
            (&speech, ModelKind::Speaker, "expected as ONNX"),
        ] {
            let message = check(path, kind).expect_err("of another kind").to_string();
            assert!(message.contains(expected) && message.contains("ggml-"), "{message}");
        }
    }

    /// A file that has the form of the smallest Whisper model: 4 + 1 layers of tensors with a block of weights each.
    fn whisper(weight_type: i32, tensor_type: i32) -> Vec<u8> {
        let (block, block_bytes) = block_of(tensor_type).unwrap_or((1, 1));
        let mut file: Vec<u8> = MAGIC.to_le_bytes().into();
        for value in [51_865, 1500, 384, 6, 4, 448, 384, 6, 1, 80, weight_type, 80, 201] {
            file.extend(i32::to_le_bytes(value));
        }
        file.resize(file.len() + 4 * 80 * 201, 0);
        file.extend([1_u32.to_le_bytes(), 2_u32.to_le_bytes()].concat());
        file.extend(b"hi");
        for _ in 0..7 + 4 + 15 * 4 + 24 {
            for value in [1, 1, tensor_type, block as i32] {
                file.extend(i32::to_le_bytes(value));
            }
            file.push(b't');
            file.resize(file.len() + block_bytes as usize, 0);
        }
        file
    }

    /// Where the weight type stands: after the magic and ten sizes.
    const WEIGHT_TYPE_AT: usize = 44;

    #[track_caller]
    fn check_bytes(bytes: &[u8], kind: ModelKind, expected: Option<&str>) {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("m.bin");
        std::fs::write(&path, bytes).expect("written");
        match (check(&path, kind), expected) {
            (Ok(()), None) => {}
            (Err(why), Some(expected)) => {
                let message = why.to_string();
                assert!(message.contains(expected) && message.contains("m.bin: "), "{message}");
            }
            (found, _) => panic!("{found:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn every_quantisation_of_whisper_cpp_can_be_walked_through() {
        // ggml_ftype and the ggml_type of its large tensors, from ggml.h.
        for (weight_type, tensor_type) in [
            (0, 0),
            (1, 1),
            (2002, 2),
            (2003, 3),
            (2008, 6),
            (2009, 7),
            (2007, 8),
            (2010, 10),
            (2011, 11),
            (2012, 12),
            (2013, 13),
            (2014, 14),
            (2019, 20),
            (2022, 23),
            (24, 30),
        ] {
            check_bytes(&whisper(weight_type, tensor_type), ModelKind::Speech, None);
        }
        check_bytes(&whisper(1, 9), ModelKind::Speech, Some("tensor of type 9"));
        // Q4_1 with some f16 in it, an unknown one, and a negative one: the engine would end the process.
        for weight_type in [4, 99, -1] {
            check_bytes(&whisper(weight_type, 1), ModelKind::Speech, Some("which this engine does not know"));
        }
    }

    #[test]
    fn a_model_that_was_cut_anywhere_is_not_whole() {
        let whole = whisper(1, 1);
        // The last tensor is 19 bytes: without it the file ends cleanly, and one is missing.
        check_bytes(&whole[..whole.len() - 19], ModelKind::Speech, Some("94 tensors of 95"));
        for n_bytes in [5, WEIGHT_TYPE_AT, 1000, 64_400, whole.len() - 20, whole.len() - 1] {
            check_bytes(&whole[..n_bytes], ModelKind::Speech, Some("the file ends too early"));
        }
        let twice = [whole.as_slice(), &whole[whole.len() - 19..]].concat();
        check_bytes(&twice, ModelKind::Speech, Some("96 tensors of 95"));
    }

    #[test]
    fn what_is_no_whisper_model_is_called_what_it_is() {
        let pytorch = b"PK\x03\x04\x14\0\x08\x08archive/data.pkl";
        let onnx = std::fs::read(committed("dnsmos-p835-sig_bak_ovr.onnx")).expect("it is committed");
        let silero = std::fs::read(committed("ggml-silero-v6.2.0.bin")).expect("it is committed");
        for (bytes, expected) in [
            (b"".as_slice(), "the file is empty"),
            (b"gg", "ends too early"),
            (b"GGUF\x03\0\0\0", "llama.cpp"),
            (b"tjgg\x03\0\0\0", "llama.cpp"),
            (pytorch, "PyTorch"),
            (&onnx, "an ONNX model"),
            (&silero, "a voice activity model, not a speech model"),
            (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page"),
            (b"\r\n  <html>", "a web page"),
            (b"\xef\xbb\xbf<html>", "a web page"),
            (b"Entry not found", "text, not a model"),
            (b"version https://git-lfs.github.com/spec/v1\noid sha256:", "git lfs pull"),
            (b"RIFF\x24\0\0\0WAVEfmt ", "a recording"),
            (b"\x40\0\0\0\0\0\0\0{\"__metadata__\"", "safetensors"),
            (b"\0\x01\x02\x03\x04", "not a model in whisper.cpp's format"),
        ] {
            check_bytes(bytes, ModelKind::Speech, Some(expected));
        }
    }

    #[test]
    fn a_folder_is_no_model() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        assert!(check(dir.path(), ModelKind::Speech).is_err());
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
        check_changed(Vec::clear, "the file is empty");
    }

    #[test]
    fn absurd_lengths_are_refused_before_the_engine_sees_them() {
        check_changed(|bytes| bytes[0] = b'x', "not a model");
        check_changed(|bytes| bytes[8] = b'x', "a speech model, not a voice activity model");
        check_changed(|bytes| bytes[4..8].fill(0x7f), "not a Silero model");
        // The first tensor's name length: after magic, name, version, sizes: 4 + 4 + 10 + 12 + 12 + 16 * 4 + 4.
        check_changed(|bytes| bytes[110..114].fill(0x7f), "damaged list of tensors");
    }
}
