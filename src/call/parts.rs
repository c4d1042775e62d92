//! Where the sound of a call is: in one file, or in one for each party. What becomes of two files is told elsewhere
//! (`pipeline`), and which belong together (`batch`).

use std::path::PathBuf;

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
