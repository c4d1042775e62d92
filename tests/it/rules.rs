//! Judging: for each rule one call that breaks it and one that just does not; the edge cases of the contract.

use std::collections::BTreeSet;

use callvet::call::*;
use callvet::rules::{Evidence, Judgement, RULES, judge};
use callvet::timeline::TimeSpan;
use sha2::{Digest, Sha256};

/// A call made by hand. Agent on channel 0 (s0), customer on channel 1 (s1), 100 s.
pub(crate) struct Call {
    pub layout: Option<Layout>,
    pub speakers: Vec<Speaker>,
    pub channels: Vec<ChannelMeasurements>,
    pub crosstalk: Crosstalk,
    pub conversation: Conversation,
    pub transcript: Transcript,
    pub rules: Vec<PhraseRule>,
    pub hits: Vec<PhraseHit>,
    pub personal: Vec<PersonalData>,
    pub direction: Option<Direction>,
    pub duration_s: Option<f64>,
    pub lines: Vec<usize>,
    pub facts: Option<FactCheck>,
}

fn channel(channel: u16) -> ChannelMeasurements {
    ChannelMeasurements {
        channel,
        level: Level { active_speech_level_dbov: Some(-26.0), ..Level::default() },
        noise: Noise { floor_dbfs: Some(-60.0), snr_db: Some(34.0), gated: Some(false), ..Noise::default() },
        clipping: Clipping { clipped_ratio: Some(0.0), ..Clipping::default() },
        dropouts: Dropouts::default(),
        bandwidth: Bandwidth::default(),
        background_voices: BackgroundVoices::default(),
        perceived: Perceived::default(),
    }
}

impl Call {
    /// Four utterances, no rules.
    pub fn new() -> Self {
        let party = |i: u16, party| Speaker { id: format!("s{i}"), party, channel: Some(i) };
        let mut call = Self {
            layout: Some(Layout {
                kind: LayoutKind::Stereo,
                flags: vec![],
                dead_channels: vec![],
                role_confidence: Some(1.0),
            }),
            speakers: vec![party(0, Party::Agent), party(1, Party::Customer)],
            channels: vec![channel(0), channel(1)],
            crosstalk: Crosstalk::default(),
            conversation: Conversation {
                overtalk: Some(Overtalk { total_s: 1.0, ratio: Some(0.02), events: vec![] }),
                silence: Some(Silence { total_s: 0.0, longest_s: 0.0, spans: vec![] }),
                ..Conversation::default()
            },
            transcript: Transcript {
                language: Some("en".into()),
                language_probability: Some(1.0),
                model: None,
                utterances: vec![],
            },
            rules: vec![],
            hits: vec![],
            personal: vec![],
            direction: None,
            duration_s: Some(100.0),
            lines: vec![],
            facts: None,
        };
        call.say(0, 1.0, "good morning this is Ann");
        call.say(1, 10.0, "hello who is this");
        call.say(0, 50.0, "you must decide today or never");
        call.say(1, 90.0, "no thanks good bye");
        call
    }

    /// One word a second.
    pub fn say(&mut self, channel: u16, start_s: f64, text: &str) -> usize {
        let word = |(i, text): (usize, &str)| Word {
            start_s: start_s + i as f64,
            end_s: start_s + i as f64 + 0.9,
            text: text.into(),
            probability: 0.9,
        };
        let words: Vec<Word> = text.split(' ').enumerate().map(word).collect();
        self.transcript.utterances.push(Utterance {
            start_s: Some(start_s),
            end_s: words.last().map(|w| w.end_s),
            channel: Some(channel),
            speaker: Some(format!("s{channel}")),
            language: Some("en".into()),
            text: text.into(),
            confidence: Some(0.9),
            words,
        });
        self.transcript.utterances.len() - 1
    }

    pub fn rule(&mut self, category: &str, polarity: Polarity, speaker: WhoSays, place: Place) -> usize {
        self.rules.push(PhraseRule {
            id: format!("{category}.r{}", self.rules.len()),
            category: category.into(),
            polarity,
            severity: Severity::Major,
            speaker,
            place,
            language: Some("en".into()),
            needed_fact: None,
            legal_source: None,
            message: "a message".into(),
            list: "test".into(),
        });
        self.rules.len() - 1
    }

    /// The rule matches these words.
    pub fn hit(&mut self, rule: usize, utterance: usize, quote: &str) -> &mut PhraseHit {
        let spoken = &self.transcript.utterances[utterance];
        let from = spoken.text.find(quote).expect("said");
        let n_before = spoken.text[..from].split_whitespace().count() as f64;
        let start_s = spoken.start_s.map(|s| s + n_before);
        self.hits.push(PhraseHit {
            rule,
            utterance,
            bytes: (from, from + quote.len()),
            quote: quote.into(),
            start_s,
            end_s: start_s.map(|s| s + quote.split(' ').count() as f64 - 0.1),
            tier: MatchTier::Ordered,
            example: None,
            confidence: 0.8,
            completeness: 1.0,
        });
        self.hits.last_mut().expect("just pushed")
    }

    pub fn judge(&self) -> Judgement {
        let judgement = judge(&Evidence {
            recording_sha256: "00ff",
            duration_s: self.duration_s,
            direction: self.direction,
            layout: self.layout.as_ref(),
            speakers: &self.speakers,
            channels: (!self.channels.is_empty()).then_some(&self.channels),
            crosstalk: Some(&self.crosstalk),
            conversation: Some(&self.conversation),
            transcript: Some(&self.transcript),
            lines: &self.lines,
            phrase_rules: &self.rules,
            hits: &self.hits,
            personal: &self.personal,
            facts: self.facts.as_ref(),
        });
        holds_always(&judgement, self.duration_s);
        judgement
    }

    pub fn step(&self, category: &str) -> Required {
        self.judge().required.into_iter().find(|r| r.category == category).expect("a step of the rules")
    }
}

/// What is true of every judgement.
fn holds_always(judgement: &Judgement, duration_s: Option<f64>) {
    let mut ids = BTreeSet::new();
    for finding in &judgement.findings {
        assert!((0.0..=1.0).contains(&finding.confidence), "{finding:?}");
        assert!(finding.id.len() == 12 && finding.id.bytes().all(|b| b.is_ascii_hexdigit()), "{finding:?}");
        assert!(ids.insert(finding.id.as_str()), "the id {} stands twice", finding.id);
        if let (Some(start_s), Some(end_s), Some(duration_s)) = (finding.start_s, finding.end_s, duration_s) {
            assert!(0.0 <= start_s && start_s <= end_s && end_s <= duration_s, "{finding:?}");
        }
    }
    for part in &judgement.score.parts {
        assert!(part.because.iter().all(|id| ids.contains(id.as_str())), "{part:?}");
        assert!(part.points.is_none_or(|p| p <= part.max), "{part:?}");
        assert_eq!(part.points.is_some_and(|p| p < part.max), !part.because.is_empty(), "{part:?}");
    }
    assert!(judgement.score.total.is_none_or(|t| (0.0..=100.0).contains(&t)));
    let starts: Vec<f64> = judgement.findings.iter().map(|f| f.start_s.unwrap_or(f64::INFINITY)).collect();
    assert!(starts.is_sorted(), "{starts:?}");
}

/// The rule is found if and only if `expected`.
pub(crate) fn check(call: &Call, rule: &str, expected: bool) {
    let found: Vec<String> = call.judge().findings.into_iter().map(|f| f.rule).collect();
    assert_eq!(found.iter().any(|r| r == rule), expected, "{rule} in {found:?}");
}

#[test]
fn each_number_is_judged_on_both_sides_of_its_limit() {
    type Set = fn(&mut Call, f64);
    let cases: [(&str, Set, f64, f64); 9] = [
        ("quality.low_snr", |c, v| c.channels[1].noise.snr_db = Some(v), 14.9, 15.0),
        ("quality.high_floor", |c, v| c.channels[0].noise.floor_dbfs = Some(v), -45.9, -46.0),
        ("quality.clipping", |c, v| c.channels[0].clipping.clipped_ratio = Some(v), 0.0011, 0.001),
        ("quality.level_low", |c, v| c.channels[0].level.active_speech_level_dbov = Some(v), -38.1, -38.0),
        ("quality.level_high", |c, v| c.channels[0].level.active_speech_level_dbov = Some(v), -13.9, -14.0),
        ("quality.high_overtalk", |c, v| c.conversation.overtalk.as_mut().expect("set").ratio = Some(v), 0.151, 0.15),
        (
            "quality.long_silence",
            |c, v| c.conversation.silence.as_mut().expect("set").spans = vec![TimeSpan::new(20.0, 20.0 + v)],
            20.1,
            20.0,
        ),
        (
            "quality.leakage",
            |c, v| {
                c.crosstalk.leakage = Some(vec![Leakage {
                    from: 0,
                    to: 1,
                    detected: Some(true),
                    attenuation_db: Some(v),
                    delay_ms: None,
                }]);
            },
            30.0,
            30.1,
        ),
        ("quality.background_voices", |c, v| c.channels[0].background_voices.grade = Some(v as u8), 2.0, 1.0),
    ];
    for (rule, set, bad, good) in cases {
        assert!(RULES.iter().any(|r| r.name == rule), "{rule} is not in the table");
        let mut call = Call::new();
        set(&mut call, bad);
        check(&call, rule, true);
        set(&mut call, good);
        check(&call, rule, false);
    }
}

#[test]
fn each_flag_is_judged_when_it_is_set_and_only_then() {
    type Set = fn(&mut Call);
    let cases: [(&str, Set); 3] = [
        ("quality.gated", |c| c.channels[0].noise.gated = Some(true)),
        ("quality.dual_mono", |c| c.layout.as_mut().expect("set").flags = vec![LayoutFlag::DualMono]),
        ("quality.dead_channel", |c| c.layout.as_mut().expect("set").dead_channels = vec![1]),
    ];
    for (rule, set) in cases {
        let mut call = Call::new();
        check(&call, rule, false);
        set(&mut call);
        check(&call, rule, true);
    }
}

#[test]
fn every_quality_rule_is_in_one_of_the_two_tests_above() {
    // 9 numbers and 3 flags.
    assert_eq!(RULES.iter().filter(|r| r.name.starts_with("quality.")).count(), 9 + 3);
}

#[test]
fn the_copy_in_a_dual_mono_file_is_not_judged_twice() {
    let mut call = Call::new();
    call.channels.iter_mut().for_each(|c| c.noise.snr_db = Some(5.0));
    let n_low = |call: &Call| call.judge().findings.iter().filter(|f| f.rule == "quality.low_snr").count();
    assert_eq!(n_low(&call), 2);
    call.layout.as_mut().expect("set").flags = vec![LayoutFlag::DualMono];
    assert_eq!(n_low(&call), 1);
}

#[test]
fn a_number_near_its_limit_is_as_sure_as_its_uncertainty_allows() {
    let confidence = |snr_db: f64, sigma_db: Option<f64>| {
        let mut call = Call::new();
        (call.channels[0].noise.snr_db, call.channels[0].noise.snr_uncertainty_db) = (Some(snr_db), sigma_db);
        call.judge().findings[0].confidence
    };
    // One standard deviation below the limit of 15 dB: Φ(1) = 0.8413; 0.01: the approximation's bound.
    assert!((confidence(13.0, Some(2.0)) - 0.8413).abs() < 0.01);
    assert_eq!(confidence(13.0, None), 0.9);
}

#[test]
fn what_was_not_measured_gives_no_finding_and_no_points() {
    let mut call = Call::new();
    for channel in &mut call.channels {
        (channel.noise, channel.level, channel.clipping) = Default::default();
    }
    call.conversation = Conversation::default();
    let judgement = call.judge();
    assert!(judgement.findings.is_empty(), "{:?}", judgement.findings);
    let unjudged: Vec<&str> =
        judgement.score.parts.iter().filter(|p| p.points.is_none()).map(|p| p.name.as_str()).collect();
    assert_eq!(unjudged, ["noise", "conversation", "required", "forbidden", "facts"]);
    // Line and privacy are 20 of 100 points: too little for a total.
    assert_eq!(judgement.score.total, None);
    assert!(judgement.problems.iter().any(|p| p.fields == ["/score/total"]));
}

#[test]
fn a_phrase_counts_only_from_the_right_party() {
    let confidence = |speaker: WhoSays, party: Party| {
        let mut call = Call::new();
        let rule = call.rule("urgency_false", Polarity::Forbidden, speaker, Place::default());
        call.hit(rule, 2, "decide today");
        call.speakers[0].party = party;
        call.judge().findings.first().map(|f| f.confidence)
    };
    assert_eq!(confidence(WhoSays::Agent, Party::Agent), Some(0.8));
    assert_eq!(confidence(WhoSays::Agent, Party::Customer), None);
    assert_eq!(confidence(WhoSays::Agent, Party::Ivr), None);
    assert_eq!(confidence(WhoSays::Any, Party::Ivr), Some(0.8));
    // 0.8 · 0.7: rounding alone.
    assert!(confidence(WhoSays::Agent, Party::Unknown).is_some_and(|c| (c - 0.56).abs() < 1e-9));
}

/// A call in which "decide today" is said at 52 s to 53.9 s by a rule with this place; live talk goes from 1 s to 93.9 s,
/// the customer asks at 12 s and refuses at 90 s.
fn placed_call(polarity: Polarity, place: Place) -> Call {
    let mut call = Call::new();
    let question = call.rule("c_question", Polarity::Signal, WhoSays::Customer, Place::default());
    let refusal = call.rule("c_refusal", Polarity::Signal, WhoSays::Customer, Place::default());
    let rule = call.rule("secrecy_isolation", polarity, WhoSays::Agent, place);
    call.hit(question, 1, "who is this");
    call.hit(refusal, 3, "no thanks");
    call.hit(rule, 2, "decide today");
    call
}

#[test]
fn place_makes_a_phrase_surer_and_before_is_a_gate() {
    let first = |s: f64| Place { first_s: Some(s), ..Place::default() };
    let last = |s: f64| Place { last_s: Some(s), ..Place::default() };
    let after = |c: &str| Place { after: Some(c.into()), ..Place::default() };
    let before = |c: &str| Place { before: Some(c.into()), ..Place::default() };
    let (inside, outside) = (Some((0.8, Severity::Major, true)), Some((0.8 * 0.6, Severity::Minor, false)));
    for (place, expected) in [
        (first(51.1), inside),
        (first(50.9), outside),
        (last(40.1), inside),
        (last(39.9), outside),
        (after("c_question"), inside),
        (after("c_refusal"), outside),
        (after("c_never_said"), outside),
        (before("c_refusal"), inside),
        (before("c_question"), None),
        (before("c_never_said"), inside),
    ] {
        for polarity in [Polarity::Forbidden, Polarity::Signal] {
            let findings = placed_call(polarity, place.clone()).judge().findings;
            let found = findings.iter().find(|f| f.category == "secrecy_isolation");
            let is_in = |f: &Finding| f.evidence.get("in_place").and_then(serde_json::Value::as_bool).unwrap_or(true);
            let seen = found.map(|f| ((f.confidence * 1e6).round() / 1e6, f.severity, is_in(f)));
            assert_eq!(seen, expected, "{place:?}");
        }
    }
}

#[test]
fn a_phase_is_a_place() {
    let hold = |kind, start_s, end_s| Some(vec![Hold { start_s, end_s, kind }]);
    let place = |phase| Place { phase: Some(phase), ..Place::default() };
    // The words last from 52 s to 53.9 s, their utterance from 50 s on.
    let (waiting, elsewhere) = (hold(HoldKind::Music, 45.0, 60.0), hold(HoldKind::Music, 20.0, 30.0));
    let announced = hold(HoldKind::Ivr, 45.0, 60.0);
    let (inside, outside, unknown) =
        (Some((0.8, true, true)), Some((0.8 * 0.6, false, true)), Some((0.56, true, false)));
    for (phase, holds, expected) in [
        (CallPhase::Live, &elsewhere, inside),
        (CallPhase::Live, &waiting, outside),
        (CallPhase::Live, &announced, outside),
        (CallPhase::Hold, &waiting, inside),
        (CallPhase::Hold, &elsewhere, outside),
        (CallPhase::Hold, &announced, outside),
        (CallPhase::Announcement, &announced, inside),
        (CallPhase::Announcement, &waiting, outside),
        (CallPhase::Live, &None, unknown),
        (CallPhase::Hold, &None, unknown),
        (CallPhase::Announcement, &None, outside),
    ] {
        let mut call = placed_call(Polarity::Forbidden, place(phase));
        call.conversation.hold = holds.clone();
        let findings = call.judge().findings;
        let found = findings.iter().find(|f| f.category == "secrecy_isolation");
        let told = |f: &Finding, key: &str| f.evidence.get(key).and_then(serde_json::Value::as_bool).unwrap_or(true);
        let seen = found.map(|f| ((f.confidence * 1e6).round() / 1e6, told(f, "in_place"), told(f, "place_known")));
        assert_eq!(seen, expected, "{phase:?} {holds:?}");
    }
}

#[test]
fn a_needed_fact_decides_how_severe_words_are() {
    let contradiction = |attribute| Contradiction {
        attribute,
        claimed: 3.into(),
        fact: 40.into(),
        unit: None,
        product: None,
        utterance: 2,
        bytes: (0, 5),
        start_s: None,
        end_s: None,
        confidence: 0.8,
    };
    let sheet = |contradictions, borne_out| Some(FactCheck { contradictions, borne_out, ..FactCheck::default() });
    for (facts, expected) in [
        (None, (Severity::Minor, Some(false))),
        (sheet(vec![], vec![]), (Severity::Minor, Some(true))),
        (sheet(vec![contradiction(Attribute::Price)], vec![]), (Severity::Minor, Some(true))),
        (sheet(vec![contradiction(Attribute::Stock)], vec![]), (Severity::Major, Some(true))),
        (sheet(vec![], vec![(Attribute::Stock, 2)]), (Severity::Info, Some(true))),
        (sheet(vec![], vec![(Attribute::Stock, 0)]), (Severity::Minor, Some(true))),
    ] {
        let mut call = Call::new();
        let rule = call.rule("upsell", Polarity::Forbidden, WhoSays::Agent, Place::default());
        call.rules[rule].needed_fact = Some(Attribute::Stock);
        call.hit(rule, 2, "decide today");
        call.facts = facts;
        let found = call.judge().findings.into_iter().find(|f| f.category == "upsell").expect("found");
        let told = found.evidence.get("fact_sheet").and_then(serde_json::Value::as_bool);
        assert_eq!((found.severity, told), expected, "{:?}", call.facts);
    }
}

#[test]
fn likeness_is_at_most_minor_and_names_the_line_that_is_nearest() {
    for (own, expected) in [(Severity::Critical, Severity::Minor), (Severity::Info, Severity::Info)] {
        let mut call = Call::new();
        let rule = call.rule("urgency_false", Polarity::Forbidden, WhoSays::Agent, Place::default());
        call.rules[rule].severity = own;
        let hit = call.hit(rule, 2, "you must decide today or never");
        (hit.tier, hit.example) = (MatchTier::Resembles, Some("it is now or never".into()));
        let found = call.judge().findings.remove(0);
        assert_eq!(found.severity, expected);
        assert_eq!(found.evidence["tier"], "resembles");
        assert_eq!(found.evidence["resembles"], "it is now or never");
    }
}

#[test]
fn what_is_worth_knowing_stays_so_out_of_its_place_and_critical_becomes_major() {
    for (severity, expected) in
        [(Severity::Critical, Severity::Major), (Severity::Minor, Severity::Info), (Severity::Info, Severity::Info)]
    {
        let mut call = placed_call(Polarity::Forbidden, Place { first_s: Some(10.0), ..Place::default() });
        call.rules[2].severity = severity;
        let found = call.judge().findings.into_iter().find(|f| f.category == "secrecy_isolation");
        assert_eq!(found.map(|f| f.severity), Some(expected));
    }
}

#[test]
fn the_same_words_give_one_finding_of_a_category_the_best() {
    let mut call = Call::new();
    let weak = call.rule("urgency_false", Polarity::Forbidden, WhoSays::Agent, Place::default());
    let strong = call.rule("urgency_false", Polarity::Forbidden, WhoSays::Agent, Place::default());
    let other = call.rule("threat_penalty", Polarity::Forbidden, WhoSays::Agent, Place::default());
    call.hit(weak, 2, "decide today").confidence = 0.5;
    call.hit(strong, 2, "today or never").confidence = 0.9;
    call.hit(other, 2, "you must").confidence = 0.6;
    call.hit(weak, 2, "you must decide").completeness = 0.7;
    let found: Vec<String> = call.judge().findings.into_iter().map(|f| f.rule).collect();
    assert_eq!(found, ["threat_penalty.r2", "urgency_false.r1"]);
}

#[test]
fn hits_that_are_too_unsure_or_near_misses_are_no_findings() {
    let mut call = Call::new();
    let rule = call.rule("urgency_false", Polarity::Forbidden, WhoSays::Agent, Place::default());
    call.hit(rule, 2, "decide today").confidence = 0.29;
    call.hit(rule, 2, "you must").completeness = 0.99;
    assert!(call.judge().findings.is_empty());
    call.hits[0].confidence = 0.3;
    assert_eq!(call.judge().findings.len(), 1);
}

fn greeting_call(place: Place) -> (Call, usize) {
    let mut call = Call::new();
    let rule = call.rule("q_greeting", Polarity::Required, WhoSays::Agent, place);
    (call, rule)
}

fn first_10_s() -> Place {
    Place { first_s: Some(10.0), ..Place::default() }
}

#[test]
fn a_step_is_present_absent_or_near() {
    let (mut call, rule) = greeting_call(first_10_s());
    let step = call.step("q_greeting");
    assert_eq!(step.status, RequiredStatus::Absent);
    let searched = step.searched.expect("searched");
    // From the first live word at 1 s; the five words of the agent in the window were all heard.
    assert_eq!((searched.from_s, searched.to_s, searched.audible_ratio), (Some(1.0), Some(11.0), Some(1.0)));
    let absent = &call.judge().findings[0];
    assert_eq!((absent.rule.as_str(), absent.quote.as_deref()), ("required.q_greeting", None));
    assert_eq!((absent.start_s, absent.end_s), (Some(1.0), Some(11.0)));

    call.hit(rule, 0, "this is").completeness = 0.6;
    assert_eq!(call.step("q_greeting").near_miss.map(|n| n.score), Some(0.6));

    call.hit(rule, 0, "good morning");
    let step = call.step("q_greeting");
    assert_eq!((step.status, step.quote.as_deref()), (RequiredStatus::Present, Some("good morning")));
    assert!(call.judge().findings.is_empty());
}

#[test]
fn a_step_by_the_wrong_party_or_too_late_does_not_count() {
    let (mut call, rule) = greeting_call(first_10_s());
    call.hit(rule, 1, "hello");
    assert_eq!(call.step("q_greeting").status, RequiredStatus::Absent);
    call.hit(rule, 2, "you must");
    let step = call.step("q_greeting");
    assert_eq!(step.status, RequiredStatus::Absent);
    assert_eq!(step.near_miss.map(|n| (n.start_s, n.score)), Some((Some(50.0), 1.0)));
    // Where it was said instead, and the doubt: 1 / 1.2 for lists that miss a fifth, half of that for words that were said.
    let absent = call.judge().findings.remove(0);
    assert!(absent.message.contains("where it belongs, only at 50.0 s"), "{}", absent.message);
    assert_eq!(absent.evidence["said_in"], 2);
    assert!((absent.confidence - 0.5 / 1.2).abs() < 1e-9, "{}", absent.confidence);
}

#[test]
fn a_step_is_looked_for_in_text_of_any_length_and_missed_only_in_a_conversation() {
    for (n_utterances, is_said, expected) in [
        (1, true, RequiredStatus::Present),
        (1, false, RequiredStatus::NotJudgeable),
        (2, false, RequiredStatus::NotJudgeable),
        (3, false, RequiredStatus::Absent),
    ] {
        let (mut call, rule) = greeting_call(first_10_s());
        (call.layout, call.duration_s) = (None, None);
        call.channels.clear();
        call.transcript.utterances.truncate(n_utterances);
        for utterance in &mut call.transcript.utterances {
            (utterance.start_s, utterance.end_s) = (None, None);
            utterance.words.clear();
        }
        if is_said {
            call.hit(rule, 0, "good morning");
        }
        let step = call.step("q_greeting");
        assert_eq!(step.status, expected, "{n_utterances}");
        assert_eq!(step.searched.and_then(|s| s.from_s), None);
        let is_short = call.judge().problems.iter().any(|p| p.code == "too_short");
        assert_eq!(is_short, expected == RequiredStatus::NotJudgeable);
    }
}

#[test]
fn the_absence_of_a_step_is_as_sure_as_the_words_were_heard() {
    // 1 / (1 + missed): four of five of the agent's words in the window were heard, and of those the lists miss a fifth.
    let (mut call, _) = greeting_call(first_10_s());
    call.transcript.utterances[0].words[0].probability = 0.4;
    let absent = call.judge().findings.remove(0);
    assert!((absent.confidence - 1.0 / (1.0 + 1.0 - 0.8 * 0.8)).abs() < 1e-9, "{}", absent.confidence);
}

#[test]
fn a_step_that_could_not_be_heard_is_not_called_absent() {
    type Set = fn(&mut Call);
    let cases: [(&str, Set); 7] = [
        ("line_too_bad", |c| {
            c.channels[0].noise.snr_db = Some(7.9);
            // Two of the agent's five words in the window.
            c.transcript.utterances[0].words[..2].iter_mut().for_each(|w| w.probability = 0.49);
        }),
        ("opening_cut", |c| c.transcript.utterances[0].words[0].start_s = 0.05),
        ("poorly_heard", |c| {
            // Three of the agent's five words in the window.
            c.transcript.utterances[0].words[..3].iter_mut().for_each(|w| w.probability = 0.49);
        }),
        ("no_rules_for_language", |c| c.rules[0].language = Some("hu".into())),
        ("no_words", |c| c.transcript.utterances.clear()),
        ("party_not_heard", |c| c.transcript.utterances.retain(|u| u.channel == Some(1))),
        ("direction_unknown", |c| c.rules[0].category = "q_purpose".into()),
    ];
    for (code, set) in cases {
        let (mut call, _) = greeting_call(first_10_s());
        set(&mut call);
        let judgement = call.judge();
        assert_eq!(judgement.required[0].status, RequiredStatus::NotJudgeable, "{code}");
        let is_step = |f: &Finding| f.polarity == Polarity::Required;
        assert!(!judgement.findings.iter().any(is_step), "{code}: {:?}", judgement.findings);
        let problem = judgement.problems.iter().find(|p| p.code == code).expect(code);
        assert_eq!(problem.fields, ["/required/0/status"]);
    }
}

#[test]
fn on_a_noisy_line_a_step_is_missed_only_if_nearly_all_words_are_sure() {
    let check = |snr_db: f64, n_unsure: usize, expected: RequiredStatus| {
        let (mut call, _) = greeting_call(first_10_s());
        call.channels[0].noise.snr_db = Some(snr_db);
        call.transcript.utterances[0].words[..n_unsure].iter_mut().for_each(|w| w.probability = 0.49);
        assert_eq!(call.step("q_greeting").status, expected, "{snr_db} {n_unsure}");
    };
    check(7.9, 2, RequiredStatus::NotJudgeable);
    check(7.9, 1, RequiredStatus::Absent);
    check(8.0, 2, RequiredStatus::Absent);
}

#[test]
fn speech_just_after_the_start_does_not_count_as_cut_off() {
    let (mut call, _) = greeting_call(first_10_s());
    call.transcript.utterances[0].words[0].start_s = 0.1;
    assert_eq!(call.step("q_greeting").status, RequiredStatus::Absent);
}

#[test]
fn a_call_that_begins_with_its_greeting_at_once_is_not_cut_off() {
    // The greeting is missing; the name is said after so many words. Small letters go on with a sentence.
    for (text, name, expected) in [
        ("Hello this is Ann", "this is", RequiredStatus::Absent),
        ("hello this is Ann", "this is", RequiredStatus::NotJudgeable),
        ("Of our shop and this is Ann", "this is", RequiredStatus::NotJudgeable),
        ("Something else altogether", "", RequiredStatus::NotJudgeable),
    ] {
        let mut call = Call::new();
        call.transcript.utterances.clear();
        call.say(0, 0.0, text);
        call.say(0, 50.0, "you must decide today or never");
        let own_name = call.rule("q_own_name", Polarity::Required, WhoSays::Agent, first_10_s());
        call.rule("q_recording", Polarity::Required, WhoSays::Agent, first_10_s());
        if !name.is_empty() {
            call.hit(own_name, 0, name);
            assert_eq!(call.step("q_own_name").status, RequiredStatus::Present, "{text}");
        }
        assert_eq!(call.step("q_recording").status, expected, "{text}");
    }
}

#[test]
fn what_is_called_free_is_false_when_the_same_party_names_a_price_later() {
    let severity = |channel: u16, text: &str| {
        let mut call = Call::new();
        let rule = call.rule("free_false", Polarity::Forbidden, WhoSays::Agent, Place::default());
        let free = call.say(0, 60.0, "that was 30 pounds but now is free");
        call.hit(rule, free, "is free");
        call.say(channel, 70.0, text);
        call.judge().findings.into_iter().find(|f| f.category == "free_false").map(|f| f.severity)
    };
    assert_eq!(severity(0, "then it is twenty pounds a month"), Some(Severity::Major));
    assert_eq!(severity(0, "for 30 days and you pay nothing"), Some(Severity::Info));
    assert_eq!(severity(1, "last time I paid twenty pounds"), Some(Severity::Info));
}

#[test]
fn a_promise_of_delivery_is_only_worth_knowing_without_a_fact_sheet() {
    let mut call = Call::new();
    let rule = call.rule("delivery_overpromise", Polarity::Forbidden, WhoSays::Agent, Place::default());
    call.hit(rule, 2, "decide today");
    let finding = call.judge().findings.remove(0);
    assert_eq!((finding.severity, &finding.evidence["fact_sheet"]), (Severity::Info, &false.into()));
}

#[test]
fn steps_that_need_an_occasion_are_not_applicable_without_one() {
    let statuses = |category: &str, occasion: &dyn Fn(&mut Call)| {
        let mut call = Call::new();
        call.rule(category, Polarity::Required, WhoSays::Agent, Place::default());
        let before = call.step(category).status;
        occasion(&mut call);
        (before, call.step(category).status)
    };
    let expected = (RequiredStatus::NotApplicable, RequiredStatus::Absent);
    let signal = |c: &mut Call, category: &str| {
        let rule = c.rule(category, Polarity::Signal, WhoSays::Customer, Place::default());
        c.hit(rule, 1, "who is this");
    };
    assert_eq!(statuses("q_data_source", &|c: &mut Call| signal(c, "c_suspicion")), expected);
    assert_eq!(statuses("q_optout_honoured", &|c: &mut Call| signal(c, "c_dnc_request")), expected);
    let card = |c: &mut Call| c.personal.push(personal(PersonalKind::Card, 1, (0, 5)));
    assert_eq!(statuses("q_payment_pause", &card), expected);
    assert_eq!(statuses("q_total_price", &card), expected);
    assert_eq!(statuses("q_withdrawal_right", &card), expected);
    let phone = |c: &mut Call| c.personal.push(personal(PersonalKind::Phone, 1, (0, 5)));
    assert_eq!(statuses("q_readback_name", &phone), expected);
    let hold = |c: &mut Call| {
        c.conversation.hold = Some(vec![Hold { start_s: 20.0, end_s: 30.1, kind: HoldKind::Music }]);
    };
    // Holds that were not measured are neither.
    assert_eq!(statuses("q_hold_etiquette", &hold), (RequiredStatus::NotJudgeable, RequiredStatus::Absent));
    let outbound = |c: &mut Call| c.direction = Some(Direction::Outbound);
    assert_eq!(statuses("q_purpose", &outbound), (RequiredStatus::NotJudgeable, RequiredStatus::Absent));
}

#[test]
fn an_answer_before_its_occasion_is_none() {
    let mut call = Call::new();
    let suspicion = call.rule("c_suspicion", Polarity::Signal, WhoSays::Customer, Place::default());
    let source = call.rule("q_data_source", Polarity::Required, WhoSays::Agent, Place::default());
    call.hit(suspicion, 1, "who is this");
    call.hit(source, 0, "this is Ann");
    assert_eq!(call.step("q_data_source").status, RequiredStatus::Absent);
    call.hit(source, 2, "you must");
    assert_eq!(call.step("q_data_source").status, RequiredStatus::Present);
}

fn personal(kind: PersonalKind, utterance: usize, bytes: (usize, usize)) -> PersonalData {
    PersonalData { kind, utterance, bytes, start_s: Some(10.0), end_s: Some(10.9), confidence: 0.9 }
}

#[test]
fn personal_data_is_a_finding_that_quotes_it_until_it_is_masked() {
    for (kind, rule, severity) in [
        (PersonalKind::Card, "pii.card", Severity::Critical),
        (PersonalKind::Cvv, "pii.cvv", Severity::Critical),
        (PersonalKind::Iban, "pii.iban", Severity::Major),
        (PersonalKind::Phone, "pii.phone", Severity::Minor),
    ] {
        let mut call = Call::new();
        call.personal.push(personal(kind, 1, (0, 5)));
        let mut report = crate::privacy::report(&call.transcript);
        report.findings = call.judge().findings;
        let masked = callvet::privacy::mask(&report, &call.personal);
        let (raw, shown) = (&report.findings[0], &masked.findings[0]);
        assert_eq!((raw.rule.as_str(), raw.severity), (rule, severity));
        assert_eq!(raw.quote.as_deref(), Some("hello"));
        assert_eq!(shown.quote.as_deref(), Some(format!("[{kind}]").as_str()));
        assert_eq!(raw.id, shown.id);
        call.personal[0].confidence = 0.2;
        check(&call, rule, false);
    }
}

#[test]
fn the_name_that_an_agent_introduces_himself_with_is_no_blame_and_the_customers_is() {
    let mut call = Call::new();
    let own_name = call.rule("q_own_name", Polarity::Required, WhoSays::Agent, first_10_s());
    let text = "my name is Anna Kowalska am I speaking with Jan Nowak";
    let utterance = call.say(0, 60.0, text);
    call.hit(own_name, utterance, "my name is");
    for name in ["Anna Kowalska", "Jan Nowak"] {
        let from = text.find(name).expect("it is in the text");
        call.personal.push(personal(PersonalKind::PersonName, utterance, (from, from + name.len())));
    }
    let findings = call.judge().findings;
    let severity = |name: &str| findings.iter().find(|f| f.quote.as_deref() == Some(name)).map(|f| f.severity);
    assert_eq!(severity("Anna Kowalska"), Some(Severity::Info));
    assert_eq!(severity("Jan Nowak"), Some(Severity::Minor));
}

#[test]
fn the_id_is_that_of_the_masked_quote_and_of_nothing_else() {
    let id = |number: &str, confidence: f64| {
        let mut call = Call::new();
        let rule = call.rule("urgency_false", Polarity::Forbidden, WhoSays::Agent, Place::default());
        let text = format!("call {number} today");
        let utterance = call.say(0, 60.0, &text);
        call.hit(rule, utterance, &text).confidence = confidence;
        call.personal.push(personal(PersonalKind::Phone, utterance, (5, 5 + number.len())));
        let finding = call.judge().findings.into_iter().find(|f| f.category == "urgency_false").expect("found");
        assert_eq!(finding.quote, Some(text));
        finding.id
    };
    assert_eq!(id("601234567", 0.8), id("512345678", 0.4));
    // printf '00ff\0urgency_false.r0\0000\00060.000\0call [phone] today' | sha256sum
    assert_eq!(id("601234567", 0.8), "65e4ff0bb115");
}

#[test]
fn ids_can_be_made_again_from_the_masked_report() {
    let mut call = Call::new();
    let rule = call.rule("urgency_false", Polarity::Forbidden, WhoSays::Agent, Place::default());
    let utterance = call.say(0, 60.0, "call plus four eight six oh one 234567 now or never");
    call.hit(rule, utterance, "call plus four eight");
    call.hit(rule, 2, "decide today");
    call.rule("q_greeting", Polarity::Required, WhoSays::Agent, first_10_s());
    call.personal = callvet::privacy::find(&call.transcript, &call.speakers);
    assert_eq!(call.personal.len(), 1);
    let mut report = crate::privacy::report(&call.transcript);
    report.findings = call.judge().findings;
    let shown = callvet::privacy::mask(&report, &call.personal);
    assert_eq!(shown.findings.len(), 4);
    assert!(shown.findings.iter().any(|f| f.quote.as_deref() == Some("call plus [phone]")));
    for finding in &shown.findings {
        let channel = finding.channel.map(|c| c.to_string()).unwrap_or_default();
        let start = finding.start_s.map(|s| format!("{s:.3}")).unwrap_or_default();
        let quote = finding.quote.as_deref().unwrap_or_default();
        let hash = Sha256::digest(["00ff", &finding.rule, &channel, &start, quote].join("\0"));
        let id: String = hash.iter().take(6).map(|b| format!("{b:02x}")).collect();
        assert_eq!(finding.id, id, "{}", finding.rule);
    }
}

#[test]
fn text_without_times_counts_words_and_has_lines() {
    let mut call = Call::new();
    (call.layout, call.duration_s, call.lines) = (None, None, vec![2, 3, 5, 8]);
    call.channels.clear();
    call.conversation = Conversation::default();
    for utterance in &mut call.transcript.utterances {
        (utterance.start_s, utterance.end_s, utterance.channel) = (None, None, None);
        utterance.words.clear();
    }
    // 150 words are 60 s: "decide" is the 12th word, 11 · 0.4 s from the start.
    for (first_s, expected) in [(4.4, true), (4.3, false)] {
        call.rules.clear();
        call.hits.clear();
        let place = Place { first_s: Some(first_s), ..Place::default() };
        let rule = call.rule("urgency_false", Polarity::Forbidden, WhoSays::Agent, place);
        call.hit(rule, 2, "decide today");
        let finding = call.judge().findings.remove(0);
        assert_eq!(!finding.evidence.contains_key("in_place"), expected);
        assert_eq!((finding.start_s, finding.line), (None, Some(5)));
    }
    // The same words on two lines are two findings.
    call.rules.clear();
    call.hits.clear();
    call.personal =
        [1, 3].map(|u| PersonalData { start_s: None, end_s: None, ..personal(PersonalKind::Phone, u, (0, 2)) }).into();
    assert_eq!(call.judge().findings.len(), 2);
}

fn score_of(call: &Call) -> Score {
    call.judge().score
}

fn points(score: &Score, name: &str) -> f64 {
    score.parts.iter().find(|p| p.name == name).and_then(|p| p.points).expect("judged")
}

#[test]
fn the_score_is_its_open_formula() {
    let mut call = Call::new();
    let urgency = call.rule("urgency_false", Polarity::Forbidden, WhoSays::Agent, Place::default());
    let greeting = call.rule("q_greeting", Polarity::Required, WhoSays::Agent, Place::default());
    call.hit(greeting, 0, "good morning");
    assert_eq!(score_of(&call).total, Some(100.0));
    // A major finding at confidence 0.8 takes 0.5 · 0.8 of 35 points; judged are 90 of 100 points.
    call.hit(urgency, 2, "decide today");
    let score = score_of(&call);
    assert!((points(&score, "forbidden") - 21.0).abs() < 1e-9);
    assert!(score.total.is_some_and(|t| (t - 100.0 * 76.0 / 90.0).abs() < 1e-9), "{score:?}");
}

#[test]
fn nothing_found_in_words_that_were_misheard_earns_nothing() {
    let check = |probability: f64, n_hits: usize, expected: Option<f64>| {
        let mut call = Call::new();
        let urgency = call.rule("urgency_false", Polarity::Forbidden, WhoSays::Agent, Place::default());
        if n_hits > 0 {
            call.hit(urgency, 2, "decide today");
        }
        call.transcript.utterances.iter_mut().flat_map(|u| &mut u.words).for_each(|w| w.probability = probability);
        let score = score_of(&call);
        let of = |name: &str| score.parts.iter().find(|p| p.name == name).and_then(|p| p.points);
        assert_eq!((of("forbidden"), of("privacy").is_some()), (expected, probability >= 0.5), "{probability}");
    };
    check(0.5, 0, Some(35.0));
    check(0.49, 0, None);
    // What was found was heard.
    check(0.49, 1, Some(21.0));
}

#[test]
fn noise_only_ever_lowers_the_score() {
    let quiet = Call::new();
    let mut unknown = Call::new();
    let mut noisy = Call::new();
    for call in [&mut unknown, &mut noisy] {
        call.channels.iter_mut().for_each(|c| c.noise = Noise::default());
    }
    noisy.channels[0].noise.snr_db = Some(5.0);
    // Without words the total is open; the parts tell.
    assert_eq!(points(&score_of(&quiet), "noise"), 0.0);
    // A major finding at 0.9: 0.5 · 0.9 of 10.
    assert!((points(&score_of(&noisy), "noise") + 4.5).abs() < 1e-9);
    assert_eq!(score_of(&unknown).parts[1].points, None);
}

#[test]
fn evidence_that_does_not_fit_together_does_no_harm() {
    let mut call = Call::new();
    let rule = call.rule("urgency_false", Polarity::Forbidden, WhoSays::Any, Place::default());
    call.hit(rule, 2, "decide today").rule = 99;
    call.hit(rule, 2, "decide today").utterance = 99;
    let odd = call.hit(rule, 2, "decide today");
    (odd.bytes, odd.start_s, odd.end_s, odd.confidence) = ((7, 999), Some(1e9), Some(f64::NAN), 7.0);
    call.hit(rule, 1, "who").confidence = f64::NAN;
    call.personal.push(PersonalData { confidence: 2.0, ..personal(PersonalKind::Card, 99, (5, 1)) });
    call.channels[0].noise.snr_db = Some(f64::NAN);
    call.judge();
}

#[test]
fn without_a_fact_sheet_who_really_calls_is_unknown_and_the_words_weigh_less() {
    let mut call = Call::new();
    let rule = call.rule("false_authority", Polarity::Forbidden, WhoSays::Agent, Place::default());
    call.rules[rule].severity = Severity::Critical;
    call.hit(rule, 2, "decide today");
    let found = call.judge().findings.into_iter().find(|f| f.category == "false_authority").expect("found");
    assert_eq!(found.severity, Severity::Major);
    assert_eq!(found.evidence.get("caller_known"), Some(&serde_json::Value::from(false)));
}

#[test]
fn a_step_that_answers_something_is_present_also_where_what_it_answers_was_not_heard() {
    let after = |category: &str| Place { after: Some(category.into()), ..Place::default() };
    let mut call = Call::new();
    let rule = call.rule("q_optout_honoured", Polarity::Required, WhoSays::Agent, after("c_dnc_request"));
    call.hit(rule, 2, "decide today");
    assert_eq!(call.step("q_optout_honoured").status, RequiredStatus::Present);
    // Heard later than the answer: it answered something else.
    let request = call.rule("c_dnc_request", Polarity::Signal, WhoSays::Customer, Place::default());
    call.hit(request, 3, "no thanks");
    assert_eq!(call.step("q_optout_honoured").status, RequiredStatus::Absent);
}

#[test]
fn what_only_sounds_like_a_phrase_is_less_severe() {
    let mut call = Call::new();
    let rule = call.rule("secrecy_isolation", Polarity::Forbidden, WhoSays::Agent, Place::default());
    call.rules[rule].severity = Severity::Critical;
    call.hit(rule, 2, "decide today").tier = callvet::call::MatchTier::Fuzzy;
    let found = call.judge().findings.into_iter().find(|f| f.category == "secrecy_isolation");
    assert_eq!(found.map(|f| f.severity), Some(Severity::Major));
}
