//! Reading by rules: the longest spelling that fits is read, the tables of the language before those of all letters.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Language, Phone, el, en, hu, letters, pl, ru};

/// A spelling, what must follow it, and the phones that it stands for.
///
/// `^` before a spelling: only at the start of a word. What follows: "" anything, "V" a vowel letter, "E" one of the
/// front vowel letters, "C" a consonant letter, "$" the end of the word, "C$" and "Ce$" a consonant letter and then the
/// end, or a silent e and the end.
pub(super) type Rule = (&'static str, &'static str, &'static str);

/// How a language is read.
pub(super) struct Table {
    /// Any order: the longest spelling wins, then the one with a condition.
    pub rules: &'static [Rule],
    /// Whole words that break the rules.
    pub words: &'static [(&'static str, &'static str)],
    /// Obstruents at the end of a word lose their voice.
    pub devoices_ends: bool,
    /// An obstruent takes the voice of the one after it.
    pub assimilates: bool,
    /// Numbers 0 to 19.
    pub units: [&'static str; 20],
    /// 20, 30 … 90.
    pub tens: [&'static str; 8],
    /// 100, 200 … 900.
    pub hundreds: [&'static str; 9],
    /// 1000, as it sounds after a number.
    pub thousand: &'static str,
}

/// A table made ready.
pub(super) struct Rules {
    table: &'static Table,
    by_letter: HashMap<char, Vec<Ready>>,
}

struct Ready {
    spelling: Vec<char>,
    at_start: bool,
    follows: &'static str,
    phones: Vec<Phone>,
    is_own: bool,
}

/// The rules of a language; without one those of all letters.
pub(super) fn of(language: Option<Language>) -> &'static Rules {
    static EN: LazyLock<Rules> = LazyLock::new(|| Rules::new(&en::TABLE));
    static PL: LazyLock<Rules> = LazyLock::new(|| Rules::new(&pl::TABLE));
    static RU: LazyLock<Rules> = LazyLock::new(|| Rules::new(&ru::TABLE));
    static EL: LazyLock<Rules> = LazyLock::new(|| Rules::new(&el::TABLE));
    static HU: LazyLock<Rules> = LazyLock::new(|| Rules::new(&hu::TABLE));
    static ANY: LazyLock<Rules> = LazyLock::new(|| Rules::new(&letters::TABLE));
    match language {
        Some(Language::En) => &EN,
        Some(Language::Pl) => &PL,
        Some(Language::Ru) => &RU,
        Some(Language::El) => &EL,
        Some(Language::Hu) => &HU,
        None => &ANY,
    }
}

/// The letter without its marks; ö and ü keep theirs, and й is no vowel.
fn base_letter(c: char) -> char {
    match c {
        'ö' | 'ő' => 'ö',
        'ü' | 'ű' => 'ü',
        'й' => 'й',
        c => c.nfd().next().unwrap_or(c),
    }
}

fn is_vowel_letter(c: char) -> bool {
    "aeiouyöüøœæαεηιουωаеиоуыэюяіє".contains(base_letter(c))
}

fn phones(letters: &str) -> Vec<Phone> {
    letters.chars().filter_map(Phone::from_char).collect()
}

/// Does what follows a spelling meet its rule's condition?
fn follows(condition: &str, rest: &[char]) -> bool {
    let is_consonant = |c: &char| c.is_alphabetic() && !is_vowel_letter(*c);
    match condition {
        "" => true,
        "$" => rest.is_empty(),
        "V" => rest.first().is_some_and(|&c| is_vowel_letter(c)),
        "E" => rest.first().is_some_and(|&c| "eiyęöüœæεηιυеиэюяь".contains(base_letter(c))),
        "C" => rest.first().is_some_and(is_consonant),
        "C$" => rest.len() == 1 && is_consonant(&rest[0]),
        "Ce$" => match rest {
            [c, 'e'] | [c, 'e', 's' | 'd'] => is_consonant(c),
            _ => false,
        },
        _ => false,
    }
}

impl Rules {
    fn new(table: &'static Table) -> Self {
        let mut by_letter: HashMap<char, Vec<Ready>> = HashMap::new();
        let own = table.rules.iter().map(|rule| (rule, true));
        // Letters of other scripts are read as the language that they belong to; not what it makes of Latin ones.
        let is_foreign = |rule: &&Rule| !rule.0.trim_start_matches('^').starts_with(|c: char| c.is_ascii());
        let scripts = [ru::TABLE.rules, el::TABLE.rules].into_iter().flatten().filter(is_foreign);
        let others = letters::TABLE.rules.iter().chain(scripts).map(|rule| (rule, false));
        for (&(spelling, follows, sounds), is_own) in own.chain(others) {
            let bare = spelling.trim_start_matches('^');
            let Some(first) = bare.chars().next() else { continue };
            by_letter.entry(first).or_default().push(Ready {
                spelling: bare.chars().collect(),
                at_start: bare != spelling,
                follows,
                phones: phones(sounds),
                is_own,
            });
        }
        for rules in by_letter.values_mut() {
            // Stable: the tables' own order decides between equals.
            rules.sort_by_key(|rule| {
                (std::cmp::Reverse(rule.spelling.len()), !rule.is_own, !rule.at_start, rule.follows.is_empty())
            });
        }
        Self { table, by_letter }
    }

    /// Appends the phones of a word; nothing for one of an unknown script.
    pub(super) fn read_word(&self, word: &str, out: &mut Vec<Phone>) {
        let first = out.len();
        let lower: Vec<char> = word
            .nfkc()
            .flat_map(char::to_lowercase)
            .filter(|&c| c.is_alphabetic() || c == '\'' || c == '’')
            .map(|c| if c == '’' { '\'' } else { c })
            .collect();
        let whole: String = lower.iter().collect();
        if let Some((_, sounds)) = self.table.words.iter().find(|(own, _)| *own == whole) {
            out.extend(phones(sounds));
            return;
        }
        let mut at = 0;
        while let Some(&letter) = lower.get(at) {
            if let Some(rule) = self.rule_at(&lower, at, letter) {
                out.extend(&rule.phones);
                at += rule.spelling.len();
                continue;
            }
            // A letter with a mark that no table has: as without it.
            let bare = letter.nfd().find(|&c| !is_combining_mark(c)).unwrap_or(letter);
            if bare != letter
                && let Some(rule) = self.by_letter.get(&bare).and_then(|rules| rules.iter().find(|r| r.is_plain()))
            {
                out.extend(&rule.phones);
            }
            at += 1;
        }
        self.smooth(first, out);
    }

    fn rule_at(&self, word: &[char], at: usize, letter: char) -> Option<&Ready> {
        self.by_letter.get(&letter)?.iter().find(|rule| {
            (!rule.at_start || at == 0)
                && word[at..].starts_with(&rule.spelling)
                && follows(rule.follows, &word[at + rule.spelling.len()..])
        })
    }

    /// What neighbouring sounds do to each other: doubles become one, voice is lost or taken over.
    fn smooth(&self, first: usize, out: &mut Vec<Phone>) {
        let mut kept = first;
        for at in first..out.len() {
            if kept == first || out[kept - 1] != out[at] {
                out[kept] = out[at];
                kept += 1;
            }
        }
        out.truncate(kept);
        let word = &mut out[first..];
        if self.table.devoices_ends
            && let Some(last) = word.last_mut()
            && let Some(voiceless) = last.with_voice(false)
        {
            *last = voiceless;
        }
        if self.table.assimilates {
            // From the end, so that a cluster follows its last sound. v gives no voice away, but loses its own.
            for at in (1..word.len()).rev() {
                let (left, right) = (word[at - 1], word[at]);
                if right.with_voice(true).is_some()
                    && right.letter() != 'v'
                    && let Some(taken) = left.with_voice(right.is_voiced())
                {
                    word[at - 1] = taken;
                }
            }
        }
    }

    /// Appends the phones of a number in ASCII digits.
    pub(super) fn read_number(&self, digits: &str, out: &mut Vec<Phone>) {
        let short = digits.len() <= 4 && (digits.len() == 1 || !digits.starts_with('0'));
        match digits.parse::<usize>().ok().filter(|_| short) {
            Some(number) => self.read_below_10000(number, out),
            None => {
                for digit in digits.bytes().map(|b| usize::from(b.wrapping_sub(b'0'))) {
                    self.say(self.table.units.get(digit).copied().unwrap_or_default(), out);
                }
            }
        }
    }

    fn say(&self, words: &str, out: &mut Vec<Phone>) {
        words.split(' ').for_each(|word| self.read_word(word, out));
    }

    fn read_below_10000(&self, number: usize, out: &mut Vec<Phone>) {
        let (thousands, hundreds, rest) = (number / 1000, number / 100 % 10, number % 100);
        if thousands > 1 {
            self.say(self.table.units[thousands], out);
        }
        if thousands > 0 {
            self.say(self.table.thousand, out);
        }
        if hundreds > 0 {
            self.say(self.table.hundreds[hundreds - 1], out);
        }
        if rest >= 20 {
            self.say(self.table.tens[rest / 10 - 2], out);
            if rest % 10 > 0 {
                self.say(self.table.units[rest % 10], out);
            }
        } else if rest > 0 || number == 0 {
            self.say(self.table.units[rest], out);
        }
    }
}

impl Ready {
    /// One letter, anywhere.
    fn is_plain(&self) -> bool {
        self.spelling.len() == 1 && !self.at_start && self.follows.is_empty()
    }
}
