//! Taking out what the model writes when nobody speaks: sound tags, loops, credits of the subtitles it learned from,
//! and words where there is no voice. Pure; nothing is taken out silently: each removal is told, without its words.

use crate::call::Word;
use crate::timeline::{TimeSpan, Timeline};

/// A stretch of text that the model gave as one, usually a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    pub span: TimeSpan,
    pub words: Vec<Word>,
}

/// Why words were taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    /// A description of a sound: `[Music]`.
    Tag,
    /// The same words again and again.
    Loop,
    /// A credit or farewell of a subtitle.
    Credit,
    /// Words far from any voice.
    NoSpeech,
}

/// What was taken out, and where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Removal {
    pub reason: Reason,
    pub span: TimeSpan,
}

/// How far the model's times for a phrase may be off.
const TIME_ERROR_S: f64 = 0.5;

/// Letters and marks a second that nobody exceeds; fast speech has about 20. A phrase that has less speech, or
/// sound as loud as speech, than this around it was not said by this party: it is made up, or the other party's, heard through a pause.
const MAX_LETTERS_PER_S: f64 = 25.0;

/// The segments of one window without what was not said. `speech` is the channel's; `audible` is the speech and all
/// sound in the window that is as loud.
pub(super) fn clean(
    segments: Vec<Segment>,
    speech: &Timeline,
    audible: &Timeline,
    removals: &mut Vec<Removal>,
) -> Vec<Segment> {
    let mut kept = Vec::with_capacity(segments.len());
    for mut segment in segments {
        remove_tags(&mut segment, removals);
        if segment.words.is_empty() {
            continue;
        }
        let reason = if is_unspoken(&segment, audible) {
            Some(Reason::NoSpeech)
        } else if is_credit(&segment, speech) {
            Some(Reason::Credit)
        } else {
            None
        };
        match reason {
            Some(reason) => removals.push(Removal { reason, span: segment.span }),
            None => kept.push(segment),
        }
    }
    remove_loops(&mut kept, removals);
    kept.retain(|segment| !segment.words.is_empty());
    kept
}

fn is_unspoken(segment: &Segment, audible: &Timeline) -> bool {
    let wide = TimeSpan::new(segment.span.start_s - TIME_ERROR_S, segment.span.end_s + TIME_ERROR_S);
    let spoken_s: f64 = audible.spans().iter().map(|s| s.overlap_s(&wide)).sum();
    let letters: usize = segment.words.iter().map(|word| word.text.chars().count()).sum();
    spoken_s * MAX_LETTERS_PER_S < letters as f64
}

// ---- tags

const BRACKETS: [(char, char); 5] = [('[', ']'), ('(', ')'), ('*', '*'), ('（', '）'), ('【', '】')];
const NOTES: [char; 3] = ['♪', '♫', '🎵'];

/// A description of a sound is short; longer text in round brackets is an aside.
const MAX_TAG_WORDS: usize = 6;

fn remove_tags(segment: &mut Segment, removals: &mut Vec<Removal>) {
    let is_note = |word: &Word| word.text.contains(NOTES);
    // Text between notes is a song, on the line or on the radio.
    if segment.words.first().is_some_and(is_note) || segment.words.last().is_some_and(is_note) {
        removals.push(Removal { reason: Reason::Tag, span: segment.span });
        segment.words.clear();
        return;
    }
    let words = std::mem::take(&mut segment.words);
    let mut i = 0;
    while i < words.len() {
        match tag_at(&words[i..]) {
            Some(n) => {
                let span = TimeSpan::new(words[i].start_s, words[i + n - 1].end_s);
                removals.push(Removal { reason: Reason::Tag, span });
                i += n;
            }
            None => {
                if words[i].text.chars().any(char::is_alphanumeric) {
                    segment.words.push(words[i].clone());
                }
                i += 1;
            }
        }
    }
}

/// How many words from the first one on are a bracketed tag, if they are one.
fn tag_at(words: &[Word]) -> Option<usize> {
    let text =
        words.first()?.text.trim_start_matches(|c: char| !c.is_alphanumeric() && BRACKETS.iter().all(|b| b.0 != c));
    let (open, close) = *BRACKETS.iter().find(|(open, _)| text.starts_with(*open))?;
    let end = words.iter().take(MAX_TAG_WORDS).enumerate().position(|(i, word)| {
        let text = if i == 0 { text.strip_prefix(open).unwrap_or(text) } else { &word.text };
        text.trim_end_matches(['.', ',', '!', '?', ';', ':', '"']).ends_with(close)
    })?;
    let tag = &words[..=end];
    // Digits in brackets are an area code, not a sound.
    let has_digit = tag.iter().any(|word| word.text.chars().any(|c| c.is_ascii_digit()));
    (!has_digit).then_some(end + 1)
}

// ---- credits

/// How credits and farewells of subtitles begin, in lower case without marks. Whisper learned them from subtitles and
/// writes them over silence and music.
const CREDITS: [&str; 27] = [
    "thanks for watching",
    "thank you for watching",
    "thank you so much for watching",
    "thank you very much for watching",
    "please subscribe",
    "like and subscribe",
    "dont forget to subscribe",
    "subtitles by",
    "captions by",
    "captioned by",
    "transcribed by",
    "transcription by",
    "субтитры",
    "редактор субтитров",
    "продолжение следует",
    "спасибо за просмотр",
    "подписывайтесь на",
    "napisy",
    "tłumaczenie i napisy",
    "zdjęcia i napisy",
    "dziękuję za oglądanie",
    "dzięki za oglądanie",
    "υπότιτλοι",
    "ευχαριστώ που παρακολουθήσατε",
    "ευχαριστούμε που παρακολουθήσατε",
    "felirat",
    "köszönöm hogy megnézt",
];

/// Longer text that begins like a credit is a sentence about subtitles.
const MAX_CREDIT_WORDS: usize = 8;

/// Words that were said clearly have a mean probability above this; the model is less sure of what it makes up.
const CLEAR_PROBABILITY: f64 = 0.8;

/// A whole segment that reads like a credit and is poorly supported by the sound.
fn is_credit(segment: &Segment, speech: &Timeline) -> bool {
    if segment.words.len() > MAX_CREDIT_WORDS {
        return false;
    }
    let text = segment.words.iter().map(|word| plain(&word.text)).collect::<Vec<_>>().join(" ");
    if !CREDITS.iter().any(|credit| text.starts_with(credit)) {
        return false;
    }
    let mean = segment.words.iter().map(|w| w.probability).sum::<f64>() / segment.words.len() as f64;
    let spoken_s = speech.intersection(&Timeline::new([segment.span])).total_s();
    mean < CLEAR_PROBABILITY || spoken_s < segment.span.duration_s() / 2.0
}

/// Lower case, letters and digits only.
fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

// ---- loops

/// The longest phrase that is looked for.
const MAX_PHRASE_WORDS: usize = 12;

/// A phrase said again after a longer pause is an answer to something new.
const MAX_LOOP_PAUSE_S: f64 = 1.0;

/// How often a phrase must come in a row to be a loop. People do say "no, no, no, no"; they do not say a sentence
/// three times without a breath.
fn least_repeats(phrase: &[String]) -> usize {
    match phrase {
        // A card number may be full of equal digits.
        _ if phrase.iter().all(|word| word.chars().all(|c| c.is_ascii_digit())) => 9,
        [_] => 6,
        [_, _] | [_, _, _] => 4,
        _ => 3,
    }
}

/// Keeps the first of words or phrases that repeat in a row, also across segments.
fn remove_loops(segments: &mut [Segment], removals: &mut Vec<Removal>) {
    let words: Vec<&Word> = segments.iter().flat_map(|s| &s.words).collect();
    let texts: Vec<String> = words.iter().map(|w| plain(&w.text)).collect();
    let mut keep = vec![true; words.len()];
    let mut i = 0;
    while i < words.len() {
        match loop_at(&texts[i..], &words[i..]) {
            Some((phrase, repeats)) => {
                let (first, end) = (i + phrase, i + phrase * repeats);
                keep[first..end].fill(false);
                let span = TimeSpan::new(words[first].start_s, words[end - 1].end_s);
                removals.push(Removal { reason: Reason::Loop, span });
                i = end;
            }
            None => i += 1,
        }
    }
    let mut keep = keep.into_iter();
    for segment in segments {
        segment.words.retain(|_| keep.next().expect("one flag a word"));
    }
}

/// Length in words and number of repeats of a loop that starts here.
fn loop_at(texts: &[String], words: &[&Word]) -> Option<(usize, usize)> {
    (1..=MAX_PHRASE_WORDS.min(texts.len() / 3)).find_map(|n| {
        let phrase = &texts[..n];
        let repeats = 1 + texts[n..]
            .chunks_exact(n)
            .enumerate()
            .take_while(|(k, chunk)| {
                let at = (k + 1) * n;
                *chunk == phrase && words[at].start_s - words[at - 1].end_s <= MAX_LOOP_PAUSE_S
            })
            .count();
        (repeats >= least_repeats(phrase)).then_some((n, repeats))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half a second a word from `start_s` on.
    fn segment(text: &str, start_s: f64, probability: f64) -> Segment {
        let words: Vec<Word> = text
            .split_whitespace()
            .enumerate()
            .map(|(i, text)| {
                let start_s = start_s + 0.5 * i as f64;
                Word { start_s, end_s: start_s + 0.5, text: text.into(), probability }
            })
            .collect();
        Segment { span: TimeSpan::new(start_s, start_s + 0.5 * words.len() as f64), words }
    }

    fn run(segments: &[Segment], speech: &[(f64, f64)]) -> (String, Vec<Reason>) {
        let speech = Timeline::new(speech.iter().map(|(a, b)| TimeSpan::new(*a, *b)));
        let mut removals = Vec::new();
        let kept = clean(segments.to_vec(), &speech, &speech, &mut removals);
        let text: Vec<&str> = kept.iter().flat_map(|s| &s.words).map(|w| w.text.as_str()).collect();
        (text.join(" "), removals.iter().map(|r| r.reason).collect())
    }

    /// One segment, spoken throughout and heard clearly.
    fn check(text: &str, expected: &str, reasons: &[Reason]) {
        let segment = segment(text, 0.0, 0.95);
        let speech = (segment.span.start_s, segment.span.end_s);
        assert_eq!(run(&[segment], &[speech]), (expected.to_owned(), reasons.to_vec()), "{text}");
    }

    #[test]
    fn tags_go_and_the_words_around_them_stay() {
        check("[BLANK_AUDIO]", "", &[Reason::Tag]);
        check("(upbeat music)", "", &[Reason::Tag]);
        check("*sighs* I see.", "I see.", &[Reason::Tag]);
        check("Hold on. [phone ringing] Hello?", "Hold on. Hello?", &[Reason::Tag]);
        check("[Music] [Applause]", "", &[Reason::Tag, Reason::Tag]);
        check("♪ la la la ♪", "", &[Reason::Tag]);
        check("(музыка)", "", &[Reason::Tag]);
    }

    #[test]
    fn brackets_that_are_no_tag_stay() {
        check("Call (555) 123 4567.", "Call (555) 123 4567.", &[]);
        check("a [very long text that goes on and on] b", "a [very long text that goes on and on] b", &[]);
        check("five * six", "five six", &[]);
    }

    #[test]
    fn loops_keep_their_first_round() {
        check("no no no no no no no no", "no", &[Reason::Loop]);
        check("Thank you. Thank you. Thank you. Thank you. Bye.", "Thank you. Bye.", &[Reason::Loop]);
        check("so we can do it, so we can do it, so we can do it so", "so we can do it, so", &[Reason::Loop]);
    }

    #[test]
    fn what_people_do_say_twice_stays() {
        for text in ["no, no, no, no.", "Yes, yes. Yes, yes.", "0 0 0 0 0 0 0 0", "it is what it is what it is"] {
            check(text, text, &[]);
        }
    }

    #[test]
    fn an_answer_repeated_after_pauses_is_no_loop() {
        let answers: Vec<Segment> = (0..8).map(|i| segment("Yes.", 4.0 * f64::from(i), 0.95)).collect();
        assert_eq!(run(&answers, &[(0.0, 40.0)]).1, []);
        let loops: Vec<Segment> = (0..8).map(|i| segment("Yes.", 0.6 * f64::from(i), 0.95)).collect();
        assert_eq!(run(&loops, &[(0.0, 40.0)]), ("Yes.".to_owned(), vec![Reason::Loop]));
    }

    #[test]
    fn credits_go_only_where_the_sound_does_not_support_them() {
        for text in
            ["Thanks for watching!", "Субтитры сделал кто-то", "Napisy stworzone przez kogoś", "Υπότιτλοι", "Feliratok"]
        {
            assert_eq!(run(&[segment(text, 0.0, 0.5)], &[(0.0, 9.0)]), (String::new(), vec![Reason::Credit]), "{text}");
            // Clearly heard, but for less than half of its time; enough to say it.
            let credit = segment(&format!("{text} a b c"), 0.0, 0.95);
            let end_s = credit.span.end_s;
            assert_eq!(run(&[credit], &[(0.55 * end_s, end_s + 0.5)]).1, [Reason::Credit], "{text}");
            assert_eq!(run(&[segment(text, 0.0, 0.95)], &[(0.0, 9.0)]).1, [], "{text}");
        }
        assert_eq!(
            run(&[segment("Napisy na fakturze są bardzo małe, proszę pana, widzi pan?", 0.0, 0.5)], &[(0.0, 9.0)]).1,
            []
        );
        assert_eq!(run(&[segment("I was watching it", 0.0, 0.3)], &[(0.0, 9.0)]).1, []);
    }

    #[test]
    fn words_without_the_speech_to_say_them_go() {
        // Ten letters need 0.4 s.
        let words = segment("hello there", 10.0, 0.9);
        assert_eq!(run(std::slice::from_ref(&words), &[(0.0, 9.4)]), (String::new(), vec![Reason::NoSpeech]));
        assert_eq!(run(std::slice::from_ref(&words), &[(11.2, 12.0)]).1, [Reason::NoSpeech]);
        assert_eq!(run(std::slice::from_ref(&words), &[(11.0, 12.0)]).1, []);
        assert_eq!(run(&[words], &[]).1, [Reason::NoSpeech]);
    }

    #[test]
    fn words_over_sound_as_loud_as_speech_stay() {
        let words = segment("hello there", 10.0, 0.9);
        let mut removals = Vec::new();
        let audible = Timeline::new([TimeSpan::new(10.0, 10.5)]);
        assert_eq!(clean(vec![words.clone()], &Timeline::default(), &audible, &mut removals), [words]);
        assert_eq!(removals, []);
    }
}
