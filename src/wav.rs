//! Writing WAV (hound).
