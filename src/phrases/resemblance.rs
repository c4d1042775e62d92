//! The fourth tier: whole sentences that resemble the example lines of the lists, where no pattern fits. A linear model
//! over word stems and letter groups, learned from the lines alone when a language is first read; what it says is
//! shown with the line that is nearest.
//!
//! It is no proof: it knows no negation and no grammar, so that the rules treat it as the weakest of the tiers.

use std::collections::HashMap;

use super::words::{self, Item};
use crate::text::Language;

/// Letters of the groups that are taken from a word and its two ends: endings and stems of inflected words, and what is
/// left of a word that was misheard.
const GROUP_CHARS: std::ops::RangeInclusive<usize> = 2..=4;
/// A group that one line alone has says nothing of others.
const MIN_LINES: usize = 2;
/// Times that the lines are gone through. With 3 the model still takes much ordinary talk for a class, 10 change little.
const EPOCHS: usize = 5;
/// Step of the first time, then a half, a third …; on vectors of length 1 (Bottou 2010, "Large-scale machine learning
/// with stochastic gradient descent").
const STEP: f32 = 2.0;
/// The bias has no length to share its step with.
const BIAS_STEP: f32 = 0.2;
/// Where the bias begins: most lines are of no class, so that it need not be learned.
const FIRST_BIAS: f32 = -2.0;
/// How much more a line of the class counts than one of the many others; all of the imbalance (30 to 60) makes it take
/// ordinary talk for a class.
const OWN_WEIGHT: f32 = 10.0;
/// Words of the longest text that is taken as one: the lines have 5 to 40.
const MAX_WORDS: usize = 45;
/// Fewer words are too little to tell: of ordinary lines that were taken for a class half had 4 to 7.
const MIN_WORDS: usize = 8;
/// Words of a part of a sentence that is longer than [`MAX_WORDS`], and how many of them the next part has too.
const PART_WORDS: usize = 30;

/// A line to learn from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub text: &'a str,
    /// Index of the class; `None` for ordinary talk.
    pub class: Option<usize>,
    /// What a text that this line is nearest to is put down to; `None` if it is not to be named.
    pub name: Option<usize>,
}

/// A text that resembles the lines of a class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Likeness {
    /// Index of the class.
    pub class: usize,
    /// What the model makes of it, 0..1; it is not calibrated.
    pub probability: f32,
    /// [`Line::name`] of the nearest line of the class.
    pub name: usize,
    /// First item and one past the last.
    pub items: (usize, usize),
}

/// Features of a text: numbers, ascending, with their weights; the vector has length 1 or is empty.
type Vector = Vec<(u32, f32)>;

/// Which texts have which features, and how telling each is.
#[derive(Debug, Default)]
struct Features {
    numbers: [HashMap<String, u32>; 2],
    /// ln((1 + lines) / (1 + lines that have it)) + 1 (Salton and Buckley 1988, with one line added).
    rareness: Vec<f32>,
}

/// Words and letter groups of a text, with how often each is there.
fn counts(items: &[Item]) -> [HashMap<String, u32>; 2] {
    let mut stems: HashMap<String, u32> = HashMap::new();
    let mut groups: HashMap<String, u32> = HashMap::new();
    let mut before: Option<&str> = None;
    for item in items {
        let (stem, bare) =
            if item.number.is_some() { ("#", "#") } else { (item.token.stem.as_str(), item.bare.as_str()) };
        *stems.entry(stem.to_owned()).or_default() += 1;
        if let Some(before) = before {
            *stems.entry(format!("{before} {stem}")).or_default() += 1;
        }
        before = Some(stem);
        let padded = format!(" {bare} ");
        let starts: Vec<usize> = padded.char_indices().map(|(at, _)| at).chain([padded.len()]).collect();
        for n in GROUP_CHARS {
            for ends in starts.windows(n + 1) {
                *groups.entry(padded[ends[0]..ends[n]].to_owned()).or_default() += 1;
            }
        }
    }
    [stems, groups]
}

impl Features {
    fn learn(all: &[[HashMap<String, u32>; 2]]) -> Self {
        let mut features = Self::default();
        let n_lines = all.len() as f32;
        for block in 0..2 {
            let mut with: HashMap<&str, usize> = HashMap::new();
            for line in all {
                line[block].keys().for_each(|key| *with.entry(key).or_default() += 1);
            }
            let mut kept: Vec<(&str, usize)> = with.into_iter().filter(|(_, n)| *n >= MIN_LINES).collect();
            // The order of a hash map is another at every run.
            kept.sort_unstable();
            for (key, n) in kept {
                features.numbers[block].insert(key.to_owned(), features.rareness.len() as u32);
                features.rareness.push(((1.0 + n_lines) / (1.0 + n as f32)).ln() + 1.0);
            }
        }
        features
    }

    /// Words and letter groups weigh the same; how often one is there counts by its logarithm.
    fn vector(&self, counts: &[HashMap<String, u32>; 2]) -> Vector {
        let mut vector = Vector::new();
        for (numbers, counts) in self.numbers.iter().zip(counts) {
            let first = vector.len();
            let known = counts.iter().filter_map(|(key, n)| numbers.get(key).map(|&number| (number, *n)));
            vector.extend(known.map(|(number, n)| (number, (1.0 + (n as f32).ln()) * self.rareness[number as usize])));
            vector[first..].sort_unstable_by_key(|(number, _)| *number);
            scale_to_one(&mut vector[first..]);
        }
        scale_to_one(&mut vector);
        vector
    }
}

fn scale_to_one(vector: &mut [(u32, f32)]) {
    let length = vector.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|(_, x)| *x /= length);
    }
}

fn dot(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += x.1 * y.1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// What lines of a language look like.
#[derive(Debug, Default)]
pub(super) struct Resemblance {
    features: Features,
    n_classes: usize,
    /// By feature, then class.
    weights: Vec<f32>,
    bias: Vec<f32>,
    /// Lines that may be named: class, name, vector.
    named: Vec<(usize, usize, Vector)>,
}

impl Resemblance {
    /// Learns `n_classes` classes, each against all the rest (logistic regression by stochastic gradient descent); the
    /// same lines give the same model.
    pub(super) fn learn(lines: &[Line<'_>], n_classes: usize, language: Option<Language>) -> Self {
        let all: Vec<_> = lines.iter().map(|line| counts(&words::items(line.text, language))).collect();
        let features = Features::learn(&all);
        let vectors: Vec<Vector> = all.iter().map(|counts| features.vector(counts)).collect();
        let mut of_class = vec![0_usize; n_classes];
        lines.iter().filter_map(|line| line.class).for_each(|class| of_class[class] += 1);
        let own_weight: Vec<f32> =
            of_class.iter().map(|&n| OWN_WEIGHT.min((lines.len() - n) as f32 / n.max(1) as f32)).collect();
        let mut weights = vec![0.0_f32; features.rareness.len() * n_classes];
        let mut bias = vec![FIRST_BIAS; n_classes];
        let mut order: Vec<usize> = (0..lines.len()).collect();
        let mut seed = 1_u64;
        let mut slope = vec![0.0_f32; n_classes];
        for epoch in 0..EPOCHS {
            shuffle(&mut order, &mut seed);
            let step = STEP / (1 + epoch) as f32;
            let bias_step = BIAS_STEP / (1 + epoch) as f32;
            for &at in &order {
                logits(&vectors[at], &weights, &bias, &mut slope);
                for (class, slope) in slope.iter_mut().enumerate() {
                    let is_own = lines[at].class == Some(class);
                    let wanted = f32::from(is_own);
                    *slope = (sigmoid(*slope) - wanted) * if is_own { own_weight[class] } else { 1.0 };
                    bias[class] -= bias_step * *slope;
                }
                for &(feature, x) in &vectors[at] {
                    let row = &mut weights[feature as usize * n_classes..][..n_classes];
                    row.iter_mut().zip(&slope).for_each(|(weight, slope)| *weight -= step * x * slope);
                }
            }
        }
        let named = lines.iter().zip(vectors);
        let named = named.filter_map(|(line, vector)| Some((line.class?, line.name?, vector))).collect();
        Self { features, n_classes, weights, bias, named }
    }

    /// The texts among the sentences and pairs of sentences of `items` that resemble a class by `least` or more, the
    /// surest of each class; by class. Only lines whose name `is_on` are looked at for the nearest; a class without any
    /// is none.
    pub(super) fn find(&self, items: &[Item], least: f32, is_on: impl Fn(usize) -> bool) -> Vec<Likeness> {
        let mut found: Vec<Likeness> = Vec::new();
        if self.n_classes == 0 {
            return found;
        }
        let mut logit = vec![0.0_f32; self.n_classes];
        for (start, end) in windows(items) {
            let vector = self.features.vector(&counts(&items[start..end]));
            logits(&vector, &self.weights, &self.bias, &mut logit);
            let surest = logit.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
            let Some((class, &logit)) = surest else { continue };
            let probability = sigmoid(logit);
            if probability < least {
                continue;
            }
            let nearest = self.named.iter().filter(|(known, name, _)| *known == class && is_on(*name));
            let nearest = nearest.max_by(|a, b| dot(&a.2, &vector).total_cmp(&dot(&b.2, &vector)));
            let Some(&(_, name, _)) = nearest else { continue };
            let new = Likeness { class, probability, name, items: (start, end) };
            match found.iter_mut().find(|known| known.class == class) {
                Some(known) if known.probability < probability => *known = new,
                Some(_) => {}
                None => found.push(new),
            }
        }
        found.sort_by_key(|likeness| likeness.class);
        found
    }
}

fn logits(vector: &[(u32, f32)], weights: &[f32], bias: &[f32], out: &mut [f32]) {
    out.copy_from_slice(bias);
    for &(feature, x) in vector {
        let row = &weights[feature as usize * bias.len()..][..bias.len()];
        out.iter_mut().zip(row).for_each(|(sum, weight)| *sum += x * weight);
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// Fisher and Yates, with a generator of its own (xorshift64, Marsaglia 2003): the order is the same everywhere.
fn shuffle(order: &mut [usize], seed: &mut u64) {
    for at in (1..order.len()).rev() {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        order.swap(at, (*seed % (at as u64 + 1)) as usize);
    }
}

/// Texts of the length of a line: each sentence, each two that follow one another, and parts of what is longer.
fn windows(items: &[Item]) -> Vec<(usize, usize)> {
    let mut sentences: Vec<(usize, usize)> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        match sentences.last_mut() {
            Some(last) if items[last.0].token.sentence == item.token.sentence => last.1 = at + 1,
            _ => sentences.push((at, at + 1)),
        }
    }
    let mut windows = Vec::new();
    for (at, &(start, end)) in sentences.iter().enumerate() {
        if end - start > MAX_WORDS {
            let parts = (start..end).step_by(PART_WORDS / 2).map(|from| (from, end.min(from + PART_WORDS)));
            windows.extend(parts);
            continue;
        }
        windows.push((start, end));
        for n in 2..=3 {
            let Some(&(_, last)) = sentences.get(at + n - 1) else { break };
            if last - start > MAX_WORDS {
                break;
            }
            windows.push((start, last));
        }
    }
    windows.retain(|(start, end)| end - start >= MIN_WORDS);
    windows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learn(lines: &[(&str, Option<usize>)]) -> Resemblance {
        let lines: Vec<Line<'_>> = lines
            .iter()
            .enumerate()
            .map(|(at, &(text, class))| Line { text, class, name: class.map(|_| at) })
            .collect();
        Resemblance::learn(&lines, 2, Some(Language::En))
    }

    const LINES: [(&str, Option<usize>); 10] = [
        ("this price is gone when we hang up the phone", Some(0)),
        ("the offer price disappears once you hang up", Some(0)),
        ("hang up now and the discount price is lost", Some(0)),
        ("I give you my word that nothing can go wrong", Some(1)),
        ("nothing can possibly go wrong, you have my word", Some(1)),
        ("on my word, it can never go wrong with us", Some(1)),
        ("the parcel comes on Tuesday with the courier", None),
        ("could you spell the name of your street for me", None),
        ("the price of the parcel is on the letter", None),
        ("please hold the line while I look it up", None),
    ];

    fn check(text: &str, expected: &[usize]) {
        let found = learn(&LINES).find(&words::items(text, Some(Language::En)), 0.5, |_| true);
        let classes: Vec<usize> = found.iter().map(|found| found.class).collect();
        assert_eq!(classes, expected, "{text}: {found:?}");
        for found in found {
            assert_eq!(LINES[found.name].1, Some(found.class), "the line that is named is one of the class");
        }
    }

    #[test]
    fn texts_that_resemble_a_class_are_found() {
        check("if we hang up the discount price is lost and gone", &[0]);
        check("you have my word, nothing is going wrong", &[1]);
        check("The parcel comes on Tuesday. Nothing will go wrong, on my word.", &[1]);
        check("you hang up, the price disappears for good. My word, it never can go wrong.", &[0, 1]);
        check("the courier comes to your street with the letter", &[]);
        check("", &[]);
        check("hang up price", &[]);
    }

    #[test]
    fn the_nearest_line_is_one_that_may_be_named() {
        let learned = learn(&LINES);
        let items = words::items("if we hang up the discount price is lost and gone", Some(Language::En));
        let name = |is_on: &dyn Fn(usize) -> bool| learned.find(&items, 0.5, is_on).first().map(|found| found.name);
        let nearest = name(&|_| true).expect("one of the class");
        let next = name(&|name| name != nearest).expect("another of the class");
        assert!(next != nearest && LINES[next].1 == Some(0));
        assert_eq!(name(&|name| LINES[name].1 != Some(0)), None);
    }

    #[test]
    fn the_same_lines_give_the_same_model() {
        assert_eq!(learn(&LINES).weights, learn(&LINES).weights);
        assert_eq!(learn(&LINES).bias, learn(&LINES).bias);
    }

    #[test]
    fn nothing_learned_finds_nothing() {
        let items = words::items("the offer price disappears once you hang up", Some(Language::En));
        assert_eq!(Resemblance::default().find(&items, 0.5, |_| true), []);
        assert_eq!(learn(&[]).find(&items, 0.5, |_| true), []);
    }

    #[test]
    fn a_speech_without_an_end_is_taken_in_parts() {
        let text = "one word and ".repeat(4000);
        let items = words::items(&text, Some(Language::En));
        let windows = windows(&items);
        assert!(windows.iter().all(|(start, end)| end - start <= MAX_WORDS));
        assert!(windows.len() <= 2 + items.len() / (PART_WORDS / 2), "{} parts", windows.len());
        assert_eq!(windows.last().map(|window| window.1), Some(items.len()));
    }
}
