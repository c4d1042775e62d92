//! The words that claims are made of, by language: units, currencies, what is talked about, and what bends a number
//! (about, up to, instead of, if …). Data in `<lang>.txt`, one concept a line; knows no sheet and no claim.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::language::fold;
use crate::text::{Language, Token};

/// What a pattern of the tables stands for. `n` of a [`Mark`] says more where noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Concept {
    Hour,
    Day,
    /// "working" before "days".
    Workday,
    Week,
    Month,
    Year,
    /// A period in one word, `n` days ("fortnight").
    FixedDays,
    /// A period in one word, `n` months ("half a year").
    FixedMonths,
    /// One: "a week".
    Article,
    /// One half: "half a year".
    Half,
    /// A half more: "a year and a half", "półtora", "másfél".
    AndHalf,
    /// One and a half.
    OneAndHalf,
    /// Two: "a couple of".
    Couple,
    /// A thousand after digits: "tys.", "ezer".
    Thousand,
    PerMonth,
    PerYear,
    PerWeek,
    PerDay,
    PerOnce,
    PerBox,
    /// `n`: index into [`CURRENCIES`].
    Currency,
    /// Hundredths of the currency.
    Cents,
    Approx,
    AtMost,
    AtLeast,
    From,
    To,
    Between,
    If,
    IfExempt,
    Not,
    NotFalse,
    /// There is none of what follows.
    NoneOf,
    /// … of what stands before ("nélkül", "nincs").
    NoneBefore,
    Nothing,
    Free,
    FreeNot,
    Reported,
    Others,
    /// A bill, a debt, a deposit, what the customer pays now: amounts of the account, not of the offer.
    Account,
    /// "How much", anywhere in a question.
    HowMuch,
    Save,
    Vat,
    Total,
    /// Amounts of other things: deposits, fines, accessories.
    OtherThing,
    Price,
    PriceStrong,
    Promo,
    First,
    After,
    List,
    Instalment,
    CountNoun,
    Activation,
    Fee,
    Hidden,
    Delivery,
    /// Words that tell of delivery where the product or a parcel is spoken of ("arrives").
    DeliveryWeak,
    DeliveryAfter,
    Contract,
    Commit,
    NoContract,
    Trial,
    Notice,
    Withdraw,
    Exit,
    Penalty,
    Warranty,
    WarrantyNot,
    Stock,
    StockLast,
    Piece,
    Offer,
    Deadline,
    Until,
    OnlyToday,
    TomorrowEnd,
    EndOfWeek,
    EndOfMonth,
    EndOfYear,
    /// "End of" before the name of a month.
    EndOfWhat,
    /// … after it ("december végéig").
    EndAfter,
    /// `n`: 1 Monday to 7 Sunday.
    Weekday,
    /// `n`: 1 to 12.
    MonthName,
    /// `n`: the number.
    Ordinal,
    Renew,
    Auto,
    /// A contract comes to its end.
    Ends,
    RenewNone,
    RenewAuto,
    Intro,
    IntroStrong,
    Seats,
    Sites,
    Staff,
    ProductNoun,
    OtherProduct,
    /// Suffix that makes a lasting price: "for ever", "for the whole contract".
    Always,
    /// Opens a question.
    Asks,
    /// A reduction that lasts for a time.
    Discount,
    /// "A case for the product": before its name, after another thing.
    For,
    /// What follows or precedes is of the past.
    Was,
    /// "With us": what follows is ours again.
    Us,
    /// "Including": what follows is part of the amount.
    With,
    /// Words that tell a stock only beside pieces.
    StockWeak,
    /// "Next week": from Monday to Sunday.
    NextWeek,
    /// "This week": what is left of it.
    ThisWeek,
    /// "Next" before a weekday.
    NextOne,
    /// The parcel sets out, which is not when it arrives.
    Dispatch,
    /// "Less", "more" after an amount: it is a difference.
    Differs,
    /// What stands before cannot be done ("нельзя").
    Impossible,
    /// "Rises to", "drops to": the end of a change, not the most that it may be.
    Rises,
    /// "… else": besides what was named.
    Else,
    /// "Sorry, I mean": what stands before is taken back.
    Slip,
    /// Fetched in a shop, or sent back: not brought to the customer.
    Pickup,
    /// A faster delivery, which has a price and a time of its own.
    Express,
    /// "Another" before an amount: it is on top of the price.
    More,
    /// Parts of a product, and what is sold with it.
    Accessory,
    /// "Spare", "is replaced every year": of a part.
    Spare,
    /// Another service than the one that is sold: television, a second card.
    Service,
    /// "Now", "at present".
    Now,
    /// "Stays", "holds": a price for a time.
    Holds,
    /// "You come from another provider": nothing of what that one asks.
    Switch,
    /// A number that names something: of an order, of a house.
    Ident,
    /// "For that": of what was told before.
    ForThat,
    /// A bill that is yet to come: it holds more than the price.
    Bill,
}

/// ISO 4217 codes that the tables know.
pub(super) const CURRENCIES: [&str; 6] = ["PLN", "EUR", "USD", "GBP", "HUF", "RUB"];

/// A place of a text where a pattern stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub concept: Concept,
    pub n: u16,
    /// Tokens `start..end`.
    pub start: usize,
    pub end: usize,
}

#[derive(Debug)]
enum Part {
    Whole(String),
    Prefix(String),
    /// Up to so many words.
    Gap(usize),
}

#[derive(Debug)]
struct Pattern {
    concept: Concept,
    n: u16,
    pieces: Vec<Part>,
}

/// The table of a language.
#[derive(Debug)]
pub(super) struct Words {
    patterns: Vec<Pattern>,
    /// By the first letter of the first word.
    by_letter: HashMap<char, Vec<usize>>,
}

static TABLES: LazyLock<[Words; 5]> = LazyLock::new(|| {
    [
        include_str!("en.txt"),
        include_str!("pl.txt"),
        include_str!("ru.txt"),
        include_str!("el.txt"),
        include_str!("hu.txt"),
    ]
    .map(parse)
});

/// The words of a language.
pub(super) fn of(language: Language) -> &'static Words {
    &TABLES[language as usize]
}

fn parse(text: &str) -> Words {
    let mut patterns = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let (head, written) = line.split_once(':').expect("a table line is `concept: patterns`");
        let (concept, n) = concept(head.trim());
        for pattern in written.split('|').map(str::trim).filter(|p| !p.is_empty()) {
            // Tokens part at hyphens.
            let pieces = pattern.replace('-', " ").split_whitespace().map(piece).collect();
            patterns.push(Pattern { concept, n, pieces });
        }
    }
    let mut by_letter: HashMap<char, Vec<usize>> = HashMap::new();
    for (at, pattern) in patterns.iter().enumerate() {
        let first = match pattern.pieces.first() {
            Some(Part::Whole(word) | Part::Prefix(word)) => word.chars().next(),
            _ => None,
        };
        by_letter.entry(first.expect("a pattern begins with a word")).or_default().push(at);
    }
    Words { patterns, by_letter }
}

fn piece(written: &str) -> Part {
    let word = |w: &str| fold(&crate::text::language::normalize(w));
    if let Some(n) = written.strip_prefix('<').and_then(|w| w.strip_suffix('>')) {
        return Part::Gap(n.parse().expect("a gap is a number"));
    }
    match written.strip_suffix('*') {
        Some(prefix) => Part::Prefix(word(prefix)),
        None => Part::Whole(word(written)),
    }
}

/// Name of a concept in the tables, with its number.
fn concept(head: &str) -> (Concept, u16) {
    use Concept::*;
    let mut parts = head.split_whitespace();
    let name = parts.next().unwrap_or_default();
    let plain = match name {
        "hour" => Hour,
        "day" => Day,
        "workday" => Workday,
        "week" => Week,
        "month" => Month,
        "year" => Year,
        "article" => Article,
        "half" => Half,
        "and_half" => AndHalf,
        "one_and_half" => OneAndHalf,
        "couple" => Couple,
        "thousand" => Thousand,
        "per_month" => PerMonth,
        "per_year" => PerYear,
        "per_week" => PerWeek,
        "per_day" => PerDay,
        "per_once" => PerOnce,
        "per_box" => PerBox,
        "cents" => Cents,
        "approx" => Approx,
        "atmost" => AtMost,
        "atleast" => AtLeast,
        "from" => From,
        "to" => To,
        "between" => Between,
        "if" => If,
        "if_exempt" => IfExempt,
        "not" => Not,
        "not_false" => NotFalse,
        "none" => NoneOf,
        "none_before" => NoneBefore,
        "nothing" => Nothing,
        "free" => Free,
        "free_not" => FreeNot,
        "reported" => Reported,
        "others" => Others,
        "account" => Account,
        "how_much" => HowMuch,
        "save" => Save,
        "vat" => Vat,
        "total" => Total,
        "deposit" => OtherThing,
        "price" => Price,
        "price_strong" => PriceStrong,
        "promo" => Promo,
        "first" => First,
        "after" => After,
        "list" => List,
        "instalment" => Instalment,
        "count_noun" => CountNoun,
        "activation" => Activation,
        "fee" => Fee,
        "hidden" => Hidden,
        "delivery" => Delivery,
        "delivery_after" => DeliveryAfter,
        "contract" => Contract,
        "commit" => Commit,
        "nocontract" => NoContract,
        "trial" => Trial,
        "notice" => Notice,
        "withdraw" => Withdraw,
        "exit" => Exit,
        "penalty" => Penalty,
        "warranty" => Warranty,
        "warranty_not" => WarrantyNot,
        "stock" => Stock,
        "stock_last" => StockLast,
        "piece" => Piece,
        "offer" => Offer,
        "deadline" => Deadline,
        "until" => Until,
        "onlytoday" => OnlyToday,
        "tomorrow_end" => TomorrowEnd,
        "endof_week" => EndOfWeek,
        "endof_month" => EndOfMonth,
        "endof_year" => EndOfYear,
        "renew" => Renew,
        "auto" => Auto,
        "renew_none" => RenewNone,
        "renew_auto" => RenewAuto,
        "intro" => Intro,
        "intro_strong" => IntroStrong,
        "seats" => Seats,
        "sites" => Sites,
        "staff" => Staff,
        "product_noun" => ProductNoun,
        "other_product" => OtherProduct,
        "always" => Always,
        "endof_what" => EndOfWhat,
        "end_after" => EndAfter,
        "us" => Us,
        "was" => Was,
        "for" => For,
        "ends" => Ends,
        "delivery_weak" => DeliveryWeak,
        "asks" => Asks,
        "discount" => Discount,
        "with" => With,
        "stock_weak" => StockWeak,
        "next_week" => NextWeek,
        "this_week" => ThisWeek,
        "next_one" => NextOne,
        "dispatch" => Dispatch,
        "differs" => Differs,
        "impossible" => Impossible,
        "rises" => Rises,
        "else" => Else,
        "slip" => Slip,
        "pickup" => Pickup,
        "express" => Express,
        "more" => More,
        "part" => Accessory,
        "spare" => Spare,
        "service" => Service,
        "now" => Now,
        "bill" => Bill,
        "for_that" => ForThat,
        "ident" => Ident,
        "switch" => Switch,
        "holds" => Holds,
        _ => return numbered(head, name, parts.next().unwrap_or_default(), parts.next()),
    };
    (plain, 0)
}

fn numbered(head: &str, name: &str, first: &str, unit: Option<&str>) -> (Concept, u16) {
    let n = || first.parse::<u16>().unwrap_or_else(|_| panic!("{head}: no number"));
    match (name, unit) {
        ("fixed", Some("day")) => (Concept::FixedDays, n()),
        ("fixed", Some("month")) => (Concept::FixedMonths, n()),
        ("weekday", None) => (Concept::Weekday, n()),
        ("monthname", None) => (Concept::MonthName, n()),
        ("ordinal", None) => (Concept::Ordinal, n()),
        ("currency", None) => {
            let at = CURRENCIES.iter().position(|code| *code == first).unwrap_or_else(|| panic!("{head}: no currency"));
            (Concept::Currency, at as u16)
        }
        _ => panic!("{head}: no such concept"),
    }
}

impl Words {
    /// Every place of every pattern, in the order of the text; of one concept only the longest at each place.
    pub fn mark(&self, tokens: &[Token]) -> Vec<Mark> {
        let folded: Vec<String> = tokens.iter().map(|token| fold(&token.normal)).collect();
        let mut marks: Vec<Mark> = Vec::new();
        for start in 0..tokens.len() {
            let Some(letter) = folded[start].chars().next() else { continue };
            let from = marks.len();
            for &at in self.by_letter.get(&letter).map_or(&[][..], Vec::as_slice) {
                let pattern = &self.patterns[at];
                let Some(end) = stands(&pattern.pieces, tokens, &folded, start) else { continue };
                let mark = Mark { concept: pattern.concept, n: pattern.n, start, end };
                match marks[from..].iter_mut().find(|m| m.concept == mark.concept) {
                    Some(known) if known.end < end => *known = mark,
                    Some(_) => {}
                    None => marks.push(mark),
                }
            }
        }
        marks
    }
}

/// Where a pattern that begins at `start` ends, if it stands there, all in one sentence.
fn stands(pieces: &[Part], tokens: &[Token], folded: &[String], start: usize) -> Option<usize> {
    let is_near = |at: usize| tokens.get(at).is_some_and(|token| token.sentence == tokens[start].sentence);
    let mut at = start;
    let mut pieces = pieces.iter();
    while let Some(piece) = pieces.next() {
        match piece {
            Part::Whole(word) if is_near(at) && folded[at] == *word => at += 1,
            Part::Prefix(word) if is_near(at) && folded[at].starts_with(word.as_str()) => at += 1,
            Part::Gap(most) => {
                let next = pieces.next()?;
                let is_next = |at: usize| match next {
                    Part::Whole(word) => is_near(at) && folded[at] == *word,
                    Part::Prefix(word) => is_near(at) && folded[at].starts_with(word.as_str()),
                    Part::Gap(_) => false,
                };
                at = (at..=at + most).find(|at| is_next(*at))? + 1;
            }
            _ => return None,
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{numerals, tokenize};

    fn marks(language: Language, text: &str, concept: Concept) -> Vec<(usize, usize)> {
        let tokens = tokenize(text, Some(language));
        let found = of(language).mark(&tokens);
        found.into_iter().filter(|m| m.concept == concept).map(|m| (m.start, m.end)).collect()
    }

    #[test]
    fn patterns_stand_where_their_words_do_and_within_one_sentence() {
        let check = |text: &str, concept, expected: &[(usize, usize)]| {
            assert_eq!(marks(Language::En, text, concept), expected, "{text}");
        };
        check("It is free of charge.", Concept::Free, &[(2, 5)]);
        check("Free. Of charge.", Concept::Free, &[(0, 1)]);
        check("I'd leave this very early", Concept::Exit, &[(2, 6)]);
        check("shipping", Concept::Delivery, &[(0, 1)]);
        check("", Concept::Delivery, &[]);
    }

    #[test]
    fn every_language_has_words_for_every_concept_that_claims_need() {
        for language in Language::ALL {
            for concept in [
                Concept::Day,
                Concept::Week,
                Concept::Month,
                Concept::Year,
                Concept::PerMonth,
                Concept::PerYear,
                Concept::PerOnce,
                Concept::PerBox,
                Concept::Approx,
                Concept::AtMost,
                Concept::AtLeast,
                Concept::If,
                Concept::IfExempt,
                Concept::Not,
                Concept::NotFalse,
                Concept::NoneOf,
                Concept::Nothing,
                Concept::Free,
                Concept::Reported,
                Concept::Others,
                Concept::Save,
                Concept::Vat,
                Concept::Price,
                Concept::Promo,
                Concept::First,
                Concept::After,
                Concept::List,
                Concept::Instalment,
                Concept::Activation,
                Concept::Fee,
                Concept::Delivery,
                Concept::DeliveryAfter,
                Concept::Contract,
                Concept::NoContract,
                Concept::Withdraw,
                Concept::Exit,
                Concept::Warranty,
                Concept::WarrantyNot,
                Concept::Stock,
                Concept::Offer,
                Concept::Deadline,
                Concept::OnlyToday,
                Concept::EndOfMonth,
                Concept::Renew,
                Concept::Auto,
                Concept::RenewNone,
                Concept::Ends,
                Concept::Intro,
                Concept::IntroStrong,
                Concept::ProductNoun,
                Concept::Seats,
                Concept::Sites,
                Concept::Asks,
                Concept::NextWeek,
                Concept::ThisWeek,
                Concept::NextOne,
                Concept::Dispatch,
                Concept::Differs,
                Concept::Slip,
                Concept::Pickup,
                Concept::Express,
                Concept::More,
                Concept::Accessory,
                Concept::Spare,
                Concept::Service,
                Concept::Now,
                Concept::Bill,
                Concept::ForThat,
                Concept::Ident,
                Concept::Switch,
                Concept::Holds,
            ] {
                assert!(of(language).patterns.iter().any(|p| p.concept == concept), "{language:?} {concept:?}");
            }
            let months =
                (1..=12).all(|n| of(language).patterns.iter().any(|p| p.concept == Concept::MonthName && p.n == n));
            let days = (1..=7).all(|n| of(language).patterns.iter().any(|p| p.concept == Concept::Weekday && p.n == n));
            assert!(months && days, "{language:?}");
        }
    }

    #[test]
    fn words_for_numbers_are_taken_for_nothing_else_but_zero() {
        // A prefix that is too short ("διακό*" for διακόπτω) would hide "διακόσια".
        let numbers = [
            (Language::En, "one two three ten twenty ninety hundred thousand"),
            (Language::Pl, "dwa trzy pięć dziesięć dwadzieścia dziewięćdziesiąt sto dwieście trzysta tysiąc"),
            (Language::Ru, "два три пять десять двадцать девяносто сто двести триста"),
            (Language::El, "δύο τρία πέντε δέκα είκοσι ενενήντα εκατό διακόσια τριακόσια χίλια"),
            (Language::Hu, "kettő három öt tíz húsz kilencven száz kétszáz"),
        ];
        for (language, words) in numbers {
            let tokens = tokenize(words, Some(language));
            for mark in of(language).mark(&tokens) {
                let word = &tokens[mark.start].normal;
                let is_counted = matches!(mark.concept, Concept::Article | Concept::Thousand | Concept::Ordinal);
                assert!(is_counted || numerals::word_value(word, language).is_none(), "{language:?} {word} {mark:?}");
            }
        }
    }
}
