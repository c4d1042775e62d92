//! Evidence of a party in what a speaker says, as log odds: many weak cues, each found in spite of recognition errors.
//! The words and the weights are in `cues.toml`. Not the phrase list: nothing here is good or bad.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::call::{Party, Utterance};
use crate::text::language::Language;

use super::misheard::{Misheard, by_ear};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueList {
    cue: Vec<CueText>,
    conduct: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
struct CueText {
    party: Party,
    name: String,
    weight: f64,
    /// Phrases by language.
    #[serde(flatten)]
    phrases: BTreeMap<String, Vec<String>>,
}

/// One kind of thing that one party says more than the other.
struct Cue {
    name: String,
    party: Party,
    weight: f64,
    phrases: Vec<(Language, Phrase)>,
}

/// How a phrase is looked for.
enum Phrase {
    /// Long enough to be known in spite of errors.
    Near(Misheard),
    /// Short: these words side by side; `true` stands for any ending.
    Exact(Vec<(String, bool)>),
}

struct Evidence {
    cues: Vec<Cue>,
    conduct: BTreeMap<String, f64>,
}

static EVIDENCE: LazyLock<Evidence> = LazyLock::new(|| {
    let list: CueList = toml::from_str(include_str!("cues.toml")).expect("the file is part of the program");
    let cue = |text: CueText| {
        let of_language = |(code, phrases): (String, Vec<String>)| {
            let language = Language::from_code(&code).expect("the file is part of the program");
            phrases.into_iter().map(move |phrase| (language, Phrase::new(&phrase, language)))
        };
        let phrases = text.phrases.into_iter().flat_map(of_language).collect();
        Cue { name: text.name, party: text.party, weight: text.weight, phrases }
    };
    Evidence { cues: list.cue.into_iter().map(cue).collect(), conduct: list.conduct }
});

impl Phrase {
    fn new(text: &str, language: Language) -> Self {
        if let Some(near) = Misheard::new(&by_ear(text, language)) {
            return Self::Near(near);
        }
        let word = |word: &str| (by_ear(word, language), word.ends_with('*'));
        Self::Exact(text.split_whitespace().map(word).collect())
    }

    /// How near the utterance comes to the phrase, 0..=1.
    fn nearness(&self, said: &Said) -> f64 {
        match self {
            Self::Near(misheard) => misheard.nearness(&said.run_together),
            Self::Exact(wanted) => f64::from(u8::from(said.words.windows(wanted.len()).any(|words| {
                words.iter().zip(wanted).all(|(word, (wanted, any_ending))| match any_ending {
                    true => word.starts_with(wanted.as_str()),
                    false => word == wanted,
                })
            }))),
        }
    }
}

/// An utterance as it sounds in one language.
struct Said {
    language: Language,
    words: Vec<String>,
    run_together: String,
}

/// In the utterance's own language, or else the call's; in each of the five if that is none of them.
fn heard(utterance: &Utterance, call_language: Option<&str>) -> Vec<Said> {
    let own = utterance.language.as_deref().or(call_language).and_then(Language::from_code);
    let languages = own.map_or(Language::ALL.to_vec(), |language| vec![language]);
    languages
        .into_iter()
        .map(|language| {
            let words = utterance.text.split_whitespace().map(|w| by_ear(w, language)).filter(|w| !w.is_empty());
            Said { language, words: words.collect(), run_together: by_ear(&utterance.text, language) }
        })
        .collect()
}

/// What a cue is worth that is said `times`: the first time most, and no more than [`MOST_TIMES`].
fn worth(times: f64) -> f64 {
    (1.0 + times.min(MOST_TIMES)).log2()
}

/// Said more often, a cue tells no more: a call of an hour is not sixty calls of a minute.
const MOST_TIMES: f64 = 7.0;

/// How much a speaker says of each cue, 0..=3, in the order of the file: utterances that come near to one of its
/// phrases, each by how near, on a logarithmic scale.
pub(super) fn values<'a>(utterances: impl Iterator<Item = &'a Utterance>, call_language: Option<&str>) -> Vec<f64> {
    let cues = &EVIDENCE.cues;
    let mut times = vec![0.0; cues.len()];
    for said in utterances.flat_map(|u| heard(u, call_language)) {
        for (times, cue) in times.iter_mut().zip(cues) {
            let own = cue.phrases.iter().filter(|(language, _)| *language == said.language);
            *times += own.map(|(_, phrase)| phrase.nearness(&said)).fold(0.0, f64::max);
        }
    }
    times.into_iter().map(worth).collect()
}

/// Names of the cues, in the order of the file.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    EVIDENCE.cues.iter().map(|cue| cue.name.as_str())
}

/// What a cue says of its speaker being the agent, by the weights of the file.
fn weight(cue: &Cue) -> f64 {
    match cue.party {
        Party::Agent => cue.weight,
        Party::Customer => -cue.weight,
        _ => 0.0,
    }
}

/// Log odds that who says this is the agent, from the words alone.
pub(super) fn agent_log_odds<'a>(
    utterances: impl Iterator<Item = &'a Utterance>,
    call_language: Option<&str>,
) -> f64 {
    values(utterances, call_language).iter().zip(&EVIDENCE.cues).map(|(value, cue)| value * weight(cue)).sum()
}

/// Weight of a measure of conduct, in nats a unit; 0 for a name that the file does not have.
pub(super) fn conduct_weight(name: &str) -> f64 {
    EVIDENCE.conduct.get(name).copied().unwrap_or_default()
}

/// Cues without phrases in one of the languages, or with a weight below 0, and weights of conduct without a measure.
#[cfg(test)]
pub(super) fn gaps() -> Vec<String> {
    let lacks = |cue: &Cue, language: Language| cue.weight < 0.0 || !cue.phrases.iter().any(|(l, _)| *l == language);
    let gaps_of = |cue: &'static Cue| {
        let languages = Language::ALL.into_iter().filter(|l| lacks(cue, *l));
        languages.map(|l| format!("{}: {}", cue.name, l.code())).collect::<Vec<_>>()
    };
    let measures = super::conduct::NAMES;
    let strange = EVIDENCE.conduct.keys().filter(|name| !measures.contains(&name.as_str())).cloned();
    EVIDENCE.cues.iter().flat_map(gaps_of).chain(strange).collect()
}
