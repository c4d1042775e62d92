//! Claims: values that the agent names for something of the product. Each family has its file; here is what they
//! share: who speaks, which product is meant, and which sentences claim nothing (questions, conditions, what others
//! said). Not a judgement: whether a claim is true is for [`super::compare`].

mod amounts;
mod arrival;
mod context;
mod flags;
mod money;
mod names;
mod periods;
mod pieces;

use std::collections::HashMap;

use jiff::civil::Date;

use super::dates;
use super::products::{self, Mention, Names};
use super::quantity::{Bound, Quantity};
use super::reading::Reading;
use super::sheet::Sheet;
use super::words::Concept;
use crate::call::{Attribute, Party, Speaker, Transcript, Utterance};
use crate::text::Language;

pub(super) use names::{confidential, is_own_name};

/// A claim that stands in its own words is meant, as far as words tell. Own choice until calibrated.
const SURE: f64 = 0.92;

/// Who speaks is not known: about as often the customer. Own choice.
const UNKNOWN_PARTY_FACTOR: f64 = 0.7;

/// What the number is about was said in the sentence or question before it.
const TOPIC_FACTOR: f64 = 0.85;

/// What a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Day,
    Week,
    Month,
    Year,
    Once,
    Piece,
}

/// What is claimed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Number { low: f64, high: f64, bound: Bound },
    Date(Date),
    Flag(bool),
    Words(String),
}

/// A claim.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said {
    pub attribute: Attribute,
    pub value: Value,
    /// Index into [`super::words::CURRENCIES`].
    pub currency: Option<usize>,
    pub period: Option<Period>,
    /// The price may be that of several or with something added.
    pub is_total: bool,
    /// What it cost before.
    pub is_past: bool,
    /// The product is named in the same sentence.
    pub is_named: bool,
    /// The amount that a length of time stands beside ("29.90 for a year"): it tells whose length it is.
    pub beside: Option<f64>,
    /// Indices of the products that it may be about; `None` if none was named, empty for one that the sheet lacks.
    pub products: Option<Vec<usize>>,
    pub utterance: usize,
    /// The words of the claim themselves.
    pub bytes: (usize, usize),
    /// What to quote: the sentence, or the clause of a long one.
    pub quote: (usize, usize),
    pub confidence: f64,
}

/// Longer sentences are quoted by the clause: a transcript without punctuation is one sentence.
const MAX_QUOTED_TOKENS: usize = 40;

/// A claim before it has its product.
struct Draft {
    attribute: Attribute,
    value: Value,
    currency: Option<usize>,
    period: Option<Period>,
    is_total: bool,
    is_past: bool,
    /// The amount that the length of time stands beside.
    beside: Option<f64>,
    tokens: (usize, usize),
    confidence: f64,
}

impl Draft {
    fn new(attribute: Attribute, value: Value, tokens: (usize, usize)) -> Self {
        Self {
            attribute,
            value,
            currency: None,
            period: None,
            is_total: false,
            is_past: false,
            beside: None,
            tokens,
            confidence: SURE,
        }
    }

    fn number(attribute: Attribute, quantity: &Quantity, (low, high): (f64, f64)) -> Self {
        Self::new(attribute, Value::Number { low, high, bound: quantity.bound }, quantity.tokens)
    }

    fn zero(attribute: Attribute, tokens: (usize, usize)) -> Self {
        Self::new(attribute, Value::Number { low: 0.0, high: 0.0, bound: Bound::Exact }, tokens)
    }
}

/// What was spoken of last: what an answer without subject is about.
#[derive(Default)]
struct Topic {
    products: Option<Vec<usize>>,
    /// Concepts of the sentence before.
    concepts: Vec<Concept>,
}

/// What can be asked about, and answered with a number alone.
const TOPICS: [Concept; 10] = [
    Concept::Delivery,
    Concept::Contract,
    Concept::Commit,
    Concept::Warranty,
    Concept::Withdraw,
    Concept::Exit,
    Concept::Activation,
    Concept::Instalment,
    Concept::PriceStrong,
    Concept::Promo,
];

/// All claims of the agent in a transcript, in its order. Without a sheet products have no names.
pub(super) fn find(sheet: &Sheet, transcript: &Transcript, speakers: &[Speaker], call_date: Option<Date>) -> Vec<Said> {
    let names: Vec<Names> = Language::ALL.into_iter().map(|language| Names::new(sheet, language)).collect();
    // Of entries with one id the first counts.
    let parties: HashMap<&str, Party> = speakers.iter().rev().map(|s| (s.id.as_str(), s.party)).collect();
    let call = Call { sheet, call_date };
    let mut topic = Topic::default();
    let mut found = Vec::new();
    for (at, utterance) in transcript.utterances.iter().enumerate() {
        let code = utterance.language.as_deref().or(transcript.language.as_deref());
        let Some(language) = code.and_then(Language::from_code) else { continue };
        let party = utterance.speaker.as_deref().and_then(|id| parties.get(id)).copied().unwrap_or(Party::Unknown);
        if utterance.text.trim().is_empty() || matches!(party, Party::Ivr | Party::Third) {
            continue;
        }
        let speech = Speech { at, words: HeardWords::new(utterance), language, party };
        for (offset, text) in pieces_of(&utterance.text) {
            speech.read(text, offset, &call, &names[language as usize], &mut topic, &mut found);
        }
    }
    found
}

/// An utterance whose claims are looked for.
struct Speech<'a> {
    at: usize,
    words: HeardWords<'a>,
    language: Language,
    party: Party,
}

impl Speech<'_> {
    /// Adds the claims of a piece of it that begins at byte `offset`, and notes what was spoken of.
    fn read(
        &self,
        text: &str,
        offset: usize,
        call: &Call<'_>,
        names: &Names,
        topic: &mut Topic,
        found: &mut Vec<Said>,
    ) {
        let Call { sheet, call_date } = *call;
        let mut mentions: Vec<Mention> = Vec::new();
        let mut reading = Reading::new(text, self.language, |tokens| {
            mentions = names.find(text, tokens);
            mentions.iter().map(|m| m.tokens).collect()
        });
        if self.party != Party::Customer {
            reading.sellers = names::sellers(&reading, sheet);
            reading.company_words = names::company_words(sheet);
            let is_spoken_of = topic.products.is_some() || topic.concepts.contains(&Concept::Delivery);
            reading.settle_delivery(|from, to| {
                is_spoken_of || mentions.iter().any(|m| m.tokens.0 >= from && m.tokens.1 <= to)
            });
            let mut drafts = money::find(&reading, &mentions, topic);
            drafts.extend(periods::find(&reading, &mentions, topic, call_date));
            // Days of the week are only told against the day of the call, which claims kept without a sheet do not have.
            if sheet.products.iter().any(|p| p.delivery_days.is_some()) {
                drafts.extend(arrival::find(&reading, call_date));
            }
            drafts.extend(pieces::find(&reading, &mentions));
            drafts.extend(flags::find(&reading, &mentions));
            drafts.extend(deadlines(&reading, &mentions, call_date));
            drafts.extend(names::companies(&reading, sheet));
            let is_known = topic.products.is_some() || !mentions.is_empty() || sheet.products.len() < 2;
            let is_asked = topic.concepts.contains(&Concept::PriceStrong);
            drafts.retain(|draft| is_known || !may_be_of_anything(&reading, draft, is_asked));
            drafts.sort_by_key(|d| (d.tokens, d.attribute));
            let factor = if self.party == Party::Unknown { UNKNOWN_PARTY_FACTOR } else { 1.0 };
            found.extend(drafts.into_iter().map(|draft| {
                let shifted = |(from, to): (usize, usize)| (from + offset, to + offset);
                let bytes = shifted(reading.bytes(draft.tokens));
                Said {
                    attribute: draft.attribute,
                    value: draft.value,
                    currency: draft.currency,
                    period: draft.period,
                    is_total: draft.is_total,
                    is_past: draft.is_past,
                    is_named: is_named(&reading, &mentions, draft.tokens),
                    beside: draft.beside,
                    products: product_of(&reading, &mentions, draft.tokens, topic),
                    utterance: self.at,
                    bytes,
                    quote: shifted(quote(&reading, draft.tokens)),
                    confidence: draft.confidence * factor * self.words.probability(bytes),
                }
            }));
        }
        if let Some(last) = mentions.last() {
            topic.products = Some(last.products.clone());
        }
        let last_sentence = reading.tokens.last().map_or(0, |t| t.sentence);
        let in_last = |start: usize| reading.tokens.get(start).is_some_and(|t| t.sentence == last_sentence);
        topic.concepts = TOPICS.into_iter().filter(|c| reading.all(*c).any(|m| in_last(m.start))).collect();
    }
}

/// What all utterances of a call share.
#[derive(Clone, Copy)]
struct Call<'a> {
    sheet: &'a Sheet,
    call_date: Option<Date>,
}

/// Longer texts are read in pieces, cut at a space: a line of a chat log may be a whole book, and what belongs together
/// stands within a sentence or two.
const MAX_PIECE_BYTES: usize = 4096;

fn pieces_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut offset = 0;
    std::iter::from_fn(move || {
        let rest = text.get(offset..).filter(|rest| !rest.is_empty())?;
        let most = rest.floor_char_boundary(MAX_PIECE_BYTES);
        let end = if most == rest.len() {
            most
        } else {
            let sentence = rest[..most].rfind(['.', '!', '?', '\n']).filter(|at| *at > most / 2).map(|at| at + 1);
            sentence.or_else(|| rest[..most].rfind(char::is_whitespace).map(|at| at + 1)).unwrap_or(most)
        };
        // A character longer than the limit there is none; this only keeps the loop from standing still.
        let end = rest.floor_char_boundary(end.max(1)).max(rest.chars().next().map_or(1, char::len_utf8));
        let piece = (offset, &rest[..end]);
        offset += end;
        Some(piece)
    })
}

fn is_named(reading: &Reading<'_>, mentions: &[Mention], tokens: (usize, usize)) -> bool {
    let (from, to) = reading.sentence(tokens.0);
    mentions.iter().any(|m| m.tokens.0 >= from && m.tokens.1 <= to && !m.products.is_empty())
}

fn quote(reading: &Reading<'_>, tokens: (usize, usize)) -> (usize, usize) {
    let (from, to) = reading.sentence(tokens.0);
    let (from, to) = if to - from <= MAX_QUOTED_TOKENS { (from, to) } else { reading.clause(tokens.0) };
    let (from, to) = if to - from <= MAX_QUOTED_TOKENS {
        (from, to)
    } else {
        (tokens.0.saturating_sub(MAX_QUOTED_TOKENS / 2).max(from), (tokens.1 + MAX_QUOTED_TOKENS / 2).min(to))
    };
    reading.bytes((from.min(tokens.0), to.max(tokens.1)))
}

/// The words of an utterance with their places, found once for all its claims.
struct HeardWords<'a> {
    utterance: &'a Utterance,
    places: Option<Vec<(usize, usize)>>,
}

impl<'a> HeardWords<'a> {
    fn new(utterance: &'a Utterance) -> Self {
        Self { utterance, places: crate::call::locate_words(&utterance.text, &utterance.words) }
    }

    /// Mean probability of the words of a claim; 1 for text that was read.
    fn probability(&self, bytes: (usize, usize)) -> f64 {
        let Some(places) = &self.places else { return self.utterance.confidence.unwrap_or(1.0) };
        // They are in order, and none reaches into the next.
        let from = places.partition_point(|(_, end)| *end <= bytes.0);
        let to = places.partition_point(|(start, _)| *start < bytes.1);
        let own = self.utterance.words.get(from..to).unwrap_or_default();
        let sum: f64 = own.iter().map(|word| word.probability).sum();
        if own.is_empty() { 1.0 } else { sum / own.len() as f64 }
    }
}

/// The product named last before the claim in its sentence or right after it there, else the last of the utterance so
/// far, else what was spoken of.
fn product_of(
    reading: &Reading<'_>,
    mentions: &[Mention],
    tokens: (usize, usize),
    topic: &Topic,
) -> Option<Vec<usize>> {
    let (from, to) = reading.sentence(tokens.0);
    let in_sentence = |m: &&Mention| m.tokens.0 >= from && m.tokens.1 <= to;
    let before = mentions.iter().rfind(|m| m.tokens.0 < tokens.1 && in_sentence(m));
    let after = mentions.iter().find(|m| m.tokens.0 >= tokens.1 && in_sentence(m));
    let earlier = mentions.iter().rfind(|m| m.tokens.0 < tokens.1);
    if let Some(mention) = before.or(after) {
        // "Three years on the fan, on the router two": another thing than the named one begins the clause.
        let is_of_clause = |m: &Mention| reading.is_same_clause(m.tokens.0, tokens.0);
        let is_of_thing = reading.has(Concept::OtherThing, (reading.clause(tokens.0).0, tokens.0));
        return if is_of_thing && !is_of_clause(mention) { None } else { Some(mention.products.clone()) };
    }
    // "The tariff Maximum": another product by name.
    let own = reading.tokens.get(from..to).unwrap_or_default();
    let is_other = products::product_named(reading.text, own, reading.language)
        .is_some_and(|name| !reading.company_words.iter().any(|word| name.contains(word.as_str())));
    if is_other || reading.has(Concept::OtherProduct, (from, to)) {
        return Some(Vec::new());
    }
    earlier.map(|m| m.products.clone()).or_else(|| topic.products.clone())
}

/// Among several products a guarantee, and how many are left, has to be told of one: every thing has a guarantee, and
/// of many some are left. "It all comes with", "only two left" say of what by saying nothing else. A price is of what is
/// sold where the price was asked for, or where the tariff, the offer, the contract or what comes after it is spoken of.
fn may_be_of_anything(reading: &Reading<'_>, draft: &Draft, is_price_asked: bool) -> bool {
    const MAX_BARE_TOKENS: usize = 6;
    const ALL: [&str; 6] = ["all", "everything", "wszystko", "все", "ολα", "mindenre"];
    let (from, to) = reading.sentence(draft.tokens.0);
    match draft.attribute {
        Attribute::Stock => to - from > MAX_BARE_TOKENS,
        Attribute::Price => {
            let of_sale = [
                Concept::After,
                Concept::List,
                Concept::Promo,
                Concept::ProductNoun,
                Concept::Always,
                Concept::Contract,
                Concept::Us,
            ];
            let is_of_sale = is_price_asked
                || reading.asked_before(draft.tokens.0).is_some()
                || context::is_it(reading, draft.tokens)
                || of_sale.into_iter().any(|c| reading.has(c, (from, to)));
            !is_of_sale
        }
        Attribute::WarrantyMonths => !reading.tokens[from..to].iter().any(|t| ALL.contains(&t.normal.as_str())),
        _ => false,
    }
}

/// A sentence that claims nothing: a question, a condition, somebody else's words or another seller's terms.
fn is_void(reading: &Reading<'_>, tokens: (usize, usize)) -> bool {
    reading.is_question(tokens.0)
        || reading.is_conditional(tokens.0)
        || reading.is_reported(tokens.0)
        || reading.is_of_others(tokens)
}

/// Last days of the offer.
fn deadlines(reading: &Reading<'_>, mentions: &[Mention], call_date: Option<Date>) -> Vec<Draft> {
    let mut found = Vec::new();
    for named in dates::read(reading, call_date) {
        let tokens = named.tokens;
        let sentence = reading.sentence(tokens.0);
        let near = |concept: Concept| reading.nearest(concept, tokens, None).map(|(distance, _)| distance);
        let is_of_offer = near(Concept::Offer).is_some()
            || mentions.iter().any(|m| m.tokens.0 >= sentence.0 && m.tokens.1 <= sentence.1);
        let has_until = reading.all(Concept::Until).any(|m| {
            // "A hét végéig": the word for until is part of the day.
            let is_inside = m.start >= tokens.0 && m.end <= tokens.1;
            (is_inside || m.end <= tokens.0 && tokens.0 - m.end <= 3 || m.start >= tokens.1 && m.start - tokens.1 <= 1)
                && reading.is_same_clause(m.start, tokens.0)
        });
        let ends = named.is_deadline
            || (has_until && (near(Concept::Deadline).is_some() || near(Concept::Offer).is_some()))
            || near(Concept::Deadline).is_some_and(|d| d <= 4);
        // "It will be with you by tomorrow"; "only today" is of the offer all the same.
        let is_said_of_delivery = reading.has(Concept::Delivery, reading.clause(tokens.0));
        let is_of_delivery = near(Concept::Offer).is_none()
            && near(Concept::Delivery).is_some()
            && (!named.is_deadline || is_said_of_delivery);
        // "Your contract ends on 9 May", "the sale runs from 1 April"
        let is_of_contract =
            near(Concept::Contract).is_some_and(|d| near(Concept::Offer).is_none_or(|offer| d < offer));
        let is_start = reading.all(Concept::From).any(|m| m.end <= tokens.0 && tokens.0 - m.end <= 1);
        let is_void = is_void(reading, tokens)
            || reading.is_corrected(tokens)
            || is_of_contract
            || is_start && !named.is_deadline;
        if !ends || !is_of_offer || is_of_delivery || is_void || reading.is_negated(tokens.0, 4) {
            continue;
        }
        found.push(Draft::new(Attribute::ValidUntil, Value::Date(named.date), tokens));
    }
    found.dedup_by(|b, a| b.value == a.value);
    found
}
