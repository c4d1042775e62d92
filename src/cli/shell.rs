//! Completions and the man page, from the same description as the parser.

use std::io;

use anyhow::Context;
use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, CommandResult, Failure};

#[derive(Debug, clap::Args)]
pub(super) struct CompletionArgs {
    /// The shell to complete in
    shell: Shell,
}

pub(super) fn completions(args: &CompletionArgs) -> CommandResult {
    clap_complete::generate(args.shell, &mut Cli::command(), "callvet", &mut io::stdout());
    Ok(0)
}

pub(super) fn man() -> CommandResult {
    let mut page = Vec::new();
    let command = Cli::command();
    let render = |command: clap::Command, page: &mut Vec<u8>| clap_mangen::Man::new(command).render(page);
    render(command.clone(), &mut page).context("cannot render the man page").map_err(Failure::Environment)?;
    for sub in command.get_subcommands() {
        render(sub.clone().name(clap::builder::Str::from(format!("callvet-{}", sub.get_name()))), &mut page)
            .context("cannot render the man page")
            .map_err(Failure::Environment)?;
    }
    io::Write::write_all(&mut io::stdout(), &page)
        .context("cannot write the man page")
        .map_err(Failure::Environment)?;
    Ok(0)
}
