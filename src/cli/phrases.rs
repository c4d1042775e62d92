//! `callvet phrases`: show, check and test phrase lists.

use std::path::PathBuf;

use anyhow::anyhow;
use clap::Subcommand;

use super::progress::printable;
use super::{CommandResult, EXIT_SOME_FAILED};
use crate::phrases::{Phrases, UnusedLine};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show every rule: id, language, polarity, severity, who says it, and what it is about
    List {
        #[command(flatten)]
        lists: Lists,
        /// Show categories instead: rules, lines that must and that must not fire, in each language
        #[arg(long)]
        coverage: bool,
    },
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
        Command::List { lists, coverage: true } => coverage(&lists.load()?),
        Command::List { lists, coverage: false } => list(&lists.load()?),
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

/// Rules, must-fire and must-not-fire lines of each category and language.
fn coverage(phrases: &Phrases) -> CommandResult {
    let lines = phrases.coverage();
    let languages: Vec<&str> =
        lines.first().map(|line| line.by_language.keys().map(String::as_str).collect()).unwrap_or_default();
    print!("{:<26} {:<10}", "category", "polarity");
    languages.iter().for_each(|language| print!(" {language:>14}"));
    println!();
    for line in &lines {
        print!("{:<26} {:<10}", line.category, format!("{:?}", line.polarity).to_lowercase());
        for count in line.by_language.values() {
            print!(" {:>4} {:>4} {:>4}", count.n_rules, count.n_fire, count.n_quiet);
        }
        println!();
    }
    eprintln!("for each language: rules, lines that must fire, lines that must not");
    Ok(0)
}

/// Lines of the user's lists that were left out, on the error output: the run goes on without them.
pub(super) fn warn_of_unused_lines(unused: &[UnusedLine]) {
    const SHOWN: usize = 5;
    for line in unused.iter().take(SHOWN) {
        eprintln!("callvet: phrase list {}", printable(&line.to_string()));
    }
    if unused.len() > SHOWN {
        eprintln!("callvet: {} more such lines; `callvet phrases check` shows all", unused.len() - SHOWN);
    }
}

fn check(phrases: &Phrases) -> CommandResult {
    let warnings = phrases.check();
    for line in phrases.unused_lines() {
        println!("{}", printable(&line.to_string()));
    }
    for warning in &warnings {
        println!("{}", printable(&warning.to_string()));
    }
    let n = warnings.len() + phrases.unused_lines().len();
    eprintln!("{} rules checked, {n} to look at", phrases.rules().len());
    Ok(if n == 0 { 0 } else { EXIT_SOME_FAILED })
}

fn test(phrases: &Phrases) -> CommandResult {
    let failures = phrases.run_examples();
    for failure in &failures {
        println!("{failure}");
    }
    eprintln!("{} lines tested, {} failed", phrases.n_examples(), failures.len());
    Ok(if failures.is_empty() { 0 } else { EXIT_SOME_FAILED })
}
