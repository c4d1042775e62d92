//! Postal addresses: a street with the number of a house ("12 Baker Street", "ulicy Długiej 12 mieszkania 5", "улица
//! Ленина, дом 5", "Ερμού 25", "Kossuth utca 5"), in digits or words, with what belongs to it (flat, postal code, town),
//! and postal codes alone where they are called so. A street without a number is no address, and the address of an
//! office or a shop is no private person's.

use std::sync::LazyLock;

use regex::Regex;

use super::line::Line;
use super::lists::{PhraseTable, WordList, ends, holds};
use crate::text::Language;

/// Says that an address follows.
static NAMES: LazyLock<PhraseTable<()>> = LazyLock::new(|| {
    PhraseTable::new(&[(
        (),
        "live at, live on, live in, lives at, living at, address is, address, addressed to, address for, my place, delivered to, deliver it to, deliver to, \
         send it to, send to, go to, goes to, ship it to, ship to, post it to, moved to, come to, house is, flat is, i'm at, we're at, staying at, \
         mieszkam na, mieszkam przy, mieszkam w, mieszkam, mieszka, mieszkamy, adres*, zameldowan*, przeprowadzil*, przesylke na, przyslac na, przeslac na, przywiezc na, wysylac na, dostawa na, wyslac na, wyslijcie na, \
         dostarczyc na, pod adres*, prosze pisac, ulic nie ma, nie ma ulic, bez ulicy, dom na, kurier na, paczke na, do domu na, pisac, \
         живу, живем, живет, проживаю, адрес*, прописан*, зарегистрирован*, переехал*, везите на, доставить на, привезите на, доставк* на, доставьте на, \
         приезжаите, отправьте на, отправляите на, находимся, дом на, \
         μενω, μενουμε, μενει, διευθυνση*, κατοικω, κατοικια*, μετακομισα*, στειλτε το, στειλτε τα, φερτε το, παραδοση στη, παραδοση στην, σπιτι μου, σπιτι, \
         lakom, lakunk, lakik, cim, cime, cimem, cimet, cimre, cimunk, lakcim*, lakhely*, kuldje, hozzak, elkoltoz*, kiszallitas*, szallitasi cim*, ide, koltoztem, koltoztunk",
    )])
});

/// Words for a street, alone or before or after its name; folded.
static STREETS: WordList = WordList::new(
    "street st road rd avenue ave lane ln drive close court square crescent terrace gardens grove way place boulevard blvd row mews hill park \
    parkway highway walk green view rise mount parade \
    ulica ulicy ulice ul aleja alei aleje al osiedle osiedlu os plac placu pl skwer bulwar rondo \
    улица улице улицу улицы ул проспект проспекте проспекта проспекту пр переулок переулке пер бульвар бульваре шоссе набережная набережнои проезд площадь \
    микрораион мкр тупик аллея тракт \
    οδοσ οδο οδου λεωφοροσ λεωφορο λεωφορου πλατεια πλατειασ παροδοσ \
    utca utcaban utcai utcan u ut uton utja ter teren korut koruton koz setany sor fasor liget dulo lakotelep rakpart",
);

/// Of these the ones that are ordinary words as well, so that a number before or after them needs a name between.
static COMMON_STREETS: WordList = WordList::new(
    "way place hill park green view rise mount walk close court square drive al pl os ter ut u sor koz st row",
);

/// What may stand between a street and its number.
static HOUSE_WORDS: WordList = WordList::new(
    "numer numerze numeru nr дом дома доме д номер номере αριθμοσ αριθμο αριθμου number szam szama szamu no",
);

/// What may follow the number of a house: flat, floor, staircase, with a number after or before it.
static PARTS: WordList = WordList::new(
    "flat apartment apt unit suite floor mieszkania mieszkanie m lokal lokalu lok przez klatka klatki pietro blok bloku mieszkaniu \
    квартира квартиры квартире кв корпус корп к строение стр подъезд этаж дробь литера офис блок \
    διαμερισμα οροφοσ οροφο οροφου οροφοσ emelet em ajto lepcsohaz fsz fszt foldszint a b c d lakas lph per stroke",
);

/// Says that a postal code follows.
static CODES: WordList = WordList::new(
    "postcode zip post code postal kod pocztowy pocztowym индекс почтовыи ταχυδρομικοσ ταχυδρομικο κωδικασ κωδικα κωδικο τκ iranyitoszam iranyitoszama \
    iranyitoszamu iranyitoszammal",
);

/// Words around a town: "w Krakowie", "город Тула".
static TOWN_WORDS: WordList = WordList::new(
    "in w we miasto miescie miejscowosc wies gmina город городе г село деревня поселок пос область обл раион в στην στο στη πολη στα αθηνα \
    varos kozseg falu is to jest это ειναι and po poczta",
);

/// Places of business: their address is public.
static BUSINESS: WordList = WordList::new(
    "office* shop* store* branch* showroom* warehouse* dealer* our bank hotel restaurant headquarter* depot station museum \
    sklep* biur* oddzial* punkt* siedzib* salon* placowk* magazyn* nasz nasza nasze naszym naszej naszego bank hotel* kawiarn* galeri* \
    офис* магазин* салон* отделени* филиал* склад* пункт* наш наша наше нашего нашем нашеи банк* отел* центр* \
    καταστημα* γραφει* υποκαταστημα* εταιρεια* εκθεση* αποθηκη* ξενοδοχει* τραπεζα* μαγαζι* \
    uzlet* irod* bolt* fiok* ugyfelszolgalat* szalon* raktar* szekhely* telephely* aruhaz* cegunk* bank*",
);

/// What a house that has a name is called in Britain and Ireland.
static HOUSES: WordList =
    WordList::new("cottage farm house lodge barn villa hall manor farmhouse bungalow rectory vicarage mill cottages");

/// British postcodes, as the Post Office writes them.
static UK_CODE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b").expect("constant pattern"));

/// Polish postal codes: two digits, a hyphen, three.
static PL_CODE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|[^\d-])(\d{2}-\d{3})(?:[^\d-]|$)").expect("constant pattern"));

/// An address has no more items, town and all.
const MOST_ITEMS: usize = 30;

/// So many words may stand between "I live" and the street.
const MOST_WORDS_BETWEEN: usize = 6;

/// Addresses in the line, as items `from..to` in bytes with a confidence. `is_asked` if the talk before asked for one.
pub(super) fn find(line: &Line<'_>, is_asked: bool) -> Vec<((usize, usize), f64)> {
    let mut found = Vec::new();
    let mut names = ends(&NAMES, line);
    if is_asked {
        names.insert(0, 0);
    }
    // "Station Road" is a street, "the station" a place of business.
    let is_place = |at: usize| {
        BUSINESS.holds(line.word(at))
            && (!line.is_capitalised(at) || line.begins_sentence(at))
            && !is_landmark(line, at)
    };
    let is_business = (0..line.items.len()).any(is_place);
    let is_personal =
        !names.is_empty() && !line.items.iter().any(|item| matches!(item.word.as_str(), "our" | "nasz" | "наш"));
    let mut at = 0;
    while at < line.items.len() {
        let last_name = names[..names.partition_point(|end| *end <= at)].last();
        let is_named = last_name.is_some_and(|end| at - end <= MOST_WORDS_BETWEEN);
        let core = street_at(line, at, is_named)
            .filter(|_| !is_business || is_named && is_personal && !speaks_for_business(line));
        if let Some(end) = core {
            let (from, to) = (towns_before(line, at), extend(line, end));
            let sure = if is_named { 0.85 } else { 0.75 };
            found.extend(line.bytes(from, to).map(|bytes| (bytes, sure)));
            at = to;
        } else {
            at += 1;
        }
    }
    if !is_business {
        found.extend(codes(line));
    }
    found.sort_by_key(|(bytes, _)| *bytes);
    let mut kept: Vec<((usize, usize), f64)> = Vec::new();
    for hit in found {
        match kept.last_mut() {
            // A code right behind its street.
            Some(last) if hit.0.0 <= last.0.1 => last.0.1 = last.0.1.max(hit.0.1),
            _ => kept.push(hit),
        }
    }
    kept
}

/// "Above the shop", "az üzlet fölött": a place of business that tells the way to a home.
fn is_landmark(line: &Line<'_>, at: usize) -> bool {
    static BEFORE: WordList = WordList::new(
        "above over behind beside opposite near by below next past nad obok za przy naprzeciw naprzeciwko kolo blisko pod przed \
        над рядом возле за напротив около под перед у вход επανω πανω διπλα απεναντι πισω κοντα κατω μπροστα",
    );
    static AFTER: WordList =
        WordList::new("folott felett mellett mogott elott alatt szemben kozeleben melletti feletti fole melle");
    let is_ours = line.word(at.wrapping_sub(1)) == "our" || BUSINESS.holds(line.word(at.wrapping_sub(1)));
    !is_ours
        && ((at.saturating_sub(3)..at).any(|at| BEFORE.holds(line.word(at)) && !line.gap(at).contains([',', '.']))
            || line.language == Some(Language::Hu) && (at + 1..at + 3).any(|at| AFTER.holds(line.word(at))))
}

/// "Our shop is at": the address of a business even if the word "address" is in it.
fn speaks_for_business(line: &Line<'_>) -> bool {
    static OURS: WordList =
        WordList::new("our nasz nasza nasze naszym naszej naszego naszemu наш наша наше нашего нашем нашеи μασ");
    line.items.iter().any(|item| OURS.holds(&item.word) || item.word.ends_with("unk") && item.word.len() > 5)
}

/// The number of a house that begins at item `at`: its end.
fn house_at(line: &Line<'_>, at: usize) -> Option<usize> {
    let digits = line.digits(at)?;
    if !(1..=4).contains(&digits.len()) || digits == "0" || digits.starts_with("00") {
        return None;
    }
    let mut end = at + 1;
    // "12A", "12/5", "12-14".
    if line.gap(end - 1).is_empty() && line.written(end).chars().count() == 1 && line.digits(end).is_none() {
        end += 1;
    }
    while end < line.items.len()
        && matches!(line.gap(end - 1), "/" | "-" | " / ")
        && line.digits(end).is_some_and(|digits| digits.len() <= 4)
    {
        end += 1;
    }
    let is_amount = line.items.get(end).is_some_and(|item| {
        !item.word.is_empty() && super::numbers::is_counted(&item.word) && !PARTS.holds(&item.word)
    });
    let sign = line.gap(end - 1).trim_start();
    (!is_amount && !sign.starts_with(['€', '$', '£', '%', ':'])).then_some(end)
}

/// A word that can be part of the name of a street or a town.
fn is_place_name(line: &Line<'_>, at: usize) -> bool {
    static NONE: WordList = WordList::new(
        "i tak nie yes no my we is it's the on and to jest moj adres а и да нет мои это я мы ναι οχι το η ο και ειναι az a es igen nem \
        that please send ok and monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
        september october november december kod postcode zip",
    );
    let is_roman = || (2..4).contains(&line.written(at).len()) && line.written(at).chars().all(|c| "IVX".contains(c));
    is_roman()
        || line.is_capitalised(at) && !NONE.holds(line.word(at))
        || line.written(at).chars().count() == 1
            && line.written(at).chars().all(char::is_uppercase)
            && line.gap(at).starts_with('.')
}

/// End of a street with a number that begins at item `at`. Without a word for street it has to be named an address.
fn street_at(line: &Line<'_>, at: usize, is_named: bool) -> Option<usize> {
    let is_street =
        |at: usize| line.items.get(at).is_some_and(|item| STREETS.holds(&item.word) && line.written(at) != "ú");
    let is_common = |at: usize| line.items.get(at).is_some_and(|item| COMMON_STREETS.holds(&item.word));
    // "12 Baker Street".
    if line.language == Some(Language::En) || line.language.is_none() {
        if let Some(after) = house_at(line, at) {
            let mut end = after;
            while end < after + 4 && is_place_name(line, end) && !line.ends_sentence(end - 1) {
                end += 1;
            }
            // In small letters the word for street itself must be there: "twelve baker street".
            let mut plain = after;
            while !line.has_capitals
                && plain < after + 3
                && !is_street(plain)
                && line.digits(plain).is_none()
                && plain + 1 < line.items.len()
            {
                plain += 1;
            }
            if !line.has_capitals && is_street(plain) && !is_common(plain) && plain > after {
                return Some(plain + 1);
            }
            let has_street = (after..end).any(|at| is_street(at) && line.is_capitalised(at));
            let has_lower = end > after && is_street(end) && !line.ends_sentence(end - 1);
            if is_named && end - after >= 2 && line.party != crate::call::Party::Agent {
                return Some(end);
            }
            if end > after && (has_street && end - after >= 2 || has_lower && !is_common(end)) {
                return Some(end + usize::from(has_lower && !has_street));
            }
        }
        if line.language == Some(Language::En) && !is_named {
            return None;
        }
        if is_named && line.has_capitals && line.language == Some(Language::En) {
            // "Rose Cottage, Mill Hill": a house with a name has no number.
            let mut end = at;
            while end < at + 4 && is_place_name(line, end) && line.digits(end).is_none() {
                end += 1;
                if HOUSES.holds(line.word(end - 1)) && end - at >= 2 && line.gap(end - 1).starts_with(',') {
                    return Some(end);
                }
                if line.gap(end - 1) != " " {
                    break;
                }
            }
        }
    }
    // Names and words for street, at least one name, then the number.
    let mut end = at;
    let (mut n_names, mut n_streets) = (0, 0);
    while end < at + 7 {
        // "al" and "os" are words for street with a dot, a capital or a name before them.
        let is_clear = !is_common(end) || n_names > 0 || line.gap(end).starts_with('.') || line.is_capitalised(end);
        let word_is_street = is_street(end) && is_clear;
        if word_is_street {
            n_streets += 1;
        } else if is_place_name(line, end) && line.digits(end).is_none() {
            n_names += 1;
        } else if n_streets > 0
            && n_names > 0
            && line.digits(end).is_some()
            && line.language == Some(Language::Pl)
            && is_place_name(line, end + 1)
        {
            // "ulica 3 Maja 12"
        } else if n_names > 0 && is_street(end + 1) && is_number_of_street(line, end) {
            // "Október huszonharmadika utca 8", "Március 15. tér 3"
        } else {
            break;
        }
        end += 1;
        let gap = line.gap(end - 1);
        // "I repeat: Long Street", "Győr, Long Street": the street begins behind it.
        let is_number_next = line.digits(end).is_some() || HOUSE_WORDS.holds(line.word(end));
        if gap.contains(['?', '!', ';', ':'])
            || gap.contains(',') && n_streets == 0 && !is_number_next
            || gap.contains('.') && !is_street(end - 1) && line.written(end - 1).chars().count() > 2
        {
            return None;
        }
    }
    // "ulica 3 Maja 12".
    if n_streets > 0 && n_names == 0 && line.digits(end).is_some() && is_place_name(line, end + 1) {
        end += 2;
        n_names = 1;
    }
    if n_names == 0 || end == at || n_streets == 0 && !is_named {
        return None;
    }
    let has_house_word = line.items.get(end).is_some_and(|item| HOUSE_WORDS.holds(&item.word));
    let house = house_at(line, end + usize::from(has_house_word))
        // "százhuszonnégyben", "12-ben": Hungarian puts the case behind the number.
        .or_else(|| line.inflected_number(end).map(|_| end + 1))?;
    // A street named before with a comma is told apart from a sum: "Ленина 5, квартира 18".
    Some(house)
}

/// A number inside the name of a street, with the name of a month before it.
fn is_number_of_street(line: &Line<'_>, at: usize) -> bool {
    line.language == Some(Language::Hu)
        && (line.digits(at).is_some_and(|digits| digits.len() <= 2)
            || ["dika", "diki", "dikei", "seje", "dike"].iter().any(|ending| line.word(at).ends_with(ending)))
}

/// What belongs to a street behind its number: flat, postal code, town.
fn extend(line: &Line<'_>, end: usize) -> usize {
    let mut to = end;
    let mut at = end;
    while at < line.items.len() && at < end + MOST_ITEMS {
        let gap = line.gap(at - 1);
        if gap.contains(['?', '!', ';', ':']) || gap.contains('.') && !is_abbreviation(line, at - 1) {
            break;
        }
        let item = &line.items[at];
        let is_number = item.digits.as_ref().is_some_and(|digits| digits.len() <= 6);
        let is_part = PARTS.holds(&item.word);
        let is_code = CODES.holds(&item.word);
        let is_ordinal_part = PARTS.holds(line.word(at + 1)) && item.word.chars().count() > 2;
        if is_number && !line.items.get(at + 1).is_some_and(|next| super::numbers::is_counted(&next.word))
            || is_part
            || is_code
            || is_ordinal_part
            || is_place_name(line, at)
            || is_code_letters(line, at)
            || line.inflected_number(at).is_some()
        {
            at += 1;
            if !(is_part
                && line.written(at - 1).chars().count() == 1
                && line.written(at - 1).chars().all(char::is_lowercase))
            {
                to = at;
            }
        } else if TOWN_WORDS.holds(&item.word)
            || HOUSE_WORDS.holds(&item.word)
            || holds("э ээ yyy eee uh um er εε oo hat", &item.word)
        {
            at += 1;
        } else {
            break;
        }
    }
    to.max(end)
}

/// Letters of a postal code beside its digits: "HG1 4RT".
fn is_code_letters(line: &Line<'_>, at: usize) -> bool {
    let written = line.written(at);
    let is_beside = |digits: usize, gap: usize| line.digits(digits).is_some() && line.gap(gap).is_empty();
    written.len() <= 2
        && written.chars().all(|c| c.is_ascii_uppercase())
        && (is_beside(at + 1, at) || at > 0 && is_beside(at - 1, at - 1))
}

/// "ul.", "д.", "m.": a dot that ends no sentence.
fn is_abbreviation(line: &Line<'_>, at: usize) -> bool {
    line.word(at).chars().count() <= 3 && line.digits(at).is_none()
        || line.language == Some(Language::Hu) && line.digits(at).is_some() && line.gap(at) == ". "
}

/// Town, region and postal code in front of a street: "Győr, Kálvária utca", "Московская область, посёлок Лесной, улица".
fn towns_before(line: &Line<'_>, at: usize) -> usize {
    let mut from = at;
    let mut seek = at;
    while seek > 0 && at - seek < 8 {
        let gap = line.gap(seek - 1);
        if gap.contains(['?', '!', ';', ':']) || gap.contains('.') && !is_abbreviation(line, seek - 1) {
            break;
        }
        let before = seek - 1;
        let is_code = line.digits(before).is_some_and(|digits| (4..=6).contains(&digits.len()));
        let is_town = is_place_name(line, before) && !line.begins_sentence(before)
            || is_place_name(line, before) && gap.contains(',');
        if is_town || is_code || STREETS.holds(line.word(before)) && from == seek {
            from = before;
        } else if !(TOWN_WORDS.holds(line.word(before))
            || matches!(line.word(before), "a" | "az" | "область" | "обл" | "поселок" | "раион"))
        {
            break;
        }
        seek = before;
    }
    from
}

/// Postal codes that stand alone: British ones by their form, others where they are called so.
fn codes(line: &Line<'_>) -> Vec<((usize, usize), f64)> {
    let mut found: Vec<((usize, usize), f64)> = Vec::new();
    if line.language == Some(Language::En) {
        // Without its space it looks like a reference.
        let is_called = line.items.iter().any(|item| CODES.holds(&item.word));
        let hits = UK_CODE.find_iter(line.text).filter(|hit| is_called || hit.as_str().contains(' '));
        found.extend(hits.map(|hit| ((hit.start(), hit.end()), 0.8)));
    }
    if line.language == Some(Language::Pl) {
        for hit in PL_CODE.captures_iter(line.text).filter_map(|hit| hit.get(1)) {
            let next = line.items.partition_point(|item| item.bytes.0 < hit.end());
            let is_town = is_place_name(line, next);
            let is_called = (next.saturating_sub(MOST_WORDS_BETWEEN)..next).any(|at| CODES.holds(line.word(at)));
            if is_town || is_called {
                let end = line.items.get(next).filter(|_| is_town).map_or(hit.end(), |town| town.bytes.1);
                found.push(((hit.start(), end), 0.8));
            }
        }
    }
    // "ταχυδρομικός κώδικας 731 32", "почтовый индекс сто один ноль ноль ноль".
    for at in 1..line.items.len() {
        let is_called = CODES.holds(line.word(at - 1))
            || at > 1 && holds("is to это ειναι az jest", line.word(at - 1)) && CODES.holds(line.word(at - 2));
        if line.digits(at).is_none() || !is_called {
            continue;
        }
        let mut end = at;
        let mut n_digits = 0;
        while line.digits(end).is_some()
            && n_digits < 9
            && (end == at || line.gap(end - 1).chars().all(|c| c.is_whitespace() || "-,".contains(c)))
        {
            n_digits += line.digits(end).map_or(0, str::len);
            end += 1;
        }
        if (4..=9).contains(&n_digits) && !is_secret_code(line, at) {
            found.extend(line.bytes(at, end).map(|bytes| (bytes, 0.75)));
        }
    }
    found
}

/// "Kod", "κωδικός", "code" name other codes as well.
fn is_secret_code(line: &Line<'_>, at: usize) -> bool {
    static ALONE: WordList = WordList::new("kod code κωδικο κωδικασ κωδικα κωδικοσ post");
    static WITH: WordList = WordList::new("pocztowy pocztowego post postal zip ταχυδρομικο ταχυδρομικοσ");
    let from = at.saturating_sub(3);
    (from..at).any(|at| ALONE.holds(line.word(at))) && !(from..at).any(|at| WITH.holds(line.word(at)))
}

/// Does the line speak of an address? Then the next may answer it.
pub(super) fn is_asked_in(line: &Line<'_>) -> bool {
    static ASKS: WordList = WordList::new(
        "address adres* адрес* διευθυνση* cim cime cimet cimre lakcim* postcode ulica улица mieszka живете μενετε lakik deliver dostarczyc доставить",
    );
    line.items.iter().any(|item| ASKS.holds(&item.word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_word_is_in_the_form_that_words_are_compared_in() {
        for list in [&HOUSES, &STREETS, &COMMON_STREETS, &HOUSE_WORDS, &PARTS, &CODES, &TOWN_WORDS, &BUSINESS] {
            list.check_is_folded();
        }
    }
}
