//! Announcements: recorded speech before a person answers and between pieces of hold music. Known by what is around them,
//! and by their words once there are some. Not a judgement of voices: a person who reads a prompt sounds like one.
//!
//! A caller who was led through a menu has heard speech, has said nothing, and then a key was pressed, music began or a
//! telephone rang: nobody talks like that. Where the other party cannot be heard by itself (one channel), only what
//! stands before the first key of the call passes, and short speech between it and the music after it. When in doubt it is talk: real speech must not be lost.
//!
//! What fools it: an agent who puts a caller on hold before the caller has said a word.

use crate::call::{CallPhases, Phase, PhaseKind, Transcript};
use crate::timeline::{TimeSpan, Timeline};

/// The other party has spoken when there is this much speech in all: less is breath, a cough, voices in the room.
const LEAST_ANSWER_S: f64 = 1.0;
/// Pauses within one announcement.
const MAX_PAUSE_S: f64 = 2.0;
/// An announcement between two pieces of music touches both, but for a fade.
const FADE_S: f64 = 2.5;
const MAX_BETWEEN_S: f64 = 25.0;
/// In one channel: speech between a key and the music or ringing after it; "all lines are busy, please hold" takes less.
const MAX_GREETING_S: f64 = 12.0;
/// In one channel: speech before the first key of the call; menus are shorter than a minute.
const MAX_MENU_S: f64 = 60.0;
/// Speech that ends this much after a signal begins still stands before it.
const SLACK_S: f64 = 0.3;

/// Announcements among the speech of `independent` channels, next to signals and music.
pub(super) fn find(activity: &[Timeline], independent: &[usize], others: &[Phase]) -> Vec<Phase> {
    let mut found = Vec::new();
    for &channel in independent {
        let Some(speech) = activity.get(channel) else { continue };
        let beside = independent.iter().filter(|i| **i != channel).filter_map(|i| activity.get(*i));
        let beside = beside.fold(Timeline::default(), |all, line| all.union(line));
        let until_s =
            if independent.len() > 1 { menu_end_s(&beside, others) } else { menu_end_in_one_channel_s(speech, others) };
        let menu = speech.spans().iter().filter(|s| s.end_s <= until_s + SLACK_S).copied();
        let between = between_music(speech, &beside, others);
        let phase = |s: &TimeSpan| Phase { start_s: s.start_s, end_s: s.end_s, channel, kind: PhaseKind::Ivr };
        let all = Timeline::new(menu).union(&between);
        let all = closed_where_free(&all, others);
        found.extend(all.spans().iter().map(phase));
    }
    found
}

/// Pauses of an announcement belong to it, unless something else is heard in them.
fn closed_where_free(speech: &Timeline, others: &[Phase]) -> Timeline {
    let pauses = speech.spans().windows(2).map(|pair| TimeSpan::new(pair[0].end_s, pair[1].start_s));
    let is_free =
        |pause: &TimeSpan| pause.duration_s() <= MAX_PAUSE_S && others.iter().all(|p| p.span().overlap_s(pause) == 0.0);
    speech.union(&Timeline::new(pauses.filter(is_free)))
}

fn is_marker(phase: &&Phase) -> bool {
    matches!(phase.kind, PhaseKind::Dtmf | PhaseKind::Music | PhaseKind::Ringback)
}

/// End of the last key, music or ringing before the other party says anything.
fn menu_end_s(beside: &Timeline, others: &[Phase]) -> f64 {
    let mut spoken_s = 0.0;
    let answer = beside.spans().iter().find(|s| {
        spoken_s += s.duration_s();
        spoken_s >= LEAST_ANSWER_S
    });
    let Some(answer) = answer else { return 0.0 };
    let before = others.iter().filter(is_marker).filter(|p| p.start_s < answer.start_s);
    before.map(|p| p.end_s.min(answer.start_s)).fold(0.0, f64::max)
}

fn menu_end_in_one_channel_s(speech: &Timeline, others: &[Phase]) -> f64 {
    let spoken_s = |from_s: f64, to_s: f64| {
        if to_s > from_s { speech.intersection(&Timeline::new([TimeSpan::new(from_s, to_s)])).total_s() } else { 0.0 }
    };
    let (mut until_s, mut is_keyed) = (0.0, false);
    for marker in others.iter().filter(is_marker) {
        let is_first_key = marker.kind == PhaseKind::Dtmf
            && marker.start_s <= MAX_MENU_S
            && !others.iter().any(|p| p.kind == PhaseKind::Dtmf && p.start_s < marker.start_s);
        // Before any key two people may greet each other and then one waits: only a key makes it a menu.
        let most_s = if is_keyed { MAX_GREETING_S } else { 0.0 };
        if is_first_key || spoken_s(until_s, marker.start_s) <= most_s {
            is_keyed |= is_first_key;
            until_s = marker.end_s.max(until_s);
        } else {
            break;
        }
    }
    until_s
}

/// Speech that interrupts hold music while the other party says nothing.
fn between_music(speech: &Timeline, beside: &Timeline, others: &[Phase]) -> Timeline {
    let music = Timeline::new(others.iter().filter(|p| p.kind == PhaseKind::Music).map(Phase::span));
    let islands = music.spans().windows(2).filter_map(|pair| {
        let gap = TimeSpan::new(pair[0].end_s, pair[1].start_s);
        let own = Timeline::new([gap]).intersection(speech);
        let (first, last) = (own.spans().first()?, own.spans().last()?);
        let touches = first.start_s - gap.start_s <= FADE_S && gap.end_s - last.end_s <= FADE_S;
        let answered_s = Timeline::new([gap]).intersection(beside).total_s();
        (touches && gap.duration_s() <= MAX_BETWEEN_S && answered_s < LEAST_ANSWER_S)
            .then_some(TimeSpan::new(first.start_s, last.end_s))
    });
    Timeline::new(islands)
}

/// What recorded voices say and people do not, in lower case.
const SAID_BY_MACHINES: &[&str] = &[
    "press one",
    "press 1",
    "press two",
    "press 2",
    "pound key",
    "after the tone",
    "after the beep",
    "your call is important",
    "stay on the line",
    "naciśnij",
    "wciśnij",
    "twoje połączenie",
    "po sygnale",
    "pozostań na linii",
    "нажмите",
    "ваш звонок",
    "оставайтесь на линии",
    "после сигнала",
    "πατήστε",
    "η κλήση σας",
    "μετά τον ήχο",
    "παραμείνετε στη γραμμή",
    "nyomja meg",
    "az ön hívása",
    "a sípszó után",
    "tartsa a vonalat",
];

/// Adds the announcements that only their words give away: such words before anybody else has spoken, with all that
/// the same channel said before them.
pub(super) fn by_words(phases: &mut CallPhases, transcript: &Transcript) {
    let timed = || transcript.utterances.iter().filter_map(|u| Some((u, u.start_s?, u.end_s?, u.channel?)));
    let is_live = |span: &TimeSpan| {
        !phases.phases.iter().any(|p| p.kind == PhaseKind::Ivr && p.span().overlap_s(span) > 0.5 * span.duration_s())
    };
    let mut menus: Vec<Phase> = Vec::new();
    for (utterance, start_s, end_s, channel) in timed() {
        let text = utterance.text.to_lowercase();
        if !SAID_BY_MACHINES.iter().any(|phrase| text.contains(phrase)) {
            continue;
        }
        // Another voice before it has made the call live.
        let is_answered = timed().any(|(_, s, e, c)| c != channel && s < start_s && is_live(&TimeSpan::new(s, e)));
        let has_live_before = phases.activity.by_channel.len() < 2 && start_s > MAX_MENU_S;
        if is_answered || has_live_before {
            continue;
        }
        let own = timed().filter(|(_, _, e, c)| *c == channel && *e <= end_s);
        menus.extend(own.filter(|(_, s, e, _)| is_live(&TimeSpan::new(*s, *e))).map(|(_, s, e, c)| Phase {
            start_s: s,
            end_s: e,
            channel: usize::from(c),
            kind: PhaseKind::Ivr,
        }));
    }
    let all = Timeline::new(menus.iter().map(Phase::span));
    let Some(channel) = menus.first().map(|p| p.channel) else { return };
    let known = phases.of(&[PhaseKind::Ivr]);
    phases.phases.extend(all.minus(&known).spans().iter().map(|s| Phase {
        start_s: s.start_s,
        end_s: s.end_s,
        channel,
        kind: PhaseKind::Ivr,
    }));
    phases.phases.sort_by(super::in_order);
}
