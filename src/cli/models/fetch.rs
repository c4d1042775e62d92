//! `callvet models fetch`: which models to fetch and whereto, and how it is going. The fetching itself: `models::fetch`.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::anyhow;
use indicatif::{ProgressBar, ProgressStyle};

use super::size_for_people;
use crate::cli::options::NetworkArgs;
use crate::cli::progress::{PLAIN_EVERY, Style, printable};
use crate::cli::{CommandResult, EXIT_SOME_FAILED, Failure};
use crate::models::fetch::{FetchError, FetchOptions, Fetched, Progress, fetch};
use crate::models::{self, Manifest, ModelEntry, Verified};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Names from `callvet models list`
    #[arg(value_name = "NAME", required_unless_present = "all_default")]
    names: Vec<String>,
    /// The models that are used when none is named
    #[arg(long)]
    all_default: bool,
    /// Folder to put them into [default: callvet/models in your data folder]
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// Fetch from a mirror: the address of a folder with the files that `models/manifest.toml` names
    #[arg(long, env = "CALLVET_MODELS_URL", value_name = "URL")]
    url: Option<String>,
    /// Say nothing but errors
    #[arg(long, short)]
    quiet: bool,
    /// No progress bar
    #[arg(long)]
    no_progress: bool,
}

pub(super) fn run(args: &Args, network: NetworkArgs) -> CommandResult {
    let manifest = Manifest::builtin();
    let entries = chosen(args, &manifest)?;
    if network.offline {
        return Err(anyhow!(
            "models fetch needs the network, and --offline (or CALLVET_OFFLINE) forbids it; leave that out, or copy the \
             files into a models folder by hand: `callvet models list --json` has their addresses and hashes"
        )
        .into());
    }
    let folder = args.to.clone().or_else(models::users_folder).ok_or_else(|| {
        anyhow!("there is no data folder because you have no home folder; name a folder with --to DIR")
    })?;
    let mut options = FetchOptions::into_folder(folder);
    options.mirror = args.url.clone().filter(|url| !url.is_empty());
    let style = Style::new(args.quiet, false, args.no_progress);
    let mut n_failed = 0;
    for entry in entries {
        // A folder that is named gets the file, wherever else it is.
        let here = if args.to.is_none() { whole_file_of(entry) } else { None };
        let mut display = Display::new(style, entry);
        let fetched = match here {
            Some(path) => Ok(Fetched::AlreadyThere(path)),
            None => fetch(entry, &options, &mut |progress| display.show(progress)),
        };
        display.end();
        match fetched {
            Ok(Fetched::AlreadyThere(path)) => display.say(&format!(
                "{}: already there, {} is the right file",
                entry.name,
                printable(&path.display().to_string())
            )),
            Ok(Fetched::New(path)) => {
                display.say(&format!("{}: {}", entry.name, printable(&path.display().to_string())));
                if !entry.default && models::places().contains(&options.folder) {
                    display.say(&format!("use it with --model {}", entry.name));
                } else if !models::places().contains(&options.folder) {
                    display.say("callvet does not look into that folder by itself: name it in CALLVET_MODELS, or the file with --model");
                }
            }
            // The others may still come.
            Err(error @ FetchError::Wrong { .. }) => {
                n_failed += 1;
                eprintln!("callvet: {}", printable(&error.to_string()));
            }
            Err(error @ FetchError::NotPublished { .. }) if args.all_default => {
                n_failed += 1;
                eprintln!("callvet: {}", printable(&error.to_string()));
            }
            Err(error @ (FetchError::NotPublished { .. } | FetchError::Mirror(_))) => {
                return Err(Failure::Usage(error.into()));
            }
            Err(error) => return Err(Failure::Environment(error.into())),
        }
    }
    Ok(if n_failed > 0 { EXIT_SOME_FAILED } else { 0 })
}

/// The models asked for, each once, in the order in which they were named.
fn chosen<'a>(args: &Args, manifest: &'a Manifest) -> anyhow::Result<Vec<&'a ModelEntry>> {
    let mut entries: Vec<&ModelEntry> = Vec::new();
    for name in &args.names {
        let entry = manifest.named(name).ok_or_else(|| {
            let known: Vec<&str> = manifest.model.iter().map(|m| m.name.as_str()).collect();
            anyhow!("no model is called {name}; known names: {}", known.join(", "))
        })?;
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    let defaults = manifest.model.iter().filter(|m| args.all_default && m.default);
    for entry in defaults {
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    Ok(entries)
}

/// Where callvet would find this model, if what is there is right.
fn whole_file_of(entry: &ModelEntry) -> Option<PathBuf> {
    let path = models::places().into_iter().map(|folder| folder.join(&entry.file)).find(|path| path.is_file())?;
    matches!(models::verify(&path, entry), Ok(Verified::Same)).then_some(path)
}

/// A bar on a terminal, a line now and then elsewhere.
struct Display<'a> {
    style: Style,
    entry: &'a ModelEntry,
    bar: ProgressBar,
    printed: Instant,
    bytes: Option<u64>,
}

impl<'a> Display<'a> {
    fn new(style: Style, entry: &'a ModelEntry) -> Self {
        Self { style, entry, bar: ProgressBar::hidden(), printed: Instant::now(), bytes: entry.bytes }
    }

    fn say(&self, what: &str) {
        if self.style != Style::Quiet {
            eprintln!("{what}");
        }
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn show(&mut self, progress: Progress<'_>) {
        let name = &self.entry.name;
        match progress {
            Progress::Started { received, bytes } => {
                self.bytes = bytes;
                if self.style == Style::Bar {
                    self.bar.finish_and_clear();
                    self.bar = bar(name, bytes);
                    // What an earlier run brought says nothing about the speed of this one.
                    self.bar.set_position(received);
                    self.bar.reset_eta();
                } else {
                    let size = bytes.map_or("a file of unknown size".into(), size_for_people);
                    let from = if received > 0 {
                        ", going on after ".to_owned() + &size_for_people(received)
                    } else {
                        String::new()
                    };
                    self.say(&format!("fetching {name}: {size}{from}"));
                }
                self.printed = Instant::now();
            }
            Progress::Received(received) => {
                self.bar.set_position(received);
                if self.style == Style::Plain && self.printed.elapsed() >= PLAIN_EVERY {
                    self.printed = Instant::now();
                    let of = self.bytes.map(|b| format!(" of {}", size_for_people(b))).unwrap_or_default();
                    self.say(&format!("{name}: {}{of}", size_for_people(received)));
                }
            }
            Progress::Again { why, pause } => {
                let pause_s = pause.as_secs();
                self.bar.suspend(|| self.say(&format!("{name}: {why}; trying again in {pause_s} s")));
            }
            Progress::Checking => self.bar.set_message(" checking"),
        }
    }
}

fn bar(name: &str, bytes: Option<u64>) -> ProgressBar {
    let bar = ProgressBar::new(bytes.unwrap_or(0));
    let template = if bytes.is_some() {
        "{spinner} {prefix} [{bar:24}] {decimal_bytes}/{decimal_total_bytes}, {eta} left{msg}"
    } else {
        "{spinner} {prefix} {decimal_bytes}{msg}"
    };
    bar.set_style(ProgressStyle::with_template(template).expect("the templates are fixed").progress_chars("=> "));
    bar.set_prefix(name.to_owned());
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
