//! `callvet redact`: what is masked in sound and text, what stays, and the second scan.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use callvet::batch::redact::{RedactError, RedactionReport, Stages, run};
use callvet::call::{CallActivity, Channels, LeakagePath, Transcript, Utterance, Word};
use callvet::pipeline::redact::AudioMask;
use callvet::pipeline::{CallFailure, CallJob, Engine, Settings};
use callvet::transcribe::{TranscribeError, TranscribeOptions, Transcribed, Transcriber};
use serde_json::Value;

use crate::program::{arg, callvet};

const RATE_HZ: usize = 8000;

/// Words of the made call with their times, on channel 1. Said: "my card is 4111 1111 1111 1111 thank you".
const WORDS: [(&str, f64, f64); 9] = [
    ("my", 1.0, 1.2),
    ("card", 1.2, 1.6),
    ("is", 1.6, 1.8),
    ("4111", 2.0, 2.6),
    ("1111", 2.6, 3.2),
    ("1111", 3.2, 3.8),
    ("1111", 3.8, 4.4),
    ("thank", 5.0, 5.3),
    ("you", 5.3, 5.6),
];

/// The sample that a word sounds like here: each has its own constant level, which no mask has.
fn level_of(word: usize) -> i16 {
    3000 + 500 * word as i16
}

/// Hears a word where its level is in the middle of it, and says it when it is there.
struct Listener {
    /// A card number that it hears only after something was masked: what a first scan misses.
    hears_more_the_second_time: bool,
}

impl Transcriber for Listener {
    fn transcribe(
        &self,
        channels: &Channels,
        _: &CallActivity,
        _: &[LeakagePath],
        _: &TranscribeOptions,
    ) -> Result<Transcribed, TranscribeError> {
        let heard = |at_s: f64| (channels.plane(1)[(at_s * RATE_HZ as f64) as usize] * 32768.0).round() as i16;
        let is_masked = heard(3.0) != level_of(4);
        let mut words: Vec<Word> = Vec::new();
        for (i, (text, start_s, end_s)) in WORDS.iter().enumerate() {
            if heard(f64::midpoint(*start_s, *end_s)) == level_of(i) {
                let text = match (*text, is_masked && self.hears_more_the_second_time) {
                    ("you", true) => "ann@example.org",
                    (text, _) => text,
                };
                words.push(Word { start_s: *start_s, end_s: *end_s, text: text.into(), probability: 0.9 });
            }
        }
        let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let utterance = Utterance {
            start_s: words.first().map(|word| word.start_s),
            end_s: words.last().map(|word| word.end_s),
            channel: Some(1),
            speaker: None,
            language: Some("en".into()),
            text,
            confidence: Some(0.9),
            words,
        };
        let transcript =
            Transcript { language: Some("en".into()), utterances: vec![utterance], ..Transcript::default() };
        Ok(Transcribed { transcript, problems: Vec::new() })
    }
}

/// Two channels of 6 s: the words on channel 1, weaker on channel 0.
fn made_call() -> [Vec<i16>; 2] {
    let mut planes = [vec![100_i16; 6 * RATE_HZ], vec![200_i16; 6 * RATE_HZ]];
    for (i, (_, start_s, end_s)) in WORDS.iter().enumerate() {
        let (from, to) = ((start_s * RATE_HZ as f64) as usize, (end_s * RATE_HZ as f64) as usize);
        planes[1][from..to].fill(level_of(i));
        planes[0][from..to].fill(level_of(i) / 10);
    }
    planes
}

fn write_wav(path: &Path, planes: &[Vec<i16>; 2]) {
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: RATE_HZ as u32,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, spec).expect("writable");
    for i in 0..planes[0].len() {
        planes.iter().for_each(|plane| writer.write_sample(plane[i]).expect("writable"));
    }
    writer.finalize().expect("writable");
}

fn read_wav(path: &Path) -> [Vec<i16>; 2] {
    let mut reader = hound::WavReader::open(path).expect("a WAV file");
    let samples: Vec<i16> = reader.samples::<i16>().map(|sample| sample.expect("whole")).collect();
    [0, 1].map(|channel| samples.iter().skip(channel).step_by(2).copied().collect())
}

fn redact(files: &[&Path], out: &Path, mask: AudioMask, listener: Listener) -> Result<RedactionReport, RedactError> {
    let engine = Engine::with_transcriber(Settings::default(), Box::new(listener)).expect("the models are committed");
    let analyse = |job: &CallJob| engine.analyse(job);
    let scan = |_: &Path, _: &str| -> Result<_, CallFailure> { unreachable!("no text is given") };
    let files: Vec<_> = files.iter().map(|path| path.to_path_buf()).collect();
    run(&files, out, mask, false, &Stages { analyse: &analyse, scan: &scan, ready: &|| () }, |_| {})
}

#[test]
fn the_words_of_a_number_are_masked_on_every_channel_and_nothing_else_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (call, planes) = (folder.path().join("call.wav"), made_call());
    write_wav(&call, &planes);
    let original = fs::read(&call).expect("there");
    for (mask, name) in [(AudioMask::Tone, "tone"), (AudioMask::Silence, "silence")] {
        let out = folder.path().join(name);
        let report = redact(&[&call], &out, mask, Listener { hears_more_the_second_time: false }).expect("writable");
        let file = &report.files[0];
        let scan = file.second_scan.as_ref().expect("scanned");
        assert_eq!((file.masked.len(), scan.status, scan.n_scans), (1, "clean", 1), "{file:?}");
        // The card from 2.0 to 4.4 s, 250 ms more on both sides.
        assert_eq!((file.masked[0].start_s, file.masked[0].end_s), (Some(1.75), Some(4.65)));
        let (from, to) = (1.75 * RATE_HZ as f64, 4.65 * RATE_HZ as f64);
        let (from, to) = (from as usize, to.ceil() as usize);
        for (masked, before) in read_wav(&out.join("call.wav")).iter().zip(&planes) {
            assert_eq!((&masked[..from], &masked[to..]), (&before[..from], &before[to..]));
            // No sample of the words is left: the tone has none of their levels, its largest is 2323.
            let largest = if mask == AudioMask::Tone { 2323 } else { 0 };
            let loudest = masked[from..to].iter().map(|sample| sample.unsigned_abs()).max();
            assert_eq!(loudest.map(|loudest| loudest.abs_diff(largest) <= 1), Some(true), "{loudest:?}");
        }
        let words = fs::read_to_string(out.join(file.text.as_ref().expect("words"))).expect("there");
        assert!(words.contains("thank you") && !words.contains("1111"), "{words}");
        for entry in fs::read_dir(&out).expect("there") {
            let mode = entry.expect("there").metadata().expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
    assert_eq!(fs::read(&call).expect("there"), original);
}

#[test]
fn what_only_the_second_scan_hears_is_masked_before_the_third() {
    let folder = tempfile::tempdir().expect("a folder");
    let call = folder.path().join("call.wav");
    write_wav(&call, &made_call());
    let out = folder.path().join("out");
    let report =
        redact(&[&call], &out, AudioMask::Silence, Listener { hears_more_the_second_time: true }).expect("writable");
    let file = &report.files[0];
    let kinds: Vec<&str> = file.masked.iter().map(|span| span.kind.as_str()).collect();
    assert_eq!(kinds, ["card", "email"]);
    assert_eq!(file.second_scan.as_ref().map(|scan| (scan.status, scan.n_scans)), Some(("clean", 2)));
}

#[test]
fn nothing_is_written_over_an_original_or_an_earlier_copy() {
    let folder = tempfile::tempdir().expect("a folder");
    let call = folder.path().join("call.wav");
    write_wav(&call, &made_call());
    let listener = || Listener { hears_more_the_second_time: false };
    let refused = redact(&[&call], folder.path(), AudioMask::Tone, listener());
    assert!(matches!(refused, Err(RedactError::Original(_))), "{refused:?}");
    let out = folder.path().join("out");
    redact(&[&call], &out, AudioMask::Tone, listener()).expect("a new folder");
    let again = redact(&[&call], &out, AudioMask::Tone, listener());
    assert!(matches!(again, Err(RedactError::Exists(_))), "{again:?}");
    let same = folder.path().join("call.flac");
    fs::write(&same, b"x").expect("writable");
    let twice = redact(&[&call, &same], &folder.path().join("new"), AudioMask::Tone, listener());
    assert!(matches!(twice, Err(RedactError::SameName(_))), "{twice:?}");
}

#[test]
fn texts_are_copied_with_masks_and_the_program_tells_what_it_did() {
    let folder = tempfile::tempdir().expect("a folder");
    let (chat, talk, out) = (folder.path().join("chat.txt"), folder.path().join("talk.vtt"), folder.path().join("out"));
    let said = "# a comment with 4111 1111 1111 1111\n[00:05] agent: Dzień dobry, w czym mogę pomóc?\n\
        customer: Proszę zapisać, mój numer karty to 4111 1111 1111 1111.\n";
    fs::write(&chat, said).expect("writable");
    let subtitles = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v customer>Call me on +44 7911 123456 & ask for me\n";
    fs::write(&talk, subtitles).expect("writable");
    let ran = callvet(["redact", arg(&chat), arg(&talk), "--out", arg(&out)]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        ran.stdout,
        "chat.txt: 1 masked (card 1), second scan clean\ntalk.vtt: 1 masked (phone 1), second scan clean\n"
    );
    let read = |name: &str| fs::read_to_string(out.join(name)).expect("written");
    assert_eq!(
        read("chat.txt"),
        "[00:00:05.000] agent: Dzień dobry, w czym mogę pomóc?\ncustomer: Proszę zapisać, mój numer karty to [card].\n"
    );
    assert_eq!(
        read("talk.vtt"),
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v customer>Call me on [phone] &amp; ask for me\n"
    );
    let report: Value = serde_json::from_str(&read("redaction.json")).expect("JSON");
    let schema = serde_json::from_str(&RedactionReport::schema()).expect("JSON");
    assert!(jsonschema::validator_for(&schema).expect("a schema").is_valid(&report), "{report}");
    assert_eq!(report["schema"], "callvet.redaction/1");
    assert_eq!(report["files"][0]["masked"][0]["kind"], "card");
    assert_eq!(report["files"][0]["masked"][0]["line"], 3);
    assert_eq!(report["files"][1]["second_scan"]["status"], "clean");
    assert_eq!(fs::read_to_string(&chat).expect("there"), said);

    let again = callvet(["redact", arg(&chat), "--out", arg(&out)]);
    assert!(again.code == 2 && again.stderr.contains("--force"), "{again:?}");
    let forced = callvet(["redact", arg(&chat), "--out", arg(&out), "--force"]);
    assert_eq!(forced.code, 0, "{}", forced.stderr);
    let broken = folder.path().join("broken.json");
    fs::write(&broken, "{").expect("writable");
    let failed = callvet(["redact", arg(&broken), "--out", arg(&folder.path().join("b"))]);
    assert_eq!(failed.code, 3, "{failed:?}");
}
