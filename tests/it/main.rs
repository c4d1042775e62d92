//! Integration tests: one binary, so that the speech engine is linked once.

mod batch;
mod cli;
mod damage;
mod decode;
mod licences;
mod metrics;
mod noise;
mod phrases;
mod pipeline;
mod privacy;
mod program;
mod report;
mod rules;
mod samples;
mod speech;
mod tidy;
mod truth;
