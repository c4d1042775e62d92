//! Formats beyond WAV, FLAC, MP3 and the like: where a click is heard in each, raw samples, limits by name, and the damage
//! that each can have. What ffmpeg hears in the same files is in `decode`; cuts and spoilt bytes are in `damage`.

use std::io::Write;
use std::path::{Path, PathBuf};

use callvet::audio::{DecodeError, DecodeLimits, DecodeOptions, Decoded, decode, decode_with};

fn reference(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/audio").join(name)
}

fn bytes_of(name: &str) -> Vec<u8> {
    std::fs::read(reference("fixtures").join(name)).expect(name)
}

/// Decodes bytes under a name that ends like this.
fn decode_as(suffix: &str, bytes: &[u8], options: &DecodeOptions) -> Result<Decoded, DecodeError> {
    let mut file = tempfile::NamedTempFile::with_suffix(suffix).expect("a temporary file");
    file.write_all(bytes).expect("written");
    decode_with(file.path(), options)
}

fn decode_bytes(bytes: &[u8]) -> Decoded {
    decode_as("", bytes, &DecodeOptions::default()).expect("decodes")
}

fn codes(decoded: &Decoded) -> Vec<&str> {
    decoded.problems.iter().map(|problem| problem.code.as_str()).collect()
}

#[test]
fn a_click_is_heard_when_it_went_in() {
    // Half a period of the click's tone: a larger error moves its peak. Encoders' delays are 7 to 105 ms.
    const TOLERANCE_S: f64 = 0.0006;
    let table = std::fs::read_to_string(reference("click.tsv")).expect("the table is committed");
    assert!(table.lines().count() >= 9, "the table has all coders");
    for line in table.lines() {
        let (name, expected_s) = line.split_once('\t').expect("two columns");
        let expected_s: f64 = expected_s.parse().expect("a number");
        let decoded = decode_bytes(&bytes_of(name));
        let plane = decoded.channels.plane(0);
        let peak = (0..plane.len()).max_by(|&a, &b| plane[a].total_cmp(&plane[b])).expect("samples");
        let heard_s = peak as f64 / f64::from(decoded.channels.rate().hz());
        println!("{name}: {heard_s:.5} s");
        assert!((heard_s - expected_s).abs() <= TOLERANCE_S, "{name}: {heard_s:.5} s");
    }
}

#[test]
fn samples_without_a_header_are_what_the_user_says_or_else_what_their_name_says() {
    let mulaw = bytes_of("raw.ulaw");
    let by = |raw: &str| DecodeOptions { raw: Some(raw.parse().expect(raw)), ..DecodeOptions::default() };
    let nothing = DecodeOptions::default();
    let check = |suffix: &str, options: &DecodeOptions, facts: (&str, u32, usize, usize), told: &[&str]| {
        let decoded = decode_as(suffix, &mulaw, options).unwrap_or_else(|error| panic!("{suffix}: {error}"));
        let channels = &decoded.channels;
        let found = (decoded.codec.as_str(), channels.rate().hz(), channels.n_channels(), channels.n_samples());
        assert_eq!((found, codes(&decoded)), (facts, told.to_vec()), "{suffix}");
    };
    check(".ulaw", &nothing, ("pcm_mulaw", 8000, 1, 2000), &["format_assumed"]);
    check(".UL", &nothing, ("pcm_mulaw", 8000, 1, 2000), &["format_assumed"]);
    check(".alaw", &nothing, ("pcm_alaw", 8000, 1, 2000), &["format_assumed"]);
    check(".sln16", &nothing, ("pcm_s16le", 16_000, 1, 1000), &["format_assumed"]);
    check(".raw", &by("ulaw,8000"), ("pcm_mulaw", 8000, 1, 2000), &[]);
    check(".raw", &by("ulaw,16000,2"), ("pcm_mulaw", 16_000, 2, 1000), &[]);
    // What the user says goes before the name.
    check(".alaw", &by("ulaw"), ("pcm_mulaw", 8000, 1, 2000), &[]);
    let error = decode_as(".raw", &mulaw, &nothing).map(|_| ()).expect_err("nothing tells what it is");
    assert!(error.to_string().contains("--raw CODEC,RATE"), "{error}");
    // A header goes before both.
    let wav = bytes_of("pcm_s16le.wav");
    for options in [&by("ulaw"), &nothing] {
        assert_eq!(decode_as(".ulaw", &wav, options).expect("a WAV").codec, "pcm_s16le");
    }
    let text = b"Agent: good morning\nCustomer: hello\n";
    assert!(decode_as(".txt", text, &by("ulaw")).is_err(), "a text is no recording");
}

#[test]
fn a_pcm_file_is_linear_or_companded_by_what_its_samples_look_like() {
    for (name, codec) in [("raw.ulaw", "pcm_mulaw"), ("raw.al", "pcm_alaw"), ("raw.sln", "pcm_s16le")] {
        let decoded = decode_as(".pcm", &bytes_of(name), &DecodeOptions::default()).expect(name);
        assert_eq!(decoded.codec, codec);
        assert_eq!(codes(&decoded), ["format_assumed"]);
    }
}

#[test]
fn each_limit_refuses_by_its_name() {
    let limits = DecodeLimits::default;
    let path = reference("fixtures").join("stereo_pcm_s16le.wav");
    // 0.25 s, 2 channels, 8 kHz: 8044 bytes, and 16,000 bytes of samples.
    for (limits, word) in [
        (DecodeLimits { max_duration_s: 0.2, ..limits() }, "limit duration: the recording is longer than 0.2 s"),
        (DecodeLimits { max_channels: 1, ..limits() }, "limit channels: 2 channels, at most 1"),
        (DecodeLimits { max_rate_hz: 7999, ..limits() }, "limit sample_rate: 8000 Hz, at most 7999"),
        (DecodeLimits { max_file_bytes: 8043, ..limits() }, "limit bytes: 8044 bytes, at most 8043"),
        (DecodeLimits { max_sample_bytes: 15_999, ..limits() }, "limit memory: 2 channels at 8000 Hz"),
    ] {
        let error = decode(&path, &limits).map(|_| ()).expect_err(word);
        assert_eq!(error.kind(), "limit", "{error}");
        assert!(error.to_string().contains(word), "{word}: {error}");
    }
    let just = DecodeLimits {
        max_duration_s: 0.25,
        max_channels: 2,
        max_rate_hz: 8000,
        max_file_bytes: 8044,
        max_sample_bytes: 16_000,
    };
    assert!(decode(&path, &just).is_ok(), "what reaches a limit is not over it");
}

/// The bytes with a number put at a place.
fn with(mut bytes: Vec<u8>, at: usize, number: &[u8]) -> Vec<u8> {
    bytes[at..at + number.len()].copy_from_slice(number);
    bytes
}

/// Where these bytes first stand.
fn find(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).position(|window| window == what).expect("they are there")
}

#[test]
fn wrong_lengths_in_any_header_do_not_cost_the_call() {
    let check = |what: &str, bytes: &[u8], n_samples: usize, expected: &[&str]| {
        let decoded = decode_bytes(bytes);
        assert_eq!(decoded.channels.n_samples(), n_samples, "{what}");
        assert_eq!(codes(&decoded), expected, "{what}: {:?}", decoded.problems);
    };
    let au = bytes_of("pcm.au");
    check("AU of length 0", &with(au.clone(), 8, &[0; 4]), 2000, &["header_length_wrong"]);
    check("AU of open length, as its standard has it", &with(au.clone(), 8, &[0xff; 4]), 2000, &[]);
    check("AU of half its length", &with(au.clone(), 8, &1000u32.to_be_bytes()), 2000, &["header_length_wrong"]);
    check("AU of twice its length", &with(au.clone(), 8, &4000u32.to_be_bytes()), 2000, &["truncated"]);
    check("AU whose samples begin inside its header", &with(au, 4, &[0; 4]), 2000, &["header_mended"]);
    let caf = bytes_of("pcm.caf");
    let at = find(&caf, b"data") + 4;
    check("CAF of length 0", &with(caf.clone(), at, &[0; 8]), 2000, &[]);
    check("CAF of open length, as its standard has it", &with(caf.clone(), at, &[0xff; 8]), 2000, &[]);
    check("CAF of twice its length", &with(caf, at, &8004u64.to_be_bytes()), 2000, &["truncated"]);
    let w64 = bytes_of("pcm.w64");
    let at = find(&w64, b"data") + 16;
    check("Wave64 of length 0", &with(w64.clone(), at, &[0; 8]), 2000, &["header_length_wrong"]);
    check("Wave64 of open length", &with(w64.clone(), at, &[0xff; 8]), 2000, &["header_length_wrong"]);
    check("Wave64 of twice its length", &with(w64, at, &8024u64.to_le_bytes()), 2000, &["truncated"]);
    let rf64 = bytes_of("rf64.wav");
    let at = find(&rf64, b"ds64") + 16;
    check("RF64 of length 0", &with(rf64.clone(), at, &[0; 8]), 2000, &["header_length_wrong"]);
    check("RF64 of twice its length", &with(rf64, at, &8000u64.to_le_bytes()), 2000, &["truncated"]);
    let gsm = bytes_of("gsm.wav");
    let at = find(&gsm, b"data") + 4;
    check("GSM in WAV of length 0", &with(gsm.clone(), at, &[0; 4]), 4160, &["header_length_wrong"]);
    check("GSM in WAV written to a pipe", &with(gsm, at, &[0xff; 4]), 4160, &["header_length_wrong"]);
}

#[test]
fn headers_that_lie_about_a_fixed_rate_are_mended() {
    let wav = bytes_of("g722.wav");
    let decoded = decode_bytes(&with(wav, 24, &8000u32.to_le_bytes()));
    assert_eq!(decoded.channels.rate().hz(), 16_000, "G.722 has one rate");
    assert_eq!(codes(&decoded), ["header_mended"]);
    let gsm = bytes_of("gsm.wav");
    let decoded = decode_bytes(&with(gsm, 32, &33u16.to_le_bytes()));
    assert_eq!(codes(&decoded), ["header_mended"], "blocks of GSM in WAV have 65 bytes");
    assert_eq!(decoded.channels.n_samples(), 4160);
}

#[test]
fn bytes_lost_in_a_stream_of_speech_frames_are_skipped_and_told() {
    for (name, magic, frame) in [("gsm.gsm", 0, 33), ("narrow.amr", 6, 32)] {
        // Two seconds: raw GSM is known by the first third of one.
        let once = bytes_of(name);
        let clean = [&once[..magic], &once[magic..].repeat(4)].concat();
        let whole = decode_bytes(&clean).channels.n_samples();
        // Half a frame is missing behind the twentieth.
        let at = magic + 20 * frame;
        let cut = [&clean[..at], &clean[at + frame / 2..]].concat();
        let decoded = decode_bytes(&cut);
        assert_eq!(codes(&decoded), ["bytes_skipped"], "{name}: {:?}", decoded.problems);
        let lost = whole - decoded.channels.n_samples();
        assert!((160..=320).contains(&lost), "{name}: {lost} samples, one frame and perhaps the one before");
        // Rubbish between two frames costs nothing but its own bytes.
        let rubbish = [&clean[..at], &[0x83; 50], &clean[at..]].concat();
        let decoded = decode_bytes(&rubbish);
        assert_eq!(codes(&decoded), ["bytes_skipped"], "{name}");
        assert!(decoded.channels.n_samples() + 160 >= whole, "{name}");
        // Cut inside the last frame.
        let decoded = decode_bytes(&clean[..clean.len() - 3]);
        assert_eq!(codes(&decoded), ["truncated"], "{name}");
    }
}

#[test]
fn a_matroska_file_whose_recorder_crashed_is_read_up_to_there() {
    // Browsers write segments and clusters of open length, and no duration.
    let clean = bytes_of("opus.webm");
    let whole = decode_bytes(&clean).channels;
    let segment = find(&clean, &[0x18, 0x53, 0x80, 0x67]) + 4;
    let cluster = find(&clean, &[0x1f, 0x43, 0xb6, 0x75]) + 4;
    let open = |bytes: Vec<u8>, at: usize| {
        // All ones of the same length as was there.
        let len = bytes[at].leading_zeros() as usize + 1;
        let mut ones = vec![0xff; len];
        ones[0] = 0xff >> (len - 1);
        with(bytes, at, &ones)
    };
    let streamed = open(open(clean.clone(), segment), cluster);
    assert_eq!(decode_bytes(&streamed).channels, whole, "open lengths are no damage");
    let cut = decode_bytes(&streamed[..streamed.len() * 3 / 4]);
    assert!(codes(&cut).contains(&"truncated"), "{:?}", cut.problems);
    let n = cut.channels.n_samples();
    assert!(n > whole.n_samples() / 2 && cut.channels.plane(0) == &whole.plane(0)[..n], "{n} samples, the same ones");
}

#[test]
fn a_hole_in_a_matroska_file_becomes_silence_and_later_sounds_keep_their_time() {
    let clean = bytes_of("pcm.mka");
    let cluster = find(&clean, &[0x1f, 0x43, 0xb6, 0x75]);
    let stamp = cluster + find(&clean[cluster..], &[0xe7, 0x81]) + 2;
    let end = cluster + find(&clean[cluster..], &[0x1c, 0x53, 0xbb, 0x6b]);
    let whole = decode_bytes(&clean).channels;
    // The same cluster once more, 0.1 s after the first has ended. 350 ms: in two bytes, one more than 0.
    let mut later = clean[cluster..end].to_vec();
    let at = stamp - cluster;
    later.splice(at - 1..at + 1, [0x82, 0x01, 0x5e]);
    // The cluster's own length is left as it is: it is entered whatever it says.
    let twice = [&clean[..end], &later, &clean[end..]].concat();
    let decoded = decode_bytes(&twice);
    assert!(codes(&decoded).contains(&"gap"), "{:?}", decoded.problems);
    let n = whole.n_samples();
    assert_eq!(decoded.channels.n_samples(), n + 800 + n, "0.1 s of silence between");
    assert!(decoded.channels.plane(0)[n..n + 800].iter().all(|&sample| sample == 0.0));
    assert_eq!(decoded.channels.plane(0)[n + 800..], *whole.plane(0));
}

#[test]
fn speech_frames_in_a_3gp_file_are_read() {
    let stream = &bytes_of("narrow.amr")[6..];
    let decoded = decode_bytes(&three_gp(stream));
    assert_eq!((decoded.container.as_str(), decoded.codec.as_str()), ("mp4", "amr_nb"));
    assert_eq!(decoded.channels, decode_bytes(&bytes_of("narrow.amr")).channels);
    // A table that points behind the end of the file is bounded by the file.
    let cut = three_gp(stream);
    assert!(!codes(&decode_bytes(&cut[..cut.len() - 10])).is_empty(), "told");
}

/// A 3GP file whose one chunk holds a stream of AMR frames, with the atoms that matter (ISO/IEC 14496-12).
fn three_gp(stream: &[u8]) -> Vec<u8> {
    fn atom(name: &[u8; 4], body: &[&[u8]]) -> Vec<u8> {
        let body = body.concat();
        [&(body.len() as u32 + 8).to_be_bytes()[..], name, &body].concat()
    }
    let number = |n: usize| (n as u32).to_be_bytes();
    let file_type = atom(b"ftyp", &[b"3gp4\0\0\0\0"]);
    let entry = atom(
        b"samr",
        &[&[0; 6], &[0, 1], &[0; 8], &[0, 1], &[0, 16], &[0; 4], &(8000u32 << 16).to_be_bytes(), &[0; 17]],
    );
    let movie = |start: usize| {
        let table = atom(
            b"stbl",
            &[
                &atom(b"stsd", &[&[0; 4], &number(1), &entry]),
                &atom(b"stts", &[&[0; 4], &number(1), &number(1), &number(160)]),
                &atom(b"stsc", &[&[0; 4], &number(1), &number(1), &number(1), &number(1)]),
                &atom(b"stsz", &[&[0; 4], &number(stream.len()), &number(1)]),
                &atom(b"stco", &[&[0; 4], &number(1), &number(start)]),
            ],
        );
        let handler = atom(b"hdlr", &[&[0; 8], b"soun", &[0; 13]]);
        let header = |len: usize| [&[0; 12][..], &number(8000), &number(4000), &vec![0; len]].concat();
        let media = atom(
            b"mdia",
            &[&atom(b"mdhd", &[&header(4)]), &handler, &atom(b"minf", &[&atom(b"smhd", &[&[0; 8]]), &table])],
        );
        let track_head = atom(b"tkhd", &[&[0; 12], &number(1), &[0; 68]]);
        atom(b"moov", &[&atom(b"mvhd", &[&header(80)]), &atom(b"trak", &[&track_head, &media])])
    };
    let start = file_type.len() + movie(0).len() + 8;
    [file_type, movie(start), atom(b"mdat", &[stream])].concat()
}
