//! Reports as bytes: what a spreadsheet, a program and a browser get to see.

#[path = "report/calls.rs"]
pub mod calls;

use calls::*;
use callvet::batch::redact::RedactionReport;
use callvet::call::{BatchReport, CallLine, CallReport, ChannelPeaks, Finding, Peaks, json};
use callvet::report::html::{NoSound, PageAudio, PageLinks, PageMedia, call_page, index_page};
use callvet::report::texts::Texts;
use callvet::report::{csv, media, schema};
use serde_json::{Value, json};

fn page(report: &CallReport) -> String {
    let made = report.recording.duration_s.map(|_| media::make(&sound(report)));
    let media = PageMedia {
        peaks: made.as_ref().map(|m| &m.peaks),
        spectrogram_hrefs: vec!["../media/x.0.png".into(), "../media/x.1.png".into()],
        audio: PageAudio::Href("../media/x.wav".into()),
    };
    let links =
        PageLinks { index: "../index.html".into(), previous: Some("a.html".into()), next: Some("b.html".into()) };
    call_page(report, &media, &links, Texts::default()).expect("a page")
}

fn lines() -> Vec<CallLine> {
    vec![
        CallLine::from_report(&good_call(), "calls/joe_0017-01234567"),
        failed_line(),
        pending_line(),
        CallLine::from_report(&hostile_call(), "calls/hostile-89abcdef"),
    ]
}

// ---- Schemas ----

fn validator(schema: &str) -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(schema).expect("JSON")).expect("a schema")
}

/// To write them after a change of the data: `cargo test --test it report::write_the_schemas -- --ignored`.
#[test]
#[ignore = "writes into the source tree"]
fn write_the_schemas() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    std::fs::write(folder.join("callvet.call.1.json"), schema::call_schema()).expect("writable");
    std::fs::write(folder.join("callvet.batch.1.json"), schema::batch_schema()).expect("writable");
    std::fs::write(folder.join("callvet.redaction.1.json"), RedactionReport::schema()).expect("writable");
    std::fs::write(folder.join("callvet.selftest.1.json"), schema::selftest_schema()).expect("writable");
    std::fs::write(folder.join("callvet.vendors.1.json"), schema::vendors_schema()).expect("writable");
    std::fs::write(folder.join("callvet.worker-request.1.json"), schema::worker_request_schema()).expect("writable");
    std::fs::write(folder.join("callvet.worker-answer.1.json"), schema::worker_answer_schema()).expect("writable");
}

#[test]
fn the_committed_schemas_are_those_of_the_data() {
    // Not assert_eq: two schemas side by side are no message.
    assert!(include_str!("../../schemas/callvet.call.1.json") == schema::call_schema(), "see write_the_schemas");
    assert!(include_str!("../../schemas/callvet.batch.1.json") == schema::batch_schema(), "see write_the_schemas");
    assert!(include_str!("../../schemas/callvet.vendors.1.json") == schema::vendors_schema(), "see write_the_schemas");
    assert!(
        include_str!("../../schemas/callvet.worker-request.1.json") == schema::worker_request_schema(),
        "see write_the_schemas"
    );
    assert!(
        include_str!("../../schemas/callvet.worker-answer.1.json") == schema::worker_answer_schema(),
        "see write_the_schemas"
    );
    assert!(
        include_str!("../../schemas/callvet.redaction.1.json") == RedactionReport::schema(),
        "see write_the_schemas"
    );
    assert!(
        include_str!("../../schemas/callvet.selftest.1.json") == schema::selftest_schema(),
        "see write_the_schemas"
    );
}

#[test]
fn reports_are_valid_by_their_schemas() {
    let call = validator(&schema::call_schema());
    for report in [good_call(), hostile_call(), text_only_call()] {
        let value = json::to_value(&report).expect("JSON");
        if let Err(error) = call.validate(&value) {
            panic!("{error} at {}", error.instance_path());
        }
    }
    assert!(validator(&schema::batch_schema()).is_valid(&json::to_value(&batch(&lines())).expect("JSON")));
}

#[test]
fn a_report_of_another_shape_is_not_valid() {
    let call = validator(&schema::call_schema());
    let good = json::to_value(&good_call()).expect("JSON");
    let check = |pointer: &str, value: Value| {
        let mut broken = good.clone();
        *broken.pointer_mut(pointer).expect("a field") = value;
        assert!(!call.is_valid(&broken), "{pointer}");
    };
    check("/schema", json!("callvet.call/2"));
    check("/recording/bytes", json!("many"));
    check("/recording", json!({}));
    check("/findings/0/severity", json!("terrible"));
    check("/channels/0/level", json!({"rms": -3}));
    for section in ["", "/recording", "/channels/0/noise", "/findings/0", "/transcript/utterances/0/words/0"] {
        let mut broken = good.clone();
        let object = broken.pointer_mut(section).and_then(Value::as_object_mut).expect("an object");
        object.insert("unknown".into(), json!(1));
        assert!(!call.is_valid(&broken), "unknown key in {section:?}");
        let mut broken = good.clone();
        let object = broken.pointer_mut(section).and_then(Value::as_object_mut).expect("an object");
        let key = object.keys().next_back().cloned().expect("a key");
        object.remove(&key);
        assert!(!call.is_valid(&broken), "{section:?} without {key}");
    }
    let mut broken: Value = json::to_value(&batch(&lines())).expect("JSON");
    broken["totals"]["n_calls"] = json!(-1);
    assert!(!validator(&schema::batch_schema()).is_valid(&broken));
    assert_ne!(BatchReport::SCHEMA, CallReport::SCHEMA);
}

// ---- CSV ----

fn records(bytes: &[u8]) -> Vec<::csv::StringRecord> {
    ::csv::Reader::from_reader(bytes).records().map(|r| r.expect("CSV")).collect()
}

fn column(bytes: &[u8], name: &str) -> usize {
    let header = ::csv::Reader::from_reader(bytes).headers().expect("a header").clone();
    header.iter().position(|h| h == name).expect("a column")
}

#[test]
fn every_call_is_a_line_of_the_table_failed_ones_too() {
    let bytes = csv::calls(&lines()).expect("CSV");
    let (rows, cell) =
        (records(&bytes), |row: usize, name: &str| records(&bytes)[row][column(&bytes, name)].to_owned());
    assert_eq!(rows.len(), 4);
    for (row, name, expected) in [
        (0, "source", "demo/2026-11-02/joe_0017.wav"),
        (0, "status", "ok"),
        (0, "score", "58.42"),
        (0, "snr_db", "27.35"),
        (0, "overtalk_ratio", "0.0053"),
        (0, "n_critical", "1"),
        (0, "n_major", "3"),
        (0, "n_required_absent", "1"),
        (0, "page", "calls/joe_0017-01234567.html"),
        (1, "status", "failed"),
        (1, "error_kind", "malformed"),
        (1, "error", "the file has a header but no sound"),
        (1, "score", ""),
        (1, "page", ""),
        (2, "status", "pending"),
    ] {
        assert_eq!(cell(row, name), expected, "{name} of line {row}");
    }
}

#[test]
fn every_finding_is_a_line_of_the_table() {
    let mut table = csv::FindingsCsv::new(Vec::new()).expect("memory");
    table.push(&good_call(), "calls/a-1").expect("memory");
    table.push(&text_only_call(), "calls/b-2").expect("memory");
    let bytes = table.finish().expect("memory");
    let rows = records(&bytes);
    assert_eq!(rows.len(), 14);
    let first = rows.iter().find(|r| &r[column(&bytes, "id")] == "a1b2c3d4e5f6").expect("listed");
    for (name, expected) in [
        ("severity", "critical"),
        ("polarity", "forbidden"),
        ("confidence", "0.82"),
        ("party", "agent"),
        ("start_s", "10.6"),
        ("utterance", "2"),
        ("page", "calls/a-1.html"),
    ] {
        assert_eq!(&first[column(&bytes, name)], expected, "{name}");
    }
}

#[test]
fn no_cell_of_a_hostile_call_begins_a_formula() {
    let mut report = hostile_call();
    report.recording.source = "=HYPERLINK(\"x\")".into();
    report.findings[0].quote = Some("+1\n=2".into());
    let mut table = csv::FindingsCsv::new(Vec::new()).expect("memory");
    table.push(&report, "calls/a-1").expect("memory");
    let line = CallLine::from_report(&report, "calls/a-1");
    for bytes in [table.finish().expect("memory"), csv::calls(&[line]).expect("memory")] {
        for cell in records(&bytes).iter().flatten() {
            let is_number = cell.parse::<f64>().is_ok();
            for line in cell.lines().filter(|_| !is_number) {
                assert!(!line.trim_start().starts_with(['=', '+', '-', '@']), "{line:.40}");
            }
        }
    }
}

// ---- Pages ----

/// What an HTML parser would take for tags: `<`, then a letter, `/`, `!` or `?`, up to the `>` outside of quotes.
/// The contents of style and script elements are left out, up to the first end tag, as a browser does.
fn tags(page: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            rest = &rest[1..];
            continue;
        }
        let mut quote = None;
        let end = rest.char_indices().find(|(_, c)| {
            match (quote, *c) {
                (None, '"' | '\'') => quote = Some(*c),
                (Some(open), c) if open == c => quote = None,
                _ => {}
            }
            quote.is_none() && *c == '>'
        });
        let tag = rest[..=end.expect("every tag ends").0].to_owned();
        rest = &rest[tag.len()..];
        for raw in ["script", "style"] {
            if tag.starts_with(&format!("<{raw}")) {
                rest = &rest[rest.find(&format!("</{raw}")).expect("closed")..];
            }
        }
        tags.push(tag);
    }
    tags
}

/// Names of the attributes of a tag.
fn attributes(tag: &str) -> Vec<String> {
    let mut outside = String::new();
    let mut quote = None;
    for c in tag.chars() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, c) => outside.push(c),
            _ => {}
        }
    }
    let names = outside.trim_matches(['<', '>']).split_whitespace().skip(1);
    names.map(|a| a.split('=').next().unwrap_or_default().to_ascii_lowercase()).collect()
}

fn data_block(page: &str) -> Value {
    let start = page.find(r#"<script type="application/json" id="data">"#).expect("a data block");
    let block = &page[start..];
    let block = &block[block.find('>').expect("ends") + 1..block.find("</script").expect("closed")];
    serde_json::from_str(block).expect("JSON")
}

#[test]
fn no_text_of_a_stranger_becomes_markup() {
    let own =
        ["html", "head", "meta", "title", "style", "body", "script", "header", "main", "footer", "nav", "section"];
    let own_inside = [
        "a", "span", "div", "p", "h1", "h2", "dl", "dt", "dd", "ul", "ol", "li", "table", "caption", "thead", "tbody",
        "tr", "th", "td", "bdi", "q", "strong", "small", "button", "select", "option", "label", "input", "form",
        "details", "summary", "meter", "canvas", "img", "audio", "i", "kbd", "h3", "b", "br", "output", "dialog",
        "template",
    ];
    let pages = [
        page(&hostile_call()),
        page(&good_call()),
        index_page(&batch(&lines()), &lines(), None, &[], Texts::default()).expect("a page"),
    ];
    for page in &pages {
        for tag in tags(page) {
            let name: String =
                tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
            let is_ours = own.contains(&&*name) || own_inside.contains(&&*name) || tag == "<!DOCTYPE html>";
            assert!(is_ours, "{tag:.80}");
            assert!(attributes(&tag).iter().all(|a| !a.starts_with("on") && a != "style"), "{tag:.80}");
        }
        // Our data, our program, and the end tag of each: nothing else runs or ends them early.
        let scripts = tags(page).into_iter().filter(|t| t.starts_with("<script") || t.starts_with("</script"));
        let known = ["<script>", "</script>", r#"<script type="application/json" id="data">"#];
        assert!(scripts.clone().all(|t| known.contains(&t.as_str())) && scripts.count() <= 4);
        assert!(!page.contains('\u{202e}'), "nothing turns the text around it");
    }
    // An image stands for a channel or for the scale, nothing else.
    let images: Vec<String> = tags(&pages[0]).into_iter().filter(|t| t.starts_with("<img")).collect();
    assert_eq!(images.len(), 3, "{images:?}");
}

#[test]
fn hostile_texts_are_shown_as_they_are() {
    let page = page(&hostile_call());
    assert!(page.contains("&#60;img src=x onerror=alert(2)&#62;"));
    assert!(page.contains("{{7*7}}"));
    assert!(page.contains("call[U+202E]gpj.exe"));
}

/// RFC 4648, section 4.
fn from_base64(text: &str) -> Vec<u8> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = text.bytes().filter(|c| *c != b'=').map(digit).collect();
    let of_group = |group: &[u8]| {
        let bits = group.iter().fold(0u32, |bits, d| bits << 6 | u32::from(*d)) << (6 * (4 - group.len()));
        bits.to_be_bytes()[1..group.len()].to_vec()
    };
    digits.chunks(4).flat_map(of_group).collect()
}

#[test]
fn the_data_block_is_the_data() {
    let report = good_call();
    let data = data_block(&page(&report));
    let peaks = media::make(&sound(&report)).peaks;
    let axis = &data["axis"];
    let made: Vec<u8> = peaks.channels[1].min_max.iter().flat_map(|(a, b)| [*a as u8, *b as u8]).collect();
    assert_eq!(from_base64(axis["peaks"][1].as_str().expect("a text")), made);
    assert_eq!(axis["wave_colours"], json!(["agent", "customer"]));
    assert_eq!(axis["findings"].as_array().map(Vec::len), Some(report.findings.len()));
    let rows = axis["rows"].as_array().expect("lanes");
    let overtalk = rows.iter().find(|row| row["colour"] == "both").expect("a lane");
    assert_eq!(overtalk["spans"], json!([[17.2, 17.5, "interruption, Customer", false]]));
    assert_eq!(data["sha256"], *report.recording.sha256, "reviews are kept by the recording");
    assert_eq!(data["words"]["reviewed"], "{n} of {of} reviewed");
    let hostile = data_block(&self::page(&hostile_call()));
    assert_eq!(hostile["axis"]["findings"][0]["id"], HOSTILE[1], "escapes are undone by parsing");
}

#[test]
fn pages_load_nothing_from_anywhere_and_say_so_to_the_browser() {
    for page in
        [page(&good_call()), index_page(&batch(&lines()), &lines(), None, &[], Texts::default()).expect("a page")]
    {
        let policy = r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-"#;
        let at = page.find(policy).expect("a policy");
        assert!(at < page.find("<style").expect("a style"), "the policy comes before what it governs");
        assert!(!page.contains("unsafe-"));
        for tag in tags(&page) {
            assert!(!tag.contains("http://") && !tag.contains("https://") && !tag.contains("=\"//"), "{tag}");
            assert!(!tag.starts_with("<link") && !tag.starts_with("<iframe"), "{tag}");
        }
    }
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    assert_eq!(page(&good_call()), page(&good_call()));
    let made = || index_page(&batch(&lines()), &lines(), None, &[], Texts::default()).expect("a page");
    assert_eq!(made(), made());
    let mut turned = lines();
    turned.reverse();
    assert_eq!(
        index_page(&batch(&lines()), &turned, None, &[], Texts::default()).expect("a page"),
        made(),
        "order of calls does not matter"
    );
}

#[test]
fn a_call_page_says_what_was_found_and_why() {
    let page = page(&good_call());
    for (what, expected) in [
        ("score", "<strong>58</strong>"),
        ("a lost point leads to its finding", r##"<a href="#f-a1b2c3d4e5f6">False urgency 0:10.6</a>"##),
        ("a finding plays", r#"data-start="10.600""#),
        ("the worst is first to hear", r#"data-play-finding="a1b2c3d4e5f6""#),
        ("formula", "100 × (15 + 9.5 + 14 + 10 + 2 + 5) / (15 + 10 + 15 + 20 + 25 + 10) = 58.42"),
        ("filter by party", r#"<option value="customer">Customer</option>"#),
        ("a lane as a list", "Both speak: 1, "),
        ("a lane that is empty", "Agent: dropouts: "),
        ("law", "Directive 2005/29/EC, Annex I, No. 7"),
        ("missing step", "✗</span> missing"),
        ("near miss", "Nearest (62 %)"),
        ("window", "Searched: 0:00.0 to 0:30.0; 97 % of its speech could be heard"),
        ("reason of a missing number", "not measured: only digital silence is left between the words of this channel"),
        ("reason given for the whole section", "not measured: background voices are not measured by this version"),
        ("meaning", "How far the speech lies above the noise"),
        ("grade against the limits of the catalogue", r#"27.4</bdi> <small class="good">"#),
        ("limits", "Good from 25.0 dB, poor up to 12.0 dB"),
        ("an uncertain word", r#"title="Uncertain: heard with 31 %""#),
        ("a word of a quote", r#"class="w said critical"#),
        ("language of an utterance", r#"<p lang="en" dir="auto">"#),
        ("overtalk as a list", "interruption, Customer"),
        ("hash", &"5f".repeat(32)),
        ("next call", r#"<a id="next-call" rel="next" href="b.html">"#),
    ] {
        assert!(page.contains(expected), "{what}: {expected}");
    }
}

#[test]
fn a_call_without_sound_has_a_page_that_says_so() {
    let media = PageMedia { peaks: None, spectrogram_hrefs: vec![], audio: PageAudio::None(NoSound::Text) };
    let page = call_page(&text_only_call(), &media, &PageLinks::default(), Texts::default()).expect("a page");
    assert!(page.contains("This call is text."));
    assert!(!page.contains("<audio") && !page.contains("<canvas"));
    assert_eq!(data_block(&page)["axis"], Value::Null);
    assert!(page.contains(r#"<span class="w said critical">Today is the very last day"#), "quotes are found in text");
}

#[test]
fn ten_minutes_of_two_channels_make_a_page_under_600_kilobytes() {
    let mut report = good_call();
    let transcript = report.transcript.as_mut().expect("words");
    let once = transcript.utterances.clone();
    // The talk of 80 s over and over, without its pauses: more words than ten minutes of sales talk have.
    while transcript.utterances.iter().map(|u| u.words.len()).sum::<usize>() < 1500 {
        transcript.utterances.extend(once.clone());
    }
    let findings = report.findings.clone();
    for i in 0..6 {
        report.findings.extend(findings.iter().map(|f| Finding { id: format!("{i}{}", &f.id[1..]), ..f.clone() }));
    }
    let peaks = media::make(&sound(&report)).peaks;
    let made = peaks.channels.iter().map(|channel| {
        let repeated = channel.min_max.iter().cycle().take(media::MAX_PEAK_BINS);
        ChannelPeaks { min_max: repeated.copied().collect() }
    });
    let peaks = Peaks { bin_s: 600.0 / media::MAX_PEAK_BINS as f64, channels: made.collect() };
    report.recording.duration_s = Some(600.0);
    let media = PageMedia { peaks: Some(&peaks), spectrogram_hrefs: vec![], audio: PageAudio::Href("x.wav".into()) };
    let page = call_page(&report, &media, &PageLinks::default(), Texts::default()).expect("a page");
    assert!(page.len() < 600_000, "{} bytes", page.len());
}

#[test]
fn the_index_has_the_worst_call_first_and_the_failed_with_their_reason() {
    let mut lines = lines();
    let mut better = lines[0].clone();
    (better.score, better.source, better.stem) = (Some(91.0), "demo/better.wav".into(), "calls/better-1".into());
    let mut unscored = lines[0].clone();
    (unscored.score, unscored.source, unscored.stem) = (None, "demo/unscored.wav".into(), "calls/unscored-1".into());
    lines.truncate(3);
    lines.extend([better, unscored]);
    let page = index_page(&batch(&lines), &lines, None, &[], Texts::default()).expect("a page");
    let list = &page[page.find(r#"<section id="calls""#).expect("a list")..];
    let place = |text: &str| list.find(text).unwrap_or_else(|| panic!("{text} is listed"));
    let order =
        ["joe_0017-01234567.html", "calls/better-1.html", "calls/unscored-1.html", "header_only.wav", "later.wav"];
    let places: Vec<usize> = order.iter().map(|text| place(text)).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(page.contains("the file has a header but no sound"));
    assert!(page.contains("Files left out (1)"));
    assert!(!page.contains("calls/header_only-0badf00d.html"), "a failed call has no page to lead to");
}

#[test]
fn five_thousand_calls_make_a_page_of_a_few_megabytes() {
    let line = CallLine::from_report(&good_call(), "calls/joe_0017-01234567");
    let many: Vec<CallLine> = (0..5000)
        .map(|i| CallLine { source: format!("demo/{i:05}.wav"), score: Some(f64::from(i % 100)), ..line.clone() })
        .collect();
    let page = index_page(&batch(&many), &many, None, &[], Texts::default()).expect("a page");
    let list = &page[page.find(r#"<table class="calls""#).expect("a list")..];
    let list = &list[..list.find("</table>").expect("it ends")];
    assert_eq!(list.matches("<tr>").count(), 201, "without a script the worst 200, and the head");
    assert_eq!(data_block(&page)["calls"].as_array().map(Vec::len), Some(5000));
    // About half a kilobyte a call: a browser reads and parses 5 MB in a fraction of a second.
    assert!(page.len() < 5_000_000, "{} bytes", page.len());
}

// ---- For eyes ----

/// The contrast that WCAG 2.2, 1.4.3 (AA) asks of text.
const MIN_CONTRAST: f64 = 4.5;

#[test]
fn text_has_enough_contrast_in_light_and_dark() {
    let page = page(&good_call());
    let style = &page[page.find("<style>").expect("a style")..page.find("</style>").expect("closed")];
    let (light, dark) = style.split_once("prefers-color-scheme: dark").expect("two schemes");
    let of = |scheme: &str, name: &str| -> f64 {
        let from = scheme.find(&format!("--{name}: #")).unwrap_or_else(|| panic!("{name} is set")) + name.len() + 5;
        let channel = |i: usize| {
            let v = f64::from(u8::from_str_radix(&scheme[from + 2 * i..from + 2 * i + 2], 16).expect("hex")) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2)
    };
    for (name, scheme) in [("light", light), ("dark", dark)] {
        let check = |text: &str, ground: &str| {
            let (a, b) = (of(scheme, text), of(scheme, ground));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= MIN_CONTRAST, "{name}: {text} on {ground} has {contrast:.2}");
        };
        let texts =
            ["ink", "muted", "accent", "agent", "customer", "other", "critical", "major", "minor", "info", "good"];
        for text in texts {
            for ground in ["bg", "surface", "hover"] {
                check(text, ground);
            }
        }
        for ground in ["said-critical", "said-major", "said-minor", "said-info"] {
            check("ink", ground);
        }
    }
}

/// Pages with real-looking data, to be opened in a browser:
/// `cargo test --test it report::write_pages_to_look_at -- --ignored`, then `target/tmp/report-demo/index.html`.
#[test]
#[ignore = "for eyes"]
fn write_pages_to_look_at() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("report-demo");
    for part in ["calls", "media"] {
        std::fs::create_dir_all(folder.join(part)).expect("writable");
    }
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).expect("writable");
    let mut lines = lines();
    for (report, stem) in [(good_call(), "joe_0017-01234567"), (hostile_call(), "hostile-89abcdef")] {
        let channels = sound(&report);
        let made = media::make(&channels);
        for (i, png) in made.spectrogram_png.iter().enumerate() {
            write(&format!("media/{stem}.{i}.png"), png);
        }
        let spec = hound::WavSpec {
            channels: 2,
            sample_rate: 8000,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut wav = hound::WavWriter::create(folder.join(format!("media/{stem}.wav")), spec).expect("writable");
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
        let links =
            PageLinks { index: "../index.html".into(), previous: None, next: Some("hostile-89abcdef.html".into()) };
        write(
            &format!("calls/{stem}.html"),
            call_page(&report, &media, &links, Texts::default()).expect("a page").as_bytes(),
        );
    }
    for i in 0..20u32 {
        let mut line = lines[0].clone();
        line.source = format!("demo/2026-11-0{}/call_{i:04}.ogg", 1 + i % 9);
        line.score = (i % 7 != 6).then(|| f64::from(40 + i * 37 % 60));
        line.n_by_severity = [u64::from(i % 5 == 0), u64::from(i % 4), u64::from(i % 3), 2];
        line.language = Some(["en", "pl", "ru", "el", "hu"][i as usize % 5].into());
        line.duration_s = Some(f64::from(30 + i * 97 % 900));
        line.n_absent = u64::from(i % 3);
        lines.push(line);
    }
    write("index.html", index_page(&batch(&lines), &lines, None, &[], Texts::default()).expect("a page").as_bytes());
    let many: Vec<CallLine> = (0..5000u32)
        .map(|i| CallLine {
            source: format!("demo/{i:05}.wav"),
            score: Some(f64::from(i * 37 % 100)),
            ..lines[0].clone()
        })
        .collect();
    write("index-5000.html", index_page(&batch(&many), &many, None, &[], Texts::default()).expect("a page").as_bytes());
}
