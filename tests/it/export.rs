//! `callvet export`: which files there are, what is told, that nothing personal is in them, and clips of sound that are
//! the recording's own. Reports are made by hand; what is tested is what becomes of them.

mod formats;
mod workbook;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use callvet::batch::{Analysed, CallOutcome, Discovery, Found, NoProgress, RenderOptions, RunOptions, render, run};
use callvet::call::{CallError, CallMetadata, CallReport, Parts, Word};
use callvet::pipeline::{CallFailure, CallJob};
use callvet::units::SampleRate;
use serde_json::Value;

use crate::program::{Ran, arg, callvet};
use crate::report::calls::good_call;

const RATE_HZ: usize = 8000;
/// What is said in utterance 7 of the good call, where its masked view has `[card]`.
const CARD: &str = "4111 1111 1111 1111";

/// A sample of the recording: never 0, and another in the next one.
fn sample(channel: usize, at: usize) -> i16 {
    let value = 1 + (at % 997) as i16;
    if channel == 0 { value } else { -value }
}

fn recording() -> Vec<u8> {
    let planes: Vec<Vec<f32>> =
        (0..2).map(|channel| (0..80 * RATE_HZ).map(|at| f32::from(sample(channel, at)) / 32_768.0).collect()).collect();
    let planes: Vec<&[f32]> = planes.iter().map(Vec::as_slice).collect();
    callvet::wav::pcm16(&planes, SampleRate::new(RATE_HZ as u32).expect("in range")).expect("short")
}

/// The good call, as it was said and as it is shown.
fn analysed(job: &CallJob) -> CallOutcome {
    if job.source.ends_with("bad.wav") {
        let error = CallError { kind: "malformed".into(), message: "no sound in it".into() };
        return Err(CallFailure::Failed(error));
    }
    let mut masked = good_call();
    (masked.recording.source, masked.recording.sha256) = (job.source.clone(), job.sha256.clone());
    masked.call.started_at = None;
    if job.source.ends_with("mute.wav") {
        masked.transcript = None;
        masked.findings.retain(|finding| finding.quote.is_none());
        return Ok(Analysed { raw: masked.clone(), masked, media: None, is_browser_playable: true });
    }
    let mut raw: CallReport = masked.clone();
    let said = &mut raw.transcript.as_mut().expect("words").utterances[7];
    said.text = said.text.replace("[card]", CARD);
    let first = said.words.iter().position(|word| word.text == "[card],").expect("masked");
    let (start_s, end_s) = (said.words[first].start_s, said.words[first].end_s);
    let step_s = (end_s - start_s) / 4.0;
    let digits = ["4111", "1111", "1111", "1111,"].into_iter().enumerate().map(|(i, text)| Word {
        start_s: start_s + i as f64 * step_s,
        end_s: start_s + (i + 1) as f64 * step_s,
        text: text.into(),
        probability: 0.95,
    });
    said.words.splice(first..=first, digits);
    for finding in raw.findings.iter_mut().filter(|finding| finding.quote.as_deref() == Some("[card]")) {
        finding.quote = Some(CARD.into());
    }
    Ok(Analysed { raw, masked, media: None, is_browser_playable: true })
}

/// An analysed folder of recordings of these names.
struct Place {
    root: tempfile::TempDir,
}

impl Place {
    fn new(names: &[&str]) -> Self {
        let place = Self { root: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir(place.root.path().join("in")).expect("writable");
        let bytes = recording();
        let found = |name: &&str| {
            let path = place.recording(name);
            fs::write(&path, &bytes).expect("writable");
            Found { source: format!("in/{name}"), path, bytes: bytes.len() as u64, parts: Parts::Whole }
        };
        let discovery = Discovery { jobs: names.iter().map(found).collect(), ..Discovery::default() };
        let metadata: Vec<CallMetadata> = Vec::new();
        let options = RunOptions { jobs: 1, ..RunOptions::default() };
        let stop = AtomicBool::new(false);
        run(&discovery, &metadata, &place.dir(), &options, &analysed, &NoProgress, &stop).expect("writable");
        place
    }

    fn recording(&self, name: &str) -> PathBuf {
        self.root.path().join("in").join(name)
    }

    fn dir(&self) -> PathBuf {
        self.root.path().join("dir")
    }

    fn out(&self) -> PathBuf {
        self.root.path().join("out")
    }

    fn export(&self, options: &[&str]) -> Ran {
        let (dir, out) = (self.dir(), self.out());
        callvet(["export", arg(&dir), "--out", arg(&out)].iter().chain(options))
    }

    /// Names and bytes of the export, by name.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let entries = fs::read_dir(self.out()).expect("there").map(|entry| entry.expect("there").path());
        let mut files: Vec<(String, Vec<u8>)> = entries
            .map(|path| {
                assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600, "{path:?}");
                (path.file_name().expect("a name").to_string_lossy().into_owned(), fs::read(&path).expect("readable"))
            })
            .collect();
        files.sort();
        files
    }
}

const ALL: &str = "vtt,srt,audacity,textgrid,rttm,ctm,vcon,csv,xlsx";

#[test]
fn every_format_writes_files_that_are_named_on_standard_output() {
    let place = Place::new(&["a.wav"]);
    let ran = place.export(&["--format", ALL]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let files = place.files();
    let mut told: Vec<&str> = ran.stdout.lines().collect();
    told.sort_unstable();
    assert_eq!(told, files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());
    let endings =
        [".vtt", ".findings.vtt", ".srt", ".labels.txt", ".findings.txt", ".TextGrid", ".rttm", ".ctm", ".vcon.json"];
    let stem = told.iter().find_map(|name| name.strip_suffix(".srt")).expect("subtitles").to_owned();
    for ending in endings {
        assert!(told.contains(&format!("{stem}{ending}").as_str()), "{ending} of {told:?}");
    }
    for table in ["calls.csv", "findings.csv", "callvet.xlsx"] {
        assert!(told.contains(&table), "{told:?}");
    }
    // Again: the same bytes in their place.
    assert_eq!(place.export(&["--format", ALL]).code, 0);
    assert!(place.files() == files);
}

#[test]
fn personal_data_is_in_no_file_unless_it_is_asked_for() {
    let place = Place::new(&["a.wav"]);
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    // The workbook is compressed: its cells are looked at by the tests of the workbook; here what is stored plainly.
    let formats = "vtt,srt,audacity,textgrid,ctm,vcon,csv";
    assert_eq!(place.export(&["--format", formats]).code, 0);
    for (name, bytes) in place.files() {
        assert!(!holds(&bytes, "4111"), "{name}");
    }
    assert_eq!(place.export(&["--format", formats, "--show-personal-data"]).code, 0);
    let n_with = place.files().iter().filter(|(_, bytes)| holds(bytes, "4111")).count();
    // Words in vtt, srt, labels, TextGrid, ctm and vCon; the quote in findings.vtt, findings.txt and findings.csv.
    assert_eq!(n_with, 9);
}

#[test]
fn calls_that_have_nothing_for_a_format_are_told_and_the_others_are_there() {
    let place = Place::new(&["a.wav", "bad.wav", "mute.wav"]);
    let ran = place.export(&["--format", "srt", "--format", "csv"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr.contains("srt: in/mute.wav: it was not transcribed, so that there are no words"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("srt: in/bad.wav: it could not be analysed: no sound in it"), "{}", ran.stderr);
    assert_eq!(ran.stdout.lines().filter(|name| name.ends_with(".srt")).count(), 1);
    // Tables have a line for them: nothing is missing there.
    assert!(fs::read_to_string(place.out().join("calls.csv")).expect("there").contains("no sound in it"));
}

#[test]
fn wrong_usage_writes_nothing() {
    let place = Place::new(&["a.wav"]);
    let (dir, calls) = (place.dir(), place.dir().join("calls"));
    let check = |args: &[&str], expected: &str| {
        let ran = callvet(["export"].iter().chain(args));
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains(expected), "{}", ran.stderr);
    };
    check(&[arg(&dir), "--out", arg(&place.out())], "--format");
    check(&[arg(&dir), "--out", arg(&place.out()), "--format", "doc"], "possible values");
    check(&[arg(&dir), "--out", arg(&calls), "--format", "vtt"], "belongs to the pages");
    check(&[arg(place.root.path()), "--out", arg(&place.out()), "--format", "vtt"], "no results store");
    check(&[arg(&dir), "--out", arg(&place.out()), "--clips", "--context", "2h"], "--context");
    #[cfg(not(feature = "parquet"))]
    check(&[arg(&dir), "--out", arg(&place.out()), "--format", "vtt,parquet"], "--features parquet");
    assert!(!place.out().exists());
}

#[test]
fn tables_begin_with_a_byte_order_mark_when_they_are_asked_to() {
    let place = Place::new(&["a.wav"]);
    let begins = |folder: &Path| {
        ["calls.csv", "findings.csv"]
            .map(|name| fs::read(folder.join(name)).expect("there").starts_with(b"\xef\xbb\xbfsource,"))
    };
    assert_eq!(begins(&place.dir()), [false; 2]);
    render(&place.dir(), &RenderOptions { csv_bom: true, ..RenderOptions::default() }).expect("writable");
    assert_eq!(begins(&place.dir()), [true; 2]);
    assert_eq!(place.export(&["--format", "csv", "--csv-bom"]).code, 0);
    assert_eq!(begins(&place.out()), [true; 2]);
}

#[test]
fn the_workbook_lies_beside_the_pages() {
    let place = Place::new(&["a.wav", "bad.wav"]);
    let bytes = fs::read(place.dir().join("callvet.xlsx")).expect("written with the pages");
    assert_eq!(place.export(&["--format", "xlsx"]).code, 3, "a call failed");
    // Exported elsewhere its links are others, and nothing else.
    assert!(bytes.starts_with(b"PK") && fs::read(place.out().join("callvet.xlsx")).expect("there") != bytes);
    let ran = callvet(["export", arg(&place.dir()), "--out", arg(&place.dir()), "--format", "xlsx"]);
    assert_eq!(ran.code, 3);
    assert!(fs::read(place.dir().join("callvet.xlsx")).expect("there") == bytes);
}

fn read_wav(path: &Path) -> (hound::WavSpec, [Vec<i16>; 2]) {
    let mut reader = hound::WavReader::open(path).expect("a WAV file");
    let samples: Vec<i16> = reader.samples::<i16>().map(|sample| sample.expect("whole")).collect();
    (reader.spec(), [0, 1].map(|channel| samples.iter().skip(channel).step_by(2).copied().collect()))
}

fn manifest(place: &Place) -> Value {
    serde_json::from_slice(&fs::read(place.out().join("clips.json")).expect("there")).expect("JSON")
}

#[test]
fn a_clip_is_the_recording_around_a_finding_with_personal_data_silent() {
    let place = Place::new(&["a.wav"]);
    let ran = place.export(&["--clips", "--severity", "minor", "--context", "2s"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let manifest = manifest(&place);
    let clips = manifest["clips"].as_array().expect("clips");
    // Critical, major and minor ones of the good call; one of seven is for information.
    assert_eq!(clips.len(), 6);
    let mut n_silent = 0;
    for clip in clips {
        let path = place.out().join(clip["file"].as_str().expect("a name"));
        let (spec, planes) = read_wav(&path);
        assert_eq!((spec.sample_rate, spec.channels, spec.bits_per_sample), (RATE_HZ as u32, 2, 16));
        let of = |name: &str| (clip[name].as_f64().expect("a time") * RATE_HZ as f64).round() as usize;
        assert_eq!(planes[0].len(), of("to_s") - of("from_s"));
        let muted: Vec<(f64, f64)> = clip["muted"]
            .as_array()
            .expect("spans")
            .iter()
            .map(|span| (span["start_s"].as_f64().expect("a time"), span["end_s"].as_f64().expect("a time")))
            .collect();
        for (channel, plane) in planes.iter().enumerate() {
            for (i, heard) in plane.iter().enumerate() {
                let at_s = (of("from_s") + i) as f64 / RATE_HZ as f64;
                // A sample at the edge of a span may be on either side of it.
                let is_in = |slack_s: f64| muted.iter().any(|(a, b)| a - slack_s <= at_s && at_s <= b + slack_s);
                let is_right = match (is_in(-0.000_2), is_in(0.000_2)) {
                    (true, _) => *heard == 0,
                    (false, false) => *heard == sample(channel, of("from_s") + i),
                    (false, true) => true,
                };
                assert!(is_right, "{clip} at {at_s}");
                n_silent += usize::from(*heard == 0);
            }
        }
        let digest = <sha2::Sha256 as sha2::Digest>::digest(fs::read(&path).expect("there"));
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(clip["sha256"], hex);
    }
    // The card at 50.9 s is in its own clip, with a quarter of a second before and after.
    assert!(n_silent > RATE_HZ, "{n_silent}");
    assert!(!fs::read_to_string(place.out().join("clips.json")).expect("there").contains("4111"));
    let table = fs::read(place.out().join("clips.csv")).expect("there");
    assert_eq!(::csv::Reader::from_reader(&table[..]).records().filter(Result::is_ok).count(), 6);

    let ran = place.export(&["--clips", "--severity", "minor", "--show-personal-data"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for clip in self::manifest(&place)["clips"].as_array().expect("clips") {
        let (_, planes) = read_wav(&place.out().join(clip["file"].as_str().expect("a name")));
        assert!(planes.iter().flatten().all(|sample| *sample != 0));
    }
}

#[test]
fn a_recording_that_changed_or_is_gone_is_told_and_the_others_are_cut() {
    let place = Place::new(&["a.wav", "b.wav", "c.wav"]);
    let mut bytes = recording();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(place.recording("b.wav"), bytes).expect("writable");
    fs::remove_file(place.recording("c.wav")).expect("there");
    let ran = place.export(&["--clips"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("in/b.wav: the recording is not the one that was analysed"), "{}", ran.stderr);
    assert!(ran.stderr.contains("in/c.wav: the recording cannot be read"), "{}", ran.stderr);
    let manifest = manifest(&place);
    // Critical and major ones.
    assert_eq!(manifest["clips"].as_array().map(Vec::len), Some(4));
    assert_eq!(manifest["not_made"].as_array().map(Vec::len), Some(2));
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_tables_are_read_by_the_crates_reader() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    let place = Place::new(&["a.wav", "bad.wav"]);
    assert_eq!(place.export(&["--format", "parquet"]).code, 3, "a call failed");
    let open = |name: &str| {
        let reader =
            SerializedFileReader::new(fs::File::open(place.out().join(name)).expect("there")).expect("Parquet");
        reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row")).collect::<Vec<_>>()
    };
    let (calls, findings) = (open("calls.parquet"), open("findings.parquet"));
    assert_eq!((calls.len(), findings.len()), (2, good_call().findings.len()));
    assert_eq!(calls[0].get_string(0).expect("a source"), "in/a.wav");
    assert_eq!(calls[1].get_string(1).expect("a status"), "failed");
    assert!(calls[0].get_double(13).is_ok_and(|score| score == 58.42));
    assert!(findings.iter().any(|row| row.get_string(14).is_ok_and(|quote| quote == "[card]")));
}
