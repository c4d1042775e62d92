//! What the rules need to know of a call before they judge: who says each utterance, when on one clock, from where to
//! where live talk goes, and which phrase hits come from the right party at the right place.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::required::{self, Step};
use super::sequences::lines::{self, Line};
use super::sequences::readback::{self, Ledger};
use super::thresholds::{OUT_OF_PLACE_FACTOR, S_PER_WORD, UNKNOWN_PARTY_FACTOR, UNKNOWN_PLACE_FACTOR};
use super::{Evidence, thresholds};
use crate::call::{
    CallPhase, Hold, HoldKind, Party, PersonalData, PhraseHit, PhraseRule, Polarity, Utterance, WhoSays, mask_part,
};
use crate::text::{Language, money};
use crate::timeline::{TimeSpan, Timeline};

/// A phrase hit with what the call says about it.
pub(super) struct Heard<'a> {
    pub hit: &'a PhraseHit,
    pub rule: &'a PhraseRule,
    pub party: Party,
    /// Probability that the right party said it and meant it; 0 if another party did.
    pub confidence: f64,
    /// Does it stand where the rule holds? `None` if that cannot be told. For what must not be said and for signals the
    /// place makes a hit surer or less sure; only a required step has to stand in it.
    pub in_place: Option<bool>,
    /// What the rule has to come before has been said already: the words mean something else by now.
    pub is_too_late: bool,
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
    /// The party of each utterance.
    parties: Vec<Party>,
    /// Where announcements are heard.
    announced: Timeline,
    /// Personal data, by utterance and place.
    personal: Vec<&'a PersonalData>,
    /// Where each category is first heard: index into `heard`.
    anchors: BTreeMap<&'a str, usize>,
    /// Where each party names an amount of money for the last time: utterance and byte.
    last_price: OnceCell<BTreeMap<Party, (usize, usize)>>,
    /// The utterances as words.
    pub lines: Vec<Line<'a>>,
    /// What the customer told and how the agent said it back.
    pub ledger: Ledger,
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
            parties: parties(utterances, evidence),
            announced: announced(evidence),
            personal: evidence.personal.iter().collect(),
            anchors: BTreeMap::new(),
            last_price: OnceCell::new(),
            lines: lines::read(evidence.transcript),
            ledger: Ledger::default(),
            live: None,
            languages: BTreeSet::new(),
            heard: Vec::new(),
            steps: Vec::new(),
        };
        let own_languages = utterances.iter().filter_map(|u| u.language.as_deref());
        scene.languages = own_languages.chain(evidence.transcript.and_then(|t| t.language.as_deref())).collect();
        scene.live = scene.live_talk();
        scene.personal.sort_by_key(|d| (d.utterance, d.bytes));
        scene.judge_hits();
        scene.ledger = readback::ledger(&scene);
        scene.steps = required::steps(&scene);
        scene
    }

    /// The party of an utterance.
    pub fn party(&self, utterance: usize) -> Party {
        self.parties.get(utterance).copied().unwrap_or(Party::Unknown)
    }

    /// Start and end of an utterance on the clock.
    pub fn span_of(&self, utterance: usize) -> Option<(f64, f64)> {
        self.clock.get(utterance).copied().flatten()
    }

    /// Personal data of an utterance, in order.
    pub fn personal(&self, utterance: usize) -> impl Iterator<Item = &'a PersonalData> {
        let from = self.personal.partition_point(|d| d.utterance < utterance);
        let n = self.personal[from..].partition_point(|d| d.utterance == utterance);
        self.personal[from..from + n].iter().copied()
    }

    /// A hit's quote as it may be shown.
    pub fn shown_quote(&self, hit: &PhraseHit) -> String {
        self.shown(hit.utterance, hit.bytes)
    }

    /// Bytes of an utterance as they may be shown.
    pub fn shown(&self, utterance: usize, bytes: (usize, usize)) -> String {
        match self.utterances.get(utterance) {
            Some(spoken) => {
                // Entries are in order and do not overlap; a long utterance may have thousands.
                let from = self.personal.partition_point(|d| (d.utterance, d.bytes.1) <= (utterance, bytes.0));
                let near = self.personal[from..].iter().copied();
                mask_part(&spoken.text, bytes, near.take_while(|d| (d.utterance, d.bytes.0) < (utterance, bytes.1)))
            }
            None => String::new(),
        }
    }

    /// Does the party of this hit name an amount of money later on?
    pub fn is_price_told_after(&self, heard: &Heard<'_>) -> bool {
        let last = self.last_price.get_or_init(|| {
            let general = self.evidence.transcript.and_then(|t| t.language.as_deref());
            let mut last = BTreeMap::new();
            for (at, spoken) in self.utterances.iter().enumerate() {
                let language = spoken.language.as_deref().or(general).and_then(Language::from_code);
                if let Some(byte) = money::amounts(&spoken.text, language).iter().map(|amount| amount.0).max() {
                    last.insert(self.party(at), (at, byte));
                }
            }
            last
        });
        last.get(&heard.party).is_some_and(|last| *last >= (heard.hit.utterance, heard.hit.bytes.1))
    }

    /// Start and end of an utterance in seconds of the recording; `None` for text without times.
    pub fn times_of(&self, utterance: usize) -> Option<(f64, f64)> {
        if self.is_timed { self.span_of(utterance) } else { None }
    }

    /// How long an utterance lasts, in seconds; in text by its words.
    pub fn length_s(&self, utterance: usize) -> f64 {
        self.span_of(utterance).map_or(0.0, |(start, end)| (end - start).max(0.0))
    }

    /// The 1-based line of a text file.
    pub fn line(&self, utterance: usize) -> Option<usize> {
        self.evidence.lines.get(utterance).copied()
    }

    /// The first whole hit of a category by the right party that is sure enough, wherever it stands.
    pub fn first_hit(&self, category: &str) -> Option<&Heard<'a>> {
        self.anchors.get(category).and_then(|at| self.heard.get(*at))
    }

    /// Was the caller put on hold by a person? Music or silence after the first live word, not ringing or a queue.
    pub fn is_hold_by_agent(&self, hold: &Hold) -> bool {
        matches!(hold.kind, HoldKind::Music | HoldKind::Silence)
            && self.live.is_none_or(|(from_s, _)| !self.is_timed || hold.start_s > from_s)
    }

    /// Is an utterance part of an announcement?
    fn is_announced(&self, utterance: usize) -> bool {
        let middle_s = self.span_of(utterance).map(|(from_s, to_s)| (from_s + to_s) / 2.0);
        self.is_timed
            && middle_s.is_some_and(|middle_s| {
                let spans = self.announced.spans();
                let last = spans[..spans.partition_point(|span| span.start_s <= middle_s)].last();
                last.is_some_and(|span| middle_s < span.end_s)
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

    fn judge_hits(&mut self) {
        let mut words = WordCounts::default();
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
                let span = self.hit_span(hit, utterance, &mut words);
                Some(Heard { hit, rule, party, confidence, in_place: None, is_too_late: false, span })
            })
            .collect();
        heard.sort_by_key(|h| (h.position(), h.hit.rule));
        for (at, h) in heard.iter().enumerate() {
            if h.is_whole() && h.confidence >= thresholds::MIN_CONFIDENCE {
                self.anchors.entry(h.rule.category.as_str()).or_insert(at);
            }
        }
        let firsts: BTreeMap<&str, (usize, usize)> =
            self.anchors.iter().map(|(category, at)| (*category, heard[*at].position())).collect();
        for h in &mut heard {
            let position = h.position();
            let comes_after = |category: &str| firsts.get(category).is_some_and(|first| *first < position);
            let place = &h.rule.place;
            h.is_too_late = place.before.as_deref().is_some_and(comes_after);
            let is_too_early = place.after.as_deref().is_some_and(|category| !comes_after(category));
            let is_out_of_order = h.is_too_late || is_too_early;
            h.in_place = if is_out_of_order { Some(false) } else { both(self.is_in_time(h), self.is_in_phase(h)) };
            h.confidence *= match h.in_place {
                None => UNKNOWN_PLACE_FACTOR,
                Some(false) if h.rule.polarity != Polarity::Required => OUT_OF_PLACE_FACTOR,
                Some(_) => 1.0,
            };
        }
        self.heard = heard;
    }

    fn hit_span(&self, hit: &PhraseHit, utterance: &Utterance, words: &mut WordCounts) -> Option<(f64, f64)> {
        let own = self.span_of(hit.utterance);
        if self.is_timed {
            return hit.start_s.zip(hit.end_s).or(own);
        }
        let (start, _) = own?;
        let mut n_words = |end: usize| words.before(hit.utterance, &utterance.text, end) as f64;
        Some((start + n_words(hit.bytes.0) * S_PER_WORD, start + n_words(hit.bytes.1) * S_PER_WORD))
    }

    /// Within the first or last seconds, if the rule wants that.
    fn is_in_time(&self, heard: &Heard<'a>) -> Option<bool> {
        let place = &heard.rule.place;
        if place.first_s.is_none() && place.last_s.is_none() {
            return Some(true);
        }
        let ((start, end), (from, to)) = heard.span.zip(self.live)?;
        Some(place.first_s.is_none_or(|s| start <= from + s) && place.last_s.is_none_or(|s| end >= to - s))
    }

    /// While that goes on which the rule wants. Text without times has neither announcements nor waiting, but for lines
    /// that are marked as those of a system.
    fn is_in_phase(&self, heard: &Heard<'a>) -> Option<bool> {
        let Some(wanted) = heard.rule.place.phase else { return Some(true) };
        let (at, is_timed) = (heard.hit.utterance, self.is_timed);
        let is_announced = heard.party == Party::Ivr || self.is_announced(at);
        let is_waiting = || {
            let (start_s, end_s) = heard.span?;
            let holds = self.evidence.conversation?.hold.as_deref()?;
            let middle_s = (start_s + end_s) / 2.0;
            let is_wait = |hold: &&Hold| hold.kind != HoldKind::Ivr;
            Some(holds.iter().filter(is_wait).any(|hold| (hold.start_s..hold.end_s).contains(&middle_s)))
        };
        match wanted {
            CallPhase::Announcement => Some(is_announced),
            _ if is_announced => Some(false),
            _ if !is_timed => None,
            CallPhase::Hold => is_waiting(),
            CallPhase::Live => is_waiting().map(|is_waiting| !is_waiting),
        }
    }
}

/// Where the words of an utterance begin: counted once for all hits in it.
#[derive(Default)]
struct WordCounts {
    utterance: Option<usize>,
    starts: Vec<usize>,
}

impl WordCounts {
    /// Words that begin before this byte of the utterance.
    fn before(&mut self, utterance: usize, text: &str, byte: usize) -> usize {
        if self.utterance != Some(utterance) {
            let offset = |word: &str| word.as_ptr().addr() - text.as_ptr().addr();
            (self.utterance, self.starts) = (Some(utterance), text.split_whitespace().map(offset).collect());
        }
        self.starts.partition_point(|start| *start < byte)
    }
}

/// Whether both hold; what is known not to hold decides.
fn both(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
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

fn announced(evidence: &Evidence<'_>) -> Timeline {
    let holds = evidence.conversation.and_then(|c| c.hold.as_deref()).unwrap_or_default();
    let spans = holds.iter().filter(|h| h.kind == HoldKind::Ivr && h.start_s <= h.end_s);
    Timeline::new(spans.map(|h| TimeSpan::new(h.start_s, h.end_s)))
}

fn parties(utterances: &[Utterance], evidence: &Evidence<'_>) -> Vec<Party> {
    let by_id: BTreeMap<&str, Party> = evidence.speakers.iter().map(|s| (s.id.as_str(), s.party)).collect();
    let party = |u: &Utterance| u.speaker.as_deref().and_then(|id| by_id.get(id)).copied();
    utterances.iter().map(|u| party(u).unwrap_or(Party::Unknown)).collect()
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
