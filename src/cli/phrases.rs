//! `callvet phrases`: show, check and test phrase lists.

use std::path::PathBuf;

use anyhow::anyhow;
use clap::Subcommand;

use super::{CommandResult, EXIT_SOME_FAILED};
use crate::phrases::Phrases;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show every rule: id, language, polarity, severity, who says it, and what it is about
    List(Lists),
    /// Look for mistakes in phrase lists
    Check(Lists),
    /// Run the lines that must and must not fire
    Test(Lists),
}

#[derive(Debug, clap::Args)]
struct Lists {
    /// Phrase lists; the built-in ones if none is named
    files: Vec<PathBuf>,
    /// Take the built-in lists as well
    #[arg(long)]
    builtin: bool,
}

impl Lists {
    fn load(&self) -> anyhow::Result<Phrases> {
        Phrases::load(self.builtin || self.files.is_empty(), &self.files).map_err(|e| anyhow!(e))
    }
}

pub(super) fn run(args: &Args) -> CommandResult {
    match &args.command {
        Command::List(lists) => list(&lists.load()?),
        Command::Check(lists) => check(&lists.load()?),
        Command::Test(lists) => test(&lists.load()?),
    }
}

fn list(phrases: &Phrases) -> CommandResult {
    println!("{:<44} {:<4} {:<10} {:<9} {:<9} message", "rule", "lang", "polarity", "severity", "speaker");
    for rule in phrases.rules() {
        let word = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
        println!(
            "{:<44} {:<4} {:<10} {:<9} {:<9} {}",
            rule.id,
            rule.language.as_deref().unwrap_or("any"),
            word(&rule.polarity),
            word(&rule.severity),
            word(&rule.speaker),
            rule.message
        );
    }
    eprintln!("{} rules in {} lists", phrases.rules().len(), phrases.lists().len());
    Ok(0)
}

fn check(phrases: &Phrases) -> CommandResult {
    let warnings = phrases.check();
    for warning in &warnings {
        println!("{warning}");
    }
    eprintln!("{} rules checked, {} to look at", phrases.rules().len(), warnings.len());
    Ok(if warnings.is_empty() { 0 } else { EXIT_SOME_FAILED })
}

fn test(phrases: &Phrases) -> CommandResult {
    let failures = phrases.run_examples();
    for failure in &failures {
        println!("{failure}");
    }
    eprintln!("{} lines tested, {} failed", phrases.n_examples(), failures.len());
    Ok(if failures.is_empty() { 0 } else { EXIT_SOME_FAILED })
}
