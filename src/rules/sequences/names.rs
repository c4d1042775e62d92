//! How the agent calls the customer, by sound: the name that the customer gave, another form of it, or another name.
//! Endings are the language's ("Nowak", "panie Nowaku"), so they do not count; a name is compared by what comes before.

use super::cues;
use super::lines::Line;
use super::readback::{Back, Given, Kind};
use crate::call::{Party, PersonalKind};
use crate::rules::scene::Scene;
use crate::rules::thresholds::{NAME_CONFIDENCE, NAME_WITHIN_UTTERANCES};
use crate::text::{Language, phonetic};

/// Sounds of an ending that a name may take or lose.
const MAX_ENDING: usize = 3;

/// Names of which no more than this share sounds otherwise were misheard.
const MOST_UNLIKE: f64 = 0.25;

/// Is it the same name, in any form? All but the ending sounds the same, or nearly all of it does.
pub(super) fn is_same(a: &str, b: &str, language: Option<Language>) -> bool {
    let (a, b) = (phonetic::sound(a, language), phonetic::sound(b, language));
    let letters = |sounded: &phonetic::Sounded| sounded.phones().iter().map(|phone| phone.letter()).collect::<Vec<_>>();
    let (a, b) = (letters(&a), letters(&b));
    let shorter = a.len().min(b.len());
    // A name of three sounds has no ending to lose.
    let stem = shorter.saturating_sub(MAX_ENDING).max(shorter.min(3));
    if stem == 0 || a.len().abs_diff(b.len()) > MAX_ENDING {
        return false;
    }
    a[..stem] == b[..stem] || distance(&a, &b) as f64 <= a.len().max(b.len()) as f64 * MOST_UNLIKE
}

/// Levenshtein (1966): sounds put in, left out or replaced.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            row.push((last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1));
        }
        last = row;
    }
    last[b.len()]
}

/// The names beside a title in an utterance: tokens.
fn called(line: &Line<'_>) -> Vec<usize> {
    let mut named = Vec::new();
    for title in cues::find("title", line) {
        let after: Vec<usize> =
            (title.tokens.end..title.tokens.end + 2).take_while(|at| line.is_capitalised(*at)).collect();
        // Hungarian titles stand after the name.
        let before = title
            .tokens
            .start
            .checked_sub(1)
            .filter(|at| line.language == Some(Language::Hu) && line.is_capitalised(*at));
        if after.is_empty() { named.extend(before) } else { named.extend(after) }
    }
    named
}

/// Names that customers gave, and what the agent called them after that.
pub(super) fn given(scene: &Scene<'_>) -> Vec<Given> {
    let mut given: Vec<Given> = Vec::new();
    for i in (0..scene.lines.len()).filter(|i| scene.party(*i) == Party::Customer) {
        let line = &scene.lines[i];
        for data in scene.personal(i).filter(|d| d.kind == PersonalKind::PersonName) {
            let Some(text) = line.text.get(data.bytes.0..data.bytes.1) else { continue };
            let told = Line::new(text, line.language);
            let back = back(scene, i, &told.words);
            given.push(Given { kind: Kind::Name, utterance: i, back, confidence: data.confidence * NAME_CONFIDENCE });
        }
    }
    given
}

fn back(scene: &Scene<'_>, told_in: usize, told: &[String]) -> Back {
    let mut wrong: Option<Back> = None;
    let to = scene.lines.len().min(told_in + 1 + NAME_WITHIN_UTTERANCES);
    for i in (told_in + 1..to).filter(|i| scene.party(*i) == Party::Agent) {
        let line = &scene.lines[i];
        let is_own = |at: &usize| told.iter().any(|name| is_same(&line.words[*at], name, line.language));
        let named = called(line);
        if let Some(at) = named.iter().find(|at| is_own(at)) {
            // Called by the right name at some time: another name was another person's.
            return Back::Right(i, line.bytes(&(*at..at + 1)));
        }
        if let (Some(first), Some(last), None) = (named.first(), named.last(), &wrong) {
            wrong = Some(Back::Wrong {
                utterance: i,
                bytes: line.bytes(&(*first..last + 1)),
                places: Vec::new(),
                of: 0,
                is_corrected: false,
            });
        }
    }
    wrong.unwrap_or(Back::No)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_name_are_one_name_and_other_names_are_not() {
        let check = |language, a: &str, b: &str, expected: bool| {
            assert_eq!(is_same(a, b, Some(language)), expected, "{a} {b}");
        };
        use Language::{El, En, Hu, Pl, Ru};
        check(En, "wheeler", "wheeler", true);
        check(En, "smith", "smyth", true);
        check(En, "haverford", "hammond", false);
        check(En, "caldwell", "goldberg", false);
        check(Pl, "nowak", "nowaku", true);
        check(Pl, "zielinska", "zielinskiej", true);
        check(Pl, "wierzbicki", "wisniewski", false);
        check(Ru, "ковалева", "ковалевои", true);
        check(Ru, "березин", "бородин", false);
        check(Ru, "калугин", "голубев", false);
        check(El, "παπαδοπουλοσ", "παπαδοπουλε", true);
        check(El, "καραγιαννησ", "καλογερασ", false);
        check(Hu, "szabo", "szabonak", true);
        check(Hu, "kerekes", "kelemen", false);
    }
}
