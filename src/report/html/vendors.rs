//! The page of the comparison of vendors: who is better and how sure, what speaks against each, the figures side by side with
//! their intervals, and places to hear. Nothing is reckoned here: the numbers are those of `vendors.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use askama::Template;

use super::format::{clock, length, number, percent};
use super::labels::{self, Mark};
use super::vendors_figures::{Cell, DifferenceRow, cell, difference_row, figure_name, figure_value};
use super::{href_of_path, policy, safe, says};
use crate::call::Polarity;
use crate::call::vendors::{
    Clip, Difference, Doubt, Evidence, MixState, MoreCalls, PairOutcome, PairReport, PublishState, VendorReport,
    VendorVerdict, VendorsReport, Which,
};
use crate::report::ReportError;
use crate::report::texts::{PageLanguage, Texts};

const STYLE: &str = concat!(include_str!("page.css"), include_str!("vendors.css"));
const SCRIPT: &str = include_str!("js/vendors.js");

static POLICY: LazyLock<String> = LazyLock::new(|| policy(SCRIPT, &[STYLE]));

/// Stands for a name in a message until it is taken apart: a noncharacter that no message and no shown text holds.
const NAME_MARK: char = '\u{fdd0}';

/// The page. `sounds` are the hrefs of recordings by `calls/<name>-<hash8>`, relative to the page.
///
/// # Errors
/// Numbers that are not finite where one is needed.
pub fn vendors_page(
    report: &VendorsReport,
    sounds: &BTreeMap<String, String>,
    texts: Texts,
) -> Result<String, ReportError> {
    // Links are made of names as they are on disk, all that is read of names as they may be shown.
    let shown = safe::shown(report)?;
    let figures: Vec<FigureRow> = (0..shown.vendors.first().map_or(0, |v| v.figures.len()))
        .filter_map(|at| figure_row(&shown.vendors, at, texts))
        .collect();
    let n_tests = shown.method.n_tests;
    let pairs = shown.pairs.iter().map(|pair| pair_view(pair, &shown, sounds, texts)).collect::<Vec<_>>();
    let no_pairs = match (shown.vendors.len(), pairs.is_empty()) {
        (0 | 1, _) => Some(texts.get("vendors-answer-one")),
        (_, true) => Some(texts.get("vendors-answer-many")),
        _ => None,
    };
    let page = VendorsPage {
        tr: texts,
        policy: &POLICY,
        style: STYLE,
        script: SCRIPT,
        title: texts.get(if shown.vendors.len() == 1 { "vendors-title-one" } else { "vendors-title-compared" }),
        n_calls: shown.vendors.iter().map(|v| v.n_calls).sum(),
        sound: length(shown.vendors.iter().map(|v| v.duration_s).sum(), texts),
        no_pairs,
        vendors: worst_first(&shown.vendors).into_iter().map(|v| vendor_view(v, texts)).collect(),
        names: shown.vendors.iter().map(|v| v.name.clone()).collect(),
        figures,
        pairs,
        mix: mix_rows(&shown.vendors, texts),
        how_intervals: texts.count("vendors-how-intervals", shown.method.n_resamples),
    };
    debug_assert!(n_tests > 0 || page.pairs.iter().all(|p| p.rows.is_empty()), "what is compared is tested");
    Ok(page.render()?)
}

/// The same in a few lines for a terminal, in English: a line a vendor, then who is better.
pub fn vendor_lines(report: &VendorsReport) -> Vec<String> {
    let tr = Texts::default();
    let mut lines = Vec::new();
    for vendor in &report.vendors {
        let doubts: Vec<String> = vendor
            .doubts
            .iter()
            .filter(|d| d.is_counted)
            .map(|d| format!("{} {}", tr.get(&format!("vendors-doubt-{}", d.kind)).to_lowercase(), in_calls(d, tr)))
            .collect();
        let verdict = tr.get(verdict_mark(vendor.verdict).key);
        let doubts = if doubts.is_empty() { String::new() } else { format!(": {}", doubts.join("; ")) };
        let publish = tr.get(publish_mark(vendor.publish).key);
        let score = vendor.figures.iter().find(|f| f.figure == "score").and_then(|f| cell(f, (0.0, 100.0), tr));
        let score = score.map_or(String::new(), |c| format!("; score {} ({})", c.value, c.interval));
        lines.push(format!(
            "{}: {verdict}{doubts}. {}{score}; to publish: {publish}",
            vendor.name,
            tr.count("vendors-n-calls", vendor.n_calls)
        ));
    }
    for pair in &report.pairs {
        let text = |parts: Vec<Part>| parts.into_iter().map(|p| p.text).collect::<String>();
        let mut says = vec![text(outcome_sentence(pair, tr))];
        says.extend(clearest(pair, report, tr).into_iter().map(text));
        says.extend(more_sentences(pair, tr));
        lines.push(says.join(" "));
    }
    lines
}

#[derive(Template)]
#[template(path = "vendors.html")]
struct VendorsPage<'a> {
    tr: Texts,
    policy: &'a str,
    style: &'a str,
    script: &'a str,
    title: String,
    n_calls: u64,
    sound: String,
    no_pairs: Option<String>,
    vendors: Vec<VendorView>,
    /// In the order of the columns of tables.
    names: Vec<String>,
    figures: Vec<FigureRow>,
    pairs: Vec<PairView>,
    mix: Vec<(String, Vec<u64>)>,
    how_intervals: String,
}

/// A piece of a sentence; names are set apart so that they cannot turn what stands beside them.
struct Part {
    is_name: bool,
    text: String,
}

struct VendorView {
    name: String,
    mark: Mark,
    says: String,
    publish: Mark,
    publish_why: String,
    counts: Vec<(String, String)>,
    /// Those that count, then those that are too rare.
    doubts: Vec<(String, Vec<DoubtView>)>,
}

struct DoubtView {
    name: String,
    share: String,
    places: Vec<PlaceView>,
    question: Option<String>,
}

struct PlaceView {
    mark: Option<Mark>,
    says: String,
    lang: Option<&'static str>,
    quote: Option<String>,
    sure: Option<String>,
    /// Href and text.
    link: Option<(String, String)>,
    source: String,
}

struct FigureRow {
    name: String,
    better: String,
    cells: Vec<Option<Cell>>,
}

struct PairView {
    name: String,
    heading: Vec<Part>,
    sentence: Vec<Part>,
    says: Vec<Vec<Part>>,
    warnings: Vec<Vec<Part>>,
    how: Vec<Part>,
    rows: Vec<DifferenceRow>,
    clips: Vec<ClipsView>,
}

struct ClipsView {
    what: String,
    same_language: bool,
    sides: [ClipView; 2],
}

struct ClipView {
    vendor: String,
    source: String,
    href: String,
    link: String,
    quote: Option<String>,
    sound: Option<String>,
    from: String,
    to: String,
    label: String,
}

/// A message with names in it, taken apart. `names` are arguments that are words of others.
fn sentence(tr: Texts, message: &str, names: &[(&str, &str)], values: &[(&str, &str)]) -> Vec<Part> {
    let marks: Vec<String> = (0..names.len()).map(|at| format!("{NAME_MARK}{at}{NAME_MARK}")).collect();
    let named = names.iter().zip(&marks).map(|((key, _), mark)| (*key, mark.as_str()));
    let text = tr.with(message, &named.chain(values.iter().copied()).collect::<Vec<_>>());
    let parts = text.split(NAME_MARK).enumerate().map(|(at, part)| match at % 2 {
        0 => Part { is_name: false, text: part.to_owned() },
        _ => {
            let name = part.parse::<usize>().ok().and_then(|at| names.get(at)).map_or("", |(_, name)| name);
            Part { is_name: true, text: name.to_owned() }
        }
    });
    parts.filter(|part| !part.text.is_empty()).collect()
}

fn plain(text: String) -> Vec<Part> {
    vec![Part { is_name: false, text }]
}

fn verdict_mark(verdict: VendorVerdict) -> Mark {
    match verdict {
        VendorVerdict::NoDoubt => Mark { icon: "✓", key: "vendors-verdict-no-doubt", class: "good" },
        VendorVerdict::Note => Mark { icon: "●", key: "vendors-verdict-note", class: "minor" },
        VendorVerdict::Ask => Mark { icon: "▲", key: "vendors-verdict-ask", class: "major" },
        VendorVerdict::RedFlag => Mark { icon: "◆", key: "vendors-verdict-red-flag", class: "critical" },
        VendorVerdict::CannotTell => Mark { icon: "○", key: "vendors-verdict-cannot-tell", class: "info" },
    }
}

fn publish_mark(state: PublishState) -> Mark {
    match state {
        PublishState::Publish => Mark { icon: "✓", key: "vendors-publish-publish", class: "good" },
        PublishState::Fix => Mark { icon: "▲", key: "vendors-publish-fix", class: "major" },
        PublishState::DoNot => Mark { icon: "◆", key: "vendors-publish-do-not", class: "critical" },
        PublishState::CannotTell => Mark { icon: "○", key: "vendors-publish-cannot-tell", class: "info" },
    }
}

/// Those to look at first, then by name.
fn worst_first(vendors: &[VendorReport]) -> Vec<&VendorReport> {
    let mut sorted: Vec<_> = vendors.iter().collect();
    sorted.sort_by_key(|v| match v.verdict {
        VendorVerdict::RedFlag => 0,
        VendorVerdict::Ask => 1,
        VendorVerdict::Note => 2,
        VendorVerdict::CannotTell => 3,
        VendorVerdict::NoDoubt => 4,
    });
    sorted
}

fn vendor_view(vendor: &VendorReport, tr: Texts) -> VendorView {
    let mark = verdict_mark(vendor.verdict);
    let n_counted = vendor.doubts.iter().filter(|d| d.is_counted).count();
    let n_deaf = (vendor.n_ok.saturating_sub(vendor.n_words_judged)).to_string();
    let says = tr.with(
        &format!("{}-says", mark.key),
        &[
            (
                "n",
                if vendor.verdict == VendorVerdict::CannotTell { n_deaf.clone() } else { n_counted.to_string() }
                    .as_str(),
            ),
            ("of", &vendor.n_ok.to_string()),
        ],
    );
    let reason = |r: &crate::call::vendors::PublishReason| {
        let calls = tr.count("vendors-n-calls", r.n_calls);
        tr.with(&format!("vendors-publish-{}", r.kind), &[("calls", &calls)])
    };
    let publish_why = match vendor.publish {
        PublishState::Publish => String::new(),
        _ => vendor.publish_reasons.iter().map(reason).collect::<Vec<_>>().join(", "),
    };
    let count = |key: &str, n: u64| (tr.get(key), n.to_string());
    let mut counts = vec![
        count("vendors-count-calls", vendor.n_calls),
        (tr.get("vendors-count-sound"), length(vendor.duration_s, tr)),
        count("vendors-count-judged", vendor.n_words_judged),
    ];
    if vendor.n_failed > 0 {
        counts.push(count("vendors-count-failed", vendor.n_failed));
    }
    if vendor.n_agents > 0 {
        counts.push(count("vendors-count-agents", vendor.n_agents));
    }
    let group = |heading: &str, is_counted: bool| {
        let doubts: Vec<_> = vendor.doubts.iter().filter(|d| d.is_counted == is_counted).collect();
        (tr.get(heading), doubts.into_iter().map(|d| doubt_view(d, tr)).collect::<Vec<_>>())
    };
    let groups = [group("vendors-doubts", true), group("vendors-doubts-rare", false)];
    VendorView {
        name: vendor.name.clone(),
        mark,
        says,
        publish: publish_mark(vendor.publish),
        publish_why,
        counts,
        doubts: groups.into_iter().filter(|(_, doubts)| !doubts.is_empty()).collect(),
    }
}

fn in_calls(doubt: &Doubt, tr: Texts) -> String {
    tr.with("vendors-doubt-in", &[("n", &doubt.n_calls.to_string()), ("of", &doubt.n_judged.to_string())])
}

fn doubt_view(doubt: &Doubt, tr: Texts) -> DoubtView {
    DoubtView {
        name: tr.get(&format!("vendors-doubt-{}", doubt.kind)),
        share: in_calls(doubt, tr),
        places: doubt.evidence.iter().map(|e| place(e, tr)).collect(),
        question: doubt.evidence.iter().find_map(|e| question(e, tr)),
    }
}

/// What to ask the vendor: the index has a question for each category, and for what has none.
fn question(evidence: &Evidence, tr: Texts) -> Option<String> {
    let (rule, category, polarity) = (evidence.rule.as_deref()?, evidence.category.as_deref()?, evidence.polarity?);
    let is_of_rule = matches!(polarity, Polarity::Quality | Polarity::PersonalData | Polarity::Fact);
    let id = if is_of_rule { rule } else { category };
    let any = match polarity {
        Polarity::Forbidden | Polarity::Signal => "batch-question-any-said",
        Polarity::Required => "batch-question-any-step",
        Polarity::Fact => "batch-question-any-fact",
        Polarity::PersonalData => "batch-question-any-personal",
        Polarity::Quality => "batch-question-any-quality",
    };
    tr.find(&format!("batch-question-{}", id.replace('.', "-"))).or_else(|| {
        tr.find(any)?;
        let name = match polarity {
            // The step itself, not that it is missing.
            Polarity::Required => says::category(&safe::revealed(category), tr),
            _ => labels::title_of(rule, category, polarity, tr),
        };
        Some(tr.with(any, &[("name", &name)]))
    })
}

fn place(evidence: &Evidence, tr: Texts) -> PlaceView {
    let of_rule = evidence.rule.as_deref().zip(evidence.category.as_deref()).zip(evidence.polarity);
    let (says, lang) = match of_rule {
        Some(((rule, category), polarity)) => {
            let said = labels::says_of(rule, category, polarity, &evidence.message, tr);
            (said.text, said.lang)
        }
        None => (evidence.message.clone(), Some("en").filter(|_| tr.language != PageLanguage::En)),
    };
    let link = (!evidence.stem.is_empty()).then(|| {
        let anchor = match (&evidence.finding, evidence.start_s) {
            (Some(id), _) => format!("#f-{id}"),
            (None, Some(start_s)) => format!("#t={start_s:.1}"),
            (None, None) => String::new(),
        };
        let text = match evidence.start_s {
            Some(start_s) => tr.with("vendors-listen", &[("time", &clock(start_s))]),
            None => tr.get("vendors-open"),
        };
        (call_href(&evidence.stem) + &anchor, text)
    });
    PlaceView {
        mark: evidence.severity.map(labels::severity),
        says,
        lang,
        quote: evidence.quote.clone(),
        sure: evidence.confidence.map(|p| tr.with("vendors-expected", &[("percent", &percent(p))])),
        link,
        source: evidence.source.clone(),
    }
}

/// Names of files are made safe when they are written, so that what is shown of them is what they are.
fn call_href(stem: &str) -> String {
    href_of_path(&format!("{stem}.html"), 0)
}

fn figure_row(vendors: &[VendorReport], at: usize, tr: Texts) -> Option<FigureRow> {
    let reports: Vec<_> = vendors.iter().filter_map(|v| v.figures.get(at)).collect();
    let first = reports.first()?;
    if reports.iter().all(|f| f.value.is_none()) {
        return None;
    }
    let axis = super::vendors_figures::axis(&reports);
    Some(FigureRow {
        name: figure_name(&first.figure, tr),
        better: super::vendors_figures::better(&first.figure, tr),
        cells: reports.iter().map(|f| cell(f, axis, tr)).collect(),
    })
}

fn pair_view(pair: &PairReport, report: &VendorsReport, sounds: &BTreeMap<String, String>, tr: Texts) -> PairView {
    let names = [("name", pair.a.as_str()), ("other", pair.b.as_str())];
    let mut says = sure_sentences(pair, tr);
    says.extend(clearest(pair, report, tr));
    says.extend(more_sentences(pair, tr).into_iter().map(plain));
    let mix = match pair.mix {
        MixState::Alike => "vendors-mix-alike",
        MixState::Adjusted => "vendors-mix-adjusted",
        MixState::Apart => "vendors-mix-apart",
    };
    let mix_sentence = sentence(tr, mix, &[], &[("distance", &percent(pair.mix_distance_ratio))]);
    let mut warnings = Vec::new();
    if pair.mix == MixState::Apart {
        warnings.push(mix_sentence)
    } else {
        says.push(mix_sentence)
    }
    if let Some(noisier) = pair.figures.iter().filter(|d| !d.counts && d.is_sure).find_map(|d| d.better) {
        let (better, worse) = match noisier {
            Which::A => (pair.a.as_str(), pair.b.as_str()),
            Which::B => (pair.b.as_str(), pair.a.as_str()),
        };
        warnings.push(sentence(tr, "vendors-noisier", &[("name", worse), ("other", better)], &[]));
    }
    let of = |name: &str| report.vendors.iter().find(|v| v.name == name);
    let both = [of(&pair.a), of(&pair.b)];
    if both.iter().flatten().any(|v| v.n_agents == 0) {
        warnings.push(plain(tr.get("vendors-agents-unknown")));
    }
    let fewest = both.iter().flatten().map(|v| v.n_ok).min().unwrap_or(0);
    // From 30 of each on, shares are known to ±18 points and better.
    if fewest < 30 {
        warnings.push(sentence(tr, "vendors-few", &[], &[("n", &fewest.to_string())]));
    }
    PairView {
        name: format!("{} / {}", pair.a, pair.b),
        heading: sentence(tr, "vendors-differences-of", &names, &[]),
        sentence: outcome_sentence(pair, tr),
        says,
        warnings,
        how: sentence(tr, "vendors-differences-how", &names, &[("n", &report.method.n_tests.to_string())]),
        rows: pair.figures.iter().map(|d| difference_row(d, pair, tr)).collect(),
        clips: pair.clips.iter().map(|clips| clips_view(clips, pair, sounds, tr)).collect(),
    }
}

fn outcome_sentence(pair: &PairReport, tr: Texts) -> Vec<Part> {
    let (a, b) = (pair.a.as_str(), pair.b.as_str());
    let (message, name, other) = match pair.outcome {
        PairOutcome::A => ("vendors-better", a, b),
        PairOutcome::B => ("vendors-better", b, a),
        PairOutcome::Each => ("vendors-each", a, b),
        PairOutcome::CannotTell => ("vendors-cannot-tell", a, b),
    };
    sentence(tr, message, &[("name", name), ("other", other)], &[])
}

/// What each is better in for sure.
fn sure_sentences(pair: &PairReport, tr: Texts) -> Vec<Vec<Part>> {
    let of = |which: Which, name: &str| {
        let sure = pair.figures.iter().filter(|d| d.counts && d.is_sure && d.better == Some(which));
        let what: Vec<String> = sure.map(|d| tr.quoted(&figure_name(&d.figure, tr))).collect();
        (!what.is_empty()).then(|| sentence(tr, "vendors-sure-in", &[("name", name)], &[("what", &what.join(", "))]))
    };
    [of(Which::A, &pair.a), of(Which::B, &pair.b)].into_iter().flatten().collect()
}

/// The figure that tells the two apart best, of those that count.
fn clearest_figure(pair: &PairReport) -> Option<&Difference> {
    let counting = pair.figures.iter().filter(|d| d.counts && d.better.is_some() && d.p.is_some());
    counting.min_by(|x, y| x.p.unwrap_or(1.0).total_cmp(&y.p.unwrap_or(1.0)))
}

fn clearest(pair: &PairReport, report: &VendorsReport, tr: Texts) -> Vec<Vec<Part>> {
    let Some(d) = clearest_figure(pair) else { return vec![plain(tr.get("vendors-clearest-none"))] };
    let value = |name: &str| {
        let vendor = report.vendors.iter().find(|v| v.name == name)?;
        let figure = vendor.figures.iter().find(|f| f.figure == d.figure)?;
        Some(figure_value(figure.value?, figure.kind, tr))
    };
    let first = sentence(
        tr,
        "vendors-clearest",
        &[("name", &pair.a), ("other", &pair.b)],
        &[
            ("figure", &figure_name(&d.figure, tr)),
            ("value", &value(&pair.a).unwrap_or_default()),
            ("value2", &value(&pair.b).unwrap_or_default()),
        ],
    );
    let corrected = if d.is_sure { "vendors-clearest-corrected" } else { "vendors-clearest-uncorrected" };
    let chance = d.p.filter(|_| is_chance_told(d)).map(|p| {
        let p = if p < 0.01 { "< 1 %".to_owned() } else { percent(p) };
        plain(tr.with("vendors-clearest-chance", &[("p", &p)]))
    });
    let corrected = sentence(tr, corrected, &[], &[("n", &report.method.n_tests.to_string())]);
    [Some(first), chance, Some(corrected)].into_iter().flatten().collect()
}

/// Is the chance of a difference worth telling? The clearest of many figures is always a rare one: of few calls its chance says
/// nothing.
fn is_chance_told(d: &Difference) -> bool {
    /// Under ten calls one more of them turns the figure over.
    const LEAST_CALLS: u64 = 10;
    let excludes_zero = d.low.zip(d.high).is_some_and(|(low, high)| low > 0.0 || high < 0.0);
    d.is_sure || (d.n_a.min(d.n_b) >= LEAST_CALLS && excludes_zero)
}

/// How many more calls would tell: of the clearest figure while it is not sure, and of the score to ±5 points.
fn more_sentences(pair: &PairReport, tr: Texts) -> Vec<String> {
    let clear = clearest_figure(pair).filter(|d| !d.is_sure);
    let to_tell = clear.and_then(|d| d.more_to_tell).map(|more| match more {
        MoreCalls::Each(n) => tr.with("vendors-more-each", &[("n", &n.to_string())]),
        MoreCalls::Enough => tr.get("vendors-more-enough"),
        MoreCalls::Hopeless => tr.get("vendors-more-hopeless"),
    });
    // The score if it was judged, else the first share that was.
    let five = pair.figures.iter().filter(|d| d.counts).find_map(|d| Some((d, d.more_to_five_points?)));
    let to_five = five.map(|(d, more)| {
        let (message, n) = match more {
            MoreCalls::Each(n) => ("vendors-five-each", n),
            MoreCalls::Enough => ("vendors-five-enough", 0),
            MoreCalls::Hopeless => ("vendors-five-hopeless", 0),
        };
        tr.with(message, &[("figure", &figure_name(&d.figure, tr)), ("n", &n.to_string())])
    });
    to_tell.into_iter().chain(to_five).collect()
}

fn clips_view(
    clips: &crate::call::vendors::ClipPair,
    pair: &PairReport,
    sounds: &BTreeMap<String, String>,
    tr: Texts,
) -> ClipsView {
    let what = match &clips.category {
        Some(category) => labels::category(category, tr),
        None => tr.get(&format!("vendors-clip-{}", clips.kind)),
    };
    let side = |clip: &Clip, vendor: &str| ClipView {
        vendor: vendor.to_owned(),
        source: clip.source.clone(),
        href: format!("{}#t={:.1}", call_href(&clip.stem), clip.start_s),
        link: tr.with("vendors-listen", &[("time", &clock(clip.start_s))]),
        quote: clip.quote.clone(),
        sound: sounds.get(&clip.stem).cloned(),
        // For programs: always with a point.
        from: number(clip.start_s, 1, Texts::default()),
        to: number(clip.end_s, 1, Texts::default()),
        label: sentence(tr, "vendors-clip-player", &[("name", vendor)], &[("what", &what)])
            .into_iter()
            .map(|part| part.text)
            .collect(),
    };
    ClipsView { same_language: clips.same_language, sides: [side(&clips.a, &pair.a), side(&clips.b, &pair.b)], what }
}

fn mix_rows(vendors: &[VendorReport], tr: Texts) -> Vec<(String, Vec<u64>)> {
    let kinds: BTreeSet<(Option<&str>, &str)> =
        vendors.iter().flat_map(|v| &v.mix).map(|m| (m.language.as_deref(), m.length.as_str())).collect();
    let row = |(language, length): (Option<&str>, &str)| {
        let n_of = |v: &VendorReport| {
            let same = |m: &&crate::call::vendors::MixShare| m.language.as_deref() == language && m.length == length;
            v.mix.iter().find(same).map_or(0, |m| m.n)
        };
        let language = language.map_or_else(|| tr.get("vendors-language-unknown"), str::to_owned);
        (format!("{language}, {}", tr.get(&format!("vendors-mix-{length}"))), vendors.iter().map(n_of).collect())
    };
    kinds.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::vendors::{FigureKind, Method};

    #[test]
    fn the_chance_of_a_difference_is_told_of_enough_calls_only() {
        let told = |n: u64, low: f64, is_sure: bool| {
            is_chance_told(&Difference {
                figure: "steps_present".into(),
                kind: FigureKind::Ratio,
                counts: true,
                difference: 0.4,
                low: Some(low),
                high: Some(0.7),
                method: Method::Score,
                n_a: n,
                n_b: 40,
                better: Some(Which::A),
                sure_probability: Some(0.92),
                p: Some(0.16),
                p_holm: None,
                is_sure,
                more_to_tell: None,
                more_to_five_points: None,
            })
        };
        assert!(!told(4, 0.1, false) && !told(12, -0.1, false));
        assert!(told(12, 0.1, false) && told(4, 0.1, true));
    }
}
