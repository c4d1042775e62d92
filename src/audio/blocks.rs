//! Sound without frames of its own: PCM, G.711, ADPCM and the like as WAV, AIFF, AU, CAF and files without any header
//! carry it, a row of equal blocks. Says where the samples are and what they mean; `engine` and `own` decode them.

use super::own;
use crate::call::{Problem, ProblemSeverity};

/// Where the samples of a file are, after its header was read and mended.
#[derive(Debug, Clone)]
pub(super) struct Blocks {
    /// The codec, as ffmpeg names it.
    pub(super) codec: &'static str,
    pub(super) rate_hz: u32,
    pub(super) n_channels: usize,
    /// Bytes of a block of all channels: one sample of each in PCM.
    pub(super) block_bytes: u64,
    /// Samples of one channel in a block.
    pub(super) samples_per_block: u64,
    /// First byte of the samples in the file.
    pub(super) start: u64,
    /// Bytes of samples that are really there.
    pub(super) len: u64,
    /// What was lost or mended.
    pub(super) problems: Vec<Problem>,
}

/// What a header says about the length of its samples, and what is there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lengths {
    /// Bytes by the header; `None` if it leaves them open.
    pub(super) declared: Option<u64>,
    /// Bytes from the first sample to the end of the file.
    pub(super) available: u64,
    /// The bytes right behind the declared end look like the rest of a well-made file.
    pub(super) is_end_sound: bool,
}

impl Blocks {
    /// Codecs whose samples are plain: bytes of one sample.
    pub(super) fn sample_bytes(codec: &str) -> Option<u64> {
        Some(match codec {
            "pcm_u8" | "pcm_s8" | "pcm_alaw" | "pcm_mulaw" => 1,
            "pcm_s16le" | "pcm_s16be" => 2,
            "pcm_s24le" | "pcm_s24be" => 3,
            "pcm_s32le" | "pcm_s32be" | "pcm_f32le" | "pcm_f32be" => 4,
            "pcm_f64le" | "pcm_f64be" => 8,
            _ => return None,
        })
    }

    /// A row of plain samples.
    pub(super) fn of_samples(codec: &'static str, rate_hz: u32, n_channels: usize, start: u64) -> Option<Self> {
        let block_bytes = Self::sample_bytes(codec)? * n_channels as u64;
        let problems = Vec::new();
        Some(Self { codec, rate_hz, n_channels, block_bytes, samples_per_block: 1, start, len: 0, problems })
    }

    /// A row of blocks of one of the speech codecs, which have one channel.
    pub(super) fn of_speech(codec: &'static str, rate_hz: u32, start: u64) -> Self {
        let (block_bytes, samples_per_block) = own::block(codec).expect("only codecs of `own` are asked for");
        Self { codec, rate_hz, n_channels: 1, block_bytes, samples_per_block, start, len: 0, problems: Vec::new() }
    }

    /// Samples of one channel that are there.
    pub(super) fn n_samples(&self) -> u64 {
        (self.len / self.block_bytes).saturating_mul(self.samples_per_block)
    }

    /// Seconds of sound in so many bytes.
    fn bytes_to_s(&self, bytes: u64) -> f64 {
        (bytes / self.block_bytes) as f64 * self.samples_per_block as f64 / f64::from(self.rate_hz)
    }

    /// Decides how many bytes are samples when the header and the file disagree, and says so.
    pub(super) fn settle_length(&mut self, lengths: Lengths) {
        let Lengths { declared, available, is_end_sound } = lengths;
        self.len = available;
        let Some(declared) = declared else {
            let text = "the header leaves the length open: everything up to the end of the file was read";
            self.problems.push(Problem::new("decode", "header_length_wrong", ProblemSeverity::Note, text));
            return;
        };
        if declared > available {
            // A block that is not whole counts as missing: half a sample is no sample.
            if declared / self.block_bytes > available / self.block_bytes {
                let (expected_s, found_s) = (self.bytes_to_s(declared), self.bytes_to_s(available));
                self.problems.push(truncated(expected_s, found_s));
            }
        } else if is_end_sound {
            self.len = declared;
        } else {
            let text = format!(
                "the header says {:.3} s, but samples go on up to {:.3} s: all were read",
                self.bytes_to_s(declared),
                self.bytes_to_s(available)
            );
            self.problems.push(
                Problem::new("decode", "header_length_wrong", ProblemSeverity::Note, text)
                    .about(["/recording/duration_s"]),
            );
        }
    }

    /// Notes something in the header that was put right.
    pub(super) fn mended(&mut self, text: String) {
        self.problems.push(Problem::new("decode", "header_mended", ProblemSeverity::Note, text));
    }
}

/// The file ends before its sound does.
pub(super) fn truncated(expected_s: f64, found_s: f64) -> Problem {
    let text = format!("the file is cut off: {expected_s:.3} s were expected, {found_s:.3} s are there");
    Problem::new("decode", "truncated", ProblemSeverity::Lost, text).about(["/recording/duration_s"])
}
