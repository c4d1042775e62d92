//! Lists in JSON: phrase matchers of Google's Contact Center AI Insights, topics of Genesys Cloud, and plain arrays of
//! phrases or of objects with the names of the table's columns.

use serde_json::Value;

use super::expression::{self, Expression};
use super::table;
use super::{Entry, Note};
use crate::call::WhoSays;
use crate::text::Language;

/// Every phrase as an entry; what cannot be read is a note, by the number of its object.
///
/// # Errors
/// Line and sentence, if the text is no JSON or none of the known shapes.
pub(super) fn entries(text: &str, notes: &mut Vec<Note>) -> Result<Vec<Entry>, (usize, String)> {
    let value: Value = serde_json::from_str(text).map_err(|error| (error.line().max(1), error.to_string()))?;
    let listed = ["phraseMatchers", "entities", "topics", "phrases", "rules"];
    let objects: Vec<&Value> = match &value {
        Value::Array(all) => all.iter().collect(),
        // A matcher or a topic by itself has lists of its own.
        Value::Object(one) if one.contains_key("phraseMatchRuleGroups") || one.contains_key("name") => vec![&value],
        Value::Object(one) => match listed.iter().find_map(|name| one.get(*name)?.as_array()) {
            Some(all) => all.iter().collect(),
            None => vec![&value],
        },
        _ => return Err((1, "neither a list of phrases nor an export that is known here".into())),
    };
    let mut found = Vec::new();
    for (at, object) in objects.into_iter().enumerate() {
        let line = at + 1;
        match entry(object, line) {
            Ok(mut own) => found.append(&mut own),
            Err(what) => notes.push(Note { line, what: format!("entry {line}: {what}") }),
        }
    }
    if found.is_empty() && notes.is_empty() {
        return Err((1, "no phrases in it".into()));
    }
    Ok(found)
}

fn text_of<'a>(object: &'a Value, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| object.get(*name)?.as_str()).map(str::trim).filter(|text| !text.is_empty())
}

fn entry(object: &Value, line: usize) -> Result<Vec<Entry>, String> {
    if let Some(phrase) = object.as_str() {
        return Ok(vec![Entry { line, written: phrase.to_owned(), ..Entry::default() }]);
    }
    if !object.is_object() {
        return Err("neither text nor an object".into());
    }
    let language =
        text_of(object, &["language", "lang", "locale", "dialect", "languageCode"]).and_then(Language::from_code);
    let base = Entry {
        line,
        category: text_of(object, &["category", "displayName", "topic", "name"]).map(str::to_owned),
        severity: text_of(object, &["severity"]).and_then(table::severity),
        polarity: text_of(object, &["polarity"]).and_then(table::polarity),
        speaker: speaker(object)?,
        language,
        message: text_of(object, &["description", "message"]).map(str::to_owned),
        ..Entry::default()
    };
    if let Some(groups) = object.get("phraseMatchRuleGroups").and_then(Value::as_array) {
        let groups = groups.iter().map(group).collect::<Result<Vec<_>, _>>()?;
        let expression = joined(groups, object)?;
        let written = base.category.clone().unwrap_or_default();
        return Ok(vec![Entry { written, expression: Some(expression), ..base }]);
    }
    if let Some(phrases) = object.get("phrases").and_then(Value::as_array) {
        let texts =
            phrases.iter().filter_map(|phrase| phrase.as_str().or_else(|| text_of(phrase, &["text", "phrase"])));
        return Ok(texts.map(|text| Entry { written: text.to_owned(), ..base.clone() }).collect());
    }
    match text_of(object, &["phrase", "text", "query", "keyword", "pattern"]) {
        Some(phrase) => Ok(vec![Entry { written: phrase.to_owned(), ..base }]),
        None => Err("no phrase in it".into()),
    }
}

fn speaker(object: &Value) -> Result<Option<WhoSays>, String> {
    match text_of(object, &["roleMatch", "participants", "speaker"]) {
        None | Some("ROLE_UNSPECIFIED") => Ok(None),
        Some("HUMAN_AGENT" | "AUTOMATED_AGENT") => Ok(Some(WhoSays::Agent)),
        Some(word) => table::speaker(word).map(Some).ok_or_else(|| format!("`{word}` is nobody known here")),
    }
}

/// ALL_OF or ANY_OF.
fn joined(all: Vec<Expression>, object: &Value) -> Result<Expression, String> {
    match text_of(object, &["type"]) {
        Some("ALL_OF") => Ok(Expression::And(all)),
        Some("ANY_OF") | None | Some("PHRASE_MATCH_RULE_GROUP_TYPE_UNSPECIFIED") => Ok(Expression::Or(all)),
        Some(other) => Err(format!("type `{other}` is not known here")),
    }
}

fn group(group: &Value) -> Result<Expression, String> {
    let rules = group.get("phraseMatchRules").and_then(Value::as_array).ok_or("a group without `phraseMatchRules`")?;
    let mut all = Vec::new();
    for rule in rules {
        let query = text_of(rule, &["query"]).ok_or("a rule without `query`")?;
        let read = expression::parse(query)?.expression;
        let is_negated = rule.get("negated").and_then(Value::as_bool).unwrap_or(false);
        all.push(if is_negated { Expression::Not(Box::new(read)) } else { read });
    }
    joined(all, group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_and_plain_arrays_are_read() {
        let check = |text: &str, expected: &[(&str, Option<WhoSays>)], n_notes: usize| {
            let mut notes = Vec::new();
            let found = entries(text, &mut notes).expect(text);
            let got: Vec<_> = found.iter().map(|e| (e.written.as_str(), e.speaker)).collect();
            assert_eq!(got, expected, "{text}");
            assert_eq!(notes.len(), n_notes, "{notes:?}");
        };
        check(
            r#"["only today", {"phrase": "last chance", "speaker": "agent"}, 7]"#,
            &[("only today", None), ("last chance", Some(WhoSays::Agent))],
            1,
        );
        check(
            r#"{"entities": [{"name": "Cancellation", "dialect": "en-US", "participants": "External",
                "phrases": [{"text": "cancel my account", "strictness": "72"}]}]}"#,
            &[("cancel my account", Some(WhoSays::Customer))],
            0,
        );
        check(
            r#"{"displayName": "Refund", "type": "ALL_OF", "roleMatch": "END_USER", "phraseMatchRuleGroups": [
                {"type": "ANY_OF", "phraseMatchRules": [{"query": "refund"}, {"query": "money back"}]},
                {"type": "ALL_OF", "phraseMatchRules": [{"query": "joke", "negated": true}]}]}"#,
            &[("Refund", Some(WhoSays::Customer))],
            0,
        );
        assert!(entries("{\"a\": 1", &mut Vec::new()).is_err());
        assert!(entries("12", &mut Vec::new()).is_err());
    }
}
