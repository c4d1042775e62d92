//! Each format opened again by a reader that we did not write, where there is one in Rust, else line by line as its
//! description has it; with a plain call, one made by somebody who means harm, and one without words.

use callvet::call::{CallReport, Party, Utterance, Word};
use callvet::report::formats::{FORMATS, Files, Made, Missing, Naming, spoken};
use serde_json::Value;

use crate::report::calls::{HOSTILE, good_call, hostile_call, text_only_call};

const NAMING: Naming = Naming { stem: "joe_0017-01234567", analysed_at: "2026-11-02T12:00:00Z" };

fn made(format: &str, report: &CallReport) -> Files {
    let found = FORMATS.iter().find(|f| f.name == format).expect("a format");
    let Made::Call(files) = found.made else { panic!("{format} is of all calls") };
    files(report, &NAMING).expect("made")
}

fn text(format: &str, ending: &str, report: &CallReport) -> String {
    let files = made(format, report).files;
    let (_, bytes) = files.into_iter().find(|(e, _)| *e == ending).unwrap_or_else(|| panic!("{format} has {ending}"));
    String::from_utf8(bytes).expect("UTF-8")
}

/// What breaks subtitles and tab-separated lines rather than pages.
const BREAKERS: [&str; 8] = [
    "a\n\n00:00:01.000 --> 00:00:02.000\nnot said",
    "a --> b",
    "</v><v Agent>not me",
    "tab\there \"quoted\" 'too'",
    "{\\an8}<i>up</i>",
    "&amp; &lt; &nbsp;",
    "STYLE\n::cue { display: none }",
    "\u{202e}turned \u{2028} line \u{0} nul",
];

/// A call in which every text is one of them, with an unknown and a second agent's voice.
fn breaking_call() -> CallReport {
    let mut report = good_call();
    let all: Vec<&str> = BREAKERS.into_iter().chain(HOSTILE).collect();
    report.speakers.push(callvet::call::Speaker { id: "s 2\n-->".into(), party: Party::Agent, channel: Some(0) });
    let transcript = report.transcript.as_mut().expect("transcribed");
    for (i, utterance) in transcript.utterances.iter_mut().enumerate() {
        utterance.text = all[i % all.len()].into();
        for (k, word) in utterance.words.iter_mut().enumerate() {
            word.text = all[(i + k) % all.len()].into();
        }
    }
    transcript.utterances[2].speaker = Some("s 2\n-->".into());
    transcript.utterances[4].speaker = Some("nobody <v>".into());
    transcript.utterances[6].speaker = None;
    for (i, finding) in report.findings.iter_mut().enumerate() {
        finding.id = all[(i + 1) % all.len()].into();
        finding.rule = all[(i + 2) % all.len()].into();
        finding.message = all[(i + 3) % all.len()].into();
        finding.quote = Some(all[(i + 4) % all.len()].into());
    }
    report
}

fn calls() -> [CallReport; 3] {
    [good_call(), breaking_call(), hostile_call()]
}

/// `hh:mm:ss.ttt`
fn seconds_of(clock: &str, mark: char) -> f64 {
    let (whole, ms) = clock.split_once(mark).expect("milliseconds");
    let parts: Vec<f64> = whole.split(':').map(|part| part.parse().expect("a number")).collect();
    assert!(parts.len() == 3 && ms.len() == 3, "{clock}");
    parts[0] * 3600.0 + parts[1] * 60.0 + parts[2] + ms.parse::<f64>().expect("a number") / 1000.0
}

/// Blocks of a WebVTT file: name, start, end, text. Strict: one line of text, times in order (W3C WebVTT, section 4).
fn cues(vtt: &str) -> Vec<(String, f64, f64, String)> {
    let mut blocks = vtt.trim_end().split("\n\n");
    assert_eq!(blocks.next(), Some("WEBVTT"));
    let cue = |block: &str| {
        let lines: Vec<&str> = block.split('\n').collect();
        assert_eq!(lines.len(), 3, "{block}");
        assert!(!lines[0].contains("-->") && !lines[2].contains("-->"), "{block}");
        let (start, rest) = lines[1].split_once(" --> ").expect("times");
        let end = rest.split(' ').next().expect("an end");
        (lines[0].to_owned(), seconds_of(start, '.'), seconds_of(end, '.'), lines[2].to_owned())
    };
    blocks.filter(|block| !block.starts_with("NOTE ")).map(cue).collect()
}

#[test]
fn webvtt_has_a_cue_an_utterance_in_the_voice_of_its_speaker() {
    for report in calls() {
        let cues = cues(&text("vtt", ".vtt", &report));
        let said = spoken(&report).expect("words");
        assert_eq!(cues.len(), said.len());
        for ((_, start_s, end_s, text), said) in cues.iter().zip(&said) {
            // Half a millisecond: the file has three decimals.
            assert!((start_s - said.utterance.start_s.expect("a time")).abs() < 0.000_6 && end_s > start_s);
            let inner = text.strip_prefix("<v ").and_then(|t| t.strip_suffix("</v>")).expect("one voice");
            let (name, words) = inner.split_once('>').expect("a name");
            assert!(!name.contains("<") && !name.contains("-->"), "{name}");
            assert!(!words.contains(['<', '>']), "{words}");
        }
    }
    let plain = text("vtt", ".vtt", &good_call());
    assert!(plain.contains("\n1\n00:00:01.000 --> 00:00:06.200 align:left\n<v Agent>Good morning"), "{plain}");
    assert!(plain.contains(" align:right\n<v Customer>Hello"), "{plain}");
}

#[test]
fn webvtt_of_findings_has_a_cue_a_finding() {
    for report in calls() {
        let cues = cues(&text("vtt", ".findings.vtt", &report));
        assert_eq!(cues.len(), report.findings.len());
        assert!(cues.iter().all(|(_, _, _, text)| !text.contains(['<', '>'])));
        assert!(cues.windows(2).all(|pair| pair[0].1 <= pair[1].1));
    }
    let plain = text("vtt", ".findings.vtt", &good_call());
    assert!(
        plain.contains("\na1b2c3d4e5f6\n00:00:10.600 --> 00:00:17.500\ncritical urgency_false.example: "),
        "{plain}"
    );
}

#[test]
fn subrip_is_read_by_srtlib() {
    for report in calls() {
        let written = text("srt", ".srt", &report);
        let said = spoken(&report).expect("words");
        let read = srtlib::Subtitles::parse_from_str(written.clone()).expect("SubRip").to_vec();
        assert_eq!(read.len(), said.len());
        for (number, (subtitle, said)) in read.iter().zip(&said).enumerate() {
            assert_eq!(subtitle.num, number + 1);
            let (h, m, s, ms) = subtitle.start_time.get();
            let start_ms = u64::from(h) * 3_600_000 + u64::from(m) * 60_000 + u64::from(s) * 1000 + u64::from(ms);
            assert_eq!(start_ms, said.start_ms);
            assert!(!subtitle.text.contains(['<', '>', '{', '}', '\n']), "{}", subtitle.text);
        }
        // Three lines and a blank one each: nothing that was said makes a line.
        assert_eq!(written.lines().count(), 4 * said.len());
    }
    assert!(text("srt", ".srt", &good_call()).starts_with("1\n00:00:01,000 --> 00:00:06,200\nAgent: Good morning"));
}

#[test]
fn label_tracks_have_three_fields_a_line() {
    for report in calls() {
        let n_said = spoken(&report).expect("words").len();
        for (ending, n) in [(".labels.txt", n_said), (".findings.txt", report.findings.len())] {
            let written = text("audacity", ending, &report);
            // Audacity reads lines at LF alone; a CR would be a part of the label.
            assert!(!written.contains('\r'));
            let lines: Vec<&str> = written.split_terminator('\n').collect();
            assert_eq!(lines.len(), n);
            for line in lines {
                let fields: Vec<&str> = line.split('\t').collect();
                assert_eq!(fields.len(), 3, "{line}");
                let (start, end) =
                    (fields[0].parse::<f64>().expect("a time"), fields[1].parse::<f64>().expect("a time"));
                assert!(start < end && !fields[2].is_empty() && !line.starts_with('\\'));
            }
        }
    }
    let plain = text("audacity", ".labels.txt", &good_call());
    assert!(plain.contains("6.800\t9.400\tCustomer: Hello, I wanted to ask about the fibre offer.\n"), "{plain}");
}

/// Strings and numbers of a Praat text file, all that Praat itself looks at; a quote inside a string is doubled.
fn praat_values(text: &str) -> Vec<Value> {
    let mut values = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '=', '<']) {
        if rest[at..].starts_with('"') {
            let mut string = String::new();
            let mut chars = rest[at + 1..].char_indices().peekable();
            let mut end = None;
            while let Some((i, c)) = chars.next() {
                match c {
                    '"' if chars.peek().is_some_and(|(_, next)| *next == '"') => {
                        chars.next();
                        string.push('"');
                    }
                    '"' => {
                        end = Some(at + 1 + i + 1);
                        break;
                    }
                    c => string.push(c),
                }
            }
            rest = &rest[end.expect("a closed string")..];
            values.push(Value::String(string));
        } else {
            rest = &rest[at + 1..];
            let number = rest.trim_start();
            let end = number.find(char::is_whitespace).unwrap_or(number.len());
            if let Ok(number) = number[..end].parse::<f64>() {
                values.push(number.into());
            }
        }
    }
    values
}

/// A tier of a TextGrid: class, name, and start, end, text of intervals, or the same time twice of points.
type Tier = (String, String, Vec<(f64, f64, String)>);

fn tiers(text: &str) -> Vec<Tier> {
    let mut values = praat_values(text).into_iter();
    let string = |values: &mut std::vec::IntoIter<Value>| match values.next() {
        Some(Value::String(string)) => string,
        other => panic!("a string expected, got {other:?}"),
    };
    let number = |values: &mut std::vec::IntoIter<Value>| match values.next() {
        Some(Value::Number(number)) => number.as_f64().expect("finite"),
        other => panic!("a number expected, got {other:?}"),
    };
    assert_eq!((string(&mut values), string(&mut values)), ("ooTextFile".into(), "TextGrid".into()));
    let (start_s, end_s) = (number(&mut values), number(&mut values));
    assert_eq!(start_s, 0.0);
    let n_tiers = number(&mut values) as usize;
    let mut tiers = Vec::new();
    for _ in 0..n_tiers {
        let (class, name) = (string(&mut values), string(&mut values));
        assert_eq!((number(&mut values), number(&mut values)), (0.0, end_s));
        let n = number(&mut values) as usize;
        let mut items = Vec::new();
        for _ in 0..n {
            let from_s = number(&mut values);
            let to_s = if class == "IntervalTier" { number(&mut values) } else { from_s };
            items.push((from_s, to_s, string(&mut values)));
        }
        if class == "IntervalTier" {
            assert_eq!((items[0].0, items[n - 1].1), (0.0, end_s), "{name}");
            assert!(items.iter().all(|(from, to, _)| from < to), "{name}");
            assert!(items.windows(2).all(|pair| pair[0].1 == pair[1].0), "{name}: intervals touch");
        } else {
            assert!(items.windows(2).all(|pair| pair[0].0 < pair[1].0), "{name}: points are apart");
        }
        tiers.push((class, name, items));
    }
    assert_eq!(values.next(), None);
    tiers
}

#[test]
fn a_textgrid_has_tiers_of_touching_intervals_and_of_points() {
    for report in calls() {
        let written = text("textgrid", ".TextGrid", &report);
        let tiers = tiers(&written);
        let names: Vec<&str> = tiers.iter().map(|tier| tier.1.as_str()).collect();
        assert_eq!(names.last(), Some(&"findings"), "{names:?}");
        // Nothing that was said makes a line of its own: each has its key.
        let keys =
            ["File type", "Object class", "xmin", "xmax", "tiers?", "size", "item", "class", "name", "intervals"];
        let keys: Vec<&str> = keys.into_iter().chain(["points", "text", "number", "mark"]).collect();
        for line in written.lines().map(str::trim).filter(|line| !line.is_empty()) {
            assert!(keys.iter().any(|key| line.starts_with(key)), "{line}");
        }
    }
    let tiers = tiers(&text("textgrid", ".TextGrid", &good_call()));
    let names: Vec<&str> = tiers.iter().map(|tier| tier.1.as_str()).collect();
    assert_eq!(names, ["Agent", "Agent words", "Customer", "Customer words", "findings"]);
    assert!(tiers[2].2.contains(&(6.8, 9.4, "Hello, I wanted to ask about the fibre offer.".into())));
}

#[test]
fn rttm_has_ten_fields_a_turn() {
    for report in calls() {
        let written = text("rttm", ".rttm", &report);
        for line in written.lines() {
            let fields: Vec<&str> = line.split(' ').collect();
            assert_eq!(fields.len(), 10, "{line}");
            assert_eq!((fields[0], fields[1]), ("SPEAKER", NAMING.stem));
            assert!(fields[2].parse::<u32>().is_ok_and(|channel| channel >= 1), "{line}");
            assert!(fields[3].parse::<f64>().is_ok() && fields[4].parse::<f64>().is_ok_and(|d| d > 0.0), "{line}");
            assert_eq!((fields[5], fields[6], fields[8], fields[9]), ("<NA>", "<NA>", "<NA>", "<NA>"));
            assert!(!fields[7].chars().any(char::is_whitespace) && !fields[7].is_empty(), "{line}");
        }
    }
    let plain = text("rttm", ".rttm", &good_call());
    assert!(plain.starts_with("SPEAKER joe_0017-01234567 1 1.000 5.200 <NA> <NA> agent <NA> <NA>\n"), "{plain}");
    // 10 utterances, none of one voice within 0.3 s of its last.
    assert_eq!(plain.lines().count(), 10);
}

#[test]
fn speech_of_one_voice_with_short_pauses_is_one_turn() {
    let mut report = good_call();
    let said = &mut report.transcript.as_mut().expect("words").utterances;
    // 0.2 s after the first, and with somebody else in between.
    (said[2].start_s, said[2].end_s) = (Some(6.4), Some(7.5));
    let written = text("rttm", ".rttm", &report);
    assert_eq!(written.lines().count(), 9);
    assert!(written.starts_with("SPEAKER joe_0017-01234567 1 1.000 6.500 "), "{written}");
}

#[test]
fn ctm_has_six_fields_a_word_in_order() {
    for report in calls() {
        let written = text("ctm", ".ctm", &report);
        let mut before = (0, 0.0);
        for line in written.lines() {
            let fields: Vec<&str> = line.split(' ').collect();
            assert_eq!(fields.len(), 6, "{line}");
            assert_eq!(fields[0], NAMING.stem);
            let at: (u32, f64) = (fields[1].parse().expect("a channel"), fields[2].parse().expect("a time"));
            assert!(before <= at, "{line}");
            before = at;
            assert!(fields[3].parse::<f64>().is_ok_and(|d| d > 0.0), "{line}");
            assert!(!fields[4].is_empty() && !fields[4].chars().any(char::is_whitespace), "{line}");
            assert!(fields[5].parse::<f64>().is_ok_and(|c| (0.0..=1.0).contains(&c)), "{line}");
        }
        let said = &report.transcript.as_ref().expect("words").utterances;
        assert_eq!(written.lines().count(), said.iter().map(|u| u.words.len()).sum::<usize>());
    }
    assert!(text("ctm", ".ctm", &good_call()).starts_with("joe_0017-01234567 1 1.000 0.312 Good 0.9300\n"));
}

#[test]
fn a_vcon_has_what_the_draft_asks_for() {
    for report in calls() {
        let written = text("vcon", ".vcon.json", &report);
        let vcon: Value = serde_json::from_str(&written).expect("JSON");
        assert_eq!(vcon["created_at"], NAMING.analysed_at);
        let uuid = vcon["uuid"].as_str().expect("a uuid");
        assert!(uuid.len() == 36 && uuid.split('-').map(str::len).eq([8, 4, 4, 4, 12]), "{uuid}");
        let n_parties = vcon["parties"].as_array().expect("parties").len();
        assert_eq!(n_parties, report.speakers.len());
        for dialog in vcon["dialog"].as_array().expect("dialogs") {
            assert_eq!(dialog["type"], "recording");
            assert!(dialog["start"].is_string());
            // One entry a channel (section 4.3.4), each an index or several.
            assert_eq!(dialog["parties"].as_array().expect("by channel").len(), 2);
            assert!(dialog["content_hash"].as_str().is_some_and(|hash| hash.starts_with("sha256-")));
        }
        let analysis = vcon["analysis"].as_array().expect("analysis");
        let kinds: Vec<&str> = analysis.iter().filter_map(|a| a["type"].as_str()).collect();
        assert_eq!(kinds, ["transcript", "report"]);
        assert!(analysis.iter().all(|a| a["vendor"] == "callvet" && a["encoding"] == "json" && a["body"].is_object()));
        assert_eq!(analysis[1]["body"]["findings"].as_array().map(Vec::len), Some(report.findings.len()));
    }
    let plain: Value = serde_json::from_str(&text("vcon", ".vcon.json", &good_call())).expect("JSON");
    assert_eq!(plain["dialog"][0]["start"], "2026-11-02T09:14:00+01:00");
    assert_eq!(plain["analysis"][0]["dialog"], 0);
    assert_eq!((&plain["parties"][0]["name"], &plain["parties"][0]["type"]), (&"Joe".into(), &"agent".into()));
}

#[test]
fn a_vcon_of_a_call_without_a_start_has_no_dialog() {
    // The hostile call has a start that is no time.
    let vcon: Value = serde_json::from_str(&text("vcon", ".vcon.json", &hostile_call())).expect("JSON");
    assert_eq!(vcon["dialog"], Value::Array(Vec::new()));
    assert_eq!(vcon["analysis"][0].get("dialog"), None);
}

#[test]
fn what_a_call_has_not_is_told() {
    let check = |format: &str, report: &CallReport, n_files: usize, missing: Missing| {
        let made = made(format, report);
        assert_eq!((made.files.len(), made.missing), (n_files, Some(missing)), "{format}");
    };
    let mut unheard = good_call();
    unheard.transcript = None;
    let mut silent = good_call();
    silent.transcript.as_mut().expect("words").utterances.clear();
    let mut wordless = good_call();
    wordless.transcript.as_mut().expect("words").utterances.iter_mut().for_each(|u| u.words.clear());
    for (report, missing) in [(&unheard, Missing::Transcript), (&silent, Missing::Words)] {
        // Findings and the container are there without words.
        for (format, n_files) in
            [("vtt", 1), ("srt", 0), ("audacity", 1), ("textgrid", 1), ("rttm", 0), ("ctm", 0), ("vcon", 1)]
        {
            check(format, report, n_files, missing);
        }
    }
    check("vtt", &text_only_call(), 1, Missing::Times);
    check("textgrid", &text_only_call(), 0, Missing::Times);
    check("ctm", &wordless, 0, Missing::WordTimes);
    assert_eq!(made("vtt", &wordless).missing, None);
}

#[test]
fn times_that_are_none_are_left_out_and_no_format_breaks() {
    let mut report = good_call();
    let said = &mut report.transcript.as_mut().expect("words").utterances;
    (said[0].start_s, said[0].end_s) = (Some(f64::NAN), Some(1.0));
    (said[1].start_s, said[1].end_s) = (Some(-3.0), Some(-1.0));
    (said[2].start_s, said[2].end_s) = (Some(9.0), Some(2.0));
    said[3].words = vec![Word { start_s: f64::INFINITY, end_s: 0.0, text: String::new(), probability: f64::NAN }];
    said.push(Utterance { start_s: Some(1e200), end_s: Some(2e200), ..said[4].clone() });
    report.findings[0].start_s = Some(f64::NEG_INFINITY);
    report.recording.duration_s = Some(f64::NAN);
    for format in FORMATS {
        if let Made::Call(files) = format.made {
            assert!(files(&report, &NAMING).is_ok_and(|made| !made.files.is_empty()), "{}", format.name);
        }
    }
    assert_eq!(spoken(&report).map(|said| said.len()), Ok(9));
    cues(&text("vtt", ".vtt", &report));
    tiers(&text("textgrid", ".TextGrid", &report));
}

#[test]
fn the_same_call_gives_the_same_bytes() {
    for report in calls() {
        for format in FORMATS {
            if let Made::Call(files) = format.made {
                assert_eq!(files(&report, &NAMING).expect("made"), files(&report, &NAMING).expect("made"));
            }
        }
    }
}
