//! What callvet finds in `samples/`, against what is in them, and what it costs: `cargo bench --bench samples`.
//! Prints Markdown tables for README.md and docs/benchmarks.md. Not a test: it reports and requires nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use callvet::accuracy::{Event, WordErrors, match_events, plain_words, word_errors};
use callvet::call::{CallMetadata, CallReport, Finding, Polarity, RequiredStatus};
use callvet::models;
use callvet::pipeline::{CallJob, Engine, Scanner, Settings};
use callvet::timeline::TimeSpan;
use serde::Deserialize;

#[derive(Deserialize)]
struct Truth {
    language: String,
    layout: String,
    audio: String,
    duration_s: f64,
    channel: Vec<ChannelTruth>,
    #[serde(default)]
    leakage: Vec<LeakageTruth>,
    conversation: ConversationTruth,
    said: Vec<Said>,
    finding: Vec<FindingTruth>,
    required: Vec<RequiredTruth>,
}

#[derive(Deserialize)]
struct ChannelTruth {
    channel: usize,
    active_speech_level_dbov: Option<f64>,
    noise_rms_dbfs: Option<f64>,
    snr_db: f64,
    noise_made_of: String,
    clipped_ratio: f64,
}

#[derive(Deserialize)]
struct LeakageTruth {
    from: u16,
    to: u16,
    attenuation_db: f64,
    delay_ms: f64,
}

#[derive(Deserialize)]
struct ConversationTruth {
    overtalk_s: f64,
}

#[derive(Deserialize)]
struct Said {
    text: String,
}

#[derive(Deserialize)]
struct FindingTruth {
    category: String,
    rule: Option<String>,
    start_s: f64,
    end_s: f64,
}

#[derive(Deserialize)]
struct RequiredTruth {
    category: String,
    status: RequiredStatus,
}

/// Word times of the model may lie this far outside a line.
const TOLERANCE_S: f64 = 0.5;

#[derive(Default)]
struct Tally {
    n_true: usize,
    n_found: usize,
    n_false: usize,
    n_required: usize,
    n_required_right: usize,
    n_required_unjudged: usize,
    words: WordErrors,
}

impl Tally {
    fn row(&self, name: &str) -> String {
        format!(
            "| {name} | {} | {} | {} | {} | {} | {} | {} | {} |",
            self.n_true,
            self.n_found,
            self.n_true - self.n_found,
            self.n_false,
            self.n_required,
            self.n_required_right,
            self.n_required_unjudged,
            self.words.rate().map_or("-".into(), |r| format!("{:.0} %", r * 100.0)),
        )
    }
}

const HEAD: &str = "| | in it | found | missed | false | steps | judged right | not judgeable | WER |\n|---|---|---|---|---|---|---|---|---|";

fn events(report: &CallReport) -> Vec<(Event, &Finding)> {
    report
        .findings
        .iter()
        .filter(|f| matches!(f.polarity, Polarity::Forbidden | Polarity::Signal | Polarity::PersonalData))
        .map(|f| {
            let kind = if f.polarity == Polarity::PersonalData { &f.rule } else { &f.category };
            // Text lines have whole seconds and no end: the second counts.
            let start_s = f.start_s.unwrap_or(0.0);
            let least_s = if report.recording.duration_s.is_none() { 1.0 } else { 0.01 };
            let span = TimeSpan::new(start_s, f.end_s.unwrap_or(0.0).max(start_s + least_s));
            (Event { kind: kind.clone(), span }, f)
        })
        .collect()
}

fn compare(name: &str, truth: &Truth, report: &CallReport, tally: &mut Tally, is_verbose: bool) {
    let true_events: Vec<Event> = truth
        .finding
        .iter()
        .map(|f| Event { kind: f.rule.clone().unwrap_or(f.category.clone()), span: TimeSpan::new(f.start_s, f.end_s) })
        .collect();
    let found = events(report);
    let found_events: Vec<Event> = found.iter().map(|(e, _)| e.clone()).collect();
    let matching = match_events(&true_events, &found_events, TOLERANCE_S);
    tally.n_true += true_events.len();
    tally.n_found += matching.found.len();
    tally.n_false += matching.false_alarms.len();
    for step in &truth.required {
        let Some(judged) = report.required.iter().find(|r| r.category == step.category) else {
            tally.n_required += 1;
            tally.n_required_unjudged += 1;
            continue;
        };
        tally.n_required += 1;
        match judged.status {
            RequiredStatus::NotJudgeable | RequiredStatus::NotApplicable => tally.n_required_unjudged += 1,
            status if status == step.status => tally.n_required_right += 1,
            _ => {
                if is_verbose {
                    eprintln!("{name}: {} judged {:?}, true {:?}", step.category, judged.status, step.status);
                }
            }
        }
    }
    if is_verbose {
        for missed in &matching.missed {
            eprintln!("{name}: missed {} at {:.1} s", true_events[*missed].kind, true_events[*missed].span.start_s);
        }
        for false_alarm in &matching.false_alarms {
            let (event, finding) = &found[*false_alarm];
            eprintln!("{name}: false {} at {:.1} s, {}", event.kind, event.span.start_s, finding.rule);
        }
    }
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_verbose = std::env::var_os("CALLVET_BENCH_VERBOSE").is_some();
    let mut folders: Vec<PathBuf> = fs::read_dir(root.join("samples"))
        .expect("samples/ is there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("truth.toml").is_file())
        .collect();
    folders.sort();
    let engine = Engine::new(Settings::default(), Arc::default()).expect("the default models are in the repository");
    let scanner = Scanner::new(&Settings::default()).expect("the built-in lists load");

    let (mut by_call, mut by_language, mut on_text) =
        (Vec::new(), BTreeMap::<String, Tally>::new(), BTreeMap::<String, Tally>::new());
    let mut signal_rows = Vec::new();
    let (mut audio_s, mut work_s) = (0.0, 0.0);
    for folder in &folders {
        let name = folder.file_name().expect("a folder has a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(folder.join("truth.toml")).expect("readable");
        let truth: Truth = toml::from_str(&text).expect("a test reads every truth");
        let path = folder.join(&truth.audio);
        let job = CallJob {
            source: name.clone(),
            bytes: fs::metadata(&path).expect("readable").len(),
            sha256: models::sha256(&path).expect("readable"),
            path,
            metadata: CallMetadata::default(),
            parts: callvet::call::Parts::Whole,
        };
        let started = Instant::now();
        let report = engine.analyse(&job).expect("samples can be analysed").raw;
        work_s += started.elapsed().as_secs_f64();
        audio_s += truth.duration_s;

        let reference: Vec<String> = truth.said.iter().flat_map(|s| plain_words(&s.text)).collect();
        let heard: Vec<String> =
            report.transcript.iter().flat_map(|t| &t.utterances).flat_map(|u| plain_words(&u.text)).collect();
        let words = word_errors(&reference, &heard);
        let mut tally = Tally { words, ..Tally::default() };
        compare(&name, &truth, &report, &mut tally, is_verbose);
        by_call.push(tally.row(&name));
        let sum = by_language.entry(truth.language.clone()).or_default();
        compare("", &truth, &report, sum, false);
        sum.words = sum.words.plus(words);

        // The same rules on the true words: what is lost here is lost by the phrase lists, not by the recogniser.
        let scanned = scanner.scan(&folder.join("transcript.txt"), &name).expect("a transcript").raw;
        compare(
            &format!("{name} (text)"),
            &truth,
            &scanned,
            on_text.entry(truth.language.clone()).or_default(),
            is_verbose,
        );

        signal_rows.extend(signal(&name, &truth, &report));
    }

    println!("## Phrases, signals, personal data and steps, by call\n\n{HEAD}\n{}\n", by_call.join("\n"));
    println!("## By language\n\n{HEAD}");
    by_language.iter().for_each(|(language, tally)| println!("{}", tally.row(language)));
    println!("\n## By language, on the true words (`scan`)\n\n{HEAD}");
    on_text.iter().for_each(|(language, tally)| println!("{}", tally.row(language)));
    println!(
        "\n## Signal\n\n| call | channel | noise | level dBov | true | floor dBFS | true | SNR dB | true | clipped | true |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|\n{}\n", signal_rows.join("\n"));
    println!("{audio_s:.0} s of sound in {work_s:.0} s on one thread: {:.3} s a second", work_s / audio_s);
}

fn signal(name: &str, truth: &Truth, report: &CallReport) -> Vec<String> {
    let number = |value: Option<f64>| value.map_or("-".into(), |v| format!("{v:.1}"));
    let mut rows = Vec::new();
    for channel in &truth.channel {
        let Some(measured) = report.channels.iter().flatten().find(|c| usize::from(c.channel) == channel.channel)
        else {
            continue;
        };
        rows.push(format!(
            "| {name} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            channel.channel,
            channel.noise_made_of,
            number(measured.level.active_speech_level_dbov),
            number(channel.active_speech_level_dbov),
            number(measured.noise.floor_dbfs),
            number(channel.noise_rms_dbfs),
            number(measured.noise.snr_db),
            number(Some(channel.snr_db)),
            measured.clipping.clipped_ratio.map_or("-".into(), |r| format!("{:.2} %", r * 100.0)),
            format_args!("{:.2} %", channel.clipped_ratio * 100.0),
        ));
    }
    let measured =
        report.crosstalk.iter().filter_map(|c| c.leakage.as_ref()).flatten().filter(|l| l.detected == Some(true));
    for leak in measured {
        eprintln!(
            "{name}: leakage {}→{} {} dB {} ms",
            leak.from,
            leak.to,
            number(leak.attenuation_db),
            number(leak.delay_ms)
        );
    }
    for leak in &truth.leakage {
        eprintln!(
            "{name}: true leakage {}→{} {:.1} dB {:.1} ms",
            leak.from, leak.to, leak.attenuation_db, leak.delay_ms
        );
    }
    let overtalk = report.conversation.as_ref().and_then(|c| c.overtalk.as_ref()).map(|o| o.total_s);
    let flags = report.layout.as_ref().map(|l| format!("{:?}", l.flags)).unwrap_or_default();
    eprintln!(
        "{name}: overtalk {} s, true {:.1} s; layout {} {flags}",
        number(overtalk),
        truth.conversation.overtalk_s,
        truth.layout
    );
    rows
}
