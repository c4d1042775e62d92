//! Rows of the store and back: what of a report stands in which column.

use std::path::PathBuf;

use rusqlite::{Row, Transaction, named_params, params};
use serde::Serialize;
use serde_json::Value;

use super::{NewCall, StoredCall, now};
use crate::call::{CallReport, CallStatus, json};

/// Columns that [`StoredCall::from_row`] reads.
pub(super) const STORED_CALL: &str =
    "calls.id, calls.line_json, calls.is_browser_playable, calls.media_json, calls.rendered";

impl StoredCall {
    pub(super) fn from_row(row: &Row, first: usize) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(first)?,
            line: parse_column(row, first + 1)?,
            is_browser_playable: row.get(first + 2)?,
            media: parse_column(row, first + 3)?,
            rendered: row.get(first + 4)?,
        })
    }
}

pub(super) fn insert_call(transaction: &Transaction, call: &NewCall) -> rusqlite::Result<i64> {
    let NewCall { key, line, .. } = call;
    let status = if line.status == CallStatus::Ok { "ok" } else { "failed" };
    let (raw, masked) = (optional_json(call.raw)?, optional_json(call.masked)?);
    transaction.query_row(
        "INSERT INTO calls (source, sha256, settings_sha256, stem, status, error_kind, error_message, call_id,
             started_at, agent, customer_ref, vendor, campaign, direction, duration_s, language, score, snr_db,
             overtalk_ratio, raw_json, masked_json, line_json, is_browser_playable, media_json, rendered,
             analysed_at, wall_s)
         VALUES (:source, :sha256, :settings, :stem, :status, :error_kind, :error_message, :call_id,
             :started_at, :agent, :customer_ref, :vendor, :campaign, :direction, :duration_s, :language, :score, :snr_db,
             :overtalk_ratio, :raw, nullif(:masked, :raw), :line, :is_browser_playable, :media, :rendered,
             :analysed_at, :wall_s)
         ON CONFLICT (source, sha256, settings_sha256) DO UPDATE SET stem = excluded.stem, status = excluded.status,
             error_kind = excluded.error_kind, error_message = excluded.error_message, call_id = excluded.call_id,
             started_at = excluded.started_at, agent = excluded.agent, customer_ref = excluded.customer_ref,
             vendor = excluded.vendor, campaign = excluded.campaign, direction = excluded.direction,
             duration_s = excluded.duration_s, language = excluded.language, score = excluded.score,
             snr_db = excluded.snr_db, overtalk_ratio = excluded.overtalk_ratio, raw_json = excluded.raw_json,
             masked_json = excluded.masked_json, line_json = excluded.line_json,
             is_browser_playable = excluded.is_browser_playable, media_json = excluded.media_json,
             rendered = excluded.rendered, analysed_at = excluded.analysed_at, wall_s = excluded.wall_s
         RETURNING id",
        named_params! {
            ":source": key.source, ":sha256": key.sha256, ":settings": key.settings_sha256, ":stem": line.stem,
            ":status": status, ":error_kind": line.error.as_ref().map(|e| &e.kind),
            ":error_message": line.error.as_ref().map(|e| &e.message), ":call_id": line.call.id,
            ":started_at": line.call.started_at, ":agent": line.call.agent,
            ":customer_ref": line.call.customer_ref, ":vendor": line.call.vendor, ":campaign": line.call.campaign,
            ":direction": word(&line.call.direction)?, ":duration_s": line.duration_s, ":language": line.language,
            ":score": line.score, ":snr_db": line.snr_db, ":overtalk_ratio": line.overtalk_ratio, ":raw": raw,
            ":masked": masked, ":line": to_json(line)?, ":is_browser_playable": call.is_browser_playable,
            ":media": to_json(&call.media)?, ":rendered": call.rendered, ":analysed_at": now(),
            ":wall_s": call.wall_s,
        },
        |row| row.get(0),
    )
}

/// Findings, measurements and files as tables, for SQL.
pub(super) fn insert_details(transaction: &Transaction, id: i64, masked: Option<&CallReport>) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM findings WHERE call = ?1", [id])?;
    transaction.execute("DELETE FROM channels WHERE call = ?1", [id])?;
    transaction.execute("DELETE FROM files WHERE call = ?1", [id])?;
    let Some(report) = masked else { return Ok(()) };
    let mut insert =
        transaction.prepare_cached("INSERT INTO files (call, nr, source, sha256) VALUES (?1, ?2, ?3, ?4)")?;
    for (nr, file) in report.recording.files.iter().enumerate() {
        insert.execute(params![id, nr as i64, file.source, file.sha256])?;
    }
    let mut insert = transaction.prepare_cached(
        "INSERT INTO findings (call, nr, id, rule, category, polarity, severity, speaker, party, channel, start_s, end_s,
             confidence, quote, message)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    for (nr, finding) in report.findings.iter().enumerate() {
        let party = report.speakers.iter().find(|s| Some(&s.id) == finding.speaker.as_ref()).map(|s| s.party);
        insert.execute(params![
            id,
            nr as i64,
            finding.id,
            finding.rule,
            finding.category,
            word(&finding.polarity)?,
            word(&finding.severity)?,
            finding.speaker,
            word(&party)?,
            finding.channel,
            finding.start_s,
            finding.end_s,
            finding.confidence,
            finding.quote,
            finding.message,
        ])?;
    }
    let mut insert = transaction.prepare_cached(
        "INSERT INTO channels (call, channel, rms_dbfs, peak_dbfs, active_speech_level_dbov, activity_ratio,
             loudness_lufs, floor_dbfs, snr_db, noise_kind, clipped_ratio, n_dropouts, edge_hz)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    for channel in report.channels.iter().flatten() {
        insert.execute(params![
            id,
            channel.channel,
            channel.level.rms_dbfs,
            channel.level.peak_dbfs,
            channel.level.active_speech_level_dbov,
            channel.level.activity_ratio,
            channel.level.loudness_lufs,
            channel.noise.floor_dbfs,
            channel.noise.snr_db,
            word(&channel.noise.kind)?,
            channel.clipping.clipped_ratio,
            channel.dropouts.n.map(|n| n as i64),
            channel.bandwidth.edge_hz,
        ])?;
    }
    Ok(())
}

/// The word that JSON has for a value of an enum; `None` for null.
pub(super) fn word<T: Serialize>(value: &T) -> rusqlite::Result<Option<String>> {
    match serde_json::to_value(value).map_err(json_error)? {
        Value::String(word) => Ok(Some(word)),
        _ => Ok(None),
    }
}

/// Rounded as reports are, so that what is rendered from the store equals what was written at first.
pub(super) fn to_json<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    json::to_line(value).map_err(json_error)
}

pub(super) fn optional_json(report: Option<&CallReport>) -> rusqlite::Result<Option<String>> {
    report.map(to_json).transpose()
}

fn json_error(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(error.into())
}

pub(super) fn parse_column<T: serde::de::DeserializeOwned>(row: &Row, index: usize) -> rusqlite::Result<T> {
    let text: String = row.get(index)?;
    serde_json::from_str(&text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(index, rusqlite::types::Type::Text, e.into()))
}

#[cfg(unix)]
pub(super) fn path_from_bytes(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
pub(super) fn path_from_bytes(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
