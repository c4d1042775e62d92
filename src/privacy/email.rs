//! E-mail addresses, written and spoken ("jan dot kowalski at gmail dot com", "zet jak Zenon, o, s, małpa wu pe kropka
//! pe el"): from the word for "@" to the right as long as a domain goes, to the left as long as words can be its name.

use std::sync::LazyLock;

use regex::Regex;

use super::line::Line;
use super::lists::{WordList, holds};

/// Written: the parts of RFC 5321 that people have, not quoted strings.
static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{L}\p{N}][\p{L}\p{N}._%+-]*@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,24}").expect("constant pattern")
});

/// Words for "@". English "at" is also a preposition.
static AT: WordList = WordList::new(
    "at et ατ эт malpie malpka malpa malpka malpeczke malpy malpe malpeczka собака собачка собаку собачку собакои собаки собачки собачкои παπακι παπι kukac kukacc",
);

/// Words for ".".
static DOT: WordList = WordList::new("dot point дот ντοτ kropka kropeczka точка точку τελεια pont");

/// Words for other signs in the name, and words that belong to the telling of them.
static SIGNS: WordList = WordList::new(
    "underscore dash hyphen minus score podkreslnik podkreslenie podkreslnika myslnik dolna dolne kreska нижнее нижнеи \
    подчеркивание подчеркиванием подчерк тире дефис минус παυλα κατω ενωτικο καθετη kotojel alahuzas alahuzasjel also vonas \
    alulvonas alsovonas double triple podwojne двоиная διπλο dupla vonal plus plusz плюс number cyfra cyfry cyfrowo цифра цифры digit digits szam szammal capital duze wielkie большая буква \
    αριθμο αριθμοσ nagy",
);

/// Introduces the word that explains a letter.
static AS_IN: WordList = WordList::new("as for like jak как οπωσ mint");

/// A letter by its name.
static LETTERS: WordList = WordList::new(
    "a be bee ce cee de dee e ef eff ge gie gee ha i jot jay ka kay el ell em en o pe pee ku er es ess te tee u fau vau wu \
    iks ex igrek zet zed zee ze а бэ вэ гэ дэ е жэ зэ и ка кеи эль эл эм эн о пэ эр эс тэ у эф ха хэ цэ чэ ша ща ю я би си ди джи \
    аи эи дабл ю икс игрек эич эич вэ ви ти пи юь αλφα βητα γαμμα δελτα εψιλον ζητα ητα θητα γιωτα καππα λαμδα μι νι ξι ομικρον \
    πι ρο σιγμα ταυ υψιλον φι χι ψι ωμεγα ελ εμ εν εσ τζει τζι ντι μπι σι γου je hu",
);

/// Words that are never part of a name: what leads to one.
static STOPS: WordList = WordList::new(
    "is it its to my the mail email e mail address a an and so me please send write on that this was have i \
    you we us your at his her use yes find look be are contact reach \
    jest moj moja adres mejl mejla maila mailem mailowy emaila na prosze napisac wyslac pisac podaje mam brzmi jeszcze raz takie \
    это мои мое моя почта почту почты адрес имеил имеила емеил мыло меил электронная электронныи такои такая на пишите записываите \
    запишите отправьте еще раз диктую ειναι το στο τη μου μασ ημεηλ μειλ email ηλεκτρονικη διευθυνση στειλτε γραψτε το ξανα λεω σασ \
    az cimem cimre emailem mailem cim imel imelem drotposta drotpostam iras irja мыло мыле εχω kuldje kerem ez hogy",
);

/// Mail providers of the five languages' countries: before them English "at" is no preposition.
static PROVIDERS: WordList = WordList::new(
    "gmail* googlemail outlook* hotmail* live msn yahoo* icloud* aol* proton* gmx* wp* wu o2* onet* interia* mail* yandex* \
    ya rambler* freemail* citromail* otenet* btinternet* fastmail* zoho* vp op tlen gazeta poczta* inbox* list bk \
    джимеил* гмаил* гмеил* меил* мэил* маил* яндекс* рамблер* τζιμεηλ* τζιμειλ* τζι γιαχου* χοτμεηλ* χοτμειλ* αουτλουκ* οτενετ* indamail* \
    vipmail* upcmail* forthnet* brightmail*",
);

static TLDS: WordList =
    WordList::new("com pl ru gr hu eu org net uk co info biz de io me us edu gov ком ру рф κομ γρ νετ su by kz");

/// No name is told in more items.
const MOST_ITEMS: usize = 60;

/// So many plain words may make a name that nothing joins: "green garden".
const MOST_PLAIN_WORDS: usize = 3;

/// Places of addresses in the line, as bytes with a confidence, in order; they may overlap. `is_asked` if the talk before
/// was about mail.
pub(super) fn find(line: &Line<'_>, is_asked: bool) -> Vec<((usize, usize), f64)> {
    let mut found: Vec<((usize, usize), f64)> =
        WRITTEN.find_iter(line.text).map(|m| ((m.start(), m.end()), 0.98)).collect();
    let is_about_mail = is_asked || speaks_of_mail(line);
    let mut after = 0;
    for at in 0..line.items.len() {
        let is_sign = line.gap(at).contains('@');
        let is_word = AT.holds(line.word(at));
        // The sign stands between two items, the word is one.
        let (left_end, right) = if is_sign { (at + 1, at + 1) } else { (at, at + 1) };
        if !(is_sign || is_word) || left_end <= after && after > 0 {
            continue;
        }
        let Some((end, is_provider)) = domain(line, right, is_sign || line.word(at) != "at") else { continue };
        let from = name_start(line, left_end, after);
        // Its name was told in the utterance before.
        let is_split = at < 3 && from >= left_end && is_word && line.word(at) != "at";
        if from >= left_end && !is_split {
            continue;
        }
        let from = if is_split { at } else { from };
        let is_plain = (from..left_end)
            .all(|at| line.digits(at).is_none() && !DOT.holds(line.word(at)) && !SIGNS.holds(line.word(at)));
        // "Send it to info at green farm dot co dot uk" leads to a name, "shop at" does not.
        let is_led_to = from > 0 && holds("to is it's use", line.word(from - 1));
        let is_sure = line.word(at) != "at" || is_sign || is_provider || is_about_mail || !is_plain || is_led_to;
        if let Some(bytes) = line.bytes(from, end).filter(|_| is_sure) {
            found.push((bytes, 0.9));
            after = end;
        }
    }
    if found.is_empty() {
        found.extend(fragment(line, is_asked).map(|bytes| (bytes, 0.6)));
    }
    found.sort_by_key(|(bytes, _)| *bytes);
    found
}

/// The name of an address without the rest, which comes later or got lost: "my mail is ann dot lee", "it's ann dot k dot
/// lee". Without a word for mail it takes two dots, and no domain ends it.
fn fragment(line: &Line<'_>, is_asked: bool) -> Option<(usize, usize)> {
    let n = line.items.len();
    let is_dot = |at: usize| {
        DOT.holds(line.word(at)) || at > 0 && holds("underscore podkreslnik podkreslenie подчеркивание", line.word(at))
    };
    let last = (1..n.saturating_sub(1)).rev().find(|at| is_dot(*at))?;
    let is_whole = last + 2 == n || line.gap(last + 1).starts_with([',', '.', '?', '!', ';']);
    let from = name_start(line, last + 2, 0);
    let n_dots = (from..last + 1).filter(|at| is_dot(*at)).count();
    let is_about_mail = is_asked || speaks_of_mail(line);
    let is_site = TLDS.holds(line.word(last + 1)) || (from..last).any(|at| holds("www slash", line.word(at)));
    let is_plain = line.items[from.min(n - 1)..].iter().all(|item| !AT.holds(&item.word));
    (is_whole
        && !is_site
        && is_plain
        && from < last
        && (n_dots >= 2 || is_about_mail && n_dots >= 1)
        && line.digits(last + 1).is_none())
    .then(|| line.bytes(from, last + 2))
    .flatten()
}

/// Does the line ask what stands behind the "@"? "And after the at sign?"
pub(super) fn asks_for_domain(line: &Line<'_>) -> bool {
    let is_sign = |at: usize| {
        let word = line.word(at);
        AT.holds(word) && !holds("at et ατ эт", word)
            || word == "at" && (holds("sign symbol", line.word(at + 1)) || line.ends_sentence(at))
            || holds("domain provider domena domene домен κουκκιδα", word)
    };
    (0..line.items.len()).any(is_sign)
}

/// The domain alone that a line begins with: "outlook dot com, all small".
pub(super) fn domain_alone(line: &Line<'_>) -> Option<(usize, usize)> {
    (0..line.items.len().min(3)).find_map(|from| {
        if STOPS.holds(line.word(from))
            || DOT.holds(line.word(from))
            || holds("after po после μετα utan", line.word(from))
        {
            return None;
        }
        let (end, _) = domain(line, from, false)?;
        line.bytes(from, end)
    })
}

/// Is mail spoken of in the line?
pub(super) fn speaks_of_mail(line: &Line<'_>) -> bool {
    line.items.iter().any(|item| {
        let word = item.word.as_str();
        [
            "mail",
            "email",
            "mejl",
            "imel",
            "drotpost",
            "почт",
            "имеил",
            "емеил",
            "меил",
            "мыло",
            "ημεηλ",
            "μειλ",
            "ιμειλ",
        ]
        .iter()
        .any(|part| word.contains(part))
    })
}

/// End of the domain that begins at item `from`, and whether a known provider is in it.
fn domain(line: &Line<'_>, from: usize, is_clear: bool) -> Option<(usize, bool)> {
    let is_provider =
        PROVIDERS.holds(line.word(from)) || PROVIDERS.holds(&format!("{}{}", line.word(from), line.word(from + 1)));
    let is_end = |at: usize| at + 1 >= line.items.len();
    let is_written_dot = |at: usize| !is_end(at) && line.gap(at) == ".";
    let mut at = from;
    let mut last_dot = None;
    while at < line.items.len() && at < from + 16 {
        let is_dot = DOT.holds(line.word(at));
        if line.written(at).contains('.') && !line.written(at).ends_with('.') {
            last_dot = Some(at + 1);
        }
        if is_dot || is_written_dot(at) {
            // The end of the domain is one item, or the letters of a spelled one.
            let mut end = at + 2;
            if end > line.items.len() {
                break;
            }
            let is_letter = |at: usize| line.written(at).chars().count() == 1 || LETTERS.holds(line.word(at));
            if is_letter(at + 1) && !TLDS.holds(line.word(at + 1)) && is_letter(end) && line.items.len() > end {
                end += 1;
            }
            last_dot = Some(end);
            let goes_on = DOT.holds(line.word(end)) || end > 0 && line.gap(end - 1) == "." && !is_end(end - 1);
            if !goes_on {
                break;
            }
            at = end;
            continue;
        }
        let gap = line.gap(at);
        // Before the first dot a name of a few words or letters; a sentence ends it.
        if last_dot.is_some()
            || gap.contains(['?', '!', ';'])
            || gap.contains('.') && gap.trim() != "."
            || at >= from + 9
        {
            break;
        }
        at += 1;
    }
    match last_dot {
        Some(end) => Some((end.min(line.items.len()), is_provider)),
        None if PROVIDERS.holds(line.word(from)) && line.word(from).chars().count() > 3 => {
            // "мейл ру": the dot got lost.
            Some((from + 1 + usize::from(TLDS.holds(line.word(from + 1))), true))
        }
        // "małpa firma pl": a word that means nothing else, and an end of a domain soon behind it.
        None if is_clear => {
            let end =
                (from + 1..from + 4).find(|at| TLDS.holds(line.word(*at)) && !matches!(line.word(*at), "me" | "co"));
            end.map(|at| (at + 1, false))
        }
        None => None,
    }
}

/// The name in front of an address whose "@" begins the next utterance of the same voice, or of the domain that the next
/// begins with: "jan kropka nowak" – "małpa gmail kropka com". Gives the earlier utterance `i` belongs to, and bytes.
pub(super) fn split_before(lines: &[Line<'_>], i: usize) -> Option<(usize, (usize, usize))> {
    let line = &lines[i];
    let before = (i.saturating_sub(3)..i).rev().find(|at| lines[*at].voice == line.voice)?;
    let earlier = &lines[before];
    let at = (0..line.items.len().min(3)).find(|at| AT.holds(line.word(*at)))?;
    if name_start(line, at, 0) < at && line.word(at) == "at" {
        return None;
    }
    domain(line, at + 1, line.word(at) != "at")?;
    let from = name_start(earlier, earlier.items.len(), 0);
    (from < earlier.items.len())
        .then(|| earlier.bytes(from, earlier.items.len()))
        .flatten()
        .map(|bytes| (before, bytes))
}

/// First item of the name that ends before item `end`; `end` itself if there is none. Not before `least`.
fn name_start(line: &Line<'_>, end: usize, least: usize) -> usize {
    let mut from = end;
    let mut n_plain = 0;
    let mut was_plain = false;
    while from > least && end - from < MOST_ITEMS {
        let at = from - 1;
        let gap = line.gap(at);
        let word = line.word(at);
        let is_first = from == end;
        let is_letter = is_letter_at(line, at);
        let is_sign = DOT.holds(word) || SIGNS.holds(word);
        let is_explained = at >= 1
            && (AS_IN.holds(line.word(at - 1)) || at >= 2 && line.word(at - 1) == "in" && line.word(at - 2) == "as");
        if gap.contains(['?', '!', ';', ':', '„', '"']) || gap.contains('.') && !is_first && gap != "." {
            break;
        }
        let next_is_sign = !is_first && (DOT.holds(line.word(from)) || SIGNS.holds(line.word(from)));
        if line.digits(at).is_some() || is_sign {
            was_plain = false;
        } else if is_explained {
            // The word, "jak" and the letter before it.
            let start = at - if line.word(at - 1) == "in" { 2 } else { 1 };
            from = start;
            was_plain = false;
            continue;
        } else if is_letter && (!STOPS.holds(word) || is_spelled_around(line, at)) {
            was_plain = false;
        } else if STOPS.holds(word) && !next_is_sign && !is_behind_sign(line, at) {
            break;
        } else {
            // Plain words: the one at the sign, those that a dot joins, and a few more that nothing parts.
            let is_joined = !gap.contains(',') || next_is_sign || is_first;
            let is_free = is_first
                || next_is_sign
                || n_plain < MOST_PLAIN_WORDS && (was_plain || line.digits(from).is_some() || is_letter_at(line, from));
            if !is_joined || !is_free {
                break;
            }
            n_plain += 1;
            was_plain = true;
        }
        from = at;
    }
    // What is left of a name that only a sign or the name of a letter begins.
    while from < end && (DOT.holds(line.word(from)) || STOPS.holds(line.word(from)) && !is_spelled_around(line, from)) {
        from += 1;
    }
    from
}

/// A letter, or the name of one.
fn is_letter_at(line: &Line<'_>, at: usize) -> bool {
    line.written(at).chars().count() == 1 && line.digits(at).is_none() || LETTERS.holds(line.word(at))
}

/// Does a hyphen or an underscore stand before it? Then any word is part of the name.
fn is_behind_sign(line: &Line<'_>, at: usize) -> bool {
    static JOINS: WordList = WordList::new(
        "dash hyphen underscore myslnik podkreslnik podkreslenie тире дефис подчеркивание παυλα kotojel alahuzas alulvonas",
    );
    at > 0 && JOINS.holds(line.word(at - 1))
}

/// Does a letter stand among letters?
fn is_spelled_around(line: &Line<'_>, at: usize) -> bool {
    let is_letter = |at: usize| {
        line.digits(at).is_some()
            || line.written(at).chars().count() == 1
            || line.word(at).chars().count() > 1 && LETTERS.holds(line.word(at))
            || DOT.holds(line.word(at))
            || SIGNS.holds(line.word(at))
    };
    let is_single = line.written(at).chars().count() == 1;
    is_single
        && (is_letter(at + 1) && (at == 0 || is_letter(at - 1) || line.gap(at).contains([',', '-']))
            || at > 0 && is_letter(at - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Transcript, Utterance};
    use crate::privacy::line::lines;

    fn check(text: &str, language: &str, expected: &[&str]) {
        let utterance = Utterance {
            start_s: None,
            end_s: None,
            channel: None,
            speaker: None,
            language: Some(language.into()),
            text: text.into(),
            confidence: None,
            words: vec![],
        };
        let transcript = Transcript { utterances: vec![utterance], ..Transcript::default() };
        let lines = lines(&transcript, &[]);
        let found: Vec<&str> = find(&lines[0], false).iter().map(|(bytes, _)| &text[bytes.0..bytes.1]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn spoken_addresses_are_found_in_five_languages() {
        check("it is jan dot kowalski at gmail dot com please", "en", &["jan dot kowalski at gmail dot com"]);
        check("my e-mail is ann at example.org", "en", &["ann at example.org"]);
        check("to jan małpa wp kropka pl", "pl", &["jan małpa wp kropka pl"]);
        check("ivan собака mail точка ru", "ru", &["ivan собака mail точка ru"]);
        check("nikos παπάκι otenet τελεία gr", "el", &["nikos παπάκι otenet τελεία gr"]);
        check("anna kukac freemail pont hu", "hu", &["anna kukac freemail pont hu"]);
        check("j a n at gmail dot com", "en", &["j a n at gmail dot com"]);
        check(
            "to jan, kropka, nowak, małpa, gmail, kropka, com.",
            "pl",
            &["jan, kropka, nowak, małpa, gmail, kropka, com"],
        );
        check("иван точка петров собачка yandex точка ru", "ru", &["иван точка петров собачка yandex точка ru"]);
        check("νίκος παύλα τέσσερα παπάκι gmail τελεία com", "el", &["νίκος παύλα τέσσερα παπάκι gmail τελεία com"]);
        check("anna kötőjel kiss@gmail pont com", "hu", &["anna kötőjel kiss@gmail pont com"]);
        check("it's green garden ninety-four at gmail dot com", "en", &["green garden ninety-four at gmail dot com"]);
        check(
            "zet jak Zenon, o, s, małpa wu pe kropka pe el",
            "pl",
            &["zet jak Zenon, o, s, małpa wu pe kropka pe el"],
        );
    }

    #[test]
    fn every_listed_word_is_in_the_form_that_words_are_compared_in() {
        for list in [&AT, &DOT, &SIGNS, &AS_IN, &LETTERS, &STOPS, &PROVIDERS, &TLDS] {
            list.check_is_folded();
        }
    }

    #[test]
    fn a_web_site_is_no_address() {
        check("find us at example dot com", "en", &[]);
        check("look at this. It works", "en", &[]);
        check("małpa w zoo kropka", "pl", &[]);
    }
}
