//! Tests: reviews. What reviewers said goes into the store, changes confidences and pages, and comes out again. The
//! analysis is a mock: every line of a recording is a finding, `rule confidence quote`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use callvet::batch::review::{self, ReviewBook, ReviewError, ReviewOutcome};
use callvet::batch::store::FILE_NAME;
use callvet::batch::{
    Analysed, BatchError, BatchSummary, CallOutcome, NoProgress, RenderOptions, RunOptions, purge, render, run,
};
use callvet::call::{CallReport, Review, ReviewCounts, ReviewEntry, Verdict};
use callvet::pipeline::CallJob;
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::batch::{Place, options};
use crate::program::{arg, callvet, check_schema};

fn hex(text: &str, n: usize) -> String {
    let digest: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    digest[..n].to_owned()
}

/// Id of the finding in this line of a recording.
fn id_of(sha256: &str, line: usize) -> String {
    hex(&format!("{sha256} {line}"), 12)
}

fn report(job: &CallJob, text: &str) -> CallReport {
    let finding = |(index, line): (usize, &str)| {
        let mut words = line.splitn(3, ' ');
        let (rule, confidence) = (words.next().expect("a rule"), words.next().expect("a confidence"));
        json!({
            "id": id_of(&job.sha256, index), "rule": rule, "category": rule.split('.').next(), "polarity": "forbidden",
            "severity": "major", "start_s": index as f64, "end_s": index as f64 + 0.5, "utterance": index,
            "quote": words.next(), "confidence": confidence.parse::<f64>().expect("a number"),
            "message": "said something", "evidence": {"tier": "ordered", "list": "callvet-en"},
        })
    };
    let utterance = |(index, line): (usize, &str)| {
        json!({"start_s": index as f64, "end_s": index as f64 + 0.5, "channel": 0, "speaker": "s0", "language": "en",
            "text": format!("Well, {} for you.", line.splitn(3, ' ').last().expect("a quote")), "words": []})
    };
    let report = json!({
        "schema": CallReport::SCHEMA,
        "recording": {"source": job.source, "sha256": job.sha256, "bytes": job.bytes, "duration_s": 60.0},
        "call": job.metadata, "speakers": [{"id": "s0", "party": "agent", "channel": 0}],
        "findings": text.lines().enumerate().map(finding).collect::<Vec<_>>(), "required": [],
        "transcript": {"language": "en", "utterances": text.lines().enumerate().map(utterance).collect::<Vec<_>>()},
        "score": {"total": 77.0, "parts": []}, "problems": [],
        "provenance": {"callvet": "test", "phrase_lists": [], "settings_sha256": "s"},
    });
    serde_json::from_value(report).expect("a CallReport")
}

fn analyse(job: &CallJob) -> CallOutcome {
    let text = fs::read_to_string(&job.path).expect("a text that the test wrote");
    let masked = text.replace("555 1234", "[phone]");
    let (raw, masked) = (report(job, &text), report(job, &masked));
    Ok(Analysed { raw, masked, media: None, is_browser_playable: true })
}

fn run_all(place: &Place, options: &RunOptions) -> BatchSummary {
    let stop = std::sync::atomic::AtomicBool::new(false);
    run(&place.discover(), &[], &place.out(), options, &analyse, &NoProgress, &stop).expect("a run")
}

/// A folder of calls with these lines.
fn place(files: &[(&str, &str)]) -> Place {
    let place = Place::new(files);
    run_all(&place, &options(2));
    place
}

/// Calls that say `text` each, with something that tells them apart.
fn many(n: usize, text: &str) -> Place {
    let names: Vec<(String, String)> =
        (0..n).map(|i| (format!("{i:03}.wav"), text.replace("{i}", &i.to_string()))).collect();
    place(&names.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// A verdict on a line of a recording, by its text; the minute orders verdicts in time.
fn verdict(reviewer: &str, text: &str, line: usize, verdict: Verdict, minute: u32) -> Review {
    let sha256 = hex(text, 64);
    let entry = ReviewEntry {
        source: "in/some.wav".into(),
        finding: id_of(&sha256, line),
        sha256,
        rule: "x.y".into(),
        verdict,
        note: String::new(),
        at: format!("2026-11-02T10:{minute:02}:00Z"),
    };
    Review { reviewer: reviewer.into(), entry }
}

use Verdict::{Agree, Disagree, Unsure};

const A: &str = "urgency.today 0.9 only today\nscarcity.last 0.8 the last one\n";
const B: &str = "urgency.today 0.9 today only\nurgency.now 0.6 right now call 555 1234\n";

fn import(place: &Place, reviews: &[Review]) -> ReviewOutcome {
    review::import(&place.out(), reviews).expect("an import")
}

fn saved(outcome: &ReviewOutcome) -> [u64; 4] {
    let saved = outcome.saved.expect("of an import");
    [saved.n_new, saved.n_changed, saved.n_unchanged, saved.n_unknown]
}

/// The report on disk of a recording.
fn shown(place: &Place, source: &str) -> Value {
    let line = place.batch().calls.into_iter().find(|line| line.source == source).expect("a call");
    let text = fs::read_to_string(place.out().join(line.report.expect("analysed"))).expect("there");
    serde_json::from_str(&text).expect("JSON")
}

fn confidences(report: &Value) -> Vec<f64> {
    report["findings"].as_array().expect("findings").iter().filter_map(|f| f["confidence"].as_f64()).collect()
}

// Into the store.

#[test]
fn importing_twice_changes_nothing() {
    let place = place(&[("a.wav", A), ("b.wav", B)]);
    let reviews = [verdict("AK", A, 0, Agree, 1), verdict("AK", A, 1, Disagree, 2), verdict("BL", B, 1, Unsure, 3)];
    assert_eq!(saved(&import(&place, &reviews)), [3, 0, 0, 0]);
    let before = (place.tree(), review::outcome(&place.out()).expect("a store"));
    assert_eq!(saved(&import(&place, &reviews)), [0, 0, 3, 0]);
    assert!(before == (place.tree(), review::outcome(&place.out()).expect("a store")));
}

#[test]
fn the_later_word_of_a_reviewer_counts_in_whatever_order_they_come() {
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    // The last two are of the same moment, written in two zones.
    let mut said = [verdict("AK", A, 0, Agree, 1), verdict("AK", A, 0, Disagree, 5), verdict("AK", A, 0, Unsure, 5)];
    said[1].entry.at = "2026-11-02T12:05:00.000+02:00".into();
    let mut kept = BTreeSet::new();
    for order in orders {
        let place = place(&[("a.wav", A)]);
        let book = ReviewBook::open(&place.out()).expect("a store");
        for i in order {
            book.put(&said[i..=i]).expect("good");
        }
        let all = book.all().expect("readable");
        assert_eq!(all.len(), 1);
        kept.insert((all[0].entry.verdict, all[0].entry.at.clone()));
    }
    assert_eq!(kept, [(Unsure, "2026-11-02T10:05:00Z".to_owned())].into());
}

#[test]
fn threads_may_put_reviews_at_once() {
    let place = place(&[("a.wav", A)]);
    let book = &ReviewBook::open(&place.out()).expect("a store");
    let total: u64 = std::thread::scope(|scope| {
        let put = |reviewer: String| book.put(&[verdict(&reviewer, A, 0, Agree, 1)]).map(|saved| saved.n_new);
        let threads: Vec<_> = (0..8).map(|i| scope.spawn(move || put(format!("R{}", i % 4)))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic").expect("good")).sum()
    });
    assert_eq!((total, book.all().expect("readable").len()), (4, 4));
}

#[test]
fn verdicts_on_findings_that_are_not_there_are_kept_until_they_are() {
    let place = place(&[("a.wav", A)]);
    let outcome = import(&place, &[verdict("AK", A, 0, Agree, 1), verdict("AK", B, 0, Disagree, 1)]);
    assert_eq!((saved(&outcome), outcome.n_unknown, outcome.n_findings), ([2, 0, 0, 1], 1, 1));
    place.put("b.wav", B);
    run_all(&place, &options(1));
    let outcome = review::outcome(&place.out()).expect("a store");
    assert_eq!((outcome.n_unknown, outcome.n_findings), (0, 2));
    let review = &shown(&place, "in/b.wav")["findings"][0]["review"];
    assert_eq!(*review, json!({"agreed": 0, "disagreed": 1, "unsure": 0}));
    // The folder is as if the call had been there from the beginning.
    let other = Place::new(&[("a.wav", A), ("b.wav", B)]);
    run_all(&other, &options(2));
    import(&other, &[verdict("AK", B, 0, Disagree, 1), verdict("AK", A, 0, Agree, 1)]);
    assert!(place.tree() == other.tree());
}

#[test]
fn a_file_that_is_none_is_refused_with_the_entry_and_the_reason() {
    let good = json!({"source": "in/a.wav", "sha256": hex(A, 64), "finding": "0123456789ab", "rule": "x.y",
        "verdict": "agree", "note": "", "at": "2026-11-02T10:00:00Z"});
    let file = |entries: Vec<Value>| json!({"schema": "callvet.reviews/1", "reviewer": "AK", "reviews": entries});
    let check = |bytes: &str, number: Option<usize>, said: &str| {
        let error = review::parse(bytes.as_bytes(), None).expect_err("refused");
        assert!(error.to_string().contains(said), "{said}: {error}");
        let of_entry = match &error {
            ReviewError::Entry { number, .. } => Some(*number),
            ReviewError::File(_) => None,
        };
        assert_eq!(of_entry, number, "{error}");
    };
    assert_eq!(review::parse(file(vec![good.clone()]).to_string().as_bytes(), None).map(|r| r.len()), Ok(1));
    check("", None, "empty");
    check("{", None, "EOF");
    check("[]", None, "expected struct ReviewFile");
    check(&file(vec![]).to_string().replace("reviews/1", "reviews/2"), None, "its schema is");
    check(&file(vec![]).to_string().replace("\"AK\"", "\" \""), None, "no reviewer");
    check(&file(vec![]).to_string().replace("\"reviews\"", "\"revues\""), None, "unknown field `revues`");
    check(&"[".repeat(100_000), None, "invalid type");
    check(&file(vec![]).to_string().replace("[]", &"[".repeat(100_000)), None, "invalid type");
    let wrong = |key: &str, value: Value, said: &str| {
        let mut bad = good.clone();
        bad[key] = value;
        check(&file(vec![good.clone(), bad]).to_string(), Some(2), said);
    };
    wrong("verdict", json!("maybe"), "unknown variant `maybe`");
    wrong("stars", json!(5), "unknown field `stars`");
    wrong("sha256", json!("ABC"), "sha256 must be 64 hex digits");
    wrong("finding", json!("'; DROP TABLE reviews"), "finding must be 12 hex digits");
    wrong("rule", json!("a\u{1b}[2Jb"), "rule must be");
    wrong("source", json!("x".repeat(5000)), "source has more than");
    wrong("note", json!("x".repeat(5000)), "the note has more than");
    wrong("note", json!(["a secret"]), "invalid type");
    wrong("at", json!("yesterday"), "at must be RFC 3339");
    wrong("at", json!("2026-11-02T10:00:00"), "at must be RFC 3339");
    let mut nameless = good.clone();
    nameless.as_object_mut().expect("an object").remove("finding");
    check(&file(vec![nameless]).to_string(), Some(1), "missing field `finding`");
    // One wrong entry, and nothing is kept.
    let place = place(&[("a.wav", A)]);
    let mut bad = verdict("AK", A, 1, Agree, 1);
    bad.entry.at = "never".into();
    let error = review::import(&place.out(), &[verdict("AK", A, 0, Agree, 1), bad]).expect_err("refused");
    assert!(matches!(error, BatchError::Review(ReviewError::Entry { number: 2, .. })), "{error}");
    assert_eq!(ReviewBook::open(&place.out()).and_then(|book| book.all()).expect("a store"), []);
}

// Onto the pages.

#[test]
fn a_rejected_rule_loses_confidence_everywhere_and_the_store_keeps_what_the_analysis_said() {
    let place = many(12, "urgency.today 0.9 only today {i}\nscarcity.last 0.8 the last one {i}\n");
    let text = |i: usize| format!("urgency.today 0.9 only today {i}\nscarcity.last 0.8 the last one {i}\n");
    let before = (place.batch(), shown(&place, "in/011.wav"));
    assert_eq!(before.1["findings"][0]["review"], Value::Null);
    let rejected: Vec<Review> = (0..10).map(|i| verdict("AK", &text(i), 0, Disagree, 1)).collect();
    let outcome = import(&place, &rejected);
    assert!(outcome.calibration.is_applied);
    let held_out = outcome.calibration.held_out.as_ref().expect("ten recordings");
    assert!(held_out.brier_after < held_out.brier_before, "{held_out:?}");
    // 0 of 10: Wilson's interval ends at 0.2775.
    let rule = &outcome.rules[0];
    assert_eq!((rule.name.as_str(), rule.n, rule.n_agreed), ("urgency.today", 10, 0));
    assert!((rule.precision_high_ratio - 0.2775).abs() < 1e-4, "{rule:?}");
    assert!(rule.kappa.kappa.is_none() && rule.kappa.why_null.is_some());

    // One that was reviewed, and one that was not.
    for (source, review) in
        [("in/000.wav", json!({"agreed": 0, "disagreed": 1, "unsure": 0})), ("in/011.wav", Value::Null)]
    {
        let report = shown(&place, source);
        check_schema("callvet.call.1.json", &report);
        let found = confidences(&report);
        assert!(found[0] < 0.5 && (0.6..0.8).contains(&found[1]), "{source}: {found:?}");
        assert_eq!(report["findings"][0]["review"], review);
        assert_eq!(report["score"]["total"], json!(77.0), "the score is the analysis' own");
        assert_eq!(report["findings"][0]["id"], shown(&place, source)["findings"][0]["id"]);
        let problem = report["problems"].as_array().and_then(|p| p.last()).expect("a note");
        assert_eq!(problem["code"], json!("confidence_reviewed"));
        assert!(problem["message"].as_str().is_some_and(|m| m.contains("10 reviewed findings")), "{problem}");
        assert_eq!(problem["fields"], json!(["/findings/0/confidence", "/findings/1/confidence"]));
    }
    let after = place.batch();
    assert!(after.totals.expected_true.mean < before.0.totals.expected_true.mean - 4.0);

    let connection = Connection::open(place.out().join(FILE_NAME)).expect("a store");
    let one = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, f64>(0)).expect(sql);
    assert_eq!(one("SELECT min(confidence) FROM findings WHERE rule = 'urgency.today'"), 0.9);
    assert_eq!(one("SELECT min(raw_json ->> '$.findings[0].confidence') FROM calls"), 0.9);
    assert!(one("SELECT shift FROM calibration WHERE level = 'rule' AND is_applied") < -2.0);
    // What ends with exit code 1 follows the pages.
    let summary = render(&place.out(), &RenderOptions::default()).expect("a store");
    assert_eq!(summary.n_likely_findings, [0, 12, 0, 0]);
}

#[test]
fn the_same_store_gives_the_same_bytes_from_import_report_and_analyze() {
    let place = place(&[("a.wav", A), ("b.wav", B)]);
    let untouched = place.tree();
    import(
        &place,
        &[verdict("AK", A, 0, Disagree, 1), verdict("BL", B, 0, Disagree, 2), verdict("BL", A, 0, Agree, 3)],
    );
    let reviewed = place.tree();
    assert!(untouched != reviewed);
    render(&place.out(), &RenderOptions::default()).expect("a store");
    assert!(reviewed == place.tree());
    let summary = run_all(&place, &options(1));
    assert_eq!((summary.n_analysed, summary.n_unchanged), (0, 2));
    assert!(reviewed == place.tree());
    // New settings: everything is analysed again, with the reviews of before.
    let again = RunOptions { settings_sha256: "settings 2".into(), ..options(2) };
    assert_eq!(run_all(&place, &again).n_analysed, 2);
    assert!(reviewed == place.tree());
    // Put into the store alone, as a server does: the next run of either shows it.
    let book = ReviewBook::open(&place.out()).expect("a store");
    book.put(&[verdict("AK", B, 1, Agree, 4)]).expect("good");
    assert!(reviewed == place.tree());
    run_all(&place, &again);
    let run_tree = place.tree();
    assert!(reviewed != run_tree);
    render(&place.out(), &RenderOptions::default()).expect("a store");
    assert!(run_tree == place.tree());
    // A batch that lost a call loses what its reviews taught, and gets it back.
    fs::remove_file(place.input().join("a.wav")).expect("there");
    run_all(&place, &again);
    let alone = place.tree();
    render(&place.out(), &RenderOptions::default()).expect("a store");
    assert!(alone == place.tree());
    place.put("a.wav", A);
    run_all(&place, &again);
    assert!(run_tree == place.tree());
}

#[test]
fn reviewers_who_differ_are_counted_apart_and_compared() {
    let text = |i: usize| format!("urgency.today 0.9 only today {i}\n");
    let place = many(50, "urgency.today 0.9 only today {i}\n");
    // 20 both yes, 5 only AK, 10 only BL, 15 both no: kappa 0.4.
    let says = |i: usize| match i {
        0..20 => (Agree, Agree),
        20..25 => (Agree, Disagree),
        25..35 => (Disagree, Agree),
        _ => (Disagree, Disagree),
    };
    let both = |i: usize| [verdict("AK", &text(i), 0, says(i).0, 1), verdict("BL", &text(i), 0, says(i).1, 2)];
    let mut reviews: Vec<Review> = (0..50).flat_map(both).collect();
    reviews.push(verdict("CM", &text(0), 0, Agree, 3));
    reviews.push(verdict("CM", &text(49), 0, Unsure, 3));
    let outcome = import(&place, &reviews);
    assert_eq!(outcome.pairs.len(), 1);
    let pair = &outcome.pairs[0];
    assert_eq!((pair.first.as_str(), pair.second.as_str(), pair.kappa.counts), ("AK", "BL", [[20, 5], [10, 15]]));
    assert!(pair.kappa.kappa.is_some_and(|k| (k - 0.4).abs() < 1e-12), "{pair:?}");
    assert_eq!(outcome.n_pairs_too_small, 2, "CM with both");
    assert_eq!((outcome.all.n, outcome.all.n_agreed, outcome.all.n_split), (35, 20, 15));
    let counts = |i: usize| -> ReviewCounts {
        let report = shown(&place, &format!("in/{i:03}.wav"));
        serde_json::from_value(report["findings"][0]["review"].clone()).expect("counts")
    };
    assert_eq!(counts(0), ReviewCounts { agreed: 3, disagreed: 0, unsure: 0 });
    assert_eq!(counts(49), ReviewCounts { agreed: 0, disagreed: 2, unsure: 1 });
    assert_eq!((counts(22).decision(), counts(49).is_rejected()), (None, true));
    // 27.5 of 50 agreed where 0.9 was said: near 0.55, above it for the prior.
    let found = confidences(&shown(&place, "in/000.wav"))[0];
    assert!((0.55..0.63).contains(&found), "{found}");
}

#[test]
fn reviews_that_only_make_it_worse_leave_the_confidences_alone() {
    // Verdicts against what every other call says: what some calls teach is wrong for the rest.
    let place = many(4, "urgency.today 0.5 only today {i}\n");
    let text = |i: usize| format!("urgency.today 0.5 only today {i}\n");
    let says = |i: usize| if i.is_multiple_of(2) { Agree } else { Disagree };
    let outcome = import(&place, &(0..4).map(|i| verdict("AK", &text(i), 0, says(i), 1)).collect::<Vec<_>>());
    let held_out = outcome.calibration.held_out.as_ref().expect("four recordings");
    assert!(held_out.brier_after > held_out.brier_before && !outcome.calibration.is_applied, "{held_out:?}");
    let report = shown(&place, "in/000.wav");
    assert_eq!(confidences(&report), [0.5]);
    assert_eq!(report["problems"], json!([]));
    assert_eq!(report["findings"][0]["review"]["agreed"], json!(1), "and the verdict is shown");
}

#[test]
fn notes_and_names_do_no_harm_and_stay_in_the_store() {
    let place = place(&[("a.wav", A)]);
    let note =
        "<script>alert(1)</script> =cmd|' /C calc'!A0 \u{202e} Mrs Kowalska 555 9999\n\"'; DROP TABLE reviews; --";
    let mut hostile = verdict("<img src=x onerror=alert(1)>", A, 0, Disagree, 1);
    hostile.entry.note = note.into();
    hostile.entry.source = "../../etc/passwd\u{1b}[2J".into();
    let file = place.root.path().join("reviews.json");
    let document = json!({"schema": "callvet.reviews/1", "reviewer": hostile.reviewer, "reviews": [hostile.entry]});
    fs::write(&file, document.to_string()).expect("writable");
    let ran = callvet(["review", "import", arg(&file), "--into", arg(&place.out())]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for text in ["Kowalska", "555 9999", "passwd", "\u{1b}"] {
        assert!(!ran.stdout.contains(text) && !ran.stderr.contains(text), "{ran:?}");
        // A workbook is packed: any byte may stand in it, and no word as it is.
        for (name, bytes) in place.tree().into_iter().filter(|(name, _)| !name.ends_with(".xlsx")) {
            assert!(!String::from_utf8_lossy(&bytes).contains(text), "{text} in {name}");
        }
    }
    for (name, bytes) in place.tree() {
        assert!(!String::from_utf8_lossy(&bytes).contains("onerror"), "{name}");
    }
    let all = ReviewBook::open(&place.out()).and_then(|book| book.all()).expect("a store");
    assert_eq!(all[0].entry.note, note, "as it was written");
}

#[test]
fn purging_a_call_takes_its_reviews_along() {
    let place = place(&[("a.wav", A), ("b.wav", B)]);
    let mut noted = verdict("AK", A, 0, Disagree, 1);
    noted.entry.note = "a zeppelin".into();
    let mut unknown = verdict("AK", "x.y 0.5 nowhere\n", 0, Agree, 1);
    unknown.entry.note = "a xylophone".into();
    import(&place, &[noted, unknown, verdict("AK", B, 0, Agree, 1)]);
    let connection = Connection::open(place.out().join(FILE_NAME)).expect("a store");
    let long_ago = "UPDATE calls SET analysed_at = '2020-01-01T00:00:00Z' WHERE source = 'in/a.wav';
        UPDATE reviews SET at_us = 1577836800000000 WHERE note = 'a xylophone'";
    connection.execute_batch(long_ago).expect("writable");
    drop(connection);
    let before_s = 1_600_000_000;
    assert_eq!(purge::purge(&place.out(), before_s).expect("a purge").forgotten.sources, ["in/a.wav"]);
    let left = ReviewBook::open(&place.out()).and_then(|book| book.all()).expect("a store");
    assert_eq!(left.iter().map(|r| r.entry.sha256.clone()).collect::<Vec<_>>(), [hex(B, 64)]);
    let store = fs::read(place.out().join(FILE_NAME)).expect("there");
    for word in [b"zeppelin".as_slice(), b"xylophone"] {
        assert!(!store.windows(word.len()).any(|window| window == word));
    }
    let purged = place.tree();
    render(&place.out(), &RenderOptions::default()).expect("a store");
    assert!(purged == place.tree());
}

#[test]
fn ten_thousand_reviews_of_a_hundred_calls_are_taken_in_one_go() {
    let text = |i: usize| -> String {
        (0..100).map(|line| format!("c{}.r{line} 0.{} words {i} {line}\n", line % 7, 50 + line / 2)).collect()
    };
    let files: Vec<(String, String)> = (0..100).map(|i| (format!("{i:03}.wav"), text(i))).collect();
    let place = place(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>());
    let says = |i: usize, line: usize| if (i * 31 + line * 17) % 10 < 7 { Agree } else { Disagree };
    let reviews: Vec<Review> = (0..100)
        .flat_map(|i| {
            let text = text(i);
            (0..100).map(move |line| verdict("AK", &text, line, says(i, line), 1)).collect::<Vec<_>>()
        })
        .collect();
    let outcome = import(&place, &reviews);
    assert_eq!((saved(&outcome), outcome.n_findings, outcome.rules.len()), ([10_000, 0, 0, 0], 10_000, 100));
    assert_eq!(saved(&import(&place, &reviews)), [0, 0, 10_000, 0]);
}

// Out again.

#[test]
fn rejected_findings_become_lines_that_must_not_fire_masked_and_once() {
    let again = "urgency.today 0.9 only today\nurgency.now 0.9 right now\n";
    let place = place(&[("a.wav", A), ("b.wav", B), ("c.wav", again)]);
    let reviews = [
        verdict("AK", A, 0, Disagree, 1),
        verdict("AK", again, 0, Disagree, 1),
        verdict("AK", B, 0, Agree, 1),
        verdict("AK", B, 1, Disagree, 1),
        verdict("AK", A, 1, Unsure, 1),
    ];
    import(&place, &reviews);
    let lines = review::phrase_lines(&place.out()).expect("a store");
    assert_eq!((lines.n_must_not_fire, lines.n_must_fire, lines.n_contradictory), (2, 1, 0));
    let read: toml::Table = lines.toml.parse().expect("TOML");
    let rules: BTreeMap<&str, &toml::Value> = read["rule"]
        .as_array()
        .expect("rules")
        .iter()
        .map(|rule| (rule["id"].as_str().expect("an id"), rule))
        .collect();
    assert_eq!(rules["urgency.today"]["must_not_fire"].as_array(), Some(&vec!["Well, only today for you.".into()]));
    assert_eq!(rules["urgency.today"]["must_fire"].as_array(), Some(&vec!["Well, today only for you.".into()]));
    let masked = "Well, right now call [phone] for you.";
    assert_eq!(rules["urgency.now"]["must_not_fire"].as_array(), Some(&vec![masked.into()]));
    // A list of one's own takes them.
    let list = lines
        .toml
        .replace("[[rule]]\n", "[[rule]]\npolarity = \"forbidden\"\nseverity = \"minor\"\npatterns = [\"zzz\"]\n");
    let path = place.root.path().join("own.toml");
    fs::write(&path, list).expect("writable");
    let ran = callvet(["phrases", "test", arg(&path)]);
    assert!(ran.stderr.contains("3 lines tested, 1 failed"), "the one that must fire on zzz: {ran:?}");
}

#[test]
fn the_program_imports_tells_and_exports() {
    let place = place(&[("a.wav", A), ("b.wav", B)]);
    let out = place.out();
    let out = arg(&out);
    let (file, lines) = (place.root.path().join("reviews.json"), place.root.path().join("lines.toml"));
    let entries = [verdict("", A, 0, Disagree, 1).entry, verdict("", B, 1, Agree, 1).entry];
    let document = json!({"schema": "callvet.reviews/1", "reviewer": "", "reviews": entries});
    fs::write(&file, document.to_string()).expect("writable");
    let (file, lines) = (arg(&file), arg(&lines));

    let ran = callvet(["review", "import", file, "--into", out]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("reviews.json") && ran.stderr.contains("give one with --reviewer"), "{ran:?}");
    let ran = callvet(["review", "import", file, "--into", out, "--reviewer", "AK", "--json", "--lines", lines]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("2 new verdicts, 0 changed, 0 known already"), "{ran:?}");
    assert!(ran.stderr.contains("1 must-not-fire and 1 must-fire lines"), "{ran:?}");
    let outcome: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    check_schema("callvet.review-outcome.1.json", &outcome);
    assert_eq!(outcome["saved"]["n_new"], json!(2));
    let ran = callvet(["review", "show", out]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for text in ["urgency.today", "AK: 1 agree, 1 disagree, 0 unsure", "calibration error", "held out"] {
        assert!(ran.stdout.contains(text), "{text}: {}", ran.stdout);
    }
    let ran = callvet(["review", "show", out, "--lines", "-"]);
    assert_eq!(Some(ran.stdout), fs::read_to_string(lines).ok());
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(lines).expect("written").permissions());
        assert_eq!(mode & 0o777, 0o600, "what was said is for its owner");
    }

    let exported = callvet(["review", "export", out]);
    assert_eq!(exported.code, 0, "{exported:?}");
    check_schema("callvet.reviews.1.json", &serde_json::from_str(&exported.stdout).expect("one reviewer"));
    assert_eq!(exported.stdout.lines().count(), 1, "one document a line, as pages read them");
    fs::write(file, format!("{}{}", exported.stdout, exported.stdout.replace("AK", "BL"))).expect("writable");
    let ran = callvet(["review", "import", file, "--into", out]);
    assert!(ran.stderr.contains("2 new verdicts, 0 changed, 2 known already"), "{ran:?}");

    let nowhere = place.root.path().join("nowhere");
    let ran = callvet(["review", "import", file, "--into", arg(&nowhere)]);
    assert_eq!((ran.code, nowhere.exists()), (2, false), "{ran:?}");
    let ran = callvet(["review", "show", out, "--json", "--lines", "-"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

/// To write them after a change: `cargo test --test it review::write_the_schemas -- --ignored`.
#[test]
#[ignore = "writes into the source tree"]
fn write_the_schemas() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    fs::write(folder.join("callvet.reviews.1.json"), review::schema()).expect("writable");
    fs::write(folder.join("callvet.review-outcome.1.json"), ReviewOutcome::schema()).expect("writable");
}

#[test]
fn the_committed_schemas_of_reviews_are_those_of_the_data() {
    assert!(include_str!("../../schemas/callvet.reviews.1.json") == review::schema(), "see write_the_schemas");
    let outcome = include_str!("../../schemas/callvet.review-outcome.1.json");
    assert!(outcome == ReviewOutcome::schema(), "see write_the_schemas");
}
