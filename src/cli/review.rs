//! `callvet review`: reviewers' verdicts into a folder's store, what they say about the rules, and out again.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::Subcommand;

use super::analyze::failure;
use super::progress::printable;
use super::{CommandResult, Failure};
use crate::accuracy::agreement::Kappa;
use crate::batch::atomic;
use crate::batch::review::outcome::{AgreementLine, RecalibrationLine, SavedReviews};
use crate::batch::review::{self, MOST_BYTES, ReviewBook, ReviewError, ReviewOutcome, documents};
use crate::call::{Review, json};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Put verdicts that were exported from pages into a folder, and make its pages again
    Import(Import),
    /// Tell what the verdicts in a folder say about the rules
    Show(Show),
    /// Print the verdicts in a folder, notes included, as `import` reads them
    Export {
        /// Output folder of an earlier `callvet analyze`
        #[arg(value_name = "DIR")]
        dir: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
struct Import {
    /// Files of verdicts (callvet.reviews/1)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Output folder of an earlier `callvet analyze`
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Who made the verdicts of files that name nobody
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    #[command(flatten)]
    told: Told,
}

#[derive(Debug, clap::Args)]
struct Show {
    /// Output folder of an earlier `callvet analyze`
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    #[command(flatten)]
    told: Told,
}

#[derive(Debug, clap::Args)]
struct Told {
    /// Print the numbers as JSON
    #[arg(long)]
    json: bool,
    /// Write rejected findings as must-not-fire lines and confirmed ones as must-fire lines of a phrase list; - for
    /// standard output instead of the numbers
    #[arg(long, value_name = "FILE")]
    lines: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> CommandResult {
    match &args.command {
        Command::Import(args) => {
            args.told.check()?;
            let mut reviews = Vec::new();
            for file in &args.files {
                reviews.extend(read(file, args.reviewer.as_deref())?);
            }
            let outcome = review::import(&args.into, &reviews).map_err(failure)?;
            args.told.tell(&args.into, &outcome)
        }
        Command::Show(args) => {
            args.told.check()?;
            args.told.tell(&args.dir, &review::outcome(&args.dir).map_err(failure)?)
        }
        Command::Export { dir } => export(dir),
    }
}

/// Reads no more than a file may have, whatever it is.
fn read(path: &Path, reviewer: Option<&str>) -> anyhow::Result<Vec<Review>> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
        .with_context(|| format!("cannot read {}", path.display()))?;
    review::parse(&bytes, reviewer).map_err(|error| {
        let hint = match &error {
            ReviewError::File(what) if what.contains("names no reviewer") => ": give one with --reviewer",
            _ => "",
        };
        anyhow!("{}: {error}{hint}", path.display())
    })
}

fn export(dir: &Path) -> CommandResult {
    let reviews = ReviewBook::open(dir).and_then(|book| book.all()).map_err(failure)?;
    // One document a line: what the import of a page reads too.
    for file in documents(reviews) {
        print(&format!("{}\n", json::to_line(&file).context("cannot make JSON")?))?;
    }
    Ok(0)
}

/// What is printed as a whole, for readers that may have enough of it.
fn print(text: &str) -> Result<(), Failure> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write to standard output").map_err(Failure::Environment),
    }
}

/// What was said on calls: whole or not at all, and for its owner only. What is there and no plain file (a pipe, /dev/null)
/// is written to, not replaced.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        return fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()));
    }
    Ok(atomic::write(path, bytes)?)
}

impl Told {
    fn lines_to_stdout(&self) -> bool {
        self.lines.as_deref() == Some(Path::new("-"))
    }

    /// Before anything is done.
    fn check(&self) -> anyhow::Result<()> {
        if self.json && self.lines_to_stdout() {
            anyhow::bail!("--json and --lines - would both write to standard output: give --lines a file");
        }
        Ok(())
    }

    fn tell(&self, dir: &Path, outcome: &ReviewOutcome) -> CommandResult {
        let is_stdout = self.lines_to_stdout();
        if self.json {
            print(&json::to_text(outcome).context("cannot make JSON")?)?;
        } else if !is_stdout {
            print(&for_people(outcome))?;
        }
        if let Some(saved) = &outcome.saved {
            eprintln!("{}", counted(saved));
        }
        if let Some(path) = &self.lines {
            let lines = review::phrase_lines(dir).map_err(failure)?;
            if is_stdout {
                print(&lines.toml)?;
            } else {
                write(path, lines.toml.as_bytes()).map_err(Failure::Environment)?;
            }
            let left_out = match lines.n_contradictory {
                0 => String::new(),
                n => format!("; {n} left out that were both rejected and confirmed"),
            };
            eprintln!("{} must-not-fire and {} must-fire lines{left_out}", lines.n_must_not_fire, lines.n_must_fire);
        }
        Ok(0)
    }
}

fn counted(saved: &SavedReviews) -> String {
    let SavedReviews { n_new, n_changed, n_unchanged, n_unknown } = saved;
    let unknown = match n_unknown {
        0 => String::new(),
        n => format!("; {n} about findings that this folder does not show, kept for when it does"),
    };
    format!("{n_new} new verdicts, {n_changed} changed, {n_unchanged} known already{unknown}")
}

fn for_people(outcome: &ReviewOutcome) -> String {
    let mut lines = Vec::new();
    if outcome.n_findings == 0 {
        lines.push(format!("no finding of this folder was reviewed ({} verdicts on others)", outcome.n_reviews));
        return format!("{}\n", lines.join("\n"));
    }
    lines.push(format!(
        "{:<44} {:>5} {:>6} {:>6}  {:<9} {:>10} {:>9}",
        "rule", "n", "agreed", "share", "95 %", "confidence", "reviewed"
    ));
    // Those that are wrong for sure first.
    let mut rules: Vec<&AgreementLine> = outcome.rules.iter().collect();
    rules.sort_by(|a, b| a.precision_high_ratio.total_cmp(&b.precision_high_ratio).then(b.n.cmp(&a.n)));
    // Of one rule a category would say the same again.
    let n_rules = |category: &AgreementLine| {
        outcome.rules.iter().filter(|rule| rule.category.as_deref() == Some(&category.name)).count()
    };
    let categories = outcome.categories.iter().filter(|category| n_rules(category) > 1);
    lines.extend(rules.into_iter().chain(categories).chain([&outcome.all]).map(row));
    lines.push(String::new());
    for reviewer in &outcome.reviewers {
        lines.push(format!(
            "{}: {} agree, {} disagree, {} unsure",
            printable(&reviewer.reviewer),
            reviewer.n_agreed,
            reviewer.n_disagreed,
            reviewer.n_unsure
        ));
    }
    for pair in &outcome.pairs {
        lines.push(format!(
            "{} and {}: {}",
            printable(&pair.first),
            printable(&pair.second),
            kappa_for_people(&pair.kappa)
        ));
    }
    if outcome.n_pairs_too_small > 0 {
        lines.push(format!(
            "{} pair(s) of reviewers judged too few of the same findings to be compared (under 20)",
            outcome.n_pairs_too_small
        ));
    }
    lines.push(format!("callvet (confidence at least 0.5) and reviewers: {}", kappa_for_people(&outcome.all.kappa)));
    lines.extend(learned(&outcome.calibration));
    format!("{}\n", lines.join("\n"))
}

fn row(line: &AgreementLine) -> String {
    let ratio = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{value:.2}"));
    let name = match (&line.category, line.name.as_str()) {
        (Some(_), name) => printable(name),
        (None, "all") => "all".into(),
        (None, name) => format!("{} (category)", printable(name)),
    };
    let interval = match line.n {
        0 => "-".to_owned(),
        _ => format!("{:.2}-{:.2}", line.precision_low_ratio, line.precision_high_ratio),
    };
    let apart = match (line.n_split, line.n_unsure) {
        (0, 0) => String::new(),
        (split, unsure) => format!("  ({split} split, {unsure} unsure)"),
    };
    format!(
        "{name:<44} {:>5} {:>6} {:>6}  {interval:<9} {:>10} {:>9}{apart}",
        line.n,
        line.n_agreed,
        ratio(line.precision_ratio),
        ratio(line.mean_confidence),
        ratio(line.reviewed_confidence),
    )
}

fn kappa_for_people(kappa: &Kappa) -> String {
    let prevalence = kappa.prevalence_ratio.map_or(String::new(), |p| format!(", {:.0} % yes", p * 100.0));
    match (kappa.kappa, kappa.kappa_low, kappa.kappa_high) {
        (Some(value), Some(low), Some(high)) => {
            format!("kappa {value:.2} ({low:.2} to {high:.2}) on {} findings{prevalence}", kappa.n)
        }
        _ => format!("no kappa: {}{prevalence}", kappa.why_null.as_deref().unwrap_or("not defined")),
    }
}

fn learned(calibration: &RecalibrationLine) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(error) = calibration.reliability.calibration_error {
        lines.push(format!(
            "calibration error of the confidences: {error:.3} on {} findings",
            calibration.reliability.n
        ));
    }
    if let Some(held_out) = &calibration.held_out {
        lines.push(format!(
            "Brier score on calls that were held out: {:.3} as analysed, {:.3} after review",
            held_out.brier_before, held_out.brier_after
        ));
    }
    lines.push(match (calibration.is_applied, calibration.reliability.n) {
        (true, _) => "the pages show the reviewed confidences".into(),
        (false, 0) => "the pages show the confidences of the analysis: no reviewer could tell".into(),
        (false, _) => "the pages show the confidences of the analysis: the reviews do not make them better".into(),
    });
    lines
}
