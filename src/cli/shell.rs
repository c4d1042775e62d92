//! Completions and the man page, from the same description as the parser.

use std::io::{self, Write};

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

/// One page: the program, then each subcommand with its options as a section.
pub(super) fn man() -> CommandResult {
    let page = render().context("cannot render the man page").map_err(Failure::Environment)?;
    io::stdout().write_all(&page).context("cannot write the man page").map_err(Failure::Environment)?;
    Ok(0)
}

fn render() -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    let man = clap_mangen::Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        writeln!(page, ".SH COMMAND: {}", sub.get_name().to_uppercase())?;
        let man = clap_mangen::Man::new(sub.clone());
        let mut section = Vec::new();
        man.render_synopsis_section(&mut section)?;
        man.render_description_section(&mut section)?;
        man.render_options_section(&mut section)?;
        // Sections of the subcommand become subsections of the page.
        page.extend(String::from_utf8_lossy(&section).replace("\n.SH ", "\n.SS ").replacen(".SH ", ".SS ", 1).bytes());
    }
    man.render_version_section(&mut page)?;
    Ok(page)
}
