//! Tests: batch.
