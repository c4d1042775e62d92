//! Which language each stretch of a call is in: the party's, or for a while another one. Pure arithmetic on what the
//! speech model thinks of each window, and a look at the words it wrote. Which language a party speaks on the whole
//! is told by [`language`](super::language).

use crate::call::{Problem, ProblemSeverity};
use crate::text::{Language as Supported, guess_languages};

use super::language::{self, Evidence, LEAST_PROBABILITY, Language, prior};

/// What the speech model thinks of one window of a party's speech.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WindowEvidence {
    /// Speech in it.
    pub speech_s: f64,
    /// A probability for each of the codes.
    pub by_code: Vec<f64>,
}

/// The language of a party, and of each of its windows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PartyLanguage {
    /// ISO 639-1: what it speaks on the whole.
    pub code: String,
    /// Posterior under the prior, 0..=1.
    pub probability: f64,
    /// For each window what is spoken there, mostly `code`.
    pub by_window: Vec<String>,
}

/// A window of so much speech or more counts fully; less counts in proportion, because short speech is often taken for
/// another language.
const FULL_SPEECH_S: f64 = 10.0;

/// Windows with less speech go with their neighbours: a name or a "bye bye" is no change of language.
const LEAST_SPEECH_S: f64 = 3.0;

/// What a change of language costs, in nats, each way: there and back it takes 100 to 1. Of stretches of one language,
/// the model was wrong by up to 3.1 nats (4 s of single words, taken for Thai or Arabic, at the weight of so little
/// speech); a whole window of another language makes about 5.
const CHANGE_COST: f64 = 2.3;

/// The language of each party and of its windows, in the order of `parties`; `codes` are the languages of the
/// probabilities. Empty without any window.
pub(super) fn decide_windows(codes: &[&str], parties: &[Vec<WindowEvidence>]) -> Vec<PartyLanguage> {
    let evidence: Vec<Evidence> = parties
        .iter()
        .map(|windows| Evidence {
            speech_s: windows.iter().map(|w| w.speech_s).sum(),
            stretches: witnesses(windows).map(|w| w.by_code.clone()).collect(),
        })
        .collect();
    let on_the_whole = language::decide(codes, &evidence);
    parties
        .iter()
        .zip(on_the_whole)
        .map(|(windows, Language { code, probability })| {
            let by_window = by_window(codes, windows, &code);
            PartyLanguage { code, probability, by_window }
        })
        .collect()
}

/// The windows that tell of a party's language: those with enough speech, or all if none has.
fn witnesses(windows: &[WindowEvidence]) -> impl Iterator<Item = &WindowEvidence> {
    let has_enough = |w: &WindowEvidence| w.speech_s >= LEAST_SPEECH_S;
    let any_has = windows.iter().any(has_enough);
    windows.iter().filter(move |w| !any_has || has_enough(w))
}

/// The most probable course of languages through the windows (Viterbi 1967): each window by what it sounds like, each
/// change at its cost, the party's own language before the first and after the last.
fn by_window(codes: &[&str], windows: &[WindowEvidence], own: &str) -> Vec<String> {
    let Some(own) = codes.iter().position(|code| *code == own) else {
        return vec![own.to_owned(); windows.len()];
    };
    // A change to a language that is not expected is as much rarer as the language is.
    let rarity = |to: usize| if to == own { 0.0 } else { (language::EXPECTED_FACTOR / prior(codes[to])).ln() };
    let change = |from: usize, to: usize| if from == to { 0.0 } else { -CHANGE_COST - rarity(to) };
    let heard = |window: &WindowEvidence, code: usize| {
        if window.speech_s < LEAST_SPEECH_S {
            return 0.0;
        }
        let probability = window.by_code.get(code).copied().unwrap_or(0.0).clamp(LEAST_PROBABILITY, 1.0);
        (window.speech_s / FULL_SPEECH_S).min(1.0) * probability.ln()
    };
    // Languages that nobody speaks are no way to go.
    let spoken: Vec<usize> = (0..codes.len()).filter(|code| *code == own || prior(codes[*code]) > 0.0).collect();
    let mut scores: Vec<f64> = spoken.iter().map(|code| change(own, *code)).collect();
    let mut ways: Vec<Vec<usize>> = Vec::with_capacity(windows.len());
    for (i, window) in windows.iter().enumerate() {
        // The best to come from is the language itself or the best of all; the party's own wins a tie.
        let mut best = spoken.iter().position(|code| *code == own).unwrap_or(0);
        for (k, score) in scores.iter().enumerate() {
            if *score > scores[best] {
                best = k;
            }
        }
        let came_from = |k: usize| if i == 0 || scores[k] >= scores[best] - CHANGE_COST { k } else { best };
        let way: Vec<usize> = (0..spoken.len()).map(came_from).collect();
        scores = way
            .iter()
            .enumerate()
            .map(|(k, from)| scores[*from] + change(spoken[*from], spoken[k]) + heard(window, spoken[k]))
            .collect();
        ways.push(way);
    }
    let mut at = spoken.iter().position(|code| *code == own).unwrap_or(0);
    for k in 0..spoken.len() {
        if scores[k] + change(spoken[k], own) > scores[at] + change(spoken[at], own) {
            at = k;
        }
    }
    let mut course = vec![String::new(); windows.len()];
    for (i, way) in ways.iter().enumerate().rev() {
        course[i] = codes[spoken[at]].to_owned();
        at = way[at];
    }
    course
}

/// The language most is spoken in, by seconds over all parties and windows, and how probable it is there, weighted by
/// speech; the first of equals. `None` without windows.
pub(super) fn most_spoken(parties: &[Vec<WindowEvidence>], told: &[PartyLanguage]) -> Option<Language> {
    let mut sums: Vec<(&str, f64, f64)> = Vec::new();
    for (windows, party) in parties.iter().zip(told) {
        for (window, code) in windows.iter().zip(&party.by_window) {
            let weighted = window.speech_s * party.probability;
            match sums.iter_mut().find(|(known, ..)| known == code) {
                Some(sum) => {
                    sum.1 += window.speech_s;
                    sum.2 += weighted;
                }
                None => sums.push((code, window.speech_s, weighted)),
            }
        }
    }
    let most = sums.into_iter().reduce(|most, sum| if sum.1 > most.1 { sum } else { most })?;
    let probability = if most.1 > 0.0 { most.2 / most.1 } else { 0.0 };
    Some(Language { code: most.0.to_owned(), probability })
}

/// How letters look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
}

/// Languages that are written in Cyrillic letters; of the rest, Greek is written in Greek ones. For other scripts
/// nothing is said.
const CYRILLIC: [&str; 10] = ["ru", "uk", "bg", "sr", "be", "mk", "kk", "ba", "tt", "mn"];

/// Languages in Latin letters that a call centre of this part of the world hears.
const LATIN: [&str; 24] = [
    "en", "pl", "hu", "de", "fr", "es", "it", "pt", "nl", "cs", "sk", "ro", "hr", "bs", "sl", "lt", "lv", "et", "fi",
    "sv", "da", "no", "tr", "sq",
];

/// Fewer words are too few to tell a language by.
const LEAST_WORDS: usize = 6;

/// A language that the model gives less than this, its words cannot be in.
const LEAST_RETRY: f64 = 0.02;

fn script_of(code: &str) -> Option<Script> {
    match code {
        "el" => Some(Script::Greek),
        code if CYRILLIC.contains(&code) => Some(Script::Cyrillic),
        code if LATIN.contains(&code) => Some(Script::Latin),
        _ => None,
    }
}

/// The script of nearly all letters.
fn script_in(words: &str) -> Option<Script> {
    let (mut latin, mut cyrillic, mut greek) = (0_usize, 0_usize, 0_usize);
    for c in words.chars().filter(|c| c.is_alphabetic()) {
        match c {
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => greek += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            c if u32::from(c) < 0x250 => latin += 1,
            _ => {}
        }
    }
    let all = latin + cyrillic + greek;
    // Brands and addresses are Latin in any text.
    let is_most = |n: usize| n > 0 && 4 * n >= 3 * all;
    [(latin, Script::Latin), (cyrillic, Script::Cyrillic), (greek, Script::Greek)]
        .into_iter()
        .find(|(n, _)| is_most(*n))
        .map(|(_, script)| script)
}

/// Whether words that were written down as one language read like another one, in which the window should be heard
/// again: their letters are of another script, or their function words are another language's. `probabilities` are
/// the model's for `codes`; no language is suggested to which it gave next to nothing.
///
/// A model that is made to write in a wrong language often translates instead: such words read well and are not found
/// here. That is what [`decide_windows`] is for.
pub(super) fn retry_in(words: &str, transcribed_as: &str, codes: &[&str], probabilities: &[f64]) -> Option<String> {
    if words.split_whitespace().count() < LEAST_WORDS {
        return None;
    }
    let belief = |code: &str| {
        let at = codes.iter().position(|known| *known == code);
        at.and_then(|at| probabilities.get(at)).copied().unwrap_or(0.0) * prior(code)
    };
    let is_possible = |code: &&str| belief(code) >= LEAST_RETRY && *code != transcribed_as;
    let script = script_in(words)?;
    if script_of(transcribed_as).is_some_and(|own| own != script) {
        let of_script = codes.iter().copied().filter(|code| script_of(code) == Some(script)).filter(is_possible);
        let best = of_script.reduce(|best, code| if belief(code) > belief(best) { code } else { best });
        return best.map(str::to_owned);
    }
    // Function words are known of five languages, and tell apart those of one script only.
    let is_known = Supported::from_code(transcribed_as).is_some();
    match guess_languages(words).as_slice() {
        [only] if is_known && script_of(only.code()) == Some(script) => {
            Some(only.code()).filter(is_possible).map(str::to_owned)
        }
        _ => None,
    }
}

/// What to tell when a call, or a part of it, is in languages that no phrase list is for: the words stand, and phrases
/// cannot be judged there. `None` if every utterance's language has one.
pub(super) fn unsupported<'a>(languages: impl Iterator<Item = &'a str>) -> Option<Problem> {
    let mut strange: Vec<&str> = languages.filter(|code| Supported::from_code(code).is_none()).collect();
    strange.sort_unstable();
    strange.dedup();
    if strange.is_empty() {
        return None;
    }
    let message = format!(
        "{} is spoken; phrases are known in English, Polish, Russian, Greek and Hungarian, and not judged in others",
        strange.join(", ")
    );
    Some(Problem::new("transcribe", "language_unsupported", ProblemSeverity::Note, message).about([
        "/transcript/language",
        "/findings",
        "/required",
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODES: [&str; 7] = ["en", "pl", "ru", "el", "la", "cs", "uk"];

    /// A window that the model takes for this language with this probability, the rest spread evenly.
    fn window(code: &str, probability: f64, speech_s: f64) -> WindowEvidence {
        let rest = (1.0 - probability) / (CODES.len() - 1) as f64;
        let by_code = CODES.iter().map(|known| if *known == code { probability } else { rest }).collect();
        WindowEvidence { speech_s, by_code }
    }

    /// One party's windows as (language, probability, seconds) must come out as these.
    fn check(windows: &[(&str, f64, f64)], expected: &[&str]) {
        let windows: Vec<WindowEvidence> = windows.iter().map(|(c, p, s)| window(c, *p, *s)).collect();
        let got = decide_windows(&CODES, std::slice::from_ref(&windows));
        assert_eq!(got[0].by_window, expected, "{got:?}");
    }

    #[test]
    fn one_language_throughout_stays_one() {
        check(&[("pl", 0.99, 25.0), ("pl", 0.6, 20.0), ("pl", 0.9, 28.0)], &["pl"; 3]);
    }

    #[test]
    fn a_window_that_is_surely_in_another_language_is() {
        check(&[("pl", 0.99, 25.0), ("en", 0.9995, 25.0), ("pl", 0.99, 25.0)], &["pl", "en", "pl"]);
    }

    #[test]
    fn a_doubtful_window_goes_with_its_neighbours() {
        // 0.9 against 0.017: 4 nats, and a change there and back costs 4.6.
        check(&[("pl", 0.99, 25.0), ("en", 0.9, 25.0), ("pl", 0.99, 25.0)], &["pl"; 3]);
        // Three of them together make 12.
        let switched = [("pl", 0.99, 25.0), ("pl", 0.99, 25.0), ("pl", 0.99, 25.0), ("pl", 0.99, 25.0)]
            .into_iter()
            .chain([("en", 0.9, 25.0); 3])
            .collect::<Vec<_>>();
        check(&switched, &["pl", "pl", "pl", "pl", "en", "en", "en"]);
    }

    #[test]
    fn little_speech_never_changes_the_language() {
        check(&[("pl", 0.99, 25.0), ("en", 1.0, 2.9), ("pl", 0.99, 25.0)], &["pl"; 3]);
        check(&[("pl", 0.99, 25.0), ("en", 1.0, 4.0), ("pl", 0.99, 25.0)], &["pl"; 3]);
        // Between two windows of the other language it goes with them.
        check(
            &[
                ("pl", 0.99, 28.0),
                ("pl", 0.99, 28.0),
                ("pl", 0.99, 28.0),
                ("en", 0.9999, 25.0),
                ("pl", 0.9, 2.0),
                ("en", 0.9999, 25.0),
            ],
            &["pl", "pl", "pl", "en", "en", "en"],
        );
    }

    #[test]
    fn a_change_to_an_expected_language_is_believed_sooner() {
        // 0.98 against 0.0033: 5.7 nats; 4.6 for English, 5.7 and a little for Czech.
        check(&[("pl", 0.99, 25.0), ("en", 0.98, 25.0), ("pl", 0.99, 25.0)], &["pl", "en", "pl"]);
        check(&[("pl", 0.99, 25.0), ("cs", 0.98, 25.0), ("pl", 0.99, 25.0)], &["pl"; 3]);
        check(&[("pl", 0.99, 25.0), ("cs", 0.999, 25.0), ("pl", 0.99, 25.0)], &["pl", "cs", "pl"]);
    }

    #[test]
    fn nobody_changes_to_latin() {
        check(&[("pl", 0.99, 25.0), ("la", 1.0, 25.0), ("pl", 0.99, 25.0)], &["pl"; 3]);
    }

    #[test]
    fn parties_may_speak_different_languages_and_most_seconds_name_the_call() {
        let parties = vec![
            vec![window("pl", 0.999, 25.0); 3],
            vec![window("en", 0.999, 25.0), window("en", 0.999, 10.0)],
            vec![],
        ];
        let told = decide_windows(&CODES, &parties[..2]);
        assert_eq!((told[0].code.as_str(), told[1].code.as_str()), ("pl", "en"));
        let most = most_spoken(&parties, &told).expect("a language");
        assert_eq!(most.code, "pl");
        assert!(most.probability > 0.99);
        assert_eq!(most_spoken(&[], &[]), None);
        assert_eq!(decide_windows(&CODES, &[]), []);
        assert_eq!(decide_windows(&CODES, &parties[2..]), []);
    }

    #[test]
    fn words_that_read_like_another_language_are_heard_again_in_it() {
        let retry = |words: &str, transcribed_as: &str, likely: &[(&str, f64)], expected: Option<&str>| {
            let probabilities: Vec<f64> = CODES
                .iter()
                .map(|code| likely.iter().find(|(known, _)| known == code).map_or(0.0, |(_, p)| *p))
                .collect();
            assert_eq!(retry_in(words, transcribed_as, &CODES, &probabilities).as_deref(), expected, "{words}");
        };
        let russian = "здравствуйте чем я могу вам сегодня помочь";
        retry(russian, "pl", &[("ru", 0.3), ("uk", 0.1), ("pl", 0.6)], Some("ru"));
        retry(russian, "pl", &[("ru", 0.1), ("uk", 0.8), ("pl", 0.1)], Some("uk"));
        retry(russian, "ru", &[("uk", 0.9)], None);
        retry(russian, "pl", &[("ru", 0.0)], None);
        retry("здравствуйте да", "pl", &[("ru", 0.9)], None);
        retry("nie wiem czy pan jest dzisiaj w domu", "en", &[("pl", 0.2)], Some("pl"));
        retry("do you have the number of your account", "pl", &[("en", 0.2)], Some("en"));
        retry("nie wiem czy pan jest dzisiaj w domu", "pl", &[("en", 0.9)], None);
        // A brand is no change of script, and of languages that are not known the words are not judged.
        retry("у вас тариф Business Pro Unlimited Plus на год вперед подключен", "ru", &[("en", 0.5)], None);
        retry("do you have the number of your account", "cs", &[("en", 0.5)], None);
        retry("", "pl", &[], None);
    }

    #[test]
    fn a_language_without_phrases_is_told() {
        assert_eq!(unsupported(["en", "pl", "ru", "el", "hu"].into_iter()), None);
        let problem = unsupported(["uk", "en", "de", "uk"].into_iter()).expect("two strange ones");
        assert_eq!((problem.code.as_str(), problem.severity), ("language_unsupported", ProblemSeverity::Note));
        assert!(problem.message.starts_with("de, uk is spoken"), "{}", problem.message);
    }
}
