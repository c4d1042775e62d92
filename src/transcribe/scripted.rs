//! A transcriber that has read the script: gives what it was told, without listening. For tests of what comes after
//! transcription, and wherever the engine is not wanted.

use super::{TranscribeError, TranscribeOptions, Transcribed, Transcriber};
use crate::call::{CallActivity, Channels, LeakagePath, Transcript, Utterance};

/// Utterances that are given for every call.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scripted {
    /// In any order; given ordered by start, then channel, those of channels that the call does not have left out.
    pub utterances: Vec<Utterance>,
    /// Language of the transcript; one that is asked for in the options comes first.
    pub language: Option<String>,
}

impl Transcriber for Scripted {
    fn transcribe(
        &self,
        channels: &Channels,
        _activity: &CallActivity,
        _leakage: &[LeakagePath],
        options: &TranscribeOptions,
    ) -> Result<Transcribed, TranscribeError> {
        let mut utterances: Vec<Utterance> = self
            .utterances
            .iter()
            .filter(|u| u.channel.is_none_or(|channel| usize::from(channel) < channels.n_channels()))
            .cloned()
            .collect();
        super::put_in_order(&mut utterances);
        let language = options.language.clone().or_else(|| self.language.clone());
        let language_probability = language.as_ref().map(|_| 1.0);
        let transcript = Transcript { language, language_probability, model: Some("scripted".into()), utterances };
        Ok(Transcribed { transcript, problems: Vec::new() })
    }
}
