//! Tests: calls that were recorded as one file per party, through the whole program.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::pipeline::check_report;
use crate::program::{Ran, arg, callvet, check_schema};
use crate::store::noise_wav;

struct Place(tempfile::TempDir);

impl Place {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let place = Self(tempfile::tempdir().expect("a temporary folder"));
        for (name, bytes) in files {
            let path = place.0.path().join("calls").join(name);
            fs::create_dir_all(path.parent().expect("in the folder")).expect("writable");
            fs::write(path, bytes).expect("writable");
        }
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn analyze(&self, options: &[&str]) -> Ran {
        let (input, out) = (self.at("calls"), self.at("out"));
        let args = ["analyze", arg(&input), "--out", arg(&out), "--no-transcribe", "--quiet"];
        callvet([&args[..], options].concat())
    }

    /// Reports in the order of batch.json, each checked as every report is.
    fn reports(&self) -> Vec<Value> {
        let read =
            |path: &Path| -> Value { serde_json::from_str(&fs::read_to_string(path).expect("there")).expect("JSON") };
        let batch = read(&self.at("out/batch.json"));
        let names = batch["calls"].as_array().expect("calls").iter().filter_map(|call| call["report"].as_str());
        let reports: Vec<Value> = names.map(|name| read(&self.at("out").join(name))).collect();
        for report in &reports {
            check_report(report);
            check_schema("callvet.call.1.json", report);
        }
        reports
    }
}

fn codes(report: &Value) -> Vec<&str> {
    let problems = report["problems"].as_array().expect("problems");
    let is_ours = |code: &&str| code.starts_with("half") || code.starts_with("halves");
    problems.iter().filter_map(|problem| problem["code"].as_str()).filter(is_ours).collect()
}

/// Source, channels, rate, length, sources of the files, and problems of files in two.
fn shown(report: &Value) -> (String, u64, u64, f64, Vec<String>, Vec<&str>) {
    let recording = &report["recording"];
    let files = recording["files"].as_array().map(Vec::as_slice).unwrap_or_default();
    (
        recording["source"].as_str().expect("a source").into(),
        recording["n_channels"].as_u64().expect("channels"),
        recording["sample_rate_hz"].as_u64().expect("a rate"),
        recording["duration_s"].as_f64().expect("a length"),
        files.iter().map(|file| file["source"].as_str().expect("a source").to_owned()).collect(),
        codes(report),
    )
}

#[test]
fn two_files_of_one_call_become_one_report_that_names_both() {
    let quiet: Vec<u8> = noise_wav(1, 16_000, 1, 8000);
    let place = Place::new(&[
        ("7_customer.wav", &quiet),
        ("7_agent.wav", &noise_wav(2, 24_000, 1, 16_000)),
        ("8.wav", &noise_wav(3, 8000, 2, 8000)),
    ]);
    let ran = place.analyze(&[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let reports = place.reports();
    assert_eq!(reports.len(), 2);
    let files = vec!["calls/7_agent.wav".to_owned(), "calls/7_customer.wav".to_owned()];
    let problems = vec!["half_resampled", "halves_differ"];
    // 1.5 s at 16 kHz and 2 s at 8 kHz.
    assert_eq!(shown(&reports[0]), ("calls/7_agent.wav".into(), 2, 16_000, 2.0, files, problems));
    let recording = &reports[0]["recording"];
    assert_eq!((&recording["files"][0]["channel"], &recording["files"][1]["channel"]), (&0.into(), &1.into()));
    assert_eq!(recording["bytes"].as_u64(), Some((44 + 2 * 16_000) + (44 + 2 * 24_000)));
    assert_eq!(recording["files"][1]["sample_rate_hz"], 8000);
    let parties: Vec<&Value> =
        reports[0]["speakers"].as_array().expect("speakers").iter().map(|speaker| &speaker["party"]).collect();
    assert_eq!(parties, ["agent", "customer"], "the names say it");
    assert!(reports[1]["recording"].get("files").is_none());
    // Browsers cannot play two files as one: there is a copy with both.
    let is_copy = |name: &str| name.starts_with("7_agent-") && name.ends_with(".wav");
    let media = fs::read_dir(place.at("out/media")).expect("media");
    assert!(media.map(|e| e.expect("readable").file_name().into_string().expect("text")).any(|name| is_copy(&name)));

    // Nothing to do again, unless one of the two files changes.
    let wav = |seed| noise_wav(seed, 16_000, 1, 8000);
    let sha256 = reports[0]["recording"]["sha256"].clone();
    assert_eq!(place.analyze(&[]).code, 0);
    assert_eq!(place.reports(), reports);
    fs::write(place.at("calls/7_customer.wav"), wav(9)).expect("writable");
    assert_eq!(place.analyze(&[]).code, 0);
    assert_ne!(place.reports()[0]["recording"]["sha256"], sha256);

    // By themselves if that is asked for.
    assert_eq!(place.analyze(&["--no-join"]).code, 0);
    let alone: Vec<_> = place.reports().iter().map(|r| (shown(r).1, codes(r).len())).collect();
    assert_eq!(alone, [(1, 0), (1, 0), (2, 0)]);
}

#[test]
fn a_missing_or_broken_half_leaves_the_other_to_be_analysed_and_says_so() {
    let wav = |seed| noise_wav(seed, 8000, 1, 8000);
    let place = Place::new(&[
        ("1_agent.wav", &wav(1)),
        ("2_agent.wav", &wav(2)[..20]),
        ("2_customer.wav", &wav(3)),
        ("3-rx.wav", &wav(4)),
        ("3-tx.wav", b"no sound"),
        ("4_agent.wav", b""),
        ("4_customer.wav", b"nor here"),
        ("5_agent.wav", &noise_wav(5, 8000, 2, 8000)),
        ("5_customer.wav", &wav(6)),
    ]);
    let ran = place.analyze(&[]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let reports = place.reports();
    let seen: Vec<(String, u64, Vec<&str>)> = reports
        .iter()
        .map(|r| {
            let s = shown(r);
            (s.0, s.1, s.5)
        })
        .collect();
    let expected = |source: &str, code| (source.to_owned(), 1, vec![code]);
    assert_eq!(
        seen,
        [
            expected("calls/1_agent.wav", "half_missing"),
            expected("calls/2_agent.wav", "half_lost"),
            expected("calls/3-tx.wav", "half_lost"),
            expected("calls/5_agent.wav", "half_lost"),
        ]
    );
    let batch: Value =
        serde_json::from_str(&fs::read_to_string(place.at("out/batch.json")).expect("there")).expect("JSON");
    let failed =
        batch["calls"].as_array().expect("calls").iter().find(|c| c["status"] == "failed").expect("one failed");
    let message = failed["error"]["message"].as_str().expect("a message");
    assert!(message.contains("4_agent.wav") && message.contains("4_customer.wav"), "{message}");
}

#[test]
fn metadata_and_name_patterns_say_which_files_are_one_call() {
    let wav = |seed| noise_wav(seed, 8000, 1, 8000);
    let files: [(&str, &[u8]); 4] =
        [("x.wav", &wav(1)), ("y.wav", &wav(2)), ("klient-9.wav", &wav(3)), ("konsultant-9.wav", &wav(4))];
    let place = Place::new(&files);
    let table = place.at("calls.csv");
    fs::write(&table, "source,id,party,agent\nx.wav,7,customer,\ny.wav,7,agent,Anna\n").expect("writable");
    let pattern = "{party:konsultant|klient}-{id}";
    let ran = place.analyze(&["--metadata", arg(&table), "--name-pattern", pattern]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let reports = place.reports();
    let seen: Vec<(&Value, &Value, Vec<String>)> =
        reports.iter().map(|r| (&r["call"]["id"], &r["call"]["agent"], shown(r).4)).collect();
    let pair = |a: &str, b: &str| vec![format!("calls/{a}"), format!("calls/{b}")];
    assert_eq!(seen[0], (&"9".into(), &Value::Null, pair("konsultant-9.wav", "klient-9.wav")));
    assert_eq!(seen[1], (&"7".into(), &"Anna".into(), pair("y.wav", "x.wav")));

    let ran = place.analyze(&["--dry-run"]);
    assert_eq!(ran.stdout.lines().count(), 4);
    let ran = place.analyze(&["--dry-run", "--name-pattern", pattern]);
    assert!(ran.stdout.contains("calls/konsultant-9.wav + calls/klient-9.wav\n"), "{ran:?}");
    // The table knows one side, the pattern both.
    fs::write(&table, "source,id,party\nkonsultant-9.wav,A7,agent\n").expect("writable");
    let ran = place.analyze(&["--metadata", arg(&table), "--name-pattern", pattern]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let joined = place.reports().iter().map(|report| shown(report).4).find(|files| !files.is_empty());
    assert_eq!(joined, Some(pair("konsultant-9.wav", "klient-9.wav")));
    fs::write(&table, "source,party\nx.wav,customer\n").expect("writable");
    let ran = place.analyze(&["--metadata", arg(&table)]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("line 2") && ran.stderr.contains("id"), "{ran:?}");
}

#[test]
fn a_half_over_a_limit_fails_the_call_and_is_not_left_out() {
    // 2 s and 3 s at 8 kHz; both at 8 kHz for 3 s take 192,000 bytes.
    let (short, long) = (noise_wav(1, 16_000, 1, 8000), noise_wav(2, 24_000, 1, 8000));
    for (files, option, reason) in [
        ([("7_agent.wav", &short), ("7_customer.wav", &long)], ["--max-duration", "2.5s"], "limit duration"),
        ([("7_agent.wav", &long), ("7_customer.wav", &short)], ["--max-duration", "2.5s"], "limit duration"),
        ([("7_agent.wav", &short), ("7_customer.wav", &long)], ["--limit", "memory=150000B"], "limit memory"),
    ] {
        let place = Place::new(&files.map(|(name, bytes)| (name, bytes.as_slice())));
        let ran = place.analyze(&[&option[..], &["--isolation", "thread"]].concat());
        assert_eq!(ran.code, 3, "{option:?}: {}", ran.stderr);
        let batch = fs::read_to_string(place.at("out/batch.json")).expect("there");
        let batch: Value = serde_json::from_str(&batch).expect("JSON");
        let error = batch["calls"][0]["error"]["message"].as_str().unwrap_or_default();
        assert!(error.contains(reason), "{option:?}: {error}");
    }
}

/// Codes of problems of files in two, and who speaks, by source.
fn told(place: &Place) -> Vec<(String, Vec<String>, Vec<String>)> {
    let reports = place.reports();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    reports
        .iter()
        .map(|report| {
            let speakers = report["speakers"].as_array().expect("speakers");
            let parties = speakers.iter().map(|speaker| text(&speaker["party"])).collect();
            (shown(report).0, codes(report).into_iter().map(str::to_owned).collect(), parties)
        })
        .collect()
}

#[test]
fn a_file_that_is_taken_for_something_else_is_analysed_again() {
    let wav = |seed| noise_wav(seed, 8000, 1, 8000);
    let place = Place::new(&[("1_agent.wav", &wav(1)), ("2-rx.wav", &wav(2)), ("2-tx.wav", &wav(3))]);
    let run = |options: &[&str]| {
        let ran = place.analyze(options);
        assert_eq!(ran.code, 0, "{ran:?}");
        told(&place)
    };
    let (joined, apart) = (run(&[]), run(&["--no-join"]));
    assert_eq!(joined[0].1, ["half_missing"], "one side of a call");
    assert_eq!(apart.iter().map(|(_, codes, _)| codes.len()).collect::<Vec<_>>(), [0, 0, 0], "files of their own");
    assert_eq!(run(&[]), joined, "and one side of a call again");
    // What metadata say of the parties.
    let table = place.at("calls.csv");
    let lines = "source,id,party\n1_agent.wav,1,customer\n2-rx.wav,2,agent\n2-tx.wav,2,customer\n";
    fs::write(&table, lines).expect("writable");
    let said = run(&["--metadata", arg(&table)]);
    assert_eq!(said[1].0, "calls/2-rx.wav", "the agent's file is the first");
    assert_eq!(said[1].2, ["agent", "customer"]);
    let reports = place.reports();
    let message = reports[0]["problems"][0]["message"].as_str().expect("a message");
    assert!(message.contains("the customer's side"), "{message}");
    // Nothing changed, nothing to do.
    let ran = place.analyze(&["--metadata", arg(&table), "--json"]);
    assert_eq!((ran.code, told(&place)), (0, said));
    // The order stays, who is who is said.
    fs::write(&table, "source,id,party\n2-tx.wav,2,agent\n2-rx.wav,2,customer\n").expect("writable");
    let said = run(&["--metadata", arg(&table)]);
    assert_eq!((said[1].0.as_str(), &said[1].2), ("calls/2-tx.wav", &vec!["agent".to_owned(), "customer".to_owned()]));
}

#[test]
fn half_of_a_call_that_is_gone_is_named_and_the_result_of_both_stays_in_the_store() {
    let wav = |seed| noise_wav(seed, 8000, 1, 8000);
    let place = Place::new(&[
        ("1_agent.wav", &wav(1)),
        ("1_customer.wav", &wav(2)),
        ("2_agent.wav", &wav(3)),
        ("2_customer.wav", &wav(4)),
    ]);
    assert_eq!(place.analyze(&[]).code, 0);
    let both = place.reports();
    // A store of version 2, which did not have the files in a table of their own.
    let store = rusqlite::Connection::open(place.at("out/callvet.sqlite")).expect("a store");
    let earlier = "DROP TABLE files; ALTER TABLE runs DROP COLUMN report_language; DROP TABLE reviews;
        DROP TABLE calibration; DROP TABLE run_totals; DROP INDEX findings_by_id; PRAGMA user_version = 2";
    store.execute_batch(earlier).expect("SQL");
    drop(store);
    fs::remove_file(place.at("calls/1_agent.wav")).expect("there");
    fs::remove_file(place.at("calls/2_customer.wav")).expect("there");
    for _ in 0..2 {
        let ran = place.analyze(&[]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let alone: Vec<(String, Vec<String>)> =
            told(&place).into_iter().map(|(source, codes, _)| (source, codes)).collect();
        let half = |source: &str| (source.to_owned(), vec!["half_missing".to_owned()]);
        assert_eq!(alone, [half("calls/1_customer.wav"), half("calls/2_agent.wav")]);
        let batch = fs::read_to_string(place.at("out/batch.json")).expect("there");
        let batch: Value = serde_json::from_str(&batch).expect("JSON");
        let skipped = batch["totals"]["skipped"].as_array().expect("a list");
        let sources: Vec<&Value> = skipped.iter().map(|file| &file["source"]).collect();
        assert_eq!(sources, ["calls/1_agent.wav", "calls/2_customer.wav"], "every run says so");
        let reason = skipped[0]["reason"].as_str().expect("a reason");
        assert!(reason.contains("calls/1_customer.wav") && reason.contains("store"), "{reason}");
    }
    // Back again: nothing is analysed, the result of both is there.
    fs::write(place.at("calls/1_agent.wav"), wav(1)).expect("writable");
    fs::write(place.at("calls/2_customer.wav"), wav(4)).expect("writable");
    assert_eq!(place.analyze(&[]).code, 0);
    assert_eq!(place.reports(), both);
}

#[test]
fn the_page_of_a_joined_call_names_both_files_and_whose_they_are() {
    let wav = |seed| noise_wav(seed, 8000, 1, 8000);
    let place = Place::new(&[
        ("1_agent.wav", &wav(1)),
        ("1_customer.wav", &wav(2)),
        ("2_agent.wav", &wav(3)),
        ("2_customer.wav", b"no sound"),
        ("3_agent.wav", &wav(5)),
    ]);
    assert_eq!(place.analyze(&[]).code, 0);
    let page = |name: &str| {
        let pages = fs::read_dir(place.at("out/calls")).expect("there").map(|entry| entry.expect("readable").path());
        let is_it = |path: &PathBuf| {
            let file = path.file_name().and_then(|name| name.to_str()).expect("text");
            file.starts_with(name) && file.ends_with(".html")
        };
        fs::read_to_string(pages.into_iter().find(is_it).expect("a page")).expect("readable")
    };
    let joined = page("1_agent-");
    for row in [
        "<dt>File of channel 0</dt><dd><bdi>calls/1_agent.wav (agent)</bdi></dd>",
        "<dt>File of channel 1</dt><dd><bdi>calls/1_customer.wav (customer)</bdi></dd>",
    ] {
        assert!(joined.contains(row), "{row} is not in {}", &joined[joined.find("<dl").expect("facts")..][..600]);
    }
    let lost = page("2_agent-");
    assert!(lost.contains("<dt>File without sound</dt><dd><bdi>calls/2_customer.wav</bdi></dd>"), "no row");
    assert!(!page("3_agent-").contains("File of channel"), "a call in one file");
}

#[test]
fn a_half_in_stereo_is_heard_on_the_channel_that_is_used_and_silence_keeps_its_length() {
    // A second of bursts on one channel and faint noise on the other; two seconds of silence on both.
    let noise = noise_wav(1, 8000, 2, 8000);
    let bursts = noise.as_slice()[44..].chunks_exact(4).enumerate().flat_map(|(i, frame)| {
        let sample = |bytes: &[u8]| i16::from_le_bytes([bytes[0], bytes[1]]);
        let party = if (i / 800).is_multiple_of(2) { sample(&frame[2..]).saturating_mul(8) } else { 0 };
        [(sample(frame) / 64).to_le_bytes(), party.to_le_bytes()].concat()
    });
    let noisy: Vec<u8> = noise[..44].iter().copied().chain(bursts).collect();
    let silent: Vec<u8> = {
        let wav = noise_wav(2, 16_000, 2, 8000);
        wav[..44].iter().copied().chain(std::iter::repeat_n(0, wav.len() - 44)).collect()
    };
    let place = Place::new(&[("1_agent.wav", &noisy), ("1_customer.wav", &silent)]);
    let ran = place.analyze(&[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let reports = place.reports();
    let files = vec!["calls/1_agent.wav".to_owned(), "calls/1_customer.wav".to_owned()];
    let problems = vec!["half_one_channel", "halves_differ"];
    assert_eq!(shown(&reports[0]), ("calls/1_agent.wav".into(), 2, 8000, 2.0, files, problems));
    let message = reports[0]["problems"].as_array().expect("problems").iter().find(|p| p["code"] == "half_one_channel");
    let message = message.and_then(|problem| problem["message"].as_str()).expect("a message");
    assert!(message.contains("channel 1 was taken"), "{message}");
    let loud = &reports[0]["channels"][0]["level"]["peak_dbfs"];
    // Noise of 0.025 times 8: -14 dBFS.
    assert!((loud.as_f64().expect("a level") + 14.0).abs() < 0.5, "{loud}");
}
