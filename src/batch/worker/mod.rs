//! Calls analysed in processes of their own: what breaks a decoder, hangs it or eats the memory costs one recording and
//! not the batch. Not another way of analysing: a worker runs the same engine, one call at a time.
//!
//! [`serve()`] is the worker's side, behind `callvet worker`; [`Pool`] is the driver's side, which gives `batch::local` the
//! same function as an engine in this process does; [`Analyser`] is either. The lines between them are
//! [`crate::call::worker`], what each is for: `docs/worker.md`.

mod analyser;
#[cfg(debug_assertions)]
mod fault;
mod media;
mod pool;
mod process;
pub mod sandbox;
mod serve;

pub use analyser::{Analyser, Isolation, StartError, unused_lines};
pub use media::detached;
pub use pool::{Pool, WorkerCommand};
pub use process::{Received, WorkerStartError, next_answer};
pub use serve::{Ended, Service, read_request, serve};

/// Seconds that a call has, after its deadline, to notice it and give up. Then its process is ended. A fifth of what it had;
/// at most what the largest model takes for a window of speech on a slow core.
fn grace_s(allowed_s: f64) -> f64 {
    (0.2 * allowed_s).clamp(1.0, 20.0)
}
