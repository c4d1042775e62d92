//! What phrase matching costs: `cargo bench --bench phrases`. The built-in packs over ordinary talk in five languages, words
//! brought to their normal form and matched, each by itself; 1,000 made-up rules over 10,000 words; phrases by their
//! sound, side by side and one after the other. Not a test: it reports and requires nothing.

use std::time::Instant;

use callvet::call::{Transcript, Utterance};
use callvet::phrases::Phrases;
use callvet::text::Language;
use callvet::text::phonetic::{NearPhrases, allowance, find_near, sound};

const N_RULES: usize = 1000;
const N_LINES: usize = 500;
const WORDS_A_LINE: usize = 20;
/// Different words, so that a rule's words are met about 14 times each.
const N_WORDS: usize = 700;

/// A made-up word for each number below [`N_WORDS`].
fn word(n: usize) -> String {
    let letter = |k: usize| char::from(b'a' + (k % 26) as u8);
    format!("{}{}k{}b", letter(n), letter(n / 26), letter(n / 676))
}

fn rules() -> String {
    let mut text = String::from("language = \"en\"\n");
    for n in 0..N_RULES {
        let of_rule = |k: usize| word(n * (k + 1) % N_WORDS);
        text.push_str(&format!(
            "[[rule]]\nid = \"urgency_false.r{n}\"\npatterns = [\"{} <2> {}\", \"only {}*\"]\n\
            [[rule.concept]]\nwindow = 6\nall = [[\"{}\"], [\"{}\"]]\n",
            of_rule(0),
            of_rule(1),
            of_rule(2),
            of_rule(3),
            of_rule(4)
        ));
    }
    text
}

fn transcript() -> Transcript {
    // A linear congruential generator (Knuth's MMIX constants): the same words in every run.
    let mut state = 3_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % N_WORDS
    };
    let utterances = (0..N_LINES)
        .map(|_| Utterance {
            start_s: None,
            end_s: None,
            channel: None,
            speaker: None,
            language: Some("en".into()),
            text: (0..WORDS_A_LINE).map(|_| word(next())).collect::<Vec<_>>().join(" "),
            confidence: None,
            words: Vec::new(),
        })
        .collect();
    Transcript { utterances, ..Transcript::default() }
}

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("many.toml");
    std::fs::write(&path, rules()).expect("a new file");
    let many = Phrases::load(false, &[path]).expect("valid rules");
    let builtin = Phrases::load(true, &[]).expect("the built-in lists load");
    let transcript = transcript();
    for (name, phrases) in [("made-up", &many), ("built-in", &builtin)] {
        let clock = Instant::now();
        let n_hits = phrases.find(&transcript).len();
        println!("{} {name} rules x 10000 words: {:?}, {n_hits} hits", phrases.rules().len(), clock.elapsed());
    }
    ordinary_talk(&builtin);
    by_sound(&transcript);
}

/// Ordinary talk and honest look-alikes, said again and again as agents do: about 100,000 words a language.
fn ordinary_talk(phrases: &Phrases) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/corpus/sales");
    for language in Language::ALL {
        let path = folder.join(language.code()).join("tune.tsv");
        let text = std::fs::read_to_string(path).expect("the lines are part of the project");
        let rows = text.lines().filter(|line| line.starts_with("neutral") || line.starts_with("neg"));
        let lines: Vec<&str> = rows.filter_map(|line| line.split('\t').nth(3)).collect();
        let n_words: usize = lines.iter().map(|line| line.split_whitespace().count()).sum();
        let n_times = 100_000 / n_words + 1;
        // The first text in a language compiles its patterns.
        let clock = Instant::now();
        phrases.count_matches(&phrases.normalise(lines.iter().copied(), Some(language)));
        let compiled = clock.elapsed();
        let clock = Instant::now();
        let all = (0..n_times).flat_map(|_| lines.iter().copied());
        let normalised = phrases.normalise(all, Some(language));
        let normalising = clock.elapsed();
        let clock = Instant::now();
        let n_hits = phrases.count_matches(&normalised);
        let matching = clock.elapsed();
        let words = (n_words * n_times) as f64;
        println!(
            "{}: compiled in {compiled:?}; {words} words: normalised {:.2} million a second, matched {:.2} million a second, {n_hits} hits",
            language.code(),
            words / normalising.as_secs_f64() / 1e6,
            words / matching.as_secs_f64() / 1e6,
        );
    }
}

/// 1,000 phrases of three words by their sound, at a quarter of their whole cost.
fn by_sound(transcript: &Transcript) {
    let clock = Instant::now();
    let sounded: Vec<_> = transcript.utterances.iter().map(Utterance::phonetic).collect();
    println!("10000 words read by their sound: {:?}", clock.elapsed());
    let phrases: Vec<_> = (0..N_RULES)
        .map(|n| {
            let text = [n, n * 2, n * 3].map(|k| word(k % N_WORDS)).join(" ");
            let phrase = sound(&text, Some(Language::En));
            let most = allowance(&phrase, 0.25);
            (phrase, most)
        })
        .collect();
    let clock = Instant::now();
    let near = NearPhrases::new(phrases.clone());
    let n_hits: usize = sounded.iter().map(|text| near.find(text).len()).sum();
    println!("{N_RULES} phrases by sound x 10000 words, side by side: {:?}, {n_hits} hits", clock.elapsed());
    let clock = Instant::now();
    let places = |text| phrases.iter().map(|(phrase, most)| find_near(phrase, text, *most).len()).sum::<usize>();
    let n_hits: usize = sounded.iter().map(places).sum();
    println!("{N_RULES} phrases by sound x 10000 words, one by one: {:?}, {n_hits} hits", clock.elapsed());
}
