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
    hello: BTreeMap<String, Vec<String>>,
    digits: BTreeMap<String, Vec<String>>,
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
    /// Short: these words side by side.
    Exact {
        words: Vec<Wanted>,
        /// Only as the first words of an utterance.
        is_first: bool,
    },
}

/// A word of a short phrase; its beginning or its end may be any.
struct Wanted {
    text: String,
    any_beginning: bool,
    any_ending: bool,
}

impl Wanted {
    fn new(word: &str, language: Language) -> Self {
        Self { text: by_ear(word, language), any_beginning: word.starts_with('*'), any_ending: word.ends_with('*') }
    }

    fn is(&self, word: &str) -> bool {
        match (self.any_beginning, self.any_ending) {
            (true, _) => word.ends_with(&self.text),
            (false, true) => word.starts_with(&self.text),
            (false, false) => word == self.text,
        }
    }
}

struct Evidence {
    cues: Vec<Cue>,
    /// What is said into a telephone that has just rung.
    hello: Vec<(Language, String)>,
    /// The names of 0 to 9.
    digits: Vec<(Language, String)>,
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
    Evidence {
        cues: list.cue.into_iter().map(cue).collect(),
        hello: words(list.hello),
        digits: words(list.digits),
        conduct: list.conduct,
    }
});

/// Words by language, by ear.
fn words(by_code: BTreeMap<String, Vec<String>>) -> Vec<(Language, String)> {
    let of_language = |(code, words): (String, Vec<String>)| {
        let language = Language::from_code(&code).expect("the file is part of the program");
        words.into_iter().map(move |word| (language, by_ear(&word, language)))
    };
    by_code.into_iter().flat_map(of_language).collect()
}

impl Phrase {
    fn new(text: &str, language: Language) -> Self {
        if let Some(near) = Misheard::new(&by_ear(text, language)) {
            return Self::Near(near);
        }
        let words = text.split_whitespace().map(|word| Wanted::new(word, language)).collect();
        Self::Exact { words, is_first: text.starts_with('^') }
    }

    /// How near the utterance comes to the phrase, 0..=1.
    fn nearness(&self, said: &Said) -> f64 {
        match self {
            Self::Near(misheard) => misheard.nearness(&said.run_together),
            Self::Exact { words, is_first } => {
                let places = if *is_first { 1 } else { usize::MAX };
                let is_there = said
                    .words
                    .windows(words.len())
                    .take(places)
                    .any(|said| said.iter().zip(words).all(|(said, wanted)| wanted.is(said)));
                f64::from(u8::from(is_there))
            }
        }
    }
}

/// An utterance as it sounds in one language.
pub(super) struct Said {
    pub language: Language,
    pub words: Vec<String>,
    run_together: String,
}

/// In the utterance's own language, or else the call's; in each of the five if that is none of them.
pub(super) fn heard(utterance: &Utterance, call_language: Option<&str>) -> Vec<Said> {
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
pub(super) fn worth(times: f64) -> f64 {
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

/// Whether the utterance is no more than what is said into a telephone that has just rung.
pub(super) fn is_hello(utterance: &Utterance, call_language: Option<&str>) -> bool {
    let is_one = |said: &Said| {
        let is_hello = |word: &String| EVIDENCE.hello.iter().any(|(l, hello)| *l == said.language && hello == word);
        !said.words.is_empty() && said.words.len() <= MOST_HELLOS && said.words.iter().all(is_hello)
    };
    heard(utterance, call_language).iter().any(is_one)
}

/// "Yes, hello, yes?"
const MOST_HELLOS: usize = 3;

/// Whether a number is read out digit by digit, or stands there in as many digits.
pub(super) fn dictates(utterance: &Utterance, call_language: Option<&str>) -> bool {
    let is_digits = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let n_digits = |said: &Said| {
        let (mut in_a_row, mut most) = (0, 0);
        for word in &said.words {
            let is_named = EVIDENCE.digits.iter().any(|(l, digit)| *l == said.language && digit == word);
            in_a_row = match (is_digits(word), is_named) {
                (true, _) => in_a_row + word.len(),
                (_, true) => in_a_row + 1,
                _ => 0,
            };
            most = most.max(in_a_row);
        }
        most
    };
    heard(utterance, call_language).iter().any(|said| n_digits(said) >= DICTATED_DIGITS)
}

/// Prices and years have fewer.
const DICTATED_DIGITS: usize = 5;

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
pub(super) fn agent_log_odds<'a>(utterances: impl Iterator<Item = &'a Utterance>, call_language: Option<&str>) -> f64 {
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
    let is_strange = |name: &&String| !measures.contains(&name.as_str()) && name.as_str() != super::leanings::NAME;
    let strange = EVIDENCE.conduct.keys().filter(is_strange).cloned();
    EVIDENCE.cues.iter().flat_map(gaps_of).chain(strange).collect()
}
