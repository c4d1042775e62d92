//! Data that the customer tells and the agent says back: telephone and other long numbers digit by digit, e-mail addresses
//! letter by letter, street addresses by street and number, names by sound. Which places differ is told, never which digits
//! stand there.
//!
//! What fools it: a number that was misheard by the recogniser on one side only. So a difference is only looked for where
//! most of it agrees; anything less alike is another number.

use serde_json::{Map, Value};

use super::align::{differences, is_part, letters, runs};
use super::lines::Line;
use super::{Found, cues, may_be_agent, names};
use crate::call::{Party, PersonalKind, Polarity, Severity};
use crate::rules::Draft;
use crate::rules::scene::Scene;
use crate::rules::score::Part;
use crate::rules::thresholds::{
    MIN_NUMBER_DIGITS, MIN_READBACK_DIGITS, READBACK_CONFIDENCE, READBACK_WITHIN_S, READBACK_WITHIN_UTTERANCES,
    UNKNOWN_PARTY_FACTOR,
};

/// What kind of data was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Phone,
    Number,
    Email,
    Address,
    Name,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Number => "number",
            Self::Email => "email",
            Self::Address => "address",
            Self::Name => "person_name",
        }
    }
}

/// How the agent said it back.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Back {
    No,
    /// In this utterance, at these bytes.
    Right(usize, (usize, usize)),
    /// As above; 1-based places of the customer's digits or letters that differ, and whether it was put right later.
    Wrong {
        utterance: usize,
        bytes: (usize, usize),
        places: Vec<usize>,
        of: usize,
        is_corrected: bool,
    },
}

/// A piece of data of the customer.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub kind: Kind,
    pub utterance: usize,
    pub back: Back,
    pub confidence: f64,
}

/// Everything that was told.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    given: Vec<Given>,
    has_spelling: bool,
}

impl Ledger {
    /// The first thing that was said back as it was told: utterance and bytes. To call somebody by name is no reading back.
    pub fn first_right(&self) -> Option<(usize, (usize, usize))> {
        self.given.iter().filter(|given| given.kind != Kind::Name).find_map(|given| match given.back {
            Back::Right(utterance, bytes) => Some((utterance, bytes)),
            _ => None,
        })
    }

    /// Counts for the required step.
    pub fn evidence(&self) -> Map<String, Value> {
        let count = |is: &dyn Fn(&Back) -> bool| self.given.iter().filter(|given| is(&given.back)).count();
        Map::from_iter([
            ("collected".to_owned(), Value::from(self.given.len())),
            ("read_back".to_owned(), Value::from(count(&|back| !matches!(back, Back::No)))),
            ("mismatches".to_owned(), Value::from(count(&|back| matches!(back, Back::Wrong { .. })))),
            ("asked_to_spell".to_owned(), Value::from(self.has_spelling)),
        ])
    }
}

/// What goes on with a number told before has hardly any other word: "and then".
const MAX_WORDS_BESIDE_PIECE: usize = 3;

/// No telephone number has more digits: ITU-T E.164.
const MOST_DIGITS: usize = 15;

/// The customer's data, joined where it goes on in the next utterance, and what the agent made of it.
pub(crate) fn ledger(scene: &Scene<'_>) -> Ledger {
    let agent_lines = (0..scene.lines.len()).filter(|i| scene.party(*i) == Party::Agent);
    let has_spelling = agent_lines.clone().any(|i| cues::has("spell", &scene.lines[i]));
    let mut given = numbers(scene);
    given.extend(emails(scene));
    given.extend(addresses(scene));
    given.extend(names::given(scene));
    given.sort_by_key(|g| (g.utterance, g.kind));
    Ledger { given, has_spelling }
}

/// Utterances of the agent in which data told at `told` may be said back.
fn answers<'s>(scene: &'s Scene<'_>, told: usize) -> impl Iterator<Item = usize> + 's {
    let until_s = scene.times_of(told).map(|(_, end_s)| end_s + READBACK_WITHIN_S);
    let last = scene.lines.len().min(told + 1 + READBACK_WITHIN_UTTERANCES);
    let is_soon =
        move |i: &usize| scene.times_of(*i).zip(until_s).is_none_or(|((start_s, _), until_s)| start_s <= until_s);
    (told + 1..last).filter(|i| scene.party(*i) == Party::Agent).take_while(is_soon)
}

/// A number of the customer, maybe told over several utterances.
struct Told {
    first: usize,
    last: usize,
    /// Utterance and digits.
    pieces: Vec<(usize, String)>,
    is_phone: bool,
}

impl Told {
    fn digits(&self) -> String {
        self.pieces.iter().map(|(_, digits)| digits.as_str()).collect()
    }
}

fn numbers(scene: &Scene<'_>) -> Vec<Given> {
    let mut told: Vec<Told> = Vec::new();
    for i in (0..scene.lines.len()).filter(|i| scene.party(*i) == Party::Customer) {
        for run in runs(&scene.lines[i]) {
            let is_phone = scene.personal(i).any(|d| d.kind == PersonalKind::Phone && d.touches(run.bytes));
            // What has a check of its own, or must not be said at all, is not asked to be said back.
            let is_other = scene.personal(i).any(|d| d.touches(run.bytes) && d.kind != PersonalKind::Phone);
            if is_other || run.digits.len() < 2 {
                continue;
            }
            let is_piece =
                run.digits.len() < MIN_NUMBER_DIGITS && n_other_words(&scene.lines[i]) <= MAX_WORDS_BESIDE_PIECE;
            match told.last_mut() {
                Some(before)
                    if is_piece
                        && (1..=2).contains(&(i - before.last))
                        && before.digits().len() + run.digits.len() <= MOST_DIGITS =>
                {
                    before.pieces.push((i, run.digits));
                    before.last = i;
                    before.is_phone |= is_phone;
                }
                _ => told.push(Told { first: i, last: i, pieces: vec![(i, run.digits)], is_phone }),
            }
        }
    }
    told.into_iter()
        .filter(|number| number.is_phone || number.digits().len() >= MIN_NUMBER_DIGITS)
        .map(|number| Given {
            kind: if number.is_phone { Kind::Phone } else { Kind::Number },
            utterance: number.first,
            back: number_back(scene, &number),
            confidence: if number.is_phone { 1.0 } else { UNKNOWN_PARTY_FACTOR },
        })
        .collect()
}

fn n_other_words(line: &Line<'_>) -> usize {
    line.tokens.len() - line.numbers.iter().map(|number| number.tokens.1 - number.tokens.0).sum::<usize>()
}

fn number_back(scene: &Scene<'_>, told: &Told) -> Back {
    let whole = told.digits();
    let mut wrong: Option<Back> = None;
    let mut right: Option<(usize, (usize, usize))> = None;
    let between = (told.first..told.last).filter(|i| scene.party(*i) == Party::Agent);
    for i in between.chain(answers(scene, told.last)) {
        for run in runs(&scene.lines[i]).into_iter().filter(|run| run.digits.len() >= MIN_READBACK_DIGITS) {
            if is_part(&run.digits, &whole) {
                match &mut wrong {
                    Some(Back::Wrong { is_corrected, .. }) => *is_corrected = true,
                    _ => right = right.or(Some((i, run.bytes))),
                }
                continue;
            }
            // Said back piece by piece: the one just before is meant.
            let piece = told.pieces.iter().rev().find(|(at, _)| *at < i).filter(|(at, _)| i - at == 1);
            let near = piece.map(|(_, piece)| piece.as_str()).filter(|piece| piece.len() < whole.len());
            let offset = |piece: &str| whole.find(piece).unwrap_or(0);
            let places = differences(&run.digits, &whole)
                .or_else(|| near.and_then(|p| Some(shifted(differences(&run.digits, p)?, offset(p)))));
            if let Some(places) = places.filter(|places| !places.is_empty())
                && wrong.is_none()
            {
                wrong =
                    Some(Back::Wrong { utterance: i, bytes: run.bytes, places, of: whole.len(), is_corrected: false });
            }
        }
    }
    wrong.or(right.map(|(i, bytes)| Back::Right(i, bytes))).unwrap_or(Back::No)
}

fn shifted(places: Vec<usize>, by: usize) -> Vec<usize> {
    places.into_iter().map(|place| place + by).collect()
}

fn emails(scene: &Scene<'_>) -> Vec<Given> {
    let of = |i: usize| {
        let line = &scene.lines[i];
        let found = scene.personal(i).filter(|d| d.kind == PersonalKind::Email);
        let text = move |bytes: (usize, usize)| line.text.get(bytes.0..bytes.1);
        found.filter_map(move |d| {
            let part = Line::new(text(d.bytes)?, line.language);
            Some((d.bytes, d.confidence, letters(part.text, &part)))
        })
    };
    let mut given = Vec::new();
    for i in (0..scene.lines.len()).filter(|i| scene.party(*i) == Party::Customer) {
        for (_, confidence, told) in of(i) {
            let mut back = Back::No;
            for answer in answers(scene, i) {
                for (bytes, _, said) in of(answer) {
                    match (&mut back, differences(&said, &told)) {
                        (Back::Wrong { is_corrected, .. }, Some(places)) if places.is_empty() => *is_corrected = true,
                        (Back::No, Some(places)) if places.is_empty() => back = Back::Right(answer, bytes),
                        (Back::No, Some(places)) => {
                            let of = told.chars().count();
                            back = Back::Wrong { utterance: answer, bytes, places, of, is_corrected: false };
                        }
                        _ => {}
                    }
                }
            }
            given.push(Given { kind: Kind::Email, utterance: i, back, confidence });
        }
    }
    given
}

fn addresses(scene: &Scene<'_>) -> Vec<Given> {
    let mut given = Vec::new();
    for i in (0..scene.lines.len()).filter(|i| scene.party(*i) == Party::Customer) {
        for data in scene.personal(i).filter(|d| d.kind == PersonalKind::Address) {
            let Some(text) = scene.lines[i].text.get(data.bytes.0..data.bytes.1) else { continue };
            let told = Line::new(text, scene.lines[i].language);
            let name =
                (0..told.tokens.len()).filter(|at| told.is_capitalised(*at)).max_by_key(|at| told.words[*at].len());
            let (Some(name), Some(house)) = (name, told.numbers.first().map(|n| n.digits.clone())) else { continue };
            let street = told.words[name].clone();
            let mut back = Back::No;
            for answer in answers(scene, i) {
                let line = &scene.lines[answer];
                let Some(at) = line.words.iter().position(|word| names::is_same(word, &street, line.language)) else {
                    continue;
                };
                // The house number stands beside the street.
                let near = line.numbers.iter().filter(|n| n.tokens.0.abs_diff(at) <= 3 || n.tokens.1.abs_diff(at) <= 2);
                let said: Vec<_> = near.collect();
                let Some(number) = said.first() else { continue };
                let bytes = (line.tokens[at].start.min(number.bytes.0), line.tokens[at].end.max(number.bytes.1));
                let is_right = said.iter().any(|n| n.digits == house);
                back = match back {
                    Back::No if is_right => Back::Right(answer, bytes),
                    Back::No => {
                        let of = house.len();
                        Back::Wrong { utterance: answer, bytes, places: (1..=of).collect(), of, is_corrected: false }
                    }
                    Back::Wrong { utterance, bytes, places, of, .. } if is_right => {
                        Back::Wrong { utterance, bytes, places, of, is_corrected: true }
                    }
                    other => other,
                };
            }
            given.push(Given { kind: Kind::Address, utterance: i, back, confidence: data.confidence });
        }
    }
    given
}

/// One finding for each piece of data that was said back otherwise than it was told.
pub(in crate::rules) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for given in &scene.ledger.given {
        let Back::Wrong { utterance, bytes, places, of, is_corrected } = &given.back else { continue };
        debug_assert!(may_be_agent(scene.party(*utterance)));
        let is_name = given.kind == Kind::Name;
        let mut evidence = Map::from_iter([
            ("kind".to_owned(), Value::from(given.kind.name())),
            ("told_in".to_owned(), Value::from(given.utterance)),
            ("corrected".to_owned(), Value::from(*is_corrected)),
        ]);
        if !is_name {
            evidence.insert("positions".into(), Value::from(places.clone()));
            evidence.insert("of".into(), Value::from(*of));
        }
        let severity = match (is_corrected, given.kind) {
            (true, _) => Severity::Info,
            (false, Kind::Name | Kind::Number) => Severity::Minor,
            (false, _) => Severity::Major,
        };
        let found = Found {
            rule: "readback_mismatch",
            category: "q_readback_name",
            polarity: Polarity::Required,
            severity,
            utterance: *utterance,
            bytes: *bytes,
            confidence: READBACK_CONFIDENCE * given.confidence,
            message: match given.kind {
                Kind::Name => "Calls the customer by another name than the customer gave.",
                _ => "Says the customer's data back otherwise than the customer told it.",
            },
            // What was put right in the call costs nothing.
            part: if *is_corrected { None } else { Some(Part::Required) },
        };
        let mut draft = found.draft(scene, evidence);
        // Never the digits or the name, in any view: a number said wrongly is often no valid one, which the search for
        // personal data does not know.
        let mask = format!("[{}]", given.kind.name());
        (draft.finding.quote, draft.shown_quote) = (Some(mask.clone()), Some(mask));
        drafts.push(draft);
    }
    drafts
}
