//! Reads `language TAB phrase TAB text` lines, writes `exact TAB stems TAB share`: is the phrase in the text by its
//! words, by their stems, and the smallest share of its whole cost at which its sound is found ("-" above one half).
//! What benches/corpus/score_near.py counts.

use std::io::{BufRead, Write};

use callvet::text::phonetic::{allowance, find_near, sound};
use callvet::text::{Language, Token, tokenize};

fn holds(text: &[Token], phrase: &[Token], form: fn(&Token) -> &str) -> bool {
    !phrase.is_empty() && text.windows(phrase.len()).any(|run| run.iter().zip(phrase).all(|(a, b)| form(a) == form(b)))
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut parts = line.splitn(3, '\t');
        let (Some(code), Some(phrase), Some(text)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let language = Language::from_code(code);
        let (words, wanted) = (tokenize(text, language), tokenize(phrase, language));
        let exact = holds(&words, &wanted, |token| &token.normal);
        let stems = holds(&words, &wanted, |token| &token.stem);
        let (sounded, wanted) = (sound(text, language), sound(phrase, language));
        let (most, whole) = (allowance(&wanted, 0.5), allowance(&wanted, 1.0));
        let cost = find_near(&wanted, &sounded, most).into_iter().map(|hit| hit.cost).min_by(f64::total_cmp);
        let share = cost.map_or("-".to_owned(), |cost| format!("{:.4}", cost / whole));
        writeln!(out, "{}\t{}\t{share}", u8::from(exact), u8::from(stems))?;
    }
    out.flush()
}
