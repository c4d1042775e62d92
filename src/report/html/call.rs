//! The page of one call: everything known of it in the order in which a reviewer needs it. What stands in its parts is made
//! by `findings`, `lanes`, `words` and `tables`.

use std::sync::LazyLock;

use askama::Template;
use serde::Serialize;
use serde_json::Value;

use super::findings::{self, Filters, FindingView, StepView};
use super::format::{self, Time, length, percent};
use super::labels::{self, Mark, Said};
use super::lanes::{self, Axis, Lane, channel_name};
use super::tables::{LeakageView, Table, by_channel, by_speaker, leakage, of_call};
use super::words::{LineView, lines};
use super::{PageAudio, PageLinks, PageMedia, policy, safe};
use crate::call::{CallReport, Direction, Expected, Party, Polarity, ProblemSeverity, RequiredStatus, Severity};
use crate::report::texts::Texts;
use crate::report::{ReportError, media};

const STYLE: &str = concat!(include_str!("page.css"), include_str!("call.css"));
const WAVESURFER: &str = include_str!("vendor/wavesurfer/wavesurfer.min.js");
/// The parts of the script share one scope, which nothing outside of the page's script reaches.
const SCRIPT: &str = concat!(
    // Each page passes the library on, so it carries the notice that its licence asks for.
    "/* wavesurfer.js 8.0.1\n",
    include_str!("vendor/wavesurfer/LICENSE"),
    "*/\n",
    include_str!("vendor/wavesurfer/wavesurfer.min.js"),
    "\n(() => {\n\"use strict\";\n",
    include_str!("js/base.js"),
    include_str!("js/player.js"),
    include_str!("js/picture.js"),
    include_str!("js/findings.js"),
    include_str!("js/transcript.js"),
    include_str!("js/review.js"),
    include_str!("js/start.js"),
    "})();\n"
);
/// Height of a channel's waveform in pixels; `js/player.js` and `call.css` know it too.
const WAVE_HEIGHT: &str = "56";

static POLICY: LazyLock<String> = LazyLock::new(|| policy(SCRIPT, &[STYLE, &wave_style().unwrap_or_default()]));

/// The text of the style element that wavesurfer.js puts into the shadow tree of the waveform. The policy lets this one text
/// through, by its hash like our own: no other style, and none that a text of the call could make, is allowed for it.
/// `None` if the vendored file has another shape than the one that is known.
fn wave_style() -> Option<String> {
    let (_, after) = WAVESURFER.split_once("<style${")?;
    let (style, _) = after.split_once("}>")?.1.split_once("</style>")?;
    // The one place that depends on an option: the height.
    let (before, after) = style.split_once("${")?;
    let after = after.split_once('}')?.1;
    (!after.contains("${")).then(|| format!("{before}{WAVE_HEIGHT}{after}").replace("\\n", "\n"))
}

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
    let picture = lanes::picture(report, media.peaks, texts);
    let (axis, waves, lanes, full_height) = match picture {
        Some(p) => (Some(p.axis), p.waves, p.lanes, p.full_height),
        None => (None, vec![], vec![], None),
    };
    let data = PageData {
        source: &report.recording.source,
        sha256: &report.recording.sha256,
        words: texts.of_script("js-call-"),
        axis,
    };
    let findings = findings::worst_first(report, texts);
    let page = CallPage {
        tr: texts,
        policy: &POLICY,
        style: STYLE,
        script: SCRIPT,
        data: safe::json_for_script(&data)?,
        has_axis: data.axis.is_some(),
        has_sound: data.axis.is_some() && matches!(media.audio, PageAudio::Href(_)),
        name: name_of(&report.recording.source),
        facts: facts(report, texts),
        verdict: verdict(report, texts),
        no_findings: no_findings(report, texts),
        score: report.score.total.map(|t| format!("{t:.0}")),
        parts: parts(report, texts),
        formula: formula(report, texts),
        moments: findings::moments(report, &findings),
        filters: Filters::new(report, &findings, texts),
        expected: expected(report, texts),
        findings,
        steps: findings::steps(report, texts),
        lines: lines(report, texts),
        by_channel: by_channel(report, texts)?,
        by_speaker: by_speaker(report, texts)?,
        of_call: of_call(report, texts)?,
        leakage: leakage(report, texts),
        waves,
        lanes,
        full_height: full_height.map(|level| texts.with("call-legend-wave", &[("value", &level)])),
        problems: problems(report, texts),
        spectrograms: spectrograms(report, media, texts),
        spectrogram_range: report
            .recording
            .sample_rate_hz
            .map(|hz| texts.with("call-legend-spectrogram", &[("value", &(hz / 2).to_string())])),
        duration: data.axis.as_ref().map_or(String::new(), |axis| Time::new(axis.duration_s).seconds),
        zooms: zooms(texts),
        legend: format!("data:image/png;base64,{}", safe::base64(&media::legend_png())),
        legend_floor: media::SPECTROGRAM_FLOOR_DBFS,
        made_by: made_by(report, texts),
        report,
        media,
        links,
    };
    Ok(page.render()?)
}

/// What the script gets to know.
#[derive(Serialize)]
struct PageData<'a> {
    source: &'a str,
    sha256: &'a str,
    words: Value,
    axis: Option<Axis>,
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
    name: &'a str,
    facts: Vec<(String, String)>,
    verdict: Vec<String>,
    no_findings: Option<String>,
    score: Option<String>,
    parts: Vec<PartView>,
    formula: Option<String>,
    moments: Vec<usize>,
    filters: Filters,
    expected: String,
    findings: Vec<FindingView>,
    steps: Vec<StepView>,
    lines: Vec<LineView>,
    by_channel: Option<Table>,
    by_speaker: Option<Table>,
    of_call: Option<Table>,
    leakage: Vec<LeakageView>,
    waves: Vec<String>,
    lanes: Vec<Lane>,
    full_height: Option<String>,
    problems: Vec<ProblemView>,
    /// Name of the channel, and where the picture is.
    spectrograms: Vec<(String, String)>,
    spectrogram_range: Option<String>,
    duration: String,
    /// Seconds that the picture can show, and how a button says it.
    zooms: Vec<(u32, String)>,
    legend: String,
    legend_floor: f64,
    made_by: Vec<(String, String)>,
    report: &'a CallReport,
    media: &'a PageMedia<'a>,
    links: &'a PageLinks,
}

impl CallPage<'_> {
    /// The lanes that are drawn, with their places in the script's rows.
    fn drawn_lanes(&self) -> Vec<(usize, &Lane)> {
        self.lanes.iter().filter(|lane| !lane.marks.is_empty()).enumerate().collect()
    }

    /// Colour and meaning of what is drawn, each once.
    fn legend_of_lanes(&self) -> Vec<(&'static str, &str)> {
        let mut keys: Vec<(&'static str, &str)> = Vec::new();
        for lane in self.lanes.iter().filter(|lane| !lane.marks.is_empty()) {
            if !keys.contains(&(lane.colour, lane.kind.as_str())) {
                keys.push((lane.colour, &lane.kind));
            }
        }
        keys
    }

    fn has_soft(&self) -> bool {
        self.lanes.iter().flat_map(|lane| &lane.marks).any(|mark| mark.is_soft)
    }

    /// How fast the sound can be played, and how the list says it, and the one that is chosen at first.
    fn speeds(&self) -> [(&'static str, String, bool); 7] {
        let mark = self.tr.language.decimal_mark().to_string();
        ["0.5", "0.75", "1", "1.25", "1.5", "1.75", "2"]
            .map(|speed| (speed, format!("{}×", speed.replace('.', &mark)), speed == "1"))
    }

    fn all_severities(&self) -> Vec<Mark> {
        [Severity::Critical, Severity::Major, Severity::Minor, Severity::Info].map(labels::severity).to_vec()
    }

    /// Keys and the message that says what they do.
    fn keys(&self) -> [(&'static [&'static str], &'static str); 10] {
        [
            (&["j", "k"], "call-key-j"),
            (&["Enter"], "call-key-enter"),
            (&["Space"], "call-key-space"),
            (&["←", "→"], "call-key-arrows"),
            (&["l"], "call-key-l"),
            (&["[", "]"], "call-key-edges"),
            (&["a", "d", "u"], "call-key-verdicts"),
            (&["n"], "call-key-n"),
            (&["/"], "call-key-search"),
            (&["?"], "call-key-help"),
        ]
    }
}

/// Folder and file: where each call has a folder of its own, the files often have one name.
fn name_of(source: &str) -> &str {
    let source = source.trim_start_matches('/');
    source.rmatch_indices('/').nth(1).map_or(source, |(at, _)| &source[at + 1..])
}

fn zooms(tr: Texts) -> Vec<(u32, String)> {
    [("call-zoom-min", 2, 60), ("call-zoom-s", 30, 1), ("call-zoom-s", 10, 1)]
        .map(|(message, n, unit_s)| (n * unit_s, tr.with(message, &[("n", &n.to_string())])))
        .to_vec()
}

/// What is known of the call, one line each.
fn facts(report: &CallReport, tr: Texts) -> Vec<(String, String)> {
    let (recording, call) = (&report.recording, &report.call);
    let language = report.transcript.as_ref().and_then(|t| {
        let sure = t.language_probability.map_or(String::new(), |p| format!(" ({})", percent(p)));
        t.language.as_ref().map(|l| format!("{l}{sure}"))
    });
    let sound = recording.codec.as_ref().map(|codec| {
        let rate = recording.sample_rate_hz.map_or(String::new(), |hz| format!(", {hz} {}", tr.get("unit-hz")));
        let kind = report.layout.as_ref().map_or(String::new(), |l| format!(", {}", labels::layout(l.kind, tr)));
        format!("{codec}{rate}{kind}")
    });
    let odd = report
        .layout
        .as_ref()
        .filter(|l| !l.flags.is_empty())
        .map(|layout| layout.flags.iter().map(|f| labels::layout_flag(*f, tr)).collect::<Vec<_>>().join("; "));
    let direction = call.direction.map(|d| match d {
        Direction::Inbound => tr.get("call-inbound"),
        Direction::Outbound => tr.get("call-outbound"),
    });
    // Of a call in two files the first has the name of the call; here each stands with its channel.
    let file = |channel: Option<u16>| {
        let file = recording.files.iter().find(|file| file.channel == channel)?;
        let speakers = report.speakers.iter().filter(|s| channel.is_some() && s.channel == channel);
        let party = speakers.map(|s| s.party).filter(|party| *party != Party::Unknown).min();
        let whose = party.map_or(String::new(), |party| format!(" ({})", labels::party(party, tr).0.to_lowercase()));
        Some(format!("{}{whose}", file.source))
    };
    let channel_file = |n: &str| tr.with("call-fact-file-of-channel", &[("n", n)]);
    [
        (tr.get("call-fact-recording"), Some(recording.source.clone())),
        (channel_file("0"), file(Some(0))),
        (channel_file("1"), file(Some(1))),
        (tr.get("call-fact-file-without-sound"), file(None)),
        (tr.get("call-fact-length"), recording.duration_s.map(|d| length(d, tr))),
        (tr.get("call-fact-language"), language),
        (tr.get("call-fact-call"), call.id.clone()),
        (tr.get("call-fact-started"), call.started_at.clone()),
        (tr.get("call-fact-agent"), call.agent.clone()),
        (tr.get("call-fact-customer"), call.customer_ref.clone()),
        (tr.get("call-fact-vendor"), call.vendor.clone()),
        (tr.get("call-fact-campaign"), call.campaign.clone()),
        (tr.get("call-fact-direction"), direction),
        (tr.get("call-fact-sound"), sound),
        (tr.get("call-fact-odd"), odd),
    ]
    .into_iter()
    .filter_map(|(name, text)| Some((name, text?)))
    .collect()
}

/// Short sentences, the worst first.
fn verdict(report: &CallReport, tr: Texts) -> Vec<String> {
    let mut sentences = Vec::new();
    for (mark, n) in findings::count_by_severity(&report.findings).into_iter().filter(|(_, n)| *n > 0).take(2) {
        sentences.push(mark.counted(n, tr));
    }
    sentences.extend(no_findings(report, tr));
    let n_absent = report.required.iter().filter(|r| r.status == RequiredStatus::Absent).count();
    if n_absent > 0 {
        sentences.push(tr.count("call-steps-missing", n_absent));
    }
    let n_lost = report.problems.iter().filter(|p| p.severity == ProblemSeverity::Lost).count();
    if n_lost > 0 {
        sentences.push(tr.count("call-parts-lost", n_lost));
    }
    if report.transcript.is_none() {
        sentences.push(tr.get("call-not-transcribed"));
    }
    sentences
}

/// Whether what was said could be judged: else a call without findings is no good call. `None` if there is nothing to say:
/// there are findings in words that could be judged, or there are no words.
fn no_findings(report: &CallReport, tr: Texts) -> Option<String> {
    let of_words = |part: &&crate::call::ScorePart| matches!(part.name.as_str(), "required" | "forbidden");
    let is_judged =
        report.score.total.is_some() && report.score.parts.iter().filter(of_words).any(|part| part.points.is_some());
    match (is_judged, report.transcript.is_some()) {
        (false, true) => Some(tr.get("call-words-not-judged")),
        // That nothing was transcribed is said already.
        (false, false) => None,
        (true, _) => report.findings.is_empty().then(|| tr.get("call-no-findings")),
    }
}

/// How many of the findings are true, by their confidences.
fn expected(report: &CallReport, tr: Texts) -> String {
    let expected = Expected::of(&report.findings);
    // Below ten a tenth of a finding tells something, above it does not.
    let digits = usize::from(expected.mean < 10.0 && expected.n < 10);
    let shown = |value: f64| format::number(value, digits, tr);
    let (mean, sd) = (shown(expected.mean), shown(expected.variance.max(0.0).sqrt()));
    let findings = tr.count("label-n-findings", expected.n);
    tr.with("call-expected", &[("findings", &findings), ("mean", &mean), ("sd", &sd)])
}

struct PartView {
    name: String,
    /// Points for the meter; `None` if the part cannot be judged or has none to earn.
    meter: Option<(String, String)>,
    points: String,
    is_judged: bool,
    /// Id and short text of the findings that cost points.
    because: Vec<(String, String)>,
}

fn parts(report: &CallReport, tr: Texts) -> Vec<PartView> {
    let short = |id: &String| {
        let finding = report.findings.iter().find(|f| &f.id == id);
        let text = finding.map_or_else(|| id.clone(), |f| labels::title(f, tr));
        // What was never said has no time; the start of the search says nothing here.
        let at = finding.filter(|f| f.quote.is_some() || f.polarity != Polarity::Required).and_then(|f| f.start_s);
        let at = at.map(|start_s| Time::new(start_s).clock);
        // Put together here: a title may be of a user's list, and messages take only our own words.
        let text = at.map_or(text.clone(), |at| format!("{text} {at}"));
        (id.clone(), text)
    };
    let view = |part: &crate::call::ScorePart| {
        let (max, earned) = (points(part.max, tr), part.points.map(|p| points(p, tr)));
        let text = match &earned {
            None => tr.get("call-not-judged"),
            Some(earned) if part.max == 0.0 => tr.with("call-points-cost", &[("points", earned)]),
            Some(earned) => tr.with("call-points-of", &[("points", earned), ("max", &max)]),
        };
        PartView {
            name: labels::score_part(&part.name, tr),
            meter: part.points.filter(|_| part.max > 0.0).map(|p| (format!("{p:.2}"), format!("{:.2}", part.max))),
            points: text,
            is_judged: part.points.is_some(),
            because: part.because.iter().map(short).collect(),
        }
    };
    report.score.parts.iter().map(view).collect()
}

/// The score written out: what is added, and what it is divided by.
fn formula(report: &CallReport, tr: Texts) -> Option<String> {
    let total = report.score.total?;
    let judged = || report.score.parts.iter().filter_map(|part| Some((part.points?, part.max)));
    let sum = |terms: Vec<f64>| {
        let mut text = String::new();
        for (at, term) in terms.into_iter().enumerate() {
            let sign = match (at, term < 0.0) {
                (0, false) => "",
                (0, true) => "−",
                (_, false) => " + ",
                (_, true) => " − ",
            };
            text.push_str(sign);
            text.push_str(&points(term.abs(), tr));
        }
        text
    };
    let (earned, max) =
        (sum(judged().map(|(points, _)| points).collect()), sum(judged().map(|(_, max)| max).collect()));
    Some(tr.with("call-formula", &[("points", &earned), ("max", &max), ("total", &points(total, tr))]))
}

/// At most two decimals, as in the report, so that the formula can be reckoned again.
fn points(points: f64, tr: Texts) -> String {
    let decimals = (0..2).find(|d| (points * 10f64.powi(*d)).round() == points * 10f64.powi(*d)).unwrap_or(2);
    format::number(points, decimals as usize, tr)
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
            says: labels::problem_says(p, &report.score.parts, tr),
            fields: p.fields.join(", "),
        })
        .collect()
}

fn spectrograms(report: &CallReport, media: &PageMedia, tr: Texts) -> Vec<(String, String)> {
    let name = |(channel, href): (usize, &String)| (channel_name(report, channel, tr), href.clone());
    media.spectrogram_hrefs.iter().enumerate().map(name).collect()
}

/// Name and value of everything that made the report.
fn made_by(report: &CallReport, tr: Texts) -> Vec<(String, String)> {
    let (made, recording) = (&report.provenance, &report.recording);
    let mut lines = vec![
        ("callvet".to_owned(), made.callvet.clone()),
        (tr.get("call-made-recording"), recording.sha256.clone()),
        (tr.get("call-made-bytes"), recording.bytes.to_string()),
        (tr.get("call-made-settings"), made.settings_sha256.clone()),
    ];
    let optional = [
        ("call-made-decoder", &recording.decoder),
        ("call-made-metadata", &report.call.metadata_source),
        ("call-made-model", &made.model),
        ("call-made-model-hash", &made.model_sha256),
        ("call-made-vad", &made.vad_sha256),
        ("call-made-dnsmos", &made.dnsmos_sha256),
        ("call-made-speakers", &made.speaker_model_sha256),
    ];
    lines.extend(optional.into_iter().filter_map(|(name, value)| Some((tr.get(name), value.clone()?))));
    // Names of lists are the user's: they stand behind the message, not in it.
    let of_list = |name: &str, version: &str| format!("{}: {name} {version}", tr.get("call-made-phrases"));
    lines.extend(made.phrase_lists.iter().map(|l| (of_list(&l.name, &l.version), l.sha256.clone())));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Score, ScorePart};

    #[test]
    fn the_style_that_wavesurfer_makes_is_known_and_its_file_cannot_end_our_script() {
        let style = wave_style().expect("the vendored file has the shape that is known");
        assert!(style.starts_with("\n        :host {") && style.contains("min-height: 56px;"), "{style}");
        assert!(style.contains(".cursor {") && !style.contains("${"));
        assert!(!SCRIPT.to_ascii_lowercase().contains("</script") && !SCRIPT.contains("<!--"));
        assert!(include_str!("js/player.js").contains("WAVE_HEIGHT = 56;"));
    }

    #[test]
    fn a_call_is_named_by_its_folder_and_file() {
        for (source, expected) in
            [("call.wav", "call.wav"), ("a/call.wav", "a/call.wav"), ("/calls/a/b.wav", "a/b.wav"), ("/b.wav", "b.wav")]
        {
            assert_eq!(name_of(source), expected);
        }
    }

    #[test]
    fn points_keep_what_is_needed_to_reckon_them_again() {
        for (given, expected) in [(25.0, "25"), (9.5, "9.5"), (7.25, "7.25"), (-1.9, "-1.9"), (0.0, "0")] {
            assert_eq!(points(given, Texts::default()), expected);
        }
    }

    #[test]
    fn a_call_that_nobody_could_judge_is_no_call_without_findings() {
        let check = |total, forbidden, is_transcribed: bool, expected: Option<&str>| {
            let mut report = crate::report::html::lanes::tests::empty_report();
            let part = |name: &str, points| ScorePart { name: name.into(), points, max: 35.0, because: vec![] };
            report.score = Score { total, parts: vec![part("line", Some(10.0)), part("forbidden", forbidden)] };
            report.transcript = is_transcribed.then(crate::call::Transcript::default);
            assert_eq!(no_findings(&report, Texts::default()), expected.map(|name| Texts::default().get(name)));
        };
        check(Some(100.0), Some(35.0), true, Some("call-no-findings"));
        check(Some(100.0), None, true, Some("call-words-not-judged"));
        check(None, Some(35.0), true, Some("call-words-not-judged"));
        check(None, None, false, None);
    }

    #[test]
    fn the_formula_has_the_parts_that_can_be_judged() {
        let part = |name: &str, points, max| ScorePart { name: name.into(), points, max, because: vec![] };
        let check = |total, parts: Vec<ScorePart>, expected: Option<&str>| {
            let mut report = crate::report::html::lanes::tests::empty_report();
            report.score = Score { total, parts };
            assert_eq!(formula(&report, Texts::default()).as_deref(), expected);
        };
        let parts = || vec![part("line", Some(9.5), 10.0), part("noise", Some(-1.9), 0.0), part("facts", None, 10.0)];
        check(Some(76.0), parts(), Some("100 × (9.5 − 1.9) / (10 + 0) = 76"));
        check(None, parts(), None);
    }
}
