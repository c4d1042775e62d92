//! How the page of the batch writes categories, numbers and quotes.

use super::super::format::{clock, number};
use super::super::{safe, says};
use super::link;
use super::stats::Interval;
use crate::call::{CallLine, Polarity, Severity, WorstFinding};
use crate::report::texts::Texts;

/// Most characters of a quote in a table: the page of the call has the rest.
const QUOTE_CHARS: usize = 160;

/// A category as [`crate::call::CategoryLine`] has it, in words.
pub(super) fn category(id: &str, polarity: Polarity, texts: Texts) -> String {
    let id = safe::revealed(id);
    // What is found of a required step is that it is missing.
    let rule = if polarity == Polarity::Required { format!("required.{id}") } else { id.clone() };
    says::title_of(&rule, &id, polarity, texts)
}

/// What a finding is about, in a few words.
pub(super) fn finding(finding: &WorstFinding, texts: Texts) -> String {
    let (rule, category) = (safe::revealed(&finding.rule), safe::revealed(&finding.category));
    says::title_of(&rule, &category, finding.polarity, texts)
}

/// `12 %`; tenths below one percent.
pub(super) fn percent(share: f64, texts: Texts) -> String {
    let decimals = usize::from(share > 0.0 && share < 0.0095);
    format!("{} %", number(share * 100.0, decimals, texts))
}

/// `54 to 71`.
pub(super) fn interval(interval: Interval, decimals: usize, texts: Texts) -> String {
    let shown = |value| number(value, decimals, texts);
    texts.with("batch-from-to", &[("from", &shown(interval.low)), ("to", &shown(interval.high))])
}

/// The quote with no hidden characters, cut after a word if it is long.
pub(super) fn quote(text: &str) -> String {
    let text = safe::revealed(text);
    match text.char_indices().nth(QUOTE_CHARS) {
        None => text,
        Some((end, _)) => {
            let cut = &text[..end];
            let cut = cut.rsplit_once(' ').map_or(cut, |(words, _)| words);
            format!("{cut} …")
        }
    }
}

/// The name of a recording, and the folder it lies in.
pub(in super::super) fn file(source: &str) -> (String, String) {
    let source = safe::revealed(source);
    let (folder, name) = source.rsplit_once('/').unwrap_or(("", &source));
    (name.to_owned(), folder.to_owned())
}

/// The name of a recording with the folder that it lies in directly: many are called alike.
pub(super) fn short_file(source: &str) -> String {
    let (name, folder) = file(source);
    let parent = folder.rsplit('/').next().unwrap_or_default();
    if parent.is_empty() { name } else { format!("{parent}/{name}") }
}

/// The same, and the folder that this one lies in.
pub(super) fn short_file_and_rest(source: &str) -> (String, String) {
    let (_, folder) = file(source);
    (short_file(source), folder.rsplit_once('/').map(|(above, _)| above.to_owned()).unwrap_or_default())
}

/// A moment to be heard: where it is, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Moment {
    /// The page of the call at the finding.
    pub(in super::super) href: String,
    /// File name, with its folder.
    pub(in super::super) call: String,
    /// `1:02.5`; empty without times.
    pub(in super::super) clock: String,
    /// Severity of the finding; `None` for a call as a whole.
    pub(in super::super) severity: Option<Severity>,
    /// What it is about.
    pub(in super::super) title: String,
    /// The words; empty if it is not about words.
    pub(in super::super) quote: String,
}

impl Moment {
    /// A finding that the line has; `None` for a call without a page.
    pub(super) fn of(line: &CallLine, finding: &WorstFinding, texts: Texts) -> Option<Self> {
        Some(Self {
            href: link::to_call(line, Some(&finding.id))?,
            call: short_file(&line.source),
            clock: finding.start_s.map(clock).unwrap_or_default(),
            severity: Some(finding.severity),
            title: self::finding(finding, texts),
            quote: finding.quote.as_deref().map(quote).unwrap_or_default(),
        })
    }

    /// The best place of a category in a call, with its words if they are known.
    pub(super) fn of_category(line: &CallLine, at: usize, texts: Texts) -> Option<Self> {
        let category = line.categories.get(at)?;
        Some(Self {
            href: link::to_call(line, Some(&category.id))?,
            call: short_file(&line.source),
            clock: category.start_s.map(clock).unwrap_or_default(),
            severity: Some(category.severity),
            title: self::category(&category.category, category.polarity, texts),
            quote: category.quote.as_deref().map(quote).unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_quotes_are_cut_after_a_word() {
        assert_eq!(quote("short"), "short");
        let long = quote(&"слово ".repeat(60));
        assert!(long.ends_with("слово …") && long.chars().count() <= QUOTE_CHARS + 2, "{long}");
        assert_eq!(quote(&"x".repeat(200)).chars().count(), QUOTE_CHARS + 2);
    }

    #[test]
    fn small_shares_keep_a_digit() {
        for (share, expected) in [(0.0, "0 %"), (0.004, "0.4 %"), (0.5, "50 %"), (1.0, "100 %")] {
            assert_eq!(percent(share, Texts::default()), expected);
        }
    }
}
