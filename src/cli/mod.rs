//! The command line: one file a subcommand. stdout is data, stderr is talk. No analysis here.

mod analyze;
mod confined;
mod doctor;
mod export;
mod known;
mod models;
mod options;
mod phrases;
mod progress;
mod purge;
mod redact;
mod report;
mod review;
mod scan;
mod selftest;
#[cfg(feature = "serve")]
mod serve;
mod shell;
mod summary;
mod vet;
mod watch;
mod worker;

pub use options::ConfigFile;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

/// Wrong usage or configuration, or nothing to do.
const EXIT_USAGE: u8 = 2;
/// Findings at or above the severity of `--fail-on`.
const EXIT_FINDINGS: u8 = 1;
/// Finished, but some recordings or texts could not be analysed.
const EXIT_SOME_FAILED: u8 = 3;
/// Stopped by the environment.
const EXIT_ENVIRONMENT: u8 = 4;
/// Who read the output closed it: 128 and the number of SIGPIPE, as a shell tells of programs that end by it.
const EXIT_PIPE_CLOSED: i32 = 141;

/// Vets call recordings: noise and crosstalk, what was said, and what should not have been. Offline.
#[derive(Debug, Parser)]
#[command(
    name = "callvet",
    version,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
#[command(
    after_help = "Exit codes: 0 done · 1 findings at or above --fail-on · 2 wrong usage, configuration or PATH · \
    3 done, but some recordings could not be analysed · 4 stopped by the environment (disk full, folder not writable) · \
    130 interrupted, run again to resume."
)]
struct Cli {
    #[command(flatten)]
    network: options::NetworkArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Analyse recordings: files and folders in, reports out
    Analyze(analyze::Args),
    /// Vet vendors by their demo folders, one folder a vendor, and compare them
    Vet(vet::Args),
    /// Analyse recordings as they arrive in a folder
    Watch(watch::Args),
    /// Search text (transcripts, chat logs) for phrases and personal data; no audio
    Scan(scan::Args),
    /// Copy recordings and texts with personal data masked, and scan the copies again
    Redact(redact::Args),
    /// Render the pages of an earlier analyze again, without analysing
    Report(report::Args),
    /// Put reviewers' verdicts into a folder, and tell what they say about the rules
    Review(review::Args),
    /// Show the pages in a browser of this machine, and keep the reviews that are made there
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    /// Write the results of an earlier analyze for other programs: subtitles, tables, clips
    Export(export::Args),
    /// Delete the reports, pages and stored words of calls that are older than so much
    Purge(purge::Args),
    /// Mix known damage into your own recordings and tell how well it is found
    Selftest(selftest::Args),
    /// Show, check and test phrase lists
    Phrases(phrases::Args),
    /// Show, fetch and verify speech models
    Models(models::Args),
    /// Tell what is here, what is missing, and what to do about it
    Doctor(doctor::Args),
    /// Analyse recordings for another program: a JSON line in, a JSON line out
    Worker(worker::Args),
    /// Print shell completions
    Completions(shell::CompletionArgs),
    /// Print the man page
    Man,
}

/// How a command ended, where it did not end well.
#[derive(Debug)]
enum Failure {
    /// The user has to change something.
    Usage(anyhow::Error),
    /// The machine has to change something.
    Environment(anyhow::Error),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Usage(error)
    }
}

type CommandResult = Result<u8, Failure>;

/// Runs the program and gives its exit code.
pub fn main() -> ExitCode {
    // What a panic says may hold words of a call: only the place is told.
    std::panic::set_hook(Box::new(|info| {
        // Whoever reads the output has had enough of it (`callvet phrases list | head`): no error of ours.
        let said = info.payload_as_str().unwrap_or_default();
        if said.starts_with("failed printing to stdout") && said.contains("Broken pipe") {
            std::process::exit(EXIT_PIPE_CLOSED);
        }
        // A disk that is full while the workbook is written: told as an error by who wrote it.
        if said.starts_with(crate::report::xlsx::PANIC) {
            return;
        }
        let place = info.location().map_or("unknown place".into(), |l| format!("{}:{}", l.file(), l.line()));
        eprintln!("callvet: internal error at {place}; please report it");
    }));
    let matches = Cli::command().get_matches();
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let sub_matches = matches.subcommand().map(|(_, m)| m).expect("a subcommand is required");
    let result = match cli.command {
        Command::Analyze(args) => analyze::run(args, sub_matches),
        Command::Vet(args) => vet::run(args, sub_matches),
        Command::Watch(args) => watch::run(args, sub_matches),
        Command::Scan(args) => scan::run(args, sub_matches),
        Command::Redact(args) => redact::run(args, sub_matches),
        Command::Report(args) => report::run(&args),
        Command::Review(args) => review::run(&args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Purge(args) => purge::run(&args),
        Command::Selftest(args) => selftest::run(&args),
        Command::Phrases(args) => phrases::run(&args),
        Command::Models(args) => models::run(&args, cli.network),
        Command::Doctor(args) => doctor::run(&args),
        Command::Worker(args) => worker::run(args, sub_matches),
        Command::Completions(args) => shell::completions(&args),
        Command::Man => shell::man(),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(Failure::Usage(error)) => fail(EXIT_USAGE, &error),
        Err(Failure::Environment(error)) => fail(EXIT_ENVIRONMENT, &error),
    }
}

fn fail(code: u8, error: &anyhow::Error) -> ExitCode {
    // A line at a time: what is wrong in a TOML file is shown in several.
    let lines: Vec<String> = told(error).lines().map(progress::printable).collect();
    eprintln!("callvet: {}", lines.join("\n"));
    ExitCode::from(code)
}

/// An error with its causes, but for those that a message above them tells already.
fn told(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |told, cause| match told.as_str() {
        "" => cause,
        _ if told.ends_with(&cause) => told,
        _ => format!("{told}: {cause}"),
    })
}
