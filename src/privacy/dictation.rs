//! The words with which people dictate: what stands between digits without ending a number, what takes one back, what goes
//! on with one, and the names of letters.

use std::sync::LazyLock;

use super::line::Line;
use super::lists::{PhraseTable, WordList};

/// Words that people put between digits without ending the number.
pub(super) static FILLERS: WordList = WordList::new(
    "uh uhm um er erm hm hmm mm mhm ah and then dash hyphen space slash yes yeah yep okay ok right so comma dot next \
    double well let me see the it is got letter letters digit digits number numbers capital uppercase \
    now after followed by last final finally \
    e i potem dalej myslnik spacja tak no dobrze nastepnie oraz kreska ukosnik lamane przez kropka przecinek zaraz juz teraz \
    litera litery cyfra cyfry duze mam pozniej na koncu i jeszcze razem ostatnie koncowka \
    э и ну потом затем дальше далее тире дефис пробел да так ага угу вот значит дробь черточка точка запятая сеичас \
    буква буквы цифра большая еще последние конец \
    ε και μετα παυλα κενο ναι λοιπον υστερα συνεχεια ωραια ενταξει τελεια κομμα εεε μμμ γραμμα στη μισο λεπτο κεφαλαιο παυλιτσα τελευταια τελοσ \
    o es aztan majd utana kotojel igen szokoz perjel oke jo na hat szoval pont vesszo betu nagy kovetkezik most tovabb pedig \
    vegul legvegen utolso",
);

/// Words with which people take back what they said.
pub(super) static CORRECTIONS: WordList = WordList::new(
    "no not nope wait sorry oops mean meant actually correction scratch again start over pardon rather \
    misread wrong hang on i  that was my mistake one moment sec oops ups \
    nie przepraszam chwila chwile chwileczke czekaj zaraz pomylka pomylilem pomylilam znaczy sorry sorki moment jeszcze raz \
    poprawka wroc bo zle raczej ojej oj powtorze od nowa stop ups hola przejezyczylam przejezyczylem momencik \
    нет не ои простите извините то есть вернее точнее подождите стоп ошибся ошиблась ошибка погодите минутку секунду заново \
    сначала повторю наоборот неправильно постоите а перепутал перепутала упс опечатка \
    οχι συγγνωμη λαθοσ περιμενετε περιμενε μισο λεπτο δηλαδη παρντον διορθωνω ωπ ωχ ωπα θελω να πω ξανα μια στιγμη ουπσ οχι οχι \
    εκανα μπερδευτηκα απο την αρχη \
    nem bocsanat elnezest varjon pardon javitom vagyis hanem tevedtem pillanat ujra azaz jaj elrontottam rosszul mondom \
    varj inkabb megegyszer elolrol tevedes bocs illetve megse hoppa ups uppsz",
);

/// Words that may stand between the parts of a document's number.
pub(super) static PARTS: WordList = WordList::new(
    "number numer numeru nr номер номера серия сериа αριθμοσ σειρα szam szama sorozat series seria code код подразделения \
    bank banku sort account konto konta szamu a εκει το",
);

/// Introduces the word that explains a letter: "B as in Bob", "A jak Anna".
pub(super) static AS_IN: WordList = WordList::new("as for like jak jako как οπωσ mint");

/// Doubt in the middle of telling something: neither a part of it nor its end.
const HEDGES: &str = "i think, i think it's, i believe, i guess, i reckon, i suppose, if i remember, if i remember right, if i remember correctly, \
     if i'm not mistaken, if memory serves, as far as i remember, it looks like, looks like, it should be, should be, maybe, perhaps, probably, let me think, \
     chyba, chyba ze, wydaje mi sie, wydaje mi sie ze, zdaje sie, zdaje mi sie, o ile pamietam, o ile dobrze pamietam, jesli dobrze pamietam, \
     jak dobrze pamietam, raczej, niech pomysle, prawdopodobnie, \
     кажется, мне кажется, вроде, вроде бы, наверное, наверно, по моему, помоему, похоже, если не ошибаюсь, если правильно помню, \
     насколько помню, как я помню, думаю, даи бог памяти, кажись, \
     νομιζω, νομιζω οτι, μαλλον, ισωσ, πιστευω, αν θυμαμαι, αν θυμαμαι καλα, αν δεν κανω λαθοσ, αν δεν απατωμαι, οσο θυμαμαι, μου φαινεται, \
     azt hiszem, ugy hiszem, asszem, talan, mintha, ugy emlekszem, ha jol emlekszem, ha minden igaz, ha nem tevedek, valoszinuleg, szerintem, ize, tudja, hadd gondoljam";

static HEDGE_TABLE: LazyLock<PhraseTable<()>> = LazyLock::new(|| PhraseTable::new(&[((), HEDGES)]));

/// Words of doubt in the line: items `start..end`, the longest of each place.
pub(super) fn hedges(line: &Line<'_>) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> =
        HEDGE_TABLE.find(line).into_iter().map(|(start, end, ())| (start, end)).collect();
    found.sort_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)));
    found.dedup_by_key(|(start, _)| *start);
    found
}

/// Paying, in the forms in which the means follows.
pub(super) static PAYING: WordList = WordList::new(
    "paid pay paying charge charged debit zaplacil* place placil* placic obciaz* оплат* оплач* плачу платил* заплатил* спиш* списал* \
    πληρωσα πληρωνω πληρωσω πληρωμη χρεωσ* fizet* kifizet* terhel*",
);

/// What is said of a card behind its number.
pub(super) static EXPIRING: WordList = WordList::new(
    "expiry expires expire expiring valid thru wazna waznosc* wygasa срок годна деиству* истекает ληγει ληξη* ισχυει lejar* ervenyes*",
);

/// Somebody who dictates asks between two pieces whether the other keeps up: "are you writing this down?"
pub(super) static NOTED: WordList = WordList::new(
    "write writing written noting note got pen ready following keeping zapis* notuj* notow* zanotow* nadaz* zdaz* slychac slyszy \
    запис* пишите пишете успе* отмет* слыш* γραφ* σημειων* σημειωσ* ακου* προλαβ* ειστε irja irjak felirta jegyez* jegyzi megvan hallja koveti mondhatom folytathatom",
);

pub(super) fn is_filler(word: &str) -> bool {
    let mut letters = word.chars();
    // "eee", "yyy", "ööö", "mmm": however long.
    let is_drawn_out = letters.next().is_some_and(|first| {
        "eyoαmэаμεhuа".contains(first)
            && word.chars().count() > 1
            && letters.all(|letter| letter == first || letter == 'm' || letter == 'h')
    });
    is_drawn_out || FILLERS.holds(word)
}

pub(super) fn is_plus(folded: &str) -> bool {
    matches!(folded, "plus" | "плюс" | "συν" | "plusz")
}

/// What a letter is called, folded, in the four alphabets that people spell in, and the words of the NATO alphabet.
const LETTER_NAMES: &str = "A a alpha alfa alef ay аи а эи αλφα|B b be bee bravo бэ бе би βητα μπι|C c ce cee ci charlie цэ це си σι τσε|\
    D d de dee delta дэ де ди ντι δελτα|E e echo е и εψιλον|F f ef eff foxtrot эф φι εφ|G g ge gie gee golf гэ ге джи γαμμα τζι|\
    H h ha hotel ха аш ητα eitch|I i india и αι γιωτα|J j jot je jay juliet иот джеи τζει|K k ka kay kilo ка кеи καππα|\
    L l el ell lima эл эль λαμδα ελ|M m em mike эм μι εμ|N n en november эн νι εν|O o oscar о ομικρον|P p pe pee papa пэ пе пи πι|\
    Q q ku kuu queue quebec кью ку|R r er ar romeo эр ар ρο αρ|S s es ess sierra эс σιγμα ες|T t te tee tango тэ те ти ταυ|\
    U u ju uniform у υψιλον γιου|V v ve ψι fau vau vee victor вэ ви βι|W w wu whiskey дабл double-u duplave|X x iks iksz ex икс χι ξι εξ|\
    Y y igrek ipszilon yankee игрек|Z z zet zed zee ze zulu зэт зэд зет ζητα ζετ";

/// The letters that a word says: itself if it is written in capitals, or the letter that it names. `is_named` allows
/// names, which are words of the languages as well ("de", "en").
pub(super) fn letters_of(line: &Line<'_>, at: usize, is_named: bool) -> Option<String> {
    let written = line.written(at);
    let n = written.chars().count();
    let is_label = matches!(
        line.word(at),
        "nip"
            | "taj"
            | "ssn"
            | "pin"
            | "cvv"
            | "cvc"
            | "iban"
            | "nhs"
            | "dob"
            | "инн"
            | "αφμ"
            | "αδτ"
            | "sms"
            | "смс"
            | "id"
            | "nr"
            | "otp"
            | "pln"
            | "eur"
            | "usd"
            | "gbp"
            | "huf"
            | "kwh"
            | "tv"
            | "mb"
            | "gb"
            | "ok"
            | "zip"
            | "τκ"
            | "ул"
            | "ft"
            | "ni"
    );
    let is_glued = line.digits(at + 1).is_some() && line.gap(at).is_empty();
    if line.digits(at).is_some() || is_label && !is_glued {
        return None;
    }
    if (1..=4).contains(&n) && written.chars().all(char::is_uppercase) {
        return Some(written.to_owned());
    }
    if !is_named {
        return None;
    }
    let word = line.word(at);
    let entry = LETTER_NAMES.split('|').find(|entry| entry.split_whitespace().skip(1).any(|name| name == word))?;
    entry.split_whitespace().next().map(str::to_owned)
}

/// Words that begin what goes on with a number: "and then it's", "the rest is".
pub(super) static CONTINUES: WordList = WordList::new(
    "and then rest next after second other half finally followed last i dalej potem reszta nastepnie a druga koncowka nastepne kolejne \
    dalsza ostatnie и потом дальше далее остальн* затем а вторая последн* και μετα υπολοιπ* υστερα συνεχεια τελευται* επειτα aztan utana majd tovabb a \
    tobbi vegul maradek masodik pedig folytatom utolso",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::lists::check_is_folded;

    #[test]
    fn every_listed_word_is_in_the_form_that_words_are_compared_in() {
        for list in [&FILLERS, &CORRECTIONS, &PARTS, &AS_IN, &CONTINUES, &NOTED, &PAYING, &EXPIRING] {
            list.check_is_folded();
        }
        check_is_folded(HEDGES);
    }
}
