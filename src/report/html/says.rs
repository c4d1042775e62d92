//! What findings, steps and problems are called and what they say, in the language of the page. Messages come with the
//! program, so that they can be translated; texts of a user's own phrase lists stand as they were written.

use serde_json::{Map, Value};

use super::format::{clock, number, percent};
use super::labels::{Unit, score_part};
use crate::call::{Attribute, CallError, Finding, Polarity, Problem, ScorePart};
use crate::report::texts::{PageLanguage, Texts};

/// An id such as `urgency_false` as words.
pub(super) fn words_of_id(id: &str) -> String {
    id.replace(['_', '.'], " ")
}

/// Names of messages hold no dots.
fn message_of(prefix: &str, id: &str, end: &str) -> String {
    format!("{prefix}-{}{end}", id.replace('.', "-"))
}

/// A category in a few words. A user's own has no message: its id as words, without the prefix that says who it is about
/// (`q_` required, `c_` customer).
pub(super) fn category(id: &str, tr: Texts) -> String {
    tr.find(&message_of("category", id, ""))
        .unwrap_or_else(|| words_of_id(id.strip_prefix("q_").or_else(|| id.strip_prefix("c_")).unwrap_or(id)))
}

/// What claims of calls are compared by.
pub(super) fn attribute(attribute: Attribute, tr: Texts) -> String {
    tr.find(&message_of("attribute", attribute.name(), "")).unwrap_or_else(|| words_of_id(attribute.name()))
}

/// What a finding is about, in a few words. `quality`, `pii` and `fact` say nothing: the rule does.
pub(super) fn title(finding: &Finding, tr: Texts) -> String {
    title_of(&finding.rule, &finding.category, finding.polarity, tr)
}

/// The same of a line's finding.
pub(super) fn title_of(rule: &str, category_id: &str, polarity: Polarity, tr: Texts) -> String {
    if rule.starts_with("required.") {
        return tr.with("rule-required", &[("step", &category(category_id, tr))]);
    }
    if !is_of_rule(rule, polarity) {
        return category(category_id, tr);
    }
    tr.find(&message_of("rule", rule, ""))
        .unwrap_or_else(|| words_of_id(rule.split_once('.').map_or(rule, |(_, what)| what)))
}

/// Has the rule a title and a sentence of its own? A sequence is more than the category that it belongs to.
fn is_of_rule(rule: &str, polarity: Polarity) -> bool {
    rule.starts_with("sequence.") || matches!(polarity, Polarity::Quality | Polarity::PersonalData | Polarity::Fact)
}

/// A sentence of a report, and the language that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// The sentence.
    pub(super) text: String,
    /// For a `lang` attribute where it is not that of the page; empty for one that nobody knows (HTML, 3.2.6.2).
    pub(super) lang: Option<&'static str>,
}

impl Said {
    /// In English what the report says, which has the details; in other languages the sentence of `translated`.
    fn new(message: &str, tr: Texts, translated: impl FnOnce() -> Option<String>) -> Self {
        if tr.language == PageLanguage::En {
            return Self { text: message.to_owned(), lang: None };
        }
        match translated() {
            Some(text) => Self { text, lang: None },
            None => Self { text: message.to_owned(), lang: Some("en") },
        }
    }
}

/// What a finding says: in English its own message, which has the details; in other languages the sentence of its rule
/// or category, and what was measured. A user's own category has none: its message as the user wrote it.
pub(super) fn says(finding: &Finding, tr: Texts) -> Said {
    let said = says_of(&finding.rule, &finding.category, finding.polarity, &finding.message, tr);
    if tr.language == PageLanguage::En || finding.polarity != Polarity::Quality || said.lang.is_some() {
        return said;
    }
    let shown = |key: &str| Some(evidence_value(&finding.rule, key, finding.evidence.get(key)?, tr));
    let channel = finding.channel.map(|channel| channel.to_string());
    // The grade of voices behind the party is a step of a scale that has no unit.
    let measured = shown("value").zip(shown("limit")).filter(|_| unit_of(&finding.rule).is_some());
    let text = match (&channel, &measured) {
        (Some(channel), Some((value, limit))) => tr.with(
            "says-measured-channel",
            &[("says", &said.text), ("channel", channel), ("value", value), ("limit", limit)],
        ),
        (None, Some((value, limit))) => {
            tr.with("says-measured", &[("says", &said.text), ("value", value), ("limit", limit)])
        }
        (Some(channel), None) if finding.rule.starts_with("quality.") => {
            tr.with("says-channel", &[("says", &said.text), ("channel", channel)])
        }
        _ => said.text,
    };
    Said { text, lang: None }
}

/// The same of a line's finding, of which no measurement is known.
pub(super) fn says_of(rule: &str, category_id: &str, polarity: Polarity, message: &str, tr: Texts) -> Said {
    let of_category = || tr.find(&message_of("category", category_id, "-says"));
    let said = Said::new(message, tr, || {
        if rule.starts_with("required.") {
            let step = of_category().unwrap_or_else(|| category(category_id, tr));
            return Some(tr.with("rule-required-says", &[("step", &step)]));
        }
        if is_of_rule(rule, polarity) { tr.find(&message_of("rule", rule, "-says")) } else { of_category() }
    });
    // The user's own words: in whatever language they are.
    if said.lang.is_some() && !is_of_rule(rule, polarity) { Said { lang: Some(""), ..said } } else { said }
}

/// What a problem says: in English its own message, in other languages the sentence of its code, with the name of the part
/// of the score that it is about. A clause without a full stop.
pub(super) fn problem_says(problem: &Problem, parts: &[ScorePart], tr: Texts) -> Said {
    Said::new(&problem.message, tr, || {
        let message = message_of("problem", &problem.code, "");
        if problem.code != "part_not_judged" {
            return tr.find(&message);
        }
        let place = problem.fields.iter().find_map(|field| field.strip_prefix("/score/parts/"))?;
        let part = parts.get(place.split('/').next()?.parse::<usize>().ok()?)?;
        Some(tr.with(&message, &[("part", &score_part(&part.name, tr))]))
    })
}

/// Why a recording failed: in English its own message, in other languages the sentence of its kind.
pub(super) fn error_says(error: &CallError, tr: Texts) -> Said {
    Said::new(&error.message, tr, || tr.find(&message_of("error", &error.kind, "")))
}

/// What proves a finding: name and value of each line.
pub(super) fn evidence_of(finding: &Finding, tr: Texts) -> Vec<(String, String)> {
    let line = |(key, value): (&String, &Value)| (evidence(key, tr), evidence_value(&finding.rule, key, value, tr));
    finding.evidence.iter().map(line).collect()
}

/// A key of evidence; one of a user's rule as words.
pub(super) fn evidence(key: &str, tr: Texts) -> String {
    tr.find(&message_of("evidence", key, "")).unwrap_or_else(|| words_of_id(key))
}

/// The unit of `value` and `limit`, by rule.
fn unit_of(rule: &str) -> Option<Unit> {
    Some(match rule.strip_prefix("quality.")? {
        "low_snr" | "leakage" => Unit::Level("db"),
        "high_floor" => Unit::Level("dbfs"),
        "level_low" | "level_high" => Unit::Level("dbov"),
        "clipping" | "high_overtalk" => Unit::Share,
        "long_silence" => Unit::Seconds,
        _ => return None,
    })
}

/// The unit of a number of evidence, by how its key ends: names carry their units.
fn unit_of_key(rule: &str, key: &str) -> Option<Unit> {
    const ENDS: [(&str, Unit); 7] = [
        ("_s", Unit::Seconds),
        ("_db", Unit::Level("db")),
        ("_dbov", Unit::Level("dbov")),
        ("ratio", Unit::Share),
        ("_after_refusal", Unit::Share),
        ("_confidence", Unit::Share),
        ("_score", Unit::Share),
    ];
    match key {
        "value" | "limit" => unit_of(rule),
        _ => ENDS.iter().find(|(end, _)| key.ends_with(end)).map(|(_, unit)| *unit),
    }
}

/// Keys of utterances, which people count from 1.
const UTTERANCES: [&str; 6] = ["said_in", "told_in", "refused_in", "asked", "thanked", "utterance"];

/// A value of evidence as people read it.
fn evidence_value(rule: &str, key: &str, value: &Value, tr: Texts) -> String {
    let list = |items: &[Value]| {
        let between = if items.iter().any(Value::is_object) { " · " } else { ", " };
        items.iter().map(|v| evidence_value(rule, key, v, tr)).collect::<Vec<_>>().join(between)
    };
    match value {
        Value::Null => tr.get("label-none"),
        Value::String(text) if key == "confirmed_by" => heard_on(text, tr),
        Value::Bool(is_so) => tr.get(if *is_so { "label-yes" } else { "label-no" }),
        Value::String(text) => worded(text, tr),
        Value::Array(items) if items.is_empty() => tr.get("label-none"),
        Value::Array(items) => list(items),
        Value::Object(fields) => fields_of(rule, fields, tr),
        Value::Number(n) => match (n.as_f64(), unit_of_key(rule, key)) {
            (Some(n), _) if UTTERANCES.contains(&key) => number(n + 1.0, 0, tr),
            (Some(n), _) if matches!(key, "start_s" | "end_s") => clock(n),
            // Small shares matter for clipping.
            (Some(n), Some(Unit::Share)) if n != 0.0 && n.abs() < 0.01 => {
                format!("{} {}", number(n * 100.0, 2, tr), Unit::Share.name(tr))
            }
            (Some(n), Some(Unit::Share)) => percent(n),
            (Some(n), Some(unit)) => format!("{} {}", number(n, 1, tr), unit.name(tr)),
            (Some(n), None) if key == "delay_ms" => format!("{} {}", number(n, 1, tr), tr.get("unit-ms")),
            (Some(n), None) => shortest(n, tr),
            (None, _) => n.to_string(),
        },
    }
}

/// A word of ours in the language of the page; other texts, quotes above all, as they are.
fn worded(text: &str, tr: Texts) -> String {
    let is_id = !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let known =
        || tr.find(&message_of("evidence-value", text, "")).or_else(|| tr.find(&message_of("category", text, "")));
    if is_id { known().unwrap_or_else(|| text.to_owned()) } else { text.to_owned() }
}

/// What was measured near a complaint about the sound: `low SNR on channel 0`.
fn heard_on(text: &str, tr: Texts) -> String {
    const KINDS: [(&str, &str); 6] = [
        ("low SNR on", "evidence-heard-low-snr"),
        ("quiet speech on", "evidence-heard-quiet-speech"),
        ("dropouts on", "evidence-heard-dropouts"),
        ("clipping on", "evidence-heard-clipping"),
        ("background voices on", "evidence-heard-background-voices"),
        ("leakage into", "evidence-heard-leakage"),
    ];
    let known = text.rsplit_once(" channel ").and_then(|(kind, channel)| {
        let (_, message) = KINDS.iter().find(|(name, _)| *name == kind)?;
        Some(tr.with(message, &[("channel", channel)]))
    });
    known.unwrap_or_else(|| text.to_owned())
}

/// What was quoted, a range, or each field by its name.
fn fields_of(rule: &str, fields: &Map<String, Value>, tr: Texts) -> String {
    if let (Some(Value::String(quote)), Some(_)) = (fields.get("quote"), fields.get("utterance")) {
        return tr.quoted(quote);
    }
    if let (2, Some(min), Some(max)) = (fields.len(), fields.get("min"), fields.get("max")) {
        let end = |value| evidence_value(rule, "", value, tr);
        return format!("{}–{}", end(min), end(max));
    }
    let line = |(key, value): (&String, &Value)| {
        // Tables by channel have its number as key.
        let name = if key.bytes().all(|b| b.is_ascii_digit()) {
            tr.with("label-channel", &[("n", key)])
        } else {
            evidence(key, tr)
        };
        let shown = evidence_value(rule, key, value, tr);
        if value.is_object() { format!("{name} ({shown})") } else { format!("{name}: {shown}") }
    };
    fields.iter().map(line).collect::<Vec<_>>().join("; ")
}

/// Two decimals at most, and none that is 0.
fn shortest(value: f64, tr: Texts) -> String {
    let text = number(value, 2, tr);
    text.trim_end_matches('0').trim_end_matches(['.', ',']).to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::call::ProblemSeverity;

    /// The text between each `start` and the `end` after it.
    fn between<'a>(source: &'a str, start: &str, end: &str) -> Vec<&'a str> {
        source.split(start).skip(1).filter_map(|rest| rest.split_once(end).map(|(text, _)| text)).collect()
    }

    /// Ids of everything that a finding, a step or a problem can be about.
    fn known_messages() -> Vec<String> {
        let taxonomy = include_str!("../../phrases/taxonomy.toml");
        let categories = between(taxonomy, "\nid = \"", "\"");
        // Rules with a name of their own; the others are named after what they find.
        let rules = between(include_str!("../../rules/mod.rs"), "name: \"", "\"").into_iter();
        let rules = rules.filter(|rule| !rule.contains('<')).map(str::to_owned);
        let kinds = between(include_str!("../../call/personal.rs"), "=> \"", "\"");
        let attributes = between(include_str!("../../call/claim.rs"), "serde(rename = \"", "\"");
        let codes = include_str!("../../../docs/metrics.md").split("## Problem codes").nth(1).expect("the table");
        let damage = include_str!("../../../docs/formats.md").split("## Damage").nth(1).expect("the table");
        let codes = [codes, damage].map(|table| between(table, "\n| `", "`"));
        let errors = ["io", "unsupported", "malformed", "limit", "no_audio", "crashed", "internal"];
        let n_of = [categories.len(), kinds.len(), attributes.len(), codes[0].len(), codes[1].len()];
        assert!(n_of.into_iter().zip([50, 10, 20, 50, 15]).all(|(n, least)| n >= least), "{n_of:?}");

        let rules = rules.chain(kinds.iter().map(|kind| format!("pii.{kind}")));
        let rules = rules.chain(attributes.iter().map(|attribute| format!("fact.{attribute}")));
        let mut messages: Vec<String> =
            rules.flat_map(|r| ["", "-says"].map(|end| message_of("rule", &r, end))).collect();
        messages.extend(categories.iter().flat_map(|c| ["", "-says"].map(|end| message_of("category", c, end))));
        messages.extend(attributes.iter().map(|attribute| message_of("attribute", attribute, "")));
        messages.extend(codes.iter().flatten().map(|code| message_of("problem", code, "")));
        messages.extend(errors.iter().map(|kind| message_of("error", kind, "")));
        messages
    }

    #[test]
    fn whatever_a_report_can_tell_has_its_messages() {
        let missing: Vec<String> =
            known_messages().into_iter().filter(|name| Texts::default().find(name).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn no_message_is_left_of_what_nothing_tells_any_more() {
        let known = known_messages();
        let names = include_str!("../texts/en/findings.ftl").lines().filter_map(|line| line.split_once(" = "));
        let is_listed =
            |name: &str| ["category-", "attribute-", "problem-", "error-"].iter().any(|p| name.starts_with(p));
        let is_rule =
            |name: &str| name.strip_prefix("rule-").is_some_and(|rule| rule != "required" && rule != "required-says");
        let stale: Vec<&str> = names
            .map(|(name, _)| name)
            .filter(|name| (is_listed(name) || is_rule(name)) && !known.iter().any(|k| k == name))
            .collect();
        assert!(stale.is_empty(), "{stale:?}");
    }

    #[test]
    fn sentences_of_categories_are_those_of_the_taxonomy() {
        let taxonomy: toml::Table = include_str!("../../phrases/taxonomy.toml").parse().expect("TOML");
        let categories = taxonomy["category"].as_array().expect("categories");
        for category in categories {
            let field = |name: &str| category[name].as_str().expect("a text");
            let name = message_of("category", field("id"), "-says");
            assert_eq!(Texts::default().get(&name), field("message"), "{name}");
        }
    }

    /// What rules say in one sentence is what is translated.
    #[test]
    fn sentences_of_rules_are_those_of_the_rules() {
        let facts = between(include_str!("../../rules/facts.rs"), "=> \"", "\"").into_iter().map(str::to_owned);
        let kinds = between(include_str!("../../rules/personal.rs"), "=> \"", "\"").into_iter();
        let kinds = kinds.filter(|name| name.starts_with('a')).map(|name| format!("{name} is heard on the recording"));
        let sequences = [
            include_str!("../../rules/pressure.rs"),
            include_str!("../../rules/sequences/hold.rs"),
            include_str!("../../rules/sequences/monologue.rs"),
            include_str!("../../rules/sequences/promise.rs"),
            include_str!("../../rules/sequences/template.rs"),
            include_str!("../../rules/sequences/transfer.rs"),
        ];
        let sequences =
            sequences.into_iter().flat_map(|source| between(source, "message: \"", "\"")).map(str::to_owned);
        let said: Vec<String> = facts.chain(kinds).chain(sequences).filter(|text| text.contains(' ')).collect();
        assert!(said.len() >= 21 + 11 + 6, "{}", said.len());
        let messages: Vec<String> = include_str!("../texts/en/findings.ftl")
            .lines()
            .filter_map(|line| Some(line.split_once("-says = ")?.1.trim_end_matches('.').to_lowercase()))
            .collect();
        let is_missing = |text: &&String| !messages.contains(&text.trim_end_matches('.').to_lowercase());
        let missing: Vec<&String> = said.iter().filter(is_missing).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    fn finding(rule: &str, category: &str, polarity: Polarity, evidence: Value) -> Finding {
        Finding {
            rule: rule.into(),
            category: category.into(),
            polarity,
            message: "its own message".into(),
            channel: polarity.eq(&Polarity::Quality).then_some(1),
            evidence: evidence.as_object().cloned().unwrap_or_default(),
            ..serde_json::from_value(json!({
                "id": "a1b2c3d4e5f6", "rule": "", "category": "", "polarity": "fact", "severity": "info",
                "speaker": null, "channel": null, "start_s": null, "end_s": null, "utterance": null, "line": null,
                "quote": null, "confidence": 1.0, "message": "", "legal_source": null, "evidence": {}
            }))
            .expect("a finding")
        }
    }

    #[test]
    fn titles_are_those_of_the_rule_or_the_category() {
        let tr = Texts::default();
        for (rule, category, polarity, expected) in [
            ("en.urgency.1", "urgency_false", Polarity::Forbidden, "False urgency"),
            ("sequence.blind_transfer", "not_my_job", Polarity::Forbidden, "Blind transfer"),
            ("sequence.promise", "quality", Polarity::Quality, "Promise to the customer"),
            ("fact.promo.price", "fact", Polarity::Fact, "Wrong promotional price"),
            ("pii.person_name", "pii", Polarity::PersonalData, "Person's name"),
            ("required.q_greeting", "q_greeting", Polarity::Required, "Missing: Greeting"),
            ("mine.1", "q_loyalty_card", Polarity::Required, "loyalty card"),
            ("quality.of_tomorrow", "quality", Polarity::Quality, "of tomorrow"),
        ] {
            assert_eq!(title(&finding(rule, category, polarity, json!({})), tr), expected);
        }
    }

    #[test]
    fn english_has_the_details_and_a_users_own_words_stay() {
        let en = Texts::default();
        let hu = Texts::new(PageLanguage::Hu);
        let own = finding("mine.1", "loyalty_card", Polarity::Forbidden, json!({}));
        assert_eq!(says(&own, en), Said { text: "its own message".into(), lang: None });
        assert_eq!(says(&own, hu), Said { text: "its own message".into(), lang: Some("") });
        let unknown = finding("quality.of_tomorrow", "quality", Polarity::Quality, json!({}));
        assert_eq!(says(&unknown, hu), Said { text: "its own message".into(), lang: Some("en") });
        // The number behind the sentence, with the mark of the language.
        let low = finding("quality.low_snr", "quality", Polarity::Quality, json!({"value": 14.92, "limit": 20.0}));
        let said = says(&low, hu);
        assert!(said.lang.is_none() && said.text.contains("14,9 dB") && said.text.contains("20,0 dB"), "{said:?}");
        let problem = |code| Problem::new("rules", code, ProblemSeverity::Note, "why");
        assert_eq!(problem_says(&problem("of_tomorrow"), &[], hu), Said { text: "why".into(), lang: Some("en") });
        assert_eq!(problem_says(&problem("no_words"), &[], en).text, "why");
        assert_eq!(problem_says(&problem("no_words"), &[], hu).lang, None);
    }

    #[test]
    fn a_part_that_cannot_be_judged_is_named() {
        let part = |name: &str| ScorePart { name: name.into(), points: None, max: 10.0, because: vec![] };
        let about = |field: &str| {
            Problem::new("rules", "part_not_judged", ProblemSeverity::NotMeasurable, "why").about([field])
        };
        let check = |field: &str, expected: &str| {
            let parts = [part("line"), part("facts")];
            assert_eq!(problem_says(&about(field), &parts, Texts::new(PageLanguage::Ru)).text, expected);
        };
        check("/score/parts/1/points", "часть «Факты» оценить нельзя");
        check("/score/parts/7/points", "why");
    }

    #[test]
    fn evidence_reads_as_words_and_numbers_with_units() {
        let tr = Texts::default();
        for (key, value, expected) in [
            ("tier", json!("ordered"), "all words, in order"),
            ("resembles", json!("Let me switch off the recording."), "Let me switch off the recording."),
            ("list", json!("callvet-en"), "callvet-en"),
            ("party_known", json!(false), "no"),
            ("due", json!(null), "none"),
            ("confirmed_by", json!(["low SNR on channel 0", "thunder"]), "low SNR on channel 0, thunder"),
            (
                "holds",
                json!([{"start_s": 62.5, "asked": 3}, {"start_s": 70.0, "asked": null}]),
                "start: 1:02.5; asked in utterance: 4 · start: 1:10.0; asked in utterance: none",
            ),
            ("refused_in", json!([4, 9]), "5, 10"),
            ("escalation", json!([]), "none"),
            ("audible_ratio", json!(0.9613), "96 %"),
            ("selling_s", json!(17.24), "17.2 s"),
            ("delay_ms", json!(12.0), "12.0 ms"),
            ("n_words", json!(12), "12"),
            ("claimed", json!(49.9), "49.9"),
            ("fact", json!({"min": 2, "max": 5}), "2–5"),
            ("answer", json!({"utterance": 3, "quote": "Yes."}), "“Yes.”"),
            ("sound", json!({"0": {"snr_db": 7.89}}), "Channel 0 (signal-to-noise ratio: 7.9 dB)"),
        ] {
            assert_eq!(evidence_value("x", key, &value, tr), expected, "{key}");
        }
        assert_eq!(evidence_value("quality.clipping", "value", &json!(0.00123), tr), "0.12 %");
        let mine = finding("mine.1", "mine", Polarity::Forbidden, json!({"my_key": 1}));
        assert_eq!(evidence_of(&mine, tr), [("my key".to_owned(), "1".to_owned())]);
    }

    /// Keys that rules put into evidence, as they are written in the source.
    #[test]
    fn every_key_of_evidence_has_a_name() {
        let sources = [
            include_str!("../../rules/phrases.rs"),
            include_str!("../../rules/facts.rs"),
            include_str!("../../rules/required.rs"),
            include_str!("../../rules/pressure.rs"),
            include_str!("../../rules/quality.rs"),
            include_str!("../../rules/sequences/hold.rs"),
            include_str!("../../rules/sequences/monologue.rs"),
            include_str!("../../rules/sequences/promise.rs"),
            include_str!("../../rules/sequences/readback.rs"),
            include_str!("../../rules/sequences/sound.rs"),
            include_str!("../../rules/sequences/template.rs"),
            include_str!("../../rules/sequences/transfer.rs"),
            include_str!("../../rules/sequences/wait.rs"),
        ];
        for reason in ["low SNR", "quiet speech", "dropouts", "clipping", "background voices"] {
            let text = format!("{reason} on channel 1");
            assert_eq!(heard_on(&text, Texts::default()), text);
            assert!(sources[9].contains(&format!("\"{reason}\"")), "{reason} is still told");
        }
        assert_eq!(heard_on("leakage into channel 1", Texts::default()), "leakage into channel 1");
        let keys = sources.into_iter().flat_map(|source| {
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            let inserted = between(source, "evidence.insert(\"", "\"");
            let listed = between(source, "(\"", "\".to_owned(), ");
            inserted.into_iter().chain(listed).chain(between(source, ".with(\"", "\""))
        });
        let keys: Vec<&str> = keys.filter(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')).collect();
        assert!(keys.len() > 50, "{}", keys.len());
        let missing: Vec<&&str> =
            keys.iter().filter(|key| Texts::default().find(&message_of("evidence", key, "")).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
