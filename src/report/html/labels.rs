//! What a page says of each number and word of a report: label, unit, meaning. All English texts that depend on the
//! data are here, so that one file is translated; fixed texts are in the templates.

use crate::call::{
    BandwidthKind, CallStatus, HoldKind, LayoutFlag, LayoutKind, NoiseKind, OvertalkKind, Party, Polarity,
    ProblemSeverity, RequiredStatus, Severity,
};

/// A number as people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// Path in the CallReport with indices and speaker ids left out: `channels.noise.snr_db`.
    pub key: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// How to print it.
    pub unit: Unit,
    /// One or two sentences: what it says, and which way is better.
    pub meaning: &'static str,
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
    label(
        "channels.level.active_speech_level_dbov",
        "Speech level",
        Unit::Level("dBov"),
        "How loud the speech is while there is speech (ITU-T P.56). Lines are usually set near -26 dBov; a quiet party is hard to follow.",
    ),
    label(
        "channels.level.activity_ratio",
        "Speech activity",
        Unit::Share,
        "Share of the time with speech on this channel (ITU-T P.56).",
    ),
    label(
        "channels.noise.snr_db",
        "Speech above noise (SNR)",
        Unit::Level("dB"),
        "How far the speech stands out of the background noise. Higher is clearer: above 30 dB noise is hardly noticed, below 15 dB listening is tiring.",
    ),
    label(
        "channels.noise.snr_uncertainty_db",
        "Uncertainty of the SNR",
        Unit::Level("± dB"),
        "One standard deviation of the value above.",
    ),
    label(
        "channels.noise.snr_300_3400_db",
        "SNR in the telephone band",
        Unit::Level("dB"),
        "The same from 300 to 3400 Hz only, where words are understood.",
    ),
    label(
        "channels.noise.floor_dbfs",
        "Noise floor",
        Unit::Level("dBFS"),
        "Level of the background while this party is silent. Lower is quieter.",
    ),
    label("channels.noise.kind", "Kind of noise", Unit::Word, "What the background sounds like over the whole call."),
    label(
        "channels.noise.hum_hz",
        "Mains hum",
        Unit::Hertz,
        "50 or 60 when hum of the mains is heard: a fault of cables or power supplies.",
    ),
    label(
        "channels.noise.gated",
        "Noise gate",
        Unit::Word,
        "Yes: only digital silence is left between words, so the background cannot be heard and its noise cannot be measured.",
    ),
    label(
        "channels.noise.digital_silence_ratio",
        "Digital silence",
        Unit::Share,
        "Share of samples in runs of exact zero: gates, muting, lost packets or cuts.",
    ),
    label(
        "channels.clipping.clipped_ratio",
        "Clipped samples",
        Unit::Share,
        "Share of samples in flat tops: the microphone or line was overdriven. 0 is clean.",
    ),
    label("channels.clipping.n_runs", "Clipped peaks", Unit::Count, "How many flat tops."),
    label(
        "channels.dropouts.n",
        "Dropouts",
        Unit::Count,
        "Gaps inside speech where the sound falls to nothing: packets were lost.",
    ),
    label("channels.dropouts.total_s", "Dropouts, together", Unit::Seconds, "Length of these gaps."),
    label(
        "channels.bandwidth.edge_hz",
        "Upper edge of the band",
        Unit::Hertz,
        "Above this there is no speech: about 3400 on a telephone line, 7000 on a wideband line.",
    ),
    label("channels.bandwidth.kind", "Kind of line", Unit::Word, "What the band edge tells of the line."),
    label(
        "channels.background_voices.ratio",
        "Background voices",
        Unit::Share,
        "Share of the time in which voices are heard that belong to neither party, such as neighbouring agents.",
    ),
    label(
        "channels.background_voices.level_below_speech_db",
        "Background voices, below speech",
        Unit::Level("dB"),
        "How far these voices are below the party's own speech. Higher is better.",
    ),
    label(
        "channels.background_voices.grade",
        "Background voices, grade",
        Unit::Scale("0 to 3"),
        "0 none, 1 babble without words, 2 words can be guessed, 3 words are recognisable: other customers' data may be overheard.",
    ),
    label(
        "channels.perceived.ovrl",
        "Estimated overall quality",
        Unit::Scale("1 to 5"),
        "DNSMOS P.835: what listeners would probably say of the sound, 5 is best. An estimate, not a measurement.",
    ),
    label(
        "channels.perceived.sig",
        "Estimated speech quality",
        Unit::Scale("1 to 5"),
        "DNSMOS P.835, of the speech alone.",
    ),
    label(
        "channels.perceived.bak",
        "Estimated background quality",
        Unit::Scale("1 to 5"),
        "DNSMOS P.835, of the background alone.",
    ),
    label(
        "channels.perceived.n_windows",
        "Windows estimated",
        Unit::Count,
        "How many pieces of the call the estimate rests on.",
    ),
    label(
        "channels.level.loudness_lufs",
        "Loudness",
        Unit::Level("LUFS"),
        "Integrated loudness of the whole channel (EBU R 128).",
    ),
    label(
        "channels.level.rms_dbfs",
        "RMS level",
        Unit::Level("dBFS"),
        "Mean level of all samples. A full-scale sine has -3 dBFS.",
    ),
    label("channels.level.peak_dbfs", "Sample peak", Unit::Level("dBFS"), "The largest sample."),
    label(
        "channels.level.true_peak_dbtp",
        "True peak",
        Unit::Level("dBTP"),
        "The largest value between the samples (ITU-R BS.1770-4). Above 0 a player may distort.",
    ),
    label(
        "channels.level.dc_offset",
        "DC offset",
        Unit::FullScale,
        "Mean of the samples; anything but about 0 is a fault of the equipment.",
    ),
    label(
        "channels.clipping.spans",
        "Clipped places",
        Unit::Count,
        "Stretches with clipped samples, marked in the waveform.",
    ),
    label(
        "channels.dropouts.spans",
        "Places of dropouts",
        Unit::Count,
        "Stretches with dropouts, marked in the waveform.",
    ),
    label("channels.bandwidth.clues", "Signs of codecs and copies", Unit::Word, "What else the spectrum tells."),
];

/// Numbers by speaker.
pub const BY_SPEAKER: [Label; 5] = [
    label("conversation.speech_s", "Speaking time", Unit::Seconds, "How long this voice speaks."),
    label("conversation.talk_ratio", "Share of the talk", Unit::Share, "Share of all speech."),
    label(
        "conversation.monologue_s",
        "Longest monologue",
        Unit::Seconds,
        "Longest turn while nobody else takes the floor; pauses of under 2 s count as part of it.",
    ),
    label(
        "conversation.response_s",
        "Response time",
        Unit::Seconds,
        "Median time until this voice answers; negative when it usually comes in early.",
    ),
    label("conversation.words_per_minute", "Speaking rate", Unit::PerMinute, "Words a minute of own speech."),
];

/// Numbers of the whole call.
pub const OF_CALL: [Label; 7] = [
    label(
        "conversation.overtalk.total_s",
        "Overtalk",
        Unit::Seconds,
        "Both parties speak at once; leakage between the channels is accounted for.",
    ),
    label(
        "conversation.overtalk.ratio",
        "Overtalk, share",
        Unit::Share,
        "Overtalk as a share of the time in which anyone speaks. Lower is calmer.",
    ),
    label("conversation.silence.total_s", "Silence", Unit::Seconds, "Nobody speaks for at least 2 s, together."),
    label("conversation.silence.longest_s", "Longest silence", Unit::Seconds, "The longest of these silences."),
    label("conversation.time_to_human_s", "Time to a human", Unit::Seconds, "Until the first live word of an agent."),
    label(
        "conversation.billable_s",
        "Time charged",
        Unit::Word,
        "Seconds charged under each rounding: first block / next blocks, in seconds.",
    ),
    label(
        "layout.role_confidence",
        "Certainty of the roles",
        Unit::Share,
        "How sure it is which voice is the agent and which the customer.",
    ),
];

const fn label(key: &'static str, label: &'static str, unit: Unit, meaning: &'static str) -> Label {
    Label { key, label, unit, meaning }
}

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

/// An id such as `urgency_false` as words.
pub(super) fn words_of_id(id: &str) -> String {
    id.replace(['_', '.'], " ")
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
        let sections = ["conversation.overtalk", "conversation.silence", "conversation.hold"];
        for key in keys("conversation", &Conversation::default()).iter().filter(|k| !sections.contains(&k.as_str())) {
            assert_eq!(BY_SPEAKER.iter().chain(&OF_CALL).filter(|l| l.key == key).count(), 1, "{key}");
        }
    }
}
