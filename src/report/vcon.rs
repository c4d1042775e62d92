//! vCon, the IETF's container of conversations, unsigned form (draft-ietf-vcon-vcon-core-04): parties, the recording by
//! its name and hash, and as analysis the transcript and the report. The sound is not in it and no address of it: the
//! recording stays where it is.

use serde_json::{Map, Value, json};

use super::ReportError;
use super::formats::{Files, Naming, spoken, voice};
use crate::call::{CallReport, Direction, Party, json as rounded};

/// Version of the draft's syntax; the parameter is deprecated there, and asked for by programs of earlier drafts.
const SYNTAX: &str = "0.5.0";

/// `<name>-<hash8>.vcon.json`; without words it has no transcript.
///
/// # Errors
/// Numbers that are not finite where one is needed.
pub fn files(report: &CallReport, naming: &Naming) -> Result<Files, ReportError> {
    let missing = spoken(report).err();
    let mut bytes = serde_json::to_vec_pretty(&container(report, naming)?)?;
    bytes.push(b'\n');
    Ok(Files { files: vec![(".vcon.json", bytes)], missing })
}

fn container(report: &CallReport, naming: &Naming) -> Result<Value, ReportError> {
    let call = &report.call;
    let started_at = call.started_at.as_deref().filter(|time| time.parse::<jiff::Timestamp>().is_ok());
    let mut vcon = Map::new();
    vcon.insert("vcon".into(), SYNTAX.into());
    vcon.insert("uuid".into(), uuid8(&report.recording.sha256, &report.recording.source).into());
    // Not the time of the export: the same call gives the same bytes.
    vcon.insert("created_at".into(), naming.analysed_at.into());
    if let Some(subject) = call.campaign.as_ref() {
        vcon.insert("subject".into(), subject.as_str().into());
    }
    vcon.insert("parties".into(), report.speakers.iter().map(|speaker| party(report, speaker)).collect());
    // A dialog has to say when it began: where nobody knows, there is none.
    let dialog = started_at.map(|started_at| vec![dialog(report, started_at)]);
    let refers = dialog.is_some();
    vcon.insert("dialog".into(), dialog.unwrap_or_default().into());
    let mut whole = rounded::to_value(report)?;
    let transcript = whole.as_object_mut().and_then(|fields| fields.remove("transcript")).unwrap_or(Value::Null);
    let mut analysis = Vec::new();
    if !transcript.is_null() {
        analysis.push(analysed("transcript", "callvet.call/1#transcript", transcript, report, refers));
    }
    analysis.push(analysed("report", CallReport::SCHEMA, whole, report, refers));
    vcon.insert("analysis".into(), analysis.into());
    vcon.insert("attachments".into(), Value::Array(Vec::new()));
    Ok(vcon.into())
}

fn party(report: &CallReport, speaker: &crate::call::Speaker) -> Value {
    let mut party = Map::new();
    let call = &report.call;
    let name = match speaker.party {
        Party::Agent => call.agent.clone(),
        _ => None,
    };
    if let Some(name) = name {
        party.insert("name".into(), name.into());
        // How we know: from the table or the name of the file, not from the voice.
        party.insert("validation".into(), call.metadata_source.as_deref().unwrap_or("none").into());
        if let Some(vendor) = &call.vendor {
            party.insert("org".into(), vendor.as_str().into());
        }
    }
    // `role` is of the contact centre extension; `type` is the core's.
    party.insert("type".into(), voice(report, Some(&speaker.id)).to_lowercase().into());
    party.into()
}

fn dialog(report: &CallReport, started_at: &str) -> Value {
    let recording = &report.recording;
    let mut dialog = Map::new();
    dialog.insert("type".into(), "recording".into());
    dialog.insert("start".into(), started_at.into());
    if let Some(duration_s) = recording.duration_s {
        dialog.insert("duration".into(), crate::units::round_to(duration_s, 3).into());
    }
    // By channel, as many entries as the recording has; on one channel all who speak there.
    let of_channel = |channel: u16| -> Vec<usize> {
        let speakers = report.speakers.iter().enumerate();
        speakers.filter(|(_, s)| s.channel.is_none_or(|c| c == channel)).map(|(index, _)| index).collect()
    };
    let n_channels = recording.n_channels.unwrap_or(1).max(1);
    let parties: Vec<Value> = (0..n_channels)
        .map(|channel| match of_channel(channel).as_slice() {
            [one] => json!(one),
            several => json!(several),
        })
        .collect();
    let parties = if n_channels == 1 { json!(of_channel(0)) } else { Value::Array(parties) };
    dialog.insert("parties".into(), parties);
    let caller = report.call.direction.map(|direction| match direction {
        Direction::Inbound => Party::Customer,
        Direction::Outbound => Party::Agent,
    });
    if let Some(caller) = caller.and_then(|party| report.speakers.iter().position(|s| s.party == party)) {
        dialog.insert("originator".into(), caller.into());
    }
    dialog.insert("filename".into(), recording.source.rsplit('/').next().unwrap_or_default().into());
    // Of a call in two files the hash of the recording is that of both, and there is no file that has it.
    if let Some(hash) = content_hash(&recording.sha256).filter(|_| recording.files.len() < 2) {
        dialog.insert("content_hash".into(), hash.into());
    }
    dialog.into()
}

fn analysed(kind: &str, schema: &str, body: Value, report: &CallReport, refers: bool) -> Value {
    let mut analysis = Map::new();
    analysis.insert("type".into(), kind.into());
    if refers {
        analysis.insert("dialog".into(), 0.into());
    }
    analysis.insert("mediatype".into(), "application/json".into());
    analysis.insert("vendor".into(), "callvet".into());
    analysis.insert("product".into(), format!("callvet {}", report.provenance.callvet).into());
    analysis.insert("schema".into(), schema.into());
    analysis.insert("encoding".into(), "json".into());
    analysis.insert("body".into(), body);
    analysis.into()
}

/// `sha256-<base64url of the digest>`; `None` for a text that is no SHA-256.
fn content_hash(sha256: &str) -> Option<String> {
    let digits: Option<Vec<u8>> = sha256.bytes().map(|c| (c as char).to_digit(16).map(|d| d as u8)).collect();
    let digits = digits.filter(|digits| digits.len() == 64)?;
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    let plain = super::html::base64(&bytes);
    Some(format!("sha256-{}", plain.trim_end_matches('=').replace('+', "-").replace('/', "_")))
}

/// A UUID of version 8 (RFC 9562, 5.8), made of the first bits of SHA-256(recording's hash, 0x00, source): the same call
/// has the same one.
fn uuid8(sha256: &str, source: &str) -> String {
    use sha2::{Digest, Sha256};
    let digest =
        Sha256::new().chain_update("callvet vcon\0").chain_update(sha256).chain_update([0]).chain_update(source);
    let mut bytes: Vec<u8> = digest.finalize()[..16].to_vec();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_of_version_8_and_stay_the_same() {
        let id = uuid8(&"ab".repeat(32), "a/b.wav");
        assert_eq!((id.len(), &id[14..15]), (36, "8"));
        assert!("89ab".contains(&id[19..20]), "{id}");
        assert_eq!(id, uuid8(&"ab".repeat(32), "a/b.wav"));
        assert_ne!(id, uuid8(&"ab".repeat(32), "a/c.wav"));
    }

    #[test]
    fn hashes_are_base64url_without_padding() {
        // SHA-256 of nothing, as RFC 6920 and FIPS 180-4 have it.
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(content_hash(empty).as_deref(), Some("sha256-47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"));
        assert_eq!(content_hash("none"), None);
        assert_eq!(content_hash(&"é".repeat(32)), None);
    }
}
