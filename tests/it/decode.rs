//! Decoding, against what ffmpeg hears in the same files: `tests/reference/audio/make.sh` made both.

use std::path::{Path, PathBuf};

use callvet::audio::{DecodeLimits, Decoded, EXTENSIONS, decode, probes_as_audio};
use callvet::call::Channels;
use sha2::{Digest, Sha256};

fn reference(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/audio").join(name)
}

fn fixture(name: &str) -> Decoded {
    let decoded = decode(&reference("fixtures").join(name), &DecodeLimits::default());
    decoded.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The rows of a table of tab-separated columns.
fn rows(table: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(reference(table)).expect("the table is committed");
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn interleaved(channels: &Channels) -> Vec<f32> {
    (0..channels.n_samples()).flat_map(|i| channels.planes().iter().map(move |plane| plane[i])).collect()
}

/// What a row says of file, container, codec, rate, channels and length.
fn check_facts(row: &[String], decoded: &Decoded) {
    let name = &row[0];
    assert_eq!(decoded.container, row[1], "{name}: container");
    assert_eq!(decoded.codec, row[2], "{name}: codec");
    assert_eq!(decoded.channels.rate().hz().to_string(), row[3], "{name}: rate");
    assert_eq!(decoded.channels.n_channels().to_string(), row[4], "{name}: channels");
    assert_eq!(decoded.channels.n_samples().to_string(), row[5], "{name}: samples");
    // Without a header there is one thing to say: what was assumed.
    let codes: Vec<&str> = decoded.problems.iter().map(|problem| problem.code.as_str()).collect();
    let expected: &[&str] = if decoded.container == "raw" { &["format_assumed"] } else { &[] };
    assert_eq!(codes, expected, "{name}: a sound file has no problems: {:?}", decoded.problems);
}

#[test]
fn lossless_formats_are_decoded_bit_for_bit() {
    let rows = rows("lossless.tsv");
    assert!(rows.len() >= 43, "the table has all formats");
    for row in rows {
        let decoded = fixture(&row[0]);
        check_facts(&row, &decoded);
        let bytes: Vec<u8> = interleaved(&decoded.channels).iter().flat_map(|s| s.to_le_bytes()).collect();
        let hash: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hash, row[6], "{}: samples differ", row[0]);
    }
}

/// Signal to difference in dB, over the samples that both have.
fn agreement_db(ours: &[f32], theirs: &[f32]) -> f64 {
    let signal: f64 = theirs.iter().map(|&s| f64::from(s).powi(2)).sum();
    let noise: f64 = ours.iter().zip(theirs).map(|(&a, &b)| (f64::from(a) - f64::from(b)).powi(2)).sum();
    10.0 * (signal / noise.max(1e-30)).log10()
}

#[test]
fn lossy_formats_agree_with_another_decoder_sample_for_sample() {
    // The reference is rounded to 16 bits, 98 dB below a full-scale sine; the signal is about 30 dB below that.
    // One sample of misalignment of this signal would leave less than 20 dB. A row may ask for another bound.
    const AT_LEAST_DB: f64 = 60.0;
    let rows = rows("lossy.tsv");
    assert!(rows.len() >= 24, "the table has all formats");
    for row in rows {
        let decoded = fixture(&row[0]);
        check_facts(&row, &decoded);
        let pcm = std::fs::read(reference("pcm").join(format!("{}.s16", row[0]))).expect("committed");
        let theirs: Vec<f32> =
            pcm.chunks_exact(2).map(|b| f32::from(i16::from_le_bytes([b[0], b[1]])) / 32_768.0).collect();
        let db = agreement_db(&interleaved(&decoded.channels), &theirs);
        println!("{}: {db:.1} dB", row[0]);
        let at_least_db = row.get(6).map_or(AT_LEAST_DB, |db| db.parse().expect("a number"));
        assert!(db >= at_least_db, "{}: {db:.1} dB", row[0]);
    }
}

#[test]
fn other_formats_are_refused_by_name() {
    for row in rows("unsupported.tsv") {
        let path = reference("fixtures").join(&row[0]);
        let error = decode(&path, &DecodeLimits::default()).expect_err(&row[0]);
        assert_eq!(error.kind(), "unsupported", "{}: {error}", row[0]);
        assert!(error.to_string().contains(&row[1]), "{}: {error}", row[0]);
        let is_raw = row[0].starts_with("raw.");
        assert_eq!(probes_as_audio(&path), !is_raw, "{} is sound, though of a kind that is not decoded", row[0]);
    }
}

#[test]
fn the_decoder_that_reports_name_is_the_one_that_is_built_in() {
    let lock = include_str!("../../Cargo.lock");
    let version = lock.split("name = \"symphonia\"\nversion = \"").nth(1).and_then(|rest| rest.split('"').next());
    let expected = format!("symphonia {}", version.expect("symphonia is a dependency"));
    assert_eq!(fixture("pcm_s16le.wav").decoder, expected);
    assert_eq!(fixture("mono.opus").decoder, format!("{expected} + libopus"));
    let version =
        lock.split("name = \"rvoip-codec-core\"\nversion = \"").nth(1).and_then(|rest| rest.split('"').next());
    assert_eq!(fixture("narrow.amr").decoder, format!("rvoip-codec-core {}", version.expect("a dependency")));
    assert_eq!(fixture("gsm.gsm").decoder, format!("callvet {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn only_what_every_browser_plays_is_called_playable() {
    for (name, expected) in [
        ("pcm_s16le.wav", true),
        ("pcm_u8.wav", true),
        ("pcm_f32le.wav", true),
        ("mono.flac", true),
        ("mono_8k.mp3", true),
        ("aac.m4a", true),
        ("stereo_vorbis.ogg", true),
        ("mono.opus", true),
        ("pcm_s24le.wav", false),
        ("pcm_mulaw.wav", false),
        ("pcm_alaw.wav", false),
        ("adpcm_ima_wav.wav", false),
        ("adpcm_ms.wav", false),
        ("mp3.wav", false),
        ("quad_extensible.wav", false),
        ("pcm_s16be.aiff", false),
        ("flac.ogg", false),
        ("alac.m4a", false),
        ("stereo.aac", false),
        ("opus.webm", false),
        ("gsm.wav", false),
        ("pcm.au", false),
        ("raw.ulaw", false),
    ] {
        assert_eq!(fixture(name).is_browser_playable, expected, "{name}");
    }
}

#[test]
fn content_decides_and_not_the_name() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, alias, container) in
        [("mono_8k.mp3", "call.wav", "mp3"), ("pcm_s16le.wav", "call.mp3", "wav"), ("mono.opus", "call", "ogg")]
    {
        let alias = folder.path().join(alias);
        std::fs::copy(reference("fixtures").join(name), &alias).expect("copied");
        let decoded = decode(&alias, &DecodeLimits::default()).expect(name);
        assert_eq!(decoded.container, container);
        assert_eq!(decoded.channels, fixture(name).channels, "{name}");
        assert!(probes_as_audio(&alias));
    }
}

#[test]
fn every_fixture_has_a_published_extension() {
    for entry in std::fs::read_dir(reference("fixtures")).expect("committed") {
        let path = entry.expect("readable").path();
        let extension = path.extension().and_then(|e| e.to_str()).expect("fixtures have extensions");
        assert!(EXTENSIONS.contains(&extension), "{extension}");
        // What has no header is known by its name alone.
        let is_raw = path.file_stem().is_some_and(|stem| stem == "raw");
        assert_eq!(probes_as_audio(&path), !is_raw, "{}", path.display());
    }
}
