//! What is known of calls beside their sound, and how they are run: options that `analyze` and `watch` share.

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::builder::BoolishValueParser;
use jiff::tz::TimeZone;

use super::options::{Audio, ConfigFile, IsolationArg, ReportLanguage, Resolver};
use crate::batch::metadata::{AttachedMetadata, MetadataTable, attach};
use crate::batch::name_pattern::NamePattern;
use crate::batch::worker::Isolation;
use crate::batch::{AudioMode, Discovery, split, time};
use crate::report::texts::PageLanguage;

#[derive(Debug, clap::Args)]
pub(super) struct CallArgs {
    /// CSV of what is known of the calls: source, id, started_at, agent, customer_ref, vendor, campaign, direction, party
    #[arg(long, env = "CALLVET_METADATA", value_name = "FILE")]
    metadata: Option<PathBuf>,
    /// What file names say, e.g. '{agent}_{started_at:%Y%m%d-%H%M%S}_{customer_ref}'
    #[arg(long, env = "CALLVET_NAME_PATTERN", value_name = "PATTERN")]
    name_pattern: Option<String>,
    /// Time zone of start times without offset, e.g. Europe/Warsaw or +02:00 [default: UTC]
    #[arg(long, env = "CALLVET_TIMEZONE", value_name = "ZONE")]
    timezone: Option<String>,
    /// Analyse each file by itself: do not join `…_agent.wav` and `…_customer.wav` (or -tx/-rx, _out/_in, _L/_R) into a call
    #[arg(long, env = "CALLVET_NO_JOIN", value_parser = BoolishValueParser::new())]
    no_join: bool,
    /// Where calls are analysed: process (what breaks one recording costs no other), thread (less memory), or auto
    /// [default: auto, processes where they can be had]
    #[arg(long, env = "CALLVET_ISOLATION", value_name = "HOW")]
    isolation: Option<IsolationArg>,
    /// Calls analysed at once [default: one a core]
    #[arg(long, short, env = "CALLVET_JOBS", value_name = "N")]
    jobs: Option<usize>,
    /// Show personal data in the reports instead of [phone], [card] …
    #[arg(long, env = "CALLVET_SHOW_PERSONAL_DATA", value_parser = BoolishValueParser::new())]
    show_personal_data: bool,
    /// How the pages play recordings [default: link]
    #[arg(long, env = "CALLVET_AUDIO", value_name = "HOW")]
    audio: Option<Audio>,
    /// Language of the pages [default: en]
    #[arg(long, env = "CALLVET_REPORT_LANGUAGE", value_name = "LANG")]
    report_language: Option<ReportLanguage>,
    /// Begin calls.csv and findings.csv with a byte order mark, by which Excel knows UTF-8
    #[arg(long, env = "CALLVET_CSV_BOM", value_parser = BoolishValueParser::new())]
    csv_bom: bool,
    /// Open no network connection; analyze and watch never do, with or without this
    #[arg(long, env = "CALLVET_OFFLINE", value_parser = BoolishValueParser::new())]
    offline: bool,
}

/// The options with their values.
pub(super) struct Known {
    metadata: Option<PathBuf>,
    name_pattern: Option<String>,
    timezone: Option<String>,
    pub is_joined: bool,
    pub isolation: Isolation,
    pub jobs: usize,
    pub show_personal_data: bool,
    pub audio: AudioMode,
    pub language: PageLanguage,
    pub csv_bom: bool,
}

impl CallArgs {
    pub(super) fn resolve(&self, resolver: &mut Resolver, file: &ConfigFile) -> Known {
        let metadata = resolver.pick("metadata", self.metadata.clone(), file.metadata.clone(), None);
        let name_pattern = resolver.pick("name-pattern", self.name_pattern.clone(), file.name_pattern.clone(), None);
        let timezone = resolver.pick("timezone", self.timezone.clone(), file.timezone.clone(), Some("UTC".into()));
        let no_join = resolver.pick("no-join", Some(self.no_join), file.no_join, Some(false));
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let jobs = resolver.pick("jobs", self.jobs, file.jobs, Some(cores)).unwrap_or(1);
        let show_personal_data =
            resolver.pick("show-personal-data", Some(self.show_personal_data), file.show_personal_data, Some(false));
        let isolation = resolver.pick("isolation", self.isolation, file.isolation, Some(IsolationArg::Auto));
        let audio = resolver.pick("audio", self.audio, file.audio, Some(Audio::Link));
        let language =
            resolver.pick("report-language", self.report_language, file.report_language, Some(ReportLanguage::En));
        let csv_bom = resolver.pick("csv-bom", Some(self.csv_bom), file.csv_bom, Some(false));
        Known {
            metadata,
            name_pattern,
            timezone,
            is_joined: no_join != Some(true),
            isolation: isolation.unwrap_or(IsolationArg::Auto).into(),
            jobs,
            show_personal_data: show_personal_data == Some(true),
            audio: audio.map_or(AudioMode::Link, AudioMode::from),
            language: language.map(PageLanguage::from).unwrap_or_default(),
            csv_bom: csv_bom == Some(true),
        }
    }
}

impl Known {
    pub(super) fn check(&self) -> anyhow::Result<()> {
        if self.jobs == 0 { Err(anyhow!("--jobs must be at least 1, got 0")) } else { Ok(()) }
    }

    /// The table of `--metadata`, which a watch reads again when it changes.
    pub(super) fn metadata_path(&self) -> Option<&std::path::Path> {
        self.metadata.as_deref()
    }

    /// Reads the table and the pattern.
    pub(super) fn read(&self) -> anyhow::Result<Read> {
        let zone =
            time::parse_zone(self.timezone.as_deref().unwrap_or("UTC")).map_err(|e| anyhow!("--timezone: {e}"))?;
        let table = self
            .metadata
            .as_deref()
            .map(|path| {
                let bytes =
                    std::fs::read(path).with_context(|| format!("cannot read --metadata {}", path.display()))?;
                MetadataTable::parse(&bytes, &zone).map_err(|e| anyhow!("--metadata {}: {e}", path.display()))
            })
            .transpose()?;
        let pattern = self.name_pattern.as_deref();
        let pattern = pattern.map(|p| NamePattern::parse(p).map_err(|e| anyhow!("--name-pattern: {e}"))).transpose()?;
        Ok(Read { table, pattern, zone, is_joined: self.is_joined })
    }
}

/// Table and pattern, ready for use.
pub(super) struct Read {
    table: Option<MetadataTable>,
    pattern: Option<NamePattern>,
    zone: TimeZone,
    is_joined: bool,
}

impl Read {
    /// What is known of each recording; files of one call are joined.
    pub(super) fn attach(&self, discovery: Discovery) -> anyhow::Result<(Discovery, AttachedMetadata)> {
        let attached = attach(&discovery.jobs, self.table.as_ref(), self.pattern.as_ref(), &self.zone);
        let attached = attached.map_err(|e| anyhow!("--metadata: {e}"))?;
        Ok(if self.is_joined { split::join(discovery, attached) } else { (discovery, attached) })
    }
}
