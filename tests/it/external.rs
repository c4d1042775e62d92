//! The external decoder: that it is asked with the right words, limited, and never needed. A shell script stands for
//! ffmpeg, so that these tests run wherever there is a shell; the last one asks the real program where there is one.
#![cfg(unix)]

use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use callvet::audio::{DecodeError, DecodeLimits, DecodeOptions, Decoded, External, decode, decode_with};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/audio/fixtures").join(name)
}

/// A folder with a program called ffmpeg that does `script` when it is not asked for its version.
struct Fake {
    folder: tempfile::TempDir,
}

impl Fake {
    fn new(script: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("ffmpeg");
        let here = folder.path().display();
        let text = format!(
            "#!/bin/sh\nif [ \"$1\" = -version ]; then echo 'ffmpeg version 9.9-fake Copyright'; exit 0; fi\n\
             printf '%s\\n' \"$@\" >'{here}/arguments'\n{script}\n"
        );
        std::fs::write(&path, text).expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("executable");
        Self { folder }
    }

    fn external(&self) -> External {
        External::in_folders(self.folder.path().as_os_str())
    }

    fn arguments(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.folder.path().join("arguments")).expect("it was asked");
        text.lines().map(str::to_owned).collect()
    }

    fn was_asked(&self) -> bool {
        self.folder.path().join("arguments").exists()
    }
}

/// Shell that writes an AU header for 32-bit floats at 8 kHz in one channel, and samples: 0.5 each.
fn samples(n: usize) -> String {
    let mut script =
        r"printf '.snd\000\000\000\030\377\377\377\377\000\000\000\006\000\000\037\100\000\000\000\001'".to_owned();
    if n > 0 {
        script += &format!("\ni=0; while [ $i -lt {n} ]; do printf '\\077\\000\\000\\000'; i=$((i+1)); done");
    }
    script
}

fn decode_by(external: External, path: &Path) -> Result<Decoded, DecodeError> {
    decode_with(path, &DecodeOptions { external, ..DecodeOptions::default() })
}

fn check_refused(external: External, path: &Path, kind: &str, words: &[&str]) {
    let error = decode_by(external, path).map(|decoded| decoded.decoder).expect_err("nothing to hear");
    let message = error.to_string();
    assert_eq!(error.kind(), kind, "{message}");
    for word in words {
        assert!(message.contains(word), "{word} is not in: {message}");
    }
}

#[test]
fn what_no_decoder_here_reads_is_named_with_what_would_help() {
    let nowhere = tempfile::tempdir().expect("a temporary folder");
    let missing = || External::in_folders(nowhere.path().as_os_str());
    for (name, codec) in [
        ("g726.wav", "G.726"),
        ("wma.wma", "Windows Media"),
        ("speex.spx", "Speex"),
        ("raw.g723", "G.723.1"),
        ("adpcm_ima_qt.aifc", "ima4"),
    ] {
        let path = fixture(name);
        check_refused(missing(), &path, "unsupported", &["unsupported codec", codec, "; install ffmpeg to read it"]);
        check_refused(External::off(), &path, "unsupported", &[codec, "switched off"]);
        let error = decode(&path, &DecodeLimits::default()).map(|_| ()).expect_err("off by default");
        assert!(error.to_string().contains("switched off"), "{error}");
    }
}

#[test]
fn what_it_writes_is_the_recording() {
    let talk = r"echo '[info]   Stream #0:0: Audio: adpcm_g726 (E[0][0][0] / 0x0045), 8000 Hz, mono, s16, 32 kb/s' >&2";
    let fake = Fake::new(&format!("{talk}\n{}", samples(400)));
    let decoded = decode_by(fake.external(), &fixture("g726.wav")).expect("decodes");
    assert_eq!((decoded.container.as_str(), decoded.codec.as_str()), ("wav", "adpcm_g726"));
    assert_eq!(decoded.decoder, "ffmpeg 9.9-fake");
    assert_eq!((decoded.channels.rate().hz(), decoded.channels.n_channels()), (8000, 1));
    assert_eq!(decoded.channels.plane(0), [0.5; 400]);
    assert!(decoded.problems.is_empty() && !decoded.is_browser_playable, "{:?}", decoded.problems);
}

#[test]
fn it_is_told_one_demuxer_and_no_protocol_but_files_and_pipes() {
    let fake = Fake::new(&samples(10));
    // A name that would be an option, another protocol or a command if it were read as one.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("-i http:`reboot`;$(x) 'a\".wma");
    std::fs::copy(fixture("wma.wma"), &path).expect("copied");
    decode_by(fake.external(), &path).expect("decodes");
    let arguments = fake.arguments();
    let input = arguments.iter().position(|argument| argument == "-i").expect("an input");
    let value = |option: &str| {
        let at = arguments.iter().position(|argument| argument == option).unwrap_or_else(|| panic!("{option}"));
        assert!(at < input, "{option} is for the input");
        arguments[at + 1].as_str()
    };
    assert_eq!(value("-protocol_whitelist"), "file,pipe");
    assert_eq!(value("-format_whitelist"), "asf");
    assert_eq!(value("-f"), "asf");
    assert_eq!(arguments[input + 1], format!("file:{}", path.display()));
    assert!(arguments.contains(&"-nostdin".to_owned()));
    assert_eq!(arguments.last().map(String::as_str), Some("pipe:1"));
}

#[test]
fn it_is_not_asked_for_what_we_read_or_for_what_is_no_recording() {
    let fake = Fake::new(&samples(10));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    };
    let list = b"#EXTM3U\n#EXT-X-VERSION:3\nhttp://127.0.0.1/secret.ts\n";
    for (path, kind) in [
        (file("list.m3u8", list), "unsupported"),
        // A playlist is a playlist, whatever it is called.
        (file("list.spx", list), "unsupported"),
        (file("list.mp3", b"ffconcat version 1.0\nfile /etc/passwd\n"), "unsupported"),
        (file("cut.wav", b"RIFF\0\0\0\0WAVEfmt "), "malformed"),
        (file("empty.wma", b""), "no_audio"),
    ] {
        check_refused(fake.external(), &path, kind, &[]);
    }
    assert_eq!(decode_by(fake.external(), &fixture("mono_8k.mp3")).expect("ours").container, "mp3");
    assert!(!fake.was_asked());
}

#[test]
fn a_program_that_hangs_is_ended() {
    let begun = Instant::now();
    for script in ["exec sleep 600".to_owned(), format!("{}\nexec sleep 600", samples(100))] {
        let fake = Fake::new(&script);
        let external = fake.external().within(Duration::from_millis(500));
        check_refused(external, &fixture("wma.wma"), "limit", &["time: ffmpeg"]);
    }
    // Not a speed: only a hang takes minutes.
    assert!(begun.elapsed().as_secs() < 300, "{:?}", begun.elapsed());
}

#[test]
fn a_program_that_writes_without_end_meets_the_limit_of_length() {
    // Zeros for ever, behind a good header: silence longer than any recording.
    let fake = Fake::new(&format!("{}\nexec cat /dev/zero", samples(0)));
    check_refused(fake.external(), &fixture("wma.wma"), "limit", &["duration", "14400 s"]);
}

#[test]
fn a_program_that_fails_or_talks_nonsense_is_an_unsupported_codec_with_its_words() {
    let failing = Fake::new("echo '[asf @ 0x55] [error] no such thing' >&2\nexit 1");
    let words = ["Windows Media", "9.9-fake", "no such thing"];
    check_refused(failing.external(), &fixture("wma.wma"), "unsupported", &words);
    let nonsense = Fake::new("yes nonsense | head -c 4000");
    check_refused(nonsense.external(), &fixture("wma.wma"), "malformed", &["ffmpeg"]);
    let silent = Fake::new("exit 0");
    check_refused(silent.external(), &fixture("wma.wma"), "unsupported", &["9.9-fake"]);
}

#[test]
fn a_program_that_stops_early_leaves_what_it_read_and_a_problem() {
    let fake = Fake::new(&format!("{}\necho '[wmav2 @ 0x55] [error] broken packet' >&2\nexit 1", samples(80)));
    let decoded = decode_by(fake.external(), &fixture("wma.wma")).expect("some of it");
    assert_eq!(decoded.channels.n_samples(), 80);
    let problem = &decoded.problems[0];
    assert_eq!(problem.code, "decoder_errors");
    assert!(problem.message.contains("broken packet") && problem.message.contains("0.010 s"), "{}", problem.message);
}

#[test]
fn a_program_that_is_none_is_as_good_as_missing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("ffmpeg");
    for text in ["#!/bin/sh\necho 'not it'\n", "#!/bin/sh\nexit 1\n", "#!/not/there\n"] {
        std::fs::write(&path, text).expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("executable");
        let external = External::in_folders(folder.path().as_os_str());
        check_refused(external, &fixture("wma.wma"), "unsupported", &["install ffmpeg"]);
    }
    // A folder that depends on where the program was started is not looked into.
    let external = External::in_folders(&OsString::from(".:relative"));
    assert!(external.ffmpeg().is_none());
}

#[test]
fn the_real_program_reads_what_we_do_not() {
    let external = External::on_path();
    let Some(ffmpeg) = external.ffmpeg() else {
        println!("skipped: there is no ffmpeg on the PATH");
        return;
    };
    println!("asked: {} at {}", ffmpeg.version(), ffmpeg.path().display());
    for (name, codec, rate_hz) in [
        ("g726.wav", "adpcm_g726", 8000),
        ("wma.wma", "wmav2", 8000),
        ("adpcm_ima_qt.aifc", "adpcm_ima_qt", 8000),
        ("speex.spx", "speex", 8000),
        ("raw.g723", "g723_1", 8000),
    ] {
        // Builds of ffmpeg differ in what they hold: what one cannot read must be told as such.
        match decode_by(External::on_path(), &fixture(name)) {
            Ok(decoded) => {
                assert_eq!((decoded.codec.as_str(), decoded.channels.rate().hz()), (codec, rate_hz), "{name}");
                assert!(decoded.decoder.starts_with("ffmpeg "), "{}", decoded.decoder);
                // A quarter of a second went in; codecs pad to whole frames, and WMA drops the last.
                let duration_s = decoded.channels.duration_s();
                assert!((0.15..0.6).contains(&duration_s), "{name}: {duration_s} s");
                assert!(decoded.channels.plane(0).iter().any(|sample| sample.abs() > 0.01), "{name} is silent");
            }
            Err(error) => assert!(error.to_string().contains("could not read it either"), "{name}: {error}"),
        }
    }
}
