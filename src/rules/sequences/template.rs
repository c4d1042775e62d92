//! Template answers: the same sentence given to different questions, or a canned sentence given to one. Both leave the
//! customer without an answer. Not every repetition: the same question may have the same answer, and what the customer
//! asks to hear again is said again.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use serde_json::{Map, Value};

use super::{Found, cues, said, whole};
use crate::call::{Party, Polarity, Severity};
use crate::rules::Draft;
use crate::rules::scene::Scene;
use crate::rules::score::Part;
use crate::rules::thresholds::{
    MIN_CONFIDENCE, SAME_ANSWER_CONFIDENCE, SAME_QUESTION_RATIO, TEMPLATE_WITHIN_UTTERANCES, TEMPLATE_WORDS,
};

/// A question of the customer and what the agent answered.
struct Answer {
    question: usize,
    /// Utterances of the agent up to the customer's next words.
    said: Vec<usize>,
}

/// What the customer asks in an utterance: a question mark, or a word that questions begin with.
fn is_question(scene: &Scene<'_>, i: usize) -> bool {
    let line = &scene.lines[i];
    let mut at = 0;
    while at < line.tokens.len() {
        let sentence = line.sentence_of(at);
        // "And when", "a kiedy": a small word before it.
        let start = sentence.start..(sentence.start + 4).min(sentence.end);
        if line.is_question(at) || cues::first_in("question", line, start).is_some_and(|c| c.tokens.start <= at + 1) {
            return true;
        }
        at = sentence.end.max(at + 1);
    }
    false
}

fn answers(scene: &Scene<'_>) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    let mut asked: Option<usize> = None;
    let mut last: Option<Party> = None;
    for i in 0..scene.lines.len() {
        let party = scene.party(i);
        match party {
            Party::Customer if is_question(scene, i) && !cues::has("say_again", &scene.lines[i]) => asked = Some(i),
            // "Hello?" in the middle of an answer ends nothing; other words after the answer do.
            Party::Customer if last == Some(Party::Agent) => asked = None,
            Party::Agent => {
                if let Some(question) = asked {
                    match answers.last_mut() {
                        Some(answer) if answer.question == question => answer.said.push(i),
                        _ => answers.push(Answer { question, said: vec![i] }),
                    }
                }
            }
            _ => {}
        }
        last = Some(party);
    }
    answers
}

/// Share of the words of the shorter question that the other one has too.
fn alike(scene: &Scene<'_>, a: usize, b: usize) -> f64 {
    let words = |i: usize| scene.lines[i].words.iter().collect::<BTreeSet<_>>();
    let (a, b) = (words(a), words(b));
    let fewest = a.len().min(b.len());
    if fewest == 0 { 1.0 } else { a.intersection(&b).count() as f64 / fewest as f64 }
}

/// A run of words that was said before.
struct Again {
    earlier_question: usize,
    earlier_answer: usize,
    utterance: usize,
    tokens: Range<usize>,
}

/// Answers that hold a run of words of an answer to another question.
fn repeated(scene: &Scene<'_>, answers: &[Answer]) -> Vec<Draft> {
    let mut first_said: HashMap<u64, (usize, usize)> = HashMap::new();
    let mut drafts = Vec::new();
    for answer in answers {
        let mut new = Vec::new();
        let mut found: Option<Again> = None;
        for i in &answer.said {
            let line = &scene.lines[*i];
            for (at, words) in line.words.windows(TEMPLATE_WORDS).enumerate() {
                // Numbers alone are no sentence: digits that are read back.
                if line.sentence_of(at).end < at + TEMPLATE_WORDS {
                    continue;
                }
                let mut hash = DefaultHasher::new();
                words.hash(&mut hash);
                let hash = hash.finish();
                match (first_said.get(&hash), &mut found) {
                    (Some((earlier_question, earlier_answer)), None) => {
                        let (earlier_question, earlier_answer) = (*earlier_question, *earlier_answer);
                        let tokens = at..at + TEMPLATE_WORDS;
                        found = Some(Again { earlier_question, earlier_answer, utterance: *i, tokens });
                    }
                    // The run goes on.
                    (Some(_), Some(again)) => {
                        if again.utterance == *i && again.tokens.end + 1 == at + TEMPLATE_WORDS {
                            again.tokens.end += 1;
                        }
                    }
                    (None, _) => new.push((hash, (answer.question, *i))),
                }
            }
        }
        for (hash, place) in new {
            first_said.entry(hash).or_insert(place);
        }
        let Some(Again { earlier_question, earlier_answer, utterance, tokens }) = found else { continue };
        let is_same_question = earlier_question == answer.question
            || alike(scene, earlier_question, answer.question) >= SAME_QUESTION_RATIO;
        if is_same_question {
            continue;
        }
        let evidence = Map::from_iter([
            ("why".to_owned(), Value::from("same_sentence")),
            ("question".to_owned(), said(scene, answer.question, whole(scene, answer.question))),
            ("earlier_question".to_owned(), said(scene, earlier_question, whole(scene, earlier_question))),
            ("earlier_answer".to_owned(), said(scene, earlier_answer, whole(scene, earlier_answer))),
            ("n_words".to_owned(), Value::from(tokens.len())),
        ]);
        let bytes = scene.lines[utterance].bytes(&tokens);
        drafts.push(found_at(utterance, bytes, Severity::Minor, SAME_ANSWER_CONFIDENCE).draft(scene, evidence));
    }
    drafts
}

/// A canned sentence as the answer to a question.
fn canned(scene: &Scene<'_>, answers: &[Answer]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for answer in answers {
        for i in answer.said.iter().take(TEMPLATE_WITHIN_UTTERANCES) {
            let from = scene.heard.partition_point(|h| h.hit.utterance < *i);
            let mut own = scene.heard[from..].iter().take_while(|h| h.hit.utterance == *i);
            let hit =
                own.find(|h| h.rule.category == "template_nonanswer" && h.is_whole() && h.confidence >= MIN_CONFIDENCE);
            let Some(hit) = hit else { continue };
            let evidence = Map::from_iter([
                ("why".to_owned(), Value::from("canned_sentence")),
                ("question".to_owned(), said(scene, answer.question, whole(scene, answer.question))),
            ]);
            drafts.push(found_at(*i, hit.hit.bytes, Severity::Info, hit.confidence).draft(scene, evidence));
            break;
        }
    }
    drafts
}

fn found_at(utterance: usize, bytes: (usize, usize), severity: Severity, confidence: f64) -> Found {
    Found {
        rule: "template_answer",
        category: "template_nonanswer",
        polarity: Polarity::Forbidden,
        severity,
        utterance,
        bytes,
        confidence,
        message: "A question is answered with a sentence that answers nothing.",
        part: Some(Part::Forbidden),
    }
}

pub(in crate::rules) fn find(scene: &Scene<'_>) -> Vec<Draft> {
    let answers = answers(scene);
    let mut drafts = repeated(scene, &answers);
    let told: BTreeSet<Option<usize>> = drafts.iter().map(|d| d.finding.utterance).collect();
    drafts.extend(canned(scene, &answers).into_iter().filter(|d| !told.contains(&d.finding.utterance)));
    drafts
}
