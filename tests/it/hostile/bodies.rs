//! What is done with hostile bytes, one function for each way in, and what must hold whatever they are. The same functions
//! are fed by the fuzzer (`fuzz/`) and, with the files that once broke something, by `tests/it/hostile.rs`.
//!
//! The first byte chooses between the formats that a way in takes; all others are what would be in the file.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use callvet::audio::{DecodeLimits, DecodeOptions, Decoded, RawFormat, channel_truth, decode_with};
use callvet::batch::metadata::{MetadataTable, attach};
use callvet::batch::name_pattern::NamePattern;
use callvet::batch::worker::{Received, detached, next_answer, read_request};
use callvet::batch::{Discovery, Found, split, time};
use callvet::call::limits::parse_s;
use callvet::call::{
    CallActivity, CallReport, Channels, Contradiction, LimitName, Limits, Parts, Party, Speaker, Transcript, Utterance,
    json, locate_words,
};
use callvet::cli::ConfigFile;
use callvet::facts::{self, Sheet};
use callvet::phrases::{Phrases, read_transcript};
use callvet::pipeline::{self, Scanner, Settings};
use callvet::text::Language;
use callvet::timeline::{TimeSpan, Timeline};
use callvet::units::SampleRate;
use callvet::{conversation, metrics, phases, report};
use jiff::tz::TimeZone;

/// A job is decoded under limits that keep a run of the fuzzer short, and that must hold.
const LIMITS: DecodeLimits = DecodeLimits {
    max_duration_s: 30.0,
    max_channels: 8,
    max_rate_hz: 192_000,
    max_file_bytes: 1 << 20,
    max_sample_bytes: 8 << 20,
};

/// What names of files without a header end with; the first says nothing.
const NAMES: [&str; 12] =
    ["", ".ulaw", ".alaw", ".sln", ".sln16", ".sln48", ".vox", ".g722", ".gsm", ".pcm", ".amr", ".mp3"];

/// `--raw`, for files whose names say nothing.
const RAW: [&str; 4] = ["s16be,48000,2", "f32le,8000,8", "s24le,11025,1", "gsm"];

/// Codes of problems that a decoder may give for one file; a flood would fill a report.
const MOST_PROBLEMS: usize = 64;

/// Calls `with` a file of these bytes, whose name ends so.
fn with_file<T>(suffix: &str, bytes: &[u8], with: impl FnOnce(&Path) -> T) -> T {
    let mut file = tempfile::NamedTempFile::with_suffix(suffix).expect("a temporary file");
    file.write_all(bytes).expect("written");
    with(file.path())
}

/// Every sample is a number, all channels are as long, and nothing is over the limits.
fn check_decoded(decoded: &Decoded, limits: &DecodeLimits) {
    let channels = &decoded.channels;
    let (n, rate_hz) = (channels.n_samples(), channels.rate().hz());
    assert!(n > 0, "no samples and no error");
    assert!(channels.n_channels() <= limits.max_channels && rate_hz <= limits.max_rate_hz);
    // A sample more, for the rounding of a length in seconds.
    assert!(channels.duration_s() <= limits.max_duration_s + 1.0 / f64::from(rate_hz), "{} s", channels.duration_s());
    assert!((n * channels.n_channels() * 4) as u64 <= limits.max_sample_bytes + 4 * channels.n_channels() as u64);
    assert!(channels.planes().iter().all(|plane| plane.len() == n && plane.iter().all(|s| s.is_finite())));
    assert!(decoded.problems.len() <= MOST_PROBLEMS, "{} problems", decoded.problems.len());
    for problem in &decoded.problems {
        assert!(problem.stage == "decode" && problem.message.len() < 1000, "{problem:?}");
        assert!(problem.channel.is_none_or(|channel| usize::from(channel) < channels.n_channels().max(2)));
    }
}

/// A recording: the first byte chooses the end of its name or a raw format, and whether checksums of Ogg pages are made
/// right first, without which nothing behind them is read.
pub fn decode(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let mut bytes = bytes.to_vec();
    if choice & 0x80 != 0 {
        mend_ogg(&mut bytes);
    }
    let choice = usize::from(choice & 0x7f) % (NAMES.len() + RAW.len());
    let raw = choice.checked_sub(NAMES.len()).map(|at| RAW[at].parse::<RawFormat>().expect("a raw format"));
    let options = DecodeOptions { limits: LIMITS, raw, ..DecodeOptions::default() };
    let decoded = with_file(NAMES.get(choice).unwrap_or(&""), &bytes, |path| decode_with(path, &options));
    match decoded {
        Ok(decoded) => check_decoded(&decoded, &LIMITS),
        Err(error) => {
            assert_ne!(error.kind(), "io", "the file can be read: {error}");
            assert!((10..2000).contains(&error.to_string().len()), "{error}");
        }
    }
}

/// Checksums of the pages as they stand: RFC 3533, clause 6, field 8 (polynomial 0x04c11db7, no reflection).
fn mend_ogg(bytes: &mut [u8]) {
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.windows(4).position(|four| four == b"OggS")) {
        let start = at + found;
        let Some(&n_segments) = bytes.get(start + 26) else { return };
        let table = start + 27..start + 27 + usize::from(n_segments);
        let Some(table) = bytes.get(table.clone()).map(|lengths| table.end + sum(lengths)) else { return };
        let end = table.min(bytes.len());
        bytes[start + 22..start + 26].fill(0);
        let crc = bytes[start..end].iter().fold(0u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte) << 24, |crc, _| {
                if crc & 0x8000_0000 != 0 { crc << 1 ^ 0x04c1_1db7 } else { crc << 1 }
            })
        });
        bytes[start + 22..start + 26].copy_from_slice(&crc.to_le_bytes());
        at = end.max(start + 4);
    }
}

fn sum(lengths: &[u8]) -> usize {
    lengths.iter().map(|&n| usize::from(n)).sum()
}

/// Rates that recorders write, and those that no recorder does.
const RATES_HZ: [u32; 8] = [8000, 16_000, 11_025, 48_000, 1, 7999, 192_000, 100];

/// Sound by a script: rates and number of channels, then four bytes a step, each some samples of one channel: silence, a
/// constant, a tone, noise, a copy of what another channel has, or one extreme sample.
fn sound(data: &[u8]) -> Option<(Channels, Vec<Vec<TimeSpan>>)> {
    let ([rate, n_channels], steps) = data.split_first_chunk()?;
    let rate = SampleRate::new(RATES_HZ[usize::from(*rate) % RATES_HZ.len()]).expect("in range");
    let n = usize::from(n_channels % 3) + 1;
    let mut planes = vec![Vec::new(); n];
    let mut spoken = vec![Vec::new(); n];
    let mut random = 1u32;
    // 1.5 s of telephone sound, for the fuzzer's sake.
    const MOST_SAMPLES: usize = 12_000;
    for &[kind, channel, value, length] in steps.as_chunks().0 {
        let channel = usize::from(channel) % n;
        let len = (usize::from(length) * 32).min(MOST_SAMPLES.saturating_sub(planes[channel].len()));
        let from = planes[channel].len();
        let level = f32::from(value) / 255.0;
        let other = planes[(channel + 1) % n].clone();
        let step: Vec<f32> = (0..len)
            .map(|i| match kind % 6 {
                0 => 0.0,
                1 => level * 2.0 - 1.0,
                2 => (i as f32 * level).sin() * 0.5,
                3 => {
                    random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (random >> 8) as f32 / 8_388_608.0 * level - level / 2.0
                }
                4 => other.get((from + i).wrapping_sub(usize::from(kind / 6))).map_or(0.0, |s| s * level),
                _ if i == 0 => f32::from_bits(u32::from(value) << 23 | u32::from(kind) << 15),
                _ => 0.0,
            })
            .map(|s| if s.is_finite() { s } else { 0.0 })
            .collect();
        planes[channel].extend(step);
        if matches!(kind % 6, 3 | 4) {
            spoken[channel].push(TimeSpan::new(rate.samples_to_s(from), rate.samples_to_s(from + len)));
        }
    }
    let longest = planes.iter().map(Vec::len).max().unwrap_or(0);
    planes.iter_mut().for_each(|plane| plane.resize(longest, 0.0));
    Some((Channels::new(rate, planes)?, spoken))
}

fn heard(channels: Channels) -> Decoded {
    Decoded {
        container: "wav".into(),
        codec: "pcm_f32le".into(),
        decoder: "test".into(),
        channels,
        problems: Vec::new(),
        is_browser_playable: true,
    }
}

/// What is measured of channels once they are decoded; with an even first byte, two files become one call before that.
pub fn channels(data: &[u8]) {
    let Some((&choice, data)) = data.split_first() else { return };
    let Some((mut channels, spoken)) = sound(data) else { return };
    if choice % 2 == 0 {
        let at = data.len() / 2;
        let Some((second, _)) = sound(&data[at..]) else { return };
        let limits = DecodeLimits { max_sample_bytes: 1 << 19, ..DecodeLimits::default() };
        let (rate, longest_s) = (channels.rate().max(second.rate()), channels.duration_s().max(second.duration_s()));
        let Ok(joined) = pipeline::join(heard(channels), heard(second), ["a", "b"], &limits) else { return };
        channels = joined.channels;
        assert_eq!((channels.rate(), channels.n_channels()), (rate, 2));
        let over_s = (channels.duration_s() - longest_s).abs() * f64::from(rate.hz());
        assert!(over_s <= 2.0, "{} s of {longest_s} s", channels.duration_s());
    }
    let truth = channel_truth(&channels);
    let n = channels.n_channels();
    assert!(truth.independent.iter().all(|&channel| channel < n) && truth.independent.is_sorted());
    let by_channel = (0..n).map(|channel| Timeline::new(spoken.get(channel).into_iter().flatten().copied())).collect();
    let all = CallActivity { by_channel, ..CallActivity::default() };
    let spoken_s: f64 = all.by_channel.iter().map(Timeline::total_s).sum();
    let own = truth.own_voices(all);
    assert!(own.by_channel.iter().map(Timeline::total_s).sum::<f64>() <= spoken_s + 1e-6, "speech is only taken away");
    let (measured, problems) = metrics::measure(&channels, &own, &truth.independent);
    assert_eq!(measured.len(), n);
    let found = phases::find(&channels, &own, &truth.independent, &truth.paths);
    let speakers: Vec<Speaker> = (0..n)
        .map(|i| Speaker { id: format!("s{i}"), party: Party::Unknown, channel: u16::try_from(i).ok() })
        .collect();
    let (talk, more) = conversation::measure(&speakers, &own, None, channels.duration_s());
    assert!(problems.iter().chain(&more).all(|problem| !problem.fields.is_empty()), "a problem names its field");
    for value in [json::to_value(&measured), json::to_value(&talk), json::to_value(&truth.layout)] {
        value.expect("plain data");
    }
    assert!(found.phases.iter().all(|phase| phase.start_s <= phase.end_s && phase.channel < n));
    let media = report::media::make(&channels);
    assert_eq!((media.peaks.channels.len(), media.spectrogram_png.len()), (n, n));
}

/// A sentence for what lists are tried on.
const SAID: &str = "this offer ends today, you have to decide now or the price doubles; we never call twice";

fn utterance(text: &str) -> Utterance {
    Utterance {
        start_s: None,
        end_s: None,
        channel: None,
        speaker: None,
        language: None,
        text: text.to_owned(),
        confidence: None,
        words: Vec::new(),
    }
}

fn transcript<'a>(language: Option<&str>, lines: impl Iterator<Item = &'a str>) -> Transcript {
    let language = language.map(str::to_owned);
    Transcript { language, utterances: lines.map(utterance).collect(), ..Transcript::default() }
}

fn list(name: &str, bytes: &[u8]) {
    let phrases = match Phrases::parse(Path::new(name), bytes) {
        Ok(phrases) => phrases,
        Err(error) => return assert!(error.to_string().contains(name), "{error}"),
    };
    assert_eq!(phrases.lists().len(), 1);
    let n_lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
    for rule in 0..phrases.rules().len() {
        let (path, line) = phrases.place_of(rule).expect("a rule has a place");
        // Entries of JSON are counted, not lines.
        assert!(path == Path::new(name) && (name.ends_with("json") || (1..=n_lines).contains(&line)), "line {line}");
    }
    // No language that is known here: what a language's own words cost is no matter of the list.
    let own = String::from_utf8_lossy(bytes);
    let said = transcript(Some("xx"), [SAID].into_iter().chain(own.lines().take(3)));
    for hit in phrases.find(&said).into_iter().chain(phrases.near_misses(&said)) {
        let text = &said.utterances[hit.utterance].text;
        assert!(hit.rule < phrases.rules().len() && text.get(hit.bytes.0..hit.bytes.1).is_some(), "{hit:?}");
        assert!((0.0..=1.0).contains(&hit.confidence) && (0.0..=1.0).contains(&hit.completeness), "{hit:?}");
    }
}

/// A phrase pack in TOML.
pub fn packs(data: &[u8]) {
    list("own.toml", data);
}

/// Phrase lists in the formats of others: the first byte chooses which.
pub fn imports(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    list(["own.txt", "own.csv", "own.tsv", "own.json"][usize::from(choice) % 4], bytes);
}

/// A transcript or chat log: the first byte chooses the format.
pub fn transcripts(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let name = ["own.txt", "own.vtt", "own.srt", "own.csv", "own.json"][usize::from(choice) % 5];
    let read = match read_transcript(Path::new(name), bytes) {
        Ok(read) => read,
        Err(why) => return assert!((5..1000).contains(&why.len()), "{why}"),
    };
    let n_lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
    let utterances = &read.transcript.utterances;
    assert!(utterances.len() == read.lines.len() && read.lines.iter().all(|line| (1..=n_lines).contains(line)));
    let n_bytes: usize = utterances.iter().map(|u| u.text.len()).sum();
    // A byte of Latin 1 becomes two; nothing is as long as what it was read from otherwise.
    assert!(n_bytes <= 2 * bytes.len(), "{n_bytes} bytes of text from {}", bytes.len());
    for utterance in utterances {
        let is_known = |id: &String| read.speakers.iter().any(|speaker| speaker.id == *id);
        // A transcript of ours may come without the report that knows its speakers.
        assert!(name == "own.json" || utterance.speaker.as_ref().is_none_or(is_known));
        assert!([utterance.start_s, utterance.end_s].into_iter().flatten().all(|s| s.is_finite() && s >= 0.0));
        if let Some(places) = locate_words(&utterance.text, &utterance.words) {
            assert!(places.iter().all(|(start, end)| utterance.text.get(*start..*end).is_some()));
        }
    }
    let written = json::to_text(&read.transcript).expect("plain data");
    let again = read_transcript(Path::new("again.json"), written.as_bytes()).expect("our own transcript is read");
    let texts = |transcript: &Transcript| transcript.utterances.iter().map(|u| u.text.clone()).collect::<Vec<_>>();
    let (mut before, mut after) = (texts(&read.transcript), texts(&again.transcript));
    // Times that differ by less than is written may change their order.
    before.sort();
    after.sort();
    assert_eq!(before, after, "a transcript that is written and read again");
}

fn check_contradictions(found: &[Contradiction], transcript: &Transcript) {
    for found in found {
        let text = &transcript.utterances[found.utterance].text;
        assert!(text.get(found.bytes.0..found.bytes.1).is_some(), "{found:?}");
        assert!((0.0..=1.0).contains(&found.confidence), "{found:?}");
    }
}

fn sheet() -> &'static Sheet {
    static SHEET: OnceLock<Sheet> = OnceLock::new();
    SHEET.get_or_init(|| {
        Sheet::parse(Path::new("facts.toml"), include_bytes!("../facts/facts.toml")).expect("the sheet of the tests")
    })
}

/// The language that a byte stands for; `None` is for words of none that is known here.
fn language(choice: u8) -> Option<Language> {
    Language::ALL.get(usize::from(choice) % (Language::ALL.len() + 1)).copied()
}

/// The agent and the customer.
fn two_speakers() -> Vec<Speaker> {
    [("s0", Party::Agent), ("s1", Party::Customer)]
        .map(|(id, party)| Speaker { id: id.into(), party, channel: None })
        .into()
}

/// A fact sheet (first byte 0), or sentences that are compared with one.
pub fn facts(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    if choice == 0 {
        let sheet = match Sheet::parse(Path::new("own.toml"), bytes) {
            Ok(sheet) => sheet,
            Err(error) => return assert!(error.to_string().contains("own.toml, line "), "{error}"),
        };
        let said =
            transcript(Some("en"), ["the price is 500 dollars a month", SAID, "it arrives within 90 days"].into_iter());
        return check_contradictions(&facts::check(&sheet, &said, &[], None).contradictions, &said);
    }
    let text = String::from_utf8_lossy(bytes);
    let mut said = transcript(language(choice).map(Language::code), text.lines());
    for (at, utterance) in said.utterances.iter_mut().enumerate() {
        utterance.speaker = Some(if at % 3 == 2 { "s1" } else { "s0" }.into());
    }
    let found = facts::check(sheet(), &said, &two_speakers(), Some("2026-03-10T12:00:00Z"));
    check_contradictions(&found.contradictions, &said);
    assert!(found.borne_out.iter().all(|(_, utterance)| *utterance < said.utterances.len()));
}

fn files(sources: &[&str]) -> Vec<Found> {
    let found = |source: &&str| Found {
        source: (*source).to_owned(),
        path: PathBuf::from(source),
        bytes: 1,
        parts: Parts::Whole,
    };
    sources.iter().map(found).collect()
}

/// A table of calls (first byte even), or a name pattern in the first line and names in the others.
pub fn metadata(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let zone = TimeZone::UTC;
    if choice % 2 == 0 {
        let table = match MetadataTable::parse(bytes, &zone) {
            Ok(table) => table,
            Err(error) => return assert!(error.to_string().starts_with("metadata, line "), "{error}"),
        };
        let jobs = files(&["a/1.wav", "a/2.wav", "b/1.wav", "b/1_agent.wav", "b/1_customer.wav"]);
        if let Ok(attached) = attach(&jobs, Some(&table), None, &zone) {
            check_joined(jobs, attached);
        }
        return;
    }
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.lines();
    let pattern = match NamePattern::parse(lines.next().unwrap_or_default()) {
        Ok(pattern) => pattern,
        Err(error) => return assert!(error.column <= bytes.len() + 1, "{error}"),
    };
    let mut sources: Vec<&str> = lines.collect();
    sources.sort_unstable();
    sources.dedup();
    let jobs = files(&sources);
    let attached = attach(&jobs, None, Some(&pattern), &zone).expect("without a table nothing can be wrong");
    check_joined(jobs, attached);
}

/// Every file is in one call, and what is known of calls goes with them.
fn check_joined(jobs: Vec<Found>, attached: callvet::batch::metadata::AttachedMetadata) {
    let n = jobs.len();
    assert!(attached.calls.len() == n && attached.parties.len() == n);
    for moment in attached.calls.iter().filter_map(|call| call.started_at.as_deref()) {
        assert!(time::parse_moment(moment, &TimeZone::UTC).is_ok(), "{moment} is no moment");
    }
    let (joined, attached) = split::join(Discovery { jobs, skipped: Vec::new() }, attached);
    let n_files: usize = joined.jobs.iter().map(|job| 1 + usize::from(job.second().is_some())).sum();
    assert!(n_files == n && attached.calls.len() == joined.jobs.len());
}

/// What stands in a configuration or behind an option: the first byte chooses which.
pub fn config(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(bytes);
    match choice % 5 {
        0 => {
            if let Err(error) = ConfigFile::parse(Path::new("callvet.toml"), &text) {
                assert!(error.to_string().contains("callvet.toml"), "{error}");
            }
        }
        1 => {
            let mut limits = Limits::default();
            for line in text.lines() {
                let (name, value) = line.split_once('=').unwrap_or((line, ""));
                let before = limits.clone();
                if let Err(why) = limits.set(name, value) {
                    assert!(limits == before && why.len() < 10 * line.len() + 300, "{why}");
                }
            }
            assert!(limits.call_wall_s(limits.bytes, limits.duration_s).is_finite());
            let seconds = [limits.duration_s, limits.wall_ratio, limits.wall_floor_s];
            assert!(seconds.iter().all(|s| s.is_finite() && *s > 0.0), "{limits:?}");
            let written = serde_json::to_string(&limits).expect("plain data");
            assert_eq!(serde_json::from_str::<Limits>(&written).expect("as written"), limits);
            assert!(LimitName::ALL.iter().any(|name| name.as_str() == "memory"));
        }
        2 => {
            if let Ok(raw) = text.parse::<RawFormat>() {
                assert_eq!(raw.to_string().parse(), Ok(raw), "a raw format that is written and read again");
            }
        }
        3 => {
            let (zone, moment) = text.split_once('\n').unwrap_or(("UTC", &text));
            let zone = time::parse_zone(zone).unwrap_or(TimeZone::UTC);
            if let Ok(moment) = time::parse_moment(moment, &zone) {
                assert_eq!(time::parse_moment(&moment, &TimeZone::UTC), Ok(moment.clone()), "of {text:?}");
            }
        }
        _ => assert!(parse_s(&text).is_none_or(|s| s.is_finite() && s > 0.0)),
    }
}

/// What a driver reads of a worker (first byte even), and a worker of its driver.
pub fn worker(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    if choice % 2 == 1 {
        for line in bytes.split(|byte| *byte == b'\n') {
            match read_request(line) {
                Ok(request) => {
                    let written = serde_json::to_vec(&request).expect("plain data");
                    let again = read_request(&written).expect("our own request is read");
                    assert_eq!(again, request, "a request that is written and read again");
                }
                Err((_, _, message)) => assert!(message.len() <= line.len() + 1000, "{message}"),
            }
        }
        return;
    }
    const MOST_ATTACHED: u64 = 1 << 16;
    let mut left = bytes;
    let mut n_read = 0;
    while let Some(received) = next_answer(&mut left, MOST_ATTACHED) {
        n_read += 1;
        match received {
            Received::Answer(_, parts) => {
                let n_bytes: usize = parts.iter().map(|(_, bytes)| bytes.len()).sum();
                assert!(n_bytes as u64 <= MOST_ATTACHED && n_bytes <= bytes.len());
                if let Some(media) = detached(parts) {
                    assert!(media.spectrogram_png.len() + usize::from(media.playable_wav.is_some()) < bytes.len());
                }
            }
            Received::Garbage(_) => break,
        }
    }
    assert!(n_read <= bytes.len());
}

/// Finds the language out where a transcript does not say it.
fn scanner() -> &'static Scanner {
    static SCANNER: OnceLock<Scanner> = OnceLock::new();
    SCANNER.get_or_init(|| Scanner::new(&Settings::default()).expect("the built-in lists load"))
}

/// Words in a language (the first byte says which, or that nothing says it; and whether they come as plain text or as a
/// transcript in JSON) through phrases, personal data, rules and the masked view.
pub fn text(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let scan = |suffix: &str, bytes: &[u8]| with_file(suffix, bytes, |path| scanner().scan(path, "own"));
    let scanned = match language(choice & 0x7f) {
        _ if choice & 0x80 != 0 => scan(".json", bytes),
        None => scan(".txt", bytes),
        Some(language) => {
            let Ok(mut read) = read_transcript(Path::new("own.txt"), bytes) else { return };
            read.transcript.language = Some(language.code().to_owned());
            let report = serde_json::json!({ "transcript": read.transcript, "speakers": read.speakers });
            scan(".json", report.to_string().as_bytes())
        }
    };
    let Ok(scanned) = scanned else { return };
    check_report(&scanned.raw, bytes.len());
    check_report(&scanned.masked, bytes.len());
    let count = |report: &CallReport| report.transcript.as_ref().map_or(0, |t| t.utterances.len());
    assert_eq!(count(&scanned.raw), count(&scanned.masked), "the masked view has every utterance");
    assert_eq!(scanned.raw.findings.len(), scanned.masked.findings.len());
}

fn check_report(report: &CallReport, n_bytes: usize) {
    let n = report.transcript.as_ref().map_or(0, |transcript| transcript.utterances.len());
    let mut by_rule: BTreeMap<(&str, Option<usize>), usize> = BTreeMap::new();
    for finding in &report.findings {
        assert!(finding.utterance.is_none_or(|utterance| utterance < n), "{finding:?}");
        assert!((0.0..=1.0).contains(&finding.confidence), "{finding:?}");
        *by_rule.entry((&finding.rule, finding.utterance)).or_default() += 1;
    }
    // No rule says more of an utterance than it has letters, and a report is no flood.
    assert!(by_rule.values().all(|n| *n <= n_bytes + 1));
    let written = json::to_text(report).expect("plain data");
    assert!(written.len() <= 40_000 + 400 * n_bytes, "{} bytes of report from {n_bytes}", written.len());
    let again: CallReport = serde_json::from_str(&written).expect("a report is read again");
    assert_eq!(again.findings.len(), report.findings.len());
}
