//! What the sound tells before a word is known: the truth about the channels, who speaks when, the measurements. And
//! how that and the words, if there are any, become a report.

use super::{CallFailure, Engine};
use crate::call::{
    CallActivity, CallMetadata, CallPhases, CallReport, ChannelMeasurements, Channels, Crosstalk, Layout, LayoutFlag,
    LeakagePath, PhraseHit, Problem, ProblemSeverity, Provenance, Recording, Score, Transcript,
};
use crate::{audio, conversation, metrics, phases, speakers};

/// What was heard in a recording, words apart.
pub(super) struct Heard {
    pub layout: Layout,
    /// Channels that are neither dead nor copies.
    pub independent: Vec<usize>,
    crosstalk: Crosstalk,
    measurements: Vec<ChannelMeasurements>,
    /// How the parties leak into each other's channel.
    pub paths: Vec<LeakagePath>,
    /// Who speaks when.
    pub activity: CallActivity,
    /// What is heard besides talk.
    pub phases: CallPhases,
    /// Probability that two voices on one channel are two; `None` if none were told apart.
    pub voices_confidence: Option<f64>,
    /// True if the speaker model had a say.
    pub is_speaker_model_used: bool,
    /// False if voice activity failed: then nothing can be transcribed.
    pub is_speech_known: bool,
    /// Channel that the files' names or the metadata say is the agent's.
    pub agent_channel: Option<u16>,
    /// What could not be measured, and why.
    pub problems: Vec<Problem>,
}

/// A recording measured without its words.
#[derive(Debug, Clone)]
pub struct Measured {
    /// The report; it has no transcript and no findings.
    pub report: CallReport,
    /// Who speaks when.
    pub activity: CallActivity,
    /// Channels that are neither dead nor copies.
    pub independent: Vec<usize>,
}

impl Engine {
    /// Measures sound that need not come from a file: no words, no findings, no score. `source` is its name.
    ///
    /// # Errors
    /// [`CallFailure::Stopped`] after the engine was asked to stop.
    pub fn measure(&self, source: &str, channels: &Channels) -> Result<Measured, CallFailure> {
        let recording = Recording {
            source: source.to_owned(),
            sha256: String::new(),
            bytes: 0,
            container: None,
            codec: None,
            decoder: None,
            sample_rate_hz: Some(channels.rate().hz()),
            n_channels: u16::try_from(channels.n_channels()).ok(),
            duration_s: Some(channels.duration_s()),
            files: Vec::new(),
        };
        let heard = self.listen(channels)?;
        let (activity, independent) = (heard.activity.clone(), heard.independent.clone());
        let report = self.put_together(recording, CallMetadata::default(), heard, None, &[]);
        Ok(Measured { report, activity, independent })
    }

    /// Everything that does not need words, in the order in which one needs the other.
    pub(super) fn listen(&self, channels: &Channels) -> Result<Heard, CallFailure> {
        let truth = audio::channel_truth(channels);
        let mut problems = truth.problems.clone();
        self.check_stop()?;

        let activity = self.vad.activity(channels, &truth.independent, &truth.paths);
        let is_speech_known = activity.is_ok();
        let activity = activity.map(|activity| truth.own_voices(activity)).unwrap_or_else(|error| {
            problems.push(
                Problem::new("vad", "vad_failed", ProblemSeverity::Lost, error.to_string())
                    .about(["/transcript", "/conversation"]),
            );
            // Not empty timelines: those would say that nobody speaks.
            CallActivity::default()
        });
        self.check_stop()?;

        let phases = phases::find(channels, &activity, &truth.independent, &truth.paths);
        let activity = CallActivity { sounds: phases.not_background(), ..phases.activity.clone() };
        self.check_stop()?;

        let (measurements, metric_problems) = metrics::measure(channels, &activity, &truth.independent);
        problems.extend(metric_problems);
        let (level_difference_db, level_problem) = metrics::level_difference(&measurements, &truth.independent);
        problems.extend(level_problem);
        self.check_stop()?;
        Ok(Heard {
            layout: truth.layout,
            independent: truth.independent,
            crosstalk: Crosstalk { leakage: truth.leakage, level_difference_db },
            measurements,
            paths: truth.paths,
            activity,
            phases,
            voices_confidence: None,
            is_speaker_model_used: false,
            is_speech_known,
            agent_channel: None,
            problems,
        })
    }

    /// What listeners would say of each channel. By itself, because it costs as much as all the rest of the measuring.
    pub(super) fn perceive(&self, channels: &Channels, heard: &mut Heard) {
        let dead = &heard.layout.dead_channels;
        let measurements = &mut heard.measurements;
        let problems = self.perceived.measure(channels, &heard.activity, &heard.independent, dead, measurements);
        heard.problems.extend(problems);
    }

    /// The report of what was heard and, if there is a transcript, said: who is who, and how they talk. Not judged yet.
    pub(super) fn put_together(
        &self,
        recording: Recording,
        call: CallMetadata,
        heard: Heard,
        mut transcript: Option<Transcript>,
        hits: &[PhraseHit],
    ) -> CallReport {
        let Heard { mut layout, independent, crosstalk, measurements, activity, phases, mut problems, .. } = heard;
        let is_speech_known = heard.is_speech_known;
        let hints = speakers::RoleHints { rules: self.phrases.rules(), hits };
        // What the user says of all calls counts for more than what names say of one.
        let agent = match (self.settings.agent_channel, heard.agent_channel) {
            (speakers::AgentChannel::Auto, Some(channel)) => speakers::AgentChannel::Channel(channel),
            (said, _) => said,
        };
        let roles = if activity.voices.is_empty() {
            speakers::assign(&layout, &independent, agent, transcript.as_mut(), hints)
        } else {
            speakers::roles(&layout, &activity.voices, agent, transcript.as_ref(), hints)
        };
        // Of two voices on one channel the roles are right only if they are two.
        layout.role_confidence = roles.confidence.map(|c| c * heard.voices_confidence.unwrap_or(1.0));
        if roles.is_swapped {
            layout.flags.push(LayoutFlag::RolesSwapped);
            layout.flags.sort();
        }
        problems.extend(roles.problem);
        let duration_s = recording.duration_s.unwrap_or_default();
        let (mut conversation, conversation_problems) =
            conversation::measure(&roles.speakers, &activity, transcript.as_ref(), duration_s);
        problems.extend(conversation_problems);
        if is_speech_known {
            let words = transcript.as_ref();
            problems.extend(conversation::holds::measure(&mut conversation, &phases, words, duration_s));
        }
        CallReport {
            schema: CallReport::SCHEMA.into(),
            recording,
            call,
            layout: Some(layout),
            speakers: roles.speakers,
            channels: Some(measurements),
            crosstalk: Some(crosstalk),
            conversation: Some(conversation),
            transcript,
            findings: Vec::new(),
            required: Vec::new(),
            score: Score { total: None, parts: Vec::new() },
            problems,
            provenance: Provenance {
                speaker_model_sha256: self.speakers.sha256().filter(|_| heard.is_speaker_model_used).map(str::to_owned),
                ..self.provenance.clone()
            },
        }
    }
}
