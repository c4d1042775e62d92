//! The command line where no recording is heard: usage, precedence, text, lists, models. Exit codes and streams are
//! what scripts depend on.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::pipeline::check_report;
use crate::program::{Ran, arg, callvet, check_schema, command, finish, reference};

/// A folder for the files of one test.
struct Place(tempfile::TempDir);

impl Place {
    fn new(files: &[(&str, &str)]) -> Self {
        let place = Self(tempfile::tempdir().expect("a temporary folder"));
        for (name, text) in files {
            let path = place.at(name);
            fs::create_dir_all(path.parent().expect("in the folder")).expect("writable");
            fs::write(path, text).expect("writable");
        }
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn arg(&self, name: &str) -> String {
        arg(&self.at(name)).to_owned()
    }
}

#[track_caller]
fn check(ran: &Ran, code: i32, on_stderr: &str) {
    assert_eq!(ran.code, code, "{ran:?}");
    assert!(ran.stderr.contains(on_stderr), "{on_stderr:?} is not in {}", ran.stderr);
    assert!(
        !ran.stderr.contains('\u{1b}') && !ran.stdout.contains('\u{1b}'),
        "no colour away from a terminal: {ran:?}"
    );
}

// ---- Usage ----

#[test]
fn wrong_usage_exits_with_2_says_what_is_wrong_and_leaves_nothing_behind() {
    let place = Place::new(&[
        ("empty/readme.md", "no sound here"),
        ("typo.toml", "langauge = \"pl\"\n"),
        ("type.toml", "jobs = \"many\"\n"),
        ("list.txt", "\n* *\n"),
        ("no_source.csv", "name,agent\na.wav,Anna\n"),
        ("bad_time.csv", "source,started_at\nagent.wav,yesterday\n"),
    ]);
    let clip = arg(&reference("speech/agent.wav")).to_owned();
    let out = place.arg("out");
    let file = |name: &str| place.arg(name);
    let table: Vec<(Vec<String>, &str)> = vec![
        (vec![file("nowhere")], "no such file or folder"),
        (vec![file("empty")], "no recordings found"),
        (vec![clip.clone(), "--language".into(), "klingon".into()], "\"klingon\""),
        (vec![clip.clone(), "--language".into(), "xx".into()], "ISO 639-1"),
        (vec![clip.clone(), "--language".into(), "PL".into()], "\"PL\""),
        (vec![clip.clone(), "--jobs".into(), "0".into()], "--jobs must be at least 1"),
        (vec![clip.clone(), "--jobs".into(), "many".into()], "--jobs"),
        (vec![clip.clone(), "--agent-channel".into(), "2".into()], "--agent-channel must be 0, 1 or auto"),
        (vec![clip.clone(), "--max-duration".into(), "soon".into()], "--max-duration"),
        (vec![clip.clone(), "--raw".into(), "mp3,8000".into()], "--raw must be CODEC"),
        (vec![clip.clone(), "--timezone".into(), "Mars/Olympus".into()], "--timezone"),
        (vec![clip.clone(), "--fail-on".into(), "terrible".into()], "critical, major, minor, info"),
        (vec![clip.clone(), "--audio".into(), "loud".into()], "link, copy, none"),
        (vec![clip.clone(), "--model".into(), file("nowhere.bin")], "nowhere.bin"),
        (vec![clip.clone(), "--phrases".into(), file("nowhere.txt")], "nowhere.txt"),
        (vec![clip.clone(), "--phrases".into(), file("list.txt")], "list.txt, line 2"),
        (vec![clip.clone(), "--profile".into(), "mars".into()], "eu, uk, us, pl, ru, el, hu"),
        (vec![clip.clone(), "--metadata".into(), file("nowhere.csv")], "nowhere.csv"),
        (vec![clip.clone(), "--metadata".into(), file("no_source.csv")], "source"),
        (vec![clip.clone(), "--metadata".into(), file("bad_time.csv")], "line 2"),
        (vec![clip.clone(), "--name-pattern".into(), "{shoe_size}".into()], "column"),
        (vec![clip.clone(), "--config".into(), file("typo.toml")], "langauge"),
        (vec![clip.clone(), "--config".into(), file("type.toml")], "type.toml"),
        (vec![clip.clone(), "--config".into(), file("nowhere.toml")], "nowhere.toml"),
        (vec![clip.clone(), "--quiet".into(), "--verbose".into()], "cannot be used with"),
        (vec![clip.clone(), clip.clone()], "would both be called agent.wav"),
    ];
    for (args, on_stderr) in table {
        let ran = callvet(["analyze", "--out", &out].into_iter().chain(args.iter().map(String::as_str)));
        check(&ran, 2, on_stderr);
        assert_eq!(ran.stdout, "", "{args:?}");
        // Once in a message is enough.
        assert!(ran.stderr.matches("(os error 2)").count() <= 1, "{}", ran.stderr);
        assert!(!Path::new(&out).exists(), "{args:?} left an output folder");
    }
}

#[test]
fn commands_that_miss_something_exit_with_2() {
    let place = Place::new(&[("never/analysed.txt", "")]);
    let clip = arg(&reference("speech/agent.wav")).to_owned();
    for (args, on_stderr) in [
        (vec![], "Usage: callvet"),
        (vec!["frobnicate".to_owned()], "frobnicate"),
        (vec!["analyze".into(), clip], "--out"),
        (vec!["report".into(), place.arg("never")], "callvet.sqlite"),
        (vec!["scan".into(), place.arg("nowhere.txt")], "no such file or folder"),
        (vec!["phrases".into(), "check".into(), place.arg("nowhere.toml")], "nowhere.toml"),
        (vec!["models".into(), "verify".into(), place.arg("never/analysed.txt")], "callvet models list"),
        (vec!["completions".into(), "tcsh".into()], "bash"),
    ] {
        check(&callvet(&args), 2, on_stderr);
    }
}

#[test]
fn an_output_folder_that_cannot_be_made_exits_with_4() {
    let place = Place::new(&[("out", "a file where the folder should be")]);
    let clip = reference("speech/agent.wav");
    check(&callvet(["analyze", arg(&clip), "--no-transcribe", "--out", &place.arg("out")]), 4, "out");
}

#[test]
fn a_hostile_file_name_in_an_error_cannot_drive_the_terminal() {
    check(&callvet(["analyze", "no\u{1b}[2Jwhere", "--out", "nowhere"]), 2, "no\u{fffd}[2Jwhere");
}

// ---- Precedence ----

/// `name = value  # origin` of `--dump-config`.
fn dumped(ran: &Ran, name: &str) -> (String, String) {
    check(ran, 0, "");
    let found = ran.stdout.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = ")?.split_once("  # "));
    let (value, origin) = found.unwrap_or_else(|| panic!("{name} is not in {}", ran.stdout));
    (value.to_owned(), origin.to_owned())
}

#[test]
fn a_flag_wins_over_the_environment_over_the_file_over_the_default() {
    let place =
        Place::new(&[("callvet.toml", "language = \"hu\"\njobs = 3\nno-transcribe = true\naudio = \"none\"\n")]);
    let clip = reference("speech/agent.wav");
    let run = |config: bool, env: &[(&str, &str)], flags: &[&str]| {
        let mut command = command();
        command.args(["analyze", arg(&clip), "--out", &place.arg("out"), "--dump-config"]);
        if config {
            command.args(["--config", &place.arg("callvet.toml")]);
        }
        finish(command.envs(env.iter().copied()).args(flags))
    };
    let check = |name: &str, ran: &Ran, value: &str, origin: &str| {
        let found = dumped(ran, name);
        assert!(found.0 == value && found.1.starts_with(origin), "{name}: {found:?}");
    };
    let env = [("CALLVET_LANGUAGE", "el"), ("CALLVET_NO_BUILTIN_PHRASES", "1")];
    let nothing = run(false, &[], &[]);
    check("language", &nothing, "\"auto\"", "default");
    check("no-transcribe", &nothing, "false", "default");
    check("max-duration", &nothing, "\"4h\"", "default");
    let file = run(true, &[], &[]);
    check("language", &file, "\"hu\"", "file ");
    check("no-transcribe", &file, "true", "file ");
    check("audio", &file, "\"none\"", "file ");
    let environment = run(true, &env, &[]);
    check("language", &environment, "\"el\"", "environment CALLVET_LANGUAGE");
    check("no-builtin-phrases", &environment, "true", "environment");
    check("jobs", &environment, "3", "file ");
    let flag = run(true, &env, &["--language", "ru", "--jobs", "2"]);
    check("language", &flag, "\"ru\"", "flag");
    check("jobs", &flag, "2", "flag");
    assert!(!place.at("out").exists(), "nothing was analysed");
}

#[test]
fn a_switch_in_the_environment_takes_what_people_write() {
    let clip = reference("speech/agent.wav");
    let run = |value: &str| {
        let mut command = command();
        command.args(["analyze", arg(&clip), "--out", "nowhere", "--dump-config"]);
        finish(command.env("CALLVET_NO_TRANSCRIBE", value))
    };
    for (value, expected) in [("1", "true"), ("true", "true"), ("yes", "true"), ("0", "false"), ("off", "false")] {
        assert_eq!(dumped(&run(value), "no-transcribe").0, expected, "{value}");
    }
    check(&run("perhaps"), 2, "perhaps");
}

// ---- scan ----

/// The category of "The offer expires in two hours"; ids of rules change with the packs.
const EXPIRES: &str = "urgency_false";

fn json_lines(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[test]
fn scan_reads_each_format_and_finds_the_same_phrase_in_it() {
    let place = Place::new(&[
        ("texts/a.txt", "# a note\n\n[00:01] agent: The offer expires today.\n[00:03] customer: Oh.\n"),
        ("texts/b.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Agent>The offer expires today.</v>\n"),
        ("texts/c.srt", "1\n00:00:01,000 --> 00:00:03,000\nAgent: The offer expires today.\n"),
        ("texts/d.csv", "start,end,speaker,text\n1.0,3.0,agent,The offer expires today.\n"),
        ("texts/e.json", r#"{"language":"en","segments":[{"start":1.0,"end":3.0,"text":"The offer expires today."}]}"#),
        ("texts/notes.md", "The offer expires today.\n"),
    ]);
    let ran = callvet(["scan", &place.arg("texts"), "--language", "en", "--json"]);
    check(&ran, 0, "");
    let reports = json_lines(&ran);
    let sources: Vec<&Value> = reports.iter().map(|report| &report["recording"]["source"]).collect();
    assert_eq!(sources, ["texts/a.txt", "texts/b.vtt", "texts/c.srt", "texts/d.csv", "texts/e.json"]);
    for report in &reports {
        let source = &report["recording"]["source"];
        check_schema("callvet.call.1.json", report);
        check_report(report);
        for pointer in ["/recording/duration_s", "/recording/codec", "/layout", "/channels", "/crosstalk"] {
            assert_eq!(report.pointer(pointer), Some(&Value::Null), "{source}{pointer}");
        }
        let findings = report["findings"].as_array().expect("a list");
        let finding =
            findings.iter().find(|f| f["category"] == EXPIRES).unwrap_or_else(|| panic!("{source}: {findings:?}"));
        let start_s = finding["start_s"].as_f64().expect("the text has times");
        assert!((1.0..3.0).contains(&start_s), "{source}: {start_s}");
        assert!(finding["quote"].as_str().is_some_and(|q| q.contains("expires")), "{source}: {finding}");
    }
    let lines: Vec<&Value> = reports[0]["findings"].as_array().expect("a list").iter().map(|f| &f["line"]).collect();
    assert!(lines.contains(&&Value::from(3)), "lines are counted as an editor does: {lines:?}");
    for report in &reports[..4] {
        assert_eq!(report["speakers"][0]["party"], "agent", "{}", report["recording"]["source"]);
    }
}

#[test]
fn a_text_without_times_has_findings_without_times() {
    let place = Place::new(&[("chat.txt", "agent: The offer expires today.\n")]);
    let reports = json_lines(&callvet(["scan", &place.arg("chat.txt"), "--language", "en", "--json"]));
    let finding = reports[0]["findings"].as_array().expect("a list").iter().find(|f| f["category"] == EXPIRES);
    let finding = finding.expect("the phrase is in it");
    assert_eq!(
        (&finding["start_s"], &finding["end_s"], &finding["line"]),
        (&Value::Null, &Value::Null, &Value::from(1))
    );
}

#[test]
fn a_text_that_cannot_be_read_is_a_line_of_its_own_and_the_others_go_on() {
    let place = Place::new(&[("t/a.json", "{\"segments\": ["), ("t/b.txt", "agent: The offer expires today.\n")]);
    let ran = callvet(["scan", &place.arg("t"), "--json"]);
    check(&ran, 3, "t/a.json");
    let lines = json_lines(&ran);
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["source"], "t/a.json");
    assert!(lines[0]["error"]["kind"].is_string() && lines[0]["error"]["message"].is_string(), "{}", lines[0]);
    assert_eq!(lines[1]["recording"]["source"], "t/b.txt");
}

#[test]
fn scan_masks_personal_data_unless_asked() {
    let place = Place::new(&[("a.txt", "customer: My card is 4539 1488 0343 6467, mail jo.public@example.com.\n")]);
    let secrets = ["4539", "0343", "jo.public"];
    let card = |ran: &Ran| {
        let line = ran.stdout.lines().next().expect("a report");
        let report: Value = serde_json::from_str(line).expect("JSON");
        report["findings"].as_array().expect("a list").iter().find(|f| f["rule"] == "pii.card").expect("found").clone()
    };
    for format in [None, Some("--json")] {
        let scan = |show: Option<&'static str>| {
            let text = place.arg("a.txt");
            callvet(["scan", text.as_str()].into_iter().chain(format).chain(show))
        };
        let masked = scan(None);
        check(&masked, 0, "");
        assert!(masked.stdout.contains("[card]") && masked.stdout.contains("[email]"), "{}", masked.stdout);
        for secret in secrets {
            assert!(!masked.stdout.contains(secret) && !masked.stderr.contains(secret), "{secret}: {masked:?}");
        }
        let shown = scan(Some("--show-personal-data"));
        assert_eq!(shown.code, 0);
        assert!(secrets.iter().all(|secret| shown.stdout.contains(secret)), "{}", shown.stdout);
        if format.is_some() {
            let (masked, shown) = (card(&masked), card(&shown));
            assert_eq!((&masked["quote"], &shown["quote"]), (&"[card]".into(), &"4539 1488 0343 6467".into()));
            assert_eq!(masked["id"], shown["id"]);
        }
    }
}

#[test]
fn scan_exits_with_1_for_findings_at_or_above_fail_on() {
    let place = Place::new(&[("bad.txt", "agent: The offer expires today.\n"), ("good.txt", "customer: Hello.\n")]);
    for (text, severity, code) in [
        ("bad.txt", Some("major"), 1),
        ("bad.txt", Some("critical"), 0),
        ("bad.txt", None, 0),
        ("good.txt", Some("critical"), 0),
    ] {
        let path = place.arg(text);
        let fail_on = severity.map(|severity| ["--fail-on", severity]);
        let args = ["scan", &path, "--language", "en"].into_iter().chain(fail_on.into_iter().flatten());
        assert_eq!(callvet(args).code, code, "{text} {severity:?}");
    }
}

#[test]
fn a_list_of_ones_own_is_used_and_can_stand_alone() {
    let place = Place::new(&[
        ("a.txt", "agent: The blue elephants are on sale, and the offer expires today.\n"),
        ("mine.txt", "blue elephant*\n"),
    ]);
    let rules = |more: &[&str]| {
        let (text, list) = (place.arg("a.txt"), place.arg("mine.txt"));
        let args = ["scan", &text, "--json", "--language", "en", "--phrases", &list];
        let ran = callvet(args.iter().chain(more));
        check(&ran, 0, "");
        let report = json_lines(&ran).remove(0);
        let found = report["findings"].as_array().expect("a list").iter().filter(|f| f["quote"].is_string());
        found.map(|f| f["rule"].as_str().expect("text").to_owned()).collect::<Vec<_>>()
    };
    let both = rules(&[]);
    assert!(
        both.iter().any(|rule| rule.starts_with(EXPIRES)) && both.iter().any(|rule| rule.starts_with("mine.")),
        "{both:?}"
    );
    let alone = rules(&["--no-builtin-phrases"]);
    assert!(alone.iter().all(|rule| rule.starts_with("mine.")) && alone.len() == 1, "{alone:?}");
}

// ---- Lists, models, the machine ----

#[test]
fn the_built_in_lists_are_shown_have_no_mistakes_and_pass_their_own_lines() {
    let list = callvet(["phrases", "list"]);
    check(&list, 0, "rules in");
    assert!(["en", "pl", "ru", "el", "hu"].iter().all(|language| list.stdout.contains(&format!(" {language} "))));
    assert!(list.stdout.contains(EXPIRES));
    check(&callvet(["phrases", "check"]), 0, "0 to look at");
    check(&callvet(["phrases", "test"]), 0, "0 failed");
}

#[test]
fn a_mistake_in_a_list_is_told_with_file_and_line() {
    let place = Place::new(&[
        ("a.toml", "name = \"mine\"\nversion = \"1\"\n\n[[rule]]\nid = \"x\"\ncategory = \"nonsense\"\n"),
        ("b.toml", "name = \"mine\"\nversion = \"1\"\n[[rule]]\nid = \"x.y\"\nmust_frie = [\"a\"]\n"),
        ("c.txt", "\n\n* *\n"),
        ("d.toml", "name = \n"),
    ]);
    for (list, at) in [("a.toml", "line 5"), ("b.toml", "line 5"), ("c.txt", "line 3"), ("d.toml", "line 1")] {
        for command in ["list", "check", "test"] {
            check(&callvet(["phrases", command, &place.arg(list)]), 2, &format!("{list}, {at}"));
        }
    }
}

#[test]
fn a_line_of_a_list_that_does_not_fire_is_told() {
    let rule = "language = \"en\"\n[[rule]]\nid = \"free_false.mine\"\npatterns = [\"for free\"]\n";
    let place = Place::new(&[(
        "a.toml",
        &format!(
            "name = \"mine\"\nversion = \"1\"\n{rule}must_fire = [\"It costs money.\"]\nmust_not_fire = [\"No.\"]\n"
        ),
    )]);
    let ran = callvet(["phrases", "test", &place.arg("a.toml")]);
    check(&ran, 3, "1 failed");
    assert!(ran.stdout.contains("free_false.mine"), "{}", ran.stdout);
}

#[test]
fn the_models_that_come_with_callvet_are_here_and_whole() {
    let list = callvet(["models", "list"]);
    check(&list, 0, "Looked in");
    assert!(list.stdout.contains("ggml-base-q8_0.bin") && list.stdout.contains("ggml-silero"), "{}", list.stdout);
    let verify = callvet(["models", "verify"]);
    check(&verify, 0, "");
    let same = verify.stdout.lines().filter(|line| line.ends_with("ok: size and SHA-256 as published")).count();
    assert!(same >= 2 && same == verify.stdout.lines().count(), "{}", verify.stdout);
    let place = Place::new(&[("ggml-base-q8_0.bin", "not a model")]);
    let damaged = callvet(["models", "verify", &place.arg("ggml-base-q8_0.bin")]);
    check(&damaged, 3, "");
    assert!(damaged.stdout.contains("DIFFERENT"), "{}", damaged.stdout);
}

#[test]
fn doctor_finds_nothing_missing_and_says_where_it_looked() {
    let ran = callvet(["doctor"]);
    check(&ran, 0, "");
    assert!(!ran.stdout.contains("MISSING") && ran.stdout.contains("AVX2"), "{}", ran.stdout);
    assert!(ran.stdout.contains(arg(&Path::new(env!("CARGO_MANIFEST_DIR")).join("models"))), "{}", ran.stdout);
}

#[test]
fn completions_and_the_man_page_know_every_command() {
    let help = callvet(["--help"]);
    check(&help, 0, "");
    let listed =
        help.stdout.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.contains(&"analyze") && commands.len() >= 9, "{commands:?}");
    let (bash, man) = (callvet(["completions", "bash"]), callvet(["man"]));
    check(&bash, 0, "");
    check(&man, 0, "");
    for command in commands.into_iter().filter(|command| *command != "help") {
        assert!(bash.stdout.contains(command), "{command}");
        assert!(man.stdout.contains(&format!("COMMAND: {}", command.to_uppercase())), "{command}");
        check(&callvet([command, "--help"]), 0, "");
    }
    for option in ["--language", "--fail-on", "--show-personal-data", "--dump-config"] {
        assert!(man.stdout.contains(&option.replace('-', "\\-")), "{option}");
    }
}

#[test]
fn who_closes_the_output_hears_of_no_error() {
    let mut child = command()
        .args(["phrases", "list"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program is built with the tests");
    // Nobody reads: as behind `| head`, which has ended.
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    // More than a pipe holds is written, so that it cannot have gone unnoticed.
    assert_eq!(ended.status.code(), Some(141));
}
