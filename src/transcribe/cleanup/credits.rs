//! Credits and farewells of subtitles, which the speech models learned and write over music, noise and murmur. The sound
//! decides first: a sentence that was plainly said, in the time it takes to say it, stays. The list only names what may
//! go at all; and a sentence that merely contains such words is never looked at.

use super::support::{MAX_LETTERS_PER_S, within_s};
use super::{CLEAR_PROBABILITY, Reason, Removal, Segment, mean_probability, plain, span_of};
use crate::call::Word;
use crate::timeline::{TimeSpan, Timeline};

/// How credits and farewells begin, in lower case without marks.
const CREDITS: [&str; 66] = [
    // English
    "thanks for watching",
    "thank you for watching",
    "thank you so much for watching",
    "thank you very much for watching",
    "thank you all for watching",
    "thanks for listening",
    "please subscribe",
    "please like and subscribe",
    "like and subscribe",
    "dont forget to subscribe",
    "dont forget to like and subscribe",
    "subscribe to my channel",
    "see you in the next video",
    "ill see you in the next video",
    "subtitles by",
    "captions by",
    "captioned by",
    "captioning by",
    "closed captioning",
    "transcribed by",
    "transcription by",
    "translated by",
    // Polish
    "napisy",
    "tłumaczenie i napisy",
    "zdjęcia i napisy",
    "zdjęcia i montaż",
    "dziękuję za oglądanie",
    "dzięki za oglądanie",
    "dziękujemy za oglądanie",
    "dziękuję za obejrzenie",
    "zapraszam do subskrypcji",
    "subskrybuj",
    "do zobaczenia w następnym",
    // Russian
    "субтитры",
    "редактор субтитров",
    "корректор",
    "продолжение следует",
    "спасибо за просмотр",
    "подписывайтесь на",
    "подпишитесь на",
    "ставьте лайк",
    // Greek
    "υπότιτλοι",
    "υποτιτλισμός",
    "απόδοση διαλόγων",
    "ευχαριστώ που παρακολουθήσατε",
    "ευχαριστούμε που παρακολουθήσατε",
    "σας ευχαριστώ που παρακολουθήσατε",
    "εγγραφείτε στο κανάλι",
    // Hungarian
    "felirat",
    "a feliratot",
    "köszönöm hogy megnézt",
    "köszönjük hogy megnézt",
    "iratkozz fel",
    "kérlek iratkozz fel",
    // What the models write whatever the language
    "soustitr",
    "sous titr",
    "untertitel",
    "legendas",
    "sottotitoli",
    "subtítulos",
    "ondertitel",
    "altyazı",
    "titulky",
    "undertexter",
    "字幕",
    "ご視聴ありがとうございました",
];

/// Names that stand under subtitles, and that nobody says on the telephone.
const SIGNATURES: [&str; 6] = ["amaraorg", "dimatorzok", "authorwave", "zeoranger", "otterai", "castingwords"];

/// Longer text that begins like a credit is a sentence about subtitles.
const MAX_CREDIT_WORDS: usize = 8;

/// Enough, if they also fill the speech beneath them as a sentence does: no slower than this. Made up text is laid over
/// whatever is there, a murmur of ten seconds or a click.
const FAIR_PROBABILITY: f64 = 0.6;
const LEAST_LETTERS_PER_S: f64 = 5.0;

/// How far the times of words may be off.
const TIME_ERROR_S: f64 = 0.2;

/// Takes out the sentences of a segment that read like a credit and that the sound does not support.
pub(super) fn remove(segment: &mut Segment, speech: &Timeline, removals: &mut Vec<Removal>) {
    let words = std::mem::take(&mut segment.words);
    for sentence in words.split_inclusive(ends_sentence) {
        match span_of(sentence) {
            Some(span) if is_credit(sentence) && !is_said(sentence, span, speech) => {
                removals.push(Removal { reason: Reason::Credit, span });
            }
            _ => segment.words.extend_from_slice(sentence),
        }
    }
}

fn ends_sentence(word: &Word) -> bool {
    word.text.trim_end_matches(['"', '\'', '»', '”', ')']).ends_with(['.', '?', '!', '…'])
        // An initial is no end.
        && word.text.chars().filter(|c| c.is_alphanumeric()).count() > 1
}

fn is_credit(sentence: &[Word]) -> bool {
    if sentence.len() > MAX_CREDIT_WORDS {
        return false;
    }
    let text = sentence.iter().map(|word| plain(&word.text)).filter(|word| !word.is_empty()).collect::<Vec<_>>();
    let text = text.join(" ");
    CREDITS.iter().any(|credit| text.starts_with(credit))
}

fn is_said(sentence: &[Word], span: TimeSpan, speech: &Timeline) -> bool {
    if sentence.iter().any(|word| SIGNATURES.contains(&plain(&word.text).as_str())) {
        return false;
    }
    let letters = sentence.iter().map(|word| word.text.chars().count()).sum::<usize>() as f64;
    let spoken_s = within_s(speech, span, 0.0);
    let near_s = within_s(speech, span, TIME_ERROR_S);
    let has_room = near_s * MAX_LETTERS_PER_S >= letters && spoken_s >= span.duration_s() / 2.0;
    let fits = spoken_s * LEAST_LETTERS_PER_S <= letters;
    let mean = mean_probability(sentence);
    has_room && (mean >= CLEAR_PROBABILITY || (mean >= FAIR_PROBABILITY && fits))
}
