//! What introduces the name of a person, in five languages, and what looks like a name and is none. Only words: how they
//! are used is told in [`super::names`].

use std::sync::LazyLock;

use super::line::Line;
use super::lists::{PhraseTable, WordList};

/// How a name is introduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// By whom it belongs to: "my name is".
    Own,
    /// The same so weakly that only two capitals make a name: "I am", "this is".
    WeakOwn,
    /// Somebody else's: "in the name of", "am I speaking with".
    Theirs,
    /// The same so weakly that only two capitals make a name.
    WeakTheirs,
    /// Mr, pani, κύριε.
    Title,
    /// My husband.
    Kin,
    /// Stands after the name: "vagyok", "speaking".
    OwnAfter,
    /// … of somebody else: "úr", "a neve".
    TheirsAfter,
    /// Asks for a name.
    Question,
}

const LISTS: &[(Cue, &str)] = &[
    (
        Cue::Own,
        "my name is, my full name is, my surname is, my last name is, my first name is, name is, i am called, \
         nazywam sie, mam na imie, na imie mam, na imie mi, moje nazwisko to, moje nazwisko, moje imie to, moje imie, z tej strony, przy telefonie, przy aparacie, \
         меня зовут, зовут меня, мое имя, моя фамилия, фамилия моя, имя мое, фамилия у меня, с вами говорит, вас беспокоит, мое фио, у телефона, у аппарата, на связи, \
         με λενε, ονομαζομαι, λεγομαι, στο τηλεφωνο ειμαι, στο τηλεφωνο ο, στο τηλεφωνο η, στη γραμμη ο, στη γραμμη η, το ονομα μου ειναι, το ονομα μου, το επωνυμο μου ειναι, το επωνυμο μου, το επιθετο μου, \
         το μικρο μου, ονομα μου ειναι, a nevem, az en nevem, a teljes nevem, teljes nevem, nevem, a vezeteknevem, a keresztnevem, \
         vezeteknevem, keresztnevem, a csaladnevem, a leanykori nevem, leanykori nevem",
    ),
    (
        Cue::WeakOwn,
        "i am, this is, it is, jestem, tu, tutaj, mowi, to ja, это, я, вам звонит, ειμαι ο, ειμαι η, ειμαι, εδω, en, itt",
    ),
    (
        Cue::Theirs,
        "name in, name printed, name spelled, name spelt, her name is, his name is, your name is, their name is, in the name of, under the name, find me under, listed under, registered under, booked under, it under, name of, name on the card, \
         name on the account, name on it is, account holder, cardholder, card holder, customer name, full name, \
         first name, last name, surname, second name, maiden name, wife name is, husband name is, speaking with, speaking to, \
         speak to, speak with, talking to, talk to, registered to, addressed to, made out to, signed by, belongs to, \
         nazywa sie, ma na imie, na nazwisko, imie i nazwisko, imieniem, nazwisko, nazwiska, nazwiskiem, imie, rozmawiam z, rozmawiac z, \
         mowic z, panienskie, na imie, wlascicielem jest, wlascicielka jest, wlasciciel*, odbiorca, odbiorc*, zapisane na, \
         имя на карте, имя держателя, имя владельца, фамилия на карте, nazwisko na karcie, imie na karcie, ονομα στην καρτα, ονομα πανω στην καρτα, nev a kartyan, \
         его зовут, ее зовут, зовут, на имя, имя, фамилия, фамилию, фамилии, фио, говорю с, разговариваю с, оформлен* на, записан* на, \
         получатель, держател*, владелец, владельц*, девичья, отчество, фамилия имя отчество, \
         τον λενε, τη λενε, την λενε, λεγεται, ονομαζεται, στο ονομα, επ ονοματι, ονοματεπωνυμο*, επωνυμο, επιθετο, ονομα, μιλαω με, \
         μιλω με, μιλησω με, δικαιουχοσ, κατοχοσ, παραληπτησ, παραληπτρια, ονοματι, πατρωνυμο, \
         neve, nevere, neven, neveben, hivjak, nevu, vezeteknev, keresztnev, csaladnev, lanykori nev*, leanykori nev*, kartyabirtokos*, \
         nev, name, anyja neve, edesanyja neve, szerzodo*, atvevo, cimzett, birtokos*, tulajdonos*",
    ),
    (
        Cue::WeakTheirs,
        "am i speaking, is this, is that, is it, am i talking, czy to, это ли, do i have, to z, mam przyjemnosc z, εσεισ ειστε",
    ),
    (
        Cue::Title,
        "dear, droga, drogi, szanowna, szanowny, уважаемая, уважаемыи, дорогая, дорогои, αγαπητε, αγαπητη, kedves, \
         mr, mrs, ms, miss, mister, missus, madam, sir, pan, pana, panu, panem, panie, pani, pania, panstwo, panstwa, panstwu, doktor, \
         господин*, госпож*, г н, г жа, гражданин*, κυριε, κυριοσ, κυριο, κυριου, κυρια, κυριασ, κυριουσ, κοσ, κα, κ",
    ),
    (
        Cue::Kin,
        "husband, wife, son, daughter, husband's, wife's, son's, daughter's, mother's, father's, mum's, mom's, dad's, brother's, sister's, partner's, mother, father, mum, mom, dad, brother, sister, my partner, neighbour, kuzyn, kuzyna, kuzynka, kuzynki, kuzynke, siostrzeniec, siostrzenica, bratanek, bratanica, wujek, wujka, ciocia, cioci, sasiad, sasiada, sasiadka, sasiadki, \
         племянник, племянника, племянница, племянницы, племянницу, дядя, дяди, тетя, тети, соседка, соседки, сосед, соседа, \
         ανιψιοσ μου, ανιψιου μου, ανιψια μου, ανιψιασ μου, ξαδερφοσ μου, ξαδερφου μου, ξαδερφη μου, γειτονασ μου, γειτονισσα μου, κουμπαροσ μου, \
         unokatestver*, szomszedom*, szomszedasszony*, keresztfiam*, keresztlanyom*, nagybatyam*, nagynenem*, cousin, grandson, granddaughter, grandmother, grandfather, nephew, niece, aunt, uncle, my nan, my gran, mother in law, father in law, \
         matki, matce, matke, ojcu, bratu, bratem, siostrze, tesciowej, tescia, babcia, babci, dziadek, dziadka, synowa, synowej, ziec, ziecia, wnuka, wnuczki, \
         матери, отцу, отца, брату, сестре, сестру, тещи, теща, тещу, тесть, тестя, свекровь, свекрови, свекра, бабушка, бабушки, бабушке, бабушку, дедушка, дедушки, \
         дедушке, дедушку, внука, внучки, внучку, зять, зятя, невестка, невестки, супруг, супруга, супруге, супругу, дочерью, сыном, женои, мужем, maz, meza, mezowi, mezem, zona, zony, zonie, zone, syn, syna, synowi, corka, corki, corce, corke, matka, \
         mama, mamy, ojciec, ojca, brat, brata, siostra, siostry, tesciowa, tesc, wnuk, wnuczka, муж, мужа, мужу, жена, жены, жену, сын, сына, \
         сыну, дочь, дочка, дочери, мама, мамы, отец, отца, брат, брата, сестра, сестры, внук, внучка, \
         συζυγοσ μου, συζυγο μου, συζυγου μου, πατερα μου, μητερασ μου, μανα μου, μανασ μου, μαμα μου, μαμασ μου, μπαμπασ μου, μπαμπα μου, ανδρα μου, γυναικασ μου, γιου μου, κορησ μου, \
         αδελφο μου, αδελφου μου, αδερφο μου, αδερφου μου, αδελφησ μου, αδερφησ μου, παππουσ μου, παππου μου, γιαγια μου, γιαγιασ μου, πεθερα μου, πεθερασ μου, πεθεροσ μου, \
         πεθερου μου, θειοσ μου, θειου μου, θεια μου, θειασ μου, κουνιαδοσ μου, κουνιαδα μου, νυφη μου, νυφησ μου, γαμπροσ μου, γαμπρου μου, εγγονοσ μου, εγγονη μου, εγγονησ μου, αντρασ μου, αντρα μου, ανδρασ μου, γυναικα μου, γιοσ μου, γιο μου, κορη μου, μητερα μου, πατερασ μου, \
         αδελφοσ μου, αδελφη μου, αδερφοσ μου, αδερφη μου, ferjem*, felesegem*, fiam*, lanyom*, anyam*, apam*, edesanyam*, edesapam*, testverem*, batyam*, \
         novelem, nover*, unokam*, ocsem*, hugom*, anyosom*, aposom*, menyem*, vejem*, sogorom*, sogornom*, nagymamam*, nagyanyam*, nagyapam*, nagypapam*, unokaocsem*, unokahugom*, parom*",
    ),
    (
        Cue::OwnAfter,
        "speaking, here, on the line, is my name, that is my name, that is my surname, that is my last name, my surname, z tej strony, przy telefonie, \
         to moje nazwisko, tak sie nazywam, moje nazwisko, моя фамилия, меня зовут, слушает, у телефона, ειναι το επωνυμο μου, με λενε, \
         ειναι το ονομα μου, στο τηλεφωνο, vagyok, vagyok en, a nevem, a teljes nevem, nevem, a vezeteknevem, beszel, vagyok az, hivnak, van a vonalban, a vonalban",
    ),
    (
        Cue::TheirsAfter,
        "ur, urnak, urral, urat, urhoz, urtol, urnal, ure, asszony, asszonynak, asszonnyal, asszonyt, holgy, holgyet, holgynek, holggyel, neni, bacsi, kisasszony, \
         beszelek, beszelhetek, a neve, a teljes neve, neve, neven, nevere, nevu, nak hivjak, nek hivjak, hivjak, lanykori nev*, asszonyom, uram, \
         λεγεται, ειναι το ονομα, to jego nazwisko, to jej nazwisko, зовут",
    ),
    (
        Cue::Question,
        "your name, your full name, your surname, your last name, your first name, who am i speaking, who am i talking, may i ask who, \
         who is calling, whose name, name please, name on the account, name on the card, what name, cardholder, maiden name, full name, \
         the name, surname, last name, first name, her name, his name, \
         jak sie pan nazywa, jak sie pani nazywa, jak sie nazywa*, panskie nazwisko, pani nazwisko, pana nazwisko, imie i nazwisko, \
         imienia i nazwiska, godnosc, z kim rozmawiam, z kim mam, jak pan ma na imie, jak pani ma na imie, na jakie nazwisko, \
         na czyje nazwisko, na kogo, o nazwisko, podac nazwisko, nazwisko, imie, panienskie, przedstawic, \
         как вас зовут, ваше имя, ваша фамилия, вашу фамилию, фамилию, фамилия, как к вам обращаться, имя отчество, имя и отчество, \
         представьтесь, представиться, с кем я говорю, с кем говорю, с кем разговариваю, на чье имя, на кого, ваше фио, фио, полное имя, назовите имя, как зовут, \
         πωσ λεγεστε, το ονομα σασ, ονοματεπωνυμο, επωνυμο, επιθετο, πωσ σασ λενε, με ποιον μιλαω, με ποιον, με ποια, πωσ ονομαζεστε, σε ποιο ονομα, \
         ονομα, ποιοσ ειναι, hogy hivjak, mi a neve, a nevet, onnek a neve, kivel beszelek, kihez van, teljes nevet, nevet, anyja nev*, neve kerem, \
         milyen neven, kinek a nev*, milyen nevre, kivel van, leanykori nev*, lanykori nev*",
    ),
];

static TABLE: LazyLock<PhraseTable<Cue>> = LazyLock::new(|| PhraseTable::new(LISTS));

/// Every introduction in the line: items `start..end` and what it is.
pub(super) fn find(line: &Line<'_>) -> Vec<(usize, usize, Cue)> {
    TABLE.find(line)
}

/// Words that may stand between an introduction and the name.
pub(super) static BETWEEN: WordList = WordList::new(
    "is it that so well uh um er erm please mr mrs ms miss to jest brzmi tak yyy eee pan pani panem pania pana panu \
    panstwo moje moja это да ну так э у меня ειναι ναι λοιπον εε ο η τον την τη κυριο κυριοσ κυρια κυριε κυριασ στο του τησ az a igen tehat hat oo jo \
    here oh the i sure certainly of course yes yeah yep hi hello good morning with oczywiscie dzien dobry no конечно алло господин господином \
    госпожои я μαλιστα καλημερα σασ μου persze jo napot kerem ez en of dr van \
    латиницеи латинскими латинскои буквами англиискими по англииски печатными literami drukowanymi wielkimi alfabetem lacinskim λατινικα λατινικουσ λατινικοισ χαρακτηρεσ κεφαλαια \
    nagybetuvel nagybetukkel nyomtatott betukkel block letters capitals capital printed full latin με",
);

/// Words that begin with a capital now and then and are nobody's name, folded.
pub(super) static NO_NAMES: WordList = WordList::new(
    "νομιζω κωδικοσ πιστευω ont onnek onnel onok i i'm i'll i've not no yes on the and what mr mrs ms miss sir madam hello in here sorry from it it's that this we you your my he she they \
    but so if when how can could would will do is are was okay ok thanks thank good well speaking calling with for to at just also please sure \
    nie tak pan pani panie pana panu panem panstwo z i jak dzien to czy a ale w na do od mam jest bo ze co dobrze prosze dziekuje jestem moge chce \
    tylko juz mi moj moja moje oraz adres telefon numer mail pesel nip szanowny szanowna drogi droga kochany \
    как не да и из что это а но я мы вы он она в на с у по все вот так нет ну мне мои моя мое если когда можно хорошо спасибо телефон номер адрес \
    паспорт почта снилс инн господин госпожа \
    και ναι οχι απο που το η ο οι τα την τον του τησ σασ μου με για σε στο στη στην θα να δεν αν ειναι εχω κυριε κυρια κυριοσ τηλεφωνο αφμ αμκα \
    меня тебя его ее их нас вас моего моеи нашего hat nos tehat nezze figyeljen hallo elnezest tisztelt persze \
    nem igen es vagyok itt leanykori lanykori teljes cegunk uj regi ferjem felesegem az ez egy hogy de ha mert meg csak van en on onok ezt azt akkor most kerem koszonom jo ur asszony cim telefon taj \
    january february march april may june july august september october november december monday tuesday wednesday thursday friday \
    saturday sunday customer client customers klient kliencie klienci panstwo ugyfel ugyfelunk vasarlo клиент клиенты покупатель друзья πελατη πελατεσ english christmas easter internet google facebook visa mastercard whatsapp gmail iban pin sms nhs",
);

/// Words of a company's introduction: who says them speaks for it.
pub(super) static COMPANY: WordList = WordList::new(
    "calling dzwonie firmy firma imieniu звоню компани* компании банк* магазин* καλω εταιρεια* εταιρια* cegtol ceg hivom bank* \
    department customer dzial* konsultant* doradc* специалист* менеджер* оператор* консультант* tanacsado* ugyintezo* συμβουλοσ εκπροσωποσ team",
);

/// What has a name and is no person; looked for just before "is called".
pub(super) static THINGS: WordList = WordList::new(
    "company firm plan package product offer shop store brand street road app service tariff bundle model firm* pakiet* ofert* taryf* plan* \
    produkt* aplikacj* sklep* uslug* mark* miast* ulic* program* компани* тариф* пакет* продукт* магазин* банк* улиц* услуг* план* фирм* бренд* \
    εταιρ* πακετο* προγραμμα* καταστημα* αλυσιδα* προιον* υπηρεσια* δρομο* πολη* ceg* csomag* termek* uzlet* bolt* program* szolgaltat* varos* utca* \
    alkalmazas* lanc* marka* our nasz* наш* μασ",
);

/// Parts of names of companies and products.
pub(super) static BRANDS: WordList = WordList::new(
    "telecom telekom express diners gas water power insurance university hospital clinic energy energia group ltd limited inc plc bank plus media net mobile insurance finance service services premium max home online \
    direct systems solutions company team center centre support care family shop store sp gmbh kft zrt bt ooo зао ооо пао ае επε",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::lists::check_is_folded;

    #[test]
    fn every_listed_word_is_in_the_form_that_words_are_compared_in() {
        for list in LISTS.iter().map(|(_, list)| *list) {
            check_is_folded(&list.replace('*', ""));
        }
        [&BETWEEN, &NO_NAMES, &COMPANY, &THINGS, &BRANDS].into_iter().for_each(WordList::check_is_folded);
    }
}
