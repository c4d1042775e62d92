//! Praat TextGrid, long text format, UTF-8: for each voice a tier of utterances and one of words, and a tier of points for
//! the findings. Intervals of a tier touch each other from the first to the last second, as Praat wants them; a tier
//! with nothing in it is left out.

use std::collections::BTreeMap;

use super::ReportError;
use super::formats::{Files, Naming, one_line, seconds, span_ms, spoken, timed_findings, told, voice};
use crate::call::CallReport;

/// A stretch of a tier, in milliseconds.
type Interval = (u64, u64, String);

/// `<name>-<hash8>.TextGrid`; without words it has the tier of findings alone.
///
/// # Errors
/// None.
pub fn files(report: &CallReport, _: &Naming) -> Result<Files, ReportError> {
    let (spoken, missing) = match spoken(report) {
        Ok(spoken) => (spoken, None),
        Err(missing) => (Vec::new(), Some(missing)),
    };
    // By voice, in the order of ids.
    let mut said: BTreeMap<Option<&str>, (Vec<Interval>, Vec<Interval>)> = BTreeMap::new();
    for utterance in &spoken {
        let (utterances, words) = said.entry(utterance.utterance.speaker.as_deref()).or_default();
        utterances.push((utterance.start_ms, utterance.end_ms, one_line(&utterance.utterance.text)));
        words.extend(utterance.utterance.words.iter().filter_map(|word| {
            let (start_ms, end_ms) = span_ms(Some(word.start_s), Some(word.end_s))?;
            Some((start_ms, end_ms, one_line(&word.text)))
        }));
    }
    let mut points: BTreeMap<u64, String> = BTreeMap::new();
    for (start_ms, end_ms, finding) in timed_findings(report) {
        let mark = format!("{} (to {} s)", told(finding), seconds(end_ms));
        // Praat keeps one point a moment.
        points.entry(start_ms).and_modify(|all| all.push_str(&format!(" | {mark}"))).or_insert(mark);
    }
    let duration_ms = report.recording.duration_s.and_then(super::formats::to_ms).unwrap_or(0);
    let last = said.values().flat_map(|(utterances, words)| utterances.iter().chain(words)).map(|i| i.1).max();
    let end_ms = duration_ms.max(last.unwrap_or(0)).max(points.keys().last().copied().unwrap_or(0)).max(1);
    let mut tiers = Vec::new();
    for (speaker, (utterances, words)) in said {
        let name = voice(report, speaker);
        tiers.push(interval_tier(&name, utterances, end_ms));
        if !words.is_empty() {
            tiers.push(interval_tier(&format!("{name} words"), words, end_ms));
        }
    }
    if !points.is_empty() {
        tiers.push(point_tier("findings", &points, end_ms));
    }
    if tiers.is_empty() {
        return Ok(Files { files: Vec::new(), missing });
    }
    let mut text = format!(
        "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0 \nxmax = {} \ntiers? <exists> \nsize = {} \nitem []: \n",
        seconds(end_ms),
        tiers.len()
    );
    for (number, tier) in tiers.iter().enumerate() {
        text.push_str(&format!("    item [{}]:\n{tier}", number + 1));
    }
    Ok(Files { files: vec![(".TextGrid", text.into_bytes())], missing })
}

fn interval_tier(name: &str, intervals: Vec<Interval>, end_ms: u64) -> String {
    let intervals = contiguous(intervals, end_ms);
    let mut tier = head("IntervalTier", name, end_ms, "intervals", intervals.len());
    for (number, (start_ms, end_ms, text)) in intervals.iter().enumerate() {
        tier.push_str(&format!(
            "        intervals [{}]:\n            xmin = {} \n            xmax = {} \n            text = {} \n",
            number + 1,
            seconds(*start_ms),
            seconds(*end_ms),
            quoted(text)
        ));
    }
    tier
}

fn point_tier(name: &str, points: &BTreeMap<u64, String>, end_ms: u64) -> String {
    let mut tier = head("TextTier", name, end_ms, "points", points.len());
    for (number, (at_ms, mark)) in points.iter().enumerate() {
        tier.push_str(&format!(
            "        points [{}]:\n            number = {} \n            mark = {} \n",
            number + 1,
            seconds(*at_ms),
            quoted(mark)
        ));
    }
    tier
}

fn head(class: &str, name: &str, end_ms: u64, what: &str, n: usize) -> String {
    format!(
        "        class = \"{class}\" \n        name = {} \n        xmin = 0 \n        xmax = {} \n        {what}: size = {n} \n",
        quoted(name),
        seconds(end_ms)
    )
}

/// Intervals that touch from 0 to `end_ms`, empty ones in between. What overlaps what came before it in the same tier
/// begins where that ends; what lies within it is added to its text.
fn contiguous(mut intervals: Vec<Interval>, end_ms: u64) -> Vec<Interval> {
    intervals.sort_by_key(|(start_ms, end_ms, _)| (*start_ms, *end_ms));
    let mut all: Vec<Interval> = Vec::with_capacity(2 * intervals.len() + 1);
    let mut at_ms = 0;
    for (start_ms, stop_ms, text) in intervals {
        let start_ms = start_ms.max(at_ms);
        match all.last_mut() {
            Some(before) if stop_ms <= start_ms => {
                before.2.push(' ');
                before.2.push_str(&text);
                continue;
            }
            _ => {}
        }
        if start_ms > at_ms {
            all.push((at_ms, start_ms, String::new()));
        }
        all.push((start_ms, stop_ms, text));
        at_ms = stop_ms;
    }
    if at_ms < end_ms {
        all.push((at_ms, end_ms, String::new()));
    }
    all
}

/// A text as Praat writes it: a quote inside is doubled.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_touch_whatever_overlaps() {
        let of = |spans: &[(u64, u64, &str)]| spans.iter().map(|(a, b, t)| (*a, *b, (*t).to_owned())).collect();
        let check = |given: &[(u64, u64, &str)], expected: &[(u64, u64, &str)]| {
            let expected: Vec<Interval> = of(expected);
            assert_eq!(contiguous(of(given), 100), expected);
        };
        check(&[], &[(0, 100, "")]);
        check(&[(10, 20, "a"), (20, 30, "b")], &[(0, 10, ""), (10, 20, "a"), (20, 30, "b"), (30, 100, "")]);
        check(&[(0, 50, "a"), (40, 100, "b")], &[(0, 50, "a"), (50, 100, "b")]);
        check(&[(0, 50, "a"), (10, 20, "b")], &[(0, 50, "a b"), (50, 100, "")]);
        check(&[(10, 20, "b"), (0, 50, "a")], &[(0, 50, "a b"), (50, 100, "")]);
    }

    #[test]
    fn quotes_are_doubled() {
        assert_eq!(quoted("say \"no\""), "\"say \"\"no\"\"\"");
    }
}
