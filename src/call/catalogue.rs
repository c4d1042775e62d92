//! What every number of a report means: label, unit, which way is better, one sentence, the limits that a page
//! colours by and the reason for them, and what fools it. Pages and rules read it; nothing here computes.
//!
//! Paths are the keys of the JSON report joined by dots, list indices and speaker ids left out.

/// Which way a number is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither: it describes.
    Neither,
}

/// What a number means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// Keys of the report joined by dots: `channels.noise.snr_db`.
    pub path: &'static str,
    /// A few words for a table's head.
    pub label: &'static str,
    /// As people write it; empty for counts and shares of 1.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// One sentence.
    pub meaning: &'static str,
    /// From here on it is good; `None` if it cannot be good or bad by itself.
    pub good: Option<f64>,
    /// From here on it is poor.
    pub poor: Option<f64>,
    /// Where the limits come from; empty if there are none.
    pub why: &'static str,
    /// What makes the number wrong or misleading.
    pub fooled_by: &'static str,
}

/// How a value stands against its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// At or beyond the good limit.
    Good,
    /// Between the limits.
    Fair,
    /// At or beyond the poor limit.
    Poor,
}

impl Entry {
    /// Grades a value; `None` without limits.
    pub fn grade(&self, value: f64) -> Option<Grade> {
        let (good, poor) = (self.good?, self.poor?);
        let (is_good, is_poor) = match self.better {
            Better::Higher => (value >= good, value <= poor),
            Better::Lower => (value <= good, value >= poor),
            Better::Neither => return None,
        };
        Some(if is_good {
            Grade::Good
        } else if is_poor {
            Grade::Poor
        } else {
            Grade::Fair
        })
    }
}

/// The entry of a path; `None` for a path that is no number of the report.
pub fn entry(path: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|entry| entry.path == path)
}

/// A number that describes, without limits.
const fn plain(
    path: &'static str,
    label: &'static str,
    unit: &'static str,
    meaning: &'static str,
    fooled_by: &'static str,
) -> Entry {
    Entry { path, label, unit, better: Better::Neither, meaning, good: None, poor: None, why: "", fooled_by }
}

impl Entry {
    /// The same with a direction and limits and the reason for them.
    const fn limits(self, better: Better, good: f64, poor: f64, why: &'static str) -> Self {
        Self { better, good: Some(good), poor: Some(poor), why, ..self }
    }

    /// The same with a direction only.
    const fn better(self, better: Better) -> Self {
        Self { better, ..self }
    }
}

use Better::{Higher, Lower};

/// Every number of the report, in its order.
pub static CATALOGUE: &[Entry] = &[
    plain("recording.duration_s", "Length", "s", "Length of what could be decoded.", "A truncated file is shorter than the call was."),
    plain("recording.sample_rate_hz", "Sampling rate", "Hz", "Samples a second in the file.", "A telephone call in a wideband file: see the band edge."),
    plain("layout.role_confidence", "Role confidence", "", "Probability that agent and customer are told apart rightly.", "Transfers, and calls in which the customer asks all the questions.").better(Higher),
    plain("channels.level.rms_dbfs", "RMS level", "dBFS", "Root mean square of all samples; a full-scale square wave is 0.", "Pauses lower it."),
    plain("channels.level.peak_dbfs", "Peak", "dBFS", "The largest sample.", "One click.")
        .limits(Lower, -1.0, -0.1, "a peak within 0.1 dB of full scale leaves no headroom and hints at clipping"),
    plain("channels.level.true_peak_dbtp", "True peak", "dBTP", "The largest value between the samples (BS.1770-4, oversampled to 192 kHz).", "One click.")
        .limits(Lower, -1.0, 0.0, "EBU R 128 allows -1 dBTP; above 0 a converter clips"),
    plain("channels.level.loudness_lufs", "Loudness", "LUFS", "Integrated loudness after EBU R 128.", "Hold music and ring-back count like speech."),
    plain("channels.level.active_speech_level_dbov", "Speech level", "dBov", "Level of the speech while there is speech (ITU-T P.56, method B).", "Loud noise in the pauses pulls it towards the mean of the whole."),
    plain("channels.level.activity_ratio", "Speech activity", "", "Share of the time in which there is speech by ITU-T P.56.", "Any sound counts, music and noise too."),
    plain("channels.level.dc_offset", "DC offset", "", "Mean of the samples as a share of full scale.", "Strong sounds below 1 Hz.").better(Lower),
    plain("channels.noise.floor_dbfs", "Noise floor", "dBFS", "RMS of the background in the pauses of this channel, digital silence left out.", "Breath and room echo in the pauses; a noise gate hides it.")
        .limits(Lower, -55.0, -40.0, "nominal speech is at -26 dBov: 30 dB below it noise is faint, 15 dB below it tires listeners"),
    plain("channels.noise.snr_db", "SNR", "dB", "How far the speech lies above the noise, full band.", "Noise that comes only while the party speaks; missed words in the pauses.")
        .limits(Higher, 25.0, 12.0, "above about 25 dB noise is hardly noticed, below about 12 dB listening takes effort and recognition errors rise"),
    plain("channels.noise.snr_uncertainty_db", "SNR uncertainty", "dB", "One standard deviation of the SNR.", "Noise unlike itself from pause to pause.").better(Lower),
    plain("channels.noise.snr_300_3400_db", "SNR, telephone band", "dB", "The same between 300 and 3400 Hz, where a telephone passes; hum counts less.", "As the full-band SNR.")
        .limits(Higher, 25.0, 12.0, "as for the full band"),
    plain("channels.noise.hum_hz", "Mains hum", "Hz", "50 or 60 when mains hum is heard, by its harmonics too.", "A machine that turns at the mains frequency."),
    plain("channels.noise.digital_silence_ratio", "Digital silence", "", "Share of the samples in runs of digital zero: a gate, a mute button or discontinuous transmission.", "Synthetic speech has digital pauses too."),
    plain("channels.clipping.clipped_ratio", "Clipped", "", "Share of the samples in flat tops of at least 3 nearly equal extreme samples.", "Square waves; low-rate codecs smear flat tops.")
        .limits(Lower, 0.0001, 0.001, "one sample in a thousand is heard as distortion, one in ten thousand is a rare crackle"),
    plain("channels.clipping.n_runs", "Clipped tops", "", "How many flat tops.", "As the clipped share.").better(Lower),
    plain("channels.dropouts.n", "Dropouts", "", "Gaps of at least 20 ms in which the sound is gone inside speech.", "Loss concealment fills gaps; a gate set too tight looks the same.")
        .limits(Lower, 0.0, 5.0, "none is normal; several are heard as a bad line"),
    plain("channels.dropouts.total_s", "Dropouts, sum", "s", "Length of all dropouts together.", "As the number of dropouts.").better(Lower),
    plain("channels.bandwidth.edge_hz", "Band edge", "Hz", "Up to which frequency the speech reaches.", "A muffled voice; noise that hides the upper band.")
        .limits(Higher, 7000.0, 3000.0, "wideband speech (G.722) passes 7 kHz; a telephone band (G.712) 3.4 kHz"),
    plain("channels.background_voices.ratio", "Background voices", "", "Share of the time in which voices of neither party are heard.", "Television, echo of the party itself.").better(Lower),
    plain("channels.background_voices.level_below_speech_db", "Background voices, below speech", "dB", "How far they are below the party's own speech.", "As the share.").better(Higher),
    plain("channels.background_voices.grade", "Background voices, grade", "", "0 none, 1 babble, 2 words guessable, 3 words recognisable.", "As the share.")
        .limits(Lower, 0.0, 2.0, "from grade 2 on another customer's data may be overheard"),
    plain("channels.perceived.sig", "Speech quality, estimated", "", "DNSMOS P.835 SIG, 1 to 5: a network's estimate of how listeners would rate the speech; no part of the score.", "Telephone bands, languages and lines unlike its training data; music.").better(Higher),
    plain("channels.perceived.bak", "Background quality, estimated", "", "DNSMOS P.835 BAK, 1 to 5: a network's estimate of how listeners would rate the background; no part of the score.", "As speech quality; background outside the windows scored.").better(Higher),
    plain("channels.perceived.ovrl", "Overall quality, estimated", "", "DNSMOS P.835 OVRL, 1 to 5: a network's estimate of how listeners would rate the whole; no part of the score.", "As speech quality.").better(Higher),
    plain("channels.perceived.n_windows", "Windows scored", "", "How many windows of 9 s the quality estimates are the mean of.", ""),
    plain("crosstalk.leakage.attenuation_db", "Leakage", "dB", "How much weaker a party's voice is in the other party's channel than in its own.", "A party who never speaks alone; the same music on both channels.")
        .limits(Higher, 40.0, 15.0, "below 15 dB the words of the other party are transcribed twice and overtalk cannot be told; 40 dB is inaudible beside speech"),
    plain("crosstalk.leakage.delay_ms", "Leakage delay", "ms", "How much later it is heard there.", "Echo paths with several arrivals: the strongest counts."),
    plain("crosstalk.level_difference_db", "Level difference", "dB", "Speech level of the first channel minus that of the second: positive when the first party is louder.", "Whatever fools the speech levels: loud noise in the pauses, hold music."),
    plain("conversation.speech_s", "Speech", "s", "Seconds of speech of a speaker.", "Noise taken for speech; quiet syllables missed."),
    plain("conversation.talk_ratio", "Talk share", "", "Share of all speech that is this speaker's.", "Hold announcements counted as a party."),
    plain("conversation.monologue_s", "Longest monologue", "s", "Longest turn while nobody else takes the floor, pauses under 2 s included.", "Backchannels that were missed.")
        .limits(Lower, 60.0, 120.0, "after a minute without a turn customers stop following; two minutes are a recital"),
    plain("conversation.response_s", "Response time", "s", "Median time from the end of the other's turn to the start of this speaker's; negative when they overlap.", "Line delay; a recording made at one end.")
        .limits(Lower, 1.0, 3.0, "turns in conversation follow each other within about 0.2 s in all languages; 3 s is an awkward gap"),
    plain("conversation.words_per_minute", "Speaking rate", "words/min", "Words a minute of this speaker's own speech.", "Languages with long words (Hungarian, Greek) count fewer; recognition errors.")
        .limits(Lower, 170.0, 210.0, "about 150 is a normal telephone pace in English; above 200 terms that are read out are hard to follow"),
    plain("conversation.syllables_per_minute", "Speaking rate in syllables", "syllables/min", "Syllables a minute of this speaker's own speech, counted by vowels.", "Recognition errors; numbers written in digits; English spelling."),
    plain("conversation.overtalk.total_s", "Overtalk", "s", "Seconds in which both parties speak at once.", "Leakage taken for speech.").better(Lower),
    plain("conversation.overtalk.ratio", "Overtalk share", "", "Share of the time in which anyone speaks that both do.", "Leakage taken for speech; backchannels are overtalk too.")
        .limits(Lower, 0.05, 0.15, "a few percent are normal in lively talk, most of it backchannels; beyond 15 % people talk past each other"),
    plain("conversation.silence.total_s", "Silence", "s", "Sum of the times in which nobody speaks for at least 2 s and no music or signal is heard.", "Speech too faint to be heard.").better(Lower),
    plain("conversation.silence.longest_s", "Longest silence", "s", "The longest time in which nobody speaks.", "Hold without music.")
        .limits(Lower, 5.0, 20.0, "after some 5 s callers ask whether anyone is there; 20 s without a word is dead air"),
    plain("conversation.hold_count", "Times on hold", "", "How often a party waits (what follows at once counts as one wait): music, announcements, ringing, tones, or silence of at least 10 s within the call.", "Songs, which are heard as speech.").better(Lower),
    plain("conversation.hold_total_s", "On hold", "s", "Sum of the times on hold.", "As the times on hold.").better(Lower),
    plain("conversation.hold_ratio", "Share on hold", "", "Share of the recording that is waiting.", "As the times on hold.").better(Lower),
    plain("conversation.time_to_human_s", "Time to a human", "s", "Seconds until the first live human word.", "Announcements taken for people.")
        .limits(Lower, 20.0, 60.0, "the common service level is 80 % of calls answered within 20 s"),
    plain("conversation.billable_s", "Billable", "s", "Seconds from answer to hang-up as charged under each rounding: first block / next blocks.", "Recording that starts before the call is connected."),
    plain("transcript.language_probability", "Language probability", "", "How sure the language is.", "Short or mixed speech.")
        .limits(Higher, 0.9, 0.5, "below an even chance the transcript may be in the wrong language"),
    plain("transcript.utterances.confidence", "Transcript confidence", "", "Mean probability of the words of an utterance.", "Models are sure of fluent mistakes.")
        .limits(Higher, 0.8, 0.5, "below an even chance a word is more likely wrong than right"),
    plain("transcript.utterances.words.probability", "Word probability", "", "How likely the word is right: the model's probability, calibrated.", "As the transcript confidence.").better(Higher),
    plain("findings.confidence", "Confidence", "", "Probability that a careful reviewer would agree with the finding.", "A wrong transcript.").better(Higher),
    plain("score.total", "Score", "", "The call in one number, 100 is best; parts that cannot be judged are left out.", "It is no better than its parts: look at them.")
        .limits(Higher, 80.0, 60.0, "a fifth of the points lost deserves a look, two fifths a review"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_complete_and_unique() {
        for (i, entry) in CATALOGUE.iter().enumerate() {
            assert!(!entry.label.is_empty() && entry.meaning.ends_with('.'), "{}", entry.path);
            assert!(CATALOGUE[..i].iter().all(|e| e.path != entry.path), "{} twice", entry.path);
            assert_eq!(entry.good.is_some(), !entry.why.is_empty(), "limits need a reason: {}", entry.path);
            if let (Some(good), Some(poor)) = (entry.good, entry.poor) {
                assert_eq!(good > poor, entry.better == Better::Higher, "{}", entry.path);
            }
        }
    }

    #[test]
    fn grades_follow_the_direction() {
        let check = |path: &str, value: f64, expected: Option<Grade>| {
            assert_eq!(entry(path).expect("in the table").grade(value), expected, "{path} {value}");
        };
        check("channels.noise.snr_db", 30.0, Some(Grade::Good));
        check("channels.noise.snr_db", 20.0, Some(Grade::Fair));
        check("channels.noise.snr_db", 5.0, Some(Grade::Poor));
        check("conversation.overtalk.ratio", 0.2, Some(Grade::Poor));
        check("channels.level.rms_dbfs", -20.0, None);
    }
}
