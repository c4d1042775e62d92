//! What the page of a call draws: the waveform as extremes and a spectrogram picture for each channel, made once
//! while the sound is at hand. Not a measurement: numbers come from the metrics.

use std::sync::Arc;

use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner};
use serde::{Deserialize, Serialize};

use super::ReportError;
use crate::call::{CallMedia, ChannelPeaks, Channels, Peaks};
use crate::units::power_to_db;

/// Most bins of a channel's waveform: of ten minutes a bin is 38 ms, so that 10 s of them still have 260, and two channels
/// take 86 kB of the page.
pub const MAX_PEAK_BINS: usize = 16_000;
/// Widest spectrogram in pixels.
pub const MAX_SPECTROGRAM_WIDTH: usize = 1600;
/// Height of a spectrogram in pixels: 0 Hz at the bottom, half the sampling rate at the top.
pub const SPECTROGRAM_HEIGHT: usize = 128;
/// The level of the darkest colour; the brightest is 0 dBFS. A sine of full scale has -3.01 dBFS.
pub const SPECTROGRAM_FLOOR_DBFS: f64 = -100.0;
/// Colours of the scale: 1.56 dB each. More would make the files bigger and look the same.
pub const N_COLOURS: usize = 64;

/// The waveform and the spectrograms of a call. `playable_wav` is left to the caller.
///
/// Memory beside the sound: the pictures, and one FFT frame.
pub fn make(channels: &Channels) -> CallMedia {
    let n_bin = channels.n_samples().div_ceil(MAX_PEAK_BINS).max(1);
    let mut spectrograms = SpectrogramMaker::new(channels.rate().hz());
    CallMedia {
        peaks: Peaks {
            bin_s: channels.rate().samples_to_s(n_bin),
            channels: channels.planes().iter().map(|plane| peaks_of(plane, n_bin)).collect(),
        },
        spectrogram_png: channels.planes().iter().map(|plane| spectrograms.png(plane)).collect(),
        playable_wav: None,
    }
}

fn peaks_of(plane: &[f32], n_bin: usize) -> ChannelPeaks {
    // Away from zero, so that a bin with any sound is never drawn as silence.
    let scaled = |sample: f32| {
        let steps = sample * 127.0;
        let whole = if steps < 0.0 { steps.floor() } else { steps.ceil() };
        whole.clamp(-127.0, 127.0) as i8
    };
    let min_max = plane
        .chunks(n_bin)
        .map(|bin| {
            let (min, max) = bin.iter().fold((f32::MAX, f32::MIN), |(min, max), s| (min.min(*s), max.max(*s)));
            (scaled(min), scaled(max))
        })
        .collect();
    ChannelPeaks { min_max }
}

/// The stored form: flat pairs, because `[[-1,1],...]` is a third bigger.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredPeaks {
    bin_s: f64,
    /// A list a channel: smallest, largest, smallest, largest, …
    channels: Vec<Vec<i8>>,
}

/// The waveform as one line of JSON, to be kept beside the report and drawn again later.
pub fn to_json(peaks: &Peaks) -> String {
    let channels = peaks.channels.iter().map(flat).collect();
    serde_json::to_string(&StoredPeaks { bin_s: peaks.bin_s, channels }).expect("numbers are plain JSON")
}

/// A channel's extremes one after the other: smallest, largest, smallest, …
pub(super) fn flat(channel: &ChannelPeaks) -> Vec<i8> {
    channel.min_max.iter().flat_map(|(min, max)| [*min, *max]).collect()
}

/// What [`to_json`] wrote.
///
/// # Errors
/// Text of another shape, a bin without length, half a pair, or more bins than [`MAX_PEAK_BINS`].
pub fn from_json(text: &str) -> Result<Peaks, ReportError> {
    let stored: StoredPeaks = serde_json::from_str(text)?;
    if !(stored.bin_s.is_finite() && stored.bin_s > 0.0) {
        return Err(ReportError::Peaks(format!("bin_s must be above 0, got {}", stored.bin_s)));
    }
    if let Some(bad) = stored.channels.iter().find(|c| c.len() % 2 != 0 || c.len() > 2 * MAX_PEAK_BINS) {
        return Err(ReportError::Peaks(format!("a channel has {} numbers", bad.len())));
    }
    let pairs = |flat: Vec<i8>| ChannelPeaks { min_max: flat.chunks_exact(2).map(|p| (p[0], p[1])).collect() };
    Ok(Peaks { bin_s: stored.bin_s, channels: stored.channels.into_iter().map(pairs).collect() })
}

/// Mean power spectra of successive stretches of a channel, painted with the colour scale.
struct SpectrogramMaker {
    fft: Arc<dyn Fft<f32>>,
    window: Vec<f32>,
    frame: Vec<Complex<f32>>,
    scratch: Vec<Complex<f32>>,
    /// Turns |X|² of a bin into the power of a sine in it: 2/(Σw)².
    power_scale: f64,
}

impl SpectrogramMaker {
    fn new(rate_hz: u32) -> Self {
        // About 32 ms: long enough to part the harmonics of a voice, short enough for its syllables. At least twice
        // the height, so that no row is drawn from nothing.
        let n_fft = (rate_hz as usize * 32 / 1000).next_power_of_two().clamp(2 * SPECTROGRAM_HEIGHT, 32_768);
        let fft = FftPlanner::new().plan_fft_forward(n_fft);
        let phase = |i: usize| std::f64::consts::TAU * i as f64 / n_fft as f64;
        let window: Vec<f32> = (0..n_fft).map(|i| (0.5 - 0.5 * phase(i).cos()) as f32).collect();
        let sum: f64 = window.iter().map(|w| f64::from(*w)).sum();
        Self {
            frame: vec![Complex::default(); n_fft],
            scratch: vec![Complex::default(); fft.get_inplace_scratch_len()],
            fft,
            window,
            power_scale: 2.0 / (sum * sum),
        }
    }

    fn png(&mut self, plane: &[f32]) -> Vec<u8> {
        let n_fft = self.window.len();
        // At most 8 columns a frame length: closer ones show the same.
        let width = (plane.len() * 8 / n_fft).clamp(1, MAX_SPECTROGRAM_WIDTH);
        let column_len = plane.len() as f64 / width as f64;
        // Frames that overlap by half: side by side, a click where the windows end would not be seen.
        let n_frames = ((2.0 * column_len / n_fft as f64).ceil() as usize).max(1);
        let mut pixels = vec![0u8; width * SPECTROGRAM_HEIGHT];
        let mut power = vec![0f64; n_fft / 2];
        for x in 0..width {
            power.fill(0.0);
            for i in 0..n_frames {
                let centre = (x as f64 + (i as f64 + 0.5) / n_frames as f64) * column_len;
                self.add_power(plane, centre as isize - (n_fft / 2) as isize, &mut power);
            }
            for y in 0..SPECTROGRAM_HEIGHT {
                // The loudest of the bins that share a row: a whistle must not fade in a tall band.
                let bins = y * power.len() / SPECTROGRAM_HEIGHT..(y + 1) * power.len() / SPECTROGRAM_HEIGHT;
                let loudest = power[bins].iter().fold(0.0, |a: f64, b| a.max(*b));
                let colour = colour_of(loudest * self.power_scale / n_frames as f64);
                pixels[(SPECTROGRAM_HEIGHT - 1 - y) * width + x] = colour;
            }
        }
        indexed_png(width, SPECTROGRAM_HEIGHT, &pixels)
    }

    /// Adds |X|² of the frame that begins at `start`; samples outside of the channel count as 0.
    fn add_power(&mut self, plane: &[f32], start: isize, power: &mut [f64]) {
        for (i, (slot, weight)) in self.frame.iter_mut().zip(&self.window).enumerate() {
            let sample = usize::try_from(start + i as isize).ok().and_then(|at| plane.get(at)).copied();
            *slot = Complex::new(sample.unwrap_or(0.0) * weight, 0.0);
        }
        self.fft.process_with_scratch(&mut self.frame, &mut self.scratch);
        for (sum, bin) in power.iter_mut().zip(&self.frame) {
            *sum += f64::from(bin.norm_sqr());
        }
    }
}

fn colour_of(power: f64) -> u8 {
    let db = power_to_db(power).unwrap_or(SPECTROGRAM_FLOOR_DBFS).clamp(SPECTROGRAM_FLOOR_DBFS, 0.0);
    let share = (db - SPECTROGRAM_FLOOR_DBFS) / -SPECTROGRAM_FLOOR_DBFS;
    (share * (N_COLOURS - 1) as f64).round() as u8
}

/// The colour scale as a picture, quiet to the left.
pub(super) fn legend_png() -> Vec<u8> {
    let row: Vec<u8> = (0..N_COLOURS as u8).collect();
    indexed_png(N_COLOURS, 1, &row)
}

fn indexed_png(width: usize, height: usize, pixels: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette());
    let mut writer = encoder.write_header().expect("width, height and palette are valid, and memory takes the bytes");
    writer.write_image_data(pixels).expect("one byte a pixel was given");
    writer.finish().expect("memory takes the bytes");
    bytes
}

/// Near black over violet and orange to pale yellow, with lightness rising evenly, so that equal steps in dB look
/// equal, also in greyscale and to colour-blind eyes. Colours are set in Oklab (B. Ottosson, "A perceptual color
/// space for image processing", 2020).
fn palette() -> Vec<u8> {
    (0..N_COLOURS)
        .flat_map(|i| {
            let t = i as f64 / (N_COLOURS - 1) as f64;
            let lightness = 0.12 + 0.84 * t;
            // Both ends are nearly grey: neither black nor white has room for colour.
            let chroma = 0.17 * (std::f64::consts::PI * t.powf(0.9)).sin().max(0.0) + 0.02;
            let hue = (290.0 + 175.0 * t).to_radians();
            oklab_to_srgb(lightness, chroma * hue.cos(), chroma * hue.sin())
        })
        .collect()
}

fn oklab_to_srgb(lightness: f64, a: f64, b: f64) -> [u8; 3] {
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    let linear = [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ];
    // sRGB transfer: IEC 61966-2-1.
    linear.map(|v| {
        let v = v.clamp(0.0, 1.0);
        let encoded = if v <= 0.003_130_8 { 12.92 * v } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
        (encoded * 255.0).round() as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SampleRate;

    fn sine(rate_hz: u32, freq_hz: f64, amplitude: f64, n: usize) -> Vec<f32> {
        let step = std::f64::consts::TAU * freq_hz / f64::from(rate_hz);
        (0..n).map(|i| (amplitude * (step * i as f64).sin()) as f32).collect()
    }

    fn sound(rate_hz: u32, planes: Vec<Vec<f32>>) -> Channels {
        Channels::new(SampleRate::new(rate_hz).expect("a rate"), planes).expect("finite planes of one length")
    }

    /// Colour indices, row by row from the top.
    fn pixels(png_bytes: &[u8]) -> (usize, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png_bytes)).read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("small")];
        let info = reader.next_frame(&mut pixels).expect("whole");
        (info.width as usize, pixels)
    }

    /// Row from the bottom and colour of the loudest pixel in the middle column.
    fn loudest(rate_hz: u32, freq_hz: f64, amplitude: f64) -> (usize, f64) {
        let media = make(&sound(rate_hz, vec![sine(rate_hz, freq_hz, amplitude, rate_hz as usize)]));
        let (width, pixels) = pixels(&media.spectrogram_png[0]);
        let column: Vec<u8> = (0..SPECTROGRAM_HEIGHT).map(|y| pixels[y * width + width / 2]).collect();
        let (y, colour) = column.iter().enumerate().max_by_key(|(_, c)| **c).expect("rows");
        let dbfs = SPECTROGRAM_FLOOR_DBFS + f64::from(*colour) / (N_COLOURS - 1) as f64 * -SPECTROGRAM_FLOOR_DBFS;
        (SPECTROGRAM_HEIGHT - 1 - y, dbfs)
    }

    #[test]
    fn a_sine_stands_at_its_frequency_with_its_level() {
        for (rate_hz, freq_hz, amplitude) in
            [(8000, 1000.0, 1.0), (8000, 3100.0, 0.1), (16_000, 440.0, 0.01), (48_000, 12_345.0, 0.5)]
        {
            let (row, dbfs) = loudest(rate_hz, freq_hz, amplitude);
            let expected_row = freq_hz / (f64::from(rate_hz) / 2.0) * SPECTROGRAM_HEIGHT as f64;
            // A sine between two bins stands in either: one row.
            assert!((row as f64 + 0.5 - expected_row).abs() <= 1.5, "{freq_hz} Hz in row {row}");
            let expected_dbfs = 20.0 * amplitude.log10() - 3.01;
            // Half a colour step is 0.8 dB; the Hann window loses at most 1.42 dB between two bins.
            assert!(dbfs < expected_dbfs + 0.9 && dbfs > expected_dbfs - 2.3, "{freq_hz} Hz at {dbfs} dBFS");
        }
    }

    #[test]
    fn silence_and_no_samples_are_the_darkest_colour() {
        for n in [0, 1, 4000] {
            let media = make(&sound(8000, vec![vec![0.0; n]]));
            assert!(pixels(&media.spectrogram_png[0]).1.iter().all(|c| *c == 0), "{n} samples");
        }
    }

    #[test]
    fn a_long_call_keeps_to_the_widest_picture_and_the_most_bins() {
        let media = make(&sound(8000, vec![sine(8000, 300.0, 0.5, 8000 * 125 + 17)]));
        assert_eq!(pixels(&media.spectrogram_png[0]).0, MAX_SPECTROGRAM_WIDTH);
        let n_bins = media.peaks.channels[0].min_max.len();
        assert!(n_bins <= MAX_PEAK_BINS && n_bins > MAX_PEAK_BINS * 9 / 10, "{n_bins}");
        assert!((media.peaks.bin_s * n_bins as f64 - 125.0).abs() <= media.peaks.bin_s);
    }

    #[test]
    fn a_short_click_is_seen_in_a_long_picture() {
        let mut plane = vec![0.0; 8000 * 125];
        plane[500_000] = 0.5;
        let media = make(&sound(8000, vec![plane]));
        let (width, pixels) = pixels(&media.spectrogram_png[0]);
        assert!((0..width).filter(|x| pixels[*x] > 0).count() >= 1);
        let bin = (500_000.0 / (media.peaks.bin_s * 8000.0)) as usize;
        assert_eq!(media.peaks.channels[0].min_max[bin], (0, 64));
    }

    #[test]
    fn peaks_are_extremes_and_never_hide_sound() {
        let media = make(&sound(8000, vec![vec![0.5, -1.0, 0.0001, 2.0]]));
        assert_eq!(media.peaks.channels[0].min_max, [(64, 64), (-127, -127), (1, 1), (127, 127)]);
    }

    #[test]
    fn stored_peaks_come_back_and_broken_ones_are_refused() {
        let peaks = make(&sound(8000, vec![sine(8000, 300.0, 0.5, 9999), vec![0.0; 9999]])).peaks;
        assert_eq!(from_json(&to_json(&peaks)).expect("ours"), peaks);
        for broken in [
            "",
            "[]",
            r#"{"bin_s":0,"channels":[]}"#,
            r#"{"bin_s":1,"channels":[[1]]}"#,
            r#"{"bin_s":1,"channels":[[1,300]]}"#,
            r#"{"bin_s":1}"#,
        ] {
            assert!(from_json(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn lightness_of_the_colours_only_rises() {
        // Relative luminance, WCAG 2.2.
        let linear = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        let colours = palette();
        let luminance: Vec<f64> = colours
            .chunks_exact(3)
            .map(|c| 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]))
            .collect();
        assert!(luminance.windows(2).all(|pair| pair[0] < pair[1]), "{luminance:?}");
    }
}
