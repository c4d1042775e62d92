//! What the name of a recording tells of the call, by a pattern with named parts:
//!
//! ```text
//! {agent}_{started_at:%Y%m%d-%H%M%S}_{customer_ref}
//! {vendor}/{campaign}/{_}-{direction}-{id}
//! ```
//!
//! * `{id}` `{agent}` `{customer_ref}` `{vendor}` `{campaign}` take one or more characters but `/`, as few as they can;
//!   `{direction}` takes in, out, inbound, outbound, incoming, outgoing; `{_}` takes what is of no interest.
//! * `{party}` takes whose side of a call the file is, by the words of [`super::split`]; `{party:A|B}` takes A for the
//!   agent and B for the customer. Files that agree in all other parts but `{_}` are one call.
//! * `{started_at:FORMAT}` takes a date with a time of day: `%Y` `%y` `%m` `%d` `%j` `%H` `%M` `%S` `%z` `%s` with their
//!   usual meaning and full number of digits.
//! * Everything else stands for itself; `{{` and `}}` are braces.
//! * The pattern covers the whole name without its extension; with `/` in it, as many folders above it as it has.

use jiff::tz::TimeZone;
use regex::Regex;

use super::metadata::parse_direction;
use super::split::{PartyClaim, Side};
use super::time;
use crate::call::CallMetadata;

/// What is wrong with a pattern, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("name pattern, column {column}: {message}")]
pub struct NamePatternError {
    /// Counted in characters from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

/// A part that can be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Id,
    StartedAt,
    Agent,
    CustomerRef,
    Vendor,
    Campaign,
    Direction,
    Party,
    Ignored,
}

const PARTS: [(&str, Part); 9] = [
    ("id", Part::Id),
    ("started_at", Part::StartedAt),
    ("agent", Part::Agent),
    ("customer_ref", Part::CustomerRef),
    ("vendor", Part::Vendor),
    ("campaign", Part::Campaign),
    ("direction", Part::Direction),
    ("party", Part::Party),
    ("_", Part::Ignored),
];

/// A pattern, ready for use.
#[derive(Debug, Clone)]
pub struct NamePattern {
    regex: Regex,
    /// What each group of the expression is.
    parts: Vec<Part>,
    /// Format of `started_at`.
    format: Option<String>,
    /// The user's own words for agent and customer.
    party_words: Option<[String; 2]>,
    n_folders: usize,
}

/// What a name tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Of the call, `metadata_source` left out.
    pub call: CallMetadata,
    /// Of the file, if it holds one party.
    pub party: Option<PartyClaim>,
}

impl NamePattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Names the column of what is wrong.
    pub fn parse(pattern: &str) -> Result<Self, NamePatternError> {
        let mut parser =
            Parser { regex: String::from("^"), parts: Vec::new(), format: None, party_words: None, ends_open: false };
        let chars: Vec<char> = pattern.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            let column = at + 1;
            match (chars[at], chars.get(at + 1)) {
                ('{', Some('{')) | ('}', Some('}')) => {
                    parser.literal(chars[at]);
                    at += 2;
                }
                ('{', _) => {
                    let end = chars[at..].iter().position(|c| *c == '}').map(|n| at + n);
                    let end = end.ok_or_else(|| error(column, "`{` without `}` (write `{{` for a brace)"))?;
                    parser.part(&chars[at + 1..end].iter().collect::<String>(), column)?;
                    at = end + 1;
                }
                ('}', _) => return Err(error(column, "`}` without `{` (write `}}` for a brace)")),
                (c, _) => {
                    parser.literal(c);
                    at += 1;
                }
            }
        }
        if parser.parts.iter().all(|part| *part == Part::Ignored) {
            return Err(error(1, format!("names no part; there are {}", known_parts())));
        }
        let regex = Regex::new(&(parser.regex + "$")).map_err(|_| error(1, "is too long"))?;
        let n_folders = pattern.matches('/').count();
        let Parser { parts, format, party_words, .. } = parser;
        Ok(Self { regex, parts, format, party_words, n_folders })
    }

    /// What the name of a source tells; `None` if the pattern does not fit it.
    pub fn read(&self, source: &str, zone: &TimeZone) -> Option<Named> {
        let from = source.rmatch_indices('/').nth(self.n_folders).map_or(0, |(at, _)| at + 1);
        let name = &source[from..];
        let name = match name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() && !stem.ends_with('/') && !extension.contains('/') => stem,
            _ => name,
        };
        let captures = self.regex.captures(name)?;
        let mut call = CallMetadata::default();
        let mut side = None;
        let (mut shared, mut ignored) = (Vec::new(), Vec::new());
        for (part, text) in self.parts.iter().zip(captures.iter().skip(1)) {
            let text = text?.as_str();
            let value = Some(text.replace("%25", "%"));
            match part {
                Part::Party => {}
                Part::Ignored => ignored.push(text),
                _ => shared.push(text),
            }
            match part {
                Part::Party => side = Some(self.side(text)?),
                Part::Id => call.id = value,
                Part::Agent => call.agent = value,
                Part::CustomerRef => call.customer_ref = value,
                Part::Vendor => call.vendor = value,
                Part::Campaign => call.campaign = value,
                Part::Direction => call.direction = Some(parse_direction(text)?),
                Part::StartedAt => call.started_at = Some(time::parse_by_format(self.format.as_deref()?, text, zone)?),
                Part::Ignored => {}
            }
        }
        // A pattern that names nothing else tells calls apart by what it ignores.
        let rest = if shared.is_empty() { ignored } else { shared };
        let party = side.map(|side| PartyClaim { side, call: format!("{}\0{}", &source[..from], rest.join("\0")) });
        Some(Named { call, party })
    }

    fn side(&self, word: &str) -> Option<Side> {
        match &self.party_words {
            Some([agent, _]) if agent.eq_ignore_ascii_case(word) => Some(Side::AGENT),
            Some(_) => Some(Side::CUSTOMER),
            None => Side::parse(word),
        }
    }
}

struct Parser {
    regex: String,
    parts: Vec<Part>,
    format: Option<String>,
    party_words: Option<[String; 2]>,
    /// True after a part of open length: nothing would tell where it ends and the next begins.
    ends_open: bool,
}

impl Parser {
    fn literal(&mut self, c: char) {
        // Sources have `%25` for `%`.
        self.regex.push_str(&regex::escape(if c == '%' { "%25".into() } else { c.to_string() }.as_str()));
        self.ends_open = false;
    }

    fn part(&mut self, text: &str, column: usize) -> Result<(), NamePatternError> {
        let (name, format) = text.split_once(':').map_or((text, None), |(name, format)| (name, Some(format)));
        let Some((_, part)) = PARTS.iter().find(|(known, _)| *known == name) else {
            return Err(error(column, format!("unknown part `{name}`; there are {}", known_parts())));
        };
        if *part != Part::Ignored && self.parts.contains(part) {
            return Err(error(column, format!("`{{{name}}}` stands twice")));
        }
        let expression = match (part, format) {
            (Part::StartedAt, None) => {
                return Err(error(column, "`{started_at}` needs a format, such as {started_at:%Y%m%d-%H%M%S}"));
            }
            (Part::StartedAt, Some(format)) => {
                let expression = time_expression(format, column + "{started_at:".len())?;
                self.format = Some(format.into());
                self.ends_open = false;
                expression
            }
            (Part::Party, words) => {
                self.ends_open = false;
                self.party_expression(words, column)?
            }
            (_, Some(_)) => return Err(error(column, format!("only `started_at` has a format, `{name}` has none"))),
            (Part::Direction, None) => {
                self.ends_open = false;
                "(?i:inbound|outbound|incoming|outgoing|in|out)".into()
            }
            _ if self.ends_open => {
                return Err(error(column, format!("something must stand between `{{{name}}}` and the part before it")));
            }
            _ => {
                self.ends_open = true;
                "[^/]+?".into()
            }
        };
        self.regex.push_str(&format!("({expression})"));
        self.parts.push(*part);
        Ok(())
    }
}

impl Parser {
    fn party_expression(&mut self, words: Option<&str>, column: usize) -> Result<String, NamePatternError> {
        let Some(words) = words else {
            return Ok(format!("(?i:{})", Side::words().collect::<Vec<_>>().join("|")));
        };
        match words.split_once('|') {
            Some((agent, customer)) if !agent.is_empty() && !customer.is_empty() && agent != customer => {
                self.party_words = Some([agent.into(), customer.into()]);
                Ok(format!("(?i:{}|{})", regex::escape(agent), regex::escape(customer)))
            }
            _ => Err(error(column, "`{party}` takes two words, that of the agent first: {party:agent|customer}")),
        }
    }
}

/// What a date in this format looks like. `column` is that of the format's first character.
fn time_expression(format: &str, column: usize) -> Result<String, NamePatternError> {
    let mut expression = String::new();
    let mut has = String::new();
    let mut chars = format.chars().enumerate();
    while let Some((at, c)) = chars.next() {
        if c != '%' {
            expression.push_str(&regex::escape(&c.to_string()));
            continue;
        }
        let directive = chars.next().map(|(_, directive)| directive);
        expression.push_str(match directive {
            Some('Y') => "[0-9]{4}",
            Some('y' | 'm' | 'd' | 'H' | 'M' | 'S') => "[0-9]{2}",
            Some('j') => "[0-9]{3}",
            Some('z') => "[+-][0-9]{4}",
            Some('s') => "[0-9]{9,11}",
            _ => return Err(error(column + at, "unknown directive; there are %Y %y %m %d %j %H %M %S %z %s")),
        });
        has.extend(directive);
    }
    let has = |any: &str| any.chars().any(|c| has.contains(c));
    let has_date = has("Yy") && (has("j") || (has("m") && has("d")));
    if !(has("s") || (has_date && has("H") && has("M"))) {
        return Err(error(column, "the format must tell year, month, day, hour and minute (or %s)"));
    }
    Ok(expression)
}

fn known_parts() -> String {
    PARTS.map(|(name, _)| format!("{{{name}}}")).join(" ")
}

fn error(column: usize, message: impl Into<String>) -> NamePatternError {
    NamePatternError { column, message: message.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Direction;

    /// Id, start, agent, customer, vendor of what was read.
    fn check(pattern: &str, source: &str, expected: Option<[&str; 5]>) {
        let read = NamePattern::parse(pattern).expect("a good pattern").read(source, &TimeZone::UTC);
        let read = read.map(|named| named.call);
        let read = read.map(|c| [c.id, c.started_at, c.agent, c.customer_ref, c.vendor].map(Option::unwrap_or_default));
        assert_eq!(read, expected.map(|e| e.map(String::from)), "{pattern} on {source}");
    }

    #[test]
    fn named_parts_are_read_from_the_name() {
        let pattern = "{agent}_{started_at:%Y%m%d-%H%M%S}_{customer_ref}";
        let expected = ["", "2026-11-02T14:30:05+00:00", "anna", "C_77", ""];
        check(pattern, "calls/anna_20261102-143005_C_77.wav", Some(expected));
        check(pattern, "calls/anna_20261302-143005_C_77.wav", None);
        check(pattern, "calls/anna.wav", None);
        check("{id}", "calls/no-extension", Some(["no-extension", "", "", "", ""]));
        check("{id}", "calls/.hidden", Some([".hidden", "", "", "", ""]));
        check("{id}{{x}}", "7{x}.wav", Some(["7", "", "", "", ""]));
        check("{id}%", "100%25.wav", Some(["100", "", "", "", ""]));
        check("{id}", "100%25.wav", Some(["100%", "", "", "", ""]));
    }

    #[test]
    fn folders_are_read_when_the_pattern_has_them() {
        check("{vendor}/{agent}", "demo/acme/bob.mp3", Some(["", "", "bob", "", "acme"]));
        check("{vendor}/{_}/{agent}", "acme/bob.mp3", None);
        check("{agent}", "demo/acme.old/bob", Some(["", "", "bob", "", ""]));
    }

    #[test]
    fn dates_may_touch_their_neighbours_and_carry_an_offset() {
        check("{id}{started_at:%Y%m%d%H%M}", "x202611021430.wav", Some(["x", "2026-11-02T14:30:00+00:00", "", "", ""]));
        check(
            "{started_at:%Y-%m-%dT%H%M%z}",
            "2026-11-02T1430+0100.wav",
            Some(["", "2026-11-02T14:30:00+01:00", "", "", ""]),
        );
        check("{started_at:%s}-{id}", "1000000000-a.wav", Some(["a", "2001-09-09T01:46:40+00:00", "", "", ""]));
    }

    #[test]
    fn a_direction_is_a_word_of_the_list_or_the_pattern_does_not_fit() {
        let pattern = NamePattern::parse("{direction}-{id}").expect("a good pattern");
        let direction = |source| pattern.read(source, &TimeZone::UTC).and_then(|named| named.call.direction);
        assert_eq!(direction("OUT-1.wav"), Some(Direction::Outbound));
        assert_eq!(direction("incoming-1.wav"), Some(Direction::Inbound));
        assert_eq!(direction("up-1.wav"), None);
    }

    #[test]
    fn a_wrong_pattern_names_the_column() {
        for (pattern, column) in [
            ("", 1),
            ("{_}", 1),
            ("x{agnt}", 2),
            ("{agent}_{agent}", 9),
            ("{agent}{id}", 8),
            ("{agent}_{started_at}", 9),
            ("{started_at:%Y%m%d}", 13),
            ("{started_at:%Y%Q}", 15),
            ("{agent:%Y}", 1),
            ("ab{agent", 3),
            ("é}", 2),
            ("{id}_{party:}", 6),
            ("{id}_{party:a|}", 6),
            ("{id}_{party:a}", 6),
        ] {
            assert_eq!(NamePattern::parse(pattern).map_err(|e| e.column).err(), Some(column), "{pattern}");
        }
    }

    #[test]
    fn files_of_one_call_agree_in_all_but_party_and_what_is_ignored() {
        let claim = |pattern: &str, source: &str| {
            let named = NamePattern::parse(pattern).expect("a good pattern").read(source, &TimeZone::UTC);
            named.expect("it fits").party.expect("a party")
        };
        let pattern = "{_}-{agent}_{id}_{party}";
        let agent = claim(pattern, "calls/1-anna_7_agent.wav");
        let customer = claim(pattern, "calls/2-anna_7_Customer.wav");
        assert_eq!((agent.side, customer.side), (Side::AGENT, Side::CUSTOMER));
        assert_eq!(agent.call, customer.call);
        for other in ["calls/2-anna_8_customer.wav", "calls/2-eva_7_customer.wav", "old/2-anna_7_customer.wav"] {
            assert_ne!(agent.call, claim(pattern, other).call, "{other}");
        }
        let own = "{id}/{party:konsultant|klient}";
        assert_eq!(claim(own, "7/KLIENT.wav").side, Side::CUSTOMER);
        assert_eq!(claim(own, "7/konsultant.wav").call, claim(own, "7/klient.wav").call);
        assert_ne!(claim("{_}_{party}", "a_rx.wav").call, claim("{_}_{party}", "b_rx.wav").call);
    }
}
