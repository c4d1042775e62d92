//! Tests: phrases.
