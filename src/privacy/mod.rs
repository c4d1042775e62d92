//! Personal data in a call: where it is said, and the report without it. Found by form and check digit, so that a
//! price or an order number is not taken for a phone number; by what it is called; and what has no form, by the words
//! that introduce it or ask for it. Not redaction of sound.

mod address;
mod chains;
mod dates;
mod dictation;
mod email;
mod find;
mod given;
mod ids;
mod labels;
mod line;
mod lists;
mod mask;
mod name_words;
mod names;
mod numbers;
mod phones;
mod secrets;

pub use find::find;
pub use mask::mask;
