//! One call from file to report: the one place that knows the order of the stages.
