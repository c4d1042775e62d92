//! Which numbers a page shows and in which unit, and which message, sign and class stands for everything that is no
//! number. The words themselves are messages of [`Texts`]; what a number means is in `call::catalogue`, which the English
//! messages `cat-…` repeat.

use super::format;
pub(super) use super::says::*;
use crate::call::catalogue::{self, Entry, Grade};
use crate::call::{
    BandwidthKind, CallStatus, HoldKind, LayoutFlag, LayoutKind, NoiseKind, OvertalkKind, Party, Polarity,
    ProblemSeverity, RequiredStatus, Severity, SignalKind,
};
use crate::report::texts::Texts;

/// A number of the page: where it stands in a report and how it is printed. What it means is in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// Path in the CallReport with indices and speaker ids left out: `channels.noise.snr_db`.
    pub key: &'static str,
    /// How to print it.
    pub unit: Unit,
}

impl Label {
    /// What people call it.
    pub fn name(&self, tr: Texts) -> String {
        tr.get(&self.message(""))
    }

    /// What it says, one or two sentences.
    pub fn meaning(&self, tr: Texts) -> String {
        tr.get(&self.message("-meaning"))
    }

    /// From where on it is good and poor, and why; `None` if it cannot be good or bad by itself.
    pub fn limits(&self, tr: Texts) -> Option<String> {
        let entry = self.entry()?;
        let shown = |limit: f64| {
            let value = format::value(&limit.into(), self.unit, tr)?;
            // A step of a scale has no unit: "0 to 3" behind it would read as a range.
            let unit = if matches!(self.unit, Unit::Scale(_)) { String::new() } else { self.unit.name(tr) };
            Some(format!("{value} {unit}").trim_end().to_owned())
        };
        let (good, poor) = (entry.good?, entry.poor?);
        let message = if good < poor { "label-limits-less" } else { "label-limits" };
        let (good, poor) = (shown(good)?, shown(poor)?);
        let why = tr.get(&self.message("-why"));
        Some(tr.with(message, &[("good", &good), ("poor", &poor), ("why", &why)]))
    }

    /// What makes it wrong or misleading; `None` if nothing is known to.
    pub fn fooled_by(&self, tr: Texts) -> Option<String> {
        tr.find(&self.message("-fooled"))
    }

    /// How a value stands against the limits.
    pub(super) fn grade(&self, value: f64) -> Option<Mark> {
        Some(match self.entry()?.grade(value)? {
            Grade::Good => Mark { icon: "✓", key: "label-grade-good", class: "good" },
            Grade::Fair => Mark { icon: "●", key: "label-grade-fair", class: "minor" },
            Grade::Poor => Mark { icon: "▲", key: "label-grade-poor", class: "major" },
        })
    }

    fn entry(&self) -> Option<&'static Entry> {
        catalogue::entry(self.key)
    }

    fn message(&self, part: &str) -> String {
        message_of_path(self.key, part)
    }
}

/// Name of the message for a path of the catalogue; `part` is empty for its label, or `-meaning`, `-why`, `-fooled`.
fn message_of_path(path: &str, part: &str) -> String {
    format!("cat-{}{part}", path.replace('.', "-"))
}

const fn number(key: &'static str, unit: Unit) -> Label {
    Label { key, unit }
}

const fn word(key: &'static str) -> Label {
    Label { key, unit: Unit::Word }
}

/// The unit that a number is shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Decibels of some reference: one decimal. The end of the message `unit-…`.
    Level(&'static str),
    /// 0..=1, shown in percent.
    Share,
    /// Seconds: one decimal.
    Seconds,
    /// Hertz: whole.
    Hertz,
    /// A count.
    Count,
    /// A count a minute.
    PerMinute,
    /// A step of a scale from … to. The end of the message `unit-…`.
    Scale(&'static str),
    /// Six decimals of full scale.
    FullScale,
    /// A word, or yes and no.
    Word,
}

impl Unit {
    /// What stands in the column of units.
    pub fn name(self, tr: Texts) -> String {
        match self {
            Self::Level(name) | Self::Scale(name) => tr.get(&format!("unit-{name}")),
            Self::Share => tr.get("unit-percent"),
            Self::Seconds => tr.get("unit-s"),
            Self::Hertz => tr.get("unit-hz"),
            Self::PerMinute => tr.get("unit-per-minute"),
            Self::FullScale => tr.get("unit-full-scale"),
            Self::Count | Self::Word => String::new(),
        }
    }
}

/// Numbers by channel, in the order they are shown.
pub const BY_CHANNEL: [Label; 31] = [
    number("channels.level.active_speech_level_dbov", Unit::Level("dbov")),
    number("channels.level.activity_ratio", Unit::Share),
    number("channels.noise.snr_db", Unit::Level("db")),
    number("channels.noise.snr_uncertainty_db", Unit::Level("plus-minus-db")),
    number("channels.noise.snr_300_3400_db", Unit::Level("db")),
    number("channels.noise.floor_dbfs", Unit::Level("dbfs")),
    word("channels.noise.kind"),
    number("channels.noise.hum_hz", Unit::Hertz),
    word("channels.noise.gated"),
    number("channels.noise.digital_silence_ratio", Unit::Share),
    number("channels.clipping.clipped_ratio", Unit::Share),
    number("channels.clipping.n_runs", Unit::Count),
    number("channels.dropouts.n", Unit::Count),
    number("channels.dropouts.total_s", Unit::Seconds),
    number("channels.bandwidth.edge_hz", Unit::Hertz),
    word("channels.bandwidth.kind"),
    number("channels.background_voices.ratio", Unit::Share),
    number("channels.background_voices.level_below_speech_db", Unit::Level("db")),
    number("channels.background_voices.grade", Unit::Scale("0-to-3")),
    number("channels.perceived.ovrl", Unit::Scale("1-to-5")),
    number("channels.perceived.sig", Unit::Scale("1-to-5")),
    number("channels.perceived.bak", Unit::Scale("1-to-5")),
    number("channels.perceived.n_windows", Unit::Count),
    number("channels.level.loudness_lufs", Unit::Level("lufs")),
    number("channels.level.rms_dbfs", Unit::Level("dbfs")),
    number("channels.level.peak_dbfs", Unit::Level("dbfs")),
    number("channels.level.true_peak_dbtp", Unit::Level("dbtp")),
    number("channels.level.dc_offset", Unit::FullScale),
    number("channels.clipping.spans", Unit::Count),
    number("channels.dropouts.spans", Unit::Count),
    word("channels.bandwidth.clues"),
];

/// Numbers by speaker.
pub const BY_SPEAKER: [Label; 6] = [
    number("conversation.speech_s", Unit::Seconds),
    number("conversation.talk_ratio", Unit::Share),
    number("conversation.monologue_s", Unit::Seconds),
    number("conversation.response_s", Unit::Seconds),
    number("conversation.words_per_minute", Unit::PerMinute),
    number("conversation.syllables_per_minute", Unit::PerMinute),
];

/// Numbers of the whole call.
pub const OF_CALL: [Label; 11] = [
    number("crosstalk.level_difference_db", Unit::Level("db")),
    number("conversation.overtalk.total_s", Unit::Seconds),
    number("conversation.overtalk.ratio", Unit::Share),
    number("conversation.silence.total_s", Unit::Seconds),
    number("conversation.silence.longest_s", Unit::Seconds),
    number("conversation.hold_count", Unit::Count),
    number("conversation.hold_total_s", Unit::Seconds),
    number("conversation.hold_ratio", Unit::Share),
    number("conversation.time_to_human_s", Unit::Seconds),
    number("conversation.billable_s", Unit::Word),
    number("layout.role_confidence", Unit::Share),
];

/// How a thing is shown so that colour is never alone: a sign, a word, a class of the style sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// A shape that every font has.
    pub icon: &'static str,
    /// Name of the message beside it.
    pub key: &'static str,
    /// Class in `page.css`.
    pub class: &'static str,
}

impl Mark {
    /// The word beside the sign.
    pub(super) fn word(&self, tr: Texts) -> String {
        tr.get(self.key)
    }

    /// So many of a severity: the word agrees with the number.
    pub(super) fn counted(&self, n: usize, tr: Texts) -> String {
        tr.count(&self.key.replace("label-", "label-n-"), n)
    }

    /// The word as a heading has it.
    pub(super) fn title(&self, tr: Texts) -> String {
        let word = self.word(tr);
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    }
}

pub(super) fn severity(severity: Severity) -> Mark {
    match severity {
        Severity::Critical => Mark { icon: "◆", key: "label-severity-critical", class: "critical" },
        Severity::Major => Mark { icon: "▲", key: "label-severity-major", class: "major" },
        Severity::Minor => Mark { icon: "●", key: "label-severity-minor", class: "minor" },
        Severity::Info => Mark { icon: "○", key: "label-severity-info", class: "info" },
    }
}

pub(super) fn required(status: RequiredStatus) -> Mark {
    match status {
        RequiredStatus::Present => Mark { icon: "✓", key: "label-step-present", class: "good" },
        RequiredStatus::Absent => Mark { icon: "✗", key: "label-step-absent", class: "major" },
        RequiredStatus::NotJudgeable => Mark { icon: "?", key: "label-step-not-judgeable", class: "info" },
        RequiredStatus::NotApplicable => Mark { icon: "–", key: "label-step-not-applicable", class: "muted" },
    }
}

pub(super) fn problem(severity: ProblemSeverity) -> Mark {
    match severity {
        ProblemSeverity::Lost => Mark { icon: "▲", key: "label-problem-lost", class: "major" },
        ProblemSeverity::NotMeasurable => Mark { icon: "●", key: "label-problem-not-measurable", class: "minor" },
        ProblemSeverity::Note => Mark { icon: "○", key: "label-problem-note", class: "info" },
    }
}

pub(super) fn status(status: CallStatus) -> Mark {
    match status {
        CallStatus::Ok => Mark { icon: "✓", key: "label-status-ok", class: "good" },
        CallStatus::Failed => Mark { icon: "✗", key: "label-status-failed", class: "critical" },
        CallStatus::Pending => Mark { icon: "…", key: "label-status-pending", class: "muted" },
    }
}

pub(super) fn polarity(polarity: Polarity, tr: Texts) -> String {
    tr.get(match polarity {
        Polarity::Forbidden => "label-polarity-forbidden",
        Polarity::Required => "label-polarity-required",
        Polarity::Signal => "label-polarity-signal",
        Polarity::Fact => "label-polarity-fact",
        Polarity::PersonalData => "label-polarity-personal-data",
        Polarity::Quality => "label-polarity-quality",
    })
}

/// The party's name and its class in `page.css`.
pub(super) fn party(party: Party, tr: Texts) -> (String, &'static str) {
    let (key, class) = match party {
        Party::Agent => ("label-party-agent", "agent"),
        Party::Customer => ("label-party-customer", "customer"),
        Party::Ivr => ("label-party-ivr", "ivr"),
        Party::Third => ("label-party-third", "third"),
        Party::Unknown => ("label-party-unknown", "unknown"),
    };
    (tr.get(key), class)
}

/// A part of the score; a name that we do not know is shown as it is.
pub(super) fn score_part(name: &str, tr: Texts) -> String {
    tr.find(&format!("label-part-{name}")).unwrap_or_else(|| name.to_owned())
}

pub(super) fn layout(kind: LayoutKind, tr: Texts) -> String {
    tr.get(match kind {
        LayoutKind::Mono => "label-layout-mono",
        LayoutKind::Stereo => "label-layout-stereo",
        LayoutKind::Multichannel => "label-layout-multichannel",
    })
}

pub(super) fn layout_flag(flag: LayoutFlag, tr: Texts) -> String {
    tr.get(match flag {
        LayoutFlag::DualMono => "label-layout-dual-mono",
        LayoutFlag::PolarityInverted => "label-layout-polarity-inverted",
        LayoutFlag::Leaky => "label-layout-leaky",
        LayoutFlag::DeadChannel => "label-layout-dead-channel",
        LayoutFlag::RolesSwapped => "label-layout-roles-swapped",
    })
}

pub(super) fn noise(kind: NoiseKind, tr: Texts) -> String {
    tr.get(match kind {
        NoiseKind::None => "label-noise-none",
        NoiseKind::Stationary => "label-noise-stationary",
        NoiseKind::Hum => "label-noise-hum",
        NoiseKind::Babble => "label-noise-babble",
        NoiseKind::Music => "label-noise-music",
        NoiseKind::Intermittent => "label-noise-intermittent",
    })
}

pub(super) fn bandwidth(kind: BandwidthKind, tr: Texts) -> String {
    tr.get(match kind {
        BandwidthKind::Narrowband => "label-band-narrowband",
        BandwidthKind::Wideband => "label-band-wideband",
        BandwidthKind::Fullband => "label-band-fullband",
    })
}

pub(super) fn overtalk(kind: OvertalkKind, tr: Texts) -> String {
    tr.get(match kind {
        OvertalkKind::Interruption => "label-overtalk-interruption",
        OvertalkKind::Backchannel => "label-overtalk-backchannel",
        OvertalkKind::SimultaneousStart => "label-overtalk-simultaneous-start",
    })
}

pub(super) fn hold(kind: HoldKind, tr: Texts) -> String {
    tr.get(match kind {
        HoldKind::Music => "label-hold-music",
        HoldKind::Silence => "label-hold-silence",
        HoldKind::Ringback => "label-hold-ringback",
        HoldKind::Tone => "label-hold-tone",
        HoldKind::Ivr => "label-hold-ivr",
    })
}

/// `None` for what is told as a hold already.
pub(super) fn signal(kind: SignalKind, tr: Texts) -> Option<String> {
    match kind {
        SignalKind::Ringback | SignalKind::Busy | SignalKind::Dial => None,
        SignalKind::Tone => Some(tr.get("label-signal-tone")),
        SignalKind::Dtmf => Some(tr.get("label-signal-dtmf")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::*;
    use crate::call::{Conversation, Level, Noise};

    fn keys<T: serde::Serialize>(prefix: &str, section: &T) -> Vec<String> {
        let value = serde_json::to_value(section).expect("plain JSON");
        let fields: &Map<String, Value> = value.as_object().expect("a struct");
        fields.keys().map(|key| format!("{prefix}.{key}")).collect()
    }

    #[test]
    fn every_label_says_what_it_means() {
        let tr = Texts::default();
        for label in BY_CHANNEL.iter().chain(&BY_SPEAKER).chain(&OF_CALL) {
            for part in ["", "-meaning"] {
                assert!(tr.find(&label.message(part)).is_some_and(|text| !text.is_empty()), "{}{part}", label.key);
            }
            assert_ne!(label.unit.name(tr).split('-').next(), Some("unit"), "{}", label.key);
        }
    }

    #[test]
    fn limits_say_which_way_is_better() {
        for (key, expected) in [
            ("channels.noise.snr_db", "Good from 25.0 dB, poor up to 12.0 dB: "),
            ("channels.background_voices.grade", "Good up to 0.0, poor from 2.0: "),
        ] {
            let label = BY_CHANNEL.iter().find(|label| label.key == key).expect("shown by channel");
            let limits = label.limits(Texts::default()).expect("has limits");
            assert!(limits.starts_with(expected), "{limits}");
        }
    }

    /// The English messages of the catalogue: its texts, one message each.
    fn of_the_catalogue() -> String {
        let mut lines = vec![
            "# What the numbers of a report mean: label, meaning, where the limits come from, what misleads them."
                .to_owned(),
            "# English is made from src/call/catalogue.rs: cargo test --lib write_the_catalogue -- --ignored"
                .to_owned(),
        ];
        for entry in catalogue::CATALOGUE {
            let parts =
                [("", entry.label), ("-meaning", entry.meaning), ("-why", entry.why), ("-fooled", entry.fooled_by)];
            lines.push(String::new());
            let written = parts.into_iter().filter(|(_, text)| !text.is_empty());
            lines.extend(written.map(|(part, text)| format!("{} = {text}", message_of_path(entry.path, part))));
        }
        lines.join("\n") + "\n"
    }

    /// After a change of the catalogue: `cargo test --lib write_the_catalogue -- --ignored`.
    #[test]
    #[ignore = "writes into the source tree"]
    fn write_the_catalogue() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/texts/en/catalogue.ftl");
        std::fs::write(path, of_the_catalogue()).expect("writable");
    }

    #[test]
    fn the_english_messages_of_the_catalogue_are_the_catalogue() {
        assert!(include_str!("../texts/en/catalogue.ftl") == of_the_catalogue(), "see write_the_catalogue");
        for entry in catalogue::CATALOGUE {
            assert_eq!(Texts::default().get(&message_of_path(entry.path, "-meaning")), entry.meaning);
        }
    }

    #[test]
    fn every_measurement_has_a_label() {
        use crate::call::{BackgroundVoices, Bandwidth, Clipping, Dropouts, Perceived};
        let by_channel = [
            keys("channels.level", &Level::default()),
            keys("channels.noise", &Noise::default()),
            keys("channels.clipping", &Clipping::default()),
            keys("channels.dropouts", &Dropouts::default()),
            keys("channels.bandwidth", &Bandwidth::default()),
            keys("channels.background_voices", &BackgroundVoices::default()),
            keys("channels.perceived", &Perceived::default()),
        ];
        // These are places: the list of events shows them.
        let places = ["channels.noise.segments", "channels.background_voices.spans"];
        for key in by_channel.into_iter().flatten().filter(|key| !places.contains(&key.as_str())) {
            assert_eq!(BY_CHANNEL.iter().filter(|l| l.key == key).count(), 1, "{key}");
        }
        let sections = ["overtalk", "silence", "hold", "tones", "live_talk"].map(|name| format!("conversation.{name}"));
        for key in keys("conversation", &Conversation::default()).iter().filter(|k| !sections.contains(*k)) {
            assert_eq!(BY_SPEAKER.iter().chain(&OF_CALL).filter(|l| l.key == key).count(), 1, "{key}");
        }
    }
}
