//! How the parties talk with each other: who speaks how much, who cuts in, how long nobody speaks. From voice
//! activity, which knows no words, and from the transcript where words matter. Not crosstalk: leakage of one channel
//! into the other has been taken out of the activity before, else it would count as overtalk.

mod floor;
pub mod holds;
mod overtalk;

use std::collections::BTreeMap;

use crate::call::{CallActivity, Conversation, Problem, ProblemSeverity, Silence, Speaker, Transcript, Utterance};
use crate::text::{Language, syllables};
use crate::timeline::Timeline;

/// Shorter pauses are breath and thought, not silence: the contract's definition.
const MIN_SILENCE_S: f64 = 2.0;

/// A rate of words over less speech than this says more about the edges of the activity than about the speaker.
const MIN_SPEECH_FOR_RATE_S: f64 = 3.0;

/// A speaker and when the voice is heard.
pub(crate) struct Voice<'a> {
    pub id: &'a str,
    pub speech: Timeline,
}

/// Measures the conversation of a recording of `duration_s`. `transcript` is `None` if nothing was transcribed.
/// Where fewer than two voices have a channel of their own, only silence is measured.
pub fn measure(
    speakers: &[Speaker],
    activity: &CallActivity,
    transcript: Option<&Transcript>,
    duration_s: f64,
) -> (Conversation, Vec<Problem>) {
    let mut problems = Vec::new();
    if activity.by_channel.is_empty() {
        problems.push(
            Problem::new(
                "conversation",
                "no_activity",
                ProblemSeverity::NotMeasurable,
                "voice activity is not known, so nothing can be told of the conversation",
            )
            .about(["/conversation"]),
        );
        return (Conversation::default(), problems);
    }
    let anyone = activity.by_channel.iter().fold(Timeline::default(), |sum, line| sum.union(line));
    let mut conversation = Conversation { silence: Some(silence(&anyone, duration_s)), ..Conversation::default() };

    let voices = voices(speakers, activity);
    if voices.len() < 2 {
        problems.push(
            Problem::new(
                "conversation",
                "one_channel",
                ProblemSeverity::NotMeasurable,
                "the parties are not on channels of their own, so it cannot be told who speaks when",
            )
            .about([
                "/conversation/overtalk",
                "/conversation/speech_s",
                "/conversation/talk_ratio",
                "/conversation/monologue_s",
                "/conversation/response_s",
                "/conversation/words_per_minute",
                "/conversation/syllables_per_minute",
            ]),
        );
        return (conversation, problems);
    }

    let speech_s: BTreeMap<String, f64> = voices.iter().map(|v| (v.id.to_owned(), v.speech.total_s())).collect();
    let all_speech_s: f64 = voices.iter().map(|v| v.speech.total_s()).sum();
    if all_speech_s > 0.0 {
        conversation.talk_ratio = Some(speech_s.iter().map(|(id, s)| (id.clone(), s / all_speech_s)).collect());
    } else {
        problems.push(
            Problem::new("conversation", "no_speech", ProblemSeverity::NotMeasurable, "nobody speaks")
                .about(["/conversation/talk_ratio", "/conversation/overtalk/ratio"]),
        );
    }
    let turns = floor::turns(&voices);
    conversation.monologue_s = Some(floor::longest_s(&voices, &turns));
    conversation.response_s = Some(floor::median_response_s(&voices, &turns));
    conversation.words_per_minute = per_minute(&speech_s, speakers, transcript, |u| Some(n_words(u)));
    let language = transcript.and_then(|t| t.language.as_deref());
    conversation.syllables_per_minute = per_minute(&speech_s, speakers, transcript, |u| {
        let language = Language::from_code(u.language.as_deref().or(language)?)?;
        Some(syllables(&u.text, language))
    });
    if conversation.words_per_minute.is_none() {
        problems.push(
            Problem::new(
                "conversation",
                "no_transcript",
                ProblemSeverity::NotMeasurable,
                "there are no words to count",
            )
            .about(["/conversation/words_per_minute", "/conversation/syllables_per_minute"]),
        );
    }
    // Voices that were told apart on one channel: each moment was given to one of them.
    if share_a_channel(activity) {
        problems.push(
            Problem::new(
                "conversation",
                "one_channel",
                ProblemSeverity::NotMeasurable,
                "the parties are on one channel, where it cannot be told whether both speak at once",
            )
            .about(["/conversation/overtalk"]),
        );
    } else {
        conversation.overtalk = Some(overtalk::measure(&voices, transcript));
    }
    conversation.speech_s = Some(speech_s);
    (conversation, problems)
}

/// The persons of a call and when each speaks. Announcements answer nobody: they are not among them.
fn voices<'s>(speakers: &'s [Speaker], activity: &CallActivity) -> Vec<Voice<'s>> {
    let by_channel = |s: &'s Speaker| {
        let speech = activity.by_channel.get(usize::from(s.channel?))?.clone();
        Some(Voice { id: &s.id, speech })
    };
    if activity.voices.is_empty() {
        return speakers.iter().filter_map(by_channel).collect();
    }
    let persons = speakers.iter().zip(&activity.voices).filter(|(_, voice)| !voice.is_announcement);
    persons.map(|(s, voice)| Voice { id: &s.id, speech: voice.speech.clone() }).collect()
}

fn share_a_channel(activity: &CallActivity) -> bool {
    let persons = || activity.voices.iter().enumerate().filter(|(_, v)| !v.is_announcement);
    persons().any(|(i, a)| persons().any(|(j, b)| i < j && a.channel == b.channel))
}

fn silence(anyone: &Timeline, duration_s: f64) -> Silence {
    let silent = anyone.gaps(duration_s).longer_than(MIN_SILENCE_S);
    Silence {
        total_s: silent.total_s(),
        longest_s: silent.spans().iter().map(|s| s.duration_s()).fold(0.0, f64::max),
        spans: silent.spans().to_vec(),
    }
}

/// What is counted in each utterance, a minute of own speech; a speaker with too little speech is left out, and one of
/// whose utterances one cannot be counted.
fn per_minute(
    speech_s: &BTreeMap<String, f64>,
    speakers: &[Speaker],
    transcript: Option<&Transcript>,
    counted: impl Fn(&Utterance) -> Option<usize>,
) -> Option<BTreeMap<String, f64>> {
    let transcript = transcript?;
    let rates = speakers.iter().filter_map(|speaker| {
        let own_s = *speech_s.get(&speaker.id)?;
        let own = transcript.utterances.iter().filter(|u| is_own(u, speaker));
        let n: usize = own.map(&counted).sum::<Option<usize>>()?;
        (own_s >= MIN_SPEECH_FOR_RATE_S).then(|| (speaker.id.clone(), n as f64 * 60.0 / own_s))
    });
    Some(rates.collect())
}

/// By the speaker where one is written, else by the channel.
fn is_own(utterance: &Utterance, speaker: &Speaker) -> bool {
    match &utterance.speaker {
        Some(id) => *id == speaker.id,
        None => utterance.channel.is_some() && utterance.channel == speaker.channel,
    }
}

fn n_words(utterance: &Utterance) -> usize {
    if utterance.words.is_empty() { utterance.text.split_whitespace().count() } else { utterance.words.len() }
}

#[cfg(test)]
mod tests;
