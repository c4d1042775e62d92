//! Streams of speech frames without time stamps or check sums: raw GSM 06.10 and AMR files. Bytes in, planes out. What is
//! no frame is skipped up to where several frames follow each other again. Decoders are in `codecs`.

use std::fs::File;
use std::path::Path;

use super::codecs::amr::{Amr, Band};
use super::codecs::gsm::{self, Gsm};
use super::collect::Collector;
use super::containers::amr::Head;
use super::decode::{DecodeError, DecodeLimits};
use super::engine::sample_rate;
use super::own::CALLVET;
use super::pump::Sound;
use super::section::Section;
use crate::call::{Problem, ProblemSeverity};

/// What decodes AMR, for the report; a test compares the version with Cargo.lock.
const AMR_DECODER: &str = "rvoip-codec-core 0.3.12";

/// Both codecs have 20 ms a frame.
const FRAMES_PER_S: f64 = 50.0;

/// Frames that must follow each other behind a place where one was broken. Four bits of a GSM frame are fixed, three bits
/// and some types of an AMR head are impossible: eight in a row are an accident once in 2^27 places or rarer.
const CHAIN: usize = 8;

/// Frames that must follow each other before bytes are taken for raw GSM by content alone: 64 bits that fit.
const GSM_CHAIN: usize = 16;

/// A kind of frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Gsm,
    Amr(Band),
}

impl Kind {
    /// Bytes of the frame that `bytes` begin with, if they can be one.
    fn len(self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::Gsm => (bytes.first()? >> 4 == gsm::SIGNATURE).then_some(gsm::FRAME_BYTES),
            Self::Amr(band) => Head::read(band, bytes).map(|head| 1 + head.body_bytes),
        }
    }

    fn most_bytes(self) -> usize {
        match self {
            Self::Gsm => gsm::FRAME_BYTES,
            // The highest rate of AMR-WB; 32 in narrowband.
            Self::Amr(_) => 61,
        }
    }

    /// Do so many frames follow each other, or as many as there are up to the end?
    fn is_chain(self, mut bytes: &[u8], n_frames: usize) -> bool {
        for _ in 0..n_frames {
            if bytes.is_empty() {
                break;
            }
            let Some(len) = self.len(bytes) else { return false };
            bytes = bytes.get(len..).unwrap_or_default();
        }
        true
    }
}

/// A decoder of one of the kinds.
enum Decoder {
    Gsm(Box<Gsm>),
    Amr(Box<Amr>),
}

impl Decoder {
    /// The samples of a whole frame.
    fn decode(&mut self, kind: Kind, frame: &[u8]) -> Option<Vec<i16>> {
        match (self, kind) {
            (Self::Gsm(gsm), _) => gsm.decode(frame.first_chunk()?).map(|samples| samples.to_vec()),
            (Self::Amr(amr), Kind::Amr(band)) => {
                let head = Head::read(band, frame)?;
                amr.decode(head.frame_type, head.is_good, frame.get(1..)?)
            }
            (Self::Amr(_), Kind::Gsm) => None,
        }
    }
}

/// Where raw GSM frames begin, told by their signature alone; `None` if that is not sure.
pub(super) fn find_gsm(bytes: &[u8]) -> Option<usize> {
    let is_sure = |at: usize| {
        let rest = &bytes[at..];
        // Bytes that fit at the next place too are a pattern, such as the silence of A-law, and no frames.
        rest.len() >= GSM_CHAIN * gsm::FRAME_BYTES
            && Kind::Gsm.is_chain(rest, GSM_CHAIN)
            && !Kind::Gsm.is_chain(&rest[1..], GSM_CHAIN)
    };
    (0..bytes.len()).find(|&at| is_sure(at))
}

/// Decodes the frames from byte `start` of the file on.
pub(super) fn decode(path: &Path, kind: Kind, start: u64, limits: &DecodeLimits) -> Result<Sound, DecodeError> {
    let mut section = Section::new(File::open(path)?, start, u64::MAX)?;
    check_len(section.len(), kind, limits)?;
    let mut bytes = vec![0; section.len() as usize];
    let n = section.read_full(&mut bytes)?;
    bytes.truncate(n);
    decode_bytes(&bytes, kind, limits)
}

/// Refuses more bytes than the longest recording can have. The bytes of any other fit into memory: 44 MB for 4 hours of
/// AMR-WB.
pub(super) fn check_len(len: u64, kind: Kind, limits: &DecodeLimits) -> Result<(), DecodeError> {
    let most_frames = (limits.max_duration_s.max(0.0) * FRAMES_PER_S).ceil() as u64 + 1;
    if len > most_frames.saturating_mul(kind.most_bytes() as u64) {
        return Err(limits.too_long());
    }
    Ok(())
}

/// Decodes the frames that `bytes` hold.
pub(super) fn decode_bytes(bytes: &[u8], kind: Kind, limits: &DecodeLimits) -> Result<Sound, DecodeError> {
    let (rate_hz, n_samples, codec, decoder_name) = match kind {
        Kind::Gsm => (8000, gsm::SAMPLES, "gsm", CALLVET),
        Kind::Amr(band) => (band.rate_hz(), band.n_samples(), band.codec(), AMR_DECODER),
    };
    let mut collector = Collector::new(sample_rate(rate_hz)?, 1, 0, limits)?;
    let mut decoder = match kind {
        Kind::Gsm => Decoder::Gsm(Box::new(Gsm::new())),
        Kind::Amr(band) => Decoder::Amr(Box::new(Amr::new(band))),
    };
    let mut losses = Losses::default();
    let mut plane = [Vec::new()];
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        // A frame is believed if another follows it, or nothing does.
        let len = kind.len(rest).filter(|_| kind.is_chain(rest, 2));
        let Some(len) = len else {
            let skip = (1..rest.len()).find(|&skip| kind.is_chain(&rest[skip..], CHAIN)).unwrap_or(rest.len());
            losses.skipped(skip, collector.now_s());
            at += skip;
            continue;
        };
        at += len;
        let Some(frame) = rest.get(..len) else {
            losses.is_cut = true;
            break;
        };
        match decoder.decode(kind, frame) {
            Some(samples) => {
                plane[0].clear();
                plane[0].extend(samples.iter().map(|&sample| f32::from(sample) / 32_768.0));
                collector.push(&plane)?;
                losses.n_good += 1;
            }
            None => {
                losses.undecodable(collector.now_s());
                collector.push_silence(n_samples as u64);
            }
        }
    }
    // As in `pump`: a damaged call decodes mostly, and what does not is something else.
    if losses.n_bad > 9 * losses.n_good {
        let n = losses.n_good + losses.n_bad;
        return Err(DecodeError::Malformed(format!("only {} of {n} {codec} frames can be decoded", losses.n_good)));
    }
    let found_s = collector.now_s();
    let (channels, mended) = collector.finish();
    if channels.n_samples() == 0 {
        return Err(DecodeError::NoAudio(format!("the {codec} stream holds no frames")));
    }
    let problems = losses.problems(found_s, bytes.len()).into_iter().chain(mended).collect();
    Ok(Sound { codec: codec.into(), decoder: decoder_name.into(), channels, problems })
}

/// What was lost on the way.
#[derive(Debug, Default)]
struct Losses {
    n_good: u64,
    n_bad: u64,
    first_bad_s: Option<f64>,
    n_skipped: usize,
    first_skipped_s: Option<f64>,
    is_cut: bool,
}

impl Losses {
    fn skipped(&mut self, n_bytes: usize, at_s: f64) {
        self.n_skipped += n_bytes;
        self.first_skipped_s.get_or_insert(at_s);
    }

    fn undecodable(&mut self, at_s: f64) {
        self.n_bad += 1;
        self.first_bad_s.get_or_insert(at_s);
    }

    fn problems(self, found_s: f64, n_bytes: usize) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Some(first_s) = self.first_bad_s {
            let text = format!(
                "{} of {} frames cannot be decoded, first at {first_s:.3} s; silence keeps the time",
                self.n_bad,
                self.n_good + self.n_bad
            );
            problems.push(Problem::new("decode", "undecodable", ProblemSeverity::Lost, text));
        }
        if let Some(first_s) = self.first_skipped_s {
            let text = format!(
                "{} of {n_bytes} bytes are no frames and were skipped, first at {first_s:.3} s; later times may be early",
                self.n_skipped
            );
            problems.push(Problem::new("decode", "bytes_skipped", ProblemSeverity::Lost, text));
        }
        if self.is_cut {
            let text = format!("the stream ends inside a frame after {found_s:.3} s: the file is cut off");
            problems.push(
                Problem::new("decode", "truncated", ProblemSeverity::Lost, text).about(["/recording/duration_s"]),
            );
        }
        problems
    }
}
