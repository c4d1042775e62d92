//! The line and the conversation: measured numbers beyond their limits. A number that was not measured gives no
//! finding. Limits and their reasons: `thresholds.rs`.

use serde_json::{Map, Value};

use super::scene::Scene;
use super::score::Part;
use super::thresholds::*;
use super::{Draft, Finding};
use crate::call::{ChannelMeasurements, LayoutFlag, Polarity, Severity};

/// A finding about the whole call; `value` and `limit` are the proof.
fn draft(scene: &Scene<'_>, rule: &str, part: Part, severity: Severity, message: String) -> Draft {
    Draft {
        finding: Finding {
            id: String::new(),
            rule: format!("quality.{rule}"),
            category: "quality".into(),
            polarity: Polarity::Quality,
            severity,
            speaker: None,
            channel: None,
            start_s: scene.evidence.duration_s.map(|_| 0.0),
            end_s: scene.evidence.duration_s,
            utterance: None,
            line: None,
            quote: None,
            confidence: MEASURED_CONFIDENCE,
            message,
            legal_source: None,
            evidence: Map::new(),
            review: None,
        },
        shown_quote: None,
        part: Some(part),
    }
}

impl Draft {
    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.finding.evidence.insert(key.into(), value.into());
        self
    }

    fn beyond(self, value: f64, limit: f64) -> Self {
        self.with("value", value).with("limit", limit)
    }

    fn on_channel(mut self, scene: &Scene<'_>, channel: u16) -> Self {
        let mut own = scene.evidence.speakers.iter().filter(|s| s.channel == Some(channel));
        self.finding.speaker = own.next().map(|s| s.id.clone());
        self.finding.channel = Some(channel);
        self
    }
}

/// Probability that the true value is below the limit, for a normal error of this standard deviation.
fn probability_below(value: f64, limit: f64, sigma: Option<f64>) -> f64 {
    match sigma.filter(|s| s.is_finite() && *s > 0.0) {
        // The logistic that is nearest to the normal distribution: within 0.01 everywhere.
        Some(sigma) => 1.0 / (1.0 + (-1.702 * (limit - value) / sigma).exp()),
        None => MEASURED_CONFIDENCE,
    }
}

/// Channels with a sound of their own: the copy in a dual-mono file would say everything twice.
fn own_channels<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = &'a ChannelMeasurements> + 'a {
    let is_dual = is_dual_mono(scene);
    scene.evidence.channels.unwrap_or_default().iter().filter(move |c| !is_dual || c.channel == 0)
}

fn is_dual_mono(scene: &Scene<'_>) -> bool {
    scene.evidence.layout.is_some_and(|l| l.flags.contains(&LayoutFlag::DualMono))
}

/// Every channel whose number is given and beyond its limit.
fn by_channel<'a>(
    scene: &'a Scene<'_>,
    number: impl Fn(&ChannelMeasurements) -> Option<f64> + 'a,
    is_beyond: impl Fn(f64) -> bool + 'a,
) -> impl Iterator<Item = (&'a ChannelMeasurements, f64)> + 'a {
    own_channels(scene).filter_map(move |c| number(c).filter(|v| v.is_finite() && is_beyond(*v)).map(|v| (c, v)))
}

pub(super) fn low_snr(scene: &Scene<'_>) -> Vec<Draft> {
    by_channel(scene, |c| c.noise.snr_db, |v| v < MIN_SNR_DB)
        .map(|(c, snr_db)| {
            let severity = if snr_db < MIN_INTELLIGIBLE_SNR_DB { Severity::Major } else { Severity::Minor };
            let message = format!("speech is only {snr_db:.1} dB above the noise on channel {}", c.channel);
            let mut low = draft(scene, "low_snr", Part::Noise, severity, message)
                .beyond(snr_db, MIN_SNR_DB)
                .on_channel(scene, c.channel);
            low.finding.confidence = probability_below(snr_db, MIN_SNR_DB, c.noise.snr_uncertainty_db);
            low
        })
        .collect()
}

pub(super) fn high_floor(scene: &Scene<'_>) -> Vec<Draft> {
    by_channel(scene, |c| c.noise.floor_dbfs, |v| v > MAX_FLOOR_DBFS)
        .map(|(c, floor_dbfs)| {
            let message = format!("the background of channel {} is at {floor_dbfs:.1} dBFS", c.channel);
            draft(scene, "high_floor", Part::Noise, Severity::Minor, message)
                .beyond(floor_dbfs, MAX_FLOOR_DBFS)
                .on_channel(scene, c.channel)
        })
        .collect()
}

pub(super) fn clipping(scene: &Scene<'_>) -> Vec<Draft> {
    by_channel(scene, |c| c.clipping.clipped_ratio, |v| v > MAX_CLIPPED_RATIO)
        .map(|(c, ratio)| {
            let severity = if ratio > MAX_CLIPPED_MAJOR_RATIO { Severity::Major } else { Severity::Minor };
            let message = format!("{:.2} % of the samples of channel {} are clipped", ratio * 100.0, c.channel);
            draft(scene, "clipping", Part::Line, severity, message)
                .beyond(ratio, MAX_CLIPPED_RATIO)
                .on_channel(scene, c.channel)
        })
        .collect()
}

pub(super) fn leakage(scene: &Scene<'_>) -> Vec<Draft> {
    let paths = scene.evidence.crosstalk.and_then(|c| c.leakage.as_deref()).unwrap_or_default();
    let strong = paths.iter().filter_map(|path| {
        let attenuation_db = path.attenuation_db.filter(|a| *a <= MAX_LEAKAGE_ATTENUATION_DB)?;
        (path.detected == Some(true)).then_some((path, attenuation_db))
    });
    strong
        .map(|(path, attenuation_db)| {
            let severity =
                if attenuation_db < MAJOR_LEAKAGE_ATTENUATION_DB { Severity::Major } else { Severity::Minor };
            let message = format!(
                "the party of channel {} is heard in channel {}, {attenuation_db:.1} dB weaker",
                path.from, path.to
            );
            let found = draft(scene, "leakage", Part::Line, severity, message)
                .beyond(attenuation_db, MAX_LEAKAGE_ATTENUATION_DB)
                .with("from", path.from)
                .on_channel(scene, path.to);
            match path.delay_ms {
                Some(delay_ms) => found.with("delay_ms", delay_ms),
                None => found,
            }
        })
        .collect()
}

pub(super) fn background_voices(scene: &Scene<'_>) -> Vec<Draft> {
    own_channels(scene)
        .filter_map(|c| Some((c, c.background_voices.grade.filter(|g| *g >= MIN_BACKGROUND_VOICES_GRADE)?)))
        .map(|(c, grade)| {
            let severity = if grade >= MAJOR_BACKGROUND_VOICES_GRADE { Severity::Major } else { Severity::Minor };
            let how = if grade >= MAJOR_BACKGROUND_VOICES_GRADE { "recognised" } else { "guessed" };
            let message = format!("words of somebody else can be {how} behind the party of channel {}", c.channel);
            let mut found = draft(scene, "background_voices", Part::Noise, severity, message)
                .beyond(f64::from(grade), f64::from(MIN_BACKGROUND_VOICES_GRADE))
                .on_channel(scene, c.channel);
            if let Some(ratio) = c.background_voices.ratio {
                found = found.with("ratio", ratio);
            }
            if let Some(level_db) = c.background_voices.level_below_speech_db {
                found = found.with("level_below_speech_db", level_db);
            }
            let spans = c.background_voices.spans.as_deref().unwrap_or_default();
            if let (Some(first), Some(last)) = (spans.first(), spans.last()) {
                (found.finding.start_s, found.finding.end_s) = (Some(first.start_s), Some(last.end_s));
            }
            found
        })
        .collect()
}

pub(super) fn dead_channel(scene: &Scene<'_>) -> Vec<Draft> {
    let dead = scene.evidence.layout.map_or(&[][..], |l| &l.dead_channels);
    dead.iter()
        .map(|channel| {
            let message = format!("channel {channel} has no sound");
            draft(scene, "dead_channel", Part::Line, Severity::Major, message).on_channel(scene, *channel)
        })
        .collect()
}

pub(super) fn dual_mono(scene: &Scene<'_>) -> Vec<Draft> {
    let message = "both channels carry the same sound, so the parties are not on channels of their own";
    is_dual_mono(scene)
        .then(|| draft(scene, "dual_mono", Part::Line, Severity::Minor, message.into()))
        .into_iter()
        .collect()
}

pub(super) fn level_low(scene: &Scene<'_>) -> Vec<Draft> {
    level(scene, "level_low", "quiet", MIN_SPEECH_LEVEL_DBOV, |v| v < MIN_SPEECH_LEVEL_DBOV)
}

pub(super) fn level_high(scene: &Scene<'_>) -> Vec<Draft> {
    level(scene, "level_high", "loud", MAX_SPEECH_LEVEL_DBOV, |v| v > MAX_SPEECH_LEVEL_DBOV)
}

fn level(scene: &Scene<'_>, rule: &str, how: &str, limit: f64, is_beyond: impl Fn(f64) -> bool) -> Vec<Draft> {
    by_channel(scene, |c| c.level.active_speech_level_dbov, is_beyond)
        .map(|(c, level_dbov)| {
            let message = format!("speech on channel {} is too {how}: {level_dbov:.1} dBov", c.channel);
            draft(scene, rule, Part::Line, Severity::Minor, message)
                .beyond(level_dbov, limit)
                .on_channel(scene, c.channel)
        })
        .collect()
}

pub(super) fn gated(scene: &Scene<'_>) -> Vec<Draft> {
    let gated = own_channels(scene).filter(|c| c.noise.gated == Some(true));
    gated
        .map(|c| {
            let message =
                format!("channel {} has only digital silence between words, so noise cannot be observed", c.channel);
            draft(scene, "gated", Part::Noise, Severity::Info, message).on_channel(scene, c.channel)
        })
        .collect()
}

pub(super) fn high_overtalk(scene: &Scene<'_>) -> Vec<Draft> {
    let overtalk = scene.evidence.conversation.and_then(|c| c.overtalk.as_ref());
    let ratio = overtalk.and_then(|o| o.ratio).filter(|r| *r > MAX_OVERTALK_RATIO);
    ratio
        .map(|ratio| {
            let message = format!("both speak at once in {:.0} % of the talk", ratio * 100.0);
            draft(scene, "high_overtalk", Part::Conversation, Severity::Minor, message)
                .beyond(ratio, MAX_OVERTALK_RATIO)
        })
        .into_iter()
        .collect()
}

pub(super) fn long_silence(scene: &Scene<'_>) -> Vec<Draft> {
    let spans = scene.evidence.conversation.and_then(|c| c.silence.as_ref()).map_or(&[][..], |s| &s.spans);
    let long = spans.iter().filter(|s| s.duration_s() > MAX_SILENCE_S);
    long.map(|span| {
        let message = format!("nobody speaks for {:.0} s", span.duration_s());
        let mut found = draft(scene, "long_silence", Part::Conversation, Severity::Minor, message)
            .beyond(span.duration_s(), MAX_SILENCE_S);
        (found.finding.start_s, found.finding.end_s) = (Some(span.start_s), Some(span.end_s));
        found
    })
    .collect()
}
