//! Passwords and code words: what stands behind "my password is", or answers the question for it, if it has digits, is
//! quoted, or is one or two words that end the clause. "The password is wrong" has none. PINs and codes of digits alone
//! are numbers: see [`super::numbers`].

use std::sync::LazyLock;

use super::dictation::{AS_IN, hedges, is_filler, letters_of};
use super::labels;
use super::line::Line;
use super::lists::{PhraseTable, WordList, ends, holds};
use crate::call::Party;

/// Names of a password that may be words.
static NAMES: LazyLock<PhraseTable<()>> = LazyLock::new(|| {
    PhraseTable::new(&[(
        (),
        "password, passwords, passcode, passphrase, pass phrase, security word, memorable word, secret word, code word, codeword, \
         security answer, secret answer, security question, memorable place, memorable name, pin, login code, \
         first pet, pet name, name of your pet, name of my pet, first school, \
         imie psa, imie mojego psa, imie kota, pierwszy pies, pierwszego psa, wabi, wabil*, imie zwierz*, imie pupila, pierwszego zwierz*, pierwszy zwierz*, кличк*, питомц*, первои собаки, κατοικιδι*, ονομα του σκυλου, ονομα του σκυλου μου,  haziallat*, elso kutya*, elso kisallat*, kutyam neve, kutya neve, hazi kedvenc*, \
         haslo, hasla, haslem, hasle, haselko, tajne slowo, slowo kluczowe, pytanie pomocnicze, haslo do, odpowiedz na pytanie, \
         парол*, кодов* слов*, секретн* слов*, контрольн* слов*, контрольн* вопрос*, секретн* вопрос*, \
         κωδικ* προσβαση*, κωδικοσ, κωδικο, κωδικοσ μου, κωδικο μου, συνθηματικ*, παζγουορντ, πασγουορντ, πασουορντ, password, μυστικ* λεξη, \
         λεξη κλειδι, λεξη ασφαλει*, κωδικ* λεξη, ερωτηση ασφαλειασ, jelszo*, jelszav*, jelige*, titkos szo*, biztonsagi szo*, kodszo*, kodszav*, \
         biztonsagi kerdes*, belepesi kod*",
    )])
});

/// … and things with codes that are no secrets.
static HARMLESS: WordList = WordList::new(
    "voucher* promo* discount* coupon* rabat* kupon* промокод* скидк* εκπτωτικ* εκπτωση* κουπονι* kedvezmeny* kuponkod* product* error* \
    blad* bledu σφαλμα hibakod* model* seryjn* serial* order* postcode area country ταχυδρομικ* πελατη \
    προιοντοσ προσφορασ παραγγελι*",
);

/// Words between the name of a password and the password.
static BETWEEN: WordList = WordList::new(
    "is it it's was so that that's that'd would be will bedzie будет θα lesz lenne the my to uh um er erm currently now set as for mam jest brzmi takie moje ustawilam ustawilem to: no \
    yyy eee сеичас стоит такои это у меня мои э ειναι το λοιπον εε az a ez oo most en hogy amit megadtam ugye abonenta obslugi \
    try use use: word code telefonicznej klienta brzmialo banku bankowosci do i na od w dla μου σασ για να μπω στον λογαριασμο που βαζω δειτε \
    telefonos on account аккаунта кабинета от личного вашего ваш kulcsszo uj new nowe новыи stare old i've got i think konta konto internetu poczty maila strony panelu aplikacji portalu online почты \
    почте сайта сайте приложения банка вход аккаунту кабинету τραπεζα εφαρμογη σελιδα συνδεση fiokom fiokomhoz fiokhoz bankhoz oldalhoz alkalmazashoz \
    literuje przeliteruje dyktuje podaje po literce spelled spelt spelling letter letters by по буквам диктую betuzom betuzve betunkent diktalom συλλαβιστα γραμμα προσ \
    netbankhoz zabezpieczajace pomocnicze kontrolne valasz valaszom ответ вопрос секретныи контрольныи azt adtam meg be irtam valasztottam allitottam beirtam telefoniczne abonenckie glowne szo telefonhoz hivoszo",
);

/// Words that say something about a password and are none.
static ABOUT: WordList = WordList::new(
    "neve nev imie имя ονομα name i you we he she they ja ty my pan pani я ты мы вы он она εγω εσεισ τον την en on but because and or if when wrong incorrect invalid correct right same required needed secret safe strong weak expired different temporary new old private simple \
    long short not no blocked locked forgotten forgot reset changed change case sensitive missing empty unknown enough there here please fine ok okay good \
    easy hard been being never always must should needs has again don't do you your please about \
    bled* niepoprawn* nieprawidl* poprawn* prawidl* dobr* zl* stare nowe inne takie wygas* zablokow* potrzeb* wymagan* bezpieczn* siln* slab* dlug* krotk* \
    ale bo i a lub nie juz mi mnie sie prosze zmien* zapomn* wazn* tajn* moze musi trzeba ma znow nadal wszystko do jest \
    неверн* верн* неправильн* правильн* стар* нов* друг* истек* заблокирован* нуж* требу* секретн* безопасн* сложн* прост* слаб* длинн* коротк* \
    но а и потому не нет уже ещ* забы* смен* помен* деиств* подош* можно надо придет пришел от для и так \
    αλλα και γιατι λαθοσ σωστο* παλι* νε* ιδι* αλλ* ληξ* εληξε κλειδωμεν* απαραιτητ* χρειαζ* μυστικ* ασφαλ* δυσκολ* απλ* δεν οχι ξεχασ* αλλαξ* δεκτο* ειναι πρεπει \
    δυνατ* αδυναμ* μεγαλοσ μικροσ εδω σωστα \
    de es mert hibas rossz helyes jo regi uj mas ugyanaz lejart zarolt letiltott szukseges kell titkos biztonsagos egyszeru bonyolult eros gyenge hosszu rovid \
    yesterday today tomorrow later soon wczoraj dzis dzisiaj jutro teraz вчера сегодня завтра теперь потом χθεσ χτεσ σημερα αυριο τωρα προχθεσ tegnap ma holnap majd \
    nem nincs elfelejt* megvaltoz* megad* kerem van volt legyen lett ervenytelen mar is",
);

/// Quotes of the five languages.
const QUOTES: [char; 7] = ['"', '„', '“', '«', '”', '»', '‘'];

/// Quotes that open.
const OPENING: [char; 6] = ['"', '„', '“', '«', '”', '‘'];

/// No password is told in more items, "capital" and "dot" included.
const MOST_ITEMS: usize = 14;

/// Signs in a password, and what tells how it is written.
static SIGNS: WordList = WordList::new(
    "dot dash hyphen underscore kropka potem myslnik podkreslnik podkreslenie wykrzyknik точка тире подчеркивание большая буква с \
    заглавная маленькая τελεια παυλα κατω κεφαλαιο pont kotojel alahuzas felkialtojel nagy nagybetu exclamation mark capital followed by then utana meg plus восклицательныи знак потом и затем wykrzyknik θαυμαστικο μετα λαμδα αλφα βητα γαμμα δελτα σιγμα",
);

/// Words that may follow the words of a password without being a part of it.
static TRAILING: WordList = WordList::new(
    "with przez all lower upper capital capitals small one word together слитно одним словом вместе jednym ciagiem egyben osszeirva κολλητα i think that's is ok okay right correct tak czy malymi duzymi razem to takie i nie \
    верно так и все маленькими на с ετσι με μικρα και σωστα ugye egybe igy es kisbetuvel helyes stimmel",
);

/// Password words in the lines: utterance, bytes, confidence.
pub(super) fn find(lines: &[Line<'_>]) -> Vec<(usize, (usize, usize), f64)> {
    let mut found = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        // "Κωδικός" in "κωδικός πρόσβασης" is not the whole name.
        let hits = NAMES.find(line);
        let is_inside = |at: usize| {
            let near = &hits[hits.partition_point(|(start, ..)| start + MOST_ITEMS < at)..];
            near.iter().take_while(|(start, ..)| *start < at).any(|(_, end, ())| at < *end)
        };
        let hedges = hedges(line);
        let names: Vec<usize> = ends(&NAMES, line).into_iter().filter(|end| !is_inside(*end)).collect();
        if names.is_empty() {
            continue;
        }
        // The code of a card is a number.
        let is_harmless = line.items.iter().any(|item| HARMLESS.holds(&item.word))
            || labels::find(line).iter().any(|(_, _, label)| *label == labels::Label::Cvv);
        let before = found.len();
        for end in names.iter().rev() {
            if let Some((from, to)) = value_after(line, *end, &hedges).filter(|_| !is_harmless) {
                found.extend(bytes_with_signs(line, from, to).map(|bytes| (i, bytes, 0.8)));
                break;
            }
        }
        // "bodri2015, that is the password".
        if found.len() == before && !is_harmless {
            found.extend(mixed(line).and_then(|(from, to)| Some((i, line.bytes(from, to)?, 0.7))));
        }
        if found.len() == before && !is_harmless && is_question(line) {
            found.extend(answer(lines, i));
        }
    }
    found
}

/// Bytes of the items, and the signs behind them that are part of a password.
fn bytes_with_signs(line: &Line<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let (start, end) = line.bytes(from, to)?;
    let signs = line.text[end..].chars().take_while(|c| "!@#$%^&*_+=".contains(*c)).map(char::len_utf8).sum::<usize>();
    Some((start, end + signs))
}

/// Does the line ask for it?
fn is_question(line: &Line<'_>) -> bool {
    static ASKS: WordList = WordList::new(
        "what what's tell give confirm please which prosze podac podaj jakie jaki poproszę poprosze какои какое назовите скажите \
        пожалуиста ποιοσ ποια ποιο πειτε δωστε πεστε θα ηθελα χρειαζομαι mi mondja kerem adja kernem milyen",
    );
    line.text.contains(['?', '\u{37e}'])
        || line.language == Some(crate::text::Language::El) && line.text.contains(';')
        || line.items.iter().any(|item| ASKS.holds(&item.word))
}

/// A word of letters and digits without a space between: items `from..to`.
fn mixed(line: &Line<'_>) -> Option<(usize, usize)> {
    (0..line.items.len()).find_map(|from| {
        let to = glued_end(line, from);
        let n_digits: usize = (from..to).filter_map(|at| line.digits(at)).map(str::len).sum();
        let n_letters: usize =
            (from..to).filter(|at| line.digits(*at).is_none()).map(|at| line.written(at).chars().count()).sum();
        (to > from + 1 && n_digits >= 2 && n_letters >= 3).then_some((from, to))
    })
}

/// End of the items that hang together with item `from`: letters, digits and the signs that passwords have.
fn glued_end(line: &Line<'_>, from: usize) -> usize {
    let mut to = from + 1;
    while to < line.items.len() {
        let gap = line.gap(to - 1);
        if gap.contains(char::is_whitespace) || gap.contains([',', '.', '?']) && gap.len() > 1 || gap == "," {
            break;
        }
        to += 1;
    }
    to.min(line.items.len())
}

/// The password behind its name, which ends at item `end`; `hedges` are the words of doubt in the line.
fn value_after(line: &Line<'_>, end: usize, hedges: &[(usize, usize)]) -> Option<(usize, usize)> {
    let mut from = end;
    // "My password's".
    let mut is_told =
        end > 0 && line.written(end - 1).ends_with(['\'', '’', 's']) && line.written(end - 1).contains(['\'', '’']);
    // "The password for my bank is": what it opens is told before it.
    if holds("for to of do od dla для от на к за για στο στη στην στον από απο σε", line.word(end))
    {
        let copula = (end + 1..end + 6).find(|at| {
            holds("is jest to brzmi это az такои ειναι", line.word(*at)) || line.gap(*at).contains([':', '–', '—'])
        });
        let is_one_clause = |to: usize| (end..to).all(|at| !line.gap(at).contains(['.', ',', '?', '!', ';']));
        if let Some(at) = copula.filter(|at| is_one_clause(*at)) {
            (from, is_told) = (at + 1, true);
        }
    }
    loop {
        let gap = if from == 0 { "" } else { line.gap(from - 1) };
        if let Some(quoted) = quoted(line, from) {
            return Some(quoted);
        }
        if gap.contains(['?', '!', ';'])
            || gap.contains('.') && !gap.contains("..")
            || from >= line.items.len()
            || from > end + 12
        {
            return None;
        }
        is_told |= gap.contains([':', '–', '—']);
        if let Some(to) = spelled_end(line, from) {
            return Some((from, to));
        }
        // "The password, er, I think, …" tells it.
        if let Some((_, to)) =
            hedges.get(hedges.partition_point(|(start, _)| *start < from)).filter(|(start, _)| *start == from)
        {
            (from, is_told) = (*to, true);
            continue;
        }
        let word = line.word(from);
        if is_filler(word) && word.chars().count() > 1 && !holds("it is the so to na от", word) {
            from += 1;
            continue;
        }
        if !BETWEEN.holds(word) {
            break;
        }
        is_told |= holds(
            "hogy valasz valaszom ответ takie takiego такои такая jak is is: to brzmi brzmialo это ειναι az takie мам set",
            word,
        );
        // "That would be …", not "will be sent".
        is_told |= word == "be" && line.word(from - 1) == "would";
        from += 1;
    }
    // In a sentence like "jelszavam cica" nothing tells it but its place.
    let (to, has_digits, n_words) = value_at(line, from)?;
    let is_directly = from == end && !line.gap(end.saturating_sub(1)).contains(',');
    let is_clause = line.gap(to - 1).starts_with([',', '.', '!', '?', ';', ')'])
        || to >= line.items.len()
        || TRAILING.holds(line.word(to));
    // "… mango, one word": what is told of the writing tells that it is one.
    let is_written =
        TRAILING.holds(line.word(to)) && !holds("is i to tak nie so и так да на с και igy es igen ok", line.word(to));
    let is_word = (1..=3).contains(&n_words)
        && is_clause
        && (is_told || is_directly && n_words == 1 || is_written && n_words == 1)
        && (line.party != Party::Agent || line.text.contains('?'))
        || (1..=2).contains(&n_words) && is_clause && is_told && line.is_capitalised(from);
    // "expires in 2026" has digits as well; "tango-delta-eleven" hangs together.
    let is_one = (from + 1..to).all(|at| !line.gap(at - 1).contains(char::is_whitespace));
    (has_digits && (is_told || is_one) || is_word).then_some((from, to))
}

/// A password in quotes around or right behind item `at`.
fn quoted(line: &Line<'_>, at: usize) -> Option<(usize, usize)> {
    let before = match at {
        0 => line.text.get(..line.items.first()?.bytes.0)?,
        at => line.gap(at - 1),
    };
    if !before.contains(OPENING) {
        return None;
    }
    (at..line.items.len().min(at + 6)).find(|to| line.gap(*to).contains(QUOTES)).map(|to| (at, to + 1))
}

/// Fewer letters one by one are an abbreviation.
const MIN_LETTERS_SPELLED: usize = 4;

/// Nobody spells more.
const MOST_ITEMS_SPELLED: usize = 60;

/// End of a word that is spelled from item `from`: "b l u e", "бэ, о, дэ, эр", "A as in Anna", digits and signs among them.
fn spelled_end(line: &Line<'_>, from: usize) -> Option<usize> {
    let is_letter = |at: usize| {
        let written = line.written(at);
        let is_single = written.chars().count() == 1 && written.chars().all(char::is_alphabetic);
        is_single || letters_of(line, at, true).is_some_and(|letters| letters.chars().count() == 1)
    };
    // "Would be b l u e".
    if line.word(from) == "be" && from > 0 && holds("would will should must to", line.word(from - 1)) {
        return None;
    }
    let (mut at, mut end, mut n_letters, mut n_numbers) = (from, from, 0, 0);
    while at < line.items.len() && at < from + MOST_ITEMS_SPELLED {
        if line.digits(at).is_none() && is_letter(at) {
            n_letters += 1;
            end = at + 1;
            if AS_IN.holds(line.word(at + 1)) {
                at += 1 + usize::from(line.word(at + 2) == "in");
                end = (at + 2).min(line.items.len());
                at += 1;
            }
        } else if line.digits(at).is_some() && at > from {
            n_numbers += 1;
            end = at + 1;
        } else if !(SIGNS.holds(line.word(at)) || at > from && is_filler(line.word(at))) {
            break;
        }
        at += 1;
        if !line.gap(at - 1).chars().all(|c| c.is_whitespace() || ",.-–…".contains(c)) {
            break;
        }
    }
    // "x 7 k 9 q 2"
    let is_mixed = n_letters >= 2 && n_letters + n_numbers > MIN_LETTERS_SPELLED;
    (n_letters >= MIN_LETTERS_SPELLED || is_mixed).then_some(end)
}

/// A password that begins at item `from`: its end, whether it has digits, and how many words it has.
fn value_at(line: &Line<'_>, from: usize) -> Option<(usize, bool, usize)> {
    let mut to = from;
    let (mut n_digits, mut n_words) = (0, 0);
    while to < line.items.len() && to < from + MOST_ITEMS {
        let word = line.word(to);
        if let Some(digits) = line.digits(to) {
            n_digits += digits.len();
        } else if to == from && ABOUT.holds(word) {
            return None;
        } else if SIGNS.holds(word) && to > from {
        } else if to > from && TRAILING.holds(word)
            || n_digits > 0 && !line.gap(to - 1).is_empty() && !line.gap(to - 1).starts_with('-')
        {
            break;
        } else {
            // "Rozmaring_08" is one word.
            n_digits += line.written(to).chars().filter(char::is_ascii_digit).count();
            n_words += 1;
            if n_words > 3 {
                break;
            }
        }
        to += 1;
        let gap = line.gap(to - 1);
        let next_is_part = line.digits(to).is_some() || SIGNS.holds(line.word(to));
        if gap.contains(['?', ';']) || gap.contains(['.', '!']) && gap.len() > 1 || gap.contains(',') && !next_is_part {
            break;
        }
    }
    let glued = if to > from { glued_end(line, from).max(to) } else { to };
    (to > from).then_some((glued, n_digits > 0 && n_words > 0, n_words))
}

/// So many words may stand before the password in an answer.
const MOST_WORDS_BEFORE_ANSWER: usize = 5;

/// The answer of the other voice to the question in utterance `asked`.
fn answer(lines: &[Line<'_>], asked: usize) -> Option<(usize, (usize, usize), f64)> {
    static LEADS: WordList = WordList::new(
        "it it's is yes yeah uh um er erm the that sure oh well i think tak to jest yyy eee no да это сеичас стоит у меня э ναι ειναι το εε igen az \
        a hat oo ez oczywiscie moje конечно мои wydaje mi sie ze zdaje pamietam по моему по-моему помню azt hiszem ugy emlekszem πιστευω θυμαμαι remember believe should be кажется наверное вроде νομιζω μαλλον ισωσ talan szerintem chyba raczej maybe probably password haslo пароль jelszo persze o",
    );
    let (i, line) =
        lines.iter().enumerate().skip(asked + 1).take(2).find(|(_, line)| line.voice != lines[asked].voice)?;
    if let (Some(end_s), Some(start_s)) = (lines[asked].end_s, line.start_s)
        && start_s - end_s > 15.0
    {
        return None;
    }
    let mut from = 0;
    while from < MOST_WORDS_BEFORE_ANSWER && LEADS.holds(line.word(from)) {
        from += 1;
    }
    if let Some((from, to)) = quoted(line, from).or_else(|| Some((from, spelled_end(line, from)?))) {
        return line.bytes(from, to).map(|bytes| (i, bytes, 0.75));
    }
    let told = value_at(line, from).filter(|(to, has_digits, n_words)| {
        let is_clause = *to >= line.items.len()
            || line.gap(to - 1).starts_with([',', '.', '!', '?', ';'])
            || TRAILING.holds(line.word(*to));
        *has_digits || (1..=3).contains(n_words) && is_clause
    });
    let Some((to, ..)) = told else {
        // "The name of the dog, Rex."
        let comma = (from..line.items.len().min(from + MOST_WORDS_BEFORE_ANSWER)).find(|at| line.gap(*at) == ", ")?;
        let (end, _, n_words) = value_at(line, comma + 1)?;
        let is_name = end == line.items.len() && n_words == 1 && line.is_capitalised(comma + 1);
        return is_name.then(|| line.bytes(comma + 1, end).map(|bytes| (i, bytes, 0.6))).flatten();
    };
    line.bytes(from, to).map(|bytes| (i, bytes, 0.65))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_about_a_password_is_none() {
        for list in [&HARMLESS, &ABOUT, &TRAILING, &SIGNS] {
            list.check_is_folded();
        }
    }
}
