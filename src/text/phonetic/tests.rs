use super::*;
use Language::{El, En, Hu, Pl, Ru};

fn form(text: &str, language: Language) -> String {
    sound(text, Some(language)).to_string()
}

#[test]
fn writings_that_sound_alike_are_equal() {
    let check = |language, a: &str, b: &str| assert_eq!(form(a, language), form(b, language), "{a} {b}");
    check(Pl, "morze", "może");
    check(Pl, "chart", "hart");
    check(Pl, "góra", "gura");
    check(Pl, "przyszłość", "pszyszłość");
    check(Pl, "kod", "kot");
    check(Pl, "wciąż", "wčonž");
    check(Ru, "молоко", "малако");
    check(Ru, "код", "кот");
    check(Ru, "сегодня", "сивоdня");
    check(Ru, "нравится", "нравитца");
    check(El, "υπηρεσία", "ιπιρεσία");
    check(El, "ώρα", "όρα");
    check(El, "και", "κε");
    check(El, "οικείοι", "ηκύη");
    check(El, "πόλη", "πωλλοί");
    check(Hu, "folyó", "fojo");
    check(Hu, "szép", "szep");
    check(Hu, "űr", "ür");
    check(Hu, "add", "ad");
    check(En, "four two", "for to");
    check(En, "knight", "nite");
    check(En, "phone", "fone");
    check(En, "eight", "ate");
    check(En, "whether", "wether");
}

#[test]
fn each_language_reads_the_same_letters_its_own_way() {
    let check = |language, text: &str, expected: &str| assert_eq!(form(text, language), expected);
    check(Pl, "cześć", "tSeStS");
    check(Hu, "szerződés", "serzOdeS");
    check(Pl, "szesz", "SeS");
    check(Hu, "cucc", "tsuts");
    check(Ru, "щёткой дважды", "Satkaj dvaZdy");
    check(El, "μπορεί να γίνει", "bori na jini");
    check(El, "αυτό ευρώ", "afto evro");
    check(En, "the price", "De prajs");
}

#[test]
fn letters_of_any_script_are_read_in_every_language() {
    for language in [En, Pl, Ru, El, Hu] {
        for text in ["žlutý kůň", "добрый день", "καλημέρα", "Ærø çabuk ğ", "Ђорђе"] {
            let words = sound(text, Some(language));
            assert_eq!(words.words().len(), text.replace(" ğ", "").split(' ').count(), "{language:?} {text}: {words}");
        }
    }
    assert_eq!(sound("δωρεάν", Some(Pl)).to_string(), form("δωρεάν", El));
    assert_eq!(sound("漢字 🦀 — …", Some(En)).words().len(), 0);
}

#[test]
fn numbers_are_read_out() {
    let check = |language, digits: &str, words: &str| {
        assert_eq!(form(digits, language), form(words, language).replace(' ', ""), "{digits}");
    };
    check(En, "199", "one hundred ninety nine");
    check(Pl, "2024", "dwa tysiąc dwadzieścia cztery");
    check(Ru, "15", "пятнадцать");
    check(El, "500", "πεντακόσια");
    check(Hu, "0", "nulla");
    check(Hu, "0630", "nulla hat három nulla");
    check(En, "123456", "one two three four five six");
}

#[test]
fn words_know_where_they_stand() {
    for text in ["Już, DZIŚ! 24h — don't", "ναι; όχι 漢 да", "\u{301}a\u{301}b", ""] {
        let sounded = sound(text, Some(Pl));
        let mut end = 0;
        for word in sounded.words() {
            assert_eq!(word.phones.0, end);
            assert!(word.phones.1 > word.phones.0);
            assert!(text[word.bytes.0..word.bytes.1].chars().any(char::is_alphanumeric));
            end = word.phones.1;
        }
        assert_eq!(end, sounded.phones().len());
    }
}

fn hits(phrase: &str, text: &str, language: Language, max_cost: f64) -> Vec<String> {
    let (sounds, whole) = (sound(phrase, Some(language)), sound(text, Some(language)));
    find_near(&sounds, &whole, max_cost).iter().map(|hit| text[hit.bytes.0..hit.bytes.1].to_owned()).collect()
}

#[test]
fn a_phrase_is_found_as_it_was_misheard() {
    let check = |language, phrase: &str, text: &str, expected: &[&str]| {
        let cost = allowance(&sound(phrase, Some(language)), 0.35);
        assert_eq!(hits(phrase, text, language, cost), expected, "{phrase}");
    };
    check(Pl, "tylko dzisiaj", "ta cena jest tylko dzisej panie", &["tylko dzisej"]);
    check(Pl, "tylko dzisiaj", "tilkodzisiaj", &["tilkodzisiaj"]);
    check(Ru, "только сегодня", "цена толка сиводня такая", &["толка сиводня"]);
    check(El, "τελευταία ευκαιρία", "είναι η τελευτέα εφκερία σας", &["τελευτέα εφκερία"]);
    check(Hu, "csak ma", "ez ar az ár csag má érvényes", &["csag má"]);
    check(En, "limited offer", "this is a limit it offer sir", &["limit it offer"]);
    check(Pl, "gwarancja zysku", "dzień dobry w czym mogę pomóc", &[]);
}

#[test]
fn places_do_not_share_words_and_come_in_order() {
    assert_eq!(hits("only today", "only today only to day", En, 1.2), ["only today", "only to day"]);
}

#[test]
fn nothing_and_everything_are_not_found() {
    let check = |phrase: &str, text: &str, cost: f64| assert!(hits(phrase, text, En, cost).is_empty(), "{phrase}");
    check("", "any text", 3.0);
    check("offer", "", 3.0);
    check("offer", "any text", f64::INFINITY);
    check("offer", "any text", f64::NAN);
    check("offer", "any text", -1.0);
}

/// The plain table of Sellers, every row of it, without shares of words: what the short cut must agree with.
fn plain_cost(phrase: &Sounded, text: &Sounded, max_cost: f64) -> Option<f64> {
    (0..text.words().len())
        .flat_map(|first| (first..text.words().len()).map(move |last| (first, last)))
        .flat_map(|(first, last)| near::plainly::costs_of_slices(phrase, text, first, last))
        .filter(|&cost| cost <= max_cost)
        .min_by(f64::total_cmp)
}

#[test]
fn leaving_out_dear_rows_changes_no_cost() {
    let phrases = ["only today", "no risk", "call me back", "ofertę"];
    let texts = ["this is on lead a day", "the riskiest day of al", "nor is coal me", "o fair tea in an offer ta", "a"];
    for phrase in phrases.map(|p| sound(p, Some(En))) {
        for text in texts.map(|t| sound(t, Some(En))) {
            for share in [0.1, 0.3, 0.5, 0.8] {
                let cost = allowance(&phrase, share);
                let found = find_near(&phrase, &text, cost).into_iter().map(|hit| hit.cost).min_by(f64::total_cmp);
                let plain = plain_cost(&phrase, &text, cost);
                // Both are sums of whole hundredths.
                assert_eq!(
                    found.map(|c| (c * 100.0).round()),
                    plain.map(|c| (c * 100.0).round()),
                    "{phrase} in {text}"
                );
            }
        }
    }
}
