//! What to ask whoever had these calls: a question for each kind of doubt, in plain words, with the moments that raise it. One
//! call is a note, two are a question, three independent calls are an alarm. A question is not an accusation: findings may
//! be wrong, and there may be a good answer.

use std::collections::BTreeMap;

use super::super::{safe, says};
use super::contradictions::Disagreement;
use super::groups::{By, grouped};
use super::names::{self, Moment};
use super::{LIKELY, is_analysed, is_judged, link};
use crate::call::{CallLine, CategoryLine, Polarity, Severity};
use crate::report::texts::Texts;

/// Most questions to one vendor: more than can be answered in a meeting.
const N_QUESTIONS: usize = 20;

/// Most moments beside a question; the list of calls has all.
const N_MOMENTS: usize = 4;

/// How much a doubt weighs, by the number of independent calls that raise it: "three times yes" is the alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Weight {
    /// Three calls or more.
    Red,
    /// Two.
    Ask,
    /// One.
    Note,
}

impl Weight {
    fn of(n_calls: usize) -> Self {
        match n_calls {
            0 | 1 => Self::Note,
            2 => Self::Ask,
            _ => Self::Red,
        }
    }

    /// Sign, name of the message, class.
    pub(in super::super) fn mark(self) -> super::super::labels::Mark {
        use super::super::labels::Mark;
        match self {
            Self::Red => Mark { icon: "◆", key: "batch-doubt-red", class: "critical" },
            Self::Ask => Mark { icon: "▲", key: "batch-doubt-ask", class: "major" },
            Self::Note => Mark { icon: "○", key: "batch-doubt-note", class: "info" },
        }
    }
}

pub(in super::super) struct Question {
    pub(in super::super) weight: Weight,
    pub(in super::super) text: String,
    /// What it is about.
    pub(in super::super) category: String,
    /// `5 of 120 judged calls`.
    pub(in super::super) calls: String,
    pub(in super::super) moments: Vec<Moment>,
    /// The list of all these calls.
    pub(in super::super) href: String,
    severity: Severity,
    n_calls: usize,
}

/// The questions to one vendor.
pub(in super::super) struct Asked {
    /// Empty if vendors are not known.
    pub(in super::super) vendor: String,
    pub(in super::super) questions: Vec<Question>,
    /// Questions that are not shown.
    pub(in super::super) n_more: usize,
}

/// By vendor where vendors are known, else of the whole batch. Vendors without a question are left out.
pub(in super::super) fn questions(lines: &[&CallLine], disagreements: &[Disagreement], texts: Texts) -> Vec<Asked> {
    let by_vendor = grouped(By::Vendor, lines);
    let all: Vec<&CallLine> = lines.iter().copied().filter(|line| is_analysed(line)).collect();
    let of_vendors = by_vendor.into_iter().map(|(vendor, calls)| asked(vendor, &calls, texts));
    let mut lists: Vec<Asked> = of_vendors.collect();
    if lists.is_empty() {
        lists.push(asked(String::new(), &all, texts));
    }
    // Whose calls disagree is not known by vendor: with one list it is theirs.
    if let [only] = lists.as_mut_slice() {
        let contradictions = disagreements.iter().map(|entry| contradiction(entry, texts));
        only.questions.splice(0..0, contradictions);
    }
    for list in &mut lists {
        list.questions.sort_by(|a, b| {
            a.weight
                .cmp(&b.weight)
                .then(a.severity.cmp(&b.severity))
                .then(b.n_calls.cmp(&a.n_calls))
                .then(a.category.cmp(&b.category))
        });
        list.n_more = list.questions.len().saturating_sub(N_QUESTIONS);
        list.questions.truncate(N_QUESTIONS);
    }
    lists.retain(|list| !list.questions.is_empty());
    lists
}

fn asked(vendor: String, calls: &[&CallLine], texts: Texts) -> Asked {
    let mut doubts: BTreeMap<&str, Vec<(&CallLine, usize)>> = BTreeMap::new();
    for line in calls.iter().copied() {
        for (at, category) in line.categories.iter().enumerate().filter(|(_, c)| is_doubt(c, texts)) {
            doubts.entry(&category.category).or_default().push((line, at));
        }
    }
    let questions = doubts.into_iter().map(|(id, heard)| question(id, heard, &vendor, calls, texts)).collect();
    Asked { vendor, questions, n_more: 0 }
}

/// What is likely, and either bad or has a question of its own.
fn is_doubt(category: &CategoryLine, texts: Texts) -> bool {
    let is_bad = category.severity < Severity::Info && category.polarity != Polarity::Signal;
    category.confidence >= LIKELY && (is_bad || own_text(&category.category, texts).is_some())
}

/// The question that is written for a category.
fn own_text(id: &str, texts: Texts) -> Option<String> {
    texts.find(&format!("batch-question-{}", id.replace('.', "-")))
}

fn question(id: &str, mut heard: Vec<(&CallLine, usize)>, vendor: &str, calls: &[&CallLine], texts: Texts) -> Question {
    let of = |(line, at): &(&CallLine, usize)| line.categories[*at].clone();
    heard.sort_by(|a, b| {
        let (x, y) = (of(a), of(b));
        x.severity.cmp(&y.severity).then(y.confidence.total_cmp(&x.confidence)).then(a.0.source.cmp(&b.0.source))
    });
    let worst = of(&heard[0]);
    let name = names::category(id, worst.polarity, texts);
    let n_judged = calls.iter().filter(|line| is_judged(line, id, worst.polarity)).count();
    let general = || {
        // The step itself, not that it is missing.
        let step = says::category(&safe::revealed(id), texts);
        let kind = match worst.polarity {
            Polarity::Forbidden | Polarity::Signal => "said",
            Polarity::Required => "step",
            Polarity::Fact => "fact",
            Polarity::PersonalData => "personal",
            Polarity::Quality => "quality",
        };
        let name = if worst.polarity == Polarity::Required { &step } else { &name };
        texts.with(&format!("batch-question-any-{kind}"), &[("name", name)])
    };
    let filters = [("vendor", vendor), ("cat", id), ("likely", "1")];
    Question {
        weight: Weight::of(heard.len()),
        text: own_text(id, texts).unwrap_or_else(general),
        calls: texts.with("batch-of-calls", &[("value", &heard.len().to_string()), ("of", &n_judged.to_string())]),
        moments: heard.iter().filter_map(|(line, at)| Moment::of_category(line, *at, texts)).take(N_MOMENTS).collect(),
        href: link::to_list(if vendor.is_empty() { &filters[1..] } else { &filters }),
        severity: worst.severity,
        n_calls: heard.len(),
        category: name,
    }
}

fn contradiction(entry: &Disagreement, texts: Texts) -> Question {
    let n_calls: u64 = entry.values.iter().map(|(_, n, _)| n).sum();
    let values: Vec<String> = entry.values.iter().map(|(value, _, _)| format!("{value} {}", entry.unit)).collect();
    let about =
        if entry.product.is_empty() { entry.what.clone() } else { format!("{}: {}", entry.product, entry.what) };
    let moment = |heard: &super::contradictions::Heard| {
        Some(Moment {
            href: heard.href.clone()?,
            call: heard.call.clone(),
            clock: heard.clock.clone(),
            severity: None,
            title: String::new(),
            quote: heard.quote.clone(),
        })
    };
    Question {
        weight: Weight::of(n_calls as usize),
        text: texts.with("batch-question-contradiction", &[("name", &about), ("value", &values.join(", "))]),
        category: about,
        calls: texts.count("batch-n-calls", n_calls),
        moments: entry.values.iter().filter_map(|(_, _, examples)| moment(examples.first()?)).take(N_MOMENTS).collect(),
        href: "#h-consistency".into(),
        severity: Severity::Major,
        n_calls: n_calls as usize,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{CallMetadata, CallStatus};

    fn call(i: usize, vendor: Option<&str>, category: &str, polarity: Polarity, confidence: f64) -> CallLine {
        let metadata = CallMetadata { vendor: vendor.map(Into::into), ..CallMetadata::default() };
        let mut line = CallLine::without_report(&format!("{i}.wav"), "", &format!("calls/{i}"), metadata, None);
        line.status = CallStatus::Ok;
        line.categories.push(CategoryLine {
            category: category.into(),
            polarity,
            n: 1,
            expected: confidence,
            confidence,
            severity: Severity::Major,
            id: "a1b2c3d4e5f6".into(),
            start_s: Some(62.0),
            quote: None,
        });
        line
    }

    fn weights(calls: &[CallLine]) -> Vec<Weight> {
        let lists = questions(&calls.iter().collect::<Vec<_>>(), &[], Texts::default());
        lists.iter().flat_map(|list| list.questions.iter().map(|q| q.weight)).collect()
    }

    #[test]
    fn one_doubt_is_a_note_two_a_question_and_three_an_alarm() {
        let calls: Vec<CallLine> = (0..3).map(|i| call(i, None, "scarcity_stock", Polarity::Forbidden, 0.9)).collect();
        for (n, expected) in [(1, Weight::Note), (2, Weight::Ask), (3, Weight::Red)] {
            assert_eq!(weights(&calls[..n]), [expected]);
        }
        let mut one = calls[0].clone();
        one.categories[0].n = 9;
        assert_eq!(weights(&[one]), [Weight::Note], "nine times in one call are one doubt");
    }

    #[test]
    fn what_is_likely_wrong_and_what_a_customer_says_raise_no_question() {
        assert!(weights(&[call(0, None, "scarcity_stock", Polarity::Forbidden, 0.4)]).is_empty());
        assert!(weights(&[call(0, None, "c_gratitude", Polarity::Signal, 0.9)]).is_empty());
        assert_eq!(weights(&[call(0, None, "my_own_rule", Polarity::Forbidden, 0.9)]), [Weight::Note]);
    }

    #[test]
    fn each_vendor_is_asked_about_its_own_calls() {
        let calls: Vec<CallLine> =
            (0..4).map(|i| call(i, Some(["A", "B"][i / 3]), "scarcity_stock", Polarity::Forbidden, 0.9)).collect();
        let lists = questions(&calls.iter().collect::<Vec<_>>(), &[], Texts::default());
        let of =
            |i: usize| (lists[i].vendor.as_str(), lists[i].questions[0].weight, lists[i].questions[0].calls.as_str());
        assert_eq!(of(0), ("A", Weight::Red, "3 of 3 judged calls"));
        assert_eq!(of(1), ("B", Weight::Note, "1 of 1 judged calls"));
        assert_eq!(lists[0].questions[0].href, "#vendor=A&cat=scarcity_stock&likely=1");
        assert_eq!(lists[0].questions[0].moments[0].href, "calls/0.html#f-a1b2c3d4e5f6");
    }
}
