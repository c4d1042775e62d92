//! Pages for the tests in a real browser (tests/browser): those that no recording in samples/ gives. A call whose every
//! text is an attack, a call of ten minutes, and a batch of five thousand calls. The tests themselves are not here:
//! `make test-browser` writes the pages with this and opens them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::report::calls::*;
use callvet::call::{CallLine, CallReport, RunLine};
use callvet::report::html::{PageAudio, PageLinks, PageMedia, call_page, index_page, vendors_page};
use callvet::report::{media, texts::Texts};
use callvet::timeline::TimeSpan;
use callvet::vetting;

/// Where the pages are written: `target/tmp/browser-pages`, which tests/browser/fixture.mjs knows too.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-pages")
}

fn write(name: &str, bytes: &[u8]) {
    let path = folder().join(name);
    std::fs::create_dir_all(path.parent().expect("below a folder")).expect("writable");
    std::fs::write(path, bytes).expect("writable");
}

/// The good call again and again for so long, as a call of that length would be.
fn long_call(duration_s: f64) -> CallReport {
    let once = good_call();
    let once_s = once.recording.duration_s.expect("has a length");
    let mut report = once.clone();
    report.recording.source = "demo/long.wav".into();
    report.recording.sha256 = "10".repeat(32);
    report.recording.duration_s = Some(duration_s);
    report.findings.clear();
    report.transcript.as_mut().expect("words").utterances.clear();
    // Whole ones only: the end of the call is silence.
    let n_times = (duration_s / once_s).floor() as u32;
    for time in 0..n_times {
        let by_s = f64::from(time) * once_s;
        let later = |at: &mut Option<f64>| *at = at.map(|s| s + by_s);
        let first_utterance = report.transcript.as_ref().map_or(0, |t| t.utterances.len());
        for finding in &once.findings {
            let mut finding = finding.clone();
            finding.id = format!("{time:02x}{}", &finding.id[2..]);
            later(&mut finding.start_s);
            later(&mut finding.end_s);
            finding.utterance = finding.utterance.map(|u| u + first_utterance);
            report.findings.push(finding);
        }
        for utterance in &once.transcript.as_ref().expect("words").utterances {
            let mut utterance = utterance.clone();
            later(&mut utterance.start_s);
            later(&mut utterance.end_s);
            for word in &mut utterance.words {
                (word.start_s, word.end_s) = (word.start_s + by_s, word.end_s + by_s);
            }
            report.transcript.as_mut().expect("words").utterances.push(utterance);
        }
    }
    let silence = report.conversation.as_mut().and_then(|c| c.silence.as_mut()).expect("measured");
    let spans = silence.spans.clone();
    let repeat = |time: u32| {
        let by_s = f64::from(time) * once_s;
        spans.clone().into_iter().map(move |s| TimeSpan { start_s: s.start_s + by_s, end_s: s.end_s + by_s })
    };
    silence.spans = (0..n_times).flat_map(repeat).collect();
    report
}

fn write_call(report: &CallReport, stem: &str) {
    let channels = sound(report);
    let made = media::make(&channels);
    for (i, png) in made.spectrogram_png.iter().enumerate() {
        write(&format!("media/{stem}.{i}.png"), png);
    }
    let path = folder().join(format!("media/{stem}.wav"));
    let spec =
        hound::WavSpec { channels: 2, sample_rate: 8000, bits_per_sample: 16, sample_format: hound::SampleFormat::Int };
    let mut wav = hound::WavWriter::create(path, spec).expect("writable");
    for i in 0..channels.n_samples() {
        for plane in channels.planes() {
            wav.write_sample((plane[i].clamp(-1.0, 1.0) * 32_767.0) as i16).expect("writable");
        }
    }
    wav.finalize().expect("writable");
    let media = PageMedia {
        peaks: Some(&made.peaks),
        spectrogram_hrefs: (0..2).map(|i| format!("../media/{stem}.{i}.png")).collect(),
        audio: PageAudio::Href(format!("../media/{stem}.wav")),
    };
    let links = PageLinks { index: "../index.html".into(), ..PageLinks::default() };
    let page = call_page(report, &media, &links, Texts::default()).expect("a page");
    write(&format!("calls/{stem}.html"), page.as_bytes());
}

/// Calls that differ in whatever a list can be sorted and filtered by.
fn many_lines(n_calls: u32) -> Vec<CallLine> {
    let first = CallLine::from_report(&good_call(), "calls/long");
    let line = |i: u32| {
        let mut line = first.clone();
        line.source = format!("demo/2026-11-{:02}/call_{i:05}.ogg", 1 + i % 28);
        line.sha256 = format!("{i:064x}");
        // 37 has no factor in common with 60: every score comes up, in no order.
        line.score = (i % 7 != 6).then(|| f64::from(40 + i * 37 % 60));
        line.n_by_severity = [u64::from(i.is_multiple_of(5)), u64::from(i % 4), u64::from(i % 3), 2];
        line.language = Some(["en", "pl", "ru", "el", "hu"][i as usize % 5].into());
        line.duration_s = Some(f64::from(30 + i * 97 % 900));
        line.n_absent = u64::from(i % 3);
        line.call.agent = Some(format!("agent {:02}", i % 40));
        line.call.vendor = Some(["Example Calls", "Second Line", "Third Party"][i as usize % 3].into());
        line.call.started_at = Some(format!("2026-11-{:02}T{:02}:{:02}:00+01:00", 1 + i % 28, 8 + i % 12, i % 60));
        line
    };
    (0..n_calls).map(line).collect()
}

#[test]
#[ignore = "writes pages for tests/browser"]
fn write_the_pages() {
    write_call(&long_call(600.0), "long");
    write_call(&hostile_call(), "hostile");
    let lines = [CallLine::from_report(&hostile_call(), "calls/hostile"), failed_line(), pending_line()];
    // Two runs: enough for a line from one to the other.
    let runs = |lines: &[CallLine]| {
        ["2026-11-01T20:00:00Z", "2026-11-08T20:00:00Z"].map(|at| RunLine::of(lines, at, &"ef".repeat(32)))
    };
    let index =
        |lines: &[CallLine]| index_page(&batch(lines), lines, None, &runs(lines), Texts::default()).expect("a page");
    write("hostile.html", index(&lines).as_bytes());
    write("index.html", index(&many_lines(5000)).as_bytes());
    // Enough calls of three vendors for intervals and differences, and a vendor whose name is an attack.
    let mut lines = many_lines(300);
    lines[0].call.vendor = Some(HOSTILE[..3].join(" "));
    lines.sort_by(|a, b| a.source.cmp(&b.source));
    let compared = vetting::compare(&lines, &[], &|_| Some(hostile_call()));
    let sounds = BTreeMap::from([("calls/long".to_owned(), "media/long.wav".to_owned())]);
    let page = vendors_page(&compared, &sounds, Texts::default()).expect("a page");
    write("vendors.html", page.as_bytes());
}
