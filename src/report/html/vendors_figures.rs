//! Figures of vendors as a page shows them: numbers with their units, and bars that draw the intervals. Which figures there are is
//! decided where they are reckoned.

use super::format::{number, percent};
use crate::call::vendors::{Difference, FigureKind, FigureReport, MoreCalls, PairReport, Which};
use crate::report::texts::Texts;

/// A bar in a box of 0..=100: where the value and its interval are.
pub(super) struct Bar {
    pub(super) value: String,
    /// From where and how wide.
    pub(super) span: Option<(String, String)>,
    /// Where no difference would be.
    pub(super) zero: Option<String>,
}

/// A figure of a vendor.
pub(super) struct Cell {
    pub(super) value: String,
    pub(super) interval: String,
    pub(super) hits: Option<String>,
    pub(super) bar: Bar,
}

/// A figure of two.
pub(super) struct DifferenceRow {
    pub(super) name: String,
    pub(super) counts: bool,
    pub(super) difference: String,
    pub(super) interval: String,
    pub(super) bar: Bar,
    pub(super) better: Option<String>,
    pub(super) sure: String,
    pub(super) is_sure: bool,
    pub(super) more: Vec<String>,
}

pub(super) fn figure_name(id: &str, tr: Texts) -> String {
    tr.get(&format!("vendors-figure-{id}"))
}

/// Which way is better.
pub(super) fn better(id: &str, tr: Texts) -> String {
    tr.get(match id {
        "score" | "steps_present" => "vendors-higher-better",
        "snr_db" | "neighbour_calls" => "vendors-noise-only",
        _ => "vendors-lower-better",
    })
}

/// A value with its unit.
pub(super) fn figure_value(value: f64, kind: FigureKind, tr: Texts) -> String {
    match kind {
        FigureKind::Share | FigureKind::Ratio => format!("{} %", in_unit(value, kind, tr)),
        FigureKind::Points | FigureKind::PerTenMinutes => in_unit(value, kind, tr),
        FigureKind::Seconds => format!("{} {}", in_unit(value, kind, tr), tr.get("unit-s")),
        FigureKind::Decibels => format!("{} {}", in_unit(value, kind, tr), tr.get("unit-db")),
    }
}

fn in_unit(value: f64, kind: FigureKind, tr: Texts) -> String {
    match kind {
        FigureKind::Share => number(value * 100.0, 0, tr),
        FigureKind::Ratio => number(value * 100.0, 1, tr),
        FigureKind::Points => number(value, 1, tr),
        FigureKind::PerTenMinutes | FigureKind::Seconds | FigureKind::Decibels => number(value, 1, tr),
    }
}

/// From where to where the bars of a figure are drawn: all of a share, and as far as intervals reach.
pub(super) fn axis(reports: &[&FigureReport]) -> (f64, f64) {
    let ends = || reports.iter().flat_map(|f| [f.low, f.value, f.high]).flatten();
    let (low, high) = (ends().fold(f64::INFINITY, f64::min), ends().fold(f64::NEG_INFINITY, f64::max));
    match reports.first().map(|f| f.kind) {
        Some(FigureKind::Share) => (0.0, 1.0),
        Some(FigureKind::Points) => (0.0, 100.0),
        Some(FigureKind::Decibels) => (low.min(0.0), high.max(low + 1.0)),
        _ => (0.0, high.max(1e-6)),
    }
}

fn at(value: f64, (low, high): (f64, f64)) -> f64 {
    ((value - low) / (high - low) * 100.0).clamp(0.0, 100.0)
}

fn bar(value: f64, ends: Option<(f64, f64)>, axis: (f64, f64), zero: bool) -> Bar {
    let shown = |x: f64| format!("{x:.1}");
    Bar {
        value: shown(at(value, axis) * 0.986),
        span: ends.map(|(low, high)| (shown(at(low, axis)), shown((at(high, axis) - at(low, axis)).max(0.5)))),
        zero: zero.then(|| shown(at(0.0, axis))),
    }
}

pub(super) fn cell(figure: &FigureReport, axis: (f64, f64), tr: Texts) -> Option<Cell> {
    let value = figure.value?;
    let ends = figure.low.zip(figure.high);
    let interval = match ends {
        Some((low, high)) => tr.with(
            "vendors-interval",
            &[("low", &in_unit(low, figure.kind, tr)), ("high", &figure_value(high, figure.kind, tr))],
        ),
        None => tr.get("vendors-no-interval"),
    };
    let n_calls = figure.n_calls.to_string();
    Some(Cell {
        value: figure_value(value, figure.kind, tr),
        interval,
        hits: Some(match figure.n_hits {
            Some(n) => tr.with("vendors-hits", &[("n", &n.to_string()), ("of", &n_calls)]),
            None => tr.count("vendors-n-calls", figure.n_calls),
        }),
        bar: bar(value, ends, axis, false),
    })
}

/// With its sign; a difference of shares is in points.
fn signed(value: f64, kind: FigureKind, tr: Texts) -> String {
    let text = in_unit(value.abs(), kind, tr);
    let is_zero = text.chars().all(|c| !c.is_ascii_digit() || c == '0');
    let sign = if is_zero {
        ""
    } else if value < 0.0 {
        "−"
    } else {
        "+"
    };
    format!("{sign}{text}")
}

pub(super) fn difference_row(d: &Difference, pair: &PairReport, tr: Texts) -> DifferenceRow {
    let value = signed(d.difference, d.kind, tr);
    let ends = d.low.zip(d.high);
    let widest = [Some(d.difference), d.low, d.high].into_iter().flatten().map(f64::abs).fold(1e-6, f64::max);
    let more = |state: Option<MoreCalls>, prefix: &str| {
        state.map(|state| match state {
            MoreCalls::Each(n) => tr.with(&format!("{prefix}-each"), &[("n", &n.to_string())]),
            MoreCalls::Enough => tr.get(&format!("{prefix}-enough")),
            MoreCalls::Hopeless => tr.get(&format!("{prefix}-hopeless")),
        })
    };
    let to_tell = more(d.more_to_tell, "vendors-more-cell");
    let to_five = more(d.more_to_five_points, "vendors-five-cell");
    DifferenceRow {
        name: figure_name(&d.figure, tr),
        counts: d.counts,
        difference: match d.kind {
            FigureKind::Share | FigureKind::Ratio | FigureKind::Points => {
                tr.with("vendors-points", &[("value", &value)])
            }
            FigureKind::Seconds => format!("{value} {}", tr.get("unit-s")),
            FigureKind::Decibels => format!("{value} {}", tr.get("unit-db")),
            FigureKind::PerTenMinutes => value,
        },
        interval: match ends {
            Some((low, high)) => {
                tr.with("vendors-interval", &[("low", &signed(low, d.kind, tr)), ("high", &signed(high, d.kind, tr))])
            }
            None => tr.get("vendors-no-interval"),
        },
        bar: bar(d.difference, ends, (-widest, widest), true),
        better: match (d.better, d.counts) {
            (Some(Which::A), true) => Some(pair.a.clone()),
            (Some(Which::B), true) => Some(pair.b.clone()),
            _ => None,
        },
        sure: match d.sure_probability {
            // Anything less is near the toss of a coin, and looks like more when it is read as a number.
            Some(p) if p < 0.8 => tr.get("vendors-publish-cannot-tell"),
            Some(p) => percent(p),
            None => "–".into(),
        },
        is_sure: d.is_sure,
        more: to_tell.into_iter().chain(to_five).collect(),
    }
}
