//! Whisper: which windows are heard in which language, and what of it becomes the transcript. The network itself is
//! behind `recogniser`.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::audible;
use super::cleanup::{self, Removal, Segment};
use super::language::Language;
use super::native::Native;
use super::net;
use super::packing::Window;
use super::party::Party;
use super::recogniser::{Heard, HeardSegment, Recogniser};
use super::whisper_cpp::WhisperCpp;
use super::windows::{self, PartyLanguage, WindowEvidence};
use super::words::{self, Token};
use super::{TranscribeError, TranscribeOptions, Transcribed, Transcriber, put_in_order, utterances};
use crate::call::{CallActivity, Channels, LeakagePath, Problem, ProblemSeverity, Transcript, Utterance};
use crate::models::{self, ModelKind, ggml};
use crate::timeline::TimeSpan;

/// From here on a language is more likely right than wrong.
const LIKELY: f64 = 0.5;

/// The network sometimes stops before the end of a window. What is left is heard again if it holds this much speech ...
const MIN_REST_S: f64 = 2.0;
/// ... and if what was written covers this much, so that it comes to an end.
const MIN_PROGRESS_S: f64 = 1.0;

/// What runs the speech network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// callvet's own, in Rust, on the processor; whisper.cpp for weights that it does not read.
    Native,
    /// whisper.cpp, in C++: what a build for a graphics processor uses.
    WhisperCpp,
}

/// Whisper with a model file.
pub struct Whisper {
    network: Box<dyn Recogniser>,
    name: String,
}

impl std::fmt::Debug for Whisper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Whisper").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Whisper {
    /// Loads the model file; `name` is what reports call it.
    ///
    /// # Errors
    /// [`TranscribeError::Model`] if the file is not a whole Whisper model.
    pub fn load(model: &Path, name: &str) -> Result<Self, TranscribeError> {
        let network = if models::HAS_GPU { Network::WhisperCpp } else { Network::Native };
        Self::load_with(model, name, network)
    }

    /// As [`Whisper::load`], run by this network.
    ///
    /// # Errors
    /// Those of [`Whisper::load`].
    pub fn load_with(model: &Path, name: &str, network: Network) -> Result<Self, TranscribeError> {
        ggml::check(model, ModelKind::Speech).map_err(|e| TranscribeError::Model(e.to_string()))?;
        let native = if network == Network::Native { Native::load(model)? } else { None };
        let network: Box<dyn Recogniser> = match native {
            Some(native) => Box::new(native),
            None => Box::new(WhisperCpp::load(model)?),
        };
        Ok(Self { network, name: name.to_owned() })
    }

    /// The language that was asked for, if it can be.
    fn forced(&self, options: &TranscribeOptions) -> Result<Option<Language>, TranscribeError> {
        let certain = |code: &str| Some(Language { code: code.to_owned(), probability: 1.0 });
        match options.language.as_deref() {
            None if self.network.is_multilingual() => Ok(None),
            None => Ok(certain("en")),
            Some(code) => {
                let is_known = self.network.languages().contains(&code);
                let is_known = is_known && (self.network.is_multilingual() || code == "en");
                if is_known { Ok(certain(code)) } else { Err(TranscribeError::Language(code.to_owned())) }
            }
        }
    }
}

/// Whether this is the ISO 639-1 code of a language that multilingual Whisper models know.
pub fn is_language(code: &str) -> bool {
    net::is_language(code)
}

/// A window on its way.
struct Job {
    party: usize,
    window: Window,
    /// Set when it was heard in another language, and what was written then reads like this one.
    instead: Option<String>,
}

/// Windows of all parties in the order in which they are heard: the first of each, the second of each, so that the
/// languages of all are known early.
fn jobs(parties: &[Party<'_>]) -> Vec<Job> {
    let mut by_turn: Vec<(usize, Job)> = Vec::new();
    for (party, windows) in parties.iter().map(Party::windows).enumerate() {
        by_turn
            .extend(windows.into_iter().enumerate().map(|(turn, window)| (turn, Job { party, window, instead: None })));
    }
    by_turn.sort_by_key(|(turn, job)| (*turn, job.party));
    by_turn.into_iter().map(|(_, job)| job).collect()
}

/// What is known of the languages so far, by party.
struct Tongues {
    forced: Option<Language>,
    /// What each window sounded like, in the order in which they were heard.
    evidence: Vec<Vec<WindowEvidence>>,
    decided: Vec<PartyLanguage>,
}

impl Tongues {
    fn new(forced: Option<Language>, n_parties: usize) -> Self {
        Self { forced, evidence: vec![Vec::new(); n_parties], decided: Vec::new() }
    }

    /// The language to write each of these windows in, from what all windows so far sound like. Windows that were written
    /// before keep their language.
    fn decide(&mut self, codes: &[&str], jobs: &[Job], probabilities: &[Vec<f64>]) -> Vec<String> {
        // What is heard again was counted before.
        for (job, probabilities) in jobs.iter().zip(probabilities).filter(|(job, _)| job.instead.is_none()) {
            self.evidence[job.party]
                .push(WindowEvidence { speech_s: job.window.speech.total_s(), by_code: probabilities.clone() });
        }
        if let Some(forced) = &self.forced {
            let party = |windows: &Vec<WindowEvidence>| PartyLanguage {
                code: forced.code.clone(),
                probability: forced.probability,
                by_window: vec![forced.code.clone(); windows.len()],
            };
            self.decided = self.evidence.iter().map(party).collect();
        } else {
            self.decided = windows::decide_windows(codes, &self.evidence);
        }
        let mut n_left = vec![0; self.evidence.len()];
        jobs.iter().filter(|job| job.instead.is_none()).for_each(|job| n_left[job.party] += 1);
        let code_of = |job: &Job| {
            if let Some(code) = &job.instead {
                return code.clone();
            }
            let code = self.decided.get(job.party).and_then(|own| own.by_window.iter().nth_back(n_left[job.party] - 1));
            n_left[job.party] -= 1;
            code.cloned().unwrap_or_else(|| "en".into())
        };
        jobs.iter().map(code_of).collect()
    }
}

/// What the network heard in a window as segments of the call.
fn segments(heard: Heard, window: &Window) -> Vec<Segment> {
    let no_speech_probability = heard.no_speech;
    heard
        .segments
        .into_iter()
        .map(|heard| {
            let span = in_window(&heard, window);
            let spelled = words::spell(&heard.tokens);
            let told: Option<Vec<TimeSpan>> = spelled.iter().map(|w| w.span.map(|s| window.in_call(s))).collect();
            let words = match told {
                Some(told) => words::place(&spelled, &told, &window.speech),
                None => words::lay_out(&spelled, span, &window.speech),
            };
            Segment { span, words, no_speech_probability, mean_log_probability: mean_log(&heard.tokens) }
        })
        .collect()
}

/// All that was heard, as text.
fn text_of(heard: &Heard) -> String {
    let bytes: Vec<u8> = heard.segments.iter().flat_map(|s| &s.tokens).flat_map(|t| &t.bytes).copied().collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Mean natural logarithm of the tokens' probabilities; `None` without any.
fn mean_log(tokens: &[Token]) -> Option<f64> {
    /// Keeps the logarithm finite.
    const LEAST_PROBABILITY: f64 = 1e-9;
    let sum: f64 = tokens.iter().map(|token| token.probability.max(LEAST_PROBABILITY).ln()).sum();
    (!tokens.is_empty()).then(|| sum / tokens.len() as f64)
}

/// A segment's time in the call, within the window and never empty.
fn in_window(heard: &HeardSegment, window: &Window) -> TimeSpan {
    // 20 ms: the model's own resolution.
    const LEAST_S: f64 = 0.02;
    let duration_s = window.duration_s();
    let start_s = heard.start_s.clamp(0.0, (duration_s - LEAST_S).max(0.0));
    window.in_call(TimeSpan::new(start_s, heard.end_s.clamp(start_s + LEAST_S, duration_s.max(start_s + LEAST_S))))
}

/// What of a window is to be heard again, because the network stopped before its end.
fn rest(window: &Window, segments: &[Segment]) -> Option<Window> {
    let end_s = segments.iter().flat_map(|s| &s.words).map(|w| w.end_s).reduce(f64::max)?;
    let rest = window.after(end_s)?;
    let written_s = window.speech.total_s() - rest.speech.total_s();
    (rest.speech.total_s() >= MIN_REST_S && written_s >= MIN_PROGRESS_S).then_some(rest)
}

/// Runs `work` on a thread of its own with a pool of one for the network's kernels: with the pool of the batch they
/// would wait for each other's calls, and take up another call while they wait. `None` if it panics.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().ok()?;
    std::thread::scope(|scope| scope.spawn(|| pool.install(work)).join().ok())
}

impl Transcriber for Whisper {
    fn transcribe(
        &self,
        channels: &Channels,
        activity: &CallActivity,
        leakage: &[LeakagePath],
        options: &TranscribeOptions,
    ) -> Result<Transcribed, TranscribeError> {
        let forced = self.forced(options)?;
        let parties: Vec<Party<'_>> =
            (0..channels.n_channels()).filter_map(|channel| Party::of(channels, channel, activity, leakage)).collect();
        let mut tongues = Tongues::new(forced, parties.len());
        let mut written: Vec<Written> = parties.iter().map(|_| Written::default()).collect();
        apart(|| self.hear_all(&parties, &mut tongues, &mut written, &options.stop))
            .unwrap_or_else(|| Err(TranscribeError::Engine("the engine stopped".into())))?;

        let mut utterances: Vec<Utterance> = Vec::new();
        let mut problems = Vec::new();
        for (party, mut written) in parties.iter().zip(written) {
            written.in_order();
            cleanup::clean_channel(&mut written.segments, party.speech, &mut written.removals);
            utterances.extend(written.utterances(party.channel));
            problems.extend(cleanup::told(&written.removals, party.channel));
        }
        put_in_order(&mut utterances);
        let most = windows::most_spoken(&tongues.evidence, &tongues.decided);
        problems.extend(most.as_ref().and_then(doubt));
        problems.extend(windows::unsupported(utterances.iter().filter_map(|u| u.language.as_deref())));
        Ok(Transcribed {
            transcript: Transcript {
                language: most.as_ref().map(|l| l.code.clone()),
                language_probability: most.map(|l| l.probability),
                model: Some(self.name.clone()),
                utterances,
            },
            problems,
        })
    }
}

/// What was heard of one party.
#[derive(Default)]
struct Written {
    segments: Vec<Segment>,
    /// From when on what language is spoken: the start of each window and its language.
    languages: Vec<(f64, String)>,
    removals: Vec<Removal>,
}

impl Written {
    fn add(&mut self, window: &Window, language: &str, segments: Vec<Segment>) {
        let start_s = window.parts.first().map_or(0.0, |part| part.start_s);
        self.languages.push((start_s, language.to_owned()));
        self.segments.extend(segments);
    }

    /// What was left of a window is heard after others.
    fn in_order(&mut self) {
        self.segments.sort_by(|a, b| a.span.start_s.total_cmp(&b.span.start_s));
        self.languages.sort_by(|a, b| a.0.total_cmp(&b.0));
    }

    /// Each in the language of its window.
    fn utterances(&self, channel: usize) -> Vec<Utterance> {
        let language_at = |segment: &Segment| {
            let n = self.languages.partition_point(|(start_s, _)| *start_s <= segment.span.start_s);
            self.languages.get(n.saturating_sub(1)).map(|(_, code)| code.as_str())
        };
        let same = self.segments.chunk_by(|a, b| language_at(a) == language_at(b));
        same.flat_map(|run| utterances::split(run, channel, run.first().and_then(language_at))).collect()
    }
}

impl Whisper {
    fn hear_all(
        &self,
        parties: &[Party<'_>],
        tongues: &mut Tongues,
        written: &mut [Written],
        stop: &AtomicBool,
    ) -> Result<(), TranscribeError> {
        let mut left = jobs(parties);
        let mut is_first = true;
        while !left.is_empty() {
            if stop.load(Ordering::Relaxed) {
                return Err(TranscribeError::Stopped);
            }
            // Before anything is written, each party is heard once.
            let n =
                if is_first { self.network.n_side_by_side().max(parties.len()) } else { self.network.n_side_by_side() };
            let batch: Vec<Job> = left.drain(..n.min(left.len())).collect();
            let sounds: Vec<Vec<f32>> = batch.iter().map(|job| parties[job.party].sound(&job.window)).collect();
            let wants_languages = tongues.forced.is_none() && (is_first || self.network.tells_languages_for_free());
            is_first = false;
            let known = self.network.languages();
            let (mut codes, mut beliefs) = (Vec::new(), Vec::new());
            let heard = self.network.hear(&sounds, wants_languages, &mut |probabilities| {
                beliefs = probabilities.to_vec();
                codes = tongues.decide(known, &batch, probabilities);
                codes.clone()
            })?;
            let mut rests = Vec::new();
            let results = batch.into_iter().zip(&sounds).zip(heard).zip(codes.iter().zip(&beliefs));
            for (((job, sound), heard), (code, beliefs)) in results {
                let may_change = tongues.forced.is_none() && job.instead.is_none();
                let other = may_change.then(|| windows::retry_in(&text_of(&heard), code, known, beliefs)).flatten();
                if other.is_some() {
                    rests.push(Job { instead: other, ..job });
                    continue;
                }
                let own = &mut written[job.party];
                let (kept, rest) = keep(&parties[job.party], &job.window, sound, heard, &mut own.removals);
                own.add(&job.window, code, kept);
                rests.extend(rest.map(|window| Job { party: job.party, window, instead: job.instead.clone() }));
            }
            left.splice(0..0, rests);
        }
        Ok(())
    }
}

/// What of the words was said, and what of the window is left to hear.
fn keep(
    party: &Party<'_>,
    window: &Window,
    sound: &[f32],
    heard: Heard,
    removals: &mut Vec<Removal>,
) -> (Vec<Segment>, Option<Window>) {
    let audible = audible::audible(sound, 0.0, &window.of_call(&window.speech));
    let audible = party.speech.union(&window.spans_in_call(&audible));
    let segments = segments(heard, window);
    let rest = rest(window, &segments);
    let evidence = cleanup::Evidence { speech: party.speech, audible: &audible, sounds: &party.sounds };
    (cleanup::clean(segments, &evidence, removals), rest)
}

/// What to tell of a language that is more likely wrong than right: words in the wrong language are made up.
fn doubt(language: &Language) -> Option<Problem> {
    (language.probability < LIKELY).then(|| {
        let message = format!(
            "the language is uncertain: {} with a probability of {:.0} %; if it is another one, say so with --language",
            language.code,
            language.probability * 100.0
        );
        Problem::new("transcribe", "language_uncertain", ProblemSeverity::Note, message)
            .about(["/transcript/language", "/transcript/utterances"])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Word;
    use crate::timeline::Timeline;

    #[test]
    fn a_language_that_is_likely_wrong_is_told() {
        let language = |probability| Language { code: "en".into(), probability };
        assert_eq!(doubt(&language(0.5)), None);
        let problem = doubt(&language(0.34)).expect("in doubt");
        assert!(problem.message.contains("34 %") && problem.fields.contains(&"/transcript/language".to_string()));
    }

    #[test]
    fn only_known_languages_are_languages() {
        for (code, is_one) in [("pl", true), ("el", true), ("xx", false), ("", false), ("e\0n", false), ("EN", false)] {
            assert_eq!(is_language(code), is_one, "{code:?}");
        }
    }

    fn window(parts: &[(f64, f64)], speech: &[(f64, f64)]) -> Window {
        let spans = |spans: &[(f64, f64)]| spans.iter().map(|(a, b)| TimeSpan::new(*a, *b)).collect::<Vec<_>>();
        Window { parts: spans(parts), speech: Timeline::new(spans(speech)) }
    }

    #[test]
    fn segment_times_stay_in_their_window_and_are_never_empty() {
        let window = window(&[(10.0, 20.0)], &[]);
        for (start_s, end_s, expected) in [
            (1.0, 3.0, (11.0, 13.0)),
            (1.0, 30.0, (11.0, 20.0)),
            (1.0, 1.0, (11.0, 11.02)),
            (50.0, 60.0, (19.98, 20.0)),
            (-0.05, f64::NEG_INFINITY, (10.0, 10.02)),
        ] {
            let span = in_window(&HeardSegment { start_s, end_s, tokens: Vec::new() }, &window);
            assert!((span.start_s - expected.0).abs() < 1e-9 && (span.end_s - expected.1).abs() < 1e-9, "{span:?}");
        }
    }

    #[test]
    fn what_the_network_left_out_is_heard_again() {
        let window = window(&[(0.0, 20.0)], &[(1.0, 9.0), (10.0, 19.0)]);
        let until = |end_s: f64| {
            let word = Word { start_s: 1.0, end_s, text: "a".into(), probability: 1.0 };
            let span = TimeSpan::new(1.0, end_s);
            [Segment { span, words: vec![word], no_speech_probability: None, mean_log_probability: None }]
        };
        let rest_after = |end_s: f64| rest(&window, &until(end_s)).map(|rest| rest.parts[0].start_s);
        assert_eq!(rest_after(9.0), Some(9.8));
        assert_eq!(rest_after(12.0), Some(12.0));
        // A second of it is no reason, nor is a window in which nothing was written.
        assert_eq!(rest_after(17.5), None);
        assert_eq!(rest_after(1.5), None);
        assert_eq!(rest(&window, &[]), None);
    }
}
