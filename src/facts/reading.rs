//! One utterance, read: tokens, the marks of the language's words, numbers with their units, and what bends a sentence
//! (question, condition, reported speech). Finds no claims: it answers the questions that those who do ask.

use super::quantity::{self, Quantity, Unit};
use super::words::{self, Concept, Mark};
use crate::text::{Language, Token, tokenize};

/// A clause boundary keeps words apart as this many words do. Own choice.
const CLAUSE_TOKENS: usize = 3;

/// So short a last clause after a comma is a tag ("…, right?") and makes no question of what stands before it.
const MAX_TAG_TOKENS: usize = 3;

/// "Come" and "from another provider" stand at most so far apart.
const MAX_SWITCH_DISTANCE: usize = 3;

/// A value, the word that takes it back and the right value stand at most so far apart.
const MAX_SLIP_TOKENS: usize = 6;

/// "if you change your mind": how far after "if" the case may be named that the claim itself is about.
const MAX_CASE_TOKENS: usize = 9;

/// An utterance as the parsers of claims see it.
pub(super) struct Reading<'a> {
    pub text: &'a str,
    pub language: Language,
    pub tokens: Vec<Token>,
    pub marks: Vec<Mark>,
    pub quantities: Vec<Quantity>,
    /// Other sellers by name, as tokens.
    pub sellers: Vec<(usize, usize)>,
    /// Words of the company's own names.
    pub company_words: Vec<String>,
    /// By sentence number.
    questions: Vec<Asked>,
}

impl<'a> Reading<'a> {
    /// `is_name` tells tokens that are part of a product's name: numbers there are no quantities.
    pub fn new(text: &'a str, language: Language, is_name: impl FnOnce(&[Token]) -> Vec<(usize, usize)>) -> Self {
        let mut tokens = tokenize(text, Some(language));
        join_quoted(text, &mut tokens);
        let names = is_name(&tokens);
        let marks = words::of(language).mark(&tokens);
        let questions = questions(text, language, &tokens);
        let mut reading = Self {
            text,
            language,
            tokens,
            marks,
            quantities: Vec::new(),
            sellers: Vec::new(),
            company_words: Vec::new(),
            questions,
        };
        let read = quantity::read(&reading, &names);
        reading.quantities = read.iter().filter(|q| !reading.is_taken_back(q, &read)).cloned().collect();
        reading
    }

    /// "Thirty-two a month, sorry, forty-two a month": a word that takes back stands right after, and after it another
    /// value of the same kind.
    fn is_taken_back(&self, own: &Quantity, all: &[Quantity]) -> bool {
        let is_alike = |other: &Quantity| {
            let is_plain = [own.unit, other.unit].contains(&Unit::Plain) && own.is_number && other.is_number;
            let is_another = (own.low, own.high) != (other.low, other.high) || own.unit != other.unit;
            is_another && (is_plain || own.is_money() && other.is_money() || own.is_period() && other.is_period())
        };
        self.all(Concept::Slip).filter(|m| m.start >= own.tokens.1 && m.start - own.tokens.1 <= MAX_SLIP_TOKENS).any(
            |slip| {
                let is_between = |q: &Quantity| q.tokens.0 >= own.tokens.1 && q.tokens.1 <= slip.start;
                let next = all.iter().find(|q| q.tokens.0 >= slip.end);
                !all.iter().any(is_between)
                    && next.is_some_and(|q| q.tokens.0 - slip.end <= MAX_SLIP_TOKENS && is_alike(q))
            },
        )
    }

    /// Is a word without a value taken back ("it is free, sorry, it costs six")? Somebody has to go on after the word.
    pub fn is_corrected(&self, span: (usize, usize)) -> bool {
        let (_, end) = self.sentence(span.0);
        self.all(Concept::Slip)
            .any(|m| m.start >= span.1 && m.start - span.1 <= MAX_SLIP_TOKENS && m.end + 1 < end && m.end <= end)
    }

    /// "The first six months": the word only counts beside the length that it begins.
    pub fn firsts(&self) -> impl Iterator<Item = &Mark> {
        self.all(Concept::First).filter(|m| {
            self.quantities.iter().any(|q| {
                q.is_period()
                    && (q.tokens.0 >= m.end && q.tokens.0 - m.end <= 1 || q.tokens.0 < m.end && m.start < q.tokens.1)
            }) || [Concept::Month, Concept::Year, Concept::FixedMonths]
                .into_iter()
                .any(|unit| self.at(unit, m.end).is_some())
        })
    }

    /// Words that may tell of delivery do so in sentences that speak of it, or of what is delivered.
    pub fn settle_delivery(&mut self, is_spoken_of: impl Fn(usize, usize) -> bool) {
        let weak: Vec<Mark> = self.all(Concept::DeliveryWeak).copied().collect();
        for mark in weak {
            let (from, to) = self.sentence(mark.start);
            if is_spoken_of(from, to) || self.has(Concept::Delivery, (from, to)) {
                self.marks.push(Mark { concept: Concept::Delivery, ..mark });
            }
        }
    }

    pub fn has(&self, concept: Concept, (from, to): (usize, usize)) -> bool {
        self.all(concept).any(|m| m.start >= from && m.end <= to)
    }

    pub fn all(&self, concept: Concept) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(move |m| m.concept == concept)
    }

    /// A mark that begins at this token.
    pub fn at(&self, concept: Concept, start: usize) -> Option<&Mark> {
        self.all(concept).find(|m| m.start == start)
    }

    /// Tokens `start..end` of the sentence around a token.
    pub fn sentence(&self, token: usize) -> (usize, usize) {
        self.around(token, |t| t.sentence)
    }

    /// … of the clause.
    pub fn clause(&self, token: usize) -> (usize, usize) {
        self.around(token, |t| t.clause)
    }

    fn around(&self, token: usize, number: impl Fn(&Token) -> u32) -> (usize, usize) {
        let Some(own) = self.tokens.get(token).map(&number) else { return (token, token) };
        let start = self.tokens[..token].iter().rposition(|t| number(t) != own).map_or(0, |at| at + 1);
        let end = self.tokens[token..].iter().position(|t| number(t) != own).map_or(self.tokens.len(), |n| token + n);
        (start, end)
    }

    pub fn is_same_clause(&self, a: usize, b: usize) -> bool {
        self.tokens.get(a).map(|t| t.clause) == self.tokens.get(b).map(|t| t.clause)
    }

    /// How far apart two spans of tokens stand, in words; `None` if in different sentences.
    pub fn distance(&self, a: (usize, usize), b: (usize, usize)) -> Option<usize> {
        let (ta, tb) = (self.tokens.get(a.0)?, self.tokens.get(b.0)?);
        if ta.sentence != tb.sentence {
            return None;
        }
        let between = if a.1 <= b.0 { b.0 - a.1 } else { a.0.saturating_sub(b.1) };
        Some(between + CLAUSE_TOKENS * ta.clause.abs_diff(tb.clause) as usize)
    }

    /// The nearest mark of a concept in the sentence, and how far it is. One under a mark of `hidden` does not count.
    pub fn nearest(&self, concept: Concept, span: (usize, usize), hidden: Option<Concept>) -> Option<(usize, &Mark)> {
        self.all(concept)
            .filter(|m| hidden.is_none_or(|hidden| !self.all(hidden).any(|h| h.start < m.end && m.start < h.end)))
            .filter_map(|m| Some((self.distance((m.start, m.end), span)?, m)))
            .min_by_key(|(distance, m)| (*distance, m.start))
    }

    /// Does the token stand in a question? "It is 20 a month, shall I order it?" asks in its last clause only, unless
    /// the first word asks.
    pub fn is_question(&self, token: usize) -> bool {
        let Some(own) = self.tokens.get(token) else { return false };
        let asked = self.questions.get(own.sentence as usize).copied().unwrap_or(Asked::No);
        if asked == Asked::No {
            return false;
        }
        let (from, to) = self.sentence(token);
        let is_last = self.tokens.get(to.saturating_sub(1)).is_none_or(|last| last.clause == own.clause);
        // "How much do you pay now, about 60?": the number is in the question, however short its clause.
        if is_last || self.has(Concept::HowMuch, (from, to)) {
            return true;
        }
        if asked == Asked::ByTag {
            // "You pay 60 at present, right?"
            return self.has(Concept::Now, (from, to)) && !self.has(Concept::After, (from, to));
        }
        let clause = self.clause(token);
        self.all(Concept::Asks).any(|m| m.start == from || m.start == clause.0)
    }

    /// The tokens of the question that stands right before the sentence of a token.
    pub fn asked_before(&self, token: usize) -> Option<(usize, usize)> {
        let last = self.sentence(token).0.checked_sub(1)?;
        self.is_question(last).then(|| self.sentence(last))
    }

    /// Is the sentence bound to a condition? One that names the case that the claim is about ("if you change your
    /// mind") is none.
    pub fn is_conditional(&self, token: usize) -> bool {
        let (from, to) = self.sentence(token);
        self.all(Concept::If).filter(|m| m.start >= from && m.end <= to).any(|m| {
            // "I can't promise that it comes tomorrow" names no case.
            let is_refused = self.all(Concept::Not).any(|n| n.start >= m.start && n.end <= m.end);
            is_refused
                || !self
                    .all(Concept::IfExempt)
                    .any(|case| case.end > m.start && case.start <= m.end + MAX_CASE_TOKENS && case.end <= to)
        })
    }

    /// Are the words of the sentence somebody else's?
    pub fn is_reported(&self, token: usize) -> bool {
        self.has(Concept::Reported, self.sentence(token))
    }

    /// Is this place about another seller, another plan or an earlier time? Holds on to the end of the sentence
    /// until "with us".
    pub fn is_of_others(&self, span: (usize, usize)) -> bool {
        let (from, to) = self.sentence(span.0);
        let is_between = |start: usize, end: usize| start >= from && end <= span.0;
        let last = |concept| {
            let is_own = |m: &&Mark| is_between(m.start, m.end) && !(concept == Concept::Others && self.is_no_other(m));
            let marks = self.all(concept).filter(is_own).map(|m| m.end);
            let sellers =
                self.sellers.iter().filter(|s| concept == Concept::Others && is_between(s.0, s.1)).map(|s| s.1);
            marks.chain(sellers).max()
        };
        let is_before = match (last(Concept::Others), last(Concept::Us)) {
            (Some(others), Some(us)) => others > us,
            (others, _) => others.is_some(),
        };
        let clause_end = self.clause(span.0).1.min(to);
        let is_after = |m: &Mark| m.start >= span.1 && m.end <= clause_end && !self.is_no_other(m);
        is_before || self.all(Concept::Others).any(is_after)
    }

    /// "As you come from another provider": the other seller is only where the customer comes from. "Będzie pani płaciła"
    /// has the form of what was paid, and is what will be.
    fn is_no_other(&self, others: &Mark) -> bool {
        let before = others.start.checked_sub(1).map_or("", |at| self.tokens[at].normal.as_str());
        matches!(before, "będzie" | "będą")
            || self.all(Concept::Switch).any(|m| {
                self.distance((m.start, m.end), (others.start, others.end)).is_some_and(|d| d <= MAX_SWITCH_DISTANCE)
            })
    }

    /// Is an amount here one of the customer's account? A word for it stands before it in the sentence or after it in
    /// the clause.
    pub fn is_of_account(&self, span: (usize, usize)) -> bool {
        let (from, _) = self.sentence(span.0);
        self.has(Concept::Account, (from, span.0)) || self.has(Concept::Account, (span.1, self.clause(span.0).1))
    }

    /// Does the amount stand after a bill that is to come, with no fee named between? "The activation, 35, is on your first
    /// bill" names a fee.
    pub fn is_of_bill(&self, span: (usize, usize)) -> bool {
        let (from, _) = self.sentence(span.0);
        self.all(Concept::Bill).filter(|m| m.start >= from && m.end <= span.0).any(|m| {
            ![Concept::Activation, Concept::Fee, Concept::Delivery].into_iter().any(|c| self.has(c, (m.end, span.0)))
        })
    }

    /// Is a word or number that begins at `start` denied: a negation at most `reach` words before it in the clause,
    /// with no number between?
    pub fn is_negated(&self, start: usize, reach: usize) -> bool {
        self.all(Concept::Not).any(|m| {
            m.end <= start
                && start - m.end < reach
                && self.is_same_clause(m.start, start)
                && !self.is_false_negation(m)
                && !self.quantities.iter().any(|q| q.tokens.0 >= m.end && q.tokens.1 <= start && q.tokens.0 != start)
        })
    }

    fn is_false_negation(&self, negation: &Mark) -> bool {
        self.all(Concept::NotFalse).any(|m| m.start < negation.end && negation.start < m.end)
    }

    /// Bytes of the text that these tokens cover.
    pub fn bytes(&self, (from, to): (usize, usize)) -> (usize, usize) {
        match (self.tokens.get(from), self.tokens.get(to.saturating_sub(1).max(from))) {
            (Some(first), Some(last)) => (first.start, last.end.max(first.end)),
            _ => (0, 0),
        }
    }

    /// What stands between two tokens.
    pub fn gap(&self, left: usize, right: usize) -> &str {
        match (self.tokens.get(left), self.tokens.get(right)) {
            (Some(a), Some(b)) => self.text.get(a.end..b.start).unwrap_or_default(),
            _ => "",
        }
    }
}

/// Quotation marks set off names, not clauses.
fn join_quoted(text: &str, tokens: &mut [Token]) {
    let mut merged = 0;
    let mut last: Option<(u32, usize)> = None;
    for token in tokens {
        if let Some((clause, end)) = last
            && token.clause != clause
        {
            let gap = text.get(end..token.start).unwrap_or_default();
            let is_quote = |c: char| c.is_whitespace() || matches!(c, '"' | '«' | '»' | '„' | '”' | '“' | '\'');
            if gap.chars().all(is_quote) {
                merged += token.clause - clause;
            }
        }
        last = Some((token.clause, token.end));
        token.clause -= merged;
    }
}

/// How a sentence asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    No,
    /// Only in a short last clause ("…, right?").
    ByTag,
    Whole,
}

fn questions(text: &str, language: Language, tokens: &[Token]) -> Vec<Asked> {
    let n = tokens.last().map_or(0, |t| t.sentence as usize + 1);
    let mut found = vec![Asked::No; n];
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        if next.is_some_and(|next| next.sentence == token.sentence) {
            continue;
        }
        let end = next.map_or(text.len(), |next| next.start);
        let sign = text.get(token.end..end).unwrap_or_default();
        let asks = sign.contains(['?', '\u{37e}']) || (language == Language::El && sign.contains(';'));
        let own = tokens.iter().filter(|t| t.sentence == token.sentence);
        let in_last_clause = own.clone().filter(|t| t.clause == token.clause).count();
        let is_tag = in_last_clause <= MAX_TAG_TOKENS && own.count() > in_last_clause;
        found[token.sentence as usize] = match (asks, is_tag) {
            (false, _) => Asked::No,
            (true, true) => Asked::ByTag,
            (true, false) => Asked::Whole,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language::{self, El, En, Hu, Pl, Ru};

    /// Values that are left, in order.
    fn check(language: Language, text: &str, expected: &[f64]) {
        let reading = Reading::new(text, language, |_| Vec::new());
        let left: Vec<f64> = reading.quantities.iter().map(|q| q.low).collect();
        assert_eq!(left, expected, "{text}");
    }

    #[test]
    fn a_value_that_is_taken_back_is_none() {
        check(En, "it is 32 pounds a month, sorry, 42 pounds a month", &[42.0]);
        check(Pl, "umowa jest na 12 miesięcy, to znaczy na 24 miesiące", &[24.0]);
        check(Ru, "договор на 2 года, точнее, на 1 год", &[1.0]);
        check(El, "η παράδοση γίνεται σε 2 μέρες, ή μάλλον σε 4 μέρες", &[4.0]);
        check(Hu, "a szállítás 1 nap, pontosabban 3 nap", &[3.0]);
        // Of another kind, or the same again: nothing is taken back.
        check(En, "it is 42 pounds, sorry, for 18 months", &[42.0, 18.0]);
        check(En, "sorry, it is 42 pounds", &[42.0]);
    }

    #[test]
    fn where_the_customer_comes_from_says_nothing_of_others() {
        let is_of_others = |text: &str| {
            let reading = Reading::new(text, En, |_| Vec::new());
            let at = reading.tokens.len() - 1;
            reading.is_of_others((at, at + 1))
        };
        assert!(!is_of_others("as you come from another provider delivery is free"));
        assert!(is_of_others("at another provider delivery is free"));
    }
}
