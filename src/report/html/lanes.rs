//! The picture of a call: which rows it has, what is marked on them along the axis of time, and the same marks as lists. The
//! script draws them; everything drawn stands in words on the same page: the picture is a twin, not the only place.

use serde::Serialize;

use super::format::{self, Time};
use super::labels;
use super::safe;
use super::tables::why_missing;
use crate::call::{CallReport, ChannelMeasurements, NoiseKind, OvertalkKind, Party, Peaks};
use crate::report::media;
use crate::report::texts::Texts;
use crate::timeline::TimeSpan;

/// Channels that are drawn at most; decoding refuses recordings with more than this.
const MAX_CHANNELS: usize = 32;

/// The part of the page's data block that has to do with time.
#[derive(Debug, Serialize)]
pub(super) struct Axis {
    pub(super) duration_s: f64,
    /// A text a channel: bytes in base64, smallest and largest sample of each bin one after the other, -127..=127. Numbers
    /// in JSON would be twice as long.
    peaks: Vec<String>,
    /// A colour of `page.css` for each of them.
    wave_colours: Vec<&'static str>,
    rows: Vec<DrawnLane>,
    findings: Vec<Pin>,
}

/// What the script draws of a lane.
#[derive(Debug, Serialize)]
struct DrawnLane {
    /// Name of a colour of `page.css`.
    colour: &'static str,
    /// By start. `[from_s, to_s]`, and where there is something to say of it, a word and whether it is drawn thin.
    spans: Vec<Span>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Span {
    Plain([f64; 2]),
    Named(f64, f64, String, bool),
}

#[derive(Debug, Serialize)]
struct Pin {
    id: String,
    span: [f64; 2],
    severity: &'static str,
}

/// One kind of event of one channel, or of the whole call.
pub(super) struct Lane {
    pub(super) name: String,
    /// What its marks are, whoever's they are: for the legend.
    pub(super) kind: String,
    /// Name of a colour of `page.css`.
    pub(super) colour: &'static str,
    /// By start.
    pub(super) marks: Vec<LaneMark>,
    /// One line for the list: how many, how long; none; or why not.
    pub(super) summary: String,
}

pub(super) struct LaneMark {
    span: TimeSpan,
    pub(super) start: Time,
    pub(super) length: String,
    /// What kind of event; empty where the lane says it all.
    pub(super) what: String,
    /// Drawn thin: worth less than the others of its lane.
    pub(super) is_soft: bool,
}

/// The picture, as the page lays it out.
pub(super) struct Picture {
    pub(super) axis: Axis,
    /// Names of the channels that have a waveform.
    pub(super) waves: Vec<String>,
    /// All lanes, the empty ones too. The rows of `axis` are those with marks, in this order.
    pub(super) lanes: Vec<Lane>,
    /// The level that the full height of the waveforms stands for.
    pub(super) full_height: Option<String>,
}

/// `None` if there is no axis of time: text without times.
pub(super) fn picture(report: &CallReport, peaks: Option<&Peaks>, tr: Texts) -> Option<Picture> {
    let duration_s = report.recording.duration_s.or_else(|| last_end_s(report)).filter(|d| *d > 0.0)?;
    let lanes = lanes(report, peaks, tr);
    let drawn = |lane: &Lane| DrawnLane { colour: lane.colour, spans: lane.marks.iter().map(drawn_span).collect() };
    let bytes_of = |channel| media::flat(channel).iter().map(|step| *step as u8).collect::<Vec<u8>>();
    let peaks = peaks.map_or(&[][..], |p| &p.channels[..]);
    // A damaged file of peaks must not make the script draw past its data.
    let peaks = if peaks.iter().any(|channel| channel.min_max.is_empty()) { &[] } else { peaks };
    let loudest =
        peaks.iter().flat_map(|p| &p.min_max).map(|(min, max)| max.unsigned_abs().max(min.unsigned_abs())).max();
    let full_height = loudest.map(|step| 20.0 * (f64::from(step.max(1)) / 127.0).log10());
    Some(Picture {
        axis: Axis {
            duration_s,
            peaks: peaks.iter().map(|channel| safe::base64(&bytes_of(channel))).collect(),
            wave_colours: (0..peaks.len()).map(|channel| wave_colour(report, channel)).collect(),
            rows: lanes.iter().filter(|lane| !lane.marks.is_empty()).map(drawn).collect(),
            findings: pins(report),
        },
        waves: (0..peaks.len()).map(|channel| channel_name(report, channel, tr)).collect(),
        full_height: full_height.map(|level_dbfs| format::number(level_dbfs, 1, tr)),
        lanes,
    })
}

/// That of the party that is alone on the channel.
fn wave_colour(report: &CallReport, channel: usize) -> &'static str {
    match parties_of(report, channel).as_slice() {
        [Party::Agent] => "agent",
        [Party::Customer] => "customer",
        _ => "wave",
    }
}

fn pins(report: &CallReport) -> Vec<Pin> {
    let pin = |f: &crate::call::Finding| {
        let start_s = f.start_s?;
        let span = [start_s, f.end_s.unwrap_or(start_s)];
        Some(Pin { id: f.id.clone(), span, severity: labels::severity(f.severity).class })
    };
    report.findings.iter().filter_map(pin).collect()
}

fn drawn_span(mark: &LaneMark) -> Span {
    let (from_s, to_s) = (mark.span.start_s, mark.span.end_s);
    match mark.what.as_str() {
        "" => Span::Plain([from_s, to_s]),
        what => Span::Named(from_s, to_s, what.to_owned(), mark.is_soft),
    }
}

fn last_end_s(report: &CallReport) -> Option<f64> {
    let ends = report.transcript.as_ref()?.utterances.iter().filter_map(|u| u.end_s);
    ends.max_by(f64::total_cmp)
}

/// A lane is made of what was measured, or of the pointer whose problem says why nothing was.
struct LaneMaker<'a> {
    report: &'a CallReport,
    tr: Texts,
}

impl LaneMaker<'_> {
    /// `kind` ends the names of messages: `call-lane-…` with `$who`, where it is somebody's, and `call-kind-…`.
    fn lane(
        &self,
        kind: &str,
        who: Option<&str>,
        colour: &'static str,
        marks: Option<Vec<LaneMark>>,
        pointer: &str,
    ) -> Lane {
        let tr = self.tr;
        let message = format!("call-lane-{kind}");
        let name = who.map_or_else(|| tr.get(&message), |who| tr.with(&message, &[("who", who)]));
        let kind = tr.find(&format!("call-kind-{kind}")).unwrap_or_else(|| name.clone());
        let mut unknown = None;
        let mut marks = marks.unwrap_or_else(|| {
            let why = why_missing(self.report, pointer, tr).map(|said| said.text);
            unknown = Some(why.unwrap_or_else(|| tr.get("label-no-value")));
            Vec::new()
        });
        marks.sort_by(|a, b| a.span.start_s.total_cmp(&b.span.start_s));
        let summary = match &unknown {
            Some(why) => tr.with("call-lane-unknown", &[("name", &name), ("why", why)]),
            None if marks.is_empty() => tr.with("call-lane-none", &[("name", &name)]),
            None => {
                let in_all = marks.iter().map(|mark| mark.span.end_s - mark.span.start_s).sum();
                let (n, length) = (marks.len().to_string(), format::length(in_all, tr));
                tr.with("call-lane-sum", &[("name", &name), ("n", &n), ("length", &length)])
            }
        };
        Lane { name, kind, colour, marks, summary }
    }

    fn mark(&self, start_s: f64, end_s: f64, what: impl Into<String>) -> LaneMark {
        let length = self.tr.with("length-s", &[("s", &format::number(end_s - start_s, 1, self.tr))]);
        let span = TimeSpan { start_s, end_s };
        LaneMark { span, start: Time::new(start_s), length, what: what.into(), is_soft: false }
    }

    fn plain(&self, spans: Option<&[TimeSpan]>) -> Option<Vec<LaneMark>> {
        Some(spans?.iter().map(|s| self.mark(s.start_s, s.end_s, "")).collect())
    }
}

fn lanes(report: &CallReport, peaks: Option<&Peaks>, tr: Texts) -> Vec<Lane> {
    let n_channels = report.recording.n_channels.map_or(0, usize::from);
    let n_channels = n_channels.max(peaks.map_or(0, |p| p.channels.len())).clamp(1, MAX_CHANNELS);
    let maker = LaneMaker { report, tr };
    let mut lanes: Vec<Lane> = (0..n_channels).flat_map(|channel| of_channel(&maker, channel, n_channels)).collect();
    lanes.extend(of_call(&maker));
    lanes
}

fn of_channel(maker: &LaneMaker, channel: usize, n_channels: usize) -> Vec<Lane> {
    let (report, tr) = (maker.report, maker.tr);
    let who = who(report, channel, tr);
    let mut lanes = speech(maker, channel, n_channels);
    let measured = report.channels.iter().flatten().enumerate().find(|(_, m)| usize::from(m.channel) == channel);
    // Of text there is no sound that could have been measured.
    let Some((at, measured)) = measured else { return lanes };
    let ChannelMeasurements { noise, clipping, dropouts, background_voices, .. } = measured;
    let noises = noise.segments.as_ref().map(|segments| {
        let heard = segments.iter().filter(|s| s.kind != NoiseKind::None);
        heard.map(|s| maker.mark(s.start_s, s.end_s, labels::noise(s.kind, tr))).collect()
    });
    let pointer = |field: &str| format!("/channels/{at}/{field}");
    let voices = maker.plain(background_voices.spans.as_deref());
    lanes.push(maker.lane("voices", Some(&who), "other", voices, &pointer("background_voices/spans")));
    lanes.push(maker.lane("noise", Some(&who), "nobody", noises, &pointer("noise/segments")));
    let clipped = maker.plain(clipping.spans.as_deref());
    lanes.push(maker.lane("clipping", Some(&who), "critical", clipped, &pointer("clipping/spans")));
    let gaps = maker.plain(dropouts.spans.as_deref());
    lanes.push(maker.lane("dropouts", Some(&who), "critical", gaps, &pointer("dropouts/spans")));
    lanes
}

/// A lane for each party that is heard on the channel, in the order of the parties.
fn speech(maker: &LaneMaker, channel: usize, n_channels: usize) -> Vec<Lane> {
    let (report, tr) = (maker.report, maker.tr);
    let Some(transcript) = &report.transcript else { return Vec::new() };
    let is_here = |heard_on: Option<u16>| heard_on.map_or(n_channels == 1, |c| usize::from(c) == channel);
    let mut heard: Vec<(Party, LaneMark)> = transcript
        .utterances
        .iter()
        .filter(|u| is_here(u.channel))
        .filter_map(|u| Some((party_of(report, u.speaker.as_deref()), maker.mark(u.start_s?, u.end_s?, ""))))
        .collect();
    heard.sort_by_key(|(party, _)| *party);
    let mut lanes = Vec::new();
    while let Some((party, _)) = heard.first() {
        let party = *party;
        let n = heard.partition_point(|(p, _)| *p == party);
        let marks = heard.drain(..n).map(|(_, mark)| mark).collect();
        let (name, class) = labels::party(party, tr);
        let colour = if matches!(class, "agent" | "customer") { class } else { "other" };
        lanes.push(maker.lane("speech", Some(&name), colour, Some(marks), ""));
    }
    lanes
}

fn of_call(maker: &LaneMaker) -> Vec<Lane> {
    let (report, tr) = (maker.report, maker.tr);
    let Some(conversation) = &report.conversation else { return Vec::new() };
    let overtalk = conversation.overtalk.as_ref().map(|overtalk| {
        let mark = |event: &crate::call::OvertalkEvent| {
            let who = labels::party(party_of(report, Some(&event.by)), tr).0;
            let what = tr.with("call-overtalk-by", &[("kind", &labels::overtalk(event.kind, tr)), ("who", &who)]);
            let is_soft = event.kind == OvertalkKind::Backchannel;
            LaneMark { is_soft, ..maker.mark(event.start_s, event.end_s, what) }
        };
        overtalk.events.iter().map(mark).collect()
    });
    let silence = maker.plain(conversation.silence.as_ref().map(|s| &s.spans[..]));
    let hold = conversation.hold.as_ref();
    let hold = hold.map(|h| h.iter().map(|h| maker.mark(h.start_s, h.end_s, labels::hold(h.kind, tr))).collect());
    let tones = conversation.tones.as_ref().map(|tones| {
        let told = tones.iter().filter_map(|t| Some(maker.mark(t.start_s, t.end_s, labels::signal(t.kind, tr)?)));
        told.collect()
    });
    let mut lanes = vec![
        maker.lane("overtalk", None, "both", overtalk, "/conversation/overtalk"),
        maker.lane("silence", None, "nobody", silence, "/conversation/silence"),
        maker.lane("hold", None, "hold", hold, "/conversation/hold"),
        maker.lane("tones", None, "other", tones, "/conversation/tones"),
    ];
    // Without words nothing else shows where people speak.
    if report.transcript.is_none() {
        let talk = maker.plain(conversation.live_talk.as_deref());
        lanes.insert(0, maker.lane("talk", None, "agent", talk, "/conversation/live_talk"));
    }
    lanes
}

/// Whose voice a speaker id is.
pub(super) fn party_of(report: &CallReport, speaker: Option<&str>) -> Party {
    let known = speaker.and_then(|id| report.speakers.iter().find(|s| s.id == id));
    known.map_or(Party::Unknown, |s| s.party)
}

/// Parties of a channel, each once.
fn parties_of(report: &CallReport, channel: usize) -> Vec<Party> {
    let here = report.speakers.iter().filter(|s| s.channel.map(usize::from) == Some(channel));
    let mut parties: Vec<Party> = here.map(|s| s.party).collect();
    parties.sort_unstable();
    parties.dedup();
    parties
}

/// Who is heard on a channel, in one word; its number if nobody is known, or several are.
fn who(report: &CallReport, channel: usize, tr: Texts) -> String {
    match parties_of(report, channel).as_slice() {
        [party] => labels::party(*party, tr).0,
        _ => tr.with("label-channel", &[("n", &channel.to_string())]),
    }
}

/// `Agent · channel 0`, or what the only channel holds.
pub(super) fn channel_name(report: &CallReport, channel: usize, tr: Texts) -> String {
    let parties = parties_of(report, channel);
    let is_dead = report.layout.as_ref().is_some_and(|l| l.dead_channels.iter().any(|c| usize::from(*c) == channel));
    let n = channel.to_string();
    match parties.as_slice() {
        _ if is_dead => tr.with("label-channel-dead", &[("n", &n)]),
        [] if report.recording.n_channels == Some(1) => tr.with("label-channel-all", &[("n", &n)]),
        [] => tr.with("label-channel", &[("n", &n)]),
        [first, others @ ..] => {
            let and = |before: String, party: &Party| {
                tr.with("label-and", &[("first", &before), ("second", &labels::party(*party, tr).0)])
            };
            let who = others.iter().fold(labels::party(*first, tr).0, and);
            tr.with("label-channel-of", &[("who", &who), ("n", &n)])
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::call::{ChannelPeaks, Conversation, Overtalk, OvertalkEvent, Recording, Speaker, Transcript, Utterance};

    /// A call of 10 s of which nothing is known.
    pub(crate) fn empty_report() -> CallReport {
        CallReport {
            schema: CallReport::SCHEMA.into(),
            recording: Recording {
                source: "a.wav".into(),
                sha256: "00".repeat(32),
                bytes: 0,
                container: None,
                codec: None,
                decoder: None,
                sample_rate_hz: None,
                n_channels: Some(1),
                duration_s: Some(10.0),
                files: vec![],
            },
            call: Default::default(),
            layout: None,
            speakers: vec![],
            channels: None,
            crosstalk: None,
            conversation: None,
            transcript: None,
            findings: vec![],
            required: vec![],
            score: crate::call::Score { total: None, parts: vec![] },
            problems: vec![],
            provenance: Default::default(),
        }
    }

    fn said(speaker: &str, start_s: f64, end_s: f64) -> Utterance {
        Utterance {
            start_s: Some(start_s),
            end_s: Some(end_s),
            channel: Some(0),
            speaker: Some(speaker.into()),
            language: None,
            text: "a".into(),
            confidence: None,
            words: vec![],
        }
    }

    #[test]
    fn parties_on_one_channel_have_a_lane_each_and_what_is_unknown_says_so() {
        let mut report = empty_report();
        report.speakers = [("s0", Party::Agent), ("s1", Party::Customer)]
            .map(|(id, party)| Speaker { id: id.into(), party, channel: Some(0) })
            .to_vec();
        let utterances = vec![said("s1", 0.0, 1.0), said("s0", 1.0, 3.0), said("s1", 4.0, 5.5)];
        report.transcript = Some(Transcript { utterances, ..Transcript::default() });
        let event = OvertalkEvent { start_s: 2.0, end_s: 2.5, kind: OvertalkKind::Backchannel, by: "s1".into() };
        let overtalk = Some(Overtalk { total_s: 0.5, ratio: None, events: vec![event] });
        report.conversation = Some(Conversation { overtalk, hold: Some(vec![]), ..Conversation::default() });
        let lanes = lanes(&report, None, Texts::default());
        let told: Vec<&str> = lanes.iter().map(|lane| lane.summary.as_str()).collect();
        assert_eq!(
            told,
            [
                "Agent speaks: 1, 2 s in all",
                // 2.5 s: lengths are whole seconds, halves away from zero.
                "Customer speaks: 2, 3 s in all",
                "Both speak: 1, 1 s in all",
                "Nobody speaks: no value",
                "On hold: none",
                "Tones: no value",
            ]
        );
        assert!(lanes[2].marks[0].is_soft && lanes[2].marks[0].what == "sign of listening, Customer");
    }

    #[test]
    fn peaks_are_bytes_and_the_scale_is_that_of_the_loudest() {
        let channel = |min_max: &[(i8, i8)]| ChannelPeaks { min_max: min_max.to_vec() };
        let peaks = Peaks { bin_s: 5.0, channels: vec![channel(&[(-1, 2), (-64, 3)]), channel(&[(0, 1), (0, 0)])] };
        let picture = picture(&empty_report(), Some(&peaks), Texts::default()).expect("an axis");
        // ff 02 c0 03 and 00 01 00 00 in base64.
        assert_eq!(picture.axis.peaks, ["/wLAAw==", "AAEAAA=="]);
        // 20 lg (64/127).
        assert_eq!(picture.full_height.as_deref(), Some("-6.0"));
        let broken = Peaks { bin_s: 5.0, channels: vec![channel(&[])] };
        let drawn = super::picture(&empty_report(), Some(&broken), Texts::default()).expect("an axis");
        assert!(drawn.axis.peaks.is_empty() && drawn.waves.is_empty());
    }
}
