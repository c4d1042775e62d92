//! Waiting and what it costs: holds, live talk, the time to the first human word, billable seconds. From the phases of the
//! call, voice activity and, where there are words, their times.
//!
//! A hold is a time of waiting: music, an announcement, ringing, a tone of the network, or 10 s and more in the middle of
//! the call in which nobody speaks and nothing is heard. Billing starts when the call is answered: at the end of the first
//! ringing if it begins with it, else at 0 s; it ends with the recording, or where a busy tone at its end begins.
//! What fools it: a recording that starts before the call is connected without any ringing in it; waiting in silence at
//! the start or end of a call, which nobody can tell from a recorder that runs on.

use super::{MIN_SILENCE_S, silence};
use crate::call::{
    Billable, CallPhases, Conversation, Hold, HoldKind, Phase, PhaseKind, Problem, ProblemSeverity, Signal, SignalKind,
    Transcript,
};
use crate::timeline::{TimeSpan, Timeline};

/// Agents are taught to come back to a waiting caller within 10 s; shorter pauses are looking something up.
const MIN_HOLD_SILENCE_S: f64 = 10.0;
/// Shorter sounds that are taken for a voice are no first word.
const LEAST_LIVE_S: f64 = 0.25;
/// Ringing that begins later than this belongs to a transfer: the call was answered before it.
const MAX_BEFORE_RINGING_S: f64 = 5.0;
/// A busy tone that ends at most this far from the end of the recording ended the call.
const MAX_AFTER_BUSY_S: f64 = 5.0;
/// Adds holds, signals, live talk, time to a human and billable seconds to what [`super::measure`] found, and takes music
/// and signals out of its silence. `transcript` is `None` if nothing was transcribed.
pub fn measure(
    conversation: &mut Conversation,
    phases: &CallPhases,
    transcript: Option<&Transcript>,
    duration_s: f64,
) -> Vec<Problem> {
    let announced = phases.of(&[PhaseKind::Ivr]);
    let anyone = phases.activity.by_channel.iter().fold(Timeline::default(), |all, line| all.union(line));
    let live = anyone.minus(&announced);
    let sounding = Timeline::new(phases.phases.iter().map(Phase::span));
    let quiet = silence(&anyone.union(&sounding), duration_s);

    let holds = holds(phases, &live, &quiet.spans);
    let waiting = Timeline::new(holds.iter().map(|h| TimeSpan::new(h.start_s, h.end_s)));
    conversation.hold_total_s = Some(waiting.total_s());
    conversation.hold_ratio = (duration_s > 0.0).then(|| (waiting.total_s() / duration_s).clamp(0.0, 1.0));
    // Music, an announcement, music again: one wait.
    conversation.hold_count = Some(waiting.closed(MIN_SILENCE_S).spans().len() as u64);
    conversation.hold = Some(holds);
    conversation.tones = Some(phases.phases.iter().filter_map(signal).collect());
    conversation.live_talk = Some(live.closed(MIN_SILENCE_S).spans().to_vec());
    conversation.silence = Some(quiet);
    conversation.time_to_human_s = first_word_s(transcript, &announced)
        .or_else(|| live.spans().iter().find(|s| s.duration_s() >= LEAST_LIVE_S).map(|s| s.start_s));
    conversation.billable_s = Some(billable_s(phases, duration_s));

    let mut problems = Vec::new();
    if conversation.time_to_human_s.is_none() {
        let why = "nobody speaks but announcements";
        problems.push(
            Problem::new("conversation", "no_live_speech", ProblemSeverity::NotMeasurable, why)
                .about(["/conversation/time_to_human_s"]),
        );
    }
    problems
}

fn holds(phases: &CallPhases, live: &Timeline, silences: &[TimeSpan]) -> Vec<Hold> {
    let kind_of = |kind: PhaseKind| match kind {
        PhaseKind::Ringback => Some(HoldKind::Ringback),
        PhaseKind::Busy | PhaseKind::Dial => Some(HoldKind::Tone),
        PhaseKind::Music => Some(HoldKind::Music),
        PhaseKind::Ivr => Some(HoldKind::Ivr),
        // A beep or a key is over before anybody waits.
        PhaseKind::Tone | PhaseKind::Dtmf => None,
    };
    let heard =
        phases.phases.iter().filter_map(|p| Some(Hold { start_s: p.start_s, end_s: p.end_s, kind: kind_of(p.kind)? }));
    let (first_s, last_s) = (live.spans().first().map(|s| s.start_s), live.spans().last().map(|s| s.end_s));
    let in_call = |s: &&TimeSpan| {
        first_s.is_some_and(|first_s| first_s < s.start_s) && last_s.is_some_and(|last_s| s.end_s <= last_s)
    };
    let silent = silences.iter().filter(in_call).filter(|s| s.duration_s() >= MIN_HOLD_SILENCE_S);
    let silent = silent.map(|s| Hold { start_s: s.start_s, end_s: s.end_s, kind: HoldKind::Silence });
    let mut holds: Vec<Hold> = heard.chain(silent).collect();
    holds.sort_by(|a, b| a.start_s.total_cmp(&b.start_s).then(a.end_s.total_cmp(&b.end_s)));
    holds
}

fn signal(phase: &Phase) -> Option<Signal> {
    let kind = match phase.kind {
        PhaseKind::Ringback => SignalKind::Ringback,
        PhaseKind::Busy => SignalKind::Busy,
        PhaseKind::Dial => SignalKind::Dial,
        PhaseKind::Tone => SignalKind::Tone,
        PhaseKind::Dtmf => SignalKind::Dtmf,
        PhaseKind::Music | PhaseKind::Ivr => return None,
    };
    let channel = u16::try_from(phase.channel).unwrap_or(u16::MAX);
    Some(Signal { start_s: phase.start_s, end_s: phase.end_s, channel, kind })
}

/// Start of the first word that no announcement says.
fn first_word_s(transcript: Option<&Transcript>, announced: &Timeline) -> Option<f64> {
    let utterances = transcript?.utterances.iter().filter(|u| u.text.chars().any(char::is_alphanumeric));
    let is_live = |start_s: f64, end_s: f64| {
        let middle_s = (start_s + end_s) / 2.0;
        !announced.spans().iter().any(|s| s.start_s <= middle_s && middle_s < s.end_s)
    };
    let starts = utterances.filter_map(|u| match u.words.as_slice() {
        [] => u.start_s.filter(|start_s| is_live(*start_s, u.end_s.unwrap_or(*start_s))),
        words => words.iter().find(|w| is_live(w.start_s, w.end_s)).map(|w| w.start_s),
    });
    starts.min_by(f64::total_cmp)
}

fn billable_s(phases: &CallPhases, duration_s: f64) -> Billable {
    let of = |kind: PhaseKind| phases.phases.iter().filter(move |p| p.kind == kind);
    let first_ring = of(PhaseKind::Ringback).find(|p| p.start_s <= MAX_BEFORE_RINGING_S);
    let answered_s = first_ring.map_or(0.0, |p| p.end_s);
    let hung_up = of(PhaseKind::Busy).find(|p| p.start_s >= answered_s && duration_s - p.end_s <= MAX_AFTER_BUSY_S);
    let length_s = (hung_up.map_or(duration_s, |p| p.start_s) - answered_s).max(0.0);
    // Times come from samples: a millisecond is rounding, not a second begun.
    let whole_s = (length_s - 1e-3).ceil().max(0.0) as u64;
    let rounded = |first: u64, next: u64| match whole_s {
        0 => 0,
        _ => first + whole_s.saturating_sub(first).div_ceil(next) * next,
    };
    Billable { by_1_1: rounded(1, 1), by_6_6: rounded(6, 6), by_30_6: rounded(30, 6), by_60_60: rounded(60, 60) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{CallActivity, Utterance};

    fn line(spans: &[(f64, f64)]) -> Timeline {
        Timeline::new(spans.iter().map(|(a, b)| TimeSpan::new(*a, *b)))
    }

    fn call(phases: &[(f64, f64, PhaseKind)], speech: &[(f64, f64)], duration_s: f64) -> (Conversation, Vec<Problem>) {
        let phases = CallPhases {
            phases: phases
                .iter()
                .map(|(a, b, kind)| Phase { start_s: *a, end_s: *b, channel: 0, kind: *kind })
                .collect(),
            activity: CallActivity { by_channel: vec![line(speech)], ..CallActivity::default() },
            sounds: vec![Timeline::default()],
        };
        let mut conversation = Conversation::default();
        let problems = measure(&mut conversation, &phases, None, duration_s);
        (conversation, problems)
    }

    fn kinds(conversation: &Conversation) -> Vec<(f64, f64, HoldKind)> {
        conversation.hold.iter().flatten().map(|h| (h.start_s, h.end_s, h.kind)).collect()
    }

    #[test]
    fn waiting_is_music_announcements_ringing_tones_and_long_silence_within_the_call() {
        let phases = [
            (0.0, 6.0, PhaseKind::Ringback),
            (7.0, 9.0, PhaseKind::Ivr),
            (9.5, 9.6, PhaseKind::Dtmf),
            (10.0, 20.0, PhaseKind::Music),
            (66.0, 70.0, PhaseKind::Busy),
        ];
        let (c, problems) = call(&phases, &[(7.0, 9.0), (21.0, 30.0), (39.0, 41.0), (51.0, 55.0)], 80.0);
        let expected = [
            (0.0, 6.0, HoldKind::Ringback),
            (7.0, 9.0, HoldKind::Ivr),
            (10.0, 20.0, HoldKind::Music),
            (41.0, 51.0, HoldKind::Silence),
            (66.0, 70.0, HoldKind::Tone),
        ];
        assert_eq!(kinds(&c), expected);
        assert_eq!((c.hold_total_s, c.hold_ratio, c.hold_count), (Some(32.0), Some(0.4), Some(3)));
        assert_eq!(c.time_to_human_s, Some(21.0));
        // 9 s after 30 s and what comes after the last word are silence, and no hold.
        let silence = c.silence.expect("measured");
        assert_eq!(silence.longest_s, 11.0);
        assert_eq!(
            silence.spans,
            [(30.0, 39.0), (41.0, 51.0), (55.0, 66.0), (70.0, 80.0)].map(|(a, b)| TimeSpan::new(a, b))
        );
        assert_eq!(c.live_talk.expect("measured").len(), 3);
        assert_eq!(c.tones.expect("measured").len(), 3);
        assert!(problems.is_empty());
    }

    #[test]
    fn a_call_that_only_machines_speak_in_has_no_time_to_a_human() {
        let (c, problems) = call(&[(1.0, 5.0, PhaseKind::Ivr)], &[(1.0, 5.0)], 20.0);
        assert_eq!(c.time_to_human_s, None);
        assert_eq!(
            (problems[0].code.as_str(), problems[0].fields[0].as_str()),
            ("no_live_speech", "/conversation/time_to_human_s")
        );
    }

    #[test]
    fn the_first_human_word_is_that_of_the_words_when_there_are_any() {
        let phases = CallPhases {
            phases: vec![Phase { start_s: 0.0, end_s: 3.0, channel: 0, kind: PhaseKind::Ivr }],
            ..CallPhases::default()
        };
        let utterance = |start_s: f64, text: &str| Utterance {
            start_s: Some(start_s),
            end_s: Some(start_s + 1.0),
            channel: Some(0),
            speaker: None,
            language: None,
            text: text.into(),
            confidence: None,
            words: Vec::new(),
        };
        let transcript = Transcript {
            utterances: vec![utterance(1.0, "Press one."), utterance(3.5, "…"), utterance(4.0, "Hello.")],
            ..Transcript::default()
        };
        let mut c = Conversation::default();
        measure(&mut c, &phases, Some(&transcript), 9.0);
        assert_eq!(c.time_to_human_s, Some(4.0));
    }

    #[test]
    fn billing_begins_with_the_answer_and_rounds_up_by_blocks() {
        let check = |phases: &[(f64, f64, PhaseKind)], duration_s: f64, expected: [u64; 4]| {
            let Billable { by_1_1, by_6_6, by_30_6, by_60_60 } =
                call(phases, &[], duration_s).0.billable_s.expect("measured");
            assert_eq!([by_1_1, by_6_6, by_30_6, by_60_60], expected, "{phases:?} {duration_s}");
        };
        check(&[], 0.0, [0, 0, 0, 0]);
        check(&[], 0.2, [1, 6, 30, 60]);
        check(&[], 30.0, [30, 30, 30, 60]);
        check(&[], 61.0, [61, 66, 66, 120]);
        check(&[(0.0, 11.0, PhaseKind::Ringback)], 72.0, [61, 66, 66, 120]);
        // Ringing in the middle is a transfer, and a busy tone at the end is no talk.
        check(&[(30.0, 35.0, PhaseKind::Ringback)], 61.0, [61, 66, 66, 120]);
        check(&[(0.0, 10.0, PhaseKind::Ringback), (40.0, 44.0, PhaseKind::Busy)], 45.0, [30, 30, 30, 60]);
        check(&[(0.0, 10.0, PhaseKind::Ringback), (14.0, 18.0, PhaseKind::Busy)], 45.0, [35, 36, 36, 60]);
    }
}
