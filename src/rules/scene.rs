//! What the rules need to know of a call before they judge: who says each utterance, when on one clock, from where to
//! where live talk goes, and which phrase hits come from the right party at the right place.

use std::collections::BTreeSet;

use super::required::{self, Step};
use super::thresholds::{S_PER_WORD, UNKNOWN_PARTY_FACTOR, UNKNOWN_PLACE_FACTOR};
use super::{Evidence, thresholds};
use crate::call::{Hold, HoldKind, Party, PersonalData, PhraseHit, PhraseRule, Utterance, WhoSays, mask_part};

/// A phrase hit with what the call says about it.
pub(super) struct Heard<'a> {
    pub hit: &'a PhraseHit,
    pub rule: &'a PhraseRule,
    pub party: Party,
    /// Probability that the right party said it and meant it; 0 if another party did.
    pub confidence: f64,
    /// Does it stand where the rule holds? `None` if that cannot be told.
    pub in_place: Option<bool>,
    /// Start and end on the call's clock.
    pub span: Option<(f64, f64)>,
}

impl Heard<'_> {
    /// All of the pattern, not a near miss.
    pub fn is_whole(&self) -> bool {
        self.hit.completeness >= 1.0
    }

    /// Order in the transcript.
    pub fn position(&self) -> (usize, usize) {
        (self.hit.utterance, self.hit.bytes.0)
    }
}

/// The call as the rules see it.
pub(super) struct Scene<'a> {
    pub evidence: &'a Evidence<'a>,
    /// The words; empty without a transcript.
    pub utterances: &'a [Utterance],
    /// Do utterances have times? Else the clock counts words.
    pub is_timed: bool,
    /// Start and end of each utterance on the clock.
    clock: Vec<Option<(f64, f64)>>,
    /// From the first live human word to the last, on the clock.
    pub live: Option<(f64, f64)>,
    /// Languages that are spoken.
    pub languages: BTreeSet<&'a str>,
    /// Phrase hits, in order.
    pub heard: Vec<Heard<'a>>,
    /// Required steps, by category.
    pub steps: Vec<Step>,
}

impl<'a> Scene<'a> {
    pub fn new(evidence: &'a Evidence<'a>) -> Self {
        let utterances = evidence.transcript.map_or(&[][..], |t| &t.utterances);
        let is_timed = utterances.iter().any(|u| u.start_s.is_some());
        let mut scene = Self {
            evidence,
            utterances,
            is_timed,
            clock: clock(utterances, is_timed),
            live: None,
            languages: BTreeSet::new(),
            heard: Vec::new(),
            steps: Vec::new(),
        };
        let own_languages = utterances.iter().filter_map(|u| u.language.as_deref());
        scene.languages = own_languages.chain(evidence.transcript.and_then(|t| t.language.as_deref())).collect();
        scene.live = scene.live_talk();
        scene.heard = scene.judge_hits();
        scene.steps = required::steps(&scene);
        scene
    }

    /// The party of an utterance.
    pub fn party(&self, utterance: usize) -> Party {
        let id = self.utterances.get(utterance).and_then(|u| u.speaker.as_deref());
        let speaker = self.evidence.speakers.iter().find(|s| Some(s.id.as_str()) == id);
        speaker.map_or(Party::Unknown, |s| s.party)
    }

    /// Start and end of an utterance on the clock.
    pub fn span_of(&self, utterance: usize) -> Option<(f64, f64)> {
        self.clock.get(utterance).copied().flatten()
    }

    /// Personal data of an utterance.
    pub fn personal(&self, utterance: usize) -> impl Iterator<Item = &'a PersonalData> {
        self.evidence.personal.iter().filter(move |d| d.utterance == utterance)
    }

    /// A hit's quote as it may be shown.
    pub fn shown_quote(&self, hit: &PhraseHit) -> String {
        self.shown_part(hit.utterance, hit.bytes)
    }

    /// Bytes of an utterance as they may be shown.
    pub fn shown_part(&self, utterance: usize, bytes: (usize, usize)) -> String {
        match self.utterances.get(utterance) {
            Some(spoken) => mask_part(&spoken.text, bytes, self.personal(utterance)),
            None => String::new(),
        }
    }

    /// The 1-based line of a text file.
    pub fn line(&self, utterance: usize) -> Option<usize> {
        self.evidence.lines.get(utterance).copied()
    }

    /// The first whole hit of a category by the right party that is sure enough, wherever it stands.
    pub fn first_hit(&self, category: &str) -> Option<&Heard<'a>> {
        self.heard.iter().find(|h| is_anchor(h, category))
    }

    /// Was the caller put on hold by a person? Music or silence after the first live word, not ringing or a queue.
    pub fn is_hold_by_agent(&self, hold: &Hold) -> bool {
        matches!(hold.kind, HoldKind::Music | HoldKind::Silence)
            && self.live.is_none_or(|(from_s, _)| !self.is_timed || hold.start_s > from_s)
    }

    /// Is an utterance part of an announcement?
    fn is_announced(&self, utterance: usize) -> bool {
        let holds = self.evidence.conversation.and_then(|c| c.hold.as_deref()).unwrap_or_default();
        let middle_s = self.span_of(utterance).map(|(from_s, to_s)| (from_s + to_s) / 2.0);
        self.is_timed
            && middle_s.is_some_and(|middle_s| {
                holds.iter().any(|h| h.kind == HoldKind::Ivr && (h.start_s..h.end_s).contains(&middle_s))
            })
    }

    fn live_talk(&self) -> Option<(f64, f64)> {
        let live: Vec<(f64, f64)> = (0..self.utterances.len())
            .filter(|i| self.party(*i) != Party::Ivr && !self.is_announced(*i))
            .filter(|i| !self.utterances[*i].text.trim().is_empty())
            .filter_map(|i| {
                let (start_s, end_s) = self.span_of(i)?;
                let words = &self.utterances[i].words;
                Some((words.first().map_or(start_s, |w| w.start_s), words.last().map_or(end_s, |w| w.end_s)))
            })
            .collect();
        let from = live.iter().map(|(start, _)| *start).min_by(f64::total_cmp)?;
        let to = live.iter().map(|(_, end)| *end).max_by(f64::total_cmp)?;
        Some((from, to.max(from)))
    }

    fn judge_hits(&self) -> Vec<Heard<'a>> {
        let role_confidence = self.evidence.layout.and_then(|l| l.role_confidence).unwrap_or(1.0);
        let mut heard: Vec<Heard<'a>> = self
            .evidence
            .hits
            .iter()
            .filter_map(|hit| {
                let rule = self.evidence.phrase_rules.get(hit.rule)?;
                let utterance = self.utterances.get(hit.utterance)?;
                let party = self.party(hit.utterance);
                let confidence = hit.confidence * party_factor(rule.speaker, party, role_confidence);
                let span = self.hit_span(hit, utterance);
                Some(Heard { hit, rule, party, confidence, in_place: None, span })
            })
            .collect();
        heard.sort_by_key(|h| (h.position(), h.hit.rule));
        let places: Vec<Option<bool>> = heard.iter().map(|h| self.is_in_place(h, &heard)).collect();
        for (h, place) in heard.iter_mut().zip(places) {
            h.in_place = place;
            if place.is_none() {
                h.confidence *= UNKNOWN_PLACE_FACTOR;
            }
        }
        heard
    }

    fn hit_span(&self, hit: &PhraseHit, utterance: &Utterance) -> Option<(f64, f64)> {
        let own = self.span_of(hit.utterance);
        if self.is_timed {
            return hit.start_s.zip(hit.end_s).or(own);
        }
        let (start, _) = own?;
        let n_words = |end: usize| {
            let end = utterance.text.floor_char_boundary(end);
            utterance.text[..end].split_whitespace().count() as f64
        };
        Some((start + n_words(hit.bytes.0) * S_PER_WORD, start + n_words(hit.bytes.1) * S_PER_WORD))
    }

    /// A hit in the place of its rule. "After" a category: a hit of it stands before this one. "Before" a category: no
    /// hit of it has come yet; a call in which it never comes is before it all along.
    fn is_in_place(&self, heard: &Heard<'a>, all: &[Heard<'a>]) -> Option<bool> {
        let place = &heard.rule.place;
        let comes_after =
            |category: &str| all.iter().any(|h| is_anchor(h, category) && h.position() < heard.position());
        if place.after.as_deref().is_some_and(|c| !comes_after(c)) || place.before.as_deref().is_some_and(comes_after) {
            return Some(false);
        }
        if place.first_s.is_none() && place.last_s.is_none() {
            return Some(true);
        }
        let ((start, end), (from, to)) = heard.span.zip(self.live)?;
        Some(place.first_s.is_none_or(|s| start <= from + s) && place.last_s.is_none_or(|s| end >= to - s))
    }
}

fn is_anchor(heard: &Heard<'_>, category: &str) -> bool {
    heard.rule.category == category && heard.is_whole() && heard.confidence >= thresholds::MIN_CONFIDENCE
}

/// How likely the right party said it.
fn party_factor(wanted: WhoSays, party: Party, role_confidence: f64) -> f64 {
    match (wanted, party) {
        (WhoSays::Any, _) => 1.0,
        (_, Party::Unknown) => UNKNOWN_PARTY_FACTOR,
        (WhoSays::Agent, Party::Agent) | (WhoSays::Customer, Party::Customer) => role_confidence,
        _ => 0.0,
    }
}

fn clock(utterances: &[Utterance], is_timed: bool) -> Vec<Option<(f64, f64)>> {
    let mut n_before = 0;
    utterances
        .iter()
        .map(|u| {
            if is_timed {
                let start_s = u.start_s?;
                return Some((start_s, u.end_s.unwrap_or(start_s).max(start_s)));
            }
            let from = n_before;
            n_before += u.text.split_whitespace().count();
            Some((from as f64 * S_PER_WORD, n_before as f64 * S_PER_WORD))
        })
        .collect()
}
