//! `callvet serve`: the pages of an output folder to the browser of this machine.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::anyhow;

use super::{CommandResult, Failure};
use crate::batch::worker::sandbox::{self, Meter, Reach};
use crate::serve::{ServeError, Server};

/// Memory beyond what the program has when it begins: names of 100,000 recordings and a thousand reviews at once take a tenth.
const MEMORY_BYTES: u64 = 1 << 30;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "The address that is printed holds a key: only who has it sees the pages, for as long as the program runs. Only this \
    machine is listened to (127.0.0.1). Reviews that are made on the pages go into the store of DIR; nothing else is written. \
    Ctrl-C ends it."
)]
pub(super) struct Args {
    /// Output folder of an earlier `callvet analyze` or `watch`
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Port of 127.0.0.1 [default: one that is free]
    #[arg(long, env = "CALLVET_PORT", value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    port: Option<u16>,
    /// Print a line a request on standard error; the names of recordings are in it
    #[arg(long, short)]
    verbose: bool,
}

pub(super) fn run(args: &Args) -> CommandResult {
    let server = Server::open(&args.dir, args.port.unwrap_or(0), args.verbose).map_err(failure)?;
    // Before the first thread and the first stranger: from here on only these folders can be read, no connection can be made,
    // and no other port be bound.
    let mut meter = Meter::open();
    sandbox::confine(&Reach {
        read: server.read_from().into_iter().collect(),
        write: vec![server.folder().to_path_buf()],
    });
    sandbox::limit_memory(&mut meter, MEMORY_BYTES);
    // Whoever reads it from a pipe waits for it.
    let mut out = io::stdout().lock();
    writeln!(out, "{}", server.url()).and_then(|()| out.flush()).map_err(|e| Failure::Environment(e.into()))?;
    drop(out);
    eprintln!("open this address in a browser; Ctrl-C ends");
    server.run().map_err(failure)?;
    Ok(0)
}

fn failure(error: ServeError) -> Failure {
    if error.is_usage() { Failure::Usage(anyhow!(error)) } else { Failure::Environment(anyhow!(error)) }
}
