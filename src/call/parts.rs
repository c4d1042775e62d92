//! Where the sound of a call is: in one file, or in one for each party. What becomes of two files is told elsewhere
//! (`pipeline`), and which belong together (`batch`).

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::recording::Party;

/// Where the sound of a call is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Parts {
    /// In one file.
    #[default]
    Whole,
    /// One party's file, as its name or the metadata say; that of the other was not found.
    Half(Option<Party>),
    /// In two files.
    Two(Box<Pair>),
}

impl Parts {
    /// What a file is taken for, in a word; `None` for a call in one file. A result is kept under it: the same bytes taken
    /// for something else give another report.
    pub fn word(&self) -> Option<&'static str> {
        match self {
            Self::Whole => None,
            Self::Half(Some(Party::Agent)) => Some("half:agent"),
            Self::Half(Some(Party::Customer)) => Some("half:customer"),
            Self::Half(_) => Some("half"),
            Self::Two(pair) if pair.are_parties_known => Some("pair:agent,customer"),
            Self::Two(_) => Some("pair"),
        }
    }
}

/// The files of a call, each with one party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pair {
    /// Becomes channel 0; its source and path are those of the job.
    pub first: PartFile,
    /// Becomes channel 1.
    pub second: PartFile,
    /// True if the first is said to be the agent's; false if it is only told from the other, as with `_L` and `_R`.
    pub are_parties_known: bool,
}

/// One of the two files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PartLine", into = "PartLine")]
pub struct PartFile {
    /// What reports call it.
    pub source: String,
    /// Where it is.
    pub path: PathBuf,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes; empty until it was read.
    pub sha256: String,
}

/// [`PartFile`] as workers are told of it: a name of any bytes.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PartFile", description = "One of the two files.")]
struct PartLine {
    /// What reports call it.
    source: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// Instead of `path`, for names that are no UTF-8: its bytes in hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path_hex: Option<String>,
    /// Size in bytes.
    bytes: u64,
    /// SHA-256 of its bytes; empty until it was read.
    sha256: String,
}

impl From<PartFile> for PartLine {
    fn from(file: PartFile) -> Self {
        let (path, path_hex) = path_to_text(&file.path);
        Self { source: file.source, path, path_hex, bytes: file.bytes, sha256: file.sha256 }
    }
}

impl TryFrom<PartLine> for PartFile {
    type Error = &'static str;

    fn try_from(line: PartLine) -> Result<Self, Self::Error> {
        let path = path_of_text(line.path.as_deref(), line.path_hex.as_deref())?;
        Ok(Self { source: line.source, path, bytes: line.bytes, sha256: line.sha256 })
    }
}

impl JsonSchema for PartFile {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        PartLine::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        PartLine::json_schema(generator)
    }
}

/// A path as JSON can hold it: as text, or, if it is none, its bytes in hex.
pub fn path_to_text(path: &Path) -> (Option<String>, Option<String>) {
    match path.to_str() {
        Some(path) => (Some(path.to_owned()), None),
        None => (None, Some(path.as_os_str().as_encoded_bytes().iter().map(|b| format!("{b:02x}")).collect())),
    }
}

/// The path of one of both, as [`path_to_text`] makes them.
///
/// # Errors
/// In one sentence, if there is none, both, or one that no file can have.
pub fn path_of_text(path: Option<&str>, path_hex: Option<&str>) -> Result<PathBuf, &'static str> {
    match (path, path_hex) {
        (Some(path), None) if !path.is_empty() && !path.contains('\0') => Ok(PathBuf::from(path)),
        (None, Some(hex)) => from_hex(hex).and_then(path_from_bytes).ok_or("path_hex is no name in hex"),
        _ => Err("a job has either path or path_hex"),
    }
}

fn from_hex(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = hex.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    let bytes: Vec<u8> = digits?.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect();
    (hex.len().is_multiple_of(2) && !bytes.is_empty() && !bytes.contains(&0)).then_some(bytes)
}

#[cfg(unix)]
fn path_from_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(PathBuf::from(std::ffi::OsString::from_vec(bytes)))
}

#[cfg(not(unix))]
fn path_from_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(bytes).ok().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_as_it_was_whatever_its_name_is() {
        #[cfg(unix)]
        use std::os::unix::ffi::OsStrExt;
        let check = |path: PathBuf, expected: &str| {
            let file = PartFile { source: "a".into(), path, bytes: 7, sha256: String::new() };
            let json = serde_json::to_string(&file).expect("plain data");
            assert_eq!(json, format!(r#"{{"source":"a",{expected},"bytes":7,"sha256":""}}"#));
            assert_eq!(serde_json::from_str::<PartFile>(&json).expect("the same"), file);
        };
        check("calls/ż.wav".into(), r#""path":"calls/ż.wav""#);
        #[cfg(unix)]
        check(std::ffi::OsStr::from_bytes(b"a/\xff").into(), r#""path_hex":"612fff""#);
        for wrong in
            ["", r#""path":"","#, r#""path":"a","path_hex":"61","#, r#""path_hex":"6","#, r#""path_hex":"00","#]
        {
            let json = format!(r#"{{"source":"a",{wrong}"bytes":7,"sha256":""}}"#);
            assert!(serde_json::from_str::<PartFile>(&json).is_err(), "{json}");
        }
    }
}
