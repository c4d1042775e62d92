//! Personal data: what is found, what is left alone, and that nothing of it survives in a masked report.

use callvet::call::{
    CallMetadata, CallReport, Finding, NearMiss, Party, PersonalData, PersonalKind, Polarity, Provenance, Recording,
    Required, RequiredStatus, Score, Severity, Speaker, Transcript, Utterance, Word, json,
};
use callvet::privacy::{find as find_of, mask};
use serde_json::{Map, Value};

/// An utterance of channel 0, one word a second from `start_s`.
fn said(language: &str, start_s: f64, text: &str) -> Utterance {
    let words: Vec<Word> = text
        .split_whitespace()
        .enumerate()
        .map(|(i, word)| Word {
            start_s: start_s + i as f64,
            end_s: start_s + i as f64 + 0.9,
            text: word.into(),
            probability: 0.8,
        })
        .collect();
    Utterance {
        start_s: Some(start_s),
        end_s: Some(words.last().map_or(start_s, |w| w.end_s)),
        channel: Some(0),
        speaker: Some("s0".into()),
        language: Some(language.into()),
        text: text.into(),
        confidence: Some(0.8),
        words,
    }
}

/// By nobody known.
fn find(transcript: &Transcript) -> Vec<PersonalData> {
    find_of(transcript, &[])
}

fn transcript(utterances: Vec<Utterance>) -> Transcript {
    Transcript { language: None, language_probability: None, model: None, utterances }
}

/// `expected` has, in order, the kind and the words of each entry.
fn check(language: &str, text: &str, expected: &[(&str, &str)]) {
    let transcript = transcript(vec![said(language, 0.0, text)]);
    let found = find(&transcript);
    let pieces: Vec<(String, &str)> = found.iter().map(|d| (d.kind.to_string(), &text[d.bytes.0..d.bytes.1])).collect();
    let pieces: Vec<(&str, &str)> = pieces.iter().map(|(kind, piece)| (kind.as_str(), *piece)).collect();
    assert_eq!(pieces, expected, "{language}: {text}");
}

#[test]
fn phone_numbers_of_six_regions_are_found_written_in_many_ways() {
    check("pl", "Mój numer to 601 234 567, dziękuję.", &[("phone", "601 234 567")]);
    check("pl", "Telefon 22 555 12 34.", &[("phone", "22 555 12 34")]);
    check("ru", "Позвоните мне: 8 (912) 345-67-89 вечером", &[("phone", "8 (912) 345-67-89")]);
    check("el", "το κινητό μου είναι 6971234567", &[("phone", "6971234567")]);
    check("hu", "a számom 06 30 123 4567", &[("phone", "06 30 123 4567")]);
    check("en", "it's 07911 123456 in London", &[("phone", "07911 123456")]);
    check("en", "call me at 212-736-5000.", &[("phone", "212-736-5000")]);
    check("en", "or +48 601 234 567", &[("phone", "+48 601 234 567")]);
    check(
        "en",
        "plus four eight six oh one two three four five six seven",
        &[("phone", "four eight six oh one two three four five six seven")],
    );
    check(
        "pl",
        "sześć zero jeden, dwa trzy cztery, pięć sześć siedem",
        &[("phone", "sześć zero jeden, dwa trzy cztery, pięć sześć siedem")],
    );
}

#[test]
fn prices_dates_and_numbers_of_other_things_are_left_alone() {
    check("pl", "Kosztuje 1299 złotych, od 12.05.2026 do 12.05.2027.", &[]);
    check("pl", "Numer zamówienia 601234567.", &[]);
    check("en", "your order number is 212-736-5000", &[]);
    // Valid in Britain only with the trunk prefix in front.
    check("en", "the file is 1636645783", &[]);
    check("en", "between 2019 and 2026 we had 100 000 000 pounds", &[]);
    check("ru", "Счет 30817810099910004312 и 15 процентов", &[]);
    check("hu", "egy, két, há, négy és 25 000 forint", &[]);
    check("el", "στις 10:30, 12/05/2026, 49,90 ευρώ", &[]);
}

#[test]
fn cards_accounts_and_addresses_need_their_checks() {
    check("en", "4111 1111 1111 1111", &[("card", "4111 1111 1111 1111")]);
    check("en", "4111 1111 1111 1112", &[]);
    check("pl", "karta 4111-1111-1111-1111, kod CVV 123", &[("card", "4111-1111-1111-1111"), ("cvv", "123")]);
    // A misheard digit does not make it another thing when it was called a card.
    check("en", "my card is 4111 1111 1111 1112", &[("card", "4111 1111 1111 1112")]);
    // The examples of the IBAN registry.
    check("en", "GB29 NWBK 6016 1331 9268 19 thanks", &[("iban", "GB29 NWBK 6016 1331 9268 19")]);
    check("pl", "konto PL61 1090 1014 0000 0712 1981 2874", &[("iban", "PL61 1090 1014 0000 0712 1981 2874")]);
    check("pl", "konto 61 1090 1014 0000 0712 1981 2874", &[("iban", "61 1090 1014 0000 0712 1981 2874")]);
    check("el", "GR1601101250000000012300695", &[("iban", "GR1601101250000000012300695")]);
    // A misheard digit does not make it another thing: nothing else begins with two letters and is as long.
    check("hu", "HU42 1177 3016 1111 1018 0000 0001", &[("iban", "HU42 1177 3016 1111 1018 0000 0001")]);
    check("en", "write to ann.lee@example.org please", &[("email", "ann.lee@example.org")]);
    check("pl", "jan kropka nowak małpa wp kropka pl", &[("email", "jan kropka nowak małpa wp kropka pl")]);
    check("pl", "mój PESEL 44051401359", &[("national_id", "44051401359")]);
    check("el", "ΑΦΜ 123456783", &[("national_id", "123456783")]);
}

#[test]
fn numbers_said_in_words_are_found_in_five_languages() {
    let whole = |kind: &'static str, language: &str, before: &str, number: &str, after: &str| {
        check(language, &format!("{before} {number}{after}"), &[(kind, number)]);
    };
    whole("card", "en", "the card is", "forty one eleven eleven eleven eleven eleven eleven eleven", ", thanks");
    whole("card", "en", "the card is", "4111 1111 1111 one one one one", ".");
    whole(
        "card",
        "pl",
        "numer karty",
        "czterdzieści jeden jedenaście, jedenaście jedenaście, jedenaście jedenaście, jedenaście jedenaście",
        ".",
    );
    whole(
        "card",
        "ru",
        "номер карты",
        "четыре один один один, один один один один, один один один один, один один один один",
        "",
    );
    whole("card", "el", "η κάρτα", "σαράντα ένα έντεκα έντεκα έντεκα έντεκα έντεκα έντεκα έντεκα", "");
    whole(
        "card",
        "hu",
        "a kártyám",
        "negyvenegy tizenegy, tizenegy tizenegy, tizenegy tizenegy, tizenegy tizenegy",
        ".",
    );
    whole("phone", "en", "call me on", "double oh four four, two oh seven, nine four six oh, nine five eight", "");
    whole("phone", "en", "my number is", "two one two, seven three six, five thousand", " okay");
    whole(
        "phone",
        "pl",
        "mój telefon to",
        "sześćset jeden, dwieście trzydzieści cztery, pięćset sześćdziesiąt siedem",
        ".",
    );
    whole("phone", "pl", "plus", "48 601, 234, 567", ".");
    whole(
        "phone",
        "ru",
        "мой телефон",
        "восемь девятьсот двенадцать триста сорок пять шестьдесят семь восемьдесят девять",
        "",
    );
    whole("phone", "el", "το κινητό μου", "εξήντα εννιά εβδομήντα ένα, είκοσι τρία, σαράντα πέντε, εξήντα επτά", ".");
    whole("phone", "hu", "a telefonszámom", "nulla hat harminc, százhuszonhárom, negyvenöt, hatvanhét", ".");
    whole("cvv", "en", "the CVV is", "one twenty three", "");
    whole("cvv", "pl", "kod CVV to", "sto dwadzieścia trzy", "");
    whole("cvv", "ru", "код CVC", "пять пять два", "");
    whole("cvv", "el", "ο κωδικός ασφαλείας είναι", "πεντακόσια πενήντα δύο", "");
    whole("cvv", "hu", "a CVC", "ötszázötvenkettő", "");
    whole("cvv", "en", "the CVV is", "5-5-5", ".");
    whole("iban", "hu", "a számla", "HU negyvenkettő, 1177 3016 1111 1018 0000 0000", "");
    whole("iban", "pl", "konto", "sześćdziesiąt jeden, dziesięć dziewięćdziesiąt, 1014 0000 0712 1981 2874", "");
    whole(
        "national_id",
        "pl",
        "PESEL",
        "czterdzieści cztery, zero pięć, czternaście, zero jeden, trzysta pięćdziesiąt dziewięć",
        "",
    );
    whole("national_id", "el", "ΑΦΜ", "δώδεκα τριάντα τέσσερα πενήντα έξι εβδομήντα οκτώ τρία", "");
    whole("national_id", "hu", "a TAJ számom", "száztizenegy, száztizenegy, száztíz", "");
    whole(
        "national_id",
        "ru",
        "СНИЛС",
        "сто двенадцать, двести тридцать три, четыреста сорок пять, девяносто пять",
        "",
    );
    // Without diacritics, as bad recognition writes, between words that are plain.
    whole("phone", "pl", "telefon", "szesc zero jeden dwa trzy cztery piec szesc siedem", "");
    // A language that is not known.
    whole(
        "phone",
        "xx",
        "телефон",
        "восемь девятьсот двенадцать триста сорок пять шестьдесят семь восемьдесят девять",
        "",
    );
}

#[test]
fn prices_dates_quantities_and_times_in_words_are_left_alone() {
    check(
        "en",
        "forty nine ninety nine a month for twenty four months, or one thousand two hundred pounds at once",
        &[],
    );
    check("en", "on the twelfth of May twenty twenty six at ten thirty, one two or three of you", &[]);
    check("en", "call us at nine thirty or between ten and twelve, it costs one hundred twenty dollars", &[]);
    check(
        "pl",
        "sto dwadzieścia złotych miesięcznie przez dwadzieścia cztery miesiące, razem dwa tysiące osiemset osiemdziesiąt złotych",
        &[],
    );
    check(
        "pl",
        "zadzwonię o dziesiątej trzydzieści albo za dwa, trzy dni, dwunastego maja dwa tysiące dwudziestego szóstego",
        &[],
    );
    check("ru", "пятьсот рублей в месяц, двадцать четыре месяца, всего двенадцать тысяч рублей", &[]);
    check("ru", "позвоню в десять тридцать, двенадцатого мая, через два-три дня", &[]);
    check("el", "σαράντα εννέα ευρώ και ενενήντα λεπτά, είκοσι τέσσερις μήνες, στις δέκα και τριάντα", &[]);
    check("hu", "négyezer kilencszázkilencven forint havonta, huszonnégy hónapra, tíz harminckor", &[]);
    check("hu", "a kártya díja ezerkétszáz forint, két-három nap", &[]);
    check("en", "your order number is two one two, seven three six, five thousand", &[]);
}

#[test]
fn a_named_number_is_found_even_if_a_digit_was_lost() {
    let whole = |kind: &'static str, language: &str, before: &str, number: &str, after: &str| {
        let text = format!("{before} {number}{after}");
        check(language, &text, &[(kind, number)]);
        let transcript = transcript(vec![said(language, 0.0, &text)]);
        // Less sure than a number of a valid form, which has 0.75 and more.
        assert!(find(&transcript).iter().all(|d| d.confidence < 0.7), "{text}");
    };
    whole("phone", "en", "My phone number is", "zero seven seven zero zero nine zero zero one two three", ".");
    whole("phone", "en", "my phone number, let me see, is", "zero seven seven zero zero nine zero", "");
    whole("phone", "pl", "mój numer telefonu to", "sześć zero jeden, dwa trzy cztery, pięć sześć", ".");
    whole("phone", "ru", "мой телефон", "восемь девятьсот двенадцать триста сорок пять шестьдесят семь", "");
    whole("phone", "el", "το τηλέφωνό μου είναι", "έξι εννιά επτά ένα δύο τρία τέσσερα", ".");
    whole("phone", "hu", "a telefonszámom", "06 30 123 456", ".");
    whole("card", "en", "my card number is", "4111 1111 1111 111", ".");
    whole("card", "pl", "numer karty to", "4111 1111 1111", "");
    whole("card", "hu", "a kártyaszámom", "4111 1111 11", "");
}

#[test]
fn a_number_of_no_valid_form_is_left_alone_without_a_name_near_it() {
    check("en", "one seven seven zero zero nine zero zero one two three", &[]);
    check("en", "my number is 555 12 34", &[]);
    check("en", "call us, we have 7 700 900 customers", &[]);
    check("en", "the phone costs 1 299 000 forint", &[]);
    check("en", "I bought the phone on 12-05-2026", &[]);
    check("en", "your phone order number is 1234567", &[]);
    check("en", "my phone number is 555 12", &[]);
    check("en", "this card has 1 000 000 points", &[]);
}

#[test]
fn nothing_of_a_number_said_in_words_is_left_when_it_is_masked() {
    let masked = |language: &str, text: &str| {
        let transcript = transcript(vec![said(language, 0.0, text)]);
        let shown = mask(&report(&transcript), &find(&transcript));
        let text = shown.transcript.expect("there").utterances[0].text.clone();
        (text, shown.findings[0].quote.clone().expect("a quote"))
    };
    let check = |language: &str, text: &str, expected: &str| {
        assert_eq!(masked(language, text), (expected.to_owned(), expected.to_owned()));
    };
    check("en", "my card is 4111 1111 1111 one one, uh, one one. Bye", "my card is [card]. Bye");
    check(
        "pl",
        "numer: sześćset jeden, eee, dwieście trzydzieści cztery i pięćset sześćdziesiąt siedem, tak",
        "numer: [phone], tak",
    );
    check("ru", "телефон 8 девятьсот двенадцать, 345, шестьдесят семь 89 вечером", "телефон [phone] вечером");
}

#[test]
fn a_quote_of_personal_data_is_masked_as_what_it_is_wherever_its_digits_stand_as_well() {
    let text = "my card is 4111 1111 1111 1111, the CVV is 111";
    let transcript = transcript(vec![said("en", 0.0, text)]);
    let mut report = report(&transcript);
    report.findings[0].rule = "pii.cvv".into();
    report.findings[0].quote = Some("111".into());
    let shown = mask(&report, &find(&transcript));
    assert_eq!(shown.findings[0].quote.as_deref(), Some("[cvv]"));
}

#[test]
fn a_word_of_a_number_that_goes_on_is_masked_there_and_nowhere_else() {
    let transcript = transcript(vec![
        said("en", 0.0, "phone two one two seven three six five zero"),
        said("en", 11.0, "zero seven seven"),
        said("en", 60.0, "zero seven, we are open seven days"),
    ]);
    let found = find(&transcript);
    assert!(found.len() <= 2, "{found:?}");
    let shown = mask(&report(&transcript), &found).transcript.expect("there");
    assert_eq!(shown.utterances[2].text, "zero seven, we are open seven days");
}

/// As `check`, said by the customer.
fn check_customer(language: &str, text: &str, expected: &[(&str, &str)]) {
    let customer = Speaker { id: "s0".into(), party: Party::Customer, channel: Some(0) };
    let found = find_of(&transcript(vec![said(language, 0.0, text)]), &[customer]);
    let pieces: Vec<(String, &str)> = found.iter().map(|d| (d.kind.to_string(), &text[d.bytes.0..d.bytes.1])).collect();
    let pieces: Vec<(&str, &str)> = pieces.iter().map(|(kind, piece)| (kind.as_str(), *piece)).collect();
    assert_eq!(pieces, expected, "{language}: {text}");
}

#[test]
fn what_is_named_is_found_in_five_languages() {
    let whole = |kind: &'static str, language: &str, before: &str, value: &str, after: &str| {
        check_customer(language, &format!("{before} {value}{after}"), &[(kind, value)]);
    };
    for (language, before, value, after) in [
        ("en", "my date of birth is", "12/05/1980", "."),
        ("en", "I was born on the", "fifth of May, nineteen eighty", ", you know"),
        ("pl", "Moja data urodzenia to", "dwunasty maja tysiąc dziewięćset osiemdziesiątego roku", "."),
        ("ru", "Дата рождения", "двенадцатое мая тысяча девятьсот восьмидесятого года", ""),
        ("el", "Η ημερομηνία γέννησης είναι", "δώδεκα Μαΐου του χίλια εννιακόσια ογδόντα", "."),
        ("hu", "A születési dátumom", "1980. május 12", ""),
    ] {
        whole("date_of_birth", language, before, value, after);
    }
    for (language, before, value, after) in [
        ("en", "My passport number is", "AB 1234567", ", issued in May"),
        ("pl", "numer paszportu", "ZS 000 12 34", "."),
        ("ru", "паспорт серия", "45 08 123456", ""),
        ("el", "ο αριθμός διαβατηρίου είναι", "ΑΕ 123 4567", "."),
        ("hu", "az útlevelem száma", "BA 123 4567", ""),
    ] {
        whole("passport", language, before, value, after);
    }
    for (language, before, value, after) in [
        ("en", "my password is", "tiger77", ", all small"),
        ("en", "and the PIN is", "four three two one", "."),
        ("pl", "moje hasło to", "kotek2024", "."),
        ("ru", "мой пароль", "зима1985", ""),
        ("el", "ο κωδικός πρόσβασης είναι", "nikos1980", "."),
        ("hu", "a jelszavam", "cica2020", ""),
    ] {
        whole("account_password", language, before, value, after);
    }
    for (language, before, value, after) in [
        ("en", "Yes, my name is", "Ann Lee", " and I want to cancel"),
        ("pl", "Dzień dobry, nazywam się", "Anna Nowak-Lis", ", dzwonię"),
        ("ru", "меня зовут", "Иван Петров", ", слушаю"),
        ("el", "με λένε", "Νίκο Παπαδόπουλο", "."),
        ("hu", "a nevem", "Kovács Anna", "."),
    ] {
        whole("person_name", language, before, value, after);
    }
    for (language, before, value, after) in [
        ("en", "I live at", "12 Baker Street", ", the red door"),
        ("pl", "mieszkam przy", "ulicy Długiej 12 w Krakowie", ", od dawna"),
        ("ru", "мой адрес:", "улица Ленина, дом 5", ""),
        ("el", "μένω στην", "οδό Ερμού 25", "."),
        ("hu", "a címem", "Kossuth utca 5", "."),
    ] {
        whole("address", language, before, value, after);
    }
}

#[test]
fn what_only_sounds_named_is_left_alone() {
    for (language, text) in [
        ("en", "what is your date of birth? We do not need it before 12 May 2026"),
        ("en", "a birthday discount of 120000 pounds until 12 May"),
        ("pl", "data urodzenia nie jest potrzebna, umowa od 12 maja 2026"),
        ("ru", "дата рождения не нужна, договор с 12 мая 2026"),
        ("el", "η ημερομηνία γέννησης δεν χρειάζεται"),
        ("hu", "a születési dátum nem kell 2026. május 12-ig"),
        ("en", "your passport is ready in 14 days"),
        ("pl", "paszport kosztuje 140000 złotych"),
        ("ru", "паспорт не нужен, только 500000 рублей"),
        ("el", "το διαβατήριο λήγει το 2026"),
        ("hu", "az útlevél 7000 forint"),
        ("en", "the password is wrong, the password expires in 2026"),
        ("pl", "hasło to nie wszystko, hasło wygasa w 2026"),
        ("ru", "пароль неверный, пароль действует 90 дней"),
        ("el", "ο κωδικός πρόσβασης είναι λάθος"),
        ("hu", "a jelszó lejárt, a jelszó 2026 óta rossz"),
        ("en", "my name is not on it, my name is On the list"),
        ("pl", "nazywam się tak samo"),
        ("ru", "меня зовут редко"),
        ("el", "με λένε όπως θέλουν"),
        ("hu", "a nevem nem fontos"),
        ("en", "I live at home, my address is the same for 12 years"),
        ("pl", "mieszkam na Mokotowie 5 lat"),
        ("ru", "я живу на Арбате 10 лет"),
        ("el", "μένω στην Αθήνα 5 χρόνια"),
        ("hu", "a címem 2 éve ugyanaz"),
    ] {
        check_customer(language, text, &[]);
    }
    // Nobody is known to be the customer, and who speaks for a company is none.
    check("en", "my name is Ann Lee, I am calling from Nova", &[]);
}

#[test]
fn an_answer_to_a_question_is_named_by_it() {
    let mut answer = said("pl", 8.0, "Tak, 12.05.1992.");
    (answer.channel, answer.speaker) = (Some(1), Some("s1".into()));
    let mut find = |start_s: f64| {
        answer.start_s = Some(start_s);
        let talk = transcript(vec![said("pl", 0.0, "Proszę podać datę urodzenia."), answer.clone()]);
        find_of(&talk, &[]).iter().map(|d| (d.kind, d.utterance)).collect::<Vec<_>>()
    };
    assert_eq!(find(8.0), [(PersonalKind::DateOfBirth, 1)]);
    assert_eq!(find(60.0), []);
}

#[test]
fn a_number_said_over_two_utterances_is_one_entry_for_each() {
    let mut other = said("pl", 4.0, "Tak, słucham.");
    (other.channel, other.speaker) = (Some(1), Some("s1".into()));
    let check = |second_start_s: f64, expected: usize| {
        let transcript = transcript(vec![
            said("pl", 0.0, "Mój telefon: 601 234"),
            other.clone(),
            said("pl", second_start_s, "567."),
        ]);
        let found = find(&transcript);
        assert_eq!(found.len(), expected, "{found:?}");
        found
    };
    let found = check(9.0, 2);
    assert_eq!((found[0].utterance, found[1].utterance), (0, 2));
    // Word times: the third word begins at 2 s, the last word ends at 9.9 s.
    assert_eq!((found[0].start_s, found[1].end_s), (Some(2.0), Some(9.9)));
    check(60.0, 0);
}

/// A report in which every text field holds what was said.
pub(crate) fn report(transcript: &Transcript) -> CallReport {
    let finding = |utterance: usize, quote: String| Finding {
        id: "0123456789ab".into(),
        rule: "r".into(),
        category: "c".into(),
        polarity: Polarity::Forbidden,
        severity: Severity::Major,
        speaker: None,
        channel: Some(0),
        start_s: Some(0.0),
        end_s: Some(1.0),
        utterance: Some(utterance),
        line: None,
        message: format!("heard: {quote}"),
        evidence: Map::from_iter([("words".to_owned(), Value::from(vec![quote.clone()]))]),
        quote: Some(quote),
        confidence: 0.9,
        legal_source: None,
        review: None,
    };
    let texts: Vec<&str> = transcript.utterances.iter().map(|u| u.text.as_str()).collect();
    let mut findings: Vec<Finding> = texts.iter().enumerate().map(|(i, t)| finding(i, (*t).into())).collect();
    // Quotes that begin and end in the middle of a number.
    for (i, text) in texts.iter().enumerate() {
        for (from, to) in [(0, text.len() / 2), (text.len() / 3, text.len())] {
            findings.push(finding(i, text[text.floor_char_boundary(from)..text.floor_char_boundary(to)].to_owned()));
        }
    }
    findings.push(finding(0, texts.join(" ")));
    let required = Required {
        category: "q".into(),
        status: RequiredStatus::Absent,
        start_s: None,
        utterance: None,
        quote: Some(texts.join(" ")),
        near_miss: Some(NearMiss { quote: texts.concat(), score: 0.5, start_s: None }),
        searched: None,
    };
    CallReport {
        schema: CallReport::SCHEMA.into(),
        recording: Recording {
            source: "a.wav".into(),
            sha256: "ab".repeat(32),
            bytes: 1,
            container: None,
            codec: None,
            decoder: None,
            sample_rate_hz: None,
            n_channels: None,
            duration_s: None,
            files: vec![],
        },
        call: CallMetadata::default(),
        layout: None,
        speakers: vec![],
        channels: None,
        crosstalk: None,
        conversation: None,
        transcript: Some(transcript.clone()),
        findings,
        required: vec![required],
        score: Score { total: None, parts: vec![] },
        problems: vec![],
        provenance: Provenance::default(),
    }
}

#[test]
fn no_long_run_of_digits_survives_masking_anywhere_in_the_report() {
    let hostile = [
        "[phone] +48601234567 [card]4111111111111111[",
        "]4111111111111111] <b>601234567</b> and 601234567601234567",
        "ą+48601234567ą [phone +48601234567] 601234567,601234567",
        "karta4111111111111111karta",
        "my number is 601234567 - 601234567/601234567 ok",
    ];
    for text in hostile {
        for language in ["pl", "en"] {
            let transcript = transcript(vec![said(language, 0.0, text), said(language, 99.0, "i jeszcze 601234567")]);
            let found = find(&transcript);
            let text = json::to_text(&mask(&report(&transcript), &found)).expect("a report");
            for data in &found {
                let piece = &transcript.utterances[data.utterance].text[data.bytes.0..data.bytes.1];
                for run in piece.split(|c: char| !c.is_ascii_digit()).filter(|r| r.len() > 4) {
                    assert!(!text.contains(run), "{run} of {piece} is left in {text}");
                }
            }
            assert!(language == "en" || !found.is_empty(), "{}", transcript.utterances[0].text);
        }
    }
}

#[test]
fn the_words_of_a_number_become_one_word_with_the_joined_span() {
    let transcript = transcript(vec![said("pl", 10.0, "Numer: 601 234 567. Dziękuję!")]);
    let shown = mask(&report(&transcript), &find(&transcript));
    let utterance = &shown.transcript.expect("there").utterances[0];
    assert_eq!(utterance.text, "Numer: [phone]. Dziękuję!");
    let words: Vec<(&str, f64, f64)> = utterance.words.iter().map(|w| (w.text.as_str(), w.start_s, w.end_s)).collect();
    assert_eq!(words, [("Numer:", 10.0, 10.9), ("[phone].", 11.0, 13.9), ("Dziękuję!", 14.0, 14.9)]);
    assert_eq!(shown.findings[0].id, "0123456789ab");
}

#[test]
fn words_that_are_not_those_of_the_text_are_left_out_and_noted() {
    let mut spoken = said("pl", 0.0, "Numer 601 234 567");
    spoken.words[0].text = "Nummer".into();
    let transcript = transcript(vec![spoken]);
    let shown = mask(&report(&transcript), &find(&transcript));
    assert!(shown.transcript.expect("there").utterances[0].words.is_empty());
    assert_eq!(shown.problems[0].fields, ["/transcript/utterances/0/words"]);
}

#[test]
fn a_short_secret_is_masked_where_it_was_found_and_nowhere_else() {
    let transcript =
        transcript(vec![said("en", 0.0, "the CVV is 123"), said("en", 20.0, "see you in room 123 please")]);
    let shown = mask(&report(&transcript), &find(&transcript));
    let texts: Vec<String> = shown.transcript.expect("there").utterances.into_iter().map(|u| u.text).collect();
    assert_eq!(texts, ["the CVV is [cvv]", "see you in room 123 please"]);
}

/// A generator of text from pieces that are hard on byte ranges; xorshift, so that it repeats.
fn random_text(seed: &mut u64) -> String {
    const PIECES: [&str; 22] = [
        "1",
        "23",
        "601234567",
        "+",
        " ",
        "-",
        ".",
        "@",
        "a",
        "ą",
        "😀",
        "é",
        "\u{301}",
        "\u{200b}",
        "at",
        " dot ",
        "PL",
        " cvv ",
        "4111 1111 1111 1111",
        "[",
        "pięć ",
        "\n",
    ];
    let mut next = || {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        *seed as usize
    };
    (0..next() % 40).map(|_| PIECES[next() % PIECES.len()]).collect()
}

#[test]
fn any_text_gives_ordered_disjoint_ranges_on_character_borders() {
    let mut seed = 0x9e37_79b9_7f4a_7c15;
    for round in 0..400 {
        let language = ["pl", "en", "ru", "el", "hu", "xx"][round % 6];
        let texts = [random_text(&mut seed), random_text(&mut seed)];
        let transcript = transcript(vec![said(language, 0.0, &texts[0]), said(language, 1.0, &texts[1])]);
        let found = find(&transcript);
        for pair in found.windows(2) {
            let is_ordered = pair[0].utterance < pair[1].utterance || pair[0].bytes.1 <= pair[1].bytes.0;
            assert!(is_ordered, "{pair:?} in {texts:?}");
        }
        for PersonalData { utterance, bytes, confidence, .. } in &found {
            assert!(bytes.0 < bytes.1 && texts[*utterance].get(bytes.0..bytes.1).is_some(), "{bytes:?} in {texts:?}");
            assert!((0.0..=1.0).contains(confidence));
        }
        mask(&report(&transcript), &found);
    }
}

#[test]
fn ranges_that_fit_no_text_do_no_harm() {
    let transcript = transcript(vec![said("pl", 0.0, "żółw")]);
    let data = |utterance, bytes| PersonalData {
        kind: PersonalKind::Email,
        utterance,
        bytes,
        start_s: None,
        end_s: None,
        confidence: 1.0,
    };
    let shown = mask(&report(&transcript), &[data(0, (1, 3)), data(0, (3, 99)), data(7, (0, 1))]);
    assert!(!shown.transcript.expect("there").utterances[0].text.contains('ó'));
}

#[test]
fn a_long_file_of_digits_is_searched_in_bounded_time() {
    let text = "1 ".repeat(20_000) + &"9".repeat(50_000) + &" 601234567".repeat(500);
    let started = std::time::Instant::now();
    let found = find(&transcript(vec![said("pl", 0.0, &text)]));
    // Not a speed: only a search that is not linear takes minutes.
    assert!(started.elapsed().as_secs() < 300, "{:?}", started.elapsed());
    drop(found);
}
