//! Readers of headers: where the sound is in a file, what it is, and how long. None of them decodes.

pub(super) mod aiff;
pub(super) mod amr;
pub(super) mod au;
pub(super) mod caf;
pub(super) mod mkv;
pub(super) mod mp4;
pub(super) mod mp4_table;
pub(super) mod mpeg;
pub(super) mod riff;
pub(super) mod w64;
