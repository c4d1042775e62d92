//! Reports as bytes: CSV, pages, pictures, schemas. Knows data, never stages.
