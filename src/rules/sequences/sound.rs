//! A complaint about the sound, held against what was measured near that second: a customer's "I can't hear you" is free
//! truth for the numbers. A complaint that no number confirms stays one: the line beyond the recorder is not recorded.

use serde_json::{Map, Value};

use super::number;
use crate::call::{ChannelMeasurements, NoiseKind};
use crate::rules::scene::{Heard, Scene};
use crate::rules::thresholds::{
    COMPLAINT_AFTER_S, COMPLAINT_BEFORE_S, MAX_LEAKAGE_ATTENUATION_DB, MIN_BACKGROUND_VOICES_GRADE, MIN_SNR_DB,
    MIN_SPEECH_LEVEL_DBOV,
};
use crate::timeline::TimeSpan;
use crate::units::round_to;

/// Adds `sound`: a table by channel of what was measured near the complaint, and `confirmed_by` or `not_confirmed`.
/// Nothing is added where there is no sound or no time.
pub(super) fn annotate(scene: &Scene<'_>, heard: &Heard<'_>, evidence: &mut Map<String, Value>) {
    let Some(channels) = scene.evidence.channels.filter(|channels| !channels.is_empty()) else { return };
    let Some((start_s, end_s)) = heard.span.filter(|_| scene.is_timed) else { return };
    let near = TimeSpan::new((start_s - COMPLAINT_BEFORE_S).max(0.0), end_s + COMPLAINT_AFTER_S);
    let mut confirmed_by: Vec<String> = Vec::new();
    let mut by_channel = Map::new();
    for channel in channels {
        let (fields, reasons) = state(channel, &near);
        by_channel.insert(channel.channel.to_string(), Value::Object(fields));
        confirmed_by.extend(reasons.into_iter().map(|reason| format!("{reason} on channel {}", channel.channel)));
    }
    for leak in scene.evidence.crosstalk.and_then(|c| c.leakage.as_deref()).unwrap_or_default() {
        let Some(attenuation_db) = leak.attenuation_db.filter(|_| leak.detected == Some(true)) else { continue };
        if let Some(Value::Object(fields)) = by_channel.get_mut(&leak.to.to_string()) {
            fields.insert("leakage_attenuation_db".into(), number(round_to_db(attenuation_db)));
        }
        if attenuation_db <= MAX_LEAKAGE_ATTENUATION_DB {
            confirmed_by.push(format!("leakage into channel {}", leak.to));
        }
    }
    evidence.insert("sound".into(), Value::Object(by_channel));
    if confirmed_by.is_empty() {
        evidence.insert("not_confirmed".into(), Value::from(true));
    } else {
        evidence.insert("confirmed_by".into(), Value::from(confirmed_by));
    }
}

/// What a channel is like near a time, and which of it a listener would complain about.
fn state(channel: &ChannelMeasurements, near: &TimeSpan) -> (Map<String, Value>, Vec<&'static str>) {
    let (mut fields, mut reasons) = (Map::new(), Vec::new());
    let mut note = |key: &str, value: Value, is_bad: bool, reason: &'static str| {
        fields.insert(key.into(), value);
        if is_bad {
            reasons.push(reason);
        }
    };
    let n_near =
        |spans: &[TimeSpan]| spans.iter().filter(|span| span.start_s < near.end_s && near.start_s < span.end_s).count();
    if let Some(snr_db) = channel.noise.snr_db {
        note("snr_db", number(round_to_db(snr_db)), snr_db < MIN_SNR_DB, "low SNR");
    }
    if let Some(segments) = &channel.noise.segments {
        let mut kinds: Vec<&str> = segments
            .iter()
            .filter(|s| s.start_s < near.end_s && near.start_s < s.end_s && s.kind != NoiseKind::None)
            .map(|s| kind_name(s.kind))
            .collect();
        kinds.dedup();
        note("noise", Value::from(kinds), false, "");
    }
    if let Some(level) = channel.level.active_speech_level_dbov {
        note("speech_level_dbov", number(round_to_db(level)), level < MIN_SPEECH_LEVEL_DBOV, "quiet speech");
    }
    if let Some(spans) = &channel.dropouts.spans {
        let n = n_near(spans);
        note("dropouts", Value::from(n), n > 0, "dropouts");
    }
    if let Some(spans) = &channel.clipping.spans {
        let n = n_near(spans);
        note("clipping", Value::from(n), n > 0, "clipping");
    }
    if let Some(spans) = &channel.background_voices.spans {
        let is_heard = channel.background_voices.grade.is_some_and(|g| g >= MIN_BACKGROUND_VOICES_GRADE);
        let n = n_near(spans);
        note("background_voices", Value::from(n), n > 0 && is_heard, "background voices");
    }
    (fields, reasons)
}

/// The contract's two decimals.
fn round_to_db(value: f64) -> f64 {
    round_to(value, 2)
}

fn kind_name(kind: NoiseKind) -> &'static str {
    match kind {
        NoiseKind::None => "none",
        NoiseKind::Stationary => "stationary",
        NoiseKind::Hum => "hum",
        NoiseKind::Babble => "babble",
        NoiseKind::Music => "music",
        NoiseKind::Intermittent => "intermittent",
    }
}
