//! E-mail addresses, written and spoken ("jan dot kowalski at gmail dot com", "jan małpa wp kropka pl").

use std::sync::LazyLock;

use regex::Regex;

/// Written: the parts of RFC 5321 that people have, not quoted strings.
static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{L}\p{N}][\p{L}\p{N}._%+-]*@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,24}").expect("constant pattern")
});

/// Spoken: words for "@" and "." in the five languages; the sign itself may stand for the word, and
/// recognisers put commas between. The local part may be spelled letter by letter, or in pieces joined by dot, dash or
/// underscore.
static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
    let dot = r"(?:,?\s+(?:dot|point|kropka|точка|τελεία|τελεια|pont),?\s+|\.)";
    let join = r"(?:,?\s+(?:dot|kropka|точка|τελεία|τελεια|pont|underscore|podkreślnik|dash|myślnik|тире|παύλα|kötőjel),?\s+|[._-])";
    let at = r"(?:,?\s+(?:at|małpa|małpka|malpa|собака|собачка|παπάκι|παπακι|kukac),?\s+|\s*@\s*)";
    let pattern = format!(
        r"(?i)\b(?:[\p{{L}}\p{{N}}],?[\s-])*[\p{{L}}\p{{N}}]+(?:{join}[\p{{L}}\p{{N}}]+)*(?<at>{at})(?<domain>[\p{{L}}\p{{N}}-]+(?:{dot}[\p{{L}}\p{{N}}-]+)*){dot}\p{{L}}{{2,24}}\b"
    );
    Regex::new(&pattern).expect("constant pattern")
});

/// English "at" is also a preposition ("find us at example dot com"): there it counts only before a mail provider
/// or after the word "mail".
const PROVIDERS: [&str; 24] = [
    "gmail",
    "googlemail",
    "outlook",
    "hotmail",
    "live",
    "msn",
    "yahoo",
    "icloud",
    "aol",
    "proton",
    "protonmail",
    "gmx",
    "wp",
    "o2",
    "onet",
    "interia",
    "mail",
    "yandex",
    "ya",
    "rambler",
    "freemail",
    "citromail",
    "otenet",
    "btinternet",
];

/// How far before an address the word "mail" is looked for, in bytes.
const CONTEXT_BYTES: usize = 80;

/// Places of addresses in the text, as bytes with a confidence, in order; they may overlap.
pub(super) fn find(text: &str) -> Vec<((usize, usize), f64)> {
    let mut found: Vec<((usize, usize), f64)> = WRITTEN.find_iter(text).map(|m| ((m.start(), m.end()), 0.98)).collect();
    for hit in SPOKEN.captures_iter(text) {
        let (Some(whole), Some(at), Some(domain)) = (hit.get(0), hit.name("at"), hit.name("domain")) else { continue };
        let before = &text[text.floor_char_boundary(whole.start().saturating_sub(CONTEXT_BYTES))..whole.start()];
        let is_asked_for = before.to_lowercase().contains("mail");
        let first = domain.as_str().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
        let is_sure =
            !at.as_str().trim().eq_ignore_ascii_case("at") || is_asked_for || PROVIDERS.contains(&first.as_str());
        if is_sure {
            found.push(((whole.start(), whole.end()), 0.9));
        }
    }
    found.sort_by_key(|(bytes, _)| *bytes);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = find(text).iter().map(|(bytes, _)| &text[bytes.0..bytes.1]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn spoken_addresses_are_found_in_five_languages() {
        check("it is jan dot kowalski at gmail dot com please", &["jan dot kowalski at gmail dot com"]);
        check("my e-mail is ann at example.org", &["ann at example.org"]);
        check("to jan małpa wp kropka pl", &["jan małpa wp kropka pl"]);
        check("ivan собака mail точка ru", &["ivan собака mail точка ru"]);
        check("nikos παπάκι otenet τελεία gr", &["nikos παπάκι otenet τελεία gr"]);
        check("anna kukac freemail pont hu", &["anna kukac freemail pont hu"]);
        check("j a n at gmail dot com", &["j a n at gmail dot com"]);
        check("to jan, kropka, nowak, małpa, gmail, kropka, com.", &["jan, kropka, nowak, małpa, gmail, kropka, com"]);
        check("иван точка петров собачка yandex точка ru", &["иван точка петров собачка yandex точка ru"]);
        check("νίκος παύλα τέσσερα παπάκι gmail τελεία com", &["νίκος παύλα τέσσερα παπάκι gmail τελεία com"]);
        check("anna kötőjel kiss@gmail pont com", &["anna kötőjel kiss@gmail pont com"]);
    }

    #[test]
    fn a_web_site_is_no_address() {
        check("find us at example dot com", &[]);
        check("look at this. It works", &[]);
        check("małpa w zoo kropka", &[]);
    }
}
