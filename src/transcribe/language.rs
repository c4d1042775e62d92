//! Which language a call is in, from what the speech model thinks of stretches of it: pure arithmetic, no engine.
//!
//! The model spreads its belief over a hundred languages, most of which no call centre ever hears. So Bayes' rule:
//! its probabilities, multiplied over all stretches, times a prior; both parties of a call together, because they
//! speak the same language in nearly every call.

/// The language of a party.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Language {
    /// ISO 639-1.
    pub code: String,
    /// Posterior under the prior, 0..=1.
    pub probability: f64,
}

/// What was heard of one party.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Evidence {
    /// All of its speech, heard for this or not.
    pub speech_s: f64,
    /// For each stretch that was heard, a probability for each of the codes.
    pub stretches: Vec<Vec<f64>>,
}

/// A posterior from which on a language is certain enough to ask no further.
pub(super) const SURE: f64 = 0.9;

/// A party that says less than this is no evidence beside one that says more: a lone "yes" is heard as any language.
const ENOUGH_SPEECH_S: f64 = 3.0;

/// Languages of Whisper's that nobody speaks on the telephone; strange sound is often taken for one of them.
const UNSPOKEN: [&str; 2] = ["la", "sa"];

/// Languages with phrase lists: what callvet is used for.
const EXPECTED: [&str; 5] = ["en", "pl", "ru", "el", "hu"];

/// How much more likely an expected language is than another one, before a word is heard. Less than 4, because 0.8 for
/// another language must win against 0.2 for an expected one, even if only one stretch is heard: 0.8 > 3 · 0.2.
pub(super) const EXPECTED_FACTOR: f64 = 3.0;

/// No stretch alone can rule a language out: below this the model's probabilities tell nothing.
pub(super) const LEAST_PROBABILITY: f64 = 1e-4;

/// The language of each party, in the order of `parties`; `codes` are the languages of the probabilities.
///
/// Both parties are given the language that all stretches together make most probable, unless each is
/// [`SURE`] of a different one by itself. Empty without any stretch.
pub(super) fn decide(codes: &[&str], parties: &[Evidence]) -> Vec<Language> {
    let has_enough = |party: &Evidence| party.speech_s >= ENOUGH_SPEECH_S && !party.stretches.is_empty();
    let witnesses: Vec<&Evidence> = if parties.iter().any(has_enough) {
        parties.iter().filter(|party| has_enough(party)).collect()
    } else {
        parties.iter().collect()
    };
    let Some(joint) = posterior(codes, witnesses.iter().flat_map(|party| &party.stretches)) else {
        return Vec::new();
    };
    let own: Vec<Option<Language>> = witnesses.iter().map(|party| posterior(codes, party.stretches.iter())).collect();
    let are_all_sure = own.iter().all(|own| own.as_ref().is_some_and(|own| own.probability >= SURE));
    parties
        .iter()
        .map(|party| {
            let witness = witnesses.iter().position(|w| std::ptr::eq(*w, party));
            witness.filter(|_| are_all_sure).and_then(|i| own[i].clone()).unwrap_or_else(|| joint.clone())
        })
        .collect()
}

/// The most probable language and its posterior; `None` without evidence. The first code wins a tie.
fn posterior<'a>(codes: &[&str], stretches: impl Iterator<Item = &'a Vec<f64>>) -> Option<Language> {
    let mut logs: Vec<f64> = codes.iter().map(|code| prior(code).ln()).collect();
    let mut n = 0;
    for stretch in stretches {
        for (i, log) in logs.iter_mut().enumerate() {
            *log += stretch.get(i).copied().unwrap_or(0.0).clamp(LEAST_PROBABILITY, 1.0).ln();
        }
        n += 1;
    }
    let (best, most) = logs
        .iter()
        .copied()
        .enumerate()
        .reduce(|best, log| if log.1 > best.1 { log } else { best })
        .filter(|(_, log)| n > 0 && log.is_finite())?;
    let sum: f64 = logs.iter().map(|log| (log - most).exp()).sum();
    Some(Language { code: codes[best].to_owned(), probability: 1.0 / sum })
}

/// Weight before anything is heard; only ratios matter.
pub(super) fn prior(code: &str) -> f64 {
    if UNSPOKEN.contains(&code) {
        0.0
    } else if EXPECTED.contains(&code) {
        EXPECTED_FACTOR
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODES: [&str; 6] = ["en", "pl", "el", "la", "cs", "uk"];

    /// Parties as (seconds, stretches) must get these languages with these posteriors.
    fn check(parties: &[(f64, &[[f64; 6]])], expected: &[(&str, f64)]) {
        let parties: Vec<Evidence> = parties
            .iter()
            .map(|(speech_s, stretches)| Evidence {
                speech_s: *speech_s,
                stretches: stretches.iter().map(|stretch| stretch.to_vec()).collect(),
            })
            .collect();
        let got = decide(&CODES, &parties);
        assert_eq!(got.len(), expected.len());
        for (got, (code, probability)) in got.iter().zip(expected) {
            assert_eq!(got.code, *code);
            // 0.001: what the floor of 0.0001 under each zero adds.
            assert!((got.probability - probability).abs() < 1e-3, "{got:?}, not {probability}");
        }
    }

    #[test]
    fn latin_is_never_spoken() {
        // 3 · 0.3 against 0.1.
        check(&[(20.0, &[[0.0, 0.0, 0.3, 0.6, 0.1, 0.0]])], &[("el", 0.9)]);
    }

    #[test]
    fn expected_languages_are_three_times_as_likely() {
        // 3 · 0.3 against 0.4 and 3 · 0.1.
        check(&[(20.0, &[[0.1, 0.3, 0.0, 0.2, 0.4, 0.0]])], &[("pl", 0.9 / 1.6)]);
    }

    #[test]
    fn another_language_at_four_fifths_stays_what_it_is() {
        check(&[(20.0, &[[0.0, 0.2, 0.0, 0.0, 0.8, 0.0]])], &[("cs", 0.8 / 1.4)]);
        check(&[(20.0, &[[0.05, 0.05, 0.05, 0.0, 0.05, 0.8]])], &[("uk", 0.8 / 1.3)]);
    }

    #[test]
    fn stretches_multiply() {
        let doubtful = [0.4, 0.6, 0.0, 0.0, 0.0, 0.0];
        check(&[(20.0, &[doubtful])], &[("pl", 0.6)]);
        check(&[(60.0, &[doubtful; 3])], &[("pl", 0.216 / 0.28)]);
    }

    #[test]
    fn one_stretch_does_not_rule_out_what_the_others_say() {
        let pl = [0.01, 0.99, 0.0, 0.0, 0.0, 0.0];
        let strange = [0.0, 0.0, 0.0, 0.0, 1.0, 0.0];
        // 3 · 0.99² · 0.0001 for Polish, 0.0001² for Czech.
        check(&[(60.0, &[pl, strange, pl])], &[("pl", 1.0)]);
    }

    #[test]
    fn parties_share_a_language_unless_each_is_sure_of_its_own() {
        let (sure_pl, sure_en) = ([0.01, 0.99, 0.0, 0.0, 0.0, 0.0], [0.98, 0.02, 0.0, 0.0, 0.0, 0.0]);
        let unsure = [0.6, 0.4, 0.0, 0.0, 0.0, 0.0];
        check(&[(20.0, &[sure_pl]), (20.0, &[sure_en])], &[("pl", 0.99), ("en", 0.98)]);
        // 0.01 · 0.6 against 0.99 · 0.4.
        check(&[(20.0, &[sure_pl]), (20.0, &[unsure])], &[("pl", 0.985), ("pl", 0.985)]);
        check(&[(20.0, &[unsure]), (20.0, &[unsure])], &[("en", 0.36 / 0.52), ("en", 0.36 / 0.52)]);
    }

    #[test]
    fn a_lone_yes_is_no_evidence_beside_a_sentence() {
        let (pl, yes) = ([0.1, 0.9, 0.0, 0.0, 0.0, 0.0], [0.99, 0.01, 0.0, 0.0, 0.0, 0.0]);
        check(&[(20.0, &[pl]), (1.0, &[yes])], &[("pl", 0.9), ("pl", 0.9)]);
        check(&[(1.0, &[yes])], &[("en", 0.99)]);
        check(&[(20.0, &[pl]), (1.0, &[])], &[("pl", 0.9), ("pl", 0.9)]);
    }

    #[test]
    fn without_evidence_there_is_no_language() {
        check(&[], &[]);
        check(&[(20.0, &[])], &[]);
    }
}
