//! Personal data that has no form of its own and is known only because it is named: a date of birth, a passport
//! number, a password, a person's name, a postal address. Both ways of naming count: "my date of birth is …", and an
//! answer to "what is your date of birth?". High precision before recall: without a naming word nothing is found, and
//! a name or an address is looked for only in the words of those whom it can belong to.

use super::digits::language_of;
use crate::call::{Party, PersonalKind, Speaker, Transcript};
use crate::text::language::fold;
use crate::text::money::is_currency;
use crate::text::numerals::{self, NumberSpan};
use crate::text::{Language, Token, tokenize};

/// So many words may stand between the name and what it names: "number is, let me see, …".
const MAX_WORDS_BETWEEN: usize = 4;

/// An answer stands in one of so many utterances after its question …
const MAX_UTTERANCES_TO_ANSWER: usize = 3;

/// … that begin within this time after it.
const MAX_TIME_TO_ANSWER_S: f64 = 15.0;

/// So many words may stand before an answer: "yes, it's …".
const MAX_WORDS_BEFORE_ANSWER: usize = 4;

/// The only words that may stand between a name and what it names. Any other word begins another thought: "the
/// password expires in 2026".
const BETWEEN: &str = "is it that so yes well uh um please number no on the my code s at to tak jest brzmi numer moj moja moje dnia \
    przy na ulicy это да номер мои мое моя ну серия ειναι ναι αριθμοσ μου το στισ ο η az a igen szama szamom en \
    ez kod";

/// What is counted is neither a house number nor a password: "5 lat", "1000 forint".
const COUNTED: &str = "year month week day hour minute time percent lat rok mies tydz tygod dni godz minut procent лет год меся \
    недел дн час раз процент χρον μην εβδομ μερ ωρ ev honap het nap ora perc szazal";

/// Naming phrases of a kind, in words without case and diacritics; `*` stands for any ending.
struct Naming {
    kind: PersonalKind,
    /// With commas between.
    phrases: &'static str,
}

const NAMINGS: [Naming; 5] = [
    Naming {
        kind: PersonalKind::DateOfBirth,
        phrases: "date of birth, birth date, birthdate, birthday is, your birthday, i was born, dob, dat* urodzenia, \
            urodzilem sie, urodzilam sie, дат* рождения, день рождения, я родился, я родилась, ημερομηνια \
            γεννησησ, γεννηθηκα, szuletesi datum*, szuletesi ido*, szulettem",
    },
    Naming {
        kind: PersonalKind::Passport, phrases: "passport*, paszport*, паспорт*, διαβατηρι*, utlevel*"
    },
    Naming {
        kind: PersonalKind::AccountPassword,
        phrases: "password is, password, passcode is, pin is, \
            pin code is, pin number is, haslo to, haslo brzmi, haslo, pin to, pin mam, пароль, пин, пин код, \
            пинкод, κωδικοσ προσβασησ, κωδικοσ μου ειναι, το πιν, jelszo, jelszavam, a jelszo, pin kodom, \
            pinkodom",
    },
    Naming {
        kind: PersonalKind::PersonName,
        phrases: "my name is, my full name is, my surname is, my last name is, nazywam sie, mam na imie, moje nazwisko \
            to, меня зовут, мое имя, моя фамилия, με λενε, ονομαζομαι, το ονομα μου ειναι, λεγομαι, a nevem, az \
            en nevem, teljes nevem",
    },
    Naming {
        kind: PersonalKind::Address,
        phrases: "i live at, i live on, my address is, my home address is, your address, your postal address, mieszkam \
            na, mieszkam przy, mieszkam pod adresem, moj adres to, moj adres, pana adres, pani adres, я живу на, \
            я живу по адресу, живу по адресу, мои адрес, ваш адрес, μενω στην, μενω στο, μενω στη, η διευθυνση \
            μου ειναι, η διευθυνση μου, η διευθυνση σασ, a cimem, a lakcimem, az on cime, a cime, lakom",
    },
];

/// Words that begin with a capital now and then and are nobody's name.
const NO_NAMES: &str = "i not no yes on the and what mr mrs ms miss hello in here sorry from nie tak pan pani z i jak dzien как не \
    да и из что και ναι οχι απο nem igen es vagyok itt";

/// Words for a street; a name before or after, and a number, make an address.
const STREETS: &str = "street road avenue lane drive close court square ulica ulicy ul aleja alei osiedle улица улице ул проспект \
    проспекте переулок οδοσ οδο λεωφοροσ utca ut ter";

/// What may stand before the number of a house.
const HOUSE_WORDS: &str = "numer nr дом д номер αριθμοσ αριθμο";

/// Personal data of one place: kind, utterance, bytes, confidence.
pub(super) type Named = (PersonalKind, usize, (usize, usize), f64);

struct Line<'a> {
    text: &'a str,
    language: Option<Language>,
    tokens: Vec<Token>,
    /// Each token without case and diacritics.
    words: Vec<String>,
    numbers: Vec<NumberSpan>,
    party: Party,
}

impl Line<'_> {
    /// What stands between this token and the next.
    fn gap(&self, at: usize) -> &str {
        match (self.tokens.get(at), self.tokens.get(at + 1)) {
            (Some(a), Some(b)) => self.text.get(a.end..b.start).unwrap_or_default(),
            _ => "",
        }
    }

    fn written(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    fn number_at(&self, at: usize) -> Option<&NumberSpan> {
        let next = self.numbers.partition_point(|number| number.tokens.1 <= at);
        self.numbers.get(next).filter(|number| number.tokens.0 <= at)
    }

    fn bytes(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        Some((self.tokens.get(from)?.start, self.tokens.get(to.checked_sub(1)?)?.end))
    }

    /// Is what ends before this token an amount of something?
    fn is_counted(&self, end: usize, kind: PersonalKind) -> bool {
        // A year is part of a date.
        let may_be_time = kind == PersonalKind::DateOfBirth;
        self.words.get(end).is_some_and(|word| is_currency(word) || !may_be_time && begins_like(COUNTED, word))
    }

    /// A word of letters that begins with a capital and goes on in small ones.
    fn is_capitalised(&self, at: usize) -> bool {
        let written = self.written(at);
        let mut letters = written.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().count() > 0
            && letters.all(|c| c.is_lowercase() || matches!(c, '\'' | '’'))
    }

    /// Ends of the naming phrases of a kind.
    fn namings<'s>(&'s self, naming: &'static Naming) -> impl Iterator<Item = usize> + 's {
        (0..self.words.len()).filter_map(move |at| {
            let ends = naming.phrases.split(", ").filter_map(|phrase| {
                let n = phrase.split(' ').count();
                let words = self.words.get(at..at + n)?;
                words.iter().zip(phrase.split(' ')).all(|(word, wanted)| is_like(word, wanted)).then_some(at + n)
            });
            ends.max()
        })
    }
}

/// Is the word in a list of words with spaces between?
fn holds(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// … or does it begin with one of them?
fn begins_like(list: &str, word: &str) -> bool {
    list.split(' ').any(|beginning| word.starts_with(beginning))
}

fn is_like(word: &str, wanted: &str) -> bool {
    wanted.strip_suffix('*').map_or(word == wanted, |beginning| word.starts_with(beginning))
}

/// Named personal data of the whole transcript, in no certain order.
pub(super) fn find(transcript: &Transcript, speakers: &[Speaker]) -> Vec<Named> {
    let lines: Vec<Line<'_>> = transcript
        .utterances
        .iter()
        .map(|utterance| {
            let language = language_of(utterance, transcript);
            let tokens = tokenize(&utterance.text, language);
            let speaker = speakers.iter().find(|s| Some(&s.id) == utterance.speaker.as_ref());
            Line {
                text: &utterance.text,
                language,
                words: tokens.iter().map(|token| fold(&token.normal)).collect(),
                numbers: numerals::read_parts(&utterance.text, &tokens, language),
                tokens,
                party: speaker.map_or(Party::Unknown, |s| s.party),
            }
        })
        .collect();
    let mut found = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        for naming in &NAMINGS {
            for end in line.namings(naming) {
                if let Some((bytes, sure)) = value_after(naming.kind, line, end, MAX_WORDS_BETWEEN) {
                    found.push((naming.kind, i, bytes, sure));
                } else if end + MAX_WORDS_BETWEEN >= line.words.len() {
                    found.extend(answer(naming.kind, transcript, &lines, i));
                }
            }
        }
    }
    found
}

/// The answer of the other voice to a question at the end of utterance `asked`.
fn answer(kind: PersonalKind, transcript: &Transcript, lines: &[Line<'_>], asked: usize) -> Option<Named> {
    let voice = |i: usize| (transcript.utterances[i].channel, transcript.utterances[i].speaker.as_deref());
    let is_soon = |i: &usize| match (transcript.utterances[asked].end_s, transcript.utterances[*i].start_s) {
        (Some(end_s), Some(start_s)) => start_s - end_s <= MAX_TIME_TO_ANSWER_S,
        _ => true,
    };
    // A name is told in many ways; asked for it, anything with a capital would do.
    let is_open = kind == PersonalKind::PersonName;
    (asked + 1..lines.len().min(asked + 1 + MAX_UTTERANCES_TO_ANSWER))
        .filter(|i| !is_open && voice(*i) != voice(asked))
        .take_while(is_soon)
        .find_map(|i| {
            let (bytes, sure) = value_after(kind, &lines[i], 0, MAX_WORDS_BEFORE_ANSWER)?;
            // What is asked for and what is said may miss each other.
            Some((kind, i, bytes, sure - 0.1))
        })
}

/// The first value of the kind that begins at token `from` or up to `reach` words later.
fn value_after(kind: PersonalKind, line: &Line<'_>, from: usize, reach: usize) -> Option<((usize, usize), f64)> {
    let n_between = line.words.iter().skip(from).take_while(|word| holds(BETWEEN, word.as_str())).count();
    let starts = from..line.tokens.len().min(from + n_between.min(reach) + 1);
    let first = |value: &dyn Fn(usize) -> Option<usize>| {
        starts.clone().find_map(|at| line.bytes(at, value(at).filter(|end| *end > at && !line.is_counted(*end, kind))?))
    };
    match kind {
        PersonalKind::DateOfBirth => Some((first(&|at| date_at(line, at))?, 0.9)),
        PersonalKind::Passport => Some((first(&|at| document_at(line, at))?, 0.9)),
        PersonalKind::AccountPassword => Some((first(&|at| password_at(line, from, at))?, 0.8)),
        // Nothing may stand between "my name is" and the name.
        PersonalKind::PersonName if line.party == Party::Customer => {
            Some((line.bytes(from, name_at(line, from)?)?, 0.85))
        }
        PersonalKind::Address if line.party != Party::Agent => Some((first(&|at| address_at(line, at))?, 0.8)),
        _ => None,
    }
}

/// Beginnings of the names of months, folded; English ones are whole words.
const MONTHS: &str = "stycz lut marc marz kwie maj czerw lip sierp wrzes pazdz listop grud январ феврал март апрел мая маи июн июл \
    август сентябр октябр ноябр декабр ιανουαρ φεβρουαρ μαρτι απριλι μαι ιουνι ιουλι αυγουστ σεπτεμβρι οκτωβρι \
    νοεμβρι δεκεμβρι γεναρη φλεβαρη januar februar marcius aprilis majus junius julius augusztus szeptember \
    oktober november december january february march april may june july august september october jan dec";

/// Beginnings of ordinals and small words that stand inside a date; wide, because a date is already named here.
const IN_DATES: &str = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth \
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth pierwsz drugi trzeci czwart piat \
    szost siodm osm dziewiat dziesiat jedenast dwunast trzynast czternast pietnast szesnast siedemnast osiemnast \
    dziewietnast dwudziest trzydziest czterdziest piecdziesiat szescdziesiat siedemdziesiat osiemdziesiat \
    dziewiecdziesiat перв втор треть четверт пято шесто седьмо восьмо девято десято сороков тысяч πρωτη elsej \
    masodik";

const LINKS: &str = "of the in th st nd rd roku rok r года год г го του το ev en an jan and";

fn is_ordinal(word: &str) -> bool {
    begins_like(IN_DATES, word)
        || ["надцат", "десят", "двадцат", "тридцат", "dik", "edike", "odika"].iter().any(|part| word.contains(part))
}

/// A month with a day or a year, or day, month and year in digits.
fn is_date(n_months: usize, n_numbers: usize, digits: &str) -> bool {
    (n_months == 1 && n_numbers >= 1) || (n_months == 0 && (6..=8).contains(&digits.len()))
}

/// End of a date: a month with a day or a year, or day, month and year in digits.
fn date_at(line: &Line<'_>, from: usize) -> Option<usize> {
    let (mut n_numbers, mut n_months, mut digits) = (0, 0, String::new());
    let (mut at, mut end) = (from, from);
    let is_month = |word: &str| begins_like(MONTHS, word);
    while at < line.tokens.len() && at < from + 16 {
        let word = line.words[at].as_str();
        if let Some(number) = line.number_at(at) {
            n_numbers += 1;
            digits.push_str(&number.digits);
            at = number.tokens.1;
        } else if is_month(word) && (n_months == 0) {
            n_months += 1;
            at += 1;
        } else if is_ordinal(word) {
            n_numbers += 1;
            at += 1;
        } else if at > from && holds(LINKS, word) {
            at += 1;
            continue;
        } else {
            break;
        }
        end = at;
        // A sentence ends a whole date; the dots of "12. 5. 1980" stand inside one.
        let gap = line.gap(at - 1);
        if gap.contains(['!', '?', ';', '…']) || (gap.contains('.') && is_date(n_months, n_numbers, &digits)) {
            break;
        }
    }
    is_date(n_months, n_numbers, &digits).then_some(end)
}

/// End of the number of a document: up to two letters, alone or together, and 6 to 10 digits.
fn document_at(line: &Line<'_>, from: usize) -> Option<usize> {
    let (mut at, mut n_letters, mut n_digits) = (from, 0, 0);
    while at < line.tokens.len() {
        let written = line.written(at);
        if let Some(number) = line.number_at(at) {
            n_digits += number.digits.len();
            at = number.tokens.1;
        } else if n_digits == 0 && written.chars().all(char::is_uppercase) && written.chars().count() <= 2 {
            n_letters += written.chars().count();
            at += 1;
        } else {
            break;
        }
        if line.gap(at - 1).chars().any(|c| !c.is_whitespace() && !matches!(c, '-' | ',' | '.')) {
            break;
        }
    }
    ((6..=10).contains(&n_digits) && n_letters <= 3).then_some(at)
}

/// End of a password that begins at `at`, its name having ended at `named`. It has digits, is quoted, or is spelled:
/// "password is wrong" is none.
fn password_at(line: &Line<'_>, named: usize, at: usize) -> Option<usize> {
    if at > named && line.gap(at - 1).contains(['.', '?', '!']) {
        return None;
    }
    let gap = match at {
        0 => line.text.get(..line.tokens.first()?.start).unwrap_or_default(),
        at => line.gap(at - 1),
    };
    let quotes = ['"', '„', '“', '«', '”'];
    if gap.contains(quotes) {
        return (at..line.tokens.len().min(at + 6))
            .find(|end| {
                let after = line.tokens[*end].end;
                line.text[after..]
                    .trim_start_matches(|c: char| !c.is_alphanumeric() && !quotes.contains(&c))
                    .starts_with(quotes)
            })
            .map(|end| end + 1);
    }
    // Letters and digits without a space between them, or digits and single letters one after the other.
    let (mut end, mut n_digits, mut n_spelled) = (at, 0, 0);
    while end < line.tokens.len() && end < at + 16 {
        let is_glued =
            line.gap(end).is_empty() && end + 1 < line.tokens.len() || end > at && line.gap(end - 1).is_empty();
        let n_letters = line.written(end).chars().count();
        if let Some(number) = line.number_at(end) {
            n_digits += number.digits.len();
            end = number.tokens.1;
        } else if is_glued || (n_letters == 1 && line.written(end).chars().all(char::is_uppercase)) {
            n_spelled += n_letters;
            end += 1;
        } else {
            break;
        }
        if line.gap(end - 1).contains(['.', '?', '!', ';']) {
            break;
        }
    }
    // Four digits are the shortest PIN; "password is 3 days old" is no password.
    let is_year = end == at + 1 && matches!(line.number_at(at).and_then(|n| n.value), Some(1900.0..=2100.0));
    ((n_digits >= 4 && !is_year) || (n_digits >= 1 && n_spelled >= 3)).then_some(end)
}

/// End of a name of one to three words.
fn name_at(line: &Line<'_>, from: usize) -> Option<usize> {
    let mut end = from;
    while end < from + 3 && line.is_capitalised(end) && !holds(NO_NAMES, line.words.get(end)?.as_str()) {
        end += 1;
        if !matches!(line.gap(end - 1), " " | "-" | "\u{a0}") {
            break;
        }
    }
    (end > from).then_some(end)
}

/// End of a street with a number: "12 Baker Street", "ulica Długa 12", "Kossuth utca 5".
fn address_at(line: &Line<'_>, from: usize) -> Option<usize> {
    let house = |at: usize| {
        let number = line.number_at(at)?;
        (1..=4).contains(&number.digits.len()).then_some(number.tokens.1)
    };
    let is_street = |at: usize| line.words.get(at).is_some_and(|word| holds(STREETS, word.as_str()));
    let names = |from: usize| {
        let mut at = from;
        while at < from + 4 && (line.is_capitalised(at) || is_street(at)) && line.number_at(at).is_none() {
            at += 1;
            if line.gap(at - 1).contains(['?', '!', ';']) || line.gap(at - 1) == ". " && !is_street(at - 1) {
                break;
            }
        }
        at
    };
    if line.language == Some(Language::En) {
        let after = house(from)?;
        let end = names(after);
        return (end > after && (after..end).any(is_street)).then_some(end);
    }
    let after = names(from);
    let is_named = after > from && (from..after).any(|at| line.is_capitalised(at));
    let has_house_word = line.words.get(after).is_some_and(|word| holds(HOUSE_WORDS, word));
    house(after + usize::from(has_house_word)).filter(|_| is_named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::normalize;

    #[test]
    fn every_listed_word_is_in_the_form_that_words_are_compared_in() {
        let lists = [BETWEEN, COUNTED, NO_NAMES, STREETS, HOUSE_WORDS, MONTHS, IN_DATES, LINKS];
        let phrases = NAMINGS.iter().flat_map(|naming| naming.phrases.split([' ', ',']));
        for word in lists.iter().flat_map(|list| list.split(' ')).chain(phrases) {
            assert_eq!(fold(&normalize(word)), word);
        }
    }
}
