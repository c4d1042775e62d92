//! Many calls.
