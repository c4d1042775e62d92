//! The page of one call: everything known of it in the order in which a reviewer needs it.

use std::collections::HashMap;

use askama::Template;
use serde_json::Value;

use super::format::{Time, length, percent};
use super::labels::{self, Label, Mark, words_of_id};
use super::lanes::{channel_name, drawing, party_of};
use super::{CALL_POLICY, CALL_SCRIPT, PageAudio, PageLinks, PageMedia, STYLE, format, safe};
use crate::call::{CallReport, Direction, Finding, Required, Severity, Utterance};
use crate::report::{ReportError, media};

/// A word that the model gave less than this is marked as uncertain: it is more likely wrong than right.
const UNCERTAIN_BELOW: f64 = 0.5;

/// The page of one call. Give it the masked report: its texts are shown.
///
/// # Errors
/// Numbers that are not finite where one is needed.
pub fn call_page(report: &CallReport, media: &PageMedia, links: &PageLinks) -> Result<String, ReportError> {
    let report = &safe::shown(report)?;
    let drawing = drawing(report, media.peaks);
    let page = CallPage {
        policy: &CALL_POLICY,
        style: STYLE,
        script: CALL_SCRIPT,
        data: safe::json_for_script(&drawing)?,
        has_axis: drawing.is_some(),
        has_sound: matches!(media.audio, PageAudio::Href(_)),
        has_peaks: media.peaks.is_some(),
        name: report.recording.source.rsplit('/').next().unwrap_or_default(),
        facts: facts(report),
        verdict: verdict(report),
        score: report.score.total.map(|t| format!("{t:.0}")),
        parts: parts(report),
        findings: worst_first(&report.findings).into_iter().map(|f| finding_view(report, f)).collect(),
        n_by_severity: count_by_severity(&report.findings),
        steps: report.required.iter().map(step_view).collect(),
        lines: lines(report),
        by_channel: by_channel(report)?,
        by_speaker: by_speaker(report)?,
        of_call: of_call(report)?,
        leakage: leakage(report),
        events: events(report),
        problems: problems(report),
        spectrograms: spectrograms(report, media),
        legend: format!("data:image/png;base64,{}", safe::base64(&media::legend_png())),
        legend_floor: media::SPECTROGRAM_FLOOR_DBFS,
        made_by: made_by(report),
        report,
        media,
        links,
    };
    Ok(page.render()?)
}

#[derive(Template)]
#[template(path = "call.html")]
struct CallPage<'a> {
    policy: &'a str,
    style: &'a str,
    script: &'a str,
    data: String,
    has_axis: bool,
    has_sound: bool,
    has_peaks: bool,
    name: &'a str,
    facts: Vec<(&'static str, String)>,
    verdict: Vec<String>,
    score: Option<String>,
    parts: Vec<PartView>,
    findings: Vec<FindingView>,
    n_by_severity: Vec<(Mark, usize)>,
    steps: Vec<StepView>,
    lines: Vec<LineView>,
    by_channel: Option<Table>,
    by_speaker: Option<Table>,
    of_call: Option<Table>,
    leakage: Vec<LeakageView>,
    events: Vec<EventView>,
    problems: Vec<ProblemView>,
    spectrograms: Vec<(String, String)>,
    legend: String,
    legend_floor: f64,
    made_by: Vec<(String, String)>,
    report: &'a CallReport,
    media: &'a PageMedia<'a>,
    links: &'a PageLinks,
}

/// What is known of the call, one line each.
fn facts(report: &CallReport) -> Vec<(&'static str, String)> {
    let (recording, call) = (&report.recording, &report.call);
    let language = report.transcript.as_ref().and_then(|t| {
        let sure = t.language_probability.map_or(String::new(), |p| format!(" ({})", percent(p)));
        t.language.as_ref().map(|l| format!("{l}{sure}"))
    });
    let sound = recording.codec.as_ref().map(|codec| {
        let rate = recording.sample_rate_hz.map_or(String::new(), |hz| format!(", {hz} Hz"));
        let kind = report.layout.as_ref().map_or(String::new(), |l| format!(", {}", labels::layout(l.kind)));
        format!("{codec}{rate}{kind}")
    });
    let odd = report
        .layout
        .as_ref()
        .filter(|l| !l.flags.is_empty())
        .map(|layout| layout.flags.iter().map(|f| labels::layout_flag(*f)).collect::<Vec<_>>().join("; "));
    let direction = call.direction.map(|d| match d {
        Direction::Inbound => "the customer called".to_owned(),
        Direction::Outbound => "the centre called".to_owned(),
    });
    [
        ("Recording", Some(recording.source.clone())),
        ("Length", recording.duration_s.map(length)),
        ("Language", language),
        ("Call", call.id.clone()),
        ("Started", call.started_at.clone()),
        ("Agent", call.agent.clone()),
        ("Customer", call.customer_ref.clone()),
        ("Vendor", call.vendor.clone()),
        ("Campaign", call.campaign.clone()),
        ("Direction", direction),
        ("Sound", sound),
        ("Odd about the channels", odd),
    ]
    .into_iter()
    .filter_map(|(name, text)| Some((name, text?)))
    .collect()
}

/// Short sentences, the worst first.
fn verdict(report: &CallReport) -> Vec<String> {
    let mut sentences = Vec::new();
    for (mark, n) in count_by_severity(&report.findings).into_iter().filter(|(_, n)| *n > 0).take(2) {
        sentences.push(format!("{n} {} finding{}", mark.word, plural(n)));
    }
    if report.findings.is_empty() {
        sentences.push("No findings".into());
    }
    let n_absent = report.required.iter().filter(|r| r.status == crate::call::RequiredStatus::Absent).count();
    if n_absent > 0 {
        sentences.push(format!("{n_absent} required step{} missing", plural(n_absent)));
    }
    let n_lost = report.problems.iter().filter(|p| p.severity == crate::call::ProblemSeverity::Lost).count();
    if n_lost > 0 {
        sentences.push(format!("{n_lost} part{} of the recording lost", plural(n_lost)));
    }
    if report.transcript.is_none() {
        sentences.push("Not transcribed: words were not judged".into());
    }
    sentences
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

fn count_by_severity(findings: &[Finding]) -> Vec<(Mark, usize)> {
    [Severity::Critical, Severity::Major, Severity::Minor, Severity::Info]
        .into_iter()
        .map(|s| (labels::severity(s), findings.iter().filter(|f| f.severity == s).count()))
        .collect()
}

struct PartView {
    name: String,
    /// Points as text, and the same for the meter; `None` if the part cannot be judged.
    points: Option<String>,
    max: String,
    /// Id and short text of the findings that cost points.
    because: Vec<(String, String)>,
}

fn parts(report: &CallReport) -> Vec<PartView> {
    let short = |id: &String| {
        let finding = report.findings.iter().find(|f| &f.id == id);
        let text = finding.map_or_else(|| id.clone(), |f| words_of_id(&f.category));
        let at = finding.and_then(|f| f.start_s).map_or(String::new(), |t| format!(" at {}", Time::new(t).clock));
        (id.clone(), text + &at)
    };
    report
        .score
        .parts
        .iter()
        .map(|part| PartView {
            name: labels::score_part(&part.name).to_owned(),
            points: part.points.map(points),
            max: points(part.max),
            because: part.because.iter().map(short).collect(),
        })
        .collect()
}

fn points(points: f64) -> String {
    if points.fract() == 0.0 { format!("{points:.0}") } else { format!("{points:.1}") }
}

struct FindingView {
    id: String,
    severity: Mark,
    polarity: &'static str,
    category: String,
    rule: String,
    quote: Option<String>,
    language: Option<String>,
    message: String,
    legal_source: Option<String>,
    confidence: String,
    who: Option<(&'static str, &'static str)>,
    start: Option<Time>,
    end: Option<Time>,
    line: Option<usize>,
    evidence: Vec<(String, String)>,
}

/// By severity, then as they come in the call; the script can turn it into the order of the call.
fn worst_first(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|f| f.severity);
    sorted
}

fn finding_view(report: &CallReport, finding: &Finding) -> FindingView {
    let utterance = finding.utterance.and_then(|i| report.transcript.as_ref()?.utterances.get(i));
    FindingView {
        id: finding.id.clone(),
        severity: labels::severity(finding.severity),
        polarity: labels::polarity(finding.polarity),
        category: words_of_id(&finding.category),
        rule: finding.rule.clone(),
        quote: finding.quote.clone(),
        language: utterance.and_then(|u| language_tag(u.language.as_deref())),
        message: finding.message.clone(),
        legal_source: finding.legal_source.clone(),
        confidence: percent(finding.confidence),
        who: finding.speaker.as_deref().map(|id| labels::party(party_of(report, Some(id)))),
        start: finding.start_s.map(Time::new),
        end: finding.end_s.map(Time::new),
        line: finding.line,
        evidence: finding.evidence.iter().map(|(k, v)| (words_of_id(k), plain(v))).collect(),
    }
}

/// A JSON value as people read it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "unknown".into(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// A code that may stand in a `lang` attribute: two or three ASCII letters.
fn language_tag(code: Option<&str>) -> Option<String> {
    let is_code = |c: &&str| matches!(c.len(), 2 | 3) && c.bytes().all(|b| b.is_ascii_lowercase());
    code.filter(is_code).map(str::to_owned)
}

struct StepView {
    category: String,
    status: Mark,
    start: Option<Time>,
    quote: Option<String>,
    near_miss: Option<(String, String, Option<Time>)>,
    searched: Option<String>,
}

fn step_view(step: &Required) -> StepView {
    let searched = step.searched.as_ref().map(|window| {
        let span = match (window.from_s, window.to_s) {
            (Some(from_s), Some(to_s)) => format!("{} to {}", format::clock(from_s), format::clock(to_s)),
            (Some(from_s), None) => format!("from {}", format::clock(from_s)),
            (None, Some(to_s)) => format!("up to {}", format::clock(to_s)),
            (None, None) => "the whole text".into(),
        };
        let heard =
            window.audible_ratio.map_or(String::new(), |r| format!("; {} of its speech could be heard", percent(r)));
        span + &heard
    });
    StepView {
        category: words_of_id(&step.category),
        status: labels::required(step.status),
        start: step.start_s.map(Time::new),
        quote: step.quote.clone(),
        near_miss: step.near_miss.as_ref().map(|n| (n.quote.clone(), percent(n.score), n.start_s.map(Time::new))),
        searched,
    }
}

struct LineView {
    party: &'static str,
    class: &'static str,
    start: Option<Time>,
    end_seconds: String,
    language: Option<String>,
    pieces: Vec<Piece>,
    /// Findings whose quote begins here.
    findings: Vec<(String, Mark, String)>,
}

/// A word, or the whole text where there are no word times.
struct Piece {
    text: String,
    start: Option<String>,
    uncertain: Option<String>,
    /// Class of the worst finding that it belongs to.
    mark: Option<&'static str>,
}

fn lines(report: &CallReport) -> Vec<LineView> {
    let Some(transcript) = &report.transcript else { return Vec::new() };
    let mut by_utterance: HashMap<usize, Vec<&Finding>> = HashMap::new();
    for finding in &report.findings {
        if let Some(utterance) = finding.utterance {
            by_utterance.entry(utterance).or_default().push(finding);
        }
    }
    let nothing = Vec::new();
    let line = |(at, utterance): (usize, &Utterance)| {
        let findings = by_utterance.get(&at).unwrap_or(&nothing);
        let (party, class) = labels::party(party_of(report, utterance.speaker.as_deref()));
        LineView {
            party,
            class,
            start: utterance.start_s.map(Time::new),
            end_seconds: utterance.end_s.map_or(String::new(), |t| Time::new(t).seconds),
            language: language_tag(utterance.language.as_deref()),
            pieces: pieces(utterance, findings),
            findings: findings
                .iter()
                .map(|f| (f.id.clone(), labels::severity(f.severity), words_of_id(&f.category)))
                .collect(),
        }
    };
    transcript.utterances.iter().enumerate().map(line).collect()
}

fn pieces(utterance: &Utterance, findings: &[&Finding]) -> Vec<Piece> {
    if utterance.words.is_empty() {
        return quoted_pieces(&utterance.text, findings);
    }
    let word = |word: &crate::call::Word| {
        let middle_s = (word.start_s + word.end_s) / 2.0;
        let is_inside = |f: &&&Finding| {
            f.quote.is_some()
                && f.start_s.is_some_and(|start_s| start_s <= middle_s)
                && f.end_s.is_some_and(|end_s| middle_s <= end_s)
        };
        let worst = findings.iter().filter(is_inside).map(|f| f.severity).min();
        let is_uncertain = word.probability < UNCERTAIN_BELOW;
        Piece {
            text: word.text.clone(),
            start: Some(Time::new(word.start_s).seconds),
            uncertain: is_uncertain.then(|| format!("Uncertain: heard with {}", percent(word.probability))),
            mark: worst.map(|s| labels::severity(s).class),
        }
    };
    utterance.words.iter().map(word).collect()
}

/// Text without word times, cut where the first quote that stands in it begins and ends.
fn quoted_pieces(text: &str, findings: &[&Finding]) -> Vec<Piece> {
    let piece = |text: &str, mark| Piece { text: text.trim().to_owned(), start: None, uncertain: None, mark };
    let found = findings.iter().find_map(|f| {
        let quote = f.quote.as_deref().filter(|q| !q.is_empty())?;
        Some((text.find(quote)?, quote.len(), labels::severity(f.severity).class))
    });
    let Some((at, len, class)) = found else { return vec![piece(text, None)] };
    let cut = [piece(&text[..at], None), piece(&text[at..at + len], Some(class)), piece(&text[at + len..], None)];
    cut.into_iter().filter(|p| !p.text.is_empty()).collect()
}

struct Table {
    columns: Vec<String>,
    rows: Vec<Row>,
}

struct Row {
    label: &'static Label,
    cells: Vec<Cell>,
}

struct Cell {
    value: Option<String>,
    grade: Option<Mark>,
    /// Why there is no value.
    why: Option<String>,
}

fn cell(report: &CallReport, value: Option<&Value>, label: &Label, pointer: &str) -> Cell {
    let grade = value.and_then(Value::as_f64).and_then(|v| label.grade(v));
    let value = value.and_then(|v| format::value(v, label.unit));
    let why = if value.is_none() { why_missing(report, pointer) } else { None };
    Cell { value, grade, why }
}

/// The message of the problem that names this field or something that holds it.
fn why_missing(report: &CallReport, pointer: &str) -> Option<String> {
    let is_about = |field: &String| {
        pointer.strip_prefix(field.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    report.problems.iter().find(|p| p.fields.iter().any(is_about)).map(|p| p.message.clone())
}

fn by_channel(report: &CallReport) -> Result<Option<Table>, ReportError> {
    let Some(channels) = report.channels.as_ref().filter(|c| !c.is_empty()) else { return Ok(None) };
    let columns = channels.iter().map(|c| channel_name(report, usize::from(c.channel))).collect();
    let values: Vec<Value> = channels.iter().map(worded).collect::<Result<_, _>>()?;
    let row = |label: &'static Label| {
        let path = label.key.trim_start_matches("channels").replace('.', "/");
        let cells = values
            .iter()
            .enumerate()
            .map(|(at, value)| cell(report, value.pointer(&path), label, &format!("/channels/{at}{path}")))
            .collect();
        Row { label, cells }
    };
    Ok(Some(Table { columns, rows: labels::BY_CHANNEL.iter().map(row).collect() }))
}

/// A channel's measurements with the words of its enums as people read them.
fn worded(channel: &crate::call::ChannelMeasurements) -> Result<Value, ReportError> {
    let mut value = serde_json::to_value(channel)?;
    if let (Some(kind), Some(slot)) = (channel.noise.kind, value.pointer_mut("/noise/kind")) {
        *slot = labels::noise(kind).into();
    }
    if let (Some(kind), Some(slot)) = (channel.bandwidth.kind, value.pointer_mut("/bandwidth/kind")) {
        *slot = labels::bandwidth(kind).into();
    }
    Ok(value)
}

fn by_speaker(report: &CallReport) -> Result<Option<Table>, ReportError> {
    let Some(conversation) = report.conversation.as_ref().filter(|_| !report.speakers.is_empty()) else {
        return Ok(None);
    };
    let value = serde_json::to_value(conversation)?;
    let columns = report.speakers.iter().map(|s| format!("{} ({})", labels::party(s.party).0, s.id)).collect();
    let row = |label: &'static Label| {
        let key = label.key.trim_start_matches("conversation.");
        let map = value.get(key);
        let of_speaker = |speaker: &crate::call::Speaker| {
            let pointer = format!("/conversation/{key}/{}", speaker.id);
            cell(report, map.and_then(|m| m.get(&speaker.id)), label, &pointer)
        };
        Row { label, cells: report.speakers.iter().map(of_speaker).collect() }
    };
    Ok(Some(Table { columns, rows: labels::BY_SPEAKER.iter().map(row).collect() }))
}

fn of_call(report: &CallReport) -> Result<Option<Table>, ReportError> {
    if report.conversation.is_none() && report.layout.is_none() {
        return Ok(None);
    }
    let value = serde_json::to_value(report)?;
    let row = |label: &'static Label| {
        let pointer = format!("/{}", label.key.replace('.', "/"));
        Row { label, cells: vec![cell(report, value.pointer(&pointer), label, &pointer)] }
    };
    Ok(Some(Table { columns: vec!["Call".into()], rows: labels::OF_CALL.iter().map(row).collect() }))
}

struct LeakageView {
    from: String,
    to: String,
    detected: &'static str,
    attenuation: String,
    delay: String,
}

fn leakage(report: &CallReport) -> Vec<LeakageView> {
    let directions = report.crosstalk.iter().filter_map(|c| c.leakage.as_ref()).flatten();
    directions
        .map(|path| LeakageView {
            from: channel_name(report, usize::from(path.from)),
            to: channel_name(report, usize::from(path.to)),
            detected: path.detected.map_or("cannot be judged", |found| if found { "yes" } else { "no" }),
            attenuation: path.attenuation_db.map_or("–".into(), |db| format!("{db:.1} dB weaker")),
            delay: path.delay_ms.map_or("–".into(), |ms| format!("{ms:.1} ms later")),
        })
        .collect()
}

/// One line of the list of what else the picture shows.
struct EventView {
    start: Time,
    length: String,
    what: String,
}

fn events(report: &CallReport) -> Vec<EventView> {
    let mut events: Vec<(f64, f64, String)> = Vec::new();
    if let Some(conversation) = &report.conversation {
        for event in conversation.overtalk.iter().flat_map(|o| &o.events) {
            let by = labels::party(party_of(report, Some(&event.by))).0;
            events.push((event.start_s, event.end_s, format!("Both speak: {}, {by}", labels::overtalk(event.kind))));
        }
        for span in conversation.silence.iter().flat_map(|s| &s.spans) {
            events.push((span.start_s, span.end_s, "Nobody speaks".into()));
        }
        for hold in conversation.hold.iter().flatten() {
            events.push((hold.start_s, hold.end_s, format!("On hold: {}", labels::hold(hold.kind))));
        }
    }
    for channel in report.channels.iter().flatten() {
        let name = channel_name(report, usize::from(channel.channel));
        let clipped = channel.clipping.spans.iter().flatten().map(|s| (s, "Clipped"));
        let dropouts = channel.dropouts.spans.iter().flatten().map(|s| (s, "Dropout"));
        let voices = channel.background_voices.spans.iter().flatten().map(|s| (s, "Background voices"));
        events.extend(
            clipped.chain(dropouts).chain(voices).map(|(s, what)| (s.start_s, s.end_s, format!("{what}: {name}"))),
        );
        let noises = channel.noise.segments.iter().flatten();
        events.extend(noises.map(|s| (s.start_s, s.end_s, format!("Noise, {}: {name}", labels::noise(s.kind)))));
    }
    events.sort_by(|a, b| a.0.total_cmp(&b.0));
    let view = |(start_s, end_s, what): (f64, f64, String)| EventView {
        start: Time::new(start_s),
        length: format!("{:.1} s", end_s - start_s),
        what,
    };
    events.into_iter().map(view).collect()
}

struct ProblemView {
    severity: Mark,
    stage: String,
    code: String,
    channel: Option<String>,
    message: String,
    fields: String,
}

fn problems(report: &CallReport) -> Vec<ProblemView> {
    let mut sorted: Vec<_> = report.problems.iter().collect();
    sorted.sort_by_key(|p| p.severity as u8);
    sorted
        .into_iter()
        .map(|p| ProblemView {
            severity: labels::problem(p.severity),
            stage: p.stage.clone(),
            code: p.code.clone(),
            channel: p.channel.map(|c| channel_name(report, usize::from(c))),
            message: p.message.clone(),
            fields: p.fields.join(", "),
        })
        .collect()
}

fn spectrograms(report: &CallReport, media: &PageMedia) -> Vec<(String, String)> {
    let name = |(channel, href): (usize, &String)| (channel_name(report, channel), href.clone());
    media.spectrogram_hrefs.iter().enumerate().map(name).collect()
}

/// Name and value of everything that made the report.
fn made_by(report: &CallReport) -> Vec<(String, String)> {
    let (made, recording) = (&report.provenance, &report.recording);
    let mut lines = vec![
        ("callvet".into(), made.callvet.clone()),
        ("Recording, SHA-256".into(), recording.sha256.clone()),
        ("Settings, SHA-256".into(), made.settings_sha256.clone()),
    ];
    let optional = [
        ("Decoder", &recording.decoder),
        ("Speech model", &made.model),
        ("Speech model, SHA-256", &made.model_sha256),
        ("Voice activity model, SHA-256", &made.vad_sha256),
        ("DNSMOS model, SHA-256", &made.dnsmos_sha256),
        ("Speaker model, SHA-256", &made.speaker_model_sha256),
    ];
    lines.extend(optional.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))));
    let lists = made.phrase_lists.iter();
    lines.extend(lists.map(|l| (format!("Phrases {} {}, SHA-256", l.name, l.version), l.sha256.clone())));
    lines
}
