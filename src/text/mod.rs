//! Words in five languages: tokens, normal forms, stems, numerals. Knows nothing of calls or of phrases.

pub mod guess;
pub mod language;
pub mod money;
pub mod numerals;
pub mod phonetic;
pub mod syllables;
pub mod tokens;

pub use guess::guess_languages;
pub use language::Language;
pub use syllables::syllables;
pub use tokens::{Token, tokenize};
