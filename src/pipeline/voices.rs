//! Whose voice is heard when: announcements found in words too, the voices of one channel told apart, and every word given to
//! one of them. Before the phrases are searched, as utterances are split here.

use super::Engine;
use super::listen::Heard;
use crate::call::{Channels, Transcript};
use crate::{phases, speakers};

impl Engine {
    /// Writes the voices into `heard` and the speakers into the transcript.
    pub(super) fn tell_voices(&self, channels: &Channels, heard: &mut Heard, transcript: Option<&mut Transcript>) {
        if !heard.is_speech_known {
            return;
        }
        if let Some(transcript) = &transcript {
            phases::find_in_words(&mut heard.phases, transcript);
        }
        let told =
            self.speakers.tell(channels, &heard.activity, &heard.phases, &heard.layout, &heard.independent, &self.stop);
        heard.problems.extend(told.problem);
        heard.voices_confidence = told.confidence;
        heard.is_speaker_model_used = told.is_model_used;
        if let Some(transcript) = transcript {
            speakers::attribute(transcript, &told.voices);
        }
        heard.activity.voices = told.voices;
    }
}
