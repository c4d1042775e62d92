//! What every number means: unit, text and threshold. Filled by metrics.
