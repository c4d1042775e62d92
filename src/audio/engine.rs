//! The adapter to symphonia's demuxers: a file in, packets to `pump`, the ends trimmed. Theirs inside, ours outside;
//! only this file and `pump`, which holds the decoders, name them. Not a judge of files: containers are told apart in
//! `sniff`, headers of WAV and AIFF read in `riff` and `aiff`.

use std::fs::File;
use std::io::{ErrorKind, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use symphonia::core::audio::Channels as Layout;
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known as codec_id;
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatOptions, FormatReader, Track, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream, ReadBytes};
use symphonia::core::packet::Packet;
use symphonia::core::units::{Duration, Timestamp};
use symphonia::default::formats::{AdtsReader, FlacReader, IsoMp4Reader, MpaReader, OggReader};

use super::blocks::{Blocks, truncated};
use super::collect::Collector;
use super::containers::mpeg::{self, InfoTag};
use super::containers::{mp4, mp4_table};
use super::decode::{DecodeError, DecodeLimits};
use super::packets::Clock;
use super::pump::{CODEC_NAMES, Pump, Sound};
use super::section::Section;
use super::sniff::Container;
use crate::call::{Problem, ProblemSeverity};
use crate::units::SampleRate;

/// What decodes, for the report; a test compares the version with Cargo.lock.
pub(super) const SYMPHONIA: &str = "symphonia 0.6.1";
pub(super) const SYMPHONIA_OPUS: &str = "symphonia 0.6.1 + libopus";

/// PCM samples a packet: any size works, this one keeps the scratch buffers in cache.
const PCM_SAMPLES_PER_PACKET: u64 = 4096;

/// Longest packet that is believed, in samples: FLAC's largest block (RFC 9639, section 9.1.1).
const MAX_PACKET_SAMPLES: u64 = 65_535;

/// Packets in a row that bring nothing before the rest is given up: 6 minutes of MP3 frames at 8 kHz, but a
/// fraction of a second of work for a file that only pretends to have packets.
pub(super) const MAX_FRUITLESS_PACKETS: u32 = 5_000;

/// Errors in a row between packets before the rest is given up.
const MAX_READ_ERRORS: u32 = 64;

/// Most samples of padding that an edit list is believed to cut from the end: two blocks of ALAC.
const MAX_PADDING_SAMPLES: u64 = 8192;

impl MediaSource for Section {
    fn is_seekable(&self) -> bool {
        self.may_seek()
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.len())
    }
}

/// Decodes blocks of PCM, G.711 or ADPCM.
pub(super) fn decode_blocks(path: &Path, blocks: Blocks, limits: &DecodeLimits) -> Result<Sound, DecodeError> {
    let rate = sample_rate(blocks.rate_hz)?;
    let mut collector = Collector::new(rate, blocks.n_channels, 0, limits)?;
    collector.check_length(blocks.n_samples())?;
    collector.reserve(blocks.n_samples());
    let is_pcm = blocks.samples_per_block == 1;
    let blocks_per_packet = if is_pcm { PCM_SAMPLES_PER_PACKET } else { 1 };
    let samples_per_packet = blocks_per_packet * blocks.samples_per_block;
    let codec = CODEC_NAMES.iter().find(|(name, _)| *name == blocks.codec).map(|(_, id)| *id);
    let codec = codec.expect("the readers of headers only name codecs of this table");
    let n_channels = u16::try_from(blocks.n_channels).expect("the collector has refused more channels than 32");
    let mut params = AudioCodecParameters::new();
    params
        .for_codec(codec)
        .with_sample_rate(blocks.rate_hz)
        .with_channels(Layout::Discrete(n_channels))
        .with_max_frames_per_packet(samples_per_packet)
        .with_frames_per_block(blocks.samples_per_block);
    let mut pump = Pump::new(params, blocks.codec.to_owned(), Some(collector), limits.clone(), 0)?;
    pump.problems.extend(blocks.problems);
    let mut section = Section::new(File::open(path)?, blocks.start, blocks.len)?;
    let mut bytes = vec![0; (blocks_per_packet * blocks.block_bytes) as usize];
    let mut n_samples = 0;
    loop {
        let n_blocks = section.read_full(&mut bytes)? as u64 / blocks.block_bytes;
        if n_blocks == 0 {
            break;
        }
        let duration = n_blocks * blocks.samples_per_block;
        let data = &bytes[..(n_blocks * blocks.block_bytes) as usize];
        let packet = Packet::new(0, Timestamp::from(n_samples), Duration::new(duration), data);
        pump.decode(&packet, duration)?;
        n_samples += duration as i64;
    }
    pump.finish(SYMPHONIA)
}

/// Decodes a stream of packets that begins at byte `start` of the file.
pub(super) fn decode_stream(
    path: &Path,
    container: Container,
    start: u64,
    len: u64,
    limits: &DecodeLimits,
) -> Result<Sound, DecodeError> {
    let mut section = Section::new(File::open(path)?, start, len)?;
    let stream_len = section.len();
    let info_tag = match container {
        Container::Mp3 => read_info_tag(&mut section)?,
        _ => None,
    };
    let played = match container {
        Container::Mp4 => mp4::played(&mut section)?,
        _ => Vec::new(),
    };
    if container == Container::Ogg {
        check_ogg_codec(&mut section)?;
    }
    let is_big_endian = container == Container::Mp4 && mp4_table::is_big_endian(&mut section)?;
    section.seek(SeekFrom::Start(0))?;
    let mut reader = guarded("opening the stream", || open(container, section))?
        .map_err(|error| explain(error, &format!("the {} stream", container.name())))?;
    let mut track = reader.default_track(TrackType::Audio).cloned().ok_or_else(|| {
        DecodeError::NoAudio(format!("the {} file has no sound track that can be read", container.name()))
    })?;
    if let Some(CodecParameters::Audio(params)) = track.codec_params.as_mut().filter(|_| is_big_endian) {
        params.codec = match params.codec {
            codec_id::CODEC_ID_PCM_S24LE => codec_id::CODEC_ID_PCM_S24BE,
            codec_id::CODEC_ID_PCM_S32LE => codec_id::CODEC_ID_PCM_S32BE,
            codec_id::CODEC_ID_PCM_F32LE => codec_id::CODEC_ID_PCM_F32BE,
            codec_id::CODEC_ID_PCM_F64LE => codec_id::CODEC_ID_PCM_F64BE,
            other => other,
        };
    }
    let played = played.into_iter().find(|played| played.track_id == track.id);
    let mut pump = start_track(&track, limits)?;
    let rate_hz = params_of(&track).and_then(|params| params.sample_rate).unwrap_or(0);
    // Encoder delay: LAME's tag, the edit list, or Opus' pre-skip, which `start_track` has read.
    let skip = match (info_tag, played) {
        (Some(tag), _) => u64::from(tag.delay_samples),
        (_, Some(played)) if played.skip_s > 0.0 => (played.skip_s * f64::from(rate_hz)).round() as u64,
        _ => pump.to_skip,
    };
    pump.to_skip = skip;
    let n_sound_tracks = reader.tracks().iter().filter(|t| t.track_type() == Some(TrackType::Audio)).count();
    if n_sound_tracks > 1 {
        let text = format!("the file has {n_sound_tracks} sound tracks, only the first was read");
        pump.problems.push(Problem::new("decode", "more_tracks", ProblemSeverity::Note, text));
    }
    let seen = read_packets(&mut *reader, track.id, container, &mut pump, limits)?;
    end_of_stream(&mut pump, &seen, &Promised { container, stream_len, info_tag, played, track: &track });
    let decoder = if pump.codec == "opus" { SYMPHONIA_OPUS } else { SYMPHONIA };
    pump.finish(decoder)
}

fn open(container: Container, section: Section) -> Result<Box<dyn FormatReader>, Error> {
    // symphonia looks at the last pages of an Ogg stream to tell its length, and refuses all of it if one of them is
    // damaged. The length is not needed here.
    let section = if container == Container::Ogg { section.forward_only() } else { section };
    let mut stream = MediaSourceStream::new(Box::new(section), Default::default());
    let options = FormatOptions::default();
    Ok(match container {
        Container::Flac => Box::new(FlacReader::try_new(stream, options)?),
        Container::Ogg => Box::new(OggReader::try_new(stream, options)?),
        Container::Mp3 | Container::Mp2 => Box::new(MpaReader::try_new(stream, options)?),
        Container::Adts => Box::new(AdtsReader::try_new(stream, options)?),
        Container::Mp4 => {
            // This reader wants to stand behind the four bytes that its prober has looked at.
            stream.read_quad_bytes()?;
            Box::new(IsoMp4Reader::try_new(stream, options)?)
        }
        _ => return Err(Error::Unsupported("not a stream of packets")),
    })
}

/// What a file promises about its stream.
struct Promised<'a> {
    container: Container,
    stream_len: u64,
    info_tag: Option<InfoTag>,
    played: Option<mp4::Played>,
    track: &'a Track,
}

/// What was seen on the way to the end of a stream.
#[derive(Debug, Default)]
struct Seen {
    n_packets: u64,
    /// Bytes of all packets.
    packet_bytes: u64,
    /// The stream stopped without its end mark, or in the middle of a packet.
    is_cut: bool,
}

/// Reads packets to the end, or as far as they make sense.
fn read_packets(
    reader: &mut dyn FormatReader,
    mut track_id: u32,
    container: Container,
    pump: &mut Pump,
    limits: &DecodeLimits,
) -> Result<Seen, DecodeError> {
    let mut seen = Seen::default();
    // Only these have time stamps of their own in units of samples; the others are counted or have tables.
    let has_stamps = matches!(container, Container::Flac | Container::Ogg);
    let mut expected_stamp = None;
    // MP4 tells time in units of its own: a packet that lasts longer than its samples is followed by a gap.
    let time_base = reader.tracks().iter().find(|track| track.id == track_id).and_then(|track| track.time_base);
    let mut clock = Clock::default();
    let (mut n_errors, mut n_foreign) = (0, 0);
    loop {
        let packet = match guarded("reading a packet", || reader.next_packet())? {
            Ok(Some(packet)) => packet,
            Ok(None) => break,
            Err(Error::IoError(error)) if error.kind() == ErrorKind::UnexpectedEof => {
                seen.is_cut = true;
                break;
            }
            Err(Error::IoError(error)) if error.kind() == ErrorKind::Other => {
                // symphonia reports its own limits this way; what was read stays.
                seen.is_cut = true;
                break;
            }
            Err(Error::IoError(error)) => return Err(error.into()),
            Err(Error::ResetRequired) => {
                // A new Ogg stream is chained to the one before: another decoder, the same recording.
                let Some(track) = reader.default_track(TrackType::Audio).cloned() else { break };
                track_id = track.id;
                expected_stamp = None;
                // One that cannot be decoded ends the recording, but does not take away what came before.
                let Ok(next) = start_track(&track, limits) else {
                    seen.is_cut = true;
                    break;
                };
                pump.chain(next);
                continue;
            }
            Err(_) => {
                n_errors += 1;
                if n_errors > MAX_READ_ERRORS {
                    seen.is_cut = true;
                    break;
                }
                continue;
            }
        };
        n_errors = 0;
        if packet.track_id != track_id {
            n_foreign += 1;
            if n_foreign > MAX_FRUITLESS_PACKETS * 100 {
                seen.is_cut = true;
                break;
            }
            continue;
        }
        n_foreign = 0;
        seen.n_packets += 1;
        seen.packet_bytes += packet.data.len() as u64;
        let stamp = packet.pts.get();
        if has_stamps {
            if let Some(gap) = expected_stamp.and_then(|expected| stamp.checked_sub(expected)) {
                pump.gap(gap);
            }
            let length = i64::try_from(packet.block_dur().get()).unwrap_or(i64::MAX);
            expected_stamp = Some(stamp.saturating_add(length));
        }
        if matches!(container, Container::Mp3 | Container::Mp2) && pump.is_other_kind(&packet) {
            continue;
        }
        // In MP4 the unit of durations may not be the sample, and the table may lie: the last packet tells better.
        let by_file = packet.block_dur().get().min(MAX_PACKET_SAMPLES);
        let n_samples = if container == Container::Mp4 { pump.last_len.unwrap_or(1024) } else { by_file };
        let at_s = time_base
            .filter(|_| container == Container::Mp4)
            .map(|base| stamp as f64 * f64::from(base.numer.get()) / f64::from(base.denom.get()));
        let rate_hz = pump.collector.as_ref().map(|collector| f64::from(collector.rate().hz()));
        if let Some((at_s, rate_hz)) = at_s.zip(rate_hz) {
            pump.gap(clock.missing(at_s, rate_hz));
        }
        pump.decode(&packet, n_samples)?;
        if let Some((at_s, rate_hz)) = at_s.zip(rate_hz) {
            clock.heard(at_s, pump.last_len, rate_hz);
        }
        if pump.n_fruitless > MAX_FRUITLESS_PACKETS {
            seen.is_cut = true;
            break;
        }
    }
    Ok(seen)
}

/// Cuts the padding off and compares what was found with what the file had promised.
fn end_of_stream(pump: &mut Pump, seen: &Seen, promised: &Promised<'_>) {
    let Some(collector) = pump.collector.as_mut() else { return };
    let rate = f64::from(collector.rate().hz());
    let found = collector.n_samples();
    let found_s = found as f64 / rate;
    let mut expected = None;
    match promised.container {
        Container::Mp3 | Container::Mp2 => {
            let tag = promised.info_tag.and_then(|tag| Some((u64::from(tag.n_frames?), tag)));
            // The tag counts frames; those of this stream all have as many samples.
            if let (Some((n_frames, tag)), Some(per_frame)) = (tag, pump.last_len) {
                if seen.n_packets == n_frames {
                    collector.truncate(found.saturating_sub(u64::from(tag.padding_samples)));
                } else {
                    let around = u64::from(tag.delay_samples + tag.padding_samples);
                    expected = Some((n_frames * per_frame).saturating_sub(around));
                }
            }
            let skipped = promised.stream_len.saturating_sub(seen.packet_bytes);
            // Tags at the end and a broken last frame are smaller than this; 1441 bytes is the largest frame.
            if skipped > 2 * 1441 {
                let text =
                    format!("{skipped} bytes are no MPEG audio frames and were skipped; later times may be early");
                pump.problems.push(Problem::new("decode", "bytes_skipped", ProblemSeverity::Lost, text));
            }
        }
        Container::Mp4 => {
            let length = promised.played.and_then(|played| played.length_s).map(|s| (s * rate).round() as u64);
            match length {
                Some(length) if found >= length => {
                    if found - length <= MAX_PADDING_SAMPLES {
                        collector.truncate(length);
                    }
                }
                Some(length) => expected = Some(length),
                None => {
                    let skip_s = promised.played.map_or(0.0, |played| played.skip_s);
                    let table_s = promised.track.time_base.zip(promised.track.duration).map(|(base, duration)| {
                        duration.get() as f64 * f64::from(base.numer.get()) / f64::from(base.denom.get()) - skip_s
                    });
                    expected = table_s.filter(|s| *s > 0.0).map(|s| (s * rate).round() as u64);
                }
            }
        }
        Container::Flac => expected = promised.track.num_frames,
        _ => {}
    }
    // FLAC counts samples. Edit lists are rounded to milliseconds, and some MP3 writers count their tag as a frame.
    let tolerance = match promised.container {
        Container::Flac => 0,
        _ => pump.last_len.unwrap_or(0).max(rate as u64 / 500),
    };
    match expected {
        Some(expected) if expected > found + tolerance => {
            pump.problems.push(truncated(expected as f64 / rate, found_s));
        }
        Some(expected) if expected + tolerance < found && promised.container != Container::Mp4 => {
            let text = format!("the header says {:.3} s, the file holds {found_s:.3} s", expected as f64 / rate);
            pump.problems.push(
                Problem::new("decode", "header_length_wrong", ProblemSeverity::Note, text)
                    .about(["/recording/duration_s"]),
            );
        }
        // What a stream without a promise can tell is only that its end mark is missing.
        _ if seen.is_cut && promised.container != Container::Flac => {
            let text = format!("the stream ends without an end mark after {found_s:.3} s: the file is cut off");
            pump.problems.push(
                Problem::new("decode", "truncated", ProblemSeverity::Lost, text).about(["/recording/duration_s"]),
            );
        }
        _ => {}
    }
}

/// Speex comes in Ogg too; symphonia says of it no more than that it knows nothing.
fn check_ogg_codec(section: &mut Section) -> Result<(), DecodeError> {
    // A page's head is 27 bytes and a table of segments, of which the first page has one (RFC 3533, section 6).
    let mut page = [0; 64];
    let n = section.read_full(&mut page)?;
    match page[..n].get(28..36) {
        Some(b"Speex   ") => Err(DecodeError::UnknownCodec("Speex in Ogg".into())),
        _ => Ok(()),
    }
}

fn read_info_tag(section: &mut Section) -> Result<Option<InfoTag>, DecodeError> {
    // The largest MP3 frame has 1441 bytes.
    let mut head = vec![0; 1441];
    let n = section.read_full(&mut head)?;
    Ok(mpeg::info_tag(&head[..n]))
}

fn params_of(track: &Track) -> Option<&AudioCodecParameters> {
    track.codec_params.as_ref().and_then(|params| params.audio())
}

/// The rate, if a recording can have it.
pub(super) fn sample_rate(hz: u32) -> Result<SampleRate, DecodeError> {
    SampleRate::new(hz).ok_or_else(|| DecodeError::Malformed(format!("the file says a sampling rate of {hz} Hz")))
}

/// Makes the decoder of a track.
fn start_track(track: &Track, limits: &DecodeLimits) -> Result<Pump, DecodeError> {
    let mut params = params_of(track).cloned().unwrap_or_default();
    let known = CODEC_NAMES.iter().find(|(_, id)| *id == params.codec);
    let Some((name, _)) = known else {
        return Err(DecodeError::UnknownCodec(format!("{} in this container", codec_name(&params))));
    };
    let n_channels = params.channels.as_ref().map_or(0, |channels| channels.count());
    let mut to_skip = 0;
    if params.codec == codec_id::CODEC_ID_OPUS {
        if n_channels > 2 {
            return Err(DecodeError::UnknownCodec(format!("Opus with {n_channels} channels, more than 2")));
        }
        to_skip = opus_pre_skip(&mut params);
        // Opus always decodes at 48 kHz; the header may name the rate that went in.
        params.sample_rate = Some(48_000);
    }
    Pump::new(params, (*name).to_owned(), None, limits.clone(), to_skip)
}

/// Takes the pre-skip (RFC 7845, section 5.1) out of the parameters: symphonia's adapter takes it from the first packet
/// only, which may be shorter than that. It is told 0, and the samples are left out by us.
pub(super) fn opus_pre_skip(params: &mut AudioCodecParameters) -> u64 {
    if params.codec != codec_id::CODEC_ID_OPUS {
        return 0;
    }
    let field = params.extra_data.as_mut().and_then(|head| head.get_mut(10..12));
    field.map_or(0, |field| {
        let pre_skip = u16::from_le_bytes([field[0], field[1]]);
        field.fill(0);
        u64::from(pre_skip)
    })
}

/// The name of a codec that we do not decode, as far as symphonia has one.
fn codec_name(params: &AudioCodecParameters) -> String {
    let known = [
        (codec_id::CODEC_ID_AC3, "AC-3"),
        (codec_id::CODEC_ID_EAC3, "E-AC-3"),
        (codec_id::CODEC_ID_SPEEX, "Speex"),
        (codec_id::CODEC_ID_DCA, "DTS"),
        (codec_id::CODEC_ID_MP1, "MPEG audio layer I"),
    ];
    known
        .iter()
        .find(|(id, _)| *id == params.codec)
        .map_or_else(|| params.codec.to_string(), |(_, name)| (*name).into())
}

/// Runs foreign code that may panic on damaged bytes; the panic becomes an error of that file.
pub(super) fn guarded<T>(what: &str, run: impl FnOnce() -> T) -> Result<T, DecodeError> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|_| DecodeError::Malformed(format!("the decoder gave up while {what}")))
}

/// A foreign error in our words.
pub(super) fn explain(error: Error, what: &str) -> DecodeError {
    match error {
        Error::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => {
            DecodeError::Malformed(format!("{what} ends inside its header"))
        }
        Error::IoError(error) if error.kind() == ErrorKind::Other => DecodeError::Malformed(format!("{what}: {error}")),
        Error::IoError(error) => DecodeError::Io(error),
        Error::Unsupported(why) => DecodeError::Unsupported(format!("{what}: {why}")),
        other => DecodeError::Malformed(format!("{what}: {other}")),
    }
}
