//! Calls by who had them and when: agent, vendor, campaign, language, weekday, hour. A group's numbers stand with their
//! 95 % intervals; groups of fewer than five calls are listed and not ranked. Differences of groups may come from what
//! they were given (a harder campaign), not from what they did.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::format::number;
use super::super::safe;
use super::stats::{self, Interval};
use super::{MIN_CALLS, is_analysed, is_heard, link, n_severe, names};
use crate::call::{CallLine, RequiredStatus};
use crate::report::texts::Texts;

/// Most groups in a table; the list of calls can be filtered by any.
const N_SHOWN: usize = 100;

/// What calls are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum By {
    Agent,
    Vendor,
    Campaign,
    Language,
    Weekday,
    Hour,
}

impl By {
    const ALL: [Self; 6] = [Self::Agent, Self::Vendor, Self::Campaign, Self::Language, Self::Weekday, Self::Hour];

    /// Name of its filter and end of its messages.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Vendor => "vendor",
            Self::Campaign => "campaign",
            Self::Language => "language",
            Self::Weekday => "weekday",
            Self::Hour => "hour",
        }
    }

    /// The group of a call as its filter names it; `None` if it is not known.
    pub(super) fn group(self, line: &CallLine) -> Option<String> {
        let text = match self {
            Self::Agent => line.call.agent.as_deref(),
            Self::Vendor => line.call.vendor.as_deref(),
            Self::Campaign => line.call.campaign.as_deref(),
            Self::Language => line.language.as_deref(),
            Self::Weekday => return Some(begun(line)?.weekday.to_string()),
            Self::Hour => return Some(begun(line)?.hour.to_string()),
        };
        text.filter(|text| !text.trim().is_empty()).map(safe::revealed)
    }

    /// Groups that have an order of their own are left in it.
    fn is_time(self) -> bool {
        matches!(self, Self::Weekday | Self::Hour)
    }

    /// What people call a group.
    pub(super) fn name(self, group: &str, texts: Texts) -> String {
        match self {
            Self::Weekday => texts.get(&format!("batch-weekday-{group}")),
            Self::Hour => format!("{group:0>2}:00–{group:0>2}:59"),
            _ => group.to_owned(),
        }
    }
}

/// When a call began by the clock of its own offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Begun {
    /// 1 Monday to 7 Sunday (ISO 8601).
    pub(super) weekday: i8,
    /// 0..=23.
    pub(super) hour: u8,
}

/// Reads `2026-11-02T09:14:00+01:00`; `None` for what is no such time.
pub(super) fn begun(line: &CallLine) -> Option<Begun> {
    let (day, time) = line.call.started_at.as_deref()?.split_once('T')?;
    let date: Date = day.parse().ok()?;
    let hour = time.get(..2)?.parse().ok().filter(|hour| *hour < 24)?;
    Some(Begun { weekday: date.weekday().to_monday_one_offset(), hour })
}

/// One group of calls.
pub(in super::super) struct Group {
    pub(in super::super) name: String,
    /// The list of its calls.
    pub(in super::super) href: String,
    /// Calls that were analysed.
    pub(in super::super) n: usize,
    /// Mean score; `None` without scores.
    pub(in super::super) score: Option<String>,
    /// Its interval, or why there is none.
    pub(in super::super) score_interval: String,
    /// Mean and interval, 0..=100, to be drawn.
    pub(in super::super) score_range: Option<[String; 3]>,
    /// Critical and major findings a ten calls whose words were judged, the interval, and which calls these are where it is
    /// not all of them (`5 of 8 judged calls`); `None` where it is none.
    pub(in super::super) severe: Option<[String; 3]>,
    /// Required steps that were absent of those that could be judged, and the interval.
    pub(in super::super) missing: Option<(String, String)>,
    /// Fewer than five calls.
    pub(in super::super) is_small: bool,
    rank: (f64, f64),
}

/// The table of one kind of groups.
pub(in super::super) struct Table {
    pub(in super::super) key: &'static str,
    pub(in super::super) title: String,
    pub(in super::super) head: String,
    pub(in super::super) groups: Vec<Group>,
    /// Groups that are not shown.
    pub(in super::super) n_more: usize,
    /// Analysed calls that belong to none.
    pub(in super::super) n_unknown: usize,
}

/// Tables of what is known: at least two groups, for one tells nothing that the totals do not.
pub(in super::super) fn tables(lines: &[&CallLine], texts: Texts) -> Vec<Table> {
    By::ALL.into_iter().filter_map(|by| table(by, lines, texts)).collect()
}

fn table(by: By, lines: &[&CallLine], texts: Texts) -> Option<Table> {
    let by_group = grouped(by, lines);
    if by_group.len() < 2 {
        return None;
    }
    let n_known: usize = by_group.values().map(Vec::len).sum();
    let mut groups: Vec<(String, Group)> =
        by_group.into_iter().map(|(key, calls)| (key.clone(), group(by, &key, &calls, texts))).collect();
    if by.is_time() {
        groups.sort_by_key(|(key, _)| key.parse::<u32>().unwrap_or(u32::MAX));
    } else {
        groups.sort_by(|(a_key, a), (b_key, b)| worst_first(a, b).then(a_key.cmp(b_key)));
    }
    let n_more = groups.len().saturating_sub(N_SHOWN);
    Some(Table {
        key: by.key(),
        title: texts.get(&format!("batch-by-{}", by.key())),
        head: texts.get(&format!("batch-head-{}", by.key())),
        groups: groups.into_iter().map(|(_, group)| group).take(N_SHOWN).collect(),
        n_more,
        n_unknown: lines.iter().filter(|line| is_analysed(line)).count() - n_known,
    })
}

/// Analysed calls by group.
pub(super) fn grouped<'a>(by: By, lines: &[&'a CallLine]) -> BTreeMap<String, Vec<&'a CallLine>> {
    let mut groups: BTreeMap<String, Vec<&CallLine>> = BTreeMap::new();
    for line in lines.iter().copied().filter(|line| is_analysed(line)) {
        if let Some(key) = by.group(line) {
            groups.entry(key).or_default().push(line);
        }
    }
    groups
}

/// Groups that are large enough by mean score, then by severe findings; the small ones after them by number of calls.
fn worst_first(a: &Group, b: &Group) -> Ordering {
    a.is_small.cmp(&b.is_small).then(if a.is_small {
        b.n.cmp(&a.n)
    } else {
        a.rank.0.total_cmp(&b.rank.0).then(b.rank.1.total_cmp(&a.rank.1))
    })
}

fn group(by: By, key: &str, calls: &[&CallLine], texts: Texts) -> Group {
    let scores: Vec<f64> = calls.iter().filter_map(|line| line.score).collect();
    let severe: Vec<u64> = calls.iter().filter(|line| is_heard(line)).map(|line| n_severe(line)).collect();
    let score = stats::mean(&scores);
    // A score cannot be beyond its scale; an interval of few calls would be.
    let on_scale = |i: Interval| Interval { low: i.low.clamp(0.0, 100.0), high: i.high.clamp(0.0, 100.0) };
    // One that spans the whole scale says nothing.
    let says_nothing = |i: &Interval| i.low <= 0.0 && i.high >= 100.0;
    let score_interval = score.and_then(|(_, interval)| interval).filter(|i| !says_nothing(i)).map(on_scale);
    let rate = stats::rate(&severe);
    let per_ten = |interval: Interval| Interval { low: interval.low * 10.0, high: interval.high * 10.0 };
    let judged = || {
        let of = [("value", severe.len().to_string()), ("of", calls.len().to_string())];
        texts.with("batch-n-judged", &of.each_ref().map(|(key, value)| (*key, value.as_str())))
    };
    let n_steps = |status| calls.iter().flat_map(|line| &line.steps).filter(|(_, s)| *s == status).count() as u64;
    let (n_absent, n_present) = (n_steps(RequiredStatus::Absent), n_steps(RequiredStatus::Present));
    let missing = stats::share(n_absent, n_absent + n_present).map(|interval| {
        let shown = Interval { low: interval.low * 100.0, high: interval.high * 100.0 };
        let share = n_absent as f64 / (n_absent + n_present) as f64;
        (names::percent(share, texts), names::interval(shown, 0, texts))
    });
    let fixed = |value: f64| format!("{value:.1}");
    Group {
        name: by.name(key, texts),
        href: link::to_list(&[(by.key(), key), ("status", "ok")]),
        n: calls.len(),
        score: score.map(|(mean, _)| number(mean, 0, texts)),
        score_interval: match score_interval {
            Some(interval) => names::interval(interval, 0, texts),
            None if score.is_some() => texts.get("batch-too-few"),
            None => String::new(),
        },
        score_range: score
            .and_then(|(mean, _)| Some((mean, score_interval?)))
            .map(|(mean, i)| [i.low, mean, i.high].map(fixed)),
        severe: rate.map(|(mean, interval)| {
            let judged = if severe.len() < calls.len() { judged() } else { String::new() };
            [number(mean * 10.0, 1, texts), names::interval(per_ten(interval), 1, texts), judged]
        }),
        missing,
        is_small: calls.len() < MIN_CALLS,
        rank: (score.map_or(f64::INFINITY, |(mean, _)| mean), rate.map_or(0.0, |(mean, _)| mean)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{CallMetadata, CallStatus};

    fn call(agent: &str, score: f64, n_major: u64) -> CallLine {
        let metadata = CallMetadata { agent: Some(agent.into()), ..CallMetadata::default() };
        let mut line = CallLine::without_report("a.wav", "", "calls/a", metadata, None);
        line.parts = vec![("forbidden".into(), 10.0, 10.0)];
        (line.status, line.score, line.n_by_severity) = (CallStatus::Ok, Some(score), [0, n_major, 0, 0]);
        line
    }

    #[test]
    fn few_calls_are_never_ranked_before_many() {
        let mut calls: Vec<CallLine> = (0..6).map(|i| call("Good", 90.0 + f64::from(i), 0)).collect();
        calls.extend((0..6).map(|i| call("Bad", 40.0 + f64::from(i), 3)));
        calls.push(call("Once", 1.0, 9));
        calls.extend((0..2).map(|i| call("Twice", 2.0 + f64::from(i), 9)));
        let lines: Vec<&CallLine> = calls.iter().collect();
        let tables = tables(&lines, Texts::default());
        let names: Vec<&str> = tables[0].groups.iter().map(|g| g.name.as_str()).collect();
        assert_eq!(names, ["Bad", "Good", "Twice", "Once"]);
        let once = &tables[0].groups[3];
        assert!(once.is_small && once.score_range.is_none());
        assert_eq!(tables[0].groups[0].severe.as_ref().map(|s| s[0].as_str()), Some("30.0"));
        assert_eq!(tables[0].groups[0].href, "#agent=Bad&status=ok");
    }

    #[test]
    fn the_clock_is_that_of_the_calls_own_offset() {
        let mut line = call("A", 50.0, 0);
        for (text, expected) in [
            ("2026-11-02T00:14:00+05:00", Some(Begun { weekday: 1, hour: 0 })),
            ("2026-11-01T23:59:00-11:00", Some(Begun { weekday: 7, hour: 23 })),
            ("2026-02-30T10:00:00Z", None),
            ("2026-11-02", None),
            ("2026-11-02T99:00:00Z", None),
        ] {
            line.call.started_at = Some(text.into());
            assert_eq!(begun(&line), expected, "{text}");
        }
    }

    #[test]
    fn one_group_alone_has_no_table_and_failed_calls_are_in_none() {
        let mut calls = [call("A", 50.0, 0), call("A", 60.0, 0), call("B", 10.0, 0)];
        calls[2].status = CallStatus::Failed;
        assert!(tables(&calls.iter().collect::<Vec<_>>(), Texts::default()).is_empty());
    }
}
