//! Tests: speech.
