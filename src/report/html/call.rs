//! The page of one call: everything known of it in the order in which a reviewer needs it.

use askama::Template;
use serde_json::Value;

use super::format::{Time, length, percent};
use super::labels::{self, Mark, Said};
use super::lanes::{channel_name, drawing, party_of};
use super::tables::{LeakageView, Table, by_channel, by_speaker, leakage, of_call};
use super::words::{LineView, language_tag, lines};
use super::{CALL_POLICY, CALL_SCRIPT, PageAudio, PageLinks, PageMedia, STYLE, format, safe};
use crate::call::{CallReport, Direction, Expected, Finding, Party, Required, Severity};
use crate::report::texts::Texts;
use crate::report::{ReportError, media};

/// The page of one call. Give it the masked report: its texts are shown.
///
/// # Errors
/// Numbers that are not finite where one is needed.
pub fn call_page(
    report: &CallReport,
    media: &PageMedia,
    links: &PageLinks,
    texts: Texts,
) -> Result<String, ReportError> {
    let report = &safe::shown(report)?;
    let drawing = drawing(report, media.peaks, texts);
    let page = CallPage {
        tr: texts,
        policy: &CALL_POLICY,
        style: STYLE,
        script: CALL_SCRIPT,
        data: safe::json_for_script(&drawing)?,
        has_axis: drawing.is_some(),
        has_sound: matches!(media.audio, PageAudio::Href(_)),
        has_peaks: media.peaks.is_some(),
        name: report.recording.source.rsplit('/').next().unwrap_or_default(),
        facts: facts(report, texts),
        verdict: verdict(report, texts),
        score: report.score.total.map(|t| format!("{t:.0}")),
        parts: parts(report, texts),
        findings: worst_first(&report.findings).into_iter().map(|f| finding_view(report, f, texts)).collect(),
        n_by_severity: count_by_severity(&report.findings),
        expected: Expected::of(&report.findings).words(),
        steps: report.required.iter().map(|step| step_view(step, texts)).collect(),
        lines: lines(report, texts),
        by_channel: by_channel(report, texts)?,
        by_speaker: by_speaker(report, texts)?,
        of_call: of_call(report, texts)?,
        leakage: leakage(report, texts),
        events: events(report, texts),
        problems: problems(report, texts),
        spectrograms: spectrograms(report, media, texts),
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
    tr: Texts,
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
    expected: String,
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
fn facts(report: &CallReport, tr: Texts) -> Vec<(&'static str, String)> {
    let (recording, call) = (&report.recording, &report.call);
    let language = report.transcript.as_ref().and_then(|t| {
        let sure = t.language_probability.map_or(String::new(), |p| format!(" ({})", percent(p)));
        t.language.as_ref().map(|l| format!("{l}{sure}"))
    });
    let sound = recording.codec.as_ref().map(|codec| {
        let rate = recording.sample_rate_hz.map_or(String::new(), |hz| format!(", {hz} Hz"));
        let kind = report.layout.as_ref().map_or(String::new(), |l| format!(", {}", labels::layout(l.kind, tr)));
        format!("{codec}{rate}{kind}")
    });
    let odd = report
        .layout
        .as_ref()
        .filter(|l| !l.flags.is_empty())
        .map(|layout| layout.flags.iter().map(|f| labels::layout_flag(*f, tr)).collect::<Vec<_>>().join("; "));
    let direction = call.direction.map(|d| match d {
        Direction::Inbound => "the customer called".to_owned(),
        Direction::Outbound => "the centre called".to_owned(),
    });
    // Of a call in two files the first has the name of the call; here each stands with its channel.
    let file = |channel: Option<u16>| {
        let file = recording.files.iter().find(|file| file.channel == channel)?;
        let speakers = report.speakers.iter().filter(|s| channel.is_some() && s.channel == channel);
        let party = speakers.map(|s| s.party).filter(|party| *party != Party::Unknown).min();
        let whose = party.map_or(String::new(), |party| format!(" ({})", labels::party(party, tr).0.to_lowercase()));
        Some(format!("{}{whose}", file.source))
    };
    [
        ("Recording", Some(recording.source.clone())),
        ("File of channel 0", file(Some(0))),
        ("File of channel 1", file(Some(1))),
        ("File without sound", file(None)),
        ("Length", recording.duration_s.map(|d| length(d, tr))),
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
fn verdict(report: &CallReport, tr: Texts) -> Vec<String> {
    let mut sentences = Vec::new();
    for (mark, n) in count_by_severity(&report.findings).into_iter().filter(|(_, n)| *n > 0).take(2) {
        sentences.push(format!("{n} {} finding{}", mark.word(tr), plural(n)));
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

fn parts(report: &CallReport, tr: Texts) -> Vec<PartView> {
    let short = |id: &String| {
        let finding = report.findings.iter().find(|f| &f.id == id);
        let text = finding.map_or_else(|| id.clone(), |f| labels::title(f, tr));
        let at = finding.and_then(|f| f.start_s).map_or(String::new(), |t| format!(" at {}", Time::new(t).clock));
        (id.clone(), text + &at)
    };
    report
        .score
        .parts
        .iter()
        .map(|part| PartView {
            name: labels::score_part(&part.name, tr),
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
    polarity: String,
    category: String,
    rule: String,
    quote: Option<String>,
    language: Option<String>,
    says: Said,
    legal_source: Option<String>,
    confidence: String,
    who: Option<(String, &'static str)>,
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

fn finding_view(report: &CallReport, finding: &Finding, tr: Texts) -> FindingView {
    let utterance = finding.utterance.and_then(|i| report.transcript.as_ref()?.utterances.get(i));
    FindingView {
        id: finding.id.clone(),
        severity: labels::severity(finding.severity),
        polarity: labels::polarity(finding.polarity, tr),
        category: labels::title(finding, tr),
        rule: finding.rule.clone(),
        quote: finding.quote.clone(),
        language: utterance.and_then(|u| language_tag(u.language.as_deref())),
        says: labels::says(finding, tr),
        legal_source: finding.legal_source.clone(),
        confidence: percent(finding.confidence),
        who: finding.speaker.as_deref().map(|id| labels::party(party_of(report, Some(id)), tr)),
        start: finding.start_s.map(Time::new),
        end: finding.end_s.map(Time::new),
        line: finding.line,
        evidence: finding.evidence.iter().map(|(k, v)| (labels::evidence(k, tr), plain(v))).collect(),
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

struct StepView {
    category: String,
    status: Mark,
    start: Option<Time>,
    quote: Option<String>,
    near_miss: Option<(String, String, Option<Time>)>,
    searched: Option<String>,
}

fn step_view(step: &Required, tr: Texts) -> StepView {
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
        category: labels::category(&step.category, tr),
        status: labels::required(step.status),
        start: step.start_s.map(Time::new),
        quote: step.quote.clone(),
        near_miss: step.near_miss.as_ref().map(|n| (n.quote.clone(), percent(n.score), n.start_s.map(Time::new))),
        searched,
    }
}

/// One line of the list of what else the picture shows.
struct EventView {
    start: Time,
    length: String,
    what: String,
}

fn events(report: &CallReport, tr: Texts) -> Vec<EventView> {
    let mut events: Vec<(f64, f64, String)> = Vec::new();
    if let Some(conversation) = &report.conversation {
        for event in conversation.overtalk.iter().flat_map(|o| &o.events) {
            let by = labels::party(party_of(report, Some(&event.by)), tr).0;
            events.push((
                event.start_s,
                event.end_s,
                format!("Both speak: {}, {by}", labels::overtalk(event.kind, tr)),
            ));
        }
        for span in conversation.silence.iter().flat_map(|s| &s.spans) {
            events.push((span.start_s, span.end_s, "Nobody speaks".into()));
        }
        for hold in conversation.hold.iter().flatten() {
            events.push((hold.start_s, hold.end_s, format!("On hold: {}", labels::hold(hold.kind, tr))));
        }
        for tone in conversation.tones.iter().flatten() {
            if let Some(what) = labels::signal(tone.kind, tr) {
                let name = channel_name(report, usize::from(tone.channel), tr);
                events.push((tone.start_s, tone.end_s, format!("{what}: {name}")));
            }
        }
    }
    for channel in report.channels.iter().flatten() {
        let name = channel_name(report, usize::from(channel.channel), tr);
        let clipped = channel.clipping.spans.iter().flatten().map(|s| (s, "Clipped"));
        let dropouts = channel.dropouts.spans.iter().flatten().map(|s| (s, "Dropout"));
        let voices = channel.background_voices.spans.iter().flatten().map(|s| (s, "Background voices"));
        events.extend(
            clipped.chain(dropouts).chain(voices).map(|(s, what)| (s.start_s, s.end_s, format!("{what}: {name}"))),
        );
        let noises = channel.noise.segments.iter().flatten();
        events.extend(noises.map(|s| (s.start_s, s.end_s, format!("Noise, {}: {name}", labels::noise(s.kind, tr)))));
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
    says: Said,
    fields: String,
}

fn problems(report: &CallReport, tr: Texts) -> Vec<ProblemView> {
    let mut sorted: Vec<_> = report.problems.iter().collect();
    sorted.sort_by_key(|p| p.severity as u8);
    sorted
        .into_iter()
        .map(|p| ProblemView {
            severity: labels::problem(p.severity),
            stage: p.stage.clone(),
            code: p.code.clone(),
            channel: p.channel.map(|c| channel_name(report, usize::from(c), tr)),
            says: labels::problem_says(&p.code, &p.message, tr),
            fields: p.fields.join(", "),
        })
        .collect()
}

fn spectrograms(report: &CallReport, media: &PageMedia, tr: Texts) -> Vec<(String, String)> {
    let name = |(channel, href): (usize, &String)| (channel_name(report, channel, tr), href.clone());
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
