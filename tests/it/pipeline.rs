//! The main job from end to end: the program, its real models, short recordings, and everything that lands on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

use crate::program::{Ran, arg, callvet, check_schema, command, reference};

/// Rate of the recordings made here, and of the clips.
const RATE_HZ: u32 = 8000;

// ---- Recordings ----

fn clip(name: &str) -> Vec<i16> {
    let mut reader = hound::WavReader::open(reference("speech").join(name)).expect("it is committed");
    assert_eq!(reader.spec().sample_rate, RATE_HZ);
    reader.samples::<i16>().map(|sample| sample.expect("whole")).collect()
}

/// A WAV file: format tag 1 is integers, 3 floats.
fn wav(tag: u16, n_channels: u16, bits: u16, data: &[u8]) -> Vec<u8> {
    let block = u32::from(n_channels) * u32::from(bits) / 8;
    let mut out = b"RIFF".to_vec();
    out.extend((36 + data.len() as u32).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0");
    out.extend([tag.to_le_bytes(), n_channels.to_le_bytes()].concat());
    out.extend([RATE_HZ.to_le_bytes(), (RATE_HZ * block).to_le_bytes()].concat());
    out.extend([(block as u16).to_le_bytes(), bits.to_le_bytes()].concat());
    out.extend(b"data");
    out.extend((data.len() as u32).to_le_bytes());
    out.extend(data);
    out
}

/// The same length on each channel.
fn pcm16(channels: &[&[i16]]) -> Vec<u8> {
    let n = channels.iter().map(|channel| channel.len()).max().unwrap_or(0);
    let at = |channel: &[i16], i: usize| channel.get(i).copied().unwrap_or(0);
    let frames = (0..n).flat_map(|i| channels.iter().flat_map(move |channel| at(channel, i).to_le_bytes()));
    wav(1, channels.len() as u16, 16, &frames.collect::<Vec<u8>>())
}

/// A tone: sound that is no speech, so that nothing is transcribed. `pitch` makes files different.
fn tone(n: usize, pitch: usize) -> Vec<i16> {
    (0..n).map(|i| ((i as f64 * (0.3 + 0.01 * pitch as f64)).sin() * 8000.0) as i16).collect()
}

/// The agent speaks on channel 0, the customer answers on channel 1.
fn stereo_call() -> Vec<u8> {
    let agent = clip("agent.wav");
    let customer = [vec![0; agent.len()], clip("customer.wav")].concat();
    pcm16(&[&agent, &customer])
}

/// Name, bytes, and how it ends: `None` is analysed without a line about decoding, `Ok` the code of that line,
/// `Err` the kind of failure.
type Damaged = (&'static str, Vec<u8>, Option<Result<&'static str, &'static str>>);

fn damaged() -> Vec<Damaged> {
    let mut floats: Vec<f32> = tone(8000, 0).iter().map(|s| f32::from(*s) / 32_768.0).collect();
    (floats[100], floats[200], floats[300]) = (f32::NAN, f32::INFINITY, f32::NEG_INFINITY);
    let floats: Vec<u8> = floats.iter().flat_map(|s| s.to_le_bytes()).collect();
    let eight: Vec<Vec<i16>> = (0..8).map(|pitch| tone(4000, pitch)).collect();
    let eight: Vec<&[i16]> = eight.iter().map(Vec::as_slice).collect();
    // A multiplicative generator (Knuth's MMIX constants), high byte.
    let random = std::iter::successors(Some(1_u64), |state| {
        Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407))
    });
    vec![
        ("0_bytes.wav", Vec::new(), Some(Err("no_audio"))),
        ("header_only.wav", pcm16(&[&[]]), Some(Err("no_audio"))),
        ("text.mp3", b"Dear customer, this is no music at all.\n".repeat(100), Some(Err("unsupported"))),
        ("truncated.wav", pcm16(&[&tone(8000, 1)])[..9000].to_vec(), Some(Ok("truncated"))),
        ("random.wav", random.take(20_000).map(|state| (state >> 56) as u8).collect(), Some(Err("unsupported"))),
        ("one_sample.wav", pcm16(&[&[5000]]), None),
        ("a_fifth_of_a_second.wav", pcm16(&[&tone(1600, 2)]), None),
        ("eight_channels.wav", pcm16(&eight), None),
        ("nan_and_infinity.wav", wav(3, 1, 32, &floats), Some(Ok("not_finite"))),
    ]
}

fn hostile_names() -> Vec<Vec<u8>> {
    let mut names: Vec<Vec<u8>> = [
        "<img src=x onerror=alert(1)>.wav",
        "=cmd|' /C calc'!A0.wav",
        "\"><script>alert(2)</script>.wav",
        "a\nb.wav",
        "right\u{202e}vaw.exe.wav",
        "%41.wav",
        "-rf.wav",
        " spaces  at both ends .wav",
        "&amp;'`$(true);.wav",
    ]
    .map(|name| name.as_bytes().to_vec())
    .to_vec();
    names.push(b"not\xff\xfeutf8.wav".to_vec());
    names.push([&[b'n'; 200][..], b".wav"].concat());
    names
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("in a folder")).expect("writable");
    fs::write(path, bytes).expect("writable");
}

// ---- One analysed batch, used by many tests ----

/// `calls/` with speech, `damage/`, `names/`, and the output folders beside them.
struct Batch {
    root: PathBuf,
    ran: Ran,
}

impl Batch {
    fn out(&self) -> PathBuf {
        self.root.join("out")
    }

    fn json(&self) -> Value {
        read_json(&self.out().join("batch.json"))
    }

    /// Source, report.
    fn reports(&self) -> Vec<(String, Value)> {
        let calls = self.json()["calls"].as_array().expect("a list").clone();
        let made = calls.iter().filter_map(|call| Some((call["source"].as_str()?, call["report"].as_str()?)));
        made.map(|(source, report)| (source.to_owned(), read_json(&self.out().join(report)))).collect()
    }

    fn report(&self, source: &str) -> Value {
        self.reports().into_iter().find(|(other, _)| other == source).expect("it was analysed").1
    }
}

/// What both runs over the batch have in common.
fn analyse(root: &Path, out: &str, inputs: &[&str], more: &[&str]) -> Ran {
    let inputs: Vec<PathBuf> = inputs.iter().map(|input| root.join(input)).collect();
    let mut command = command();
    command.arg("analyze").args(inputs).arg("--out").arg(root.join(out));
    command.args(["--language", "en", "--phrases", arg(&root.join("mine.txt"))]).args(more);
    crate::program::finish(&mut command)
}

fn batch() -> &'static Batch {
    static BATCH: OnceLock<Batch> = OnceLock::new();
    BATCH.get_or_init(|| {
        // Not a temporary folder: nobody would remove it, since statics are not dropped.
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pipeline");
        if root.exists() {
            fs::remove_dir_all(&root).expect("of an earlier run");
        }
        put(&root.join("calls/stereo.wav"), &stereo_call());
        put(&root.join("calls/card.wav"), &fs::read(reference("speech/card.wav")).expect("committed"));
        for (name, bytes, _) in damaged() {
            put(&root.join("damage").join(name), &bytes);
        }
        for (pitch, name) in hostile_names().iter().enumerate() {
            put(&root.join("names").join(std::ffi::OsStr::from_bytes(name)), &pcm16(&[&tone(4000, pitch)]));
        }
        put(&root.join("=1+1.wav"), &pcm16(&[&tone(4000, 20)]));
        put(&root.join("mine.txt"), b"energy compan*\n");
        let ran = analyse(&root, "out", &["calls", "damage", "names", "=1+1.wav"], &["--jobs", "1"]);
        Batch { root, ran }
    })
}

fn read_json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).expect("it was written")).expect("JSON")
}

/// Every file of an output folder but the store and the lock.
fn tree(out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(out).into_iter().map(|entry| entry.expect("readable"));
    let files = files.filter(|entry| entry.file_type().is_file());
    let named = files.map(|entry| (entry.path().strip_prefix(out).expect("in it").to_owned(), entry.into_path()));
    let shown =
        named.filter(|(name, _)| !name.starts_with(".callvet.lock") && !arg(name).starts_with("callvet.sqlite"));
    shown.map(|(name, path)| (name, fs::read(path).expect("readable"))).collect()
}

/// Compares without printing megabytes.
#[track_caller]
fn check_same(left: &BTreeMap<PathBuf, Vec<u8>>, right: &BTreeMap<PathBuf, Vec<u8>>) {
    let names = |tree: &BTreeMap<PathBuf, Vec<u8>>| tree.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(left), names(right));
    let different: Vec<&PathBuf> =
        left.iter().filter(|(name, bytes)| right[*name] != **bytes).map(|(n, _)| n).collect();
    assert!(different.is_empty(), "different: {different:?}");
}

#[test]
fn damaged_recordings_fail_with_a_reason_or_a_line_in_problems_and_the_batch_goes_on() {
    let batch = batch();
    assert_eq!(batch.ran.code, 3, "{:?}", batch.ran);
    let calls = batch.json()["calls"].as_array().expect("a list").clone();
    for (name, _, ending) in damaged() {
        let source = format!("damage/{name}");
        let line = calls.iter().find(|call| call["source"] == source.as_str()).unwrap_or_else(|| panic!("no {source}"));
        match ending {
            Some(Err(kind)) => {
                assert_eq!((&line["status"], &line["error"]["kind"]), (&"failed".into(), &kind.into()), "{line}");
                assert!(line["error"]["message"].as_str().is_some_and(|m| m.len() > 10), "{line}");
                assert!(line["report"].is_null(), "{line}");
                assert!(batch.ran.stderr.contains(&format!("failed: {source}: ")), "{}", batch.ran.stderr);
            }
            ending => {
                assert_eq!((&line["status"], &line["error"]), (&"ok".into(), &Value::Null), "{line}");
                let report = batch.report(&source);
                let problems = report["problems"].as_array().expect("a list").iter();
                let codes: Vec<&Value> = problems.filter(|p| p["stage"] == "decode").map(|p| &p["code"]).collect();
                assert_eq!(codes, ending.and_then(Result::ok).as_slice(), "{source}");
            }
        }
    }
    let n_failed = damaged().iter().filter(|(.., ending)| matches!(ending, Some(Err(_)))).count();
    let totals = &batch.json()["totals"];
    assert_eq!(totals["n_failed"], n_failed);
    assert_eq!(totals["n_calls"], damaged().len() + hostile_names().len() + 3);
    assert_eq!(totals["n_pending"], 0);
}

#[test]
fn every_report_is_valid_and_keeps_the_contract() {
    let batch = batch();
    check_schema("callvet.batch.1.json", &batch.json());
    let reports = batch.reports();
    assert!(reports.len() > 15, "{}", reports.len());
    for (source, report) in &reports {
        check_schema("callvet.call.1.json", report);
        check_report(report);
        assert_eq!(report["recording"]["source"], source.as_str());
    }
    let sources: Vec<String> =
        batch.json()["calls"].as_array().expect("a list").iter().map(|c| c["source"].to_string()).collect();
    assert!(sources.contains(&"\"names/not%FF%FEutf8.wav\"".to_owned()), "{sources:?}");
    assert!(sources.contains(&"\"names/%2541.wav\"".to_owned()), "{sources:?}");
    let json = batch.json();
    let raw: Vec<&str> =
        json["calls"].as_array().expect("a list").iter().filter_map(|c| c["source"].as_str()).collect();
    assert!(raw.is_sorted(), "ordered bytewise: {raw:?}");
}

#[test]
fn every_call_has_its_files_named_by_the_hash_of_its_source() {
    let batch = batch();
    for (source, report) in batch.reports() {
        let key = [report["recording"]["sha256"].as_str().expect("text")].concat();
        assert_eq!(key.len(), 64);
        let line =
            batch.json()["calls"].as_array().expect("a list").iter().find(|c| c["source"] == source.as_str()).cloned();
        let name = line.expect("a line")["report"].as_str().expect("a path").to_owned();
        let stem = name.strip_prefix("calls/").and_then(|n| n.strip_suffix(".json")).expect("calls/<stem>.json");
        let (safe, hash8) = stem.rsplit_once('-').expect("<name>-<hash8>");
        assert!(hash8.len() == 8 && hash8.bytes().all(|b| b.is_ascii_hexdigit()), "{stem}");
        assert!(safe.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) && safe.len() <= 60, "{stem}");
        assert!(batch.out().join(format!("calls/{stem}.html")).is_file(), "{stem}");
        assert!(batch.out().join(format!("media/{stem}.peaks.json")).is_file(), "{stem}");
        assert!(batch.out().join(format!("media/{stem}.0.png")).is_file(), "{stem}");
    }
}

#[test]
fn hostile_names_are_text_in_the_pages_and_no_formulas_in_the_tables() {
    let out = batch().out();
    let pages = tree(&out).into_iter().filter(|(name, _)| name.extension().is_some_and(|e| e == "html"));
    let pages: Vec<(PathBuf, String)> =
        pages.map(|(name, bytes)| (name, String::from_utf8(bytes).expect("UTF-8"))).collect();
    assert!(pages.len() > 15);
    for (name, page) in &pages {
        for raw in ["<img src=x", "<script>alert", "onerror=alert(1)>", "</script>.wav"] {
            assert!(!page.contains(raw), "{raw} in {}", name.display());
        }
    }
    let index = &pages.iter().find(|(name, _)| name == Path::new("index.html")).expect("a page of the batch").1;
    assert!(index.contains("&lt;img src=x") || index.contains("&#60;img src=x"), "the name is shown");
    for table in ["calls.csv", "findings.csv"] {
        let bytes = fs::read(out.join(table)).expect("written");
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let mut n_rows = 0;
        for row in reader.records() {
            n_rows += 1;
            for cell in row.expect("as many cells as the header has").iter() {
                let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
                assert!(!is_formula, "{table}: {cell:?}");
            }
        }
        assert!(n_rows > 5, "{table}: {n_rows}");
    }
    let calls = fs::read_to_string(out.join("calls.csv")).expect("written");
    assert!(calls.contains("'=1+1.wav"), "marked as text, not left out");
}

#[test]
fn the_summary_shows_no_control_characters_of_file_names() {
    let Ran { stdout, stderr, .. } = &batch().ran;
    for text in [stdout, stderr] {
        assert!(text.chars().all(|c| c == '\n' || !(c.is_control() || c == '\u{202e}')), "{text:?}");
    }
    assert!(stdout.trim_end().ends_with("index.html"), "the last line is what to open: {stdout}");
}

#[test]
fn a_stereo_call_has_both_parties_words_and_numbers() {
    let report = batch().report("calls/stereo.wav");
    assert_eq!(report["layout"]["kind"], "stereo");
    assert_eq!(report["transcript"]["model"], "base-q8_0");
    assert_eq!(report["provenance"]["model"], "base-q8_0");
    let words_of = |channel: u64| {
        let utterances = report["transcript"]["utterances"].as_array().expect("a list").iter();
        let texts = utterances.filter(|u| u["channel"] == channel).filter_map(|u| u["text"].as_str());
        texts.collect::<Vec<_>>().join(" ").to_lowercase()
    };
    // Words that the model has to get right in clean speech; the rest of the lines is left to it.
    assert!(words_of(0).contains("energy company"), "{}", words_of(0));
    assert!(words_of(1).contains("not interested"), "{}", words_of(1));
    for channel in 0..2 {
        let pointer = |field: &str| format!("/channels/{channel}/level/{field}");
        for field in ["rms_dbfs", "peak_dbfs", "active_speech_level_dbov", "loudness_lufs"] {
            assert!(report.pointer(&pointer(field)).is_some_and(Value::is_number), "{}", pointer(field));
        }
    }
    let speech_s = report["conversation"]["speech_s"].as_object().expect("speakers");
    assert_eq!(speech_s.len(), 2, "{speech_s:?}");
    // They take turns: what the voice detector adds at the edges is under a tenth of a second.
    let overtalk_s = report.pointer("/conversation/overtalk/total_s").and_then(Value::as_f64).expect("two channels");
    assert!(overtalk_s < 0.1, "{overtalk_s}");
}

#[test]
fn a_list_of_ones_own_finds_its_phrase_in_the_sound() {
    let report = batch().report("calls/stereo.wav");
    let findings = report["findings"].as_array().expect("a list");
    let mine =
        findings.iter().find(|f| f["rule"].as_str().is_some_and(|rule| rule.starts_with("mine."))).expect("a hit");
    assert_eq!(mine["channel"], 0, "{mine}");
    let lists = report["provenance"]["phrase_lists"].as_array().expect("a list");
    assert!(lists.iter().any(|list| list["name"] == "mine"), "{lists:?}");
}

// ---- The same bytes ----

#[test]
fn jobs_and_order_change_no_byte_and_an_unchanged_batch_is_not_analysed_again() {
    let batch = batch();
    let inputs = ["=1+1.wav", "names", "damage", "calls"];
    let ran = analyse(&batch.root, "other", &inputs, &["--jobs", "4", "--fresh", "--verbose"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let (one, four) = (tree(&batch.out()), tree(&batch.root.join("other")));
    check_same(&one, &four);
    // Failed ones are tried again: the next version of a decoder may know better.
    let again = analyse(&batch.root, "other", &inputs, &["--jobs", "4", "--verbose"]);
    assert_eq!(again.code, 3, "{again:?}");
    let starts = |with: &str| again.stderr.lines().filter(|line| line.starts_with(with)).count();
    assert_eq!((starts("done: "), starts("unchanged: ")), (0, batch.reports().len()), "{}", again.stderr);
    check_same(&four, &tree(&batch.root.join("other")));
}

// ---- Personal data ----

#[test]
fn spoken_personal_data_is_only_in_the_store_unless_asked_for() {
    let batch = batch();
    let copy = batch.root.join("copy");
    if copy.exists() {
        fs::remove_dir_all(&copy).expect("of an earlier run");
    }
    for entry in walkdir::WalkDir::new(batch.out()).into_iter().map(|entry| entry.expect("readable")) {
        let to = copy.join(entry.path().strip_prefix(batch.out()).expect("in it"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(to).expect("writable");
        } else {
            fs::copy(entry.path(), to).expect("writable");
        }
    }
    let masked = tree(&copy);
    let report = batch.report("calls/card.wav");
    assert!(report["transcript"]["utterances"][0]["text"].as_str().is_some_and(|t| t.contains("[card]")), "{report}");
    assert!(report["findings"].as_array().expect("a list").iter().any(|f| f["rule"] == "pii.card"));

    let store = rusqlite::Connection::open(copy.join("callvet.sqlite")).expect("the store");
    let raw: String = store
        .query_row("SELECT raw_json FROM calls WHERE source = 'calls/card.wav'", [], |row| row.get(0))
        .expect("the result");
    let raw: Value = serde_json::from_str(&raw).expect("JSON");
    let words = raw["transcript"]["utterances"][0]["words"].as_array().expect("words").iter();
    let secrets: Vec<String> = words
        .filter_map(|word| Some(word["text"].as_str()?.trim_matches(|c: char| !c.is_ascii_digit()).to_owned()))
        .filter(|text| text.len() >= 4)
        .collect();
    assert!(!secrets.is_empty(), "the number was heard as digits: {raw}");
    let whole = secrets.concat();
    let holding = |tree: &BTreeMap<PathBuf, Vec<u8>>| -> Vec<PathBuf> {
        let texts = tree.iter().filter(|(name, _)| !name.extension().is_some_and(|e| e == "png" || e == "wav"));
        let has = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            text.contains(&whole) || text.contains(&secrets.join(" ")) || text.contains(&secrets.join("-"))
        };
        texts.filter(|(_, bytes)| has(bytes)).map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(holding(&masked), Vec::<PathBuf>::new());
    let mode = fs::metadata(copy.join("callvet.sqlite")).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    drop(store);

    let report = |more: &[&str]| {
        let ran = callvet(["report", arg(&copy)].iter().chain(more));
        assert_eq!(ran.code, 0, "{ran:?}");
        tree(&copy)
    };
    check_same(&masked, &report(&[]));
    let shown = holding(&report(&["--show-personal-data"]));
    assert!(shown.iter().any(|name| name.extension().is_some_and(|e| e == "json")), "{shown:?}");
    assert!(shown.iter().any(|name| name.extension().is_some_and(|e| e == "html")), "{shown:?}");
    check_same(&masked, &report(&[]));
}

// ---- Language ----

#[test]
fn the_language_is_found_out_or_taken_as_told_and_findings_set_the_exit_code() {
    let place = Place::new();
    let customer = reference("speech/customer.wav");
    let found = place.analyse(&customer, &["--fail-on", "info"]);
    assert_eq!(found.code, 1, "the caller is asked not to call again: {found:?}");
    let transcript = place.only_report()["transcript"].clone();
    assert_eq!(transcript["language"], "en");
    assert!(transcript["language_probability"].as_f64().is_some_and(|p| p > 0.5 && p < 1.0), "{transcript}");
    // Earlier results count too.
    assert_eq!(place.analyse(&customer, &["--fail-on", "major"]).code, 1);
    assert_eq!(place.analyse(&customer, &[]).code, 0);

    let told = Place::new();
    assert_eq!(told.analyse(&customer, &["--language", "pl"]).code, 0);
    let transcript = told.only_report()["transcript"].clone();
    assert_eq!((&transcript["language"], &transcript["language_probability"]), (&"pl".into(), &1.0.into()));
}

// ---- Runs without words, which are quick ----

/// A folder with `in/` and `out/`.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a temporary folder"));
        fs::create_dir(place.input()).expect("writable");
        place
    }

    fn input(&self) -> PathBuf {
        self.0.path().join("in")
    }

    fn out(&self) -> PathBuf {
        self.0.path().join("out")
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        put(&self.input().join(name), bytes);
    }

    fn analyse(&self, input: &Path, more: &[&str]) -> Ran {
        callvet(["analyze", arg(input), "--out", arg(&self.out())].iter().chain(more))
    }

    /// Measures `in/`.
    #[track_caller]
    fn measure(&self, more: &[&str], code: i32) -> Ran {
        let ran = self.analyse(&self.input(), &[&["--no-transcribe"], more].concat());
        assert_eq!(ran.code, code, "{ran:?}");
        ran
    }

    fn reports(&self) -> Vec<Value> {
        let batch = read_json(&self.out().join("batch.json"));
        let names = batch["calls"].as_array().expect("a list").iter().filter_map(|call| call["report"].as_str());
        names.map(|name| read_json(&self.out().join(name))).collect()
    }

    fn only_report(&self) -> Value {
        let mut reports = self.reports();
        assert_eq!(reports.len(), 1);
        reports.remove(0)
    }
}

#[test]
fn without_transcription_the_numbers_stand_and_the_missing_words_are_told() {
    let place = Place::new();
    place.put("stereo.wav", &stereo_call());
    place.measure(&[], 0);
    let report = place.only_report();
    check_report(&report);
    assert!(report["transcript"].is_null() && report["provenance"]["model"].is_null());
    assert!(report.pointer("/channels/1/level/active_speech_level_dbov").is_some_and(Value::is_number));
    // The pauses of this recording are digital silence.
    assert_eq!(report.pointer("/channels/1/noise/gated"), Some(&Value::Bool(true)));
    assert!(report.pointer("/conversation/overtalk/ratio").is_some_and(Value::is_number));
    let problems = report["problems"].as_array().expect("a list");
    let told = problems.iter().find(|p| p["fields"].as_array().is_some_and(|f| f.contains(&"/transcript".into())));
    assert_eq!(told.map(|p| &p["code"]), Some(&"not_transcribed".into()), "{problems:?}");
}

#[test]
fn only_what_changed_is_analysed_again_and_what_vanished_leaves_the_pages() {
    let place = Place::new();
    for (pitch, name) in ["a.wav", "b.wav", "c.wav"].iter().enumerate() {
        place.put(name, &pcm16(&[&tone(4000, pitch)]));
    }
    let lines = |ran: &Ran| -> BTreeSet<String> {
        let lines = ran.stderr.lines().filter(|line| line.starts_with("done: ") || line.starts_with("unchanged: "));
        lines.map(|line| line.split(" (").next().unwrap_or_default().to_owned()).collect()
    };
    let set = |lines: &[&str]| lines.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    assert_eq!(lines(&place.measure(&["-v"], 0)), set(&["done: in/a.wav", "done: in/b.wav", "done: in/c.wav"]));
    let first = tree(&place.out());
    let written = |name: &Path| fs::metadata(place.out().join(name)).and_then(|m| m.modified()).expect("there");
    let reports: Vec<&PathBuf> = first.keys().filter(|name| name.starts_with("calls")).collect();
    let times: Vec<_> = reports.iter().map(|name| written(name)).collect();
    let unchanged = ["unchanged: in/a.wav", "unchanged: in/b.wav", "unchanged: in/c.wav"];
    assert_eq!(lines(&place.measure(&["-v"], 0)), set(&unchanged));
    check_same(&first, &tree(&place.out()));
    assert_eq!(reports.iter().map(|name| written(name)).collect::<Vec<_>>(), times, "not even written again");

    place.put("b.wav", &pcm16(&[&tone(4000, 9)]));
    let changed = ["unchanged: in/a.wav", "done: in/b.wav", "unchanged: in/c.wav"];
    assert_eq!(lines(&place.measure(&["-v"], 0)), set(&changed));
    // Other settings are another question.
    let other = ["done: in/a.wav", "done: in/b.wav", "done: in/c.wav"];
    assert_eq!(lines(&place.measure(&["-v", "--max-duration", "1h"], 0)), set(&other));

    fs::remove_file(place.input().join("c.wav")).expect("there");
    place.measure(&[], 0);
    let left: Vec<PathBuf> = tree(&place.out()).into_keys().filter(|name| arg(name).contains("/c-")).collect();
    assert_eq!(left, Vec::<PathBuf>::new());
    // The old bytes back: the result is known, but its pictures are those of the other bytes by now.
    place.put("b.wav", &pcm16(&[&tone(4000, 1)]));
    assert_eq!(lines(&place.measure(&["-v"], 0)), set(&["unchanged: in/a.wav", "done: in/b.wav"]));
    // A new folder has no earlier runs to tell of.
    let told = || {
        let mut files = tree(&place.out());
        if let Some(page) = files.get_mut(std::path::Path::new("index.html")) {
            *page = crate::batch::without_trend(page);
        }
        files
    };
    let resumed = told();
    place.measure(&["--fresh"], 0);
    check_same(&resumed, &told());
}

#[test]
fn report_makes_the_pages_again_without_the_recordings() {
    let place = Place::new();
    place.put("a.wav", &pcm16(&[&tone(4000, 0)]));
    place.put("b.wav", b"");
    place.measure(&["--audio", "copy"], 3);
    let made = tree(&place.out());
    let pages: Vec<&PathBuf> = made.keys().filter(|name| !name.starts_with("media")).collect();
    assert!(pages.len() >= 6, "{pages:?}");
    for page in pages {
        fs::remove_file(place.out().join(page)).expect("there");
    }
    fs::remove_dir_all(place.input()).expect("there");
    let ran = callvet(["report", arg(&place.out())]);
    let last = ran.stdout.lines().last();
    assert_eq!((ran.code, last), (0, Some(arg(&place.out().join("index.html")))), "{ran:?}");
    check_same(&made, &tree(&place.out()));
}

#[test]
fn an_interrupted_run_says_what_is_pending_and_goes_on_where_it_stopped() {
    let place = Place::new();
    let long = clip("card.wav").repeat(4);
    // As many that the signal arrives long before the last one is heard.
    for i in 0..8 {
        place.put(&format!("{i}.wav"), &pcm16(&[&long]));
    }
    let args = ["--no-transcribe", "--jobs", "1", "--verbose"];
    let mut running = command()
        .args(["analyze", arg(&place.input()), "--out", arg(&place.out())])
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program is built with the tests");
    let mut stderr = BufReader::new(running.stderr.take().expect("piped"));
    let mut line = String::new();
    while !line.starts_with("done: ") {
        line.clear();
        assert_ne!(stderr.read_line(&mut line).expect("text"), 0, "it ended before a call was done");
    }
    let killed = Command::new("sh").args(["-c", &format!("kill -INT {}", running.id())]).status();
    assert!(killed.expect("a shell").success());
    let mut rest = String::new();
    stderr.read_to_string(&mut rest).expect("text");
    assert_eq!(running.wait().expect("it ends").code(), Some(130), "{rest}");
    assert!(rest.contains("run the same command again"), "{rest}");

    let batch = read_json(&place.out().join("batch.json"));
    check_schema("callvet.batch.1.json", &batch);
    let count = |status: &str| {
        batch["calls"].as_array().expect("a list").iter().filter(|call| call["status"] == status).count()
    };
    assert!(count("ok") >= 1 && count("pending") >= 1, "{batch}");
    assert_eq!((count("ok") + count("pending"), &batch["totals"]["n_pending"]), (8, &count("pending").into()));

    let ran = place.analyse(&place.input(), &args);
    assert_eq!(ran.code, 0, "{ran:?}");
    let unchanged = ran.stderr.lines().filter(|line| line.starts_with("unchanged: ")).count();
    assert_eq!(unchanged, count("ok"), "{}", ran.stderr);
    let resumed = tree(&place.out());
    place.measure(&["--fresh", "--jobs", "2"], 0);
    check_same(&tree(&place.out()), &resumed);
}

#[test]
fn stdout_is_data_and_stderr_is_talk() {
    let place = Place::new();
    place.put("a.wav", &pcm16(&[&tone(4000, 0)]));
    let json = place.measure(&["--json"], 0);
    assert_eq!(json.stdout, fs::read_to_string(place.out().join("batch.json")).expect("written"));
    let quiet = place.measure(&["--quiet"], 0);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
    for more in [&[][..], &["--verbose", "--fresh"], &["--no-progress", "--fresh"]] {
        let ran = place.measure(more, 0);
        assert!(!ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'), "{ran:?}");
    }
    let dry = place.analyse(&place.input(), &["--dry-run"]);
    assert_eq!((dry.code, dry.stdout.as_str()), (0, "in/a.wav\n"));
}

#[test]
fn an_output_folder_in_the_input_folder_is_never_entered() {
    let place = Place::new();
    place.put("a.wav", &pcm16(&[&tone(4000, 0)]));
    place.put("notes.txt", b"not sound");
    let out = place.input().join("out");
    let run = || {
        let input = place.input();
        let args = ["analyze", arg(&input), "--out", arg(&out), "--no-transcribe", "--audio", "copy", "--json"];
        let ran = callvet(args);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.stdout
    };
    let first = run();
    let batch: Value = serde_json::from_str(&first).expect("JSON");
    assert_eq!(
        (&batch["totals"]["n_calls"], &batch["totals"]["skipped"][0]["source"]),
        (&1.into(), &"in/notes.txt".into())
    );
    assert!(
        out.join("media").read_dir().expect("made").any(|file| arg(&file.expect("readable").path()).ends_with(".wav"))
    );
    assert_eq!(run(), first);
}

#[test]
fn a_recording_longer_than_allowed_is_refused() {
    let place = Place::new();
    place.put("long.wav", &pcm16(&[&tone(16_000, 0)]));
    place.put("short.wav", &pcm16(&[&tone(4000, 0)]));
    place.measure(&["--max-duration", "1s"], 3);
    let batch = read_json(&place.out().join("batch.json"));
    assert_eq!(
        (&batch["calls"][0]["status"], &batch["calls"][0]["error"]["kind"]),
        (&"failed".into(), &"limit".into())
    );
    assert_eq!(batch["calls"][1]["status"], "ok");
}

#[test]
fn what_is_known_of_a_call_lands_in_its_report_its_page_and_the_tables() {
    let place = Place::new();
    place.put("Anna_20261102-143000_K1.wav", &pcm16(&[&tone(4000, 0)]));
    place.put("Olga_20261103-090000_K2.wav", &pcm16(&[&tone(4000, 1)]));
    let table = place.0.path().join("calls.csv");
    let hostile = "=HYPERLINK(1)<script>alert(3)</script>";
    let row = format!("Anna_20261102-143000_K1.wav,4711,\"{hostile}\",outbound\n");
    fs::write(&table, format!("source,id,campaign,direction\n{row}")).expect("writable");
    let pattern = "{agent}_{started_at:%Y%m%d-%H%M%S}_{customer_ref}";
    let more = ["--metadata", arg(&table), "--name-pattern", pattern, "--timezone", "+02:00"];
    place.measure(&more, 0);
    let reports = place.reports();
    for report in &reports {
        check_schema("callvet.call.1.json", report);
        check_report(report);
    }
    let (anna, olga) = (&reports[0]["call"], &reports[1]["call"]);
    let check = |call: &Value, fields: [(&str, Value); 5]| {
        for (field, expected) in fields {
            assert_eq!(call[field], expected, "{field} of {call}");
        }
    };
    check(
        anna,
        [
            ("id", "4711".into()),
            ("agent", "Anna".into()),
            ("started_at", "2026-11-02T14:30:00+02:00".into()),
            ("campaign", hostile.into()),
            ("direction", "outbound".into()),
        ],
    );
    check(
        olga,
        [
            ("id", Value::Null),
            ("agent", "Olga".into()),
            ("started_at", "2026-11-03T09:00:00+02:00".into()),
            ("customer_ref", "K2".into()),
            ("metadata_source", "name_pattern".into()),
        ],
    );
    for (name, bytes) in tree(&place.out()).iter().filter(|(name, _)| name.extension().is_some_and(|e| e == "html")) {
        assert!(!String::from_utf8_lossy(bytes).contains("<script>alert"), "{}", name.display());
    }
    let calls = fs::read_to_string(place.out().join("calls.csv")).expect("written");
    assert!(calls.contains("'=HYPERLINK"), "{calls}");
    // Better metadata is no reason to analyse again, and is shown all the same.
    fs::write(&table, "source,id\nAnna_20261102-143000_K1.wav,4712\n").expect("writable");
    let again = place.measure(&[&more[..], &["--verbose"]].concat(), 0);
    assert!(!again.stderr.contains("done: "), "{}", again.stderr);
    assert_eq!(place.reports()[0]["call"]["id"], "4712");
}

// ---- What holds for every report ----

/// Keys of the objects of a CallReport in their fixed order; `*` stands for every item of a list. Others may stand
/// between them.
const KEYS: [(&str, &str); 29] = [
    (
        "",
        "schema recording call layout speakers channels crosstalk conversation transcript findings required score problems provenance",
    ),
    ("/recording", "source sha256 bytes container codec decoder sample_rate_hz n_channels duration_s"),
    ("/call", "id started_at agent customer_ref vendor campaign direction metadata_source"),
    ("/layout", "kind flags dead_channels role_confidence"),
    ("/speakers/*", "id party channel"),
    ("/channels/*", "channel level noise clipping dropouts bandwidth background_voices perceived"),
    (
        "/channels/*/level",
        "rms_dbfs peak_dbfs true_peak_dbtp loudness_lufs active_speech_level_dbov activity_ratio dc_offset",
    ),
    (
        "/channels/*/noise",
        "floor_dbfs snr_db snr_uncertainty_db snr_300_3400_db kind segments hum_hz digital_silence_ratio gated",
    ),
    ("/channels/*/clipping", "clipped_ratio n_runs spans"),
    ("/channels/*/dropouts", "n total_s spans"),
    ("/channels/*/bandwidth", "edge_hz kind clues"),
    ("/channels/*/background_voices", "ratio level_below_speech_db grade spans"),
    ("/channels/*/perceived", "sig bak ovrl n_windows"),
    ("/crosstalk", "leakage level_difference_db"),
    ("/crosstalk/leakage/*", "from to detected attenuation_db delay_ms"),
    (
        "/conversation",
        "speech_s talk_ratio monologue_s response_s words_per_minute syllables_per_minute overtalk silence hold hold_count hold_total_s hold_ratio tones live_talk time_to_human_s billable_s",
    ),
    ("/conversation/overtalk", "total_s ratio events"),
    ("/conversation/silence", "total_s longest_s spans"),
    ("/transcript", "language language_probability model utterances"),
    ("/transcript/utterances/*", "start_s end_s channel speaker language text confidence words"),
    ("/transcript/utterances/*/words/*", "start_s end_s text probability"),
    (
        "/findings/*",
        "id rule category polarity severity speaker channel start_s end_s utterance line quote confidence message legal_source evidence",
    ),
    ("/required/*", "category status start_s utterance quote near_miss searched"),
    ("/required/*/near_miss", "quote score start_s"),
    ("/required/*/searched", "from_s to_s audible_ratio"),
    ("/score", "total parts"),
    ("/score/parts/*", "name points max because"),
    ("/problems/*", "stage code fields channel severity message"),
    (
        "/provenance",
        "callvet model model_sha256 vad_sha256 dnsmos_sha256 speaker_model_sha256 phrase_lists settings_sha256",
    ),
];

/// What the contract fixes beyond the schema. Panics with the field that breaks it.
pub fn check_report(report: &Value) {
    let source = report["recording"]["source"].as_str().expect("a source");
    for (pattern, keys) in KEYS {
        for (pointer, value) in matching(report, pattern) {
            let Some(object) = value.as_object() else { continue };
            let fixed: Vec<&str> = keys.split(' ').collect();
            let found: Vec<&str> = object.keys().map(String::as_str).filter(|key| fixed.contains(key)).collect();
            assert_eq!(found, fixed, "{source}{pointer}: keys and their order");
        }
    }
    let duration_s = report["recording"]["duration_s"].as_f64();
    visit(report, &mut String::new(), None, &mut |pointer, decimals, value| {
        let Some(number) = value.as_f64() else { return check_spans(source, pointer, value, duration_s) };
        assert!(number.is_finite() && !(number == 0.0 && number.is_sign_negative()), "{source}{pointer}: {number}");
        if let Some(decimals) = decimals {
            let scale = 10_f64.powi(decimals);
            // A decimal number is the nearest double to itself: rounding it again changes nothing.
            assert_eq!((number * scale).round() / scale, number, "{source}{pointer}: over {decimals} decimals");
        }
    });
    check_nulls_are_told(source, report);
    check_findings(source, report);
}

/// Values by a pointer with `*` for every item of a list.
fn matching<'v>(report: &'v Value, pattern: &str) -> Vec<(String, &'v Value)> {
    let mut found = vec![(String::new(), report)];
    for part in pattern.split('/').skip(1) {
        found = found
            .into_iter()
            .flat_map(|(pointer, value)| match part {
                "*" => value
                    .as_array()
                    .into_iter()
                    .flatten()
                    .enumerate()
                    .map(|(i, v)| (format!("{pointer}/{i}"), v))
                    .collect(),
                _ => value.get(part).map(|v| (format!("{pointer}/{part}"), v)).into_iter().collect::<Vec<_>>(),
            })
            .collect();
    }
    found
}

/// Decimals of a number under this key.
fn decimals_of(key: &str) -> Option<i32> {
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| key.ends_with(suffix));
    match key {
        _ if ends(&["_s", "_ms"]) => Some(3),
        _ if ends(&["_db", "_dbfs", "_dbov", "_dbtp", "_lufs", "_hz"]) => Some(2),
        _ if ends(&["ratio", "probability", "confidence"]) => Some(4),
        _ => None,
    }
}

/// Every value with its pointer and its decimals; maps keyed by speaker have those of the map.
fn visit(value: &Value, pointer: &mut String, decimals: Option<i32>, see: &mut dyn FnMut(&str, Option<i32>, &Value)) {
    see(pointer, decimals, value);
    let length = pointer.len();
    let children: Vec<(String, Option<i32>, &Value)> = match value {
        Value::Array(items) => items.iter().enumerate().map(|(i, item)| (i.to_string(), decimals, item)).collect(),
        Value::Object(fields) => fields.iter().map(|(k, v)| (k.clone(), decimals_of(k).or(decimals), v)).collect(),
        _ => Vec::new(),
    };
    for (name, decimals, child) in children {
        pointer.push_str(&format!("/{name}"));
        visit(child, pointer, decimals, see);
        pointer.truncate(length);
    }
}

/// Times of one object are in order and in the call.
fn check_spans(source: &str, pointer: &str, value: &Value, duration_s: Option<f64>) {
    for (start, end) in [("start_s", "end_s"), ("from_s", "to_s")] {
        let (start_s, end_s) = (value.get(start).and_then(Value::as_f64), value.get(end).and_then(Value::as_f64));
        if let (Some(start_s), Some(end_s)) = (start_s, end_s) {
            assert!(0.0 <= start_s && start_s <= end_s, "{source}{pointer}: {start_s}..{end_s}");
        }
        if let (Some(end_s), Some(duration_s)) = (end_s, duration_s) {
            // Both are rounded to a millisecond.
            assert!(end_s <= duration_s + 0.001, "{source}{pointer}: ends at {end_s} of {duration_s} s");
        }
    }
}

/// A measurement that is null is named by a problem, by itself or with all around it.
fn check_nulls_are_told(source: &str, report: &Value) {
    let fields =
        report["problems"].as_array().expect("a list").iter().filter_map(|problem| problem["fields"].as_array());
    let told: Vec<&str> = fields.flatten().filter_map(Value::as_str).collect();
    let is_told = |pointer: &str| {
        told.iter()
            .any(|field| pointer.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    };
    for field in &told {
        assert!(report.pointer(field).is_some(), "{source}: a problem names {field}, which is not there");
    }
    // Text has no sound, and nobody expects any: these are null as a whole.
    let measured = ["channels", "crosstalk", "conversation"].map(|key| (format!("/{key}"), &report[key]));
    for (root, value) in measured.into_iter().filter(|(_, value)| !value.is_null()) {
        visit(value, &mut root.clone(), None, &mut |pointer, _, value| {
            let parent =
                report.pointer(pointer.rsplit_once('/').map_or("", |(parent, _)| parent)).unwrap_or(&Value::Null);
            let is_answer = match pointer.rsplit('/').next() {
                // Measured, and there is none.
                Some("hum_hz") => !parent["kind"].is_null(),
                Some("attenuation_db" | "delay_ms") => parent["detected"] == false,
                Some("level_below_speech_db") => parent["grade"] == 0,
                _ => false,
            };
            assert!(
                !value.is_null() || is_answer || is_told(pointer),
                "{source}{pointer} is null and nothing says why"
            );
        });
    }
}

fn check_findings(source: &str, report: &Value) {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let findings = list(&report["findings"]);
    let ids: BTreeSet<&str> = findings.iter().map(|finding| finding["id"].as_str().expect("an id")).collect();
    assert_eq!(ids.len(), findings.len(), "{source}: an id stands for one finding");
    let is_hex = |id: &str| id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    assert!(ids.iter().all(|id| is_hex(id)), "{source}: {ids:?}");
    let speakers: Vec<Value> = list(&report["speakers"]).iter().map(|speaker| speaker["id"].clone()).collect();
    let n_utterances = report["transcript"]["utterances"].as_array().map_or(0, Vec::len) as u64;
    for finding in &findings {
        assert!(finding["confidence"].as_f64().is_some_and(|c| (0.0..=1.0).contains(&c)), "{source}: {finding}");
        assert!(finding["speaker"].is_null() || speakers.contains(&finding["speaker"]), "{source}: {finding}");
        assert!(finding["utterance"].as_u64().is_none_or(|index| index < n_utterances), "{source}: {finding}");
    }
    for part in list(&report["score"]["parts"]) {
        let because = list(&part["because"]);
        assert!(because.iter().all(|id| id.as_str().is_some_and(|id| ids.contains(id))), "{source}: {part}");
    }
}
