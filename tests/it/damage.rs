//! Damaged, lying and strange files: each gives sound with a line in `problems`, or an error a user understands;
//! never a panic, a hang, an invented number or unbounded memory. The files are made here, byte by byte.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use callvet::audio::{DecodeError, DecodeLimits, Decoded, decode, probes_as_audio};

/// Rate of the files made here.
const RATE_HZ: u32 = 8000;

/// Decodes bytes under a name that says nothing.
fn decode_with(bytes: &[u8], limits: &DecodeLimits) -> Result<Decoded, DecodeError> {
    decode_as("", bytes, limits)
}

/// Decodes bytes under a name that ends as this one does: where there is no header, the name decides.
fn decode_as(name: &str, bytes: &[u8], limits: &DecodeLimits) -> Result<Decoded, DecodeError> {
    let suffix = name.find('.').map_or("", |at| &name[at..]);
    let mut file = tempfile::NamedTempFile::with_suffix(suffix).expect("a temporary file");
    file.write_all(bytes).expect("written");
    decode(file.path(), limits)
}

fn decode_bytes(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    decode_with(bytes, &DecodeLimits::default())
}

/// A repeatable stream of numbers: xorshift64, Marsaglia 2003.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// 16-bit samples that are neither silence nor mistaken for chunk names.
fn samples(n: usize) -> Vec<i16> {
    (0..n).map(|i| ((i as f64 * 0.3).sin() * 9000.0) as i16 - 20_000).collect()
}

/// A WAV file to be spoilt: every field of its header can be set.
#[derive(Clone)]
struct Wav {
    tag: u16,
    n_channels: u16,
    rate_hz: u32,
    bytes_per_s: u32,
    block_align: u16,
    bits: u16,
    data_len: Option<u32>,
    data: Vec<u8>,
    after: Vec<u8>,
}

impl Wav {
    fn pcm16(n_channels: u16, n_samples: usize) -> Self {
        let data = samples(n_samples * usize::from(n_channels)).iter().flat_map(|s| s.to_le_bytes()).collect();
        Self::new(1, n_channels, 16, data)
    }

    fn float(values: &[f32]) -> Self {
        Self::new(3, 1, 32, values.iter().flat_map(|v| v.to_le_bytes()).collect())
    }

    fn new(tag: u16, n_channels: u16, bits: u16, data: Vec<u8>) -> Self {
        let block_align = (u32::from(n_channels) * u32::from(bits) / 8) as u16;
        let bytes_per_s = RATE_HZ * u32::from(block_align);
        Self {
            tag,
            n_channels,
            rate_hz: RATE_HZ,
            bytes_per_s,
            block_align,
            bits,
            data_len: None,
            data,
            after: Vec::new(),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut out = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0".to_vec();
        out.extend(self.tag.to_le_bytes());
        out.extend(self.n_channels.to_le_bytes());
        out.extend(self.rate_hz.to_le_bytes());
        out.extend(self.bytes_per_s.to_le_bytes());
        out.extend(self.block_align.to_le_bytes());
        out.extend(self.bits.to_le_bytes());
        out.extend(b"data");
        out.extend(self.data_len.unwrap_or(self.data.len() as u32).to_le_bytes());
        out.extend(&self.data);
        out.extend(&self.after);
        let riff_len = (out.len() - 8) as u32;
        out[4..8].copy_from_slice(&riff_len.to_le_bytes());
        out
    }
}

/// Decodes to so many samples a channel, and reports exactly these problems.
fn check_mended(what: &str, bytes: &[u8], n_samples: usize, codes: &[&str]) -> Decoded {
    let decoded = decode_bytes(bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(decoded.channels.n_samples(), n_samples, "{what}: samples");
    let found: Vec<&str> = decoded.problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(found, codes, "{what}: {:?}", decoded.problems);
    assert!(decoded.problems.iter().all(|problem| problem.stage == "decode" && !problem.message.is_empty()));
    decoded
}

/// Fails with this kind, and with a message that holds this word.
fn check_refused(what: &str, bytes: &[u8], kind: &str, word: &str) {
    let error = decode_bytes(bytes).map(|decoded| decoded.channels.n_samples()).expect_err(what);
    assert_eq!(error.kind(), kind, "{what}: {error}");
    let message = error.to_string();
    assert!(message.contains(word), "{what}: {message}");
    assert!(!message.ends_with('.') && !message.starts_with(char::is_uppercase), "{what}: {message}");
}

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/audio/fixtures");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("committed").map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    let named = |path: PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).expect("ASCII names").to_owned();
        (name, std::fs::read(path).expect("readable"))
    };
    paths.into_iter().map(named).collect()
}

fn fixture(name: &str) -> Vec<u8> {
    fixtures().into_iter().find(|(found, _)| found == name).expect("committed").1
}

#[test]
fn lengths_that_lie_do_not_cost_the_call() {
    let wav = Wav::pcm16(1, 8000);
    let with = |data_len: u32| Wav { data_len: Some(data_len), ..wav.clone() }.bytes();
    check_mended("as it should be", &wav.bytes(), 8000, &[]);
    check_mended("recorder crashed before the length was written", &with(0), 8000, &["header_length_wrong"]);
    check_mended("written to a pipe", &with(u32::MAX), 8000, &["header_length_wrong"]);
    check_mended("SoX to a pipe", &with(0x7fff_f000), 8000, &["header_length_wrong"]);
    check_mended("length of an earlier save", &with(4000), 8000, &["header_length_wrong"]);
    check_mended("too long", &with(32_000), 8000, &["truncated"]);
    let tagged = Wav { after: b"LIST\x04\0\0\0INFO".to_vec(), ..wav.clone() };
    check_mended("a chunk behind the samples is no sound", &tagged.bytes(), 8000, &[]);
    let padded = Wav { after: vec![0; 1000], ..wav.clone() };
    check_mended("zeros up to the end of a sector are no sound", &padded.bytes(), 8000, &[]);
}

#[test]
fn a_file_that_is_cut_off_keeps_what_is_there_and_says_how_much_is_missing() {
    let mut bytes = Wav::pcm16(2, 8000).bytes();
    // 1 s of stereo, cut in the middle of a sample at half its length.
    bytes.truncate(44 + 16_001);
    let decoded = check_mended("truncated", &bytes, 4000, &["truncated"]);
    let message = &decoded.problems[0].message;
    assert!(message.contains("1.000 s were expected") && message.contains("0.500 s are there"), "{message}");
    assert!(!decoded.is_browser_playable, "a browser need not be as lenient");
}

#[test]
fn files_without_sound_say_so() {
    check_refused("zero bytes", b"", "no_audio", "0 bytes");
    check_refused("header only", &Wav::pcm16(1, 0).bytes(), "no_audio", "no samples");
    check_refused(
        "header with a tag behind no samples",
        &{
            let mut empty = Wav::pcm16(1, 0);
            empty.after = b"LIST\x04\0\0\0INFO".to_vec();
            empty.bytes()
        },
        "no_audio",
        "0 samples",
    );
    check_refused("half a header", &Wav::pcm16(1, 0).bytes()[..30], "malformed", "format chunk");
    check_refused("no data chunk", &Wav::pcm16(1, 0).bytes()[..36], "no_audio", "data chunk");
    check_refused("half a sample", &Wav::new(1, 1, 16, vec![7]).bytes(), "no_audio", "no samples");
}

#[test]
fn other_things_are_named() {
    for (bytes, word) in [
        (&b"Agent: good morning\nCustomer: hello\n"[..], "text"),
        ("Оператор: добрый день\n".as_bytes(), "text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"#!AMR_MC1.0\n\x00\x00\x00\x02", "AMR"),
        (b"wvpk\x00\x00\x01\x02", "WavPack"),
        (b"\0\0\0\0\0\0\0\0\0\0\0\0", "no audio format"),
    ] {
        check_refused(word, bytes, "unsupported", word);
    }
    // Its packets carry pieces of AAC, which must not be taken for a stream.
    let packet = [&[0x47, 0x41, 0, 0x30][..], &fixture("stereo.aac")[..184]].concat();
    check_refused("a transport stream", &packet.repeat(20), "unsupported", "transport stream");
    let g726 = Wav { tag: 0x45, bits: 4, block_align: 1, ..Wav::new(1, 1, 8, vec![1; 650]) };
    check_refused("G.726 in WAV", &g726.bytes(), "unsupported", "codec G.726");
    check_refused("half an AMR file", b"#!AMR\n\x3c\x00\x01", "no_audio", "no frames");
    check_refused("the beginning of a film", b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81", "no_audio", "no sound track");
    let unknown = Wav { tag: 0x1234, ..Wav::new(1, 1, 8, vec![1; 650]) };
    check_refused("a codec nobody knows", &unknown.bytes(), "unsupported", "0x1234");
}

#[test]
fn headers_that_contradict_themselves_are_mended_or_refused_with_the_number() {
    let wav = Wav::pcm16(2, 4000);
    let no_channels = Wav { n_channels: 0, ..wav.clone() };
    let decoded = check_mended("0 channels in blocks of 4 bytes", &no_channels.bytes(), 4000, &["header_mended"]);
    assert_eq!(decoded.channels.n_channels(), 2);
    let no_rate = Wav { rate_hz: 0, ..wav.clone() };
    let decoded = check_mended("0 Hz", &no_rate.bytes(), 4000, &["header_mended"]);
    assert_eq!(decoded.channels.rate().hz(), RATE_HZ);
    let odd_rate = Wav { bytes_per_s: 64_000, ..wav.clone() };
    check_mended("a rate that the bytes per second deny", &odd_rate.bytes(), 4000, &["header_mended"]);
    let odd_blocks = Wav { block_align: 1, ..wav.clone() };
    check_mended("blocks that are too short", &odd_blocks.bytes(), 4000, &["header_mended"]);
    let nothing = Wav { n_channels: 0, block_align: 0, ..wav.clone() };
    check_refused("no channels at all", &nothing.bytes(), "malformed", "0 channels");
    let no_rate_at_all = Wav { rate_hz: 0, bytes_per_s: 0, ..wav.clone() };
    check_refused("no rate at all", &no_rate_at_all.bytes(), "malformed", "0 Hz");
    let fast = Wav { rate_hz: 4_000_000_000, ..wav.clone() };
    check_refused("a rate of 4 GHz", &fast.bytes(), "malformed", "4000000000 Hz");
    let thin = Wav { bits: 0, ..wav.clone() };
    check_refused("0 bits", &thin.bytes(), "malformed", "0 bits");
    let adpcm = Wav { tag: 2, bits: 4, block_align: 3, ..wav };
    check_refused("ADPCM blocks too short for their head", &adpcm.bytes(), "malformed", "blocks of 3 bytes");
}

#[test]
fn samples_that_are_no_numbers_become_silence_and_loud_ones_stay() {
    let values = [0.5, f32::NAN, f32::INFINITY, -0.25, f32::NEG_INFINITY, 2.5, -1.5, 1.0];
    let decoded = check_mended("floats", &Wav::float(&values).bytes(), 8, &["not_finite", "over_full_scale"]);
    assert_eq!(decoded.channels.plane(0), [0.5, 0.0, 0.0, -0.25, 0.0, 2.5, -1.5, 1.0]);
    assert!(decoded.problems[0].message.starts_with("3 samples"), "{:?}", decoded.problems);
    assert!(decoded.problems[1].message.starts_with("2 samples"), "{:?}", decoded.problems);
    let doubles: Vec<u8> = [f64::NAN, 1e300, 0.5].iter().flat_map(|v| v.to_le_bytes()).collect();
    let decoded = check_mended("doubles", &Wav::new(3, 1, 64, doubles).bytes(), 3, &["not_finite"]);
    assert_eq!(decoded.channels.plane(0), [0.0, 0.0, 0.5], "1e300 is no number in 32 bits");
}

#[test]
fn the_shortest_and_the_widest_recordings_are_read() {
    check_mended("one sample", &Wav::pcm16(1, 1).bytes(), 1, &[]);
    check_mended("0.2 s", &Wav::pcm16(1, 1600).bytes(), 1600, &[]);
    let decoded = check_mended("8 channels", &Wav::pcm16(8, 800).bytes(), 800, &[]);
    let expected: Vec<f32> = samples(6400).iter().map(|&s| f32::from(s) / 32_768.0).collect();
    for (channel, plane) in decoded.channels.planes().iter().enumerate() {
        assert!(plane.iter().eq(expected.iter().skip(channel).step_by(8)), "channel {channel}");
    }
    check_mended("32 channels", &Wav::pcm16(32, 10).bytes(), 10, &[]);
    check_refused("33 channels", &Wav::pcm16(33, 10).bytes(), "limit", "33 channels");
    check_refused("32768 channels", &Wav::new(1, 32_768, 8, vec![1; 65_536]).bytes(), "limit", "32768 channels");
}

#[test]
fn a_header_that_claims_gigabytes_is_judged_by_what_is_there() {
    // 2 GiB in the header and 1 s in the file: a limit that looked at the header would refuse it as 37 hours.
    let wav = Wav { data_len: Some(0x7ffe_ffff), ..Wav::pcm16(1, 8000) };
    check_mended("2 GiB", &wav.bytes(), 8000, &["truncated"]);
}

#[test]
fn what_is_longer_than_the_limit_is_refused_whatever_the_format() {
    let limits = DecodeLimits { max_duration_s: 0.1, ..DecodeLimits::default() };
    for (name, bytes) in fixtures() {
        if decode_bytes(&bytes).is_ok_and(|decoded| decoded.channels.duration_s() > 0.1) {
            let error = decode_with(&bytes, &limits).map(|_| ()).expect_err(&name);
            assert_eq!(error.kind(), "limit", "{name}: {error}");
            assert!(error.to_string().contains("0.1 s"), "{name}: {error}");
        }
    }
    let exact = DecodeLimits { max_duration_s: 1.0, ..DecodeLimits::default() };
    assert!(decode_with(&Wav::pcm16(1, 8000).bytes(), &exact).is_ok(), "as long as the limit is not too long");
    assert!(decode_with(&Wav::pcm16(1, 8001).bytes(), &exact).is_err());
}

#[test]
fn rubbish_before_the_first_frame_is_skipped_and_counted() {
    let mut random = Random(11);
    let rubbish: Vec<u8> = (0..3000).map(|_| random.next() as u8).collect();
    for name in [
        "pcm_s16le.wav",
        "pcm_s16be.aiff",
        "mono.flac",
        "no_tag.mp3",
        "stereo.aac",
        "mono_vorbis.ogg",
        "mono.opus",
        "rf64.wav",
        "pcm.w64",
        "pcm.au",
        "pcm.caf",
        "alac.caf",
        "opus.webm",
        "pcm.mka",
        "gsm.gsm",
        "narrow.amr",
        "wide.amr",
        "layer2.mp2",
        "gsm.wav",
    ] {
        let clean = fixture(name);
        let dirty = [&rubbish[..], &clean].concat();
        let n_samples = decode_bytes(&clean).expect(name).channels.n_samples();
        let decoded = check_mended(name, &dirty, n_samples, &["junk_skipped"]);
        assert!(decoded.problems[0].message.starts_with("3000 bytes"), "{:?}", decoded.problems);
    }
}

#[test]
fn an_id3_tag_in_front_changes_nothing() {
    // ID3v2.4, no flags, 1000 bytes: 7 bits a byte.
    let tag = [&b"ID3\x04\0\0\0\0\x07\x68"[..], &[0xff; 1000]].concat();
    for name in ["no_tag.mp3", "mono.flac", "stereo.aac"] {
        let tagged = [&tag[..], &fixture(name)].concat();
        let clean = decode_bytes(&fixture(name)).expect(name);
        assert_eq!(decode_bytes(&tagged).expect(name).channels, clean.channels, "{name}");
    }
}

#[test]
fn a_hole_in_a_stream_becomes_silence_and_later_sounds_keep_their_time() {
    // Where the hole is, counted from the end; two more pages or a frame follow it.
    for (name, from_end, at_least_db) in [
        // FLAC frames stand alone and carry a check sum: what is whole is exact.
        ("mono.flac", 1300, 200.0),
        // Ogg pages carry a check sum; the silence stands behind the page that follows the lost one. The codecs lean
        // on the past and need some packets to find back: an error of a third of the signal is what 60 ms bring them
        // to, while the same samples at another time have an error as large as the signal, 3 dB at most.
        ("stereo_vorbis.ogg", 900, 10.0),
        ("stereo.opus", 700, 10.0),
    ] {
        let clean = decode_bytes(&fixture(name)).expect(name);
        let mut bytes = fixture(name);
        let at = bytes.len() - from_end;
        bytes[at..at + 40].fill(0x55);
        let holed = decode_bytes(&bytes).expect(name);
        assert_eq!(holed.channels.n_samples(), clean.channels.n_samples(), "{name}: {:?}", holed.problems);
        assert!(holed.problems.iter().any(|p| matches!(p.code.as_str(), "undecodable" | "gap")), "{name}");
        let tail = clean.channels.n_samples() - clean.channels.rate().s_to_samples(0.01);
        let (ours, theirs) = (&holed.channels.plane(0)[tail..], &clean.channels.plane(0)[tail..]);
        let signal: f64 = theirs.iter().map(|&s| f64::from(s).powi(2)).sum();
        let noise: f64 = ours.iter().zip(theirs).map(|(&a, &b)| f64::from(a - b).powi(2)).sum();
        let db = 10.0 * (signal / noise.max(1e-30)).log10();
        assert!(db >= at_least_db, "{name}: {db:.1} dB, {:?}", holed.problems);
    }
}

#[test]
fn a_stream_whose_rate_changes_keeps_the_first_and_says_so() {
    let bytes = [fixture("no_tag.mp3"), fixture("mono_8k.mp3"), fixture("no_tag.mp3")].concat();
    let decoded = decode_bytes(&bytes).expect("decodes");
    assert_eq!(decoded.channels.rate().hz(), 16_000);
    let changed = decoded.problems.iter().find(|p| p.code == "format_changed");
    let changed = changed.unwrap_or_else(|| panic!("told: {:?}", decoded.problems));
    assert!(changed.message.contains("8000 Hz"), "{}", changed.message);
    // 0.324 s twice, and the frames of the other rate as silence between: LAME's 0.25 s, delay and padding.
    let duration_s = decoded.channels.duration_s();
    assert!((0.85..1.1).contains(&duration_s), "{duration_s}");
}

#[test]
fn ogg_streams_one_behind_the_other_are_one_recording() {
    let name = "mono.opus";
    let once = decode_bytes(&fixture(name)).expect(name);
    let twice = decode_bytes(&[fixture(name), fixture(name)].concat()).expect(name);
    assert_eq!(twice.channels.n_samples(), 2 * once.channels.n_samples(), "{:?}", twice.problems);
    assert_eq!(twice.channels.plane(0)[once.channels.n_samples()..], *once.channels.plane(0));
}

#[test]
fn random_bytes_are_no_recording() {
    for seed in 1..40 {
        let mut random = Random(seed);
        let mut bytes: Vec<u8> = (0..20_000).map(|_| random.next() as u8).collect();
        // Half of them are full of words that MPEG frames could begin with.
        if seed % 2 == 0 {
            for _ in 0..2000 {
                let at = random.below(bytes.len() - 1);
                bytes[at] = 0xff;
                bytes[at + 1] = 0xf2 | (random.next() as u8 & 1);
            }
        }
        check_refused("random bytes", &bytes, "unsupported", "no audio format");
        let mut file = tempfile::NamedTempFile::with_suffix(".bin").expect("a temporary file");
        file.write_all(&bytes).expect("written");
        assert!(!probes_as_audio(file.path()));
    }
}

#[test]
fn a_file_that_cannot_be_read_is_an_io_error() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for path in [folder.path().join("not-there.wav"), folder.path().to_owned()] {
        let error = decode(&path, &DecodeLimits::default()).map(|_| ()).expect_err("nothing to read");
        assert_eq!(error.kind(), "io", "{error}");
        assert!(!probes_as_audio(&path));
    }
}

/// Whatever came out is sound: finite, of a believable length, or an error with words.
fn check_sane(name: &str, what: &str, bytes: &[u8], longest_s: f64) {
    let what = format!("{name}, {what}");
    match decode_as(name, bytes, &DecodeLimits::default()) {
        Ok(decoded) => {
            let n = decoded.channels.n_samples();
            assert!(n > 0, "{what}: no samples and no error");
            assert!(
                decoded.channels.planes().iter().all(|p| p.len() == n && p.iter().all(|s| s.is_finite())),
                "{what}"
            );
            let duration_s = decoded.channels.duration_s();
            assert!(duration_s <= longest_s, "{what}: {duration_s} s, at most {longest_s} s were expected");
        }
        Err(error) => {
            assert_ne!(error.kind(), "io", "{what}: the file can be read: {error}");
            assert!(error.to_string().len() > 10, "{what}: {error}");
        }
    }
}

#[test]
fn files_cut_anywhere_give_sound_or_a_reason() {
    for (name, bytes) in fixtures() {
        let whole = decode_as(&name, &bytes, &DecodeLimits::default());
        let whole_s = whole.map_or(0.0, |decoded| decoded.channels.duration_s());
        // Headers matter most: every fifth byte of the first 200, then 32 parts.
        let places = (0..200).step_by(5).chain((0..32).map(|part| bytes.len() * part / 32));
        for place in places.filter(|&place| place < bytes.len()) {
            let cut = &bytes[..place];
            // A cut file that loses its end mark keeps the padding: at most 0.2 s in any of the codecs.
            check_sane(&name, &format!("cut at {place}"), cut, whole_s + 0.2);
            if let Ok(decoded) = decode_as(&name, cut, &DecodeLimits::default()) {
                let is_shorter = decoded.channels.duration_s() < whole_s - 0.1;
                // Frames of MPEG audio, ADTS, GSM and AMR carry no count; without LAME's tag nothing tells that some are
                // missing when the cut falls between two.
                let is_counted =
                    !matches!(name.as_str(), "no_tag.mp3" | "mp3.wav" | "layer2.wav" | "aac_fragmented.m4a");
                let is_told = is_counted && ![".aac", ".mp2", ".gsm", ".amr"].iter().any(|end| name.ends_with(end));
                assert!(!is_shorter || !is_told || !decoded.problems.is_empty(), "{name}, cut at {place}: not told");
            }
        }
    }
}

#[test]
fn every_byte_of_every_header_may_be_wrong() {
    for (name, clean) in fixtures() {
        for at in 0..clean.len().min(128) {
            for wrong in [0xff, clean[at] ^ 0x01] {
                let mut bytes = clean.clone();
                bytes[at] = wrong;
                check_sane(&name, &format!("byte {at} is {wrong}"), &bytes, 4.0 * 3600.0);
            }
        }
    }
}

#[test]
fn spoilt_bytes_never_panic_hang_or_invent_hours() {
    let mut random = Random(20_240_229);
    let begun = Instant::now();
    for (name, clean) in fixtures() {
        for round in 0..100 {
            let mut bytes = clean.clone();
            for _ in 0..=random.below(8) {
                // Headers are short and matter most: half of the damage goes there.
                let range = if random.below(2) == 0 { bytes.len().min(200) } else { bytes.len() };
                let at = random.below(range);
                match random.below(4) {
                    0 => bytes[at] = random.next() as u8,
                    1 => bytes[at] ^= 1 << random.below(8),
                    2 => bytes[at] = 0xff,
                    _ => {
                        let end = (at + random.below(32)).min(bytes.len());
                        bytes.drain(at..end);
                    }
                }
                if bytes.is_empty() {
                    break;
                }
            }
            // A spoilt rate makes a quarter of a second long, and jumps in time stamps are filled up to a minute
            // each; hours would be invented. Files of 1 Hz are as long as they say.
            check_sane(&name, &format!("round {round}"), &bytes, 4.0 * 3600.0);
        }
    }
    // Not a speed: only a hang takes minutes.
    assert!(begun.elapsed().as_secs() < 300, "{:?}", begun.elapsed());
}

#[test]
fn an_mp4_that_the_recorder_did_not_finish_is_refused_in_words_that_say_so() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/audio/fixtures/aac.m4a");
    let whole = std::fs::read(fixture).expect("a fixture");
    let mut atoms: Vec<(&[u8], &[u8])> = Vec::new();
    let mut rest = whole.as_slice();
    while let Some((head, _)) = rest.split_first_chunk::<4>() {
        let (atom, after) = rest.split_at(u32::from_be_bytes(*head) as usize);
        atoms.push((&atom[4..8], atom));
        rest = after;
    }
    let bytes_of = |names: &[&[u8]]| -> Vec<u8> {
        let named = names.iter().map(|name| atoms.iter().find(|(known, _)| known == name).expect("in the fixture").1);
        named.collect::<Vec<_>>().concat()
    };
    let index = bytes_of(&[b"moov"]);
    let sound = bytes_of(&[b"ftyp", b"mdat"]);
    for unfinished in [
        sound.clone(),
        // Killed in the middle of the index, and before the length of the sound was written: 0 is "up to the end".
        [sound.as_slice(), &index[..index.len() / 2]].concat(),
        [&bytes_of(&[b"ftyp"]), &[0, 0, 0, 0][..], &bytes_of(&[b"mdat"])[4..]].concat(),
    ] {
        let error = decode_bytes(&unfinished).map(|_| ()).expect_err("nothing tells where the sound is");
        let message = error.to_string();
        assert_eq!(error.kind(), "malformed", "{message}");
        for words in ["the recorder did not finish the MP4 file", "index", "cannot be found"] {
            assert!(message.contains(words), "{message}");
        }
    }
    assert!(decode_bytes(&whole).is_ok());
}
