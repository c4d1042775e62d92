//! Phrase lists: the built-in packs by their own lines, how lists are read, and what is found in a transcript.

use std::path::{Path, PathBuf};

use callvet::call::{Attribute, CallPhase, MatchTier, PhraseHit, Polarity, Transcript, Utterance, Word};
use callvet::phrases::{Phrases, read_transcript, taxonomy};
use callvet::text::{Language, numerals, tokenize};

fn pack_path(code: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("src/phrases/packs/{code}.toml"))
}

fn builtin() -> Phrases {
    Phrases::load(true, &[]).unwrap_or_else(|error| panic!("{error}"))
}

/// A list from text, alone.
fn list(name: &str, text: &[u8]) -> Result<Phrases, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("a new file");
    Phrases::load(false, &[path]).map_err(|error| error.to_string())
}

fn said(language: Option<&str>, text: &str) -> Utterance {
    Utterance {
        start_s: None,
        end_s: None,
        channel: None,
        speaker: None,
        language: language.map(str::to_owned),
        text: text.to_owned(),
        confidence: None,
        words: vec![],
    }
}

fn found(phrases: &Phrases, utterances: Vec<Utterance>) -> Vec<PhraseHit> {
    phrases.find(&Transcript { utterances, ..Transcript::default() })
}

/// `CALLVET_PACK=pl` runs one pack, as it is on disk, and prints each line that fails.
#[test]
fn examples_of_all_packs_do_what_the_packs_say() {
    let phrases = match std::env::var("CALLVET_PACK") {
        Ok(code) => Phrases::load(false, &[pack_path(&code)]).unwrap_or_else(|error| panic!("{error}")),
        Err(_) => builtin(),
    };
    for lint in phrases.check() {
        println!("{}:{}: {}: {}", lint.path.display(), lint.line, lint.rule, lint.what);
    }
    let failures = phrases.run_examples();
    for failure in &failures {
        println!(
            "{}:{}: {}: {}: {}",
            failure.path.display(),
            failure.line,
            failure.rule,
            failure.what,
            failure.example
        );
    }
    assert!(failures.is_empty(), "{} lines fail", failures.len());
}

#[test]
fn every_pack_covers_the_taxonomy_and_proves_every_rule() {
    for code in ["en", "pl", "ru", "el", "hu"] {
        let phrases = Phrases::load(false, &[pack_path(code)]).unwrap_or_else(|error| panic!("{error}"));
        let categories = |polarity: Polarity| {
            let rules = phrases.rules().iter().filter(|rule| rule.polarity == polarity);
            let mut categories: Vec<&str> = rules.map(|rule| rule.category.as_str()).collect();
            categories.sort_unstable();
            categories.dedup();
            categories.len()
        };
        assert!(categories(Polarity::Forbidden) >= 8, "{code}: {} forbidden", categories(Polarity::Forbidden));
        assert!(categories(Polarity::Required) >= 4, "{code}: {} required", categories(Polarity::Required));
        let text = std::fs::read_to_string(pack_path(code)).expect("a pack");
        let table: toml::Table = text.parse().expect("TOML");
        for rule in table["rule"].as_array().expect("rules") {
            for lines in ["must_fire", "must_not_fire"] {
                let n = rule.get(lines).and_then(|lines| lines.as_array()).map_or(0, Vec::len);
                assert!(n >= 3, "{code} {}: {n} {lines}", rule["id"]);
            }
        }
    }
}

#[test]
fn the_taxonomy_has_27_forbidden_19_required_and_9_signals() {
    let count = |polarity| taxonomy::categories().iter().filter(|category| category.polarity == polarity).count();
    assert_eq!([count(Polarity::Forbidden), count(Polarity::Required), count(Polarity::Signal)], [27, 19, 9]);
    for category in taxonomy::categories() {
        assert!(category.message.ends_with('.'), "{}", category.id);
        for other in [&category.place.after, &category.place.before].into_iter().flatten() {
            assert!(taxonomy::category(other).is_some(), "{}: {other}", category.id);
        }
    }
}

#[test]
fn a_bad_list_is_refused_with_its_line() {
    let check = |text: &str, line: usize, what: &str| {
        let error = list("bad.toml", text.as_bytes()).expect_err(text);
        assert!(error.contains("bad.toml") && error.contains(&format!("line {line}:")), "{error}");
        assert!(error.contains(what), "{error}");
    };
    let rule = "[[rule]]\nid = \"urgency_false.x\"\n";
    check("language = \"de\"", 1, "one of en, pl, ru, el, hu");
    check("[[rule]]\nid = \"nothing.x\"\npatterns = [\"a b\"]", 2, "no category");
    check(rule, 2, "neither");
    check(&format!("{rule}patterns = [\"only [today\"]"), 3, "character 6");
    check(&format!("{rule}patterns = [\n\"fine\",\n\"\"]"), 5, "empty");
    check(&format!("{rule}patterns = [\"[only|] [today|]\"]"), 3, "everywhere");
    check(&format!("{rule}patterns = [\"a b\"]\n{rule}patterns = [\"b\"]"), 5, "already in line 2");
    check(&format!("{rule}pattern = [\"a b\"]"), 3, "unknown field");
    check(&format!("{rule}patterns = [\"a b\"]\nfirst_s = -1"), 2, "above 0");
    check(&format!("{rule}patterns = [\"a b\"]\nunless_within = 31"), 4, "0 to 30");
    check(&format!("{rule}[[rule.concept]]\nwindow = 5\nall = [[\"a\"], []]"), 5, "empty set");
    check(&format!("{rule}[[rule.concept]]\nwindow = 500\nall = [[\"a\"]]"), 4, "2 to 30");
    check("[[rule]\n", 1, "");
}

#[test]
fn ids_are_unique_over_all_lists() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [a, b] = ["a.toml", "b.toml"].map(|name| folder.path().join(name));
    for path in [&a, &b] {
        std::fs::write(path, "[[rule]]\nid = \"urgency_false.x\"\npatterns = [\"only now\"]\n").expect("a new file");
    }
    let error = Phrases::load(false, &[a, b]).expect_err("twice").to_string();
    assert!(error.contains("b.toml, line 2") && error.contains("a.toml, line 2"), "{error}");
}

#[test]
fn a_plain_list_has_a_phrase_a_line_and_wildcards() {
    let phrases = list("my words.txt", "\u{feff}# comment\r\n\r\nfree neighbo*\r\nбез * риска\r\n".as_bytes());
    // A lone star has no letters beside it.
    let phrases = phrases.expect("one line is good");
    let unused: Vec<usize> = phrases.unused_lines().iter().map(|line| line.line).collect();
    assert_eq!((phrases.rules().len(), unused), (1, vec![4]));
    let error = list("x.txt", b"* *\n").expect_err("nothing is left");
    assert!(error.contains("line 1"), "{error}");
    let phrases = list("my words.txt", "\u{feff}# comment\r\n\r\nfree neighbo*\r\nбез риск*\r\n".as_bytes());
    let phrases = phrases.expect("valid");
    assert_eq!(phrases.rules().iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>(), ["my_words.3", "my_words.4"]);
    assert!(phrases.rules().iter().all(|rule| rule.polarity == Polarity::Forbidden && rule.category == "my_words"));
    let check = |text: &str, expected: usize| {
        assert_eq!(found(&phrases, vec![said(None, text)]).len(), expected, "{text}");
    };
    check("All FREE neighbours!", 1);
    check("Совсем без рисков.", 1);
    // Plain words are not stemmed.
    check("freed neighbours", 0);
    let utf16 = list("x.txt", &[0xff, 0xfe, b'a', 0]).expect_err("UTF-16");
    assert!(utf16.contains("UTF-8"), "{utf16}");
    let latin2 = list("x.txt", b"ok\nza\xbf\xf3\xb3\xe6").expect_err("ISO 8859-2");
    assert!(latin2.contains("line 2"), "{latin2}");
}

#[test]
fn negation_and_reported_speech_suppress_in_every_language() {
    let phrases = builtin();
    let check = |language: &str, text: &str, fires: bool| {
        let hits = found(&phrases, vec![said(Some(language), text)]);
        let any = hits.iter().any(|hit| phrases.rules()[hit.rule].category == "urgency_false");
        assert_eq!(any, fires, "{text}");
    };
    for (language, plain, negated, reported) in [
        ("en", "This price is only today.", "It is not only today.", "They told me it is only today."),
        ("pl", "Ta cena jest tylko dzisiaj.", "To nie jest tylko dzisiaj.", "Powiedziano mi, że tylko dzisiaj."),
        ("ru", "Эта цена только сегодня.", "Это не только сегодня.", "Мне сказали, что только сегодня."),
        ("el", "Η τιμή ισχύει μόνο σήμερα.", "Δεν είναι μόνο σήμερα.", "Μου είπαν ότι είναι μόνο σήμερα."),
        ("hu", "Ez az ár csak ma érvényes.", "Ez nem csak ma érvényes.", "Azt mondták, hogy csak ma érvényes."),
    ] {
        check(language, plain, true);
        check(language, negated, false);
        check(language, reported, false);
    }
    // The negator stands in another clause.
    check("en", "No, this is only today.", true);
}

#[test]
fn a_hit_has_the_words_their_times_and_their_probability() {
    let phrases = builtin();
    let text = "Well, it's only today.";
    let words = [("Well,", 0.9), ("it's", 0.8), ("only", 0.6), ("today.", 0.8)];
    let words = words.iter().enumerate().map(|(at, (text, probability))| Word {
        start_s: 10.0 + at as f64,
        end_s: 10.8 + at as f64,
        text: (*text).to_owned(),
        probability: *probability,
    });
    let utterance = Utterance {
        start_s: Some(10.0),
        end_s: Some(14.0),
        channel: Some(0),
        words: words.collect(),
        ..said(Some("en"), text)
    };
    let hits = found(&phrases, vec![utterance]);
    assert_eq!(hits.len(), 1);
    let hit = &hits[0];
    assert_eq!((hit.quote.as_str(), hit.bytes), ("only today", (11, 21)));
    assert_eq!((hit.start_s, hit.end_s), (Some(12.0), Some(13.8)));
    // The 0.92 of an exact ordered match; words of which 0.7 is certain, the mean of 0.6 and 0.8, leave half and 0.35.
    assert!((hit.confidence - 0.782).abs() < 1e-9, "{}", hit.confidence);
    assert_eq!((hit.tier, hit.completeness), (MatchTier::Ordered, 1.0));
}

#[test]
fn a_phrase_that_segmentation_cut_in_two_is_found() {
    let phrases = builtin();
    let part = |text: &str, start_s: f64, channel: u16| Utterance {
        start_s: Some(start_s),
        end_s: Some(start_s + 2.0),
        channel: Some(channel),
        ..said(Some("en"), text)
    };
    let check = |gap_s: f64, channel: u16, expected: usize| {
        let hits =
            found(&phrases, vec![part("This is your last.", 0.0, 0), part("Chance to get it.", 2.0 + gap_s, channel)]);
        assert_eq!(hits.len(), expected, "gap {gap_s} channel {channel}");
        if let Some(hit) = hits.first() {
            assert_eq!((hit.utterance, hit.bytes, hit.quote.as_str()), (0, (13, 18), "last. Chance"));
            assert_eq!((hit.start_s, hit.end_s), (Some(0.0), Some(4.0 + gap_s)));
        }
    };
    check(0.2, 0, 1);
    check(9.0, 0, 0);
    check(0.2, 1, 0);
}

#[test]
fn strict_matches_count_before_loose_ones_and_once() {
    let text = "[[rule]]\nid = \"urgency_false.a\"\npatterns = [\"price ends today\"]\n\
                [[rule.concept]]\nwindow = 5\nall = [[\"price\"], [\"ends\"], [\"today\"]]\n\
                [[rule]]\nid = \"urgency_false.b\"\n[[rule.concept]]\nwindow = 5\nall = [[\"price\"], [\"today\"]]\n";
    let phrases = list("en.toml", format!("language = \"en\"\n{text}").as_bytes()).expect("valid");
    let tiers = |text: &str| {
        let hits = found(&phrases, vec![said(Some("en"), text)]);
        hits.iter().map(|hit| (phrases.rules()[hit.rule].id.clone(), hit.tier)).collect::<Vec<_>>()
    };
    assert_eq!(tiers("The price ends today."), [("urgency_false.a".to_owned(), MatchTier::Ordered)]);
    assert_eq!(tiers("Today the price ends."), [("urgency_false.a".to_owned(), MatchTier::Window)]);
    assert_eq!(tiers("Today the price. Ends the day."), [("urgency_false.b".to_owned(), MatchTier::Window)]);
}

/// A list of one rule, with a small grammar.
fn one_rule(language: &str, grammar: &str, rule: &str) -> Phrases {
    let text = format!("language = \"{language}\"\n[grammar]\n{grammar}\n[[rule]]\nid = \"urgency_false.a\"\n{rule}");
    list("one.toml", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn check_quotes(phrases: &Phrases, language: &str, text: &str, expected: &[&str]) {
    let hits = found(phrases, vec![said(Some(language), text)]);
    let quotes: Vec<&str> = hits.iter().map(|hit| hit.quote.as_str()).collect();
    assert_eq!(quotes, expected, "{text}");
}

#[test]
fn fillers_take_no_place_of_a_gap_or_a_window() {
    let phrases =
        one_rule("pl", "skip = [\"pani\", \"no\"]", "patterns = [\"nic <2> nie traci\"]\nnegation = \"ignore\"");
    check_quotes(&phrases, "pl", "Nic pani na tym nie traci.", &["Nic pani na tym nie traci"]);
    check_quotes(&phrases, "pl", "Nic pani na tym i nie traci.", &[]);
    let concept = "[[rule.concept]]\nwindow = 3\nall = [[\"cena\"], [\"dzisiaj\"]]";
    let phrases = one_rule("pl", "skip = [\"pani\", \"no\"]", concept);
    check_quotes(&phrases, "pl", "Cena no pani tylko dzisiaj.", &["Cena no pani tylko dzisiaj"]);
    check_quotes(&phrases, "pl", "Cena jest tylko dzisiaj.", &[]);
}

#[test]
fn only_a_negator_that_the_pattern_spelled_out_may_negate() {
    let grammar = "negators = [\"not\", \"never\"]";
    let phrases = one_rule("en", grammar, "patterns = [\"you [win|not lose]\", \"pay <2> [later|never]\"]");
    check_quotes(&phrases, "en", "You not lose.", &["You not lose"]);
    check_quotes(&phrases, "en", "It is not that you win.", &[]);
    check_quotes(&phrases, "en", "Pay never.", &["Pay never"]);
    // The negator stands in the gap.
    check_quotes(&phrases, "en", "Pay not any later.", &[]);
    let concept = "[[rule.concept]]\nwindow = 6\nall = [[\"risk\", \"not lose\"], [\"money\"]]";
    let phrases = one_rule("en", grammar, concept);
    check_quotes(&phrases, "en", "Your money, not lose it.", &["money, not lose"]);
    check_quotes(&phrases, "en", "We never risk money.", &[]);
    let phrases = one_rule("hu", "privative = [\"mentes\"]", "patterns = [\"kockázat*\", \"díjmentes\"]");
    check_quotes(&phrases, "hu", "A kockázata nagy.", &["kockázata"]);
    check_quotes(&phrases, "hu", "Ez kockázatmentes.", &[]);
    check_quotes(&phrases, "hu", "Ez díjmentes.", &["díjmentes"]);
}

#[test]
fn openers_of_reported_speech_are_the_forms_that_are_written() {
    let grammar = "reported = [\"przeczytałem\", \"słyszał*\"]";
    let phrases = one_rule("pl", grammar, "patterns = [\"tylko dzisiaj\"]");
    check_quotes(&phrases, "pl", "Przeczytałem, że tylko dzisiaj.", &[]);
    check_quotes(&phrases, "pl", "przeczytalem ze tylko dzisiaj", &[]);
    check_quotes(&phrases, "pl", "Słyszałam, że tylko dzisiaj.", &[]);
    check_quotes(&phrases, "pl", "Proszę przeczytać: tylko dzisiaj.", &["tylko dzisiaj"]);
}

#[test]
fn unless_reaches_as_far_as_the_rule_says() {
    let rule =
        |within: &str| format!("patterns = [\"only today\"]\nunless = [\"I <2> noticed\", \"tomorrow\"]\n{within}");
    let check = |within: &str, text: &str, expected: &[&str]| {
        check_quotes(&one_rule("en", "", &rule(within)), "en", text, expected);
    };
    check("", "Only today have I at last noticed.", &[]);
    check("", "Only today or maybe even also tomorrow.", &["Only today"]);
    check("unless_within = 5", "Only today or maybe even also tomorrow.", &[]);
    check("unless_within = 0", "Only today, tomorrow.", &["Only today"]);
}

#[test]
fn a_preverb_is_found_before_and_behind_its_verb() {
    let concept = "[[rule.concept]]\nwindow = 6\nall = [[\"le~mond*\"], [\"szerződés*\"]]";
    let phrases = one_rule("hu", "", concept);
    check_quotes(&phrases, "hu", "Lemondom a szerződést.", &["Lemondom a szerződést"]);
    // The other set's word stands between the two.
    check_quotes(&phrases, "hu", "Mondja le a szerződését!", &["Mondja le a szerződését"]);
    check_quotes(&phrases, "hu", "Mondom a szerződést le.", &["Mondom a szerződést le"]);
    check_quotes(&phrases, "hu", "Mondom, hogy le van zárva a szerződés.", &[]);
}

#[test]
fn a_probability_is_the_mean_over_words_and_stays_within_bounds() {
    let phrases = one_rule("en", "", "patterns = [\"only for today\"]");
    let part = |words: &[(&str, f64)], start_s: f64| {
        let text: Vec<&str> = words.iter().map(|(text, _)| *text).collect();
        let word = |(at, (text, probability)): (usize, &(&str, f64))| Word {
            start_s: start_s + at as f64 * 0.1,
            end_s: start_s + at as f64 * 0.1 + 0.1,
            text: (*text).to_owned(),
            probability: *probability,
        };
        Utterance {
            start_s: Some(start_s),
            end_s: Some(start_s + 1.0),
            channel: Some(0),
            words: words.iter().enumerate().map(word).collect(),
            ..said(Some("en"), &text.join(" "))
        }
    };
    let check = |parts: Vec<Utterance>, mean: f64| {
        let hits = found(&phrases, parts);
        // 0.92: an ordered match of the very forms. Sums of three doubles are exact to far better than 1e-9.
        let expected = 0.92 * (0.5 + 0.5 * mean);
        assert!(hits.len() == 1 && (hits[0].confidence - expected).abs() < 1e-9, "{mean}: {hits:?}");
    };
    check(vec![part(&[("only", 0.9), ("for", 0.3), ("today", 0.6)], 0.0)], 0.6);
    // Two words in one utterance and one in the next: every word counts the same.
    check(vec![part(&[("only", 0.9), ("for", 0.3)], 0.0), part(&[("today", 0.6)], 1.2)], 0.6);
    check(vec![part(&[("only", 7.0), ("for", 0.5), ("today", -3.0)], 0.0)], 0.5);
    // A probability that is no number says nothing about the word.
    check(vec![part(&[("only", f64::NAN), ("for", 0.4), ("today", 0.6)], 0.0)], 0.5);
}

#[test]
fn the_place_in_a_long_text_does_not_change_what_counts() {
    let phrases = one_rule("en", "reported = [\"they said\"]", "patterns = [\"only today\"]\nunless = [\"maybe\"]");
    for n in 900..1120 {
        let before = "word ".repeat(n);
        check_quotes(&phrases, "en", &format!("{before}only today"), &["only today"]);
        check_quotes(&phrases, "en", &format!("{before}they said that it is only today"), &[]);
        check_quotes(&phrases, "en", &format!("{before}only today and maybe"), &[]);
    }
}

#[test]
fn a_text_without_an_end_is_scanned_in_seconds() {
    let phrases = builtin();
    // Time that grows with the square of a quarter of a megabyte takes minutes; 20 s leave room for a busy machine.
    let long = |piece: &str| piece.repeat(250_000 / piece.len());
    for (language, piece) in [
        ("en", "a"),
        ("en", "only today not only "),
        ("en", "1 200 "),
        ("en", "\u{200d}\u{301}"),
        ("en", "hundred and "),
        ("pl", "nie tylko pani dzisiaj "),
        ("pl", "pani "),
        ("hu", "egy"),
        ("ru", "не только сегодня "),
        ("el", "δεν το "),
    ] {
        // Not a speed: only work that grows with the square of the text takes minutes.
        const HANG_S: f64 = 300.0;
        let clock = std::time::Instant::now();
        found(&phrases, vec![said(Some(language), &long(piece))]);
        let elapsed_s = clock.elapsed().as_secs_f64();
        println!("{language} {piece:?}: {elapsed_s:.2} s");
        assert!(elapsed_s < HANG_S, "{language} {piece:?}: {elapsed_s:.1} s");
    }
}

#[test]
fn rules_of_a_language_keep_to_their_language() {
    let phrases = builtin();
    let n = |language: Option<&str>, text: &str| found(&phrases, vec![said(language, text)]).len();
    assert_eq!(n(Some("en"), "only today"), 1);
    assert_eq!(n(Some("pl"), "only today"), 0);
    assert_eq!(n(Some("de"), "only today"), 0);
    assert_eq!(n(None, "You know, this offer is valid only today."), 1);
    assert_eq!(n(None, "Эта цена только сегодня."), 1);
}

#[test]
fn a_required_step_that_is_half_said_is_a_near_miss() {
    let phrases = builtin();
    let transcript = Transcript {
        utterances: vec![said(Some("en"), "You have, well, the right of course to do so.")],
        ..Transcript::default()
    };
    assert!(phrases.find(&transcript).is_empty());
    let misses = phrases.near_misses(&transcript);
    let withdrawal = misses.iter().find(|hit| phrases.rules()[hit.rule].category == "q_withdrawal_right");
    let withdrawal = withdrawal.expect("two of three words");
    assert!((withdrawal.completeness - 2.0 / 3.0).abs() < 1e-9, "{}", withdrawal.completeness);
    assert!(withdrawal.confidence < 0.5, "{}", withdrawal.confidence);
}

#[test]
fn a_line_without_an_end_is_searched_to_its_end() {
    let phrases =
        list("en.toml", b"language = \"en\"\n[[rule]]\nid = \"urgency_false.a\"\npatterns = [\"only today\"]\n")
            .expect("valid");
    let text = "this is only today ".repeat(5000);
    assert_eq!(found(&phrases, vec![said(Some("en"), &text)]).len(), 5000);
}

/// xorshift64*, Vigna 2016.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n
    }
}

#[test]
fn no_text_makes_the_matcher_panic() {
    let phrases = builtin();
    let mut random = Random(7);
    let pieces = [
        "only",
        "today",
        "can't",
        "'s",
        "24",
        "1 200",
        "49,90",
        "%",
        "€",
        "twenty",
        "huszonnégy",
        "είκοσι",
        "ς",
        "ΐ",
        "İ",
        "ё",
        "ﬁ",
        "\u{301}",
        "\u{0}",
        "🦀",
        "\u{200d}",
        ".",
        ";",
        "-",
        "[",
        "]",
        "\n",
        " ",
        "<v x>",
        "00:01",
        "-->",
        "{",
        "\"",
        "\\",
        "agent:",
        "\u{feff}",
        "ł",
        "nie",
        "не",
        "σας",
        "٣",
        "²",
        "Ⅷ",
    ];
    for round in 0..400 {
        let mut text = String::new();
        for _ in 0..random.below(40) {
            match random.below(4) {
                0 => text.extend(char::from_u32(random.below(0x11_0000) as u32)),
                1 => text.push(' '),
                _ => text.push_str(pieces[random.below(pieces.len())]),
            }
        }
        for language in Language::ALL.into_iter().map(Some).chain([None]) {
            let tokens = tokenize(&text, language);
            assert!(tokens.iter().all(|token| text.get(token.start..token.end).is_some()), "round {round}: {text:?}");
            for span in numerals::read(&text, &tokens, language) {
                assert!(text.get(span.bytes.0..span.bytes.1).is_some(), "round {round}: {text:?}");
            }
        }
        let code = ["en", "pl", "ru", "el", "hu", "de"][random.below(6)];
        let utterances = vec![said(Some(code), &text), said(None, &text)];
        for hit in found(&phrases, utterances) {
            assert_eq!(text.get(hit.bytes.0..hit.bytes.1), Some(hit.quote.as_str()), "round {round}");
        }
        for name in ["a.txt", "a.vtt", "a.srt", "a.csv", "a.json"] {
            // Whether it is refused or read: both are fine, a panic is not.
            if let Ok(read) = read_transcript(Path::new(name), text.as_bytes()) {
                assert_eq!(read.lines.len(), read.transcript.utterances.len());
            }
        }
        // Lists bring the built-in packs' grammar with them, which takes its time.
        for name in ["a.toml", "a.txt"].into_iter().filter(|_| round % 20 == 0) {
            let _ = list(name, text.as_bytes());
        }
    }
}

/// The lines that must fire, with the category of their rule.
fn lines_that_fire(code: &str) -> Vec<(String, String)> {
    let pack: toml::Value = toml::from_str(&std::fs::read_to_string(pack_path(code)).expect("a pack")).expect("TOML");
    let rules = pack["rule"].as_array().expect("rules");
    let of_rule = |rule: &toml::Value| {
        let id = rule["id"].as_str().expect("an id");
        let category = rule.get("category").and_then(toml::Value::as_str).unwrap_or(id.split('.').next().expect("one"));
        let lines = rule.get("must_fire").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        let lines = lines.iter().filter_map(toml::Value::as_str).map(|line| (category.to_owned(), line.to_owned()));
        lines.collect::<Vec<_>>()
    };
    rules.iter().flat_map(of_rule).collect()
}

#[test]
fn sentences_without_a_pattern_are_found_by_their_likeness_to_the_lines() {
    let phrases = builtin();
    for code in ["en", "pl", "ru", "el", "hu"] {
        // Turned round, a line keeps its words and loses its patterns.
        let mut right = 0;
        let mut all = 0;
        for (category, line) in lines_that_fire(code).into_iter().step_by(7) {
            let words: Vec<&str> = line.trim_end_matches(['.', '!', '?']).split(' ').rev().collect();
            for hit in found(&phrases, vec![said(Some(code), &words.join(" "))]) {
                let rule = &phrases.rules()[hit.rule];
                assert_eq!(hit.example.is_some(), hit.tier == MatchTier::Resembles, "{code} {line}");
                let Some(example) = hit.example else { continue };
                assert_ne!(rule.polarity, Polarity::Required, "{code} {line}");
                let own = lines_that_fire(code).into_iter().filter(|(_, known)| *known == example);
                assert!(own.into_iter().any(|(known, _)| known == rule.category), "{code} {line}: {example}");
                all += 1;
                right += usize::from(rule.category == category);
            }
        }
        // The lines were learned from: a model that took them for others would be broken.
        assert!(all >= 10 && right * 10 >= all * 8, "{code}: {right} of {all}");
    }
}

#[test]
fn lists_of_the_user_are_matched_by_their_patterns_alone() {
    let phrases = Phrases::load(false, &[pack_path("en")]).unwrap_or_else(|error| panic!("{error}"));
    for (_, line) in lines_that_fire("en").into_iter().step_by(5) {
        let hits = found(&phrases, vec![said(Some("en"), &line)]);
        assert!(hits.iter().all(|hit| hit.tier != MatchTier::Resembles), "{line}");
    }
}

#[test]
fn a_rule_says_in_which_phase_it_holds_and_which_fact_it_needs() {
    let list_with = |key: &str| {
        let rule = "[[rule]]\nid = \"x.y\"\npolarity = \"forbidden\"\nseverity = \"minor\"\npatterns = [\"only three left\"]\n";
        list("own.toml", format!("name = \"own\"\n{rule}{key}\n").as_bytes())
    };
    let rule = |key: &str| list_with(key).unwrap_or_else(|error| panic!("{error}")).rules()[0].clone();
    assert_eq!(rule("phase = \"hold\"").place.phase, Some(CallPhase::Hold));
    assert_eq!(rule("needed_fact = \"promo.price\"").needed_fact, Some(Attribute::PromoPrice));
    assert_eq!((rule("").place.phase, rule("").needed_fact), (None, None));
    for (key, what) in [("phase = \"lunch\"", "lunch"), ("needed_fact = \"colour\"", "colour")] {
        let error = list_with(key).expect_err("no such word");
        assert!(error.contains(what) && error.contains("own.toml"), "{error}");
    }
}
