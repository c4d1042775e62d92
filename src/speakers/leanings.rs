//! Evidence of a party in the sum of very many very weak signs: groups of four letters that one party's words hold more
//! often than the other's. What is left of a party's way to talk when hardly a word is heard right. The groups and
//! their leanings are counted (`leanings.toml`), not chosen.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use crate::call::Utterance;
use crate::text::language::Language;

use super::cues::{conduct_weight, heard, worth};

/// Letters of a group; a space, which stands at either end of a word too, counts as one.
const GROUP: usize = 4;

/// Under this name the weight stands in `cues.toml`.
pub(super) const NAME: &str = "leans";

/// By language, then leaning in nats (above 0 the agent's), then the groups, put one behind the other.
type Groups = BTreeMap<String, BTreeMap<String, String>>;

static LEANINGS: LazyLock<HashMap<(Language, String), f64>> = LazyLock::new(|| {
    let by_code: Groups = toml::from_str(include_str!("leanings.toml")).expect("the file is part of the program");
    let mut leanings = HashMap::new();
    for (code, by_leaning) in by_code {
        let language = Language::from_code(&code).expect("the file is part of the program");
        for (leaning, groups) in by_leaning {
            let leaning: f64 = leaning.parse().expect("the file is part of the program");
            for group in groups.split('|') {
                leanings.insert((language, group.replace('_', " ")), leaning);
            }
        }
    }
    leanings
});

/// In how many utterances each group of letters is heard.
pub(super) fn groups<'a>(
    utterances: impl Iterator<Item = &'a Utterance>,
    call_language: Option<&str>,
) -> BTreeMap<(Language, String), u32> {
    let mut times = BTreeMap::new();
    for said in utterances.flat_map(|u| heard(u, call_language)) {
        let letters: Vec<char> = format!(" {} ", said.words.join(" ")).chars().collect();
        let mut here: Vec<String> = letters.windows(GROUP).map(|group| group.iter().collect()).collect();
        here.sort_unstable();
        here.dedup();
        for group in here {
            *times.entry((said.language, group)).or_insert(0) += 1;
        }
    }
    times
}

/// Added to the sum of squares: a few groups alone, each leaning by half a nat or so, are no evidence.
const LITTLE: f64 = 10.0;

/// How far what the first says leans towards the agent, and the second away from it, in standard deviations of what
/// as many groups would come to by chance; 0 without any. The second may say nothing.
pub(super) fn lean<'a>(
    first: impl Iterator<Item = &'a Utterance>,
    second: impl Iterator<Item = &'a Utterance>,
    call_language: Option<&str>,
) -> f64 {
    let of = |groups: BTreeMap<(Language, String), u32>| -> Vec<f64> {
        let leaning = |(group, times)| LEANINGS.get(&group).map(|leaning| leaning * worth(f64::from(times)));
        groups.into_iter().filter_map(leaning).collect()
    };
    let (first, second) = (of(groups(first, call_language)), of(groups(second, call_language)));
    let sum = first.iter().sum::<f64>() - second.iter().sum::<f64>();
    let square = first.iter().chain(&second).map(|x| x * x).sum::<f64>();
    sum / (square + LITTLE).sqrt()
}

/// Log odds that the first speaker rather than the second is the agent.
pub(super) fn log_odds<'a>(
    first: impl Iterator<Item = &'a Utterance>,
    second: impl Iterator<Item = &'a Utterance>,
    call_language: Option<&str>,
) -> f64 {
    conduct_weight(NAME) * lean(first, second, call_language)
}
