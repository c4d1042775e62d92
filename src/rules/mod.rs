//! Everything measured and heard, judged: findings, required steps, score. Not measuring and not matching: numbers,
//! phrase hits and personal data come in, and what is not there stays unjudged.
//!
//! To add a rule: a function from the [`Scene`] to drafts, a line in [`RULES`], a limit with its reason in
//! `thresholds.rs`.

mod facts;
mod personal;
mod phrases;
mod pressure;
mod quality;
mod required;
mod scene;
mod score;
mod sequences;
mod thresholds;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::call::{
    ChannelMeasurements, Conversation, Crosstalk, Direction, FactCheck, Finding, Layout, PersonalData, PhraseHit,
    PhraseRule, Problem, Required, Score, Speaker, Transcript,
};
use crate::units::round_s;
use scene::Scene;
use score::Part;

/// What is judged. `None` = not there: text has no sound, `--no-transcribe` no words.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// SHA-256 of the recording; goes into finding ids.
    pub recording_sha256: &'a str,
    /// Length in seconds.
    pub duration_s: Option<f64>,
    /// Which way the call went, if the metadata says so: some steps are owed by who calls.
    pub direction: Option<Direction>,
    /// The channels.
    pub layout: Option<&'a Layout>,
    /// Who speaks.
    pub speakers: &'a [Speaker],
    /// Measurements by channel.
    pub channels: Option<&'a [ChannelMeasurements]>,
    /// Leakage.
    pub crosstalk: Option<&'a Crosstalk>,
    /// How they talk.
    pub conversation: Option<&'a Conversation>,
    /// The words.
    pub transcript: Option<&'a Transcript>,
    /// For text: the 1-based line of each utterance; else empty.
    pub lines: &'a [usize],
    /// Rules of the phrase lists.
    pub phrase_rules: &'a [PhraseRule],
    /// Their hits.
    pub hits: &'a [PhraseHit],
    /// Personal data in the words.
    pub personal: &'a [PersonalData],
    /// What comparing the words with a fact sheet gave; `None` without a sheet or without words.
    pub facts: Option<&'a FactCheck>,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// By start, then rule.
    pub findings: Vec<Finding>,
    /// By category.
    pub required: Vec<Required>,
    /// The call in one number.
    pub score: Score,
    /// What could not be judged.
    pub problems: Vec<Problem>,
}

/// A finding before it has its id.
struct Draft {
    finding: Finding,
    /// The quote as it may be shown: ids are made of it, so that they can be made again from a masked report.
    shown_quote: Option<String>,
    /// The part of the score that it costs; `None` = none.
    part: Option<Part>,
}

/// A rule, or a family of rules that share their code.
pub struct Rule {
    /// The finding's `rule`; `<…>` stands for what the phrase list or the data name.
    pub name: &'static str,
    /// What it looks for, for people.
    pub what: &'static str,
    find: fn(&Scene<'_>) -> Vec<Draft>,
}

/// Every rule there is.
pub const RULES: &[Rule] = &[
    Rule { name: "<phrase rule>", what: "words that must not be said, or are worth knowing", find: phrases::find },
    Rule {
        name: "sequence.pressure_after_refusal",
        what: "selling that goes on after the customer refused",
        find: pressure::find,
    },
    Rule {
        name: "sequence.template_answer",
        what: "the same sentence for different questions, or a canned one",
        find: sequences::template,
    },
    Rule {
        name: "sequence.readback_mismatch",
        what: "the customer's data said back otherwise than it was told",
        find: sequences::readback,
    },
    Rule { name: "sequence.promise", what: "what the agent promises, and by when", find: sequences::promise },
    Rule {
        name: "sequence.hold_etiquette",
        what: "a hold without a word before it or after it",
        find: sequences::hold,
    },
    Rule {
        name: "sequence.blind_transfer",
        what: "a transfer without reason, name or summary",
        find: sequences::transfer,
    },
    Rule {
        name: "sequence.yes_after_monologue",
        what: "a bare yes at the end of a long speech of the agent",
        find: sequences::monologue,
    },
    Rule { name: "required.<category>", what: "a required step that is absent", find: required::find },
    Rule { name: "pii.<kind>", what: "personal data in the words", find: personal::find },
    Rule { name: "fact.<field>", what: "a claim that contradicts the fact sheet", find: facts::find },
    Rule { name: "quality.low_snr", what: "speech too close to the noise", find: quality::low_snr },
    Rule { name: "quality.high_floor", what: "loud background between words", find: quality::high_floor },
    Rule { name: "quality.clipping", what: "overdriven samples", find: quality::clipping },
    Rule { name: "quality.leakage", what: "one party heard in the other's channel", find: quality::leakage },
    Rule {
        name: "quality.background_voices",
        what: "voices of neither party whose words can be made out",
        find: quality::background_voices,
    },
    Rule { name: "quality.dead_channel", what: "a channel without sound", find: quality::dead_channel },
    Rule { name: "quality.dual_mono", what: "both channels carry the same sound", find: quality::dual_mono },
    Rule { name: "quality.level_low", what: "speech too quiet", find: quality::level_low },
    Rule { name: "quality.level_high", what: "speech too loud", find: quality::level_high },
    Rule { name: "quality.gated", what: "only digital silence between words", find: quality::gated },
    Rule { name: "quality.high_overtalk", what: "the parties talk over each other", find: quality::high_overtalk },
    Rule { name: "quality.long_silence", what: "nobody speaks for long", find: quality::long_silence },
];

/// Judges a call.
pub fn judge(evidence: &Evidence<'_>) -> Judgement {
    let scene = Scene::new(evidence);
    let drafts: Vec<Draft> = RULES.iter().flat_map(|rule| (rule.find)(&scene)).collect();
    let judged = with_ids(evidence, drafts);
    let (score, mut problems) = score::score(&scene, &judged);
    problems.splice(0..0, required::problems(&scene));
    Judgement {
        findings: judged.into_iter().map(|draft| draft.finding).collect(),
        required: scene.steps.into_iter().map(|step| step.required).collect(),
        score,
        problems,
    }
}

/// Puts drafts in order (start, then rule; without times by utterance, those of no utterance last), keeps every span
/// inside the call, and gives each finding its id.
fn with_ids(evidence: &Evidence<'_>, mut drafts: Vec<Draft>) -> Vec<Draft> {
    for Draft { finding, .. } in &mut drafts {
        let within = |time_s: f64| round_s(time_s.max(0.0).min(evidence.duration_s.unwrap_or(f64::MAX)));
        finding.start_s = finding.start_s.filter(|s| s.is_finite()).map(within);
        finding.end_s = finding.end_s.filter(|s| s.is_finite()).map(within).zip(finding.start_s).map(|(e, s)| e.max(s));
        finding.confidence = if finding.confidence.is_finite() { finding.confidence.clamp(0.0, 1.0) } else { 0.0 };
    }
    drafts.sort_by(|a, b| {
        let (a, b) = (&a.finding, &b.finding);
        let start = |f: &Finding| f.start_s.unwrap_or(f64::INFINITY);
        let utterance = |f: &Finding| f.utterance.unwrap_or(usize::MAX);
        let by_start = start(a).total_cmp(&start(b)).then_with(|| match a.start_s {
            Some(_) => std::cmp::Ordering::Equal,
            None => utterance(a).cmp(&utterance(b)),
        });
        by_start.then_with(|| a.rule.cmp(&b.rule)).then(a.channel.cmp(&b.channel)).then(utterance(a).cmp(&utterance(b)))
    });
    let mut n_by_id: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        let plain_id = id_of(evidence.recording_sha256, &draft, 0);
        let is_same = |other: &Draft| {
            let (a, b) = (&other.finding, &draft.finding);
            (&a.rule, a.channel, a.start_s, a.end_s, a.utterance, &a.quote)
                == (&b.rule, b.channel, b.start_s, b.end_s, b.utterance, &b.quote)
                && a.start_s.is_some()
        };
        let n_before = n_by_id.get(&plain_id).copied().unwrap_or(0);
        // Those with the same start stand together.
        let with_start = kept.iter().rev().take_while(|other| other.finding.start_s == draft.finding.start_s);
        if n_before > 0 && draft.finding.start_s.is_some() && with_start.into_iter().any(is_same) {
            continue;
        }
        n_by_id.insert(plain_id, n_before + 1);
        draft.finding.id = id_of(evidence.recording_sha256, &draft, n_before);
        kept.push(draft);
    }
    kept
}

/// First 12 hex digits of SHA-256 over recording, rule, channel, start with 3 decimals and shown quote, joined by a
/// zero byte; what is absent is empty. Findings that agree in all of these (text without times) are counted on.
fn id_of(recording_sha256: &str, draft: &Draft, n_before: usize) -> String {
    let finding = &draft.finding;
    let channel = finding.channel.map(|c| c.to_string()).unwrap_or_default();
    let start = finding.start_s.map(|s| format!("{s:.3}")).unwrap_or_default();
    let mut hash = Sha256::new();
    let fields = [recording_sha256, &finding.rule, &channel, &start, draft.shown_quote.as_deref().unwrap_or_default()];
    hash.update(fields.join("\0"));
    if n_before > 0 {
        hash.update(format!("\0{n_before}"));
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
