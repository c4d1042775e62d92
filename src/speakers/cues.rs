//! Evidence of a party in what a channel says and does, as log odds. The words are in `cues.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::call::{Party, Transcript, Utterance};
use crate::text::language::{fold, normalize};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueList {
    cue: Vec<Cue>,
}

#[derive(Deserialize)]
struct Cue {
    party: Party,
    /// For who reads the file.
    #[cfg_attr(not(test), expect(dead_code, reason = "names the cue for who reads the file"))]
    name: String,
    weight: f64,
    /// Phrases by language.
    #[serde(flatten)]
    phrases: BTreeMap<String, Vec<String>>,
}

static CUES: LazyLock<Vec<Cue>> = LazyLock::new(|| {
    let mut list: CueList = toml::from_str(include_str!("cues.toml")).expect("the file is part of the program");
    for phrase in list.cue.iter_mut().flat_map(|c| c.phrases.values_mut()).flatten() {
        *phrase = phrase.split_whitespace().map(|w| bare(w, true)).collect::<Vec<_>>().join(" ");
    }
    list.cue
});

/// Who speaks first: the agent answers an incoming call, and also opens most outgoing ones after a bare "hello".
/// A hint only: recordings often begin in the middle.
const FIRST_WORDS_LOG_ODDS: f64 = 0.4;

/// A talk share of 2:1 gives this much: agents explain more than customers do in sales calls, less in complaints.
const TALK_SHARE_LOG_ODDS: f64 = 0.3;

/// A word without case, diacritics and punctuation; a trailing `*` is kept if asked for.
fn bare(word: &str, keep_star: bool) -> String {
    let is_kept = |c: &char| c.is_alphanumeric() || (keep_star && *c == '*');
    fold(&normalize(word)).chars().filter(is_kept).collect()
}

fn of_speaker<'t>(transcript: &'t Transcript, speaker: &str) -> impl Iterator<Item = &'t Utterance> {
    transcript.utterances.iter().filter(move |u| u.speaker.as_deref() == Some(speaker))
}

/// Log odds that the speaker of this id is the agent, from the words alone. Each cue counts once.
pub(super) fn agent_log_odds(transcript: &Transcript, speaker: &str) -> f64 {
    let folded: Vec<(Option<&str>, Vec<String>)> = of_speaker(transcript, speaker)
        .map(|u| {
            let words = u.text.split_whitespace().map(|w| bare(w, false)).filter(|w| !w.is_empty()).collect();
            (u.language.as_deref().or(transcript.language.as_deref()), words)
        })
        .collect();
    CUES.iter()
        .filter(|cue| folded.iter().any(|(language, words)| is_said(cue, *language, words)))
        .map(|cue| match cue.party {
            Party::Agent => cue.weight,
            Party::Customer => -cue.weight,
            _ => 0.0,
        })
        .sum()
}

fn is_said(cue: &Cue, language: Option<&str>, words: &[String]) -> bool {
    let lists = cue.phrases.iter().filter(|(code, _)| language.is_none_or(|l| l == code.as_str()));
    lists.flat_map(|(_, phrases)| phrases).any(|phrase| holds(words, phrase))
}

/// True if the phrase's words stand side by side.
fn holds(words: &[String], phrase: &str) -> bool {
    let pattern: Vec<&str> = phrase.split(' ').collect();
    words.windows(pattern.len()).any(|window| {
        window.iter().zip(&pattern).all(|(word, wanted)| match wanted.strip_suffix('*') {
            Some(beginning) => word.starts_with(beginning),
            None => word == wanted,
        })
    })
}

/// Log odds that `first` rather than `second` is the agent, from who speaks first and who speaks more.
pub(super) fn conduct_log_odds(transcript: &Transcript, first: &str, second: &str) -> f64 {
    let mut speakers = transcript.utterances.iter().filter_map(|u| u.speaker.as_deref());
    let Some(opening) = speakers.find(|s| *s == first || *s == second) else { return 0.0 };
    let opens = if opening == first { FIRST_WORDS_LOG_ODDS } else { -FIRST_WORDS_LOG_ODDS };
    let n_words = |speaker| of_speaker(transcript, speaker).map(|u| u.text.split_whitespace().count()).sum::<usize>();
    // One word more on each side, so that a silent party does not decide alone.
    let share = ((n_words(first) + 1) as f64 / (n_words(second) + 1) as f64).log2().clamp(-2.0, 2.0);
    opens + TALK_SHARE_LOG_ODDS * share
}

/// Cues without phrases in one of the languages, or with a weight that says nothing: `name: language`.
#[cfg(test)]
pub(super) fn gaps() -> Vec<String> {
    const LANGUAGES: [&str; 5] = ["en", "pl", "ru", "el", "hu"];
    let lacks = |cue: &Cue, language: &str| cue.weight <= 0.0 || cue.phrases.get(language).is_none_or(Vec::is_empty);
    let gaps_of = |cue: &'static Cue| {
        LANGUAGES.iter().filter(|l| lacks(cue, l)).map(|l| format!("{}: {l}", cue.name)).collect::<Vec<_>>()
    };
    let unknown = CUES.iter().flat_map(|c| c.phrases.keys()).filter(|l| !LANGUAGES.contains(&l.as_str())).cloned();
    CUES.iter().flat_map(gaps_of).chain(unknown).collect()
}
