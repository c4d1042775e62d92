//! Writing WAV: playable copies and clips, 16-bit PCM. Not reading: that is `audio`.

use std::io::Cursor;

use crate::units::SampleRate;

/// Why samples cannot be written as WAV.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WavError {
    /// WAV counts its bytes in 32 bits.
    #[error("a WAV file holds at most 4 GiB, these samples need {0} bytes")]
    TooLong(u64),
    /// WAV counts its channels in 16 bits and needs one at least.
    #[error("a WAV file holds 1..=65535 channels, got {0}")]
    Channels(usize),
    /// Samples of a channel are missing.
    #[error("all channels must have {expected} samples, channel {channel} has {found}")]
    Lengths {
        /// Samples of channel 0.
        expected: usize,
        /// The channel that differs.
        channel: usize,
        /// Its samples.
        found: usize,
    },
}

/// Bytes of a PCM WAV file before its samples, beyond the 8 that the length in the header leaves out.
const HEADER_BYTES: u64 = 36;

/// A 16-bit PCM WAV file with these planes as channels: full scale ±1.0 becomes ±32768, rounded to the nearest
/// step, ties away from zero, clamped to what 16 bits hold; what is not a number becomes 0. No dither: a copy of a
/// 16-bit recording is the recording.
///
/// # Errors
/// [`WavError`] if there is no channel, lengths differ or the file would be larger than WAV can say.
pub fn pcm16(planes: &[&[f32]], rate: SampleRate) -> Result<Vec<u8>, WavError> {
    let n_channels = u16::try_from(planes.len()).ok().filter(|&n| n > 0).ok_or(WavError::Channels(planes.len()))?;
    let expected = planes[0].len();
    if let Some((channel, plane)) = planes.iter().enumerate().find(|(_, plane)| plane.len() != expected) {
        return Err(WavError::Lengths { expected, channel, found: plane.len() });
    }
    let n_bytes = expected as u64 * u64::from(n_channels) * 2;
    if n_bytes + HEADER_BYTES > u64::from(u32::MAX) {
        return Err(WavError::TooLong(n_bytes));
    }
    let spec = hound::WavSpec {
        channels: n_channels,
        sample_rate: rate.hz(),
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    // Fits: below 4 GiB, checked above.
    let mut bytes = Cursor::new(Vec::with_capacity(n_bytes as usize + 44));
    let in_memory = "writing to memory does not fail, and the size was checked";
    let mut writer = hound::WavWriter::new(&mut bytes, spec).expect(in_memory);
    for i in 0..expected {
        for plane in planes {
            writer.write_sample(to_16_bits(plane[i])).expect(in_memory);
        }
    }
    writer.finalize().expect(in_memory);
    Ok(bytes.into_inner())
}

/// The nearest 16-bit step; a cast from float saturates and takes NaN for 0.
fn to_16_bits(sample: f32) -> i16 {
    (f64::from(sample) * 32_768.0).round() as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate() -> SampleRate {
        SampleRate::new(8000).expect("in range")
    }

    #[test]
    fn samples_are_rounded_and_clamped() {
        let step = 1.0 / 32_768.0;
        for (sample, expected) in [
            (0.0, 0),
            (step, 1),
            (0.49 * step, 0),
            (0.5 * step, 1),
            (-0.5 * step, -1),
            (-1.0, -32_768),
            (1.0, 32_767),
            (7.5, 32_767),
            (f32::NEG_INFINITY, -32_768),
            (f32::NAN, 0),
        ] {
            assert_eq!(to_16_bits(sample), expected, "{sample}");
        }
    }

    #[test]
    fn every_16_bit_value_survives_a_copy() {
        let all: Vec<f32> = (i16::MIN..=i16::MAX).map(|value| f32::from(value) / 32_768.0).collect();
        let bytes = pcm16(&[&all], rate()).expect("short");
        let mut reader = hound::WavReader::new(&bytes[..]).expect("a WAV file");
        assert!(reader.samples::<i16>().map(|s| s.expect("whole")).eq(i16::MIN..=i16::MAX));
    }

    #[test]
    fn channels_are_interleaved_behind_a_header_of_44_bytes() {
        let bytes = pcm16(&[&[0.5, 0.25], &[-0.5, 0.0]], rate()).expect("short");
        assert_eq!(&bytes[..4], b"RIFF");
        assert_eq!(u32::from_le_bytes([bytes[40], bytes[41], bytes[42], bytes[43]]), 8, "bytes of samples");
        assert_eq!(bytes[44..], [0, 0x40, 0, 0xc0, 0, 0x20, 0, 0]);
    }

    #[test]
    fn what_wav_cannot_hold_is_refused_with_the_number() {
        assert_eq!(pcm16(&[], rate()), Err(WavError::Channels(0)));
        let uneven = pcm16(&[&[0.0; 3], &[0.0; 2]], rate());
        assert_eq!(uneven, Err(WavError::Lengths { expected: 3, channel: 1, found: 2 }));
        // 65535 channels share one plane: just over 4 GiB of file from 128 KiB of memory.
        let plane = vec![0.0; 32_769];
        let planes = vec![&plane[..]; 65_535];
        assert_eq!(pcm16(&planes, rate()), Err(WavError::TooLong(65_535 * 32_769 * 2)));
    }
}
