//! Personal data in a call: where it is said, and the report without it. Found by form and check digit, so that a
//! price or an order number is not taken for a phone number; what has no form, by the words that name it. Not
//! redaction of sound.

mod digits;
mod email;
mod find;
mod ids;
mod mask;
mod named;

pub use find::find;
pub use mask::mask;
