//! Sequences over several turns: dialogues in five languages with what is in them, and for each rule a call that breaks it
//! and one that just does not.

use std::collections::BTreeSet;

use callvet::call::*;
use callvet::pipeline::{Scanner, Settings};
use callvet::timeline::TimeSpan;
use serde_json::{Value, json};

use crate::rules::{Call, check};

/// A call without utterances.
fn silent_call() -> Call {
    let mut call = Call::new();
    call.transcript.utterances.clear();
    call.duration_s = Some(1000.0);
    call
}

/// The only finding of a rule.
fn finding(call: &Call, rule: &str) -> Option<Finding> {
    let mut found: Vec<Finding> = call.judge().findings.into_iter().filter(|f| f.rule == rule).collect();
    assert!(found.len() < 2, "{found:?}");
    found.pop()
}

/// What a report holds, in the words of `sequences.tsv`.
fn sequences(report: &CallReport) -> BTreeSet<String> {
    let number = |value: &Value| value.as_f64().map(|n| n.to_string()).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let of_finding = |f: &Finding| match f.rule.as_str() {
        "sequence.pressure_after_refusal" => Some(format!("pressure={}", f.evidence["n_refusals"])),
        "sequence.template_answer" => Some("template".to_owned()),
        "sequence.readback_mismatch" => Some(format!("mismatch={}", text(&f.evidence["kind"]))),
        "sequence.blind_transfer" => Some("transfer".to_owned()),
        "sequence.promise" => {
            let due = &f.evidence["due"];
            Some(format!("promise={}:{}{}", text(&f.evidence["what"]), number(&due["n"]), text(&due["unit"])))
        }
        _ => {
            let claimed = f.evidence.get("claimed_wait_s").filter(|claimed| !claimed.is_null());
            claimed.map(|claimed| format!("wait={}", number(claimed)))
        }
    };
    let readback = |step: &Required| {
        let is_said = step.quote.as_deref().is_some_and(|quote| quote.contains("[phone]"));
        (step.category == "q_readback_name" && is_said).then(|| "readback=phone".to_owned())
    };
    let steps = report.required.iter().filter_map(readback);
    report.findings.iter().filter_map(of_finding).chain(steps).collect()
}

#[test]
fn dialogues_hold_the_sequences_that_they_were_written_for() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut cases: Vec<(&str, &str, BTreeSet<String>, String)> = Vec::new();
    for row in include_str!("sequences.tsv").lines().filter(|row| !row.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        match cells[..] {
            ["=", language, name, expected] => {
                let expected = expected.split(',').filter(|e| *e != "-").map(str::to_owned).collect();
                cases.push((language, name, expected, String::new()));
            }
            [speaker, text] => {
                let lines = &mut cases.last_mut().expect("a dialogue begins with =").3;
                lines.push_str(&format!("{speaker}: {text}\n"));
            }
            _ => panic!("{row}"),
        }
    }
    assert!(cases.len() >= 60, "{}", cases.len());
    let mut wrong = Vec::new();
    for code in ["en", "pl", "ru", "el", "hu"] {
        let settings = Settings { language: Some(code.into()), ..Settings::default() };
        let scanner = Scanner::new(&settings).expect("the built-in lists load");
        for (_, name, expected, lines) in cases.iter().filter(|case| case.0 == code) {
            let path = folder.path().join("dialogue.txt");
            std::fs::write(&path, lines).expect("writable");
            let report = scanner.scan(&path, "dialogue.txt").expect("a text").masked;
            let mut found = sequences(&report);
            // That a number was read back rightly is told where it was asked about.
            found.retain(|f| expected.contains(f) || !f.starts_with("readback"));
            if found != *expected {
                wrong.push(format!("{code} {name}: {found:?} for {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

// --- Pressure ---

/// A customer who says no so often, ten seconds apart, and an agent who sells for `selling_s` seconds after it.
fn pressed_call(n_refusals: usize, selling_s: usize) -> Call {
    let mut call = silent_call();
    call.channels.clear();
    let refusal = call.rule("c_refusal", Polarity::Signal, WhoSays::Customer, Place::default());
    let urgency = call.rule("urgency_false", Polarity::Forbidden, WhoSays::Agent, Place::default());
    let guilt = call.rule("guilt_appeal", Polarity::Forbidden, WhoSays::Agent, Place::default());
    let early = call.say(0, 1.0, "only today");
    call.hit(urgency, early, "only today");
    for i in 0..n_refusals {
        let no = call.say(1, 10.0 + 10.0 * i as f64, "no");
        call.hit(refusal, no, "no");
    }
    if selling_s > 0 {
        let late = call.say(0, 100.0, &format!("poor{}", " me".repeat(selling_s - 1)));
        call.hit(guilt, late, "poor me");
    }
    call
}

const PRESSURE: &str = "sequence.pressure_after_refusal";

#[test]
fn selling_after_a_refusal_is_as_bad_as_it_is_often_and_long() {
    for (n_refusals, selling_s, expected) in [
        (1, 20, Some(Severity::Info)),
        (2, 20, Some(Severity::Minor)),
        (3, 20, Some(Severity::Major)),
        (1, 91, Some(Severity::Major)),
        (1, 90, Some(Severity::Info)),
        (1, 0, None),
        (0, 20, None),
    ] {
        let found = finding(&pressed_call(n_refusals, selling_s), PRESSURE);
        assert_eq!(found.as_ref().map(|f| f.severity), expected, "{n_refusals} {selling_s}");
        let Some(found) = found else { continue };
        assert_eq!(found.evidence["n_refusals"], n_refusals);
        assert_eq!(found.evidence["escalation"], json!(["guilt"]));
        // The last word of an utterance lasts 0.9 s; rounded to a millisecond.
        let spoken_s = found.evidence["selling_s"].as_f64().expect("a number");
        assert!((spoken_s - (selling_s as f64 - 0.1)).abs() < 2e-3, "{spoken_s}");
        assert_eq!(found.quote.as_deref(), Some("poor me"));
        assert!(found.legal_source.is_some_and(|law| law.contains("Annex I(26)")));
    }
    let mut unknown = pressed_call(3, 20);
    unknown.speakers.iter_mut().for_each(|s| s.party = Party::Unknown);
    assert!(finding(&unknown, PRESSURE).is_none());
}

#[test]
fn the_order_of_escalation_and_the_share_of_talk_are_evidence() {
    let mut call = pressed_call(1, 0);
    // From 20 s on: the agent 2 + 3 + 2 words, the customer 3.
    for (category, start_s, text) in [
        ("prize_bait", 20.0, "you won"),
        ("price_minimising", 30.0, "only a penny"),
        ("threat_penalty", 50.0, "or else"),
    ] {
        let rule = call.rule(category, Polarity::Forbidden, WhoSays::Agent, Place::default());
        let said = call.say(0, start_s, text);
        call.hit(rule, said, text);
    }
    call.say(1, 40.0, "well I wonder");
    call.transcript.utterances.sort_by(|a, b| a.start_s.partial_cmp(&b.start_s).expect("numbers"));
    // The hit on "or else" moved by the sorting.
    call.hits.last_mut().expect("pushed").utterance = 5;
    let found = finding(&call, PRESSURE).expect("pressed");
    assert_eq!(found.evidence["escalation"], json!(["benefit", "discount", "threat"]));
    // 1.9 + 2.9 + 1.9 s of 6.7 + 2.9 s; 4 decimals.
    let share = found.evidence["agent_talk_share_after_refusal"].as_f64().expect("a number");
    assert!((share - 6.7 / 9.6).abs() < 1e-4, "{share}");
}

#[test]
fn a_refusal_that_is_taken_back_presses_nobody() {
    for (answer, expected) in [("okay I will take it", None), ("okay I will not take it", Some(Severity::Info))] {
        let mut call = pressed_call(1, 20);
        let after = call.transcript.utterances.pop().expect("the selling");
        call.say(1, 50.0, answer);
        call.transcript.utterances.push(after);
        call.hits.last_mut().expect("the selling").utterance += 1;
        assert_eq!(finding(&call, PRESSURE).map(|f| f.severity), expected, "{answer}");
    }
}

#[test]
fn talk_about_something_else_between_two_offers_is_no_selling() {
    let selling_s = |n_words: usize| {
        let mut call = pressed_call(1, 10);
        let guilt = call.hits.last().expect("the selling").rule;
        call.say(0, 120.0, "word ".repeat(n_words).trim_end());
        let last = call.say(0, 300.0, "poor me");
        call.hit(guilt, last, "poor me");
        finding(&call, PRESSURE).expect("pressed").evidence["selling_s"].as_f64().expect("a number")
    };
    // 9.9 s and 1.9 s of selling, and 59.9 s between them; beyond 60 s the subject had ended.
    assert!((selling_s(60) - 71.7).abs() < 2e-3);
    assert!((selling_s(61) - 11.8).abs() < 2e-3);
}

// --- Template answers ---

#[test]
fn eight_words_again_to_another_question_are_a_template_and_seven_are_not() {
    let call = |answer: &str, second: &str| {
        let mut call = silent_call();
        call.say(1, 1.0, "When will my parcel come?");
        call.say(0, 10.0, answer);
        call.say(1, 40.0, second);
        call.say(0, 50.0, answer);
        call
    };
    let eight = "one thing we always do is help people";
    let rule = "sequence.template_answer";
    check(&call(eight, "Can I send the shoes back?"), rule, true);
    check(&call("one thing we always do is help", "Can I send the shoes back?"), rule, false);
    check(&call(eight, "When will the parcel come?"), rule, false);
    check(&call(eight, "Sorry, can you repeat that?"), rule, false);
    check(&call(eight, "I see."), rule, false);
    let found = finding(&call(eight, "Can I send the shoes back?"), rule).expect("a template");
    assert_eq!((found.utterance, found.quote.as_deref()), (Some(3), Some(eight)));
    assert_eq!(found.evidence["earlier_answer"], json!({"utterance": 1, "quote": eight}));
    assert_eq!(found.evidence["n_words"], 8);
}

#[test]
fn a_canned_sentence_is_a_template_answer_only_to_a_question() {
    for (said, expected) in [("Why was I charged twice?", true), ("I was charged twice.", false)] {
        let mut call = silent_call();
        let rule = call.rule("template_nonanswer", Polarity::Forbidden, WhoSays::Agent, Place::default());
        call.say(1, 1.0, said);
        let answer = call.say(0, 10.0, "your call is important to us");
        call.hit(rule, answer, "your call is important");
        check(&call, "sequence.template_answer", expected);
    }
}

// --- Data said back ---

fn number_call(told: &str, said: &[&str]) -> Call {
    let mut call = silent_call();
    call.say(1, 1.0, told);
    for (i, text) in said.iter().enumerate() {
        call.say(0, 30.0 + 10.0 * i as f64, text);
    }
    call.personal = callvet::privacy::find(&call.transcript, &call.speakers);
    call
}

#[test]
fn a_number_said_back_wrongly_shows_the_places_and_never_the_digits() {
    let rule = "sequence.readback_mismatch";
    let told = "my phone number is 020 7946 0018";
    for (said, places) in [
        (&["so 020 7946 0081"][..], Some(json!([10, 11]))),
        (&["so 020 7946 001"], None),
        (&["so 020 7946 0018"], None),
        (&["ending 018"], None),
        // Four of eleven differ: another number.
        (&["ours is 020 7946 9975"], None),
        // Three do not.
        (&["so 020 7946 9728"], Some(json!([8, 9, 10]))),
    ] {
        let found = finding(&number_call(told, said), rule);
        assert_eq!(found.as_ref().map(|f| &f.evidence["positions"]), places.as_ref(), "{said:?}");
        let Some(found) = found else { continue };
        assert_eq!((found.severity, found.quote.as_deref()), (Severity::Major, Some("[phone]")));
        assert_eq!((&found.evidence["kind"], &found.evidence["of"]), (&json!("phone"), &json!(11)));
        let shown = serde_json::to_string(&found).expect("serialises");
        assert!(!shown.contains("7946"), "{shown}");
    }
}

#[test]
fn a_number_that_is_put_right_is_only_worth_knowing() {
    let call = number_call("my phone number is 020 7946 0018", &["so 020 7946 0081", "sorry 020 7946 0018"]);
    let found = finding(&call, "sequence.readback_mismatch").expect("it was wrong at first");
    assert_eq!((found.severity, &found.evidence["corrected"]), (Severity::Info, &json!(true)));
}

#[test]
fn an_e_mail_address_and_a_street_are_compared_too() {
    let rule = "sequence.readback_mismatch";
    let kind = |told: &str, said: &str| {
        let found = finding(&number_call(told, &[said]), rule)?;
        Some((found.evidence["kind"].as_str()?.to_owned(), found.evidence["positions"].clone()))
    };
    let mail = "it is ann.lee@example.com";
    assert_eq!(kind(mail, "so ann.lee@example.com"), None);
    assert_eq!(kind(mail, "so ann.lea@example.com"), Some(("email".into(), json!([7]))));
    assert_eq!(kind(mail, "so help@shop.com"), None);
    let street = "I live at 12 Baker Street";
    assert_eq!(kind(street, "so 12 Baker Street"), None);
    assert_eq!(kind(street, "so 20 Baker Street"), Some(("address".into(), json!([1, 2]))));
    assert_eq!(kind(street, "we are at 5 Kings Road"), None);
}

#[test]
fn data_that_is_said_back_is_the_step_and_data_that_is_not_is_its_evidence() {
    let mut call = number_call("my phone number is 020 7946 0018", &["so 020 7946 0018"]);
    call.rule("q_readback_name", Polarity::Required, WhoSays::Agent, Place::default());
    let step = call.step("q_readback_name");
    assert_eq!(
        (step.status, step.utterance, step.quote.as_deref()),
        (RequiredStatus::Present, Some(1), Some("[phone]"))
    );

    let mut call = number_call("my phone number is 020 7946 0018", &["thank you", "could you spell your name"]);
    call.rule("q_readback_name", Polarity::Required, WhoSays::Agent, Place::default());
    let absent = finding(&call, "required.q_readback_name").expect("absent");
    let counts = ["collected", "read_back", "mismatches"].map(|key| absent.evidence[key].as_u64());
    assert_eq!(counts, [Some(1), Some(0), Some(0)]);
    assert_eq!(absent.evidence["asked_to_spell"], true);
}

// --- Promises ---

#[test]
fn a_promise_has_what_and_when() {
    for (text, expected) in [
        ("I will call you back tomorrow", Some(json!(["call_back", 1.0, "day"]))),
        ("I will call you back", Some(json!(["call_back", null, null]))),
        ("somebody will contact you within two working days", Some(json!(["contact", 2.0, "working_day"]))),
        ("I will check it by Friday", Some(json!(["fix", 5.0, "weekday"]))),
        ("I will check it", None),
        ("I will not call you back tomorrow", None),
        ("shall I call you back tomorrow?", None),
        ("I called you back yesterday", None),
    ] {
        let mut call = silent_call();
        call.say(0, 1.0, text);
        let found = finding(&call, "sequence.promise").map(|f| {
            let due = &f.evidence["due"];
            assert_eq!((f.severity, f.polarity), (Severity::Info, Polarity::Quality));
            json!([f.evidence["what"], due["n"], due["unit"]])
        });
        assert_eq!(found, expected, "{text}");
        // It is the agent's word that counts.
        call.transcript.utterances.clear();
        call.say(1, 1.0, text);
        assert_eq!(finding(&call, "sequence.promise"), None, "{text}");
    }
}

// --- Holds and transfers ---

#[test]
fn each_hold_of_over_ten_seconds_wants_a_word_before_and_after_it() {
    let held = |before: &str, length_s: f64, after: &str| {
        let mut call = silent_call();
        call.say(1, 1.0, "hello");
        let start_s = 10.0 + before.split(' ').count() as f64;
        call.say(0, 10.0, before);
        call.conversation.hold = Some(vec![Hold { start_s, end_s: start_s + length_s, kind: HoldKind::Music }]);
        call.say(0, start_s + length_s + 1.0, after);
        finding(&call, "sequence.hold_etiquette").map(|f| {
            let hold = &f.evidence["holds"][0];
            (!hold["asked"].is_null(), !hold["thanked"].is_null())
        })
    };
    assert_eq!(held("please hold the line", 20.0, "thank you for waiting"), None);
    assert_eq!(held("so that is that", 20.0, "thank you for waiting"), Some((false, true)));
    assert_eq!(held("please hold the line", 20.0, "your bill is paid"), Some((true, false)));
    assert_eq!(held("so that is that", 20.0, "your bill is paid"), Some((false, false)));
    assert_eq!(held("so that is that", 10.0, "your bill is paid"), None);
    assert_eq!(held("so that is that", 10.1, "your bill is paid"), Some((false, false)));
}

#[test]
fn a_transfer_is_blind_without_a_reason_and_only_if_the_agent_leaves() {
    let rule = "sequence.blind_transfer";
    let severity = |announced: &str, n_words_after: usize| {
        let mut call = silent_call();
        call.say(1, 1.0, "my bill is wrong");
        call.say(0, 10.0, announced);
        if n_words_after > 0 {
            call.say(0, 30.0, "word ".repeat(n_words_after).trim_end());
        }
        finding(&call, rule).map(|f| f.severity)
    };
    assert_eq!(severity("I am transferring you", 0), Some(Severity::Minor));
    assert_eq!(severity("I am transferring you to the billing department", 0), Some(Severity::Info));
    assert_eq!(severity("I am transferring you because they can change it", 0), None);
    assert_eq!(severity("I am transferring you to my colleague Mary", 0), None);
    assert_eq!(severity("I am not transferring you", 0), None);
    assert_eq!(severity("shall I put you through?", 0), None);
    // More than 30 words of the agent after it: nobody has left.
    assert_eq!(severity("I am transferring you", 30), Some(Severity::Minor));
    assert_eq!(severity("I am transferring you", 31), None);
}

#[test]
fn a_transfer_by_somebody_whose_job_it_is_not_needs_more_than_a_reason() {
    let severity = |announced: &str| {
        let mut call = silent_call();
        let rule = call.rule("not_my_job", Polarity::Forbidden, WhoSays::Agent, Place::default());
        call.say(1, 1.0, "my bill is wrong");
        let refused = call.say(0, 10.0, "that is not my job");
        call.hit(rule, refused, "not my job");
        call.say(0, 20.0, announced);
        let found = finding(&call, "sequence.blind_transfer")?;
        assert_eq!(found.evidence["refused"], json!({"utterance": 1, "quote": "that is not my job"}));
        Some(found.severity)
    };
    assert_eq!(severity("I am transferring you to billing because they do that"), Some(Severity::Minor));
    assert_eq!(severity("I am transferring you, I have told them about your bill"), None);
}

// --- Complaints about sound and waiting ---

#[test]
fn a_complaint_about_the_sound_is_held_against_the_numbers_of_that_second() {
    type Set = fn(&mut Call);
    let cases: [(&str, Set); 5] = [
        ("low SNR on channel 0", |c| c.channels[0].noise.snr_db = Some(14.9)),
        // The complaint is at 60 s to 61.9 s; 15 s before it count, and 3 s after.
        ("dropouts on channel 0", |c| c.channels[0].dropouts.spans = Some(vec![TimeSpan::new(45.5, 46.0)])),
        ("", |c| c.channels[0].dropouts.spans = Some(vec![TimeSpan::new(44.0, 44.9)])),
        ("clipping on channel 1", |c| c.channels[1].clipping.spans = Some(vec![TimeSpan::new(64.0, 66.0)])),
        ("leakage into channel 1", |c| {
            let leak = Leakage { from: 0, to: 1, detected: Some(true), attenuation_db: Some(20.0), delay_ms: None };
            c.crosstalk.leakage = Some(vec![leak]);
        }),
    ];
    for (expected, set) in cases {
        let mut call = silent_call();
        let rule = call.rule("c_audio_complaint", Polarity::Signal, WhoSays::Customer, Place::default());
        let said = call.say(1, 60.0, "hear nothing");
        call.hit(rule, said, "hear nothing");
        set(&mut call);
        let evidence =
            call.judge().findings.into_iter().find(|f| f.category == "c_audio_complaint").expect("found").evidence;
        if expected.is_empty() {
            assert_eq!(evidence["not_confirmed"], true);
            assert!(!evidence.contains_key("confirmed_by"));
        } else {
            assert_eq!(evidence["confirmed_by"], json!([expected]));
        }
        assert!(evidence["sound"]["0"]["snr_db"].is_number());
    }
}

#[test]
fn a_wait_that_is_claimed_stands_beside_the_one_that_was_measured() {
    for (text, claimed_s) in [
        ("waiting for twenty minutes", Some(1200.0)),
        ("waiting for 2 hours", Some(7200.0)),
        ("waiting for half an hour", Some(1800.0)),
        ("waiting for ages", None),
    ] {
        let mut call = silent_call();
        let rule = call.rule("c_wait_complaint", Polarity::Signal, WhoSays::Customer, Place::default());
        let said = call.say(1, 1.0, text);
        call.hit(rule, said, "waiting for");
        call.conversation.time_to_human_s = Some(12.5);
        let found = call.judge().findings.into_iter().find(|f| f.category == "c_wait_complaint").expect("found");
        assert_eq!(found.evidence["claimed_wait_s"].as_f64(), claimed_s, "{text}");
        assert_eq!(found.evidence["measured_wait_s"], 12.5);
    }
}

#[test]
fn every_sequence_is_documented() {
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sequences.md");
    let docs = std::fs::read_to_string(docs).expect("a document");
    let rules: Vec<&str> =
        callvet::rules::RULES.iter().map(|r| r.name).filter(|n| n.starts_with("sequence.")).collect();
    assert_eq!(rules.len(), 7);
    let missing: Vec<&&str> = rules.iter().filter(|name| !docs.contains(&format!("| `{name}` |"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_call_of_hours_is_walked_once() {
    // Everything that sequences look for, a thousand times over: quadratic work would take minutes.
    let mut call = silent_call();
    call.duration_s = None;
    let refusal = call.rule("c_refusal", Polarity::Signal, WhoSays::Customer, Place::default());
    let guilt = call.rule("guilt_appeal", Polarity::Forbidden, WhoSays::Agent, Place::default());
    for i in 0..1000 {
        let start_s = 100.0 * f64::from(i);
        let no = call.say(1, start_s, "no, my number is 601234567, why?");
        call.hit(refusal, no, "no");
        let sold = call.say(0, start_s + 20.0, "poor me, 601243567, I am transferring you, I will call you tomorrow");
        call.hit(guilt, sold, "poor me");
    }
    let judgement = call.judge();
    let n = |rule: &str| judgement.findings.iter().filter(|f| f.rule == rule).count();
    assert_eq!((n(PRESSURE), n("sequence.readback_mismatch"), n("sequence.promise")), (1, 1000, 1000));
}

/// Terms as they are read out at the end of a call, and how a yes is asked for and given.
const TERMS: [(&str, &str, &str, &str); 5] = [
    (
        "en",
        "The contract runs for 24 months at 39 pounds a month and then goes on by itself.",
        "Do you agree to that?",
        "Yes.",
    ),
    (
        "pl",
        "Umowa trwa 24 miesiące po 39 złotych za miesiąc i potem przedłuża się sama.",
        "Czy wyraża pani zgodę?",
        "Tak.",
    ),
    ("ru", "Договор действует 24 месяца по 390 рублей в месяц и потом продлевается сам.", "Вы согласны?", "Да."),
    (
        "el",
        "Το συμβόλαιο ισχύει για 24 μήνες με 39 ευρώ τον μήνα και μετά ανανεώνεται μόνο του.",
        "Συμφωνείτε;",
        "Ναι.",
    ),
    ("hu", "A szerződés 24 hónapra szól havi 3900 forintért és utána magától meghosszabbodik.", "Elfogadja?", "Igen."),
];

#[test]
fn a_bare_yes_after_a_long_speech_is_told() {
    let told = |turns: &[(usize, &str)], language: &str| {
        let mut call = silent_call();
        for (at, (channel, text)) in turns.iter().enumerate() {
            let said = call.say(*channel as u16, 10.0 + 60.0 * at as f64, text);
            call.transcript.utterances[said].language = Some(language.into());
        }
        finding(&call, "sequence.yes_after_monologue")
    };
    for (language, terms, asks, yes) in TERMS {
        let n_words = terms.split(' ').count();
        let speech = |n: usize| vec![terms; n.div_ceil(n_words)].join(" ");
        let (long, short) = (format!("{} {asks}", speech(150)), format!("{} {asks}", speech(100)));
        let found = told(&[(0, &long), (1, yes)], language).unwrap_or_else(|| panic!("{language}: not told"));
        assert_eq!((found.severity, found.category.as_str()), (Severity::Minor, "consent_engineering"));
        assert!(found.evidence["n_words"].as_u64().is_some_and(|n| n >= 150), "{language}");
        // A sign of listening in the middle changes nothing.
        let half = speech(80);
        let rest = format!("{half} {asks}");
        assert!(told(&[(0, &half), (1, yes), (0, &rest), (1, yes)], language).is_some(), "{language}");

        let no_end = speech(150);
        let asked_before = format!("{half} {asks}");
        let word: String = terms.split(' ').take(6).collect::<Vec<_>>().join(" ");
        let quiet: [&[(usize, &str)]; 6] = [
            &[(0, &short), (1, yes)],
            &[(0, &no_end), (1, yes)],
            &[(0, &long), (1, &word)],
            &[(0, &half), (1, &word), (0, &rest), (1, yes)],
            &[(0, &asked_before), (1, yes), (0, &rest), (1, yes)],
            &[(1, &long), (0, yes)],
        ];
        for turns in quiet {
            assert_eq!(told(turns, language).map(|f| f.rule), None, "{language}: {turns:?}");
        }
    }
}
