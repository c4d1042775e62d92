//! Timelines made by hand: every number below can be worked out on paper, so the tolerance is rounding alone.

use super::*;
use crate::call::{OvertalkKind, Party, Word};
use crate::timeline::TimeSpan;

const ROUNDING: f64 = 1e-9;

fn speakers(n: u16) -> Vec<Speaker> {
    (0..n).map(|c| Speaker { id: format!("s{c}"), party: Party::Unknown, channel: Some(c) }).collect()
}

fn line(spans: &[(f64, f64)]) -> Timeline {
    Timeline::new(spans.iter().map(|(a, b)| TimeSpan::new(*a, *b)))
}

fn stereo(first: &[(f64, f64)], second: &[(f64, f64)], duration_s: f64) -> Conversation {
    let activity = CallActivity { by_channel: vec![line(first), line(second)], ..CallActivity::default() };
    measure(&speakers(2), &activity, None, duration_s).0
}

fn check(found: Option<f64>, expected: f64) {
    let found = found.expect("measured");
    assert!((found - expected).abs() < ROUNDING, "{found} is not {expected}");
}

fn of(map: &Option<BTreeMap<String, f64>>, id: &str) -> Option<f64> {
    map.as_ref().and_then(|m| m.get(id)).copied()
}

#[test]
fn shares_turns_and_answers_are_those_of_the_timeline() {
    // s0 5 s with a pause of 1 s, s1 answers after 0.5 s for 2.5 s, s0 after 1 s, then 3 s of nobody.
    let c = stereo(&[(0.0, 3.0), (4.0, 6.0), (10.0, 12.0)], &[(6.5, 9.0)], 15.0);
    check(of(&c.speech_s, "s0"), 7.0);
    check(of(&c.talk_ratio, "s1"), 2.5 / 9.5);
    check(of(&c.monologue_s, "s0"), 6.0);
    check(of(&c.response_s, "s1"), 0.5);
    check(of(&c.response_s, "s0"), 1.0);
    let silence = c.silence.expect("measured");
    check(Some(silence.total_s), 3.0);
    assert_eq!(silence.spans, [TimeSpan::new(12.0, 15.0)]);
}

#[test]
fn a_sign_of_listening_does_not_end_a_monologue_or_count_as_an_answer() {
    let c = stereo(&[(0.0, 10.0)], &[(4.0, 4.5)], 10.0);
    check(of(&c.monologue_s, "s0"), 10.0);
    check(of(&c.monologue_s, "s1"), 0.0);
    assert_eq!(of(&c.response_s, "s0"), None);
    let overtalk = c.overtalk.expect("stereo");
    check(Some(overtalk.total_s), 0.5);
    check(overtalk.ratio, 0.05);
    assert_eq!(overtalk.events[0].kind, OvertalkKind::Backchannel);
    assert_eq!(overtalk.events[0].by, "s1");
}

#[test]
fn an_interruption_is_who_comes_in_second_and_goes_on() {
    let c = stereo(&[(0.0, 5.0)], &[(4.0, 9.0)], 9.0);
    check(of(&c.response_s, "s1"), -1.0);
    let overtalk = c.overtalk.expect("stereo");
    check(overtalk.ratio, 1.0 / 9.0);
    assert_eq!((overtalk.events[0].kind, overtalk.events[0].by.as_str()), (OvertalkKind::Interruption, "s1"));
}

#[test]
fn two_who_start_within_a_fifth_of_a_second_start_together() {
    let kind = |start_s: f64| stereo(&[(1.0, 4.0)], &[(start_s, 5.0)], 5.0).overtalk.expect("stereo").events[0].kind;
    assert_eq!(kind(1.19), OvertalkKind::SimultaneousStart);
    assert_eq!(kind(1.21), OvertalkKind::Interruption);
}

#[test]
fn turns_that_only_touch_do_not_overlap() {
    let overtalk = stereo(&[(0.0, 2.0)], &[(2.0, 4.0)], 4.0).overtalk.expect("stereo");
    assert!(overtalk.events.is_empty() && overtalk.total_s == 0.0);
}

#[test]
fn one_channel_gives_silence_and_a_problem_for_the_rest() {
    let activity = CallActivity { by_channel: vec![line(&[(1.0, 2.0), (5.0, 6.0)])], ..CallActivity::default() };
    let (c, problems) = measure(&speakers(1), &activity, None, 7.5);
    check(c.silence.as_ref().map(|s| s.longest_s), 3.0);
    assert!(c.overtalk.is_none() && c.talk_ratio.is_none() && c.speech_s.is_none());
    let named: Vec<_> = problems.iter().filter(|p| p.code == "one_channel").flat_map(|p| &p.fields).collect();
    assert!(named.iter().any(|f| *f == "/conversation/overtalk"));
}

#[test]
fn nobody_speaking_is_no_ratio_and_one_long_silence() {
    let c = stereo(&[], &[], 30.0);
    assert!(c.talk_ratio.is_none());
    assert_eq!(c.overtalk.expect("two channels").ratio, None);
    check(c.silence.map(|s| s.total_s), 30.0);
}

#[test]
fn words_a_minute_count_own_speech_only() {
    let word = |i: usize| Word { start_s: i as f64, end_s: i as f64 + 0.5, text: "ja".into(), probability: 1.0 };
    let utterance = Utterance {
        start_s: Some(0.0),
        end_s: Some(30.0),
        channel: Some(1),
        speaker: Some("s1".into()),
        language: None,
        text: String::new(),
        confidence: None,
        words: (0..40).map(word).collect(),
    };
    let transcript = Transcript { utterances: vec![utterance], ..Transcript::default() };
    let activity =
        CallActivity { by_channel: vec![line(&[(0.0, 2.0)]), line(&[(2.0, 32.0)])], ..CallActivity::default() };
    let (c, _) = measure(&speakers(2), &activity, Some(&transcript), 32.0);
    check(of(&c.words_per_minute, "s1"), 80.0);
    assert_eq!(of(&c.syllables_per_minute, "s1"), None);
    // 2 s are too little to tell a rate from.
    assert_eq!(of(&c.words_per_minute, "s0"), None);
}

#[test]
fn without_activity_nothing_is_made_up() {
    let (c, problems) = measure(&speakers(2), &CallActivity::default(), None, 10.0);
    assert_eq!(c, Conversation::default());
    assert!(problems.iter().any(|p| p.code == "no_activity"));
}

/// The second voice says `text` from 4 s on while the first speaks from 0 to 10 s.
fn kind_of_said(text: &str, language: &str, length_s: f64, probability: f64) -> OvertalkKind {
    let utterance = Utterance {
        start_s: Some(4.0),
        end_s: Some(4.0 + length_s),
        channel: Some(1),
        speaker: Some("s1".into()),
        language: Some(language.into()),
        text: text.into(),
        confidence: None,
        words: vec![Word { start_s: 4.1, end_s: 4.0 + length_s - 0.1, text: text.into(), probability }],
    };
    let transcript = Transcript { utterances: vec![utterance], ..Transcript::default() };
    let activity = CallActivity {
        by_channel: vec![line(&[(0.0, 10.0)]), line(&[(4.0, 4.0 + length_s)])],
        ..CallActivity::default()
    };
    measure(&speakers(2), &activity, Some(&transcript), 10.0).0.overtalk.expect("stereo").events[0].kind
}

#[test]
fn a_longer_sign_of_listening_is_told_by_its_words() {
    let signs =
        [("Okay,", "en"), ("mhm", "pl"), ("tak", "pl"), ("Да.", "ru"), ("ναι", "el"), ("Igen,", "hu"), ("aha", "fi")];
    for (text, language) in signs {
        assert_eq!(kind_of_said(text, language, 1.5, 0.9), OvertalkKind::Backchannel, "{text}");
    }
    assert_eq!(kind_of_said("Wait!", "en", 1.5, 0.9), OvertalkKind::Interruption);
}

#[test]
fn a_word_that_encourages_in_one_language_refuses_in_another() {
    assert_eq!(kind_of_said("no", "pl", 0.8, 0.9), OvertalkKind::Backchannel);
    assert_eq!(kind_of_said("No!", "en", 0.8, 0.9), OvertalkKind::Interruption);
}

#[test]
fn words_that_are_doubtful_or_have_no_time_decide_nothing() {
    assert_eq!(kind_of_said("Wait!", "en", 0.8, 0.4), OvertalkKind::Backchannel);
    assert_eq!(kind_of_said("Wait!", "en", 1.5, 0.4), OvertalkKind::Interruption);
    assert_eq!(kind_of_said("Wait!", "en", 0.5, 0.9), OvertalkKind::Backchannel);
}

#[test]
fn an_overlap_that_nobody_notices_is_time_and_no_event() {
    let overtalk = stereo(&[(0.0, 5.0)], &[(4.9, 9.0)], 9.0).overtalk.expect("stereo");
    check(Some(overtalk.total_s), 0.1);
    assert!(overtalk.events.is_empty());
}

#[test]
fn a_short_voice_that_starts_with_the_other_is_a_start_together() {
    let overtalk = stereo(&[(1.0, 4.0)], &[(1.1, 1.6)], 5.0).overtalk.expect("stereo");
    assert_eq!(overtalk.events[0].kind, OvertalkKind::SimultaneousStart);
}

#[test]
fn three_seconds_of_overtalk_are_three_seconds() {
    let c = stereo(&[(0.0, 10.0), (12.0, 15.0)], &[(8.0, 11.0), (14.0, 16.0)], 20.0);
    let overtalk = c.overtalk.expect("stereo");
    check(Some(overtalk.total_s), 3.0);
    check(overtalk.ratio, 3.0 / 15.0);
    check(Some(overtalk.events.iter().map(|e| e.end_s - e.start_s).sum()), 3.0);
}

#[test]
fn syllables_a_minute_follow_the_language_of_each_utterance() {
    let utterance = |language: Option<&str>, text: &str| Utterance {
        start_s: Some(0.0),
        end_s: Some(6.0),
        channel: Some(0),
        speaker: Some("s0".into()),
        language: language.map(Into::into),
        text: text.into(),
        confidence: None,
        words: vec![],
    };
    let rate = |utterances: Vec<Utterance>| {
        let transcript = Transcript { utterances, language: Some("ru".into()), ..Transcript::default() };
        let activity =
            CallActivity { by_channel: vec![line(&[(0.0, 6.0)]), line(&[(8.0, 9.0)])], ..CallActivity::default() };
        let (c, _) = measure(&speakers(2), &activity, Some(&transcript), 10.0);
        of(&c.syllables_per_minute, "s0")
    };
    // 3 and 3 syllables in 6 s.
    check(rate(vec![utterance(Some("en"), "agreement"), utterance(None, "договор")]), 60.0);
    // One that cannot be counted leaves none.
    assert_eq!(rate(vec![utterance(Some("en"), "agreement"), utterance(Some("de"), "Vertrag")]), None);
}

#[test]
fn voices_told_apart_on_one_channel_have_numbers_of_their_own_but_no_overtalk() {
    use crate::call::Voice as Told;
    let told = |spans: &[(f64, f64)], is_announcement| Told { channel: 0, is_announcement, speech: line(spans) };
    let activity = CallActivity {
        by_channel: vec![line(&[(0.0, 9.0), (10.0, 14.0)])],
        voices: vec![told(&[(3.0, 6.0), (10.0, 14.0)], false), told(&[(6.0, 9.0)], false), told(&[(0.0, 3.0)], true)],
        ..CallActivity::default()
    };
    let speakers: Vec<Speaker> =
        (0..3).map(|i| Speaker { id: format!("s{i}"), party: Party::Unknown, channel: Some(0) }).collect();
    let (c, problems) = measure(&speakers, &activity, None, 14.0);
    check(of(&c.speech_s, "s0"), 7.0);
    check(of(&c.talk_ratio, "s1"), 0.3);
    check(of(&c.response_s, "s0"), 1.0);
    // Announcements answer nobody.
    assert_eq!(of(&c.speech_s, "s2"), None);
    assert!(c.overtalk.is_none());
    let named: Vec<_> = problems.iter().filter(|p| p.code == "one_channel").flat_map(|p| &p.fields).collect();
    assert_eq!(named, ["/conversation/overtalk"]);
}
