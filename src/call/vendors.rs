//! Vendors compared by their calls: what `vendors.json` holds. Every word for people is an id that pages translate;
//! names of vendors, sources and quotes are as they were given and heard, personal data masked.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::finding::{Polarity, Severity};
use super::line::CallLine;

/// How a number is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// Share of the calls in which something is so, 0..=1.
    Share,
    /// Points, 0..=100.
    Points,
    /// Share of something that is counted within calls (steps, time), 0..=1.
    Ratio,
    /// A count in ten minutes of sound.
    PerTenMinutes,
    /// Seconds.
    Seconds,
    /// Decibels.
    Decibels,
}

/// How an interval was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Wilson's score interval; of a difference Newcombe's hybrid of two of them.
    Score,
    /// Bootstrap over agents where they are known, else over calls.
    Bootstrap,
    /// Student's t on the linearised ratio.
    T,
    /// There are too few calls for one.
    None,
}

/// A figure of one vendor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureReport {
    /// Which: see docs/vetting.md.
    pub figure: String,
    /// How it is read.
    pub kind: FigureKind,
    /// The value; `None` if no call could be measured.
    pub value: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Calls that it is from.
    pub n_calls: u64,
    /// Of a share: calls in which it is so.
    pub n_hits: Option<u64>,
    /// Agents, where they are known; else calls.
    pub n_clusters: u64,
    /// How the interval was made.
    pub method: Method,
}

/// Calls of one language and length.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MixShare {
    /// Language of the transcript.
    pub language: Option<String>,
    /// `short` (under 2 min), `middle` (under 10 min), `long`; `unknown`.
    pub length: String,
    /// How many.
    pub n: u64,
}

/// A place that can be heard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The recording.
    pub source: String,
    /// `calls/<name>-<hash8>`; empty for one that could not be analysed.
    pub stem: String,
    /// Id of the finding; `None` if it is not one.
    pub finding: Option<String>,
    /// What fired.
    pub rule: Option<String>,
    /// Id of the taxonomy, or `quality`, `pii`, `fact`.
    pub category: Option<String>,
    /// What kind of thing it is.
    pub polarity: Option<Polarity>,
    /// When.
    pub start_s: Option<f64>,
    /// How bad; `None` if it is no finding.
    pub severity: Option<Severity>,
    /// Probability 0..=1 that a careful reviewer would agree.
    pub confidence: Option<f64>,
    /// The words.
    pub quote: Option<String>,
    /// One sentence for people, in English.
    pub message: String,
}

/// Something that makes one doubt a vendor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Doubt {
    /// `misleading`, `pressure`, `rude`, `outdated`, `facts`, `personal_data`, `secrets`, `missing_steps`, `noise`, `line`,
    /// `staged`, `unreadable`.
    pub kind: String,
    /// Calls in which it was found.
    pub n_calls: u64,
    /// Calls in which it could have been found.
    pub n_judged: u64,
    /// False if it is so rare that it says little of the vendor; then it does not count for the verdict.
    pub is_counted: bool,
    /// Where to hear it; the surest of the worst first, at most 3.
    pub evidence: Vec<Evidence>,
}

/// What the doubts come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VendorVerdict {
    /// Nothing found in calls whose words could be judged.
    NoDoubt,
    /// One doubt.
    Note,
    /// Two: ask the vendor.
    Ask,
    /// Three or more.
    RedFlag,
    /// Nothing found, but the words of under half of the calls could be judged.
    CannotTell,
}

/// May the vendor's recordings be published as they are?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublishState {
    /// Nothing speaks against it in what was heard.
    Publish,
    /// Not before what is named has been put right.
    Fix,
    /// Severe personal data, trade secrets or neighbours' words are heard.
    DoNot,
    /// Nothing found, but some words could not be judged.
    CannotTell,
}

/// Why recordings should not be published as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishReason {
    /// `severe_data`, `secrets`, `neighbours`, `personal_data`, `misleading`, `staged`, `not_heard`, `privacy_not_judged`.
    pub kind: String,
    /// In how many calls.
    pub n_calls: u64,
}

/// One vendor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VendorReport {
    /// Its name.
    pub name: String,
    /// Recordings.
    pub n_calls: u64,
    /// Analysed.
    pub n_ok: u64,
    /// Could not be analysed.
    pub n_failed: u64,
    /// Not yet tried.
    pub n_pending: u64,
    /// Agents that are known by name or number.
    pub n_agents: u64,
    /// Calls whose words could be judged.
    pub n_words_judged: u64,
    /// Length of all analysed calls in seconds.
    pub duration_s: f64,
    /// What the doubts come to.
    pub verdict: VendorVerdict,
    /// The doubts, those that count first.
    pub doubts: Vec<Doubt>,
    /// May its recordings be published?
    pub publish: PublishState,
    /// Why not.
    pub publish_reasons: Vec<PublishReason>,
    /// Which calls it gave: by language and length.
    pub mix: Vec<MixShare>,
    /// Its figures, in the order of docs/vetting.md.
    pub figures: Vec<FigureReport>,
}

/// One of two vendors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// The first.
    A,
    /// The second.
    B,
}

/// More calls that would be needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "state", content = "n_calls")]
pub enum MoreCalls {
    /// None.
    Enough,
    /// This many more of each vendor.
    Each(u64),
    /// More than can be heard: the difference is too small, or there is none.
    Hopeless,
}

/// A figure of two vendors compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// Which figure.
    pub figure: String,
    /// How it is read.
    pub kind: FigureKind,
    /// False for noise: less of it earns nothing, so that it makes nobody better.
    pub counts: bool,
    /// A's value minus B's, at the common mix of calls if the pair was adjusted.
    pub difference: f64,
    /// Lower end of its 95 % interval; `None` with too few calls.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// How the interval was made.
    pub method: Method,
    /// Calls of A that it is from.
    pub n_a: u64,
    /// Calls of B.
    pub n_b: u64,
    /// Who is better by the value; `None` if they are equal.
    pub better: Option<Which>,
    /// How sure that is, 0.5..=1: one minus the one-sided p-value.
    pub sure_probability: Option<f64>,
    /// Two-sided p-value: the level at which the interval just reaches 0, far beyond it Welch's.
    pub p: Option<f64>,
    /// The same after Holm's correction for all figures compared.
    pub p_holm: Option<f64>,
    /// True if `p_holm` is under 0.05.
    pub is_sure: bool,
    /// More calls of each until a difference as large as this one would show, with a chance of 80 %.
    pub more_to_tell: Option<MoreCalls>,
    /// More calls of each until the difference is known to ±5 points; of shares and points only.
    pub more_to_five_points: Option<MoreCalls>,
}

/// How two vendors' calls differ in kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MixState {
    /// Little: values are compared as they are.
    Alike,
    /// The comparison is weighted to a common mix.
    Adjusted,
    /// Too few calls are of kinds that both have: the difference may be that of the calls, not of the vendors.
    Apart,
}

/// Who is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PairOutcome {
    /// A in some figures, B in none.
    A,
    /// B in some, A in none.
    B,
    /// Each in some.
    Each,
    /// Nobody, as far as these calls tell.
    CannotTell,
}

/// Half of a pair of clips.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clip {
    /// The recording.
    pub source: String,
    /// `calls/<name>-<hash8>`.
    pub stem: String,
    /// Start.
    pub start_s: f64,
    /// End.
    pub end_s: f64,
    /// Id of the finding, if it is one.
    pub finding: Option<String>,
    /// The words.
    pub quote: Option<String>,
}

/// The same thing from two vendors, to be heard side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClipPair {
    /// `greeting`, `price`, `category`, `worst`, `typical`.
    pub kind: String,
    /// Of `category`: which.
    pub category: Option<String>,
    /// True if both are of one language.
    pub same_language: bool,
    /// A's.
    pub a: Clip,
    /// B's.
    pub b: Clip,
}

/// Two vendors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairReport {
    /// Name of the first.
    pub a: String,
    /// Name of the second.
    pub b: String,
    /// Who is better.
    pub outcome: PairOutcome,
    /// How the kinds of their calls differ.
    pub mix: MixState,
    /// Share of calls that would have to be of another kind for the mixes to be the same, 0..=1.
    pub mix_distance_ratio: f64,
    /// The figures that both have.
    pub figures: Vec<Difference>,
    /// What to hear.
    pub clips: Vec<ClipPair>,
}

/// What the numbers rest on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VettingMethod {
    /// Resamples of a bootstrap.
    pub n_resamples: u64,
    /// What its random choices start from.
    pub seed: u64,
    /// Comparisons that Holm's correction is over.
    pub n_tests: u64,
}

/// Vendors and their comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VendorsReport {
    /// `callvet.vendors/1`.
    pub schema: String,
    /// What the numbers rest on.
    pub method: VettingMethod,
    /// By name.
    pub vendors: Vec<VendorReport>,
    /// Every two of them; empty for more than 6 vendors.
    pub pairs: Vec<PairReport>,
}

impl VendorsReport {
    /// The name of this shape of report.
    pub const SCHEMA: &'static str = "callvet.vendors/1";
}

/// In `metadata_source` of a call whose vendor is the folder that it lies in.
pub const BY_FOLDER: &str = "folder";

/// Are the vendors of these calls compared? If there are two, or somebody asked by folder.
pub fn are_compared(lines: &[CallLine]) -> bool {
    let is_by_folder = |line: &CallLine| {
        line.call.metadata_source.as_deref().is_some_and(|source| source.split('+').any(|part| part == BY_FOLDER))
    };
    let vendors: BTreeSet<&str> = lines.iter().filter_map(|line| line.call.vendor.as_deref()).collect();
    vendors.len() >= 2 || lines.iter().any(is_by_folder)
}
