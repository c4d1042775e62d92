//! The fact sheet: what is true of the products, as TOML. What is left out is not judged. Every mistake is an error
//! that names file, line and reason; nothing is guessed.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

/// Why a fact sheet cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// It cannot be read.
    #[error("{}: cannot read the fact sheet: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is no TOML of this form, or says something impossible.
    #[error("{}, line {line}: {what}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// 1-based.
        line: usize,
        /// What is wrong.
        what: String,
    },
}

/// What is true, as the sheet has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Name of the company that calls.
    pub company: Option<String>,
    /// Other names of it.
    pub aliases: Vec<String>,
    /// Names of other sellers.
    pub competitors: Vec<String>,
    /// Words that are never to be heard.
    pub confidential: Vec<String>,
    /// The day of the calls; else that of the call's metadata.
    pub call_date: Option<Date>,
    /// The products.
    pub products: Vec<Product>,
}

/// A product; `None` is not judged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Product {
    /// Its name.
    pub name: String,
    /// What it costs.
    pub price: Option<f64>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// `month`, `year`, `week`, `day`, `once`, or what a piece is called.
    pub per: Option<String>,
    /// Price while the promotion lasts.
    pub promo_price: Option<f64>,
    /// Its length in months.
    pub promo_months: Option<f64>,
    /// The price that it is reduced from.
    pub list_price: Option<f64>,
    /// Number of instalments.
    pub instalment_count: Option<f64>,
    /// Size of one.
    pub instalment_amount: Option<f64>,
    /// 0 = free.
    pub activation_fee: Option<f64>,
    /// From … to days.
    pub delivery_days: Option<(f64, f64)>,
    /// 0 = free.
    pub delivery_price: Option<f64>,
    /// 0 = no term.
    pub contract_months: Option<f64>,
    /// True if the contract goes on by itself.
    pub renews: Option<bool>,
    /// Days in which the customer may withdraw.
    pub cancellation_days: Option<f64>,
    /// What withdrawing costs.
    pub cancellation_fee: Option<f64>,
    /// What leaving early costs.
    pub early_exit_fee: Option<Fee>,
    /// Length of the warranty.
    pub warranty_months: Option<f64>,
    /// How many there are.
    pub stock: Option<f64>,
    /// Last day of the offer.
    pub valid_until: Option<Date>,
}

/// A fee as a number or in words.
#[derive(Debug, Clone, PartialEq)]
pub enum Fee {
    /// An amount in the product's currency.
    Amount(f64),
    /// What the sheet says.
    Words(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetFile {
    company: Option<Spanned<String>>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    competitors: Vec<Spanned<String>>,
    #[serde(default)]
    confidential: Vec<Spanned<String>>,
    call_date: Option<Spanned<Datetime>>,
    #[serde(default)]
    product: Vec<ProductFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductFile {
    name: Spanned<String>,
    price: Option<Spanned<f64>>,
    currency: Option<Spanned<String>>,
    per: Option<Spanned<String>>,
    promo: Option<PromoFile>,
    list_price: Option<Spanned<f64>>,
    instalments: Option<InstalmentsFile>,
    activation_fee: Option<Spanned<f64>>,
    delivery_days: Option<Spanned<DaysFile>>,
    delivery_price: Option<Spanned<f64>>,
    contract_months: Option<Spanned<f64>>,
    renewal: Option<Spanned<String>>,
    cancellation: Option<CancellationFile>,
    warranty_months: Option<Spanned<f64>>,
    stock: Option<Spanned<f64>>,
    valid_until: Option<Spanned<Datetime>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PromoFile {
    price: Option<Spanned<f64>>,
    months: Option<Spanned<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InstalmentsFile {
    count: Option<Spanned<f64>>,
    amount: Option<Spanned<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DaysFile {
    min: f64,
    max: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CancellationFile {
    days: Option<Spanned<f64>>,
    fee: Option<Spanned<f64>>,
    early_exit_fee: Option<Spanned<toml::Value>>,
}

impl Sheet {
    /// Reads a sheet from its file; gives the bytes too, for their hash.
    ///
    /// # Errors
    /// See [`SheetError`].
    pub fn load(path: &Path) -> Result<(Self, Vec<u8>), SheetError> {
        let bytes = std::fs::read(path).map_err(|source| SheetError::Io { path: path.into(), source })?;
        Ok((Self::parse(path, &bytes)?, bytes))
    }

    /// Reads a sheet from the bytes of a file that errors call `path`.
    ///
    /// # Errors
    /// [`SheetError::Content`].
    pub fn parse(path: &Path, bytes: &[u8]) -> Result<Self, SheetError> {
        let bad = |line, what: String| SheetError::Content { path: path.into(), line, what };
        let text = std::str::from_utf8(bytes).map_err(|e| {
            let line = bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
            bad(line, "not UTF-8".into())
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file: SheetFile = toml::from_str(text).map_err(|e| {
            bad(e.span().map_or(1, |span| line_of(text, span.start)), e.message().trim_end().to_owned())
        })?;
        let reader = Reader { path, text };
        let mut sheet = Self {
            company: file.company.map(|name| reader.word("company", name)).transpose()?,
            aliases: reader.words("aliases", file.aliases)?,
            competitors: reader.words("competitors", file.competitors)?,
            confidential: reader.words("confidential", file.confidential)?,
            call_date: file.call_date.map(|date| reader.date("call_date", &date)).transpose()?,
            products: Vec::new(),
        };
        for product in file.product {
            let line = reader.line(&product.name);
            let product = reader.product(product)?;
            if sheet.products.iter().any(|other| other.name.to_lowercase() == product.name.to_lowercase()) {
                return Err(bad(
                    line,
                    format!("product `{}` is there twice: each needs a name of its own", product.name),
                ));
            }
            sheet.products.push(product);
        }
        Ok(sheet)
    }
}

fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes().iter().take(byte).filter(|b| **b == b'\n').count() + 1
}

struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Reader<'_> {
    fn line<T>(&self, spanned: &Spanned<T>) -> usize {
        line_of(self.text, spanned.span().start)
    }

    fn bad<T>(&self, spanned: &Spanned<T>, what: String) -> SheetError {
        SheetError::Content { path: self.path.into(), line: self.line(spanned), what }
    }

    fn word(&self, field: &str, word: Spanned<String>) -> Result<String, SheetError> {
        if word.get_ref().chars().any(char::is_alphanumeric) {
            Ok(word.into_inner().trim().to_owned())
        } else {
            Err(self.bad(&word, format!("`{field}` has no letters in it: {:?}", word.get_ref())))
        }
    }

    fn words(&self, field: &str, words: Vec<Spanned<String>>) -> Result<Vec<String>, SheetError> {
        words.into_iter().map(|word| self.word(field, word)).collect()
    }

    fn date(&self, field: &str, date: &Spanned<Datetime>) -> Result<Date, SheetError> {
        let written = date.get_ref();
        let whole = |part: u8| i8::try_from(part).ok();
        let found =
            written.date.and_then(|d| Date::new(i16::try_from(d.year).ok()?, whole(d.month)?, whole(d.day)?).ok());
        found.ok_or_else(|| self.bad(date, format!("`{field}` must be a date such as 2026-12-31, got {written}")))
    }

    /// A number from 0 up.
    fn number(&self, field: &str, number: Option<Spanned<f64>>) -> Result<Option<f64>, SheetError> {
        let Some(number) = number else { return Ok(None) };
        let value = *number.get_ref();
        if value.is_finite() && value >= 0.0 {
            Ok(Some(value))
        } else {
            Err(self.bad(&number, format!("`{field}` must be 0 or more, got {value}")))
        }
    }

    /// A number of whole things, from `least` up.
    fn whole(&self, field: &str, number: Option<Spanned<f64>>, least: f64) -> Result<Option<f64>, SheetError> {
        let Some(number) = number else { return Ok(None) };
        let value = *number.get_ref();
        if value.is_finite() && value >= least && value.fract() == 0.0 {
            Ok(Some(value))
        } else {
            Err(self.bad(&number, format!("`{field}` must be a whole number from {least}, got {value}")))
        }
    }

    fn product(&self, file: ProductFile) -> Result<Product, SheetError> {
        let currency = file.currency.map(|code| {
            let upper = code.get_ref().trim().to_uppercase();
            let is_code = upper.len() == 3 && upper.chars().all(|c| c.is_ascii_uppercase());
            if is_code {
                Ok(upper)
            } else {
                Err(self.bad(&code, format!("`currency` must be a code such as EUR, got {:?}", code.get_ref())))
            }
        });
        let renews = file.renewal.map(|word| match word.get_ref().as_str() {
            "automatic" => Ok(true),
            "none" => Ok(false),
            other => Err(self.bad(&word, format!("`renewal` must be \"automatic\" or \"none\", got {other:?}"))),
        });
        let delivery_days = file.delivery_days.map(|days| {
            let DaysFile { min, max } = *days.get_ref();
            if min.is_finite() && max.is_finite() && 0.0 <= min && min <= max {
                Ok((min, max))
            } else {
                Err(self.bad(&days, format!("`delivery_days` needs 0 <= min <= max, got {min} and {max}")))
            }
        });
        let promo = file.promo.map_or((None, None), |p| (p.price, p.months));
        let instalments = file.instalments.map_or((None, None), |i| (i.count, i.amount));
        let (days, fee, early_exit_fee) =
            file.cancellation.map_or((None, None, None), |c| (c.days, c.fee, c.early_exit_fee));
        Ok(Product {
            name: self.word("name", file.name)?,
            price: self.number("price", file.price)?,
            currency: currency.transpose()?,
            per: file.per.map(|per| self.word("per", per)).transpose()?.map(|per| per.to_lowercase()),
            promo_price: self.number("promo.price", promo.0)?,
            promo_months: self.whole("promo.months", promo.1, 1.0)?,
            list_price: self.number("list_price", file.list_price)?,
            instalment_count: self.whole("instalments.count", instalments.0, 1.0)?,
            instalment_amount: self.number("instalments.amount", instalments.1)?,
            activation_fee: self.number("activation_fee", file.activation_fee)?,
            delivery_days: delivery_days.transpose()?,
            delivery_price: self.number("delivery_price", file.delivery_price)?,
            contract_months: self.whole("contract_months", file.contract_months, 0.0)?,
            renews: renews.transpose()?,
            cancellation_days: self.whole("cancellation.days", days, 0.0)?,
            cancellation_fee: self.number("cancellation.fee", fee)?,
            early_exit_fee: early_exit_fee.map(|fee| self.fee(&fee)).transpose()?,
            warranty_months: self.whole("warranty_months", file.warranty_months, 0.0)?,
            stock: self.whole("stock", file.stock, 0.0)?,
            valid_until: file.valid_until.map(|date| self.date("valid_until", &date)).transpose()?,
        })
    }

    fn fee(&self, fee: &Spanned<toml::Value>) -> Result<Fee, SheetError> {
        let amount = |value: f64| (value.is_finite() && value >= 0.0).then_some(Fee::Amount(value));
        let read = match fee.get_ref() {
            toml::Value::Integer(value) => amount(*value as f64),
            toml::Value::Float(value) => amount(*value),
            toml::Value::String(words) if !words.trim().is_empty() => Some(Fee::Words(words.trim().to_owned())),
            _ => None,
        };
        read.ok_or_else(|| {
            self.bad(
                fee,
                "`cancellation.early_exit_fee` must be an amount from 0 up or words such as \"remaining months\""
                    .into(),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
company = "Example Ltd"
aliases = ["Example"]
competitors = ["Other"]
confidential = ["project Nordlicht"]
call_date = 2026-11-02
[[product]]
name = "Fibre 300"
price = 49.90
currency = "PLN"
per = "month"
promo = { price = 39.90, months = 6 }
list_price = 79.90
instalments = { count = 12, amount = 4.90 }
activation_fee = 0
delivery_days = { min = 3, max = 7 }
delivery_price = 0
contract_months = 24
renewal = "automatic"
cancellation = { days = 14, fee = 0, early_exit_fee = "remaining months" }
warranty_months = 24
stock = 120
valid_until = 2026-12-31
"#;

    #[test]
    fn every_field_of_the_contract_is_read() {
        let sheet = Sheet::parse(Path::new("f.toml"), WHOLE.as_bytes()).expect("a sheet");
        assert_eq!(sheet.call_date, Some(jiff::civil::date(2026, 11, 2)));
        let [product] = sheet.products.as_slice() else { panic!("one product") };
        assert_eq!((product.price, product.promo_price, product.promo_months), (Some(49.9), Some(39.9), Some(6.0)));
        assert_eq!((product.delivery_days, product.renews, product.stock), (Some((3.0, 7.0)), Some(true), Some(120.0)));
        assert_eq!(product.early_exit_fee, Some(Fee::Words("remaining months".into())));
        assert_eq!(product.valid_until, Some(jiff::civil::date(2026, 12, 31)));
    }

    #[test]
    fn mistakes_name_file_line_and_reason() {
        let check = |text: &str, line: usize, part: &str| {
            let error = Sheet::parse(Path::new("f.toml"), text.as_bytes()).expect_err("a mistake").to_string();
            assert!(error.starts_with(&format!("f.toml, line {line}: ")) && error.contains(part), "{error}");
        };
        check("compny = \"x\"", 1, "compny");
        check("\ncompany = \"-\"", 2, "company");
        check("[[product]]\nname = \"a\"\nprice = -1", 3, "`price` must be 0 or more, got -1");
        check("[[product]]\nname = \"a\"\nprice = nan", 3, "`price`");
        check("[[product]]\nname = \"a\"\n[[product]]\nname = \"A\"", 4, "twice");
        check("[[product]]\nname = \"a\"\ndelivery_days = { min = 5, max = 3 }", 3, "min <= max");
        check("[[product]]\nname = \"a\"\nrenewal = \"maybe\"", 3, "automatic");
        check("[[product]]\nname = \"a\"\ncurrency = \"zloty\"", 3, "currency");
        check("[[product]]\nname = \"a\"\nvalid_until = 12:30:00", 3, "date");
        check("[[product]]\nname = \"a\"\nstock = 1.5", 3, "whole");
        check("[[product]]\nprice = 3", 1, "name");
        check("[[product]]\nname = \"a\"\ncancellation = { early_exit_fee = true }", 3, "early_exit_fee");
    }
}
