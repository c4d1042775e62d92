//! Pictures for the page of a call, made once while the sound is at hand.

/// Extremes of one channel, for drawing its waveform.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelPeaks {
    /// Smallest and largest sample of each bin, scaled to -127..=127 of full scale.
    pub min_max: Vec<(i8, i8)>,
}

/// What the page of a call draws and plays.
#[derive(Debug, Clone, PartialEq)]
pub struct CallMedia {
    /// Length of one peak bin in seconds.
    pub bin_s: f64,
    /// One entry a channel.
    pub peaks: Vec<ChannelPeaks>,
    /// One PNG a channel: time to the right, frequency upwards.
    pub spectrogram_png: Vec<Vec<u8>>,
    /// A 16-bit WAV copy, where browsers cannot play the original.
    pub playable_wav: Option<Vec<u8>>,
}
