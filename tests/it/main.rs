//! Integration tests: one binary, so that the speech engine is linked once.

mod batch;
mod cli;
mod damage;
mod decode;
mod levels;
mod licences;
mod line_damage;
mod metrics;
mod models;
mod noise;
mod perceived;
mod phrases;
mod pipeline;
mod privacy;
mod privacy_turns;
mod program;
mod redact;
mod report;
mod rules;
mod samples;
mod selftest;
mod speakers;
mod speech;
mod tidy;
mod truth;
