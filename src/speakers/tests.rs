//! Short talks in which the roles are plain, open, or known beforehand.

use super::*;
use crate::call::{LayoutFlag, Utterance, Word};
use crate::timeline::TimeSpan;

fn layout(kind: LayoutKind, flags: &[LayoutFlag]) -> Layout {
    Layout { kind, flags: flags.to_vec(), dead_channels: vec![], role_confidence: None }
}

fn said(language: &str, lines: &[(u16, &str)]) -> Transcript {
    let utterances = lines
        .iter()
        .enumerate()
        .map(|(i, (channel, text))| Utterance {
            start_s: Some(i as f64 * 5.0),
            end_s: Some(i as f64 * 5.0 + 4.0),
            channel: Some(*channel),
            speaker: None,
            language: Some(language.into()),
            text: (*text).into(),
            confidence: Some(0.9),
            words: vec![],
        })
        .collect();
    Transcript { language: Some(language.into()), language_probability: None, model: None, utterances }
}

/// Parties of both channels of a stereo call.
fn check(mut transcript: Transcript, expected: [Party; 2]) {
    let roles = assign(
        &layout(LayoutKind::Stereo, &[]),
        &[0, 1],
        AgentChannel::Auto,
        Some(&mut transcript),
        RoleHints::default(),
    );
    let parties: Vec<Party> = roles.speakers.iter().map(|s| s.party).collect();
    assert_eq!(parties, expected, "{:?}", roles.confidence);
    assert_eq!(roles.confidence.is_some(), expected[0] != Party::Unknown);
    for utterance in &transcript.utterances {
        assert_eq!(utterance.speaker, utterance.channel.map(|c| format!("s{c}")));
    }
}

const AGENT_FIRST: [Party; 2] = [Party::Agent, Party::Customer];
const AGENT_SECOND: [Party; 2] = [Party::Customer, Party::Agent];

#[test]
fn an_agent_is_told_by_what_agents_say_in_five_languages() {
    check(said("en", &[(1, "Hello?"), (0, "Good morning, I'm calling from Example."), (1, "Yes?")]), AGENT_FIRST);
    check(
        said("pl", &[(0, "Halo?"), (1, "Dzień dobry, dzwonię z firmy Przykład."), (0, "Nie jestem zainteresowany.")]),
        AGENT_SECOND,
    );
    check(said("ru", &[(0, "Компания Пример, чем могу помочь?"), (1, "У меня не работает интернет.")]), AGENT_FIRST);
    check(said("el", &[(1, "Καλημέρα, πώς μπορώ να σας βοηθήσω;"), (0, "Έχω ένα πρόβλημα.")]), AGENT_SECOND);
    check(said("hu", &[(0, "Jó napot, miben segíthetek?"), (1, "Nem működik a telefonom.")]), AGENT_FIRST);
}

#[test]
fn a_talk_without_cues_leaves_the_parties_unknown() {
    check(said("en", &[(0, "Hello."), (1, "Hello, nice weather."), (0, "Indeed.")]), [Party::Unknown; 2]);
}

#[test]
fn what_the_user_knows_decides() {
    let mut transcript = said("en", &[(0, "How can I help you?"), (1, "My order is late.")]);
    let stereo = layout(LayoutKind::Stereo, &[]);
    let roles = assign(&stereo, &[0, 1], AgentChannel::Channel(1), Some(&mut transcript), RoleHints::default());
    assert_eq!(roles.speakers[1].party, Party::Agent);
    assert_eq!(roles.confidence, Some(1.0));
    let roles = assign(&stereo, &[0, 1], AgentChannel::Channel(0), None, RoleHints::default());
    assert_eq!(roles.speakers[0].party, Party::Agent);
    let roles = assign(&stereo, &[0, 1], AgentChannel::Channel(7), None, RoleHints::default());
    assert_eq!((roles.speakers[0].party, roles.confidence), (Party::Unknown, None));
}

#[test]
fn one_track_for_both_parties_stays_one_unknown_speaker() {
    let lines = [(0, "How can I help you?"), (0, "My order is late.")];
    for layout in [layout(LayoutKind::Mono, &[]), layout(LayoutKind::Stereo, &[LayoutFlag::DualMono])] {
        for agent in [AgentChannel::Auto, AgentChannel::Channel(0)] {
            let mut transcript = said("en", &lines);
            let roles = assign(&layout, &[0], agent, Some(&mut transcript), RoleHints::default());
            assert_eq!(roles.speakers, [Speaker { id: "s0".into(), party: Party::Unknown, channel: Some(0) }]);
            assert_eq!(transcript.utterances[1].speaker.as_deref(), Some("s0"));
        }
    }
}

#[test]
fn beside_a_dead_channel_the_other_one_holds_one_party() {
    let mut transcript =
        said("en", &[(1, "Thank you for calling Example, how can I help?"), (1, "May I have your name?")]);
    let dead = layout(LayoutKind::Stereo, &[LayoutFlag::DeadChannel]);
    let roles = assign(&dead, &[1], AgentChannel::Auto, Some(&mut transcript), RoleHints::default());
    assert_eq!(roles.speakers, [Speaker { id: "s0".into(), party: Party::Agent, channel: Some(1) }]);
    assert_eq!(assign(&dead, &[1], AgentChannel::Auto, None, RoleHints::default()).confidence, None);
}

#[test]
fn every_cue_has_phrases_in_all_five_languages() {
    assert_eq!(cues::gaps(), Vec::<String>::new());
}

#[test]
fn phrase_rules_of_one_party_tell_who_speaks_without_any_cue() {
    use crate::call::{MatchTier, PhraseHit, PhraseRule, Place, Polarity, Severity, WhoSays};
    let rule = |category: &str, speaker| PhraseRule {
        id: category.into(),
        category: category.into(),
        polarity: Polarity::Forbidden,
        severity: Severity::Minor,
        speaker,
        place: Place::default(),
        language: None,
        needed_fact: None,
        legal_source: None,
        message: String::new(),
        list: String::new(),
    };
    let rules =
        [rule("a", WhoSays::Agent), rule("b", WhoSays::Agent), rule("c", WhoSays::Customer), rule("d", WhoSays::Any)];
    let hit = |rule, utterance| PhraseHit {
        rule,
        utterance,
        bytes: (0, 1),
        quote: "x".into(),
        start_s: None,
        end_s: None,
        tier: MatchTier::Ordered,
        example: None,
        confidence: 0.9,
        completeness: 1.0,
    };
    let utterance = |channel| crate::call::Utterance {
        start_s: Some(f64::from(channel)),
        end_s: Some(f64::from(channel) + 1.0),
        channel: Some(channel),
        speaker: None,
        language: Some("xx".into()),
        text: "x".into(),
        confidence: None,
        words: vec![],
    };
    let mut transcript = Transcript { utterances: vec![utterance(0), utterance(1)], ..Transcript::default() };
    let layout = layout(LayoutKind::Stereo, &[]);
    let check = |hits: &[PhraseHit], transcript: &mut Transcript| {
        let hints = RoleHints { rules: &rules, hits };
        assign(&layout, &[0, 1], AgentChannel::Auto, Some(transcript), hints).speakers[1].party
    };
    // Agent's words on channel 1 and a customer's on channel 0.
    assert_eq!(check(&[hit(0, 1), hit(1, 1), hit(2, 0)], &mut transcript), Party::Agent);
    // The same category twice is one piece of evidence, and words that anyone may say are none.
    assert_eq!(check(&[hit(0, 1), hit(0, 1), hit(3, 1)], &mut transcript), Party::Unknown);
}

#[test]
fn roles_that_are_unknown_are_told_with_a_reason() {
    let check =
        |kind, flags: &[LayoutFlag], independent: &[usize], agent, transcript: Option<Transcript>, why: &str| {
            let roles =
                assign(&layout(kind, flags), independent, agent, transcript.clone().as_mut(), RoleHints::default());
            assert_eq!(roles.confidence, None);
            let problem = roles.problem.expect("a reason");
            assert_eq!((problem.stage.as_str(), problem.code.as_str()), ("speakers", "roles_unknown"));
            assert_eq!(
                (problem.fields, problem.severity),
                (vec!["/layout/role_confidence".to_owned()], ProblemSeverity::Note)
            );
            assert!(problem.message.contains(why), "{}", problem.message);
        };
    let (mono, stereo, auto) = (LayoutKind::Mono, LayoutKind::Stereo, AgentChannel::Auto);
    let talk = || Some(said("en", &[(0, "Well."), (1, "Yes.")]));
    check(mono, &[], &[0], auto, talk(), "one channel holds both parties");
    check(stereo, &[LayoutFlag::DualMono], &[0], auto, talk(), "one channel holds both parties");
    check(stereo, &[LayoutFlag::DeadChannel], &[], auto, talk(), "no channel holds a voice");
    check(stereo, &[], &[0, 1], auto, None, "nothing was transcribed");
    check(stereo, &[], &[0, 1], auto, Some(Transcript::default()), "nothing was transcribed");
    check(stereo, &[], &[0, 1], auto, talk(), "does not tell agent and customer apart");
    check(LayoutKind::Multichannel, &[], &[0, 1, 2], auto, talk(), "more than two voices");
    let told = assign(&layout(stereo, &[]), &[0, 1], AgentChannel::Channel(0), None, RoleHints::default());
    assert_eq!((told.confidence, told.problem), (Some(1.0), None));
}

#[test]
fn a_given_channel_that_what_is_said_contradicts_is_kept_and_told() {
    let check = |lines: &[(u16, &str)], agent: u16, expected: bool| {
        let stereo = layout(LayoutKind::Stereo, &[]);
        let mut transcript = said("en", lines);
        let roles = assign(&stereo, &[0, 1], AgentChannel::Channel(agent), Some(&mut transcript), RoleHints::default());
        assert_eq!(roles.is_swapped, expected);
        assert_eq!(roles.speakers[usize::from(agent)].party, Party::Agent);
        assert_eq!(roles.problem.is_some_and(|p| p.code == "roles_contradicted"), expected);
    };
    let clear = [
        (0, "Thank you for calling Example, how can I help you?"),
        (1, "My order is late."),
        (0, "May I have your name?"),
    ];
    check(&clear, 1, true);
    check(&clear, 0, false);
    check(&[(0, "Hello."), (1, "Hello, nice weather.")], 1, false);
}

#[test]
fn roles_are_told_from_what_a_weak_model_hears() {
    // Spelling, spaces and diacritics as speech recognition at a word error rate of 60 % leaves them.
    check(
        said(
            "pl",
            &[
                (1, "dzien dobly biuro opslugi kljenta wczym moge pomuc"),
                (0, "dziendobry od wczoraj nie dziaua mi inernet"),
                (1, "prosze podadź nómer kljenta"),
                (0, "cztery cztery jeden osiem"),
                (1, "jusz spravdzam chfileczke prosze"),
            ],
        ),
        AGENT_SECOND,
    );
    check(
        said(
            "el",
            &[
                (0, "καλιμερα σασ ονομαζομε ανα πος μπορο νασας βοιθισο"),
                (1, "καλιμερα δεν δουλεβι το ιντερνετ μου"),
                (0, "μου λετε τον κοδικο πελατι σας"),
                (1, "δεν τον θιμαμε"),
            ],
        ),
        AGENT_FIRST,
    );
    check(
        said(
            "hu",
            &[
                (1, "jo nappot ügyfel szolgalat mi ben segitetek"),
                (0, "nem müködig az interneten"),
                (1, "meg adna az ügyfel számat"),
                (0, "nem tudom hol van"),
                (1, "egy pilanat megnezem a rentszerben"),
            ],
        ),
        AGENT_SECOND,
    );
}

#[test]
fn who_says_hello_was_called_and_who_comes_back_after_a_wait_is_the_agent() {
    let of = |lines: &[(u16, &str)], wait_s: f64, name: &str| {
        let mut transcript = said("en", lines);
        for utterance in transcript.utterances.iter_mut().skip(2) {
            utterance.start_s = utterance.start_s.map(|s| s + wait_s);
            utterance.end_s = utterance.end_s.map(|s| s + wait_s);
        }
        let values = weigh(&transcript, by_channel(0, 1)).values;
        values.iter().find(|(n, _)| *n == name).expect("a measure of this name").1
    };
    let lines = [(0, "Hello?"), (1, "It rains here all day."), (1, "It rains here again.")];
    assert_eq!(of(&lines, 0.0, "lets the other say hello"), -1.0);
    assert_eq!(of(&lines, 0.0, "opens"), 0.0);
    assert_eq!(of(&lines, 0.0, "comes back after a wait"), 0.0);
    assert_eq!(of(&lines, 20.0, "comes back after a wait"), -1.0);
    let digits = [(0, "It is four four one eight two nine."), (1, "Well."), (1, "441829, well.")];
    assert_eq!(of(&digits, 0.0, "hears numbers dictated"), 0.0);
    assert_eq!(of(&digits[..2], 0.0, "hears numbers dictated"), -1.0);
}

#[test]
fn saying_it_over_and_over_makes_no_one_surer_without_end() {
    let line = [(0, "How can I help you?"), (1, "My order is late.")];
    let odds = |times: usize| weigh(&said("en", &line.repeat(times)), by_channel(0, 1)).log_odds;
    let (often, oftener) = (odds(10), odds(1000));
    assert!(odds(1) > 0.0 && often >= odds(1));
    // Counts stop at seven: the same words ten and a thousand times are the same evidence.
    assert!((often - oftener).abs() < 1e-9, "{often} {oftener}");
}

fn line(spans: &[(f64, f64)]) -> Timeline {
    Timeline::new(spans.iter().map(|(a, b)| TimeSpan::new(*a, *b)))
}

fn voice(channel: u16, is_announcement: bool, spans: &[(f64, f64)]) -> Voice {
    Voice { channel, is_announcement, speech: line(spans) }
}

/// Words of half a second, one a second.
fn spoken(channel: u16, first_s: f64, text: &str) -> Utterance {
    let words: Vec<Word> = text
        .split(' ')
        .enumerate()
        .map(|(i, word)| Word {
            start_s: first_s + i as f64,
            end_s: first_s + i as f64 + 0.5,
            text: word.into(),
            probability: 0.5 + 0.1 * (i % 2) as f64,
        })
        .collect();
    Utterance {
        start_s: Some(first_s - 0.1),
        end_s: words.last().map(|w| w.end_s + 0.1),
        channel: Some(channel),
        speaker: None,
        language: Some("en".into()),
        text: text.into(),
        confidence: Some(0.55),
        words,
    }
}

/// Speaker and text of each utterance after the words were given to the voices.
fn check_attributed(utterances: Vec<Utterance>, voices: &[Voice], expected: &[(&str, &str)]) {
    let words = |t: &Transcript| t.utterances.iter().flat_map(|u| u.words.clone()).collect::<Vec<_>>();
    let mut transcript = Transcript { utterances, ..Transcript::default() };
    let before = words(&transcript);
    attribute(&mut transcript, voices);
    let found: Vec<(&str, &str)> =
        transcript.utterances.iter().map(|u| (u.speaker.as_deref().unwrap_or("-"), u.text.as_str())).collect();
    assert_eq!(found, expected);
    assert_eq!(words(&transcript), before);
    for utterance in &transcript.utterances {
        assert!(utterance.start_s <= utterance.end_s && utterance.channel.is_some());
    }
}

#[test]
fn words_go_to_the_voice_that_speaks_at_their_middle_and_utterances_are_split_there() {
    let two = [voice(0, false, &[(0.0, 3.0)]), voice(0, false, &[(3.0, 10.0)])];
    check_attributed(
        vec![spoken(0, 1.0, "hello there yes hello")],
        &two,
        &[("s0", "hello there"), ("s1", "yes hello")],
    );
    // Beyond all speech the nearest one has the word; times of the whole stay those of the first and the last part.
    check_attributed(vec![spoken(0, 9.0, "so far away")], &two, &[("s1", "so far away")]);
    // The first word of a sentence stands in the pause before it, nearer to the voice that ends there: 3.25 s.
    let apart = [voice(0, false, &[(0.0, 3.1)]), voice(0, false, &[(4.0, 10.0)])];
    let expected = [("s0", "hello there."), ("s1", "My card")];
    check_attributed(vec![spoken(0, 1.0, "hello there. My card")], &apart, &expected);
    check_attributed(vec![spoken(1, 9.0, "another channel")], &two, &[("-", "another channel")]);
}

#[test]
fn an_announcement_on_a_channel_of_its_party_has_its_own_words() {
    let voices = [voice(0, false, &[(6.0, 20.0)]), voice(1, false, &[(8.0, 9.0)]), voice(0, true, &[(0.0, 5.0)])];
    check_attributed(
        vec![spoken(0, 1.0, "please hold the line"), spoken(0, 6.0, "good morning"), spoken(1, 8.0, "hello")],
        &voices,
        &[("s2", "please hold the line"), ("s0", "good morning"), ("s1", "hello")],
    );
}

#[test]
fn an_utterance_without_words_goes_to_who_speaks_most_in_it() {
    let two = [voice(0, false, &[(0.0, 3.0)]), voice(0, false, &[(3.0, 10.0)])];
    let mut utterance = spoken(0, 2.0, "a b c d");
    utterance.words.clear();
    check_attributed(vec![utterance], &two, &[("s1", "a b c d")]);
}

#[test]
fn on_one_channel_the_roles_are_told_by_what_each_voice_says() {
    let voices = [voice(0, false, &[(0.0, 20.0)]), voice(0, false, &[(20.0, 40.0)]), voice(0, true, &[(40.0, 60.0)])];
    let mut transcript = Transcript {
        language: Some("en".into()),
        utterances: vec![
            spoken(0, 1.0, "Thank you for calling Example how can I help you"),
            spoken(0, 21.0, "My order is late"),
            spoken(0, 41.0, "Thank you for calling"),
        ],
        ..Transcript::default()
    };
    attribute(&mut transcript, &voices);
    let mono = layout(LayoutKind::Mono, &[]);
    for agent in [AgentChannel::Auto, AgentChannel::Channel(0)] {
        let roles = roles(&mono, &voices, agent, Some(&transcript), RoleHints::default());
        let parties: Vec<Party> = roles.speakers.iter().map(|s| s.party).collect();
        assert_eq!(parties, [Party::Agent, Party::Customer, Party::Ivr]);
        assert!(roles.confidence.is_some() && roles.problem.is_none() && !roles.is_swapped);
    }
}
