//! Packets that our own readers of containers bring (Matroska, ALAC in CAF) to symphonia's decoders, and what stands
//! between packets: gaps in their time stamps. Not a reader of headers.

use std::fs::File;
use std::path::Path;

use symphonia::core::audio::Channels as Layout;
use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known as codec_id;
use symphonia::core::packet::Packet;
use symphonia::core::units::{Duration, Timestamp};

use super::blocks::truncated;
use super::collect::Collector;
use super::containers::{caf, mkv};
use super::decode::{DecodeError, DecodeLimits};
use super::engine::{MAX_FRUITLESS_PACKETS, SYMPHONIA, SYMPHONIA_OPUS, opus_pre_skip, sample_rate};
use super::pump::{CODEC_NAMES, Pump, Sound};
use super::section::Section;
use crate::call::{Problem, ProblemSeverity};

/// Time stamps may be off by this much without a gap, in seconds: they are rounded to milliseconds, and packets of one
/// recording differ in length by a few tens of them.
const STAMP_TOLERANCE_S: f64 = 0.05;

/// Most bytes of an ALAC packet that are believed: 32 channels of 4096 samples of 4 bytes, and a head.
const MAX_ALAC_BYTES: u32 = 32 * 4096 * 4 + 64;

/// Watches the time stamps of packets for missing sound.
#[derive(Debug, Default)]
pub(super) struct Clock {
    /// When the next packet should begin, if the last one was decoded.
    expected_s: Option<f64>,
}

impl Clock {
    /// Samples that are missing before a packet that begins at `at_s`.
    pub(super) fn missing(&self, at_s: f64, rate_hz: f64) -> i64 {
        let missing_s = self.expected_s.map_or(0.0, |expected_s| at_s - expected_s);
        if missing_s > STAMP_TOLERANCE_S { (missing_s * rate_hz).round() as i64 } else { 0 }
    }

    /// A packet of so many samples began at `at_s`. Time goes on from the stamp, so that stamps which run slow or fast
    /// against the samples add up to nothing.
    pub(super) fn heard(&mut self, at_s: f64, n_samples: Option<u64>, rate_hz: f64) {
        self.expected_s = n_samples.map(|n| at_s + n as f64 / rate_hz);
    }

    /// A packet without a stamp of its own follows.
    fn goes_on(&mut self, n_samples: Option<u64>, rate_hz: f64) {
        let more_s = n_samples.map(|n| n as f64 / rate_hz);
        self.expected_s = self.expected_s.zip(more_s).map(|(expected_s, more_s)| expected_s + more_s);
    }
}

/// Decodes the ALAC packets of a CAF file.
pub(super) fn decode_alac(path: &Path, packets: caf::Packets, limits: &DecodeLimits) -> Result<Sound, DecodeError> {
    let rate = sample_rate(packets.rate_hz)?;
    let collector = Collector::new(rate, usize::from(packets.n_channels), u64::from(packets.priming), limits)?;
    let mut params = AudioCodecParameters::new();
    params
        .for_codec(codec_id::CODEC_ID_ALAC)
        .with_sample_rate(packets.rate_hz)
        .with_channels(Layout::Discrete(packets.n_channels))
        .with_max_frames_per_packet(u64::from(packets.samples_per_packet))
        .with_extra_data(packets.cookie.into_boxed_slice());
    let mut pump = Pump::new(params, "alac".into(), Some(collector), limits.clone(), 0)?;
    let mut section = Section::new(File::open(path)?, packets.start, u64::MAX)?;
    let per_packet = u64::from(packets.samples_per_packet);
    let mut at = 0;
    let mut is_cut = false;
    for &size in &packets.sizes {
        if size > MAX_ALAC_BYTES {
            return Err(DecodeError::Malformed(format!("the CAF packet table claims a packet of {size} bytes")));
        }
        let mut bytes = vec![0; size as usize];
        if section.read_full(&mut bytes)? < bytes.len() {
            is_cut = true;
            break;
        }
        pump.decode(&Packet::new(0, Timestamp::from(at), Duration::new(per_packet), bytes), per_packet)?;
        at += per_packet as i64;
        if pump.n_fruitless > MAX_FRUITLESS_PACKETS {
            is_cut = true;
            break;
        }
    }
    let promised = packets.n_samples.unwrap_or(packets.sizes.len() as u64 * per_packet);
    if let Some(collector) = pump.collector.as_mut() {
        let found = collector.n_samples();
        let rate = f64::from(packets.rate_hz);
        if is_cut && promised > found {
            pump.problems.push(truncated(promised as f64 / rate, found as f64 / rate));
        } else if found > promised {
            collector.truncate(promised);
        }
    }
    pump.finish(SYMPHONIA)
}

/// Decodes the first sound track of a Matroska or WebM file that begins at byte `start`.
pub(super) fn decode_mkv(path: &Path, start: u64, limits: &DecodeLimits) -> Result<Sound, DecodeError> {
    let mut reader = mkv::Reader::new(Section::new(File::open(path)?, start, u64::MAX)?)?;
    let track = reader.track().clone();
    let mut params = parameters(&track)?;
    let rate_hz = f64::from(params.sample_rate.unwrap_or(1));
    let by_delay = (track.delay_s * rate_hz).round() as u64;
    let to_skip = match opus_pre_skip(&mut params) {
        0 => by_delay,
        pre_skip => pre_skip,
    };
    let name = CODEC_NAMES.iter().find(|(_, id)| *id == params.codec).map_or("", |(name, _)| *name);
    let mut pump = Pump::new(params, name.to_owned(), None, limits.clone(), to_skip)?;
    if reader.n_tracks() > 1 {
        let text = format!("the file has {} sound tracks, only the first was read", reader.n_tracks());
        pump.problems.push(Problem::new("decode", "more_tracks", ProblemSeverity::Note, text));
    }
    let mut clock = Clock::default();
    let mut n_packets = 0;
    let mut discard_s = 0.0;
    let mut is_given_up = false;
    while let Some(packet) = reader.next()? {
        if let Some(at_s) = packet.at_s {
            let missing = clock.missing(at_s, rate_hz);
            pump.gap(missing);
        }
        let fallback = pump.last_len.unwrap_or(0);
        pump.decode(&Packet::new(0, Timestamp::from(n_packets), Duration::new(fallback), packet.data), fallback)?;
        match packet.at_s {
            Some(at_s) => clock.heard(at_s, pump.last_len, rate_hz),
            None => clock.goes_on(pump.last_len, rate_hz),
        }
        n_packets += 1;
        discard_s = packet.discard_s;
        if pump.n_fruitless > MAX_FRUITLESS_PACKETS {
            is_given_up = true;
            break;
        }
    }
    if let Some(collector) = pump.collector.as_mut() {
        let discard = (discard_s * rate_hz).round() as u64;
        collector.truncate(collector.n_samples().saturating_sub(discard));
        let found_s = collector.now_s();
        if reader.n_skipped > 0 {
            let text = format!("{} bytes are no Matroska elements and were skipped", reader.n_skipped);
            pump.problems.push(Problem::new("decode", "bytes_skipped", ProblemSeverity::Lost, text));
        }
        // The length is that of the longest track, rounded, with the delay and padding that are not heard.
        let around_s = 0.25;
        match reader.duration_s() {
            Some(expected_s) if (reader.is_cut || is_given_up) && expected_s > found_s + around_s => {
                pump.problems.push(truncated(expected_s, found_s));
            }
            _ if reader.is_cut || is_given_up => {
                let text = format!("the stream ends inside an element after {found_s:.3} s: the file is cut off");
                pump.problems.push(
                    Problem::new("decode", "truncated", ProblemSeverity::Lost, text).about(["/recording/duration_s"]),
                );
            }
            Some(expected_s) if expected_s > found_s + around_s && reader.n_tracks() == 1 && !reader.has_pictures() => {
                pump.problems.push(truncated(expected_s, found_s));
            }
            _ => {}
        }
    }
    let decoder = if pump.codec == "opus" { SYMPHONIA_OPUS } else { SYMPHONIA };
    pump.finish(decoder)
}

/// What symphonia's decoders want to know of a Matroska track.
fn parameters(track: &mkv::Track) -> Result<AudioCodecParameters, DecodeError> {
    let no_codec = || DecodeError::UnknownCodec(format!("{} in Matroska", track.codec.escape_default()));
    let codec = match (track.codec.as_str(), track.bits) {
        ("A_OPUS", _) => "opus",
        ("A_VORBIS", _) => "vorbis",
        ("A_FLAC", _) => "flac",
        ("A_ALAC", _) => "alac",
        ("A_MPEG/L3", _) => "mp3",
        ("A_MPEG/L2", _) => "mp2",
        (name, _) if name == "A_AAC" || name.starts_with("A_AAC/") => "aac",
        ("A_PCM/INT/LIT", 8) => "pcm_u8",
        ("A_PCM/INT/LIT", 16) => "pcm_s16le",
        ("A_PCM/INT/LIT", 24) => "pcm_s24le",
        ("A_PCM/INT/LIT", 32) => "pcm_s32le",
        ("A_PCM/INT/BIG", 16) => "pcm_s16be",
        ("A_PCM/INT/BIG", 24) => "pcm_s24be",
        ("A_PCM/INT/BIG", 32) => "pcm_s32be",
        ("A_PCM/FLOAT/IEEE", 32) => "pcm_f32le",
        ("A_PCM/FLOAT/IEEE", 64) => "pcm_f64le",
        _ => return Err(no_codec()),
    };
    let codec = CODEC_NAMES.iter().find(|(name, _)| *name == codec).ok_or_else(no_codec)?.1;
    let n_channels = u16::try_from(track.n_channels).unwrap_or(u16::MAX);
    if n_channels == 0 {
        return Err(DecodeError::Malformed("the Matroska header says 0 channels".into()));
    }
    if codec == codec_id::CODEC_ID_OPUS && n_channels > 2 {
        return Err(DecodeError::UnknownCodec(format!("Opus with {n_channels} channels, more than 2")));
    }
    // Opus always decodes at 48 kHz; the header may name the rate that went in.
    let rate_hz = if codec == codec_id::CODEC_ID_OPUS { 48_000.0 } else { track.rate_hz.round() };
    if !(1.0..=f64::from(u32::MAX)).contains(&rate_hz) {
        return Err(DecodeError::Malformed(format!("the Matroska header says a sampling rate of {rate_hz} Hz")));
    }
    let rate = sample_rate(rate_hz as u32)?;
    let mut params = AudioCodecParameters::new();
    params.for_codec(codec).with_sample_rate(rate.hz()).with_channels(Layout::Discrete(n_channels));
    if let Some(bytes) = super::blocks::Blocks::sample_bytes(
        CODEC_NAMES.iter().find(|(_, id)| *id == codec).map_or("", |(name, _)| *name),
    ) {
        // A packet of PCM holds as many samples as its bytes; the decoder makes room for the largest that is read.
        params.with_max_frames_per_packet(mkv::MAX_BLOCK_BYTES / (bytes * u64::from(n_channels)));
    }
    let extra = match codec {
        codec_id::CODEC_ID_VORBIS => vorbis_headers(&track.private)
            .ok_or_else(|| DecodeError::Malformed("the Matroska header has no whole Vorbis headers".into()))?,
        // Its stream information, behind the magic and the head of the block.
        codec_id::CODEC_ID_FLAC => track.private.get(8..42).unwrap_or_default().to_vec(),
        _ => track.private.clone(),
    };
    if !extra.is_empty() {
        params.with_extra_data(extra.into_boxed_slice());
    }
    Ok(params)
}

/// The identification and set-up headers, one behind the other, from three that are laced.
fn vorbis_headers(private: &[u8]) -> Option<Vec<u8>> {
    let headers = mkv::unlace(1, private)?;
    let of_kind = |kind: u8| headers.iter().find(|header| header.first() == Some(&kind));
    Some([*of_kind(1)?, *of_kind(5)?].concat())
}
