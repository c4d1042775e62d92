//! Personal data as people tell it in a call: over turns, with slips, letter by letter, read back, by a name that comes
//! before, after or in the question. And what sounds like it and is none.

use callvet::call::{Party, Speaker, Transcript, Utterance};
use callvet::privacy::find;

/// Lines are `a: …` of the agent and `c: …` of the customer; `⟦kind|words⟧` marks what must be found, and nothing else
/// may be.
fn check(language: &str, call: &str) {
    let (mut utterances, mut expected) = (Vec::new(), Vec::new());
    for (at, line) in call.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let (speaker, marked) = line.split_once(": ").expect("a: or c:");
        let mut text = String::new();
        for (i, part) in marked.split(['⟦', '⟧']).enumerate() {
            match part.split_once('|').filter(|_| i % 2 == 1) {
                Some((kind, words)) => {
                    expected.push((at, kind.to_owned(), words.to_owned()));
                    text.push_str(words);
                }
                None => text.push_str(part),
            }
        }
        utterances.push(Utterance {
            start_s: None,
            end_s: None,
            channel: None,
            speaker: Some(speaker.into()),
            language: Some(language.into()),
            text,
            confidence: None,
            words: Vec::new(),
        });
    }
    let transcript = Transcript { utterances, ..Transcript::default() };
    let speakers = [("a", Party::Agent), ("c", Party::Customer)].map(|(id, party)| Speaker {
        id: id.into(),
        party,
        channel: None,
    });
    let found: Vec<_> = find(&transcript, &speakers)
        .iter()
        .map(|d| {
            let words = &transcript.utterances[d.utterance].text[d.bytes.0..d.bytes.1];
            (d.utterance, d.kind.to_string(), words.to_owned())
        })
        .collect();
    assert_eq!(found, expected, "{language}: {call}");
}

#[test]
fn a_number_told_in_pieces_is_found_in_each() {
    check(
        "en",
        "a: Can you read me the long card number?
         c: Sure, ⟦card|four five three two, one one one one⟧
         a: Mhm.
         c: ⟦card|two two two two, three three three four⟧.",
    );
    check(
        "pl",
        "c: Mój telefon: ⟦phone|sześć zero dwa⟧
         a: tak
         c: ⟦phone|jeden dwa trzy⟧
         a: dobrze
         c: ⟦phone|cztery pięć sześć⟧",
    );
    check("ru", "c: Карта ⟦card|4276 1234⟧,\n a: Ага, пишу.\n c: ⟦card|5678 9010⟧.");
    check("el", "a: Το ΑΜΚΑ σας;\n c: ⟦national_id|01 01 90⟧\n c: και τα τελευταία ⟦national_id|1 2 3 4 1⟧.");
    check(
        "hu",
        "a: Kérem az útlevél számát.\n c: ⟦passport|B E kilencszáztizennégy⟧, pillanat.\n c: ⟦passport|nulla hat hat egy⟧.",
    );
}

#[test]
fn a_slip_and_its_correction_are_both_masked() {
    check("en", "c: My number is ⟦phone|oh two oh, seven nine four six, oh nine five, no wait, oh nine six oh⟧.");
    check(
        "pl",
        "c: Telefon ⟦phone|pięćset jeden, yyy, nie, przepraszam, pięćset dwa, trzysta czterdzieści, sto jeden⟧.",
    );
    check("ru", "c: Номер карты ⟦card|4817 7625 5301, сейчас, переверну, 9472⟧.");
    check("hu", "c: A CVC ⟦cvv|négy, bocsánat, öt hat hét⟧.");
    check("el", "c: Το κινητό ⟦phone|697, όχι, συγγνώμη, 698 141 5790⟧.");
}

#[test]
fn what_is_read_back_is_masked_as_what_it_is() {
    check(
        "en",
        "a: Can I take a contact number?
         c: It's ⟦phone|oh seven eight double six⟧
         a: ⟦phone|Oh seven eight double six⟧
         c: ⟦phone|three one four one five nine⟧
         a: ⟦phone|three one four one five nine⟧, thank you.",
    );
    check("pl", "a: Na nazwisko ⟦person_name|Kowalska⟧?\n c: Tak, ⟦person_name|Kowalska⟧.");
}

#[test]
fn letters_are_told_by_themselves_by_name_and_by_example() {
    check("en", "c: National insurance number is ⟦national_id|A B one two three four five six C⟧.");
    check("pl", "c: Mój dowód to ⟦national_id|A B A trzysta tysięcy⟧.");
    check("hu", "c: Útlevélszám: ⟦passport|B, mint Béla, J, mint János, négy négy egy nyolc nulla hat három⟧.");
    check("el", "c: Αριθμός ταυτότητας ⟦national_id|χι ήτα έξι τρία πέντε δύο μηδέν οκτώ⟧.");
    check("ru", "c: Польский счёт: ⟦iban|пэ эль шестьдесят один, 1090 1014 0000 0712 1981 2874⟧.");
    check("pl", "c: To jest ⟦email|zet jak Zenon, o, s, podkreślnik, siedem, małpa wu pe kropka pe el⟧.");
}

#[test]
fn national_numbers_are_found_by_their_names_even_if_a_digit_is_wrong() {
    for (language, text) in [
        ("pl", "NIP ⟦national_id|123-456-32-18⟧"),
        ("pl", "REGON firmy ⟦national_id|123456785⟧"),
        ("pl", "mój PESEL to ⟦national_id|44051401358⟧"),
        ("ru", "ИНН ⟦national_id|500100732258⟧"),
        ("ru", "⟦national_id|112-233-445 95⟧, это мой СНИЛС"),
        ("el", "Α.Φ.Μ. ⟦national_id|123456782⟧"),
        ("el", "Ταυτότητα ⟦national_id|ΑΒ 123456⟧"),
        ("hu", "a TAJ számom ⟦national_id|111 111 111⟧"),
        ("hu", "adóazonosító ⟦national_id|8123456786⟧"),
        ("hu", "személyi szám ⟦national_id|1 800101 1238⟧"),
        ("en", "my NHS number is ⟦national_id|943 476 5918⟧"),
        ("en", "the social is ⟦national_id|457 55 5462⟧"),
    ] {
        check(language, &format!("c: {text}."));
    }
}

#[test]
fn codes_and_passwords_answer_their_question() {
    check("en", "a: I've just sent you a six digit code, could you read it out?\n c: ⟦account_password|482913⟧.");
    check("en", "a: What's the security word?\n c: It's ⟦account_password|marmalade⟧, I think.");
    check("pl", "a: Proszę o hasło.\n c: ⟦account_password|Malinowy zachód⟧.");
    check("ru", "a: Назовите код из смс.\n c: ⟦account_password|четыре восемь один девять⟧.");
    check("el", "c: Ο κωδικός που μου ήρθε είναι ⟦account_password|έξι πέντε τρία ένα⟧.");
    check("hu", "c: Azzal lépek be, hogy ⟦account_password|bodri2015⟧, ez a jelszó.");
}

#[test]
fn names_are_found_where_the_talk_says_that_one_stands_there() {
    check("en", "a: Am I speaking with Mrs ⟦person_name|Patricia Lowell⟧?");
    check("en", "a: And who am I speaking to?\n c: ⟦person_name|Hannah⟧.");
    check("en", "c: It's ⟦person_name|Okafor, O, K, A, F, O, R⟧, that's my surname.");
    check("pl", "a: Pani ⟦person_name|Katarzyno⟧, mam ofertę.");
    check("pl", "c: Na imię mam ⟦person_name|Leokadia⟧, nazwisko ⟦person_name|Szczepanik⟧.");
    check("ru", "a: ⟦person_name|Иван Петрович⟧, добрый день!");
    check("el", "a: Κυρία ⟦person_name|Σταυροπούλου⟧, σας ευχαριστώ.");
    check("hu", "a: ⟦person_name|Kovács⟧ úrral beszélek?\n c: Igen, ⟦person_name|Kovács István⟧ vagyok.");
}

#[test]
fn addresses_reach_from_the_street_to_the_town() {
    check("en", "c: Send it to ⟦address|4815 Maple Avenue, Apartment 6B, Columbus, Ohio 43214⟧.");
    check("en", "c: I live at ⟦address|27 Willow Crescent, Harrogate, HG1 4RT⟧.");
    check("pl", "c: Adres: ⟦address|os. Piastów 14/23, 31-624 Kraków⟧.");
    check("pl", "c: Kod pocztowy ⟦address|00-950⟧.");
    check("ru", "c: Везите на ⟦address|проспект Мира, сто двенадцать, корпус два, квартира сорок⟧.");
    check("el", "c: Μένω στην ⟦address|οδό Πατησίων 120⟧.");
    check("hu", "c: A címem ⟦address|1051 Budapest, Nádor utca 7⟧.");
}

#[test]
fn who_speaks_for_a_company_tells_nothing_personal() {
    check("en", "a: Hello, my name is Sarah and I'm calling from BrightHome Energy.");
    check("en", "a: Our office is at 12 High Street. Call our customer service on 0345 600 4545.");
    check("pl", "a: Dzień dobry, Anna Nowak, dzwonię z firmy TeleNova. Nasz salon jest przy ulicy Prostej 10.");
    check("ru", "a: Меня зовут Ольга, компания «Связь». Горячая линия 8 800 555 35 35.");
    check("el", "a: Λέγομαι Νίκος και καλώ από την Elektra. Το κατάστημα στην οδό Ερμού 12 είναι ανοιχτό.");
    check("hu", "a: Péter vagyok a Nova Telekomtól. Az irodánk a Váci út 33 alatt található.");
}

#[test]
fn a_full_name_is_personal_data_of_an_agent_too() {
    check("en", "a: Thanks for calling Brightline, ⟦person_name|Sarah Bennett⟧ speaking, how can I help?");
    check("en", "a: My name is ⟦person_name|Thomas Whitfield⟧ and I look after new customers.");
    check("pl", "a: Dzień dobry, z tej strony ⟦person_name|Katarzyna Wrona⟧, dział obsługi klienta.");
    check("ru", "a: Меня зовут ⟦person_name|Дмитрий Лаптев⟧, компания «Связь», чем могу помочь?");
    check("el", "a: Καλημέρα, με λένε ⟦person_name|Μαρία Αλεξίου⟧, πώς μπορώ να βοηθήσω;");
    check("hu", "a: ⟦person_name|Szabó Péter⟧ vagyok a Nova Telekomtól, miben segíthetek?");
    // A shop that is called like a person answers.
    check("en", "a: Good morning, this is Northgate Motors, how can I help?");
    check("hu", "a: Jó napot, Nova Telekom vagyok, a virtuális asszisztens.");
}

#[test]
fn numbers_of_things_are_no_personal_data() {
    check("en", "a: Your customer number is 448812097, order 77120345, meter reading four five six seven eight.");
    check("en", "a: That's one hundred and twenty pounds a month for thirty-six months, 24 percent off since 2019.");
    check("pl", "a: Umowa numer 778812345, licznik 12 345 kilowatogodzin, rata 54,13 zł, kod rabatowy WIOSNA25.");
    check("ru", "a: Номер вашей заявки 74951234567, артикул 770-415-22, цена две тысячи девятьсот девяносто.");
    check("el", "a: Ο αριθμός παραγγελίας είναι 6971234567, η σύμβαση 2101234567, η δόση 19,90 για 36 μήνες.");
    check("hu", "a: A rendelésszám 301234567, a gyári szám ZX 40 71 885, 2026. május 12-ig 25 000 forint.");
    check("en", "c: I'd forgotten my password, but I've made a new one. The password is wrong.");
    check("ru", "c: Пароль я забыла, пароль неверный.");
}

fn check_lines(language: &str, call: &[&str]) {
    check(language, &call.join("\n"));
}

#[test]
fn a_card_is_known_by_its_prefix_and_length_though_a_digit_was_misheard() {
    check_lines("en", &["c: It's ⟦card|5311, let me see, 7742, I think, 0098, 1136⟧."]);
    check_lines("pl", &["c: Mam tu ⟦card|4532 0011, zaraz, 7788, wydaje mi się, 3412⟧."]);
    check_lines("ru", &["c: Сейчас, ⟦card|2202 2011, вроде, 5534, э, по-моему, 7718⟧."]);
    check_lines("el", &["c: Πλήρωσα με την ⟦card|4921 5530 1187 2204⟧ και η συναλλαγή δεν πέρασε."]);
    check_lines("hu", &["c: Ezzel fizettem, ⟦card|5399 1204 7788 3315⟧, és nem ment át."]);
    check_lines("en", &["a: The parcel number is 4929 1187 3302 5516."]);
    check_lines("hu", &["a: A csomagszám 5399 1204 7788 3315."]);
}

#[test]
fn a_number_goes_on_after_the_question_whether_the_other_keeps_up() {
    let answers = ["a: Yes, go ahead please.", "c: ⟦phone|four nine six, oh two double one⟧."];
    let asks = "c: The number is ⟦phone|oh one one seven⟧, are you writing this down?";
    check_lines("en", &[asks, answers[0], answers[1]]);
    check_lines(
        "pl",
        &["c: Numer to ⟦phone|pięćset dwa⟧, zapisuje pani to gdzieś?", "c: ⟦phone|Sto dwa, czterysta sześć⟧."],
    );
    check_lines(
        "ru",
        &[
            "c: Номер ⟦phone|восемь девятьсот шесть⟧, вы успеваете всё записывать?",
            "c: ⟦phone|сто три, сорок пять, десять⟧.",
        ],
    );
    check_lines(
        "el",
        &[
            "c: Είναι ⟦phone|εξήντα εννιά σαράντα πέντε⟧, τα γράφετε όλα αυτά κάπου;",
            "c: ⟦phone|εκατόν είκοσι τρία, τετρακόσια έξι⟧.",
        ],
    );
    check_lines(
        "hu",
        &[
            "c: A szám ⟦phone|nulla hat húsz⟧, fel tudja írni, írja most?",
            "c: ⟦phone|Háromszáztíz, tizenegy, huszonkettő⟧.",
        ],
    );
}

#[test]
fn a_telephone_at_home_may_be_told_without_its_code() {
    check_lines("en", &["c: My landline is ⟦phone|274 381⟧."]);
    check_lines("pl", &["c: Stacjonarny to ⟦phone|22 41 17⟧."]);
    check_lines("ru", &["c: Пишите домашний, ⟦phone|сорок два, семнадцать, шестьдесят три⟧, код не нужен."]);
    check_lines("el", &["c: Το σταθερό είναι ⟦phone|44 55 66⟧."]);
    check_lines("hu", &["c: Vezetékes: ⟦phone|483 215⟧."]);
    check_lines("hu", &["c: Délután a ⟦phone|harminc, hatszázhúsz, tizennégy, ötvenkilencen⟧ ér el."]);
    check_lines("pl", &["c: Domowy internet mam sto megabitów za sześćdziesiąt złotych."]);
}

#[test]
fn digits_that_were_taken_back_leave_a_phone_number() {
    check_lines("en", &["c: Note it: ⟦phone|07911, 223, sorry, 224, 678⟧."]);
    check_lines(
        "ru",
        &["c: Запишите жену, ⟦phone|девятьсот три, двести восемьдесят, ой, двести восемнадцать, сорок, десять⟧."],
    );
}

#[test]
fn a_name_that_heads_a_list_is_the_callers() {
    check_lines("en", &["c: ⟦person_name|Bethany Holroyd⟧, ⟦date_of_birth|14 June 1976⟧, about the claim."]);
    check_lines("pl", &["c: ⟦person_name|Bożydar Mleczko⟧, ⟦date_of_birth|12.03.1968⟧, w sprawie wizyty."]);
    check_lines("ru", &["c: ⟦person_name|Гульшат Ахметова⟧, ⟦date_of_birth|12.04.1979⟧, насчёт полиса."]);
    check_lines("el", &["c: ⟦person_name|Πολυξένη Βλάχου⟧, ⟦date_of_birth|05/08/1966⟧."]);
    check_lines(
        "hu",
        &["c: ⟦person_name|Zsigmond Ármin⟧, ⟦date_of_birth|1971. 03. 12⟧., a számom ⟦phone|06-20-937-1148⟧."],
    );
    check_lines(
        "en",
        &["c: I bought a Bosch Washer, 12 May 2009, it's broken.", "a: Green Valley, 12 June 1998, we opened then."],
    );
    check_lines("en", &["c: American Express, ⟦card|3714 906258 33177⟧."]);
}

#[test]
fn a_relatives_name_is_a_name_in_every_case() {
    check_lines("en", &["c: It's my son's account, ⟦person_name|Toby Ferris⟧."]);
    check_lines("pl", &["c: Umowa jest na mojego ojca, ⟦person_name|Seweryna Lisa⟧."]);
    check_lines("ru", &["c: Это счёт моего тестя, ⟦person_name|Прохора Лыкова⟧."]);
    check_lines("el", &["c: Είναι στο όνομα του πατέρα μου, ⟦person_name|Ευστάθιος Λαμπρόπουλος⟧."]);
    check_lines("hu", &["c: A szomszédom a Fuvallatot nyolcvanezerért vette."]);
    check_lines("hu", &["c: A sógorom, ⟦person_name|Halmos Benedek⟧ veszi át."]);
}

#[test]
fn what_is_said_of_the_letters_stands_before_the_name() {
    check_lines("en", &["c: The name in capitals is ⟦person_name|Jonas Weber⟧."]);
    check_lines("pl", &["c: Imię i nazwisko drukowanymi literami ⟦person_name|Olgierd Pawlak⟧."]);
    check_lines("ru", &["c: На карте имя латиницей ⟦person_name|Sergey Malyshev⟧."]);
    check_lines("el", &["c: Το όνομα με λατινικά ⟦person_name|Nikos Vlachos⟧."]);
    check_lines("hu", &["c: A név a kártyán nagybetűvel ⟦person_name|Jonas Weber⟧."]);
}

#[test]
fn a_password_is_spelled_or_told_in_doubt() {
    check_lines("en", &["c: My password, that would be ⟦account_password|b l u e h e r o n⟧, all one word."]);
    check_lines("pl", &["c: Hasło do konta, yyy, wydaje mi się, że ⟦account_password|Stokrotka⟧."]);
    check_lines(
        "ru",
        &["c: Пароль ⟦account_password|р о м а ш к а⟧, слитно.", "c: Пароль, кажется, ⟦account_password|Берёза⟧."],
    );
    check_lines("el", &["c: Ο κωδικός πρόσβασης, εεε, νομίζω, ⟦account_password|Θάλασσα⟧."]);
    check_lines(
        "hu",
        &[
            "c: A jelszó, ööö, azt hiszem, ⟦account_password|kiskutya⟧, egybe.",
            "c: A régi jelszavam, a ⟦account_password|Rozmaring_08⟧.",
        ],
    );
    check_lines("en", &["c: My password, I think, is wrong.", "c: I changed the password yesterday."]);
    check_lines("el", &["c: Ο κωδικός πρόσβασης, νομίζω, είναι λάθος. Άλλαξα τον κωδικό χτες."]);
}

#[test]
fn letters_and_digits_one_by_one_are_a_password_or_a_name() {
    check_lines("en", &["c: The password is ⟦account_password|x 7 k 9 q 2⟧."]);
    check_lines("en", &["a: Can you spell your surname?", "c: ⟦person_name|W H I T T L E⟧."]);
    check_lines("pl", &["c: Hasło literuję, ⟦account_password|ka, o, te, e, ka⟧."]);
    check_lines("ru", &["c: Пароль по буквам: ⟦account_password|эм, а, ка, эс⟧."]);
    check_lines("en", &["a: Your booking reference is Q W E R T Y."]);
}

#[test]
fn a_number_that_is_cut_short_goes_on() {
    let cut = "c: The long number is ⟦card|4761, er, 3382⟧, hold on, I dropped it.";
    check_lines("en", &[cut, "a: Take your time.", "c: Okay, ⟦card|0915, 7044⟧."]);
}

#[test]
fn a_landmark_and_a_date_leave_an_address_one() {
    check_lines("en", &["c: It's ⟦address|22 High Street⟧, above the bank."]);
    check_lines("pl", &["c: Mieszkam przy ⟦address|ulicy Wąskiej 8⟧, nad sklepem."]);
    check_lines("ru", &["c: Адрес: ⟦address|проспект Ленина, 15⟧, над банком."]);
    check_lines("el", &["c: Μένω στην ⟦address|οδό Αθηνάς 12⟧, πάνω από το κατάστημα."]);
    check_lines("hu", &["c: ⟦address|Debrecen, Csapó utca huszonhét, fsz. kettő⟧, ott van az üzlet fölött."]);
    check_lines("hu", &["c: Ide kérem: ⟦address|Budapest, Október huszonharmadika utca nyolc⟧."]);
    check_lines("en", &["a: Our shop is at 12 High Street, next to the bank."]);
}

#[test]
fn an_account_begins_with_the_names_of_its_letters() {
    let told = "c: ⟦iban|Há ú ötvenöt, tizenkettő nulla egy, nulla nulla nulla, hat nyolc nulla egy, hét három kilenc kettő⟧, ez az.";
    check_lines("hu", &[told]);
}
