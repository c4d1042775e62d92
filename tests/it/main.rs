//! Integration tests: one binary, so that the speech engine is linked once.
mod decode;
mod damage;
mod metrics;
mod truth;
mod speech;
mod phrases;
mod privacy;
mod rules;
mod report;
mod batch;
mod samples;
