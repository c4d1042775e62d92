//! What the script of a call's page draws: waveforms and spans on one axis of time. Everything here stands in words
//! on the same page too: the picture is a twin, not the only place.

use serde::Serialize;

use super::labels;
use crate::call::{CallReport, Party, Peaks};
use crate::report::media;
use crate::report::texts::Texts;
use crate::timeline::TimeSpan;

/// Lanes that are drawn at most; decoding refuses recordings with more channels than this.
const MAX_LANES: usize = 32;

/// The data block of the page.
#[derive(Debug, Serialize)]
pub(super) struct Drawing {
    duration_s: f64,
    /// Seconds a pair of peaks; 0 if there are none.
    peak_s: f64,
    lanes: Vec<Lane>,
    overtalk: Vec<[f64; 2]>,
    silence: Vec<[f64; 2]>,
    hold: Vec<[f64; 2]>,
    tones: Vec<[f64; 2]>,
    findings: Vec<Pin>,
}

#[derive(Debug, Serialize)]
struct Lane {
    name: String,
    /// Smallest, largest, smallest, … in -127..=127.
    peaks: Vec<i8>,
    speech: Vec<Speech>,
    clipping: Vec<[f64; 2]>,
    dropouts: Vec<[f64; 2]>,
    /// Voices of neither party.
    voices: Vec<[f64; 2]>,
    noise: Vec<Noise>,
}

#[derive(Debug, Serialize)]
struct Noise {
    span: [f64; 2],
    kind: String,
}

#[derive(Debug, Serialize)]
struct Speech {
    span: [f64; 2],
    party: &'static str,
}

#[derive(Debug, Serialize)]
struct Pin {
    id: String,
    span: [f64; 2],
    severity: &'static str,
}

/// `None` if there is no axis of time: text without times.
pub(super) fn drawing(report: &CallReport, peaks: Option<&Peaks>, tr: Texts) -> Option<Drawing> {
    let duration_s = report.recording.duration_s.or_else(|| last_end_s(report)).filter(|d| *d > 0.0)?;
    let n_channels = report.recording.n_channels.map_or(0, usize::from);
    let n_lanes = n_channels.max(peaks.map_or(0, |p| p.channels.len())).clamp(1, MAX_LANES);
    let conversation = report.conversation.as_ref();
    let holds = conversation.and_then(|c| c.hold.as_ref());
    Some(Drawing {
        duration_s,
        peak_s: peaks.map_or(0.0, |p| p.bin_s),
        lanes: (0..n_lanes).map(|channel| lane(report, peaks, channel, n_lanes, tr)).collect(),
        overtalk: conversation
            .and_then(|c| c.overtalk.as_ref())
            .map_or(Vec::new(), |o| o.events.iter().map(|e| [e.start_s, e.end_s]).collect()),
        silence: conversation.and_then(|c| c.silence.as_ref()).map_or(Vec::new(), |s| pairs(&s.spans)),
        hold: holds.map_or(Vec::new(), |holds| holds.iter().map(|h| [h.start_s, h.end_s]).collect()),
        tones: conversation
            .and_then(|c| c.tones.as_ref())
            .map_or(Vec::new(), |tones| tones.iter().map(|t| [t.start_s, t.end_s]).collect()),
        findings: report
            .findings
            .iter()
            .filter_map(|f| {
                let start_s = f.start_s?;
                let span = [start_s, f.end_s.unwrap_or(start_s)];
                Some(Pin { id: f.id.clone(), span, severity: labels::severity(f.severity).class })
            })
            .collect(),
    })
}

fn last_end_s(report: &CallReport) -> Option<f64> {
    let ends = report.transcript.as_ref()?.utterances.iter().filter_map(|u| u.end_s);
    ends.max_by(f64::total_cmp)
}

fn lane(report: &CallReport, peaks: Option<&Peaks>, channel: usize, n_lanes: usize, tr: Texts) -> Lane {
    let measured = report.channels.iter().flatten().find(|m| usize::from(m.channel) == channel);
    let utterances = report.transcript.iter().flat_map(|t| &t.utterances);
    let is_here = |heard_on: Option<u16>| heard_on.map_or(n_lanes == 1, |c| usize::from(c) == channel);
    Lane {
        name: channel_name(report, channel, tr),
        peaks: peaks.and_then(|p| p.channels.get(channel)).map_or(Vec::new(), media::flat),
        speech: utterances
            .filter(|u| is_here(u.channel))
            .filter_map(|u| {
                let party = labels::party(party_of(report, u.speaker.as_deref()), tr).1;
                Some(Speech { span: [u.start_s?, u.end_s?], party })
            })
            .collect(),
        clipping: measured.and_then(|m| m.clipping.spans.as_deref()).map_or(Vec::new(), pairs),
        dropouts: measured.and_then(|m| m.dropouts.spans.as_deref()).map_or(Vec::new(), pairs),
        noise: measured
            .and_then(|m| m.noise.segments.as_deref())
            .unwrap_or_default()
            .iter()
            .map(|s| Noise { span: [s.start_s, s.end_s], kind: labels::noise(s.kind, tr) })
            .collect(),
        voices: measured.and_then(|m| m.background_voices.spans.as_deref()).map_or(Vec::new(), pairs),
    }
}

fn pairs(spans: &[TimeSpan]) -> Vec<[f64; 2]> {
    spans.iter().map(|s| [s.start_s, s.end_s]).collect()
}

/// Whose voice a speaker id is.
pub(super) fn party_of(report: &CallReport, speaker: Option<&str>) -> Party {
    let known = speaker.and_then(|id| report.speakers.iter().find(|s| s.id == id));
    known.map_or(Party::Unknown, |s| s.party)
}

/// `Agent · channel 0`, or what the only channel holds.
pub(super) fn channel_name(report: &CallReport, channel: usize, tr: Texts) -> String {
    let mut parties: Vec<Party> =
        report.speakers.iter().filter(|s| s.channel.map(usize::from) == Some(channel)).map(|s| s.party).collect();
    parties.sort_unstable();
    parties.dedup();
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
