//! Model files: where they are looked for, and whether they are what they should be.
