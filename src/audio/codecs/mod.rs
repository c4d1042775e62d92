//! Decoders of speech codecs that symphonia has not: bytes to samples, without I/O and without knowledge of files.

pub(super) mod amr;
pub(super) mod g722;
pub(super) mod gsm;
pub(super) mod oki;
