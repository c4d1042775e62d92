//! The figures that vendors are compared by: what each takes from a call, which way is better, and whether it counts. What is not
//! measured in a call is left out of the figure, never taken for good.

use crate::call::vendors::FigureKind;
use crate::call::{CallLine, CallStatus, CategoryLine, Polarity, RequiredStatus, Severity};

/// Below even odds a reviewer would rather not agree: such a finding is no ground for judging anybody.
pub const LEAST_CONFIDENCE: f64 = 0.5;

/// A figure.
pub struct Figure {
    /// Its id.
    pub id: &'static str,
    /// How it is read.
    pub kind: FigureKind,
    /// True if more is better.
    pub is_high_better: bool,
    /// False for noise: less of it earns nothing (a demo from a studio is no better a vendor), so that it makes nobody better. More
    /// of it is a doubt.
    pub counts: bool,
    /// Numerator and denominator of a call; of a share 0 or 1 of 1. `None` if it was not measured there.
    pub of: fn(&CallLine) -> Option<(f64, f64)>,
}

/// All of them, in the order of the page.
pub const FIGURES: [Figure; 12] = [
    Figure { id: "score", kind: FigureKind::Points, is_high_better: true, counts: true, of: score_without_noise },
    Figure {
        id: "forbidden_calls",
        kind: FigureKind::Share,
        is_high_better: false,
        counts: true,
        of: |c| part(c, "forbidden").then(|| share(has(c, Polarity::Forbidden, Severity::Major))),
    },
    Figure {
        id: "forbidden_rate",
        kind: FigureKind::PerTenMinutes,
        is_high_better: false,
        counts: true,
        of: |c| {
            let minutes = c.duration_s.filter(|s| *s > 0.0)? / 600.0;
            let found = of_polarity(c, Polarity::Forbidden).filter(|l| l.severity <= Severity::Minor);
            part(c, "forbidden").then(|| (found.map(|l| l.expected).sum(), minutes))
        },
    },
    Figure {
        id: "personal_data_calls",
        kind: FigureKind::Share,
        is_high_better: false,
        counts: true,
        of: |c| is_privacy_judged(c).then(|| share(has(c, Polarity::PersonalData, Severity::Minor))),
    },
    Figure {
        id: "fact_calls",
        kind: FigureKind::Share,
        is_high_better: false,
        counts: true,
        of: |c| part(c, "facts").then(|| share(has(c, Polarity::Fact, Severity::Minor))),
    },
    Figure {
        id: "steps_present",
        kind: FigureKind::Ratio,
        is_high_better: true,
        counts: true,
        of: |c| {
            let n = |status| c.steps.iter().filter(|(_, s)| *s == status).count() as f64;
            let (present, absent) = (n(RequiredStatus::Present), n(RequiredStatus::Absent));
            (part(c, "required") && present + absent > 0.0).then_some((present, present + absent))
        },
    },
    Figure {
        id: "overtalk",
        kind: FigureKind::Ratio,
        is_high_better: false,
        counts: true,
        of: |c| Some((c.overtalk_ratio?, 1.0)),
    },
    Figure {
        id: "longest_silence",
        kind: FigureKind::Seconds,
        is_high_better: false,
        counts: true,
        of: |c| Some((c.measured.silence_longest_s?, 1.0)),
    },
    Figure {
        id: "bad_line_calls",
        kind: FigureKind::Share,
        is_high_better: false,
        counts: true,
        of: |c| part(c, "line").then(|| share(c.categories.iter().any(is_bad_line))),
    },
    Figure {
        id: "unreadable_calls",
        kind: FigureKind::Share,
        is_high_better: false,
        counts: true,
        of: |c| (c.status != CallStatus::Pending).then(|| share(c.status == CallStatus::Failed)),
    },
    Figure {
        id: "neighbour_calls",
        kind: FigureKind::Share,
        is_high_better: false,
        counts: false,
        // From grade 2 on words can be guessed: that is what distracts, and what a client must not hear.
        of: |c| c.measured.background_grade.map(|grade| share(grade >= 2)),
    },
    Figure {
        id: "snr_db",
        kind: FigureKind::Decibels,
        is_high_better: true,
        counts: false,
        of: |c| Some((c.snr_db?, 1.0)),
    },
];

/// The score of docs/score.md without its part for noise: noise takes points from a call, and what is not taken from a quiet demo
/// must not make its vendor better.
fn score_without_noise(call: &CallLine) -> Option<(f64, f64)> {
    call.score?;
    let others = call.parts.iter().filter(|(name, _, _)| name != "noise");
    let (points, most) = others.fold((0.0, 0.0), |(points, most), (_, p, max)| (points + p, most + max));
    (most > 0.0).then(|| ((100.0 * points / most).clamp(0.0, 100.0), 1.0))
}

fn share(is_so: bool) -> (f64, f64) {
    (f64::from(u8::from(is_so)), 1.0)
}

/// Could this part of the score be judged?
pub fn part(call: &CallLine, name: &str) -> bool {
    call.parts.iter().any(|(part, _, _)| part == name)
}

/// Could personal data have been found? In a language without word lists the part `privacy` stands there though nobody looked at
/// the words.
pub fn is_privacy_judged(call: &CallLine) -> bool {
    part(call, "privacy") && part(call, "forbidden")
}

fn of_polarity(call: &CallLine, polarity: Polarity) -> impl Iterator<Item = &CategoryLine> {
    call.categories.iter().filter(move |line| line.polarity == polarity)
}

fn has(call: &CallLine, polarity: Polarity, at_least: Severity) -> bool {
    of_polarity(call, polarity).any(|l| l.severity <= at_least && l.confidence >= LEAST_CONFIDENCE)
}

/// Rules about the line itself. Noise and voices behind the speaker are not the line, talk is not either.
pub fn is_bad_line(line: &CategoryLine) -> bool {
    const LINE: [&str; 6] = ["clipping", "dead_channel", "dual_mono", "leakage", "level_high", "level_low"];
    let rule = line.category.strip_prefix("quality.").unwrap_or_default();
    LINE.contains(&rule) && line.severity <= Severity::Minor && line.confidence >= LEAST_CONFIDENCE
}

/// Rules about noise.
pub fn is_noise(line: &CategoryLine) -> bool {
    const NOISE: [&str; 3] = ["background_voices", "high_floor", "low_snr"];
    let rule = line.category.strip_prefix("quality.").unwrap_or_default();
    NOISE.contains(&rule) && line.severity <= Severity::Minor && line.confidence >= LEAST_CONFIDENCE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::CallMetadata;

    #[test]
    fn what_nobody_could_judge_is_in_no_share() {
        let value = |id: &str, parts: &[&str]| {
            let mut call = CallLine::without_report("a", "", "calls/a", CallMetadata::default(), None);
            call.steps = vec![("closing".into(), RequiredStatus::Absent)];
            call.parts = parts.iter().map(|p| ((*p).to_owned(), 10.0, 10.0)).collect();
            let figure = FIGURES.iter().find(|f| f.id == id).expect("a figure");
            (figure.of)(&call)
        };
        assert_eq!(value("steps_present", &["forbidden", "privacy"]), None);
        assert_eq!(value("steps_present", &["required"]), Some((0.0, 1.0)));
        assert_eq!(value("personal_data_calls", &["privacy"]), None);
        assert_eq!(value("personal_data_calls", &["forbidden"]), None);
        assert_eq!(value("personal_data_calls", &["privacy", "forbidden"]), Some((0.0, 1.0)));
    }
}
