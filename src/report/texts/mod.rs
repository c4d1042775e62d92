//! The words of the pages in their languages: Fluent messages with the plural rules of Unicode CLDR. English is complete;
//! what another language lacks is shown in English, and a test sees that nothing lacks. Words of the calls, and the
//! fields of JSON and CSV, are never translated.
//!
//! Message names begin with the place that they belong to: `call-`, `batch-`, `vendors-`, `label-` (shared by pages),
//! `js-` (handed to the scripts as they are).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde_json::{Map, Value};
use unic_langid::LanguageIdentifier;

use crate::units::round_to;

/// A language that pages are written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageLanguage {
    /// English.
    #[default]
    En,
    /// Polish.
    Pl,
    /// Russian.
    Ru,
    /// Greek.
    El,
    /// Hungarian.
    Hu,
}

/// Name of the language and of a file of its messages, and its text.
macro_rules! messages {
    ($language:literal) => {
        &[
            include_str!(concat!($language, "/labels.ftl")),
            include_str!(concat!($language, "/catalogue.ftl")),
            include_str!(concat!($language, "/findings.ftl")),
            include_str!(concat!($language, "/call.ftl")),
            include_str!(concat!($language, "/batch.ftl")),
            include_str!(concat!($language, "/vendors.ftl")),
        ]
    };
}

impl PageLanguage {
    /// All of them; English, the one that others fall back on, first.
    pub const ALL: [Self; 5] = [Self::En, Self::Pl, Self::Ru, Self::El, Self::Hu];

    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Pl => "pl",
            Self::Ru => "ru",
            Self::El => "el",
            Self::Hu => "hu",
        }
    }

    /// The language of an ISO 639-1 code; `None` for one that pages are not written in.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// What stands around a quotation.
    pub fn quotation_marks(self) -> [char; 2] {
        match self {
            Self::En => ['“', '”'],
            Self::Pl | Self::Hu => ['„', '”'],
            Self::Ru | Self::El => ['«', '»'],
        }
    }

    /// What stands between whole numbers and tenths.
    pub fn decimal_mark(self) -> char {
        if self == Self::En { '.' } else { ',' }
    }

    fn sources(self) -> &'static [&'static str] {
        match self {
            Self::En => messages!("en"),
            Self::Pl => messages!("pl"),
            Self::Ru => messages!("ru"),
            Self::El => messages!("el"),
            Self::Hu => messages!("hu"),
        }
    }
}

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 5]> = LazyLock::new(|| PageLanguage::ALL.map(bundle));

fn bundle(language: PageLanguage) -> Bundle {
    let id: LanguageIdentifier = language.code().parse().expect("two letters are a language");
    let mut bundle = Bundle::new_concurrent(vec![id]);
    // The marks that Fluent sets around arguments would be copied with the text; arguments are our own words and numbers.
    bundle.set_use_isolating(false);
    for source in language.sources() {
        // A message that cannot be read is missing, and the test of completeness names it.
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// The words of pages in one language. Copied freely.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Texts {
    /// Which.
    pub language: PageLanguage,
}

/// A whole number chooses the form of its words (1 call, 2 calls); anything else, 007 too, is text.
fn counted(value: &str) -> FluentValue<'_> {
    match value.parse::<u32>() {
        Ok(n) if n.to_string() == value => FluentValue::from(f64::from(n)),
        _ => FluentValue::from(value),
    }
}

impl Texts {
    /// Those of a language.
    pub fn new(language: PageLanguage) -> Self {
        Self { language }
    }

    /// For the `lang` attribute.
    pub fn code(&self) -> &'static str {
        self.language.code()
    }

    /// A message without arguments. A name that no language has is shown as it is.
    pub fn get(&self, name: &str) -> String {
        self.format(name, None)
    }

    /// A message, if this language or English has it.
    pub fn find(&self, name: &str) -> Option<String> {
        self.try_format(name, None)
    }

    /// A message about a number of things, `$n`.
    pub fn count(&self, name: &str, n: impl TryInto<u64>) -> String {
        let n: u64 = n.try_into().unwrap_or(u64::MAX);
        let mut args = FluentArgs::new();
        args.set("n", FluentValue::from(n as f64));
        self.format(name, Some(&args))
    }

    /// A message with texts of ours as arguments, each by its name without `$`. Never words of strangers.
    pub fn with(&self, name: &str, values: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (key, value) in values {
            args.set(*key, counted(value));
        }
        self.format(name, Some(&args))
    }

    /// A number with so many decimals, behind the mark of the language; never `-0.0`.
    pub fn number(&self, value: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", round_to(value, decimals as i32));
        text.replace('.', self.language.decimal_mark().encode_utf8(&mut [0; 4]))
    }

    /// Messages for a script: those of English whose names begin with `prefix`, in this language, by the rest of the name.
    /// A message is a text with `{name}` where the script puts something in; one that depends on `$n` is an object of its forms by
    /// plural category (`one`, `few`, `many`, `other`), to be chosen with `Intl.PluralRules`.
    pub fn of_script(&self, prefix: &str) -> Value {
        let names = NAMES.iter().filter(|name| name.starts_with(prefix));
        let entries = names.map(|name| (name[prefix.len()..].to_owned(), self.for_script(name)));
        Value::Object(entries.collect::<Map<String, Value>>())
    }

    /// A text in the quotation marks of the language.
    pub fn quoted(&self, text: &str) -> String {
        let [open, close] = self.language.quotation_marks();
        format!("{open}{text}{close}")
    }

    fn for_script(&self, name: &str) -> Value {
        let form = |n: f64| {
            let shown = format!("{n}");
            let mut args = FluentArgs::new();
            args.set("n", FluentValue::from(n));
            for place in PLACES {
                args.set(place, FluentValue::from(format!("{{{place}}}")));
            }
            (self.format(name, Some(&args)), shown)
        };
        let forms: Vec<(&str, String, String)> = self
            .plural_examples()
            .iter()
            .map(|(category, n)| {
                let (text, shown) = form(*n);
                (*category, text, shown)
            })
            .collect();
        // A message that is the same for every number has no place for one, whatever figures are in its text.
        let first = forms.first().map(|(_, text, _)| text.clone()).unwrap_or_default();
        if forms.iter().all(|(_, text, _)| *text == first) {
            return first.into();
        }
        let placed: BTreeMap<&str, String> =
            forms.iter().map(|(category, text, shown)| (*category, text.replace(shown, "{n}"))).collect();
        let mut texts = placed.values();
        let same = texts.next().cloned().unwrap_or_default();
        if texts.all(|text| *text == same) { same.into() } else { serde_json::json!(placed) }
    }

    /// A number of each plural category (CLDR, cardinal); large ones, which no message has in it.
    fn plural_examples(&self) -> &'static [(&'static str, f64)] {
        match self.language {
            PageLanguage::En | PageLanguage::El | PageLanguage::Hu => &[("one", 1.0), ("other", 98_765.0)],
            PageLanguage::Pl => &[("one", 1.0), ("few", 98_762.0), ("many", 98_765.0)],
            PageLanguage::Ru => &[("one", 98_761.0), ("few", 98_762.0), ("many", 98_765.0)],
        }
    }

    fn format(&self, name: &str, args: Option<&FluentArgs>) -> String {
        self.try_format(name, args).unwrap_or_else(|| name.to_owned())
    }

    fn try_format(&self, name: &str, args: Option<&FluentArgs>) -> Option<String> {
        let own = &BUNDLES[self.language as usize];
        let bundle = if own.has_message(name) { own } else { &BUNDLES[0] };
        let pattern = bundle.get_message(name)?.value()?;
        Some(bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned())
    }
}

/// What scripts may put into a message beside `$n`.
const PLACES: [&str; 6] = ["time", "name", "value", "from", "to", "of"];

/// Names of all English messages.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| names_of(PageLanguage::En));

fn names_of(language: PageLanguage) -> Vec<String> {
    let lines = language.sources().iter().flat_map(|source| source.lines());
    let names = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()));
    names.filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a message refers to: `$n`, `$value` …
    fn arguments(language: PageLanguage, name: &str) -> Vec<String> {
        let all = language.sources().join("\n");
        let start =
            all.find(&format!("\n{name} =")).map(|at| at + 1).or(all.starts_with(&format!("{name} =")).then_some(0));
        let rest = &all[start.expect("a message")..];
        let body: Vec<&str> = rest
            .lines()
            .enumerate()
            .take_while(|(at, l)| *at == 0 || l.starts_with([' ', '}']) || l.is_empty())
            .map(|(_, l)| l)
            .collect();
        let body = body.join("\n");
        let mut found: Vec<String> = body
            .split('$')
            .skip(1)
            .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect())
            .collect();
        found.sort();
        found.dedup();
        found
    }

    #[test]
    fn every_language_has_every_message_with_the_same_arguments() {
        let mut wrong = Vec::new();
        for language in PageLanguage::ALL {
            for source in language.sources() {
                if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                    wrong.push(format!("{}: {errors:?}", language.code()));
                }
            }
            let mut names = names_of(language);
            names.sort();
            let n_names = names.len();
            names.dedup();
            assert_eq!(names.len(), n_names, "{}: a message twice", language.code());
            wrong.extend(NAMES.iter().filter(|n| !names.contains(n)).map(|n| format!("{}: no {n}", language.code())));
            wrong.extend(
                names.iter().filter(|n| !NAMES.contains(n)).map(|n| format!("{}: {n} is unknown", language.code())),
            );
            for name in names.iter().filter(|n| NAMES.contains(n)) {
                if arguments(language, name) != arguments(PageLanguage::En, name) {
                    wrong.push(format!("{}: {name} has other arguments", language.code()));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn numbers_take_the_plural_of_their_language() {
        let check = |language: PageLanguage, n: u64, expected: &str| {
            assert_eq!(Texts::new(language).count("label-n-findings", n), expected);
        };
        check(PageLanguage::En, 1, "1 finding");
        check(PageLanguage::En, 2, "2 findings");
        check(PageLanguage::Pl, 1, "1 znalezisko");
        check(PageLanguage::Pl, 22, "22 znaleziska");
        check(PageLanguage::Pl, 12, "12 znalezisk");
        check(PageLanguage::Ru, 21, "21 находка");
        check(PageLanguage::Ru, 3, "3 находки");
        check(PageLanguage::Ru, 11, "11 находок");
        check(PageLanguage::El, 1, "1 εύρημα");
        check(PageLanguage::Hu, 5, "5 találat");
    }

    #[test]
    fn scripts_get_every_plural_form() {
        let forms = Texts::new(PageLanguage::Pl).of_script("label-n-");
        assert_eq!(forms["findings"]["few"], "{n} znaleziska");
        assert_eq!(forms["findings"]["many"], "{n} znalezisk");
    }

    #[test]
    fn a_name_that_nobody_has_is_shown() {
        assert_eq!(Texts::default().get("no-such-message"), "no-such-message");
        assert_eq!(Texts::default().find("no-such-message"), None);
    }
}
