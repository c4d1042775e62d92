//! Everything measured and heard, judged: findings, required steps, score.

use crate::call::{
    ChannelMeasurements, Conversation, Crosstalk, Finding, Layout, PersonalData, PhraseHit, PhraseRule, Problem,
    Required, Score, Speaker, Transcript,
};

/// What is judged. `None` = not there: text has no sound, `--no-transcribe` no words.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// SHA-256 of the recording; goes into finding ids.
    pub recording_sha256: &'a str,
    /// Length in seconds.
    pub duration_s: Option<f64>,
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

/// Judges a call.
pub fn judge(_evidence: &Evidence<'_>) -> Judgement {
    Judgement { findings: vec![], required: vec![], score: Score { total: None, parts: vec![] }, problems: vec![] }
}
