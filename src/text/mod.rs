//! Words in five languages: normalisation, stems, numerals. Knows nothing of calls.
