//! Tests: damage.
