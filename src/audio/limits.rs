//! What is refused before or while decoding, by name. Not the limits on processes and time, which belong to whoever runs
//! the decoder.

use super::error::DecodeError;

/// Limits of a recording. A recording over one of them is refused with the limit's name, never cut.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodeLimits {
    /// Longest recording in seconds; default 4 hours. Raise it for recordings of whole shifts: 4 h of 8 kHz stereo
    /// take 0.92 GB.
    pub max_duration_s: f64,
    /// Most channels; default 32, more than any recorder of calls writes.
    pub max_channels: usize,
    /// Highest sampling rate in Hz; default 192 kHz, the most that any sound card records.
    pub max_rate_hz: u32,
    /// Largest file in bytes; default 16 GiB: 4 hours of 32-bit stereo at 192 kHz, and the pictures of a film.
    pub max_file_bytes: u64,
    /// Most memory that samples may take, in bytes, at 4 bytes a sample of a channel; default 6 GiB: 4 hours of
    /// stereo at 48 kHz are 5.5 GB.
    pub max_sample_bytes: u64,
}

impl Default for DecodeLimits {
    fn default() -> Self {
        Self {
            max_duration_s: 4.0 * 3600.0,
            max_channels: 32,
            max_rate_hz: 192_000,
            max_file_bytes: 16 << 30,
            max_sample_bytes: 6 << 30,
        }
    }
}

impl DecodeLimits {
    /// The error for what is longer than the longest recording.
    pub(super) fn too_long(&self) -> DecodeError {
        let text = format!("duration: the recording is longer than {} s (--max-duration)", self.max_duration_s);
        DecodeError::Limit(text)
    }

    /// Most samples of a channel for this rate and number of channels, and whether memory decides and not time.
    pub(super) fn max_samples(&self, rate_hz: u32, n_channels: usize) -> (u64, bool) {
        let by_time = (self.max_duration_s.max(0.0) * f64::from(rate_hz)).ceil() as u64;
        let by_memory = self.max_sample_bytes / (4 * n_channels.max(1) as u64);
        (by_time.min(by_memory), by_memory < by_time)
    }

    /// Refuses what has too many channels or too high a rate.
    pub(super) fn check(&self, rate_hz: u32, n_channels: usize) -> Result<(), DecodeError> {
        if n_channels > self.max_channels {
            let text = format!("channels: {n_channels} channels, at most {} are taken", self.max_channels);
            return Err(DecodeError::Limit(text));
        }
        if rate_hz > self.max_rate_hz {
            return Err(DecodeError::Limit(format!(
                "sample_rate: {rate_hz} Hz, at most {} are taken",
                self.max_rate_hz
            )));
        }
        Ok(())
    }

    /// Refuses a file of too many bytes.
    pub(super) fn check_file(&self, bytes: u64) -> Result<(), DecodeError> {
        if bytes > self.max_file_bytes {
            let text = format!("bytes: {bytes} bytes, at most {} are read", self.max_file_bytes);
            return Err(DecodeError::Limit(text));
        }
        Ok(())
    }
}
