//! Lists as tables: a phrase a row, with its category, weight, severity, speaker and language, in any order of columns.

use super::{Entry, Note};
use crate::call::{Polarity, Severity, WhoSays};
use crate::text::Language;

/// Names that columns have in the lists of others.
const COLUMNS: [(Column, &[&str]); 9] = [
    (Column::Phrase, &["phrase", "pattern", "expression", "keyword", "query", "term", "text", "utterance", "phrases"]),
    (Column::Category, &["category", "topic", "group", "label", "class", "tag", "name"]),
    (Column::Weight, &["weight", "score", "points", "value"]),
    (Column::Severity, &["severity", "priority", "level", "risk"]),
    (Column::Polarity, &["polarity", "type", "kind", "sentiment", "rule_type"]),
    (Column::Speaker, &["speaker", "party", "channel", "who", "role", "participants", "participant"]),
    (Column::Language, &["language", "lang", "locale", "dialect"]),
    (Column::Message, &["message", "description", "comment", "note"]),
    (Column::Source, &["law", "source", "legal_source", "regulation"]),
];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Column {
    Phrase,
    Category,
    Weight,
    Severity,
    Polarity,
    Speaker,
    Language,
    Message,
    Source,
}

/// A weight of at least this share of the list's greatest is a severity of major; half of it, minor. Suites have no
/// common scale, so only the order within a list counts.
const MAJOR_SHARE: f64 = 2.0 / 3.0;
const MINOR_SHARE: f64 = 1.0 / 3.0;

pub(super) fn severity(word: &str) -> Option<Severity> {
    Some(match word.trim().to_lowercase().as_str() {
        "critical" | "fatal" | "zero tolerance" => Severity::Critical,
        "major" | "high" | "serious" => Severity::Major,
        "minor" | "medium" | "low" => Severity::Minor,
        "info" | "information" | "none" => Severity::Info,
        _ => return None,
    })
}

pub(super) fn polarity(word: &str) -> Option<Polarity> {
    Some(match word.trim().to_lowercase().as_str() {
        "forbidden" | "prohibited" | "negative" | "banned" | "must not" => Polarity::Forbidden,
        "required" | "mandatory" | "must" | "compliance" => Polarity::Required,
        "signal" | "positive" | "neutral" | "topic" => Polarity::Signal,
        _ => return None,
    })
}

pub(super) fn speaker(word: &str) -> Option<WhoSays> {
    Some(match word.trim().to_lowercase().as_str() {
        "agent" | "operator" | "employee" | "internal" | "a" => WhoSays::Agent,
        "customer" | "client" | "caller" | "external" | "end_user" | "c" => WhoSays::Customer,
        "any" | "all" | "both" | "" => WhoSays::Any,
        _ => return None,
    })
}

/// The separator of the first line: the one that it has most of.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: u8| first.bytes().filter(|&byte| byte == separator).count();
    // Of equals the first.
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&separator| count(separator)).unwrap_or(b',')
}

/// Every row as an entry; rows that cannot be read are notes.
///
/// # Errors
/// Line and sentence, if there is no column of phrases or the file is no table.
pub(super) fn entries(text: &str, notes: &mut Vec<Note>) -> Result<Vec<Entry>, (usize, String)> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator(text)).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| (1, error.to_string()))?.clone();
    let columns: Vec<Option<Column>> = header
        .iter()
        .map(|name| {
            let name = name.trim().to_lowercase().replace([' ', '-'], "_");
            COLUMNS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(column, _)| *column)
        })
        .collect();
    if !columns.contains(&Some(Column::Phrase)) {
        let names = COLUMNS[0].1.join(", ");
        return Err((1, format!("no column of phrases in the first line; it is called one of: {names}")));
    }
    for (name, column) in header.iter().zip(&columns) {
        if column.is_none() && !name.trim().is_empty() {
            notes.push(Note { line: 1, what: format!("column `{}` is not known and not used", name.trim()) });
        }
    }
    let mut found: Vec<(Entry, Option<f64>)> = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, |position| position.line() as usize);
                notes.push(Note { line, what: format!("not a row of the table: {error}") });
                continue;
            }
        };
        let line = record.position().map_or(1, |position| position.line() as usize);
        let cell = |column: Column| {
            let at = columns.iter().position(|own| *own == Some(column))?;
            record.get(at).map(str::trim).filter(|cell| !cell.is_empty())
        };
        let Some(phrase) = cell(Column::Phrase) else {
            if !record.iter().all(|cell| cell.trim().is_empty()) {
                notes.push(Note { line, what: "a row without a phrase".into() });
            }
            continue;
        };
        let mut unknown = |what: &str, cell: &str| {
            notes.push(Note { line, what: format!("{what} `{cell}` is not known; the default is used") });
        };
        let severity_read = cell(Column::Severity).and_then(severity);
        let polarity_read = cell(Column::Polarity).and_then(polarity);
        let speaker_read = cell(Column::Speaker).and_then(speaker);
        let language_read = cell(Column::Language).and_then(Language::from_code);
        for (what, text, is_read) in [
            ("severity", cell(Column::Severity), severity_read.is_some()),
            ("polarity", cell(Column::Polarity), polarity_read.is_some()),
            ("speaker", cell(Column::Speaker), speaker_read.is_some()),
            ("language", cell(Column::Language), language_read.is_some()),
        ] {
            if let (Some(text), false) = (text, is_read) {
                unknown(what, text);
            }
        }
        let weight = cell(Column::Weight).and_then(|text| match text.replace(',', ".").parse::<f64>() {
            Ok(weight) if weight.is_finite() => Some(weight),
            _ => {
                unknown("weight", text);
                None
            }
        });
        let entry = Entry {
            line,
            written: phrase.to_owned(),
            category: cell(Column::Category).map(str::to_owned),
            polarity: polarity_read,
            severity: severity_read,
            speaker: speaker_read,
            language: language_read,
            message: cell(Column::Message).map(str::to_owned),
            legal_source: cell(Column::Source).map(str::to_owned),
            ..Entry::default()
        };
        found.push((entry, weight));
    }
    Ok(weighed(found))
}

/// Weights become severities. Where a list has both signs, what is above 0 is praise: a signal.
fn weighed(found: Vec<(Entry, Option<f64>)>) -> Vec<Entry> {
    let weights = || found.iter().filter_map(|(_, weight)| *weight);
    let greatest = weights().map(f64::abs).fold(0.0, f64::max);
    let has_both = weights().any(|weight| weight > 0.0) && weights().any(|weight| weight < 0.0);
    found
        .iter()
        .map(|(entry, weight)| {
            let mut entry = entry.clone();
            if let Some(weight) = *weight
                && greatest > 0.0
            {
                let is_praise = has_both && weight > 0.0;
                if is_praise {
                    entry.polarity = entry.polarity.or(Some(Polarity::Signal));
                }
                let severity = match weight.abs() / greatest {
                    _ if is_praise => Severity::Info,
                    share if share >= MAJOR_SHARE => Severity::Major,
                    share if share >= MINOR_SHARE => Severity::Minor,
                    _ => Severity::Info,
                };
                entry.severity = entry.severity.or(Some(severity));
            }
            entry
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_by_the_names_of_their_columns() {
        let check = |text: &str, expected: &[(&str, Option<&str>, Option<Severity>)], n_notes: usize| {
            let mut notes = Vec::new();
            let found = entries(text, &mut notes).expect(text);
            let got: Vec<_> = found.iter().map(|e| (e.written.as_str(), e.category.as_deref(), e.severity)).collect();
            assert_eq!(got, expected, "{text}");
            assert_eq!(notes.len(), n_notes, "{text}: {notes:?}");
        };
        check(
            "Phrase,Category,Weight\nonly today,urgency,10\nlast chance,urgency,5\nhello,greeting,1\n",
            &[
                ("only today", Some("urgency"), Some(Severity::Major)),
                ("last chance", Some("urgency"), Some(Severity::Minor)),
                ("hello", Some("greeting"), Some(Severity::Info)),
            ],
            0,
        );
        check("keyword;colour;severity\n\"a; b\";red;high\n;;\n", &[("a; b", None, Some(Severity::Major))], 1);
        check("term\tlanguage\nabc\txx\n", &[("abc", None, None)], 1);
        let error = entries("a,b\n1,2\n", &mut Vec::new()).expect_err("no phrases");
        assert!(error.1.contains("no column of phrases"), "{error:?}");
    }

    #[test]
    fn where_weights_have_both_signs_the_good_ones_are_signals() {
        let found = entries("phrase,weight\nthanks,2\nrude,-4\n", &mut Vec::new()).expect("a table");
        assert_eq!(found[0].polarity, Some(Polarity::Signal));
        assert_eq!((found[1].polarity, found[1].severity), (None, Some(Severity::Major)));
    }
}
