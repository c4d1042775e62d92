//! Claims against a fact sheet: in each language lines that contradict it and lines that do not, and what only a
//! conversation shows. The lines stand in `facts/<language>.tsv`: fields that are contradicted, who speaks, text.

use std::path::Path;

use callvet::call::{CallReport, FactCheck, Party, Speaker, Transcript, Utterance};
use callvet::facts::{Sheet, check, kept};

const SHEET: &str = include_str!("facts/facts.toml");

fn sheet() -> Sheet {
    Sheet::parse(Path::new("facts.toml"), SHEET.as_bytes()).expect("a sheet")
}

fn utterance(speaker: &str, language: &str, text: &str) -> Utterance {
    Utterance {
        start_s: None,
        end_s: None,
        channel: None,
        speaker: Some(speaker.into()),
        language: Some(language.into()),
        text: text.into(),
        confidence: None,
        words: Vec::new(),
    }
}

fn speakers() -> Vec<Speaker> {
    let parties =
        [("agent", Party::Agent), ("customer", Party::Customer), ("unknown", Party::Unknown), ("ivr", Party::Ivr)];
    parties.map(|(id, party)| Speaker { id: id.into(), party, channel: None }).into()
}

fn checked(sheet: &Sheet, language: &str, lines: &[(&str, &str)]) -> FactCheck {
    let utterances = lines.iter().map(|(speaker, text)| utterance(speaker, language, text)).collect();
    let transcript = Transcript { language: Some(language.into()), utterances, ..Transcript::default() };
    check(sheet, &transcript, &speakers(), None)
}

/// Fields that are contradicted, in the order of their names, each once.
fn fields(found: &FactCheck) -> String {
    let mut names: Vec<&str> = found.contradictions.iter().map(|c| c.attribute.name()).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() { "-".into() } else { names.join(",") }
}

fn check_table(language: &str, table: &str) {
    let sheet = sheet();
    let mut wrong = Vec::new();
    for line in table.lines() {
        let mut columns = line.split('\t');
        let (Some(expected), Some(speaker), Some(text)) = (columns.next(), columns.next(), columns.next()) else {
            panic!("{language}: no three columns: {line}")
        };
        let found = fields(&checked(&sheet, language, &[(speaker, text)]));
        if found != expected {
            wrong.push(format!("{expected} expected, {found} found: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{language}:\n{}", wrong.join("\n"));
}

#[test]
fn english_claims_are_compared_with_the_sheet() {
    check_table("en", include_str!("facts/en.tsv"));
}

#[test]
fn polish_claims_are_compared_with_the_sheet() {
    check_table("pl", include_str!("facts/pl.tsv"));
}

#[test]
fn russian_claims_are_compared_with_the_sheet() {
    check_table("ru", include_str!("facts/ru.tsv"));
}

#[test]
fn greek_claims_are_compared_with_the_sheet() {
    check_table("el", include_str!("facts/el.tsv"));
}

#[test]
fn hungarian_claims_are_compared_with_the_sheet() {
    check_table("hu", include_str!("facts/hu.tsv"));
}

#[test]
fn an_answer_is_about_what_was_asked_and_about_the_product_spoken_of() {
    let check = |lines: &[(&str, &str)], expected: &str| assert_eq!(fields(&checked(&sheet(), "en", lines)), expected);
    check(&[("customer", "How long does delivery take?"), ("agent", "Nine days.")], "delivery_days");
    check(&[("customer", "How long does delivery take?"), ("agent", "Three days.")], "-");
    check(
        &[("agent", "Let me tell you about HomeSafe Basic."), ("agent", "The contract is for 36 months.")],
        "contract_months",
    );
    // 12 months are true of one product and false of the other: without a name nothing is said.
    check(&[("agent", "The contract is for 12 months.")], "-");
    check(
        &[("agent", "Let me tell you about VitaMax."), ("agent", "The contract is for 12 months.")],
        "contract_months",
    );
}

#[test]
fn only_the_agent_claims_and_an_unknown_voice_less_surely() {
    let confidence = |speaker: &str| {
        let found = checked(&sheet(), "en", &[(speaker, "Delivery of VitaMax takes nine days.")]);
        found.contradictions.first().map(|c| c.confidence)
    };
    let agent = confidence("agent").expect("a contradiction");
    let unknown = confidence("unknown").expect("a contradiction");
    assert!(unknown < agent, "{unknown} {agent}");
    assert_eq!(confidence("customer"), None);
    assert_eq!(confidence("ivr"), None);
}

#[test]
fn a_contradiction_says_what_was_claimed_and_what_is_true() {
    let found = checked(&sheet(), "en", &[("agent", "Good. VitaMax Forte is only thirty-nine euros a box. Fine.")]);
    let [one] = found.contradictions.as_slice() else { panic!("{found:?}") };
    assert_eq!((one.claimed.as_f64(), one.fact.as_f64()), (Some(39.0), Some(59.9)));
    assert_eq!((one.unit.as_deref(), one.product.as_deref()), (Some("EUR/box"), Some("VitaMax Forte")));
    let text = "Good. VitaMax Forte is only thirty-nine euros a box. Fine.";
    assert_eq!(&text[one.bytes.0..one.bytes.1], "VitaMax Forte is only thirty-nine euros a box");
}

#[test]
fn what_the_sheet_leaves_out_is_not_judged() {
    let empty = Sheet::parse(Path::new("f.toml"), b"[[product]]\nname = \"VitaMax Forte\"").expect("a sheet");
    let line = (
        "agent",
        "VitaMax Forte is free, delivery takes ten years, and the offer ends today. I'm calling from Nowhere Ltd.",
    );
    assert_eq!(fields(&checked(&empty, "en", &[line])), "-");
}

#[test]
fn the_day_of_the_call_comes_from_the_sheet_or_from_the_call() {
    let mut sheet = sheet();
    let transcript = |text: &str| Transcript {
        language: Some("en".into()),
        utterances: vec![utterance("agent", "en", text)],
        ..Transcript::default()
    };
    let last_day = transcript("Today is the last day of the VitaMax offer.");
    assert_eq!(fields(&check(&sheet, &last_day, &speakers(), None)), "valid_until");
    sheet.call_date = None;
    assert_eq!(fields(&check(&sheet, &last_day, &speakers(), None)), "-");
    assert_eq!(fields(&check(&sheet, &last_day, &speakers(), Some("2026-03-31T23:00:00+01:00"))), "-");
    assert_eq!(fields(&check(&sheet, &last_day, &speakers(), Some("2026-03-30T23:00:00+01:00"))), "valid_until");
}

#[test]
fn hostile_text_is_read_without_harm() {
    let long = "nine ".repeat(3000);
    let digits = "9".repeat(500);
    for text in [
        "",
        " ",
        "€",
        "€€ 5 €",
        "0,0,0.0 -- -",
        "if",
        "first",
        "31 31 december december 99",
        &long,
        &digits,
        "\u{0}\u{200b}5\u{301}",
    ] {
        for language in ["en", "pl", "ru", "el", "hu"] {
            checked(&sheet(), language, &[("agent", text)]);
        }
    }
}

#[test]
fn claims_are_kept_for_comparing_calls_with_the_product_as_it_was_called() {
    let report = |text: &str| -> CallReport {
        let mut report: CallReport = serde_json::from_value(serde_json::json!({
            "schema": "callvet.call/1",
            "recording": {"source": "a", "sha256": "", "bytes": 0, "container": null, "codec": null, "decoder": null,
                "sample_rate_hz": null, "n_channels": null, "duration_s": null},
            "call": {"id": null, "started_at": null, "agent": null, "customer_ref": null, "vendor": null,
                "campaign": null, "direction": null, "metadata_source": null},
            "layout": null, "speakers": [], "channels": null, "crosstalk": null, "conversation": null,
            "transcript": null, "findings": [], "required": [], "score": {"total": null, "parts": []},
            "problems": [],
            "provenance": {"callvet": "", "model": null, "model_sha256": null, "vad_sha256": null,
                "dnsmos_sha256": null, "speaker_model_sha256": null, "phrase_lists": [], "settings_sha256": ""},
        }))
        .expect("a report");
        report.speakers = speakers();
        report.transcript = Some(Transcript {
            language: Some("en".into()),
            utterances: vec![utterance("agent", "en", text)],
            ..Transcript::default()
        });
        report
    };
    // Attribute, product, unit, range.
    type Kept<'a> = (&'a str, Option<&'a str>, &'a str, (f64, f64));
    let check = |text: &str, expected: &[Kept]| {
        let found = kept(&report(text));
        let found: Vec<_> =
            found.iter().map(|c| (c.attribute.name(), c.product.as_deref(), c.unit.as_str(), c.value)).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("Our Fibre 300 plan costs 30 euros a month.", &[("price", Some("fibre 300"), "EUR/month", (30.0, 30.0))]);
    check("Delivery takes two to five days.", &[("delivery_days", None, "days", (2.0, 5.0))]);
    check("Our centre has eighty seats.", &[("seats", None, "seats", (80.0, 80.0))]);
    check("The offer ends today.", &[("valid_until", None, "last day", (0.0, 0.0))]);
    check("How are you?", &[]);
}
