//! Places of two vendors' calls that are alike enough to be heard side by side. A choice to listen to, not a sample.

use super::doubts::Details;
use super::figures::LEAST_CONFIDENCE;
use crate::call::vendors::{Clip, ClipPair};
use crate::call::{Attribute, CallLine, CallStatus, CategoryLine, Polarity, RequiredStatus};

/// Pairs of clips at most: what one listens to at a sitting.
const MOST: usize = 5;
/// A finding is played from a little before, so that the sentence is heard.
const BEFORE_S: f64 = 2.0;
/// Long enough for two sentences.
const LENGTH_S: f64 = 12.0;
/// Of one category after the other at most this many, so that other kinds are heard too.
const MOST_CATEGORIES: usize = 2;

/// The pairs: categories that both have, prices, greetings, the worst places, and what a usual call begins like.
pub fn clips(a: &[&CallLine], b: &[&CallLine], details: &Details) -> Vec<ClipPair> {
    let (a, b) = (heard(a), heard(b));
    let mut pairs = categories(&a, &b, details);
    pairs.extend(matched("price", &a, &b, &price));
    pairs.extend(matched("greeting", &a, &b, &|call| greeting(call, details)));
    if pairs.is_empty() {
        pairs.extend(matched("worst", &a, &b, &worst));
    }
    if pairs.len() < MOST {
        pairs.extend(matched("typical", &usual(&a), &usual(&b), &opening));
    }
    pairs.truncate(MOST);
    pairs
}

fn heard<'a>(calls: &[&'a CallLine]) -> Vec<&'a CallLine> {
    calls.iter().filter(|c| c.status == CallStatus::Ok && !c.stem.is_empty()).copied().collect()
}

/// The first call of A and of B that have it, in one language if there are such.
fn matched(kind: &str, a: &[&CallLine], b: &[&CallLine], of: &dyn Fn(&CallLine) -> Option<Clip>) -> Option<ClipPair> {
    // Reports are read one after the other until one has it: only those of languages that both have first.
    let is_common = |call: &&&CallLine, others: &[&CallLine]| {
        call.language.is_some() && others.iter().any(|o| o.language == call.language)
    };
    for (call, clip_a) in a.iter().filter(|c| is_common(c, b)).take(LOOKED_AT).filter_map(|c| Some((c, of(c)?))) {
        let alike = b.iter().filter(|o| o.language == call.language).take(LOOKED_AT);
        if let Some(clip_b) = alike.filter_map(|o| of(o)).next() {
            return Some(pair(kind, None, true, clip_a, clip_b));
        }
    }
    let first = |calls: &[&CallLine]| calls.iter().take(LOOKED_AT).find_map(|c| of(c));
    Some(pair(kind, None, false, first(a)?, first(b)?))
}

/// Calls in which something is looked for that needs the full report: enough to find what is usual.
const LOOKED_AT: usize = 10;

fn pair(kind: &str, category: Option<&str>, same_language: bool, a: Clip, b: Clip) -> ClipPair {
    ClipPair { kind: kind.to_owned(), category: category.map(str::to_owned), same_language, a, b }
}

/// `start_s` may be before the call begins.
fn clip(call: &CallLine, start_s: f64, finding: Option<&str>, quote: Option<String>) -> Clip {
    let end_s = start_s + LENGTH_S;
    Clip {
        source: call.source.clone(),
        stem: call.stem.clone(),
        start_s: start_s.max(0.0),
        end_s: call.duration_s.map_or(end_s, |length_s| end_s.min(length_s)),
        finding: finding.map(str::to_owned),
        quote,
    }
}

/// What is said by both: the surest of the worst of each category.
fn categories(a: &[&CallLine], b: &[&CallLine], details: &Details) -> Vec<ClipPair> {
    type Found<'a> = (&'a CallLine, &'a CategoryLine);
    fn best<'a>(calls: &[&'a CallLine]) -> Vec<Found<'a>> {
        let is_spoken = |l: &&CategoryLine| {
            matches!(l.polarity, Polarity::Forbidden | Polarity::Signal)
                && l.confidence >= LEAST_CONFIDENCE
                && l.start_s.is_some()
        };
        calls.iter().flat_map(|c| c.categories.iter().filter(is_spoken).map(|l| (*c, l))).collect()
    }
    let (a, b) = (best(a), best(b));
    let rank = |((call_a, of_a), (call_b, of_b)): &(Found, Found)| {
        let is_other_language = call_a.language != call_b.language;
        (is_other_language, of_a.polarity, of_a.severity.min(of_b.severity), of_a.category.clone())
    };
    let sureness = |(a, b): &(Found, Found)| a.1.confidence + b.1.confidence;
    // The surest pair of each category: few categories, so that it is enough to keep one each.
    let mut found: Vec<(Found, Found)> = Vec::new();
    let mut names: Vec<&str> = a.iter().map(|(_, l)| l.category.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let of = |all: &[Found<'_>], language: Option<&Option<String>>| -> Option<usize> {
            let fits = |(c, l): &Found| l.category == name && language.is_none_or(|wanted| c.language == *wanted);
            let indices = (0..all.len()).filter(|i| fits(&all[*i]));
            indices.max_by(|x, y| all[*x].1.confidence.total_cmp(&all[*y].1.confidence).then(y.cmp(x)))
        };
        let mut languages: Vec<&Option<String>> =
            a.iter().filter(|(_, l)| l.category == name).map(|(c, _)| &c.language).collect();
        languages.sort();
        languages.dedup();
        let in_one = languages.into_iter().find_map(|l| Some((of(&a, Some(l))?, of(&b, Some(l))?)));
        if let Some((at_a, at_b)) = in_one.or_else(|| Some((of(&a, None)?, of(&b, None)?))) {
            found.push((a[at_a], b[at_b]));
        }
    }
    found.sort_by(|x, y| rank(x).cmp(&rank(y)).then(sureness(y).total_cmp(&sureness(x))));
    let of = |(call, line): Found| {
        let known = call.worst.iter().find(|w| w.id == line.id).map(|w| w.quote.clone());
        let quote = known.unwrap_or_else(|| details(call)?.findings.into_iter().find(|f| f.id == line.id)?.quote);
        clip(call, line.start_s.unwrap_or_default() - BEFORE_S, Some(&line.id), quote)
    };
    let shown = found.into_iter().take(MOST_CATEGORIES);
    shown.map(|(x, y)| pair("category", Some(&x.1.category), x.0.language == y.0.language, of(x), of(y))).collect()
}

fn price(call: &CallLine) -> Option<Clip> {
    let is_price = |a: Attribute| matches!(a, Attribute::Price | Attribute::PromoPrice | Attribute::InstalmentAmount);
    let claim = call.claims.iter().find(|c| is_price(c.attribute) && c.start_s.is_some())?;
    Some(clip(call, claim.start_s? - BEFORE_S, None, Some(claim.quote.clone())))
}

fn greeting(call: &CallLine, details: &Details) -> Option<Clip> {
    let has = call.steps.iter().any(|(step, status)| step == "q_greeting" && *status == RequiredStatus::Present);
    let step = has.then(|| details(call))??.required.into_iter().find(|r| r.category == "q_greeting")?;
    Some(clip(call, step.start_s? - BEFORE_S, None, step.quote))
}

fn worst(call: &CallLine) -> Option<Clip> {
    let finding = call.worst.iter().find(|w| w.start_s.is_some_and(|s| s > 0.0) && w.confidence >= LEAST_CONFIDENCE)?;
    Some(clip(call, finding.start_s? - BEFORE_S, Some(&finding.id), finding.quote.clone()))
}

/// Calls from the middle of the scores outwards; those without a score come last.
fn usual<'a>(calls: &[&'a CallLine]) -> Vec<&'a CallLine> {
    let mut scores: Vec<f64> = calls.iter().filter_map(|c| c.score).collect();
    scores.sort_by(f64::total_cmp);
    let middle = scores.get(scores.len() / 2).copied();
    let distance = |c: &CallLine| match (c.score, middle) {
        (Some(score), Some(middle)) => (score - middle).abs(),
        _ => f64::INFINITY,
    };
    let mut sorted = calls.to_vec();
    sorted.sort_by(|x, y| distance(x).total_cmp(&distance(y)).then(x.source.cmp(&y.source)));
    sorted
}

fn opening(call: &CallLine) -> Option<Clip> {
    // From the first word of a human on, where that is known: nobody wants to compare ringing.
    call.duration_s.map(|_| clip(call, call.measured.time_to_human_s.unwrap_or(0.0) - 1.0, None, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{CallMetadata, Severity};

    fn call(source: &str, language: &str, score: f64, category: Option<&str>) -> CallLine {
        let mut call = CallLine::without_report(source, "", &format!("calls/{source}"), CallMetadata::default(), None);
        call.status = CallStatus::Ok;
        call.language = Some(language.into());
        call.score = Some(score);
        call.duration_s = Some(60.0);
        call.categories = category
            .map(|c| CategoryLine {
                category: c.into(),
                polarity: Polarity::Forbidden,
                n: 1,
                expected: 0.9,
                confidence: 0.9,
                severity: Severity::Major,
                id: format!("{source}-f"),
                start_s: Some(55.0),
                quote: None,
            })
            .into_iter()
            .collect();
        call
    }

    fn check(a: &[CallLine], b: &[CallLine], expected: &[(&str, &str, &str)]) {
        let got = clips(&a.iter().collect::<Vec<_>>(), &b.iter().collect::<Vec<_>>(), &|_| None);
        let got: Vec<_> = got.iter().map(|p| (p.kind.as_str(), p.a.source.as_str(), p.b.source.as_str())).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn clips_are_of_one_kind_and_language_where_there_are_such() {
        let prize = Some("prize_bait");
        check(
            &[call("a1", "pl", 10.0, prize), call("a2", "en", 50.0, prize)],
            &[call("b1", "en", 70.0, prize), call("b2", "en", 60.0, None)],
            &[("category", "a2", "b1"), ("typical", "a2", "b1")],
        );
        check(&[call("a1", "pl", 10.0, None)], &[call("b1", "en", 70.0, None)], &[("typical", "a1", "b1")]);
        check(&[call("a1", "pl", 10.0, None)], &[], &[]);
    }

    #[test]
    fn a_clip_stays_inside_of_its_call() {
        let (a, b) = (call("a", "pl", 1.0, Some("rudeness")), call("b", "pl", 1.0, Some("rudeness")));
        let got = clips(&[&a], &[&b], &|_| None);
        assert_eq!((got[0].a.start_s, got[0].a.end_s), (53.0, 60.0));
        assert_eq!((got[1].a.start_s, got[1].a.end_s), (0.0, 11.0));
    }
}
