//! Integration tests: one binary, so that the speech engine is linked once.

mod batch;
mod bill;
mod browser;
mod cli;
mod damage;
mod decode;
mod export;
mod external;
mod facts;
mod formats;
mod hostile;
mod isolation;
mod levels;
mod licences;
mod line_damage;
mod metrics;
#[cfg(feature = "fetch")]
mod models;
mod noise;
mod packages;
mod perceived;
mod phrases;
mod pipeline;
mod privacy;
mod privacy_turns;
mod program;
mod redact;
mod report;
mod review;
mod rules;
mod samples;
mod selftest;
mod sequences;
#[cfg(feature = "serve")]
mod serve;
#[cfg(target_os = "linux")]
mod sockets;
mod speakers;
mod speech;
mod split;
mod store;
mod tidy;
mod truth;
mod vetting;
mod watch;
