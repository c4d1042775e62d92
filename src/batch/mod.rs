//! Many calls: what is a recording, what is known of it, in which order and where its results go, and what is left
//! to do when a run is repeated. Not how a call is analysed: the drivers are handed a function for that.
//!
//! The way of a batch: [`discover()`] finds recordings, [`metadata`] adds what is known beside the sound, [`local::run`]
//! analyses what is new or changed and writes files and the [`store`], [`exit::exit_code`] sums it up in one number.

pub mod atomic;
pub mod clips;
mod consistency;
pub mod discover;
pub mod engine;
pub mod exit;
pub mod export;
pub mod local;
pub mod lock;
pub mod metadata;
pub mod name_pattern;
mod output;
mod pages;
pub mod paths;
pub mod progress;
pub mod purge;
pub mod redact;
pub mod review;
pub mod selftest;
pub mod served;
pub mod split;
pub mod store;
pub mod summary;
pub mod time;
pub mod vet;
pub mod watch;
pub mod worker;

pub use discover::{DiscoverError, Discovery, Found, discover, discover_texts};
pub use exit::exit_code;
pub use local::{Analysed, CallOutcome, RunOptions, run};
pub use output::AudioMode;
pub use pages::{RenderOptions, render};
pub use progress::{EtaEstimator, Finished, NoProgress, Progress};
pub use summary::{BatchError, BatchSummary};
