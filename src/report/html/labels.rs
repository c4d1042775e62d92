//! Which numbers a page shows and in which unit, and the words for everything that is no number. What a number means
//! is in `call::catalogue`. With it and the templates, all English texts of the pages stand here.

use super::format;
use crate::call::catalogue::{self, Entry, Grade};
use crate::call::{
    BandwidthKind, CallStatus, Finding, HoldKind, LayoutFlag, LayoutKind, NoiseKind, OvertalkKind, Party, Polarity,
    ProblemSeverity, RequiredStatus, Severity, SignalKind,
};

/// A number of the page: where it stands in a report and how it is printed. What it means is in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// Path in the CallReport with indices and speaker ids left out: `channels.noise.snr_db`.
    pub key: &'static str,
    /// How to print it.
    pub unit: Unit,
    /// Label and meaning of what is no number, so that the catalogue does not have it.
    own: Option<(&'static str, &'static str)>,
}

impl Label {
    /// What people call it.
    pub fn name(&self) -> &'static str {
        self.own.map(|own| own.0).or(self.entry().map(|e| e.label)).unwrap_or(self.key)
    }

    /// What it says, one or two sentences.
    pub fn meaning(&self) -> &'static str {
        self.own.map(|own| own.1).or(self.entry().map(|e| e.meaning)).unwrap_or_default()
    }

    /// From where on it is good and poor, and why; `None` if it cannot be good or bad by itself.
    pub fn limits(&self) -> Option<String> {
        let entry = self.entry()?;
        let shown = |limit: f64| Some(format!("{} {}", format::value(&limit.into(), self.unit)?, self.unit.name()));
        let (good, poor) = (shown(entry.good?)?, shown(entry.poor?)?);
        Some(format!("Good from {}, poor from {}: {}.", good.trim_end(), poor.trim_end(), entry.why))
    }

    /// What makes it wrong or misleading.
    pub fn fooled_by(&self) -> &'static str {
        self.entry().map(|e| e.fooled_by).unwrap_or_default()
    }

    /// How a value stands against the limits.
    pub(super) fn grade(&self, value: f64) -> Option<Mark> {
        Some(match self.entry()?.grade(value)? {
            Grade::Good => Mark { icon: "✓", word: "good", class: "good" },
            Grade::Fair => Mark { icon: "●", word: "fair", class: "minor" },
            Grade::Poor => Mark { icon: "▲", word: "poor", class: "major" },
        })
    }

    fn entry(&self) -> Option<&'static Entry> {
        catalogue::entry(self.key)
    }
}

const fn number(key: &'static str, unit: Unit) -> Label {
    Label { key, unit, own: None }
}

const fn word(key: &'static str, name: &'static str, meaning: &'static str) -> Label {
    Label { key, unit: Unit::Word, own: Some((name, meaning)) }
}

/// The unit that a number is shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Decibels of some reference: one decimal.
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
    /// A step of a scale from … to.
    Scale(&'static str),
    /// Six decimals of full scale.
    FullScale,
    /// A word, or yes and no.
    Word,
}

impl Unit {
    /// What stands in the column of units.
    pub fn name(self) -> &'static str {
        match self {
            Self::Level(name) | Self::Scale(name) => name,
            Self::Share => "%",
            Self::Seconds => "s",
            Self::Hertz => "Hz",
            Self::PerMinute => "1/min",
            Self::FullScale => "of full scale",
            Self::Count | Self::Word => "",
        }
    }
}

/// Numbers by channel, in the order they are shown.
pub const BY_CHANNEL: [Label; 31] = [
    number("channels.level.active_speech_level_dbov", Unit::Level("dBov")),
    number("channels.level.activity_ratio", Unit::Share),
    number("channels.noise.snr_db", Unit::Level("dB")),
    number("channels.noise.snr_uncertainty_db", Unit::Level("± dB")),
    number("channels.noise.snr_300_3400_db", Unit::Level("dB")),
    number("channels.noise.floor_dbfs", Unit::Level("dBFS")),
    word("channels.noise.kind", "Kind of noise", "What the background sounds like over the whole call."),
    number("channels.noise.hum_hz", Unit::Hertz),
    word(
        "channels.noise.gated",
        "Noise gate",
        "Yes: only digital silence is left between words, so the background cannot be heard and its noise cannot be measured.",
    ),
    number("channels.noise.digital_silence_ratio", Unit::Share),
    number("channels.clipping.clipped_ratio", Unit::Share),
    number("channels.clipping.n_runs", Unit::Count),
    number("channels.dropouts.n", Unit::Count),
    number("channels.dropouts.total_s", Unit::Seconds),
    number("channels.bandwidth.edge_hz", Unit::Hertz),
    word("channels.bandwidth.kind", "Kind of line", "What the band edge tells of the line."),
    number("channels.background_voices.ratio", Unit::Share),
    number("channels.background_voices.level_below_speech_db", Unit::Level("dB")),
    number("channels.background_voices.grade", Unit::Scale("0 to 3")),
    number("channels.perceived.ovrl", Unit::Scale("1 to 5")),
    number("channels.perceived.sig", Unit::Scale("1 to 5")),
    number("channels.perceived.bak", Unit::Scale("1 to 5")),
    number("channels.perceived.n_windows", Unit::Count),
    number("channels.level.loudness_lufs", Unit::Level("LUFS")),
    number("channels.level.rms_dbfs", Unit::Level("dBFS")),
    number("channels.level.peak_dbfs", Unit::Level("dBFS")),
    number("channels.level.true_peak_dbtp", Unit::Level("dBTP")),
    number("channels.level.dc_offset", Unit::FullScale),
    Label {
        key: "channels.clipping.spans",
        unit: Unit::Count,
        own: Some(("Clipped places", "Stretches with clipped samples, marked in the waveform.")),
    },
    Label {
        key: "channels.dropouts.spans",
        unit: Unit::Count,
        own: Some(("Places of dropouts", "Stretches with dropouts, marked in the waveform.")),
    },
    word(
        "channels.bandwidth.clues",
        "Signs of codecs and copies",
        "What values and spectrum tell of codecs and resampling before. Information, no proof.",
    ),
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
    number("crosstalk.level_difference_db", Unit::Level("dB")),
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
    /// The word beside it.
    pub word: &'static str,
    /// Class in `page.css`.
    pub class: &'static str,
}

impl Mark {
    /// The word as a heading has it.
    pub(super) fn title(&self) -> String {
        let mut letters = self.word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    }
}

pub(super) fn severity(severity: Severity) -> Mark {
    match severity {
        Severity::Critical => Mark { icon: "◆", word: "critical", class: "critical" },
        Severity::Major => Mark { icon: "▲", word: "major", class: "major" },
        Severity::Minor => Mark { icon: "●", word: "minor", class: "minor" },
        Severity::Info => Mark { icon: "○", word: "info", class: "info" },
    }
}

pub(super) fn required(status: RequiredStatus) -> Mark {
    match status {
        RequiredStatus::Present => Mark { icon: "✓", word: "present", class: "good" },
        RequiredStatus::Absent => Mark { icon: "✗", word: "missing", class: "major" },
        RequiredStatus::NotJudgeable => Mark { icon: "?", word: "cannot be judged", class: "info" },
        RequiredStatus::NotApplicable => Mark { icon: "–", word: "not needed here", class: "muted" },
    }
}

pub(super) fn problem(severity: ProblemSeverity) -> Mark {
    match severity {
        ProblemSeverity::Lost => Mark { icon: "▲", word: "part lost", class: "major" },
        ProblemSeverity::NotMeasurable => Mark { icon: "●", word: "not measured", class: "minor" },
        ProblemSeverity::Note => Mark { icon: "○", word: "note", class: "info" },
    }
}

pub(super) fn status(status: CallStatus) -> Mark {
    match status {
        CallStatus::Ok => Mark { icon: "✓", word: "analysed", class: "good" },
        CallStatus::Failed => Mark { icon: "✗", word: "failed", class: "critical" },
        CallStatus::Pending => Mark { icon: "…", word: "pending", class: "muted" },
    }
}

pub(super) fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Forbidden => "must not be said",
        Polarity::Required => "required step",
        Polarity::Signal => "signal from the customer",
        Polarity::Fact => "contradicts the fact sheet",
        Polarity::PersonalData => "personal data",
        Polarity::Quality => "quality",
    }
}

/// The party's name and its class in `page.css`.
pub(super) fn party(party: Party) -> (&'static str, &'static str) {
    match party {
        Party::Agent => ("Agent", "agent"),
        Party::Customer => ("Customer", "customer"),
        Party::Ivr => ("Announcement", "ivr"),
        Party::Third => ("Third voice", "third"),
        Party::Unknown => ("Unknown voice", "unknown"),
    }
}

pub(super) fn score_part(name: &str) -> &str {
    match name {
        "line" => "Line",
        "noise" => "Noise",
        "conversation" => "Conversation",
        "required" => "Required steps",
        "forbidden" => "Forbidden phrases",
        "privacy" => "Personal data",
        "facts" => "Facts",
        other => other,
    }
}

pub(super) fn layout(kind: LayoutKind) -> &'static str {
    match kind {
        LayoutKind::Mono => "mono",
        LayoutKind::Stereo => "stereo",
        LayoutKind::Multichannel => "multichannel",
    }
}

pub(super) fn layout_flag(flag: LayoutFlag) -> &'static str {
    match flag {
        LayoutFlag::DualMono => "both channels carry the same sound",
        LayoutFlag::PolarityInverted => "the second channel is the first one upside down",
        LayoutFlag::Leaky => "each party is heard in the other's channel",
        LayoutFlag::DeadChannel => "a channel has no sound",
        LayoutFlag::RolesSwapped => "agent and customer are on the other channels than said",
    }
}

pub(super) fn noise(kind: NoiseKind) -> &'static str {
    match kind {
        NoiseKind::None => "none",
        NoiseKind::Stationary => "steady (hiss, fan, line)",
        NoiseKind::Hum => "mains hum",
        NoiseKind::Babble => "many voices",
        NoiseKind::Music => "music",
        NoiseKind::Intermittent => "comes and goes",
    }
}

pub(super) fn bandwidth(kind: BandwidthKind) -> &'static str {
    match kind {
        BandwidthKind::Narrowband => "narrowband (telephone)",
        BandwidthKind::Wideband => "wideband (HD voice)",
        BandwidthKind::Fullband => "fullband",
    }
}

pub(super) fn overtalk(kind: OvertalkKind) -> &'static str {
    match kind {
        OvertalkKind::Interruption => "interruption",
        OvertalkKind::Backchannel => "sign of listening",
        OvertalkKind::SimultaneousStart => "both began at once",
    }
}

pub(super) fn hold(kind: HoldKind) -> &'static str {
    match kind {
        HoldKind::Music => "music",
        HoldKind::Silence => "silence",
        HoldKind::Ringback => "ringing",
        HoldKind::Tone => "tone",
        HoldKind::Ivr => "announcement",
    }
}

/// `None` for what is told as a hold already.
pub(super) fn signal(kind: SignalKind) -> Option<&'static str> {
    match kind {
        SignalKind::Ringback | SignalKind::Busy | SignalKind::Dial => None,
        SignalKind::Tone => Some("Tone"),
        SignalKind::Dtmf => Some("Key pressed"),
    }
}

/// An id such as `urgency_false` as words.
pub(super) fn words_of_id(id: &str) -> String {
    id.replace(['_', '.'], " ")
}

/// A category of the taxonomy as words; the prefix that says who it is about (`q_` required, `c_` customer) stands
/// beside it as a word of its own.
pub(super) fn category(id: &str) -> String {
    words_of_id(id.strip_prefix("q_").or_else(|| id.strip_prefix("c_")).unwrap_or(id))
}

/// What a finding is about, in a few words. `quality`, `pii` and `fact` say nothing: the rule does.
pub(super) fn title(finding: &Finding) -> String {
    // A sequence is more than the category that it belongs to.
    if let Some(what) = finding.rule.strip_prefix("sequence.") {
        return words_of_id(what);
    }
    match finding.polarity {
        Polarity::Quality | Polarity::PersonalData | Polarity::Fact => {
            words_of_id(finding.rule.split_once('.').map_or(finding.rule.as_str(), |(_, what)| what))
        }
        Polarity::Forbidden | Polarity::Required | Polarity::Signal => category(&finding.category),
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
        for label in BY_CHANNEL.iter().chain(&BY_SPEAKER).chain(&OF_CALL) {
            assert!(label.own.is_some() != label.entry().is_some(), "{} has one meaning", label.key);
            assert!(!label.name().is_empty() && !label.meaning().is_empty(), "{}", label.key);
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
