//! Which words of a list a heard word may be: the same distance as [`super::find_near`], over a tree of all words, so
//! that beginnings they share are compared once and branches that are already too dear are left.

use super::near::{ONE, costs};
use super::{Phone, Sounded};

/// What each phone of an ending costs that follows an open word: endings say little about which word it is, but a
/// word without any is the better guess.
const ENDING: u32 = 10;
/// Longer endings are words of their own.
const MOST_ENDING: usize = 5;
/// Longer words are no words; bounds time.
const MOST_PHONES: usize = 40;

/// A word to be found.
#[derive(Debug, Clone)]
pub struct LexiconWord {
    /// How it sounds; a phrase of several words is one run of phones.
    pub sounded: Sounded,
    /// Whether an ending of up to five phones may follow.
    pub is_open: bool,
    /// The most it may cost: see [`super::allowance`].
    pub max_cost: f64,
}

/// Words by sound.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, Default)]
struct Node {
    children: Vec<(Phone, usize)>,
    words: Vec<Leaf>,
    /// The most that any word at or below this node may cost.
    most: u32,
}

#[derive(Debug, Clone)]
struct Leaf {
    word: usize,
    is_open: bool,
    most: u32,
}

impl Lexicon {
    /// Builds the tree. Words without phones, and those with more than 40, are found nowhere.
    pub fn new(words: &[LexiconWord]) -> Self {
        let mut lexicon = Self { nodes: vec![Node::default()] };
        for (word, LexiconWord { sounded, is_open, max_cost }) in words.iter().enumerate() {
            let phones = sounded.phones();
            if phones.is_empty() || phones.len() > MOST_PHONES {
                continue;
            }
            let most = (max_cost.max(0.0) * f64::from(ONE) + 0.5).min(f64::from(ONE * MOST_PHONES as u32)) as u32;
            let mut at = 0;
            lexicon.nodes[0].most = lexicon.nodes[0].most.max(most);
            for &phone in phones {
                at = match lexicon.nodes[at].children.iter().find(|(known, _)| *known == phone) {
                    Some(&(_, child)) => child,
                    None => {
                        lexicon.nodes.push(Node::default());
                        let child = lexicon.nodes.len() - 1;
                        lexicon.nodes[at].children.push((phone, child));
                        child
                    }
                };
                lexicon.nodes[at].most = lexicon.nodes[at].most.max(most);
            }
            lexicon.nodes[at].words.push(Leaf { word, is_open: *is_open, most });
        }
        lexicon
    }

    /// Every word that `heard` may be, as its index and its cost in phones, by index.
    pub fn find(&self, heard: &[Phone]) -> Vec<(usize, f64)> {
        if self.nodes.is_empty() || heard.is_empty() || heard.len() > MOST_PHONES {
            return Vec::new();
        }
        let mut found: Vec<(usize, u32)> = Vec::new();
        let costs = costs();
        let mut first = vec![0; heard.len() + 1];
        for (at, phone) in heard.iter().enumerate() {
            first[at + 1] = first[at] + costs.alone[phone.index()];
        }
        self.descend(0, &first, heard, &mut found);
        found.sort_unstable_by_key(|&(word, _)| word);
        found.into_iter().map(|(word, cost)| (word, f64::from(cost) / f64::from(ONE))).collect()
    }

    fn descend(&self, node: usize, row: &[u32], heard: &[Phone], found: &mut Vec<(usize, u32)>) {
        let costs = costs();
        let n = heard.len();
        for &(phone, child) in &self.nodes[node].children {
            let left_out = costs.alone[phone.index()];
            let instead = &costs.instead[phone.index()];
            let mut next = Vec::with_capacity(n + 1);
            next.push(row[0] + left_out);
            for (at, own) in heard.iter().enumerate() {
                let made_up = next[at] + costs.alone[own.index()];
                next.push((row[at] + instead[own.index()]).min(row[at + 1] + left_out).min(made_up));
            }
            let child_node = &self.nodes[child];
            for leaf in &child_node.words {
                let open = || {
                    (n.saturating_sub(MOST_ENDING)..n)
                        .map(|at| next[at] + ENDING * (n - at) as u32)
                        .min()
                        .unwrap_or(u32::MAX)
                };
                let cost = if leaf.is_open { next[n].min(open()) } else { next[n] };
                if cost <= leaf.most {
                    found.push((leaf.word, cost));
                }
            }
            if next.iter().any(|&cost| cost <= child_node.most) {
                self.descend(child, &next, heard, found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{allowance, sound};
    use super::*;
    use crate::text::Language;

    #[test]
    fn heard_words_are_found_by_sound_and_open_ones_with_any_ending() {
        let word = |text: &str, is_open| {
            let sounded = sound(text, Some(Language::Hu));
            let max_cost = allowance(&sounded, 0.25);
            LexiconWord { sounded, is_open, max_cost }
        };
        let lexicon = Lexicon::new(&[word("csak", false), word("ajánlat", true), word("", false)]);
        let check = |heard: &str, expected: &[usize]| {
            let sounded = sound(heard, Some(Language::Hu));
            let found: Vec<usize> = lexicon.find(sounded.phones()).into_iter().map(|(word, _)| word).collect();
            assert_eq!(found, expected, "{heard}");
        };
        check("csag", &[0]);
        check("csakkk", &[0]);
        check("ajánladunk", &[1]);
        check("ajánlat", &[1]);
        check("ablak", &[]);
        check("", &[]);
    }

    #[test]
    fn closed_words_cost_what_the_plain_search_says() {
        let words = ["szerződés", "szerelő", "előfizetés", "előny", "ma"];
        let entries: Vec<LexiconWord> = words
            .iter()
            .map(|text| {
                let sounded = sound(text, Some(Language::Hu));
                LexiconWord { max_cost: allowance(&sounded, 0.5), sounded, is_open: false }
            })
            .collect();
        let lexicon = Lexicon::new(&entries);
        for heard in ["szerzödis", "elöfizetésch", "szereli", "má", "elöny"] {
            let text = sound(heard, Some(Language::Hu));
            let found = lexicon.find(text.phones());
            for (at, entry) in entries.iter().enumerate() {
                // Slices by start, then end: the last that begins with the first phone is the whole word.
                let slices = super::super::near::plainly::costs_of_slices(&entry.sounded, &text, 0, 0);
                let whole = slices[text.phones().len() - 1];
                let own = found.iter().find(|(word, _)| *word == at).map(|(_, cost)| *cost);
                let expected = (whole <= entry.max_cost + 0.005).then_some(whole);
                assert_eq!(
                    own.map(|c| (c * 100.0).round()),
                    expected.map(|c| (c * 100.0).round()),
                    "{heard} {}",
                    words[at]
                );
            }
            assert!(!found.is_empty(), "{heard}");
        }
    }
}
