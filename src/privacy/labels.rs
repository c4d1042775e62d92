//! Words that say what a number is: "my PESEL is", "номер карты", "three digits on the back", and as important, what it
//! is not: an order, a contract, a meter. Only words; whether the number fits is judged elsewhere.

use std::sync::LazyLock;

use super::line::Line;
use super::lists::PhraseTable;

/// What a number is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// A telephone.
    Phone,
    /// A telephone at home, which may be told without the code of its town.
    Landline,
    /// Being called, or "my number": likely a telephone, if it looks like one.
    Call,
    /// A telephone of the company: no private person's.
    Company,
    Card,
    Cvv,
    /// A bank account by its long number.
    Account,
    /// A bank account of Britain or the USA: six digits of the bank and eight of the account.
    SortCode,
    /// A national number: place in [`super::ids::NATIONAL_IDS`].
    Id(usize),
    Passport,
    /// A PIN: it may look like a year.
    Pin,
    /// A one-time code or a password.
    Secret,
    Birth,
    /// A code of which nothing else is said: after a card it is on the back of that.
    Code,
    /// A postal code.
    Postcode,
    /// Something that is not personal.
    Other,
}

const LISTS: &[(Label, &str)] = &[
    (
        Label::Landline,
        "landline*, land line*, home phone*, home number*, house phone*, home telephone*, stacjonarn*, domowy, domowego, domowy numer*, numer* domow*, \
         домашнии телефон*, домашнии номер*, домашнего, домашнии, городско*, σταθερο*, vezetekes*, otthoni szam*, otthoni telefon*, otthoni",
    ),
    (
        Label::Phone,
        "area code, phone*, call back number*, numer* zwrotn*, numer* do oddzwaniania, numer* do oddzwonienia, номер* для обратного звонка, обратн* номер*, \
         αριθμο* επανακληση*, visszahivasi szam*, visszahivo szam*, telephone*, mobile*, cell, cellphone*, tel, contact number*, callback number*, whatsapp, viber, \
         telefon*, komork*, kontaktowy numer*, numer* kontaktow*, numer* do kontaktu, whatsappie, whatsappa, \
         телефон*, мобил*, сотов*, номер* для связи, контактн* номер*, вотсап*, ватсап*, ваибер*, \
         τηλεφων*, κινητ*, βαιμπερ, αριθμο* επικοινωνιασ, \
         telefon*, telszam*, mobil*, elerhetosegi szam*, hivhato szam*",
    ),
    (
        Label::Call,
        "call me, call him, call her, call back, ring me, ring him, reach me, reach him, reach her, reached on, reached at, get me on, get hold of me, dial, text me, call, my number*, \
         his number*, her number*, your number, number for you, best number, zadzwon*, oddzwon*, dzwon*, zlapac mnie, zlapie mnie, zlapia mnie, lapac mnie, dodzwon*, moj numer*, \
         moim numer*, mojego numeru, pod numer*, panski numer, pani numer, pana numer, позвон*, перезвон*, звон*, наберите, \
         связаться со мнои, наити меня, застать меня, мои номер*, моего номера, ваш номер, по номеру, на номер, καλεσ*, καλειτε, με βρισκετε, με βρειτε, με βρεισ, παρτε στο, παρτε με, παρε με, αριθμοσ μου, \
         αριθμο μου, στον αριθμο, αριθμοσ σασ, αριθμο σασ, hivj*, hivhat*, hivni, hivjon*, hiv fel, keressen, keress, \
         ernek el, eri el, erik el, ertek el, er el, erhet el, erhetnek el, elernek, elerhet*, elerheto vagyok, a szamom, szamom, szamomon, szamomat, az on szama, ezen a szamon, a szamon, a szamot",
    ),
    (
        Label::Company,
        "our number*, our phone*, our line, our office, our hotline, our switchboard, hotline*, helpline*, customer service*, \
         customer care*, support line, toll free, nasz* numer*, nasz* telefon*, infolini*, biur* obslug*, bezplatn* numer*, \
         наш* номер*, наш* телефон*, горяч* лини*, служб* поддержки, γραμμη εξυπηρετησησ, εξυπηρετηση* πελατων, \
         τηλεφωνο μασ, αριθμοσ μασ, τηλεφωνικο μασ, ugyfelszolgalat*, szamunk*, telefonszamunk*, ingyenes* szam*, \
         τηλεφωνικο κεντρο*, кол центр*, call center*, contact centre*, contact center*",
    ),
    (
        Label::Card,
        "long number*, sixteen digit*, 16 digit*, dlugi numer, szesnascie cyfr, длинныи номер, шестнадцать цифр, μεγαλοσ αριθμοσ, δεκαεξι ψηφια, hosszu szam*, tizenhat szamjegy*, card, cards, card's, debit, visa, mastercard*, maestro, amex, karta, karty, karte, karcie, kart, kartach, kart*owej, \
         numer karty, карта, карты, карте, карту, картои, карточк*, карточек, καρτα, καρτασ, καρτων, καρτεσ, kartya*, \
         bankkarty*, hitelkarty*, kartyaszam*",
    ),
    (
        Label::Cvv,
        "cvv*, cvc*, cv2, ccv, c v v, c v c, card security number, security code*, security number*, three digit*, last three, \
         3 digit*, digits on the back, digits ~ back, digits ~ signature, signature strip, numbers ~ signature, number* on the back, on the back, digits ~ front, numbers ~ front, three numbers, code on the back, on the reverse, reverse side, reverse of the card, flip side, verification value, \
         kod* zabezpiecz*, kod* bezpieczen*, kod* ~ z tylu, kod* ~ na odwrocie, cyfr* ~ z tylu, cyfr* ~ na odwrocie, \
         cyferk* ~ z tylu, cyferk* ~ na odwrocie, trzy cyfr*, 3 cyfr*, trzy cyferk*, przy podpisie, trzycyfrow*, numer* ~ z tylu, trzy ostatnie, ostatnie trzy, z tylu, na odwrocie, odwrocie karty, odwrotn* stron*, z odwrotu, rewers*, cefauce, cewuwu, cefalfal*, cefaufau*, cefalce*, cewewe*, cefauwu*, kod karty, kod z karty, ce wu wu, ce fau fau, ce fau ce, \
         цвв, цвц, цэвэвэ*, цэвэцэ*, сивисии*, сивиси*, циферк* ~ обороте, циферк* ~ оборотнои, циферк* ~ сзади, три циферк*, три цифорк*, цэ вэ вэ, цэ вэ цэ, си ви си, цевеве, сививи, на обороте карты, на обороте, с оборота, обороте карты, с обратнои стороны, на обратнои стороне, сзади, последние три, три последн*, код карты, код с карты, 3 цифр*, си ви ви, свв, свк, код* безопасности, код* ~ обороте, код* ~ оборотнои, код* ~ обратнои, \
         цифр* ~ обороте, цифр* ~ оборотнои, цифр* ~ обратнои, цифр* ~ сзади, код* ~ сзади, трехзначн*, три цифр*, \
         проверочн* код* ~ карт*, секретн* код* ~ карт*, \
         κωδικ* ασφαλεια*, πισω γραφει, πισω μου γραφει, πισω ειναι, πισω βλεπω, αναποδη, οπισθια, πισω λεει, πισω εχει, πισω διπλα, διπλα στην υπογραφη, πισω ~ υπογραφη, τρια νουμερα*, τρια τελευταια, τελευταια τρια, σιβιβι*, σιβισι*, απο πισω, πισω μερια, πισω μεροσ, στο πισω, πισω πλευρα, πισω οψη, νουμερ* πισω, νουμερ* ~ πισω, αριθμοι πισω, τριψηφ*, κωδικ* τησ καρτασ, 3 ψηφια, ψηφια ~ πισω, σι βι βι, σι βι σι, ψηφια ~ οπισθια, αριθμ* ~ πισω, κωδικ* ~ πισω, τριψηφι*, τρια ψηφια, \
         biztonsagi kod*, harom szam*, 3 szam*, ce ve ve, ce ve ce, szamjegy* ~ hat*, hatan, hatul, tuloldal*, hatso oldal*, harom jegy*, biztonsagi szam*, ceveve, cevece, ce fau ce, kartya kod*, kartyakod*, cevecet, cevevet, alairas mellett*, alairasnal, hatoldal*, hatulja*, hatlap*, haromjegyu*, harom szamjegy*, \
         ellenorzo szam*, kartya* ~ ellenorzo kod*",
    ),
    (
        Label::Account,
        "iban*, account number*, bank account*, numer* konta, numer* rachunku, konta, konto, koncie, rachunek, rachunku, \
         nr konta, nrb, nr rachunku, расчетн* счет*, номер* счета, банковск* счет*, счет* в банке, счет* карты, ибан*, аибан*, аи бан, реквизит*, \
         карточн* счет*, счет iban, αριθμ* λογαριασμου, τραπεζικ* λογαριασμ*, λογαριασμοσ μου, λογαριασμο μου, ιβαν, ιμπαν, αιμπαν, \
         bankszamla*, szamlaszam*, folyoszamla*, szamlam szama, szamla szama",
    ),
    (Label::SortCode, "sort code*, routing number*, bank account number*, checking account*, savings account*"),
    (Label::Id(PESEL), "pesel*, песель"),
    (Label::Id(NIP), "nip, nipu, nipem, nip u, numer* identyfikacji podatkowej"),
    (Label::Id(REGON), "regon*"),
    (
        Label::Id(DOWOD),
        "dowod* osobist*, numer* dowodu, nr dowodu, seri* dowodu, seria i numer dowodu, moj* dowod*, z dowodu, dowod, dowodu, dowodzie, \
         dokument* tozsamosci",
    ),
    (Label::Id(INN), "инн, инн*, и н н, иэнэн, идентификационн* номер* налогоплательщика"),
    (Label::Id(SNILS), "снилс*, страхов* номер* ~ счета, пенсионн* страхов*, пенсионн* номер*"),
    (
        Label::Id(AFM),
        "αφμ, α φ μ, afm, αφιμι, αφημι, αλφα φι μι, φορολογικ* μητρωο*, φορολογικου μητρωου, φορολογικ* αριθμ*",
    ),
    (Label::Id(AMKA), "αμκα, α μ κ α, amka, κοινωνικησ ασφαλιση*, αμ κα"),
    (Label::Id(ADT), "αδτ, α δ τ, ταυτοτητα*, δελτι* ταυτοτητασ"),
    (Label::Id(TAJ), "taj, tajszam*, taj szam*, taj kartya*, tarsadalombiztosit*, tb szam*"),
    (Label::Id(ADO), "adoazonosito*, adoszam*, ado azonosito*, adojel*, adokartya*"),
    (Label::Id(SZEMELYI), "szemelyi szam*, szemelyi azonosito*, szemelyiszam*"),
    (
        Label::Id(IGAZOLVANY),
        "szemelyi igazolvany*, szemelyim*, szemelyi okmany*, szig szam*, igazolvanyszam*, igazolvanyom*, \
         szemelyigazolvany*, szemelyi*, okmanyszam*, igazolvany*",
    ),
    (Label::Id(SSN), "ssn, s s n, social security*, social, social number, my social"),
    (Label::Id(NINO), "national insurance*, ni number*, n i number*, nino, n i n o"),
    (Label::Id(NHS), "nhs, n h s"),
    (
        Label::Id(ANY),
        "id number*, identity number*, id card*, identity card*, tax id*, taxpayer*, itin, national id*, identification number*, \
         driver* license*, driving licence*, unique taxpayer*, utr",
    ),
    (
        Label::Passport,
        "passport*, paszport*, paszporc*, серия, серии, серию, паспорт*, загранпаспорт*, загран*, сери* и номер*, διαβατηρι*, utlevel*, utlevelszam*",
    ),
    (
        Label::Pin,
        "pin, pins, pin code*, pin number*, pinu, pinem, kod* pin, пин, пинкод*, пин код*, пина, κωδικ* πιν, πιν, κωδικ* pin, \
         pin kod*, pinkod*, pinje, pint, security pin",
    ),
    (
        Label::Secret,
        "password*, passcode*, pass code*, one time code*, one time password*, \
         verification code*, otp, authori*ation code*, authentication code*, access code*, text ~ code, message ~ code, code ~ text, code ~ text message*, \
         code ~ texted, code ~ sms, code ~ sent, code ~ received, code ~ receive, code ~ got, code that, passphrase*, security word*, memorable word*, \
         memorable information, digit code*, code from the app*, login code*, secret code*, secret word*, \
         haslo, hasla, haslem, hasle, kod* weryfik*, kod* autoryz*, kod* sms, kod* smsow*, \
         kod* ~ z sms*, kod* ~ sms*, kod* ~ esemes*, przyszedl kod*, kod* przyszedl, kod* dostepu, kod* jednorazow*, jednorazow* kod*, kod* potwierdz*, kod* z aplikac*, \
         kod* logowania, kod* blik, blik*, kod* z wiadomosci, telekod*, wiadomosci ~ kod*, sms* ~ kod*, esemes* ~ kod*, kod* ktory, tajn* kod*, cyfrow* kod*, \
         парол*, код* ~ смс*, код* ~ sms, код* подтвержден*, смс код*, sms код*, код* доступа, \
         кодов* слов*, одноразов* код*, проверочн* код*, код* авторизац*, код* ~ сообщен*, сообщен* ~ код*, смс* ~ код*, код* ~ пришел, пришел код*, код* пришел, секретн* код*, \
         секретн* слов*, код* из приложен*, код* ~ пришло, код* которыи, цифр* из смс*, код* верификац*, \
         κωδικ* προσβαση*, κωδικ* επιβεβαιωση*, κωδικ* επαληθευση*, κωδικ* ~ sms, \
         κωδικ* ~ μηνυμα, μιασ χρησησ, συνθηματικ*, κωδικ* otp, κωδικ* ασφαλειασ ~ εφαρμογη*, κωδικ* μου, κωδικ* σασ, \
         μυστικ* κωδικ*, μυστικ* λεξη, κωδικ* που ελαβ*, κωδικ* που ηρθε, ηρθε ο κωδικ*, ηρθε κωδικ*, κωδικ* που σασ*, κωδικ* που μου, λεξη κλειδι, \
         κωδικ* εισοδου, κωδικ* συνδεση*, ψηφι* κωδικ*, password, \
         jelszo*, jelszav*, megerosito kod*, hitelesito kod*, ellenorzo kod*, \
         sms kod*, smskod*, sms ben, kod* ~ sms*, sms* ~ kod*, egyszer hasznalatos*, egyszeri kod*, belepesi kod*, \
         belepo kod*, belepokod*, hozzaferesi kod*, titkos kod*, kodszo*, kodszav*, aktivalo kod*, jelige*, kapott kod*, kod* ~ uzenet*, uzenet* ~ kod*, kod* ~ erkez*, erkez* ~ kod*, telekod*, kod* amit, kod* ~ kapt*, jott egy kod*, jott kod*, megjott a kod*, \
         jegyu kod*, azonosito kod*, telekod*, netbank kod*, igazolo kod*, visszaigazolo kod*",
    ),
    (Label::Code, "code, kod, kodem, код, κωδικοσ, κωδικο, kodja, kodot"),
    (
        Label::Birth,
        "date of birth, birth date*, birthdate*, birthday*, born, dob, d o b, dat* urodzenia, urodzil*, urodzon*, urodzin*, urodzenia, \
         data urodzin, rok urodzenia, rocznik*, na swiat, дат* рождения, рожден*, родил*, день рождения, год рождения, на свет, ημερομηνι* γεννησ*, \
         γεννηθ*, γεννησ*, γεννημεν*, γενεθλι*, ηρθα στον κοσμο, szuletes*, szulet*, szulinap*, vilagra jott*, a vilagra",
    ),
    (
        Label::Postcode,
        "postcode*, post code*, postal code*, zip, zip code*, kod* pocztow*, почтов* индекс*, индекс*, ταχυδρομικ* κωδικ*, τκ, \
         iranyitoszam*, iranyito szam*",
    ),
    (
        Label::Other,
        "error code*, reference code*, product code*, customer code*, dial* code*, country code*, kod* bled*, kod* klient*, kod* kuponu, код* ошибк*, код* клиент*, код* купон*, \
         код* товар*, код* город*, κωδικ* σφαλμα*, κωδικ* κουπον*, κωδικ* βλαβη*, hibakod*, order*, invoice*, contract*, reference*, ref, tracking*, parcel*, shipment*, package*, ticket*, case, case number*, \
         serial*, policy*, customer number*, customer id*, client number*, client id*, account with, customer account*, \
         meter*, reading*, model*, article*, item*, promo*, coupon*, voucher*, discount code*, offer code*, extension*, \
         branch*, imei, flight*, booking*, reservation*, complaint*, claim*, application*, registration*, sku, product*, \
         version*, quote number*, quotation*, loyalty*, membership*, bill*, receipt*, confirmation number*, barcode*, \
         transaction*, warranty*, \
         zamowien*, faktur*, umow*, przesylk*, paczk*, zgloszen*, numer* klienta, id klienta, identyfikator*, licznik*, odczyt*, \
         dowod* zakup*, dowod* wplat*, dowod* dostaw*, dowod* rejestr*, seryjn*, model*, polis*, reklamac*, spraw*, rezerwac*, kod* rabat*, kod* promoc*, kupon*, wniosk*, wniosek, \
         ewidencyjn*, katalog*, artykul*, numer* partii, wewnetrzn*, lojalnosciow*, numer* oferty, rachunek za, paragon*, \
         kod* produktu, kod* kreskow*, transakcj*, numer* wersji, list* przewozow*, gwarancj*, \
         заказ*, счет фактур*, счет на оплат*, счет за, накладн*, договор*, посылк*, заявк*, трек*, обращен*, счетчик*, \
         показани*, лицев* счет*, квитанци*, полис*, артикул*, модел*, сериин*, брон*, промокод*, клиентск*, номер* клиента, \
         абонентск*, тикет*, добавочн*, счет, заявлен*, карта лояльности, бонусн*, чек*, транзакц*, гарант*, штрихкод*, претенз*, \
         παραγγελι*, τιμολογι*, συμβολαι*, συμβαση*, δεμα, δεματοσ, αποστολησ, αιτημα*, πρωτοκολλ*, αναφορα*, μετρητη*, \
         ενδειξη*, παροχησ, αριθμ* παροχη*, μοντελ*, σειριακ*, κρατηση*, κωδικ* πελατη, αριθμ* πελατη, εκπτωτικ*, κουπονι*, \
         κωδικ* πληρωμη*, προιοντ*, φακελ*, υποθεση*, αποδειξη*, εσωτερικ*, λογαριασμοσ ρευματοσ, παραπον*, εγγυηση*, \
         κωδικ* αποστολη*, κωδικ* προσφορα*, συναλλαγη*, εισιτηρι*, \
         rendeles*, szamla, szamlat, szamlan, szamlaja, szamlajan, szerzod*, csomag*, ugyfelszam*, ugyfelazonosito*, \
         ugyfelkod*, meroora*, meroallas*, oraallas*, gyari szam*, gyariszam*, sorozatszam*, modell*, hibaszam*, bejelentes*, \
         ugyszam*, foglalas*, kotvenyszam*, kotveny*, kupon*, kedvezmenykod*, promocios*, cikkszam*, iktatoszam*, \
         nyomkovet*, ajanlat*, fogyasztasi hely*, mellek*, husegkarty*, panasz*, vasarloi*, garancia*, tranzakci*, bizonylat*, \
         partnerszam*, felhasznalasi hely*, kuponkod*",
    ),
];

// Places in `ids::NATIONAL_IDS`, which a test holds.
pub(super) const PESEL: usize = 0;
pub(super) const NIP: usize = 1;
pub(super) const REGON: usize = 2;
pub(super) const DOWOD: usize = 3;
pub(super) const INN: usize = 4;
pub(super) const SNILS: usize = 5;
pub(super) const AFM: usize = 6;
pub(super) const AMKA: usize = 7;
pub(super) const ADT: usize = 8;
pub(super) const TAJ: usize = 9;
pub(super) const ADO: usize = 10;
pub(super) const SZEMELYI: usize = 11;
pub(super) const IGAZOLVANY: usize = 12;
pub(super) const SSN: usize = 13;
pub(super) const NINO: usize = 14;
pub(super) const NHS: usize = 15;
pub(super) const ANY: usize = 16;

static TABLE: LazyLock<PhraseTable<Label>> = LazyLock::new(|| PhraseTable::new(LISTS));

/// Every label in the line, items `start..end`, by start. Where phrases of several labels begin at one word, only the
/// longest counts: "номер счета" is a bank account though "счет" alone is a bill.
pub(super) fn find(line: &Line<'_>) -> Vec<(usize, usize, Label)> {
    let mut found = TABLE.find(line);
    found.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    found.dedup_by_key(|(start, _, _)| *start);
    // What lies inside a longer phrase is part of it: "card" in "number of the bank card" is not.
    let mut kept: Vec<(usize, usize, Label)> = Vec::with_capacity(found.len());
    for label in found {
        let is_inside = kept.last().is_some_and(|last| label.1 <= last.1 && label.0 > last.0 && label.2 != Label::Cvv);
        if !is_inside {
            kept.push(label);
        }
    }
    kept
}

impl Label {
    /// Is what it names told with letters among the digits?
    pub fn has_letters(self) -> bool {
        match self {
            Self::Account | Self::Passport | Self::Secret | Self::Pin => true,
            Self::Id(at) => matches!(at, DOWOD | ADT | IGAZOLVANY | NINO | ANY),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::lists::check_is_folded;

    #[test]
    fn every_listed_word_is_in_the_form_that_words_are_compared_in() {
        LISTS.iter().for_each(|(_, list)| check_is_folded(&list.replace(['*', '~'], "").replace("card's", "")));
    }
}
