//! Phrases as they pass from the matcher, which reads words, to the rules, which judge who said them and when.

use serde::{Deserialize, Serialize};

use super::claim::Attribute;
use super::finding::{Polarity, Severity};

/// Whose words a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhoSays {
    /// The agent. A speaker whose party is unknown counts as well, at lower confidence.
    Agent,
    /// The customer. A speaker whose party is unknown counts as well, at lower confidence.
    Customer,
    /// Anyone, announcements included.
    Any,
}

/// What a stretch of a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallPhase {
    /// People talk to each other.
    Live,
    /// An announcement, or a system that asks for keys.
    Announcement,
    /// One of them waits: hold music, a queue, silence. What is said then is said behind the back of who waits.
    Hold,
}

/// Where in the call a rule holds; no field set means anywhere.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Within this many seconds from the first live human word.
    pub first_s: Option<f64>,
    /// Within this many seconds before the end of live talk.
    pub last_s: Option<f64>,
    /// Only after a hit of this category.
    pub after: Option<String>,
    /// Only before a hit of this category.
    pub before: Option<String>,
    /// Only while this goes on.
    pub phase: Option<CallPhase>,
}

/// What the rules need to know of a rule of a phrase list.
#[derive(Debug, Clone, PartialEq)]
pub struct PhraseRule {
    /// Unique id, e.g. `urgency_false.today`.
    pub id: String,
    /// Taxonomy id, or the user's own word.
    pub category: String,
    /// Forbidden, required or signal.
    pub polarity: Polarity,
    /// Default severity.
    pub severity: Severity,
    /// Who has to say it.
    pub speaker: WhoSays,
    /// Where it holds.
    pub place: Place,
    /// ISO 639-1 code of the language; `None` for any.
    pub language: Option<String>,
    /// The field of the fact sheet that shows whether the words are true; without it they are an indicator, a step less
    /// severe.
    pub needed_fact: Option<Attribute>,
    /// Law, code or standard behind it.
    pub legal_source: Option<String>,
    /// One sentence for people, in English.
    pub message: String,
    /// Name of the list it stands in.
    pub list: String,
}

/// How a phrase was matched, from strict to loose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchTier {
    /// All words in the given order.
    Ordered,
    /// All concepts within a window, in any order.
    Window,
    /// As one of the above, but some of the words were written down otherwise and sound like them.
    Fuzzy,
    /// No words of a pattern: the sentence as a whole resembles the example lines of the category.
    Resembles,
}

/// Words of the transcript that match a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct PhraseHit {
    /// Index into the rules handed over with the hits.
    pub rule: usize,
    /// Index into `transcript.utterances`.
    pub utterance: usize,
    /// Bytes `start..end` of that utterance's text.
    pub bytes: (usize, usize),
    /// The words themselves, as written.
    pub quote: String,
    /// When they are said; from word times, else the utterance's; `None` for text without times.
    pub start_s: Option<f64>,
    /// End, as above.
    pub end_s: Option<f64>,
    /// How it was matched.
    pub tier: MatchTier,
    /// Probability 0..=1 that the words were said and mean what the rule looks for.
    pub confidence: f64,
    /// The example line that is nearest, of what only resembles the rule's lines.
    pub example: Option<String>,
    /// 0 none, else share 0..1 of a pattern that a near miss reached; hits proper have 1.
    pub completeness: f64,
}
