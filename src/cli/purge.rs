//! `callvet purge`: deletes what was kept long enough.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};

use super::analyze::failure;
use super::progress::printable;
use super::{CommandResult, EXIT_ENVIRONMENT, Failure};
use crate::batch::purge::{outdated, purge};
use crate::batch::store::Forgotten;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "A call is as old as its start (from --metadata or --name-pattern) or, where that is not known, as its analysis. \
    Removed are its report, its page, its pictures and sound in the folder, its rows in the store and every mention in the \
    indexes; the store is written anew, so that no word is left in it. The recordings themselves are not touched: the next \
    analyze would analyse those that are still there."
)]
pub(super) struct Args {
    /// Remove calls older than this, e.g. 90d, 12w, 36h
    #[arg(long, value_name = "AGE")]
    older_than: String,
    /// Output folder of an earlier `callvet analyze` or `watch`
    #[arg(long, value_name = "DIR", env = "CALLVET_OUT", default_value = ".")]
    out: PathBuf,
    /// Print what would be removed, and stop
    #[arg(long)]
    dry_run: bool,
    /// Do not ask; needed where there is no terminal to ask on
    #[arg(long, short)]
    yes: bool,
}

pub(super) fn run(args: &Args) -> CommandResult {
    let age_s = parse_age_s(&args.older_than)?;
    let before_s = jiff::Timestamp::now().as_second().saturating_sub(age_s);
    if !args.yes || args.dry_run {
        let forgotten = outdated(&args.out, before_s).map_err(failure)?;
        if args.dry_run {
            list(&forgotten);
            eprintln!("would remove {}", counted(&forgotten));
            return Ok(0);
        }
        if !io::stdin().is_terminal() {
            return Err(anyhow!("would remove {}: give --yes to do it without being asked", counted(&forgotten)).into());
        }
        if !is_confirmed(&forgotten)? {
            eprintln!("nothing was removed");
            return Ok(0);
        }
    }
    let purged = purge(&args.out, before_s).map_err(failure)?;
    list(&purged.forgotten);
    eprintln!("removed {}, {} files", counted(&purged.forgotten), purged.n_files);
    if !purged.is_scrubbed {
        eprintln!(
            "callvet: another program has {} open: what was removed may still be in it; close that program and purge again",
            args.out.join(crate::batch::store::FILE_NAME).display()
        );
        return Ok(EXIT_ENVIRONMENT);
    }
    Ok(0)
}

fn list(forgotten: &Forgotten) {
    for source in &forgotten.sources {
        println!("{}", printable(source));
    }
}

fn counted(forgotten: &Forgotten) -> String {
    let plural = |n: u64| if n == 1 { "" } else { "s" };
    let n_calls = forgotten.sources.len() as u64;
    let n_results = forgotten.n_results;
    format!("{n_calls} call{} ({n_results} result{})", plural(n_calls), plural(n_results))
}

fn is_confirmed(forgotten: &Forgotten) -> Result<bool, Failure> {
    let ask = || -> anyhow::Result<bool> {
        eprint!("remove {} for good? [y/N] ", counted(forgotten));
        io::stderr().flush()?;
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer)?;
        Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
    };
    ask().context("cannot ask").map_err(Failure::Environment)
}

/// `90d`, `12w`, `36h` to seconds. No months and years: those have no fixed length.
fn parse_age_s(text: &str) -> anyhow::Result<i64> {
    let unit_s = match text.trim_end().chars().last() {
        Some('h') => 3600,
        Some('d') => 86_400,
        Some('w') => 7 * 86_400,
        _ => bail!("--older-than must be a number of hours, days or weeks such as 36h, 90d or 12w, got {text:?}"),
    };
    let trimmed = text.trim();
    let number: u32 = trimmed[..trimmed.len() - 1]
        .parse()
        .with_context(|| format!("--older-than must be a whole number and h, d or w, got {text:?}"))?;
    Ok(i64::from(number) * unit_s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_whole_hours_days_or_weeks() {
        for (text, expected_s) in [("0d", 0), ("36h", 129_600), ("90d", 7_776_000), (" 2w ", 1_209_600)] {
            assert_eq!(parse_age_s(text).expect("an age"), expected_s, "{text}");
        }
        for text in ["", "d", "90", "-1d", "1.5d", "3m", "1y", "9999999999d", "ß", "1 d x"] {
            assert!(parse_age_s(text).is_err(), "{text}");
        }
    }
}
