//! Dates of birth: a date that is called one, or that answers the question for it, in digits, words and ordinals. A
//! delivery date is a date as well, so that nothing else is found.

use super::line::Line;
use super::lists::{WordList, holds};

/// Beginnings of the names of months, folded.
static MONTHS: WordList = WordList::new(
    "january february march april may june july august september october november december jan feb aug sept oct nov dec \
    stycz* lut* luty lutego marc* marz* kwie* maj maja maju czerw* lip* lipca sierp* wrzes* pazdz* listop* grud* \
    январ* феврал* март* апрел* мая маи мае июн* июл* август* сентябр* октябр* ноябр* декабр* \
    ιανουαρ* φεβρουαρ* μαρτ* απριλ* μαι* μαη ιουνι* ιουλ* αυγουστ* σεπτεμβρ* οκτωβρ* νοεμβρ* δεκεμβρ* γεναρ* φλεβαρ* \
    januar* februar* marcius* aprilis* majus* junius* julius* augusztus* szeptember* oktober* november* december*",
);

/// Beginnings of ordinals; wide, because a date is already named where they are looked for.
static ORDINALS: WordList = WordList::new(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth \
    sixteenth seventeenth eighteenth nineteenth twentieth thirtieth pierwsz* drug* trzec* czwart* piat* szost* siodm* osm* dziewiat* \
    dziesiat* jedenast* dwunast* trzynast* czternast* pietnast* szesnast* siedemnast* osiemnast* dziewietnast* dwudziest* trzydziest* \
    czterdziest* piecdziesiat* szescdziesiat* siedemdziesiat* osiemdziesiat* dziewiecdziesiat* dwutysieczn* tysieczn* \
    перв* втор* треть* четверт* пято* шесто* седьмо* восьмо* девято* десято* сороков* тысячн* двухтысячн* πρωτ* δευτερη δευτερου τριτη τριτου τεταρτ* πεμπτ* εκτη εκτου εβδομ* ογδο* ενατ* δεκατ* ενδεκατ* δωδεκατ* εικοστ* τριακοστ* \
    elsej* masodik* elso harmadik*",
);

/// Small words inside a date.
static LINKS: WordList = WordList::new(
    "of the in th st nd rd on year roku rok r w года год году г го του το τησ στισ οι en an ban ben on an jan jen and и και \
    es a az dnia miesiac miesiaca месяца числа число месяц dzien ημερα μηνα μηνασ ετουσ ετοσ η ησ αι nap napja napjan honapja ho hava havanak day month ev evben honap oh",
);

/// Words that a date may begin with: "dzień dwunasty, miesiąc szósty".
static LEADS: WordList =
    WordList::new("dzien dnia rok roku miesiac число день год года месяц ημερα μηνασ ετοσ day month year nap ev honap");

/// Words that belong to a slip in the middle of a date.
static SLIPS: WordList = WordList::new(
    "no wait sorry i mean uh um er erm actually well nie przepraszam znaczy czekaj yyy eee нет ои простите извините э ээ точнее \
    то есть οχι συγγνωμη λαθοσ δηλαδη εε nem bocsanat vagyis azaz oo illetve",
);

/// What a date behind the word for birth is not about.
static BLOCKS: WordList = WordList::new(
    "discount* until till before offer* need* not gift* promo* do rabat* promocj* niepotrzebn* nie potrzebn* prezent* скидк* \
    акци* не нужн* подар* εκπτωσ* δεν δωρο* kedvezmeny* nem ajandek* akcio* off",
);

/// So many words may stand between the name and the date: "urodziłem się w Nowym Tarnowie, dnia …".
const MOST_WORDS_BETWEEN: usize = 8;

/// A date has no more items, slips included.
const MOST_ITEMS: usize = 20;

/// People who call are older than this year's children.
const LAST_YEAR_OF_BIRTH: u32 = 2019;

/// A whole date of that year or before that nobody named: what else would a caller know so exactly?
const LAST_YEAR_UNNAMED: u32 = 1985;

fn is_ordinal(word: &str) -> bool {
    ORDINALS.holds(word)
        || ["надцат", "десят", "двадцат", "тридцат", "dik", "edike", "odika", "adika"]
            .iter()
            .any(|part| word.contains(part))
}

/// What a run of items has told of a date.
#[derive(Default, Clone)]
struct Parts {
    n_months: usize,
    n_numbers: usize,
    n_digits: usize,
    year: Option<u32>,
}

impl Parts {
    fn is_date(&self) -> bool {
        let is_possible = self.year.is_none_or(|year| (1900..=LAST_YEAR_OF_BIRTH).contains(&year));
        is_possible
            && (self.n_months >= 1 && self.n_numbers >= 1
                || self.n_months == 0 && self.n_numbers >= 3 && self.n_digits >= 3
                || self.n_months == 0 && matches!(self.n_digits, 6 | 8) && self.n_numbers == 1)
    }
}

/// End of the date that begins at item `from`, with what it tells.
fn date_at(line: &Line<'_>, from: usize) -> Option<(usize, Parts)> {
    let mut parts = Parts::default();
    let (mut at, mut end) = (from, from);
    let mut n_slips = 0;
    while at < line.items.len() && at < from + MOST_ITEMS {
        let word = line.word(at);
        let inflected = line.inflected_number(at).map(|value| value.to_string());
        if let Some(digits) = line.digits(at).or(inflected.as_deref()) {
            if digits.len() > 8 {
                break;
            }
            parts.n_numbers += 1;
            parts.n_digits += digits.len();
            let value = digits.parse().ok();
            if let Some(year) = value.filter(|year: &u32| digits.len() == 4 && (1900..2100).contains(year)) {
                parts.year = Some(year);
            }
            n_slips = 0;
        } else if MONTHS.holds(word) {
            parts.n_months += 1;
            n_slips = 0;
        } else if is_ordinal(word) {
            parts.n_numbers += 1;
            parts.n_digits += 2;
            n_slips = 0;
        } else if at > from && LINKS.holds(word) || at == from && LEADS.holds(word) {
            at += 1;
            continue;
        } else if at > from && SLIPS.holds(word) && n_slips < 3 {
            n_slips += 1;
            at += 1;
            continue;
        } else {
            break;
        }
        end = at + 1;
        // "12 мая 1980 года"
        if holds("roku год года году г ev evben", line.word(end)) {
            end += 1;
        }
        at = end;
        // A sentence ends a whole date; the dots of "12. 5. 1980" stand inside one.
        let gap = line.gap(at - 1);
        if gap.contains(['!', '?', ';']) || (gap.contains(". ") && parts.is_date()) || parts.n_digits > 16 {
            break;
        }
    }
    // Two of the three parts at least; a year alone tells little.
    let is_whole = parts.is_date() && parts.n_numbers + parts.n_months >= 2 || parts.is_date() && parts.n_digits >= 6;
    is_whole.then_some((end, parts))
}

/// A date of birth behind its name that ends at item `end`.
pub(super) fn after(line: &Line<'_>, end: usize) -> Option<(usize, usize)> {
    let mut from = end;
    while from < line.items.len() && from <= end + MOST_WORDS_BETWEEN {
        if let Some((to, _)) = date_at(line, from) {
            return line.bytes(from, to);
        }
        if BLOCKS.holds(line.word(from)) || line.gap(from).contains(['?', '!']) {
            return None;
        }
        from += 1;
    }
    None
}

/// … before its name, which begins at item `start`: "12 May 1980, that's my date of birth".
pub(super) fn before(line: &Line<'_>, start: usize) -> Option<(usize, usize)> {
    (start.saturating_sub(MOST_WORDS_BETWEEN + MOST_ITEMS)..start).find_map(|from| {
        let (to, _) = date_at(line, from).filter(|(to, _)| *to <= start && start - to <= 4)?;
        line.bytes(from, to)
    })
}

/// … that answers the question for it: near the beginning of the line.
pub(super) fn answer(line: &Line<'_>) -> Option<(usize, usize)> {
    (0..line.items.len().min(MOST_WORDS_BETWEEN)).find_map(|from| {
        let (to, _) = date_at(line, from)?;
        line.bytes(from, to)
    })
}

/// A date of birth said again, as the other voice reads it back: one that shares two of its words with `known`.
pub(super) fn again(line: &Line<'_>, known: &[String]) -> Option<(usize, usize)> {
    (0..line.items.len().min(MOST_WORDS_BETWEEN)).find_map(|from| {
        let (to, _) = date_at(line, from)?;
        let n_same = (from..to)
            .filter(|at| !LINKS.holds(line.word(*at)) && known.iter().any(|word| word == line.word(*at)))
            .count();
        (n_same >= 2).then(|| line.bytes(from, to)).flatten()
    })
}

/// "I am of the tenth of December forty-nine", as Poles, Russians and Greeks say it: a whole date right behind that ends
/// its clause.
pub(super) fn of_whom(line: &Line<'_>) -> Option<(usize, usize)> {
    let lead = |at: usize| match (line.word(at), line.word(at + 1)) {
        ("jestem", "z") | ("ja", "z") | ("я", "с") | ("ειμαι", "του" | "απο") => Some(at + 2),
        ("ja", "jestem") if line.word(at + 2) != "z" => Some(at + 2),
        ("я", _) if at == 0 => Some(at + 1),
        _ => None,
    };
    (0..line.items.len()).find_map(|at| {
        let from = lead(at)?;
        let (to, parts) = date_at(line, from)?;
        let is_clause = to == line.items.len() || line.gap(to - 1).starts_with([',', '.', '!', '?']);
        let is_whole = parts.n_numbers >= 2 && parts.n_months + parts.n_numbers >= 3;
        (is_clause && is_whole).then(|| line.bytes(from, to)).flatten()
    })
}

/// A whole date right behind item `end`, where the name that begins a list ends: "Fodor Márton, 1990. 07. 05., …".
pub(super) fn listed(line: &Line<'_>, end: usize) -> Option<(usize, usize)> {
    let (to, parts) = date_at(line, end)?;
    let is_whole = parts.year.is_some() && parts.n_months + parts.n_numbers >= 3;
    is_whole.then(|| line.bytes(end, to)).flatten()
}

/// Whole dates so long ago that they need no name.
pub(super) fn old(line: &Line<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while from < line.items.len() {
        let is_old = |parts: &Parts| {
            parts.year.is_some_and(|year| (1920..=LAST_YEAR_UNNAMED).contains(&year))
                && (parts.n_months == 1 && parts.n_numbers >= 2
                    || parts.n_months == 0 && matches!(parts.n_digits, 7..=8))
        };
        match date_at(line, from).filter(|(_, parts)| is_old(parts)) {
            Some((to, _)) if to - from >= 3 => {
                found.extend(line.bytes(from, to));
                from = to;
            }
            _ => from += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_word_is_in_the_form_that_words_are_compared_in() {
        [&MONTHS, &LEADS, &ORDINALS, &LINKS, &SLIPS, &BLOCKS].into_iter().for_each(WordList::check_is_folded);
    }
}
