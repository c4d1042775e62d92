//! The data of one call, as stages hand it on and as reports print it. Plain structs: no I/O, no algorithms.
//!
//! Field names are the keys of the JSON report and fixed by `schemas/`. A value that cannot be measured is
//! `None`, and a [`Problem`] names its field and says why.

pub mod activity;
pub mod batch;
pub mod catalogue;
pub mod channels;
pub mod claim;
pub mod expected;
pub mod finding;
pub mod json;
pub mod limits;
pub mod line;
pub mod measurements;
pub mod media;
pub mod parts;
mod personal;
pub mod phases;
pub mod phrase;
pub mod recording;
pub mod report;
pub mod review;
pub mod run;
pub mod selftest;
pub mod transcript;
pub mod vendors;
pub mod worker;

pub use activity::{Background, CallActivity, Leakage, LeakagePath, Voice};
pub use batch::{
    BatchLine, BatchReport, BatchTotals, CallError, CallStatus, Inconsistency, InconsistencyExample,
    InconsistencyValue, Skipped,
};
pub use channels::Channels;
pub use claim::{Attribute, Contradiction, FactCheck, KeptClaim};
pub use expected::Expected;
pub use finding::{
    Finding, NearMiss, Polarity, Problem, ProblemSeverity, Required, RequiredStatus, Searched, Severity,
};
pub use limits::{Exceeded, LimitName, Limits};
pub use line::{CallLine, CategoryLine, MeasuredLine, WorstFinding};
pub use measurements::{
    BackgroundVoices, Bandwidth, BandwidthKind, Billable, ChannelMeasurements, Clipping, Conversation, Crosstalk,
    Dropouts, Hold, HoldKind, Level, Noise, NoiseKind, NoiseSegment, Overtalk, OvertalkEvent, OvertalkKind, Perceived,
    Silence,
};
pub use media::{CallMedia, ChannelPeaks, Peaks};
pub use parts::{Pair, PartFile, Parts};
pub use personal::{PersonalData, PersonalKind, locate_words, mask_part};
pub use phases::{CallPhases, Phase, PhaseKind, Signal, SignalKind};
pub use phrase::{CallPhase, MatchTier, PhraseHit, PhraseRule, Place, WhoSays};
pub use recording::{
    CallMetadata, Direction, Layout, LayoutFlag, LayoutKind, Party, Recording, RecordingFile, Speaker,
};
pub use report::{CallReport, PhraseListRef, Provenance, Score, ScorePart};
pub use review::{Review, ReviewCounts, ReviewEntry, ReviewFile, Verdict};
pub use run::RunLine;
pub use selftest::{FalseAlarms, LeftOut, RecoveryRow, SelftestRecording, SelftestReport, SelftestTrial};
pub use transcript::{Transcript, Utterance, Word};
