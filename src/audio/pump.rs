//! The adapter to symphonia's and libopus' decoders: packets in, planes out. A packet that cannot be decoded becomes
//! silence of its length. Not a demuxer: `engine` brings the packets.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use symphonia::core::codecs::audio::well_known as codec_id;
use symphonia::core::codecs::audio::{AudioCodecId, AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::codecs::registry::CodecRegistry;
use symphonia::core::errors::Error;
use symphonia::core::packet::Packet;

use super::collect::Collector;
use super::containers::mpeg::MpegFrame;
use super::decode::{DecodeError, DecodeLimits};
use super::engine::{explain, guarded, sample_rate};
use crate::call::{Channels, Problem, ProblemSeverity};
use crate::units::SampleRate;

/// Longest gap in the time stamps that is filled by silence, in seconds: a lost network path or a few damaged
/// pages. A larger jump is a broken time stamp, not a pause of the recorder.
const MAX_GAP_S: f64 = 60.0;

static CODECS: LazyLock<CodecRegistry> = LazyLock::new(|| {
    let mut codecs = CodecRegistry::new();
    symphonia::default::register_enabled_codecs(&mut codecs);
    codecs.register_audio_decoder::<symphonia_adapter_libopus::OpusDecoder>();
    codecs
});

/// Codecs by the short names of reports (ffmpeg's).
pub(super) const CODEC_NAMES: &[(&str, AudioCodecId)] = &[
    ("pcm_u8", codec_id::CODEC_ID_PCM_U8),
    ("pcm_s8", codec_id::CODEC_ID_PCM_S8),
    ("pcm_s16le", codec_id::CODEC_ID_PCM_S16LE),
    ("pcm_s16be", codec_id::CODEC_ID_PCM_S16BE),
    ("pcm_s24le", codec_id::CODEC_ID_PCM_S24LE),
    ("pcm_s24be", codec_id::CODEC_ID_PCM_S24BE),
    ("pcm_s32le", codec_id::CODEC_ID_PCM_S32LE),
    ("pcm_s32be", codec_id::CODEC_ID_PCM_S32BE),
    ("pcm_f32le", codec_id::CODEC_ID_PCM_F32LE),
    ("pcm_f32be", codec_id::CODEC_ID_PCM_F32BE),
    ("pcm_f64le", codec_id::CODEC_ID_PCM_F64LE),
    ("pcm_f64be", codec_id::CODEC_ID_PCM_F64BE),
    ("pcm_alaw", codec_id::CODEC_ID_PCM_ALAW),
    ("pcm_mulaw", codec_id::CODEC_ID_PCM_MULAW),
    ("adpcm_ima_wav", codec_id::CODEC_ID_ADPCM_IMA_WAV),
    ("adpcm_ms", codec_id::CODEC_ID_ADPCM_MS),
    ("flac", codec_id::CODEC_ID_FLAC),
    ("mp3", codec_id::CODEC_ID_MP3),
    ("mp2", codec_id::CODEC_ID_MP2),
    ("aac", codec_id::CODEC_ID_AAC),
    ("alac", codec_id::CODEC_ID_ALAC),
    ("vorbis", codec_id::CODEC_ID_VORBIS),
    ("opus", codec_id::CODEC_ID_OPUS),
];

/// Decoded sound with the names of what decoded it.
#[derive(Debug)]
pub(super) struct Sound {
    pub(super) codec: String,
    pub(super) decoder: String,
    pub(super) channels: Channels,
    pub(super) problems: Vec<Problem>,
}

/// One decoder and the collector behind it.
pub(super) struct Pump {
    pub(super) codec: String,
    params: AudioCodecParameters,
    decoder: Box<dyn AudioDecoder>,
    limits: DecodeLimits,
    /// Made when the first packet tells rate and channels for sure.
    pub(super) collector: Option<Collector>,
    /// Encoder delay to leave out when the collector is made.
    pub(super) to_skip: u64,
    scratch: Vec<Vec<f32>>,
    pub(super) problems: Vec<Problem>,
    /// Samples of the last packet that decoded.
    pub(super) last_len: Option<u64>,
    n_good: u64,
    bad: Losses,
    gaps: Losses,
    changed: Losses,
    /// Packets in a row without sound.
    pub(super) n_fruitless: u32,
}

/// Sound that silence stands for.
#[derive(Debug, Default)]
struct Losses {
    n: u64,
    samples: u64,
    first_s: Option<f64>,
    detail: String,
}

impl Losses {
    fn add(&mut self, samples: u64, at_s: f64) {
        self.n += 1;
        self.samples = self.samples.saturating_add(samples);
        self.first_s.get_or_insert(at_s);
    }
}

impl Pump {
    pub(super) fn new(
        params: AudioCodecParameters,
        codec: String,
        collector: Option<Collector>,
        limits: DecodeLimits,
        to_skip: u64,
    ) -> Result<Self, DecodeError> {
        let decoder = make_decoder(&params, &codec)?;
        Ok(Self {
            codec,
            params,
            decoder,
            limits,
            collector,
            to_skip,
            scratch: Vec::new(),
            problems: Vec::new(),
            last_len: None,
            n_good: 0,
            bad: Losses::default(),
            gaps: Losses::default(),
            changed: Losses::default(),
            n_fruitless: 0,
        })
    }

    /// Goes on with the decoder of a stream that follows.
    pub(super) fn chain(&mut self, next: Self) {
        self.codec = next.codec;
        self.params = next.params;
        self.decoder = next.decoder;
        match &mut self.collector {
            Some(collector) => collector.skip(next.to_skip),
            None => self.to_skip = next.to_skip,
        }
    }

    fn now_s(&self) -> f64 {
        self.collector.as_ref().map_or(0.0, Collector::now_s)
    }

    /// The time stamps jump by so many samples before the next packet.
    pub(super) fn gap(&mut self, samples: i64) {
        let Some(collector) = self.collector.as_mut() else { return };
        let samples = u64::try_from(samples).unwrap_or(0);
        let longest = (MAX_GAP_S * f64::from(collector.rate().hz())) as u64;
        // A recording that is mostly gaps is a small file with broken stamps that would fill the memory.
        let is_mostly_gaps = self.gaps.samples.saturating_add(samples) > longest + collector.n_samples() / 2;
        if samples > 0 && samples <= longest && !is_mostly_gaps {
            self.gaps.add(samples, collector.now_s());
            collector.push_silence(samples);
        }
    }

    /// Decodes a packet; if that fails, `n_samples` of silence keep the time.
    pub(super) fn decode(&mut self, packet: &Packet, n_samples: u64) -> Result<(), DecodeError> {
        let decoder = &mut self.decoder;
        let scratch = &mut self.scratch;
        // Copied inside the guard: the buffer belongs to the decoder.
        let decoded = catch_unwind(AssertUnwindSafe(|| {
            decoder.decode(packet).map(|buffer| {
                buffer.copy_to_vecs_planar(scratch);
                (buffer.spec().rate(), buffer.spec().channels().count(), buffer.frames())
            })
        }));
        let (rate_hz, n_channels, len) = match decoded {
            Ok(Ok(decoded)) => decoded,
            Ok(Err(_)) => return self.lose(n_samples),
            Err(_) => {
                // The decoder panicked: its state is not to be trusted any more.
                self.decoder = make_decoder(&self.params, &self.codec)?;
                return self.lose(n_samples);
            }
        };
        if len == 0 {
            self.n_fruitless += 1;
            return Ok(());
        }
        let rate = sample_rate(rate_hz)?;
        if self.collector.is_none() {
            self.collector = Some(Collector::new(rate, n_channels, self.to_skip, &self.limits)?);
            // Packets lost before the first good one.
            self.collector.as_mut().expect("just made").push_silence(self.bad.samples);
        }
        let collector = self.collector.as_mut().expect("made above");
        if collector.rate() != rate || collector.n_channels() != n_channels {
            self.lose_other_kind(rate, n_channels, len as u64);
            return Ok(());
        }
        collector.push(&self.scratch[..n_channels])?;
        self.last_len = Some(len as u64);
        self.n_good += 1;
        self.n_fruitless = 0;
        Ok(())
    }

    /// An MP3 frame whose rate or channels are not those of the recording, which the decoder would refuse; silence
    /// of its length is put in its place.
    pub(super) fn is_other_kind(&mut self, packet: &Packet) -> bool {
        let (Some(frame), Some(collector)) = (MpegFrame::read(&packet.data), &self.collector) else { return false };
        let Some(rate) = SampleRate::new(frame.rate_hz) else { return false };
        let is_other = rate != collector.rate() || frame.n_channels != collector.n_channels();
        if is_other {
            self.lose_other_kind(rate, frame.n_channels, u64::from(frame.n_samples));
        }
        is_other
    }

    fn lose_other_kind(&mut self, rate: SampleRate, n_channels: usize, n_samples: u64) {
        let Some(collector) = self.collector.as_mut() else { return };
        let samples = n_samples * u64::from(collector.rate().hz()) / u64::from(rate.hz());
        if self.changed.n == 0 {
            self.changed.detail = format!("{} Hz, {n_channels} channels", rate.hz());
        }
        self.changed.add(samples, collector.now_s());
        self.n_fruitless += 1;
        collector.push_silence(samples);
    }

    fn lose(&mut self, n_samples: u64) -> Result<(), DecodeError> {
        let at_s = self.now_s();
        self.bad.add(n_samples, at_s);
        self.n_fruitless += 1;
        if let Some(collector) = self.collector.as_mut() {
            collector.push_silence(n_samples);
        }
        Ok(())
    }

    pub(super) fn finish(mut self, decoder: &'static str) -> Result<Sound, DecodeError> {
        let n_packets = self.n_good + self.bad.n;
        // Noise that happens to hold sync words decodes here and there; a damaged call decodes mostly.
        if self.bad.n > 9 * self.n_good {
            return Err(match self.n_good {
                0 if n_packets == 0 => DecodeError::NoAudio(format!("the {} stream holds no packets", self.codec)),
                n => DecodeError::Malformed(format!("only {n} of {n_packets} {} packets can be decoded", self.codec)),
            });
        }
        let Some(collector) = self.collector.take() else {
            return Err(DecodeError::NoAudio(format!("the {} stream holds no sound", self.codec)));
        };
        let rate = f64::from(collector.rate().hz());
        let mut problems = self.problems;
        let mut lost = |code: &str, losses: &Losses, what: String| {
            if let Some(first_s) = losses.first_s {
                let seconds = losses.samples as f64 / rate;
                let text = format!("{what}, {seconds:.3} s in all, first at {first_s:.3} s; silence keeps the time");
                problems.push(Problem::new("decode", code, ProblemSeverity::Lost, text));
            }
        };
        lost("undecodable", &self.bad, format!("{} of {n_packets} packets cannot be decoded", self.bad.n));
        lost("gap", &self.gaps, format!("{} gaps in the time stamps", self.gaps.n));
        let changed = format!("{} packets are of another kind ({})", self.changed.n, self.changed.detail);
        lost("format_changed", &self.changed, changed);
        let (channels, mut mended) = collector.finish();
        problems.append(&mut mended);
        if channels.n_samples() == 0 {
            return Err(DecodeError::NoAudio(format!("the {} stream holds no samples", self.codec)));
        }
        Ok(Sound { codec: self.codec, decoder: decoder.into(), channels, problems })
    }
}

fn make_decoder(params: &AudioCodecParameters, codec: &str) -> Result<Box<dyn AudioDecoder>, DecodeError> {
    // Never trimmed by what a demuxer guessed: for MP3 without a tag it estimates the end from the bit rate.
    let is_estimated = codec == "mp3";
    let options = AudioDecoderOptions::default().gapless(!is_estimated);
    guarded("starting the decoder", || CODECS.make_audio_decoder(params, &options))?.map_err(|error| match error {
        Error::Unsupported(why) if codec == "aac" => {
            DecodeError::UnknownCodec(format!("AAC other than mono or stereo LC, such as HE-AAC ({why})"))
        }
        other => explain(other, codec),
    })
}
