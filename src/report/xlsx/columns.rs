//! The columns of the workbook: names, widths, meanings, and what stands in them.

use std::sync::LazyLock;

use serde::Serialize;
use serde_json::Value;

use crate::call::catalogue;
use crate::call::{CallLine, CallReport, CallStatus, ChannelMeasurements, Finding, Required, json};
use crate::report::ReportError;
use crate::units::round_to;

/// A column of a sheet.
pub(super) struct Column {
    pub name: &'static str,
    /// In characters of the usual font.
    pub width: u16,
    pub about: &'static str,
    pub paint: Paint,
}

/// What colours a column.
pub(super) enum Paint {
    None,
    /// Words, each with 0 critical, 1 major or 2 minor.
    Words(&'static [(&'static str, usize)]),
    /// A number with the limits that the catalogue has for this path.
    Grade(&'static str),
}

/// What stands in a cell.
pub(super) enum Cell {
    Empty,
    Text(String),
    Number(f64, Kind),
    Link { href: String, text: String },
}

/// How a number is shown.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Count,
    Two,
    Three,
    Four,
    Percent,
    Date,
}

const SEVERITIES: Paint = Paint::Words(&[("critical", 0), ("major", 1), ("minor", 2)]);

const fn column(name: &'static str, width: u16, about: &'static str) -> Column {
    Column { name, width, about, paint: Paint::None }
}

const fn painted(name: &'static str, width: u16, about: &'static str, paint: Paint) -> Column {
    Column { name, width, about, paint }
}

pub(super) const CALLS: &[Column] = &[
    column("source", 44, "The recording, as it was found."),
    column("page", 8, "Opens the page of the call."),
    painted("status", 9, "ok, failed or pending.", Paint::Words(&[("failed", 0), ("pending", 2)])),
    painted(
        "score",
        8,
        "The call in one number, 100 is best; empty if under half of it can be judged.",
        Paint::Grade("score.total"),
    ),
    column("n_critical", 10, "Findings of severity critical."),
    column("n_major", 10, "Findings of severity major."),
    column("n_minor", 10, "Findings of severity minor."),
    column("n_info", 10, "Findings of severity info."),
    column("n_expected_true", 12, "How many findings are expected to be true: the sum of their confidences."),
    column("n_required_absent", 12, "Required steps that were searched for and not found."),
    column("worst_1", 50, "The worst finding."),
    column("worst_2", 50, "The second worst finding."),
    column("worst_3", 50, "The third worst finding."),
    column("agent", 18, "The agent's name or number, as given."),
    column("vendor", 18, "The call centre, as given."),
    column("campaign", 18, "The campaign, as given."),
    column("direction", 10, "inbound or outbound, as given."),
    column("started_at", 19, "Start of the call, time of the place where it was made."),
    column("utc_offset", 9, "How far that place is from UTC."),
    column("id", 18, "The centre's own id of the call."),
    column("customer_ref", 18, "The centre's reference of the customer."),
    column("duration_s", 11, "Length of what could be decoded, in seconds."),
    column("language", 9, "Language of the transcript (ISO 639-1)."),
    column("n_words", 9, "Words of the transcript."),
    column("words_confidence", 11, "Mean share of words that one may expect to be right."),
    painted("snr_db", 9, "Lowest SNR of the channels, in dB.", Paint::Grade("channels.noise.snr_db")),
    painted(
        "floor_dbfs",
        10,
        "Highest noise floor of the channels, in dBFS.",
        Paint::Grade("channels.noise.floor_dbfs"),
    ),
    painted("clipped_ratio", 10, "Largest share of clipped samples.", Paint::Grade("channels.clipping.clipped_ratio")),
    painted("n_dropouts", 10, "Dropouts of all channels.", Paint::Grade("channels.dropouts.n")),
    column("edge_hz", 9, "Lowest band edge of the channels, in Hz."),
    painted(
        "background_grade",
        11,
        "Voices behind a party: 0 none, 1 babble, 2 words guessable, 3 words recognisable.",
        Paint::Grade("channels.background_voices.grade"),
    ),
    painted(
        "leakage_db",
        10,
        "Least attenuation of leakage that was found, in dB.",
        Paint::Grade("crosstalk.leakage.attenuation_db"),
    ),
    column("perceived_ovrl", 10, "Lowest estimated overall quality, DNSMOS P.835, 1 to 5."),
    painted(
        "overtalk_ratio",
        10,
        "Share of the time in which anyone speaks that both do.",
        Paint::Grade("conversation.overtalk.ratio"),
    ),
    column("agent_talk_ratio", 10, "Share of the speech that is the agent's."),
    column("agent_response_s", 10, "Median time in which the agent answers, in seconds."),
    column("agent_words_per_minute", 10, "Words a minute of the agent."),
    painted(
        "silence_longest_s",
        10,
        "Longest time in which nobody speaks, in seconds.",
        Paint::Grade("conversation.silence.longest_s"),
    ),
    column("hold_ratio", 10, "Share of the recording that is waiting."),
    column("time_to_human_s", 10, "Seconds until the first live human word."),
    column("n_parts_lost", 10, "Parts of the recording or of the analysis that are lost."),
    column("error_kind", 14, "Why the call could not be analysed."),
    column("error", 50, "The same as a sentence."),
    column("sha256", 20, "SHA-256 of the recording."),
];

pub(super) fn call(line: &CallLine, links: &str) -> Result<Vec<Cell>, ReportError> {
    let measured = &line.measured;
    let (started_at, offset) = date(line.call.started_at.as_deref());
    let worst = |at: usize| text(line.worst.get(at).map_or("", |worst| &worst.message));
    let count = |n: u64| Cell::Number(n as f64, Kind::Count);
    let page = match line.status {
        CallStatus::Ok => Cell::Link { href: format!("{links}{}.html", line.stem), text: "open".into() },
        _ => Cell::Empty,
    };
    Ok(vec![
        text(&line.source),
        page,
        word(&line.status)?,
        number(line.score, Kind::Two),
        count(line.n_by_severity[0]),
        count(line.n_by_severity[1]),
        count(line.n_by_severity[2]),
        count(line.n_by_severity[3]),
        number(Some(line.expected_true.mean), Kind::Two),
        count(line.n_absent),
        worst(0),
        worst(1),
        worst(2),
        optional(&line.call.agent),
        optional(&line.call.vendor),
        optional(&line.call.campaign),
        line.call.direction.map_or(Ok(Cell::Empty), |direction| word(&direction))?,
        started_at,
        offset,
        optional(&line.call.id),
        optional(&line.call.customer_ref),
        number(line.duration_s, Kind::Three),
        optional(&line.language),
        number(measured.n_words.map(|n| n as f64), Kind::Count),
        number(measured.words_confidence, Kind::Percent),
        number(line.snr_db, Kind::Two),
        number(measured.floor_dbfs, Kind::Two),
        number(measured.clipped_ratio, Kind::Four),
        number(measured.n_dropouts.map(|n| n as f64), Kind::Count),
        number(measured.edge_hz, Kind::Count),
        number(measured.background_grade.map(f64::from), Kind::Count),
        number(measured.leakage_db, Kind::Two),
        number(measured.perceived_ovrl, Kind::Two),
        number(line.overtalk_ratio, Kind::Percent),
        number(measured.agent_talk_ratio, Kind::Percent),
        number(measured.agent_response_s, Kind::Three),
        number(measured.agent_words_per_minute, Kind::Count),
        number(measured.silence_longest_s, Kind::Three),
        number(measured.hold_ratio, Kind::Percent),
        number(measured.time_to_human_s, Kind::Three),
        count(line.n_lost),
        text(line.error.as_ref().map_or("", |e| &e.kind)),
        text(line.error.as_ref().map_or("", |e| &e.message)),
        text(&line.sha256),
    ])
}

pub(super) const FINDINGS: &[Column] = &[
    column("source", 44, "The recording, as it was found."),
    column("listen", 9, "Opens the page of the call at that second."),
    painted("severity", 9, "critical, major, minor or info.", SEVERITIES),
    column("rule", 30, "What fired."),
    column("message", 60, "What it is, in one sentence."),
    column("quote", 60, "The words; personal data masked unless asked otherwise."),
    column("confidence", 10, "Probability that a careful reviewer would agree."),
    column("polarity", 13, "forbidden, required, signal, fact, personal_data or quality."),
    column("category", 22, "Id of the taxonomy, else fact, pii or quality."),
    column("party", 10, "Who said it."),
    column("speaker", 8, "The same as the id in the report."),
    column("channel", 8, "Channel it was heard on."),
    column("start_s", 10, "When, in seconds."),
    column("end_s", 10, "Until when, in seconds."),
    column("legal_source", 40, "Law, code or standard behind the rule."),
    column("evidence", 40, "What else proves it, as JSON."),
    column("call_id", 18, "The centre's own id of the call."),
    column("agent", 18, "The agent's name or number, as given."),
    column("vendor", 18, "The call centre, as given."),
    column("id", 14, "Id of the finding, stable between runs: what a review refers to."),
];

pub(super) fn finding(report: &CallReport, finding: &Finding, page: &str) -> Result<Vec<Cell>, ReportError> {
    let speaker = finding.speaker.as_ref().and_then(|id| report.speakers.iter().find(|s| &s.id == id));
    let evidence = if finding.evidence.is_empty() { String::new() } else { json::to_line(&finding.evidence)? };
    Ok(vec![
        text(&report.recording.source),
        listen(page, finding.start_s),
        word(&finding.severity)?,
        text(&finding.rule),
        text(&finding.message),
        optional(&finding.quote),
        number(Some(finding.confidence), Kind::Percent),
        word(&finding.polarity)?,
        text(&finding.category),
        speaker.map_or(Ok(Cell::Empty), |s| word(&s.party))?,
        optional(&finding.speaker),
        number(finding.channel.map(f64::from), Kind::Count),
        number(finding.start_s, Kind::Three),
        number(finding.end_s, Kind::Three),
        optional(&finding.legal_source),
        text(&evidence),
        optional(&report.call.id),
        optional(&report.call.agent),
        optional(&report.call.vendor),
        text(&finding.id),
    ])
}

pub(super) const STEPS: &[Column] = &[
    column("source", 44, "The recording, as it was found."),
    column("listen", 9, "Opens the page of the call at that second."),
    column("category", 26, "The required step, by the id of the taxonomy."),
    painted(
        "status",
        15,
        "present, absent, not_judgeable (could not be searched for) or not_applicable (no occasion).",
        Paint::Words(&[("absent", 0), ("not_judgeable", 2)]),
    ),
    column("start_s", 10, "When, in seconds."),
    column("quote", 60, "The words that count as it."),
    column("near_miss_quote", 60, "What came nearest, if it is absent."),
    column("near_miss_score", 10, "How near, 0 to 1."),
    column("near_miss_start_s", 10, "When that was, in seconds."),
    column("searched_from_s", 10, "From where on it was searched for, in seconds."),
    column("searched_to_s", 10, "Up to where, in seconds."),
    column("audible_ratio", 10, "Share of that speech that was heard well enough."),
    column("call_id", 18, "The centre's own id of the call."),
    column("agent", 18, "The agent's name or number, as given."),
    column("vendor", 18, "The call centre, as given."),
];

pub(super) fn step(report: &CallReport, step: &Required, page: &str) -> Result<Vec<Cell>, ReportError> {
    let (miss, searched) = (step.near_miss.as_ref(), step.searched.as_ref());
    Ok(vec![
        text(&report.recording.source),
        listen(page, step.start_s.or(miss.and_then(|m| m.start_s)).or(searched.and_then(|s| s.from_s))),
        text(&step.category),
        word(&step.status)?,
        number(step.start_s, Kind::Three),
        optional(&step.quote),
        text(miss.map_or("", |m| &m.quote)),
        number(miss.map(|m| m.score), Kind::Two),
        number(miss.and_then(|m| m.start_s), Kind::Three),
        number(searched.and_then(|s| s.from_s), Kind::Three),
        number(searched.and_then(|s| s.to_s), Kind::Three),
        number(searched.and_then(|s| s.audible_ratio), Kind::Percent),
        optional(&report.call.id),
        optional(&report.call.agent),
        optional(&report.call.vendor),
    ])
}

/// Every number of a channel that the catalogue has, under its name in the report, behind what the channel is.
pub(super) fn measurements() -> &'static [Column] {
    static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
        let mut columns = vec![
            column("source", 44, "The recording, as it was found."),
            column("channel", 8, "Channel, from 0."),
            column("party", 16, "Whose voice is on it."),
            column("noise.kind", 12, "What the noise sounds like over the whole call."),
            column("bandwidth.kind", 12, "narrowband, wideband or fullband."),
        ];
        columns.extend(of_channels().map(|entry| Column {
            name: entry.path.trim_start_matches("channels."),
            width: 12,
            about: entry.meaning,
            paint: Paint::Grade(entry.path),
        }));
        columns
    });
    &COLUMNS
}

fn of_channels() -> impl Iterator<Item = &'static catalogue::Entry> {
    catalogue::CATALOGUE.iter().filter(|entry| entry.path.starts_with("channels."))
}

pub(super) fn channel(report: &CallReport, channel: &ChannelMeasurements) -> Result<Vec<Cell>, ReportError> {
    // Where the report has them, rounded as there.
    let fields = json::to_value(channel)?;
    let at = |path: &str| path.split('.').try_fold(&fields, |value, key| value.get(key));
    let parties: Result<Vec<String>, ReportError> = report
        .speakers
        .iter()
        .filter(|speaker| speaker.channel == Some(channel.channel))
        .map(|speaker| Ok(serde_json::to_value(speaker.party)?.as_str().unwrap_or_default().to_owned()))
        .collect();
    let string = |path: &str| text(at(path).and_then(Value::as_str).unwrap_or_default());
    let mut cells = vec![
        text(&report.recording.source),
        Cell::Number(f64::from(channel.channel), Kind::Count),
        text(&parties?.join(", ")),
        string("noise.kind"),
        string("bandwidth.kind"),
    ];
    cells.extend(of_channels().map(|entry| {
        let path = entry.path.trim_start_matches("channels.");
        let value = at(path);
        let kind = match path {
            _ if value.is_some_and(Value::is_u64) => Kind::Count,
            _ if path.ends_with("_hz") => Kind::Count,
            _ if path.ends_with("ratio") || path.ends_with("dc_offset") => Kind::Four,
            _ => Kind::Two,
        };
        number(value.and_then(Value::as_f64), kind)
    }));
    Ok(cells)
}

/// What made a report, for the last sheet.
pub(super) fn provenance(report: &CallReport) -> Vec<(&'static str, String)> {
    let made = &report.provenance;
    let mut lines = vec![("callvet", made.callvet.clone())];
    let models = [
        ("model", &made.model),
        ("model_sha256", &made.model_sha256),
        ("vad_sha256", &made.vad_sha256),
        ("dnsmos_sha256", &made.dnsmos_sha256),
        ("speaker_model_sha256", &made.speaker_model_sha256),
    ];
    lines.extend(models.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))));
    lines.extend(made.phrase_lists.iter().map(|l| ("phrase_list", format!("{} {} {}", l.name, l.version, l.sha256))));
    lines.push(("settings_sha256", made.settings_sha256.clone()));
    lines
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

fn optional(value: &Option<String>) -> Cell {
    text(value.as_deref().unwrap_or_default())
}

/// The word that an enum has in the JSON.
fn word<T: Serialize>(value: &T) -> Result<Cell, ReportError> {
    Ok(text(serde_json::to_value(value)?.as_str().unwrap_or_default()))
}

fn number(value: Option<f64>, kind: Kind) -> Cell {
    let decimals = match kind {
        Kind::Count => 0,
        Kind::Two => 2,
        Kind::Three => 3,
        Kind::Four | Kind::Percent | Kind::Date => 4,
    };
    value.filter(|v| v.is_finite()).map_or(Cell::Empty, |v| Cell::Number(round_to(v, decimals), kind))
}

/// A link to the page at the second, two before it as the page itself plays findings; the text is the time on the clock.
fn listen(page: &str, start_s: Option<f64>) -> Cell {
    let Some(start_s) = start_s.filter(|s| s.is_finite()) else {
        return Cell::Link { href: page.to_owned(), text: "open".into() };
    };
    let start_s = start_s.max(0.0);
    let whole_s = start_s as u64;
    Cell::Link {
        href: format!("{page}#t={}", round_to(start_s, 1)),
        text: format!("{}:{:02}", whole_s / 60, whole_s % 60),
    }
}

/// A start time as a spreadsheet counts days, and its offset; a text that is no such time stays a text.
fn date(started_at: Option<&str>) -> (Cell, Cell) {
    let Some(written) = started_at else { return (Cell::Empty, Cell::Empty) };
    // Days from 30 December 1899, as all spreadsheets count after February 1900.
    const EPOCH: jiff::civil::DateTime = jiff::civil::date(1899, 12, 30).at(0, 0, 0, 0);
    let days = written.parse::<jiff::Timestamp>().ok().and_then(|_| {
        let (at, offset) = split_offset(written)?;
        let civil: jiff::civil::DateTime = at.parse().ok()?;
        let seconds = civil.duration_since(EPOCH).as_secs();
        // 1 March 1900 is day 61: before it spreadsheets disagree.
        (seconds >= 61 * 86_400).then(|| (seconds as f64 / 86_400.0, offset))
    });
    match days {
        Some((days, offset)) => (Cell::Number(days, Kind::Date), text(offset)),
        None => (text(written), Cell::Empty),
    }
}

/// `2026-11-02T09:14:00` and `+01:00`.
fn split_offset(written: &str) -> Option<(&str, &str)> {
    let time = written.find(['T', 't', ' '])?;
    let offset = time + written[time..].find(['Z', 'z', '+', '-'])?;
    Some((&written[..offset], &written[offset..]))
}
