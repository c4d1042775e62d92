//! The pipeline as the functions that the driver and the self-test are handed: the report, and what only analysis can
//! make of the sound.

use super::local::{Analysed, CallOutcome};
use crate::call::Channels;
use crate::pipeline::{CallFailure, CallJob, Engine, Measured};
use crate::report::media;
use crate::wav;

/// Analyses a job with `engine` and makes the pictures of its page.
pub fn analyse_with(engine: &Engine) -> impl Fn(&CallJob) -> CallOutcome + Sync + '_ {
    move |job| watched_with(engine)(job, &|_| ())
}

/// As [`analyse_with`]; the second argument is told the length of the sound in seconds as soon as it is known.
pub fn watched_with(engine: &Engine) -> impl Fn(&CallJob, &(dyn Fn(f64) + Sync)) -> CallOutcome + Sync + '_ {
    move |job, decoded| {
        let analysed = engine.analyse_watched(job, decoded)?;
        let media = analysed.channels.as_ref().map(|channels| {
            let mut media = media::make(channels);
            if !analysed.is_browser_playable {
                let planes: Vec<&[f32]> = channels.planes().iter().map(Vec::as_slice).collect();
                // A copy too large for WAV is left out; the page says that there is none.
                media.playable_wav = wav::pcm16(&planes, channels.rate()).ok();
            }
            media
        });
        let is_browser_playable = analysed.is_browser_playable;
        Ok(Analysed { raw: analysed.raw, masked: analysed.masked, media, is_browser_playable })
    }
}

/// Measures sound with `engine`, without words.
pub fn measure_with(engine: &Engine) -> impl Fn(&str, &Channels) -> Result<Measured, CallFailure> + Sync + '_ {
    move |source, channels| engine.measure(source, channels)
}
