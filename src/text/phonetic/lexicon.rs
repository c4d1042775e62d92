//! Which words of a list a heard word may be: the same distance as [`super::find_near`], over a tree of all words, so
//! that beginnings they share are compared once and branches that are already too dear are left.

use super::near::{ONE, costs};
use super::{Phone, Sounded};

/// What each phone of an ending costs that follows an open word: endings say little about which word it is, but a
/// word without any is the better guess.
const ENDING: u32 = 10;
/// Longer endings are words of their own.
const MOST_ENDING: usize = 5;
/// By how much the beginning of a word may be dearer than its share: one phone that is another. Without a limit the search
/// looks at every beginning there is.
const EARLY: u32 = ONE * 3 / 4;
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
    /// The most that any word at or below this node may have cost so far.
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
            let whole: u32 = phones.iter().map(|phone| costs().alone[phone.index()]).sum();
            let mut begun = 0;
            let mut at = 0;
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
                // What is misheard is misheard all along: the first half of a word has at most half of its cost, and a bit.
                begun += costs().alone[phone.index()];
                let here = (most * begun / whole.max(1) + EARLY).min(most);
                lexicon.nodes[at].most = lexicon.nodes[at].most.max(here);
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
        let stride = heard.len() + 1;
        let mut rows = vec![0; stride * (MOST_PHONES + 1)];
        for (at, phone) in heard.iter().enumerate() {
            rows[at + 1] = rows[at] + costs().alone[phone.index()];
        }
        self.descend(0, 0, &mut rows, heard, &mut found);
        found.sort_unstable_by_key(|&(word, _)| word);
        found.into_iter().map(|(word, cost)| (word, f64::from(cost) / f64::from(ONE))).collect()
    }

    /// Goes on below `node`, whose row is the `depth`th of `rows`: the costs of its phones for the first 0, 1, … of what
    /// was heard.
    fn descend(&self, node: usize, depth: usize, rows: &mut [u32], heard: &[Phone], found: &mut Vec<(usize, u32)>) {
        let costs = costs();
        let n = heard.len();
        for &(phone, child) in &self.nodes[node].children {
            let left_out = costs.alone[phone.index()];
            let instead = &costs.instead[phone.index()];
            let (before, after) = rows.split_at_mut((depth + 1) * (n + 1));
            let row = &before[depth * (n + 1)..];
            let next = &mut after[..=n];
            next[0] = row[0] + left_out;
            let mut least = next[0];
            for (at, own) in heard.iter().enumerate() {
                let made_up = next[at] + costs.alone[own.index()];
                let cost = (row[at] + instead[own.index()]).min(row[at + 1] + left_out).min(made_up);
                next[at + 1] = cost;
                least = least.min(cost);
            }
            let child_node = &self.nodes[child];
            if least > child_node.most {
                continue;
            }
            for leaf in &child_node.words {
                let open = (n.saturating_sub(MOST_ENDING)..n).map(|at| next[at] + ENDING * (n - at) as u32).min();
                let cost = if leaf.is_open { next[n].min(open.unwrap_or(u32::MAX)) } else { next[n] };
                if cost <= leaf.most {
                    found.push((leaf.word, cost));
                }
            }
            self.descend(child, depth + 1, rows, heard, found);
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
