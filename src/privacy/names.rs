//! Names of private persons, where the talk says that a name stands there: "my name is", "Pan Kowalski", "asked for the
//! name", a patronymic. A capital alone tells nothing: brands and towns have one as well. An agent's own name in the
//! greeting is no secret and is left; the customer's is found whoever says it.

use std::collections::HashSet;

use super::given::GIVEN_NAMES;
use super::labels::{self, Label};
use super::line::Line;
use super::lists::{WordList, holds};
use super::name_words;
use super::name_words::{BETWEEN, BRANDS, COMPANY, Cue, NO_NAMES, THINGS};
use crate::call::Party;
use crate::text::Language;

/// Beginnings of the endings of patronymics, in any case.
fn is_patronymic(word: &str) -> bool {
    const ENDINGS: [&str; 12] =
        ["ович", "евич", "овича", "евича", "овичу", "евичу", "овичем", "евичем", "овиче", "евиче", "льич", "льича"];
    const FEMALE: [&str; 3] = ["овн", "евн", "ичн"];
    let is_female = FEMALE.iter().any(|stem| {
        word.char_indices().rev().take(5).any(|(at, _)| {
            word[at..].strip_prefix(stem).is_some_and(|rest| matches!(rest, "а" | "ы" | "е" | "у" | "ои" | "ою"))
        })
    });
    word.chars().count() >= 6 && (is_female || ENDINGS.iter().any(|ending| word.ends_with(ending)))
}

/// End of a name of one to four words that begins at item `from`, and how many of its words have a capital.
fn name_at(line: &Line<'_>, from: usize) -> Option<(usize, usize)> {
    static PARTICLES: WordList = WordList::new("van von de da di del la le el bin al der den ifj id dr");
    let (mut end, mut n) = (from, 0);
    while end < from + 5 && n < 4 {
        let word = line.word(end);
        let is_initial = line.written(end).chars().count() == 1 && line.written(end).chars().all(char::is_uppercase);
        let is_name = line.is_capitalised(end) && !NO_NAMES.holds(word);
        if is_name {
            n += 1;
        } else if !(n > 0 && PARTICLES.holds(word) && line.is_capitalised(end + 1)
            || is_initial && n > 0 && line.gap(end).starts_with('.'))
        {
            break;
        }
        end += 1;
        let gap = line.gap(end - 1);
        let is_open = matches!(gap, " " | "-" | "\u{a0}" | "" | "'" | "’") || gap == ". " && is_initial;
        if !is_open {
            break;
        }
    }
    // A particle alone at the end is no name.
    while end > from && !line.is_capitalised(end - 1) {
        end -= 1;
    }
    (n > 0 && end > from).then_some((end, n))
}

/// The same in a text without capitals: one or two words that are no other words known here.
fn plain_name_at(line: &Line<'_>, from: usize) -> Option<(usize, usize)> {
    let is_first_name = GIVEN_NAMES.holds(line.word(from)) || GIVEN_NAMES.holds(line.word(from + 1));
    if line.has_capitals || !is_first_name {
        return None;
    }
    let mut end = from;
    while end < from + 2 && line.digits(end).is_none() {
        let word = line.word(end);
        if word.chars().count() < 3 || NO_NAMES.holds(word) || BETWEEN.holds(word) || COMPANY.holds(word) {
            break;
        }
        end += 1;
        if line.gap(end - 1) != " " {
            break;
        }
    }
    (end > from).then_some((end, 2))
}

/// The spelling of a name right behind it: "Okafor, O, K, A, F, O, R".
fn with_spelling(line: &Line<'_>, end: usize) -> usize {
    let mut to = end;
    while line.written(to).chars().count() == 1 && line.digits(to).is_none() && to < end + 40 {
        to += 1;
    }
    if to >= end + 3 { to } else { end }
}

/// Names in the lines: utterance, bytes, confidence.
pub(super) fn find(lines: &[Line<'_>]) -> Vec<(usize, (usize, usize), f64)> {
    let mut found: Vec<(usize, (usize, usize), f64)> = Vec::new();
    let cues: Vec<Vec<(usize, usize, Cue)>> = lines.iter().map(name_words::find).collect();
    for (i, line) in lines.iter().enumerate() {
        // Items of names that somebody gives as the own one.
        let mut own = vec![false; line.items.len()];
        let mut has_own = false;
        let mut mark = |own: &mut Vec<bool>, from: usize, to: usize| {
            has_own = true;
            own.iter_mut().take(to).skip(from).for_each(|is_own| *is_own = true);
        };
        let is_marked = |own: &[bool], from: usize, to: usize| own.iter().take(to).skip(from).any(|is_own| *is_own);
        // It looks at the whole line.
        let is_private = !cues[i].is_empty() && is_private(line);
        let is_personal = |from: usize, to: usize, n: usize| is_private || is_full_name(line, from, to, n);
        for (start, end, cue) in &cues[i] {
            match cue {
                Cue::Question => {
                    found.extend(answer(lines, &cues, i));
                    continue;
                }
                Cue::OwnAfter | Cue::TheirsAfter => {
                    if let Some((from, n)) = name_before(line, *start) {
                        let is_own = *cue == Cue::OwnAfter;
                        let needs_two = matches!(
                            line.word(*start),
                            "here"
                                | "speaking"
                                | "beszel"
                                | "beszelek"
                                | "beszelhetek"
                                | "neve"
                                | "neven"
                                | "nevere"
                                | "зовут"
                                | "λεγεται"
                        );
                        if is_own {
                            mark(&mut own, from, *start);
                        }
                        let is_thing = !is_own && (from.saturating_sub(3)..from).any(|at| THINGS.holds(line.word(at)));
                        let is_brand = (from..*start).any(|at| BRANDS.holds(line.word(at)));
                        let is_told = !is_own || is_personal(from, *start, n);
                        if !is_thing && !is_brand && is_told && (n >= 2 || !needs_two) {
                            found.extend(line.bytes(from, *start).map(|bytes| (i, bytes, 0.8)));
                        }
                    }
                    continue;
                }
                _ => {}
            }
            let Some((from, to, n)) = name_after(line, *end, *cue) else { continue };
            let is_own = matches!(cue, Cue::Own | Cue::WeakOwn);
            // "зовут" inside "меня зовут".
            if !is_own && !is_personal(from, to, n) && is_marked(&own, from, to) {
                continue;
            }
            if is_own {
                mark(&mut own, from, to);
            }
            // "You are speaking to": in whose name an agent speaks, not with whom.
            let is_agent = line.party != Party::Customer;
            let is_thing = matches!(cue, Cue::Theirs | Cue::WeakTheirs)
                && (is_agent && start.checked_sub(1).is_some_and(|before| line.word(before) == "are")
                    || (start.saturating_sub(2)..*start).any(|at| THINGS.holds(line.word(at))));
            let is_brand = (from..to).any(|at| BRANDS.holds(line.word(at)));
            let is_sure = !is_thing
                && !is_brand
                && match cue {
                    Cue::Own => is_personal(from, to, n),
                    // "This is Anna from the bank" is an introduction, "this is Vodafone" none of a person.
                    Cue::WeakOwn => {
                        let is_known = GIVEN_NAMES.holds(line.word(from));
                        // "Это Максим Орлов?" of an agent asks for another, which is personal as well.
                        let is_full = is_full_name(line, from, to, n);
                        from == *end && (is_full || line.party == Party::Customer && (n >= 2 || is_known))
                    }
                    Cue::WeakTheirs => n >= 2 && line.party != Party::Customer,
                    // "Szomszédom a Fuvallatot vette meg" names no neighbour; Greek names have an article.
                    Cue::Kin => {
                        let is_apart = from == *end || n >= 2 || line.language == Some(Language::El);
                        is_apart && !line.gap(end - 1).contains(['.', '?', '!'])
                    }
                    Cue::Title => {
                        from == *end && !line.gap(end - 1).contains(['.', '?', '!', ','])
                            || from == *end && line.gap(end - 1) == ". " && line.word(*start).chars().count() <= 3
                    }
                    Cue::Theirs => n >= 2 || from <= end + 3,
                    _ => true,
                };
            if is_sure {
                let to = with_spelling(line, to);
                found.extend(line.bytes(from, to).map(|bytes| (i, bytes, if n >= 2 { 0.85 } else { 0.75 })));
            }
        }
        found.extend(patronymics(line).into_iter().filter_map(|(from, to)| Some((i, line.bytes(from, to)?, 0.85))));
        let is_introduction = has_own || line.items.iter().any(|item| COMPANY.holds(&item.word));
        found.extend(
            known(line, is_introduction).into_iter().filter_map(|(from, to)| Some((i, line.bytes(from, to)?, 0.75))),
        );
        found.extend(listed(line).into_iter().filter_map(|(from, to)| Some((i, line.bytes(from, to)?, 0.7))));
        if line.party == Party::Agent {
            found.extend(thanked(line).into_iter().filter_map(|(from, to)| Some((i, line.bytes(from, to)?, 0.65))));
        }
    }
    found.extend(said_again(lines, &found));
    found
}

/// Shorter words of a name are too often other words.
const MIN_CHARS_SAID_AGAIN: usize = 4;

/// So many letters at the end of a name may be those of another case.
const MOST_CHARS_OF_CASE: usize = 3;

/// Names that were told once, wherever they are said again: "Yes, Kowalski speaking".
fn said_again(lines: &[Line<'_>], found: &[(usize, (usize, usize), f64)]) -> Vec<(usize, (usize, usize), f64)> {
    let mut known: Vec<&str> = Vec::new();
    for (utterance, bytes, _) in found {
        let line = &lines[*utterance];
        let words = line.within(*bytes).iter();
        known.extend(words.map(|item| item.word.as_str()).filter(|word| word.chars().count() >= MIN_CHARS_SAID_AGAIN));
    }
    known.sort_unstable();
    known.dedup();
    // The same name in two cases has one beginning, and so few letters behind it in both.
    let stems: HashSet<&str> = known.iter().flat_map(|name| self::stems(name)).collect();
    let is_known = |word: &str| self::stems(word).any(|stem| stems.contains(stem));
    let mut again = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        // "That's spelled W, A, L, S, H".
        let mut at = 0;
        while at < line.items.len() {
            let is_letter = |at: usize| line.word(at).chars().count() == 1 && line.digits(at).is_none();
            let end = (at..line.items.len()).find(|at| !is_letter(*at)).unwrap_or(line.items.len());
            let spelled: String = (at..end).map(|at| line.word(at)).collect();
            if known.binary_search(&spelled.as_str()).is_ok() {
                again.extend(line.bytes(at, end).map(|bytes| (i, bytes, 0.7)));
            }
            at = end.max(at) + 1;
        }
        for at in 0..line.items.len() {
            let is_name = line.is_capitalised(at)
                && line.word(at).chars().count() >= MIN_CHARS_SAID_AGAIN
                && !NO_NAMES.holds(line.word(at));
            if is_name && is_known(line.word(at)) {
                again.push((i, line.items[at].bytes, 0.7));
            }
        }
    }
    again
}

/// Beginnings of a word behind which no more letters stand than those of a case: of four letters two, of more three.
fn stems(word: &str) -> impl Iterator<Item = &str> {
    let n = word.chars().count();
    (MIN_CHARS_SAID_AGAIN.max(n.saturating_sub(MOST_CHARS_OF_CASE))..=n)
        .filter(move |n_alike| n - n_alike <= MOST_CHARS_OF_CASE.min(n_alike - (MIN_CHARS_SAID_AGAIN - 2)))
        .map(move |n_alike| word.char_indices().nth(n_alike).map_or(word, |(end, _)| &word[..end]))
}

/// Is any name in the first person that of a private person? An agent's first name is how a company answers the telephone;
/// of a voice that nobody knows it is personal unless it speaks for a company.
fn is_private(line: &Line<'_>) -> bool {
    match line.party {
        Party::Agent | Party::Ivr => false,
        Party::Customer => true,
        _ => {
            !line.items.iter().any(|item| COMPANY.holds(&item.word))
                && !line.items.iter().any(|item| matches!(item.word.as_str(), "from" | "από" | "απο"))
        }
    }
}

/// Are items `from..to`, with `n` capitals, a full name with a known first name? It is personal data of an agent too: an
/// employee is a person (GDPR art. 4(1)).
fn is_full_name(line: &Line<'_>, from: usize, to: usize, n: usize) -> bool {
    n >= 2 && line.party != Party::Ivr && (from..to).any(|at| GIVEN_NAMES.holds(line.word(at)))
}

/// What belongs to somebody and stands between who that is and the name: "my son's account, Toby Ferris".
static THEIRS: WordList = WordList::new(
    "account policy contract line card order phone konto konta umowa umowe karta polisa numer счет договор карта номер полис \
    λογαριασμοσ συμβολαιο καρτα γραμμη szamla szamlaja szerzodes szerzodese kartyaja elofizetese elofizetes",
);

/// The name behind an introduction that ends at item `end`: from, to, words with a capital.
fn name_after(line: &Line<'_>, end: usize, cue: Cue) -> Option<(usize, usize, usize)> {
    let mut at = end;
    while at < end + 5 && at < line.items.len() {
        // Nothing is named beyond the end of a sentence.
        let gap = if at == 0 { "" } else { line.gap(at - 1) };
        let is_title_dot = gap == ". " && matches!(cue, Cue::Title);
        if gap.contains(['?', '!', ';']) || gap.contains('.') && !is_title_dot {
            return None;
        }
        let name = name_at(line, at).or_else(|| {
            plain_name_at(line, at).filter(|_| matches!(cue, Cue::Own) && line.party == Party::Customer && at == end)
        });
        if let Some((to, n)) = name {
            return Some((at, to, n));
        }
        let is_article = holds("ο η τον την a az na", line.word(at)) || THEIRS.holds(line.word(at));
        let is_between = BETWEEN.holds(line.word(at)) || matches!(cue, Cue::Kin) && is_article;
        if !is_between || matches!(cue, Cue::WeakOwn) || matches!(cue, Cue::Kin) && !is_article {
            return None;
        }
        at += 1;
    }
    None
}

/// The name that ends right before item `start`: its first item and how many words have a capital.
fn name_before(line: &Line<'_>, start: usize) -> Option<(usize, usize)> {
    let mut end = start;
    // "Okafor, O, K, A, F, O, R, that's my surname".
    while end > 0 && line.written(end - 1).chars().count() == 1 && line.digits(end - 1).is_none() {
        end -= 1;
    }
    if start - end < 3 {
        end = start;
    }
    let mut from = end;
    let mut n = 0;
    while from > 0 && n < 4 {
        let gap = line.gap(from - 1);
        let is_open = matches!(gap, " " | "-" | "\u{a0}" | "") || from == end && matches!(gap, ", " | " – " | " — ");
        if !is_open || !line.is_capitalised(from - 1) || NO_NAMES.holds(line.word(from - 1)) {
            break;
        }
        from -= 1;
        n += 1;
    }
    // A single word that begins the sentence has its capital from there.
    let is_chance = n == 1 && line.begins_sentence(from) && line.language != Some(Language::Hu);
    (n > 0 && !is_chance).then_some((from, n))
}

/// First name, patronymic and maybe a surname: items `from..to`.
fn patronymics(line: &Line<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for at in 0..line.items.len() {
        if line.language != Some(Language::Ru) || !is_patronymic(line.word(at)) || !line.is_capitalised(at) {
            continue;
        }
        let is_name = |at: usize| line.is_capitalised(at) && !NO_NAMES.holds(line.word(at));
        let mut from = at;
        while from > 0 && at - from < 2 && is_name(from - 1) && line.gap(from - 1) == " " {
            from -= 1;
        }
        let to = if line.gap(at) == " " && is_name(at + 1) { at + 2 } else { at + 1 };
        if from < at {
            found.push((from, to));
        }
    }
    found
}

/// No question has more words behind a name. Without marks a sentence has no end, and each name would look for it.
const MOST_WORDS_OF_QUESTION: usize = 100;

/// Is the sentence that item `at` stands before the end of a question?
fn asks(line: &Line<'_>, at: usize) -> bool {
    let last = line.items.len().min(at + MOST_WORDS_OF_QUESTION);
    let end = (at..last).find(|at| line.ends_sentence(*at)).unwrap_or(last);
    (at.saturating_sub(1)..=end).any(|at| {
        let gap = line.gap(at);
        gap.contains('?') || line.language == Some(Language::El) && gap.contains(';')
    })
}

/// Names that begin or, in Hungarian, end with a first name that is known: items `from..to`. Those of an introduction by
/// an agent are left, and those of streets, shops and brands.
fn known(line: &Line<'_>, is_introduction: bool) -> Vec<(usize, usize)> {
    static STREETS: WordList = WordList::new(
        "street road avenue square lane st ulica ulicy ulice ul aleja alei aleje al plac placu osiedle os улица улице улицу ул проспект проспекте \
         площадь площади имени οδοσ οδο πλατεια λεωφοροσ utca ut ter ucca pan magazin магазин banco saint swietego святого αγιου",
    );
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.items.len() {
        let Some((to, n)) = name_at(line, at) else {
            at += 1;
            continue;
        };
        let is_known = |at: usize| GIVEN_NAMES.holds(line.word(at));
        let (is_first, is_last) = (is_known(at), line.language == Some(Language::Hu) && is_known(to - 1));
        let gap_before = if at == 0 { "" } else { line.gap(at - 1) };
        let is_quoted = gap_before.contains(['„', '"', '«', '“', '\'']);
        let is_street =
            at > 0 && STREETS.holds(line.word(at - 1)) || STREETS.holds(line.word(to)) || line.digits(to).is_some();
        let is_brand = (at..to).any(|at| BRANDS.holds(line.word(at)));
        let is_pair = n >= 2 && (is_first || is_last);
        // An agent who names the other speaks to him: "Наталья, добрый день", "Is that Simon Hartley?"
        let is_called = n == 1
            && is_first
            && line.party == Party::Agent
            && line.gap(to - 1).starts_with([',', '!'])
            && (at == 0 || gap_before.starts_with([',', '!', '.', '?']));
        let is_found = match line.party {
            Party::Agent => !is_introduction && (is_pair && asks(line, to) || is_called && line.text.len() > 1),
            _ => is_pair && (!is_introduction || line.party == Party::Customer),
        };
        if is_found && !is_quoted && !is_street && !is_brand {
            found.push((at, to));
        }
        at = to;
    }
    found
}

/// A number behind a name has so many digits if it is a person's.
const MIN_DIGITS_BEHIND_NAME: usize = 9;

/// So many words may stand before a name that begins a list: "yes, of course, …".
const MOST_WORDS_BEFORE_LISTED: usize = 4;

/// A name of two words or more that begins the line and is followed by a comma: of a customer, or in a question.
pub(super) fn head_of_list(line: &Line<'_>) -> Option<(usize, usize)> {
    let n_lead = (0..MOST_WORDS_BEFORE_LISTED).take_while(|at| BETWEEN.holds(line.word(*at))).count();
    let names = (0..=n_lead).find_map(|at| Some((at, name_at(line, at)?)));
    let (from, (to, _)) = names.filter(|(_, (_, n))| *n >= 2)?;
    let is_brand = (from..to).any(|at| BRANDS.holds(line.word(at)) || COMPANY.holds(line.word(at)));
    // "Карта Мир, …" is no person.
    let is_called = labels::find(line).iter().any(|(start, _, _)| (from..to).contains(start));
    let is_told = line.party != Party::Agent || asks(line, to);
    (!is_brand && !is_called && is_told && line.gap(to - 1).starts_with(',')).then_some((from, to))
}

/// … and has more personal data right behind it, which was taken away before or is a long number: "Fodor Márton,
/// 1990. 07. 05., …", "Bea Holt, my number is …".
fn listed(line: &Line<'_>) -> Option<(usize, usize)> {
    let (from, to) = head_of_list(line)?;
    // "… born on", "… my number" may stand between.
    let is_taken =
        (to..to + MOST_WORDS_BEFORE_LISTED).any(|at| line.items.get(at).is_some_and(|item| item.word.is_empty()));
    let run = (to..line.items.len()).take_while(|at| line.digits(*at).is_some());
    let n_digits: usize = run.filter_map(|at| line.digits(at)).map(str::len).sum();
    let is_called =
        labels::find(line).into_iter().find(|(start, _, _)| *start >= to).is_some_and(|(start, _, label)| {
            start <= to + 2
                && matches!(label, Label::Phone | Label::Landline | Label::Call | Label::Id(_) | Label::Birth)
        });
    let is_own = line.party != Party::Agent && (is_called || n_digits >= MIN_DIGITS_BEHIND_NAME);
    (is_own || is_taken).then_some((from, to))
}

/// A customer spoken to by name: "Thank you, Margaret."
fn thanked(line: &Line<'_>) -> Vec<(usize, usize)> {
    static THANKS: WordList = WordList::new(
        "thanks you dziekuje спасибо ευχαριστω koszonom okay right lovely perfect great dobrze хорошо ωραια rendben",
    );
    let mut found = Vec::new();
    for at in 1..line.items.len() {
        let is_called = THANKS.holds(line.word(at - 1)) && matches!(line.gap(at - 1), ", " | " ");
        let is_end =
            line.gap(at).starts_with([',', '.', '!', '?']) || line.gap(at).is_empty() && at + 1 == line.items.len();
        if is_called && is_end && line.is_capitalised(at) && !NO_NAMES.holds(line.word(at)) && !line.begins_sentence(at)
        {
            found.push((at, at + 1));
        }
    }
    found
}

/// So many words may stand before the name in an answer: "yes, of course, it's …".
const MOST_WORDS_BEFORE_ANSWER: usize = 7;

/// An answer stands in one of so many utterances after its question, and begins within this time.
const MOST_UTTERANCES_TO_ANSWER: usize = 2;
const MAX_TIME_TO_ANSWER_S: f64 = 15.0;

/// The answer of the other voice to the question at the end of utterance `asked`.
fn answer(lines: &[Line<'_>], cues: &[Vec<(usize, usize, Cue)>], asked: usize) -> Option<(usize, (usize, usize), f64)> {
    let question = &lines[asked];
    for (i, line) in lines.iter().enumerate().skip(asked + 1).take(MOST_UTTERANCES_TO_ANSWER) {
        if line.voice == question.voice {
            continue;
        }
        if let (Some(end_s), Some(start_s)) = (question.end_s, line.start_s)
            && start_s - end_s > MAX_TIME_TO_ANSWER_S
        {
            return None;
        }
        // It introduces itself.
        if cues[i].iter().any(|(_, _, cue)| matches!(cue, Cue::Own)) {
            return None;
        }
        for at in 0..line.items.len().min(MOST_WORDS_BEFORE_ANSWER) {
            // "Can you spell your surname?"
            let spelled = with_spelling(line, at);
            if spelled > at {
                return line.bytes(at, spelled).map(|bytes| (i, bytes, 0.7));
            }
            if let Some((to, n)) = name_at(line, at) {
                let is_whole =
                    n >= 2 || to == line.items.len() || line.gap(to - 1).starts_with([',', '.', '!', '?', ';']);
                // A first word with a capital goes on as a sentence.
                if n >= 2 && !line.begins_sentence(at) || is_whole {
                    let to = with_spelling(line, to);
                    return line.bytes(at, to).map(|bytes| (i, bytes, 0.75));
                }
            }
            if at == 0
                && let Some((to, _)) = plain_name_at(line, 0).filter(|(to, _)| *to == line.items.len())
            {
                return line.bytes(0, to).map(|bytes| (i, bytes, 0.6));
            }
        }
    }
    None
}
