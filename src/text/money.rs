//! Words and signs for money, in five languages. Knows currencies, not prices: who names one, for what and whether
//! it recurs is for others to judge.

use super::Language;
use super::language::fold;
use super::numerals;
use super::tokens::tokenize;

/// Folded beginnings of the words for the currencies of the five languages' markets. The short ones are whole words.
const BEGINNINGS: [&str; 14] = [
    "zlot",
    "euro",
    "dollar",
    "dolar",
    "pound",
    "penc",
    "penny",
    "руб",
    "евро",
    "доллар",
    "ευρω",
    "forint",
    "копе",
    "grosz",
];

const WHOLE: [&str; 17] = [
    "zl",
    "pln",
    "eur",
    "usd",
    "gbp",
    "ft",
    "huf",
    "funt",
    "funtow",
    "quid",
    "bucks",
    "p",
    "р",
    "λεπτα",
    "λεπτων",
    "rub",
    "cents",
];

/// True for a folded word that names a currency: "zlotych", "euro", "рублей".
pub fn is_currency(folded: &str) -> bool {
    WHOLE.contains(&folded) || BEGINNINGS.iter().any(|beginning| folded.starts_with(beginning))
}

/// Byte ranges of amounts of money: a number other than 0, in digits or words, right before or after the name or
/// sign of a currency.
pub fn amounts(text: &str, language: Option<Language>) -> Vec<(usize, usize)> {
    let tokens = tokenize(text, language);
    let is_money = |at: usize| tokens.get(at).is_some_and(|token| is_currency(&fold(&token.normal)));
    numerals::read_parts(text, &tokens, language)
        .into_iter()
        .filter(|span| span.value != Some(0.0))
        .filter(|span| {
            is_money(span.tokens.1) || (span.tokens.0 > 0 && is_sign_at(text, tokens[span.tokens.0 - 1].start))
        })
        .map(|span| span.bytes)
        .collect()
}

fn is_sign_at(text: &str, at: usize) -> bool {
    text[at..].starts_with(['€', '$', '£', '₽'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, text: &str, expected: &[&str]) {
        let found: Vec<&str> = amounts(text, Some(language)).iter().map(|b| &text[b.0..b.1]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn amounts_are_numbers_with_a_currency() {
        check(Language::En, "it is forty nine pounds a month, or £12.50 for 3 weeks", &["forty nine", "12.50"]);
        check(Language::Pl, "sto dwadzieścia złotych i 5 dni", &["sto dwadzieścia"]);
        check(Language::Ru, "всего пятьсот рублей за 2 месяца", &["пятьсот"]);
        check(Language::El, "σαράντα εννέα ευρώ, 12 μήνες", &["σαράντα εννέα"]);
        check(Language::Hu, "négyezer kilencszáz forint 2 évre", &["négyezer kilencszáz"]);
        check(Language::En, "zero dollars, it costs nothing for 30 days", &[]);
    }
}
