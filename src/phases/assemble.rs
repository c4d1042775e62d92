//! From what was heard on each channel to one list of phases, and to the speech that is left. Pure arithmetic on spans.

use super::tones::Signal;
use super::{in_order, ivr};
use crate::call::{CallActivity, CallPhases, LeakagePath, Phase, PhaseKind};
use crate::timeline::{TimeSpan, Timeline};

/// What was heard on one channel.
#[derive(Debug, Default)]
pub(super) struct Heard {
    pub channel: usize,
    /// Mean square where each kind of sound is heard, to tell which channel hears it best.
    pub signals: Vec<(Signal, f64)>,
    pub keys: Vec<(TimeSpan, f64)>,
    pub music: Vec<(TimeSpan, f64)>,
    /// Short speech that stands out from the music around it.
    pub words: Timeline,
}

/// Two channels hear the same thing if half of the shorter one is common to both.
const SAME_RATIO: f64 = 0.5;
/// A tone may sound a little longer in a room: this much on both sides of it is no speech either.
const RING_OUT_S: f64 = 0.1;
/// Voice activity in music that is shorter than a word is a note.
pub(super) const NOTE_S: f64 = 0.8;
/// Rests of speech that begin or end in a tone, too short to be a syllable.
const SCRAP_S: f64 = 0.15;
/// Music on the line of a party while another talks is not waited for: it plays in the room of that party.
const TALKED_OVER_RATIO: f64 = 0.4;

/// Puts the channels together. `activity` is what voice activity took for speech.
pub(super) fn assemble(
    heard: Vec<Heard>,
    activity: &CallActivity,
    independent: &[usize],
    paths: &[LeakagePath],
) -> CallPhases {
    let nobody = Timeline::default();
    let speech_on = |channel: usize| activity.by_channel.get(channel).unwrap_or(&nobody);
    let mut sounds = vec![Timeline::default(); activity.by_channel.len()];
    let mut candidates: Vec<(Phase, f64)> = Vec::new();
    for line in &heard {
        let channel = line.channel;
        let phase = |span: &TimeSpan, kind| Phase { start_s: span.start_s, end_s: span.end_s, channel, kind };
        let beside = independent.iter().filter(|i| **i != channel);
        let beside = beside.fold(Timeline::default(), |all, i| all.union(speech_on(*i)));
        let music = line.music.iter().filter(|(span, _)| {
            Timeline::new([*span]).intersection(&beside).total_s() <= TALKED_OVER_RATIO * span.duration_s()
        });
        let music: Vec<(TimeSpan, f64)> = music.copied().collect();
        let in_music = Timeline::new(music.iter().map(|(span, _)| *span));
        candidates.extend(music.iter().map(|(span, power)| (phase(span, PhaseKind::Music), *power)));
        candidates.extend(line.keys.iter().map(|(span, power)| (phase(span, PhaseKind::Dtmf), *power)));
        for (signal, power) in &line.signals {
            // A lone tone in music is a note, and during a signal on another channel it is that signal, leaking.
            let overlaps = |span: &TimeSpan| span.overlap_s(&signal.span) > 0.0;
            let leaks = heard.iter().filter(|other| other.channel != channel).flat_map(|other| &other.signals);
            let mut leaks = leaks.filter(|(s, _)| s.kind != PhaseKind::Tone).flat_map(|(s, _)| &s.bursts);
            let is_note =
                signal.kind == PhaseKind::Tone && (in_music.spans().iter().any(overlaps) || leaks.any(overlaps));
            let is_key = line.keys.iter().any(|(key, _)| key.overlap_s(&signal.span) > 0.0);
            if !is_note && !is_key {
                candidates.push((phase(&signal.span, signal.kind), *power));
            }
        }
        let bursts = line.signals.iter().filter(|(s, _)| s.kind != PhaseKind::Tone).flat_map(|(s, _)| s.bursts.clone());
        let lone = line.signals.iter().filter(|(s, _)| s.kind == PhaseKind::Tone).map(|(s, _)| s.span);
        let keys = line.keys.iter().map(|(span, _)| *span);
        if let Some(own) = sounds.get_mut(channel) {
            *own = Timeline::new(bursts.chain(lone).chain(keys)).union(&in_music);
        }
    }
    let mut phases = best_heard(candidates);

    let by_channel = (0..activity.by_channel.len()).map(|channel| {
        let line = heard.iter().find(|h| h.channel == channel);
        line.map_or_else(|| speech_on(channel).clone(), |line| speech_left(speech_on(channel), line, &phases))
    });
    let activity = CallActivity { by_channel: by_channel.collect(), ..activity.clone() };
    phases.extend(ivr::find(&activity.by_channel, independent, &phases));
    phases.sort_by(in_order);

    let own = sounds.clone();
    for path in paths.iter().filter(|path| path.from < own.len() && path.to < own.len()) {
        sounds[path.to] = sounds[path.to].union(&own[path.from]);
    }
    CallPhases { phases, activity, sounds }
}

/// The same thing on several channels, or found twice, is told once: where it is loudest.
fn best_heard(mut candidates: Vec<(Phase, f64)>) -> Vec<Phase> {
    candidates.sort_by(|a, b| b.1.total_cmp(&a.1).then(in_order(&a.0, &b.0)));
    let mut kept: Vec<Phase> = Vec::new();
    for (phase, _) in candidates {
        let is_known = kept.iter().any(|k| {
            let shorter_s = k.span().duration_s().min(phase.span().duration_s());
            k.kind == phase.kind && k.span().overlap_s(&phase.span()) > SAME_RATIO * shorter_s
        });
        if !is_known {
            kept.push(phase);
        }
    }
    kept.sort_by(in_order);
    kept
}

/// Speech of a channel without its tones, keys and the notes that were taken for syllables.
fn speech_left(speech: &Timeline, line: &Heard, phases: &[Phase]) -> Timeline {
    let tones =
        line.signals.iter().filter(|(s, _)| s.kind != PhaseKind::Tone).flat_map(|(s, _)| s.bursts.iter().copied());
    let tones = Timeline::new(tones.chain(line.keys.iter().map(|(span, _)| *span)));
    let end_s = speech.spans().last().map_or(0.0, |s| s.end_s);
    let without = speech.minus(&tones.widened(RING_OUT_S, end_s + RING_OUT_S));
    let is_music = |p: &&Phase| p.kind == PhaseKind::Music && p.channel == line.channel;
    let music = Timeline::new(phases.iter().filter(is_music).map(Phase::span));
    let left = without.spans().iter().filter(|span| {
        let in_music_s = Timeline::new([**span]).intersection(&music).total_s();
        let is_word = line.words.spans().iter().any(|word| word.overlap_s(span) > 0.0);
        let is_note = span.duration_s() < NOTE_S && in_music_s > 0.9 * span.duration_s() && !is_word;
        let is_scrap = span.duration_s() < SCRAP_S && !speech.spans().contains(span);
        !is_note && !is_scrap
    });
    Timeline::new(left.copied())
}
