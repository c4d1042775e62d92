//! Pictures for the page of a call, made once while the sound is at hand.

/// Extremes of one channel, for drawing its waveform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelPeaks {
    /// Smallest and largest sample of each bin, scaled to -127..=127 of full scale.
    pub min_max: Vec<(i8, i8)>,
}

/// The waveform of a call, small enough to lie in its page.
#[derive(Debug, Clone, PartialEq)]
pub struct Peaks {
    /// Length of one bin in seconds, above 0.
    pub bin_s: f64,
    /// One entry a channel.
    pub channels: Vec<ChannelPeaks>,
}

/// What the page of a call draws and plays.
#[derive(Debug, Clone, PartialEq)]
pub struct CallMedia {
    /// The waveform.
    pub peaks: Peaks,
    /// One PNG a channel: time to the right, frequency upwards, 0 Hz to half the sampling rate.
    pub spectrogram_png: Vec<Vec<u8>>,
    /// A 16-bit WAV copy, where browsers cannot play the original.
    pub playable_wav: Option<Vec<u8>>,
}
