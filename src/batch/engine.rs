//! The pipeline as the function that the drivers are handed: the report, and what only analysis can make of the sound.

use super::local::{Analysed, CallFailure, CallOutcome, Job};
use crate::pipeline::{self, CallJob, Engine};
use crate::report::media;
use crate::wav;

/// Analyses a job with `engine` and makes the pictures of its page.
pub fn analyse_with(engine: &Engine) -> impl Fn(&Job) -> CallOutcome + Sync + '_ {
    move |job| {
        let call_job = CallJob {
            source: job.source.clone(),
            path: job.path.clone(),
            bytes: job.bytes,
            sha256: job.sha256.clone(),
            metadata: job.call.clone(),
        };
        let analysed = engine.analyse(&call_job).map_err(|failure| match failure {
            pipeline::CallFailure::Failed(error) => CallFailure::Failed(error),
            pipeline::CallFailure::Stopped => CallFailure::Interrupted,
        })?;
        let media = analysed.channels.as_ref().map(|channels| {
            let mut media = media::make(channels);
            if !analysed.is_browser_playable {
                let planes: Vec<&[f32]> = channels.planes().iter().map(Vec::as_slice).collect();
                // A copy too large for WAV is left out; the page says that there is none.
                media.playable_wav = wav::pcm16(&planes, channels.rate()).ok();
            }
            media
        });
        Ok(Analysed {
            raw: analysed.raw,
            masked: analysed.masked,
            media,
            is_browser_playable: analysed.is_browser_playable,
        })
    }
}
